//! The records of `json` and `jsonl`, version 1. Library types are not the wire format.

mod check;
mod person;
mod variants;

use chrono::NaiveDate;
use serde::Serialize;
use whosaid_model::{
    Article, ArticleId, CodePoints, DateOrigin, Published, Quotation, QuotationKind, Span, Version,
};

use super::offsets::Offsets;
use crate::{ArticleHit, Cursor, DiffKind, DiffOperation, FacetCounts, Hit, Utterance};

pub(super) use check::{CheckBody, CheckSummary};
pub(super) use person::PersonBody;
pub(super) use variants::VariantBody;

/// What was done with a stretch of words: where it stands in the old text and in the new one.
#[derive(Serialize)]
pub(super) struct ChangeBody {
    op: DiffKind,
    old: [usize; 2],
    new: [usize; 2],
}

impl ChangeBody {
    /// Makes the records of what led from one text to another.
    fn all<'o>(
        operations: impl Iterator<Item = &'o DiffOperation>,
        (old, new): (&str, &str),
        offsets: Offsets,
    ) -> Vec<Self> {
        let (old, new) = (offsets.points(old), offsets.points(new));
        operations
            .map(|operation| Self {
                op: operation.kind,
                old: pair(operation.old, old.as_ref()),
                new: pair(operation.new, new.as_ref()),
            })
            .collect()
    }
}

/// The version that every record carries.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
pub(super) struct Record<T: Serialize> {
    v: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    body: T,
}

pub(super) fn record<T: Serialize>(kind: &'static str, body: T) -> Record<T> {
    Record {
        v: VERSION,
        kind,
        body,
    }
}

#[derive(Serialize)]
pub(super) struct HitBody<'a> {
    id: &'a str,
    rank: usize,
    score: f64,
    inside: Option<&'a str>,
    quote: QuoteBody<'a>,
    speaker: Option<SpeakerBody<'a>>,
    article: ArticleBody<'a>,
    evidence: Evidence<'a>,
    matches: Vec<[usize; 2]>,
    copy_of: Option<&'a str>,
    copies: u64,
    utterance: Option<UtteranceBody<'a>>,
}

/// Of which utterance a hit is a wording.
#[derive(Serialize)]
pub(super) struct UtteranceBody<'a> {
    wordings: u64,
    outlets: u64,
    quotations: u64,
    earliest: &'a str,
}

impl<'a> UtteranceBody<'a> {
    pub(super) fn new(utterance: &'a Utterance) -> Self {
        Self {
            wordings: utterance.wordings,
            outlets: utterance.outlets,
            quotations: utterance.quotations,
            earliest: &utterance.short_earliest,
        }
    }
}

#[derive(Serialize)]
struct QuoteBody<'a> {
    text: &'a str,
    kind: &'static str,
    lang: Option<&'a str>,
    words: u64,
    denied: bool,
}

#[derive(Serialize)]
struct SpeakerBody<'a> {
    name: Option<&'a str>,
    /// The name in the article, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    joined: Option<JoinedBody<'a>>,
    as_written: Option<&'a str>,
    title: Option<&'a str>,
    kind: &'static str,
    confidence: f64,
    how: &'static str,
    others: &'a [String],
}

/// A name of a person besides the one they are shown by.
#[derive(Serialize)]
struct JoinedBody<'a> {
    name: &'a str,
    by: &'static str,
}

#[derive(Serialize)]
pub(super) struct ArticleBody<'a> {
    id: String,
    path: &'a str,
    url: Option<&'a str>,
    source: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    published: PublishedBody,
}

#[derive(Serialize)]
struct PublishedBody {
    value: Option<String>,
    precision: Option<whosaid_model::DatePrecision>,
    /// The other day that the source may mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative: Option<NaiveDate>,
    from: Origin,
    inferred: bool,
}

/// What a date was read from.
#[derive(Serialize)]
#[serde(untagged)]
enum Origin {
    Known(DateOrigin),
    Unknown(&'static str),
}

#[derive(Serialize)]
struct Evidence<'a> {
    path: &'a str,
    record: Option<u64>,
    sha256: Option<&'a str>,
    unit: &'static str,
    quote: [usize; 2],
    cue: Option<[usize; 2]>,
    speaker: Option<[usize; 2]>,
}

