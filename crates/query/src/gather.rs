//! One pass over all that matches: the best of it in order, the counts of everything.

use std::cell::RefCell;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query as EngineQuery, Scorer, TermQuery, Weight};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader, Term};
use whosaid_schema::{DocumentKind, Schema};

use crate::best::{ROUNDED, best};
use crate::columns::{Columns, CountedDays};
use crate::cursor::After;
use crate::facets::{Counting, Facet, FacetField, SegmentCounting, raise};
use crate::hidden;
use crate::lower::{Better, Preferred, Ranked};
use crate::persons::Persons;
use crate::published::{Moments, Published};
use crate::rows::{ArticleRows, Bits};
use crate::scan::{Limits, Visit, scan};
use crate::search::{Sort, Unit};
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

impl Key {
    /// Returns where the document lies.
    pub(crate) fn address(self) -> DocAddress {
        DocAddress::new(self.segment, self.doc)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Gather {
    pub(crate) top: BinaryHeap<Key>,
    pub(crate) total: u64,
    /// Matches that come before the place from which they are listed.
    pub(crate) passed: u64,
    /// Matches seen at that place.
    pub(crate) at_place: u32,
    /// Different articles of the matches.
    pub(crate) articles: u64,
    pub(crate) facets: Vec<Counting>,
    pub(crate) days: BTreeMap<(i64, i64), u64>,
    pub(crate) undated: u64,
}

impl Gather {
    /// The least score among so many best; `None` when there are not as many yet.
    pub(crate) fn least(&self, limit: usize) -> Option<Score> {
        let last = self.top.peek().filter(|_| self.top.len() >= limit);
        last.map(|last| f32::from_bits(last.score))
    }

    /// Tells whether a document is listed.
    pub(crate) fn has(&self, segment: u32, doc: DocId) -> bool {
        let mut keys = self.top.iter();
        keys.any(|key| key.doc == doc && key.segment == segment)
    }

    /// Adds the quotations of a segment.
    fn add(&mut self, counted: &CountedDays) {
        raise(&mut self.total, counted.quotations);
        raise(&mut self.articles, counted.articles);
        raise(&mut self.undated, counted.undated);
        for (days, count) in &counted.days {
            raise(self.days.entry(*days).or_default(), *count);
        }
    }

    /// Matches that are listed or would be: all but those before the place from which they are.
    pub(crate) fn remaining(&self) -> u64 {
        self.total.saturating_sub(self.passed)
    }
}

/// What to keep of the documents visited.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    pub(crate) columns: &'a Columns,
    pub(crate) schema: &'a Schema,
    pub(crate) unit: Unit,
    pub(crate) sort: Sort,
    pub(crate) limit: usize,
    pub(crate) facets: &'a [Facet],
    /// Who is who, where a facet counts speakers.
    pub(crate) persons: Option<&'a Persons>,
    /// Counts by day are wanted.
    pub(crate) dates: bool,
    /// Whose days they are; without it those the articles give.
    pub(crate) zone: Option<Zone>,
    /// List only what comes after this place.
    pub(crate) after: Option<After>,
    /// The number of different articles is wanted.
    pub(crate) articles: bool,
}

impl<'a> Wanted<'a> {
    /// Wants nothing but the number of matches.
    pub(crate) fn nothing(columns: &'a Columns, schema: &'a Schema) -> Self {
        Self {
            columns,
            schema,
            unit: Unit::default(),
            sort: Sort::default(),
            limit: 0,
            facets: &[],
            persons: None,
            dates: false,
            zone: None,
            after: None,
            articles: false,
        }
    }

    /// Tells whether nothing is wanted but the number of matches.
    fn is_count(self) -> bool {
        self.limit == 0 && !self.articles && self.facets.is_empty() && !self.dates
    }

