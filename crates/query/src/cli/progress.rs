//! Indexing as it is told: a bar on a terminal, rejects in a file.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};
use whosaid_indexer::{Event, Progress, Reject};

use super::status::Failure;
use crate::Cancel;

/// Tells of a run.
pub(super) struct Telling {
    bar: Option<ProgressBar>,
    rejects: Option<Mutex<BufWriter<File>>>,
    cancel: Cancel,
}

impl Telling {
    pub(super) fn new(bar: bool, rejects: Option<&Path>, cancel: Cancel) -> Result<Self, Failure> {
        let rejects = rejects
            .map(|path| {
                let file = File::create(path).map_err(|source| Failure::Io {
                    what: format!("cannot write {}", path.display()),
                    source,
                })?;
                Ok::<_, Failure>(Mutex::new(BufWriter::new(file)))
            })
            .transpose()?;
        let bar = bar.then(|| {
            let style = ProgressStyle::with_template(
                "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {msg}",
            );
            let bar = ProgressBar::new(0);
            style.map_or(bar.clone(), |style| bar.with_style(style))
        });
        Ok(Self {
            bar,
            rejects,
            cancel,
        })
    }

    /// Ends the bar and the file.
    pub(super) fn finish(self) -> Result<(), Failure> {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        if let Some(rejects) = self.rejects {
            let mut rejects = rejects
                .into_inner()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            rejects.flush()?;
        }
        Ok(())
    }

    fn reject(&self, reject: &Reject) {
        if let Some(Ok(mut file)) = self.rejects.as_ref().map(Mutex::lock) {
            // The report has the count and the first of them; a full disk must not end the run.
            let _ = serde_json::to_writer(&mut *file, reject).map(|()| file.write_all(b"\n"));
        }
    }
}

impl Progress for Telling {
    fn event(&self, event: Event<'_>) {
        match (event, &self.bar) {
            (Event::Rejected(reject), _) => self.reject(reject),
            (Event::Planned { bytes, .. }, Some(bar)) => bar.set_length(bytes),
            (Event::Advanced { bytes, .. }, Some(bar)) => bar.inc(bytes),
            (Event::Committing, Some(bar)) => bar.set_message("closing"),
            _ => {}
        }
    }

    fn cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }
}
