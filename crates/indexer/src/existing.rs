//! What the archive has already.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, ReloadPolicy, Searcher, SegmentReader, TERMINATED, Term};
use whosaid_model::ArticleId;
use whosaid_schema::{DocumentKind, Error, FileId, Schema, StoredFile};

/// The last commit of the archive.
pub(crate) struct Existing {
    schema: Schema,
    searcher: Searcher,
    /// The identifiers of articles in each segment, looked up for every article that is read.
    articles: Vec<Identifiers>,
}

struct Identifiers {
    terms: Arc<InvertedIndexReader>,
    alive: Option<AliveBitSet>,
}

impl Existing {
    pub(crate) fn open(index: &tantivy::Index, schema: &Schema) -> tantivy::Result<Self> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = tantivy::IndexReader::searcher(&reader);
        let articles = searcher
            .segment_readers()
            .iter()
            .map(|segment| {
                Ok(Identifiers {
                    terms: segment.inverted_index(schema.fields().article)?,
                    alive: segment.alive_bitset().cloned(),
                })
            })
            .collect::<tantivy::Result<_>>()?;
        Ok(Self {
            schema: schema.clone(),
            searcher,
            articles,
        })
    }

    /// Tells whether the archive has an article.
    pub(crate) fn has_article(&self, id: ArticleId) -> tantivy::Result<bool> {
        let term = self.schema.article_term(id);
        for segment in &self.articles {
            let postings = segment
                .terms
                .read_postings(&term, IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else {
                continue;
            };
            let Some(alive) = &segment.alive else {
                return Ok(true);
            };
            while postings.doc() != TERMINATED {
                if alive.is_alive(postings.doc()) {
                    return Ok(true);
                }
                postings.advance();
            }
        }
        Ok(false)
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

    /// Returns the articles that the archive has from a file.
    pub(crate) fn articles_of(&self, file: FileId) -> tantivy::Result<FxHashSet<ArticleId>> {
        let fields = self.schema.fields();
        let term = self.schema.from_file_term(file);
        let mut articles = FxHashSet::default();
        for segment in self.searcher.segment_readers() {
            let column = segment.fast_fields().u64("article")?;
            for document in Alive::new(segment, fields.from_file, &term)? {
                articles.extend(column.first(document).map(ArticleId));
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
