//! What the grammar around a mention and around a run tells, computed once an article.

pub(crate) mod class;
mod cue;
mod shape;

use std::ops::Range;

use whosaid_model::Span;

use crate::lexicon::Classes;
use crate::marks::{Run, Style};
use crate::mention::{Mention, MentionKind};
use crate::person::Persons;
use crate::stream::{Kind, Stream};
use crate::total::{Cut, Steps, Total, nothing};

pub(crate) use class::{CLASSES, Tag};
use class::{class_of, cue_strength, may_report};
pub(crate) use cue::Cue;
use shape::run_shape;
pub(crate) use shape::{AFTER, BEFORE, RunShape};

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
    /// For each item, how surely it is a reporting verb, 0 to 3.
    pub(crate) cues: Vec<u8>,
    /// The items that are runs, in order.
    pub(crate) run_items: Vec<u32>,
    /// How each style of marks is used, by [`Style`].
    pub(crate) style_uses: [StyleUse; Style::COUNT],
    /// For each sentence, what is in it.
    sentences: Vec<Sentence>,
}

/// What the outer runs in marks of one style are like.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StyleUse {
    pub(crate) all: u32,
    /// Of more than [`LONG`] words.
    pub(crate) long: u32,
}

/// A run of more words than this is long.
pub(crate) const LONG: u32 = 6;

/// What a sentence has somewhere.
#[derive(Clone, Copy, Debug, Default)]
struct Sentence {
    run: bool,
    /// The surest of its reporting verbs.
    cue: u8,
}

nothing! {
    Sentence = Sentence { run: false, cue: 0 };
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
    /// The surer of the two; of equals the one it is the subject of.
    pub(crate) better: Option<Cue>,
    /// Both as numbers for the ranker, 0 for none: how sure, how far and across what they are.
    pub(crate) forward_code: u8,
    pub(crate) backward_code: u8,
    /// Looks like the subject of some verb.
    pub(crate) subject: bool,
    /// Another run stands in its sentence.
    pub(crate) beside_run: bool,
}

/// The surer of two reporting verbs; of equals the first.
fn better(forward: Option<Cue>, backward: Option<Cue>) -> Option<Cue> {
    match (forward, backward) {
        (Some(forward), Some(backward)) if backward.strength > forward.strength => Some(backward),
        (Some(forward), _) => Some(forward),
        (None, backward) => backward,
    }
}

const EDGE: u8 = 0;

impl<'a> Context<'a> {
    pub(crate) fn new(
        text: &'a str,
        runs: &'a [Run],
        stream: &'a Stream,
        mentions: &'a [Mention],
        persons: &'a Persons,
    ) -> Self {
        let (cues, sentences) = read_sentences(stream);
        let run_items: Vec<u32> = stream
            .run_items
            .iter()
            .copied()
            .filter(|&item| item != u32::MAX)
            .collect();
        let mut shapes: Vec<RunShape> = runs
            .iter()
            .enumerate()
            .map(|(index, run)| run_shape(text, run, stream, &cues, *stream.run_items.at(index)))
            .collect();
        if !run_items.is_empty() {
            mark_nicknames(stream, mentions, &mut shapes);
        }
        let mut style_uses = [StyleUse::default(); Style::COUNT];
        let outer = runs
            .iter()
            .zip(&shapes)
            .filter(|(run, _)| run.inside.is_none());
        for (run, shape) in outer {
            style_uses.change(run.style as usize, |style| {
                style.all = style.all.plus(1);
                style.long = style.long.plus(u32::from(shape.words > LONG));
            });
        }
        let mut context = Self {
            text,
            runs,
            stream,
            mentions,
            persons,
            syntax: Vec::new(),
            shapes,
            cues,
            run_items,
            style_uses,
            sentences,
        };
        context.syntax = (0..mentions.len())
            .map(|at| context.syntax_of(at))
            .collect();
        context
    }

    /// The class an item has beside others.
    #[inline]
    pub(crate) fn class(&self, at: usize) -> u8 {
        class_of(self.text, self.stream.items.at(at))
    }

    /// The class of the item, or that of a sentence edge when it lies in another sentence.
    #[inline]
    fn class_at(&self, at: isize, sentence: u32) -> u8 {
        match self.stream.get(at) {
            Some(item) if item.sentence == sentence => class_of(self.text, item),
            _ => EDGE,
        }
    }

