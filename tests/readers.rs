//! One process writes, many read: what they see is a commit, and later never an earlier one.

#![allow(
    clippy::print_stdout,
    reason = "what a long run counted is shown to whoever started it"
)]

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use whosaid_indexer::{IndexOptions, Input, index};
use whosaid_query::{Archive, Cancel, Facet, Options, Query, verify};
use whosaid_quotes::Annotator;

use crate::support::World;

/// Files that are replaced over and over, and articles in each.
const FILES: usize = 6;
const ARTICLES: usize = 5;

/// A file all of whose articles say in which state it is.
fn write_file(folder: &Path, number: usize, state: usize) {
    let line = |part: usize| {
        format!(
            "{{\"id\": \"{number}-{part}\", \"url\": \"https://example.org/{number}/{part}\", \"date\": \"2025-10-24\", \
             \"title\": \"Bridge {number}\", \"text\": \"State {state} of the bridge.\\n\\n“Bridge {number} of {part} is in \
             state {state},” said Mayor Jane Roe. “We need {part} more.”\"}}\n"
        )
    };
    let new = folder.join(".new");
    fs::write(&new, (0..ARTICLES).map(line).collect::<String>()).unwrap();
    fs::rename(new, folder.join(format!("{number}.jsonl"))).unwrap();
}

/// Looks at an archive: every file is there whole, in one state, and in none before those seen last. Returns how many
/// articles there are.
fn look(archive: &Archive, seen: &mut BTreeMap<String, u64>) -> usize {
    let mut files = BTreeMap::<String, Vec<u64>>::new();
    archive
        .for_each_article(|_, article, quotations| {
            let state = article
                .text
                .split_whitespace()
                .nth(1)
                .unwrap()
                .parse()
                .unwrap();
            assert_eq!(quotations.len(), 2, "{}", article.text);
            let states = files.entry(article.title.unwrap_or_default()).or_default();
            states.push(state);
            ControlFlow::Continue(())
        })
        .unwrap();
    for (file, states) in &files {
        assert_eq!(states.len(), ARTICLES, "{file}: {states:?}");
        assert!(
            states.iter().all(|state| *state == states[0]),
            "{file}: {states:?}"
        );
        let before = seen.insert(file.clone(), states[0]).unwrap_or(0);
        assert!(before <= states[0], "{file}: {before}, then {states:?}");
    }
    for file in seen.keys() {
        assert!(files.contains_key(file), "{file} has gone");
    }
    files.values().map(Vec::len).sum()
}

/// What users ask, each time of the archive as it is. Returns how often.
fn ask(archive: &Archive, articles: usize) -> u64 {
    let options = Options::new();
    let query = Query::parse("said:bridge speaker:Roe", &options).unwrap();
    let found = archive
        .search(&query)
        .facet(Facet::speaker())
        .limit(5)
        .run()
        .unwrap();
    // Another commit may have come in between when the archive is opened anew, but not here.
    assert_eq!(found.total() as usize, articles);
    let answer = archive
        .ask("who said \"We need 3 more\"", &options)
        .unwrap();
    assert!(articles == 0 || answer.groups.len() == 1);
    assert_eq!(
        archive.holdings().unwrap().quotations as usize,
        2 * articles
    );
    3
}

/// Kilobytes of memory that are the process's own, and files it has open.
#[cfg(target_os = "linux")]
fn held() -> (u64, usize) {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("RssAnon:"))
        .unwrap();
    let kilobytes = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    (kilobytes, fs::read_dir("/proc/self/fd").unwrap().count())
}

#[cfg(not(target_os = "linux"))]
fn held() -> (u64, usize) {
    (0, 0)
}

