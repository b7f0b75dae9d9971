//! How a table is written and what its columns hold.

use std::collections::BTreeSet;

use encoding_rs::Encoding;

use crate::decode::encoding_of;
use crate::names::{Usual, usual};
use crate::{Field, FieldMap};

/// Signs between columns, in the order in which they are tried.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Bytes of a column's name, at most.
const LONGEST: usize = 60;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    /// Marks at both ends of a value are not part of it.
    pub(crate) quoting: bool,
}

/// The header of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) dialect: Dialect,
    /// Their names as printed.
    pub(crate) names: Vec<String>,
    /// What each holds, by its name.
    pub(crate) usual: Vec<Option<Usual>>,
    /// How many rows stand before the first article's: the header, and a hint such as `sep=;` above it.
    pub(crate) lines: usize,
    /// The encoding of the table, unless it is UTF-8.
    pub(crate) encoding: Option<&'static Encoding>,
}

impl Columns {
    /// Reads the header from the first bytes of a table.
    pub(crate) fn read(head: &[u8]) -> Option<Self> {
        let encoding = encoding_of(head);
        let start = head.trim_ascii_start();
        let (hint, lines, rest) = match hint(start) {
            Some((delimiter, rest)) => (Some(delimiter), 2, rest),
            None => (None, 1, start),
        };
        let best = DELIMITERS
            .into_iter()
            .filter(|delimiter| hint.is_none_or(|hint| hint == *delimiter))
            .filter_map(|delimiter| {
                let names = names(rest, delimiter, encoding)?;
                let usual: Vec<_> = names.iter().map(|name| usual(name)).collect();
                let known = usual.iter().flatten().count();
                Some(((known, names.len()), delimiter, names, usual))
            })
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let (_, delimiter, names, usual) = best?;
        Some(Self {
            dialect: Dialect {
                delimiter,
                quoting: delimiter != b'\t' || is_quoted(rest, delimiter),
            },
            names,
            usual,
            lines,
            encoding,
        })
    }

    /// Makes the header of a table that has none.
    pub(crate) fn none() -> Self {
        Self {
            dialect: Dialect {
                delimiter: DELIMITERS[0],
                quoting: true,
            },
            names: Vec::new(),
            usual: Vec::new(),
            lines: 0,
            encoding: None,
        }
    }

    /// Tells whether the header alone shows that this is a table of articles.
    pub(crate) fn is_telling(&self) -> bool {
        let fields: BTreeSet<Field> = self
            .usual
            .iter()
            .flatten()
            .map(|usual| usual.field)
            .collect();
        fields.len() >= 2
            && fields.contains(&Field::Text)
            && self
                .names
                .iter()
                .all(|name| !name.is_empty() && name.len() <= LONGEST)
    }

    /// Says why no articles can be read, if so.
    pub(crate) fn complaint(&self, map: &FieldMap) -> Option<String> {
        for (_, name) in map.iter() {
            if self.position(name).is_some() {
                continue;
            }
            let near = self
                .names
                .iter()
                .map(|known| {
                    (
                        strsim::damerau_levenshtein(&known.to_lowercase(), &name.to_lowercase()),
                        known,
                    )
                })
                .filter(|(distance, _)| *distance <= 2)
                .min_by_key(|(distance, _)| *distance);
            return Some(match near {
                Some((_, near)) => format!("no column is called “{name}”; did you mean “{near}”?"),
                None => format!(
                    "no column is called “{name}”; the columns are {}",
                    self.listed()
                ),
            });
        }
        let has_text = map.get(Field::Text).is_some()
            || self
                .usual
                .iter()
                .flatten()
                .any(|usual| usual.field == Field::Text);
        (!has_text).then(|| {
            format!(
                "no column is named as one that holds a text (text, body, content, article); the columns are {}",
                self.listed()
            )
        })
    }

    /// Returns the column of a name; the case does not count if no other does.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        let exact = self.names.iter().position(|known| known == name);
        exact.or_else(|| {
            let lower = name.to_lowercase();
            self.names
                .iter()
                .position(|known| known.to_lowercase() == lower)
        })
    }

    fn listed(&self) -> String {
        let mut shown: Vec<String> = self
            .names
            .iter()
            .take(20)
            .map(|name| format!("“{}”", name.chars().take(LONGEST).collect::<String>()))
            .collect();
        if shown.len() < self.names.len() {
            shown.push("…".to_owned());
        }
        shown.join(", ")
    }
}

/// Reads the line `sep=;` that spreadsheets put above tables.
fn hint(start: &[u8]) -> Option<(u8, &[u8])> {
    let (word, rest) = start.split_at_checked(4)?;
    if !word.eq_ignore_ascii_case(b"sep=") {
        return None;
    }
    let (delimiter, rest) = rest.split_first()?;
    let next = rest
        .first()
        .is_none_or(|next| matches!(next, b'\r' | b'\n'));
    (next && DELIMITERS.contains(delimiter)).then(|| (*delimiter, rest.trim_ascii_start()))
}

/// Returns the names in the first row.
fn names(rest: &[u8], delimiter: u8, encoding: Option<&'static Encoding>) -> Option<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(rest);
    let mut row = csv::ByteRecord::new();
    if !reader.read_byte_record(&mut row).ok()? {
        return None;
    }
    let name = |bytes: &[u8]| match encoding {
        Some(encoding) => encoding
            .decode_without_bom_handling(bytes)
            .0
            .trim()
            .to_owned(),
        None => String::from_utf8_lossy(bytes).trim().to_owned(),
    };
    Some(row.iter().map(name).collect())
}

/// Tells whether marks around values are the writer's: one who puts them around values with a mark leaves none
/// inside bare values.
fn is_quoted(rest: &[u8], delimiter: u8) -> bool {
    let last = memchr::memrchr(b'\n', rest);
    let lines = last.and_then(|last| rest.get(..last)).unwrap_or(rest);
    lines.split(|byte| *byte == b'\n').all(|line| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        line.split(|byte| *byte == delimiter).all(|value| {
            // A mark inside is written twice; the value may have begun in a line before, and go on in the next.
            let inner = value.strip_prefix(b"\"").unwrap_or(value);
            let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
            inner
                .chunk_by(|a, b| a == b)
                .all(|run| !run.starts_with(b"\"") || run.len() % 2 == 0)
        })
    })
}
