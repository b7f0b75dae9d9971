//! Quotations in their surroundings: context, citations, concordances.

use serde_json::Value;
use whosaid_query::cli::Status;

use crate::support::World;

fn harbour() -> World {
    let world = World::new();
    world.write(
        "news/first.txt",
        "date 2025-10-25 Talks on the border\n\
         Snow fell on Mr. Lund's boat. Minister Jane Roe spoke to reporters on Friday.\n\
         “We still hope for one percent of the quay,” said Roe. “They need to decide.” Then she left.\n\
         Nobody followed her.\n",
    );
    world.write(
        "news/second.jsonl",
        concat!(
            r#"{"id":"s-1","title":"Budget holds","date":"2025-10-26","source":"Daily Example","#,
            r#""author":"Ann Lee","url":"https://daily.example/budget","text":"“Percent by percent, Hope Quay grows,” said Ade Bello, the mayor of Port Vale.\nBello added: “I hope so.”"}"#,
            "\n"
        ),
    );
    let news = world.path("news");
    world.run(&["index", news.to_str().unwrap()]).ok();
    world
}

#[test]
fn context_is_shown_in_sentences() {
    let world = harbour();
    insta::assert_snapshot!(world.run(&["search", "said:quay speaker:Roe", "-C", "1"]).ok(), @r#"
    1  Jane Roe, Minister
       Minister Jane Roe spoke to reporters on Friday.
       “We still hope for one percent of the [quay],” said Roe. “They need to decide.”
       2025-10-25 · “Talks on the border” · news/first.txt:3 · conf 0.__ · q:c94e
    "#);
    insta::assert_snapshot!(world.run(&["search", "speaker:Roe said:decide", "-C", "0"]).ok(), @r#"
    1  Jane Roe, Minister
       “They need to [decide].”
       2025-10-25 · “Talks on the border” · news/first.txt:3 · conf 0.__ · q:5421
    "#);
    let record = &world
        .run(&[
            "search",
            "said:quay speaker:Roe",
            "-C",
            "1",
            "--format",
            "jsonl",
        ])
        .records()[0];
    let text = record["passage"]["text"].as_str().unwrap();
    assert!(
        text.starts_with("Minister Jane Roe") && text.ends_with("decide.”"),
        "{text}"
    );
    let all = world
        .run(&["search", "*", "--all", "-C", "1", "--format", "csv"])
        .ok();
    assert!(all.lines().next().unwrap().ends_with(",passage"), "{all}");
}

#[test]
fn a_citation_has_all_that_is_known() {
    let world = harbour();
    let cite = |query: &str, format: &str| {
        let records = world.run(&["search", query, "--format", "jsonl"]).records();
        let id = records[0]["id"].as_str().unwrap().to_owned();
        let args = ["show", &id, "--cite", "--format", format];
        let text = world.run(&args).ok();
        let at = text.find("sha256 ").unwrap();
        format!("{}…", &text[..at + 15])
    };
    insta::assert_snapshot!(cite("said:grows", "text"), @r#"Ade Bello (mayor of Port Vale): “Percent by percent, Hope Quay grows”. “Budget holds”, by Ann Lee, Daily Example, 2025-10-26. https://daily.example/budget. Retrieved from DIR/news/second.jsonl, record 1, bytes 3-39 of the text, sha256 0784bc49…"#);
    insta::assert_snapshot!(cite("said:quay speaker:Roe", "text"), @r#"Jane Roe (Minister): “We still hope for one percent of the quay”. “Talks on the border”, 2025-10-25. Retrieved from DIR/news/first.txt, line 3, bytes 81-123 of the text, sha256 fbd0d90a…"#);
    assert!(
        cite("said:grows", "jsonl").contains("\"citation\":\"Ade Bello (mayor of Port Vale): “")
    );
}

#[test]
fn an_article_is_cited_too() {
    let world = harbour();
    let records = world
        .run(&["search", "said:grows", "--format", "jsonl"])
        .records();
    let id = records[0]["article"]["id"].as_str().unwrap();
    let line = world.run(&["show", id, "--cite"]).ok();
    let (line, hash) = line.split_once("sha256 ").unwrap();
    insta::assert_snapshot!(line, @"“Budget holds”, by Ann Lee, Daily Example, 2025-10-26. https://daily.example/budget. Retrieved from DIR/news/second.jsonl, record 1,");
    assert_eq!(hash.trim_end().len(), 65);
    for format in ["jsonl", "csv"] {
        let cited = world.run(&["show", id, "--cite", "--format", format]).ok();
        assert!(
            cited.contains("citation") && cited.contains(line),
            "{cited}"
        );
    }
}

/// What a Python slice of the text counts, wherever offsets are printed.
#[test]
fn offsets_may_count_characters() {
    let world = harbour();
    let run = |args: &[&str]| {
        let args = [args, &["--offsets", "char", "--format", "jsonl"]].concat();
        world.run(&args).records().into_iter()
    };
    let export = world.run(&["export", "--offsets", "char"]).records();
    let text = |id: &Value| {
        let article = export.iter().find(|article| article["article"] == *id);
        article.unwrap()["text"].as_str().unwrap().to_owned()
    };
    let slice = |text: &str, span: &Value| -> String {
        let at = |end: usize| span[end].as_u64().unwrap() as usize;
        text.chars().skip(at(0)).take(at(1) - at(0)).collect()
    };
    let id = world
        .run(&["search", "said:“hope so”", "--format", "jsonl"])
        .records()[0]["id"]
        .clone();
    let id = id.as_str().unwrap();
    for args in [
        &["search", "said:“hope so”"][..],
        &["search", "said:“hope so”", "--all", "--context", "0"],
        &["ask", "who said “hope so”", "-n", "1"],
        &["variants", id],
        &["show", id, "--context", "0"],
    ] {
        let hit = run(args).next().unwrap();
        let text = text(&hit["article"]["id"]);
        let evidence = &hit["evidence"];
        assert_eq!(evidence["unit"], "char");
        assert_eq!(slice(&text, &evidence["quote"]), "I hope so.");
        assert_eq!(slice(&text, &evidence["cue"]), "added");
        for span in hit["matches"].as_array().unwrap() {
            assert_eq!(slice("I hope so.", span), "hope so");
        }
        if hit["passage"].is_object() {
            let passage = &hit["passage"];
            assert_eq!(
                slice(&text, &passage["span"]),
                passage["text"].as_str().unwrap()
            );
        }
    }
    let article = run(&["search", "--in", "articles", "text:so"])
        .next()
        .unwrap();
    let text = text(&article["article"]["id"]);
    assert_eq!(slice(&text, &article["matches"][0]), "so");
    let pasted = "“Ça va” “I hope not so”";
    let checked = run(&["check", pasted]).nth(1).unwrap();
    assert_eq!(slice(pasted, &checked["span"]), "“I hope not so”");
    assert_eq!(checked["matches"][0]["hits"][0]["evidence"]["unit"], "char");
    for quote in export
        .iter()
        .flat_map(|of| of["quotes"].as_array().unwrap())
    {
        let span = serde_json::json!([quote["start"], quote["end"]]);
        let of = export.iter().any(|article| {
            slice(article["text"].as_str().unwrap(), &span) == quote["text"].as_str().unwrap()
        });
        assert!(of, "{quote}");
    }
    let rows = world
        .run(&[
            "search",
            "said:“hope so”",
            "--format",
            "csv",
            "--offsets",
            "char",
        ])
        .ok();
    assert!(rows.contains(",93,103,"), "{rows}");
    let shown = world.run(&["show", id, "--offsets", "char"]).ok();
    assert!(shown.contains("characters 93-103 of the text"), "{shown}");
    let shown = world.run(&["show", id, "--cite", "--offsets", "char"]).ok();
    assert!(shown.contains("characters 93-103 of the text"), "{shown}");
}

#[test]
fn screens_and_contexts_may_be_as_large_as_a_number_can_be() {
    let world = harbour();
    let wide = in_columns(&world, 200_000, &["kwic", "said:percent"]);
    assert_eq!(wide.lines().count(), 3);
    let all = usize::MAX.to_string();
    let whole = world.run(&["search", "said:grows", "--context", &all]).ok();
    assert!(whole.contains("Bello added: “I hope so.”"), "{whole}");
}

#[test]
fn places_are_lined_up() {
    let world = harbour();
    let right = world.run(&["kwic", "said:(hope OR percent)"]).ok();
    insta::assert_snapshot!(right, @r#"
                                           “[Percent] by percent, Hope Quay grows,” said Ade   Ade Bello  2025-10-26  q:fb57
    spoke to reporters on Friday. “We still [hope] for one percent of the quay,” said Roe.     Jane Roe   2025-10-25  q:c94e
                                “Percent by [percent], Hope Quay grows,” said Ade Bello, the   Ade Bello  2025-10-26  q:fb57
          on Friday. “We still hope for one [percent] of the quay,” said Roe. “They need to    Jane Roe   2025-10-25  q:c94e
                       “Percent by percent, [Hope] Quay grows,” said Ade Bello, the mayor of   Ade Bello  2025-10-26  q:fb57
    the mayor of Port Vale. Bello added: “I [hope] so.”                                        Ade Bello  2025-10-26  q:62b0
    "#);
    insta::assert_snapshot!(world.run(&["kwic", "said:(hope OR percent)", "--sort", "left", "--width", "12"]).ok(), @r#"
               “[Percent] by percent,   Ade Bello  2025-10-26  q:fb57
    “Percent by [percent], Hope Quay    Ade Bello  2025-10-26  q:fb57
    o added: “I [hope] so.”             Ade Bello  2025-10-26  q:62b0
    ope for one [percent] of the quay   Jane Roe   2025-10-25  q:c94e
    by percent, [Hope] Quay grows,      Ade Bello  2025-10-26  q:fb57
    . “We still [hope] for one per      Jane Roe   2025-10-25  q:c94e
    "#);
    insta::assert_snapshot!(in_columns(&world, 80, &["kwic", "said:percent", "--sort", "date"]), @r#"
    “We still hope for one [percent] of the quay,” said Roe.    Jane Roe   q:c94e
                          “[Percent] by percent, Hope Quay      Ade Bello  q:fb57
               “Percent by [percent], Hope Quay grows,” said    Ade Bello  q:fb57
    "#);
    let records = world
        .run(&[
            "kwic",
            "said:percent",
            "--sort",
            "date",
            "--format",
            "jsonl",
        ])
        .records();
    insta::assert_snapshot!(records[0], @r#"{"date":"2025-10-25","id":"q:c94e","left":"rters on Friday. “We still hope for one ","match":"percent","right":" of the quay,” said Roe. “They need to d","source":null,"speaker":"Jane Roe","title":"Talks on the border","type":"kwic","url":null,"v":1}"#);
    assert_eq!(records.last().unwrap()["total"], 3);
    let cut = world.run(&["kwic", "said:percent", "-n", "1"]);
    assert!(cut.err.contains("1 of 3 places shown"), "{}", cut.err);
    let none = world.run(&["kwic", "speaker:Roe"]);
    assert_eq!(none.status, Status::Failed);
    insta::assert_snapshot!(none.err, @"error: the query has no words to line up; ask for some, as in said:hope");
    assert_eq!(world.run(&["kwic", "said:nowhere"]).status, Status::Nothing);
}

/// Runs as in a terminal of so many columns.
fn in_columns(world: &World, columns: usize, args: &[&str]) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut session = whosaid_query::cli::Session::new(&mut out, &mut err);
    session.columns = columns;
    session.wrap = true;
    let archive = world.path("archive");
    let global = ["whosaid", "-q", "--archive", archive.to_str().unwrap()];
    let status = whosaid_query::cli::run_in(global.iter().chain(args), session);
    assert_eq!(status, Status::Done);
    let out = String::from_utf8(out).unwrap();
    for line in out.lines() {
        let wide = line.chars().count();
        assert!(wide <= columns, "{wide} columns: {line}");
    }
    out
}
