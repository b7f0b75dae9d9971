//! Who was named last, and so is meant by a description that no title tells.

use smallvec::SmallVec;

use super::age::has_age;
use super::is_comma;
use super::office::Office;
use super::subject::{is_adjunct, subject};
use crate::lexicon::Classes;
use crate::mention::{FAR, Mention};
use crate::person::Persons;
use crate::stream::{Item, Stream};
use crate::total::{Cut, Steps, Total};

/// A person, and the paragraph that named him last.
pub(super) struct Recent {
    pub(super) person: u32,
    pub(super) paragraph: u32,
}

/// Who was named last of those whom the last of some mentions fits, a description; whoever asked does not answer.
pub(super) fn named_last<'r>(
    text: &str,
    stream: &Stream,
    mentions: &[Mention],
    recent: &'r [Recent],
    persons: &Persons,
    office: &Office<'_>,
) -> Option<&'r Recent> {
    let (mention, before) = mentions.split_last()?;
    let answers = matches!(
        stream.word(text, (mention.last as usize).plus(1)),
        "replied" | "answered" | "responded" | "retorted"
    );
    // The old man is not Juma, 16.
    let words = stream
        .items
        .cut(mention.first as usize..mention.name_first as usize);
    let old = words
        .iter()
        .any(|item| matches!(item.span().of(text), Some("old" | "elderly" | "aged")));
    let led_in = led_in(text, stream, before, mention);
    let is_young = |years: &str| years.parse().is_ok_and(|years: u8| years < 45);
    let fits = |seen: &&Recent| {
        let person = persons.list.at(seen.person);
        let asked = answers && has_asked(text, stream, before, seen.person);
        let young = old && has_age(text, stream, before, seen.person, is_young);
        let other = person.unsure
            || asked
            || young
            || is_within(before, mention, seen.person)
            || office.is_another(person)
            || led_in.contains(&seen.person);
        person.gender.agrees(mention.gender) && !other
    };
    let last = recent.iter().rev().find(fits)?;
    let aside = told_aside(stream, before, last.person);
    let acted = || acted_on(text, stream, before, mention, last.person);
    let main = aside.or_else(acted);
    let main = main.and_then(|main| recent.iter().find(|seen| seen.person == main));
    // Ruiz won. She will meet Jane Roe next: a name is not unsure of whom that is told.
    let acts = |seen: &&Recent| {
        let person = persons.list.at(seen.person);
        fits(seen)
            || person.unsure
                && !person.nobody
                && person.gender.agrees(mention.gender)
                && aside.is_none()
    };
    main.filter(acts).or(Some(last))
}

/// Who is named in what comes before a description as the subject of its sentence: after talks with Holm, the keeper said.
fn led_in(
    text: &str,
    stream: &Stream,
    before: &[Mention],
    mention: &Mention,
) -> SmallVec<[u32; 2]> {
    let sentence = stream.items.at(mention.first).sentence;
    let lately = before.iter().rev().take(FAR);
    let here = lately.take_while(|name| stream.items.at(name.first).sentence == sentence);
    here.filter(|name| is_adjunct(text, stream, name))
        .filter_map(|name| name.person)
        .collect()
}

/// Whom an earlier sentence is about that names a person last as its object: Ortega said that Dahl was strong. “I had no
/// chance,” the loser said.
fn acted_on(
    text: &str,
    stream: &Stream,
    before: &[Mention],
    mention: &Mention,
    person: u32,
) -> Option<u32> {
    let items = &stream.items;
    let mut lately = before.iter().rev().take(FAR);
    let named = lately.find(|name| name.person == Some(person))?;
    let sentence = items.at(named.first).sentence;
    if sentence >= items.at(mention.first).sentence {
        return None;
    }
    // Ruiz met Brandt, who said little · Ruiz stayed and Brandt left: told of last.
    let next = items.get((named.last as usize).plus(1));
    let comma = usize::from(is_comma(stream, named.last.plus(1)));
    let after = (named.last as usize).plus(1).plus(comma);
    let told = items.at(after).has(Classes::RELATIVE);
    let joined = (named.first as usize)
        .checked_sub(1)
        .is_some_and(|at| items.at(at).has(Classes::CONJUNCTION))
        && next.is_some_and(Item::is_lower);
    // Ruiz has failed, Roe has said.
    let says = next.is_some_and(|next| {
        let after = items.at((named.last as usize).plus(2));
        next.is_lower()
            && (next.has(Classes::STRONG)
                || next.has(Classes::AUXILIARY) && after.has(Classes::STRONG))
    });
    let tagged = (named.first as usize)
        .checked_sub(1)
        .is_some_and(|at| is_comma(stream, at as u32));
    // Omena lost their captain, Paul Roe, after an hour.
    let apposed = tagged && is_comma(stream, named.last.plus(1));
    if told || joined || apposed || tagged && says {
        return None;
    }
    subject(text, stream, before, sentence, mention.gender).filter(|&main| main != person)
}

