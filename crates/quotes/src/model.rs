//! Models over binned features: how they are stored, and how an input is scored.
//!
//! Every model has named groups of features; a feature is a group and a value, and has a weight. Some models have a
//! hidden layer of rectified units beside these, which see features together. The weights are text files in
//! `model/`, one feature a line, so that a change of the model can be read in review. Sums run in the fixed
//! order in which features are added, so a score is the same to the bit on every machine and thread.

use crate::total::{Cut, Steps, Total};
/// Units of a hidden layer.
pub(crate) const UNITS: usize = 24;

/// What each of the units has of something.
pub(crate) type Units = [f32; UNITS];

/// A model: a weight for each feature, and a hidden layer or none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weights {
    pub(crate) linear: Vec<f32>,
    pub(crate) hidden: Option<Hidden>,
}

/// A layer of rectified units between the features and the score.
#[derive(Clone, Debug)]
pub(crate) struct Hidden {
    /// What each feature adds to the units.
    pub(crate) features: Vec<Units>,
    /// What a unit has before any feature.
    pub(crate) bias: Units,
    /// What a unit adds to the score, times what it has above nought.
    pub(crate) out: Units,
}

impl Hidden {
    pub(crate) fn empty(size: usize) -> Self {
        Self {
            features: vec![[0.0; UNITS]; size],
            bias: [0.0; UNITS],
            out: [0.0; UNITS],
        }
    }
}

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
    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "done by the compiler, which would say so"
    )]
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

    /// Returns the position of a feature, whose value must lie in the range of its group.
    #[inline]
    pub(crate) fn at(&self, group: usize, value: u32) -> u32 {
        let (name, len) = self.groups.get(group).copied().unwrap_or_default();
        debug_assert!(value < len, "{name} takes no {value}");
        self.starts.at(group).plus(value)
    }

    pub(crate) const fn len(&self) -> usize {
        self.len as usize
    }

    /// Reads a model from lines `group<tab>value<tab>weight`; lines that start with `#` are comments.
    ///
    /// Where there is a hidden layer, a fourth field has what the feature adds to each unit, and the lines of
    /// [`HIDDEN_BIAS`] and [`HIDDEN_OUT`] what the units have and give.
    pub(crate) fn read(&self, file: &str) -> Weights {
        let mut weights = Weights {
            linear: vec![0.0; self.len()],
            hidden: None,
        };
        // The lines of a group stand together.
        let mut group = 0;
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let name = fields.next().unwrap_or_default();
            let value = fields.next().and_then(|value| value.parse::<u32>().ok());
            let weight = fields.next().and_then(|weight| weight.parse().ok());
            let units = fields.next().map(read_units);
            let (Some(value), Some(weight)) = (value, weight) else {
                continue;
            };
            let is_named =
                |group: &usize| self.groups.get(*group).is_some_and(|group| group.0 == name);
            let known = (group..N).chain(0..group).find(is_named);
            group = known.unwrap_or(group);
            let place = known
                .filter(|&group| self.groups.get(group).is_some_and(|group| value < group.1))
                .map(|group| self.at(group, value) as usize);
            if let Some(at) = place {
                weights.linear.change(at, |old| *old = weight);
            }
            if let Some(units) = units {
                let hidden = weights
                    .hidden
                    .get_or_insert_with(|| Hidden::empty(self.len()));
                match (name, place) {
                    (HIDDEN_BIAS, _) => hidden.bias = units,
                    (HIDDEN_OUT, _) => hidden.out = units,
                    (_, Some(at)) => hidden.features.change(at, |old| *old = units),
                    _ => {}
                }
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
        let groups = self.groups.iter().zip(self.starts);
        let dropped: Vec<std::ops::Range<u32>> = groups
            .filter(|((group, _), _)| names.iter().any(|name| name == group))
            .map(|((_, len), start)| start..start.plus(*len))
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
    pub(crate) fn write(&self, weights: &Weights, head: &str) -> String {
        use std::fmt::Write as _;
        let mut out = String::new();
        for line in head.lines() {
            let _ = writeln!(out, "# {line}");
        }
        if let Some(hidden) = &weights.hidden {
            for (name, units) in [(HIDDEN_BIAS, &hidden.bias), (HIDDEN_OUT, &hidden.out)] {
                let _ = writeln!(out, "{name}\t0\t0\t{}", write_units(units));
            }
        }
        for (group, &(name, size)) in self.groups.iter().enumerate() {
            for value in 0..size {
                let at = self.at(group, value) as usize;
                let weight = weights.linear.at(at);
                let units = weights.hidden.as_ref().map(|hidden| hidden.features.at(at));
                let units = units.filter(|units| units.iter().any(|unit| unit.abs() >= 0.01));
                if let Some(units) = units {
                    let _ = writeln!(out, "{name}\t{value}\t{weight:.2}\t{}", write_units(units));
                } else if weight.abs() >= 0.01 {
                    let _ = writeln!(out, "{name}\t{value}\t{weight:.2}");
                }
            }
        }
        out
    }
}

/// The lines of a file with the biases of a hidden layer, and with its weights towards the score.
const HIDDEN_BIAS: &str = "hidden-bias";
const HIDDEN_OUT: &str = "hidden-out";

/// Reads hundredths, with blanks between.
fn read_units(field: &str) -> Units {
    let mut units = [0.0; UNITS];
    for (unit, text) in units.iter_mut().zip(field.split(' ')) {
        *unit = text.parse::<i32>().unwrap_or(0) as f32 / 100.0;
    }
    units
}

#[cfg(feature = "train")]
fn write_units(units: &Units) -> String {
    units
        .map(|unit| ((unit * 100.0).round() as i32).to_string())
        .join(" ")
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

/// Places of a [`Table`]: a power of two, of which every linear model has fewer features.
const PLACES: usize = 1 << 12;

/// A linear model ready to sum: behind its weights is nought, up to a number of places that takes no check whether a
/// feature lies inside.
#[derive(Clone, Debug)]
pub(crate) struct Table(Box<[f32; PLACES]>);

impl Table {
    /// Lays a linear model out.
    pub(crate) fn of(model: &Weights) -> Self {
        debug_assert!(model.hidden.is_none(), "the units would not count");
        debug_assert!(model.linear.len() <= PLACES, "some weights would not count");
        let mut places = Box::new([0.0; PLACES]);
        for (place, weight) in places.iter_mut().zip(&model.linear) {
            *place = *weight;
        }
        Self(places)
    }

    /// Begins a sum of the weights.
    #[inline]
    pub(crate) fn sum(&self) -> Sum<'_> {
        Sum {
            table: &self.0,
            score: 0.0,
        }
    }
}

/// Adds weights up as features come, without keeping the features: what a linear model says.
#[derive(Debug)]
pub(crate) struct Sum<'w> {
    table: &'w [f32; PLACES],
    pub(crate) score: f32,
}

