//! Walks the documents a query matches, and stops when told to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tantivy::query::{EnableScoring, Query, Scorer};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, Score, Searcher, SegmentReader, TERMINATED};

use crate::hidden::{self, Hidden};
use crate::sifted::Sieve as _;
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

/// Of the time until a deadline a third, and no more than this, is left to read what was found.
const READING: Duration = Duration::from_millis(50);

/// What was found is read for so long after a cancellation, or after the time for all else about it, if it takes as long.
const GRACE: Duration = Duration::from_millis(20);

/// When to stop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limits {
    cancel: Option<Cancel>,
    deadline: Option<Deadline>,
    /// A limit was seen to be reached: what was found since is not all.
    seen: Arc<AtomicBool>,
}

/// When the answer is to be there.
#[derive(Clone, Copy, Debug)]
struct Deadline {
    /// When to look for nothing more, so that it is.
    last_look: Instant,
    /// When to do no more with what was found than to read it: half of the time that is left for that before the end.
    last_comparison: Instant,
}

impl Limits {
    pub(crate) fn cancelled_by(self, cancel: Cancel) -> Self {
        Self {
            cancel: Some(cancel),
            deadline: self.deadline,
            seen: Arc::default(),
        }
    }

    pub(crate) fn until(self, deadline: Instant) -> Self {
        Self {
            cancel: self.cancel,
            deadline: Some(Deadline::at(deadline)),
            seen: Arc::default(),
        }
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.as_ref().is_some_and(Cancel::is_cancelled)
    }

    fn is_past(&self, instant: impl Fn(Deadline) -> Instant) -> bool {
        let deadline = self.deadline.map(instant);
        deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Tells whether to look for nothing more.
    pub(crate) fn reached(&self) -> bool {
        if self.was_reached() {
            return true;
        }
        let reached = self.is_cancelled() || self.is_past(|deadline| deadline.last_look);
        self.seen.fetch_or(reached, Ordering::Relaxed);
        reached
    }

    /// Tells whether the time is over: what was found is to be read, and nothing more done with it.
    pub(crate) fn is_over(&self) -> bool {
        self.is_cancelled() || self.is_past(|deadline| deadline.last_comparison)
    }

    /// Tells whether anybody has seen that a limit is reached.
    pub(crate) fn was_reached(&self) -> bool {
        self.seen.load(Ordering::Relaxed)
    }
}

impl Deadline {
    fn at(end: Instant) -> Self {
        let time = end.saturating_duration_since(Instant::now());
        let reading = time.checked_div(3).unwrap_or_default().min(READING);
        let before = |time: Duration| end.checked_sub(time).unwrap_or(end);
        Self {
            last_look: before(reading),
            last_comparison: before(reading.checked_div(2).unwrap_or_default()),
        }
    }
}

/// Tells how long to read on what was found.
pub(crate) struct Reading<'l> {
    limits: &'l Limits,
    /// When not to any more, once the time is over.
    end: Option<Instant>,
}

impl<'l> Reading<'l> {
    pub(crate) fn within(limits: &'l Limits) -> Self {
        Self { limits, end: None }
    }

    /// Tells whether to stop.
    pub(crate) fn stops(&mut self) -> bool {
        if !self.limits.is_over() {
            return false;
        }
        let now = Instant::now();
        let end = now.checked_add(GRACE).unwrap_or(now);
        now >= *self.end.get_or_insert(end)
    }
}

/// Looks at the limits now and then, for conditions that look at many documents before one matches.
pub(crate) struct Pulse {
    limits: Limits,
    every: u32,
    calls: u32,
    stopped: bool,
}

impl Pulse {
    /// Looks at the limits in one of `every` calls.
    pub(crate) fn new(limits: &Limits, every: u32) -> Self {
        Self {
            limits: limits.clone(),
            every,
            calls: 0,
            stopped: false,
        }
    }

    /// Tells whether to stop: then nothing more should match, and the walk says that it is not complete.
    pub(crate) fn stops(&mut self) -> bool {
        self.calls = self.calls.wrapping_add(1);
        if !self.stopped {
            // To read the clock takes longer than to see what others have seen.
            self.stopped = if self.calls.is_multiple_of(self.every) {
                self.limits.reached()
            } else {
                self.limits.was_reached()
            };
        }
        self.stopped
    }

    /// Tells whether it was said to stop.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped
    }
}

/// Documents looked at between two looks at the limits: some microseconds, a millisecond where a thousand conditions are
/// looked at for each.
pub(crate) const STRIDE: u32 = 128;

