//! What happens to an archive while its files change.

use std::fs;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use whosaid_indexer::{ErrorKind, IndexOptions, Progress, watch};
use whosaid_quotes::Annotator;

use crate::common::{Bench, story};

/// Long enough for a busy machine: only a failure waits so long.
const AT_MOST: Duration = Duration::from_mins(1);

#[derive(Default)]
struct Stop(AtomicBool);

impl Progress for Stop {
    fn cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[test]
fn what_comes_changes_and_goes_is_noticed() {
    let bench = Bench::with_archive_inside();
    bench.write("a.txt", &story("one", "2025-10-24"));
    let stop = Stop::default();
    let options = || IndexOptions::new().prune(true).jobs(Some(1));
    let (reports, received) = mpsc::channel();
    thread::scope(|scope| {
        let running = scope.spawn(|| {
            let mut sink = |report| {
                reports.send(report).unwrap();
                ControlFlow::Continue(())
            };
            let quiet = Duration::from_millis(50);
            let (archive, paths) = (bench.archive(), [bench.path("")]);
            watch(
                &archive,
                &paths,
                &Annotator::new(),
                &options,
                quiet,
                &stop,
                &mut sink,
            )
        });
        // A change may be seen in two runs; what they did is counted together.
        let sum_until = |wanted: &dyn Fn(u64, u64, u64) -> bool| {
            let mut sum = (0, 0, 0);
            while !wanted(sum.0, sum.1, sum.2) {
                let report: whosaid_indexer::Report = received.recv_timeout(AT_MOST).unwrap();
                sum.0 += report.added;
                sum.1 += report.replaced;
                sum.2 += report.removed;
            }
        };
        sum_until(&|added, _, _| added == 1);
        bench.write("new/folder/b.txt", &story("two", "2025-10-24"));
        bench.write(".hidden.txt", &story("three", "2025-10-24"));
        sum_until(&|added, _, _| added == 1);
        bench.write("a.txt", &story("four", "2025-10-24"));
        sum_until(&|added, replaced, removed| replaced == 1 || (added == 1 && removed == 1));
        fs::remove_dir_all(bench.path("new")).unwrap();
        sum_until(&|_, _, removed| removed == 1);
        stop.0.store(true, Ordering::Relaxed);
        running.join().unwrap().unwrap();
    });
    assert_eq!(bench.titles(), ["Story four"]);
    assert_eq!(bench.index().articles, 0);
}

#[test]
fn nothing_to_watch_is_an_error() {
    let bench = Bench::new();
    let (archive, paths) = (bench.archive(), [bench.path("nowhere")]);
    let error = watch(
        &archive,
        &paths,
        &Annotator::new(),
        &IndexOptions::new,
        Duration::ZERO,
        &(),
        &mut |_| ControlFlow::Break(()),
    );
    assert_eq!(error.unwrap_err().kind(), ErrorKind::MissingInput);
}
