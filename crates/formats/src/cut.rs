//! Cuts records that are no lines out of a stream.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use crate::Stream;
use crate::common::Common;
use crate::format::{Chunk, Record};
use crate::stream::CHUNK;

#[cfg(test)]
pub(crate) mod testing;

/// Finds where records start and end.
pub(crate) trait Cutter: Send {
    /// Looks at `bytes`, which follow those that are done with; `ended` says that nothing follows them. Returns
    /// how many of them are done with now and what stands there; what is not done with is shown again, with
    /// more behind it.
    fn scan(&mut self, bytes: &[u8], ended: bool) -> (usize, Option<Mark>);

    /// Says where to end a record that runs into the limit or the end of the file, and forgets that it is open.
    /// `None`: where it runs to.
    fn give_up(&mut self, _record: &[u8]) -> Option<usize> {
        None
    }

    /// Returns what the records found so far have in common.
    fn common(&self) -> Option<Arc<Common>> {
        None
    }
}

/// Returns what lies behind the first `at` bytes.
pub(crate) fn behind(bytes: &[u8], at: usize) -> &[u8] {
    bytes.get(at..).unwrap_or_default()
}

/// Returns what follows the first `sign`.
pub(crate) fn behind_first<'a>(bytes: &'a [u8], sign: &[u8]) -> Option<&'a [u8]> {
    bytes.get(memmem::find(bytes, sign)?..)?.strip_prefix(sign)
}

/// What a [`Cutter`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A record starts.
    Start,
    /// The open record ends.
    End,
}

/// A cutter on its way through a stream.
pub(crate) struct Cut {
    cutter: Box<dyn Cutter>,
    /// Bytes of the buffer that are done with.
    seen: usize,
    /// A record starts where the buffer does.
    open: bool,
    /// The open record is too long, and was left out.
    lost: bool,
}

impl Stream<'_> {
    /// Moves records, about a megabyte of them, to `chunk`, numbered from 1. `cutter` is asked for once a stream.
    /// Returns whether there were any.
    ///
    /// # Errors
    /// When the stream fails.
    pub(crate) fn take_records(
        &mut self,
        chunk: &mut Chunk,
        cutter: impl FnOnce(&Self) -> Box<dyn Cutter>,
    ) -> io::Result<bool> {
        let mut cut = match self.cut.take() {
            Some(cut) => cut,
            None => Cut {
                cutter: cutter(self),
                seen: 0,
                open: false,
                lost: false,
            },
        };
        let found = self.cut_records(chunk, &mut cut);
        chunk.common = cut.cutter.common();
        self.cut = Some(cut);
        found
    }

    fn cut_records(&mut self, chunk: &mut Chunk, cut: &mut Cut) -> io::Result<bool> {
        let mut start = cut.open.then_some(0);
        loop {
            let new = behind(&self.buffer, cut.seen);
            let (done, mark) = cut.cutter.scan(new, self.ended);
            cut.seen = cut.seen.saturating_add(done).min(self.buffer.len());
            match (mark, start) {
                (Some(Mark::Start), _) => start = Some(cut.seen),
                (Some(Mark::End), begin) => {
                    start = None;
                    if let Some(begin) = begin.filter(|_| !std::mem::take(&mut cut.lost)) {
                        self.push(begin..cut.seen, chunk);
                    }
                    if cut.seen >= CHUNK && !chunk.records.is_empty() {
                        break;
                    }
                }
                // More bytes are needed, but what is found may go first.
                (None, _) if !chunk.records.is_empty() => break,
                (None, Some(begin)) if !cut.lost => {
                    let held = behind(&self.buffer, begin);
                    if held.is_empty() && self.ended {
                        start = None;
                    } else if held.len() <= self.limit && !self.ended {
                        let more = CHUNK.max(self.buffer.len());
                        self.fill(self.buffer.len().saturating_add(more))?;
                    } else {
                        let early = cut.cutter.give_up(held);
                        let end = begin.saturating_add(early.unwrap_or(held.len()));
                        self.push(begin..end, chunk);
                        if early.is_some() || self.ended {
                            start = None;
                            cut.seen = end;
                        } else {
                            cut.lost = true;
                        }
                        break;
                    }
                }
                _ if self.ended => {
                    self.drop_front(self.buffer.len());
                    cut.seen = 0;
                    cut.open = false;
                    return Ok(false);
                }
                _ => {
                    self.drop_front(cut.seen);
                    cut.seen = 0;
                    start = start.map(|_| 0);
                    self.fill(self.buffer.len().saturating_add(CHUNK))?;
                }
            }
        }
        cut.open = start.is_some();
        let length = start.unwrap_or(cut.seen);
        self.cut(length, chunk);
        cut.seen = cut.seen.saturating_sub(length);
        Ok(true)
    }

    /// Adds the record at `range` of the buffer.
    fn push(&mut self, range: Range<usize>, chunk: &mut Chunk) {
        let offset = self.offset();
        chunk.records.push(Record {
            number: Some(self.next_number()),
            offset: offset.map(|offset| offset.saturating_add(range.start as u64)),
            bytes: (range.len() <= self.limit).then_some(range),
        });
    }
}
