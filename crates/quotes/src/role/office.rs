//! Offices: which of them a description names, and who holds it.

use compact_str::CompactString;

use super::Recent;
use crate::lexicon::Classes;
use crate::mention::Mention;
use crate::person::{Person, Persons, fold};
use crate::stream::{Item, Stream};
use crate::total::{Cut, Steps, Total};

/// An office, folded, and what it is whoever holds it.
pub(super) struct Office<'a> {
    form: &'a str,
    neutral: &'a str,
}

impl<'a> Office<'a> {
    pub(super) fn of(form: &'a str) -> Self {
        Self {
            form,
            neutral: neutral(form),
        }
    }

    /// Tells whether the person holds the office: the keeper is a goalkeeper, the owner a co-owner.
    pub(super) fn is_held(&self, person: &Person) -> bool {
        let form = self.form;
        let compound = |role: &CompactString| {
            form.len() >= LONG && role.ends_with(form) && !role.starts_with("vice")
        };
        let same = |role: &CompactString| role == form || neutral(role) == self.neutral;
        person.roles.iter().any(|role| same(role) || compound(role))
    }
}

/// The office whoever holds it: the actress is an actor, the chairwoman a chairman.
fn neutral(office: &str) -> &str {
    let stem = ["woman", "man", "person"]
        .iter()
        .find_map(|ending| office.strip_suffix(ending));
    match office {
        "finn" => "finnish",
        "dane" => "danish",
        "swede" => "swedish",
        "pole" => "polish",
        "turk" => "turkish",
        "spaniard" => "spanish",
        "serb" => "serbian",
        "croat" => "croatian",
        "scot" | "scotsman" | "scotswoman" => "scottish",
        "briton" | "brit" => "british",
        "englishman" | "englishwoman" => "english",
        "irishman" | "irishwoman" => "irish",
        "welshman" | "welshwoman" => "welsh",
        "frenchman" | "frenchwoman" => "french",
        "dutchman" | "dutchwoman" => "dutch",
        "actress" => "actor",
        "headmistress" => "headmaster",
        "policewoman" | "policeman" => "officer",
        "chair" => "chair",
        _ => stem.filter(|stem| stem.len() >= 4).unwrap_or(office),
    }
}

/// An office of fewer letters is no part of a compound: police*man*.
const LONG: usize = 5;

/// Words that make an office another one.
const RANKS: [&str; 6] = ["prime", "deputy", "vice", "assistant", "first", "acting"];

/// Tells whether a description names an office by its rank: the prime minister.
pub(crate) fn is_ranked(text: &str, stream: &Stream, mention: &Mention) -> bool {
    mention.name_first > mention.first
        && RANKS.contains(&stream.word(text, (mention.name_first as usize).less(1)))
}

/// Who holds the office that a description names: of those named before the latest, else the only one.
pub(super) fn holder(
    text: &str,
    stream: &Stream,
    mention: &Mention,
    office: &Office<'_>,
    recent: &[Recent],
    persons: &Persons,
) -> Option<u32> {
    let word = |item: &Item| item.span().of(text).map(fold);
    // Of several leaders the North Korean one: the words before the head that a title shares.
    let modifiers: Vec<CompactString> = stream
        .items
        .cut(mention.first as usize..mention.name_first as usize)
        .iter()
        .filter(|item| item.is_word() && !item.has(Classes::DETERMINER.or(Classes::POSSESSIVE)))
        .filter_map(word)
        .collect();
    let shared = |index: u32| {
        let person = persons.list.at(index);
        let shares = |word: &&CompactString| person.title_words.contains(word);
        modifiers.iter().filter(shares).count()
    };
    // The prime minister is no minister of another rank.
    let ranked = |person: &Person| {
        let mut ranks = modifiers
            .iter()
            .filter(|word| RANKS.contains(&word.as_str()));
        ranks.all(|rank| person.title_words.contains(rank))
    };
    let may_hold = |index: &u32| {
        let person = persons.list.at(*index);
        person.gender.agrees(mention.gender) && office.is_held(person) && ranked(person)
    };
    let holders: Vec<u32> = recent
        .iter()
        .rev()
        .map(|seen| seen.person)
        .filter(may_hold)
        .collect();
    let most = holders.iter().copied().map(shared).max().unwrap_or(0);
    let latest = holders.into_iter().find(|&index| shared(index) == most);
    latest.or_else(|| {
        let later = (0..persons.list.len() as u32).filter(may_hold);
        let most = later.clone().map(shared).max().unwrap_or(0);
        let mut likely = later.filter(|&index| shared(index) == most);
        likely.next().filter(|_| likely.next().is_none())
    })
}
