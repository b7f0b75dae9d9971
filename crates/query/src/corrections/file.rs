//! The file of corrections on the disk: read within bounds, replaced whole, changed by one at a time.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Reads a file of at most so many bytes. A pipe would never end.
pub(super) fn read(path: &Path, most: u64) -> io::Result<String> {
    let refused = |what: String| Err(io::Error::other(what));
    if !fs::metadata(path)?.is_file() {
        return refused("it is no file".to_owned());
    }
    let mut text = String::new();
    let file = File::open(path)?;
    file.take(most.saturating_add(1))
        .read_to_string(&mut text)?;
    if text.len() as u64 > most {
        return refused(format!("it is larger than {} MB", most >> 20));
    }
    Ok(text)
}

/// Replaces a file, whole or not at all.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let new = beside(path, "new");
    remove(&new)?;
    let mut file = File::create_new(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, path)
}

/// Waits until nobody else changes a file.
pub(super) fn lock(path: &Path) -> io::Result<File> {
    let lock = beside(path, "lock");
    if fs::symlink_metadata(&lock).is_ok_and(|lock| !lock.is_file()) {
        remove(&lock)?;
    }
    let lock = File::options().create(true).append(true).open(lock)?;
    lock.lock()?;
    Ok(lock)
}

/// A file beside another; names that begin with a dot are none of the archive's own files.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{ending}"))
}

/// Removes what a killed process left, or a link that leads elsewhere.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
