//! Stops a search from outside: by a switch that another thread turns, and by a deadline.
//! `cargo run --example cancel -- ARCHIVE`.

use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use whosaid_query::{Archive, Cancel, Query, Sort};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(archive) = std::env::args().nth(1) else {
        return Err("usage: cancel ARCHIVE".into());
    };
    let archive = Archive::open(archive)?;
    let query = Query::all();
    let mut out = std::io::stdout().lock();

    // A reader who leaves after a while: the stream ends, and says that it is not all.
    let cancel = Cancel::new();
    let mut hits = archive
        .search(&query)
        .sort(Sort::Date)
        .cancel(cancel.clone())
        .hits()?;
    let mut seen = 0;
    for hit in hits.by_ref() {
        hit?;
        seen += 1;
        if seen == 10 {
            // Any thread may turn the switch; it is looked at between hits, and while documents are searched.
            let cancel = cancel.clone();
            thread::spawn(move || cancel.cancel())
                .join()
                .map_err(|_| "the thread ended badly")?;
        }
    }
    writeln!(
        out,
        "cancelled after {seen} of {}: partial {}",
        hits.total(),
        hits.is_partial()
    )?;

    // A deadline that has passed: nothing is found, and nothing is waited for.
    let found = archive.search(&query).deadline(Instant::now()).run()?;
    writeln!(
        out,
        "too late: {} found, partial {}",
        found.total(),
        found.is_partial()
    )?;
    let found = archive
        .search(&query)
        .deadline(Instant::now() + Duration::from_mins(1))
        .run()?;
    writeln!(
        out,
        "in time: {} found, partial {}",
        found.total(),
        found.is_partial()
    )?;
    Ok(())
}
