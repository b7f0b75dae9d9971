//! Quotations as the columns of the index show them: enough to tell whose they are and when, without the store.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, Term};

use whosaid_schema::Telling;

use super::words::Words;
use crate::archive::Archive;
use crate::persons::Persons;
use crate::published::moment;
use crate::rows::{ArticleRows, each};

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

/// Quotations of persons that are remembered, at most.
const REMEMBERED: usize = 1 << 20;

/// A quotation costs so many times as much to look at among those of some days as among those of its person: there
/// many have to be told apart.
const AMONG_DAYS: u64 = 2;

/// Which quotations are asked for, by their words in small.
pub(super) struct Keep<'a> {
    pub(super) words: &'a Words,
    /// What must be in common with the words, at least.
    pub(super) least: u32,
    pub(super) may_be: &'a dyn Fn(Telling) -> bool,
}

/// The quotations of an archive.
pub(super) struct Nodes {
    archive: Archive,
    searcher: Searcher,
    segments: Vec<Segment>,
    persons: Arc<Persons>,
    /// The quotations of one day, on average.
    daily: u64,
    /// All dated quotations of a person, by their first day.
    by_person: HashMap<u32, Vec<(i32, DocAddress)>>,
    /// What has been looked at among those of days, to find those of a person.
    looked_at: HashMap<u32, u64>,
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
            looked_at: HashMap::new(),
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

    /// Returns the hash of the words at an address.
    pub(super) fn wording(&self, address: DocAddress) -> Option<u64> {
        let segment = self.segment(address.segment_ord);
        segment.wording.first(address.doc_id)
    }

