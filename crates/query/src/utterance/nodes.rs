//! Quotations as the columns of the index show them: enough to tell whose they are and when, without the store.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, Term};

use whosaid_schema::Telling;

use super::words::Words;
use crate::archive::Archive;
use crate::persons::Persons;
use crate::published::moment;
use crate::rows::{ArticleRows, Docs, each};

/// One quotation. Ordered by date of publication, and its time if that is known, undated last; then by article and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Node {
    moment: u64,
    pub(super) article: u64,
    pub(super) start: u64,
    first_day: i64,
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

/// Words of eight bytes that what persons said, and the articles of days, may take, at most.
const REMEMBERED: usize = 1 << 21;

/// To find out the day of a quotation takes as long as to pass over so many documents, with the articles of some days at
/// hand.
const A_DAY: u64 = 4;

/// All quotations of a person.
enum Said {
    /// Each dated one with its first day.
    Little(Vec<(i64, DocAddress)>),
    /// Those of each segment.
    Much(Vec<Docs>),
}

/// The quotations of one article: from `first` on and before `end`.
struct Row {
    segment: u32,
    first: DocId,
    end: DocId,
}

/// The quotations of an archive.
pub(super) struct Nodes {
    archive: Archive,
    searcher: Searcher,
    segments: Vec<Segment>,
    persons: Arc<Persons>,
    /// The quotations of one day, on average.
    daily: u64,
    by_person: HashMap<u32, Arc<Said>>,
    by_day: HashMap<i64, Arc<Vec<Row>>>,
    /// The room that these take.
    remembered: usize,
}

/// The columns of one segment.
struct Segment {
    article: ArticleRows,
    start: Column<u64>,
    day: Column<i64>,
    last_day: Column<i64>,
    instant: Column<i64>,
    wording: Column<u64>,
    telling: Column<u64>,
    /// The weights of all words and of function words, once they are asked for: what takes long to open.
    weights: OnceLock<[Column<u64>; 2]>,
    /// The runs of words, likewise.
    runs: OnceLock<Column<u64>>,
    names: Option<StrColumn>,
    sources: Option<StrColumn>,
}

