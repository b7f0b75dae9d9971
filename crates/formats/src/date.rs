use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use whosaid_model::{DateOrigin, DatePrecision, Published};

/// A date that a text states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedDate {
    /// The day; with a coarser precision, the first of the year or month.
    pub date: NaiveDate,
    /// The instant, when a time and its offset from UTC are stated.
    pub instant: Option<DateTime<FixedOffset>>,
    /// How much is stated.
    pub precision: DatePrecision,
}

impl StatedDate {
    fn new(date: NaiveDate, precision: DatePrecision) -> Self {
        Self {
            date,
            instant: None,
            precision,
        }
    }

    fn instant(instant: DateTime<FixedOffset>) -> Self {
        Self {
            date: instant.date_naive(),
            instant: Some(instant),
            precision: DatePrecision::Instant,
        }
    }

    /// Makes a date of publication of it.
    pub fn published(self, origin: DateOrigin) -> Published {
        Published {
            date: self.date,
            instant: self.instant,
            precision: self.precision,
            origin,
        }
    }
}

/// Reads a text that is a date: RFC 3339, RFC 2822, `2017-12-31`, `2017-12`, `2017`, `December 31, 2017`,
/// `31 Dec 2017`, `20171231`, seconds since 1970 and their kin, with a time of day behind the day or not.
///
/// A text that says more or less than that, or that two readers would read differently (`3/4/2017`), is `None`.
pub fn parse_date(text: &str) -> Option<StatedDate> {
    let text = text.trim();
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(StatedDate::instant(instant));
    }
    if let Ok(instant) = DateTime::parse_from_rfc2822(text) {
        return Some(StatedDate::instant(instant));
    }
    for form in [
        "%Y-%m-%d %H:%M:%S%.f %z",
        "%Y-%m-%dT%H:%M:%S%.f%z",
        "%Y%m%dT%H%M%S%#z",
    ] {
        if let Ok(instant) = DateTime::parse_from_str(text, form) {
            return Some(StatedDate::instant(instant));
        }
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text);
    }
    let mut words = Words::new(text);
    let date = numeric(&mut words).or_else(|| named(&mut words))?;
    words.rest_is_a_time().then_some(date)
}

/// Reads digits alone: a year, a day without hyphens, seconds or milliseconds since 1970.
fn digits(text: &str) -> Option<StatedDate> {
    let number: i64 = text.parse().ok()?;
    match text.len() {
        4 => year(number as i32).map(|date| StatedDate::new(date, DatePrecision::Year)),
        8 => {
            let date = NaiveDate::parse_from_str(text, "%Y%m%d").ok()?;
            plausible(date).map(|date| StatedDate::new(date, DatePrecision::Day))
        }
        9..=10 => {
            DateTime::from_timestamp(number, 0).map(|at| StatedDate::instant(at.fixed_offset()))
        }
        12..=13 => {
            DateTime::from_timestamp_millis(number).map(|at| StatedDate::instant(at.fixed_offset()))
        }
        _ => None,
    }
}

fn year(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1).and_then(plausible)
}

/// Printed news begins in 1605.
pub(crate) fn plausible(date: NaiveDate) -> Option<NaiveDate> {
    (1600..2200).contains(&date.year()).then_some(date)
}

pub(crate) fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year as i32, month, day).and_then(plausible)
}

/// Reads `2017-12-31`, `2017/12/31`, `2017-12`, `31.12.2017`, `12/31/2017`.
fn numeric(words: &mut Words<'_>) -> Option<StatedDate> {
    let mut ahead = words.clone();
    let first = ahead.number()?;
    let mark = ahead.mark(&['-', '/', '.'])?;
    let second = ahead.number()?;
    let third = match ahead.mark(&[mark]) {
        Some(_) => Some(ahead.number()?),
        None => None,
    };
    let date = match (first.digits, third) {
        (4, Some(third)) => StatedDate::new(
            day(first.value, second.value, third.value)?,
            DatePrecision::Day,
        ),
        (4, None) if mark != '.' => {
            StatedDate::new(day(first.value, second.value, 1)?, DatePrecision::Month)
        }
        (1 | 2, Some(third)) if third.digits == 4 => {
            let (one, two) = (first.value, second.value);
            // 3/4/2017 is March in New York and April in London; 3.4.2017 is April wherever it is written.
            let (month, number) = match (mark, one > 12, two > 12) {
                ('.', ..) | (_, true, false) => (two, one),
                (_, false, true) => (one, two),
                _ if one == two => (one, two),
                _ => return None,
            };
            StatedDate::new(day(third.value, month, number)?, DatePrecision::Day)
        }
        _ => return None,
    };
    *words = ahead;
    Some(date)
}

