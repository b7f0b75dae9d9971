//! One story, several times.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::NaiveDate;
use whosaid_indexer::{Event, FileChange, IndexOptions, Progress};

use crate::common::{Bench, story, version};

fn prune() -> IndexOptions {
    IndexOptions::new().prune(true)
}

impl Bench {
    /// The titles of the versions that the only article took the place of.
    fn history(&self) -> Vec<String> {
        let articles = self.articles();
        assert_eq!(articles.len(), 1, "{articles:?}");
        let versions = articles[0].notes.versions.iter();
        versions
            .map(|version| {
                let date = version.published.as_ref().unwrap().date;
                format!("{date} {}", version.title.as_deref().unwrap())
            })
            .collect()
    }
}

#[test]
fn a_later_version_takes_the_place_of_an_earlier_one() {
    let bench = Bench::new();
    bench.write("a.jsonl", &version(1, "2025-10-01", "is planned"));
    let day = |day| IndexOptions::new().today(NaiveDate::from_ymd_opt(2025, 11, day));
    bench.try_index(&[bench.input("")], &day(1)).unwrap();
    bench.write("b.jsonl", &version(1, "2025-10-02", "is under way"));
    let report = bench.try_index(&[bench.input("")], &day(2)).unwrap();
    assert_eq!(
        (
            report.updated,
            report.replaced,
            report.added,
            report.removed,
            report.unchanged
        ),
        (1, 1, 0, 0, 0),
        "{report:?}"
    );
    assert_eq!(bench.titles(), ["Number 1 is under way"]);
    assert_eq!(bench.history(), ["2025-10-01 Number 1 is planned"]);
    let notes = &bench.articles()[0].notes;
    assert_eq!(notes.added, NaiveDate::from_ymd_opt(2025, 11, 2));
    assert_eq!(
        notes.versions[0].added,
        NaiveDate::from_ymd_opt(2025, 11, 1)
    );
    assert_eq!(bench.quotation_count("planned"), 0);
    assert_eq!(bench.index().articles, 0);
}

#[test]
fn an_archive_may_claim_any_number_of_articles() {
    let bench = Bench::new();
    bench.write("a.jsonl", &version(1, "2025-10-01", "is planned"));
    bench.write("b.jsonl", &version(2, "2025-10-01", "is planned"));
    bench.index();
    bench.claim(u64::MAX);
    let report = bench.index();
    assert_eq!(
        (report.unchanged, report.rejected_before),
        (u64::MAX, u64::MAX)
    );
    bench.claim(0);
    bench.write("c.jsonl", &version(1, "2025-10-02", "is done"));
    let report = bench.index();
    assert_eq!((report.unchanged, report.updated), (0, 1));
    bench.claim(u64::MAX);
    bench.remove("c.jsonl");
    let report = bench.try_index(&[bench.input("")], &prune()).unwrap();
    assert_eq!(report.files_removed, 1);
    assert_eq!(
        bench.titles(),
        ["Number 1 is planned", "Number 2 is planned"]
    );
}

#[test]
fn an_earlier_version_that_comes_later_is_left_out() {
    let bench = Bench::new();
    bench.write("a.jsonl", &version(1, "2025-10-02", "is under way"));
    bench.index();
    bench.write("b.jsonl", &version(1, "2025-10-01", "is planned"));
    let report = bench.index();
    assert_eq!((report.outdated, report.added, report.unchanged), (1, 0, 1));
    assert_eq!(bench.titles(), ["Number 1 is under way"]);
}

#[test]
fn an_excerpt_is_no_update() {
    let bench = Bench::new();
    let line = |text: &str| {
        format!("{{\"url\": \"http://example.org/a\", \"title\": \"A\", \"text\": \"{text}\"}}\n")
    };
    let long =
        line("The mayor opened the bridge on Monday. Nobody came, and the band played alone.");
    let short = line("The mayor opened the bridge …");
    for (first, second, counts) in [(&long, &short, (1, 0)), (&short, &long, (0, 1))] {
        let bench_of_two = Bench::new();
        bench_of_two.write("a.jsonl", first);
        bench_of_two.write("b.jsonl", second);
        let report = bench_of_two.index();
        assert_eq!((report.outdated, report.updated), counts);
        assert!(bench_of_two.articles()[0].article.text.contains("band"));
    }
    bench.write("a.jsonl", &(short.clone() + &long + &short));
    let report = bench.index();
    assert_eq!(
        (report.articles, report.added, report.updated),
        (1, 1, 1),
        "{report:?}"
    );
}

#[test]
fn a_file_that_changes_keeps_the_dates_of_what_it_said() {
    let bench = Bench::new();
    bench.write("a.jsonl", &version(1, "2025-10-01", "is planned"));
    bench.index();
    bench.write("a.jsonl", &version(1, "2025-10-02", "is under way"));
    bench.index();
    bench.write("a.jsonl", &version(1, "2025-10-03", "is done with at last"));
    let report = bench.index();
    assert_eq!(
        (report.replaced, report.added, report.removed),
        (1, 0, 0),
        "{report:?}"
    );
    let expected = [
        "2025-10-01 Number 1 is planned",
        "2025-10-02 Number 1 is under way",
    ];
    assert_eq!(bench.history(), expected);
    // A line more: the story is the same, and so is its history.
    let more = version(1, "2025-10-03", "is done with at last") + "{\"text\": \"\"}\n";
    bench.write("a.jsonl", &more);
    assert_eq!(bench.index().unchanged, 1);
    assert_eq!(bench.history(), expected);
}

