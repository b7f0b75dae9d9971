//! Whom a name fits, for the commands about people.

use super::{Failure, Messages, Session, Settings};
use crate::ast::{Node, Text, TextField};
use crate::people::NEAR;
use crate::{Archive, Corrections, Facet, FacetValue, Found, Persons, Query, Why};

/// People named at most when a name fits several.
const LISTED: usize = 5;

/// Looks for the quotations of those whom a name fits, indirect speech included.
pub(super) fn called(archive: &Archive, settings: &Settings, name: &str) -> Result<Found, Failure> {
    let speaker = Node::text(TextField::Speaker, Text::phrase(name));
    let node = Node::all_of([speaker, Node::of_any_kind()]);
    let query = Query::new(node, &settings.options());
    let search = settings.limit(archive.search(&query)).limit(0);
    Ok(search.facet(Facet::speaker()).run()?)
}

/// The persons among the speakers that were found: sources without a name, a senior official, are none.
pub(super) fn named(found: &Found, persons: &Persons) -> Vec<FacetValue> {
    let found = found.facets().iter().flat_map(|counts| &counts.values);
    let named = found.filter(|of| persons.alias(&of.value).is_some());
    named.cloned().collect()
}

/// Finds the persons that the commands which correct are given.
#[derive(Clone, Copy)]
pub(super) struct Who<'a> {
    pub(super) archive: &'a Archive,
    pub(super) settings: &'a Settings,
    pub(super) persons: &'a Persons,
    pub(super) corrections: &'a Corrections,
}

impl<'a> Who<'a> {
    fn is_corrected(self, name: &str) -> bool {
        self.corrections.iter().any(|entry| {
            let mut names = entry.person.iter().chain(&entry.names);
            names.any(|known| known == name)
        })
    }

    /// Tells whether the archive or a correction has exactly this name.
    pub(super) fn is_known(self, name: &str) -> bool {
        self.is_corrected(name) || self.persons.alias(name).is_some()
    }

    /// Tells whether it has the name, and not as a family name that is taken for somebody.
    pub(super) fn is_full(self, name: &str) -> bool {
        let alias = self.persons.alias(name);
        self.is_corrected(name) || alias.is_some_and(|(_, alias)| alias.why != Why::Surname)
    }

    /// The name by which the bearer of exactly this name is shown; that of a correction is left as it is.
    pub(super) fn shown(self, name: &'a str) -> Option<&'a str> {
        if self.is_corrected(name) {
            return Some(name);
        }
        Some(self.persons.alias(name)?.0)
    }

    /// The persons whom a name fits as it does in a query, but for some.
    pub(super) fn fitting(self, name: &str, but: &[String]) -> Result<Vec<String>, Failure> {
        let found = called(self.archive, self.settings, name)?;
        let fitting = named(&found, self.persons).into_iter();
        let mut fitting: Vec<String> = fitting.map(|of| of.value).collect();
        fitting.retain(|name| but.iter().all(|but| self.persons.shown(but) != name));
        Ok(fitting)
    }

    /// The only person whom a name fits, which is told.
    pub(super) fn only(
        self,
        session: &mut Session<'_>,
        name: &str,
        but: &[String],
    ) -> Result<String, Failure> {
        let fitting = self.fitting(name, but)?;
        match fitting.as_slice() {
            [] => Err(self.unknown(name)),
            [only] => Ok(self.tell(session, name, only)),
            several => Err(Failure::Usage(format!(
                "\"{name}\" fits {} people: {}; give the whole name",
                several.len(),
                listed(several)
            ))),
        }
    }

    /// Says who is meant by a name, if that is not how they are shown.
    pub(super) fn tell(self, session: &mut Session<'_>, name: &str, shown: &str) -> String {
        if shown != name {
            Messages::new(session.err, self.settings).note(&format!("\"{name}\" is {shown}"));
        }
        shown.to_owned()
    }

    /// The names like one, as they are suggested, but for some.
    fn near(self, name: &str, but: &[String]) -> Option<String> {
        let mut near = self.persons.near(name, NEAR);
        near.retain(|near| but.iter().all(|but| self.persons.shown(but) != *near));
        let near: Vec<String> = near.iter().map(|name| format!("\"{name}\"")).collect();
        (!near.is_empty()).then(|| near.join(" or "))
    }

    /// Says that a name is new, and which are like it besides those of whom it is to be the name.
    pub(super) fn new_name(self, name: &str, of: &[String]) -> String {
        let near = self.near(name, of);
        let hint = near.map_or(String::new(), |near| {
            format!("; if that is wrong, try {near}")
        });
        format!("nobody was called \"{name}\" in this archive{hint}")
    }

    /// Says that nobody has a name, and whose are like it.
    pub(super) fn unknown(self, name: &str) -> Failure {
        let near = self.near(name, &[]).map(|near| format!("try {near}"));
        let hint = near.unwrap_or_else(|| "whosaid speakers lists who is".to_owned());
        Failure::Usage(format!(
            "nobody in the archive is called \"{name}\"; {hint}"
        ))
    }
}

/// The first of some names, and how many more there are.
fn listed(names: &[String]) -> String {
    let first = names.iter().take(LISTED).map(String::as_str);
    let first = first.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(LISTED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
