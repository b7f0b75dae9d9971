use crate::sketch::{for_each_word, mixed};

/// Words that are hashed together as a run.
const RUN: usize = 5;

/// Runs in a row of which the one with the smallest hash is kept.
const WINDOW: usize = 12;

/// Words in a row that two quotations must share to be sure to have a hash in common: a sentence of that length is
/// not said twice by chance. Shorter ones would need more hashes: with eight words the archive grew by another 4 %.
pub const LONG_RUN: usize = RUN + WINDOW - 1;

/// What is kept of the hash of all words: of fifteen million wordings hardly two have the same 48 bits.
const WHOLE: u64 = (1 << 48) - 1;

/// Hashes by which quotations in the same words, or with many words in a row in common, find each other.
///
/// Case and punctuation do not count. The hashes of runs are chosen as in winnowing (Schleimer, Wilkerson and Aiken,
/// “Winnowing: local algorithms for document fingerprinting”, 2003): the smallest of every twelve that follow
/// each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// A hash of all words in their order.
    pub whole: u64,
    /// Hashes of some of the runs of five words, smallest first, of quotations of [`LONG_RUN`] words and more.
    pub runs: Vec<u64>,
}

impl Wording {
    /// Hashes a text.
    ///
    /// ```
    /// use whosaid_schema::Wording;
    ///
    /// assert_eq!(Wording::of("Don’t wait!").whole, Wording::of("“don't wait”").whole);
    /// assert_ne!(Wording::of("Don’t wait!").whole, Wording::of("Wait!").whole);
    /// ```
    pub fn of(text: &str) -> Self {
        let mut words = Vec::new();
        let mut whole = 0;
        for_each_word(text, |word| {
            whole = mixed(whole ^ word);
            words.push(word);
        });
        let run = |run: &[u64]| run.iter().fold(0, |hash, word| mixed(hash ^ word)) >> 32;
        let hashes: Vec<u64> = words.windows(RUN).map(run).collect();
        let smallest = hashes
            .windows(WINDOW)
            .filter_map(|hashes| hashes.iter().min());
        let mut runs: Vec<u64> = smallest.copied().collect();
        runs.sort_unstable();
        runs.dedup();
        let whole = whole & WHOLE;
        Self { whole, runs }
    }

    /// Makes it a wording that finds nothing but the same words, and those only where they are set apart too: what
    /// a reporter puts in words of their own, or says that nobody said, is no wording of what was said.
    #[must_use]
    pub fn set_apart(self) -> Self {
        Self {
            whole: mixed(!self.whole) & WHOLE,
            runs: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(from: usize, to: usize) -> String {
        (from..to).fold(String::new(), |text, word| text + &format!("w{word} "))
    }

    #[test]
    fn order_counts_and_punctuation_does_not() {
        let whole = |text| Wording::of(text).whole;
        assert_eq!(whole("“One, two; three …”"), whole("one two three"));
        assert_ne!(whole("one two three"), whole("three two one"));
        assert_ne!(whole("one two"), whole("one two two"));
        assert_ne!(whole(""), whole("a"));
    }

    #[test]
    fn short_quotations_have_no_runs() {
        assert!(Wording::of(&words(0, LONG_RUN - 1)).runs.is_empty());
        assert_eq!(Wording::of(&words(0, LONG_RUN)).runs.len(), 1);
        let long = Wording::of(&words(0, 1000)).runs.len();
        assert!((100..200).contains(&long), "{long}");
    }

    proptest! {
        #[test]
        fn a_long_run_in_common_is_a_hash_in_common(before in 0usize..40, after in 0usize..40) {
            let run = words(1000, 1000 + LONG_RUN);
            let one = Wording::of(&(words(0, before) + &run + &words(100, 100 + after)));
            let other = Wording::of(&(words(200, 200 + after) + &run + &words(300, 300 + before)));
            prop_assert!(one.runs.iter().any(|hash| other.runs.contains(hash)));
        }
    }
}
