//! Articles, file names, questions and archives that mean harm.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use chrono::NaiveDate;
use tantivy::TantivyDocument;
use tantivy::schema::OwnedValue;
use whosaid_indexer::article_id;
use whosaid_model::{Article, DateOrigin, Published};
use whosaid_query::cli::{Session, run_in};
use whosaid_query::{Archive, Cancel, Corrections, verify};
use whosaid_quotes::Annotator;
use whosaid_schema::{ArticleNotes, Schema};

use crate::support::World;

/// Sets a title, clears the screen, turns the direction of reading, moves the cursor; the names carry it too.
const EVIL: &str = "\u{1b}]0;pwned\u{7}\u{1b}[2J\u{202e}\u{9b}31m\u{8}";

/// Two articles with such characters wherever there can be any.
fn world() -> World {
    let world = World::new();
    let record = |title: &str, text: &str| {
        serde_json::json!({
            "id": format!("id{EVIL}"), "url": format!("https://example.org/{title}{EVIL}"), "date": "2025-10-25",
            "source": format!("Daily{EVIL} Example"), "author": format!("Ann{EVIL} Lee"), "lang": format!("en{EVIL}"),
            "title": format!("{title}{EVIL} ferry"), "text": text,
        })
        .to_string()
    };
    let one = format!(
        "“The{EVIL} ferry is one percent ready,” said Mayor Jane{EVIL} Roe. “It{EVIL} floats,” she said. “No{EVIL} one \
         knows when,” said Ade Be\u{1b}llo, a\u{9b} captain."
    );
    let two = format!(
        "“The{EVIL} ferry is one percent ready today,” said Jane{EVIL} Roe of Port\u{7}land."
    );
    world.write(
        &format!("news/{}.jsonl", EVIL.replace('/', "")),
        format!(
            "{}\n{}\n{{\"id\": 1, \"{EVIL}\"\n",
            record("one", &one),
            record("two", &two)
        ),
    );
    world.write(&format!("news/{EVIL}.json"), format!("{{\"broken{EVIL}"));
    world.write(
        &format!("news/{EVIL}.txt"),
        format!("date 2025-13-77{EVIL} x\n“Yes{EVIL},” said Jo{EVIL} Lee.\n"),
    );
    let news = world.path("news");
    world.run(&["index", "-v", news.to_str().unwrap()]);
    world
}

/// Fails if a terminal would be commanded by what a command wrote.
#[track_caller]
fn harmless(args: &[&str], what: &str, text: &str) {
    let found = text.chars().find(|char| {
        let bidi = ('\u{202a}'..='\u{202e}').contains(char);
        (char.is_control() && !['\n', '\t'].contains(char)) || bidi
    });
    assert_eq!(found, None, "{args:?} {what}: {text:?}");
}

