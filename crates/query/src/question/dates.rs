//! The dates of a question.

use chrono::NaiveDate;

use super::clauses::is_about;
use super::figures::figures;
use super::names::ends_with_comma;
use super::pieces::{Piece, plain};
use crate::ast::{DateField, Node};
use crate::date::{Bound, Comparison, DateRange, Period, Point};
use crate::parse::natural;

/// Takes the dates off the end: `since October`, `between May and July 2025`, `last week`.
pub(super) fn split_dates<'p, 'q>(
    pieces: &'p [Piece<'q>],
    today: Option<NaiveDate>,
) -> (&'p [Piece<'q>], Option<Node>) {
    for start in (1..pieces.len()).rev() {
        let (before, tail) = pieces.split_at(start);
        if tail.len() > 9 || tail.first().is_some_and(|piece| piece.marked.is_some()) {
            break;
        }
        // The longest reading wins: `last week` would also end `since last week`.
        let Some(range) = dates(tail, today).or_else(|| bare(before, tail, today)) else {
            continue;
        };
        let longer = (start.saturating_sub(4).max(1)..start).find_map(|start| {
            let (before, tail) = pieces.split_at_checked(start)?;
            Some((before, dates(tail, today)?))
        });
        let (before, range) = longer.unwrap_or((before, range));
        return (before, Some(range));
    }
    (pieces, None)
}

/// Reads a whole date that no word leads to: `what did Roe say 25 October 2025`, or what stands behind a comma: `Roe on
/// Tak, 2025`. Behind `about` it is the subject.
fn bare(before: &[Piece<'_>], pieces: &[Piece<'_>], today: Option<NaiveDate>) -> Option<Node> {
    let has_year = |piece: &Piece<'_>| {
        let digits = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        piece.lower.split(['-', '/', '.']).any(digits)
    };
    if before.last().is_some_and(is_about) || !pieces.iter().any(has_year) {
        return None;
    }
    let apart = before.last().is_some_and(ends_with_comma);
    let is_whole = |point: &Point| apart || matches!(point, Point::Day(_));
    Some(Node::Date {
        field: DateField::Date,
        range: DateRange::Within(point(pieces, today).filter(is_whole)?),
    })
}

