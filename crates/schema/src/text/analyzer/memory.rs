//! Words of ASCII letters, remembered with the tokens they become: nine words of ten in a text came before.

use std::cell::Cell;

use compact_str::CompactString;

/// Longer words are not remembered: a key holds no more letters.
const LETTERS: usize = 15;

/// Places for words at first, and at most: as many as the vocabulary of some thousand articles.
const FEWEST: usize = 1 << 6;
const MOST: usize = 1 << 14;

thread_local! {
    /// What the thread's last text left. A new segment has new tokenizers, and would start with nothing.
    static KEPT: Cell<Option<Memory>> = const { Cell::new(None) };
}

/// Words as written, each with its token. A word takes the place of another one with the same hash.
pub(super) struct Memory {
    words: Vec<Remembered>,
    missed: usize,
}

#[derive(Clone, Default)]
struct Remembered {
    /// The key of the word; 0 is none.
    written: u128,
    token: CompactString,
}

/// A word of a text that may be remembered.
#[derive(Clone, Copy)]
pub(super) struct Key(u128);

/// What a byte of a text means to words of ASCII letters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Begins nothing, and ends a word.
    Gap,
    Letter,
    /// As [`Gap`](Class::Gap), but may join what stands behind a single letter, or behind one or two.
    Dot,
    Hyphen,
    /// What has to be looked at closely: digits, apostrophes, `%`, `&` and all that is not ASCII.
    Other,
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' | b'\'' | b'`' | b'%' | b'&' => Class::Other,
            b'.' => Class::Dot,
            b'-' => Class::Hyphen,
            _ => Class::Gap,
        };
        byte += 1;
    }
    classes
};

impl Class {
    fn of(byte: u8) -> Self {
        let class = CLASSES.get(usize::from(byte));
        class.copied().unwrap_or(Self::Other)
    }
}

/// Passes over what begins no word, from `at` on.
pub(super) fn skip_gaps(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let gap = |byte: u8| !matches!(Class::of(byte), Class::Letter | Class::Other);
    at.saturating_add(rest.iter().take_while(|byte| gap(**byte)).count())
}

/// Reads a word of ASCII letters that starts at `start`, if what follows does not matter to it. Returns its end, and a
/// key if it is not too long for one.
pub(super) fn plain_word(text: &str, start: usize) -> Option<(usize, Option<Key>)> {
    let bytes = text.as_bytes();
    let rest = bytes.get(start..)?;
    let letters = rest
        .iter()
        .take_while(|byte| Class::of(**byte) == Class::Letter);
    let length = letters.count();
    let ends = match rest.get(length).map(|byte| Class::of(*byte)) {
        Some(Class::Letter | Class::Other) => false,
        Some(Class::Dot) => length > 1,
        Some(Class::Hyphen) => length > 2,
        Some(Class::Gap) | None => true,
    };
    if length == 0 || !ends {
        return None;
    }
    let key = (length <= LETTERS).then(|| Key(read(rest, length)));
    Some((start.saturating_add(length), key))
}

/// Reads the first bytes as a number; the others are 0.
fn read(bytes: &[u8], length: usize) -> u128 {
    if let Some(sixteen) = bytes.first_chunk() {
        let others = u128::MAX.wrapping_shl((length as u32).wrapping_mul(8));
        return u128::from_le_bytes(*sixteen) & !others;
    }
    let mut sixteen = [0; 16];
    for (to, from) in sixteen.iter_mut().zip(bytes).take(length) {
        *to = *from;
    }
    u128::from_le_bytes(sixteen)
}

impl Memory {
    /// Takes what the thread remembers; [`keep`](Memory::keep) gives it back.
    pub(super) fn take() -> Self {
        KEPT.take().unwrap_or_else(|| Self {
            words: vec![Remembered::default(); FEWEST],
            missed: 0,
        })
    }

    pub(super) fn keep(self) {
        KEPT.set(Some(self));
    }

    /// Returns the token of a word.
    pub(super) fn token(&self, word: Key) -> Option<&str> {
        let known = self.words.get(place(word, self.words.len()))?;
        (known.written == word.0).then_some(&known.token)
    }

    /// Remembers the token of a word.
    pub(super) fn remember(&mut self, word: Key, token: &str) {
        self.missed = self.missed.saturating_add(1);
        if self.missed > self.words.len() && self.words.len() < MOST {
            let places = self.words.len().saturating_mul(4);
            let words = std::mem::replace(&mut self.words, vec![Remembered::default(); places]);
            for word in words.into_iter().filter(|word| word.written != 0) {
                self.put(word);
            }
            self.missed = 0;
        }
        self.put(Remembered {
            written: word.0,
            token: token.into(),
        });
    }

    fn put(&mut self, word: Remembered) {
        let at = place(Key(word.written), self.words.len());
        if let Some(place) = self.words.get_mut(at) {
            *place = word;
        }
    }
}

/// Returns a word's place among a power of two of them.
fn place(word: Key, places: usize) -> usize {
    let (low, high) = (word.0 as u64, (word.0 >> 64) as u64);
    let hash = (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash.wrapping_shr(u64::BITS.saturating_sub(places.trailing_zeros())) as usize
}
