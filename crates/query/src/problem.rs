//! What is wrong with a query, where, and what to write instead.

use std::fmt;

use serde::Serialize;
use whosaid_model::Span;

/// One fault of a query's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// What sort of fault.
    pub kind: ProblemKind,
    /// A sentence in lower case without full stop that names the word at fault.
    pub message: String,
    /// Where, in bytes of the query's text.
    pub span: Span,
    /// What to write instead, best first; may be empty.
    pub suggestions: Vec<String>,
}

impl Problem {
    pub(crate) fn new(kind: ProblemKind, span: Span, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            span,
            suggestions: Vec::new(),
        }
    }

    pub(crate) fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestions.push(suggestion.into());
        self
    }

    /// Tells whether the query still means something clear: a warning, not an error.
    pub fn is_warning(&self) -> bool {
        self.kind == ProblemKind::SplitName
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// What sort of fault a query has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// There is no such field.
    UnknownField,
    /// A date that the calendar lacks or that cannot be read.
    BadDate,
    /// A relative date, and nobody said what day it is.
    NoToday,
    /// A number that cannot be read, or one out of range.
    BadNumber,
    /// A field's value that it never has.
    BadValue,
    /// A quotation mark that nothing closes.
    UnclosedMark,
    /// A parenthesis without its partner.
    Parenthesis,
    /// An operator without something on both sides.
    MissingOperand,
    /// Something that cannot stand here.
    Unexpected,
    /// Nothing to search for.
    Empty,
    /// More parentheses inside each other than anybody means.
    TooDeep,
    /// A longer text than anybody writes.
    TooLong,
    /// A name of which only the first word belongs to the field: `speaker:Jane Roe`.
    SplitName,
}

impl ProblemKind {
    /// Returns the word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownField => "unknown_field",
            Self::BadDate => "bad_date",
            Self::NoToday => "no_today",
            Self::BadNumber => "bad_number",
            Self::BadValue => "bad_value",
            Self::UnclosedMark => "unclosed_mark",
            Self::Parenthesis => "parenthesis",
            Self::MissingOperand => "missing_operand",
            Self::Unexpected => "unexpected",
            Self::Empty => "empty",
            Self::TooDeep => "too_deep",
            Self::TooLong => "too_long",
            Self::SplitName => "split_name",
        }
    }
}
