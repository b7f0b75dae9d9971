//! Pronouns that stand for somebody without a name: One parent was not amused. “No,” he said.

use std::ops::Range;

use super::body::body;
use super::sentence_before;
use crate::chars::APOSTROPHES;
use crate::context::{Context, Cue, class};
use crate::lexicon::{Classes, Form};
use crate::mention::{FAR, Gender, Mention, MentionKind};
use crate::person::Person;
use crate::role::is_ranked;
use crate::stream::Item;
use crate::total::{Cut, Steps, Total};

/// Returns the mention without a person’s name that a pronoun at `index` stands for: somebody described, or a body.
pub(crate) fn described(context: &Context<'_>, index: u32) -> Option<u32> {
    let pronoun = context.mentions.at(index);
    match pronoun.kind {
        MentionKind::He | MentionKind::She => match reporter(context, index) {
            Some(Reporter::Described(at)) => Some(at),
            Some(Reporter::Named) => None,
            None => somebody(context, index),
        },
        MentionKind::It | MentionKind::They => body(context, index),
        _ => None,
    }
}

/// Sentences that are looked back over for who reported something.
const SENTENCES: usize = 6;

/// Who reported something in the sentence before.
enum Reporter {
    /// Somebody without a name: this mention.
    Described(u32),
    Named,
}

/// Finds who reported something in the sentence before, whoever is named in what was reported: A spokesman said Roe was
/// out. ¶ “He is home,” he said.
fn reporter(context: &Context<'_>, index: u32) -> Option<Reporter> {
    let items = &context.stream.items;
    let pronoun = context.mentions.at(index);
    let own = items.at(pronoun.first);
    let mut end = index as usize;
    let mut paragraph = own.paragraph;
    for _ in 0..SENTENCES {
        let (start, last) = sentence_before(context, end)?;
        if last.paragraph.plus(1) < paragraph {
            return None;
        }
        paragraph = last.paragraph;
        if last.sentence == own.sentence {
            // When the clerk came, he said no.
            return None;
        }
        let Some(at) = sayer(context, start..end) else {
            let opener = opener(context, start..end)?;
            let fits = context.mentions.at(opener).gender.agrees(pronoun.gender);
            return fits.then_some(Reporter::Described(opener as u32));
        };
        let mention = context.mentions.at(at);
        match mention.kind {
            // “No,” he said. “Never,” he added.
            kind if kind == pronoun.kind => end = start,
            MentionKind::Role if is_apposed(context, at) => return Some(Reporter::Named),
            MentionKind::Role if is_epithet(context, mention, pronoun) => {
                return Some(Reporter::Named);
            }
            MentionKind::Role if mention.person.is_none() => {
                let fits = mention.gender.agrees(pronoun.gender) && is_somebody(context, at);
                return fits
                    .then_some(Reporter::Described(mention.introduced.unwrap_or(at as u32)));
            }
            kind if kind.is_name() || kind == MentionKind::Role => return Some(Reporter::Named),
            _ => return None,
        }
    }
    None
}

/// A spokesman for the League (LML) which runs the lifts said no: who begins a sentence that reports something, where no
/// verb is seen to be his and nobody else is named.
fn opener(context: &Context<'_>, sentence: Range<usize>) -> Option<usize> {
    let items = &context.stream.items;
    let mention = context.mentions.at(sentence.start);
    let opens = mention.kind == MentionKind::Role
        && mention.person.is_none()
        && !mention.possessive
        && context.has_cue(items.at(mention.first).sentence)
        && context.syntax.at(sentence.start).before == 0
        && matches!(
            items.at(mention.first).span().of(context.text),
            Some("A" | "An" | "One")
        );
    let other = |mention: &Mention| {
        let before = items.at((mention.first as usize).less(1));
        let aside = before.has(Classes::PREPOSITION) || before.is_punct(b'(');
        mention.kind.is_name() && !aside && !mention.possessive
    };
    let named = context.mentions.cut(sentence.clone()).iter().any(other);
    (opens && !named && is_somebody(context, sentence.start)).then_some(sentence.start)
}

/// Alan Roe, the party’s planner said: tells whether a name and a comma stand before a description.
fn is_apposed(context: &Context<'_>, at: usize) -> bool {
    let first = context.mentions.at(at).first as usize;
    let comma = first.checked_sub(1);
    let comma = comma.is_some_and(|comma| context.stream.items.at(comma).is_punct(b','));
    let name = || context.mention_that_ends(first.less(2));
    comma && name().is_some_and(|(_, name)| name.kind.is_name() && name.person.is_some())
}

/// The dam would hold, said Roe · according to Roe: tells whether a mention is of who said a whole sentence.
pub(super) fn is_postposed(context: &Context<'_>, at: usize) -> bool {
    let items = &context.stream.items;
    let (mention, syntax) = (context.mentions.at(at), context.syntax.at(at));
    let Some(cue) = syntax.backward else {
        return false;
    };
    let verb = items.at(cue.item);
    let before = items.at((cue.item as usize).less(1));
    // Roe, 69, told Day · Roe, the mayor, said Day had lost.
    let told = matches!(
        context.stream.word(context.text, cue.item as usize),
        "told" | "tells" | "asked" | "asks"
    );
    let ends = matches!(
        syntax.after,
        0 | class::COMMA
            | class::STOP
            | class::DASH
            | class::OPEN
            | class::OF
            | class::IN
            | class::WITH
            | class::WHO
    );
    (cue.strength == 3 || verb.has(Classes::SAID_PREP))
        && cue.item > 0
        && ends
        && !told
        && !mention.possessive
        && (before.is_run() || before.is_punct(b','))
}

