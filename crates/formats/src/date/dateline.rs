//! Dates that a story states about itself although no field does.

use chrono::{Datelike, NaiveDate};
use memchr::memmem;
use whosaid_model::{DateOrigin, Published};

use super::{date_prefix, day, english_month, month_day_prefix};
use whosaid_model::DatePrecision;

/// Concludes the day of publication from a story's own words: from its dateline, then from a line that dates a
/// post or page, then from a full date in a sentence. Never guesses a year.
pub(crate) fn infer_date(text: &str) -> Option<Published> {
    let dateline = from_dateline(text);
    if let Some(Dateline::Day(date)) = dateline {
        return Some(Published::day(date, DateOrigin::Dateline));
    }
    // Where the dateline names a day, another day in a sentence is not the story's.
    let date = from_lines(text).or_else(|| match dateline {
        Some(_) => None,
        None => from_sentences(text),
    })?;
    Some(Published::day(date, DateOrigin::Text))
}

/// What a dateline says of the day.
enum Dateline {
    Day(NaiveDate),
    /// The month and day only, and no year is to be found.
    NoYear,
}

/// The dashes that end a dateline.
const DASHES: [&str; 5] = ["—", "–", " - ", "--", "―"];

/// Bytes of a dateline and of a date, at most.
const LONGEST: usize = 120;

/// Returns where the dateline at the start of `line` ends: `SEOUL, South Korea (AP) —`.
pub(crate) fn dateline_end(line: &str) -> Option<usize> {
    let blank = line.len().saturating_sub(line.trim_start().len());
    let start = shortened(line.trim_start());
    let (dash, length) = DASHES
        .iter()
        .filter_map(|dash| start.find(dash).map(|at| (at, dash.len())))
        .min()?;
    let place = start.get(..dash)?;
    // The city stands in capitals, unless a date or a wire in brackets follows it.
    let city = place.split([',', '(']).next()?.trim();
    let capitals = city.chars().filter(|char| char.is_uppercase()).count() >= 2
        && !city.chars().any(char::is_lowercase);
    let rest = place.get(city.len()..).unwrap_or_default();
    let named = city.starts_with(char::is_uppercase)
        && city.split_whitespace().count() <= 4
        && (rest.contains('(') && rest.trim_end().ends_with(')') || has_month(rest));
    let end = blank.checked_add(dash)?.checked_add(length)?;
    (capitals || named).then_some(end)
}

/// The start of a text, as far as a dateline or a date may reach.
fn shortened(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST))
        .unwrap_or(text)
}

fn has_month(text: &str) -> bool {
    text.split(|char: char| !char.is_alphabetic())
        .any(|word| english_month(word).is_some() && word.starts_with(char::is_uppercase))
}

fn from_dateline(text: &str) -> Option<Dateline> {
    let blank = text.strip_suffix(text.trim_start()).unwrap_or_default();
    let above = blank.rfind('\n').map_or(0, |end| end.saturating_add(1));
    let text = text.get(above..)?;
    let line = text.lines().next()?;
    let (dateline, after) = text.split_at_checked(dateline_end(line)?)?;
    if let Some((_, date)) = full_dates(dateline).next() {
        return Some(Dateline::Day(date));
    }
    let (month, number, _) =
        word_starts(dateline).find_map(|at| month_day_prefix(dateline.get(at..)?))?;
    let date = stated_year(after, month, number).and_then(|year| day(year, month, number));
    Some(date.map_or(Dateline::NoYear, Dateline::Day))
}

/// Returns the year that goes with the day of a dateline: the year of a full date in the text that is near it,
/// of a copyright line, of the month written with its year, or of the latest full date if the dateline's day
/// comes after it.
fn stated_year(text: &str, month: u32, number: u32) -> Option<u32> {
    let near = full_dates(text)
        .filter(|(_, date)| {
            let year = date.year() as u32;
            let own = day(year, month, number);
            let apart = own.map(|own| own.signed_duration_since(*date).num_days());
            apart.is_some_and(|days| days.unsigned_abs() <= 31)
        })
        .map(|(_, date)| date.year() as u32)
        .max();
    near.or_else(|| {
        let copyright = ["©", "(c)", "(C)", "Copyright"];
        copyright.iter().find_map(|mark| {
            let at = memmem::find(text.as_bytes(), mark.as_bytes())?;
            let rest = text.get(at..)?.strip_prefix(mark)?;
            let rest = rest.trim_start_matches([' ', '©']);
            let digits = rest.get(..4)?;
            let year: u32 = digits.parse().ok()?;
            (1900..2200).contains(&year).then_some(year)
        })
    })
    .or_else(|| month_year(text, month))
    .or_else(|| {
        let latest = from_sentences(text)?;
        let year = latest.year() as u32;
        (day(year, month, number)? >= latest).then_some(year)
    })
}

