//! The query as a tree that knows no engine; printing it gives text that parses to the same tree.

use std::fmt;

use whosaid_model::QuotationKind;

use crate::date::{Comparison, DateRange, write_between};
use crate::marks;

/// One node of a query.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Node {
    /// Everything: `*`.
    All,
    /// Words, in one field or wherever bare words are looked for.
    Text {
        /// The field, or `None` for a bare word.
        field: Option<TextField>,
        /// Spelled exactly so: `said:="Öl"` switches stemming and folding off, `speaker:="J. Roe"` wants the whole name.
        exact: bool,
        /// The words.
        text: Text,
    },
    /// A query whose bare words are looked for in one field: `said:(percent OR cent)`.
    Group {
        /// The field.
        field: TextField,
        /// The query inside the parentheses.
        inner: Box<Node>,
    },
    /// Two texts near each other in what was said.
    Near {
        /// The first text.
        left: Text,
        /// The second text.
        right: Text,
        /// The second starts at most so many words after the first ends; 1 is the next word.
        distance: u32,
        /// The order counts (`ADJ`).
        ordered: bool,
    },
    /// A range of days.
    Date {
        /// The date asked about.
        field: DateField,
        /// The days.
        range: DateRange,
    },
    /// A range of numbers.
    Number {
        /// The number asked about.
        field: NumberField,
        /// The numbers.
        range: NumberRange,
    },
    /// Everything that does not match.
    Not(Box<Node>),
    /// A query whose matches weigh more or less in the ranking.
    Boost(Box<Node>, f32),
    /// All must match; two or more, none of them `And`.
    And(Vec<Node>),
    /// At least one must match; two or more, none of them `Or`.
    Or(Vec<Node>),
}

/// Most words of a phrase that are looked for in any order.
const LOOSE: usize = 12;

impl Node {
    /// Looks for words in a field.
    pub fn text(field: TextField, text: Text) -> Self {
        Self::Text {
            field: Some(field),
            exact: false,
            text,
        }
    }

    /// Joins queries that must all match; nothing becomes `*`.
    pub fn all_of(nodes: impl IntoIterator<Item = Node>) -> Self {
        let mut flat = Vec::new();
        for node in nodes {
            match node {
                Self::And(inner) => flat.extend(inner),
                node => flat.push(node),
            }
        }
        match flat.len() {
            0 => Self::All,
            1 => flat.swap_remove(0),
            _ => Self::And(flat),
        }
    }

    /// Everything that was said, indirect speech too, which is left out unless kinds are asked for.
    pub(crate) fn of_any_kind() -> Self {
        let kinds = [
            QuotationKind::Direct,
            QuotationKind::Mixed,
            QuotationKind::Indirect,
        ];
        Self::Or(
            kinds
                .map(|kind| Self::text(TextField::Kind, Text::word(kind.as_str())))
                .to_vec(),
        )
    }

    /// The query with the words of its phrases in any order, anywhere; `None` when it has no phrase, or has one inside
    /// of other queries than one that wants all its parts.
    #[cfg_attr(
        not(feature = "cli"),
        allow(dead_code, reason = "for the command line")
    )]
    pub(crate) fn in_any_order(&self) -> Option<Self> {
        match self {
            Self::Text {
                field,
                exact: false,
                text:
                    Text::Phrase {
                        words,
                        prefix: false,
                        ..
                    },
            } if field.is_none_or(TextField::is_prose)
                && (2..=LOOSE).contains(&words.split_whitespace().count()) =>
            {
                let words = words.split_whitespace().map(|word| Self::Text {
                    field: *field,
                    exact: false,
                    text: Text::word(word),
                });
                Some(Self::all_of(words))
            }
            Self::And(parts) => {
                let loose: Vec<Option<Self>> = parts.iter().map(Self::in_any_order).collect();
                let any = loose.iter().any(Option::is_some);
                let parts = loose.into_iter().zip(parts);
                any.then(|| Self::all_of(parts.map(|(loose, part)| loose.unwrap_or(part.clone()))))
            }
            _ => None,
        }
    }

    /// Joins queries one of which must match; nothing becomes `*`.
    pub fn any_of(nodes: impl IntoIterator<Item = Node>) -> Self {
        let mut flat = Vec::new();
        for node in nodes {
            match node {
                Self::Or(inner) => flat.extend(inner),
                node => flat.push(node),
            }
        }
        match flat.len() {
            0 => Self::All,
            1 => flat.swap_remove(0),
            _ => Self::Or(flat),
        }
    }

    /// Calls `visit` on this node and all below it, outermost first.
    pub fn walk(&self, visit: &mut impl FnMut(&Node)) {
        visit(self);
        match self {
            Self::Group { inner, .. } | Self::Not(inner) | Self::Boost(inner, _) => {
                inner.walk(visit);
            }
            Self::And(nodes) | Self::Or(nodes) => {
                for node in nodes {
                    node.walk(visit);
                }
            }
            Self::All
            | Self::Text { .. }
            | Self::Near { .. }
            | Self::Date { .. }
            | Self::Number { .. } => {}
        }
    }

    fn needs_parentheses(&self) -> bool {
        matches!(
            self,
            Self::And(_) | Self::Or(_) | Self::Not(_) | Self::Boost(..)
        )
    }
}

