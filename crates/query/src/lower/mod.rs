//! Tree to engine query: the only module that knows both.
//!
//! The unit searched is the quotation or the article. A clause about the other kind is answered first and
//! joined by article; in a search for articles, clauses of one conjunction that speak of quotations are
//! answered by one quotation: `speaker:Kim said:talks` wants an article in which Kim speaks of talks.

mod fields;
mod long;
mod need;
mod patterns;
mod preferred;
mod texts;

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;
use tantivy::query::doc_predicate_query::DocPredicateQuery;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocId, Score, Searcher, Term};
use whosaid_schema::{Fields, Schema, exact_analyzer, names_analyzer, news_analyzer};

use crate::any_of::AnyOf;
use crate::archive::Archive;
use crate::ast::{Node, Text, TextField};
use crate::error::{Cause, Error};
use crate::excluded::Excluded;
use crate::hidden::Direct;
use crate::people::NamesAsked;
use crate::predicate::OfArticles;
use crate::scan::{Limits, scan};
use crate::search::Unit;
use crate::sifted::Sifted;
use crate::snippet::Marker;
use crate::stoppable::Stoppable;
use crate::warning::{Warning, WarningKind};
use crate::zone::Zone;

use need::{Need, implies_direct, implies_kind, need};
use preferred::only_field;
pub(crate) use preferred::{Better, Preferred, average_length};

/// Articles that a join lists as terms; more are looked up in a set.
const LISTED: usize = 512;

/// Letters shown of what is too long for a word.
const SHOWN: usize = 40;

type Boxed = Box<dyn Query>;

/// A query the engine can run, and what was learnt on the way.
pub(crate) struct Lowered {
    pub(crate) query: Boxed,
    /// All quotations are asked for, but indirect speech.
    pub(crate) is_everything: bool,
    /// The same in parts, where the best can be found without looking at all.
    pub(crate) ranked: Option<Ranked>,
    pub(crate) markers: Vec<Marker>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) names: Vec<NamesAsked>,
}

/// A query of words of which the best are found without looking at all.
pub(crate) struct Ranked {
    /// What the best of which is the score, where there are several.
    pub(crate) whole: Option<Boxed>,
    pub(crate) parts: Vec<Part>,
    /// Indirect speech is left out besides.
    pub(crate) is_direct: bool,
}

/// A query of words, all or any of which must match, and what ranks higher.
pub(crate) struct Part {
    pub(crate) words: Boxed,
    /// The field of the words; none where all that match must be looked at.
    pub(crate) field: Option<Field>,
    pub(crate) better: Vec<Better>,
    /// What the score is multiplied by.
    pub(crate) weight: Score,
}

impl Part {
    fn of(query: &Boxed, weight: Score) -> Self {
        let (words, better) = match query.downcast_ref::<Preferred>() {
            Some(preferred) => (&preferred.query, preferred.better.clone()),
            None => (query, Vec::new()),
        };
        let field = only_field(words.as_ref());
        if field.is_some() && better.iter().all(Better::is_of_terms) {
            return Self {
                words: words.box_clone(),
                field,
                better,
                weight,
            };
        }
        Self {
            words: query.box_clone(),
            field: None,
            better: Vec::new(),
            weight,
        }
    }
}

impl Lowered {
    /// Each name asked for, with the speakers whose name it fits.
    pub(crate) fn names(&self) -> Vec<(String, Vec<(String, u64)>)> {
        let names = self.names.iter();
        names
            .map(|asked| (asked.asked.clone(), asked.names()))
            .collect()
    }
}

/// What dates of the query mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day {
    pub(crate) today: Option<NaiveDate>,
    /// Whose days they are; without it those the articles give.
    pub(crate) zone: Option<Zone>,
}

/// Lowers `node` for a search of `unit`.
pub(crate) fn lower(
    archive: &Archive,
    node: &Node,
    day: Day,
    unit: Unit,
    limits: &Limits,
) -> Result<Lowered, Error> {
    let (searcher, schema) = (&archive.searcher(), archive.schema());
    let mut lowering = Lowering {
        archive,
        searcher,
        schema,
        fields: schema.fields(),
        news: news_analyzer(),
        names: names_analyzer(),
        letters: exact_analyzer(),
        day,
        markers: Vec::new(),
        warnings: Vec::new(),
        asked: Vec::new(),
        negations: 0,
        indirect: includes_indirect(node),
        is_wordless: false,
        is_long: long::is_long(node),
        limits,
    };
    let inner = lowering.node(node, unit, None)?;
    let ranked = inner
        .as_ref()
        .and_then(|inner| lowering.ranked(inner, node, unit));
    let query = lowering.of_kind(inner, node, unit);
    Ok(Lowered {
        query,
        is_everything: matches!(node, Node::All) && unit == Unit::Quotations,
        ranked,
        markers: lowering.markers,
        warnings: lowering.warnings,
        names: lowering.asked,
    })
}

