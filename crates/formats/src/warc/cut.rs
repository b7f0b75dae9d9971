//! Cuts the records of a crawl.

use std::io;

use crate::Stream;
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
    let mut at = 0;
    loop {
        let standing = &mut stream.standing;
        if standing.skip > 0 {
            let here = (stream.buffer.len() - at) as u64;
            let skipped = here.min(standing.skip);
            standing.skip -= skipped;
            at += skipped as usize;
        } else if standing.lost {
            match layout.next_start(&stream.buffer[at..]) {
                Some(start) => {
                    standing.lost = false;
                    at += start;
                }
                // The start may be cut in two.
                None if stream.ended => at = stream.buffer.len(),
                None => at = at.max(stream.buffer.len().saturating_sub(HEAD)),
            }
        }
        let blank = |byte: &u8| matches!(byte, b'\r' | b'\n');
        if stream.standing.skip == 0 && !stream.standing.lost {
            at += stream.buffer[at..]
                .iter()
                .take_while(|byte| blank(byte))
                .count();
        }
        let unsettled = stream.standing.skip > 0 || stream.standing.lost;
        let done = at == stream.buffer.len();
        if done && stream.ended || !chunk.records.is_empty() && (at >= CHUNK || done || unsettled) {
            break;
        }
        let look = match layout.look(&stream.buffer[at..]) {
            _ if done || unsettled => Look::Unfinished,
            Look::Unfinished if stream.ended || stream.buffer.len() - at > HEAD => Look::Unknown,
            look => look,
        };
        match look {
            Look::Unfinished if !chunk.records.is_empty() => break,
            Look::Unfinished => {
                stream.drop_front(at);
                at = 0;
                stream.fill(stream.buffer.len() + CHUNK)?;
            }
            Look::Unknown => {
                let next = layout
                    .next_start(&stream.buffer[at..])
                    .map(|start| at + start);
                // The start of the next may be cut in two where the buffer ends.
                let last = if stream.ended { 0 } else { START };
                let end = next.unwrap_or((stream.buffer.len() - last).max(at + 1));
                push(stream, chunk, at, end.min(at + KEPT));
                stream.standing.lost = next.is_none();
                at = next.unwrap_or(end.min(at + KEPT));
            }
            Look::Head {
                head,
                block,
                wanted,
            } => {
                let fits = block <= stream.limit as u64;
                let kept = if fits { block as usize } else { KEPT };
                // The start of the next record shows whether the length is right.
                let ahead = at + head + kept + START;
                if (wanted || fits) && stream.buffer.len() < ahead && !stream.ended {
                    if !chunk.records.is_empty() {
                        break;
                    }
                    stream.drop_front(at);
                    at = 0;
                    stream.fill(head + kept + START)?;
                    continue;
                }
                let start = at + head;
                let mut end = stream.buffer.len().min(start + kept);
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
                    stream.standing.skip = block - (end - start) as u64;
                }
            }
        }
    }
    stream.cut(at, chunk);
    Ok(!chunk.records.is_empty())
}

fn push(stream: &mut Stream<'_>, chunk: &mut Chunk, start: usize, end: usize) {
    let offset = stream.offset().map(|offset| offset + start as u64);
    let number = Some(stream.next_number());
    chunk.records.push(Record {
        bytes: Some(start..end),
        number,
        offset,
    });
}

/// Returns where the next record starts within the block of one whose length is wrong.
fn overrun(layout: &dyn Layout, buffer: &[u8], start: usize, end: usize) -> Option<usize> {
    let behind = &buffer[end..];
    let blanks = behind
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    if behind.len() > blanks && layout.look(&behind[blanks..]) != Look::Unknown {
        return None;
    }
    let next = start + layout.next_start(&buffer[start..end])?;
    match layout.look(&buffer[next..]) {
        Look::Head { .. } => Some(next),
        _ => None,
    }
}
