//! A model with a hidden layer, laid out so that an input is scored in one pass over the rows of its features.

use crate::model::{UNITS, Units, Weights};
use crate::total::Total;

/// The units, the linear weight behind them, and nought up to a whole number of registers.
const LANES: usize = UNITS + 4;

/// Places for rows: a power of two, of which every model has fewer features.
const PLACES: usize = 1 << 10;

/// What one feature adds to each unit and, in lane [`UNITS`], to the linear sum.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
struct Row([f32; LANES]);

/// A model ready to score. Each lane adds up in the order of the features, so that a score is to the bit what adding
/// the weights and each unit on its own gives.
#[derive(Clone, Debug)]
pub(crate) struct Deep {
    /// Behind the rows there are others that add nothing: none needs a check that it is there.
    features: Box<[Row; PLACES]>,
    /// What there is before any feature.
    bias: Row,
    /// What a unit adds to the score, times what it has above nought.
    out: Units,
}

impl Deep {
    /// Lays a model out; one without a hidden layer has units that add nothing.
    #[expect(clippy::expect_used, reason = "a list is as long as it was made")]
    pub(crate) fn of(model: &Weights) -> Self {
        let row = |units: &Units, linear: f32| {
            let mut row = [0.0; LANES];
            for (lane, value) in row.iter_mut().zip(units.iter().chain([&linear])) {
                *lane = *value;
            }
            Row(row)
        };
        let none = [0.0; UNITS];
        let hidden = model.hidden.as_ref();
        let units = |feature: usize| hidden.map_or(&none, |hidden| hidden.features.at(feature));
        debug_assert!(
            model.linear.len() <= PLACES,
            "some features would not count"
        );
        let mut features = vec![row(&none, 0.0); PLACES];
        for (at, (place, &weight)) in features.iter_mut().zip(&model.linear).enumerate() {
            *place = row(units(at), weight);
        }
        Self {
            features: features
                .try_into()
                .expect("the table is as long as it was made"),
            bias: row(hidden.map_or(&none, |hidden| &hidden.bias), 0.0),
            out: hidden.map_or(none, |hidden| hidden.out),
        }
    }

    /// Scores an input by its features.
    #[inline]
    #[expect(
        clippy::indexing_slicing,
        reason = "a loop over all lanes, which the compiler makes few instructions of, as it does of no other"
    )]
    pub(crate) fn score(&self, features: &[u32]) -> f32 {
        let mut sums = self.bias;
        for &feature in features {
            // As a copy, of which the compiler knows that it is aligned.
            let Some(&row) = self.features.get(feature as usize % PLACES) else {
                continue;
            };
            for at in 0..LANES {
                sums.0[at] += row.0[at];
            }
        }
        let products: Units = std::array::from_fn(|at| self.out[at] * sums.0[at].max(0.0));
        sums.0[UNITS] + products.iter().sum::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Layout;

    use super::*;

    const LAYOUT: Layout<2> = Layout::new([("first", 2), ("second", 3)]);

    fn check(file: &str, features: &[u32], expected: f32) {
        let score = Deep::of(&LAYOUT.read(file)).score(features);
        assert_eq!(score.to_bits(), expected.to_bits());
    }

    #[test]
    fn units_count_above_nought_only() {
        let file = "hidden-bias\t0\t0\t-100 -100\nhidden-out\t0\t0\t50 200\nfirst\t0\t0.00\t75 25\nsecond\t1\t1.00\t75 25\n";
        check(file, &[0], 0.0);
        check(file, &[0, 3], 1.25);
    }

    #[test]
    fn without_a_layer_the_weights_are_added() {
        check("first\t1\t0.25\nsecond\t2\t-1.50\n", &[1, 4], -1.25);
    }
}
