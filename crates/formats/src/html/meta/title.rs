//! The headline: what the parts of a page that may state it agree on.

use std::cmp::Reverse;

use serde_json::{Map, Value};
use whosaid_model::DatePrecision;

use super::gather::{Gathered, Spot};
use super::json_ld;
use super::words::{likeness, tidy, words};
use crate::date::date_prefix;

/// A text that may be the headline, and how much its place speaks for it. The weights were fitted on the pages
/// that `docs/formats.md` names.
struct Candidate {
    text: String,
    words: Vec<String>,
    weight: f32,
}

/// Marks between a headline and the outlet's name.
const BARS: [&str; 12] = [
    " | ", " - ", " – ", " — ", " · ", " • ", " » ", " :: ", " « ", "|", " : ", "ㅣ",
];

/// Chooses the headline.
pub(super) fn choose(
    gathered: &Gathered,
    objects: &[Map<String, Value>],
    site: Option<&str>,
) -> Option<String> {
    let site = site.map(words).unwrap_or_default();
    let json = json_ld::article(objects)
        .and_then(|article| article.get("headline").or_else(|| article.get("name")))
        .and_then(json_ld::text)
        .map(|text| tidy(&text));
    let open = gathered.meta("og:title").map(tidy);
    let card = gathered.meta("twitter:title").map(tidy);
    let element = gathered.title.as_deref().map(tidy);
    let mut parts: Vec<(&str, Vec<String>)> = Vec::new();
    for text in [&open, &json, &card, &element].into_iter().flatten() {
        parts.push((text, words(text)));
        parts.extend(split(text).map(|part| (part, words(part))));
    }
    let mut ballot = Ballot::default();
    let heading = best_heading(gathered, &parts, &site, true);
    let has_heading = heading.is_some();
    if let Some((fit, spot, own)) = heading {
        let text = tidy(without_date(&spot.text));
        // A heading of one word or two is a section's, or the outlet's name, as often as a headline.
        let few = own.len() < 3
            && own
                .iter()
                .all(|word| word.chars().all(|char| char < '\u{2e80}'));
        let bare = few
            || element
                .as_deref()
                .is_some_and(|title| names_site(title, &own));
        let weight = match (fit >= 0.5, bare) {
            (_, false) => 2.0,
            (true, true) => 0.7,
            (false, true) => 0.8,
        };
        ballot.add(&text, weight);
        if let Some(tail) = behind_kicker(&text, &own, &parts) {
            ballot.add(tail, 4.0);
        }
    }
    let lower = best_heading(gathered, &parts, &site, false);
    if let Some((_, spot, own)) = lower.filter(|(fit, ..)| *fit >= 0.7) {
        // Some pages show the headline below a heading that is made for search engines.
        let stated = json.as_ref().is_some_and(|json| words(json) == own);
        let weight = match (has_heading, stated) {
            (true, true) => 2.9,
            (true, false) => 1.6,
            (false, _) => 1.0,
        };
        ballot.add(&tidy(without_date(&spot.text)), weight);
    }
    let marked = gathered
        .headings
        .iter()
        .find(|spot| spot.own_hints().contains("headline"));
    if let Some(spot) = marked {
        ballot.add(&tidy(spot.value.as_deref().unwrap_or(&spot.text)), 0.4);
    }
    for (text, weight) in [(&open, 1.3), (&card, 0.2), (&element, 0.5)] {
        if let Some(text) = text {
            ballot.add(without_site(text, &site), weight);
        }
    }
    if let Some(text) = &json {
        ballot.add(text, 1.2);
    }
    ballot.elected()
}

/// Returns the heading that is most like a part of what the page gives as its title, the first of equals, with
/// its likeness and words; of the highest level or of the others.
fn best_heading<'a>(
    gathered: &'a Gathered,
    parts: &[(&str, Vec<String>)],
    site: &[String],
    highest: bool,
) -> Option<(f32, &'a Spot, Vec<String>)> {
    let mut best: Option<(f32, &Spot, Vec<String>)> = None;
    let headings = gathered
        .headings
        .iter()
        .filter(|spot| (spot.tag == "h1") == highest && !spot.text.is_empty());
    for spot in headings.take(60) {
        let own = words(without_date(&spot.text));
        if own.is_empty() || own == site {
            continue;
        }
        let fit = parts
            .iter()
            .map(|(_, part)| likeness(&own, part))
            .fold(0.0, f32::max);
        if best.as_ref().is_none_or(|(before, ..)| fit > *before) {
            best = Some((fit, spot, own));
        }
    }
    best
}

