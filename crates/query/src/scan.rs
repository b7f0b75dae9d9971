//! Walks the documents a query matches, and stops when told to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED};

use crate::stats::KindStatistics;

/// Stops a running search from another thread; clones share one switch.
///
/// ```
/// let cancel = whosaid_query::Cancel::new();
/// assert!(!cancel.is_cancelled());
/// cancel.clone().cancel();
/// assert!(cancel.is_cancelled());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Makes a switch that is off.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the searches that hold this switch.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Tells whether the switch is on.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// When to stop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limits {
    pub(crate) cancel: Option<Cancel>,
    pub(crate) deadline: Option<Instant>,
}

impl Limits {
    pub(crate) fn reached(&self) -> bool {
        self.cancel.as_ref().is_some_and(Cancel::is_cancelled)
            || self
                .deadline
                .is_some_and(|deadline| Instant::now() >= deadline)
    }
}

/// Documents looked at between two looks at the limits: a fraction of a millisecond.
const STRIDE: u32 = 1024;

/// What is done with the documents of one segment.
pub(crate) trait Visit {
    /// Takes one document.
    fn visit(&mut self, doc: DocId, score: Score) -> tantivy::Result<()>;
}

impl<F: FnMut(DocId, Score) -> tantivy::Result<()>> Visit for F {
    fn visit(&mut self, doc: DocId, score: Score) -> tantivy::Result<()> {
        self(doc, score)
    }
}

/// Visits every live document that matches, in the order of the index. Returns whether all were visited.
///
/// `open` prepares the visit of a segment; with `statistics` documents are scored.
pub(crate) fn scan<V: Visit>(
    searcher: &Searcher,
    query: &dyn Query,
    statistics: Option<&KindStatistics<'_>>,
    limits: &Limits,
    mut open: impl FnMut(u32, &SegmentReader) -> tantivy::Result<V>,
    mut close: impl FnMut(V) -> tantivy::Result<()>,
) -> tantivy::Result<bool> {
    let scoring = match statistics {
        Some(statistics) => EnableScoring::enabled_from_statistics_provider(statistics, searcher),
        None => EnableScoring::disabled_from_searcher(searcher),
    };
    let weight = query.weight(scoring)?;
    let mut complete = true;
    for (ord, reader) in searcher.segment_readers().iter().enumerate() {
        if !complete || limits.reached() {
            return Ok(false);
        }
        let mut visit = open(ord as u32, reader)?;
        let alive = reader.alive_bitset();
        let mut scorer = weight.scorer(reader, 1.0)?;
        let mut doc = scorer.doc();
        let mut seen = 0;
        while doc != TERMINATED {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                let score = if statistics.is_some() {
                    scorer.score()
                } else {
                    0.0
                };
                visit.visit(doc, score)?;
            }
            seen += 1;
            if seen % STRIDE == 0 && limits.reached() {
                complete = false;
                break;
            }
            doc = scorer.advance();
        }
        close(visit)?;
    }
    Ok(complete)
}
