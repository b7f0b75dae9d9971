//! Finds where words start and end in a text.

use std::slice::SliceIndex;

use crate::fold::{
    continues_cluster, is_apostrophe, is_hyphen, is_invisible, is_percent, is_word, stands_alone,
};
use crate::number::{is_currency, is_cut_off};

/// First parts of words that are written with a hyphen or without: `e-mail`, `co-operate`, `re-election`.
const PREFIXES: [&str; 3] = ["e", "co", "re"];

/// Where a token begins; the character, unless it is an ASCII letter or digit.
pub(crate) struct Start {
    pub(crate) at: usize,
    pub(crate) char: Option<char>,
}

/// The end of a word, and what was seen on the way.
pub(crate) struct Word {
    pub(crate) end: usize,
    /// Where the last apostrophe stands.
    pub(crate) apostrophe: Option<usize>,
    pub(crate) ascii: bool,
    pub(crate) digits: bool,
}

/// A text to find words in.
#[derive(Clone, Copy)]
pub(crate) struct Scan<'a> {
    pub(crate) text: &'a str,
}

impl<'a> Scan<'a> {
    fn char(self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Returns a part of the text, which is empty where no characters begin and end.
    pub(crate) fn cut(self, range: impl SliceIndex<str, Output = str>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Returns where `rest`, the end of the text, begins.
    fn start_of(self, rest: &str) -> usize {
        self.text.len().saturating_sub(rest.len())
    }

    /// Finds the next character that begins a token, from `at` on.
    pub(crate) fn next_start(self, mut at: usize) -> Option<Start> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    return Some(Start { at, char: None });
                }
                if byte == b'%' {
                    return Some(Start {
                        at,
                        char: Some('%'),
                    });
                }
                if byte == b'&' && self.is_and(at) {
                    return Some(Start {
                        at,
                        char: Some('&'),
                    });
                }
                at = at.saturating_add(1);
            } else {
                let char = self.char(at)?;
                if is_word(char) || is_percent(char) {
                    return Some(Start {
                        at,
                        char: Some(char),
                    });
                }
                at = at.saturating_add(char.len_utf8());
            }
        }
        None
    }

    /// `Marks & Spencer`, but not `AT&T`.
    fn is_and(self, at: usize) -> bool {
        let behind = self.cut(at..).strip_prefix('&');
        self.cut(..at).ends_with(char::is_whitespace)
            && behind.is_some_and(|behind| behind.starts_with(char::is_whitespace))
    }

    /// Finds the end of a character that stands alone, with the marks that belong to it.
    pub(crate) fn cluster(self, start: usize) -> usize {
        let mut chars = self.cut(start..).chars();
        chars.next();
        self.start_of(chars.as_str().trim_start_matches(continues_cluster))
    }

    /// Cuts `bn` off `5bn`: what is left are digits.
    pub(crate) fn without_unit(self, start: usize, word: Word) -> Word {
        let written = self.cut(start..word.end);
        let letters = written.trim_start_matches(|char: char| char.is_ascii_digit());
        let money = || self.cut(..start).ends_with(is_currency);
        if letters.len() == written.len() || !is_cut_off(letters, money()) {
            return word;
        }
        Word {
            end: word.end.saturating_sub(letters.len()),
            apostrophe: None,
            ascii: true,
            digits: true,
        }
    }

    /// Joins what stands behind the hyphen of `co-operate`.
    pub(crate) fn with_prefix(self, start: usize, word: Word) -> Word {
        let written = self.cut(start..word.end);
        if written.len() > 2 || !PREFIXES.iter().any(|it| written.eq_ignore_ascii_case(it)) {
            return word;
        }
        let behind = self.cut(word.end..);
        let Some(next) = behind.strip_prefix(is_hyphen) else {
            return word;
        };
        if !next.starts_with(|char| is_word(char) && !stands_alone(char)) {
            return word;
        }
        let rest = self.word(self.start_of(next));
        Word {
            digits: false,
            ascii: rest.ascii && behind.starts_with('-'),
            ..rest
        }
    }

    /// Tells whether the abbreviation at `start` stands behind a number: `5 bn`; `m` and `b` only behind a sum of
    /// money, without a blank.
    pub(crate) fn is_unit(self, start: usize, word: &str) -> bool {
        let before = self.cut(..start);
        let number = if word.len() > 1 {
            before
                .strip_suffix([' ', '\u{a0}', '\u{202f}'])
                .unwrap_or(before)
        } else {
            before
        };
        let figure = |char: char| char.is_ascii_digit() || matches!(char, '.' | ',');
        number.ends_with(|char: char| char.is_ascii_digit())
            && (word.len() > 1 || number.trim_end_matches(figure).ends_with(is_currency))
    }

    /// Finds the end of the word that starts at `start`.
    pub(crate) fn word(self, start: usize) -> Word {
        let bytes = self.text.as_bytes();
        let mut word = Word {
            end: start,
            apostrophe: None,
            ascii: true,
            digits: true,
        };
        while let Some(&byte) = bytes.get(word.end) {
            if byte.is_ascii_alphanumeric() {
                word.digits &= byte.is_ascii_digit();
                word.end = word.end.saturating_add(1);
            } else if byte.is_ascii() && !matches!(byte, b'\'' | b'`') {
                break;
            } else {
                let Some(char) = self.char(word.end) else {
                    break;
                };
                let next = word.end.saturating_add(char.len_utf8());
                if stands_alone(char) {
                    break;
                }
                if !is_word(char) {
                    let inside = (is_apostrophe(char) || is_invisible(char))
                        && self
                            .char(next)
                            .is_some_and(|char| is_word(char) && !stands_alone(char));
                    if !inside {
                        break;
                    }
                    if is_apostrophe(char) {
                        word.apostrophe = Some(word.end);
                    }
                }
                // The curly apostrophe is so common that it must not cost a normalization.
                word.ascii &= is_apostrophe(char);
                word.digits = false;
                word.end = next;
            }
        }
        word
    }

    /// Finds the end of `U.S.`, `U.S` or `a.m.`: two or more single letters with dots between.
    pub(crate) fn initials(self, start: usize) -> Option<usize> {
        let text = self.text.get(start..)?;
        let (pairs, _) = text.as_bytes().as_chunks::<2>();
        let dotted = pairs
            .iter()
            .take_while(|[letter, dot]| letter.is_ascii_alphabetic() && *dot == b'.')
            .count();
        if dotted == 0 {
            return None;
        }
        let rest = text.get(dotted.saturating_mul(2)..)?;
        let last = rest
            .strip_prefix(|char: char| char.is_ascii_alphabetic())
            .filter(|behind| !behind.starts_with(is_word));
        (dotted > 1 || last.is_some()).then(|| self.start_of(last.unwrap_or(rest)))
    }

    /// Returns where reading goes on after initials: past a possessive `'s`.
    pub(crate) fn skip_possessive(self, end: usize) -> usize {
        let rest = self.cut(end..);
        let behind = rest
            .strip_prefix(is_apostrophe)
            .and_then(|rest| rest.strip_prefix(['s', 'S']))
            .filter(|behind| !behind.starts_with(is_word));
        self.start_of(behind.unwrap_or(rest))
    }

    /// Finds the end of a number whose first digits end at `end`, with its groups and decimals: `1,000.5`.
    pub(crate) fn number(self, start: usize, end: usize) -> usize {
        let is_digit = |char: char| char.is_ascii_digit();
        let mut rest = self.cut(end..);
        if self.cut(start..end).len() <= 3 {
            while let Some(group) = rest.strip_prefix(',')
                && let Some((digits, behind)) = group.split_at_checked(3)
                && digits.chars().all(is_digit)
                && !behind.starts_with(is_digit)
            {
                rest = behind;
            }
        }
        if let Some(decimals) = rest.strip_prefix('.') {
            let behind = decimals.trim_start_matches(is_digit);
            // 24.10.2025 is no decimal number.
            let before = self.cut(..start).strip_suffix('.');
            let after = behind.strip_prefix('.');
            let dotted = after.is_some_and(|after| after.starts_with(is_digit))
                || before.is_some_and(|before| before.ends_with(is_digit));
            if decimals.starts_with(is_digit) && !dotted {
                rest = behind;
            }
        }
        self.start_of(rest)
    }
}

/// Tells whether `text` begins with the ASCII `word`, and the word ends there.
pub(crate) fn starts_with_word(text: &str, word: &str) -> bool {
    text.split_at_checked(word.len())
        .is_some_and(|(start, rest)| start.eq_ignore_ascii_case(word) && !rest.starts_with(is_word))
}
