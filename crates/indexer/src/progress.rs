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
    /// A file is done with.
    File(FileEvent<'a>),
    /// A file or record could not be read.
    Rejected(&'a Reject),
    /// All is read; the index is being closed.
    Committing,
}

/// What became of a file.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FileEvent<'a> {
    /// The file as given.
    pub path: &'a str,
    /// How it stands to the archive.
    pub change: FileChange,
    /// Articles of it that were written.
    pub articles: u64,
    /// Articles of it that the archive has from elsewhere, in this or a later version.
    pub copies: u64,
    /// Records of it that could not be read.
    pub rejected: u64,
}

/// How a file stands to the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileChange {
    /// The archive had nothing of it.
    New,
    /// It is not what it was.
    Changed,
    /// It holds copies of what went away.
    ReadAgain,
    /// It could not be read to its end.
    Unfinished,
    /// It is gone, and forgotten.
    Gone,
}

impl FileChange {
    /// Returns the word used in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::ReadAgain => "read again",
            Self::Unfinished => "unfinished",
            Self::Gone => "gone",
        }
    }
}
