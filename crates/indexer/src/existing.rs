//! What the archive has already.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{
    DocAddress, DocId, DocSet, ReloadPolicy, Searcher, SegmentReader, TERMINATED, TantivyError,
    Term,
};
use whosaid_model::ArticleId;
use whosaid_schema::{DocumentKind, Error, FileId, Schema, StoredFile};

use crate::standing::Standing;

/// The last commit of the archive.
pub(crate) struct Existing {
    schema: Schema,
    searcher: Searcher,
    /// Looked into for every article that is read.
    lookups: Vec<Lookup>,
}

/// The identifiers and addresses of the articles of a segment.
struct Lookup {
    articles: Arc<InvertedIndexReader>,
    addresses: Arc<InvertedIndexReader>,
    /// Quotations have it, articles have not.
    start: Column<u64>,
    alive: Option<AliveBitSet>,
}

impl Existing {
    pub(crate) fn open(index: &tantivy::Index, schema: &Schema) -> tantivy::Result<Self> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = tantivy::IndexReader::searcher(&reader);
        let fields = schema.fields();
        let lookups = searcher
            .segment_readers()
            .iter()
            .map(|segment| {
                Ok(Lookup {
                    articles: segment.inverted_index(fields.article)?,
                    addresses: segment.inverted_index(fields.address)?,
                    start: segment.fast_fields().u64("start")?,
                    alive: segment.alive_bitset().cloned(),
                })
            })
            .collect::<tantivy::Result<_>>()?;
        Ok(Self {
            schema: schema.clone(),
            searcher,
            lookups,
        })
    }

    /// Returns an article that the archive has.
    pub(crate) fn article(&self, id: ArticleId) -> Result<Option<Standing>, Error> {
        let term = self.schema.article_term(id);
        self.standing(&term, |lookup| &lookup.articles)
    }

    /// Returns the article that the archive has from an address.
    pub(crate) fn article_at(&self, address: u64) -> Result<Option<Standing>, Error> {
        let term = self.schema.address_term(address);
        self.standing(&term, |lookup| &lookup.addresses)
    }

    fn standing(
        &self,
        term: &Term,
        index: impl Fn(&Lookup) -> &Arc<InvertedIndexReader>,
    ) -> Result<Option<Standing>, Error> {
        for (ord, lookup) in self.lookups.iter().enumerate() {
            let postings = index(lookup)
                .read_postings(term, IndexRecordOption::Basic)
                .map_err(TantivyError::from)?;
            let Some(mut postings) = postings else {
                continue;
            };
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                let alive = lookup
                    .alive
                    .as_ref()
                    .is_none_or(|alive| alive.is_alive(doc));
                if alive && lookup.start.first(doc).is_none() {
                    let document = self.searcher.doc(DocAddress::new(ord as u32, doc))?;
                    let stored = self.schema.decode_article(&document)?;
                    return Ok(Some(Standing::stored(stored)));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    /// Returns what was noted of a file when it was read.
    pub(crate) fn file(&self, id: FileId) -> Result<Option<StoredFile>, Error> {
        let mut found = None;
        self.with_files(
            &self.schema.file_term(id),
            self.schema.fields().file,
            |file| {
                found = Some(file);
            },
        )?;
        Ok(found)
    }

    /// Hands over every file of the archive.
    pub(crate) fn files(&self, sink: impl FnMut(StoredFile)) -> Result<(), Error> {
        let term = self.schema.kind_term(DocumentKind::File);
        self.with_files(&term, self.schema.fields().kind_of, sink)
    }

    /// Hands over every file that holds another copy of an article.
    pub(crate) fn holders(&self, id: ArticleId, sink: impl FnMut(StoredFile)) -> Result<(), Error> {
        let term = self.schema.duplicate_term(id);
        self.with_files(&term, self.schema.fields().duplicate, sink)
    }

    /// Hands over every file that holds another version of what the archive has from an address.
    pub(crate) fn displaced(
        &self,
        address: u64,
        sink: impl FnMut(StoredFile),
    ) -> Result<(), Error> {
        let term = self.schema.displaced_term(address);
        self.with_files(&term, self.schema.fields().displaced, sink)
    }

    fn with_files(
        &self,
        term: &Term,
        field: Field,
        mut sink: impl FnMut(StoredFile),
    ) -> Result<(), Error> {
        for segment in self.searcher.segment_readers() {
            let store = segment
                .get_store_reader(1)
                .map_err(tantivy::TantivyError::from)?;
            for document in Alive::new(segment, field, term)? {
                let document = store.get(document)?;
                sink(self.schema.decode_file(&document)?);
            }
        }
        Ok(())
    }

    /// Returns the articles that the archive has from a file, with their addresses.
    pub(crate) fn articles_of(
        &self,
        file: FileId,
    ) -> tantivy::Result<FxHashMap<ArticleId, Option<u64>>> {
        let fields = self.schema.fields();
        let term = self.schema.from_file_term(file);
        let mut articles = FxHashMap::default();
        for segment in self.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let (article, address) = (columns.u64("article_id")?, columns.u64("address")?);
            for document in Alive::new(segment, fields.from_file, &term)? {
                if let Some(id) = article.first(document) {
                    articles.insert(ArticleId(id), address.first(document));
                }
            }
        }
        Ok(articles)
    }
}

/// The documents of a segment that have a term and are not deleted.
struct Alive<'a> {
    segment: &'a SegmentReader,
    postings: Option<SegmentPostings>,
}

impl<'a> Alive<'a> {
    fn new(segment: &'a SegmentReader, field: Field, term: &Term) -> tantivy::Result<Self> {
        let terms = segment.inverted_index(field)?;
        Ok(Self {
            segment,
            postings: terms.read_postings(term, IndexRecordOption::Basic)?,
        })
    }
}

impl Iterator for Alive<'_> {
    type Item = DocId;

    fn next(&mut self) -> Option<DocId> {
        let postings = self.postings.as_mut()?;
        loop {
            let document = postings.doc();
            if document == TERMINATED {
                return None;
            }
            postings.advance();
            if !self.segment.is_deleted(document) {
                return Some(document);
            }
        }
    }
}
