//! Fits linear models: a softmax over candidates with one or more right ones, and a logistic one.
//!
//! Full-batch Adam (Kingma, Ba: Adam, 2015) with an L2 penalty. Sums run in one order, so the same data give the
//! same weights.

use crate::model::Weights;

/// A set of candidates of which some are right.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// The features of each candidate.
    pub rows: Vec<Vec<u32>>,
    /// Which candidates are right.
    pub right: Vec<bool>,
    /// How much the example counts.
    pub weight: f32,
}

/// How to fit.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Passes over the data.
    pub steps: u32,
    /// Step length at the start; it falls to a tenth in a straight line.
    pub rate: f32,
    /// Weight of the penalty on squared weights, per example.
    pub penalty: f32,
}

impl Example {
    /// How much each candidate's score has to fall, for a softmax over the candidates.
    pub(super) fn softmax_slopes(&self, scores: &mut [f32]) {
        crate::model::softmax(scores);
        let right = scores.iter().zip(&self.right).filter(|pair| *pair.1);
        let share = right.map(|pair| *pair.0).sum::<f32>().max(1e-9);
        for (score, &right) in scores.iter_mut().zip(&self.right) {
            let wanted = if right { *score / share } else { 0.0 };
            *score = (*score - wanted) * self.weight;
        }
    }

    /// How much the score has to fall, for a logistic model.
    pub(super) fn logistic_slopes(&self, scores: &mut [f32]) {
        for (score, &right) in scores.iter_mut().zip(&self.right) {
            *score = (crate::model::logistic(*score) - f32::from(u8::from(right))) * self.weight;
        }
    }
}

/// Fits a softmax: the logarithm of the right candidates' share is made as large as the penalty allows.
pub(crate) fn softmax(size: usize, examples: &[Example], options: Options) -> Weights {
    descend(size, examples, options, Example::softmax_slopes)
}

/// Fits a logistic model: each example has one row, right or not.
pub(crate) fn logistic(size: usize, examples: &[Example], options: Options) -> Weights {
    descend(size, examples, options, Example::logistic_slopes)
}

fn descend(
    size: usize,
    examples: &[Example],
    options: Options,
    slopes: impl Fn(&Example, &mut [f32]) + Sync,
) -> Weights {
    let mut weights = vec![0.0_f32; size];
    let (mut mean, mut square) = (vec![0.0_f32; size], vec![0.0_f32; size]);
    let total: f32 = examples
        .iter()
        .map(|example| example.weight)
        .sum::<f32>()
        .max(1.0);
    let half = examples.len() / 2;
    for step in 1..=options.steps {
        // Two halves, added in order: the same sums whatever runs first.
        let run = |part: &[Example]| {
            let mut gradient = vec![0.0_f32; size];
            let mut scores = Vec::new();
            for example in part {
                scores.clear();
                let score =
                    |row: &Vec<u32>| row.iter().map(|&at| weights[at as usize]).sum::<f32>();
                scores.extend(example.rows.iter().map(score));
                slopes(example, &mut scores);
                for (row, &slope) in example.rows.iter().zip(&scores) {
                    if slope.abs() > 1e-7 {
                        for &feature in row {
                            gradient[feature as usize] += slope;
                        }
                    }
                }
            }
            gradient
        };
        let (one, two) = std::thread::scope(|scope| {
            let other = scope.spawn(|| run(&examples[half..]));
            (
                run(&examples[..half]),
                other.join().unwrap_or_else(|_| vec![0.0; size]),
            )
        });
        let progress = step as f32 / options.steps as f32;
        let rate = options.rate * (1.0 - 0.9 * progress);
        let (fade_mean, fade_square) = (
            1.0 - 0.9_f32.powi(step as i32),
            1.0 - 0.999_f32.powi(step as i32),
        );
        for at in 0..size {
            let gradient = (one[at] + two[at] + options.penalty * weights[at]) / total;
            mean[at] = 0.9 * mean[at] + 0.1 * gradient;
            square[at] = 0.999 * square[at] + 0.001 * gradient * gradient;
            weights[at] -=
                rate * (mean[at] / fade_mean) / ((square[at] / fade_square).sqrt() + 1e-8);
        }
    }
    Weights {
        linear: weights,
        hidden: None,
    }
}
