//! One small corpus in many formats: the same archive, whichever was indexed.

use std::path::Path;

use crate::support::World;

const FOLDER: &str = "data/sample/formats/records";

/// What an archive made of these files holds, without the places of its articles.
fn archived(names: &[&str]) -> Vec<serde_json::Value> {
    let folder = Path::new(FOLDER).canonicalize().unwrap();
    let paths: Vec<_> = names.iter().map(|name| folder.join(name)).collect();
    let paths: Vec<&Path> = paths.iter().map(|path| &**path).collect();
    let mut records = World::of(&paths).run(&["export"]).records();
    for record in &mut records {
        let record = record.as_object_mut().unwrap();
        record.remove("path");
        record.remove("record");
    }
    records
}

#[test]
fn the_same_corpus_gives_the_same_archive_in_every_format() {
    let expected = archived(&["lines.jsonl"]);
    assert_eq!(expected.len(), 3);
    for name in [
        "list.json",
        "response.json",
        "commas.csv",
        "semicolons.csv",
        "tabs.tsv",
        "rss.xml",
        "atom.xml",
        "rdf.xml",
        "nitf",
        "markdown",
        "text",
    ] {
        assert_eq!(archived(&[name]), expected, "{name}");
    }
    // Whatever the mixture, a story is there once.
    assert_eq!(
        archived(&["atom.xml", "commas.csv", "markdown", "text"]),
        expected
    );
}

#[test]
fn formats_with_fewer_fields_give_the_same_texts() {
    let text = |record: &serde_json::Value| {
        (
            record["title"].clone(),
            record["text"].clone(),
            record["date"].clone(),
        )
    };
    let expected: Vec<_> = archived(&["lines.jsonl"]).iter().map(text).collect();
    for name in ["newsml.xml", "wire.sgm", "feed.json", "ninjs.json"] {
        let found = archived(&[name]);
        assert!(!found.is_empty(), "{name}");
        for record in &found {
            assert!(expected.contains(&text(record)), "{name}: {record}");
        }
    }
}
