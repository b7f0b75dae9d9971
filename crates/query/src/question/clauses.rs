//! The parts of a query that stretches of a question stand for.

use super::names::{ends_with_comma, excepting};
use super::pieces::{Piece, plain};
use crate::ast::{Node, Text, TextField};
use crate::parse::natural::month;

/// Words that may stand between the verb and what was said.
const FILLER: &[&str] = &[
    "that",
    "the",
    "words",
    "word",
    "phrase",
    "this",
    "something",
    "sth",
    "smth",
    "anything",
    "like",
    "both",
    "either",
    ":",
    ",",
];

/// Words that begin what is spoken about.
pub(super) fn is_about(piece: &Piece<'_>) -> bool {
    piece.marked.is_none()
        && matches!(
            piece.lower.as_str(),
            "about" | "abt" | "on" | "regarding" | "concerning" | "of" | "re"
        )
}

/// Words of a subject that say nothing of it.
const IDLE: &[&str] = &[
    "the", "a", "an", "of", "in", "on", "for", "to", "and", "with", "at", "by", "from", "his",
    "her", "their", "its", "about", "both", "also",
];

/// `about Y`, `on Y`, `regarding Y`.
pub(super) fn topic(pieces: &[Piece<'_>]) -> Option<Node> {
    let [first, rest @ ..] = pieces else {
        return None;
    };
    if !is_about(first) || rest.is_empty() {
        return None;
    }
    if let [piece] = rest
        && let Some(marked) = &piece.marked
    {
        return has_word(marked).then(|| Node::text(TextField::About, text(marked.trim())));
    }
    // `on Monday we win` has a day and what was said, `on Sunday trading` a subject.
    let day = |word: &Piece<'_>| {
        word.lower.parse::<chrono::Weekday>().is_ok() || month(&word.lower).is_some()
    };
    if first.is("on") && rest.len() > 2 && rest.first().is_some_and(day) {
        return None;
    }
    // `about Kim but not Xi`; whom or what else is left out, nobody knows.
    let left_out = (0..rest.len()).find(|&place| {
        let behind = rest.get(place..).unwrap_or_default();
        excepting(behind).is_some() || behind.first().is_some_and(|first| first.is("except"))
    });
    if let Some(place) = left_out {
        let (wanted, [but, not, other @ ..]) = rest.split_at_checked(place)? else {
            return None;
        };
        if !(but.is("but") && not.is("not")) {
            return None;
        }
        let other = match other {
            [about, other @ ..] if is_about(about) => other,
            other => other,
        };
        let other = Node::Not(Box::new(subjects(other)?));
        return Some(Node::all_of([subjects(wanted)?, other]));
    }
    subjects(rest)
}

