//! Queries that are not begun when time is up.
//!
//! What a word with `*` or `~` stands for is gathered before the first document comes: the walk that looks at the limits
//! does not get to see it.

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, Score, SegmentReader, Term};

use crate::scan::Limits;

/// A query that finds nothing more once a limit is reached.
#[derive(Debug)]
pub(crate) struct Stoppable {
    query: Box<dyn Query>,
    limits: Limits,
}

impl Stoppable {
    pub(crate) fn around(query: Box<dyn Query>, limits: &Limits) -> Box<dyn Query> {
        let limits = limits.clone();
        Box::new(Self { query, limits })
    }
}

impl Clone for Stoppable {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            limits: self.limits.clone(),
        }
    }
}

impl Query for Stoppable {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(StoppableWeight {
            weight: self.query.weight(scoring)?,
            limits: self.limits.clone(),
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct StoppableWeight {
    weight: Box<dyn Weight>,
    limits: Limits,
}

impl Weight for StoppableWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.limits.reached() {
            return Ok(Box::new(EmptyScorer));
        }
        self.weight.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}
