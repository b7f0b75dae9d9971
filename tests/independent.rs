//! Counts of phrases and of combined words over the sample, against a scan that knows nothing of the archive's code.
//!
//! `just counts FILES` asks the same of any articles, with the full-text search of `SQLite` as the other side.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use whosaid_query::{Options, Query, Unit};

use crate::support::World;

const QUERIES: usize = 200;

/// Words that the analyzer joins or reads as something else.
const NOT_ASKED: &[&str] = &[
    "cent",
    "hundred",
    "thousand",
    "percent",
    "zero",
    "four",
    "five",
    "seven",
    "eight",
    "nine",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "three",
    "million",
    "billion",
    "trillion",
    "united",
];

/// The words of a text in small letters; a possessive is none.
fn words(text: &str) -> Vec<String> {
    let text = text.replace(['’', '‘'], "'").to_lowercase();
    text.split(|char: char| !char.is_alphanumeric() && char != '\'')
        .map(|word| word.trim_matches('\''))
        .map(|word| word.strip_suffix("'s").unwrap_or(word))
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

/// Words of plain letters of which no other inflection is known: the archive finds them and nothing else by them.
fn left_alone(known: &BTreeSet<String>) -> Vec<String> {
    let endings = ["", "s", "es", "ed", "d", "ing", "e", "y", "ies", "ied"];
    let is_alone = |word: &&String| {
        let plain = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        let base = |ending: &&str| word.strip_suffix(*ending).filter(|base| base.len() > 1);
        plain
            && !NOT_ASKED.contains(&word.as_str())
            && endings.iter().filter_map(base).all(|base| {
                let doubled = format!("{base}{}", &base[base.len() - 1..]);
                let halved = &base[..base.len() - 1];
                [base, doubled.as_str(), halved].iter().all(|base| {
                    let others = endings.iter().map(|ending| format!("{base}{ending}"));
                    others
                        .filter(|other| other != *word)
                        .all(|other| !known.contains(&other))
                })
            })
    };
    known.iter().filter(is_alone).cloned().collect()
}

/// A generator that needs no crate: the multiplier of Knuth's MMIX.
fn below(seed: &mut u64, end: usize) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize % end
}

#[test]
fn counts_are_those_of_a_scan() {
    let sample = Path::new("data/sample/news").canonicalize().unwrap();
    let world = World::of(&[&sample]);
    let archive = world.archive();
    let mut texts: Vec<Vec<String>> = Vec::new();
    archive
        .for_each_article(|_, article, _| {
            texts.push(words(&article.text));
            ControlFlow::Continue(())
        })
        .unwrap();
    let mut often: BTreeMap<&str, usize> = BTreeMap::new();
    for text in &texts {
        for word in text.iter().collect::<BTreeSet<_>>() {
            *often.entry(word).or_default() += 1;
        }
    }
    let known: BTreeSet<String> = texts.iter().flatten().cloned().collect();
    let mut alone = left_alone(&known);
    let phrases: Vec<[&str; 2]> = texts
        .iter()
        .flat_map(|text| text.windows(2))
        .filter(|row| row.iter().all(|word| alone.binary_search(word).is_ok()))
        .map(|row| [row[0].as_str(), row[1].as_str()])
        .collect();
    alone.sort_by_key(|word| std::cmp::Reverse(often[word.as_str()]));
    alone.truncate(80);
    let has = |text: &[String], word: &str| text.iter().any(|other| other == word);
    let mut seed = 1;
    let (mut wrong, mut found) = (Vec::new(), 0);
    for number in 0..QUERIES {
        let mut one = || alone[below(&mut seed, alone.len())].clone();
        let (a, b, c) = (one(), one(), one());
        let row = phrases[below(&mut seed, phrases.len())];
        let (query, expected) = match number % 4 {
            0 => (
                format!("text:\"{} {}\"", row[0], row[1]),
                texts
                    .iter()
                    .filter(|text| text.windows(2).any(|other| other == row))
                    .count(),
            ),
            1 => (
                format!("text:{a} text:{b}"),
                texts
                    .iter()
                    .filter(|text| has(text, &a) && has(text, &b))
                    .count(),
            ),
            2 => (
                format!("text:({a} OR {b}) NOT text:{c}"),
                texts
                    .iter()
                    .filter(|text| (has(text, &a) || has(text, &b)) && !has(text, &c))
                    .count(),
            ),
            _ => (
                format!("text:({a} OR ({b} {c}))"),
                texts
                    .iter()
                    .filter(|text| has(text, &a) || (has(text, &b) && has(text, &c)))
                    .count(),
            ),
        };
        let parsed = Query::parse(&query, &Options::new()).unwrap();
        let search = archive.search(&parsed).unit(Unit::Articles).limit(0);
        let total = search.run().unwrap().total();
        found += usize::from(expected > 0);
        if total != expected as u64 {
            wrong.push(format!("{query}: {total}, by a scan {expected}"));
        }
    }
    assert!(found > QUERIES / 2, "{found}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
