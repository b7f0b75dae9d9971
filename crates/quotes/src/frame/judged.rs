//! Verbs that say something of their object: called it “…” · accused him of “…” · was dismissed as “…” by Roe

use std::ops::Range;

use super::{Framed, is_comma, is_inside, is_saying, may_be_present, saying_before, subject};
use crate::context::Context;
use crate::lexicon::Classes;
use crate::mention::{Mention, MentionKind};
use crate::pronoun::Referents;
use crate::stream::Kind;
use crate::told::{self, Teller, is_passive};
use crate::total::{Steps, Total};

/// Items between the verb and the words, at most.
const REACH: usize = 16;

/// Words of what things are called, at most: “the tourists”
const SHORT: u32 = 2;

/// Items from one quotation to the next that one verb governs, at most.
const BESIDE: usize = 8;

/// Items between the words and `by`, at most.
const AGENT: usize = 8;

pub(super) fn find(
    context: &Context<'_>,
    sentence: Range<usize>,
    run: usize,
    referents: &[Referents],
) -> Option<Framed> {
    let verb = governing(context, &sentence, run)?;
    let by = by(context, &sentence, verb, run);
    let participle = !context.stream.word(context.text, verb).ends_with("ing");
    let passive = participle && is_passive(context.text, context.stream, verb);
    let bare = is_bare(context, verb, run);
    if passive || bare && by.is_some() && may_be_participle(context, verb) {
        // The plan was branded “a gift” by Roe · in a move branded “a gift” by Roe
        if let Some(by) = by {
            let agent = told::agent(context, by).map_or(Teller::Nobody, Teller::Mention);
            return Some(Framed {
                teller: agent,
                spoken: agent != Teller::Nobody,
            });
        }
        return unnamed(context, sentence, verb, run, referents);
    }
    if !participle {
        let teller = fronted(context, &sentence, verb, run)
            .or_else(|| absolute(context, verb))
            .or_else(|| super::inner::main(context, sentence.start, verb))?;
        return Some(Framed {
            teller: Teller::Mention(teller),
            spoken: true,
        });
    }
    if bare && !is_extracted(context, &sentence, verb) {
        return None;
    }
    let found = subject::of_verb(context, sentence.start, verb)?;
    let mention = context.mentions.at(found.mention);
    // The president denounced what he called a “lie”: whoever the pronoun means is told before.
    if mention.kind.is_pronoun() && mention.first as usize > sentence.start.plus(1) {
        return None;
    }
    // What they call the “long tail” is a term; the old call them “the tourists”.
    let names = matches!(
        context.stream.bytes(context.text, verb),
        b"call" | b"calls" | b"dub" | b"dubs" | b"term" | b"terms" | b"label" | b"labels"
    );
    Some(Framed {
        teller: Teller::Mention(found.mention),
        spoken: !(bare || names && is_short(context, run)),
    })
}

/// Tells words few enough to be a name for something.
fn is_short(context: &Context<'_>, run: usize) -> bool {
    match context.stream.items.at(run).kind {
        Kind::Run(index) => context.shapes.at(index).words <= SHORT,
        _ => true,
    }
}

/// The verb that governs the words.
fn governing(context: &Context<'_>, sentence: &Range<usize>, run: usize) -> Option<usize> {
    let items = &context.stream.items;
    let (mut commas, mut even) = (0_usize, true);
    let mut last_run = run;
    let reach = sentence.start.max(run.saturating_sub(REACH))..run;
    for at in reach.rev() {
        let item = items.at(at);
        if item.has(Classes::JUDGING) && (item.is_lower() || at == sentence.start) {
            let before = at.checked_sub(1).filter(|&before| before >= sentence.start);
            let noun = before.is_some_and(|before| is_noun(context, before, at));
            // He accused Lee of “theft”, not: of Lee, accused of “theft”,
            return (!noun && even).then_some(at);
        }
        // Called it “the missing hinge” of her years in Paris and her late “grey” period: no more of it is hers.
        if item.is_run() {
            if at.plus(BESIDE) < last_run {
                return None;
            }
            last_run = at;
        }
        even ^= is_comma(item);
        commas = commas.plus(usize::from(is_comma(item)));
        let mark = !item.is_word() && !item.is_run() && !is_comma(item);
        let colon = item.is_punct(b':') && at.plus(1) == run;
        let number = item.kind == Kind::Number;
        if mark && !colon && !number || commas > 2 || !is_inside(context, at) {
            return None;
        }
    }
    None
}

