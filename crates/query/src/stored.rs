//! Quotations from the store, each with its article.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::DocAddress;
use whosaid_model::Quotation;
use whosaid_schema::{StoredArticle, StoredQuotation};

use crate::archive::Archive;
use crate::error::Error;

/// Articles remembered at a time: those of quotations that are read after each other are few, or the quotations many.
const ARTICLES: usize = 32;

/// Reads quotations of an archive. What they say stands in their articles, of which the last ones are kept.
pub(crate) struct Quotations {
    archive: Archive,
    articles: HashMap<DocAddress, Arc<StoredArticle>>,
}

impl Quotations {
    pub(crate) fn new(archive: &Archive) -> Self {
        Self {
            archive: archive.clone(),
            articles: HashMap::new(),
        }
    }

    /// Reads the quotation at an address.
    pub(crate) fn read(&mut self, address: DocAddress) -> Result<StoredQuotation, Error> {
        let document = self.archive.document(address)?;
        let article = self.article(address)?;
        let schema = self.archive.schema();
        Ok(schema.decode_quotation(&document, &article)?)
    }

    /// Reads of the quotation at an address what does not stand in its article.
    pub(crate) fn bare(&self, address: DocAddress) -> Result<Quotation, Error> {
        let document = self.archive.document(address)?;
        Ok(self.archive.schema().decode_bare_quotation(&document)?)
    }

    /// Reads the article of the quotation at an address.
    pub(crate) fn article(&mut self, address: DocAddress) -> Result<Arc<StoredArticle>, Error> {
        let reader = { self.archive.searcher() };
        let reader = reader.segment_reader(address.segment_ord);
        let rows = self.archive.columns().rows(reader, self.archive.schema());
        let place = rows.map_err(Error::engine)?.head(address.doc_id);
        let address = DocAddress::new(address.segment_ord, place);
        if let Some(article) = self.articles.get(&address) {
            return Ok(Arc::clone(article));
        }
        let document = self.archive.document(address)?;
        let article = Arc::new(self.archive.schema().decode_article(&document)?);
        if self.articles.len() >= ARTICLES {
            self.articles.clear();
        }
        self.articles.insert(address, Arc::clone(&article));
        Ok(article)
    }
}
