//! One small trait for every way of printing.

use std::io;
use std::time::Duration;

use serde_json::Value;
use whosaid_indexer::Report;

use crate::answer::Answer;
use crate::cli::records::Passage;
use crate::cli::status::Failure;
use crate::{ArticleHit, Cursor, FacetCounts, Hit, Holdings, Query, Timeline, Warning};

/// What a search or answer was about, for the last record.
pub(super) struct Summary<'a> {
    pub(super) input: &'a str,
    pub(super) parsed: &'a str,
    pub(super) total: u64,
    pub(super) articles: u64,
    pub(super) partial: bool,
    /// Where the list goes on.
    pub(super) next: Option<&'a Cursor>,
    pub(super) ms: u64,
}

/// What `status` says.
pub(super) struct Upkeep<'a> {
    pub(super) path: &'a str,
    pub(super) holdings: &'a Holdings,
    pub(super) speakers: u64,
    pub(super) bytes: u64,
}

/// Prints results to standard output.
pub(super) trait Render {
    fn answer(&mut self, answer: &Answer) -> io::Result<()>;
    fn hit(&mut self, hit: &Hit) -> io::Result<()>;
    fn article_hit(&mut self, hit: &ArticleHit) -> io::Result<()>;
    /// The counts of the matches of a query.
    fn facet(&mut self, counts: &FacetCounts, query: &Query) -> io::Result<()>;
    fn timeline(&mut self, timeline: &Timeline) -> io::Result<()>;
    fn passage(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()>;
    fn article(&mut self, article: &ArticleHit) -> io::Result<()>;
    fn upkeep(&mut self, upkeep: &Upkeep<'_>) -> io::Result<()>;
    /// What a run did, and how long it read.
    fn report(&mut self, report: &Report, took: Duration) -> io::Result<()>;

    /// Named values, as one record.
    fn facts(&mut self, kind: &'static str, facts: &[(&'static str, Value)]) -> io::Result<()>;

    /// One of many records of a kind; as text on a line.
    fn item(&mut self, kind: &'static str, facts: &[(&'static str, Value)]) -> io::Result<()> {
        self.facts(kind, facts)
    }

    /// Messages go to standard error: on standard output only machines want them.
    fn warning(&mut self, _: &Warning) -> io::Result<()> {
        Ok(())
    }

    /// As with a warning.
    fn failure(&mut self, _: &Failure) -> io::Result<()> {
        Ok(())
    }

    /// As with a warning.
    fn summary(&mut self, _: &Summary<'_>) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()>;
}
