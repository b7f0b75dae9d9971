//! Operations of the disk that fail, one after the other.

#![allow(
    clippy::print_stdout,
    reason = "what a long run counted is shown to whoever started it"
)]

use std::fs;
use std::panic;
use std::path::Path;
use std::sync::{Arc, Mutex, Once, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use whosaid_indexer::{Error, IndexOptions, Input, compact, forget, index};
use whosaid_query::{Archive, Cancel, verify};
use whosaid_quotes::Annotator;

use crate::disk::{Script, Wrong};
use crate::support::World;

/// What is done to an archive while the disk fails.
#[derive(Clone, Copy, Debug)]
enum Work {
    /// Files into a new archive, a commit after each of them.
    First,
    /// Files that came, changed and went since.
    Again,
    Forget,
    Compact,
}

/// Panics of the threads that a run starts: none may end so, whatever the disk does.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The name of the thread that a run is on.
const RUN: &str = "a run with faults";

fn watch_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let thread = thread::current();
            let name = thread.name().unwrap_or_default();
            let engine = [
                "thrd-tantivy",
                "segment_updater",
                "merge_thread",
                "docstore",
            ];
            if name == RUN || engine.iter().any(|start| name.starts_with(start)) {
                let mut panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
                panics.push(format!("{name}: {info}"));
            }
            before(info);
        }));
    });
}

fn story(number: usize, state: usize) -> String {
    format!(
        "date 2024-01-{:02} Bridge {number}\n“Bridge {number} is ready for day {state},” said Mayor Jane Roe.\n",
        10 + number
    )
}

/// Ten files, of which parts are merged on the way.
fn files(world: &World) {
    for number in 0..10 {
        world.write(&format!("news/{number}.txt"), story(number, 0));
    }
}

/// Makes the first changes of four, in the order in which a run comes to them.
fn change(world: &World, count: usize) {
    let changes: [&dyn Fn(); 4] = [
        &|| drop(world.write("news/1.txt", story(1, 1))),
        &|| drop(world.write("news/3.txt", story(3, 1))),
        &|| drop(world.write("news/a.txt", story(11, 1))),
        &|| fs::remove_file(world.path("news/5.txt")).unwrap(),
    ];
    changes.iter().take(count).for_each(|change| change());
}

fn options() -> IndexOptions {
    IndexOptions::new()
        .jobs(Some(1))
        .commit_bytes(1)
        .prune(true)
}

impl Work {
    /// Makes what the work begins with.
    fn prepare(self, world: &World) {
        files(world);
        if !matches!(self, Self::First) {
            Self::First.run(world, &options()).unwrap();
            if matches!(self, Self::Again | Self::Compact) {
                change(world, 4);
            }
            if matches!(self, Self::Compact) {
                Self::Again.run(world, &options()).unwrap();
            }
        }
    }

    fn run(self, world: &World, options: &IndexOptions) -> Result<(), Error> {
        let archive = world.path("archive");
        match self {
            Self::First | Self::Again => {
                let inputs = [Input::Path(world.path("news"))];
                index(&archive, &inputs, &Annotator::new(), options, &()).map(drop)
            }
            Self::Forget => {
                let gone = [world.path("news/2.txt"), world.path("news/7.txt")];
                forget(&archive, &gone, &Annotator::new(), options, &()).map(drop)
            }
            Self::Compact => compact(&archive, options).map(drop),
        }
    }
}

/// What users get of an archive; without one, nothing.
fn content(world: &World) -> String {
    if !world.path("archive/meta.json").exists() {
        return String::new();
    }
    let looked = verify(&world.path("archive"), &Cancel::new()).unwrap();
    assert!(looked.is_sound() && !looked.partial, "{:?}", looked.faults);
    world.run(&["export"]).out
}

/// What there may be after a commit: files are taken in order, and a commit comes after any of them.
fn states(work: Work) -> Vec<String> {
    let mut states = vec![String::new()];
    for count in 0..=10 {
        let world = World::new();
        files(&world);
        match work {
            Work::First => (count..10).for_each(|number| {
                fs::remove_file(world.path(&format!("news/{number}.txt"))).unwrap();
            }),
            Work::Again => change(&world, count),
            Work::Forget if count > 0 => ["2", "7"].iter().for_each(|number| {
                fs::remove_file(world.path(&format!("news/{number}.txt"))).unwrap();
            }),
            Work::Compact => change(&world, usize::MAX),
            Work::Forget => {}
        }
        Work::First.run(&world, &options()).unwrap();
        states.push(content(&world));
    }
    states
}

/// Counts what a run does to the disk.
fn log(work: Work) -> Vec<String> {
    let world = World::new();
    work.prepare(&world);
    let script = Script::none();
    work.run(&world, &options().medium(script.medium()))
        .unwrap();
    script.log()
}

