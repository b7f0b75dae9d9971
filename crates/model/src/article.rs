use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

/// One news text with its date, outlet and title.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Where the article was read from.
    pub place: Place,
    /// The identifier its publisher or the record gave it, if any (the key `id` of a JSON Lines record).
    pub external_id: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// The outlet that published it.
    pub source: Option<String>,
    /// The headline, without the date or the outlet's name.
    pub title: Option<String>,
    /// Who wrote it, as printed.
    pub author: Option<String>,
    /// When it was published, as far as is known.
    pub published: Option<Published>,
    /// BCP 47 language tag, if the source states one.
    pub lang: Option<String>,
    /// The body. All spans are bytes of this text; paragraphs are separated by line breaks.
    pub text: String,
    /// What is odd about it where it was read, in words: a date that is none. Told once and not stored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Where an article was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file, as found; `-` for standard input.
    pub path: String,
    /// Counts records from 1 in a file that holds several (for JSON Lines: the line).
    pub record: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record {
            Some(record) => write!(f, "{}:{record}", self.path),
            None => f.write_str(&self.path),
        }
    }
}

/// An earlier version of an article, whose place a later one took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The identifier it had.
    pub id: ArticleId,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published, as far as is known.
    pub published: Option<Published>,
    /// The day on which it came into the archive, if that was told.
    pub added: Option<NaiveDate>,
}

/// When an article was published, how exactly that is known, and from what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day; with a coarser precision, the first day of the year or month.
    pub date: NaiveDate,
    /// The instant, when the source states a time and its offset.
    pub instant: Option<DateTime<FixedOffset>>,
    /// How much of `date` is known.
    pub precision: DatePrecision,
    /// The other day that the source may mean, where nothing tells day from month, as in `3/4/2017`.
    pub alternative: Option<NaiveDate>,
    /// What the date was read from.
    pub origin: DateOrigin,
}

impl Published {
    /// Makes a date known to the day.
    pub fn day(date: NaiveDate, origin: DateOrigin) -> Self {
        Self {
            date,
            instant: None,
            precision: DatePrecision::Day,
            alternative: None,
            origin,
        }
    }

    /// Tells whether the date was concluded from the story, its page or its address rather than stated about it.
    pub fn is_inferred(&self) -> bool {
        matches!(
            self.origin,
            DateOrigin::Page | DateOrigin::Dateline | DateOrigin::Text | DateOrigin::Url
        )
    }

    /// Tells whether the date was concluded, or can be read in two ways.
    pub fn is_uncertain(&self) -> bool {
        self.is_inferred() || self.alternative.is_some()
    }
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DatePrecision {
    /// The year.
    Year,
    /// The month.
    Month,
    /// The day.
    Day,
    /// The time of day, with its offset from UTC.
    Instant,
}

/// What a date was read from, most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DateOrigin {
    /// A field of the record or the header line of a text file.
    Header,
    /// A JSON-LD block of the page.
    JsonLd,
    /// A meta element of the page.
    Meta,
    /// An attribute of the page's markup: microdata or a `time` element.
    Markup,
    /// The words of the page around its headline.
    Page,
    /// The address of the page.
    Url,
    /// The dateline: `SEOUL, Oct. 24, 2025 (Wire) —`.
    Dateline,
    /// A full date in the text itself, such as the signature of an embedded post.
    Text,
}

/// Names an article: 64 bits of a hash over what identifies it, stable across machines and runs.
///
/// Written as `a:` and 16 hexadecimal digits.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(into = "String", try_from = "String")]
pub struct ArticleId(pub u64);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a:{:016x}", self.0)
    }
}

impl From<ArticleId> for String {
    fn from(id: ArticleId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for ArticleId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl FromStr for ArticleId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        parse_id(text, "a:").map(ArticleId).ok_or(InvalidId)
    }
}

/// Reads `prefix` and 16 hexadecimal digits.
pub(crate) fn parse_id(text: &str, prefix: &str) -> Option<u64> {
    let digits = text.strip_prefix(prefix)?;
    let plain = digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain
        .then(|| u64::from_str_radix(digits, 16).ok())
        .flatten()
}

/// Says that a text is not an identifier of the kind asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidId;

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an identifier of an article or quotation")
    }
}

impl std::error::Error for InvalidId {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_reads_back_as_written() {
        let id = ArticleId(0x7f3a);
        assert_eq!(id.to_string(), "a:0000000000007f3a");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("a:+000000000007f3a".parse::<ArticleId>(), Err(InvalidId));
        assert_eq!("q:0000000000007f3a".parse::<ArticleId>(), Err(InvalidId));
    }
}
