//! Quotations as the columns of the index show them: enough to tell whose they are and when, without the store.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::fastfield::AliveBitSet;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

use crate::archive::Archive;
use crate::persons::Persons;

/// Speakers whose quotations are remembered, at most.
const SPEAKERS: usize = 64;

/// One quotation. Ordered by date of publication, undated last; then by article and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Node {
    first_day: i64,
    pub(super) article: u64,
    pub(super) start: u64,
    last_day: i64,
    /// The hash of its words.
    pub(super) wording: u64,
    /// The number of who said it, if that is somebody with a name.
    pub(super) person: Option<u32>,
    pub(super) address: DocAddress,
}

impl Node {
    /// Returns the first and last day that the date of publication may mean.
    pub(super) fn days(&self) -> Option<(i64, i64)> {
        (self.first_day != i64::MAX).then_some((self.first_day, self.last_day))
    }
}

/// The quotations of an archive.
pub(super) struct Nodes {
    archive: Archive,
    searcher: Searcher,
    segments: Vec<Segment>,
    persons: Arc<Persons>,
    said_by: HashMap<u32, Arc<Vec<(i64, DocAddress)>>>,
}

/// The columns of one segment.
struct Segment {
    article: Column<u64>,
    start: Column<u64>,
    day: Column<i64>,
    last_day: Column<i64>,
    wording: Column<u64>,
    names: Option<StrColumn>,
    sources: Option<StrColumn>,
    alive: Option<AliveBitSet>,
}

impl Nodes {
    pub(super) fn new(archive: &Archive, persons: Arc<Persons>) -> tantivy::Result<Self> {
        let searcher = archive.searcher();
        let columns = archive.columns();
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            segments.push(Segment {
                article: columns.u64(reader, "article")?,
                start: columns.u64(reader, "start")?,
                day: columns.i64(reader, "day")?,
                last_day: columns.i64(reader, "last_day")?,
                wording: columns.u64(reader, "wording")?,
                names: columns.str(reader, "speaker_name")?,
                sources: columns.str(reader, "source")?,
                alive: reader.alive_bitset().cloned(),
            });
        }
        Ok(Self {
            archive: archive.clone(),
            searcher,
            segments,
            persons,
            said_by: HashMap::new(),
        })
    }

    pub(super) fn archive(&self) -> &Archive {
        &self.archive
    }

    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Returns the quotation at an address.
    pub(super) fn node(&self, address: DocAddress) -> Node {
        let segment = &self.segments[address.segment_ord as usize];
        let doc = address.doc_id;
        let first_day = segment.day.first(doc).unwrap_or(i64::MAX);
        let name = segment.names.as_ref();
        let name = name.and_then(|names| names.ords().first(doc));
        Node {
            first_day,
            article: segment.article.first(doc).unwrap_or(0),
            start: segment.start.first(doc).unwrap_or(0),
            last_day: segment.last_day.first(doc).unwrap_or(first_day),
            wording: segment.wording.first(doc).unwrap_or(0),
            person: name.and_then(|name| self.persons.numbered(address.segment_ord, name)),
            address,
        }
    }

    /// Returns the article and the place in it of the quotation at an address.
    pub(super) fn place(&self, address: DocAddress) -> (u64, u64) {
        let segment = &self.segments[address.segment_ord as usize];
        let first = |column: &Column<u64>| column.first(address.doc_id).unwrap_or(0);
        (first(&segment.article), first(&segment.start))
    }

    /// Returns the hash of the words at an address.
    pub(super) fn wording(&self, address: DocAddress) -> Option<u64> {
        let segment = &self.segments[address.segment_ord as usize];
        segment.wording.first(address.doc_id)
    }

    /// Returns the outlet as the source names it.
    pub(super) fn source(&self, node: &Node) -> tantivy::Result<Option<String>> {
        let segment = &self.segments[node.address.segment_ord as usize];
        let Some(sources) = &segment.sources else {
            return Ok(None);
        };
        let Some(ord) = sources.ords().first(node.address.doc_id) else {
            return Ok(None);
        };
        let mut source = String::new();
        sources.ord_to_str(ord, &mut source)?;
        Ok(Some(source))
    }

    /// Returns the dated quotations of a person with their first days, in no order: who is quoted most has a third of
    /// the archive, and looking through all for each hit costs less than sorting them once.
    pub(super) fn said_by(&mut self, person: u32) -> tantivy::Result<Arc<Vec<(i64, DocAddress)>>> {
        if let Some(said) = self.said_by.get(&person) {
            return Ok(Arc::clone(said));
        }
        let field = self.archive.schema().fields().speaker_name;
        let mut said = Vec::new();
        for name in self.persons.names_of(person) {
            for address in self.with_term(&Term::from_field_text(field, name))? {
                let segment = &self.segments[address.segment_ord as usize];
                let day = segment.day.first(address.doc_id);
                said.extend(day.map(|day| (day, address)));
            }
        }
        if self.said_by.len() >= SPEAKERS {
            self.said_by.clear();
        }
        let said = Arc::new(said);
        self.said_by.insert(person, Arc::clone(&said));
        Ok(said)
    }

    /// Returns the live documents that have a term.
    pub(super) fn with_term(&self, term: &Term) -> tantivy::Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        for (ord, reader) in self.searcher.segment_readers().iter().enumerate() {
            let index = reader.inverted_index(term.field())?;
            let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            let alive = self.segments[ord].alive.as_ref();
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    found.push(DocAddress::new(ord as u32, doc));
                }
                postings.advance();
            }
        }
        Ok(found)
    }
}
