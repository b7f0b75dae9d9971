//! Exact counts of a search's matches by speaker, outlet, kind, language, author or date.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};
use whosaid_schema::DatePath;

use crate::date::Period;

/// What to count matches by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facet {
    field: FacetField,
    top: usize,
}

/// The fields that can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FacetField {
    /// The canonical name of the speaker.
    Speaker,
    /// The outlet, as written.
    Source,
    /// Direct, mixed or indirect.
    Kind,
    /// The language tag.
    Lang,
    /// The author, as written.
    Author,
    /// The year of publication.
    Year,
    /// The month of publication: `2025-10`.
    Month,
    /// The day of publication: `2025-10-25`.
    Day,
}

impl FacetField {
    /// Returns the word used in commands and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Source => "source",
            Self::Kind => "kind",
            Self::Lang => "lang",
            Self::Author => "author",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }

    /// Tells whether values come in the order of time rather than of their counts.
    pub fn is_date(self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::Day)
    }

    /// The column of the index.
    fn column(self) -> &'static str {
        match self {
            Self::Speaker => "speaker_name",
            Self::Source => "source",
            Self::Kind => "kind",
            Self::Lang => "lang",
            Self::Author => "author",
            Self::Year | Self::Month | Self::Day => "day",
        }
    }
}

impl Facet {
    /// Counts by any field; all values are listed.
    pub fn new(field: FacetField) -> Self {
        Self {
            field,
            top: usize::MAX,
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

    /// Counts by year, month or day of publication; a week or quarter is counted as its month.
    pub fn date(level: Period) -> Self {
        Self::new(match level {
            Period::Year => FacetField::Year,
            Period::Month | Period::Quarter => FacetField::Month,
            Period::Week | Period::Day => FacetField::Day,
        })
    }

    /// Lists only the values counted most; the rest is in [`FacetCounts::other`].
    pub fn top(mut self, top: usize) -> Self {
        self.top = top;
        self
    }
}

/// The counts of one facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FacetCounts {
    /// What was counted.
    pub field: FacetField,
    /// The values counted most, most first, equal counts by value; dates in order of time.
    pub values: Vec<FacetValue>,
    /// The number of different values, listed or not.
    pub distinct: u64,
    /// Matches whose value is not listed.
    pub other: u64,
    /// Matches without a value.
    pub missing: u64,
}

/// One value and its count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// The number of matches that have it.
    pub count: u64,
}

/// Counts per value over the segments.
#[derive(Debug, Default)]
pub(crate) struct Counting {
    counts: BTreeMap<String, u64>,
    missing: u64,
}

impl Counting {
    /// Takes the counts of the dates, which are counted for the timeline too.
    pub(crate) fn add_dates(
        &mut self,
        field: FacetField,
        days: &BTreeMap<(i64, i64), u64>,
        undated: u64,
    ) {
        self.missing += undated;
        for (&(first, last), &count) in days {
            let step = match field {
                FacetField::Year => 0,
                FacetField::Month => 1,
                _ => 2,
            };
            let at = |day| DatePath::of_day(day).map(|path| path[step]);
            match at(first) {
                Some(path) if at(last) == Some(path) => {
                    *self.counts.entry(path.to_string()).or_default() += count;
                }
                _ => self.missing += count,
            }
        }
    }

    pub(crate) fn finish(self, facet: Facet) -> FacetCounts {
        let distinct = self.counts.len() as u64;
        let mut values: Vec<FacetValue> = self
            .counts
            .into_iter()
            .map(|(value, count)| FacetValue { value, count })
            .collect();
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        let other = values.iter().skip(facet.top).map(|value| value.count).sum();
        values.truncate(facet.top);
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

/// Counts one segment by the numbers its column gives the values.
pub(crate) struct SegmentCounting {
    column: Option<StrColumn>,
    counts: Vec<u64>,
    missing: u64,
}

impl SegmentCounting {
    /// `None` for dates, which are counted by their days.
    pub(crate) fn open(facet: Facet, reader: &SegmentReader) -> tantivy::Result<Option<Self>> {
        if facet.field.is_date() {
            return Ok(None);
        }
        let column = reader.fast_fields().str(facet.field.column())?;
        let values = column.as_ref().map_or(0, |column| column.num_terms());
        Ok(Some(Self {
            column,
            counts: vec![0; values],
            missing: 0,
        }))
    }

    pub(crate) fn count(&mut self, doc: DocId) {
        let ord = self
            .column
            .as_ref()
            .and_then(|column| column.ords().first(doc));
        match ord.and_then(|ord| self.counts.get_mut(ord as usize)) {
            Some(count) => *count += 1,
            None => self.missing += 1,
        }
    }

    pub(crate) fn close(self, total: &mut Counting) -> tantivy::Result<()> {
        total.missing += self.missing;
        let Some(column) = self.column else {
            return Ok(());
        };
        let mut value = String::new();
        for (ord, count) in self.counts.into_iter().enumerate() {
            if count > 0 {
                value.clear();
                column.ord_to_str(ord as u64, &mut value)?;
                *total.counts.entry(value.clone()).or_default() += count;
            }
        }
        Ok(())
    }
}

impl Facet {
    pub(crate) fn field(self) -> FacetField {
        self.field
    }
}
