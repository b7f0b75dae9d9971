//! What a page says about itself.

mod address;
mod author;
mod dates;
mod element;
mod gather;
mod json_ld;
#[cfg(feature = "train")]
pub mod measure;
mod names;
mod site;
mod stated;
mod title;
mod words;

use dom_query::Document;
use whosaid_model::Published;

use self::address::Address;
use super::PageContext;
use crate::DateReader;
use crate::format::Origin;

/// What a page says about itself.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// Its canonical address.
    pub(super) url: Option<String>,
    /// The outlet.
    pub(super) source: Option<String>,
    /// The headline, without the outlet's name.
    pub(super) title: Option<String>,
    /// What its title element says, the outlet's name and all.
    pub(super) title_element: Option<String>,
    /// The authors, joined with `; `.
    pub(super) author: Option<String>,
    /// When it was published.
    pub(super) published: Option<Published>,
    /// BCP 47 language tag.
    pub(super) lang: Option<String>,
}

/// Reads what a page says about itself.
pub(super) fn read(document: &Document, context: &PageContext<'_>, origin: &Origin<'_>) -> Meta {
    let gathered = gather::gather(document);
    let objects = json_ld::objects(&gathered.json_ld);
    let url = site::address(&gathered, context.url);
    let source = site::source(&gathered, &objects, url.as_deref());
    let lang = site::language(&gathered, &objects);
    let limit = [context.not_after, origin.options.not_after]
        .into_iter()
        .flatten()
        .min();
    let reader = DateReader::new()
        .lang(lang.as_deref())
        .address(url.as_deref())
        .not_after(limit)
        .seen(context.not_after);
    let address = Address::new(context.url.or(url.as_deref()));
    let published = dates::choose(&stated::candidates(&gathered, &objects, address, &reader));
    Meta {
        title: title::choose(&gathered, &objects, source.as_deref()),
        author: author::choose(&gathered, &objects, source.as_deref()),
        title_element: gathered.title,
        published,
        source,
        lang,
        url,
    }
}

#[cfg(test)]
mod tests;
