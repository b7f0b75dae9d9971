//! The words and sentences of a pasted text: where they end, and which may be of a name.

use super::{cues, kinds};
use crate::persons;

/// Words that begin with a capital only where they begin a sentence, and names of days and months: none of them
/// begins the name of a speaker.
const NO_NAMES: &[&str] = &[
    "a",
    "after",
    "all",
    "also",
    "although",
    "an",
    "and",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "everybody",
    "everyone",
    "here",
    "how",
    "many",
    "meanwhile",
    "most",
    "no",
    "nobody",
    "not",
    "nothing",
    "now",
    "once",
    "one",
    "somebody",
    "someone",
    "some",
    "still",
    "such",
    "these",
    "those",
    "though",
    "today",
    "there",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "during",
    "earlier",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "his",
    "however",
    "i",
    "is",
    "if",
    "in",
    "it",
    "its",
    "last",
    "later",
    "on",
    "our",
    "she",
    "since",
    "so",
    "speaking",
    "that",
    "the",
    "their",
    "then",
    "was",
    "were",
    "will",
    "would",
    "they",
    "this",
    "to",
    "we",
    "what",
    "when",
    "while",
    "who",
    "why",
    "with",
    "yesterday",
    "yet",
    "you",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Letters before a full stop that ends no sentence.
const ABBREVIATED: &[&str] = &[
    "dr", "gen", "gov", "jr", "lt", "mr", "mrs", "ms", "prof", "rep", "rev", "sen", "sgt", "sr",
    "st",
];

/// A word as it is typed, with what touches it.
#[derive(Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) at: usize,
    pub(super) text: &'t str,
}

impl Word<'_> {
    pub(super) fn lower(self) -> String {
        bare(self.text).to_lowercase()
    }

    /// Tells whether a part of a sentence ends with the word.
    pub(super) fn closes(self) -> bool {
        self.text.ends_with([',', ':', ';', '—', '–']) || matches!(self.text, "-" | "--")
    }

    pub(super) fn is_possessive(self) -> bool {
        self.text.ends_with("'s") || self.text.ends_with("’s")
    }
}

/// Cuts a text at its blanks.
pub(super) fn split(text: &str) -> Vec<Word<'_>> {
    let start = text.as_ptr() as usize;
    text.split_whitespace()
        .map(|word| Word {
            at: (word.as_ptr() as usize).saturating_sub(start),
            text: word,
        })
        .collect()
}

/// The word without what touches it, and without a possessive.
pub(super) fn bare(word: &str) -> &str {
    let word = word.trim_matches(|char: char| !char.is_alphanumeric());
    let word = word.strip_suffix("'s").unwrap_or(word);
    word.strip_suffix("’s").unwrap_or(word)
}

/// Tells whether a word may begin a name, or be a part of it, by its capital.
pub(super) fn is_capital(word: &str) -> bool {
    let bare = bare(word);
    let word = Word { at: 0, text: word };
    let begins = |word: &str| {
        word.starts_with(|char: char| {
            char.is_uppercase() || (char.is_alphabetic() && !char.is_lowercase())
        })
    };
    // `al-Qudsi`, `d’Estaing`.
    let particle = bare
        .split_once(['-', '’', '\''])
        .is_some_and(|(particle, name)| particle.len() <= 3 && begins(name));
    (begins(bare) || particle)
        && !NO_NAMES.contains(&bare.to_lowercase().as_str())
        && !kinds::is_preposition(word)
        && !kinds::is_determiner(word)
}

pub(super) fn capital(text: &str) -> bool {
    text.split_whitespace().any(is_capital)
}

/// Tells whether a word is a small one inside names.
pub(super) fn is_particle(word: &str) -> bool {
    let lower = bare(word).to_lowercase();
    persons::is_particle(&lower) || matches!(lower.as_str(), "do" | "ibn" | "of" | "y" | "zu")
}

/// Tells whether a word cannot be a part of a name, even if all is typed without capitals.
pub(super) fn is_no_name(word: Word<'_>) -> bool {
    NO_NAMES.contains(&word.lower().as_str())
        || kinds::is_preposition(word)
        || kinds::is_conjunction(word)
        || kinds::is_adverb(word)
        || cues::verb(word).is_some()
}

/// The name that the words are.
pub(super) fn joined(words: &[Word<'_>]) -> String {
    let words: Vec<&str> = words
        .iter()
        .map(|word| {
            word.text
                .trim_matches(|char: char| !char.is_alphanumeric() && char != '.')
                .trim_start_matches('.')
        })
        .collect();
    let name = words.join(" ");
    let name = name.trim_end_matches(['.', ' ']);
    let name = name.strip_suffix("'s").unwrap_or(name);
    name.strip_suffix("’s").unwrap_or(name).to_owned()
}

/// Returns where the first sentence of a text ends.
pub(super) fn clause_end(text: &str) -> usize {
    sentence_ends(text).next().unwrap_or(text.len())
}

/// Returns where the last sentence of a text begins.
pub(super) fn clause_start(text: &str) -> usize {
    sentence_ends(text)
        .last()
        .map_or(0, |at| at.saturating_add(1))
}

/// The marks that end sentences, and line breaks.
pub(super) fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter_map(|(at, char)| {
        let ends = match char {
            '\n' | '!' | '?' | ';' => true,
            '.' => {
                let (before, stop) = text.split_at_checked(at)?;
                let mut words = before.rsplit(|char: char| !char.is_alphanumeric());
                let word = words.next().unwrap_or("");
                let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
                let follows = stop.chars().nth(1).is_none_or(char::is_whitespace);
                follows && !initial && !ABBREVIATED.contains(&word.to_lowercase().as_str())
            }
            _ => false,
        };
        ends.then_some(at)
    })
}
