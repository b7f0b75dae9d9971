use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use whosaid_formats::{Reject, RejectKind};
use whosaid_model::Article;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Files that were read.
    pub files: u64,
    /// Files that were as last time, and were left alone.
    pub files_unchanged: u64,
    /// Files that were forgotten because they are gone.
    pub files_removed: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Articles that were written, new or again.
    pub articles: u64,
    /// Quotations of these.
    pub quotations: u64,
    /// Those of the quotations that are indirect speech.
    pub indirect: u64,
    /// Different names of speakers of these.
    pub speakers: u64,
    /// Articles the archive has now and had not before.
    pub added: u64,
    /// Articles that took the place of others, because their file changed or they are later versions.
    pub replaced: u64,
    /// Earlier versions, in the archive or among the inputs, whose place later ones took.
    pub updated: u64,
    /// Earlier versions and excerpts that were left out, because the archive has a later version.
    pub outdated: u64,
    /// Articles the archive had before and has still, from the inputs.
    pub unchanged: u64,
    /// Articles the archive had before and has no more.
    pub removed: u64,
    /// Copies of articles that the archive has from elsewhere.
    pub duplicates: u64,
    /// Articles written without a date.
    pub undated: u64,
    /// Files and records that gave no article, by reason.
    pub skipped: BTreeMap<RejectKind, u64>,
    /// Records that an earlier run could not read, of files that are as they were and were left alone.
    pub rejected_before: u64,
    /// The first of those of this run that could not be read, in order; [`Event::Rejected`](crate::Event::Rejected) tells all.
    pub rejects: Vec<Reject>,
    /// What the user should know though it is no fault: the first of it.
    pub warnings: Vec<Warning>,
    /// How much of that there is.
    pub warned: u64,
    /// The run was stopped; what is done was committed.
    pub cancelled: bool,
    /// Nothing was written.
    pub dry_run: bool,
    /// Quotations were not looked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub without_quotations: bool,
}

/// A number that is told to the user. Some are sums of what an archive says of its files, which may be anything: they
/// stop where they can go no further.
pub(crate) trait Count {
    fn raise(&mut self, by: u64);
    fn lower(&mut self, by: u64);
}

impl Count for u64 {
    fn raise(&mut self, by: u64) {
        *self = self.saturating_add(by);
    }

    fn lower(&mut self, by: u64) {
        *self = self.saturating_sub(by);
    }
}

/// Rejects, and warnings, that a report keeps, so that its size does not depend on the corpus.
pub(crate) const KEPT: usize = 1000;

impl Report {
    /// Returns how many files and records could not be read.
    pub fn rejected(&self) -> u64 {
        let faults = self.skipped.iter().filter(|(kind, _)| kind.is_fault());
        faults.map(|(_, count)| count).sum()
    }

    /// Returns how many files and records are no news and not meant to be.
    pub fn not_news(&self) -> u64 {
        let not_news = self.skipped.get(&RejectKind::NotNews);
        not_news.copied().unwrap_or(0)
    }

    pub(crate) fn reject(&mut self, reject: Reject) {
        self.skipped.entry(reject.kind).or_default().raise(1);
        if reject.kind.is_fault() && self.rejects.len() < KEPT {
            self.rejects.push(reject);
        }
    }

    pub(crate) fn warn(&mut self, warning: Warning) {
        self.warned.raise(1);
        if self.warnings.len() < KEPT {
            self.warnings.push(warning);
        }
    }
}

/// Something the user should know though it is no fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The input it is about, as given, and the record.
    pub path: String,
    /// What there is to know.
    pub message: String,
}

impl Warning {
    /// Makes warnings of what was odd about an article.
    pub(crate) fn of(article: &Article) -> impl Iterator<Item = Self> {
        article.notes.iter().map(|note| Self {
            path: article.place.to_string(),
            message: note.clone(),
        })
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}
