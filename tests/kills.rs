//! Runs killed at random moments, over files that come, change and go.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use whosaid_indexer::{IndexOptions, Input, index};
use whosaid_query::{Cancel, verify};
use whosaid_quotes::Annotator;

use crate::support::World;

/// Kills in a test of the whole; `KILLS=200` makes more.
const KILLS: usize = 8;

/// What is done to the files between two runs.
#[derive(Clone, Copy, Debug)]
enum Change {
    Add(u32),
    Rewrite(u32),
    Remove(u32),
    /// Another version at the address of a story.
    Update(u32),
}

fn change() -> impl Strategy<Value = Change> {
    let number = 0..12_u32;
    prop_oneof![
        4 => number.clone().prop_map(Change::Add),
        2 => number.clone().prop_map(Change::Rewrite),
        1 => number.clone().prop_map(Change::Remove),
        2 => number.prop_map(Change::Update),
    ]
}

impl Change {
    fn make(self, folder: &Path, round: usize) {
        match self {
            Self::Add(number) => write(folder, "add", number, &story(number, 0)),
            Self::Rewrite(number) => write(folder, "add", number, &story(number, round)),
            Self::Update(number) => write(folder, "update", number, &story(number, round)),
            Self::Remove(number) => {
                for kind in ["add", "update"] {
                    let _ = fs::remove_file(folder.join(format!("{kind}-{number}.jsonl")));
                }
            }
        }
    }
}

/// Twenty stories, each at an address of its own.
fn story(number: u32, state: usize) -> String {
    let line = |part: u32| {
        let day = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(state as u64);
        format!(
            "{{\"url\": \"https://example.org/{number}/{part}\", \"date\": \"{day}\", \
             \"title\": \"Bridge {number} {part}\", \"text\": \"The bridge opened.\\n\\n“Bridge {number} of {part} is \
             ready for day {state},” said Mayor Jane Roe. “We need {part} more.”\"}}\n"
        )
    };
    (0..20).map(line).collect()
}

fn write(folder: &Path, kind: &str, number: u32, text: &str) {
    fs::write(folder.join(format!("{kind}-{number}.jsonl")), text).unwrap();
}

fn run(files: &Path, archive: &Path) {
    let inputs = [Input::Path(files.to_owned())];
    let options = IndexOptions::new().commit_bytes(20_000).prune(true);
    index(archive, &inputs, &Annotator::new(), &options, &()).unwrap();
}

/// What a child process does for the test below; without its variables it does nothing.
#[test]
fn child() {
    if let (Ok(files), Ok(archive)) = (std::env::var("KILLS_FILES"), std::env::var("KILLS_ARCHIVE"))
    {
        run(files.as_ref(), archive.as_ref());
    }
}

/// All articles and their quotations, but for the files: of two that hold the same article, the first in an archive
/// stays.
fn content(world: &World) -> Vec<Value> {
    let mut records = world.run(&["export"]).records();
    for record in &mut records {
        for key in ["id", "path", "record"] {
            record.as_object_mut().unwrap().remove(key);
        }
    }
    records
}

#[test]
fn a_killed_run_leaves_whole_articles_and_the_next_one_completes() {
    let kills = std::env::var("KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let mut runner = TestRunner::new(Config::default());
    let changes = prop::collection::vec(change(), 1..12);
    let world = World::new();
    let (files, archive) = (world.path("files"), world.path("archive"));
    fs::create_dir(&files).unwrap();
    let mut killed = 0;
    for round in 0..kills {
        for change in changes.new_tree(&mut runner).unwrap().current() {
            change.make(&files, round);
        }
        let wait = (0..400_u64).new_tree(&mut runner).unwrap().current();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kills::child"])
            .env("KILLS_FILES", &files)
            .env("KILLS_ARCHIVE", &archive)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(wait));
        killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        if archive.join("meta.json").exists() {
            let looked = verify(&archive, &Cancel::new()).unwrap();
            assert!(looked.is_sound(), "after {wait} ms: {:?}", looked.faults);
        }
        if round % 4 == 3 || round + 1 == kills {
            run(&files, &archive);
            let fresh = World::new();
            run(&files, &fresh.path("archive"));
            let (now, anew) = (content(&world), content(&fresh));
            let same = now == anew;
            assert!(same, "{} articles, anew {}", now.len(), anew.len());
        }
    }
    assert!(killed > 0, "no run was slow enough to be killed");
}
