use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::article::{InvalidId, parse_id};
use crate::{ArticleId, Attribution, Span};

/// Reported words, where they stand, and who said them.
///
/// Words that run over several paragraphs are one quotation a paragraph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// The quoted words in the article's text, without their quotation marks.
    pub span: Span,
    /// How the words are reported.
    pub kind: QuotationKind,
    /// Who said them, or `None` when the article names nobody.
    pub attribution: Option<Attribution>,
    /// Probability, from 0 to 1, that this is speech and `attribution` is right.
    pub confidence: f32,
    /// The quotation is denied or supposed: `she never said “…”`.
    pub denied: bool,
    /// Index, in the article's list, of the quotation whose words enclose this one.
    pub inside: Option<usize>,
}

/// How words are reported.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum QuotationKind {
    /// Whole sentences or clauses between quotation marks.
    #[default]
    Direct,
    /// Marked words inside the reporter's own sentence: the mayor called it “a monument to delay”.
    Mixed,
    /// No marks: Chung said he saw a considerable chance.
    Indirect,
}

impl QuotationKind {
    /// Returns the word used in JSON and in queries.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// Names a quotation by its article and where it starts and ends.
///
/// Written as `q:` and 16 hexadecimal digits. The same words at the same place of the same article keep
/// their identifier from run to run.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(into = "String", try_from = "String")]
pub struct QuotationId(pub u64);

impl QuotationId {
    /// Mixes the article's identifier with the span.
    ///
    /// The mixer is the finalizer of `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom number
    /// generators, 2014): a bijection, so two spans of one article collide only by chance.
    pub fn new(article: ArticleId, span: Span) -> Self {
        let place = ((span.start as u64) << 32) ^ span.end as u64;
        Self(mix(article.0 ^ mix(place)))
    }
}

fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

impl fmt::Display for QuotationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "q:{:016x}", self.0)
    }
}

impl From<QuotationId> for String {
    fn from(id: QuotationId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for QuotationId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl FromStr for QuotationId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        parse_id(text, "q:").map(QuotationId).ok_or(InvalidId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_spans_have_different_identifiers() {
        let article = ArticleId(1);
        let one = QuotationId::new(article, Span::new(0, 9));
        assert_ne!(one, QuotationId::new(article, Span::new(0, 10)));
        assert_ne!(one, QuotationId::new(article, Span::new(1, 9)));
        assert_ne!(one, QuotationId::new(ArticleId(2), Span::new(0, 9)));
        assert_eq!(one.to_string().parse(), Ok(one));
    }
}
