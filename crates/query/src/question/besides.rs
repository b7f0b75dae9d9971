//! What people put beside a question: what every answer tells anyhow, and whom they leave out before they ask.

use super::ASKING;
use super::clauses::is_about;
use super::names::{ends_with_comma, excepting};
use super::pieces::Piece;

/// What every answer tells: the days, the speakers, the outlets, their number.
const TOLD: &[&[&str]] = &[
    &["when"],
    &["where"],
    &["when", "and", "where"],
    &["where", "and", "when"],
    &["who"],
    &["who", "said", "it"],
    &["who", "said", "that"],
    &["by", "whom"],
    &["by", "who"],
    &["how", "often"],
    &["how", "many", "times"],
    &["on", "what", "date"],
    &["on", "which", "date"],
    &["on", "what", "day"],
    &["on", "which", "day"],
    &["in", "what", "outlet"],
    &["in", "which", "outlet"],
    &["in", "which", "paper"],
    &["in", "what", "paper"],
    &["in", "which", "article"],
    &["in", "what", "article"],
];

/// What may follow `when` and `where` of them: `and when was it`, `and when did she say it`.
const SAID_IT: &[&[&str]] = &[
    &["was", "it"],
    &["was", "that"],
    &["was", "this"],
    &["was", "it", "said"],
    &["was", "that", "said"],
    &["was", "this", "said"],
    &["did", "he", "say", "it"],
    &["did", "he", "say", "that"],
    &["did", "he", "say", "so"],
    &["did", "she", "say", "it"],
    &["did", "she", "say", "that"],
    &["did", "she", "say", "so"],
    &["did", "they", "say", "it"],
    &["did", "they", "say", "that"],
    &["did", "they", "say", "so"],
];

/// Words that `and when` goes on from in speech: `if and when`.
const SPOKEN: &[&str] = &["if", "as", "now", "then", "how", "why", "where", "here"];

/// What does not narrow a question, at its end.
const IDLE: &[&[&str]] = &[
    &["please"],
    &["plz"],
    &["pls"],
    &["thanks"],
    &["thx"],
    &["thank", "you"],
    &["ever"],
    &["at", "all"],
    &["so", "far"],
    &["to", "date"],
    &["until", "now"],
    &["exactly"],
    &["if", "anything"],
    &["if", "at", "all"],
];

/// Tells whether it is known where the words of a question end, and what follows them: of words without marks it is
/// not, as in `who said now and when`.
fn is_bounded(pieces: &[Piece<'_>]) -> bool {
    pieces
        .iter()
        .any(|piece| piece.marked.is_some() || is_about(piece))
}

/// Takes off what does not narrow a question: `please`, `so far`.
pub(super) fn without_idle<'p, 'q>(mut pieces: &'p [Piece<'q>]) -> &'p [Piece<'q>] {
    // Nobody says `plz`.
    let written = |last: &Piece<'_>| last.is_small(&["plz", "pls", "thx"]);
    while let [before @ .., last] = pieces
        && written(last)
        && !before.is_empty()
    {
        pieces = before;
    }
    let asks_what = pieces.first().is_some_and(|first| first.is("what"));
    if !(asks_what || is_bounded(pieces)) {
        return pieces;
    }
    // `from 2025 to date`
    let since = |piece: &Piece<'_>| piece.is("from") || piece.is("since");
    let idle = |pieces: &'p [Piece<'q>]| {
        let mut idle = IDLE.iter().filter(|words| {
            !(matches!(words, ["to", "date"] | ["until", "now"]) && pieces.iter().any(since))
        });
        idle.find_map(|words| ended_by(pieces, words))
    };
    while let Some(before) = idle(pieces) {
        pieces = before;
    }
    pieces
}

/// What stands before some words at the end.
pub(super) fn ended_by<'p, 'q>(pieces: &'p [Piece<'q>], words: &[&str]) -> Option<&'p [Piece<'q>]> {
    let place = pieces.len().checked_sub(words.len())?;
    let (before, tail) = pieces.split_at_checked(place)?;
    let ends = words.iter().zip(tail).all(|(word, piece)| piece.is(word));
    (ends && !before.is_empty()).then_some(before)
}

/// Takes off what an answer tells anyhow: `who spoke about the ferry and when`, `did Roe say so or not`.
pub(super) fn without_told<'p, 'q>(pieces: &'p [Piece<'q>]) -> &'p [Piece<'q>] {
    let is_bounded = is_bounded(pieces) || pieces.first().is_some_and(|first| first.is("what"));
    let is_whether = pieces.first().is_some_and(|first| {
        ["did", "does", "has", "have", "was"]
            .iter()
            .any(|word| first.is(word))
    });
    if let Some(before) = ended_by(pieces, &["or", "not"])
        && (is_bounded || is_whether)
    {
        return before;
    }
    let behind_it = SAID_IT
        .iter()
        .find_map(|words| ended_by(pieces, words))
        .filter(|before| {
            before
                .last()
                .is_some_and(|last| last.is_small(&["when", "where"]))
        });
    let asked = behind_it.unwrap_or(pieces);
    let told = TOLD.iter().rev().find_map(|words| {
        let (and, before) = ended_by(asked, words)?.split_last()?;
        (and.is("and") && !before.is_empty()).then_some(before)
    });
    // `who spoke about the ferry, when and where`
    let listed = [["when", "and", "where"], ["where", "and", "when"]];
    let listed = listed.iter().find_map(|words| ended_by(asked, words));
    let listed = listed.filter(|before| before.last().is_some_and(ends_with_comma));
    let told = listed.or(told);
    // Of words without marks `now and when` may be said; `no step back, and when` is not.
    let is_apart = |before: &[Piece<'_>]| {
        let last = before.last();
        last.is_some_and(|last| ends_with_comma(last) || !SPOKEN.contains(&last.lower.as_str()))
    };
    let told = told.filter(|before| is_bounded || is_apart(before));
    match told {
        Some([before @ .., dash]) if is_dash(dash) && !before.is_empty() => before,
        Some(before) => before,
        None => pieces,
    }
}

fn is_dash(piece: &Piece<'_>) -> bool {
    ["-", "–", "—"].iter().any(|dash| piece.is(dash))
}

/// Puts a subject behind the question: `about boats, what did Roe say`.
pub(super) fn topic_behind(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let asks = |piece: &Piece<'_>| {
        ["what", "who", "when", "how", "did", "has"]
            .iter()
            .any(|word| piece.is(word))
    };
    let leads = pieces
        .first()
        .is_some_and(|first| is_about(first) && !first.is("of"));
    let place = pieces
        .iter()
        .position(asks)
        .filter(|place| leads && *place > 1);
    match place.and_then(|place| pieces.split_at_checked(place)) {
        Some((topic, question)) if !question.iter().any(is_about) => [question, topic].concat(),
        _ => pieces,
    }
}

/// Puts those who are left out behind the question: `apart from Roe, who said …`.
pub(super) fn question_first<'q>(pieces: &[Piece<'q>]) -> Vec<Piece<'q>> {
    let asks = |piece: &Piece<'_>| ASKING.contains(&piece.lower.as_str());
    let place = excepting(pieces).and_then(|_| pieces.iter().position(asks));
    match place.and_then(|place| pieces.split_at_checked(place)) {
        Some((others, question)) => [question, others].concat(),
        None => pieces.to_vec(),
    }
}
