use std::fmt;

use serde::Serialize;

/// Something the asker should know about an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Warning {
    /// What sort of thing.
    pub kind: WarningKind,
    /// A sentence in lower case without full stop.
    pub message: String,
    /// What to write instead, best first; may be empty.
    pub suggestions: Vec<String>,
}

impl Warning {
    pub(crate) fn new(kind: WarningKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            suggestions: Vec::new(),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// What sort of thing a warning says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WarningKind {
    /// A name fits several people; all were searched.
    AmbiguousName,
    /// A text without words was passed over.
    NoWords,
    /// Nobody in the archive has a name; the suggestions are names that are like it, or a query if an outlet has it.
    UnknownSpeaker,
    /// Some of the quotations shown are denied or supposed in their articles.
    Denied,
    /// Only the first word of a name belongs to its field.
    SplitName,
}
