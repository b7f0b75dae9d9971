use chrono::{Datelike, Days, Months, NaiveDate};
use whosaid_model::{DatePrecision, Published};

/// Returns a day as the columns [`day`](crate::Fields::day) and [`last_day`](crate::Fields::last_day) count
/// it: days since 1970-01-01.
pub fn day_number(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}

/// Returns the day that the columns count as `number`, or `None` when no calendar reaches it.
pub fn day_of_number(number: i64) -> Option<NaiveDate> {
    let days = Days::new(number.unsigned_abs());
    if number < 0 {
        NaiveDate::default().checked_sub_days(days)
    } else {
        NaiveDate::default().checked_add_days(days)
    }
}

/// A step of the date hierarchy: a year, a month of it, or a day of that.
///
/// Paths order by time, a year before its months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePath {
    /// A year.
    Year(i32),
    /// A year and month.
    Month(i32, u32),
    /// A day.
    Day(NaiveDate),
}

impl DatePath {
    /// Returns what is known of a date of publication.
    pub fn of(published: &Published) -> Self {
        let date = published.date;
        match published.precision {
            DatePrecision::Year => Self::Year(date.year()),
            DatePrecision::Month => Self::Month(date.year(), date.month()),
            _ => Self::Day(date),
        }
    }

    /// Returns the first and the last day, both included.
    pub fn days(self) -> (NaiveDate, NaiveDate) {
        let (first, months) = match self {
            Self::Year(year) => (NaiveDate::from_ymd_opt(year, 1, 1), 12),
            Self::Month(year, month) => (NaiveDate::from_ymd_opt(year, month, 1), 1),
            Self::Day(day) => return (day, day),
        };
        let first = first.unwrap_or(NaiveDate::MAX);
        let last = first
            .checked_add_months(Months::new(months))
            .and_then(|next| next.pred_opt())
            .unwrap_or(NaiveDate::MAX);
        (first, last)
    }

    /// Returns the steps of the path: `2025`, `10`, `25`.
    pub fn steps(self) -> Vec<String> {
        match self {
            Self::Year(year) => vec![format!("{year:04}")],
            Self::Month(year, month) => vec![format!("{year:04}"), format!("{month:02}")],
            Self::Day(day) => vec![
                format!("{:04}", day.year()),
                format!("{:02}", day.month()),
                format!("{:02}", day.day()),
            ],
        }
    }
}

impl std::fmt::Display for DatePath {
    /// Writes `2025`, `2025-10` or `2025-10-25`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.steps().join("-"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_path_covers_its_days() {
        let leap = DatePath::Month(2024, 2);
        assert_eq!(leap.days(), (day(2024, 2, 1), day(2024, 2, 29)));
        assert_eq!(leap.to_string(), "2024-02");
        let year = DatePath::Year(2025);
        assert_eq!(year.days(), (day(2025, 1, 1), day(2025, 12, 31)));
        assert_eq!(
            DatePath::Day(day(2025, 10, 25)).steps(),
            ["2025", "10", "25"]
        );
        assert_eq!(DatePath::Month(2025, 13).days().0, NaiveDate::MAX);
        assert_eq!(day_of_number(i64::MAX), None);
    }

    proptest! {
        #[test]
        fn a_day_number_reads_back(number in -1_000_000i64..1_000_000) {
            let date = day_of_number(number).unwrap();
            prop_assert_eq!(day_number(date), number);
            let (year, month) = (date.year(), date.month());
            for path in [DatePath::Year(year), DatePath::Month(year, month), DatePath::Day(date)] {
                let (first, last) = path.days();
                prop_assert!(first <= date && date <= last);
            }
        }
    }
}
