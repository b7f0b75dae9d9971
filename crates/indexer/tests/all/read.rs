//! Reading without an archive.

use std::ops::ControlFlow;
use std::path::Path;

use whosaid_indexer::{Input, ReadOptions, Reject, RejectKind, read_articles};
use whosaid_model::{Article, DateOrigin, DatePrecision};

use crate::common::Bench;

fn read(inputs: &[Input], options: &ReadOptions) -> Vec<Result<Article, Reject>> {
    let mut articles = Vec::new();
    let result = read_articles(inputs, options, &mut |article| {
        articles.push(article);
        ControlFlow::Continue(())
    });
    assert!(result.is_ok_and(|warnings| warnings.is_empty()));
    articles
}

#[test]
fn articles_come_in_order() {
    let bench = Bench::new();
    bench.write("b/2.txt", "Two\n\nText two.");
    bench.write("b/10.txt", "Ten\n\nText ten.");
    bench.write(
        "a.jsonl",
        "{\"title\": \"A\", \"text\": \"x\"}\n{\n{\"title\": \"B\", \"text\": \"y\"}\n",
    );
    let articles = read(
        &[bench.input("b"), bench.input("a.jsonl")],
        &ReadOptions::new(),
    );
    let titles: Vec<_> = articles
        .iter()
        .map(|article| match article {
            Ok(article) => article.title.as_deref().unwrap_or(""),
            Err(reject) => {
                assert_eq!(
                    (reject.record, reject.kind),
                    (Some(2), RejectKind::Malformed)
                );
                "reject"
            }
        })
        .collect();
    assert_eq!(titles, ["Ten", "Two", "A", "reject", "B"]);
}

#[test]
fn reading_stops_when_told() {
    let bench = Bench::new();
    bench.write("a.jsonl", &"{\"text\": \"x\"}\n".repeat(9));
    bench.write("b.txt", "Text.");
    let mut seen = 0;
    let result = read_articles(&[bench.input("")], &ReadOptions::new(), &mut |_| {
        seen += 1;
        if seen == 2 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert!(result.is_ok());
    assert_eq!(seen, 2);
}

#[test]
fn records_beyond_the_limit_are_rejected() {
    let bench = Bench::new();
    let long = "x".repeat(200);
    bench.write(
        "a.jsonl",
        &format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"short\"}}\n"),
    );
    bench.write("b.txt", &long);
    let articles = read(&[bench.input("")], &ReadOptions::new().record_limit(100));
    let kinds: Vec<_> = articles
        .iter()
        .map(|article| article.as_ref().map_err(|reject| reject.kind))
        .collect();
    assert_eq!(kinds[0].err(), Some(RejectKind::TooLong));
    assert_eq!(
        kinds[1].map(|article| article.text.as_str()).ok(),
        Some("short")
    );
    assert_eq!(kinds[2].err(), Some(RejectKind::TooLong));
}

#[test]
fn an_empty_folder_is_a_warning() {
    let bench = Bench::new();
    std::fs::create_dir(bench.path("empty")).unwrap();
    let inputs = [bench.input("empty")];
    let warnings = read_articles(&inputs, &ReadOptions::new(), &mut |_| {
        ControlFlow::Continue(())
    });
    assert!(warnings.unwrap()[0].path.ends_with("empty"));
}

/// Two real stories, which are not part of the repository.
#[test]
fn real_stories_are_read_right() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    if !seeds.exists() {
        return;
    }
    let articles = read(&[Input::from(seeds)], &ReadOptions::new());
    let [Ok(first), Ok(second)] = &articles[..] else {
        panic!("two stories, not {articles:?}");
    };
    let title =
        "Donald Trump To Meet North Korean Leader Kim Jong Un? Here’s What A US Official Said";
    assert_eq!(first.title.as_deref(), Some(title));
    let published = first.published.as_ref().unwrap();
    assert_eq!(published.date.to_string(), "2025-10-25");
    assert_eq!(published.precision, DatePrecision::Day);
    assert_eq!(published.origin, DateOrigin::Header);
    assert!(
        first
            .text
            .starts_with("Donald Trump met North Korean leader"),
        "{}",
        first.text
    );

    assert_eq!(second.title, None);
    let published = second.published.as_ref().unwrap();
    assert_eq!(published.date.to_string(), "2025-10-25");
    assert_eq!(published.precision, DatePrecision::Day);
    assert_eq!(published.origin, DateOrigin::Text);
    assert!(published.is_inferred());
    assert!(
        second.text.starts_with("President Trump and Chairman Kim"),
        "{}",
        second.text
    );
}
