//! When a page was published: what its parts say, and which of them is believed.

use chrono::{DateTime, FixedOffset, NaiveDate, Timelike};
use whosaid_model::{DatePrecision, Published};

use super::stated::{Candidate, Source};

/// Words by which a page says that a date is that of a change.
const CHANGED: [&str; 20] = [
    "updat",
    "aktualis",
    "modif",
    "stand:",
    "mis à jour",
    "màj",
    "actualiz",
    "aggiorn",
    "bijgewerkt",
    "обновл",
    "akt.:",
    "zuletzt",
    "geändert",
    "last",
    "atualiz",
    "oppdater",
    "opdater",
    "güncelle",
    "更新",
    "수정",
];

/// Names of classes whose dates are those of other things than the story.
const OTHERS: [&str; 14] = [
    "comment",
    "kommentar",
    "copyright",
    "event",
    "termin",
    "weather",
    "today",
    "current",
    "header__",
    "related",
    "teaser",
    "card",
    "recommend",
    "footer",
];

/// Penalties above this are no date of publication, but one that happens to be on the page.
const DOUBTFUL: u32 = 60;

/// Tells how little a candidate is to be trusted; the order and the steps were fitted on the pages that
/// `docs/formats.md` names.
fn doubt(candidate: &Candidate<'_>) -> u32 {
    let hints = candidate.hints;
    let base = match candidate.source {
        Source::MetaPublished
            if hints.starts_with("article:published")
                || hints.starts_with("og:")
                || hints == "datepublished" =>
        {
            2
        }
        Source::JsonLd => 3,
        Source::MetaPublished => 4,
        Source::UrlDay => 6,
        Source::MetaDate => 23,
        Source::JsonLdCreated => 25,
        Source::JsonLdModified => 50,
        Source::MetaModified => 51,
        Source::UrlMonth => 99,
        Source::ItempropPublished => 5,
        Source::TimePublished => 7,
        Source::StampPublished => 9,
        Source::Time => 11,
        Source::Stamp if (1..100).contains(&candidate.text.len()) => 13,
        Source::Stamp => 17,
        Source::Line => 15,
    };
    if !candidate.source.is_placed() {
        return base;
    }
    let own = hints.split('|').next().unwrap_or_default();
    let start: String = candidate
        .text
        .chars()
        .take(16)
        .flat_map(char::to_lowercase)
        .collect();
    let changed = CHANGED
        .iter()
        .any(|word| start.contains(word) || own.contains(word));
    let of_others = OTHERS.iter().any(|word| own.contains(word)) || start.contains('©');
    let line = candidate.source == Source::Line;
    // A headline's date stands behind it, seldom before it, and the further off the less likely.
    let place = match candidate.distance {
        0..=300 => 0,
        301.. => 8,
        -120..0 if !line => 6,
        -120..0 => 12,
        _ => 30,
    };
    let long = line && candidate.text.chars().count() > 50;
    let doubts = [
        (candidate.aside, 35),
        (of_others, 40),
        (changed, 6),
        (long, 20),
    ];
    let doubts = doubts.into_iter().filter(|(holds, _)| *holds);
    [base, place]
        .into_iter()
        .chain(doubts.map(|(_, doubt)| doubt))
        .sum()
}

/// Chooses among what a page states.
pub(super) fn choose(candidates: &[Candidate<'_>]) -> Option<Published> {
    let mut ranked: Vec<(u32, usize, &Candidate<'_>)> = candidates
        .iter()
        .filter(|one| one.stated.precision >= DatePrecision::Day)
        .map(|one| {
            let two_days = one.stated.alternative.map_or(0, |_| 25);
            let doubt = doubt(one).saturating_add(two_days);
            (doubt, one.distance.unsigned_abs(), one)
        })
        .filter(|(doubt, ..)| *doubt <= DOUBTFUL)
        .collect();
    ranked.sort_by_key(|(doubt, distance, _)| (*doubt, *distance));
    let (_, _, best) = ranked.first()?;
    let mut published = best.stated.published(best.source.origin());
    if let Some(other) = published.alternative {
        let states = |day| {
            ranked
                .iter()
                .any(|(_, _, one)| one.stated.alternative.is_none() && one.stated.date == day)
        };
        // Another date of the page tells which of the two is meant.
        match (states(published.date), states(other)) {
            (true, false) => published.alternative = None,
            (false, true) => {
                published.date = other;
                published.alternative = None;
            }
            _ => {}
        }
    }
    if let Some(day) = best
        .stated
        .instant
        .and_then(|instant| local_day(instant, &ranked))
    {
        published.date = day;
        published.instant = None;
        published.precision = DatePrecision::Day;
    }
    Some(published)
}

/// Returns the day that a page prints or has in its address, where the instant it states is in UTC and falls on
/// the day before or after: the story of 25 February, 02:25 UTC, appeared in New York on the 24th.
fn local_day(
    instant: DateTime<FixedOffset>,
    ranked: &[(u32, usize, &Candidate<'_>)],
) -> Option<NaiveDate> {
    if instant.offset().local_minus_utc() != 0 {
        return None;
    }
    let day = instant.date_naive();
    for (_, _, other) in ranked.iter().filter(|(doubt, ..)| *doubt <= 24) {
        let printed = matches!(
            other.source,
            Source::UrlDay | Source::Stamp | Source::StampPublished | Source::Line | Source::Time
        );
        if !printed || other.stated.instant.is_some() || other.stated.alternative.is_some() {
            continue;
        }
        match other.stated.date.signed_duration_since(day).num_days() {
            0 => return None,
            // Behind UTC as far as Alaska, ahead of it as far as New Zealand.
            -1 if instant.hour() < 9 => return Some(other.stated.date),
            1 if instant.hour() >= 11 => return Some(other.stated.date),
            _ => {}
        }
    }
    None
}
