//! One search over one commit: what was asked for, resolved, and the walks over what matches.

use chrono::NaiveDate;

use crate::archive::Archive;
use crate::ast::{DateField, Node, Number, NumberField, NumberRange};
use crate::cursor::{After, Cursor, fingerprint};
use crate::date::{Comparison, Period};
use crate::error::{Cause, Error};
use crate::facets::Facet;
use crate::gather::{Gather, Key, Wanted, count_all, gather, is_told_by_articles};
use crate::lower::{Day, Lowered, lower};
use crate::options::Query;
use crate::people::{is_outlet, unknown_speaker};
use crate::persons::Persons;
use crate::scan::Limits;
use crate::search::{Sort, Unit};
use crate::stats::KindStatistics;
use crate::warning::{Warning, WarningKind};

/// Names that nobody bears, of which it is told, at most.
const UNKNOWN: usize = 8;

/// A search with all that was set, and the commit that it sees.
pub(crate) struct Pass {
    pub(crate) archive: Archive,
    pub(crate) query: Query,
    pub(crate) unit: Unit,
    pub(crate) sort: Sort,
    pub(crate) min_confidence: f32,
    pub(crate) facets: Vec<Facet>,
    pub(crate) timeline: Option<Period>,
    /// Articles are counted.
    pub(crate) articles: bool,
    /// Hits tell their utterance.
    pub(crate) utterances: bool,
    pub(crate) after: Option<Cursor>,
    pub(crate) limits: Limits,
}

impl Pass {
    pub(crate) fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The place after which the list begins.
    pub(crate) fn start(&self) -> Option<After> {
        self.after.as_ref().map(|cursor| cursor.after)
    }

    /// Hits before the list begins.
    pub(crate) fn rank(&self) -> usize {
        self.after.as_ref().map_or(0, |cursor| cursor.rank as usize)
    }

    pub(crate) fn is_over(&self) -> bool {
        self.limits.is_over()
    }

    /// The place after the hits listed.
    pub(crate) fn cursor(&self, keys: &[Key]) -> Option<Cursor> {
        Some(Cursor {
            search: self.fingerprint(),
            after: After::all(keys, self.start())?,
            rank: self.rank().saturating_add(keys.len()) as u64,
        })
    }

    /// Tells this list from those of other queries, units and orders. A relative date is another query every day.
    fn fingerprint(&self) -> u32 {
        let mut relative = false;
        self.query.node.walk(&mut |node| {
            relative |= matches!(node, Node::Date { range, .. } if range.is_relative());
        });
        let today = self.query.today.filter(|_| relative);
        let zone = self.query.zone.map(|zone| zone.to_string());
        let (query, confidence) = (&self.query, self.min_confidence);
        let (unit, sort) = (self.unit, self.sort);
        fingerprint(&format!(
            "{query}\n{unit:?} {sort:?} {confidence} {today:?} {zone:?}"
        ))
    }

    /// Turns the query into the engine's.
    ///
    /// # Errors
    /// When the archive lacks what the query asks for, or the cursor is of another search.
    pub(crate) fn lower(&self) -> Result<Lowered, Error> {
        let other = |cursor: &Cursor| cursor.search != self.fingerprint();
        if self.after.as_ref().is_some_and(other) {
            return Err(Cause::OtherCursor.into());
        }
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
            &self.archive,
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
    pub(crate) fn days_asked(&self) -> Result<Option<(NaiveDate, NaiveDate)>, Error> {
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

    /// What the asker should know; where nothing is found also that nobody is called so.
    pub(crate) fn warnings(&self, lowered: &Lowered, total: u64) -> Result<Vec<Warning>, Error> {
        let written = self.query.warnings.iter().map(|problem| {
            let mut warning = Warning::new(WarningKind::SplitName, problem.message.clone());
            warning.suggestions.clone_from(&problem.suggestions);
            warning
        });
        let mut warnings: Vec<Warning> = written.chain(lowered.warnings.iter().cloned()).collect();
        // Stopped, the search may not have come to those who are called so; to compare a name with all others takes long.
        let unknown = lowered.names.iter();
        let unknown = unknown.filter(|asked| asked.is_unknown && total == 0);
        for asked in unknown.take(UNKNOWN) {
            if self.limits.reached() {
                break;
            }
            if self.archive.has_outlet(&asked.asked)? {
                warnings.push(is_outlet(&asked.asked));
                continue;
            }
            let persons = self.archive.persons()?;
            warnings.push(unknown_speaker(&asked.asked, &persons));
        }
        Ok(warnings)
    }

    /// Visits all that matches, and keeps the first `limit` keys after a place. Facets, dates and articles are only
    /// counted in the first walk, the one from where the list begins.
    pub(crate) fn gather(
        &self,
        lowered: &Lowered,
        limit: usize,
        after: Option<After>,
        persons: Option<&Persons>,
    ) -> Result<(Gather, bool), Error> {
        let searcher = self.archive.searcher();
        let first = after == self.start();
        let dates =
            self.timeline.is_some() || self.facets.iter().any(|facet| facet.field().is_date());
        let wanted = Wanted {
            columns: self.archive.columns(),
            schema: self.archive.schema(),
            unit: self.unit,
            sort: self.sort,
            limit,
            facets: if first { &self.facets } else { &[] },
            persons,
            dates: dates && first,
            zone: self.query.zone,
            after,
            articles: first && self.articles,
        };
        if lowered.is_everything && is_told_by_articles(wanted) {
            let counted = count_all(&searcher, wanted, &self.limits);
            return counted.map_err(Error::engine);
        }
        let scored = self.sort == Sort::Relevance && limit > 0;
        let kind = self.unit.kind();
        let gathered = scored
            .then(|| KindStatistics::new(&searcher, self.archive.schema(), kind))
            .transpose()
            .and_then(|statistics| {
                let (query, ranked) = (lowered.query.as_ref(), lowered.ranked.as_ref());
                let statistics = statistics.as_ref();
                gather(&searcher, query, ranked, statistics, wanted, &self.limits)
            });
        let (gather, complete) = gathered.map_err(Error::engine)?;
        // Dates and confidences stay what they are; scores move with the archive.
        let ties = after.map_or(0, |after| after.ties);
        if scored && complete && gather.at_place < ties {
            return Err(Cause::StaleCursor.into());
        }
        Ok((gather, complete))
    }
}
