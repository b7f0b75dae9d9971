//! Names, outlets, languages, identifiers, days and numbers.

use std::ops::Bound;

use chrono::NaiveDate;
use tantivy::Term;
use tantivy::query::doc_predicate_query::DocPredicateQuery;
use tantivy::query::{
    BooleanQuery, EmptyQuery, ExistsQuery, Occur, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use whosaid_schema::day_number;

use super::long::MANY;
use super::{Boxed, Lowering, all, constant};
use crate::ast::{DateField, NumberField, NumberRange, Text};
use crate::error::Error;
use crate::id;
use crate::identified::identified;
use crate::near::{Form, Pattern};
use crate::people::{self, NamesAsked};
use crate::persons::Persons;
use crate::predicate::IsWritten;
use crate::quoted::Quoted;
use crate::search::Unit;
use crate::stoppable::Stoppable;
use crate::within::PublishedWithin;
use crate::words;

impl Lowering<'_> {
    pub(super) fn speaker(&mut self, text: &Text, exact: bool) -> Result<Option<Boxed>, Error> {
        let fields = self.fields;
        let persons = self.archive.persons()?;
        if exact {
            let name = text.words().trim();
            let Some(person) = persons.person_of(name) else {
                return Ok(Some(Self::raw(fields.speaker_name, name)));
            };
            return Ok(Some(
                self.named(person.names.iter().map(|alias| &alias.name)),
            ));
        }
        let Some(mut forms) = self.forms(text) else {
            self.no_words(text);
            return Ok(None);
        };
        let (mut words, mut asked) = self.asked_for(text, &forms, &persons)?;
        // `Bello, the housing minister`, where articles call the office otherwise.
        if asked.is_unknown
            && let Some(name) = people::before_office(text.words())
            && let Some(name) = self.forms(&Text::phrase(name))
        {
            let (other_words, other) = self.asked_for(text, &name, &persons)?;
            if !other.is_unknown {
                (forms, words, asked) = (name, other_words, other);
            }
        }
        // Nobody is called so: `Donald J. Trump`, where all articles call him Donald Trump.
        while asked.is_unknown
            && !self.limits.reached()
            && let Some(shorter) = people::shorter(&forms)
        {
            forms = shorter;
            let (other_words, other) = self.asked_for(text, &forms, &persons)?;
            if other.is_whole {
                (words, asked) = (other_words, other);
            }
        }
        // `President Trump` is Donald Trump, also where the article just says "Trump".
        let known = self.named(asked.people.iter().flat_map(|asked| &asked.names));
        let query = match (asked.is_whole, forms.len()) {
            (true, _) => known,
            (false, 1) => words,
            (false, _) => Box::new(BooleanQuery::new(vec![
                (Occur::Should, words),
                (Occur::Should, known),
            ])),
        };
        asked.is_unknown &= self.negations == 0;
        if self.negations == 0 {
            self.warnings.extend(asked.warning());
        }
        self.asked.push(asked);
        Ok(Some(query))
    }

    /// The words of a name, without forms of address.
    fn forms(&mut self, name: &Text) -> Option<Vec<Form>> {
        let pattern = words::pattern(&mut self.names.clone(), &mut self.names, name)?;
        let rows = pattern.rows.into_iter().flatten();
        let mut forms: Vec<Form> = rows.map(|(_, form)| form).collect();
        people::drop_honorifics(&mut forms);
        Some(forms)
    }

    /// The quotations whose speaker has all words of a name, and whom they fit.
    fn asked_for(
        &mut self,
        text: &Text,
        forms: &[Form],
        persons: &Persons,
    ) -> Result<(Boxed, NamesAsked), Error> {
        let mut clauses = Vec::new();
        for form in forms {
            let row = Pattern::row(vec![(0, form.clone())]);
            let mut word = self.pattern(self.fields.speaker, &row)?;
            if forms.len() > MANY {
                word = Stoppable::around(word, self.limits);
            }
            clauses.push((Occur::Must, word));
        }
        let words = all(clauses);
        let columns = self.archive.columns();
        let names = people::names(columns, persons, self.searcher, words.as_ref(), self.limits)?;
        let (text, analyzer) = (text.words(), &mut self.names);
        let asked = NamesAsked::new(text, forms, names, persons, analyzer, self.limits);
        Ok((words, asked))
    }

    /// Quotations under any of the names.
    fn named<'n>(&self, names: impl Iterator<Item = &'n String>) -> Boxed {
        let field = self.fields.speaker_name;
        let terms = names.map(|name| Term::from_field_text(field, name));
        constant(Box::new(TermSetQuery::new(terms)))
    }

    /// An outlet or an author.
    pub(super) fn written(
        &mut self,
        column: &'static str,
        text: &Text,
        exact: bool,
        unit: Unit,
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
        let field = match column {
            "source" => self.fields.source_words,
            _ => self.fields.author_words,
        };
        let query = self.pattern(field, &pattern)?;
        Ok(Some(constant(match unit {
            Unit::Quotations => Quoted::of(query, self.schema, self.archive.columns()),
            Unit::Articles => query,
        })))
    }

    /// A language: `en` is also `en-GB`.
    pub(super) fn language(&self, text: &Text, exact: bool) -> Result<Boxed, Error> {
        let wanted = text.words().trim().to_lowercase();
        let mut terms = Vec::new();
        for reader in self.searcher.segment_readers() {
            let inverted = reader
                .inverted_index(self.fields.lang)
                .map_err(Error::engine)?;
            let mut stream = inverted.terms().stream().map_err(Error::engine)?;
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

    pub(super) fn identifier(&self, text: &Text) -> Result<Boxed, Error> {
        let prefix = id::Prefix::parse(text.words())?;
        Ok(constant(identified(self.schema, prefix)))
    }

    /// Documents that were certainly published, or came into the archive, within the days.
    pub(super) fn days(
        &self,
        field: DateField,
        first: Option<NaiveDate>,
        last: Option<NaiveDate>,
        unit: Unit,
    ) -> Boxed {
        let days = (first.map(day_number), last.map(day_number));
        let stated = match (field, days) {
            (DateField::Added, (first, last)) => {
                Self::within(self.fields.added, self.fields.added, first, last)
            }
            (DateField::Date, (None, None)) => all(Vec::new()),
            (DateField::Date, (first, last)) => constant(Box::new(PublishedWithin {
                first,
                last,
                unit,
                schema: self.schema.clone(),
                columns: self.archive.columns().clone(),
            })),
        };
        let Some(zone) = self.day.zone.filter(|_| field == DateField::Date) else {
            return stated;
        };
        // Where a time is stated the zone says which day it was; where not, the day stands as it is.
        let instant = self.fields.instant;
        let timed = constant(Box::new(ExistsQuery::new("instant".to_owned(), false)));
        let second = |day: NaiveDate| zone.start_of(day).map(|start| start.timestamp());
        let next = last.map(|last| last.succ_opt().and_then(second).unwrap_or(i64::MAX));
        let last = next.map(|next| next.saturating_sub(1));
        let seconds = Self::within(instant, instant, first.and_then(second), last);
        all(vec![
            (
                Occur::Should,
                all(vec![
                    (Occur::Must, seconds),
                    (Occur::Must, timed.box_clone()),
                ]),
            ),
            (
                Occur::Should,
                all(vec![(Occur::Must, stated), (Occur::MustNot, timed)]),
            ),
        ])
    }

    /// Documents whose numbers in two columns are not below `first` and not above `last`.
    fn within(from: Field, to: Field, first: Option<i64>, last: Option<i64>) -> Boxed {
        let term = |field, value| Bound::Included(Term::from_field_i64(field, value));
        let mut clauses = Vec::new();
        if let Some(first) = first {
            let range = RangeQuery::new(term(from, first), Bound::Unbounded);
            clauses.push((Occur::Must, constant(Box::new(range))));
        }
        if let Some(last) = last {
            let range = RangeQuery::new(Bound::Unbounded, term(to, last));
            clauses.push((Occur::Must, constant(Box::new(range))));
        }
        all(clauses)
    }

    pub(super) fn numbers(&self, field: NumberField, range: NumberRange) -> Boxed {
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

    pub(super) fn raw(field: Field, value: &str) -> Boxed {
        let term = Term::from_field_text(field, value);
        constant(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
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
                Comparison::Above => (value.checked_add(1)?, u64::MAX),
                Comparison::AtMost => (0, value),
                Comparison::Below => (0, value.checked_sub(1)?),
            }
        }
    };
    Some((first, last))
}
