//! The archive to ask: the one named, or one made of the files named.

use std::path::{Path, PathBuf};

use whosaid_indexer::{IndexOptions, Input, Report, index};
use whosaid_quotes::Annotator;
use whosaid_schema::FileId;

use super::Session;
use super::messages::Messages;
use super::progress::Telling;
use super::settings::{Settings, folders, reading};
use super::status::Failure;
use crate::Archive;

/// Opens the archive; with `corpus`, first brings the one of these files up to date.
pub(super) fn open(
    session: &mut Session<'_>,
    settings: &Settings,
    corpus: &[PathBuf],
) -> Result<Archive, Failure> {
    if corpus.is_empty() {
        return Ok(held(Archive::open(settings.archive()?)?));
    }
    let archive = folder(&session.here, corpus)?;
    let report = match refresh(session, settings, &archive, corpus) {
        // Everything in it comes from the files: an archive of another version is made again.
        Err(Failure::Index(error)) if is_outdated(&error) => {
            std::fs::remove_dir_all(&archive).map_err(|source| Failure::Io {
                what: format!("cannot renew {}", archive.display()),
                source,
            })?;
            refresh(session, settings, &archive, corpus)?
        }
        report => report?,
    };
    let mut messages = Messages::new(session.err, settings);
    for warning in report.warnings.iter().take(20) {
        messages.warn(&warning.to_string());
    }
    for reject in report.rejects.iter().take(20) {
        messages.warn(&reject.to_string());
    }
    Ok(held(Archive::open(&archive)?))
}

/// Keeps an archive open until the process ends: to close it, which unmaps each of its files, takes a tenth of the time
/// of a search.
fn held(archive: Archive) -> Archive {
    std::mem::forget(archive.clone());
    archive
}

/// Brings the archive of the files up to date.
fn refresh(
    session: &mut Session<'_>,
    settings: &Settings,
    archive: &Path,
    corpus: &[PathBuf],
) -> Result<Report, Failure> {
    let inputs: Vec<Input> = corpus
        .iter()
        .map(|path| Input::from(path.as_path()))
        .collect();
    let telling = Telling::new(settings, session.err, None)?;
    let options = IndexOptions::new()
        .read(reading())
        .today(Some(settings.today()))
        .prune(true);
    let report = index(archive, &inputs, &Annotator::new(), &options, &telling);
    drop(telling.pause()?);
    Ok(report?)
}

fn is_outdated(error: &whosaid_indexer::Error) -> bool {
    use whosaid_schema::ErrorKind;
    error
        .archive()
        .is_some_and(|error| matches!(error.kind(), ErrorKind::UnknownFormat | ErrorKind::Corrupt))
}

/// A folder in the user's cache that belongs to these files and this extractor.
fn folder(here: &Path, corpus: &[PathBuf]) -> Result<PathBuf, Failure> {
    let mut names: Vec<String> = corpus
        .iter()
        .map(|path| {
            let path = here.join(path);
            let path = path.canonicalize().unwrap_or(path);
            path.to_string_lossy().into_owned()
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    // Another extractor finds other quotations in the same files, which nothing in them shows.
    names.push(whosaid_quotes::fingerprint().to_string());
    let name = FileId::of(names.join("\n"))
        .to_string()
        .replace("f:", "corpus-");
    Ok(folders()?.cache_dir().join(name))
}
