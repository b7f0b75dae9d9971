//! The verbs of questions, and how they part a question.

use super::pieces::Piece;

/// Verbs of saying that take words, as questions use them.
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
    "call",
    "calls",
    "called",
    "promise",
    "promises",
    "promised",
    "announce",
    "announced",
    "quoted",
    "coin",
    "coined",
];

/// Verbs that take a subject and no words.
pub(super) const SPEAK: &[&str] = &[
    "speak",
    "speaks",
    "spoke",
    "spoken",
    "talk",
    "talks",
    "talked",
    "talking",
    "comment",
    "commented",
    "think",
    "thinks",
];

/// Verbs whose object is no speech, unless it stands in marks: `who called the plan “a disgrace”`.
pub(super) const CALL: &[&str] = &[
    "call", "calls", "called", "coin", "coined", "tell", "tells", "told",
];

pub(super) const AUXILIARY: &[&str] = &[
    "did", "does", "do", "has", "have", "had", "was", "is", "were", "are", "been", "being",
];

/// What stands before a word, the word, and what follows it.
type Around<'p, 'q> = (&'p [Piece<'q>], &'p Piece<'q>, &'p [Piece<'q>]);

/// Splits around the first verb of saying.
pub(super) fn verb<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<Around<'p, 'q>> {
    around(pieces, pieces.iter().position(is_say)?)
}

pub(super) fn around<'p, 'q>(pieces: &'p [Piece<'q>], place: usize) -> Option<Around<'p, 'q>> {
    match pieces.split_at_checked(place)? {
        (before, [word, after @ ..]) => Some((before, word, after)),
        _ => None,
    }
}

pub(super) fn is_say(piece: &Piece<'_>) -> bool {
    [SAY, SPEAK]
        .iter()
        .any(|verbs| verbs.contains(&piece.lower.as_str()))
}

pub(super) fn is_being(piece: &Piece<'_>) -> bool {
    ["is", "was", "were", "are", "been", "being"]
        .iter()
        .any(|word| piece.is(word))
}

/// Leaves out a word at the start, if it stands there.
pub(super) fn without<'p, 'q>(pieces: &'p [Piece<'q>], word: &str) -> &'p [Piece<'q>] {
    match pieces {
        [first, rest @ ..] if first.is(word) => rest,
        _ => pieces,
    }
}

/// Tells whether a verb tells of words, behind `was`, that they were said.
pub(super) fn is_participle(piece: &Piece<'_>) -> bool {
    let participles = [
        "said",
        "mentioned",
        "used",
        "uttered",
        "stated",
        "claimed",
        "called",
        "promised",
        "announced",
        "coined",
    ];
    participles.iter().any(|word| piece.is(word))
}
