//! The hard slices of the public yardstick: recall over persons and quotations of four words and more.

use serde_json::Value;

/// Names of the slices, in order.
pub const NAMES: [&str; 4] = [
    "pronoun",
    "other sentence",
    "several paragraphs",
    "no cue word",
];

/// Which slices a gold quotation belongs to.
pub type Slices = [bool; NAMES.len()];

/// Reads the slices of one quotation of the yardstick.
pub(super) fn of(quote: &Value) -> Slices {
    let is = |key: &str| quote[key].as_bool().unwrap_or_default();
    let cue = quote["cue_text"].as_str().unwrap_or_default();
    [
        is("pronoun_source"),
        is("source_other_sentence"),
        is("multi_paragraph"),
        !cue.chars().any(char::is_alphanumeric),
    ]
}

/// Per slice: given to the right person, found, gold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recall([(u32, u32, u32); NAMES.len()]);

impl Recall {
    /// Counts a quotation that is in `slices`.
    pub(super) fn add(&mut self, slices: Slices, found: bool, right: bool) {
        for (count, _) in self.0.iter_mut().zip(slices).filter(|pair| pair.1) {
            count.0 += u32::from(right);
            count.1 += u32::from(found);
            count.2 += 1;
        }
    }

    /// One line: recall, gold and the share found of each slice.
    pub fn line(&self) -> String {
        let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
        let each = NAMES
            .iter()
            .zip(self.0)
            .map(|(name, (right, found, gold))| {
                format!(
                    "{name} {:.3} of {gold} (found {:.3})",
                    share(right, gold),
                    share(found, gold)
                )
            });
        each.collect::<Vec<_>>().join(", ")
    }
}
