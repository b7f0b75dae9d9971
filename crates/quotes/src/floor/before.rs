//! Who spoke, or is said to have spoken, in the sentence right before words that nothing announces.

use std::ops::Range;

use crate::context::Context;
use crate::decode::{Decision, SPEECH};
use crate::floor::Floor;
use crate::lexicon::Classes;
use crate::mention::{Mention, MentionKind};
use crate::stream::Kind;
use crate::told::{hears, is_passive};
use crate::total::{Cut, Steps, Total};

/// Finds who spoke, or was said to speak, in the sentence right before a run.
pub(super) fn find(
    context: &Context<'_>,
    run: usize,
    decisions: &[Decision],
    told: bool,
) -> Option<Floor> {
    let items = &context.stream.items;
    let own = items.at(context.shapes.at(run).item);
    let start = context.sentence(own.sentence).start;
    let before = start.checked_sub(1)?;
    let paragraph = items.at(before).paragraph;
    let same = paragraph == own.paragraph;
    if !same && paragraph.plus(1) != own.paragraph {
        return None;
    }
    let sentence = context.sentence(items.at(before).sentence);
    let spoken = decisions.last().filter(|decision| {
        let item = context.shapes.at(decision.run).item as usize;
        decision.speech >= SPEECH && sentence.contains(&item)
    });
    if let Some(spoken) = spoken {
        let item = context.shapes.at(spoken.run).item as usize;
        if let Some(other) = reported_behind(context, item.plus(1)..sentence.end) {
            return Some(Floor::Reported(other));
        }
        // “Will it hold?” asked Roe. ¶ “It will.” Lind had seen it.
        if !same && context.shapes.at(spoken.run).last == 2 {
            return Some(Floor::Ranked { earlier: false });
        }
        return (spoken.mention.is_some() && (same || told)).then_some(Floor::Before);
    }
    if !same && !told {
        return None;
    }
    // “We will win,” said Roe. Is the league dead, as Lind claims? “Not at all.”
    if items.at(before).is_punct(b'?') {
        let last = decisions.last()?;
        let near =
            last.mention.is_some() && context.runs.at(last.run).paragraph.plus(1) >= own.paragraph;
        return near.then_some(Floor::Answer);
    }
    let reported = reports(context, sentence.clone())?;
    // “It leaks,” said Roe. He said it was old. “We tested it.”
    if goes_on(context, decisions.last(), reported, sentence.start) {
        return Some(Floor::Before);
    }
    Some(Floor::Reported(reported))
}

/// Tells whether a pronoun that opens the sentence from `start` on stands for whoever spoke right before it.
fn goes_on(context: &Context<'_>, last: Option<&Decision>, mention: u32, start: usize) -> bool {
    let mention = context.mentions.at(mention);
    let pronoun = matches!(mention.kind, MentionKind::He | MentionKind::She);
    let gender = |decision: &Decision| {
        let person = decision
            .person
            .map(|person| context.persons.list.at(person).gender);
        person.is_some_and(|gender| gender.agrees(mention.gender))
    };
    let items = &context.stream.items;
    pronoun
        && mention.first as usize == start
        && last.is_some_and(|last| {
            let item = context.shapes.at(last.run).item;
            let sentence = items.at(start.less(1)).sentence;
            gender(last)
                && last.speech >= SPEECH
                && items.at(item).sentence == sentence
                && items.at(item).paragraph == items.at(start).paragraph
        })
}

/// Words between quoted ones and a verb that tells of somebody else, at least.
const APART: usize = 4;

/// “It leaks,” Pumps are cheaper than pipes, said Ms Lind: finds who is named at the end of words that are their own.
fn reported_behind(context: &Context<'_>, rest: Range<usize>) -> Option<u32> {
    let (at, verb) = closing(context, rest.clone())?;
    (rest.start.plus(APART) < verb).then_some(at)
}

