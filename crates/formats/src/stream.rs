use std::io::{self, Read};

use encoding_rs::Decoder;
use memchr::{memchr, memchr_iter, memrchr};

use crate::cut::Cut;
use crate::decode::wide;
use crate::format::{Chunk, Record};
use crate::warc::Standing;

/// Bytes of a file looked at to choose its format.
pub(crate) const HEAD: usize = 64 << 10;

/// Bytes of a chunk, about.
pub(crate) const CHUNK: usize = 1 << 20;

/// The bytes of a file on their way to records. A byte order mark is left out, and text of two bytes a
/// character is turned into UTF-8.
pub struct Stream<'a> {
    inner: &'a mut dyn Read,
    /// Bytes that are read and not yet part of a chunk.
    pub(crate) buffer: Vec<u8>,
    /// Where in the file the buffer starts.
    offset: u64,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    bytes: u64,
    pub(crate) ended: bool,
    lines: u64,
    pub(crate) limit: usize,
    pub(crate) cut: Option<Cut>,
    pub(crate) standing: Standing,
}

impl std::fmt::Debug for Stream<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream")
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}

impl<'a> Stream<'a> {
    /// Starts to read; no record may have more than `limit` bytes.
    ///
    /// # Errors
    /// When the first bytes cannot be read.
    pub fn open(inner: &'a mut dyn Read, limit: usize) -> io::Result<Self> {
        let mut stream = Self {
            inner,
            buffer: Vec::new(),
            offset: 0,
            decoder: None,
            raw: Vec::new(),
            bytes: 0,
            ended: false,
            lines: 0,
            limit,
            cut: None,
            standing: Standing::default(),
        };
        stream.fill(HEAD)?;
        if let Some(encoding) = wide(&stream.buffer) {
            let mut decoder = encoding.new_decoder_with_bom_removal();
            let raw = std::mem::take(&mut stream.buffer);
            decode_onto(&mut stream.buffer, &mut decoder, &raw, stream.ended);
            stream.decoder = Some(decoder);
        } else if stream.buffer.starts_with(b"\xEF\xBB\xBF") {
            stream.buffer.drain(..3);
            stream.offset = 3;
        }
        Ok(stream)
    }

    /// Returns the bytes that are read and not yet part of a chunk.
    pub fn head(&self) -> &[u8] {
        &self.buffer
    }

    /// Tells whether [`Stream::head`] is all that is left.
    pub fn is_whole(&self) -> bool {
        self.ended
    }

    /// Returns how many bytes were read.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads until the buffer has `length` bytes or the file ends.
    pub(crate) fn fill(&mut self, length: usize) -> io::Result<()> {
        while self.buffer.len() < length && !self.ended {
            let wanted = length.saturating_sub(self.buffer.len()) as u64;
            let new = if let Some(decoder) = &mut self.decoder {
                self.raw.clear();
                let read = (&mut self.inner).take(wanted).read_to_end(&mut self.raw)?;
                self.ended = (read as u64) < wanted;
                decode_onto(&mut self.buffer, decoder, &self.raw, self.ended);
                read
            } else {
                let read = (&mut self.inner)
                    .take(wanted)
                    .read_to_end(&mut self.buffer)?;
                self.ended = (read as u64) < wanted;
                read
            };
            self.bytes = self.bytes.saturating_add(new as u64);
        }
        Ok(())
    }

    /// Moves the first `length` bytes of the buffer to `chunk`.
    pub(crate) fn cut(&mut self, length: usize, chunk: &mut Chunk) {
        let rest = self.buffer.split_off(length);
        chunk.bytes = std::mem::replace(&mut self.buffer, rest);
        self.leave(length);
    }

    pub(crate) fn offset(&self) -> Option<u64> {
        self.decoder.is_none().then_some(self.offset)
    }

    /// Leaves out the first `length` bytes of the buffer.
    pub(crate) fn drop_front(&mut self, length: usize) {
        self.buffer.drain(..length);
        self.leave(length);
    }

    /// Counts bytes that are gone from the front of the buffer.
    fn leave(&mut self, length: usize) {
        self.offset = self.offset.saturating_add(length as u64);
    }

