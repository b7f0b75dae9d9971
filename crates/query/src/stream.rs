//! Whole result sets, one hit at a time.

use std::collections::VecDeque;

use crate::archive::Archive;
use crate::cursor::After;
use crate::error::Error;
use crate::gather::Key;
use crate::hit_reader::HitReader;
use crate::lower::Lowered;
use crate::pass::Pass;
use crate::search::SearchBuilder;
use crate::warning::Warning;

/// Hits put in order at a time, in less than a megabyte. A walk over all that matches finds as many: of five million
/// hits in 300 walks, which take as long as decoding them does.
const CHUNK: usize = 1 << 14;

/// Every match of a search in order, decoded when it is asked for; made by [`SearchBuilder::hits`] and
/// [`SearchBuilder::article_hits`].
///
/// It sees the archive as it was when it was made. The memory it takes does not grow with the number of hits.
pub struct Stream<T> {
    pass: Pass,
    lowered: Lowered,
    reader: HitReader,
    decode: fn(&mut HitReader, Key, usize) -> Result<T, Error>,
    keys: VecDeque<Key>,
    chunk: usize,
    after: Option<After>,
    rank: usize,
    remaining: u64,
    total: u64,
    articles: Option<u64>,
    warnings: Vec<Warning>,
    names: Vec<(String, Vec<(String, u64)>)>,
    partial: bool,
    failed: bool,
}

impl<T> std::fmt::Debug for Stream<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream")
            .field("total", &self.total)
            .field("rank", &self.rank)
            .finish_non_exhaustive()
    }
}

impl<T> Stream<T> {
    pub(crate) fn new(
        search: &SearchBuilder<'_>,
        decode: fn(&mut HitReader, Key, usize) -> Result<T, Error>,
    ) -> Result<Self, Error> {
        Self::of_chunks(search, decode, CHUNK)
    }

    pub(crate) fn of_chunks(
        search: &SearchBuilder<'_>,
        decode: fn(&mut HitReader, Key, usize) -> Result<T, Error>,
        chunk: usize,
    ) -> Result<Self, Error> {
        let pass = search.pass();
        let lowered = pass.lower()?;
        let (gather, complete) = pass.gather(&lowered, chunk, pass.start(), None)?;
        let remaining = gather.remaining();
        Ok(Self {
            reader: HitReader::new(
                pass.archive(),
                &lowered.markers,
                pass.utterances,
                &pass.limits,
            )?,
            keys: gather.top.into_sorted_vec().into(),
            decode,
            chunk,
            after: pass.start(),
            rank: pass.rank(),
            remaining,
            total: gather.total,
            articles: pass.articles.then_some(gather.articles),
            warnings: pass.warnings(&lowered, gather.total)?,
            names: lowered.names(),
            partial: !complete,
            failed: false,
            pass,
            lowered,
        })
    }

    /// Returns the exact number of matches, those before the [cursor](SearchBuilder::after) included.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Returns the exact number of articles with a match, if [asked for](SearchBuilder::count_articles).
    pub fn articles(&self) -> Option<u64> {
        self.articles
    }

    /// Returns what the asker should know.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Returns each name asked for, with the speakers whose name it fits and the number of their quotations.
    pub fn names(&self) -> &[(String, Vec<(String, u64)>)] {
        &self.names
    }

    /// Tells whether the search was stopped before it had seen, or given, everything.
    pub fn is_partial(&self) -> bool {
        self.partial
    }

    /// The archive as the stream sees it.
    pub(crate) fn archive(&self) -> &Archive {
        self.pass.archive()
    }

    /// Tells whether the query has words that can be marked in what it finds.
    pub(crate) fn marks_words(&self) -> bool {
        !self.lowered.markers.is_empty()
    }

    /// Finds the next hits in the order.
    fn refill(&mut self) -> Result<(), Error> {
        let (gather, complete) = self
            .pass
            .gather(&self.lowered, self.chunk, self.after, None)?;
        self.partial |= !complete;
        self.remaining = gather.remaining();
        self.keys = gather.top.into_sorted_vec().into();
        Ok(())
    }
}

impl<T> Iterator for Stream<T> {
    type Item = Result<T, Error>;

    /// Returns the next hit; `None` at the end, after an error, or when the search is stopped.
    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        if self.pass.is_over() {
            self.partial |= self.remaining > 0;
            return None;
        }
        if self.keys.is_empty()
            && self.remaining > 0
            && !self.partial
            && let Err(error) = self.refill()
        {
            self.failed = true;
            return Some(Err(error));
        }
        let key = self.keys.pop_front()?;
        self.after = After::all(&[key], self.after);
        self.remaining = self.remaining.saturating_sub(1);
        self.rank = self.rank.saturating_add(1);
        let hit = (self.decode)(&mut self.reader, key, self.rank);
        self.failed = hit.is_err();
        Some(hit)
    }
}
