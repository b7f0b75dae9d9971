//! Tar archives.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use tar::{Archive, EntryType, Header};

use super::name::clean;
use super::{Flow, Name, Reader};
use crate::RejectKind;

/// Bytes of headers before a member, at most. They are held in memory, long names among them.
const HEADERS: u64 = 1 << 20;

/// Recognizes an archive by the checksum of its first header.
pub(super) fn recognize(head: &[u8]) -> bool {
    let Some((block, _)) = head.split_first_chunk::<512>() else {
        return false;
    };
    let header = Header::from_byte_slice(block);
    // The checksum is that of the block with blanks in its own place.
    let blanked = block[..148].iter().chain(b"        ").chain(&block[156..]);
    let expected: u32 = blanked.map(|byte| u32::from(*byte)).sum();
    block[0] != 0 && header.cksum().is_ok_and(|found| found == expected)
}

/// Hands out bytes as long as there is an allowance: none is needed within members.
struct Allowed<'a> {
    inner: &'a mut dyn Read,
    left: Rc<Cell<Option<u64>>>,
}

impl Read for Allowed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(left) = self.left.get() else {
            return self.inner.read(buffer);
        };
        if left == 0 && !buffer.is_empty() {
            return Err(io::Error::other("headers of more than a megabyte"));
        }
        let length = (&mut self.inner).take(left).read(buffer)?;
        self.left.set(Some(left.saturating_sub(length as u64)));
        Ok(length)
    }
}

impl Reader<'_> {
    pub(super) fn tar(&mut self, input: &mut dyn Read, name: &Name, depth: u32) -> Flow {
        let left = Rc::new(Cell::new(Some(HEADERS)));
        let mut archive = Archive::new(Allowed {
            inner: input,
            left: Rc::clone(&left),
        });
        let broken = |error: &io::Error| format!("the tar archive breaks off: {error}");
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.reject(name, RejectKind::Malformed, broken(&error)),
        };
        for entry in entries {
            let mut entry = match entry {
                Ok(entry) => entry,
                Err(_) if self.meter.stopped() => return Ok(()),
                Err(error) => return self.reject(name, RejectKind::Malformed, broken(&error)),
            };
            left.set(None);
            let kind = entry.header().entry_type();
            let shown = clean(&String::from_utf8_lossy(&entry.path_bytes()));
            if let Some(member) = shown.map(|shown| name.member(&shown)) {
                self.tar_member(&mut entry, kind, &member, depth)?;
            }
            if self.meter.stopped() {
                return Ok(());
            }
            let unread = if kind == EntryType::GNUSparse {
                entry.header().entry_size().unwrap_or(0)
            } else {
                // What is left of the member, so that headers alone use up the allowance.
                if io::copy(&mut entry, &mut io::sink()).is_err() {
                    return Ok(());
                }
                0
            };
            left.set(Some(unread.saturating_add(HEADERS)));
        }
        Ok(())
    }

    fn tar_member(
        &mut self,
        entry: &mut dyn Read,
        kind: EntryType,
        name: &Name,
        depth: u32,
    ) -> Flow {
        match kind {
            EntryType::Regular | EntryType::Continuous => {}
            EntryType::Link | EntryType::Symlink => {
                return self.reject(name, RejectKind::NotNews, "a link");
            }
            EntryType::Char | EntryType::Block | EntryType::Fifo => {
                return self.reject(name, RejectKind::NotNews, "a device");
            }
            // Holes may be of any size and cost nothing in the archive; news has none.
            EntryType::GNUSparse => {
                return self.reject(name, RejectKind::NotNews, "a file with holes");
            }
            _ => return Ok(()),
        }
        if let Err(fault) = self.meter.member() {
            return self.send(crate::Part::Reject(name.fault(fault)));
        }
        let flow = self.file(entry, name, depth);
        self.member(flow)
    }
}
