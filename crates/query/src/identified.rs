//! Documents by the beginnings of their identifiers.

use std::ops::Bound;

use tantivy::columnar::Column;
use tantivy::query::doc_predicate_query::{
    ConstOrVariableSegmentPredicate, DocPredicate, DocPredicateQuery, SegmentDocPredicate,
};
use tantivy::query::{AllScorer, BooleanQuery, Query, RangeQuery};
use tantivy::store::StoreReader;
use tantivy::{DocId, SegmentReader, TantivyDocument, Term};
use whosaid_model::{ArticleId, QuotationId};
use whosaid_schema::{Articles, DocumentKind, Schema};

use crate::id::Prefix;

/// The documents whose identifier begins so: of an article those of its quotations too.
pub(crate) fn identified(schema: &Schema, prefix: Prefix) -> Box<dyn Query> {
    let fields = schema.fields();
    let digits = |id| Schema::first_digits(QuotationId(id));
    let (field, first, last) = match prefix.kind {
        DocumentKind::Article => (fields.article, prefix.first, prefix.last),
        _ => (fields.quotation, digits(prefix.first), digits(prefix.last)),
    };
    let bound = |value| Bound::Included(Term::from_field_u64(field, value));
    let range: Box<dyn Query> = Box::new(RangeQuery::new(bound(first), bound(last)));
    // No more than four digits of a quotation's identifier are in the index.
    if prefix.kind == DocumentKind::Article || first < last {
        return range;
    }
    let schema = schema.clone();
    let whole = DocPredicateQuery::from(Identified { schema, prefix });
    Box::new(BooleanQuery::intersection(vec![range, Box::new(whole)]))
}

/// Reads the identifier of a quotation.
pub(crate) fn quotation_id(
    schema: &Schema,
    articles: &Articles,
    document: &TantivyDocument,
    doc: DocId,
) -> Option<QuotationId> {
    let quotation = schema.decode_bare_quotation(document).ok()?;
    let article = ArticleId(articles.id(doc)?);
    Some(QuotationId::new(article, quotation.span))
}

/// Quotations whose whole identifier begins so.
#[derive(Debug)]
struct Identified {
    schema: Schema,
    prefix: Prefix,
}

struct SegmentIdentified {
    schema: Schema,
    prefix: Prefix,
    halves: Column<u64>,
    articles: Articles,
    store: StoreReader,
}

impl DocPredicate for Identified {
    type SegmentDocPredicate = SegmentIdentified;

    fn doc_predicate(
        &self,
        reader: &SegmentReader,
    ) -> tantivy::Result<ConstOrVariableSegmentPredicate<SegmentIdentified>> {
        Ok(ConstOrVariableSegmentPredicate::Variable {
            predicate: SegmentIdentified {
                schema: self.schema.clone(),
                prefix: self.prefix,
                halves: reader.fast_fields().u64("quotation_id")?,
                articles: Articles::open(reader)?,
                store: reader.get_store_reader(1)?,
            },
            necessary_condition: Box::new(AllScorer::new(reader.max_doc())),
        })
    }
}

impl SegmentDocPredicate for SegmentIdentified {
    fn eval(&mut self, doc: DocId) -> bool {
        let half = |id| Schema::first_half(QuotationId(id));
        let (first, last) = (half(self.prefix.first), half(self.prefix.last));
        let of_doc = self.halves.first(doc);
        if !of_doc.is_some_and(|half| (first..=last).contains(&half)) {
            return false;
        }
        // No more than half of it is in the column.
        if first < last {
            return true;
        }
        let document = self.store.get::<TantivyDocument>(doc).ok();
        let id = document
            .and_then(|document| quotation_id(&self.schema, &self.articles, &document, doc));
        id.is_some_and(|id| (self.prefix.first..=self.prefix.last).contains(&id.0))
    }

    fn cost(&self) -> u64 {
        100_000
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{build, options};
    use crate::{Hit, Query};

    #[test]
    fn whole_identifiers_are_told_apart_though_little_of_each_is_in_the_index() {
        let said = [("Jane Roe", "Roe", "", "We will wait for the ferry")];
        let dir = tempfile::tempdir().unwrap();
        let archive = build(dir.path(), &[("Hope", "2025-10-25", &said)], false);
        let query = Query::parse("said:ferry", &options()).unwrap();
        let found = archive.search(&query).run().unwrap();
        let id = found.hits().first().map(Hit::id).unwrap();
        for digits in 1..=16 {
            let id = &id.to_string()[..2 + digits];
            let written = archive.quotation(id).map(|hit| hit.id().to_string());
            assert!(written.unwrap().starts_with(id), "{id}");
        }
        let other = format!("q:{:016x}", id.0 ^ 1);
        assert!(archive.quotation(&other).is_err());
        let asked = Query::parse(&format!("id:{other}"), &options()).unwrap();
        assert_eq!(archive.search(&asked).run().unwrap().total(), 0);
        assert_eq!(archive.near_in_digits(id).unwrap(), []);
    }
}
