//! Words in the fields of running text.

use tantivy::query::Occur;
use tantivy::schema::Field;
use tantivy::{Score, Term};

use super::long::MANY;
use super::preferred::{Better, Preferred};
use super::{Boxed, Lowering, all, constant, weighted};
use crate::any_of::AnyOf;
use crate::ast::{Node, Text, TextField};
use crate::error::Error;
use crate::near::{Form, Pattern};
use crate::quoted::Quoted;
use crate::search::Unit;
use crate::snippet::Marker;
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

/// What is written letter for letter as asked scores so much of what it scores in any form besides: enough to stand
/// first among equals, not enough to lift a long quotation over a short one that is to the point.
const AS_WRITTEN: Score = 0.25;

/// Words that are typed side by side, and stand with at most so many others between them, score so much again.
const TOGETHER: Score = 0.5;
const BETWEEN: u32 = 2;

impl Lowering<'_> {
    pub(super) fn text(
        &mut self,
        field: Option<TextField>,
        exact: bool,
        text: &Text,
        unit: Unit,
    ) -> Result<Option<Boxed>, Error> {
        let fields = self.fields;
        let title = fields.title;
        match field {
            Some(TextField::Speaker) => return self.speaker(text, exact),
            Some(TextField::Source) => return self.written("source", text, exact, unit),
            Some(TextField::Author) => return self.written("author", text, exact, unit),
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
        let letters = words::pattern(&mut self.letters.clone(), &mut self.letters, text);
        // Punctuation is in no index; it is looked up where words stand in a row as written.
        let whole = text.is_whole();
        let is_shown = match field {
            Some(TextField::Title) => false,
            Some(TextField::Text) => unit == Unit::Articles,
            _ => true,
        };
        let marker = match &letters {
            _ if exact && whole => Marker::Exact(text.words().trim().to_owned()),
            Some(letters) if exact => Marker::Letters(letters.clone()),
            _ => Marker::Words(pattern.clone()),
        };
        if is_shown && self.negations == 0 {
            self.markers.push(marker.clone());
        }
        let mut places = Vec::new();
        match (field, unit) {
            (Some(TextField::Title), _) => places.push((title, 1.0)),
            (Some(TextField::Said), _) => {
                places.extend(self.words_of_quotations().map(|field| (field, 1.0)));
            }
            (Some(TextField::Text), _) => places.push((fields.text, 1.0)),
            (_, Unit::Quotations) => {
                places.extend(self.words_of_quotations().map(|field| (field, SAID)));
                places.push((title, TITLE_OF_QUOTATION));
            }
            (_, Unit::Articles) => {
                places.push((fields.text, BODY));
                places.push((title, TITLE_OF_ARTICLE));
            }
        }
        let mut queries = Vec::new();
        for (field, weight) in places {
            let query = match fields.exact(field).zip(letters.as_ref()) {
                Some((written, letters)) if exact => {
                    let query = all(vec![
                        (Occur::Must, self.pattern(field, &pattern)?),
                        (Occur::Must, constant(self.letters(written, letters)?)),
                    ]);
                    self.verified(field, query, &marker)
                }
                Some((written, letters)) if whole => Box::new(Preferred {
                    query: self.pattern(field, &pattern)?,
                    better: vec![self.as_written(written, letters)?],
                }),
                _ if exact => self.verified(field, self.pattern(field, &pattern)?, &marker),
                _ => self.pattern(field, &pattern)?,
            };
            queries.push((self.in_unit(field, query, unit), weight));
        }
        if field.is_none() && unit == Unit::Quotations && !exact {
            let pattern = words::pattern(&mut self.names.clone(), &mut self.names, text);
            if let Some(pattern) = pattern {
                queries.push((self.pattern(fields.speaker, &pattern)?, SPEAKER));
            }
        }
        Ok(Some(best_of(queries)))
    }

    /// The fields that have the words of the quotations that are searched.
    fn words_of_quotations(&self) -> impl Iterator<Item = Field> + use<> {
        let reported = self.indirect.then_some(self.fields.reported);
        std::iter::once(self.fields.said).chain(reported)
    }

    /// What is written letter for letter as asked.
    fn as_written(&self, field: Field, letters: &Pattern) -> Result<Better, Error> {
        Ok(Better {
            query: weighted(self.letters(field, letters)?, AS_WRITTEN),
            terms: plain_terms(field, letters).map(|words| (words, AS_WRITTEN)),
            share: None,
        })
    }

    /// What is asked of a field that articles alone have, as asked of a unit.
    fn in_unit(&self, field: Field, query: Boxed, unit: Unit) -> Boxed {
        match unit {
            Unit::Quotations if field == self.fields.title => {
                Quoted::of(query, self.schema, self.archive.columns())
            }
            _ => query,
        }
    }

    /// Bare words side by side rank higher where they stand side by side.
    pub(super) fn together(
        &mut self,
        nodes: &[&Node],
        unit: Unit,
    ) -> Result<Option<Better>, Error> {
        let words: Vec<&str> = nodes
            .iter()
            .filter_map(|node| match node {
                Node::Text {
                    field: None,
                    text: Text::Word(word),
                    ..
                } => Some(word.as_str()),
                _ => None,
            })
            .collect();
        if words.len() < 2 || self.negations > 0 {
            return Ok(None);
        }
        let text = Text::Phrase {
            words: words.join(" "),
            slop: BETWEEN,
            prefix: false,
        };
        let field = match unit {
            Unit::Quotations => self.fields.said,
            Unit::Articles => self.fields.text,
        };
        let Some(pattern) = words::pattern(&mut self.news, &mut self.names, &text) else {
            return Ok(None);
        };
        if unit == Unit::Quotations && self.indirect {
            let of_field = |field| Ok((self.pattern(field, &pattern)?, TOGETHER));
            let fields = self.words_of_quotations();
            let queries = fields.map(of_field).collect::<Result<_, Error>>()?;
            return Ok(Some(Better::of(best_of(queries))));
        }
        let terms = plain_terms(field, &pattern);
        // Each of the words must be found, and where it stands here scores at least what it adds, or twice as much. Of
        // a word of several tokens that is not sure.
        let is_word_by_word = terms
            .as_ref()
            .is_some_and(|terms| terms.len() == words.len());
        Ok(Some(Better {
            query: weighted(self.pattern(field, &pattern)?, TOGETHER),
            terms: terms.map(|words| (words, TOGETHER)),
            share: is_word_by_word.then_some(TOGETHER),
        }))
    }

    pub(super) fn near(
        &mut self,
        field: Option<TextField>,
        left: &Text,
        right: &Text,
        distance: u32,
        ordered: bool,
        unit: Unit,
    ) -> Result<Option<Boxed>, Error> {
        let mut patterns = Vec::new();
        for text in [left, right] {
            let Some(pattern) = words::pattern(&mut self.news, &mut self.names, text) else {
                self.no_words(text);
                return Ok(None);
            };
            patterns.push(pattern);
        }
        let (Some(right), Some(left)) = (patterns.pop(), patterns.pop()) else {
            return Ok(None);
        };
        let pattern = Pattern::near(left, right, distance.saturating_sub(1), ordered);
        let fields = self.fields;
        let places = match (field, unit) {
            (Some(TextField::Title), _) => vec![fields.title],
            (Some(TextField::About), Unit::Quotations) => {
                self.words_of_quotations().chain([fields.title]).collect()
            }
            (Some(TextField::About), Unit::Articles) => vec![fields.text, fields.title],
            (Some(TextField::Text), _) | (None, Unit::Articles) => vec![fields.text],
            _ => self.words_of_quotations().collect(),
        };
        if self.negations == 0 {
            self.markers.push(Marker::Words(pattern.clone()));
        }
        let mut queries = Vec::new();
        for field in places {
            queries.push((
                self.in_unit(field, self.pattern(field, &pattern)?, unit),
                1.0,
            ));
        }
        Ok(Some(best_of(queries)))
    }
}

/// The terms of a pattern that is made of nothing but words, and not too many to look all of them up.
fn plain_terms(field: Field, pattern: &Pattern) -> Option<Vec<Term>> {
    let words = pattern.rows.iter().flatten();
    if words.clone().count() > MANY {
        return None;
    }
    let words = words.map(|(_, form)| match form {
        Form::Is(word) => Some(Term::from_field_text(field, word)),
        _ => None,
    });
    words.collect()
}

/// What any of some queries finds, each with what its scores are multiplied by.
fn best_of(mut queries: Vec<(Boxed, Score)>) -> Boxed {
    match (queries.len(), queries.pop()) {
        (1, Some((only, weight))) => weighted(only, weight),
        (_, last) => {
            queries.extend(last);
            Box::new(AnyOf { queries })
        }
    }
}
