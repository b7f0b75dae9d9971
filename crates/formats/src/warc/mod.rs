//! Crawls: WARC files with pages, or with texts made of pages (WET), and their forerunner ARC.

mod arc;
mod cut;
mod heads;
mod http;
mod payload;

use std::io;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use memchr::memmem;
use whosaid_model::Article;

use crate::cut::behind;
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::{Reject, RejectKind, Stream};
use cut::{Layout, Look};
use heads::{Fields, head_end};
use payload::Payload;

pub(crate) use arc::ArcFile;
pub(crate) use cut::Standing;

type Sink<'a> = dyn FnMut(Result<Article, Reject>) + 'a;

/// WARC 0.17 to 1.1: <https://iipc.github.io/warc-specifications/>.
#[derive(Debug)]
pub(crate) struct Warc;

impl Format for Warc {
    fn name(&self) -> &'static str {
        "WARC"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        match head.bytes.trim_ascii_start() {
            [b'W', b'A', b'R', b'C', b'/', b'0' | b'1', b'.', ..] => Recognition::ByContent,
            _ => Recognition::No,
        }
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        cut::next_chunk(self, stream, chunk)
    }

    fn read_record(&self, record: &[u8], origin: &Origin<'_>, sink: &mut Sink<'_>) {
        let split = head_end(record).and_then(|head| record.split_at_checked(head));
        let (head, block) = split.filter(|_| is_start(record)).unwrap_or_default();
        let fields = Fields::read(head);
        let Some(length) = length(&fields) else {
            let reason = "no WARC record where one should start";
            return sink(Err(origin.reject(RejectKind::Malformed, reason, 0)));
        };
        let uri = fields.get("WARC-Target-URI").map(address);
        let content_type = fields.get("Content-Type");
        let date = fields.get("WARC-Date").and_then(instant);
        let payload = Payload {
            bytes: block,
            url: uri,
            content_type,
            not_after: date,
        };
        let not_news = |reason: String| Err(origin.reject(RejectKind::NotNews, reason, 0));
        let kind = fields
            .get("WARC-Type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        match &*kind {
            "revisit" => {
                return sink(not_news("a page as it was at an earlier visit".to_owned()));
            }
            "continuation" => {
                let reason = "records in several parts are not read";
                return sink(Err(origin.reject(RejectKind::Unsupported, reason, 0)));
            }
            "response" | "resource" | "conversion" if payload.is_of_web() => {}
            "response" | "resource" | "conversion" => {
                return sink(not_news(format!("{} is no page", uri.unwrap_or_default())));
            }
            other => return sink(not_news(format!("a record of the type {other:?}"))),
        }
        let is_http = kind == "response"
            && content_type.is_none_or(|kind| kind.trim_start().starts_with("application/http"));
        let present = payload.bytes.len() as u64;
        let note = fields
            .get("WARC-Truncated")
            .map(|why| format!("the crawler kept but the start of the page: {why}"));
        let mut noted = |mut result: Result<Article, Reject>| {
            if let Ok(article) = &mut result {
                article.notes.extend(note.clone());
            }
            sink(result);
        };
        if is_http {
            http::read(&payload, length, origin, &mut noted);
        } else {
            payload.read(
                length > origin.options.record_limit as u64,
                origin,
                &mut noted,
            );
        }
        if present < length && length <= origin.options.record_limit as u64 {
            let reason = format!("the record breaks off after {present} of {length} bytes");
            sink(Err(origin.reject(RejectKind::Malformed, reason, present)));
        }
    }
}

impl Layout for Warc {
    fn look(&self, bytes: &[u8]) -> Look {
        if !is_start(bytes) {
            let begun = b"WARC/".starts_with(bytes.get(..5).unwrap_or(bytes));
            return if begun && bytes.len() < 7 {
                Look::Unfinished
            } else {
                Look::Unknown
            };
        }
        // No head goes past the start of another record: a file of nothing but starts is read in one pass.
        let most = self.next_start(bytes).unwrap_or(bytes.len());
        let shown = bytes.get(..most.min(cut::HEAD)).unwrap_or(bytes);
        let Some(head) = head_end(shown) else {
            return if most < bytes.len() {
                Look::Unknown
            } else {
                Look::Unfinished
            };
        };
        let fields = Fields::read(shown.get(..head).unwrap_or(shown));
        let Some(block) = length(&fields) else {
            return Look::Unknown;
        };
        let kind = fields.get("WARC-Type").unwrap_or_default();
        let wanted = !["warcinfo", "request", "metadata"]
            .iter()
            .any(|other| kind.eq_ignore_ascii_case(other));
        Look::Head {
            head,
            block,
            wanted,
        }
    }

    fn next_start(&self, bytes: &[u8]) -> Option<usize> {
        let ends = memmem::find_iter(bytes, b"\nWARC/");
        let mut lines = ends.map(|end| end.saturating_add(1));
        lines.find(|line| is_start(behind(bytes, *line)))
    }
}

fn is_start(bytes: &[u8]) -> bool {
    matches!(bytes, [b'W', b'A', b'R', b'C', b'/', b'0' | b'1', b'.', ..])
}

fn length(fields: &Fields) -> Option<u64> {
    fields.get("Content-Length")?.parse().ok()
}

/// Wget 1.19 puts addresses in angle brackets, as the grammar of WARC 1.0 asks for by mistake.
fn address(uri: &str) -> &str {
    let bare = uri.strip_prefix('<').and_then(|uri| uri.strip_suffix('>'));
    bare.unwrap_or(uri).trim()
}

/// Reads the date of a record; WARC 1.1 allows for less than seconds.
fn instant(date: &str) -> Option<DateTime<Utc>> {
    if let Ok(date) = DateTime::parse_from_rfc3339(date) {
        return Some(date.to_utc());
    }
    let minutes = NaiveDateTime::parse_from_str(date, "%Y-%m-%dT%H:%MZ").ok();
    let end_of_day = || {
        let day = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
        day.and_hms_opt(23, 59, 59)
    };
    Some(minutes.or_else(end_of_day)?.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_their_brackets() {
        assert_eq!(address("<http://a.example/>"), "http://a.example/");
        assert_eq!(address("http://a.example/ "), "http://a.example/");
    }

    #[test]
    fn dates_of_records() {
        for (date, expected) in [
            ("2017-03-06T04:03:53Z", Some("2017-03-06T04:03:53+00:00")),
            (
                "2017-03-06T04:03:53.5Z",
                Some("2017-03-06T04:03:53.500+00:00"),
            ),
            ("2017-03-06T04:03Z", Some("2017-03-06T04:03:00+00:00")),
            ("2017-03-06", Some("2017-03-06T23:59:59+00:00")),
            ("2008-10-294T05:21:46-0700", None),
        ] {
            let read = instant(date).map(|date| date.to_rfc3339());
            assert_eq!(read.as_deref(), expected, "{date}");
        }
    }
}
