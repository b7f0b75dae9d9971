//! Trains and measures the models of this crate.
//!
//! ```text
//! train fit   [--polnear FILE] [--marked DIR]… [--out DIR]     fits all models and writes them
//! train folds [--polnear FILE] [--marked DIR]… [--without GROUPS] [--share S] [--errors N [--only SORT]]
//!                                                                four folds: what is learned on three, measured on one
//! train score [--polnear FILE] [--marked DIR]… [--errors N [--only name|mention|missed|spurious|trap|pronoun|…]]
//!                                                                measures the built-in models
//! train speed [--polnear FILE] [--marked DIR]…     marked quotations: text a second on one core
//! train describe [--polnear FILE] [--marked DIR]… [--only ID]   lists mentions and persons
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program")]

use std::path::{Path, PathBuf};

use whosaid_model::{Quotation, Resolution};
use whosaid_quotes::training::gold::{Gold, GoldKind, GoldQuote, read_marked, read_polnear};
use whosaid_quotes::training::learn::{Lesson, Models, Settings, count_words};
use whosaid_quotes::training::outcome::{Outcome, fit_confidence, write_confidence};
use whosaid_quotes::training::score::Score;
use whosaid_quotes::training::slices;

struct Arguments {
    command: String,
    polnear: Vec<PathBuf>,
    marked: Vec<PathBuf>,
    out: Option<PathBuf>,
    errors: usize,
    only: Option<String>,
    weight: f32,
    share: f32,
    settings: Settings,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let mut arguments = Arguments {
        command: words.next().unwrap_or_default(),
        polnear: Vec::new(),
        marked: Vec::new(),
        out: None,
        errors: 0,
        only: None,
        weight: 1.0,
        share: 1.0,
        settings: Settings::default(),
    };
    while let Some(word) = words.next() {
        let value = words.next().ok_or("an option lacks its value")?;
        match word.as_str() {
            "--polnear" => arguments.polnear.push(value.into()),
            "--marked" => arguments.marked.push(value.into()),
            "--out" => arguments.out = Some(value.into()),
            "--errors" => arguments.errors = value.parse()?,
            "--only" => arguments.only = Some(value),
            "--weight" => arguments.weight = value.parse()?,
            "--without" => {
                arguments.settings.without = value.split(',').map(str::to_owned).collect();
            }
            "--share" => arguments.share = value.parse()?,
            "--steps" => arguments.settings.steps = value.parse()?,
            "--penalties" => {
                for (slot, value) in arguments
                    .settings
                    .penalties
                    .iter_mut()
                    .zip(value.split(','))
                {
                    *slot = value.parse()?;
                }
            }
            "--passes" => arguments.settings.hidden.passes = value.parse()?,
            other => return Err(format!("no option {other}").into()),
        }
    }
    let mut polnear = Vec::new();
    for path in &arguments.polnear {
        polnear.extend(
            std::fs::read_to_string(path)?
                .lines()
                .filter_map(read_polnear),
        );
    }
    let mut marked = Vec::new();
    for path in &arguments.marked {
        marked.extend(read_folder(path)?);
    }
    match arguments.command.as_str() {
        "fit" => fit(&arguments, &polnear, &marked),
        "folds" => {
            folds(&arguments, &polnear, &marked, true);
            Ok(())
        }
        "score" => {
            score(&arguments, &polnear, "polnear");
            score(&arguments, &marked, "marked");
            Ok(())
        }
        "speed" => {
            speed(&polnear, &marked);
            Ok(())
        }
        "describe" => {
            for gold in polnear.iter().chain(&marked).filter(|gold| {
                arguments
                    .only
                    .as_ref()
                    .is_none_or(|only| gold.id.contains(only))
            }) {
                println!(
                    "{}\n{}",
                    gold.id,
                    Lesson::new(gold, None, 1.0, true).describe()
                );
            }
            Ok(())
        }
        other => Err(format!("no command {other:?}: fit, folds or score").into()),
    }
}

/// Prints how much text a second one core annotates, five times.
fn speed(polnear: &[Gold], marked: &[Gold]) {
    let annotator = whosaid_quotes::Annotator::new().marked_only(true);
    let bytes: usize = polnear
        .iter()
        .chain(marked)
        .map(|gold| gold.text.len())
        .sum();
    for _ in 0..5 {
        let start = std::time::Instant::now();
        let found: usize = polnear
            .iter()
            .chain(marked)
            .map(|gold| annotator.annotate(gold.title.as_deref(), &gold.text).len())
            .sum();
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{found} quotations, {:.1} MB/s",
            bytes as f64 / 1e6 / seconds
        );
    }
}

fn read_folder(folder: &Path) -> Result<Vec<Gold>, Box<dyn std::error::Error>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut golds = Vec::new();
    for path in paths
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
    {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        golds.push(
            read_marked(&name, &std::fs::read_to_string(path)?)
                .ok_or_else(|| format!("{}: not a marked article", path.display()))?,
        );
    }
    Ok(golds)
}

const HEAD: &str = "Learned by `cargo run --release -p whosaid-quotes --features train --example train -- fit`; see docs/attribution.md.\nTrained on PolNeAR (research corpus; its texts are not shipped) and data/gold/tune. Holds no text and no name.";

