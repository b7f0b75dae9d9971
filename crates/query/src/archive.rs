use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{RangeQuery, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, Term};
use whosaid_model::{Article, ArticleId, Quotation, QuotationId, SpeakerKind};
use whosaid_schema::{DocumentKind, FileId, Schema, StoredFile, day_of_number};

use crate::answer::{self, Answer};
use crate::error::{Cause, Error};
use crate::hit::Hit;
use crate::id::Prefix;
use crate::options::{Options, Query};
use crate::people;
use crate::question::Question;
use crate::scan::Limits;
use crate::search::SearchBuilder;

/// An archive opened for reading: the state of its last commit. Cheap to clone, safe to share.
#[derive(Clone)]
pub struct Archive {
    schema: Schema,
    reader: IndexReader,
    path: Arc<Path>,
}

const _: () = {
    const fn shared<T: Clone + Send + Sync>() {}
    const fn sent<T: Send + Sync>() {}
    shared::<Archive>();
    shared::<Query>();
    shared::<crate::Found>();
    shared::<crate::Cancel>();
    sent::<Error>();
    sent::<Hit>();
    sent::<SearchBuilder<'static>>();
};

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// What an archive holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Holdings {
    /// Articles.
    pub articles: u64,
    /// Quotations, indirect speech included.
    pub quotations: u64,
    /// Files.
    pub files: u64,
    /// The earliest day of publication.
    pub first: Option<NaiveDate>,
    /// The latest day of publication.
    pub last: Option<NaiveDate>,
}

