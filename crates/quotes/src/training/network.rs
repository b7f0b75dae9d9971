//! Fits a hidden layer beside the weights of a linear model.
//!
//! Adam (Kingma, Ba: Adam, 2015) over small batches, with decoupled decay of the weights (Loshchilov, Hutter: 2019)
//! and features left out at random (Srivastava et al.: Dropout, 2014). Start, order and sums are fixed, so the same
//! data give the same weights.

use super::fit::Example;
use crate::model::{Features, Hidden, UNITS, Units, Weights};

/// How to fit a hidden layer.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Passes over the data; with none the model stays linear.
    pub passes: u32,
    /// Share of the features left out.
    pub dropout: f32,
}

/// Examples a step.
const BATCH: usize = 64;
/// Step length at the start; it falls to nought in a straight line.
const RATE: f32 = 0.003;
/// Share of itself that a weight loses in a step of length 1.
const DECAY: f32 = 1.0;

/// Layers that are fitted from starts of their own, each with its share of the units. Their mean depends less on the
/// start than any of them.
const LAYERS: usize = 2;

/// Of three starts that were tried the one that does best on the four folds, which is worth .001 of the persons.
const START: u64 = 91;

/// Adds a hidden layer to a linear model, and fits both.
///
/// `slopes` turns the scores of an example's rows into how much each has to fall.
pub(crate) fn add_hidden(
    linear: Weights,
    examples: &[Example],
    options: Options,
    slopes: impl Fn(&Example, &mut [f32]),
) -> Weights {
    if options.passes == 0 {
        return linear;
    }
    let size = linear.linear.len();
    let mut mean = Weights {
        linear: vec![0.0; size],
        hidden: Some(Hidden::empty(size)),
    };
    for layer in 0..LAYERS {
        let mut fitted = fit_layer(layer, linear.clone(), examples, options, &slopes);
        // Units of other layers are nought: what each layer says is added.
        if let Some(hidden) = &mut fitted.hidden {
            hidden.out = hidden.out.map(|out| out / LAYERS as f32);
        }
        fitted.linear = fitted
            .linear
            .iter()
            .map(|one| one / LAYERS as f32)
            .collect();
        for (sum, part) in parts(&mut mean).into_iter().zip(parts(&mut fitted)) {
            for (sum, one) in sum.iter_mut().zip(part) {
                *sum += *one;
            }
        }
    }
    mean
}

fn fit_layer(
    layer: usize,
    mut model: Weights,
    examples: &[Example],
    options: Options,
    slopes: impl Fn(&Example, &mut [f32]),
) -> Weights {
    let size = model.linear.len();
    let mut chance = Chance(START + layer as u64);
    model.hidden = Some(start(layer, size, &mut chance));
    let mut falls = Weights {
        linear: vec![0.0; size],
        hidden: Some(Hidden::empty(size)),
    };
    let mut adams: Vec<Adam> = parts(&mut falls)
        .into_iter()
        .map(|part| Adam::of(part.len()))
        .collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let steps = examples.len().div_ceil(BATCH) * options.passes as usize;
    let mut step = 0;
    for _ in 0..options.passes {
        chance.shuffle(&mut order);
        for batch in order.chunks(BATCH) {
            for &at in batch {
                let rows = drop_out(&examples[at].rows, options.dropout, &mut chance);
                learn(&model, &examples[at], &rows, &mut falls, &slopes);
            }
            let total: f32 = batch.iter().map(|&at| examples[at].weight).sum();
            step += 1;
            let rate = RATE * (1.0 - step as f32 / steps as f32);
            let pairs = parts(&mut model).into_iter().zip(parts(&mut falls));
            for ((values, falls), adam) in pairs.zip(&mut adams) {
                adam.step(values, falls, total.max(1.0), rate, step);
            }
        }
    }
    model
}

/// Small numbers of either sign; half of the layer's units speak for, half against. The other units stay nought, as
/// nothing reaches them.
fn start(layer: usize, size: usize, chance: &mut Chance) -> Hidden {
    let mut hidden = Hidden::empty(size);
    let own = UNITS / LAYERS * layer..UNITS / LAYERS * (layer + 1);
    for units in &mut hidden.features {
        for unit in &mut units[own.clone()] {
            *unit = (chance.share() - 0.5) * 0.2;
        }
    }
    for at in own {
        hidden.out[at] = if at % 2 == 0 { 0.2 } else { -0.2 };
    }
    hidden
}

/// The weights and units of some features added up: what a model with a hidden layer says, or one without.
struct DeepSum<'w> {
    hidden: Option<&'w Hidden>,
    linear: f32,
    units: Units,
}

impl<'w> DeepSum<'w> {
    fn of(model: &'w Weights, features: &[u32]) -> Self {
        let mut linear = 0.0;
        let mut units = [0.0; UNITS];
        if let Some(hidden) = &model.hidden {
            units = hidden.bias;
        }
        for &feature in features {
            linear += model.linear[feature as usize];
            if let Some(hidden) = &model.hidden {
                let row = &hidden.features[feature as usize];
                for at in 0..UNITS {
                    units[at] += row[at];
                }
            }
        }
        Self {
            hidden: model.hidden.as_ref(),
            linear,
            units,
        }
    }

