//! Who was named, was meant by a pronoun, was a subject, reported something before a pronoun, and how lately.

use crate::context::{Context, Cue};
use crate::mention::{Gender, Mention};
use crate::total::{Steps, Total, nothing};

/// What stands before a pronoun.
#[derive(Debug)]
pub(super) struct Past {
    /// What is known of each person of the article so far.
    pub(super) traces: Vec<Trace>,
    /// The persons named, each once, the one named last at the end.
    named: Vec<u32>,
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
    /// The paragraph of the last mention.
    pub(super) place: u32,
    /// A pronoun later than the last mention stands for the person.
    pub(super) meant: bool,
    /// The sentence in which the person reported something last.
    pub(super) spoke: Option<u32>,
    pub(super) times: Times,
    /// The paragraph in which the person was named or meant last, how often there, and how often in the one before.
    pub(super) paragraph: u32,
    pub(super) here: u32,
    pub(super) before: u32,
}

nothing! {
    Trace = Trace {
        mention: 0,
        sentence: 0,
        first: 0,
        place: 0,
        meant: false,
        spoke: None,
        times: [0; 3],
        paragraph: 0,
        here: 0,
        before: 0,
    };
}

impl Trace {
    /// How often the person was named or meant in the paragraph so far, and in the one before.
    pub(super) fn counts(&self, paragraph: u32) -> (u32, u32) {
        match paragraph.less(self.paragraph) {
            0 => (self.here, self.before),
            1 => (0, self.here),
            _ => (0, 0),
        }
    }
}

/// When each of these held of a person last, as numbers that grow with the text, 0 for never.
pub(super) type Times = [u32; 3];
/// Named, or meant by a pronoun.
pub(super) const TOUCHED: usize = 0;
pub(super) const SUBJECT: usize = 1;
/// Reported something.
pub(super) const SPEAKER: usize = 2;

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
            named: Vec::with_capacity(persons),
            chain: [None; 2],
        }
    }

    /// Takes in mention `at`, which names `person` or is a pronoun for it.
    pub(super) fn add(&mut self, context: &Context<'_>, at: usize, person: u32) {
        let mention = context.mentions.at(at);
        let syntax = context.syntax.at(at);
        let item = context.stream.items.at(mention.first);
        let (sentence, paragraph) = (item.sentence, item.paragraph);
        let time = (at as u32).plus(1);
        let Some(trace) = self.traces.get_mut(person as usize) else {
            return;
        };
        (trace.here, trace.before) = trace.counts(paragraph);
        (trace.here, trace.paragraph) = (trace.here.plus(1), paragraph);
        if mention.kind.is_pronoun() {
            trace.meant = true;
        } else {
            if self.named.last() != Some(&person) {
                if let Some(at) = self.named.iter().rposition(|&known| known == person) {
                    self.named.remove(at);
                }
                self.named.push(person);
            }
            if trace.sentence != sentence {
                trace.first = at as u32;
            }
            (trace.mention, trace.sentence, trace.meant) = (at as u32, sentence, false);
            trace.place = paragraph;
        }
        trace.times[TOUCHED] = time;
        if syntax.subject {
            trace.times[SUBJECT] = time;
        }
        let reports = |cue: Cue| cue.strength >= 2;
        if !mention.possessive && syntax.better.is_some_and(reports) {
            trace.times[SPEAKER] = time;
            trace.spoke = Some(sentence);
        }
    }

    /// The persons named, the latest first.
    pub(super) fn latest(&self) -> impl Iterator<Item = u32> {
        self.named.iter().rev().copied()
    }

    /// Whom the last pronoun of the same gender stood for.
    pub(super) fn chained(&self, pronoun: &Mention) -> Option<u32> {
        slot(pronoun).and_then(|slot| *self.chain.at(slot))
    }

    /// Notes whom a pronoun stands for; without an answer the chain is broken.
    pub(super) fn link(&mut self, pronoun: &Mention, person: Option<u32>) {
        if let Some(slot) = slot(pronoun) {
            self.chain.change(slot, |last| *last = person);
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
