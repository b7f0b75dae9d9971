//! What a page says about itself.

use dom_query::Document;
use whosaid_model::{DateOrigin, Published};

use super::PageContext;
use crate::format::Origin;
use crate::parse_date;

/// What a page says about itself.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// Its canonical address.
    pub(super) url: Option<String>,
    /// The outlet.
    pub(super) source: Option<String>,
    /// The headline, without the outlet's name.
    pub(super) title: Option<String>,
    /// The authors, joined with `; `.
    pub(super) author: Option<String>,
    /// When it was published.
    pub(super) published: Option<Published>,
    /// BCP 47 language tag.
    pub(super) lang: Option<String>,
}

/// Reads what a page says about itself.
pub(super) fn read(document: &Document, context: &PageContext<'_>, _origin: &Origin<'_>) -> Meta {
    let meta = |selector: &str, attribute: &str| {
        let value = document.select_single(selector).attr(attribute)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let property = |name: &str| meta(&format!("meta[property='{name}']"), "content");
    let published = property("article:published_time").and_then(|date| parse_date(&date));
    let title = document.select_single("title").text().trim().to_owned();
    let url = meta("link[rel=canonical]", "href").or_else(|| property("og:url"));
    Meta {
        url: url.or_else(|| context.url.map(ToOwned::to_owned)),
        source: property("og:site_name"),
        title: property("og:title").or(Some(title).filter(|title| !title.is_empty())),
        author: meta("meta[name=author]", "content"),
        published: published.map(|date| date.published(DateOrigin::Meta)),
        lang: meta("html", "lang"),
    }
}
