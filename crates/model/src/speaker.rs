use serde::{Deserialize, Serialize};

/// The person or body whose words are quoted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest name the article gives, without titles: `Chung Dong-young`. For a descriptive source the
    /// words of the article: `a senior US official`. Empty when a pronoun could not be resolved.
    pub name: String,
    /// Office or role, as the article first gives it: `Unification Minister`.
    pub title: Option<String>,
    /// What sort of source this is.
    pub kind: SpeakerKind,
}

/// What sort of source a speaker is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SpeakerKind {
    /// Somebody with a name.
    Person,
    /// A body: a ministry, a company, a capital standing for its government.
    Organization,
    /// Somebody without a name: `a senior US official`, `witnesses`.
    Descriptive,
    /// A mention, such as a pronoun, whose person the article does not settle.
    #[default]
    Unknown,
}

impl SpeakerKind {
    /// Returns the word used in JSON and in queries.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Descriptive => "descriptive",
            Self::Unknown => "unknown",
        }
    }
}

/// How a mention led to its speaker.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Resolution {
    /// The mention is the full name.
    Name,
    /// Part of a name that the article gives in full elsewhere: `Chung`.
    Surname,
    /// A pronoun: `she`.
    Pronoun,
    /// A role that one person of the article holds: `the minister`.
    Role,
    /// No named person: the description stands as written.
    #[default]
    Description,
    /// A turn label of a transcript or interview: `KENT:`.
    Label,
    /// No mention of its own: the words carry on the speech before them.
    Continuation,
}

impl Resolution {
    /// Returns the word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Surname => "surname",
            Self::Pronoun => "pronoun",
            Self::Role => "role",
            Self::Description => "description",
            Self::Label => "label",
            Self::Continuation => "continuation",
        }
    }
}
