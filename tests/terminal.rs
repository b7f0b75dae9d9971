//! What a terminal gets: a page at a time, and nothing that commands it.

use std::sync::Arc;

use whosaid_query::cli::{Pager, Session, Status, run_in};

use crate::support::{World, two_stories};

/// Runs as on a terminal of so many lines, with a pager.
fn on_terminal(world: &World, rows: usize, pager: &str, args: &[&str]) -> (Status, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut session = Session::new(&mut out, &mut err);
    session.wrap = true;
    session.columns = 80;
    let running = Arc::default();
    session.pager = Some(Pager {
        command: pager.into(),
        rows,
        running: Arc::clone(&running),
    });
    let archive = world.path("archive");
    let global = ["whosaid", "-q", "--archive", archive.to_str().unwrap()];
    let status = run_in(global.iter().chain(args), session);
    assert!(!running.load(std::sync::atomic::Ordering::Relaxed));
    (status, String::from_utf8(out).unwrap())
}

#[test]
#[cfg(unix)]
fn text_longer_than_the_screen_goes_through_the_pager() {
    let world = two_stories();
    let file = world.path("file");
    let pager = format!("cat >'{}'", file.display());
    let search = ["search", "*", "--all"];
    let (status, whole) = on_terminal(&world, 100, &pager, &search);
    assert_eq!((status, file.exists()), (Status::Done, false));
    assert_eq!(
        whole.lines().filter(|line| line.contains("conf")).count(),
        4
    );
    let (status, direct) = on_terminal(&world, 5, &pager, &search);
    assert_eq!((status, direct.as_str()), (Status::Done, ""));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), whole);
    // What a program reads is no page, and neither is a pager wanted by everybody.
    std::fs::remove_file(&file).unwrap();
    for args in [
        &["search", "*", "--all", "--format", "jsonl"][..],
        &["search", "*", "--all", "--no-pager"],
    ] {
        let (_, direct) = on_terminal(&world, 5, &pager, args);
        assert!(!direct.is_empty() && !file.exists());
    }
    // One that reads no more, and one that is not there.
    let first = format!("head -n 1 >'{}'", file.display());
    assert_eq!(on_terminal(&world, 3, &first, &search).0, Status::Done);
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 1);
    assert_eq!(
        on_terminal(&world, 3, "exec no-such-pager 2>/dev/null", &search).0,
        Status::Done
    );
}

#[test]
fn records_on_a_terminal_hold_nothing_that_commands_it() {
    let world = World::new();
    let said = "Yes \u{1b}]0;pwned\u{7} \u{9b}31m one percent";
    let file = world.write(
        "a.txt",
        format!("date 2025-10-25 Ta\u{1b}[31mlks\n“{said},” said Jane Roe.\n"),
    );
    world.run(&["index", file.to_str().unwrap()]).ok();
    let harmful = ['\u{1b}', '\u{7}', '\u{9b}'];
    for format in ["csv", "tsv", "json", "jsonl"] {
        let args = ["search", "said:percent", "--format", format];
        let (_, shown) = on_terminal(&world, 100, "cat", &args);
        assert!(
            shown.contains("percent") && !shown.contains(harmful),
            "{shown:?}"
        );
    }
    for args in [
        &["kwic", "said:percent"][..],
        &["search", "said:percent", "-C", "1"],
        &["facet", "speaker"],
        &["extract", file.to_str().unwrap()],
        &["export"],
    ] {
        let (_, shown) = on_terminal(&world, 100, "cat", args);
        assert!(!shown.is_empty() && !shown.contains(harmful), "{shown:?}");
    }
    // A file gets the words as they are.
    let piped = world
        .run(&["search", "said:percent", "--format", "csv"])
        .ok();
    assert!(piped.contains(said), "{piped:?}");
}

#[test]
fn every_command_has_a_manual_page() {
    let world = two_stories();
    let folder = world.path("man/man1");
    world.run(&["man", "--out", folder.to_str().unwrap()]).ok();
    let help = world.run(&["--help"]).ok();
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() > 10, "{help}");
    for command in commands {
        let page = folder.join(format!("whosaid-{command}.1"));
        let text = std::fs::read_to_string(&page).unwrap();
        assert!(text.contains(".SH SYNOPSIS"), "{command}");
        let bash = world.run(&["completions", "bash"]).ok();
        assert!(bash.contains(command), "{command}");
    }
    assert!(folder.join("whosaid.1").exists());
}
