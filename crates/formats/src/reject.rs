use std::fmt;

use serde::Serialize;

/// A file or a record of it that gave no article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// The file, as given.
    pub path: String,
    /// Which record of the file, counted from 1, when the file has several.
    pub record: Option<u64>,
    /// The byte of the file where the trouble is, if known.
    pub offset: Option<u64>,
    /// What is wrong, in words.
    pub reason: String,
    /// What is wrong, for programs.
    pub kind: RejectKind,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(record) = self.record {
            write!(f, ":{record}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl Reject {
    /// Says that the program failed on a record, with the message of the panic.
    pub fn fault(path: &str, record: Option<u64>, offset: Option<u64>, message: &str) -> Self {
        Self {
            path: path.to_owned(),
            record,
            offset,
            reason: format!("the program failed on it, please report this: {message}"),
            kind: RejectKind::Fault,
        }
    }
}

/// Why a file or record gave no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RejectKind {
    /// The operating system refused.
    Unreadable,
    /// No text, though the name says so.
    Binary,
    /// A format that is known, but not read.
    Unsupported,
    /// The record breaks the rules of its format.
    Malformed,
    /// The record has no text.
    Empty,
    /// The record is longer than the limit.
    TooLong,
    /// It expands to more than the limits, or has more members.
    TooLarge,
    /// Archives lie within archives, deeper than the limit.
    TooDeep,
    /// It took longer than the limit of time.
    TooSlow,
    /// It cannot be read without a password.
    Encrypted,
    /// The program failed on it, which is its own mistake and should be reported.
    Fault,
    /// Not news and not meant to be: an image, a style sheet, a page that was not found.
    NotNews,
}

impl RejectKind {
    /// Returns the word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Binary => "binary",
            Self::Unsupported => "unsupported",
            Self::Malformed => "malformed",
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::TooLarge => "too_large",
            Self::TooDeep => "too_deep",
            Self::TooSlow => "too_slow",
            Self::Encrypted => "encrypted",
            Self::Fault => "fault",
            Self::NotNews => "not_news",
        }
    }

    /// Tells whether something is wrong: news may have been lost. A saved page brings images and scripts along,
    /// and that these are left out is as it should be.
    pub fn is_fault(self) -> bool {
        self != Self::NotNews
    }
}
