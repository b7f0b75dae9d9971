//! What turns a meaning round: words that deny, numbers.

use super::claim::Claim;
use super::judge::Finding;
use super::passage::Passage;
use super::{Match, Reason};
use crate::diff::DiffKind;
use crate::wording::{Wording, Wordings};

/// Names the changes that turn a meaning round.
pub(super) fn changed(wordings: &mut Wordings, claim: &Claim, found: &Match) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for diff in &found.pieces {
        for operation in &diff.operations {
            if operation.kind == DiffKind::Equal {
                continue;
            }
            let old = operation.old.of(&found.quote).unwrap_or_default();
            let new = operation.new.of(&claim.text).unwrap_or_default();
            let (old, new) = (wordings.of(old), wordings.of(new));
            let count = |words: &[Wording], is: fn(&str) -> bool| {
                words.iter().filter(|word| is(&word.key)).count()
            };
            if count(&old, is_negation) != count(&new, is_negation) {
                reasons.push(Reason::Negation);
            }
            if count(&old, is_number) > 0 || count(&new, is_number) > 0 {
                reasons.push(Reason::Number);
            }
        }
    }
    reasons
}

/// Words before a quotation's part among which one that denies turns its sense: `not for all the world`.
const BEFORE: usize = 3;

/// Looks for words that deny, in the same sentence, among those that are marked as left out and right before the
/// first.
pub(super) fn left_out(passage: &Passage, finding: &Finding) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let denies = |word: usize| {
        passage
            .words
            .get(word)
            .is_some_and(|word| is_negation(&word.key))
    };
    let ends = |from: usize, to: usize| match (passage.words.get(from), passage.words.get(to)) {
        (Some(from), Some(to)) => {
            let between = passage
                .text
                .get(from.span.end..to.span.start)
                .unwrap_or_default();
            between.contains(['.', '!', '?', ';', '\n'])
        }
        _ => true,
    };
    let between = finding.pieces.array_windows().any(|[before, after]| {
        let (before, after) = (before.1.end.saturating_sub(1), after.1.start);
        let mut between = before.saturating_add(1)..after;
        between.any(|word| denies(word) && !(ends(before, word) && ends(word, after)))
    });
    reasons.extend(between.then_some(Reason::Negation));
    if let Some((_, first)) = finding.pieces.first() {
        let start = passage.part(first.start).1.start;
        let mut before = first.start.saturating_sub(BEFORE).max(start)..first.start;
        let cut = before.any(|word| denies(word) && !ends(word, first.start));
        reasons.extend(cut.then_some(Reason::NegatedBefore));
    }
    reasons
}

fn is_negation(word: &str) -> bool {
    word.ends_with("n't")
        || matches!(
            word,
            "no" | "not"
                | "never"
                | "none"
                | "nobody"
                | "nothing"
                | "nowhere"
                | "neither"
                | "nor"
                | "without"
                | "cannot"
                | "hardly"
                | "barely"
                | "scarcely"
        )
}

fn is_number(word: &str) -> bool {
    word.contains(|char: char| char.is_ascii_digit())
        || matches!(
            word,
            "hundred"
                | "thousand"
                | "million"
                | "billion"
                | "trillion"
                | "dozen"
                | "half"
                | "percent"
        )
}
