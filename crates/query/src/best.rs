//! The best of a query of words, without looking at all that matches.
//!
//! The engine passes over blocks of documents that hold none of the best (Ding and Suel, “Faster top-k document retrieval
//! using block-max indexes”, 2011). What ranks some higher is added to those that are left; the blocks are asked for
//! what may be among the best with all that can be added.

use std::cell::{Cell, RefCell};

use tantivy::query::{EnableScoring, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, Score, Searcher, SegmentReader, TERMINATED};

use crate::gather::{Betters, Gather, Segment, Wanted, score_at};
use crate::hidden::Hidden;
use crate::lower::{Part, Ranked, average_length};
use crate::scan::{Limits, STRIDE};
use crate::stats::KindStatistics;

/// Scores that are equal when rounded differ by less: what a document may lack and stand among the best all the same.
pub(crate) const ROUNDED: Score = 0.000_2;

/// Keeps the best in `gather`; counts nothing. Returns whether no limit was reached.
pub(crate) fn best<'g>(
    searcher: &Searcher,
    ranked: &Ranked,
    statistics: &KindStatistics<'_>,
    wanted: Wanted<'g>,
    gather: &'g RefCell<Gather>,
    limits: &Limits,
) -> tantivy::Result<bool> {
    let whole = ranked.whole.as_ref();
    let whole = whole.map(|whole| whole.weight(scoring(searcher, statistics)));
    let whole = whole.transpose()?;
    for part in &ranked.parts {
        let list = List {
            searcher,
            statistics,
            wanted,
            gather,
            limits,
            is_direct: ranked.is_direct,
        };
        if !list.best_of(part, whole.as_deref())? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn scoring<'s>(searcher: &'s Searcher, statistics: &'s KindStatistics<'_>) -> EnableScoring<'s> {
    EnableScoring::enabled_from_statistics_provider(statistics, searcher)
}

/// A list of the best in the making.
struct List<'g> {
    searcher: &'g Searcher,
    statistics: &'g KindStatistics<'g>,
    wanted: Wanted<'g>,
    gather: &'g RefCell<Gather>,
    limits: &'g Limits,
    is_direct: bool,
}

