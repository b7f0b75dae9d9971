//! How a command ends: the one place that knows exit codes.

use std::fmt;
use std::io;

use crate::error::{Error, ErrorKind};

/// The exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Found, or done.
    Done,
    /// Nothing found.
    Nothing,
    /// Usage, query, input, lock or corruption error.
    Failed,
    /// An answer, but not all of it.
    Partial,
    /// Stopped by the user.
    Interrupted,
}

impl Status {
    /// Returns the number for the shell.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Nothing => 1,
            Self::Failed => 2,
            Self::Partial => 3,
            Self::Interrupted => 130,
        }
    }

    pub(super) fn of_answer(total: u64, partial: bool) -> Self {
        match (partial, total) {
            (true, _) => Self::Partial,
            (false, 0) => Self::Nothing,
            (false, _) => Self::Done,
        }
    }
}

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Failure {
    Query(Error),
    Index(whosaid_indexer::Error),
    /// Our own output or a side file.
    Io {
        what: String,
        source: io::Error,
    },
    /// The arguments are right each, but not together.
    Usage(String),
}

impl Failure {
    /// A reader that went away has what it wanted.
    pub(super) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Query(error) if error.kind() == ErrorKind::Query => error
                .problems()
                .iter()
                .find(|problem| !problem.is_warning())
                .map_or("query", |problem| problem.kind.as_str()),
            Self::Query(error) => error.kind().as_str(),
            Self::Index(error) => match error.kind() {
                whosaid_indexer::ErrorKind::MissingInput => "missing_input",
                whosaid_indexer::ErrorKind::Input => "input",
                whosaid_indexer::ErrorKind::Locked => "locked",
                whosaid_indexer::ErrorKind::Archive => "archive",
                whosaid_indexer::ErrorKind::Write => "write",
                whosaid_indexer::ErrorKind::Watch => "watch",
                _ => "engine",
            },
            Self::Io { .. } => "io",
            Self::Usage(_) => "usage",
        }
    }

    /// What to do about it, unless the message says it.
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            Self::Query(error) => match error.kind() {
                ErrorKind::MissingArchive => Some(
                    "make one with: whosaid index PATH…, or answer over files with --corpus PATH…"
                        .to_owned(),
                ),
                ErrorKind::Question => {
                    let examples = error.suggestions().join("\n      ");
                    Some(format!("questions look like this:\n      {examples}"))
                }
                ErrorKind::UnknownId => {
                    let query = error.suggestions().into_iter().next();
                    query.map(|query| format!("its quotations: whosaid search '{query}'"))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query(error) => error.fmt(f),
            Self::Index(error) => error.fmt(f),
            Self::Io { what, source } => write!(f, "{what}: {}", whosaid_model::reason(source)),
            Self::Usage(message) => f.write_str(message),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Query(error)
    }
}

impl From<whosaid_indexer::Error> for Failure {
    fn from(error: whosaid_indexer::Error) -> Self {
        Self::Index(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        // Renderers that read the archive have nothing else to say it with.
        match error.downcast::<Error>() {
            Ok(error) => Self::Query(error),
            Err(source) => Self::Io {
                what: "cannot write the output".to_owned(),
                source,
            },
        }
    }
}