struct Lowering<'a> {
    archive: &'a Archive,
    searcher: &'a Searcher,
    schema: &'a Schema,
    fields: Fields,
    news: TextAnalyzer,
    names: TextAnalyzer,
    letters: TextAnalyzer,
    day: Day,
    markers: Vec<Marker>,
    warnings: Vec<Warning>,
    asked: Vec<NamesAsked>,
    negations: u32,
    /// Indirect speech is asked for, somewhere in the query.
    indirect: bool,
    /// Something in it holds no word, and is passed over: what it would imply does not hold.
    is_wordless: bool,
    /// It has so many words that the limits are looked at before each.
    is_long: bool,
    /// A join that is stopped finds less; the search that follows sees the limit too and says so.
    limits: &'a Limits,
}

/// Tells whether a query is about indirect speech too: only when it asks for a kind or an identifier.
pub(crate) fn includes_indirect(node: &Node) -> bool {
    let mut asks_for_kind = false;
    node.walk(&mut |node| {
        asks_for_kind |= matches!(
            node,
            Node::Text {
                field: Some(TextField::Kind | TextField::Id),
                ..
            } | Node::Group {
                field: TextField::Kind,
                ..
            }
        );
    });
    asks_for_kind
}

impl Lowering<'_> {
    /// The query of a whole unit: the kind of document, and no indirect speech unless it is asked for.
    fn whole(&mut self, node: &Node, unit: Unit) -> Result<Boxed, Error> {
        let inner = self.node(node, unit, None)?;
        Ok(self.of_kind(inner, node, unit))
    }

    /// As [`Lowering::whole`], of what the node is lowered to.
    fn of_kind(&self, inner: Option<Boxed>, node: &Node, unit: Unit) -> Boxed {
        // Without a word nothing is asked for: `said:"?!"` is not everything that was said.
        let Some(inner) = inner else {
            return Box::new(EmptyQuery);
        };
        let mut clauses = Vec::new();
        if self.is_wordless || !implies_kind(node, unit) {
            clauses.push((Occur::Must, constant(self.kind(unit))));
        }
        clauses.push((Occur::Must, inner));
        let query = all(clauses);
        if self.leaves_out_indirect(node, unit) {
            self.direct(query)
        } else {
            query
        }
    }

    /// Tells whether indirect speech is to be left out of what is found.
    fn leaves_out_indirect(&self, node: &Node, unit: Unit) -> bool {
        unit == Unit::Quotations
            && !self.indirect
            && (self.is_wordless || !implies_direct(node, None))
    }

    /// Leaves indirect speech out.
    fn direct(&self, query: Boxed) -> Boxed {
        let by = Direct(self.archive.columns().clone());
        match query.downcast::<Preferred>() {
            Ok(mut preferred) => {
                let query = preferred.query;
                preferred.query = Box::new(Sifted { query, by });
                preferred
            }
            Err(query) => Box::new(Sifted { query, by }),
        }
    }

    /// Takes what a node is lowered to apart, where the best of it can be found without looking at all.
    fn ranked(&self, inner: &Boxed, node: &Node, unit: Unit) -> Option<Ranked> {
        let (whole, parts) = match inner.downcast_ref::<AnyOf>() {
            // Of articles hardly any could be passed over: the engine takes them for longer than they are, among the
            // quotations, see `best`.
            Some(_) if unit == Unit::Articles => return None,
            Some(any) => {
                let parts = any.queries.iter();
                let parts = parts.map(|(query, weight)| Part::of(query, *weight));
                (Some(inner.box_clone()), parts.collect())
            }
            None => (None, vec![Part::of(inner, 1.0)]),
        };
        let is_ranked = implies_kind(node, unit) && parts.iter().any(|part| part.field.is_some());
        is_ranked.then(|| Ranked {
            whole,
            parts,
            is_direct: self.leaves_out_indirect(node, unit),
        })
    }

    /// Lowers one node; `None` when it holds no word.
    fn node(
        &mut self,
        node: &Node,
        unit: Unit,
        field: Option<TextField>,
    ) -> Result<Option<Boxed>, Error> {
        if !matches!(
            node,
            Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Boost(..) | Node::Group { .. }
        ) && let Need::Only(other) = need(node, field)
            && other != unit
        {
            return self.join(node, other, field).map(Some);
        }
        match node {
            Node::All => Ok(Some(constant(self.kind(unit)))),
            Node::Text { .. } | Node::Near { .. } | Node::Date { .. } | Node::Number { .. } => {
                if !self.is_long {
                    return self.leaf(node, unit, field);
                }
                // The search that follows sees the limit too, and says so.
                if self.limits.reached() {
                    return Ok(Some(Box::new(EmptyQuery)));
                }
                let query = self.leaf(node, unit, field)?;
                Ok(query.map(|query| Stoppable::of_many(query, self.limits)))
            }
            Node::Group { field, inner } => self.node(inner, unit, Some(*field)),
            Node::Boost(inner, weight) => Ok(self
                .node(inner, unit, field)?
                .map(|query| Box::new(BoostQuery::new(query, *weight)) as Boxed)),
            Node::Not(inner) => {
                let Some(query) = self.negated(inner, unit, field)? else {
                    return Ok(None);
                };
                Ok(Some(all(vec![
                    (Occur::Must, constant(self.kind(unit))),
                    (Occur::MustNot, excluded(query)),
                ])))
            }
            Node::And(nodes) => self.and(nodes, unit, field),
            Node::Or(nodes) => {
                let mut clauses = Vec::new();
                for node in nodes {
                    let query = self.node(node, unit, field)?;
                    clauses.extend(query.map(|query| (Occur::Should, query)));
                }
                Ok((!clauses.is_empty()).then(|| Box::new(BooleanQuery::new(clauses)) as Boxed))
            }
        }
    }

    /// Lowers a node that has no others in it.
    fn leaf(
        &mut self,
        node: &Node,
        unit: Unit,
        field: Option<TextField>,
    ) -> Result<Option<Boxed>, Error> {
        match node {
            Node::Text {
                field: own,
                exact,
                text,
            } => self.text(own.or(field), *exact, text, unit),
            Node::Near {
                left,
                right,
                distance,
                ordered,
            } => self.near(field, left, right, *distance, *ordered, unit),
            Node::Date { field, range } => {
                let (first, last) = range.resolve(self.day.today).ok_or_else(|| {
                    Cause::Unsupported(format!("the date {range} (today's date is not known)"))
                })?;
                Ok(Some(self.days(*field, first, last, unit)))
            }
            Node::Number { field, range } => Ok(Some(self.numbers(*field, *range))),
            _ => Ok(None),
        }
    }

    fn negated(
        &mut self,
        node: &Node,
        unit: Unit,
        field: Option<TextField>,
    ) -> Result<Option<Boxed>, Error> {
        self.negations = self.negations.saturating_add(1);
        let query = self.node(node, unit, field);
        self.negations = self.negations.saturating_sub(1);
        query
    }

    fn and(
        &mut self,
        nodes: &[Node],
        unit: Unit,
        field: Option<TextField>,
    ) -> Result<Option<Boxed>, Error> {
        let other = match unit {
            Unit::Quotations => Unit::Articles,
            Unit::Articles => Unit::Quotations,
        };
        let (theirs, ours): (Vec<&Node>, Vec<&Node>) = nodes.iter().partition(|node| {
            need(node, field) == Need::Only(other) && !matches!(node, Node::Not(_))
        });
        let mut clauses = Vec::new();
        if !theirs.is_empty() {
            let node = Node::all_of(theirs.into_iter().cloned());
            clauses.push((Occur::Must, self.join(&node, other, field)?));
        }
        for node in ours {
            if let Node::Not(inner) = node {
                let query = self.negated(inner, unit, field)?;
                clauses.extend(query.map(|query| (Occur::MustNot, excluded(query))));
            } else {
                let query = self.node(node, unit, field)?;
                clauses.extend(query.map(|query| (Occur::Must, query)));
            }
        }
        if !clauses.is_empty() && clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, constant(self.kind(unit))));
        }
        if clauses.is_empty() {
            return Ok(None);
        }
        let mut together = None;
        if field.is_none() && clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
            let nodes: Vec<&Node> = nodes.iter().collect();
            together = self.together(&nodes, unit)?;
        }
        Ok(Some(preferring(all(clauses), together)))
    }

    /// Answers a clause about the other kind, and asks for the documents of the articles found.
    fn join(&mut self, node: &Node, other: Unit, field: Option<TextField>) -> Result<Boxed, Error> {
        let node = match field {
            Some(field) => Node::Group {
                field,
                inner: Box::new(node.clone()),
            },
            None => node.clone(),
        };
        let query = self.whole(&node, other)?;
        let articles = std::cell::RefCell::new(HashSet::new());
        scan(
            self.searcher,
            query.as_ref(),
            None,
            self.limits,
            |_, reader| {
                let column = self.archive.columns().articles(reader, self.schema)?;
                let articles = &articles;
                Ok(move |doc: DocId, _: Score| {
                    articles.borrow_mut().extend(column.id(doc));
                    Ok(())
                })
            },
            |_| Ok(()),
        )
        .map_err(Error::engine)?;
        Ok(self.of_articles(articles.into_inner()))
    }

    fn of_articles(&self, articles: HashSet<u64>) -> Boxed {
        if articles.len() <= LISTED {
            let mut ids: Vec<u64> = articles.into_iter().collect();
            ids.sort_unstable();
            let terms = ids
                .into_iter()
                .map(|id| Term::from_field_u64(self.fields.article, id));
            constant(Box::new(TermSetQuery::new(terms)))
        } else {
            constant(Box::new(DocPredicateQuery::from(OfArticles {
                articles: Arc::new(articles),
                limits: self.limits.clone(),
            })))
        }
    }

    fn kind(&self, unit: Unit) -> Boxed {
        let term = self.schema.kind_term(unit.kind());
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }

    fn no_words(&mut self, text: &Text) {
        self.is_wordless = true;
        let words = text.words();
        let message = match words.char_indices().nth(SHOWN) {
            // The index keeps none as long.
            Some((end, _)) if words.contains(char::is_alphanumeric) => {
                let beginning = words.get(..end).unwrap_or_default();
                format!("\"{beginning}…\" is too long for a word; it is passed over")
            }
            _ => format!("\"{words}\" holds no word; it is passed over"),
        };
        self.warnings
            .push(Warning::new(WarningKind::NoWords, message));
    }
}

