//! The subject of the verb right before the words speaks them, and whose words a phrase says that they are.
//!
//! Rules for what the ranker may mistake: Roe told Day, who replied: “…” · In the words of Roe, “…”

use std::ops::Range;

use crate::context::Context;
use crate::lexicon::Classes;
use crate::mention::{Mention, MentionKind};
use crate::speech;
use crate::stream::Kind;
use crate::told::{REACH, is_heard};
use crate::total::{Cut, Steps, Total};

/// Roe told Day, who replied: “…” · “…,” Day said, and Roe agreed: “…” · Day recalled Roe saying “…” · said his wife had
/// told him: “…”: the subject of the verb right before the words of run `run`.
pub(crate) fn subject(context: &Context<'_>, run: usize) -> Option<u32> {
    let items = &context.stream.items;
    let item = context.shapes.at(run).item;
    let run = (item != u32::MAX).then_some(item as usize)?;
    let sentence = context.sentence(items.at(run).sentence);
    let start = sentence.start;
    let told = quoted_as(context, sentence, run)
        .or_else(|| asked_of(context, run))
        .or_else(|| denier(context, run))
        .or_else(|| acts(context, run));
    if told.is_some() {
        return told;
    }
    let before = run.checked_sub(1).filter(|&at| at >= start)?;
    let stops = items.at(before).is_punct(b':') || items.at(before).is_punct(b',');
    let word = |at: usize| context.stream.word(context.text, at);
    let last = before.less(usize::from(stops));
    let verb = last.less(usize::from(is_object(word(last))));
    let strength = *context.cues.at(verb);
    let mut subject = verb.checked_sub(1).filter(|&at| at >= start)?;
    if word(verb).ends_with("ing") {
        let subject = subject.less(usize::from(word(subject) == "as"));
        let (at, mention) = actor(context, subject)?;
        let heard = (mention.first as usize).less(1);
        let perceived = perceives(word(heard)) || word(heard) == "of";
        return (heard >= start && perceived).then_some(at);
    }
    // After Roe called it “…”, Day left.
    let names = verb < last && word(verb) == "called";
    if strength < 2
        || strength == 2 && !(stops || names)
        || is_heard(context.text, context.stream, verb)
    {
        return None;
    }
    let between = Classes::AUXILIARY.or(Classes::ADVERB);
    while subject > start && verb.less(subject) < 4 && items.at(subject).has(between) {
        subject = subject.less(1);
    }
    if matches!(word(subject), "who") {
        let name = subject.less(1);
        let name = name.less(usize::from(items.at(name).is_punct(b',')));
        return Some(actor(context, name)?.0);
    }
    let (at, mention) = actor(context, subject)?;
    // A spokesman for Roe said: “…” · Lawyers for Roe said: “…”
    if let Some(owner) = owner(context, at) {
        return Some(owner);
    }
    let before = (mention.first as usize).less(1);
    let belongs = before >= start && matches!(word(before), "for" | "of");
    // Nothing the president said “…,” the senator said.
    let is_first = context.opens_clause(mention)
        || before == start && items.at(before).has(Classes::PREPOSITION)
        || *context.cues.at(before) > 0
        || perceives(word(before));
    (is_first && !belongs).then_some(at)
}

/// Tells whether a word stands for who is told or what is called something: told him: “…” · called it “…”
fn is_object(word: &str) -> bool {
    matches!(
        word,
        "me" | "him" | "her" | "us" | "them" | "it" | "you" | "reporters"
    )
}

