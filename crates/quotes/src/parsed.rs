//! An article taken apart, up to the point where decisions begin.

use crate::context::Context;
use crate::marks::{Run, find_runs};
use crate::mention::{Mention, find_mentions};
use crate::paragraph::paragraphs;
use crate::person::Persons;
use crate::stream::Stream;

/// Runs, items, mentions and persons of one text.
#[derive(Debug)]
pub(crate) struct Parsed<'a> {
    pub(crate) text: &'a str,
    pub(crate) runs: Vec<Run>,
    pub(crate) stream: Stream,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) persons: Persons,
}

impl<'a> Parsed<'a> {
    pub(crate) fn new(title: Option<&str>, text: &'a str) -> Self {
        Self::with(title, text, |_| {})
    }

    /// Takes an article apart after `patch` has changed what is known of its words.
    pub(crate) fn with(
        title: Option<&str>,
        text: &'a str,
        patch: impl FnOnce(&mut Stream),
    ) -> Self {
        let paragraphs = paragraphs(text);
        let runs = find_runs(text, &paragraphs);
        let mut stream = Stream::new(text, &paragraphs, &runs);
        patch(&mut stream);
        let mut mentions = find_mentions(text, &stream);
        let persons = Persons::resolve(text, title, &stream, &mut mentions);
        Self {
            text,
            runs,
            stream,
            mentions,
            persons,
        }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context::new(
            self.text,
            &self.runs,
            &self.stream,
            &self.mentions,
            &self.persons,
        )
    }
}
