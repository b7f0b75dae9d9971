//! What `it` and `they` stand for: The council closed the bridge. “It was not safe,” it said.

use std::ops::Range;

use super::described::is_postposed;
use super::sentence_before;
use crate::context::Context;
use crate::lexicon::Classes;
use crate::mention::{Gender, Mention, MentionKind};
use crate::stream::Item;
use crate::total::{Cut, Steps, Total};

/// Sentences and paragraphs that are looked back over.
const SENTENCES: usize = 8;
const PARAGRAPHS: u32 = 4;

/// What a sentence tells of the body that a pronoun behind it stands for.
enum Told {
    Body(u32),
    /// It goes on about the same body: It said no.
    Same,
    /// Several persons: Roe and Day said no.
    Others,
    Nothing,
}

/// Tells whether a sentence begins with a mention and goes on with a word, perhaps a verb no list has: Ferrox shut two mines.
fn opens(context: &Context<'_>, at: usize) -> bool {
    let mention = context.mentions.at(at);
    let next = context.stream.items.get((mention.last as usize).plus(1));
    context.syntax.at(at).before == 0 && !mention.possessive && next.is_some_and(Item::is_lower)
}

/// Returns the body, document or, of `they`, group that a pronoun at `index` stands for.
pub(super) fn body(context: &Context<'_>, index: u32) -> Option<u32> {
    let pronoun = context.mentions.at(index);
    let plural = match pronoun.kind {
        MentionKind::It => false,
        MentionKind::They => true,
        _ => return None,
    };
    let items = &context.stream.items;
    let own = items.at(pronoun.first);
    let mut object = None;
    let mut end = index as usize;
    for passed in 0..SENTENCES {
        let Some((start, last)) = sentence_before(context, end) else {
            break;
        };
        if last.paragraph.plus(PARAGRAPHS) < own.paragraph {
            break;
        }
        let sentence = last.sentence;
        let (told, other) = told(context, start..end, plural, sentence == own.sentence);
        match told {
            Told::Body(at) => return Some(context.mentions.at(at).introduced.unwrap_or(at)),
            Told::Others => return None,
            Told::Same | Told::Nothing => {}
        }
        // Roe wrote to the council. It said no.
        if passed < 2 && object.is_none() {
            object = other;
        }
        // Roe read out a letter. “Leave us alone,” it said.
        let read = |at: &u32| context.mentions.at(*at).kind == MentionKind::Document;
        if object.as_ref().is_some_and(read) {
            break;
        }
        end = start;
    }
    object
}

/// Finds which body a sentence is about: the subject of its reporting verb or else of another one, whose subject is named
/// (Ostra shares fell); and one that is none of these.
fn told(
    context: &Context<'_>,
    sentence: Range<usize>,
    plural: bool,
    own: bool,
) -> (Told, Option<u32>) {
    let items = &context.stream.items;
    let (mut subject, mut owner, mut object) = (None, None, None);
    for at in sentence {
        let mention = context.mentions.at(at);
        let syntax = context.syntax.at(at);
        let says = syntax.forward.is_some_and(|cue| cue.strength >= 2) || is_postposed(context, at);
        let same = matches!(mention.kind, MentionKind::It)
            || plural && matches!(mention.kind, MentionKind::They);
        if same && says && syntax.forward.is_some() && subject.is_none() {
            return (Told::Same, None);
        }
        if plural && mention.kind.is_name() && is_joined(context, at) {
            return (Told::Others, None);
        }
        if !may_be_body(context, mention, says, plural) {
            continue;
        }
        let before = (mention.first as usize).less(1);
        let oblique = syntax.before != 0
            && items.at(before).has(Classes::PREPOSITION)
            && syntax.backward.is_none();
        if mention.possessive {
            if context.opens_clause(mention) {
                owner.get_or_insert(at as u32);
            }
        } else if says && !oblique {
            return (Told::Body(at as u32), None);
        } else if (syntax.subject || !own && opens(context, at)) && !oblique {
            subject.get_or_insert(at as u32);
        } else if !oblique && mention.kind != MentionKind::Place {
            object.get_or_insert(at as u32);
        }
    }
    match subject.or(owner) {
        Some(body) => (Told::Body(body), None),
        None => (Told::Nothing, object),
    }
}

/// Tells whether a mention may be of what `it`, or `they`, stands for.
fn may_be_body(context: &Context<'_>, mention: &Mention, says: bool, plural: bool) -> bool {
    let items = &context.stream.items;
    // Nobody speaks what is on a plaque; their friends are not they.
    let head = items.at(mention.name_first);
    if head.has(Classes::INSCRIPTION) || items.at(mention.first).has(Classes::POSSESSIVE) {
        return false;
    }
    match mention.kind {
        MentionKind::Organization
        | MentionKind::Body
        | MentionKind::Document
        | MentionKind::Place => true,
        MentionKind::Group => plural,
        MentionKind::Thing => says,
        kind if kind.is_name() => is_nobody(context, mention),
        _ => false,
    }
}

/// Tells whether nothing says of a name that it is a person’s: Tarvo said no.
pub(super) fn is_nobody(context: &Context<'_>, mention: &Mention) -> bool {
    let names = context
        .stream
        .items
        .cut(mention.name_first as usize..(mention.name_last as usize).plus(1));
    let given = Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST);
    let Some(person) = mention.person else {
        return !names.iter().any(|item| item.has(given));
    };
    let person = context.persons.list.at(person);
    let firm = |role: &str| is_firm(role);
    let office = person.roles.iter().any(|role| !firm(role));
    person.gender == Gender::Unknown && !office && !names.iter().any(|item| item.has(given))
}

/// Tells whether a word for who does something is one for firms too: drug maker Zentix.
fn is_firm(role: &str) -> bool {
    matches!(
        role,
        "brewer"
            | "broadcaster"
            | "builder"
            | "developer"
            | "distributor"
            | "giant"
            | "grower"
            | "insurer"
            | "lender"
            | "maker"
            | "manufacturer"
            | "operator"
            | "producer"
            | "provider"
            | "publisher"
            | "retailer"
            | "supplier"
    )
}

/// Tells whether a name is joined to another one as a subject: Roe and Day.
fn is_joined(context: &Context<'_>, at: usize) -> bool {
    let (mention, next) = (context.mentions.at(at), context.mentions.at(at.plus(1)));
    next.kind.is_name()
        && next.first == mention.last.plus(2)
        && context.syntax.at(at.plus(1)).subject
        && mention.person.is_some()
        && !is_nobody(context, mention)
        && context
            .stream
            .is(context.text, (mention.last as usize).plus(1), "and")
}
