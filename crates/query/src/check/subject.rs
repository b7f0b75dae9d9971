//! Names beside a verb of saying: which of them is its subject.

use super::attribution::SENTENCE;
use super::word::{Word, is_capital, is_no_name, is_particle, joined};
use super::{cues, kinds};

/// Whom a place in a sentence names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Name(String),
    /// Words without a capital in a text without any: a name typed in a hurry, or none.
    Typed(String),
    /// `she`: probably who spoke before.
    Same,
    /// `the minister`, `a spokesman for Kim`: somebody without a name.
    Other,
    Nobody,
}

impl Who {
    pub(super) fn is_name(&self) -> bool {
        matches!(self, Self::Name(_) | Self::Typed(_))
    }

    pub(super) fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Nobody => other(),
            found => found,
        }
    }
}

/// Words with capitals in a row.
struct Run {
    start: usize,
    end: usize,
}

/// Returns how many words are one name, of which the first is a part: those with capitals, and particles between
/// them. `Bank of England` is one, `Chung of Trump` is not.
fn run_length(words: &[Word<'_>]) -> usize {
    let mut length = 1;
    let mut before = words.first().copied();
    for (count, word) in (1..).zip(words).skip(1) {
        let Some(last) = before.replace(*word) else {
            break;
        };
        if last.is_possessive() {
            break;
        }
        let lower = word.lower();
        if lower == "of" && !kinds::has_of(last) {
            break;
        }
        if is_particle(word.text) || (lower == "the" && last.lower() == "of") {
            continue;
        }
        if !is_capital(word.text) {
            break;
        }
        length = count;
    }
    length
}

fn runs(words: &[Word<'_>]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..)
        && let Some(skipped) = rest.iter().position(|word| is_capital(word.text))
    {
        let start = at.saturating_add(skipped);
        let length = run_length(words.get(start..).unwrap_or_default());
        at = start.saturating_add(length);
        runs.push(Run { start, end: at });
    }
    runs
}

/// Tells whether a preposition stands before a run: of `a spokesman for Kim` the spokesman is the subject. What
/// begins a part of the sentence, as `at the summit` does, is over with its noun.
fn is_governed(words: &[Word<'_>], run: &Run) -> bool {
    let before = words.get(..run.start).unwrap_or_default();
    let mut plain = false;
    for (index, word) in before.iter().enumerate().rev().take(4) {
        if kinds::is_preposition(*word) {
            let speech = index
                .checked_sub(1)
                .and_then(|index| before.get(index))
                .is_some_and(|word| kinds::is_speech(*word));
            return !(speech || index == 0 && plain);
        }
        if word.text.starts_with(char::is_uppercase)
            || kinds::is_conjunction(*word)
            || kinds::is_pronoun(*word)
            || cues::verb(*word).is_some()
        {
            return false;
        }
        plain |= !kinds::is_determiner(*word);
    }
    false
}

/// Tells whether a run names somebody by itself: `Trump’s lawyer`, `Bergen mayor` and `the President` do not.
fn is_name(words: &[Word<'_>], run: &Run) -> bool {
    let (Some(name), Some(after)) = (words.get(run.start..run.end), words.get(run.end..)) else {
        return false;
    };
    let lower = |word: &Word<'_>| word.text.starts_with(char::is_lowercase);
    if name.last().is_some_and(|word| word.is_possessive()) {
        let mut nouns = after.iter().take(3).take_while(|word| lower(word));
        return nouns.any(|word| kinds::is_speech(*word));
    }
    let closed = name.last().is_some_and(|word| word.closes());
    let office = after
        .first()
        .is_some_and(|word| lower(word) && kinds::is_office(*word));
    let title = name.last().is_some_and(|word| kinds::is_title(*word));
    (closed || !office) && !title && !name.iter().all(|word| kinds::is_office(*word))
}

/// The names of a part of a sentence that may be its subject.
fn names(words: &[Word<'_>]) -> Vec<Run> {
    let mut runs = runs(words);
    runs.retain(|run| is_name(words, run) && !is_governed(words, run));
    runs
}

fn text(words: &[Word<'_>], run: &Run) -> Who {
    words
        .get(run.start..run.end)
        .map_or(Who::Nobody, |name| Who::Name(joined(name)))
}

/// Tells whether a name is one of two: of `Kim and Trump said` none is the speaker rather than the other.
fn is_joint(words: &[Word<'_>], run: &Run) -> bool {
    let before = words.get(..run.start).and_then(<[_]>::last_chunk);
    before.is_some_and(|[other, and]| and.lower() == "and" && is_capital(other.text))
}

/// Cuts words at commas and dashes.
fn parts<'w, 't>(words: &'w [Word<'t>]) -> impl DoubleEndedIterator<Item = &'w [Word<'t>]> {
    words.split_inclusive(|word| word.closes())
}

/// Finds the subject of the verb behind the words. With `shared`, the verb has its subject in common with the one
/// before: `Kim praised Trump, calling him`.
pub(super) fn before_verb(words: &[Word<'_>], mut shared: bool) -> Who {
    let words = words
        .get(words.len().saturating_sub(SENTENCE)..)
        .unwrap_or_default();
    let last = parts(words).next_back().unwrap_or_default();
    let open = last.last().is_some_and(|word| !word.closes());
    if open && !shared {
        let names = names(last);
        let behind = last
            .get(names.last().map_or(0, |name| name.end)..)
            .unwrap_or_default();
        // `Kim said that he called`, `Kim argued the law calls`.
        let clause = behind.iter().rposition(|word| {
            (kinds::is_conjunction(*word) && !matches!(word.lower().as_str(), "and" | "but"))
                || cues::verb(*word).is_some()
        });
        let clause = clause.and_then(|at| behind.get(at.saturating_add(1)..));
        let clause = clause.filter(|clause| clause.iter().any(|word| !kinds::is_adverb(*word)));
        if clause
            .unwrap_or(behind)
            .iter()
            .any(|word| kinds::is_pronoun(*word))
        {
            return Who::Same;
        }
        if let Some(clause) = clause
            && clause.iter().any(|word| {
                kinds::is_determiner(*word) && word.text.starts_with(char::is_lowercase)
            })
        {
            let head = role(clause);
            if head != Who::Nobody {
                return head;
            }
        }
        // `and later called`: between the two verbs stands nobody.
        let joins = behind
            .iter()
            .position(|word| matches!(word.lower().as_str(), "and" | "but" | "then"));
        shared = joins.is_some_and(|at| {
            let between = behind.get(at..).unwrap_or_default().iter().skip(1);
            let mut between = between.filter(|word| !kinds::is_preposition(**word));
            between.all(|word| kinds::is_adverb(*word))
        });
        if let Some(name) = names.last().filter(|_| !shared) {
            let both = is_joint(last, name);
            return if both { Who::Other } else { text(last, name) };
        }
        if !shared {
            let typed = typed(last);
            if typed != Who::Nobody {
                return typed;
            }
            let head = role(last);
            if head != Who::Nobody {
                return head;
            }
        }
    }
    // `My father used to say`.
    let head = last.first().filter(|_| open && shared);
    if head.is_some_and(|head| kinds::is_determiner(*head)) && names(last).is_empty() {
        return role(last);
    }
    // `Their coach, Abel Quintão, called`.
    let mut backward = parts(words).rev().skip(usize::from(open));
    if let (Some(part), Some(before)) = (backward.next(), backward.next())
        && !shared
        && let [run] = names(part).as_slice()
        && (run.start, run.end) == (0, part.len())
        && before
            .last()
            .is_some_and(|word| word.text.starts_with(char::is_lowercase))
    {
        return text(part, run);
    }
    for part in parts(words) {
        let Some(first) = part.first() else {
            continue;
        };
        if kinds::is_conjunction(*first)
            || first.lower().ends_with("ing")
            || first.lower() == "asked"
        {
            continue;
        }
        let names = names(part);
        let found = if shared { names.first() } else { names.last() };
        let until = found.map_or(part.len(), |name| name.start);
        let mut before = part.get(..until).unwrap_or_default().iter();
        if before.any(|word| kinds::is_pronoun(*word)) {
            return Who::Same;
        }
        if let Some(name) = found {
            return text(part, name);
        }
    }
    role(words)
}

/// Finds the only name of the words, to which a pronoun behind them goes back: `Kim ended what he called`.
pub(super) fn only(words: &[Word<'_>]) -> Option<Who> {
    let mut all = parts(words).flat_map(|part| {
        let names = runs(part).into_iter();
        names.map(move |run| (part, run))
    });
    let (part, run) = all.next()?;
    let alone = all.next().is_none() && is_name(part, &run) && !is_governed(part, &run);
    alone.then(|| text(part, &run))
}

/// Finds whom `who` at the end of the words goes back to; what `which` and `that` do is nobody.
pub(super) fn antecedent(words: &[Word<'_>]) -> Who {
    let who = words.iter().rposition(|word| word.lower() == "who");
    let before = who.and_then(|at| words.get(..at)).unwrap_or_default();
    let part = parts(before).next_back().unwrap_or_default();
    match names(part).last() {
        Some(run) if run.end == part.len() => text(part, run),
        _ => Who::Other,
    }
}

/// Finds the name that begins, or is all of, words without a verb: `Kim on Trump`, `Jane Roe, harbour minister`.
pub(super) fn label(words: &[Word<'_>]) -> Who {
    for part in parts(words) {
        let source = part
            .first()
            .is_some_and(|first| matches!(first.lower().as_str(), "from" | "by"));
        let part = if source {
            part.get(1..).unwrap_or_default()
        } else {
            part
        };
        let first = part.first();
        if first.is_some_and(|word| {
            kinds::is_conjunction(*word) || word.lower().ends_with("ing") || word.lower() == "asked"
        }) {
            continue;
        }
        if let Some(name) = names(part).last() {
            return text(part, name);
        }
    }
    typed(words)
}

/// Finds the first name of a headline that follows its quotation: `“A smart guy”: Trump meets Kim`.
pub(super) fn headline(words: &[Word<'_>]) -> Who {
    names(words)
        .first()
        .map_or(Who::Nobody, |name| text(words, name))
}

/// Finds the subject behind a verb, or whom `according to` names: the last name before anything else begins, as in
/// `North Korean leader Kim Jong Un on Friday`; or, where only an office stands, the name behind its comma.
pub(super) fn after_verb(words: &[Word<'_>]) -> Who {
    let mut parts = parts(words);
    let Some(part) = parts.next() else {
        return Who::Nobody;
    };
    if part.first().is_some_and(|word| kinds::is_pronoun(*word)) {
        return Who::Same;
    }
    let mut end = 0;
    let mut found = None;
    for run in runs(part) {
        let between = part.get(end..run.start).unwrap_or_default();
        let mut before = None;
        let stops = between.iter().any(|word| {
            let speech = before.replace(*word).is_some_and(kinds::is_speech);
            (kinds::is_preposition(*word) && !speech)
                || kinds::is_conjunction(*word)
                || (cues::verb(*word).is_some() && word.text.starts_with(char::is_lowercase))
        });
        if stops || (found.is_some() && between.len() > 2) {
            break;
        }
        end = run.end;
        if is_name(part, &run) {
            found = Some(run);
        }
    }
    if let Some(run) = found {
        let next = part.get(run.end..).and_then(<[_]>::first_chunk);
        let both = next.is_some_and(|[and, other]| and.lower() == "and" && is_capital(other.text));
        return if both { Who::Other } else { text(part, &run) };
    }
    // `Said Kim’s son, Ade Bello`.
    let owned = part.iter().any(|word| word.is_possessive());
    let role = role(part).or_else(|| if owned { Who::Other } else { Who::Nobody });
    if role != Who::Nobody
        && let Some(next) = parts.next()
        && let [run, ..] = runs(next).as_slice()
        && run.start == 0
        && is_name(next, run)
        // `The mayor of Bergen, Norway`.
        && (run.end > 1 || !part.iter().any(|word| kinds::is_preposition(*word)))
    {
        return text(next, run);
    }
    role
}

/// Tells whether the words behind a verb can be all of its subject: `said Kim on Friday`, not `said Kim was there`.
pub(super) fn is_subject(words: &[Word<'_>]) -> bool {
    let part = parts(words).next().unwrap_or_default();
    let Some(name) = names(part).pop() else {
        return false;
    };
    let closed = part
        .get(..name.end)
        .and_then(<[_]>::last)
        .is_some_and(|word| word.closes());
    closed
        || part.get(name.end).is_none_or(|word| {
            kinds::is_preposition(*word)
                || kinds::is_conjunction(*word)
                || !word.text.starts_with(char::is_lowercase)
        })
}

/// Reads who is called by an office alone.
fn role(words: &[Word<'_>]) -> Who {
    let noun = |word: &&Word<'_>| {
        !kinds::is_adverb(**word)
            && !kinds::is_preposition(**word)
            && !kinds::is_conjunction(**word)
            && cues::verb(**word).is_none()
    };
    let Some(head) = words.iter().find(noun) else {
        return Who::Nobody;
    };
    match head.lower().as_str() {
        "he" | "she" | "they" | "we" | "i" => Who::Same,
        _ if kinds::is_determiner(*head) || words.iter().any(|word| kinds::is_office(*word)) => {
            Who::Other
        }
        _ => Who::Nobody,
    }
}

/// Without capitals in sight, as people type in a hurry, the first words may be the name.
fn typed(words: &[Word<'_>]) -> Who {
    if words
        .iter()
        .any(|word| word.text.contains(char::is_uppercase))
    {
        return Who::Nobody;
    }
    let stops = |word: &&Word<'_>| is_no_name(**word);
    let name: Vec<Word<'_>> = words
        .iter()
        .take_while(|word| !stops(word))
        .copied()
        .collect();
    if (1..=3).contains(&name.len()) {
        Who::Typed(joined(&name))
    } else {
        Who::Nobody
    }
}
