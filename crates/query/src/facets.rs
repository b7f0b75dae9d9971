//! Exact counts of a search's matches by speaker, outlet, kind, language, author or date.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};
use whosaid_schema::day_of_number;

use crate::ast::{DateField, Node, Text, TextField};
use crate::columns::Columns;
use crate::date::Period;
use crate::options::Query;
use crate::parse;
use crate::persons::Persons;

/// What to count matches by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    field: FacetField,
    top: usize,
    selected: Vec<String>,
}

/// The fields that can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FacetField {
    /// The speaker: a person under all their names, shown by one of them.
    Speaker,
    /// The outlet, as written.
    Source,
    /// Direct, mixed or indirect.
    Kind,
    /// The language tag.
    Lang,
    /// The author, as written.
    Author,
    /// The year of publication: `2025`.
    Year,
    /// The quarter of publication: `2025-Q4`.
    Quarter,
    /// The month of publication: `2025-10`.
    Month,
    /// The ISO week of publication: `2025-W43`.
    Week,
    /// The day of publication: `2025-10-25`.
    Day,
}

impl FacetField {
    /// Returns the word used in commands and JSON.
    pub fn as_str(self) -> &'static str {
        match (self, self.period()) {
            (_, Some(period)) => period.as_str(),
            (Self::Source, _) => "source",
            (Self::Kind, _) => "kind",
            (Self::Lang, _) => "lang",
            (Self::Author, _) => "author",
            _ => "speaker",
        }
    }

    /// Tells whether values come in the order of time rather than of their counts.
    pub fn is_date(self) -> bool {
        self.period().is_some()
    }

    /// Returns the unit of the calendar, of a date.
    pub(crate) fn period(self) -> Option<Period> {
        match self {
            Self::Year => Some(Period::Year),
            Self::Quarter => Some(Period::Quarter),
            Self::Month => Some(Period::Month),
            Self::Week => Some(Period::Week),
            Self::Day => Some(Period::Day),
            _ => None,
        }
    }

    /// The column of the index, and the field of queries; none for dates.
    fn column(self) -> Option<(&'static str, TextField)> {
        match self {
            Self::Speaker => Some(("speaker_name", TextField::Speaker)),
            Self::Source => Some(("source", TextField::Source)),
            Self::Kind => Some(("kind", TextField::Kind)),
            Self::Lang => Some(("lang", TextField::Lang)),
            Self::Author => Some(("author", TextField::Author)),
            _ => None,
        }
    }
}

impl Facet {
    /// Counts by any field; all values are listed.
    pub fn new(field: FacetField) -> Self {
        Self {
            field,
            top: usize::MAX,
            selected: Vec::new(),
        }
    }

    /// Counts by speaker. Quotations of nobody named are in [`FacetCounts::missing`].
    pub fn speaker() -> Self {
        Self::new(FacetField::Speaker)
    }

    /// Counts by outlet.
    pub fn source() -> Self {
        Self::new(FacetField::Source)
    }

    /// Counts by kind of quotation.
    pub fn kind() -> Self {
        Self::new(FacetField::Kind)
    }

    /// Counts by language tag.
    pub fn lang() -> Self {
        Self::new(FacetField::Lang)
    }

    /// Counts by author.
    pub fn author() -> Self {
        Self::new(FacetField::Author)
    }

    /// Counts by year, quarter, month, week or day of publication.
    pub fn date(level: Period) -> Self {
        Self::new(match level {
            Period::Year => FacetField::Year,
            Period::Quarter => FacetField::Quarter,
            Period::Month => FacetField::Month,
            Period::Week => FacetField::Week,
            Period::Day => FacetField::Day,
        })
    }

    /// Lists only the values counted most; the rest is in [`FacetCounts::other`].
    pub fn top(mut self, top: usize) -> Self {
        self.top = top;
        self
    }

    /// Lists a value in any case, also when it is not among those counted most, or has no match. May be called
    /// again. Values that the query itself asks for exactly (`source:="Daily Example"`) need not be named.
    pub fn select(mut self, value: impl Into<String>) -> Self {
        self.selected.push(value.into());
        self
    }

    pub(crate) fn field(&self) -> FacetField {
        self.field
    }

    /// The values to list in any case: those named, and those the query asks for.
    fn listed(&self, query: &Node) -> Vec<String> {
        let mut listed = self.selected.clone();
        if let Some((_, field)) = self.field.column() {
            asked(query, field, None, &mut listed);
        }
        listed.sort_unstable();
        listed.dedup();
        listed
    }
}

/// Collects the values that a query asks for exactly in a field.
fn asked(node: &Node, field: TextField, group: Option<TextField>, values: &mut Vec<String>) {
    match node {
        Node::Text {
            field: own,
            exact,
            text,
        } if own.or(group) == Some(field) && (*exact || field == TextField::Kind) => {
            values.push(text.words().trim().to_owned());
        }
        Node::Group { field: own, inner } => asked(inner, field, Some(*own), values),
        Node::Boost(inner, _) => asked(inner, field, group, values),
        Node::And(nodes) | Node::Or(nodes) => {
            for node in nodes {
                asked(node, field, group, values);
            }
        }
        _ => {}
    }
}

