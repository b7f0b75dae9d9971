//! ARC files, the forerunner of WARC: <https://archive.org/web/researcher/ArcFileFormat.php>.

use std::io;

use chrono::{DateTime, NaiveDateTime, Utc};
use memchr::{memchr, memchr_iter};

use super::cut::{self, Layout, Look};
use super::payload::Payload;
use super::{Sink, http};
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::{RejectKind, Stream};

/// Bytes of a line that stands over a record, at most.
const LINE: usize = 16 << 10;

/// ARC 1 and 2.
#[derive(Debug)]
pub(crate) struct ArcFile;

/// The line over a record.
#[derive(Debug, PartialEq, Eq)]
struct Line<'a> {
    url: &'a str,
    date: &'a str,
    content_type: &'a str,
    length: u64,
}

impl<'a> Line<'a> {
    /// Reads the line from its end, for addresses may have blanks. Version 1 has a date three words before the
    /// length, version 2 has five words more in between.
    fn read(line: &'a [u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?.trim_end();
        let words: Vec<&str> = line.rsplitn(11, ' ').collect();
        let length = words.first()?.parse().ok()?;
        for more in [0_usize, 5] {
            let Some([_, content_type, date, address, ..]) = words.get(more..) else {
                continue;
            };
            let is_date = date.len() >= 8 && date.bytes().all(|byte| byte.is_ascii_digit());
            let is_address = address.parse::<std::net::IpAddr>().is_ok() || *address == "-";
            if is_date && is_address {
                // The address of the server ends behind that of the page.
                let behind = more.saturating_add(4);
                return Some(Self {
                    url: line.rsplitn(behind.saturating_add(1), ' ').nth(behind)?,
                    date,
                    content_type,
                    length,
                });
            }
        }
        None
    }

    fn instant(&self) -> Option<DateTime<Utc>> {
        let digits = self.date.get(..14)?;
        let date = NaiveDateTime::parse_from_str(digits, "%Y%m%d%H%M%S").ok()?;
        Some(date.and_utc())
    }
}

impl Format for ArcFile {
    fn name(&self) -> &'static str {
        "ARC"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        if head.bytes.starts_with(b"filedesc://") {
            Recognition::ByContent
        } else {
            Recognition::No
        }
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        cut::next_chunk(self, stream, chunk)
    }

    fn read_record(&self, record: &[u8], origin: &Origin<'_>, sink: &mut Sink<'_>) {
        let end = memchr(b'\n', record);
        let (line, block) = match end.and_then(|end| record.split_at_checked(end)) {
            Some((line, [_, block @ ..])) => (line, block),
            _ => (&b""[..], &b""[..]),
        };
        let Some(line) = Line::read(line) else {
            let reason = "no ARC record where one should start";
            return sink(Err(origin.reject(RejectKind::Malformed, reason, 0)));
        };
        let payload = Payload {
            bytes: block,
            url: Some(line.url),
            content_type: Some(line.content_type),
            not_after: line.instant(),
        };
        let present = payload.bytes.len() as u64;
        http::read(&payload, line.length, origin, sink);
        if present < line.length && line.length <= origin.options.record_limit as u64 {
            let reason = format!(
                "the record breaks off after {present} of {} bytes",
                line.length
            );
            sink(Err(origin.reject(RejectKind::Malformed, reason, present)));
        }
    }
}

impl Layout for ArcFile {
    fn look(&self, bytes: &[u8]) -> Look {
        let end = memchr(b'\n', bytes.get(..LINE).unwrap_or(bytes));
        let Some((end, line)) = end.and_then(|end| Some((end, bytes.get(..end)?))) else {
            return if bytes.len() < LINE {
                Look::Unfinished
            } else {
                Look::Unknown
            };
        };
        match Line::read(line) {
            Some(line) => Look::Head {
                head: end.saturating_add(1),
                block: line.length,
                wanted: line.url.starts_with("http"),
            },
            None => Look::Unknown,
        }
    }

    fn next_start(&self, bytes: &[u8]) -> Option<usize> {
        let mut ends = memchr_iter(b'\n', bytes);
        let mut at = ends.next()?.saturating_add(1);
        for end in ends {
            let line = bytes.get(at..end.min(at.saturating_add(LINE)))?;
            if Line::read(line).is_some() {
                return Some(at);
            }
            at = end.saturating_add(1);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_both_versions() {
        for (line, expected) in [
            (
                "http://a.example/b c 192.0.2.7 20140216050221 text/html 1591",
                Some(("http://a.example/b c", "text/html", 1591)),
            ),
            (
                "http://a.example/ 192.0.2.7 20140216050221 text/html 200 ABC - 12 x.arc 99",
                Some(("http://a.example/", "text/html", 99)),
            ),
            (
                "http://a.example/ 192.0.2.7 20140216050221 text/html -1",
                None,
            ),
            (
                "http://a.example/ 192.0.2.7 20140216050221 text/html abc",
                None,
            ),
            (
                "URL IP-address Archive-date Content-type Archive-length",
                None,
            ),
            ("He won on 3 20140216 of 7 9", None),
            ("", None),
        ] {
            let read = Line::read(line.as_bytes());
            let read = read
                .as_ref()
                .map(|line| (line.url, line.content_type, line.length));
            assert_eq!(read, expected, "{line}");
        }
    }
}
