//! Queries that mean to take for ever.

#![allow(
    clippy::print_stdout,
    reason = "what a long run counted is shown to whoever started it"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use whosaid_query::{
    Archive, Cancel, CheckOptions, ErrorKind, Facet, Interval, Options, Query, Sort, Unit, Verdict,
};

use crate::support::World;

/// Each with a name for the table.
#[expect(clippy::too_many_lines, reason = "a table")]
fn queries() -> Vec<(&'static str, String)> {
    let many = |count: usize, part: &dyn Fn(usize) -> String, between: &str| {
        let parts: Vec<String> = (0..count).map(part).collect();
        parts.join(between)
    };
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    let two = |number: usize| format!("{}{}", letter(number), letter(number / 26));
    let three = |number: usize| format!("{}{}", two(number), letter(number / 676));
    let frequent = |number: usize| ["the", "of", "and", "to"][number % 4].to_owned();
    vec![
        ("everything", "*".to_owned()),
        ("one letter", "a*".to_owned()),
        ("one letter, said", "said:t*".to_owned()),
        ("a frequent beginning", "have*".to_owned()),
        (
            "every letter",
            many(26, &|n| format!("{}*", letter(n)), " OR "),
        ),
        (
            "hundreds of beginnings",
            many(600, &|n| format!("{}*", two(n)), " OR "),
        ),
        (
            "thousands of beginnings",
            many(5000, &|n| format!("{}*", two(n)), " "),
        ),
        ("beginnings in a phrase", "\"t* a* t* o*\"".to_owned()),
        ("the end of a phrase", "\"the a*\"*".to_owned()),
        ("misspelled by two", "government~2".to_owned()),
        (
            "hundreds misspelled",
            many(300, &|n| format!("govern{}~2", two(n)), " OR "),
        ),
        (
            "thousands misspelled",
            many(3000, &|n| format!("govern{}~2", two(n)), " OR "),
        ),
        ("deep", format!("{}a{}", "(".repeat(40), ")".repeat(40))),
        (
            "deeper",
            format!("{}a{}", "(".repeat(40_000), ")".repeat(40_000)),
        ),
        ("not not", "NOT ".repeat(5000) + "a"),
        ("near frequent words", "the NEAR/50 of".to_owned()),
        ("near beginnings", "t* NEAR/100 a*".to_owned()),
        ("chains of near", many(400, &|n| two(n), " NEAR/9 ")),
        ("slop", "\"the of and to\"~1000000".to_owned()),
        ("slop without end", format!("\"the of\"~{}", u64::MAX)),
        (
            "a long phrase",
            format!("\"{}\"", "the of and ".repeat(300)),
        ),
        (
            "a longer phrase",
            format!("\"{}\"", "the of and ".repeat(4000)),
        ),
        (
            "a phrase with gaps",
            format!("\"{}\"~3", "the of and ".repeat(4000)),
        ),
        (
            "an open phrase",
            format!("\"{}a\"*", "the of and ".repeat(4000)),
        ),
        (
            "long phrases near each other",
            format!("\"{0}\" NEAR \"{0}\"", "the of and ".repeat(2000)),
        ),
        (
            "a long phrase, letter for letter",
            format!("said:=\"{}\"", "the of and ".repeat(4000)),
        ),
        (
            "a phrase of all words",
            format!("\"{}\"", many(15_000, &three, " ")),
        ),
        (
            "phrases",
            many(
                250,
                &|n| format!("\"{} {}\"", "the of and ".repeat(20), two(n)),
                " OR ",
            ),
        ),
        (
            "a phrase that is nowhere",
            "said:\"of the of the of the\" OR text:\"the the of of\"".to_owned(),
        ),
        ("thousands of words", many(9000, &three, " OR ")),
        ("a thousand words", many(1000, &three, " OR ")),
        ("all of a thousand words", "the of and to ".repeat(250)),
        ("any of a thousand words", many(1000, &frequent, " OR ")),
        (
            "none of a thousand words",
            many(1000, &|n| format!("-{}", three(n)), " "),
        ),
        ("a word of thousands", many(15_000, &frequent, "-")),
        (
            "a thousand speakers",
            many(1000, &|n| format!("speaker:{}", three(n)), " OR "),
        ),
        (
            "a speaker of thousands of words",
            format!("speaker:\"{}\"", many(12_000, &three, " ")),
        ),
        (
            "a thousand outlets",
            many(1000, &|n| format!("source:{}", three(n)), " OR "),
        ),
        (
            "a thousand of the other unit",
            many(1000, &|n| format!("text:{}", frequent(n)), " OR "),
        ),
        (
            "a thousand years",
            many(1000, &|n| format!("date:{}", 1000 + n), " OR "),
        ),
        (
            "a thousand identifiers",
            many(1000, &|n| format!("id:{n:08x}"), " OR "),
        ),
        (
            "a thousand numbers",
            many(1000, &|n| format!("words:{n}"), " OR "),
        ),
        ("a frequent phrase", "said:\"of the\"".to_owned()),
        ("letter for letter", "said:=\"of the\"".to_owned()),
        ("letter for letter, texts", "text:=\"of the\"".to_owned()),
        (
            "the other unit",
            "text:(a* OR t*) said:(a* OR t*)".to_owned(),
        ),
        ("not the other unit", "NOT text:a* NOT said:t*".to_owned()),
        (
            "everybody",
            "speaker:a* OR speaker:m* OR speaker:j*".to_owned(),
        ),
        ("all but", "NOT zeppelin".to_owned()),
        ("words of a megabyte", "ferry ".repeat(180_000)),
        ("a word of a megabyte", "f".repeat(1 << 20)),
        ("a million marks", "\"".repeat(1 << 20)),
        (
            "numbers",
            format!(
                "words:{}..{} confidence:0..1",
                "9".repeat(300),
                "9".repeat(3000)
            ),
        ),
        (
            "dates",
            "date:0000..9999 OR date:1..2 OR date:99999999999".to_owned(),
        ),
        ("combining", format!("e{}", "\u{301}".repeat(60_000))),
        (
            "boosts",
            many(900, &|n| format!("{}^9999999999999999999", two(n)), " OR "),
        ),
    ]
}

