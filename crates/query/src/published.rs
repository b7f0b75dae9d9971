//! The days that the dates of documents mean, from their columns.

use chrono::DateTime;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};
use whosaid_schema::day_number;

use crate::columns::Columns;
use crate::zone::Zone;

/// The columns of one segment that say when its documents were published.
pub(crate) struct Published {
    day: Column<i64>,
    last_day: Column<i64>,
    /// Where days are those of a zone, the times that were stated.
    instant: Option<(Column<i64>, Zone)>,
}

impl Published {
    pub(crate) fn open(
        columns: &Columns,
        reader: &SegmentReader,
        zone: Option<Zone>,
    ) -> tantivy::Result<Self> {
        let instant = match zone {
            Some(zone) => Some((columns.i64(reader, "instant")?, zone)),
            None => None,
        };
        Ok(Self {
            day: columns.i64(reader, "day")?,
            last_day: columns.i64(reader, "last_day")?,
            instant,
        })
    }

    /// Returns days between which all are, as the articles give them.
    pub(crate) fn bounds(&self) -> (i64, i64) {
        (self.day.min_value(), self.day.max_value())
    }

    /// Returns the first and the last day that the date may mean, in the zone if there is one.
    pub(crate) fn days(&self, doc: DocId) -> Option<(i64, i64)> {
        if let Some((column, zone)) = &self.instant
            && let Some(instant) = column.first(doc)
            && let Some(instant) = DateTime::from_timestamp(instant, 0)
        {
            let day = day_number(zone.day_of(instant));
            return Some((day, day));
        }
        let first = self.day.first(doc)?;
        Some((first, self.last_day.first(doc).unwrap_or(first)))
    }
}
