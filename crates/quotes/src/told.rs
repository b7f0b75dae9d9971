//! Those who are told something do not say it: Roe was told by Day · Roe rejected Day’s remark that.
//!
//! Rules that come before the ranker, for the grammar leaves no choice.

use std::ops::Range;

use crate::context::{Context, RunShape};
use crate::lexicon::Classes;
use crate::mention::{Mention, MentionKind};
use crate::stream::{Item, Kind, Stream};
use crate::total::{Cut, Steps, Total};

/// Items between the words and the verb that tells whose they are, at most.
pub(crate) const REACH: usize = 10;

/// Whose words a rule says that a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Teller {
    /// Whoever this mention means.
    Mention(u32),
    /// Whom this description describes, who is nobody with a name.
    Itself(u32),
    /// Somebody whom the sentence does not name.
    Nobody,
}

/// Tells whether the verb at an item says of its subject that he hears: was told, had been asked, is then warned.
pub(crate) fn is_heard(text: &str, stream: &Stream, verb: usize) -> bool {
    hears(stream.bytes(text, verb)) && is_passive(text, stream, verb)
}

/// Tells whether a form of `be` makes a participle passive: was branded, has since been called.
pub(crate) fn is_passive(text: &str, stream: &Stream, verb: usize) -> bool {
    let sentence = stream.items.at(verb).sentence;
    let before = stream.items.cut(..verb).iter().enumerate().rev().take(3);
    let mut before = before.skip_while(|(_, item)| item.has(Classes::ADVERB));
    before.next().is_some_and(|(at, item)| {
        let be = matches!(
            stream.bytes(text, at),
            b"was" | b"were" | b"is" | b"are" | b"been" | b"being" | b"be"
        );
        be && item.sentence == sentence
    })
}

/// Tells whether a participle is of a verb whose object hears what is said.
pub(crate) fn hears(form: &[u8]) -> bool {
    matches!(
        form,
        b"told"
            | b"tells"
            | b"asked"
            | b"informed"
            | b"advised"
            | b"warned"
            | b"reminded"
            | b"assured"
            | b"reassured"
            | b"cautioned"
            | b"notified"
            | b"instructed"
            | b"urged"
            | b"admonished"
    )
}

/// Finds whose words run `run` is where a rule says so; `before` is what was found for the run before it.
pub(crate) fn find(
    context: &Context<'_>,
    run: usize,
    before: Option<(usize, Teller)>,
) -> Option<Teller> {
    let shape = context.shapes.at(run);
    if shape.item == u32::MAX {
        return None;
    }
    let item = shape.item as usize;
    let sentence = context.sentence(context.stream.items.at(item).sentence);
    // “You lost,” Roe was told. “Go home.”
    let goes_on = before.filter(|&(before, _)| {
        let last = context.shapes.at(before).item as usize;
        let between = context.stream.items.cut(last..item);
        let alone = context.stream.items.cut(sentence.clone());
        context.runs.at(before).paragraph == context.runs.at(run).paragraph
            && alone.iter().all(|item| !item.is_word())
            && !between.iter().skip(1).any(Item::is_run)
    });
    if let Some((_, teller)) = goes_on {
        return Some(teller);
    }
    let end = asked_until(context, shape, item).unwrap_or(sentence.end);
    told_before(context, sentence.start, item, sentence.end)
        .or_else(|| told_after(context, item, end))
        .or_else(|| remarked(context, sentence.start, item).map(Teller::Mention))
}

/// “Is it over?” Roe was asked: where the sentence ends that a question mark has cut off from its words.
fn asked_until(context: &Context<'_>, shape: &RunShape, run: usize) -> Option<usize> {
    let items = &context.stream.items;
    let next = items.get(run.plus(1)).filter(|_| shape.last == 2)?;
    let cut = next.paragraph == items.at(run).paragraph && next.sentence != items.at(run).sentence;
    let rest = context.sentence(next.sentence);
    let asked = || {
        let mut words = rest.clone().take(REACH);
        words.any(|at| {
            context.stream.is(context.text, at, "asked")
                && is_heard(context.text, context.stream, at)
        })
    };
    (cut && asked()).then_some(rest.end)
}

