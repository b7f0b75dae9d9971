//! What the user knows better of who is who, put on top of what the names tell.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::Counted;
use super::join::{Joined, Node};
use super::{Bearing, Why};
use crate::corrections::{CorrectionKind, Corrections};

/// Corrections, ready to be applied to the names of an archive.
pub(super) struct Corrected<'a> {
    corrections: &'a Corrections,
    /// Names that only the corrections have.
    unheard: BTreeSet<&'a str>,
    /// All names in the corrections.
    names: BTreeSet<&'a str>,
}

impl<'a> Corrected<'a> {
    /// `heard` are the names of the archive.
    pub(super) fn new(corrections: &'a Corrections, heard: &[Counted]) -> Self {
        let names: BTreeSet<&str> = corrections
            .iter()
            .flat_map(|entry| entry.person.iter().chain(&entry.names))
            .map(String::as_str)
            .collect();
        let mut unheard = names.clone();
        if !unheard.is_empty() {
            for counted in heard {
                unheard.remove(counted.name.as_str());
            }
        }
        Self {
            corrections,
            unheard,
            names,
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// The names that only the corrections have, which nobody was quoted under.
    pub(super) fn unheard(&self) -> impl Iterator<Item = Counted> {
        self.unheard.iter().map(|name| Counted {
            name: (*name).to_owned(),
            ..Counted::default()
        })
    }

    /// Keeps apart what is split, and from all others what is nobody's name but by correction.
    pub(super) fn part(&self, names: &[Counted], nodes: &mut [Node]) {
        if self.names.is_empty() {
            return;
        }
        let at = places(names.iter().map(|counted| counted.name.as_str()));
        for name in &self.unheard {
            if let Some(node) = at.get(name).and_then(|at| nodes.get_mut(*at)) {
                node.alone = true;
            }
        }
        for entry in self.corrections.iter() {
            if entry.kind != CorrectionKind::Split {
                continue;
            }
            let places = entry.names.iter().filter_map(|name| at.get(name.as_str()));
            let places: BTreeSet<usize> = places.copied().collect();
            for &place in &places {
                if let Some(node) = nodes.get_mut(place) {
                    node.alone |= places.len() == 1;
                    node.apart
                        .extend(places.iter().filter(|&&other| other != place));
                }
            }
        }
    }

    /// Gives names to whom the corrections give them; returns the names that groups are to be shown by.
    pub(super) fn apply(&self, names: &mut [Bearing]) -> BTreeMap<usize, String> {
        let mut shown = BTreeMap::new();
        if self.names.is_empty() {
            return shown;
        }
        let at: BTreeMap<String, usize> = names
            .iter()
            .enumerate()
            .filter(|(_, bearing)| self.has(&bearing.counted.name))
            .map(|(at, bearing)| (bearing.counted.name.clone(), at))
            .collect();
        let given = || {
            self.corrections
                .iter()
                .filter_map(|entry| Some((entry, entry.person.as_ref()?)))
        };
        // A name that is given away leaves its group first; those who stay are as they were.
        for (place, name) in given()
            .filter(|(entry, _)| entry.kind == CorrectionKind::Alias)
            .flat_map(|(entry, _)| &entry.names)
            .enumerate()
        {
            if let Some(bearing) = at.get(name).and_then(|at| names.get_mut(*at)) {
                bearing.joined = Joined {
                    group: usize::MAX.saturating_sub(place),
                    share: 1.0,
                };
            }
        }
        // The groups that are to be one: each with the one it goes into.
        let mut into = BTreeMap::<usize, usize>::new();
        let end = |into: &BTreeMap<usize, usize>, mut group: usize| {
            while let Some(&next) = into.get(&group) {
                group = next;
            }
            group
        };
        let mut roots = Vec::new();
        let group = |names: &[Bearing], name: &String| {
            let bearing = names.get(*at.get(name)?)?;
            Some(bearing.joined.group)
        };
        for (entry, person) in given() {
            let Some(to) = group(names, person) else {
                continue;
            };
            for from in entry.names.iter().filter_map(|name| group(names, name)) {
                let (from, to) = (end(&into, from), end(&into, to));
                if from != to {
                    into.insert(from, to);
                }
            }
            if self.corrections.person_of(person).is_none() {
                roots.push(person);
            }
        }
        let homes: BTreeMap<&str, usize> = roots
            .iter()
            .filter_map(|person| Some((person.as_str(), group(names, person)?)))
            .collect();
        let before: BTreeMap<usize, usize> = homes
            .values()
            .map(|&home| (end(&into, home), home))
            .collect();
        for bearing in names.iter_mut() {
            let group = end(&into, bearing.joined.group);
            // What was joined with the person shown is as it was; all others are theirs by correction.
            if before
                .get(&group)
                .is_some_and(|&home| home != bearing.joined.group)
            {
                bearing.why = Some(Why::Correction);
            }
            bearing.joined.group = group;
        }
        // Of two that turn out to be one person, the first in the file gives the name.
        for person in roots {
            if let Some(group) = group(names, person) {
                shown.entry(group).or_insert_with(|| person.clone());
            }
        }
        shown
    }
}

fn places<'n>(names: impl Iterator<Item = &'n str>) -> BTreeMap<&'n str, usize> {
    names.enumerate().map(|(at, name)| (name, at)).collect()
}
