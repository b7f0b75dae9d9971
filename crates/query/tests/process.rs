//! The command as a process: exit status, closed pipe, standard input.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should say where"
)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

fn whosaid() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whosaid"));
    command.env_remove("WHOSAID_ARCHIVE").env("NO_COLOR", "1");
    command
}

fn story(number: usize) -> String {
    format!("{{\"id\":\"{number}\",\"text\":\"“Yes, number {number},” said Jane Roe.\"}}\n")
}

#[test]
fn exit_status() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a.jsonl");
    std::fs::write(&file, story(1)).unwrap();
    let run = |args: &[&str]| {
        let output = whosaid()
            .env("WHOSAID_ARCHIVE", dir.path().join("archive"))
            .args(args)
            .output()
            .unwrap();
        output.status.code().unwrap()
    };
    assert_eq!(run(&["status"]), 2);
    assert_eq!(run(&["index", file.to_str().unwrap()]), 0);
    assert_eq!(run(&["search", "said:yes"]), 0);
    assert_eq!(run(&["search", "said:never"]), 1);
    assert_eq!(run(&["search", "date:2025-13"]), 2);
    assert_eq!(run(&["no-such-command"]), 2);
    assert_eq!(run(&["--help"]), 0);
    assert_eq!(run(&["--version"]), 0);
    std::fs::write(&file, "{\"id\": 1,\n").unwrap();
    assert_eq!(run(&["index", file.to_str().unwrap()]), 3);
}

#[test]
fn a_closed_pipe_is_a_normal_end() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("many.jsonl");
    let stories: String = (0..5000).map(story).collect();
    std::fs::write(&file, stories).unwrap();
    let mut child = whosaid()
        .arg("extract")
        .arg(&file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    assert!(
        first.starts_with("{\"v\":1,\"type\":\"article\""),
        "{first}"
    );
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_reader_who_leaves_hears_no_complaint() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("many.jsonl");
    let stories: String = (0..1500).map(story).collect();
    std::fs::write(&file, stories).unwrap();
    let archive = dir.path().join("archive");
    let run = |args: &[&str]| {
        let mut command = whosaid();
        command.env("WHOSAID_ARCHIVE", &archive).args(args);
        command
    };
    let indexed = run(&["index", file.to_str().unwrap()]).output().unwrap();
    assert_eq!(indexed.status.code(), Some(0));
    for args in [
        &["search", "said:yes", "--all", "-q", "--format", "text"][..],
        &["search", "said:yes", "--all", "-q", "--format", "jsonl"],
        &["search", "said:yes", "--all", "-q", "--format", "json"],
        &["search", "said:yes", "--all", "-q", "--format", "csv"],
        &["search", "said:yes", "--all", "-q", "--format", "tsv"],
        &["kwic", "said:yes", "--all", "-q"],
        &["export"],
    ] {
        let mut child = run(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0];
        std::io::Read::read_exact(&mut child.stdout.take().unwrap(), &mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[test]
fn standard_input_is_read() {
    let mut child = whosaid()
        .args(["extract", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(story(7).as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\"speaker\":\"Jane Roe\""), "{text}");
}

#[test]
fn the_corpus_is_kept_in_the_cache() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a.jsonl");
    std::fs::write(&file, story(1)).unwrap();
    let ask = || {
        let output = whosaid()
            .env("XDG_CACHE_HOME", dir.path().join("cache"))
            .env("HOME", dir.path())
            .args(["ask", "who said \"number 1\"", "--corpus"])
            .arg(&file)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let first = ask();
    assert!(first.contains("Jane Roe"), "{first}");
    assert_eq!(first, ask());
    // An archive that cannot be read is made again: everything in it comes from the files.
    let cache = dir.path().join("cache/whosaid");
    let archive = std::fs::read_dir(cache)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    std::fs::write(archive.join("meta.json"), "{").unwrap();
    assert_eq!(first, ask());
}

#[test]
fn who_comes_second_is_told_by_whom_and_a_dead_writer_holds_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a.jsonl");
    std::fs::write(&file, story(1)).unwrap();
    let archive = dir.path().join("archive");
    let index = |file: &std::path::Path| {
        let mut command = whosaid();
        command
            .env("WHOSAID_ARCHIVE", &archive)
            .args(["index", "-v"])
            .arg(file);
        command
    };
    assert!(index(&file).output().unwrap().status.success());
    // It waits for the rest of its input.
    let mut first = index("-".as_ref())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let number = archive.join(".whosaid-writer");
    while std::fs::read_to_string(&number).unwrap_or_default() != first.id().to_string() {
        std::thread::yield_now();
    }
    let named = format!(
        "another process (number {}) writes to the archive",
        first.id()
    );
    let forget = |_: &std::path::Path| {
        let mut command = whosaid();
        command
            .env("WHOSAID_ARCHIVE", &archive)
            .arg("forget")
            .arg(&file);
        command
    };
    let commands: [&dyn Fn(&std::path::Path) -> Command; 2] = [&index, &forget];
    for command in commands {
        let second = command(&file).output().unwrap();
        assert_eq!(second.status.code(), Some(2));
        let said = String::from_utf8_lossy(&second.stderr);
        assert!(said.contains(&named), "{said}");
        assert!(said.contains(".tantivy-writer.lock"), "{said}");
    }
    // Readers do not mind.
    let status = whosaid()
        .env("WHOSAID_ARCHIVE", &archive)
        .arg("status")
        .output()
        .unwrap();
    assert!(status.status.success());
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(index(&file).output().unwrap().status.success());
    // The number left behind may be another process's by now: the lock tells, not the number.
    std::fs::write(&number, std::process::id().to_string()).unwrap();
    assert!(index(&file).output().unwrap().status.success());
}
