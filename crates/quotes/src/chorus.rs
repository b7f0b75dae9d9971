//! What many shout: cries of “Shame!” have no speaker whom the article names.

use crate::context::Context;
use crate::total::{Steps, Total};

/// Nouns of which the words are shouted by many.
const NOISES: [&str; 10] = [
    "cries", "shouts", "chants", "calls", "chorus", "choruses", "roars", "yells", "screams",
    "heckles",
];

/// Cries that are told one after the other, at most.
const MOST: usize = 100;

/// Tells whether run `run` is what many shout: to cries of “Shame!” and “Go home!”
pub(crate) fn is_chorus(context: &Context<'_>, run: usize) -> bool {
    let items = &context.stream.items;
    let word = |at: usize| items.at(at).span().of(context.text).unwrap_or_default();
    let mut at = context.shapes.at(run).item as usize;
    for _ in 0..MOST {
        let Some(before) = at.checked_sub(2) else {
            return false;
        };
        if at >= items.len() || items.at(before).sentence != items.at(at).sentence {
            return false;
        }
        if word(at.less(1)) == "of" {
            return NOISES.contains(&word(before));
        }
        // cries of “Shame!” and “Go home!”
        let joined = matches!(word(at.less(1)), "and" | "or" | ",");
        if items.at(at.less(1)).is_run() {
            at = at.less(1);
        } else if joined && items.at(before).is_run() {
            at = before;
        } else {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::Annotator;
    use crate::testing::attributed;

    #[test]
    fn nobody_shouts_alone() {
        let text = "“We open a boulevard,” Lali Roe said, and was met with cries of “Shame on you all!” and “Where is it?”.";
        let annotated = Annotator::new().marked_only(true).annotate(None, text);
        let mut attributions = annotated.iter().map(|found| found.attribution.is_some());
        assert_eq!(
            attributed(text, annotated[..1].iter()),
            [("We open a boulevard,", "Lali Roe")]
        );
        assert_eq!(attributions.next(), Some(true));
        assert!(attributions.all(|given| !given));
    }
}
