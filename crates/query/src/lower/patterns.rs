//! Patterns of words as queries of one field.

use std::sync::Arc;

use tantivy::Term;
use tantivy::query::doc_predicate_query::DocPredicateQuery;
use tantivy::query::{
    BooleanQuery, EmptyQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use whosaid_schema::names_analyzer;

use super::{Boxed, Lowering, all, constant};
use crate::error::{Cause, Error};
use crate::near::{Form, Pattern};
use crate::predicate::{Positions, Stored, StoredText};
use crate::words;

/// Terms that the beginning of a word may stand for inside a pattern, at most.
const EXPANSIONS: usize = 20_000;

/// A stem is at most so many letters shorter than what a reader types of its word.
const LONGEST_ENDING: usize = 4;

impl Lowering<'_> {
    /// The documents in whose `field` the pattern stands.
    pub(super) fn pattern(&self, field: Field, pattern: &Pattern) -> Result<Boxed, Error> {
        let term = |word: &str| Term::from_field_text(field, word);
        if let [row] = pattern.rows.as_slice() {
            if let [(_, form)] = row.as_slice() {
                return Ok(match form {
                    Form::Is(word) => {
                        Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
                    }
                    Form::Starts(word) => return self.beginning(field, word),
                    Form::Near(word, distance) => {
                        Box::new(FuzzyTermQuery::new(term(word), *distance, true))
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
                return Ok(Box::new(PhraseQuery::new_with_offset(terms)));
            }
            let (last, before) = row
                .split_last()
                .ok_or_else(|| Cause::Unsupported("nothing".to_owned()))?;
            let plain = before.iter().all(|(_, form)| matches!(form, Form::Is(_)));
            if let (true, (offset, Form::Starts(word))) = (plain, last) {
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
                query.set_max_expansions(words as u32 + 1);
                return Ok(Box::new(query));
            }
        }
        let mut clauses = Vec::new();
        let mut terms = Vec::new();
        for (_, form) in pattern.rows.iter().flatten() {
            let alternatives: Vec<Term> = self
                .expand(field, form)
                .map_err(Error::engine)?
                .iter()
                .map(|word| term(word))
                .collect();
            if alternatives.is_empty() {
                return Ok(Box::new(EmptyQuery));
            }
            let query: Boxed = match alternatives.as_slice() {
                [only] => Box::new(TermQuery::new(only.clone(), IndexRecordOption::WithFreqs)),
                several => constant(Box::new(TermSetQuery::new(several.iter().cloned()))),
            };
            clauses.push((Occur::Must, query));
            terms.push(alternatives);
        }
        let positions = Positions {
            pattern: pattern.clone(),
            terms,
        };
        clauses.push((Occur::Must, constant(positions.query())));
        Ok(all(clauses))
    }

    /// The documents with a word that begins so.
    ///
    /// The index has stems: `government` is there as `govern`, which `governm*` is longer than. Documents with
    /// such a stem are looked up in their text.
    fn beginning(&self, field: Field, word: &str) -> Result<Boxed, Error> {
        let term = |word: &str| Term::from_field_text(field, word);
        let begins: Boxed = Box::new(FuzzyTermQuery::new_prefix(term(word), 0, true));
        let fields = self.fields;
        let least = word.len().saturating_sub(LONGEST_ENDING).max(3);
        let Some(shared) = word.get(..least).filter(|shared| shared.len() < word.len()) else {
            return Ok(begins);
        };
        if field != fields.said && field != fields.text {
            return Ok(begins);
        }
        let stems: Vec<Term> = self
            .expand(field, &Form::Starts(shared.to_owned()))
            .map_err(Error::engine)?
            .iter()
            .filter(|stem| !stem.starts_with(word) && stem.len() <= word.len())
            .map(|stem| term(stem))
            .collect();
        if stems.is_empty() {
            return Ok(begins);
        }
        let beginning = word.to_owned();
        let verify = Stored {
            schema: self.schema.clone(),
            text: StoredText::Field(field),
            holds: Arc::new(move |text| {
                let tokens = words::tokens(&mut names_analyzer(), text);
                tokens
                    .iter()
                    .any(|token| token.text.starts_with(&beginning))
            }),
        };
        let verified = all(vec![
            (Occur::Must, Box::new(TermSetQuery::new(stems))),
            (Occur::Must, Box::new(DocPredicateQuery::from(verify))),
        ]);
        Ok(Box::new(BooleanQuery::new(vec![
            (Occur::Should, begins),
            (Occur::Should, constant(verified)),
        ])))
    }

    /// The words of the index that a form stands for.
    pub(super) fn expand(&self, field: Field, form: &Form) -> tantivy::Result<Vec<String>> {
        let mut found = std::collections::BTreeSet::new();
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
