//! Learns and measures the models that tell an article's lines from the rest of its page; feature `train` only.

mod fit;
mod label;
mod score;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::blocks::Page;
use super::body::{joined, kept};
use super::context::Surroundings;
use super::features::MOST_WORDS;
use super::hints::Hints;
use super::model::Model;
use super::parse::parse;
use super::view::View;
use super::words::{Vocabulary, for_each_word};
use crate::decode::decode;
use fit::{Row, logistic};
pub use score::Score;

/// A page with what people say is its article.
#[derive(Debug, Default)]
pub struct Sample {
    /// Its name in messages.
    pub id: String,
    /// The set it is from.
    pub set: String,
    /// Pages of one group are never on both sides of a measurement.
    pub group: String,
    /// The bytes of the page.
    pub html: Vec<u8>,
    /// The text of the article, a line a paragraph.
    pub body: Option<String>,
    /// Texts that stand in the article.
    pub with: Vec<String>,
    /// Texts that do not.
    pub without: Vec<String>,
    /// How much it counts in learning.
    pub weight: f32,
}

impl Sample {
    /// Tells whether it is measured: it counts in full, and its body is known.
    pub fn measured(&self) -> bool {
        self.weight >= 1.0 && self.body.is_some()
    }
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over the data.
    pub epochs: u32,
    /// Weight of the penalty on squared weights.
    pub penalty: f32,
    /// Groups in which a word must occur to be known.
    pub groups: usize,
    /// How many folds.
    pub folds: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 12,
            penalty: 1.0,
            groups: 6,
            folds: 5,
        }
    }
}

struct Read {
    page: Page,
    hints: Hints,
    labels: Vec<Option<bool>>,
    weights: Vec<f32>,
}

/// Samples that are parsed and labelled.
pub struct Lesson<'s> {
    samples: &'s [Sample],
    words: Vec<String>,
    read: Vec<Read>,
    fold: Vec<usize>,
    settings: Settings,
}

impl std::fmt::Debug for Lesson<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lesson").finish_non_exhaustive()
    }
}

impl<'s> Lesson<'s> {
    /// Parses and labels samples.
    pub fn new(samples: &'s [Sample], settings: Settings) -> Self {
        let words = count_words(samples, settings.groups);
        let model = Model::new(words.iter().map(String::as_str));
        let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
        let mut read = Vec::new();
        let mut fold = Vec::new();
        for sample in samples {
            let next = groups.len();
            let group = *groups.entry(&sample.group).or_insert(next);
            fold.push(group % settings.folds);
            read.push(read_sample(sample, &model.vocabulary));
        }
        Self {
            samples,
            words,
            read,
            fold,
            settings,
        }
    }

    /// Learns from the samples for which `keep` holds.
    fn learn(&self, keep: &dyn Fn(usize) -> bool) -> Model {
        let kept: Vec<usize> = (0..self.samples.len()).filter(|&at| keep(at)).collect();
        let mut model = Model::new(self.words.iter().map(String::as_str));
        // What the second model sees of the first must come from pages the first has not learned.
        let inner = 4;
        let mut shares: BTreeMap<usize, Vec<f32>> = BTreeMap::new();
        for fold in 0..inner {
            let of_fold =
                |at: usize| (self.fold[at] + at_group(&self.samples[at].group)) % inner == fold;
            let others: Vec<usize> = kept.iter().copied().filter(|&at| !of_fold(at)).collect();
            model.first_weights = self.fit_first(&model, &others);
            for &at in kept.iter().filter(|&&at| of_fold(at)) {
                let view = View::new(&self.read[at].page, &self.read[at].hints);
                shares.insert(at, model.judge_alone(&view));
            }
        }
        model.first_weights = self.fit_first(&model, &kept);
        let mut rows = Vec::new();
        for &at in &kept {
            let read = &self.read[at];
            let view = View::new(&read.page, &read.hints);
            let surroundings = Surroundings::new(&view, &shares[&at]);
            for (block, label) in read.labels.iter().enumerate() {
                let Some(right) = *label else { continue };
                let mut features = Vec::new();
                surroundings.features(block, &mut |group, value| {
                    features.push(model.second.at(group as usize, value));
                });
                rows.push(Row {
                    features,
                    right,
                    weight: read.weights[block],
                });
            }
        }
        model.second_weights = logistic(
            model.second.len(),
            &rows,
            self.settings.epochs,
            self.settings.penalty,
        );
        model
    }

