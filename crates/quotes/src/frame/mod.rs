//! Whose words the sentence around them says that they are, where its verbs leave no choice.
//!
//! Rules for what the ranker takes by its place: the plan was branded “a gift” by Roe · Day had “no choice at all”, says
//! Roe · Roe said that Day had called the mayor “a fool” · the Union, which calls it “a blow”.

mod closing;
mod inner;
mod judged;
mod subject;

use std::ops::Range;

use crate::context::Context;
use crate::lexicon::Classes;
use crate::pronoun::Referents;
use crate::stream::Item;
use crate::told::Teller;
use crate::total::{Cut, Steps, Total};

/// Items of a sentence, at most.
const LONGEST: usize = 250;

/// Whose some words are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Framed {
    pub(crate) teller: Teller,
    /// Tells them from a term, too: few call “a lasting blunder” what nobody said.
    pub(crate) spoken: bool,
}

/// Finds whose words run `run` is where the grammar of its sentence says so.
pub(crate) fn find(context: &Context<'_>, run: usize, referents: &[Referents]) -> Option<Framed> {
    let shape = context.shapes.at(run);
    let run = shape.item as usize;
    let below = || context.stream.items.at(run.less(1)).is_punct(b':');
    if shape.item == u32::MAX || shape.alone && !below() {
        return None;
    }
    let sentence = context.sentence(context.stream.items.at(run).sentence);
    // No sentence that anybody reads is longer; a list may be a megabyte of one.
    if sentence.len() > LONGEST {
        return None;
    }
    let mut framed = judged::find(context, sentence.clone(), run, referents)
        .or_else(|| closing::find(context, sentence.clone(), shape, referents))
        .or_else(|| inner::find(context, sentence, run, referents))?;
    framed.spoken &= shape.lower_start;
    Some(framed)
}

/// The teller that a mention is, where `other` is somebody else: Roe said the man shouted “…”, whoever that man is.
fn beside(
    context: &Context<'_>,
    mention: u32,
    other: Option<u32>,
    referents: &[Referents],
) -> Teller {
    let found = context.mentions.at(mention);
    let person = other.and_then(|other| {
        let mention = context.mentions.at(other);
        let meant = || Some(referents.at(other).persons.first()?.0);
        mention.person.or_else(meant)
    });
    let same = found.kind.is_description() && person.is_some() && found.person == person;
    if same {
        Teller::Itself(mention)
    } else {
        Teller::Mention(mention)
    }
}

/// Words that begin another clause, whose verb is another.
const CLAUSE: Classes = Classes::SUBORDINATOR.or(Classes::RELATIVE);

/// Tells whether a word between a verb and the words it governs can stand there: none begins a clause or is its verb.
fn is_inside(context: &Context<'_>, at: usize) -> bool {
    let item = context.stream.items.at(at);
    let subject = matches!(
        context.stream.bytes(context.text, at),
        b"he" | b"she" | b"they" | b"we" | b"I" | b"who"
    );
    let verb = item.has(Classes::AUXILIARY)
        && !matches!(
            context.stream.bytes(context.text, at),
            b"being" | b"having" | b"be"
        );
    // As Roe attacked Lee, the crowd chanted, but: accused Lee of trying to hide it
    let form = context.stream.bytes(context.text, at);
    let governed = form.ends_with(b"ing") || context.stream.is(context.text, at.less(1), "to");
    let says = is_saying(context, at) || *context.cues.at(at) > 1 && !governed;
    !(item.has(CLAUSE) || verb || subject || says)
}

