//! The dates at the end of a question.

use chrono::NaiveDate;

use super::pieces::{Piece, plain};
use crate::date::{Bound, Comparison, DateRange, Period, Point};
use crate::parse::natural;

/// Takes the dates off the end: `since October`, `between May and July 2025`, `last week`.
pub(super) fn split_dates<'p, 'q>(
    pieces: &'p [Piece<'q>],
    today: Option<NaiveDate>,
) -> (&'p [Piece<'q>], Option<DateRange>) {
    for start in (1..pieces.len()).rev() {
        let (before, tail) = pieces.split_at(start);
        if tail.len() > 9 || tail.first().is_some_and(|piece| piece.marked.is_some()) {
            break;
        }
        // The longest reading wins: `last week` would also end `since last week`.
        let Some(range) = dates(tail, today) else {
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

/// Reads a stretch of words that is nothing but dates.
pub(super) fn dates(pieces: &[Piece<'_>], today: Option<NaiveDate>) -> Option<DateRange> {
    let point = |pieces: &[Piece<'_>]| -> Option<Point> {
        let words = match pieces {
            [piece] => piece
                .marked
                .clone()
                .unwrap_or_else(|| piece.text.to_owned()),
            pieces => plain(pieces)?,
        };
        let point = natural::point(&words, today)?;
        point.days(today).map(|_| point)
    };
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
            let from = point(from).or_else(|| {
                // `between May and July 2025`: the year holds for both.
                let year = match to {
                    Point::Month(year, _) => year,
                    Point::Day(day) => chrono::Datelike::year(&day),
                    _ => return None,
                };
                natural::point(&format!("{} {year}", plain(from)?), today)
            })?;
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
