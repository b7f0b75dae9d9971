//! Opens an archive and prints what a query finds: `cargo run --example search -- ARCHIVE QUERY`.

use std::io::Write;
use std::time::{Duration, Instant};

use whosaid_query::{Archive, Options, Query, Sort};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(archive), Some(query)) = (args.next(), args.next()) else {
        return Err("usage: search ARCHIVE QUERY".into());
    };
    let archive = Archive::open(archive)?;
    let query = Query::parse(&query, &Options::new())?;
    let found = archive
        .search(&query)
        .sort(Sort::Date)
        .limit(10)
        .deadline(Instant::now() + Duration::from_secs(2))
        .run()?;
    let mut out = std::io::stdout().lock();
    for hit in found.hits() {
        writeln!(out, "{}: “{}”", hit.speaker_name(), hit.quote())?;
        for span in hit.matches() {
            writeln!(out, "    matched {:?}", span.of(hit.quote()))?;
        }
    }
    writeln!(out, "{} in all", found.total())?;
    Ok(())
}
