//! Days as queries name them: points, ranges, and what they mean on a given day.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
    /// January to March, April to June, and so on.
    Quarter,
    /// January to December.
    Year,
}

impl Period {
    /// Returns the word used in queries and options.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// Reads the word used in queries.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [
            Self::Day,
            Self::Week,
            Self::Month,
            Self::Quarter,
            Self::Year,
        ]
        .into_iter()
        .find(|period| period.as_str() == word)
    }

    /// Returns the first day of the period that holds `day`.
    pub fn start(self, day: NaiveDate) -> NaiveDate {
        let first = |month| NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
        match self {
            Self::Day => day,
            Self::Week => day
                .checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
                .unwrap_or(day),
            Self::Month => first(day.month()),
            Self::Quarter => first(match day.month() {
                1..=3 => 1,
                4..=6 => 4,
                7..=9 => 7,
                _ => 10,
            }),
            Self::Year => first(1),
        }
    }

    /// Returns the first day of the next period.
    pub fn next(self, day: NaiveDate) -> NaiveDate {
        let start = self.start(day);
        match self {
            Self::Day => start.checked_add_days(Days::new(1)),
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
            Self::Quarter => start.checked_add_months(Months::new(3)),
            Self::Year => start.checked_add_months(Months::new(12)),
        }
        .unwrap_or(NaiveDate::MAX)
    }

    /// Returns the period that holds `day` as queries name it.
    pub(crate) fn point(self, day: NaiveDate) -> Point {
        match self {
            Self::Day => Point::Day(day),
            Self::Week => Point::Week(day.iso_week().year(), day.iso_week().week()),
            Self::Month => Point::Month(day.year(), day.month()),
            Self::Quarter => Point::Quarter(day.year(), day.month().div_ceil(3)),
            Self::Year => Point::Year(day.year()),
        }
    }

    /// Writes the name of the period that holds `day`, as queries have it: `2025-10`, `2025-W43`.
    ///
    /// ```
    /// use whosaid_query::Interval;
    ///
    /// let day = "2025-12-29".parse()?;
    /// assert_eq!(Interval::Week.name(day), "2026-W01");
    /// assert_eq!(Interval::Quarter.name(day), "2025-Q4");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn name(self, day: NaiveDate) -> String {
        self.point(day).to_string()
    }

    /// Returns the first and the last day of the period that holds `day`.
    fn around(self, day: NaiveDate) -> Stretch {
        Stretch {
            first: self.start(day),
            last: self.next(day).pred_opt().unwrap_or(day),
        }
    }
}

/// A first and a last day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
}

/// A stretch of the calendar with a name: a year, `2025-10`, `last-week`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Point {
    /// All of a year.
    Year(i32),
    /// All of a month: year and month.
    Month(i32, u32),
    /// One day.
    Day(NaiveDate),
    /// An ISO week: year and week.
    Week(i32, u32),
    /// A quarter: year and quarter from 1.
    Quarter(i32, u32),
    /// The day of the question.
    Today,
    /// The day before.
    Yesterday,
    /// The period that holds today.
    This(Period),
    /// The period before that.
    Last(Period),
}

impl Point {
    /// Tells whether the point depends on the day of the question.
    pub fn is_relative(self) -> bool {
        matches!(
            self,
            Self::Today | Self::Yesterday | Self::This(_) | Self::Last(_)
        )
    }

    /// Returns its days; `None` for a date the calendar lacks, or a relative one without `today`.
    pub(crate) fn days(self, today: Option<NaiveDate>) -> Option<Stretch> {
        Some(match self {
            Self::Year(year) => Period::Year.around(NaiveDate::from_ymd_opt(year, 1, 1)?),
            Self::Month(year, month) => {
                Period::Month.around(NaiveDate::from_ymd_opt(year, month, 1)?)
            }
            Self::Day(day) => Period::Day.around(day),
            Self::Week(year, week) => {
                Period::Week.around(NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?)
            }
            Self::Quarter(year, quarter) => {
                let month = quarter.checked_mul(3)?.checked_sub(2)?;
                Period::Quarter.around(NaiveDate::from_ymd_opt(year, month, 1)?)
            }
            Self::Today => Period::Day.around(today?),
            Self::Yesterday => Period::Day.around(today?.pred_opt()?),
            Self::This(period) => period.around(today?),
            Self::Last(period) => period.around(period.start(today?).pred_opt()?),
        })
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Today => f.write_str("today"),
            Self::Yesterday => f.write_str("yesterday"),
            Self::This(period) => write!(f, "this-{}", period.as_str()),
            Self::Last(period) => write!(f, "last-{}", period.as_str()),
        }
    }
}

/// An end of a range: a point, or so long before today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bound {
    /// A stretch of the calendar; the range includes it.
    Point(Point),
    /// A number of days, weeks, months or years before today.
    Ago(u32, Period),
}

impl Bound {
    fn is_relative(self) -> bool {
        match self {
            Self::Point(point) => point.is_relative(),
            Self::Ago(..) => true,
        }
    }

    fn days(self, today: Option<NaiveDate>) -> Option<Stretch> {
        match self {
            Self::Point(point) => point.days(today),
            Self::Ago(count, period) => {
                let today = today?;
                let day = match period {
                    Period::Day => today.checked_sub_days(Days::new(u64::from(count))),
                    Period::Week => today.checked_sub_days(Days::new(u64::from(count) * 7)),
                    Period::Month => today.checked_sub_months(Months::new(count)),
                    Period::Quarter => today.checked_sub_months(Months::new(count.checked_mul(3)?)),
                    Period::Year => today.checked_sub_months(Months::new(count.checked_mul(12)?)),
                }?;
                Some(Period::Day.around(day))
            }
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(point) => point.fmt(f),
            Self::Ago(count, period) => {
                let unit = match period {
                    Period::Day => 'd',
                    Period::Week => 'w',
                    Period::Month | Period::Quarter => 'm',
                    Period::Year => 'y',
                };
                write!(f, "{count}{unit}")
            }
        }
    }
}