    /// Wants the list alone, and no counts.
    fn of_best(self) -> Self {
        Self {
            facets: &[],
            dates: false,
            articles: false,
            ..self
        }
    }
}

/// Visits every document that matches, scored when there are `statistics`. Returns whether all were visited. Of a query
/// that is also given in parts the best are found without scoring all.
pub(crate) fn gather(
    searcher: &Searcher,
    query: &dyn EngineQuery,
    ranked: Option<&Ranked>,
    statistics: Option<&KindStatistics<'_>>,
    mut wanted: Wanted<'_>,
    limits: &Limits,
) -> tantivy::Result<(Gather, bool)> {
    let gather = RefCell::new(Gather {
        facets: wanted.facets.iter().map(|_| Counting::default()).collect(),
        ..Gather::default()
    });
    let mut statistics = statistics;
    // A list that goes on after a place counts what is before it.
    if let (Some(ranked), Some(of), None) = (ranked, statistics, wanted.after) {
        if !best(searcher, ranked, of, wanted.of_best(), &gather, limits)? {
            let mut gather = gather.into_inner();
            gather.total = gather.top.len() as u64;
            return Ok((gather, false));
        }
        // What is left is to be counted.
        wanted.limit = 0;
        statistics = None;
    }
    if let Some(total) = counted(searcher, query, wanted)? {
        let mut gather = gather.into_inner();
        gather.total = total;
        return Ok((gather, true));
    }
    let preferred = query.downcast_ref::<Preferred>();
    let complete = if let (Some(preferred), Some(of)) = (preferred, statistics) {
        let better = Betters::of(searcher, &preferred.better, of)?;
        scan(
            searcher,
            preferred.query.as_ref(),
            statistics,
            limits,
            |ord, reader| {
                Ok(Improved {
                    better: better.of_segment(reader)?,
                    most: better.most,
                    share: better.share,
                    segment: Segment::open(wanted, ord, reader, &gather)?,
                })
            },
            |improved| improved.segment.close(),
        )?
    } else {
        scan(
            searcher,
            query,
            statistics,
            limits,
            |ord, reader| Segment::open(wanted, ord, reader, &gather),
            Segment::close,
        )?
    };
    Ok((gather.into_inner(), complete))
}

/// Counts what matches where that stands in the index: the documents of a word, none of which was deleted, if nothing
/// else is wanted of them.
fn counted(
    searcher: &Searcher,
    query: &dyn EngineQuery,
    wanted: Wanted<'_>,
) -> tantivy::Result<Option<u64>> {
    let (query, direct) = hidden::apart(query);
    let readers = searcher.segment_readers();
    match query.downcast_ref::<TermQuery>() {
        Some(word)
            if wanted.is_count()
                && direct.is_none()
                && !readers.iter().any(SegmentReader::has_deletes) =>
        {
            searcher.doc_freq(word.term()).map(Some)
        }
        _ => Ok(None),
    }
}

/// Tells whether all that is wanted of all quotations can be counted by their articles.
pub(crate) fn is_told_by_articles(wanted: Wanted<'_>) -> bool {
    let by_kind = |facet: &Facet| facet.field() == FacetField::Kind;
    wanted.limit == 0 && !wanted.facets.iter().any(by_kind)
}

/// Counts all quotations but indirect speech, article by article: what both have in common is looked at once. Counts by
/// day are kept for whoever asks next.
pub(crate) fn count_all(
    searcher: &Searcher,
    wanted: Wanted<'_>,
    limits: &Limits,
) -> tantivy::Result<(Gather, bool)> {
    let mut gather = Gather {
        facets: wanted.facets.iter().map(|_| Counting::default()).collect(),
        ..Gather::default()
    };
    let is_of_speakers = |facet: &Facet| facet.field() == FacetField::Speaker;
    let is_of_values = |facet: &Facet| !is_of_speakers(facet) && !facet.field().is_date();
    let by_value = wanted.facets.iter().any(is_of_values);
    for (ord, reader) in (0..).zip(searcher.segment_readers()) {
        if limits.reached() {
            return Ok((gather, false));
        }
        let columns = wanted.columns;
        if !by_value && !reader.has_deletes() {
            if wanted.dates && wanted.zone.is_none() {
                gather.add(&*columns.days(reader, || count_days(reader, wanted))?);
                continue;
            }
            if !wanted.dates && !wanted.articles {
                let quotations = wanted.schema.kind_term(DocumentKind::Quotation);
                let indirect = hidden::term(wanted.schema.fields().kind);
                let count = |term: Term| -> tantivy::Result<u32> {
                    Ok(reader.inverted_index(term.field())?.doc_freq(&term)?)
                };
                let direct = count(quotations)?.saturating_sub(count(indirect)?);
                gather.total = gather.total.saturating_add(direct.into());
                continue;
            }
        }
        let days = wanted
            .dates
            .then(|| Days::open(columns, reader, wanted.zone));
        let mut days = days.transpose()?;
        let facets = wanted.facets.iter().map(|facet| match facet {
            facet if is_of_speakers(facet) => Ok(None),
            facet => SegmentCounting::open(facet, columns, reader),
        });
        let rows = columns.rows(reader, wanted.schema)?;
        let mut counting = AllCounting {
            reader,
            hidden: hidden::bits(columns, reader)?,
            gather: &mut gather,
            facets: facets.collect::<tantivy::Result<_>>()?,
        };
        for (article, end) in rows.all() {
            let quotations = counting.count(article, end);
            if let Some(days) = days.as_mut().filter(|_| quotations > 0) {
                days.count(article, quotations);
            }
        }
        for (segment, total) in counting.facets.into_iter().zip(&mut gather.facets) {
            if let Some(segment) = segment {
                segment.close(ord, None, total)?;
            }
        }
        if let Some(days) = days {
            days.close(&mut gather);
        }
    }
    for (facet, counting) in wanted.facets.iter().zip(&mut gather.facets) {
        if let Some(persons) = wanted.persons.filter(|_| is_of_speakers(facet)) {
            counting.add_speakers(persons, gather.total);
        }
    }
    if !wanted.articles {
        gather.articles = 0;
    }
    Ok((gather, true))
}

/// Counts all quotations of a segment, of which none was deleted, by the days that their articles give.
fn count_days(reader: &SegmentReader, wanted: Wanted<'_>) -> tantivy::Result<CountedDays> {
    let columns = wanted.columns;
    let mut days = Days::open(columns, reader, None)?;
    let mut counted = Gather::default();
    let mut counting = AllCounting {
        reader,
        hidden: hidden::bits(columns, reader)?,
        gather: &mut counted,
        facets: Vec::new(),
    };
    for (article, end) in columns.rows(reader, wanted.schema)?.all() {
        let quotations = counting.count(article, end);
        if quotations > 0 {
            days.count(article, quotations);
        }
    }
    days.close(&mut counted);
    Ok(CountedDays {
        quotations: counted.total,
        articles: counted.articles,
        days: counted.days.into_iter().collect(),
        undated: counted.undated,
    })
}

/// Counts the quotations of one segment article by article.
struct AllCounting<'s> {
    reader: &'s SegmentReader,
    hidden: Arc<Bits>,
    gather: &'s mut Gather,
    facets: Vec<Option<SegmentCounting>>,
}

