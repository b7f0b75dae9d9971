use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use whosaid_model::Published;

use crate::{Clock, FieldMap};

/// How to read. Made with [`ReadOptions::new`], changed by its methods.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The outlet of the articles that state none.
    pub source: Option<String>,
    /// Where columns and keys have other names than the usual ones.
    pub map: FieldMap,
    /// Bytes of a record, at most; a longer one is rejected.
    pub record_limit: usize,
    /// The instant after which nothing was published: now, as the caller knows it. Later dates are not believed.
    pub not_after: Option<DateTime<Utc>>,
    /// Bytes that are made of one compressed file or archive, at most, counted at all levels; the rest is not
    /// read.
    pub expanded_limit: u64,
    /// How many times its size something compressed expands, at most, past its first 64 MB; the rest of it is
    /// not read. The same holds of a file with all its members, past the first GB.
    pub ratio_limit: u64,
    /// Members of an archive, at most, with those of archives inside; the rest is not read.
    pub member_limit: u64,
    /// Archives and compressed files within each other, at most.
    pub depth_limit: u32,
    /// What tells the time; without it there is no limit of time.
    pub clock: Option<Arc<dyn Clock>>,
    /// How long a record may take to become articles; one that takes longer is rejected. What the same files give
    /// depends on the machine only where this limit is met. Waiting for bytes does not count.
    pub time_limit: Duration,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            source: None,
            map: FieldMap::default(),
            record_limit: 64 << 20,
            not_after: None,
            expanded_limit: 64 << 30,
            ratio_limit: 200,
            member_limit: 10_000_000,
            depth_limit: 8,
            clock: None,
            time_limit: Duration::from_mins(1),
        }
    }
}

impl ReadOptions {
    /// Makes the default options.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the outlet of articles that state none.
    pub fn source(mut self, source: Option<String>) -> Self {
        self.source = source;
        self
    }

    /// Says which columns and keys hold the fields of articles.
    pub fn map(mut self, map: FieldMap) -> Self {
        self.map = map;
        self
    }

    /// Sets the largest size of a record.
    pub fn record_limit(mut self, bytes: usize) -> Self {
        self.record_limit = bytes;
        self
    }

    /// Sets the instant after which nothing was published.
    pub fn not_after(mut self, instant: Option<DateTime<Utc>>) -> Self {
        self.not_after = instant;
        self
    }

    /// Tells whether something may have been published at a date, as far as its day tells: one that is today
    /// in the east is tomorrow in the west.
    pub(crate) fn may_be(&self, date: &Published) -> bool {
        let tomorrow = |limit: DateTime<Utc>| limit.date_naive().succ_opt();
        let last = self.not_after.and_then(tomorrow);
        last.is_none_or(|last| date.date <= last)
    }

    /// Sets how many bytes are made of one file.
    pub fn expanded_limit(mut self, bytes: u64) -> Self {
        self.expanded_limit = bytes;
        self
    }

    /// Sets how many times its size something expands.
    pub fn ratio_limit(mut self, times: u64) -> Self {
        self.ratio_limit = times;
        self
    }

    /// Sets the largest number of members of an archive.
    pub fn member_limit(mut self, members: u64) -> Self {
        self.member_limit = members;
        self
    }

    /// Sets how many archives may lie within each other.
    pub fn depth_limit(mut self, levels: u32) -> Self {
        self.depth_limit = levels;
        self
    }

    /// Lends a clock.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Sets how long a record may take.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// Returns when a record that is begun now must be done, as its clock tells.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.clock.as_ref()?.elapsed().checked_add(self.time_limit)
    }
}
