//! Bytes to text, whatever their encoding.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Makes text of bytes: by their byte order mark, as UTF-8, or in the encoding they look most like. Never
/// fails; what cannot be decoded becomes U+FFFD.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0;
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
    let mut valid = 0;
    let mut invalid = 0;
    for chunk in bytes.utf8_chunks() {
        valid += chunk
            .valid()
            .chars()
            .filter(|char| !char.is_ascii())
            .count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid > invalid
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
