//! The dates of a question.

use chrono::{Datelike, NaiveDate};

use super::besides::ended_by;
use super::clauses::is_about;
use super::figures::figures;
use super::names::ends_with_comma;
use super::pieces::{Piece, plain};
use super::quotes::is_quotes;
use super::verbs::is_say;
use crate::ast::{DateField, Node};
use crate::date::{Bound, Comparison, DateRange, Period, Point};
use crate::parse::natural::{self, day, month};

/// A date has so many words at most: `from the 1st of January 2025 to the 14th of February 2025`.
pub(super) const LONGEST: usize = 12;

/// Takes the dates off the end: `since October`, `between May and July 2025`, `last week`.
pub(super) fn split_dates<'p, 'q>(
    pieces: &'p [Piece<'q>],
    today: Option<NaiveDate>,
) -> (&'p [Piece<'q>], Option<Node>) {
    let marked = pieces.iter().rposition(|piece| piece.marked.is_some());
    let least = marked.map_or(1, |marked| marked.saturating_add(1)).max(1);
    let starts = pieces.len().saturating_sub(LONGEST).max(least)..pieces.len();
    // The longest reading wins: `last week` would also end `since last week`.
    let led = starts.clone().find_map(|start| {
        let (before, tail) = pieces.split_at_checked(start)?;
        Some((without_vague(before), dates(tail, today)?))
    });
    let found = led.or_else(|| {
        starts.into_iter().find_map(|start| {
            let (before, tail) = pieces.split_at_checked(start)?;
            Some((before, bare(before, tail, today)?))
        })
    });
    match found {
        Some((before, date)) => (before, Some(date)),
        None => (pieces, None),
    }
}

/// Leaves out what says no more of a date that follows: `back in 2024`.
fn without_vague<'p, 'q>(pieces: &'p [Piece<'q>]) -> &'p [Piece<'q>] {
    match pieces {
        [before @ .., last] if last.is_small(&["back", "sometime"]) && before.len() > 2 => before,
        pieces => pieces,
    }
}

