//! Counts who is quoted most, month by month: `cargo run --example facets -- ARCHIVE [QUERY]`.

use std::io::Write;

use whosaid_query::{Archive, Facet, Interval, Options, Query};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let Some(archive) = args.next() else {
        return Err("usage: facets ARCHIVE [QUERY]".into());
    };
    let archive = Archive::open(archive)?;
    let query = match args.next() {
        Some(query) => Query::parse(&query, &Options::new())?,
        None => Query::all(),
    };
    let found = archive
        .search(&query)
        .limit(0)
        .facet(Facet::speaker().top(10))
        .timeline(Interval::Month)
        .run()?;
    let mut out = std::io::stdout().lock();
    for counts in found.facets() {
        for value in &counts.values {
            writeln!(out, "{:>6}  {}", value.count, value.value)?;
        }
        writeln!(out, "{:>6}  others", counts.other)?;
    }
    for bucket in found
        .timeline()
        .iter()
        .flat_map(|timeline| &timeline.buckets)
    {
        writeln!(out, "{}  {}", bucket.start.format("%Y-%m"), bucket.count)?;
    }
    Ok(())
}
