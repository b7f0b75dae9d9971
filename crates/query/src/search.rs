//! Runs a query over an archive.

use std::cell::RefCell;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::ControlFlow;
use std::time::Instant;

use serde::Serialize;
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentReader};
use whosaid_schema::{DocumentKind, FileId, StoredFile, news_analyzer};

use crate::archive::Archive;
use crate::ast::{Node, Number, NumberField, NumberRange};
use crate::date::{Comparison, Period};
use crate::error::Error;
use crate::facets::{Counting, Facet, FacetCounts, SegmentCounting};
use crate::hit::{ArticleHit, Hit};
use crate::lower::{Lowered, lower};
use crate::options::Query;
use crate::scan::{Cancel, Limits, Visit, scan};
use crate::snippet;
use crate::stats::KindStatistics;
use crate::timeline::{Timeline, timeline};
use crate::warning::{Warning, WarningKind};

/// What a search finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Quotations.
    #[default]
    Quotations,
    /// Articles.
    Articles,
}

impl Unit {
    pub(crate) fn kind(self) -> DocumentKind {
        match self {
            Self::Quotations => DocumentKind::Quotation,
            Self::Articles => DocumentKind::Article,
        }
    }
}

/// The order of what is found. Equals are ordered by article, then by place in the article, so that the same
/// archive always gives the same list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// Most relevant first.
    #[default]
    Relevance,
    /// Earliest first; undated last.
    Date,
    /// Latest first; undated last.
    DateDescending,
    /// Surest first.
    Confidence,
}

/// A search in the making; [`SearchBuilder::run`] runs it.
#[derive(Clone, Debug)]
#[must_use]
pub struct SearchBuilder<'a> {
    archive: &'a Archive,
    query: &'a Query,
    unit: Unit,
    sort: Sort,
    limit: usize,
    facets: Vec<Facet>,
    timeline: Option<Period>,
    min_confidence: f32,
    limits: Limits,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    hits: Vec<Hit>,
    article_hits: Vec<ArticleHit>,
    total: u64,
    articles: u64,
    facets: Vec<FacetCounts>,
    timeline: Option<Timeline>,
    warnings: Vec<Warning>,
    names: Vec<(String, Vec<(String, u64)>)>,
    partial: bool,
}

impl Found {
    /// Returns the quotations, best first; empty in a search for articles.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// Returns the articles, best first; empty in a search for quotations.
    pub fn article_hits(&self) -> &[ArticleHit] {
        &self.article_hits
    }

    /// Returns the exact number of matches.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Returns the exact number of articles with a match.
    pub fn articles(&self) -> u64 {
        self.articles
    }

    /// Returns the counts, in the order in which they were asked for.
    pub fn facets(&self) -> &[FacetCounts] {
        &self.facets
    }

    /// Returns the matches over time, if asked for.
    pub fn timeline(&self) -> Option<&Timeline> {
        self.timeline.as_ref()
    }

    /// Returns what the asker should know.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Returns each name asked for, with the speakers whose name it fits and the number of their quotations.
    pub fn names(&self) -> &[(String, Vec<(String, u64)>)] {
        &self.names
    }

    /// Tells whether the search was stopped before it had seen everything.
    pub fn is_partial(&self) -> bool {
        self.partial
    }
}

impl<'a> SearchBuilder<'a> {
    pub(crate) fn new(archive: &'a Archive, query: &'a Query) -> Self {
        Self {
            archive,
            query,
            unit: Unit::Quotations,
            sort: Sort::Relevance,
            limit: 20,
            facets: Vec::new(),
            timeline: None,
            min_confidence: 0.0,
            limits: Limits::default(),
        }
    }

    /// Searches quotations (the default) or articles.
    pub fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// Sets the order; by relevance unless set.
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// Returns at most so many hits; 20 unless set. With 0 only counts are made.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Also counts all matches by a field. May be called again.
    pub fn facet(mut self, facet: Facet) -> Self {
        self.facets.push(facet);
        self
    }

    /// Also counts all matches over time.
    pub fn timeline(mut self, interval: Period) -> Self {
        self.timeline = Some(interval);
        self
    }

    /// Leaves out quotations that are less sure.
    pub fn min_confidence(mut self, confidence: f32) -> Self {
        self.min_confidence = confidence;
        self
    }

