//! Bytes to text, whatever their encoding.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_16BE, UTF_16LE};

/// Makes text of bytes: by their byte order mark, as UTF-8, or in the encoding they look most like. Never
/// fails; what cannot be decoded becomes U+FFFD.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode_with_bom_removal(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if damaged_utf8(bytes) => String::from_utf8_lossy(bytes),
        Err(_) => detect(bytes).decode_without_bom_handling(bytes).0,
    }
}

/// Returns the encoding that the start of a file looks most like, unless that is UTF-8.
pub(crate) fn encoding_of(head: &[u8]) -> Option<&'static Encoding> {
    match std::str::from_utf8(head) {
        Ok(_) => None,
        // The last character may be cut through.
        Err(error) if error.error_len().is_none() => None,
        Err(_) if damaged_utf8(head) => None,
        Err(_) => Some(detect(head)),
    }
}

/// Makes text of a web page: by its byte order mark, as UTF-8 if that is what it is, in the encoding that its HTTP
/// header or its own first bytes name, or in the one it looks most like. Pages that call themselves UTF-8 and
/// are not are among the last.
pub(crate) fn decode_page<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if Encoding::for_bom(bytes).is_some() {
        return decode(bytes);
    }
    let named = content_type
        .and_then(|value| charset(value.as_bytes()))
        .or_else(|| charset_of_page(bytes))
        .filter(|encoding| !matches!(encoding.name(), "UTF-8" | "UTF-16LE" | "UTF-16BE"));
    match named {
        // Seven bits that are no ASCII.
        Some(encoding) if encoding == ISO_2022_JP => encoding.decode_without_bom_handling(bytes).0,
        Some(encoding) if std::str::from_utf8(bytes).is_err() && !damaged_utf8(bytes) => {
            encoding.decode_without_bom_handling(bytes).0
        }
        _ => decode(bytes),
    }
}

/// Returns the encoding that a page's meta element names: `<meta charset=…>` or a content type.
fn charset_of_page(bytes: &[u8]) -> Option<&'static Encoding> {
    /// Browsers look at 1,024 bytes; pages put scripts before it.
    const HEAD: usize = 4096;
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    memchr::memchr_iter(b'<', head)
        .filter_map(|at| head.get(at..))
        .filter(|tag| {
            let name = tag.get(1..5);
            name.is_some_and(|name| name.eq_ignore_ascii_case(b"meta"))
        })
        .find_map(|tag| {
            let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
            charset(tag.get(..end)?)
        })
}

/// Returns the encoding behind `charset=`.
fn charset(value: &[u8]) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let named = memchr::memmem::find(&lower, b"charset")?;
    let rest = lower
        .get(named..)?
        .strip_prefix(b"charset")?
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let rest = rest
        .strip_prefix(b"\"")
        .or(rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let is_end = |byte: &u8| matches!(byte, b'"' | b'\'' | b' ' | b';' | b'/' | b'>' | b',');
    Encoding::for_label(rest.split(is_end).next()?)
}

/// Returns the encoding of two bytes a character that the first bytes announce.
pub(crate) fn wide(head: &[u8]) -> Option<&'static Encoding> {
    // XML without the mark.
    match head {
        [b'<', 0, b'?' | b'!' | b'a'..=b'z', 0, ..] => return Some(UTF_16LE),
        [0, b'<', 0, b'?' | b'!' | b'a'..=b'z', ..] => return Some(UTF_16BE),
        _ => {}
    }
    let (encoding, _) = Encoding::for_bom(head)?;
    [UTF_16LE, UTF_16BE]
        .into_iter()
        .find(|&wide| wide == encoding)
}

/// Tells whether most of what is not ASCII is valid UTF-8: a broken download, not another encoding.
fn damaged_utf8(bytes: &[u8]) -> bool {
    let valid = bytes
        .utf8_chunks()
        .flat_map(|chunk| chunk.valid().chars())
        .filter(|char| !char.is_ascii())
        .count();
    let broken = |chunk: &std::str::Utf8Chunk<'_>| !chunk.invalid().is_empty();
    valid > bytes.utf8_chunks().filter(broken).count()
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GBK, SHIFT_JIS, UTF_8, WINDOWS_1251, WINDOWS_1252};

    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let russian = "Президент заявил, что встреча не состоится на этой неделе.";
        let japanese = "大統領は「会談は予定されていない」と記者団に語った。";
        let chinese = "总统星期五在白宫告诉记者，这次会晤不在行程之中。";
        let french = "« Ce n’est pas prévu », a déclaré le président à l’Élysée.";
        for (encoding, text) in [
            (UTF_8, russian),
            (WINDOWS_1251, russian),
            (SHIFT_JIS, japanese),
            (GBK, chinese),
            (WINDOWS_1252, french),
        ] {
            let (bytes, _, lossy) = encoding.encode(text);
            assert!(!lossy);
            assert_eq!(decode(&bytes), text, "{}", encoding.name());
        }
    }

    #[test]
    fn pages_name_their_encoding() {
        let text = "Žluťoučký kůň";
        let (latin2, _, _) = encoding_rs::ISO_8859_2.encode(text);
        let page = |head: &str, body: &[u8]| [head.as_bytes(), body].concat();
        for (bytes, content_type) in [
            (page("", &latin2), Some("text/html; charset=ISO-8859-2")),
            (page("<head><META charset='iso-8859-2'>", &latin2), None),
            (
                page(
                    "<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\" />",
                    &latin2,
                ),
                None,
            ),
            (
                page("<meta charset=iso-8859-2>", text.as_bytes()),
                Some("text/html;charset=latin1"),
            ),
            (page("<meta charset=utf-8>", text.as_bytes()), None),
            (
                page("\u{feff}<meta charset=iso-8859-2>", text.as_bytes()),
                None,
            ),
            (
                page("<meta charset=nonsense>", text.as_bytes()),
                Some("text/html"),
            ),
        ] {
            let decoded = decode_page(&bytes, content_type);
            assert!(decoded.ends_with(text), "{decoded}");
        }
        let lying = page(
            "<meta charset=utf-8>",
            b"El ni\xF1o dijo que ma\xF1ana no estar\xE1 aqu\xED, seg\xFAn el se\xF1or.",
        );
        assert!(
            decode_page(&lying, None)
                .ends_with("El niño dijo que mañana no estará aquí, según el señor.")
        );
        let japanese = encoding_rs::ISO_2022_JP.encode("日本").0.into_owned();
        assert_eq!(
            decode_page(&japanese, Some("text/html; charset=iso-2022-jp")),
            "日本"
        );
    }

    #[test]
    fn byte_order_marks_go() {
        assert_eq!(decode(b"\xEF\xBB\xBFyes"), "yes");
        assert_eq!(decode(b"\xFF\xFEy\0\xE9\0"), "yé");
        assert_eq!(decode(b"\xFE\xFF\0y\0\xE9"), "yé");
    }

    #[test]
    fn a_broken_byte_does_not_turn_a_text_into_another_encoding() {
        let text = decode("“Yes” — “no” \u{e9}".as_bytes());
        assert_eq!(text, "“Yes” — “no” é");
        let mut bytes = "“Yes” — “no”".as_bytes().to_vec();
        bytes.truncate(bytes.len() - 1);
        assert_eq!(decode(&bytes), "“Yes” — “no\u{fffd}");
    }
}
