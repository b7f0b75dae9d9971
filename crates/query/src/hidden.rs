//! Indirect speech is found only where it is asked for: the documents that other searches pass over.
//!
//! A list of a million of them, looked into for each match, would cost more than the search. A search that matches little
//! reads the kind of what it matches; one that matches much makes a bit of each document, once for all that follow.

use std::sync::Arc;

use tantivy::columnar::StrColumn;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};
use whosaid_model::QuotationKind;

use crate::columns::Columns;
use crate::rows::Bits;

/// One in so many documents of a segment: of a search that matches more, all kinds are read at once.
const MANY: u64 = 32;

/// The documents of one segment that are indirect speech.
pub(crate) enum Hidden {
    None,
    /// The column of kinds, and the number of this one.
    Column(StrColumn, u64),
    Bits(Arc<Bits>),
}

impl Hidden {
    /// Opens them for a search that matches about `matches` documents.
    pub(crate) fn open(
        columns: &Columns,
        reader: &SegmentReader,
        matches: u64,
    ) -> tantivy::Result<Self> {
        if let Some(bits) = columns.hidden(reader) {
            return Ok(Self::Bits(bits));
        }
        if matches.saturating_mul(MANY) >= u64::from(reader.max_doc()) {
            return Ok(Self::Bits(bits(columns, reader)?));
        }
        let Some(column) = columns.str(reader, "kind")? else {
            return Ok(Self::None);
        };
        let kind = QuotationKind::Indirect.as_str();
        let number = column.dictionary().term_ord(kind)?;
        Ok(number.map_or(Self::None, |number| Self::Column(column, number)))
    }

    pub(crate) fn is(&self, doc: DocId) -> bool {
        match self {
            Self::None => false,
            Self::Column(column, number) => column.ords().first(doc) == Some(*number),
            Self::Bits(bits) => bits.contains(doc),
        }
    }
}

/// A bit of each document, whether it is indirect speech.
pub(crate) fn bits(columns: &Columns, reader: &SegmentReader) -> tantivy::Result<Arc<Bits>> {
    if let Some(bits) = columns.hidden(reader) {
        return Ok(bits);
    }
    let field = reader.schema().get_field("kind")?;
    let term = Term::from_field_text(field, QuotationKind::Indirect.as_str());
    let bits = Arc::new(Bits::with_term(reader, &term)?);
    columns.keep_hidden(reader, Arc::clone(&bits));
    Ok(bits)
}

/// Matches what the inner query matches and is no indirect speech; scores as it does.
#[derive(Debug)]
pub(crate) struct Direct {
    pub(crate) query: Box<dyn Query>,
    pub(crate) columns: Columns,
}

impl Clone for Direct {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            columns: self.columns.clone(),
        }
    }
}

impl Query for Direct {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(DirectWeight {
            weight: self.query.weight(scoring)?,
            columns: self.columns.clone(),
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct DirectWeight {
    weight: Box<dyn Weight>,
    columns: Columns,
}

impl Weight for DirectWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inner = self.weight.scorer(reader, boost)?;
        let hidden = Hidden::open(&self.columns, reader, u64::from(inner.size_hint()))?;
        let mut scorer = DirectScorer { inner, hidden };
        scorer.pass_over();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}

struct DirectScorer {
    inner: Box<dyn Scorer>,
    hidden: Hidden,
}

impl DirectScorer {
    fn pass_over(&mut self) -> DocId {
        let mut doc = self.inner.doc();
        while doc != TERMINATED && self.hidden.is(doc) {
            doc = self.inner.advance();
        }
        doc
    }
}

impl DocSet for DirectScorer {
    fn advance(&mut self) -> DocId {
        self.inner.advance();
        self.pass_over()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.inner.seek(target);
        self.pass_over()
    }

    fn doc(&self) -> DocId {
        self.inner.doc()
    }

    fn size_hint(&self) -> u32 {
        self.inner.size_hint()
    }

    fn cost(&self) -> u64 {
        self.inner.cost()
    }
}

impl Scorer for DirectScorer {
    fn score(&mut self) -> Score {
        self.inner.score()
    }
}
