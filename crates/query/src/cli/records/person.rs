//! The record of a person.

use chrono::NaiveDate;
use serde::Serialize;

use super::thousandths;
use crate::cli::render::Card;

#[derive(Serialize)]
pub(in crate::cli) struct PersonBody<'a> {
    name: &'a str,
    kind: &'static str,
    count: u64,
    indirect: u64,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    names: Vec<NameBody<'a>>,
    /// Only where one person is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    offices: Option<Vec<CountedBody<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<Vec<CountedBody<'a>>>,
    /// The quotations that offices and words are of, the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<u64>,
}

#[derive(Serialize)]
struct NameBody<'a> {
    name: &'a str,
    count: u64,
    why: &'static str,
    share: f64,
}

#[derive(Serialize)]
struct CountedBody<'a> {
    text: &'a str,
    count: u64,
}

impl<'a> PersonBody<'a> {
    pub(in crate::cli) fn new(card: &Card<'a>) -> Self {
        let person = card.person;
        Self {
            name: &person.name,
            kind: person.kind.as_str(),
            count: person.count,
            indirect: person.indirect,
            first: person.first,
            last: person.last,
            names: person
                .names
                .iter()
                .map(|alias| NameBody {
                    name: &alias.name,
                    count: alias.count,
                    why: alias.why.as_str(),
                    share: thousandths(alias.share),
                })
                .collect(),
            offices: card.profile.map(|profile| counted(&profile.offices)),
            written: card.profile.map(|profile| counted(&profile.written)),
            read: card.profile.map(|profile| profile.read),
        }
    }
}

fn counted(words: &[(String, u64)]) -> Vec<CountedBody<'_>> {
    let words = words.iter();
    words
        .map(|(text, count)| CountedBody {
            text,
            count: *count,
        })
        .collect()
}