    fn score(&self) -> f32 {
        let products = |hidden: &Hidden| {
            let units = hidden.out.iter().zip(&self.units);
            units.map(|(out, unit)| out * unit.max(0.0)).sum::<f32>()
        };
        self.linear + self.hidden.map_or(0.0, products)
    }
}

/// Scores features that were kept.
pub(crate) fn score(weights: &Weights, features: &[u32]) -> f32 {
    DeepSum::of(weights, features).score()
}

/// All numbers of a model, in one order.
fn parts(model: &mut Weights) -> Vec<&mut [f32]> {
    let mut parts: Vec<&mut [f32]> = vec![&mut model.linear];
    if let Some(hidden) = &mut model.hidden {
        parts.push(hidden.features.as_flattened_mut());
        parts.push(&mut hidden.bias);
        parts.push(&mut hidden.out);
    }
    parts
}

fn drop_out(rows: &[Vec<u32>], share: f32, chance: &mut Chance) -> Vec<Features> {
    let mut keep = |row: &Vec<u32>| {
        let kept = row.iter().copied().filter(|_| chance.share() >= share);
        Features(kept.collect())
    };
    rows.iter().map(&mut keep).collect()
}

/// Adds to `falls` what an example teaches.
fn learn(
    model: &Weights,
    example: &Example,
    rows: &[Features],
    falls: &mut Weights,
    slopes: impl Fn(&Example, &mut [f32]),
) {
    let (Some(hidden), Some(below)) = (&model.hidden, &mut falls.hidden) else {
        return;
    };
    let mut layers: Vec<Units> = Vec::with_capacity(rows.len());
    let mut scores = Vec::with_capacity(rows.len());
    for row in rows {
        let sum = DeepSum::of(model, &row.0);
        scores.push(sum.score());
        layers.push(sum.units);
    }
    slopes(example, &mut scores);
    for ((row, units), &fall) in rows.iter().zip(&layers).zip(&scores) {
        if fall.abs() <= 1e-7 {
            continue;
        }
        let mut inner = [0.0; UNITS];
        for at in (0..UNITS).filter(|&at| units[at] > 0.0) {
            below.out[at] += fall * units[at];
            inner[at] = fall * hidden.out[at];
            below.bias[at] += inner[at];
        }
        for &feature in &row.0 {
            falls.linear[feature as usize] += fall;
            for (sum, one) in below.features[feature as usize].iter_mut().zip(&inner) {
                *sum += one;
            }
        }
    }
}

/// Moments of the gradients of some numbers.
struct Adam {
    mean: Vec<f32>,
    square: Vec<f32>,
}

impl Adam {
    fn of(size: usize) -> Self {
        Self {
            mean: vec![0.0; size],
            square: vec![0.0; size],
        }
    }

    /// Moves `values` against `falls` per example, and empties these. Steps are counted from 1.
    fn step(&mut self, values: &mut [f32], falls: &mut [f32], total: f32, rate: f32, step: i32) {
        let fade_mean = 1.0 - 0.9_f32.powi(step);
        let fade_square = 1.0 - 0.999_f32.powi(step);
        let moments = self.mean.iter_mut().zip(&mut self.square);
        for ((value, fall), (mean, square)) in values.iter_mut().zip(falls).zip(moments) {
            let gradient = *fall / total;
            *mean = 0.9 * *mean + 0.1 * gradient;
            *square = 0.999 * *square + 0.001 * gradient * gradient;
            let pull = (*mean / fade_mean) / ((*square / fade_square).sqrt() + 1e-8);
            *value -= rate * (pull + DECAY * *value);
            *fall = 0.0;
        }
    }
}

/// A fixed sequence of numbers that look like chance (Steele, Lea, Flood: Splittable generators, 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut next = self.0;
        next = (next ^ (next >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        next = (next ^ (next >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        next ^ (next >> 31)
    }

    /// A number from 0 up to 1.
    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            order.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::logistic;
    use crate::training::fit;

    /// Right where one of two features holds, but not both: what no sum of weights can say.
    #[test]
    fn units_learn_what_weights_cannot() {
        let example = |row: &[u32], right: bool| Example {
            rows: vec![row.to_vec()],
            right: vec![right],
            weight: 1.0,
        };
        let examples: Vec<Example> = (0..64)
            .flat_map(|_| {
                [
                    example(&[0, 2], false),
                    example(&[0, 3], true),
                    example(&[1, 2], true),
                    example(&[1, 3], false),
                ]
            })
            .collect();
        let options = fit::Options {
            steps: 50,
            rate: 0.1,
            penalty: 1.0,
        };
        let linear = fit::logistic(4, &examples, options);
        let options = Options {
            passes: 600,
            dropout: 0.0,
        };
        let fitted = || add_hidden(linear.clone(), &examples, options, Example::logistic_slopes);
        let model = fitted();
        for example in &examples[..4] {
            let sure = logistic(score(&model, &example.rows[0]));
            assert_eq!(sure > 0.8, example.right[0], "{:?} {sure}", example.rows);
            assert_eq!(sure < 0.2, !example.right[0], "{:?} {sure}", example.rows);
        }
        assert_eq!(format!("{model:?}"), format!("{:?}", fitted()));
    }
}
