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
    /// The number of each person met, by the name they are shown by.
    numbers: HashMap<String, u32>,
    /// All names of each.
    names: Vec<Vec<String>>,
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
    /// The person of each name met, by the number of the name in this segment.
    persons: HashMap<u64, Option<u32>>,
}

impl Nodes {
    pub(super) fn new(archive: &Archive, persons: Arc<Persons>) -> tantivy::Result<Self> {
        let searcher = archive.searcher();
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let columns = reader.fast_fields();
            segments.push(Segment {
                article: columns.u64("article")?,
                start: columns.u64("start")?,
                day: columns.i64("day")?,
                last_day: columns.i64("last_day")?,
                wording: columns.u64("wording")?,
                names: columns.str("speaker_name")?,
                sources: columns.str("source")?,
                alive: reader.alive_bitset().cloned(),
                persons: HashMap::new(),
            });
        }
        Ok(Self {
            archive: archive.clone(),
            searcher,
            segments,
            persons,
            numbers: HashMap::new(),
            names: Vec::new(),
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
    pub(super) fn node(&mut self, address: DocAddress) -> tantivy::Result<Node> {
        let person = self.person(address)?;
        let segment = &self.segments[address.segment_ord as usize];
        let doc = address.doc_id;
        let first_day = segment.day.first(doc).unwrap_or(i64::MAX);
        Ok(Node {
            first_day,
            article: segment.article.first(doc).unwrap_or(0),
            start: segment.start.first(doc).unwrap_or(0),
            last_day: segment.last_day.first(doc).unwrap_or(first_day),
            wording: segment.wording.first(doc).unwrap_or(0),
            person,
            address,
        })
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

    fn person(&mut self, address: DocAddress) -> tantivy::Result<Option<u32>> {
        let segment = &mut self.segments[address.segment_ord as usize];
        let Some(names) = &segment.names else {
            return Ok(None);
        };
        let Some(ord) = names.ords().first(address.doc_id) else {
            return Ok(None);
        };
        if let Some(&person) = segment.persons.get(&ord) {
            return Ok(person);
        }
        let mut name = String::new();
        names.ord_to_str(ord, &mut name)?;
        let person = self.persons.person_of(&name).map(|person| {
            let next = self.names.len() as u32;
            let number = *self.numbers.entry(person.name.clone()).or_insert(next);
            if number == next {
                let names = person.names.iter().map(|alias| alias.name.clone());
                self.names.push(names.collect());
            }
            number
        });
        segment.persons.insert(ord, person);
        Ok(person)
    }

    /// Returns the dated quotations of a person, by first day and address.
    pub(super) fn said_by(&mut self, person: u32) -> tantivy::Result<Arc<Vec<(i64, DocAddress)>>> {
        if let Some(said) = self.said_by.get(&person) {
            return Ok(Arc::clone(said));
        }
        let field = self.archive.schema().fields().speaker_name;
        let mut said = Vec::new();
        for name in &self.names[person as usize] {
            for address in self.with_term(&Term::from_field_text(field, name))? {
                let segment = &self.segments[address.segment_ord as usize];
                let day = segment.day.first(address.doc_id);
                said.extend(day.map(|day| (day, address)));
            }
        }
        said.sort_unstable();
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
