//! From all findings to one verdict, and the places that bear it out.

use std::collections::BTreeSet;

use tantivy::query::Query;
use whosaid_model::SpeakerKind;
use whosaid_schema::StoredQuotation;

use super::candidates::Finder;
use super::judge::{ALTERED, ALTERED_BY_SPEAKER, Finding, NEAREST};
use super::passage::Passage;
use super::{Reason, Verdict};
use crate::error::Error;

/// What fits so little worse than the best is shown too: other wordings and copies.
const CLOSE: f32 = 0.02;

/// The speaker named is believed rather than somebody whose words fit so little better.
const BY_SPEAKER: f32 = 0.1;

/// A passage, and what came of holding the claim against it.
pub(super) struct Found {
    pub(super) passage: Passage,
    pub(super) finding: Finding,
    /// The speaker is the one that the claim names; `None` when one of them is not named.
    pub(super) same: Option<bool>,
}

/// Chooses the verdict and the places that bear it out, in their order.
pub(super) fn settle(
    finder: &Finder<'_>,
    found: Vec<Found>,
    named: Option<&dyn Query>,
) -> Result<(Verdict, Vec<Found>), Error> {
    let mut all: Vec<Found> = Vec::new();
    let mut seen = BTreeSet::new();
    for mut found in found {
        let Some((key, stored)) = found.passage.quotations.first() else {
            continue;
        };
        if !seen.insert((stored.id, found.passage.quotations.len())) {
            continue;
        }
        found.same = match named {
            Some(named) if finder.holds(named, *key)? => Some(true),
            _ if !is_named(stored) => None,
            _ => Some(false),
        };
        all.push(found);
    }
    let top = all.iter().map(|found| rank(&found.finding)).max();
    match top {
        None => return Ok((Verdict::NotFound, all)),
        Some(0) => {
            if !all.iter().any(is_enough) {
                all.retain(|found| found.finding.likeness >= NEAREST);
                all.sort_by(|a, b| preference(b).total_cmp(&preference(a)));
                all.truncate(1);
                return Ok((Verdict::NotFound, all));
            }
            all.retain(is_enough);
            let best = all.iter().map(preference).fold(0.0, f32::max);
            let first = all.iter().find(|found| preference(found) >= best);
            let verdict = first.map(|found| found.finding.verdict);
            all.retain(|found| {
                preference(found) >= best - CLOSE && Some(found.finding.verdict) == verdict
            });
        }
        Some(top) => all.retain(|found| rank(&found.finding) == top),
    }
    all.sort_by_key(|found| {
        let stored = found.passage.quotations.first().map(|(_, stored)| stored);
        let published = stored.and_then(|stored| stored.article.published.as_ref());
        let day = published.map(|published| published.date);
        let place = stored.map(|stored| (stored.article_id, stored.quotation.span.start));
        let speaker = (found.same != Some(true), found.same == Some(false));
        // What somebody said goes before what somebody is said not to have said.
        (speaker, is_denied(found), day.is_none(), day, place)
    });
    // Words inside other words are one place.
    let ids: BTreeSet<_> = all
        .iter()
        .flat_map(|found| found.passage.quotations.iter().map(|(_, stored)| stored.id))
        .collect();
    let outer = |found: &Found| match found.passage.quotations.as_slice() {
        [(_, stored)] => stored.inside,
        _ => None,
    };
    let first = all
        .first()
        .and_then(|found| found.passage.quotations.first());
    let first = first.map(|(_, stored)| stored.id);
    all.retain(|found| {
        let id = found
            .passage
            .quotations
            .first()
            .map(|(_, stored)| stored.id);
        id == first || outer(found).is_none_or(|outer| !ids.contains(&outer))
    });
    let verdict = all
        .first()
        .map_or(Verdict::NotFound, |found| found.finding.verdict);
    Ok((verdict, all))
}

/// Tells whether the article says that this was not said.
fn is_denied(found: &Found) -> bool {
    let mut quotations = found.passage.quotations.iter();
    quotations.any(|(_, stored)| stored.quotation.denied)
}

/// Tells whether all the words stand there, but for what an editor marked.
pub(super) fn whole(finding: &Finding) -> bool {
    finding.verdict == Verdict::Exact
        || (finding.verdict == Verdict::Partial && !finding.reasons.contains(&Reason::Part))
}

/// All words, all but what is marked, or less.
fn rank(finding: &Finding) -> u8 {
    match finding.verdict {
        Verdict::Exact => 2,
        _ => u8::from(whole(finding)),
    }
}

/// Tells whether the words are near enough to be the same, cut or altered.
fn is_enough(found: &Found) -> bool {
    let least = match found.same {
        Some(true) => ALTERED_BY_SPEAKER,
        _ => ALTERED,
    };
    found.finding.verdict == Verdict::Partial || found.finding.likeness >= least
}

/// How well the words fit, with the speaker named preferred.
fn preference(found: &Found) -> f32 {
    match found.same {
        Some(true) => found.finding.likeness + BY_SPEAKER,
        _ => found.finding.likeness,
    }
}

/// Tells whether the article names who said it: `a spokesman` may be anybody.
pub(super) fn is_named(stored: &StoredQuotation) -> bool {
    let attribution = stored.quotation.attribution.as_ref();
    attribution.is_some_and(|attribution| {
        let speaker = &attribution.speaker;
        let named = matches!(
            speaker.kind,
            SpeakerKind::Person | SpeakerKind::Organization
        );
        named && !speaker.name.is_empty()
    })
}
