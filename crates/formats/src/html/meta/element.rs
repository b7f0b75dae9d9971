//! What an element says of itself.

use dom_query::{NodeData, NodeRef};

/// Bytes of a value, at most; JSON-LD may hold a whole article.
const LONGEST: usize = 1000;
/// Nodes below an element whose text is looked at.
const WITHIN: usize = 400;
/// Bytes of the text of an element that is looked at.
pub(super) const SHOWN: usize = 240;

/// What matters about an element.
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) hints: String,
    attrs: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attrs.iter().find(|(own, _)| own == name)?;
        let value = value.trim();
        (!value.is_empty()).then_some(value)
    }
}

pub(super) fn tag(node: &NodeRef<'_>) -> Option<Tag> {
    node.query(|inner| {
        let NodeData::Element(element) = &inner.data else {
            return None;
        };
        let mut tag = Tag {
            name: element.name.local.to_string(),
            hints: String::new(),
            attrs: Vec::new(),
        };
        for attr in element.attrs.iter().take(24) {
            let name: &str = &attr.name.local;
            let value: &str = &attr.value;
            if matches!(
                name,
                "class" | "id" | "rel" | "itemprop" | "property" | "data-testid" | "data-qa"
            ) {
                tag.hints.push_str(&clipped(value, 160).to_lowercase());
                tag.hints.push(' ');
            }
            if matches!(
                name,
                "itemprop"
                    | "rel"
                    | "name"
                    | "property"
                    | "content"
                    | "http-equiv"
                    | "datetime"
                    | "href"
                    | "type"
                    | "lang"
                    | "xml:lang"
                    | "title"
                    | "pubdate"
                    | "itemtype"
                    | "data-time"
                    | "data-date"
                    | "data-datetime"
                    | "data-timestamp"
                    | "data-published"
                    | "data-publish-date"
                    | "data-utime"
                    | "timestamp"
                    | "date"
                    | "value"
                    | "data-author"
                    | "data-author-name"
                    | "hidden"
                    | "aria-label"
            ) {
                tag.attrs
                    .push((name.to_owned(), clipped(value, LONGEST).to_owned()));
            }
        }
        Some(tag)
    })?
}

pub(super) fn clipped(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

pub(super) fn is_aside(node: &NodeRef<'_>) -> bool {
    const WORDS: [&str; 22] = [
        "related",
        "sidebar",
        "comment",
        "recommend",
        "popular",
        "footer",
        "navigation",
        "nav-",
        "menu",
        "widget",
        "teaser",
        "trending",
        "newsletter",
        "promo",
        "outbrain",
        "taboola",
        "more-",
        "mostread",
        "most-read",
        "latest",
        "carousel",
        "breadcrumb",
    ];
    node.query(|inner| {
        let element = inner.as_element()?;
        let name: &str = &element.name.local;
        if matches!(name, "nav" | "aside" | "footer") {
            return Some(true);
        }
        if matches!(name, "html" | "body" | "main" | "article" | "h1" | "a") {
            return Some(false);
        }
        let named = element.attrs.iter().any(|attr| {
            let attr_name: &str = &attr.name.local;
            let value: &str = &attr.value;
            matches!(attr_name, "class" | "id") && value.len() < 300 && {
                let value = value.to_ascii_lowercase();
                WORDS.iter().any(|word| value.contains(word))
            }
        });
        Some(named)
    })
    .flatten()
    .unwrap_or(false)
}

/// The text below a node, words kept apart, cut short.
pub(super) fn text(node: &NodeRef<'_>) -> String {
    let mut all = String::new();
    for below in node.descendants_it().take(WITHIN) {
        if all.len() > SHOWN {
            break;
        }
        below.query(|inner| match &inner.data {
            NodeData::Text { contents } => {
                // `<span>National strike</span>Unions march` are words of two lines.
                let ends = all.ends_with(|end: char| end.is_lowercase() || end.is_ascii_digit());
                if ends && contents.starts_with(char::is_uppercase) {
                    all.push(' ');
                }
                all.push_str(contents);
            }
            NodeData::Element(element) => {
                let name: &str = &element.name.local;
                if !matches!(
                    name,
                    "a" | "b"
                        | "i"
                        | "em"
                        | "strong"
                        | "span"
                        | "abbr"
                        | "sup"
                        | "mark"
                        | "u"
                        | "font"
                ) {
                    all.push('\n');
                }
            }
            _ => {}
        });
    }
    fold(&all, SHOWN)
}

pub(super) fn fold(text: &str, most: usize) -> String {
    let mut folded = String::with_capacity(text.len().min(most));
    for word in text.split_whitespace() {
        if folded.len().saturating_add(word.len()) > most {
            break;
        }
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}
