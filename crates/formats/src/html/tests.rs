//! Whole pages.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::testing::read_with;
use crate::{Clock, ReadOptions};

fn read(bytes: &[u8]) -> Result<Article, Reject> {
    let origin = Origin {
        path: "a.html",
        number: None,
        offset: Some(0),
        options: &ReadOptions::new(),
        common: None,
        deadline: None,
    };
    read_page(bytes, &PageContext::default(), &origin)
}

/// Of the lines of `wanted`, how many are in `found` to the letter, and how many others `found` has.
fn compare(wanted: &str, found: &str) -> (usize, usize) {
    let hits = wanted
        .lines()
        .filter(|line| found.lines().any(|other| other == *line))
        .count();
    let others = found
        .lines()
        .filter(|line| !wanted.lines().any(|other| other == *line))
        .count();
    (hits, others)
}

#[test]
fn the_text_of_invented_pages_is_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/sample/pages");
    let (mut lines, mut found, mut others) = (0, 0, 0);
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "html")
        })
        .collect();
    names.sort();
    assert!(names.len() >= 5);
    for path in names {
        let wanted = std::fs::read_to_string(path.with_extension("txt")).unwrap();
        let article = read(&std::fs::read(&path).unwrap()).unwrap();
        let (hits, more) = compare(&wanted, &article.text);
        lines += wanted.lines().count();
        found += hits;
        others += more;
    }
    assert!(
        found * 100 >= lines * 95,
        "{found} of {lines} lines are found"
    );
    assert!(
        others * 100 <= lines * 5,
        "{others} lines that are no part of {lines}"
    );
}

#[test]
fn a_page_of_nothing_but_text_is_taken_as_it_stands() {
    for html in [
        "<html><body><p>“Yes,” said Jane Roe.</p></body></html>",
        "<!doctype html><title>T</title>“Yes,” said Jane Roe.",
        "<!doctype html><div><div><span>“Yes,”</span> said <b>Jane</b> Roe.</div></div>",
    ] {
        assert_eq!(
            read(html.as_bytes()).unwrap().text,
            "“Yes,” said Jane Roe.",
            "{html}"
        );
    }
}

#[test]
fn the_headline_is_no_line_of_the_text() {
    let text = "“We will sail,” said Jane Roe.";
    for html in [
        "<title>T</title><h1>T</h1><p>“We will sail,” said Jane Roe.</p>",
        "<h1>Ship Sails Tomorrow</h1><p>“We will sail,” said Jane Roe.</p>",
        "<html><body><h2>Ship Sails Tomorrow</h2>“We will sail,” said Jane Roe.<title>Ship Sails Tomorrow</title>",
        "<title>Ship Sails</title><h1>Harbour<br>Ship Sails</h1>“We will sail,” said Jane Roe.",
    ] {
        assert_eq!(read(html.as_bytes()).unwrap().text, text, "{html}");
    }
}

#[test]
fn what_is_not_news_is_told() {
    let links = "<li><a href='/a'>A headline of some length</a></li>".repeat(40);
    for (html, kind, reason) in [
        (
            "<!doctype html><title>404 Not Found</title><h1>Not Found</h1><p>The page is not here.</p>".to_owned(),
            RejectKind::NotNews,
            "an error page",
        ),
        (
            format!("<!doctype html><title>News</title><nav><ul>{links}</ul></nav>"),
            RejectKind::NotNews,
            "a page of links",
        ),
        ("<!doctype html><html><body></body></html>".to_owned(), RejectKind::Empty, "no text in it"),
    ] {
        let reject = read(html.as_bytes()).unwrap_err();
        assert_eq!((reject.kind, reject.reason.as_str()), (kind, reason), "{html}");
    }
}

#[test]
fn a_review_of_the_press_is_an_article() {
    let links = "<li><a href='/a'>A headline of some length</a></li>".repeat(40);
    let html = format!(
        "<!doctype html><meta property='article:published_time' content='2025-10-25T08:00:00Z'>\
         <title>What others write</title><article><h1>What others write</h1><ul>{links}</ul></article>"
    );
    let text = read(html.as_bytes()).unwrap().text;
    assert!(text.starts_with("A headline of some length\n"), "{text}");
}

/// A clock on which ten seconds go by at every look.
#[derive(Debug, Default)]
struct Slow(AtomicU64);

impl Clock for Slow {
    fn elapsed(&self) -> Duration {
        Duration::from_secs(10 * self.0.fetch_add(1, Ordering::Relaxed))
    }
}

#[test]
fn what_takes_too_long_is_rejected_by_name() {
    let long = "“Yes,” said Jane Roe.";
    let page = format!("<html><body><p>{long}</p></body></html>");
    let read = |name: &str, text: &str, seconds: u64| {
        let options = ReadOptions::new()
            .clock(Arc::new(Slow::default()))
            .time_limit(Duration::from_secs(seconds));
        read_with(name, text.as_bytes(), options).unwrap().remove(0)
    };
    for (name, text) in [("a.html", page.as_str()), ("a.txt", long)] {
        let reject = read(name, text, 5).unwrap_err();
        assert_eq!(reject, format!("{name}: took longer than the limit of 5 s"));
        assert_eq!(read(name, text, 1000).unwrap().text, long);
    }
}

#[test]
fn hostile_pages_cost_little() {
    let deep = "<div>".repeat(100_000);
    let attributes = format!("<html><p {}>x", "a=1 ".repeat(1_000_000));
    for html in [deep, attributes] {
        assert_eq!(
            read(html.as_bytes()).unwrap_err().kind,
            RejectKind::Malformed
        );
    }
    let long = format!(
        "<html><p>{}</p>",
        "“Yes,” said Jane Roe. &amp; ".repeat(100_000)
    );
    let article = read(long.as_bytes()).unwrap();
    assert!(article.text.len() > 2_000_000);
    let shallow = format!("<html>{}“Yes,” said Jane Roe.", "<div>".repeat(1_500));
    assert!(read(shallow.as_bytes()).unwrap().text.contains("Jane Roe"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_markup_makes_it_panic(
        html in "(<(/?(p|div|a|b|table|tr|td|li|ul|svg|math|template|script|select|h1|article)|!--|!doctype html)( class='(body|ad)')?>|-->|“Yes,” said Jane Roe\\. |x|\n){0,80}"
    ) {
        if let Ok(article) = read(html.as_bytes()) {
            prop_assert!(!article.text.trim().is_empty());
            prop_assert!(!article.text.contains("\n\n"));
        }
    }

    #[test]
    fn paragraphs_read_back_the_same(
        lines in proptest::collection::vec("“[A-Z][a-z]{2,9}( [a-z]{2,9}){12,30},” said Jane Roe\\.", 3..12)
    ) {
        let html = format!("<p>{}</p>", lines.join("</p>\n<p>"));
        let page = format!("<!doctype html><title>A Headline of News</title><article><h1>A Headline of News</h1>{html}</article>");
        prop_assert_eq!(read(page.as_bytes()).unwrap().text, lines.join("\n"));
    }
}
