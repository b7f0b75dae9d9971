//! Reported speech without marks: Chung said he saw a considerable chance.
//!
//! A subject and its reporting verb offer a clause: what follows the verb, or what stands before `, Roe said`.
//! A logistic model over the verb, the subject and the clause's first words decides.

use std::ops::Range;
use std::sync::LazyLock;

use whosaid_model::Span;

use crate::context::{CLASSES, Context, Cue, class};
use crate::lexicon::{Classes, Form};
use crate::model::{Layout, Sink, Table, cross, logistic};
use crate::stream::{Item, Kind};
use crate::total::{Cut, Steps, Total};

/// A clause is taken from this probability on: on four folds of the training articles it gives a precision of .80.
const SPEECH: f32 = 0.6;

/// Earlier ends tried for a clause.
const CUTS: usize = 3;

pub(crate) static LAYOUT: Layout<15> = Layout::new([
    ("bias", 1),
    ("order", 4),
    ("cue", 4 * 8 * 4),
    ("cue-distance", 4 * 2 * 4),
    ("subject", 20 * 4),
    ("first", CLASSES * 4),
    ("second", CLASSES * 4),
    ("before-subject", CLASSES * 4),
    ("length", 8 * 4),
    ("verb-in-clause", 2 * 4 * 4),
    ("subject-form", 16 * 4),
    ("run-in-sentence", 2 * 4),
    ("ended", 6 * 4),
    ("breaks", 6 * 4 * 2),
    ("cue-first", 4 * CLASSES),
]);

static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::of(&LAYOUT.read(include_str!("../model/indirect.tsv"))));

/// A clause and who is reported to have said it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clause {
    pub(crate) mention: u32,
    pub(crate) cue: Cue,
    pub(crate) content: Span,
    /// 0 after the verb, 1 after verb and `that`, 2 before `, Roe said`, 3 with `according to`.
    order: u32,
    /// First and last item.
    items: (usize, usize),
    /// 0 where the sentence ends, else what ends it early.
    ended: u32,
}

/// Finds the clauses that are more probably speech than not, in order, none overlapping.
pub(crate) fn find(context: &Context<'_>, table: Option<&Table>) -> Vec<(Clause, f32)> {
    let table = table.unwrap_or(&TABLE);
    let mut found: Vec<(Clause, f32)> = Vec::new();
    for clause in clauses(context) {
        let mut sum = table.sum();
        collect(context, &clause, &mut sum);
        let probability = logistic(sum.score);
        if probability < SPEECH {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.0.content.overlaps(clause.content) => {
                if probability > last.1 {
                    *last = (clause, probability);
                }
            }
            _ => found.push((clause, probability)),
        }
    }
    found.sort_by_key(|(clause, _)| (clause.content.start, clause.content.end));
    found
}

/// Offers the clauses of an article, in order of their subjects.
pub(crate) fn clauses(context: &Context<'_>) -> Vec<Clause> {
    let mut found = Vec::with_capacity(32);
    for at in 0..context.mentions.len() {
        let mention = context.mentions.at(at);
        let syntax = context.syntax.at(at);
        let items = &context.stream.items;
        let sentence = items.at(mention.first).sentence;
        if syntax.forward.is_none() && syntax.backward.is_none() {
            continue;
        }
        let range = context.sentence(sentence);
        if let Some(cue) = syntax.forward.filter(|_| !mention.possessive) {
            let verb = cue.item as usize;
            if let Some(whole) = after(context, at, cue, verb.plus(1), &range) {
                cuts(context, &whole, &mut found);
                found.push(whole);
            }
            // …, Roe said.
            let first = mention.first as usize;
            let closes = items.get(verb.plus(1)).is_none_or(|item| {
                item.sentence != sentence
                    || matches!(item.kind, Kind::Punct(b'.' | b','))
                    || item.has(Classes::PREPOSITION.or(Classes::WEEKDAY))
            });
            if first > range.start.plus(2) && items.at(first.less(1)).is_punct(b',') && closes {
                found.extend(clause(context, at, cue, 2, range.start, first.less(2)));
            }
        }
        if let Some(cue) = syntax.backward {
            let verb = cue.item as usize;
            let order = if items.at(verb).has(Classes::SAID_PREP) {
                3
            } else {
                2
            };
            if verb > range.start.plus(2) && items.at(verb.less(1)).is_punct(b',') {
                found.extend(clause(context, at, cue, order, range.start, verb.less(2)));
            } else if order == 3 && verb == range.start {
                let comma = ((mention.last as usize).plus(1)..range.end)
                    .take(12)
                    .find(|&at| items.at(at).is_punct(b','));
                if let Some(comma) = comma {
                    found.extend(clause(
                        context,
                        at,
                        cue,
                        3,
                        comma.plus(1),
                        range.end.less(1),
                    ));
                }
            }
        }
    }
    found
}

