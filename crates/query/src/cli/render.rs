//! One small trait for every way of printing.

use std::io;
use std::time::Duration;

use serde_json::Value;
use whosaid_indexer::Report;

use crate::answer::Answer;
use crate::cli::records::{Passage, date};
use crate::cli::status::Failure;
use crate::{
    ArticleHit, Check, Cursor, FacetCounts, Hit, Holdings, KwicLine, Person, Profile, Query,
    Timeline, Variants, Warning,
};

/// What a search or answer was about, for the last record.
pub(super) struct Summary<'a> {
    pub(super) input: &'a str,
    pub(super) parsed: &'a str,
    pub(super) total: u64,
    pub(super) articles: u64,
    /// How many people and bodies said it, where the answer is by speaker.
    pub(super) speakers: Option<u64>,
    pub(super) partial: bool,
    /// Where the list goes on.
    pub(super) next: Option<&'a Cursor>,
    pub(super) ms: u64,
}

/// What `check` was asked, and what it found.
pub(super) struct Checking<'a> {
    pub(super) input: &'a str,
    pub(super) check: &'a Check,
    pub(super) ms: u64,
}

/// What `status` says.
pub(super) struct Upkeep<'a> {
    pub(super) path: &'a str,
    pub(super) holdings: &'a Holdings,
    pub(super) speakers: u64,
    pub(super) bytes: u64,
}

/// A person, with what articles call them when one is asked for.
pub(super) struct Card<'a> {
    pub(super) person: &'a Person,
    pub(super) profile: Option<&'a Profile>,
}

/// Prints results to standard output.
pub(super) trait Render {
    fn answer(&mut self, answer: &Answer) -> io::Result<()>;
    fn hit(&mut self, hit: &Hit) -> io::Result<()>;
    fn article_hit(&mut self, hit: &ArticleHit) -> io::Result<()>;
    /// The counts of the matches of a query.
    fn facet(&mut self, counts: &FacetCounts, query: &Query) -> io::Result<()>;
    fn timeline(&mut self, timeline: &Timeline) -> io::Result<()>;
    fn person(&mut self, card: &Card<'_>) -> io::Result<()>;
    fn passage(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()>;
    fn article(&mut self, article: &ArticleHit) -> io::Result<()>;
    fn variants(&mut self, variants: &Variants) -> io::Result<()>;
    /// What became of each quotation of a text, and of how many.
    fn check(&mut self, checking: &Checking<'_>) -> io::Result<()>;
    fn upkeep(&mut self, upkeep: &Upkeep<'_>) -> io::Result<()>;
    /// What a run did, and how long it read.
    fn report(&mut self, report: &Report, took: Duration) -> io::Result<()>;

    /// A quotation among the sentences around it.
    fn hit_in(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()>;

    /// A line to cite a quotation by.
    fn citation(&mut self, hit: &Hit, line: &str) -> io::Result<()>;

    /// A line to cite an article by.
    fn article_citation(&mut self, article: &ArticleHit, line: &str) -> io::Result<()>;

    /// Lines of a concordance; `width` characters on either side, or as many as fit.
    fn kwic(&mut self, lines: &[KwicLine], _width: Option<usize>) -> io::Result<()> {
        lines.iter().try_for_each(|line| {
            let article = line.hit.article();
            let published = article.published.as_ref().map(date);
            let facts = [
                ("id", line.hit.short_id().into()),
                ("left", line.left.as_str().into()),
                ("match", line.keyword.as_str().into()),
                ("right", line.right.as_str().into()),
                (
                    "speaker",
                    line.hit
                        .speaker()
                        .map(|speaker| speaker.name.as_str())
                        .into(),
                ),
                ("date", published.into()),
                ("source", article.source.as_deref().into()),
                ("title", article.title.as_deref().into()),
                ("url", article.url.as_deref().into()),
            ];
            self.item("kwic", &facts)
        })
    }

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
