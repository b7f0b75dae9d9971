//! What was published within some days, found by the days of the articles: a quotation is of the day of its article.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};
use whosaid_schema::Schema;

use crate::columns::Columns;
use crate::rows::Bits;
use crate::search::Unit;

/// Matches the documents of a unit that were certainly published within the days; all score the same.
#[derive(Clone, Debug)]
pub(crate) struct PublishedWithin {
    pub(crate) first: Option<i64>,
    pub(crate) last: Option<i64>,
    pub(crate) unit: Unit,
    pub(crate) schema: Schema,
    pub(crate) columns: Columns,
}

impl PublishedWithin {
    fn found(&self, reader: &SegmentReader) -> tantivy::Result<Bits> {
        let index = reader.inverted_index(self.schema.fields().first_day)?;
        let (rows, last_day) = (
            self.columns.rows(reader, &self.schema)?,
            self.columns.i64(reader, "last_day")?,
        );
        // Their first days are.
        let is_in_time = |article| match self.last {
            Some(last) => last_day.first(article).is_none_or(|day| day <= last),
            None => true,
        };
        let key = |day: i64| self.schema.day_term(day).serialized_value_bytes().to_vec();
        let mut days = index.terms().range();
        if let Some(first) = self.first {
            days = days.ge(key(first));
        }
        if let Some(last) = self.last {
            days = days.le(key(last));
        }
        let mut days = days.into_stream()?;
        let mut found = Bits::none(reader.max_doc());
        while days.advance() {
            let basic = IndexRecordOption::Basic;
            let mut postings = index.read_block_postings_from_terminfo(days.value(), basic)?;
            while !postings.docs().is_empty() {
                for article in postings.docs().iter().copied().filter(|of| is_in_time(*of)) {
                    match self.unit {
                        Unit::Articles => found.insert(article),
                        Unit::Quotations => {
                            found.insert_all(article.saturating_add(1), rows.end(article));
                        }
                    }
                }
                postings.advance();
            }
        }
        Ok(found)
    }
}

impl Query for PublishedWithin {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }

    fn query_terms<'a>(&'a self, _: &mut dyn FnMut(&'a Term, bool)) {}
}

impl Weight for PublishedWithin {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let bits = self.found(reader)?;
        let count = bits.count(0, reader.max_doc());
        let doc = bits.next(0).unwrap_or(TERMINATED);
        Ok(Box::new(BitsScorer {
            bits,
            count,
            doc,
            score: boost,
        }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("published within days", 1.0))
    }
}

/// Goes through documents by their bits.
struct BitsScorer {
    bits: Bits,
    count: u32,
    doc: DocId,
    score: Score,
}

impl DocSet for BitsScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            let next = self.bits.next(self.doc.saturating_add(1));
            self.doc = next.unwrap_or(TERMINATED);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.bits.next(target).unwrap_or(TERMINATED);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.count
    }
}

impl Scorer for BitsScorer {
    fn score(&mut self) -> Score {
        self.score
    }
}
