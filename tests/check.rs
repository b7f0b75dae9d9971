//! Pasted quotations against two short stories.

use whosaid_query::cli::Status;

use std::path::Path;

use crate::support::{Ran, World, two_stories};

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

/// A council where words are said, and some are said not to have been.
fn council() -> World {
    let world = World::new();
    world.write(
        "news/council.txt",
        "date 2025-10-25 The council meets\n\
         Anna Kowalczyk spoke to reporters on Friday.\n\
         “Not a cent more,” said Anna Kowalczyk. “It’ll ruin us,” said Piotr Kowalczyk, the mayor.\n\
         “We will spend two hundred and fifty million euros on this bridge,” Anna Kowalczyk said.\n\
         “It costs $5 million here,” said Piotr Kowalczyk.\n\
         “No step back,” said Donald Smithers. “It is too late,” said Søren Kjær.\n\
         “We will march on Paris tomorrow,” said Boris Pistorius.\n",
    );
    world.write(
        "news/rents.txt",
        "date 2025-10-26 Rents\n\
         Claire Dubois said “No rent in this city will rise by more than three per cent”, not “five per cent”.\n\
         Claire Dubois did not say “The harbour will be sold to the highest bidder.”\n",
    );
    world.write(
        "news/port.txt",
        "date 2025-10-26 Port\nClaire Dubois did not say “The port is closed to every ship.”\n",
    );
    world.write(
        "news/ships.txt",
        "date 2025-10-27 Ships\n“The port is closed to every ship,” said Claire Dubois.\n",
    );
    let news = world.path("news");
    world.run(&["index", news.to_str().unwrap()]).ok();
    world
}

/// The verdicts of a text's quotations, with the speakers that were read.
fn verdicts(world: &World, text: &str) -> Vec<String> {
    let ran = world.run(&["check", text, "--format", "jsonl"]);
    let records = ran.records();
    let checks = records.iter().filter(|record| record["type"] == "check");
    let shown = checks.map(|record| {
        let text = |key: &str| record[key].as_str().unwrap_or("?").to_owned();
        format!("{} {}: {}", text("verdict"), text("claimed"), text("text"))
    });
    shown.collect()
}

#[test]
fn marks_are_read_as_they_are_typed() {
    let world = council();
    for (text, expected) in [
        (
            "''No step back,'' said Søren Kjær. ''It is too late,'' said Søren Kjær.",
            [
                "other_speaker Søren Kjær: No step back,",
                "exact Søren Kjær: It is too late,",
            ],
        ),
        (
            "``Not a cent more,'' said Anna Kowalczyk. ``No step back,'' said Anna Kowalczyk.",
            [
                "exact Anna Kowalczyk: Not a cent more,",
                "other_speaker Anna Kowalczyk: No step back,",
            ],
        ),
        (
            "“Not a cent more,” said Anna Kowalczyk. Donald Smithers said ‘we will march on Paris tomorrow’.",
            [
                "exact Anna Kowalczyk: Not a cent more,",
                "other_speaker Donald Smithers: we will march on Paris tomorrow",
            ],
        ),
        (
            "Anna Kowalczyk told them: “Not a cent more.” Piotr Kowalczyk fumed. “It’ll ruin us,” he said.",
            [
                "exact Anna Kowalczyk: Not a cent more.",
                "exact ?: It’ll ruin us,",
            ],
        ),
    ] {
        assert_eq!(verdicts(&world, text), expected);
    }
    for text in [
        "Not a cent more,” said Anna Kowalczyk.",
        "“Not a cent more, said Anna Kowalczyk",
    ] {
        assert_eq!(
            verdicts(&world, text),
            ["exact Anna Kowalczyk: Not a cent more,"]
        );
    }
    let text =
        "“Not a cent more,” said Anna Kowalczyk. Donald Smithers said ‘we will march on Paris’.";
    assert_eq!(
        world.run(&["check", "--strict", text]).status,
        Status::Nothing
    );
}

#[test]
fn a_pasted_article_has_no_words_of_the_reporter() {
    let folder = Path::new("data/sample/news/text/harbour-wire");
    let world = World::of(&[folder]);
    for (name, missing) in [
        ("011-glacier-law.txt", &["I Was Here Before You."][..]),
        ("004-dike.txt", &[]),
    ] {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let ran = world.run_with(&["check", "-", "--format", "jsonl"], &text);
        let records = ran.records();
        let checks: Vec<_> = records
            .iter()
            .filter(|record| record["type"] == "check")
            .collect();
        assert!(checks.len() >= 6, "{name}");
        let others = checks.iter().filter(|record| record["verdict"] != "exact");
        let others: Vec<&str> = others
            .filter_map(|record| record["text"].as_str())
            .collect();
        assert_eq!(others, missing, "{name}");
    }
}

#[test]
fn a_sum_is_the_same_however_it_is_written() {
    let world = council();
    for sum in [
        "250m euros",
        "€250 million",
        "€250m",
        "250 million euros",
        "0.25 billion euros",
    ] {
        let text = format!("“We will spend {sum} on this bridge,” Anna Kowalczyk said.");
        let words = format!("exact Anna Kowalczyk: We will spend {sum} on this bridge,");
        assert_eq!(verdicts(&world, &text), [words]);
    }
    insta::assert_snapshot!(world.run(&["check", "“It cost 5 million dollars here,” said Piotr Kowalczyk."]).ok(), @r#"
    altered  “It cost 5 million dollars here,” — Piotr Kowalczyk
      Piotr Kowalczyk, mayor
        “It [-costs-] {+cost+} 5 million dollars here,”
        2025-10-25 · “The council meets” · news/council.txt:5 · conf 0.__ · q:bee0
    "#);
    insta::assert_snapshot!(world.run(&["check", "“We will spend $250m on this bridge,” Anna Kowalczyk said."]).ok(), @r#"
    altered  “We will spend $250m on this bridge,” — Anna Kowalczyk
      a number or currency is another
      Anna Kowalczyk
        “We will spend [-two hundred and fifty million euros-] {+$250m+} on this bridge,”
        2025-10-25 · “The council meets” · news/council.txt:4 · conf 0.__ · q:5d78
    "#);
}

#[test]
fn one_quotation_goes_before_a_patchwork() {
    let text = "“No rent in this city will rise by more than five per cent,” said Claire Dubois";
    insta::assert_snapshot!(council().run(&["check", text]).ok(), @r#"
    altered  “No rent in this city will rise by more than five per cent,” — Claire Dubois
      a number or currency is another
      Claire Dubois
        “No rent in this city will rise by more than [-three-] {+five+} per cent,”
        2025-10-26 · “Rents” · news/rents.txt:2 · conf 0.__ · q:2760
    "#);
}

#[test]
fn what_was_not_said_does_not_stand() {
    let ran = council().run(&[
        "check",
        "--strict",
        "“The harbour will be sold,” said Claire Dubois",
    ]);
    assert_eq!(ran.status, Status::Nothing);
    // Who said it as well did say it.
    let said = council().run(&["check", "--strict", "“The port is closed to every ship”"]);
    assert!(said.ok().starts_with("exact  "));
    insta::assert_snapshot!(ran.out, @r#"
    exact, but denied  “The harbour will be sold,” — Claire Dubois
      the article says that this was not said
      Claire Dubois
        “[The harbour will be sold] to the highest bidder.”
        2025-10-26 · “Rents” · news/rents.txt:3 · conf 0.__ · q:9346 · denied or supposed
    "#);
}
