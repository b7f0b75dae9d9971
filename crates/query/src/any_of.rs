//! What any of a few queries matches, scored by the best of them.
//!
//! The engine's own unites some thousands of documents ahead, and scores each of them; where something else must match
//! too, most of that is for nothing. Here nothing is looked at before it is asked for.

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

#[derive(Debug)]
pub(crate) struct AnyOf {
    /// Each with what its scores are multiplied by.
    pub(crate) queries: Vec<(Box<dyn Query>, Score)>,
}

impl Clone for AnyOf {
    fn clone(&self) -> Self {
        let queries = self.queries.iter();
        Self {
            queries: queries
                .map(|(query, by)| (query.box_clone(), *by))
                .collect(),
        }
    }
}

impl Query for AnyOf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let queries = self.queries.iter();
        let weights = queries.map(|(query, by)| Ok((query.weight(scoring)?, *by)));
        Ok(Box::new(AnyOfWeight(
            weights.collect::<tantivy::Result<_>>()?,
        )))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for (query, _) in &self.queries {
            query.query_terms(visitor);
        }
    }
}

struct AnyOfWeight(Vec<(Box<dyn Weight>, Score)>);

impl Weight for AnyOfWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorers = Vec::with_capacity(self.0.len());
        for (weight, by) in &self.0 {
            let scorer = weight.scorer(reader, boost * by)?;
            if scorer.doc() != TERMINATED {
                scorers.push(scorer);
            }
        }
        if scorers.len() <= 1 {
            let only = scorers.pop();
            return Ok(only.unwrap_or_else(|| Box::new(EmptyScorer)));
        }
        let doc = first(&scorers);
        let documents = reader.max_doc();
        Ok(Box::new(AnyOfScorer {
            scorers,
            doc,
            documents,
        }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explained(self, reader, doc, "the best of")
    }
}

/// Explains the score of a document by the scorer itself.
pub(crate) fn explained(
    weight: &dyn Weight,
    reader: &SegmentReader,
    doc: DocId,
    by: &'static str,
) -> tantivy::Result<Explanation> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    let found = scorer.doc() <= doc && scorer.seek(doc) == doc;
    let score = if found { scorer.score() } else { 0.0 };
    Ok(Explanation::new(by, score))
}

struct AnyOfScorer {
    scorers: Vec<Box<dyn Scorer>>,
    doc: DocId,
    documents: DocId,
}

/// The first document at which any of them stands.
fn first(scorers: &[Box<dyn Scorer>]) -> DocId {
    let docs = scorers.iter().map(DocSet::doc);
    docs.min().unwrap_or(TERMINATED)
}

impl DocSet for AnyOfScorer {
    fn advance(&mut self) -> DocId {
        let mut next = TERMINATED;
        for scorer in &mut self.scorers {
            let mut doc = scorer.doc();
            if doc == self.doc && doc != TERMINATED {
                doc = scorer.advance();
            }
            next = next.min(doc);
        }
        self.doc = next;
        next
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let mut next = TERMINATED;
        for scorer in &mut self.scorers {
            let mut doc = scorer.doc();
            if doc < target {
                doc = scorer.seek(target);
            }
            next = next.min(doc);
        }
        self.doc = next;
        next
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let hints = self.scorers.iter().map(DocSet::size_hint);
        hints.fold(0, u32::saturating_add).min(self.documents)
    }

    fn cost(&self) -> u64 {
        let costs = self.scorers.iter().map(DocSet::cost);
        costs.fold(0, u64::saturating_add)
    }
}

impl Scorer for AnyOfScorer {
    fn score(&mut self) -> Score {
        let doc = self.doc;
        let here = self.scorers.iter_mut().filter(|scorer| scorer.doc() == doc);
        here.map(Scorer::score).fold(0.0, Score::max)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::query::{DisjunctionMaxQuery, TermQuery};
    use tantivy::schema::IndexRecordOption;

    use super::*;
    use crate::testing::{Story, build};

    /// As the engine's own, walked and sought.
    #[test]
    fn any_is_found_and_scored_by_the_best() {
        let said = [
            "one two",
            "two",
            "three one",
            "four",
            "two three three",
            "one",
        ];
        let said: Vec<_> = said
            .iter()
            .map(|said| ("Jane Roe", "Roe", "", *said))
            .collect();
        let stories: Vec<Story<'_>> = vec![("Hope", "2025-10-25", said.as_slice()); 3];
        let dir = tempfile::tempdir().unwrap();
        let archive = build(dir.path(), &stories, false);
        let searcher = archive.searcher();
        let field = archive.schema().fields().said;
        let queries = || -> Vec<Box<dyn Query>> {
            ["1", "2", "3", "nothing"]
                .map(|word| {
                    let term = Term::from_field_text(field, word);
                    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                    Box::new(query) as Box<dyn Query>
                })
                .into()
        };
        let scorer = |query: &dyn Query| {
            let scoring = EnableScoring::enabled_from_searcher(&searcher);
            let weight = query.weight(scoring).unwrap();
            weight.scorer(searcher.segment_reader(0), 1.0).unwrap()
        };
        let own = DisjunctionMaxQuery::new(queries());
        let mut expected = Vec::new();
        let mut walked = scorer(&own);
        while walked.doc() != TERMINATED {
            expected.push((walked.doc(), walked.score()));
            walked.advance();
        }
        assert!(expected.len() >= 15);
        let mut found = Vec::new();
        let any = AnyOf {
            queries: queries().into_iter().map(|query| (query, 1.0)).collect(),
        };
        let mut walked = scorer(&any);
        while walked.doc() != TERMINATED {
            found.push((walked.doc(), walked.score()));
            walked.advance();
        }
        assert_eq!(found, expected);
        for target in 0..24 {
            let mut sought = scorer(&any);
            if sought.doc() < target {
                sought.seek(target);
            }
            let next = expected.iter().find(|(doc, _)| *doc >= target);
            assert_eq!(sought.doc(), next.map_or(TERMINATED, |next| next.0));
            if let Some((_, score)) = next {
                assert!((sought.score() - score).abs() < Score::EPSILON);
            }
        }
    }
}