/// Tells whether a form is no verb after the word before it: the call · in praise of · League rule
fn is_noun(context: &Context<'_>, before: usize, at: usize) -> bool {
    let item = context.stream.items.at(before);
    let form = context.stream.bytes(context.text, at);
    let thanks = form == b"thanks" && context.stream.is(context.text, at.plus(1), "to");
    if thanks || item.has(Classes::DETERMINER.or(Classes::POSSESSIVE)) {
        return true;
    }
    if form.ends_with(b"ed") || form.ends_with(b"ing") {
        return false;
    }
    if form.ends_with(b"s") {
        return item.has(Classes::PREPOSITION);
    }
    !item.is_word() || !may_be_present(context, before)
}

/// Tells whether no object stands between the verb and the words: branded “a gift” · described as a “gift”
fn is_bare(context: &Context<'_>, verb: usize, run: usize) -> bool {
    let items = &context.stream.items;
    let before = (verb.plus(1)..run).take_while(|&at| !items.at(at).is_run());
    before.into_iter().all(|at| {
        let item = items.at(at);
        let link = matches!(
            context.stream.bytes(context.text, at),
            b"as" | b"by" | b"for" | b"of"
        );
        item.has(Classes::DETERMINER.or(Classes::ADVERB)) || link
    }) || context.stream.is(context.text, verb.plus(1), "by")
        || context.stream.is(context.text, verb.plus(1), "as")
}

/// Tells whether a form is a participle as well.
fn may_be_participle(context: &Context<'_>, verb: usize) -> bool {
    context.stream.bytes(context.text, verb).ends_with(b"ed")
}

/// What they have described as “…”: its object stands before the verb.
fn is_extracted(context: &Context<'_>, sentence: &Range<usize>, verb: usize) -> bool {
    let before = sentence.start.max(verb.saturating_sub(8))..verb;
    before.rev().any(|at| {
        matches!(
            context.stream.bytes(context.text, at),
            b"what" | b"which" | b"whom" | b"What"
        )
    })
}

/// Where `by` names who does it, right behind the verb or behind the words.
fn by(context: &Context<'_>, sentence: &Range<usize>, verb: usize, run: usize) -> Option<usize> {
    let is_by = |&at: &usize| context.stream.is(context.text, at, "by");
    let near = (verb.plus(1)..verb.plus(3).min(run)).find(is_by);
    let far = || {
        (run.plus(1)..sentence.end.min(run.plus(AGENT)))
            .take_while(|&at| {
                let item = context.stream.items.at(at);
                let goes_on = item.is_word() && is_inside(context, at) || item.is_run();
                goes_on && !item.has(Classes::JUDGING)
            })
            .find(is_by)
            .filter(|&at| {
                !context
                    .stream
                    .bytes(context.text, at.less(1))
                    .ends_with(b"ed")
            })
    };
    let at = near.or_else(far)?;
    let next = context.stream.items.at(at.plus(1));
    let word = context.stream.word(context.text, at.plus(1));
    let person = next.is_word()
        && !word.ends_with("ing")
        && !next.has(Classes::WEEKDAY.or(Classes::MONTH).or(Classes::PREPOSITION))
        && word != "then";
    person.then_some(at)
}

