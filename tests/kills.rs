//! Runs killed at random moments, over files that come, change and go.

#![allow(
    clippy::print_stdout,
    reason = "what a long run counted is shown to whoever started it"
)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use whosaid_indexer::{IndexOptions, Input, compact, forget, index};
use whosaid_query::{Archive, Cancel, Corrections, verify};
use whosaid_quotes::Annotator;

use crate::disk::{Script, Wrong};
use crate::support::World;

/// Kills in a test of the whole; `KILLS=200` makes more.
const KILLS: usize = 12;

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

/// What a process was doing when it was killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Work {
    /// An archive was made.
    First,
    /// Files were added, replaced and forgotten.
    Again,
    Forget,
    Compact,
    Correct,
}

impl Work {
    const ALL: [Self; 5] = [
        Self::First,
        Self::Again,
        Self::Forget,
        Self::Compact,
        Self::Correct,
    ];

    fn of(round: usize) -> Self {
        match round % 8 {
            0 => Self::First,
            4 => Self::Forget,
            5 => Self::Compact,
            6 => Self::Correct,
            _ => Self::Again,
        }
    }

    fn run(self, files: &Path, archive: &Path, options: &IndexOptions) {
        match self {
            Self::First | Self::Again => {
                let inputs = [Input::Path(files.to_owned())];
                index(archive, &inputs, &Annotator::new(), options, &()).unwrap();
            }
            Self::Forget => {
                let paths: Vec<_> = (0..12)
                    .map(|n| files.join(format!("add-{n}.jsonl")))
                    .collect();
                forget(archive, &paths, &Annotator::new(), options, &()).unwrap();
            }
            Self::Compact => drop(compact(archive, options).unwrap()),
            Self::Correct => {
                let archive = Archive::open(archive).unwrap();
                for round in 0..2000 {
                    let _lock = archive.lock_corrections().unwrap();
                    let mut corrections = archive.corrections().unwrap();
                    let name = format!("Roe {}", round % 5);
                    match round % 3 {
                        0 => corrections.alias("Jane Roe", &[&name]).unwrap(),
                        1 => corrections.merge("Jane Roe", &[&name]).unwrap(),
                        _ => corrections.split(&[&name]).unwrap(),
                    }
                    archive.correct(&corrections).unwrap();
                }
            }
        }
    }
}

fn options() -> IndexOptions {
    IndexOptions::new().commit_bytes(20_000).prune(true)
}

fn run(files: &Path, archive: &Path) {
    Work::Again.run(files, archive, &options());
}

/// What a child process does for the test below; without its variables it does nothing.
#[test]
fn child() {
    let of = |name| std::env::var(name).ok();
    if let (Some(files), Some(archive)) = (of("KILLS_FILES"), of("KILLS_ARCHIVE")) {
        let work: usize = of("KILLS_WORK").unwrap().parse().unwrap();
        let mut options = options();
        if let Some(at) = of("KILLS_AT") {
            let script = Script::new(at.parse().unwrap(), Wrong::Kills, true);
            options = options.medium(script.medium());
        }
        Work::ALL[work].run(files.as_ref(), archive.as_ref(), &options);
    }
}

/// When a child is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// After a time, by a signal.
    After(Duration),
    /// When it does a thing to the disk, by itself.
    At(usize),
    Never,
}

