//! The subject of a verb: Roe, a manager at Lind Trustees said · the Union (TU), who say · Ivo Roe last year called

use super::{is_between, is_comma, is_phrase};
use crate::context::Context;
use crate::lexicon::Classes;
use crate::mention::{Mention, MentionKind};
use crate::stream::{Item, Kind};
use crate::total::{Cut, Steps, Total};

/// Adverbs, auxiliaries and times between a subject and its verb, at most.
const BETWEEN: usize = 5;

/// The subject of a verb, and how it was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject {
    pub(super) mention: u32,
    /// The verb is that of a clause that describes it: the Union, which calls it
    pub(super) relative: bool,
    /// It may, will or never did.
    pub(super) supposed: bool,
    /// What stands right before the verb only says where it belongs: Roe, a manager at Lind Trustees said
    pub(super) headed: bool,
}

/// Finds the subject of the verb at `verb` in the sentence that begins at `start`.
pub(super) fn of_verb(context: &Context<'_>, start: usize, verb: usize) -> Option<Subject> {
    let items = &context.stream.items;
    let mut at = verb.checked_sub(1).filter(|&at| at >= start)?;
    let mut supposed = false;
    for _ in 0..BETWEEN {
        let time = before_time(context, at);
        supposed |= is_supposed(context, at);
        if at > start && is_between(context, at) {
            at = at.less(1);
        } else if at > start.plus(2) && time > 0 {
            at = at.less(time);
        } else {
            break;
        }
    }
    let plain = |mention| Subject {
        mention,
        relative: false,
        supposed,
        headed: false,
    };
    if items.at(at).has(Classes::RELATIVE) || context.stream.is(context.text, at, "who") {
        let mention = antecedent(context, start, at)?;
        return Some(Subject {
            relative: true,
            ..plain(mention)
        });
    }
    if is_comma(items.at(at)) || items.at(at).is_punct(b'-') {
        return across(context, start, at).map(plain);
    }
    let (mention, found) = context.mention_that_ends(at)?;
    if !may_act(found) {
        return None;
    }
    let mut link = (found.first as usize)
        .checked_sub(1)
        .filter(|&at| at > start);
    // An editor at Loud Voices: of such a name only the end may be known.
    while let Some(at) = link.filter(|&at| items.at(at).is_capital()) {
        link = at.checked_sub(1).filter(|&at| at > start);
    }
    match link.filter(|&at| is_link(context, at)) {
        Some(link) => head(context, start, mention, link).map(|head| Subject {
            headed: true,
            ..plain(head)
        }),
        None => Some(plain(mention)),
    }
}

/// Tells whether a word before a verb says that what it says was not said, or not yet.
fn is_supposed(context: &Context<'_>, at: usize) -> bool {
    matches!(
        context.stream.bytes(context.text, at),
        b"will"
            | b"would"
            | b"could"
            | b"should"
            | b"can"
            | b"cannot"
            | b"may"
            | b"might"
            | b"must"
            | b"never"
            | b"not"
    )
}

/// Tells how many items of a time end here: last year · in 1997 · on Monday
fn before_time(context: &Context<'_>, at: usize) -> usize {
    let before = context.stream.bytes(context.text, at.less(1));
    let unit = matches!(
        context.stream.bytes(context.text, at),
        b"year" | b"month" | b"week" | b"night"
    );
    let item = context.stream.items.at(at);
    let dated = item.kind == Kind::Number && before == b"in"
        || item.has(Classes::WEEKDAY) && before == b"on"
        || unit && matches!(before, b"last" | b"this");
    if dated { 2 } else { 0 }
}

/// Tells whether a word joins what follows to the noun before: Roe of Lind Trust said, but: as Roe said
fn is_link(context: &Context<'_>, at: usize) -> bool {
    matches!(
        context.stream.bytes(context.text, at),
        b"of" | b"at" | b"for" | b"from" | b"in" | b"with" | b"on" | b"to"
    )
}

/// Tells whether a mention may be the subject of a verb.
fn may_act(mention: &Mention) -> bool {
    !mention.possessive
        && !matches!(
            mention.kind,
            MentionKind::Possessive | MentionKind::Who | MentionKind::Handle
        )
}

