//! The columns of an archive, each opened once: opening one reads a line for every 512 of its values, which is more than
//! most searches read of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentId;
use whosaid_schema::Schema;

use crate::rows::{ArticleRows, Bits, Rows};

/// The columns that were asked for. Clones share them; what a segment says never changes.
#[derive(Clone, Default)]
pub(crate) struct Columns(Arc<Mutex<HashMap<(SegmentId, &'static str), Opened>>>);

/// A column of one segment.
#[derive(Clone)]
enum Opened {
    Naturals(Column<u64>),
    Integers(Column<i64>),
    Texts(Option<StrColumn>),
    Bits(Arc<Bits>),
    Rows(Arc<Rows>),
    Days(Arc<CountedDays>),
}

/// Quotations of one segment by the days they may be of, indirect speech left out.
#[derive(Debug, Default)]
pub(crate) struct CountedDays {
    pub(crate) quotations: u64,
    /// The articles of the quotations.
    pub(crate) articles: u64,
    /// Counts by first and last day.
    pub(crate) days: Vec<((i64, i64), u64)>,
    pub(crate) undated: u64,
}

/// Where the bits of indirect speech are kept, beside the columns.
const HIDDEN: &str = "hidden";

/// Where the rows are.
const ROWS: &str = "rows";

/// Where all quotations are counted by their days.
const DAYS: &str = "days";

impl std::fmt::Debug for Columns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Columns").finish_non_exhaustive()
    }
}

impl Columns {
    /// Returns a column of natural numbers.
    pub(crate) fn u64(
        &self,
        reader: &SegmentReader,
        name: &'static str,
    ) -> tantivy::Result<Column<u64>> {
        let open = || Ok(Opened::Naturals(reader.fast_fields().u64(name)?));
        match self.column(reader, name, open)? {
            Opened::Naturals(column) => Ok(column),
            _ => reader.fast_fields().u64(name),
        }
    }

    /// Returns a column of integers.
    pub(crate) fn i64(
        &self,
        reader: &SegmentReader,
        name: &'static str,
    ) -> tantivy::Result<Column<i64>> {
        let open = || Ok(Opened::Integers(reader.fast_fields().i64(name)?));
        match self.column(reader, name, open)? {
            Opened::Integers(column) => Ok(column),
            _ => reader.fast_fields().i64(name),
        }
    }

    /// Returns a column of texts, if the segment has any.
    pub(crate) fn str(
        &self,
        reader: &SegmentReader,
        name: &'static str,
    ) -> tantivy::Result<Option<StrColumn>> {
        let open = || Ok(Opened::Texts(reader.fast_fields().str(name)?));
        match self.column(reader, name, open)? {
            Opened::Texts(column) => Ok(column),
            _ => reader.fast_fields().str(name),
        }
    }

    /// Returns the documents that are indirect speech, if they were kept.
    pub(crate) fn hidden(&self, reader: &SegmentReader) -> Option<Arc<Bits>> {
        match self.opened().get(&(reader.segment_id(), HIDDEN))? {
            Opened::Bits(bits) => Some(Arc::clone(bits)),
            _ => None,
        }
    }

    /// Keeps the documents that are indirect speech.
    pub(crate) fn keep_hidden(&self, reader: &SegmentReader, bits: Arc<Bits>) {
        let key = (reader.segment_id(), HIDDEN);
        self.opened().insert(key, Opened::Bits(bits));
    }

    /// Returns all quotations of a segment, of which none was deleted, by their days, as they are counted when first asked
    /// for.
    pub(crate) fn days(
        &self,
        reader: &SegmentReader,
        count: impl Fn() -> tantivy::Result<CountedDays>,
    ) -> tantivy::Result<Arc<CountedDays>> {
        let open = || Ok(Opened::Days(Arc::new(count()?)));
        match self.column(reader, DAYS, open)? {
            Opened::Days(days) => Ok(days),
            _ => Ok(Arc::new(count()?)),
        }
    }

    /// Returns the rows of articles with their quotations.
    pub(crate) fn rows(
        &self,
        reader: &SegmentReader,
        schema: &Schema,
    ) -> tantivy::Result<Arc<Rows>> {
        let open = || Ok(Opened::Rows(Arc::new(Rows::open(reader, schema)?)));
        match self.column(reader, ROWS, open)? {
            Opened::Rows(rows) => Ok(rows),
            _ => Ok(Arc::new(Rows::open(reader, schema)?)),
        }
    }

    /// Returns what leads from quotations to their articles.
    pub(crate) fn articles(
        &self,
        reader: &SegmentReader,
        schema: &Schema,
    ) -> tantivy::Result<ArticleRows> {
        Ok(ArticleRows {
            id: self.u64(reader, "article_id")?,
            rows: self.rows(reader, schema)?,
        })
    }

    /// Forgets all: segments may be gone.
    pub(crate) fn clear(&self) {
        self.opened().clear();
    }

    fn opened(&self) -> MutexGuard<'_, HashMap<(SegmentId, &'static str), Opened>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn column(
        &self,
        reader: &SegmentReader,
        name: &'static str,
        open: impl FnOnce() -> tantivy::Result<Opened>,
    ) -> tantivy::Result<Opened> {
        let key = (reader.segment_id(), name);
        if let Some(column) = self.opened().get(&key) {
            return Ok(column.clone());
        }
        // Others need not wait for it.
        let column = open()?;
        Ok(self.opened().entry(key).or_insert(column).clone())
    }
}
