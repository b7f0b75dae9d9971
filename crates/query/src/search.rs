//! Runs a query over an archive.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Instant;

use serde::Serialize;
use whosaid_schema::DocumentKind;

use crate::archive::Archive;
use crate::copies::mark_article_copies;
use crate::cursor::Cursor;
use crate::date::Period;
use crate::error::Error;
use crate::facets::{Facet, FacetCounts, FacetField};
use crate::gather::Key;
use crate::hit::{ArticleHit, Hit};
use crate::hit_reader::HitReader;
use crate::lower::Lowered;
use crate::options::Query;
use crate::pass::Pass;
use crate::scan::{Cancel, Limits, Reading};
use crate::stream::Stream;
use crate::timeline::{Timeline, timeline};
use crate::warning::Warning;

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
    /// Earliest first: by day, then by time where one is stated, what has none at the end of its day; undated last.
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
    pub(crate) limit: usize,
    facets: Vec<Facet>,
    timeline: Option<Period>,
    min_confidence: f32,
    articles: bool,
    copies: bool,
    after: Option<Cursor>,
    limits: Limits,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    hits: Vec<Hit>,
    article_hits: Vec<ArticleHit>,
    total: u64,
    articles: Option<u64>,
    facets: Vec<FacetCounts>,
    timeline: Option<Timeline>,
    warnings: Vec<Warning>,
    names: Vec<(String, Vec<(String, u64)>)>,
    partial: bool,
    next: Option<Cursor>,
}

impl Found {
    /// Returns the quotations, best first; empty in a search for articles.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// Returns the quotations gathered by utterance, each utterance where its first hit is; only in a search that
    /// [asked for](SearchBuilder::copies) utterances, else each hit stands alone.
    pub fn utterances(&self) -> Vec<Vec<&Hit>> {
        let mut places = HashMap::new();
        let mut gathered: Vec<Vec<&Hit>> = Vec::new();
        for hit in &self.hits {
            let key = hit
                .utterance()
                .map_or(hit.id(), |utterance| utterance.earliest);
            let place = *places.entry(key).or_insert(gathered.len());
            match gathered.get_mut(place) {
                Some(utterance) => utterance.push(hit),
                None => gathered.push(vec![hit]),
            }
        }
        gathered
    }

    /// Returns the articles, best first; empty in a search for quotations.
    pub fn article_hits(&self) -> &[ArticleHit] {
        &self.article_hits
    }

    /// Returns the exact number of matches.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Returns the exact number of articles with a match, if [asked for](SearchBuilder::count_articles).
    pub fn articles(&self) -> Option<u64> {
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

    /// Returns where the list goes on, if there are more hits than were asked for.
    pub fn next(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }
}

/// A search that was run, of whose list more and more may be read.
pub(crate) struct Listed {
    pass: Pass,
    lowered: Lowered,
    reader: HitReader,
    /// So many were looked for, at most.
    limit: usize,
    keys: Vec<Key>,
    /// Matches from where the list begins.
    remaining: u64,
    pub(crate) found: Found,
}

impl Listed {
    /// Reads the list so far, from its beginning.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub(crate) fn read(&mut self, length: usize) -> Result<(), Error> {
        if length > self.limit && self.remaining > self.keys.len() as u64 && !self.found.partial {
            let (gather, complete) =
                self.pass
                    .gather(&self.lowered, length, self.pass.start(), None)?;
            self.found.partial |= !complete;
            self.keys = gather.top.into_sorted_vec();
            self.limit = length;
        }
        let length = length.min(self.keys.len());
        let read = listed(&self.found);
        let keys = self.keys.get(read..length).unwrap_or_default();
        let first = self.pass.rank().saturating_add(read).saturating_add(1);
        let ranked: Vec<(Key, usize)> = keys.iter().copied().zip(first..).collect();
        let mut reading = Reading::within(&self.pass.limits);
        match self.pass.unit {
            Unit::Quotations => {
                let found = &mut self.found;
                // What is read of a hit is never in vain: the time is looked at behind it.
                self.reader.each(&ranked, |hit| {
                    found.hits.push(hit);
                    if found.hits.len() < length && reading.stops() {
                        found.partial = true;
                        return ControlFlow::Break(());
                    }
                    ControlFlow::Continue(())
                })?;
            }
            Unit::Articles => {
                for (key, rank) in ranked {
                    if reading.stops() {
                        self.found.partial = true;
                        break;
                    }
                    let article = self.reader.article(key, rank)?;
                    self.found.article_hits.push(article);
                }
            }
        }
        if self.pass.utterances && !keys.is_empty() && !self.pass.is_over() {
            mark_article_copies(self.pass.archive(), &mut self.found.article_hits)?;
        }
        let length = listed(&self.found);
        let keys = self.keys.get(..length).unwrap_or_default();
        let more = self.remaining > length as u64;
        self.found.next = self.pass.cursor(keys).filter(|_| more);
        Ok(())
    }
}

