//! Tree to engine query: the only module that knows both.
//!
//! The unit searched is the quotation or the article. A clause about the other kind is answered first and
//! joined by article; in a search for articles, clauses of one conjunction that speak of quotations are
//! answered by one quotation: `speaker:Kim said:talks` wants an article in which Kim speaks of talks.

use std::collections::HashSet;
use std::ops::Bound;
use std::sync::Arc;

use chrono::NaiveDate;
use tantivy::query::doc_predicate_query::DocPredicateQuery;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery,
    Occur, PhrasePrefixQuery, PhraseQuery, Query, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocId, Score, Searcher, Term};
use whosaid_schema::{DocumentKind, Fields, Schema, day_number, names_analyzer, news_analyzer};

use crate::ast::{DateField, Node, NumberField, NumberRange, Text, TextField};
use crate::error::{Cause, Error};
use crate::excluded::Excluded;
use crate::id;
use crate::near::{Form, Pattern};
use crate::people::{self, NamesAsked};
use crate::predicate::{IsWritten, OfArticles, Positions, Stored, StoredText};
use crate::scan::{Limits, scan};
use crate::search::Unit;
use crate::snippet::Marker;
use crate::warning::{Warning, WarningKind};
use crate::words;

/// How much a bare word weighs by where it is found; the best place counts.
///
/// What was said comes first, because the quotation is what is searched; a speaker's name is rarer and would
/// otherwise always win; the title speaks of the whole article.
const SAID: Score = 1.0;
const SPEAKER: Score = 0.5;
const TITLE_OF_QUOTATION: Score = 0.3;
/// In a search for articles a word of the headline counts more than one of the body.
const BODY: Score = 1.0;
const TITLE_OF_ARTICLE: Score = 1.5;

/// Terms that the beginning of a word may stand for inside a pattern, at most.
const EXPANSIONS: usize = 20_000;

/// Articles that a join lists as terms; more are looked up in a set.
const LISTED: usize = 512;

type Boxed = Box<dyn Query>;

/// A query the engine can run, and what was learnt on the way.
pub(crate) struct Lowered {
    pub(crate) query: Boxed,
    pub(crate) markers: Vec<Marker>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) names: Vec<NamesAsked>,
}

/// Lowers `node` for a search of `unit`.
pub(crate) fn lower(
    searcher: &Searcher,
    schema: &Schema,
    node: &Node,
    today: Option<NaiveDate>,
    unit: Unit,
) -> Result<Lowered, Error> {
    let mut lowering = Lowering {
        searcher,
        schema,
        fields: schema.fields(),
        news: news_analyzer(),
        names: names_analyzer(),
        today,
        markers: Vec::new(),
        warnings: Vec::new(),
        asked: Vec::new(),
        negations: 0,
    };
    let query = lowering.whole(node, unit)?;
    Ok(Lowered {
        query,
        markers: lowering.markers,
        warnings: lowering.warnings,
        names: lowering.asked,
    })
}

struct Lowering<'a> {
    searcher: &'a Searcher,
    schema: &'a Schema,
    fields: Fields,
    news: TextAnalyzer,
    names: TextAnalyzer,
    today: Option<NaiveDate>,
    markers: Vec<Marker>,
    warnings: Vec<Warning>,
    asked: Vec<NamesAsked>,
    negations: u32,
}

/// The kind of document that can answer a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Either,
    Only(Unit),
    Both,
}

