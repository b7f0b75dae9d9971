//! Questions without a verb: `quotes by X on Y`, `the earliest use of …`.

use super::Intent;
use super::clauses::{is_about, mentioned, said, topic};
use super::forms::Read;
use super::names::{asked, speaker};
use super::order;
use super::pieces::Piece;
use super::verbs::{around, without};
use crate::ast::Node;

/// Words for what was said.
pub(super) const QUOTES: &[&str] = &[
    "quote",
    "quotes",
    "quotation",
    "quotations",
    "statement",
    "statements",
    "remark",
    "remarks",
    "comment",
    "comments",
    "words",
    "view",
    "views",
    "opinion",
    "opinions",
    "position",
    "stance",
];

/// Tells whether a word stands for what was said: `quotes`, `statements`.
pub(super) fn is_quotes(piece: &Piece<'_>) -> bool {
    piece.marked.is_none() && QUOTES.contains(&piece.lower.as_str())
}

/// `quotes by X (on Y)`, `X's statements about Y`, `quotes on Y by X`.
pub(super) fn quotes(pieces: &[Piece<'_>]) -> Read {
    let noun = pieces
        .iter()
        .position(|piece| QUOTES.contains(&piece.lower.as_str()))?;
    let (mut before, _, mut rest) = around(pieces, noun)?;
    let mut intent = Intent::What;
    while let [first, rest @ ..] = before {
        if let Some((order, rest)) = order::leading(before) {
            intent = order.of(intent);
            before = rest;
            continue;
        }
        if ![
            "all", "the", "any", "some", "every", "of", "are", "is", "a", "an",
        ]
        .iter()
        .any(|word| first.is(word))
        {
            break;
        }
        before = rest;
    }
    // `the last 5 quotes`, of which the list shows more
    if let [before_number @ .., number] = before
        && number.lower.len() <= 3
        && number.lower.bytes().all(|byte| byte.is_ascii_digit())
    {
        before = before_number;
    }
    // `Roe's most recent quotes`
    if let Some((order, name)) = order::trailing(before).filter(|(_, name)| !name.is_empty()) {
        intent = order.of(intent);
        before = name;
    }
    let mut nodes = Vec::new();
    if !before.is_empty() {
        nodes.push(speaker(before)?);
    }
    // `what quotes are there by Roe`, `statements made by Roe`
    if let [be, there, after @ ..] = rest
        && be.is_small(&["are", "were"])
        && there.is("there")
    {
        rest = after;
    }
    if let [made, after @ ..] = rest
        && made.is_small(&["made", "given"])
    {
        rest = after;
    }
    nodes.extend(by_and_about(rest, nodes.is_empty())?);
    Some((intent, nodes))
}

/// `by X (on Y)`, `on Y by X`, `with “…”`; a name is looked for where none stands before.
pub(super) fn by_and_about(mut rest: &[Piece<'_>], is_anybody: bool) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    if let [with, words @ ..] = rest
        && with.is_small(&["with", "containing", "including", "mentioning"])
    {
        let named = words
            .iter()
            .any(|piece| piece.marked.is_some() || piece.is_small(&["word", "words", "phrase"]));
        return match with.is("mentioning") {
            true => Some(vec![mentioned(words)?]),
            false if named => Some(vec![said(words)?]),
            false => None,
        };
    }
    if let [by, more @ ..] = rest
        && matches!(by.lower.as_str(), "by" | "from" | "of")
        && is_anybody
    {
        // `quotes by the mayor of Oslo on boats`
        let leads = |piece: &Piece<'_>| is_about(piece) && !piece.is("of");
        let end = more.iter().position(leads).unwrap_or(more.len());
        let (name, about) = more.split_at_checked(end)?;
        nodes.extend(asked(name)?);
        rest = about;
    } else if is_anybody
        && let Some(by) = rest
            .iter()
            .rposition(|piece| matches!(piece.lower.as_str(), "by" | "from"))
    {
        let (about, _, name) = around(rest, by)?;
        nodes.extend(asked(name)?);
        rest = about;
    }
    if !rest.is_empty() {
        nodes.push(topic(rest)?);
    }
    Some(nodes)
}

/// `the earliest use of “…” (by X)`, `mentions of the ferry`.
pub(super) fn uses(pieces: &[Piece<'_>]) -> Read {
    let (order, rest) = match order::leading(pieces) {
        Some((order, rest)) => (Some(order), rest),
        None => (None, without(without(pieces, "all"), "the")),
    };
    let [noun, of, words @ ..] = rest else {
        return None;
    };
    let nouns = [
        "use",
        "uses",
        "mention",
        "mentions",
        "occurrence",
        "occurrences",
        "instance",
        "instances",
        "utterance",
    ];
    if !(of.is("of") && nouns.iter().any(|word| noun.is(word))) {
        return None;
    }
    let by = words.iter().rposition(|piece| piece.is("by"));
    let (words, name) = match by.and_then(|by| around(words, by)) {
        Some((words, _, name)) => (words, asked(name)?),
        None => (words, Vec::new()),
    };
    let words = if noun.lower.starts_with("mention") {
        mentioned(words)?
    } else {
        said(words)?
    };
    let intent = order.map_or(Intent::When, |order| order.of(Intent::Who));
    Some((intent, name.into_iter().chain([words]).collect()))
}