/// Tells whether an item is surely a verb of saying, none of the nouns that look like one: the media reports were late ·
/// a post on the wall
fn is_saying(context: &Context<'_>, at: usize) -> bool {
    let items = &context.stream.items;
    let item = items.at(at);
    if *context.cues.at(at) < 3 || !item.is_lower() {
        return false;
    }
    let form = context.stream.bytes(context.text, at);
    let noun = item.has(Classes::NOUN.or(Classes::DOCUMENT));
    let past = form.ends_with(b"ed")
        || matches!(
            form,
            b"said" | b"told" | b"wrote" | b"swore" | b"retold" | b"foretold"
        );
    if past || form.ends_with(b"ing") {
        return true;
    }
    if !form.ends_with(b"s") {
        return !noun && at > 0 && may_be_present(context, at.less(1));
    }
    if !noun {
        return true;
    }
    // Labour claims the plan is, but: comments make him wish
    let next = items.at(at.plus(1));
    let object = Classes::DETERMINER
        .or(Classes::POSSESSIVE)
        .or(Classes::PRONOUN)
        .or(Classes::SUBORDINATOR);
    let ends = !next.is_word() && !next.is_run();
    let before = items.at(at.less(1));
    let named = before.is_capital() || before.has(Classes::SOURCE_NOUN.or(Classes::PRONOUN));
    next.has(object) || next.is_capital() || ends && named
}

/// Tells whether a word may stand before a verb without an ending: critics say · they say · to say, but: a golf venture
fn may_be_present(context: &Context<'_>, before: usize) -> bool {
    let item = context.stream.items.at(before);
    let word = context.stream.bytes(context.text, before);
    let verb = Classes::AUXILIARY
        .or(Classes::PRONOUN)
        .or(Classes::RELATIVE)
        .or(Classes::ADVERB)
        .or(Classes::GROUP);
    word.ends_with(b"s") || matches!(word, b"to" | b"people") || !item.is_word() || item.has(verb)
}

/// Tells verbs of what is known rather than told: Roe said the figures suggest it is “late”.
fn shows(form: &[u8]) -> bool {
    [b"sugg" as &[u8], b"indic", b"impl"]
        .iter()
        .any(|start| form.starts_with(start))
}

/// Tells whether a word may stand between a subject and its verb.
fn is_between(context: &Context<'_>, at: usize) -> bool {
    let item = context.stream.items.at(at);
    item.has(Classes::AUXILIARY.or(Classes::ADVERB))
        || item.is_lower() && context.stream.bytes(context.text, at).ends_with(b"ly")
}

/// Tells whether an item is a comma.
fn is_comma(item: &Item) -> bool {
    item.is_punct(b',')
}

/// Finds the last verb of saying before an item.
fn saying_before(context: &Context<'_>, start: usize, before: usize) -> Option<usize> {
    (start..before).rev().find(|&at| is_saying(context, at))
}

