//! The reporting verb of a mention: after it, as its subject, or right before it.

use super::Context;
use super::class::{self, is_adverb};
use crate::chars::APOSTROPHES;
use crate::lexicon::{Classes, Form};
use crate::mention::{Mention, MentionKind};
use crate::stream::{Item, Kind, Shape};
use crate::told::is_heard;
use crate::total::{Cut, Steps, Total};

/// A reporting verb seen from a mention.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cue {
    pub(crate) item: u32,
    /// 1 (may report) to 3 (reports).
    pub(crate) strength: u8,
    /// Items between, capped.
    pub(crate) distance: u8,
    /// An apposition or relative clause stands between.
    pub(crate) across: bool,
}

impl Cue {
    /// How sure it is and how far.
    pub(super) fn code(self) -> u8 {
        self.strength.times(4).plus(self.distance)
    }
}

impl Context<'_> {
    /// Looks for the reporting verb of a subject, across adverbs, auxiliaries, appositions and relative clauses.
    pub(super) fn forward_cue(&self, mention: &Mention, sentence: u32) -> Option<Cue> {
        let items = &self.stream.items;
        let start = (mention.last as usize).plus(1);
        let mut across = false;
        // Where the phrase behind the name ends.
        let mut passed = usize::MAX;
        let mut distance = 0_u8;
        let mut at = start;
        while at < items.len() && at < start.plus(40) && items.at(at).sentence == sentence {
            let item = items.at(at);
            if *self.cues.at(at) > 0 && !(*self.cues.at(at) == 1 && distance > 1) {
                // Roe was told: who hears does not say.
                if distance > 0 && is_heard(self.text, self.stream, at) {
                    return None;
                }
                return Some(Cue {
                    item: at as u32,
                    strength: *self.cues.at(at),
                    distance: distance.min(3),
                    across,
                });
            }
            match item.kind {
                Kind::Word(_)
                    if item.has(Classes::ADVERB.or(Classes::AUXILIARY))
                        || is_adverb(item, self.text) =>
                {
                    distance = distance.plus(1);
                }
                // used to say, went on to add
                Kind::Word(Shape::Lower)
                    if at < start.plus(4)
                        && matches!(
                            item.bytes(self.text),
                            b"used" | b"went" | b"goes" | b"on" | b"to" | b"likes" | b"liked"
                        ) =>
                {
                    distance = distance.plus(1);
                }
                // Roe, the mayor, said · Roe, who lost his job, said · Roe (left) said
                Kind::Punct(open @ (b',' | b'(' | b'-')) if !across || at == passed => {
                    let close = if open == b'(' { b')' } else { open };
                    at = self.apposition_end(at, close, sentence)?;
                    across = true;
                }
                // Roe of the Harbour Union said · Roe and Doe said · Roe of the Union, a welder, said
                Kind::Word(Shape::Lower)
                    if item.has(Classes::PREPOSITION.or(Classes::CONJUNCTION))
                        && at == start
                        && mention.kind != MentionKind::I =>
                {
                    let phrase = |item: &Item, cue: u8| {
                        cue == 0
                            && item.is_word()
                            && !item.has(
                                Classes::AUXILIARY
                                    .or(Classes::RELATIVE)
                                    .or(Classes::SUBORDINATOR),
                            )
                    };
                    at = match self.verb_after(at, 12, 2, sentence, phrase) {
                        Some(verb) => verb.less(1),
                        None => (self.phrase_end(at, 8, sentence, phrase)?).less(1),
                    };
                    across = true;
                    passed = at.plus(1);
                }
                // Roe who lost his job said
                Kind::Word(Shape::Lower) if item.has(Classes::RELATIVE) && !across => {
                    across = true;
                    at = (self
                        .verb_after(at, 16, 3, sentence, |item, cue| cue < 3 && !item.is_run())?)
                    .less(1);
                }
                Kind::Number if across || at == start => distance = distance.plus(1),
                Kind::Word(Shape::Lower) if distance == 0 => {
                    return self.coordinated_cue(at, across, sentence);
                }
                _ => return None,
            }
            at = at.plus(1);
        }
        None
    }

    /// Looks for a reporting verb that `and` joins to the verb at `at`: Roe came into the kitchen and said.
    fn coordinated_cue(&self, at: usize, across: bool, sentence: u32) -> Option<Cue> {
        const REACH: usize = 14;
        let items = &self.stream.items;
        let verb = items.at(at);
        let other = Classes::SOURCE_NOUN
            .or(Classes::NOUN)
            .or(Classes::PREPOSITION)
            .or(Classes::CONJUNCTION)
            .or(Classes::DETERMINER)
            .or(Classes::POSSESSIVE)
            .or(Classes::PRONOUN)
            .or(Classes::RELATIVE)
            .or(Classes::SUBORDINATOR);
        if verb.has(other) {
            return None;
        }
        let clause = Classes::RELATIVE.or(Classes::SUBORDINATOR);
        let end = (at.plus(1)..items.len())
            .take(REACH)
            .take_while(|&at| items.at(at).sentence == sentence)
            .find(|&at| {
                *self.cues.at(at) > 0 || items.at(at).has(clause) || items.at(at).is_run()
            })?;
        let before = items.at(end.less(1));
        let joined = before.is_lower() && before.span().of(self.text) == Some("and");
        (joined && *self.cues.at(end) >= 2).then_some(Cue {
            item: end as u32,
            strength: *self.cues.at(end),
            distance: 3,
            across,
        })
    }

    /// Where the apposition that opens at `at` closes.
    fn apposition_end(&self, at: usize, close: u8, sentence: u32) -> Option<usize> {
        let items = &self.stream.items;
        let mut end = at.plus(1);
        while end < items.len()
            && end < at.plus(30)
            && items.at(end).sentence == sentence
            && !items.at(end).is_punct(close)
            && !items.at(end).is_run()
        {
            end = end.plus(1);
        }
        // Long appositions hold commas of their own: go on to the last one before a verb.
        while end.plus(1) < items.len()
            && items.at(end).is_punct(close)
            && *self.cues.at(end.plus(1)) == 0
            && !items
                .at(end.plus(1))
                .has(Classes::ADVERB.or(Classes::AUXILIARY))
        {
            let next = (end.plus(1)..end.plus(18).min(items.len()))
                .take_while(|&at| items.at(at).sentence == sentence && !items.at(at).is_run())
                .find(|&at| items.at(at).is_punct(close));
            match next {
                Some(next) => end = next,
                None => break,
            }
        }
        items
            .get(end)
            .is_some_and(|item| item.is_punct(close))
            .then_some(end)
    }

    /// Finds the comma that ends a phrase of up to `reach` items that `passes` lets by, where an apposition follows.
    fn phrase_end(
        &self,
        at: usize,
        reach: usize,
        sentence: u32,
        passes: impl Fn(&Item, u8) -> bool,
    ) -> Option<usize> {
        let items = &self.stream.items;
        let end = (at.plus(1)..at.plus(reach).min(items.len())).find(|&end| {
            items.at(end).sentence != sentence || !passes(items.at(end), *self.cues.at(end))
        })?;
        (items.at(end).sentence == sentence && items.at(end).is_punct(b',')).then_some(end)
    }

    /// Finds the reporting verb of at least `strength` behind up to `reach` items that `passes` lets by.
    fn verb_after(
        &self,
        at: usize,
        reach: usize,
        strength: u8,
        sentence: u32,
        passes: impl Fn(&Item, u8) -> bool,
    ) -> Option<usize> {
        let items = &self.stream.items;
        let mut end = at.plus(1);
        while end < items.len()
            && end < at.plus(reach)
            && items.at(end).sentence == sentence
            && passes(items.at(end), *self.cues.at(end))
        {
            end = end.plus(1);
        }
        let item = items.get(end)?;
        (item.sentence == sentence && *self.cues.at(end) >= strength).then_some(end)
    }

    /// The verb before `by`, where its subject hears.
    #[cold]
    fn agent_cue(&self, verb: usize) -> Option<Cue> {
        let told = *self.cues.at(verb) > 0 && is_heard(self.text, self.stream, verb);
        told.then_some(Cue {
            item: verb as u32,
            strength: 3,
            distance: 1,
            across: false,
        })
    }

    /// Where a name begins with whose it is: said the Film Weekly’s Roe · said the club’s Roe.
    fn owner_start(&self, mention: &Mention) -> usize {
        let first = mention.first as usize;
        let owns = || {
            let before = self.stream.items.at(first.less(1));
            let behind = self.text.cut(before.end as usize..);
            before.is_word() && behind.starts_with(APOSTROPHES)
        };
        let owner = (mention.kind.is_name() && first > 0 && owns())
            .then(|| self.mention_that_ends(first.less(1)))
            .flatten()
            .filter(|(_, owner)| owner.possessive);
        owner.map_or(first, |(_, owner)| owner.first as usize)
    }

    /// Looks for the reporting verb right before: `said Roe`, `said the mayor`, `according to Roe`, `told by Roe`.
    pub(super) fn backward_cue(&self, mention: &Mention, sentence: u32) -> Option<Cue> {
        let items = &self.stream.items;
        let first = self.owner_start(mention);
        for distance in 0..3_usize {
            let at = first.checked_sub(distance.plus(1))?;
            let item = items.get(at)?;
            if item.sentence != sentence {
                return None;
            }
            // told by Roe
            if distance == 0
                && item.has(Classes::PREPOSITION)
                && at > 0
                && self.class(at) == class::BY
            {
                return self.agent_cue(at.less(1));
            }
            if *self.cues.at(at) >= 2 || *self.cues.at(at) == 1 && distance == 0 {
                return Some(Cue {
                    item: at as u32,
                    strength: *self.cues.at(at),
                    distance: distance as u8,
                    across: false,
                });
            }
            if item.has(Classes::SAID_PREP) {
                return Some(Cue {
                    item: at as u32,
                    strength: 3,
                    distance: 3,
                    across: true,
                });
            }
            let passes = item.has(
                Classes::DETERMINER
                    .or(Classes::ADVERB)
                    .or(Classes::DEMONYM)
                    .or(Classes::POSSESSIVE),
            ) || item.is_lower() && item.word.form == Form::To;
            if !passes {
                return None;
            }
        }
        None
    }
}
