//! Whom a pronoun in the outer words means.

use super::{Meant, Outer, holder, named};
use crate::context::Context;
use crate::marks::Style;
use crate::mention::{FAR, Gender, Mention, MentionKind};
use crate::pronoun;
use crate::stream::Kind;
use crate::total::{Steps, Total};

/// Mentions of somebody who is much spoken of.
const OFTEN: u32 = 3;
/// Paragraphs in which somebody was named whom a pronoun in the outer words may mean.
const PARAGRAPHS: u32 = 3;

/// Finds whom a pronoun means among those that the outer words name or describe before it: «I proposed to my wife. She
/// said, ‹…›»
pub(super) fn meant_within(
    context: &Context<'_>,
    inner: &Context<'_>,
    outer: &Outer<'_>,
    at: u32,
) -> Option<Meant> {
    let pronoun = inner.mentions.at(at);
    for at in (0..at).rev().take(FAR) {
        let mention = inner.mentions.at(at);
        // We had a fella drive in from Duluth: a name of whom nobody knows the gender may be a place's.
        let fits = |gender: Gender| {
            gender == pronoun.gender
                || gender == Gender::Unknown && inner.syntax.at(at).subject && !mention.possessive
        };
        match mention.kind {
            kind if kind.is_name() => match named(context, inner, mention) {
                Some(Meant::Person(person)) => {
                    let known = context.persons.list.at(person);
                    if fits(known.gender) && !outer.is_told_by(person) {
                        return Some(Meant::Person(person));
                    }
                }
                Some(meant) if fits(mention.gender) => return Some(meant),
                _ => {}
            },
            MentionKind::Role if mention.gender.agrees(pronoun.gender) => {
                let holder = holder(context, inner, mention).map(Meant::Person);
                let words = || {
                    inner
                        .mention_span(mention)
                        .of(inner.text)
                        .map(str::to_owned)
                };
                return holder.or_else(|| words().map(Meant::Described));
            }
            _ => {}
        }
    }
    None
}

/// Finds whom a pronoun in the outer words means among those that the reporter named before them.
pub(super) fn meant_before(
    context: &Context<'_>,
    outer: &Outer<'_>,
    gender: Gender,
) -> Option<Meant> {
    let run = outer.decisions.at(outer.at).run;
    let item = *context.stream.run_items.at(run);
    let items = &context.stream.items;
    let paragraph = items.at(item).paragraph;
    let end = context
        .mentions
        .partition_point(|mention| mention.first < item);
    for at in (0..end).rev().take(FAR) {
        let mention = context.mentions.at(at);
        let own = items.at(mention.first).paragraph;
        if paragraph.saturating_sub(own) > PARAGRAPHS {
            break;
        }
        if is_label(context, mention) {
            continue;
        }
        let person = match mention.kind {
            kind if kind.is_personal() => {
                if mention.gender != gender {
                    continue;
                }
                if let Some(described) = pronoun::described(context, at as u32) {
                    let words = context.mention_span(context.mentions.at(described));
                    return Some(Meant::Described(words.of(context.text)?.to_owned()));
                }
                let meant = outer
                    .referents
                    .get(at)
                    .and_then(|meant| meant.persons.first());
                meant.map(|(person, _)| *person)
            }
            _ => mention.person,
        };
        let Some(person) = person else {
            // On the fourth occasion an officer looked at her licence. “‘Is this you?’ he asked me.”
            let subject = own == paragraph && context.syntax.at(at).subject;
            let fits = mention.gender == gender || mention.gender == Gender::Unknown && subject;
            if mention.kind == MentionKind::Role && fits && !outer.is_called(context, mention) {
                let words = context.mention_span(mention).of(context.text)?;
                return Some(Meant::Described(words.to_owned()));
            }
            continue;
        };
        let known = context.persons.list.at(person);
        if known.unsure || outer.is_told_by(person) {
            continue;
        }
        // A name of whom nobody knows the gender may be a street's, unless it speaks or is much spoken of.
        let is_somebody = known.gender == Gender::Unknown
            && (known.title.is_some()
                || known.count >= OFTEN
                || outer
                    .near()
                    .iter()
                    .any(|decision| decision.person == Some(person)));
        if known.gender == gender || mention.kind.is_personal() || is_somebody {
            return Some(Meant::Person(person));
        }
    }
    None
}

/// Tells whether a mention is the label of a turn, which is not told of anybody.
fn is_label(context: &Context<'_>, mention: &Mention) -> bool {
    let next = (mention.last as usize).plus(1);
    (next..next.plus(2)).any(|at| match context.stream.items.get(at) {
        Some(item) => match item.kind {
            Kind::Run(run) => context.runs.at(run).style == Style::Turn,
            _ => false,
        },
        None => false,
    })
}
