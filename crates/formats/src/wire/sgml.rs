//! Collections in SGML: Reuters-21578, and the documents of TREC and the Gigaword corpora.

use std::io;

use whosaid_model::Article;

use super::byline::{author, with_dateline};
use super::cutter;
use crate::common::{Channel, read_element};
use crate::fields::Fields;
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::xml::{Element, XmlContext, lines, root};
use crate::{Reject, Stream};

/// An article a document.
#[derive(Debug)]
pub(crate) struct Sgml;

/// The elements of documents.
const DOCUMENTS: &[&str] = &["reuters", "doc"];

impl Format for Sgml {
    fn name(&self) -> &'static str {
        "SGML"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        match root(head.bytes).as_deref() {
            Some("reuters" | "doc") => Recognition::ByContent,
            _ => Recognition::No,
        }
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        stream.take_records(chunk, |stream| cutter(stream.head(), DOCUMENTS))
    }

    fn read_record(
        &self,
        record: &[u8],
        origin: &Origin<'_>,
        sink: &mut dyn FnMut(Result<Article, Reject>),
    ) {
        let read = |document: Element<'_>, _: &XmlContext, _: &Channel| {
            fields(document).into_article(origin, || "a document without a body".to_owned())
        };
        read_element(record, origin, "document", read, sink);
    }
}

/// Elements inside the text that are fields.
const HEADS: [&str; 6] = ["title", "headline", "author", "byline", "dateline", "head"];

fn fields(document: Element<'_>) -> Fields {
    let first = |names: &[&str]| {
        names
            .iter()
            .filter_map(|name| document.find(name))
            .map(|element| printable(&element.text()))
            .find(|text| !text.trim().is_empty())
    };
    let attribute = |name: &str| document.attribute(name).map(ToOwned::to_owned);
    let is_reuters = document.name() == "reuters";
    Fields {
        id: attribute("newid")
            .or_else(|| attribute("id"))
            .or_else(|| first(&["docno", "docid", "id"])),
        text: Some(with_dateline(
            &first(&["dateline"]).unwrap_or_default(),
            text(document),
        )),
        title: first(&["title", "headline", "head", "hl", "ti"]),
        date: first(&["date", "date_time", "datetime", "pubdate", "dd"]),
        author: first(&["author", "byline", "by"]).and_then(|line| author(&line)),
        source: first(&["source", "publication"])
            .or_else(|| is_reuters.then(|| "Reuters".to_owned())),
        url: first(&["url"]),
        lang: first(&["language", "lang"]).or_else(|| attribute("lang")),
    }
}

/// Returns the body; a document of Reuters without one has its words around its title.
fn text(document: Element<'_>) -> String {
    let Some(body) = document.find("body").or_else(|| document.find("text")) else {
        return String::new();
    };
    if body.name() == "text" && body.attribute("type") == Some("BRIEF") {
        return String::new();
    }
    let has_paragraphs = body.find("p").is_some();
    if has_paragraphs {
        return lines(body, &|inner| HEADS.contains(&inner.name()));
    }
    let mut all = String::new();
    for part in body.own_texts() {
        all.push_str(part);
    }
    indented_paragraphs(&printable(&all))
}

/// Takes control characters out, such as those that ended a message on the wire.
fn printable(text: &str) -> String {
    let keep = |char: &char| !char.is_control() || matches!(char, '\n' | '\t');
    text.chars().filter(keep).collect()
}

/// Returns the paragraphs of a text of the wire, a line each: a paragraph starts with blanks, or behind a blank
/// line.
fn indented_paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut starts = true;
    for line in text.lines() {
        let words = line.trim();
        if words.is_empty() {
            starts = true;
            continue;
        }
        if !out.is_empty() {
            let indented = line.starts_with(['\t', ' ']);
            out.push(if starts || indented { '\n' } else { ' ' });
        }
        out.push_str(words);
        starts = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::ReadOptions;
    use crate::testing::{articles, read_with};

    #[test]
    fn documents_of_the_wire_are_read() {
        let file = b"<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\" OLDID=\"9\" NEWID=\"1\">\n\
            <DATE>26-FEB-1987 15:01:01.79</DATE>\n<PLACES><D>a</D></PLACES>\n<UNKNOWN> \n&#5;&#5;C T\n</UNKNOWN>\n\
            <TEXT>&#2;\n<TITLE>RAIN &amp; COCOA</TITLE>\n<AUTHOR>    By Jane Roe, Reuters</AUTHOR>\n\
            <DATELINE>    SALVO, Feb 26 - </DATELINE><BODY>Rain fell in\nJos\xe9,\n&lt;Roe> said.\n    \"Yes,\" she added.\n Reuter\n&#3;</BODY></TEXT>\n\
            </REUTERS>\n<REUTERS NEWID=\"2\"><TEXT TYPE=\"BRIEF\"><TITLE>*** NO BODY</TITLE></TEXT></REUTERS>\n\
            <REUTERS NEWID=\"3\"><DATE> 1-MAR-1987</DATE><TEXT TYPE=\"UNPROC\">&#2;\n Words\nalone\n</TEXT></REUTERS>";
        let mut read = read_with("a.sgm", file, ReadOptions::new()).unwrap();
        let last = read.pop().unwrap().unwrap();
        assert_eq!(
            (last.external_id.as_deref(), &*last.text),
            (Some("3"), "Words alone")
        );
        assert_eq!(
            read.pop().unwrap().unwrap_err(),
            "a.sgm:2: a document without a body"
        );
        let article = read.remove(0).unwrap();
        assert_eq!(
            article.text,
            "SALVO, Feb 26 - Rain fell in José, <Roe> said.\n\"Yes,\" she added.\nReuter"
        );
        assert_eq!(article.title.as_deref(), Some("RAIN & COCOA"));
        assert_eq!(article.author.as_deref(), Some("Jane Roe, Reuters"));
        assert_eq!(article.source.as_deref(), Some("Reuters"));
        assert_eq!(article.published.unwrap().date.to_string(), "1987-02-26");
    }

    #[test]
    fn documents_of_trec_may_leave_paragraphs_open() {
        let file = "<DOC id=\"A_1\" type=\"story\">\n<DOCNO> A-1 </DOCNO>\n<HEADLINE>\nRain in Salvo\n</HEADLINE>\n\
            <DATELINE>SALVO, Feb 26 (Wire)</DATELINE>\n<TEXT>\n<P>\nRain fell\non Salvo.\n<P>\n``Yes,'' she said.\n</TEXT>\n</DOC>\n<DOC>";
        let article = crate::testing::read("a.sgml", file).remove(0).unwrap();
        assert_eq!(article.external_id.as_deref(), Some("A_1"));
        assert_eq!(article.title.as_deref(), Some("Rain in Salvo"));
        assert_eq!(
            article.text,
            "SALVO, Feb 26 (Wire)\nRain fell on Salvo.\n``Yes,'' she said."
        );
        assert_eq!(articles("a", "<DOC><TEXT>x</TEXT></DOC>")[0].text, "x");
    }
}
