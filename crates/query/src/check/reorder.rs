//! Sentences that all stand in a passage, in another order.

use std::ops::Range;

use super::claim::Gap;
use super::judge::{Finding, Weighed};
use super::passage::Passage;
use super::{Reason, Verdict};

/// A shorter sentence has to be a sentence of the archive as well: `No.` is in every speech.
const SHORTEST: usize = 3;

/// Finds each sentence of a claim in a passage, whole and unchanged; `None` unless all stand there, each at a place of
/// its own, and not in the order of the claim. `I am open to it. We are friends.` has no word too many where the
/// archive has `We are friends. … I am open to it.`, though an alignment can follow one order only.
pub(super) fn reordered(weighed: &Weighed<'_>, passage: &Passage) -> Option<Finding> {
    let claim = weighed.claim;
    if claim.edited {
        return None;
    }
    let sentences = claim.sentences();
    if sentences.len() < 2 {
        return None;
    }
    let mut pieces: Vec<(Range<usize>, Range<usize>)> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let place = place(weighed, passage, &sentence, &pieces)?;
        pieces.push((sentence, place));
    }
    let in_order = pieces
        .array_windows()
        .all(|[before, after]| before.1.end <= after.1.start);
    if in_order {
        return None;
    }
    let mut reasons = vec![Reason::Reordered];
    if claim.gaps.contains(&Some(Gap::Ellipsis)) {
        reasons.push(Reason::Ellipsis);
    }
    Some(Finding {
        verdict: Verdict::Altered,
        reasons,
        likeness: 1.0,
        pieces,
    })
}

/// Finds a sentence: behind the one before it if it stands there too, else wherever it is first.
fn place(
    weighed: &Weighed<'_>,
    passage: &Passage,
    sentence: &Range<usize>,
    taken: &[(Range<usize>, Range<usize>)],
) -> Option<Range<usize>> {
    let words = weighed.signs.get(sentence.clone())?;
    if words.is_empty() {
        return None;
    }
    let is_at = |place: &Range<usize>| {
        let found = passage.signs.get(place.clone()).unwrap_or_default();
        let same = words
            .iter()
            .map(|word| word.key)
            .eq(found.iter().map(|found| found.key));
        let free = taken
            .iter()
            .all(|(_, taken)| taken.end <= place.start || place.end <= taken.start);
        let whole = words.len() >= SHORTEST
            || (passage.parts_before(place.start) && passage.parts_before(place.end));
        same && free && whole
    };
    let places = (0..passage.signs.len())
        .map(|start| start..start.saturating_add(words.len()))
        .filter(is_at);
    let after = taken.last().map_or(0, |(_, before)| before.end);
    let mut first = None;
    for place in places {
        if place.start >= after {
            return Some(place);
        }
        first.get_or_insert(place);
    }
    first
}
