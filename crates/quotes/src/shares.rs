//! What each person has of the probability of being the one who speaks.

use smallvec::SmallVec;

use crate::context::Context;
use crate::decode::{Decision, TOLD};
use crate::mention::MentionKind;
use crate::pronoun::Referents;
use crate::rank::Ranking;
use crate::role::names_body;
use crate::told::Teller;
use crate::total::{Cut, Steps, Total};

/// Below this probability a mention is left out.
const LEAST: f32 = 0.002;
/// What somebody keeps whom a part of a speech does not name.
const UNNAMED: f32 = 0.02;
/// How surely whoever signs words speaks them.
const SIGNED: f32 = 0.95;

/// The persons who may speak some words, and the sources without a person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shares(SmallVec<[Share; 8]>);

/// One of them.
#[derive(Clone, Copy, Debug)]
struct Share {
    person: Option<u32>,
    /// The most probable mention, and its probability.
    mention: u32,
    best: f32,
    /// That of all mentions.
    sum: f32,
}

impl Share {
    fn is(&self, person: Option<u32>) -> bool {
        person.is_some() && self.person == person
    }

    /// Tells whether both are the same source.
    fn matches(&self, other: &Share) -> bool {
        self.is(other.person) || self.person == other.person && self.mention == other.mention
    }
}

impl Shares {
    /// Sums the probabilities of the mentions that name the same person.
    pub(crate) fn of(context: &Context<'_>, ranking: &Ranking, referents: &[Referents]) -> Self {
        let mut shares = Self::default();
        for (&candidate, &probability) in ranking.candidates.iter().zip(&ranking.probabilities) {
            if probability < LEAST {
                continue;
            }
            let mention = context.mentions.at(candidate);
            if let Some(antecedent) = antecedent(context, candidate) {
                shares.add_antecedent(context, antecedent, probability);
            } else if mention.kind.is_personal() {
                let persons = &referents.at(candidate).persons;
                if persons.is_empty() {
                    shares.add(None, candidate, probability);
                }
                for &(person, share) in persons {
                    shares.add(Some(person), candidate, probability * share);
                }
            } else {
                shares.add(mention.person, candidate, probability);
            }
        }
        shares
    }

    /// All is said by the one who signs.
    pub(crate) fn of_one(context: &Context<'_>, mention: u32) -> Self {
        let mut shares = Self::default();
        shares.add(context.mentions.at(mention).person, mention, SIGNED);
        shares
    }

    /// All is said by the one whom a rule names.
    pub(crate) fn told(context: &Context<'_>, teller: Teller, referents: &[Referents]) -> Self {
        match teller {
            Teller::Mention(mention) => {
                let only = Ranking {
                    candidates: vec![mention],
                    probabilities: vec![TOLD],
                    ..Ranking::default()
                };
                Self::of(context, &only, referents)
            }
            Teller::Itself(mention) => {
                let mut shares = Self::default();
                shares.add(None, mention, SIGNED);
                shares
            }
            Teller::Nobody => Self::default(),
        }
    }

    /// All is said by whoever spoke before, as surely as that was.
    pub(crate) fn going_on(before: &Decision) -> Self {
        let mut shares = Self::default();
        if let Some(mention) = before.mention {
            let sure = before.raw / before.speech.max(f32::EPSILON);
            shares.add(before.person, mention, sure.min(SIGNED));
        }
        shares
    }

    fn add(&mut self, person: Option<u32>, mention: u32, weight: f32) {
        match self.0.iter_mut().find(|share| share.is(person)) {
            Some(share) => {
                share.sum += weight;
                if weight > share.best {
                    (share.mention, share.best) = (mention, weight);
                }
            }
            None => self.0.push(Share {
                person,
                mention,
                best: weight,
                sum: weight,
            }),
        }
    }

