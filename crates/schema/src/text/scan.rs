//! Finds where words start and end in a text.

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

impl Scan<'_> {
    fn byte(self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn char(self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
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
                at += 1;
            } else {
                let char = self.char(at)?;
                if is_word(char) || is_percent(char) {
                    return Some(Start {
                        at,
                        char: Some(char),
                    });
                }
                at += char.len_utf8();
            }
        }
        None
    }

    /// `Marks & Spencer`, but not `AT&T`.
    fn is_and(self, at: usize) -> bool {
        self.text[..at].ends_with(char::is_whitespace)
            && self.text[at + 1..].starts_with(char::is_whitespace)
    }

    /// Finds the end of a character that stands alone, with the marks that belong to it.
    pub(crate) fn cluster(self, start: usize) -> usize {
        let mut chars = self.text[start..].char_indices().skip(1);
        let end = chars.find(|&(_, char)| !continues_cluster(char));
        end.map_or(self.text.len(), |(at, _)| start + at)
    }

    /// Cuts `bn` off `5bn`: what is left are digits.
    pub(crate) fn without_unit(self, start: usize, word: Word) -> Word {
        let written = &self.text[start..word.end];
        let letters = written.trim_start_matches(|char: char| char.is_ascii_digit());
        let money = || self.text[..start].ends_with(is_currency);
        if letters.len() == written.len() || !is_cut_off(letters, money()) {
            return word;
        }
        Word {
            end: word.end - letters.len(),
            apostrophe: None,
            ascii: true,
            digits: true,
        }
    }

    /// Joins what stands behind the hyphen of `co-operate`.
    pub(crate) fn with_prefix(self, start: usize, word: Word) -> Word {
        let written = &self.text[start..word.end];
        if written.len() > 2 || !PREFIXES.iter().any(|it| written.eq_ignore_ascii_case(it)) {
            return word;
        }
        let hyphen = self.char(word.end).filter(|&char| is_hyphen(char));
        let Some(next) = hyphen.map(|hyphen| word.end + hyphen.len_utf8()) else {
            return word;
        };
        if !self
            .char(next)
            .is_some_and(|char| is_word(char) && !stands_alone(char))
        {
            return word;
        }
        let rest = self.word(next);
        Word {
            digits: false,
            ascii: rest.ascii && hyphen == Some('-'),
            ..rest
        }
    }

    /// Tells whether the abbreviation at `start` stands behind a number: `5 bn`; `m` and `b` only behind a sum of
    /// money, without a blank.
    pub(crate) fn is_unit(self, start: usize, word: &str) -> bool {
        let before = &self.text[..start];
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
                word.end += 1;
            } else if byte.is_ascii() && byte != b'\'' {
                break;
            } else {
                let Some(char) = self.char(word.end) else {
                    break;
                };
                let next = word.end + char.len_utf8();
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
        if self.byte(start + 1) != Some(b'.') {
            return None;
        }
        let letter = |at| self.byte(at).filter(u8::is_ascii_alphabetic);
        let mut end = start;
        while letter(end).is_some() && self.byte(end + 1) == Some(b'.') {
            end += 2;
        }
        if end > start && letter(end).is_some() && !self.char(end + 1).is_some_and(is_word) {
            end += 1;
        }
        let letters = self
            .text
            .get(start..end)?
            .bytes()
            .filter(|&byte| byte != b'.');
        (letters.count() >= 2).then_some(end)
    }

    /// Returns where reading goes on after initials: past a possessive `'s`.
    pub(crate) fn skip_possessive(self, end: usize) -> usize {
        let mut chars = self.text[end..].chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(apostrophe), Some('s' | 'S'), next)
                if is_apostrophe(apostrophe) && !next.is_some_and(is_word) =>
            {
                end + apostrophe.len_utf8() + 1
            }
            _ => end,
        }
    }

    /// Finds the end of a number whose first digits end at `end`, with its groups and decimals: `1,000.5`.
    pub(crate) fn number(self, start: usize, mut end: usize) -> usize {
        let digits = |from: usize| {
            self.text.as_bytes()[from..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count()
        };
        if end - start <= 3 {
            while self.byte(end) == Some(b',') && digits(end + 1) == 3 {
                end += 4;
            }
        }
        if self.byte(end) == Some(b'.') {
            let decimals = digits(end + 1);
            let after = end + 1 + decimals;
            // 24.10.2025 is no decimal number.
            let dotted = self.byte(after) == Some(b'.') && digits(after + 1) > 0
                || self.text[..start].ends_with('.')
                    && self.text[..start - 1].ends_with(|char: char| char.is_ascii_digit());
            if decimals > 0 && !dotted {
                end = after;
            }
        }
        end
    }
}

/// Tells whether `text` begins with the ASCII `word`, and the word ends there.
pub(crate) fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
        && !text[word.len()..].chars().next().is_some_and(is_word)
}
