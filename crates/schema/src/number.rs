//! Numbers in words and figures, and the abbreviations behind them.

use crate::analyzer::is_gap;
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

pub(crate) fn tens(word: &str) -> Option<(u64, &'static str)> {
    let known = TENS.iter().find(|(tens, _)| *tens == word);
    known.map(|&(tens, number)| (number, tens))
}

/// Reads the unit of `twenty-five` behind the hyphen.
pub(crate) fn unit_prefix(text: &str) -> Option<(u64, &'static str)> {
    let mut units = UNITS.iter().zip(0..).skip(1).take(9);
    let (unit, number) = units.find(|(unit, _)| starts_with_word(text, unit))?;
    Some((number, *unit))
}

/// Reads what multiplies a number that ends at `at`: `hundred`, `thousand`, or the `k` of `$50k`. Returns the
/// product, the word, if it is one, and where it ends.
pub(crate) fn multiplied(value: u64, text: &str, at: usize) -> Option<(u64, &'static str, usize)> {
    let rest = text.get(at..)?;
    let word = rest.trim_start_matches(is_gap);
    let blank = rest.len().saturating_sub(word.len());
    // Letters stand right behind a number's digits only where they were cut off it.
    if blank == 0 && starts_with_word(word, "k") {
        return Some((value.checked_mul(1000)?, "", at.checked_add(1)?));
    }
    if !(1..=4).contains(&blank) {
        return None;
    }
    let (name, factor) = [("hundred", 100), ("thousand", 1000)]
        .into_iter()
        .find(|&(name, factor)| (1..factor).contains(&value) && starts_with_word(word, name))?;
    let end = at.checked_add(blank)?.checked_add(name.len())?;
    Some((value.checked_mul(factor)?, name, end))
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