/// A span as it is printed: in code points where they are given, else in bytes.
fn pair(span: Span, points: Option<&CodePoints>) -> [usize; 2] {
    let span = points.map_or(span, |points| points.span(span));
    [span.start, span.end]
}

fn pairs(spans: &[Span], points: Option<&CodePoints>) -> Vec<[usize; 2]> {
    spans.iter().map(|span| pair(*span, points)).collect()
}

/// Keeps three digits: more would pretend to be known.
pub(super) fn thousandths(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

/// Writes as much of the date as is known.
pub(super) fn date(published: &Published) -> String {
    use whosaid_model::DatePrecision as P;
    match (published.precision, published.instant) {
        (P::Year, _) => published.date.format("%Y").to_string(),
        (P::Month, _) => published.date.format("%Y-%m").to_string(),
        (P::Instant, Some(instant)) => instant.to_rfc3339(),
        _ => published.date.format("%Y-%m-%d").to_string(),
    }
}

fn article_body(id: ArticleId, article: &Article) -> ArticleBody<'_> {
    ArticleBody {
        id: id.to_string(),
        path: &article.place.path,
        url: article.url.as_deref(),
        source: article.source.as_deref(),
        title: article.title.as_deref(),
        author: article.author.as_deref(),
        published: published_body(article.published.as_ref()),
    }
}

fn published_body(published: Option<&Published>) -> PublishedBody {
    let origin = published.map(|published| Origin::Known(published.origin));
    PublishedBody {
        value: published.map(date),
        precision: published.map(|published| published.precision),
        alternative: published.and_then(|published| published.alternative),
        from: origin.unwrap_or(Origin::Unknown("none")),
        inferred: published.is_some_and(Published::is_inferred),
    }
}

impl<'a> HitBody<'a> {
    /// Makes the record; `points` are those of its article, if offsets count them.
    pub(super) fn new(hit: &'a Hit, points: Option<&CodePoints>) -> Self {
        let article = hit.article();
        let attribution = hit.attribution();
        let offsets = Offsets::of(points);
        let quoted = offsets.points(hit.quote());
        Self {
            id: hit.short_id(),
            rank: hit.rank(),
            score: thousandths(hit.score()),
            inside: hit.short_inside(),
            quote: QuoteBody {
                text: hit.quote(),
                kind: hit.kind().as_str(),
                lang: article.lang.as_deref(),
                words: hit.words(),
                denied: hit.is_denied(),
            },
            speaker: attribution.map(|attribution| SpeakerBody {
                name: Some(attribution.speaker.name.as_str()).filter(|name| !name.is_empty()),
                joined: hit
                    .name_in_article()
                    .zip(hit.why_joined())
                    .map(|(name, why)| JoinedBody {
                        name,
                        by: why.as_str(),
                    }),
                as_written: hit.as_written(),
                title: attribution.speaker.title.as_deref(),
                kind: attribution.speaker.kind.as_str(),
                confidence: thousandths(hit.confidence()),
                how: attribution.how.as_str(),
                others: &attribution.others,
            }),
            article: article_body(hit.article_id(), article),
            evidence: Evidence {
                path: hit.file_path().unwrap_or(&article.place.path),
                record: article.place.record,
                sha256: hit.file_sha256(),
                unit: offsets.as_str(),
                quote: pair(hit.span(), points),
                cue: attribution
                    .and_then(|attribution| attribution.cue)
                    .map(|cue| pair(cue, points)),
                speaker: attribution.map(|attribution| pair(attribution.mention, points)),
            },
            matches: pairs(hit.matches(), quoted.as_ref()),
            copy_of: hit.short_copy_of(),
            copies: hit.copies(),
            utterance: hit.utterance().map(UtteranceBody::new),
        }
    }
}

