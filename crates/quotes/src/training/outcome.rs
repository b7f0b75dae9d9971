//! How decisions turn out, and how surely: what the model of the confidence learns from.

use super::fit::{self, Example};
use super::learn::{Lesson, Models, Settings};
use super::score::{Score, Wrong};
use crate::confidence;
use crate::decode::decide;
use crate::model::{Features, Weights};

/// A decision about an article the models had not seen: what its confidence rests on, and whether it is right.
#[derive(Clone, Debug)]
pub struct Outcome(Example);

impl Outcome {
    /// Tells how sure the decision is by `weights` of [`fit_confidence`].
    pub fn confidence(&self, model: &Confidence) -> f32 {
        crate::model::logistic(super::network::score(&model.0, &self.0.rows[0]))
    }
}

/// Tells how sure a decision is.
#[derive(Clone, Debug)]
pub struct Confidence(Weights);

/// Fits how sure a decision is.
pub fn fit_confidence(outcomes: &[&Outcome], settings: &Settings) -> Confidence {
    let mut examples: Vec<Example> = outcomes.iter().map(|outcome| outcome.0.clone()).collect();
    confidence::LAYOUT.drop_groups(&settings.without, &mut examples);
    let options = fit::Options {
        steps: settings.steps,
        rate: 0.1,
        penalty: settings.penalties[3],
    };
    Confidence(fit::logistic(confidence::LAYOUT.len(), &examples, options))
}

/// The file of the weights of [`fit_confidence`].
pub fn write_confidence(model: &Confidence, head: &str) -> String {
    confidence::LAYOUT.write(&model.0, head)
}

impl Lesson<'_> {
    /// Adds the article to a score and returns the outcome of each decision, in the order of the score's confidences.
    pub fn outcomes(
        &self,
        models: &Models,
        score: &mut Score,
        wrong: &mut Wrong<'_>,
    ) -> Vec<Outcome> {
        let context = self.parsed.context();
        let (decisions, _) = decide(&context, &models.deciders(), 0);
        let start = score.confidences.len();
        self.score(Some(models), score, wrong);
        let right = score.confidences[start..].iter().map(|pair| pair.1);
        (0..decisions.len())
            .zip(right)
            .map(|(at, right)| {
                let mut row = Features::default();
                confidence::collect(&context, &decisions, at, &mut row);
                Outcome(Example {
                    rows: vec![row.0],
                    right: vec![right],
                    weight: self.weight,
                })
            })
            .collect()
    }
}
