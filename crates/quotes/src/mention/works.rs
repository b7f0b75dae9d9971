//! What somebody made, behind who made it: the star of Storm Boy and Lotus.

use super::{Mention, MentionKind};
use crate::lexicon::Classes;
use crate::stream::Stream;
use crate::total::{Cut, Steps, Total};

/// Words of the titles at most.
const LONG: usize = 10;

/// Tells whether what somebody is of is a work, or the band that plays it.
pub(super) fn makes(head: &str) -> bool {
    matches!(
        head,
        "author" | "composer" | "creator" | "frontman" | "singer" | "star" | "writer"
    )
}

/// Takes the titles of works into the descriptions of those who made them: they are no persons. The writer of Cold Bay and
/// Embers said.
pub(super) fn absorb(text: &str, stream: &Stream, mentions: &mut Vec<Mention>) {
    let mut until = 0;
    for at in 0..mentions.len() {
        let mention = *mentions.at(at);
        let last = mention.last as usize;
        let maker = mention.kind == MentionKind::Role
            && mention.definite
            && !mention.possessive
            && stream.is(text, last.plus(1), "of")
            && makes(stream.word(text, mention.name_first as usize));
        let Some(end) = titles(text, stream, last.plus(2)).filter(|_| maker) else {
            continue;
        };
        mentions.change(at, |mention| mention.last = end as u32);
        until = until.max(end);
    }
    if until > 0 {
        let mut covered = 0;
        mentions.retain(|mention| {
            let inside = covered > 0 && mention.first <= covered;
            if mention.kind == MentionKind::Role && !inside {
                covered = mention.last;
            }
            !inside
        });
    }
}

/// Where titles end that begin at an item: words with capitals, joined by `and` and commas, and the verb behind them.
fn titles(text: &str, stream: &Stream, first: usize) -> Option<usize> {
    let items = &stream.items;
    let start = items.get(first).filter(|item| item.is_capital())?;
    let same = |at: usize| items.get(at).filter(|item| item.sentence == start.sentence);
    let mut end = first;
    for at in first..first.plus(LONG) {
        let Some(item) = same(at) else { break };
        let next = same(at.plus(1)).is_some_and(crate::stream::Item::is_capital);
        let owns = item.is_capital()
            && text
                .cut(item.end as usize..)
                .starts_with(crate::chars::APOSTROPHES);
        if owns {
            return None;
        }
        if item.is_capital() {
            end = at;
        } else if !(next && (item.is_punct(b',') || item.has(Classes::CONJUNCTION))) {
            break;
        }
    }
    let verb = same(end.plus(1))?;
    let grammar = Classes::PREPOSITION.or(Classes::RELATIVE);
    (verb.is_lower() && !verb.has(grammar)).then_some(end)
}
