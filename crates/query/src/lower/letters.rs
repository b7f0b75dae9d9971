//! Words letter for letter as queries of the two fields that tell of them.

use std::collections::BTreeMap;

use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur,
    TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Term};
use whosaid_schema::{DocumentKind, Letters};

use super::{Boxed, Lowering, all, average_length};
use crate::error::Error;
use crate::near::{Form, Pattern};
use crate::stats::KindStatistics;
use crate::stoppable::Stoppable;

impl Lowering<'_> {
    /// The documents that have all words of a pattern letter for letter, and what these score at most if that is
    /// known. `exact` is the field beside the field of the folded words.
    pub(super) fn letters(
        &self,
        field: Field,
        exact: Field,
        pattern: &Pattern,
    ) -> Result<(Boxed, Option<Score>), Error> {
        let mut clauses = Vec::new();
        let mut most = Some(0.0);
        for (_, form) in pattern.rows.iter().flatten() {
            // The search that follows sees the limit too, and says so.
            if self.limits.reached() {
                return Ok((Box::new(EmptyQuery), None));
            }
            let query = if let Form::Is(word) = form {
                let (query, score) = self.word(field, exact, word).map_err(Error::engine)?;
                most = most.map(|most| most + score);
                query
            } else {
                most = None;
                self.word_like(field, exact, form).map_err(Error::engine)?
            };
            clauses.push((Occur::Must, query));
        }
        Ok((all(clauses), most))
    }

    /// The documents that have a word letter for letter, and what that scores by its rarity.
    fn word(&self, field: Field, exact: Field, word: &str) -> tantivy::Result<(Boxed, Score)> {
        let letters = Letters::of(word, exact, field);
        let has = |term| -> Boxed { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
        let mut documents = 0;
        let mut ways = Vec::new();
        for term in letters.sure {
            documents += self.searcher.doc_freq(&term)?;
            ways.push(has(term));
        }
        if let Some(folded) = letters.folded {
            documents += self.searcher.doc_freq(&folded)?;
            let mut clauses = vec![(Occur::Must, has(folded))];
            for (other, count) in self.beginning_so(&letters.other)? {
                documents = documents.saturating_sub(count);
                clauses.push((Occur::MustNot, has(other)));
            }
            ways.push(Box::new(BooleanQuery::new(clauses)));
        }
        let query = Box::new(BooleanQuery::union(ways));
        let kind = if field == self.fields.said {
            DocumentKind::Quotation
        } else {
            DocumentKind::Article
        };
        let statistics = KindStatistics::new(self.searcher, self.schema, kind)?;
        let score = rarity(&statistics, documents, average_length(&statistics, field)?)?;
        Ok((Box::new(ConstScoreQuery::new(query, score)), score))
    }

    /// The terms that begin as one does, each with the number of documents that have it.
    fn beginning_so(&self, beginning: &Term) -> tantivy::Result<BTreeMap<Term, u64>> {
        let (field, bytes) = (beginning.field(), beginning.serialized_value_bytes());
        let mut found = BTreeMap::new();
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(field)?;
            let mut terms = inverted.terms().range().ge(bytes).into_stream()?;
            while terms.advance() && terms.key().starts_with(bytes) {
                let term = std::str::from_utf8(terms.key()).unwrap_or_default();
                let count = u64::from(terms.value().doc_freq);
                *found.entry(Term::from_field_text(field, term)).or_default() += count;
            }
        }
        Ok(found)
    }

    /// The documents with a word of a form letter for letter, and some that may have it.
    fn word_like(&self, field: Field, exact: Field, form: &Form) -> tantivy::Result<Boxed> {
        let mut terms = Vec::new();
        let written = self.expand(exact, form)?.into_iter();
        terms.extend(written.map(|word| Term::from_field_text(exact, &word)));
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(exact)?;
            let mut keys = inverted.terms().range().lt(b"\x02").into_stream()?;
            while keys.advance() {
                let key = std::str::from_utf8(keys.key()).unwrap_or_default();
                if Letters::word_of(key).is_some_and(|word| form.matches(word, true)) {
                    terms.push(Term::from_field_text(exact, key));
                }
            }
        }
        let folded = self.expand(field, form)?.into_iter();
        let folded = folded.filter(|word| Letters::is_folded(word));
        terms.extend(folded.map(|word| Term::from_field_text(field, &word)));
        let found = TermSetQuery::new(terms);
        Ok(Stoppable::around(Box::new(found), self.limits))
    }
}

/// What a word scores that so many documents have, however often and however long they are.
fn rarity(
    statistics: &KindStatistics<'_>,
    documents: u64,
    length: Score,
) -> tantivy::Result<Score> {
    let all = statistics.total_num_docs()?;
    let weight = Bm25Weight::for_one_term(documents.min(all), all, length);
    Ok(weight.score(1, 1))
}
