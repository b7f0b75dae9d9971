//! Wordings of one utterance, stock phrases, and what is told of them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use whosaid_query::cli::Status;

use crate::support::World;

/// One line of JSON.
fn article(source: &str, date: &str, text: &str) -> String {
    let article = json!({"source": source, "date": date, "title": "The siren", "text": text});
    format!("{article}\n")
}

/// A dam keeper in four outlets, and two spokespersons who say what all of them say.
fn world() -> World {
    let world = World::new();
    let lines = [
        article(
            "Valley Post",
            "2025-10-02",
            "“The siren did not sound. Nobody on the night shift had the key,” said Ilka Brenner, keeper of the dam. \
             “No comment,” said Tom Hale, a spokesman of the water board.",
        ),
        article(
            "Morning Wire",
            "2025-10-02",
            "“Nobody on the night shift had the key,” said Ilka Brenner. “No comment,” said Una Berg, who speaks for \
             the ministry.",
        ),
        article(
            "Coast Echo",
            "2025-10-03",
            "“On the night shift nobody had a key,” Ilka Brenner told the paper, which translated her words.",
        ),
        article(
            "Late Times",
            "2025-10-09",
            "A week later nothing was known. “No comment,” said Tom Hale. “Somebody had the key,” said Jo Lind.",
        ),
    ];
    let path = world.write("news.jsonl", lines.concat());
    world.run(&["index", path.to_str().unwrap()]).ok();
    world
}

/// The quotations of each utterance, by the beginnings of their words; only of utterances that have several.
fn gathered(records: &[Value]) -> Vec<Vec<String>> {
    let mut utterances: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for hit in records.iter().filter(|record| record["type"] == "hit") {
        let words = hit["quote"]["text"].as_str().unwrap();
        let words = words.chars().take(12).collect();
        let earliest = hit["utterance"]["earliest"].as_str().unwrap();
        utterances
            .entry(earliest.to_owned())
            .or_default()
            .push(words);
    }
    let mut gathered: Vec<_> = utterances
        .into_values()
        .filter(|all| all.len() > 1)
        .collect();
    for all in &mut gathered {
        all.sort();
    }
    gathered.sort();
    gathered
}

