use std::fs::File;
use std::io::{self, Cursor, Read, Seek};

/// The bytes of a file, to be read from start to end, and out of order where that is possible.
///
/// Zip archives keep their table of contents at the end. Those that cannot be read out of order are copied to
/// memory or to a temporary file first.
pub trait Source: Read {
    /// Returns the bytes for reading out of order, or `None` when they come but once, as from a pipe. Whoever
    /// asks reads all through what is returned, from wherever it stands.
    ///
    /// # Errors
    /// When the file cannot be read.
    fn seekable(&mut self) -> io::Result<Option<&mut dyn Seekable>> {
        Ok(None)
    }
}

/// Bytes that can be read out of order.
pub trait Seekable: Read + Seek {}

impl<T: Read + Seek + ?Sized> Seekable for T {}

impl Source for &[u8] {}

impl<T: AsRef<[u8]>> Source for Cursor<T> {
    fn seekable(&mut self) -> io::Result<Option<&mut dyn Seekable>> {
        Ok(Some(self))
    }
}

impl Source for File {
    fn seekable(&mut self) -> io::Result<Option<&mut dyn Seekable>> {
        // A named pipe is a file too.
        match self.stream_position() {
            Ok(_) => Ok(Some(self)),
            Err(_) => Ok(None),
        }
    }
}

impl Source for Box<dyn Source + Send> {
    fn seekable(&mut self) -> io::Result<Option<&mut dyn Seekable>> {
        (**self).seekable()
    }
}

/// Bytes that come but once.
#[derive(Debug)]
pub struct Pipe<R>(pub R);

impl<R: Read> Read for Pipe<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<R: Read> Source for Pipe<R> {}