/// The counts of one facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FacetCounts {
    /// What was counted.
    pub field: FacetField,
    /// The values counted most and those selected, most first, equal counts by value; dates in order of time.
    pub values: Vec<FacetValue>,
    /// The number of different values that have a match, listed or not.
    pub distinct: u64,
    /// Matches whose value is not listed.
    pub other: u64,
    /// Matches without a value, or with a date coarser than what was counted.
    pub missing: u64,
}

impl FacetCounts {
    /// Returns the query whose matches are those of `query` that have a value of this facet: the next step down.
    /// `None` when the value is no date and the facet counts dates.
    ///
    /// ```
    /// use whosaid_query::{Archive, Facet, Interval, Options, Query};
    ///
    /// # let dir = tempfile::tempdir()?;
    /// # let file = dir.path().join("a.txt");
    /// # std::fs::write(&file, "date 2025-10-25 Talks\n“Yes,” said Jane Roe.\n")?;
    /// # let archive = dir.path().join("archive");
    /// # use whosaid_indexer::{IndexOptions, Input, index};
    /// # index(&archive, &[Input::from(file)], &whosaid_quotes::Annotator::new(), &IndexOptions::new(), &())?;
    /// let archive = Archive::open(archive)?;
    /// let query = Query::parse("said:yes", &Options::new())?;
    /// let found = archive.search(&query).facet(Facet::date(Interval::Quarter)).run()?;
    /// let quarters = &found.facets()[0];
    /// let narrowed = quarters.narrow(&query, &quarters.values[0].value).expect("a quarter is a date");
    /// assert_eq!(narrowed.to_string(), "said:yes date:2025-Q4");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn narrow(&self, query: &Query, value: &str) -> Option<Query> {
        let node = match self.field.column() {
            Some((_, field)) => Node::Text {
                field: Some(field),
                exact: true,
                text: Text::word(value),
            },
            None => Node::Date {
                field: DateField::Date,
                range: parse::dates::range(value, None).ok()?,
            },
        };
        Some(query.clone().and(node))
    }
}

/// One value and its count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// The number of matches that have it.
    pub count: u64,
    /// It was [selected](Facet::select), or the query asks for it.
    pub selected: bool,
}

pub(crate) fn raise(count: &mut u64, by: u64) {
    *count = count.saturating_add(by);
}

/// Counts per value over the segments.
#[derive(Debug, Default)]
pub(crate) struct Counting {
    counts: BTreeMap<String, u64>,
    /// Of speakers: the counts by the place of the name among all names.
    names: Vec<u64>,
    missing: u64,
}

impl Counting {
    /// Takes the counts of the dates, which are counted for the timeline too.
    pub(crate) fn add_dates(
        &mut self,
        period: Period,
        days: &BTreeMap<(i64, i64), u64>,
        undated: u64,
    ) {
        raise(&mut self.missing, undated);
        for (&(first, last), &count) in days {
            let name = |day| day_of_number(day).map(|day| period.name(day));
            match name(first) {
                Some(value) if first == last || name(last).as_ref() == Some(&value) => {
                    raise(self.counts.entry(value).or_default(), count);
                }
                _ => raise(&mut self.missing, count),
            }
        }
    }

    /// Takes the counts of the speakers of all quotations but indirect speech, of which there are so many.
    pub(crate) fn add_speakers(&mut self, persons: &Persons, quotations: u64) {
        self.names = persons.direct();
        let named = self.names.iter().copied().fold(0, u64::saturating_add);
        raise(&mut self.missing, quotations.saturating_sub(named));
    }

    /// Makes the counts of a facet; with `persons`, those of names are added up by person.
    pub(crate) fn finish(
        self,
        facet: &Facet,
        query: &Node,
        persons: Option<&Persons>,
    ) -> FacetCounts {
        let selected = facet.listed(query);
        let (mut values, distinct, other) = if let Some(persons) = persons {
            let shown = |value: &String| persons.shown(value).to_owned();
            let selected = selected.iter().map(shown).collect();
            let counts = by_person(self.names, persons);
            let place = |value: &str| persons.place(value);
            let text = |place| persons.name_at(place).unwrap_or_default();
            most(counts, facet.top, selected, place, text)
        } else {
            let (values, counts): (Vec<String>, Vec<u64>) = self.counts.into_iter().unzip();
            let counts = counts.into_iter().zip(0..).collect();
            let place = |value: &str| values.binary_search_by(|of| of.as_str().cmp(value)).ok();
            let text = |place: usize| values.get(place).map_or("", String::as_str);
            most(counts, facet.top, selected, place, text)
        };
        if facet.field.is_date() {
            values.sort_by(|a, b| a.value.cmp(&b.value));
        }
        FacetCounts {
            field: facet.field,
            values,
            distinct,
            other,
            missing: self.missing,
        }
    }
}

