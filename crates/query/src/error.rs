use std::fmt;
use std::path::PathBuf;

use whosaid_model::Span;

use crate::problem::Problem;
use crate::question;

/// Says why something cannot be asked, found or opened.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Box<Cause>);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Cause {
    #[error("{}", Problems(.problems))]
    Query { problems: Vec<Problem> },
    #[error("cannot read the question \"{0}\"")]
    Question(String),
    #[error("nothing in the archive has an identifier that begins with \"{0}\"")]
    UnknownId(String),
    /// `query` finds its quotations.
    #[error("\"{id}\" is an article, not a quotation")]
    IdOfArticle { id: String, query: String },
    #[error("\"{prefix}\" is the beginning of {count} identifiers; give more digits")]
    AmbiguousId { prefix: String, count: usize },
    #[error("\"{0}\" is no identifier; they look like q:7f3a or a:91c0")]
    BadId(String),
    #[error("\"{0}\" is no cursor; take one from the end of a list")]
    BadCursor(String),
    #[error(
        "the cursor belongs to another search; query, unit and order must be those it was given for"
    )]
    OtherCursor,
    #[error(
        "the archive has changed since the cursor was given, and with it the order by relevance; start again \
         without it, or sort by date"
    )]
    StaleCursor,
    #[error("the query has no words to line up; ask for some, as in said:hope")]
    NoKeyword,
    #[error("nothing to check: the text holds no word")]
    NoWords,
    #[error("{0} is not kept in this archive")]
    Unsupported(String),
    #[error("{}line {line}: {message}", File(.path))]
    Corrections {
        path: Option<PathBuf>,
        line: usize,
        message: String,
    },
    #[error("\"{0}\" cannot be given to \"{1}\", being their own name")]
    OwnName(String, String),
    #[error("{}: {}", .path.display(), whosaid_model::reason(.source))]
    CorrectionsFile {
        path: PathBuf,
        source: std::io::Error,
    },
    /// Within the library alone: who looks for something beside the answer does without it.
    #[error("the time is over")]
    TimeOver,
    #[error(transparent)]
    Schema(#[from] whosaid_schema::Error),
    #[error("search engine: {0}")]
    Engine(#[source] tantivy::TantivyError),
}

/// The name of a file, before what is said of it.
struct File<'a>(&'a Option<PathBuf>);

impl fmt::Display for File<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(path) => write!(f, "{}, ", path.display()),
            None => Ok(()),
        }
    }
}

struct Problems<'a>(&'a [Problem]);

impl fmt::Display for Problems<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.0.iter().filter(|problem| !problem.is_warning());
        for (index, problem) in errors.enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

/// What sort of error it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The query has faults; see [`Error::problems`].
    Query,
    /// The question is not understood; see [`Error::suggestions`] for two that are.
    Question,
    /// No quotation or article has the identifier, it is none, or an article has it where a quotation is wanted.
    UnknownId,
    /// Several identifiers begin so.
    AmbiguousId,
    /// The text is no cursor, or one of another search.
    BadCursor,
    /// A concordance was asked for of a query without words.
    NoKeyword,
    /// The order has changed since the cursor was given.
    StaleCursor,
    /// The text to be checked holds no word.
    NoWords,
    /// The archive does not keep what the query asks for.
    Unsupported,
    /// The file of corrections cannot be read, or says what cannot be.
    Corrections,
    /// There is no archive at the path.
    MissingArchive,
    /// There is something else at the path.
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

impl ErrorKind {
    /// Returns the word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Question => "question",
            Self::UnknownId => "unknown_id",
            Self::AmbiguousId => "ambiguous_id",
            Self::BadCursor => "bad_cursor",
            Self::NoKeyword => "no_keyword",
            Self::StaleCursor => "stale_cursor",
            Self::NoWords => "no_words",
            Self::Unsupported => "unsupported",
            Self::Corrections => "corrections",
            Self::MissingArchive => "missing_archive",
            Self::NotAnArchive => "not_an_archive",
            Self::UnknownFormat => "unknown_format",
            Self::Corrupt => "corrupt",
            Self::Io => "io",
            Self::Engine => "engine",
        }
    }
}

impl Error {
    /// Returns the sort of error.
    pub fn kind(&self) -> ErrorKind {
        match &*self.0 {
            Cause::Query { .. } => ErrorKind::Query,
            Cause::Question(_) => ErrorKind::Question,
            Cause::UnknownId(_) | Cause::BadId(_) | Cause::IdOfArticle { .. } => {
                ErrorKind::UnknownId
            }
            Cause::AmbiguousId { .. } => ErrorKind::AmbiguousId,
            Cause::BadCursor(_) | Cause::OtherCursor => ErrorKind::BadCursor,
            Cause::NoKeyword => ErrorKind::NoKeyword,
            Cause::StaleCursor => ErrorKind::StaleCursor,
            Cause::NoWords => ErrorKind::NoWords,
            Cause::Unsupported(_) => ErrorKind::Unsupported,
            Cause::Corrections { .. } | Cause::CorrectionsFile { .. } | Cause::OwnName(..) => {
                ErrorKind::Corrections
            }
            Cause::Schema(error) => match error.kind() {
                whosaid_schema::ErrorKind::Missing => ErrorKind::MissingArchive,
                whosaid_schema::ErrorKind::NotAnArchive => ErrorKind::NotAnArchive,
                whosaid_schema::ErrorKind::UnknownFormat => ErrorKind::UnknownFormat,
                whosaid_schema::ErrorKind::Corrupt => ErrorKind::Corrupt,
                whosaid_schema::ErrorKind::Io => ErrorKind::Io,
                _ => ErrorKind::Engine,
            },
            Cause::TimeOver => ErrorKind::Engine,
            Cause::Engine(error) => match error {
                tantivy::TantivyError::DataCorruption(_) => ErrorKind::Corrupt,
                tantivy::TantivyError::IoError(_) => ErrorKind::Io,
                _ => ErrorKind::Engine,
            },
        }
    }

    /// Tells whether there was no time left.
    pub(crate) fn is_time_over(&self) -> bool {
        matches!(&*self.0, Cause::TimeOver)
    }

    /// Wraps what the engine says. There is no `From` for it: the engine stays out of the library's front.
    pub(crate) fn engine(error: impl Into<tantivy::TantivyError>) -> Self {
        Cause::Engine(error.into()).into()
    }

    /// Returns the faults of the query, warnings included, in order of their place.
    pub fn problems(&self) -> &[Problem] {
        match &*self.0 {
            Cause::Query { problems } => problems,
            _ => &[],
        }
    }

    /// Returns the part of the user's text at fault, in bytes.
    pub fn span(&self) -> Option<Span> {
        self.problems()
            .iter()
            .find(|problem| !problem.is_warning())
            .map(|problem| problem.span)
    }

    /// Returns what to write instead, best first.
    pub fn suggestions(&self) -> Vec<&str> {
        match &*self.0 {
            Cause::Question(_) => question::EXAMPLES.to_vec(),
            Cause::IdOfArticle { query, .. } => vec![query],
            _ => self
                .problems()
                .iter()
                .flat_map(|problem| problem.suggestions.iter().map(String::as_str))
                .collect(),
        }
    }
}

impl From<whosaid_schema::Error> for Error {
    fn from(error: whosaid_schema::Error) -> Self {
        Cause::Schema(error).into()
    }
}

impl From<Cause> for Error {
    fn from(cause: Cause) -> Self {
        Self(Box::new(cause))
    }
}
