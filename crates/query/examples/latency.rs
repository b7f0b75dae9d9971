//! How long searches take: for each kind of query the median and the 99th percentile, warm and in process.
//!
//! `cargo run --release --example latency -- ARCHIVE` asks questions made of the archive's own words, names and
//! months; the same archive gives the same questions.

use std::error::Error;
use std::io::{Stdout, Write};
use std::time::{Duration, Instant};

use whosaid_query::{Archive, Facet, Interval, Options, Query, Sort, Unit};

/// Queries by their kind.
type Questions = Vec<(&'static str, Vec<String>)>;

/// Questions of a kind, at most.
const QUESTIONS: usize = 50;

/// Times that each is asked; the first time is not counted.
const TIMES: usize = 6;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1);
    let archive = Archive::open(path.ok_or("the path of an archive is missing")?)?;
    let holdings = archive.holdings()?;
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{} articles, {} quotations\n",
        holdings.articles, holdings.quotations
    )?;
    writeln!(
        out,
        "| kind | example | found, median | p50 ms | p99 ms |\n|---|---|--:|--:|--:|"
    )?;
    for (kind, queries) in questions(&archive)? {
        measure(&mut out, &archive, kind, &queries)?;
    }
    Ok(())
}

/// Asks all questions of a kind and prints a line.
fn measure(
    out: &mut Stdout,
    archive: &Archive,
    kind: &str,
    queries: &[String],
) -> Result<(), Box<dyn Error>> {
    let mut times: Vec<Duration> = Vec::new();
    let mut totals = Vec::new();
    for text in queries {
        let query = Query::parse(text, &Options::new())?;
        for time in 0..TIMES {
            let started = Instant::now();
            let search = archive.search(&query).limit(10);
            let found = match kind {
                "count by speaker" => search.limit(0).facet(Facet::speaker().top(10)).run()?,
                "count by month" => search.limit(0).timeline(Interval::Month).run()?,
                "latest first" => search.sort(Sort::DateDescending).run()?,
                "articles" => search.unit(Unit::Articles).run()?,
                _ => search.run()?,
            };
            if time > 0 {
                times.push(started.elapsed());
            } else {
                totals.push(found.total());
            }
        }
    }
    times.sort_unstable();
    totals.sort_unstable();
    let (Some(example), Some(total)) = (queries.first(), totals.get(totals.len() / 2)) else {
        return Ok(());
    };
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1000.0;
    writeln!(
        out,
        "| {kind} | `{example}` | {total} | {:.2} | {:.2} |",
        at(50),
        at(99)
    )?;
    Ok(())
}

/// Makes the questions: each kind with queries of words that stand in the archive.
fn questions(archive: &Archive) -> Result<Questions, Box<dyn Error>> {
    let all = Query::all();
    let found = archive
        .search(&all)
        .sort(Sort::Confidence)
        .limit(2000)
        .facet(Facet::speaker().top(QUESTIONS))
        .timeline(Interval::Month)
        .run()?;
    let mut pairs: Vec<[String; 2]> = Vec::new();
    for hit in found.hits() {
        let words = hit.quote().split_whitespace();
        let words: Vec<String> = words
            .map(|word| word.trim_matches(|char: char| !char.is_alphabetic()))
            .filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic))
            .map(str::to_lowercase)
            .collect();
        let stands = |pair: &[String]| format!("{} {}", pair[0], pair[1]);
        pairs.extend(
            words
                .windows(2)
                .filter(|pair| hit.quote().to_lowercase().contains(&stands(pair)))
                .take(1)
                .map(|pair| [pair[0].clone(), pair[1].clone()]),
        );
    }
    pairs.sort();
    pairs.dedup();
    let step = pairs.len().div_ceil(QUESTIONS).max(1);
    let pairs: Vec<[String; 2]> = pairs.into_iter().step_by(step).collect();
    let speakers = found
        .facets()
        .first()
        .map_or(&[][..], |facet| &facet.values);
    let names: Vec<&str> = speakers.iter().map(|value| value.value.as_str()).collect();
    let surnames = || {
        let last = names.iter().filter_map(|name| name.split(' ').next_back());
        last.map(|name| name.replace(['"', '(', ')'], ""))
            .filter(|name| !name.is_empty())
    };
    let months: Vec<String> = found.timeline().map_or(Vec::new(), |timeline| {
        let buckets = timeline.buckets.iter().filter(|bucket| bucket.count > 0);
        buckets
            .map(|bucket| bucket.start.format("%Y-%m").to_string())
            .collect()
    });
    let of_pairs = |make: &dyn Fn(&str, &str) -> String| -> Vec<String> {
        pairs.iter().map(|[a, b]| make(a, b)).collect()
    };
    let dated: Vec<String> = pairs
        .iter()
        .zip(months.iter().cycle())
        .map(|([a, _], month)| format!("said:{a} date:{month}.."))
        .collect();
    let spoken: Vec<String> = pairs
        .iter()
        .zip(surnames().collect::<Vec<_>>().iter().cycle())
        .map(|([a, _], name)| format!("speaker:\"{name}\" said:{a}"))
        .collect();
    Ok(vec![
        ("word", of_pairs(&|a, _| format!("said:{a}"))),
        (
            "common word",
            ["the", "of", "we", "it", "to"]
                .map(|word| format!("said:{word}"))
                .into(),
        ),
        ("bare words", of_pairs(&|a, b| format!("{a} {b}"))),
        ("phrase", of_pairs(&|a, b| format!("said:\"{a} {b}\""))),
        (
            "phrase, exact",
            of_pairs(&|a, b| format!("said:=\"{a} {b}\"")),
        ),
        (
            "phrase with slop",
            of_pairs(&|a, b| format!("said:\"{a} {b}\"~3")),
        ),
        ("near", of_pairs(&|a, b| format!("{a} NEAR/8 {b}"))),
        (
            "boolean",
            of_pairs(&|a, b| format!("said:({a} OR {b}) NOT said:not")),
        ),
        (
            "beginning",
            of_pairs(&|a, _| format!("said:{}*", a.chars().take(4).collect::<String>())),
        ),
        ("misspelled", of_pairs(&|a, _| format!("said:{a}~1"))),
        (
            "speaker",
            surnames()
                .map(|name| format!("speaker:\"{name}\""))
                .collect(),
        ),
        ("speaker, word", spoken),
        ("word, dates", dated),
        ("latest first", of_pairs(&|a, _| format!("said:{a}"))),
        ("articles", of_pairs(&|a, b| format!("{a} {b}"))),
        ("joined", of_pairs(&|a, b| format!("text:{b} said:{a}"))),
        ("count by speaker", of_pairs(&|a, _| format!("said:{a}"))),
        ("count by month", vec!["*".to_owned()]),
    ])
}
