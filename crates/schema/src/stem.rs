//! Words to the form in which they are looked up: numbers as numerals, the rest as stems.

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TokenFilter, TokenStream, Tokenizer};

use crate::scan::starts_with_word;

/// Words remembered with their tokens, at most; a corpus of 900 MB has about as many that repeat.
const REMEMBERED: usize = 1 << 16;

/// Longer words are no words; they are skipped, but count as a position.
pub(crate) const LONGEST: usize = 128;

type StemWord = <Stemmer as TokenFilter>::Tokenizer<RawTokenizer>;

/// Numerals and stems, remembered.
#[derive(Clone)]
pub(crate) struct Stems {
    known: FxHashMap<Box<str>, Box<str>>,
    stemmer: StemWord,
}

impl Stems {
    pub(crate) fn new() -> Self {
        Self {
            known: FxHashMap::default(),
            stemmer: Stemmer::new(Language::English).transform(RawTokenizer::default()),
        }
    }

    /// Replaces the word by its number or its stem.
    pub(crate) fn replace(&mut self, word: &mut String) {
        if let Some(known) = self.known.get(word.as_str()) {
            word.clear();
            word.push_str(known);
            return;
        }
        if word.len() > LONGEST {
            return;
        }
        let token: Box<str> = if let Some(number) = number(word) {
            number.to_string().into()
        } else if word
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'\'')
        {
            let mut stream = self.stemmer.token_stream(word);
            let stemmed = stream.next().map(|token| token.text.as_str());
            stemmed
                .filter(|stem| !stem.is_empty())
                .unwrap_or(word)
                .into()
        } else {
            word.as_str().into()
        };
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        let written: Box<str> = word.as_str().into();
        word.clear();
        word.push_str(&token);
        self.known.insert(written, token);
    }
}

const UNITS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
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
];

fn number(word: &str) -> Option<u32> {
    let units = UNITS.iter().zip(0..);
    let unit = units.into_iter().find(|(unit, _)| **unit == word);
    unit.map(|(_, number)| number).or_else(|| tens(word))
}

pub(crate) fn tens(word: &str) -> Option<u32> {
    Some(match word {
        "twenty" => 20,
        "thirty" => 30,
        "forty" | "fourty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// Reads a unit behind the hyphen of `twenty-five`: its number, and the bytes it takes.
pub(crate) fn unit_prefix(text: &str) -> Option<(u32, usize)> {
    let mut units = UNITS[1..10].iter().zip(1..);
    let (unit, number) = units.find(|(unit, _)| starts_with_word(text, unit))?;
    Some((number, unit.len()))
}
