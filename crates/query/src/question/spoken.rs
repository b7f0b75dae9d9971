//! What somebody said, as sentences have it: `did X say …`, `was … said by X`.

use super::clauses::{is_about, mentioned, said, topic};
use super::names::asked;
use super::pieces::Piece;
use super::verbs::{AUXILIARY, CALL, SPEAK, is_being, verb};
use crate::ast::Node;

/// Splits `did X say rest`; `anybody` is no speaker.
pub(super) fn speaker_and_rest<'p, 'q>(
    pieces: &'p [Piece<'q>],
) -> Option<(Option<Node>, &'p [Piece<'q>])> {
    let start = pieces
        .iter()
        .take_while(|piece| AUXILIARY.contains(&piece.lower.as_str()))
        .count();
    let (mut name, verb, mut rest) = verb(pieces.get(start..)?)?;
    // `did Roe deny saying`
    let is_saying = verb.is("saying") || verb.is("talking");
    if is_saying && !pieces.iter().any(is_being) {
        return None;
    }
    // `have to say` says no more than `say`.
    if let [before @ .., have, to] = name
        && matches!(have.lower.as_str(), "have" | "has" | "had")
        && to.is("to")
    {
        name = before;
    }
    // `is quoted as saying`
    if let [quoted, saying, after @ ..] = rest
        && verb.is("quoted")
        && quoted.is("as")
        && saying.is("saying")
    {
        rest = after;
    }
    while let [before @ .., last] = name {
        let idle = [
            "first",
            "last",
            "ever",
            "actually",
            "really",
            "have",
            "been",
            "also",
            "just",
            "already",
            "publicly",
            "is",
            "was",
            "has",
            "had",
            "recently",
            "once",
            "lately",
            "originally",
            "initially",
            "specifically",
            "exactly",
            "precisely",
            "apparently",
            "allegedly",
            "reportedly",
            "still",
            "even",
            "again",
            "often",
            "repeatedly",
            "himself",
            "herself",
            "itself",
            "themselves",
        ];
        if !idle.contains(&last.lower.as_str()) {
            break;
        }
        name = before;
        if let [before @ .., most] = name
            && most.is("most")
            && last.is("recently")
        {
            name = before;
        }
    }
    Some((asked(name)?.pop(), rest))
}

/// `did X say …`, `has X said …`, `X say …`; the words or a subject are required.
pub(super) fn spoken(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let (speaker, rest) = speaker_and_rest(pieces)?;
    let rest = behind_something(rest).unwrap_or(rest);
    let said = topic(rest).or_else(|| {
        let (_, verb, _) = verb(pieces)?;
        let verb = verb.lower.as_str();
        (!SPEAK.contains(&verb))
            .then(|| object(verb, rest))
            .flatten()
    })?;
    Some(speaker.into_iter().chain([said]).collect())
}

/// Who spoke or was quoted, no matter what of: `did Roe speak`, `was Roe quoted`.
pub(super) fn alone(pieces: &[Piece<'_>]) -> Option<Node> {
    let (speaker, rest) = speaker_and_rest(pieces)?;
    let (_, verb, _) = verb(pieces)?;
    let verb = verb.lower.as_str();
    let alone = rest.is_empty() && (SPEAK.contains(&verb) || verb == "quoted");
    speaker.filter(|_| alone)
}

/// `was "…" (first) said (by X)`.
pub(super) fn passive(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let (mut words, verb, behind) = verb(pieces)?;
    // `was Roe quoted` asks about one who spoke.
    if verb.is("quoted") && !words.iter().any(|piece| piece.marked.is_some()) {
        return None;
    }
    while let [before @ .., last] = words
        && matches!(
            last.lower.as_str(),
            "first"
                | "last"
                | "ever"
                | "been"
                | "actually"
                | "really"
                | "was"
                | "were"
                | "is"
                | "has"
                | "most"
                | "recently"
        )
    {
        words = before;
    }
    if let [first, rest @ ..] = words
        && matches!(
            first.lower.as_str(),
            "was" | "were" | "is" | "has" | "have" | "had"
        )
    {
        words = rest;
    }
    let words = object(&verb.lower, words)?;
    let name = match behind {
        [] => Vec::new(),
        [by, name @ ..] if by.is("by") => asked(name)?,
        _ => return None,
    };
    Some(name.into_iter().chain([words]).collect())
}

/// What stands behind a verb of saying: the words, or what they mention.
pub(super) fn object(verb: &str, pieces: &[Piece<'_>]) -> Option<Node> {
    if CALL.contains(&verb) {
        marked_only(pieces)
    } else if pieces.first().is_some_and(|about| about.is("about")) {
        // A subject that is not understood is no speech.
        None
    } else if verb.starts_with("mention") {
        mentioned(pieces)
    } else {
        said(pieces)
    }
}

/// The words in marks, whatever stands before them.
fn marked_only(pieces: &[Piece<'_>]) -> Option<Node> {
    let first = pieces.iter().position(|piece| piece.marked.is_some())?;
    said(pieces.get(first..)?)
}

/// Tells whether a word stands for whatever was said.
pub(super) fn is_anything(piece: &Piece<'_>) -> bool {
    piece.is_small(&["anything", "something", "sth", "smth", "what", "things"])
}

/// `did anybody say anything`, for the days or the outlet that the question names.
pub(super) fn anything(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let (speaker, rest) = speaker_and_rest(pieces)?;
    let (_, verb, _) = verb(pieces)?;
    let is_open = match rest {
        [] => SPEAK.contains(&verb.lower.as_str()) || verb.is("quoted"),
        [one] => is_anything(one) && verb.lower.starts_with("sa"),
        _ => false,
    };
    is_open.then(|| speaker.into_iter().collect())
}

/// What follows `something`, if that is the subject: `a lot about boats`.
pub(super) fn behind_something<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<&'p [Piece<'q>]> {
    let words: Vec<&str> = pieces.iter().map(|piece| piece.lower.as_str()).collect();
    let length = match words.as_slice() {
        ["something" | "anything", "at", "all", ..] => 3,
        ["something" | "anything", "else" | "new", ..] | ["a", "lot", ..] => 2,
        [
            "sth" | "smth" | "something" | "anything" | "everything" | "what" | "things" | "much",
            ..,
        ] => 1,
        _ => return None,
    };
    let rest = pieces.get(length..)?;
    rest.first().is_some_and(is_about).then_some(rest)
}