/// Counts what is listed.
pub(crate) fn listed(found: &Found) -> usize {
    let quotations = found.hits.len();
    quotations.saturating_add(found.article_hits.len())
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
            articles: false,
            copies: false,
            after: None,
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

    /// Also counts the articles that have a match.
    pub fn count_articles(mut self, count: bool) -> Self {
        self.articles = count;
        self
    }

    /// Leaves out quotations that are less sure.
    pub fn min_confidence(mut self, confidence: f32) -> Self {
        self.min_confidence = confidence;
        self
    }

    /// Also tells of each quotation of which [utterance](Hit::utterance) it is a wording, and of which other one it is
    /// a [copy](Hit::copy_of), wherever in the archive that is; and of each article of which other hit it is a copy.
    pub fn copies(mut self, copies: bool) -> Self {
        self.copies = copies;
        self
    }

    /// Lists what comes after a [cursor](Found::next). Counts are those of all matches, ranks go on.
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }

    /// Stops when the switch is turned on; what was found until then is returned as partial, as much of it as can be
    /// read at once.
    pub fn cancel(mut self, cancel: Cancel) -> Self {
        self.limits = self.limits.cancelled_by(cancel);
        self
    }

    /// Sets the instant at which the answer is to be there. The search stops a little before, a third of the time it has
    /// or 50 ms, so that what was found until then can be read; it is returned as partial.
    pub fn deadline(mut self, deadline: Instant) -> Self {
        self.limits = self.limits.until(deadline);
        self
    }

    /// Runs the search.
    ///
    /// # Errors
    /// When the archive lacks what the query asks for or cannot be read, or the [cursor](SearchBuilder::after) is of
    /// another search or of another order.
    pub fn run(self) -> Result<Found, Error> {
        let limit = self.limit;
        let mut listed = self.walk()?;
        listed.read(limit)?;
        Ok(listed.found)
    }

    /// Walks over all that matches; hits are read when they are asked for.
    pub(crate) fn walk(self) -> Result<Listed, Error> {
        let pass = self.pass();
        let lowered = pass.lower()?;
        let by_person = |facet: &Facet| facet.field() == FacetField::Speaker;
        let persons = self.facets.iter().any(by_person);
        let persons = persons.then(|| pass.archive().persons()).transpose()?;
        let persons = persons.as_deref();
        let (mut gather, complete) = pass.gather(&lowered, self.limit, pass.start(), persons)?;
        let keys = std::mem::take(&mut gather.top).into_sorted_vec();
        let remaining = gather.remaining();
        let mut found = Found {
            hits: Vec::new(),
            article_hits: Vec::new(),
            total: gather.total,
            articles: self.articles.then_some(gather.articles),
            facets: Vec::new(),
            timeline: match self.timeline {
                Some(interval) => {
                    let asked = pass.days_asked()?;
                    Some(timeline(interval, &gather.days, gather.undated, asked))
                }
                None => None,
            },
            warnings: pass.warnings(&lowered, gather.total)?,
            names: lowered.names(),
            partial: !complete,
            next: None,
        };
        for (facet, mut counting) in self.facets.iter().zip(gather.facets) {
            if let Some(period) = facet.field().period() {
                counting.add_dates(period, &gather.days, gather.undated);
            }
            let persons = persons.filter(|_| by_person(facet));
            let counts = counting.finish(facet, &self.query.node, persons);
            found.facets.push(counts);
        }
        Ok(Listed {
            reader: HitReader::new(pass.archive(), &lowered.markers, self.copies, &pass.limits)?,
            pass,
            lowered,
            limit: self.limit,
            keys,
            remaining,
            found,
        })
    }

    /// Gives every quotation that matches, in order, decoding one at a time; the limit, facets and timeline do not
    /// count.
    ///
    /// ```
    /// # use whosaid_query::{Archive, Error, Options, Query, Sort};
    /// # fn write(archive: &Archive, mut out: impl std::io::Write) -> Result<(), Box<dyn std::error::Error>> {
    /// let query = Query::parse("speaker:Roe", &Options::new())?;
    /// let mut hits = archive.search(&query).sort(Sort::Date).hits()?;
    /// for hit in &mut hits {
    ///     writeln!(out, "{}", hit?.quote())?;
    /// }
    /// assert!(!hits.is_partial());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`SearchBuilder::run`]; a hit that cannot be read is an error in its place, and the last item.
    pub fn hits(self) -> Result<Stream<Hit>, Error> {
        Stream::new(&self.unit(Unit::Quotations), HitReader::hit)
    }

    /// Gives every article that matches, as [`SearchBuilder::hits`] gives quotations.
    ///
    /// # Errors
    /// As [`SearchBuilder::hits`].
    pub fn article_hits(self) -> Result<Stream<ArticleHit>, Error> {
        Stream::new(&self.unit(Unit::Articles), HitReader::article)
    }

    /// Takes the archive as it is now, and all that was set.
    pub(crate) fn pass(&self) -> Pass {
        Pass {
            archive: self.archive.pin(),
            query: self.query.clone(),
            unit: self.unit,
            sort: self.sort,
            min_confidence: self.min_confidence,
            facets: self.facets.clone(),
            timeline: self.timeline,
            articles: self.articles,
            utterances: self.copies,
            after: self.after.clone(),
            limits: self.limits.clone(),
        }
    }
}