    fn fit_first(&self, model: &Model, kept: &[usize]) -> Vec<f32> {
        let mut rows = Vec::new();
        for &at in kept {
            let read = &self.read[at];
            let view = View::new(&read.page, &read.hints);
            for (block, label) in read.labels.iter().enumerate() {
                let Some(right) = *label else { continue };
                let mut features = Vec::new();
                view.features(block, &mut |group, value| {
                    features.push(model.first.at(group as usize, value));
                });
                rows.push(Row {
                    features,
                    right,
                    weight: read.weights[block],
                });
            }
        }
        logistic(
            model.first.len(),
            &rows,
            self.settings.epochs,
            self.settings.penalty,
        )
    }

    /// Learns on all folds but one and reads the pages of that one, for each fold in turn; returns the bodies.
    pub fn folds(&self) -> Vec<String> {
        let mut bodies = vec![String::new(); self.samples.len()];
        for fold in 0..self.settings.folds {
            let model = self.learn(&|at| self.fold[at] != fold);
            for (at, body) in bodies.iter_mut().enumerate() {
                if self.fold[at] == fold {
                    *body = self.body(&model, at);
                }
            }
        }
        bodies
    }

    /// Lists the blocks that are judged wrongly by models that have not learned their page, the dearest first.
    pub fn errors(&self) -> String {
        let mut all = Vec::new();
        for fold in 0..self.settings.folds {
            let model = self.learn(&|at| self.fold[at] != fold);
            for (at, read) in self.read.iter().enumerate() {
                if self.fold[at] != fold || !self.samples[at].measured() {
                    continue;
                }
                let view = View::new(&read.page, &read.hints);
                let alone = model.judge_alone(&view);
                let again = model.judge_again(&view, &alone);
                let words = |at: usize| view.lines[at].facts.words.len();
                let total: usize = (0..again.len())
                    .filter(|&at| read.labels[at] == Some(true))
                    .map(words)
                    .sum();
                for (block, share) in again.iter().enumerate() {
                    let Some(right) = read.labels[block] else {
                        continue;
                    };
                    if right == (*share >= super::body::THRESHOLD) {
                        continue;
                    }
                    let cost = words(block) as f32 / total.max(1) as f32;
                    let text: String = read
                        .page
                        .text_of(&read.page.blocks[block])
                        .chars()
                        .take(100)
                        .collect();
                    let line = format!(
                        "{:.3} {} {:.2} {share:.2} {} {text} <{}>",
                        cost,
                        if right { '+' } else { '-' },
                        alone[block],
                        self.samples[at].id,
                        self.path(&read.page, read.page.blocks[block].element)
                    );
                    all.push((cost, line));
                }
            }
        }
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        all.into_iter().map(|pair| pair.1 + "\n").collect()
    }

    fn path(&self, page: &Page, element: u32) -> String {
        let path: Vec<String> = page
            .ancestors(element)
            .take(5)
            .map(|(_, element)| {
                let words = element.words.start as usize..element.words.end as usize;
                let words: Vec<&str> = page.words[words]
                    .iter()
                    .take(6)
                    .map(|&word| &*self.words[usize::from(word)])
                    .collect();
                format!("{:?}.{}", element.tag, words.join("."))
            })
            .collect();
        path.join(" ")
    }

    /// The best that can be had by choosing blocks: those that are labelled.
    pub fn ceiling(&self) -> Vec<String> {
        let choose = |read: &Read| {
            let right = read.labels.iter().map(|label| *label == Some(true));
            joined(&read.page, &Hints::default(), &right.collect::<Vec<_>>())
        };
        self.read.iter().map(choose).collect()
    }