impl Archive {
    /// Opens the archive in the folder `path`. Later commits are seen after [`Archive::reload`].
    ///
    /// # Errors
    /// When there is no archive, something else, or one of another format.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let schema = Schema::new();
        let index = schema.open(path.as_ref())?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            schema,
            reader,
            path: path.as_ref().into(),
        })
    }

    /// Looks at the last commit, also in clones.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn reload(&self) -> Result<(), Error> {
        Ok(self.reader.reload()?)
    }

    /// Returns the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Starts a search.
    pub fn search<'a>(&'a self, query: &'a Query) -> SearchBuilder<'a> {
        SearchBuilder::new(self, query)
    }

    /// Answers a question in plain English.
    ///
    /// # Errors
    /// When the question is not understood, or as a search.
    pub fn ask(&self, question: &str, options: &Options) -> Result<Answer, Error> {
        let question = Question::parse(question, options)?;
        answer::answer(self, &question, options, |search| search)
    }

    /// Answers a question already read; `adjust` may narrow the search (its limit is the number of quotations
    /// shown).
    ///
    /// # Errors
    /// As a search.
    pub fn answer(
        &self,
        question: &Question,
        options: &Options,
        adjust: impl for<'s> Fn(SearchBuilder<'s>) -> SearchBuilder<'s>,
    ) -> Result<Answer, Error> {
        answer::answer(self, question, options, adjust)
    }

    /// Returns the quotation whose identifier begins with `prefix`: `q:7f3a`.
    ///
    /// # Errors
    /// When none or several begin so.
    pub fn quotation(&self, prefix: &str) -> Result<Hit, Error> {
        let range = Prefix::parse(prefix)?;
        let searcher = self.searcher();
        let addresses = self.addresses(&range)?;
        match addresses.as_slice() {
            [] => Err(Cause::UnknownId(prefix.to_owned()).into()),
            [address] => {
                let stored = self.schema.decode_quotation(&searcher.doc(*address)?)?;
                let file = stored.file;
                let mut hit = Hit::new(stored, 1, 0.0);
                hit.short_id = self.short_id(hit.id)?;
                hit.set_file(self.file(file)?.as_ref());
                Ok(hit)
            }
            several => Err(Cause::AmbiguousId {
                prefix: prefix.to_owned(),
                count: several.len(),
            }
            .into()),
        }
    }

    /// Returns the article with an identifier, or `None`.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn article(&self, id: ArticleId) -> Result<Option<Article>, Error> {
        let searcher = self.searcher();
        let range = Prefix {
            kind: DocumentKind::Article,
            first: id.0,
            last: id.0,
        };
        match self.addresses(&range)?.first() {
            Some(address) => Ok(Some(
                self.schema
                    .decode_article(&searcher.doc(*address)?)?
                    .article,
            )),
            None => Ok(None),
        }
    }

    /// Returns the article whose identifier begins with `prefix`: `a:91c0`.
    ///
    /// # Errors
    /// When none or several begin so.
    pub fn article_by_prefix(&self, prefix: &str) -> Result<(ArticleId, Article), Error> {
        let range = Prefix::parse(prefix)?;
        match self.addresses(&range)?.as_slice() {
            [] => Err(Cause::UnknownId(prefix.to_owned()).into()),
            [address] => {
                let stored = self
                    .schema
                    .decode_article(&self.searcher().doc(*address)?)?;
                Ok((stored.id, stored.article))
            }
            several => Err(Cause::AmbiguousId {
                prefix: prefix.to_owned(),
                count: several.len(),
            }
            .into()),
        }
    }

    /// Counts what the archive holds.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn holdings(&self) -> Result<Holdings, Error> {
        let searcher = self.searcher();
        let count = |kind| {
            let query = TermQuery::new(self.schema.kind_term(kind), IndexRecordOption::Basic);
            searcher.search(&query, &Count).map(|count| count as u64)
        };
        let mut holdings = Holdings {
            articles: count(DocumentKind::Article)?,
            quotations: count(DocumentKind::Quotation)?,
            files: count(DocumentKind::File)?,
            first: None,
            last: None,
        };
        for reader in searcher.segment_readers() {
            let day = reader.fast_fields().i64("day")?;
            let mut see = |day: i64| {
                let day = day_of_number(day);
                holdings.first = holdings.first.into_iter().chain(day).min();
                holdings.last = holdings.last.into_iter().chain(day).max();
            };
            if reader.has_deletes() {
                for doc in reader.doc_ids_alive() {
                    day.first(doc).into_iter().for_each(&mut see);
                }
            } else if day.values.num_vals() > 0 {
                see(day.min_value());
                see(day.max_value());
            }
        }
        Ok(holdings)
    }

    /// Counts the different speakers that have a name, people and bodies.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn count_speakers(&self) -> Result<u64, Error> {
        let field = self.schema.fields().speaker_kind;
        let kinds = [SpeakerKind::Person, SpeakerKind::Organization];
        let terms = kinds.map(|kind| Term::from_field_text(field, kind.as_str()));
        let names = people::names(
            &self.searcher(),
            &TermSetQuery::new(terms),
            &Limits::default(),
        )?;
        Ok(names.len() as u64)
    }

    /// Calls `sink` with every article and its quotations in order of their start, in the order of the articles'
    /// identifiers. Memory grows with the number of quotations, not with their text.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn for_each_article(
        &self,
        mut sink: impl FnMut(ArticleId, Article, Vec<Quotation>) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let searcher = self.searcher();
        let mut documents: Vec<(u64, bool, u64, DocAddress)> = Vec::new();
        for (ord, reader) in searcher.segment_readers().iter().enumerate() {
            let columns = reader.fast_fields();
            let (article, start) = (columns.u64("article")?, columns.u64("start")?);
            for doc in reader.doc_ids_alive() {
                if let Some(id) = article.first(doc) {
                    let start = start.first(doc);
                    let address = DocAddress::new(ord as u32, doc);
                    documents.push((id, start.is_some(), start.unwrap_or(0), address));
                }
            }
        }
        documents.sort_unstable();
        for documents in documents.chunk_by(|a, b| a.0 == b.0) {
            let Some(((_, false, _, article), quotations)) = documents.split_first() else {
                continue;
            };
            let stored = self.schema.decode_article(&searcher.doc(*article)?)?;
            let mut decoded = Vec::with_capacity(quotations.len());
            for (_, _, _, address) in quotations {
                decoded.push(
                    self.schema
                        .decode_quotation(&searcher.doc(*address)?)?
                        .quotation,
                );
            }
            decoded.sort_by_key(|quotation| {
                (quotation.span.start, std::cmp::Reverse(quotation.span.end))
            });
            if sink(stored.id, stored.article, decoded).is_break() {
                break;
            }
        }
        Ok(())
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    pub(crate) fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Returns the file with an identifier.
    pub(crate) fn file(&self, id: FileId) -> Result<Option<StoredFile>, Error> {
        let searcher = self.searcher();
        let must = |term: Term| {
            let query: Box<dyn tantivy::query::Query> =
                Box::new(TermQuery::new(term, IndexRecordOption::Basic));
            query
        };
        let query = tantivy::query::BooleanQuery::intersection(vec![
            must(self.schema.file_term(id)),
            must(self.schema.kind_term(DocumentKind::File)),
        ]);
        let found = searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
        match found.first() {
            Some((_, address)) => Ok(Some(self.schema.decode_file(&searcher.doc(*address)?)?)),
            None => Ok(None),
        }
    }

    /// Returns the documents whose identifier lies in the range; at most a hundred.
    fn addresses(&self, range: &Prefix) -> Result<Vec<tantivy::DocAddress>, Error> {
        let fields = self.schema.fields();
        let field = match range.kind {
            DocumentKind::Article => fields.article,
            _ => fields.quotation,
        };
        let bound = |value| std::ops::Bound::Included(Term::from_field_u64(field, value));
        let ids = RangeQuery::new(bound(range.first), bound(range.last));
        let kind = TermQuery::new(self.schema.kind_term(range.kind), IndexRecordOption::Basic);
        let query = tantivy::query::BooleanQuery::intersection(vec![Box::new(ids), Box::new(kind)]);
        let found = self
            .searcher()
            .search(&query, &TopDocs::with_limit(100).order_by_score())?;
        Ok(found.into_iter().map(|(_, address)| address).collect())
    }

    /// Shortens an identifier to the digits that no other in the archive begins with; four at least.
    pub(crate) fn short_id(&self, id: QuotationId) -> Result<String, Error> {
        let field = self.schema.fields().quotation;
        let mut digits = 4;
        for reader in self.searcher().segment_readers() {
            let inverted = reader.inverted_index(field)?;
            // Neighbours in the sorted dictionary share the longest beginnings.
            let key = id.0.to_be_bytes();
            let mut after = inverted.terms().range().gt(key).into_stream()?;
            let mut before = inverted.terms().range().lt(key).backward().into_stream()?;
            for stream in [&mut after, &mut before] {
                if let Some((other, _)) = stream.next() {
                    let other = other.try_into().map_or(0, u64::from_be_bytes);
                    let shared = (other ^ id.0).leading_zeros() / 4;
                    digits = digits.max(shared as usize + 1);
                }
            }
        }
        let whole = id.to_string();
        Ok(whole[..whole.len().min(2 + digits)].to_owned())
    }
}
