//! The ten lines of the README, on the archive that `just index-sample` makes: `cargo run --example who`.
#![expect(clippy::print_stdout, reason = "a program")]

use whosaid_query::{Archive, Facet, Options, Query};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let archive = Archive::open("target/sample")?;
    let query = Query::parse("speaker:Amano date:2026-03", &Options::new())?;
    let found = archive.search(&query).facet(Facet::speaker()).run()?;
    for hit in found.hits() {
        println!("{}: {}", hit.speaker_name(), hit.quote());
    }
    let answer = archive.ask("who said “one percent”?", &Options::new())?;
    println!("it was {}", answer.groups[0].name);
    Ok(())
}