/// The Herald quoted Roe as calling it “…” · “…,” the Herald quoted Roe as saying.
fn quoted_as(context: &Context<'_>, sentence: Range<usize>, run: usize) -> Option<u32> {
    let around = sentence.start.max(run.saturating_sub(REACH))..sentence.end.min(run.plus(REACH));
    let quotes = |&at: &usize| {
        *context.cues.at(at) > 0
            && matches!(context.stream.word(context.text, at), "quoted" | "quotes")
    };
    let verb = around.clone().find(quotes)?;
    let first = verb.plus(1);
    let at = context
        .mentions
        .partition_point(|mention| (mention.first as usize) < first);
    let mention = context.mentions.get(at)?;
    let last = mention.last as usize;
    let between = run < verb || (last..run).all(|at| !context.stream.items.at(at).is_run());
    let is_whole = mention.first as usize == first && around.contains(&last) && between;
    (is_whole && context.stream.is(context.text, last.plus(1), "as")).then_some(at as u32)
}

/// A spokesman for Roe “flatly denied” any wrongdoing by Lee: the subject of the verb in marks.
fn denier(context: &Context<'_>, run: usize) -> Option<u32> {
    let subject = run.checked_sub(1)?;
    if !speech::is_verb(context, run) {
        return None;
    }
    let (at, mention) = actor(context, subject)?;
    let link = (mention.first as usize).checked_sub(1);
    let whose =
        link.filter(|&link| matches!(context.stream.word(context.text, link), "for" | "of"));
    let head = whose.and_then(|link| context.mention_that_ends(link.less(1)));
    let is_role = |head: &(u32, &Mention)| head.1.kind == MentionKind::Role;
    Some(head.filter(is_role).map_or(at, |head| head.0))
}

/// And Roe? “Not at all.”
fn asked_of(context: &Context<'_>, run: usize) -> Option<u32> {
    let items = &context.stream.items;
    let mark = run.checked_sub(1)?;
    let asks = items.at(mark);
    if !asks.is_punct(b'?') || asks.paragraph != items.at(run).paragraph {
        return None;
    }
    let (at, mention) = actor(context, mark.less(1))?;
    let start = context.sentence(asks.sentence).start;
    let first = mention.first as usize;
    let and =
        first == start.plus(1) && matches!(context.stream.word(context.text, start), "And" | "But");
    (mention.kind.is_name() && (first == start || and)).then_some(at)
}

/// Words of a sentence that tells what somebody does while he speaks, at most.
const BEAT: usize = 6;

/// Roe shrugged. “Not me.” · Roe was not amused. “Not me.”
fn acts(context: &Context<'_>, run: usize) -> Option<u32> {
    let items = &context.stream.items;
    let before = items.at(run.checked_sub(1)?);
    let (own, acted) = (items.at(run), before.sentence);
    if before.paragraph != own.paragraph || acted == own.sentence || !before.is_punct(b'.') {
        return None;
    }
    let alone = context.sentence(own.sentence);
    let sentence = context.sentence(acted);
    let words = items.cut(sentence.clone()).iter();
    let is_short = words.clone().filter(|item| item.is_word()).count() <= BEAT
        && !words
            .clone()
            .any(|item| item.is_run() || item.kind == Kind::Number);
    let cued = sentence.clone().any(|at| *context.cues.at(at) > 1);
    if !is_short || cued || alone.clone().any(|at| items.at(at).is_word()) {
        return None;
    }
    let at = context
        .mentions
        .partition_point(|mention| (mention.first as usize) < sentence.start);
    let mention = context.mentions.get(at)?;
    let only = context
        .mentions
        .get(at.plus(1))
        .is_none_or(|next| next.first as usize >= run || next.person.is_none());
    let is_person = mention.kind.is_name() && mention.person.is_some()
        || matches!(mention.kind, MentionKind::He | MentionKind::She);
    (is_person && only && mention.first as usize == sentence.start && !mention.possessive)
        .then_some(at as u32)
}

