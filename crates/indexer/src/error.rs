use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenWriteError};
use whosaid_model::reason;

use crate::writer::holder;

/// Says why nothing could be indexed or read.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Cause);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Cause {
    #[error("no such file or folder: {}", .0.display())]
    MissingInput(PathBuf),
    #[error("cannot read {}: {}", path.display(), reason(source))]
    Input { path: PathBuf, source: io::Error },
    #[error("another process{} writes to the archive {}: it holds the lock {}", number(holder.as_deref()), archive.display(), lock.display())]
    Locked {
        archive: PathBuf,
        lock: PathBuf,
        holder: Option<String>,
    },
    #[error(transparent)]
    Archive(#[from] whosaid_schema::Error),
    #[error("cannot read the archive {}: {source}", archive.display())]
    Read {
        archive: PathBuf,
        source: whosaid_schema::Error,
    },
    #[error("cannot write to the archive {}: {}", archive.display(), why(source))]
    Write {
        archive: PathBuf,
        source: Box<TantivyError>,
    },
    #[error("cannot read back what this run has put aside: {}", reason(.0))]
    Aside(#[source] io::Error),
    #[error("cannot watch for changes: {0}")]
    Watch(#[source] notify::Error),
    #[error("cannot start threads: {0}")]
    Threads(String),
}

/// Names a process by its number.
fn number(holder: Option<&str>) -> String {
    holder.map_or_else(String::new, |holder| format!(" (number {holder})"))
}

/// Says what keeps the engine from writing.
fn why(error: &TantivyError) -> String {
    match error {
        TantivyError::IoError(error) | TantivyError::LockFailure(LockError::IoError(error), _) => {
            reason(error)
        }
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => reason(io_error),
        error => error.to_string(),
    }
}

/// What sort of error it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An input does not exist.
    MissingInput,
    /// An input cannot be read.
    Input,
    /// Another process is writing to the archive.
    Locked,
    /// The archive cannot be made, opened or read; the source is a [`whosaid_schema::Error`].
    Archive,
    /// The archive cannot be written to.
    Write,
    /// What was put aside for the time of the run cannot be read back.
    Aside,
    /// The operating system does not tell of changes.
    Watch,
    /// The operating system gives no threads.
    Threads,
}

impl Error {
    /// Returns the sort of error.
    pub fn kind(&self) -> ErrorKind {
        match &self.0 {
            Cause::MissingInput(_) => ErrorKind::MissingInput,
            Cause::Input { .. } => ErrorKind::Input,
            Cause::Locked { .. } => ErrorKind::Locked,
            Cause::Archive(_) | Cause::Read { .. } => ErrorKind::Archive,
            Cause::Write { .. } => ErrorKind::Write,
            Cause::Aside(_) => ErrorKind::Aside,
            Cause::Watch(_) => ErrorKind::Watch,
            Cause::Threads(_) => ErrorKind::Threads,
        }
    }

    /// Returns what is wrong with the archive, if that is the trouble.
    pub fn archive(&self) -> Option<&whosaid_schema::Error> {
        match &self.0 {
            Cause::Archive(error) | Cause::Read { source: error, .. } => Some(error),
            _ => None,
        }
    }

    pub(crate) fn input(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Cause::MissingInput(path).into(),
            _ => Cause::Input { path, source }.into(),
        }
    }

    /// Names the archive in a message of the engine, which knows no path.
    pub(crate) fn at(self, archive: &Path) -> Self {
        let named = archive.display().to_string();
        match self.0 {
            Cause::Archive(source) if !source.to_string().contains(&named) => {
                let archive = archive.to_owned();
                Cause::Read { archive, source }.into()
            }
            cause => cause.into(),
        }
    }

    /// Tells whether all that is known is that a thread of the engine has ended.
    pub(crate) fn is_of_ended_thread(&self) -> bool {
        matches!(&self.0, Cause::Write { source, .. } if matches!(**source, TantivyError::ErrorInThread(_)))
    }

    pub(crate) fn aside(source: impl Into<io::Error>) -> Self {
        Cause::Aside(source.into()).into()
    }

    pub(crate) fn write(archive: &Path, error: TantivyError) -> Self {
        if let TantivyError::LockFailure(LockError::LockBusy, _) = error {
            let lock = &tantivy::directory::INDEX_WRITER_LOCK.filepath;
            return Cause::Locked {
                archive: archive.to_owned(),
                lock: archive.join(lock),
                holder: holder(archive),
            }
            .into();
        }
        Cause::Write {
            archive: archive.to_owned(),
            source: Box::new(error),
        }
        .into()
    }
}

impl From<whosaid_schema::Error> for Error {
    fn from(error: whosaid_schema::Error) -> Self {
        Cause::Archive(error).into()
    }
}
