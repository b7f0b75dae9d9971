//! Dates as they are written: in fields, in the metadata of pages, in the words of a story.

pub(crate) mod dateline;
mod locale;
mod relative;
mod shape;
mod time;
mod words;

use chrono::{DateTime, Datelike, Duration, FixedOffset, NaiveDate, Utc};
use whosaid_model::{DateOrigin, DatePrecision, Published};

pub use self::locale::DateOrder;
use self::words::Words;
pub(crate) use self::words::english_month;

/// A date that a text states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedDate {
    /// The day; with a coarser precision, the first of the year or month.
    pub date: NaiveDate,
    /// The instant, when a time and its offset from UTC are stated.
    pub instant: Option<DateTime<FixedOffset>>,
    /// How much is stated.
    pub precision: DatePrecision,
    /// The other day that the text may mean, when nothing tells day from month, as in `3/4/2017`.
    pub alternative: Option<NaiveDate>,
}

impl StatedDate {
    fn new(date: NaiveDate, precision: DatePrecision) -> Self {
        Self {
            date,
            instant: None,
            precision,
            alternative: None,
        }
    }

    fn day(date: NaiveDate) -> Self {
        Self::new(date, DatePrecision::Day)
    }

    fn month(date: NaiveDate) -> Self {
        Self::new(date, DatePrecision::Month)
    }

    fn instant(instant: DateTime<FixedOffset>) -> Option<Self> {
        let date = plausible(instant.date_naive())?;
        Some(Self {
            instant: Some(instant),
            ..Self::new(date, DatePrecision::Instant)
        })
    }

    /// Makes a date of publication of it.
    pub fn published(self, origin: DateOrigin) -> Published {
        Published {
            date: self.date,
            instant: self.instant,
            precision: self.precision,
            alternative: self.alternative,
            origin,
        }
    }
}

/// Reads dates, with what is known of the text they stand in.
///
/// ```
/// use whosaid_formats::DateReader;
///
/// let british = DateReader::new().lang(Some("en-GB"));
/// assert_eq!(british.read("3/4/2017, 10:20").unwrap().date.to_string(), "2017-04-03");
/// let unknown = DateReader::new().read("3/4/2017").unwrap();
/// assert_eq!(unknown.alternative.unwrap().to_string(), "2017-03-04");
/// assert_eq!(DateReader::new().read("2 июня 2019 г.").unwrap().date.to_string(), "2019-06-02");
/// assert!(DateReader::new().read("yesterday").is_none());
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct DateReader<'a> {
    lang: Option<&'a str>,
    country: Option<&'a str>,
    order: Option<DateOrder>,
    not_after: Option<DateTime<Utc>>,
    seen: Option<DateTime<Utc>>,
}

impl<'a> DateReader<'a> {
    /// Makes a reader that knows nothing but the text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the language of the text, as a BCP 47 tag (`pt`, `en-GB`): its names of months are understood
    /// before those of other languages, and its region tells the order of day and month.
    pub fn lang(mut self, tag: Option<&'a str>) -> Self {
        let mut parts = tag.unwrap_or_default().split(['-', '_']);
        self.lang = parts.next().filter(|lang| matches!(lang.len(), 2 | 3));
        let region = parts.find(|part| part.len() == 2);
        self.country = region.or(self.country);
        self.order = locale::order(self.lang, self.country);
        self
    }

    /// Sets the country of the publication, by its code in ISO 3166-1, unless the language named one.
    pub fn country(mut self, code: Option<&'a str>) -> Self {
        self.country = self.country.or(code);
        self.order = locale::order(self.lang, self.country);
        self
    }

    /// Sets the country by the top-level domain of the publication's address, unless it is known.
    pub fn address(self, url: Option<&'a str>) -> Self {
        self.country(url.and_then(locale::country_of))
    }

    /// Sets the order of day and month, where other dates of the same hand have shown it.
    pub fn order(mut self, order: Option<DateOrder>) -> Self {
        self.order = order.or(self.order);
        self
    }

    /// Sets the instant after which the text cannot have been published: that of the crawl, or now. Later dates
    /// are not read.
    pub fn not_after(mut self, limit: Option<DateTime<Utc>>) -> Self {
        self.not_after = limit;
        self
    }

