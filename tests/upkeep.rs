//! An archive that is damaged, forgotten from, compacted.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use whosaid_query::cli::Status;
use whosaid_query::{Cancel, verify};

use crate::support::World;

fn world() -> World {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/news/jsonl");
    World::of(&[&sample])
}

/// What users get of an archive: everything in it, and some answers.
fn answers(world: &World) -> Vec<String> {
    [
        vec!["export"],
        vec![
            "search",
            "ferry OR boat",
            "--format",
            "jsonl",
            "--sort",
            "date",
        ],
        vec!["search", "speaker:mayor", "--format", "csv", "--all"],
        vec!["facet", "speaker", "--all"],
        vec!["timeline", "--by", "month"],
        vec![
            "search",
            "--in",
            "articles",
            "\"the new\"",
            "--format",
            "csv",
        ],
        vec!["status"],
    ]
    .iter()
    .map(|args| {
        let ran = world.run(args);
        // The time a search took.
        let lines = ran.out.lines().filter(|line| !line.contains("\"ms\":"));
        format!("{:?} {}", ran.status, lines.collect::<Vec<_>>().join("\n"))
    })
    .collect()
}

fn files(archive: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(archive)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| fs::metadata(path).unwrap().len() > 0)
        .collect();
    files.sort();
    files
}

#[test]
fn a_flipped_bit_is_found_or_does_no_harm() {
    let world = world();
    let archive = world.path("archive");
    assert!(verify(&archive, &Cancel::new()).unwrap().is_sound());
    let before = answers(&world);
    // Names of files are random, so they are told apart by their endings.
    let mut files = files(&archive);
    files.sort_by_key(|path| path.extension().map(ToOwned::to_owned));
    let mut runner = TestRunner::new(Config::default());
    let spots = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0..8_u8,
    );
    let (mut found, mut harmless) = (0, 0);
    for _ in 0..500 {
        let (file, byte, bit) = spots.new_tree(&mut runner).unwrap().current();
        let file = file.get(&files);
        let whole = fs::read(file).unwrap();
        let mut damaged = whole.clone();
        let byte = byte.index(damaged.len());
        damaged[byte] ^= 1 << bit;
        fs::write(file, &damaged).unwrap();
        match verify(&archive, &Cancel::new()) {
            Ok(looked) if looked.is_sound() => {
                harmless += 1;
                assert_eq!(answers(&world), before, "{} {byte}", file.display());
            }
            Ok(_) | Err(_) => found += 1,
        }
        fs::write(file, &whole).unwrap();
    }
    assert!(found > 300, "{found} found, {harmless} harmless");
    assert!(verify(&archive, &Cancel::new()).unwrap().is_sound());
}

#[test]
fn what_is_missing_is_named() {
    let world = world();
    let archive = world.path("archive");
    for ending in ["store", "fast", "idx"] {
        let files = files(&archive);
        let file = files
            .iter()
            .find(|file| file.extension().is_some_and(|other| other == ending))
            .unwrap();
        let bytes = fs::read(file).unwrap();
        fs::remove_file(file).unwrap();
        let ran = world.run(&["verify", "--format", "jsonl"]);
        assert_eq!(ran.status, Status::Failed);
        let records = ran.records();
        let name = file.file_name().unwrap().to_string_lossy();
        assert_eq!(records[0]["place"], *name);
        assert_eq!(records[0]["message"], "it is not there");
        assert_eq!(records[1]["sound"], false);
        fs::write(file, bytes).unwrap();
    }
    assert_eq!(world.run(&["verify"]).status, Status::Done);
}

#[test]
fn verify_compares_the_sources() {
    let world = World::new();
    let story = "date 2025-10-24 Bridge\n“It is ready,” said Mayor Jane Roe.\n";
    let (kept, changed) = (world.write("in/kept.txt", story), "in/changed.txt");
    world.write(changed, story.replace("ready", "open"));
    let folder = kept.parent().unwrap().to_string_lossy().into_owned();
    world.run(&["index", &folder]).ok();
    world.run(&["verify", "--sources"]).ok();
    world.write(changed, "another story");
    let ran = world.run(&["verify", "--sources", "--format", "jsonl"]);
    assert_eq!(ran.status, Status::Partial);
    assert_eq!(ran.records()[0]["state"], "changed");
}

#[test]
fn what_is_forgotten_leaves_a_sound_archive() {
    let world = World::new();
    for number in 0..6 {
        let story = format!(
            "date 2025-10-24 Bridge {number}\n“Bridge {number} is ready,” said Mayor Jane Roe.\n"
        );
        world.write(&format!("in/{number}.txt"), story);
    }
    let folder = world.path("in");
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    world.run(&["index", &path("")]).ok();
    let ran = world.run(&["search", "\"bridge 4\"", "--format", "jsonl"]);
    let id = ran.records()[0]["article"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let out = world
        .run(&["forget", &id, &path("2.txt"), "--format", "jsonl"])
        .ok();
    assert!(out.contains("\"files\":1,\"articles\":2"), "{out}");
    assert_eq!(
        world.run(&["forget", &path("2.txt")]).status,
        Status::Nothing
    );
    assert_eq!(world.run(&["forget", "a:0"]).status, Status::Failed);
    world.run(&["verify"]).ok();
    world.run(&["compact"]).ok();
    world.run(&["verify"]).ok();
    let counted = world.run(&["status", "--format", "jsonl"]).records();
    assert_eq!(counted[0]["articles"], 4);
    assert_eq!(
        world.run(&["search", "\"bridge 4\""]).status,
        Status::Nothing
    );
}
