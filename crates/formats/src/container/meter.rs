//! What a file costs: bytes read from it and made of them, against the limits.

use std::cell::{Cell, RefCell};
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use whosaid_model::reason;

use crate::{ReadOptions, RejectKind};

/// Bytes that a member may make whatever the ratio: a page of one letter is no bomb.
const FREE: u64 = 64 << 20;

/// As [`FREE`], for all members together. It is larger, so that one bomb does not end the reading of an archive.
const FREE_IN_ALL: u64 = 1 << 30;

/// What was read of one file of the disk, and what came of it at all levels.
#[derive(Debug)]
pub(crate) struct Meter {
    read: Cell<u64>,
    expanded: Cell<u64>,
    members: Cell<u64>,
    /// A limit of the whole file is reached: all that reads from it has come to its end.
    stopped: Cell<bool>,
    /// The operating system refused.
    failed: RefCell<Option<String>>,
    expanded_limit: u64,
    ratio_limit: u64,
    member_limit: u64,
}

/// Why a stream ends before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: RejectKind,
    pub(crate) reason: String,
}

impl Fault {
    pub(crate) fn malformed(reason: impl Into<String>) -> Self {
        Self {
            kind: RejectKind::Malformed,
            reason: reason.into(),
        }
    }

    fn too_large(reason: String) -> Self {
        Self {
            kind: RejectKind::TooLarge,
            reason,
        }
    }
}

impl Meter {
    pub(crate) fn new(options: &ReadOptions) -> Self {
        Self {
            read: Cell::new(0),
            expanded: Cell::new(0),
            members: Cell::new(0),
            stopped: Cell::new(false),
            failed: RefCell::new(None),
            expanded_limit: options.expanded_limit,
            ratio_limit: options.ratio_limit,
            member_limit: options.member_limit,
        }
    }

    /// Wraps what comes from the disk.
    pub(crate) fn raw<'a, R: ?Sized>(&'a self, inner: &'a mut R) -> Raw<'a, R> {
        Raw { inner, meter: self }
    }

    /// Returns what the operating system said when it refused.
    pub(crate) fn failed(&self) -> Option<String> {
        self.failed.borrow().clone()
    }

    /// Notes that the operating system refused.
    pub(crate) fn fail(&self, error: &io::Error) {
        self.failed
            .borrow_mut()
            .get_or_insert_with(|| reason(error));
    }

    /// Tells whether nothing more is to be read.
    pub(crate) fn stopped(&self) -> bool {
        self.stopped.get() || self.failed.borrow().is_some()
    }

    /// Counts a member of an archive.
    pub(crate) fn member(&self) -> Result<(), Fault> {
        let members = self.members.get().saturating_add(1);
        self.members.set(members);
        if members <= self.member_limit {
            return Ok(());
        }
        self.stopped.set(true);
        Err(Fault::too_large(format!(
            "more than {} members; the rest is not read",
            self.member_limit
        )))
    }

    /// Counts bytes that were made; `made` and `packed` are those of the member they belong to, with them and
    /// before.
    fn count(&self, bytes: u64, made: u64, packed: u64) -> Result<(), Fault> {
        let expanded = self.expanded.get().saturating_add(bytes);
        self.expanded.set(expanded);
        let ratio = self.ratio_limit;
        let is_bomb = |made: u64, packed: u64| made.checked_div(ratio).unwrap_or(made) > packed;
        if expanded > self.expanded_limit {
            self.stopped.set(true);
            return Err(Fault::too_large(format!(
                "the file expands to more than {} bytes; the rest is not read",
                self.expanded_limit
            )));
        }
        if expanded > FREE_IN_ALL && is_bomb(expanded, self.read.get()) {
            self.stopped.set(true);
            return Err(Fault::too_large(format!(
                "the file expands more than {ratio} times; the rest is not read"
            )));
        }
        if made > FREE && is_bomb(made, packed) {
            return Err(Fault::too_large(format!("expands more than {ratio} times")));
        }
        Ok(())
    }
}

fn add(count: &Cell<u64>, length: usize) {
    count.set(count.get().saturating_add(length as u64));
}

/// Bytes from the disk.
pub(crate) struct Raw<'a, R: ?Sized> {
    inner: &'a mut R,
    meter: &'a Meter,
}

impl<R: Read + ?Sized> Read for Raw<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer);
        match &read {
            Ok(length) => add(&self.meter.read, *length),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => self.meter.fail(error),
        }
        read
    }
}

impl<R: Seek + ?Sized> Seek for Raw<'_, R> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.inner.seek(position)
    }
}

/// Counts the bytes read through it, for others to see.
#[derive(Debug)]
pub(crate) struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Counted<R> {
    pub(crate) fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let count = Rc::new(Cell::new(0));
        let counted = Self {
            inner,
            count: Rc::clone(&count),
        };
        (counted, count)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        add(&self.count, length);
        Ok(length)
    }
}

/// What is expanded, within the limits. Broken bytes and reached limits are the end of it, and noted.
pub(crate) struct Guarded<'a, R> {
    inner: R,
    meter: &'a Meter,
    /// What the bytes are, for messages.
    what: &'static str,
    made: u64,
    /// The bytes it is made of, so far.
    packed: Rc<Cell<u64>>,
    fault: Option<Fault>,
}

impl<'a, R: Read> Guarded<'a, R> {
    pub(crate) fn new(
        inner: R,
        meter: &'a Meter,
        what: &'static str,
        packed: Rc<Cell<u64>>,
    ) -> Self {
        Self {
            inner,
            meter,
            what,
            made: 0,
            packed,
            fault: None,
        }
    }

    /// Returns why it ended before its end, if it did.
    pub(crate) fn fault(&mut self) -> Option<Fault> {
        self.fault.take()
    }
}

impl<R: Read> Read for Guarded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.fault.is_some() || self.meter.stopped.get() {
            return Ok(0);
        }
        match self.inner.read(buffer) {
            Ok(length) => {
                self.made = self.made.saturating_add(length as u64);
                let counted = self
                    .meter
                    .count(length as u64, self.made, self.packed.get());
                if let Err(fault) = counted {
                    self.fault = Some(fault);
                    return Ok(0);
                }
                Ok(length)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) if self.meter.failed.borrow().is_some() => Err(error),
            Err(error) => {
                self.fault = Some(Fault::malformed(format!(
                    "the {} data cannot be read after {} bytes: {}",
                    self.what, self.made, error
                )));
                Ok(0)
            }
        }
    }
}
