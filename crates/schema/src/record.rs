//! The stored record of each kind of document: everything that is not indexed text, field after field without
//! names. A quotation repeats nothing of its article: its words, and those that name the speaker, are places in the
//! article's text. Every change here or in the types of `model` named here is a new format.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use whosaid_model::{
    Article, Attribution, Place, Published, Quotation, QuotationKind, Resolution, Span, Speaker,
    Version,
};

/// What an article says besides its body.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ArticleRecord<'a> {
    pub(crate) place: Cow<'a, Place>,
    pub(crate) external_id: Option<Cow<'a, str>>,
    pub(crate) url: Option<Cow<'a, str>>,
    pub(crate) source: Option<Cow<'a, str>>,
    pub(crate) title: Option<Cow<'a, str>>,
    pub(crate) author: Option<Cow<'a, str>>,
    pub(crate) published: Option<Cow<'a, Published>>,
    pub(crate) lang: Option<Cow<'a, str>>,
    pub(crate) id: u64,
    pub(crate) file: u64,
    pub(crate) words: u64,
}

/// What an article keeps besides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct NotedRecord<'a> {
    pub(crate) article: ArticleRecord<'a>,
    pub(crate) address: Option<u64>,
    pub(crate) added: Option<NaiveDate>,
    pub(crate) quotations: u64,
    pub(crate) indirect: u64,
    pub(crate) versions: Cow<'a, [Version]>,
}

impl<'a> ArticleRecord<'a> {
    pub(crate) fn new(article: &'a Article, id: u64, file: u64, words: u64) -> Self {
        let text = |text: &'a Option<String>| text.as_deref().map(Cow::Borrowed);
        Self {
            place: Cow::Borrowed(&article.place),
            external_id: text(&article.external_id),
            url: text(&article.url),
            source: text(&article.source),
            title: text(&article.title),
            author: text(&article.author),
            published: article.published.as_ref().map(Cow::Borrowed),
            lang: text(&article.lang),
            id,
            file,
            words,
        }
    }

    /// Returns the article with `text` as its body.
    pub(crate) fn into_article(self, text: String) -> Article {
        let owned = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
        Article {
            place: self.place.into_owned(),
            external_id: owned(self.external_id),
            url: owned(self.url),
            source: owned(self.source),
            title: owned(self.title),
            author: owned(self.author),
            published: self.published.map(Cow::into_owned),
            lang: owned(self.lang),
            text,
            notes: Vec::new(),
        }
    }
}

/// What a quotation keeps.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct QuotationRecord<'a> {
    start: u64,
    length: u64,
    kind: QuotationKind,
    attribution: Option<AttributionRecord<'a>>,
    confidence: f32,
    denied: bool,
    /// The words of the quotation around this one.
    outer: Option<Near>,
}

/// What is kept of who said it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct AttributionRecord<'a> {
    speaker: Cow<'a, Speaker>,
    mention: Near,
    cue: Option<Near>,
    how: Resolution,
    others: Cow<'a, [String]>,
}

/// A span by its distance from another one: what belongs together stands together, and small numbers take less room.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Near {
    distance: i64,
    length: u64,
}

impl Near {
    fn new(span: Span, to: Span) -> Self {
        Self {
            distance: (span.start as i64).wrapping_sub(to.start as i64),
            length: span.end.saturating_sub(span.start) as u64,
        }
    }

    fn span(self, to: Span) -> Span {
        let start = (to.start as i64).wrapping_add(self.distance) as usize;
        Span::new(start, start.wrapping_add(self.length as usize))
    }
}

impl<'a> QuotationRecord<'a> {
    /// `outer` are the words of the quotation around it.
    pub(crate) fn new(quotation: &'a Quotation, confidence: f32, outer: Option<Span>) -> Self {
        let span = quotation.span;
        let near = |other| Near::new(other, span);
        let attribution = quotation.attribution.as_ref();
        Self {
            start: span.start as u64,
            length: span.end.saturating_sub(span.start) as u64,
            kind: quotation.kind,
            attribution: attribution.map(|attribution| AttributionRecord {
                speaker: Cow::Borrowed(&attribution.speaker),
                mention: near(attribution.mention),
                cue: attribution.cue.map(near),
                how: attribution.how,
                others: attribution.others.as_slice().into(),
            }),
            confidence,
            denied: quotation.denied,
            outer: outer.map(near),
        }
    }

    /// Returns the quotation, without its place in the article's list, and the words of the one around it.
    pub(crate) fn into_quotation(self) -> (Quotation, Option<Span>) {
        let start = self.start as usize;
        let span = Span::new(start, start.wrapping_add(self.length as usize));
        let attribution = self.attribution.map(|attribution| Attribution {
            speaker: attribution.speaker.into_owned(),
            mention: attribution.mention.span(span),
            cue: attribution.cue.map(|cue| cue.span(span)),
            how: attribution.how,
            others: attribution.others.into_owned(),
        });
        let quotation = Quotation {
            span,
            kind: self.kind,
            attribution,
            confidence: self.confidence,
            denied: self.denied,
            inside: None,
        };
        (quotation, self.outer.map(|outer| outer.span(span)))
    }
}
