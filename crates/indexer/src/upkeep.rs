//! What is done to an archive besides adding to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use serde::Serialize;
use whosaid_model::{ArticleId, reason};
use whosaid_quotes::Annotator;
use whosaid_schema::{FileId, Schema, StoredFile};

use crate::existing::Existing;
use crate::report::Count;
use crate::run::{Missing, bring};
use crate::tally::Tally;
use crate::walk::gone_root;
use crate::writer::Writer;
use crate::{Error, IndexOptions, Progress, Report};

/// Takes files out of an archive, with their articles, as though they were gone: what another file of the archive
/// holds a copy of stays. A folder stands for all files under it. Nothing on the disk is changed but the archive, and
/// a file that is indexed again comes back.
///
/// [`Report::files_removed`] counts the files, [`Report::removed`] the articles.
///
/// # Errors
/// When there is no archive, or it cannot be written to.
pub fn forget(
    archive: &Path,
    paths: &[PathBuf],
    annotator: &Annotator,
    options: &IndexOptions,
    progress: &dyn Progress,
) -> Result<Report, Error> {
    // Without this, an archive that is not there would be made.
    options.schema().open(archive)?;
    let roots: Vec<_> = paths
        .iter()
        .map(|path| gone_root(path))
        .collect::<Result<_, _>>()?;
    let options = options.clone().prune(true);
    bring(
        archive,
        &roots,
        annotator,
        &options,
        progress,
        Missing::Fine,
    )
}

/// Takes articles out of an archive, with their quotations, and returns how many there were. They come back when
/// their file changes and is indexed again.
///
/// # Errors
/// When there is no archive, or it cannot be written to.
pub fn forget_articles(
    archive: &Path,
    articles: &[ArticleId],
    options: &IndexOptions,
) -> Result<u64, Error> {
    let schema = options.schema();
    let index = schema.open(archive)?;
    let writer = Writer::open(&index, &schema, archive, options, 1)?;
    let existing = Existing::open(&index, &schema).map_err(whosaid_schema::Error::from)?;
    let mut files = BTreeMap::<FileId, StoredFile>::new();
    let mut forgotten = 0_u64;
    for id in BTreeSet::from_iter(articles) {
        let Some(standing) = existing.article(*id)? else {
            continue;
        };
        writer.remove_article(*id);
        forgotten.raise(1);
        let file = standing.notes.file;
        if !files.contains_key(&file)
            && let Some(stored) = existing.file(file)?
        {
            files.insert(file, stored);
        }
        if let Some(stored) = files.get_mut(&file) {
            stored.articles.lower(1);
        }
    }
    for (id, file) in &files {
        writer.add_file(file, *id)?;
    }
    writer.finish(true)?;
    Ok(forgotten)
}

/// An archive before and after it was compacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Compacted {
    /// Bytes of the archive's files before.
    pub bytes_before: u64,
    /// Bytes after.
    pub bytes_after: u64,
    /// Parts of the index before; each search looks into all.
    pub segments_before: u64,
    /// Parts after.
    pub segments_after: u64,
}

/// Joins the parts of an archive into one and frees what was forgotten or replaced. Needs free space of about the
/// archive's size while it works. Searches that are under way go on.
///
/// # Errors
/// When there is no archive, or it cannot be written to.
pub fn compact(archive: &Path, options: &IndexOptions) -> Result<Compacted, Error> {
    let schema = options.schema();
    let index = schema.open(archive)?;
    let engine = |error| Error::write(archive, error);
    let segments = || index.searchable_segment_ids().map_err(engine);
    let mut writer = Writer::open(&index, &schema, archive, options, 1)?;
    let (bytes_before, before) = (size(archive), segments()?);
    let removed = {
        // While these are held, their files stay.
        let metas = index.searchable_segment_metas().map_err(engine)?;
        metas.iter().any(tantivy::SegmentMeta::has_deletes)
    };
    if before.len() > 1 || removed {
        writer.merge(&before)?;
    }
    writer.finish(true)?;
    Ok(Compacted {
        bytes_before,
        bytes_after: size(archive),
        segments_before: before.len() as u64,
        segments_after: segments()?.len() as u64,
    })
}

/// Bytes of the files in a folder.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let lengths = entries.filter_map(|entry| entry.metadata().ok());
    lengths.fold(0, |sum, metadata| sum.saturating_add(metadata.len()))
}

/// A file of an archive, compared with what lies at its path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceCheck {
    /// The path as it was given.
    pub path: String,
    /// What was found.
    pub state: SourceState,
    /// Why it cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How a file is against what the archive noted of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SourceState {
    /// The same bytes, by SHA-256.
    Same,
    /// Other bytes.
    Changed,
    /// Nothing is there.
    Missing,
    /// Something is there that cannot be read.
    Unreadable,
}

/// Compares every file of an archive with what lies at its path, in the order of the paths.
///
/// # Errors
/// When there is no archive, or it cannot be read.
pub fn check_sources(archive: &Path, mut sink: impl FnMut(SourceCheck)) -> Result<(), Error> {
    let schema = Schema::new();
    let index = schema.open(archive)?;
    let existing = Existing::open(&index, &schema).map_err(whosaid_schema::Error::from)?;
    let mut files = Vec::new();
    existing.files(|file| files.push((file.path, file.shown, file.sha256)))?;
    files.sort_unstable();
    for (path, shown, sha256) in files {
        let found = File::open(&path).and_then(|file| Tally::new(file).finish());
        let (state, reason) = match found {
            Ok(hash) if hash == sha256 => (SourceState::Same, None),
            Ok(_) => (SourceState::Changed, None),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                (SourceState::Missing, None)
            }
            Err(error) => (SourceState::Unreadable, Some(reason(&error))),
        };
        sink(SourceCheck {
            path: shown,
            state,
            reason,
        });
    }
    Ok(())
}
