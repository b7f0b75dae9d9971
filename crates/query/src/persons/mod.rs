//! Who is one person across the archive, and under which names.
//!
//! Within an article the extractor has settled who speaks; the archive has the fullest name of each article. Here
//! the names of all articles are joined:
//!
//! 1. Names that are spelled alike: case, accents, hyphens, forms of address (`name`).
//! 2. Full names that agree: family name and suffix equal; given names equal, or one an initial or a usual short form
//!    of the other; middle names where both have them (`join`). Names whose given names differ are never joined.
//! 3. Family names alone, when one person has nine tenths of the quotations of those who bear it (`surname`).
//!
//! 4. What the user knows better (`corrected`).
//!
//! The outcome depends on the names and their counts, not on their order or on segments. It is kept beside the index
//! (`saved`) as a table in which single names are looked up (`table`).

mod corrected;
mod counts;
mod given;
mod join;
mod name;
mod near;
mod profile;
mod saved;
mod surname;
mod table;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::Serialize;
use tantivy::Searcher;
use tantivy::directory::OwnedBytes;
use tantivy::tokenizer::TextAnalyzer;
use whosaid_model::SpeakerKind;
use whosaid_schema::{Fields, day_of_number, names_analyzer};

use crate::corrections::Corrections;
use crate::error::Error;
use corrected::Corrected;
use counts::Counted;
use join::{Joined, Node};
use name::Name;
pub use profile::Profile;
pub(crate) use saved::{FILE, Saved};
pub(crate) use surname::is_particle;
use table::{Content, Table};

/// The persons and bodies of an archive that have a name, each under all names the articles give them.
#[derive(Clone)]
pub struct Persons(Table);

/// One person or body.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Person {
    /// The name they are shown by: of the full names the one with the most quotations.
    pub name: String,
    /// Whether this is a person or a body.
    pub kind: SpeakerKind,
    /// The number of their quotations, indirect speech included.
    pub count: u64,
    /// Those of the quotations that are indirect speech.
    pub indirect: u64,
    /// The day of the earliest quotation that is dated.
    pub first: Option<NaiveDate>,
    /// The day of the latest quotation that is dated.
    pub last: Option<NaiveDate>,
    /// Their names, most quotations first.
    pub names: Vec<Alias>,
}

/// A name of a person, as the speaker's name stands in articles.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Alias {
    /// The name.
    pub name: String,
    /// The number of quotations under this name, indirect speech included.
    pub count: u64,
    /// Why it is a name of this person.
    pub why: Why,
    /// How surely it is, from 0 to 1: what the confidence of a quotation under this name is multiplied by.
    pub share: f32,
}

/// Why a name is a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Why {
    /// It is the name they are shown by.
    Name,
    /// It is spelled alike: `Kim Jong-un`, `Kim Jong Un`.
    Spelling,
    /// It agrees with the name: initials, middle names, short forms.
    Form,
    /// It is their family name, and they have nearly all quotations of those who bear it.
    Surname,
    /// The [corrections](crate::Corrections) say so.
    Correction,
}

impl Why {
    const ALL: [Self; 5] = [
        Self::Name,
        Self::Spelling,
        Self::Form,
        Self::Surname,
        Self::Correction,
    ];

    /// The one whose place in the declaration this is.
    fn numbered(number: u32) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }

    /// Returns the word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Spelling => "spelling",
            Self::Form => "form",
            Self::Surname => "surname",
            Self::Correction => "correction",
        }
    }
}

impl Persons {
    /// Joins the names of an archive, and puts them in a table with this key.
    pub(crate) fn of(
        searcher: &Searcher,
        fields: Fields,
        corrections: &Corrections,
        key: u64,
    ) -> Result<Self, Error> {
        let (names, segments) = counts::count(searcher).map_err(Error::engine)?;
        let within = |name: &str, days| counts::count_within(searcher, fields, name, days);
        let (persons, others) = join_names(&names, corrections, within).map_err(Error::engine)?;
        let name = |place: &Option<usize>| Some(names.get((*place)?)?.name.as_str());
        let segments = segments
            .iter()
            .map(|names| names.iter().map(name).collect());
        Ok(Self::from_content(&Content {
            key,
            persons,
            others,
            indirect: names
                .iter()
                .filter(|counted| counted.indirect > 0)
                .map(|counted| (counted.name.as_str(), counted.indirect))
                .collect(),
            segments: segments.collect(),
        }))
    }

