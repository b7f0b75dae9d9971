//! Quotations that a claim may be a wording of, found through the index.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Term};
use whosaid_model::QuotationKind;
use whosaid_schema::{DocumentKind, StoredQuotation};

use super::claim::Claim;
use crate::archive::Archive;
use crate::ast::{Node, Text, TextField};
use crate::error::Error;
use crate::gather::{Key, Wanted, gather};
use crate::lower::{Day, Lowered, lower};
use crate::scan::Limits;
use crate::search::{Sort, Unit};
use crate::stats::KindStatistics;
use crate::stored::Quotations;

/// Quotations that have the whole claim as a phrase, looked at at most.
const PHRASES: usize = 1000;

/// Quotations laid beside the claim: those with most of its weight.
const CANDIDATES: usize = 64;

/// The rarest words of a sentence are looked up until they have this share of its weight: what has none of them has
/// less than the rest, and cannot fit well (prefix filtering: Chaudhuri, Ganti and Kaushik, “A primitive operator for
/// similarity joins in data cleaning”, 2006).
const LOOKED_UP: f32 = 0.6;

/// Quotations walked through at most, as long as one word of each sentence is looked up: common words are only looked
/// up when there are no others.
const WALKED: u64 = 400_000;

/// Finds quotations of one archive.
pub(super) struct Finder<'a> {
    pub(super) archive: &'a Archive,
    pub(super) limits: &'a Limits,
    /// Not all was seen.
    pub(super) partial: bool,
    quotations: u64,
    stored: Quotations,
}

impl<'a> Finder<'a> {
    pub(super) fn new(archive: &'a Archive, limits: &'a Limits) -> Result<Self, Error> {
        let term = archive.schema().kind_term(DocumentKind::Quotation);
        let quotations = archive.searcher().doc_freq(&term).map_err(Error::engine)?;
        Ok(Self {
            archive,
            limits,
            partial: false,
            quotations: quotations.max(1),
            stored: Quotations::new(archive),
        })
    }

    fn term(&self, word: &str) -> Term {
        Term::from_field_text(self.archive.schema().fields().said, word)
    }

    /// Weighs the words of a claim by their rarity, from 0.25 for one that every quotation has to 1 for one that
    /// none has.
    pub(super) fn weights(&self, claim: &Claim) -> Result<Vec<f32>, Error> {
        let searcher = self.archive.searcher();
        let all = self.quotations as f32;
        let weight = |word: &str| {
            let found = searcher.doc_freq(&self.term(word)).map_err(Error::engine)?;
            let rarity = (1.0 + all / found.max(1) as f32).ln() / (1.0 + all).ln();
            Ok(0.25 + 0.75 * rarity.clamp(0.0, 1.0))
        };
        claim.words.iter().map(|word| weight(&word.term)).collect()
    }

    /// Lowers a condition on quotations.
    pub(super) fn lower(&self, node: &Node) -> Result<Lowered, Error> {
        let day = Day {
            today: None,
            zone: None,
        };
        lower(self.archive, node, day, Unit::Quotations, self.limits)
    }

    /// Counts the quotations that match.
    pub(super) fn count(&mut self, query: &dyn EngineQuery) -> Result<u64, Error> {
        self.run(query, Sort::Date, 0).map(|(_, total)| total)
    }

    /// Finds the quotations that have the claim's words in a row, earliest first.
    pub(super) fn phrase(
        &mut self,
        claim: &Claim,
        indirect: bool,
        speaker: Option<&Node>,
    ) -> Result<Vec<(Key, StoredQuotation)>, Error> {
        if claim.gaps.iter().any(Option::is_some) {
            return Ok(Vec::new());
        }
        let (first, last) = match claim.words.as_slice() {
            [first, .., last] => (first, last),
            [only] => (only, only),
            [] => return Ok(Vec::new()),
        };
        let words = claim
            .text
            .get(first.span.start..last.span.end)
            .unwrap_or_default();
        let phrase = Node::text(TextField::Said, Text::phrase(words));
        let kind = indirect.then(|| {
            let kind = QuotationKind::Indirect.as_str();
            Node::text(TextField::Kind, Text::word(kind))
        });
        let node = Node::all_of([Some(phrase), kind, speaker.cloned()].into_iter().flatten());
        let lowered = self.lower(&node)?;
        let (keys, _) = self.run(lowered.query.as_ref(), Sort::Date, PHRASES)?;
        self.read(keys)
    }