/// How a value compares: `>=`, `>`, `<=`, `<`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `>=`
    AtLeast,
    /// `>`
    Above,
    /// `<=`
    AtMost,
    /// `<`
    Below,
}

impl Comparison {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::Above => ">",
            Self::AtMost => "<=",
            Self::Below => "<",
        }
    }

    /// Splits the operator off the front of `text`.
    pub(crate) fn strip(text: &str) -> Option<(Self, &str)> {
        [Self::AtLeast, Self::AtMost, Self::Above, Self::Below]
            .into_iter()
            .find_map(|cmp| text.strip_prefix(cmp.as_str()).map(|rest| (cmp, rest)))
    }
}

/// The days a query asks for; both ends are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateRange {
    /// All of one point.
    Within(Point),
    /// From the start of one bound to the end of the other; at least one is there.
    Between(Option<Bound>, Option<Bound>),
    /// Before or after a point.
    Compare(Comparison, Point),
}

impl DateRange {
    /// Tells whether the range depends on the day of the question.
    pub fn is_relative(self) -> bool {
        match self {
            Self::Within(point) | Self::Compare(_, point) => point.is_relative(),
            Self::Between(from, to) => [from, to].into_iter().flatten().any(Bound::is_relative),
        }
    }

    /// Returns the first and the last day, `None` for an open end.
    ///
    /// The whole is `None` when a date does not exist, or is relative and `today` is not given.
    pub fn resolve(
        self,
        today: Option<NaiveDate>,
    ) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
        Some(match self {
            Self::Within(point) => {
                let days = point.days(today)?;
                (Some(days.first), Some(days.last))
            }
            Self::Between(from, to) => {
                let from = from.map(|bound| bound.days(today).ok_or(())).transpose();
                let to = to.map(|bound| bound.days(today).ok_or(())).transpose();
                let (Ok(from), Ok(to)) = (from, to) else {
                    return None;
                };
                (from.map(|days| days.first), to.map(|days| days.last))
            }
            Self::Compare(comparison, point) => {
                let days = point.days(today)?;
                match comparison {
                    Comparison::AtLeast => (Some(days.first), None),
                    Comparison::Above => (Some(days.last.succ_opt()?), None),
                    Comparison::AtMost => (None, Some(days.last)),
                    Comparison::Below => (None, Some(days.first.pred_opt()?)),
                }
            }
        })
    }
}

/// Writes `from..to`, where either may be open.
pub(crate) fn write_between<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    from: Option<&T>,
    to: Option<&T>,
) -> fmt::Result {
    if let Some(from) = from {
        from.fmt(f)?;
    }
    f.write_str("..")?;
    to.map_or(Ok(()), |to| to.fmt(f))
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(point) => point.fmt(f),
            Self::Between(from, to) => write_between(f, from.as_ref(), to.as_ref()),
            Self::Compare(comparison, point) => write!(f, "{}{point}", comparison.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(range: DateRange, expected: &str) {
        let today = NaiveDate::from_ymd_opt(2026, 3, 4);
        let show = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        let (first, last) = range.resolve(today).unwrap();
        assert_eq!(format!("{}..{}", show(first), show(last)), expected);
    }

    #[test]
    fn a_point_is_all_of_its_days() {
        check(
            DateRange::Within(Point::Year(2024)),
            "2024-01-01..2024-12-31",
        );
        check(
            DateRange::Within(Point::Month(2024, 2)),
            "2024-02-01..2024-02-29",
        );
        check(
            DateRange::Within(Point::Week(2026, 1)),
            "2025-12-29..2026-01-04",
        );
        check(
            DateRange::Within(Point::Quarter(2025, 4)),
            "2025-10-01..2025-12-31",
        );
        check(
            DateRange::Within(Point::Last(Period::Week)),
            "2026-02-23..2026-03-01",
        );
        check(
            DateRange::Within(Point::Last(Period::Quarter)),
            "2025-10-01..2025-12-31",
        );
        check(
            DateRange::Within(Point::This(Period::Month)),
            "2026-03-01..2026-03-31",
        );
        check(
            DateRange::Within(Point::Yesterday),
            "2026-03-03..2026-03-03",
        );
    }

    #[test]
    fn ranges_include_both_ends() {
        let month = |month| Some(Bound::Point(Point::Month(2025, month)));
        check(
            DateRange::Between(month(10), month(11)),
            "2025-10-01..2025-11-30",
        );
        check(
            DateRange::Between(Some(Bound::Ago(1, Period::Month)), None),
            "2026-02-04..",
        );
        check(
            DateRange::Compare(Comparison::Below, Point::Month(2025, 10)),
            "..2025-09-30",
        );
        check(
            DateRange::Compare(Comparison::Above, Point::Month(2025, 10)),
            "2025-11-01..",
        );
    }

    #[test]
    fn without_today_nothing_relative_is_known() {
        assert_eq!(DateRange::Within(Point::Today).resolve(None), None);
        assert_eq!(
            DateRange::Within(Point::Month(2025, 13)).resolve(None),
            None
        );
    }
}
