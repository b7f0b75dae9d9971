//! JSON-LD, as pages have it: broken in many ways.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// Deepest nesting of objects that is looked at.
const DEPTH: usize = 6;

/// The types of objects that are an article, surest first.
const ARTICLES: [&str; 3] = ["newsarticle", "article", "posting"];

/// Reads all objects of a page's blocks, those inside `@graph` and lists too, in order.
pub(super) fn objects(blocks: &[String]) -> Vec<Map<String, Value>> {
    let mut all = Vec::new();
    for block in blocks {
        for value in values(block) {
            flatten(value, 0, &mut all);
        }
    }
    all
}

fn flatten(value: Value, depth: usize, all: &mut Vec<Map<String, Value>>) {
    if depth > DEPTH || all.len() > 400 {
        return;
    }
    match value {
        Value::Array(values) => {
            for value in values {
                flatten(value, depth.saturating_add(1), all);
            }
        }
        Value::Object(mut object) => {
            let graph = object.remove("@graph");
            let entity = object
                .get("mainEntity")
                .filter(|entity| entity.is_object())
                .cloned();
            all.push(object);
            for inner in [graph, entity].into_iter().flatten() {
                flatten(inner, depth.saturating_add(1), all);
            }
        }
        _ => {}
    }
}

/// Parses a block; a broken one is mended, and read again.
fn values(block: &str) -> Vec<Value> {
    let block = unwrapped(block);
    if let Ok(value) = serde_json::from_str(block) {
        return vec![value];
    }
    let mended = mended(block);
    serde_json::Deserializer::from_str(&mended)
        .into_iter::<Value>()
        .map_while(Result::ok)
        .collect()
}

/// Takes comments and CDATA marks off a block.
fn unwrapped(block: &str) -> &str {
    let mut block = block.trim();
    for (open, close) in [
        ("<!--", "-->"),
        ("//<![CDATA[", "//]]>"),
        ("<![CDATA[", "]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("//", "//"),
    ] {
        if let Some(inner) = block.strip_prefix(open) {
            block = inner.trim();
            block = block.strip_suffix(close).unwrap_or(block).trim();
        }
    }
    block
        .trim_start_matches('\u{feff}')
        .trim_end_matches(';')
        .trim()
}

/// Mends what writers of templates break: line breaks inside strings, wrong escapes, commas before a closing
/// bracket or doubled.
fn mended(block: &str) -> String {
    let mut text = String::with_capacity(block.len());
    let mut in_string = false;
    let mut chars = block.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' if in_string => {
                if let Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') = chars.peek() {
                    text.push('\\');
                    text.extend(chars.next());
                }
            }
            '"' if in_string => {
                // A mark that nothing of JSON's grammar follows is a mark of the text.
                let rest = chars.clone().find(|char| !char.is_whitespace());
                if matches!(rest, None | Some(',' | ':' | '}' | ']')) {
                    in_string = false;
                    text.push('"');
                } else {
                    text.push_str("\\\"");
                }
            }
            '"' => {
                in_string = true;
                text.push('"');
            }
            char if in_string && char.is_control() => text.push(' '),
            ',' if !in_string => {
                let next = chars.clone().find(|char| !char.is_whitespace());
                if !matches!(next, Some('}' | ']' | ',') | None) {
                    text.push(',');
                }
            }
            char => text.push(char),
        }
    }
    text
}

/// The object that is the page's article: of the surest type; of those the first.
pub(super) fn article(objects: &[Map<String, Value>]) -> Option<&Map<String, Value>> {
    let rank = |object: &Map<String, Value>| {
        let types = types(object);
        ARTICLES
            .iter()
            .position(|kind| types.iter().any(|own| own.contains(kind)))
            .or_else(|| {
                let report = [
                    "report",
                    "review",
                    "liveblog",
                    "recipe",
                    "webpage",
                    "videoobject",
                ];
                let other = report
                    .iter()
                    .position(|kind| types.iter().any(|own| own.contains(kind)))?;
                ARTICLES.len().checked_add(other)
            })
    };
    objects
        .iter()
        .filter_map(|object| Some((rank(object)?, object)))
        .min_by_key(|(rank, object)| (*rank, !object.contains_key("datePublished")))
        .map(|(_, object)| object)
}

/// The types of an object, in small letters.
pub(super) fn types(object: &Map<String, Value>) -> Vec<String> {
    let one = |value: &Value| value.as_str().map(str::to_lowercase);
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The text of a value: itself, or the name or text of the object that stands for it, or of the first of a list.
pub(super) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text.as_str())),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Array(values) => values.iter().find_map(text),
        Value::Object(object) => ["@value", "name", "@id", "url"]
            .iter()
            .find_map(|key| object.get(*key)?.as_str())
            .map(Cow::Borrowed),
        _ => None,
    }
}
