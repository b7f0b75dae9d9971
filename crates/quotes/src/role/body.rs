//! Bodies that a word for them stands for: the airline, the union.

use crate::lexicon::Classes;
use crate::mention::{FAR, Mention, MentionKind};
use crate::person::Persons;
use crate::stream::{Item, Kind, Shape, Stream};
use crate::total::{Cut, Steps, Total};

/// What a word for a body means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meant {
    /// The body of this mention.
    Body(u32),
    /// A body that looks like a person’s name.
    Name(u32),
}

/// Sentences back within which a body is named that is meant.
const NEAR: u32 = 2;

/// Which body a word for one stands for: the one that the sentence before is about, where it names no other and its name
/// says nothing else. Nordair will cut flights. The airline said that it was sorry.
pub(super) fn meant(
    text: &str,
    stream: &Stream,
    mentions: &[Mention],
    persons: &Persons,
    at: usize,
) -> Option<Meant> {
    let (items, mention) = (&stream.items, mentions.at(at));
    let own = items.at(mention.first);
    let head = stream.word(text, mention.name_last as usize);
    let words = items.cut(mention.first.plus(1) as usize..mention.name_last as usize);
    let plain = mention.definite
        && !mention.possessive
        && mention.name_first == mention.name_last
        && stream
            .word(text, mention.first as usize)
            .eq_ignore_ascii_case("the")
        && words.iter().all(Item::is_lower)
        && is_one(head);
    let of = matches!(
        stream.word(text, (mention.last as usize).plus(1)),
        "of" | "for" | "that" | "which" | "in" | "at" | "behind"
    );
    if !plain || of {
        return None;
    }
    let before = mentions.cut(..at);
    let named = |other: &&Mention| is_body(stream, persons, other);
    let latest = before.iter().rev().take(FAR).find(named)?;
    let sentence = items.at(latest.first).sentence;
    let item = items.at(latest.first);
    if sentence >= own.sentence
        || sentence.plus(NEAR) < own.sentence
        || item.paragraph.plus(1) < own.paragraph
    {
        return None;
    }
    let here = before.iter().enumerate().rev().take(FAR);
    let here = here.take_while(|(_, other)| items.at(other.first).sentence == sentence);
    let mut found: Option<usize> = None;
    for (place, other) in here {
        if other.kind == MentionKind::Place && !other.possessive {
            continue;
        }
        if !is_body(stream, persons, other) || other.possessive {
            continue;
        }
        let same = |before: usize| {
            let (one, two) = (mentions.at(before), other);
            stream.word(text, one.name_last as usize) == stream.word(text, two.name_last as usize)
        };
        // CENTR, the League of Registries, agrees.
        let apposed = |before: usize| {
            let two = mentions.at(before);
            two.first == other.last.plus(2) && stream.items.at(other.last.plus(1)).is_punct(b',')
        };
        if found.is_some_and(|found| !same(found) && !apposed(found)) {
            return None;
        }
        found = Some(place);
    }
    let place = found?;
    let body = mentions.at(place);
    let opens = leads(stream, body);
    (opens && is_of_kind(text, stream, body, head)).then_some(match body.person {
        Some(person) => Meant::Name(person),
        None => Meant::Body(place as u32),
    })
}

/// Tells whether a mention names a body, or one word that nobody is called by.
fn is_body(stream: &Stream, persons: &Persons, mention: &Mention) -> bool {
    let item = stream.items.at(mention.name_last);
    match mention.kind {
        MentionKind::Organization => true,
        MentionKind::Unsure => {
            let named = Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST);
            !mention.titled
                && !item.has(named)
                && mention.person.is_some_and(|person| {
                    let person = persons.list.at(person);
                    person.words.len() == 1 && person.roles.is_empty() && !person.nobody
                })
        }
        _ => false,
    }
}

/// Words that may stand before a body that its sentence is about: Dutch bulb grower Novaro, the union TGW.
const LEAD: usize = 4;

/// Tells whether a body begins its sentence.
fn leads(stream: &Stream, body: &Mention) -> bool {
    let items = &stream.items;
    let first = body.first as usize;
    let start = stream.sentences.at(items.at(first).sentence).0 as usize;
    let lead = items.cut(start..first);
    let grammar = Classes::PREPOSITION
        .or(Classes::CONJUNCTION)
        .or(Classes::AUXILIARY)
        .or(Classes::CUE);
    // US Airways: the name begins before the mention.
    let cut = lead
        .last()
        .is_some_and(|item| item.kind == Kind::Word(Shape::Upper));
    !cut && lead.len() <= LEAD && lead.iter().all(|item| item.is_word() && !item.has(grammar))
}

/// Words for bodies of which a paper tells without their name once it has told it.
fn is_one(head: &str) -> bool {
    matches!(
        head,
        "agency"
            | "airline"
            | "association"
            | "bank"
            | "brewer"
            | "broadcaster"
            | "carmaker"
            | "carrier"
            | "charity"
            | "club"
            | "commission"
            | "committee"
            | "company"
            | "council"
            | "firm"
            | "foundation"
            | "manufacturer"
            | "ministry"
            | "operator"
            | "organisation"
            | "organization"
            | "regulator"
            | "retailer"
            | "supermarket"
            | "union"
            | "university"
            | "watchdog"
    )
}

/// Tells whether a word may mean the body: a council is what is called so, and no company is.
fn is_of_kind(text: &str, stream: &Stream, body: &Mention, head: &str) -> bool {
    let items = stream
        .items
        .cut(body.first as usize..=body.last as usize)
        .iter();
    let words = || items.clone().filter_map(|item| item.span().of(text));
    let lead = (body.first as usize)
        .checked_sub(1)
        .map_or("", |at| stream.word(text, at));
    let has = |word: &str| words().any(|part| part.eq_ignore_ascii_case(word));
    if has(head) || lead == head {
        return true;
    }
    let public = [
        "council",
        "ministry",
        "commission",
        "committee",
        "university",
        "union",
        "court",
        "police",
        "department",
        "government",
        "parliament",
        "association",
        "foundation",
        "party",
    ];
    let proper = matches!(
        head,
        "council"
            | "ministry"
            | "commission"
            | "committee"
            | "university"
            | "association"
            | "foundation"
    );
    !proper && !public.iter().any(|word| has(word))
}
