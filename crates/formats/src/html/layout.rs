//! Where the weights of a linear model over binned features lie, and how they are stored.

use super::numbers::add;

/// Groups of features, each with a name and how many values it takes.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    groups: Vec<Group>,
    len: u32,
}

#[derive(Clone, Debug)]
struct Group {
    name: String,
    size: u32,
    /// The position of its first feature.
    start: u32,
}

impl Group {
    #[inline]
    fn at(&self, value: u32) -> u32 {
        let last = self.size.saturating_sub(1);
        self.start.saturating_add(value.min(last))
    }
}

impl Layout {
    pub(super) fn new(groups: impl IntoIterator<Item = (String, u32)>) -> Self {
        let mut len = 0;
        let groups = groups.into_iter().map(|(name, size)| {
            let start = len;
            add(&mut len, size);
            Group { name, size, start }
        });
        let groups = groups.collect();
        Self { groups, len }
    }

    pub(super) fn len(&self) -> usize {
        self.len as usize
    }

    /// Returns the position of a feature; a value out of range counts as the last of its group.
    #[inline]
    pub(super) fn at(&self, group: usize, value: u32) -> u32 {
        let group = self.groups.get(group);
        group.map_or(0, |group| group.at(value))
    }

    /// Returns the weight of a feature.
    #[inline]
    pub(super) fn weight(&self, weights: &[f32], group: usize, value: u32) -> f32 {
        let weight = weights.get(self.at(group, value) as usize);
        weight.copied().unwrap_or_default()
    }

    /// Reads weights from lines `group<tab>value<tab>weight`; lines that start with `#` are comments.
    pub(super) fn read(&self, file: &str) -> Vec<f32> {
        let mut weights = vec![0.0; self.len()];
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let group = fields
                .next()
                .and_then(|name| self.groups.iter().find(|group| group.name == name));
            let value = fields.next().and_then(|value| value.parse::<u32>().ok());
            let weight = fields.next().and_then(|weight| weight.parse().ok());
            if let (Some(group), Some(value), Some(weight)) = (group, value, weight)
                && value < group.size
                && let Some(place) = weights.get_mut(group.at(value) as usize)
            {
                *place = weight;
            }
        }
        weights
    }

    /// Writes the weights that matter in the form [`Layout::read`] reads.
    #[cfg(feature = "train")]
    pub(super) fn write(&self, weights: &[f32]) -> String {
        use std::fmt::Write as _;
        let mut out = String::new();
        for (number, group) in self.groups.iter().enumerate() {
            for value in 0..group.size {
                let weight = self.weight(weights, number, value);
                if weight.abs() >= 0.01 {
                    let _ = writeln!(out, "{}\t{value}\t{weight:.2}", group.name);
                }
            }
        }
        out
    }
}

/// The logistic function.
pub(super) fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
