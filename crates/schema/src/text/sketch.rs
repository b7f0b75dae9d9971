/// Hashes that a sketch keeps, at most: with so many, two halves of one story are told from two stories. Twice as
/// many would halve the variance and add 3 % to an archive.
const KEPT: usize = 32;

/// Hashes that both sketches must have below their common bound to say anything.
const FEWEST: usize = 8;

/// A text's shingles of three words in small: the smallest 32 of their hashes. A word that one outlet changed spoils
/// three of them.
///
/// Sketches of two texts tell how much of the one stands in the other, without the texts (the bottom-k sketch of
/// Broder, “On the resemblance and containment of documents”, 1997). Case and punctuation do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// Sketches a text.
    ///
    /// ```
    /// use whosaid_schema::Sketch;
    ///
    /// let wire = "The mayor opened the bridge on Monday. Nobody came, and the band played to the gulls alone.";
    /// let copy = wire.to_uppercase();
    /// assert_eq!(Sketch::of(wire).shared(&Sketch::of(&copy)), 1.0);
    /// assert_eq!(Sketch::of(wire).shared(&Sketch::of("Rain.")), 0.0);
    /// ```
    pub fn of(text: &str) -> Self {
        let mut kept = Vec::with_capacity(KEPT + 1);
        let mut bound = u32::MAX;
        let (mut first, mut second) = (None::<u64>, None);
        for_each_word(text, |third| {
            let before = (first, second);
            (first, second) = (second, Some(third));
            let (Some(first), Some(second)) = before else {
                return;
            };
            // The places differ, or the words in another order would be the same shingle.
            let shingle = mixed(first.rotate_left(42) ^ second.rotate_left(21) ^ third);
            let hash = (shingle >> 32) as u32;
            if hash >= bound {
                return;
            }
            if let Err(place) = kept.binary_search(&hash) {
                kept.insert(place, hash);
                kept.truncate(KEPT);
            }
            if kept.len() == KEPT {
                bound = kept.last().copied().unwrap_or(bound);
            }
        });
        Self(kept)
    }

    /// Makes a sketch of its hashes, as [`hashes`](Sketch::hashes) gives them.
    pub fn from_hashes(hashes: impl IntoIterator<Item = u64>) -> Self {
        let mut hashes: Vec<u32> = hashes
            .into_iter()
            .filter_map(|hash| hash.try_into().ok())
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// Returns the hashes, smallest first. Texts that share much share some of the first.
    pub fn hashes(&self) -> impl ExactSizeIterator<Item = u64> {
        self.0.iter().copied().map(u64::from)
    }

    /// Estimates how much of the shorter text stands in the longer, from 0 to 1; 0 when one is too short to tell.
    pub fn shared(&self, other: &Self) -> f64 {
        let bound = self.bound().min(other.bound());
        let below = |sketch: &Self| sketch.0.iter().take_while(|&&hash| hash <= bound).count();
        let shorter = below(self).min(below(other));
        if shorter < FEWEST {
            return 0.0;
        }
        let mut theirs = other.0.iter().peekable();
        let both = self.0.iter().filter(|hash| {
            while theirs.next_if(|their| their < hash).is_some() {}
            **hash <= bound && theirs.peek() == Some(hash)
        });
        both.count() as f64 / shorter as f64
    }

    /// Up to here it has all hashes of its text.
    fn bound(&self) -> u32 {
        match self.0.last() {
            Some(last) if self.0.len() >= KEPT => *last,
            _ => u32::MAX,
        }
    }
}

/// Makes all bits depend on all bits (the finalizer of `SplitMix64`).
pub(crate) fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Hands a hash of each word to `sink`: runs of letters and digits, ASCII capitals as small letters. A letter of a
/// script without blanks is a word.
pub(crate) fn for_each_word(text: &str, mut sink: impl FnMut(u64)) {
    let bytes = text.as_bytes();
    let behind = |at: usize| bytes.get(at..).unwrap_or_default();
    let (mut start, mut at) = (0_usize, 0_usize);
    loop {
        let letters = behind(at).iter().take_while(|&&byte| is_word(byte));
        at = at.saturating_add(letters.count());
        let Some(next) = bytes.get(at) else {
            break;
        };
        let char = if next.is_ascii() {
            None
        } else {
            text.get(at..).and_then(|rest| rest.chars().next())
        };
        let end = at.saturating_add(char.map_or(1, char::len_utf8));
        let wordy = char.is_some_and(char::is_alphanumeric);
        let alone = char.is_some_and(|char| ('\u{2e80}'..'\u{ac00}').contains(&char));
        if !wordy || alone {
            if start < at {
                sink(hash_at(behind(start), at.saturating_sub(start)));
            }
            if wordy {
                sink(hash_at(behind(at), end.saturating_sub(at)));
            }
            start = end;
        }
        at = end;
    }
    if start < at {
        sink(hash_at(behind(start), at.saturating_sub(start)));
    }
}

