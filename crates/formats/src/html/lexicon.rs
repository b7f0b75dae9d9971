//! What the words of pages mean: parts that classes name, and phrases that give away lines which are no part of
//! an article.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::hints::tokens;

/// Parts of a page that are told apart.
pub(super) const PARTS: u32 = 24;

/// Kinds of phrases.
pub(super) const KINDS: u32 = 12;

static PART_OF: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut parts = FxHashMap::default();
    let lines = include_str!("../../lexicon/parts.tsv").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    for (number, line) in (0..PARTS).zip(lines) {
        let words = line.split_once('\t').map_or("", |pair| pair.1);
        for word in words.split(' ') {
            parts.insert(word, number);
        }
    }
    parts
});

/// Returns the number of the part of a page that a word names, below [`PARTS`].
pub(super) fn part(word: &str) -> Option<u32> {
    PART_OF.get(word).copied()
}

type Phrases = FxHashMap<u32, Vec<(Vec<u32>, u32)>>;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for line in include_str!("../../lexicon/phrases.tsv").lines() {
        if let Some((kind, phrase)) = line.split_once('\t').filter(|_| !line.starts_with('#')) {
            let next = kinds.len() as u32;
            let kind = *kinds.entry(kind).or_insert(next);
            let words = tokens(phrase);
            if let Some(&first) = words.first() {
                phrases.entry(first).or_default().push((words, kind));
            }
        }
    }
    phrases
});

/// Returns the number of the kind of phrases about cookies, consent and privacy.
pub(super) fn cookies() -> u32 {
    static COOKIES: LazyLock<u32> =
        LazyLock::new(|| phrases(&tokens("cookies")).0.trailing_zeros() % KINDS);
    *COOKIES
}

/// Which kinds of phrases a line starts with, and which it has elsewhere, a bit a kind.
pub(super) fn phrases(words: &[u32]) -> (u32, u32) {
    let (mut first, mut later) = (0, 0);
    let mut rest = words;
    while let Some((word, behind)) = rest.split_first() {
        for (phrase, kind) in PHRASES.get(word).into_iter().flatten() {
            if rest.starts_with(phrase) {
                if rest.len() == words.len() {
                    first |= 1 << kind;
                } else {
                    later |= 1 << kind;
                }
            }
        }
        rest = behind;
    }
    (first, later)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicons_are_well_formed() {
        let parts = include_str!("../../lexicon/parts.tsv").lines().skip(2);
        assert!(parts.clone().count() <= PARTS as usize);
        assert!(parts.clone().all(|line| line.contains('\t')));
        let lines: Vec<&str> = include_str!("../../lexicon/phrases.tsv")
            .lines()
            .skip(2)
            .collect();
        assert!(lines.is_sorted() && lines.iter().all(|line| line.contains('\t')));
        let kinds: std::collections::BTreeSet<&str> = lines
            .iter()
            .filter_map(|line| line.split('\t').next())
            .collect();
        assert!(kinds.len() <= KINDS as usize, "{kinds:?}");
    }

    #[test]
    fn phrases_are_found_at_the_start_and_elsewhere() {
        let (first, later) = phrases(&tokens("Read more: share this"));
        assert_eq!((first.count_ones(), later.count_ones()), (1, 1));
        assert_eq!(phrases(&tokens("He reads more")), (0, 0));
    }
}
