//! The days that the dates of documents mean, from their columns.

use chrono::DateTime;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};
use whosaid_schema::day_number;

use crate::columns::Columns;
use crate::zone::Zone;

/// Orders what was published: by day, then by the time where one is stated. What has none comes at the end of its day, what
/// has no day at all last.
pub(crate) fn moment(day: Option<i64>, instant: Option<i64>) -> u64 {
    /// Seconds from midnight in UTC of the day before to that of the day after the next: where it is some day it may not
    /// be that of UTC.
    const LAST: i64 = (1 << 18) - 1;
    const DAY: i64 = 24 * 60 * 60;
    let Some(day) = day else {
        return u64::MAX;
    };
    let second = instant.map_or(LAST, |instant| {
        let midnight = day.saturating_sub(1).saturating_mul(DAY);
        instant.saturating_sub(midnight).clamp(0, LAST - 1)
    });
    // Days are shifted so that those before 1970 sort too.
    let day = day.saturating_add(1 << 40).clamp(0, (1 << 41) - 1);
    (day.unsigned_abs() << 18) | second.unsigned_abs()
}

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

/// The columns of one segment by which its documents are ordered.
pub(crate) struct Moments {
    published: Published,
    instants: Column<i64>,
}

impl Moments {
    pub(crate) fn open(
        columns: &Columns,
        reader: &SegmentReader,
        zone: Option<Zone>,
    ) -> tantivy::Result<Self> {
        Ok(Self {
            published: Published::open(columns, reader, zone)?,
            instants: columns.i64(reader, "instant")?,
        })
    }

    /// Returns the [`moment`] of a document.
    pub(crate) fn of(&self, doc: DocId) -> u64 {
        let day = self.published.days(doc).map(|(day, _)| day);
        moment(day, self.instants.first(doc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_go_by_day_then_by_time() {
        const DAY: i64 = 24 * 60 * 60;
        let in_order = [
            moment(Some(i64::MIN), None),
            moment(Some(-1), Some(-DAY)),
            moment(Some(-1), None),
            // Morning in Kiribati, where it is 13 hours later.
            moment(Some(0), Some(-12 * 60 * 60)),
            moment(Some(0), Some(0)),
            moment(Some(0), Some(DAY - 1)),
            // Night in Hawaii.
            moment(Some(0), Some(DAY + 9 * 60 * 60)),
            moment(Some(0), None),
            moment(Some(1), Some(i64::MIN)),
            moment(Some(20_000), Some(i64::MAX)),
            moment(Some(20_000), None),
            moment(Some(i64::MAX), None),
            moment(None, Some(0)),
        ];
        assert!(in_order.is_sorted_by(|a, b| a < b), "{in_order:?}");
    }
}
