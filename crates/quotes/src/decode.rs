//! From rankings to decisions: which runs are speech, whose, and how surely.

use whosaid_model::Span;

use crate::context::Context;
use crate::deep::Deep;
use crate::floor::{self, Floor};
use crate::interview::{Labels, answers_in_marks, is_asked, is_named};
use crate::marks::Style;
use crate::mention::MentionKind;
use crate::model::Table;
use crate::pronoun::{self, Referents};
use crate::rank::{self, Ranking};
use crate::shares::Shares;
use crate::told::{self, Teller};
use crate::total::{Cut, Steps, Total};
use crate::{chorus, dialogue, frame, introduced, signature, speech};

/// A run that is less probably speech than this is dropped.
pub(crate) const SPEECH: f32 = 0.7;

/// How surely the label before a turn names its speaker.
const TURN: f32 = 0.95;

/// How surely the grammar of telling names the speaker.
pub(crate) const TOLD: f32 = 0.95;

/// Words that go on from others are of whoever spoke those, if that is more probable than this.
const SURE: f32 = 0.8;

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
    pub(crate) rank: Option<&'w Table>,
    pub(crate) pronoun: Option<&'w Deep>,
    pub(crate) speech: Option<&'w Table>,
    pub(crate) indirect: Option<&'w Table>,
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

impl Deciders<'_> {
    fn rank(&self, context: &Context<'_>, run: usize, ranking: &mut Ranking) {
        match self.rank {
            Some(table) => rank::rank_with(table, context, run, ranking),
            None => rank::rank(context, run, ranking),
        }
    }

    /// Returns who may speak a run, as far as its own sentence tells.
    fn shares(
        &self,
        context: &Context<'_>,
        run: usize,
        ranking: &mut Ranking,
        referents: &[Referents],
    ) -> Shares {
        self.rank(context, run, ranking);
        let teller = told::find(context, run, None).or_else(|| {
            told_otherwise(
                context,
                ranking,
                referents,
                introduced::subject(context, run),
            )
        });
        shares_of(context, teller, ranking, referents)
    }

    fn speech(&self, context: &Context<'_>, run: usize, ranking: &Ranking) -> f32 {
        match self.speech {
            Some(table) => speech::probability_with(table, context, run, ranking),
            None => speech::probability(context, run, ranking),
        }
    }
}

/// Decides about every outer run of an article, in order; resolves the pronouns among the first `told` mentions, and
/// those that may be the source of a run.
pub(crate) fn decide(
    context: &Context<'_>,
    deciders: &Deciders<'_>,
    told: usize,
) -> (Vec<Decision>, Vec<Referents>) {
    let asked = told.max(rank::reach(context));
    let referents = match deciders.pronoun {
        Some(model) => pronoun::resolve_with(model, context, asked),
        None => pronoun::resolve(context, asked),
    };
    let mut labels = Labels::new(context);
    let mut ranking = Ranking::default();
    let mut decisions: Vec<Decision> = Vec::with_capacity(context.runs.len());
    // Who may speak the runs that carry on one another, from the decision at which they begin.
    let mut speech_so_far = Shares::default();
    let mut head = 0;
    // Who answers in an interview without labels, once that was asked.
    let mut answerer: Option<Option<u32>> = None;
    // Whom a rule gave the run before.
    let mut told_before: Option<(usize, Teller)> = None;
    for (index, run) in context.runs.iter().enumerate() {
        if run.inside.is_some() {
            continue;
        }
        let carries_on = run.carries_on
            && decisions
                .last()
                .is_some_and(|before| (before.run as usize).plus(1) >= index.saturating_sub(2));
        if run.style == Style::Turn {
            let decision = match decisions.last() {
                Some(before) if carries_on => Decision {
                    run: index as u32,
                    carries_on: true,
                    ..before.clone()
                },
                _ => turn(context, &mut labels, index),
            };
            decisions.push(decision);
            continue;
        }
        deciders.rank(context, index, &mut ranking);
        let speech = deciders.speech(context, index, &ranking);
        let signed = signature::find(context, index).or_else(|| {
            is_asked(context, index)
                .then(|| *answerer.get_or_insert_with(|| answers_in_marks(context)))
                .flatten()
        });
        let teller = told::find(context, index, told_before);
        told_before = teller.map(|teller| (index, teller));
        let worded = introduced::in_words(context, index);
        let framed = frame::find(context, index, &referents);
        let spoken = worded.is_some() || framed.is_some_and(|framed| framed.spoken);
        let mut speech = speech.max(if spoken { TOLD } else { 0.0 });
        let teller = teller.or(framed.map(|framed| framed.teller));
        let subject = introduced::subject(context, index).or(worded);
        let floor = match (signed, teller, subject) {
            (None, None, None) => floor::find(context, index, &decisions),
            _ => None,
        };
        let shares = match (signed, teller, floor) {
            (Some(signature), _, _) => Shares::of_one(context, signature),
            (None, Some(teller), _) => Shares::told(context, teller, &referents),
            (None, None, Some(Floor::Answer)) => Shares::going_on(decisions.tail()),
            (None, None, Some(Floor::Before)) => {
                let before = decisions.tail();
                let chain = floor::is_in_chain(context, index);
                if chain {
                    speech = speech.max(before.speech);
                }
                if chain || carries_on || before.raw > SURE * before.speech {
                    Shares::going_on(before)
                } else {
                    // It was not so sure who spoke before: somebody may be named nearer to these words.
                    floor::narrow(context, index, true, &mut ranking);
                    speech_so_far.met(&Shares::of(context, &ranking, &referents))
                }
            }
            (None, None, Some(Floor::Until(last))) => {
                let shares = deciders.shares(context, last, &mut ranking, &referents);
                speech = speech.max(deciders.speech(context, last, &ranking));
                shares
            }
            (None, None, Some(Floor::Reported(mention))) => {
                Shares::told(context, Teller::Mention(mention), &referents)
            }
            (None, None, floor) => {
                if let Some(Floor::Ranked { earlier }) = floor {
                    floor::narrow(context, index, earlier, &mut ranking);
                }
                let teller = told_otherwise(context, &ranking, &referents, subject);
                shares_of(context, teller, &ranking, &referents)
            }
        };
        if !carries_on {
            head = decisions.len();
            speech_so_far = shares;
            decisions.push(speech_so_far.decide(index as u32, speech));
            continue;
        }
        speech_so_far = speech_so_far.met(&shares);
        carry_on(&mut decisions, head, &speech_so_far, (index as u32, speech));
    }
    dialogue::take_turns(context, &mut decisions);
    dialogue::answer_on(context, &mut decisions);
    keep_alike(context, &mut decisions);
    decisions.retain(|decision| decision.speech >= SPEECH);
    silence_choruses(context, &mut decisions);
    (decisions, referents)
}