    /// Sets the instant at which the text was seen just as it is, which `yesterday` and `3 hours ago` count from.
    pub fn seen(mut self, at: Option<DateTime<Utc>>) -> Self {
        self.seen = at;
        self
    }

    /// Reads a text that is a date, in any shape that the world's press and its software use, with a time of day
    /// behind the day or not: RFC 3339, RFC 2822, `2017-12`, `20171231`, seconds since 1970, `Dec. 31, 2017`,
    /// `31 de diciembre de 2017`, `2017年12月31日`.
    ///
    /// A text that says more or less than that is `None`, as is a date that cannot be.
    pub fn read(&self, text: &str) -> Option<StatedDate> {
        let text = text.trim_matches(|char: char| {
            char.is_whitespace() || matches!(char, '\u{200e}' | '\u{200f}' | '\u{feff}')
        });
        if text.is_empty() || text.len() > 160 {
            return None;
        }
        self.stated(text)
            .or_else(|| relative::read(text, self.lang, self.seen?))
            .filter(|stated| !self.is_too_late(stated))
    }

    fn stated(&self, text: &str) -> Option<StatedDate> {
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            return StatedDate::instant(instant);
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return digits(text);
        }
        let mut words = Words::new(text, self.lang);
        let date = match short_iso(&mut words) {
            Some(date) => date,
            None => match shape::date(&mut words, self, true) {
                Some(date) => date,
                None => return self.year_last(text),
            },
        };
        let clock = time::behind_date(&mut words)?;
        Some(with_clock(date, clock))
    }

    /// Reads `Wed Oct 23 10:20:30 CEST 2019`, as C and Java print dates.
    fn year_last(&self, text: &str) -> Option<StatedDate> {
        let (start, year) = text.rsplit_once(' ')?;
        let year = year
            .trim()
            .parse()
            .ok()
            .filter(|year| (1900..2200).contains(year))?;
        let mut words = Words::new(start, self.lang);
        words.weekday();
        let month = words.month()?;
        let number = words.number().filter(|number| number.digits <= 2)?;
        let date = StatedDate::day(day(year, month, number.value)?);
        let clock = time::clock(&mut words)?;
        words.rest.is_empty().then_some(with_clock(date, clock))
    }

    /// Reads a date with day, month and year at the start of `text`: the date, and how many bytes it takes.
    pub(crate) fn prefix(&self, text: &str) -> Option<(StatedDate, usize)> {
        let mut words = Words::new(text, self.lang);
        let date = shape::date(&mut words, self, false)?;
        let length = text.len().saturating_sub(words.rest.len());
        let next = words.rest.chars().next();
        // `2025-10-25T10:20` goes on with a time.
        let time = words.rest.strip_prefix('T');
        let time = time.is_some_and(|time| time.starts_with(|next: char| next.is_ascii_digit()));
        let ends = time || next.is_none_or(|next| !next.is_alphanumeric() || next.len_utf8() > 2);
        (ends && !self.is_too_late(&date)).then_some((date, length))
    }

    /// Finds the first date with day, month and year in `text`.
    pub(crate) fn find(&self, text: &str) -> Option<StatedDate> {
        let mut before = None;
        for (at, char) in text.char_indices() {
            let starts = words::digit(char).is_some()
                && before.is_none_or(|before| {
                    words::digit(before).is_none() && !matches!(before, '.' | '/' | '-' | ':' | '#')
                })
                || words::is_letter(char) && before.is_none_or(|before| !words::is_letter(before));
            let glued =
                before.is_some_and(|before| before.is_ascii_alphabetic()) && char.is_ascii();
            before = Some(char);
            if !starts || glued {
                continue;
            }
            let rest = text.get(at..)?;
            if words::is_letter(char)
                && !rest
                    .chars()
                    .take(24)
                    .any(|char| words::digit(char).is_some())
            {
                continue;
            }
            let mut words = Words::new(rest, self.lang);
            let Some(date) = shape::date(&mut words, self, true) else {
                continue;
            };
            let next = words.rest.chars().next();
            if date.precision == DatePrecision::Day
                && next.is_none_or(|next| !next.is_ascii_alphanumeric() || matches!(next, 'T'))
                && !words.rest.starts_with(['/', '-'])
                && !self.is_too_late(&date)
            {
                return Some(date);
            }
        }
        None
    }

    fn is_too_late(&self, stated: &StatedDate) -> bool {
        match (stated.instant, self.not_after) {
            // Clocks differ, and a page may be stamped a little ahead of its delivery.
            (Some(instant), Some(limit)) => {
                let limit = limit.checked_add_signed(Duration::hours(1));
                limit.is_some_and(|limit| instant > limit)
            }
            _ => self.too_late(stated.date),
        }
    }

    /// Tells whether a day had not begun anywhere at the latest instant; UTC+14 is the first to begin one.
    fn too_late(&self, date: NaiveDate) -> bool {
        let ahead = |limit: DateTime<Utc>| limit.checked_add_signed(Duration::hours(14));
        let last = self.not_after.and_then(ahead);
        last.is_some_and(|last| date > last.date_naive())
    }
}