fn fit(
    arguments: &Arguments,
    polnear: &[Gold],
    marked: &[Gold],
) -> Result<(), Box<dyn std::error::Error>> {
    let out = arguments.out.as_ref().ok_or("fit wants --out")?;
    let outcomes = folds(arguments, polnear, marked, false);
    let (counts, each) = count_words(polnear);
    let lessons = lessons(arguments, polnear, marked, &counts, &each);
    let models = Models::fit(&lessons.iter().collect::<Vec<_>>(), &arguments.settings);
    for (name, text) in ["rank", "pronoun", "speech", "indirect"]
        .into_iter()
        .zip(models.write(HEAD))
    {
        std::fs::write(out.join(name).with_extension("tsv"), text)?;
    }
    std::fs::write(
        out.join("words.tsv"),
        counts.write(&format!(
            "{HEAD}\nform, level as cue, level as head of a source without a name"
        )),
    )?;
    let weights = fit_confidence(&outcomes.iter().collect::<Vec<_>>(), &arguments.settings);
    std::fs::write(
        out.join("confidence.tsv"),
        write_confidence(
            &weights,
            &format!("{HEAD}\nFitted on the decisions of four folds."),
        ),
    )?;
    Ok(())
}

fn lessons<'a>(
    arguments: &Arguments,
    polnear: &'a [Gold],
    marked: &'a [Gold],
    counts: &whosaid_quotes::training::words::WordCounts,
    each: &[whosaid_quotes::training::words::WordCounts],
) -> Vec<Lesson<'a>> {
    let mut lessons: Vec<Lesson<'a>> = polnear
        .iter()
        .zip(each)
        .map(|(gold, own)| Lesson::new(gold, Some((counts, own)), 1.0, false))
        .collect();
    let none = whosaid_quotes::training::words::WordCounts::default();
    lessons.extend(
        marked
            .iter()
            .map(|gold| Lesson::new(gold, Some((counts, &none)), arguments.weight, true)),
    );
    lessons
}

/// Measures in four folds and returns the outcome of each decision.
fn folds(arguments: &Arguments, polnear: &[Gold], marked: &[Gold], print: bool) -> Vec<Outcome> {
    let (counts, each) = count_words(polnear);
    let lessons = lessons(arguments, polnear, marked, &counts, &each);
    let (mut news, mut other) = (Score::default(), Score::default());
    let mut errors = (Errors::default(), Errors::default());
    let mut judged = (Vec::new(), Vec::new());
    // Each with its fold, and whether it is of the news.
    let mut outcomes: Vec<(usize, bool, Outcome)> = Vec::new();
    for fold in 0..4 {
        let train: Vec<&Lesson<'_>> = lessons
            .iter()
            .enumerate()
            .filter(|(at, _)| {
                at % 4 != fold && (at * 7919 % 1000) as f32 <= arguments.share * 1000.0
            })
            .map(|(_, lesson)| lesson)
            .collect();
        let models = Models::fit(&train, &arguments.settings);
        for (at, lesson) in lessons.iter().enumerate().filter(|(at, _)| at % 4 == fold) {
            let (score, errors, judged) = if at < polnear.len() {
                (&mut news, &mut errors.0, &mut judged.0)
            } else {
                (&mut other, &mut errors.1, &mut judged.1)
            };
            judged.extend(models.judge_speech(lesson));
            let found = lesson.outcomes(&models, score, &mut |gold, quote, found| {
                errors.note(arguments.only.as_deref(), gold, quote, found);
            });
            outcomes.extend(found.into_iter().map(|one| (fold, at < polnear.len(), one)));
        }
    }
    // How sure each is, by what the other folds teach.
    let mut sure = (Vec::new(), Vec::new());
    for fold in 0..4 {
        let others: Vec<&Outcome> = outcomes
            .iter()
            .filter(|outcome| outcome.0 != fold)
            .map(|outcome| &outcome.2)
            .collect();
        let weights = fit_confidence(&others, &arguments.settings);
        for (_, is_news, outcome) in outcomes.iter().filter(|outcome| outcome.0 == fold) {
            let sure = if *is_news { &mut sure.0 } else { &mut sure.1 };
            sure.push(outcome.confidence(&weights));
        }
    }
    for (score, sure) in [(&mut news, sure.0), (&mut other, sure.1)] {
        if print {
            let judged: Vec<(f32, bool)> = sure
                .iter()
                .zip(&score.confidences)
                .map(|(&sure, pair)| (sure, pair.1))
                .collect();
            println!("confidence: {}", filter_line(&judged));
        }
        for (pair, sure) in score.confidences.iter_mut().zip(sure) {
            pair.0 = sure;
        }
    }
    if print {
        errors.0.print(arguments.errors);
        println!("polnear, 4 folds: {} {:?}", news.line(), errors.0.sorts);
        println!("polnear, slices: {}", news.slices.line());
        println!("polnear, speech: {}", filter_line(&judged.0));
        println!("marked, speech:  {}", filter_line(&judged.1));
        errors.1.print(arguments.errors);
        println!("marked, 4 folds:  {} {:?}", other.line(), errors.1.sorts);
    }
    outcomes.into_iter().map(|outcome| outcome.2).collect()
}