/// Tells whether all words of a stretch can stand in one noun phrase with what it is of.
fn is_phrase(context: &Context<'_>, range: Range<usize>) -> bool {
    range.clone().all(|at| {
        let item = context.stream.items.at(at);
        item.is_word()
            && !item.has(CLAUSE.or(Classes::AUXILIARY).or(Classes::PRONOUN))
            && *context.cues.at(at) < 2
    }) && !context.stream.items.cut(range).is_empty()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked;

    /// Expects one quotation, the words in marks, given to this name.
    #[track_caller]
    fn check(text: &str, name: &str) {
        let words = text.split(['“', '”']).nth(1).unwrap();
        check_marked(text, &[(words, name)]);
    }

    #[test]
    fn the_agent_of_a_passive_speaks() {
        check(
            "The leaflets were branded “a serious and lasting blunder” by Owen Tarrant.",
            "Owen Tarrant",
        );
        check(
            "The plan was condemned by Owen Tarrant as “a reckless and costly gamble”.",
            "Owen Tarrant",
        );
        check(
            "Eva Brandt has cut the fund in a move described as “a bitter blow” by farmer Hans Lund.",
            "Hans Lund",
        );
        check(
            "Dubbed “a serious blunder” by Owen Tarrant, the leaflets were pulped.",
            "Owen Tarrant",
        );
        check(
            "The levy has been labelled “a hidden gift” by a Brisbane think tank.",
            "a Brisbane think tank",
        );
        check(
            "In a study by Ida Roth, theft was described as “rampant and growing fast”.",
            "Ida Roth",
        );
    }

    #[test]
    fn the_subject_of_a_passive_does_not() {
        let spoke = "Ines Roca said: “We need ships.” ";
        for passive in [
            "She is described as “a proud grandmother of four”.",
            "She was accused of “a gross breach of public trust”.",
        ] {
            let text = format!("{spoke}{passive}");
            let annotated = crate::Annotator::new()
                .marked_only(true)
                .annotate(None, &text);
            let given = crate::testing::attributed(&text, annotated.iter());
            let roe = given.iter().filter(|(_, name)| *name == "Ines Roca");
            assert_eq!(roe.count(), 1, "in {text}: {given:?}");
        }
    }

    #[test]
    fn who_judges_speaks() {
        check(
            "Ken Storey accused Simon Hart of “a plain and simple theft”.",
            "Ken Storey",
        );
        check(
            "Ken Storey accused Simon Hart, of the Daily Lamp newspaper, of “lying in wait for him”.",
            "Ken Storey",
        );
        check(
            "Describing Simon Hart as “a kind man”, Ruth Anders said she feared for him.",
            "Ruth Anders",
        );
        check(
            "The Oslo Courier was less kind, labelling it “a tedious and long sermon”.",
            "Oslo Courier",
        );
    }

    #[test]
    fn a_frame_at_the_end_reports_the_sentence() {
        check(
            "Grey Harbour had “no choice at all” but to sack their drummer, says singer Colm Reid.",
            "Colm Reid",
        );
        check(
            "Petra Sand liked to rattle off “sums made of thin air” to hide the gap, Nils Aker said.",
            "Nils Aker",
        );
        check(
            "Tessa Holt was “never in any danger” during the climb, her guide Pema Dorje said.",
            "Pema Dorje",
        );
        check(
            "Max Ohm is “a born leader of men”, according to his wife Lena Ohm.",
            "Lena Ohm",
        );
        check(
            "The ministers, said Kenji Mori of Sato Bank, were “far too slow to move the market”.",
            "Kenji Mori",
        );
        check(
            "The mill had shown “a grave lack of care” for the towns, the inspectors found.",
            "the inspectors",
        );
    }

    #[test]
    fn the_innermost_verb_has_the_words() {
        check(
            "Ruth Anders told members that treasurer Ivo Kern last year called the mayor “a pocket Napoleon”.",
            "Ivo Kern",
        );
        check(
            "The diary claimed that Finn Bruun told Carl Blake: “Bring back my ladder.”",
            "Finn Bruun",
        );
        check(
            "Neil Kerr said the thief claimed he was “only looking for food”.",
            "the thief",
        );
        check(
            "The paper said that Ana Hamid, insisting she was “as fit as a fiddle”, would run again.",
            "Ana Hamid",
        );
        check(
            "Igor Petrov said the club were sad to see Anders Lindqvist go: “We respect his choice.”",
            "Igor Petrov",
        );
        check(
            "Sam Dorn has defended the leaflets amid opposition claims they were “naked racism of the worst kind”.",
            "opposition",
        );
        // The noun is no verb, and what only may be said is not.
        check(
            "Bo Dunn said that the media reports were “not at all well founded”.",
            "Bo Dunn",
        );
        check(
            "Bo Dunn said that voters would say “we want our money back”.",
            "Bo Dunn",
        );
    }

    #[test]
    fn what_a_clause_describes_is_its_subject() {
        check_marked(
            "Pat Moss wrote the plan. It is opposed by the Greens, who say it is “a bitter and needless blow”.",
            &[("a bitter and needless blow", "Greens")],
        );
        check_marked(
            "Pat Moss said halls were “in real trouble”. He is backed by Ida Roth, who says small halls face “a slow death”.",
            &[
                ("in real trouble", "Pat Moss"),
                ("a slow death", "Ida Roth"),
            ],
        );
        check(
            "Matt Orr, a fund manager at Perennial Trustees said taking the stake “is a step to a bid”.",
            "Matt Orr",
        );
        check(
            "Clara Munk, a professor at Red River University says:\n“The work is superb, just what we needed.”",
            "Clara Munk",
        );
    }
}