impl AllCounting<'_> {
    /// Counts the quotations of an article, whose row ends before a document. Returns how many they are.
    fn count(&mut self, article: DocId, end: DocId) -> u64 {
        let first = article.saturating_add(1);
        let quotations = u64::from(end.saturating_sub(first));
        let quotations = quotations.saturating_sub(self.hidden.count(first, end).into());
        if quotations == 0 || self.reader.is_deleted(article) {
            return 0;
        }
        self.gather.total = self.gather.total.saturating_add(quotations);
        self.gather.articles = self.gather.articles.saturating_add(1);
        for facet in self.facets.iter_mut().flatten() {
            facet.count(article, quotations);
        }
        quotations
    }
}

/// What orders the documents of one segment.
enum Order {
    Relevance,
    /// By date, the latest first if that is wanted.
    Date(Box<Moments>, bool),
    Confidence(Column<u64>),
}

impl Order {
    fn open(wanted: Wanted<'_>, reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = wanted.columns;
        Ok(match wanted.sort {
            Sort::Relevance => Self::Relevance,
            Sort::Date | Sort::DateDescending => {
                let moments = Moments::open(columns, reader, wanted.zone)?;
                Self::Date(Box::new(moments), wanted.sort == Sort::DateDescending)
            }
            Sort::Confidence => Self::Confidence(columns.u64(reader, "confidence")?),
        })
    }

    fn primary(&self, doc: DocId, score: Score) -> u64 {
        match self {
            // The engine adds the parts of a score in an order that depends on the segment; rounding hides
            // what that does to the last bits.
            Self::Relevance => !((f64::from(score.max(0.0)) * 10_000.0).round() as u64),
            Self::Date(moments, latest) => match moments.of(doc) {
                u64::MAX => u64::MAX,
                moment if *latest => (u64::MAX - 1).saturating_sub(moment),
                moment => moment,
            },
            Self::Confidence(column) => !column.first(doc).unwrap_or(0),
        }
    }
}

/// The columns of one segment that order and count its documents; those alone that are wanted.
pub(crate) struct Segment<'g> {
    gather: &'g RefCell<Gather>,
    persons: Option<&'g Persons>,
    ord: u32,
    limit: usize,
    /// Nothing is wanted but the number of documents.
    is_count: bool,
    after: Option<After>,
    order: Order,
    article: ArticleRows,
    /// Where quotations stand in their articles.
    start: Option<Column<u64>>,
    facets: Vec<Option<SegmentCounting>>,
    /// Articles are counted.
    articles: bool,
    /// The place of the last document's article: those of one article follow each other.
    last: Option<DocId>,
    days: Option<Days>,
}

