//! Learns and measures the reader of pages.
//!
//! ```text
//! html read     GOLD --out FILE    reads all pages as files are read, and measures the time
//! html folds    GOLD --out FILE    five folds over outlets: what is learned on four, measured on one
//! html fit      GOLD --out DIR     learns from all pages and writes the models
//! html ceiling  GOLD               the best that choosing lines can reach
//! html errors   GOLD               lines that are judged wrongly in five folds, the dearest first
//! html describe GOLD --page ID     how the lines of a page are judged
//! ```
//!
//! GOLD is a file of JSON Lines with `id`, `set`, `url`, `html_path`, and `gold_body` or `with` and `without`.
//! `--weight SET=W` tells how much the pages of a set count in learning; the default is 1. Sets of a weight below
//! 1 are not part of the mean.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use whosaid_formats::training::{Lesson, Sample, Score, Settings};
use whosaid_formats::{Part, ReadOptions, read_file};
use whosaid_model::Article;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let gold = words.next().ok_or("no file of pages is named")?;
    let mut settings = Settings::default();
    let (mut out, mut page) = (None, None);
    let mut weights = BTreeMap::new();
    while let Some(word) = words.next() {
        let value = words.next().ok_or("an option lacks its value")?;
        match word.as_str() {
            "--out" => out = Some(value),
            "--page" => page = Some(value),
            "--epochs" => settings.epochs = value.parse()?,
            "--penalty" => settings.penalty = value.parse()?,
            "--groups" => settings.groups = value.parse()?,
            "--weight" => {
                let (set, weight) = value.split_once('=').ok_or("a weight is written SET=W")?;
                weights.insert(set.to_owned(), weight.parse()?);
            }
            _ => return Err(format!("no option {word}").into()),
        }
    }
    let samples = read_samples(&gold, &weights)?;
    if command == "read" {
        return read(&samples, &out.ok_or("no file to write is named")?);
    }
    let lesson = Lesson::new(&samples, settings);
    match command.as_str() {
        "folds" => {
            let bodies = lesson.folds();
            print_scores(&samples, &bodies);
            if let Some(out) = out {
                let records = samples.iter().zip(&bodies);
                write(
                    &out,
                    records.map(|(sample, body)| json!({"id": sample.id, "body": body})),
                )?;
            }
        }
        "ceiling" => print_scores(&samples, &lesson.ceiling()),
        "errors" => print!("{}", lesson.errors()),
        "describe" => print!("{}", lesson.describe(&page.ok_or("no page is named")?)),
        "fit" => {
            let out = out.ok_or("no folder is named")?;
            for (name, text) in lesson.fit() {
                std::fs::write(Path::new(&out).join(name), text)?;
            }
        }
        _ => return Err("no such command".into()),
    }
    Ok(())
}

/// Reads all pages as files are read; measures the time, and how many paragraphs with quotation marks are lost.
fn read(samples: &[Sample], out: &str) -> Result<(), Box<dyn Error>> {
    let options = Arc::new(ReadOptions::new());
    let mut best = f64::INFINITY;
    let mut articles: Vec<Result<Article, String>> = Vec::new();
    for _ in 0..5 {
        articles.clear();
        let start = seconds();
        for sample in samples {
            let mut found = Err(String::new());
            let name = format!("{}.html", sample.id);
            let whole = read_file(&mut sample.html.as_slice(), &name, &options, &mut |part| {
                match part {
                    Part::Records(records) => records.read_all(&mut |article| {
                        found = article.map_err(|reject| reject.to_string());
                    }),
                    Part::Reject(reject) => found = Err(reject.to_string()),
                }
                ControlFlow::Continue(())
            });
            articles.push(whole.map_err(|reject| reject.to_string()).and(found));
        }
        best = best.min(seconds() - start);
    }
    println!(
        "{} pages of {:.0} MB, the best of five runs: {:.0} pages per second of processor time on one thread (of this \
         machine under its load of now; compare ratios only)",
        samples.len(),
        samples
            .iter()
            .map(|sample| sample.html.len())
            .sum::<usize>() as f64
            / 1e6,
        samples.len() as f64 / best
    );
    for reject in articles.iter().filter_map(|article| article.as_ref().err()) {
        println!("not read: {reject}");
    }
    let articles: Vec<Article> = articles
        .into_iter()
        .map(Result::unwrap_or_default)
        .collect();
    let bodies: Vec<String> = articles
        .iter()
        .map(|article| article.text.clone())
        .collect();
    print_scores(samples, &bodies);
    write(
        out,
        samples.iter().zip(&articles).map(|(sample, article)| {
            json!({
                "id": sample.id,
                "body": article.text,
                "title": article.title,
                "date": article.published.as_ref().map(|published| published.date.to_string()),
                "date_origin": article.published.as_ref().map(|published| published.origin),
                "author": article.author,
                "source": article.source,
                "lang": article.lang,
                "url": article.url,
            })
        }),
    )
}

