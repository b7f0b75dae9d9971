//! Dates in figures.

use chrono::NaiveDate;

use crate::date::Point;
use crate::parse::dates;

/// Reads a date in figures that is no other too: `2025-1-25`, `2025-q4`, `25/10/2025`.
pub(super) fn figures(word: &str, today: Option<NaiveDate>) -> Option<Point> {
    let word = word.trim_matches([',', '.']);
    match readings(word).as_slice() {
        [day] => Some(Point::Day(*day)),
        [] => {
            let (year, _) = word.split_once('-')?;
            let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
            is_year.then(|| dates::point(word, today).ok()).flatten()
        }
        _ => None,
    }
}

/// The days that three numbers may mean, the day before the month or behind it, the year first or last.
pub(super) fn readings(word: &str) -> Vec<NaiveDate> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let numbers: Option<Vec<u32>> = word
        .split(['-', '/', '.'])
        .map(|part| digits(part).then(|| part.parse().ok()).flatten())
        .collect();
    let is_year = |year: u32| (1000..=9999).contains(&year);
    let date = |year: u32, month, day| NaiveDate::from_ymd_opt(year as i32, month, day);
    let days = match *numbers.unwrap_or_default().as_slice() {
        [year, month, day] if is_year(year) => [date(year, month, day), None],
        [one, two, year] if is_year(year) => [date(year, two, one), date(year, one, two)],
        _ => [None, None],
    };
    let mut days: Vec<NaiveDate> = days.into_iter().flatten().collect();
    days.dedup();
    days
}