/// Writes `node` where the grammar wants a primary.
fn write_primary(f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    if node.needs_parentheses() {
        write!(f, "({node})")
    } else {
        write!(f, "{node}")
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Text { field, exact, text } => {
                if let Some(field) = field {
                    write!(f, "{field}:{}", if *exact { "=" } else { "" })?;
                }
                text.fmt(f)
            }
            Self::Group { field, inner } => write!(f, "{field}:({inner})"),
            Self::Near {
                left,
                right,
                distance,
                ordered,
            } => {
                let operator = if *ordered { "ADJ" } else { "NEAR" };
                write!(f, "{left} {operator}/{distance} {right}")
            }
            Self::Date { field, range } => write!(f, "{field}:{range}"),
            Self::Number { field, range } => write!(f, "{field}:{range}"),
            Self::Not(inner) => {
                f.write_str("NOT ")?;
                if matches!(**inner, Self::Boost(..)) {
                    inner.fmt(f)
                } else {
                    write_primary(f, inner)
                }
            }
            Self::Boost(inner, weight) => {
                write_primary(f, inner)?;
                write!(f, "^{weight}")
            }
            Self::And(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    if index > 0 {
                        f.write_str(" ")?;
                    }
                    if matches!(node, Self::Not(_) | Self::Boost(..)) {
                        node.fmt(f)?;
                    } else {
                        write_primary(f, node)?;
                    }
                }
                Ok(())
            }
            Self::Or(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    if index > 0 {
                        f.write_str(" OR ")?;
                    }
                    if matches!(node, Self::Or(_)) {
                        write_primary(f, node)?;
                    } else {
                        node.fmt(f)?;
                    }
                }
                Ok(())
            }
        }
    }
}

/// Words to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Text {
    /// One bare word.
    Word(String),
    /// A word's beginning: `govern*`.
    Prefix(String),
    /// A word with so many letters wrong: `pyongyang~1`.
    Fuzzy(String, u8),
    /// Words in a row.
    Phrase {
        /// The words, as written between the marks.
        words: String,
        /// So many other words may stand between them, in total.
        slop: u32,
        /// The last word is only a beginning.
        prefix: bool,
    },
}

impl Text {
    /// Makes a phrase without slop.
    pub fn phrase(words: impl Into<String>) -> Self {
        Self::Phrase {
            words: words.into(),
            slop: 0,
            prefix: false,
        }
    }

    /// Makes a bare word, or a phrase when `word` cannot stand without marks.
    pub fn word(word: impl Into<String>) -> Self {
        let word = word.into();
        if is_bare(&word) {
            Self::Word(word)
        } else {
            Self::phrase(word)
        }
    }

    /// Makes the beginning of a word, in marks when it cannot stand without.
    pub(crate) fn beginning(word: String) -> Self {
        if is_bare(&word) {
            Self::Prefix(word)
        } else {
            Self::Phrase {
                words: word,
                slop: 0,
                prefix: true,
            }
        }
    }

    /// Tells whether the words are to stand whole and in a row.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(
            self,
            Self::Word(_)
                | Self::Phrase {
                    slop: 0,
                    prefix: false,
                    ..
                }
        )
    }

    /// Returns the words as written.
    pub fn words(&self) -> &str {
        match self {
            Self::Word(words)
            | Self::Prefix(words)
            | Self::Fuzzy(words, _)
            | Self::Phrase { words, .. } => words,
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Prefix(word) => write!(f, "{word}*"),
            Self::Fuzzy(word, distance) => write!(f, "{word}~{distance}"),
            Self::Phrase {
                words,
                slop,
                prefix,
            } => {
                f.write_str(&marks::quoted(words))?;
                match (prefix, slop) {
                    (true, _) => f.write_str("*"),
                    (false, 0) => Ok(()),
                    (false, slop) => write!(f, "~{slop}"),
                }
            }
        }
    }
}

/// The operators, which are words of the language only in capitals.
pub(crate) const OPERATORS: [&str; 5] = ["AND", "OR", "NOT", "NEAR", "ADJ"];

