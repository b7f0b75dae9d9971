//! Whether an archive is what it was when it was written: its files, and what they say.

mod documents;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde::Serialize;
use tantivy::directory::error::OpenReadError;
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::{Directory, Index};
use whosaid_schema::Schema;

use crate::archive::Archive;
use crate::corrections::{self, Corrections};
use crate::error::Error;
use crate::persons;
use crate::scan::Cancel;

/// Times that an archive is looked over again because another process changed it meanwhile.
const TRIES: usize = 8;

/// Faults that are told one by one.
const KEPT: usize = 1000;

/// What came of looking an archive over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Verification {
    /// Files of the archive whose checksum was computed.
    pub files: u64,
    /// Bytes of these.
    pub bytes: u64,
    /// Articles that were read.
    pub articles: u64,
    /// Quotations that were compared with their articles.
    pub quotations: u64,
    /// What is wrong: the first thousand, in the order of the checks.
    pub faults: Vec<Fault>,
    /// How much is wrong.
    pub faulty: u64,
    /// Stopped before all was seen, or because what is damaged cannot be looked into.
    pub partial: bool,
}

/// Something that is wrong with an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fault {
    /// What sort of thing it is.
    pub kind: FaultKind,
    /// The file of the archive, or the identifier of the article or quotation.
    pub place: String,
    /// What is wrong with it.
    pub message: String,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FaultKind {
    /// A file's bytes are not those that were written.
    Checksum,
    /// A file is not there or cannot be read.
    File,
    /// The list of the archive's parts does not fit the parts.
    Segment,
    /// A document cannot be read.
    Document,
    /// A quotation has no article, or its words do not stand there.
    Quotation,
    /// A document is not found by the words it has, or found by others.
    Words,
    /// A column, by which hits are counted and sorted, says something else than the document.
    Column,
    /// The file of corrections cannot be read, or says what cannot be.
    Corrections,
    /// The table of joined names says something else than the names.
    Persons,
}

impl Verification {
    /// Tells whether nothing is wrong, as far as was seen.
    pub fn is_sound(&self) -> bool {
        self.faulty == 0
    }

    fn fault(&mut self, kind: FaultKind, place: &impl ToString, message: impl Into<String>) {
        self.faulty = self.faulty.saturating_add(1);
        if self.faults.len() < KEPT {
            self.faults.push(Fault {
                kind,
                place: place.to_string(),
                message: message.into(),
            });
        }
    }
}

/// Looks an archive over: the checksum of each of its files; then, if these are right, that every quotation stands in
/// its article where it says, that the columns say what the documents say, and that each document is found by its words
/// and no others. `cancel` stops it. Takes about the time of indexing, without the search for quotations, and some 50
/// bytes a document.
///
/// Where something is wrong and another process committed or joined parts meanwhile, it looks again, a few times: files
/// that went away with the parts they were of are no damage.
///
/// # Errors
/// When there is no archive at `path`, or its list of parts cannot be read.
pub fn verify(path: &Path, cancel: &Cancel) -> Result<Verification, Error> {
    let schema = Schema::new();
    let index = schema.open(path)?;
    let mut tries = 0..TRIES;
    loop {
        let before = parts(&index)?;
        let found = look_over(path, &schema, &index, cancel)?;
        let looked = found.is_sound() || cancel.is_cancelled() || tries.next().is_none();
        if looked || parts(&index)? == before {
            return Ok(found);
        }
    }
}

/// Tells one list of parts from another.
fn parts(index: &Index) -> Result<Vec<(SegmentId, Option<u64>)>, Error> {
    let metas = index.searchable_segment_metas().map_err(Error::engine)?;
    let parts = metas.iter();
    Ok(parts
        .map(|meta| (meta.id(), meta.delete_opstamp()))
        .collect())
}

/// Looks an archive over once.
fn look_over(
    path: &Path,
    schema: &Schema,
    index: &Index,
    cancel: &Cancel,
) -> Result<Verification, Error> {
    let mut found = Verification::default();
    if let Err(error) = Corrections::read(path.join(corrections::FILE)) {
        found.fault(
            FaultKind::Corrections,
            &corrections::FILE,
            error.to_string(),
        );
    }
    let faulty = found.faulty;
    check_files(index, cancel, &mut found)?;
    if found.faulty > faulty || cancel.is_cancelled() {
        found.partial = true;
        return Ok(found);
    }
    // The engine trusts its list of parts, which has no checksum: what it says may lead anywhere.
    let looked = catch_unwind(AssertUnwindSafe(|| {
        let archive = Archive::open(path)?;
        let faulty = found.faulty;
        documents::check_segments(index, schema, &mut found).map_err(Error::engine)?;
        if found.faulty > faulty {
            found.partial = true;
            return Ok(());
        }
        documents::check_documents(index, &archive, cancel, &mut found)?;
        if !archive.is_kept_right()? {
            let message = "says something else than the names of the archive; delete it";
            found.fault(FaultKind::Persons, &persons::FILE, message);
        }
        Ok::<(), Error>(())
    }));
    match looked {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            found.fault(FaultKind::Segment, &"meta.json", error.to_string());
            found.partial = true;
        }
        Err(_) => {
            let message = "the engine cannot work with the parts it lists";
            found.fault(FaultKind::Segment, &"meta.json", message);
            found.partial = true;
        }
    }
    Ok(found)
}

/// Computes the checksum of every file of the last commit, in the order of their names.
fn check_files(index: &Index, cancel: &Cancel, found: &mut Verification) -> Result<(), Error> {
    let metas = index.searchable_segment_metas().map_err(Error::engine)?;
    let directory = index.directory();
    let mut files = Vec::new();
    for meta in &metas {
        files.extend(
            COMPONENTS
                .iter()
                .map(|component| meta.relative_path(component.clone())),
        );
        if meta.has_deletes() {
            files.push(meta.relative_path(SegmentComponent::Delete));
        }
    }
    files.sort();
    for file in files {
        if cancel.is_cancelled() {
            break;
        }
        let place = file.to_string_lossy();
        match directory.validate_checksum(&file) {
            Ok(true) => {
                found.files = found.files.saturating_add(1);
                let handle = directory.get_file_handle(&file);
                let bytes = handle.map_or(0, |handle| handle.len() as u64);
                found.bytes = found.bytes.saturating_add(bytes);
            }
            Ok(false) => found.fault(
                FaultKind::Checksum,
                &place,
                "its bytes are not those that were written",
            ),
            Err(OpenReadError::FileDoesNotExist(_)) => {
                found.fault(FaultKind::File, &place, "it is not there");
            }
            Err(error) => found.fault(FaultKind::File, &place, error.to_string()),
        }
    }
    Ok(())
}

/// The files that each part of an index has.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
    SegmentComponent::Terms,
    SegmentComponent::Store,
];