/// Reads `December 31, 2017`, `Sunday, 31 December 2017`, `December 2017`.
fn named(words: &mut Words<'_>) -> Option<StatedDate> {
    let mut ahead = words.clone();
    ahead.weekday();
    let date = if let Some(month) = ahead.month() {
        let number = ahead.number()?;
        if number.digits == 4 {
            StatedDate::new(day(number.value, month, 1)?, DatePrecision::Month)
        } else {
            ahead.ordinal();
            ahead.mark(&[',']);
            let year = ahead.number().filter(|year| year.digits == 4)?;
            StatedDate::new(day(year.value, month, number.value)?, DatePrecision::Day)
        }
    } else {
        let number = ahead.number().filter(|number| number.digits <= 2)?;
        ahead.ordinal();
        ahead.mark(&['-']);
        let month = ahead.month()?;
        ahead.mark(&[',', '-']);
        let year = ahead.number().filter(|year| year.digits == 4)?;
        StatedDate::new(day(year.value, month, number.value)?, DatePrecision::Day)
    };
    *words = ahead;
    Some(date)
}

/// Reads a date at the start of `text`: the date, and how many bytes it takes.
pub(crate) fn date_prefix(text: &str) -> Option<(StatedDate, usize)> {
    let mut words = Words::new(text);
    let date = numeric(&mut words).or_else(|| named(&mut words))?;
    let length = text.len() - words.rest.len();
    let next = words.rest.chars().next();
    // `2025-10-25T10:20` goes on with a time.
    let time = words.rest.starts_with('T')
        && words.rest[1..].starts_with(|next: char| next.is_ascii_digit());
    (time || next.is_none_or(|next| !next.is_alphanumeric())).then_some((date, length))
}

/// The month and day at the start of `text`, such as `Oct. 24`, when no year follows: both, and the bytes taken.
pub(crate) fn month_day_prefix(text: &str) -> Option<(u32, u32, usize)> {
    let mut words = Words::new(text);
    words.weekday();
    let (month, number) = if let Some(month) = words.month() {
        (month, words.number()?)
    } else {
        let number = words.number()?;
        (words.month()?, number)
    };
    let valid = number.digits <= 2 && (1..=31).contains(&number.value);
    valid.then(|| (month, number.value, text.len() - words.rest.len()))
}

/// A text read word by word; blanks between words do not count.
#[derive(Clone)]
struct Words<'a> {
    rest: &'a str,
}

#[derive(Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
}

impl<'a> Words<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Looks past blanks, at most two; a line break is none.
    fn blanks(&self) -> &'a str {
        let blank = |char: char| matches!(char, ' ' | '\t' | '\u{a0}' | '\u{202f}');
        let once = self.rest.strip_prefix(blank).unwrap_or(self.rest);
        once.strip_prefix(blank).unwrap_or(once)
    }

    fn number(&mut self) -> Option<Number> {
        let rest = self.blanks();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=4).contains(&digits) {
            return None;
        }
        let value = rest[..digits].parse().ok()?;
        self.rest = &rest[digits..];
        Some(Number { value, digits })
    }

    fn mark(&mut self, marks: &[char]) -> Option<char> {
        let rest = self.blanks();
        let mark = rest.chars().next().filter(|mark| marks.contains(mark))?;
        self.rest = &rest[mark.len_utf8()..];
        Some(mark)
    }

    fn letters(&self) -> (&'a str, &'a str) {
        let rest = self.blanks();
        let end = rest
            .find(|char: char| !char.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        rest.split_at(end)
    }

    fn month(&mut self) -> Option<u32> {
        let (word, rest) = self.letters();
        let month = month_number(word)?;
        self.rest = rest.strip_prefix('.').unwrap_or(rest);
        Some(month)
    }

    fn weekday(&mut self) {
        const DAYS: [&str; 7] = [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ];
        let (word, rest) = self.letters();
        let lower = word.to_ascii_lowercase();
        if lower.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&lower)) {
            self.rest = rest.trim_start_matches(['.', ',']);
        }
    }

    fn ordinal(&mut self) {
        if let Some(rest) = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|ending| self.rest.strip_prefix(ending))
        {
            self.rest = rest;
        }
    }

    /// Tells whether nothing but a time of day follows, as in `2017-12-31T10:20:30 UTC` or `, 10:20 a.m. EST`.
    fn rest_is_a_time(&self) -> bool {
        let rest = self
            .rest
            .trim_start_matches([',', ' ', 'T', 't', '-', '–', '|', '@']);
        let rest = rest.strip_prefix("at ").unwrap_or(rest);
        let is_time = |char: char| char.is_ascii_digit() || matches!(char, ':' | '.');
        let clock = rest.trim_start_matches(is_time);
        let zone = clock.trim_start_matches(|char: char| {
            char.is_ascii_alphabetic()
                || matches!(char, ' ' | '.' | '+' | '-' | ':' | '(' | ')')
                || char.is_ascii_digit()
        });
        rest.is_empty()
            || (rest[..rest.len() - clock.len()].contains(':')
                && zone.is_empty()
                && rest.len() <= 32)
    }
}