/// Subjects, of which one is enough or all are wanted.
fn subjects(pieces: &[Piece<'_>]) -> Option<Node> {
    // `about Kim and why`
    let asks = |last: &Piece<'_>| last.is_small(&["why", "where", "how", "when", "who", "whom"]);
    if pieces.last().is_some_and(asks) {
        return None;
    }
    if tells_more(pieces) || ends_in_time(pieces) {
        return None;
    }
    let either = pieces.iter().any(|piece| piece.is("or"));
    let parts: Vec<&[Piece<'_>]> = pieces.split(|piece| piece.is("or")).collect();
    if parts.iter().any(|part| part.is_empty()) {
        return None;
    }
    let parts = parts.into_iter().flat_map(|part| {
        // `Kim, Xi or Seoul`
        part.split_inclusive(|piece| either && ends_with_comma(piece))
    });
    Some(Node::any_of(
        parts.map(subject).collect::<Option<Vec<_>>>()?,
    ))
}

/// Tells whether a subject leads on to another question, or to when and why: `Kim when Xi came`, `Kim and what did Xi say`.
fn tells_more(pieces: &[Piece<'_>]) -> bool {
    let leads = |piece: &Piece<'_>| {
        piece.is_small(&[
            "did",
            "does",
            "when",
            "while",
            "because",
            "although",
            "according",
        ])
    };
    let pronoun = |piece: &Piece<'_>| {
        piece.is_small(&[
            "it",
            "him",
            "them",
            "himself",
            "herself",
            "itself",
            "themselves",
        ])
    };
    pieces.iter().skip(1).any(leads) || pieces.iter().any(pronoun)
}

/// Tells whether a time stands at the end that is no date: `boats in early 2025`, `boats two weeks ago`, `boats twice`.
fn ends_in_time(pieces: &[Piece<'_>]) -> bool {
    let Some((last, before)) = pieces.split_last() else {
        return false;
    };
    if last.is_small(&["ago", "twice", "once"]) {
        return true;
    }
    let digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let decade = last.lower.trim_start_matches(['\'', '’']).strip_suffix('s');
    if decade.is_some_and(|years| matches!(years.len(), 2 | 4) && digits(years)) {
        return true;
    }
    let vague = |piece: &Piece<'_>| {
        piece.is_small(&[
            "early", "late", "mid", "around", "by", "circa", "summer", "spring", "autumn", "fall",
            "winter",
        ])
    };
    // `around May 2025`
    let near = before.iter().rev().take(2);
    last.lower.len() == 4 && digits(&last.lower) && near.into_iter().any(vague)
}

/// Two words are a phrase, as `Korean war` is; of more, all must be there, in whatever order the reporter has them.
fn subject(pieces: &[Piece<'_>]) -> Option<Node> {
    let about = |piece: &Piece<'_>| {
        let word = match &piece.marked {
            Some(marked) => marked.trim().to_owned(),
            None => piece.text.trim_matches([',', '.', ':', ';']).to_owned(),
        };
        has_word(&word).then(|| Node::text(TextField::About, text(&word)))
    };
    let mut pieces = pieces;
    while let [first, rest @ ..] = pieces
        && IDLE.contains(&first.lower.as_str())
    {
        pieces = rest;
    }
    match pieces {
        [] => None,
        [one] => {
            let bare = [
                "it",
                "this",
                "that",
                "what",
                "something",
                "anything",
                "them",
                "him",
            ];
            if bare.contains(&one.lower.as_str()) {
                return None;
            }
            about(one)
        }
        [first, second] if !IDLE.contains(&second.lower.as_str()) && !ends_with_comma(first) => {
            let words = plain(pieces).filter(|words| has_word(words))?;
            let words = words.trim_end_matches([',', '.']);
            Some(Node::text(TextField::About, text(words)))
        }
        pieces => {
            let told = pieces
                .iter()
                .filter(|piece| !IDLE.contains(&piece.lower.as_str()) && has_word(piece.text));
            Some(Node::all_of(told.map(about).collect::<Option<Vec<_>>>()?))
        }
    }
}

/// What was said: marked texts, or all the words up to the end as one phrase.
pub(super) fn said(pieces: &[Piece<'_>]) -> Option<Node> {
    let marked: Vec<_> = pieces
        .iter()
        .filter_map(|piece| piece.marked.clone())
        .collect();
    if !marked.is_empty() {
        let known = |piece: &Piece<'_>| {
            piece.marked.is_some()
                || FILLER.contains(&piece.lower.as_str())
                || matches!(piece.lower.as_str(), "and" | "or")
        };
        if !pieces.iter().all(known) || !marked.iter().all(|words| has_word(words)) {
            return None;
        }
        let either = pieces.iter().any(|piece| piece.lower == "or");
        let nodes = marked
            .into_iter()
            .map(|words| Node::text(TextField::Said, Text::phrase(words.trim())));
        return Some(if either {
            Node::any_of(nodes)
        } else {
            Node::all_of(nodes)
        });
    }
    let mut rest = pieces;
    while let [first, after @ ..] = rest {
        // Who mentioned the ferry: one who said “ferries” did.
        let idle = matches!(
            first.lower.as_str(),
            "that" | "words" | "phrase" | "word" | "the" | "a" | "an"
        );
        if after.is_empty() || !idle {
            break;
        }
        rest = after;
    }
    if says_nothing(rest) {
        return None;
    }
    let words = plain(rest).filter(|words| has_word(words))?;
    let bare = [
        "what",
        "it",
        "this",
        "that",
        "so",
        "which",
        "something",
        "anything",
        "nothing",
        "these",
        "those",
        "them",
    ];
    if bare.contains(&words.to_lowercase().as_str()) {
        return None;
    }
    let words = words.trim_end_matches(',');
    Some(Node::text(TextField::Said, Text::phrase(words)))
}

/// Tells whether there is anything to look for: marks alone are everywhere.
fn has_word(words: &str) -> bool {
    words.contains(char::is_alphanumeric)
}

/// `nothing about the ferry`, `not a word about it`, `more about it`: what is not said is in no quotation, nor is how
/// much.
fn says_nothing(pieces: &[Piece<'_>]) -> bool {
    let Some(about) = pieces.iter().position(|piece| piece.is("about")) else {
        return false;
    };
    let is_one_of = |piece: Option<&Piece<'_>>, words: &[&str]| {
        piece.is_some_and(|piece| words.iter().any(|word| piece.is(word)))
    };
    let before = about.checked_sub(1).and_then(|before| pieces.get(before));
    let no = ["nothing", "no", "not", "little", "never", "less", "more"];
    let nouns = [
        "nothing", "anything", "little", "less", "more", "word", "words", "thing", "things", "much",
    ];
    about < 4 && is_one_of(pieces.first(), &no) && is_one_of(before, &nouns)
}

/// What was mentioned: of several things each, wherever it stands.
pub(super) fn mentioned(pieces: &[Piece<'_>]) -> Option<Node> {
    let joins = |piece: &Piece<'_>| piece.is("and") || piece.is("or");
    let marked = pieces.iter().any(|piece| piece.marked.is_some());
    let Some(last) = pieces.iter().rposition(joins).filter(|_| !marked) else {
        return said(pieces);
    };
    let either = pieces.get(last).is_some_and(|piece| piece.is("or"));
    let parts: Vec<&[Piece<'_>]> = pieces
        .split(joins)
        .flat_map(|part| part.split_inclusive(ends_with_comma))
        .collect();
    let short = |part: &&[Piece<'_>]| (1..=3).contains(&part.len());
    // `Johnson and Johnson` is one.
    let differ = parts
        .array_windows()
        .all(|[one, two]| one.last().map(|word| &word.lower) != two.last().map(|word| &word.lower));
    if !(differ && parts.iter().all(short)) {
        return said(pieces);
    }
    let parts = parts.into_iter().map(said).collect::<Option<Vec<_>>>()?;
    Some(if either {
        Node::any_of(parts)
    } else {
        Node::all_of(parts)
    })
}

pub(super) fn text(words: &str) -> Text {
    if words.contains(char::is_whitespace) {
        Text::phrase(words)
    } else {
        Text::word(words)
    }
}
