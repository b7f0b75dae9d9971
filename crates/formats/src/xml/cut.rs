//! Cuts elements out of XML by their tags.

use std::sync::Arc;

use memchr::{memchr, memchr3_iter, memmem};

use crate::common::Common;
use crate::cut::{Cutter, Mark, behind};

/// Bytes that are looked at to tell a tag.
const NAME: usize = 64;

/// Cuts the elements of some names; one inside another ends it, since a record whose end is missing would take
/// all others with it.
pub(crate) struct ElementCutter {
    /// Their names without prefix, in small letters.
    names: &'static [&'static str],
    common: Arc<Common>,
    place: Place,
    in_record: bool,
}

#[derive(Clone, Copy)]
enum Place {
    Text,
    Comment,
    CData,
    Instruction,
    /// A document type, with the square brackets that are open in it.
    Doctype(u32),
    Tag {
        kind: Kind,
        quote: Option<u8>,
        /// The byte before was a slash.
        slash: bool,
        /// The byte before, of those that are no blanks, was `=`.
        value: bool,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    RecordStart,
    RecordEnd,
    Other,
}

impl ElementCutter {
    pub(crate) fn new(names: &'static [&'static str], common: Common) -> Self {
        Self {
            names,
            common: Arc::new(common),
            place: Place::Text,
            in_record: false,
        }
    }

    /// Tells what starts at a `<`: the place behind it, and its length. `None` when more must be seen.
    fn markup(&self, bytes: &[u8], ended: bool) -> Option<(Place, usize)> {
        let tag = |kind| Place::Tag {
            kind,
            quote: None,
            slash: false,
            value: false,
        };
        for (start, place) in [
            (&b"<!--"[..], Place::Comment),
            (b"<![CDATA[", Place::CData),
            (b"<?", Place::Instruction),
            (b"<!", Place::Doctype(0)),
        ] {
            if bytes.starts_with(start) {
                return Some((place, start.len()));
            }
            if !ended && start.starts_with(bytes) {
                return None;
            }
        }
        let (closing, from, inner) = match bytes {
            [_, b'/', inner @ ..] => (true, 2_usize, inner),
            [_, inner @ ..] if !inner.is_empty() => (false, 1, inner),
            _ if ended => return Some((Place::Text, 1)),
            _ => return None,
        };
        let shown = inner.get(..NAME).unwrap_or(inner);
        let is_end = |byte: &u8| matches!(byte, b'>' | b'/' | b'<') || byte.is_ascii_whitespace();
        let end = shown.iter().position(is_end);
        let name = match end.and_then(|end| shown.get(..end)) {
            Some(name) => name,
            None if shown.len() < NAME && !ended => return None,
            None => return Some((tag(Kind::Other), from)),
        };
        if !closing
            && !name
                .first()
                .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
        {
            return Some((Place::Text, 1));
        }
        let behind_prefix = name.splitn(2, |byte| *byte == b':').last();
        let local = behind_prefix.unwrap_or(name);
        let known = self
            .names
            .iter()
            .any(|known| local.eq_ignore_ascii_case(known.as_bytes()));
        let kind = match (known, closing) {
            (true, false) => Kind::RecordStart,
            (true, true) => Kind::RecordEnd,
            _ => Kind::Other,
        };
        Some((tag(kind), from.saturating_add(name.len())))
    }

    /// Goes on in text; returns how far, and the mark there.
    fn text(&mut self, bytes: &[u8], ended: bool) -> (usize, Option<Mark>, bool) {
        let Some(at) = memchr(b'<', bytes) else {
            return (bytes.len(), None, false);
        };
        let Some((place, length)) = self.markup(behind(bytes, at), ended) else {
            return (at, None, true);
        };
        if let Place::Tag {
            kind: Kind::RecordStart,
            ..
        } = place
        {
            // Seen again once the mark is set.
            if self.in_record {
                self.in_record = false;
                return (at, Some(Mark::End), false);
            }
            self.in_record = true;
            self.place = place;
            return (at, Some(Mark::Start), false);
        }
        self.place = place;
        (at.saturating_add(length), None, false)
    }

    /// Goes on in a tag; returns how far, and whether it ends there.
    fn tag(&mut self, bytes: &[u8]) -> (usize, Option<Mark>) {
        let Place::Tag {
            kind,
            mut quote,
            mut slash,
            mut value,
        } = self.place
        else {
            return (0, None);
        };
        let mut at = 0_usize;
        while let Some(&byte) = bytes.get(at) {
            let next = at.saturating_add(1);
            if let Some(mark) = quote {
                match memchr(mark, behind(bytes, at)) {
                    Some(end) => {
                        quote = None;
                        at = next.saturating_add(end);
                    }
                    None => at = bytes.len(),
                }
                continue;
            }
            at = next;
            match byte {
                b'>' => {
                    self.place = Place::Text;
                    let ends = kind == Kind::RecordEnd || kind == Kind::RecordStart && slash;
                    if ends && self.in_record {
                        self.in_record = false;
                        return (at, Some(Mark::End));
                    }
                    return (at, None);
                }
                b'"' | b'\'' if value => quote = Some(byte),
                _ => {}
            }
            slash = byte == b'/';
            value = byte == b'=' || value && byte.is_ascii_whitespace();
        }
        self.place = Place::Tag {
            kind,
            quote,
            slash,
            value,
        };
        (at, None)
    }

    /// Goes on to the end of what ends with `end`; returns how far.
    fn until(&mut self, bytes: &[u8], end: &[u8], ended: bool) -> (usize, bool) {
        if let Some(at) = memmem::find(bytes, end) {
            self.place = Place::Text;
            return (at.saturating_add(end.len()), false);
        }
        if ended {
            return (bytes.len(), false);
        }
        // The end may be cut through.
        let done = bytes.len().saturating_add(1).saturating_sub(end.len());
        (done, true)
    }

    fn doctype(&mut self, bytes: &[u8], mut brackets: u32) -> usize {
        for at in memchr3_iter(b'[', b']', b'>', bytes) {
            match bytes.get(at) {
                Some(b'[') => brackets = brackets.saturating_add(1),
                Some(b']') => brackets = brackets.saturating_sub(1),
                _ if brackets == 0 => {
                    self.place = Place::Text;
                    return at.saturating_add(1);
                }
                _ => {}
            }
        }
        self.place = Place::Doctype(brackets);
        bytes.len()
    }
}

impl Cutter for ElementCutter {
    fn scan(&mut self, bytes: &[u8], ended: bool) -> (usize, Option<Mark>) {
        let mut at = 0_usize;
        while let Some(rest @ [_, ..]) = bytes.get(at..) {
            let (length, mark, wait) = match self.place {
                Place::Text => self.text(rest, ended),
                Place::Comment => with_mark(self.until(rest, b"-->", ended)),
                Place::CData => with_mark(self.until(rest, b"]]>", ended)),
                Place::Instruction => with_mark(self.until(rest, b"?>", ended)),
                Place::Doctype(brackets) => (self.doctype(rest, brackets), None, false),
                Place::Tag { .. } => {
                    let (length, mark) = self.tag(rest);
                    (length, mark, false)
                }
            };
            at = at.saturating_add(length);
            if mark.is_some() || wait {
                return (at, mark);
            }
        }
        (at, None)
    }

    fn common(&self) -> Option<Arc<Common>> {
        Some(Arc::clone(&self.common))
    }
}

fn with_mark((length, wait): (usize, bool)) -> (usize, Option<Mark>, bool) {
    (length, None, wait)
}
