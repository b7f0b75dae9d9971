//! Numbers in words and figures, and the abbreviations behind them.

use crate::fold::{is_hyphen, is_word};
use crate::scan::starts_with_word;

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [(&str, u64); 9] = [
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// Reads a number of one word, from `zero` to `ninety`.
pub(crate) fn number(word: &str) -> Option<(u64, &'static str)> {
    // The shortest is `one`, the longest `seventeen`; most words of news are neither.
    let first = word.as_bytes().first();
    if !(3..=9).contains(&word.len()) || !first.is_some_and(|first| b"zotfsen".contains(first)) {
        return None;
    }
    let mut units = UNITS.iter().zip(0..);
    let unit = units.find(|(unit, _)| **unit == word);
    unit.map(|(unit, number)| (number, *unit))
        .or_else(|| tens(word))
}

fn tens(word: &str) -> Option<(u64, &'static str)> {
    let known = TENS.iter().find(|(tens, _)| *tens == word);
    known.map(|&(tens, number)| (number, tens))
}

/// A number in a text: what was read of it, where that ends, and the words it was.
pub(crate) struct Number {
    pub(crate) value: u64,
    pub(crate) end: usize,
    pub(crate) words: Vec<&'static str>,
}

impl Number {
    /// Reads on behind figures that end at `end`: `2 thousand`, and the `k` of `$50k`.
    pub(crate) fn of_figures(value: u64, text: &str, end: usize) -> Self {
        let mut number = Self {
            value,
            end,
            words: Vec::new(),
        };
        while number.multiply(text, "hundred", 100) || number.multiply(text, "thousand", 1000) {}
        // Letters stand right behind a number's digits only where they were cut off it.
        if let Some(rest) = text.get(number.end..)
            && starts_with_word(rest, "k")
        {
            number.value = number.value.saturating_mul(1000);
            number.end = number.end.saturating_add(1);
        }
        number
    }

    /// Reads on behind a first word that ends at `end`: `twenty-five`, `two hundred and fifty`, `one thousand two
    /// hundred`. What is added is no number of its own: `two hundred and three hundred` are two.
    pub(crate) fn of_words(first: (u64, &'static str), text: &str, end: usize) -> Self {
        let mut number = Self::below_hundred(first, text, end);
        number.read_hundreds(text);
        if number.multiply(text, "thousand", 1000) {
            number.join(text, Self::read_hundreds, "thousand");
        }
        number
    }

    /// `five`, `fifteen`, `fifty-five`.
    fn below_hundred((value, word): (u64, &'static str), text: &str, end: usize) -> Self {
        let mut number = Self {
            value,
            end,
            words: vec![word],
        };
        number.join_unit(text);
        number
    }

    /// `two hundred`, `two hundred and fifty`.
    fn read_hundreds(&mut self, text: &str) {
        if self.multiply(text, "hundred", 100) {
            self.join(text, |_, _| {}, "hundred");
        }
    }

    /// The unit of `twenty-five`; but `twenty five-year plans` are twenty.
    fn join_unit(&mut self, text: &str) {
        if self.value < 20 || !self.value.is_multiple_of(10) {
            return;
        }
        let Some((start, rest)) = behind_gap(text, self.end) else {
            return;
        };
        let mut units = UNITS.iter().zip(0..).skip(1).take(9);
        if let Some((unit, value)) = units.find(|(unit, _)| starts_with_word(rest, unit)) {
            let end = start.saturating_add(unit.len());
            if !is_torn(text, self.end, end) {
                self.value = self.value.saturating_add(value);
                self.end = end;
                self.words.push(unit);
            }
        }
    }

    /// Multiplies by a word that stands behind, if it is there and the number is smaller.
    fn multiply(&mut self, text: &str, word: &'static str, by: u64) -> bool {
        if !(1..by).contains(&self.value) {
            return false;
        }
        let Some(end) = word_behind(text, self.end, word) else {
            return false;
        };
        self.value = self.value.saturating_mul(by);
        self.end = end;
        self.words.push(word);
        true
    }

    /// Adds the number that stands behind, with `and` or without, unless `too_large` multiplies that one.
    fn join(&mut self, text: &str, read_on: fn(&mut Self, &str), too_large: &str) {
        let and = word_behind(text, self.end, "and");
        let Some((start, rest)) = behind_gap(text, and.unwrap_or(self.end)) else {
            return;
        };
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let Some(word) = rest.get(..length).map(str::to_ascii_lowercase) else {
            return;
        };
        let Some(first) = number(&word).filter(|(value, _)| *value > 0) else {
            return;
        };
        let end = start.saturating_add(length);
        if !starts_with_word(rest, first.1) {
            return;
        }
        let mut added = Self::below_hundred(first, text, end);
        read_on(&mut added, text);
        if word_behind(text, added.end, too_large).is_none() && !is_torn(text, self.end, added.end)
        {
            self.value = self.value.saturating_add(added.value);
            self.end = added.end;
            self.words.append(&mut added.words);
        }
    }
}

/// Tells whether what stands between two places is closer to what follows than to what stands before: the `five` of
/// `two hundred five-star hotels`.
fn is_torn(text: &str, start: usize, end: usize) -> bool {
    let hyphen_before = text
        .get(start..)
        .is_some_and(|rest| rest.starts_with(is_hyphen));
    let behind = text
        .get(end..)
        .and_then(|rest| rest.strip_prefix(is_hyphen));
    !hyphen_before && behind.is_some_and(|rest| rest.starts_with(is_word))
}

/// Returns what stands behind the blank or hyphen at `at`, and where, if they may be parts of one number: in one
/// paragraph.
pub(crate) fn behind_gap(text: &str, at: usize) -> Option<(usize, &str)> {
    let rest = text.get(at..)?;
    let word = rest.trim_start_matches(is_gap);
    let gap = rest.len().saturating_sub(word.len());
    let lines = rest.get(..gap)?.matches('\n').count();
    ((1..=4).contains(&gap) && lines <= 1).then_some((at.saturating_add(gap), word))
}

/// Returns where a word ends that stands behind a gap.
fn word_behind(text: &str, at: usize, word: &str) -> Option<usize> {
    let (start, rest) = behind_gap(text, at)?;
    starts_with_word(rest, word).then(|| start.saturating_add(word.len()))
}

/// Tells whether `char` may stand between the parts of one number.
fn is_gap(char: char) -> bool {
    char.is_whitespace() || is_hyphen(char)
}

/// Spells out an abbreviation that means this behind a number.
pub(crate) fn abbreviated(word: &str) -> Option<&'static str> {
    Some(match word {
        "m" | "mn" => "million",
        "b" | "bn" => "billion",
        "tn" => "trillion",
        "pc" | "pct" => "percent",
        _ => return None,
    })
}

/// Tells whether letters right behind a number's digits are no part of the number: `5bn`, and `$5m` but not `5m`,
/// which may be metres.
pub(crate) fn is_cut_off(letters: &str, money: bool) -> bool {
    let is = |word: &&str| letters.eq_ignore_ascii_case(word);
    [
        "mn", "bn", "tn", "pc", "pct", "million", "billion", "trillion",
    ]
    .iter()
    .any(is)
        || money && ["m", "b", "k"].iter().any(is)
}

/// Tells whether `char` is the sign of a currency.
pub(crate) fn is_currency(char: char) -> bool {
    matches!(
        char,
        '$' | '£' | '¢' | '¥' | '\u{20a0}'..='\u{20cf}' | '฿' | '﷼'
    )
}