    #[expect(clippy::expect_used, reason = "what is written here is read here")]
    fn from_content(content: &Content<'_>) -> Self {
        let bytes = OwnedBytes::new(content.write());
        let table = Table::read(bytes, content.key);
        Self(table.expect("a table is written whole"))
    }

    /// Returns the person that has exactly this name, among others or as the only one; `None` for a source without a
    /// name (`a senior official`) and for a name that the archive does not have.
    pub fn person_of(&self, name: &str) -> Option<Person> {
        self.0.person(self.0.person_of(self.0.find(name)?)?)
    }

    /// Returns what is known of exactly this name, and the name that its bearer is shown by.
    pub fn alias(&self, name: &str) -> Option<(&str, Alias)> {
        let place = self.0.find(name)?;
        let person = self.0.person_of(place)?;
        let shown = self.0.name(self.0.shown(person)?)?;
        Some((shown, self.0.alias(place)?))
    }

    /// Returns the name that the bearer of `name` is shown by; `name` itself where nobody is known by it.
    pub fn shown<'a>(&'a self, name: &'a str) -> &'a str {
        let person = self.0.find(name).and_then(|name| self.0.person_of(name));
        let shown = person.and_then(|person| self.0.name(self.0.shown(person)?));
        shown.unwrap_or(name)
    }

    /// The person whose name has a number in the column of a segment, by their place.
    pub(crate) fn numbered(&self, segment: u32, number: u64) -> Option<u32> {
        let name = self.0.numbered(segment, number)?;
        Some(self.0.person_of(name)? as u32)
    }

    /// The number of names, those of sources that are no persons included.
    pub(crate) fn names(&self) -> usize {
        self.0.names()
    }

    /// The number of quotations under the name at a place, indirect speech included.
    pub(crate) fn quotations_at(&self, name: usize) -> u64 {
        self.0.quotations(name).unwrap_or(0)
    }

    /// The number of quotations under each name that are no indirect speech, by the places of the names.
    pub(crate) fn direct(&self) -> Vec<u64> {
        let names = 0..self.names();
        names.map(|name| self.0.direct(name).unwrap_or(0)).collect()
    }

    /// The place of a name among all names.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.0.find(name)
    }

    /// The name at a place among all names.
    pub(crate) fn name_at(&self, place: usize) -> Option<&str> {
        self.0.name(place)
    }

    /// The place of the name that has a number in the column of a segment.
    pub(crate) fn name_numbered(&self, segment: u32, number: u64) -> Option<usize> {
        let place = self.0.numbered(segment, number)?;
        (place < self.names()).then_some(place)
    }

    /// The place of the name that the bearer of a name is shown by; its own where nobody is known by it.
    pub(crate) fn shown_at(&self, place: usize) -> usize {
        let person = self.0.person_of(place);
        let shown = person.and_then(|person| self.0.shown(person));
        shown.filter(|shown| *shown < self.names()).unwrap_or(place)
    }

    /// The names of the person at a place.
    pub(crate) fn names_of(&self, person: u32) -> impl Iterator<Item = &str> {
        let names = self.0.names_of(person as usize);
        names.map_while(|name| self.0.name(name))
    }

    /// The number of quotations of the person at a place, indirect speech included.
    pub(crate) fn count(&self, person: u32) -> u64 {
        self.0.count(person as usize).unwrap_or(0)
    }

    /// The name that the person at a place is shown by.
    pub(crate) fn shown_by(&self, person: u32) -> Option<&str> {
        self.0.name(self.0.shown(person as usize)?)
    }

    /// The places of names that the corrections give to persons, and the archive has nobody quoted under.
    pub(crate) fn unheard(&self) -> impl Iterator<Item = usize> {
        self.0.unheard()
    }

    /// Returns the persons, most quotations first, equal ones by name.
    pub fn iter(&self) -> impl Iterator<Item = Person> {
        (0..self.0.persons()).map_while(|person| self.0.person(person))
    }

    /// Returns the number of persons and bodies.
    pub fn len(&self) -> usize {
        self.0.persons()
    }

    /// Tells whether nobody is named in the archive.
    pub fn is_empty(&self) -> bool {
        self.0.persons() == 0
    }
}

