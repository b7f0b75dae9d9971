//! Dates as people write them in a sentence: `25 October 2025`, `Oct. 2025`, `last week`, `Monday`.

use chrono::{Datelike, Days, Month, NaiveDate, Weekday};

use crate::date::{Period, Point};

/// Reads a date in words; a month or weekday alone is the latest that is not after today.
pub(crate) fn point(text: &str, today: Option<NaiveDate>) -> Option<Point> {
    let text = text.trim().to_lowercase().replace(',', " ");
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_matches('.'))
        .filter(|word| !matches!(*word, "the" | "of" | "on"))
        .collect();
    match words.as_slice() {
        ["today" | "now"] => Some(Point::Today),
        ["yesterday"] => Some(Point::Yesterday),
        ["this", period] => Period::from_word(period).map(Point::This),
        ["last" | "past", period] if Period::from_word(period).is_some() => {
            Period::from_word(period).map(Point::Last)
        }
        ["last", name] => recent(name, today?),
        [one] => figures(one).or_else(|| recent(one, today?)),
        [which, "quarter"] => latest_quarter(ordinal(which)?, today?),
        [which, "quarter", of] => Some(Point::Quarter(year(of)?, ordinal(which)?)),
        [a, b] => month_year(a, b).or_else(|| quarter_year(a, b)).or_else(|| {
            let (month, day) = month(a).zip(day(b)).or_else(|| month(b).zip(day(a)))?;
            let today = today?;
            let this = NaiveDate::from_ymd_opt(today.year(), month, day);
            this.filter(|date| *date <= today)
                .or_else(|| NaiveDate::from_ymd_opt(today.year().checked_sub(1)?, month, day))
                .map(Point::Day)
        }),
        [a, b, c] => {
            let (month, day) = month(a).zip(day(b)).or_else(|| month(b).zip(day(a)))?;
            NaiveDate::from_ymd_opt(year(c)?, month, day).map(Point::Day)
        }
        _ => None,
    }
}

/// Reads figures in an order other than ours, when only one reading is possible: `25.10.2025`, `20251025`.
pub(super) fn other_figures(text: &str) -> Option<Point> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() == 8 && digits(text) {
        let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok()?;
        return Some(Point::Day(day));
    }
    if let Some(day) = text.get(..10)
        && let Ok(day) = NaiveDate::parse_from_str(day, "%Y-%m-%d")
    {
        return Some(Point::Day(day));
    }
    let parts: Vec<u32> = text
        .split(['.', '/', '-'])
        .map(|part| digits(part).then(|| part.parse().ok()).flatten())
        .collect::<Option<_>>()?;
    let date = |year: u32, month, day| NaiveDate::from_ymd_opt(year as i32, month, day);
    match *parts.as_slice() {
        [year, month] if year > 999 => {
            date(year, month, 1).map(|_| Point::Month(year as i32, month))
        }
        [month, year] if year > 999 => {
            date(year, month, 1).map(|_| Point::Month(year as i32, month))
        }
        [year, month, day] if year > 999 => date(year, month, day).map(Point::Day),
        [day, month, year] if year > 999 && (day > 12 || day == month) => {
            date(year, month, day).map(Point::Day)
        }
        [month, day, year] if year > 999 && day > 12 => date(year, month, day).map(Point::Day),
        _ => None,
    }
}

fn figures(word: &str) -> Option<Point> {
    if let Some(year) = year(word) {
        return Some(Point::Year(year));
    }
    if let Ok(day) = NaiveDate::parse_from_str(word, "%Y-%m-%d") {
        return Some(Point::Day(day));
    }
    let (left, right) = word.split_once('-')?;
    let month = right
        .parse()
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    (right.len() == 2).then_some(())?;
    Some(Point::Month(year(left)?, month))
}

fn month_year(a: &str, b: &str) -> Option<Point> {
    Some(Point::Month(year(b)?, month(a)?))
}

/// `Q1 2025`, `2025 Q1`
fn quarter_year(a: &str, b: &str) -> Option<Point> {
    let (quarter, year) = quarter(a)
        .zip(year(b))
        .or_else(|| quarter(b).zip(year(a)))?;
    Some(Point::Quarter(year, quarter))
}

