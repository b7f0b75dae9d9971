//! Cuts the records of a crawl.

use std::io;

use crate::Stream;
use crate::cut::behind;
use crate::format::{Chunk, Record};
use crate::stream::CHUNK;

/// Bytes of a head, at most.
pub(super) const HEAD: usize = 256 << 10;

/// Bytes that are kept of what is no record, or of a record that is too long: they say what it was.
const KEPT: usize = 16 << 10;

/// Bytes that show whether a record starts.
const START: usize = 16;

/// What stands where a record should start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The head of a record.
    Head {
        /// Its bytes.
        head: usize,
        /// Bytes that follow it.
        block: u64,
        /// The record may hold news.
        wanted: bool,
    },
    /// The head goes on behind what is there.
    Unfinished,
    /// Something else.
    Unknown,
}

/// A kind of crawl.
pub(super) trait Layout {
    /// Looks at what should be the start of a record.
    fn look(&self, bytes: &[u8]) -> Look;

    /// Returns where the next record starts in `bytes`, behind their first line.
    fn next_start(&self, bytes: &[u8]) -> Option<usize>;
}

/// Where in a crawl a stream stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Standing {
    /// Bytes left of a record that is passed over.
    skip: u64,
    /// In something that is no record, up to the next.
    lost: bool,
}

/// Moves records to `chunk`, about a megabyte; returns whether there were any. Records without news are counted
/// and left out, unknown bytes make a record that begins with them.
pub(super) fn next_chunk(
    layout: &dyn Layout,
    stream: &mut Stream<'_>,
    chunk: &mut Chunk,
) -> io::Result<bool> {
    let mut at = 0_usize;
    loop {
        let standing = &mut stream.standing;
        if standing.skip > 0 {
            let here = behind(&stream.buffer, at).len() as u64;
            let skipped = here.min(standing.skip);
            standing.skip = standing.skip.saturating_sub(skipped);
            at = at.saturating_add(skipped as usize);
        } else if standing.lost {
            match layout.next_start(behind(&stream.buffer, at)) {
                Some(start) => {
                    standing.lost = false;
                    at = at.saturating_add(start);
                }
                // The start may be cut in two.
                None if stream.ended => at = stream.buffer.len(),
                None => at = at.max(stream.buffer.len().saturating_sub(HEAD)),
            }
        }
        if stream.standing.skip == 0 && !stream.standing.lost {
            at = at.saturating_add(blanks(behind(&stream.buffer, at)));
        }
        let unsettled = stream.standing.skip > 0 || stream.standing.lost;
        let done = at == stream.buffer.len();
        if done && stream.ended || !chunk.records.is_empty() && (at >= CHUNK || done || unsettled) {
            break;
        }
        let rest = behind(&stream.buffer, at);
        let look = match layout.look(rest) {
            _ if done || unsettled => Look::Unfinished,
            Look::Unfinished if stream.ended || rest.len() > HEAD => Look::Unknown,
            // What it is shows, but not where it ends.
            Look::Unknown if rest.len() <= START && !stream.ended => Look::Unfinished,
            look => look,
        };
        match look {
            Look::Unfinished if !chunk.records.is_empty() => break,
            Look::Unfinished => {
                stream.drop_front(at);
                at = 0;
                stream.fill(stream.buffer.len().saturating_add(CHUNK))?;
            }
            Look::Unknown => {
                let start = layout.next_start(rest);
                let next = start.map(|start| at.saturating_add(start));
                // The start of the next may be cut in two where the buffer ends.
                let last = if stream.ended { 0 } else { START };
                let known = stream.buffer.len().saturating_sub(last);
                let end = next.unwrap_or(known.max(at.saturating_add(1)));
                let end = end.min(at.saturating_add(KEPT));
                push(stream, chunk, at, end);
                stream.standing.lost = next.is_none();
                at = next.unwrap_or(end);
            }
            Look::Head {
                head,
                block,
                wanted,
            } => {
                let whole = usize::try_from(block).unwrap_or(usize::MAX);
                let fits = whole <= stream.limit;
                let kept = if fits { whole } else { whole.min(KEPT) };
                // The start of the next record shows whether the length is right.
                let needed = head.saturating_add(kept).saturating_add(START);
                if (wanted || fits) && rest.len() < needed && !stream.ended {
                    if !chunk.records.is_empty() {
                        break;
                    }
                    stream.drop_front(at);
                    at = 0;
                    stream.fill(needed)?;
                    continue;
                }
                let start = at.saturating_add(head);
                let mut end = stream.buffer.len().min(start.saturating_add(kept));
                if fits && let Some(early) = overrun(layout, &stream.buffer, start, end) {
                    end = early;
                }
                if wanted {
                    push(stream, chunk, at, end);
                } else {
                    stream.next_number();
                }
                at = end;
                if !fits {
                    let seen = end.saturating_sub(start) as u64;
                    stream.standing.skip = block.saturating_sub(seen);
                }
            }
        }
    }
    stream.cut(at, chunk);
    Ok(!chunk.records.is_empty())
}

fn push(stream: &mut Stream<'_>, chunk: &mut Chunk, start: usize, end: usize) {
    let offset = stream.offset();
    let offset = offset.map(|offset| offset.saturating_add(start as u64));
    let number = Some(stream.next_number());
    chunk.records.push(Record {
        bytes: Some(start..end),
        number,
        offset,
    });
}

/// Returns where the next record starts within the block of one whose length is wrong.
fn overrun(layout: &dyn Layout, buffer: &[u8], start: usize, end: usize) -> Option<usize> {
    let rest = behind(buffer, end);
    let rest = behind(rest, blanks(rest));
    if !rest.is_empty() && layout.look(rest) != Look::Unknown {
        return None;
    }
    let inner = layout.next_start(buffer.get(start..end)?)?;
    let next = start.saturating_add(inner);
    match layout.look(behind(buffer, next)) {
        Look::Head { .. } => Some(next),
        _ => None,
    }
}

/// Counts the line ends that `bytes` start with.
fn blanks(bytes: &[u8]) -> usize {
    let is_blank = |byte: &&u8| matches!(byte, b'\r' | b'\n');
    bytes.iter().take_while(is_blank).count()
}
