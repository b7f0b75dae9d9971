//! Compressed streams, whatever the number of their members, frames or streams.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use bzip2::bufread::BzDecoder;
use flate2::bufread::GzDecoder;
use lz4_flex::frame::FrameDecoder;
use lzma_rust2::XzReader;

use super::meter::Counted;

/// KiB that a decoder of xz may use: what the highest setting of the program `xz` needs, and as much again.
const XZ_MEMORY: u32 = 128 << 10;

/// Bytes of a dictionary, at most, and of other frames that are skipped.
const DICTIONARY: u64 = 16 << 20;

/// How a stream is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Lz4,
}

impl Compression {
    /// Recognizes a stream by its first bytes.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            // The second is the dictionary of a WARC file:
            // https://iipc.github.io/warc-specifications/specifications/warc-zstd/
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x5d, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..] if is_bzip2_block(rest) => Some(Self::Bzip2),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [0x04, 0x22, 0x4d, 0x18, ..] => Some(Self::Lz4),
            _ => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Lz4 => "lz4",
        }
    }

    fn decoder<R: BufRead>(self, inner: R, dictionary: &[u8]) -> io::Result<Decoder<R>> {
        Ok(match self {
            Self::Gzip => Decoder::Gzip(GzDecoder::new(inner)),
            Self::Zstd => {
                let decoder = zstd::Decoder::with_dictionary(inner, dictionary)?;
                Decoder::Zstd(decoder.single_frame())
            }
            Self::Bzip2 => Decoder::Bzip2(BzDecoder::new(inner)),
            Self::Xz => Decoder::Xz(Box::new(XzReader::new_mem_limit(inner, false, XZ_MEMORY))),
            Self::Lz4 => Decoder::Lz4(FrameDecoder::new(Watched {
                inner,
                ended: false,
            })),
        })
    }
}

/// Tells the first block of a bzip2 stream, or the end of an empty one. The first four bytes alone may begin a text.
fn is_bzip2_block(head: &[u8]) -> bool {
    head.starts_with(b"1AY&SY") || head.starts_with(b"\x17\x72\x45\x38\x50\x90")
}

/// Returns the name of what a compressed file holds.
pub(crate) fn expanded_name(name: &str) -> String {
    const ENDINGS: [(&str, &str); 14] = [
        (".gz", ""),
        (".gzip", ""),
        (".zst", ""),
        (".zstd", ""),
        (".bz2", ""),
        (".xz", ""),
        (".lz4", ""),
        (".tgz", ".tar"),
        (".taz", ".tar"),
        (".tzst", ".tar"),
        (".tbz", ".tar"),
        (".tbz2", ".tar"),
        (".txz", ".tar"),
        (".wgz", ".warc"),
    ];
    let lower = name.to_ascii_lowercase();
    for (ending, instead) in ENDINGS {
        let bare = lower.strip_suffix(ending);
        if let Some(bare) = bare.and_then(|bare| name.get(..bare.len())) {
            return format!("{bare}{instead}");
        }
    }
    name.to_owned()
}

/// Reads one member.
enum Decoder<R: BufRead> {
    Gzip(GzDecoder<R>),
    Zstd(zstd::Decoder<'static, R>),
    Bzip2(BzDecoder<R>),
    Xz(Box<XzReader<R>>),
    Lz4(FrameDecoder<Watched<R>>),
}

impl<R: BufRead> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(decoder) => decoder.read(buffer),
            Self::Zstd(decoder) => decoder.read(buffer),
            Self::Bzip2(decoder) => decoder.read(buffer),
            Self::Xz(decoder) => decoder.read(buffer),
            Self::Lz4(decoder) => match decoder.read(buffer) {
                // A frame that is cut between two blocks ends without an error.
                Ok(0) if decoder.get_ref().ended => Err(io::ErrorKind::UnexpectedEof.into()),
                read => read,
            },
        }
    }
}