/// Splits `text` behind the bare word at its start.
pub(crate) fn split_bare(text: &str) -> (&str, &str) {
    let mut before = ' ';
    for (at, char) in text.char_indices() {
        let ends = char.is_whitespace()
            || char.is_control()
            || matches!(char, '(' | ')' | ':' | '^' | '~' | '*' | '‘')
            || marks::is_double_mark(char)
            || (at == 0 && matches!(char, '+' | '-' | '='))
            || (marks::is_apostrophe(char)
                && !before.is_alphanumeric()
                && text.get(at..).and_then(marks::read).is_some());
        if ends {
            return text.split_at_checked(at).unwrap_or_default();
        }
        before = char;
    }
    (text, "")
}

/// Tells whether `word` parses as one bare word, whatever follows: the apostrophe of `'90s` opens a phrase when a later
/// one closes it.
fn is_bare(word: &str) -> bool {
    let before = std::iter::once(' ').chain(word.chars());
    let opens = |(before, char): (char, char)| marks::opens(char) && !before.is_alphanumeric();
    !word.is_empty()
        && !before.zip(word.chars()).any(opens)
        && split_bare(word).1.is_empty()
        && !OPERATORS.contains(&word)
        && operator_distance(word).is_none()
}

/// Splits `NEAR/3` and `ADJ/3`; a bare `NEAR` has no number.
pub(crate) fn operator_distance(word: &str) -> Option<(&str, &str)> {
    let (operator, distance) = word.split_once('/')?;
    matches!(operator, "NEAR" | "ADJ").then_some((operator, distance))
}

macro_rules! field {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every field, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the word used in queries.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            pub(crate) fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|field| field.as_str() == word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

field! {
    /// A field that holds words.
    TextField {
        /// Who said it: the name, the name as written, the title.
        Speaker = "speaker",
        /// The quoted words.
        Said = "said",
        /// What it is about: the quoted words or the article's title.
        About = "about",
        /// The body of the article.
        Text = "text",
        /// The title of the article.
        Title = "title",
        /// The outlet.
        Source = "source",
        /// Who wrote the article.
        Author = "author",
        /// How the words are reported: direct, mixed or indirect.
        Kind = "kind",
        /// The language tag of the article.
        Lang = "lang",
        /// The identifier of a quotation or article, or the start of one.
        Id = "id",
    }
}

impl TextField {
    /// Tells whether the field has running text.
    fn is_prose(self) -> bool {
        matches!(self, Self::Said | Self::Text | Self::Title | Self::About)
    }

    /// Tells whether the field's values are of a form of their own, not words.
    pub(crate) fn is_closed(self) -> bool {
        matches!(self, Self::Kind | Self::Lang | Self::Id)
    }
}

field! {
    /// A field that holds a day.
    DateField {
        /// When the article was published.
        Date = "date",
        /// When the article came into the archive.
        Added = "added",
    }
}

field! {
    /// A field that holds a number.
    NumberField {
        /// The probability that the quotation is speech and its speaker right, from 0 to 1.
        Confidence = "confidence",
        /// The number of words quoted.
        Words = "words",
    }
}

/// A number as written: `0.90` stays `0.90`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// Digits after the point.
    pub decimals: u8,
}

impl Number {
    /// Reads digits with at most nine after a point.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return None,
            None => (text, ""),
        };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = !whole.is_empty() && whole.len() <= 9 && fraction.len() <= 9;
        (fits && digits(whole) && digits(fraction)).then_some(())?;
        Some(Self {
            value: text.parse().ok()?,
            decimals: fraction.len() as u8,
        })
    }

    /// Half a unit of the last digit written: `0.9` stands for all that rounds to it.
    fn tolerance(self) -> f64 {
        if self.decimals == 0 {
            0.0
        } else {
            0.5 * 10f64.powi(i32::from(self.decimals).saturating_neg())
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*}", usize::from(self.decimals), self.value)
    }
}

/// The numbers a query asks for; both ends are included.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum NumberRange {
    /// One number, or all that round to it as written.
    Is(Number),
    /// From one to the other; at least one is there.
    Between(Option<Number>, Option<Number>),
    /// Above or below a number.
    Compare(Comparison, Number),
}

impl NumberRange {
    /// Tells whether `value` lies in the range.
    pub fn contains(self, value: f64) -> bool {
        match self {
            Self::Is(number) => (value - number.value).abs() <= number.tolerance(),
            Self::Between(from, to) => {
                from.is_none_or(|from| value >= from.value) && to.is_none_or(|to| value <= to.value)
            }
            Self::Compare(Comparison::AtLeast, number) => value >= number.value,
            Self::Compare(Comparison::Above, number) => value > number.value,
            Self::Compare(Comparison::AtMost, number) => value <= number.value,
            Self::Compare(Comparison::Below, number) => value < number.value,
        }
    }
}

impl fmt::Display for NumberRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(number) => number.fmt(f),
            Self::Between(from, to) => write_between(f, from.as_ref(), to.as_ref()),
            Self::Compare(comparison, number) => write!(f, "{}{number}", comparison.as_str()),
        }
    }
}