/// Roe was told by Day: “…” · Roe was told that he was “…”
fn told_before(context: &Context<'_>, start: usize, run: usize, end: usize) -> Option<Teller> {
    let items = &context.stream.items;
    let verb = (start.max(run.saturating_sub(REACH))..run)
        .rev()
        .take_while(|&at| !items.at(at).is_run())
        .find(|&at| *context.cues.at(at) > 0)?;
    if !is_heard(context.text, context.stream, verb) {
        return None;
    }
    if is_reported(context, start..end, verb) {
        return None;
    }
    let agent = agent(context, verb.plus(1)).or_else(|| agent(context, run.plus(1).min(end)));
    let between = items.cut(verb.plus(1)..run);
    let clause = |item: &Item| item.has(Classes::NOUN.or(Classes::RELATIVE));
    let about = |at: usize| matches!(context.stream.word(context.text, at), "about" | "as");
    let comma = |item: &Item| item.is_punct(b',');
    let closes = items.at(run.less(1));
    let commas = between.iter().filter(|item| comma(item)).count();
    let plain = commas == usize::from(comma(closes))
        || agent.is_some() && (comma(closes) || closes.is_punct(b':'));
    let other = between.iter().any(clause) || (verb.plus(1)..run).any(about);
    (plain && !other).then(|| agent.map_or(Teller::Nobody, Teller::Mention))
}

/// Tells whether somebody else reports what was told: Lee said he had been asked for “…” · According to Lee, …
fn is_reported(context: &Context<'_>, mut sentence: Range<usize>, verb: usize) -> bool {
    sentence.any(|at| {
        at != verb
            && (*context.cues.at(at) == 3 && !is_heard(context.text, context.stream, at)
                || context.stream.items.at(at).has(Classes::SAID_PREP))
    })
}

/// “…,” Roe was told by Day.
fn told_after(context: &Context<'_>, run: usize, end: usize) -> Option<Teller> {
    let items = &context.stream.items;
    let Kind::Run(index) = items.at(run).kind else {
        return None;
    };
    if context.shapes.at(index).last > 2 {
        return None;
    }
    let verb = (run.plus(1)..end.min(run.plus(REACH)))
        .take_while(|&at| {
            let item = items.at(at);
            let clause = Classes::CONJUNCTION
                .or(Classes::RELATIVE)
                .or(Classes::SUBORDINATOR);
            item.is_word() && !item.has(clause)
        })
        .find(|&at| *context.cues.at(at) > 0)?;
    if !is_heard(context.text, context.stream, verb) {
        return None;
    }
    let next = context.stream.word(context.text, verb.plus(1));
    let other = verb.plus(1) < end
        && matches!(
            next,
            "to" | "that" | "about" | "of" | "as" | "if" | "whether" | "how" | "why"
        );
    (!other).then(|| agent(context, verb.plus(1)).map_or(Teller::Nobody, Teller::Mention))
}

/// Who is named after `by` at an item.
pub(crate) fn agent(context: &Context<'_>, at: usize) -> Option<u32> {
    if !context.stream.is(context.text, at, "by") {
        return None;
    }
    let first = at.plus(1) as u32;
    let begin = context
        .mentions
        .partition_point(|mention| mention.first < first);
    let near = context.mentions.cut(begin..);
    let whole = |mention: &&Mention| !mention.possessive && mention.first <= first.plus(1);
    let place = near.iter().take(4).position(|mention| whole(&mention))?;
    // By his lawyer, Ann Day,
    let apposed = near.get(place.plus(1)).is_some_and(|name| {
        let told = near.at(place);
        told.kind == MentionKind::Role
            && name.kind == MentionKind::FullName
            && name.first == told.last.plus(2)
            && !name.possessive
    });
    Some(begin.plus(place).plus(usize::from(apposed)) as u32)
}

