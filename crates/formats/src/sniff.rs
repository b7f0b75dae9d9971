use crate::RejectKind;
use crate::format::{Format, Head, Recognition, formats};
use crate::media;

/// What is to be done with a file.
#[derive(Clone, Copy)]
pub(crate) enum Choice {
    Read(&'static dyn Format),
    Refuse(RejectKind, &'static str),
}

/// Chooses the format of a file by its first bytes, then by its name.
pub(crate) fn choose(head: &Head<'_>) -> Choice {
    let mut best = (Recognition::No, None);
    for &format in formats() {
        let recognition = format.recognize(head);
        if recognition > best.0 {
            best = (recognition, Some(format));
        }
    }
    // A crawl has images in it, so the formats are asked first.
    if best.0 < Recognition::ByContent {
        let refusal = media::by_content(head).or_else(|| media::by_name(head));
        if let Some((kind, reason)) = refusal {
            return Choice::Refuse(kind, reason);
        }
    }
    match best.1 {
        Some(format) => Choice::Read(format),
        None => Choice::Refuse(RejectKind::Unsupported, "of no known format"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_before_the_name() {
        for (bytes, extension, expected) in [
            (&b"{\"text\": \"x\"}\n"[..], "txt", "JSON Lines"),
            (b"\n {\"text\": ", "", "JSON Lines"),
            (b"broken\n{\"text\": \"x\"}\n", "jsonl", "JSON Lines"),
            (b"A title\nText.", "json", "plain text"),
            (b"{so it begins", "", "plain text"),
            (b"[Wire] A title\nText.", "", "plain text"),
            (b"[\n {\"text\": \"x\"}]", "json", "JSON"),
            (b"{\n \"text\": \"x\"}", "json", "JSON"),
            (b"A title\nText.", "", "plain text"),
            (b"", "txt", "plain text"),
            (b"\x89PNG\r\n\x1a\n\0\0", "txt", "an image"),
            (b"body { color: red }", "css", "a style sheet"),
            (b"{\"text\": \"x\"}\n", "js", "JSON Lines"),
            (b"<!DOCTYPE html><p>", "txt", "HTML"),
            (b"<?xml version=\"1.0\"?><rss>", "txt", "feed"),
            (b"%PDF-1.7", "", "PDF is not read"),
        ] {
            let name = match choose(&Head { bytes, extension }) {
                Choice::Read(format) => format.name(),
                Choice::Refuse(_, reason) => reason,
            };
            assert_eq!(name, expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
