//! What the articles call somebody.

use std::collections::BTreeMap;

use serde::Serialize;
use whosaid_model::Resolution;

use super::Person;
use crate::archive::Archive;
use crate::ast::{Node, Text, TextField};
use crate::error::Error;
use crate::options::{Options, Query};
use crate::search::Sort;

/// What the articles call a person, as far as their quotations were read.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Profile {
    /// Their offices and roles, most quotations first; those that differ in capitals only are one.
    pub offices: Vec<(String, u64)>,
    /// The words that name them, other than pronouns and roles, most quotations first.
    pub written: Vec<(String, u64)>,
    /// How many of their quotations were read, the latest first.
    pub read: u64,
}

impl Archive {
    /// Reads the latest `limit` quotations of a person and counts what the articles call them there.
    ///
    /// # Errors
    /// As a search.
    pub fn profile(&self, person: &Person, limit: u64) -> Result<Profile, Error> {
        let speaker = Node::Text {
            field: Some(TextField::Speaker),
            exact: true,
            text: Text::phrase(person.name.as_str()),
        };
        let node = Node::all_of([speaker, Node::of_any_kind()]);
        let query = Query::new(node, &Options::new());
        let (mut offices, mut written) = (Tally::default(), Tally::default());
        let mut read = 0_u64;
        let hits = self.search(&query).sort(Sort::DateDescending).hits()?;
        for hit in hits.take(usize::try_from(limit).unwrap_or(usize::MAX)) {
            let hit = hit?;
            read = read.saturating_add(1);
            if let Some(title) = hit.speaker().and_then(|speaker| speaker.title.as_deref()) {
                offices.add(title);
            }
            let is_name = hit.attribution().is_some_and(|attribution| {
                matches!(
                    attribution.how,
                    Resolution::Name | Resolution::Surname | Resolution::Label
                )
            });
            if let Some(words) = hit.as_written().filter(|_| is_name) {
                written.add(words);
            }
        }
        Ok(Profile {
            offices: offices.list(),
            written: written.list(),
            read,
        })
    }
}

/// Counts of words, without regard to capitals.
#[derive(Default)]
struct Tally(BTreeMap<String, BTreeMap<String, u64>>);

impl Tally {
    fn add(&mut self, words: &str) {
        let forms = self.0.entry(words.to_lowercase()).or_default();
        let count = forms.entry(words.to_owned()).or_default();
        *count = count.saturating_add(1);
    }

    /// Most first, equal ones by the words; each in the form used most.
    fn list(self) -> Vec<(String, u64)> {
        let mut list: Vec<(String, u64)> = self
            .0
            .into_values()
            .filter_map(|forms| {
                let count = forms.values().sum();
                let form = forms.into_iter().rev().max_by_key(|(_, count)| *count)?;
                Some((form.0, count))
            })
            .collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        list
    }
}