    /// Finds the quotations that share most with the claim, best first.
    pub(super) fn alike(
        &mut self,
        claim: &Claim,
        weights: &[f32],
        speaker: Option<&dyn EngineQuery>,
    ) -> Result<Vec<(Key, StoredQuotation)>, Error> {
        let searcher = self.archive.searcher();
        let mut terms: BTreeMap<&str, (u64, f32)> = BTreeMap::new();
        for (word, weight) in claim.words.iter().zip(weights) {
            let found = searcher.doc_freq(&self.term(&word.term));
            terms.insert(&word.term, (found.map_err(Error::engine)?, *weight));
        }
        let mut looked_up = BTreeSet::new();
        let mut walked = 0_u64;
        // Each sentence by itself: the archive may have one of them and not the others.
        for sentence in claim.sentences() {
            let words = claim.words.get(sentence).unwrap_or_default();
            let words: BTreeSet<&str> = words.iter().map(|word| word.term.as_str()).collect();
            // A word that nobody said leads nowhere.
            let mut known: Vec<(u64, &str, f32)> = words
                .into_iter()
                .filter_map(|word| {
                    terms
                        .get(word)
                        .map(|&(found, weight)| (found, word, weight))
                })
                .filter(|(found, _, _)| *found > 0)
                .collect();
            known.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
            let total: f32 = known.iter().map(|(_, _, weight)| weight).sum();
            let mut seen = 0.0;
            for (found, word, weight) in known {
                let enough = seen >= LOOKED_UP * total
                    || (seen > 0.0 && walked.saturating_add(found) > WALKED);
                if !enough && looked_up.insert(word) {
                    walked = walked.saturating_add(found);
                }
                seen += weight;
            }
        }
        let (mut required, mut optional) = (Vec::new(), Vec::new());
        for (word, (_, weight)) in terms {
            let query = TermQuery::new(self.term(word), IndexRecordOption::Basic);
            let query: Box<dyn EngineQuery> =
                Box::new(ConstScoreQuery::new(Box::new(query), weight));
            let list = if looked_up.contains(word) {
                &mut required
            } else {
                &mut optional
            };
            list.push((Occur::Should, query));
        }
        let mut clauses = optional;
        let required: Box<dyn EngineQuery> = Box::new(BooleanQuery::new(required));
        clauses.push((Occur::Must, required));
        if let Some(speaker) = speaker {
            let speaker = ConstScoreQuery::new(speaker.box_clone(), 0.0);
            clauses.push((Occur::Must, Box::new(speaker)));
        }
        let (keys, _) = self.run(&BooleanQuery::new(clauses), Sort::Relevance, CANDIDATES)?;
        self.read(keys)
    }

    /// Returns all that the speaker of a quotation says in its article, in its order.
    pub(super) fn beside(
        &mut self,
        stored: &StoredQuotation,
    ) -> Result<Vec<(Key, StoredQuotation)>, Error> {
        let schema = self.archive.schema();
        let article = TermQuery::new(
            schema.article_term(stored.article_id),
            IndexRecordOption::Basic,
        );
        let kind = TermQuery::new(
            schema.kind_term(DocumentKind::Quotation),
            IndexRecordOption::Basic,
        );
        let query = BooleanQuery::intersection(vec![Box::new(article), Box::new(kind)]);
        let (keys, _) = self.run(&query, Sort::Date, PHRASES)?;
        let mut all = self.read(keys)?;
        let name = |stored: &StoredQuotation| {
            let attribution = stored.quotation.attribution.as_ref();
            attribution
                .map(|attribution| attribution.speaker.name.clone())
                .unwrap_or_default()
        };
        let speaker = name(stored);
        all.retain(|(_, other)| {
            other.quotation.kind != QuotationKind::Indirect
                && other.inside.is_none()
                && name(other) == speaker
        });
        Ok(all)
    }

    /// Tells whether a query matches the document of a key.
    pub(super) fn holds(&self, query: &dyn EngineQuery, key: Key) -> Result<bool, Error> {
        let searcher = self.archive.searcher();
        let scoring = tantivy::query::EnableScoring::disabled_from_searcher(&searcher);
        let holds = query.weight(scoring).and_then(|weight| {
            let mut scorer = weight.scorer(searcher.segment_reader(key.segment), 1.0)?;
            Ok(scorer.doc() <= key.doc && scorer.seek(key.doc) == key.doc)
        });
        holds.map_err(Error::engine)
    }

    fn run(
        &mut self,
        query: &dyn EngineQuery,
        sort: Sort,
        limit: usize,
    ) -> Result<(Vec<Key>, u64), Error> {
        let searcher = self.archive.searcher();
        let wanted = Wanted {
            sort,
            limit,
            ..Wanted::nothing(self.archive.columns(), self.archive.schema())
        };
        let kind = KindStatistics::new(&searcher, self.archive.schema(), DocumentKind::Quotation)
            .map_err(Error::engine)?;
        let statistics = (sort == Sort::Relevance).then_some(&kind);
        let (gathered, complete) = gather(&searcher, query, None, statistics, wanted, self.limits)
            .map_err(Error::engine)?;
        self.partial |= !complete;
        Ok((gathered.top.into_sorted_vec(), gathered.total))
    }

    fn read(&mut self, keys: Vec<Key>) -> Result<Vec<(Key, StoredQuotation)>, Error> {
        let mut read = Vec::with_capacity(keys.len());
        for key in keys {
            if self.limits.reached() {
                self.partial = true;
                break;
            }
            let address = DocAddress::new(key.segment, key.doc);
            read.push((key, self.stored.read(address)?));
        }
        Ok(read)
    }
}
