//! The words of a quotation, and how much each says about which utterance it is.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use tantivy::tokenizer::TextAnalyzer;
use whosaid_schema::{Wording, news_analyzer};

use crate::words;

/// The weight of a word that is in no list, in hundredths: names, and what the talk is of.
pub(super) const RARE: u32 = 100;

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
static WEIGHTS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| read(LISTS));

/// One word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) hash: u64,
    /// In hundredths of a word that says all it can.
    pub(super) weight: u32,
}

/// A quotation as it is compared with others.
#[derive(Clone, Debug, Default)]
pub(super) struct Worded {
    pub(super) words: Words,
    pub(super) wording: Wording,
    /// Indirect or denied: only the same words are like it.
    pub(super) set_apart: bool,
}

impl Worded {
    pub(super) fn of(analyzer: &mut TextAnalyzer, text: &str, set_apart: bool) -> Self {
        let wording = Wording::of(text);
        Self {
            words: Words::of(analyzer, text),
            wording: if set_apart {
                wording.set_apart()
            } else {
                wording
            },
            set_apart,
        }
    }
}

/// The words of a quotation in their order, as the archive's analyzer sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) list: Vec<Word>,
    /// The sum of the weights.
    pub(super) weight: u32,
    /// Hashes of the numbers in it, sorted.
    pub(super) numbers: Vec<u64>,
    /// The number of words that deny.
    pub(super) negations: usize,
    /// The different words that are no mere function words, with their weights in all.
    pub(super) telling: Vec<(String, u32)>,
    /// The weight of the others.
    pub(super) function_weight: u32,
}

impl Words {
    pub(super) fn of(analyzer: &mut TextAnalyzer, text: &str) -> Self {
        let mut words = Self::default();
        for token in words::tokens(analyzer, text).into_iter().take(MOST) {
            // A name tells who is talked of, which all that is said of them has in common.
            let is_name = text[token.span.start..].starts_with(char::is_uppercase);
            let weight = weight(&token.text, is_name);
            let hash = hash(&token.text);
            if token.text.starts_with(|char: char| char.is_ascii_digit()) {
                words.numbers.push(hash);
            }
            words.negations += usize::from(denies(&token.text));
            words.weight += weight;
            words.list.push(Word { hash, weight });
            if weight <= FUNCTION {
                words.function_weight += weight;
            } else {
                words.telling.push((token.text, weight));
            }
        }
        words.telling.sort_unstable();
        words.telling.dedup_by(|next, word| {
            let is_same = next.0 == word.0;
            word.1 += if is_same { next.1 } else { 0 };
            is_same
        });
        words.numbers.sort_unstable();
        words.numbers.dedup();
        words
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// Weighs a token of the archive's analyzer.
pub(super) fn weight(token: &str, is_name: bool) -> u32 {
    let listed = WEIGHTS.get(token).copied();
    let length = token.chars().count();
    let short = length <= 3 && !token.starts_with(|char: char| char.is_ascii_digit());
    let weight = listed.unwrap_or(if short { SHORT } else { RARE });
    if is_name { weight.min(SHORT) } else { weight }
}

fn denies(token: &str) -> bool {
    matches!(
        token,
        "not"
            | "no"
            | "never"
            | "nor"
            | "none"
            | "neither"
            | "without"
            | "cannot"
            | "nobodi"
            | "noth"
    ) || token.ends_with("n't")
}

/// Reads the lists; later ones give way to earlier ones.
fn read(lists: &str) -> HashMap<String, u32> {
    let mut analyzer = news_analyzer();
    let mut weights = HashMap::new();
    let mut weight = FUNCTION;
    for line in lists.lines().filter(|line| !line.starts_with('#')) {
        match line {
            "[function]" => weight = FUNCTION,
            "[common]" => weight = COMMON,
            words => {
                for token in words::tokens(&mut analyzer, words) {
                    weights.entry(token.text).or_insert(weight);
                }
            }
        }
    }
    weights
}
