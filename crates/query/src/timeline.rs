//! Matches over time.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use whosaid_schema::day_of_number;

use crate::date::Period;

/// Buckets of zero are listed as long as there are not more than this; a year 1 in the data is a misprint.
const MOST: usize = 200_000;

/// How many matches fall in each period: from the first that has some to the last, or over the days that the query
/// asks for, as far as the archive has any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Timeline {
    /// The length of a bucket.
    #[serde(serialize_with = "word")]
    pub interval: Period,
    /// The buckets in order of time, without gaps.
    pub buckets: Vec<Bucket>,
    /// Matches without a date, or with one too coarse for the interval.
    pub undated: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn word<S: Serializer>(period: &Period, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(period.as_str())
}

/// One period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Bucket {
    /// Its first day.
    pub start: NaiveDate,
    /// The first day after it.
    pub end: NaiveDate,
    /// Matches in it.
    pub count: u64,
}

/// `days` counts the matches by the first and last day that their date may mean; `asked` are days whose periods are
/// listed also without a match.
pub(crate) fn timeline(
    interval: Period,
    days: &BTreeMap<(i64, i64), u64>,
    undated: u64,
    asked: Option<(NaiveDate, NaiveDate)>,
) -> Timeline {
    let mut counts: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    for day in asked.into_iter().flat_map(|(first, last)| [first, last]) {
        counts.insert(interval.start(day), 0);
    }
    let mut undated = undated;
    for (&(first, last), &count) in days {
        let start = |day| day_of_number(day).map(|day| interval.start(day));
        match start(first) {
            Some(bucket) if start(last) == Some(bucket) => {
                let sum = counts.entry(bucket).or_default();
                *sum = sum.saturating_add(count);
            }
            _ => undated = undated.saturating_add(count),
        }
    }
    let mut buckets: Vec<Bucket> = Vec::new();
    for (start, count) in counts {
        while let Some(last) = buckets.last().filter(|last| last.end < start) {
            if buckets.len() >= MOST {
                break;
            }
            let (start, end) = (last.end, interval.next(last.end));
            buckets.push(Bucket {
                start,
                end,
                count: 0,
            });
        }
        let end = interval.next(start);
        buckets.push(Bucket { start, end, count });
    }
    Timeline {
        interval,
        buckets,
        undated,
    }
}

#[cfg(test)]
mod tests {
    use whosaid_schema::day_number;

    use super::*;

    #[test]
    fn empty_buckets_are_listed_and_coarse_dates_are_not_forced() {
        let day = |year, month, day| day_number(NaiveDate::from_ymd_opt(year, month, day).unwrap());
        let days = BTreeMap::from([
            ((day(2025, 1, 31), day(2025, 1, 31)), 2),
            ((day(2025, 3, 1), day(2025, 3, 31)), 1),
            ((day(2025, 1, 1), day(2025, 12, 31)), 4),
        ]);
        let months = timeline(Period::Month, &days, 1, None);
        let counts: Vec<u64> = months.buckets.iter().map(|bucket| bucket.count).collect();
        assert_eq!((counts, months.undated), (vec![2, 0, 1], 5));
        let years = timeline(Period::Year, &days, 1, None);
        assert_eq!(
            (years.buckets.len(), years.buckets[0].count, years.undated),
            (1, 7, 1)
        );
        assert_eq!(timeline(Period::Day, &BTreeMap::new(), 0, None).buckets, []);
        let asked = |month| NaiveDate::from_ymd_opt(2025, month, 9).unwrap();
        let months = timeline(Period::Month, &days, 1, Some((asked(1), asked(5))));
        let counts: Vec<u64> = months.buckets.iter().map(|bucket| bucket.count).collect();
        assert_eq!(counts, [2, 0, 1, 0, 0]);
    }
}
