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

/// A name with its place among all.
type Numbered<'n> = (usize, &'n Node);

/// Groups names by person.
pub(super) fn join(nodes: &[Node]) -> Vec<Joined> {
    let links = links(nodes);
    let linked = |a: &usize, b: &usize| links.get(a).is_some_and(|of| of.contains(b));
    let is_ambiguous = |of: &BTreeSet<usize>| {
        let mut pairs = of.iter().enumerate();
        pairs.any(|(at, a)| of.iter().skip(at).any(|b| a != b && !linked(a, b)))
    };
    let ambiguous = links.iter().filter(|(_, of)| is_ambiguous(of));
    let ambiguous: BTreeSet<usize> = ambiguous.map(|(at, _)| *at).collect();
    let sure = |of: &BTreeSet<usize>| of.difference(&ambiguous).copied().collect::<Vec<_>>();
    let group = |at: usize| match links.get(&at) {
        Some(of) if !ambiguous.contains(&at) => sure(of).into_iter().fold(at, usize::min),
        _ => at,
    };
    let mut counts = BTreeMap::<usize, u64>::new();
    for (at, node) in nodes.iter().enumerate() {
        if !ambiguous.contains(&at) {
            let count = counts.entry(group(at)).or_default();
            *count = count.saturating_add(node.count);
        }
    }
    let joined = |(at, node): Numbered<'_>| {
        let links = links.get(&at).filter(|_| ambiguous.contains(&at));
        let groups = links.into_iter().flat_map(sure).map(group);
        let fits: BTreeMap<usize, u64> = groups
            .filter_map(|group| Some((group, *counts.get(&group)?)))
            .collect();
        let Some((group, share)) = overwhelming(fits.iter().map(|(of, count)| (*of, *count)))
        else {
            return Joined {
                group: group(at),
                share: 1.0,
            };
        };
        // What is said of most of the person's quotations is not doubted for the few others.
        let main = fits.get(&group).is_some_and(|count| node.count >= *count);
        let share = if main { 1.0 } else { share };
        Joined { group, share }
    };
    nodes.iter().enumerate().map(joined).collect()
}

/// Finds, for each name that agrees with others, these.
fn links(nodes: &[Node]) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut links = BTreeMap::<usize, BTreeSet<usize>>::new();
    let mut link = |(a, one): Numbered<'_>, (b, other): Numbered<'_>| {
        let forbidden =
            one.alone || other.alone || one.apart.contains(&b) || other.apart.contains(&a);
        if a != b && !forbidden {
            links.entry(a).or_default().insert(b);
            links.entry(b).or_default().insert(a);
        }
    };
    // Kim Jong-un and Kim Jong Un: the letters are equal, and one of the ends.
    let letters = groups(nodes, |node| {
        let words = &node.name.words;
        (!words.is_empty()).then(|| hash(words.iter().flat_map(|word| word.bytes())))
    });
    for group in letters {
        each_pair(&group, |a, b| {
            let (one, other) = (&a.1.name, &b.1.name);
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
        family.sort_by_key(|(_, node)| node.name.given());
        let mut agreeing = |a: Numbered<'_>, b: Numbered<'_>| {
            if a.1.name.agrees(&b.1.name) {
                link(a, b);
            }
        };
        let givens: Vec<&[Numbered<'_>]> = family
            .chunk_by(|(_, a), (_, b)| a.name.given() == b.name.given())
            .collect();
        for (at, given) in givens.iter().enumerate() {
            each_pair(given, &mut agreeing);
            // Different given names agree only where one of them is short.
            if !is_short(given_name(given)) {
                continue;
            }
            let others = givens.iter().enumerate().filter(|(other, _)| *other != at);
            for (_, others) in others {
                if agree(given_name(given), given_name(others)) {
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

/// Returns the given name of names that have the same.
fn given_name<'n>(names: &[Numbered<'n>]) -> &'n str {
    names.first().map_or("", |(_, node)| node.name.given())
}

/// Links names of which one has the family name first, the other last: Kim Jong Un and Jong Un Kim.
///
/// Two words that are both given names may be two people: Frank Thomas and Thomas Frank. They are taken for given
/// names when other names of the archive begin with them, or short forms of them are known.
fn turned<'n>(nodes: &'n [Node], link: &mut impl FnMut(Numbered<'n>, Numbered<'n>)) {
    let is_read = |node: &&Node| {
        let ends = [node.name.given(), node.name.family()];
        node.is_person && node.name.words.len() > 1 && !ends.iter().any(|end| is_initial(end))
    };
    let mut begin = HashMap::<&str, u32>::new();
    let mut end = HashSet::<&str>::new();
    for node in nodes.iter().filter(is_read) {
        let count = begin.entry(node.name.given()).or_default();
        *count = count.saturating_add(1);
        end.insert(node.name.family());
    }
    // Those with a family name and the same others before or after it.
    let mut family_first = BTreeMap::<(&str, String, &str), Vec<Numbered<'n>>>::new();
    let mut family_last = family_first.clone();
    for (at, node) in nodes.iter().enumerate().filter(|(_, node)| is_read(node)) {
        let name = &node.name;
        // Few names end with what others begin with.
        if let [given, rest @ ..] = name.words.as_slice()
            && end.contains(given.as_str())
        {
            let reading = family_first.entry((given, rest.concat(), name.suffix));
            reading.or_default().push((at, node));
        }
        if let [rest @ .., family] = name.words.as_slice()
            && begin.contains_key(family.as_str())
        {
            let reading = family_last.entry((family, rest.concat(), name.suffix));
            reading.or_default().push((at, node));
        }
    }
    for (reading, family_first) in &family_first {
        for &a in family_first {
            for &b in family_last.get(reading).into_iter().flatten() {
                let givens = [a, b].map(|(_, node)| node.name.given());
                let is_common = |given: &&str| begin.get(given).is_some_and(|count| *count > 1);
                let begins_others = givens.iter().all(is_common);
                let known = givens.iter().all(|given| is_given(given));
                if !begins_others && !known {
                    link(a, b);
                }
            }
        }
    }
}

/// Groups names by a hash; a name without one is in no group, and no group has one name only.
fn groups(nodes: &[Node], key: impl Fn(&Node) -> Option<u64>) -> Vec<Vec<Numbered<'_>>> {
    let mut keyed: Vec<(u64, Numbered<'_>)> = nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| Some((key(node)?, (at, node))))
        .collect();
    keyed.sort_unstable_by_key(|(key, (at, _))| (*key, *at));
    let groups = keyed.chunk_by(|a, b| a.0 == b.0);
    groups
        .filter(|group| group.len() > 1)
        .map(|group| group.iter().map(|(_, numbered)| *numbered).collect())
        .collect()
}

/// Hashes letters; what is equal is compared again.
fn hash(letters: impl Iterator<Item = u8>) -> u64 {
    let mut hasher = DefaultHasher::new();
    letters.for_each(|letter| hasher.write_u8(letter));
    hasher.finish()
}

fn each_pair<'n>(group: &[Numbered<'n>], mut visit: impl FnMut(Numbered<'n>, Numbered<'n>)) {
    let mut rest = group;
    while let [a, behind @ ..] = rest {
        for b in behind {
            visit(*a, *b);
        }
        rest = behind;
    }
}
