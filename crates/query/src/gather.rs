//! One pass over all that matches: the best of it in order, the counts of everything.

use std::cell::RefCell;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use tantivy::columnar::Column;
use tantivy::query::Query as EngineQuery;
use tantivy::{DocId, Score, Searcher, SegmentReader};

use crate::cursor::After;
use crate::facets::{Counting, Facet, SegmentCounting};
use crate::published::Published;
use crate::scan::{Limits, Visit, scan};
use crate::search::Sort;
use crate::stats::KindStatistics;
use crate::zone::Zone;

/// Where a document comes in the list: smaller is earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) primary: u64,
    pub(crate) article: u64,
    pub(crate) start: u64,
    pub(crate) segment: u32,
    pub(crate) doc: DocId,
    pub(crate) score: u32,
}

/// Hashes an article's identifier by itself: it is the first bits of a hash already.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, id: u64) {
        self.0 = id;
    }
}

#[derive(Debug, Default)]
pub(crate) struct Gather {
    pub(crate) top: BinaryHeap<Key>,
    pub(crate) total: u64,
    /// Matches that come after the place from which they are listed; all, when there is none.
    pub(crate) remaining: u64,
    /// Matches seen at that place.
    pub(crate) at_place: u32,
    pub(crate) articles: HashSet<u64, BuildHasherDefault<AsIs>>,
    pub(crate) facets: Vec<Counting>,
    pub(crate) days: BTreeMap<(i64, i64), u64>,
    pub(crate) undated: u64,
}

/// What to keep of the documents visited.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) sort: Sort,
    pub(crate) limit: usize,
    pub(crate) facets: &'a [Facet],
    /// Counts by day are wanted.
    pub(crate) dates: bool,
    /// Whose days they are; without it those the articles give.
    pub(crate) zone: Option<Zone>,
    /// List only what comes after this place.
    pub(crate) after: Option<After>,
    /// The number of different articles is wanted.
    pub(crate) articles: bool,
}

/// Visits every document that matches, scored when there are `statistics`. Returns whether all were visited.
pub(crate) fn gather(
    searcher: &Searcher,
    query: &dyn EngineQuery,
    statistics: Option<&KindStatistics<'_>>,
    wanted: Wanted<'_>,
    limits: &Limits,
) -> tantivy::Result<(Gather, bool)> {
    let gather = RefCell::new(Gather {
        facets: wanted.facets.iter().map(|_| Counting::default()).collect(),
        ..Gather::default()
    });
    let complete = scan(
        searcher,
        query,
        statistics,
        limits,
        |ord, reader| Segment::open(wanted, ord, reader, &gather),
        Segment::close,
    )?;
    Ok((gather.into_inner(), complete))
}

/// The columns of one segment that order and count its documents.
struct Segment<'g> {
    gather: &'g RefCell<Gather>,
    ord: u32,
    sort: Sort,
    limit: usize,
    after: Option<After>,
    article: Column<u64>,
    start: Column<u64>,
    published: Published,
    confidence: Column<u64>,
    facets: Vec<Option<SegmentCounting>>,
    articles: bool,
    dates: bool,
    days: HashMap<(i64, i64), u64>,
}

impl<'g> Segment<'g> {
    fn open(
        wanted: Wanted<'_>,
        ord: u32,
        reader: &SegmentReader,
        gather: &'g RefCell<Gather>,
    ) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self {
            gather,
            ord,
            sort: wanted.sort,
            limit: wanted.limit,
            after: wanted.after,
            article: columns.u64("article")?,
            start: columns.u64("start")?,
            published: Published::open(reader, wanted.zone)?,
            confidence: columns.u64("confidence")?,
            facets: wanted
                .facets
                .iter()
                .map(|facet| SegmentCounting::open(facet, reader))
                .collect::<tantivy::Result<_>>()?,
            articles: wanted.articles,
            dates: wanted.dates,
            days: HashMap::new(),
        })
    }

    fn primary(&self, doc: DocId, score: Score) -> u64 {
        // Days are shifted so that those before 1970 sort too.
        let day = || {
            self.published
                .first(doc)
                .map(|day| day.wrapping_add(1 << 40) as u64)
        };
        match self.sort {
            // The engine adds the parts of a score in an order that depends on the segment; rounding hides
            // what that does to the last bits.
            Sort::Relevance => u64::MAX - (f64::from(score.max(0.0)) * 10_000.0).round() as u64,
            Sort::Date => day().unwrap_or(u64::MAX),
            Sort::DateDescending => day().map_or(u64::MAX, |day| u64::MAX - 1 - day),
            Sort::Confidence => u64::MAX - self.confidence.first(doc).unwrap_or(0),
        }
    }

    fn close(self) -> tantivy::Result<()> {
        let mut gather = self.gather.borrow_mut();
        for (segment, total) in self.facets.into_iter().zip(&mut gather.facets) {
            if let Some(segment) = segment {
                segment.close(total)?;
            }
        }
        #[expect(
            clippy::iter_over_hash_type,
            reason = "the counts go into a sorted map"
        )]
        for (days, count) in self.days {
            *gather.days.entry(days).or_default() += count;
        }
        Ok(())
    }
}

impl Visit for Segment<'_> {
    fn visit(&mut self, doc: DocId, score: Score) -> tantivy::Result<()> {
        let article = self.article.first(doc).unwrap_or(0);
        let mut gather = self.gather.borrow_mut();
        gather.total += 1;
        if self.articles {
            gather.articles.insert(article);
        }
        if self.limit > 0 {
            let key = Key {
                primary: self.primary(doc, score),
                article,
                start: self.start.first(doc).unwrap_or(0),
                segment: self.ord,
                doc,
                score: score.to_bits(),
            };
            let listed = match self.after {
                Some(after) if key.place() == after.place => {
                    // Documents at one place are visited in the order of the list.
                    gather.at_place += 1;
                    gather.at_place > after.ties
                }
                Some(after) => key.place() > after.place,
                None => true,
            };
            gather.remaining += u64::from(listed);
            if !listed {
            } else if gather.top.len() < self.limit {
                gather.top.push(key);
            } else if gather.top.peek().is_some_and(|last| key < *last) {
                gather.top.pop();
                gather.top.push(key);
            }
        }
        for facet in self.facets.iter_mut().flatten() {
            facet.count(doc);
        }
        if self.dates {
            match self.published.days(doc) {
                Some(days) => *self.days.entry(days).or_default() += 1,
                None => gather.undated += 1,
            }
        }
        Ok(())
    }
}