/// What is done with the documents of one segment.
pub(crate) trait Visit {
    /// Takes one document.
    fn visit(&mut self, doc: DocId, score: Score) -> tantivy::Result<()>;

    /// Takes several documents that are not scored.
    fn visit_all(&mut self, docs: &[DocId]) -> tantivy::Result<()> {
        docs.iter().try_for_each(|doc| self.visit(*doc, 0.0))
    }
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
    let (scoring, (query, direct)) = match statistics {
        Some(statistics) => (
            EnableScoring::enabled_from_statistics_provider(statistics, searcher),
            (query, None),
        ),
        None => (
            EnableScoring::disabled_from_searcher(searcher),
            hidden::apart(query),
        ),
    };
    let weight = query.weight(scoring)?;
    for (ord, reader) in searcher.segment_readers().iter().enumerate() {
        if limits.reached() {
            return Ok(false);
        }
        let mut visit = open(ord as u32, reader)?;
        let mut scorer = weight.scorer(reader, 1.0)?;
        // A condition that stopped where it stands may be one that excludes.
        if !limits.was_reached() && scorer.doc() != TERMINATED {
            if statistics.is_some() {
                walk_scored(reader, scorer.as_mut(), limits, &mut visit)?;
            } else {
                let hidden = match direct {
                    Some(direct) => direct.open(reader, scorer.size_hint().into())?,
                    None => None,
                };
                let hidden = hidden.unwrap_or(Hidden::None);
                walk(reader, scorer.as_mut(), &hidden, limits, &mut visit)?;
            }
        }
        close(visit)?;
    }
    Ok(!limits.was_reached())
}

/// Visits the documents of one segment with their scores, until a limit is reached.
fn walk_scored(
    reader: &SegmentReader,
    scorer: &mut dyn Scorer,
    limits: &Limits,
    visit: &mut impl Visit,
) -> tantivy::Result<()> {
    let alive = reader.alive_bitset();
    let mut doc = scorer.doc();
    let mut seen = 0_u32;
    while doc != TERMINATED {
        if alive.is_none_or(|alive| alive.is_alive(doc)) {
            visit.visit(doc, scorer.score())?;
        }
        seen = seen.wrapping_add(1);
        if seen.is_multiple_of(STRIDE) && limits.reached() {
            break;
        }
        doc = scorer.advance();
        if limits.was_reached() {
            break;
        }
    }
    Ok(())
}