/// Tells whether a description that says something is of one person and not named behind, and its sentence is about it.
fn is_somebody(context: &Context<'_>, at: usize) -> bool {
    let items = &context.stream.items;
    let mention = context.mentions.at(at);
    let (first, last) = (mention.first as usize, mention.last as usize);
    let word = |at: usize| context.stream.word(context.text, at);
    let begins = items.at(first);
    // Nobody said, conservative Roe said; Roe’s brother said.
    let owns = |item: &Item| {
        context
            .text
            .cut(item.end as usize..)
            .starts_with(APOSTROPHES)
    };
    let whose = owner(context, first);
    let owned = whose.is_some() || begins.is_capital() && items.cut(first..last).iter().any(owns);
    let one = begins.has(
        Classes::DETERMINER
            .or(Classes::POSSESSIVE)
            .or(Classes::NUMERAL),
    );
    let several = word(first.plus(1)) == "of" || begins.has(Classes::QUANTITY) && first == last;
    let syntax = context.syntax.at(at);
    let cut = |before: usize| !items.at(before).is_word();
    let first = whose.unwrap_or(first);
    let leads = opens_sentence(context, first)
        || first.checked_sub(1).is_none_or(cut)
        || is_postposed(context, at);
    // A lawyer for the state, Ana Roe, said no · Another pollster, Bo Roe, said no.
    let verb = syntax.forward.map_or(last, |cue| cue.item as usize);
    let named = |name: &Mention| {
        let before = items.at((name.first as usize).less(1));
        let aside = before.has(Classes::PREPOSITION) || before.word.form == Form::For;
        // A spokesman for Rio | Brand said no.
        let joined = context.mention_that_ends(name.first.less(1) as usize);
        let joined = joined.is_some_and(|(_, before)| before.kind.is_name());
        name.kind.is_name() && !name.possessive && !aside && !joined
    };
    let behind = context.mentions.cut(at.plus(1)..).iter();
    let mut behind = behind.take_while(|name| (name.first as usize) < verb);
    (one || owned)
        && !several
        && leads
        && !behind.any(|name| (name.first as usize) > last && named(name))
}

/// Ana Roe is under fire. The Omena MP said the law was fair. “It is,” she said: tells whether a definite office, of a
/// place or a party, is another word for somebody of the gender of the pronoun who was named in full before.
fn is_epithet(context: &Context<'_>, mention: &Mention, pronoun: &Mention) -> bool {
    let items = &context.stream.items;
    let before = items.cut(mention.first.plus(1) as usize..mention.last as usize);
    let office = mention.definite
        && mention.person.is_none()
        && mention.introduced.is_none()
        && mention.gender == Gender::Unknown
        && items.at(mention.first).has(Classes::DETERMINER)
        && items.at(mention.last).has(Classes::OFFICE)
        && !before.iter().any(|item| {
            context
                .text
                .cut(item.end as usize..)
                .starts_with(APOSTROPHES)
        })
        && before.iter().any(Item::is_capital)
        && pronoun.gender != Gender::Unknown;
    let named = |person: &Person| {
        let full = person.words.len() > 1 && !person.unsure;
        full && person.gender == pronoun.gender && person.first < mention.first
    };
    office && context.persons.list.iter().any(named)
}

/// Ana Roe’s official spokesman: where the name begins that says right before item `first` whose somebody is.
fn owner(context: &Context<'_>, first: usize) -> Option<usize> {
    let before = |first: usize| {
        let (_, name) = context.mention_that_ends(first.checked_sub(1)?)?;
        name.kind.is_name().then_some(name)
    };
    let owner = before(first).filter(|name| name.possessive)?.first as usize;
    // A name that was read as two: Rio | Brand’s spokesman.
    Some(before(owner).map_or(owner, |name| name.first as usize))
}

/// Who of some mentions of one sentence says what it reports: who stands behind the verb at its end, or else the first one
/// before a verb.
fn sayer(context: &Context<'_>, sentence: Range<usize>) -> Option<usize> {
    let reports = |cue: Option<Cue>| cue.is_some_and(|cue| cue.strength == 3);
    let owns = |at: usize| context.mentions.at(at).possessive;
    // In a broadcast announcing it, Roe’s aide said no.
    let before = |at: &usize| {
        let syntax = context.syntax.at(*at);
        let oblique = matches!(
            syntax.before,
            class::IN | class::OF | class::WITH | class::BY
        );
        !owns(*at) && !oblique && reports(syntax.forward)
    };
    let behind = |at: &usize| is_postposed(context, *at);
    let at = sentence.clone().rev().find(behind);
    let at = at.or_else(|| sentence.clone().find(before))?;
    // A spokesman for the builders, Dr Roe, said no.
    let verb = context.syntax.at(at).forward.map(|cue| cue.item);
    let apposed = |other: &usize| {
        let mention = context.mentions.at(*other);
        let own = context.syntax.at(*other).forward.map(|cue| cue.item);
        let first = mention.first as usize;
        let comma = || context.stream.items.at(first.less(1)).is_punct(b',');
        mention.kind.is_name() && mention.person.is_some() && own == verb && comma()
    };
    let name = (at.plus(1)..sentence.end).find(apposed);
    Some(name.filter(|_| verb.is_some()).unwrap_or(at))
}

/// Returns the description that `he` or `she` at `index` stands for, if nobody with a name comes between.
fn somebody(context: &Context<'_>, index: u32) -> Option<u32> {
    let mut pronoun = context.mentions.at(index);
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
                let subject = syntax.subject
                    || matches!(
                        syntax.after,
                        class::COMMA | class::OF | class::IN | class::WITH
                    );
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