impl Sink for Sum<'_> {
    #[inline]
    fn add(&mut self, feature: u32) {
        self.score += *self.table.at(feature as usize % PLACES);
    }
}

/// The features of one input to a model of `N` groups that each give one at most.
///
/// A hidden layer sums them when all are there: its units then stay in registers from the first to the last.
#[derive(Debug)]
pub(crate) struct Few<const N: usize> {
    features: [u32; N],
    len: usize,
}

impl<const N: usize> Few<N> {
    #[inline]
    pub(crate) fn new() -> Self {
        Self {
            features: [0; N],
            len: 0,
        }
    }

    #[inline]
    pub(crate) fn features(&self) -> &[u32] {
        self.features.cut(..self.len)
    }
}

impl<const N: usize> Sink for Few<N> {
    #[inline]
    fn add(&mut self, feature: u32) {
        self.features.change(self.len, |free| *free = feature);
        self.len = self.len.plus(1);
    }
}

/// The value of two things as one: `value`, and `other` below `of`.
#[inline]
pub(crate) fn cross(value: u32, of: u32, other: u32) -> u32 {
    value.times(of).plus(other)
}

/// Turns scores into probabilities that sum to 1; returns the highest score.
pub(crate) fn softmax(scores: &mut [f32]) -> f32 {
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut total = 0.0;
    for score in scores.iter_mut() {
        let below = *score - highest;
        // The power of nought is one: no call for the highest, and none at all where there is one choice.
        *score = if below < 0.0 { below.exp() } else { 1.0 };
        total += *score;
    }
    for score in scores {
        *score /= total;
    }
    highest
}

/// The logistic function.
pub(crate) fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: Layout<2> = Layout::new([("first", 2), ("second", 3)]);

    #[test]
    fn weights_are_read_by_name() {
        let model = LAYOUT.read("# a model\nfirst\t1\t0.25\nsecond\t2\t-1.50\nthird\t0\t9\n");
        assert_eq!(model.linear, [0.0, 0.25, 0.0, 0.0, -1.5]);
        assert!(model.hidden.is_none());
    }

    #[cfg(feature = "train")]
    #[test]
    fn what_is_written_is_read() {
        let blanks = " 0".repeat(UNITS - 2);
        let file = format!(
            "# a model\nhidden-bias\t0\t0\t0 5{blanks}\nhidden-out\t0\t0\t-20 5{blanks}\nfirst\t1\t0.25\nsecond\t0\t0.00\t0 -112{blanks}\n"
        );
        assert_eq!(LAYOUT.write(&LAYOUT.read(&file), "a model"), file);
    }
}