/// In the words of Roe, “…” · Roe’s first words were “…”: whose words a phrase says that they are, which is enough to tell
/// them from a term.
pub(crate) fn in_words(context: &Context<'_>, run: usize) -> Option<u32> {
    let items = &context.stream.items;
    let item = context.shapes.at(run).item;
    let run = (item != u32::MAX).then_some(item as usize)?;
    let start = context.sentence(items.at(run).sentence).start;
    let word = |at: usize| context.stream.word(context.text, at);
    let before = run.checked_sub(1).filter(|&at| at >= start)?;
    let stops = items.at(before).is_punct(b':') || items.at(before).is_punct(b',');
    let last = before.less(usize::from(stops || matches!(word(before), "were" | "are")));
    if word(last) == "words" {
        let owner = (start.max(last.saturating_sub(3))..last).rev();
        let mut passed = owner.take_while(|&at| items.at(at).is_word());
        return passed.find_map(|at| {
            let (index, mention) = context.mention_that_ends(at)?;
            let owns = mention.possessive || mention.kind == MentionKind::Possessive;
            owns.then_some(index)
        });
    }
    let (at, mention) = actor(context, last)?;
    let of = (mention.first as usize)
        .checked_sub(2)
        .filter(|&at| at >= start)?;
    (word(of) == "words" && word(of.plus(1)) == "of").then_some(at)
}

/// Returns the description that a name belongs to and that has the verb: a spokesman for Roe said · a friend of Roe said.
pub(crate) fn owner(context: &Context<'_>, name: u32) -> Option<u32> {
    let mention = context.mentions.at(name);
    let link = (mention.first as usize).checked_sub(1)?;
    if !mention.kind.is_name() || !matches!(context.stream.word(context.text, link), "for" | "of") {
        return None;
    }
    let at = name.checked_sub(1)?;
    let owner = context.mentions.at(at);
    // A spokesman for Sarah May said: seen from the spokesman, “May” ends the phrase.
    let verb = |at: u32| context.syntax.at(at).forward.map(|cue| cue.item);
    let own = verb(name);
    let same = own.is_some() && verb(at).is_none_or(|verb| own == Some(verb));
    (owner.kind == MentionKind::Role && (owner.last as usize).plus(1) == link && same).then_some(at)
}

/// Returns the mention of somebody who may act whose last item this is.
fn actor<'c>(context: &'c Context<'_>, item: usize) -> Option<(u32, &'c Mention)> {
    let (at, mention) = context.mention_that_ends(item)?;
    let is_one = mention.kind.is_name()
        || matches!(
            mention.kind,
            MentionKind::He | MentionKind::She | MentionKind::Role
        );
    // With one sentence: “…”
    let counts = context.stream.is(context.text, item, "one");
    (is_one && !mention.possessive && !counts).then_some((at, mention))
}

