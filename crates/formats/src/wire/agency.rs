//! NITF and NewsML: 1, G2, and the items of the Reuters corpus RCV1, which share their names.

use std::io;

use whosaid_model::Article;

use super::byline::{author, with_dateline};
use super::cutter;
use crate::common::{Channel, read_element};
use crate::feed::plain_paragraphs;
use crate::fields::{Fields, looks_like_html};
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::html::fragment_text;
use crate::xml::{Element, XmlContext, lang, lines, root};
use crate::{ReadOptions, Reject, RejectKind, Stream};

/// An article an item.
#[derive(Debug)]
pub(crate) struct Newsml;

/// The elements of items, where they are not the whole file.
const ITEMS: &[&str] = &["newsitem"];

/// NITF alone: one inside an item is a part of it.
const NITF: &[&str] = &["nitf"];

impl Format for Newsml {
    fn name(&self) -> &'static str {
        "NewsML"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        match root(head.bytes).as_deref() {
            Some(
                "nitf" | "newsml" | "newsmessage" | "newsitem" | "packageitem" | "conceptitem"
                | "knowledgeitem" | "planningitem",
            ) => Recognition::ByContent,
            _ => Recognition::No,
        }
    }

    fn refuse(&self, head: &Head<'_>, _: &ReadOptions) -> Option<(RejectKind, String)> {
        let name = root(head.bytes)?;
        let other = matches!(
            name.as_str(),
            "packageitem" | "conceptitem" | "knowledgeitem" | "planningitem"
        );
        other.then(|| {
            (
                RejectKind::NotNews,
                format!("NewsML without an article: <{name}>"),
            )
        })
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        stream.take_records(chunk, |stream| {
            let is_nitf = root(stream.head()).as_deref() == Some("nitf");
            cutter(stream.head(), if is_nitf { NITF } else { ITEMS })
        })
    }

    fn read_record(
        &self,
        record: &[u8],
        origin: &Origin<'_>,
        sink: &mut dyn FnMut(Result<Article, Reject>),
    ) {
        let read = |item: Element<'_>, context: &XmlContext, _: &Channel| {
            if let Some(reason) = no_news(item) {
                return Err(origin.reject(RejectKind::NotNews, reason, 0));
            }
            let mut fields = fields(item);
            if fields.lang.is_none() {
                fields.lang.clone_from(&context.lang);
            }
            fields.into_article(origin, || "an item without a text".to_owned())
        };
        read_element(record, origin, "item", read, sink);
    }
}

/// Says why an item is no article, if so.
fn no_news(item: Element<'_>) -> Option<&'static str> {
    let status = item
        .find("pubstatus")
        .and_then(|status| status.attribute("qcode"));
    if status.is_some_and(|status| status.ends_with(":canceled") || status.ends_with(":withheld")) {
        return Some("an item that was withdrawn");
    }
    let elsewhere = item.find("remotecontent").is_some() && item.find("inlinexml").is_none();
    (elsewhere && item.find("inlinedata").is_none())
        .then_some("an item without words: its content lies elsewhere")
}

fn fields(item: Element<'_>) -> Fields {
    let nitf = if item.name() == "nitf" {
        Some(item)
    } else {
        item.find("nitf")
    };
    let in_nitf = |name: &str| nitf.and_then(|nitf| nitf.find(name));
    let first = |names: &[&str]| {
        names
            .iter()
            .filter_map(|name| item.find(name))
            .map(|element| lines(element, &|_| false).replace('\n', " "))
            .find(|text| !text.is_empty())
    };
    let value = |name: &str, attribute: &str| {
        let element = item.descendants().find(|element| {
            element.name() == name
                && element
                    .attribute(attribute)
                    .is_some_and(|value| !value.trim().is_empty())
        });
        Some(element?.attribute(attribute)?.to_owned())
    };
    let dateline = item
        .find("dateline")
        .map(|line| line.text())
        .unwrap_or_default();
    let id = item
        .attribute("guid")
        .or_else(|| item.attribute("itemid"))
        .map(ToOwned::to_owned);
    let address = id.clone().filter(|id| id.starts_with("http"));
    let stated = item
        .find("contentset")
        .or_else(|| item.find("text"))
        .or(nitf)
        .unwrap_or(item);
    Fields {
        id: id
            .or_else(|| value("doc-id", "id-string"))
            .or_else(|| first(&["publicidentifier", "newsitemid"])),
        text: Some(with_dateline(&dateline, text(item, nitf))),
        title: first(&["hl1", "headline", "hedline", "title"]),
        date: value("pubdata", "date.publication")
            .or_else(|| value("date.issue", "norm"))
            .or_else(|| value("date.release", "norm"))
            .or_else(|| {
                first(&[
                    "firstcreated",
                    "contentcreated",
                    "versioncreated",
                    "thisrevisioncreated",
                ])
            })
            .or_else(|| value("story.date", "norm"))
            .or_else(|| item.attribute("date").map(ToOwned::to_owned))
            .or_else(|| value("dateid", "value")),
        author: authors(item, in_nitf("byline")),
        source: value("pubdata", "name").or_else(|| provider(item)),
        url: value("pubdata", "ex-ref").or(address),
        lang: value("language", "tag")
            .or_else(|| inner_lang(stated))
            .or_else(|| lang(item).map(ToOwned::to_owned)),
    }
}

/// Returns the language of the first element inside that states one.
fn inner_lang(around: Element<'_>) -> Option<String> {
    std::iter::once(around)
        .chain(around.descendants())
        .find_map(|element| element.attribute("xml:lang"))
        .map(ToOwned::to_owned)
}

/// Returns the words of an item: of the first of its forms that has any.
fn text(item: Element<'_>, nitf: Option<Element<'_>>) -> String {
    if let Some(nitf) = nitf {
        let body = nitf
            .find("body.content")
            .or_else(|| nitf.find("body"))
            .unwrap_or(nitf);
        // The New York Times repeats the lead in a block of its own.
        let blocks = || body.children().filter(|child| child.name() == "block");
        let whole = blocks().find(|block| block.attribute("class") == Some("full_text"));
        let head = |inner: Element<'_>| {
            matches!(
                inner.name(),
                "body.head" | "body.end" | "hedline" | "byline"
            )
        };
        let found = lines(whole.unwrap_or(body), &head);
        if !found.is_empty() {
            return found;
        }
    }
    for name in ["inlinexml", "datacontent", "text"] {
        let forms = item.descendants().filter(|element| element.name() == name);
        let no_head = |inner: Element<'_>| {
            matches!(
                inner.name(),
                "head" | "title" | "headline" | "dateline" | "byline"
            )
        };
        let words = |form: Element<'_>| match form.children().next() {
            Some(_) => lines(form, &no_head),
            None => plain(&form.text()),
        };
        if let Some(found) = forms.map(words).find(|text| !text.is_empty()) {
            return found;
        }
    }
    item.find("inlinedata")
        .map(|data| plain(&data.text()))
        .unwrap_or_default()
}

