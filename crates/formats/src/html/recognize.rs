//! Tells pages by their first bytes.

use crate::cut::behind_first;
use crate::format::{Head, Recognition};

/// The tags a page starts with.
const STARTS: [&[u8]; 5] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<title"];

pub(super) fn recognize(head: &Head<'_>) -> Recognition {
    let start = skip_prolog(head.bytes);
    let is_tag = |tag: &&[u8]| {
        let split = start.split_at_checked(tag.len());
        split.is_some_and(|(start, behind)| {
            start.eq_ignore_ascii_case(tag)
                && !behind.first().is_some_and(u8::is_ascii_alphanumeric)
        })
    };
    if STARTS.iter().any(is_tag) {
        Recognition::ByContent
    } else if matches!(head.extension, "html" | "htm" | "xhtml") && start.starts_with(b"<") {
        Recognition::ByName
    } else {
        Recognition::No
    }
}

/// Skips blanks, comments, and an XML declaration, which XHTML starts with.
fn skip_prolog(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes.trim_ascii_start();
    loop {
        let behind = if rest.starts_with(b"<!--") {
            behind_first(rest, b"-->")
        } else if rest.starts_with(b"<?") {
            behind_first(rest, b"?>")
        } else {
            None
        };
        match behind {
            Some(behind) => rest = behind.trim_ascii_start(),
            None => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_by_content_then_by_name() {
        for (bytes, extension, expected) in [
            (&b"<!DOCTYPE html><p>"[..], "", Recognition::ByContent),
            (
                b"\n<!-- saved --> <HTML lang=en>",
                "",
                Recognition::ByContent,
            ),
            (
                b"<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"\">",
                "xml",
                Recognition::ByContent,
            ),
            (b"<div>text</div>", "html", Recognition::ByName),
            (b"<header>text", "", Recognition::No),
            (b"<?xml version=\"1.0\"?><rss>", "xml", Recognition::No),
            (b"plain", "html", Recognition::No),
            (b"<!-- never closed", "", Recognition::No),
        ] {
            assert_eq!(
                recognize(&Head { bytes, extension }),
                expected,
                "{}",
                String::from_utf8_lossy(bytes)
            );
        }
    }
}
