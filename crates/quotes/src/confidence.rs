//! How surely a decision is right: a logistic model over what the decision rests on.
//!
//! The product of the probabilities of speech, mention and person says most of it; what sort of source it is, how far
//! away that stands, how fully it is named and what others are near correct it. Fitted on decisions about articles
//! the other models had not seen.

use std::sync::LazyLock;

use crate::context::{AFTER, BEFORE, Context};
use crate::decode::Decision;
use crate::lexicon::Classes;
use crate::marks::Style;
use crate::mention::Mention;
use crate::model::{Layout, Sink, Table, cross, logistic};
use crate::rank::{KINDS, length_bin};
use crate::total::{Cut, Steps, Total};

/// Bins of the product, and of the mention's and person's share in it.
const ODDS: u32 = 24;
const SHARES: u32 = 6;

/// What may stand beside a run.
const BESIDE: u32 = 5;

pub(crate) static LAYOUT: Layout<11> = Layout::new([
    ("bias", 1),
    ("odds", ODDS),
    ("share-kind", SHARES * (KINDS + 1)),
    ("cue-place", 4 * 2 * 4),
    ("style", Style::COUNT as u32 * 2),
    ("length-case", 7 * 2),
    ("name", 5 * 5),
    ("edges", BEFORE * AFTER),
    ("rivals", 3),
    ("second-hand", 4),
    ("beside", BESIDE * BESIDE),
]);

/// The groups of [`LAYOUT`] by name.
mod group {
    pub(super) const BIAS: usize = 0;
    pub(super) const ODDS: usize = 1;
    pub(super) const SHARE_KIND: usize = 2;
    pub(super) const CUE_PLACE: usize = 3;
    pub(super) const STYLE: usize = 4;
    pub(super) const LENGTH_CASE: usize = 5;
    pub(super) const NAME: usize = 6;
    pub(super) const EDGES: usize = 7;
    pub(super) const RIVALS: usize = 8;
    pub(super) const SECOND_HAND: usize = 9;
    pub(super) const BESIDE: usize = 10;
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::of(&LAYOUT.read(include_str!("../model/confidence.tsv"))));

/// Returns the probability that the decision at a place is right.
pub(crate) fn probability(context: &Context<'_>, decisions: &[Decision], at: usize) -> f32 {
    let mut sum = TABLE.sum();
    collect(context, decisions, at, &mut sum);
    logistic(sum.score)
}

/// Adds the features of the decision at a place.
pub(crate) fn collect(
    context: &Context<'_>,
    decisions: &[Decision],
    at: usize,
    out: &mut impl Sink,
) {
    let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
    let decision = decisions.at(at);
    let other = |place: Option<usize>| beside(context, decision, decisions.get(place?));
    let before = other(at.checked_sub(1)).unwrap_or(0);
    let after = other(at.checked_add(1)).unwrap_or(0);
    add(group::BESIDE, cross(before, BESIDE, after));
    let run = context.runs.at(decision.run);
    let shape = context.shapes.at(decision.run);
    add(group::BIAS, 0);
    add(group::ODDS, odds(decision.raw, ODDS));
    add(
        group::STYLE,
        cross(run.style as u32, 2, u32::from(decision.carries_on)),
    );
    add(
        group::LENGTH_CASE,
        cross(length_bin(shape.words), 2, u32::from(shape.lower_start)),
    );
    add(
        group::EDGES,
        cross(u32::from(shape.before), AFTER, u32::from(shape.after)),
    );
    // One name that may be no name, a name of one word, and a full one; and how often it is written.
    let name = decision.person.map_or(0, |person| {
        let person = context.persons.list.at(person);
        let words = person.words.iter().take(3).count() as u32;
        let form = if person.unsure { 0 } else { words };
        cross(form.plus(1), 5, person.count.min(4))
    });
    add(group::NAME, name);
    let mention = decision.mention.map(|at| context.mentions.at(at));
    let kind = mention.map_or(KINDS, |mention| mention.kind as u32);
    let of_person = decision.raw / decision.speech.max(f32::EPSILON);
    add(
        group::SHARE_KIND,
        cross(odds(of_person, SHARES), KINDS + 1, kind),
    );
    if shape.item == u32::MAX {
        return;
    }
    if let (Some(mention), Some(at)) = (mention, decision.mention) {
        let cue = context.syntax.at(at).better;
        let strength = cue.map_or(0, |cue| u32::from(cue.strength));
        add(
            group::CUE_PLACE,
            cross(strength, 8, place(context, mention, shape.item)),
        );
        let rivals = context
            .persons
            .rivals(context.text, context.stream, mention);
        add(group::RIVALS, rivals.len().min(2) as u32);
    }
    add(group::SECOND_HAND, second_hand(context, shape.item));
}