/// Roe criticised Day’s remark that “…”, a remark by Day that “…”: whose remark it is.
fn remarked(context: &Context<'_>, start: usize, run: usize) -> Option<u32> {
    let items = &context.stream.items;
    let that = (start.max(run.saturating_sub(REACH))..run)
        .rev()
        .take_while(|&at| items.at(at).is_word() && *context.cues.at(at) < 2)
        .find(|&at| context.stream.is(context.text, at, "that"))?;
    // Day’s claim that it is late is “not true”.
    let verbs = items.cut(that..run).iter();
    if verbs.filter(|item| item.has(Classes::AUXILIARY)).count() > 1 {
        return None;
    }
    let noun = that.checked_sub(1).filter(|&noun| noun > start)?;
    let is_noun = |at: usize| items.at(at).is_lower() && items.at(at).has(Classes::NOUN);
    let behind = context
        .mentions
        .partition_point(|mention| (mention.first as usize) < noun);
    if !is_noun(noun) {
        let begun = context
            .mentions
            .partition_point(|mention| (mention.first as usize) < that);
        let at = (0..begun).rev().take(4).find(|&at| {
            let (first, last) = (context.mentions.at(at).first, context.mentions.at(at).last);
            last as usize == noun
                && first as usize > start.plus(1)
                && context
                    .stream
                    .is(context.text, (first as usize).less(1), "by")
                && is_noun((first as usize).less(2))
        })?;
        return Some(at as u32);
    }
    let owner = (0..behind).rev().take(4).find(|&at| {
        let mention = context.mentions.at(at);
        let owns = mention.possessive || mention.kind == MentionKind::Possessive;
        let last = mention.last as usize;
        let adjectives = items.cut(last.plus(1)..noun.max(last.plus(1)));
        owns && last < noun
            && last >= start
            && last.plus(3) >= noun
            && adjectives.iter().all(Item::is_lower)
    })?;
    Some(owner as u32)
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn who_is_told_does_not_speak() {
        check(
            "“You lost,” Joe Roe was told by Ann Day.",
            &[("You lost,", "Ann Day")],
        );
        check("Joe Roe was told: “You lost.”", &[("You lost.", "")]);
        check(
            "Ann Day left. “You lost,” Joe Roe was then told. “Go home.”",
            &[("You lost,", ""), ("Go home.", "")],
        );
        check(
            "Anna Roe was asked by Bob Lee: “Is it over?”",
            &[("Is it over?", "Bob Lee")],
        );
        check("“Is it over?” Anna Roe was asked.", &[("Is it over?", "")]);
        check(
            "Joe Roe had been warned by his lawyer, Ann Day: “Say no more.”",
            &[("Say no more.", "Ann Day")],
        );
    }

    #[test]
    fn who_answers_does() {
        check(
            "When Joe Roe was asked about it on Monday, he said: “Never again.”",
            &[("Never again.", "Joe Roe")],
        );
        check(
            "“Never again,” said Joe Roe, who was told to leave.",
            &[("Never again,", "Joe Roe")],
        );
        check(
            "Anna Roe was quoted as saying “we will never go back.”",
            &[("we will never go back.", "Anna Roe")],
        );
        check(
            "Anna Roe was heard to say “we will never go back.”",
            &[("we will never go back.", "Anna Roe")],
        );
    }

    #[test]
    fn a_remark_is_of_who_made_it() {
        check(
            "Anna Roe criticised Bob Lee’s remark that “women talk too much”.",
            &[("women talk too much", "Bob Lee")],
        );
        check(
            "Anna Roe rejected claims by Bob Lee that she was “a liar”.",
            &[("a liar", "Bob Lee")],
        );
        check(
            "Anna Roe said that “women talk too much”.",
            &[("women talk too much", "Anna Roe")],
        );
    }
}
