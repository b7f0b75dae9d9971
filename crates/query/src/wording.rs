//! The words of a text as a reader compares them: what differs in print only is the same, what differs in sense is
//! not.

use tantivy::tokenizer::TextAnalyzer;
use whosaid_model::Span;
use whosaid_schema::{names_analyzer, news_analyzer};

use crate::words;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wording {
    /// Equal for two words that are the same to a reader.
    pub(crate) key: String,
    /// The word as it stands in the index.
    pub(crate) term: String,
    /// Where it stands, in bytes.
    pub(crate) span: Span,
}

/// What the analyzer spells out behind a number.
const UNITS: [&str; 5] = ["percent", "thousand", "million", "billion", "trillion"];

/// Cuts texts into words.
#[derive(Clone)]
pub(crate) struct Wordings {
    news: TextAnalyzer,
    plain: TextAnalyzer,
}

impl Wordings {
    pub(crate) fn new() -> Self {
        Self {
            news: news_analyzer(),
            plain: names_analyzer(),
        }
    }

    /// Cuts a text into words, in order.
    ///
    /// The analyzer of the archive decides what is a word and folds case, accents, apostrophes, numerals and
    /// percent. Some of what it folds makes another quotation, and is kept apart here: endings (`tax cuts` is no
    /// `tax cut`), the possessive (`the president's men` are not `the president`), the currency and the sign of a
    /// number (`$5m`, `€5m`; `-5 degrees`).
    pub(crate) fn of(&mut self, text: &str) -> Vec<Wording> {
        let plain = words::tokens(&mut self.plain, text);
        let tokens = words::tokens(&mut self.news, text).into_iter();
        tokens
            .map(|token| {
                let mut span = token.span;
                let numeral = token.text.starts_with(|char: char| char.is_ascii_digit());
                let whole = plain
                    .binary_search_by_key(&span.start, |plain| plain.span.start)
                    .ok()
                    .and_then(|at| plain.get(at));
                // Numbers, `per cent` and `bn` are spelled in several ways; of other words the ending counts.
                let unit =
                    |plain: &str| UNITS.contains(&token.text.as_str()) && !plain.ends_with('s');
                let mut key = match whole {
                    Some(plain) if !numeral && plain.span == span && !unit(&plain.text) => {
                        plain.text.clone()
                    }
                    _ => token.text.clone(),
                };
                if let Some(length) = text.get(span.end..).and_then(possessive) {
                    key.push_str("'s");
                    span.end = span.end.saturating_add(length);
                }
                if numeral
                    && let (Some(before), Some(after)) =
                        (text.get(..span.start), text.get(span.end..))
                {
                    let currency = before.chars().next_back().filter(|char| is_currency(*char));
                    let currency = currency.or_else(|| {
                        let next = after.trim_start_matches(|char: char| char.is_whitespace());
                        next.chars().next().filter(|char| is_currency(*char))
                    });
                    if is_negative(before) {
                        key.insert(0, '-');
                    }
                    if let Some(currency) = currency {
                        key.insert(0, currency);
                    }
                }
                Wording {
                    key,
                    term: token.text,
                    span,
                }
            })
            .collect()
    }
}

/// Returns the length of the possessive ending at the start of `rest`.
fn possessive(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let apostrophe = chars.next().filter(|char| matches!(char, '\'' | '’'))?;
    chars.next().filter(|char| matches!(char, 's' | 'S'))?;
    let ends = !chars.next().is_some_and(char::is_alphanumeric);
    ends.then(|| apostrophe.len_utf8().saturating_add(1))
}

/// The dollar, cent, pound, yen and baht signs, and Unicode's block of currency symbols.
pub(crate) fn is_currency(char: char) -> bool {
    matches!(
        char,
        '$' | '¢' | '£' | '¥' | '฿' | '﷼' | '＄' | '￡' | '￥' | '\u{20a0}'..='\u{20cf}'
    )
}

/// Tells whether a minus stands before a number: a hyphen or dash with a blank, or nothing, before it.
fn is_negative(before: &str) -> bool {
    let before = before.trim_end_matches(is_currency);
    let mut chars = before.chars().rev();
    chars.next().is_some_and(|char| matches!(char, '-' | '−'))
        && chars
            .next()
            .is_none_or(|char| char.is_whitespace() || matches!(char, '(' | '“' | '"' | '‘'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> String {
        let words = Wordings::new().of(text).into_iter();
        let keys: Vec<String> = words.map(|word| word.key).collect();
        keys.join(" ")
    }

    #[test]
    fn print_does_not_count() {
        for (one, other) in [
            ("One per cent of Café owners", "1% of cafe owners"),
            ("We don’t know", "we don't know,"),
            ("twenty-five boats", "25 boats"),
            ("the US’s aim", "the U.S.'s aim"),
            ("€5 million", "5 € million"),
            ("It was — well — over", "It was, well, over"),
            ("a long-term plan", "a long term plan"),
            ("€5bn, 12 pc", "€5 billion, 12 percent"),
        ] {
            assert_eq!(keys(one), keys(other));
        }
    }

    #[test]
    fn sense_does() {
        for (one, other) in [
            ("We will raise taxes", "We will raise tax"),
            ("the president’s men", "the president men"),
            ("$5 million", "€5 million"),
            ("$5 million", "5 million"),
            ("it was -5 degrees", "it was 5 degrees"),
            ("3.5 percent", "35 percent"),
            ("we can", "we can't"),
            ("he promised", "he promises"),
        ] {
            assert_ne!(keys(one), keys(other));
        }
        assert_eq!(keys("the 2024-25 season"), keys("the 2024 25 season"));
    }

    #[test]
    fn spans_hold_the_whole_word() {
        let text = "the minister’s “U.S.'s” per cent";
        let words = Wordings::new().of(text).into_iter();
        let written: Vec<&str> = words.filter_map(|word| word.span.of(text)).collect();
        assert_eq!(written, ["the", "minister’s", "U.S.'s", "per cent"]);
    }
}
