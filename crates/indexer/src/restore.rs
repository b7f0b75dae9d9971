//! What a run does so that nothing is lost with what goes away, and with a process that dies.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use whosaid_model::reason;
use whosaid_schema::{FileId, StoredFile};

use crate::existing::Existing;
use crate::feed::Files;
use crate::pipeline::Pipeline;
use crate::report::Count;
use crate::run::ingest;
use crate::walk::{Found, FoundFile, From};
use crate::{Error, Event, FileChange, FileEvent, ReadOptions, Reject, RejectKind};

impl Pipeline<'_> {
    /// Commits what was read so far. No file may be open.
    pub(crate) fn checkpoint(&mut self) -> Result<(), Error> {
        // If the run ends here, the next one must find what lies in files that are as they were.
        for (id, file) in self.holders_of_lost()? {
            self.writer.forget_file(id);
            self.forgotten.insert(id, file);
        }
        self.writer.commit()?;
        if let Some(index) = self.index {
            let existing = Existing::open(index, self.schema);
            self.existing = Some(existing.map_err(whosaid_schema::Error::from)?);
        }
        self.places.clear();
        self.recent.clear();
        self.committed = self.report.bytes;
        self.wait_for_commit();
        tracing::debug!(bytes = self.committed, "committed");
        Ok(())
    }

    /// Forgets the files that are gone.
    pub(crate) fn forget_gone(&mut self) {
        for (id, path) in &self.plan.gone {
            self.writer.remove_file(*id);
            self.progress.event(Event::File(FileEvent {
                path,
                change: FileChange::Gone,
                articles: 0,
                copies: 0,
                rejected: 0,
            }));
        }
    }

    /// Reads the files again that hold another copy or version of an article that is gone, until none is left out.
    pub(crate) fn restore(&mut self, read: &Arc<ReadOptions>) -> Result<(), Error> {
        self.restoring = true;
        loop {
            let mut holders = self.holders_of_lost()?;
            let lost = self.lost_addresses();
            let forgotten = std::mem::take(&mut self.forgotten);
            for (id, file) in forgotten {
                let gone = file.duplicates.iter().any(|id| self.is_lost(*id));
                if gone || file.displaced.iter().any(|address| lost.contains(address)) {
                    holders.insert(id, file);
                } else {
                    self.forgotten.insert(id, file);
                }
            }
            if self.progress.cancelled() {
                for id in holders.keys() {
                    self.writer.forget_file(*id);
                }
                return Ok(());
            }
            let mut holders: Vec<_> = holders.into_iter().collect();
            holders.sort_by(|(_, one), (_, other)| one.path.cmp(&other.path));
            let mut files = Vec::new();
            for (id, file) in holders {
                files.extend(self.reopen(id, file)?);
            }
            if files.is_empty() {
                break;
            }
            ingest(self, Files::Listed(files), read)?;
        }
        for (id, file) in std::mem::take(&mut self.forgotten) {
            if !self.done.contains(&id) {
                self.writer.add_file(&file, id)?;
            }
        }
        Ok(())
    }

    /// Prepares a file to be read again.
    fn reopen(&mut self, id: FileId, file: StoredFile) -> Result<Option<Found>, Error> {
        self.done.insert(id);
        let metadata = match fs::metadata(&file.path) {
            Ok(metadata) => metadata,
            Err(error) => {
                self.reject(Reject {
                    path: file.shown,
                    record: None,
                    offset: None,
                    reason: reason(&error),
                    kind: RejectKind::Unreadable,
                });
                return Ok(None);
            }
        };
        if let Some(existing) = &self.existing {
            let articles = self.plan.retire(id, existing)?;
            self.plan.changed.insert(id, articles);
        }
        if self.unchanged.contains(&id) {
            self.report.files_unchanged.lower(1);
            self.report.unchanged.lower(file.articles);
        }
        Ok(Some(Found {
            from: From::File(FoundFile::new(file.path.into(), &metadata)),
            shown: file.shown,
        }))
    }

    /// Returns the files that hold another copy or version of what is going away and was not looked up before.
    fn holders_of_lost(&mut self) -> Result<BTreeMap<FileId, StoredFile>, Error> {
        let mut holders = BTreeMap::new();
        let Some(existing) = &self.existing else {
            return Ok(holders);
        };
        let mut hold = |file: StoredFile| {
            let id = FileId::of(file.path.as_bytes());
            let read = self.done.contains(&id) || self.plan.changed.contains_key(&id);
            if !read && !self.plan.gone.contains_key(&id) {
                holders.insert(id, file);
            }
        };
        let lost: Vec<_> = self.plan.retired.keys().copied().collect();
        for id in lost {
            if !self.written.contains(&id) && self.looked_up.insert(id.0) {
                existing.holders(id, &mut hold)?;
            }
        }
        for address in self.lost_addresses() {
            if self.looked_up.insert(address) {
                existing.displaced(address, &mut hold)?;
            }
        }
        Ok(holders)
    }

    fn is_lost(&self, id: whosaid_model::ArticleId) -> bool {
        self.plan.retired.contains_key(&id) && !self.written.contains(&id)
    }

    /// Returns the addresses whose article goes away without a later version of it. What has come instead may be
    /// earlier than a version that was left out because of the one that goes.
    fn lost_addresses(&self) -> BTreeSet<u64> {
        let retired = self.plan.retired.iter();
        let lost = retired.filter(|(id, _)| self.is_lost(**id) && !self.succeeded.contains(id));
        lost.filter_map(|(_, address)| *address).collect()
    }
}
