//! Lays the words of a claim along those of a quotation, wherever they fit best.

use std::iter;

/// What a word of the claim costs that stands nowhere in the quotation, as a share of its weight. A fit goes on over
/// one word that was changed, and stops where nothing is the same any more.
const MISSED: f32 = 0.3;

/// What a word of the quotation costs that the claim leaves out without a mark. Words weigh from 0.25 to 1.
const LEFT_OUT: f32 = 0.1;

/// What it costs where the claim has the mark of an omission: just enough to prefer the nearest words.
const MARKED: f32 = 0.001;

/// What a word earns that has only the stem in common, as a share of its weight.
const STEM: f32 = 0.5;

/// A word in numbers: equal ones are the same word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) key: u32,
    pub(super) term: u32,
}

/// The best place of a claim along a quotation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fit {
    /// The weight of what fits, less what does not.
    pub(super) score: f32,
    /// For each word of the claim the word of the quotation that stands in its place, the same or another.
    pub(super) places: Vec<Option<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Along,
    Missed,
    LeftOut,
}

/// Fits all words of a claim into a quotation, whose words before and after cost nothing (the alignment of a text
/// with a part of another: Sellers, “The theory and computation of evolutionary distances: pattern recognition”,
/// 1980). Of equal fits the first is taken.
///
/// `marked` tells where the claim has a mark of omission before a word.
pub(super) fn fit(claim: &[Sign], weights: &[f32], marked: &[bool], quotation: &[Sign]) -> Fit {
    let mut rows = Vec::with_capacity(claim.len());
    let mut above = vec![0.0_f32; quotation.len().saturating_add(1)];
    let mut before = 0.0;
    let next_marked = marked.iter().skip(1).chain(iter::repeat(&false));
    for ((sign, &weight), next_marked) in claim.iter().zip(weights).zip(next_marked) {
        let missed = MISSED * weight;
        // Words left out after this word of the claim: the mark stands before the next.
        let left_out = if *next_marked { MARKED } else { LEFT_OUT };
        before -= missed;
        let mut left = before;
        let mut scores = Vec::with_capacity(above.len());
        let mut moves = Vec::with_capacity(above.len());
        scores.push(before);
        moves.push(Move::Missed);
        for (other, &[diagonal, up]) in quotation.iter().zip(above.array_windows()) {
            let same = if sign.key == other.key {
                weight
            } else if sign.term == other.term {
                STEM * weight
            } else {
                -missed
            };
            let mut best = (diagonal + same, Move::Along);
            for other in [
                (up - missed, Move::Missed),
                (left - left_out, Move::LeftOut),
            ] {
                if other.0 > best.0 {
                    best = other;
                }
            }
            left = best.0;
            scores.push(best.0);
            moves.push(best.1);
        }
        above = scores;
        rows.push(moves);
    }
    let (mut at, mut score) = (0, before);
    for (end, &other) in above.iter().enumerate() {
        if other > score {
            (at, score) = (end, other);
        }
    }
    let mut places = vec![None; claim.len()];
    for (moves, place) in rows.iter().zip(&mut places).rev() {
        // Nothing is left out before the first word.
        while let Some(Move::LeftOut) = moves.get(at) {
            at = at.saturating_sub(1);
        }
        if let Some(Move::Along) = moves.get(at) {
            at = at.saturating_sub(1);
            *place = Some(at);
        }
    }
    Fit { score, places }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(claim: &str, quotation: &str, expected: &[Option<usize>]) {
        let signs = |text: &str| -> Vec<Sign> {
            let words = text.split(' ').filter(|word| *word != "…");
            words
                .map(|word| {
                    let key = word
                        .bytes()
                        .fold(0_u32, |hash, byte| hash.wrapping_mul(31) + u32::from(byte));
                    Sign { key, term: key }
                })
                .collect()
        };
        let mut marked = Vec::new();
        let mut gap = false;
        for word in claim.split(' ') {
            if word == "…" {
                gap = true;
            } else {
                marked.push(std::mem::take(&mut gap));
            }
        }
        let claim_signs = signs(claim);
        let found = fit(
            &claim_signs,
            &vec![2.0; claim_signs.len()],
            &marked,
            &signs(quotation),
        );
        assert_eq!(found.places, expected, "{claim}");
    }

    #[test]
    fn words_find_their_place() {
        let text = "the boats sail when the wind is up and the boats come home";
        check("when the wind", text, &[Some(3), Some(4), Some(5)]);
        check("the boats come", text, &[Some(9), Some(10), Some(11)]);
        check("when a wind", text, &[Some(3), Some(4), Some(5)]);
        check("sail … come home", text, &[Some(2), Some(11), Some(12)]);
        check("wind up", text, &[Some(5), Some(7)]);
        check("never", text, &[None]);
        check("never", "", &[None]);
    }
}
