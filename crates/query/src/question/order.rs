//! Which of several a question asks for: the first, or the last.

use super::Intent;
use super::clauses::is_about;
use super::pieces::Piece;

/// Which end of the time that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    First,
    Last,
}

impl Order {
    /// What is wanted of a question that otherwise wants `intent`; of a list by date the first stands at its head.
    pub(super) fn of(self, intent: Intent) -> Intent {
        match (self, intent) {
            (Self::First, Intent::Who) => Intent::WhoFirst,
            (Self::First, intent) => intent,
            (Self::Last, _) => Intent::Latest,
        }
    }
}

/// Takes it off the start: `the first`, `the very last`, `the most recent`.
pub(super) fn leading<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(Order, &'p [Piece<'q>])> {
    let mut pieces = pieces;
    for word in ["the", "very"] {
        if let [first, rest @ ..] = pieces
            && first.is(word)
        {
            pieces = rest;
        }
    }
    match pieces {
        [most, recent, rest @ ..] if most.is("most") && recent.is("recent") => {
            Some((Order::Last, rest))
        }
        [word, rest @ ..] if word.marked.is_none() => Some((adjective(&word.lower)?, rest)),
        _ => None,
    }
}

/// Takes it off the end of what a noun or a verb follows: `Roe's most recent`, `Roe last`.
pub(super) fn trailing<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(Order, &'p [Piece<'q>])> {
    let (last, before) = pieces.split_last()?;
    let order = adjective(&last.lower).or_else(|| adverb(&last.lower))?;
    match before {
        [before @ .., most] if most.is("most") && is_recent(last) => Some((order, before)),
        before => Some((order, before)),
    }
}

/// Takes it off the end of a question: `first`, `most recently`, `for the last time`.
pub(super) fn at_end<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(Order, &'p [Piece<'q>])> {
    match pieces {
        [before @ .., r#for, the, word, time]
            if r#for.is("for") && the.is("the") && time.is("time") =>
        {
            Some((adjective(&word.lower)?, before))
        }
        [before @ .., these, days] if these.is("these") && days.is("days") => {
            Some((Order::Last, before))
        }
        [before @ .., most, recently] if most.is("most") && recently.is("recently") => {
            Some((Order::Last, before))
        }
        [before @ .., word] if word.marked.is_none() => Some((adverb(&word.lower)?, before)),
        _ => None,
    }
}

fn is_recent(piece: &Piece<'_>) -> bool {
    piece.is("recent") || piece.is("recently")
}

fn adjective(word: &str) -> Option<Order> {
    match word {
        "first" | "earliest" | "oldest" | "original" => Some(Order::First),
        "last" | "latest" | "newest" | "recent" => Some(Order::Last),
        _ => None,
    }
}

fn adverb(word: &str) -> Option<Order> {
    match word {
        "first" => Some(Order::First),
        "last" | "recently" | "lately" | "nowadays" => Some(Order::Last),
        _ => None,
    }
}

/// Tells whether the latest is wanted, by the word before the verb: `what did Roe most recently say`.
pub(super) fn is_latest(ahead: &[Piece<'_>]) -> bool {
    matches!(trailing(ahead), Some((Order::Last, _)))
}

/// Takes `first`, `most recently` and the like off the end; of words without marks only `first` and `last`.
pub(super) fn closing<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(Order, &'p [Piece<'q>])> {
    let (order, before) = at_end(pieces).filter(|(_, before)| !before.is_empty())?;
    let plain = pieces
        .last()
        .is_some_and(|last| last.is("first") || last.is("last"));
    let bounded = before
        .iter()
        .any(|piece| piece.marked.is_some() || is_about(piece));
    (bounded || plain).then_some((order, before))
}

/// `recently about Y`
pub(super) fn before_subject<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(Order, &'p [Piece<'q>])> {
    let (when, about) = pieces.split_at_checked(pieces.iter().position(is_about)?)?;
    match at_end(when)? {
        (order, []) => Some((order, about)),
        _ => None,
    }
}
