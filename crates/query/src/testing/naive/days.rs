//! Days by counting them: a point of the calendar is the days of ten years that belong to it.

use chrono::{Datelike, Days, NaiveDate};

use super::corpus::Story;
use crate::ast::DateField;
use crate::date::{Bound, Comparison, DateRange, Period, Point};

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Numbers the periods of the calendar.
fn ordinal(period: Period, day: NaiveDate) -> i64 {
    let year = i64::from(day.year());
    match period {
        Period::Day => i64::from(day.num_days_from_ce()),
        Period::Week => i64::from(day.num_days_from_ce() - 1) / 7,
        Period::Month => year * 12 + i64::from(day.month0()),
        Period::Quarter => year * 4 + i64::from(day.month0() / 3),
        Period::Year => year,
    }
}

fn belongs(point: Point, day: NaiveDate, today: NaiveDate) -> bool {
    match point {
        Point::Year(year) => day.year() == year,
        Point::Month(year, month) => day.year() == year && day.month() == month,
        Point::Day(only) => day == only,
        Point::Week(year, week) => day.iso_week().year() == year && day.iso_week().week() == week,
        Point::Quarter(year, quarter) => day.year() == year && day.month().div_ceil(3) == quarter,
        Point::Today => day == today,
        Point::Yesterday => day.succ_opt() == Some(today),
        Point::This(period) => ordinal(period, day) == ordinal(period, today),
        Point::Last(period) => ordinal(period, day) + 1 == ordinal(period, today),
    }
}

/// The first and the last day of a bound.
fn ends(bound: Bound, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    match bound {
        Bound::Point(point) => {
            let days = ymd(2020, 1, 1)
                .iter_days()
                .take_while(|day| day.year() < 2030);
            let days: Vec<NaiveDate> = days.filter(|&day| belongs(point, day, today)).collect();
            (days[0], days[days.len() - 1])
        }
        Bound::Ago(count, unit) => {
            let day = match unit {
                Period::Day => today - Days::new(u64::from(count)),
                Period::Week => today - Days::new(7 * u64::from(count)),
                Period::Month => months_before(today, count),
                _ => months_before(today, 12 * count),
            };
            (day, day)
        }
    }
}

/// The same day of an earlier month, or its last.
fn months_before(day: NaiveDate, count: u32) -> NaiveDate {
    let month = day.year() * 12 + day.month0() as i32 - count as i32;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) as u32 + 1);
    let mut days = (1..=day.day()).rev();
    days.find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
        .unwrap()
}

/// Tells whether the days that a story's date may mean all lie in the range.
pub(super) fn matches(field: DateField, range: DateRange, story: &Story, today: NaiveDate) -> bool {
    let known = match field {
        DateField::Date => story.days,
        DateField::Added => story.added.map(|day| (day, day)),
    };
    let Some((first, last)) = known else {
        return false;
    };
    let of = |point: Point| ends(Bound::Point(point), today);
    match range {
        DateRange::Within(point) => of(point).0 <= first && last <= of(point).1,
        DateRange::Between(from, to) => {
            from.is_none_or(|from| ends(from, today).0 <= first)
                && to.is_none_or(|to| last <= ends(to, today).1)
        }
        DateRange::Compare(Comparison::AtLeast, point) => first >= of(point).0,
        DateRange::Compare(Comparison::Above, point) => first > of(point).1,
        DateRange::Compare(Comparison::AtMost, point) => last <= of(point).1,
        DateRange::Compare(Comparison::Below, point) => last < of(point).0,
    }
}
