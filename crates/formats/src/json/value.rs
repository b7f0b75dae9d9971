//! Texts out of JSON values that are none: lists, objects with a name, numbers.

use serde_json::Value;

use crate::Field;
use crate::names::Usual;

/// Keys of objects that stand for a text, most telling first: WordPress says `rendered`, the New York Times
/// `main` and `original`, MongoDB `$date` and `$oid`.
const INNER: [&str; 14] = [
    "rendered",
    "value",
    "name",
    "main",
    "original",
    "title",
    "text",
    "content",
    "#text",
    "$t",
    "@value",
    "$date",
    "$numberLong",
    "$oid",
];

/// Returns the text that stands in a value for a field, and whether it is HTML.
pub(crate) fn text_of(value: &Value, usual: Usual) -> Option<(String, bool)> {
    let (text, html) = match value {
        Value::String(text) => (text.clone(), usual.html),
        Value::Number(number) => (number.to_string(), usual.html),
        Value::Null | Value::Bool(_) => return None,
        Value::Array(list) => {
            let mut items = list.iter().filter_map(|item| text_of(item, usual));
            // ninjs repeats a headline or body in several forms.
            let forms = list
                .first()
                .is_some_and(|first| first.get("contenttype").is_some());
            if forms || usual.field == Field::Title {
                return items.next();
            }
            let joint = if usual.field == Field::Text {
                "\n"
            } else {
                ", "
            };
            let mut all = items.next()?;
            for (text, html) in items {
                all.0.push_str(joint);
                all.0.push_str(&text);
                all.1 |= html;
            }
            all
        }
        Value::Object(object) => {
            let is_body = matches!(object.get("@type"), Some(Value::String(kind)) if kind.contains("Organization"));
            if usual.field == Field::Author && is_body {
                return None;
            }
            let (key, inner) = INNER
                .iter()
                .find_map(|key| object.get(*key).map(|inner| (*key, inner)))?;
            let typed = object.get("contenttype").and_then(Value::as_str);
            let (text, html) = text_of(inner, usual)?;
            let html = html || key == "rendered" || typed.is_some_and(|kind| kind.contains("html"));
            (text, html)
        }
    };
    (!text.trim_start().is_empty()).then_some((text, html))
}

/// Returns what lies at a path such as `data.body` or `authors.0.name`; a key may hold dots itself.
pub(super) fn at_path<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let step = |value: &'a Value, key: &str| match value {
        Value::Object(object) => object.get(key),
        Value::Array(list) => list.get(key.parse::<usize>().ok()?),
        _ => None,
    };
    if let Some(found) = step(value, path) {
        return Some(found);
    }
    path.match_indices('.').find_map(|(at, dot)| {
        let (key, rest) = path.split_at_checked(at)?;
        at_path(step(value, key)?, rest.strip_prefix(dot)?)
    })
}
