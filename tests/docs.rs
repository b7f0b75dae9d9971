//! The commands shown in the documentation print what is shown there.

use std::fmt::Write as _;
use std::fs;

use whosaid_query::cli::{Session, run_in};

use crate::support::{World, without_confidence};

const PAGE: &str = "docs/commands.md";

/// Puts the output as it is now into the page, when this is set: `UPDATE_DOCS=1 cargo test --test main docs`.
const UPDATE: &str = "UPDATE_DOCS";

/// Splits a line as a shell does, as far as quotes go.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for char in line.chars() {
        match (quote, char) {
            (Some(open), char) if char == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(char);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(char),
        }
    }
    words.extend(word);
    words
}

/// What a command prints, on the archive of the world, with what differs from machine to machine blanked out.
fn print(world: &World, line: &str) -> String {
    let (command, head) = match line.split_once(" | head ") {
        Some((command, head)) => (command, Some(head)),
        None => (line, None),
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut session = Session::new(&mut out, &mut err);
    session.columns = 100;
    let archive = world.path("archive");
    let mut args = words(command);
    let global = [
        "--archive",
        archive.to_str().unwrap(),
        "--today",
        "2026-07-10",
    ];
    args.splice(1..1, global.map(str::to_owned));
    run_in(&args, session);
    let mut text = String::from_utf8(out).unwrap();
    assert!(
        !text.is_empty(),
        "{line} prints nothing: {}",
        String::from_utf8_lossy(&err)
    );
    match head.map(|head| head.split_at(3)) {
        Some(("-c ", bytes)) => {
            let most = bytes.parse().unwrap();
            while text.len() > most {
                text.pop();
            }
            text.push('…');
        }
        Some((_, lines)) => {
            let kept: Vec<&str> = text.lines().take(lines.parse().unwrap()).collect();
            text = kept.join("\n");
        }
        None => {}
    }
    let here = std::env::current_dir().unwrap();
    let text = text.replace(&*here.to_string_lossy(), "~/whosaid");
    let text = text.replace(
        &*world.path("").canonicalize().unwrap().to_string_lossy(),
        "~",
    );
    let mut plain = String::new();
    for line in text.lines() {
        // How many bytes and segments there are depends on the threads that wrote.
        let counted = ["size ", "bytes ", "segments "];
        let line = match line.split_once("  ") {
            Some((name, _)) if counted.iter().any(|counted| line.starts_with(counted)) => {
                format!("{name}  …")
            }
            _ => line.trim_end().to_owned(),
        };
        let _ = writeln!(plain, "{line}");
    }
    plain
}

#[test]
fn every_command_is_shown_as_it_is() {
    let page = fs::read_to_string(PAGE).unwrap();
    let world = World::new();
    let mut fresh = String::new();
    let mut inside = false;
    let mut commands = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        }
        if !inside || line.starts_with("```") {
            let _ = writeln!(fresh, "{line}");
        } else if let Some(command) = line.strip_prefix("$ ") {
            if !fresh.ends_with("console\n") {
                fresh.push('\n');
            }
            let _ = write!(fresh, "{line}\n{}", print(&world, command));
            commands.extend(words(command).into_iter().nth(1));
        }
    }
    if std::env::var_os(UPDATE).is_some() {
        fs::write(PAGE, &fresh).unwrap();
        return;
    }
    let (shown, now) = (without_confidence(&page), without_confidence(&fresh));
    for (line, (shown, now)) in shown.lines().zip(now.lines()).enumerate() {
        assert_eq!(
            shown,
            now,
            "{PAGE}:{}: {UPDATE}=1 brings it up to date",
            line + 1
        );
    }
    assert_eq!(shown.lines().count(), now.lines().count());
    let help = world.run(&["--help"]).ok();
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    // These are told of: one never ends, two are like the one that is shown.
    for command in listed.filter(|name| !["help", "watch", "merge", "split"].contains(name)) {
        assert!(
            commands.iter().any(|shown| shown == command),
            "{PAGE} does not show {command}"
        );
        assert!(
            page.contains(&format!("`{command}`")),
            "{PAGE} does not name {command}"
        );
    }
}