/// Returns the number of a month by its English name or abbreviation.
pub(crate) fn month_number(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.to_ascii_lowercase();
    let whole = lower.len() >= 3 && lower.len() <= 9;
    if lower == "sept" {
        return Some(9);
    }
    let position = MONTHS
        .iter()
        .position(|month| whole && (*month == lower || month[..3] == lower))?;
    Some(position as u32 + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<String> {
        parse_date(text).map(|stated| match stated.precision {
            DatePrecision::Year => stated.date.format("%Y").to_string(),
            DatePrecision::Month => stated.date.format("%Y-%m").to_string(),
            DatePrecision::Instant => stated.instant.unwrap().to_rfc3339(),
            _ => stated.date.to_string(),
        })
    }

    #[test]
    fn forms_of_dates_are_read() {
        for (text, expected) in [
            ("2017-12-31", "2017-12-31"),
            ("2017-12", "2017-12"),
            ("2017", "2017"),
            ("December 31, 2017 ", "2017-12-31"),
            ("Dec. 31, 2017", "2017-12-31"),
            ("Sept 3rd 2017", "2017-09-03"),
            ("Sunday, 31 December 2017", "2017-12-31"),
            ("31-Dec-2017", "2017-12-31"),
            ("May 2017", "2017-05"),
            ("2017/12/31", "2017-12-31"),
            ("20171231", "2017-12-31"),
            ("31.12.2017", "2017-12-31"),
            ("12/31/2017", "2017-12-31"),
            ("31/12/2017", "2017-12-31"),
            ("2017-12-31 10:20:30", "2017-12-31"),
            ("2017-12-31T10:20", "2017-12-31"),
            ("December 31, 2017, 10:20 a.m. EST", "2017-12-31"),
            ("December 31, 2017 at 10:20 AM", "2017-12-31"),
            ("2017-12-31T10:20:30Z", "2017-12-31T10:20:30+00:00"),
            (
                "2017-12-31T23:20:30.5-05:00",
                "2017-12-31T23:20:30.500-05:00",
            ),
            ("2017-12-31T23:20:30-0500", "2017-12-31T23:20:30-05:00"),
            (
                "Sun, 31 Dec 2017 10:20:30 +0100",
                "2017-12-31T10:20:30+01:00",
            ),
            ("Sun, 31 Dec 2017 10:20:30 GMT", "2017-12-31T10:20:30+00:00"),
            ("20171231T102030Z", "2017-12-31T10:20:30+00:00"),
            ("1514715630", "2017-12-31T10:20:30+00:00"),
            ("1514715630000", "2017-12-31T10:20:30+00:00"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_invented() {
        for text in [
            "",
            "yesterday",
            "Oct. 24",
            "3/4/2017",
            "2017-13-01",
            "2017-02-30",
            "31 Foo 2017",
            "2017-12-31 was cold",
            "0001-01-01",
            "December",
            "99999999",
            "12",
            "2017-12-31-01",
            "March 3, 17",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,30}|[0-9TZ:/. -]{0,24}|(Oct|Sun|12|2017|, | |th)*") {
            let _ = parse_date(&text);
            if let Some((_, length)) = date_prefix(&text) {
                prop_assert!(text.is_char_boundary(length));
            }
            let _ = month_day_prefix(&text);
        }
    }
}
