//! The language once more, slowly: a query is answered by looking at every quotation, as `docs/query-language.md`
//! says, and the archive must answer the same. No code of the engine, the analyzers or the dates is used here.

mod corpus;
mod days;
mod queries;
mod words;

use std::collections::BTreeSet;

use proptest::prelude::*;
use whosaid_model::QuotationKind;

use self::corpus::{Said, Story, TODAY, build, stories};
use self::words::{Word, exact_words, is_exactly, read, stands};
use crate::ast::{Node, NumberField, NumberRange, Text, TextField};
use crate::date::Comparison;
use crate::{Options, Query, Unit};

/// What a query is asked of: an article, or a quotation of it.
#[derive(Clone, Copy)]
enum Item<'a> {
    Article(&'a Story),
    Quotation(&'a Story, &'a Said),
}

impl<'a> Item<'a> {
    fn story(self) -> &'a Story {
        match self {
            Self::Article(story) | Self::Quotation(story, _) => story,
        }
    }
}

/// A query, and whether it searches indirect speech.
struct Naive {
    indirect: bool,
}

impl Naive {
    fn new(node: &Node) -> Self {
        let mut indirect = false;
        node.walk(&mut |node| {
            indirect |= matches!(
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
        Self { indirect }
    }

    fn is_searched(&self, said: &Said) -> bool {
        self.indirect || said.kind != QuotationKind::Indirect
    }

    fn matches(&self, node: &Node, field: Option<TextField>, item: Item<'_>) -> bool {
        match node {
            Node::All => true,
            Node::And(nodes) => self.all(nodes, field, item),
            Node::Or(nodes) => nodes.iter().any(|node| self.matches(node, field, item)),
            Node::Not(inner) => !self.matches(inner, field, item),
            Node::Boost(inner, _) => self.matches(inner, field, item),
            Node::Group { field, inner } => self.matches(inner, Some(*field), item),
            leaf => match (item, of_quotations(leaf, field)) {
                (Item::Article(story), true) => self.some_quotation(story, &[leaf], field),
                _ => leaf_matches(leaf, field, item),
            },
        }
    }

    /// In a search for articles, clauses side by side that are about quotations want one quotation that is all of it.
    fn all(&self, nodes: &[Node], field: Option<TextField>, item: Item<'_>) -> bool {
        let Item::Article(story) = item else {
            return nodes.iter().all(|node| self.matches(node, field, item));
        };
        let (theirs, ours): (Vec<&Node>, Vec<&Node>) = nodes
            .iter()
            .partition(|node| !matches!(node, Node::Not(_)) && of_quotations(node, field));
        ours.iter().all(|node| self.matches(node, field, item))
            && (theirs.is_empty() || self.some_quotation(story, &theirs, field))
    }

    fn some_quotation(&self, story: &Story, nodes: &[&Node], field: Option<TextField>) -> bool {
        story
            .said
            .iter()
            .filter(|said| self.is_searched(said))
            .any(|said| {
                let item = Item::Quotation(story, said);
                nodes.iter().all(|node| self.matches(node, field, item))
            })
    }
}

/// Tells whether everything a clause asks is about quotations.
fn of_quotations(node: &Node, field: Option<TextField>) -> bool {
    let of_field = |field| {
        matches!(
            field,
            Some(TextField::Said | TextField::Speaker | TextField::Kind)
        )
    };
    match node {
        Node::Text { field: own, .. } => of_field(own.or(field)),
        Node::Near { .. } => of_field(field),
        Node::Number { .. } => true,
        Node::Group { field, inner } => of_quotations(inner, Some(*field)),
        Node::Not(inner) | Node::Boost(inner, _) => of_quotations(inner, field),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(|node| of_quotations(node, field)),
        _ => false,
    }
}

fn leaf_matches(node: &Node, field: Option<TextField>, item: Item<'_>) -> bool {
    let story = item.story();
    match node {
        Node::Date { field, range } => days::matches(*field, *range, story, TODAY),
        Node::Number { field, range } => {
            let Item::Quotation(_, said) = item else {
                return false;
            };
            number(*field, *range, said)
        }
        Node::Near {
            left,
            right,
            distance,
            ordered,
        } => texts_near(field, item)
            .iter()
            .any(|text| near(text, left, right, *distance as usize, *ordered)),
        Node::Text {
            field: own,
            exact,
            text,
        } => text_matches(own.or(field), *exact, text, item),
        _ => false,
    }
}

fn texts_near(field: Option<TextField>, item: Item<'_>) -> Vec<&str> {
    match (field, item) {
        (Some(TextField::Title), item) => vec![&item.story().title],
        (Some(TextField::Text), item) | (None, item @ Item::Article(_)) => vec![&item.story().text],
        (Some(TextField::About), Item::Article(story)) => vec![&story.text, &story.title],
        (Some(TextField::About), Item::Quotation(story, said)) => vec![&said.words, &story.title],
        (_, Item::Quotation(_, said)) => vec![&said.words],
        (_, Item::Article(_)) => Vec::new(),
    }
}

fn text_matches(field: Option<TextField>, exact: bool, text: &Text, item: Item<'_>) -> bool {
    let story = item.story();
    let holds = |place: &str| {
        (!exact || is_exactly(place, text)) && !stands(&read(place, true), text).is_empty()
    };
    let name = |value: &str| {
        if exact {
            value == text.words()
        } else {
            names(value, text)
        }
    };
    match (field, item) {
        (Some(TextField::Title), _) => holds(&story.title),
        (Some(TextField::Text), _) => holds(&story.text),
        (Some(TextField::Source), _) => name(&story.source),
        (Some(TextField::Author), _) => story.author.as_deref().is_some_and(name),
        (Some(TextField::Lang), _) => {
            let wanted = text.words().to_lowercase();
            let tag = story.lang.to_lowercase();
            tag == wanted || (!exact && tag.starts_with(&format!("{wanted}-")))
        }
        (Some(TextField::Said), Item::Quotation(_, said)) => holds(&said.words),
        (Some(TextField::About), Item::Quotation(_, said)) => {
            holds(&said.words) || holds(&story.title)
        }
        (None, Item::Quotation(_, said)) => {
            holds(&said.words)
                || holds(&story.title)
                || [said.name, said.mention, said.office]
                    .iter()
                    .any(|name| names(name, text))
        }
        (None | Some(TextField::About), Item::Article(_)) => {
            holds(&story.text) || holds(&story.title)
        }
        (Some(TextField::Kind), Item::Quotation(_, said)) => said.kind.as_str() == text.words(),
        (Some(TextField::Speaker), Item::Quotation(_, said)) => {
            if exact {
                said.name == text.words()
            } else {
                [said.name, said.mention, said.office]
                    .iter()
                    .any(|name| names(name, text))
            }
        }
        _ => false,
    }
}

/// A name, an outlet, an office: words in a row, in any case.
fn names(value: &str, text: &Text) -> bool {
    let value = exact_words(&value.to_lowercase());
    let words = exact_words(&text.words().to_lowercase());
    !words.is_empty()
        && value.windows(words.len()).any(|row| match text {
            Text::Prefix(_) | Text::Phrase { prefix: true, .. } => {
                let (last, before) = words.split_last().unwrap();
                row[..before.len()] == *before && row[before.len()].starts_with(last)
            }
            _ => row == words,
        })
}

fn near(text: &str, left: &Text, right: &Text, distance: usize, ordered: bool) -> bool {
    let text: Vec<Word> = read(text, true);
    let (left, right) = (stands(&text, left), stands(&text, right));
    left.iter().any(|&(left_start, left_end)| {
        right.iter().any(|&(start, end)| {
            let after = start >= left_end && start - left_end < distance;
            let before = left_start >= end && left_start - end < distance;
            after || (!ordered && before)
        })
    })
}

fn number(field: NumberField, range: NumberRange, said: &Said) -> bool {
    let value = match field {
        NumberField::Confidence => f64::from(said.confidence) / 1000.0,
        NumberField::Words => said.words.split_whitespace().count() as f64,
    };
    match range {
        NumberRange::Is(number) => {
            // All that round to it, as it is written.
            let unit = 10f64.powi(i32::from(number.decimals));
            if number.decimals == 0 {
                (value - number.value).abs() < 1e-9
            } else {
                (value * unit - number.value * unit).abs() <= 0.5 + 1e-9
            }
        }
        NumberRange::Between(from, to) => {
            from.is_none_or(|from| from.value <= value) && to.is_none_or(|to| value <= to.value)
        }
        NumberRange::Compare(comparison, number) => match comparison {
            Comparison::AtLeast => value >= number.value,
            Comparison::Above => value > number.value,
            Comparison::AtMost => value <= number.value,
            Comparison::Below => value < number.value,
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 100, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn the_archive_answers_as_a_scan_does(
        stories in stories(),
        queries in proptest::collection::vec(queries::query(), 40),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let archive = build(dir.path(), &stories);
        let options = Options::new().today(TODAY);
        for node in &queries {
            // As text, so that nothing is asked that nobody could type.
            let query = Query::parse(&node.to_string(), &options).unwrap();
            prop_assert_eq!(query.node(), node);
            let naive = Naive::new(node);
            let expected: BTreeSet<(u64, usize)> = stories
                .iter()
                .flat_map(|story| story.said.iter().map(move |said| (story, said)))
                .filter(|(story, said)| {
                    naive.is_searched(said) && naive.matches(node, None, Item::Quotation(story, said))
                })
                .map(|(story, said)| (story.id, said.start))
                .collect();
            let found = archive.search(&query).limit(1000).run().unwrap();
            let hits: BTreeSet<(u64, usize)> = found
                .hits()
                .iter()
                .map(|hit| (hit.article_id().0, hit.span().start))
                .collect();
            prop_assert_eq!(&hits, &expected, "quotations of {} in {:#?}", node, stories);
            prop_assert_eq!(found.total(), expected.len() as u64);
            let expected: BTreeSet<u64> = stories
                .iter()
                .filter(|story| naive.matches(node, None, Item::Article(story)))
                .map(|story| story.id)
                .collect();
            let found = archive.search(&query).unit(Unit::Articles).limit(1000).run().unwrap();
            let hits: BTreeSet<u64> = found.article_hits().iter().map(|hit| hit.id().0).collect();
            prop_assert_eq!(&hits, &expected, "articles of {} in {:#?}", node, stories);
        }
    }
}
