//! What a run does to an archive, seen from outside.

use std::fs;

use crate::common::{Bench, story};
use whosaid_indexer::{ErrorKind, IndexOptions, Input, RejectKind};

#[test]
fn a_second_run_does_nothing() {
    let bench = Bench::new();
    bench.write("a.txt", &story("one", "2025-10-24"));
    bench.write(
        "b.jsonl",
        "{\"id\": 1, \"text\": \"“No,” said Roe.\"}\n{\"id\": 2, \"text\": \"x\"}\n",
    );
    let first = bench.index();
    assert_eq!((first.added, first.articles, first.files), (3, 3, 2));
    assert_eq!(first.undated, 2);
    let before = bench.files_of_the_archive();
    let second = bench.index();
    assert_eq!((second.added, second.articles, second.files), (0, 0, 0));
    assert_eq!((second.unchanged, second.files_unchanged), (3, 2));
    assert_eq!(bench.files_of_the_archive(), before);
}

#[test]
fn a_touched_file_is_not_indexed_again() {
    let bench = Bench::new();
    bench.write("a.txt", &story("one", "2025-10-24"));
    bench.index();
    bench.touch("a.txt", 1_000_000);
    let report = bench.index();
    assert_eq!((report.unchanged, report.files), (1, 0));
    let before = bench.files_of_the_archive();
    bench.index();
    assert_eq!(
        bench.files_of_the_archive(),
        before,
        "the new time is remembered"
    );
}

#[test]
fn a_changed_file_is_replaced_with_its_quotations() {
    let bench = Bench::new();
    bench.write("a.txt", &story("one", "2025-10-24"));
    bench.write("b.txt", &story("two", "2025-10-24"));
    bench.index();
    bench.write("a.txt", &story("three", "2025-10-25"));
    let report = bench.index();
    assert_eq!(
        (
            report.replaced,
            report.added,
            report.removed,
            report.unchanged
        ),
        (1, 0, 0, 1)
    );
    assert_eq!(bench.titles(), ["Story three", "Story two"]);
    assert_eq!(bench.quotation_count("one"), 0);
    assert_eq!(bench.quotation_count("three"), bench.quotation_count("two"));
}

#[test]
fn a_changed_record_replaces_only_itself() {
    let bench = Bench::new();
    let line = |id: u32, text: &str| {
        format!("{{\"id\": {id}, \"title\": \"{text}\", \"text\": \"{text}\"}}\n")
    };
    bench.write("a.jsonl", &(line(1, "one") + &line(2, "two")));
    bench.index();
    bench.write(
        "a.jsonl",
        &(line(1, "one") + &line(2, "other") + &line(3, "three")),
    );
    let report = bench.index();
    assert_eq!(
        (
            report.replaced,
            report.added,
            report.unchanged,
            report.removed
        ),
        (1, 1, 1, 0)
    );
    bench.write("a.jsonl", &line(3, "three"));
    let report = bench.index();
    assert_eq!(
        (
            report.replaced,
            report.added,
            report.unchanged,
            report.removed
        ),
        (0, 0, 1, 2)
    );
    assert_eq!(bench.titles(), ["three"]);
}

#[test]
fn pruning_forgets_what_is_gone() {
    let bench = Bench::new();
    bench.write("in/a.txt", &story("one", "2025-10-24"));
    bench.write("in/b.txt", &story("two", "2025-10-24"));
    bench.write("out/c.txt", &story("three", "2025-10-24"));
    bench.index();
    bench.remove("in/a.txt");
    bench.remove("out/c.txt");
    assert_eq!(bench.index().removed, 0);
    let inputs = [bench.input("in")];
    let prune = IndexOptions::new().prune(true);
    let report = bench.try_index(&inputs, &prune).unwrap();
    assert_eq!(
        (report.removed, report.files_removed, report.unchanged),
        (1, 1, 1)
    );
    assert_eq!(bench.titles(), ["Story three", "Story two"]);
    assert_eq!(bench.quotation_count("one"), 0);

    fs::remove_dir_all(bench.path("out")).unwrap();
    let gone = [bench.input("out")];
    let error = bench.try_index(&gone, &IndexOptions::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingInput);
    assert_eq!(bench.try_index(&gone, &prune).unwrap().removed, 1);
    assert_eq!(bench.titles(), ["Story two"]);
    let never = [bench.input("never")];
    let error = bench.try_index(&never, &prune).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingInput);
}