fn options() -> Options {
    crate::support::options()
}

/// Asks in every way there is; returns whether it was an answer, and whether all of one.
fn ask(archive: &Archive, query: &str, cancel: &Cancel, deadline: Option<Instant>) -> Option<bool> {
    let query = match Query::parse(query, &options()) {
        Ok(query) => query,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Query);
            assert!(error.to_string().len() < 100_000);
            return None;
        }
    };
    let mut partial = false;
    for unit in [Unit::Quotations, Unit::Articles] {
        for sort in [Sort::Relevance, Sort::Date] {
            let search = archive.search(&query).unit(unit).sort(sort).limit(20);
            let mut search = search.facet(Facet::speaker()).timeline(Interval::Month);
            search = search.cancel(cancel.clone());
            if let Some(deadline) = deadline {
                search = search.deadline(deadline);
            }
            match search.run() {
                Ok(found) => partial |= found.is_partial(),
                Err(error) => {
                    assert!(!error.to_string().is_empty());
                    return None;
                }
            }
        }
    }
    Some(!partial)
}

#[test]
fn queries_without_end_are_refused_or_answered() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/news/jsonl");
    let world = World::of(&[&sample]);
    let archive = world.archive();
    for (name, query) in queries() {
        let whole = ask(&archive, &query, &Cancel::new(), None);
        assert_ne!(whole, Some(false), "{name}");
        // With the switch on nothing is walked, and the answer says so.
        let stopped = Cancel::new();
        stopped.cancel();
        let partial = ask(&archive, &query, &stopped, None);
        assert!(partial != Some(true) || whole.is_none(), "{name}");
    }
    let text = format!(
        "“{}”",
        "The ferry is ready, we need one percent. ".repeat(3000)
    );
    let stopped = Cancel::new();
    stopped.cancel();
    let check = archive.check(&text, &CheckOptions::new().cancel(stopped));
    assert!(check.is_ok_and(|check| check.partial));
}

