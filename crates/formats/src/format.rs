use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use whosaid_model::{Article, Place};

use crate::common::Common;
use crate::csv::Csv;
use crate::feed::Feed;
use crate::html::Html;
use crate::json::{Json, JsonLines};
use crate::mail::{Letter, Mbox};
use crate::markdown::Markdown;
use crate::text::PlainText;
use crate::warc::{ArcFile, Warc};
use crate::wire::{Newsml, Sgml};
use crate::xml::OtherXml;
use crate::{ReadOptions, Reject, RejectKind, Stream};

/// A file format: how its bytes become records, and records articles.
///
/// Cutting happens on one thread and must be cheap; reading a record happens on many threads at once.
pub trait Format: fmt::Debug + Send + Sync {
    /// Returns the format's name, for messages.
    fn name(&self) -> &'static str;

    /// Tells whether a file is of this format.
    fn recognize(&self, head: &Head<'_>) -> Recognition;

    /// Says why nothing can be read from a file of this format, if its start shows that.
    fn refuse(&self, head: &Head<'_>, options: &ReadOptions) -> Option<(RejectKind, String)> {
        let _ = (head, options);
        None
    }

    /// Moves the next records, about a megabyte of them, from `stream` to `chunk`; returns whether there were
    /// any.
    ///
    /// # Errors
    /// When the stream fails.
    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool>;

    /// Hands the articles of one record to `sink`, or the reason why there are none.
    fn read_record(
        &self,
        record: &[u8],
        origin: &Origin<'_>,
        sink: &mut dyn FnMut(Result<Article, Reject>),
    );
}

/// The formats, in the order in which they are asked: of equally sure ones the first is chosen.
pub fn formats() -> &'static [&'static dyn Format] {
    &[
        &Warc, &ArcFile, &Mbox, &Letter, &Json, &JsonLines, &Feed, &Html, &Newsml, &Sgml,
        &OtherXml, &Csv, &Markdown, &PlainText,
    ]
}

/// What a format is recognized by.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The first bytes of the file, as UTF-8 when they announce an encoding of two bytes a character.
    pub bytes: &'a [u8],
    /// The extension of its name in small letters, without the dot; empty when there is none.
    pub extension: &'a str,
}

/// How sure a format is that a file is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recognition {
    /// It is not.
    No,
    /// Nothing speaks against it.
    Possible,
    /// The name says so.
    ByName,
    /// The content says so.
    ByContent,
}

/// Where a record comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The file, as given.
    pub path: &'a str,
    /// Which record of the file, counted from 1, when the file may have several.
    pub number: Option<u64>,
    /// The byte of the file where the record starts, if known.
    pub offset: Option<u64>,
    /// How to read.
    pub options: &'a ReadOptions,
    /// What the records of the file have in common.
    pub(crate) common: Option<&'a Common>,
    /// When it must be done, as the clock of the options tells.
    pub(crate) deadline: Option<Duration>,
}

impl Origin<'_> {
    /// Returns the place of an article made of this record.
    pub fn place(&self) -> Place {
        Place {
            path: self.path.to_owned(),
            record: self.number,
        }
    }

    /// Goes on unless the record takes too long already. Asked between steps of which none takes long.
    ///
    /// # Errors
    /// When it does.
    pub(crate) fn in_time(&self) -> Result<(), Reject> {
        match (&self.options.clock, self.deadline) {
            (Some(clock), Some(deadline)) if clock.elapsed() > deadline => {
                let limit = self.options.time_limit.as_secs_f64();
                let reason = format!("took longer than the limit of {limit} s");
                Err(self.reject(RejectKind::TooSlow, reason, 0))
            }
            _ => Ok(()),
        }
    }

    /// Says that the record cannot be read; `at` is the byte of the record where the trouble is.
    pub fn reject(&self, kind: RejectKind, reason: impl Into<String>, at: u64) -> Reject {
        Reject {
            path: self.path.to_owned(),
            record: self.number,
            offset: self.offset.map(|offset| offset.saturating_add(at)),
            reason: reason.into(),
            kind,
        }
    }
}

/// Some records of a file with their bytes.
#[derive(Debug, Default)]
pub struct Chunk {
    pub(crate) bytes: Vec<u8>,
    /// What its records have in common.
    pub(crate) common: Option<Arc<Common>>,
    pub(crate) records: Vec<Record>,
}

/// One record of a chunk.
#[derive(Debug)]
pub(crate) struct Record {
    /// Its bytes in the chunk, or `None` when it is longer than the limit.
    pub(crate) bytes: Option<Range<usize>>,
    pub(crate) number: Option<u64>,
    pub(crate) offset: Option<u64>,
}
