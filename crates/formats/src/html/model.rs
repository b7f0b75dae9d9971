//! The two models that tell an article's lines from the rest of its page.

use std::sync::LazyLock;

use super::context::{AROUND, Surroundings};
use super::features::{GROUPS, MOST_WORDS};
use super::layout::{Layout, logistic};
use super::view::View;
use super::words::Vocabulary;

/// The models with the words they know.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) vocabulary: Vocabulary,
    pub(super) first: Layout,
    pub(super) first_weights: Vec<f32>,
    pub(super) second: Layout,
    pub(super) second_weights: Vec<f32>,
}

static BUILT_IN: LazyLock<Model> = LazyLock::new(|| {
    let words = include_str!("../../model/words.txt").lines();
    let mut model = Model::new(words.filter(|line| !line.starts_with('#')));
    model.first_weights = model.first.read(include_str!("../../model/block.tsv"));
    model.second_weights = model.second.read(include_str!("../../model/context.tsv"));
    model
});

impl Model {
    pub(super) fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Makes models that know nothing but words.
    pub(super) fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let words: Vec<&str> = words.take(MOST_WORDS).collect();
        let groups = GROUPS.iter().map(|&(name, size)| match name {
            "own" | "near" | "middle" | "far" => (name.to_owned(), words.len().max(1) as u32),
            _ => (name.to_owned(), size),
        });
        let first = Layout::new(groups);
        let second = Layout::new(AROUND.iter().map(|&(name, size)| (name.to_owned(), size)));
        Self {
            vocabulary: Vocabulary::new(words.into_iter()),
            first_weights: vec![0.0; first.len()],
            second_weights: vec![0.0; second.len()],
            first,
            second,
        }
    }

    /// Tells how likely each block is part of the article, as far as can be told from itself.
    pub(super) fn judge_alone(&self, view: &View<'_>) -> Vec<f32> {
        (0..view.lines.len())
            .map(|at| {
                let mut score = 0.0;
                view.features(at, &mut |group, value| {
                    let weights = &self.first_weights;
                    score += self.first.weight(weights, group as usize, value);
                });
                logistic(score)
            })
            .collect()
    }

    /// The same, knowing what was said of all others.
    pub(super) fn judge_again(&self, view: &View<'_>, shares: &[f32]) -> Vec<f32> {
        let surroundings = Surroundings::new(view, shares);
        (0..shares.len())
            .map(|at| {
                let mut score = 0.0;
                surroundings.features(at, &mut |group, value| {
                    let weights = &self.second_weights;
                    score += self.second.weight(weights, group as usize, value);
                });
                logistic(score)
            })
            .collect()
    }
}
