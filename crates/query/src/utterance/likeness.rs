//! How much of one wording stands in another.

use super::words::Words;

/// What a gap in the words that two wordings share takes away, in hundredths: words that are the same here and there
/// are none of a common passage. “I will not let you down” is nowhere in “You cannot let Iran have it. … When they
/// march down the street …”, although four of its words are.
const OPEN: i32 = 25;

/// What each word in a gap takes away besides. Half a sentence may be left out.
const EXTEND: i32 = 4;

/// Below all sums.
const NONE: i32 = i32::MIN / 2;

/// Returns the weight of the passage that two wordings have in common: its words in their order, less the gaps in
/// it. In hundredths, as weights are; the same whichever comes first.
///
/// A local alignment with affine gaps (Smith and Waterman 1981; Gotoh 1982). A word that is written as a name in one
/// of them weighs what it weighs as a name.
pub(super) fn common_passage(one: &Words, other: &Words) -> u32 {
    let width = other.list.len() + 1;
    let mut best = 0;
    // For each prefix of `other`: the best passage that ends here, or with a gap in one or the other.
    let mut ends = vec![0; width];
    let mut gap_in_other = vec![NONE; width];
    for word in &one.list {
        let mut before = 0;
        let mut gap_in_one = NONE;
        for (at, theirs) in other.list.iter().enumerate() {
            let at = at + 1;
            let pair = if word.hash == theirs.hash {
                before + word.weight.min(theirs.weight) as i32
            } else {
                NONE
            };
            gap_in_one = (gap_in_one - EXTEND).max(ends[at - 1] - OPEN - EXTEND);
            gap_in_other[at] = (gap_in_other[at] - EXTEND).max(ends[at] - OPEN - EXTEND);
            before = ends[at];
            ends[at] = pair.max(gap_in_one).max(gap_in_other[at]).max(0);
            best = best.max(ends[at]);
        }
    }
    best as u32
}

/// Returns the weight of the words that two wordings have in common, in any order.
pub(super) fn common_words(one: &Words, other: &Words) -> u32 {
    let mut left: Vec<_> = other.list.iter().map(|w| (w.hash, w.weight)).collect();
    let mut sum = 0;
    for word in &one.list {
        if let Some(at) = left.iter().position(|(hash, _)| *hash == word.hash) {
            let (_, weight) = left.swap_remove(at);
            sum += weight.min(word.weight);
        }
    }
    sum
}
