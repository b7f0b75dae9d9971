//! Letters: newsletters and mailing lists, one a file (EML) or many (mbox).

mod mbox;
mod message;
mod plain;

use std::io;

use whosaid_model::Article;

use crate::cut::behind;
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::{Reject, Stream};

use mbox::{MboxCutter, is_separator};

/// One letter a file, as RFC 5322 and MIME have it.
#[derive(Debug)]
pub(crate) struct Letter;

/// Letters behind each other, each under a line that starts with `From `: RFC 4155.
#[derive(Debug)]
pub(crate) struct Mbox;

type Sink<'a> = dyn FnMut(Result<Article, Reject>) + 'a;

impl Format for Letter {
    fn name(&self) -> &'static str {
        "e-mail"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        if is_head(head.bytes) {
            Recognition::ByContent
        } else if head.extension == "eml" {
            Recognition::ByName
        } else {
            Recognition::No
        }
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        stream.take_all(chunk)
    }

    fn read_record(&self, record: &[u8], origin: &Origin<'_>, sink: &mut Sink<'_>) {
        sink(message::read(record, origin));
    }
}

impl Format for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        let lines = head.bytes.trim_ascii_start();
        let end = memchr::memchr(b'\n', lines).unwrap_or(lines.len());
        let (first, rest) = lines.split_at(end);
        if is_separator(first) && names(rest.trim_ascii_start()).next().is_some() {
            Recognition::ByContent
        } else if head.extension == "mbox" && first.starts_with(b"From ") {
            Recognition::ByName
        } else {
            Recognition::No
        }
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        stream.take_records(chunk, |_| Box::new(MboxCutter::default()))
    }

    fn read_record(&self, record: &[u8], origin: &Origin<'_>, sink: &mut Sink<'_>) {
        let end = memchr::memchr(b'\n', record).map_or(0, |end| end.saturating_add(1));
        let letter = mbox::unquoted(behind(record, end));
        sink(message::read(&letter, origin));
    }
}

/// Tells the head of a letter. A text may begin with `From:` and `Date:`; only programs write what shows the way
/// of a letter.
fn is_head(bytes: &[u8]) -> bool {
    const OF_PROGRAMS: [&str; 7] = [
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "delivered-to",
        "dkim-signature",
        "x-mailer",
    ];
    let (mut from, mut way) = (false, false);
    for name in names(bytes) {
        let name = name.to_ascii_lowercase();
        from |= name == "from";
        way |= OF_PROGRAMS.contains(&&*name);
    }
    from && way
}

/// Returns the names of fields at the start of a letter, up to the line that is none.
fn names(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let lines = bytes.split(|byte| *byte == b'\n');
    let folded = |line: &&[u8]| line.starts_with(b" ") || line.starts_with(b"\t");
    lines
        .filter(move |line| !folded(line))
        .map_while(|line| {
            let name = line.get(..memchr::memchr(b':', line)?)?;
            let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
            let name = std::str::from_utf8(name).ok()?;
            (!name.is_empty() && name.as_bytes().iter().all(is_name)).then_some(name)
        })
        .take(200)
}
