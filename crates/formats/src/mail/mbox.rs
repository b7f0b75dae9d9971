//! Cuts letters out of a mailbox.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use crate::cut::{Cutter, Mark, behind};

/// Bytes of a separating line, at most.
const LINE: usize = 512;

/// Cuts at lines `From … 2020` behind a blank line.
#[derive(Debug, Default)]
pub(super) struct MboxCutter {
    open: bool,
}

impl Cutter for MboxCutter {
    fn scan(&mut self, bytes: &[u8], ended: bool) -> (usize, Option<Mark>) {
        if bytes.is_empty() {
            return (0, None);
        }
        if !self.open {
            self.open = true;
            return (0, Some(Mark::Start));
        }
        let mut at = 0_usize;
        for found in memmem::find_iter(bytes, b"\nFrom ") {
            let line = found.saturating_add(1);
            let Some((before, [_, rest @ ..])) = bytes.split_at_checked(found) else {
                break;
            };
            let before = before.strip_suffix(b"\r").unwrap_or(before);
            let end = memchr(b'\n', rest.get(..LINE).unwrap_or(rest));
            if end.is_none() && rest.len() < LINE && !ended {
                // The line goes on, and the one before it is needed to judge it.
                return (line.saturating_sub(3), None);
            }
            let shown = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
            if before.ends_with(b"\n") && is_separator(shown) {
                self.open = false;
                return (line, Some(Mark::End));
            }
            at = line;
        }
        let kept = if ended { 0 } else { b"\n\r\nFrom ".len() };
        (
            bytes.len().saturating_sub(kept).max(at.saturating_sub(3)),
            None,
        )
    }
}

/// Tells the line over a letter: `From jane@a.example Mon May  4 10:20:30 2020`.
pub(super) fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let words = rest.split(u8::is_ascii_whitespace);
    let is_year = |word: &[u8]| {
        word.len() == 4
            && word.iter().all(u8::is_ascii_digit)
            && (word.starts_with(b"19") || word.starts_with(b"20"))
    };
    let is_time = |word: &[u8]| {
        word.len() >= 4 && word.first().is_some_and(u8::is_ascii_digit) && word.contains(&b':')
    };
    words.clone().any(is_year) && words.clone().any(is_time)
}

/// Undoes the signs before lines that start with `From `, which would be separators.
pub(super) fn unquoted(letter: &[u8]) -> Cow<'_, [u8]> {
    let mut plain = Vec::new();
    let mut done = 0;
    for at in memmem::find_iter(letter, b"From ") {
        let before = letter.get(done..at).unwrap_or_default();
        let Some(kept) = before.strip_suffix(b">") else {
            continue;
        };
        let ahead = kept.iter().rev().find(|byte| **byte != b'>');
        if ahead.is_some_and(|byte| *byte != b'\n') {
            continue;
        }
        plain.extend_from_slice(kept);
        done = at;
    }
    if done == 0 {
        return Cow::Borrowed(letter);
    }
    plain.extend_from_slice(behind(letter, done));
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cut::testing::cut_in_steps;

    const BOX: &[u8] = b"From jane@a.example Mon May  4 10:20:30 2020\nSubject: one\n\nFrom here on it rained.\n\n\
        From now on.\n\nFrom - Tue May 05 10:20:30 2020\r\nSubject: two\r\n\r\nYes.\r\n\r\nFrom x@y 4 May 2020 1:02\n\n";

    #[test]
    fn letters_are_cut_at_their_separators() {
        for step in [1, 2, 7, 30, BOX.len()] {
            let letters = cut_in_steps(&mut MboxCutter::default(), BOX, step);
            let starts: Vec<_> = letters
                .iter()
                .map(|range| &BOX[range.start..range.start + 10])
                .collect();
            assert_eq!(
                starts,
                [&b"From jane@"[..], b"From - Tue", b"From x@y 4"],
                "{step}"
            );
            assert_eq!(letters.last().unwrap().end, BOX.len());
        }
    }

    #[test]
    fn quoted_separators_are_undone() {
        for (letter, expected) in [
            ("a\n>From b\n>>From c", "a\nFrom b\n>From c"),
            (">From a", "From a"),
            ("a > From b >From c", "a > From b >From c"),
            ("a", "a"),
        ] {
            assert_eq!(unquoted(letter.as_bytes()), expected.as_bytes(), "{letter}");
        }
    }
}