/// Takes off the day above a headline: `27.01.2022 Oil sales in November`.
fn without_date(heading: &str) -> &str {
    let dated = date_prefix(heading).filter(|(date, _)| date.precision == DatePrecision::Day);
    let behind = dated.and_then(|(_, length)| heading.get(length..));
    behind
        .map(str::trim_start)
        .filter(|behind| behind.starts_with(char::is_uppercase))
        .unwrap_or(heading)
}

#[derive(Default)]
struct Ballot {
    candidates: Vec<Candidate>,
}

impl Ballot {
    fn add(&mut self, text: &str, weight: f32) {
        let words = words(text);
        if !words.is_empty() {
            self.candidates.push(Candidate {
                text: text.to_owned(),
                words,
                weight,
            });
        }
    }

    /// Returns the text whose wording has most weight behind it; of equals the first.
    fn elected(self) -> Option<String> {
        let votes = |candidate: &Candidate| -> f32 {
            let same = self
                .candidates
                .iter()
                .filter(|other| other.words == candidate.words);
            same.map(|other| other.weight).sum()
        };
        let mut best: Option<(f32, &Candidate)> = None;
        for candidate in &self.candidates {
            let votes = votes(candidate);
            if best.is_none_or(|(before, _)| votes > before + 1e-4) {
                best = Some((votes, candidate));
            }
        }
        best.map(|(_, candidate)| candidate.text.clone())
    }
}

/// The pieces of a title between bars.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut pieces = vec![text];
    for bar in BARS {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| piece.split(bar))
            .collect();
    }
    let many = pieces.len() > 1;
    pieces
        .into_iter()
        .take(24)
        .map(str::trim)
        .filter(move |piece| many && !piece.is_empty())
}

/// Tells whether a heading is the first or last piece of the title beside a longer one.
fn names_site(title: &str, heading: &[String]) -> bool {
    let pieces: Vec<Vec<String>> = split(title).map(words).collect();
    let [first, .., last] = pieces.as_slice() else {
        return false;
    };
    let longest = pieces.iter().map(Vec::len).max().unwrap_or(0);
    (first == heading || last == heading) && heading.len() < longest && heading.len() < 4
}

/// Returns the headline behind a kicker that stands in the same heading without a mark between: `Tunis Great
/// tasks for the new government`.
fn behind_kicker<'a>(
    text: &str,
    own: &[String],
    parts: &[(&'a str, Vec<String>)],
) -> Option<&'a str> {
    parts
        .iter()
        .filter(|(_, part)| {
            part.len() >= 3
                && part.len() < own.len()
                && part.join(" ").len() >= own.join(" ").len().div_ceil(2)
                && own.ends_with(part)
        })
        .find(|(_, part)| {
            let kicker = own.len().saturating_sub(part.len());
            let before = text
                .split_whitespace()
                .take(kicker)
                .last()
                .unwrap_or_default();
            !before.ends_with([':', ',', '-', '–', '—', '…', ';'])
                && !text
                    .split_whitespace()
                    .nth(kicker)
                    .is_some_and(|next| matches!(next, "-" | "–" | "—" | "|" | "/"))
        })
        .map(|(part, _)| *part)
}

/// Cuts the outlet's name off a title: the piece that is its name, else a short last piece.
fn without_site<'a>(title: &'a str, site: &[String]) -> &'a str {
    let pieces = |(at, bar): (usize, &str)| {
        let (before, behind) = title.split_at_checked(at)?;
        let behind = behind.strip_prefix(bar)?;
        (!before.is_empty() && !behind.is_empty()).then_some((before, behind))
    };
    let ends: Vec<(&str, &str)> = BARS
        .iter()
        .flat_map(|bar| title.match_indices(bar))
        .filter_map(pieces)
        .collect();
    let (Some(&(head, after)), Some(&(last, rest))) = (
        ends.iter().min_by_key(|(before, _)| before.len()),
        // Of bars that begin at one place, the longest.
        ends.iter()
            .max_by_key(|(before, behind)| (before.len(), Reverse(behind.len()))),
    ) else {
        return title;
    };
    let head = words(head);
    let tail = words(rest);
    let is_site = |piece: &[String]| {
        !site.is_empty()
            && !piece.is_empty()
            && (piece == site
                || site.windows(piece.len()).any(|part| part == piece)
                || piece.windows(site.len()).any(|part| part == site))
    };
    let last = last.trim_end();
    if is_site(&tail) {
        return last;
    }
    if head == site && !site.is_empty() {
        return after.trim_start();
    }
    if tail.len() <= 4
        && words(last).len() > tail.len()
        && !rest.trim().ends_with(['?', '!', '.', '“', '"'])
    {
        return last;
    }
    title
}
