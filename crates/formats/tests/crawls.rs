//! WARC, WET and ARC files bring their pages, whatever the servers and the crawlers did to them.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should say where"
)]

use std::io::Write as _;
use std::ops::ControlFlow;

use proptest::prelude::*;
use whosaid_formats::{Part, ReadOptions, RejectKind, read_file};
use whosaid_model::Article;

#[derive(Debug, Default)]
struct Brought {
    articles: Vec<Article>,
    rejects: Vec<(String, RejectKind, String)>,
}

impl Brought {
    fn records(&self) -> Vec<u64> {
        let articles = self.articles.iter();
        articles
            .map(|article| article.place.record.unwrap())
            .collect()
    }

    fn kinds(&self) -> Vec<(&str, RejectKind)> {
        let rejects = self.rejects.iter();
        rejects.map(|(place, kind, _)| (&**place, *kind)).collect()
    }
}

fn bring(bytes: &[u8], options: ReadOptions) -> Brought {
    let mut brought = Brought::default();
    read_file(&mut &*bytes, "x", &options.into(), &mut |part| {
        let mut rejected = |reject: whosaid_formats::Reject| {
            let place = reject
                .record
                .map_or(reject.path, |record| record.to_string());
            brought.rejects.push((place, reject.kind, reject.reason));
        };
        match part {
            Part::Records(records) => records.read_all(&mut |article| match article {
                Ok(article) => brought.articles.push(article),
                Err(reject) => rejected(reject),
            }),
            Part::Reject(reject) => rejected(reject),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    brought
}

fn read(bytes: &[u8]) -> Brought {
    bring(bytes, ReadOptions::new())
}

fn page(title: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{title}</title></head><body><article><h1>{title}</h1>\
         <p>“Yes, we will,” said Jane Roe, the mayor of the town, after the meeting on the harbour.</p>\
         <p>The council met for three hours. “It was about time,” her deputy John Doe said.</p>\
         </article></body></html>"
    )
}

fn record(kind: &str, uri: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2020-05-04T10:20:30Z\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    record.extend(block);
    record.extend(b"\r\n\r\n");
    record
}

fn response(uri: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record(
        "response",
        uri,
        "application/http; msgtype=response",
        &block,
    )
}

fn html(title: &str) -> Vec<u8> {
    let uri = format!("https://news.example/{}.html", title.to_lowercase());
    response(
        &uri,
        "200 OK\r\nContent-Type: text/html",
        page(title).as_bytes(),
    )
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn info() -> Vec<u8> {
    record(
        "warcinfo",
        "",
        "application/warc-fields",
        b"software: none\r\n",
    )
}

#[test]
fn pages_of_a_crawl() {
    let request = record(
        "request",
        "https://news.example/one.html",
        "application/http",
        b"GET / HTTP/1.1\r\n\r\n",
    );
    let crawl = [info(), request, html("One"), html("Two")];
    for bytes in [
        crawl.concat(),
        crawl.iter().flat_map(|record| gzip(record)).collect(),
    ] {
        let brought = read(&bytes);
        assert_eq!(brought.records(), [3, 4]);
        assert_eq!(brought.kinds(), []);
        let one = &brought.articles[0];
        assert_eq!(one.title.as_deref(), Some("One"));
        assert_eq!(one.url.as_deref(), Some("https://news.example/one.html"));
        assert!(
            one.text.contains("“It was about time,” her deputy"),
            "{}",
            one.text
        );
    }
}

#[test]
fn answers_as_servers_send_them() {
    let body = page("One");
    let packed = gzip(body.as_bytes());
    let mut chunked = Vec::new();
    for part in packed.chunks(100) {
        chunked.extend(format!("{:x}\r\n", part.len()).as_bytes());
        chunked.extend(part);
        chunked.extend(b"\r\n");
    }
    chunked.extend(b"0\r\n\r\n");
    for (head, body) in [
        (
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
            &packed[..],
        ),
        (
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked",
            &chunked,
        ),
        (
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked",
            body.as_bytes(),
        ),
        (
            "200\r\nno field\r\nContent-Type:\r\n text/html",
            body.as_bytes(),
        ),
        ("200 OK\nServer: x", body.as_bytes()),
    ] {
        let brought = read(&response("http://a.example/", head, body));
        assert_eq!(
            (brought.articles.len(), brought.rejects.len()),
            (1, 0),
            "{head}: {brought:?}"
        );
        assert_eq!(brought.articles[0].title.as_deref(), Some("One"));
    }
}

#[test]
fn what_is_no_news_is_told_and_no_fault() {
    let feed = r#"{"token": "abc", "items": 3}"#;
    let bytes = [
        response(
            "http://a.example/1",
            "404 Not Found\r\nContent-Type: text/html",
            page("Gone").as_bytes(),
        ),
        response(
            "http://a.example/2",
            "200 OK\r\nContent-Type: image/png",
            b"\x89PNG",
        ),
        response(
            "http://a.example/3",
            "200 OK\r\nContent-Type: text/html",
            b"\x89PNG\r\n\x1a\n\0\0",
        ),
        response(
            "http://a.example/robots.txt",
            "200 OK\r\nContent-Type: text/plain",
            b"User-agent: *",
        ),
        response(
            "http://a.example/5",
            "200 OK\r\nContent-Type: application/json",
            feed.as_bytes(),
        ),
        response(
            "http://a.example/6",
            "200 OK\r\nContent-Type: text/html",
            b"\r\n",
        ),
        record(
            "revisit",
            "http://a.example/7",
            "application/http",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record(
            "resource",
            "metadata://crawler/log.txt",
            "text/plain",
            b"fetched",
        ),
        record(
            "response",
            "dns:a.example",
            "text/dns",
            b"20200504\na.example. 1 IN A 192.0.2.7",
        ),
        record("unknown", "http://a.example/10", "text/plain", b"?"),
        response("http://a.example/app.js?v=2", "200 OK", b"let a = 1;"),
    ]
    .concat();
    let brought = read(&bytes);
    assert_eq!(brought.articles, []);
    let expected: Vec<String> = (1..=11).map(|number: u32| number.to_string()).collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|number| (&**number, RejectKind::NotNews))
        .collect();
    assert_eq!(brought.kinds(), expected, "{brought:?}");
    assert_eq!(brought.rejects[0].2, "an answer with the status 404");
}

#[test]
fn texts_and_other_formats_of_the_web() {
    let text = "Talks begin\n\nSEOUL — “Yes, we will,” said Jane Roe. They met on May 1, 2020.\n";
    let json = r#"{"title": "Third", "text": "“Yes,” said Roe.", "url": "https://b.example/3"}"#;
    let bytes = [
        record(
            "conversion",
            "http://a.example/1",
            "text/plain",
            text.as_bytes(),
        ),
        response(
            "http://a.example/2",
            "200 OK\r\nContent-Type: text/plain",
            text.replace("2020", "2031").as_bytes(),
        ),
        response(
            "http://a.example/3",
            "200 OK\r\nContent-Type: application/json",
            json.as_bytes(),
        ),
        record(
            "resource",
            "http://a.example/4",
            "text/html",
            page("Fourth").as_bytes(),
        ),
    ]
    .concat();
    let brought = read(&bytes);
    assert_eq!(brought.records(), [1, 2, 3, 4], "{brought:?}");
    let urls: Vec<_> = brought
        .articles
        .iter()
        .map(|article| article.url.as_deref().unwrap())
        .collect();
    assert_eq!(
        urls,
        [
            "http://a.example/1",
            "http://a.example/2",
            "https://b.example/3",
            "http://a.example/4"
        ]
    );
    let dates = |article: &Article| article.published.as_ref().map(|date| date.date.to_string());
    assert_eq!(dates(&brought.articles[0]).as_deref(), Some("2020-05-01"));
    // It was fetched in 2020.
    assert_eq!(dates(&brought.articles[1]), None);
}

#[test]
fn wrong_lengths_cost_one_record_at_most() {
    let long = String::from_utf8(html("Two")).unwrap();
    let length = long
        .split("Content-Length: ")
        .nth(1)
        .unwrap()
        .split('\r')
        .next()
        .unwrap();
    for (wrong, expected) in [
        // What is left of the second is no record.
        ("200", vec![("3", RejectKind::Malformed)]),
        // It says that the third belongs to it.
        ("2000", vec![("2", RejectKind::Malformed)]),
        ("many", vec![("2", RejectKind::Malformed)]),
    ] {
        let second = long.replace(
            &format!("Content-Length: {length}"),
            &format!("Content-Length: {wrong}"),
        );
        let brought = read(&[html("One"), second.into_bytes(), html("Three")].concat());
        let titles: Vec<_> = brought
            .articles
            .iter()
            .map(|article| article.title.as_deref().unwrap())
            .collect();
        assert!(
            titles.starts_with(&["One"]) && titles.ends_with(&["Three"]),
            "{wrong}: {brought:?}"
        );
        assert_eq!(brought.kinds(), expected, "{wrong}: {brought:?}");
    }
}

#[test]
fn a_clipped_crawl_keeps_the_start_of_its_last_page() {
    let mut bytes = [html("One"), html("Two")].concat();
    bytes.truncate(bytes.len() - 60);
    let brought = read(&bytes);
    assert_eq!(brought.records(), [1, 2]);
    assert_eq!(brought.kinds(), [("2", RejectKind::Malformed)]);
    assert!(
        brought.rejects[0].2.contains("breaks off after "),
        "{brought:?}"
    );
    let mut kept = String::from_utf8(html("One")).unwrap();
    kept = kept.replace("WARC-Date", "WARC-Truncated: length\r\nWARC-Date");
    let brought = read(kept.as_bytes());
    assert_eq!(brought.records(), [1]);
    assert_eq!(brought.kinds(), []);
    assert_eq!(
        brought.articles[0].notes,
        ["the crawler kept but the start of the page: length"]
    );
}

#[test]
fn long_records_are_told_by_what_they_are() {
    let long = "<p>“Yes,” said Jane Roe.</p>".repeat(10_000);
    let body = page("One").replace("</article>", &long);
    let bytes = [
        response(
            "http://a.example/1",
            "200 OK\r\nContent-Type: text/html",
            body.as_bytes(),
        ),
        response(
            "http://a.example/2",
            "200 OK\r\nContent-Type: video/mp4",
            &vec![1; 3 << 20],
        ),
        record(
            "request",
            "http://a.example/3",
            "application/http",
            &vec![b'x'; 3 << 20],
        ),
        html("Four"),
    ]
    .concat();
    let brought = bring(&bytes, ReadOptions::new().record_limit(100_000));
    assert_eq!(brought.records(), [4]);
    assert_eq!(
        brought.kinds(),
        [("1", RejectKind::TooLong), ("2", RejectKind::NotNews)]
    );
    // Packed, it is short.
    let packed = gzip(body.as_bytes());
    let bytes = response(
        "http://a.example/",
        "200 OK\r\nContent-Encoding: gzip",
        &packed,
    );
    let brought = bring(&bytes, ReadOptions::new().record_limit(100_000));
    assert_eq!(brought.kinds(), [("1", RejectKind::TooLong)]);
}

#[test]
fn what_is_no_record_may_start_where_a_chunk_does() {
    // Only some bytes behind the first record are read when it is cut off, and they are none of a record.
    let text = "The harbour stays open, the mayor said on Monday. ".repeat(21_000);
    let long = record(
        "conversion",
        "http://a.example/",
        "text/plain",
        text.as_bytes(),
    );
    let bytes = [long, b"no record\r\n".repeat(9), html("Three")].concat();
    let brought = read(&bytes);
    assert_eq!(brought.records(), [1, 3]);
    assert_eq!(brought.kinds(), [("2", RejectKind::Malformed)]);
}

#[test]
fn a_record_over_a_small_limit_ends_where_it_says() {
    let long = record(
        "conversion",
        "http://a.example/",
        "text/plain",
        &vec![b'x'; 2000],
    );
    let bytes = [long, html("Two")].concat();
    let brought = bring(&bytes, ReadOptions::new().record_limit(1000));
    assert_eq!(brought.records(), [2]);
    assert_eq!(brought.kinds(), [("1", RejectKind::TooLong)]);
}

#[test]
fn a_page_may_be_fetched_on_the_last_of_all_days() {
    let dated = "<meta property=\"article:published_time\" content=\"2017-12-31\"><h1>";
    let page = page("One").replace("<h1>", dated);
    let head = "200 OK\r\nContent-Type: text/html";
    let bytes = response("http://a.example/", head, page.as_bytes());
    let last =
        String::from_utf8_lossy(&bytes).replacen("2020-05-04T10:20:30Z", "+262142-12-31T23:59Z", 1);
    let brought = read(last.as_bytes());
    assert_eq!(brought.records(), [1]);
    assert_eq!(brought.kinds(), []);
}

#[test]
fn there_need_be_no_limit() {
    let packed = gzip(page("One").as_bytes());
    let head = "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip";
    let bytes = response("http://a.example/", head, &packed);
    let brought = bring(&bytes, ReadOptions::new().record_limit(usize::MAX));
    assert_eq!(brought.records(), [1]);
}

#[test]
fn crawls_of_many_megabytes_are_cut_where_their_records_end() {
    let filler = vec![b'x'; 300_000];
    let records: Vec<Vec<u8>> = (0..40_u32)
        .map(|number| match number % 4 {
            0 => record("metadata", "http://a.example/", "text/plain", &filler),
            1 => b"\r\n\r\nthese bytes are no record\r\n\r\n".to_vec(),
            2 => response(
                "http://a.example/v",
                "200 OK\r\nContent-Type: video/mp4",
                &filler,
            ),
            _ => html(&format!("Page {number}")),
        })
        .collect();
    let brought = read(&records.concat());
    assert_eq!(brought.articles.len(), 10);
    let count = |kind| {
        brought
            .rejects
            .iter()
            .filter(|reject| reject.1 == kind)
            .count()
    };
    assert_eq!(
        (count(RejectKind::Malformed), count(RejectKind::NotNews)),
        (10, 10)
    );
    assert_eq!(brought.records().last(), Some(&40));
}

#[test]
fn a_crawl_of_nothing_but_starts_is_read_in_one_pass() {
    let starts = "WARC/1.0\n".repeat(300_000);
    let brought = read(format!("{starts}\n{}", String::from_utf8(html("One")).unwrap()).as_bytes());
    assert_eq!(brought.articles.len(), 1);
    assert!(
        brought
            .rejects
            .iter()
            .all(|reject| reject.1 == RejectKind::Malformed)
    );
}

fn arc(url: &str, block: &[u8]) -> Vec<u8> {
    let line = format!("{url} 192.0.2.7 20140216050221 text/html {}\n", block.len());
    [line.as_bytes(), block, b"\n"].concat()
}

#[test]
fn arc_files_of_both_versions() {
    let block = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        page("One").as_bytes(),
    ]
    .concat();
    let second = format!(
        "http://a.example/2 192.0.2.7 20140216050221 text/html 200 - - 0 x.arc {}\n",
        block.len()
    );
    let bytes = [
        arc(
            "filedesc://x.arc",
            b"1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n",
        ),
        arc("dns:a.example", b"20140216\n"),
        arc("http://a.example/one page", &block),
        b"broken\n".to_vec(),
        [second.as_bytes(), &block, b"\n"].concat(),
    ]
    .concat();
    let brought = read(&bytes);
    assert_eq!(brought.records(), [3, 5], "{brought:?}");
    assert_eq!(
        brought.articles[0].url.as_deref(),
        Some("http://a.example/one page")
    );
    assert_eq!(brought.kinds(), [("4", RejectKind::Malformed)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_crawl_breaks_the_reader(at in 0_usize..3000, with in prop::collection::vec(any::<u8>(), 0..40), cut in 0_usize..3000) {
        let block = [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html", page("One").as_bytes()].concat();
        for mut bytes in [[info(), html("One"), html("Two")].concat(), [arc("filedesc://x", b""), arc("http://a.example/", &block)].concat()] {
            let at = at % bytes.len();
            let end = bytes.len().min(at + with.len());
            bytes.splice(at..end, with.iter().copied());
            bytes.truncate(bytes.len() - cut % bytes.len() / 2);
            let mut file = &*bytes;
            let read = read_file(&mut file, "x", &ReadOptions::new().into(), &mut |part| {
                if let Part::Records(records) = part {
                    records.read_all(&mut |_| ());
                }
                ControlFlow::Continue(())
            });
            prop_assert!(read.is_ok() || at < 40, "{:?}", read);
        }
    }

    #[test]
    fn pages_read_the_same_alone_and_in_a_crawl(titles in prop::collection::vec("[A-Z][a-z]{3,9}", 1..5)) {
        let crawl: Vec<u8> = titles.iter().flat_map(|title| html(title)).collect();
        let brought = read(&crawl);
        for (article, title) in brought.articles.iter().zip(&titles) {
            let alone = read(page(title).as_bytes());
            prop_assert_eq!(&article.text, &alone.articles[0].text);
            prop_assert_eq!(&article.title, &alone.articles[0].title);
        }
        prop_assert_eq!(brought.articles.len(), titles.len());
    }
}