/// How well speech is told from other words, whatever the threshold: mean log loss, and the share of the others let
/// through where 95 % of speech is kept.
fn filter_line(judged: &[(f32, bool)]) -> String {
    let loss: f64 = judged
        .iter()
        .map(|&(probability, speech)| {
            let right = if speech {
                probability
            } else {
                1.0 - probability
            };
            -f64::from(right.max(1e-6)).ln()
        })
        .sum();
    let mut speech: Vec<f32> = judged.iter().filter(|one| one.1).map(|one| one.0).collect();
    speech.sort_by(f32::total_cmp);
    let threshold = speech.get(speech.len() / 20).copied().unwrap_or_default();
    let others = judged.iter().filter(|one| !one.1).count();
    let through = judged
        .iter()
        .filter(|one| !one.1 && one.0 >= threshold)
        .count();
    format!(
        "log loss {:.4}, {:.3} of {others} others let through with 95 % of speech",
        loss / judged.len().max(1) as f64,
        through as f64 / others.max(1) as f64
    )
}

fn score(arguments: &Arguments, golds: &[Gold], name: &str) {
    if golds.is_empty() {
        return;
    }
    let mut score = Score::default();
    let mut errors = Errors::default();
    for gold in golds {
        Lesson::new(gold, None, 1.0, true).score(None, &mut score, &mut |gold, quote, found| {
            errors.note(arguments.only.as_deref(), gold, quote, found);
        });
    }
    errors.print(arguments.errors);
    println!("{name}: {} {:?}", score.line(), errors.sorts);
    println!("{name}, slices: {}", score.slices.line());
}

/// What went wrong, by sort, and the errors of the sort asked for in words.
#[derive(Default)]
struct Errors {
    texts: Vec<String>,
    sorts: std::collections::BTreeMap<&'static str, u32>,
}

impl Errors {
    fn note(
        &mut self,
        only: Option<&str>,
        gold: &Gold,
        quote: Option<&GoldQuote>,
        found: Option<&Quotation>,
    ) {
        let sort = sort_of(quote, found);
        *self.sorts.entry(sort).or_default() += 1;
        let is_in = |slice: &str| {
            quote.is_some_and(|quote| {
                let mut slices = slices::NAMES.iter().zip(quote.slices);
                slices.any(|(name, is_in)| is_in && *name == slice)
            })
        };
        if only.is_some_and(|only| only != sort && !is_in(only)) {
            return;
        }
        let span = quote
            .and_then(|quote| quote.content.first().copied())
            .or(found.map(|found| found.span))
            .unwrap_or_default();
        let floor = |at: usize| {
            (0..=at)
                .rev()
                .find(|&at| gold.text.is_char_boundary(at))
                .unwrap_or(0)
        };
        let before = &gold.text[floor(span.start.saturating_sub(400))..span.start];
        let after = &gold.text[span.end..floor((span.end + 300).min(gold.text.len()))];
        let wanted = quote.map_or("no quotation".to_owned(), |quote| {
            format!("{:?} {:?}", quote.kind, quote.names)
        });
        let given = found.map_or("not found".to_owned(), |found| {
            let attribution = found.attribution.as_ref();
            format!(
                "{:?} via {:?} conf {:.2}",
                attribution.map(|attribution| attribution.speaker.name.as_str()),
                attribution.and_then(|attribution| attribution.mention.of(&gold.text)),
                found.confidence
            )
        });
        self.texts.push(format!(
            "{sort}: {} {}-{}\n  {}[[{}]]{}\n  gold: {wanted}\n  found: {given}",
            gold.id,
            span.start,
            span.end,
            before.replace('\n', " ¶ "),
            span.of(&gold.text).unwrap_or_default().replace('\n', " ¶ "),
            after.replace('\n', " ¶ ")
        ));
    }

    /// Prints up to `count` of them, spread over all.
    fn print(&self, count: usize) {
        let step = (self.texts.len() / count.max(1)).max(1);
        for text in self.texts.iter().step_by(step).take(count) {
            println!("{text}\n");
        }
    }
}

fn sort_of(quote: Option<&GoldQuote>, found: Option<&Quotation>) -> &'static str {
    let attribution = found.and_then(|found| found.attribution.as_ref());
    let is_inner = quote.is_some_and(|quote| quote.nested)
        || found.is_some_and(|found| found.inside.is_some());
    match (quote, found) {
        _ if is_inner => "inner",
        (None, Some(_))
            if attribution.is_some_and(|attribution| attribution.how == Resolution::Label) =>
        {
            "spurious turn"
        }
        (None, _) => "spurious",
        (Some(quote), _) if quote.kind == GoldKind::NotSpeech => "trap",
        (Some(_), None) => "missed",
        (Some(quote), Some(_))
            if attribution.is_some_and(|attribution| {
                quote
                    .source
                    .iter()
                    .any(|source| source.overlaps(attribution.mention))
            }) =>
        {
            "name"
        }
        _ => "mention",
    }
}