fn print_scores(samples: &[Sample], bodies: &[String]) {
    let mut sets: BTreeMap<&str, (Score, u32, u32)> = BTreeMap::new();
    for (sample, found) in samples.iter().zip(bodies) {
        let Some(gold) = &sample.body else { continue };
        let (lost, all) = lost_quotations(gold, found);
        let names = [
            Some(sample.set.as_str()),
            sample.measured().then_some("mean"),
        ];
        for name in names.into_iter().flatten() {
            let row = sets.entry(name).or_default();
            row.0.add(gold, found);
            row.1 += lost;
            row.2 += all;
        }
    }
    for (name, (score, lost, all)) in sets {
        let (precision, recall, f1) = score.result();
        println!(
            "{name:5} pages {:4}  precision {precision:.4}  recall {recall:.4}  F1 {f1:.4}  paragraphs with quotation marks \
             lost: {lost} of {all}, {:.2} %",
            score.pages(),
            100.0 * f64::from(lost) / f64::from(all.max(1))
        );
    }
}

/// Returns the seconds this thread has spent on a processor, which other work on the machine hardly changes; where
/// the system does not tell, those of the clock.
fn seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat
        .split(' ')
        .next()
        .and_then(|first| first.parse::<f64>().ok());
    nanoseconds.map_or_else(
        || {
            std::time::UNIX_EPOCH
                .elapsed()
                .unwrap_or_default()
                .as_secs_f64()
        },
        |nanoseconds| nanoseconds / 1e9,
    )
}

/// Counts the paragraphs with a quotation mark, and those of them of which most is not in `found`.
fn lost_quotations(gold: &str, found: &str) -> (u32, u32) {
    let fold = |text: &str| -> Vec<String> {
        text.split(|char: char| !char.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let found = fold(found);
    let threes: BTreeSet<&[String]> = found.windows(3).collect();
    let (mut lost, mut all) = (0, 0);
    for line in gold.lines() {
        let words = fold(line);
        if words.len() < 3 || !line.contains(['"', '“', '”', '„', '«', '»', '「', '‘']) {
            continue;
        }
        let hits = words
            .windows(3)
            .filter(|three| threes.contains(three))
            .count();
        all += 1;
        lost += u32::from(hits * 2 < words.len() - 2);
    }
    (lost, all)
}

fn write(out: &str, records: impl Iterator<Item = Value>) -> Result<(), Box<dyn Error>> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    for record in records {
        writeln!(file, "{record}")?;
    }
    Ok(file.flush()?)
}

fn read_samples(
    gold: &str,
    weights: &BTreeMap<String, f32>,
) -> Result<Vec<Sample>, Box<dyn Error>> {
    let folder = Path::new(gold).parent().unwrap_or(Path::new(""));
    let mut samples = Vec::new();
    for line in std::fs::read_to_string(gold)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let list = |key: &str| {
            let list = row[key].as_array().map(Vec::as_slice).unwrap_or_default();
            list.iter()
                .filter_map(|item| Some(item.as_str()?.to_owned()))
                .collect()
        };
        let mut html = Vec::new();
        let path = folder.join(text("html_path"));
        flate2::read::MultiGzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut html)?;
        samples.push(Sample {
            group: outlet(&text("url"), &text("id")),
            id: text("id"),
            set: text("set"),
            html,
            body: row["gold_body"]
                .as_str()
                .filter(|body| !body.is_empty())
                .map(str::to_owned),
            with: list("with"),
            without: list("without"),
            weight: weights.get(&text("set")).copied().unwrap_or(1.0),
        });
    }
    Ok(samples)
}

/// Returns the part of an address that its outlet registered, about.
fn outlet(url: &str, id: &str) -> String {
    let host = url.split('/').nth(2).unwrap_or_default();
    if host.is_empty() {
        return id.to_owned();
    }
    let labels: Vec<&str> = host.split('.').collect();
    let short = labels.len() > 2 && labels[labels.len() - 2].len() <= 3;
    labels[labels.len().saturating_sub(if short { 3 } else { 2 })..].join(".")
}
