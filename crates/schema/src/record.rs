//! The stored record of each kind of document: everything that is not indexed text, field after field without
//! names. A quotation repeats its article's, and there are fifteen to an article: as JSON they were most of the
//! store. Every change here or in the types of `model` named here is a new format.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use whosaid_model::{Article, Place, Published, Quotation, Version};

/// What an article and each of its quotations both keep of the article.
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
    pub(crate) quotation: Cow<'a, Quotation>,
    pub(crate) mention: Option<Cow<'a, str>>,
    pub(crate) cue: Option<Cow<'a, str>>,
    /// The identifier of the quotation around this one.
    pub(crate) inside: Option<u64>,
    pub(crate) article: ArticleRecord<'a>,
}
