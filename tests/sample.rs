//! The sample corpus: the same answers whatever the number of threads.

use std::path::Path;

use whosaid_query::cli::Status;

use crate::support::World;

const SAMPLE: &str = "data/sample/news";

/// Commands whose answers depend on nothing but what the archive holds.
const ANSWERS: &[&[&str]] = &[
    &["ask", "who said \"one percent\""],
    &["search", "the OR talks OR percent", "--limit", "50"],
    &["search", "*", "--all", "--format", "csv"],
    &["search", "--in", "articles", "minister OR harbour"],
    &["facet", "speaker", "--all"],
    &["facet", "source"],
    &["timeline", "--by", "week"],
    &["speakers", "--all"],
    &["export"],
    &[
        "search",
        "percent OR minister",
        "--all",
        "--sort",
        "confidence",
    ],
    &[
        "search",
        "speaker:minister",
        "--sort",
        "-date",
        "--format",
        "csv",
    ],
    &["ask", "what did the minister say", "--limit", "7"],
    &["ask", "who first said \"not\""],
    &["facet", "date", "--by", "day"],
    &["facet", "author"],
    &["facet", "kind", "--format", "jsonl", "-q"],
];

/// Indexes the sample with so many threads.
fn indexed(jobs: &str) -> World {
    let world = World::new();
    let sample = Path::new(SAMPLE).canonicalize().unwrap();
    let ran = world.run(&["index", "--jobs", jobs, sample.to_str().unwrap()]);
    assert!(
        matches!(ran.status, Status::Done | Status::Partial),
        "{}",
        ran.err
    );
    world
}

/// A summary says how long the answer took; everything else is the corpus's.
fn without_time(out: &str) -> String {
    match out.split_once("\"ms\":") {
        Some((before, after)) => format!(
            "{before}{}",
            after.trim_start_matches(|char: char| char.is_ascii_digit())
        ),
        None => out.to_owned(),
    }
}

#[test]
fn threads_do_not_change_a_byte() {
    let (one, two) = (indexed("1"), indexed("2"));
    for args in ANSWERS {
        let (one, two) = (one.run(args), two.run(args));
        assert!(
            without_time(&one.out) == without_time(&two.out) && one.status == two.status,
            "{args:?}"
        );
        assert!(!one.out.is_empty(), "{args:?}");
    }
    let sample = Path::new(SAMPLE).canonicalize().unwrap();
    let extract = |jobs| {
        one.run(&["extract", "--jobs", jobs, sample.to_str().unwrap()])
            .out
    };
    assert_eq!(extract("1"), extract("2"));
}

#[test]
fn two_runs_make_the_archive_of_one() {
    let sample = Path::new(SAMPLE).canonicalize().unwrap();
    let whole = indexed("2");
    let parts = World::new();
    for part in [sample.join("text"), sample] {
        let ran = parts.run(&["index", part.to_str().unwrap()]);
        assert_ne!(ran.status, Status::Failed, "{}", ran.err);
    }
    for args in ANSWERS {
        let (whole, parts) = (whole.run(args), parts.run(args));
        assert!(
            without_time(&whole.out) == without_time(&parts.out),
            "{args:?}"
        );
    }
}

#[test]
fn a_second_run_is_the_same_archive() {
    let world = indexed("2");
    let before = world.run(&["export"]).out;
    let sample = Path::new(SAMPLE).canonicalize().unwrap();
    let ran = world.run(&["index", sample.to_str().unwrap()]);
    assert!(ran.out.starts_with("0 articles added"), "{}", ran.out);
    assert_eq!(world.run(&["export"]).out, before);
}

#[test]
fn someone_says_one_percent() {
    let world = indexed("2");
    let found = world.run(&["ask", "who said “one percent”"]).ok();
    assert!(
        found.contains("[one per") || found.contains("[1%]"),
        "{found}"
    );
    let same = world.run(&["ask", "who said “1 per cent”"]).ok();
    assert_eq!(found, same);
}

#[test]
fn spans_lie_in_their_articles() {
    let world = indexed("2");
    let archive = world.archive();
    let mut seen = 0;
    archive
        .for_each_article(|_, article, quotations| {
            for quotation in quotations {
                seen += 1;
                assert!(quotation.span.of(&article.text).is_some());
            }
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert!(seen > 100);
}