    /// Stops when the switch is turned on; what was found until then is returned as partial.
    pub fn cancel(mut self, cancel: Cancel) -> Self {
        self.limits.cancel = Some(cancel);
        self
    }

    /// Stops at an instant; what was found until then is returned as partial.
    pub fn deadline(mut self, deadline: Instant) -> Self {
        self.limits.deadline = Some(deadline);
        self
    }

    /// Runs the search.
    ///
    /// # Errors
    /// When the archive lacks what the query asks for or cannot be read.
    pub fn run(self) -> Result<Found, Error> {
        let lowered = self.lower()?;
        let (gather, complete) = self.gather(&lowered)?;
        let mut found = Found {
            hits: Vec::new(),
            article_hits: Vec::new(),
            total: gather.total,
            articles: gather.articles.len() as u64,
            facets: Vec::new(),
            timeline: self
                .timeline
                .map(|interval| timeline(interval, &gather.days, gather.undated)),
            warnings: self.warnings(&lowered),
            names: lowered
                .names
                .iter()
                .map(|asked| (asked.asked.clone(), asked.names.clone()))
                .collect(),
            partial: !complete,
        };
        for (facet, mut counting) in self.facets.iter().zip(gather.facets) {
            if facet.field().is_date() {
                counting.add_dates(facet.field(), &gather.days, gather.undated);
            }
            found.facets.push(counting.finish(*facet));
        }
        let mut reader = HitReader::new(self.archive, &lowered);
        for (index, key) in gather.top.into_sorted_vec().into_iter().enumerate() {
            match self.unit {
                Unit::Quotations => found.hits.push(reader.hit(key, index + 1)?),
                Unit::Articles => found.article_hits.push(reader.article(key, index + 1)?),
            }
        }
        Ok(found)
    }

    /// Calls `sink` with every quotation that matches, in order, decoding one at a time; `limit` does not
    /// count. Returns the number of matches and whether all were seen.
    ///
    /// # Errors
    /// As [`SearchBuilder::run`].
    pub fn for_each(
        mut self,
        mut sink: impl FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<(u64, bool), Error> {
        self.limit = usize::MAX;
        self.unit = Unit::Quotations;
        let lowered = self.lower()?;
        let (gather, mut complete) = self.gather(&lowered)?;
        let mut reader = HitReader::new(self.archive, &lowered);
        for (index, key) in gather.top.into_sorted_vec().into_iter().enumerate() {
            if self.limits.reached() {
                complete = false;
                break;
            }
            if sink(reader.hit(key, index + 1)?).is_break() {
                break;
            }
        }
        Ok((gather.total, complete))
    }

    fn lower(&self) -> Result<Lowered, Error> {
        let mut node = self.query.node.clone();
        if self.min_confidence > 0.0 {
            let least = Number {
                value: (f64::from(self.min_confidence) * 1000.0).round() / 1000.0,
                decimals: 3,
            };
            let range = NumberRange::Compare(Comparison::AtLeast, least);
            let field = NumberField::Confidence;
            node = Node::all_of([node, Node::Number { field, range }]);
        }
        lower(
            &self.archive.searcher(),
            self.archive.schema(),
            &node,
            self.query.today,
            self.unit,
            &self.limits,
        )
    }

    fn warnings(&self, lowered: &Lowered) -> Vec<Warning> {
        let written = self.query.warnings.iter().map(|problem| {
            let mut warning = Warning::new(WarningKind::SplitName, problem.message.clone());
            warning.suggestions.clone_from(&problem.suggestions);
            warning
        });
        written.chain(lowered.warnings.iter().cloned()).collect()
    }

    fn gather(&self, lowered: &Lowered) -> Result<(Gather, bool), Error> {
        let searcher = self.archive.searcher();
        let kind = self.unit.kind();
        let statistics = match self.sort {
            Sort::Relevance if self.limit > 0 => {
                Some(KindStatistics::new(&searcher, self.archive.schema(), kind)?)
            }
            _ => None,
        };
        let gather = RefCell::new(Gather {
            facets: self.facets.iter().map(|_| Counting::default()).collect(),
            ..Gather::default()
        });
        let dates =
            self.timeline.is_some() || self.facets.iter().any(|facet| facet.field().is_date());
        let complete = scan(
            &searcher,
            lowered.query.as_ref(),
            statistics.as_ref(),
            &self.limits,
            |ord, reader| Segment::open(self, ord, reader, dates, &gather),
            Segment::close,
        )?;
        Ok((gather.into_inner(), complete))
    }
}

/// Where a document comes in the list: smaller is earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    primary: u64,
    article: u64,
    start: u64,
    segment: u32,
    doc: DocId,
    score: u32,
}

