//! Builds training examples from marked articles, fits all models, and measures them.

use whosaid_model::{Quotation, Span};

use super::fit::{self, Example};
use super::gold::{Gold, GoldKind, GoldQuote};
use super::network::{self, add_hidden};
use super::right::{is_named, reports, right_mentions};
use super::score::{Score, Wrong, matching};
use super::words::WordCounts;
use crate::annotate::annotate_parsed;
use crate::context::Context;
use crate::decode::Deciders;
use crate::deep::Deep;
use crate::model::{Features, Table, Weights};
use crate::parsed::Parsed;
use crate::rank::{self, Ranking};
use crate::{indirect, pronoun, speech};

/// The weights of all models but that of the confidence.
#[derive(Clone, Debug)]
pub struct Models {
    rank: Weights,
    pronoun: Weights,
    speech: Weights,
    indirect: Weights,
    laid_out: LaidOut,
}

/// The same, laid out to score.
#[derive(Clone, Debug)]
struct LaidOut {
    rank: Table,
    pronoun: Deep,
    speech: Table,
    indirect: Table,
}

/// An article to learn from, and how much it counts.
#[derive(Debug)]
pub struct Lesson<'a> {
    gold: &'a Gold,
    pub(super) parsed: Parsed<'a>,
    pub(super) weight: f32,
    /// Runs without annotation are no speech here: every run was looked at.
    complete: bool,
}

/// How much more a run of an article whose every run was judged counts for telling speech.
const COMPLETE: f32 = 3.0;

/// How much to learn of what.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Penalties of the ranker, of pronouns, of the filter and indirect speech, of the confidence.
    pub penalties: [f32; 4],
    /// Passes over the data.
    pub steps: u32,
    /// The hidden layer of pronouns.
    pub hidden: network::Options,
    /// Groups of the features of the ranker and of the filter to leave out.
    pub without: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            penalties: [5.0, 8.0, 8.0, 8.0],
            steps: 250,
            hidden: network::Options {
                passes: 25,
                dropout: 0.3,
            },
            without: Vec::new(),
        }
    }
}

/// Counts words over articles.
pub fn count_words(golds: &[Gold]) -> (WordCounts, Vec<WordCounts>) {
    let each: Vec<WordCounts> = golds
        .iter()
        .map(|gold| WordCounts::of(gold, &Parsed::new(None, &gold.text).stream))
        .collect();
    let mut all = WordCounts::default();
    for counts in &each {
        all.add(counts);
    }
    (all, each)
}

impl<'a> Lesson<'a> {
    /// Takes an article apart; with `counts`, what is known of its words leaves the article itself out.
    pub fn new(
        gold: &'a Gold,
        counts: Option<(&WordCounts, &WordCounts)>,
        weight: f32,
        complete: bool,
    ) -> Self {
        let parsed = Parsed::with(gold.title.as_deref(), &gold.text, |stream| {
            if let Some((all, own)) = counts {
                all.patch(own, &gold.text, stream);
            }
        });
        Self {
            gold,
            parsed,
            weight,
            complete,
        }
    }

    /// Annotates the article with `models`, or with the built-in ones.
    pub fn annotate(&self, models: Option<&Models>) -> Vec<Quotation> {
        let context = self.parsed.context();
        match models {
            Some(models) => annotate_parsed(&context, &models.deciders()),
            None => annotate_parsed(&context, &Deciders::BUILT_IN),
        }
    }

    /// Lists the mentions with their kind and person, for looking at.
    pub fn describe(&self) -> String {
        use std::fmt::Write as _;
        let context = self.parsed.context();
        let mut out = String::new();
        for mention in &self.parsed.mentions {
            let person = mention
                .person
                .map(|person| &self.parsed.persons.list[person as usize]);
            let name = person.map(|person| (person.name.as_str(), person.gender, person.unsure));
            let _ = writeln!(
                out,
                "{:?} {:?} {:?} {name:?}",
                context
                    .mention_span(mention)
                    .of(&self.gold.text)
                    .unwrap_or_default(),
                mention.kind,
                mention.gender
            );
        }
        out
    }

    /// Adds the article to a score.
    pub fn score(&self, models: Option<&Models>, score: &mut Score, wrong: &mut Wrong<'_>) {
        score.add(self.gold, &self.annotate(models), wrong);
        self.score_pronouns(models, score);
    }