/// Returns the year in `October 2025` for the month asked for, when all such years agree.
fn month_year(text: &str, month: u32) -> Option<u32> {
    let mut found = None;
    for at in word_starts(text) {
        let from = text.get(at..)?;
        let behind = from.trim_start_matches(|char: char| char.is_ascii_alphabetic());
        if english_month(from.strip_suffix(behind)?) != Some(month) {
            continue;
        }
        let rest = behind.trim_start_matches(['.', ',', ' ']);
        let behind = rest.trim_start_matches(|char: char| char.is_ascii_digit());
        let Some(digits) = rest.strip_suffix(behind).filter(|year| year.len() == 4) else {
            continue;
        };
        let year = digits.parse().ok()?;
        if found.is_some_and(|found| found != year) {
            return None;
        }
        found = Some(year);
    }
    found.filter(|year| (1900..2200).contains(year))
}

/// Returns the latest date of lines that date something: `— Name (@name) October 25, 2025`,
/// `Published: 25 October 2025`, a line that is a date.
fn from_lines(text: &str) -> Option<NaiveDate> {
    const LABELS: [&str; 6] = [
        "published",
        "posted",
        "updated",
        "last updated",
        "date",
        "issued",
    ];
    let mut latest = None;
    for line in text.lines() {
        let line = line.trim();
        if line.len() > 160 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let signature =
            line.starts_with(['—', '–', '―']) || line.starts_with("- ") || line.starts_with("--");
        let lower = line
            .get(..line.len().min(12))
            .unwrap_or("")
            .to_ascii_lowercase();
        let labelled = LABELS.iter().any(|label| lower.starts_with(label));
        let Some((span, date)) = full_dates(line).last() else {
            continue;
        };
        let behind = line.get(span.end..).unwrap_or_default();
        let ends = !behind.contains(char::is_alphanumeric);
        let alone = line.len().saturating_sub(span.len()) <= 12 && !line.ends_with('.');
        if (signature && ends) || labelled || alone {
            latest = latest.max(Some(date));
        }
    }
    latest
}

/// Returns the latest full date of the text, unless the text names a later year: a story of 2019 that recalls
/// July 20, 1969 is not of 1969.
fn from_sentences(text: &str) -> Option<NaiveDate> {
    let latest = full_dates(text).map(|(_, date)| date).max()?;
    let later = years(text).any(|year| year > latest.year());
    (!later).then_some(latest)
}