#[test]
fn versions_come_back_when_the_later_one_goes() {
    let bench = Bench::new();
    bench.write("a.jsonl", &version(1, "2025-10-01", "is planned"));
    bench.write("b.jsonl", &version(1, "2025-10-02", "is under way"));
    bench.write("c.jsonl", &version(1, "2025-10-03", "is done"));
    let report = bench.index();
    assert_eq!(
        (report.added, report.updated, report.articles),
        (1, 2, 1),
        "{report:?}"
    );
    assert_eq!(bench.history().len(), 2);
    bench.remove("c.jsonl");
    let report = bench.try_index(&[bench.input("")], &prune()).unwrap();
    assert_eq!(bench.titles(), ["Number 1 is under way"], "{report:?}");
    bench.remove("b.jsonl");
    bench.try_index(&[bench.input("")], &prune()).unwrap();
    assert_eq!(bench.titles(), ["Number 1 is planned"]);
    bench.remove("a.jsonl");
    bench.write("d.txt", &story("one", "2025-10-24"));
    bench.try_index(&[bench.input("")], &prune()).unwrap();
    assert_eq!(bench.titles(), ["Story one"]);
    assert_eq!(bench.index().articles, 0);
}

#[test]
fn two_copies_of_what_is_gone_may_be_gone_too() {
    let bench = Bench::new();
    for name in ["a.txt", "b.txt", "c.txt"] {
        bench.write(name, &story("one", "2025-10-24"));
    }
    bench.index();
    bench.remove("a.txt");
    bench.remove("b.txt");
    let report = bench.try_index(&[bench.input("")], &prune()).unwrap();
    assert_eq!((report.rejected(), report.removed), (0, 0), "{report:?}");
    assert_eq!(bench.paths(), ["c.txt"]);
}

#[test]
fn one_page_under_two_addresses_is_one_article() {
    let bench = Bench::new();
    let line =
        |url: &str| format!("{{\"url\": \"{url}\", \"title\": \"A\", \"text\": \"One.\"}}\n");
    bench.write(
        "a.jsonl",
        &(line("http://www.example.org/a/?utm_source=x")
            + &line("https://example.org/a#top")
            + &line("https://example.org/other-section/a")
            + &line("https://example.com/a")),
    );
    let report = bench.index();
    assert_eq!((report.added, report.duplicates), (2, 2), "{report:?}");
}

#[test]
fn another_outlets_identifier_is_another_story() {
    let bench = Bench::new();
    let line = |id: u32, source: &str, text: &str| {
        format!("{{\"id\": {id}, \"source\": \"{source}\", \"text\": \"{text}\"}}\n")
    };
    bench.write(
        "a.jsonl",
        &(line(1, "Post", "one") + &line(1, "Post", "two") + &line(1, "Wire", "three")),
    );
    let report = bench.index();
    assert_eq!((report.added, report.updated), (2, 1), "{report:?}");
}

/// Notes what became of each file.
#[derive(Default)]
struct Files(std::sync::Mutex<Vec<(String, FileChange, u64)>>);

impl Progress for Files {
    fn event(&self, event: Event<'_>) {
        if let Event::File(file) = event {
            let name = file.path.rsplit('/').next().unwrap().to_owned();
            self.0
                .lock()
                .unwrap()
                .push((name, file.change, file.articles));
        }
    }
}

#[test]
fn a_dry_run_tells_what_would_become_of_each_file() {
    let bench = Bench::new();
    for name in ["a.txt", "b.txt", "c.txt", "d.txt"] {
        let word = if name == "d.txt" { "a.txt" } else { name };
        bench.write(name, &story(word, "2025-10-24"));
    }
    bench.index();
    let before = bench.files_of_the_archive();
    bench.remove("a.txt");
    bench.write("b.txt", &story("changed", "2025-10-24"));
    bench.write("e.txt", &story("new", "2025-10-24"));
    let files = Files::default();
    let report = bench
        .index_watched(&[bench.input("")], &prune().dry_run(true), &files)
        .unwrap();
    assert_eq!(
        (report.added, report.replaced, report.files_removed),
        (1, 1, 1),
        "{report:?}"
    );
    let file = |name: &str, change, articles| (name.to_owned(), change, articles);
    assert_eq!(
        *files.0.lock().unwrap(),
        [
            file("b.txt", FileChange::Changed, 1),
            file("e.txt", FileChange::New, 1),
            file("a.txt", FileChange::Gone, 0),
            file("d.txt", FileChange::ReadAgain, 1),
        ]
    );
    assert_eq!(bench.files_of_the_archive(), before);
}

#[test]
fn a_file_that_goes_back_to_what_it_said_gives_way_to_a_later_version_elsewhere() {
    let bench = Bench::new();
    bench.write("a.jsonl", &version(1, "2025-10-01", "is planned"));
    bench.index();
    bench.write("a.jsonl", &version(1, "2025-10-09", "is done"));
    bench.index();
    bench.write("a.jsonl", &version(1, "2025-10-01", "is planned"));
    bench.index();
    assert_eq!(bench.titles(), ["Number 1 is planned"]);
    bench.write("b.jsonl", &version(1, "2025-10-05", "is under way"));
    bench.write("a.jsonl", &version(1, "2025-10-09", "is done"));
    bench.index();
    assert_eq!(bench.titles(), ["Number 1 is done"]);
    bench.write("a.jsonl", &version(1, "2025-10-01", "is planned"));
    bench.index();
    assert_eq!(bench.titles(), ["Number 1 is under way"]);
}
