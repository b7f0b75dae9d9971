//! Facets and timelines: exact, narrowed step by step, in the zone asked for.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use whosaid_query::cli::Status;
use whosaid_query::{Archive, Facet, Interval, Options, Query, Zone};

use crate::support::{World, options};

/// Four stories about one hour of the night, one of the day, one of a month, one of no date.
fn night() -> World {
    let world = World::new();
    let line = |id: u32, date: &str, source: &str, name: &str| {
        format!(
            "{{\"id\":\"{id}\",\"date\":\"{date}\",\"source\":\"{source}\",\"text\":\"“Yes, number {id},” said {name}.\"}}\n"
        )
    };
    let lines = [
        line(1, "2025-12-31T23:30:00Z", "Daily Example", "Jane Roe"),
        line(2, "2025-12-31T18:30:00-05:00", "Daily Example", "Jane Roe"),
        line(3, "2025-12-31T12:00:00Z", "Harbour Post", "Ade Bello"),
        line(4, "2025-12-31", "Harbour Post", "Ade Bello"),
        line(5, "2026-03", "Harbour Post", "Bo Lund"),
        line(6, "", "", "Ann Ito"),
    ];
    let file = world.write("night.jsonl", lines.concat());
    world.run(&["index", file.to_str().unwrap()]).ok();
    world
}