    /// Returns the quotations that have a run of words among those that are noted, in the order of the index.
    pub(super) fn with_run(&self, run: u64) -> tantivy::Result<Vec<DocAddress>> {
        let term = self.archive.schema().run_term(run);
        let mut found = Vec::new();
        for (ord, reader) in (0..).zip(self.searcher.segment_readers()) {
            let runs = self.archive.columns().u64(reader, "runs")?;
            each(reader, &term, |doc| {
                if !reader.is_deleted(doc) && runs.values_for_doc(doc).any(|other| other == run) {
                    found.push(DocAddress::new(ord, doc));
                }
            })?;
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

    /// Returns the quotations of a person whose first day is one of some days, and whose words are to be kept, in the
    /// order of the index.
    pub(super) fn said_by(
        &mut self,
        person: u32,
        days: RangeInclusive<i64>,
        keep: &Keep<'_>,
    ) -> tantivy::Result<Vec<DocAddress>> {
        if !self.by_person.contains_key(&person) {
            // Few have said little, and of those who have said much more than one quotation is asked for.
            let length = days.end().saturating_sub(*days.start()).saturating_add(1);
            let among_days = self.daily.saturating_mul(length.unsigned_abs());
            let looked_at = self.looked_at.entry(person).or_default();
            *looked_at = looked_at.saturating_add(among_days.saturating_mul(AMONG_DAYS));
            let own = self.persons.count(person);
            if own > *looked_at || own > REMEMBERED as u64 {
                return self.said_on(person, days, keep);
            }
            let remembered = self.by_person.values().map(Vec::len);
            if remembered.fold(0, usize::saturating_add) >= REMEMBERED {
                self.by_person.clear();
            }
            let said = self.said_ever(person)?;
            self.by_person.insert(person, said);
        }
        let said = self.by_person.get(&person).map_or(&[][..], Vec::as_slice);
        let first = said.partition_point(|(day, _)| i64::from(*day) < *days.start());
        let said = said.get(first..).unwrap_or_default().iter();
        let mut found = Vec::new();
        for (_, address) in said.take_while(|(day, _)| i64::from(*day) <= *days.end()) {
            if self.is_kept(*address, keep)? {
                found.push(*address);
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Returns all dated quotations of a person, by their first day.
    fn said_ever(&self, person: u32) -> tantivy::Result<Vec<(i32, DocAddress)>> {
        let field = self.archive.schema().fields().speaker_name;
        let mut said = Vec::new();
        for name in self.persons.names_of(person) {
            for address in self.with_term(&Term::from_field_text(field, name))? {
                let day = self.segment(address.segment_ord).day.first(address.doc_id);
                // No calendar goes further.
                let day = day.and_then(|day| i32::try_from(day).ok());
                said.extend(day.map(|day| (day, address)));
            }
        }
        Ok(by_day(said))
    }

    /// As [`Nodes::said_by`], looked for among all quotations of the days.
    fn said_on(
        &self,
        person: u32,
        days: RangeInclusive<i64>,
        keep: &Keep<'_>,
    ) -> tantivy::Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        for day in days {
            let term = self.archive.schema().day_term(day);
            for article in self.with_term(&term)? {
                let ord = article.segment_ord;
                let segment = self.segment(ord);
                let end = segment.article.rows.end(article.doc_id);
                for doc in article.doc_id.saturating_add(1)..end {
                    let address = DocAddress::new(ord, doc);
                    if self.is_kept(address, keep)? && self.person(address) == Some(person) {
                        found.push(address);
                    }
                }
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    fn is_kept(&self, address: DocAddress, keep: &Keep<'_>) -> tantivy::Result<bool> {
        let segment = self.segment(address.segment_ord);
        let bits = segment.telling.first(address.doc_id).unwrap_or(0);
        // Most have nothing in common with what they are compared with.
        Ok(keep.words.has_of(bits) >= keep.least && (keep.may_be)(self.telling(address)?))
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

    /// Returns of some quotations, given in the order of the index, what those words weigh together that each of them
    /// has.
    pub(super) fn weigh(
        &self,
        addresses: &[DocAddress],
        words: &[(Box<str>, u32)],
    ) -> tantivy::Result<Vec<u32>> {
        let field = self.archive.schema().fields().said;
        let mut weights = vec![0_u32; addresses.len()];
        let mut start = 0;
        for own in addresses.chunk_by(|one, other| one.segment_ord == other.segment_ord) {
            let end = usize::saturating_add(start, own.len());
            let sums = weights.get_mut(start..end).unwrap_or_default();
            start = end;
            let Some(first) = own.first() else {
                continue;
            };
            let reader = self.searcher.segment_reader(first.segment_ord);
            let index = reader.inverted_index(field)?;
            for (word, weight) in words {
                let term = Term::from_field_text(field, word);
                let postings = index.read_postings(&term, IndexRecordOption::Basic)?;
                let Some(mut postings) = postings else {
                    continue;
                };
                for (address, sum) in own.iter().zip(&mut *sums) {
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

/// Brings quotations into the order of their days; those of one day keep theirs. A person may have said a hundred
/// thousand things, on a few thousand days: they are counted rather than compared.
fn by_day(said: Vec<(i32, DocAddress)>) -> Vec<(i32, DocAddress)> {
    let days = said.iter().map(|(day, _)| *day);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else {
        return said;
    };
    let length = last.abs_diff(first) as usize;
    let mut sorted = said.clone();
    if length > said.len().saturating_mul(4) {
        // A year 1 in the data is a misprint.
        sorted.sort_by_key(|(day, _)| *day);
        return sorted;
    }
    let bucket = |day: i32| day.abs_diff(first) as usize;
    let mut places = vec![0_usize; length.saturating_add(1)];
    for (day, _) in &said {
        if let Some(count) = places.get_mut(bucket(*day)) {
            *count = count.saturating_add(1);
        }
    }
    let mut start = 0_usize;
    for place in &mut places {
        let count = std::mem::replace(place, start);
        start = start.saturating_add(count);
    }
    for (day, address) in said {
        let Some(place) = places.get_mut(bucket(day)) else {
            continue;
        };
        if let Some(at) = sorted.get_mut(*place) {
            *at = (day, address);
        }
        *place = place.saturating_add(1);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_come_by_day() {
        for step in [1, 1000] {
            let said = [3, 1, 2, 3, -4, 1, 2, 3, 3].into_iter().zip(0..);
            let said = said.map(|(day, doc)| (day * step, DocAddress::new(0, doc)));
            let said: Vec<_> = said.collect();
            let mut sorted = said.clone();
            sorted.sort_by_key(|(day, _)| *day);
            assert_eq!(by_day(said), sorted);
        }
        assert_eq!(by_day(Vec::new()), []);
    }
}