#[derive(Serialize)]
pub(super) struct ArticleHitBody<'a> {
    rank: usize,
    score: f64,
    words: u64,
    quotations: u64,
    article: ArticleBody<'a>,
    matches: Vec<[usize; 2]>,
    copy_of: Option<String>,
    copies: u64,
}

impl<'a> ArticleHitBody<'a> {
    pub(super) fn new(hit: &'a ArticleHit, offsets: Offsets) -> Self {
        let points = offsets.points(&hit.article().text);
        Self {
            rank: hit.rank(),
            score: thousandths(hit.score()),
            words: hit.words(),
            quotations: hit.quotations(),
            article: article_body(hit.id(), hit.article()),
            matches: pairs(hit.matches(), points.as_ref()),
            copy_of: hit.copy_of().map(|id| id.to_string()),
            copies: hit.copies(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct SummaryBody<'a> {
    pub(super) total: u64,
    pub(super) articles: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) speakers: Option<u64>,
    pub(super) partial: bool,
    pub(super) query: QueryBody<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<&'a Cursor>,
    pub(super) ms: u64,
}

#[derive(Serialize)]
pub(super) struct QueryBody<'a> {
    pub(super) input: &'a str,
    pub(super) parsed: &'a str,
}

/// A quotation as `extract` prints it, with those inside it.
#[derive(Serialize)]
pub(super) struct Extracted<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: &'static str,
    speaker: Option<&'a str>,
    speaker_kind: Option<&'static str>,
    title: Option<&'a str>,
    speaker_start: Option<usize>,
    speaker_end: Option<usize>,
    cue_start: Option<usize>,
    cue_end: Option<usize>,
    how: Option<&'static str>,
    denied: bool,
    confidence: f64,
    inner: Vec<Self>,
}

impl<'a> Extracted<'a> {
    /// Makes the records of an article's quotations, given in order of their start; `points` turns bytes into code
    /// points. A quotation inside one that is left out stands by itself.
    pub(super) fn all(
        text: &'a str,
        quotations: &'a [Quotation],
        points: Option<&CodePoints>,
        indirect: bool,
    ) -> Vec<Self> {
        let mut records: Vec<Option<Self>> = quotations
            .iter()
            .map(|quotation| {
                let printed = indirect || quotation.kind != QuotationKind::Indirect;
                printed.then(|| Self::new(text, quotation, points))
            })
            .collect();
        let mut outer = Vec::new();
        // From the last: what is inside a quotation comes after it, and is whole when it is put there.
        for (index, quotation) in quotations.iter().enumerate().rev() {
            let Some(mut record) = records.get_mut(index).and_then(Option::take) else {
                continue;
            };
            record.inner.reverse();
            let around = quotation.inside.filter(|&around| around < index);
            match around.and_then(|around| records.get_mut(around)?.as_mut()) {
                Some(around) => around.inner.push(record),
                None => outer.push(record),
            }
        }
        outer.reverse();
        outer
    }

    fn new(text: &'a str, quotation: &'a Quotation, points: Option<&CodePoints>) -> Self {
        let unit = |span: Span| points.map_or(span, |points| points.span(span));
        let attribution = quotation.attribution.as_ref();
        let span = unit(quotation.span);
        let mention = attribution.map(|attribution| unit(attribution.mention));
        let cue = attribution
            .and_then(|attribution| attribution.cue)
            .map(unit);
        let speaker = attribution.map(|attribution| &attribution.speaker);
        Self {
            start: span.start,
            end: span.end,
            text: quotation.span.of(text).unwrap_or_default(),
            kind: quotation.kind.as_str(),
            speaker: speaker
                .map(|speaker| speaker.name.as_str())
                .filter(|name| !name.is_empty()),
            speaker_kind: speaker.map(|speaker| speaker.kind.as_str()),
            title: speaker.and_then(|speaker| speaker.title.as_deref()),
            speaker_start: mention.map(|span| span.start),
            speaker_end: mention.map(|span| span.end),
            cue_start: cue.map(|span| span.start),
            cue_end: cue.map(|span| span.end),
            how: attribution.map(|attribution| attribution.how.as_str()),
            denied: quotation.denied,
            confidence: thousandths(quotation.confidence),
            inner: Vec::new(),
        }
    }
}

