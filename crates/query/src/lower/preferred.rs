//! What must match, and what ranks those of it higher that match more.

use std::fmt;

use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, EnableScoring, Occur, Query, TermQuery, Weight,
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
    /// What it adds to a score at most, if that is known.
    pub(crate) most: Option<Score>,
}

impl Better {
    pub(super) fn of(query: Boxed) -> Self {
        Self { query, most: None }
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
            most: self.most,
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
