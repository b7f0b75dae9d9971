//! What one query finds, sifted by what is known of each document.

use std::fmt;

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// What lets some documents pass.
pub(crate) trait Sieve: Clone + fmt::Debug + Send + Sync + 'static {
    type Opened: OpenSieve;

    /// Opens it in a segment, for about so many documents; `None` when none can pass. Asked only where there is something
    /// to sift.
    fn open(&self, reader: &SegmentReader, documents: u64)
    -> tantivy::Result<Option<Self::Opened>>;
}

/// A sieve in one segment.
pub(crate) trait OpenSieve: Send + 'static {
    fn passes(&mut self, doc: DocId) -> bool;

    /// Tells whether a limit was reached: nothing more passes.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Matches what the query does, where the sieve lets it pass; scores as the query.
#[derive(Debug)]
pub(crate) struct Sifted<S> {
    pub(crate) query: Box<dyn Query>,
    pub(crate) by: S,
}

impl<S: Sieve> Clone for Sifted<S> {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            by: self.by.clone(),
        }
    }
}

impl<S: Sieve> Query for Sifted<S> {
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

struct SiftedWeight<S> {
    weight: Box<dyn Weight>,
    by: S,
}

impl<S: Sieve> Weight for SiftedWeight<S> {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = self.weight.scorer(reader, boost)?;
        if scorer.doc() == TERMINATED {
            return Ok(Box::new(EmptyScorer));
        }
        let Some(by) = self.by.open(reader, u64::from(scorer.size_hint()))? else {
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

struct SiftedScorer<O> {
    scorer: Box<dyn Scorer>,
    by: O,
}

impl<O: OpenSieve> SiftedScorer<O> {
    /// Goes on from `doc`, at which the query stands, to the next document that passes.
    fn settle(&mut self, mut doc: DocId) -> DocId {
        while doc != TERMINATED && !self.by.passes(doc) {
            if self.by.is_stopped() {
                return self.scorer.seek(TERMINATED);
            }
            doc = self.scorer.advance();
        }
        doc
    }
}

impl<O: OpenSieve> DocSet for SiftedScorer<O> {
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

impl<O: OpenSieve> Scorer for SiftedScorer<O> {
    fn score(&mut self) -> Score {
        self.scorer.score()
    }
}
