//! Files that are kept beside news and are none.

use infer::MatcherType;
use memchr::memchr;

use crate::RejectKind;
use crate::format::Head;
use crate::xml::root;

type Refusal = (RejectKind, &'static str);

/// Recognizes by content what is no text.
pub(crate) fn by_content(head: &Head<'_>) -> Option<Refusal> {
    let text_magic = TEXT_MAGIC
        .iter()
        .find(|(magic, ..)| head.bytes.starts_with(magic));
    if let Some(&(_, kind, reason)) = text_magic {
        return Some((kind, reason));
    }
    if root(head.bytes).as_deref() == Some("svg") {
        return Some((RejectKind::NotNews, "an image"));
    }
    // Many signatures are two letters: “BMW said …” would be a bitmap. No text has a NUL.
    memchr(0, head.bytes)?;
    let Some(kind) = infer::get(head.bytes) else {
        return Some(if is_text_name(head.extension) {
            (RejectKind::Binary, "not a text")
        } else {
            by_name(head).unwrap_or((RejectKind::NotNews, "not a text"))
        });
    };
    Some(match (kind.matcher_type(), kind.extension()) {
        (MatcherType::Image, _) => (RejectKind::NotNews, "an image"),
        (MatcherType::Video, _) => (RejectKind::NotNews, "a video"),
        (MatcherType::Audio, _) => (RejectKind::NotNews, "a sound"),
        (MatcherType::Font, _) => (RejectKind::NotNews, "a font"),
        (MatcherType::App, _) => (RejectKind::NotNews, "a program"),
        (MatcherType::Doc, _) => (RejectKind::Unsupported, "office documents are not read"),
        (MatcherType::Book, _) => (RejectKind::Unsupported, "e-books are not read"),
        (MatcherType::Archive, extension) => (
            RejectKind::Unsupported,
            match extension {
                "7z" => "7z archives are not read",
                "rar" => "rar archives are not read",
                "msi" | "doc" => "office documents are not read",
                "sqlite" => "SQLite databases are not read",
                "Z" => "archives of compress are not read",
                "lz" => "lzip archives are not read",
                _ => "archives of this kind are not read",
            },
        ),
        _ => (RejectKind::Binary, "not a text"),
    })
}

/// Recognizes by name what is a text, but none to read.
pub(crate) fn by_name(head: &Head<'_>) -> Option<Refusal> {
    let (_, reason) = NAMES
        .iter()
        .find(|(extensions, _)| extensions.contains(&head.extension))?;
    Some((RejectKind::NotNews, reason))
}

/// Recognizes by its media type what is no text, or none to read.
pub(crate) fn by_mime(mime: &str) -> Option<&'static str> {
    let (kind, rest) = mime.split_once('/')?;
    Some(match (kind, rest) {
        ("image", _) => "an image",
        ("video", _) => "a video",
        ("audio", _) => "a sound",
        ("font", _) | (_, "font-woff" | "x-font-woff" | "vnd.ms-fontobject") => "a font",
        ("text", "css") => "a style sheet",
        (_, "javascript" | "x-javascript" | "ecmascript") => "a script",
        (_, "pdf") => "PDF is not read",
        _ => return None,
    })
}

fn is_text_name(extension: &str) -> bool {
    matches!(
        extension,
        "" | "txt"
            | "text"
            | "md"
            | "html"
            | "htm"
            | "json"
            | "jsonl"
            | "csv"
            | "tsv"
            | "xml"
            | "eml"
    )
}

const TEXT_MAGIC: [(&[u8], RejectKind, &str); 4] = [
    (b"%PDF-", RejectKind::NotNews, "PDF is not read"),
    (b"%!PS", RejectKind::NotNews, "PostScript is not read"),
    (b"{\\rtf", RejectKind::Unsupported, "RTF is not read"),
    (b"#!/", RejectKind::NotNews, "a script"),
];

const NAMES: [(&[&str], &str); 7] = [
    (&["css", "less", "sass", "scss"], "a style sheet"),
    (
        &["cjs", "js", "jsx", "map", "mjs", "ts", "tsx", "wasm"],
        "a script",
    ),
    (
        &[
            "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp",
        ],
        "an image",
    ),
    (&["eot", "otf", "ttf", "woff", "woff2"], "a font"),
    (
        &["aac", "flac", "m4a", "mp3", "ogg", "opus", "wav"],
        "a sound",
    ),
    (
        &["avi", "m3u8", "m4v", "mkv", "mov", "mp4", "mpeg", "webm"],
        "a video",
    ),
    (&["cdx", "cdxj"], "the index of a web archive"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beside_news_is_known() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        for (bytes, extension, expected) in [
            (&png[..], "txt", Some((RejectKind::NotNews, "an image"))),
            (b"wOF2\0\x01\0\0", "", Some((RejectKind::NotNews, "a font"))),
            (
                b"\0asm\x01\0\0\0",
                "",
                Some((RejectKind::NotNews, "a program")),
            ),
            (
                b"<?xml version='1.0'?>\n<!-- drawn --> <svg width='9'>",
                "xml",
                Some((RejectKind::NotNews, "an image")),
            ),
            (b"<?xml version='1.0'?><rss>", "xml", None),
            (
                b"%PDF-1.7",
                "",
                Some((RejectKind::NotNews, "PDF is not read")),
            ),
            (
                b"\x01\0\x02",
                "txt",
                Some((RejectKind::Binary, "not a text")),
            ),
            (
                b"\x01\0\x02",
                "bin",
                Some((RejectKind::NotNews, "not a text")),
            ),
            (
                b"7z\xbc\xaf\x27\x1c\0\x04",
                "",
                Some((RejectKind::Unsupported, "7z archives are not read")),
            ),
            (b"BMW said it would wait.", "", None),
            (b"MZ the rapper spoke.", "txt", None),
            (b"", "", None),
        ] {
            let head = Head { bytes, extension };
            assert_eq!(
                by_content(&head),
                expected,
                "{}",
                String::from_utf8_lossy(bytes)
            );
        }
    }

    #[test]
    fn names_tell_style_sheets_and_scripts() {
        let named = |extension| {
            by_name(&Head {
                bytes: b"a",
                extension,
            })
        };
        assert_eq!(named("css"), Some((RejectKind::NotNews, "a style sheet")));
        assert_eq!(named("js"), Some((RejectKind::NotNews, "a script")));
        assert_eq!(named("txt"), None);
    }
}
