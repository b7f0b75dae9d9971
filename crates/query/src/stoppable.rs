//! Queries that are not begun when time is up.
//!
//! What a word with `*` or `~` stands for is gathered, and the lists of a phrase or of hundreds of words are opened,
//! before the first document comes: the walk that looks at the limits does not get to see it.

use std::cmp::Ordering;

use tantivy::query::{EmptyQuery, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, Term};

use crate::scan::{Limits, Pulse};

/// A query that is not begun once a limit is reached.
#[derive(Debug)]
pub(crate) struct Stoppable {
    query: Box<dyn Query>,
    limits: Limits,
    /// It is one of many, and ends where it stands too.
    is_of_many: bool,
}

impl Stoppable {
    pub(crate) fn around(query: Box<dyn Query>, limits: &Limits) -> Box<dyn Query> {
        Self::made(query, limits, false)
    }

    /// One of so many that the engine, which unites some thousands of documents ahead, is not back at the walk for long.
    pub(crate) fn of_many(query: Box<dyn Query>, limits: &Limits) -> Box<dyn Query> {
        Self::made(query, limits, true)
    }

    fn made(query: Box<dyn Query>, limits: &Limits, is_of_many: bool) -> Box<dyn Query> {
        Box::new(Self {
            query,
            limits: limits.clone(),
            is_of_many,
        })
    }
}

impl Clone for Stoppable {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            limits: self.limits.clone(),
            is_of_many: self.is_of_many,
        }
    }
}

impl Query for Stoppable {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        // What ranks a word is looked up in every segment.
        if self.limits.reached() {
            return EmptyQuery.weight(scoring);
        }
        Ok(Box::new(StoppableWeight {
            weight: self.query.weight(scoring)?,
            limits: self.limits.clone(),
            is_of_many: self.is_of_many,
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct StoppableWeight {
    weight: Box<dyn Weight>,
    limits: Limits,
    is_of_many: bool,
}

impl StoppableWeight {
    fn ending(&self, scorer: Box<dyn Scorer>) -> Box<dyn Scorer> {
        let doc = scorer.doc();
        Box::new(StoppableScorer {
            scorer,
            doc,
            pulse: Pulse::new(&self.limits, StoppableScorer::PULSE),
        })
    }
}

impl Weight for StoppableWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.limits.reached() {
            return Ok(Box::new(EmptyScorer));
        }
        let scorer = self.weight.scorer(reader, boost)?;
        Ok(if self.is_of_many {
            self.ending(scorer)
        } else {
            scorer
        })
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        if self.limits.reached() {
            let nothing = SeekDangerResult::SeekLowerBound(TERMINATED);
            return Ok((nothing, Box::new(EmptyScorer)));
        }
        if !self.is_of_many {
            return self.weight.scorer_danger(reader, target, boost);
        }
        let mut scorer = self.ending(self.weight.scorer(reader, boost)?);
        let result = match scorer.doc().cmp(&target) {
            Ordering::Less => scorer.seek_danger(target),
            Ordering::Equal => SeekDangerResult::Found,
            Ordering::Greater => SeekDangerResult::SeekLowerBound(scorer.doc()),
        };
        Ok((result, scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}

/// Stands at the end once a limit is reached.
struct StoppableScorer {
    scorer: Box<dyn Scorer>,
    doc: DocId,
    pulse: Pulse,
}

impl StoppableScorer {
    /// Documents between two looks at the limits: few, where thousands take turns.
    const PULSE: u32 = 16;
}

impl DocSet for StoppableScorer {
    fn advance(&mut self) -> DocId {
        self.doc = if self.pulse.stops() {
            TERMINATED
        } else {
            self.scorer.advance()
        };
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = if self.pulse.stops() || self.doc == TERMINATED {
            TERMINATED
        } else {
            self.scorer.seek(target)
        };
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }

    fn cost(&self) -> u64 {
        self.scorer.cost()
    }
}

impl Scorer for StoppableScorer {
    fn score(&mut self) -> Score {
        self.scorer.score()
    }
}