impl List<'_> {
    /// Lists the best of a part; what is listed scores as the whole, if the part is not all. Returns whether no limit
    /// was reached.
    fn best_of(&self, part: &Part, whole: Option<&dyn Weight>) -> tantivy::Result<bool> {
        let (searcher, statistics, wanted) = (self.searcher, self.statistics, self.wanted);
        let words = part.words.weight(scoring(searcher, statistics))?;
        let better = Betters::of(searcher, &part.better, statistics)?;
        let most = better.most;
        for (ord, reader) in (0..).zip(searcher.segment_readers()) {
            if self.limits.reached() {
                return Ok(false);
            }
            let segment = Segment::open(wanted, ord, reader, self.gather)?;
            let slack = match part.field {
                Some(field) => slack(reader, field, average_length(statistics, field)?)?,
                None => 1.0,
            };
            let hidden = if self.is_direct {
                // Few are looked at.
                Hidden::open(wanted.columns, reader, 0)?
            } else {
                Hidden::None
            };
            let mut better = better.of_segment(reader)?;
            let whole = whole.map(|whole| whole.scorer(reader, 1.0));
            let mut whole = whole.transpose()?;
            let least = |gather: &Gather| {
                gather.least(wanted.limit).map_or(Score::MIN, |least| {
                    ((least - ROUNDED) / part.weight - most) / slack
                })
            };
            let mut seen = 0_u32;
            let stopped = Cell::new(false);
            let mut list = |doc: DocId, score: Score| {
                seen = seen.wrapping_add(1);
                // A condition that stopped where it stands may be one that excludes.
                if self.limits.was_reached() || seen.is_multiple_of(STRIDE) && self.limits.reached()
                {
                    stopped.set(true);
                }
                if stopped.get() {
                    return Score::INFINITY;
                }
                let mut gather = self.gather.borrow_mut();
                if !reader.is_deleted(doc) && !hidden.is(doc) {
                    match &mut whole {
                        Some(whole) => {
                            let score = score_at(whole.as_mut(), doc);
                            let least = gather.least(wanted.limit).unwrap_or(Score::MIN);
                            // Another part may have listed it.
                            if score + ROUNDED >= least && !gather.has(ord, doc) {
                                segment.list(&mut gather, doc, score);
                            }
                        }
                        None => segment.list(&mut gather, doc, score + better.at(doc)),
                    }
                }
                least(&gather)
            };
            let start = least(&self.gather.borrow());
            if part.field.is_some() {
                words.for_each_pruning(start, reader, &mut list)?;
            } else {
                let (mut scorer, mut least) = (words.scorer(reader, 1.0)?, start);
                let mut doc = scorer.doc();
                while doc != TERMINATED && !stopped.get() {
                    let score = scorer.score();
                    if score > least {
                        least = list(doc, score);
                    }
                    doc = scorer.advance();
                }
            }
            if stopped.get() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// By how much the best of a block may be better than the engine thinks: it noted which document of a block is the best
/// one for the average length of this segment alone, and another one may be for the average of all. Both orders weigh a
/// document by its length over the average, so that they differ by no more than the averages do.
fn slack(reader: &SegmentReader, field: Field, length: Score) -> tantivy::Result<Score> {
    let index = reader.inverted_index(field)?;
    let own = index.total_num_tokens() as Score / reader.max_doc().max(1) as Score;
    let ratio = length / own;
    let slack = ratio.max(ratio.recip());
    Ok(if slack.is_finite() {
        slack
    } else {
        Score::INFINITY
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{Story, build, options};
    use crate::{Archive, Hit, Query, Unit};

    /// Words of which the first are in most quotations, and the last in few.
    const WORDS: &[&str] = &["one", "two", "trade", "port", "chance", "harbour"];

    /// Quotations of different lengths: in each story some hundreds, those of later stories longer.
    fn quotations(story: usize) -> Vec<String> {
        let mut random = 7 + story as u64;
        let mut below = |end: usize| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (random >> 33) as usize % end
        };
        let mut said = Vec::new();
        for _ in 0..400 {
            let length = 2 + below(4 + 12 * story);
            let words = (0..length).map(|_| WORDS[below(WORDS.len()).min(below(WORDS.len()))]);
            said.push(words.collect::<Vec<_>>().join(" "));
        }
        said
    }

    fn ids(archive: &Archive, query: &Query, unit: Unit, limit: usize) -> Vec<String> {
        let found = archive.search(query).unit(unit).limit(limit).run().unwrap();
        assert!(!found.is_partial());
        let quotations = found.hits().iter().map(Hit::id).map(|id| id.to_string());
        let articles = found.article_hits().iter().map(|hit| hit.id().to_string());
        quotations.chain(articles).collect()
    }

    /// A list of few, for which most is passed over, begins as the list of all, for which nothing is.
    #[test]
    fn nothing_is_passed_over_that_is_among_the_best() {
        let said: Vec<Vec<String>> = (0..4).map(quotations).collect();
        let quotations: Vec<Vec<_>> = said
            .iter()
            .map(|said| {
                said.iter()
                    .map(|said| ("Jane Roe", "Roe", "", said.as_str()))
                    .collect()
            })
            .collect();
        let stories: Vec<Story<'_>> = quotations
            .iter()
            .map(|quotations| ("Trade", "2025-10-25", quotations.as_slice()))
            .collect();
        for segments in [false, true] {
            let dir = tempfile::tempdir().unwrap();
            let archive = build(dir.path(), &stories, segments);
            for text in [
                "said:harbour",
                "said:one",
                "said:port said:chance",
                "said:(harbour AND two)",
                "said:(chance OR trade)",
                "said:Harbour",
                "text:trade",
            ] {
                let query = Query::parse(text, &options()).unwrap();
                for unit in [Unit::Quotations, Unit::Articles] {
                    let all = ids(&archive, &query, unit, 10_000);
                    for limit in [1, 3, 20] {
                        let few = ids(&archive, &query, unit, limit);
                        assert_eq!(few, all[..limit.min(all.len())], "{text} {limit}");
                    }
                }
            }
        }
    }
}
