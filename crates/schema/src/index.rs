use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use tantivy::directory::INDEX_WRITER_LOCK;
use tantivy::directory::error::LockError;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Directory, Index, IndexSettings, TantivyError};

use crate::disk::Folder;
use crate::error::Cause;
use crate::{Error, Schema, check_format, register};

impl Schema {
    /// Opens the archive in `dir`, with its analyzers.
    ///
    /// # Errors
    /// Says whether there is no archive, something else, or an archive of another format.
    pub fn open(&self, dir: &Path) -> Result<Index, Error> {
        let io = |source| Cause::Io {
            path: dir.to_owned(),
            source,
        };
        if !dir.join("meta.json").try_exists().map_err(io)? {
            let cause = if dir.is_dir() && occupied(dir)? {
                Cause::NotAnArchive(Some(dir.to_owned()))
            } else {
                Cause::Missing(dir.to_owned())
            };
            return Err(cause.into());
        }
        let index = self
            .folder(dir)
            .and_then(Index::open)
            .map_err(|error| Cause::Open {
                path: dir.to_owned(),
                source: Box::new(error),
            })?;
        check_format(&index).map_err(|error| error.at(dir))?;
        register(&index);
        Ok(index)
    }

    /// Opens the archive in `dir`, or makes an empty one there, with the folders that lead to it.
    ///
    /// # Errors
    /// As [`Schema::open`]; a folder that holds other files is left alone.
    pub fn create(&self, dir: &Path) -> Result<Index, Error> {
        if dir.join("meta.json").exists() {
            return self.open(dir);
        }
        let io = |source| Cause::Io {
            path: dir.to_owned(),
            source,
        };
        fs::create_dir_all(dir).map_err(io)?;
        if occupied(dir)? {
            return Err(Cause::Occupied(dir.to_owned()).into());
        }
        let open = |error: tantivy::TantivyError| Cause::Open {
            path: dir.to_owned(),
            source: Box::new(error),
        };
        let folder = self.folder(dir).map_err(open)?;
        // Two processes may want to make it at once: the second must not put an empty archive over the first's.
        let mut tries = 100_u32;
        let lock = loop {
            match folder.acquire_lock(&INDEX_WRITER_LOCK) {
                Ok(lock) => break lock,
                Err(LockError::LockBusy) if tries > 0 => thread::sleep(Duration::from_millis(20)),
                Err(error) => {
                    return Err(open(TantivyError::LockFailure(error, None)).into());
                }
            }
            if dir.join("meta.json").exists() {
                return self.open(dir);
            }
            tries = tries.saturating_sub(1);
        };
        let index = self.builder().open_or_create(folder).map_err(open)?;
        drop(lock);
        register(&index);
        Ok(index)
    }

    fn folder(&self, dir: &Path) -> tantivy::Result<Box<dyn Directory>> {
        let folder = Box::new(Folder::open(dir)?);
        Ok(match &self.medium {
            Some(medium) => medium.around(folder),
            None => folder,
        })
    }

    /// Makes an empty archive in memory.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn create_in_memory(&self) -> Result<Index, Error> {
        let index = self.builder().create_in_ram()?;
        register(&index);
        Ok(index)
    }

    fn builder(&self) -> tantivy::IndexBuilder {
        Index::builder()
            .schema(self.tantivy.clone())
            .settings(IndexSettings {
                // An article and its quotations lie in one block or two. 32 KiB would save 1.5 % of the archive, and a
                // search of a new process would take a tenth to a fifth longer; a higher level of compression saves 1 %
                // and costs twice the time.
                docstore_blocksize: 16 << 10,
                docstore_compression: Compressor::Zstd(ZstdCompressor::default()),
                ..IndexSettings::default()
            })
    }
}

/// Tells whether a folder has files other than the engine's own leftovers, whose names begin with a dot.
fn occupied(dir: &Path) -> Result<bool, Error> {
    let io = |source| Cause::Io {
        path: dir.to_owned(),
        source,
    };
    for entry in fs::read_dir(dir).map_err(io)? {
        let name = entry.map_err(io)?.file_name();
        if !name.to_string_lossy().starts_with('.') {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn an_archive_opens_again_and_nothing_else_does() {
        let dir = tempfile::tempdir().unwrap();
        let schema = Schema::new();
        let archive = dir.path().join("deep/archive");
        assert_eq!(
            schema.open(&archive).unwrap_err().kind(),
            ErrorKind::Missing
        );
        schema.create(&archive).unwrap();
        schema.create(&archive).unwrap();
        schema.open(&archive).unwrap();

        let other = dir.path().join("other");
        fs::create_dir(&other).unwrap();
        assert_eq!(schema.open(&other).unwrap_err().kind(), ErrorKind::Missing);
        fs::write(other.join("letter.txt"), "Dear").unwrap();
        for error in [schema.open(&other), schema.create(&other)] {
            let error = error.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NotAnArchive);
            assert!(error.to_string().contains("other"), "{error}");
        }
        fs::write(archive.join("meta.json"), "{").unwrap();
        assert_eq!(
            schema.open(&archive).unwrap_err().kind(),
            ErrorKind::Corrupt
        );
    }
}
