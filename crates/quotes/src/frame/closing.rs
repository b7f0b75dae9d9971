//! A frame that ends a sentence or is inserted into it reports all of it: Day had “no choice at all”, says Roe.

use std::ops::Range;

use super::{Framed, is_comma, is_phrase, is_saying, shows};
use crate::context::{Context, RunShape};
use crate::lexicon::Classes;
use crate::mention::Mention;
use crate::pronoun::Referents;
use crate::told::{is_heard, is_passive};
use crate::total::{Cut, Steps, Total};

/// Items between the words and the frame, at most.
const REACH: usize = 40;

/// Words of a subject before the name in it, at most: its former president Luis Roe
const SUBJECT: usize = 5;

/// Mentions of the sentence that are looked back over, at most.
const FAR: usize = 12;

pub(super) fn find(
    context: &Context<'_>,
    sentence: Range<usize>,
    shape: &RunShape,
    referents: &[Referents],
) -> Option<Framed> {
    let run = shape.item as usize;
    // “…,” said Roe: the frame stands right beside it.
    if shape.last == 0 || run == sentence.start && !shape.lower_start {
        return None;
    }
    let owned = (sentence.start..run)
        .rev()
        .find(|&at| is_owner(context, &sentence, at));
    let teller = match owned {
        Some(verb) => inserted(context, &sentence, verb)?,
        None => at_end(context, &sentence, run)?,
    };
    // Ms Sand had “no plan”, the Liberal leader said: not Ms Sand, whoever was one before.
    let person = context.mentions.at(teller).person;
    let named = (0..teller).rev().take(FAR).find(|&at| {
        let other = context.mentions.at(at);
        let here = other.first as usize >= sentence.start;
        here && other.kind.is_name() && other.person.is_some() && other.person == person
    });
    Some(Framed {
        teller: super::beside(context, teller, named, referents),
        spoken: is_said(context, shape),
    })
}

/// Tells whether words in a reported sentence are the source's: a “compact” edition, a “red card” are terms.
fn is_said(context: &Context<'_>, shape: &RunShape) -> bool {
    let items = &context.stream.items;
    let run = shape.item as usize;
    let function = Classes::PREPOSITION
        .or(Classes::CONJUNCTION)
        .or(Classes::AUXILIARY)
        .or(Classes::ADVERB)
        .or(Classes::PRONOUN)
        .or(super::CLAUSE);
    let next = items.at(run.plus(1));
    let modifies = next.is_lower() && !next.has(function);
    let told = context.words_at(run);
    let predicate = items.at(run.less(1)).has(Classes::AUXILIARY)
        || told.is_some_and(|words| words.ends_with("ed"));
    let term = context.stream.is(context.text, run.less(1), "so-called");
    !term && (shape.words > 2 || !modifies && (shape.words == 2 || predicate))
}

/// Tells whether a verb before the words says whose they are.
fn is_owner(context: &Context<'_>, sentence: &Range<usize>, at: usize) -> bool {
    let infinitive = at > sentence.start && context.stream.is(context.text, at.less(1), "to");
    let according = context.stream.items.at(at).has(Classes::SAID_PREP);
    let form = context.stream.bytes(context.text, at);
    let says = is_saying(context, at) && !infinitive && !shows(form);
    (says || according) && !is_heard(context.text, context.stream, at)
}

/// The plan, said Roe, was “too soft” · the plan, Roe said, was “too soft” · the plan, according to Roe, was “too soft”
fn inserted(context: &Context<'_>, sentence: &Range<usize>, verb: usize) -> Option<u32> {
    let items = &context.stream.items;
    let comma = |at: usize| sentence.contains(&at) && is_comma(items.at(at));
    if verb > sentence.start.plus(1) && comma(verb.less(1)) && is_inverted(context, verb) {
        let (at, mention) = named_after(context, verb)?;
        let last = mention.last as usize;
        let close = (last.plus(1)..last.plus(8)).find(|&at| comma(at))?;
        let phrase = close == last.plus(1) || is_phrase(context, last.plus(1)..close);
        // Colin Roe, 68, said the guard, whose name he forgot, was “kind”.
        let has_subject = subject_of(context, verb).is_some();
        return (phrase && !has_subject).then_some(at);
    }
    if !comma(verb.plus(1)) || context.stream.word(context.text, verb).ends_with("ing") {
        return None;
    }
    let (at, mention) = subject_of(context, verb)?;
    let first = mention.first as usize;
    (first > sentence.start.plus(1) && comma(first.less(1))).then_some(at)
}

/// “…”, said Roe. · “…”, the inspectors found. · “…”, according to Roe.
fn at_end(context: &Context<'_>, sentence: &Range<usize>, run: usize) -> Option<u32> {
    let items = &context.stream.items;
    let end = sentence.end.min(run.plus(REACH));
    let mut after = (run.plus(1)..end).filter(|&at| {
        let item = items.at(at);
        is_comma(item) || item.has(Classes::SAID_PREP) && !is_comma(items.at(at.less(1)))
    });
    after.find_map(|at| {
        let first = if is_comma(items.at(at)) {
            at.plus(1)
        } else {
            at
        };
        tag(context, first, sentence.end)
    })
}

