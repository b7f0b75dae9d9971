//! Copies of one article among others, as agencies' stories stand in many outlets: found by their sketches when
//! asked for, never written down.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED};
use whosaid_model::ArticleId;
use whosaid_schema::Sketch;

use crate::archive::Archive;
use crate::columns::Columns;
use crate::error::Error;
use crate::hit::ArticleHit;
use crate::published::moment;

/// How much of the shorter of two texts must stand in the longer. Outlets cut agency stories from below and change
/// words here and there; two reports of one event in words of their own share a tenth, with long quotations a third.
const SHARED: f64 = 0.7;

/// Sketches that are remembered, at most.
const REMEMBERED: usize = 4_000;

impl Archive {
    /// Groups articles by whose copies they are: each gets the first of its group, by date of publication, then by
    /// identifier; an article that is no copy gets itself. Identifiers that are not in the archive are left out.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn copies(
        &self,
        articles: impl IntoIterator<Item = ArticleId>,
    ) -> Result<BTreeMap<ArticleId, ArticleId>, Error> {
        Sketches::new(self).firsts(articles)
    }

    /// Returns the sketch of an article, and its [moment](crate::published::moment).
    fn sketch(&self, id: ArticleId) -> tantivy::Result<Option<(u64, Sketch)>> {
        let term = self.schema().article_term(id);
        for reader in self.searcher().segment_readers() {
            let index = reader.inverted_index(self.schema().fields().article)?;
            let postings = index.read_postings(&term, IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else {
                continue;
            };
            while postings.doc() != TERMINATED {
                if let Some(sketch) = stored(self.columns(), reader, postings.doc())? {
                    return Ok(Some(sketch));
                }
                postings.advance();
            }
        }
        Ok(None)
    }
}

/// The sketches of articles, each looked up once.
pub(crate) struct Sketches {
    archive: Archive,
    known: HashMap<ArticleId, Option<(u64, Sketch)>>,
}

impl Sketches {
    pub(crate) fn new(archive: &Archive) -> Self {
        Self {
            archive: archive.clone(),
            known: HashMap::new(),
        }
    }

    /// As [`Archive::copies`].
    pub(crate) fn firsts(
        &mut self,
        articles: impl IntoIterator<Item = ArticleId>,
    ) -> Result<BTreeMap<ArticleId, ArticleId>, Error> {
        let articles: BTreeSet<ArticleId> = articles.into_iter().collect();
        let mut sketches = Vec::with_capacity(articles.len());
        for id in articles {
            if let Some((moment, sketch)) = self.of(id)? {
                sketches.push((*moment, id, sketch.clone()));
            }
        }
        sketches.sort_by_key(|(moment, id, _)| (*moment, *id));
        Ok(group(&sketches))
    }

    /// Tells whether one of two articles is a copy of the other.
    pub(crate) fn are_copies(&mut self, one: ArticleId, other: ArticleId) -> Result<bool, Error> {
        let Some((_, one)) = self.of(one)?.clone() else {
            return Ok(false);
        };
        let other = self.of(other)?.as_ref();
        Ok(other.is_some_and(|(_, other)| one.shared(other) >= SHARED))
    }

    /// Reads the sketch of the article at an address: to look it up by its identifier takes longer.
    pub(crate) fn meet(&mut self, id: ArticleId, address: DocAddress) -> Result<(), Error> {
        if self.known.contains_key(&id) {
            return Ok(());
        }
        let searcher = self.archive.searcher();
        let reader = searcher.segment_reader(address.segment_ord);
        let sketch = stored(self.archive.columns(), reader, address.doc_id);
        if let Some(sketch) = sketch.map_err(Error::engine)? {
            self.make_room();
            self.known.insert(id, Some(sketch));
        }
        Ok(())
    }

    fn make_room(&mut self) {
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
    }

    fn of(&mut self, id: ArticleId) -> Result<&Option<(u64, Sketch)>, Error> {
        self.make_room();
        match self.known.entry(id) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => {
                Ok(unknown.insert(self.archive.sketch(id).map_err(Error::engine)?))
            }
        }
    }
}

