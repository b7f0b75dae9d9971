use std::path::{Path, PathBuf};

use tantivy::TantivyError;

use crate::FORMAT;
use whosaid_model::reason;

/// Says why an archive cannot be made, opened or read.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Cause);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Cause {
    #[error("no archive at {}", .0.display())]
    Missing(PathBuf),
    #[error("{} is not an archive of whosaid", place(.0.as_deref()))]
    NotAnArchive(Option<PathBuf>),
    #[error("{} has files in it but no archive; name an empty or a new folder", .0.display())]
    Occupied(PathBuf),
    #[error(
        "{} has format {found}, this version reads format {FORMAT}; index the sources again into a new archive",
        place(path.as_deref())
    )]
    Format { path: Option<PathBuf>, found: u32 },
    #[error("the archive holds a document that cannot be read: {0}")]
    Corrupt(&'static str, #[source] Option<postcard::Error>),
    #[error("cannot open the archive {}: {source}", path.display())]
    Open {
        path: PathBuf,
        source: Box<TantivyError>,
    },
    #[error("cannot use {}: {}", path.display(), reason(source))]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("search engine: {0}")]
    Engine(#[source] Box<TantivyError>),
}

fn place(path: Option<&Path>) -> String {
    path.map_or_else(|| "the index".to_owned(), |path| path.display().to_string())
}

/// What sort of error it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The folder does not exist or has no archive in it.
    Missing,
    /// There is something, but no archive of ours.
    NotAnArchive,
    /// The archive has a format that this version does not know.
    UnknownFormat,
    /// The archive is damaged.
    Corrupt,
    /// The operating system refused.
    Io,
    /// The search engine failed.
    Engine,
}

impl Error {
    /// Returns the sort of error.
    pub fn kind(&self) -> ErrorKind {
        match &self.0 {
            Cause::Missing(_) => ErrorKind::Missing,
            Cause::NotAnArchive(_) | Cause::Occupied(_) => ErrorKind::NotAnArchive,
            Cause::Format { .. } => ErrorKind::UnknownFormat,
            Cause::Corrupt(..) => ErrorKind::Corrupt,
            Cause::Io { .. } => ErrorKind::Io,
            Cause::Open { source, .. } | Cause::Engine(source) => match **source {
                TantivyError::DataCorruption(_) | TantivyError::OpenReadError(_) => {
                    ErrorKind::Corrupt
                }
                TantivyError::IoError(_)
                | TantivyError::OpenDirectoryError(_)
                | TantivyError::OpenWriteError(_) => ErrorKind::Io,
                _ => ErrorKind::Engine,
            },
        }
    }

    pub(crate) fn foreign() -> Self {
        Cause::NotAnArchive(None).into()
    }

    pub(crate) fn format(found: u32) -> Self {
        Cause::Format { path: None, found }.into()
    }

    pub(crate) fn corrupt(what: &'static str) -> Self {
        Cause::Corrupt(what, None).into()
    }

    pub(crate) fn record(error: postcard::Error) -> Self {
        Cause::Corrupt("its record is not valid", Some(error)).into()
    }

    /// Names the archive in a message that lacks its path.
    pub(crate) fn at(self, dir: &Path) -> Self {
        let path = Some(dir.to_owned());
        Self(match self.0 {
            Cause::NotAnArchive(None) => Cause::NotAnArchive(path),
            Cause::Format { path: None, found } => Cause::Format { path, found },
            other => other,
        })
    }
}

impl From<TantivyError> for Error {
    fn from(error: TantivyError) -> Self {
        Cause::Engine(Box::new(error)).into()
    }
}
