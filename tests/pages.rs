//! Lists in pages, over runs of the program and changes of the archive.

use whosaid_query::cli::Status;
use whosaid_query::{Query, Sort};

use crate::support::{World, options};

fn story(number: u32, day: u32) -> String {
    format!(
        "{{\"id\":\"{number}\",\"date\":\"2025-10-{day:02}\",\"text\":\"“Yes, harbour number {number},” said Jane Roe.\"}}\n"
    )
}

fn stories(numbers: impl Iterator<Item = u32>) -> String {
    numbers
        .map(|number| story(number, 1 + number % 20))
        .collect()
}

fn ids(world: &World, args: &[&str]) -> (Vec<String>, Option<String>) {
    let args = [&["search", "said:harbour", "--format", "jsonl"], args].concat();
    let records = world.run(&args).records();
    let (summary, hits) = records.split_last().unwrap();
    let ids = hits.iter().map(|hit| hit["id"].to_string()).collect();
    (ids, summary["next"].as_str().map(str::to_owned))
}

#[test]
fn pages_go_on_where_they_ended() {
    let world = World::new();
    let file = world.write("a.jsonl", stories(0..23));
    world.run(&["index", file.to_str().unwrap()]).ok();
    for sort in ["relevance", "date", "-date", "confidence"] {
        let (whole, none) = ids(&world, &["--sort", sort, "--all"]);
        assert_eq!((whole.len(), none), (23, None));
        let mut paged = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let mut args = vec!["--sort", sort, "--limit", "5"];
            args.extend(after.iter().flat_map(|after| ["--after", after.as_str()]));
            let (page, next) = ids(&world, &args);
            paged.extend(page);
            after = next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(paged, whole, "{sort}");
    }
}

#[test]
fn an_archive_that_changed_is_told_where_it_matters() {
    let world = World::new();
    let file = world.write("a.jsonl", stories(0..23));
    world.run(&["index", file.to_str().unwrap()]).ok();
    let cursor = |sort: &str| ids(&world, &["--sort", sort, "-n", "5"]).1.unwrap();
    let (by_date, by_relevance) = (cursor("date"), cursor("relevance"));
    let (before, _) = ids(&world, &["--sort", "date", "--all"]);
    let more = world.write("b.jsonl", stories(100..160));
    world.run(&["index", more.to_str().unwrap()]).ok();
    let (rest, _) = ids(&world, &["--sort", "date", "--all", "--after", &by_date]);
    let kept: Vec<&String> = rest.iter().filter(|id| before.contains(id)).collect();
    assert_eq!(kept, before[5..].iter().collect::<Vec<_>>());
    let stale = world.run(&["search", "said:harbour", "--after", &by_relevance]);
    assert_eq!(stale.status, Status::Failed);
    insta::assert_snapshot!(stale.err, @"error: the archive has changed since the cursor was given, and with it the order by relevance; start again without it, or sort by date");
    let other = world.run(&["search", "said:yes", "--after", &by_date]);
    insta::assert_snapshot!(other.err, @"error: the cursor belongs to another search; query, unit and order must be those it was given for");
    let none = world.run(&["search", "said:yes", "--after", "c:page2"]);
    assert_eq!(none.status, Status::Failed);
    assert!(none.err.contains("is no cursor"), "{}", none.err);
}

#[test]
fn a_stream_sees_the_archive_as_it_was() {
    let world = World::new();
    let file = world.write("a.jsonl", stories(0..23));
    world.run(&["index", file.to_str().unwrap()]).ok();
    let archive = world.archive();
    let query = Query::parse("said:harbour", &options()).unwrap();
    let mut hits = archive.search(&query).sort(Sort::Date).hits().unwrap();
    let first = hits.next().unwrap().unwrap();
    world.write("a.jsonl", stories(50..90));
    world.run(&["index", file.to_str().unwrap()]).ok();
    archive.reload().unwrap();
    let quotes: Vec<String> = [first]
        .into_iter()
        .chain(hits.map(Result::unwrap))
        .map(|hit| hit.quote().to_owned())
        .collect();
    assert_eq!(quotes.len(), 23);
    assert!(quotes.iter().all(|quote| {
        let number = quote.trim_end_matches(',').rsplit(' ').next().unwrap();
        number.parse::<u32>().unwrap() < 23
    }));
}
