//! Sums of money, which are the same however they are written: `€250m`, `two hundred and fifty million euros`.

use std::ops::Range;

use whosaid_model::Span;

use super::claim::Claim;
use crate::wording::{Wording, is_currency};

/// A sum of money among words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    words: Range<usize>,
    sum: Sum,
}

/// How much of what; equal for equal sums.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sum {
    currency: char,
    negative: bool,
    /// Without zeros at either end.
    digits: String,
    /// Times ten to the power of this.
    exponent: usize,
}

/// What currencies are called, and the signs that stand for them.
const CURRENCIES: &[(&str, char)] = &[
    ("bucks", '$'),
    ("cent", '¢'),
    ("cents", '¢'),
    ("dollar", '$'),
    ("dollars", '$'),
    ("eur", '€'),
    ("euro", '€'),
    ("euros", '€'),
    ("gbp", '£'),
    ("hryvnia", '₴'),
    ("hryvnias", '₴'),
    ("inr", '₹'),
    ("jpy", '¥'),
    ("lira", '₺'),
    ("liras", '₺'),
    ("naira", '₦'),
    ("pound", '£'),
    ("pounds", '£'),
    ("rouble", '₽'),
    ("roubles", '₽'),
    ("ruble", '₽'),
    ("rubles", '₽'),
    ("rupee", '₹'),
    ("rupees", '₹'),
    ("shekel", '₪'),
    ("shekels", '₪'),
    ("usd", '$'),
    ("won", '₩'),
    ("yen", '¥'),
];

/// Decimal places that are told apart.
const PLACES: usize = 12;

/// Finds the sums of a text that is cut into words.
pub(super) fn amounts(text: &str, words: &[Wording]) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    for at in 0..words.len() {
        if found.last().is_none_or(|last| last.words.end <= at)
            && let Some(amount) = amount(text, words, at)
        {
            found.push(amount);
        }
    }
    found
}

