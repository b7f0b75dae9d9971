//! How fast a corpus becomes an archive: reading, tokens, documents, the whole pipeline on 1, 2 and all threads.
//!
//! The corpus is made by a fixed rule, so that numbers can be compared between machines and commits; articles
//! have the length and the share of quoted words of real news. `WHOSAID_BENCH_CORPUS` names another one, a
//! JSON Lines file.
#![allow(
    clippy::expect_used,
    reason = "a bench that cannot go on should say why"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::thread::available_parallelism;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use whosaid_indexer::{IndexOptions, Input, ReadOptions, index, read_articles};
use whosaid_model::Article;
use whosaid_quotes::Annotator;
use whosaid_schema::news_analyzer;

const ARTICLES: usize = 2000;

struct Corpus {
    _dir: tempfile::TempDir,
    path: PathBuf,
    articles: Vec<Article>,
    bytes: u64,
}

impl Corpus {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = std::env::var_os("WHOSAID_BENCH_CORPUS").map_or_else(
            || {
                let path = dir.path().join("corpus.jsonl");
                std::fs::write(&path, grow(ARTICLES)).expect("a temporary file");
                path
            },
            PathBuf::from,
        );
        let mut articles = Vec::new();
        read(&path, &mut |article| articles.push(article));
        Self {
            _dir: dir,
            bytes: articles
                .iter()
                .map(|article| article.text.len() as u64)
                .sum(),
            path,
            articles,
        }
    }
}

fn read(path: &std::path::Path, sink: &mut dyn FnMut(Article)) {
    let inputs = [Input::from(path)];
    read_articles(&inputs, &ReadOptions::new(), &mut |article| {
        sink(article.expect("a sound corpus"));
        ControlFlow::Continue(())
    })
    .expect("a corpus that is there");
}

/// Writes articles of some 4600 bytes, a quarter of which is quoted.
fn grow(count: usize) -> String {
    const NAMES: [&str; 8] = [
        "Jane Roe",
        "Chung Ha-neul",
        "Amara Okafor",
        "Luis Ortega",
        "Mary Kettle",
        "Yusuf Demir",
        "Ana Lindqvist",
        "Tom O’Hara",
    ];
    const WORDS: [&str; 40] = [
        "the",
        "minister",
        "percent",
        "of",
        "talks",
        "next",
        "week",
        "in",
        "a",
        "budget",
        "plan",
        "would",
        "have",
        "reached",
        "officials",
        "bridge",
        "report",
        "since",
        "October",
        "trade",
        "and",
        "schools",
        "water",
        "not",
        "company",
        "shares",
        "to",
        "an",
        "election",
        "court",
        "with",
        "families",
        "record",
        "opened",
        "on",
        "Monday",
        "new",
        "rules",
        "for",
        "growth",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut pick = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let mut lines = String::new();
    for id in 0..count {
        let mut text = String::new();
        for _ in 0..22 {
            let mut sentence = |length: usize| {
                let mut words: Vec<String> =
                    (0..length).map(|_| WORDS[pick(40)].to_owned()).collect();
                words[0] = format!("Word{}", pick(9000));
                words.join(" ")
            };
            let (one, two, three) = (sentence(16), sentence(10), sentence(8));
            let name = NAMES[pick(8)];
            write!(text, "{one}.\\n\\n“{two},” said {name}. {three}.\\n\\n").expect("memory");
        }
        let (month, day) = (1 + pick(12), 1 + pick(28));
        writeln!(
            lines,
            "{{\"id\":\"{id}\",\"date\":\"2025-{month:02}-{day:02}\",\"title\":\"Title {id}\",\"source\":\"Post\",\"text\":\"{text}\"}}"
        )
        .expect("memory");
    }
    lines
}

fn benches(criterion: &mut Criterion) {
    let corpus = Corpus::new();
    let mut group = criterion.benchmark_group("index");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(corpus.bytes));
    group.bench_function("read", |bencher| {
        bencher.iter(|| read(&corpus.path, &mut |article| drop(black_box(article))));
    });
    group.bench_function("tokens", |bencher| {
        let mut analyzer = news_analyzer();
        bencher.iter(|| {
            for article in &corpus.articles {
                analyzer.token_stream(&article.text).process(&mut |token| {
                    black_box(token);
                });
            }
        });
    });
    let annotator = Annotator::new();
    group.bench_function("annotate", |bencher| {
        bencher.iter(|| {
            for article in &corpus.articles {
                black_box(annotator.annotate(article.title.as_deref(), &article.text));
            }
        });
    });
    let mut threads = vec![1, 2, available_parallelism().map_or(1, usize::from)];
    threads.sort_unstable();
    threads.dedup();
    for jobs in threads {
        group.bench_with_input(
            BenchmarkId::new("pipeline", jobs),
            &jobs,
            |bencher, &jobs| {
                let options = IndexOptions::new().jobs(Some(jobs));
                bencher.iter_with_large_drop(|| {
                    let dir = tempfile::tempdir().expect("a temporary folder");
                    let inputs = [Input::from(corpus.path.clone())];
                    let archive = dir.path().join("archive");
                    index(&archive, &inputs, &annotator, &options, &()).expect("a sound corpus");
                    dir
                });
            },
        );
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