#[test]
fn nothing_that_commands_a_terminal_comes_through_any_command() {
    let world = world();
    let archive = world.path("archive");
    let hits = world
        .run(&["search", "ferry", "--copies", "--format", "jsonl"])
        .records();
    let id = hits[0]["id"].as_str().unwrap();
    let article = hits[0]["article"]["id"].as_str().unwrap();
    let name = hits
        .iter()
        .find_map(|hit| hit["speaker"]["name"].as_str())
        .unwrap();
    let news = world.path("news");
    let (news, spared) = (news.to_str().unwrap(), world.path("spared"));
    let pasted = format!("“The {EVIL} ferry is two percent ready,” said Jane Roe{EVIL}.");
    let evil_query = format!("said:(ferry{EVIL}");
    let evil_word = format!("speaker:{EVIL}Roe zeppelin{EVIL}");
    let evil_path = world.path(&format!("none{EVIL}"));
    let evil_path = evil_path.to_str().unwrap();
    let evil_option = format!("--no-such{EVIL}");
    let commands: Vec<Vec<&str>> = vec![
        vec!["search", "ferry", "--copies"],
        vec!["search", "ferry", "--explain", "-v"],
        vec!["search", "ferry", "--in", "articles"],
        vec!["search", "ferry", "-C", "2"],
        vec!["search", &evil_query],
        vec!["search", &evil_word, "--explain"],
        vec!["search", &evil_option],
        vec!["search", "ferry", "--archive", evil_path],
        vec!["search", "ferry", "--after", EVIL],
        vec!["ask", "who said \"one percent\""],
        vec!["ask", EVIL],
        vec!["ask", &pasted],
        vec!["check", &pasted],
        vec!["check", EVIL],
        vec!["variants", id],
        vec!["variants", EVIL],
        vec!["show", id],
        vec!["show", id, "--cite"],
        vec!["show", article],
        vec!["show", EVIL],
        vec!["kwic", "ferry"],
        vec!["facet", "speaker"],
        vec!["facet", "source"],
        vec!["facet", "author", "ferry"],
        vec!["facet", "lang"],
        vec!["facet", "speaker", "--select", EVIL],
        vec!["timeline", "ferry"],
        vec!["speakers"],
        vec!["speakers", "Roe"],
        vec!["speakers", EVIL],
        vec!["alias", name, &pasted],
        vec!["alias", EVIL, EVIL],
        vec!["merge", name, EVIL],
        vec!["split", name],
        vec!["status"],
        vec!["verify", "--sources"],
        vec!["extract", news],
        vec!["convert", news],
        vec!["export"],
        vec!["index", "--dry-run", "-v", news],
        vec!["index", "-v", news],
        vec!["index", "-v", evil_path],
        vec!["search", "ferry", "--corpus", evil_path],
        vec!["forget", evil_path],
        vec!["forget", article],
        vec!["compact"],
        vec!["man", EVIL],
        vec![EVIL],
    ];
    copy(&archive, &spared);
    for format in ["text", "json", "jsonl", "csv", "tsv"] {
        fs::remove_dir_all(&archive).unwrap();
        copy(&spared, &archive);
        for args in &commands {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let mut session = Session::new(&mut out, &mut err);
            session.wrap = true;
            session.columns = 100;
            let global = [
                "whosaid",
                "--archive",
                archive.to_str().unwrap(),
                "--format",
                format,
            ];
            // What is asked of another archive says so itself.
            let global = if args.contains(&"--archive") {
                &global[..1]
            } else {
                &global[..]
            };
            run_in(global.iter().chain(args), session);
            assert!(!out.is_empty() || !err.is_empty(), "{args:?}");
            harmless(args, "out", &String::from_utf8_lossy(&out));
            harmless(args, "err", &String::from_utf8_lossy(&err));
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// An archive of one story.
fn small() -> World {
    let world = World::new();
    world.write(
        "news/a.txt",
        "date 2025-10-24 Bridge\n“It is ready,” said Mayor Jane Roe.\n",
    );
    let news = world.path("news");
    world.run(&["index", news.to_str().unwrap()]).ok();
    world
}

/// Every file below a folder, with what is in it.
fn everything(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap_or_default())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn an_archive_names_no_file_outside_of_it() {
    let world = small();
    let letters = world.write("letters/one.txt", "Dear");
    let beside = world.write("archive/thesis.txt", "In the beginning");
    let list = world.path("archive/.managed.json");
    let names = serde_json::json!([
        "../letters/one.txt",
        letters.to_str().unwrap(),
        "thesis.txt",
        "corrections.toml",
        "..",
    ]);
    world.write("archive/corrections.toml", "");
    fs::write(&list, names.to_string()).unwrap();
    world.write(
        "news/b.txt",
        "date 2025-10-25 Bridge\n“It is open,” said Mayor Jane Roe.\n",
    );
    let news = world.path("news");
    world.run(&["index", news.to_str().unwrap()]).ok();
    world.run(&["compact"]).ok();
    assert!(letters.exists() && beside.exists());
    assert!(world.path("archive/corrections.toml").exists());
    // A part whose name leads elsewhere is none.
    let meta = fs::read_to_string(world.path("archive/meta.json")).unwrap();
    let meta = meta.replacen(
        "\"segments\"",
        "\"persisted_custom_extensions\": [\"/../../letters/one.txt\"], \"segments\"",
        1,
    );
    fs::write(world.path("archive/meta.json"), meta).unwrap();
    for args in [
        &["compact"][..],
        &["index", news.to_str().unwrap()],
        &["search", "open"],
    ] {
        world.run(args);
        assert_eq!(fs::read_to_string(&letters).unwrap(), "Dear");
    }
}

#[test]
#[cfg(unix)]
fn links_in_an_archive_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let world = small();
    let letter = world.write("letters/one.txt", "Dear");
    let news = world.path("news");
    let archive = world.path("archive");
    for name in [
        ".whosaid-writer",
        ".corrections.toml.new",
        ".corrections.toml.lock",
        ".meta.json.new",
        ".managed.json.new",
        ".tantivy-writer.lock",
        ".tantivy-meta.lock",
    ] {
        let link = archive.join(name);
        let _ = fs::remove_file(&link);
        symlink(&letter, &link).unwrap();
        let nowhere = world.path("letters/new.txt");
        world.write(
            "news/b.txt",
            format!("date 2025-10-25 B {name}\n“It is open,” said Mayor Jane Roe.\n"),
        );
        for args in [
            &["index", news.to_str().unwrap()][..],
            &["alias", "Jane Roe", "J. Roe"],
            &["search", "open"],
        ] {
            world.run(args);
        }
        assert_eq!(fs::read_to_string(&letter).unwrap(), "Dear", "{name}");
        let _ = fs::remove_file(&link);
        symlink(&nowhere, &link).unwrap();
        world.write(
            "news/c.txt",
            format!("date 2025-10-26 C {name}\n“It is shut,” said Mayor Jane Roe.\n"),
        );
        world.run(&["index", news.to_str().unwrap()]);
        world.run(&["alias", "Jane Roe", "Mrs. Roe"]);
        assert!(!nowhere.exists(), "{name}");
        let _ = fs::remove_file(&link);
    }
    world.run(&["verify"]).ok();
    // A part that is a link, or a pipe, which would never end.
    let part = fs::read_dir(&archive)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let part = { part }
        .find(|path| path.extension().is_some_and(|ending| ending == "store"))
        .unwrap();
    fs::rename(&part, world.path("elsewhere")).unwrap();
    symlink(world.path("elsewhere"), &part).unwrap();
    let ran = world.run(&["search", "open"]);
    assert!(ran.err.contains("link"), "{}", ran.err);
    fs::remove_file(&part).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&part).status();
    if made.is_ok_and(|made| made.success()) {
        let ran = world.run(&["search", "open"]);
        assert!(ran.err.contains("no file"), "{}", ran.err);
        fs::remove_file(&part).unwrap();
        fs::rename(world.path("elsewhere"), &part).unwrap();
        for name in [
            "meta.json",
            ".managed.json",
            "corrections.toml",
            "persons.table",
        ] {
            let (path, spared) = (archive.join(name), world.path("spared"));
            let was = fs::rename(&path, &spared).is_ok();
            std::process::Command::new("mkfifo")
                .arg(&path)
                .status()
                .unwrap();
            let ran = world.run(&["speakers"]);
            assert!(!ran.err.is_empty() || name == "persons.table", "{name}");
            fs::remove_file(&path).unwrap();
            if was {
                fs::rename(&spared, &path).unwrap();
            }
        }
    }
    world.run(&["verify"]).ok();
}

#[test]
fn lists_and_numbers_of_an_archive_are_not_believed() {
    let world = small();
    let before = everything(&world.path("archive"));
    let meta = world.path("archive/meta.json");
    let list = fs::read_to_string(&meta).unwrap();
    let numbers = list.split("\"max_doc\": ").nth(1).unwrap();
    let number: String = numbers.chars().take_while(char::is_ascii_digit).collect();
    for claimed in ["0", "1", "4294967295", "18446744073709551615", "-1"] {
        let from = format!("\"max_doc\": {number},");
        fs::write(
            &meta,
            list.replacen(&from, &format!("\"max_doc\": {claimed},"), 1),
        )
        .unwrap();
        assert!(
            verify(&world.path("archive"), &Cancel::new()).is_ok_and(|looked| !looked.is_sound())
                || Archive::open(world.path("archive")).is_err(),
            "{claimed}"
        );
        for args in [
            &["search", "ready"][..],
            &["facet", "speaker"],
            &["export"],
            &["status"],
        ] {
            world.run(args);
        }
    }
    let huge = fs::File::create(&meta).unwrap();
    huge.set_len(1 << 40).unwrap();
    let ran = world.run(&["search", "ready"]);
    assert!(ran.err.contains("too large"), "{}", ran.err);
    fs::write(&meta, list).unwrap();
    let corrections = world.path("archive/corrections.toml");
    fs::File::create(&corrections)
        .unwrap()
        .set_len(1 << 40)
        .unwrap();
    let ran = world.run(&["speakers"]);
    assert!(ran.err.contains("larger than 16 MB"), "{}", ran.err);
    fs::remove_file(&corrections).unwrap();
    let now = everything(&world.path("archive"));
    let parts = |files: &[(String, Vec<u8>)]| {
        let is_part = |name: &str| !name.starts_with('.') && name != "persons.table";
        let parts = files.iter().filter(|(name, _)| is_part(name));
        parts.cloned().collect::<Vec<_>>()
    };
    assert_eq!(parts(&now), parts(&before));
}

/// Makes an archive of four stories in whose documents some of the numbers are others.
fn forge(folder: &Path, forged: &[(&str, i64)]) {
    let schema = Schema::new();
    let index = schema.create(folder).unwrap();
    // A process that another test just starts holds the lock of the last writer for a moment.
    let mut writer = (0..100)
        .find_map(|_| {
            let writer = index.writer_with_num_threads(1, 15_000_000);
            writer
                .inspect_err(|_| sleep(Duration::from_millis(50)))
                .ok()
        })
        .unwrap();
    let annotator = Annotator::new();
    let words = "We will open the old bridge over the river to all ships before the first of May";
    for (day, speaker) in [(1, "Jane Roe"), (2, "Jane Roe"), (2, "Roe"), (3, "Al Bo")] {
        let date = NaiveDate::from_ymd_opt(2025, 10, day).unwrap();
        let article = Article {
            title: Some(format!("Bridge {day}")),
            text: format!("“{words},” said {speaker}, the mayor. “It is ready, {day} of us say.”"),
            published: Some(Published::day(date, DateOrigin::Header)),
            ..Article::default()
        };
        let quotations = annotator.annotate(article.title.as_deref(), &article.text);
        let notes = ArticleNotes {
            id: article_id(&article),
            quotations: quotations.len() as u64,
            ..ArticleNotes::default()
        };
        let first = schema.encode_article(&article, &notes);
        let behind = schema.encode_quotations(&article, &notes, &quotations);
        for document in std::iter::once(first).chain(behind) {
            let mut written = TantivyDocument::new();
            for (field, value) in document.field_values() {
                let name = schema.tantivy().get_field_name(field);
                let number = forged.iter().find(|(forged, _)| *forged == name);
                match (number, OwnedValue::from(value)) {
                    (Some((_, number)), OwnedValue::I64(_)) => written.add_i64(field, *number),
                    (Some((_, number)), OwnedValue::U64(_)) => {
                        written.add_u64(field, *number as u64);
                    }
                    (_, value) => written.add_field_value(field, &value),
                }
            }
            writer.add_document(written).unwrap();
        }
    }
    writer.commit().unwrap();
}

#[test]
fn numbers_in_documents_are_not_believed() {
    let world = World::new();
    let days = ["day", "last_day", "first_day", "instant", "added"];
    let others = [
        "start",
        "behind",
        "words",
        "confidence",
        "weight",
        "telling",
    ];
    let mut forgeries = Vec::new();
    for number in [i64::MIN, -1, i64::MAX - 1, i64::MAX] {
        forgeries.push(days.map(|name| (name, number)).to_vec());
        forgeries.push(vec![("last_day", number)]);
    }
    for number in [-1, i64::MAX] {
        forgeries.extend(others.map(|name| vec![(name, number)]));
    }
    forgeries.push(vec![("day", i64::MIN), ("last_day", i64::MAX)]);
    // Days that end before they begin, and far apart.
    forgeries.push(vec![("day", 1 << 40), ("last_day", -1 << 40)]);
    for forged in forgeries {
        let folder = world.path("archive");
        fs::remove_dir_all(&folder).ok();
        forge(&folder, &forged);
        for args in [
            &["search", "bridge", "--copies", "--explain"][..],
            &["search", "bridge", "--sort", "date", "-C", "1"],
            &["search", "bridge", "--sort", "-date", "--in", "articles"],
            &[
                "search",
                "said:bridge speaker:Roe date:2025-10..",
                "--sort",
                "confidence",
            ],
            &["search", "title:bridge speaker:Roe NOT words:3"],
            &["ask", "who said \"open the old bridge\""],
            &[
                "check",
                "“We will open the old bridge over the river,” said Roe.",
            ],
            &["kwic", "bridge"],
            &["facet", "speaker", "bridge"],
            &["facet", "date", "--by", "week"],
            &["search", "bridge", "--tz", "Asia/Tokyo"],
            &["timeline", "bridge"],
            &["timeline", "--by", "day"],
            &["speakers"],
            &["status"],
            &["export"],
            &["verify"],
        ] {
            world.run(args);
        }
        let hits = world.run(&["search", "bridge", "--format", "jsonl"]);
        for hit in hits.records() {
            if let Some(id) = hit["id"].as_str() {
                for command in ["show", "variants"] {
                    world.run(&[command, id]);
                }
            }
        }
    }
}

#[test]
fn corrections_without_end_are_read_in_no_time() {
    // Each name is given on to the next.
    let mut chain = String::new();
    for number in 0..60_000 {
        let next = number + 1;
        let _ = writeln!(
            chain,
            "[[alias]]\nperson = \"N {next}\"\nnames = [\"N {number}\"]"
        );
    }
    let corrections = Corrections::parse(chain).unwrap();
    assert_eq!(corrections.person_of("N 0"), Some("N 60000"));
    let names: Vec<String> = (0..200_000)
        .map(|number| format!("\"N {number}\""))
        .collect();
    let wide = format!("[[split]]\nnames = [{}]\n", names.join(",\n"));
    assert_eq!(
        Corrections::parse(wide)
            .unwrap()
            .iter()
            .next()
            .unwrap()
            .names
            .len(),
        200_000
    );
    let deep = format!("alias = {}", "[".repeat(100_000));
    assert!(Corrections::parse(deep).is_err());
}
