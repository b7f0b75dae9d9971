//! The parts of a query that stretches of a question stand for.

use super::pieces::{Piece, plain};
use crate::ast::{Node, Text, TextField};

/// Words that may stand between the verb and what was said.
const FILLER: &[&str] = &[
    "that",
    "the",
    "words",
    "word",
    "phrase",
    "this",
    "something",
    "anything",
    "like",
    ":",
    ",",
];

/// Words that name nobody: whom they mean, the question does not say.
const NOBODY: &[&str] = &[
    "he", "she", "they", "it", "we", "i", "you", "him", "her", "them", "his", "their", "this",
    "that", "these", "those", "who", "whom", "what", "when", "how", "why", "where", "which", "not",
    "said", "say", "says", "about", "did", "does", "has", "is", "was", "are", "were",
];

/// Words that begin what is spoken about.
pub(super) fn is_about(piece: &Piece<'_>) -> bool {
    piece.marked.is_none()
        && matches!(
            piece.lower.as_str(),
            "about" | "on" | "regarding" | "concerning" | "of" | "re"
        )
}

/// A name as it stands in the question, or several: `Roe or Bello`.
pub(super) fn speaker(pieces: &[Piece<'_>]) -> Option<Node> {
    if let [piece] = pieces
        && let Some(marked) = &piece.marked
    {
        return name(marked);
    }
    if pieces
        .iter()
        .any(|piece| NOBODY.contains(&piece.lower.as_str()))
    {
        return None;
    }
    let either: Vec<&[Piece<'_>]> = pieces.split(|piece| piece.is("or")).collect();
    let both: Vec<&[Piece<'_>]> = pieces.split(|piece| piece.is("and")).collect();
    // `Johnson and Johnson` and `the Ministry of Trade and Industry` are one each.
    let short = |parts: &[&[Piece<'_>]]| {
        parts.len() > 1
            && parts.iter().all(|part| (1..=2).contains(&part.len()))
            && parts.array_windows().all(|[one, two]| {
                one.last().map(|word| &word.lower) != two.last().map(|word| &word.lower)
            })
    };
    let parts = if either.len() > 1 {
        either
    } else if short(&both) {
        both
    } else {
        vec![pieces]
    };
    let names = parts.into_iter().map(|part| name(&plain(part)?));
    Some(Node::any_of(names.collect::<Option<Vec<_>>>()?))
}

fn name(words: &str) -> Option<Node> {
    let words = words.trim_end_matches([',', '.', ';', ':']).trim();
    let words = ["'s", "’s"]
        .iter()
        .find_map(|ending| words.strip_suffix(ending))
        .unwrap_or(words);
    let words = words.strip_prefix("the ").unwrap_or(words);
    (words.chars().any(char::is_alphanumeric)).then(|| Node::text(TextField::Speaker, text(words)))
}

/// Words of a subject that say nothing of it.
const IDLE: &[&str] = &[
    "the", "a", "an", "of", "in", "on", "for", "to", "and", "with", "at", "by", "from", "his",
    "her", "their", "its",
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
        return (!marked.trim().is_empty())
            .then(|| Node::text(TextField::About, text(marked.trim())));
    }
    let parts: Option<Vec<Node>> = rest.split(|piece| piece.is("or")).map(subject).collect();
    let parts = parts?;
    Some(Node::any_of(parts))
}

/// Two words are a phrase, as `Korean war` is; of more, all must be there, in whatever order the reporter has them.
fn subject(pieces: &[Piece<'_>]) -> Option<Node> {
    let about = |piece: &Piece<'_>| {
        let word = match &piece.marked {
            Some(marked) => marked.trim().to_owned(),
            None => piece.text.trim_matches([',', '.', ':', ';']).to_owned(),
        };
        (!word.is_empty()).then(|| Node::text(TextField::About, text(&word)))
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
        [_, second] if !IDLE.contains(&second.lower.as_str()) => {
            let words = plain(pieces)?;
            let words = words.trim_end_matches([',', '.']);
            Some(Node::text(TextField::About, text(words)))
        }
        pieces => {
            let told = pieces
                .iter()
                .filter(|piece| !IDLE.contains(&piece.lower.as_str()));
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
        if !pieces.iter().all(known) || marked.iter().any(|words| words.trim().is_empty()) {
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
    let words = plain(rest)?;
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
    Some(Node::text(TextField::Said, Text::phrase(words)))
}

pub(super) fn text(words: &str) -> Text {
    if words.contains(char::is_whitespace) {
        Text::phrase(words)
    } else {
        Text::word(words)
    }
}