    fn syntax_of(&self, at: usize) -> Syntax {
        let mention = self.mentions.at(at);
        let sentence = self.stream.items.at(mention.first).sentence;
        let after = self.class_at((mention.last as isize).plus(1), sentence);
        let has_verb = self.sentences.at(sentence).cue > 0;
        let forward = if has_verb && !mention.possessive {
            self.forward_cue(mention, sentence)
        } else {
            None
        };
        let owns = mention.possessive || mention.kind == MentionKind::Possessive;
        let backward = if owns && self.is_owner(at) {
            None
        } else {
            self.backward_cue(mention, sentence)
        };
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
        Syntax {
            before: self.class_at((mention.first as isize).less(1), sentence),
            after,
            forward,
            backward,
            better: better(forward, backward),
            forward_code: forward.map_or(0, |cue| cue.code().times(2).plus(u8::from(cue.across))),
            backward_code: backward.map_or(0, Cue::code),
            subject,
            beside_run: self.has_run(sentence),
        }
    }

    /// Tells whether a mention that owns only says whose somebody else is, whom the verb before it names: said Roe’s daughter,
    /// Ann · said the club’s Roe.
    fn is_owner(&self, at: usize) -> bool {
        let mention = self.mentions.at(at);
        self.mentions.get(at.plus(1)).is_some_and(|next| {
            let person = next.kind == MentionKind::Role || next.kind.is_name();
            person && next.first <= mention.last.plus(1) && next.last > mention.last
        })
    }

    /// Returns the items of the sentence.
    pub(crate) fn sentence(&self, sentence: u32) -> Range<usize> {
        let (start, end) = *self.stream.sentences.at(sentence);
        start as usize..end as usize
    }

    /// Tells whether a run stands anywhere in the sentence.
    pub(crate) fn has_run(&self, sentence: u32) -> bool {
        self.sentences.at(sentence).run
    }

    /// Tells whether a reporting verb stands anywhere in the sentence.
    pub(crate) fn has_cue(&self, sentence: u32) -> bool {
        self.sentences.at(sentence).cue >= 2
    }

    /// Returns the words of a run, without its marks.
    pub(crate) fn run_words(&self, run: usize) -> &str {
        let content = self.runs.at(run).content;
        content.of(self.text).unwrap_or_default()
    }

    /// Returns the words of the run that is an item, if it is one.
    pub(crate) fn words_at(&self, item: usize) -> Option<&str> {
        match self.stream.items.at(item).kind {
            Kind::Run(run) => Some(self.run_words(run as usize)),
            _ => None,
        }
    }

    /// Returns the mention whose last item this is.
    pub(crate) fn mention_that_ends(&self, item: usize) -> Option<(u32, &Mention)> {
        let starts = |mention: &Mention| mention.first as usize <= item;
        let at = self.mentions.partition_point(starts).checked_sub(1)?;
        let mention = self.mentions.at(at);
        (mention.last as usize == item).then_some((at as u32, mention))
    }

    /// Tells whether a clause begins with a mention.
    pub(crate) fn opens_clause(&self, mention: &Mention) -> bool {
        let joins = Classes::CONJUNCTION
            .or(Classes::SUBORDINATOR)
            .or(Classes::RELATIVE)
            .or(Classes::ADVERB);
        let own = self.stream.items.at(mention.first).sentence;
        let before = (mention.first as usize).checked_sub(1);
        before.is_none_or(|before| {
            let item = self.stream.items.at(before);
            !item.is_word() || item.sentence != own || item.has(joins)
        })
    }

    /// The span of the mention with its titles.
    pub(crate) fn mention_span(&self, mention: &Mention) -> Span {
        Span::new(
            self.stream.items.at(mention.first).start as usize,
            self.stream.items.at(mention.last).end as usize,
        )
    }
}

/// Reads how surely each item is a reporting verb, and what the sentences have by their number.
fn read_sentences(stream: &Stream) -> (Vec<u8>, Vec<Sentence>) {
    let mut sentences = vec![Sentence::default(); stream.sentences.len()];
    let mut cues = vec![0; stream.items.len()];
    for (at, (item, cue)) in stream.items.iter().zip(&mut cues).enumerate() {
        if may_report(item) {
            let before = at
                .checked_sub(1)
                .and_then(|before| stream.items.get(before));
            *cue = cue_strength(item, before);
            sentences.change(item.sentence, |sentence| {
                sentence.cue = sentence.cue.max(*cue);
            });
        }
    }
    for item in stream
        .run_items
        .iter()
        .filter_map(|&at| stream.items.get(at as usize))
    {
        sentences.change(item.sentence, |sentence| sentence.run = true);
    }
    (cues, sentences)
}

/// Tells the runs that stand inside a name: Dana “Duke” Okafor.
fn mark_nicknames(stream: &Stream, mentions: &[Mention], shapes: &mut [RunShape]) {
    for mention in mentions
        .iter()
        .filter(|mention| mention.first.plus(1) < mention.last)
    {
        for item in stream
            .items
            .cut((mention.first as usize).plus(1)..mention.last as usize)
        {
            if let Kind::Run(run) = item.kind {
                shapes.change(run, |shape| shape.in_name = true);
            }
        }
    }
}
