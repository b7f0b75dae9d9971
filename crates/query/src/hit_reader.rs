//! Hits from the store.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tantivy::DocAddress;
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
    archive: Archive,
    markers: Vec<Marker>,
    analyzer: TextAnalyzer,
    quotations: Quotations,
    files: HashMap<FileId, Option<StoredFile>>,
    utterances: Option<Utterances>,
    persons: Option<Arc<Persons>>,
}

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
        Ok(Self {
            archive: archive.clone(),
            markers: markers
                .iter()
                .filter(|marker| known.insert(*marker))
                .cloned()
                .collect(),
            analyzer: indexing_analyzer(),
            quotations: Quotations::new(archive),
            files: HashMap::new(),
            utterances,
            persons: None,
        })
    }

    pub(crate) fn hit(&mut self, key: Key, rank: usize) -> Result<Hit, Error> {
        let address = DocAddress::new(key.segment, key.doc);
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
            .hit(address, rank, persons, quotations, files)?;
        hit.score = f32::from_bits(key.score);
        hit.matches = snippet::mark(&mut self.analyzer, &self.markers, &hit.text);
        if let Some(utterances) = &mut self.utterances {
            utterances.mark(&mut hit, address)?;
        }
        Ok(hit)
    }

    pub(crate) fn article(&mut self, key: Key, rank: usize) -> Result<ArticleHit, Error> {
        let address = DocAddress::new(key.segment, key.doc);
        let document = self.archive.document(address)?;
        let stored = self.archive.schema().decode_article(&document)?;
        let mut hit = ArticleHit::new(stored, rank, f32::from_bits(key.score));
        hit.matches = snippet::mark(&mut self.analyzer, &self.markers, &hit.article.text);
        Ok(hit)
    }
}
