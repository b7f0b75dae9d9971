//! From rankings to decisions: which runs are speech, whose, and how surely.

use smallvec::SmallVec;
use whosaid_model::Span;

use crate::context::Context;
use crate::interview::{is_named, label_of};
use crate::marks::Style;
use crate::mention::MentionKind;
use crate::pronoun::{self, Referents};
use crate::rank::{self, Ranking};
use crate::speech;

/// A run that is less probably speech than this is dropped.
const SPEECH: f32 = 0.7;

/// How surely the label before a turn names its speaker.
const TURN: f32 = 0.95;

/// The decision about one run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decision {
    pub(crate) run: u32,
    pub(crate) mention: Option<u32>,
    pub(crate) person: Option<u32>,
    /// The label of a turn.
    pub(crate) label: Option<Span>,
    /// The run carries on the one before, so the mention is that one's.
    pub(crate) carries_on: bool,
    /// Product of the probabilities of speech, mention and person: not calibrated.
    pub(crate) raw: f32,
    pub(crate) speech: f32,
    /// The runner-up's person, when it is near.
    pub(crate) rival: Option<u32>,
}

/// The weights all stages use.
pub(crate) struct Deciders<'w> {
    pub(crate) rank: Option<&'w [f32]>,
    pub(crate) pronoun: Option<&'w [f32]>,
    pub(crate) speech: Option<&'w [f32]>,
    pub(crate) indirect: Option<&'w [f32]>,
    /// Looks for no speech without marks.
    pub(crate) marked_only: bool,
}

impl Deciders<'static> {
    /// The built-in weights.
    pub(crate) const BUILT_IN: Deciders<'static> = Deciders {
        rank: None,
        pronoun: None,
        speech: None,
        indirect: None,
        marked_only: false,
    };
}

/// Decides about every outer run of an article, in order.
pub(crate) fn decide(
    context: &Context<'_>,
    deciders: &Deciders<'_>,
) -> (Vec<Decision>, Vec<Referents>) {
    let referents = match deciders.pronoun {
        Some(weights) => pronoun::resolve_with(weights, context),
        None => pronoun::resolve(context),
    };
    let mut ranking = Ranking::default();
    let mut decisions: Vec<Decision> = Vec::with_capacity(context.runs.len());
    for (index, run) in context.runs.iter().enumerate() {
        if run.inside.is_some() {
            continue;
        }
        if run.carries_on
            && let Some(before) = decisions
                .last()
                .filter(|before| before.run as usize + 1 >= index.saturating_sub(2))
        {
            let carried = Decision {
                run: index as u32,
                carries_on: true,
                ..before.clone()
            };
            decisions.push(carried);
            continue;
        }
        if run.style == Style::Turn {
            let label = label_of(context, index);
            decisions.push(Decision {
                run: index as u32,
                mention: label.mention,
                person: label.person,
                label: Some(label.span),
                raw: if is_named(context, &label) { TURN } else { 0.5 },
                speech: 1.0,
                ..Decision::default()
            });
            continue;
        }
        match deciders.rank {
            Some(weights) => rank::rank_with(weights, context, index, &mut ranking),
            None => rank::rank(context, index, &mut ranking),
        }
        let speech = match deciders.speech {
            Some(weights) => speech::probability_with(weights, context, index, &ranking),
            None => speech::probability(context, index, &ranking),
        };
        let decision = choose(context, index as u32, &ranking, &referents, speech);
        decisions.push(decision);
    }
    decisions.retain(|decision| decision.speech >= SPEECH);
    (decisions, referents)
}

/// What a person has of the probability: the person, the best mention, its probability, the sum.
type Share = (Option<u32>, u32, f32, f32);

