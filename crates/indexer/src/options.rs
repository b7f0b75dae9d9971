use std::time::Duration;

use chrono::NaiveDate;
use whosaid_formats::{FieldMap, ReadOptions};
use whosaid_schema::{Medium, Schema};

/// How to index. Made with [`IndexOptions::new`], changed by its methods.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct IndexOptions {
    /// Threads for the work on articles, and as many for writing; `None` means one a core.
    pub jobs: Option<usize>,
    /// Forget files under the inputs that are gone.
    pub prune: bool,
    /// Count what would be done; write nothing.
    pub dry_run: bool,
    /// Look for quotations. Without it articles are found by their words alone; their quotations come when their file
    /// changes, or the archive is made anew.
    pub quotations: bool,
    /// The day on which articles come into the archive, for its records; `None` leaves it out.
    pub today: Option<NaiveDate>,
    /// Bytes of input after which what was read is committed, at the end of a file: what a run that is killed does
    /// not do again.
    pub commit_bytes: u64,
    /// The same after a time, if `read` has a clock.
    pub commit_after: Duration,
    /// Bytes for the index under construction, for all threads together.
    pub memory_bytes: usize,
    /// How to read.
    pub read: ReadOptions,
    /// What stands between the engine and the archive's folder.
    medium: Option<Medium>,
}

impl Default for IndexOptions {
    fn default() -> Self {
        Self {
            jobs: None,
            prune: false,
            dry_run: false,
            quotations: true,
            today: None,
            commit_bytes: 256 << 20,
            commit_after: Duration::from_secs(30),
            memory_bytes: 192 << 20,
            read: ReadOptions::default(),
            medium: None,
        }
    }
}

impl IndexOptions {
    /// Makes the default options.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the number of threads.
    pub fn jobs(mut self, jobs: Option<usize>) -> Self {
        self.jobs = jobs;
        self
    }

    /// Sets the outlet of articles that state none.
    pub fn source(mut self, source: Option<String>) -> Self {
        self.read.source = source;
        self
    }

    /// Says which columns and keys hold the fields of articles.
    pub fn map(mut self, map: FieldMap) -> Self {
        self.read.map = map;
        self
    }

    /// Sets whether files that are gone are forgotten.
    pub fn prune(mut self, prune: bool) -> Self {
        self.prune = prune;
        self
    }

    /// Sets whether everything is done but the writing.
    pub fn dry_run(mut self, dry_run: bool) -> Self {
        self.dry_run = dry_run;
        self
    }

    /// Sets whether quotations are looked for.
    pub fn quotations(mut self, quotations: bool) -> Self {
        self.quotations = quotations;
        self
    }

    /// Sets the day on which articles come into the archive.
    pub fn today(mut self, today: Option<NaiveDate>) -> Self {
        self.today = today;
        self
    }

    /// Sets the bytes of input after which what was read is committed.
    pub fn commit_bytes(mut self, bytes: u64) -> Self {
        self.commit_bytes = bytes;
        self
    }

    /// Sets the time after which what was read is committed.
    pub fn commit_after(mut self, time: Duration) -> Self {
        self.commit_after = time;
        self
    }

    /// Sets the memory for the index under construction.
    pub fn memory_bytes(mut self, bytes: usize) -> Self {
        self.memory_bytes = bytes;
        self
    }

    /// Sets how to read.
    pub fn read(mut self, read: ReadOptions) -> Self {
        self.read = read;
        self
    }

    /// Puts something between the engine and the archive's folder: tests do, to see what happens when the operating
    /// system refuses.
    #[doc(hidden)]
    pub fn medium(mut self, medium: Medium) -> Self {
        self.medium = Some(medium);
        self
    }

    /// Makes the schema by which the archive is opened.
    pub(crate) fn schema(&self) -> Schema {
        Schema::new().through(self.medium.clone())
    }
}
