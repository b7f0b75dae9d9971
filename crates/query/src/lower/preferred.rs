//! What must match, and what ranks those of it higher that match more.

use std::fmt;

use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, BooleanQuery, EnableScoring, Occur, Query, TermQuery,
    Weight,
};
use tantivy::schema::Field;
use tantivy::{Score, Term};

use super::Boxed;

/// Matches what `query` matches; scores add up. A list of the best that is asked for can be made of the parts.
pub(crate) struct Preferred {
    pub(crate) query: Boxed,
    pub(crate) better: Vec<Better>,
}

/// What adds to the score where it matches.
pub(crate) struct Better {
    pub(crate) query: Boxed,
    /// The words that it adds the weight of, each times a factor, where it is made of nothing else.
    pub(super) terms: Option<(Vec<Term>, Score)>,
    /// It adds no more than so much of what a document scores that must match, if that is known.
    pub(super) share: Option<Score>,
}

impl Better {
    pub(super) fn of(query: Boxed) -> Self {
        Self {
            query,
            terms: None,
            share: None,
        }
    }

    /// Tells whether it is known what it adds at most.
    pub(super) fn is_of_terms(&self) -> bool {
        self.terms.is_some()
    }

    /// Returns what it adds to a score at most, as a share of the score, if that is known.
    pub(crate) fn share(&self) -> Option<Score> {
        self.share
    }

    /// Returns what it adds to a score at most, if that is known.
    pub(crate) fn most(
        &self,
        statistics: &dyn Bm25StatisticsProvider,
    ) -> tantivy::Result<Option<Score>> {
        let Some((terms, factor)) = &self.terms else {
            return Ok(None);
        };
        let mut most = 0.0;
        for term in terms {
            let weight = Bm25Weight::for_one_term(
                statistics.doc_freq(term)?,
                statistics.total_num_docs()?,
                average_length(statistics, term.field())?,
            );
            most += factor * weight.max_score();
        }
        Ok(Some(most))
    }
}

/// The average number of tokens that documents are ranked by.
pub(crate) fn average_length(
    statistics: &dyn Bm25StatisticsProvider,
    field: Field,
) -> tantivy::Result<Score> {
    let tokens = statistics.total_num_tokens(field)?;
    Ok(tokens as Score / statistics.total_num_docs()?.max(1) as Score)
}

/// Returns the field of a query of single words that all must match, or of one of which any: what the engine finds the
/// best of without looking at all.
pub(crate) fn only_field(query: &dyn Query) -> Option<Field> {
    if let Some(query) = query.downcast_ref::<TermQuery>() {
        return Some(query.term().field());
    }
    let clauses = query.downcast_ref::<BooleanQuery>()?.clauses();
    let (first, _) = clauses.first()?;
    let mut fields = clauses.iter().map(|(occur, query)| {
        let query = query.downcast_ref::<TermQuery>()?;
        (occur == first && *occur != Occur::MustNot).then(|| query.term().field())
    });
    let field = fields.next()??;
    fields.all(|other| other == Some(field)).then_some(field)
}

impl Query for Preferred {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let must = (Occur::Must, self.query.box_clone());
        let better = self.better.iter();
        let better = better.map(|better| (Occur::Should, better.query.box_clone()));
        BooleanQuery::new(std::iter::once(must).chain(better).collect()).weight(scoring)
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
        for better in &self.better {
            better.query.query_terms(visitor);
        }
    }
}

impl Clone for Preferred {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            better: self.better.clone(),
        }
    }
}

impl Clone for Better {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            terms: self.terms.clone(),
            share: self.share,
        }
    }
}

impl fmt::Debug for Preferred {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let better = self.better.iter().map(|better| &better.query);
        f.debug_struct("Preferred")
            .field("query", &self.query)
            .field("better", &better.collect::<Vec<_>>())
            .finish()
    }
}