    fn score_pronouns(&self, models: Option<&Models>, score: &mut Score) {
        let context = self.parsed.context();
        let referents = match models {
            Some(models) => pronoun::resolve_with(&models.laid_out.pronoun, &context, usize::MAX),
            None => pronoun::resolve(&context, usize::MAX),
        };
        for (at, referents) in referents.iter().enumerate() {
            let Some(gold) = self.gold_pronoun(&context, at) else {
                continue;
            };
            let best = referents.persons.first();
            score.pronouns.1 += 1;
            score.pronouns.0 += u32::from(best.is_some_and(|&(person, _)| {
                is_named(gold, &context.persons.list[person as usize].name)
            }));
        }
    }

    /// The gold quotation whose source is the personal pronoun `at`, if its person is known.
    fn gold_pronoun(&self, context: &Context<'_>, at: usize) -> Option<&GoldQuote> {
        let mention = &context.mentions[at];
        if !mention.kind.is_personal() {
            return None;
        }
        let span = context.mention_span(mention);
        let is_source =
            |source: &Span| source.start == span.start && source.len() <= span.len() + 4;
        self.gold
            .quotes
            .iter()
            .chain(&self.gold.indirect)
            .find(|quote| quote.kind == GoldKind::Person && quote.source.iter().any(is_source))
    }

    fn rank_examples(&self, context: &Context<'_>, out: &mut Vec<Example>) {
        for (index, run) in context.runs.iter().enumerate() {
            if run.inside.is_some() || run.carries_on {
                continue;
            }
            let Some(gold) = matching(&self.gold.quotes, run.content) else {
                continue;
            };
            if gold.kind == GoldKind::NotSpeech {
                continue;
            }
            let (candidates, rows) = rank::collect_all(context, index);
            let right: Vec<bool> = right_mentions(context, gold, &candidates);
            if right.contains(&true) {
                out.push(Example {
                    rows,
                    right,
                    weight: self.weight,
                });
            }
        }
    }

    /// The pronouns whose person is marked; `model` resolves the others between them.
    fn pronoun_examples(
        &self,
        context: &Context<'_>,
        model: Option<&Deep>,
        out: &mut Vec<Example>,
    ) {
        pronoun::collect_all(context, model, |at, persons, rows| {
            let gold = self.gold_pronoun(context, at)?;
            let right: Vec<bool> = persons
                .iter()
                .map(|&person| is_named(gold, &context.persons.list[person as usize].name))
                .collect();
            let answer = right.iter().position(|&right| right)?;
            out.push(Example {
                rows: rows.into_iter().map(|row| row.0).collect(),
                right,
                weight: self.weight,
            });
            Some(persons[answer])
        });
    }

    fn speech_examples(&self, context: &Context<'_>, rank: &Table, out: &mut Vec<Example>) {
        let mut ranking = Ranking::default();
        for (index, run) in context.runs.iter().enumerate() {
            if run.inside.is_some() || run.style == crate::marks::Style::Turn {
                continue;
            }
            let gold = matching(&self.gold.quotes, run.content);
            let right = gold.is_some_and(|gold| gold.kind != GoldKind::NotSpeech);
            rank::rank_with(rank, context, index, &mut ranking);
            let mut row = Features::default();
            speech::collect(context, index, &ranking, &mut row);
            // Where every run was looked at, its judgement weighs more than a missing annotation.
            let weight = match (right, self.complete) {
                (_, true) => self.weight * COMPLETE,
                (true, false) => self.weight,
                (false, false) => self.weight * 0.8,
            };
            out.push(Example {
                rows: vec![row.0],
                right: vec![right],
                weight,
            });
        }
    }

    fn indirect_examples(&self, context: &Context<'_>, out: &mut Vec<Example>) {
        for clause in indirect::clauses(context) {
            let source = context.mention_span(&context.mentions[clause.mention as usize]);
            let right = self
                .gold
                .indirect
                .iter()
                .any(|gold| reports(gold, clause.content, source));
            let mut row = Features::default();
            indirect::collect(context, &clause, &mut row);
            out.push(Example {
                rows: vec![row.0],
                right: vec![right],
                weight: self.weight,
            });
        }
    }
}

