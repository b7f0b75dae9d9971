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
//! The outcome depends on the names and their counts, not on their order or on segments.

mod corrected;
mod counts;
mod given;
mod join;
mod name;
mod near;
mod profile;
mod surname;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::Serialize;
use tantivy::Searcher;
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

/// The persons and bodies of an archive that have a name, each under all names the articles give them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Persons {
    list: Vec<Person>,
    /// The place of each name: of its person, and among that person's names. In order of the names.
    index: Vec<(u32, u32)>,
    /// The names that only the corrections have.
    unheard: Vec<String>,
}

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
    /// Reads the names of an archive and joins them.
    pub(crate) fn of(
        searcher: &Searcher,
        fields: Fields,
        corrections: &Corrections,
    ) -> Result<Self, Error> {
        let names = counts::count(searcher).map_err(Error::engine)?;
        let within = |name: &str, days| counts::count_within(searcher, fields, name, days);
        Self::join(names, corrections, within).map_err(Error::engine)
    }

    /// Joins names; `within` counts the quotations of one within some days.
    fn join<E>(
        mut names: Vec<Counted>,
        corrections: &Corrections,
        within: impl Fn(&str, (i64, i64)) -> Result<u64, E>,
    ) -> Result<Self, E> {
        let corrected = Corrected::new(corrections, &names);
        names.retain(|counted| {
            matches!(
                counted.kind(),
                SpeakerKind::Person | SpeakerKind::Organization
            ) || corrected.has(&counted.name)
        });
        names.extend(corrected.unheard());
        let mut analyzer = names_analyzer();
        let mut nodes: Vec<Node> = names
            .iter()
            .map(|counted| node(counted, &mut analyzer))
            .collect();
        corrected.part(&names, &mut nodes);
        let mut joined = join::join(&nodes);
        let surnames = join_surnames(&names, &nodes, &mut joined, within)?;
        let mut names: Vec<Bearing> = names
            .into_iter()
            .zip(nodes)
            .zip(joined)
            .zip(surnames)
            .map(|(((counted, node), joined), surname)| Bearing {
                counted,
                node,
                joined,
                why: surname.then_some(Why::Surname),
            })
            .collect();
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
            .map(|(group, names)| person(names, shown.get(&group).map(String::as_str)))
            // Corrections may be of people the archive does not have yet.
            .filter(|person| person.count > 0)
            .collect();
        list.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let name = |&(person, alias): &(u32, u32)| -> &String {
            &list[person as usize].names[alias as usize].name
        };
        let mut index: Vec<(u32, u32)> = Vec::with_capacity(names.len());
        for (at, person) in list.iter().enumerate() {
            let names = 0..person.names.len() as u32;
            index.extend(names.map(|alias| (at as u32, alias)));
        }
        index.sort_unstable_by(|a, b| name(a).cmp(name(b)));
        let aliases = list.iter().flat_map(|person| &person.names);
        let unheard = aliases.filter(|alias| alias.count == 0);
        let unheard = unheard.map(|alias| alias.name.clone()).collect();
        Ok(Self {
            list,
            index,
            unheard,
        })
    }

    /// Returns the person that has exactly this name, among others or as the only one; `None` for a source without a
    /// name (`a senior official`) and for a name that the archive does not have.
    pub fn person_of(&self, name: &str) -> Option<&Person> {
        self.find(name).map(|(person, _)| person)
    }

    /// Returns the person that has exactly this name, with what is known of the name.
    pub fn find(&self, name: &str) -> Option<(&Person, &Alias)> {
        let of = |&(person, alias): &(u32, u32)| {
            let person = &self.list[person as usize];
            (person, &person.names[alias as usize])
        };
        let found = |place: &(u32, u32)| of(place).1.name.as_str().cmp(name);
        let at = self.index.binary_search_by(found).ok()?;
        Some(of(&self.index[at]))
    }

    /// Returns the name that the bearer of `name` is shown by; `name` itself where nobody is known by it.
    pub fn shown<'a>(&'a self, name: &'a str) -> &'a str {
        self.person_of(name).map_or(name, |person| &person.name)
    }

    /// Names that the corrections give to persons, and the archive has nobody quoted under.
    pub(crate) fn unheard(&self) -> &[String] {
        &self.unheard
    }

    /// Returns the persons, most quotations first, equal ones by name.
    pub fn iter(&self) -> impl Iterator<Item = &Person> {
        self.list.iter()
    }

    /// Returns the number of persons and bodies.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Tells whether nobody is named in the archive.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
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

