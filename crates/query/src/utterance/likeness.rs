//! How much of one wording stands in another.

use super::words::Words;

/// What a gap in the words that two wordings share takes away, in hundredths: words that are the same here and there
/// are none of a common passage. “I will not let you down” is nowhere in “You cannot let Iran have it. … When they
/// march down the street …”, although four of its words are.
const OPEN: i32 = 25;

/// What each word in a gap takes away besides. Half a sentence may be left out.
const EXTEND: i32 = 4;

/// What the first word in a gap takes away.
const FIRST: i32 = OPEN + EXTEND;

/// Below all sums.
const NONE: i32 = i32::MIN;

/// Returns the weight of the passage that two wordings have in common: its words in their order, less the gaps in
/// it. In hundredths, as weights are; the same whichever comes first.
///
/// A local alignment with affine gaps (Smith and Waterman 1981; Gotoh 1982). A word that is written as a name in one
/// of them weighs what it weighs as a name.
pub(super) fn common_passage(one: &Words, other: &Words) -> u32 {
    let mut best = 0;
    // For each prefix of `other`: the best passage that ends here, or with a gap in `other`.
    let mut ends = vec![(0_i32, NONE); other.list.len()];
    for word in &one.list {
        // The best that ends a word before in both, in `other` alone, and there with a gap in `one`.
        let (mut before, mut left, mut gap_in_one) = (0_i32, 0_i32, NONE);
        for (theirs, (end, gap_in_other)) in other.list.iter().zip(&mut ends) {
            let pair = if word.hash == theirs.hash {
                before.saturating_add(word.weight.min(theirs.weight) as i32)
            } else {
                NONE
            };
            let gap =
                |gap: i32, end: i32| gap.saturating_sub(EXTEND).max(end.saturating_sub(FIRST));
            gap_in_one = gap(gap_in_one, left);
            *gap_in_other = gap(*gap_in_other, *end);
            before = *end;
            left = pair.max(gap_in_one).max(*gap_in_other).max(0);
            *end = left;
            best = best.max(left);
        }
    }
    best as u32
}

/// Returns the weight of the words that two wordings have in common, in any order.
pub(super) fn common_words(one: &Words, other: &Words) -> u32 {
    let mut left: Vec<_> = other.list.iter().map(|w| (w.hash, w.weight)).collect();
    let mut sum = 0_u32;
    for word in &one.list {
        if let Some(at) = left.iter().position(|(hash, _)| *hash == word.hash) {
            let (_, weight) = left.swap_remove(at);
            sum = sum.saturating_add(weight.min(word.weight));
        }
    }
    sum
}
