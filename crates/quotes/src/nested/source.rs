//! The grammar of the outer words: which of them say who said the inner ones.

use crate::context::Context;
use crate::mention::Mention;
use crate::rank::{self, Ranking};
use crate::total::Total;

/// Below this probability the best mention is no source.
const CERTAIN: f32 = 0.5;
/// How surely the subject of the verb right before the marks is the source.
const SUBJECT: f32 = 0.9;
/// As before, of the first of two verbs.
const COORDINATED: f32 = 0.7;
/// Items from a reporting verb to the marks, at most: she told me on the telephone, ‘…’.
const REACH: usize = 6;
/// As before, where neither comma nor colon announces them.
const CLOSE: usize = 3;

/// Who is said to have said the inner words.
pub(super) enum Source {
    Mention(u32),
    /// In spring you said: ‘…’ The item of `you`.
    You(usize),
}

/// Finds the source of an inner run, the item of its reporting verb, and how surely it is that.
pub(super) fn source(inner: &Context<'_>, index: usize) -> Option<(Source, usize, f32)> {
    let item = inner.shapes.at(index).item as usize;
    if let Some(cue) = verb_before(inner, item) {
        if let Some(you) = you_before(inner, cue) {
            return Some((Source::You(you), cue, SUBJECT));
        }
        if let Some((at, probability)) = subject_of(inner, cue) {
            return Some((Source::Mention(at), cue, probability));
        }
    }
    let mut ranking = Ranking::default();
    rank::rank(inner, index, &mut ranking);
    let (best, probability) = ranking
        .candidates
        .iter()
        .copied()
        .zip(ranking.probabilities.iter().copied())
        .filter(|(at, _)| !is_object(inner, inner.mentions.at(*at)))
        .max_by(|one, other| one.1.total_cmp(&other.1))?;
    let syntax = inner.syntax.at(best);
    let cue = syntax
        .forward
        .into_iter()
        .chain(syntax.backward)
        .find(|cue| cue.strength >= 3)
        .map(|cue| cue.item as usize);
    // My daughter reads me the paper and asks, ‘…’: the verb right before the marks will do.
    let cue = cue.or_else(|| {
        (item.saturating_sub(2)..item)
            .rev()
            .find(|&at| *inner.cues.at(at) >= 3)
    })?;
    // The verb stands next to the words: he said, ‘Go’ · ‘Go,’ he said.
    let first = inner.mentions.at(best).first as usize;
    let near = item.abs_diff(cue) <= REACH || item.abs_diff(first) <= 3;
    (near && probability >= CERTAIN).then_some((Source::Mention(best), cue, probability))
}

/// Returns the reporting verb that the words in marks at `item` are the object of: I thought, ‘Two?’ · He told the boys
/// in the yard: ‘Go.’
fn verb_before(inner: &Context<'_>, item: usize) -> Option<usize> {
    let items = &inner.stream.items;
    let sentence = items.at(item).sentence;
    let before = item.checked_sub(1)?;
    let stop = items.at(before);
    let is_announced = stop.is_punct(b',') || stop.is_punct(b':');
    let reach = if is_announced { REACH } else { CLOSE };
    let mut at = item;
    while at > item.saturating_sub(reach) {
        at = at.checked_sub(1)?;
        let one = items.at(at);
        if one.sentence != sentence || one.is_run() {
            return None;
        }
        let strength = *inner.cues.at(at);
        if strength >= 3 || strength == 2 && is_announced {
            return Some(at);
        }
        if at != before && (one.is_punct(b',') || one.is_punct(b':')) {
            return None;
        }
    }
    None
}

/// Returns the mention that a reporting verb has for its subject, and how surely.
fn subject_of(inner: &Context<'_>, cue: usize) -> Option<(u32, f32)> {
    let is_subject = |at: &u32| {
        let forward = inner.syntax.at(*at).forward;
        forward.is_some_and(|forward| forward.item as usize == cue)
    };
    let sentence = inner.stream.items.at(cue).sentence;
    let mut first_subject = None;
    let begun = inner
        .mentions
        .partition_point(|mention| (mention.first as usize) < cue);
    for at in (0..begun as u32).rev() {
        let mention = inner.mentions.at(at);
        if mention.last as usize >= cue || is_object(inner, mention) {
            continue;
        }
        if inner.stream.items.at(mention.first).sentence != sentence {
            break;
        }
        if is_subject(&at) {
            return Some((at, SUBJECT));
        }
        // A man called Suso watched me for a morning and said, ‘…’ · My daughter reads me the paper and asks, ‘…’
        if inner.syntax.at(at).subject && inner.opens_clause(mention) {
            first_subject = first_subject.or(Some(at));
        }
    }
    Some((first_subject?, COORDINATED))
}

/// What a “not” before the reporting verb makes of the words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Denial {
    None,
    /// I never said, ‘Stay home’.
    Denied,
    /// I would never write ‘goat incident’ · I don’t say “with honours”.
    Supposed,
}

impl Denial {
    pub(super) fn of(inner: &Context<'_>, cue: usize) -> Self {
        let words = (cue.saturating_sub(3)..cue).map(|at| inner.stream.word(inner.text, at));
        let (mut denied, mut supposed) = (false, false);
        for word in words {
            let (stem, negated) = match word
                .strip_suffix("n't")
                .or_else(|| word.strip_suffix("n’t"))
            {
                Some(stem) => (stem, true),
                None => (word, matches!(word, "never" | "not")),
            };
            denied |= negated;
            supposed |= matches!(
                stem,
                "would" | "could" | "should" | "do" | "does" | "wo" | "ca" | "will" | "can"
            );
        }
        match (denied, supposed) {
            (false, _) => Self::None,
            (true, false) => Self::Denied,
            (true, true) => Self::Supposed,
        }
    }
}

/// Returns the item of a `you` that a reporting verb has for its subject.
fn you_before(inner: &Context<'_>, cue: usize) -> Option<usize> {
    (cue.saturating_sub(2)..cue).rev().find(|&at| {
        inner
            .stream
            .word(inner.text, at)
            .eq_ignore_ascii_case("you")
    })
}

/// Tells whether somebody is told, not telling: the voice told me, ‘…’.
fn is_object(inner: &Context<'_>, mention: &Mention) -> bool {
    let word = inner.stream.word(inner.text, mention.first as usize);
    matches!(word, "me" | "us" | "him" | "them")
}