#[test]
fn wordings_of_one_utterance_are_one_entry() {
    let world = world();
    let ran = world.run(&["search", "key OR comment", "--sort", "date"]);
    insta::assert_snapshot!(ran.out, @"
    1  Ilka Brenner
       “Nobody on the night shift had the [key],”
       2025-10-02 · Morning Wire · “The siren” · news.jsonl:2 · conf 0.__ · q:573e · 3 wordings · 3 outlets
    2  Una Berg
       “No [comment],”
       2025-10-02 · Morning Wire · “The siren” · news.jsonl:2 · conf 0.__ · q:6933
    3  Tom Hale, spokesman of the water board
       “No [comment],”
       2025-10-02 · Valley Post · “The siren” · news.jsonl:1 · conf 0.__ · q:095a
    4  Tom Hale
       “No [comment],”
       2025-10-09 · Late Times · “The siren” · news.jsonl:4 · conf 0.__ · q:743d
    5  Jo Lind
       “Somebody had the [key],”
       2025-10-09 · Late Times · “The siren” · news.jsonl:4 · conf 0.__ · q:89b0
    ");
    insta::assert_snapshot!(ran.err, @"
    read as  key OR comment     7 quotations in 4 articles, 2025-10-02..2025-10-09
    2 quotations of the same utterances folded; --copies shows all
    ");
    let all = world.run(&["search", "key OR comment", "--copies"]);
    assert_eq!(all.out.matches("conf").count(), 7, "{}", all.out);
    insta::assert_snapshot!(world.run(&["ask", "who said key"]).out, @"
    Ilka Brenner, keeper of the dam                                3 quotations · 3 outlets · 3 wordings
      “Nobody on the night shift had the [key],”                           2025-10-02  news.jsonl:2  conf 0.__  q:573e
      “The siren did not sound. Nobody on the night shift had the [key],”  2025-10-02  news.jsonl:1  conf 0.__  q:f84d
      “On the night shift nobody had a [key],”                             2025-10-03  news.jsonl:3  conf 0.__  q:711d
    Jo Lind                                                                                  1 quotation
      “Somebody had the [key],”                                            2025-10-09  news.jsonl:4  conf 0.__  q:89b0
    ");
}

#[test]
fn records_carry_the_utterance_with_all_too() {
    let world = world();
    for extra in [&["--limit", "50"][..], &["--all"]] {
        let args = [&["search", "*", "--format", "jsonl"][..], extra].concat();
        let records = world.run(&args).records();
        assert_eq!(
            gathered(&records),
            [["Nobody on th", "On the night", "The siren di"]],
            "{args:?}"
        );
    }
}

#[test]
fn variants_are_compared_with_the_earliest() {
    let world = world();
    let records = world
        .run(&["search", "said:shift", "--format", "jsonl"])
        .records();
    let id = records[0]["id"].as_str().unwrap().to_owned();
    let ran = world.run_at(&["variants", &id], 80);
    insta::assert_snapshot!(ran.out, @"
    Ilka Brenner                               3 wordings · 3 outlets · 3 quotations
      1  “Nobody on the night shift had the key,”
         2025-10-02 · Morning Wire · by Ilka Brenner · news.jsonl:2 · conf 0.__
         q:573e
      2  “{+The siren did not sound+}. Nobody on the night shift had the key,”
         2025-10-02 · Valley Post · by Ilka Brenner · news.jsonl:1 · conf 0.__
         q:f84d
      3  “[-Nobody-] On the night shift {+nobody+} had [-the-] {+a+} key,”
         2025-10-03 · Coast Echo · by Ilka Brenner · news.jsonl:3 · conf 0.__
         q:711d
    ");
    let records = world.run(&["variants", &id, "--format", "jsonl"]).records();
    insta::assert_snapshot!(records[1]["changes"], @r#"[{"new":[0,23],"old":[0,0],"op":"insert"},{"new":[25,62],"old":[0,37],"op":"equal"}]"#);
    assert_eq!(records[3]["total"], 3);
    let ran = world.run(&["variants", &id, "--limit", "1"]);
    insta::assert_snapshot!(ran.err, @"1 of 3 shown; --all shows all");
}

#[test]
fn variants_are_of_a_quotation() {
    let world = world();
    let records = world.run(&["search", "key", "--format", "jsonl"]).records();
    let article = records[0]["article"]["id"].as_str().unwrap();
    let ran = world.run(&["variants", article, "--format", "jsonl"]);
    assert_eq!(ran.status, Status::Failed);
    insta::assert_snapshot!(ran.err, @r#"
    error: "a:6573d9351c9cab31" is an article, not a quotation
    hint: its quotations: whosaid search 'id:a:6573d9351c9cab31'
    "#);
    let query = ran.records()[0]["suggestions"][0].clone();
    world.run(&["search", query.as_str().unwrap()]).ok();
    let ran = world.run(&["variants", "a:0000000000000000"]);
    insta::assert_snapshot!(ran.err, @r#"error: nothing in the archive has an identifier that begins with "a:0000000000000000""#);
}

/// Of one day the hours count: who had it first is who had it in the morning, and who gives no hour comes after that.
#[test]
fn the_earliest_is_so_by_the_time_of_day() {
    let world = World::new();
    let line = |date: &str, source: &str| {
        let article = serde_json::json!({
            "title": format!("Dredging, {source}"), "date": date, "source": source,
            "text": format!("The port was full. “We will dredge the whole channel before spring,” Jane Roe told {source}."),
        });
        format!("{article}\n")
    };
    let lines = [
        line("2026-03-02", "Harbour Post"),
        line("2026-03-02T18:00:00+01:00", "Evening Star"),
        line("2026-03-02T07:30:00+01:00", "Morning Mail"),
        // Six hours later it is, and the day before.
        line("2026-03-01T23:30:00-08:00", "Coast Times"),
    ];
    world.write("news.jsonl", lines.concat());
    world
        .run(&["index", world.path("news.jsonl").to_str().unwrap()])
        .ok();
    let outlets = |args: &[&str]| {
        let ran = world.run(&[args, &["--format", "csv", "--copies"]].concat());
        let (out, mut found) = (ran.ok(), Vec::new());
        for line in out.lines().skip(1) {
            let known = ["Post", "Star", "Mail", "Times"];
            found.extend(known.into_iter().find(|outlet| line.contains(outlet)));
        }
        found
    };
    let search = ["search", "dredge", "--sort"];
    let as_given = ["Times", "Mail", "Star", "Post"];
    assert_eq!(outlets(&[&search[..], &["date"]].concat()), as_given);
    assert_eq!(
        outlets(&["ask", "who first said \"dredge the whole channel\""]),
        as_given
    );
    assert_eq!(
        outlets(&[&search[..], &["-date"]].concat()),
        ["Post", "Star", "Mail", "Times"]
    );
    // In Berlin all four are of one day.
    assert_eq!(
        outlets(&[&search[..], &["date", "--tz", "Europe/Berlin"]].concat()),
        ["Mail", "Times", "Star", "Post"]
    );
    let first = world
        .run(&["search", "source:Morning", "--format", "jsonl"])
        .ok();
    let first: serde_json::Value = serde_json::from_str(first.lines().next().unwrap()).unwrap();
    let times = world
        .run(&["search", "source:Coast", "--format", "jsonl"])
        .ok();
    let times: serde_json::Value = serde_json::from_str(times.lines().next().unwrap()).unwrap();
    assert_eq!(first["utterance"]["earliest"], times["id"]);
}