/// Returns the paragraphs of what may be HTML under cover.
fn plain(text: &str) -> String {
    if looks_like_html(text) {
        fragment_text(text)
    } else {
        plain_paragraphs(text)
    }
}

fn authors(item: Element<'_>, byline: Option<Element<'_>>) -> Option<String> {
    if let Some(byline) = byline
        .or_else(|| item.find("byline"))
        .or_else(|| item.find("by"))
    {
        let persons: Vec<String> = byline
            .descendants()
            .filter(|element| element.name() == "person")
            .filter_map(|person| author(&person.text()))
            .collect();
        if !persons.is_empty() {
            return Some(persons.join(", "));
        }
        let line = lines(byline, &|inner| {
            matches!(inner.name(), "byttl" | "location")
        });
        if let Some(name) = author(&line) {
            return Some(name);
        }
    }
    let creators: Vec<String> = item
        .find("contentmeta")?
        .children()
        .filter(|element| element.name() == "creator")
        .filter_map(named)
        .collect();
    (!creators.is_empty()).then(|| creators.join(", "))
}

/// Returns the outlet: its name, or the code that stands for it.
fn provider(item: Element<'_>) -> Option<String> {
    for name in ["provider", "infosource", "creditline"] {
        if let Some(found) = item
            .find(name)
            .and_then(|element| named(element).or_else(|| author(&element.text())))
        {
            return Some(found);
        }
    }
    let publisher = item
        .descendants()
        .find(|element| element.attribute("element") == Some("dc.publisher"));
    if let Some(name) = publisher.and_then(|element| element.attribute("value")) {
        return Some(name.to_owned());
    }
    for (name, attribute) in [
        ("doc.copyright", "holder"),
        ("provider", "qcode"),
        ("infosource", "qcode"),
    ] {
        if let Some(value) = item
            .find(name)
            .and_then(|element| element.attribute(attribute))
        {
            return Some(value.rsplit(':').next().unwrap_or(value).to_owned());
        }
    }
    let text = item
        .find("distributor")
        .or_else(|| item.find("providerid"))?
        .text();
    author(&text)
}

