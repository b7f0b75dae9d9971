//! Where the rows of an article and its quotations begin, as a bit of each document: what many quotations ask for.
//!
//! The column [`behind`](whosaid_schema::Fields::behind) says the same of each quotation by itself, and takes longer to
//! open than the list of articles takes to read.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, Term};
use whosaid_schema::{DocumentKind, Schema};

/// Bits of some documents of one segment.
#[derive(Debug)]
pub(crate) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// None of so many documents.
    pub(crate) fn none(documents: DocId) -> Self {
        let words = (documents as usize).div_ceil(64);
        Self {
            words: vec![0; words],
        }
    }

    /// The documents that have a term, deleted ones included.
    pub(crate) fn with_term(reader: &SegmentReader, term: &Term) -> tantivy::Result<Self> {
        let mut bits = Self::none(reader.max_doc());
        bits.add(reader, term)?;
        Ok(bits)
    }

    fn add(&mut self, reader: &SegmentReader, term: &Term) -> tantivy::Result<()> {
        each(reader, term, |doc| self.insert(doc))
    }

    pub(crate) fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut((doc / 64) as usize) {
            *word |= 1 << (doc % 64);
        }
    }

    /// Inserts those from `first` on and before `end`.
    pub(crate) fn insert_all(&mut self, first: DocId, end: DocId) {
        let mut from = first;
        while from < end {
            let to = (from | 63).min(end.saturating_sub(1));
            let above = 63_u32.saturating_sub(to % 64);
            if let Some(word) = self.words.get_mut((from / 64) as usize) {
                *word |= (u64::MAX << (from % 64)) & (u64::MAX >> above);
            }
            from = to.saturating_add(1);
        }
    }

    /// Takes out the documents that have a term, and hands them to `taken`.
    pub(crate) fn take(
        &mut self,
        reader: &SegmentReader,
        term: &Term,
        mut taken: impl FnMut(DocId),
    ) -> tantivy::Result<()> {
        each(reader, term, |doc| {
            let bit = 1 << (doc % 64);
            match self.words.get_mut((doc / 64) as usize) {
                Some(word) if *word & bit != 0 => {
                    *word &= !bit;
                    taken(doc);
                }
                _ => {}
            }
        })
    }

    pub(crate) fn contains(&self, doc: DocId) -> bool {
        let word = self.words.get((doc / 64) as usize);
        word.is_some_and(|word| word >> (doc % 64) & 1 != 0)
    }

    /// The number of those from `first` on and before `end`.
    pub(crate) fn count(&self, first: DocId, end: DocId) -> u32 {
        let (from, to) = ((first / 64) as usize, (end / 64) as usize);
        let above = u64::MAX << (first % 64);
        let below = !(u64::MAX << (end % 64));
        let word = |at: usize| self.words.get(at).copied().unwrap_or(0);
        if from == to {
            return (word(from) & above & below).count_ones();
        }
        let between = self.words.get(from.saturating_add(1)..to);
        let between = between.unwrap_or_default().iter();
        let between: u32 = between.map(|word| word.count_ones()).sum();
        let ends = (word(from) & above).count_ones();
        let ends = ends.saturating_add((word(to) & below).count_ones());
        ends.saturating_add(between)
    }

    /// The first one from `doc` on.
    pub(crate) fn next(&self, doc: DocId) -> Option<DocId> {
        let mut at = (doc / 64) as usize;
        let mut word = self.words.get(at)? & (u64::MAX << (doc % 64));
        while word == 0 {
            at = at.saturating_add(1);
            word = *self.words.get(at)?;
        }
        Some((at as DocId).saturating_mul(64) | word.trailing_zeros())
    }

    /// The last one up to `doc`, itself included.
    fn last(&self, doc: DocId) -> Option<DocId> {
        let mut at = (doc / 64) as usize;
        let above = (u64::MAX << (doc % 64)) << 1;
        let mut word = self.words.get(at)? & !above;
        while word == 0 {
            at = at.checked_sub(1)?;
            word = *self.words.get(at)?;
        }
        let bit = 63_u32.saturating_sub(word.leading_zeros());
        Some((at as DocId).saturating_mul(64) | bit)
    }
}

/// Some documents of one segment, in their order: few in a list, many as bits, whichever is smaller.
#[derive(Debug)]
pub(crate) enum Docs {
    Few(Vec<DocId>),
    Many(Bits),
}

