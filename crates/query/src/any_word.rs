//! The documents that have any of many words, gathered with an eye on the clock.
//!
//! The engine's own queries of that kind are not back before the lists of all the words have been read: of `text:a*`
//! these are thousands, over a large archive for longer than a deadline leaves.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::{
    BitSetDocSet, ConstScorer, DfaWrapper, EnableScoring, Explanation, FuzzyTermQuery, Query,
    Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, InvertedIndexReader, Score, SegmentReader, Term};

use crate::any_of::explained;
use crate::scan::{Limits, Pulse};

/// Matches what has any of the words in a field; all score the same. Once a limit is reached, some is missing.
#[derive(Clone, Debug)]
pub(crate) struct AnyWord {
    pub(crate) field: Field,
    pub(crate) words: Words,
    pub(crate) limits: Limits,
}

/// Words of an index.
#[derive(Clone, Debug)]
pub(crate) enum Words {
    /// Those that begin so.
    Starting(String),
    /// Those that are at most so many edits away.
    Near(String, u8),
    /// These.
    Are(Arc<[String]>),
}

impl Query for AnyWord {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let automaton = match &self.words {
            Words::Near(word, distance) => {
                let term = Term::from_field_text(self.field, word);
                Some(FuzzyTermQuery::new(term, *distance, true).automaton()?)
            }
            Words::Starting(_) | Words::Are(_) => None,
        };
        Ok(Box::new(AnyWordWeight {
            query: self.clone(),
            automaton,
        }))
    }
}

struct AnyWordWeight {
    query: AnyWord,
    /// Accepts the words that are near to one.
    automaton: Option<DfaWrapper>,
}

/// The documents of one segment.
struct Gathering<'s> {
    inverted: &'s InvertedIndexReader,
    documents: BitSet,
    pulse: Pulse,
}

impl Gathering<'_> {
    /// Blocks of a list between two looks at the limits; with the lists of as many words, some tens of microseconds.
    const PULSE: u32 = 64;

    /// Adds the documents of a word. Returns whether to go on.
    fn add(&mut self, word: &TermInfo) -> tantivy::Result<bool> {
        let basic = IndexRecordOption::Basic;
        let mut list = self
            .inverted
            .read_block_postings_from_terminfo(word, basic)?;
        while !list.docs().is_empty() {
            if self.pulse.stops() {
                return Ok(false);
            }
            for doc in list.docs() {
                self.documents.insert(*doc);
            }
            list.advance();
        }
        Ok(true)
    }
}

impl Weight for AnyWordWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let AnyWord {
            field,
            words,
            limits,
        } = &self.query;
        let inverted = reader.inverted_index(*field)?;
        let mut found = Gathering {
            inverted: &inverted,
            documents: BitSet::with_max_value(reader.max_doc()),
            pulse: Pulse::new(limits, Gathering::PULSE),
        };
        match (words, &self.automaton) {
            (Words::Starting(start), _) => {
                let start = start.as_bytes();
                let mut words = inverted.terms().range().ge(start).into_stream()?;
                while words.advance()
                    && words.key().starts_with(start)
                    && found.add(words.value())?
                {}
            }
            (Words::Are(words), _) => {
                for word in words.iter() {
                    let word = Term::from_field_text(*field, word);
                    if let Some(word) = inverted.get_term_info(&word)?
                        && !found.add(&word)?
                    {
                        break;
                    }
                }
            }
            (Words::Near(..), Some(automaton)) => {
                let mut words = inverted.terms().search(automaton).into_stream()?;
                while words.advance() && found.add(words.value())? {}
            }
            (Words::Near(..), None) => {}
        }
        let found = BitSetDocSet::from(found.documents);
        Ok(Box::new(ConstScorer::new(found, boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explained(self, reader, doc, "any of the words")
    }
}

#[cfg(test)]
mod tests {
    use tantivy::TERMINATED;
    use tantivy::query::TermSetQuery;

    use super::*;
    use crate::scan::Cancel;
    use crate::testing::{Story, build};

    /// As the engine's own queries find them.
    #[test]
    fn documents_of_many_words_are_found() {
        let said = [
            "one hope",
            "the ferry",
            "a harbour",
            "ferries",
            "harbor",
            "hop",
            "two",
        ];
        let said: Vec<_> = said
            .iter()
            .map(|said| ("Jane Roe", "Roe", "", *said))
            .collect();
        let stories: Vec<Story<'_>> = vec![("Hope", "2025-10-25", said.as_slice()); 60];
        let dir = tempfile::tempdir().unwrap();
        let archive = build(dir.path(), &stories, false);
        let searcher = archive.searcher();
        let field = archive.schema().fields().said;
        let documents = |query: &dyn Query| {
            let scoring = EnableScoring::disabled_from_searcher(&searcher);
            let weight = query.weight(scoring).unwrap();
            let mut scorer = weight.scorer(searcher.segment_reader(0), 1.0).unwrap();
            let mut documents = Vec::new();
            while scorer.doc() != TERMINATED {
                documents.push(scorer.doc());
                scorer.advance();
            }
            documents
        };
        let term = |word: &str| Term::from_field_text(field, word);
        let are = |words: &[&str]| Words::Are(words.iter().map(|&word| word.to_owned()).collect());
        let pairs: Vec<(Words, Box<dyn Query>)> = vec![
            (
                Words::Starting("h".to_owned()),
                Box::new(FuzzyTermQuery::new_prefix(term("h"), 0, true)),
            ),
            (
                Words::Near("harbor".to_owned(), 2),
                Box::new(FuzzyTermQuery::new(term("harbor"), 2, true)),
            ),
            (
                are(&["hop", "2", "nothing"]),
                Box::new(TermSetQuery::new([term("hop"), term("2"), term("nothing")])),
            ),
        ];
        for (words, own) in pairs {
            let any = |limits: Limits| AnyWord {
                field,
                words: words.clone(),
                limits,
            };
            let expected = documents(own.as_ref());
            assert!(expected.len() >= 60, "{words:?}");
            assert_eq!(documents(&any(Limits::default())), expected, "{words:?}");
            let stopped = Cancel::new();
            stopped.cancel();
            let limits = Limits::default().cancelled_by(stopped);
            // The first look at the limits comes after some blocks.
            assert!(documents(&any(limits.clone())).len() <= expected.len());
            assert!(limits.reached());
        }
    }
}
