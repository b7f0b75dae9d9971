//! The files of `data/sample/formats` bring the articles they were made of.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should say where"
)]

use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;

use whosaid_formats::{Part, ReadOptions, RejectKind, read_file};
use whosaid_model::Article;

/// Reads a sample: its articles, and how many parts of it are no news. Anything else is a failure.
fn read(name: &str) -> (Vec<Article>, usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../data/sample/formats")
        .join(name);
    let mut file = File::open(path).unwrap();
    let (mut articles, mut not_news) = (Vec::new(), 0);
    let mut reject = |reject: whosaid_formats::Reject| {
        assert_eq!(reject.kind, RejectKind::NotNews, "{reject}");
        not_news += 1;
    };
    read_file(&mut file, name, &ReadOptions::new().into(), &mut |part| {
        match part {
            Part::Records(records) => records.read_all(&mut |result| match result {
                Ok(article) => articles.push(article),
                Err(error) => reject(error),
            }),
            Part::Reject(error) => reject(error),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (articles, not_news)
}

const KEEPER: &str = "Lighthouse keeps its keeper";
const FERRY: &str = "Ferry to Skarholm runs in winter again";

#[test]
fn every_container_brings_its_stories() {
    for (name, titles, places, left_out) in [
        ("keeper.txt.bz2", &[KEEPER][..], &["keeper.txt.bz2"][..], 0),
        (
            "saved.zip",
            &[KEEPER, FERRY],
            &[
                "saved.zip/skarholm/keeper.html",
                "saved.zip/skarholm/ferry.txt.gz",
            ],
            2,
        ),
        (
            "stories.tar.xz",
            &[KEEPER, FERRY],
            &[
                "stories.tar.xz/skarholm/keeper.txt",
                "stories.tar.xz/skarholm/ferry.txt",
            ],
            1,
        ),
        (
            "crawl.warc.gz",
            &[KEEPER, FERRY],
            &["crawl.warc.gz:3", "crawl.warc.gz:7"],
            3,
        ),
        (
            "crawl.warc.wet",
            &[KEEPER, FERRY],
            &["crawl.warc.wet:2", "crawl.warc.wet:3"],
            0,
        ),
        ("crawl.arc", &[FERRY], &["crawl.arc:2"], 0),
        ("newsletter.eml", &[KEEPER], &["newsletter.eml"], 0),
        (
            "list.mbox",
            &[KEEPER, FERRY],
            &["list.mbox:1", "list.mbox:2"],
            0,
        ),
    ] {
        let (articles, not_news) = read(name);
        assert_eq!(articles.len(), titles.len(), "{name}");
        for (article, title) in articles.iter().zip(titles) {
            let found = article.title.as_deref().unwrap();
            assert!(found.starts_with(title), "{name}: {found}");
        }
        let found: Vec<_> = articles
            .iter()
            .map(|article| article.place.to_string())
            .collect();
        assert_eq!(found, places);
        assert_eq!(not_news, left_out, "{name}");
        for article in articles {
            let words = if article.title.unwrap().starts_with(KEEPER) {
                "“A lamp can be switched on from a desk. A shipwreck cannot be answered from one,” said Ingeborg"
            } else {
                "“Nobody should have to choose between a dentist and a home,” said Marit Ulvedal"
            };
            assert!(article.text.contains(words), "{name}: {}", article.text);
        }
    }
}
