//! How often the archive names each speaker, read from the columns of its quotations.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED, Term};
use whosaid_model::{QuotationKind, SpeakerKind};
use whosaid_schema::Fields;

/// A name as the archive has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) name: String,
    /// Quotations.
    pub(super) count: u64,
    /// Those of them that a person said.
    pub(super) persons: u64,
    /// Those of them that a body said.
    pub(super) bodies: u64,
    /// Those of them that are indirect speech.
    pub(super) indirect: u64,
    /// The first and the last day of those that are dated.
    pub(super) days: Option<(i64, i64)>,
}

impl Counted {
    /// The kind that most of the quotations have.
    pub(super) fn kind(&self) -> SpeakerKind {
        let others = self
            .count
            .saturating_sub(self.persons.saturating_add(self.bodies));
        if self.persons >= self.bodies && self.persons >= others {
            SpeakerKind::Person
        } else if self.bodies >= others {
            SpeakerKind::Organization
        } else {
            SpeakerKind::Descriptive
        }
    }

    fn add(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.persons = self.persons.saturating_add(other.persons);
        self.bodies = self.bodies.saturating_add(other.bodies);
        self.indirect = self.indirect.saturating_add(other.indirect);
        self.days = around(self.days, other.days);
    }
}

/// The first and the last day of two stretches of time.
pub(super) fn around(a: Option<(i64, i64)>, b: Option<(i64, i64)>) -> Option<(i64, i64)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}

/// For each segment the place of each name among all, by its number in the segment; `None` where all its quotations
/// are deleted.
pub(super) type Numbers = Vec<Vec<Option<usize>>>;

/// Counts the names of all quotations, in order of the names.
pub(super) fn count(searcher: &Searcher) -> tantivy::Result<(Vec<Counted>, Numbers)> {
    let mut all = Vec::new();
    let mut numbers = Numbers::new();
    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        let counted = count_segment(reader)?;
        numbers.push(vec![None; counted.len()]);
        let counted = counted.into_iter().enumerate();
        let quoted = counted.filter(|(_, counted)| counted.count > 0);
        all.extend(quoted.map(|(number, counted)| (counted, segment, number)));
    }
    all.sort_unstable_by(|(a, ..), (b, ..)| a.name.cmp(&b.name));
    let mut names: Vec<Counted> = Vec::with_capacity(all.len());
    for (counted, segment, number) in all {
        match names.last_mut() {
            Some(last) if last.name == counted.name => last.add(&counted),
            _ => names.push(counted),
        }
        let numbers = numbers.get_mut(segment);
        if let Some(place) = numbers.and_then(|numbers| numbers.get_mut(number)) {
            *place = names.len().checked_sub(1);
        }
    }
    Ok((names, numbers))
}

/// Counts the names of one segment, by their numbers.
fn count_segment(reader: &SegmentReader) -> tantivy::Result<Vec<Counted>> {
    let columns = reader.fast_fields();
    let Some(names) = columns.str("speaker_name")? else {
        return Ok(Vec::new());
    };
    let kinds = columns.str("speaker_kind")?;
    let kind = |kind: SpeakerKind| match &kinds {
        Some(kinds) => kinds.dictionary().term_ord(kind.as_str()),
        None => Ok(None),
    };
    let person = kind(SpeakerKind::Person)?;
    let body = kind(SpeakerKind::Organization)?;
    let ways = columns.str("kind")?;
    let indirect = match &ways {
        Some(ways) => ways
            .dictionary()
            .term_ord(QuotationKind::Indirect.as_str())?,
        None => None,
    };
    let day = columns.i64("day")?;
    let mut counts = vec![Counted::default(); names.num_terms()];
    for doc in 0..reader.max_doc() {
        if reader.is_deleted(doc) {
            continue;
        }
        let ord = names.ords().first(doc);
        let Some(counted) = ord.and_then(|ord| counts.get_mut(ord as usize)) else {
            continue;
        };
        let kind = kinds.as_ref().and_then(|kinds| kinds.ords().first(doc));
        let way = ways.as_ref().and_then(|ways| ways.ords().first(doc));
        let day = day.first(doc);
        counted.add(&Counted {
            name: String::new(),
            count: 1,
            persons: u64::from(kind.is_some() && kind == person),
            bodies: u64::from(kind.is_some() && kind == body),
            indirect: u64::from(way.is_some() && way == indirect),
            days: day.map(|day| (day, day)),
        });
    }
    let mut terms = names.dictionary().stream()?;
    for counted in &mut counts {
        if !terms.advance() {
            break;
        }
        if counted.count > 0 {
            counted.name = String::from_utf8_lossy(terms.key()).into_owned();
        }
    }
    Ok(counts)
}

/// Counts the quotations of a name within some days; those without a date count too.
pub(super) fn count_within(
    searcher: &Searcher,
    fields: Fields,
    name: &str,
    (first, last): (i64, i64),
) -> tantivy::Result<u64> {
    let term = Term::from_field_text(fields.speaker_name, name);
    let mut count = 0_u64;
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(fields.speaker_name)?;
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        let day = reader.fast_fields().i64("day")?;
        let mut doc = postings.doc();
        while doc != TERMINATED {
            let within = |day| first <= day && day <= last;
            let alive = !reader.is_deleted(doc);
            let counts = alive && day.first(doc).is_none_or(within);
            count = count.saturating_add(counts.into());
            doc = postings.advance();
        }
    }
    Ok(count)
}
