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

/// A name as it stands in the question.
pub(super) fn speaker(pieces: &[Piece<'_>]) -> Option<Node> {
    let words = if let [piece] = pieces {
        piece
            .marked
            .clone()
            .unwrap_or_else(|| piece.text.to_owned())
    } else {
        plain(pieces)?
    };
    let words = words.trim_end_matches([',', '.', ';']).trim();
    let words = words.strip_prefix("the ").unwrap_or(words);
    if words.is_empty() {
        return None;
    }
    Some(Node::text(TextField::Speaker, text(words)))
}

/// `about Y`, `on Y`, `regarding Y`.
pub(super) fn topic(pieces: &[Piece<'_>]) -> Option<Node> {
    let [first, rest @ ..] = pieces else {
        return None;
    };
    let rest = match first.lower.as_str() {
        "about" | "on" | "regarding" | "concerning" | "of" => rest,
        _ => return None,
    };
    let words = match rest {
        [] => return None,
        [piece] if piece.marked.is_some() => piece.marked.clone()?,
        pieces => plain(pieces)?,
    };
    let words = words.trim_end_matches([',', '.']);
    let words = ["the ", "a ", "an "]
        .iter()
        .find_map(|article| words.strip_prefix(article))
        .unwrap_or(words);
    (!words.is_empty()).then(|| Node::text(TextField::About, text(words)))
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
        if after.is_empty() || !matches!(first.lower.as_str(), "that" | "words" | "phrase" | "word")
        {
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
    ];
    if bare.contains(&words.to_lowercase().as_str()) {
        return None;
    }
    Some(Node::text(TextField::Said, Text::phrase(words)))
}

fn text(words: &str) -> Text {
    if words.contains(char::is_whitespace) {
        Text::phrase(words)
    } else {
        Text::word(words)
    }
}
