//! From a fit to a finding: are these the words, part of them, or others?

use std::ops::Range;

use super::claim::{Claim, Gap};
use super::fit::{Sign, fit};
use super::passage::Passage;
use super::{Reason, Verdict};

/// A quotation whose words are another's with changes fits it at least so well. Of quotations of eight words and more
/// with one word changed nearly all fit better, and of others none did; shorter ones cannot be told apart so
/// well (docs/check.md has the figures), and are shown rather than missed.
pub(super) const ALTERED: f32 = 0.55;

/// With the speaker who is said to have said it, this is enough: `we will raise taxes` for `we will cut taxes`.
pub(super) const ALTERED_BY_SPEAKER: f32 = 0.45;

/// What fits less well is not even worth showing.
pub(super) const NEAREST: f32 = 0.3;

/// So many words in a row are never chance, however many others are not there.
const LONG_PART: usize = 6;

/// A part has at least so many words,
const SHORTEST_PART: usize = 3;

/// and this share of the weight of all, unless it is long.
const PART: f32 = 0.5;

/// When so much of the rest stands there too, with changes, the whole is altered and not just cut.
const REST: f32 = 0.3;

/// What came of holding a claim against a passage.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finding {
    /// [`Verdict::Exact`], [`Verdict::Partial`] or [`Verdict::Altered`].
    pub(super) verdict: Verdict,
    pub(super) reasons: Vec<Reason>,
    /// From 0 to 1.
    pub(super) likeness: f32,
    /// Stretches of the claim between the marks of its editor, and the words that stand in their place.
    pub(super) pieces: Vec<(Range<usize>, Range<usize>)>,
}

/// A claim with its words weighed.
pub(super) struct Weighed<'c> {
    pub(super) claim: &'c Claim,
    pub(super) signs: Vec<Sign>,
    /// From 0.25 for the commonest words to 1 for the rarest.
    pub(super) weights: Vec<f32>,
}

/// Holds a claim against a passage; `None` when nothing fits.
pub(super) fn judge(weighed: &Weighed<'_>, passage: &Passage) -> Option<Finding> {
    let Weighed {
        claim,
        signs,
        weights,
    } = weighed;
    let marked: Vec<bool> = claim.gaps.iter().map(Option::is_some).collect();
    let fit = fit(signs, weights, &marked, &passage.signs);
    let total: f32 = weights.iter().sum();
    let likeness = (fit.score / total).clamp(0.0, 1.0);
    // Other words in the place of these are set against each other below.
    let same = |index: usize, place: usize| signs[index].key == passage.signs[place].key;
    let related = |index: usize, place: usize| signs[index].term == passage.signs[place].term;
    let places: Vec<Option<usize>> = fit
        .places
        .iter()
        .enumerate()
        .map(|(index, place)| place.filter(|&place| same(index, place) || related(index, place)))
        .collect();
    let equal = |index: usize| places[index].filter(|&place| same(index, place));
    places.iter().flatten().next()?;

    let pieces = pieces(claim, passage, &places);
    let is_equal = |(words, found): &(Range<usize>, Range<usize>)| {
        let (words, found) = (&signs[words.clone()], &passage.signs[found.clone()]);
        words.len() == found.len()
            && words
                .iter()
                .zip(found)
                .all(|(word, found)| word.key == found.key)
    };
    let mut reasons = Vec::new();
    if pieces.iter().all(is_equal) {
        let mut between = pieces
            .windows(2)
            .map(|pair| (pair[0].1.end, pair[1].1.start));
        if between.any(|(end, start)| start > end) {
            let marked = claim.gaps.contains(&Some(Gap::Ellipsis));
            reasons.extend(marked.then_some(Reason::Ellipsis));
        }
        reasons.extend(claim.edited.then_some(Reason::Brackets));
        let verdict = if reasons.is_empty() {
            Verdict::Exact
        } else {
            Verdict::Partial
        };
        return Some(Finding {
            verdict,
            reasons,
            likeness,
            pieces,
        });
    }

    let core = core(claim, &equal);
    if is_part(weighed, passage, &core, &equal) {
        let (first, last) = (equal(core.start)?, equal(core.end - 1)?);
        return Some(Finding {
            verdict: Verdict::Partial,
            reasons: vec![Reason::Part],
            likeness,
            pieces: vec![(0..claim.words.len(), first..last + 1)],
        });
    }
    Some(Finding {
        verdict: Verdict::Altered,
        reasons,
        likeness,
        pieces,
    })
}

