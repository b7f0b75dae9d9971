//! JSON: an object a line, lists of objects, objects over several lines.

mod cut;
mod record;
mod survey;
mod value;

pub(crate) use self::value::text_of;

use std::io;
use std::sync::Arc;

use whosaid_model::Article;

use self::cut::JsonCutter;
use self::survey::survey;
use crate::common::Common;
use crate::decode::decode;
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::{Field, Reject, RejectKind, Stream};

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
        sink(article(record, origin));
    }
}

/// A list of JSON objects, in the open or under a key, and objects over several lines; JSON Feed and ninjs among
/// them.
#[derive(Debug)]
pub(crate) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "JSON"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        let start = head.bytes.trim_ascii_start();
        let after = |sign: &[u8]| {
            Some(
                start
                    .strip_prefix(sign)?
                    .trim_ascii_start()
                    .first()
                    .copied(),
            )
        };
        match (after(b"["), after(b"{")) {
            (Some(Some(b'{')), _) => Recognition::ByContent,
            (Some(None | Some(b'"' | b'[' | b']')), _) if head.extension == "json" => {
                Recognition::ByName
            }
            (_, Some(Some(b'"'))) => {
                let survey = survey(start);
                if survey.spread || survey.place.path.is_some() {
                    Recognition::ByContent
                } else {
                    Recognition::No
                }
            }
            _ => Recognition::No,
        }
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        stream.take_records(chunk, |stream| {
            let survey = survey(stream.head());
            let common = survey
                .channel
                .map(|channel| Arc::new(Common::Channel(channel)));
            Box::new(JsonCutter::new(survey.place, common))
        })
    }

    fn read_record(
        &self,
        record: &[u8],
        origin: &Origin<'_>,
        sink: &mut dyn FnMut(Result<Article, Reject>),
    ) {
        sink(article(record, origin));
    }
}

fn article(record: &[u8], origin: &Origin<'_>) -> Result<Article, Reject> {
    let text = decode(record);
    let mut draft = record::read(&text, &origin.options.map).map_err(|error| {
        let at = offset(&text, &error);
        origin.reject(RejectKind::Malformed, reason(&error), at)
    })?;
    if let Some(Common::Channel(channel)) = origin.common {
        channel.complete(&mut draft.fields);
    }
    draft.into_article(origin, || match origin.options.map.get(Field::Text) {
        Some(key) => format!("the key {key} has no text"),
        None => "none of the keys text, body and content has a text".to_owned(),
    })
}

/// Words the parser's complaint; a line is named if there are several.
fn reason(error: &serde_json::Error) -> String {
    let complaint = error.to_string();
    let complaint = complaint
        .rsplit_once(" at line ")
        .map_or(complaint.as_str(), |(complaint, _)| complaint);
    let line = match error.line() {
        0 | 1 => String::new(),
        line => format!("line {line} of the record, "),
    };
    format!(
        "not valid JSON: {complaint}, {line}column {}",
        error.column()
    )
}

