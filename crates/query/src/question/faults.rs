//! Dates of a question that the calendar lacks, or that are two.
//!
//! A date that cannot be would else be read as a subject or as words.

use chrono::{Datelike, NaiveDate};
use whosaid_model::Span;

use super::ASKING;
use super::clauses::is_about;
use super::figures::readings;
use super::pieces::Piece;
use crate::parse;
use crate::parse::natural::{day, month};
use crate::problem::{Problem, ProblemKind};

/// Words that lead to a date.
const LEADING: &[&str] = &[
    "since", "from", "after", "before", "until", "till", "in", "on", "during", "between",
];

/// Words that lead to the second date of two.
const SECOND: &[&str] = &["to", "and", "or", "until", "till"];

/// Finds the first date at fault.
pub(super) fn find(pieces: &[Piece<'_>], today: Option<NaiveDate>) -> Option<Problem> {
    let is_in = |words: &[&str], piece: &Piece<'_>| {
        piece.marked.is_none() && words.contains(&piece.lower.as_str())
    };
    (0..pieces.len()).find_map(|place| {
        let (before, behind) = pieces.split_at_checked(place)?;
        let (first, behind) = behind.split_first()?;
        let leads = is_in(LEADING, first)
            || (is_in(SECOND, first) && before.iter().any(|piece| is_in(LEADING, piece)));
        if !leads {
            return None;
        }
        (1..=behind.len().min(5)).rev().find_map(|length| {
            let (date, after) = behind.split_at_checked(length)?;
            let ends = after.first().is_none_or(|next| {
                next.marked.is_some()
                    || is_about(next)
                    || ["that", "per", "by"].iter().any(|word| next.is(word))
                    || [LEADING, SECOND, ASKING]
                        .iter()
                        .any(|words| is_in(words, next))
            });
            ends.then(|| fault(date, today)).flatten()
        })
    })
}

/// What is wrong with a date, if that is one and something is.
fn fault(pieces: &[Piece<'_>], today: Option<NaiveDate>) -> Option<Problem> {
    if pieces.iter().any(|piece| piece.marked.is_some()) {
        return None;
    }
    let words: Vec<&str> = pieces
        .iter()
        .map(|piece| piece.lower.trim_matches('.'))
        .filter(|word| !matches!(*word, "the" | "of"))
        .collect();
    let span = Span::new(pieces.first()?.start, pieces.last()?.end());
    match *words.as_slice() {
        [word] => in_figures(word, span, today),
        [one, two] => {
            let (month, day) = month(one)
                .zip(day(two))
                .or_else(|| month(two).zip(day(one)))?;
            let this = today?.year();
            let is_day = |year| NaiveDate::from_ymd_opt(year, month, day).is_some();
            if is_day(this) || this.checked_sub(1).is_some_and(is_day) {
                return None;
            }
            lacking(&format!("{this:04}-{month:02}-{day:02}"), span, today)
        }
        [one, two, year] if year.len() == 4 => {
            let (month, day) = month(one)
                .zip(day(two))
                .or_else(|| month(two).zip(day(one)))?;
            let year: u32 = year.parse().ok()?;
            lacking(&format!("{year:04}-{month:02}-{day:02}"), span, today)
        }
        _ => None,
    }
}

/// The fault of figures such as `2025-13` and `3/4/2026`.
fn in_figures(word: &str, span: Span, today: Option<NaiveDate>) -> Option<Problem> {
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(digits) {
        return None;
    }
    match *parts.as_slice() {
        [year, next] if are_years(year, next) => None,
        [year, ..] if year.len() == 4 && (2..=3).contains(&parts.len()) => {
            lacking(&parts.join("-"), span, today)
        }
        [one, two, year] if year.len() == 4 && one.len() <= 2 && two.len() <= 2 => {
            match readings(word).as_slice() {
                [] => lacking(&format!("{year}-{two}-{one}"), span, today),
                [_] => None,
                several => {
                    let days: Vec<String> = several.iter().map(NaiveDate::to_string).collect();
                    let message = format!("\"{word}\" may be {}", days.join(" or "));
                    Some(bad(span, message, days))
                }
            }
        }
        [one, two, year] if word.contains('/') && year.len() == 2 => {
            let days = readings(&format!("{one}/{two}/20{year}"));
            let days: Vec<String> = days.iter().map(NaiveDate::to_string).collect();
            let message = format!("the year of \"{word}\" needs four figures");
            (!days.is_empty()).then(|| bad(span, message, days))
        }
        _ => None,
    }
}

/// `2024-25` is a year of schools and budgets, `2024-2025` two years.
fn are_years(year: &str, next: &str) -> bool {
    let numbers: Option<(u32, u32)> = year.parse().ok().zip(next.parse().ok());
    if year.len() == 4 && next.len() == 4 {
        return numbers.is_some_and(|(year, next)| year < next);
    }
    numbers.is_some_and(|(year, next)| next > 12 && (year % 100).checked_add(1) == Some(next))
}

/// What a search says of this day or month, which the calendar may lack.
fn lacking(date: &str, span: Span, today: Option<NaiveDate>) -> Option<Problem> {
    let (_, problems) = parse::parse(&format!("date:{date}"), today);
    let problem = problems
        .into_iter()
        .find(|problem| problem.kind == ProblemKind::BadDate)?;
    let suggestions = problem.suggestions.iter();
    let suggestions =
        suggestions.map(|suggestion| suggestion.trim_start_matches("date:").to_owned());
    Some(bad(span, problem.message.clone(), suggestions.collect()))
}

fn bad(span: Span, message: String, suggestions: Vec<String>) -> Problem {
    let problem = Problem::new(ProblemKind::BadDate, span, message);
    suggestions.into_iter().fold(problem, Problem::suggest)
}
