//! Web pages.

mod blocks;
mod body;
mod context;
mod facts;
mod features;
mod fill;
mod hints;
mod layout;
mod lexicon;
pub(crate) mod meta;
mod model;
mod numbers;
mod parse;
mod recognize;
mod slim;
mod tag;
#[cfg(test)]
mod tests;
mod text;
#[cfg(feature = "train")]
#[doc(hidden)]
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "learns from pages that were chosen for it, and is in no program that is released"
)]
pub mod training;
mod view;
mod words;

use std::io;

use chrono::{DateTime, Utc};
use whosaid_model::{Article, DateOrigin};

use crate::decode::decode_page;
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::{Reject, RejectKind, Stream};

pub(crate) use text::fragment_text;

/// One page a file, as saved from the web.
#[derive(Debug)]
pub(crate) struct Html;

/// What is known of a page apart from its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PageContext<'a> {
    /// The address it was fetched from.
    pub(crate) url: Option<&'a str>,
    /// The value of the HTTP header `Content-Type`.
    pub(crate) content_type: Option<&'a str>,
    /// When it was fetched: nothing on it can be later.
    pub(crate) not_after: Option<DateTime<Utc>>,
}

impl Format for Html {
    fn name(&self) -> &'static str {
        "HTML"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        recognize::recognize(head)
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        stream.take_all(chunk)
    }

    fn read_record(
        &self,
        record: &[u8],
        origin: &Origin<'_>,
        sink: &mut dyn FnMut(Result<Article, Reject>),
    ) {
        sink(read_page(record, &PageContext::default(), origin));
    }
}

/// Makes an article of a page.
///
/// # Errors
/// When the page is no article, has no text, or is nested too deeply to be read.
pub(crate) fn read_page(
    bytes: &[u8],
    context: &PageContext<'_>,
    origin: &Origin<'_>,
) -> Result<Article, Reject> {
    let html = decode_page(bytes, context.content_type);
    origin.in_time()?;
    let document =
        parse::parse(&html).map_err(|reason| origin.reject(RejectKind::Malformed, reason, 0))?;
    origin.in_time()?;
    let meta = meta::read(&document, context, origin);
    let says = meta
        .published
        .as_ref()
        .is_some_and(|published| matches!(published.origin, DateOrigin::JsonLd | DateOrigin::Meta));
    let text = body::read(&document, meta.title_element.as_deref(), says, origin)?;
    Ok(Article {
        place: origin.place(),
        external_id: None,
        url: meta.url,
        source: meta.source,
        title: meta.title,
        author: meta.author,
        published: meta.published,
        lang: meta.lang,
        text,
        notes: Vec::new(),
    })
}
