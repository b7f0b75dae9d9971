//! What is right: which clause, name and mentions a gold quotation means.

use whosaid_model::Span;

use super::gold::{GoldKind, GoldQuote};
use super::names::same_person;
use crate::context::Context;
use crate::mention::MentionKind;

/// Tells whether a clause is the gold one: most of the words shared, and the source the right one.
pub(crate) fn reports(gold: &GoldQuote, content: Span, source: Span) -> bool {
    let (Some(first), Some(last)) = (gold.content.first(), gold.content.last()) else {
        return false;
    };
    let whole = Span::new(first.start, last.end);
    let shared = whole
        .end
        .min(content.end)
        .saturating_sub(whole.start.max(content.start));
    let union = whole.end.max(content.end) - whole.start.min(content.start);
    shared * 2 >= union && gold.source.iter().any(|gold| gold.overlaps(source))
}

pub(super) fn is_named(gold: &GoldQuote, name: &str) -> bool {
    gold.names
        .iter()
        .enumerate()
        .any(|(at, gold)| (at == 0 || gold.contains(' ')) && same_person(gold, name))
}

/// Tells which candidates are the gold source: of a person, the mention that carries the name; of a pronoun, the
/// pronoun itself; of a description, what is described.
pub(super) fn right_mentions(
    context: &Context<'_>,
    gold: &GoldQuote,
    candidates: &[u32],
) -> Vec<bool> {
    let inside = |index: u32| {
        let mention = &context.mentions[index as usize];
        let span: Span = context.mention_span(mention);
        gold.source.iter().any(|source| source.overlaps(span))
    };
    let all: Vec<u32> = candidates
        .iter()
        .copied()
        .filter(|&index| inside(index))
        .collect();
    let pick = |test: &dyn Fn(u32) -> bool| {
        all.iter()
            .copied()
            .filter(|&index| test(index))
            .collect::<Vec<u32>>()
    };
    let kind = |index: u32| context.mentions[index as usize].kind;
    let chosen = match gold.kind {
        GoldKind::Person => {
            let named = pick(&|index| {
                kind(index).is_name()
                    && context.mentions[index as usize]
                        .person
                        .is_some_and(|person| {
                            is_named(gold, &context.persons.list[person as usize].name)
                        })
            });
            if named.is_empty() {
                pick(&|index| kind(index).is_pronoun())
            } else {
                named
            }
        }
        GoldKind::Descriptive | GoldKind::Organization => {
            let described = pick(&|index| {
                !context.mentions[index as usize].possessive
                    && (kind(index).is_description()
                        || matches!(kind(index), MentionKind::Organization | MentionKind::Place))
            });
            // The phrase begins with its head: what comes later belongs to it.
            described
                .iter()
                .copied()
                .min_by_key(|&index| context.mentions[index as usize].first)
                .into_iter()
                .collect()
        }
        _ => pick(&|index| kind(index).is_pronoun()),
    };
    let chosen = if chosen.is_empty() { all } else { chosen };
    candidates
        .iter()
        .map(|index| chosen.contains(index))
        .collect()
}