/// Reads a stretch of words that is nothing but dates.
pub(super) fn dates(pieces: &[Piece<'_>], today: Option<NaiveDate>) -> Option<Node> {
    let node = |range| Node::Date {
        field: DateField::Date,
        range,
    };
    if let Some(range) = range(pieces, today) {
        return Some(node(range));
    }
    let points = either(pieces, today)?;
    let ranges = points.into_iter().map(DateRange::Within);
    Some(Node::any_of(ranges.map(node)))
}

/// `in 2024 and 2025`, `in May, June or July 2025`: what is of one is not of the other, so that `and` is `or`.
fn either(pieces: &[Piece<'_>], today: Option<NaiveDate>) -> Option<Vec<Point>> {
    let is_in = |piece: &Piece<'_>| piece.is("in") || piece.is("during");
    let (first, rest) = pieces.split_first()?;
    let (before, last) = split_at(rest, &["and", "or"]).filter(|_| is_in(first))?;
    let last = match last {
        [first, last @ ..] if is_in(first) => last,
        last => last,
    };
    let last = point(last, today)?;
    let points = before.split_inclusive(ends_with_comma).map(|part| {
        let first = point(part, today).or_else(|| of_the_year(part, last, today))?;
        Some(match (first, last) {
            (Point::Month(_, month), Point::Month(year, _)) if part.len() == 1 => {
                Point::Month(year, month)
            }
            (first, _) => first,
        })
    });
    let mut points = points.collect::<Option<Vec<_>>>()?;
    points.push(last);
    (points.len() > 1).then_some(points)
}

/// Reads one date.
fn point(pieces: &[Piece<'_>], today: Option<NaiveDate>) -> Option<Point> {
    // An archive knows days, no hours.
    let pieces = match pieces {
        [this, part] if this.is("this") && is_part_of_day(part) => {
            return today.map(|_| Point::Today);
        }
        [last, night] if last.is("last") && night.is("night") => {
            return today.map(|_| Point::Yesterday);
        }
        [day @ .., part] if is_part_of_day(part) && !day.is_empty() => day,
        pieces => pieces,
    };
    let words = match pieces {
        [piece] => piece
            .marked
            .clone()
            .unwrap_or_else(|| piece.text.to_owned()),
        pieces => plain(pieces)?,
    };
    let point = natural::point(&words, today).or_else(|| figures(&words, today))?;
    point.days(today).map(|_| point)
}

fn is_part_of_day(piece: &Piece<'_>) -> bool {
    ["morning", "afternoon", "evening", "night"]
        .iter()
        .any(|part| piece.is(part))
}

/// Reads a date whose year is that of a later one: `between May and July 2025`.
fn of_the_year(pieces: &[Piece<'_>], later: Point, today: Option<NaiveDate>) -> Option<Point> {
    let year = match later {
        Point::Month(year, _) => year,
        Point::Day(day) => chrono::Datelike::year(&day),
        _ => return None,
    };
    natural::point(&format!("{} {year}", plain(pieces)?), today)
}

/// Reads a stretch of words that is nothing but one range of days.
fn range(pieces: &[Piece<'_>], today: Option<NaiveDate>) -> Option<DateRange> {
    let point = |pieces: &[Piece<'_>]| point(pieces, today);
    if let Some(range) = latest(pieces) {
        return today.map(|_| range);
    }
    let [first, rest @ ..] = pieces else {
        return None;
    };
    match first.lower.as_str() {
        "since" | "from" if split_at(rest, &["to", "until", "till"]).is_none() => {
            Some(DateRange::Between(Some(Bound::Point(point(rest)?)), None))
        }
        "after" => Some(DateRange::Compare(Comparison::Above, point(rest)?)),
        "before" => Some(DateRange::Compare(Comparison::Below, point(rest)?)),
        "until" | "till" => Some(DateRange::Between(None, Some(Bound::Point(point(rest)?)))),
        "in" | "on" | "during" => Some(DateRange::Within(point(rest)?)),
        "between" | "from" => {
            let words: &[&str] = if first.lower == "between" {
                &["and"]
            } else {
                &["to", "until", "till"]
            };
            let (from, to) = split_at(rest, words)?;
            let to = point(to)?;
            let from = point(from).or_else(|| of_the_year(from, to, today))?;
            let from = match (from, to) {
                (Point::Month(_, month), Point::Month(year, last))
                    if month <= last && rest.len() == 4 =>
                {
                    Point::Month(year, month)
                }
                (from, _) => from,
            };
            let range = DateRange::Between(Some(Bound::Point(from)), Some(Bound::Point(to)));
            match range.resolve(today)? {
                (Some(first), Some(last)) if first <= last => Some(range),
                _ => None,
            }
        }
        "today" | "yesterday" | "this" | "last" => point(pieces).map(DateRange::Within),
        _ => None,
    }
}

/// `(in) the last 30 days`, `over the past year`.
fn latest(pieces: &[Piece<'_>]) -> Option<DateRange> {
    let words: Vec<&str> = pieces.iter().map(|piece| piece.lower.as_str()).collect();
    let leads = ["in", "over", "during", "within", "for", "since"];
    let led = words.first().is_some_and(|word| leads.contains(word));
    let words = words.get(usize::from(led)..).unwrap_or_default();
    let (count, unit) = match words {
        ["the", "last" | "past", count, unit] | ["last" | "past", count, unit] => (*count, *unit),
        ["the", "past", unit] | ["past", unit] => ("1", *unit),
        ["the", "last", unit] if led => ("1", *unit),
        _ => return None,
    };
    let count: u32 = match count {
        "a" | "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "ten" => 10,
        "twelve" => 12,
        digits => digits
            .parse()
            .ok()
            .filter(|count| (1..=9999).contains(count))?,
    };
    let period = Period::from_word(unit.strip_suffix('s').unwrap_or(unit))?;
    let bound = match period {
        Period::Quarter => Bound::Ago(count.saturating_mul(3), Period::Month),
        period => Bound::Ago(count, period),
    };
    Some(DateRange::Between(Some(bound), None))
}

fn split_at<'p, 'q>(
    pieces: &'p [Piece<'q>],
    words: &[&str],
) -> Option<(&'p [Piece<'q>], &'p [Piece<'q>])> {
    let at = pieces
        .iter()
        .position(|piece| words.contains(&piece.lower.as_str()))?;
    match pieces.split_at_checked(at)? {
        (before, [_, after @ ..]) => Some((before, after)),
        _ => None,
    }
}
