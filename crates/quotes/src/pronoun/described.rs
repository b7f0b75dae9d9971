//! Pronouns that stand for somebody without a name: One parent was not amused. “No,” he said.

use crate::context::{Context, class};
use crate::lexicon::Classes;
use crate::mention::{FAR, Mention, MentionKind};
use crate::role::is_ranked;
use crate::total::{Steps, Total};

/// Returns the description that `he` or `she` at `index` stands for, if nobody with a name comes between.
pub(crate) fn described(context: &Context<'_>, index: u32) -> Option<u32> {
    let mut pronoun = context.mentions.at(index);
    if !matches!(pronoun.kind, MentionKind::He | MentionKind::She) {
        return None;
    }
    let paragraph = |mention: &Mention| context.stream.items.at(mention.first).paragraph;
    for at in (0..index as usize).rev().take(FAR) {
        let mention = context.mentions.at(at);
        if paragraph(mention) != paragraph(pronoun) {
            return None;
        }
        let syntax = context.syntax.at(at);
        match mention.kind {
            // “No,” he said. “Never,” he added.
            kind if kind == pronoun.kind => pronoun = mention,
            MentionKind::Role => {
                if mention.person.is_some() {
                    return None;
                }
                // One parent, a woman in the third row: the phrase opens its sentence, and tells of one.
                let first = mention.first as usize;
                let item = context.stream.items.at(first);
                let one = matches!(
                    item.span().of(context.text),
                    Some("A" | "An" | "One" | "Another" | "a" | "an" | "one" | "another")
                );
                let opens = one && opens_sentence(context, first);
                let fits = mention.gender.agrees(pronoun.gender);
                // One fan, in a tiger costume, stood outside.
                let subject = syntax.subject || syntax.after == class::COMMA;
                // On Tuesday the prime minister, speaking in Lublin, gave way: an office that nobody with a name holds.
                let office = mention.definite && is_ranked(context.text, context.stream, mention);
                if (opens || office) && fits && !mention.possessive && subject {
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

/// Words that may stand before the subject: Outside, a woman held up a sign. · At the gate, a man waited.
const LEAD: usize = 4;

/// Tells whether a sentence begins with the item, or with a few words that name nobody and a comma.
fn opens_sentence(context: &Context<'_>, item: usize) -> bool {
    let items = &context.stream.items;
    let sentence = items.at(item).sentence;
    let lead = (0..item)
        .rev()
        .take_while(|&at| items.at(at).sentence == sentence)
        .take(LEAD + 2)
        .count();
    let named = || {
        let mentions = &context.mentions;
        let first = mentions.partition_point(|mention| (mention.first as usize) < item.less(lead));
        mentions
            .get(first)
            .is_some_and(|mention| (mention.first as usize) < item)
    };
    let before = items.at(item.less(1));
    // But one driver, who asked not to be named, was back on the road.
    let joined = lead == 1 && before.has(Classes::CONJUNCTION);
    lead == 0 || joined || lead <= LEAD + 1 && before.is_punct(b',') && !named()
}