/// Returns the byte that the parser complains of.
fn offset(text: &str, error: &serde_json::Error) -> u64 {
    let lines = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let before: usize = lines.map(str::len).sum();
    before.saturating_add(error.column().saturating_sub(1)) as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use whosaid_model::{DateOrigin, DatePrecision};

    use super::*;
    use crate::ReadOptions;
    use crate::cut::testing::cut_in_steps;
    use crate::testing::read_with;

    fn read(line: &str) -> Result<Article, Reject> {
        let origin = Origin {
            path: "a.jsonl",
            number: Some(3),
            offset: Some(100),
            options: &ReadOptions::new(),
            common: None,
            deadline: None,
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

    fn read_all(json: &str, options: ReadOptions) -> Vec<Result<Article, String>> {
        read_with("a.json", json.as_bytes(), options).unwrap()
    }

    /// The titles of all articles, with their numbers.
    fn titles(json: &str) -> Vec<String> {
        let title = |article: Article| {
            format!(
                "{} {}",
                article.place.record.unwrap(),
                article.title.unwrap_or_default()
            )
        };
        read_all(json, ReadOptions::new())
            .into_iter()
            .map(|result| result.map_or_else(|reject| reject, title))
            .collect()
    }

    #[test]
    fn lists_are_found_wherever_they_are() {
        let two = r#"[{"title": "A", "text": "a"}, {"title": "B", "text": "b {]"}]"#;
        for json in [
            two.to_owned(),
            two.replace(", ", ",\n\t"),
            format!("  {two}\n"),
            format!("{{\"articles\": {two}}}"),
            format!("{{\"status\": \"ok\", \"count\": 2, \"articles\":\n{two}, \"more\": [{{\"text\": \"x\"}}]}}"),
            format!("{{\"meta\": {{\"items\": [1, [2]]}}, \"response\": {{\"docs\": {two}}}}}"),
            format!("{{\"tags\": [{{\"id\": 1}}], \"pieces\": {two}}}"),
            "{\"title\": \"A\",\n\"text\": \"a\"}\n{\"title\": \"B\",\n\"text\": \"b\", \"items\": [{\"text\": \"x\"}]}".to_owned(),
            "{\"title\": \"A\", \"text\": \"a\"}\n{\"title\": \"B\", \"text\": \"b\"}".to_owned(),
        ] {
            assert_eq!(titles(&json), ["1 A", "2 B"], "{json}");
        }
    }

    #[test]
    fn a_broken_item_leaves_the_others() {
        let json = "[{\"title\": \"A\", \"text\": \"a\"},\n{\"text\": nought},\n\"text\", 7,\n[[]],\n{\"title\": \"B\", \"text\": \"b\"";
        assert_eq!(
            titles(json),
            [
                "1 A",
                "a.json:2: not valid JSON: expected ident, column 11",
                "a.json:3: not valid JSON: invalid type: string \"text\", expected an object, column 6",
                "a.json:4: not valid JSON: invalid type: integer `7`, expected an object, column 1",
                "a.json:5: not valid JSON: invalid type: sequence, expected an object, column 0",
                "a.json:6: not valid JSON: EOF while parsing an object, column 26",
            ]
        );
    }

    #[test]
    fn json_feeds_name_their_source() {
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "The “Post”", "language": "en",
            "description": "News", "items": [{"id": "1", "url": "https://a.example/1", "title": "A",
            "content_html": "<p>“Yes,” she <b>said</b>.</p><p>More.</p>", "date_published": "2025-10-25T10:20:30Z",
            "authors": [{"name": "Jane Roe"}, {"name": "Ann Poe"}]}]}"#;
        let article = read_all(json, ReadOptions::new()).remove(0).unwrap();
        assert_eq!(article.source.as_deref(), Some("The “Post”"));
        assert_eq!(article.lang.as_deref(), Some("en"));
        assert_eq!(article.author.as_deref(), Some("Jane Roe, Ann Poe"));
        assert_eq!(article.text, "“Yes,” she said.\nMore.");
        assert_eq!(article.published.unwrap().precision, DatePrecision::Instant);
    }

    #[test]
    fn interfaces_are_understood() {
        for (json, title, text) in [
            (
                r#"[{"id": 1, "title": {"rendered": "A &#8217;s"}, "content": {"rendered": "<p>a</p>\n<p>b</p>"}}]"#,
                "A ’s",
                "a\nb",
            ),
            (
                r#"{"response": {"results": [{"webTitle": "A ’s", "fields": {"bodyText": "a\nb"}}]}}"#,
                "A ’s",
                "a\nb",
            ),
            (
                r#"{"hits": {"hits": [{"_id": "x", "_source": {"headline": "A ’s", "body": ["a", "b"]}}]}}"#,
                "A ’s",
                "a\nb",
            ),
            (
                r#"{"uri": "tag:a", "type": "text",
                   "headlines": [{"role": "main", "contenttype": "text/plain", "value": "A ’s"}],
                   "bodies": [{"contenttype": "application/xhtml+xml", "value": "<p>a</p><p>b</p>"},
                              {"contenttype": "text/plain", "value": "a b"}]}"#,
                "A ’s",
                "a\nb",
            ),
        ] {
            let article = read_all(json, ReadOptions::new()).remove(0).unwrap();
            assert_eq!(article.title.as_deref(), Some(title), "{json}");
            assert_eq!(article.text, text, "{json}");
        }
    }

    #[test]
    fn keys_can_be_named() {
        let json = r#"[{"data": {"body": "a\nb"}, "h.1": "A", "title": "no", "by": [{"n": "x"}, {"n": "y"}], "url": "u"},
            {"title": "no"}]"#;
        let map = "text=data.body,title=h.1,author=by.1.n".parse().unwrap();
        let mut read = read_all(json, ReadOptions::new().map(map));
        assert_eq!(
            read.pop().unwrap().unwrap_err(),
            "a.json:2: the key data.body has no text"
        );
        let article = read.remove(0).unwrap();
        assert_eq!(article.text, "a\nb");
        assert_eq!(article.title.as_deref(), Some("A"));
        assert_eq!(article.author.as_deref(), Some("y"));
        assert_eq!(article.url.as_deref(), Some("u"));
    }

    #[test]
    fn a_date_that_is_none_is_noted() {
        let article = read(r#"{"text": "a", "date": "2025-02-30"}"#).unwrap();
        assert_eq!(article.published, None);
        assert_eq!(
            article.notes,
            ["no date can be read from “2025-02-30”; the article is undated"]
        );
    }

    #[test]
    fn long_records_are_left_out() {
        let long = "x".repeat(3000);
        let json = format!(
            r#"[{{"title": "A", "text": "a"}}, {{"text": "{long}"}}, {{"title": "B", "text": "b"}}]"#
        );
        let read = read_all(&json, ReadOptions::new().record_limit(1000));
        assert_eq!(read.len(), 3);
        assert!(
            read[1].as_ref().unwrap_err().contains("longer than"),
            "{read:?}"
        );
        assert_eq!(read[2].as_ref().unwrap().title.as_deref(), Some("B"));
    }

    fn value() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i32>().prop_map(Into::into),
            "[\"\\\\{}\\[\\],:a\\n ]{0,8}".prop_map(Into::into),
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
                prop::collection::btree_map("[\"\\\\{}a]{0,3}", inner, 0..4)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn lists_are_cut_into_their_items(
            items in prop::collection::vec(value(), 0..6),
            pretty in any::<bool>(),
            under in any::<bool>(),
            step in 1..9_usize,
        ) {
            let list = serde_json::Value::from(items.clone());
            let (whole, path) = if under {
                let whole = serde_json::json!({"a": {"b": [1]}, "results": list, "z": [[2]]});
                (whole, Some(vec![b"results".to_vec()]))
            } else {
                (list, None)
            };
            let json = if pretty {
                serde_json::to_string_pretty(&whole)
            } else {
                serde_json::to_string(&whole)
            };
            let json = json.unwrap();
            let place = cut::Place { path };
            let found = cut_in_steps(&mut JsonCutter::new(place, None), json.as_bytes(), step);
            let found: Vec<serde_json::Value> =
                found.into_iter().map(|range| serde_json::from_str(&json[range]).unwrap()).collect();
            prop_assert_eq!(found, items);
        }

        #[test]
        fn no_bytes_break_the_reader(text in "[\\[\\]{}\",:\\\\ \n]{0,40}|\\PC{0,40}", step in 1..5_usize) {
            survey(text.as_bytes());
            let place = cut::Place::default();
            for range in cut_in_steps(&mut JsonCutter::new(place, None), text.as_bytes(), step) {
                let _ = read(&String::from_utf8_lossy(&text.as_bytes()[range]));
            }
        }
    }
}
