//! The values of `date:` and `added:`.

use chrono::{Datelike, NaiveDate};
use whosaid_model::Span;

use super::natural;
use crate::date::{Bound, Comparison, DateRange, Period, Point};
use crate::marks;
use crate::problem::{Problem, ProblemKind};

/// Why a text is no range of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    kind: ProblemKind,
    message: String,
    suggestions: Vec<String>,
}

impl Fault {
    fn new(message: impl Into<String>) -> Self {
        Self {
            kind: ProblemKind::BadDate,
            message: message.into(),
            suggestions: Vec::new(),
        }
    }

    fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        let suggestion = suggestion.into();
        if !self.suggestions.contains(&suggestion) {
            self.suggestions.push(suggestion);
        }
        self
    }

    /// Puts the fault at its place, the suggestions behind the field's name.
    pub(super) fn at(self, field: &str, span: Span) -> Problem {
        let mut problem = Problem::new(self.kind, span, self.message);
        problem.suggestions = self
            .suggestions
            .into_iter()
            .map(|suggestion| format!("{field}:{suggestion}"))
            .collect();
        problem
    }
}

/// Reads a range of days as the grammar's `dates`.
pub(crate) fn range(value: &str, today: Option<NaiveDate>) -> Result<DateRange, Fault> {
    if value.is_empty() {
        return Err(Fault::new("no date after the colon")
            .suggest("2025-10")
            .suggest("last-week"));
    }
    let range = if let Some((comparison, rest)) = Comparison::strip(value) {
        DateRange::Compare(comparison, point(rest, today)?)
    } else if let Some((from, to)) = split_range(value) {
        let end = |text: &str| (!text.is_empty()).then(|| bound(text, today)).transpose();
        match (end(from)?, end(to)?) {
            (None, None) => {
                return Err(Fault::new("a range needs at least one end").suggest("2025-10.."));
            }
            (from, to) => DateRange::Between(from, to),
        }
    } else {
        match bound(value, today)? {
            Bound::Point(point) => DateRange::Within(point),
            ago @ Bound::Ago(..) => {
                return Err(Fault::new(format!(
                    "\"{value}\" is one end of a range; two dots make it one"
                ))
                .suggest(format!("{ago}..")));
            }
        }
    };
    let resolved = range.resolve(today).filter(|(first, last)| {
        let mut ends = first.iter().chain(last);
        ends.all(|day| (1..=9999).contains(&day.year()))
    });
    let Some(days) = resolved else {
        if range.is_relative() && today.is_none() {
            return Err(Fault {
                kind: ProblemKind::NoToday,
                message: format!("\"{value}\" depends on today's date, which is not known here"),
                suggestions: vec!["2025-10".to_owned()],
            });
        }
        let fault = Fault::new(format!("\"{value}\" is beyond the calendar"));
        return Err(fault.suggest("2025").suggest("10y.."));
    };
    match (days, range) {
        ((Some(first), Some(last)), DateRange::Between(Some(from), Some(to))) if first > last => {
            Err(
                Fault::new(format!("the range {from}..{to} ends before it begins"))
                    .suggest(format!("{to}..{from}")),
            )
        }
        _ => Ok(range),
    }
}

/// Splits at the first two dots outside marks.
fn split_range(value: &str) -> Option<(&str, &str)> {
    let mut rest = value;
    while let Some(next) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("..") {
            return Some((value.strip_suffix(rest)?, after));
        }
        let marked = marks::read(rest).map(|marked| marked.len);
        rest = rest.get(marked.unwrap_or(next.len_utf8())..)?;
    }
    None
}

fn bound(text: &str, today: Option<NaiveDate>) -> Result<Bound, Fault> {
    if let Some(ago) = ago(text) {
        return Ok(ago);
    }
    point(text, today).map(Bound::Point)
}

/// Reads `7d`, `2w`, `3m`, `1y`.
fn ago(text: &str) -> Option<Bound> {
    let mut chars = text.chars();
    let unit = match chars.next_back()? {
        'd' => Period::Day,
        'w' => Period::Week,
        'm' => Period::Month,
        'y' => Period::Year,
        _ => return None,
    };
    let digits = chars.as_str();
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let count = digits
        .parse()
        .ok()
        .filter(|&count: &u32| count <= 100_000)?;
    plain.then_some(Bound::Ago(count, unit))
}