/// The numbers of four digits that look like a year near ours.
fn years(text: &str) -> impl Iterator<Item = i32> {
    text.split(|char: char| !char.is_ascii_alphanumeric())
        .filter(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
        .filter_map(|word| word.parse().ok())
}

/// Every date of the text that has a day, a month and a year, with its place.
fn full_dates(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, NaiveDate)> {
    let mut next = 0;
    word_starts(text).filter_map(move |at| {
        if at < next {
            return None;
        }
        let rest = text.get(at..)?;
        let first = rest.bytes().next()?;
        if !first.is_ascii_digit() && !b"JFMASONDjfmasond".contains(&first) {
            return None;
        }
        // A word without end, such as a picture in letters, is looked at no farther than a date may reach.
        let (stated, length) = date_prefix(shortened(rest))?;
        if stated.precision != DatePrecision::Day || stated.alternative.is_some() {
            return None;
        }
        next = at.saturating_add(length);
        Some((at..next, stated.date))
    })
}

/// Where words of ASCII letters or digits start.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = b' ';
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let before = std::mem::replace(&mut before, byte);
        (byte.is_ascii_alphanumeric() && !before.is_ascii_alphanumeric()).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn inferred(text: &str) -> Option<(String, DateOrigin)> {
        infer_date(text).map(|published| (published.date.to_string(), published.origin))
    }

    /// Looked at to its end from each of its letters, this word took minutes.
    #[test]
    fn a_word_without_end_has_no_date() {
        assert_eq!(inferred(&"aé".repeat(50_000)), None);
    }

    #[test]
    fn datelines_are_read() {
        for (text, expected) in [
            (
                "SEOUL, South Korea, October 24, 2025 — Talks are off.",
                Some("2025-10-24"),
            ),
            (
                "SEOUL (Wire) Oct. 24, 2025 – Talks are off.",
                Some("2025-10-24"),
            ),
            (
                "Seoul, 24 October 2025 (Wire) -- Talks are off.",
                Some("2025-10-24"),
            ),
            (
                "SEOUL, Oct. 24 (Wire) — Talks on October 27, 2025 are off.",
                Some("2025-10-24"),
            ),
            (
                "SEOUL, Oct. 24 (Wire) — Talks are off.\n© 2025 Wire",
                Some("2025-10-24"),
            ),
            (
                "SEOUL, Oct. 24 (Wire) — Talks in October 2025.",
                Some("2025-10-24"),
            ),
            (
                "SEOUL, Oct. 24 (Wire) — After the storm of 9 August 2025.",
                Some("2025-10-24"),
            ),
            (
                "SEOUL, Oct. 24 (Wire) — Since the storm of 9 August 2019, and in 2025.",
                None,
            ),
            ("SEOUL, Oct. 24 (Wire) — Until 9 December 2025.", None),
            ("SEOUL, Oct. 24 (Wire) — Talks failed in 2019.", None),
            ("SEOUL (Wire) — Talks are off.", None),
            ("Talks — on Oct. 24 — are off.", None),
        ] {
            let date = expected.map(|date| (date.to_owned(), DateOrigin::Dateline));
            assert_eq!(inferred(text), date, "{text}");
        }
    }

    #[test]
    fn blank_lines_before_a_dateline_do_not_shift_what_follows_it() {
        assert_eq!(inferred("\nOct. , Oct. 24— "), None);
        assert_eq!(
            inferred("\n \n  SEOUL, Oct. 24 (Wire) —é Talks.\n© 2025 Wire"),
            Some(("2025-10-24".to_owned(), DateOrigin::Dateline))
        );
        assert_eq!(inferred(" \n "), None);
    }

    #[test]
    fn datelines_end_at_the_dash() {
        for (line, expected) in [
            ("SEOUL, Oct. 24 (Wire) — T", true),
            ("NEW YORK - T", true),
            ("São Paulo (AP) — T", true),
            ("Trump — who won — said so", false),
            ("Talks Are Off - Again", false),
            ("Nothing", false),
        ] {
            assert_eq!(dateline_end(line).is_some(), expected, "{line}");
        }
    }

    #[test]
    fn dates_in_the_text_are_found() {
        for (text, expected) in [
            (
                "Talks.\n— Kellie Meyer (@KellieMeyerNews) October 25, 2025\nMore of 2026.",
                Some("2025-10-25"),
            ),
            (
                "Published: 25 October 2025\nTalks in 2027.",
                Some("2025-10-25"),
            ),
            (
                "Talks.\nSaturday, October 25, 2025\nIn 2030 more.",
                Some("2025-10-25"),
            ),
            ("He spoke on October 25, 2025 in Seoul.", Some("2025-10-25")),
            ("He spoke on 2 May 2024 and 3 May 2024.", Some("2024-05-03")),
            ("In 2019 they recalled July 20, 1969.", None),
            ("On October 24 they met.", None),
            ("It cost 2025.", None),
            ("", None),
        ] {
            let date = expected.map(|date| (date.to_owned(), DateOrigin::Text));
            assert_eq!(inferred(text), date, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_search(text in "(\\PC|— |Oct\\. |24|, |2025|\n|SEOUL|©){0,40}") {
            let _ = infer_date(&text);
            let _ = dateline_end(&text);
        }
    }
}