impl Lowering<'_> {
    /// The query of a whole unit: the kind of document, and no indirect speech unless it is asked for.
    fn whole(&mut self, node: &Node, unit: Unit) -> Result<Boxed, Error> {
        let inner = self.node(node, unit, None)?;
        let mut clauses = Vec::new();
        if inner.is_none() || !implies_kind(node, unit) {
            clauses.push((Occur::Must, constant(self.kind(unit))));
        }
        clauses.extend(inner.map(|query| (Occur::Must, query)));
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
        if unit == Unit::Quotations && !asks_for_kind {
            clauses.push((Occur::MustNot, Self::raw(self.fields.kind, "indirect")));
        }
        Ok(all(clauses))
    }

    /// Lowers one node; `None` when it asks for nothing.
    fn node(
        &mut self,
        node: &Node,
        unit: Unit,
        field: Option<TextField>,
    ) -> Result<Option<Boxed>, Error> {
        if !matches!(
            node,
            Node::And(_) | Node::Or(_) | Node::Not(_) | Node::Boost(..) | Node::Group { .. }
        )
            && let Need::Only(other) = need(node, field)
                && other != unit {
                    return self.join(node, other, field).map(Some);
                }
        match node {
            Node::All => Ok(None),
            Node::Text {
                field: own,
                exact,
                text,
            } => self.text(own.or(field), *exact, text, unit),
            Node::Group { field, inner } => self.node(inner, unit, Some(*field)),
            Node::Near {
                left,
                right,
                distance,
                ordered,
            } => self.near(field, left, right, *distance, *ordered, unit),
            Node::Date {
                field: DateField::Added,
                ..
            } => Err(Cause::Unsupported("the day on which an article was added".to_owned()).into()),
            Node::Date { range, .. } => {
                let (first, last) = range.resolve(self.today).ok_or_else(|| {
                    Cause::Unsupported(format!("the date {range} (today's date is not known)"))
                })?;
                Ok(Some(self.days(first, last)))
            }
            Node::Number { field, range } => Ok(Some(self.numbers(*field, *range))),
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
                    match self.node(node, unit, field)? {
                        Some(query) => clauses.push((Occur::Should, query)),
                        None if *node == Node::All => return Ok(None),
                        None => {}
                    }
                }
                Ok((!clauses.is_empty()).then(|| Box::new(BooleanQuery::new(clauses)) as Boxed))
            }
        }
    }

    fn negated(
        &mut self,
        node: &Node,
        unit: Unit,
        field: Option<TextField>,
    ) -> Result<Option<Boxed>, Error> {
        self.negations += 1;
        let query = self.node(node, unit, field);
        self.negations -= 1;
        if *node == Node::All {
            return Ok(Some(constant(self.kind(unit))));
        }
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
        Ok((!clauses.is_empty()).then(|| all(clauses)))
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
            &Limits::default(),
            |_, reader| {
                let column = reader.fast_fields().u64("article")?;
                let articles = &articles;
                Ok(move |doc: DocId, _: Score| {
                    articles.borrow_mut().extend(column.first(doc));
                    Ok(())
                })
            },
            |_| Ok(()),
        )?;
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
            constant(Box::new(DocPredicateQuery::from(OfArticles(Arc::new(
                articles,
            )))))
        }
    }

    fn text(
        &mut self,
        field: Option<TextField>,
        exact: bool,
        text: &Text,
        unit: Unit,
    ) -> Result<Option<Boxed>, Error> {
        let fields = self.fields;
        let title = match unit {
            Unit::Quotations => fields.about_title,
            Unit::Articles => fields.title,
        };
        match field {
            Some(TextField::Speaker) => return self.speaker(text, exact),
            Some(TextField::Source) => return self.written(fields.source, "source", text, exact),
            Some(TextField::Author) => return self.written(fields.author, "author", text, exact),
            Some(TextField::Kind) => {
                return Ok(Some(Self::raw(fields.kind, &text.words().to_lowercase())));
            }
            Some(TextField::Lang) => return self.language(text, exact).map(Some),
            Some(TextField::Id) => return self.identifier(text).map(Some),
            _ => {}
        }
        let Some(pattern) = words::pattern(&mut self.news, &mut self.names, text) else {
            self.no_words(text);
            return Ok(None);
        };
        let marked = match field {
            Some(TextField::Title) => false,
            Some(TextField::Text) => unit == Unit::Articles,
            _ => true,
        };
        if marked && self.negations == 0 {
            self.markers.push(if exact {
                Marker::Exact(text.words().trim().to_owned())
            } else {
                Marker::Words(pattern.clone())
            });
        }
        let mut places = Vec::new();
        match (field, unit) {
            (Some(TextField::Title), _) => places.push((title, 1.0)),
            (Some(TextField::Said), _) => places.push((fields.said, 1.0)),
            (Some(TextField::Text), _) => places.push((fields.text, 1.0)),
            (_, Unit::Quotations) => {
                places.push((fields.said, SAID));
                places.push((title, TITLE_OF_QUOTATION));
            }
            (_, Unit::Articles) => {
                places.push((fields.text, BODY));
                places.push((title, TITLE_OF_ARTICLE));
            }
        }
        let mut queries = Vec::new();
        for (field, weight) in places {
            let mut query = self.pattern(field, &pattern)?;
            if exact {
                let stored = if field == fields.about_title {
                    StoredText::QuotationTitle
                } else if field == fields.title {
                    StoredText::ArticleTitle
                } else {
                    StoredText::Field(field)
                };
                let verify = Stored::exact(self.schema, stored, text.words());
                query = all(vec![(Occur::Must, query), (Occur::Must, constant(verify))]);
            }
            queries.push(weighted(query, weight));
        }
        if field.is_none() && unit == Unit::Quotations && !exact {
            let pattern = words::pattern(&mut self.names.clone(), &mut self.names, text);
            if let Some(pattern) = pattern {
                queries.push(weighted(self.pattern(fields.speaker, &pattern)?, SPEAKER));
            }
        }
        Ok(Some(match queries.len() {
            1 => queries.swap_remove(0),
            _ => Box::new(DisjunctionMaxQuery::new(queries)),
        }))
    }

    fn near(
        &mut self,
        field: Option<TextField>,
        left: &Text,
        right: &Text,
        distance: u32,
        ordered: bool,
        unit: Unit,
    ) -> Result<Option<Boxed>, Error> {
        let mut rows = Vec::new();
        for text in [left, right] {
            let Some(pattern) = words::pattern(&mut self.news, &mut self.names, text) else {
                self.no_words(text);
                return Ok(None);
            };
            rows.push(pattern.rows.concat());
        }
        let pattern = Pattern {
            rows,
            gap: distance.saturating_sub(1),
            ordered,
        };
        let field = match (field, unit) {
            (Some(TextField::Title), Unit::Quotations) => self.fields.about_title,
            (Some(TextField::Title), Unit::Articles) => self.fields.title,
            (Some(TextField::Text), _) | (None | Some(TextField::About), Unit::Articles) => {
                self.fields.text
            }
            _ => self.fields.said,
        };
        if self.negations == 0 {
            self.markers.push(Marker::Words(pattern.clone()));
        }
        self.pattern(field, &pattern).map(Some)
    }

    /// The documents in whose `field` the pattern stands.
    fn pattern(&self, field: Field, pattern: &Pattern) -> Result<Boxed, Error> {
        let term = |word: &str| Term::from_field_text(field, word);
        if let [row] = pattern.rows.as_slice() {
            if let [(_, form)] = row.as_slice() {
                return Ok(match form {
                    Form::Is(word) => {
                        Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
                    }
                    Form::Starts(word) => Box::new(FuzzyTermQuery::new_prefix(term(word), 0, true)),
                    Form::Near(word, distance) => {
                        Box::new(FuzzyTermQuery::new(term(word), *distance, true))
                    }
                });
            }
            let terms: Option<Vec<(usize, Term)>> = row
                .iter()
                .map(|(offset, form)| match form {
                    Form::Is(word) => Some((*offset as usize, term(word))),
                    _ => None,
                })
                .collect();
            if let Some(terms) = terms {
                return Ok(Box::new(PhraseQuery::new_with_offset(terms)));
            }
            let (last, before) = row
                .split_last()
                .ok_or_else(|| Cause::Unsupported("nothing".to_owned()))?;
            let plain = before.iter().all(|(_, form)| matches!(form, Form::Is(_)));
            if let (true, (offset, Form::Starts(word))) = (plain, last) {
                let mut terms: Vec<(usize, Term)> = before
                    .iter()
                    .filter_map(|(offset, form)| match form {
                        Form::Is(word) => Some((*offset as usize, term(word))),
                        _ => None,
                    })
                    .collect();
                terms.push((*offset as usize, term(word)));
                let mut query = PhrasePrefixQuery::new_with_offset(terms);
                // The default looks at the first 50 words of the dictionary only; the engine reserves room for as
                // many as it is told, so it is told how many there are.
                let words = self.expand(field, &last.1)?.len();
                query.set_max_expansions(words as u32 + 1);
                return Ok(Box::new(query));
            }
        }
        let mut clauses = Vec::new();
        let mut terms = Vec::new();
        for (_, form) in pattern.rows.iter().flatten() {
            let alternatives: Vec<Term> = self
                .expand(field, form)?
                .iter()
                .map(|word| term(word))
                .collect();
            if alternatives.is_empty() {
                return Ok(Box::new(EmptyQuery));
            }
            let query: Boxed = match alternatives.as_slice() {
                [only] => Box::new(TermQuery::new(only.clone(), IndexRecordOption::WithFreqs)),
                several => constant(Box::new(TermSetQuery::new(several.iter().cloned()))),
            };
            clauses.push((Occur::Must, query));
            terms.push(alternatives);
        }
        let positions = Positions {
            pattern: pattern.clone(),
            terms,
        };
        clauses.push((Occur::Must, constant(positions.query())));
        Ok(all(clauses))
    }

    /// The words of the index that a form stands for.
    fn expand(&self, field: Field, form: &Form) -> Result<Vec<String>, Error> {
        let mut found = std::collections::BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(field)?;
            let mut keep = |key: &[u8]| {
                found.extend(std::str::from_utf8(key).ok().map(ToOwned::to_owned));
                found.len() <= EXPANSIONS
            };
            match form {
                Form::Is(word) => {
                    keep(word.as_bytes());
                }
                Form::Starts(word) => {
                    let mut words = inverted.terms().range().ge(word.as_bytes()).into_stream()?;
                    while words.advance()
                        && words.key().starts_with(word.as_bytes())
                        && keep(words.key())
                    {}
                }
                Form::Near(word, distance) => {
                    let term = Term::from_field_text(field, word);
                    let automaton = FuzzyTermQuery::new(term, *distance, true).automaton()?;
                    let mut words = inverted.terms().search(automaton).into_stream()?;
                    while words.advance() && keep(words.key()) {}
                }
            }
        }
        Ok(found.into_iter().collect())
    }

    fn speaker(&mut self, text: &Text, exact: bool) -> Result<Option<Boxed>, Error> {
        let fields = self.fields;
        if exact {
            return Ok(Some(Self::raw(fields.speaker_name, text.words().trim())));
        }
        let Some(pattern) = words::pattern(&mut self.names.clone(), &mut self.names, text) else {
            self.no_words(text);
            return Ok(None);
        };
        let mut forms: Vec<Form> = pattern
            .rows
            .into_iter()
            .flatten()
            .map(|(_, form)| form)
            .collect();
        people::drop_honorifics(&mut forms);
        let mut clauses = Vec::new();
        for form in &forms {
            let row = Pattern::row(vec![(0, form.clone())]);
            clauses.push((Occur::Must, self.pattern(fields.speaker, &row)?));
        }
        let words = all(clauses);
        let names = people::names(self.searcher, words.as_ref())?;
        let asked = NamesAsked::new(text.words(), &forms, names, &mut self.names);
        let query = if forms.len() > 1 {
            // `President Trump` is Donald Trump, also where the article just says "Trump".
            let terms: Vec<Term> = asked
                .names
                .iter()
                .map(|(name, _)| Term::from_field_text(fields.speaker_name, name))
                .collect();
            let known = constant(Box::new(TermSetQuery::new(terms)));
            Box::new(BooleanQuery::new(vec![
                (Occur::Should, words),
                (Occur::Should, known),
            ]))
        } else {
            words
        };
        if self.negations == 0 {
            self.warnings.extend(asked.warning());
        }
        self.asked.push(asked);
        Ok(Some(query))
    }

    /// An outlet or an author.
    fn written(
        &mut self,
        field: Field,
        column: &'static str,
        text: &Text,
        exact: bool,
    ) -> Result<Option<Boxed>, Error> {
        if exact {
            let value = text.words().trim().to_owned();
            return Ok(Some(constant(Box::new(DocPredicateQuery::from(
                IsWritten { column, value },
            )))));
        }
        let Some(pattern) = words::pattern(&mut self.names.clone(), &mut self.names, text) else {
            self.no_words(text);
            return Ok(None);
        };
        self.pattern(field, &pattern)
            .map(|query| Some(constant(query)))
    }

    /// A language: `en` is also `en-GB`.
    fn language(&self, text: &Text, exact: bool) -> Result<Boxed, Error> {
        let wanted = text.words().trim().to_lowercase();
        let mut terms = Vec::new();
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(self.fields.lang)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                let Ok(tag) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                let lower = tag.to_lowercase();
                let wider = lower
                    .strip_prefix(&wanted)
                    .is_some_and(|rest| rest.starts_with(['-', '_']));
                if lower == wanted || (wider && !exact) {
                    terms.push(Term::from_field_text(self.fields.lang, tag));
                }
            }
        }
        Ok(constant(Box::new(TermSetQuery::new(terms))))
    }

    fn identifier(&self, text: &Text) -> Result<Boxed, Error> {
        let prefix = id::Prefix::parse(text.words())?;
        let field = match prefix.kind {
            DocumentKind::Article => self.fields.article,
            _ => self.fields.quotation,
        };
        Ok(constant(Box::new(RangeQuery::new(
            Bound::Included(Term::from_field_u64(field, prefix.first)),
            Bound::Included(Term::from_field_u64(field, prefix.last)),
        ))))
    }

    /// Documents that were certainly published within the days.
    fn days(&self, first: Option<NaiveDate>, last: Option<NaiveDate>) -> Boxed {
        let term = |field, day| Bound::Included(Term::from_field_i64(field, day_number(day)));
        let mut clauses = Vec::new();
        if let Some(first) = first {
            let range = RangeQuery::new(term(self.fields.day, first), Bound::Unbounded);
            clauses.push((Occur::Must, constant(Box::new(range))));
        }
        if let Some(last) = last {
            let range = RangeQuery::new(Bound::Unbounded, term(self.fields.last_day, last));
            clauses.push((Occur::Must, constant(Box::new(range))));
        }
        all(clauses)
    }

    fn numbers(&self, field: NumberField, range: NumberRange) -> Boxed {
        let (field, found) = match field {
            NumberField::Confidence => {
                let thousandths = |value: &u64| range.contains(*value as f64 / 1000.0);
                let first = (0..=1000).find(thousandths);
                let last = (0..=1000).rev().find(thousandths);
                (self.fields.confidence, first.zip(last))
            }
            NumberField::Words => (self.fields.words, whole_numbers(range)),
        };
        let Some((first, last)) = found else {
            return Box::new(EmptyQuery);
        };
        constant(Box::new(RangeQuery::new(
            Bound::Included(Term::from_field_u64(field, first)),
            Bound::Included(Term::from_field_u64(field, last)),
        )))
    }

    fn raw(field: Field, value: &str) -> Boxed {
        let term = Term::from_field_text(field, value);
        constant(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
    }

    fn kind(&self, unit: Unit) -> Boxed {
        let term = self.schema.kind_term(unit.kind());
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }

    fn no_words(&mut self, text: &Text) {
        self.warnings.push(Warning::new(
            WarningKind::NoWords,
            format!("\"{}\" holds no word; it is passed over", text.words()),
        ));
    }
}

