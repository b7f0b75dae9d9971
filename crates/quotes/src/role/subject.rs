//! Whom a sentence is about: its subject, before whoever else it names.

use super::is_comma;
use crate::lexicon::Classes;
use crate::mention::{FAR, Gender, Mention, MentionKind};
use crate::stream::{Item, Stream};
use crate::total::{Cut, Steps, Total};

/// Sentences back over which a pronoun is followed to the name it stands for.
const CHAIN: usize = 3;

/// Whom the sentence is about in which the last of `mentions` stands that names somebody: its subject, or the one whom a
/// pronoun there stands for. She will now meet Vera Wills: it is about Iris Mole, of whom the sentence before told.
pub(super) fn subject(
    text: &str,
    stream: &Stream,
    mentions: &[Mention],
    sentence: u32,
    gender: Gender,
) -> Option<u32> {
    let (mut sentence, mut gender) = (sentence, gender);
    let mut until =
        mentions.partition_point(|mention| stream.items.at(mention.first).sentence <= sentence);
    for _ in 0..CHAIN {
        let here = in_sentence(stream, mentions.cut(..until), sentence);
        let start = until.less(here.len());
        let main = here
            .iter()
            .find(|mention| is_subject(text, stream, mention))?;
        if main.kind.is_name() {
            return main.person;
        }
        if !main.gender.agrees(gender) {
            return None;
        }
        gender = main.gender;
        let paragraph = stream.items.at(main.first).paragraph;
        // The sentence before, of those that name or mean anybody.
        until = start;
        let last = stream.items.at(mentions.get(until.checked_sub(1)?)?.first);
        if last.paragraph != paragraph {
            return None;
        }
        sentence = last.sentence;
    }
    None
}

/// The last of some mentions that stand in a sentence.
fn in_sentence<'m>(stream: &Stream, mentions: &'m [Mention], sentence: u32) -> &'m [Mention] {
    let here = mentions.iter().rev().take(FAR);
    let count = here
        .take_while(|mention| stream.items.at(mention.first).sentence == sentence)
        .count();
    mentions.cut(mentions.len().less(count)..)
}

/// Tells whether a name or a pronoun begins its sentence as the subject, or stands behind the verb after quoted words:
/// Luis Ortega said · And she will meet · “…,” said Ana Roe.
fn is_subject(text: &str, stream: &Stream, mention: &Mention) -> bool {
    let pronoun = matches!(mention.kind, MentionKind::He | MentionKind::She);
    let named = mention.kind.is_name() && mention.person.is_some();
    if !(pronoun || named) || mention.possessive {
        return false;
    }
    let own = stream.items.at(mention.first).sentence;
    let here = |at: usize| stream.items.get(at).filter(|item| item.sentence == own);
    let before = (mention.first as usize).checked_sub(1).and_then(here);
    let after = here((mention.last as usize).plus(1));
    let joins = Classes::CONJUNCTION.or(Classes::ADVERB);
    let opens = before.is_none_or(|item| item.has(joins) || !item.is_word());
    let verb = |item: &Item| {
        let grammar = Classes::PREPOSITION
            .or(Classes::CONJUNCTION)
            .or(Classes::RELATIVE)
            .or(Classes::SUBORDINATOR)
            .or(Classes::DETERMINER);
        item.is_lower() && !item.has(grammar)
    };
    let acts = after.is_some_and(verb)
        || is_comma(stream, mention.last.plus(1)) && !is_adjunct(text, stream, mention);
    let spoke = before.is_some_and(|item| item.has(Classes::STRONG) && item.is_lower());
    let behind = spoke
        && (mention.first as usize)
            .checked_sub(2)
            .and_then(here)
            .is_some_and(|item| item.is_run() || item.is_punct(b','));
    // In a speech to the Policy Centre Mr Straw said
    let says = mention.titled
        && after.is_some_and(|item| item.is_lower() && item.has(Classes::STRONG))
        && before.is_some_and(Item::is_capital);
    opens && acts || says || behind
}

/// Tells whether a name ends what comes before the subject of its sentence: after talks with chairman Piers Holm, the
/// keeper said · unlike Holm, she …
pub(crate) fn is_adjunct(text: &str, stream: &Stream, mention: &Mention) -> bool {
    if !is_comma(stream, mention.last.plus(1)) {
        return false;
    }
    let first = mention.first as usize;
    let sentence = stream.items.at(first).sentence;
    let start = stream.sentences.at(sentence).0 as usize;
    let lead = stream.items.cut(start..first);
    let Some(opener) = lead.first().filter(|_| lead.len() <= LEAD) else {
        return false;
    };
    let verbal = opener
        .span()
        .of(text)
        .is_some_and(|word| word.len() > 4 && (word.ends_with("ing") || word.ends_with("ed")));
    let clause = Classes::AUXILIARY
        .or(Classes::PRONOUN)
        .or(Classes::RELATIVE);
    (opener.has(Classes::PREPOSITION.or(Classes::SAID_PREP)) || verbal)
        && lead
            .iter()
            .all(|item| item.is_word() && !(item.is_lower() && item.has(clause)))
}

/// Words before the name in which such an opening ends.
const LEAD: usize = 12;
