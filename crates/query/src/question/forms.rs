//! The forms of questions.

use super::Intent;
use super::clauses::said;
use super::pieces::Piece;
use super::quotes::{QUOTES, by_and_about, quotes, uses};
use super::spoken::{alone, anything, passive, spoken};
use super::verbs::{around, is_say, verb, without};
use super::what::{name_on_topic, statement, thing, what};
use super::when::{often, time, when};
use super::who::who;
use crate::ast::Node;

/// What is asked, and what must be true of the quotations; nothing where the question leaves that to its dates or its
/// outlet.
pub(super) type Read = Option<(Intent, Vec<Node>)>;

/// What stands for the words that were said before: `“…”, who said it?`
const IT: &[&str] = &["it", "this", "that", "so", "these", "those"];

pub(super) fn read(pieces: &[Piece<'_>]) -> Read {
    let words: Vec<&str> = pieces.iter().map(|piece| piece.lower.as_str()).collect();
    let from = |place: usize| pieces.get(place..).unwrap_or_default();
    if foretells(pieces) {
        return None;
    }
    match words.as_slice() {
        ["", rest @ ..] if !rest.is_empty() => words_first(pieces),
        ["what" | "which", "date" | "day", ..] => when(from(2)),
        ["who" | "which" | "who's" | "who’s" | "whos" | "whoever", ..] => who(pieces),
        ["by", "whom", ..] => passive(from(2)).map(|nodes| (Intent::Who, nodes)),
        ["whose", noun, "is" | "are" | "was" | "were", ..] if QUOTES.contains(noun) => {
            Some((Intent::Who, vec![said(from(3))?]))
        }
        ["how", "often" | "frequently", ..] => often(from(2)),
        ["how", "many", "times", ..] | ["number", "of", "times", ..] => often(from(3)),
        ["the", "number", "of", "times", ..] => often(from(4)),
        ["how", "many", "people" | "persons" | "speakers", ..] => how_many(from(2)),
        [
            "how",
            "many",
            "different",
            "people" | "persons" | "speakers",
            ..,
        ] => how_many(from(3)),
        ["how", "many", noun, ..] | ["number", "of", noun, ..] if QUOTES.contains(noun) => {
            let (_, nodes) = quotes(from(2))?;
            Some((Intent::HowOften, nodes))
        }
        ["the", "number", "of", noun, ..] if QUOTES.contains(noun) => {
            let (_, nodes) = quotes(from(3))?;
            Some((Intent::HowOften, nodes))
        }
        ["when", "and", "where", ..]
        | ["where", "and", "when", ..]
        | ["on", "what" | "which", "date" | "day", ..] => when(from(3)),
        ["when", ..] => when(from(1)),
        ["what's" | "what’s" | "whats", ..] => thing(from(1)).or_else(|| what(from(1))),
        ["what" | "whatever", ..] => what(from(1)),
        ["is", "it", "true", ..] => {
            let rest = without(from(3), "that");
            spoken(rest).map(|nodes| (Intent::Whether, nodes))
        }
        ["everything" | "anything" | "all", rest @ ..]
            if !rest.iter().any(|word| QUOTES.contains(word)) =>
        {
            what(without(from(1), "that")).or_else(|| {
                // `everything by Roe on boats`
                let nodes = by_and_about(from(1), true)?;
                Some((Intent::What, nodes))
            })
        }
        ["did" | "does" | "has" | "have" | "had", ..] => {
            let nodes = spoken(pieces).or_else(|| anything(pieces));
            nodes.map(|nodes| (Intent::Whether, nodes))
        }
        // `was it Roe who said …`
        ["was" | "is", "it", ..] if words.iter().skip(3).any(|word| *word == "who") => {
            let (name, _, said) = around(pieces, words.iter().position(|word| *word == "who")?)?;
            let told = [name.get(2..)?, said].concat();
            spoken(&told).map(|nodes| (Intent::Whether, nodes))
        }
        ["was" | "were", ..] => {
            let nodes = passive(from(1)).or_else(|| Some(vec![alone(pieces)?]));
            nodes.map(|nodes| (Intent::Whether, nodes))
        }
        _ if is_misspelt(pieces.first()?) => None,
        _ => uses(pieces)
            .or_else(|| time(pieces))
            .or_else(|| quotes(pieces))
            .or_else(|| statement(pieces))
            .or_else(|| name_on_topic(pieces)),
    }
}

/// `how many people said …`
fn how_many(pieces: &[Piece<'_>]) -> Read {
    let (intent, nodes) = who(pieces)?;
    let intent = match intent {
        Intent::Who => Intent::HowMany,
        ordered => ordered,
    };
    Some((intent, nodes))
}

/// Tells whether a question asks what will be said, or would: an archive has what was.
fn foretells(pieces: &[Piece<'_>]) -> bool {
    let Some((ahead, verb, _)) = verb(pieces) else {
        return false;
    };
    let modal = |piece: &Piece<'_>| {
        piece.is_small(&[
            "will",
            "would",
            "can",
            "could",
            "should",
            "shall",
            "may",
            "might",
            "must",
            "won't",
            "wouldn't",
            "can't",
            "couldn't",
            "shouldn't",
        ])
    };
    let infinitive = [
        "say", "tell", "claim", "mention", "state", "use", "utter", "speak", "talk", "call",
        "promise", "announce", "comment", "coin", "think", "speaking", "be", "have",
    ];
    let is_infinitive = |piece: &Piece<'_>| infinitive.iter().any(|word| piece.is(word));
    // `what did will smith say` has a name.
    let asks = |piece: &Piece<'_>| {
        piece.is_small(&[
            "who", "what", "when", "how", "often", "much", "many", "times",
        ])
    };
    let ahead: Vec<&Piece<'_>> = ahead.iter().skip_while(|piece| asks(piece)).collect();
    ahead.first().is_some_and(|first| modal(first))
        && (is_infinitive(verb) || ahead.iter().any(|piece| is_infinitive(piece)))
}

/// `“…”, who said that`, `“…” said by whom`: puts the words where the question has them otherwise.
fn words_first(pieces: &[Piece<'_>]) -> Read {
    let (marked, rest) = pieces.split_first()?;
    let words: Vec<&str> = rest
        .iter()
        .map(|piece| piece.lower.as_str())
        .filter(|word| !is_dash(word))
        .collect();
    match words.as_slice() {
        ["who"] | ["said", "by", "who" | "whom"] | ["by", "who" | "whom"] => {
            Some((Intent::Who, vec![said(std::slice::from_ref(marked))?]))
        }
        ["who" | "when" | "how" | "did" | "has" | "have" | "was", ..] => {
            let mut moved: Vec<Piece<'_>> = rest
                .iter()
                .filter(|piece| !is_dash(&piece.lower))
                .cloned()
                .collect();
            let verb = moved.iter().position(is_say)?;
            let (before, after) = moved.split_at_mut_checked(verb.checked_add(1)?)?;
            let is_it = |piece: &&mut Piece<'_>| IT.contains(&piece.lower.as_str());
            if let Some(it) = after.iter_mut().find(is_it) {
                *it = marked.clone();
            } else if after.is_empty() {
                moved.push(marked.clone());
            } else {
                // `“…”: when was it said by Roe`
                *before.iter_mut().find(is_it)? = marked.clone();
            }
            read(&moved)
        }
        _ => None,
    }
}

fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | ":" | ",")
}

/// Tells whether a small word is a question word with a letter wrong, and no name.
fn is_misspelt(piece: &Piece<'_>) -> bool {
    let asking = ["who", "what", "when", "how", "did", "whose", "which"];
    let mut asking = asking.iter();
    !piece.text.contains(char::is_uppercase)
        && piece.lower.len() >= 3
        && asking.any(|word| strsim::osa_distance(word, &piece.lower) == 1)
}
