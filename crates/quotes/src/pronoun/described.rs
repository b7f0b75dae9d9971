//! Pronouns that stand for somebody without a name: One parent was not amused. “No,” he said.

use crate::context::{Context, class};
use crate::mention::{Gender, Mention, MentionKind};

/// Mentions that are looked at, at most: a paragraph may be a megabyte of pronouns.
const FAR: usize = 200;

/// Returns the description that `he` or `she` at `index` stands for, if nobody with a name comes between.
pub(crate) fn described(context: &Context<'_>, index: u32) -> Option<u32> {
    let mut pronoun = &context.mentions[index as usize];
    if !matches!(pronoun.kind, MentionKind::He | MentionKind::She) {
        return None;
    }
    let paragraph = |mention: &Mention| context.stream.items[mention.first as usize].paragraph;
    for at in (0..index as usize).rev().take(FAR) {
        let mention = &context.mentions[at];
        if paragraph(mention) != paragraph(pronoun) {
            return None;
        }
        let syntax = &context.syntax[at];
        match mention.kind {
            // “No,” he said. “Never,” he added.
            kind if kind == pronoun.kind => pronoun = mention,
            MentionKind::Role => {
                if mention.person.is_some() {
                    return None;
                }
                // One parent, a woman in the third row: the phrase opens its sentence, and tells of one.
                let first = mention.first as usize;
                let item = &context.stream.items[first];
                let opens = context
                    .stream
                    .get(first as isize - 1)
                    .is_none_or(|before| before.sentence != item.sentence);
                let one = matches!(
                    item.span().of(context.text),
                    Some("A" | "An" | "One" | "Another")
                );
                let fits = mention.gender == Gender::Unknown || mention.gender == pronoun.gender;
                // One fan, in a tiger costume, stood outside.
                let subject = syntax.subject || syntax.after == class::COMMA;
                if opens && one && fits && !mention.possessive && subject {
                    return Some(at as u32);
                }
            }
            // A spokesman for Roe, a man from Omena.
            kind if kind.is_name() => {
                let belongs = matches!(syntax.before, class::OF | class::WITH | class::IN);
                if mention.person.is_some() && !belongs {
                    return None;
                }
            }
            MentionKind::He | MentionKind::She => return None,
            _ => {}
        }
    }
    None
}
