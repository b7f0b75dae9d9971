//! What each command prints, on two short stories.

use whosaid_query::cli::Status;

use crate::support::{World, two_stories};

#[test]
fn ask() {
    let ran = two_stories().run(&["ask", "who said “one percent”?"]);
    assert_eq!(ran.status, Status::Done);
    insta::assert_snapshot!(ran.err, @r#"read as  said:"one percent"     4 quotations in 2 articles, 2025-10-25..2025-10-26"#);
    insta::assert_snapshot!(ran.out, @r#"
    Ade Bello, mayor of Port Vale                                                            1 quotation
      “[One per cent] is not much.”                        2025-10-26  news/second.jsonl:1  conf 0.__  q:6faf
    Jane Roe, Minister                                                                       1 quotation
      “I don’t want to miss even a [one percent] chance,”  2025-10-25  news/first.txt:3     conf 0.__  q:9f26
    "#);
}

#[test]
fn ask_in_a_narrow_terminal() {
    let world = two_stories();
    insta::assert_snapshot!(in_terminal(&world, 60, &["ask", "who said \"one percent\""]), @r#"
    Ade Bello, mayor of Port Vale                    1 quotation
      “[One per cent] is not much.”
        2025-10-26 · news/second.jsonl:1 · conf 0.__ · q:6faf
    Jane Roe, Minister                               1 quotation
      “I don’t want to miss even a [one percent] chance,”
        2025-10-25 · news/first.txt:3 · conf 0.__ · q:9f26
    "#);
}

#[test]
fn search() {
    let world = two_stories();
    let ran = world.run(&["search", "speaker:Bello", "--sort", "date"]);
    insta::assert_snapshot!(ran.ok(), @r#"
    1  Ade Bello, mayor of Port Vale
       “We are open to it,”
       2025-10-26 · Daily Example · “Budget holds” · news/second.jsonl:1 · conf 0.__ · q:cf54
    2  Ade Bello, mayor of Port Vale
       “One per cent is not much.”
       2025-10-26 · Daily Example · “Budget holds” · news/second.jsonl:1 · conf 0.__ · q:6faf
    "#);
    let ran = world.run(&["search", "--in", "articles", "text:open"]);
    insta::assert_snapshot!(ran.ok(), @r#"
    1  Budget holds
       “We are [open] to it,” said Ade Bello, the mayor of Port Vale. Bello added: “One per cent is not much.”
       2025-10-26 · Daily Example · news/second.jsonl:1 · 2 quotations · a:b6fa66f3c2b90bdf
    "#);
    let ran = world.run(&["search", "speaker:Roe said:budget"]);
    assert_eq!(ran.status, Status::Nothing);
    insta::assert_snapshot!(ran.err, @r#"
    read as  speaker:Roe said:budget     4 quotations in 2 articles, 2025-10-25..2025-10-26
    nothing found
           0  without speaker:Roe
           2  without said:budget
    "#);
}

#[test]
fn search_as_json_lines() {
    let ran = two_stories().run(&["search", "said:open", "--format", "jsonl"]);
    let mut records = ran.records();
    let hit = &mut records[0];
    hit["evidence"]["sha256"] = "…".into();
    hit["speaker"]["confidence"] = "…".into();
    insta::assert_snapshot!(serde_json::to_string_pretty(hit).unwrap(), @r#"
    {
      "article": {
        "author": "Ann Lee",
        "id": "a:b6fa66f3c2b90bdf",
        "path": "DIR/news/second.jsonl",
        "published": {
          "from": "header",
          "inferred": false,
          "precision": "day",
          "value": "2025-10-26"
        },
        "source": "Daily Example",
        "title": "Budget holds",
        "url": null
      },
      "copies": 0,
      "copy_of": null,
      "evidence": {
        "cue": [
          25,
          29
        ],
        "path": "DIR/news/second.jsonl",
        "quote": [
          3,
          21
        ],
        "record": 1,
        "sha256": "…",
        "speaker": [
          30,
          39
        ],
        "unit": "byte"
      },
      "id": "q:cf54",
      "inside": null,
      "matches": [
        [
          7,
          11
        ]
      ],
      "quote": {
        "denied": false,
        "kind": "direct",
        "lang": null,
        "text": "We are open to it,",
        "words": 5
      },
      "rank": 1,
      "score": 2.093,
      "speaker": {
        "as_written": "Ade Bello",
        "confidence": "…",
        "how": "name",
        "kind": "person",
        "name": "Ade Bello",
        "others": [],
        "title": "mayor of Port Vale"
      },
      "type": "hit",
      "utterance": {
        "earliest": "q:cf54",
        "outlets": 1,
        "quotations": 1,
        "wordings": 1
      },
      "v": 1
    }
    "#);
    assert_eq!(records[1]["type"], "summary");
    assert_eq!(
        (&records[1]["total"], &records[1]["query"]["parsed"]),
        (&1.into(), &"said:open".into())
    );
}

#[test]
fn a_date_that_is_unknown_is_told_as_such() {
    let world = World::new();
    let file = world.write("a.jsonl", "{\"text\":\"“Yes, we will,” said Jane Roe.\"}\n");
    world.run(&["index", file.to_str().unwrap()]).ok();
    for unit in ["quotations", "articles"] {
        let ran = world.run(&["search", "*", "--in", unit, "--format", "jsonl"]);
        insta::allow_duplicates! {
            insta::assert_snapshot!(ran.records()[0]["article"]["published"], @r#"{"from":"none","inferred":false,"precision":null,"value":null}"#);
        }
    }
}

#[test]
fn json_wraps_the_same_records() {
    let world = two_stories();
    let lines = world
        .run(&["facet", "speaker", "--format", "jsonl"])
        .records();
    let whole = world.run(&["facet", "speaker", "--format", "json"]).ok();
    let whole: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(whole["v"], 1);
    let records = whole["records"].as_array().unwrap();
    assert_eq!(records[..records.len() - 1], lines[..lines.len() - 1]);
}

#[test]
fn tables() {
    let world = two_stories();
    insta::assert_snapshot!(world.run(&["facet", "speaker", "--format", "csv"]).ok(), @"
    field,value,count,of,level
    speaker,Ade Bello,2,,
    speaker,Jane Roe,2,,
    ");
    insta::assert_snapshot!(world.run(&["timeline", "--by", "day", "--format", "tsv"]).ok(), @r#"
    start	end	count
    2025-10-25	2025-10-26	2
    2025-10-26	2025-10-27	2
    "#);
    let rows = world.run(&["search", "*", "--all", "--format", "csv"]).ok();
    assert_eq!(rows.lines().count(), 5, "{rows}");
}

#[test]
fn counts() {
    let world = two_stories();
    insta::assert_snapshot!(world.run(&["facet", "speaker"]).ok(), @r#"
    Ade Bello  2  ██████████████████████████████████████████████████████████████████████████████████████
    Jane Roe   2  ██████████████████████████████████████████████████████████████████████████████████████
    "#);
    insta::assert_snapshot!(world.run(&["facet", "date", "--by", "day", "said:\"one percent\""]).ok(), @r#"
    2025-10-25  1  █████████████████████████████████████████████████████████████████████████████████████
    2025-10-26  1  █████████████████████████████████████████████████████████████████████████████████████
    "#);
    insta::assert_snapshot!(world.run(&["timeline", "--by", "week"]).ok(), @r#"2025-W43  4  ███████████████████████████████████████████████████████████████████████████████████████"#);
    insta::assert_snapshot!(world.run(&["speakers", "roe"]).ok(), @r#"
    Jane Roe  2 quotations · 2025-10-25
      names    Jane Roe (2)
      offices  Minister (2)
      written  Roe (2)
    "#);
}

#[test]
fn nobody_of_that_name() {
    let ran = two_stories().run(&["speakers", "Trump"]);
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (
            Status::Nothing,
            "warning: nobody in this archive is called \"Trump\"\n"
        )
    );
}

#[test]
fn what_is_left_out_of_a_count_has_no_bar() {
    let world = World::new();
    let line = |number: u32, name: &str| {
        format!("{{\"id\":\"{number}\",\"text\":\"“Yes, number {number},” said {name}.\"}}\n")
    };
    let names = [
        "Jane Roe",
        "Jane Roe",
        "Jane Roe",
        "Ade Bello",
        "Ann Ito",
        "Bo Lund",
    ];
    let lines: String = (1..)
        .zip(names)
        .map(|(number, name)| line(number, name))
        .collect();
    let file = world.write("a.jsonl", lines);
    world.run(&["index", file.to_str().unwrap()]).ok();
    insta::assert_snapshot!(world.run(&["facet", "speaker", "-n", "2"]).ok(), @r#"
    Jane Roe   3  ██████████████████████████████████████████████████████████████████████████████████████
    Ade Bello  1  ████████████████████████████▋
    (2 more)   2
    "#);
    insta::assert_snapshot!(world.run(&["facet", "date"]).ok(), @r#"undated  6"#);
    insta::assert_snapshot!(world.run(&["timeline"]).ok(), @r#"undated  6"#);
}

/// Runs as in a terminal of so many columns.
fn in_terminal(world: &World, columns: usize, args: &[&str]) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut session = whosaid_query::cli::Session::new(&mut out, &mut err);
    session.columns = columns;
    session.wrap = true;
    session.here = world.path("").canonicalize().unwrap();
    let archive = world.path("archive");
    let global = ["whosaid", "-q", "--archive", archive.to_str().unwrap()];
    let status = whosaid_query::cli::run_in(global.iter().chain(args), session);
    assert_eq!(status, Status::Done);
    let here = world.path("").canonicalize().unwrap();
    let out = String::from_utf8(out).unwrap();
    crate::support::without_confidence(&out).replace(&*here.to_string_lossy(), "DIR")
}

#[test]
fn long_quotations_are_shown_whole() {
    let world = World::new();
    let said = "We have waited for this bridge through four governments and two floods, \
                and nobody here expects one percent of the money to come before spring";
    world.write(
        "outlets/the-lower-valley-observer/2025/october/bridge.txt",
        format!("date 2025-10-25 The bridge that never came to the lower valley, and why it may not\n“{said},” said Jane Roe.\n"),
    );
    let outlets = world.path("outlets");
    world.run(&["index", outlets.to_str().unwrap()]).ok();
    let question = ["ask", "who said \"one percent\""];
    insta::assert_snapshot!(world.run(&question).out, @r#"
    Jane Roe                                                                                 1 quotation
      “We have waited for this bridge through four governments and two floods, and nobody here expects [one percent] of the money to come before spring,”
        2025-10-25 · …/2025/october/bridge.txt:2 · conf 0.__ · q:08e5
    "#);
    insta::assert_snapshot!(in_terminal(&world, 60, &question), @r#"
    Jane Roe                                         1 quotation
      “We have waited for this bridge through four governments
      and two floods, and nobody here expects [one percent] of
      the money to come before spring,”
        2025-10-25 · …/2025/october/bridge.txt:2 · conf 0.__
        q:08e5
    "#);
    insta::assert_snapshot!(in_terminal(&world, 60, &["search", "percent"]), @r#"
    1  Jane Roe
       “We have waited for this bridge through four
       governments and two floods, and nobody here expects one
       [percent] of the money to come before spring,”
       2025-10-25
       “The bridge that never came to the lower valley, and…”
       …/2025/october/bridge.txt:2 · conf 0.__ · q:08e5
    "#);
    let id = world
        .run(&["search", "percent", "--format", "jsonl"])
        .records()[0]["id"]
        .clone();
    let shown = in_terminal(&world, 60, &["show", id.as_str().unwrap()]);
    let kept: Vec<&str> = shown
        .lines()
        .filter(|line| !line.starts_with("sha256"))
        .collect();
    insta::assert_snapshot!(kept.join("\n"), @r#"
    Jane Roe
    2025-10-25
    “The bridge that never came to the lower valley, and…”
    …/2025/october/bridge.txt:2 · conf 0.__ · q:08e5

    “[We have waited for this bridge through four governments
    and two floods, and nobody here expects one percent of the
    money to come before spring,]” said Jane Roe.

    DIR/outlets/the-lower-valley-observer/2025/october/bridge.txt, line 2
    bytes 3-146 of the text
    speaker from "Jane Roe" (name), announced by "said"
    "#);
}

#[test]
fn show() {
    let world = two_stories();
    let hits = world
        .run(&["search", "said:\"one percent chance\"", "--format", "jsonl"])
        .records();
    let id = hits[0]["id"].as_str().unwrap();
    let shown = world.run(&["show", id]).ok();
    assert!(
        shown.contains("DIR/news/first.txt, line 3\nbytes "),
        "{shown}"
    );
    assert!(
        shown.contains("[I don’t want to miss even a one percent chance,]"),
        "{shown}"
    );
    let article = hits[0]["article"]["id"].as_str().unwrap();
    let shown = world.run(&["show", article]).ok();
    assert!(shown.starts_with("Talks on the border\n"), "{shown}");
    let ran = world.run(&["show", "q:zz"]);
    assert_eq!(ran.status, Status::Failed);
    insta::assert_snapshot!(ran.err, @r#"error: "q:zz" is no identifier; they look like q:7f3a or a:91c0"#);
    let ran = world.run(&["show", "a:0000000000000000"]);
    insta::assert_snapshot!(ran.err, @r#"error: nothing in the archive has an identifier that begins with "a:0000000000000000""#);
}

#[test]
fn extract() {
    let world = World::new();
    let line = "{\"id\":\"x-7\",\"text\":\"“Ça va,” said Jane Roe.\"}\n";
    let bytes = world.run_with(&["extract"], line);
    let kept = bytes.out.split(",\"confidence\":").next().unwrap();
    insta::assert_snapshot!(kept, @r#"{"v":1,"type":"article","id":"x-7","quotes":[{"start":3,"end":10,"text":"Ça va,","kind":"direct","speaker":"Jane Roe","speaker_kind":"person","title":null,"speaker_start":19,"speaker_end":27,"cue_start":14,"cue_end":18,"how":"name","denied":false"#);
    let chars = world
        .run_with(&["extract", "-", "--offsets", "char"], line)
        .records();
    let quote = &chars[0]["quotes"][0];
    assert_eq!((&quote["start"], &quote["end"]), (&1.into(), &7.into()));
    let file = world.write(
        "a.txt",
        "date 2025-10-25 Talks\n“Yes, we will,” said Jane Roe.\n",
    );
    let records = world.run(&["extract", file.to_str().unwrap()]).records();
    assert_eq!(records[0]["id"], "DIR/a.txt");
}

#[test]
fn convert_gives_what_index_reads() {
    let world = two_stories();
    let news = world.path("news");
    let converted = world.run(&["convert", news.to_str().unwrap()]).ok();
    assert_eq!(converted.lines().count(), 2);
    let other = World::new();
    let file = other.write("all.jsonl", converted);
    other.run(&["index", file.to_str().unwrap()]).ok();
    let list = |world: &World| {
        let records = world
            .run(&["search", "*", "--sort", "date", "--format", "jsonl"])
            .records();
        let of = |record: &serde_json::Value| {
            let published = &record["article"]["published"]["value"];
            format!(
                "{} {} {published}",
                record["speaker"]["name"], record["quote"]["text"]
            )
        };
        let mut lines: Vec<String> = records
            .iter()
            .filter(|record| record["type"] == "hit")
            .map(of)
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(list(&world), list(&other));
}

/// Two speakers tell what was said to them, and what they said themselves.
fn told_again() -> World {
    let world = World::new();
    let file = world.write(
        "told.jsonl",
        concat!(
            r#"{"id":"t","date":"2025-10-27","text":"“Go home now,” said Ann Ito, the mayor. "#,
            r#"“She told me, ‘Not one percent,’ and I agreed,” said Jane Roe. "#,
            r#"“I told them, ‘We want one percent,’ and I meant it,” said Ade Bello."}"#,
        ),
    );
    world.run(&["index", file.to_str().unwrap()]).ok();
    world
}

#[test]
fn what_is_quoted_inside_stands_inside() {
    let world = told_again();
    let file = world.path("told.jsonl");
    let printed = [
        world.run(&["extract", file.to_str().unwrap()]).records(),
        world.run(&["export"]).records(),
    ];
    for records in printed {
        let quotes = records[0]["quotes"].as_array().unwrap();
        let starts: Vec<u64> = quotes
            .iter()
            .map(|quote| quote["start"].as_u64().unwrap())
            .collect();
        assert!(starts.len() == 3 && starts.is_sorted(), "{records:#?}");
        let inner: Vec<_> = quotes
            .iter()
            .map(|quote| quote["inner"].as_array().unwrap().as_slice())
            .collect();
        assert!(inner[0].is_empty(), "{records:#?}");
        for (inner, text, speaker) in [
            (inner[1], "Not one percent,", "Ann Ito"),
            (inner[2], "We want one percent,", "Ade Bello"),
        ] {
            assert_eq!(inner.len(), 1, "{records:#?}");
            assert_eq!(inner[0]["text"], text);
            assert_eq!(inner[0]["speaker"], speaker);
            let keys = |value: &serde_json::Value| {
                let keys = value.as_object().unwrap().keys();
                keys.cloned().collect::<Vec<_>>()
            };
            assert_eq!(keys(&inner[0]), keys(&quotes[0]));
        }
    }
}

#[test]
fn an_inner_quotation_is_a_hit_of_its_own() {
    let world = told_again();
    let question = ["ask", "who said \"one percent\""];
    insta::assert_snapshot!(world.run(&question).out, @r"
    Ade Bello                                                            2 quotations · 1 inside another
      “I told them, ‘We want [one percent],’ and I meant it,”  2025-10-27  told.jsonl:1  conf 0.__  q:f9f9
    Ann Ito, mayor                                                                           1 quotation
      “Not [one percent],”                                     2025-10-27  told.jsonl:1  conf 0.__  q:d9d1
    Jane Roe                                                                                 1 quotation
      “She told me, ‘Not [one percent],’ and I agreed,”        2025-10-27  told.jsonl:1  conf 0.__  q:b0f5
    ");
    let records = world
        .run(&[&question[..], &["--format", "jsonl"]].concat())
        .records();
    let hit = |text: &str| {
        let found = records.iter().find(|record| {
            record["type"] == "hit" && record["quote"]["text"].as_str().unwrap().starts_with(text)
        });
        found.unwrap_or_else(|| panic!("{text}: {records:#?}"))
    };
    for (inner, outer) in [("Not one", "She told"), ("We want", "I told")] {
        assert!(hit(outer)["inside"].is_null());
        assert_eq!(hit(inner)["inside"], hit(outer)["id"]);
    }
    let shown = world
        .run(&["show", hit("We want")["id"].as_str().unwrap()])
        .ok();
    let outer = hit("I told")["id"].as_str().unwrap();
    assert!(shown.contains(&format!("inside {outer}")), "{shown}");
}

#[test]
fn export_is_the_same_for_the_same_content() {
    let world = two_stories();
    let first = world.run(&["export"]).ok();
    assert_eq!(first.lines().count(), 2);
    let news = world.path("news");
    std::fs::write(
        news.join("first.txt"),
        "date 2025-10-25 Other\n“No, never,” said Jane Roe.\n",
    )
    .unwrap();
    world.run(&["index", news.to_str().unwrap()]).ok();
    assert_ne!(world.run(&["export"]).ok(), first);
    let again = two_stories();
    let second = again.run(&["export"]).ok();
    assert_eq!(first, second);
}

#[test]
fn a_second_run_changes_nothing() {
    let world = two_stories();
    let news = world.path("news");
    insta::assert_snapshot!(world.run(&["index", news.to_str().unwrap()]).ok(), @r#"0 articles added · 2 unchanged"#);
    std::fs::write(
        news.join("first.txt"),
        "date 2025-10-25 Other\n“No, never,” said Jane Roe.\n",
    )
    .unwrap();
    let report = world.run(&["index", news.to_str().unwrap()]).ok();
    assert!(report.contains("1 unchanged"), "{report}");
    assert_eq!(
        world
            .run(&["search", "said:\"one percent\""])
            .out
            .matches("Bello")
            .count(),
        1
    );
    assert_eq!(
        world
            .run(&["search", "said:never"])
            .ok()
            .matches("Jane Roe")
            .count(),
        1
    );
}

#[test]
fn status() {
    let status = two_stories().run(&["status"]).ok();
    let kept: Vec<&str> = status
        .lines()
        .filter(|line| !line.starts_with("size"))
        .collect();
    insta::assert_snapshot!(kept.join("\n"), @r#"
    archive    DIR/archive
    articles   2
    quotations 4
    speakers   2 named
    dates      2025-10-25..2025-10-26
    files      2
    format     9
    "#);
}

#[test]
fn explain_tells_how_the_query_was_read() {
    let ran = two_stories().run(&["search", "speaker:Roe date:last-month", "--explain"]);
    let told: Vec<&str> = ran
        .err
        .lines()
        .filter(|line| !line.starts_with("tree"))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    days     date:last-month is 2025-10-01..2025-10-31, today being 2025-11-02 as given
    names    Roe is Jane Roe (2)
    read as  speaker:Roe date:last-month     4 quotations in 2 articles, 2025-10-25..2025-10-26
    "#);
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let world = World::new();
    let file = world.write(
        "a.txt",
        "date 2025-10-25 Ta\u{1b}[31mlks\n“Yes \u{1b}]0;pwned\u{7} one percent,” said Jane Roe.\n",
    );
    world.run(&["index", file.to_str().unwrap()]).ok();
    for args in [
        &["ask", "who said \"one percent\""][..],
        &["search", "said:percent"],
        &["facet", "speaker"],
    ] {
        let ran = world.run(args);
        assert!(!ran.out.contains(['\u{1b}', '\u{7}']), "{:?}", ran.out);
    }
}

#[test]
fn help_and_usage() {
    let world = World::new();
    let help = world.run(&["--help"]);
    assert!(help.status == Status::Done && help.out.contains("whosaid ask") && help.err.is_empty());
    let wrong = world.run(&["serach", "x"]);
    assert!(
        wrong.status == Status::Failed && wrong.out.is_empty() && wrong.err.contains("search"),
        "{}",
        wrong.err
    );
    let man = world.run(&["man"]).ok();
    assert!(
        man.starts_with(".ie") || man.contains(".TH whosaid"),
        "{man}"
    );
    assert!(world.run(&["completions", "bash"]).ok().contains("whosaid"));
    let man = world.run(&["man", "search"]).ok();
    assert!(man.contains("min\\-confidence"), "{man}");
    assert_eq!(world.run(&["man", "serach"]).status, Status::Failed);
    let help = world.run(&["search", "--help"]).ok();
    assert!(help.contains("hope NEAR/4 ferry"), "{help}");
    let zone = world.run(&["--tz", "Mars", "status"]);
    assert_eq!(zone.status, Status::Failed);
}

#[test]
fn a_name_with_a_letter_wrong_leads_to_those_like_it() {
    let world = two_stories();
    let ran = world.run(&["ask", "what did Jane Rowe say about chances"]);
    assert_eq!(ran.status, Status::Nothing);
    insta::assert_snapshot!(ran.err, @r#"
    read as  speaker:"Jane Rowe" about:chances     4 quotations in 2 articles, 2025-10-25..2025-10-26
    warning: nobody in this archive is called "Jane Rowe"; did you mean Jane Roe?
    nothing found
           1  without speaker:"Jane Rowe"
           0  without about:chances
    "#);
    let ran = world.run(&["check", "“We are open to it,” said Ade Belo"]);
    insta::assert_snapshot!(ran.err, @r#"
    searched 4 quotations in 2 articles, 2025-10-25..2025-10-26
    warning: nobody in this archive is called "Ade Belo"; did you mean Ade Bello?
    "#);
    // An office is no name, and somebody holds it.
    let ran = world.run(&["ask", "what did the mayor say about chances"]);
    assert!(!ran.err.contains("did you mean"), "{}", ran.err);
}

#[test]
fn what_agrees_with_a_name_by_its_small_words_is_not_suggested() {
    let world = World::new();
    let file = world.write(
        "a.txt",
        "date 2025-10-25 Polls\n“People change their minds,” said the Centre for Opinion Research.\n",
    );
    world.run(&["index", file.to_str().unwrap()]).ok();
    let ran = world.run(&["ask", "what did a spokesman for Clinton say"]);
    insta::assert_snapshot!(ran.err, @r#"
    read as  speaker:"spokesman for Clinton"     1 quotation in 1 article, 2025-10-25
    warning: nobody in this archive is called "spokesman for Clinton"
    nothing found
    "#);
}

#[test]
fn an_outlet_that_is_taken_for_a_speaker_is_named() {
    let world = two_stories();
    let ran = world.run(&["ask", "what did the Daily Example say about chances"]);
    insta::assert_snapshot!(ran.err, @r#"
    read as  speaker:"Daily Example" about:chances     4 quotations in 2 articles, 2025-10-25..2025-10-26
    warning: nobody in this archive is called "Daily Example", but an outlet is; did you mean source:"Daily Example"?
    nothing found
           1  without speaker:"Daily Example"
           0  without about:chances
    "#);
    let ran = world.run(&["ask", "list all quotes from the Daily Example"]);
    insta::assert_snapshot!(ran.err, @r#"read as  speaker:"Daily Example" OR source:"Daily Example"     4 quotations in 2 articles, 2025-10-25..2025-10-26"#);
    assert_eq!(ran.status, Status::Done);
}

#[test]
fn a_name_is_known_whatever_its_office_is_called() {
    let world = two_stories();
    let found = world.run(&["ask", "what did Ade Bello say"]).ok();
    for question in [
        "what did Ade Bello, the harbour chief, say",
        "what did Bello, the harbour chief, say",
    ] {
        assert_eq!(world.run(&["ask", question]).ok(), found, "{question}");
    }
}

#[test]
fn what_is_told_in_indirect_speech_alone_is_counted() {
    let world = World::new();
    let file = world.write(
        "a.txt",
        "date 2025-10-25 Ferry\nThe White House said that the ferry will sail again next month. “We wait,” said Jane Roe.\n",
    );
    world.run(&["index", file.to_str().unwrap()]).ok();
    let ran = world.run(&["ask", "what did the White House say"]);
    assert_eq!(ran.status, Status::Nothing);
    insta::assert_snapshot!(ran.err, @r#"
    read as  speaker:"White House"     1 quotation in 1 article, 2025-10-25
    nothing found
           1  in indirect speech: speaker:"White House" kind:indirect
    "#);
    let ran = world.run(&["search", "speaker:\"White House\" said:ferry"]);
    insta::assert_snapshot!(ran.err, @r#"
    read as  speaker:"White House" said:ferry     1 quotation in 1 article, 2025-10-25
    nothing found
           1  in indirect speech: speaker:"White House" said:ferry kind:indirect
           0  without speaker:"White House"
           0  without said:ferry
    "#);
    let ran = world.run(&["search", "speaker:\"White House\" kind:indirect"]);
    assert_eq!(ran.status, Status::Done);
}

#[test]
fn questions_in_other_words() {
    let world = two_stories();
    let ran = world.run(&["ask", "“one per cent”, who said that"]);
    assert_eq!(ran.out, world.run(&["ask", "who said one percent"]).ok());
    let ran = world.run(&["ask", "how often did anybody say one percent"]);
    insta::assert_snapshot!(ran.err, @r#"read as  said:"one percent"     4 quotations in 2 articles, 2025-10-25..2025-10-26"#);
    assert_eq!(ran.out.lines().next(), Some("2 times in 2 articles"));
    let ran = world.run(&["ask", "who last said one percent in 2025"]);
    insta::assert_snapshot!(ran.err, @r#"
    read as  said:"one percent" date:2025     4 quotations in 2 articles, 2025-10-25..2025-10-26
    latest in this archive first
    "#);
    assert!(ran.out.find("Bello") < ran.out.find("Roe"), "{}", ran.out);
    let ran = world.run(&["ask", "who said one percent in the Daily Example"]);
    insta::assert_snapshot!(ran.err, @r#"read as  said:"one percent" source:"Daily Example"     4 quotations in 2 articles, 2025-10-25..2025-10-26"#);
    assert!(
        ran.out.contains("Bello") && !ran.out.contains("Roe"),
        "{}",
        ran.out
    );
    let ran = world.run(&["ask", "how often did anybody say one percent per month"]);
    insta::assert_snapshot!(ran.err, @r#"
    read as  said:"one percent"     4 quotations in 2 articles, 2025-10-25..2025-10-26
    2 times in 2 articles
    "#);
    assert_eq!(
        ran.out,
        world
            .run(&["timeline", "said:\"one percent\"", "--by", "month"])
            .ok()
    );
    let ran = world.run(&["ask", "how many people said one percent"]);
    assert_eq!(
        ran.out.lines().next(),
        Some("2 named speakers, 2 quotations in 2 articles")
    );
    let question = [
        "ask",
        "how many people said one percent",
        "--format",
        "jsonl",
    ];
    let summary = world.run(&question).records().pop().unwrap();
    assert_eq!(
        (&summary["speakers"], &summary["total"]),
        (&2.into(), &2.into())
    );
    let ran = world.run(&["ask", "waht did Roe say"]);
    assert_eq!(ran.status, Status::Failed);
    insta::assert_snapshot!(ran.err, @r#"
    error: cannot read the question "waht did Roe say"
    hint: questions look like this:
          who said "one percent" since October 2025
          what did Jane Roe say about the budget
    "#);
}

/// Somebody with many quotations is shown with some, though those of others are earlier and fill the list.
#[test]
fn the_foremost_are_shown_with_words_of_theirs() {
    let world = World::new();
    let article = |number: usize, month: u32, name: &str| {
        format!(
            "{{\"id\":\"{month}-{number}\",\"title\":\"Ferry {number}\",\"date\":\"2025-{month:02}-10\",\
             \"text\":\"“Ferry a{number}x b{number}x sails,” said {name}.\"}}\n"
        )
    };
    let many = (0..120).map(|number| article(number, 1, "Jane Roe"));
    let later = (0..50).map(|number| article(number, 6, "Ade Bello"));
    world.write("news.jsonl", many.chain(later).collect::<String>());
    world
        .run(&["index", world.path("news.jsonl").to_str().unwrap()])
        .ok();
    let found = world
        .run(&["ask", "who was quoted most about ferries"])
        .ok();
    assert!(
        found.contains("… 20 more") && found.contains("… 47 more"),
        "{found}"
    );
    let found = world
        .run(&["ask", "-n", "5", "who was quoted most about ferries"])
        .ok();
    assert!(
        found.contains("… 115 more") && found.contains("… 50 more"),
        "{found}"
    );
}

/// What somebody is said not to have said is never shown as if they had.
#[test]
fn denied_words_are_marked_wherever_they_are_shown() {
    let world = World::new();
    world.write(
        "news/a.txt",
        "date 2025-05-12 Harbour\nMarta Kline never said “we will surrender the port”, her lawyer said.\n",
    );
    let news = world.path("news");
    world.run(&["index", news.to_str().unwrap()]).ok();
    for args in [
        &["search", "surrender"][..],
        &["show", "q:0"],
        &["show", "q:0", "--cite"],
        &["variants", "q:0"],
        &["kwic", "surrender"],
        &["ask", "did Marta Kline say \"we will surrender\""],
    ] {
        let mut args = args.to_vec();
        let ran = world.run(&["search", "surrender", "--format", "csv"]).ok();
        let id = ran
            .lines()
            .nth(1)
            .unwrap()
            .split(',')
            .next()
            .unwrap()
            .to_owned();
        if args.get(1) == Some(&"q:0") {
            args[1] = &id;
        }
        let ran = world.run(&args);
        assert_eq!(ran.status, Status::Done, "{args:?} {}", ran.err);
        assert!(
            ran.out.to_lowercase().contains("denied or supposed"),
            "{args:?} {}",
            ran.out
        );
    }
    let asked = world.run(&["ask", "how often did Marta Kline say \"we will surrender\""]);
    assert!(
        asked
            .err
            .contains("1 of the quotations shown is denied or supposed"),
        "{}",
        asked.err
    );
    let table = world.run(&["search", "surrender", "--format", "csv"]).ok();
    let ends: Vec<_> = table
        .lines()
        .filter_map(|line| line.rsplit(',').next())
        .collect();
    assert_eq!(ends, ["denied", "true"]);
}