/// Visits the documents of one segment that are not hidden, dozens at a time: to be asked for one and shown one at a time
/// costs several times what it takes to find it.
fn walk(
    reader: &SegmentReader,
    scorer: &mut dyn Scorer,
    hidden: &Hidden,
    limits: &Limits,
    visit: &mut impl Visit,
) -> tantivy::Result<()> {
    const AT_ONCE: usize = COLLECT_BLOCK_BUFFER_LEN;
    const BETWEEN: u32 = STRIDE / AT_ONCE as u32;
    let alive = reader.alive_bitset();
    let is_seen = |doc: DocId| alive.is_none_or(|alive| alive.is_alive(doc)) && !hidden.is(doc);
    let (mut found, mut seen) = ([0; AT_ONCE], [0; AT_ONCE]);
    let mut times = 0_u32;
    loop {
        let filled = scorer.fill_buffer(&mut found);
        if limits.was_reached() {
            break;
        }
        let shown = found.iter().take(filled).filter(|doc| is_seen(**doc));
        let shown = std::iter::zip(&mut seen, shown).map(|(place, doc)| *place = *doc);
        let shown = shown.count();
        visit.visit_all(seen.get(..shown).unwrap_or_default())?;
        times = times.wrapping_add(1);
        if filled < AT_ONCE || times.is_multiple_of(BETWEEN) && limits.reached() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tantivy::query::doc_predicate_query::DocPredicateQuery;
    use tantivy::query::{AllQuery, BooleanQuery, Occur};
    use whosaid_model::Article;
    use whosaid_schema::{ArticleNotes, Schema};

    use super::*;
    use crate::excluded::Excluded;
    use crate::predicate::{Stored, StoredText};

    const DOCUMENTS: u32 = 5000;

    fn documents() -> Searcher {
        let schema = Schema::new();
        let index = schema.create_in_memory().unwrap();
        let mut writer: tantivy::IndexWriter =
            index.writer_with_num_threads(1, 15_000_000).unwrap();
        let article = Article {
            text: "no".to_owned(),
            ..Article::default()
        };
        for _ in 0..DOCUMENTS {
            let document = schema.encode_article(&article, &ArticleNotes::default());
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        index.reader().unwrap().searcher()
    }

    fn visit(
        searcher: &Searcher,
        query: &dyn Query,
        limits: &Limits,
        mut see: impl FnMut(),
    ) -> bool {
        let see = std::cell::RefCell::new(&mut see);
        scan(
            searcher,
            query,
            None,
            limits,
            |_, _| {
                let see = &see;
                Ok(move |_: DocId, _: Score| {
                    (see.borrow_mut())();
                    Ok(())
                })
            },
            |_| Ok(()),
        )
        .unwrap()
    }

    #[test]
    fn a_walk_ends_within_a_stride_of_its_cancellation() {
        let searcher = documents();
        let cancel = Cancel::new();
        let limits = Limits::default().cancelled_by(cancel.clone());
        let mut visited = 0;
        let complete = visit(&searcher, &AllQuery, &limits, || {
            visited += 1;
            if visited == 1500 {
                cancel.cancel();
            }
        });
        assert!(
            !complete && (1500..=1500 + STRIDE).contains(&visited),
            "{visited}"
        );
        let past = Limits::default().until(Instant::now());
        assert!(!visit(&searcher, &AllQuery, &past, || panic!(
            "nothing is left to be seen"
        )));
        let mut all = 0;
        assert!(visit(&searcher, &AllQuery, &Limits::default(), || all += 1));
        assert_eq!(all, DOCUMENTS);
    }

    #[test]
    fn some_of_the_time_is_left_to_read_what_was_found() {
        let now = Instant::now();
        let within = |time| Deadline::at(now + Duration::from_millis(time));
        // A moment has gone by since.
        let short = within(90).last_look;
        assert!(
            short >= now + Duration::from_millis(60) && short < now + Duration::from_millis(90),
        );
        let long = within(10_000);
        let end = now + Duration::from_secs(10);
        assert_eq!(end - long.last_look, READING);
        assert_eq!(end - long.last_comparison, READING / 2);
        assert_eq!(within(0).last_look, within(0).last_comparison);

        let soon = Limits::default().until(now + Duration::from_hours(1));
        assert!(!soon.reached() && !soon.is_over() && !Reading::within(&soon).stops());
        let past = Limits::default().until(now);
        assert!(past.reached() && past.is_over());
        // What was found until then is not thrown away.
        assert!(!Reading::within(&past).stops());
        let mut reading = Reading {
            limits: &past,
            end: Some(now),
        };
        assert!(reading.stops());
    }

    /// No document matches, so that the walk itself has nothing to count.
    #[test]
    fn a_condition_that_nothing_meets_is_stopped_too() {
        let searcher = documents();
        let cancel = Cancel::new();
        let limits = Limits::default().cancelled_by(cancel.clone());
        let looked = Arc::new(std::sync::atomic::AtomicU32::new(0));
        let count = Arc::clone(&looked);
        let query = DocPredicateQuery::from(Stored {
            schema: Schema::new(),
            text: StoredText::Body,
            holds: Arc::new(move |_| {
                if count.fetch_add(1, Ordering::Relaxed) == 99 {
                    cancel.cancel();
                }
                false
            }),
            limits: limits.clone(),
        });
        assert!(!visit(&searcher, &query, &limits, || panic!(
            "nothing matches"
        )));
        let looked = looked.load(Ordering::Relaxed);
        assert!((100..=100 + Stored::PULSE).contains(&looked), "{looked}");
    }

    /// Were a document visited because what excludes it was stopped, the answer would be wrong and not only partial.
    #[test]
    fn nothing_is_seen_that_a_stopped_condition_would_exclude() {
        let searcher = documents();
        let cancel = Cancel::new();
        let limits = Limits::default().cancelled_by(cancel.clone());
        let looked = std::sync::atomic::AtomicU32::new(0);
        let excluding = DocPredicateQuery::from(Stored {
            schema: Schema::new(),
            text: StoredText::Body,
            holds: Arc::new(move |_| {
                if looked.fetch_add(1, Ordering::Relaxed) == 99 {
                    cancel.cancel();
                }
                true
            }),
            limits: limits.clone(),
        });
        let query = BooleanQuery::new(vec![
            (Occur::Must, Box::new(AllQuery) as Box<dyn Query>),
            (Occur::MustNot, Box::new(Excluded(Box::new(excluding)))),
        ]);
        assert!(!visit(&searcher, &query, &limits, || panic!(
            "all are excluded"
        )));
    }
}