impl Models {
    pub(super) fn deciders(&self) -> Deciders<'_> {
        Deciders {
            rank: Some(&self.laid_out.rank),
            pronoun: Some(&self.laid_out.pronoun),
            speech: Some(&self.laid_out.speech),
            indirect: Some(&self.laid_out.indirect),
            marked_only: false,
        }
    }

    /// Fits all models: mentions and pronouns first, then speech, which looks at the ranking.
    #[expect(clippy::expect_used, reason = "a panic of one thread is one of all")]
    pub fn fit(lessons: &[&Lesson<'_>], settings: &Settings) -> Models {
        // On two threads, each with sums of its own.
        std::thread::scope(|scope| {
            let pronoun = scope.spawn(|| fit_pronouns(lessons, settings));
            let rank = fit_ranker(lessons, settings);
            let (speech, indirect) = (
                fit_speech(lessons, &rank, settings),
                fit_indirect(lessons, settings),
            );
            let pronoun = pronoun.join().expect("fitting does not panic");
            Models {
                laid_out: LaidOut {
                    rank: Table::of(&rank),
                    pronoun: Deep::of(&pronoun),
                    speech: Table::of(&speech),
                    indirect: Table::of(&indirect),
                },
                rank,
                pronoun,
                speech,
                indirect,
            }
        })
    }

    /// Returns for every run that is judged how probably it is speech, and whether it is.
    pub fn judge_speech(&self, lesson: &Lesson<'_>) -> Vec<(f32, bool)> {
        let mut examples = Vec::new();
        let rank = &self.laid_out.rank;
        lesson.speech_examples(&lesson.parsed.context(), rank, &mut examples);
        examples
            .iter()
            .map(|example| {
                let score = super::network::score(&self.speech, &example.rows[0]);
                (crate::model::logistic(score), example.right[0])
            })
            .collect()
    }

    /// The weight files: rank, pronoun, speech, indirect.
    pub fn write(&self, head: &str) -> [String; 4] {
        [
            rank::LAYOUT.write(&self.rank, head),
            pronoun::LAYOUT.write(&self.pronoun, head),
            speech::LAYOUT.write(&self.speech, head),
            indirect::LAYOUT.write(&self.indirect, head),
        ]
    }
}

fn options(settings: &Settings, model: usize) -> fit::Options {
    fit::Options {
        steps: settings.steps,
        rate: 0.1,
        penalty: settings.penalties[model],
    }
}

fn fit_ranker(lessons: &[&Lesson<'_>], settings: &Settings) -> Weights {
    let mut examples = Vec::new();
    for lesson in lessons {
        lesson.rank_examples(&lesson.parsed.context(), &mut examples);
    }
    rank::LAYOUT.drop_groups(&settings.without, &mut examples);
    fit::softmax(rank::LAYOUT.len(), &examples, options(settings, 0))
}

/// Fits twice: the second time, the pronouns between those whose person is marked are resolved by the first.
fn fit_pronouns(lessons: &[&Lesson<'_>], settings: &Settings) -> Weights {
    let fit = |before: Option<&Deep>| {
        let mut examples = Vec::new();
        for lesson in lessons {
            lesson.pronoun_examples(&lesson.parsed.context(), before, &mut examples);
        }
        pronoun::LAYOUT.drop_groups(&settings.without, &mut examples);
        let linear = fit::softmax(pronoun::LAYOUT.len(), &examples, options(settings, 1));
        (linear, examples)
    };
    let (first, _) = fit(None);
    let (linear, examples) = fit(Some(&Deep::of(&first)));
    add_hidden(linear, &examples, settings.hidden, Example::softmax_slopes)
}

fn fit_speech(lessons: &[&Lesson<'_>], rank: &Weights, settings: &Settings) -> Weights {
    let rank = Table::of(rank);
    let mut examples = Vec::new();
    for lesson in lessons {
        lesson.speech_examples(&lesson.parsed.context(), &rank, &mut examples);
    }
    speech::LAYOUT.drop_groups(&settings.without, &mut examples);
    fit::logistic(speech::LAYOUT.len(), &examples, options(settings, 2))
}

fn fit_indirect(lessons: &[&Lesson<'_>], settings: &Settings) -> Weights {
    let mut examples = Vec::new();
    for lesson in lessons.iter().filter(|lesson| lesson.gold.marks_indirect) {
        lesson.indirect_examples(&lesson.parsed.context(), &mut examples);
    }
    fit::logistic(indirect::LAYOUT.len(), &examples, options(settings, 2))
}
