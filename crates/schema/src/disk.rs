//! The folder of an archive, as far as the engine is let at it.
//!
//! An archive may come from somebody else, and the engine trusts what it finds: its list of files may name
//! `../../letters.txt`, which it would delete as no longer needed, a part may be a link to a file elsewhere or a pipe
//! that never ends. So names lead nowhere but into the folder, only files are read and only parts are deleted.
//!
//! And an archive may be where nothing can be written: there a reader does without the lock, or shares it.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

const LIST_OF_PARTS: &str = "meta.json";

/// Bytes of a list of parts, at most: some 300 for each, and there are fewer than a hundred.
const LIST: u64 = 16 << 20;

/// Bytes that are written to a part at a time. What is written at once Linux may keep in one piece of its memory, on most
/// file systems, and it maps a piece faster than many pages: searches that look here and there in parts just written take
/// two thirds of the time that they take with the engine's own 8 kB, and with a megabyte as long.
const PIECE: usize = 256 << 10;

/// What is put between the engine and the folder.
type Between = dyn Fn(Box<dyn Directory>) -> Box<dyn Directory> + Send + Sync;

/// Stands between the engine and the folder of an archive. For tests of what happens when the operating system
/// refuses; archives need none.
#[derive(Clone)]
pub struct Medium(Arc<Between>);

impl Medium {
    /// Makes one of a function that wraps the folder.
    pub fn new(
        between: impl Fn(Box<dyn Directory>) -> Box<dyn Directory> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(between))
    }

    pub(crate) fn around(&self, folder: Box<dyn Directory>) -> Box<dyn Directory> {
        (self.0)(folder)
    }
}

impl fmt::Debug for Medium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Medium")
    }
}

/// The folder, guarded.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: Arc<Path>,
    files: MmapDirectory,
}

impl Folder {
    pub(crate) fn open(path: &Path) -> tantivy::Result<Self> {
        Ok(Self {
            path: path.into(),
            files: MmapDirectory::open(path)?,
        })
    }

    /// Refuses what is no file of the folder's own.
    fn check(&self, name: &Path) -> io::Result<u64> {
        let named = check_name(name).and_then(|()| fs::symlink_metadata(self.path.join(name)));
        let metadata = named?;
        if metadata.is_file() {
            return Ok(metadata.len());
        }
        let what = if metadata.is_symlink() {
            "it is a link"
        } else {
            "it is no file"
        };
        Err(io::Error::new(io::ErrorKind::InvalidData, what))
    }

    fn check_to_read(&self, name: &Path) -> Result<u64, OpenReadError> {
        self.check(name).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(name.to_owned()),
            _ => OpenReadError::wrap_io_error(error, name.to_owned()),
        })
    }

    /// Takes part in a lock that cannot be written to. Without a file nobody holds it.
    fn share(&self, lock: &Lock) -> io::Result<DirectoryLock> {
        match File::open(self.path.join(&lock.filepath)) {
            Ok(file) => {
                file.lock_shared()?;
                Ok(DirectoryLock::from(Box::new(file)))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            Err(error) => Err(error),
        }
    }
}

/// Refuses a name that leads out of the folder.
fn check_name(name: &Path) -> io::Result<()> {
    let mut parts = name.components();
    if let (Some(Component::Normal(_)), None) = (parts.next(), parts.next()) {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidData,
        "its name leads out of the archive",
    ))
}

/// Tells whether a file is named as the engine names those of a part: 32 hexadecimal digits, a dot, an ending.
fn is_part(name: &Path) -> bool {
    let name = name.to_str().and_then(|name| name.split_once('.'));
    name.is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.check_to_read(path)?;
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        // What is no part of the archive is none of the engine's business: it may take it from its list.
        if check_name(path).is_err() || !is_part(path) {
            return Err(DeleteError::FileDoesNotExist(path.to_owned()));
        }
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        match self.check_to_read(path) {
            Ok(_) => Ok(true),
            Err(OpenReadError::FileDoesNotExist(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        // The engine's own folder makes new files only, so that no link is followed.
        check_name(path).map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let file = self.files.open_write(path)?;
        let piece = Vec::new();
        Ok(BufWriter::new(Box::new(Pieces { file, piece })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if self.check_to_read(path)? > LIST {
            let error = io::Error::new(io::ErrorKind::InvalidData, "it is too large for a list");
            return Err(OpenReadError::wrap_io_error(error, path.to_owned()));
        }
        self.files.atomic_read(path)
    }

    /// The engine's own folder would write a list anew under a name made up each time, which stays behind when the
    /// process dies, and into a file that nobody else may read.
    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        // A run that was stopped may still be joining parts when the next one of the same process begins.
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        check_name(path)?;
        let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let name = path.to_string_lossy();
        let name = name.trim_start_matches('.');
        let new = self.path.join(format!(".{name}.new"));
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = File::create_new(&new)?;
        file.write_all(data)?;
        file.sync_all()?;
        fs::rename(&new, self.path.join(path))?;
        // What the list of parts no longer names is deleted next: on the disk too, that must come after.
        if path == Path::new(LIST_OF_PARTS) {
            self.sync_directory()?;
        }
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.check(&lock.filepath) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(LockError::wrap_io_error(error));
            }
            _ => {}
        }
        match self.files.acquire_lock(lock) {
            // Readers wait for this one, and hold it while they open files.
            Err(LockError::IoError(error)) if lock.is_blocking && is_refused(error.kind()) => {
                self.share(lock).map_err(LockError::wrap_io_error)
            }
            locked => locked,
        }
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(watch_callback)
    }
}

/// Tells whether the place cannot be written to: a reader needs not.
fn is_refused(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
    )
}

/// Writes a file in pieces of one size, the last one excepted.
struct Pieces {
    file: WritePtr,
    piece: Vec<u8>,
}

impl Pieces {
    fn hand_over(&mut self) -> io::Result<()> {
        self.file.write_all(&self.piece)?;
        self.piece.clear();
        Ok(())
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.piece.len() >= PIECE {
            self.hand_over()?;
        }
        let room = PIECE.saturating_sub(self.piece.len());
        let taken = bytes.get(..room).unwrap_or(bytes);
        self.piece.extend_from_slice(taken);
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hand_over()?;
        self.file.flush()
    }
}

impl TerminatingWrite for Pieces {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.hand_over()?;
        self.file.terminate_ref(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_pieces_is_whole() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        let all: Vec<u8> = (0..2 * PIECE + 7).map(|at| (at % 251) as u8).collect();
        for (name, length) in [("a", 1), ("b", 1000), ("c", 70_001), ("d", all.len())] {
            let mut file = folder.open_write(Path::new(name)).unwrap();
            for bytes in all.chunks(length) {
                file.write_all(bytes).unwrap();
            }
            file.terminate().unwrap();
            assert!(fs::read(dir.path().join(name)).unwrap() == all, "{length}");
        }
    }
}
