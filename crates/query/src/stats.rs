//! Statistics of the kind of document searched, for BM25.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};
use whosaid_schema::{DocumentKind, Schema};

/// Counts documents of one kind only.
///
/// Articles and quotations share an index but no analyzed field that is ranked, so that a field's tokens and a
/// term's documents are already those of the kind. Only the number of documents must be corrected: the engine
/// would divide by all.
/// Not so of quotations, which are nearly all there is: the engine chose the best of each block of documents by the
/// average length over all, and where that is the average asked for, more blocks can be passed over.
pub(crate) struct KindStatistics<'a> {
    searcher: &'a Searcher,
    documents: u64,
}

impl<'a> KindStatistics<'a> {
    pub(crate) fn new(
        searcher: &'a Searcher,
        schema: &Schema,
        kind: DocumentKind,
    ) -> tantivy::Result<Self> {
        let documents = match kind {
            DocumentKind::Quotation => {
                let readers = searcher.segment_readers().iter();
                readers.map(|reader| u64::from(reader.max_doc())).sum()
            }
            _ => searcher.doc_freq(&schema.kind_term(kind))?,
        };
        Ok(Self {
            searcher,
            documents: documents.max(1),
        })
    }
}

impl Bm25StatisticsProvider for KindStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Bm25StatisticsProvider::total_num_tokens(self.searcher, field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        // What articles and quotations both have does not rank; a term cannot be in more documents than there are.
        Ok(self.searcher.doc_freq(term)?.min(self.documents))
    }
}
