//! Long work as it is told: a bar on a terminal; of indexing, what became of each file, and rejects in a file.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use whosaid_indexer::{Event, FileEvent, Progress, Reject};

use super::numbers::{count, grouped};
use super::settings::Settings;
use super::status::Failure;
use super::terminal::clean;
use crate::Cancel;

/// Tells of a run.
pub(super) struct Telling<'a> {
    bar: Option<ProgressBar>,
    err: Mutex<&'a mut (dyn Write + Send)>,
    started: Mutex<Instant>,
    articles: Mutex<u64>,
    /// Tell what becomes of each file.
    files: bool,
    rejects: Option<Mutex<BufWriter<File>>>,
    cancel: Cancel,
}

impl<'a> Telling<'a> {
    pub(super) fn new(
        settings: &Settings,
        err: &'a mut (dyn Write + Send),
        rejects: Option<&Path>,
    ) -> Result<Self, Failure> {
        let rejects = rejects
            .map(|path| {
                let file = File::create(path).map_err(|source| Failure::Io {
                    what: format!("cannot write {}", path.display()),
                    source,
                })?;
                Ok::<_, Failure>(Mutex::new(BufWriter::new(file)))
            })
            .transpose()?;
        Ok(Self {
            bar: settings.progress.then(|| ProgressBar::new(0)),
            err: Mutex::new(err),
            started: Mutex::new(Instant::now()),
            articles: Mutex::new(0),
            files: settings.verbose,
            rejects,
            cancel: settings.cancel.clone(),
        })
    }

    /// Returns how long the run takes, since it began to read.
    pub(super) fn took(&self) -> Duration {
        lock(&self.started).elapsed()
    }

    /// Clears the bar, brings the file of rejects up to date, and hands over the place for messages.
    pub(super) fn pause(&self) -> Result<MutexGuard<'_, &'a mut (dyn Write + Send)>, Failure> {
        if let Some(bar) = &self.bar {
            bar.disable_steady_tick();
            bar.finish_and_clear();
        }
        *lock(&self.articles) = 0;
        if let Some(rejects) = &self.rejects {
            lock(rejects).flush()?;
        }
        Ok(lock(&self.err))
    }

    fn file(&self, file: &FileEvent<'_>) {
        let mut line = format!("{:<10}  {}", file.change.as_str(), clean(file.path));
        let counts = [
            (file.articles, "written"),
            (file.copies, "already there"),
            (file.rejected, "rejected"),
        ];
        let mut sign = "  ";
        for (number, what) in counts {
            if number > 0 {
                let _ = write!(line, "{sign}{} {what}", grouped(number));
                sign = " · ";
            }
        }
        // Nobody is told when that fails.
        let write = || drop(writeln!(lock(&self.err), "{line}"));
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    fn reject(&self, reject: &Reject) {
        if let Some(rejects) = &self.rejects {
            let mut file = lock(rejects);
            // The report has the count and the first of them; a full disk must not end the run.
            let _ = serde_json::to_writer(&mut *file, reject).map(|()| file.write_all(b"\n"));
        }
    }
}

/// The bar of a list that goes into a file or to another program: on a terminal the list itself shows how it goes on.
pub(super) struct Listing(Option<ProgressBar>);

impl Listing {
    pub(super) fn new(settings: &Settings, total: u64) -> Self {
        let shown = settings.progress && !settings.look.wrap;
        Self(shown.then(|| {
            let bar = ProgressBar::new(total);
            let template = "{bar:30} {human_pos} of {human_len} · {per_sec} · {eta} left";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        }))
    }

    /// One more is written.
    pub(super) fn advance(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }
}

impl Drop for Listing {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.disable_steady_tick();
            bar.finish_and_clear();
        }
    }
}

/// Starts the bar: with the time that is left when there is an end, as for files.
fn plan(bar: &ProgressBar, bytes: u64) {
    let template = if bytes > 0 {
        "{bar:30} {bytes}/{total_bytes} · {bytes_per_sec} · {eta} left · {msg}"
    } else {
        "{spinner} {bytes} · {bytes_per_sec} · {msg}"
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.reset();
    bar.set_length(bytes);
    bar.enable_steady_tick(Duration::from_millis(200));
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Progress for Telling<'_> {
    fn event(&self, event: Event<'_>) {
        match (event, &self.bar) {
            (Event::Rejected(reject), _) => self.reject(reject),
            (Event::File(file), _) if self.files => self.file(&file),
            (Event::Planned { bytes, .. }, bar) => {
                *lock(&self.started) = Instant::now();
                if let Some(bar) = bar {
                    plan(bar, bytes);
                }
            }
            (
                Event::Advanced {
                    bytes, articles, ..
                },
                Some(bar),
            ) => {
                let mut all = lock(&self.articles);
                *all = all.saturating_add(articles);
                bar.set_message(count(*all, "article"));
                bar.inc(bytes);
            }
            (Event::Committing, Some(bar)) => bar.set_message("closing"),
            _ => {}
        }
    }

    fn cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }
}
