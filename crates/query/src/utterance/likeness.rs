//! How much of one wording stands in another.

use super::words::{Sieve, Word, Words};

/// What a gap in the words that two wordings share takes away, in hundredths: words that are the same here and there
/// are none of a common passage. “I will not let you down” is nowhere in “You cannot let Iran have it. … When they
/// march down the street …”, although four of its words are.
const OPEN: i32 = 25;

/// What each word in a gap takes away besides. Half a sentence may be left out.
const EXTEND: i32 = 4;

/// Below all sums.
const NONE: i32 = i32::MIN;

/// Returns the weight of the passage that two wordings have in common: its words in their order, less the gaps in
/// it. In hundredths, as weights are; the same whichever comes first.
///
/// A local alignment with affine gaps (Smith and Waterman 1981; Gotoh 1982), of the words alone that both have: between
/// them there is nothing but gaps. A word that is written as a name in one of them weighs what it weighs as a name.
pub(super) fn common_passage(one: &Words, other: &Words) -> u32 {
    let (ours, theirs) = (Sieve::of(one), Sieve::of(other));
    let columns = (0_i32..).zip(&other.list);
    let mut columns: Vec<Column> = columns
        .filter(|(_, word)| ours.may_have(word.hash))
        .map(|(place, word)| Column {
            place,
            word: *word,
            end: NONE,
            before: Gap(NONE),
        })
        .collect();
    let rows = (0_i32..).zip(&one.list);
    let rows = rows.filter(|(_, word)| theirs.may_have(word.hash));
    let (mut best, mut last_row) = (0_i32, -1_i32);
    for (row, word) in rows {
        let down = row.saturating_sub(last_row);
        last_row = row;
        // The best passage that ends left of this column, its end at the last column, and where that is.
        let (mut left, mut end, mut last_column) = (Gap(NONE), NONE, -1_i32);
        for column in &mut columns {
            let above = column.before.step(column.end, down);
            let right = column.place.saturating_sub(last_column);
            let start = left.step(end, right).max(0);
            (end, last_column) = (above, column.place);
            column.end = NONE;
            if column.word.hash == word.hash {
                column.end = start.saturating_add(word.weight.min(column.word.weight) as i32);
                best = best.max(column.end);
            }
        }
    }
    best as u32
}

/// A word of the other wording, and the passages that end with it.
struct Column {
    place: i32,
    word: Word,
    /// What the passage weighs that ends here in the last row, if one does.
    end: i32,
    /// Those that ended in rows before.
    before: Gap,
}

/// The best passage on the other side of a gap, less what the gap takes away as far as it goes.
struct Gap(i32);

impl Gap {
    /// Goes on by some places; `end` is what weighs the passage that ended at the last one. Returns the best that may
    /// be gone on with here.
    fn step(&mut self, end: i32, places: i32) -> i32 {
        let beside = if places == 1 { end } else { NONE };
        let opened = match places {
            1 => NONE,
            _ => end.saturating_sub(
                OPEN.saturating_add(EXTEND.saturating_mul(places.saturating_sub(1))),
            ),
        };
        let gapped = self.0.saturating_sub(EXTEND.saturating_mul(places));
        let gapped = gapped.max(opened);
        // From the next place on there is a gap behind what stands beside this one.
        self.0 = gapped.max(beside.saturating_sub(OPEN));
        gapped.max(beside)
    }
}

/// Returns the weight of the words that two wordings have in common, in any order.
pub(super) fn common_words(one: &Words, other: &Words) -> u32 {
    let (sieve, theirs) = (Sieve::of(one), Sieve::of(other));
    let left = other.list.iter().filter(|word| sieve.may_have(word.hash));
    let mut left: Vec<_> = left.map(|word| (word.hash, word.weight)).collect();
    let mut sum = 0_u32;
    for word in one.list.iter().filter(|word| theirs.may_have(word.hash)) {
        if let Some(at) = left.iter().position(|(hash, _)| *hash == word.hash) {
            let (_, weight) = left.swap_remove(at);
            sum = sum.saturating_add(weight.min(word.weight));
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIRST: i32 = OPEN + EXTEND;

    /// The alignment of all words, as Gotoh has it.
    fn in_whole(one: &Words, other: &Words) -> u32 {
        let mut best = 0;
        // For each prefix of `other`: the best passage that ends here, or with a gap in `other`.
        let mut ends = vec![(0_i32, NONE); other.list.len()];
        for word in &one.list {
            // The best that ends a word before in both, in `other` alone, and there with a gap in `one`.
            let (mut before, mut left, mut gap_in_one) = (0_i32, 0_i32, NONE);
            for (theirs, (end, gap_in_other)) in other.list.iter().zip(&mut ends) {
                let pair = if word.hash == theirs.hash {
                    before.saturating_add(word.weight.min(theirs.weight).cast_signed())
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

    proptest! {
        #[test]
        fn words_that_one_of_them_lacks_are_gaps(
            one in "((not|siren|key|night|the|of|12|Key|a|b|c|d|e|f) ?){0,40}",
            other in "((not|siren|key|night|the|of|12|Night|v|w|x|y|z) ?){0,40}",
        ) {
            let (one, other) = (Words::of(&one), Words::of(&other));
            prop_assert_eq!(common_passage(&one, &other), in_whole(&one, &other));
        }
    }
}
