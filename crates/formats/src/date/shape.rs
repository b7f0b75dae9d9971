//! The shapes of dates: in numbers, with names of months, in the scripts of East Asia.

use chrono::{Datelike, NaiveDate};
use whosaid_model::DatePrecision;

use super::words::{Number, Words};
use super::{DateOrder, DateReader, StatedDate, day, plausible};

/// Reads a date, with the day of the week before it or not; `words` moves past it.
pub(super) fn date(
    words: &mut Words<'_>,
    reader: &DateReader<'_>,
    short_years: bool,
) -> Option<StatedDate> {
    let shape = Shape {
        reader,
        short_years,
    };
    if let Some(date) = shape.read(words) {
        return Some(date);
    }
    // Only now, for `mar. 12 mars` begins with a Tuesday that could be a March.
    let mut ahead = *words;
    if !ahead.weekday() {
        return None;
    }
    ahead.any_word(&[
        "the",
        "den",
        "le",
        "el",
        "il",
        "dia",
        "día",
        "ngày",
        "วันที่",
        "ที่",
        "feira",
    ]);
    let date = shape.read(&mut ahead)?;
    *words = ahead;
    Some(date)
}

struct Shape<'a> {
    reader: &'a DateReader<'a>,
    /// Whether a year may have two digits.
    short_years: bool,
}

impl Shape<'_> {
    fn read(&self, words: &mut Words<'_>) -> Option<StatedDate> {
        for read in [
            Self::numeric,
            Self::named,
            |_: &Self, words: &mut Words<'_>| east_asian(words),
        ] {
            let mut ahead = *words;
            if let Some(date) = read(self, &mut ahead) {
                *words = ahead;
                return Some(date);
            }
        }
        None
    }

    /// Reads `2017-12-31`, `2017/12/31`, `2017-12`, `31.12.2017`, `12/31/2017`.
    fn numeric(&self, words: &mut Words<'_>) -> Option<StatedDate> {
        let first = words.number()?;
        let mark = words.mark(&['-', '/', '.', '–', '‑'])?;
        let second = words.number().filter(|number| number.digits <= 2)?;
        let third = match words.mark(&[mark]) {
            Some(_) => words.number(),
            None => None,
        };
        match (first.digits, third) {
            (4, Some(third)) if third.digits <= 2 => {
                let year = self.year(first);
                Some(StatedDate::day(day(year, second.value, third.value)?))
            }
            (4, None) if mark != '.' => {
                Some(StatedDate::month(day(self.year(first), second.value, 1)?))
            }
            (1 | 2, Some(third)) if third.digits == 4 || third.digits == 2 && self.short_years => {
                self.ordered(mark, first.value, second.value, self.year(third))
            }
            _ => None,
        }
    }

    /// 3/4/2017 is March in New York and April in London; 3.4.2017 is April wherever it is written.
    fn ordered(&self, mark: char, one: u32, two: u32, year: u32) -> Option<StatedDate> {
        let day_first = day(year, two, one);
        let month_first = day(year, one, two);
        let (day_first, month_first) = match (day_first, month_first) {
            (Some(date), None) | (None, Some(date)) => return Some(StatedDate::day(date)),
            (None, None) => return None,
            (Some(day_first), Some(month_first)) => (day_first, month_first),
        };
        if mark == '.' || day_first == month_first {
            return Some(StatedDate::day(day_first));
        }
        match self.reader.order {
            Some(DateOrder::DayMonth) => return Some(StatedDate::day(day_first)),
            Some(DateOrder::MonthDay) => return Some(StatedDate::day(month_first)),
            None => {}
        }
        Some(
            match (
                self.reader.too_late(day_first),
                self.reader.too_late(month_first),
            ) {
                (false, true) => StatedDate::day(day_first),
                (true, false) => StatedDate::day(month_first),
                // Most of the world writes the day first.
                _ => StatedDate {
                    alternative: Some(month_first),
                    ..StatedDate::day(day_first)
                },
            },
        )
    }

    /// Reads `December 31, 2017`, `31 December 2017`, `1er août 2017`, `31 de diciembre de 2017`,
    /// `2017. december 31.`, `December 2017`.
    fn named(&self, words: &mut Words<'_>) -> Option<StatedDate> {
        if let Some(month) = words.month() {
            return self.month_first(month, words);
        }
        let first = words.number()?;
        if first.digits == 4 {
            let year = self.year(first);
            words.mark(&['.', '-', '/', ',']);
            if words.any_word(&["m", "eko", "m."]) {
                words.mark(&['.']);
            }
            let month = words.month()?;
            words.mark(&['-', '/', '.']);
            let number = words.number().filter(|number| number.digits <= 2)?;
            words.ordinal();
            return Some(StatedDate::day(day(year, month, number.value)?));
        }
        if first.digits > 2 {
            return None;
        }
        words.ordinal();
        words.mark(&['-', '/', '.', ',']);
        if words.any_word(&["tháng"]) {
            let month = words.number()?;
            words.mark(&[',']);
            words.any_word(&["năm"]);
            let year = words.number().filter(|year| year.digits == 4)?;
            return Some(StatedDate::day(day(
                self.year(year),
                month.value,
                first.value,
            )?));
        }
        preposition(words);
        let month = words.month()?;
        // `23 août 23 h` goes on with an hour, `6-Nov-94` with a year.
        let hyphen = words.mark(&[',', '-', '/', '.', '،']) == Some('-');
        let short = self.short_years && hyphen;
        preposition(words);
        let year = words
            .number()
            .filter(|year| year.digits == 4 || year.digits == 2 && short)?;
        let year = self.year(year);
        Some(StatedDate::day(day(year, month, first.value)?))
    }

    fn month_first(&self, month: u32, words: &mut Words<'_>) -> Option<StatedDate> {
        words.mark(&['-', '/', ',']);
        preposition(words);
        let number = words.number()?;
        if number.digits == 4 {
            return Some(StatedDate::month(day(self.year(number), month, 1)?));
        }
        if number.digits > 2 {
            return None;
        }
        words.ordinal();
        words.mark(&[',', '-', '/', '،']);
        preposition(words);
        if let Some(year) = words.number().filter(|year| year.digits == 4) {
            return Some(StatedDate::day(day(self.year(year), month, number.value)?));
        }
        None
    }

    /// The year of our era that a number stands for.
    fn year(&self, number: Number) -> u32 {
        if number.digits == 2 {
            // POSIX reads 69 to 99 as of the last century; a story is not of the future either.
            let century = if number.value < 69 { 2000 } else { 1900 };
            let this = number.value.saturating_add(century);
            let future = self
                .reader
                .not_after
                .is_some_and(|limit| this as i32 > limit.year());
            return if future {
                this.saturating_sub(100)
            } else {
                this
            };
        }
        // Thai years count from the death of the Buddha; no other calendar of the press is there yet.
        let thai = self.reader.lang.is_none_or(|lang| lang == "th");
        if thai && (2443..2700).contains(&number.value) {
            return number.value.saturating_sub(543);
        }
        number.value
    }
}

