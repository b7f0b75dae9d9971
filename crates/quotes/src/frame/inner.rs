//! A report within a report: Roe said that Day shouted “…” · the Union, which calls it “…” · Roe was sad to see Day go: “…”

use std::ops::Range;

use super::subject::{self, Subject};
use super::{CLAUSE, Framed, beside, is_comma, is_inside, is_saying, saying_before, shows};
use crate::context::Context;
use crate::lexicon::Classes;
use crate::mention::MentionKind;
use crate::pronoun::Referents;
use crate::stream::Kind;
use crate::told::{Teller, is_heard};
use crate::total::{Steps, Total};

/// Items between the verb and the words, at most.
const REACH: usize = 20;

/// More words than this in a clause of saying are spoken.
const LONG: u32 = 2;

pub(super) fn find(
    context: &Context<'_>,
    sentence: Range<usize>,
    run: usize,
    referents: &[Referents],
) -> Option<Framed> {
    let items = &context.stream.items;
    // The Union says:\n“…”: the frame stands in the paragraph before.
    let below = run == sentence.start && run > 0 && items.at(run.less(1)).is_punct(b':');
    // “…,” says Lee.
    if below && (run.plus(1)..sentence.end).any(|at| items.at(at).is_word()) {
        return None;
    }
    let start = if below {
        context.sentence(items.at(run.less(1)).sentence).start
    } else {
        sentence.start
    };
    if let Some(teller) = seen(context, start, run) {
        return Some(Framed {
            teller: Teller::Mention(teller),
            spoken: false,
        });
    }
    let verb = nearest(context, start, run)?;
    if is_heard(context.text, context.stream, verb) {
        return None;
    }
    let outer = saying_before(context, start, verb);
    if context.stream.word(context.text, verb).ends_with("ing") {
        let teller = match outer {
            Some(outer) => inserted(context, outer, verb)?,
            None => {
                super::judged::absolute(context, verb).or_else(|| main(context, start, verb))?
            }
        };
        return Some(Framed {
            teller: Teller::Mention(teller),
            spoken: false,
        });
    }
    owner(context, start, verb, outer, referents).map(|(teller, relative)| Framed {
        teller,
        spoken: (relative || is_predicate(context, run)) && is_long(context, run),
    })
}

/// Tells whether words say what something is: the plan is a “bid to catch up”
fn is_predicate(context: &Context<'_>, run: usize) -> bool {
    let items = &context.stream.items;
    let article = items.at(run.less(1)).has(Classes::DETERMINER);
    items
        .at(run.less(1).less(usize::from(article)))
        .has(Classes::AUXILIARY)
}

/// Tells words too many for a term.
fn is_long(context: &Context<'_>, run: usize) -> bool {
    match context.stream.items.at(run).kind {
        Kind::Run(index) => context.shapes.at(index).words > LONG,
        _ => false,
    }
}

/// The last verb of saying before the words, where no other clause begins between.
fn nearest(context: &Context<'_>, start: usize, run: usize) -> Option<usize> {
    let items = &context.stream.items;
    let mark = items.at(run.less(1));
    let stop = run.less(usize::from(is_comma(mark) || mark.is_punct(b':')));
    if items.at(stop.less(1)).has(Classes::CONJUNCTION) {
        return None;
    }
    let verb = (start.max(run.saturating_sub(REACH))..stop)
        .rev()
        .take_while(|&at| {
            let item = items.at(at);
            let joins = item.has(Classes::CONJUNCTION) && !is_inside(context, at.plus(1));
            item.is_word() && !joins || item.kind == Kind::Number
        })
        .find(|&at| is_saying(context, at))?;
    // Roe tells those who wonder why he left that he was “late”.
    let other = |at: usize| items.at(at).has(CLAUSE) || is_coordinated(context, at);
    let begins = (verb.plus(3)..stop).any(other);
    (!begins).then_some(verb)
}

/// Tells whether another verb is joined to one before: never asked for or received
fn is_coordinated(context: &Context<'_>, at: usize) -> bool {
    let next = context.stream.bytes(context.text, at.plus(1));
    context.stream.items.at(at).has(Classes::CONJUNCTION) && next.ends_with(b"ed")
}

/// Whose a verb of saying is, where another one stands before it, or what is right before it only describes him; and
/// whether its clause describes him.
fn owner(
    context: &Context<'_>,
    start: usize,
    verb: usize,
    outer: Option<usize>,
    referents: &[Referents],
) -> Option<(Teller, bool)> {
    if let Some(owner) = claimed(context, start, verb) {
        // Some Tory, whoever one was before
        let described = context.mentions.at(owner).kind.is_description();
        let teller = if described {
            Teller::Itself(owner)
        } else {
            Teller::Mention(owner)
        };
        return Some((teller, true));
    }
    let items = &context.stream.items;
    let Subject {
        mention,
        relative,
        supposed,
        headed,
    } = subject::of_verb(context, start, verb)?;
    let found = context.mentions.at(mention);
    let before = items.at((found.first as usize).less(1));
    let after = items.at((found.last as usize).plus(1));
    // Flights, which Lind Air says will be “safe”
    let object = before.has(Classes::RELATIVE) && found.first as usize > start;
    if relative && after.is_word() {
        return None;
    }
    if relative || object || headed {
        return Some((Teller::Mention(mention), relative || object));
    }
    let form = context.stream.bytes(context.text, verb);
    // Labour claims the plan is “late”: nothing else can be the subject.
    let first = found.first as usize == start;
    let plain = !(found.kind.is_pronoun() || supposed || shows(form));
    if first && outer.is_none() && plain {
        return Some((Teller::Mention(mention), false));
    }
    // Roe pointed to how Day had complained of “long nights”: the verb before is none of saying.
    let first = found.first as usize;
    let how = first > start
        && matches!(
            context.stream.bytes(context.text, first.less(1)),
            b"how" | b"that"
        );
    let outer = outer.filter(|&outer| outer < first);
    if outer.is_none() && !how {
        return None;
    }
    if !plain {
        return None;
    }
    let speaker = outer.and_then(|outer| subject::of_verb(context, start, outer));
    let speaker = speaker.map(|subject| subject.mention);
    Some((beside(context, mention, speaker, referents), false))
}

