//! From quotations to their articles, by the columns.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

/// The articles of one part of an index, and where their quotations stand: right behind them, in one row. They are
/// written together and removed together, and the engine keeps the order of documents, so that a quotation's distance
/// from its article never changes.
#[derive(Clone, Debug)]
pub struct Articles {
    id: Column<u64>,
    behind: Column<u64>,
}

impl Articles {
    /// Makes it of the columns `article_id` and `behind`.
    pub fn new(id: Column<u64>, behind: Column<u64>) -> Self {
        Self { id, behind }
    }

    /// Opens the columns of a part.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self::new(
            columns.u64("article_id")?,
            columns.u64("behind")?,
        ))
    }

    /// Returns the place of the article to which the document at a place belongs: its own, unless it is a quotation.
    pub fn place(&self, doc: DocId) -> DocId {
        doc.saturating_sub(self.behind(doc))
    }

    /// Returns the identifier of the article to which a document belongs; of a file there is none.
    pub fn id(&self, doc: DocId) -> Option<u64> {
        self.id.first(self.place(doc))
    }

    /// Returns by how much a quotation stands behind its article; 0 for other documents.
    pub fn behind(&self, doc: DocId) -> DocId {
        let behind = self.behind.first(doc).unwrap_or(0);
        DocId::try_from(behind).unwrap_or(DocId::MAX)
    }

    /// Tells whether the document at a place is an article.
    pub fn is_article(&self, doc: DocId) -> bool {
        self.id.first(doc).is_some()
    }
}
