use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What a JSON object says about an article, whatever names it uses.
#[derive(Debug, Default)]
pub(crate) struct JsonRecord {
    pub(crate) id: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) lang: Option<String>,
}

/// The keys that are read, each with its rank among those that mean the same: the lowest wins.
#[derive(serde::Deserialize)]
#[serde(field_identifier)]
enum Key {
    #[serde(rename = "id")]
    Id,
    #[serde(rename = "text")]
    Text,
    #[serde(rename = "body")]
    Body,
    #[serde(rename = "content")]
    Content,
    #[serde(rename = "title", alias = "headline")]
    Title,
    #[serde(rename = "date")]
    Date,
    #[serde(
        rename = "published",
        alias = "published_at",
        alias = "publishedAt",
        alias = "date_published",
        alias = "datePublished",
        alias = "publish_date",
        alias = "publishDate",
        alias = "published_date",
        alias = "publication_date",
        alias = "pubDate",
        alias = "date_publish"
    )]
    Published,
    #[serde(rename = "author", alias = "authors", alias = "byline")]
    Author,
    #[serde(rename = "source", alias = "publisher", alias = "outlet")]
    Source,
    #[serde(rename = "url", alias = "link")]
    Url,
    #[serde(rename = "lang", alias = "language")]
    Lang,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for JsonRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = JsonRecord;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonRecord, A::Error> {
        let mut record = JsonRecord::default();
        let (mut body, mut content, mut published) = (None, None, None);
        while let Some(key) = map.next_key::<Key>()? {
            let (slot, trim) = match key {
                Key::Id => (&mut record.id, true),
                Key::Text => (&mut record.text, false),
                Key::Body => (&mut body, false),
                Key::Content => (&mut content, false),
                Key::Title => (&mut record.title, true),
                Key::Date => (&mut record.date, true),
                Key::Published => (&mut published, true),
                Key::Author => (&mut record.author, true),
                Key::Source => (&mut record.source, true),
                Key::Url => (&mut record.url, true),
                Key::Lang => (&mut record.lang, true),
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            let Loose(value) = map.next_value()?;
            if let Some(value) = value {
                *slot = if trim { trimmed(value) } else { filled(value) };
            }
        }
        record.text = record.text.or(body).or(content);
        record.date = record.date.or(published);
        Ok(record)
    }
}

fn filled(value: String) -> Option<String> {
    (!value.trim_start().is_empty()).then_some(value)
}

fn trimmed(value: String) -> Option<String> {
    let inner = value.trim();
    if inner.len() == value.len() {
        return filled(value);
    }
    filled(inner.to_owned())
}

/// A text, or what stands for one: a number, a list of texts, an object with a name.
struct Loose(Option<String>);

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor).map(Loose)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut all = String::new();
        while let Some(Loose(item)) = list.next_element()? {
            let Some(item) = item.filter(|item| !item.is_empty()) else {
                continue;
            };
            if !all.is_empty() {
                all.push_str(", ");
            }
            all.push_str(&item);
        }
        Ok(filled(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut name = None;
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            if matches!(&*key, "name" | "title") && name.is_none() {
                name = map.next_value::<Loose>()?.0;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(name)
    }
}