impl Nodes {
    pub(super) fn new(archive: &Archive, persons: Arc<Persons>) -> tantivy::Result<Self> {
        let searcher = archive.searcher();
        let columns = archive.columns();
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            segments.push(Segment {
                article: columns.articles(reader, archive.schema())?,
                start: columns.u64(reader, "start")?,
                day: columns.i64(reader, "day")?,
                last_day: columns.i64(reader, "last_day")?,
                instant: columns.i64(reader, "instant")?,
                wording: columns.u64(reader, "wording")?,
                telling: columns.u64(reader, "telling")?,
                weights: OnceLock::new(),
                runs: OnceLock::new(),
                names: columns.str(reader, "speaker_name")?,
                sources: columns.str(reader, "source")?,
            });
        }
        let mut nodes = Self {
            archive: archive.clone(),
            searcher,
            segments,
            persons,
            daily: 0,
            by_person: HashMap::new(),
            by_day: HashMap::new(),
            remembered: 0,
        };
        nodes.daily = nodes.daily();
        Ok(nodes)
    }

    /// Returns the documents of one day, on average.
    fn daily(&self) -> u64 {
        let days = self.segments.iter().map(|segment| &segment.day);
        let days = days.filter(|day| day.values.num_vals() > 0);
        let days = days.map(|day| (day.min_value(), day.max_value()));
        let around = days.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        let days = around.map_or(1, |(first, last)| last.saturating_sub(first).max(1));
        let documents = self.searcher.num_docs();
        documents.checked_div(days.unsigned_abs()).unwrap_or(0)
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
        let day = segment.day.first(doc);
        let first_day = day.unwrap_or(i64::MAX);
        let last_day = segment.last_day.first(doc);
        Node {
            moment: moment(day, segment.instant.first(doc)),
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

    /// Returns where the article lies of the quotation at an address.
    pub(super) fn article(&self, address: DocAddress) -> DocAddress {
        let segment = self.segment(address.segment_ord);
        DocAddress::new(address.segment_ord, segment.article.place(address.doc_id))
    }

    /// Returns the hash of the words at an address.
    pub(super) fn wording(&self, address: DocAddress) -> Option<u64> {
        let segment = self.segment(address.segment_ord);
        segment.wording.first(address.doc_id)
    }

    /// Returns the hashes of the runs of words of the quotation at an address that are noted.
    pub(super) fn runs(
        &self,
        address: DocAddress,
    ) -> tantivy::Result<impl Iterator<Item = u64> + '_> {
        let segment = self.segment(address.segment_ord);
        let runs = if let Some(runs) = segment.runs.get() {
            runs
        } else {
            let reader = self.searcher.segment_reader(address.segment_ord);
            let runs = self.archive.columns().u64(reader, "runs")?;
            segment.runs.get_or_init(|| runs)
        };
        Ok(runs.values_for_doc(address.doc_id))
    }

    /// Returns the quotations that have a run of words among those that are noted, each with the hash of its words, in
    /// the order of these and of the index.
    pub(super) fn with_run(&self, run: u64) -> tantivy::Result<Vec<(u64, DocAddress)>> {
        let term = self.archive.schema().run_term(run);
        let mut all = Vec::new();
        for (ord, (segment, reader)) in
            (0..).zip(self.segments.iter().zip(self.searcher.segment_readers()))
        {
            each(reader, &term, |doc| {
                if !reader.is_deleted(doc) {
                    let wording = segment.wording.first(doc);
                    all.extend(wording.map(|wording| (wording, DocAddress::new(ord, doc))));
                }
            })?;
        }
        all.sort_unstable();
        let mut found = Vec::new();
        for same in all.chunk_by(|one, other| one.0 == other.0) {
            // The same words have the same runs.
            let Some((_, first)) = same.first() else {
                continue;
            };
            if self.runs(*first)?.any(|other| other == run) {
                found.extend_from_slice(same);
            }
        }
        Ok(found)
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

    /// Returns the quotations of a person whose first day is one of some days, in the order of the index.
    pub(super) fn said_by(
        &mut self,
        person: u32,
        days: RangeInclusive<i64>,
    ) -> tantivy::Result<Vec<DocAddress>> {
        let length = days.end().saturating_sub(*days.start()).saturating_add(1);
        let of_days = self.daily.saturating_mul(length.unsigned_abs());
        let mut found = Vec::new();
        match &*self.said(person, of_days)? {
            Said::Little(said) => {
                let said = said.iter().filter(|(day, _)| days.contains(day));
                found.extend(said.map(|(_, address)| *address));
            }
            Said::Much(said) => {
                for day in days {
                    for row in &*self.rows_of(day)? {
                        let Some(said) = said.get(row.segment as usize) else {
                            continue;
                        };
                        said.each_within(row.first, row.end, |doc| {
                            found.push(DocAddress::new(row.segment, doc));
                        });
                    }
                }
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Returns all quotations of a person; `of_days` documents are of the days of which some are asked for.
    fn said(&mut self, person: u32, of_days: u64) -> tantivy::Result<Arc<Said>> {
        if let Some(said) = self.by_person.get(&person) {
            return Ok(Arc::clone(said));
        }
        let field = self.archive.schema().fields().speaker_name;
        let names = self.persons.names_of(person);
        let terms = names.map(|name| Term::from_field_text(field, name));
        let terms: Vec<Term> = terms.collect();
        let count = self.persons.count(person);
        let (said, room) = if count.saturating_mul(A_DAY) <= of_days {
            let mut said = Vec::new();
            for term in &terms {
                for address in self.with_term(term)? {
                    let day = self.segment(address.segment_ord).day.first(address.doc_id);
                    said.extend(day.map(|day| (day, address)));
                }
            }
            let room = said.len().saturating_mul(2);
            (Said::Little(said), room)
        } else {
            let readers = self.searcher.segment_readers();
            // A segment may have all of them.
            let said = |reader: &SegmentReader| Docs::with_terms(reader, terms.iter(), count);
            let said = readers.iter().map(said);
            let said: Vec<Docs> = said.collect::<tantivy::Result<_>>()?;
            let room = said.iter().map(Docs::room).fold(0, usize::saturating_add);
            (Said::Much(said), room)
        };
        self.make_room(room);
        let said = Arc::new(said);
        self.by_person.insert(person, Arc::clone(&said));
        Ok(said)
    }

    /// Returns the quotations of all articles whose first day is this one.
    fn rows_of(&mut self, day: i64) -> tantivy::Result<Arc<Vec<Row>>> {
        if let Some(rows) = self.by_day.get(&day) {
            return Ok(Arc::clone(rows));
        }
        let term = self.archive.schema().day_term(day);
        let articles = self.with_term(&term)?.into_iter();
        let row = |article: DocAddress| Row {
            segment: article.segment_ord,
            first: article.doc_id.saturating_add(1),
            end: self
                .segment(article.segment_ord)
                .article
                .rows
                .end(article.doc_id),
        };
        let rows = Arc::new(articles.map(row).collect::<Vec<_>>());
        self.make_room(rows.len().saturating_mul(2));
        self.by_day.insert(day, Arc::clone(&rows));
        Ok(rows)
    }

    /// Makes room for so many words of eight bytes of what persons said, and of the articles of days.
    fn make_room(&mut self, room: usize) {
        self.remembered = self.remembered.saturating_add(room);
        if self.remembered > REMEMBERED {
            self.by_person.clear();
            self.by_day.clear();
            self.remembered = room;
        }
    }

    /// Tells whether the quotation at an address may share so much with some words, and may be like them.
    pub(super) fn may_be(
        &self,
        address: DocAddress,
        words: &Words,
        least: u32,
        may_be_like: impl Fn(Telling) -> bool,
    ) -> tantivy::Result<bool> {
        let segment = self.segment(address.segment_ord);
        let bits = segment.telling.first(address.doc_id).unwrap_or(0);
        // Most have nothing in common with what they are compared with.
        Ok(words.has_of(bits) >= least && may_be_like(self.telling(address)?))
    }

    /// Returns the words in small of the quotation at an address.
    pub(super) fn telling(&self, address: DocAddress) -> tantivy::Result<Telling> {
        let segment = self.segment(address.segment_ord);
        let weights = if let Some(weights) = segment.weights.get() {
            weights
        } else {
            let reader = self.searcher.segment_reader(address.segment_ord);
            let columns = self.archive.columns();
            let weights = [
                columns.u64(reader, "weight")?,
                columns.u64(reader, "function_weight")?,
            ];
            segment.weights.get_or_init(|| weights)
        };
        let number = |column: &Column<u64>| column.first(address.doc_id).unwrap_or(0);
        let [weight, function_weight] = weights.each_ref().map(number);
        Ok(Telling {
            bits: number(&segment.telling),
            weight: weight as u32,
            function_weight: function_weight as u32,
        })
    }

    /// Returns of some quotations, given in the order of the index with their words in small, what those words weigh
    /// together that each of them has.
    pub(super) fn weigh(
        &self,
        quotations: &[(DocAddress, Telling)],
        words: &[(Box<str>, u32)],
    ) -> tantivy::Result<Vec<u32>> {
        let field = self.archive.schema().fields().said;
        let mut weights = vec![0_u32; quotations.len()];
        let mut start = 0;
        for own in quotations.chunk_by(|one, other| one.0.segment_ord == other.0.segment_ord) {
            let end = usize::saturating_add(start, own.len());
            let sums = weights.get_mut(start..end).unwrap_or_default();
            start = end;
            let Some((first, _)) = own.first() else {
                continue;
            };
            let reader = self.searcher.segment_reader(first.segment_ord);
            let index = reader.inverted_index(field)?;
            let bits = own.iter().fold(0, |bits, (_, telling)| bits | telling.bits);
            for (word, weight) in words {
                // Most words are in none of them, as their bits tell, which are at hand.
                let bit = 1 << Telling::bit(word);
                if bits & bit == 0 {
                    continue;
                }
                let term = Term::from_field_text(field, word);
                let postings = index.read_postings(&term, IndexRecordOption::Basic)?;
                let Some(mut postings) = postings else {
                    continue;
                };
                for ((address, telling), sum) in own.iter().zip(&mut *sums) {
                    if telling.bits & bit == 0 {
                        continue;
                    }
                    if postings.doc() < address.doc_id {
                        postings.seek(address.doc_id);
                    }
                    if postings.doc() == address.doc_id {
                        *sum = sum.saturating_add(*weight);
                    }
                }
            }
        }
        Ok(weights)
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
        for (ord, reader) in (0..).zip(self.searcher.segment_readers()) {
            each(reader, term, |doc| {
                if !reader.is_deleted(doc) {
                    found.push(DocAddress::new(ord, doc));
                }
            })?;
        }
        Ok(found)
    }
}