impl<'g> Segment<'g> {
    pub(crate) fn open(
        wanted: Wanted<'g>,
        ord: u32,
        reader: &SegmentReader,
        gather: &'g RefCell<Gather>,
    ) -> tantivy::Result<Self> {
        let columns = wanted.columns;
        let dates = wanted
            .dates
            .then(|| Days::open(columns, reader, wanted.zone));
        Ok(Self {
            gather,
            persons: wanted.persons,
            ord,
            limit: wanted.limit,
            is_count: wanted.is_count(),
            after: wanted.after,
            order: Order::open(wanted, reader)?,
            article: columns.articles(reader, wanted.schema)?,
            start: match wanted.unit {
                Unit::Quotations => Some(columns.u64(reader, "start")?),
                Unit::Articles => None,
            },
            facets: wanted
                .facets
                .iter()
                .map(|facet| SegmentCounting::open(facet, columns, reader))
                .collect::<tantivy::Result<_>>()?,
            articles: wanted.articles,
            last: None,
            days: dates.transpose()?,
        })
    }

    /// Keeps a document if it is among the first so far.
    pub(crate) fn list(&self, gather: &mut Gather, doc: DocId, score: Score) {
        let is_full = gather.top.len() >= self.limit;
        if let (Order::Relevance, Some(least)) = (&self.order, gather.least(self.limit))
            && score + ROUNDED < least
        {
            return;
        }
        let primary = self.order.primary(doc, score);
        let last = gather.top.peek().filter(|_| is_full);
        // Most come far behind, and are passed over by their first number alone.
        if last.is_some_and(|last| primary > last.primary) {
            return;
        }
        let article = self.article.id(doc).unwrap_or(0);
        if last.is_some_and(|last| (primary, article) > (last.primary, last.article)) {
            return;
        }
        let key = Key {
            primary,
            article,
            start: self
                .start
                .as_ref()
                .and_then(|of| of.first(doc))
                .unwrap_or(0),
            segment: self.ord,
            doc,
            score: score.to_bits(),
        };
        if let Some(after) = self.after {
            let listed = if key.place() == after.place {
                // Documents at one place are visited in the order of the list.
                gather.at_place = gather.at_place.saturating_add(1);
                gather.at_place > after.ties
            } else {
                key.place() > after.place
            };
            if !listed {
                gather.passed = gather.passed.saturating_add(1);
                return;
            }
        }
        if !is_full {
            gather.top.push(key);
        } else if gather.top.peek().is_some_and(|last| key < *last) {
            gather.top.pop();
            gather.top.push(key);
        }
    }

    fn close(self) -> tantivy::Result<()> {
        let mut gather = self.gather.borrow_mut();
        for (segment, total) in self.facets.into_iter().zip(&mut gather.facets) {
            if let Some(segment) = segment {
                let persons = self.persons.filter(|_| segment.is_of_speakers());
                segment.close(self.ord, persons, total)?;
            }
        }
        if let Some(days) = self.days {
            days.close(&mut gather);
        }
        Ok(())
    }
}

impl Visit for Segment<'_> {
    fn visit(&mut self, doc: DocId, score: Score) -> tantivy::Result<()> {
        self.take(&mut self.gather.borrow_mut(), doc, score);
        Ok(())
    }

    fn visit_all(&mut self, docs: &[DocId]) -> tantivy::Result<()> {
        let mut gather = self.gather.borrow_mut();
        if self.is_count {
            gather.total = gather.total.saturating_add(docs.len() as u64);
            return Ok(());
        }
        for doc in docs {
            self.take(&mut gather, *doc, 0.0);
        }
        Ok(())
    }
}

impl Segment<'_> {
    fn take(&mut self, gather: &mut Gather, doc: DocId, score: Score) {
        gather.total = gather.total.saturating_add(1);
        if self.articles {
            let article = Some(self.article.place(doc));
            if std::mem::replace(&mut self.last, article) != article {
                gather.articles = gather.articles.saturating_add(1);
            }
        }
        if self.limit > 0 {
            self.list(gather, doc, score);
        }
        for facet in self.facets.iter_mut().flatten() {
            facet.count(doc, 1);
        }
        if let Some(days) = &mut self.days {
            days.count(doc, 1);
        }
    }
}

/// What ranks some documents higher than others that match too.
pub(crate) struct Betters {
    weights: Vec<Box<dyn Weight>>,
    /// What all of it adds at most.
    pub(crate) most: Score,
    /// The same as a share of what must match.
    share: Score,
}

