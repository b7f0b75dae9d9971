//! A disk that fails when it is told to.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback, WatchHandle,
    WritePtr,
};
use whosaid_schema::Medium;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// The operation fails.
    Fails,
    /// A write takes half of its bytes, then the disk is full; other operations fail.
    Shortens,
    /// The operation takes a while.
    Delays,
    /// The process dies.
    Kills,
}

/// What a disk does to one run: nothing, until the operation with the number `at`; from then on it is wrong, or only
/// this once.
#[derive(Debug)]
pub(crate) struct Script {
    at: usize,
    wrong: Wrong,
    once: bool,
    count: AtomicUsize,
    /// What was done, in order.
    log: Mutex<Vec<String>>,
}

impl Script {
    pub(crate) fn new(at: usize, wrong: Wrong, once: bool) -> Arc<Self> {
        Arc::new(Self {
            at,
            wrong,
            once,
            count: AtomicUsize::new(0),
            log: Mutex::default(),
        })
    }

    /// One by which nothing goes wrong.
    pub(crate) fn none() -> Arc<Self> {
        Self::new(usize::MAX, Wrong::Fails, true)
    }

    /// What was done, in order.
    pub(crate) fn log(&self) -> Vec<String> {
        self.log
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The disk that follows the script.
    pub(crate) fn medium(self: &Arc<Self>) -> Medium {
        let script = Arc::clone(self);
        Medium::new(move |folder| {
            Box::new(Disk {
                folder,
                script: Arc::clone(&script),
            })
        })
    }

    /// Counts an operation; tells what is wrong with it.
    fn step(&self, what: &str, path: &Path) -> Option<Wrong> {
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        self.log
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(format!("{what} {}", path.display()));
        let wrong = number == self.at || (number > self.at && !self.once);
        if !wrong {
            return None;
        }
        match self.wrong {
            Wrong::Delays => {
                std::thread::sleep(Duration::from_millis(5));
                None
            }
            Wrong::Kills => std::process::abort(),
            wrong => Some(wrong),
        }
    }

    fn check(&self, what: &str, path: &Path) -> io::Result<()> {
        match self.step(what, path) {
            Some(_) => Err(full()),
            None => Ok(()),
        }
    }
}

fn full() -> io::Error {
    io::Error::from(io::ErrorKind::StorageFull)
}

#[derive(Clone, Debug)]
struct Disk {
    folder: Box<dyn Directory>,
    script: Arc<Script>,
}

struct Written {
    file: Box<dyn TerminatingWrite + Send + Sync>,
    path: PathBuf,
    script: Arc<Script>,
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.script.step("write", &self.path) {
            None => self.file.write(bytes),
            Some(Wrong::Shortens) if bytes.len() > 1 => {
                self.file.write_all(&bytes[..bytes.len() / 2])?;
                Err(full())
            }
            Some(_) => Err(full()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.script.check("flush", &self.path)?;
        self.file.flush()
    }
}

impl TerminatingWrite for Written {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.script.check("sync", &self.path)?;
        self.file.terminate_ref(token)
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let checked = self.script.check("open", path);
        checked.map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.folder.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.script
            .check("delete", path)
            .map_err(|error| DeleteError::IoError {
                io_error: Arc::new(error),
                filepath: path.to_owned(),
            })?;
        self.folder.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        let checked = self.script.check("exists", path);
        checked.map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.folder.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let checked = self.script.check("create", path);
        checked.map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let file = self.folder.open_write(path)?;
        let file = file
            .into_inner()
            .map_err(|error| OpenWriteError::wrap_io_error(error.into_error(), path.to_owned()))?;
        Ok(BufWriter::new(Box::new(Written {
            file,
            path: path.to_owned(),
            script: Arc::clone(&self.script),
        })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let checked = self.script.check("read", path);
        checked.map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        self.folder.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.script.check("rename", path)?;
        self.folder.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.script.check("sync", Path::new("."))?;
        self.folder.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let checked = self.script.check("lock", &lock.filepath);
        checked.map_err(LockError::wrap_io_error)?;
        self.folder.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.folder.watch(callback)
    }
}