impl Docs {
    /// The live documents that have one of some terms, of which they are `count` or so.
    pub(crate) fn with_terms<'t>(
        reader: &SegmentReader,
        terms: impl Iterator<Item = &'t Term>,
        count: u64,
    ) -> tantivy::Result<Self> {
        let is_few = count.saturating_mul(DocId::BITS.into()) < reader.max_doc().into();
        let mut docs = if is_few {
            Self::Few(Vec::new())
        } else {
            Self::Many(Bits::none(reader.max_doc()))
        };
        for term in terms {
            each(reader, term, |doc| match &mut docs {
                _ if reader.is_deleted(doc) => {}
                Self::Few(list) => list.push(doc),
                Self::Many(bits) => bits.insert(doc),
            })?;
        }
        if let Self::Few(list) = &mut docs {
            list.sort_unstable();
        }
        Ok(docs)
    }

    /// Hands over those from `first` on and before `end`.
    pub(crate) fn each_within(&self, first: DocId, end: DocId, mut sink: impl FnMut(DocId)) {
        match self {
            Self::Few(list) => {
                let rest = list.partition_point(|doc| *doc < first);
                let rest = list.get(rest..).unwrap_or_default().iter();
                rest.take_while(|doc| **doc < end).copied().for_each(sink);
            }
            Self::Many(bits) => {
                let mut next = bits.next(first);
                while let Some(doc) = next.filter(|doc| *doc < end) {
                    sink(doc);
                    next = bits.next(doc.saturating_add(1));
                }
            }
        }
    }

    /// Words of eight bytes that they take.
    pub(crate) fn room(&self) -> usize {
        match self {
            Self::Few(list) => list.len().div_ceil(2),
            Self::Many(bits) => bits.words.len(),
        }
    }
}

/// Hands over the documents that have a term, a block at a time: half a million come in a millisecond.
pub(crate) fn each(
    reader: &SegmentReader,
    term: &Term,
    mut sink: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let index = reader.inverted_index(term.field())?;
    let Some(mut postings) = index.read_block_postings(term, IndexRecordOption::Basic)? else {
        return Ok(());
    };
    while !postings.docs().is_empty() {
        postings.docs().iter().copied().for_each(&mut sink);
        postings.advance();
    }
    Ok(())
}

/// The rows of one segment: each an article with its quotations behind it, or a file.
#[derive(Debug)]
pub(crate) struct Rows {
    heads: Bits,
    documents: DocId,
}

impl Rows {
    pub(crate) fn open(reader: &SegmentReader, schema: &Schema) -> tantivy::Result<Self> {
        let documents = reader.max_doc();
        let mut heads = Bits::with_term(reader, &schema.kind_term(DocumentKind::Article))?;
        heads.add(reader, &schema.kind_term(DocumentKind::File))?;
        Ok(Self { heads, documents })
    }

    /// The heads of all rows, each with the first document behind its row.
    pub(crate) fn all(&self) -> impl Iterator<Item = (DocId, DocId)> {
        let mut next = self.heads.next(0);
        std::iter::from_fn(move || {
            let head = next?;
            next = self.heads.next(head.saturating_add(1));
            Some((head, next.unwrap_or(self.documents)))
        })
    }

    /// The first document of the row in which a document stands.
    pub(crate) fn head(&self, doc: DocId) -> DocId {
        self.heads.last(doc).unwrap_or(0)
    }

    /// The first document behind the row in which a document stands.
    pub(crate) fn end(&self, doc: DocId) -> DocId {
        let next = self.heads.next(doc.saturating_add(1));
        next.unwrap_or(self.documents)
    }
}

/// The rows of one segment, and the identifiers of their articles.
#[derive(Clone)]
pub(crate) struct ArticleRows {
    pub(crate) id: Column<u64>,
    pub(crate) rows: Arc<Rows>,
}

impl ArticleRows {
    /// The place of the article to which the document at a place belongs: its own, unless it is a quotation.
    pub(crate) fn place(&self, doc: DocId) -> DocId {
        self.rows.head(doc)
    }

    /// The identifier of the article to which a document belongs; of a file there is none.
    pub(crate) fn id(&self, doc: DocId) -> Option<u64> {
        self.id.first(self.place(doc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_counted_and_found() {
        let mut bits = Bits::none(300);
        let set = [0, 1, 63, 64, 130, 191, 192, 299];
        for doc in set {
            bits.words[doc as usize / 64] |= 1 << (doc % 64);
        }
        for (first, end) in [(0, 0), (0, 1), (5, 70), (63, 64), (64, 192), (130, 300)] {
            let mut range = Bits::none(300);
            range.insert_all(first, end);
            let inside = |doc: DocId| (first..end).contains(&doc);
            assert!((0..300).all(|doc| range.contains(doc) == inside(doc)));
        }
        for first in 0..300 {
            assert_eq!(bits.contains(first), set.contains(&first));
            assert_eq!(bits.next(first), set.into_iter().find(|doc| *doc >= first));
            let last = set.into_iter().rfind(|doc| *doc <= first);
            assert_eq!(bits.last(first), last);
            for end in first..300 {
                let within = set.iter().filter(|doc| (first..end).contains(*doc));
                assert_eq!(bits.count(first, end) as usize, within.count());
            }
        }
    }
}
