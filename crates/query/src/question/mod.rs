//! Questions in plain English to queries. What is not understood is refused, never guessed.

mod besides;
mod clauses;
mod dates;
mod faults;
mod figures;
mod forms;
mod names;
mod offices;
mod order;
mod outlets;
mod periods;
mod pieces;
mod quotes;
mod spoken;
#[cfg(test)]
mod tests;
mod verbs;
mod what;
mod when;
mod who;

use chrono::NaiveDate;

use crate::ast::Node;
use crate::date::Period;
use crate::error::Cause;
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
    /// How many people said it?
    HowMany,
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
    &["can", "you"],
    &["can", "u"],
    &["could", "u"],
    &["could", "you"],
    &["are", "there"],
    &["is", "there"],
    &["is", "there", "anybody"],
    &["is", "there", "anyone"],
    &["do", "you", "have"],
    &["and"],
    &["so"],
    &["ok"],
    &["okay"],
    &["hi"],
    &["hey"],
    &["hello"],
    &["pls"],
    &["plz"],
    &["thanks"],
    &["any"],
    &["get", "me"],
    &["i", "need"],
    &["i", "want"],
    &["i", "am", "looking", "for"],
    &["i'm", "looking", "for"],
    &["looking", "for"],
    &["look", "for"],
    &["do", "we", "know"],
    &["do", "we", "have"],
    &["tell", "us"],
    &["show", "us"],
    &["give", "us"],
    &["let", "me", "know"],
    &["display"],
    &["hello", "there"],
    &["but"],
    &["then"],
    &["also"],
    &["got"],
    &["got", "any"],
];

/// Words that a question begins with.
const ASKING: &[&str] = &[
    "who", "who's", "whose", "what", "what's", "when", "how", "did", "does", "has", "have",
    "quotes", "was", "whats", "whos",
];

/// Reads a question. `outlets` are those that it may name.
pub(crate) fn read(
    question: &str,
    today: Option<NaiveDate>,
    outlets: &Outlets,
) -> Result<Question, Cause> {
    let pieces = pieces(question);
    let pieces = without_politeness(&pieces);
    if let Some(problem) = faults::find(pieces, today) {
        let problems = vec![problem];
        return Err(Cause::Query { problems });
    }
    understood(pieces, today, outlets).ok_or_else(|| Cause::Question(question.trim().to_owned()))
}

/// Reads the words of a question; `None` when it is not understood.
fn understood(
    pieces: &[Piece<'_>],
    today: Option<NaiveDate>,
    outlets: &Outlets,
) -> Option<Question> {
    let (pieces, source) = outlets.take(besides::without_told(besides::without_idle(pieces)));
    let pieces = besides::question_first(&pieces);
    let (pieces, per) = periods::take(pieces);
    let (pieces, before) = leading_dates(&pieces, today);
    let (pieces, date) = if before.is_some() {
        (pieces.to_vec(), before)
    } else {
        let (rest, date) = split_dates(pieces, today);
        if date.is_some() {
            (rest.to_vec(), date)
        } else {
            inner_dates(pieces, today)
        }
    };
    // `before and after October 2025`: one of the two is lost.
    let joins = |last: &Piece<'_>| {
        ["and", "or", "but", "not", "except"]
            .iter()
            .any(|word| last.is(word))
    };
    if date.is_some() && pieces.last().is_some_and(joins) {
        return None;
    }
    let (pieces, per) = match per {
        Some(per) => (pieces, Some(per)),
        None => periods::take(pieces),
    };
    let pieces = offices::without_offices(besides::without_idle(&pieces));
    let pieces = besides::topic_behind(pieces);
    let (intent, mut nodes) = forms::read(&pieces)?;
    // `what did people say`: everything.
    if nodes.is_empty() && source.is_none() && date.is_none() {
        return None;
    }
    nodes.extend(source);
    nodes.extend(date);
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
) -> (&'p [Piece<'q>], Option<Node>) {
    let most = pieces.len().saturating_sub(2).min(dates::LONGEST);
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

/// Takes out dates before a subject, a verb or the words: `what did Roe say last week about the budget`, `who said,
/// in 2025, that they …`.
fn inner_dates<'q>(
    pieces: &[Piece<'q>],
    today: Option<NaiveDate>,
) -> (Vec<Piece<'q>>, Option<Node>) {
    for (place, next) in pieces.iter().enumerate().skip(1) {
        let words = next.marked.is_some() || next.is("that");
        let is_marked = || pieces.iter().any(|piece| piece.marked.is_some());
        let said = pieces.iter().position(verbs::is_say);
        let verb = || said == Some(place);
        // `quotes from 2025 by Roe`, `what was said in 2025 by Roe`: no words can go on before the name.
        let is_list = || {
            let asks_what = pieces.first().is_some_and(|first| first.is("what"));
            asks_what || (said.is_none() && pieces.iter().any(quotes::is_quotes))
        };
        let by = || (next.is("by") || next.is("from")) && (is_marked() || is_list());
        // `from 2025 on by Roe`
        let behind = pieces.get(place.saturating_add(1));
        if next.is("on") && behind.is_none_or(|behind| behind.is("by") || clauses::is_about(behind))
        {
            continue;
        }
        // `how often in 2025 did Roe say`
        let asks = || place <= 8 && ["did", "has", "was"].iter().any(|word| next.is(word));
        // `who said “…” in 2025 besides Roe`
        let but = || !next.is("but") && pieces.get(place..).and_then(names::excepting).is_some();
        // `in May of 2025 about boats`
        let of_year = next.is("of") && behind.is_some_and(dates::has_year);
        let about = clauses::is_about(next) && !of_year;
        if !(but() || words || about || verb() || by() || asks()) {
            continue;
        }
        for start in place.saturating_sub(dates::LONGEST).max(1)..place {
            let (before, behind) = pieces.split_at(place);
            let (before, date) = before.split_at(start);
            if date.iter().any(|piece| piece.marked.is_some()) {
                continue;
            }
            // Within what was said a date is one of its words.
            if words && !before.last().is_some_and(verbs::is_say) {
                continue;
            }
            if let Some(date) = dates(date, today) {
                return ([before, behind].concat(), Some(date));
            }
        }
    }
    (pieces.to_vec(), None)
}
