use chrono::{DateTime, Utc};

use crate::FieldMap;

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
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            source: None,
            map: FieldMap::default(),
            record_limit: 64 << 20,
            not_after: None,
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
}