/// A phrase of more words than are looked for at once is found where all of it stands, and nowhere else.
#[test]
fn a_speech_that_is_pasted_is_found() {
    // Words that come again and again, in an order that does not.
    let nonsense = |place: usize| {
        let number = place * place * place % 331;
        let letter = |number: usize| char::from(b'b' + (number % 19) as u8);
        format!("k{}{}a", letter(number), letter(number / 19))
    };
    let words: Vec<String> = (0..3000).map(nonsense).collect();
    let speech = words.join(" ");
    let other = words.iter().rev().cloned().collect::<Vec<_>>().join(" ");
    let said = words[..400].join(" ");
    let world = World::new();
    let article = |name: &str, text: &str| {
        world.write(
            name,
            format!("date 2025-10-25 Talks\nHe spoke to all on Friday.\n{text}\n"),
        );
    };
    article("news/whole.txt", &speech);
    article("news/backwards.txt", &other);
    article(
        "news/said.txt",
        &format!("“{said},” said Jane Roe on Monday."),
    );
    world
        .run(&["index", world.path("news").to_str().unwrap()])
        .ok();
    let archive = world.archive();
    let count = |query: &str, unit: Unit| {
        let query = Query::parse(query, &options()).unwrap();
        archive.search(&query).unit(unit).run().unwrap().total()
    };
    let changed = |at: usize| {
        let mut words = words.clone();
        words.swap(at, at + 1);
        words.join(" ")
    };
    let open = &speech[..speech.len() - 2];
    for (query, found) in [
        (format!("text:\"{speech}\""), 1),
        (format!("text:\"{speech}\"~3"), 1),
        (format!("text:\"{open}\"*"), 1),
        (format!("text:=\"{speech}\""), 1),
        (format!("text:\"{said}\""), 2),
        (
            format!("\"{said}\" NEAR/3000 \"{}\"", words[2000..].join(" ")),
            1,
        ),
        (format!("text:({said})"), 3),
        (format!("text:\"{}\"", changed(7)), 0),
        (format!("text:\"{}\"", changed(1500)), 0),
        (format!("text:\"{}\"~3", changed(1500)), 0),
        (format!("text:=\"{}\"", changed(1500)), 0),
        (format!("text:({said} zeppelin)"), 0),
    ] {
        assert_eq!(count(&query, Unit::Articles), found, "{}…", &query[..40]);
    }
    for (query, found) in [
        (format!("said:\"{said}\""), 1),
        (format!("\"{said}\""), 1),
        (said.clone(), 1),
        (format!("said:=\"{said}\""), 1),
        (format!("said:\"{said} zeppelin\""), 0),
    ] {
        assert_eq!(count(&query, Unit::Quotations), found, "{}…", &query[..40]);
    }
    let check = archive
        .check(&format!("“{said}”"), &CheckOptions::new())
        .unwrap();
    let found: Vec<_> = check
        .quotations
        .iter()
        .map(|checked| checked.verdict)
        .collect();
    assert_eq!(found, [Verdict::Exact]);
}

/// Of a query of a few parts it is told what would be found without each; of one of thousands that were as many searches.
#[test]
fn what_finds_nothing_is_not_asked_a_thousand_times() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/news/jsonl");
    let world = World::of(&[&sample]);
    for (parts, told) in [(20, 20), (21, 0), (4000, 0)] {
        let words: Vec<String> = (0..parts).map(|part| format!("w{part}")).collect();
        let ran = world.run(&["search", &words.join(" ")]);
        let lines = ran
            .err
            .lines()
            .filter(|line| line.contains(" without "))
            .count();
        assert_eq!(lines, told, "{parts}: {}", ran.err);
    }
}

/// Prints by how much the deadline is missed in a large archive: `BOUNDS_ARCHIVE=…`; of the queries whose name has some
/// words alone with `BOUNDS_ONLY=…`.
#[test]
fn the_deadline_is_kept() {
    let Ok(path) = std::env::var("BOUNDS_ARCHIVE") else {
        return;
    };
    let archive = Archive::open(path).unwrap();
    let _ = archive.persons();
    let limit = Duration::from_millis(100);
    let only = std::env::var("BOUNDS_ONLY").unwrap_or_default();
    let mut worst = Duration::ZERO;
    for (name, query) in queries() {
        if !name.contains(&only) {
            continue;
        }
        for unit in [Unit::Quotations, Unit::Articles] {
            let Ok(query) = Query::parse(&query, &options()) else {
                println!("{name:<28} refused");
                break;
            };
            let started = Instant::now();
            let search = archive
                .search(&query)
                .unit(unit)
                .limit(20)
                .copies(true)
                .facet(Facet::speaker());
            let found = search.deadline(started + limit).run();
            let over = started.elapsed().saturating_sub(limit);
            worst = worst.max(over);
            let what = match found {
                Ok(found) if found.is_partial() => "partial",
                Ok(_) => "whole",
                Err(_) => "refused",
            };
            println!(
                "{name:<28} {unit:<10?} {what:<8} {:>6} ms over",
                over.as_millis()
            );
        }
    }
    println!("worst: {} ms over", worst.as_millis());
}
