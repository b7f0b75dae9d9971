//! What a user sees when nothing is found, or nothing can be.

use std::fmt::Write as _;

use whosaid_query::cli::Status;

use crate::support::{World, two_stories};

/// Runs commands one after the other, as they look in a terminal.
fn seen(world: &World, commands: &[&[&str]]) -> String {
    let mut text = String::new();
    for args in commands {
        let ran = world.run(args);
        let _ = writeln!(text, "$ whosaid {}", args.join(" "));
        text.push_str(&ran.err);
        text.push_str(&ran.out);
        let status = match ran.status {
            Status::Done => "found",
            Status::Nothing => "nothing",
            Status::Failed => "failed",
            _ => "else",
        };
        let _ = writeln!(text, "[{status}]\n");
    }
    text
}

#[test]
fn nothing_found_says_what_each_clause_costs() {
    insta::assert_snapshot!(seen(
        &two_stories(),
        &[
            &["search", "speaker:Roe said:open date:2025-10"],
            &["search", "said:zeppelin"],
            &["search", "--in", "articles", "text:minister text:mayor"],
            &[
                "search",
                "(speaker:Roe OR speaker:Bello) said:zeppelin NOT said:open"
            ],
            &["facet", "speaker", "said:zeppelin"],
            &["ask", "who said \"zeppelin\""],
            &["ask", "who said \"decide to need\""],
            &["search", "speaker:Roe said:\"chance one\""],
        ],
    ));
}

#[test]
fn a_name_of_two_people_says_so() {
    let world = World::new();
    world.write(
        "news/a.txt",
        "date 2025-10-25 Summit\n\
         “We will talk,” said Kim Tae-ri, the envoy.\n\
         “We will wait,” said Kim Do-yun, the mayor.\n",
    );
    let news = world.path("news");
    world.run(&["index", news.to_str().unwrap()]).ok();
    insta::assert_snapshot!(seen(
        &world,
        &[
            &["search", "speaker:Kim"],
            &["search", "speaker:Kim Tae-ri"],
            &["search", "speaker:=\"Kim Do-yun\"", "--explain"],
        ],
    ));
}

#[test]
fn faults_are_shown_at_their_place() {
    let long = "ferry ".repeat(20_000);
    let deep = "(".repeat(10_000);
    let world = two_stories();
    let mut text = seen(
        &world,
        &[
            &["search", "speeker:roe"],
            &["search", "headline:budget who:Roe 12:30"],
            &["search", "date:2025-13"],
            &[
                "search",
                "date:2025-02-30 date:25.10.2025 date:2025-12..2025-10 date:7d",
            ],
            &["search", "said:“one percent"],
            &["search", "speaker:Jane Roe"],
            &["search", "speaker:Donald J. Trump said:open"],
            &["search", "said:() OR"],
            &["search", "*ment gov*ment"],
            &[
                "search",
                "jane~4 \"jane roe\"~ a^0 b NEAR/0 c confidence:2 words:1.5",
            ],
            &["search", "kind:(direct OR indirekt) id:q:xyz lang:en*"],
            &["search", "date:10/2025"],
            &[
                "search",
                "chance^1e9 chance^-1 (chance^nan) chance^1001 chance^",
            ],
        ],
    );
    for query in [&long, &deep] {
        let ran = world.run(&["search", query]);
        let line = ran.err.lines().last().unwrap_or_default();
        let _ = writeln!(text, "$ whosaid search '{}…'\n{line}\n", &query[..12]);
        assert_eq!(ran.status, Status::Failed);
        assert!(ran.err.len() < 2000, "{}", ran.err.len());
    }
    insta::assert_snapshot!(text);
}

/// A program places each fault by itself.
#[test]
fn faults_are_records_of_their_own() {
    let world = two_stories();
    let query = "speeker:roe date:2025-13";
    let ran = world.run(&["search", query, "--format", "jsonl"]);
    assert_eq!(ran.status, Status::Failed);
    let records: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let faults: Vec<_> = records
        .iter()
        .map(|record| {
            assert_eq!(record["type"], "error");
            let at = |end: usize| record["span"][end].as_u64().unwrap() as usize;
            (record["kind"].as_str().unwrap(), &query[at(0)..at(1)])
        })
        .collect();
    assert_eq!(
        faults,
        [("unknown_field", "speeker"), ("bad_date", "2025-13")]
    );
}

/// Signs alone, or letters without end, are no word: nothing was asked for, and nothing is found.
#[test]
fn what_holds_no_word_finds_nothing() {
    let world = two_stories();
    let long = format!("said:{}", "x".repeat(300));
    for (query, message) in [
        ("said:\"?!\"", "\"?!\" holds no word"),
        ("text:\"…\"", "\"…\" holds no word"),
        (long.as_str(), "…\" is too long for a word"),
    ] {
        let ran = world.run(&["search", query]);
        assert_eq!(ran.status, Status::Nothing, "{query}");
        assert!(ran.err.contains(message), "{}", ran.err);
    }
    let ran = world.run(&["search", "said:\"?!\" chance"]);
    assert_eq!(ran.status, Status::Done);
}

#[test]
fn an_archive_that_is_empty_or_missing_says_so() {
    let world = World::new();
    let missing = seen(
        &world,
        &[
            &["search", "ferry"],
            &["status"],
            &["ask", "who said \"ferry\""],
        ],
    );
    let empty = world.path("news");
    std::fs::create_dir(&empty).unwrap();
    world.run(&["index", empty.to_str().unwrap()]);
    let none = seen(
        &world,
        &[
            &["search", "ferry"],
            &["search", "*"],
            &["ask", "who said \"ferry\""],
            &["facet", "speaker"],
            &["timeline"],
        ],
    );
    world.write("other/letter.txt", "Dear");
    let other = world.path("other");
    let other = seen(
        &world,
        &[&["search", "--archive", other.to_str().unwrap(), "ferry"]],
    );
    let other = other.replace(&*world.path("").to_string_lossy(), "DIR/");
    insta::assert_snapshot!(format!("{missing}{none}{other}"));
}
