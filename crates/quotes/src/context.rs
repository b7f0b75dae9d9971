//! What the grammar around a mention and around a run tells, computed once an article.

use whosaid_model::Span;

use crate::lexicon::Classes;
use crate::marks::{Run, Style};
use crate::mention::{Mention, MentionKind};
use crate::person::Persons;
use crate::stream::{Item, Kind, Shape, Stream};

/// An article taken apart: everything the rankers look at.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) text: &'a str,
    pub(crate) runs: &'a [Run],
    pub(crate) stream: &'a Stream,
    pub(crate) mentions: &'a [Mention],
    pub(crate) persons: &'a Persons,
    pub(crate) syntax: Vec<Syntax>,
    pub(crate) shapes: Vec<RunShape>,
    /// For each item, the class it has beside others.
    pub(crate) classes: Vec<u8>,
    /// For each item, how surely it is a reporting verb, 0 to 3.
    pub(crate) cues: Vec<u8>,
}

/// The grammar around one mention.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Syntax {
    pub(crate) before: u8,
    pub(crate) after: u8,
    /// The reporting verb it is the subject of: `Roe, the mayor, said`.
    pub(crate) forward: Option<Cue>,
    /// The reporting verb right before it: `said Roe`, `according to Roe`.
    pub(crate) backward: Option<Cue>,
    /// Looks like the subject of some verb.
    pub(crate) subject: bool,
    /// Another run stands in its sentence.
    pub(crate) beside_run: bool,
}

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

/// What a run looks like and what stands next to it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RunShape {
    pub(crate) item: u32,
    pub(crate) words: u32,
    /// 0 comma, 1 full stop, 2 question or exclamation mark, 3 dash or ellipsis, 4 none.
    pub(crate) last: u8,
    pub(crate) lower_start: bool,
    /// What stands before it: see [`BEFORE`].
    pub(crate) before: u8,
    /// What stands after it: see [`AFTER`].
    pub(crate) after: u8,
    /// Alone in its paragraph.
    pub(crate) alone: bool,
}

/// Values of [`RunShape::before`]: nothing, comma, colon, sentence end, dash, cue, other word, run, other.
pub(crate) const BEFORE: u32 = 9;
/// Values of [`RunShape::after`]: nothing, cue, other lower-case word, capital, comma, stop, pronoun, run, other.
pub(crate) const AFTER: u32 = 9;
/// Word classes: see [`class_of`].
pub(crate) const CLASSES: u32 = 30;

const EDGE: u8 = 0;

impl<'a> Context<'a> {
    pub(crate) fn new(
        text: &'a str,
        runs: &'a [Run],
        stream: &'a Stream,
        mentions: &'a [Mention],
        persons: &'a Persons,
    ) -> Self {
        let classes: Vec<u8> = stream
            .items
            .iter()
            .map(|item| class_of(text, item))
            .collect();
        let cues: Vec<u8> = (0..stream.items.len())
            .map(|at| cue_strength(stream, at))
            .collect();
        let shapes = runs
            .iter()
            .enumerate()
            .map(|(index, run)| run_shape(text, run, stream, &cues, stream.run_items[index]))
            .collect();
        let mut context = Self {
            text,
            runs,
            stream,
            mentions,
            persons,
            syntax: Vec::new(),
            shapes,
            classes,
            cues,
        };
        context.syntax = (0..mentions.len())
            .map(|at| context.syntax_of(at))
            .collect();
        context
    }

    /// The class of the item, or that of a sentence edge when it lies in another sentence.
    fn class_at(&self, at: isize, sentence: u32) -> u8 {
        match self.stream.get(at) {
            Some(item) if item.sentence == sentence => self.classes[at as usize],
            _ => EDGE,
        }
    }

    fn syntax_of(&self, at: usize) -> Syntax {
        let mention = &self.mentions[at];
        let sentence = self.stream.items[mention.first as usize].sentence;
        let after = self.class_at(mention.last as isize + 1, sentence);
        let forward = if mention.possessive {
            None
        } else {
            self.forward_cue(mention, sentence)
        };
        let backward = self.backward_cue(mention, sentence);
        let subject = !mention.possessive
            && (forward.is_some()
                || matches!(
                    after,
                    class::AUXILIARY
                        | class::ADVERB
                        | class::VERB
                        | class::CUE_STRONG
                        | class::CUE_WEAK
                        | class::CUE_LEARNED
                ));
        let range = self
            .stream
            .paragraph(self.stream.items[mention.first as usize].paragraph);
        let beside_run = self.stream.items[range]
            .iter()
            .any(|item| item.sentence == sentence && item.is_run());
        Syntax {
            before: self.class_at(mention.first as isize - 1, sentence),
            after,
            forward,
            backward,
            subject,
            beside_run,
        }
    }

