//! The one writer of an archive.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use tantivy::TantivyError;
use tantivy::directory::error::LockError;
use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::{Index, IndexWriter, TantivyDocument};
use whosaid_model::ArticleId;
use whosaid_schema::{FileId, Schema, StoredFile};

use crate::merges::Bounded;
use crate::queue::{Budget, Queued};
use crate::{Error, IndexOptions};

/// Bytes of documents on their way to the engine's threads.
const UNDER_WAY: usize = 24 << 20;

/// The least memory with which the engine lets a thread work.
const LEAST_PER_THREAD: usize = 15_000_000;

/// The file that names the process which writes, or wrote last.
const HOLDER: &str = ".whosaid-writer";

/// The engine writes with no more threads than this.
const MOST_THREADS: usize = 8;

/// One thread joins parts while so many write: each takes memory by the documents that it joins.
const WRITING_TO_JOINING: usize = 4;

/// How often a lock that somebody holds is tried again, and how long after.
const TRIES: u32 = 5;
const BETWEEN: Duration = Duration::from_millis(20);

/// Changes an archive; nothing is seen of it before the next commit. In a dry run, changes nothing.
pub(crate) struct Writer {
    engine: Option<IndexWriter<Queued>>,
    schema: Schema,
    archive: PathBuf,
    budget: Budget,
    changed: AtomicBool,
    committed: bool,
}

/// Writes the number of this process into a new file: an old one may be a link that leads elsewhere.
fn sign(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = fs::File::create_new(path)?;
    file.write_all(std::process::id().to_string().as_bytes())
}

/// Reads which process writes to an archive, or wrote last.
pub(crate) fn holder(archive: &Path) -> Option<String> {
    let path = archive.join(HOLDER);
    if !fs::symlink_metadata(&path).ok()?.is_file() {
        return None;
    }
    let mut number = String::new();
    let file = fs::File::open(path).ok()?;
    file.take(20).read_to_string(&mut number).ok()?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(number)
}

impl Writer {
    /// Takes the archive's lock and starts the threads.
    pub(crate) fn open(
        index: &Index,
        schema: &Schema,
        archive: &Path,
        options: &IndexOptions,
        jobs: usize,
    ) -> Result<Self, Error> {
        let most = (options.memory_bytes / LEAST_PER_THREAD).max(1);
        let threads = jobs.min(MOST_THREADS).min(most);
        let memory = options.memory_bytes.checked_div(threads).unwrap_or(0);
        let memory = memory.clamp(LEAST_PER_THREAD, 2 << 30);
        let settings = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(memory)
            .num_merge_threads(threads.div_ceil(WRITING_TO_JOINING))
            .build();
        let mut tries = TRIES;
        let engine = loop {
            match index.writer_with_options(settings.clone()) {
                // A process that this one is just starting holds what this one held, until it runs.
                Err(TantivyError::LockFailure(LockError::LockBusy, _)) if tries > 0 => {
                    tries = tries.saturating_sub(1);
                    thread::sleep(BETWEEN);
                }
                opened => break opened.map_err(|error| Error::write(archive, error))?,
            }
        };
        engine.set_merge_policy(Box::new(Bounded));
        // What a run that failed or died had written stands in the way: the files of its next commit may be called the
        // same.
        let _ = engine.garbage_collect_files().wait();
        // Only for the message to who comes second; the lock is the engine's, and ends with the process.
        let _ = sign(&archive.join(HOLDER));
        Ok(Self {
            engine: Some(engine),
            ..Self::dry(schema, archive)
        })
    }

    /// Makes a writer that writes nothing.
    pub(crate) fn dry(schema: &Schema, archive: &Path) -> Self {
        Self {
            engine: None,
            schema: schema.clone(),
            archive: archive.to_owned(),
            budget: Budget::new(UNDER_WAY),
            changed: AtomicBool::new(false),
            committed: false,
        }
    }

    /// Adds the documents of articles, next to each other. Waits while too much is under way.
    pub(crate) fn add(&self, documents: Vec<TantivyDocument>, bytes: usize) -> Result<(), Error> {
        let Some(engine) = self.engine.as_ref().filter(|_| !documents.is_empty()) else {
            return Ok(());
        };
        self.changed.store(true, Ordering::Relaxed);
        let mut permit = Some(self.budget.acquire(bytes));
        // The last one holds the permit: the engine takes a batch in order.
        let mut operations: Vec<_> = documents
            .into_iter()
            .rev()
            .map(|document| {
                UserOperation::Add(Queued {
                    document,
                    permit: permit.take(),
                })
            })
            .collect();
        operations.reverse();
        engine
            .run(operations)
            .map(drop)
            .map_err(|error| Error::write(&self.archive, error))
    }

    /// Notes that a file was read to its end.
    pub(crate) fn add_file(&self, file: &StoredFile, id: FileId) -> Result<(), Error> {
        self.delete(self.schema.file_term(id));
        self.add(vec![self.schema.encode_file(file, id)], 1024)
    }

    /// Removes an article and its quotations.
    pub(crate) fn remove_article(&self, id: ArticleId) {
        self.delete(self.schema.article_term(id));
    }

    /// Removes a file, its articles and their quotations.
    pub(crate) fn remove_file(&self, id: FileId) {
        self.delete(self.schema.from_file_term(id));
    }

    /// Forgets that a file was read, so that the next run reads it again.
    pub(crate) fn forget_file(&self, id: FileId) {
        self.delete(self.schema.file_term(id));
    }

    fn delete(&self, term: tantivy::Term) {
        if let Some(engine) = &self.engine {
            self.changed.store(true, Ordering::Relaxed);
            engine.delete_term(term);
        }
    }

    /// Makes all changes since the last commit visible at once, if there are any.
    pub(crate) fn commit(&mut self) -> Result<(), Error> {
        let changed = std::mem::take(self.changed.get_mut());
        if let (Some(engine), true) = (&mut self.engine, changed) {
            let committed = engine.commit();
            committed.map_err(|error| Error::write(&self.archive, error))?;
            self.committed = true;
        }
        Ok(())
    }

    /// Finds out why nothing more could be added: the engine says no more than that one of its threads has ended, and
    /// the thread tells its reason, a full disk, to whoever waits for it.
    pub(crate) fn reason_of(&mut self, error: Error) -> Error {
        match &mut self.engine {
            Some(engine) if error.is_of_ended_thread() => match engine.prepare_commit() {
                Err(reason) => Error::write(&self.archive, reason),
                Ok(_) => error,
            },
            _ => error,
        }
    }

    /// Joins parts of the index into one, without what was removed from them.
    pub(crate) fn merge(&mut self, segments: &[SegmentId]) -> Result<(), Error> {
        if let (Some(engine), false) = (&mut self.engine, segments.is_empty()) {
            let merged = engine.merge(segments).wait();
            merged.map_err(|error| Error::write(&self.archive, error))?;
            let swept = engine.garbage_collect_files().wait();
            swept.map_err(|error| Error::write(&self.archive, error))?;
            self.committed = true;
        }
        Ok(())
    }

    /// Makes the last changes visible and ends the threads; after a commit, may wait for them to tidy up.
    pub(crate) fn finish(mut self, wait_for_merges: bool) -> Result<(), Error> {
        self.commit()?;
        if let (Some(engine), true) = (self.engine, self.committed && wait_for_merges) {
            let waited = engine.wait_merging_threads();
            waited.map_err(|error| Error::write(&self.archive, error))?;
        }
        Ok(())
    }
}