impl Betters {
    pub(crate) fn of(
        searcher: &Searcher,
        better: &[Better],
        statistics: &KindStatistics<'_>,
    ) -> tantivy::Result<Self> {
        let mut betters = Self {
            weights: Vec::with_capacity(better.len()),
            most: 0.0,
            share: 0.0,
        };
        for part in better {
            let scoring = EnableScoring::enabled_from_statistics_provider(statistics, searcher);
            betters.most += part.most(statistics)?.unwrap_or(Score::INFINITY);
            betters.share += part.share().unwrap_or(Score::INFINITY);
            betters.weights.push(part.query.weight(scoring)?);
        }
        Ok(betters)
    }

    pub(crate) fn of_segment(&self, reader: &SegmentReader) -> tantivy::Result<SegmentBetters> {
        let scorers = self.weights.iter().map(|weight| weight.scorer(reader, 1.0));
        Ok(SegmentBetters(scorers.collect::<tantivy::Result<_>>()?))
    }
}

/// The same of one segment.
pub(crate) struct SegmentBetters(Vec<Box<dyn Scorer>>);

impl SegmentBetters {
    /// What it adds to the score of a document; they come in their order.
    pub(crate) fn at(&mut self, doc: DocId) -> Score {
        let scorers = self.0.iter_mut();
        scorers.map(|scorer| score_at(scorer.as_mut(), doc)).sum()
    }
}

/// What a document scores by a scorer that stands at it or before it.
pub(crate) fn score_at(scorer: &mut dyn Scorer, doc: DocId) -> Score {
    if scorer.doc() < doc {
        scorer.seek(doc);
    }
    if scorer.doc() == doc {
        scorer.score()
    } else {
        0.0
    }
}

/// Visits documents of which some rank higher than what must match alone makes them. What adds to the score, phrases
/// among it, is only looked at where it can bring a document into the list.
struct Improved<'g> {
    segment: Segment<'g>,
    better: SegmentBetters,
    most: Score,
    share: Score,
}

impl Visit for Improved<'_> {
    fn visit(&mut self, doc: DocId, score: Score) -> tantivy::Result<()> {
        let least = self.segment.gather.borrow().least(self.segment.limit);
        let score = match least {
            Some(least) if score + self.most.min(score * self.share) + ROUNDED < least => score,
            _ => score + self.better.at(doc),
        };
        self.segment.visit(doc, score)
    }
}

/// Counts of the documents of one segment by the days they may be of.
struct Days {
    published: Published,
    /// The first day there is, and the counts of those of one day from then on.
    first: i64,
    single: Vec<u64>,
    /// The counts of those of several days, and of days far apart.
    others: HashMap<(i64, i64), u64>,
    undated: u64,
}

impl Days {
    /// Days counted in a row: three centuries. A year 1 in the data is a misprint.
    const MOST: usize = 110_000;

    fn open(
        columns: &Columns,
        reader: &SegmentReader,
        zone: Option<Zone>,
    ) -> tantivy::Result<Self> {
        let published = Published::open(columns, reader, zone)?;
        let (first, last) = published.bounds();
        // In a zone a day may be the one before or after.
        let length = last.saturating_sub(first).saturating_add(3);
        let length = usize::try_from(length).unwrap_or(0).min(Self::MOST);
        Ok(Self {
            published,
            first: first.saturating_sub(1),
            single: vec![0; length],
            others: HashMap::new(),
            undated: 0,
        })
    }

    /// Counts a document so many times.
    fn count(&mut self, doc: DocId, times: u64) {
        let Some((first, last)) = self.published.days(doc) else {
            self.undated = self.undated.saturating_add(times);
            return;
        };
        let place = usize::try_from(first.wrapping_sub(self.first));
        let single = place.ok().filter(|_| first == last);
        let single = single.and_then(|place| self.single.get_mut(place));
        let count = match single {
            Some(count) => count,
            None => self.others.entry((first, last)).or_default(),
        };
        *count = count.saturating_add(times);
    }

    fn close(self, gather: &mut Gather) {
        gather.undated = gather.undated.saturating_add(self.undated);
        let single = (0..).zip(self.single);
        let single = single.filter(|(_, count)| *count > 0);
        let single = single.map(|(place, count)| {
            let day = self.first.saturating_add(place);
            ((day, day), count)
        });
        for (days, count) in single.chain(self.others) {
            let sum = gather.days.entry(days).or_default();
            *sum = sum.saturating_add(count);
        }
    }
}