/// Tells whether a byte is an ASCII letter or digit.
fn is_word(byte: u8) -> bool {
    IS_WORD.get(usize::from(byte)) == Some(&true)
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const IS_WORD: [bool; 256] = {
    let mut is_word = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        is_word[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    is_word
};

/// Hashes a word.
pub(crate) fn hash_word(word: &[u8]) -> u64 {
    hash_at(word, word.len())
}

/// Hashes the word of so many bytes that `bytes` begin with, eight at a time. What follows it is read along, which is
/// faster than to copy its end, and does not count.
fn hash_at(bytes: &[u8], length: usize) -> u64 {
    let (mut hash, mut rest, mut left) = (length as u64, bytes, length);
    while left > 0 {
        let eight = if let Some(eight) = rest.first_chunk() {
            u64::from_le_bytes(*eight)
        } else {
            let mut eight = [0; 8];
            for (to, from) in eight.iter_mut().zip(rest) {
                *to = *from;
            }
            u64::from_le_bytes(eight)
        };
        let others = 8_usize.saturating_sub(left);
        let eight = eight & (u64::MAX >> others.saturating_mul(8));
        // The bit tells small letters from capitals; digits have it.
        let eight = eight | 0x2020_2020_2020_2020;
        hash = (hash.rotate_left(23) ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        left = left.saturating_sub(8);
        rest = rest.get(8..).unwrap_or_default();
    }
    hash
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use proptest::prelude::*;

    use super::*;

    /// A story of its own for every seed.
    fn story(seed: u64, words: usize) -> String {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut text = String::new();
        for _ in 0..words {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let _ = write!(text, "w{} ", state % 5000);
        }
        text
    }

    #[test]
    fn copies_are_told_from_other_stories() {
        let wire = story(1, 700);
        let cut: String = wire.split_inclusive(' ').take(350).collect();
        let edited = wire.replace("w1", "v1");
        let sketch = Sketch::of(&wire);
        assert_eq!(sketch.hashes().len(), KEPT);
        for (text, least, most) in [
            (wire.as_str(), 1.0, 1.0),
            (
                &format!("LONDON (Wire) - {wire} (Edited by Ann Lee)"),
                0.9,
                1.0,
            ),
            (&cut, 0.9, 1.0),
            (&edited, 0.1, 0.7),
            (&story(2, 700), 0.0, 0.1),
            (&story(1, 5), 0.0, 0.0),
            ("", 0.0, 0.0),
        ] {
            let shared = sketch.shared(&Sketch::of(text));
            assert!((least..=most).contains(&shared), "{shared} for {text:.60}");
        }
    }

    #[test]
    fn scripts_without_blanks_have_words() {
        let text = "市長は月曜日に橋を開通させた。誰も来なかったし、楽隊はカモメだけに演奏した。";
        let copy = format!("【東京】{text}");
        assert!(Sketch::of(text).shared(&Sketch::of(&copy)) > 0.9);
    }

    #[test]
    fn what_follows_a_word_does_not_count() {
        for word in [
            "a",
            "ferries",
            "ferryman",
            "ferrymen’s",
            "incomprehensibilities",
        ] {
            let before = hash_word(word.as_bytes());
            for more in ["", " ", " and more of it", "!"] {
                let text = format!("{word}{more}");
                assert_eq!(hash_at(text.as_bytes(), word.len()), before, "{text}");
            }
            assert_eq!(hash_word(word.to_uppercase().as_bytes()), before, "{word}");
        }
        assert_ne!(hash_word(b"ferryman"), hash_word(b"ferrymen"));
    }

    proptest! {
        #[test]
        fn what_is_shared_does_not_depend_on_the_order(one in "([a-c]{1,2} ){0,90}", other in "([a-c]{1,2} ){0,90}") {
            let (one, other) = (Sketch::of(&one), Sketch::of(&other));
            let shared = one.shared(&other);
            prop_assert!((0.0..=1.0).contains(&shared));
            prop_assert!((shared - other.shared(&one)).abs() < f64::EPSILON);
            prop_assert_eq!(&Sketch::from_hashes(one.hashes()), &one);
        }
    }
}