impl PartialEq for Persons {
    fn eq(&self, other: &Self) -> bool {
        self.0.bytes() == other.0.bytes()
    }
}

impl std::fmt::Debug for Persons {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Persons, and the names of sources that are none, with their quotations.
type Listed = (Vec<Person>, Vec<(String, u64)>);

/// Joins names, given in their order; `within` counts the quotations of one within some days. Returns the persons,
/// most quotations first, and the names of sources that are none.
fn join_names<E>(
    heard: &[Counted],
    corrections: &Corrections,
    within: impl Fn(&str, (i64, i64)) -> Result<u64, E>,
) -> Result<Listed, E> {
    let corrected = Corrected::new(corrections, heard);
    let is_borne = |counted: &&Counted| {
        matches!(
            counted.kind(),
            SpeakerKind::Person | SpeakerKind::Organization
        ) || corrected.has(&counted.name)
    };
    let (names, others): (Vec<&Counted>, Vec<&Counted>) = heard.iter().partition(is_borne);
    let mut names: Vec<Counted> = names.into_iter().cloned().collect();
    names.extend(corrected.unheard());
    let mut analyzer = names_analyzer();
    let mut nodes: Vec<Node> = names
        .iter()
        .map(|counted| node(counted, &mut analyzer))
        .collect();
    corrected.part(&names, &mut nodes);
    let joined = join::join(&nodes);
    let mut names: Vec<Bearing> = names
        .into_iter()
        .zip(nodes)
        .zip(joined)
        .map(|((counted, node), joined)| Bearing {
            counted,
            node,
            joined,
            why: None,
        })
        .collect();
    join_surnames(&mut names, within)?;
    let shown = corrected.apply(&mut names);
    let mut groups = BTreeMap::<usize, Vec<&Bearing>>::new();
    for bearing in &names {
        groups
            .entry(bearing.joined.group)
            .or_default()
            .push(bearing);
    }
    let mut list: Vec<Person> = groups
        .into_iter()
        .filter_map(|(group, names)| person(names, shown.get(&group).map(String::as_str)))
        // Corrections may be of people the archive does not have yet.
        .filter(|person| person.count > 0)
        .collect();
    list.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let others = others.into_iter();
    let others = others.map(|counted| (counted.name.clone(), counted.count));
    Ok((list, others.collect()))
}

fn node(counted: &Counted, analyzer: &mut TextAnalyzer) -> Node {
    let is_person = counted.kind() == SpeakerKind::Person;
    Node {
        name: Name::read(&counted.name, is_person, analyzer),
        count: counted.count,
        is_person,
        apart: BTreeSet::new(),
        alone: false,
    }
}

/// Gives family names that stand alone to those whose they are.
fn join_surnames<E>(
    names: &mut [Bearing],
    within: impl Fn(&str, (i64, i64)) -> Result<u64, E>,
) -> Result<(), E> {
    let mut surnames = BTreeMap::<usize, Vec<(usize, &Bearing)>>::new();
    // Those who bear one of them, by its last word, or its first where that is the family name.
    let mut bearers = HashMap::<&str, Vec<(usize, &Bearing)>>::new();
    let persons = || {
        let names = names.iter().enumerate();
        names.filter(|(_, of)| of.node.is_person)
    };
    for (at, of) in persons().filter(|(_, of)| surname::is_surname(&of.node.name)) {
        surnames.entry(of.joined.group).or_default().push((at, of));
        bearers.insert(of.node.name.family(), Vec::new());
    }
    for (at, of) in persons().filter(|(_, of)| of.node.name.is_full()) {
        let name = &of.node.name;
        if let Some(bearers) = bearers.get_mut(name.family()) {
            bearers.push((at, of));
        }
        if name.is_family_first()
            && name.given() != name.family()
            && let Some(bearers) = bearers.get_mut(name.given())
        {
            bearers.push((at, of));
        }
    }
    let mut sizes = HashMap::<usize, usize>::new();
    for of in &*names {
        let size = sizes.entry(of.joined.group).or_default();
        *size = size.saturating_add(1);
    }
    let mut given = Vec::new();
    for (of, group) in &surnames {
        let Some((_, first)) = group.first() else {
            continue;
        };
        // Al Gore is no family name, being Albert Gore.
        let alone = first.node.alone || sizes.get(of).is_some_and(|size| *size > group.len());
        let apart = group.iter().flat_map(|(_, of)| &of.node.apart);
        let apart = apart.filter_map(|&other| names.get(other));
        let apart: BTreeSet<usize> = apart.map(|other| other.joined.group).collect();
        let others = bearers.get(first.node.name.family());
        let others: Vec<&Bearing> = others
            .into_iter()
            .flatten()
            .filter(|(other, _)| group.iter().all(|(at, _)| at != other))
            .map(|&(_, other)| other)
            .filter(|other| surname::bears(&other.node.name, &first.node.name))
            .filter(|other| !apart.contains(&other.joined.group))
            .collect();
        if alone || others.is_empty() {
            continue;
        }
        let days = group.iter().map(|(_, of)| of.counted.days);
        let days = days.fold(None, counts::around);
        let mut counts = BTreeMap::<usize, u64>::new();
        for other in others {
            let counted = &other.counted;
            let count = match days.map(surname::near) {
                Some(near) if !is_within(counted, near) => within(&counted.name, near)?,
                _ => counted.count,
            };
            let sum = counts.entry(other.joined.group).or_default();
            *sum = sum.saturating_add(count);
        }
        if let Some((group_of, share)) = surname::overwhelming(counts.into_iter()) {
            let joined = Joined {
                group: group_of,
                share,
            };
            given.extend(group.iter().map(|(at, _)| (*at, joined)));
        }
    }
    for (at, joined) in given {
        if let Some(of) = names.get_mut(at) {
            of.joined = joined;
            of.why = Some(Why::Surname);
        }
    }
    Ok(())
}

/// Tells whether all quotations of a name are within some days.
fn is_within(counted: &Counted, (from, to): (i64, i64)) -> bool {
    counted
        .days
        .is_none_or(|(first, last)| from <= first && last <= to)
}

/// A name, and whose it is.
struct Bearing {
    counted: Counted,
    node: Node,
    joined: Joined,
    /// Why it is theirs, where that is not seen from the name.
    why: Option<Why>,
}

/// Makes a person of names; `shown` is the one that the corrections show them by.
fn person(mut names: Vec<&Bearing>, shown: Option<&str>) -> Option<Person> {
    names.sort_by(|a, b| {
        let rank = |of: &Bearing| {
            let chosen = shown == Some(of.counted.name.as_str());
            (!chosen, of.why.is_some(), of.node.name.is_abbreviated())
        };
        let by_count = b.counted.count.cmp(&a.counted.count);
        let order = rank(a).cmp(&rank(b)).then(by_count);
        order.then_with(|| a.counted.name.cmp(&b.counted.name))
    });
    let first = *names.first()?;
    let mut aliases: Vec<Alias> = names
        .iter()
        .enumerate()
        .map(|(at, of)| Alias {
            name: of.counted.name.clone(),
            count: of.counted.count,
            why: match of.why {
                _ if at == 0 => Why::Name,
                Some(why) => why,
                None if of.node.name.is_spelled(&first.node.name) => Why::Spelling,
                None => Why::Form,
            },
            share: of.joined.share,
        })
        .collect();
    aliases.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    let persons = names.iter().filter(|of| of.node.is_person);
    let persons: u64 = persons.map(|of| of.counted.count).sum();
    let count = names.iter().map(|of| of.counted.count).sum();
    let days = names.iter().map(|of| of.counted.days);
    let days = days.fold(None, counts::around);
    Some(Person {
        name: first.counted.name.clone(),
        kind: if persons.saturating_mul(2) >= count {
            SpeakerKind::Person
        } else {
            SpeakerKind::Organization
        },
        count,
        indirect: names.iter().map(|of| of.counted.indirect).sum(),
        first: days.and_then(|(first, _)| day_of_number(first)),
        last: days.and_then(|(_, last)| day_of_number(last)),
        names: aliases,
    })
}
