//! How often the extractor is right on the articles of `data/gold`: floors that a change must not break.
//!
//! The figures are printed (`cargo test --test main gold -- --nocapture`). A commit that raises one raises its floor.

use std::path::Path;

use whosaid_quotes::training::gold::{Gold, read_marked};
use whosaid_quotes::training::learn::Lesson;
use whosaid_quotes::training::score::Score;

fn articles(folder: &str) -> Vec<Gold> {
    let mut paths: Vec<_> = std::fs::read_dir(Path::new("data/gold").join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy();
            read_marked(&name, &std::fs::read_to_string(path).unwrap())
                .unwrap_or_else(|| panic!("{} is not a marked article", path.display()))
        })
        .collect()
}

#[expect(
    clippy::print_stdout,
    reason = "the figures are what one runs this for"
)]
fn measure(folder: &str) -> Score {
    let mut score = Score::default();
    for gold in &articles(folder) {
        Lesson::new(gold, None, 1.0, true).score(None, &mut score, &mut |_, _, _| {});
    }
    println!("{folder}: {}", score.line());
    score
}

/// Spans, full names of persons, and the share of words that are no speech but are given to somebody.
fn check(folder: &str, spans: f64, persons: f64, traps: f64) {
    let score = measure(folder);
    let given = f64::from(score.traps.0) / f64::from(score.traps.1.max(1));
    assert!(
        score.spans.prf().2 >= spans,
        "quotations found: {}",
        score.line()
    );
    assert!(
        score.persons.prf().2 >= persons,
        "right persons: {}",
        score.line()
    );
    assert!(
        given <= traps,
        "no speech, but given to somebody: {}",
        score.line()
    );
}

#[test]
fn articles_the_rules_were_made_on() {
    check("tune", 0.94, 0.83, 0.10);
}

#[test]
fn articles_kept_aside() {
    check("blind", 0.95, 0.89, 0.12);
}

#[test]
fn articles_of_traps_kept_aside() {
    check("traps", 0.87, 0.80, 0.06);
}

#[test]
fn articles_of_the_sample() {
    check("", 0.96, 0.90, 0.20);
}

#[test]
fn the_set_is_as_large_as_it_says() {
    let all: Vec<Gold> = ["tune", "blind", "traps", ""]
        .iter()
        .flat_map(|folder| articles(folder))
        .collect();
    let quotations: usize = all.iter().map(|gold| gold.quotes.len()).sum();
    assert!(
        all.len() >= 100 && quotations >= 800,
        "{} articles, {quotations} quotations",
        all.len()
    );
}

/// A marked article of the sample says the same as the article itself.
#[test]
fn the_sample_and_its_marks_agree() {
    use std::ops::ControlFlow;

    let options = whosaid_indexer::ReadOptions::default();
    let mut texts = std::collections::HashSet::new();
    let inputs = [whosaid_indexer::Input::from(
        Path::new("data/sample/news").to_path_buf(),
    )];
    whosaid_indexer::read_articles(&inputs, &options, &mut |article| {
        texts.extend(article.ok().map(|article| article.text.trim().to_owned()));
        ControlFlow::Continue(())
    })
    .unwrap();
    let marked = articles("");
    assert!(marked.len() >= 20, "{} marked articles", marked.len());
    for gold in &marked {
        assert!(
            texts.contains(gold.text.trim()),
            "{}: no article of the sample has this text",
            gold.id
        );
    }
}