    /// Counts the next record.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.lines = self.lines.saturating_add(1);
        self.lines
    }

    /// Moves all that is left to `chunk`, as one record; returns whether there was anything.
    ///
    /// # Errors
    /// When the stream fails.
    pub fn take_all(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        self.fill(self.limit.saturating_add(1))?;
        if self.buffer.is_empty() {
            return Ok(false);
        }
        let offset = self.offset();
        let fits = self.buffer.len() <= self.limit;
        if fits {
            self.cut(self.buffer.len(), chunk);
        } else {
            while !self.buffer.is_empty() {
                self.drop_front(self.buffer.len());
                self.fill(CHUNK)?;
            }
        }
        chunk.records.push(Record {
            bytes: fits.then_some(0..chunk.bytes.len()),
            number: None,
            offset,
        });
        Ok(true)
    }

    /// Moves whole lines, about a megabyte, to `chunk`, each as one record numbered by its line; blank lines
    /// are no records. Returns whether there was anything.
    ///
    /// # Errors
    /// When the stream fails.
    pub fn take_lines(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        self.fill(CHUNK)?;
        let end = loop {
            if self.buffer.is_empty() {
                return Ok(false);
            }
            match memrchr(b'\n', &self.buffer) {
                Some(last) => break last.saturating_add(1),
                None if self.ended => break self.buffer.len(),
                None if self.buffer.len() > self.limit => {
                    self.skip_line(chunk)?;
                    return Ok(true);
                }
                None => self.fill(self.buffer.len().saturating_mul(2))?,
            }
        };
        let from = self.offset();
        self.cut(end, chunk);
        let mut start = 0;
        let ends = memchr_iter(b'\n', &chunk.bytes).chain(Some(end));
        for end in ends {
            if start >= chunk.bytes.len() {
                break;
            }
            let number = self.next_number();
            let line = chunk.bytes.get(start..end).unwrap_or_default();
            if !line.trim_ascii().is_empty() {
                chunk.records.push(Record {
                    bytes: (line.len() <= self.limit).then_some(start..end),
                    number: Some(number),
                    offset: from.map(|from| from.saturating_add(start as u64)),
                });
            }
            start = end.saturating_add(1);
        }
        Ok(true)
    }

    /// Leaves out a line that is too long to hold.
    fn skip_line(&mut self, chunk: &mut Chunk) -> io::Result<()> {
        let number = self.next_number();
        chunk.records.push(Record {
            bytes: None,
            number: Some(number),
            offset: self.offset(),
        });
        loop {
            let end = memchr(b'\n', &self.buffer);
            let length = end.map_or(self.buffer.len(), |end| end.saturating_add(1));
            self.drop_front(length);
            if end.is_some() || self.ended && self.buffer.is_empty() {
                return Ok(());
            }
            self.fill(CHUNK)?;
        }
    }
}

fn decode_onto(buffer: &mut Vec<u8>, decoder: &mut Decoder, raw: &[u8], last: bool) {
    let most = decoder.max_utf8_buffer_length(raw.len()).unwrap_or(0);
    let start = buffer.len();
    buffer.resize(start.saturating_add(most), 0);
    let room = buffer.get_mut(start..).unwrap_or_default();
    let (_, _, written, _) = decoder.decode_to_utf8(raw, room, last);
    buffer.truncate(start.saturating_add(written));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8], limit: usize) -> Vec<(u64, Option<String>)> {
        let mut file = text;
        let mut stream = Stream::open(&mut file, limit).unwrap();
        let mut lines = Vec::new();
        loop {
            let mut chunk = Chunk::default();
            if !stream.take_lines(&mut chunk).unwrap() {
                assert_eq!(stream.bytes(), text.len() as u64);
                return lines;
            }
            for record in &chunk.records {
                let bytes = record.bytes.clone().map(|bytes| &chunk.bytes[bytes]);
                let line = bytes.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap());
                lines.push((record.number.unwrap(), line));
            }
        }
    }

    #[test]
    fn lines_keep_their_numbers() {
        let line = |number, text: &str| (number, Some(text.to_owned()));
        assert_eq!(lines(b"a\n\n  \nb", 9), [line(1, "a"), line(4, "b")]);
        assert_eq!(
            lines(b"\xEF\xBB\xBFa\r\nb\n", 9),
            [line(1, "a\r"), line(2, "b")]
        );
        assert_eq!(lines(b"", 9), []);
        assert_eq!(
            lines(b"a\nlonger\nb\n", 3),
            [line(1, "a"), (2, None), line(3, "b")]
        );
        assert_eq!(
            lines(b"\xFF\xFEa\0\n\0b\0", 9),
            [line(1, "a"), line(2, "b")]
        );
    }

    #[test]
    fn lines_longer_than_a_chunk_are_read_or_skipped() {
        let long = "x".repeat(3 * CHUNK);
        let text = format!("a\n{long}\nb\n");
        let all = lines(text.as_bytes(), 4 * CHUNK);
        assert_eq!(all[1].1.as_ref().unwrap().len(), 3 * CHUNK);
        assert_eq!(all.len(), 3);
        let most = lines(text.as_bytes(), CHUNK);
        assert_eq!(
            most,
            [(1, Some("a".into())), (2, None), (3, Some("b".into()))]
        );
    }

    #[test]
    fn a_whole_file_is_one_record() {
        for (limit, fits) in [(4, true), (2, false)] {
            let mut file = &b"abc"[..];
            let mut stream = Stream::open(&mut file, limit).unwrap();
            let mut chunk = Chunk::default();
            assert!(stream.take_all(&mut chunk).unwrap());
            assert_eq!(chunk.records[0].bytes.is_some(), fits);
            assert!(!stream.take_all(&mut chunk).unwrap());
        }
    }
}
