//! What people put beside a question: what every answer tells anyhow, and whom they leave out before they ask.

use super::ASKING;
use super::clauses::is_about;
use super::names::excepting;
use super::pieces::Piece;

/// What every answer tells: the days, the speakers, their number.
const TOLD: &[&[&str]] = &[
    &["when"],
    &["who"],
    &["by", "whom"],
    &["by", "who"],
    &["how", "often"],
    &["how", "many", "times"],
];

/// What does not narrow a question, at its end.
const IDLE: &[&[&str]] = &[
    &["please"],
    &["thanks"],
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
    let asks_what = pieces.first().is_some_and(|first| first.is("what"));
    if !(asks_what || is_bounded(pieces)) {
        return pieces;
    }
    while let Some(before) = IDLE.iter().find_map(|words| ended_by(pieces, words)) {
        pieces = before;
    }
    pieces
}

/// What stands before some words at the end.
fn ended_by<'p, 'q>(pieces: &'p [Piece<'q>], words: &[&str]) -> Option<&'p [Piece<'q>]> {
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
    let told = TOLD.iter().find_map(|words| {
        let (and, before) = ended_by(pieces, words)?.split_last()?;
        (and.is("and") && !before.is_empty()).then_some(before)
    });
    told.filter(|_| is_bounded).unwrap_or(pieces)
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