/// Finds whom a sentence without words in marks reports: The wells run dry, said Ms Lind. · Roe said that they run dry.
fn reports(context: &Context<'_>, sentence: Range<usize>) -> Option<u32> {
    let items = &context.stream.items;
    if let Some((at, _)) = closing(context, sentence.clone()) {
        return Some(at);
    }
    // When Roe said so, they left.
    if items.at(sentence.start).has(Classes::SUBORDINATOR) {
        return None;
    }
    // It is hard to say whether somebody is who they say they are.
    let main = (sentence.clone())
        .find(|&at| items.at(at).has(Classes::SUBORDINATOR))
        .unwrap_or(sentence.end);
    subject(context, sentence.start..main)
        .or_else(|| apposed(context, &sentence))
        .or_else(|| reacts(context, &sentence))
        .or_else(|| asked(context, sentence.start..main))
}

/// Finds the subject of the verb that reports in a sentence: And ex-minister Ann Roe said
pub(super) fn subject(context: &Context<'_>, sentence: Range<usize>) -> Option<u32> {
    let mut near = mentions(context, sentence);
    let subject = near.find(|&(at, mention)| {
        let cue = context.syntax.at(at).forward;
        let before = context.stream.items.at(mention.first.less(1));
        cue.is_some_and(|cue| says(context, cue.item as usize))
            && speaks(mention)
            && is_subject(context, mention)
            && !before.has(Classes::RELATIVE)
    });
    subject.map(|(at, _)| at)
}

/// Lind disagreed. “It leaks every spring.”
fn reacts(context: &Context<'_>, sentence: &Range<usize>) -> Option<u32> {
    let verb = sentence.end.less(2);
    let (at, mention) = context.mention_that_ends(verb.less(1))?;
    let whole =
        mention.first as usize == sentence.start && *context.cues.at(verb) == 2 && speaks(mention);
    whole.then_some(at)
}

/// Roe asked Lind whether it would hold. “It will.” Finds who was asked.
fn asked(context: &Context<'_>, main: Range<usize>) -> Option<u32> {
    let mut verbs = main.clone();
    let verb = verbs.find(|&at| context.stream.is(context.text, at, "asked"))?;
    let whether = matches!(
        context.stream.word(context.text, main.end),
        "whether" | "if" | "how" | "why" | "what" | "when" | "where"
    );
    let (at, mention) = context.mention_that_ends(main.end.less(1))?;
    (whether && mention.first as usize == verb.plus(1) && speaks(mention)).then_some(at)
}

/// Roe, head of digital rights at the Open Net Group, said that: finds the name a sentence opens with, where a comma stands
/// behind it and before the verb.
fn apposed(context: &Context<'_>, sentence: &Range<usize>) -> Option<u32> {
    let items = &context.stream.items;
    let verb = sentence.clone().find(|&at| *context.cues.at(at) >= 3)?;
    let (at, mention) = mentions(context, sentence.clone()).next()?;
    let comma = |at: usize| items.at(at).is_punct(b',');
    let is_subject = mention.first as usize == sentence.start
        && speaks(mention)
        && comma((mention.last as usize).plus(1))
        && comma(verb.less(1))
        && says(context, verb);
    is_subject.then_some(at)
}

/// Words between the start of a clause and the name in its subject, at most: And ex-minister Ann Roe said
const TITLE: usize = 5;

