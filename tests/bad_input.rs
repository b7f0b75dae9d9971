//! Each fault gives one clear line that names the culprit, and the right exit status.

use whosaid_query::cli::Status;

use crate::support::{World, two_stories};

/// The first line of standard error.
fn first_line(err: &str) -> &str {
    err.lines().next().unwrap_or_default()
}

#[test]
fn a_missing_archive() {
    let ran = World::new().run(&["ask", "who said \"one percent\""]);
    assert_eq!(ran.status, Status::Failed);
    assert_eq!(first_line(&ran.err), "error: no archive at DIR/archive");
    let ran = World::new().run(&["search", "x", "--format", "jsonl"]);
    assert_eq!(ran.records()[0]["kind"], "missing_archive");
}

#[test]
fn a_folder_that_is_no_archive() {
    let world = World::new();
    world.write("archive/letter.txt", "Dear");
    let ran = world.run(&["status"]);
    assert_eq!(ran.status, Status::Failed);
    assert_eq!(
        first_line(&ran.err),
        "error: DIR/archive is not an archive of whosaid"
    );
}

#[test]
fn an_empty_folder() {
    let world = World::new();
    std::fs::create_dir(world.path("empty")).unwrap();
    let ran = world.run(&["index", world.path("empty").to_str().unwrap()]);
    assert_eq!(ran.status, Status::Nothing);
    assert_eq!(
        first_line(&ran.err),
        "warning: DIR/empty: no files in this folder"
    );
    let ran = world.run(&["search", "x"]);
    assert_eq!(ran.status, Status::Nothing);
    assert!(
        ran.err.contains("0 quotations in 0 articles"),
        "{}",
        ran.err
    );
}

#[test]
fn a_missing_input() {
    let world = World::new();
    for command in ["index", "extract", "convert"] {
        let ran = world.run(&[command, world.path("gone.txt").to_str().unwrap()]);
        assert_eq!(ran.status, Status::Failed, "{command}");
        assert_eq!(
            first_line(&ran.err),
            "error: no such file or folder: DIR/gone.txt"
        );
    }
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    world.write(
        "news/good.txt",
        "date 2025-10-25 Talks\n“Yes, we will,” said Jane Roe.\n",
    );
    let bad = world.write("news/secret.txt", "nobody reads this");
    std::fs::set_permissions(&bad, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&bad).is_ok() {
        return; // The superuser reads everything.
    }
    let ran = world.run(&["index", world.path("news").to_str().unwrap()]);
    assert_eq!(ran.status, Status::Partial);
    assert_eq!(
        first_line(&ran.err),
        "warning: DIR/news/secret.txt: permission denied"
    );
    assert!(ran.out.starts_with("1 article added"), "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn an_archive_that_may_not_be_touched() {
    use std::os::unix::fs::PermissionsExt;
    let world = two_stories();
    let allow = |mode| {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(world.path("archive"), mode).unwrap();
    };
    let file = world.write("third.txt", "“More,” said Jane Roe.\n");
    std::fs::remove_file(world.path("archive/.tantivy-writer.lock")).unwrap();
    allow(0o500);
    let superuser = std::fs::write(world.path("archive/probe"), "").is_ok();
    let write = world.run(&["index", file.to_str().unwrap()]);
    allow(0o000);
    let read = world.run(&["status"]);
    allow(0o700);
    if superuser {
        return;
    }
    assert_eq!(
        (write.status, read.status),
        (Status::Failed, Status::Failed)
    );
    assert_eq!(
        first_line(&write.err),
        "error: cannot write to the archive DIR/archive: permission denied"
    );
    assert_eq!(
        first_line(&read.err),
        "error: cannot use DIR/archive: permission denied"
    );
}

#[test]
fn an_archive_that_is_a_file() {
    let world = World::new();
    world.write("archive", "Dear");
    let ran = world.run(&["status"]);
    assert_eq!(ran.status, Status::Failed);
    assert_eq!(
        first_line(&ran.err),
        "error: cannot use DIR/archive: not a directory"
    );
}

#[test]
fn a_binary_file() {
    let world = World::new();
    world.write("news/picture.txt", [0_u8, 1, 2, 255, 0, 0, 7]);
    world.write(
        "news/good.txt",
        "date 2025-10-25 Talks\n“Yes, we will,” said Jane Roe.\n",
    );
    let ran = world.run(&["index", world.path("news").to_str().unwrap()]);
    assert_eq!(ran.status, Status::Partial);
    assert!(
        first_line(&ran.err).starts_with("warning: DIR/news/picture.txt: "),
        "{}",
        ran.err
    );
}

#[test]
fn broken_json_on_line_three() {
    let world = World::new();
    let good = |number: u32| {
        format!("{{\"id\":\"{number}\",\"text\":\"“Yes, number {number},” said Jane Roe.\"}}\n")
    };
    let file = world.write(
        "a.jsonl",
        format!("{}{}{{\"id\": 3,\n{}", good(1), good(2), good(4)),
    );
    let rejects = world.path("rejects.jsonl");
    let ran = world.run(&[
        "index",
        file.to_str().unwrap(),
        "--rejects",
        rejects.to_str().unwrap(),
    ]);
    assert_eq!(ran.status, Status::Partial);
    assert!(
        first_line(&ran.err).starts_with("warning: DIR/a.jsonl:3: "),
        "{}",
        ran.err
    );
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.out.starts_with("3 articles added"), "{}", ran.out);
    let reject: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(rejects).unwrap()).unwrap();
    assert_eq!(
        (&reject["record"], &reject["kind"]),
        (&3.into(), &"malformed".into())
    );
    let ran = world.run(&["extract", file.to_str().unwrap()]);
    assert_eq!((ran.status, ran.out.lines().count()), (Status::Partial, 3));
}