    fn body(&self, model: &Model, at: usize) -> String {
        let Read { page, hints, .. } = &self.read[at];
        let view = View::new(page, hints);
        let alone = model.judge_alone(&view);
        joined(page, hints, &kept(&view, &model.judge_again(&view, &alone)))
    }

    /// Describes how the blocks of a page are judged by a model that has not learned it.
    pub fn describe(&self, id: &str) -> String {
        let mut out = String::new();
        let Some(at) = self.samples.iter().position(|sample| sample.id == id) else {
            return out;
        };
        let model = self.learn(&|other| self.fold[other] != self.fold[at]);
        let Read {
            page,
            hints,
            labels,
            ..
        } = &self.read[at];
        let view = View::new(page, hints);
        let alone = model.judge_alone(&view);
        let again = model.judge_again(&view, &alone);
        for (block, (one, two)) in page.blocks.iter().zip(alone.iter().zip(&again)) {
            let at = out.lines().count();
            let sign = match labels[at] {
                Some(true) => '+',
                Some(false) => '-',
                None => ' ',
            };
            let wrong = labels[at].is_some_and(|right| right != (*two >= super::body::THRESHOLD));
            let path = self.path(page, block.element);
            let text: String = page.text_of(block).chars().take(90).collect();
            let _ = writeln!(
                out,
                "{}{sign} {one:.2} {two:.2} {text} <{}>",
                if wrong { '!' } else { ' ' },
                path
            );
        }
        out
    }

    /// Learns from all samples; returns the files of the words and of the two models, with their names.
    pub fn fit(&self) -> [(&'static str, String); 3] {
        let model = self.learn(&|_| true);
        let count = |body: bool| {
            self.samples
                .iter()
                .filter(|sample| sample.body.is_some() == body)
                .count()
        };
        let head = format!(
            "# Learned by `just train-html` from {} pages whose article people marked and {} of which they marked\n\
             # snippets. Holds no text of them.\n",
            count(true),
            count(false)
        );
        let words = format!(
            "{head}# Words of classes, identifiers and roles that occur with {} outlets or more; their numbers are \
             the values of\n# the groups own, near, middle and far in block.tsv.\n{}\n",
            self.settings.groups,
            self.words.join("\n")
        );
        [
            ("words.txt", words),
            (
                "block.tsv",
                head.clone() + &model.first.write(&model.first_weights),
            ),
            (
                "context.tsv",
                head + &model.second.write(&model.second_weights),
            ),
        ]
    }
}

fn at_group(group: &str) -> usize {
    group.bytes().map(usize::from).sum()
}

fn read_sample(sample: &Sample, vocabulary: &Vocabulary) -> Read {
    let html = decode(&sample.html);
    let document = parse(&html).unwrap_or_default();
    let page = match document.body() {
        Some(body) => Page::read(&body, vocabulary),
        None => Page::default(),
    };
    let hints = Hints::read(&document);
    let (labels, weights) = label::labels(&page, sample);
    Read {
        page,
        hints,
        labels,
        weights,
    }
}

/// Finds the words that occur in so many groups.
fn count_words(samples: &[Sample], groups: usize) -> Vec<String> {
    let mut seen: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for sample in samples {
        let html = decode(&sample.html);
        let Ok(document) = parse(&html) else { continue };
        for node in document.root().descendants_it() {
            if let Some(element) = node.element_ref() {
                for attribute in &element.attrs {
                    for_each_word(&attribute.name.local, &attribute.value, |word| {
                        if let Some(groups) = seen.get_mut(word) {
                            groups.insert(&sample.group);
                        } else {
                            seen.insert(word.to_owned(), BTreeSet::from([&*sample.group]));
                        }
                    });
                }
            }
        }
    }
    let mut words: Vec<(usize, String)> = seen
        .into_iter()
        .map(|(word, groups)| (groups.len(), word))
        .collect();
    words.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    words.retain(|word| word.0 >= groups);
    words.truncate(MOST_WORDS);
    let mut words: Vec<String> = words.into_iter().map(|word| word.1).collect();
    words.sort();
    words
}