/// Reads a frame that begins at an item and ends what is reported.
fn tag(context: &Context<'_>, first: usize, end: usize) -> Option<u32> {
    let items = &context.stream.items;
    let form = context.stream.bytes(context.text, first);
    let according = items.at(first).has(Classes::SAID_PREP) && matches!(form, b"according");
    let says = matches!(
        form,
        b"said" | b"says" | b"say" | b"added" | b"adds" | b"reported"
    );
    if according || says {
        let (at, mention) = named_after(context, first)?;
        return (mention.last as usize).lt(&end).then_some(at);
    }
    if items.at(first).has(Classes::CONJUNCTION.or(super::CLAUSE)) {
        return None;
    }
    let verb = (first.plus(1)..end)
        .take_while(|&at| items.at(at).is_word() || is_comma(items.at(at)))
        .find(|&at| is_tagging(context, at))?;
    let (at, mention) = subject_of(context, verb)?;
    let begin = mention.first as usize;
    let leads = begin == first
        || begin > first && begin.less(first) < SUBJECT && is_title(context, first..begin);
    (leads && is_closed(context, verb, end)).then_some(at)
}

/// Tells whether who says it may stand behind a verb: said Roe · according to Roe, but: told Roe
fn is_inverted(context: &Context<'_>, verb: usize) -> bool {
    matches!(
        context.stream.bytes(context.text, verb),
        b"said" | b"says" | b"say" | b"added" | b"adds" | b"according"
    )
}

/// Tells whether a verb may end a report: the inspectors found.
fn is_tagging(context: &Context<'_>, at: usize) -> bool {
    let form = context.stream.bytes(context.text, at);
    let finds = matches!(
        form,
        b"found" | b"find" | b"finds" | b"ruled" | b"concluded"
    );
    // It has been claimed: by nobody.
    finds && context.stream.items.at(at).is_lower()
        || is_saying(context, at)
            && !form.ends_with(b"ing")
            && !is_passive(context.text, context.stream, at)
}

/// Tells whether words may stand before the name in a subject: its former president · lead singer
fn is_title(context: &Context<'_>, range: Range<usize>) -> bool {
    let other = Classes::AUXILIARY
        .or(Classes::PRONOUN)
        .or(Classes::CONJUNCTION)
        .or(super::CLAUSE);
    range.into_iter().all(|at| {
        let item = context.stream.items.at(at);
        item.is_word() && !item.has(other) && *context.cues.at(at) < 3
    })
}

/// Tells whether nothing that the verb says follows it, only when, where and to whom.
fn is_closed(context: &Context<'_>, verb: usize, end: usize) -> bool {
    let items = &context.stream.items;
    let rest = verb.plus(1)..end;
    let Some(next) = items.get(verb.plus(1)).filter(|_| verb.plus(1) < end) else {
        return true;
    };
    let stop = !next.is_word() && !next.is_run() && !next.is_punct(b':');
    let when = next.has(
        Classes::PREPOSITION
            .or(Classes::WEEKDAY)
            .or(Classes::ADVERB),
    );
    let told = matches!(
        context.stream.bytes(context.text, verb),
        b"told" | b"tells" | b"warned"
    );
    let plain = |at: usize| {
        let item = items.at(at);
        let goes_on = item.is_run() || item.is_punct(b':') || item.has(Classes::AUXILIARY);
        let that = context.stream.is(context.text, at, "that");
        !(goes_on || that || is_comma(item) && at.plus(1) < end)
    };
    stop && !rest.clone().any(|at| items.at(at).is_punct(b':'))
        || (when || told) && rest.into_iter().all(plain)
}

/// The subject of a verb of saying right before it.
fn subject_of<'c>(context: &'c Context<'_>, verb: usize) -> Option<(u32, &'c Mention)> {
    let before = context
        .mentions
        .partition_point(|mention| (mention.first as usize) < verb);
    let near = context.mentions.cut(..before).iter().enumerate().rev();
    let (at, mention) = near.take(4).find(|(at, mention)| {
        let own = context.syntax.at(*at).forward;
        let right = mention.last as usize == verb.less(1) && !mention.possessive;
        right || own.is_some_and(|cue| cue.item as usize == verb)
    })?;
    Some((at as u32, mention))
}

/// Who is named right after a verb of saying.
fn named_after<'c>(context: &'c Context<'_>, verb: usize) -> Option<(u32, &'c Mention)> {
    let begin = context
        .mentions
        .partition_point(|mention| (mention.first as usize) <= verb);
    let near = context.mentions.cut(begin..).iter().enumerate().take(3);
    let (at, mention) = near
        .take_while(|(_, mention)| mention.first as usize <= verb.plus(3))
        .find(|(at, mention)| {
            let own = context.syntax.at(begin.plus(*at)).backward;
            own.is_some_and(|cue| cue.item as usize == verb) && !mention.possessive
        })?;
    Some((begin.plus(at) as u32, mention))
}