/// The number of a quarter: `q1`.
fn quarter(word: &str) -> Option<u32> {
    let number = word.strip_prefix('q')?;
    matches!(number, "1" | "2" | "3" | "4")
        .then(|| number.parse().ok())
        .flatten()
}

/// The number of a quarter by its place in the year.
fn ordinal(word: &str) -> Option<u32> {
    match word {
        "first" | "1st" => Some(1),
        "second" | "2nd" => Some(2),
        "third" | "3rd" => Some(3),
        "fourth" | "4th" | "last" | "final" => Some(4),
        _ => None,
    }
}

/// A quarter without a year: the latest one that has begun.
fn latest_quarter(quarter: u32, today: NaiveDate) -> Option<Point> {
    let is_ahead = quarter > today.month().div_ceil(3);
    let year = today.year().checked_sub(is_ahead.into())?;
    Some(Point::Quarter(year, quarter))
}

/// A month, a quarter or a weekday without a year: the latest one that has begun.
fn recent(name: &str, today: NaiveDate) -> Option<Point> {
    if let Some(quarter) = quarter(name) {
        return latest_quarter(quarter, today);
    }
    if let Some(month) = month(name) {
        let year = today.year().checked_sub((month > today.month()).into());
        return Some(Point::Month(year?, month));
    }
    let weekday: Weekday = (name.len() >= 3).then(|| name.parse().ok()).flatten()?;
    let back = match today.weekday().days_since(weekday) {
        0 => 7,
        back => back,
    };
    today
        .checked_sub_days(Days::new(u64::from(back)))
        .map(Point::Day)
}

/// The number of a month by its name in small letters, or the first three of them.
pub(crate) fn month(word: &str) -> Option<u32> {
    match word {
        "sept" => Some(9),
        _ => word
            .parse::<Month>()
            .ok()
            .map(|month| month.number_from_month()),
    }
}

/// The number of a day of some month, whether that has so many or not: `30`, `31st`.
pub(crate) fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    let ending = word.strip_prefix(digits)?;
    let plain = matches!(digits.len(), 1 | 2) && digits.bytes().all(|byte| byte.is_ascii_digit());
    (plain && matches!(ending, "" | "st" | "nd" | "rd" | "th"))
        .then(|| digits.parse().ok())
        .flatten()
}

fn year(word: &str) -> Option<i32> {
    let plain = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let today = NaiveDate::from_ymd_opt(2026, 3, 4);
        let found = point(text, today).map(|point| point.to_string());
        assert_eq!(
            found.as_deref(),
            (!expected.is_empty()).then_some(expected),
            "{text}"
        );
    }

    #[test]
    fn dates_of_a_sentence_are_read() {
        check("25 October 2025", "2025-10-25");
        check("Oct. 25, 2025", "2025-10-25");
        check("October 25th, 2025", "2025-10-25");
        check("October 2025", "2025-10");
        check("October", "2025-10");
        check("March", "2026-03");
        check("March 4", "2026-03-04");
        check("March 5", "2025-03-05");
        check("last week", "last-week");
        check("this year", "this-year");
        check("Monday", "2026-03-02");
        check("last Wednesday", "2026-02-25");
        check("2025", "2025");
        check("2025-10", "2025-10");
        check("God we trust", "");
        check("the beginning", "");
        check("31 February 2025", "");
        check("Q1 2025", "2025-Q1");
        check("2025 q4", "2025-Q4");
        check("the first quarter of 2025", "2025-Q1");
        check("the last quarter of 2025", "2025-Q4");
        check("the second quarter", "2025-Q2");
        check("Q1", "2026-Q1");
        check("last quarter", "last-quarter");
        check("Q5 2025", "");
        check("quarter of 2025", "");
    }

    #[test]
    fn other_orders_are_understood_only_when_clear() {
        assert_eq!(
            other_figures("25.10.2025").unwrap().to_string(),
            "2025-10-25"
        );
        assert_eq!(other_figures("20251025").unwrap().to_string(), "2025-10-25");
        assert_eq!(
            other_figures("2025/10/25").unwrap().to_string(),
            "2025-10-25"
        );
        assert_eq!(other_figures("05/06/2025"), None);
        assert_eq!(
            other_figures("2025-10-25t10:00").unwrap().to_string(),
            "2025-10-25"
        );
    }
}
