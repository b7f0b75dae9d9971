//! Questions in plain English to queries. What is not understood is refused, never guessed.

mod clauses;
mod dates;
mod forms;
mod outlets;
mod periods;
mod pieces;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::ast::{DateField, Node};
use crate::date::{DateRange, Period};
use dates::{dates, split_dates};
pub(crate) use outlets::Outlets;
use pieces::{Piece, pieces};

/// What a question wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Intent {
    /// Who said it?
    Who,
    /// Who said it first, as far as this archive goes?
    WhoFirst,
    /// What did somebody say?
    What,
    /// When did somebody say it?
    When,
    /// How often did somebody say it?
    HowOften,
    /// Did somebody say it?
    Whether,
    /// Who, what or when, the latest first?
    Latest,
}

/// A question and the query it compiles to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Question {
    /// What the question wants to know.
    pub intent: Intent,
    /// The query.
    pub node: Node,
    /// How often in each of these periods?
    pub per: Option<Period>,
}

/// Two questions that are understood, for the message that refuses another.
pub(crate) const EXAMPLES: [&str; 2] = [
    "who said \"one percent\" since October 2025",
    "what did Jane Roe say about the budget",
];

/// Words before a question that ask nothing.
const POLITE: &[&[&str]] = &[
    &["please"],
    &["tell", "me"],
    &["show", "me"],
    &["give", "me"],
    &["find", "me"],
    &["find"],
    &["show"],
    &["list"],
    &["search", "for"],
    &["do", "you", "know"],
    &["can", "you", "tell", "me"],
    &["could", "you", "tell", "me"],
    &["i", "want", "to", "know"],
    &["i'd", "like", "to", "know"],
    &["and"],
    &["so"],
];

/// Words that a question begins with.
const ASKING: &[&str] = &[
    "who", "who's", "whose", "what", "what's", "when", "how", "did", "does", "has", "have",
    "quotes", "was",
];

/// Reads a question; `None` when it is not understood. `outlets` are those that it may name.
pub(crate) fn read(
    question: &str,
    today: Option<NaiveDate>,
    outlets: &Outlets,
) -> Option<Question> {
    let pieces = pieces(question);
    let (pieces, source) = outlets.take(without_politeness(&pieces));
    let (pieces, before) = leading_dates(&pieces, today);
    let (pieces, range) = if before.is_some() {
        (pieces.to_vec(), before)
    } else {
        let (rest, range) = split_dates(pieces, today);
        if range.is_some() {
            (rest.to_vec(), range)
        } else {
            inner_dates(pieces, today)
        }
    };
    let (pieces, per) = periods::take(pieces);
    let (intent, mut nodes) = forms::read(&pieces)?;
    nodes.extend(source);
    nodes.extend(range.map(|range| Node::Date {
        field: DateField::Date,
        range,
    }));
    Some(Question {
        intent,
        node: Node::all_of(nodes),
        per,
    })
}

fn without_politeness<'p, 'q>(mut pieces: &'p [Piece<'q>]) -> &'p [Piece<'q>] {
    loop {
        let begins = |words: &&&[&str]| {
            pieces.len() > words.len()
                && words.iter().zip(pieces).all(|(word, piece)| piece.is(word))
        };
        // The longest: `find me` is not `find` and a name.
        let polite = POLITE.iter().filter(begins).map(|words| words.len()).max();
        match polite {
            Some(words) => pieces = pieces.get(words..).unwrap_or_default(),
            None => return pieces,
        }
    }
}

/// Takes the dates off the start: `since October, who said …`, `in 2025 what did …`.
fn leading_dates<'p, 'q>(
    pieces: &'p [Piece<'q>],
    today: Option<NaiveDate>,
) -> (&'p [Piece<'q>], Option<DateRange>) {
    let most = pieces.len().saturating_sub(2).min(8);
    (1..=most)
        .rev()
        .find_map(|length| {
            let (words, question) = pieces.split_at_checked(length)?;
            let asks = ASKING.contains(&question.first()?.lower.as_str());
            let range = asks.then(|| dates(words, today)).flatten()?;
            Some((question, Some(range)))
        })
        .unwrap_or((pieces, None))
}

/// Takes out dates before a subject: `what did Roe say last week about the budget`.
fn inner_dates<'q>(
    pieces: &[Piece<'q>],
    today: Option<NaiveDate>,
) -> (Vec<Piece<'q>>, Option<DateRange>) {
    let places = pieces.iter().enumerate().skip(2);
    for (about, _) in places.filter(|(_, piece)| clauses::is_about(piece)) {
        for start in about.saturating_sub(8).max(1)..about {
            let (before, subject) = pieces.split_at(about);
            let (before, words) = before.split_at(start);
            if words.iter().any(|piece| piece.marked.is_some()) {
                continue;
            }
            if let Some(range) = dates(words, today) {
                return ([before, subject].concat(), Some(range));
            }
        }
    }
    (pieces.to_vec(), None)
}
