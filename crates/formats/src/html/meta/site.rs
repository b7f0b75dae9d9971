//! The outlet, the language and the address of a page.

use serde_json::{Map, Value};
use url::Url;

use super::gather::Gathered;
use super::json_ld;
use super::words::tidy;

/// Returns the name of the outlet.
pub(super) fn source(
    gathered: &Gathered,
    objects: &[Map<String, Value>],
    url: Option<&str>,
) -> Option<String> {
    let filled = |text: String| {
        Some(text)
            .filter(|text| (1..=80).contains(&text.chars().count()) && !text.starts_with("http"))
    };
    let meta = |name: &str| gathered.meta(name).map(tidy).and_then(filled);
    let publisher = || {
        let publisher = json_ld::article(objects)?.get("publisher")?;
        let named = json_ld::text(publisher)
            .filter(|name| !name.starts_with("http") && !name.starts_with('#'));
        let text = named.or_else(|| {
            let id = publisher.get("@id")?.as_str()?;
            let object = objects
                .iter()
                .find(|object| object.get("@id").and_then(Value::as_str) == Some(id))?;
            json_ld::text(object.get("name")?)
        })?;
        filled(tidy(&text))
    };
    meta("og:site_name")
        .or_else(publisher)
        .or_else(|| meta("application-name"))
        .or_else(|| meta("dc.publisher"))
        .or_else(|| meta("citation_journal_title"))
        .or_else(|| {
            let url = Url::parse(url?).ok()?;
            let host = url.host_str()?;
            filled(host.strip_prefix("www.").unwrap_or(host).to_owned())
        })
}

/// Returns the page's language as a BCP 47 tag.
pub(super) fn language(gathered: &Gathered, objects: &[Map<String, Value>]) -> Option<String> {
    let json = json_ld::article(objects)
        .and_then(|article| article.get("inLanguage"))
        .and_then(json_ld::text);
    [
        gathered.lang.as_deref(),
        json.as_deref(),
        gathered.meta("content-language"),
        gathered.meta("og:locale"),
        gathered.meta("dc.language"),
        gathered.meta("language"),
    ]
    .into_iter()
    .flatten()
    .find_map(tag)
}

/// Writes a language tag in the case of BCP 47; what is none, such as `English` or `x-default`, is `None`.
fn tag(text: &str) -> Option<String> {
    let text = text.split([',', ';']).next()?.trim().replace('_', "-");
    let tag = oxilangtag::LanguageTag::parse_and_normalize(&text).ok()?;
    let primary = tag.primary_language();
    (matches!(primary.len(), 2 | 3) && !matches!(primary, "und" | "mul" | "zxx"))
        .then(|| tag.into_inner())
}

/// Returns the page's own address, absolute.
pub(super) fn address(gathered: &Gathered, fetched: Option<&str>) -> Option<String> {
    let base = fetched.and_then(|url| Url::parse(url).ok());
    let base = match (&gathered.base, base) {
        (Some(href), Some(url)) => url.join(href).ok(),
        (Some(href), None) => Url::parse(href).ok(),
        (None, url) => url,
    };
    let absolute = |href: &str| {
        let url = match &base {
            Some(base) => base.join(href),
            None => Url::parse(href),
        };
        // A home page is no story's address, though some name it on every page.
        url.ok()
            .filter(|url| {
                matches!(url.scheme(), "http" | "https")
                    && (url.path().len() > 1 || url.query().is_some())
            })
            .map(String::from)
    };
    [gathered.canonical.as_deref(), gathered.meta("og:url")]
        .into_iter()
        .flatten()
        .find_map(absolute)
        .or_else(|| fetched.map(ToOwned::to_owned))
}