    fn add_antecedent(&mut self, context: &Context<'_>, mention: u32, weight: f32) {
        let person = context.mentions.at(mention).person;
        let known = |share: &&mut Share| share.mention == mention || share.is(person);
        match self.0.iter_mut().find(known) {
            Some(share) => share.sum += weight,
            None => self.add(person, mention, weight),
        }
    }

    /// Who may speak words of which these are the shares of one part and `other` those of another: they are multiplied.
    pub(crate) fn met(&self, other: &Shares) -> Self {
        let of = |shares: &Shares, share: &Share| {
            let same = shares.0.iter().find(|other| other.matches(share));
            same.map_or(UNNAMED, |same| same.sum.max(UNNAMED))
        };
        let mut met: SmallVec<[Share; 8]> = SmallVec::new();
        for share in &self.0 {
            let same = other.0.iter().find(|other| other.matches(share));
            let named = same.filter(|same| same.best > share.best);
            met.push(Share {
                sum: share.sum.max(UNNAMED) * of(other, share),
                ..*named.unwrap_or(share)
            });
        }
        for share in &other.0 {
            if !self.0.iter().any(|known| known.matches(share)) {
                met.push(Share {
                    sum: UNNAMED * share.sum,
                    ..*share
                });
            }
        }
        let all: f32 = met.iter().map(|share| share.sum).sum();
        for share in &mut met {
            share.sum /= all.max(f32::EPSILON);
        }
        Self(met)
    }

    /// Takes the person who has most.
    pub(crate) fn decide(&self, run: u32, speech: f32) -> Decision {
        let order =
            |a: &&Share, b: &&Share| b.sum.total_cmp(&a.sum).then(a.mention.cmp(&b.mention));
        let best = self.0.iter().min_by(order);
        let others = self.0.iter().filter(|share| {
            best.is_some_and(|best| {
                share.person.is_some() && !share.matches(best) && share.sum * 2.0 > best.sum
            })
        });
        Decision {
            run,
            mention: best.map(|best| best.mention),
            person: best.and_then(|best| best.person),
            raw: best.map_or(0.0, |best| best.sum) * speech,
            speech,
            rival: others.min_by(order).and_then(|other| other.person),
            ..Decision::default()
        }
    }
}

/// What `who` stands for when a description comes right before it: one resident, who asked not to be named, said; and
/// the body an apposition describes or names: Broad Hearth, the senator's party, said · the contractor, Lind & Sons, said.
fn antecedent(context: &Context<'_>, index: u32) -> Option<u32> {
    let mention = context.mentions.at(index);
    if mention.kind.is_description() && names_body(context.stream, context.mentions, index as usize)
    {
        return Some(index.plus(1));
    }
    if mention.kind == MentionKind::Body {
        return named_before(context, index);
    }
    let mention = context.mentions.at(index);
    let before = index.checked_sub(1)?;
    let other = context.mentions.at(before);
    let comma = other.last.plus(2) == mention.first
        && context
            .stream
            .items
            .at((other.last as usize).plus(1))
            .is_punct(b',');
    let close = other.last.plus(1) == mention.first || comma;
    (mention.kind == MentionKind::Who
        && close
        && (other.kind.is_description() || other.kind.is_name()))
    .then_some(before)
}

/// The name of the body that an apposition between commas describes.
fn named_before(context: &Context<'_>, index: u32) -> Option<u32> {
    let mention = context.mentions.at(index);
    let comma = |at: u32| {
        let item = context.stream.items.get(at as usize);
        item.is_some_and(|item| item.is_punct(b','))
    };
    if mention.first < 2 || !comma(mention.first.less(1)) || !comma(mention.last.plus(1)) {
        return None;
    }
    let before = context.mentions.cut(..index as usize).iter().rev().take(3);
    let place = before
        .take_while(|before| before.last.plus(2) >= mention.first)
        .position(|before| before.last.plus(2) == mention.first)?;
    let named = index.less(1).less(place as u32);
    let kind = context.mentions.at(named).kind;
    (kind == MentionKind::Organization || kind.is_name()).then_some(named)
}