/// Cuts the claim at the marks of its editor and finds the words in each piece's place: those that fit, and as many
/// before and after as the piece has other words there.
fn pieces(
    claim: &Claim,
    passage: &Passage,
    places: &[Option<usize>],
) -> Vec<(Range<usize>, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut free = 0;
    let mut start = 0;
    while start < claim.words.len() {
        let more = claim.gaps[start + 1..].iter().position(Option::is_some);
        let end = more.map_or(claim.words.len(), |more| start + 1 + more);
        let found: Vec<(usize, usize)> = (start..end)
            .filter_map(|index| places[index].map(|place| (index, place)))
            .collect();
        let window = match (found.first(), found.last()) {
            (Some(&(head, first)), Some(&(tail, last))) => {
                let from = passage.part(first).1.start.max(free);
                let to = passage.part(last).1.end;
                // The words after must not be those of the next piece.
                let next = places[end..].iter().flatten().next().copied();
                let to = next.map_or(to, |next| to.min(next)).max(last + 1);
                let first = first.saturating_sub(head - start).max(from.min(first));
                first..(last + end - tail).min(to)
            }
            _ => free..free,
        };
        free = window.end;
        pieces.push((start..end, window));
        start = end;
    }
    pieces
}

/// Finds the longest stretch of the claim that stands there word for word, but for omissions that are marked.
fn core(claim: &Claim, equal: &impl Fn(usize) -> Option<usize>) -> Range<usize> {
    let mut best = 0..0;
    let mut start = 0;
    while start < claim.words.len() {
        let Some(mut place) = equal(start) else {
            start += 1;
            continue;
        };
        let mut end = start + 1;
        while let Some(next) = (end < claim.words.len()).then(|| equal(end)).flatten()
            && (next == place + 1 || claim.gaps[end].is_some())
        {
            place = next;
            end += 1;
        }
        if end - start > best.len() {
            best = start..end;
        }
        start = end;
    }
    best
}

/// Tells whether the core is a part of the claim that stands there untouched, and the rest stands elsewhere or
/// nowhere: the quotation ends where the rest begins, or the rest is sentences of their own. `I support the plan
/// without conditions` is no part of `I support the plan but only if costs fall`.
fn is_part(
    weighed: &Weighed<'_>,
    passage: &Passage,
    core: &Range<usize>,
    equal: &impl Fn(usize) -> Option<usize>,
) -> bool {
    let Weighed { claim, weights, .. } = weighed;
    let (Some(first), Some(last)) = (
        (!core.is_empty()).then(|| equal(core.start)).flatten(),
        core.end.checked_sub(1).and_then(equal),
    ) else {
        return false;
    };
    let weight = |range: Range<usize>| -> f32 { weights[range].iter().sum() };
    let kept = weight(core.clone());
    let rest = weight(0..weights.len()) - kept;
    let enough = core.len() >= LONG_PART || kept >= PART * (kept + rest);
    if core.len() < SHORTEST_PART || !enough {
        return false;
    }
    let outside =
        (0..weights.len()).filter(|index| !core.contains(index) && equal(*index).is_some());
    let also: f32 = outside.map(|index| weights[index]).sum();
    if also > REST * rest {
        return false;
    }
    let head =
        core.start == 0 || passage.part(first).1.start == first || claim.parts_before(core.start);
    let tail = core.end == weights.len()
        || passage.part(last).1.end == last + 1
        || claim.parts_before(core.end);
    head && tail
}