/// Gives family names that stand alone to those whose they are; tells which these are.
fn join_surnames<E>(
    names: &[Counted],
    nodes: &[Node],
    joined: &mut [Joined],
    within: impl Fn(&str, (i64, i64)) -> Result<u64, E>,
) -> Result<Vec<bool>, E> {
    let mut surnames = BTreeMap::<usize, Vec<usize>>::new();
    // Those who bear one of them, by its last word, or its first where that is the family name.
    let mut bearers = HashMap::<&str, Vec<usize>>::new();
    let persons = || nodes.iter().enumerate().filter(|(_, node)| node.is_person);
    for (at, node) in persons().filter(|(_, node)| surname::is_surname(&node.name)) {
        surnames.entry(joined[at].group).or_default().push(at);
        bearers.insert(node.name.family(), Vec::new());
    }
    for (at, node) in persons().filter(|(_, node)| node.name.is_full()) {
        if let Some(bearers) = bearers.get_mut(node.name.family()) {
            bearers.push(at);
        }
        let (given, family) = (node.name.given(), node.name.family());
        if node.name.is_family_first()
            && given != family
            && let Some(bearers) = bearers.get_mut(given)
        {
            bearers.push(at);
        }
    }
    let mut is_joined = vec![false; nodes.len()];
    let before = joined.to_vec();
    let mut sizes = vec![0; nodes.len()];
    for joined in &before {
        sizes[joined.group] += 1;
    }
    for (of, group) in surnames {
        let first = group[0];
        // Al Gore is no family name, being Albert Gore.
        let alone = nodes[first].alone || sizes[of] > group.len();
        let apart = group.iter().flat_map(|&at| &nodes[at].apart);
        let apart: BTreeSet<usize> = apart.map(|&other| before[other].group).collect();
        let others = bearers.get(nodes[first].name.family());
        let others = others.into_iter().flatten().copied();
        let others: Vec<usize> = others
            .filter(|&other| !group.contains(&other))
            .filter(|&other| surname::bears(&nodes[other].name, &nodes[first].name))
            .filter(|&other| !apart.contains(&before[other].group))
            .collect();
        if alone || others.is_empty() {
            continue;
        }
        let days = group.iter().filter_map(|&at| names[at].days);
        let days = days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        let mut counts = BTreeMap::<usize, u64>::new();
        for other in others {
            let counted = &names[other];
            let count = match days {
                Some((first, last)) if !is_within(counted, first, last) => {
                    let near = (first - surname::NEAR, last + surname::NEAR);
                    within(&counted.name, near)?
                }
                _ => counted.count,
            };
            *counts.entry(before[other].group).or_default() += count;
        }
        if let Some((to, share)) = surname::overwhelming(counts.into_iter()) {
            for at in group {
                joined[at] = Joined { group: to, share };
                is_joined[at] = true;
            }
        }
    }
    Ok(is_joined)
}

/// Tells whether all quotations of a name are of about the same time as some days.
fn is_within(counted: &Counted, first: i64, last: i64) -> bool {
    let near = (first - surname::NEAR, last + surname::NEAR);
    counted
        .days
        .is_none_or(|(first, last)| near.0 <= first && last <= near.1)
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
fn person(mut names: Vec<&Bearing>, shown: Option<&str>) -> Person {
    names.sort_by(|a, b| {
        let rank = |of: &Bearing| {
            let chosen = shown == Some(of.counted.name.as_str());
            (!chosen, of.why.is_some(), of.node.name.is_abbreviated())
        };
        let by_count = b.counted.count.cmp(&a.counted.count);
        let order = rank(a).cmp(&rank(b)).then(by_count);
        order.then_with(|| a.counted.name.cmp(&b.counted.name))
    });
    let first = names[0];
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
    Person {
        name: first.counted.name.clone(),
        kind: if 2 * persons >= count {
            SpeakerKind::Person
        } else {
            SpeakerKind::Organization
        },
        count,
        indirect: names.iter().map(|of| of.counted.indirect).sum(),
        first: days.and_then(|(first, _)| day_of_number(first)),
        last: days.and_then(|(_, last)| day_of_number(last)),
        names: aliases,
    }
}
