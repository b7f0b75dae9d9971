//! Words letter for letter, as far as the folded words of the same text do not tell them already.
//!
//! Most words stand in a text as they are folded: small letters without an ending. Where a text has such a word both
//! folded and written so, nothing is indexed letter for letter. Other words are, and where a text has a folded word
//! only in other forms, the first of these forms is indexed under a key that tells so: half the tokens tell the same.

use std::cell::RefCell;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::Term;
use tantivy::schema::Field;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analyzer::NewsTokenizer;
use crate::exact::next_word;
use crate::stem::LONGEST;

/// Begins the keys of words of which the text has no other form that is the folded one.
const ONLY: char = '\u{1}';

/// Stands between the folded word and the form.
const FORM: char = '\u{1f}';

/// Words whose folded forms a thread remembers, at most.
const REMEMBERED: usize = 1 << 16;

/// How the index tells which texts have a word letter for letter. A text has it if it has one of the terms of
/// [`Letters::sure`], or [`Letters::folded`] and no term that begins as [`Letters::other`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letters {
    /// Terms that only texts with the word have.
    pub sure: Vec<Term>,
    /// The term of the word among the folded ones, if it is its own folded form.
    pub folded: Option<Term>,
    /// What the terms begin with by which a text has the folded word in other forms alone.
    pub other: Term,
}

impl Letters {
    /// Asks for a word in a field of words letter for letter, beside the field `folded` of the same text.
    pub fn of(word: &str, exact: Field, folded: Field) -> Self {
        let mut sure = vec![Term::from_field_text(exact, word)];
        let is_folded = Self::is_folded(word);
        if !is_folded && let Some(form) = fold(word) {
            sure.push(Term::from_field_text(exact, &only(&form, word)));
        }
        Self {
            sure,
            folded: is_folded.then(|| Term::from_field_text(folded, word)),
            other: Term::from_field_text(exact, &only(word, "")),
        }
    }

    /// Returns the word of which a term of a field of words letter for letter tells, if it tells of one.
    pub fn word_of(term: &str) -> Option<&str> {
        match term.strip_prefix(ONLY) {
            Some(only) => only.split_once(FORM).map(|(_, form)| form),
            None => Some(term),
        }
        .filter(|word| !word.is_empty())
    }

    /// Tells whether a word is its own folded form, so that the folded term tells of it.
    pub fn is_folded(word: &str) -> bool {
        is_simple(word) && fold(word).as_deref() == Some(word)
    }
}

/// The key of the form of a folded word where a text has no other form that is the folded one.
fn only(folded: &str, form: &str) -> String {
    format!("{ONLY}{folded}{FORM}{form}")
}

