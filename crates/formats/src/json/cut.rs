//! Cuts JSON values out of lists, without parsing them.

use std::sync::Arc;

use memchr::memchr2;

use crate::common::Common;
use crate::cut::{Cutter, Mark, behind};

/// Levels whose keys are kept; lists of records lie less deep.
const LEVELS: usize = 8;

/// Bytes of a key that are kept.
const KEY: usize = 64;

/// Where the records of a file lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The keys that lead to a list of records; without them the records are the values of the file, or of
    /// its list.
    pub(super) path: Option<Vec<Vec<u8>>>,
}

/// Cuts records at their brackets.
pub(super) struct JsonCutter {
    place: Place,
    common: Option<Arc<Common>>,
    /// What is open around the records.
    stack: Vec<Level>,
    /// How many levels are open beyond those.
    deeper: u64,
    string: Option<Str>,
    record: Option<Open>,
}

enum Level {
    List,
    Object { key: Vec<u8>, expecting: bool },
}

/// A string that is open.
#[derive(Clone, Copy)]
struct Str {
    escaped: bool,
    key: bool,
}

/// A record that is open.
#[derive(Clone, Copy)]
enum Open {
    Fresh,
    Text,
    Scalar,
    Nested(u64),
}

impl JsonCutter {
    pub(super) fn new(place: Place, common: Option<Arc<Common>>) -> Self {
        Self {
            place,
            common,
            stack: Vec::new(),
            deeper: 0,
            string: None,
            record: None,
        }
    }

    /// Tells whether a value that starts here is a record.
    fn is_record(&self, first: u8) -> bool {
        if self.deeper > 0 {
            return false;
        }
        match &self.place.path {
            None => match self.stack.as_slice() {
                [] => first != b'[',
                [Level::List] => true,
                _ => false,
            },
            Some(path) => {
                let Some((Level::List, around)) = self.stack.split_last() else {
                    return false;
                };
                let on_path = |(level, wanted): (&Level, &Vec<u8>)| match level {
                    Level::Object { key, .. } => key == wanted,
                    Level::List => false,
                };
                around.len() == path.len() && around.iter().zip(path).all(on_path)
            }
        }
    }

    /// Looks at a byte outside of records and strings.
    fn around(&mut self, byte: u8) -> Option<Mark> {
        match byte {
            b',' => {
                if let Some(Level::Object { expecting, .. }) = self.stack.last_mut() {
                    *expecting = true;
                }
            }
            b':' => {
                if let Some(Level::Object { expecting, .. }) = self.stack.last_mut() {
                    *expecting = false;
                }
            }
            b'}' | b']' if self.deeper > 0 => self.deeper = self.deeper.saturating_sub(1),
            b'}' | b']' => {
                self.stack.pop();
            }
            b'"' if matches!(
                self.stack.last(),
                Some(Level::Object {
                    expecting: true,
                    ..
                })
            ) =>
            {
                if let Some(Level::Object { key, .. }) = self.stack.last_mut() {
                    key.clear();
                }
                self.string = Some(Str {
                    escaped: false,
                    key: self.deeper == 0,
                });
            }
            byte if byte <= b' ' => {}
            byte if self.is_record(byte) => {
                self.record = Some(Open::Fresh);
                return Some(Mark::Start);
            }
            b'"' => {
                self.string = Some(Str {
                    escaped: false,
                    key: false,
                });
            }
            b'{' | b'[' if self.stack.len() == LEVELS => {
                self.deeper = self.deeper.saturating_add(1);
            }
            b'{' => self.stack.push(Level::Object {
                key: Vec::new(),
                expecting: true,
            }),
            b'[' => self.stack.push(Level::List),
            _ => {}
        }
        None
    }

    /// Looks at a byte of a record, outside of strings; returns whether the record ends behind it, or before it.
    fn inside(&mut self, byte: u8, open: Open) -> Option<bool> {
        let string = Some(Str {
            escaped: false,
            key: false,
        });
        let open = match (open, byte) {
            (Open::Fresh, b'{' | b'[') => Open::Nested(1),
            (Open::Fresh, b'"') => {
                self.string = string;
                Open::Text
            }
            // The string of a text was closed before.
            (Open::Text, _) | (Open::Scalar, b',' | b']' | b'}' | 0..=b' ') => return Some(false),
            (Open::Fresh | Open::Scalar, _) => Open::Scalar,
            (Open::Nested(depth), b'{' | b'[') => Open::Nested(depth.saturating_add(1)),
            (Open::Nested(1), b'}' | b']') => return Some(true),
            (Open::Nested(depth), b'}' | b']') => Open::Nested(depth.saturating_sub(1)),
            (Open::Nested(depth), b'"') => {
                self.string = string;
                Open::Nested(depth)
            }
            (open, _) => open,
        };
        self.record = Some(open);
        None
    }

    /// Goes on in a string; returns how many bytes it takes.
    fn in_string(&mut self, bytes: &[u8], mut string: Str) -> usize {
        let mut at = usize::from(std::mem::take(&mut string.escaped));
        while let Some(found) = memchr2(b'"', b'\\', behind(bytes, at)) {
            let end = at.saturating_add(found);
            if let Some((inner, [b'"', ..])) = bytes.split_at_checked(end) {
                self.keep(inner, string);
                self.string = None;
                return end.saturating_add(1);
            }
            at = end.saturating_add(2);
        }
        string.escaped = at > bytes.len();
        self.keep(bytes, string);
        self.string = Some(string);
        bytes.len()
    }

    /// Keeps the bytes of a key.
    fn keep(&mut self, bytes: &[u8], string: Str) {
        if let (true, Some(Level::Object { key, .. })) = (string.key, self.stack.last_mut()) {
            let room = KEY.saturating_sub(key.len());
            key.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        }
    }
}

impl Cutter for JsonCutter {
    fn scan(&mut self, bytes: &[u8], ended: bool) -> (usize, Option<Mark>) {
        let mut at = 0_usize;
        while let Some(&byte) = bytes.get(at) {
            if let Some(string) = self.string {
                at = at.saturating_add(self.in_string(behind(bytes, at), string));
                continue;
            }
            let next = at.saturating_add(1);
            let Some(open) = self.record else {
                if let Some(mark) = self.around(byte) {
                    return (at, Some(mark));
                }
                at = next;
                continue;
            };
            if let Some(behind) = self.inside(byte, open) {
                self.record = None;
                return (if behind { next } else { at }, Some(Mark::End));
            }
            at = next;
        }
        let whole = matches!(self.record, Some(Open::Scalar | Open::Text)) && self.string.is_none();
        if ended && whole {
            self.record = None;
            return (at, Some(Mark::End));
        }
        (at, None)
    }

    fn common(&self) -> Option<Arc<Common>> {
        self.common.clone()
    }
}
