//! Lost marks: where words end or begin whose mark the text does not have.

use whosaid_model::Span;

use super::pairing::Pairing;
use super::scan::Mark;
use super::{Run, Style};
use crate::lexicon::{Classes, Lexicon};
use crate::paragraph::trim;
use crate::stream::lookup;
use crate::total::{Cut, Steps, Total};

/// Bytes of a signature, at most.
const SIGNATURE: usize = 1000;

/// Bytes of text in which the words are looked for that report what was said before them.
const REPORT: usize = 500;

/// Words of a subject without a comma, at most: The head teacher Ann Roe said
const SUBJECT: usize = 5;

impl Pairing<'_> {
    /// Ends a run whose closing mark is missing: before the words that report it, else at `limit`.
    pub(super) fn close_lost(&mut self, run: usize, limit: usize) {
        let start = self.runs.at(run).content.start;
        let rest = Span::new(start, limit);
        let announced = announced_from(self.text, rest).filter(|_| limit < self.paragraph.end);
        let end = reported_until(self.text, rest)
            .or_else(|| mistyped(self.text, rest))
            .unwrap_or(limit);
        let end = announced.map_or(end, |start| end.min(start));
        let content = trim(self.text, Span::new(start, end));
        self.reaches(content.end);
        self.runs.change(run, |run| {
            run.content = content;
            run.outer.end = content.end;
        });
    }

    /// Adds the run of a closing mark whose opening one is missing: from the start of the sentence or of the
    /// paragraph.
    pub(super) fn open_lost(&mut self, mark: &Mark) {
        if mark.style == Style::Single || mark.before.is_none_or(char::is_whitespace) {
            return;
        }
        if self.after_open == Some(mark.style) && self.is_signature(mark) {
            return;
        }
        let after_run = self.reach;
        if after_run.is_some_and(|end| end > mark.start) {
            return;
        }
        let floor = after_run.unwrap_or(self.paragraph.start);
        self.between.look(self.text, floor, mark.start);
        let start = match self.between.colon {
            Some(colon) if mark.start.less(colon) > 12 => colon.plus(1),
            _ => match after_run {
                None => floor,
                // After another run of the paragraph only a whole sentence can be meant.
                Some(_) => match self.between.stop {
                    Some(stop) if stop.plus(1) < mark.start => stop.plus(1),
                    _ => return,
                },
            },
        };
        let content = trim(self.text, Span::new(start, mark.start));
        if content.len() < 2 {
            return;
        }
        self.reaches(mark.end);
        self.runs.push(Run {
            content,
            outer: Span::new(content.start, mark.end),
            paragraph: self.index,
            style: mark.style,
            closed: true,
            opened: false,
            carries_on: false,
            inside: None,
        });
    }

    /// Tells whether the paragraph is the signature of the one before, the mark behind it instead of before:
    /// "We lost. ¶ Rosa Lind, Harbour Institute."
    fn is_signature(&mut self, mark: &Mark) -> bool {
        let words = self.text.cut(self.paragraph.start..self.paragraph.end);
        let last = || {
            words
                .rfind(char::is_alphanumeric)
                .map_or(0, |at| at.plus(1))
        };
        let lettered = *self.between.lettered.get_or_insert_with(last);
        if self.paragraph.start.plus(lettered) > mark.end
            || mark.start.less(self.paragraph.start) > SIGNATURE
        {
            return false;
        }
        let before = self
            .text
            .cut(self.paragraph.start..mark.start)
            .trim_end_matches(['.', ' ']);
        let mut words = 0_usize;
        let mut capitals = 0_usize;
        let mut named = false;
        for word in before.split_whitespace() {
            let form = word.trim_matches(|char: char| !char.is_alphanumeric());
            let known = lookup(Lexicon::get(), form).classes;
            if known.has(Classes::PRONOUN.or(Classes::AUXILIARY)) || words >= 10 {
                return false;
            }
            words = words.plus(1);
            capitals = capitals.plus(usize::from(form.starts_with(char::is_uppercase)));
            named |= words >= 2 && capitals == words && word.ends_with(',');
        }
        before.starts_with(char::is_uppercase)
            && !before.ends_with([',', '?', '!'])
            && (named || words > 1 && capitals.times(2) > words)
    }
}

/// Finds where a single mark was typed to close what a double one opened: “Let’s go.’ Roe left the room.
fn mistyped(text: &str, span: Span) -> Option<usize> {
    let inside = span.of(text)?;
    let (at, _) = inside.match_indices(['’', '\'']).find(|&(at, mark)| {
        inside.cut(..at).ends_with(['.', ',', '!', '?'])
            && inside
                .cut(at.plus(mark.len())..)
                .starts_with(char::is_whitespace)
    })?;
    let opened = [" ‘", " '", "“‘", "\"'"];
    let nested = inside.cut(..at).starts_with(['‘', '\''])
        || opened.iter().any(|open| inside.cut(..at).contains(open));
    (!nested).then_some(span.start.plus(at))
}

