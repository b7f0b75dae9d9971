//! How much a word tells about which utterance it is of, and the telling words of a quotation in small.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{TokenStream, Tokenizer};

use crate::analyzer::NewsTokenizer;
use crate::sketch::hash_word;

/// The weight of a word that is in no list, in hundredths: names, and what the talk is of.
const RARE: u32 = 100;

/// Words that stand in a quarter of all quotations and more.
const FUNCTION: u32 = 10;

/// What people say whatever they talk of.
const COMMON: u32 = 40;

/// Words of up to three letters that no list has, among them those of other languages, and single Chinese, Japanese
/// or Korean characters, of which two make a word.
const SHORT: u32 = 60;

/// Words beyond these do not count: a speech of that length has said all that tells it from others.
const MOST: usize = 400;

/// The lists of words of which all that people say is full, English and, for the shortest, its neighbours'.
const LISTS: &str = include_str!("common_words.txt");

/// The stems of the listed words.
static WEIGHTS: LazyLock<FxHashMap<String, u32>> = LazyLock::new(|| read(LISTS));

/// A quotation's words in small: two of these tell that two quotations have little in common, without their texts.
/// The sieve of Bloom (“Space/time trade-offs in hash coding with allowable errors”, 1970) with one hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// For each word that is no mere function word, the bit [`Telling::bit`].
    pub bits: u64,
    /// The weights of all words, in hundredths of one that says all it can.
    pub weight: u32,
    /// Those of the mere function words among them. A speech is full of these, and would otherwise have as much as any
    /// short quotation has.
    pub function_weight: u32,
}

/// One of the words of a quotation that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TellingWord<'a> {
    /// Its token.
    pub token: &'a str,
    /// In hundredths of a word that says all it can.
    pub weight: u32,
    /// It is no mere function word.
    pub is_telling: bool,
}

impl Telling {
    /// Weighs the words of a text.
    pub fn of(text: &str) -> Self {
        let mut telling = Self::default();
        for_each_telling_word(text, |word| {
            telling.weight = telling.weight.saturating_add(word.weight);
            if word.is_telling {
                telling.bits |= 1 << Self::bit(word.token);
            } else {
                telling.function_weight = telling.function_weight.saturating_add(word.weight);
            }
        });
        telling
    }

    /// Returns which bit stands for a token, from 0 to 63.
    pub fn bit(token: &str) -> u32 {
        (hash_word(token.as_bytes()) >> 58) as u32
    }
}

/// Hands the words of a quotation that count to `sink`, in their order: as the archive's analyzer sees them, each with
/// one token.
pub fn for_each_telling_word(text: &str, mut sink: impl FnMut(TellingWord<'_>)) {
    let mut tokenizer = NewsTokenizer::of_queries();
    let mut stream = tokenizer.token_stream(text);
    for _ in 0..MOST {
        if !stream.advance() {
            break;
        }
        let token = stream.token();
        // A name tells who is talked of, which all that is said of them has in common.
        let written = text.get(token.offset_from..);
        let is_name = written.is_some_and(|written| written.starts_with(char::is_uppercase));
        let weight = weight(&token.text, is_name);
        sink(TellingWord {
            token: &token.text,
            weight,
            is_telling: weight > FUNCTION,
        });
    }
}

/// Weighs a token of the archive's analyzer.
fn weight(token: &str, is_name: bool) -> u32 {
    let listed = WEIGHTS.get(token).copied();
    let weight = listed.unwrap_or_else(|| {
        let length = token.chars().count();
        let short = length <= 3 && !token.starts_with(|char: char| char.is_ascii_digit());
        if short { SHORT } else { RARE }
    });
    if is_name { weight.min(SHORT) } else { weight }
}

/// Reads the lists; later ones give way to earlier ones.
fn read(lists: &str) -> FxHashMap<String, u32> {
    let mut weights = FxHashMap::default();
    let mut weight = FUNCTION;
    for line in lists.lines().filter(|line| !line.starts_with('#')) {
        match line {
            "[function]" => weight = FUNCTION,
            "[common]" => weight = COMMON,
            words => {
                let mut tokenizer = NewsTokenizer::of_queries();
                let mut stream = tokenizer.token_stream(words);
                while stream.advance() {
                    let token = stream.token().text.clone();
                    weights.entry(token).or_insert(weight);
                }
            }
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_weighed() {
        let mut words = Vec::new();
        for_each_telling_word("We will not let Kim sink the ferry", |word| {
            words.push((word.token.to_owned(), word.weight, word.is_telling));
        });
        let weighed = |token: &str| {
            let mut found = words.iter().filter(|(word, ..)| word == token);
            found.next().map(|&(_, weight, telling)| (weight, telling))
        };
        assert_eq!(weighed("the"), Some((FUNCTION, false)));
        assert_eq!(weighed("ferri"), Some((RARE, true)));
        assert_eq!(weighed("kim"), Some((SHORT, true)));
        let telling = Telling::of("We will not let Kim sink the ferry");
        let weight: u32 = words.iter().map(|(_, weight, _)| weight).sum();
        assert_eq!(telling.weight, weight);
        let function: u32 = words
            .iter()
            .filter(|(_, _, is_telling)| !is_telling)
            .map(|(_, weight, _)| weight)
            .sum();
        assert!(function > 0 && telling.function_weight == function);
        for (token, _, is_telling) in &words {
            assert!(!is_telling || telling.bits & (1 << Telling::bit(token)) != 0);
        }
    }
}