fn whole_numbers(range: NumberRange) -> Option<(u64, u64)> {
    use crate::date::Comparison;
    let (first, last) = match range {
        NumberRange::Is(number) => (number.value as u64, number.value as u64),
        NumberRange::Between(from, to) => (
            from.map_or(0, |from| from.value as u64),
            to.map_or(u64::MAX, |to| to.value as u64),
        ),
        NumberRange::Compare(comparison, number) => {
            let value = number.value as u64;
            match comparison {
                Comparison::AtLeast => (value, u64::MAX),
                Comparison::Above => (value + 1, u64::MAX),
                Comparison::AtMost => (0, value),
                Comparison::Below => (0, value.checked_sub(1)?),
            }
        }
    };
    Some((first, last))
}

/// Tells which kind of document can answer a clause.
fn need(node: &Node, field: Option<TextField>) -> Need {
    let of_field = |field: Option<TextField>, text: Option<&Text>| match field {
        Some(TextField::Said | TextField::Speaker | TextField::Kind) => {
            Need::Only(Unit::Quotations)
        }
        Some(TextField::Text) => Need::Only(Unit::Articles),
        Some(TextField::Id) => match text.map(|text| id::Prefix::parse(text.words())) {
            Some(Ok(prefix)) if prefix.kind == DocumentKind::Article => Need::Either,
            _ => Need::Only(Unit::Quotations),
        },
        _ => Need::Either,
    };
    match node {
        Node::Text {
            field: own, text, ..
        } => of_field(own.or(field), Some(text)),
        Node::Near { .. } => of_field(field, None),
        Node::Number { .. } => Need::Only(Unit::Quotations),
        Node::All | Node::Date { .. } => Need::Either,
        Node::Group { field, inner } => need(inner, Some(*field)),
        Node::Not(inner) | Node::Boost(inner, _) => need(inner, field),
        Node::And(nodes) | Node::Or(nodes) => {
            let needs: Vec<Need> = nodes.iter().map(|node| need(node, field)).collect();
            let first = needs[0];
            if needs.iter().all(|need| *need == first) {
                first
            } else {
                Need::Both
            }
        }
    }
}

