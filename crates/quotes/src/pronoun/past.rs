//! Who was named, was meant by a pronoun, was a subject, reported something before a pronoun, and how lately.

use crate::context::{Context, Cue};
use crate::mention::{Gender, Mention};

/// What stands before a pronoun.
#[derive(Debug)]
pub(super) struct Past {
    /// What is known of each person of the article so far.
    pub(super) traces: Vec<Trace>,
    pub(super) named: Recent,
    /// Named, or meant by a pronoun.
    pub(super) touched: Recent,
    pub(super) subjects: Recent,
    pub(super) speakers: Recent,
    /// Whom the last `he` and the last `she` stood for.
    chain: [Option<u32>; 2],
}

/// Where a person was met last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trace {
    /// The last mention, its sentence, and the first mention in that sentence.
    pub(super) mention: u32,
    pub(super) sentence: u32,
    pub(super) first: u32,
    /// A pronoun later than the last mention stands for the person.
    pub(super) meant: bool,
    /// The sentence in which the person reported something last.
    pub(super) spoke: Option<u32>,
}

/// Persons, each once, in the order in which something held of them last.
#[derive(Debug)]
pub(super) struct Recent(Vec<u32>);

impl Recent {
    /// Nobody yet of so many persons.
    fn of(persons: usize) -> Self {
        Self(Vec::with_capacity(persons))
    }

    fn push(&mut self, person: u32) {
        if let Some(at) = self.0.iter().rposition(|&known| known == person) {
            self.0.remove(at);
        }
        self.0.push(person);
    }

    /// The persons, the latest first.
    pub(super) fn latest(&self) -> impl Iterator<Item = u32> {
        self.0.iter().rev().copied()
    }
}

impl Past {
    pub(super) fn new(persons: usize) -> Self {
        Self {
            traces: vec![
                Trace {
                    sentence: u32::MAX,
                    ..Trace::default()
                };
                persons
            ],
            named: Recent::of(persons),
            touched: Recent::of(persons),
            subjects: Recent::of(persons),
            speakers: Recent::of(persons),
            chain: [None; 2],
        }
    }

    /// Takes in mention `at`, which names `person` or is a pronoun for it.
    pub(super) fn add(&mut self, context: &Context<'_>, at: usize, person: u32) {
        let mention = &context.mentions[at];
        let syntax = &context.syntax[at];
        let sentence = context.stream.items[mention.first as usize].sentence;
        let trace = &mut self.traces[person as usize];
        if mention.kind.is_pronoun() {
            trace.meant = true;
        } else {
            self.named.push(person);
            if trace.sentence != sentence {
                trace.first = at as u32;
            }
            (trace.mention, trace.sentence, trace.meant) = (at as u32, sentence, false);
        }
        self.touched.push(person);
        if syntax.subject {
            self.subjects.push(person);
        }
        let reports = |cue: Cue| cue.strength >= 2;
        if !mention.possessive && syntax.better_cue().is_some_and(reports) {
            self.speakers.push(person);
            trace.spoke = Some(sentence);
        }
    }

    /// Whom the last pronoun of the same gender stood for.
    pub(super) fn chained(&self, pronoun: &Mention) -> Option<u32> {
        slot(pronoun).and_then(|slot| self.chain[slot])
    }

    /// Notes whom a pronoun stands for; without an answer the chain is broken.
    pub(super) fn link(&mut self, pronoun: &Mention, person: Option<u32>) {
        if let Some(slot) = slot(pronoun) {
            self.chain[slot] = person;
        }
    }
}

/// Which chain a pronoun continues.
fn slot(pronoun: &Mention) -> Option<usize> {
    match pronoun.gender {
        Gender::Male => Some(0),
        Gender::Female => Some(1),
        Gender::Unknown => None,
    }
}
