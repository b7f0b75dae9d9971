//! Answers searches over HTTP, as JSON: `cargo run --example web -- ARCHIVE [ADDRESS] [REQUESTS]`, then
//! `curl 'http://127.0.0.1:8080/search?q=said:ferry&limit=3'`. With a number of requests it ends after so many.
//!
//! The archive is opened once and shared; every request has a deadline, and whoever asks for nonsense is told what is
//! wrong with it. A server for the open internet puts this behind a real HTTP library.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use whosaid_query::{Archive, Cursor, Error, Options, Query, Sort};

/// A search may take so long; what is found until then is given as partial.
const PATIENCE: Duration = Duration::from_secs(2);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let Some(archive) = args.next() else {
        return Err("usage: web ARCHIVE [ADDRESS] [REQUESTS]".into());
    };
    let archive = Archive::open(archive)?;
    let listener = TcpListener::bind(args.next().as_deref().unwrap_or("127.0.0.1:8080"))?;
    let requests = args
        .next()
        .map_or(Ok(usize::MAX), |requests| requests.parse())?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
    let mut answering = Vec::new();
    for stream in listener.incoming().take(requests) {
        // Clones share one archive. A server of many readers bounds its threads.
        let (archive, stream) = (archive.clone(), stream?);
        answering.push(thread::spawn(move || answer(&archive, stream)));
        answering.retain(|thread| !thread.is_finished());
    }
    for thread in answering {
        let _ = thread.join();
    }
    Ok(())
}

fn answer(archive: &Archive, mut stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut line = String::new();
    BufReader::new((&stream).take(8192)).read_line(&mut line)?;
    let (status, body) = match line
        .split(' ')
        .nth(1)
        .and_then(|path| path.strip_prefix("/search?"))
    {
        Some(parameters) => match search(archive, parameters) {
            Ok(found) => ("200 OK", found),
            Err(error) => ("400 Bad Request", refusal(&error)),
        },
        None => (
            "404 Not Found",
            json!({ "error": "ask for /search?q=QUERY" }),
        ),
    };
    let body = body.to_string();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn search(archive: &Archive, parameters: &str) -> Result<Value, Error> {
    let (mut text, mut limit, mut after) = (String::new(), 10, None);
    for (name, value) in url::form_urlencoded::parse(parameters.as_bytes()) {
        match &*name {
            "q" => text = value.into_owned(),
            "limit" => limit = value.parse().unwrap_or(limit).min(100),
            "after" => after = Some(value.parse::<Cursor>()?),
            _ => {}
        }
    }
    let query = Query::parse(&text, &Options::new())?;
    let mut search = archive
        .search(&query)
        .sort(Sort::Date)
        .limit(limit)
        .deadline(Instant::now() + PATIENCE);
    if let Some(cursor) = after {
        search = search.after(cursor);
    }
    let found = search.run()?;
    let hits = found.hits().iter().map(|hit| {
        json!({ "id": hit.short_id(), "speaker": hit.speaker_name(), "quote": hit.quote(), "title": hit.article().title })
    });
    Ok(json!({
        "hits": hits.collect::<Vec<_>>(),
        "total": found.total(),
        "partial": found.is_partial(),
        "next": found.next(),
    }))
}

fn refusal(error: &Error) -> Value {
    json!({ "error": error.to_string(), "kind": error.kind().as_str(), "try": error.suggestions() })
}
