//! Pasted quotations against two short stories.

use whosaid_query::cli::Status;

use crate::support::{Ran, two_stories};

fn check(args: &[&str]) -> Ran {
    let args: Vec<&str> = ["check"].iter().chain(args).copied().collect();
    two_stories().run(&args)
}

#[test]
fn every_verdict_is_shown() {
    let ran = check(&["“I don't want to miss even a 1 per cent chance,” said Jane Roe."]);
    insta::assert_snapshot!(ran.err, @r#"searched 4 quotations in 2 articles, 2025-10-25..2025-10-26"#);
    insta::assert_snapshot!(ran.ok(), @r#"
    exact  “I don't want to miss even a 1 per cent chance,” — Jane Roe
      Jane Roe, Minister
        “[I don’t want to miss even a one percent chance],”
        2025-10-25 · “Talks on the border” · news/first.txt:3 · conf 0.__ · q:9f26
    "#);
    insta::assert_snapshot!(check(&["I don't want to miss … a one percent chance"]).ok(), @r#"
    partial  “I don't want to miss … a one percent chance”
      words were left out, as marked
      Jane Roe, Minister
        “[I don’t want to miss] even [a one percent chance],”
        2025-10-25 · “Talks on the border” · news/first.txt:3 · conf 0.__ · q:9f26
    "#);
    insta::assert_snapshot!(check(&["I want to miss even a two percent chance"]).ok(), @r#"
    altered  “I want to miss even a two percent chance”
      a word that denies was put in, dropped or replaced · a number or currency is another
      Jane Roe, Minister
        “I [-don’t-] want to miss even a [-one-] {+two+} percent chance”
        2025-10-25 · “Talks on the border” · news/first.txt:3 · conf 0.__ · q:9f26
    "#);
    insta::assert_snapshot!(check(&["Bello:", "“They need to decide”"]).ok(), @r#"
    another speaker  “They need to decide” — Bello
      Jane Roe, Minister
        “[They need to decide].”
        2025-10-25 · “Talks on the border” · news/first.txt:3 · conf 0.__ · q:b32c
    "#);
    insta::assert_snapshot!(check(&["\"We are open to it\" — Zed Nemo"]).ok(), @r#"
    another speaker  “We are open to it” — Zed Nemo
      nobody in this archive is called Zed Nemo
      Ade Bello, mayor of Port Vale
        “[We are open to it],”
        2025-10-26 · Daily Example · “Budget holds” · news/second.jsonl:1 · conf 0.__ · q:cf54
    "#);
    insta::assert_snapshot!(check(&["As Ade Bello put it, “They need to decide”"]).ok(), @r#"
    another speaker  “They need to decide” — Ade Bello
      Jane Roe, Minister
        “[They need to decide].”
        2025-10-25 · “Talks on the border” · news/first.txt:3 · conf 0.__ · q:b32c
    "#);
    insta::assert_snapshot!(check(&["“They need to decide,” a spokesman for Bello said"]).ok(), @r#"
    exact  “They need to decide,”
      the text names somebody, but not clearly who said it
      Jane Roe, Minister
        “[They need to decide].”
        2025-10-25 · “Talks on the border” · news/first.txt:3 · conf 0.__ · q:b32c
    "#);
    insta::assert_snapshot!(check(&["They need to decide. I don't want to miss even a one percent chance."]).ok(), @r#"
    altered  “They need to decide. I don't want to miss even a one percent chance.”
      from several quotations of one article · its sentences stand there in another order
      Jane Roe, Minister
        “[I don’t want to miss even a one percent chance],”
        “[They need to decide].”
        2025-10-25 · “Talks on the border” · news/first.txt:3 · conf 0.__ · q:9f26 · q:b32c
    "#);
    let ran = check(&["We will never be open to them, it is not ours to say"]);
    assert_eq!(ran.status, Status::Nothing);
    insta::assert_snapshot!(ran.out, @r#"not in this archive  “We will never be open to them, it is not ours to say”"#);
}

#[test]
fn a_text_has_its_quotations_checked_one_by_one() {
    let text = "“We are not open to it,” said Ade Bello.\nRoe said: “They need to decide.” She added: “Soon.”\n";
    let ran = two_stories().run_with(&["check", "-", "--format", "jsonl"], text);
    assert_eq!(ran.status, Status::Done);
    let records = ran.records();
    let verdicts: Vec<&str> = records
        .iter()
        .filter_map(|record| record["verdict"].as_str())
        .collect();
    assert_eq!(verdicts, ["altered", "exact", "not_found"]);
    let altered = &records[0];
    assert_eq!(altered["type"], "check");
    assert_eq!(altered["claimed"], "Ade Bello");
    assert_eq!(altered["reasons"], serde_json::json!(["negation"]));
    let found = &altered["matches"][0];
    assert_eq!(found["same_speaker"], true);
    assert_eq!(found["hits"][0]["speaker"]["name"], "Ade Bello");
    let quote = found["quote"].as_str().unwrap();
    let text = altered["text"].as_str().unwrap();
    let words: Vec<(&str, &str, &str)> = found["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| {
            let at = |key: &str, end: usize| change[key][end].as_u64().unwrap() as usize;
            let old = &quote[at("old", 0)..at("old", 1)];
            let new = &text[at("new", 0)..at("new", 1)];
            (change["op"].as_str().unwrap(), old, new)
        })
        .collect();
    assert_eq!(
        words,
        [
            ("equal", "We are", "We are"),
            ("insert", "", "not"),
            ("equal", "open to it", "open to it")
        ]
    );
    let summary = &records[3];
    assert_eq!(
        (&summary["total"], &summary["found"]),
        (&3.into(), &2.into())
    );
    assert_eq!(summary["searched"]["articles"], 2);
}

#[test]
fn tables_have_a_row_for_every_place() {
    let ran = check(&["“They need to decide” “Never”", "--format", "csv"]);
    let rows: Vec<&str> = ran
        .out
        .lines()
        .map(|row| row.split(",q:").next().unwrap())
        .collect();
    assert_eq!(
        rows,
        [
            "text,claimed,verdict,reasons,likeness,id,speaker,quote,date,source,article_title,url,path,record",
            "They need to decide,,exact,,1",
            "Never,,not_found,,,,,,,,,,,",
        ]
    );
}

#[test]
fn the_status_can_be_strict() {
    let status = |args: &[&str]| check(args).status;
    assert_eq!(status(&["We are open to it"]), Status::Done);
    assert_eq!(status(&["We are open to it", "--strict"]), Status::Done);
    assert_eq!(status(&["We are not open to it"]), Status::Done);
    assert_eq!(
        status(&["We are not open to it", "--strict"]),
        Status::Nothing
    );
    assert_eq!(
        status(&["“We are open to it,” said Jane Roe", "--strict"]),
        Status::Nothing
    );
    assert_eq!(
        status(&["“We are open to it” “Never ever”", "--strict"]),
        Status::Nothing
    );
    let ran = check(&["…"]);
    assert_eq!(ran.status, Status::Failed);
    insta::assert_snapshot!(ran.err, @r#"error: nothing to check: the text holds no word"#);
}
