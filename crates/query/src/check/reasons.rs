//! What turns a meaning round: words that deny, numbers.

use std::collections::HashSet;

use super::claim::Claim;
use super::judge::Finding;
use super::passage::Passage;
use super::{Match, Reason};
use crate::diff::DiffKind;
use crate::wording::{Wording, Wordings};

/// Names the changes that turn a meaning round.
pub(super) fn changed(wordings: &mut Wordings, claim: &Claim, found: &Match) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut whole = None;
    for diff in &found.pieces {
        for operation in &diff.operations {
            if operation.kind == DiffKind::Equal {
                continue;
            }
            let old = operation.old.of(&found.quote).unwrap_or_default();
            let new = operation.new.of(&claim.text).unwrap_or_default();
            let (old, new) = (wordings.of(old), wordings.of(new));
            // A sentence that stands elsewhere in the quotation changes neither.
            let moved = if old.is_empty() {
                moved(&new, whole.get_or_insert_with(|| wordings.of(&found.quote)))
            } else {
                Vec::new()
            };
            let count = |words: &[Wording], is: fn(&str) -> bool| {
                let words = words.iter().enumerate();
                let words = words.filter(|(index, _)| moved.get(*index) != Some(&true));
                words.filter(|(_, word)| is(&word.key)).count()
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

/// So many words in a row stand elsewhere by no chance.
const MOVED: usize = 3;

/// Tells of each word that was put in whether it stands elsewhere in the quotation, with those beside it.
fn moved(new: &[Wording], whole: &[Wording]) -> Vec<bool> {
    let known: HashSet<[&str; MOVED]> = whole
        .array_windows()
        .map(|words: &[Wording; MOVED]| words.each_ref().map(|word| word.key.as_str()))
        .collect();
    let mut moved = vec![false; new.len()];
    for (at, words) in new.array_windows().enumerate() {
        let words: &[Wording; MOVED] = words;
        if known.contains(&words.each_ref().map(|word| word.key.as_str())) {
            for moved in moved.iter_mut().skip(at).take(MOVED) {
                *moved = true;
            }
        }
    }
    moved
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
    let moved = finding.reasons.contains(&Reason::Reordered);
    let between = finding.pieces.array_windows().any(|[before, after]| {
        let (before, after) = (before.1.end.saturating_sub(1), after.1.start);
        let mut between = before.saturating_add(1)..after;
        between.any(|word| denies(word) && !(ends(before, word) && ends(word, after)))
    });
    reasons.extend((between && !moved).then_some(Reason::Negation));
    // Of sentences in another order each begins by itself.
    let begins = if moved { finding.pieces.len() } else { 1 };
    for (_, first) in finding.pieces.iter().take(begins) {
        let start = passage.part(first.start).1.start;
        let mut before = first.start.saturating_sub(BEFORE).max(start)..first.start;
        let cut = before.any(|word| denies(word) && !ends(word, first.start));
        reasons.extend(cut.then_some(Reason::NegatedBefore));
    }
    reasons
}

pub(super) fn is_negation(word: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_put_in_may_stand_elsewhere() {
        let check = |new: &str, expected: &[&str]| {
            let mut wordings = Wordings::new();
            let whole = wordings.of("We are good friends. I am 100 percent open to it.");
            let new = wordings.of(new);
            let moved = moved(&new, &whole);
            let kept = new.iter().zip(moved).filter(|(_, moved)| !moved);
            let kept: Vec<&str> = kept.map(|(word, _)| word.key.as_str()).collect();
            assert_eq!(kept, expected);
        };
        check("I am 100 percent open to it", &[]);
        check("I am 99 percent open to it", &["i", "am", "99"]);
        check("yes we are good friends 100", &["yes", "100"]);
        check("good friends", &["good", "friends"]);
        check("", &[]);
    }
}
