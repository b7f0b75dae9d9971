//! Runs a query over an archive.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Instant;

use chrono::NaiveDate;
use serde::Serialize;
use whosaid_schema::DocumentKind;

use crate::archive::Archive;
use crate::ast::{DateField, Node, Number, NumberField, NumberRange};
use crate::copies::mark_article_copies;
use crate::date::{Comparison, Period};
use crate::error::Error;
use crate::facets::{Facet, FacetCounts, FacetField};
use crate::gather::{Gather, Wanted, gather};
use crate::hit::{ArticleHit, Hit};
use crate::hit_reader::HitReader;
use crate::lower::{Day, Lowered, lower};
use crate::options::Query;
use crate::scan::{Cancel, Limits};
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
    copies: bool,
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
            if place == gathered.len() {
                gathered.push(Vec::new());
            }
            gathered[place].push(hit);
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
            copies: false,
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

    /// Also tells of each quotation of which [utterance](Hit::utterance) it is a wording, and of which other one it is
    /// a [copy](Hit::copy_of), wherever in the archive that is; and of each article of which other hit it is a copy.
    pub fn copies(mut self, copies: bool) -> Self {
        self.copies = copies;
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
            timeline: match self.timeline {
                Some(interval) => {
                    let asked = self.days_asked()?;
                    Some(timeline(interval, &gather.days, gather.undated, asked))
                }
                None => None,
            },
            warnings: self.warnings(&lowered),
            names: lowered
                .names
                .iter()
                .map(|asked| (asked.asked.clone(), asked.names()))
                .collect(),
            partial: !complete,
        };
        for (facet, mut counting) in self.facets.iter().zip(gather.facets) {
            if let Some(period) = facet.field().period() {
                counting.add_dates(period, &gather.days, gather.undated);
            }
            let by_person = facet.field() == FacetField::Speaker;
            let persons = by_person.then(|| self.archive.persons()).transpose()?;
            let counts = counting.finish(facet, &self.query.node, persons.as_deref());
            found.facets.push(counts);
        }
        let mut reader = HitReader::new(self.archive, &lowered, self.copies)?;
        for (index, key) in gather.top.into_sorted_vec().into_iter().enumerate() {
            match self.unit {
                Unit::Quotations => found.hits.push(reader.hit(key, index + 1)?),
                Unit::Articles => found.article_hits.push(reader.article(key, index + 1)?),
            }
        }
        if self.copies {
            mark_article_copies(self.archive, &mut found.article_hits)?;
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
        let mut reader = HitReader::new(self.archive, &lowered, self.copies)?;
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
            self.archive,
            &node,
            Day {
                today: self.query.today,
                zone: self.query.zone,
            },
            self.unit,
            &self.limits,
        )
    }

    /// The days that the query asks for, as far as the archive has any: a timeline shows all of them, also those
    /// before the first match and after the last.
    fn days_asked(&self) -> Result<Option<(NaiveDate, NaiveDate)>, Error> {
        let one = std::slice::from_ref(&self.query.node);
        let nodes = match &self.query.node {
            Node::And(nodes) => nodes.as_slice(),
            _ => one,
        };
        let mut asked: Option<(NaiveDate, NaiveDate)> = None;
        for node in nodes {
            let Node::Date {
                field: DateField::Date,
                range,
            } = node
            else {
                continue;
            };
            let Some((first, last)) = range.resolve(self.query.today) else {
                continue;
            };
            let (from, to) = asked.unwrap_or((NaiveDate::MIN, NaiveDate::MAX));
            asked = Some((
                first.map_or(from, |first| first.max(from)),
                last.map_or(to, |last| last.min(to)),
            ));
        }
        let Some((first, last)) = asked else {
            return Ok(None);
        };
        let holdings = self.archive.holdings()?;
        let (Some(earliest), Some(latest)) = (holdings.first, holdings.last) else {
            return Ok(None);
        };
        Ok(Some((first.max(earliest), last.min(latest))).filter(|(first, last)| first <= last))
    }

    fn warnings(&self, lowered: &Lowered) -> Vec<Warning> {
        let written = self.query.warnings.iter().map(|problem| {
            let mut warning = Warning::new(WarningKind::SplitName, problem.message.clone());
            warning.suggestions.clone_from(&problem.suggestions);
            warning
        });
        written.chain(lowered.warnings.iter().cloned()).collect()
    }

    /// Visits all that matches.
    fn gather(&self, lowered: &Lowered) -> Result<(Gather, bool), Error> {
        let searcher = self.archive.searcher();
        let wanted = Wanted {
            sort: self.sort,
            limit: self.limit,
            facets: &self.facets,
            dates: self.timeline.is_some()
                || self.facets.iter().any(|facet| facet.field().is_date()),
            zone: self.query.zone,
        };
        let gathered = match self.sort {
            Sort::Relevance if self.limit > 0 => {
                KindStatistics::new(&searcher, self.archive.schema(), self.unit.kind()).and_then(
                    |kind| {
                        gather(
                            &searcher,
                            lowered.query.as_ref(),
                            Some(&kind),
                            wanted,
                            &self.limits,
                        )
                    },
                )
            }
            _ => gather(
                &searcher,
                lowered.query.as_ref(),
                None,
                wanted,
                &self.limits,
            ),
        };
        gathered.map_err(Error::engine)
    }
}
