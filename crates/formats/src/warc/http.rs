//! Answers of web servers, as crawlers keep them.

use std::borrow::Cow;
use std::io::{self, Read};

use chrono::DateTime;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::Sink;
use super::heads::{Fields, head_end};
use super::payload::Payload;
use crate::RejectKind;
use crate::format::Origin;

/// Reads an answer of `length` bytes, of which the payload may have but the first.
pub(super) fn read(payload: &Payload<'_>, length: u64, origin: &Origin<'_>, sink: &mut Sink<'_>) {
    let bytes = payload.bytes;
    let split = head_end(bytes).and_then(|head| bytes.split_at_checked(head));
    let (head, body) = split.unwrap_or((bytes, &[]));
    let Some(status) = status(head) else {
        let reason = "no answer of a web server in it";
        return sink(Err(origin.reject(RejectKind::Malformed, reason, 0)));
    };
    if status != 200 {
        let reason = format!("an answer with the status {status}");
        return sink(Err(origin.reject(RejectKind::NotNews, reason, 0)));
    }
    let fields = Fields::read(head);
    let too_long = length > origin.options.record_limit as u64;
    let body = if too_long {
        // Only its first bytes are here, and they tell but what it is.
        Ok(Cow::Borrowed(body))
    } else {
        decoded(body, &fields, origin.options.record_limit)
    };
    let Ok(body) = body else {
        let reason = "expands to more than the limit of a record";
        return sink(Err(origin.reject(RejectKind::TooLong, reason, 0)));
    };
    let sent = || {
        let date = DateTime::parse_from_rfc2822(fields.get("Date")?).ok()?;
        Some(date.to_utc())
    };
    Payload {
        bytes: &body,
        url: payload.url,
        content_type: fields.get("Content-Type"),
        not_after: payload.not_after.or_else(sent),
    }
    .read(too_long, origin, sink);
}

/// Reads the status in the first line: `HTTP/1.1 200 OK`, and as servers miswrite it.
fn status(head: &[u8]) -> Option<u16> {
    let line = head.split(|byte| *byte == b'\n').next()?;
    let rest = line
        .strip_prefix(b"HTTP")
        .or_else(|| line.strip_prefix(b"http"))?;
    let mut words = rest.split(u8::is_ascii_whitespace).skip(1);
    let word = words.find(|word| !word.is_empty())?;
    std::str::from_utf8(word.get(..3)?).ok()?.parse().ok()
}

#[derive(Debug, PartialEq, Eq)]
struct TooLong;

/// Undoes how the body was sent. What does not hold what its fields say is taken as it stands: crawlers keep
/// the fields and store the body undone.
fn decoded<'a>(body: &'a [u8], fields: &Fields, limit: usize) -> Result<Cow<'a, [u8]>, TooLong> {
    let mut body = Cow::Borrowed(body);
    let transfer = fields.get("Transfer-Encoding").unwrap_or_default();
    let content = fields.get("Content-Encoding").unwrap_or_default();
    for coding in codings(transfer).chain(codings(content)) {
        if let Some(plain) = undo(&coding, &body, limit)? {
            body = Cow::Owned(plain);
        }
    }
    Ok(body)
}

/// The codings of a field, the last applied first.
fn codings(field: &str) -> impl Iterator<Item = String> {
    let words = field.rsplit(',');
    words.map(|word| word.trim().to_ascii_lowercase())
}

/// Undoes one coding; `None` when the bytes are not coded so. What breaks off gives what was there before.
fn undo(coding: &str, bytes: &[u8], limit: usize) -> Result<Option<Vec<u8>>, TooLong> {
    let plain = match coding {
        "chunked" => return Ok(unchunked(bytes)),
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1f, 0x8b]) => {
            expand(MultiGzDecoder::new(bytes), limit)?
        }
        "deflate" => {
            // The standard means zlib, and some servers send what the word says.
            match expand(ZlibDecoder::new(bytes), limit)? {
                Some(plain) => Some(plain),
                None => expand(DeflateDecoder::new(bytes), limit)?,
            }
        }
        "br" => expand(brotli_decompressor::Decompressor::new(bytes, 4096), limit)?,
        "zstd" if bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => match zstd::Decoder::new(bytes) {
            Ok(decoder) => expand(decoder, limit)?,
            Err(_) => None,
        },
        _ => None,
    };
    Ok(plain)
}

/// Reads all, or up to where it breaks off; `None` when that is the start.
fn expand(mut decoder: impl Read, limit: usize) -> Result<Option<Vec<u8>>, TooLong> {
    let mut plain = Vec::new();
    let most = (limit as u64).saturating_add(1);
    let read: io::Result<usize> = decoder.by_ref().take(most).read_to_end(&mut plain);
    if plain.len() > limit {
        return Err(TooLong);
    }
    Ok((read.is_ok() || !plain.is_empty()).then_some(plain))
}

