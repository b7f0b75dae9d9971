//! Cuts rows at line ends that are not inside quotation marks.

use std::sync::Arc;

use memchr::{memchr, memchr3};

use super::header::{Columns, Dialect};
use crate::common::Common;
use crate::cut::{Cutter, Mark};

/// Rows whose quotation marks never close, at most: behind these, rows are lines.
const UNCLOSED: u32 = 100;

/// Cuts rows; the header is none.
pub(super) struct RowCutter {
    dialect: Dialect,
    common: Option<Arc<Common>>,
    place: Place,
    /// Lines that stand before the first row.
    before: usize,
    unclosed: u32,
}

/// Where in a row the next byte is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Between,
    FieldStart,
    Plain,
    Quoted,
    /// Behind a mark that closes the field, unless another follows.
    Closing,
}

impl RowCutter {
    pub(super) fn new(columns: Columns) -> Self {
        Self {
            dialect: columns.dialect,
            before: columns.lines,
            common: Some(Arc::new(Common::Columns(columns))),
            place: Place::Between,
            unclosed: 0,
        }
    }

    fn is_end(byte: u8) -> bool {
        matches!(byte, b'\n' | b'\r')
    }

    /// Looks at a byte of a row that does not end it.
    fn step(&mut self, byte: u8) {
        self.place = match (self.place, byte) {
            (Place::FieldStart, b'"') if self.dialect.quoting => Place::Quoted,
            (Place::Quoted, b'"') => Place::Closing,
            (Place::Closing, b'"') | (Place::Quoted, _) => Place::Quoted,
            (_, byte) if byte == self.dialect.delimiter => Place::FieldStart,
            _ => Place::Plain,
        };
    }
}

impl Cutter for RowCutter {
    fn scan(&mut self, bytes: &[u8], _ended: bool) -> (usize, Option<Mark>) {
        let mut at = 0_usize;
        while let Some(rest @ &[byte, ..]) = bytes.get(at..) {
            let next = at.saturating_add(1);
            match self.place {
                Place::Between if Self::is_end(byte) => at = next,
                Place::Between => {
                    self.place = Place::FieldStart;
                    if self.before == 0 {
                        return (at, Some(Mark::Start));
                    }
                }
                Place::Quoted => match memchr(b'"', rest) {
                    Some(found) => {
                        self.place = Place::Closing;
                        at = next.saturating_add(found);
                    }
                    None => at = bytes.len(),
                },
                Place::Plain => {
                    let delimiter = self.dialect.delimiter;
                    match memchr3(delimiter, b'\n', b'\r', rest) {
                        Some(found) if rest.get(found) == Some(&delimiter) => {
                            self.place = Place::FieldStart;
                            at = next.saturating_add(found);
                        }
                        Some(found) => {
                            at = at.saturating_add(found);
                            if let Some(mark) = self.end_row() {
                                return (at, Some(mark));
                            }
                        }
                        None => at = bytes.len(),
                    }
                }
                Place::FieldStart | Place::Closing if Self::is_end(byte) => {
                    if let Some(mark) = self.end_row() {
                        return (at, Some(mark));
                    }
                }
                Place::FieldStart | Place::Closing => {
                    self.step(byte);
                    at = next;
                }
            }
        }
        (at, None)
    }

    fn give_up(&mut self, row: &[u8]) -> Option<usize> {
        let quoted = self.place == Place::Quoted;
        self.place = Place::Between;
        if !quoted {
            return None;
        }
        self.unclosed = self.unclosed.saturating_add(1);
        if self.unclosed >= UNCLOSED {
            self.dialect.quoting = false;
        }
        memchr(b'\n', row)
    }

    fn common(&self) -> Option<Arc<Common>> {
        self.common.clone()
    }
}

/// Tells whether a quotation mark opens a field of a row and never closes.
pub(super) fn is_unclosed(row: &[u8], dialect: Dialect) -> bool {
    let mut cutter = RowCutter {
        dialect,
        common: None,
        place: Place::FieldStart,
        before: 0,
        unclosed: 0,
    };
    let (_, mark) = cutter.scan(row, true);
    mark.is_none() && cutter.place == Place::Quoted
}

impl RowCutter {
    /// Ends a row, or a line before the first.
    fn end_row(&mut self) -> Option<Mark> {
        self.place = Place::Between;
        if self.before == 0 {
            return Some(Mark::End);
        }
        self.before = self.before.saturating_sub(1);
        None
    }
}
