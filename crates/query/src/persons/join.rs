//! Which full names are one person's.
//!
//! Names that agree are linked (see [`Name::agrees`]). A name that agrees with two names that do not agree with each
//! other is ambiguous: `John Smith`, where `John A. Smith` and `John B. Smith` speak too. Without the ambiguous
//! names, agreeing is transitive, so that what is linked is one person and no two of a person's names disagree. An
//! ambiguous name then belongs to the person that has by far the most quotations among those it agrees with, or to
//! nobody else.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};

use super::given::{agree, is_given, is_short};
use super::name::{Name, is_initial};
use super::surname::overwhelming;

/// A name that is to be joined with others.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) name: Name,
    /// Quotations.
    pub(super) count: u64,
    pub(super) is_person: bool,
    /// The user says of whom this is not a name, by index.
    pub(super) apart: BTreeSet<usize>,
    /// The user says that this is nobody else's name.
    pub(super) alone: bool,
}

/// The group a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Joined {
    /// The same for all names of a person.
    pub(super) group: usize,
    /// How surely the name is this person's, from 0 to 1.
    pub(super) share: f32,
}

/// Groups names by person.
pub(super) fn join(nodes: &[Node]) -> Vec<Joined> {
    let links = links(nodes);
    let linked = |a: usize, b: usize| links[a].contains(&b);
    let ambiguous: Vec<bool> = links
        .iter()
        .map(|of| {
            let mut pairs = of.iter().enumerate();
            pairs.any(|(at, &a)| of.iter().skip(at + 1).any(|&b| !linked(a, b)))
        })
        .collect();
    let mut group: Vec<usize> = (0..nodes.len()).collect();
    for (node, of) in links.iter().enumerate() {
        if ambiguous[node] {
            continue;
        }
        let sure = of.iter().copied().filter(|&other| !ambiguous[other]);
        group[node] = sure.fold(node, usize::min);
    }
    let mut counts = BTreeMap::<usize, u64>::new();
    for (node, &group) in group.iter().enumerate() {
        if !ambiguous[node] {
            *counts.entry(group).or_default() += nodes[node].count;
        }
    }
    let mut joined: Vec<Joined> = group
        .iter()
        .map(|&group| Joined { group, share: 1.0 })
        .collect();
    for (node, of) in links.iter().enumerate().filter(|(at, _)| ambiguous[*at]) {
        let fits: BTreeSet<usize> = of
            .iter()
            .filter(|&&other| !ambiguous[other])
            .map(|&other| group[other])
            .collect();
        let fits = fits.into_iter().map(|group| (group, counts[&group]));
        if let Some((group, share)) = overwhelming(fits) {
            // What is said of most of the person's quotations is not doubted for the few others.
            let main = nodes[node].count >= counts[&group];
            let share = if main { 1.0 } else { share };
            joined[node] = Joined { group, share };
        }
    }
    joined
}

/// Finds, for each name, the names it agrees with.
fn links(nodes: &[Node]) -> Vec<BTreeSet<usize>> {
    let mut links = vec![BTreeSet::new(); nodes.len()];
    let mut link = |a: usize, b: usize| {
        let (one, other) = (&nodes[a], &nodes[b]);
        let forbidden =
            one.alone || other.alone || one.apart.contains(&b) || other.apart.contains(&a);
        if a != b && !forbidden {
            links[a].insert(b);
            links[b].insert(a);
        }
    };
    // Kim Jong-un and Kim Jong Un: the letters are equal, and one of the ends.
    let letters = groups(nodes, |node| {
        let words = &node.name.words;
        (!words.is_empty()).then(|| hash(words.iter().flat_map(|word| word.bytes())))
    });
    for group in letters {
        each_pair(&group, |a, b| {
            let (one, other) = (&nodes[a].name, &nodes[b].name);
            let an_end = one.given() == other.given() || one.family() == other.family();
            if an_end && one.suffix == other.suffix && one.is_spelled(other) {
                link(a, b);
            }
        });
    }
    let families = groups(nodes, |node| {
        let is_full = node.is_person && node.name.is_full();
        is_full.then(|| hash(node.name.family().bytes()))
    });
    for mut family in families {
        family.sort_by_key(|&at| nodes[at].name.given());
        let mut agreeing = |a: usize, b: usize| {
            if nodes[a].name.agrees(&nodes[b].name) {
                link(a, b);
            }
        };
        let givens: Vec<&[usize]> = family
            .chunk_by(|&a, &b| nodes[a].name.given() == nodes[b].name.given())
            .collect();
        for (at, given) in givens.iter().enumerate() {
            each_pair(given, &mut agreeing);
            // Different given names agree only where one of them is short.
            let word = nodes[given[0]].name.given();
            if !is_short(word) {
                continue;
            }
            let others = givens.iter().enumerate().filter(|(other, _)| *other != at);
            for (_, others) in others {
                if agree(word, nodes[others[0]].name.given()) {
                    for &a in *given {
                        others.iter().for_each(|&b| agreeing(a, b));
                    }
                }
            }
        }
    }
    turned(nodes, &mut link);
    links
}

