use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};
use whosaid_formats::{Seekable, Source};

use crate::identity::hexadecimal;

/// Counts and hashes the bytes of a file while they are read.
pub(crate) struct Tally<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
    hash: Sha256,
    /// All is counted and hashed; the file stands anywhere.
    ended: bool,
}

impl<R: Read> Tally<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self {
            inner,
            bytes: Arc::default(),
            hash: Sha256::new(),
            ended: false,
        }
    }

    /// Returns a counter of the bytes that were read, to be looked at while they are.
    pub(crate) fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes)
    }

    /// Reads what is left, and returns the SHA-256 of all as hexadecimal digits.
    pub(crate) fn finish(mut self) -> io::Result<String> {
        if !self.ended {
            io::copy(&mut self, &mut io::sink())?;
        }
        Ok(hexadecimal(&self.hash.finalize()))
    }
}

impl<R: Source> Source for Tally<R> {
    /// Counts and hashes what is left before bytes are read out of order.
    fn seekable(&mut self) -> io::Result<Option<&mut dyn Seekable>> {
        if self.inner.seekable()?.is_none() {
            return Ok(None);
        }
        io::copy(self, &mut io::sink())?;
        self.ended = true;
        self.inner.seekable()
    }
}

impl<R: Read> Read for Tally<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let read = buffer.get(..length);
        self.hash.update(read.ok_or(io::ErrorKind::InvalidData)?);
        self.bytes.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}