/// Writes until it has done so `rounds` times.
fn write(files: &Path, archive: &Path, rounds: usize, until: Option<Instant>) -> u64 {
    let options = IndexOptions::new().jobs(Some(1)).commit_bytes(1);
    let mut round = 1;
    while until.map_or(round <= rounds, |until| Instant::now() < until) {
        for number in 0..FILES {
            if (number + round) % 3 > 0 || round == 1 {
                write_file(files, number, round);
            }
        }
        index(
            archive,
            &[Input::Path(files.to_owned())],
            &Annotator::new(),
            &options,
            &(),
        )
        .unwrap();
        round += 1;
    }
    round as u64 - 1
}

/// Reads until the writer says that it is done, and prints how often.
fn read(archive: &Path, stop: &Path) {
    let mut seen = BTreeMap::new();
    let kept = Archive::open(archive).unwrap();
    let mut before = BTreeMap::new();
    let (mut operations, mut first) = (0_u64, None);
    loop {
        let last = stop.exists();
        kept.reload().unwrap();
        let articles = look(&kept, &mut seen);
        operations += 2 + ask(&kept, articles);
        let fresh = Archive::open(archive).unwrap();
        let articles = look(&fresh, &mut before);
        operations += 2 + ask(&fresh, articles);
        if operations % 97 == 0 {
            let looked = verify(archive, &Cancel::new()).unwrap();
            assert!(looked.is_sound(), "{:?}", looked.faults);
            operations += 1;
        }
        if operations > 200 {
            first.get_or_insert_with(held);
        }
        if last {
            break;
        }
    }
    let (kilobytes, files) = held();
    if let Some((before, open)) = first {
        assert!(
            kilobytes < before * 3 / 2 + 8192,
            "{before} kB, then {kilobytes}"
        );
        assert!(files < open + 64, "{open} files open, then {files}");
    }
    println!("operations {operations} kilobytes {kilobytes} files {files}");
}

/// What a child process does for the test below; without its variables it does nothing.
#[test]
fn child() {
    let of = |name| std::env::var(name).ok();
    if let (Some(archive), Some(stop)) = (of("READERS_ARCHIVE"), of("READERS_STOP")) {
        read(archive.as_ref(), stop.as_ref());
    }
}

fn reader(archive: &Path, stop: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "readers::child", "--nocapture"])
        .env("READERS_ARCHIVE", archive)
        .env("READERS_STOP", stop)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// `SOAK=600` makes it ten minutes with eight readers.
#[test]
fn readers_see_whole_commits_while_one_writes() {
    let seconds: Option<u64> = std::env::var("SOAK")
        .ok()
        .map(|seconds| seconds.parse().unwrap());
    let world = World::new();
    let (files, archive, stop) = (
        world.path("files"),
        world.path("archive"),
        world.path("stop"),
    );
    fs::create_dir(&files).unwrap();
    write(&files, &archive, 1, None);
    let readers = if seconds.is_some() { 8 } else { 2 };
    let readers: Vec<Child> = (0..readers).map(|_| reader(&archive, &stop)).collect();
    let until = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let rounds = write(&files, &archive, 4, until);
    fs::write(&stop, "").unwrap();
    let mut operations = 0;
    for reader in readers {
        let ended = reader.wait_with_output().unwrap();
        let out = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(
            ended.status.success(),
            "{out}{}",
            String::from_utf8_lossy(&ended.stderr)
        );
        let line = out
            .lines()
            .find(|line| line.contains("operations "))
            .unwrap()
            .to_owned();
        println!("{line}");
        let number = line
            .split("operations ")
            .nth(1)
            .unwrap()
            .split_whitespace()
            .next()
            .unwrap();
        operations += number.parse::<u64>().unwrap();
    }
    println!("rounds of the writer: {rounds}, operations of the readers: {operations}");
    assert!(operations > 0);
    let left = fs::read_dir(&archive).unwrap().count();
    assert!(left < 20 * 8, "{left} files in the archive");
    world.run(&["verify"]).ok();
    world.run(&["compact"]).ok();
    let left = fs::read_dir(&archive).unwrap().count();
    assert!(left < 20, "{left} files in the archive after compacting");
}