/// What a relative pronoun stands for, the phrase left of it and of its comma: the Greens, who · Lind Trust (LT), which
fn antecedent(context: &Context<'_>, start: usize, relative: usize) -> Option<u32> {
    let items = &context.stream.items;
    let mut at = relative.checked_sub(1).filter(|&at| at >= start)?;
    if is_comma(items.at(at)) || items.at(at).is_punct(b'-') {
        at = at.checked_sub(1).filter(|&at| at >= start)?;
    }
    if items.at(at).is_punct(b')') {
        let open = (start..at)
            .rev()
            .take(6)
            .find(|&at| items.at(at).is_punct(b'('))?;
        at = open.checked_sub(1)?;
    }
    let (mention, found) = context.mention_that_ends(at)?;
    // Roe of Boston, who said
    let who = context.stream.is(context.text, relative, "who");
    let link = (found.first as usize)
        .checked_sub(1)
        .filter(|&at| at > start);
    let named = link
        .filter(|&at| who && is_link(context, at))
        .and_then(|at| context.mention_that_ends(at.checked_sub(1)?))
        .filter(|(_, named)| named.kind.is_name() && may_act(named));
    match named {
        Some((named, _)) => Some(named),
        None => may_act(found).then_some(mention),
    }
}

/// The subject before what is inserted between it and its verb: Roe, the mayor, said · Roe, who ran off, said
fn across(context: &Context<'_>, start: usize, close: usize) -> Option<u32> {
    let items = &context.stream.items;
    let open = (start..close)
        .rev()
        .take(20)
        .take_while(|&at| !items.at(at).is_run());
    let mark = items.at(close).kind;
    let open = open.into_iter().find(|&at| items.at(at).kind == mark)?;
    // The head of the Union, Ana Roe, called
    if let Some((mention, found)) = context.mention_that_ends(close.less(1))
        && found.kind.is_name()
        && found.first as usize == open.plus(1)
    {
        return may_act(found).then_some(mention);
    }
    let (mention, found) = context.mention_that_ends(open.checked_sub(1)?)?;
    let link = (found.first as usize)
        .checked_sub(1)
        .filter(|&at| at > start);
    if !may_act(found) || link.is_some_and(|at| is_link(context, at)) {
        return None;
    }
    // Jeb Roe, the former governor, who lost, called · Ana Roe, director of Lind Lane - an agent - told
    let named = link
        .filter(|&at| is_comma(items.at(at)))
        .filter(|_| found.kind == MentionKind::Role || items.at(found.first).is_lower())
        .and_then(|at| context.mention_that_ends(at.checked_sub(1)?))
        .filter(|(_, named)| named.kind.is_name() && may_act(named));
    Some(named.map_or(mention, |(named, _)| named))
}

/// The one whom a mention says where he belongs: Matt Roe, a manager at Lind Trustees said · Roe of Lind Trustees said
fn head(context: &Context<'_>, start: usize, tail: u32, mut link: usize) -> Option<u32> {
    let items = &context.stream.items;
    let first = context.mentions.at(tail).first as usize;
    // Matt Roe from the Union said
    if let Some((mention, found)) = context.mention_that_ends(link.less(1)) {
        let person = found.kind.is_name() || found.kind == MentionKind::Role;
        let opens = found.kind.is_name() && context.opens_clause(found);
        if opens && person && may_act(found) {
            return Some(mention);
        }
    }
    while link > start && is_phrase(context, link..link.plus(1)) && first.less(link) < 12 {
        link = link.less(1);
    }
    let office = items.at(link.plus(1));
    if !is_comma(items.at(link)) || office.has(Classes::PREPOSITION) || first < link.plus(3) {
        return None;
    }
    let (mention, found) = context.mention_that_ends(link.checked_sub(1)?)?;
    let opens = context.opens_clause(found);
    let many = items.cut(link.plus(1)..first).iter().any(is_many);
    (found.kind == MentionKind::FullName && opens && may_act(found) && !many).then_some(mention)
}

/// Tells what stands for several: a list goes on with it, no apposition.
fn is_many(item: &Item) -> bool {
    item.has(Classes::GROUP.or(Classes::CONJUNCTION))
}