/// Joins chunks. `None` when the first is none; where a later one is none, the rest is taken as it stands.
fn unchunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((length, body)) = chunk_length(rest) {
        if length == 0 {
            return Some(plain);
        }
        let (chunk, behind) = body.split_at_checked(length).unwrap_or((body, &[]));
        plain.extend_from_slice(chunk);
        rest = behind;
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    if rest.len() == bytes.len() && !bytes.is_empty() {
        return None;
    }
    plain.extend_from_slice(rest);
    Some(plain)
}

/// Reads the line over a chunk: its length, and what follows the line.
fn chunk_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = memchr::memchr(b'\n', bytes.get(..1024).unwrap_or(bytes))?;
    let (line, [_, body @ ..]) = bytes.split_at_checked(end)? else {
        return None;
    };
    let digits = line.split(|byte| *byte == b';').next()?.trim_ascii();
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    let digits = std::str::from_utf8(digits).ok()?;
    let length = u32::from_str_radix(digits, 16).ok()?;
    Some((length as usize, body))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn fields(lines: &str) -> Fields {
        Fields::read(lines.as_bytes())
    }

    #[test]
    fn statuses() {
        for (line, expected) in [
            ("HTTP/1.1 200 OK\r\n", Some(200)),
            ("HTTP/2 404\n", Some(404)),
            ("http/1.0  301 Moved", Some(301)),
            ("HTTP/1.1", None),
            ("GET / HTTP/1.1", None),
            ("HTTP/1.1 ok", None),
        ] {
            assert_eq!(status(line.as_bytes()), expected, "{line}");
        }
    }

    #[test]
    fn chunks_are_joined_as_far_as_they_are_chunks() {
        for (bytes, expected) in [
            ("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", Some("abcde")),
            ("3\nabc\n0\n", Some("abc")),
            ("5\r\nab", Some("ab")),
            ("3\r\nabc\r\n<p>no chunk", Some("abc<p>no chunk")),
            ("<html>", None),
            ("", Some("")),
            ("fffffffff\r\n", None),
        ] {
            let joined = unchunked(bytes.as_bytes());
            assert_eq!(joined.as_deref(), expected.map(str::as_bytes), "{bytes}");
        }
    }

    #[test]
    fn codings_are_undone_if_they_are_there() {
        let text = "“Yes,” she said. ".repeat(50);
        let pack = |bytes: &[u8]| {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let zlib = |bytes: &[u8]| {
            let mut encoder =
                flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let raw = |bytes: &[u8]| {
            let mut encoder =
                flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let chunked = |bytes: &[u8]| {
            let mut chunks = format!("{:x}\r\n", bytes.len()).into_bytes();
            chunks.extend(bytes);
            chunks.extend(b"\r\n0\r\n\r\n");
            chunks
        };
        let plain = text.as_bytes();
        for (head, body) in [
            ("Content-Encoding: gzip", pack(plain)),
            ("Content-Encoding: gzip, GZIP", pack(&pack(plain))),
            ("Content-Encoding: deflate", zlib(plain)),
            ("Content-Encoding: deflate", raw(plain)),
            (
                "Content-Encoding: zstd",
                zstd::encode_all(plain, 1).unwrap(),
            ),
            (
                "Transfer-Encoding: chunked\nContent-Encoding: gzip",
                chunked(&pack(plain)),
            ),
            ("Transfer-Encoding: gzip, chunked", chunked(&pack(plain))),
            (
                "Transfer-Encoding: chunked\nContent-Encoding: gzip",
                plain.to_vec(),
            ),
            ("Content-Encoding: br", plain.to_vec()),
            ("Content-Encoding: unknown", plain.to_vec()),
        ] {
            let body = decoded(&body, &fields(head), 1 << 20).unwrap();
            assert_eq!(body, plain, "{head}");
        }
        let clipped = pack(plain);
        let clipped = decoded(
            &clipped[..clipped.len() - 9],
            &fields("Content-Encoding: gzip"),
            1 << 20,
        );
        assert!(plain.starts_with(&clipped.unwrap()));
        let bomb = pack(plain);
        assert_eq!(
            decoded(&bomb, &fields("Content-Encoding: gzip"), 100),
            Err(TooLong)
        );
    }

    #[test]
    fn brotli_is_undone() {
        // A block of 4 bytes as they are, and an empty one that is the last: RFC 7932, 9.2.
        let packed = [0x30, 0, 0x10, b'Y', b'e', b's', b'!', 0x03];
        let body = decoded(&packed, &fields("Content-Encoding: br"), 100).unwrap();
        assert_eq!(&*body, b"Yes!");
    }
}
