//! Hits from the store.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::{Arc, mpsc};
use std::thread;

use tantivy::tokenizer::TextAnalyzer;
use whosaid_schema::{FileId, StoredFile, indexing_analyzer};

use crate::archive::Archive;
use crate::error::Error;
use crate::gather::Key;
use crate::hit::{ArticleHit, Hit};
use crate::persons::Persons;
use crate::scan::Limits;
use crate::snippet::{self, Marker};
use crate::stored::Quotations;
use crate::utterance::Utterances;

/// Reads hits from the store, with what matched in them.
pub(crate) struct HitReader {
    stored: StoredHits,
    utterances: Option<Utterances>,
}

/// Reads hits as they are stored, with what matched in them.
struct StoredHits {
    archive: Archive,
    markers: Vec<Marker>,
    analyzer: TextAnalyzer,
    quotations: Quotations,
    files: HashMap<FileId, Option<StoredFile>>,
    persons: Option<Arc<Persons>>,
}

/// Hits that are read and not yet asked for, at most.
const AHEAD: usize = 16;

/// Files remembered at a time: hits of one file follow each other, or the files are many.
const FILES: usize = 4096;

impl HitReader {
    /// Reads with each quotation its utterance, when utterances are wanted and there is time.
    pub(crate) fn new(
        archive: &Archive,
        markers: &[Marker],
        utterances: bool,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let utterances = utterances.then(|| Utterances::new(archive, limits));
        let utterances = utterances.transpose()?;
        // A query of thousands of words may have the same again and again.
        let mut known = HashSet::new();
        let stored = StoredHits {
            archive: archive.clone(),
            markers: markers
                .iter()
                .filter(|marker| known.insert(*marker))
                .cloned()
                .collect(),
            analyzer: indexing_analyzer(),
            quotations: Quotations::new(archive),
            files: HashMap::new(),
            persons: None,
        };
        Ok(Self { stored, utterances })
    }

    /// Reads hits, given by their keys and ranks, until `sink` breaks off. Where utterances are wanted, the hits that follow
    /// are read on another thread while that of one is gathered.
    ///
    /// # Errors
    /// The first of a hit in their order.
    pub(crate) fn each(
        &mut self,
        keys: &[(Key, usize)],
        mut sink: impl FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let several = || thread::available_parallelism().is_ok_and(|threads| threads.get() > 1);
        if keys.len() > 1 && several() && self.each_ahead(keys, &mut sink)? {
            return Ok(());
        }
        for (key, rank) in keys {
            if sink(self.hit(*key, *rank)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// As [`HitReader::each`], on two threads; returns `false` where nothing was read, for want of utterances or a thread.
    fn each_ahead(
        &mut self,
        keys: &[(Key, usize)],
        sink: &mut impl FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<bool, Error> {
        let stored = &mut self.stored;
        let Some(utterances) = &mut self.utterances else {
            return Ok(false);
        };
        thread::scope(|scope| {
            let (sender, receiver) = mpsc::sync_channel(AHEAD);
            let read = move || {
                for (key, rank) in keys {
                    let hit = stored.hit(*key, *rank);
                    // Nobody asks any more after the last one and after an error.
                    if sender.send((key.address(), hit)).is_err() {
                        break;
                    }
                }
            };
            if thread::Builder::new().spawn_scoped(scope, read).is_err() {
                return Ok(false);
            }
            for (address, hit) in receiver {
                let mut hit = hit?;
                utterances.mark(&mut hit, address)?;
                if sink(hit).is_break() {
                    break;
                }
            }
            Ok(true)
        })
    }

    pub(crate) fn hit(&mut self, key: Key, rank: usize) -> Result<Hit, Error> {
        let mut hit = self.stored.hit(key, rank)?;
        if let Some(utterances) = &mut self.utterances {
            utterances.mark(&mut hit, key.address())?;
        }
        Ok(hit)
    }

    pub(crate) fn article(&mut self, key: Key, rank: usize) -> Result<ArticleHit, Error> {
        self.stored.article(key, rank)
    }
}

impl StoredHits {
    fn hit(&mut self, key: Key, rank: usize) -> Result<Hit, Error> {
        let persons = match &mut self.persons {
            Some(persons) => persons,
            none => none.insert(self.archive.persons()?),
        };
        if self.files.len() >= FILES {
            self.files.clear();
        }
        let (quotations, files) = (&mut self.quotations, &mut self.files);
        let mut hit = self
            .archive
            .hit(key.address(), rank, persons, quotations, files)?;
        hit.score = f32::from_bits(key.score);
        hit.matches = snippet::mark(&mut self.analyzer, &self.markers, &hit.text);
        Ok(hit)
    }

    fn article(&mut self, key: Key, rank: usize) -> Result<ArticleHit, Error> {
        let document = self.archive.document(key.address())?;
        let stored = self.archive.schema().decode_article(&document)?;
        let mut hit = ArticleHit::new(stored, rank, f32::from_bits(key.score));
        hit.matches = snippet::mark(&mut self.analyzer, &self.markers, &hit.article.text);
        Ok(hit)
    }
}