/// Amid Tory claims they were “racist”: what looks like a verb is a noun, and whose claims they are stands before it.
fn claimed(context: &Context<'_>, start: usize, verb: usize) -> Option<u32> {
    let items = &context.stream.items;
    if !items.at(verb).has(Classes::NOUN)
        || !context.stream.bytes(context.text, verb).ends_with(b"s")
    {
        return None;
    }
    let (mention, found) = context.mention_that_ends(verb.checked_sub(1)?)?;
    let link = (found.first as usize)
        .checked_sub(1)
        .filter(|&at| at > start)?;
    let amid = items.at(link).has(Classes::PREPOSITION);
    (amid && !found.possessive).then_some(mention)
}

/// The club said that Roe, insisting he was “fit”, · that Roe, who laughed, insisting he was “fit”,
fn inserted(context: &Context<'_>, outer: usize, verb: usize) -> Option<u32> {
    let items = &context.stream.items;
    let comma = verb.checked_sub(1).filter(|&at| is_comma(items.at(at)))?;
    let right = |at: usize| {
        let (index, mention) = context.mention_that_ends(at)?;
        let person = mention.kind.is_name() && !mention.possessive;
        let first = mention.first as usize;
        let inside =
            first == outer.plus(1) || context.stream.is(context.text, first.less(1), "that");
        (person && inside).then_some(index)
    };
    let relative = (outer..comma)
        .rev()
        .find(|&at| context.stream.is(context.text, at, "who") && is_comma(items.at(at.less(1))));
    match relative {
        Some(who) => right(who.less(2)),
        None => right(comma.less(1)),
    }
}

/// The Lantern stood by its choice, saying: “…”: whom the sentence begins with, where nobody else could say it.
pub(super) fn main(context: &Context<'_>, start: usize, verb: usize) -> Option<u32> {
    let items = &context.stream.items;
    verb.checked_sub(1).filter(|&at| is_comma(items.at(at)))?;
    let (at, mention) = opener(context, start)?;
    let first = (mention as usize).plus(1);
    let others = context.mentions.iter().skip(first);
    let alone = others
        .take_while(|other| (other.first as usize) < verb)
        .all(|other| {
            let thing = matches!(
                other.kind,
                MentionKind::Document | MentionKind::Thing | MentionKind::Possessive
            );
            thing || other.possessive
        });
    let joined = (at..verb).any(|at| items.at(at).has(CLAUSE.or(Classes::CONJUNCTION)));
    (alone && !joined).then_some(mention)
}

/// The mention that a sentence begins with, and where it ends.
fn opener(context: &Context<'_>, start: usize) -> Option<(usize, u32)> {
    let begin = context
        .mentions
        .partition_point(|mention| (mention.first as usize) < start);
    let mut here = context.mentions.iter().enumerate().skip(begin);
    let (at, mention) = here
        .by_ref()
        .take_while(|(_, mention)| mention.first as usize == start)
        .find(|(_, mention)| !mention.possessive && !mention.kind.is_pronoun())?;
    let last = mention.last as usize;
    let goes_on = context.stream.items.at(last.plus(1)).is_word();
    goes_on.then_some((last, at as u32))
}

/// Roe said the club was sad to see Day go: “…”: who is seen to do something does not say it.
fn seen(context: &Context<'_>, start: usize, run: usize) -> Option<u32> {
    let items = &context.stream.items;
    let colon = run
        .checked_sub(1)
        .filter(|&at| items.at(at).is_punct(b':'))?;
    let verb = colon.checked_sub(1)?;
    let form = context.stream.bytes(context.text, verb);
    let finite = form.ends_with(b"ed") || form.ends_with(b"s") || matches!(form, b"said" | b"told");
    if finite || !items.at(verb).is_lower() {
        return None;
    }
    let (_, mention) = context.mention_that_ends(verb.checked_sub(1)?)?;
    let sees = (mention.first as usize)
        .checked_sub(1)
        .filter(|&at| at > start)?;
    if !perceives(context.stream.bytes(context.text, sees)) {
        return None;
    }
    match saying_before(context, start, sees) {
        Some(verb) => Some(subject::of_verb(context, start, verb)?.mention),
        None => Some(opener(context, start)?.1),
    }
}

/// Tells verbs that take somebody and what he does: see him go.
fn perceives(form: &[u8]) -> bool {
    matches!(
        form,
        b"see"
            | b"sees"
            | b"saw"
            | b"seeing"
            | b"seen"
            | b"watch"
            | b"watches"
            | b"watched"
            | b"watching"
            | b"hear"
            | b"hears"
            | b"heard"
            | b"hearing"
            | b"let"
            | b"letting"
            | b"make"
            | b"made"
            | b"help"
            | b"helped"
    )
}
