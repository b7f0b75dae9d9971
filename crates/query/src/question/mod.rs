//! Questions in plain English to queries. What is not understood is refused, never guessed.

mod clauses;
mod dates;
mod pieces;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::ast::{DateField, Node};
use clauses::{said, speaker, topic};
use dates::split_dates;
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
}

/// A question and the query it compiles to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Question {
    /// What the question wants to know.
    pub intent: Intent,
    /// The query.
    pub node: Node,
}

/// Two questions that are understood, for the message that refuses another.
pub(crate) const EXAMPLES: [&str; 2] = [
    "who said \"one percent\" since October 2025",
    "what did Jane Roe say about the budget",
];

/// Verbs of saying, as questions use them.
const SAY: &[&str] = &[
    "say",
    "says",
    "said",
    "saying",
    "tell",
    "tells",
    "told",
    "claim",
    "claims",
    "claimed",
    "mention",
    "mentions",
    "mentioned",
    "state",
    "states",
    "stated",
    "use",
    "uses",
    "used",
    "utter",
    "uttered",
    "speak",
    "speaks",
    "spoke",
    "spoken",
    "talk",
    "talks",
    "talked",
    "call",
    "called",
    "promise",
    "promised",
    "announce",
    "announced",
];

/// Reads a question; `None` when it is not understood.
pub(crate) fn read(question: &str, today: Option<NaiveDate>) -> Option<Question> {
    let pieces = pieces(question);
    let (pieces, dates) = split_dates(&pieces, today);
    let words: Vec<&str> = pieces.iter().map(|piece| piece.lower.as_str()).collect();
    let (intent, mut nodes) = match words.as_slice() {
        ["who" | "which", ..] => who(pieces)?,
        ["how", "often", ..] => (Intent::HowOften, spoken(&pieces[2..])?),
        ["how", "many", "times", ..] => (Intent::HowOften, spoken(&pieces[3..])?),
        ["when", "was" | "were", ..] => (Intent::When, passive(&pieces[2..])?),
        ["when", ..] => (Intent::When, spoken(&pieces[1..])?),
        ["what" | "whatever", ..] => (Intent::What, what(&pieces[1..])?),
        ["did" | "has" | "have", ..] => (Intent::When, spoken(pieces)?),
        _ => return None,
    };
    nodes.extend(dates.map(|range| Node::Date {
        field: DateField::Date,
        range,
    }));
    Some(Question {
        intent,
        node: Node::all_of(nodes),
    })
}

/// `who (first) said …`, `who was the first to say …`, `who talked about …`.
fn who(pieces: &[Piece<'_>]) -> Option<(Intent, Vec<Node>)> {
    let verb = pieces
        .iter()
        .position(|piece| SAY.contains(&piece.lower.as_str()))?;
    let mut first = false;
    for piece in &pieces[1..verb] {
        match piece.lower.as_str() {
            "first" | "originally" | "earliest" => first = true,
            "was" | "were" | "is" | "the" | "to" | "has" | "have" | "had" | "ever" | "else"
            | "also" | "person" | "people" | "one" | "politician" => {}
            _ => return None,
        }
    }
    let mut rest = &pieces[verb + 1..];
    if let [.., last] = rest
        && last.lower == "first"
    {
        first = true;
        rest = &rest[..rest.len() - 1];
    }
    let intent = if first { Intent::WhoFirst } else { Intent::Who };
    if let Some(topic) = topic(rest) {
        return Some((intent, vec![topic]));
    }
    let verb = pieces[verb].lower.as_str();
    if matches!(
        verb,
        "spoke" | "speak" | "speaks" | "spoken" | "talk" | "talks" | "talked"
    ) {
        return None;
    }
    Some((intent, vec![said(rest)?]))
}

/// `did X say …`, `has X said …`, `X say …`; the words are required.
fn spoken(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let (speaker, rest) = speaker_and_rest(pieces)?;
    if let Some(topic) = topic(rest) {
        return Some(speaker.into_iter().chain([topic]).collect());
    }
    Some(speaker.into_iter().chain([said(rest)?]).collect())
}

/// `was "…" (first) said (by X)`.
fn passive(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let verb = pieces
        .iter()
        .position(|piece| SAY.contains(&piece.lower.as_str()))?;
    let mut words = &pieces[..verb];
    if let [.., last] = words
        && matches!(last.lower.as_str(), "first" | "last" | "ever")
    {
        words = &words[..words.len() - 1];
    }
    let mut nodes = vec![said(words)?];
    match &pieces[verb + 1..] {
        [] => {}
        [by, name @ ..] if by.lower == "by" => nodes.insert(0, speaker(name)?),
        _ => return None,
    }
    Some(nodes)
}

/// `did X say (about Y)`, `has X said on Y`, `did X say`.
fn what(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let (speaker, rest) = speaker_and_rest(pieces)?;
    let speaker = speaker?;
    if rest.is_empty() {
        return Some(vec![speaker]);
    }
    Some(vec![speaker, topic(rest)?])
}

/// Splits `did X say rest`; `anybody` is no speaker.
fn speaker_and_rest<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(Option<Node>, &'p [Piece<'q>])> {
    let auxiliary = |piece: &Piece<'_>| {
        matches!(
            piece.lower.as_str(),
            "did" | "does" | "do" | "has" | "have" | "had" | "was" | "is" | "were" | "are"
        )
    };
    let start = usize::from(pieces.first().is_some_and(auxiliary));
    let verb = pieces
        .iter()
        .position(|piece| SAY.contains(&piece.lower.as_str()))?;
    let mut name = pieces.get(start..verb)?;
    while let [rest @ .., last] = name {
        if !matches!(
            last.lower.as_str(),
            "first" | "last" | "ever" | "actually" | "really" | "have" | "been"
        ) {
            break;
        }
        name = rest;
    }
    let anybody = matches!(
        name.iter()
            .map(|piece| piece.lower.as_str())
            .collect::<Vec<_>>()
            .as_slice(),
        ["anybody" | "anyone" | "somebody" | "someone" | "people" | "they"]
    );
    let speaker = if anybody { None } else { Some(speaker(name)?) };
    Some((speaker, &pieces[verb + 1..]))
}
