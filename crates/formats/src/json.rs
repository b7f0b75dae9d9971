use std::io;

use whosaid_model::{Article, DateOrigin};

use crate::decode::decode;
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::json_record::JsonRecord;
use crate::{Reject, RejectKind, Stream, parse_date};

/// One JSON object a line.
#[derive(Debug)]
pub(crate) struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "JSON Lines"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        let start = head.bytes.trim_ascii_start();
        let object = start.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
        if object.is_some_and(|inside| inside.starts_with(b"\"") || inside.starts_with(b"}")) {
            Recognition::ByContent
        } else if matches!(head.extension, "jsonl" | "ndjson" | "jsonlines") {
            Recognition::ByName
        } else {
            Recognition::No
        }
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        stream.take_lines(chunk)
    }

    fn read_record(
        &self,
        record: &[u8],
        origin: &Origin<'_>,
        sink: &mut dyn FnMut(Result<Article, Reject>),
    ) {
        let line = decode(record);
        sink(match serde_json::from_str::<JsonRecord>(&line) {
            Ok(record) => article(record, origin),
            Err(error) => {
                let at = (error.column() as u64).saturating_sub(1);
                let reason = reason(&error);
                Err(origin.reject(RejectKind::Malformed, reason, at))
            }
        });
    }
}

/// Words the parser's complaint without its line, which is always 1.
fn reason(error: &serde_json::Error) -> String {
    let complaint = error.to_string();
    let complaint = complaint
        .rsplit_once(" at line ")
        .map_or(complaint.as_str(), |(complaint, _)| complaint);
    format!("not valid JSON: {complaint}, column {}", error.column())
}

fn article(record: JsonRecord, origin: &Origin<'_>) -> Result<Article, Reject> {
    let Some(text) = record.text else {
        let reason = "none of the keys text, body and content has a text";
        return Err(origin.reject(RejectKind::Empty, reason, 0));
    };
    let published = record.date.and_then(|date| parse_date(&date));
    Ok(Article {
        place: origin.place(),
        external_id: record.id,
        url: record.url,
        source: record.source,
        title: record.title,
        author: record.author,
        published: published.map(|date| date.published(DateOrigin::Header)),
        lang: record.lang,
        text,
    })
}

#[cfg(test)]
mod tests {
    use whosaid_model::DatePrecision;

    use super::*;
    use crate::ReadOptions;

    fn read(line: &str) -> Result<Article, Reject> {
        let origin = Origin {
            path: "a.jsonl",
            number: Some(3),
            offset: Some(100),
            options: &ReadOptions::new(),
        };
        let mut articles = Vec::new();
        JsonLines.read_record(line.as_bytes(), &origin, &mut |article| {
            articles.push(article);
        });
        assert_eq!(articles.len(), 1);
        articles.remove(0)
    }

    #[test]
    fn keys_have_synonyms() {
        let one = read(
            r#"{"id": 7, "body": " T\n", "title": "X ", "published": "2017-12", "author": ["A", "B"],
            "publisher": {"name": "Post"}, "link": "u", "language": "en", "more": [{"text": "no"}]}"#,
        )
        .unwrap();
        assert_eq!(one.external_id.as_deref(), Some("7"));
        assert_eq!(one.text, " T\n");
        assert_eq!(one.title.as_deref(), Some("X"));
        assert_eq!(one.author.as_deref(), Some("A, B"));
        assert_eq!(one.source.as_deref(), Some("Post"));
        assert_eq!(one.url.as_deref(), Some("u"));
        assert_eq!(one.lang.as_deref(), Some("en"));
        let published = one.published.unwrap();
        assert_eq!(published.precision, DatePrecision::Month);
        assert_eq!(published.origin, DateOrigin::Header);
        assert_eq!(one.place.to_string(), "a.jsonl:3");
    }

    #[test]
    fn the_text_wins_over_its_synonyms() {
        let one = read(r#"{"content": "c", "text": "t", "body": "b", "date": null, "title": ""}"#);
        let one = one.unwrap();
        assert_eq!(one.text, "t");
        assert_eq!((one.title, one.published), (None, None));
    }

    #[test]
    fn broken_lines_say_what_is_wrong_and_where() {
        for (line, kind, reason) in [
            (
                r#"{"text": "a""#,
                RejectKind::Malformed,
                "EOF while parsing",
            ),
            (
                r#"{"text": a}"#,
                RejectKind::Malformed,
                "expected value, column 10",
            ),
            (r#"["text"]"#, RejectKind::Malformed, "expected an object"),
            (r#"{"text": " "}"#, RejectKind::Empty, "none of the keys"),
            (r#"{"title": "x"}"#, RejectKind::Empty, "none of the keys"),
        ] {
            let reject = read(line).unwrap_err();
            assert_eq!(reject.kind, kind, "{line}");
            assert!(reject.reason.contains(reason), "{reject}");
            assert!(reject.to_string().starts_with("a.jsonl:3: "), "{reject}");
        }
        assert_eq!(read(r#"{"text": a}"#).unwrap_err().offset, Some(109));
    }
}
