//! Forgetting, compacting, comparing with the files.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use whosaid_indexer::{
    ErrorKind, IndexOptions, SourceState, check_sources, compact, forget, forget_articles,
};
use whosaid_quotes::Annotator;

use crate::common::{Bench, story};

fn forget_paths(bench: &Bench, names: &[&str]) -> (u64, u64) {
    let paths: Vec<_> = names.iter().map(|name| bench.path(name)).collect();
    let options = IndexOptions::new();
    let report = forget(&bench.archive(), &paths, &Annotator::new(), &options, &()).unwrap();
    (report.files_removed, report.removed)
}

#[test]
fn a_forgotten_file_goes_with_its_articles_and_comes_back_when_indexed() {
    let bench = Bench::new();
    bench.write_corpus(40);
    bench.index();
    let all = bench.dump();
    assert_eq!(
        forget_paths(&bench, &["texts/003.txt", "nothing/here"]),
        (1, 1)
    );
    assert_eq!(bench.quotation_count("word3 "), 0);
    assert_eq!(bench.dump().len(), all.len() - 3);
    assert_eq!(forget_paths(&bench, &["texts"]), (39, 39));
    assert!(bench.path("texts/003.txt").exists());
    bench.index();
    assert_eq!(bench.dump(), all);
}

#[test]
fn a_copy_in_another_file_takes_the_place_of_a_forgotten_one() {
    let bench = Bench::new();
    bench.write("a.txt", &story("one", "2025-10-24"));
    bench.write("b.txt", &story("one", "2025-10-24"));
    bench.index();
    assert_eq!(bench.paths(), ["a.txt"]);
    forget_paths(&bench, &["a.txt"]);
    assert_eq!(bench.paths(), ["b.txt"]);
}

#[test]
fn a_forgotten_article_stays_away_until_its_file_changes() {
    let bench = Bench::new();
    bench.write_corpus(25);
    bench.index();
    let stored = bench.articles();
    let id = stored
        .iter()
        .find(|stored| stored.article.place.record.is_some());
    let id = id.unwrap().notes.id;
    let options = IndexOptions::new();
    assert_eq!(
        forget_articles(&bench.archive(), &[id, id], &options).unwrap(),
        1
    );
    assert!(
        bench
            .quotations()
            .iter()
            .all(|stored| stored.article_id != id)
    );
    let report = bench.index();
    assert_eq!((report.added, report.articles), (0, 0));
    assert!(bench.articles().iter().all(|stored| stored.notes.id != id));
}

#[test]
fn compacting_changes_nothing_but_the_room() {
    let bench = Bench::new();
    // One part a run: with eight of them, the engine would join them by itself.
    let options = IndexOptions::new().jobs(Some(1));
    for round in 0..4 {
        bench.write_corpus(10 * (round + 1));
        bench.try_index(&[bench.input("")], &options).unwrap();
    }
    let (all, titles) = (bench.dump(), bench.titles());
    let compacted = compact(&bench.archive(), &options).unwrap();
    assert!(compacted.segments_before > 1, "{compacted:?}");
    assert_eq!(compacted.segments_after, 1);
    assert!(
        compacted.bytes_after < compacted.bytes_before,
        "{compacted:?}"
    );
    assert_eq!((bench.dump(), bench.titles()), (all, titles));
    let again = compact(&bench.archive(), &options).unwrap();
    assert_eq!(again.bytes_before, again.bytes_after);
}

#[test]
fn files_are_compared_with_what_was_read() {
    let bench = Bench::new();
    bench.write("changed.txt", &story("one", "2025-10-24"));
    bench.write("gone.txt", &story("two", "2025-10-24"));
    bench.write("same.txt", &story("three", "2025-10-24"));
    bench.index();
    bench.write("changed.txt", &story("four", "2025-10-24"));
    bench.remove("gone.txt");
    let mut states = Vec::new();
    check_sources(&bench.archive(), |source| states.push(source.state)).unwrap();
    let expected = [
        SourceState::Changed,
        SourceState::Missing,
        SourceState::Same,
    ];
    assert_eq!(states, expected);
}

#[test]
fn without_an_archive_none_is_made() {
    let bench = Bench::new();
    let (archive, options) = (bench.archive(), IndexOptions::new());
    let path = [bench.path("")];
    for error in [
        forget(&archive, &path, &Annotator::new(), &options, &()).unwrap_err(),
        forget_articles(&archive, &[], &options).unwrap_err(),
        compact(&archive, &options).unwrap_err(),
        check_sources(&archive, |_| {}).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Archive, "{error}");
    }
    assert!(!archive.exists());
}
