//! Who said it: `who (first) said …`, `who else talked about …`.

use super::Intent;
use super::besides::ended_by;
use super::clauses::{is_about, said, topic};
use super::forms::Read;
use super::names::{excepting, others};
use super::order;
use super::pieces::Piece;
use super::spoken::{behind_something, is_anything, object};
use super::verbs::{AUXILIARY, SPEAK, is_being, verb, without};
use crate::ast::Node;

/// `who (first) said …`, `who was the first to say …`, `who talked about …`.
pub(super) fn who(pieces: &[Piece<'_>]) -> Read {
    let (before, verb, rest) = verb(pieces)?;
    let mut intent = Intent::Who;
    let (before, but) = who_but(before)?;
    let says_else = before.iter().any(|piece| piece.is("else"));
    let (mut rest, others) = besides(rest, says_else)?;
    let but: Vec<Node> = but.into_iter().chain(others).collect();
    let answer = |intent: Intent, node: Node| Some((intent, [vec![node], but.clone()].concat()));
    for piece in before.iter().skip(1) {
        match piece.lower.as_str() {
            "first" | "originally" | "earliest" => intent = Intent::WhoFirst,
            "last" | "latest" | "recently" | "recent" => intent = Intent::Latest,
            "was" | "were" | "is" | "it" | "that" | "the" | "to" | "has" | "have" | "had"
            | "been" | "ever" | "else" | "also" | "actually" | "really" | "person" | "people"
            | "one" | "ones" | "speaker" | "speakers" | "guy" | "publicly" | "being" | "most"
            | "are" | "all" | "already" | "so" | "far" => {}
            _ => return None,
        }
    }
    let mut verb_word = verb.lower.as_str();
    if verb_word == "quoted" {
        // `who quoted Roe` asks about outlets.
        let is_quoted =
            pieces.iter().any(is_being) || !before.first().is_some_and(|who| who.is("who"));
        if !(is_quoted || rest.iter().any(|piece| piece.marked.is_some())) {
            return None;
        }
        rest = without(without(rest, "as"), "saying");
        verb_word = "said";
    }
    match verb_word {
        "coin" | "coined" => intent = Intent::WhoFirst,
        // `who talked about` is `who spoke`; `who said something about` is too.
        "said" | "say" | "says" | "saying" => {
            rest = behind_something(rest).unwrap_or(rest);
        }
        _ => {}
    }
    // `who talked about boats most often`, `who talked about boats the most`
    if rest.first().is_some_and(is_about)
        && let Some(before) = before_most(rest)
    {
        rest = before;
    }
    let is_mention = verb_word.starts_with("mention");
    let closing = || order::at_end(rest).filter(|(_, before)| is_mention && !before.is_empty());
    if let Some((order, before)) = order::closing(rest).or_else(closing) {
        intent = order.of(Intent::Who);
        rest = before;
    } else if let Some((order, about)) = order::before_subject(rest) {
        intent = order.of(Intent::Who);
        rest = about;
    }
    // `who is quoted by Roe` asks about somebody else than who speaks.
    if rest.first().is_some_and(|first| first.is("by")) && before.iter().skip(1).any(is_being) {
        return None;
    }
    // `who are the most quoted people`
    if verb.is("quoted")
        && let [people] = rest
        && people.is_small(&["people", "persons", "speakers"])
    {
        let is_most = before.iter().any(|piece| piece.is("most"));
        return is_most.then(|| answer(intent, Node::All))?;
    }
    // `and who said it first`
    if ["it", "that"]
        .iter()
        .any(|it| ended_by(rest, &["who", "said", *it]).is_some())
    {
        return None;
    }
    // `who says “…” the most`
    let (marked, most) = rest.split_first().unzip();
    if let (Some(marked), Some(most)) = (marked, most)
        && marked.marked.is_some()
        && behind_most(most).is_some_and(<[_]>::is_empty)
    {
        rest = std::slice::from_ref(marked);
    }
    // `who was quoted most (often)`, `who spoke most about boats`
    if let Some(rest) = behind_most(rest) {
        match topic(rest) {
            Some(topic) => return answer(intent, topic),
            None if rest.is_empty() => return answer(intent, Node::All),
            None => {}
        }
    }
    // `who said anything`, `who spoke`
    let is_open = match rest {
        [] => SPEAK.contains(&verb_word) || verb.is("quoted"),
        [one] => is_anything(one) && verb_word.starts_with("sa"),
        _ => false,
    };
    if is_open {
        return Some((intent, but));
    }
    if let Some(topic) = topic(rest) {
        return answer(intent, topic);
    }
    if SPEAK.contains(&verb_word) {
        return None;
    }
    answer(intent, object(verb_word, rest)?)
}

/// Takes those left out off what stands before the verb: `who else besides Roe has`.
fn who_but<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(&'p [Piece<'q>], Option<Node>)> {
    let place = (1..pieces.len()).find(|&place| pieces.get(place..).and_then(excepting).is_some());
    let Some((before, mut name)) = place.and_then(|place| pieces.split_at_checked(place)) else {
        return Some((pieces, None));
    };
    while let [rest @ .., last] = name
        && (AUXILIARY.contains(&last.lower.as_str()) || last.is("ever") || last.is("also"))
    {
        name = rest;
    }
    Some((before, Some(others(name)?)))
}

/// Takes those left out off the end: `"…" besides Roe`, `about the ferry other than Roe`. Of words without marks nobody
/// knows where they end, unless `else` says that some are left out.
fn besides<'p, 'q>(
    pieces: &'p [Piece<'q>],
    says_else: bool,
) -> Option<(&'p [Piece<'q>], Option<Node>)> {
    let about = pieces.first().is_some_and(is_about);
    let place = (1..pieces.len()).find(|&place| {
        let (before, behind) = pieces.split_at(place);
        let marked = before.last().is_some_and(|last| last.marked.is_some());
        let but = behind.first().is_some_and(|first| first.is("but"));
        excepting(behind).is_some() && (marked || ((about || says_else) && !but))
    });
    match place.and_then(|place| pieces.split_at_checked(place)) {
        // `“…” but not “…”`
        Some((before, [but, not, words])) if words.marked.is_some() => {
            let other = (but.is("but") && not.is("not")).then(|| said(std::slice::from_ref(words)));
            Some((before, Some(Node::Not(Box::new(other??)))))
        }
        Some((before, name)) => Some((before, Some(others(name)?))),
        None => Some((pieces, None)),
    }
}

/// What stands before `most often`, `the most`.
fn before_most<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<&'p [Piece<'q>]> {
    let before =
        ended_by(pieces, &["most", "often"]).or_else(|| ended_by(pieces, &["the", "most"]));
    before.filter(|before| before.len() > 1)
}

/// What follows `most`, `the most`, `most often`.
fn behind_most<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<&'p [Piece<'q>]> {
    match without(pieces, "the") {
        [most, often, rest @ ..] if most.is("most") && often.is("often") => Some(rest),
        [most, rest @ ..] if most.is("most") => Some(rest),
        _ => None,
    }
}