/// Takes cries of many from whom they were given to: nobody shouts alone in chorus.
fn silence_choruses(context: &Context<'_>, decisions: &mut [Decision]) {
    for decision in decisions {
        if decision.person.is_some() && chorus::is_chorus(context, decision.run as usize) {
            (decision.mention, decision.person) = (None, None);
        }
    }
}

/// Adds the decision about a run that carries on the speech from decision `head` on, and decides anew about its parts:
/// one speech has one speaker, who may be named beside any part of it.
fn carry_on(
    decisions: &mut Vec<Decision>,
    head: usize,
    shares: &Shares,
    (run, speech): (u32, f32),
) {
    let parts = decisions.cut(head..).iter();
    let speech = parts.fold(speech, |most, part| most.max(part.speech));
    let whole = Decision {
        carries_on: true,
        ..shares.decide(run, speech)
    };
    decisions.push(whole.clone());
    for part in decisions.iter_mut().skip(head) {
        let (run, carries_on) = (part.run, part.carries_on);
        *part = Decision {
            run,
            carries_on,
            ..whole.clone()
        };
    }
}

/// Returns who may speak a run: whom a rule says, else those whom the ranking knows.
fn shares_of(
    context: &Context<'_>,
    teller: Option<Teller>,
    ranking: &Ranking,
    referents: &[Referents],
) -> Shares {
    match teller {
        Some(teller) => Shares::told(context, teller, referents),
        None => Shares::of(context, ranking, referents),
    }
}

/// Keeps a phrase beside its like that is kept: called the papers “untrue” and “spiteful”.
fn keep_alike(context: &Context<'_>, decisions: &mut [Decision]) {
    /// Below this a phrase is a term, whatever stands beside it.
    const DOUBTFUL: f32 = 0.4;
    for at in 1..decisions.len() {
        let (Some(one), Some(other)) = (decisions.get(at.less(1)), decisions.get(at)) else {
            continue;
        };
        let (least, most) = (one.speech.min(other.speech), one.speech.max(other.speech));
        let parted = least < SPEECH && most >= SPEECH && least >= DOUBTFUL;
        if !parted || !speech::are_alike(context, one.run as usize, other.run as usize) {
            continue;
        }
        for decision in decisions.iter_mut().skip(at.less(1)).take(2) {
            decision.speech = decision.speech.max(SPEECH);
        }
    }
}

/// Finds whose words the grammar says that a run is, where the ranker says somebody else's.
fn told_otherwise(
    context: &Context<'_>,
    ranking: &Ranking,
    referents: &[Referents],
    subject: Option<u32>,
) -> Option<Teller> {
    let best = ranking.best().map(|best| best.0);
    // A spokesman for Roe said: “…” The best mention by itself, but Roe has several.
    let is_other = |index: &u32| {
        let mention = context.mentions.at(*index);
        let sum = || {
            Shares::of(context, ranking, referents)
                .decide(0, 1.0)
                .person
        };
        best != Some(*index)
            || mention.kind == MentionKind::Role
            || mention.person.is_some() && sum() != mention.person
    };
    let other = subject.filter(is_other);
    let owner = || introduced::owner(context, best?);
    other.or_else(owner).map(Teller::Mention)
}

/// Reads the label of a turn.
fn turn<'t>(context: &Context<'t>, labels: &mut Labels<'_, 't>, index: usize) -> Decision {
    let label = labels.of(index);
    Decision {
        run: index as u32,
        mention: label.mention,
        person: label.person,
        label: Some(label.span),
        raw: if is_named(context, &label) { TURN } else { 0.5 },
        speech: 1.0,
        ..Decision::default()
    }
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