/// An article as `convert` prints it, and as `index` reads it.
#[derive(Serialize)]
pub(super) struct Converted<'a> {
    id: &'a str,
    path: &'a str,
    record: Option<u64>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    date: Option<String>,
    author: Option<&'a str>,
    source: Option<&'a str>,
    lang: Option<&'a str>,
    text: &'a str,
}

/// An earlier version of an article.
#[derive(Serialize)]
pub(super) struct VersionBody<'a> {
    id: String,
    title: Option<&'a str>,
    published: PublishedBody,
    added: Option<chrono::NaiveDate>,
}

impl<'a> VersionBody<'a> {
    pub(super) fn new(version: &'a Version) -> Self {
        Self {
            id: version.id.to_string(),
            title: version.title.as_deref(),
            published: published_body(version.published.as_ref()),
            added: version.added,
        }
    }
}

/// The record's own identifier, else its path.
pub(super) fn echoed_id(article: &Article) -> &str {
    article
        .external_id
        .as_deref()
        .unwrap_or(&article.place.path)
}

impl<'a> Converted<'a> {
    pub(super) fn new(article: &'a Article) -> Self {
        Self {
            id: echoed_id(article),
            path: &article.place.path,
            record: article.place.record,
            url: article.url.as_deref(),
            title: article.title.as_deref(),
            date: article.published.as_ref().map(date),
            author: article.author.as_deref(),
            source: article.source.as_deref(),
            lang: article.lang.as_deref(),
            text: &article.text,
        }
    }
}

/// The passage around a quotation.
#[derive(Serialize)]
pub(super) struct Passage<'a> {
    /// The paragraph with the quotation, or sentences.
    pub(super) text: &'a str,
    /// Where it stands in the article.
    pub(super) span: [usize; 2],
    /// Its line in the file, when the file is plain text and still as it was.
    pub(super) line: Option<usize>,
}

impl<'a> Passage<'a> {
    pub(super) fn new(passage: &'a crate::Passage) -> Self {
        Self {
            text: &passage.text,
            span: pair(passage.span, None),
            line: None,
        }
    }

    /// Counts in code points, if they are given.
    pub(super) fn counted(&self, points: Option<&CodePoints>) -> Self {
        let [start, end] = self.span;
        Self {
            span: pair(Span::new(start, end), points),
            ..*self
        }
    }
}

/// What one speaker said, by the identifiers of the quotations.
#[derive(Serialize)]
pub(super) struct GroupBody<'a> {
    pub(super) key: Option<&'a str>,
    pub(super) count: u64,
    pub(super) outlets: Option<u64>,
    pub(super) wordings: Option<u64>,
    pub(super) hits: Vec<&'a str>,
}

/// The field that was counted by, and of dates the unit of the calendar.
pub(super) fn field_of(counts: &FacetCounts) -> (&'static str, Option<&'static str>) {
    let field = counts.field.as_str();
    if counts.field.is_date() {
        ("date", Some(field))
    } else {
        (field, None)
    }
}

/// One value of a facet; without a value, what `of` says: the values not listed, or none.
#[derive(Serialize)]
pub(super) struct FacetBody<'a> {
    pub(super) field: &'static str,
    /// Of a date: its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) level: Option<&'static str>,
    pub(super) value: Option<&'a str>,
    pub(super) count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) selected: bool,
    /// What to ask for the matches with this value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) query: Option<String>,
}

/// One bar of a timeline; without days, the undated.
#[derive(Serialize)]
pub(super) struct BucketBody {
    pub(super) start: Option<chrono::NaiveDate>,
    pub(super) end: Option<chrono::NaiveDate>,
    pub(super) count: u64,
}

/// Why there is no answer.
#[derive(Serialize)]
pub(super) struct ErrorBody<'a> {
    pub(super) kind: &'static str,
    pub(super) message: String,
    pub(super) span: Option<[usize; 2]>,
    pub(super) suggestions: Vec<&'a str>,
}
