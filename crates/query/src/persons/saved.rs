//! The table of joined names beside the index, so that a search need not join a hundred thousand names to show ten.
//!
//! It says nothing that the index, the corrections and the rules do not, and belongs to one state of these: of another
//! one, cut off or missing, the names are joined again. Where it cannot be written everything works as well, from the
//! second search of a process on as fast.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tantivy::directory::{Directory, MmapDirectory};
use tantivy::{Searcher, SegmentReader};

use super::{Persons, Table};
use crate::corrections;

/// The file's name, in the archive's folder.
pub(crate) const FILE: &str = "persons.table";

/// The name of a table on its way to be it.
const NEW: &str = ".persons.table.new";

/// No process takes so long to write one.
const ABANDONED: Duration = Duration::from_mins(2);

/// The rules are the text of what joins: a program that joins otherwise makes its own table.
const RULES: u64 = {
    let mut sources: &[&[u8]] = &[
        include_bytes!("mod.rs"),
        include_bytes!("corrected.rs"),
        include_bytes!("counts.rs"),
        include_bytes!("given.rs"),
        include_bytes!("join.rs"),
        include_bytes!("name.rs"),
        include_bytes!("saved.rs"),
        include_bytes!("surname.rs"),
        include_bytes!("table.rs"),
        include_bytes!("../corrections/mod.rs"),
        include_bytes!("../corrections/read.rs"),
    ];
    let mut hash = START;
    while let [source, rest @ ..] = sources {
        hash = hashed(hash, source);
        sources = rest;
    }
    hashed(hash, &whosaid_schema::FORMAT.to_le_bytes())
};

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a.
const fn hashed(mut hash: u64, mut bytes: &[u8]) -> u64 {
    while let [byte, rest @ ..] = bytes {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
        bytes = rest;
    }
    hash
}

/// Where the table of one state of an archive is kept.
pub(crate) struct Saved {
    dir: PathBuf,
    key: u64,
}

impl Saved {
    /// Looks at the state of the archive in `dir`; `None` when its corrections cannot be read.
    pub(crate) fn of(dir: &Path, searcher: &Searcher) -> Option<Self> {
        let corrections = match corrections::text(&dir.join(corrections::FILE)) {
            Ok(corrections) => corrections.into_bytes(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(_) => return None,
        };
        let readers = searcher.segment_readers().iter();
        Some(Self {
            dir: dir.to_owned(),
            key: readers.fold(hashed(RULES, &corrections), state),
        })
    }

    /// What tells this state from all others.
    pub(crate) fn key(&self) -> u64 {
        self.key
    }

    /// Reads the table, if there is one of this state.
    pub(crate) fn read(&self) -> Option<Persons> {
        // A pipe would never end, and a link may lead anywhere.
        let found = fs::symlink_metadata(self.dir.join(FILE)).ok()?;
        if !found.is_file() {
            return None;
        }
        let dir = MmapDirectory::open(&self.dir).ok()?;
        let file = dir.get_file_handle(Path::new(FILE)).ok()?;
        let bytes = file.read_bytes(0..file.len()).ok()?;
        Table::read(bytes, self.key).map(Persons)
    }

    /// Writes the table where that is possible, and nobody else is about to.
    pub(crate) fn write(&self, persons: &Persons) {
        // Others may be reading the table that is there: it is replaced, never changed.
        let new = self.dir.join(NEW);
        if is_abandoned(&new) {
            let _ = fs::remove_file(&new);
        }
        let write = |mut file: File| {
            file.write_all(persons.0.bytes())?;
            file.sync_data()?;
            fs::rename(&new, self.dir.join(FILE))
        };
        let written = match File::create_new(&new) {
            Ok(file) => write(file).inspect_err(|_| drop(fs::remove_file(&new))),
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            tracing::debug!(%error, "the joined names cannot be kept");
        }
    }
}

/// Tells whether a table on its way was left behind by a process that died.
fn is_abandoned(path: &Path) -> bool {
    let changed = fs::symlink_metadata(path).and_then(|found| found.modified());
    let age = changed.ok().and_then(|changed| changed.elapsed().ok());
    age.is_some_and(|age| age >= ABANDONED)
}

/// Takes the state of a segment into a hash.
fn state(hash: u64, reader: &SegmentReader) -> u64 {
    let deleted = reader.delete_opstamp().unwrap_or(0);
    let hash = hashed(hash, reader.segment_id().uuid_string().as_bytes());
    hashed(hash, &deleted.to_le_bytes())
}
