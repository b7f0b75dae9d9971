//! Patterns of words as queries of one field.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::doc_predicate_query::DocPredicateQuery;
use tantivy::query::{
    BooleanQuery, EmptyQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use whosaid_schema::{
    JOINED, LONGEST_ENDING, exceptional_stems, indexing_analyzer, may_begin, names_analyzer,
};

use super::long::{MANY, telling, telling_words};
use super::{Boxed, Lowering, all, constant};
use crate::any_word::{AnyWord, Words};
use crate::error::{Cause, Error};
use crate::near::{Form, Pattern};
use crate::predicate::{Positions, Stored, StoredText};
use crate::sifted::Sifted;
use crate::snippet::{Marker, mark};
use crate::stoppable::Stoppable;

/// Terms that the beginning of a word may stand for inside a pattern, at most.
const EXPANSIONS: usize = 20_000;

/// Texts that are looked at in the time that it takes to go through all words as they are written. Tests, whose archives
/// have few, go through the words all the same.
const FEW_TEXTS: u64 = if cfg!(test) { 0 } else { 1000 };

/// What a word of a pattern may be in the index.
struct Alternatives {
    /// Tokens that are the word.
    sure: Vec<String>,
    /// Stems that the word may have, and other words too.
    doubtful: Vec<String>,
}

impl Lowering<'_> {
    /// The documents in whose `field` the pattern stands.
    pub(super) fn pattern(&self, field: Field, pattern: &Pattern) -> Result<Boxed, Error> {
        // The search that follows sees the limit too, and says so.
        if self.limits.reached() {
            return Ok(Box::new(EmptyQuery));
        }
        let term = |word: &str| Term::from_field_text(field, word);
        if let [row] = pattern.rows.as_slice() {
            if let [(_, form)] = row.as_slice() {
                return Ok(match form {
                    Form::Is(word) => {
                        Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
                    }
                    Form::Starts(word) => {
                        let beginning = self.beginning(field, word)?;
                        Stoppable::around(beginning, self.limits)
                    }
                    Form::Near(word, distance) => {
                        self.any_word(field, Words::Near(word.clone(), *distance))
                    }
                });
            }
            let terms: Option<Vec<(usize, Term)>> = row
                .iter()
                .map(|(offset, form)| match form {
                    Form::Is(word) => Some((*offset as usize, term(word))),
                    _ => None,
                })
                .collect();
            if let Some(terms) = terms {
                return Ok(self.phrase(pattern, terms));
            }
            let (last, before) = row
                .split_last()
                .ok_or_else(|| Cause::Unsupported("nothing".to_owned()))?;
            let plain =
                row.len() <= MANY && before.iter().all(|(_, form)| matches!(form, Form::Is(_)));
            if let (true, (offset, Form::Starts(word))) = (plain, last)
                && self
                    .doubtful(field, word)
                    .map_err(Error::engine)?
                    .is_empty()
            {
                let mut terms: Vec<(usize, Term)> = before
                    .iter()
                    .filter_map(|(offset, form)| match form {
                        Form::Is(word) => Some((*offset as usize, term(word))),
                        _ => None,
                    })
                    .collect();
                terms.push((*offset as usize, term(word)));
                let mut query = PhrasePrefixQuery::new_with_offset(terms);
                // The default looks at the first 50 words of the dictionary only; the engine reserves room for as
                // many as it is told, so it is told how many there are.
                let words = self.expand(field, &last.1).map_err(Error::engine)?.len();
                query.set_max_expansions((words as u32).saturating_add(1));
                return Ok(Stoppable::around(Box::new(query), self.limits));
            }
        }
        let words = pattern.rows.iter().flatten();
        let words = words.map(|(_, form)| self.alternatives(field, form));
        let words: Vec<Alternatives> = words.collect::<Result<_, _>>().map_err(Error::engine)?;
        let sure: Vec<_> = words.iter().map(|word| word.sure.clone()).collect();
        let sure = self.positions(field, pattern, &sure);
        if words.iter().all(|word| word.doubtful.is_empty()) {
            return Ok(sure);
        }
        let all_words = words
            .into_iter()
            .map(|word| [word.sure, word.doubtful].concat());
        let found = self.positions(field, pattern, &all_words.collect::<Vec<_>>());
        Ok(self.or_verified(field, pattern, sure, found))
    }

    /// The documents in which words stand in a row, each at its place.
    fn phrase(&self, pattern: &Pattern, terms: Vec<(usize, Term)>) -> Boxed {
        let phrase =
            |terms| Stoppable::around(Box::new(PhraseQuery::new_with_offset(terms)), self.limits);
        if terms.len() <= MANY {
            return phrase(terms);
        }
        // Where they do not stand in a row, the engine would look for a row to the end of the segment before it is back.
        let few = telling_words(pattern).into_iter();
        let few = few.filter_map(|(place, _)| terms.get(place));
        let few: BTreeSet<&Term> = few.map(|(_, term)| term).collect();
        let few = few.into_iter().map(|term| {
            let word = TermQuery::new(term.clone(), IndexRecordOption::WithFreqs);
            (Occur::Must, Box::new(word) as Boxed)
        });
        Box::new(Sifted {
            query: Stoppable::around(all(few.collect()), self.limits),
            by: Positions {
                pattern: pattern.clone(),
                terms: terms.into_iter().map(|(_, term)| vec![term]).collect(),
                limits: self.limits.clone(),
            },
        })
    }

    /// The documents in which words of a pattern stand in their places, each one of its alternatives.
    fn positions(&self, field: Field, pattern: &Pattern, words: &[Vec<String>]) -> Boxed {
        let mut clauses = Vec::new();
        let mut terms = Vec::new();
        for alternatives in words {
            let term = |word: &String| Term::from_field_text(field, word);
            let query: Boxed = match alternatives.as_slice() {
                [] => return Box::new(EmptyQuery),
                [only] => Box::new(TermQuery::new(term(only), IndexRecordOption::WithFreqs)),
                several => self.any_word(field, Words::Are(several.into())),
            };
            clauses.push((Occur::Must, query));
            terms.push(alternatives.iter().map(term).collect());
        }
        let few = telling(words.iter().map(|word| match word.as_slice() {
            [only] => Some(only.as_str()),
            _ => None,
        }));
        let is_long = few.len() < clauses.len();
        let positions = Positions {
            pattern: pattern.clone(),
            terms,
            limits: self.limits.clone(),
        };
        if !is_long {
            clauses.push((Occur::Must, constant(positions.query())));
            return all(clauses);
        }
        let few = few.into_iter().filter_map(|place| clauses.get(place));
        let few = all(few
            .map(|(occur, query)| (*occur, query.box_clone()))
            .collect());
        Box::new(Sifted {
            query: Stoppable::around(few, self.limits),
            by: positions,
        })
    }

    /// The documents with a word that begins so.
    fn beginning(&self, field: Field, word: &str) -> Result<Boxed, Error> {
        let form = Form::Starts(word.to_owned());
        let term = |word: &str| Term::from_field_text(field, word);
        let doubtful = self.doubtful(field, word).map_err(Error::engine)?;
        if doubtful.is_empty() {
            return Ok(self.any_word(field, Words::Starting(word.to_owned())));
        }
        let mut sure = self.expand(field, &form).map_err(Error::engine)?;
        sure.retain(|sure| !doubtful.contains(sure));
        let sure = self.any_word(field, Words::Are(sure.into()));
        let found = self.any_word(field, Words::Are(doubtful.clone().into()));
        let pattern = Pattern::row(vec![(0, form)]);
        let mut texts = 0_u64;
        for word in &doubtful {
            let documents = self.searcher.doc_freq(&term(word)).map_err(Error::engine)?;
            texts = texts.saturating_add(documents);
        }
        let exact = self.fields.exact(field).filter(|_| texts > FEW_TEXTS);
        let Some(exact) = exact else {
            return Ok(self.or_verified(field, &pattern, sure, found));
        };
        // `have*`: what has the stem of “having” and begins so is a word letter for letter, unless it is several (`e-mails`):
        // of those alone the texts are looked at.
        let spelled = self
            .spelled(exact, word, &doubtful)
            .map_err(Error::engine)?;
        let spelled = self.any_word(exact, Words::Are(spelled.into()));
        let plain = all(vec![
            (Occur::Must, found.box_clone()),
            (Occur::Must, spelled.box_clone()),
        ]);
        let joined = TermQuery::new(term(JOINED), IndexRecordOption::Basic);
        let others = all(vec![
            (Occur::Must, found),
            (Occur::Must, constant(Box::new(joined))),
            (Occur::MustNot, spelled),
        ]);
        let sure = Box::new(BooleanQuery::new(vec![
            (Occur::Should, sure),
            (Occur::Should, constant(plain)),
        ]));
        Ok(self.or_verified(field, &pattern, sure, others))
    }

    /// The words of the index, letter for letter, that begin so and have one of some stems.
    fn spelled(&self, exact: Field, word: &str, stems: &[String]) -> tantivy::Result<Vec<String>> {
        let first = word.chars().next();
        let (mut folded, mut stemmed) = (names_analyzer(), indexing_analyzer());
        let mut found = BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(exact)?;
            let mut words = inverted.terms().stream()?;
            while words.advance() {
                let Ok(written) = std::str::from_utf8(words.key()) else {
                    continue;
                };
                let begins = written.chars().next().is_some_and(|char| {
                    !char.is_ascii() || Some(char.to_ascii_lowercase()) == first
                });
                if !begins || found.contains(written) {
                    continue;
                }
                let mut tokens = folded.token_stream(written);
                if !(tokens.advance() && tokens.token().text.starts_with(word)) {
                    continue;
                }
                let mut tokens = stemmed.token_stream(written);
                while tokens.advance() {
                    if stems.contains(&tokens.token().text) {
                        found.insert(written.to_owned());
                    }
                }
            }
        }
        Ok(found.into_iter().collect())
    }

    fn any_word(&self, field: Field, words: Words) -> Boxed {
        Box::new(AnyWord {
            field,
            words,
            limits: self.limits.clone(),
        })
    }

    /// What is found for sure, and what is found among `others` when their text is looked at.
    fn or_verified(&self, field: Field, pattern: &Pattern, sure: Boxed, others: Boxed) -> Boxed {
        let marker = Marker::Words(pattern.clone());
        Box::new(BooleanQuery::new(vec![
            (Occur::Should, sure),
            (
                Occur::Should,
                constant(self.verified(field, others, &marker)),
            ),
        ]))
    }

    /// Those of the documents in whose text there is something to mark.
    pub(super) fn verified(&self, field: Field, query: Boxed, marker: &Marker) -> Boxed {
        let Some(text) = self.stored(field) else {
            return query;
        };
        let markers = [marker.clone()];
        let verify = Stored {
            schema: self.schema.clone(),
            text,
            holds: Arc::new(move |text| !mark(&mut indexing_analyzer(), &markers, text).is_empty()),
            limits: self.limits.clone(),
        };
        all(vec![
            (Occur::Must, query),
            (
                Occur::Must,
                constant(Box::new(DocPredicateQuery::from(verify))),
            ),
        ])
    }

    /// The documents that have all words of a pattern, letter for letter; of many, those that tell most.
    pub(super) fn letters(&self, field: Field, pattern: &Pattern) -> Result<Boxed, Error> {
        let mut clauses = Vec::new();
        for (_, form) in telling_words(pattern) {
            let word = Pattern::row(vec![(0, form.clone())]);
            clauses.push((Occur::Must, self.pattern(field, &word)?));
        }
        Ok(all(clauses))
    }

    /// Where the text of a field of stems can be looked up.
    pub(super) fn stored(&self, field: Field) -> Option<StoredText> {
        let fields = self.fields;
        [
            (fields.said, StoredText::Said),
            (fields.reported, StoredText::Said),
            (fields.text, StoredText::Body),
            (fields.title, StoredText::Title),
        ]
        .into_iter()
        .find_map(|(known, text)| (known == field).then_some(text))
    }

    /// The words of the index that a form stands for, and stems that it may stand for.
    fn alternatives(&self, field: Field, form: &Form) -> tantivy::Result<Alternatives> {
        let mut sure = self.expand(field, form)?;
        let mut doubtful = Vec::new();
        if let Form::Starts(word) = form {
            doubtful = self.doubtful(field, word)?;
            sure.retain(|sure| !doubtful.contains(sure));
        }
        Ok(Alternatives { sure, doubtful })
    }

    /// The stems in the index that words beginning so may have, and others too.
    fn doubtful(&self, field: Field, word: &str) -> tantivy::Result<Vec<String>> {
        let least = word.len().saturating_sub(LONGEST_ENDING).max(2);
        let shared = word.get(..least).filter(|shared| shared.len() < word.len());
        let (Some(shared), Some(_)) = (shared, self.stored(field)) else {
            return Ok(Vec::new());
        };
        let mut stems = self.expand(field, &Form::Starts(shared.to_owned()))?;
        stems.extend(exceptional_stems(word).map(ToOwned::to_owned));
        stems.sort_unstable();
        stems.dedup();
        stems.retain(|stem| may_begin(stem, word));
        Ok(stems)
    }

    /// The words of the index that a form stands for.
    pub(super) fn expand(&self, field: Field, form: &Form) -> tantivy::Result<Vec<String>> {
        let mut found = BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(field)?;
            let mut keep = |key: &[u8]| {
                found.extend(std::str::from_utf8(key).ok().map(ToOwned::to_owned));
                found.len() <= EXPANSIONS
            };
            match form {
                Form::Is(word) => {
                    keep(word.as_bytes());
                }
                Form::Starts(word) => {
                    let mut words = inverted.terms().range().ge(word.as_bytes()).into_stream()?;
                    while words.advance()
                        && words.key().starts_with(word.as_bytes())
                        && keep(words.key())
                    {}
                }
                Form::Near(word, distance) => {
                    let term = Term::from_field_text(field, word);
                    let automaton = FuzzyTermQuery::new(term, *distance, true).automaton()?;
                    let mut words = inverted.terms().search(automaton).into_stream()?;
                    while words.advance() && keep(words.key()) {}
                }
            }
        }
        Ok(found.into_iter().collect())
    }
}
