use crate::Reject;

/// What happens during a run, told while it happens. All methods may be called from any thread.
pub trait Progress: Sync {
    /// Takes note of an event.
    fn event(&self, event: Event<'_>) {
        let _ = event;
    }

    /// Tells whether to stop: what is done will be committed.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Takes note of nothing.
impl Progress for () {}

/// Something that happened.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// So many files and bytes are to be read, and so many files are as they were. Told once, at the start.
    Planned {
        /// Files to be read.
        files: u64,
        /// Their bytes.
        bytes: u64,
        /// Files left alone.
        unchanged: u64,
    },
    /// A file is being read.
    Reading {
        /// The file as given.
        path: &'a str,
    },
    /// So much was done since the last such event.
    Advanced {
        /// Bytes of input.
        bytes: u64,
        /// Articles taken in.
        articles: u64,
        /// Their quotations.
        quotations: u64,
    },
    /// A file or record could not be read.
    Rejected(&'a Reject),
    /// All is read; the index is being closed.
    Committing,
}