/// Tells whether nothing but titles, or a day, stands between the start of a clause and a mention.
pub(super) fn is_subject(context: &Context<'_>, mention: &Mention) -> bool {
    let items = &context.stream.items;
    let first = mention.first as usize;
    let day = |at: usize| {
        items.at(at).has(Classes::WEEKDAY.or(Classes::MONTH)) || items.at(at).kind == Kind::Number
    };
    let own = items.at(first).sentence;
    let other = Classes::PREPOSITION
        .or(Classes::AUXILIARY)
        .or(Classes::PRONOUN);
    let verb = |at: usize| *context.cues.at(at) > 0 || items.at(at).has(other);
    let joins = Classes::CONJUNCTION
        .or(Classes::SUBORDINATOR)
        .or(Classes::ADVERB);
    let opens = |at: &usize| {
        !items.at(*at).is_word() || items.at(*at).sentence != own || items.at(*at).has(joins)
    };
    context.opens_clause(mention)
        || day(first.less(1))
        || (0..first)
            .rev()
            .take(TITLE)
            .find(|at| opens(at) || verb(*at))
            .is_none_or(|at| opens(&at))
}

/// Returns the mentions that begin in a sentence.
fn mentions<'c>(
    context: &'c Context<'_>,
    sentence: Range<usize>,
) -> impl Iterator<Item = (u32, &'c Mention)> {
    let end = sentence.end;
    let begin = context
        .mentions
        .partition_point(|mention| (mention.first as usize) < sentence.start);
    let mentions = context.mentions.cut(begin..).iter().enumerate();
    let mentions = mentions.map(move |(at, mention)| (begin.plus(at) as u32, mention));
    mentions.take_while(move |(_, mention)| (mention.first as usize) < end)
}

/// …, said Ms Lind. · …, said head teacher Ann Lind. · …, Ms Lind said.: finds who is named beside the verb behind the last
/// comma, and the verb.
fn closing(context: &Context<'_>, sentence: Range<usize>) -> Option<(u32, usize)> {
    let items = &context.stream.items;
    let verb = (sentence.clone()).find(|&at| {
        let heard = hears(context.stream.bytes(context.text, at));
        *context.cues.at(at) >= 3 && !heard || items.at(at).has(Classes::SAID_PREP)
    })?;
    if !says(context, verb) {
        return None;
    }
    let comma = |at: usize| sentence.contains(&at) && items.at(at).is_punct(b',');
    let ends = |at: usize| at >= sentence.end || !items.at(at).is_word();
    if !comma(verb.less(1)) {
        // …, Ms Lind said.
        let (at, mention) = context.mention_that_ends(verb.less(1))?;
        let whole = comma((mention.first as usize).less(1)) && ends(verb.plus(1));
        return (whole && speaks(mention)).then_some((at, verb));
    }
    let near = mentions(context, verb.plus(1)..sentence.end);
    let words = |mention: &Mention| {
        let between = items.cut(verb.plus(1)..mention.first as usize);
        let title = Classes::SUBORDINATOR
            .or(Classes::PREPOSITION)
            .or(Classes::AUXILIARY);
        between.len() <= TITLE
            && between
                .iter()
                .all(|item| item.is_word() && !item.has(title))
    };
    let mut near = near.take_while(|(_, mention)| words(mention));
    let (at, _) = near.find(|(_, mention)| {
        let next = (mention.last as usize).plus(1);
        let thing = matches!(mention.kind, MentionKind::Document | MentionKind::Thing);
        // Roe, the mayor, posted a warning.
        speaks(mention) && !thing && (ends(next) || items.at(next).has(Classes::PREPOSITION))
    })?;
    Some((at, verb))
}

/// Tells whether a verb reports what its subject says, and does not ask somebody else.
fn says(context: &Context<'_>, verb: usize) -> bool {
    let asks = matches!(context.stream.bytes(context.text, verb), b"asked" | b"asks");
    *context.cues.at(verb) >= 3 && !asks && !is_passive(context.text, context.stream, verb)
        || context.stream.items.at(verb).has(Classes::SAID_PREP)
}

/// Tells whether a mention may be of somebody who speaks.
fn speaks(mention: &Mention) -> bool {
    let kind = mention.kind;
    let one = matches!(
        kind,
        MentionKind::He | MentionKind::She | MentionKind::Organization
    );
    !mention.possessive && (one || kind.is_name() || kind.is_description())
}
