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
             Jane Roe is written Jane Roe (3), Jane Q. Roe (1, agrees), Roe (1, the surname alone; confidence × 0.80)
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

/// Blanks out the folder.
fn shown(world: &World, text: &str) -> String {
    text.replace(&world.path("").display().to_string(), "DIR/")
}

#[test]
fn a_person_is_told_of() {
    let world = world();
    insta::assert_snapshot!(world.run(&["speakers", "Roe"]).ok(), @r#"
    Jane Roe  5 quotations · 2026-03-01..2026-03-09
      names    Jane Roe (3) · Jane Q. Roe (1, agrees) · Roe (1, the surname alone; confidence × 0.80)
      offices  Minister (4)
      written  Ms. Roe (2) · Roe (2) · Jane Roe (1)
    "#);
    let ran = world.run(&["speakers", "Roe", "--format", "json"]);
    insta::assert_snapshot!(ran.ok(), @r#"
    {"v":1,"records":[
    {"v":1,"type":"person","name":"Jane Roe","kind":"person","count":5,"indirect":0,"first":"2026-03-01","last":"2026-03-09","names":[{"name":"Jane Roe","count":3,"why":"name","share":1.0},{"name":"Jane Q. Roe","count":1,"why":"form","share":1.0},{"name":"Roe","count":1,"why":"surname","share":0.8}],"offices":[{"text":"Minister","count":4}],"written":[{"text":"Ms. Roe","count":2},{"text":"Roe","count":2},{"text":"Jane Roe","count":1}],"read":5}
    ]}
    "#);
    insta::assert_snapshot!(world.run(&["speakers", "--format", "csv"]).ok(), @r#"
    name,kind,count,indirect,first,last,names
    Jane Roe,person,5,0,2026-03-01,2026-03-09,Jane Roe; Jane Q. Roe; Roe
    Ada Bello,person,1,0,2026-03-06,2026-03-06,Ada Bello
    Karl Bello,person,1,0,2026-03-05,2026-03-05,Karl Bello
    "#);
}

#[test]
fn corrections_are_written_applied_and_undone() {
    let world = world();
    let file = world.path("archive/corrections.toml");
    let total = |query: &str| {
        let ran = world.run(&["search", query, "--format", "csv", "-q"]);
        ran.out.lines().count().saturating_sub(1)
    };
    insta::assert_snapshot!(world.run(&["merge", "Ada Bello", "Karl Bello"]).ok(), @r#"
    Ada Bello  2 quotations · 2026-03-05..2026-03-06
      names    Ada Bello (1) · Karl Bello (1, by correction)
    "#);
    assert_eq!(
        (total("speaker:'Karl Bello'"), total("speaker:='Ada Bello'")),
        (2, 2)
    );
    let ran = world.run(&["alias", "Ada Bello", "The Ferrywoman", "Roe"]);
    insta::assert_snapshot!(shown(&world, &ran.err), @r#"nobody is called "The Ferrywoman" in this archive yet; searches for it will find Ada Bello"#);
    insta::assert_snapshot!(ran.ok(), @r#"
    Ada Bello  3 quotations · 2026-03-05..2026-03-09
      names    Ada Bello (1) · Karl Bello (1, by correction) · Roe (1, by correction) · The Ferrywoman (0, by correction)
    "#);
    assert_eq!(
        (total("speaker:Ferrywoman"), total("speaker:='Jane Roe'")),
        (3, 4)
    );
    insta::assert_snapshot!(std::fs::read_to_string(&file).unwrap(), @r#"
    # Who is who: corrections that are applied whenever this archive is asked. `whosaid alias`, `merge` and `split`
    # write here; it can be edited by hand.
    #
    # [[alias]] gives names to a person · [[merge]] makes persons one, with all their names · [[split]] keeps names apart

    [[merge]]
    person = "Ada Bello"
    names = ["Karl Bello"]

    [[alias]]
    person = "Ada Bello"
    names = ["The Ferrywoman", "Roe"]
    "#);
    let ran = world.run(&["search", "tide", "--format", "jsonl"]);
    insta::assert_snapshot!(ran.records()[0]["speaker"]["joined"], @r#"{"by":"correction","name":"Roe"}"#);

    world.run(&["alias", "--remove", "Ada Bello", "Roe"]).ok();
    assert_eq!(total("speaker:='Jane Roe'"), 5);
    insta::assert_snapshot!(world.run(&["split", "Ada Bello", "Karl Bello"]).ok(), @r#"
    Ada Bello  1 quotation · 2026-03-06
      names    Ada Bello (1) · The Ferrywoman (0, by correction)
    Karl Bello  1 quotation · 2026-03-05
      names    Karl Bello (1)
    "#);
    insta::assert_snapshot!(world.run(&["split", "Jane Roe", "Jane Q. Roe"]).ok(), @r#"
    Jane Roe  3 quotations · 2026-03-01..2026-03-04
      names    Jane Roe (3)
    Jane Q. Roe  1 quotation · 2026-03-02
      names    Jane Q. Roe (1)
    "#);
    let ran = world.run(&["split", "Roe"]);
    assert_eq!(ran.err, "\"Roe\" is nobody else's name\n");
    insta::assert_snapshot!(world.run(&["search", "speaker:Roe", "--limit", "0"]).err, @r#"
    read as  speaker:Roe     7 quotations in 7 articles, 2026-03-01..2026-03-09
    warning: "Roe" fits 2 people, all are searched: Jane Roe (3), Jane Q. Roe (1); try speaker:="Jane Roe" or speaker:="Jane Q. Roe"
    "#);
    insta::assert_snapshot!(std::fs::read_to_string(&file).unwrap(), @r#"
    # Who is who: corrections that are applied whenever this archive is asked. `whosaid alias`, `merge` and `split`
    # write here; it can be edited by hand.
    #
    # [[alias]] gives names to a person · [[merge]] makes persons one, with all their names · [[split]] keeps names apart

    [[alias]]
    person = "Ada Bello"
    names = ["The Ferrywoman"]

    [[split]]
    names = ["Jane Roe", "Jane Q. Roe"]
    "#);
    world.run(&["merge", "Jane Roe", "Jane Q. Roe", "Roe"]).ok();
    assert_eq!(total("speaker:='Jane Q. Roe'"), 5);
}

/// Persons are all that have a name, those too of whom there is indirect speech alone.
#[test]
fn whoever_is_counted_is_listed() {
    let world = World::new();
    let file = world.write(
        "news.txt",
        "date 2025-10-25 Quay\nThe port was full. “We stay open,” said Jane Roe. Ade Bello said that the ferry would be sold in the spring.\n",
    );
    world.run(&["index", file.to_str().unwrap()]).ok();
    insta::assert_snapshot!(world.run(&["speakers"]).ok(), @"
    Ade Bello  1  ██████████████████████████████████████████████████████████████████████████████████████
    Jane Roe   1  ██████████████████████████████████████████████████████████████████████████████████████
    ");
    let status = world.run(&["status"]).ok();
    assert!(status.contains("speakers   2 named"), "{status}");
    let rows = world.run(&["speakers", "--format", "csv"]).ok();
    assert_eq!(rows.lines().count(), 3, "{rows}");
    for name in ["Bello", "Ade Bello"] {
        let ran = world.run(&["speakers", name]);
        assert_eq!(ran.err, "");
        assert!(ran.ok().starts_with("Ade Bello  1 quotation (1 indirect)"));
    }
}

/// A part of a name is whose it is, if it is one person's alone; the file has the whole name.
#[test]
fn corrections_take_a_part_of_a_name() {
    let world = world();
    let file = world.path("archive/corrections.toml");
    let ran = world.run(&["alias", "karl", "The Ferryman"]);
    insta::assert_snapshot!(ran.err, @r#"
    "karl" is Karl Bello
    nobody is called "The Ferryman" in this archive yet; searches for it will find Karl Bello
    "#);
    insta::assert_snapshot!(ran.ok(), @"
    Karl Bello  1 quotation · 2026-03-05
      names    Karl Bello (1) · The Ferryman (0, by correction)
    ");
    let ran = world.run(&["alias", "Roe", "The Pilot"]);
    assert!(ran.err.starts_with("\"Roe\" is Jane Roe\n"), "{}", ran.err);
    let ran = world.run(&["merge", "Roe", "ada"]);
    insta::assert_snapshot!(ran.err, @r#"
    "ada" is Ada Bello
    "Roe" is Jane Roe
    "#);
    let written = std::fs::read_to_string(&file).unwrap();
    let (_, written) = written.split_once("\n\n").unwrap();
    insta::assert_snapshot!(written, @r#"
    [[alias]]
    person = "Karl Bello"
    names = ["The Ferryman"]

    [[alias]]
    person = "Jane Roe"
    names = ["The Pilot"]

    [[merge]]
    person = "Jane Roe"
    names = ["Ada Bello"]
    "#);
    world
        .run(&["alias", "--remove", "karl", "The Ferryman"])
        .ok();
    assert!(!std::fs::read_to_string(&file).unwrap().contains("Ferryman"));
    // A name for what is merged may be new.
    let world = self::world();
    let ran = world.run(&["merge", "Bello", "Ada Bello", "Karl Bello"]);
    insta::assert_snapshot!(ran.err, @r#"nobody was called "Bello" in this archive"#);
    let ran = world.run(&["merge", "Jean Roe", "Ada Bello"]);
    insta::assert_snapshot!(ran.err, @r#"nobody was called "Jean Roe" in this archive; if that is wrong, try "Jane Roe""#);
    let file = world.path("archive/corrections.toml");
    let written = std::fs::read_to_string(file).unwrap();
    assert!(written.contains("person = \"Bello\""), "{written}");
}

#[test]
fn corrections_that_cannot_be_are_errors() {
    let world = world();
    let mut errors = String::new();
    for args in [
        &["merge", "Jane Roe", "Jane Row"][..],
        &["alias", "Nobody", "Somebody"],
        &["alias", "Jane Roe", "Jane Roe"],
        &["alias", "--remove", "Jane Roe", "Roe"],
        &["split", "Xu"],
        &["alias", "Bello", "The Ferryman"],
        &["merge", "Bello", "Jane Roe"],
        &["merge", "Jane Roe", "Bello"],
    ] {
        let ran = world.run(args);
        assert_eq!(ran.status, Status::Failed, "{args:?}");
        errors.push_str(&ran.err);
    }
    insta::assert_snapshot!(errors, @r#"
    error: nobody in the archive is called "Jane Row"; try "Jane Roe"
    error: nobody in the archive is called "Nobody"; whosaid speakers lists who is
    error: "Jane Roe" cannot be given to "Jane Roe", being their own name
    error: no correction gives "Roe" to "Jane Roe"; what is joined by itself is parted with split
    error: nobody in the archive is called "Xu"; whosaid speakers lists who is
    error: "Bello" fits 2 people: Ada Bello, Karl Bello; give the whole name
    error: "Bello" fits 2 people: Ada Bello, Karl Bello; give the whole name
    error: "Bello" fits 2 people: Ada Bello, Karl Bello; give the whole name
    "#);
    let ran = world.run(&["split", "Ada Bello", "Karl Bello"]);
    insta::assert_snapshot!(ran.err, @r#"they are different people already"#);
    assert!(!world.path("archive/corrections.toml").exists());

    world.write(
        "archive/corrections.toml",
        "[[alias]]\nperson = \"Jane Roe\"\nname = [\"Roe\"]\n",
    );
    for args in [
        &["search", "speaker:Roe"][..],
        &["ask", "who said 'tide'"],
        &["speakers"],
    ] {
        let ran = world.run(args);
        assert_eq!(ran.status, Status::Failed, "{args:?}");
        insta::allow_duplicates! {
            insta::assert_snapshot!(shown(&world, &ran.err), @r#"error: DIR/archive/corrections.toml, line 3: "name" is unknown here; try names"#);
        }
    }
    let ran = world.run(&["verify"]);
    assert_eq!(ran.status, Status::Failed, "{}", ran.out);
    assert!(
        ran.out.contains("\"name\" is unknown here; try names"),
        "{}",
        ran.out
    );
    // What has nothing to do with speakers goes on.
    assert_eq!(world.run(&["timeline"]).status, Status::Done);
}

/// What is kept beside the index of who is who says nothing of its own: without it, with that of another state, cut off
/// or with the wrong bytes in its head, the answers are the same, and it is made again.
#[test]
fn joined_names_are_kept_and_never_believed_blindly() {
    let world = world();
    let table = world.path("archive/persons.table");
    let ask = || {
        [
            "speakers",
            "search speaker:Roe",
            "facet speaker",
            "ask who said 'ferry'",
        ]
        .map(|args| world.run(&args.splitn(2, ' ').collect::<Vec<_>>()).out)
    };
    let answers = ask();
    let kept = std::fs::read(&table).unwrap();
    std::fs::remove_file(&table).unwrap();
    assert_eq!(
        (ask(), std::fs::read(&table).unwrap()),
        (answers.clone(), kept.clone())
    );

    let mut other = kept.clone();
    other[0] ^= 1;
    for bytes in [&kept[..kept.len() - 1], &kept[..7], &[], &other] {
        std::fs::write(&table, bytes).unwrap();
        assert_eq!(ask(), answers);
        assert_eq!(std::fs::read(&table).unwrap(), kept);
    }

    // Whoever is writing it is left alone, until it is clear that they died.
    let new = world.path("archive/.persons.table.new");
    std::fs::remove_file(&table).unwrap();
    let begun = std::fs::File::create(&new).unwrap();
    assert_eq!((ask(), table.exists()), (answers.clone(), false));
    let hours = std::time::Duration::from_hours(1);
    begun
        .set_modified(std::time::SystemTime::now() - hours)
        .unwrap();
    assert_eq!((ask(), table.exists()), (answers.clone(), true));
    assert!(!new.exists());

    // Another state has another table, and the old one is not taken for it.
    let more = world.write(
        "more.jsonl",
        "{\"id\":\"y\",\"title\":\"More\",\"date\":\"2026-03-10\",\"text\":\"“The dredger is late again this year,” said Zed Nemo.\"}\n",
    );
    world.run(&["index", more.to_str().unwrap()]).ok();
    assert!(world.run(&["speakers"]).ok().contains("Zed Nemo"));
    let after = std::fs::read(&table).unwrap();
    assert_ne!(after, kept);
    std::fs::write(&table, &kept).unwrap();
    assert!(world.run(&["speakers"]).ok().contains("Zed Nemo"));

    // A name that was changed in it is found by looking the archive over.
    let mut wrong = after.clone();
    let at = wrong.len() - 1;
    wrong[at] ^= 1;
    std::fs::write(&table, &wrong).unwrap();
    let ran = world.run(&["verify"]);
    assert_eq!(ran.status, Status::Failed, "{}", ran.out);
    assert!(ran.out.contains("persons.table"), "{}", ran.out);
    std::fs::write(&table, after).unwrap();
    world.run(&["verify"]).ok();
}