/// Adds up the counts of names by who bears them; each is counted at the place of the name that they are shown by.
fn by_person(names: Vec<u64>, persons: &Persons) -> Vec<(u64, usize)> {
    let mut counts = vec![0; names.len()];
    for (place, count) in names
        .into_iter()
        .enumerate()
        .filter(|(_, count)| *count > 0)
    {
        if let Some(sum) = counts.get_mut(persons.shown_at(place)) {
            raise(sum, count);
        }
    }
    let counted = counts.into_iter().zip(0..);
    counted.filter(|(count, _)| *count > 0).collect()
}

/// Lists the values counted most, equal counts in the order of their places, and those selected. Returns them with the
/// number of values and the sum of the counts of those not listed.
fn most<'t>(
    mut counts: Vec<(u64, usize)>,
    top: usize,
    mut selected: Vec<String>,
    place: impl Fn(&str) -> Option<usize>,
    text: impl Fn(usize) -> &'t str,
) -> (Vec<FacetValue>, u64, u64) {
    // As a query would find them.
    for value in selected.iter_mut().filter(|value| place(value).is_none()) {
        let folded = value.to_lowercase();
        let mut written = counts.iter().map(|(_, place)| text(*place));
        if let Some(written) = written.find(|written| written.to_lowercase() == folded) {
            written.clone_into(value);
        }
    }
    selected.sort_unstable();
    selected.dedup();
    let distinct = counts.len() as u64;
    let total: u64 = counts.iter().map(|(count, _)| count).sum();
    let chosen: BTreeSet<usize> = selected.iter().filter_map(|value| place(value)).collect();
    let chosen: Vec<(u64, usize)> = counts
        .iter()
        .filter(|(_, place)| chosen.contains(place))
        .copied()
        .collect();
    let order = |of: &(u64, usize)| (Reverse(of.0), of.1);
    if top < counts.len() {
        counts.select_nth_unstable_by_key(top, order);
        counts.truncate(top);
    }
    counts.extend(chosen);
    counts.sort_unstable_by_key(order);
    counts.dedup();
    let listed: u64 = counts.iter().map(|(count, _)| count).sum();
    let other = total.saturating_sub(listed);
    let mut values: Vec<FacetValue> = counts
        .into_iter()
        .map(|(count, place)| {
            let value = text(place).to_owned();
            let at = selected.iter().position(|selected| *selected == value);
            if let Some(at) = at {
                selected.swap_remove(at);
            }
            FacetValue {
                value,
                count,
                selected: at.is_some(),
            }
        })
        .collect();
    // What is selected and has no match.
    selected.sort_unstable();
    values.extend(selected.into_iter().map(|value| FacetValue {
        value,
        count: 0,
        selected: true,
    }));
    (values, distinct, other)
}

/// Counts one segment by the numbers its column gives the values.
pub(crate) struct SegmentCounting {
    field: FacetField,
    column: Option<StrColumn>,
    counts: Vec<u64>,
    missing: u64,
}

impl SegmentCounting {
    /// `None` for dates, which are counted by their days.
    pub(crate) fn open(
        facet: &Facet,
        columns: &Columns,
        reader: &SegmentReader,
    ) -> tantivy::Result<Option<Self>> {
        let Some((column, _)) = facet.field.column() else {
            return Ok(None);
        };
        let column = columns.str(reader, column)?;
        let values = column.as_ref().map_or(0, |column| column.num_terms());
        Ok(Some(Self {
            field: facet.field,
            column,
            counts: vec![0; values],
            missing: 0,
        }))
    }

    pub(crate) fn is_of_speakers(&self) -> bool {
        self.field == FacetField::Speaker
    }

    /// Counts a document so many times.
    pub(crate) fn count(&mut self, doc: DocId, times: u64) {
        let ord = self
            .column
            .as_ref()
            .and_then(|column| column.ords().first(doc));
        match ord.and_then(|ord| self.counts.get_mut(ord as usize)) {
            Some(count) => raise(count, times),
            None => raise(&mut self.missing, times),
        }
    }

    /// Adds the counts of the segment that comes at a place among all; with `persons`, the values are names of theirs.
    pub(crate) fn close(
        self,
        segment: u32,
        persons: Option<&Persons>,
        total: &mut Counting,
    ) -> tantivy::Result<()> {
        raise(&mut total.missing, self.missing);
        let Some(column) = self.column else {
            return Ok(());
        };
        let counted = (0..).zip(self.counts).filter(|(_, count)| *count > 0);
        if let Some(persons) = persons {
            total.names.resize(persons.names(), 0);
            for (number, count) in counted {
                let name = persons.name_numbered(segment, number);
                match name.and_then(|name| total.names.get_mut(name)) {
                    Some(sum) => raise(sum, count),
                    None => raise(&mut total.missing, count),
                }
            }
            return Ok(());
        }
        let (ords, counts): (Vec<u64>, Vec<u64>) = counted.unzip();
        let mut counts = counts.into_iter();
        // In their order, so that each block of the dictionary is opened once.
        let add = |value: &[u8]| {
            let value = String::from_utf8_lossy(value).into_owned();
            let count = counts.next().unwrap_or(0);
            raise(total.counts.entry(value).or_default(), count);
        };
        column.dictionary().sorted_ords_to_term_cb(&ords, add)?;
        Ok(())
    }
}
