//! Lost marks: where words end whose closing mark a text does not have, and where those begin that lost the opening one.

use std::ops::Range;

use whosaid_model::Span;

use super::cues::{self, Cue, verb_at};
use super::kinds;
use super::marks::{Mark, is_mark};
use super::runs::Run;
use super::subject;
use super::word::{Word, capital, clause_end, is_capital, is_particle, sentence_ends, split};

/// Bytes behind a comma in which the words are looked for that report what stands before it.
const REPORT: usize = 200;

/// Returns where in a range the paragraph ends with which it begins: lines may be broken anywhere, but paragraphs end
/// behind sentences.
pub(super) fn paragraph_end(text: &str, range: Range<usize>) -> usize {
    let part = text.get(range.clone()).unwrap_or_default();
    let mut breaks = part.match_indices('\n').map(|(at, _)| at);
    breaks
        .find(|&at| breaks_off(part, at))
        .map_or(range.end, |at| range.start.saturating_add(at))
}

/// Returns where in a range the paragraph begins with which it ends.
fn paragraph_start(text: &str, range: Range<usize>) -> usize {
    let part = text.get(range.clone()).unwrap_or_default();
    let mut breaks = part.rmatch_indices('\n').map(|(at, _)| at);
    breaks
        .find(|&at| breaks_off(part, at))
        .map_or(range.start, |at| {
            range.start.saturating_add(at).saturating_add(1)
        })
}

/// Tells whether a line break parts paragraphs.
fn breaks_off(text: &str, at: usize) -> bool {
    let Some((line, rest)) = text.split_at_checked(at) else {
        return false;
    };
    let line = line.trim_end_matches(['\r', ' ']);
    let empty = line.is_empty() || line.ends_with('\n');
    let rest = rest.trim_start_matches(['\r', ' ']);
    let next = rest.strip_prefix('\n').unwrap_or(rest);
    empty
        || next.trim_start_matches(['\r', ' ']).starts_with('\n')
        || line.ends_with(|char: char| ".!?…:".contains(char) || is_mark(char))
}

/// Ends a run that nothing closes: before the words that report it, else with its paragraph.
pub(super) fn unclosed(text: &str, mark: &Mark, limit: usize) -> Run {
    let limit = paragraph_end(text, mark.end..limit.max(mark.end));
    let inside = text.get(mark.end..limit).unwrap_or_default();
    let end = reported_until(inside).unwrap_or(inside.len());
    let words = inside.get(..end).unwrap_or_default().trim_end();
    let end = mark.end.saturating_add(words.len());
    Run {
        outer: Span::new(mark.start, end),
        inner: Span::new(mark.end, end),
        closed: false,
    }
}

/// Finds where words stop and what reports them starts: `We are done, said Roe` ends behind the comma, `We are done —
/// Jane Roe` before the dash.
fn reported_until(words: &str) -> Option<usize> {
    for dash in ["—", "–", " - ", " -- "] {
        if let Some((said, name)) = words.rsplit_once(dash) {
            let name = split(name);
            let (first, last) = (name.first(), name.last());
            let whole = first
                .into_iter()
                .chain(last)
                .all(|word| is_capital(word.text));
            let is_name = |word: &Word<'_>| is_capital(word.text) || is_particle(word.text);
            if whole && (1..=5).contains(&name.len()) && name.iter().all(is_name) {
                return Some(said.len());
            }
        }
    }
    words
        .match_indices([',', '?', '!'])
        .filter_map(|(at, stop)| words.get(at.saturating_add(stop.len())..))
        .filter(|rest| rest.starts_with(|char: char| char.is_whitespace() || is_mark(char)))
        .find(|rest| reports(rest))
        .map(|rest| words.len().saturating_sub(rest.len()))
}

/// Tells whether a text begins with the words that report what stands before it: `said Roe`, `Jane Roe told reporters`,
/// `she said.`
fn reports(text: &str) -> bool {
    let text = text.trim_start_matches(|char: char| char.is_whitespace() || is_mark(char));
    let text = text
        .get(..text.floor_char_boundary(REPORT))
        .unwrap_or_default();
    let clause = text.get(..clause_end(text)).unwrap_or_default();
    let words = split(clause);
    let part = words.split_inclusive(|word| word.closes()).next();
    let part = part.unwrap_or_default();
    let verb = (0..part.len().min(6)).find(|&index| {
        verb_at(part, index)
            .is_some_and(|verb| matches!(verb.cue, Cue::Say | Cue::Tell) && !verb.participle)
    });
    let Some((subject, [verb, after @ ..])) = verb.and_then(|at| part.split_at_checked(at)) else {
        return false;
    };
    let Some((first, others)) = subject.split_first() else {
        return verb.text.starts_with(char::is_lowercase) && subject::is_subject(after);
    };
    let named = is_capital(first.text)
        && others
            .iter()
            .all(|word| is_capital(word.text) || is_particle(word.text) || kinds::is_adverb(*word));
    let pronoun = others.iter().all(|word| kinds::is_adverb(*word))
        && matches!(first.text, "he" | "she" | "they");
    let over = |next: &Word<'_>| {
        let listener = matches!(
            next.lower().as_str(),
            "reporters" | "journalists" | "lawmakers" | "parliament"
        );
        kinds::is_preposition(*next) || listener || next.text.starts_with(char::is_uppercase)
    };
    let told = cues::verb(*verb).is_some_and(|verb| verb.cue == Cue::Tell);
    (named || pronoun) && (told || verb.closes() || after.first().is_none_or(over))
}

/// Finds the words before a mark that closes though none is open: from the start of the paragraph, or behind what
/// reports others in it.
pub(super) fn unopened(text: &str, mark: &Mark, free: usize) -> Option<Run> {
    if mark.blank_before() {
        return None;
    }
    let floor = paragraph_start(text, free..mark.start);
    let behind_run = free > 0 && floor == free;
    let before = text.get(floor..mark.start)?;
    // Behind another quotation only a sentence of its own can be meant: what comes first reports that one.
    let mut start = 0;
    let mut from = 0;
    let mut whole = !behind_run;
    for end in sentence_ends(before).chain([before.len()]) {
        let next = end.saturating_add(1);
        let sentence = before.get(from..end).unwrap_or_default();
        let rest = before.get(next..).unwrap_or_default();
        let more = rest.contains(char::is_alphanumeric);
        if more && ((behind_run && from == 0) || narrates(sentence)) {
            start = next;
            whole = true;
        }
        from = next;
    }
    let words = before.get(start..)?;
    // `Roe said: we are done.”`
    if let Some((said, rest)) = words.rsplit_once(": ")
        && narrates(said)
        && rest.contains(char::is_alphanumeric)
    {
        start = before.len().saturating_sub(rest.len());
        whole = true;
    }
    if !whole {
        return None;
    }
    let words = before.get(start..)?;
    let start = before.len().saturating_sub(words.trim_start().len());
    let start = floor.saturating_add(start);
    Some(Run {
        outer: Span::new(start, mark.end),
        inner: Span::new(start, mark.start),
        closed: true,
    })
}

/// Tells whether a sentence is the reporter's: somebody in it says something.
fn narrates(sentence: &str) -> bool {
    let words = split(sentence);
    let says =
        |index| verb_at(&words, index).is_some_and(|verb| matches!(verb.cue, Cue::Say | Cue::Tell));
    capital(sentence) && (0..words.len()).any(says)
}
