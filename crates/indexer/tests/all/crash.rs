//! Runs that do not come to their end.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use whosaid_indexer::{Clock, Event, IndexOptions, Input, Progress, ReadOptions, index};
use whosaid_quotes::Annotator;

use crate::common::{Bench, story, version};

/// Stops a run after so many articles.
struct StopAfter {
    left: AtomicU64,
}

impl Progress for StopAfter {
    fn event(&self, event: Event<'_>) {
        if let Event::Advanced { articles, .. } = event {
            let less = |left: u64| Some(left.saturating_sub(articles));
            let updated = self
                .left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
            assert!(updated.is_ok());
        }
    }

    fn cancelled(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }
}

#[test]
fn a_stopped_run_commits_what_is_done_and_the_next_one_goes_on() {
    let expected = {
        let bench = Bench::new();
        bench.write_corpus(300);
        bench.index();
        bench.dump()
    };
    let bench = Bench::new();
    bench.write_corpus(300);
    let mut stopped = 0;
    for articles in [0, 1, 1, 100, 150] {
        let stop = StopAfter {
            left: AtomicU64::new(articles),
        };
        let report = bench
            .index_watched(&[bench.input("")], &IndexOptions::new(), &stop)
            .unwrap();
        stopped += u64::from(report.cancelled);
    }
    assert!(stopped > 0);
    bench.index();
    assert_eq!(bench.dump(), expected);
    assert_eq!(bench.index().articles, 0);
}

/// What a child process does for the test below; without its variables it does nothing.
#[test]
fn child() {
    let (Ok(files), Ok(archive)) = (std::env::var("INDEX_FILES"), std::env::var("INDEX_ARCHIVE"))
    else {
        return;
    };
    let inputs = [Input::Path(files.into())];
    let bytes = std::env::var("INDEX_COMMIT").map_or(u64::MAX, |bytes| bytes.parse().unwrap());
    let result = index(
        archive.as_ref(),
        &inputs,
        &Annotator::new(),
        &IndexOptions::new().commit_bytes(bytes).prune(true),
        &(),
    );
    result.unwrap();
}

/// Starts the run of [`child`], kills it after some milliseconds.
fn kill_after(bench: &Bench, commit_bytes: u64, wait: u64) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child"])
        .env("INDEX_FILES", bench.path(""))
        .env("INDEX_ARCHIVE", bench.archive())
        .env("INDEX_COMMIT", commit_bytes.to_string())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(wait));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn many_commits_make_the_archive_of_one() {
    let (once, often) = (Bench::new(), Bench::new());
    for bench in [&once, &often] {
        bench.write_corpus(90);
        bench.write_versions(90);
    }
    let whole = once.index();
    let options = IndexOptions::new().commit_bytes(1);
    let parts = often.try_index(&[often.input("")], &options).unwrap();
    assert_eq!(whole, parts);
    assert_eq!(once.dump(), often.dump());
    assert!(
        whole.updated > 0 && whole.duplicates > 0 && whole.outdated > 0,
        "{whole:?}"
    );
    assert_eq!(often.index().articles, 0);
}

/// A clock on which a minute goes by at every look.
#[derive(Debug, Default)]
struct Minutes(AtomicU64);

impl Clock for Minutes {
    fn elapsed(&self) -> Duration {
        Duration::from_secs(60 * self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// Counts the articles of the archive while the last file is read.
struct Peek<'a>(&'a Bench, AtomicU64);

impl Progress for Peek<'_> {
    fn event(&self, event: Event<'_>) {
        if let Event::Rejected(reject) = event
            && reject.path.ends_with("z.jsonl")
            && reject.record == Some(1)
        {
            self.1
                .store(self.0.articles().len() as u64, Ordering::Relaxed);
        }
    }
}

#[test]
fn what_was_read_is_committed_after_a_time() {
    let bench = Bench::new();
    bench.write("a.txt", &story("word7", "2025-10-24"));
    let empty = format!("{{\"title\":\"{}\"}}\n", "x".repeat(60_000)).repeat(90);
    for name in ["b.jsonl", "c.jsonl", "z.jsonl"] {
        bench.write(name, &empty);
    }
    let peek = Peek(&bench, AtomicU64::default());
    let options = IndexOptions::new().read(
        ReadOptions::new()
            .clock(Arc::new(Minutes::default()))
            .time_limit(Duration::MAX),
    );
    let inputs = [bench.input("")];
    let archive = bench.archive();
    index(&archive, &inputs, &Annotator::new(), &options, &peek).unwrap();
    assert_eq!(peek.1.into_inner(), 1);
}

#[test]
fn a_killed_run_goes_on_from_its_last_commit() {
    let fresh = Bench::new();
    let bench = Bench::new();
    bench.write("gone/a.txt", &story("word7", "2025-10-24"));
    bench.write("gone/b.jsonl", &version(3, "2025-10-01", "was there first"));
    bench.index();
    bench.remove("gone/a.txt");
    bench.remove("gone/b.jsonl");
    for bench in [&bench, &fresh] {
        bench.write_corpus(200);
        bench.write_versions(40);
    }
    fresh.index();
    let mut before = bench.articles().len();
    for wait in [60, 120, 180, 240, 300] {
        kill_after(&bench, 2000, wait);
        let now = bench.articles().len();
        assert!(
            now + 2 >= before,
            "what is committed stays: {before}, then {now}"
        );
        before = now;
    }
    let prune = IndexOptions::new().prune(true);
    bench.try_index(&[bench.input("")], &prune).unwrap();
    assert_eq!(bench.dump_without_history(), fresh.dump_without_history());
    assert_eq!(bench.index().articles, 0);
}

#[test]
fn a_killed_run_leaves_the_last_commit() {
    let bench = Bench::new();
    bench.write("a.txt", &story("one", "2025-10-24"));
    bench.index();
    let before = bench.dump();
    bench.write("a.txt", &story("changed", "2025-10-25"));
    bench.write_corpus(400);
    let expected = {
        let fresh = Bench::new();
        fresh.write("a.txt", &story("changed", "2025-10-25"));
        fresh.write_corpus(400);
        fresh.index();
        fresh.dump()
    };
    for wait in [0, 20, 60, 120] {
        kill_after(&bench, u64::MAX, wait);
        let now = bench.dump();
        assert!(
            now == before || now == expected,
            "all or nothing after {wait} ms"
        );
    }
    bench.index();
    assert_eq!(bench.dump(), expected);
}