/// Reads a whole date that no word leads to: `what did Roe say 25 October 2025`, or what stands behind a comma: `Roe on
/// Tak, 2025`. Behind `about` it is the subject.
fn bare(before: &[Piece<'_>], pieces: &[Piece<'_>], today: Option<NaiveDate>) -> Option<Node> {
    if before.last().is_some_and(is_about) || !pieces.iter().any(has_year) {
        return None;
    }
    let apart = before.last().is_some_and(ends_with_comma);
    // `quotes by Roe 2025`: nobody is called that. `quotes on Agenda 2030` have a subject.
    let has_topic = before
        .iter()
        .any(|piece| is_about(piece) && !piece.is("of"));
    let is_list = !has_topic && !before.iter().any(is_say) && before.iter().any(is_quotes);
    let is_whole = |point: &Point| apart || is_list || matches!(point, Point::Day(_));
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
        let first = point(part, today).or_else(|| Some(of_the_year(part, last, today)?.0))?;
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
    // `the year 2025`, `the month of May`
    let pieces = match pieces {
        [the, year, rest @ ..] if the.is("the") && year.is("year") => rest,
        [the, month, of, rest @ ..] if the.is("the") && month.is("month") && of.is("of") => rest,
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

/// Reads two dates, of which the first may lack what the second has: `1 January and 14 February 2025`, `3 and 14
/// February`; not the other way round.
fn span(pieces: &[Piece<'_>], words: &[&str], today: Option<NaiveDate>) -> Option<(Point, Point)> {
    let (from, to) = split_at(pieces, words)?;
    // `February 3 to 14, 2025`
    let with_month = || match (from, to) {
        ([name, _], [day_only, _]) if month(&name.lower).is_some() => {
            day(&day_only.lower)?;
            let words = format!("{} {}", name.text, plain(to)?);
            natural::point(&words, today)
        }
        _ => None,
    };
    let to = point(to, today).or_else(with_month)?;
    if let [only] = from
        && let (Some(number), Point::Day(last)) = (day(&only.lower), to)
    {
        return Some((Point::Day(last.with_day(number)?), to));
    }
    if !from.iter().any(has_year)
        && pieces.iter().any(has_year)
        && let Some((from, before)) = of_the_year(from, to, today)
    {
        let is_before = |point: Point| point.days(today).map(|days| days.first);
        // `from November to February 2025`
        return Some(if is_before(from) <= is_before(to) {
            (from, to)
        } else {
            (before?, to)
        });
    }
    let first = point(from, today)?;
    let begins = |point: Point| point.days(today).map(|days| days.first);
    // `from May to February`, in March
    if begins(first) > begins(to) && !pieces.iter().any(has_year) {
        return of_the_year(from, to, today).and_then(|(_, before)| Some((before?, to)));
    }
    Some((first, to))
}

/// Tells whether a word has the four figures of a year.
pub(super) fn has_year(piece: &Piece<'_>) -> bool {
    let digits = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    piece.lower.split(['-', '/', '.']).any(digits)
}

/// Reads a date whose year is that of a later one, and the same a year before: `between May and July 2025`.
fn of_the_year(
    pieces: &[Piece<'_>],
    later: Point,
    today: Option<NaiveDate>,
) -> Option<(Point, Option<Point>)> {
    let year = match later {
        Point::Month(year, _) | Point::Quarter(year, _) => year,
        Point::Day(day) => day.year(),
        _ => return None,
    };
    let words = plain(pieces)?;
    let of = |year: i32| natural::point(&format!("{words} {year}"), today);
    Some((of(year)?, year.checked_sub(1).and_then(of)))
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
    if (first.is("since") || first.is("from"))
        && let Some(start) = open_ended(rest)
    {
        return point(start).map(since);
    }
    match first.lower.as_str() {
        "since" => Some(since(point(rest)?)),
        // `quotes from 2025` are those of the year.
        "from" if split_at(rest, UNTIL).is_none() => within(rest, today),
        "prior" if rest.first().is_some_and(|to| to.is("to")) => Some(DateRange::Compare(
            Comparison::Below,
            point(rest.get(1..)?)?,
        )),
        "after" => Some(DateRange::Compare(Comparison::Above, point(rest)?)),
        "before" => Some(DateRange::Compare(Comparison::Below, point(rest)?)),
        "until" | "till" => Some(DateRange::Between(None, Some(Bound::Point(point(rest)?)))),
        "in" | "on" | "during" | "throughout" => within(rest, today),
        "between" | "from" => {
            let words = if first.is("between") {
                &["and"][..]
            } else {
                UNTIL
            };
            let (from, to) = span(rest, words, today)?;
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

/// Words between the first day and the last.
const UNTIL: &[&str] = &["to", "until", "till", "through", "-", "–"];

/// `2025 on`, `May onwards`, `2025 to date`: what stands before that.
fn open_ended<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<&'p [Piece<'q>]> {
    let endings: [&[&str]; 14] = [
        &["on"],
        &["onwards"],
        &["onward"],
        &["forward"],
        &["forwards"],
        &["to", "date"],
        &["to", "now"],
        &["to", "today"],
        &["to", "the", "present"],
        &["until", "now"],
        &["until", "today"],
        &["till", "now"],
        &["till", "today"],
        &["up", "to", "now"],
    ];
    let found = endings.iter().find_map(|words| ended_by(pieces, words));
    found.filter(|before| !before.is_empty())
}

fn since(point: Point) -> DateRange {
    DateRange::Between(Some(Bound::Point(point)), None)
}

/// One stretch of the calendar: `2025`, `the first half of 2025`.
fn within(pieces: &[Piece<'_>], today: Option<NaiveDate>) -> Option<DateRange> {
    if let Some(point) = point(pieces, today) {
        return Some(DateRange::Within(point));
    }
    let words: Vec<&str> = pieces.iter().map(|piece| piece.lower.as_str()).collect();
    // `2024-2025`, `2024/2025`
    if let [years] = words.as_slice()
        && let Some((first, last)) = years.split_once(['-', '/', '–'])
    {
        let year = |word: &str| match natural::point(word, today) {
            Some(Point::Year(year)) => Some(year),
            _ => None,
        };
        let (first, last) = (year(first)?, year(last)?);
        let bound = |year| Some(Bound::Point(Point::Year(year)));
        return (first < last).then(|| DateRange::Between(bound(first), bound(last)));
    }
    let (half, year) = match without_the(&words) {
        [half @ ("h1" | "h2"), year] => (*half, *year),
        ["first", "half", "of", year] => ("h1", *year),
        ["second" | "last", "half", "of", year] => ("h2", *year),
        _ => return None,
    };
    let Point::Year(year) = natural::point(year, today)? else {
        return None;
    };
    let (first, last) = if half == "h1" { (1, 2) } else { (3, 4) };
    let quarter = |number| Some(Bound::Point(Point::Quarter(year, number)));
    Some(DateRange::Between(quarter(first), quarter(last)))
}

fn without_the<'w, 'q>(words: &'w [&'q str]) -> &'w [&'q str] {
    match words {
        ["the", rest @ ..] => rest,
        words => words,
    }
}

/// `(in) the last 30 days`, `over the past year`.
fn latest(pieces: &[Piece<'_>]) -> Option<DateRange> {
    let words: Vec<&str> = pieces.iter().map(|piece| piece.lower.as_str()).collect();
    let leads = ["in", "over", "during", "within", "for", "since", "from"];
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
