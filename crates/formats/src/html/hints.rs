//! What the head of a page says about its text: headline, summary, and the text itself in JSON-LD.

use dom_query::Document;
use rustc_hash::FxHashSet;

use super::text::fragment_text;

/// Words of text, each as a hash; a CJK or Thai character is a word of its own.
pub(super) fn tokens(text: &str) -> Vec<u32> {
    let mut tokens = Vec::new();
    let mut hash = 0_u32;
    for char in text.chars() {
        if is_ideograph(char) {
            if hash != 0 {
                tokens.push(hash);
                hash = 0;
            }
            tokens.push(u32::from(char));
        } else if char.is_alphanumeric() {
            let start = if hash == 0 { 0x811c_9dc5 } else { hash };
            for char in char.to_lowercase() {
                hash = (start ^ u32::from(char)).wrapping_mul(0x0100_0193) | 1 << 31;
            }
        } else if hash != 0 {
            tokens.push(hash);
            hash = 0;
        }
    }
    if hash != 0 {
        tokens.push(hash);
    }
    tokens
}

/// Tells characters that are written without blanks between words.
pub(super) fn is_ideograph(char: char) -> bool {
    matches!(u32::from(char), 0xe00..=0xe7f | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff)
}

/// What the head of a page says about its text.
#[derive(Debug, Default)]
pub(super) struct Hints {
    pub(super) titles: Vec<Vec<u32>>,
    pub(super) summaries: Vec<Vec<u32>>,
    /// The text in JSON-LD, if any, a line a paragraph.
    pub(super) body: Option<String>,
    /// Each three words in a row of it.
    shingles: FxHashSet<[u32; 3]>,
    lines: FxHashSet<Vec<u32>>,
}

impl Hints {
    pub(super) fn read(document: &Document) -> Self {
        let mut hints = Self::default();
        for node in document.select("title, meta, script").nodes() {
            let Some(element) = node.element_ref() else {
                continue;
            };
            let name: &str = &element.name.local;
            match name {
                "title" => hints.titles.push(tokens(&node.text())),
                "meta" => {
                    let attribute = |name: &str| {
                        let found = element.attrs.iter().find(|attr| &*attr.name.local == name);
                        found.map_or("", |attr| &*attr.value)
                    };
                    let property = match attribute("property") {
                        "" => attribute("name"),
                        property => property,
                    };
                    match property {
                        "og:title" | "twitter:title" => {
                            hints.titles.push(tokens(attribute("content")));
                        }
                        "og:description" | "description" | "twitter:description" => {
                            hints.summaries.push(tokens(attribute("content")));
                        }
                        _ => {}
                    }
                }
                _ if hints.body.is_none() => {
                    drop(element);
                    hints.body = article_body(&node.text());
                }
                _ => {}
            }
        }
        hints.titles.retain(|title| !title.is_empty());
        hints.summaries.retain(|summary| summary.len() > 3);
        if let Some(body) = &hints.body {
            let words = tokens(body);
            hints.shingles = words.array_windows().copied().collect();
            hints.lines = body.lines().map(tokens).collect();
        }
        hints
    }

    /// Tells how much of a text stands in the JSON-LD text, from 0 to 1; `None` when there is no such text.
    pub(super) fn share(&self, words: &[u32]) -> Option<f32> {
        self.body.as_ref()?;
        if words.len() < 4 && self.lines.contains(words) {
            return Some(1.0);
        }
        let found = words
            .array_windows()
            .filter(|three| self.shingles.contains(*three))
            .count();
        Some(found as f32 / (words.len().saturating_sub(2)).max(1) as f32)
    }
}

/// Bytes of JSON-LD text, at least; shorter ones are teasers.
const SHORTEST: usize = 200;

/// Finds the value of `articleBody` in a script. Only that one string is read, since the rest is often not
/// valid JSON.
fn article_body(script: &str) -> Option<String> {
    let mut rest = script;
    loop {
        rest = rest.split_once("\"articleBody\"")?.1;
        let Some(value) = rest
            .trim_start()
            .strip_prefix(':')
            .and_then(|rest| rest.trim_start().strip_prefix('"'))
        else {
            continue;
        };
        let mut escaped = false;
        let end = value.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let (value, behind) = value.split_at_checked(end?)?;
        // Line breaks inside strings are common, and against the rules of JSON.
        let string: String = std::iter::once('"')
            .chain(value.chars().map(|char| {
                if char == '\n' || char == '\r' {
                    '\u{2028}'
                } else {
                    char
                }
            }))
            .filter(|char| !char.is_control())
            .chain(std::iter::once('"'))
            .collect();
        if let Ok(body) = serde_json::from_str::<String>(&string) {
            let body = body.replace('\u{2028}', "\n");
            let body = if body.contains('<') || body.contains('&') {
                fragment_text(&body.replace('\n', "<br>"))
            } else {
                body
            };
            if body.len() >= SHORTEST {
                return Some(body);
            }
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_found_in_broken_json() {
        let long = "word ".repeat(60);
        let script = format!("{{\"a\": oops, \"articleBody\" : \"One \\\"two\\\"\n{long}\", ");
        let body = article_body(&script).unwrap();
        assert!(body.starts_with("One \"two\"\nword word"), "{body}");
        assert_eq!(article_body("{\"articleBody\": \"short\"}"), None);
        assert_eq!(article_body("{\"articleBody\": [\"a\"]}"), None);
    }
}