    /// Looks for the reporting verb of a subject, across adverbs, auxiliaries, appositions and relative clauses.
    fn forward_cue(&self, mention: &Mention, sentence: u32) -> Option<Cue> {
        let items = &self.stream.items;
        let start = mention.last as usize + 1;
        let mut across = false;
        let mut distance = 0_u8;
        let mut at = start;
        while at < items.len() && at < start + 40 && items[at].sentence == sentence {
            let item = &items[at];
            if self.cues[at] > 0 && !(self.cues[at] == 1 && distance > 1) {
                return Some(Cue {
                    item: at as u32,
                    strength: self.cues[at],
                    distance: distance.min(3),
                    across,
                });
            }
            match item.kind {
                Kind::Word(_)
                    if item.has(Classes::ADVERB.or(Classes::AUXILIARY))
                        || is_adverb(item, self.text) =>
                {
                    distance += 1;
                }
                // used to say, went on to add
                Kind::Word(Shape::Lower)
                    if matches!(
                        item.span().of(self.text),
                        Some("used" | "went" | "goes" | "on" | "to" | "likes" | "liked")
                    ) && at < start + 4 =>
                {
                    distance += 1;
                }
                // Roe, the mayor, said · Roe, who lost his job, said · Roe (left) said
                Kind::Punct(open @ (b',' | b'(' | b'-')) if !across => {
                    let close = if open == b'(' { b')' } else { open };
                    let mut end = at + 1;
                    while end < items.len()
                        && end < at + 30
                        && items[end].sentence == sentence
                        && !items[end].is_punct(close)
                        && !items[end].is_run()
                    {
                        end += 1;
                    }
                    // Long appositions hold commas of their own: go on to the last one before a verb.
                    while end + 1 < items.len()
                        && items[end].is_punct(close)
                        && self.cues.get(end + 1).is_some_and(|&cue| cue == 0)
                        && !items[end + 1].has(Classes::ADVERB.or(Classes::AUXILIARY))
                    {
                        let next = (end + 1..(end + 18).min(items.len()))
                            .take_while(|&at| items[at].sentence == sentence && !items[at].is_run())
                            .find(|&at| items[at].is_punct(close));
                        match next {
                            Some(next) => end = next,
                            None => break,
                        }
                    }
                    if end >= items.len() || !items[end].is_punct(close) {
                        return None;
                    }
                    across = true;
                    at = end;
                }
                // Roe of the Harbour Union said · Roe and Doe said
                Kind::Word(Shape::Lower)
                    if item.has(Classes::PREPOSITION.or(Classes::CONJUNCTION))
                        && at == start
                        && mention.kind != MentionKind::I =>
                {
                    let mut end = at + 1;
                    while end < items.len()
                        && end < at + 12
                        && items[end].sentence == sentence
                        && self.cues[end] == 0
                        && items[end].is_word()
                        && !items[end].has(
                            Classes::AUXILIARY
                                .or(Classes::RELATIVE)
                                .or(Classes::SUBORDINATOR),
                        )
                    {
                        end += 1;
                    }
                    if end >= items.len() || items[end].sentence != sentence || self.cues[end] < 2 {
                        return None;
                    }
                    across = true;
                    at = end - 1;
                }
                // Roe who lost his job said
                Kind::Word(Shape::Lower) if item.has(Classes::RELATIVE) && !across => {
                    across = true;
                    let mut end = at + 1;
                    while end < items.len()
                        && end < at + 16
                        && items[end].sentence == sentence
                        && self.cues[end] < 3
                        && !items[end].is_run()
                    {
                        end += 1;
                    }
                    if end >= items.len() || items[end].sentence != sentence || self.cues[end] < 3 {
                        return None;
                    }
                    at = end - 1;
                }
                Kind::Number if across || at == start => distance += 1,
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// Looks for the reporting verb right before: `said Roe`, `said the mayor`, `according to Roe`, `told by Roe`.
    fn backward_cue(&self, mention: &Mention, sentence: u32) -> Option<Cue> {
        let items = &self.stream.items;
        let first = mention.first as usize;
        for distance in 0..3_usize {
            let at = first.checked_sub(distance + 1)?;
            let item = items.get(at)?;
            if item.sentence != sentence {
                return None;
            }
            if self.cues[at] >= 2 || self.cues[at] == 1 && distance == 0 {
                return Some(Cue {
                    item: at as u32,
                    strength: self.cues[at],
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
            ) || item.span().of(self.text) == Some("to");
            if !passes {
                return None;
            }
        }
        None
    }

    /// The span of the mention with its titles.
    pub(crate) fn mention_span(&self, mention: &Mention) -> Span {
        Span::new(
            self.stream.items[mention.first as usize].start as usize,
            self.stream.items[mention.last as usize].end as usize,
        )
    }
}

fn is_adverb(item: &Item, text: &str) -> bool {
    item.is_lower()
        && item
            .span()
            .of(text)
            .is_some_and(|word| word.len() > 4 && word.ends_with("ly"))
}

/// How surely the item is a reporting verb: 0 no, 1 seen as one, 2 may be, 3 is.
fn cue_strength(stream: &Stream, at: usize) -> u8 {
    let item = &stream.items[at];
    let Kind::Word(Shape::Lower | Shape::Capital) = item.kind else {
        return 0;
    };
    let noun = at > 0 && {
        let before = &stream.items[at - 1];
        before.sentence == item.sentence && before.has(Classes::DETERMINER.or(Classes::POSSESSIVE))
    };
    if item.kind == Kind::Word(Shape::Capital)
        && !(item.has(Classes::STRONG) && !item.has(Classes::ANY_GIVEN))
    {
        return 0;
    }
    if item.has(Classes::STRONG.or(Classes::FOREIGN)) && item.word.cue != 1 {
        return if noun { 1 } else { 3 };
    }
    if item.has(
        Classes::AUXILIARY
            .or(Classes::PREPOSITION)
            .or(Classes::DETERMINER),
    ) {
        return 0;
    }
    if noun {
        return 0;
    }
    if item.has(Classes::WEAK) || item.word.cue >= 6 {
        return 2;
    }
    u8::from(item.word.cue >= 4)
}

pub(crate) mod class {
    //! Word classes by number.
    pub(crate) const COMMA: u8 = 1;
    pub(crate) const COLON: u8 = 2;
    pub(crate) const DASH: u8 = 3;
    pub(crate) const OPEN: u8 = 4;
    pub(crate) const CLOSE: u8 = 5;
    pub(crate) const RUN: u8 = 6;
    pub(crate) const CUE_STRONG: u8 = 7;
    pub(crate) const CUE_WEAK: u8 = 8;
    pub(crate) const CUE_LEARNED: u8 = 9;
    pub(crate) const AUXILIARY: u8 = 10;
    pub(crate) const VERB: u8 = 11;
    pub(crate) const OF: u8 = 12;
    pub(crate) const TO: u8 = 13;
    pub(crate) const BY: u8 = 14;
    pub(crate) const WITH: u8 = 15;
    pub(crate) const IN: u8 = 16;
    pub(crate) const AND: u8 = 17;
    pub(crate) const THAT: u8 = 18;
    pub(crate) const WHO: u8 = 19;
    pub(crate) const DETERMINER: u8 = 20;
    pub(crate) const POSSESSIVE: u8 = 21;
    pub(crate) const ADVERB: u8 = 22;
    pub(crate) const CAPITAL: u8 = 23;
    pub(crate) const NUMBER: u8 = 24;
    pub(crate) const PRONOUN: u8 = 25;
    pub(crate) const SOURCE_PREP: u8 = 26;
    pub(crate) const NOUN: u8 = 27;
    pub(crate) const STOP: u8 = 28;
    pub(crate) const OTHER: u8 = 29;
}

/// The class an item has beside others.
fn class_of(text: &str, item: &Item) -> u8 {
    match item.kind {
        Kind::Run(_) => class::RUN,
        Kind::Number => class::NUMBER,
        Kind::Punct(b',') => class::COMMA,
        Kind::Punct(b':') => class::COLON,
        Kind::Punct(b'-' | b';') => class::DASH,
        Kind::Punct(b'(' | b'[') => class::OPEN,
        Kind::Punct(b')' | b']') => class::CLOSE,
        Kind::Punct(b'.' | b'!' | b'?') => class::STOP,
        Kind::Punct(_) => class::OTHER,
        Kind::Word(shape) => {
            let word = item.word;
            if word.classes.has(Classes::SAID_PREP) {
                return class::SOURCE_PREP;
            }
            if word.classes.has(Classes::STRONG.or(Classes::FOREIGN))
                && shape == Shape::Lower
                && word.cue != 1
            {
                return class::CUE_STRONG;
            }
            if word.classes.has(Classes::PREPOSITION) {
                let form = item.span().of(text).unwrap_or_default();
                let is = |word: &str| form.eq_ignore_ascii_case(word);
                return if is("of") {
                    class::OF
                } else if is("to") {
                    class::TO
                } else if is("by") {
                    class::BY
                } else if is("with") || is("for") || is("from") || is("against") {
                    class::WITH
                } else {
                    class::IN
                };
            }
            if word.classes.has(Classes::AUXILIARY) {
                return class::AUXILIARY;
            }
            if word.classes.has(Classes::CONJUNCTION) {
                return class::AND;
            }
            if word.classes.has(Classes::RELATIVE) {
                return class::WHO;
            }
            if word.classes.has(Classes::SUBORDINATOR) {
                return class::THAT;
            }
            if word.classes.has(Classes::POSSESSIVE) {
                return class::POSSESSIVE;
            }
            if word.classes.has(Classes::DETERMINER) {
                return class::DETERMINER;
            }
            if word.classes.has(Classes::PRONOUN) {
                return class::PRONOUN;
            }
            if shape != Shape::Lower {
                return class::CAPITAL;
            }
            if word.classes.has(Classes::ADVERB) || is_adverb(item, text) {
                return class::ADVERB;
            }
            if word.classes.has(Classes::WEAK) || word.cue >= 6 {
                return class::CUE_WEAK;
            }
            if word.cue >= 4 {
                return class::CUE_LEARNED;
            }
            if word.classes.has(Classes::SOURCE_NOUN.or(Classes::NOUN)) {
                return class::NOUN;
            }
            let form = item.span().of(text).unwrap_or_default();
            if form.len() > 4 && (form.ends_with("ed") || form.ends_with("ing")) {
                return class::VERB;
            }
            class::OTHER
        }
    }
}

fn run_shape(text: &str, run: &Run, stream: &Stream, cues: &[u8], item: u32) -> RunShape {
    let content = run.content.of(text).unwrap_or_default();
    let last = match content.chars().next_back() {
        Some(',' | '、' | '，') => 0,
        Some('.' | '。') => 1,
        Some('!' | '?') => 2,
        Some('—' | '–' | '-' | '…') => 3,
        _ => 4,
    };
    let words = content.split_ascii_whitespace().count() as u32;
    let lower_start = content
        .chars()
        .find(|char| char.is_alphanumeric())
        .is_some_and(char::is_lowercase);
    let mut shape = RunShape {
        item,
        words,
        last,
        lower_start,
        ..RunShape::default()
    };
    if item == u32::MAX {
        return shape;
    }
    let at = item as usize;
    let range = stream.paragraph(run.paragraph);
    shape.alone = range.len() == 1
        || range.len() == 2
            && !stream.items[range.end - 1].is_word()
            && !stream.items[range.start].is_word();
    shape.before = match at
        .checked_sub(1)
        .filter(|&before| before >= range.start)
        .map(|before| (before, &stream.items[before]))
    {
        None => 0,
        Some((_, before)) if before.is_punct(b',') => 1,
        Some((_, before)) if before.is_punct(b':') => 2,
        Some((_, before)) if matches!(before.kind, Kind::Punct(b'.' | b'!' | b'?')) => 3,
        Some((_, before)) if matches!(before.kind, Kind::Punct(b'-' | b';')) => 4,
        Some((before, _)) if cues[before] >= 2 => 5,
        Some((_, before)) if before.is_word() => 6,
        Some((_, before)) if before.is_run() => 7,
        Some(_) => 8,
    };
    shape.after = match stream.items.get(at + 1).filter(|_| at + 1 < range.end) {
        None => 0,
        Some(_) if cues[at + 1] >= 2 => 1,
        Some(after) if after.has(Classes::PRONOUN) => 6,
        Some(after) if after.is_lower() => 2,
        Some(after) if after.is_capital() => 3,
        Some(after) if after.is_punct(b',') => 4,
        Some(after) if matches!(after.kind, Kind::Punct(b'.' | b';' | b'!' | b'?')) => 5,
        Some(after) if after.is_run() => 7,
        Some(_) => 8,
    };
    if run.style == Style::Turn {
        shape.before = 2;
    }
    shape
}
