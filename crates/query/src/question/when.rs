//! When it was said, and how often.

use super::Intent;
use super::forms::Read;
use super::order::{self, Order};
use super::pieces::Piece;
use super::quotes::uses;
use super::spoken::{alone, passive, spoken};
use super::verbs::{SPEAK, is_being, is_participle, verb, without};

pub(super) fn when(pieces: &[Piece<'_>]) -> Read {
    let first = pieces.first()?;
    if matches!(first.lower.as_str(), "was" | "were" | "is") {
        let rest = pieces.get(1..)?;
        if let Some(nodes) = passive(rest) {
            let (ahead, _, _) = verb(pieces)?;
            let order = order::trailing(ahead).map_or(Order::First, |(order, _)| order);
            return Some((order.of(Intent::When), nodes));
        }
        if let Some((intent, nodes)) = time(rest).or_else(|| uses(rest)) {
            let intent = match intent {
                Intent::Latest => intent,
                _ => Intent::When,
            };
            return Some((intent, nodes));
        }
    }
    let (ahead, verb, _) = verb(pieces)?;
    let mut intent = Intent::When;
    if order::is_latest(ahead) {
        intent = Intent::Latest;
    }
    let mut pieces = pieces;
    // `say last` has words, `speak last` has none.
    let speaks = SPEAK.contains(&verb.lower.as_str());
    let least = ahead.len().saturating_add(if speaks { 1 } else { 2 });
    // `mention boats for the first time`
    let is_mention = verb.lower.starts_with("mention");
    let closing = || order::at_end(pieces).filter(|_| is_mention);
    if let Some((order, before)) = order::closing(pieces).or_else(closing)
        && before.len() >= least
    {
        intent = order.of(intent);
        pieces = before;
    }
    let nodes = spoken(pieces).or_else(|| Some(vec![alone(pieces)?]))?;
    Some((intent, nodes))
}

/// `the last time (that) X said …`, `the first time … was said`.
pub(super) fn time(pieces: &[Piece<'_>]) -> Read {
    let (order, rest) = order::leading(pieces)?;
    let (_, rest) = rest.split_first().filter(|(time, _)| time.is("time"))?;
    let rest = without(without(rest, "that"), "when");
    let (ahead, verb, _) = verb(rest)?;
    let is_passive = !verb.is("quoted") && ahead.last().is_some_and(is_being);
    let nodes = if is_passive {
        passive(rest)?
    } else {
        spoken(rest).or_else(|| Some(vec![alone(rest)?]))?
    };
    Some((order.of(Intent::When), nodes))
}

pub(super) fn often(pieces: &[Piece<'_>]) -> Read {
    let (ahead, verb, behind) = verb(pieces)?;
    let is_passive = is_participle(verb)
        && ahead.iter().any(is_being)
        && behind.first().is_none_or(|by| by.is("by"));
    let nodes = if is_passive {
        passive(pieces.get(1..)?)?
    } else if let Some(speaker) = alone(pieces) {
        vec![speaker]
    } else {
        spoken(pieces)?
    };
    Some((Intent::HowOften, nodes))
}
