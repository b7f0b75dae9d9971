//! What the start of a file says of all its records.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

use super::tree::{Element, Tree};
use crate::cut::behind_first;
use crate::decode::decode;

/// What holds for a record because of what stands around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct XmlContext {
    /// The encoding that the file states.
    pub(crate) encoding: Option<&'static Encoding>,
    /// Declared prefixes, the innermost last.
    pub(super) spaces: Vec<(String, &'static str)>,
    /// Entities that the document declares.
    pub(super) entities: Vec<(String, String)>,
    /// The address that relative ones are relative to.
    pub(crate) base: Option<String>,
    /// The language.
    pub(crate) lang: Option<String>,
}

impl XmlContext {
    /// Reads the start of a file: the context of its records, which are elements of these names, and its tree.
    pub(crate) fn read(head: &[u8], records: &[&str]) -> (Self, Tree) {
        let mut context = Self {
            encoding: declared(head),
            ..Self::default()
        };
        let text = context.decode(head);
        let tree = Tree::read(&text, &context);
        context.entities.clone_from(&tree.entities);
        let root = tree.root();
        let record = tree
            .top()
            .descendants()
            .find(|element| records.contains(&element.name()));
        let around = match record {
            Some(record) => record.parent(),
            None => root,
        };
        context.look_around(around);
        (context, tree)
    }

    /// Notes what an element and those around it say.
    fn look_around(&mut self, inner: Option<Element<'_>>) {
        let mut around = Vec::new();
        let mut element = inner;
        while let Some(next) = element {
            element = next.parent();
            around.push(next);
        }
        for element in around.iter().rev() {
            for (name, value) in element.attributes() {
                let prefix = match name {
                    "xmlns" => "",
                    _ => match name.strip_prefix("xmlns:") {
                        Some(prefix) => prefix,
                        None => continue,
                    },
                };
                self.spaces
                    .push((prefix.to_owned(), super::space::space(value)));
            }
        }
        if let Some(inner) = inner {
            self.base = base(inner, None);
            self.lang = lang(inner).map(ToOwned::to_owned);
        }
    }

    /// Makes text of a record: in the encoding that the file states, unless the bytes speak against it.
    pub(crate) fn decode<'a>(&self, record: &'a [u8]) -> Cow<'a, str> {
        match self.encoding {
            Some(encoding) if !lies(encoding, record) => {
                encoding.decode_without_bom_handling(record).0
            }
            _ => decode(record),
        }
    }
}

/// Tells whether a record cannot be of the encoding that its file states. Files that say windows-1252 and are
/// UTF-8 are legion, and a text of windows-1252 is hardly ever valid UTF-8 by chance.
fn lies(encoding: &'static Encoding, record: &[u8]) -> bool {
    if encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE {
        return true;
    }
    encoding.is_single_byte() && !record.is_ascii() && std::str::from_utf8(record).is_ok()
}

/// Returns the encoding in the XML declaration.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let start = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let shown = start.get(..400).unwrap_or(start);
    let declaration = shown.get(..memmem::find(shown, b"?>")?)?;
    let value = behind_first(declaration, b"encoding")?
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let (quote, value) = value.split_first()?;
    let end = value.iter().position(|byte| byte == quote)?;
    Encoding::for_label(value.get(..end)?)
}

/// Returns the address that relative ones inside an element are relative to; `outer` is that of the document.
pub(crate) fn base(element: Element<'_>, outer: Option<&str>) -> Option<String> {
    let mut bases = Vec::new();
    let mut next = Some(element);
    while let Some(element) = next {
        bases.extend(element.attribute("xml:base"));
        next = element.parent();
    }
    let mut base: Option<url::Url> = outer.and_then(|outer| outer.parse().ok());
    for inner in bases.into_iter().rev() {
        let joined = match &base {
            Some(outer) => outer.join(inner),
            None => inner.parse(),
        };
        base = joined.ok().or(base);
    }
    base.map(String::from)
}

/// Returns the language that is stated for an element.
pub(crate) fn lang(element: Element<'_>) -> Option<&str> {
    let mut next = Some(element);
    while let Some(element) = next {
        if let Some(lang) = element.attribute("xml:lang") {
            return Some(lang);
        }
        next = element.parent();
    }
    None
}