#[test]
fn a_duplicate_is_counted_and_comes_back_when_the_first_goes() {
    for prune in [false, true] {
        let bench = Bench::new();
        bench.write("a.txt", &story("one", "2025-10-24"));
        bench.write("b.txt", &story("one", "2025-10-24"));
        bench.write("c.txt", &story("one", "2025-10-24"));
        let report = bench.index();
        assert_eq!((report.added, report.duplicates), (1, 2));
        assert_eq!(bench.paths(), ["a.txt"]);
        if prune {
            bench.remove("a.txt");
        } else {
            bench.write("a.txt", &story("another", "2025-10-24"));
        }
        let report = bench
            .try_index(&[bench.input("")], &IndexOptions::new().prune(true))
            .unwrap();
        assert_eq!(report.duplicates, 1, "{report:?}");
        let expected = if prune {
            vec!["b.txt"]
        } else {
            vec!["a.txt", "b.txt"]
        };
        assert_eq!(bench.paths(), expected);
        assert_eq!(bench.index().articles, 0);
    }
}

#[test]
fn a_duplicate_outside_of_the_inputs_comes_back_too() {
    let bench = Bench::new();
    bench.write("in/a.txt", &story("one", "2025-10-24"));
    bench.write("out/b.txt", &story("one", "2025-10-24"));
    bench.index();
    bench.remove("in/a.txt");
    let report = bench
        .try_index(&[bench.input("in")], &IndexOptions::new().prune(true))
        .unwrap();
    assert_eq!((report.removed, report.unchanged), (0, 1), "{report:?}");
    assert_eq!(bench.paths(), ["out/b.txt"]);
}

#[test]
fn an_article_may_move_to_another_file() {
    let bench = Bench::new();
    bench.write("b.txt", &story("one", "2025-10-24"));
    bench.index();
    bench.write("a.txt", &story("one", "2025-10-24"));
    bench.write("b.txt", &story("two", "2025-10-24"));
    bench.index();
    assert_eq!(bench.titles(), ["Story one", "Story two"]);
    assert_eq!(bench.paths(), ["a.txt", "b.txt"]);
}

#[test]
fn a_broken_line_is_named_and_the_rest_goes_in() {
    let bench = Bench::new();
    bench.write(
        "a.jsonl",
        "{\"text\": \"one\"}\n{\"text\": \"two\"}\n{\"text\": \n{\"text\": \"four\"}\n",
    );
    let report = bench.index();
    assert_eq!((report.added, report.rejected()), (3, 1));
    let reject = &report.rejects[0];
    assert_eq!(
        (reject.record, reject.kind),
        (Some(3), RejectKind::Malformed)
    );
    assert!(reject.path.ends_with("a.jsonl"), "{reject}");
    assert_eq!(reject.offset, Some(40));
    let again = bench.index();
    assert_eq!((again.rejected(), again.rejected_before), (0, 1));
}

#[test]
fn a_missing_input_is_an_error_that_names_it() {
    let bench = Bench::new();
    let error = bench
        .try_index(&[bench.input("nothing-here")], &IndexOptions::new())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingInput);
    assert!(error.to_string().contains("nothing-here"), "{error}");
    assert!(!bench.archive().exists());
}

#[test]
fn an_empty_folder_is_a_warning_that_names_it() {
    let bench = Bench::new();
    fs::create_dir(bench.path("empty")).unwrap();
    let report = bench
        .try_index(&[bench.input("empty")], &IndexOptions::new())
        .unwrap();
    assert!(report.warnings[0].path.ends_with("empty"), "{report:?}");
}

