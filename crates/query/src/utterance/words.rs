//! The words of a quotation, and how much each says about which utterance it is.

use std::hash::{DefaultHasher, Hash, Hasher};

use whosaid_schema::{Telling, Wording, for_each_telling_word};

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
    pub(super) fn of(text: &str, set_apart: bool) -> Self {
        let wording = Wording::of(text);
        Self {
            words: Words::of(text),
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
    /// The bits that stand for words that are no mere function words.
    bits: u64,
    /// The weights of these words, by their bits.
    by_bit: Vec<u32>,
    /// The weight of the others.
    function_weight: u32,
    /// The tokens of the words that are no mere function words, each with the weight of all that are this one.
    pub(super) telling: Vec<(Box<str>, u32)>,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self {
            by_bit: vec![0; u64::BITS as usize],
            ..Self::default()
        };
        for_each_telling_word(text, |word| {
            let hash = hash(word.token);
            if word.token.starts_with(|char: char| char.is_ascii_digit()) {
                words.numbers.push(hash);
            }
            words.negations = words.negations.saturating_add(denies(word.token).into());
            words.weight = words.weight.saturating_add(word.weight);
            words.list.push(Word {
                hash,
                weight: word.weight,
            });
            let bit = Telling::bit(word.token) as usize;
            let sum = match words.by_bit.get_mut(bit) {
                Some(sum) if word.is_telling => sum,
                _ => &mut words.function_weight,
            };
            *sum = sum.saturating_add(word.weight);
            if word.is_telling {
                words.bits |= 1 << bit;
                words.telling.push((word.token.into(), word.weight));
            }
        });
        words.telling.sort_unstable();
        words.telling.dedup_by(|next, word| {
            let is_same = next.0 == word.0;
            if is_same {
                word.1 = word.1.saturating_add(next.1);
            }
            is_same
        });
        words.numbers.sort_unstable();
        words.numbers.dedup();
        words
    }

    /// Returns the weight of what these words and a quotation have in common, at most, when it is known what those weigh
    /// of these that it has, but for function words.
    pub(super) fn shared_of(&self, telling: u32, other: Telling) -> u32 {
        telling.saturating_add(self.function_weight.min(other.function_weight))
    }

    /// Returns the weight of what these words and those of some bits have in common, at most.
    pub(super) fn has_of(&self, bits: u64) -> u32 {
        let telling = self.telling_of(bits);
        telling.saturating_add(self.function_weight)
    }

    /// Returns the weight of the words for which some bits stand.
    fn telling_of(&self, mut bits: u64) -> u32 {
        let mut telling = 0_u32;
        bits &= self.bits;
        while bits != 0 {
            let weight = self.by_bit.get(bits.trailing_zeros() as usize);
            telling = telling.saturating_add(weight.copied().unwrap_or(0));
            bits &= bits.wrapping_sub(1);
        }
        telling
    }

    /// Returns the weight of what these words and a quotation that was weighed by itself have in common, at most.
    pub(super) fn shared_at_most(&self, other: Telling) -> u32 {
        let telling = self.telling_of(other.bits);
        let theirs = other.weight.saturating_sub(other.function_weight);
        let function = self.function_weight.min(other.function_weight);
        telling.min(theirs).saturating_add(function)
    }
}

/// A set of words that may have more in it than was put there: one bit of 256 stands for each.
pub(super) struct Sieve([u64; 4]);

impl Sieve {
    pub(super) fn of(words: &Words) -> Self {
        let mut sieve = Self([0; 4]);
        for word in &words.list {
            if let Some(bits) = sieve.0.get_mut((word.hash >> 6 & 3) as usize) {
                *bits |= 1 << (word.hash & 63);
            }
        }
        sieve
    }

    pub(super) fn may_have(&self, hash: u64) -> bool {
        let bits = self.0.get((hash >> 6 & 3) as usize);
        bits.is_some_and(|bits| bits >> (hash & 63) & 1 != 0)
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
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
