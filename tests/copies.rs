//! Agency stories in many outlets.

use crate::support::World;

/// A story of an agency in three outlets, shortened in one of them, and another report of the same event.
fn world() -> World {
    let body = "Ade Bello, the mayor of Port Vale, opened the new bridge over the river on Friday after eleven years of \
        building. “We have waited long enough for this bridge,” Bello told a crowd of some two hundred people. The \
        bridge cost twice what was planned, and the ferry that it replaces will be sold to a museum on the coast. \
        Engineers had warned of the soft ground on the eastern bank, where the second pillar sank by a hand. ";
    let tail = "A brass band played until the rain came. The first to cross were schoolchildren with paper boats.";
    let other = "Rain cut short the opening of a bridge in Port Vale. “We have waited long enough for this bridge,” \
        said Mayor Ade Bello, who came by boat. Critics of the town hall stayed away and held a meeting of their own in \
        the fish market, where the price of the works was read aloud, item by item, for most of an hour.";
    let line = |source: &str, day: u32, text: &str| {
        format!(
            "{{\"source\": \"{source}\", \"date\": \"2025-10-{day}\", \"title\": \"Bridge opens\", \"text\": \"{text}\"}}\n"
        )
    };
    let world = World::new();
    let whole = format!("{body}{tail}");
    let lines = [
        line("Post", 26, &whole),
        line("Wire", 25, &format!("PORT VALE (Wire) - {whole}")),
        line("Times", 27, body),
        line("Echo", 27, other),
    ];
    let path = world.write("news.jsonl", lines.concat());
    world.run(&["index", path.to_str().unwrap()]).ok();
    world
}

#[test]
fn copies_are_folded_for_a_reader() {
    let world = world();
    let ran = world.run(&["search", "bridge", "--sort", "date"]);
    insta::assert_snapshot!(ran.err, @"
    read as  bridge     4 quotations in 4 articles, 2025-10-25..2025-10-27
    3 quotations of the same utterances folded; --copies shows all
    ");
    insta::assert_snapshot!(ran.out, @"
    1  Ade Bello, mayor of Port Vale
       “We have waited long enough for this [bridge],”
       2025-10-25 · Wire · “Bridge opens” · news.jsonl:2 · conf 0.__ · q:ff02 · 2 outlets · 2 copies
    ");
    let ran = world.run(&["search", "bridge", "--copies"]);
    assert_eq!(ran.out.matches("waited").count(), 4, "{}", ran.out);
    assert!(!ran.out.contains("copies"), "{}", ran.out);
    insta::assert_snapshot!(world.run(&["ask", "who said “long enough”"]).out, @"
    Ade Bello, mayor of Port Vale                        4 quotations · 2 copies · 2 outlets · 1 wording
      “We have waited [long enough] for this bridge,”  2025-10-25  news.jsonl:2  conf 0.__  q:ff02
    ");
    let ran = world.run(&["search", "--in", "articles", "bridge", "--sort", "date"]);
    insta::assert_snapshot!(ran.out, @"
    1  Bridge opens
       PORT VALE (Wire) - Ade Bello, the mayor of Port Vale, opened the new [bridge] over the river on Friday after ele…
       2025-10-25 · Wire · news.jsonl:2 · 1 quotation · a:869da11dd4ceb509 · 2 copies
    2  Bridge opens
       Rain cut short the opening of a [bridge] in Port Vale. “We have waited long enough for this [bridge],” said Mayo…
       2025-10-27 · Echo · news.jsonl:4 · 1 quotation · a:e014086c6d0be828
    ");
}

/// Whatever is printed leads to what it is of.
#[test]
fn tables_have_the_identifiers_of_records() {
    let world = world();
    let search = ["search", "bridge", "--sort", "date", "--format"];
    let records = world.run(&[&search[..], &["jsonl"]].concat()).records();
    let table = world.run(&[&search[..], &["tsv"]].concat()).ok();
    let mut rows = table.lines().map(|row| row.split('\t').collect::<Vec<_>>());
    let header = rows.next().unwrap();
    for (record, row) in records.iter().zip(rows) {
        let cell = |name: &str| row[header.iter().position(|of| *of == name).unwrap()];
        for (name, of_record) in [
            ("id", &record["id"]),
            ("copy_of", &record["copy_of"]),
            ("utterance", &record["utterance"]["earliest"]),
            ("path", &record["article"]["path"]),
            ("file", &record["evidence"]["path"]),
        ] {
            assert_eq!(cell(name), of_record.as_str().unwrap_or_default(), "{name}");
        }
        for id in [cell("id"), cell("utterance")] {
            world.run(&["show", id]).ok();
            world.run(&["variants", id]).ok();
            world.run(&["search", &format!("id:{id}")]).ok();
        }
    }
}

#[test]
fn records_tell_whose_copies_they_are() {
    let world = world();
    let ran = world.run(&["search", "bridge", "--sort", "date", "--format", "jsonl"]);
    let records = ran.records();
    let original = &records[0];
    assert_eq!(
        (&original["copies"], &original["copy_of"]),
        (&2.into(), &().into())
    );
    for record in &records[1..3] {
        assert_eq!(record["copy_of"], original["id"], "{record}");
    }
    assert!(records[3]["copy_of"].is_null());
    assert_eq!(records[4]["total"], 4);
}