/// Starts a child and kills it. Returns whether it was still running.
fn kill(work: Work, files: &Path, archive: &Path, moment: Moment) -> bool {
    let number = Work::ALL.iter().position(|other| *other == work).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "kills::child"])
        .env("KILLS_FILES", files)
        .env("KILLS_ARCHIVE", archive)
        .env("KILLS_WORK", number.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Moment::At(at) = moment {
        command.env("KILLS_AT", at.to_string());
    }
    let mut child = command.spawn().unwrap();
    if let Moment::After(time) = moment {
        thread::sleep(time);
        let running = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        let status = child.wait().unwrap();
        assert!(running || status.success(), "{work:?} failed by itself");
        return running;
    }
    let status = child.wait().unwrap();
    assert!(
        status.success() || status.code().is_none(),
        "{work:?} failed by itself"
    );
    !status.success()
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

/// Asserts that an archive opens and is sound, and that each article is there once, with all its quotations: `known`
/// has those of each text that was ever indexed to the end.
fn check(world: &World, known: &HashMap<String, Value>, place: &str) {
    let archive = world.path("archive");
    if !archive.join("meta.json").exists() {
        return;
    }
    let looked = verify(&archive, &Cancel::new()).unwrap();
    assert!(
        looked.is_sound() && !looked.partial,
        "{place}: {:?}",
        looked.faults
    );
    Corrections::read(archive.join("corrections.toml")).unwrap();
    let mut seen = HashSet::new();
    for record in content(world) {
        for key in ["article", "url"] {
            let id = record[key].as_str().unwrap().to_owned();
            assert!(seen.insert(id), "{place}: twice: {record}");
        }
        let text = record["text"].as_str().unwrap();
        if let Some(quotes) = known.get(text) {
            assert_eq!(quotes, &record["quotes"], "{place}: in part");
        }
        assert!(
            record["quotes"].as_array().unwrap().len() >= 2,
            "{place}: {record}"
        );
    }
}

#[test]
fn a_killed_process_leaves_whole_articles_and_the_next_run_completes() {
    let kills = std::env::var("KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let mut runner = TestRunner::new(Config::default());
    let mut draw = |most: u64| (0..most).new_tree(&mut runner).unwrap().current();
    let mut chooser = TestRunner::new(Config::default());
    let changes = prop::collection::vec(change(), 1..12);
    let world = World::new();
    let (files, archive) = (world.path("files"), world.path("archive"));
    fs::create_dir(&files).unwrap();
    let mut known = HashMap::new();
    let mut killed = BTreeMap::<Work, [usize; 2]>::new();
    let mut lengths = BTreeMap::<Work, Duration>::new();
    for round in 0..kills {
        for change in changes.new_tree(&mut chooser).unwrap().current() {
            change.make(&files, round);
        }
        let mut work = Work::of(round);
        if work == Work::First {
            let _ = fs::remove_dir_all(&archive);
        } else if !archive.join("meta.json").exists() {
            work = Work::First;
        }
        // How long it takes on a copy, where nobody disturbs it.
        let length = lengths.get(&work).copied().unwrap_or_else(|| {
            let copy = World::new();
            copy_files(&archive, &copy.path("archive"));
            let started = Instant::now();
            kill(work, &files, &copy.path("archive"), Moment::Never);
            started.elapsed()
        });
        lengths.insert(work, length);
        let by_signal = round % 3 > 0 || work == Work::Correct;
        let moment = if by_signal {
            Moment::After(length.mul_f64(draw(1050) as f64 / 1000.0))
        } else {
            // Small numbers as often as large ones.
            let most = 1 << (2 + draw(9));
            Moment::At(draw(most) as usize)
        };
        if kill(work, &files, &archive, moment) {
            killed.entry(work).or_default()[usize::from(by_signal)] += 1;
        }
        let place = format!("{round}: {work:?} {moment:?}");
        check(&world, &known, &place);
        if draw(2) == 0 || round + 1 == kills {
            run(&files, &archive);
            let fresh = World::new();
            run(&files, &fresh.path("archive"));
            let (now, anew) = (content(&world), content(&fresh));
            let same = now == anew;
            assert!(same, "{place}: {} articles, anew {}", now.len(), anew.len());
            for record in anew {
                let text = record["text"].as_str().unwrap().to_owned();
                known.insert(text, record["quotes"].clone());
            }
            check(&world, &known, &place);
        }
    }
    println!("killed (by themselves at an operation, by a signal): {killed:?}");
    assert!(!killed.is_empty(), "no run was slow enough to be killed");
}

fn copy_files(from: &Path, to: &Path) {
    let Ok(entries) = fs::read_dir(from) else {
        return;
    };
    fs::create_dir_all(to).unwrap();
    for entry in entries {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
