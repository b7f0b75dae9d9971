//! What `index` and `watch` tell, and what they leave.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use whosaid_query::Cancel;
use whosaid_query::cli::{Session, Status, run_in};

use crate::support::World;

fn story(word: &str) -> String {
    format!("date 2025-10-25 Story {word}\n“It is {word}, I can tell you,” said Mayor Jane Roe.\n")
}

#[test]
fn a_dry_run_tells_of_each_file() {
    let world = World::new();
    for name in ["a", "b", "c"] {
        world.write(&format!("news/{name}.txt"), story(name));
    }
    world.write("news/d.txt", story("a"));
    let news = world.path("news");
    world.run(&["index", news.to_str().unwrap()]).ok();
    std::fs::remove_file(world.path("news/c.txt")).unwrap();
    world.write("news/b.txt", story("bold"));
    world.write("news/e.jsonl", "{\"text\": \"One.\"}\n{\"text\": \n");
    let ran = world.run(&[
        "index",
        "-v",
        "--dry-run",
        "--prune",
        news.to_str().unwrap(),
    ]);
    assert_eq!(ran.status, Status::Partial);
    let lines: Vec<&str> = ran.err.lines().take(3).collect();
    assert_eq!(
        lines,
        [
            "changed     DIR/news/b.txt  1 written",
            "new         DIR/news/e.jsonl  1 written · 1 rejected",
            "gone        DIR/news/c.txt",
        ],
        "{}",
        ran.err
    );
    insta::assert_snapshot!(ran.out, @"
    1 article added · 1 replaced · 1 unchanged · 1 removed · 1 rejected
    rejected: 1 malformed
    1 quotation under 1 name in 2 articles
    nothing was written
    ");
}

#[test]
fn what_is_rejected_is_named_in_spite_of_quiet() {
    let world = World::new();
    world.write("news/a.jsonl", "{\"text\": \"One.\"}\n{\"text\": \n");
    let (news, rejects) = (world.path("news"), world.path("rejects"));
    let args = [
        "index",
        "-q",
        news.to_str().unwrap(),
        "--rejects",
        rejects.to_str().unwrap(),
    ];
    let ran = world.run(&args);
    assert_eq!(ran.status, Status::Partial);
    assert_eq!(
        ran.err.matches("news/a.jsonl:2: ").count(),
        1,
        "{}",
        ran.err
    );
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    let rejects = std::fs::read_to_string(rejects).unwrap();
    let reject: serde_json::Value = serde_json::from_str(&rejects).unwrap();
    assert_eq!(
        (&reject["record"], &reject["offset"], &reject["kind"]),
        (&2.into(), &25.into(), &"malformed".into())
    );
}

#[test]
fn the_report_is_a_record() {
    let world = World::new();
    world.write("a.txt", story("one"));
    let path = world.path("a.txt");
    let ran = world.run(&["index", "--format", "jsonl", path.to_str().unwrap()]);
    let report = &ran.records()[0];
    assert_eq!(report["type"], "report");
    assert_eq!(
        (&report["articles"], &report["speakers"]),
        (&1.into(), &1.into())
    );
    assert!(report["ms"].is_u64() && report["bytes_per_second"].is_u64());
}

#[test]
fn the_earlier_versions_of_a_story_are_shown() {
    let world = World::new();
    let line = |day: u32, state: &str| {
        format!(
            "{{\"url\": \"http://example.org/bridge\", \"date\": \"2025-10-{day}\", \"title\": \"Bridge {state}\", \
             \"text\": \"“The bridge {state},” said Jane Roe.\"}}\n"
        )
    };
    let path = world.write("news.jsonl", line(24, "is planned") + &line(25, "opens"));
    world.run(&["index", path.to_str().unwrap()]).ok();
    let found = world.run(&["search", "--in", "articles", "bridge", "--format", "jsonl"]);
    let id = found.records()[0]["article"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    insta::assert_snapshot!(world.run(&["show", &id]).ok(), @r#"
    Bridge opens
    2025-10-25 · http://example.org/bridge · DIR/news.jsonl:2 · a:c62c9b198aae8d4f
    earlier versions: 2025-10-24, added 2025-11-02, “Bridge is planned”
    “The bridge opens,” said Jane Roe.
    "#);
    let shown = &world.run(&["show", &id, "--format", "jsonl"]).records()[0];
    assert_eq!(shown["added"], "2025-11-02");
    assert_eq!(shown["versions"][0]["published"]["value"], "2025-10-24");
}

/// What a command writes while it runs.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Shared {
    /// Waits until so many lines were written; only a failure waits to the end.
    #[track_caller]
    fn wait_for(&self, lines: usize) -> String {
        for _ in 0..1200 {
            let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
            if text.lines().count() >= lines {
                return text;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("no line {lines} after a minute");
    }
}

#[test]
fn a_watched_folder_is_kept_up_with() {
    let world = World::new();
    world.write("news/a.txt", story("one"));
    let (out, cancel) = (Shared::default(), Cancel::new());
    let running = std::thread::spawn({
        let (mut out, cancel) = (out.clone(), cancel.clone());
        let (archive, news) = (world.path("archive"), world.path("news"));
        move || {
            let mut err = Vec::new();
            let session = Session {
                cancel,
                ..Session::new(&mut out, &mut err)
            };
            let (archive, news) = (archive.to_str().unwrap(), news.to_str().unwrap());
            let args = [
                "whosaid",
                "watch",
                news,
                "--archive",
                archive,
                "--format",
                "csv",
            ];
            (run_in(args, session), String::from_utf8(err).unwrap())
        }
    });
    assert!(out.wait_for(2).ends_with("\n1,0,0,0,0,0,0,0,1,1,1\n"));
    world.write("news/b.txt", story("two"));
    let told = out.wait_for(3);
    assert!(told.ends_with("\n1,0,0,0,0,0,0,0,1,1,1\n"), "{told}");
    cancel.cancel();
    let (status, err) = running.join().unwrap();
    assert_eq!(status, Status::Interrupted, "{err}");
    assert_eq!(err, "watching; Ctrl-C ends it\n");
    let found = world.run(&["ask", "who said two"]).ok();
    assert!(found.contains("It is [two]"), "{found}");
}
