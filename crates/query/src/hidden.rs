//! Indirect speech is found only where it is asked for: the documents that other searches pass over.
//!
//! A list of a million of them, looked into for each match, would cost more than the search. A search that matches little
//! reads the kind of what it matches; one that matches much makes a bit of each document, once for all that follow.

use std::sync::Arc;

use tantivy::columnar::StrColumn;
use tantivy::query::Query;
use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader, Term};
use whosaid_model::QuotationKind;

use crate::columns::Columns;
use crate::lower::Preferred;
use crate::rows::Bits;
use crate::sifted::{OpenSieve, Sieve, Sifted};

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

/// The term of indirect speech in the field of kinds.
pub(crate) fn term(kinds: Field) -> Term {
    Term::from_field_text(kinds, QuotationKind::Indirect.as_str())
}

/// A bit of each document, whether it is indirect speech.
pub(crate) fn bits(columns: &Columns, reader: &SegmentReader) -> tantivy::Result<Arc<Bits>> {
    if let Some(bits) = columns.hidden(reader) {
        return Ok(bits);
    }
    let field = reader.schema().get_field("kind")?;
    let bits = Arc::new(Bits::with_term(reader, &term(field))?);
    columns.keep_hidden(reader, Arc::clone(&bits));
    Ok(bits)
}

/// Lets pass what is no indirect speech.
#[derive(Clone, Debug)]
pub(crate) struct Direct(pub(crate) Columns);

/// Takes a query apart that leaves indirect speech out, for a walk that is not scored.
pub(crate) fn apart(query: &dyn Query) -> (&dyn Query, Option<&Direct>) {
    let query = match query.downcast_ref::<Preferred>() {
        Some(preferred) => preferred.query.as_ref(),
        None => query,
    };
    match query.downcast_ref::<Sifted<Direct>>() {
        Some(sifted) => (sifted.query.as_ref(), Some(&sifted.by)),
        None => (query, None),
    }
}

impl Sieve for Direct {
    type Opened = Hidden;

    fn open(&self, reader: &SegmentReader, documents: u64) -> tantivy::Result<Option<Hidden>> {
        Hidden::open(&self.0, reader, documents).map(Some)
    }
}

impl OpenSieve for Hidden {
    fn passes(&mut self, doc: DocId) -> bool {
        !self.is(doc)
    }
}
