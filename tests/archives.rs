//! Archives of every format number there was: read, or refused with what to do, and never touched.

use std::fs;
use std::path::{Path, PathBuf};

use whosaid_query::cli::Status;
use whosaid_query::{Archive, Cancel, ErrorKind, verify};
use whosaid_schema::FORMAT;

use crate::support::World;

/// The first format of which an archive is kept; the ones before were never given to anybody.
const KEPT_SINCE: u32 = 4;

fn kept(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/archives/format-{format}"))
}

/// A copy of an archive, and the files in it.
fn copy(of: &Path) -> (World, Vec<(String, Vec<u8>)>) {
    let world = World::new();
    fs::create_dir(world.path("archive")).unwrap();
    for (name, bytes) in files(of) {
        fs::write(world.path("archive").join(name), bytes).unwrap();
    }
    let files = files(&world.path("archive"));
    (world, files)
}

/// All files but locks.
fn files(archive: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(archive).unwrap().map(Result::unwrap);
    let mut files: Vec<_> = entries
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .filter(|(name, _)| !(name.starts_with('.') && name.contains("lock")))
        .collect();
    files.sort();
    files
}

/// Asserts that every command refuses an archive, says which format it has and what to do, and changes nothing.
fn refused(world: &World, before: &[(String, Vec<u8>)], format: u32) {
    let archive = world.path("archive");
    world.write(
        "news/a.txt",
        "date 2025-10-24 Bridge\n“It is ready,” said Mayor Jane Roe.\n",
    );
    let news = world.path("news");
    let news = news.to_str().unwrap();
    let said = format!("has format {format}, this version reads format {FORMAT}");
    for args in [
        &["search", "ferry"][..],
        &["ask", "who said \"ferry\""],
        &["status"],
        &["speakers"],
        &["facet", "speaker"],
        &["export"],
        &["verify"],
        &["verify", "--sources"],
        &["compact"],
        &["forget", news],
        &["index", news],
        &["index", "--dry-run", news],
        &["index", "--prune", news],
        &["alias", "Jane Roe", "J. R."],
    ] {
        let ran = world.run(args);
        assert_eq!(ran.status, Status::Failed, "{args:?}");
        assert!(ran.err.contains(&said), "{args:?}: {}", ran.err);
        assert!(
            ran.err.contains("index the sources again"),
            "{args:?}: {}",
            ran.err
        );
        assert!(ran.out.is_empty(), "{args:?}: {}", ran.out);
    }
    let error = Archive::open(&archive).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownFormat);
    assert_eq!(files(&archive), before, "format {format}");
}

#[test]
fn an_archive_of_an_earlier_format_is_refused_untouched() {
    for format in (1..FORMAT).filter(|format| *format >= KEPT_SINCE) {
        let path = kept(format);
        assert!(path.exists(), "no archive of format {format} is kept");
        let (world, before) = copy(&path);
        refused(&world, &before, format);
    }
}

/// The one of this format, if it is kept already, was written by another build of this version.
#[test]
fn an_archive_of_this_format_is_read() {
    if !kept(FORMAT).exists() {
        return;
    }
    let (world, _) = copy(&kept(FORMAT));
    let looked = verify(&world.path("archive"), &Cancel::new()).unwrap();
    assert!(looked.is_sound() && !looked.partial, "{:?}", looked.faults);
    assert_eq!((looked.articles, looked.quotations), (3, 21));
    let out = world
        .run(&[
            "search",
            "speaker:Roe",
            "\"one percent\"",
            "--format",
            "jsonl",
        ])
        .ok();
    assert!(out.contains("It is one percent of the budget."), "{out}");
    world.run(&["speakers", "J. Roe"]).ok();
}

/// Other versions may write anything; the number is all that this one can read.
#[test]
fn an_archive_of_any_other_format_is_refused_untouched() {
    let world = World::new();
    world.write(
        "news/a.txt",
        "date 2025-10-24 Bridge\n“It is ready,” said Mayor Jane Roe.\n",
    );
    let news = world.path("news");
    world.run(&["index", news.to_str().unwrap()]).ok();
    let archive = world.path("archive");
    let meta = fs::read_to_string(archive.join("meta.json")).unwrap();
    let ours = format!("whosaid_format_{FORMAT}");
    assert!(meta.contains(&ours));
    for format in [1, FORMAT - 1, FORMAT + 1, u32::MAX] {
        let other = meta.replace(&ours, &format!("whosaid_format_{format}"));
        fs::write(archive.join("meta.json"), other).unwrap();
        refused(&world, &files(&archive), format);
    }
    // Our number over other fields is no archive of ours either.
    let other = meta.replace("\"speaker_name\"", "\"speaker_nom\"");
    fs::write(archive.join("meta.json"), other).unwrap();
    refused(&world, &files(&archive), FORMAT);
}
