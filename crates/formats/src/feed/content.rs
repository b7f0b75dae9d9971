//! Texts out of elements that say, or do not say, how they are written.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use memchr::memchr;

use crate::decode::decode;
use crate::fields::looks_like_html;
use crate::html::fragment_text;
use crate::xml::Element;

/// Returns the text of an element, a line a paragraph.
pub(super) fn paragraphs(element: Element<'_>) -> String {
    let (text, html) = raw(element);
    if html {
        fragment_text(&text)
    } else {
        plain_paragraphs(&text)
    }
}

/// Returns the text of an element in one line.
pub(super) fn line(element: Element<'_>) -> String {
    let (text, html) = raw(element);
    let text = if html { fragment_text(&text) } else { text };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what is inside an element, and whether it is HTML.
fn raw(element: Element<'_>) -> (String, bool) {
    let kind = element
        .attribute("type")
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    // The xhtml:div of Atom, and markup that somebody forgot to escape.
    if element.children().next().is_some() {
        return (element.inner_html(), true);
    }
    let text = element.text();
    if is_base64(element, &kind) {
        let signs: String = text.split_whitespace().collect();
        if let Ok(bytes) = BASE64.decode(signs) {
            return (decode(&bytes).into_owned(), true);
        }
    }
    let html = match kind.as_str() {
        "text" | "text/plain" => false,
        "html" | "xhtml" | "text/html" | "application/xhtml+xml" => true,
        _ => looks_like_html(&text) || has_markup(&text),
    };
    (text, html)
}

/// Tells whether a text is encoded: Atom 0.3 says so, and Atom 1.0 means all that is neither text nor XML.
fn is_base64(element: Element<'_>, kind: &str) -> bool {
    let mode = element.attribute("mode").unwrap_or_default();
    mode.eq_ignore_ascii_case("base64")
        || mode.is_empty()
            && kind.contains('/')
            && !kind.starts_with("text/")
            && !kind.ends_with("xml")
}

/// Tells whether a text has an entity, a comment or any tag: what is escaped twice is HTML.
fn has_markup(text: &str) -> bool {
    let entity = memchr(b'&', text.as_bytes()).is_some_and(|_| {
        text.match_indices('&').any(|(at, _)| {
            let rest = text.get(at.saturating_add(1)..).unwrap_or_default();
            let behind =
                rest.trim_start_matches(|char: char| char.is_ascii_alphanumeric() || char == '#');
            let length = rest.len().saturating_sub(behind.len());
            (2..=10).contains(&length) && behind.starts_with(';')
        })
    });
    entity
        || text.match_indices('<').any(|(at, _)| {
            let rest = text.get(at.saturating_add(1)..).unwrap_or_default();
            let rest = rest.trim_start_matches('/');
            let letters = rest.trim_start_matches(|char: char| char.is_ascii_alphanumeric());
            rest.starts_with(|char: char| char.is_ascii_alphabetic())
                && letters.contains('>')
                && letters.starts_with(['>', ' ', '/', '\n'])
        })
}

/// Returns the paragraphs of a text without markup, a line each: they are set apart by blank lines, or end with a
/// sentence.
pub(crate) fn plain_paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            blank = true;
            continue;
        }
        if !out.is_empty() {
            let wrapped = !blank && !ends_sentence(&out);
            out.push(if wrapped { ' ' } else { '\n' });
        }
        out.push_str(line);
        blank = false;
    }
    out
}

fn ends_sentence(text: &str) -> bool {
    let closing = |char: char| {
        matches!(
            char,
            '”' | '"' | '’' | '\'' | ')' | ']' | '»' | '“' | '」' | '』'
        )
    };
    text.trim_end_matches(closing)
        .ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '।', '؟'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_without_markup_are_lines() {
        for (text, expected) in [
            ("  one\n two\n\n three ", "one two\nthree"),
            ("“One,” she said.\nTwo.", "“One,” she said.\nTwo."),
            ("\n", ""),
        ] {
            assert_eq!(plain_paragraphs(text), expected);
        }
    }

    #[test]
    fn markup_is_told_from_signs() {
        for (text, expected) in [
            ("a &amp; b", true),
            ("<b>x</b>", true),
            ("a < b > c", false),
            ("R&D; and", false),
            ("history of the <blink> tag", true),
            ("x", false),
        ] {
            assert_eq!(has_markup(text), expected, "{text}");
        }
    }
}