#[test]
fn days_are_those_of_the_zone_where_a_time_is_stated() {
    let world = night();
    insta::assert_snapshot!(world.run(&["timeline", "--by", "day", "--format", "csv"]).ok(), @r"
    start,end,count
    2025-12-31,2026-01-01,4
    ,,2
    ");
    insta::assert_snapshot!(world.run(&["timeline", "--by", "day", "--format", "csv", "--tz", "Asia/Tokyo"]).ok(), @r"
    start,end,count
    2025-12-31,2026-01-01,2
    2026-01-01,2026-01-02,2
    ,,2
    ");
    insta::assert_snapshot!(world.run(&["facet", "date", "--by", "year", "--tz", "+09:00", "--format", "csv"]).ok(), @"
    field,value,count,of,level
    date,2025,2,,year
    date,2026,3,,year
    date,,1,missing,year
    ");
    let total = |query: &str, zone: Option<&str>| {
        let options = match zone {
            Some(zone) => Options::new().zone(zone.parse().unwrap()),
            None => Options::new(),
        };
        let query = Query::parse(query, &options).unwrap();
        world.archive().search(&query).run().unwrap().total()
    };
    for (query, as_given, tokyo) in [
        ("date:2025-12-31", 4, 2),
        ("date:2026-01-01", 0, 2),
        ("date:2025", 4, 2),
        ("date:2026..", 1, 3),
        ("NOT date:2025", 2, 4),
        ("date:<2026", 4, 2),
    ] {
        assert_eq!(total(query, None), as_given, "{query}");
        assert_eq!(total(query, Some("Asia/Tokyo")), tokyo, "{query}");
    }
    let shown = world
        .run(&["search", "said:\"number 1\"", "--tz", "Asia/Tokyo"])
        .ok();
    assert!(shown.contains("2026-01-01 · Daily Example"), "{shown}");
    let wrong = world.run(&["timeline", "--tz", "Berlin"]);
    assert_eq!(wrong.status, Status::Failed);
    assert!(
        wrong.err.contains("did you mean Europe/Berlin?"),
        "{}",
        wrong.err
    );
}

#[test]
fn a_timeline_covers_the_days_asked_for() {
    let world = night();
    insta::assert_snapshot!(world.run(&["timeline", "date:2026", "--by", "month"]).ok(), @r"
    2026-01  0
    2026-02  0
    2026-03  1  ████████████████████████████████████████████████████████████████████████████████████████
    ");
    insta::assert_snapshot!(world.run(&["timeline", "date:2025-12..", "--by", "quarter", "--format", "csv"]).ok(), @r"
    start,end,count
    2025-10-01,2026-01-01,4
    2026-01-01,2026-04-01,1
    ");
}

#[test]
fn selected_values_are_listed_in_any_case() {
    let world = night();
    insta::assert_snapshot!(world.run(&["facet", "speaker", "-n", "1", "--select", "bo lund", "--select", "Cai Ruiz"]).ok(), @r"
    Ade Bello  2  ██████████████████████████████████████████████████████████████████████████████████████
    Bo Lund    1  ███████████████████████████████████████████
    Cai Ruiz   0
    (2 more)   3
    ");
    let query = "source:=\"Harbour Post\" OR source:=\"Evening Tide\"";
    let records = world
        .run(&["facet", "source", query, "--format", "jsonl"])
        .records();
    let shown: Vec<String> = records[..2].iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    {"count":3,"field":"source","query":"(source:=\"Harbour Post\" OR source:=\"Evening Tide\") source:=\"Harbour Post\"","selected":true,"type":"facet","v":1,"value":"Harbour Post"}
    {"count":0,"field":"source","query":"(source:=\"Harbour Post\" OR source:=\"Evening Tide\") source:=\"Evening Tide\"","selected":true,"type":"facet","v":1,"value":"Evening Tide"}
    "#);
}

#[test]
fn records_of_dates_have_the_field_that_was_asked_for() {
    let ran = night().run(&["facet", "date", "--by", "year", "--format", "jsonl"]);
    let shown: Vec<String> = ran.records()[..3].iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    {"count":4,"field":"date","level":"year","query":"date:2025","type":"facet","v":1,"value":"2025"}
    {"count":1,"field":"date","level":"year","query":"date:2026","type":"facet","v":1,"value":"2026"}
    {"count":1,"field":"date","level":"year","of":"missing","type":"facet","v":1,"value":null}
    "#);
}

#[test]
fn what_is_cut_off_is_counted() {
    let world = night();
    insta::assert_snapshot!(world.run(&["facet", "source", "-n", "1", "--format", "csv"]).ok(), @"
    field,value,count,of,level
    source,Harbour Post,3,,
    source,,2,other,
    source,,1,missing,
    ");
}

/// What each value of each facet leads to has as many matches as were counted.
#[test]
fn every_count_is_that_of_the_narrowed_query() {
    let world = World::of(&[Path::new("data/sample/news")]);
    let archive = world.archive();
    let fields = [
        Facet::speaker(),
        Facet::source(),
        Facet::kind(),
        Facet::lang(),
        Facet::author(),
        Facet::date(Interval::Year),
        Facet::date(Interval::Quarter),
        Facet::date(Interval::Month),
        Facet::date(Interval::Week),
        Facet::date(Interval::Day),
    ];
    let zones = [None, Some("America/New_York")];
    for (text, zone) in ["*", "ferry OR bridge", "kind:indirect"]
        .into_iter()
        .flat_map(|text| zones.map(|zone| (text, zone)))
    {
        let options = match zone {
            Some(zone) => options().zone(zone.parse::<Zone>().unwrap()),
            None => options(),
        };
        let query = Query::parse(text, &options).unwrap();
        for facet in &fields {
            check(&archive, &query, facet.clone());
        }
    }
}

/// Takes a quotation and those inside it from an export.
fn each<'a>(quote: &'a Value, take: &mut impl FnMut(&'a Value)) {
    take(quote);
    for inner in quote["inner"].as_array().into_iter().flatten() {
        each(inner, take);
    }
}

#[test]
fn counts_are_those_of_an_export() {
    let world = World::of(&[Path::new("data/sample/news")]);
    let archive = world.archive();
    let persons = archive.persons().unwrap();
    let mut expected = BTreeMap::<(&str, String), u64>::new();
    let exported = world.run(&["export"]).out;
    let articles: Vec<Value> = exported
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for article in &articles {
        for quote in article["quotes"].as_array().unwrap() {
            each(quote, &mut |quote| {
                let speaker = quote["speaker"].as_str().filter(|name| !name.is_empty());
                let speaker = speaker.map(|name| persons.shown(name));
                let of_article = |key: &str| article[key].as_str();
                for (field, value) in [
                    ("speaker", speaker),
                    ("kind", quote["kind"].as_str()),
                    ("source", of_article("source")),
                    ("author", of_article("author")),
                    ("lang", of_article("lang")),
                ] {
                    let value = value.unwrap_or("nothing").to_owned();
                    *expected.entry((field, value)).or_default() += 1;
                }
            });
        }
    }
    let query = Query::parse("kind:(direct OR mixed OR indirect)", &options()).unwrap();
    let mut counted = BTreeMap::new();
    for field in ["speaker", "kind", "source", "author", "lang"] {
        let facet = match field {
            "speaker" => Facet::speaker(),
            "kind" => Facet::kind(),
            "source" => Facet::source(),
            "author" => Facet::author(),
            _ => Facet::lang(),
        };
        let found = archive.search(&query).limit(0).facet(facet).run().unwrap();
        let counts = &found.facets()[0];
        for value in &counts.values {
            counted.insert((field, value.value.clone()), value.count);
        }
        if counts.missing > 0 {
            counted.insert((field, "nothing".to_owned()), counts.missing);
        }
    }
    assert!(expected.len() > 100);
    assert_eq!(counted, expected);
}

fn check(archive: &Archive, query: &Query, facet: Facet) {
    let found = archive.search(query).limit(0).facet(facet).run().unwrap();
    let counts = &found.facets()[0];
    let listed: u64 = counts.values.iter().map(|value| value.count).sum();
    assert_eq!(listed + counts.other + counts.missing, found.total());
    for value in &counts.values {
        let narrowed = counts.narrow(query, &value.value).unwrap();
        let total = archive.search(&narrowed).limit(0).run().unwrap().total();
        assert_eq!(total, value.count, "{narrowed}");
        let again = Query::parse(&narrowed.to_string(), &options()).unwrap();
        assert_eq!(again.to_string(), narrowed.to_string());
    }
}

#[test]
fn a_chart_is_a_whole_file_or_none() {
    let world = night();
    let file = world.write("chart.svg", "older");
    let path = file.to_str().unwrap();
    world.run(&["timeline", "date:2025-13", "--svg", path]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "older");
    let args = ["timeline", "date:2025-12..", "--by", "month", "--svg", path];
    assert_eq!(world.run(&args).status, Status::Done);
    insta::assert_snapshot!(std::fs::read_to_string(&file).unwrap());
    let others = std::fs::read_dir(world.path("")).unwrap();
    let left = others
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(".whosaid"));
    assert_eq!(left.count(), 0);
    let nowhere = world.path("no/such/folder.svg");
    let ran = world.run(&["timeline", "--svg", nowhere.to_str().unwrap()]);
    assert_eq!(ran.status, Status::Failed);
    assert!(
        ran.err.contains("cannot write DIR/no/such/folder.svg"),
        "{}",
        ran.err
    );
}