/// Reads the sum whose number is the word at `at`.
fn amount(text: &str, words: &[Wording], at: usize) -> Option<Amount> {
    let number = words.get(at)?;
    let (digits, unit) = figures(&number.term)?;
    let joined = |before: usize| -> Option<&Wording> {
        let (one, two) = (words.get(before)?, words.get(before.checked_add(1)?)?);
        let between = text.get(one.span.end..two.span.start)?;
        let gap = between
            .chars()
            .all(|char| char == ' ' || char == '\u{a0}' || char == '-' || is_currency(char));
        gap.then_some(two)
    };
    let mut exponent = unit.unwrap_or(0);
    let mut last = at;
    if unit.is_none()
        && let Some(unit) = joined(last).and_then(|word| power(&word.key))
    {
        exponent = unit;
        last = last.saturating_add(1);
    }
    let named = |word: &Wording| {
        let mut currencies = CURRENCIES.iter();
        let found = currencies.find(|(name, _)| *name == word.key);
        found.map(|(_, sign)| *sign)
    };
    let written = number.key.strip_suffix(number.term.as_str())?;
    let negative = written.contains('-');
    let sign = || {
        let sign = written.chars().find(|char| is_currency(*char))?;
        // `A$5m`: dollars of another kind.
        let before = text.get(..number.span.start)?.trim_end();
        let kind = before.strip_suffix(sign).unwrap_or(before);
        let kind = kind.len() < before.len() && kind.ends_with(char::is_alphabetic);
        (!kind).then_some(sign)
    };
    let behind = || {
        let behind = text.get(words.get(last)?.span.end..)?.trim_start();
        behind.chars().next().filter(|char| is_currency(*char))
    };
    let mut first = at;
    let currency = if let Some(sign) = sign().or_else(behind) {
        sign
    } else if !written.chars().any(is_currency)
        && let Some(sign) = joined(last).and_then(named)
    {
        last = last.saturating_add(1);
        sign
    } else {
        // `EUR 250 million`.
        let before = at.checked_sub(1)?;
        joined(before)?;
        let code = words.get(before).filter(|word| word.key.len() == 3)?;
        first = before;
        named(code).filter(|_| {
            code.span
                .of(text)
                .is_some_and(|code| code == code.to_uppercase())
        })?
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let places = PLACES.checked_sub(part.len())?;
    let all = format!("{whole}{part}");
    let all = all.trim_start_matches('0');
    let digits = all.trim_end_matches('0');
    let zeros = all.len().saturating_sub(digits.len());
    Some(Amount {
        words: first..last.saturating_add(1),
        sum: Sum {
            currency,
            negative,
            digits: digits.to_owned(),
            exponent: exponent.saturating_add(places).saturating_add(zeros),
        },
    })
}

/// Splits `250m` into its number and the power of ten of its letter; `None` for what is no number.
fn figures(term: &str) -> Option<(&str, Option<usize>)> {
    let letters = term.find(|char: char| !char.is_ascii_digit() && char != '.');
    let (digits, letters) = term.split_at_checked(letters.unwrap_or(term.len()))?;
    let unit = match letters {
        "" => None,
        "k" => Some(3),
        "m" => Some(6),
        "b" => Some(9),
        _ => return None,
    };
    digits
        .starts_with(|char: char| char.is_ascii_digit())
        .then_some((digits, unit))
}

fn power(word: &str) -> Option<usize> {
    match word {
        "thousand" => Some(3),
        "million" => Some(6),
        "billion" => Some(9),
        "trillion" => Some(12),
        _ => None,
    }
}

/// Writes the sums of a text as a claim writes the same ones: so that they are the same words.
pub(super) fn as_claimed(claim: &Claim, text: &str, words: Vec<Wording>) -> Vec<Wording> {
    if claim.amounts.is_empty() {
        return words;
    }
    let mut written = Vec::with_capacity(words.len());
    let mut from = 0;
    for amount in amounts(text, &words) {
        let same = claim.amounts.iter().find(|other| other.sum == amount.sum);
        let same = same.and_then(|same| claim.words.get(same.words.clone()));
        let own = words.get(amount.words.clone()).unwrap_or_default();
        if let Some(same) = same
            && same
                .iter()
                .map(|word| &word.key)
                .ne(own.iter().map(|word| &word.key))
        {
            written.extend_from_slice(words.get(from..amount.words.start).unwrap_or_default());
            written.extend(spread(same, own));
            from = amount.words.end;
        }
    }
    written.extend_from_slice(words.get(from..).unwrap_or_default());
    written
}

/// Takes each sum for one word, so that it is shown as a whole where another stands in its place.
pub(super) fn whole_sums(text: &str, words: &[Wording]) -> Vec<Wording> {
    let mut whole = Vec::with_capacity(words.len());
    let mut from = 0;
    for Amount { words: range, sum } in amounts(text, words) {
        let (Some(first), Some(last)) = (
            words.get(range.start),
            range.end.checked_sub(1).and_then(|last| words.get(last)),
        ) else {
            continue;
        };
        whole.extend_from_slice(words.get(from..range.start).unwrap_or_default());
        let before = text.get(..first.span.start).unwrap_or_default();
        let start = before
            .strip_suffix(is_currency)
            .map_or(before.len(), str::len);
        let minus = if sum.negative { "-" } else { "" };
        whole.push(Wording {
            key: format!("{}{minus}{}e{}", sum.currency, sum.digits, sum.exponent),
            term: first.term.clone(),
            span: Span::new(start, last.span.end),
        });
        from = range.end;
    }
    whole.extend_from_slice(words.get(from..).unwrap_or_default());
    whole
}

/// Puts words in the places of others, all of which they take.
fn spread<'w>(words: &'w [Wording], places: &'w [Wording]) -> impl Iterator<Item = Wording> {
    let end = places.last().map_or(0, |last| last.span.end);
    words.iter().enumerate().map(move |(at, word)| {
        let place = places.get(at);
        let last = at.saturating_add(1) == words.len();
        let start = place.map_or(end, |place| place.span.start);
        let until = place.filter(|_| !last).map_or(end, |place| place.span.end);
        Wording {
            span: Span::new(start, until),
            ..word.clone()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::claim::claims;
    use super::*;
    use crate::wording::Wordings;

    fn same(one: &str, other: &str) -> bool {
        let claim = claims(one).remove(0);
        let words = as_claimed(&claim, other, Wordings::new().of(other));
        let mut end = 0;
        for word in &words {
            assert!(end <= word.span.start && word.span.of(other).is_some());
            end = word.span.end;
        }
        let keys = |words: &[Wording]| -> Vec<String> {
            words.iter().map(|word| word.key.clone()).collect()
        };
        keys(&claim.words) == keys(&words)
    }

    #[test]
    fn a_sum_is_the_same_however_it_is_written() {
        let all = [
            "we spend two hundred and fifty million euros here",
            "we spend 250m euros here",
            "we spend €250 million here",
            "we spend €250m here",
            "we spend EUR 250 million here",
            "we spend 250 million € here",
            "we spend 0.25 billion euros here",
            "we spend 250,000,000 euros here",
            "we spend 250-million-euro here",
        ];
        for one in all {
            for other in all {
                assert!(same(one, other), "{one} {other}");
            }
        }
        for (one, other) in [
            ("$5 million here", "5 million dollars here"),
            ("it costs £50k", "it costs 50,000 pounds"),
            ("it is -$5m", "it is -5 million dollars"),
            ("50 cents or $5", "¢50 or 5 dollars"),
            ("$1.50", "1.5 dollars"),
            ("it costs ₱50k", "it costs ₱50,000"),
        ] {
            assert!(same(one, other) && same(other, one), "{one} {other}");
        }
    }

    #[test]
    fn another_sum_is_another() {
        for (one, other) in [
            ("€250 million", "250 million dollars"),
            ("€250 million", "250 million"),
            ("€250 million", "25 million euros"),
            ("€250", "250 million euros"),
            ("A$5 million", "5 million dollars"),
            ("-$5 million", "5 million dollars"),
            ("250 metres", "250m euros"),
            ("the eur 250", "the 250 euros"),
        ] {
            assert!(!same(one, other) && !same(other, one), "{one} {other}");
        }
    }
}