/// Tells whether a word names a month or a day of the week in any language.
pub(crate) fn names_time(word: &str) -> bool {
    locale::is_weekday(word) || locale::month(word, None).is_some()
}

/// Reads a text that is a date, with nothing known of where it stands; see [`DateReader::read`].
pub fn parse_date(text: &str) -> Option<StatedDate> {
    DateReader::new().read(text)
}

/// Reads a date at the start of `text`: the date, and how many bytes it takes.
pub(crate) fn date_prefix(text: &str) -> Option<(StatedDate, usize)> {
    DateReader::new().prefix(text)
}

/// The month and day at the start of `text`, such as `Oct. 24`, when no year follows: both, and the bytes taken.
pub(crate) fn month_day_prefix(text: &str) -> Option<(u32, u32, usize)> {
    let mut words = Words::new(text, Some("en"));
    words.weekday();
    let (month, number) = if let Some(month) = words.month() {
        (month, words.number()?)
    } else {
        let number = words.number()?;
        (words.month()?, number)
    };
    let valid = number.digits <= 2 && (1..=31).contains(&number.value);
    let length = text.len().saturating_sub(words.rest.len());
    valid.then_some((month, number.value, length))
}

fn with_clock(date: StatedDate, clock: time::Clock) -> StatedDate {
    let sure = date.precision == DatePrecision::Day && date.alternative.is_none();
    let local = clock
        .time
        .filter(|_| sure)
        .map(|time| date.date.and_time(time));
    let instant = local
        .zip(clock.offset)
        .and_then(|(local, offset)| local.and_local_timezone(offset).single());
    match instant {
        Some(instant) => StatedDate {
            instant: Some(instant),
            precision: DatePrecision::Instant,
            ..date
        },
        None => date,
    }
}

/// Reads digits alone: a year, a day without hyphens, a time behind it, seconds or milliseconds since 1970.
fn digits(text: &str) -> Option<StatedDate> {
    let number: i64 = text.parse().ok()?;
    match text.len() {
        4 => shape::year_alone(number as i32),
        8 => compact_day(number).map(StatedDate::day),
        9..=10 => StatedDate::instant(DateTime::from_timestamp(number, 0)?.fixed_offset()),
        12..=13 => StatedDate::instant(DateTime::from_timestamp_millis(number)?.fixed_offset()),
        14 => compact_day(number / 1_000_000).map(StatedDate::day),
        _ => None,
    }
}

fn compact_day(number: i64) -> Option<NaiveDate> {
    let year = u32::try_from(number / 10_000).ok()?;
    day(year, (number / 100 % 100) as u32, (number % 100) as u32)
}

/// Reads `20171231` with something behind it.
fn short_iso(words: &mut Words<'_>) -> Option<StatedDate> {
    let mut ahead = *words;
    let number = ahead.digits(8).filter(|number| number.digits == 8)?;
    let date = compact_day(i64::from(number.value))?;
    *words = ahead;
    Some(StatedDate::day(date))
}

/// Printed news begins in 1605.
fn plausible(date: NaiveDate) -> Option<NaiveDate> {
    (1600..2200).contains(&date.year()).then_some(date)
}

pub(crate) fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year as i32, month, day).and_then(plausible)
}

#[cfg(test)]
mod tests;
