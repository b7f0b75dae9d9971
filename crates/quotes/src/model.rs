//! Linear models over binned features: how they are stored, and how an input is scored.
//!
//! Every model has named groups of features; a feature is a group and a value. The weights are text files in
//! `model/`, one weight a line, so that a change of the model can be read in review. Sums run in the fixed
//! order in which features are added, so a score is the same to the bit on every machine and thread.

/// A group of features: a name and how many values it takes.
pub(crate) type Group = (&'static str, u32);

/// The features that hold of one input, as positions in the weights, for training.
#[cfg(feature = "train")]
#[derive(Clone, Debug, Default)]
pub(crate) struct Features(pub(crate) Vec<u32>);

/// Where each group starts among the weights.
#[derive(Clone, Debug)]
pub(crate) struct Layout<const N: usize> {
    pub(crate) groups: [Group; N],
    starts: [u32; N],
    len: u32,
}

impl<const N: usize> Layout<N> {
    pub(crate) const fn new(groups: [Group; N]) -> Self {
        let mut starts = [0; N];
        let mut len = 0;
        let mut at = 0;
        while at < N {
            starts[at] = len;
            len += groups[at].1;
            at += 1;
        }
        Self {
            groups,
            starts,
            len,
        }
    }

    /// Returns the position of a feature; a value out of range counts as the last of its group.
    #[inline]
    pub(crate) fn at(&self, group: usize, value: u32) -> u32 {
        debug_assert!(
            value < self.groups[group].1,
            "{} takes no {value}",
            self.groups[group].0
        );
        self.starts[group] + value.min(self.groups[group].1 - 1)
    }

    pub(crate) const fn len(&self) -> usize {
        self.len as usize
    }

    /// Reads weights from lines `group<tab>value<tab>weight`; lines that start with `#` are comments.
    pub(crate) fn read(&self, file: &str) -> Vec<f32> {
        let mut weights = vec![0.0; self.len()];
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let group = fields
                .next()
                .and_then(|name| self.groups.iter().position(|group| group.0 == name));
            let value = fields.next().and_then(|value| value.parse::<u32>().ok());
            let weight = fields.next().and_then(|weight| weight.parse().ok());
            if let (Some(group), Some(value), Some(weight)) = (group, value, weight)
                && value < self.groups[group].1
            {
                weights[self.at(group, value) as usize] = weight;
            }
        }
        weights
    }

    /// Takes the features of some groups out of examples, so that their weights stay nought.
    #[cfg(feature = "train")]
    pub(crate) fn drop_groups(
        &self,
        names: &[String],
        examples: &mut [crate::training::fit::Example],
    ) {
        let dropped: Vec<std::ops::Range<u32>> = (0..N)
            .filter(|&group| names.iter().any(|name| name == self.groups[group].0))
            .map(|group| self.starts[group]..self.starts[group] + self.groups[group].1)
            .collect();
        if dropped.is_empty() {
            return;
        }
        for row in examples.iter_mut().flat_map(|example| &mut example.rows) {
            row.retain(|feature| !dropped.iter().any(|range| range.contains(feature)));
        }
    }

    /// Writes the weights that matter in the form [`Layout::read`] reads.
    #[cfg(feature = "train")]
    pub(crate) fn write(&self, weights: &[f32], head: &str) -> String {
        use std::fmt::Write as _;
        let mut out = String::new();
        for line in head.lines() {
            let _ = writeln!(out, "# {line}");
        }
        for (group, &(name, size)) in self.groups.iter().enumerate() {
            for value in 0..size {
                let weight = weights[self.at(group, value) as usize];
                if weight.abs() >= 0.01 {
                    let _ = writeln!(out, "{name}\t{value}\t{weight:.2}");
                }
            }
        }
        out
    }
}

/// What becomes of the features of an input, in the order in which they are added: a sum or a list.
pub(crate) trait Sink {
    fn add(&mut self, feature: u32);
}

#[cfg(feature = "train")]
impl Sink for Features {
    #[inline]
    fn add(&mut self, feature: u32) {
        self.0.push(feature);
    }
}

/// Adds weights up as features come, without keeping the features.
#[derive(Debug)]
pub(crate) struct Sum<'w> {
    weights: &'w [f32],
    pub(crate) score: f32,
}

impl<'w> Sum<'w> {
    #[inline]
    pub(crate) fn new(weights: &'w [f32]) -> Self {
        Self {
            weights,
            score: 0.0,
        }
    }
}

impl Sink for Sum<'_> {
    #[inline]
    fn add(&mut self, feature: u32) {
        self.score += self.weights[feature as usize];
    }
}

/// Adds the weights of `features`.
#[cfg(feature = "train")]
#[inline]
pub(crate) fn score(weights: &[f32], features: &[u32]) -> f32 {
    features
        .iter()
        .map(|&feature| weights[feature as usize])
        .sum()
}

/// Turns scores into probabilities that sum to 1.
pub(crate) fn softmax(scores: &mut [f32]) {
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut total = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - highest).exp();
        total += *score;
    }
    for score in scores {
        *score /= total;
    }
}

/// The logistic function.
pub(crate) fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