impl<R: BufRead> Decoder<R> {
    fn into_inner(self) -> R {
        match self {
            Self::Gzip(decoder) => decoder.into_inner(),
            Self::Zstd(decoder) => decoder.finish(),
            Self::Bzip2(decoder) => decoder.into_inner(),
            Self::Xz(decoder) => decoder.into_inner(),
            Self::Lz4(decoder) => decoder.into_inner().inner,
        }
    }
}

/// Notes that the end was reached.
struct Watched<R> {
    inner: R,
    ended: bool,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.ended |= length == 0 && !buffer.is_empty();
        Ok(length)
    }
}

type Input<'a> = BufReader<Counted<&'a mut dyn Read>>;

/// The bytes that a compressed stream stands for.
pub(crate) struct Expanded<'a> {
    compression: Compression,
    state: State<'a>,
    /// Bytes read from the stream, and those of them that were used.
    read: Rc<Cell<u64>>,
    used: Rc<Cell<u64>>,
    dictionary: Vec<u8>,
}

enum State<'a> {
    Between(Input<'a>),
    Within(Decoder<Input<'a>>),
    End,
}

impl<'a> Expanded<'a> {
    pub(crate) fn new(compression: Compression, inner: &'a mut dyn Read) -> Self {
        let (counted, read) = Counted::new(inner);
        Self {
            compression,
            state: State::Between(BufReader::with_capacity(64 << 10, counted)),
            read,
            used: Rc::default(),
            dictionary: Vec::new(),
        }
    }

    /// Returns a counter of the bytes of the stream that were used, exact between members.
    pub(crate) fn used(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.used)
    }

    /// Starts the next member; returns nothing at the end.
    fn next_member(&mut self, mut input: Input<'a>) -> io::Result<State<'a>> {
        loop {
            let next = input.fill_buf()?;
            let Some(&first) = next.first() else {
                return Ok(State::End);
            };
            // Tapes and block devices leave zeros behind the last member.
            if first == 0 {
                let zeros = next.iter().take_while(|byte| **byte == 0).count();
                input.consume(zeros);
                continue;
            }
            // https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md#skippable-frames
            let framed = matches!(self.compression, Compression::Zstd | Compression::Lz4);
            if framed && (0x50..=0x5f).contains(&first) {
                let frame = skippable(&mut input)?;
                if first == 0x5d && self.compression == Compression::Zstd {
                    self.dictionary = dictionary(frame)?;
                }
                continue;
            }
            let ahead = input.buffer().len() as u64;
            self.used.set(self.read.get().saturating_sub(ahead));
            let decoder = self.compression.decoder(input, &self.dictionary)?;
            return Ok(State::Within(decoder));
        }
    }
}

/// Reads a frame that is not decoded.
fn skippable(input: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = [0; 8];
    input.read_exact(&mut head)?;
    if head[1..4] != [0x2a, 0x4d, 0x18] {
        return Err(invalid("unknown bytes between two frames"));
    }
    let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
    let mut frame = Vec::new();
    if input.take(length.min(DICTIONARY)).read_to_end(&mut frame)? as u64 != length.min(DICTIONARY)
    {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    if length > DICTIONARY {
        let rest = length.saturating_sub(DICTIONARY);
        if io::copy(&mut input.take(rest), &mut io::sink())? != rest {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(frame)
}

/// Returns the dictionary of a WARC file, which may be compressed itself.
fn dictionary(frame: Vec<u8>) -> io::Result<Vec<u8>> {
    if !frame.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Ok(frame);
    }
    let mut dictionary = Vec::new();
    let decoder = zstd::Decoder::new(&*frame)?;
    decoder.take(DICTIONARY).read_to_end(&mut dictionary)?;
    Ok(dictionary)
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

impl Read for Expanded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::End) {
                State::End => return Ok(0),
                State::Between(input) => self.state = self.next_member(input)?,
                State::Within(mut decoder) => match decoder.read(buffer) {
                    Ok(0) => self.state = State::Between(decoder.into_inner()),
                    read => {
                        self.used.set(self.read.get());
                        self.state = State::Within(decoder);
                        return read;
                    }
                },
            }
        }
    }
}