/// Finds where the sentence begins that announces the words behind `span`, those in it having lost their closing mark:
/// “It was never checked. He added: · only “a tenth of it. Dr Roe, a vet, said it was
fn announced_from(text: &str, span: Span) -> Option<usize> {
    let inside = span.of(text)?;
    let fragment = inside.starts_with(char::is_lowercase);
    let tail = inside.trim_end();
    if !fragment && !tail.ends_with(':') {
        return None;
    }
    let tail = tail.cut(tail.floor_char_boundary(tail.len().less(REPORT))..);
    let lexicon = Lexicon::get();
    let known = |word: &str| lookup(lexicon, bare(word)).classes;
    // Dr. Roe said
    let (at, stop) = tail.rmatch_indices(['.', '!', '?']).find(|&(at, stop)| {
        let last = tail.cut(..at).rsplit(char::is_whitespace).next();
        tail.cut(at.plus(stop.len())..)
            .starts_with(char::is_whitespace)
            && last
                .is_some_and(|word| word.len() != 1 && !known(word).has(Classes::RANK_ABBREVIATION))
    })?;
    let end = at.plus(stop.len());
    let sentence = tail.cut(end..);
    let start = span.end.less(inside.len().less(inside.trim_end().len()));
    is_announcement(sentence).then_some(start.less(tail.len()).plus(end))
}

/// Tells whether somebody is the subject of a sentence whose verb reports: He added: · Dr Roe, a vet, said it was
fn is_announcement(sentence: &str) -> bool {
    let lexicon = Lexicon::get();
    let known = |word: &str| lookup(lexicon, bare(word)).classes;
    let other = Classes::CONJUNCTION
        .or(Classes::PREPOSITION)
        .or(Classes::SUBORDINATOR);
    let mut words = sentence.split_whitespace().enumerate();
    let subject = words.next().map_or("", |(_, word)| word);
    let own = matches!(subject, "I" | "We" | "You" | "My" | "Our");
    let mut comma = false;
    let reports = words.any(|(at, word)| {
        let near = at <= SUBJECT || comma;
        comma = word.ends_with(',');
        near && known(word).has(Classes::STRONG) && !word.ends_with("ing")
    });
    reports && !own && subject.starts_with(char::is_uppercase) && !known(subject).has(other)
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|char: char| !char.is_alphanumeric())
}

/// Finds where words stop and their reporting starts: `We are done, said Varga` → after the comma.
pub(super) fn reported_until(text: &str, span: Span) -> Option<usize> {
    let lexicon = Lexicon::get();
    let inside = span.of(text)?;
    for (at, stop) in inside.match_indices([',', '?', '!']) {
        // A text may be one word of a megabyte.
        let rest = inside.cut(at.plus(stop.len())..);
        let rest = rest.cut(..rest.floor_char_boundary(REPORT));
        let mut words = rest
            .split_whitespace()
            .take(5)
            .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()));
        let is_cue = |word: &str| lexicon.word(word).classes.has(Classes::STRONG);
        let (Some(one), Some(two)) = (words.next(), words.next()) else {
            continue;
        };
        // …, the Bag. I’d say: the verb of another sentence reports nothing.
        let ends = |word: &&str| word.ends_with(['.', '!', '?']);
        let phrase = lexicon.word(one).classes.has(Classes::DETERMINER)
            && !rest.split_whitespace().take(2).any(|word| ends(&word))
            && rest
                .split_whitespace()
                .skip(2)
                .take(2)
                .any(|word| is_cue(word.trim_matches(|char: char| !char.is_alphanumeric())));
        let pronoun = matches!(one, "he" | "she" | "they");
        // Then it went. I told Dale, I said, ‘So we have light.’ ¶ “He laughed.”: whoever speaks tells it.
        let subject = one.starts_with(char::is_uppercase) && one != "I" || pronoun;
        // Never, she cried. “Not I.”: a verb that may report ends the sentence.
        let cried = pronoun
            && lexicon.word(two).classes.has(Classes::WEAK)
            && rest
                .split_whitespace()
                .nth(1)
                .is_some_and(|word| word.ends_with('.'));
        // Captain Jákup Dahl told the paper
        let named = two.starts_with(char::is_uppercase)
            && words
                .find(|word| !word.starts_with(char::is_uppercase))
                .is_some_and(is_cue);
        if is_cue(one)
            && (two.starts_with(char::is_uppercase) || matches!(two, "the" | "a" | "he" | "she"))
            || phrase
            || cried
            || subject && (is_cue(two) || named)
        {
            return Some(span.start.plus(at).plus(stop.len()));
        }
    }
    None
}