/// Reads `2017年12月31日`, `2017년 12월 31일`, `令和5年10月25日`, `民國112年10月25日`.
fn east_asian(words: &mut Words<'_>) -> Option<StatedDate> {
    /// The years before the first of each era.
    const ERAS: [(&str, u32); 6] = [
        ("令和", 2018),
        ("平成", 1988),
        ("昭和", 1925),
        ("大正", 1911),
        ("民國", 1911),
        ("民国", 1911),
    ];
    let era = ERAS.iter().find(|(name, _)| words.literal(name));
    let year = match era {
        Some((_, before)) if words.literal("元") => before.saturating_add(1),
        Some((_, before)) => words.number()?.value.saturating_add(*before),
        None => words.number().filter(|year| year.digits == 4)?.value,
    };
    words.mark(&['年', '년'])?;
    let month = words.number()?.value;
    words.mark(&['月', '월'])?;
    let Some(number) = words.number() else {
        return Some(StatedDate::month(day(year, month, 1)?));
    };
    words.mark(&['日', '일', '號', '号'])?;
    Some(StatedDate::day(day(year, month, number.value)?))
}

/// Skips what stands between day, month and year: `31 de diciembre del 2017`, `d’abril`, `1st of May`.
fn preposition(words: &mut Words<'_>) {
    if words.literal("d’") || words.literal("d'") || words.literal("’") || words.literal("'") {
        return;
    }
    words.any_word(&["de", "of", "del", "do", "ta", "พ", "ng"]);
    words.rest = words.rest.strip_prefix(".ศ.").unwrap_or(words.rest);
}

/// The first of a year.
pub(super) fn year_alone(year: i32) -> Option<StatedDate> {
    let date = NaiveDate::from_ymd_opt(year, 1, 1).and_then(plausible)?;
    Some(StatedDate::new(date, DatePrecision::Year))
}
