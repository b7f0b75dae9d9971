//! Tells XML by its outermost element.

use std::io;

use whosaid_model::Article;

use crate::cut::behind_first;
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::{ReadOptions, Reject, RejectKind, Stream};

/// Returns the name of the outermost element, without prefix and in small letters, if a file starts with markup.
pub(crate) fn root(head: &[u8]) -> Option<String> {
    let mut rest = head.trim_ascii_start();
    loop {
        let behind = if rest.starts_with(b"<?") {
            behind_first(rest, b"?>")?
        } else if rest.starts_with(b"<!--") {
            behind_first(rest, b"-->")?
        } else if rest.starts_with(b"<!") {
            behind_doctype(rest)?
        } else {
            break;
        };
        rest = behind.trim_ascii_start();
    }
    let tag = rest.strip_prefix(b"<")?;
    let is_name =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':');
    let length = tag.iter().position(|byte| !is_name(byte))?;
    let name = std::str::from_utf8(tag.get(..length)?).ok()?;
    let local = name.rsplit(':').next()?;
    let starts = local.starts_with(|char: char| char.is_ascii_alphabetic());
    starts.then(|| local.to_ascii_lowercase())
}

fn behind_doctype(mut bytes: &[u8]) -> Option<&[u8]> {
    let mut brackets = 0_u32;
    while let [byte, behind @ ..] = bytes {
        match byte {
            b'[' => brackets = brackets.saturating_add(1),
            b']' => brackets = brackets.saturating_sub(1),
            b'>' if brackets == 0 => return Some(behind),
            _ => {}
        }
        bytes = behind;
    }
    None
}

/// XML of kinds that hold no articles.
#[derive(Debug)]
pub(crate) struct OtherXml;

impl Format for OtherXml {
    fn name(&self) -> &'static str {
        "XML"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        let declared = head.bytes.trim_ascii_start().starts_with(b"<?xml");
        match root(head.bytes).as_deref() {
            Some("urlset" | "sitemapindex" | "opml") => Recognition::ByContent,
            Some(_) if head.extension == "xml" => Recognition::ByName,
            _ if declared => Recognition::ByName,
            _ => Recognition::No,
        }
    }

    fn refuse(&self, head: &Head<'_>, _: &ReadOptions) -> Option<(RejectKind, String)> {
        Some(match root(head.bytes).as_deref() {
            Some("urlset" | "sitemapindex") => (
                RejectKind::NotNews,
                "a sitemap: addresses without texts".to_owned(),
            ),
            Some("opml") => (RejectKind::NotNews, "a list of feeds".to_owned()),
            Some(name) => (
                RejectKind::Unsupported,
                format!("XML of an unknown kind: its outermost element is <{name}>"),
            ),
            None => (RejectKind::Malformed, "XML without an element".to_owned()),
        })
    }

    fn next_chunk(&self, _: &mut Stream<'_>, _: &mut Chunk) -> io::Result<bool> {
        Ok(false)
    }

    fn read_record(&self, _: &[u8], _: &Origin<'_>, _: &mut dyn FnMut(Result<Article, Reject>)) {}
}