#[test]
fn a_bad_date_in_a_query() {
    let world = two_stories();
    let ran = world.run(&["search", "speaker:Roe date:2025-13"]);
    assert_eq!(ran.status, Status::Failed);
    insta::assert_snapshot!(ran.err, @r#"
      speaker:Roe date:2025-13
                       ^^^^^^^
    error: month 13 in "2025-13"; try date:2025-12 or date:2025
    "#);
    let ran = world.run(&["search", "date:2025-13", "--format", "jsonl"]);
    insta::assert_snapshot!(ran.out, @r#"{"v":1,"type":"error","kind":"bad_date","message":"month 13 in \"2025-13\"","span":[5,12],"suggestions":["date:2025-12","date:2025"]}"#);
}

#[test]
fn wrong_fields_and_questions() {
    let world = two_stories();
    let ran = world.run(&["search", "speeker:roe said:\"open"]);
    assert_eq!(ran.status, Status::Failed);
    insta::assert_snapshot!(ran.err, @r#"
      speeker:roe said:"open
      ^^^^^^^          ^
    error: no field "speeker"; try speaker:
    error: nothing closes the quotation mark "; try "open"
    "#);
    let ran = world.run(&["ask", "who won the election"]);
    assert_eq!(ran.status, Status::Failed);
    insta::assert_snapshot!(ran.err, @r#"
    error: cannot read the question "who won the election"
    hint: questions look like this:
          who said "one percent" since October 2025
          what did Jane Roe say about the budget
    "#);
}

#[test]
fn files_that_swallow_the_question() {
    let world = two_stories();
    let news = world.path("news");
    let ran = world.run(&["ask", "--corpus", news.to_str().unwrap(), "who said x"]);
    assert_eq!(ran.status, Status::Failed);
    assert_eq!(
        first_line(&ran.err),
        "error: no question: --corpus takes all that follows it; put the question first"
    );
}

#[test]
fn a_format_that_a_command_lacks() {
    let world = two_stories();
    let news = world.path("news");
    for args in [
        &["extract", news.to_str().unwrap(), "--format", "csv"][..],
        &["export", "--format", "json"],
    ] {
        let ran = world.run(args);
        assert_eq!(ran.status, Status::Failed, "{args:?}");
        assert!(ran.err.contains("prints JSON Lines"), "{}", ran.err);
    }
}

#[test]
fn a_locked_archive_is_named() {
    let world = two_stories();
    let lock = std::fs::File::options()
        .create(true)
        .append(true)
        .open(world.path("archive/.tantivy-writer.lock"))
        .unwrap();
    lock.lock().unwrap();
    let file = world.write(
        "third.txt",
        "date 2025-10-27 More\n“More of it,” said Jane Roe.\n",
    );
    let ran = world.run(&["index", file.to_str().unwrap()]);
    assert_eq!(ran.status, Status::Failed);
    assert!(first_line(&ran.err).contains("DIR/archive"), "{}", ran.err);
    assert!(first_line(&ran.err).contains("lock"), "{}", ran.err);
}
