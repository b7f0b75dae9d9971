//! Quotations as the columns of the index show them: enough to tell whose they are and when, without the store.

use std::ops::RangeInclusive;
use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::fastfield::AliveBitSet;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

use whosaid_schema::{Articles, Telling};

use crate::archive::Archive;
use crate::persons::Persons;

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
}

/// The columns of one segment.
struct Segment {
    article: Articles,
    start: Column<u64>,
    day: Column<i64>,
    last_day: Column<i64>,
    wording: Column<u64>,
    runs: Column<u64>,
    telling: Column<u64>,
    weight: Column<u64>,
    function_weight: Column<u64>,
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
                article: columns.articles(reader)?,
                start: columns.u64(reader, "start")?,
                day: columns.i64(reader, "day")?,
                last_day: columns.i64(reader, "last_day")?,
                wording: columns.u64(reader, "wording")?,
                runs: columns.u64(reader, "runs")?,
                telling: columns.u64(reader, "telling")?,
                weight: columns.u64(reader, "weight")?,
                function_weight: columns.u64(reader, "function_weight")?,
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
        })
    }

    pub(super) fn archive(&self) -> &Archive {
        &self.archive
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "addresses are those of this searcher, which would fail as well"
    )]
    fn segment(&self, ord: u32) -> &Segment {
        &self.segments[ord as usize]
    }

    /// Returns the quotation at an address.
    pub(super) fn node(&self, address: DocAddress) -> Node {
        let segment = self.segment(address.segment_ord);
        let doc = address.doc_id;
        let first_day = segment.day.first(doc).unwrap_or(i64::MAX);
        let last_day = segment.last_day.first(doc);
        Node {
            first_day,
            article: segment.article.id(doc).unwrap_or(0),
            start: segment.start.first(doc).unwrap_or(0),
            // An archive from somebody else may have days that end before they begin.
            last_day: last_day.unwrap_or(first_day).max(first_day),
            wording: segment.wording.first(doc).unwrap_or(0),
            person: self.person(address),
            address,
        }
    }

    /// Returns the article and the place in it of the quotation at an address.
    pub(super) fn place(&self, address: DocAddress) -> (u64, u64) {
        let segment = self.segment(address.segment_ord);
        let article = segment.article.id(address.doc_id);
        let start = segment.start.first(address.doc_id);
        (article.unwrap_or(0), start.unwrap_or(0))
    }

    /// Returns the hash of the words at an address.
    pub(super) fn wording(&self, address: DocAddress) -> Option<u64> {
        let segment = self.segment(address.segment_ord);
        segment.wording.first(address.doc_id)
    }

    /// Tells whether the quotation at an address has a run of words among those that are kept.
    pub(super) fn has_run(&self, address: DocAddress, run: u64) -> bool {
        let segment = self.segment(address.segment_ord);
        let mut runs = segment.runs.values_for_doc(address.doc_id);
        runs.any(|other| other == run)
    }

    /// Returns the outlet as the source names it.
    pub(super) fn source(&self, node: &Node) -> tantivy::Result<Option<String>> {
        let segment = self.segment(node.address.segment_ord);
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

    /// Returns the quotations of a person whose first day is one of some days, and of whose words `keep` says so, in
    /// the order of the index.
    pub(super) fn said_by(
        &self,
        person: u32,
        days: RangeInclusive<i64>,
        keep: impl Fn(Telling) -> bool,
    ) -> tantivy::Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        for day in days {
            let term = self.archive.schema().day_term(day);
            for article in self.with_term(&term)? {
                let ord = article.segment_ord;
                let segment = self.segment(ord);
                let end = self.searcher.segment_reader(ord).max_doc();
                let quotations = (article.doc_id.saturating_add(1)..end)
                    .take_while(|doc| segment.article.place(*doc) == article.doc_id);
                for doc in quotations {
                    let number = |column: &Column<u64>| column.first(doc).unwrap_or(0);
                    let telling = Telling {
                        bits: number(&segment.telling),
                        weight: number(&segment.weight) as u32,
                        function_weight: number(&segment.function_weight) as u32,
                    };
                    // Most have nothing in common with what they are compared with, whoever said them.
                    if keep(telling) && self.person(DocAddress::new(ord, doc)) == Some(person) {
                        found.push(DocAddress::new(ord, doc));
                    }
                }
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Returns the number of the person who is quoted at an address.
    fn person(&self, address: DocAddress) -> Option<u32> {
        let segment = self.segment(address.segment_ord);
        let name = segment.names.as_ref()?.ords().first(address.doc_id)?;
        self.persons.numbered(address.segment_ord, name)
    }

    /// Returns the live documents that have a term.
    pub(super) fn with_term(&self, term: &Term) -> tantivy::Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        let readers = self.searcher.segment_readers().iter();
        for (ord, (reader, segment)) in readers.zip(&self.segments).enumerate() {
            let index = reader.inverted_index(term.field())?;
            let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            let alive = segment.alive.as_ref();
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