/// The same clause ended earlier: before `, and`, `, which`, `, according to` and their like.
fn cuts(context: &Context<'_>, whole: &Clause, found: &mut Vec<Clause>) {
    let items = &context.stream.items;
    let (first, last) = whole.items;
    let most = found.len().plus(CUTS);
    let inside = items.cut(first.plus(2)..last.less(1).max(first.plus(2)));
    let next_cues = context.cues.cut(first.plus(3)..);
    for (offset, (item, &next_cue)) in inside.iter().zip(next_cues).enumerate() {
        // Most items end nothing.
        if next_cue < 2 && !matches!(item.kind, Kind::Punct(b',' | b'-')) {
            continue;
        }
        if found.len() == most {
            break;
        }
        let at = first.plus(2).plus(offset);
        let next = items.at(at.plus(1));
        let ends = items.at(at).is_punct(b',')
            && (next.has(
                Classes::CONJUNCTION
                    .or(Classes::RELATIVE)
                    .or(Classes::SUBORDINATOR)
                    .or(Classes::SAID_PREP),
            ) || *context.cues.at(at.plus(1)) >= 2
                || context.class(at.plus(1)) == class::VERB)
            || items.at(at).is_punct(b'-')
            || *context.cues.at(at.plus(1)) >= 2 && context.class(at) == class::AND;
        if ends {
            found.extend(
                clause(
                    context,
                    whole.mention as usize,
                    whole.cue,
                    whole.order,
                    first,
                    at.less(1),
                )
                .map(|cut| Clause {
                    ended: ending(context, at).plus(1),
                    ..cut
                }),
            );
        }
    }
}

/// What ends a clause early: a comma and what follows it.
fn ending(context: &Context<'_>, at: usize) -> u32 {
    let next = context.stream.items.at(at.plus(1));
    if next.has(Classes::CONJUNCTION) {
        0
    } else if next.has(Classes::RELATIVE) {
        1
    } else if next.has(Classes::SUBORDINATOR) {
        2
    } else if *context.cues.at(at.plus(1)) >= 2 {
        3
    } else {
        4
    }
}

/// The clause after a verb: from `that` on if it comes soon, else right after the verb and whom it was told.
fn after(
    context: &Context<'_>,
    mention: usize,
    cue: Cue,
    start: usize,
    range: &Range<usize>,
) -> Option<Clause> {
    let items = &context.stream.items;
    let is = |item: &Item, form: Form| item.is_lower() && item.word.form == form;
    let that = items
        .cut(start..range.end.min(start.plus(10)).max(start))
        .iter()
        .take_while(|item| !item.is_run() && !item.is_punct(b','))
        .position(|item| is(item, Form::That))
        .map(|offset| start.plus(offset));
    let first = that.unwrap_or_else(|| {
        let told = items
            .get(start.wrapping_sub(1))
            .and_then(|item| item.span().of(context.text))
            .is_some_and(|verb| verb.starts_with('t'));
        let mut at = start;
        // told reporters, told the paper on Monday
        while told
            && at < range.end
            && at < start.plus(6)
            && (items.at(at).has(
                Classes::GROUP
                    .or(Classes::DETERMINER)
                    .or(Classes::WEEKDAY)
                    .or(Classes::BODY),
            ) || items.at(at).is_capital() && at == start
                || is(items.at(at), Form::On))
        {
            at = at.plus(1);
        }
        // said on Monday, said Monday
        while at < range.end
            && (items.at(at).has(Classes::WEEKDAY)
                || is(items.at(at), Form::On)
                    && items
                        .get(at.plus(1))
                        .is_some_and(|next| next.has(Classes::WEEKDAY)))
        {
            at = at.plus(1);
        }
        at
    });
    clause(
        context,
        mention,
        cue,
        u32::from(that.is_some()),
        first,
        range.end.checked_sub(1)?,
    )
}