fn all(clauses: Vec<(Occur, Boxed)>) -> Boxed {
    if clauses.iter().all(|(occur, _)| *occur != Occur::Must) {
        return Box::new(BooleanQuery::new(clauses));
    }
    // What ranks one of the clauses higher ranks the whole higher.
    let mut better = Vec::new();
    let mut rest: Vec<(Occur, Boxed)> = Vec::new();
    for (occur, query) in clauses {
        match (occur, query.downcast::<Preferred>()) {
            (Occur::Must, Ok(preferred)) => {
                rest.push((Occur::Must, preferred.query));
                better.extend(preferred.better);
            }
            (Occur::Should, Ok(query)) => better.push(Better::of(query)),
            (Occur::Should, Err(query)) => better.push(Better::of(query)),
            (_, Ok(query)) => rest.push((occur, query)),
            (_, Err(query)) => rest.push((occur, query)),
        }
    }
    let query = match rest.as_slice() {
        [(Occur::Must, _)] => rest.swap_remove(0).1,
        _ => Box::new(BooleanQuery::new(rest)),
    };
    if better.is_empty() {
        return query;
    }
    Box::new(Preferred { query, better })
}

/// Ranks what is better higher.
fn preferring(query: Boxed, better: Option<Better>) -> Boxed {
    let Some(better) = better else {
        return query;
    };
    match query.downcast::<Preferred>() {
        Ok(mut preferred) => {
            preferred.better.push(better);
            preferred
        }
        Err(query) => Box::new(Preferred {
            query,
            better: vec![better],
        }),
    }
}

/// A condition: it selects, and does not rank.
fn constant(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn excluded(query: Boxed) -> Boxed {
    Box::new(Excluded(query))
}

fn weighted(query: Boxed, weight: Score) -> Boxed {
    if (weight - 1.0).abs() < f32::EPSILON {
        return query;
    }
    Box::new(BoostQuery::new(query, weight))
}
