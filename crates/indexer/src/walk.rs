//! From inputs to files, in an order that does not depend on the machine.

use std::fs::{self, File, Metadata};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;
use whosaid_formats::{Pipe, Source};
use whosaid_model::reason;
use whosaid_schema::FileId;

use crate::input;
use crate::{Error, Input, Reject, RejectKind};

/// A file that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) from: From,
    /// The path as given.
    pub(crate) shown: String,
}

/// What a file's bytes come from.
#[derive(Clone, Debug)]
pub(crate) enum From {
    File(FoundFile),
    /// A pipe or the like, at a path.
    Pipe(PathBuf),
    Stream(input::Source),
}

#[derive(Clone, Debug)]
pub(crate) struct FoundFile {
    pub(crate) id: FileId,
    /// Canonical and absolute.
    pub(crate) path: PathBuf,
    pub(crate) size: u64,
    /// Nanoseconds since 1970, or 0.
    pub(crate) modified: i64,
}

impl FoundFile {
    pub(crate) fn new(path: PathBuf, metadata: &Metadata) -> Self {
        Self {
            id: FileId::of(path.as_os_str().as_encoded_bytes()),
            path,
            size: metadata.len(),
            modified: modified(metadata),
        }
    }
}

fn modified(metadata: &Metadata) -> i64 {
    let Ok(time) = metadata.modified() else {
        return 0;
    };
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(0),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(0, i64::saturating_neg),
    }
}

impl Found {
    /// Opens the file.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Source + Send>> {
        match &self.from {
            From::File(file) => Ok(Box::new(File::open(&file.path)?)),
            From::Pipe(path) => Ok(Box::new(File::open(path)?)),
            From::Stream(stream) => match stream.take() {
                Some(stream) => Ok(Box::new(Pipe(stream))),
                None => Ok(Box::new(Pipe(io::empty()))),
            },
        }
    }

    pub(crate) fn reject(&self, kind: RejectKind, reason: impl Into<String>) -> Reject {
        Reject {
            path: self.shown.clone(),
            record: None,
            offset: None,
            reason: reason.into(),
            kind,
        }
    }
}

/// An input whose path was looked up.
#[derive(Debug)]
pub(crate) enum Root {
    File(Found),
    Folder {
        path: PathBuf,
        shown: PathBuf,
    },
    /// Nothing is there any more; only what the archive knows under this path can be forgotten.
    Gone {
        path: PathBuf,
        shown: PathBuf,
    },
}

/// Looks the inputs up; a missing one is an error unless `gone_is_fine`.
pub(crate) fn roots(inputs: &[Input], gone_is_fine: bool) -> Result<Vec<Root>, Error> {
    inputs
        .iter()
        .map(|input| root(input, gone_is_fine))
        .collect()
}

fn root(input: &Input, gone_is_fine: bool) -> Result<Root, Error> {
    let path = match input {
        Input::Path(path) => path,
        Input::Stdin(source) => {
            return Ok(Root::File(Found {
                from: From::Stream(source.clone()),
                shown: "-".to_owned(),
            }));
        }
    };
    let failed = |source: io::Error| Error::input(path, source);
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && gone_is_fine => {
            return Ok(Root::Gone {
                path: gone(path).map_err(failed)?,
                shown: path.clone(),
            });
        }
        metadata => metadata.map_err(failed)?,
    };
    let shown = path.to_string_lossy().into_owned();
    if !metadata.is_dir() && !metadata.is_file() {
        return Ok(Root::File(Found {
            from: From::Pipe(path.clone()),
            shown,
        }));
    }
    let canonical = fs::canonicalize(path).map_err(failed)?;
    if metadata.is_dir() {
        return Ok(Root::Folder {
            path: canonical,
            shown: path.clone(),
        });
    }
    Ok(Root::File(Found {
        from: From::File(FoundFile::new(canonical, &metadata)),
        shown,
    }))
}

/// Takes a path for one at which nothing is any more.
pub(crate) fn gone_root(path: &Path) -> Result<Root, Error> {
    Ok(Root::Gone {
        path: gone(path).map_err(|source| Error::input(path, source))?,
        shown: path.to_owned(),
    })
}

/// Returns the canonical path that a missing file would have, or the one of a file that is there.
fn gone(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut there = absolute.as_path();
    loop {
        if let Ok(canonical) = fs::canonicalize(there) {
            return Ok(missing
                .iter()
                .rev()
                .fold(canonical, |path, name| path.join(name)));
        }
        match (there.parent(), there.file_name()) {
            (Some(parent), Some(name)) => {
                missing.push(name);
                there = parent;
            }
            _ => return Ok(absolute.clone()),
        }
    }
}

/// Hands every file of the roots to `sink`, in order; files under `except` are left out. A folder that cannot
/// be listed is a reject.
pub(crate) fn walk(
    roots: &[Root],
    except: Option<&Path>,
    sink: &mut dyn FnMut(Result<Found, Reject>) -> ControlFlow<()>,
) {
    for root in roots {
        let flow = match root {
            Root::File(found) => sink(Ok(found.clone())),
            Root::Folder { path, shown } => walk_folder(path, shown, except, sink),
            Root::Gone { .. } => ControlFlow::Continue(()),
        };
        if flow.is_break() {
            return;
        }
    }
}

fn walk_folder(
    folder: &Path,
    shown: &Path,
    except: Option<&Path>,
    sink: &mut dyn FnMut(Result<Found, Reject>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let except = except.map(Path::to_owned);
    let entries = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(false)
        .sort_by_file_name(std::ffi::OsStr::cmp)
        .filter_entry(move |entry| except.as_deref() != Some(entry.path()))
        .build();
    for entry in entries {
        let unreadable = |path: Option<&Path>, reason: String| Reject {
            path: path.unwrap_or(shown).to_string_lossy().into_owned(),
            record: None,
            offset: None,
            reason,
            kind: RejectKind::Unreadable,
        };
        let found = match entry {
            Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => continue,
            Ok(entry) => {
                let inner = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                let shown = shown.join(inner);
                match entry.metadata() {
                    Ok(metadata) => Ok(Found {
                        shown: shown.to_string_lossy().into_owned(),
                        from: From::File(FoundFile::new(entry.into_path(), &metadata)),
                    }),
                    Err(error) => Err(unreadable(Some(&shown), error.to_string())),
                }
            }
            Err(error) => {
                let (path, reason) = plain(&error);
                let path = path.map(|path| shown.join(path.strip_prefix(folder).unwrap_or(path)));
                Err(unreadable(path.as_deref(), reason))
            }
        };
        sink(found)?;
    }
    ControlFlow::Continue(())
}

/// Returns the path an error of the walk is about, and what is wrong without the path.
fn plain(error: &ignore::Error) -> (Option<&Path>, String) {
    match error {
        ignore::Error::WithPath { path, err } => (Some(path), plain(err).1),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            plain(err)
        }
        ignore::Error::Io(error) => (None, reason(error)),
        other => (None, other.to_string()),
    }
}
