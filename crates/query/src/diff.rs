//! What changed between two wordings, word by word.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use whosaid_model::Span;

use crate::wording::{Wording, Wordings};

/// How one text became another, word by word; see [`diff`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diff {
    /// What was done, in the order of both texts; together the operations cover all words of both.
    pub operations: Vec<DiffOperation>,
    /// The number of words that both texts have.
    pub kept: usize,
    /// The number of words that only the old text has.
    pub deleted: usize,
    /// The number of words that only the new text has.
    pub inserted: usize,
}

/// One stretch of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DiffOperation {
    /// What was done with the words.
    pub kind: DiffKind,
    /// The words in the old text, in bytes; empty where words were put in, at the end of the word before them.
    pub old: Span,
    /// The words in the new text, in bytes; empty where words were taken out, at the end of the word before them.
    pub new: Span,
}

/// What was done with words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DiffKind {
    /// They stand in both texts.
    Equal,
    /// They stand in the old text only.
    Delete,
    /// They stand in the new text only.
    Insert,
    /// Those of the old text stand where those of the new text do.
    Replace,
}

impl Diff {
    /// Tells whether both texts have the same words in the same order.
    pub fn is_same(&self) -> bool {
        self.deleted == 0 && self.inserted == 0
    }
}

/// Compares two texts word by word.
///
/// Case, accents, punctuation and the shape of apostrophes do not count; `%`, `percent` and `per cent` are one
/// word, and so are numbers in words and in figures. Endings, the possessive `'s`, currencies and the sign of a
/// number do count. The algorithm is that of Myers, “An O(ND) Difference Algorithm and Its Variations” (1986), as
/// the crate `similar` has it.
///
/// ```
/// use whosaid_query::{DiffKind, diff};
///
/// let (old, new) = ("I did not take 1% of it.", "“I did take one per cent of it”");
/// let found = diff(old, new);
/// assert_eq!((found.kept, found.deleted, found.inserted), (7, 1, 0));
/// let change = found.operations[1];
/// assert_eq!((change.kind, change.old.of(old)), (DiffKind::Delete, Some("not")));
/// ```
pub fn diff(old: &str, new: &str) -> Diff {
    let mut wordings = Wordings::new();
    let (old, new) = (wordings.of(old), wordings.of(new));
    of_words(&old, &new)
}

/// Compares the words of two texts.
pub(crate) fn of_words(old: &[Wording], new: &[Wording]) -> Diff {
    let mut diff = Diff::default();
    let operations = capture_diff_slices(Algorithm::Myers, &keys(old), &keys(new));
    for operation in operations {
        let (kind, old_len, new_len) = match operation {
            DiffOp::Equal { len, .. } => {
                diff.kept = diff.kept.saturating_add(len);
                (DiffKind::Equal, len, len)
            }
            DiffOp::Delete { old_len, .. } => (DiffKind::Delete, old_len, 0),
            DiffOp::Insert { new_len, .. } => (DiffKind::Insert, 0, new_len),
            DiffOp::Replace {
                old_len, new_len, ..
            } => (DiffKind::Replace, old_len, new_len),
        };
        if kind != DiffKind::Equal {
            diff.deleted = diff.deleted.saturating_add(old_len);
            diff.inserted = diff.inserted.saturating_add(new_len);
        }
        let range = operation.as_tag_tuple();
        diff.operations.push(DiffOperation {
            kind,
            old: place(old, range.1),
            new: place(new, range.2),
        });
    }
    diff
}

fn keys(words: &[Wording]) -> Vec<&str> {
    words.iter().map(|word| word.key.as_str()).collect()
}

/// Returns where a range of words stands; an empty one stands at the end of the word before it.
fn place(words: &[Wording], range: std::ops::Range<usize>) -> Span {
    match words.get(range.clone()) {
        Some([first, .., last]) => Span::new(first.span.start, last.span.end),
        Some([only]) => only.span,
        _ => {
            let before = range.start.checked_sub(1).and_then(|at| words.get(at));
            let at = before.map_or(0, |word| word.span.end);
            Span::new(at, at)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Compares two texts; `expected` shows what only the old text has in brackets and what only the new one has in
    /// braces.
    fn check(old: &str, new: &str, expected: &str) {
        let shown: Vec<String> = diff(old, new)
            .operations
            .iter()
            .map(|operation| {
                let (old, new) = (
                    operation.old.of(old).unwrap(),
                    operation.new.of(new).unwrap(),
                );
                match operation.kind {
                    DiffKind::Equal => new.to_owned(),
                    DiffKind::Delete => format!("[{old}]"),
                    DiffKind::Insert => format!("{{{new}}}"),
                    DiffKind::Replace => format!("[{old}] {{{new}}}"),
                }
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn words_are_compared() {
        check("We will", "we WILL.", "we WILL");
        check(
            "I don't want to miss even a one percent chance",
            "We don’t want to miss even one percent of the opportunity",
            "[I] {We} don’t want to miss even [a] one percent [chance] {of the opportunity}",
        );
        check("It is over", "It is not over", "It is {not} over");
        check("It was never said", "It was said", "It was [never] said");
        check("", "all new", "{all new}");
        check("all old", "", "[all old]");
        check("", "", "");
        check("1,000 boats", "10,000 boats", "[1,000] {10,000} boats");
        check("we must talk", "talk we must", "{talk} we must [talk]");
    }

    proptest! {
        #[test]
        fn operations_cover_both_texts(old in "[a-e’ %.]{0,40}", new in "[A-E’ %.]{0,40}") {
            let found = diff(&old, &new);
            let count = |text: &str| Wordings::new().of(text).len();
            prop_assert_eq!(count(&old), found.kept + found.deleted);
            prop_assert_eq!(count(&new), found.kept + found.inserted);
            let (mut in_old, mut in_new) = (0, 0);
            for operation in &found.operations {
                prop_assert!(operation.old.start >= in_old && operation.old.end <= old.len());
                prop_assert!(operation.new.start >= in_new && operation.new.end <= new.len());
                (in_old, in_new) = (operation.old.end, operation.new.end);
            }
        }

        #[test]
        fn a_text_is_itself(text in ".{0,60}") {
            prop_assert!(diff(&text, &text).is_same());
        }
    }
}
