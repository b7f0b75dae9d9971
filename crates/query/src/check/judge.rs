//! From a fit to a finding: are these the words, part of them, or others?

use std::ops::Range;

use super::claim::{Claim, Gap};
use super::fit::{Sign, fit};
use super::passage::Passage;
use super::reasons::is_negation;
use super::reorder::reordered;
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
    let related = |sign: &Sign, place: &usize| {
        let found = passage.signs.get(*place);
        found.is_some_and(|found| sign.key == found.key || sign.term == found.term)
    };
    let places: Vec<Option<usize>> = fit
        .places
        .into_iter()
        .zip(signs)
        .map(|(place, sign)| place.filter(|place| related(sign, place)))
        .collect();
    let equal = |index: usize| {
        let (sign, place) = (signs.get(index)?, (*places.get(index)?)?);
        let found = passage.signs.get(place)?;
        (sign.key == found.key).then_some(place)
    };
    places.iter().flatten().next()?;

    let pieces = pieces(claim, passage, &places);
    let is_equal = |(words, found): &(Range<usize>, Range<usize>)| {
        let (words, found) = (
            signs.get(words.clone()).unwrap_or_default(),
            passage.signs.get(found.clone()).unwrap_or_default(),
        );
        let (words, found) = (words.iter(), found.iter());
        words.map(|word| word.key).eq(found.map(|found| found.key))
    };
    let mut reasons = Vec::new();
    if pieces.iter().all(is_equal) {
        let mut between = pieces
            .array_windows()
            .map(|[before, after]| (before.1.end, after.1.start));
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

    if let Some(finding) = reordered(weighed, passage) {
        return Some(finding);
    }
    let core = core(claim, &equal);
    if is_part(weighed, passage, &core, &equal) {
        let (first, last) = (equal(core.start)?, core.end.checked_sub(1).and_then(equal)?);
        reasons.push(Reason::Part);
        reasons.extend(denied_beside(claim, &core).then_some(Reason::Negation));
        return Some(Finding {
            verdict: Verdict::Partial,
            reasons,
            likeness,
            pieces: vec![(0..claim.words.len(), first..last.saturating_add(1))],
        });
    }
    Some(Finding {
        verdict: Verdict::Altered,
        reasons,
        likeness,
        pieces,
    })
}

/// Tells whether a word that denies was put beside a part, in the same sentence: `tell it like it is not`.
fn denied_beside(claim: &Claim, core: &Range<usize>) -> bool {
    let sentences = claim.sentences().into_iter();
    let mut beside = sentences
        .filter(|sentence| sentence.start < core.end && core.start < sentence.end)
        .flatten()
        .filter(|word| !core.contains(word))
        .filter_map(|word| claim.words.get(word));
    beside.any(|word| is_negation(&word.key))
}

/// Cuts the claim at the marks of its editor and finds the words in each piece's place: those that fit, and as many
/// before and after as the piece has other words there.
fn pieces(
    claim: &Claim,
    passage: &Passage,
    places: &[Option<usize>],
) -> Vec<(Range<usize>, Range<usize>)> {
    let marks = claim.gaps.iter().enumerate();
    let starts = marks.filter(|(index, gap)| *index == 0 || gap.is_some());
    let mut starts: Vec<usize> = starts.map(|(index, _)| index).collect();
    starts.push(claim.words.len());
    let mut pieces = Vec::new();
    let mut free = 0;
    for &[start, end] in starts.array_windows() {
        let words = places.iter().enumerate().take(end).skip(start);
        let mut found = words.filter_map(|(index, place)| place.map(|place| (index, place)));
        let head = found.next();
        let window = match head.zip(found.next_back().or(head)) {
            Some(((head, first), (tail, last))) => {
                let from = passage.part(first).1.start.max(free);
                let to = passage.part(last).1.end;
                // The words after must not be those of the next piece.
                let next = places.iter().skip(end).flatten().next().copied();
                let to = next.map_or(to, |next| to.min(next));
                let to = to.max(last.saturating_add(1));
                let before = head.saturating_sub(start);
                let first = first.saturating_sub(before).max(from.min(first));
                let after = end.saturating_sub(tail);
                first..last.saturating_add(after).min(to)
            }
            None => free..free,
        };
        free = window.end;
        pieces.push((start..end, window));
    }
    pieces
}

/// Finds the longest stretch of the claim that stands there word for word, but for omissions that are marked.
fn core(claim: &Claim, equal: &impl Fn(usize) -> Option<usize>) -> Range<usize> {
    let mut best = 0..0;
    // Where the stretch up to a word begins, and the place of its last word.
    let mut stretch: Option<(usize, usize)> = None;
    for (end, (index, gap)) in (1..).zip(claim.gaps.iter().enumerate()) {
        stretch = equal(index).map(|place| match stretch {
            Some((start, before)) if gap.is_some() || place == before.saturating_add(1) => {
                (start, place)
            }
            _ => (index, place),
        });
        if let Some((start, _)) = stretch
            && (start..end).len() > best.len()
        {
            best = start..end;
        }
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
    let weight =
        |range: Range<usize>| -> f32 { weights.get(range).unwrap_or_default().iter().sum() };
    let kept = weight(core.clone());
    let rest = weight(0..weights.len()) - kept;
    let enough = core.len() >= LONG_PART || kept >= PART * (kept + rest);
    if core.len() < SHORTEST_PART || !enough {
        return false;
    }
    let outside = weights
        .iter()
        .enumerate()
        .filter(|(index, _)| !core.contains(index) && equal(*index).is_some());
    let also: f32 = outside.map(|(_, weight)| weight).sum();
    if also > REST * rest {
        return false;
    }
    let head =
        core.start == 0 || passage.part(first).1.start == first || claim.parts_before(core.start);
    let tail = core.end == weights.len()
        || passage.part(last).1.end == last.saturating_add(1)
        || claim.parts_before(core.end);
    head && tail
}
