//! Names that stand right behind a description and say who is described.

use super::is_comma;
use crate::lexicon::Classes;
use crate::mention::{Mention, MentionKind};
use crate::stream::Stream;
use crate::total::{Cut, Steps, Total};

/// Whose name stands behind a description, between commas: her daughter, the novelist Bisi Roe, told us.
pub(super) fn apposed(text: &str, stream: &Stream, mentions: &[Mention], at: usize) -> Option<u32> {
    let (mention, name) = (mentions.at(at), mentions.get(at.plus(1))?);
    if mention.kind != MentionKind::Role {
        return None;
    }
    let own = stream.items.at(mention.first).has(Classes::POSSESSIVE);
    if own && let Some(person) = apposed_at_length(stream, mentions, at) {
        return Some(person);
    }
    let the = || stream.is(text, (mention.last as usize).plus(2), "the");
    // A player called Moonhammer, a woman named Ana Roe
    let called = name.first == mention.last.plus(2)
        && matches!(
            stream.word(text, (mention.last as usize).plus(1)),
            "called" | "named"
        );
    if called && name.kind.is_name() && !name.possessive {
        return name.person;
    }
    let is = own
        && !mention.possessive
        && name.kind == MentionKind::FullName
        && !name.possessive
        && (name.first == mention.last.plus(2) || name.first == mention.last.plus(3) && the())
        && is_comma(stream, mention.last.plus(1))
        && is_comma(stream, name.last.plus(1))
        && !stream.is(text, (name.last as usize).plus(2), "and");
    name.person.filter(|_| is)
}

/// Words that may stand before the name in an apposition.
const APPOSED: u32 = 6;

/// The same with more than an office before the name: their coach, the former Test batsman Karl Roe, said.
fn apposed_at_length(stream: &Stream, mentions: &[Mention], at: usize) -> Option<u32> {
    let mention = mentions.at(at);
    if mention.possessive || !is_comma(stream, mention.last.plus(1)) {
        return None;
    }
    let start = mention.last.plus(2);
    let mut behind = mentions.cut(at.plus(1)..).iter().take(3);
    let name = behind.find(|name| name.kind == MentionKind::FullName)?;
    let words = stream
        .items
        .cut(start as usize..name.first.max(start) as usize);
    let clause = Classes::AUXILIARY
        .or(Classes::RELATIVE)
        .or(Classes::CONJUNCTION);
    let is = name.first > start
        && name.first <= start.plus(APPOSED)
        && !name.possessive
        && words.head().has(Classes::DETERMINER)
        && words.iter().all(|item| item.is_word() && !item.has(clause))
        && is_comma(stream, name.last.plus(1));
    name.person.filter(|_| is)
}

/// Whose words a word for them is of: came the reply from Roe.
pub(super) fn answerer(
    text: &str,
    stream: &Stream,
    mentions: &[Mention],
    at: usize,
) -> Option<u32> {
    let form = |at: u32| stream.word(text, at as usize);
    let (answer, next) = (mentions.at(at), mentions.get(at.plus(1))?);
    if next.first != answer.last.plus(2) || !next.kind.is_name() || next.possessive {
        return None;
    }
    let of = matches!(
        (form(answer.name_first), form(answer.last.plus(1))),
        (
            "reply" | "answer" | "response" | "comment" | "verdict" | "retort",
            "from" | "of"
        )
    );
    next.person.filter(|_| of)
}