/// Tells whether only documents of the unit's kind can match, so that the kind need not be asked for.
fn implies_kind(node: &Node, unit: Unit) -> bool {
    match node {
        Node::Text { field, .. } => match field {
            None | Some(TextField::About | TextField::Title) => true,
            Some(TextField::Said | TextField::Speaker | TextField::Kind) => {
                unit == Unit::Quotations
            }
            Some(TextField::Text) => unit == Unit::Articles,
            _ => false,
        },
        Node::Near { .. } => true,
        Node::Boost(inner, _) => implies_kind(inner, unit),
        Node::And(nodes) => nodes.iter().any(|node| implies_kind(node, unit)),
        Node::Or(nodes) => nodes.iter().all(|node| implies_kind(node, unit)),
        _ => false,
    }
}

fn all(mut clauses: Vec<(Occur, Boxed)>) -> Boxed {
    if let [(Occur::Must, _)] = clauses.as_slice() {
        return clauses.swap_remove(0).1;
    }
    Box::new(BooleanQuery::new(clauses))
}

/// A condition: it selects, and does not rank.
fn constant(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn excluded(query: Boxed) -> Boxed {
    Box::new(Excluded(query))
}

fn weighted(query: Boxed, weight: Score) -> Boxed {
    Box::new(BoostQuery::new(query, weight))
}
