//! Shows what each part of a page says, so that the order of trust can be measured.

use serde_json::{Value, json};
use whosaid_model::DateOrigin;

use super::super::parse;
use super::address::Address;
use super::{DateReader, author, dates, gather, json_ld, site, stated, title};

/// Returns the dates that the parts of a page state, each with its source, and what is chosen: date, title,
/// author.
pub fn page(bytes: &[u8], url: Option<&str>) -> Value {
    let html = crate::decode::decode_page(bytes, None);
    let Ok(document) = parse::parse(&html) else {
        return Value::Null;
    };
    let gathered = gather::gather(&document);
    let objects = json_ld::objects(&gathered.json_ld);
    let lang = site::language(&gathered, &objects);
    let reader = DateReader::new().lang(lang.as_deref()).address(url);
    let candidates = stated::candidates(&gathered, &objects, Address::new(url), &reader);
    let chosen = dates::choose(&candidates);
    let stated: Vec<Value> = candidates
        .iter()
        .map(|one| json!({"source": format!("{:?}", one.source), "date": one.stated.date}))
        .collect();
    let source = site::source(&gathered, &objects, url);
    json!({
        "dates": stated,
        "date": chosen.as_ref().map(|chosen| chosen.date),
        "from": chosen.as_ref().map(|chosen| chosen.origin).or(None::<DateOrigin>),
        "title": title::choose(&gathered, &objects, source.as_deref()),
        "author": author::choose(&gathered, &objects, source.as_deref()),
        "source": source,
        "lang": lang,
        "url": site::address(&gathered, url),
    })
}