/// Hashes an article's identifier by itself: it is the first bits of a hash already.
#[derive(Clone, Copy, Debug, Default)]
struct AsIs(u64);

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
struct Gather {
    top: BinaryHeap<Key>,
    total: u64,
    articles: HashSet<u64, BuildHasherDefault<AsIs>>,
    facets: Vec<Counting>,
    days: BTreeMap<(i64, i64), u64>,
    undated: u64,
}

/// The columns of one segment that order and count its documents.
struct Segment<'g> {
    gather: &'g RefCell<Gather>,
    ord: u32,
    sort: Sort,
    limit: usize,
    article: Column<u64>,
    start: Column<u64>,
    day: Column<i64>,
    last_day: Column<i64>,
    confidence: Column<u64>,
    facets: Vec<Option<SegmentCounting>>,
    dates: bool,
    days: HashMap<(i64, i64), u64>,
}

impl<'g> Segment<'g> {
    fn open(
        search: &SearchBuilder<'_>,
        ord: u32,
        reader: &SegmentReader,
        dates: bool,
        gather: &'g RefCell<Gather>,
    ) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self {
            gather,
            ord,
            sort: search.sort,
            limit: search.limit,
            article: columns.u64("article")?,
            start: columns.u64("start")?,
            day: columns.i64("day")?,
            last_day: columns.i64("last_day")?,
            confidence: columns.u64("confidence")?,
            facets: search
                .facets
                .iter()
                .map(|facet| SegmentCounting::open(*facet, reader))
                .collect::<tantivy::Result<_>>()?,
            dates,
            days: HashMap::new(),
        })
    }

    fn primary(&self, doc: DocId, score: Score) -> u64 {
        // Days are shifted so that those before 1970 sort too.
        let day = || {
            self.day
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
        gather.articles.insert(article);
        if self.limit > 0 {
            let key = Key {
                primary: self.primary(doc, score),
                article,
                start: self.start.first(doc).unwrap_or(0),
                segment: self.ord,
                doc,
                score: score.to_bits(),
            };
            if gather.top.len() < self.limit {
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
            match self.day.first(doc) {
                Some(day) => {
                    let last = self.last_day.first(doc).unwrap_or(day);
                    *self.days.entry((day, last)).or_default() += 1;
                }
                None => gather.undated += 1,
            }
        }
        Ok(())
    }
}

/// Reads hits from the store, with what matched in them.
struct HitReader<'a> {
    archive: &'a Archive,
    lowered: &'a Lowered,
    analyzer: tantivy::tokenizer::TextAnalyzer,
    files: HashMap<FileId, Option<StoredFile>>,
}

impl<'a> HitReader<'a> {
    fn new(archive: &'a Archive, lowered: &'a Lowered) -> Self {
        Self {
            archive,
            lowered,
            analyzer: news_analyzer(),
            files: HashMap::new(),
        }
    }

    fn hit(&mut self, key: Key, rank: usize) -> Result<Hit, Error> {
        let document = self
            .archive
            .searcher()
            .doc(DocAddress::new(key.segment, key.doc))?;
        let stored = self.archive.schema().decode_quotation(&document)?;
        let file = stored.file;
        let mut hit = Hit::new(stored, rank, f32::from_bits(key.score));
        hit.short_id = self.archive.short_id(hit.id)?;
        if !self.files.contains_key(&file) {
            self.files.insert(file, self.archive.file(file)?);
        }
        hit.set_file(self.files.get(&file).and_then(Option::as_ref));
        hit.matches = snippet::mark(&mut self.analyzer, &self.lowered.markers, &hit.text);
        Ok(hit)
    }

    fn article(&mut self, key: Key, rank: usize) -> Result<ArticleHit, Error> {
        let document = self
            .archive
            .searcher()
            .doc(DocAddress::new(key.segment, key.doc))?;
        let stored = self.archive.schema().decode_article(&document)?;
        let mut hit = ArticleHit::new(stored, rank, f32::from_bits(key.score));
        hit.matches = snippet::mark(&mut self.analyzer, &self.lowered.markers, &hit.article.text);
        Ok(hit)
    }
}
