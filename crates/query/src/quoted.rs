//! Quotations of the articles that a query finds.
//!
//! What an article and its quotations have in common is indexed with the article alone; they stand right behind it.

use std::sync::Arc;

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};
use whosaid_schema::{DocumentKind, Schema};

use crate::columns::Columns;
use crate::rows::Rows;
use crate::stats::KindStatistics;

/// Matches the quotations of the articles that the inner query matches, each with the score of its article among all
/// articles.
#[derive(Debug)]
pub(crate) struct Quoted {
    articles: Box<dyn Query>,
    schema: Schema,
    columns: Columns,
}

impl Quoted {
    pub(crate) fn of(
        articles: Box<dyn Query>,
        schema: &Schema,
        columns: &Columns,
    ) -> Box<dyn Query> {
        let (schema, columns) = (schema.clone(), columns.clone());
        Box::new(Self {
            articles,
            schema,
            columns,
        })
    }
}

impl Clone for Quoted {
    fn clone(&self) -> Self {
        Self {
            articles: self.articles.box_clone(),
            schema: self.schema.clone(),
            columns: self.columns.clone(),
        }
    }
}

impl Query for Quoted {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let of_articles = |scoring| {
            Ok(Box::new(QuotedWeight {
                articles: self.articles.weight(scoring)?,
                schema: self.schema.clone(),
                columns: self.columns.clone(),
            }) as Box<dyn Weight>)
        };
        let EnableScoring::Enabled { searcher, .. } = scoring else {
            return of_articles(scoring);
        };
        let statistics = KindStatistics::new(searcher, &self.schema, DocumentKind::Article)?;
        of_articles(EnableScoring::enabled_from_statistics_provider(
            &statistics,
            searcher,
        ))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.articles.query_terms(visitor);
    }
}

struct QuotedWeight {
    articles: Box<dyn Weight>,
    schema: Schema,
    columns: Columns,
}

impl Weight for QuotedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = QuotedScorer {
            found: self.articles.scorer(reader, boost)?,
            rows: self.columns.rows(reader, &self.schema)?,
            documents: reader.max_doc(),
            end: 0,
            doc: TERMINATED,
            score: None,
        };
        scorer.first();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let rows = self.columns.rows(reader, &self.schema)?;
        self.articles.explain(reader, rows.head(doc))
    }
}

struct QuotedScorer {
    /// Stands at the article whose quotations are met.
    found: Box<dyn Scorer>,
    rows: Arc<Rows>,
    documents: DocId,
    /// The first document behind the quotations that are met.
    end: DocId,
    doc: DocId,
    score: Option<Score>,
}

impl QuotedScorer {
    /// Goes to the first quotation of the article at which `found` stands, or of the next one that has any.
    fn first(&mut self) -> DocId {
        self.score = None;
        let mut article = self.found.doc();
        self.doc = loop {
            if article == TERMINATED {
                break TERMINATED;
            }
            self.end = self.rows.end(article);
            let first = article.saturating_add(1);
            if first < self.end {
                break first;
            }
            article = self.found.advance();
        };
        self.doc
    }
}

impl DocSet for QuotedScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        let next = self.doc.saturating_add(1);
        if next < self.end {
            self.doc = next;
            return next;
        }
        self.found.advance();
        self.first()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if target >= self.documents {
            self.doc = TERMINATED;
            return TERMINATED;
        }
        // Behind the article at which `found` stands.
        if target < self.end {
            self.doc = target;
            return target;
        }
        let article = self.rows.head(target);
        if self.found.doc() < article {
            self.score = None;
            self.found.seek(article);
        }
        if self.found.doc() == article && article < target {
            self.end = self.rows.end(target);
            self.doc = target;
            return target;
        }
        // What is sought is an article or a file, or a quotation of an article that is not found.
        self.first()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let quotations = self.found.size_hint().saturating_mul(16);
        quotations.min(self.documents)
    }

    fn cost(&self) -> u64 {
        self.found.cost().saturating_mul(2)
    }
}

impl Scorer for QuotedScorer {
    fn score(&mut self) -> Score {
        *self.score.get_or_insert_with(|| self.found.score())
    }
}

#[cfg(test)]
mod tests {
    use tantivy::query::TermQuery;
    use tantivy::schema::IndexRecordOption;

    use super::*;
    use crate::testing::{Story, build};

    #[test]
    fn quotations_of_articles_are_met_in_order_and_sought() {
        let said = [("Jane Roe", "Roe", "", "We will wait for the ferry"); 4];
        // The first story has one more, and some stories have none.
        let stories: Vec<Story<'_>> = [
            (true, 2),
            (false, 3),
            (true, 0),
            (true, 4),
            (false, 0),
            (true, 1),
        ]
        .into_iter()
        .map(|(found, length)| {
            let title = if found { "Hope" } else { "Fear" };
            (title, "2025-10-25", &said[..length])
        })
        .collect();
        let expected = [1, 2, 3, 10, 11, 12, 13, 16];
        let dir = tempfile::tempdir().unwrap();
        let archive = build(dir.path(), &stories, false);
        let searcher = archive.searcher();
        let term = Term::from_field_text(archive.schema().fields().title, "hope");
        let articles = TermQuery::new(term, IndexRecordOption::Basic);
        let query = Quoted::of(Box::new(articles), archive.schema(), archive.columns());
        let scoring = || EnableScoring::enabled_from_searcher(&searcher);
        let scorer = || {
            let weight = query.weight(scoring()).unwrap();
            weight.scorer(searcher.segment_reader(0), 1.0).unwrap()
        };
        let mut walked = scorer();
        let mut found = Vec::new();
        while walked.doc() != TERMINATED {
            assert!(walked.score() > 0.0);
            found.push(walked.doc());
            walked.advance();
        }
        assert_eq!(found, expected);
        for first in 0..18 {
            for second in first..18 {
                let mut sought = scorer();
                for target in [first, second] {
                    let next = expected.iter().copied().find(|doc| *doc >= target);
                    let met = if sought.doc() < target {
                        sought.seek(target)
                    } else {
                        sought.doc()
                    };
                    assert_eq!(met, next.unwrap_or(TERMINATED), "{first} {second}");
                }
            }
        }
    }
}
