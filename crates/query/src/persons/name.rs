//! A speaker's name as words that can be compared with another's.

use tantivy::tokenizer::TextAnalyzer;

use super::given;
use crate::words;

/// What may stand before a name and is none: a name is compared without it, unless nothing else is left.
const TITLES: &[&str] = &[
    "chancellor",
    "congressman",
    "congresswoman",
    "dame",
    "dr",
    "gen",
    "general",
    "gov",
    "governor",
    "lady",
    "lord",
    "madam",
    "miss",
    "mr",
    "mrs",
    "ms",
    "mx",
    "pope",
    "president",
    "prof",
    "professor",
    "rep",
    "rev",
    "sen",
    "senator",
    "sir",
];

/// What tells father and son apart.
const SUFFIXES: &[(&str, &str)] = &[
    ("jr", "jr"),
    ("jnr", "jr"),
    ("junior", "jr"),
    ("sr", "sr"),
    ("snr", "sr"),
    ("ii", "ii"),
    ("iii", "iii"),
    ("iv", "iv"),
];

/// Articles of Arabic names, which a hyphen joins to the next word or does not.
const ARTICLES: &[&str] = &["al", "el", "ad", "as", "ul"];

/// The words of a name, folded: small letters, no accents, no apostrophes. `Kim Jong-un` is `kim`, `jongun`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) words: Vec<String>,
    pub(super) suffix: &'static str,
    /// Some word was written with a hyphen, which given names of East Asia are.
    pub(super) hyphen: bool,
}

impl Name {
    pub(super) fn read(name: &str, is_person: bool, analyzer: &mut TextAnalyzer) -> Self {
        let mut read = Self {
            words: Vec::with_capacity(4),
            suffix: "",
            hyphen: false,
        };
        let mut nickname = false;
        for token in name.split_whitespace() {
            // Shane “Boxcar” Kowalchuk
            nickname |= token.starts_with(['“', '"', '(', '«']);
            if nickname {
                nickname = !token.ends_with(['”', '"', ')', '»']);
                continue;
            }
            read.token(token, analyzer);
        }
        if !is_person {
            // The White House
            if let [first, _, ..] = read.words.as_slice()
                && first == "the"
            {
                read.words.remove(0);
            }
            return read;
        }
        if read.words.len() > 1 {
            let last = read.words.last().map_or("", String::as_str);
            if let Some((_, suffix)) = SUFFIXES.iter().find(|(written, _)| *written == last) {
                read.suffix = suffix;
                read.words.pop();
            }
        }
        let titles = read
            .words
            .iter()
            .take_while(|word| TITLES.contains(&word.as_str()))
            .count();
        let titles = titles.min(read.words.len().saturating_sub(1));
        read.words.drain(..titles);
        read
    }

    fn token(&mut self, token: &str, analyzer: &mut TextAnalyzer) {
        let token = token.trim_matches([',', ';']);
        // J.M. Berger and J. M. Berger
        if token.contains('.') && token.split('.').all(|part| part.chars().nth(1).is_none()) {
            let initials = token.split('.').filter(|part| !part.is_empty());
            self.words
                .extend(initials.map(|initial| fold(initial, analyzer)));
            return;
        }
        if let Some((article, rest)) = token.split_once('-') {
            let article = fold(article, analyzer);
            if ARTICLES.contains(&article.as_str()) {
                self.words.push(article);
                self.words.push(fold(rest, analyzer));
                return;
            }
            self.hyphen = true;
        }
        let word = fold(token, analyzer);
        if !word.is_empty() {
            self.words.push(word);
        }
    }

    /// Tells whether the name has a given name and a family name.
    pub(super) fn is_full(&self) -> bool {
        self.words.len() > 1 && !is_initial(self.family())
    }

    /// Tells whether no given name is written out: `J. Smith`.
    pub(super) fn is_abbreviated(&self) -> bool {
        self.is_full() && is_initial(self.given())
    }

    pub(super) fn given(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    pub(super) fn family(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    fn middle(&self) -> &[String] {
        self.words
            .get(1..self.words.len().saturating_sub(1))
            .unwrap_or_default()
    }

    /// Tells whether two names have the same letters.
    pub(super) fn is_spelled(&self, other: &Self) -> bool {
        self.words.concat() == other.words.concat()
    }

    /// Tells whether two full names may be the same person's: family name and suffix are equal, given names agree,
    /// and so do middle names as far as both have some.
    ///
    /// George W. and George H.W. Bush differ in the first middle name, so the shorter is no beginning of the longer.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.is_full()
            && other.is_full()
            && self.suffix == other.suffix
            && self.family() == other.family()
            && given::agree(self.given(), other.given())
            && self
                .middle()
                .iter()
                .zip(other.middle())
                .all(|(a, b)| a == b || begins(a, b) || begins(b, a))
    }

    /// Tells whether this is the end of a full name, without its given name: `García Márquez`.
    pub(super) fn ends(&self, full: &Self) -> bool {
        full.words.len() > self.words.len()
            && full.words.ends_with(&self.words)
            && (self.suffix.is_empty() || self.suffix == full.suffix)
    }

    /// Tells whether this is the family name that a full name begins with: `Kim`, of `Kim Jong Un`.
    pub(super) fn begins(&self, full: &Self) -> bool {
        full.is_family_first()
            && matches!(self.words.as_slice(), [only] if full.words.first() == Some(only))
    }

    /// Tells whether the family name comes first, as far as that can be seen: `Chung Dong-young`, `Xi Jinping`.
    pub(super) fn is_family_first(&self) -> bool {
        let long = self.words.len() == 3 || self.words.len() == 2 && self.hyphen;
        let first = self.given();
        self.words.len() > 1
            && given::is_family_first(first)
            && (long || !given::is_given_elsewhere(first))
    }
}

/// An initial stands for a word that begins with it.
pub(super) fn begins(initial: &str, word: &str) -> bool {
    is_initial(initial) && word.starts_with(initial)
}

/// Tells whether a word is one letter of a script that has initials.
pub(super) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    let cased = |char: char| char.is_alphabetic() && char.to_uppercase().next() != Some(char);
    chars.next().is_some_and(cased) && chars.next().is_none()
}

/// Folds one word: what the analyzer makes of it, without hyphens and apostrophes.
fn fold(word: &str, analyzer: &mut TextAnalyzer) -> String {
    if word.is_ascii() {
        return word
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
    }
    let tokens = words::tokens(analyzer, word).into_iter();
    let folded = tokens.map(|token| token.text).collect::<String>();
    folded.replace('\'', "")
}
