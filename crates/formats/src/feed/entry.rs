//! The fields of an entry, whatever the feed calls them.

use super::content::{line, paragraphs};
use super::person::person;
use crate::common::Channel;
use crate::fields::Fields;
use crate::parse_date;
use crate::xml::{Element, XmlContext, base, lang};

/// Elements that hold the text, the whole before summaries.
const TEXTS: [(&str, &str); 12] = [
    ("content", "encoded"),
    ("", "content"),
    ("xhtml", "body"),
    ("xhtml", "div"),
    ("", "fullitem"),
    ("", "body"),
    ("", "description"),
    ("", "summary"),
    ("", "abstract"),
    ("dc", "description"),
    ("itunes", "summary"),
    ("media", "description"),
];

/// Elements that hold the date: of publication, then of creation, then of the last change.
const DATES: [(&str, &str); 13] = [
    ("", "pubdate"),
    ("", "published"),
    ("", "issued"),
    ("dcterms", "issued"),
    ("dc", "issued"),
    ("dc", "date"),
    ("", "created"),
    ("dcterms", "created"),
    ("", "date"),
    ("", "updated"),
    ("", "modified"),
    ("dcterms", "modified"),
    ("", "lastmod"),
];

/// Reads an entry.
pub(super) fn fields(entry: Element<'_>, context: &XmlContext, channel: &Channel) -> Fields {
    let first = |names: &[(&str, &str)], read: &dyn Fn(Element<'_>) -> String| {
        names
            .iter()
            .flat_map(|(space, name)| entry.children().filter(move |child| child.is(space, name)))
            .map(read)
            .find(|text| !text.trim().is_empty())
    };
    // Videos have their words in a group: `media:group`.
    let groups = || entry.children().filter(|child| child.is("media", "group"));
    let inside = || {
        entry
            .children()
            .chain(groups().flat_map(|group| group.children()))
    };
    let text = TEXTS.iter().find_map(|(space, name)| {
        inside()
            .filter(|child| child.is(space, name))
            .map(|child| (paragraphs(child), child))
            .find(|(text, _)| !text.is_empty())
    });
    let stated_lang = text
        .as_ref()
        .and_then(|(_, element)| lang(*element))
        .or_else(|| lang(entry));
    // An empty one takes back what was said around it.
    let lang = first(&[("", "language"), ("dc", "language")], &line)
        .or_else(|| stated_lang.map(ToOwned::to_owned))
        .or_else(|| channel.lang.clone())
        .or_else(|| context.lang.clone())
        .map(|lang| lang.trim().replace('_', "-"));
    Fields {
        id: first(
            &[("", "guid"), ("", "id"), ("dc", "identifier")],
            &|element| element.text(),
        )
        .or_else(|| entry.attribute("rdf:about").map(ToOwned::to_owned)),
        title: first(&[("", "title"), ("dc", "title"), ("media", "title")], &line),
        date: date(entry),
        author: author(entry),
        source: source(entry),
        url: address(entry).map(|(address, element)| absolute(&address, element, context, channel)),
        lang,
        text: text.map(|(text, _)| text),
    }
}

/// Returns the first date that can be read, else the first that stands there.
fn date(entry: Element<'_>) -> Option<String> {
    let mut dates = DATES
        .iter()
        .flat_map(|(space, name)| entry.children().filter(move |child| child.is(space, name)))
        .map(|child| child.text())
        .chain(entry.attribute("lastmod").map(ToOwned::to_owned))
        .filter(|text| !text.trim().is_empty());
    let first = dates.next()?;
    if parse_date(&first).is_some() {
        return Some(first);
    }
    Some(
        dates
            .find(|date| parse_date(date).is_some())
            .unwrap_or(first),
    )
}

fn author(entry: Element<'_>) -> Option<String> {
    let names = [
        ("", "author"),
        ("dc", "creator"),
        ("dc", "author"),
        ("itunes", "author"),
    ];
    let persons = |around: Element<'_>| {
        names.iter().find_map(|(space, name)| {
            let mut all: Vec<String> = Vec::new();
            for child in around.children().filter(|child| child.is(space, name)) {
                all.extend(person(child).filter(|name| !all.contains(name)));
            }
            (!all.is_empty()).then(|| all.join(", "))
        })
    };
    persons(entry).or_else(|| persons(entry.child("", "source")?))
}

/// Returns the outlet that an entry is taken from.
fn source(entry: Element<'_>) -> Option<String> {
    let source = entry
        .child("", "source")
        .map(|source| match source.child("", "title") {
            Some(title) => line(title),
            None if source.children().next().is_some() => String::new(),
            None => line(source),
        });
    source
        .filter(|source| !source.is_empty())
        .or_else(|| entry.child("dc", "publisher").map(line))
        .filter(|source| !source.is_empty())
}

/// Returns the address of an entry as written, and the element that states it.
fn address<'a>(entry: Element<'a>) -> Option<(String, Element<'a>)> {
    let stated = |child: Element<'a>, text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| (text.to_owned(), child))
    };
    if let Some(origin) = entry.child("feedburner", "origlink") {
        return stated(origin, &origin.text());
    }
    let links = || entry.children().filter(|child| child.is("", "link"));
    let page = |link: &Element<'_>| {
        link.attribute("type")
            .is_none_or(|kind| kind.contains("html"))
    };
    let alternate = |link: &Element<'_>| matches!(link.attribute("rel"), None | Some("alternate"));
    let referred = || {
        links()
            .filter(|link| link.attribute("href").is_some())
            .filter(alternate)
    };
    referred()
        .find(page)
        .or_else(|| referred().next())
        .and_then(|link| stated(link, link.attribute("href")?))
        .or_else(|| {
            links()
                .filter(|link| link.attribute("href").is_none())
                .filter(alternate)
                .find_map(|link| stated(link, &link.text()))
        })
        .or_else(|| {
            let guid = entry.child("", "guid")?;
            let text = guid.text();
            let address = !guid
                .attribute("ispermalink")
                .is_some_and(|value| value.eq_ignore_ascii_case("false"));
            let address = address && text.trim_start().starts_with("http");
            stated(guid, &text).filter(|_| address)
        })
        .or_else(|| stated(entry, entry.attribute("href")?))
        .or_else(|| {
            let own = links().find(|link| link.attribute("rel") == Some("self"))?;
            stated(own, own.attribute("href")?)
        })
        .or_else(|| {
            let about = entry.attribute("rdf:about")?;
            stated(entry, about).filter(|_| about.starts_with("http"))
        })
}

/// Makes an address absolute, if it is known what it is relative to.
fn absolute(
    address: &str,
    element: Element<'_>,
    context: &XmlContext,
    channel: &Channel,
) -> String {
    if url::Url::parse(address).is_ok() {
        return address.to_owned();
    }
    let outer = context.base.as_deref().or(channel.link.as_deref());
    base(element, outer)
        .and_then(|base| url::Url::parse(&base).ok()?.join(address).ok())
        .map_or_else(|| address.to_owned(), String::from)
}