/// Returns the sketch and moment of a document that is an article.
fn stored(
    columns: &Columns,
    reader: &SegmentReader,
    doc: u32,
) -> tantivy::Result<Option<(u64, Sketch)>> {
    let is_article = columns.u64(reader, "article_id")?.first(doc).is_some();
    if reader.is_deleted(doc) || !is_article {
        return Ok(None);
    }
    let day = columns.i64(reader, "day")?.first(doc);
    let moment = moment(day, columns.i64(reader, "instant")?.first(doc));
    let sketch = columns.u64(reader, "sketch")?;
    let places = sketch.index.value_row_ids(doc);
    let mut hashes = vec![0; places.len()];
    sketch.values.get_range(places.start.into(), &mut hashes);
    Ok(Some((moment, Sketch::from_hashes(hashes))))
}

/// Finds the first of each article's group. Every article is compared with the latest one before it that has one of
/// its hashes, so that the work grows with the number of articles and not with its square.
fn group(sketches: &[(u64, ArticleId, Sketch)]) -> BTreeMap<ArticleId, ArticleId> {
    let hashes = sketches.iter().map(|(_, _, sketch)| sketch.hashes().len());
    let hashes = hashes.fold(0, usize::saturating_add);
    let mut latest: HashMap<u64, usize> = HashMap::with_capacity(hashes);
    let mut firsts: Vec<usize> = Vec::with_capacity(sketches.len());
    for (index, (_, _, sketch)) in sketches.iter().enumerate() {
        let mut others: Vec<usize> = sketch
            .hashes()
            .filter_map(|hash| latest.insert(hash, index))
            .collect();
        others.sort_unstable();
        others.dedup();
        let copies = others
            .into_iter()
            .filter_map(|other| Some((sketches.get(other)?, *firsts.get(other)?)))
            .filter(|((_, _, other), _)| other.shared(sketch) >= SHARED);
        let first = copies.map(|(_, first)| first).min();
        firsts.push(first.unwrap_or(index));
    }
    let pairs = sketches.iter().zip(firsts);
    pairs
        .filter_map(|((_, id, _), first)| Some((*id, sketches.get(first)?.1)))
        .collect()
}

/// Marks each article that is a copy of another one, and counts what is marked.
pub(crate) fn mark_article_copies(archive: &Archive, hits: &mut [ArticleHit]) -> Result<(), Error> {
    let firsts = archive.copies(hits.iter().map(|hit| hit.id))?;
    let mut copies: BTreeMap<ArticleId, u64> = BTreeMap::new();
    for hit in &mut *hits {
        hit.copy_of = firsts
            .get(&hit.id)
            .copied()
            .filter(|first| *first != hit.id);
        if let Some(first) = hit.copy_of {
            let count = copies.entry(first).or_default();
            *count = count.saturating_add(1);
        }
    }
    for hit in hits {
        hit.copies = copies.get(&hit.id).copied().unwrap_or(0);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_have_their_first() {
        let words = |from: usize, to: usize| -> String {
            (from..to).fold(String::new(), |text, word| text + &format!("w{word} "))
        };
        let sketch = |id: u64, text: &str| (id, ArticleId(id), Sketch::of(text));
        let sketches = [
            sketch(1, &words(0, 400)),
            sketch(2, &words(1000, 1400)),
            sketch(3, &(words(0, 380) + "Edited by Ann Lee.")),
            sketch(4, &words(0, 180)),
            sketch(5, &(words(200, 400) + &words(2000, 2400))),
            sketch(6, "Too short."),
            sketch(7, "Too short."),
            sketch(8, &words(1000, 1300)),
        ];
        let firsts: Vec<u64> = group(&sketches).values().map(|first| first.0).collect();
        assert_eq!(firsts, [1, 2, 1, 1, 5, 6, 7, 2]);
    }
}
