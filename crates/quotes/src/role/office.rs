//! Offices: which of them a description names, and who holds it.

use compact_str::CompactString;
use smallvec::SmallVec;

use super::last::Recent;
use crate::lexicon::Classes;
use crate::mention::Mention;
use crate::person::{Person, Persons, fold};
use crate::stream::Stream;
use crate::total::{Cut, Steps, Total};

/// An office as a description names it.
pub(super) struct Office<'a> {
    form: &'a str,
    /// What it is whoever holds it.
    neutral: &'a str,
    /// The words before its head, folded: `shadow`, `finance`.
    modifiers: SmallVec<[CompactString; 4]>,
    /// What a minister is of, among them.
    portfolios: SmallVec<[CompactString; 2]>,
}

impl<'a> Office<'a> {
    /// The office that a description names with its head `form`, folded.
    pub(super) fn of(text: &str, stream: &Stream, mention: &Mention, form: &'a str) -> Self {
        let items = stream
            .items
            .cut(mention.first as usize..mention.name_first as usize);
        let words = |which: Classes| {
            let words = items.iter().filter(move |item| {
                item.is_word() && !item.has(Classes::DETERMINER.or(Classes::POSSESSIVE))
            });
            words
                .filter(move |item| which == ANY || item.has(which))
                .filter_map(|item| item.span().of(text).map(fold))
        };
        Self {
            form,
            neutral: neutral(form),
            modifiers: words(ANY).collect(),
            portfolios: words(Classes::PORTFOLIO).collect(),
        }
    }

    fn is_called(&self, role: &CompactString) -> bool {
        let form = self.form;
        let compound = || form.len() >= LONG && role.ends_with(form) && !role.starts_with("vice");
        role == form || neutral(role) == self.neutral || compound()
    }

    /// Tells whether the person holds an office of that name, be it of another rank: the keeper is a goalkeeper, the
    /// owner a co-owner.
    pub(super) fn is_named(&self, person: &Person) -> bool {
        person.roles.iter().any(|role| self.is_called(role))
    }

    /// Tells whether the person may hold this very office: the finance minister is no health minister, the prime
    /// minister no minister of another rank, and none of them their shadow.
    pub(super) fn is_held(&self, person: &Person) -> bool {
        self.is_named(person) && !self.is_another(person)
    }

    /// Tells whether the person holds an office of that name that is another one.
    pub(super) fn is_another(&self, person: &Person) -> bool {
        if !self.is_named(person) {
            return false;
        }
        let has = |word: &CompactString| person.title_words.contains(word);
        let mut ranks = self
            .modifiers
            .iter()
            .filter(|word| RANKS.contains(&word.as_str()));
        let beside = |rank: &&str| person.title_words.iter().any(|word| word == rank);
        let shadow = !self.is_ranked() && !self.is_plain(person) && APART.iter().any(beside);
        let of = |word: &CompactString| person.portfolios.contains(word);
        let other = !self.portfolios.is_empty()
            && !person.portfolios.is_empty()
            && !self.portfolios.iter().any(of);
        !ranks.all(has) || shadow || other
    }

    /// Notes that the person holds it.
    pub(super) fn give(&self, person: &mut Person) {
        person.hold_with(&self.modifiers, self.form.into());
    }

    fn is_ranked(&self) -> bool {
        let rank = |word: &CompactString| RANKS.contains(&word.as_str());
        self.modifiers.iter().any(rank)
    }

    /// Tells whether the person holds the office without a rank: the mayor, not the deputy mayor.
    fn is_plain(&self, person: &Person) -> bool {
        person.plain.iter().any(|role| self.is_called(role))
    }

    /// Tells whether the person has an office beside which nobody holds this one: a mayor is no prime minister.
    pub(super) fn is_barred(&self, person: &Person) -> bool {
        let alone = !self.portfolios.is_empty() || self.is_ranked();
        let beside = |role: &CompactString| !alone || BESIDE.contains(&role.as_str());
        let mut roles = person.roles.iter();
        self.is_another(person) || roles.any(|role| !self.is_called(role) && !beside(role))
    }
}

/// What somebody may be who holds a high office.
const BESIDE: [&str; 16] = [
    "conservative",
    "democrat",
    "dr",
    "hon",
    "lady",
    "lawyer",
    "leader",
    "lord",
    "member",
    "miss",
    "mp",
    "mr",
    "mrs",
    "ms",
    "politician",
    "sir",
];

/// Stands for whatever class.
const ANY: Classes = Classes(0);

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
const RANKS: [&str; 7] = [
    "prime",
    "deputy",
    "vice",
    "assistant",
    "first",
    "acting",
    "shadow",
];

/// Tells whether a word before an office says that its bearer holds another one, or none any more.
pub(crate) fn ranks(word: &str) -> bool {
    RANKS.contains(&word) || matches!(word, "former" | "ex" | "outgoing")
}

/// Those whose bearer is never called by the office alone.
const APART: [&str; 2] = ["shadow", "vice"];

/// Tells whether a description names an office by its rank: the prime minister.
pub(crate) fn is_ranked(text: &str, stream: &Stream, mention: &Mention) -> bool {
    mention.name_first > mention.first
        && RANKS.contains(&stream.word(text, (mention.name_first as usize).less(1)))
}

/// Who holds the office that a description names: of those named before the latest, else the only one, if `ahead`.
pub(super) fn holder(
    mention: &Mention,
    office: &Office<'_>,
    recent: &[Recent],
    persons: &Persons,
    ahead: bool,
) -> Option<u32> {
    // Of several leaders the North Korean one: the words before the head that a title shares; the mayor before her
    // deputy.
    let shared = |index: u32| {
        let person = persons.list.at(index);
        let shares = |word: &&CompactString| person.title_words.contains(word);
        let plain = office.is_ranked() || office.is_plain(person);
        (office.modifiers.iter().filter(shares).count(), plain)
    };
    let may_hold = |index: &u32| {
        let person = persons.list.at(*index);
        person.gender.agrees(mention.gender) && office.is_held(person)
    };
    let holders: Vec<u32> = recent
        .iter()
        .rev()
        .map(|seen| seen.person)
        .filter(may_hold)
        .collect();
    let most = holders.iter().copied().map(shared).max();
    let latest = holders
        .into_iter()
        .find(|&index| Some(shared(index)) == most);
    latest.or_else(|| {
        let later = (0..persons.list.len() as u32).filter(|index| ahead && may_hold(index));
        let most = later.clone().map(shared).max();
        let mut likely = later.filter(|&index| Some(shared(index)) == most);
        likely.next().filter(|_| likely.next().is_none())
    })
}
