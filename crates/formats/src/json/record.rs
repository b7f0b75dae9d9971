//! What a JSON object says about an article, whatever names it uses.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor, value,
};
use serde_json::Value;

use super::value::{at_path, text_of};
use crate::FieldMap;
use crate::fields::Draft;
use crate::names::{Usual, usual};

/// Keys of objects that hold a record's fields when it has no text of its own: Elasticsearch, the Guardian,
/// JSON:API, exports of GraphQL.
const INNER: [&str; 9] = [
    "_source",
    "attributes",
    "fields",
    "article",
    "document",
    "doc",
    "node",
    "post",
    "data",
];

/// Reads a record.
///
/// # Errors
/// When it is no JSON object.
pub(super) fn read(record: &str, map: &FieldMap) -> serde_json::Result<Draft> {
    if map.is_empty() {
        let UsualRecord(draft) = serde_json::from_str(record)?;
        if draft.fields.text.is_some() {
            return Ok(draft);
        }
    }
    let value: serde_json::Map<String, Value> = serde_json::from_str(record)?;
    let value = Value::Object(value);
    let mut draft = Draft::default();
    for (field, path) in map.iter() {
        let named = Usual::named(field);
        if let Some((text, html)) = at_path(&value, path).and_then(|value| text_of(value, named)) {
            draft.offer(Usual { html, ..named }, text);
        }
    }
    offer_all(&mut draft, &value, map);
    if draft.fields.text.is_none() {
        for inner in INNER.iter().filter_map(|key| value.get(key)) {
            offer_all(&mut draft, inner, map);
        }
    }
    Ok(draft)
}

/// Offers the values of an object under their usual names.
fn offer_all(draft: &mut Draft, value: &Value, map: &FieldMap) {
    for (key, value) in value.as_object().into_iter().flatten() {
        let Some(usual) = usual(key).filter(|usual| map.get(usual.field).is_none()) else {
            continue;
        };
        if let Some((text, html)) = text_of(value, usual) {
            draft.offer(Usual { html, ..usual }, text);
        }
    }
}

/// A record read by its usual names alone, without keeping the rest.
struct UsualRecord(Draft);

impl<'de> Deserialize<'de> for UsualRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = UsualRecord;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UsualRecord, A::Error> {
        let mut draft = Draft::default();
        while let Some(Key(usual)) = map.next_key()? {
            let Some(usual) = usual else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if let Some((text, html)) = map.next_value_seed(Text(usual))? {
                draft.offer(Usual { html, ..usual }, text);
            }
        }
        Ok(UsualRecord(draft))
    }
}

struct Key(Option<Usual>);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, key: &str) -> Result<Key, E> {
                Ok(Key(usual(key)))
            }
        }
        deserializer.deserialize_identifier(KeyVisitor)
    }
}

/// Reads a text, or what stands for one.
struct Text(Usual);

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Option<(String, bool)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Option<(String, bool)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some((value.to_owned(), self.0.html)))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some((value, self.0.html)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some((value.to_string(), false)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some((value.to_string(), false)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some((value.to_string(), false)))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        let value = Value::deserialize(value::SeqAccessDeserializer::new(list))?;
        Ok(text_of(&value, self.0))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let value = Value::deserialize(value::MapAccessDeserializer::new(map))?;
        Ok(text_of(&value, self.0))
    }
}
