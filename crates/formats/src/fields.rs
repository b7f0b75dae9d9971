//! From the fields of a record to an article.

use whosaid_model::{Article, DateOrigin, Published};

use crate::cut::behind;
use crate::date::dateline::infer_date;
use crate::format::Origin;
use crate::html::fragment_text;
use crate::names::Usual;
use crate::{DateReader, Field, Reject, RejectKind};

/// What a record says about an article, as it says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    pub(crate) id: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) lang: Option<String>,
}

impl Fields {
    /// Returns the place of a field's value.
    pub(crate) fn slot(&mut self, field: Field) -> &mut Option<String> {
        match field {
            Field::Title => &mut self.title,
            Field::Text => &mut self.text,
            Field::Date => &mut self.date,
            Field::Author => &mut self.author,
            Field::Source => &mut self.source,
            Field::Url => &mut self.url,
            Field::Id => &mut self.id,
            Field::Lang => &mut self.lang,
        }
    }

    /// Makes an article of them; `missing` says that there is no text.
    pub(crate) fn into_article(
        self,
        origin: &Origin<'_>,
        missing: impl FnOnce() -> String,
    ) -> Result<Article, Reject> {
        let Some(text) = self.text.filter(|text| !text.trim_start().is_empty()) else {
            return Err(origin.reject(RejectKind::Empty, missing(), 0));
        };
        let mut notes = Vec::new();
        let published = match line(self.date) {
            Some(date) => {
                let reader = DateReader::new()
                    .lang(self.lang.as_deref())
                    .address(self.url.as_deref())
                    .not_after(origin.options.not_after);
                read_date(&date, &reader, &mut notes)
            }
            None => infer_date(&text),
        };
        Ok(Article {
            place: origin.place(),
            external_id: line(self.id),
            url: line(self.url),
            source: line(self.source),
            title: line(self.title),
            author: line(self.author),
            published,
            lang: line(self.lang),
            text,
            notes,
        })
    }
}

/// Fields gathered from values that may say the same thing twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) fields: Fields,
    /// The rank of each value that was taken.
    ranks: [u8; Field::ALL.len()],
    /// The text is HTML.
    html: bool,
}

impl Draft {
    /// Takes a value if it is not blank and none of a lower or the same rank was taken for its field.
    pub(crate) fn offer(&mut self, usual: Usual, value: String) {
        let Some(rank) = self.ranks.get_mut(usual.field as usize) else {
            return;
        };
        let slot = self.fields.slot(usual.field);
        if slot.is_some() && *rank <= usual.rank || value.trim_start().is_empty() {
            return;
        }
        *rank = usual.rank;
        if usual.field == Field::Text {
            // What is given as `text` is the text, so that offsets into it hold.
            self.html = usual.html || usual.rank > 0 && looks_like_html(&value);
        }
        *slot = Some(if usual.html && usual.field == Field::Title {
            fragment_text(&value)
        } else {
            value
        });
    }

    /// Makes an article of what was taken; `missing` says that there is no text.
    pub(crate) fn into_article(
        mut self,
        origin: &Origin<'_>,
        missing: impl FnOnce() -> String,
    ) -> Result<Article, Reject> {
        if self.html {
            self.fields.text = self.fields.text.map(|html| fragment_text(&html));
        }
        self.fields.into_article(origin, missing)
    }
}

/// Tells whether a text has the tags of paragraphs.
pub(crate) fn looks_like_html(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).any(|at| {
        let tag = behind(bytes, at.saturating_add(1));
        let tag = tag.strip_prefix(b"/").unwrap_or(tag);
        let length = tag.iter().position(|byte| !byte.is_ascii_alphabetic());
        let Some((name, [b'>' | b' ' | b'/', ..])) =
            length.and_then(|length| tag.split_at_checked(length))
        else {
            return false;
        };
        TAGS.iter().any(|known| name.eq_ignore_ascii_case(known))
    })
}

/// Tags that text without markup does not have.
const TAGS: [&[u8]; 9] = [
    b"p",
    b"br",
    b"div",
    b"span",
    b"blockquote",
    b"strong",
    b"em",
    b"ul",
    b"img",
];

/// Reads the date that a field states, or notes that it is none.
pub(crate) fn read_date(
    date: &str,
    reader: &DateReader<'_>,
    notes: &mut Vec<String>,
) -> Option<Published> {
    let stated = reader.read(date);
    if stated.is_none() {
        let mut shown: String = date.chars().take(60).collect();
        if shown.len() < date.len() {
            shown.push('…');
        }
        notes.push(format!(
            "no date can be read from “{shown}”; the article is undated"
        ));
    }
    stated.map(|date| date.published(DateOrigin::Header))
}

/// Returns a value in one line, without blanks around it, if there is anything in it.
pub(crate) fn line(value: Option<String>) -> Option<String> {
    let value = value?;
    let inner = value.trim();
    if inner.is_empty() {
        return None;
    }
    if inner
        .bytes()
        .any(|byte| matches!(byte, b'\n' | b'\r' | b'\t'))
    {
        let words: Vec<&str> = inner.split_whitespace().collect();
        return Some(words.join(" "));
    }
    if inner.len() == value.len() {
        return Some(value);
    }
    Some(inner.to_owned())
}