/// Reads one point of the calendar, in figures, as a word of the grammar, or between marks.
pub(crate) fn point(text: &str, today: Option<NaiveDate>) -> Result<Point, Fault> {
    if let Some(marked) = marks::read(text).filter(|marked| marked.len == text.len()) {
        return natural::point(&marked.inner, today).ok_or_else(|| {
            let fault = Fault::new(format!("cannot read \"{}\" as a date", marked.inner.trim()));
            fault
                .suggest("2025-10-25")
                .suggest("\"25 October 2025\"")
                .suggest("\"last week\"")
        });
    }
    let lower = text.to_lowercase();
    match lower.as_str() {
        "today" => return Ok(Point::Today),
        "yesterday" => return Ok(Point::Yesterday),
        _ => {}
    }
    if let Some((which, period)) = lower.split_once('-') {
        match (which, Period::from_word(period)) {
            ("this", Some(period)) => return Ok(Point::This(period)),
            ("last", Some(period)) => return Ok(Point::Last(period)),
            _ => {}
        }
    }
    figures(&lower).unwrap_or_else(|| {
        let mut fault = Fault::new(format!("cannot read \"{text}\" as a date"));
        if let Some(meant) = natural::point(&text.replace(['_', '-'], " "), today) {
            fault = fault.suggest(meant.to_string());
        } else if let Some(meant) = natural::other_figures(text) {
            fault = fault.suggest(meant.to_string());
        }
        Err(fault
            .suggest("2025-10")
            .suggest("2025-10-01..2025-10-31")
            .suggest("\"last week\""))
    })
}

/// Reads `2025`, `2025-10`, `2025-10-25`, `2025-w43`, `2025-q4`; `None` when the text has another form.
fn figures(text: &str) -> Option<Result<Point, Fault>> {
    let number = |part: &str, len: std::ops::RangeInclusive<usize>| {
        let plain = len.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<u32>().ok()).flatten()
    };
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4..=4)?;
    let point = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => Ok(Point::Year(year as i32)),
        (Some(part), None, _) => {
            if let Some(week) = part.strip_prefix('w') {
                let week = number(week, 1..=2)?;
                let point = Point::Week(year as i32, week);
                point.days(None).map(|_| point).ok_or_else(|| {
                    Fault::new(format!("{year} has no week {week}")).suggest(format!("{year}-W52"))
                })
            } else if let Some(quarter) = part.strip_prefix('q') {
                let quarter = number(quarter, 1..=1)?;
                if (1..=4).contains(&quarter) {
                    Ok(Point::Quarter(year as i32, quarter))
                } else {
                    Err(Fault::new(format!("quarter {quarter} in \"{text}\""))
                        .suggest(format!("{year}-Q4")))
                }
            } else {
                month(year, number(part, 1..=2)?, text)
                    .map(|month| Point::Month(year as i32, month))
            }
        }
        (Some(part), Some(day), None) => {
            let day = number(day, 1..=2)?;
            month(year, number(part, 1..=2)?, text).and_then(|month| {
                NaiveDate::from_ymd_opt(year as i32, month, day)
                    .map(Point::Day)
                    .ok_or_else(|| {
                        let last = Point::Month(year as i32, month).days(None);
                        let fault = Fault::new(format!("no day {day} in {year:04}-{month:02}"));
                        match last {
                            Some(days) => fault.suggest(days.last.to_string()),
                            None => fault,
                        }
                    })
            })
        }
        _ => return None,
    };
    Some(point)
}

fn month(year: u32, month: u32, text: &str) -> Result<u32, Fault> {
    if (1..=12).contains(&month) {
        return Ok(month);
    }
    let nearest = month.clamp(1, 12);
    Err(Fault::new(format!("month {month} in \"{text}\""))
        .suggest(format!("{year:04}-{nearest:02}"))
        .suggest(format!("{year:04}")))
}
