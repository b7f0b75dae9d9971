//! Fits a logistic model.

use crate::html::layout::logistic as sigmoid;

/// An input with its answer.
pub(super) struct Row {
    pub(super) features: Vec<u32>,
    pub(super) right: bool,
    pub(super) weight: f32,
}

/// Step length at the start.
const RATE: f32 = 0.15;

/// Fits by stochastic gradient descent with a step length of each weight's own (Duchi, Hazan, Singer: Adaptive
/// Subgradient Methods, 2011) and a penalty on squared weights. Rows are taken in a fixed order.
pub(super) fn logistic(size: usize, rows: &[Row], epochs: u32, penalty: f32) -> Vec<f32> {
    let mut weights = vec![0.0_f32; size];
    let mut squares = vec![1e-3_f32; size];
    let mut counts = vec![0.0_f32; size];
    for &feature in rows.iter().flat_map(|row| &row.features) {
        counts[feature as usize] += 1.0;
    }
    // The mean over the later passes is steadier than the end of the last.
    let mut sums = vec![0.0_f32; size];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for epoch in 0..epochs {
        for at in (1..order.len()).rev() {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (state >> 33) as usize % (at + 1));
        }
        let rate = RATE / (1.0 + epoch as f32 * 0.5);
        for &at in &order {
            let row = &rows[at];
            let score = row
                .features
                .iter()
                .map(|&feature| weights[feature as usize])
                .sum();
            let slope = (sigmoid(score) - f32::from(u8::from(row.right))) * row.weight;
            for &feature in &row.features {
                let feature = feature as usize;
                // The penalty of a pass is spread over the rows in which the feature occurs.
                let slope = slope + penalty * weights[feature] / counts[feature];
                squares[feature] += slope * slope;
                weights[feature] -= rate * slope / squares[feature].sqrt();
            }
        }
        if epoch >= epochs / 2 {
            for (sum, weight) in sums.iter_mut().zip(&weights) {
                *sum += weight / (epochs - epochs / 2) as f32;
            }
        }
    }
    sums
}
