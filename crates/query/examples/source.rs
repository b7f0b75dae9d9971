//! Indexes articles that come from nowhere in the file system, here from a table in memory; a database or a queue is
//! read the same way, record by record: `cargo run --example source -- ARCHIVE`.

use std::io::{self, Read, Write};

use whosaid_indexer::{IndexOptions, Input, index};
use whosaid_query::{Archive, Options, Query};
use whosaid_quotes::Annotator;

/// Headline, day and body, as some table might have them.
const TABLE: [(&str, &str, &str); 2] = [
    (
        "Quay to be widened",
        "2025-10-25",
        "“The quay will hold two ferries by spring,” said Jane Roe, the harbour minister.",
    ),
    (
        "Mayor in doubt",
        "2025-10-26",
        "“By which spring?” asked Ade Bello, the mayor of Port Vale.",
    ),
];

/// Gives the rows as JSON Lines, one at a time, whatever their number.
struct Rows<I> {
    rows: I,
    line: io::Cursor<Vec<u8>>,
}

impl<I: Iterator<Item = (&'static str, &'static str, &'static str)>> Read for Rows<I> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.line.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some((title, date, text)) = self.rows.next() else {
                return Ok(0);
            };
            let record = serde_json::json!({
                "title": title, "date": date, "text": text, "source": "The Table",
            });
            self.line = io::Cursor::new(format!("{record}\n").into_bytes());
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(path) = std::env::args().nth(1) else {
        return Err("usage: source ARCHIVE".into());
    };
    let rows = Rows {
        rows: TABLE.into_iter(),
        line: io::Cursor::default(),
    };
    let report = index(
        path.as_ref(),
        &[Input::stdin(rows)],
        &Annotator::new(),
        &IndexOptions::new(),
        &(),
    )?;
    let archive = Archive::open(&path)?;
    let query = Query::parse("said:spring", &Options::new())?;
    let found = archive.search(&query).run()?;
    let mut out = io::stdout().lock();
    writeln!(out, "{} articles added", report.added)?;
    for hit in found.hits() {
        writeln!(out, "{}: “{}”", hit.speaker_name(), hit.quote())?;
    }
    Ok(())
}
