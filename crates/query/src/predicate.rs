//! Conditions that no posting list answers: positions, exact spelling, membership of an article.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::AllScorer;
use tantivy::query::Query;
use tantivy::query::doc_predicate_query::{
    ConstOrVariableSegmentPredicate, DocPredicate, DocPredicateQuery, SegmentDocPredicate,
};
use tantivy::schema::IndexRecordOption;
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, SegmentReader, TantivyDocument, Term};
use whosaid_schema::{Articles, Schema, StoredArticle};

use crate::near::Pattern;
use crate::scan::{Limits, Pulse};
use crate::sifted::{OpenSieve, Sieve};

fn variable<P: SegmentDocPredicate>(
    reader: &SegmentReader,
    predicate: P,
) -> ConstOrVariableSegmentPredicate<P> {
    ConstOrVariableSegmentPredicate::Variable {
        predicate,
        necessary_condition: Box::new(AllScorer::new(reader.max_doc())),
    }
}

/// Documents in which the pattern's words stand as it says. The caller also requires the words themselves,
/// which is what makes it fast.
#[derive(Clone, Debug)]
pub(crate) struct Positions {
    pub(crate) pattern: Pattern,
    /// The terms that each word of the pattern stands for, in its order.
    pub(crate) terms: Vec<Vec<Term>>,
    pub(crate) limits: Limits,
}

impl Positions {
    /// Documents between two looks at the limits: some microseconds each, more where the pattern is long.
    const PULSE: u32 = 256;
    /// Words of a pattern of which that is true.
    const WORDS: u32 = 16;
    /// Lists opened between two looks at the limits.
    const LISTS: u32 = 16;

    pub(crate) fn query(self) -> Box<dyn Query> {
        Box::new(DocPredicateQuery::from(self))
    }

    /// Opens the lists of a segment; `None` when one of the words is not there, or a limit is reached.
    fn opened(&self, reader: &SegmentReader) -> tantivy::Result<Option<SegmentPositions>> {
        let mut pulse = Pulse::new(&self.limits, Self::LISTS);
        let mut numbers: HashMap<&[Term], usize> = HashMap::new();
        let mut postings = Vec::new();
        let mut words = Vec::with_capacity(self.terms.len());
        for terms in &self.terms {
            // A word that is repeated has one list.
            if let Some(number) = numbers.get(terms.as_slice()) {
                words.push(*number);
                continue;
            }
            let mut alternatives = Vec::new();
            for term in terms {
                if pulse.stops() {
                    return Ok(None);
                }
                let inverted = reader.inverted_index(term.field())?;
                alternatives.extend(
                    inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?,
                );
            }
            if alternatives.is_empty() {
                return Ok(None);
            }
            numbers.insert(terms, postings.len());
            words.push(postings.len());
            postings.push(alternatives);
        }
        let long = (self.terms.len() as u32).div_ceil(Self::WORDS).max(1);
        Ok(Some(SegmentPositions {
            pattern: self.pattern.clone(),
            positions: vec![Vec::new(); postings.len()],
            postings,
            words,
            pulse: Pulse::new(
                &self.limits,
                Self::PULSE.checked_div(long).unwrap_or(1).max(1),
            ),
        }))
    }
}

pub(crate) struct SegmentPositions {
    pattern: Pattern,
    /// The lists of each word, as often as it may be repeated.
    postings: Vec<Vec<SegmentPostings>>,
    positions: Vec<Vec<u32>>,
    /// For each word of the pattern, which of those it is.
    words: Vec<usize>,
    pulse: Pulse,
}

/// Of a pasted speech that is nowhere a few words tell; the lists of the others are opened where these stand.
impl Sieve for Positions {
    type Opened = SegmentPositions;

    fn open(&self, reader: &SegmentReader, _: u64) -> tantivy::Result<Option<SegmentPositions>> {
        self.opened(reader)
    }
}

impl OpenSieve for SegmentPositions {
    fn passes(&mut self, doc: DocId) -> bool {
        self.eval(doc)
    }

    fn is_stopped(&self) -> bool {
        self.pulse.is_stopped()
    }
}

impl DocPredicate for Positions {
    type SegmentDocPredicate = SegmentPositions;

    fn doc_predicate(
        &self,
        reader: &SegmentReader,
    ) -> tantivy::Result<ConstOrVariableSegmentPredicate<SegmentPositions>> {
        Ok(match self.opened(reader)? {
            Some(opened) => variable(reader, opened),
            None => ConstOrVariableSegmentPredicate::Const(false),
        })
    }
}

impl SegmentDocPredicate for SegmentPositions {
    fn eval(&mut self, doc: DocId) -> bool {
        if self.pulse.stops() {
            return false;
        }
        let mut more = Vec::new();
        for (alternatives, positions) in self.postings.iter_mut().zip(&mut self.positions) {
            positions.clear();
            for postings in alternatives {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    postings.positions(&mut more);
                    positions.extend_from_slice(&more);
                }
            }
            if positions.is_empty() {
                return false;
            }
            positions.sort_unstable();
        }
        let words = self.words.iter();
        let words = words.map(|word| self.positions.get(*word).map_or(&[][..], Vec::as_slice));
        !self.pattern.find(&words.collect::<Vec<_>>()).is_empty()
    }
}

/// The text of a document that exact words are looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoredText {
    /// The words of a quotation.
    Said,
    /// The body of an article.
    Body,
    /// The title of an article.
    Title,
}