/// Nobody is named who said it, but for whoever reports it: the letter says that it was called “a gift”.
fn unnamed(
    context: &Context<'_>,
    sentence: Range<usize>,
    verb: usize,
    run: usize,
    referents: &[Referents],
) -> Option<Framed> {
    let Kind::Run(index) = context.stream.items.at(run).kind else {
        return None;
    };
    // He said it could be termed “a mess,” Roe wrote: the frame stands right beside it.
    if context.shapes.at(index).last == 0 {
        return None;
    }
    if let Some(outer) = saying_before(context, sentence.start, verb) {
        let teller = subject::of_verb(context, sentence.start, outer);
        return teller.map(|subject| Framed {
            teller: Teller::Mention(subject.mention),
            spoken: false,
        });
    }
    let reported = super::closing::find(
        context,
        sentence.clone(),
        context.shapes.at(index),
        referents,
    );
    let written = written(context, &sentence, verb);
    let teller = || written.or_else(|| told_before(context, &sentence, verb));
    Some(reported.unwrap_or_else(|| Framed {
        teller: teller().map_or(Teller::Nobody, Teller::Mention),
        spoken: written.is_some(),
    }))
}

/// In a study by Clean Ports, bribery was described as “rampant”.
fn written(context: &Context<'_>, sentence: &Range<usize>, verb: usize) -> Option<u32> {
    let starts = context.stream.is(context.text, sentence.start, "In");
    let mut opening =
        (sentence.start..verb).take_while(|&at| starts && !is_comma(context.stream.items.at(at)));
    let by = opening.find(|&at| context.stream.is(context.text, at, "by"))?;
    told::agent(context, by)
}

/// The letter praised Roe. The tour was described as “a triumph”: the letter goes on, where nobody speaks in it.
fn told_before(context: &Context<'_>, sentence: &Range<usize>, verb: usize) -> Option<u32> {
    let items = &context.stream.items;
    let end = sentence.start;
    let last = items.at(end.checked_sub(1)?);
    if last.paragraph != items.at(end).paragraph {
        return None;
    }
    let before = context.sentence(last.sentence);
    let at = context
        .mentions
        .partition_point(|mention| (mention.first as usize) < before.start);
    let mention = context.mentions.get(at)?;
    let next = (mention.last as usize).plus(1);
    let judges = items.at(next).has(Classes::JUDGING) || is_saying(context, next);
    let body = matches!(
        mention.kind,
        MentionKind::Document | MentionKind::Body | MentionKind::Organization | MentionKind::Group
    );
    let opens = mention.first as usize == before.start && !mention.possessive;
    // She is described as “a proud gardener” says nobody: who she is stands before.
    let subject = items
        .at(sentence.start)
        .has(Classes::PRONOUN.or(Classes::POSSESSIVE));
    (opens && body && judges && !subject && verb > sentence.start).then_some(at as u32)
}

/// Describing Roe as “a kind man”, Day said: the participle is the subject's of what follows.
fn fronted(context: &Context<'_>, sentence: &Range<usize>, verb: usize, run: usize) -> Option<u32> {
    let items = &context.stream.items;
    if verb > sentence.start.plus(1) {
        return None;
    }
    let comma = (run.plus(1)..sentence.end.min(run.plus(REACH)))
        .find(|&at| is_comma(items.at(at)))
        .or_else(|| items.at(run.plus(1)).is_word().then_some(run))?;
    let first = comma.plus(1);
    let at = context
        .mentions
        .partition_point(|mention| (mention.first as usize) < first);
    let near = |mention: &&Mention| mention.first as usize <= first.plus(1);
    let mention = context.mentions.get(at).filter(near)?;
    let acts = !mention.possessive && mention.kind != MentionKind::Possessive;
    acts.then_some(at as u32)
}

/// Critics were unkind, with the Courier labelling it a “sermon”.
pub(super) fn absolute(context: &Context<'_>, verb: usize) -> Option<u32> {
    let (at, mention) = context.mention_that_ends(verb.checked_sub(1)?)?;
    let with = (mention.first as usize).checked_sub(1)?;
    let acts = !mention.possessive && context.stream.is(context.text, with, "with");
    acts.then_some(at)
}
