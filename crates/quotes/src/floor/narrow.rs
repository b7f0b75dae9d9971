//! Whom nothing around the words names, but the words themselves or their place tell who it is not.

use crate::context::{Context, Cue};
use crate::floor::before::is_subject;
use crate::floor::{CHAIN, next_of};
use crate::mention::MentionKind;
use crate::rank::Ranking;
use crate::told::{hears, is_passive};
use crate::total::Total;

/// Leaves out who does not speak run `run`: whoever its words call by name, and where `earlier` who is named behind it alone.
pub(crate) fn narrow(context: &Context<'_>, run: usize, earlier: bool, ranking: &mut Ranking) {
    let item = context.shapes.at(run).item;
    let before = |mention: u32| context.mentions.at(mention).first < item;
    let person = |mention: u32| context.mentions.at(mention).person;
    ranking.keep(|candidates, one| {
        let named = |other: &u32| before(*other) && person(*other) == person(one);
        let known = || person(one).is_some() && candidates.iter().any(named);
        (!earlier || before(one) || known())
            && is_somebody(context, one)
            && !person(one).is_some_and(|person| calls(context, run, person))
    });
}

/// Tells whether a mention is of a person or pronoun, or of something that is said to speak.
fn is_somebody(context: &Context<'_>, mention: u32) -> bool {
    let kind = context.mentions.at(mention).kind;
    let other = kind.is_description() && kind != MentionKind::Role
        || matches!(kind, MentionKind::Organization | MentionKind::Place);
    let syntax = context.syntax.at(mention);
    let verb = |cue: Option<Cue>, least: u8| {
        let cue = cue.filter(|cue| cue.strength >= least)?;
        Some(cue.item as usize).filter(|&verb| !is_passive(context.text, context.stream, verb))
    };
    let heard = |&verb: &usize| !hears(context.stream.bytes(context.text, verb));
    !other
        || verb(syntax.forward, 2).is_some() && is_subject(context, context.mentions.at(mention))
        || verb(syntax.backward, 3).as_ref().is_some_and(heard)
}

/// Tells whether the words of a run, or of those that go on from it, call somebody by name: “Nils Holm is superb.”
fn calls(context: &Context<'_>, run: usize, person: u32) -> bool {
    let [given, .., family] = context.persons.list.at(person).words.as_slice() else {
        return false;
    };
    let mut at = Some(run);
    for _ in 0..CHAIN {
        let Some(run) = at else {
            break;
        };
        if names(context.run_words(run), given, family) {
            return true;
        }
        at = next_of(context, run);
    }
    false
}

/// Tells whether words have a given name without another family name behind it.
fn names(words: &str, given: &str, family: &str) -> bool {
    let mut words = words.split_whitespace().map(|word| {
        let word = word
            .strip_suffix("'s")
            .or_else(|| word.strip_suffix("’s"))
            .unwrap_or(word);
        word.trim_matches(|char: char| !char.is_alphanumeric())
    });
    let is = |word: &str, name: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().flat_map(char::to_lowercase).eq(name.chars())
    };
    while let Some(word) = words.next() {
        if is(word, given) {
            let next = words.clone().next().unwrap_or_default();
            return is(next, family) || !next.starts_with(char::is_uppercase);
        }
    }
    false
}
