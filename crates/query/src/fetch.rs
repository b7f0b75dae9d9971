//! Documents by their identifiers, and all of them in order.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, TantivyDocument, Term};
use whosaid_model::{Article, ArticleId, Quotation, QuotationId};
use whosaid_schema::{Articles, DocumentKind, FileId, Schema, StoredFile, StoredQuotation};

use crate::archive::Archive;
use crate::error::{Cause, Error};
use crate::hit::{ArticleHit, Hit};
use crate::id::Prefix;
use crate::identified::{identified, quotation_id};
use crate::persons::Persons;
use crate::rows::each;
use crate::stored::Quotations;

impl Archive {
    /// Returns the quotation whose identifier begins with `prefix`: `q:7f3a`.
    ///
    /// # Errors
    /// When none or several begin so.
    pub fn quotation(&self, prefix: &str) -> Result<Hit, Error> {
        let address = self.quotation_address(prefix)?;
        let mut quotations = Quotations::new(self);
        let persons = self.persons()?;
        self.hit(address, 1, &persons, &mut quotations, &mut HashMap::new())
    }

    /// Returns the address of the quotation whose identifier begins with `prefix`.
    pub(crate) fn quotation_address(&self, prefix: &str) -> Result<DocAddress, Error> {
        if Prefix::parse(prefix)?.kind == DocumentKind::Article {
            self.only(prefix, DocumentKind::Article)?;
            let id = prefix.trim().to_owned();
            let query = format!("id:{id}");
            return Err(Cause::IdOfArticle { id, query }.into());
        }
        self.only(prefix, DocumentKind::Quotation)
    }

