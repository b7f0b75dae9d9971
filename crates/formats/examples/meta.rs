//! Measures which parts of pages state the date of publication, how often and how rightly.
//!
//! `meta GOLD [--pages]`: GOLD is a file of JSON Lines with `id`, `set`, `html_path` (beside GOLD, gzip), `url`,
//! `gold_date`. With `--pages` it prints what is read of each page instead,
//! as JSON Lines with the gold's `id`.
#![allow(clippy::print_stdout, reason = "it is a program")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde_json::Value;
use whosaid_formats::measure;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let gold = PathBuf::from(args.next().ok_or("meta GOLD [--pages]")?);
    let folder = gold.parent().unwrap_or(Path::new(".")).to_owned();
    let pages = args.next().is_some_and(|arg| arg == "--pages");
    // Pages that state it, pages where the first is right, pages where any is.
    let mut sources: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut chosen: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut dated = 0;
    for line in fs::read_to_string(&gold)?.lines() {
        let gold: Value = serde_json::from_str(line)?;
        let path = gold["html_path"].as_str().unwrap_or_default();
        let mut bytes = Vec::new();
        MultiGzDecoder::new(fs::File::open(folder.join(path))?).read_to_end(&mut bytes)?;
        let mut page = measure::page(&bytes, gold["url"].as_str());
        if pages {
            page["id"] = gold["id"].clone();
            println!("{page}");
            continue;
        }
        let Some(date) = gold["gold_date"].as_str().filter(|_| gold["set"] != "moz") else {
            continue;
        };
        dated += 1;
        let mut stated: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for one in page["dates"].as_array().into_iter().flatten() {
            if let (Some(source), Some(date)) = (one["source"].as_str(), one["date"].as_str()) {
                stated.entry(source).or_default().push(date);
            }
        }
        for (source, dates) in stated {
            let counts = sources.entry(source.to_owned()).or_default();
            counts[0] += 1;
            counts[1] += usize::from(dates.first() == Some(&date));
            counts[2] += usize::from(dates.contains(&date));
        }
        if let (Some(found), Some(from)) = (page["date"].as_str(), page["from"].as_str()) {
            let counts = chosen.entry(from.to_owned()).or_default();
            counts[0] += 1;
            counts[1] += usize::from(found == date);
        }
    }
    if pages {
        return Ok(());
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    println!("{dated} dated pages\nsource               pages  first right  any right");
    for (source, [pages, first, any]) in sources {
        println!(
            "{source:20} {pages:5}  {:11.3}  {:9.3}",
            share(first, pages),
            share(any, pages)
        );
    }
    println!("chosen from          pages  right");
    let (mut given, mut right) = (0, 0);
    for (from, [pages, good]) in chosen {
        println!("{from:20} {pages:5}  {:.3}", share(good, pages));
        given += pages;
        right += good;
    }
    println!(
        "given {:.3}, right when given {:.3}, right of all {:.3}",
        share(given, dated),
        share(right, given),
        share(right, dated)
    );
    Ok(())
}
