//! Searching, warm and in process: phrase, speaker, dates, facets, top ten by date, questions.
//!
//! The corpus is generated from a fixed seed, so that numbers of two commits compare.
#![allow(
    clippy::expect_used,
    reason = "a bench that cannot go on should say why"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use tempfile::TempDir;
use whosaid_indexer::{IndexOptions, Input, index};
use whosaid_query::{Archive, Facet, Interval, Options, Query, Sort};
use whosaid_quotes::Annotator;

const ARTICLES: usize = 20_000;

const FIRST: &[&str] = &[
    "Jane", "Ade", "Mei", "Lars", "Ines", "Omar", "Ruth", "Ivan", "Noor", "Paul",
];
const LAST: &[&str] = &[
    "Roe", "Bello", "Tanaka", "Holm", "Duarte", "Haddad", "Levin", "Petrov", "Aziz", "Moreau",
    "Okafor", "Lind",
];
const WORDS: &[&str] = &[
    "budget", "harbour", "talks", "growth", "ferry", "school", "treaty", "storm", "council",
    "market", "vote", "percent", "people", "chance", "border", "water", "energy", "train",
    "future", "number", "the", "of", "and", "we", "will", "not", "must", "have", "this", "one",
];

/// A generator that needs no crate: the multiplier of Knuth's MMIX.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

/// Writes the corpus as JSON Lines.
fn corpus() -> String {
    let mut random = Random(1);
    let mut lines = String::new();
    for number in 0..ARTICLES {
        let mut text = String::new();
        for _ in 0..3 {
            let name = format!("{} {}", random.pick(FIRST), random.pick(LAST));
            let mut said = String::from("We said");
            for _ in 0..6 + random.below(12) {
                said.push(' ');
                said.push_str(random.pick(WORDS));
            }
            if random.below(50) == 0 {
                said.push_str(" even a one percent chance");
            }
            let _ = write!(
                text,
                "“{said},” said {name}.\\nThe rest of the day was quiet in the capital.\\n"
            );
        }
        let (year, month, day) = (2015 + number % 10, 1 + number % 12, 1 + number % 28);
        let _ = writeln!(
            lines,
            "{{\"id\":\"{number}\",\"title\":\"Story {number}\",\"date\":\"{year}-{month:02}-{day:02}\",\"source\":\"Outlet {}\",\"text\":\"{text}\"}}",
            number % 7
        );
    }
    lines
}

fn archive() -> (TempDir, Archive) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = dir.path().join("corpus.jsonl");
    std::fs::write(&file, corpus()).expect("a file in it");
    let path = dir.path().join("archive");
    index(
        &path,
        &[Input::from(file)],
        &Annotator::new(),
        &IndexOptions::new(),
        &(),
    )
    .expect("an archive");
    let archive = Archive::open(path).expect("the archive");
    (dir, archive)
}

fn search(c: &mut Criterion) {
    let (_dir, archive) = archive();
    let mut group = c.benchmark_group("search");
    group
        .measurement_time(Duration::from_secs(3))
        .sample_size(30);
    for (name, text) in [
        ("word", "said:percent"),
        ("phrase", "said:\"one percent\""),
        ("phrase_slop", "said:\"one chance\"~3"),
        ("bare_words", "budget talks"),
        ("speaker", "speaker:Tanaka"),
        (
            "speaker_phrase_date",
            "speaker:Roe said:\"one percent\" date:2020",
        ),
        ("date_range", "said:budget date:2020-01..2020-06"),
        ("boolean", "said:(budget OR ferry) NOT said:storm"),
        ("prefix", "said:har*"),
        ("article_join", "text:quiet said:treaty"),
    ] {
        let query = Query::parse(text, &Options::new()).expect("a query");
        group.bench_with_input(BenchmarkId::from_parameter(name), &query, |b, query| {
            b.iter(|| black_box(archive.search(query).limit(10).run()));
        });
    }
    group.finish();

    let mut group = c.benchmark_group("count");
    group
        .measurement_time(Duration::from_secs(3))
        .sample_size(30);
    let all = Query::all();
    let percent = Query::parse("said:percent", &Options::new()).expect("a query");
    for (name, query) in [("all", &all), ("percent", &percent)] {
        group.bench_function(BenchmarkId::new("speakers", name), |b| {
            b.iter(|| {
                black_box(
                    archive
                        .search(query)
                        .limit(0)
                        .facet(Facet::speaker().top(10))
                        .run(),
                )
            });
        });
        group.bench_function(BenchmarkId::new("months", name), |b| {
            b.iter(|| {
                black_box(
                    archive
                        .search(query)
                        .limit(0)
                        .timeline(Interval::Month)
                        .run(),
                )
            });
        });
        group.bench_function(BenchmarkId::new("top_ten_by_date", name), |b| {
            b.iter(|| {
                black_box(
                    archive
                        .search(query)
                        .limit(10)
                        .sort(Sort::DateDescending)
                        .run(),
                )
            });
        });
    }
    group.finish();

    c.bench_function("ask", |b| {
        b.iter(|| {
            black_box(archive.ask(
                "who said \"one percent chance\" since 2020",
                &Options::new(),
            ))
        });
    });
    c.bench_function("parse", |b| {
        let text = "speaker:\"Jane Roe\" (said:\"one percent\" OR budget NEAR/5 talks) date:2020-01..2020-06 -kind:mixed";
        b.iter(|| black_box(Query::parse(text, &Options::new())));
    });
}

criterion_group!(benches, search);
criterion_main!(benches);