#[test]
fn files_that_are_no_text_are_told_apart() {
    let bench = Bench::new();
    bench.write_bytes("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    bench.write_bytes("b.rtf", b"{\\rtf1 Yes}");
    bench.write("c.css", "p { color: red }");
    bench.write("d.txt", "");
    bench.write("e.txt", &story("one", "2025-10-24"));
    bench.write(".hidden.txt", &story("two", "2025-10-24"));
    let report = bench.index();
    assert_eq!(report.added, 1);
    let skipped: Vec<_> = report.skipped.into_iter().collect();
    let expected = [
        (RejectKind::Unsupported, 1),
        (RejectKind::Empty, 1),
        (RejectKind::NotNews, 2),
    ];
    assert_eq!(skipped, expected);
    let told: Vec<_> = report.rejects.iter().map(|reject| reject.kind).collect();
    assert_eq!(told, [RejectKind::Unsupported, RejectKind::Empty]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_a_reject_and_keeps_what_it_had() {
    use std::os::unix::fs::PermissionsExt;

    let bench = Bench::new();
    bench.write("a.txt", &story("one", "2025-10-24"));
    bench.index();
    bench.write("a.txt", &story("changed", "2025-10-24"));
    fs::set_permissions(bench.path("a.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(bench.path("a.txt")).is_ok() {
        return; // The superuser reads everything.
    }
    let report = bench.index();
    assert_eq!(report.rejects[0].kind, RejectKind::Unreadable);
    assert_eq!(bench.titles(), ["Story one"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let bench = Bench::new();
    bench.write("out/a.txt", &story("one", "2025-10-24"));
    fs::create_dir(bench.path("in")).unwrap();
    std::os::unix::fs::symlink(bench.path("out"), bench.path("in/link")).unwrap();
    std::os::unix::fs::symlink(bench.path("out/a.txt"), bench.path("in/a.txt")).unwrap();
    let report = bench
        .try_index(&[bench.input("in")], &IndexOptions::new())
        .unwrap();
    assert_eq!((report.added, report.warnings.len()), (0, 1));
}

#[test]
fn a_file_that_turns_into_something_else_is_forgotten() {
    let bench = Bench::new();
    bench.write("a.txt", &story("one", "2025-10-24"));
    bench.write("b.txt", &story("two", "2025-10-24"));
    bench.index();
    bench.write_bytes("a.txt", b"\0\0\0\0");
    let report = bench.index();
    assert_eq!((report.removed, report.rejected()), (1, 1));
    assert_eq!(bench.titles(), ["Story two"]);
    let before = bench.files_of_the_archive();
    bench.index();
    assert_eq!(bench.files_of_the_archive(), before);
}

#[test]
fn encodings_are_detected() {
    let bench = Bench::new();
    let text =
        "date 2025-10-24 Élysée\n« Ce n’est pas prévu », a déclaré le président à l’Élysée.\n";
    let (windows, ..) = encoding_rs::WINDOWS_1252.encode(text);
    bench.write_bytes("windows.txt", &windows);
    let wide: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.replace("Élysée\n", "Wide\n").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    bench.write_bytes("wide.txt", &wide);
    let report = bench.index();
    assert_eq!((report.added, report.rejected()), (2, 0), "{report:?}");
    assert_eq!(bench.titles(), ["Wide", "Élysée"]);
}

#[test]
fn one_thread_and_many_write_the_same_documents() {
    let mut dumps = Vec::new();
    for jobs in [1, 2, 5] {
        let bench = Bench::new();
        bench.write_corpus(60);
        let options = IndexOptions::new().jobs(Some(jobs));
        let report = bench.try_index(&[bench.input("")], &options).unwrap();
        assert!(report.added > 60 && report.duplicates > 0, "{report:?}");
        dumps.push((bench.dump(), report));
    }
    assert_eq!(dumps[0], dumps[1]);
    assert_eq!(dumps[0], dumps[2]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let bench = Bench::new();
    bench.write("a.txt", &story("one", "2025-10-24"));
    let dry = IndexOptions::new().dry_run(true);
    let report = bench.try_index(&[bench.input("")], &dry).unwrap();
    assert_eq!((report.added, report.dry_run), (1, true));
    assert!(!bench.archive().exists());
    bench.index();
    let before = bench.files_of_the_archive();
    bench.write("a.txt", &story("two", "2025-10-24"));
    let report = bench.try_index(&[bench.input("")], &dry).unwrap();
    assert_eq!((report.replaced, report.removed), (1, 0));
    assert_eq!(bench.files_of_the_archive(), before);
}

#[test]
fn a_second_writer_is_told_of_the_lock() {
    let bench = Bench::new();
    bench.write("a.txt", &story("one", "2025-10-24"));
    bench.index();
    let index = whosaid_schema::Schema::new()
        .open(&bench.archive())
        .unwrap();
    let _writer: tantivy::IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
    let error = bench
        .try_index(&[bench.input("")], &IndexOptions::new())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked);
    assert!(error.to_string().contains(".lock"), "{error}");
    let holder = format!("number {}", std::process::id());
    assert!(error.to_string().contains(&holder), "{error}");
}

#[test]
fn the_archive_may_lie_in_the_folder_that_is_indexed() {
    let bench = Bench::with_archive_inside();
    bench.write("a.txt", &story("one", "2025-10-24"));
    bench.index();
    let report = bench.index();
    assert_eq!(
        (report.files, report.rejected(), report.unchanged),
        (0, 0, 1)
    );
}

#[test]
fn a_stream_is_read_and_its_articles_are_known_again() {
    let bench = Bench::new();
    let text = "{\"text\": \"one\"}\n{\"text\": \"two\"}\n";
    let stream = || [Input::stdin(text.as_bytes())];
    let report = bench.try_index(&stream(), &IndexOptions::new()).unwrap();
    assert_eq!((report.added, report.bytes), (2, text.len() as u64));
    let report = bench.try_index(&stream(), &IndexOptions::new()).unwrap();
    assert_eq!((report.added, report.unchanged), (0, 2));
    assert_eq!(bench.dump().len(), 2);
}

#[test]
fn an_outlet_can_be_named_for_articles_that_state_none() {
    let bench = Bench::new();
    bench.write(
        "a.jsonl",
        "{\"text\": \"one\"}\n{\"text\": \"two\", \"source\": \"Wire\"}\n",
    );
    let options = IndexOptions::new().source(Some("Post".to_owned()));
    bench.try_index(&[bench.input("")], &options).unwrap();
    let sources: Vec<_> = bench
        .articles()
        .into_iter()
        .map(|stored| stored.article.source)
        .collect();
    assert_eq!(sources, [Some("Post".to_owned()), Some("Wire".to_owned())]);
}

#[test]
fn the_same_file_given_twice_is_read_once() {
    let bench = Bench::new();
    bench.write("a.txt", &story("one", "2025-10-24"));
    let inputs = [bench.input(""), bench.input("a.txt")];
    let report = bench.try_index(&inputs, &IndexOptions::new()).unwrap();
    assert_eq!((report.files, report.added, report.duplicates), (1, 1, 0));
}

#[test]
fn quotations_are_not_looked_for_where_nobody_wants_them() {
    let bench = Bench::new();
    bench.write("a.txt", &story("one", "2025-10-25"));
    let options = IndexOptions::new().quotations(false);
    let without = bench.try_index(&[bench.input("")], &options).unwrap();
    assert!(without.without_quotations);
    assert_eq!((without.added, without.quotations), (1, 0));
    assert_eq!((bench.articles().len(), bench.quotations().len()), (1, 0));
    // What did not change is not read again, for them neither.
    let again = bench.index();
    assert_eq!((again.unchanged, bench.quotations().len()), (1, 0));
    bench.write("a.txt", &story("two", "2025-10-25"));
    let changed = bench.index();
    assert!(changed.quotations > 0 && !changed.without_quotations);
}
