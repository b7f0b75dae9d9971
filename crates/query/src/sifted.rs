//! What one query finds, sifted by where words stand.
//!
//! The lists of the words are opened only in segments where there is something to sift: of a pasted speech that is
//! nowhere, a few words tell.

use tantivy::query::doc_predicate_query::SegmentDocPredicate;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use crate::predicate::{Positions, SegmentPositions};

/// Matches what the query does, where words stand as they should; scores as the query.
#[derive(Debug)]
pub(crate) struct Sifted {
    pub(crate) query: Box<dyn Query>,
    pub(crate) by: Positions,
}

impl Clone for Sifted {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            by: self.by.clone(),
        }
    }
}

impl Query for Sifted {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(SiftedWeight {
            weight: self.query.weight(scoring)?,
            by: self.by.clone(),
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct SiftedWeight {
    weight: Box<dyn Weight>,
    by: Positions,
}

impl Weight for SiftedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = self.weight.scorer(reader, boost)?;
        if scorer.doc() == TERMINATED {
            return Ok(Box::new(EmptyScorer));
        }
        let Some(by) = self.by.open(reader)? else {
            return Ok(Box::new(EmptyScorer));
        };
        let mut sifted = SiftedScorer { scorer, by };
        sifted.settle(sifted.scorer.doc());
        Ok(Box::new(sifted))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}

struct SiftedScorer {
    scorer: Box<dyn Scorer>,
    by: SegmentPositions,
}

impl SiftedScorer {
    /// Goes on from `doc`, at which the query stands, to the next document that passes.
    fn settle(&mut self, mut doc: DocId) -> DocId {
        while doc != TERMINATED && !self.by.eval(doc) {
            if self.by.is_stopped() {
                return self.scorer.seek(TERMINATED);
            }
            doc = self.scorer.advance();
        }
        doc
    }
}

impl DocSet for SiftedScorer {
    fn advance(&mut self) -> DocId {
        let doc = self.scorer.advance();
        self.settle(doc)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let doc = self.scorer.seek(target);
        self.settle(doc)
    }

    fn doc(&self) -> DocId {
        self.scorer.doc()
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }

    fn cost(&self) -> u64 {
        self.scorer.cost()
    }
}

impl Scorer for SiftedScorer {
    fn score(&mut self) -> Score {
        self.scorer.score()
    }
}
