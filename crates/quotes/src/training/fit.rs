//! Fits linear models: a softmax over candidates with one or more right ones, and a logistic one.
//!
//! Full-batch Adam (Kingma, Ba: Adam, 2015) with an L2 penalty. Sums run in one order, so the same data give the
//! same weights.

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

/// Fits a softmax: the logarithm of the right candidates' share is made as large as the penalty allows.
pub fn softmax(size: usize, examples: &[Example], options: Options) -> Vec<f32> {
    descend(size, examples, options, |weights, example, gradient| {
        let scores: Vec<f32> = example
            .rows
            .iter()
            .map(|row| crate::model::score(weights, row))
            .collect();
        let mut all = scores.clone();
        crate::model::softmax(&mut all);
        let share: f32 = all
            .iter()
            .zip(&example.right)
            .filter(|pair| *pair.1)
            .map(|pair| pair.0)
            .sum();
        let share = share.max(1e-9);
        for ((row, &probability), &right) in example.rows.iter().zip(&all).zip(&example.right) {
            let wanted = if right { probability / share } else { 0.0 };
            let slope = (probability - wanted) * example.weight;
            if slope.abs() > 1e-7 {
                for &feature in row {
                    gradient[feature as usize] += slope;
                }
            }
        }
    })
}

/// Fits a logistic model: each example has one row, right or not.
pub fn logistic(size: usize, examples: &[Example], options: Options) -> Vec<f32> {
    descend(size, examples, options, |weights, example, gradient| {
        let row = &example.rows[0];
        let slope = (crate::model::logistic(crate::model::score(weights, row))
            - f32::from(u8::from(example.right[0])))
            * example.weight;
        for &feature in row {
            gradient[feature as usize] += slope;
        }
    })
}

fn descend(
    size: usize,
    examples: &[Example],
    options: Options,
    slope: impl Fn(&[f32], &Example, &mut [f32]) + Sync,
) -> Vec<f32> {
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
            for example in part {
                slope(&weights, example, &mut gradient);
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
    weights
}
