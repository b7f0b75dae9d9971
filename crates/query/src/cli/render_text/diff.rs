//! What changed between two wordings, on one line.

use super::super::terminal::{Look, clean};
use crate::{Diff, DiffKind};

/// Writes the new text with what was taken out and put in marked: by colours, or `[-as-] {+wdiff does+}`.
pub(super) fn changed(look: Look, old: &str, new: &str, diff: &Diff) -> String {
    let mut line = String::new();
    let mut written = 0;
    let mut after_deletion = false;
    for operation in &diff.operations {
        let before = new.get(written..operation.new.start).unwrap_or_default();
        let old = operation.old.of(old).unwrap_or_default();
        let words = operation.new.of(new).unwrap_or_default();
        if operation.kind == DiffKind::Delete {
            // What was taken out follows the word before it, without the blank that comes next.
            push(&mut line, &look.deleted(&clean(old)));
            after_deletion = true;
            continue;
        }
        written = operation.new.end;
        if before.is_empty() && after_deletion {
            line.push(' ');
        }
        after_deletion = false;
        line.push_str(&clean(before));
        match operation.kind {
            DiffKind::Equal => line.push_str(&clean(words)),
            DiffKind::Insert => line.push_str(&look.inserted(&clean(words))),
            _ => {
                line.push_str(&look.deleted(&clean(old)));
                push(&mut line, &look.inserted(&clean(words)));
            }
        }
    }
    line.push_str(&clean(new.get(written..).unwrap_or_default()));
    line
}

/// Appends behind a blank.
fn push(line: &mut String, text: &str) {
    if !line.is_empty() && !line.ends_with(' ') {
        line.push(' ');
    }
    line.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::diff;

    #[test]
    fn what_changed_is_marked() {
        let look = Look {
            color: false,
            columns: 80,
            wrap: false,
        };
        for (old, new, expected) in [
            ("No, we won’t.", "no, we won't", "no, we won't"),
            (
                "I don’t want to miss even a one percent chance,",
                "We don’t want to miss even one percent of the opportunity.",
                "[-I-] {+We+} don’t want to miss even [-a-] one percent [-chance-] {+of the opportunity+}.",
            ),
            (
                "They read it in April and buried it in May",
                "buried it in May",
                "[-They read it in April and-] buried it in May",
            ),
            (
                "Nobody had the key.",
                "The siren … did not sound. Nobody had the key",
                "{+The siren … did not sound+}. Nobody had the key",
            ),
            ("Go home now", "Go home", "Go home [-now-]"),
            ("七つの橋", "三つの橋", "[-七-] {+三+}つの橋"),
        ] {
            assert_eq!(changed(look, old, new, &diff(old, new)), expected);
        }
    }
}