/// Tells whether a word is of a kind that can be its own folded form.
fn is_simple(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Returns the token to which a word by itself is folded, if it is one.
fn fold(word: &str) -> Option<CompactString> {
    let mut tokenizer = NewsTokenizer::of_texts();
    let mut stream = tokenizer.token_stream(word);
    let token = stream
        .advance()
        .then(|| CompactString::new(&stream.token().text))?;
    (!stream.advance()).then_some(token)
}

thread_local! {
    static FOLDED: RefCell<FxHashMap<CompactString, Option<CompactString>>> = RefCell::default();
}

/// As [`fold`], remembered.
fn folded(word: &CompactString) -> Option<CompactString> {
    FOLDED.with_borrow_mut(|known| {
        if let Some(folded) = known.get(word) {
            return folded.clone();
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let folded = fold(word);
        known.insert(word.clone(), folded.clone());
        folded
    })
}

/// A word of a text.
#[derive(Default)]
struct Seen {
    word: CompactString,
    is_folded: bool,
    is_written: bool,
}

/// The different words of a text, in the order in which they come.
#[derive(Default)]
struct Vocabulary {
    words: Vec<Seen>,
    places: FxHashMap<CompactString, usize>,
}

impl Vocabulary {
    fn see(&mut self, word: &str) -> &mut Seen {
        let place = self.places.get(word).copied().unwrap_or_else(|| {
            let place = self.words.len();
            let word = CompactString::new(word);
            self.places.insert(word.clone(), place);
            self.words.push(Seen {
                word,
                ..Seen::default()
            });
            place
        });
        &mut self.words[place]
    }

    fn of(text: &str) -> Self {
        let mut all = Self::default();
        let mut tokenizer = NewsTokenizer::of_texts();
        let mut stream = tokenizer.token_stream(text);
        while stream.advance() {
            let token = &stream.token().text;
            if is_simple(token) {
                all.see(token).is_folded = true;
            }
        }
        let mut at = 0;
        while let Some(word) = next_word(text, at) {
            at = word.end;
            if word.end - word.start <= LONGEST {
                all.see(&text[word.start..word.end]).is_written = true;
            }
        }
        all
    }

    /// Returns the tokens by which the words are told letter for letter.
    fn tokens(&self) -> Vec<CompactString> {
        let mut tokens = Vec::new();
        // Folded words that are not written so, until another form of theirs has told.
        let mut missing: FxHashSet<&str> = FxHashSet::default();
        let is_own =
            |seen: &Seen| is_simple(&seen.word) && folded(&seen.word).as_ref() == Some(&seen.word);
        for seen in self
            .words
            .iter()
            .filter(|seen| seen.is_folded && !seen.is_written)
        {
            if is_own(seen) {
                missing.insert(&seen.word);
            }
        }
        for seen in self.words.iter().filter(|seen| seen.is_written) {
            if seen.is_folded && is_own(seen) {
                continue;
            }
            let form = folded(&seen.word);
            match form.filter(|form| missing.remove(form.as_str())) {
                Some(form) => tokens.push(only(&form, &seen.word).into()),
                None => tokens.push(seen.word.clone()),
            }
        }
        for seen in &self.words {
            if missing.contains(seen.word.as_str()) {
                tokens.push(only(&seen.word, "").into());
            }
        }
        tokens
    }
}

/// Makes the tokens of a text's words letter for letter.
#[derive(Clone, Default)]
pub(crate) struct LettersTokenizer {
    token: Token,
}

pub(crate) struct LettersStream<'a> {
    tokens: std::vec::IntoIter<CompactString>,
    token: &'a mut Token,
}

impl Tokenizer for LettersTokenizer {
    type TokenStream<'a> = LettersStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LettersStream<'a> {
        self.token.reset();
        LettersStream {
            tokens: Vocabulary::of(text).tokens().into_iter(),
            token: &mut self.token,
        }
    }
}

impl TokenStream for LettersStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.tokens.next() else {
            return false;
        };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(&next);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::analyzer::indexing_analyzer;

    fn field(number: u32) -> Field {
        Field::from_field_id(number)
    }

    fn terms(text: &str) -> BTreeSet<Term> {
        let mut terms = BTreeSet::new();
        let mut folded = indexing_analyzer();
        folded.token_stream(text).process(&mut |token| {
            terms.insert(Term::from_field_text(field(0), &token.text));
        });
        for token in Vocabulary::of(text).tokens() {
            terms.insert(Term::from_field_text(field(1), &token));
        }
        terms
    }

    fn has(terms: &BTreeSet<Term>, word: &str) -> bool {
        let letters = Letters::of(word, field(1), field(0));
        let is_other = |term: &Term| {
            let other = letters.other.serialized_value_bytes();
            term.field() == field(1) && term.serialized_value_bytes().starts_with(other)
        };
        let is_sure = letters.sure.iter().any(|term| terms.contains(term));
        let is_folded = letters
            .folded
            .as_ref()
            .is_some_and(|term| terms.contains(term));
        is_sure || is_folded && !terms.iter().any(is_other)
    }

    #[test]
    fn half_of_the_words_tell_themselves() {
        let tokens = |text| -> Vec<String> {
            let tokens = Vocabulary::of(text).tokens();
            tokens
                .iter()
                .map(|token| token.replace(ONLY, "!").replace(FORM, "/"))
                .collect()
        };
        assert_eq!(
            tokens("the ferry will sail, and the port will wait"),
            ["!ferri/ferry"]
        );
        assert_eq!(
            tokens("The port of Sail; the chances"),
            ["The", "!sail/Sail", "!chanc/chances"]
        );
        assert_eq!(tokens("Port, PORT"), ["!port/Port", "PORT"]);
        assert_eq!(
            tokens("five per cent"),
            ["five", "per", "cent", "!percent/"]
        );
    }

    proptest! {
        #[test]
        fn a_text_has_the_words_that_stand_in_it(
            text in "((the|The|port|Ports|ports|US|us|U\\.S\\.|don’t|5|five|per|cent|percent|%|twenty|é|漢|co-operate|e|it|It)[ ,-]?){0,9}",
        ) {
            let terms = terms(&text);
            let mut words = BTreeSet::new();
            let mut at = 0;
            while let Some(word) = next_word(&text, at) {
                at = word.end;
                words.insert(text[word.start..word.end].to_owned());
            }
            for word in words.iter().map(String::as_str).chain([
                "the", "The", "port", "ports", "us", "US", "u", "U", "s", "don", "t", "five", "5", "per", "percent",
                "cent", "twenty", "co", "operate", "cooper", "e", "it", "It", "chanc",
            ]) {
                prop_assert_eq!(has(&terms, word), words.contains(word), "{} {:?}", word, terms);
            }
        }
    }
}