/// Does the work with a disk that fails at one operation, and then without.
fn fail(work: Work, at: usize, wrong: Wrong, once: bool, states: &[String], last: &str) -> bool {
    let world = World::new();
    work.prepare(&world);
    let world = Arc::new(world);
    let script = Script::new(at, wrong, once);
    let (done, waited) = mpsc::channel();
    let run = {
        let (world, script) = (Arc::clone(&world), Arc::clone(&script));
        move || {
            let result = work.run(&world, &options().medium(script.medium()));
            let _ = done.send(result.map_err(|error| error.to_string()));
        }
    };
    let thread = thread::Builder::new()
        .name(RUN.to_owned())
        .spawn(run)
        .unwrap();
    let result = waited.recv_timeout(Duration::from_mins(2));
    let log = script.log();
    let step = log.get(at).map_or("nothing", String::as_str);
    let place = format!("{work:?}, {wrong:?} {at} ({step}), once {once}");
    let result = result.unwrap_or_else(|_| panic!("{place}: hangs"));
    thread.join().unwrap();
    let now = content(&world);
    match &result {
        Ok(()) => assert_eq!(now, last, "{place}: not done, but not told"),
        Err(message) => {
            let archive = world.path("archive");
            assert!(
                message.contains(&*archive.to_string_lossy()) && !message.contains("killed"),
                "{place}: {message}"
            );
            assert!(
                states.contains(&now),
                "{place}: {message}: between two commits"
            );
        }
    }
    let panics = std::mem::take(&mut *PANICS.lock().unwrap_or_else(PoisonError::into_inner));
    assert!(panics.is_empty(), "{place}: {panics:?}");
    work.run(&world, &options()).unwrap();
    assert_eq!(content(&world), last, "{place}: not made good");
    left_over(&world.path("archive"));
    log.len() > at
}

/// Nothing lies in an archive that is none of it.
#[track_caller]
fn left_over(archive: &Path) {
    let meta = fs::read_to_string(archive.join("meta.json")).unwrap();
    let meta = meta.replace('-', "");
    for entry in fs::read_dir(archive).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let known = name.starts_with('.') || ["meta.json", "persons.table"].contains(&&*name);
        let id = name.split('.').next().unwrap();
        assert!(known || meta.contains(id), "{name} is left over");
    }
}

/// Every operation of some work fails, as many as `every` says apart. Returns how many did.
fn fail_all(work: Work, wrong: Wrong, once: bool, every: usize) -> usize {
    watch_panics();
    let (states, log) = (states(work), log(work));
    let world = World::new();
    work.prepare(&world);
    work.run(&world, &options()).unwrap();
    let last = content(&world);
    let mut count = 0;
    // Threads do not always do the same in the same order, and what is merged depends on when: a run may be shorter.
    for at in (0..log.len() + 4).step_by(every) {
        count += usize::from(fail(work, at, wrong, once, &states, &last));
    }
    assert!(2 * count >= log.len() / every, "{count} of {}", log.len());
    count
}

/// How far the operations that fail are apart in a test of the whole; `FAULTS=1` takes all.
fn every() -> usize {
    std::env::var("FAULTS").map_or(23, |every| every.parse().unwrap())
}

#[test]
fn what_fails_in_a_first_run_is_told_and_made_good() {
    let count = fail_all(Work::First, Wrong::Fails, true, every())
        + fail_all(Work::First, Wrong::Shortens, false, every());
    println!("faults injected, first runs: {count}");
}

#[test]
fn what_fails_in_a_second_run_is_told_and_made_good() {
    let count = fail_all(Work::Again, Wrong::Fails, false, every())
        + fail_all(Work::Again, Wrong::Delays, false, every());
    println!("faults injected, second runs: {count}");
}

#[test]
fn what_fails_in_upkeep_is_told_and_made_good() {
    let count = fail_all(Work::Forget, Wrong::Fails, false, every())
        + fail_all(Work::Compact, Wrong::Fails, true, every())
        + fail_all(Work::Compact, Wrong::Shortens, false, every());
    println!("faults injected, forget and compact: {count}");
}

#[test]
fn an_archive_on_a_disk_that_takes_nothing_answers() {
    let world = World::new();
    files(&world);
    Work::First.run(&world, &options()).unwrap();
    let before = content(&world);
    let script = Script::new(0, Wrong::Fails, false);
    let refused = Work::Again.run(&world, &options().medium(script.medium()));
    assert!(refused.is_err());
    assert_eq!(content(&world), before);
    let archive = Archive::open(world.path("archive")).unwrap();
    assert_eq!(archive.holdings().unwrap().articles, 10);
}
