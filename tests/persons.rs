//! One person under many names.

use whosaid_query::cli::Status;

use crate::support::World;

/// An archive of one-line articles, each of a day: `(name in the article, words)`.
fn world() -> World {
    let stories = [
        ("Jane Roe", "Jane Roe", "The harbour stays open all winter"),
        ("Jane Q. Roe", "Roe", "We will dredge the channel in spring"),
        ("Jane Roe", "Roe", "Nobody loses a berth over this"),
        (
            "Jane Roe",
            "Ms. Roe",
            "The pilots asked for it and they get it",
        ),
        (
            "Karl Bello",
            "Karl Bello",
            "I would sell the old ferry tomorrow",
        ),
        ("Ada Bello", "Ada Bello", "The old ferry is not for sale"),
    ];
    let mut lines = String::new();
    for (at, (full, short, said)) in stories.iter().enumerate() {
        let day = at + 1;
        let article = serde_json::json!({
            "id": at.to_string(),
            "title": format!("Day {day}"),
            "date": format!("2026-03-0{day}"),
            "text": format!("Minister {full} spoke at the port on Monday. “{said},” said {short}."),
        });
        lines.push_str(&article.to_string());
        lines.push('\n');
    }
    lines.push_str("{\"id\":\"x\",\"title\":\"Short\",\"date\":\"2026-03-09\",\"text\":\"The port was full on Monday. “The tide does not wait for committees,” said Ms. Roe.\"}\n");
    let world = World::new();
    let path = world.write("news.jsonl", lines);
    world.run(&["index", path.to_str().unwrap()]).ok();
    world
}

#[test]
fn names_are_joined_wherever_a_speaker_shows() {
    let world = world();
    insta::assert_snapshot!(world.run(&["speakers"]).ok(), @r#"
    Jane Roe    5  █████████████████████████████████████████████████████████████████████████████████████
    Ada Bello   1  █████████████████
    Karl Bello  1  █████████████████
    "#);
    for name in [
        "Roe",
        "'Jane Roe'",
        "'Jane Q. Roe'",
        "'Ms. Roe'",
        "='Jane Q. Roe'",
    ] {
        let ran = world.run(&["search", &format!("speaker:{name}"), "--format", "csv"]);
        assert_eq!(ran.ok().lines().count(), 6, "{name}");
    }
    let ran = world.run(&[
        "search",
        "speaker:Roe tide",
        "--explain",
        "--format",
        "jsonl",
    ]);
    insta::assert_snapshot!(ran.err, @r#"
    tree     And([Text { field: Some(Speaker), exact: false, text: Word("Roe") }, Text { field: None, exact: false, text: Word("tide") }])
    names    Roe is Jane Roe (5)
             Jane Roe is also Jane Q. Roe (1, agrees), Roe (1, the surname alone; confidence × 0.80)
    read as  speaker:Roe tide     7 quotations in 7 articles, 2026-03-01..2026-03-09
    "#);
    let hit = &mut ran.records()[0];
    hit["speaker"]["confidence"] = "…".into();
    insta::assert_snapshot!(hit["speaker"], @r#"{"as_written":"Ms. Roe","confidence":"…","how":"name","joined":{"by":"surname","name":"Roe"},"kind":"person","name":"Jane Roe","others":[],"title":null}"#);
    insta::assert_snapshot!(world.run(&["ask", "what did Jane Roe say"]).ok(), @r#"
    Jane Roe, Minister                                             5 quotations · 5 outlets · 5 wordings
      “The harbour stays open all winter,”        2026-03-01  news.jsonl:1  conf 0.__  q:6c9c
      “We will dredge the channel in spring,”     2026-03-02  news.jsonl:2  conf 0.__  q:d1d6
      “Nobody loses a berth over this,”           2026-03-03  news.jsonl:3  conf 0.__  q:fca6
      “The pilots asked for it and they get it,”  2026-03-04  news.jsonl:4  conf 0.__  q:574d
      “The tide does not wait for committees,”    2026-03-09  news.jsonl:7  conf 0.__  q:084e
    "#);
}

#[test]
fn a_name_that_fits_two_people_lists_persons() {
    let ran = world().run(&["search", "speaker:Bello ferry"]);
    assert_eq!(ran.status, Status::Done);
    insta::assert_snapshot!(ran.err, @r#"
    read as  speaker:Bello ferry     7 quotations in 7 articles, 2026-03-01..2026-03-09
    warning: "Bello" fits 2 people, all are searched: Ada Bello (1), Karl Bello (1); try speaker:="Ada Bello" or speaker:="Karl Bello"
    "#);
}