/// Links names of which one has the family name first, the other last: Kim Jong Un and Jong Un Kim.
///
/// Two words that are both given names may be two people: Frank Thomas and Thomas Frank. They are taken for given
/// names when other names of the archive begin with them, or short forms of them are known.
fn turned(nodes: &[Node], link: &mut impl FnMut(usize, usize)) {
    let is_read = |node: &&Node| {
        let ends = [node.name.given(), node.name.family()];
        node.is_person && node.name.words.len() > 1 && !ends.iter().any(|end| is_initial(end))
    };
    let mut begin = HashMap::<&str, u32>::new();
    let mut end = HashSet::<&str>::new();
    for node in nodes.iter().filter(is_read) {
        *begin.entry(node.name.given()).or_default() += 1;
        end.insert(node.name.family());
    }
    let mut readings = BTreeMap::<(&str, String, &str), [Vec<usize>; 2]>::new();
    for (at, node) in nodes.iter().enumerate().filter(|(_, node)| is_read(node)) {
        let name = &node.name;
        // Few names end with what others begin with.
        if end.contains(name.given()) {
            let rest = name.words[1..].concat();
            let reading = readings.entry((name.given(), rest, name.suffix));
            reading.or_default()[0].push(at);
        }
        if begin.contains_key(name.family()) {
            let rest = name.words[..name.words.len() - 1].concat();
            let reading = readings.entry((name.family(), rest, name.suffix));
            reading.or_default()[1].push(at);
        }
    }
    for [family_first, family_last] in readings.values() {
        for &a in family_first {
            for &b in family_last {
                let givens = [a, b].map(|at| nodes[at].name.given());
                let begins_others = givens.iter().all(|given| begin[given] > 1);
                let known = givens.iter().all(|given| is_given(given));
                if !begins_others && !known {
                    link(a, b);
                }
            }
        }
    }
}

/// Groups names by a hash; a name without one is in no group, and no group has one name only.
fn groups(nodes: &[Node], key: impl Fn(&Node) -> Option<u64>) -> Vec<Vec<usize>> {
    let mut keyed: Vec<(u64, usize)> = nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| Some((key(node)?, at)))
        .collect();
    keyed.sort_unstable();
    let groups = keyed.chunk_by(|a, b| a.0 == b.0);
    groups
        .filter(|group| group.len() > 1)
        .map(|group| group.iter().map(|(_, at)| *at).collect())
        .collect()
}

/// Hashes letters; what is equal is compared again.
fn hash(letters: impl Iterator<Item = u8>) -> u64 {
    let mut hasher = DefaultHasher::new();
    letters.for_each(|letter| hasher.write_u8(letter));
    hasher.finish()
}

fn each_pair(group: &[usize], mut visit: impl FnMut(usize, usize)) {
    for (at, &a) in group.iter().enumerate() {
        for &b in &group[at + 1..] {
            visit(a, b);
        }
    }
}
