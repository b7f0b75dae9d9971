//! The dates at the end of a question.

use chrono::NaiveDate;

use super::pieces::{Piece, plain};
use crate::date::{Bound, Comparison, DateRange, Point};
use crate::parse::natural;

/// Takes the dates off the end: `since October`, `between May and July 2025`, `last week`.
pub(super) fn split_dates<'p, 'q>(
    pieces: &'p [Piece<'q>],
    today: Option<NaiveDate>,
) -> (&'p [Piece<'q>], Option<DateRange>) {
    for start in (1..pieces.len()).rev() {
        let tail = &pieces[start..];
        if tail.len() > 9 || tail[0].marked.is_some() {
            break;
        }
        // The longest reading wins: `last week` would also end `since last week`.
        let Some(range) = dates(tail, today) else {
            continue;
        };
        let longer = (1..start)
            .rev()
            .take(4)
            .find_map(|from| dates(&pieces[from..], today).map(|range| (from, range)));
        let (start, range) = longer.unwrap_or((start, range));
        return (&pieces[..start], Some(range));
    }
    (pieces, None)
}

fn dates(pieces: &[Piece<'_>], today: Option<NaiveDate>) -> Option<DateRange> {
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

fn split_at<'p, 'q>(
    pieces: &'p [Piece<'q>],
    words: &[&str],
) -> Option<(&'p [Piece<'q>], &'p [Piece<'q>])> {
    let at = pieces
        .iter()
        .position(|piece| words.contains(&piece.lower.as_str()))?;
    Some((&pieces[..at], &pieces[at + 1..]))
}