/// Tells whether a person was last named inside a description: the former Black Stars defender.
fn is_within(before: &[Mention], mention: &Mention, person: u32) -> bool {
    let mut inside = before
        .iter()
        .rev()
        .take_while(|name| name.first >= mention.first);
    inside.any(|name| name.person == Some(person))
}

/// Whom a sentence is about that names a person last in an insertion: Roe, dropped on 4 by keeper Karl Brandt, made 143
/// · Roe, 21, who was playing because Brandt failed a test, said little.
fn told_aside(stream: &Stream, mentions: &[Mention], person: u32) -> Option<u32> {
    let items = &stream.items;
    let mut lately = mentions.iter().enumerate().rev().take(FAR);
    let (at, aside) = lately.find(|(_, mention)| mention.person == Some(person))?;
    let sentence = items.at(aside.first).sentence;
    let here = mentions.cut(..at).iter().rev().take(FAR);
    let main = here
        .take_while(|mention| items.at(mention.first).sentence == sentence)
        .last()?;
    let opens = (main.first as usize)
        .checked_sub(1)
        .is_none_or(|before| items.at(before).sentence != sentence);
    if !opens || !main.kind.is_name() || !is_comma(stream, main.last.plus(1)) {
        return None;
    }
    // The insertion ends with a comma and the verb.
    let rest = (aside.last.plus(1)..).take(ASIDE);
    let mut rest = rest.take_while(|&at| {
        let item = items.get(at as usize);
        item.is_some_and(|item| item.sentence == sentence && !item.is_capital())
    });
    let comma = rest.find(|&at| is_comma(stream, at))?;
    let verb = items.get((comma as usize).plus(1))?;
    let grammar = Classes::RELATIVE
        .or(Classes::CONJUNCTION)
        .or(Classes::DETERMINER)
        .or(Classes::POSSESSIVE)
        .or(Classes::PREPOSITION)
        .or(Classes::SUBORDINATOR)
        .or(Classes::ADVERB)
        .or(Classes::PRONOUN);
    main.person
        .filter(|_| verb.is_lower() && !verb.has(grammar))
}

/// Items between a name in an insertion and its end.
const ASIDE: usize = 12;

/// Notes that a person is the one named last.
pub(super) fn name_last(recent: &mut Vec<Recent>, person: u32, paragraph: u32) {
    if let Some(last) = recent.last_mut().filter(|last| last.person == person) {
        last.paragraph = paragraph;
        return;
    }
    if let Some(before) = recent.iter().rposition(|seen| seen.person == person) {
        recent.remove(before);
    }
    recent.push(Recent { person, paragraph });
}

/// Tells whether a person was last named as the one who asks: Coroner Alastair Finch asked whether she was. ¶ “No,” the
/// witness replied.
fn has_asked(text: &str, stream: &Stream, before: &[Mention], person: u32) -> bool {
    let mut lately = before.iter().rev().take(FAR);
    let last = lately.find(|mention| mention.person == Some(person));
    last.is_some_and(|mention| {
        mention.asks(text, stream)
            || matches!(
                stream.word(text, (mention.last as usize).plus(1)),
                "wondered" | "inquired"
            )
    })
}
