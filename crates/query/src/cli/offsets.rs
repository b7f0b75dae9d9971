//! What offsets count.

use clap::ValueEnum;
use whosaid_model::CodePoints;

/// What the offsets that are printed count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Offsets {
    /// UTF-8 bytes
    Byte,
    /// Unicode code points
    Char,
}

impl Offsets {
    /// The unit of offsets that are turned into code points, if these are given.
    pub(super) fn of(points: Option<&CodePoints>) -> Self {
        points.map_or(Self::Byte, |_| Self::Char)
    }

    /// The code points of a text, if they are what is counted.
    pub(super) fn points(self, text: &str) -> Option<CodePoints> {
        (self == Self::Char).then(|| CodePoints::new(text))
    }

    /// The word in records.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Byte => "byte",
            Self::Char => "char",
        }
    }
}