/// Sums the probabilities of the mentions that name the same person and takes the best.
fn choose(
    context: &Context<'_>,
    run: u32,
    ranking: &Ranking,
    referents: &[Referents],
    speech: f32,
) -> Decision {
    let mut sums: SmallVec<[Share; 8]> = SmallVec::new();
    for (&candidate, &probability) in ranking.candidates.iter().zip(&ranking.probabilities) {
        if probability < 0.002 {
            continue;
        }
        let mention = &context.mentions[candidate as usize];
        let mut add = |person: Option<u32>, weight: f32| {
            let known = sums
                .iter_mut()
                .find(|sum| person.is_some() && sum.0 == person);
            match known {
                Some(sum) => {
                    sum.3 += weight;
                    if weight > sum.2 {
                        (sum.1, sum.2) = (candidate, weight);
                    }
                }
                None => sums.push((person, candidate, weight, weight)),
            }
        };
        if let Some(antecedent) = antecedent(context, candidate) {
            let known = sums.iter_mut().find(|sum| {
                sum.1 == antecedent
                    || sum.0.is_some() && sum.0 == context.mentions[antecedent as usize].person
            });
            match known {
                Some(sum) => sum.3 += probability,
                None => sums.push((
                    context.mentions[antecedent as usize].person,
                    antecedent,
                    probability,
                    probability,
                )),
            }
        } else if mention.kind.is_personal() {
            let persons = &referents[candidate as usize].persons;
            if persons.is_empty() {
                add(None, probability);
            }
            for &(person, share) in persons.iter().take(3) {
                add(Some(person), probability * share);
            }
        } else {
            add(mention.person, probability);
        }
    }
    let order = |a: &Share, b: &Share| b.3.total_cmp(&a.3).then(a.1.cmp(&b.1));
    let first = (0..sums.len()).min_by(|&a, &b| order(&sums[a], &sums[b]));
    let best = first.map(|at| sums.remove(at));
    let rival = sums
        .iter()
        .filter(|sum| sum.0.is_some() && best.is_some_and(|best| sum.3 * 2.0 > best.3))
        .min_by(|a, b| order(a, b))
        .and_then(|sum| sum.0);
    Decision {
        run,
        mention: best.map(|best| best.1),
        person: best.and_then(|best| best.0),
        raw: best.map_or(0.0, |best| best.3) * speech,
        speech,
        rival,
        ..Decision::default()
    }
}

/// What `who` stands for when a description comes right before it: one resident, who asked not to be named, said.
fn antecedent(context: &Context<'_>, index: u32) -> Option<u32> {
    let mention = &context.mentions[index as usize];
    let before = index.checked_sub(1)?;
    let other = &context.mentions[before as usize];
    let comma = other.last + 2 == mention.first
        && context.stream.items[other.last as usize + 1].is_punct(b',');
    let close = other.last + 1 == mention.first || comma;
    (mention.kind == MentionKind::Who
        && close
        && (other.kind.is_description() || other.kind.is_name()))
    .then_some(before)
}

/// Tells whether a mention of this kind names a source of its own when no person is known.
pub(crate) fn names_source(kind: MentionKind) -> bool {
    kind.is_description() || matches!(kind, MentionKind::Organization | MentionKind::Place)
}

#[cfg(test)]
mod tests {
    use crate::Annotator;

    /// Expects exactly these quotations, whom each is given to, and who else it may be.
    fn check(text: &str, expected: &[(&str, &str, &[&str])]) {
        let annotated = Annotator::new().annotate(None, text);
        let found: Vec<(&str, &str, Vec<&str>)> = annotated
            .iter()
            .map(|quotation| {
                let attribution = quotation.attribution.as_ref().unwrap();
                let others = attribution.others.iter().map(String::as_str).collect();
                (
                    quotation.span.of(text).unwrap(),
                    attribution.speaker.name.as_str(),
                    others,
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|&(words, name, others)| (words, name, others.to_vec()))
            .collect();
        assert_eq!(found, expected, "in {text}");
    }

    #[test]
    fn two_of_one_name_are_both_named() {
        check(
            "Karl Brandt met Paul Brandt on Friday. “We are done,” Brandt said.",
            &[("We are done,", "Karl Brandt", &["Paul Brandt"])],
        );
    }

    #[test]
    fn who_stands_for_what_comes_right_before() {
        check(
            "“We saw smoke,” one resident, who asked not to be named, said.",
            &[("We saw smoke,", "one resident", &[])],
        );
    }

    #[test]
    fn a_reopened_paragraph_is_the_same_speech() {
        check(
            "Kobe Adair said: “First point.\n“Second point.”",
            &[
                ("First point.", "Kobe Adair", &[]),
                ("Second point.", "Kobe Adair", &[]),
            ],
        );
    }
}