fn named(element: Element<'_>) -> Option<String> {
    let name = element.find("name").map(|name| name.text());
    name.or_else(|| element.attribute("literal").map(ToOwned::to_owned))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::testing::{articles, read};

    const NITF: &str = r#"<nitf xml:lang="en"><head><title>no</title><docdata><doc-id id-string="x1"/>
        <date.issue norm="20251026T000000Z"/></docdata>
        <pubdata date.publication="20251025T102030Z" name="The Wire" ex-ref="https://a.example/1"/></head>
        <body><body.head><hedline><hl1>A &amp; B</hl1><hl2>no</hl2></hedline>
        <byline>By <person>Jane Roe</person> and <person>Ann Poe</person><byttl>Staff</byttl></byline>
        <dateline><location>SALVO</location>, <story.date>Oct. 25</story.date> —</dateline></body.head>
        <body.content><block class="lead_paragraph"><p>no</p></block><block class="full_text"><p>“Yes,” she
        <em>said</em>.</p><media><media-caption>no</media-caption></media><hl2>Next</hl2><ul><li>One</li><li>Two</li></ul>
        </block></body.content></body></nitf>"#;

    const TEXT: &str = "SALVO, Oct. 25 — “Yes,” she said.\nNext\nOne\nTwo";

    #[test]
    fn nitf_is_read_alone_and_within_newsml() {
        let g2 = format!(
            r#"<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2025-11-01T00:00:00Z</sent></header>
            <itemSet><packageItem guid="p"/><newsItem guid="x1" xml:lang="en"><itemMeta><provider literal="The Wire"/>
            <firstCreated>2025-10-25T10:20:30Z</firstCreated><title>no</title></itemMeta><contentMeta><headline>A &amp; B</headline>
            </contentMeta><contentSet><inlineXML contenttype="application/nitf+xml">{}</inlineXML></contentSet></newsItem></itemSet>
            </newsMessage>"#,
            NITF.replace("x1", "no")
        );
        for (text, path) in [(NITF, "a.xml:1"), (&g2, "a.xml:1")] {
            let article = articles("a.xml", text).remove(0);
            assert_eq!(article.place.to_string(), path);
            assert_eq!(article.text, TEXT);
            assert_eq!(article.title.as_deref(), Some("A & B"));
            assert_eq!(article.author.as_deref(), Some("Jane Roe, Ann Poe"));
            assert_eq!(article.source.as_deref(), Some("The Wire"));
            assert_eq!(article.external_id.as_deref(), Some("x1"));
            assert_eq!(article.lang.as_deref(), Some("en"));
            assert_eq!(article.published.unwrap().date.to_string(), "2025-10-25");
        }
    }

    #[test]
    fn items_have_many_forms() {
        let body = "<p>“Yes,” she said.</p><p>More.</p>";
        for item in [
            format!(
                r#"<newsItem guid="x1" xml:lang="en"><contentMeta><contentCreated>2025-10-25</contentCreated><creator><name>Jane Roe</name></creator>
                <infoSource qcode="nprov:Wire"/><headline>A</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
                <html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head><body>{body}</body></html></inlineXML></contentSet></newsItem>"#
            ),
            r#"<newsItem guid="x1" xml:lang="en"><itemMeta><provider qcode="nprov:Wire"/><versionCreated>2025-10-25T01:00:00Z</versionCreated></itemMeta>
                <contentMeta><by>By Jane Roe</by><headline>A</headline></contentMeta><contentSet><inlineData contenttype="text/plain">“Yes,” she said.

                More.</inlineData></contentSet></newsItem>"#
                .to_owned(),
            format!(
                r#"<newsitem itemid="x1" date="2025-10-25" xml:lang="en"><title>no</title><headline>A</headline><byline>Jane Roe</byline>
                <text>{body}</text><metadata><dc element="dc.publisher" value="Wire"/></metadata></newsitem>"#
            ),
            format!(
                r#"<NewsML><NewsEnvelope><DateAndTime>20251101</DateAndTime></NewsEnvelope><NewsItem xml:lang="en"><Identification><NewsIdentifier>
                <ProviderId>Wire</ProviderId><NewsItemId>x1</NewsItemId></NewsIdentifier></Identification><NewsManagement>
                <FirstCreated>20251025T102030Z</FirstCreated></NewsManagement><NewsComponent><NewsLines><HeadLine>A</HeadLine>
                <ByLine>By Jane Roe</ByLine></NewsLines><ContentItem><DataContent>{body}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"#
            ),
        ] {
            let article = articles("a.xml", &item).remove(0);
            assert_eq!(article.text, "“Yes,” she said.\nMore.", "{item}");
            assert_eq!(article.title.as_deref(), Some("A"), "{item}");
            assert_eq!(article.author.as_deref(), Some("Jane Roe"), "{item}");
            assert_eq!(article.source.as_deref(), Some("Wire"), "{item}");
            assert_eq!(article.external_id.as_deref(), Some("x1"), "{item}");
            assert_eq!(article.lang.as_deref(), Some("en"), "{item}");
            assert_eq!(article.published.unwrap().date.to_string(), "2025-10-25", "{item}");
        }
    }

    #[test]
    fn what_is_no_article_is_told() {
        for (item, reason) in [
            (
                "<contentSet><remoteContent href='x'/></contentSet>",
                "a.xml:1: an item without words: its content lies elsewhere",
            ),
            (
                "<itemMeta><pubStatus qcode='stat:canceled'/></itemMeta>",
                "a.xml:1: an item that was withdrawn",
            ),
            ("<contentMeta/>", "a.xml:1: an item without a text"),
        ] {
            let item = format!("<newsMessage><newsItem>{item}</newsItem></newsMessage>");
            assert_eq!(read("a.xml", &item).remove(0).unwrap_err(), reason);
        }
    }
}