/// Documents whose stored text holds words that satisfy a test.
pub(crate) struct Stored {
    pub(crate) schema: Schema,
    pub(crate) text: StoredText,
    pub(crate) holds: Arc<dyn Fn(&str) -> bool + Send + Sync>,
    pub(crate) limits: Limits,
}

impl Stored {
    /// Documents between two looks at the limits: each may cost a block of the store and a long text, a millisecond.
    pub(crate) const PULSE: u32 = 1;
}

impl std::fmt::Debug for Stored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stored")
            .field("text", &self.text)
            .finish_non_exhaustive()
    }
}

pub(crate) struct SegmentStored {
    schema: Schema,
    text: StoredText,
    holds: Arc<dyn Fn(&str) -> bool + Send + Sync>,
    store: StoreReader,
    articles: Articles,
    /// The last article that was read, with its place.
    last: Option<(DocId, StoredArticle)>,
    pulse: Pulse,
}

impl SegmentStored {
    /// Tells whether the text of a document satisfies the test; `None` when it cannot be read.
    fn holds(&mut self, doc: DocId) -> Option<bool> {
        let place = self.articles.place(doc);
        if self.last.as_ref().is_none_or(|(last, _)| *last != place) {
            let document = self.store.get::<TantivyDocument>(place).ok()?;
            self.last = Some((place, self.schema.decode_article(&document).ok()?));
        }
        let (_, stored) = self.last.as_ref()?;
        let article = &stored.article;
        let text = match self.text {
            StoredText::Body => Some(article.text.as_str()),
            StoredText::Title => article.title.as_deref(),
            StoredText::Said => {
                let document = self.store.get::<TantivyDocument>(doc).ok()?;
                let quotation = self.schema.decode_bare_quotation(&document).ok()?;
                quotation.span.of(&article.text)
            }
        };
        Some(text.is_some_and(|text| (self.holds)(text)))
    }
}

impl DocPredicate for Stored {
    type SegmentDocPredicate = SegmentStored;

    fn doc_predicate(
        &self,
        reader: &SegmentReader,
    ) -> tantivy::Result<ConstOrVariableSegmentPredicate<SegmentStored>> {
        Ok(variable(
            reader,
            SegmentStored {
                schema: self.schema.clone(),
                text: self.text,
                holds: self.holds.clone(),
                store: reader.get_store_reader(8)?,
                articles: Articles::open(reader)?,
                last: None,
                pulse: Pulse::new(&self.limits, Self::PULSE),
            },
        ))
    }
}

impl SegmentDocPredicate for SegmentStored {
    fn eval(&mut self, doc: DocId) -> bool {
        if self.pulse.stops() {
            return false;
        }
        self.holds(doc).unwrap_or(false)
    }

    fn cost(&self) -> u64 {
        100_000
    }
}

/// Documents of the articles in a set.
#[derive(Debug)]
pub(crate) struct OfArticles {
    pub(crate) articles: Arc<HashSet<u64>>,
    pub(crate) limits: Limits,
}

impl OfArticles {
    /// Documents looked at between two looks at the limits: some microseconds.
    const PULSE: u32 = 256;
}

pub(crate) struct SegmentOfArticles {
    articles: Arc<HashSet<u64>>,
    column: Articles,
    pulse: Pulse,
}

impl DocPredicate for OfArticles {
    type SegmentDocPredicate = SegmentOfArticles;

    fn doc_predicate(
        &self,
        reader: &SegmentReader,
    ) -> tantivy::Result<ConstOrVariableSegmentPredicate<SegmentOfArticles>> {
        if self.articles.is_empty() {
            return Ok(ConstOrVariableSegmentPredicate::Const(false));
        }
        Ok(variable(
            reader,
            SegmentOfArticles {
                articles: self.articles.clone(),
                column: Articles::open(reader)?,
                pulse: Pulse::new(&self.limits, Self::PULSE),
            },
        ))
    }
}

impl SegmentDocPredicate for SegmentOfArticles {
    fn eval(&mut self, doc: DocId) -> bool {
        if self.pulse.stops() {
            return false;
        }
        self.column
            .id(doc)
            .is_some_and(|article| self.articles.contains(&article))
    }
}

/// Documents whose text column holds exactly this value.
#[derive(Debug)]
pub(crate) struct IsWritten {
    pub(crate) column: &'static str,
    pub(crate) value: String,
}

pub(crate) struct SegmentIsWritten {
    ords: Column<u64>,
    ord: u64,
}

impl DocPredicate for IsWritten {
    type SegmentDocPredicate = SegmentIsWritten;

    fn doc_predicate(
        &self,
        reader: &SegmentReader,
    ) -> tantivy::Result<ConstOrVariableSegmentPredicate<SegmentIsWritten>> {
        let Some(column) = reader.fast_fields().str(self.column)? else {
            return Ok(ConstOrVariableSegmentPredicate::Const(false));
        };
        let Some(ord) = column.dictionary().term_ord(self.value.as_bytes())? else {
            return Ok(ConstOrVariableSegmentPredicate::Const(false));
        };
        Ok(variable(
            reader,
            SegmentIsWritten {
                ords: column.ords().clone(),
                ord,
            },
        ))
    }
}

impl SegmentDocPredicate for SegmentIsWritten {
    fn eval(&mut self, doc: DocId) -> bool {
        self.ords.first(doc) == Some(self.ord)
    }
}