/// On which side of the run the mention stands, and how far: same sentence, same paragraph, the next one, farther.
fn place(context: &Context<'_>, mention: &Mention, run: u32) -> u32 {
    let first = context.stream.items.at(mention.first);
    let item = context.stream.items.at(run);
    let distance = if first.sentence == item.sentence {
        0
    } else {
        first.paragraph.abs_diff(item.paragraph).min(2).plus(1)
    };
    cross(u32::from(mention.first > run), 4, distance)
}

/// What stands next to a run: nothing near (0), in its paragraph or the one beside, words of the same person (1, 2) or of
/// somebody else (3, 4).
fn beside(context: &Context<'_>, one: &Decision, other: Option<&Decision>) -> Option<u32> {
    let other = other?;
    let paragraph = |decision: &Decision| context.runs.at(decision.run).paragraph;
    let distance = paragraph(one).abs_diff(paragraph(other));
    let is_same =
        one.person == other.person && (one.person.is_some() || one.mention == other.mention);
    (distance <= 1).then(|| distance.plus(if is_same { 1 } else { 3 }))
}

/// Items before and behind a run in which somebody may be cited, at most: a paragraph may be a megabyte.
const FAR: usize = 2000;

/// Somebody is cited in the sentence (1) or elsewhere in the paragraph (2): “…,” Roe said, according to the Post.
fn second_hand(context: &Context<'_>, run: u32) -> u32 {
    let items = &context.stream.items;
    let item = items.at(run);
    let paragraph = context.stream.paragraph(item.paragraph);
    let start = paragraph.start.max((run as usize).saturating_sub(FAR));
    let end = paragraph.end.min((run as usize).plus(FAR));
    items
        .cut(start..end)
        .iter()
        .filter(|other| other.has(Classes::SAID_PREP))
        .fold(0, |known, other| {
            known
                | if other.sentence == item.sentence {
                    1
                } else {
                    2
                }
        })
}

/// The bin of a probability by its logarithmic odds, from -2 to 7.
fn odds(probability: f32, bins: u32) -> u32 {
    let probability = probability.clamp(1e-4, 1.0 - 1e-4);
    let odds = (probability / (1.0 - probability)).ln();
    ((odds + 2.0) / 9.0 * bins as f32).clamp(0.0, bins as f32 - 1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Annotator;

    #[test]
    fn bins_rise_with_the_probability() {
        let bins: Vec<u32> = (0..=100)
            .map(|percent| odds(percent as f32 / 100.0, ODDS))
            .collect();
        assert!(bins.is_sorted(), "{bins:?}");
        assert_eq!((bins[0], bins[100]), (0, ODDS - 1));
    }

    #[test]
    fn what_is_plain_is_surer_than_what_is_not() {
        let confidence = |text: &str| Annotator::new().annotate(None, text)[0].confidence;
        let plain = confidence("“We are ready for the winter,” Ilona Varga said on Friday.");
        let pronoun = confidence(
            "Ilona Varga met Rosa Lind, and Ada Krol sat by. “We are ready for the winter,” she said.",
        );
        let stray = confidence("Ilona Varga met Rosa Lind.\n“We are ready for the winter.”");
        assert!(
            plain > pronoun && plain > stray,
            "{plain} {pronoun} {stray}"
        );
    }
}