/// Builds a clause from items `first` to `last`, if it is one.
fn clause(
    context: &Context<'_>,
    mention: usize,
    cue: Cue,
    order: u32,
    first: usize,
    mut last: usize,
) -> Option<Clause> {
    let items = &context.stream.items;
    while last > first && matches!(items.at(last).kind, Kind::Punct(_)) {
        last = last.less(1);
    }
    if last <= first || last >= items.len() {
        return None;
    }
    let opens = items.at(first).is_word() || items.at(first).kind == Kind::Number;
    let has_run = || {
        context.has_run(items.at(first).sentence)
            && items.cut(first..=last).iter().any(Item::is_run)
    };
    if !opens || has_run() {
        return None;
    }
    Some(Clause {
        mention: mention as u32,
        cue,
        content: Span::new(items.at(first).start as usize, items.at(last).end as usize),
        order,
        items: (first, last),
        ended: 0,
    })
}

/// Adds the features of a clause.
pub(crate) fn collect(context: &Context<'_>, clause: &Clause, out: &mut impl Sink) {
    let mention = context.mentions.at(clause.mention);
    let syntax = context.syntax.at(clause.mention);
    let items = &context.stream.items;
    let order = clause.order;
    let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
    let (first, last) = clause.items;
    add(0, 0);
    add(1, order);
    add(
        2,
        cross(
            cross(
                u32::from(clause.cue.strength),
                8,
                u32::from(items.at(clause.cue.item).word.cue),
            ),
            4,
            order,
        ),
    );
    add(
        3,
        cross(
            cross(
                u32::from(clause.cue.distance),
                2,
                u32::from(clause.cue.across),
            ),
            4,
            order,
        ),
    );
    add(4, cross(mention.kind as u32, 4, order));
    add(5, cross(u32::from(context.class(first)), 4, order));
    // A clause has two items or more.
    add(6, cross(u32::from(context.class(first.plus(1))), 4, order));
    add(7, cross(u32::from(syntax.before), 4, order));
    let length = match last.less(first).saturating_add(1) {
        0..=2 => 0,
        3..=4 => 1,
        5..=7 => 2,
        8..=12 => 3,
        13..=20 => 4,
        21..=30 => 5,
        31..=45 => 6,
        _ => 7,
    };
    add(8, cross(length, 4, order));
    let (mut verbs, mut commas) = (0_u32, 0_u32);
    for item in items.cut(first..=last) {
        verbs = verbs.plus(u32::from(item.has(Classes::AUXILIARY)));
        commas = commas.plus(u32::from(item.is_punct(b',')));
    }
    let (verbs, commas) = (verbs.min(3), commas.min(3));
    let pronoun = items
        .cut(first..=last)
        .iter()
        .take(4)
        .any(|item| item.has(Classes::PRONOUN));
    add(9, cross(cross(u32::from(pronoun), 4, verbs), 4, order));
    let form = u32::from(mention.definite)
        | u32::from(mention.titled) << 1
        | u32::from(mention.person.is_some()) << 2
        | u32::from(mention.kind.is_name()) << 3;
    add(10, cross(form, 4, order));
    add(11, cross(u32::from(syntax.beside_run), 4, order));
    add(12, cross(clause.ended, 4, order));
    // What is left of the sentence, and whether commas stand inside.
    let sentence = context.sentence(items.at(last).sentence);
    add(
        13,
        cross(
            cross(clause.ended, 4, commas),
            2,
            u32::from(last.plus(2) < sentence.end),
        ),
    );
    add(
        14,
        cross(
            u32::from(clause.cue.strength),
            CLASSES,
            u32::from(context.class(first)),
        ),
    );
}
