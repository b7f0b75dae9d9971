//! Where the weights of a linear model over binned features lie, and how they are stored.

/// Groups of features, each with a name and how many values it takes.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    groups: Vec<(String, u32)>,
    starts: Vec<u32>,
    len: u32,
}

impl Layout {
    pub(super) fn new(groups: impl IntoIterator<Item = (String, u32)>) -> Self {
        let groups: Vec<_> = groups.into_iter().collect();
        let mut len = 0;
        let mut starts = Vec::with_capacity(groups.len());
        for (_, size) in &groups {
            starts.push(len);
            len += size;
        }
        Self {
            groups,
            starts,
            len,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len as usize
    }

    /// Returns the position of a feature; a value out of range counts as the last of its group.
    #[inline]
    pub(super) fn at(&self, group: usize, value: u32) -> u32 {
        self.starts[group] + value.min(self.groups[group].1 - 1)
    }

    /// Reads weights from lines `group<tab>value<tab>weight`; lines that start with `#` are comments.
    pub(super) fn read(&self, file: &str) -> Vec<f32> {
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

    /// Writes the weights that matter in the form [`Layout::read`] reads.
    #[cfg(feature = "train")]
    pub(super) fn write(&self, weights: &[f32]) -> String {
        use std::fmt::Write as _;
        let mut out = String::new();
        for (group, (name, size)) in self.groups.iter().enumerate() {
            for value in 0..*size {
                let weight = weights[self.at(group, value) as usize];
                if weight.abs() >= 0.01 {
                    let _ = writeln!(out, "{name}\t{value}\t{weight:.2}");
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
