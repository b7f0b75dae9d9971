//! Runs again when files come or change.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use whosaid_quotes::Annotator;

use crate::error::Cause;
use crate::run::{Missing, run};
use crate::{Error, IndexOptions, Input, Progress, Report};

/// How often is looked whether to stop.
const PATIENCE: Duration = Duration::from_millis(100);

/// Paths that are collected before a run, at most: where something always changes it is never quiet.
const COLLECTED: usize = 10_000;

/// Brings an archive up to date with files and folders, as [`index()`](crate::index()) does, and again whenever
/// something in them comes or changes, after they were left alone for `quiet`; with
/// [`prune`](IndexOptions::prune) also when something goes away. The options are asked for before each run, since
/// the day moves on. Hands the report of each run to `sink`, until it
/// breaks off or the progress is [cancelled](Progress::cancelled).
///
/// # Errors
/// As [`index()`](crate::index()), and when the operating system does not tell of changes.
pub fn watch(
    archive: &Path,
    paths: &[PathBuf],
    annotator: &Annotator,
    options: &dyn Fn() -> IndexOptions,
    quiet: Duration,
    progress: &dyn Progress,
    sink: &mut dyn FnMut(Report) -> ControlFlow<()>,
) -> Result<(), Error> {
    let (events, changes) = mpsc::channel();
    let system = notify::recommended_watcher(events);
    let mut system: RecommendedWatcher = system.map_err(Cause::Watch)?;
    // Before the first run, so that nothing that happens meanwhile is missed.
    let places = Watched::start(archive, paths, &mut system)?;
    let mut inputs: Vec<Input> = paths.iter().map(|path| path.as_path().into()).collect();
    let mut missing = Missing::Refused;
    loop {
        let report = run(archive, &inputs, annotator, &options(), progress, missing)?;
        if sink(report).is_break() {
            return Ok(());
        }
        match places.next(&changes, quiet, progress)? {
            Some(due) => inputs = due,
            None => return Ok(()),
        }
        // What was here a moment ago may be gone.
        missing = Missing::Fine;
    }
}

/// What is watched.
struct Watched {
    /// Canonical paths, with the paths as given.
    roots: Vec<(PathBuf, PathBuf)>,
    /// Nothing that happens here counts.
    archive: PathBuf,
}

impl Watched {
    fn start(
        archive: &Path,
        paths: &[PathBuf],
        system: &mut RecommendedWatcher,
    ) -> Result<Self, Error> {
        let mut roots = Vec::new();
        for path in paths {
            let canonical = fs::canonicalize(path).map_err(|error| Error::input(path, error))?;
            let (place, mode) = match canonical.parent() {
                // An editor puts a new file in the place of the old one: only the folder tells.
                Some(folder) if canonical.is_file() => (folder, RecursiveMode::NonRecursive),
                _ => (canonical.as_path(), RecursiveMode::Recursive),
            };
            system.watch(place, mode).map_err(Cause::Watch)?;
            roots.push((canonical, path.clone()));
        }
        let (folder, name) = (archive.parent(), archive.file_name());
        // The archive may not be there yet.
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")));
        Ok(Self {
            roots,
            archive: match (fs::canonicalize(archive), folder, name) {
                (Ok(archive), ..) => archive,
                (_, Ok(folder), Some(name)) => folder.join(name),
                _ => archive.to_owned(),
            },
        })
    }

    /// Waits for changes and for quiet after them, and returns what to read; `None` when told to stop.
    fn next(
        &self,
        events: &Receiver<notify::Result<Event>>,
        quiet: Duration,
        progress: &dyn Progress,
    ) -> Result<Option<Vec<Input>>, Error> {
        let mut changed = BTreeSet::new();
        loop {
            if progress.cancelled() {
                return Ok(None);
            }
            let pending = !changed.is_empty();
            match events.recv_timeout(if pending { quiet } else { PATIENCE }) {
                Ok(event) => {
                    self.note(&event.map_err(Cause::Watch)?, &mut changed);
                    if changed.len() < COLLECTED {
                        continue;
                    }
                }
                Err(RecvTimeoutError::Timeout) if !pending => continue,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
            }
            return Ok(Some(changed.into_iter().map(Input::from).collect()));
        }
    }

    /// Notes the paths that an event makes it necessary to look at.
    fn note(&self, event: &Event, changed: &mut BTreeSet<PathBuf>) {
        if event.need_rescan() {
            // The system lost count.
            changed.extend(self.roots.iter().map(|(_, given)| given.clone()));
        }
        let matters = match event.kind {
            EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
            _ => true,
        };
        if matters {
            let paths = event.paths.iter();
            changed.extend(paths.filter_map(|path| self.given(path)));
        }
    }

    /// Returns a path as a walk would show it, unless a walk would not come by.
    fn given(&self, path: &Path) -> Option<PathBuf> {
        if path.starts_with(&self.archive) {
            return None;
        }
        for (root, given) in &self.roots {
            let Ok(inner) = path.strip_prefix(root) else {
                continue;
            };
            let mut names = inner.iter().map(OsStr::as_encoded_bytes);
            if names.any(|name| name.starts_with(b".")) || is_link(path) {
                continue;
            }
            return Some(if inner.as_os_str().is_empty() {
                given.clone()
            } else {
                given.join(inner)
            });
        }
        None
    }
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}