/// Tells whether somebody else is heard or shown at it: Day recalled Roe saying
fn perceives(word: &str) -> bool {
    matches!(
        word,
        "recall"
            | "recalls"
            | "recalled"
            | "remember"
            | "remembers"
            | "remembered"
            | "hear"
            | "hears"
            | "heard"
            | "overheard"
            | "quote"
            | "quotes"
            | "quoted"
            | "cite"
            | "cites"
            | "cited"
            | "record"
            | "recorded"
            | "recording"
            | "film"
            | "filmed"
            | "show"
            | "shows"
            | "showed"
            | "showing"
            | "capture"
            | "captures"
            | "captured"
            | "caught"
    )
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn whose_somebody_is_does_not_speak() {
        check(
            "“If he wins I shall cheer,” says the Film Weekly’s Jamie Grant.",
            &[("If he wins I shall cheer,", "Jamie Grant")],
        );
        check(
            "Sir Alex Ferguson was cross. Ferguson described it as “a giveaway of a goal”.",
            &[("a giveaway of a goal", "Alex Ferguson")],
        );
    }

    #[test]
    fn the_subject_of_the_verb_before_the_words_speaks() {
        let roe = "Anna Roe met Bob Lee. ";
        let check =
            |text: &str, expected: &[(&str, &str)]| check(&format!("{roe}{text}"), expected);
        check(
            "“The pier is lost,” Roe told Lee, who replied: “Not yet.”",
            &[("The pier is lost,", "Anna Roe"), ("Not yet.", "Bob Lee")],
        );
        check(
            "“The pier is lost,” Lee said, and Roe agreed: “It is gone.”",
            &[
                ("The pier is lost,", "Bob Lee"),
                ("It is gone.", "Anna Roe"),
            ],
        );
        check(
            "Lee recalled Roe saying “the pier is lost, and you know it”.",
            &[("the pier is lost, and you know it", "Anna Roe")],
        );
        check(
            "Roe said her husband had told her: “The pier is lost.”",
            &[("The pier is lost.", "her husband")],
        );
        check(
            "“Who has it?” asked Roe. Lee was not amused. “Not me, and not my brother.”",
            &[
                ("Who has it?", "Anna Roe"),
                ("Not me, and not my brother.", "Bob Lee"),
            ],
        );
        check(
            "After Lee called it “a monument to rust”, Roe said: “It is lost.”",
            &[
                ("a monument to rust", "Bob Lee"),
                ("It is lost.", "Anna Roe"),
            ],
        );
        check(
            "“The pier is lost,” the Omena Herald quoted Lee as saying.",
            &[("The pier is lost,", "Bob Lee")],
        );
        check(
            "The Omena Herald quoted Lee as calling the pier “a monument to rust”.",
            &[("a monument to rust", "Bob Lee")],
        );
        check(
            "Roe says no: “The pier is lost.” And Lee? “Not yet.”",
            &[("The pier is lost.", "Anna Roe"), ("Not yet.", "Bob Lee")],
        );
        check(
            "In the words of Roe, “the pier is lost and so are we”.",
            &[("the pier is lost and so are we", "Anna Roe")],
        );
        check(
            "Lee’s first words were “the pier is lost and so are we”.",
            &[("the pier is lost and so are we", "Bob Lee")],
        );
        check(
            "“It is not lost,” Human Rights Watch said. World Food Programme officials left.",
            &[("It is not lost,", "Human Rights Watch")],
        );
        check(
            "Tan Sri Ana Lim was there. “It is not lost,” Tan Sri Lim said. Ex-minister Bea Moe left. “It is,” Ex-minister Moe said.",
            &[("It is not lost,", "Ana Lim"), ("It is,", "Bea Moe")],
        );
        check(
            "Sultan bin Rashid was there. Said Rashid: “The pier is lost.”",
            &[("The pier is lost.", "Sultan bin Rashid")],
        );
        check(
            "Said Roe: “The pier is lost.”",
            &[("The pier is lost.", "Anna Roe")],
        );
        check(
            "Nothing Roe said “will calm people’s fears,” Lee said.",
            &[("will calm people’s fears,", "Bob Lee")],
        );
    }

    #[test]
    fn whose_spokesman_it_is_does_not_speak() {
        check(
            "“It was open,” a spokesman for Anna Roe said.",
            &[("It was open,", "a spokesman for Anna Roe")],
        );
        check(
            "Anna Roe left. A spokesman for Anna Roe said: “It was open.”",
            &[("It was open.", "A spokesman for Anna Roe")],
        );
        check(
            "“It was open,” Anna Roe said. A spokesman for Anna Roe said: “It was shut.”",
            &[
                ("It was open,", "Anna Roe"),
                ("It was shut.", "A spokesman for Anna Roe"),
            ],
        );
        check(
            "Anna Roe left. A friend of Roe said: “It was open.”",
            &[("It was open.", "A friend of Roe")],
        );
        check(
            "Anna Roe left. Lawyers for Roe said: “It was open.”",
            &[("It was open.", "Lawyers for Roe")],
        );
        check(
            "Anna Roe left. “It was open,” a friend of Roe said on Monday.",
            &[("It was open,", "a friend of Roe")],
        );
    }
}