    /// Reads the quotation at an address; `files` are those met before.
    pub(crate) fn hit(
        &self,
        address: DocAddress,
        rank: usize,
        persons: &Persons,
        quotations: &mut Quotations,
        files: &mut HashMap<FileId, Option<StoredFile>>,
    ) -> Result<Hit, Error> {
        let stored = quotations.read(address)?;
        let file = stored.file;
        let mut hit = Hit::new(stored, rank, 0.0);
        self.shorten_ids(&mut hit)?;
        hit.set_person(persons);
        let file = match files.entry(file) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(self.file(file)?),
        };
        hit.set_file(file.as_ref());
        Ok(hit)
    }

    /// Returns the article with an identifier, or `None`.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn article(&self, id: ArticleId) -> Result<Option<Article>, Error> {
        let schema = self.schema();
        let document = self.first(DocumentKind::Article, &schema.article_term(id))?;
        let stored = document.map(|document| schema.decode_article(&document));
        Ok(stored.transpose()?.map(|stored| stored.article))
    }

    /// Returns the article whose identifier begins with `prefix`: `a:91c0`.
    ///
    /// # Errors
    /// When none or several begin so.
    pub fn article_by_prefix(&self, prefix: &str) -> Result<ArticleHit, Error> {
        let document = self.document(self.only(prefix, DocumentKind::Article)?)?;
        let stored = self.schema().decode_article(&document)?;
        let file = self.file(stored.notes.file)?;
        let mut hit = ArticleHit::new(stored, 1, 0.0);
        if let Some(file) = file {
            hit.file = Some(file.path);
            hit.sha256 = Some(file.sha256);
        }
        Ok(hit)
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
        let documents = self.documents_by_article().map_err(Error::engine)?;
        for documents in documents.chunk_by(|a, b| a.0 == b.0) {
            let Some(((_, false, _, article), quotations)) = documents.split_first() else {
                continue;
            };
            let stored = self.schema().decode_article(&self.document(*article)?)?;
            let mut decoded = Vec::with_capacity(quotations.len());
            for (_, _, _, address) in quotations {
                let document = self.document(*address)?;
                decoded.push(self.schema().decode_quotation(&document, &stored)?);
            }
            if sink(stored.notes.id, stored.article, in_order(decoded)).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Lists each article before its quotations, in order of its identifier: the identifier, whether it is a
    /// quotation, where that starts, and the address.
    pub(crate) fn documents_by_article(
        &self,
    ) -> tantivy::Result<Vec<(u64, bool, u64, DocAddress)>> {
        let mut documents = Vec::new();
        for (ord, reader) in self.searcher().segment_readers().iter().enumerate() {
            let articles = Articles::open(reader)?;
            let start = reader.fast_fields().u64("start")?;
            for doc in reader.doc_ids_alive() {
                if let Some(id) = articles.id(doc) {
                    let start = start.first(doc);
                    let address = DocAddress::new(ord as u32, doc);
                    documents.push((id, start.is_some(), start.unwrap_or(0), address));
                }
            }
        }
        documents.sort_unstable();
        Ok(documents)
    }

    /// Returns the file with an identifier.
    pub(crate) fn file(&self, id: FileId) -> Result<Option<StoredFile>, Error> {
        let schema = self.schema();
        let document = self.first(DocumentKind::File, &schema.file_term(id))?;
        let stored = document.map(|document| schema.decode_file(&document));
        Ok(stored.transpose()?)
    }

    /// Returns the document at an address.
    pub(crate) fn document(&self, address: DocAddress) -> Result<TantivyDocument, Error> {
        self.searcher().doc(address).map_err(Error::engine)
    }

    /// Returns the first document that has a term of documents of a kind: of an article and its quotations the article.
    fn first(&self, kind: DocumentKind, term: &Term) -> Result<Option<TantivyDocument>, Error> {
        let kind = self.schema().kind_term(kind);
        for (ord, reader) in (0..).zip(self.searcher().segment_readers()) {
            let mut first = None;
            // To find that a part has no list of such terms, the engine makes an empty one, in a megabyte.
            let kinds = reader.inverted_index(kind.field()).map_err(Error::engine)?;
            if kinds.doc_freq(&kind).map_err(Error::engine)? == 0 {
                continue;
            }
            let listed = each(reader, term, |doc| {
                if first.is_none() && !reader.is_deleted(doc) {
                    first = Some(DocAddress::new(ord, doc));
                }
            });
            listed.map_err(Error::engine)?;
            if let Some(address) = first {
                return self.document(address).map(Some);
            }
        }
        Ok(None)
    }

    /// Returns the address of the document of a kind whose identifier begins with `prefix`.
    fn only(&self, prefix: &str, kind: DocumentKind) -> Result<DocAddress, Error> {
        let range = Prefix::parse(prefix)?;
        let addresses = if range.kind == kind {
            self.addresses(identified(self.schema(), range), kind)?
        } else {
            Vec::new()
        };
        match addresses.as_slice() {
            [] => Err(Cause::UnknownId(prefix.to_owned()).into()),
            [address] => Ok(*address),
            several => Err(Cause::AmbiguousId {
                prefix: prefix.to_owned(),
                count: several.len(),
            }
            .into()),
        }
    }

    /// Returns the documents of a kind that match; at most a hundred.
    fn addresses(
        &self,
        query: Box<dyn EngineQuery>,
        kind: DocumentKind,
    ) -> Result<Vec<DocAddress>, Error> {
        let kind = TermQuery::new(self.schema().kind_term(kind), IndexRecordOption::Basic);
        let query = BooleanQuery::intersection(vec![query, Box::new(kind)]);
        let top = TopDocs::with_limit(100).order_by_score();
        let found = self.searcher().search(&query, &top);
        let addresses = found.map_err(Error::engine)?.into_iter();
        Ok(addresses.map(|(_, address)| address).collect())
    }

    /// Shortens the identifiers of a hit.
    pub(crate) fn shorten_ids(&self, hit: &mut Hit) -> Result<(), Error> {
        let short = |id| self.short_id(id).map_err(Error::engine);
        hit.short_id = short(hit.id)?;
        hit.short_inside = hit.inside.map(short).transpose()?;
        Ok(())
    }

    /// Shortens an identifier to the digits that no other in the archive begins with; four at least.
    pub(crate) fn short_id(&self, id: QuotationId) -> tantivy::Result<String> {
        let mut digits = 4;
        for other in self.near_in_digits(id)? {
            let shared = (other.0 ^ id.0).leading_zeros() / 4;
            digits = digits.max(shared.saturating_add(1));
        }
        let whole = id.to_string();
        // `q:` stands before them.
        let short = whole.get(..(digits as usize).saturating_add(2));
        Ok(short.unwrap_or(&whole).to_owned())
    }

    /// Returns the identifiers that begin with the same four digits and more, the other digits of those whose first
    /// half is another one left at 0.
    pub(crate) fn near_in_digits(&self, id: QuotationId) -> tantivy::Result<Vec<QuotationId>> {
        let term = self.schema().quotation_term(id);
        let half = Schema::first_half(id);
        let searcher = self.searcher();
        let (mut found, mut same) = (Vec::new(), Vec::new());
        for (ord, reader) in searcher.segment_readers().iter().enumerate() {
            let halves = self.columns().u64(reader, "quotation_id")?;
            each(reader, &term, |doc| {
                let near = halves.first(doc).filter(|other| (other ^ half) >> 16 == 0);
                match near.filter(|_| !reader.is_deleted(doc)) {
                    Some(other) if other == half => same.push(DocAddress::new(ord as u32, doc)),
                    Some(other) => found.push(QuotationId(other << 32)),
                    None => {}
                }
            })?;
        }
        // Hardly ever there is another one than itself.
        if same.len() > 1 {
            for address in same {
                let articles = Articles::open(searcher.segment_reader(address.segment_ord))?;
                let document = searcher.doc(address)?;
                let whole = quotation_id(self.schema(), &articles, &document, address.doc_id);
                found.extend(whole.filter(|other| *other != id));
            }
        }
        Ok(found)
    }
}

/// Brings an article's quotations into the order of the article, each with the place of the one around it.
pub(crate) fn in_order(mut stored: Vec<StoredQuotation>) -> Vec<Quotation> {
    stored.sort_by_key(|stored| {
        let span = stored.quotation.span;
        (span.start, std::cmp::Reverse(span.end))
    });
    let inside: Vec<Option<usize>> = stored
        .iter()
        .map(|inner| {
            let outer = inner.inside?;
            stored.iter().position(|stored| stored.id == outer)
        })
        .collect();
    let placed = stored.into_iter().zip(inside);
    placed
        .map(|(stored, inside)| Quotation {
            inside,
            ..stored.quotation
        })
        .collect()
}
