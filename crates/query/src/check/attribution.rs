//! Who a pasted text says the words are by.

use super::cues::{self, Cue, Verb, is_verb, verb_at};
use super::kinds;
use super::subject::{self, Who};
use super::word::{Word, bare, clause_end, clause_start, is_capital, is_no_name, joined, split};

/// Words of a sentence before its verb of saying, at most.
pub(super) const FAR: usize = 12;

/// Words of a sentence among which a subject and its verb are looked for, at most.
pub(super) const SENTENCE: usize = 24;

/// So many words beside a quotation are looked at on either side.
const NEAR: usize = 40;

/// What the text around a quotation says of its speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) who: Who,
    /// Somebody is named there, whether as the speaker or not.
    pub(super) names: bool,
    /// The sentence behind the quotation tells whose it is.
    pub(super) behind: bool,
}

/// Looks for a speaker in what stands before and after quoted words. Both are the neighbouring text as it is;
/// `leads_on` tells that behind it stands another quotation.
pub(super) fn claimed(before: &str, quoted: &str, after: &str, leads_on: bool) -> Reading {
    let end = clause_end(after);
    let sentence = after.get(..end).unwrap_or(after);
    let before = before.get(clause_start(before)..).unwrap_or(before);
    let closed = quoted.trim_end();
    let trimmed = after.trim_start_matches(is_closing);
    let set_off = closed.ends_with([',', '?', '!', '-', '–', '—', '…'])
        || trimmed.starts_with([',', '-', '–', '—', '―', '~', '(']);
    // `“A.” Roe said: “B.”`: what follows is about the next.
    let words = near(sentence);
    let begins = verb_at(&words, 0).is_some();
    let of_next =
        leads_on && end == after.len() && !begins && closed.ends_with(['.', '!', '?', '…']);
    let (mut in_before, direct) = before_words(&near_end(before));
    let in_after = if of_next {
        Who::Nobody
    } else {
        signed(sentence)
            .unwrap_or_else(|| after_words(&words, set_off))
            .or_else(|| {
                // `“A smart guy”: Trump meets Kim`.
                if trimmed.starts_with(':') {
                    subject::headline(&words)
                } else {
                    Who::Nobody
                }
            })
    };
    // `Calling him “a friend,” Kim left.`, `was called “a friend” by Kim`.
    if !of_next {
        in_before = across(&near_end(before), &words).or_else(|| in_before);
    }
    let capitals = |text: &str| {
        let words = near(text);
        words.iter().any(|word| is_capital(word.text))
    };
    let names = capitals(before) || (!of_next && capitals(sentence));
    let behind = in_after != Who::Nobody && !(in_before.is_name() && (direct || !set_off));
    let who = if behind { in_after } else { in_before };
    Reading { who, names, behind }
}

/// Tells whether a text behind the words of a speaker names others. With `told` its first sentence only tells whose
/// those words are.
pub(super) fn names_others(text: &str, told: bool, speaker: &str) -> bool {
    let from = if told { clause_end(text) } else { 0 };
    let sentences = text.get(from..).unwrap_or_default();
    let mut words = sentences.split_whitespace();
    words.any(|word| is_capital(word) && !speaker.contains(bare(word)))
}

/// Tells whether the text between two marked texts, of which the first is `quoted`, only says who speaks: `,” she said,
/// “`.
pub(super) fn is_interjected(quoted: &str, between: &str) -> bool {
    // `“A.” Roe said, “B.”`: the sentence of the first is over.
    if quoted.trim_end().ends_with('.') {
        return false;
    }
    let words = split(between);
    let verbs = (0..words.len()).filter_map(|index| verb_at(&words, index));
    let verbs: Vec<Verb> = verbs.take(2).collect();
    let joins = words
        .iter()
        .find(|word| !word.lower().is_empty())
        .is_none_or(|word| kinds::is_conjunction(*word));
    // `“A,” said Roe of “B”`, `“A” is what he said that under Roe, “B”`.
    let last = words.last();
    let comes_back = last.is_some_and(|last| last.closes() || is_verb(last.text))
        && !words.iter().any(|word| word.lower() == "that");
    // `,” she said, adding that “` and `” and said “` begin another.
    let says = matches!(
        verbs.as_slice(),
        [Verb {
            cue: Cue::Say | Cue::Tell,
            participle: false
        }]
    );
    clause_end(between) == between.len()
        && words.len() <= FAR
        && !between.trim_end().ends_with(':')
        && says
        && comes_back
        && !joins
}

fn is_closing(char: char) -> bool {
    char.is_whitespace() || matches!(char, '"' | '”' | '’' | '\'')
}

/// Returns the words of a text without what stands in parentheses and marks that are no words.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = split(text);
    let mut inside = false;
    words.retain(|word| {
        inside |= word.text.starts_with('(');
        let kept = !inside;
        inside &= !word.text.contains(')');
        let dash = matches!(word.text, "-" | "--" | "—" | "–");
        kept && (dash || word.text.contains(char::is_alphanumeric))
    });
    words
}

fn near(text: &str) -> Vec<Word<'_>> {
    let mut words = words(text);
    words.truncate(NEAR);
    words
}

fn near_end(text: &str) -> Vec<Word<'_>> {
    let mut words = words(text);
    // `GENEVA, 4 May — A minister said`.
    let dash = words
        .iter()
        .take(8)
        .position(|word| matches!(word.text, "-" | "--" | "—" | "–"));
    let place = words.first().is_some_and(|first| {
        !first.text.contains(char::is_lowercase) && first.text.contains(char::is_alphabetic)
    });
    if let Some(dash) = dash.filter(|_| place) {
        words.drain(..=dash);
    }
    words.drain(..words.len().saturating_sub(NEAR));
    words
}

/// Reads `— X` and `(X)`; `None` when the words are not signed at all.
fn signed(clause: &str) -> Option<Who> {
    let clause = clause.trim_start_matches(|char: char| is_closing(char) || char == ',');
    let signed = clause.trim_start_matches(['—', '–', '-', '―', '~', '(']);
    if signed.len() == clause.len() {
        return None;
    }
    let signed = signed.split([',', ')', '\n']).next()?;
    let words = split(signed);
    let first = words.first()?;
    if words.len() > 6 || kinds::is_conjunction(*first) || verb_at(&words, 0).is_some() {
        return None;
    }
    Some(subject::label(&words))
}

/// Reads `, said X`, `, X said`, `— X`, `according to X`.
pub(super) fn in_after(clause: &str) -> Option<String> {
    let who = signed(clause).unwrap_or_else(|| after_words(&near(clause), true));
    name_of(who)
}

/// Reads `X said:`, `X:`, `according to X,`, `said X:`.
pub(super) fn in_before(clause: &str) -> Option<String> {
    name_of(before_words(&near_end(clause)).0)
}

/// Finds the name among words without a verb. Without capitals in sight the first words are the name.
pub(super) fn name(words: &[Word<'_>]) -> Option<String> {
    name_of(subject::label(words))
}

fn name_of(who: Who) -> Option<String> {
    match who {
        Who::Name(name) | Who::Typed(name) => Some(name),
        _ => None,
    }
}

/// Reads the words after a quotation, which are `set_off` from it or go on with its sentence.
fn after_words(words: &[Word<'_>], set_off: bool) -> Who {
    let Some(first) = words.first() else {
        return Who::Nobody;
    };
    if verb_at(words, 0).is_some_and(|verb| !verb.participle) {
        return subject::after_verb(words.get(1..).unwrap_or_default());
    }
    // `“A” and Bello left, said Roe`: what comes next is no longer about it.
    if !set_off
        && matches!(
            first.lower().as_str(),
            "and" | "but" | "while" | "whereas" | "although" | "though" | "when"
        )
    {
        let next = words.iter().position(|word| word.closes());
        let rest = next.and_then(|at| words.get(at.saturating_add(1)..));
        return rest.map_or(Who::Nobody, |rest| after_words(rest, true));
    }
    // `“A,” the agency reported, quoting Kim`.
    let quoting = words.iter().position(|word| word.lower() == "quoting");
    if let Some(quoted) = quoting.and_then(|at| words.get(at.saturating_add(1)..)) {
        let who = subject::after_verb(quoted);
        if who.is_name() {
            return who;
        }
    }
    let far = words.len().min(SENTENCE);
    for index in 0..far {
        let (Some(verb), Some((before, [_, after @ ..]))) =
            (verb_at(words, index), words.split_at_checked(index))
        else {
            continue;
        };
        let who = if verb.participle || is_relative(before) {
            Who::Nobody
        } else if before.last().is_some_and(|word| word.closes())
            && verb.cue == Cue::Say
            && subject::is_subject(after)
        {
            // `“A” of Trump, said Kim`.
            subject::after_verb(after)
        } else if cues::is_passive(before) && verb.cue != Cue::Quote {
            by(after)
        } else if verb.cue == Cue::Quote && !cues::is_passive(before) {
            subject::after_verb(after)
        } else {
            subject::before_verb(before, false)
        };
        let phrase = phrase(before);
        if phrase != Who::Nobody {
            return phrase;
        }
        if who != Who::Nobody {
            return who;
        }
    }
    let found = phrase(words).or_else(|| source(words));
    if found == Who::Nobody && set_off {
        return any_verb(words);
    }
    found
}

/// Reads `groaned X` and `X shrugged`, whatever the verb, where nothing else stands.
fn any_verb(words: &[Word<'_>]) -> Who {
    let verb = |word: &Word<'_>| {
        let ends = word
            .text
            .trim_end_matches(|char: char| !char.is_alphanumeric());
        word.text.starts_with(char::is_lowercase) && ends.ends_with(['s', 'd'])
    };
    let first_part = words.split_inclusive(|word| word.closes()).next();
    let part = first_part.unwrap_or_default();
    if let Some((first, rest)) = part.split_first()
        && verb(first)
        && !is_no_name(*first)
        && subject::is_subject(rest)
    {
        return subject::after_verb(rest);
    }
    let last = part.iter().rposition(|word| !kinds::is_adverb(*word));
    if let Some(last) = last
        && let Some((subject, [found, ..])) = part.split_at_checked(last)
        && subject.len() <= 6
        && verb(found)
    {
        return subject::before_verb(subject, false);
    }
    Who::Nobody
}

/// Reads the words before a quotation, and tells whether they lead up to it.
fn before_words(words: &[Word<'_>]) -> (Who, bool) {
    let Some(last) = words.last() else {
        return (Who::Nobody, false);
    };
    let mut relative = Who::Nobody;
    for index in (0..words.len()).rev() {
        let (Some(verb), Some((before, [_, after @ ..]))) =
            (verb_at(words, index), words.split_at_checked(index))
        else {
            continue;
        };
        let last_before = before.last().map(|word| word.lower());
        // `Quoted Kim as saying`; and who is cited need not be who speaks.
        let as_saying = verb.participle && last_before.as_deref() == Some("as");
        if as_saying || is_citing(verb, words.get(index)) {
            continue;
        }
        let ends = !last.closes() || last.text.ends_with(':') || after.len() <= 2;
        let starts = before.iter().rposition(|word| word.closes());
        let part = before.get(starts.map_or(0, |at| at.saturating_add(1))..);
        let aside = part.and_then(<[_]>::first).is_some_and(|first| {
            kinds::is_conjunction(*first) && first.lower() != "as" && first.lower() != "and"
        });
        let direct = ends && !(aside && last.text.ends_with(','));
        // `Described by Kim as`.
        let agent = after.first().is_some_and(|next| next.lower() == "by") && !verb.participle;
        let passive = cues::is_passive(before) || agent;
        if is_relative(before) {
            // `Kim said Trump, who promised peace, is`: the verb before it tells more.
            relative = relative.or_else(|| subject::antecedent(before));
            continue;
        }
        let who = if verb.cue == Cue::Quote && !passive {
            subject::after_verb(after)
        } else if passive && verb.cue != Cue::Quote {
            by(after)
        } else {
            let subject = subject::before_verb(before, verb.participle);
            let inverted = before.last().is_none_or(|word| word.closes());
            if subject == Who::Nobody && inverted && !verb.participle {
                subject::after_verb(after)
            } else {
                subject
            }
        };
        let who = match phrase(words) {
            Who::Nobody => who,
            phrase => phrase,
        };
        let who = match who {
            // `Kim said he called`.
            Who::Same => subject::only(before)
                .filter(|_| (0..index).any(|index| verb_at(words, index).is_some()))
                .unwrap_or(Who::Same),
            Who::Nobody => source(words),
            who => who,
        };
        if who != Who::Nobody {
            return (who, direct);
        }
        if passive || verb.participle {
            return (Who::Nobody, direct);
        }
    }
    // `Kim: Trump is`.
    let colon = words.iter().position(|word| word.text.ends_with(':'));
    let headline = colon
        .and_then(|at| words.get(..=at))
        .filter(|_| !last.closes());
    // `MUMBAI: A minister` says where, and `JUDGE: You call it` who asks.
    let headline = headline.filter(|head| {
        head.len() <= 4
            && head
                .iter()
                .any(|word| word.text.contains(char::is_lowercase))
    });
    let found = phrase(words)
        .or_else(|| source(words))
        .or_else(|| relative)
        .or_else(|| headline.map_or(Who::Nobody, subject::label));
    if found != Who::Nobody {
        return (found, true);
    }
    if last.text.ends_with(':') && words.len() <= 8 {
        return (subject::label(words), true);
    }
    (Who::Nobody, false)
}

fn is_citing(verb: Verb, word: Option<&Word<'_>>) -> bool {
    let citing = word.is_some_and(|word| word.lower() == "citing");
    verb.cue == Cue::Quote && citing
}

/// Tells whether the verb behind the words belongs to `who` or `which`.
fn is_relative(before: &[Word<'_>]) -> bool {
    let mut words = before.iter().rev();
    words
        .find(|word| !kinds::is_adverb(**word))
        .is_some_and(|word| matches!(word.lower().as_str(), "who" | "which" | "that"))
}

/// Reads `by X`.
fn by(words: &[Word<'_>]) -> Who {
    let at = words.iter().position(|word| word.lower() == "by");
    let named = at.and_then(|at| words.get(at.saturating_add(1)..));
    named.map_or(Who::Nobody, subject::after_verb)
}

/// Reads what begins before the quotation and ends after it.
fn across(before: &[Word<'_>], after: &[Word<'_>]) -> Who {
    let found = (0..before.len()).rev().find_map(|index| {
        let verb = verb_at(before, index)?;
        Some((index, verb, before.get(..index)?))
    });
    let Some((index, verb, subject)) = found else {
        return Who::Nobody;
    };
    let passive = cues::is_passive(subject) || subject.last().is_some_and(|word| word.closes());
    if passive && after.first().is_some_and(|first| first.lower() == "by") {
        return by(after);
    }
    let verb_after = (0..after.len()).any(|index| verb_at(after, index).is_some());
    if index == 0 && verb.participle && !verb_after {
        return subject::label(after);
    }
    Who::Nobody
}

/// Reads `according to X`, who need not be who speaks where somebody else says it.
fn source(words: &[Word<'_>]) -> Who {
    for part in words.split_inclusive(|word| word.closes()) {
        let named = match part {
            [first, to, named @ ..] if first.lower() == "according" && to.lower() == "to" => named,
            [first, named @ ..] if first.lower() == "per" => named,
            _ => continue,
        };
        return subject::after_verb(named);
    }
    Who::Nobody
}

/// Reads `in the words of X`, `in X’s words`, `to quote X`.
fn phrase(words: &[Word<'_>]) -> Who {
    for part in words.split_inclusive(|word| word.closes()) {
        let lower: Vec<String> = part.iter().take(4).map(|word| word.lower()).collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        let named = match lower.as_slice() {
            ["to", "quote", ..] => part.get(2..),
            ["quoting" | "paraphrasing", ..] => part.get(1..),
            ["in", "the", noun, "of", ..]
                if matches!(*noun, "words" | "view" | "opinion" | "phrase") =>
            {
                part.get(4..)
            }
            _ => None,
        };
        if let Some(named) = named {
            return subject::after_verb(named);
        }
        let spoken = part
            .iter()
            .enumerate()
            .find(|(_, word)| word.is_possessive());
        if let Some((at, owner)) = spoken
            && is_capital(owner.text)
            && let Some(nouns) = part.get(at.saturating_add(1)..)
            && nouns.iter().take(3).any(|word| kinds::is_speech(*word))
        {
            let start = part.get(..at).unwrap_or_default();
            let start = start.iter().rposition(|word| !is_capital(word.text));
            let name = part.get(start.map_or(0, |start| start.saturating_add(1))..=at);
            return name.map_or(Who::Nobody, |name| Who::Name(joined(name)));
        }
    }
    Who::Nobody
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts around a quotation, which is `|`, and who said it.
    const CASES: &[(&str, Option<&str>)] = &[
        ("|, said Jane Roe.", Some("Jane Roe")),
        ("|, Jane Roe said on Friday.", Some("Jane Roe")),
        (
            "|, Jane Roe, the harbour minister, told reporters.",
            Some("Jane Roe"),
        ),
        ("|, the harbour minister, Jane Roe, said.", Some("Jane Roe")),
        (
            "|, said harbour minister Tak Gyeong-rim on Monday",
            Some("Tak Gyeong-rim"),
        ),
        ("| — Jane Roe, 12 May 2025", Some("Jane Roe")),
        ("| (Jane Roe)", Some("Jane Roe")),
        ("|, according to Dr. Jane Q. Roe.", Some("Dr. Jane Q. Roe")),
        ("|, said Ursula von der Leyen", Some("Ursula von der Leyen")),
        ("|, said Friday", None),
        ("|, she said. Ade Bello left.", None),
        ("|, the minister said.", None),
        ("Jane Roe: |", Some("Jane Roe")),
        ("Jane Roe, harbour minister: |", Some("Jane Roe")),
        ("It rained. On Friday, Jane Roe said: |", Some("Jane Roe")),
        ("Jane Roe told reporters that |", Some("Jane Roe")),
        ("According to Jane Roe, |", Some("Jane Roe")),
        ("|, said harbour minister Tak", Some("Tak")),
        ("| of peace, said Tak.", Some("Tak")),
        ("| of Roe, said Tak.", Some("Tak")),
        ("| of Roe, Tak said.", Some("Tak")),
        ("|, said Tak of Roe and Bello.", Some("Tak")),
        ("|, said Bank of England governor Roe", Some("Roe")),
        (
            "|, said Secretary of State Jane Roe",
            Some("Secretary of State Jane Roe"),
        ),
        ("|, said the North Korean leader Roe", Some("Roe")),
        ("|, the North Korean leader Roe said", Some("Roe")),
        ("|, said the mayor of Bergen, Ade Bello", Some("Ade Bello")),
        ("|, said the mayor of Bergen, Norway", None),
        ("|, said a spokesman for Roe", None),
        ("|, a spokesman for Roe said", None),
        ("|, Roe’s lawyer said", None),
        ("|, said Roe’s lawyer Ade Bello", Some("Ade Bello")),
        ("|, the Bergen mayor said", None),
        ("|, Jane Roe (Labour), the minister, said", Some("Jane Roe")),
        ("|, Sen. Jane Roe (D-Ohio) said", Some("Sen. Jane Roe")),
        ("|, Sen. Jane Roe, D-Ohio, said", Some("Sen. Jane Roe")),
        ("| exclaimed Roe", Some("Roe")),
        ("|, as Roe put it.", Some("Roe")),
        ("|, in Roe’s words.", Some("Roe")),
        ("|, in the words of Roe.", Some("Roe")),
        ("|, as Roe once quipped", Some("Roe")),
        ("|, were Roe’s words to Bello", Some("Roe")),
        ("| is how Roe described Bello.", Some("Roe")),
        ("| was what Roe called Bello.", Some("Roe")),
        ("|, Roe, who met Bello, said", Some("Roe")),
        ("|, Jane Roe of Greenpeace said", Some("Jane Roe")),
        ("|, Roe said Bello was late", Some("Roe")),
        ("|, Jane Roe, the minister, told Bello", Some("Jane Roe")),
        ("Roe called Bello |", Some("Roe")),
        ("Roe called him | and Bello replied in kind", Some("Roe")),
        ("Roe called Bello |, Tak said.", Some("Roe")),
        ("Roe described Bello as |", Some("Roe")),
        ("Roe has dubbed it |", Some("Roe")),
        (
            "On Friday Roe praised Bello and later called him |",
            Some("Roe"),
        ),
        ("Roe praised Bello, calling him |", Some("Roe")),
        ("Calling Bello |, Roe left.", Some("Roe")),
        ("Bello was called | by Roe", Some("Roe")),
        ("Bello was called by Roe |", Some("Roe")),
        ("Bello, described by Roe as |,", Some("Roe")),
        ("As Roe put it, |", Some("Roe")),
        ("In the words of Roe, |", Some("Roe")),
        ("In Roe’s words, |", Some("Roe")),
        ("To quote Jane Roe: |", Some("Jane Roe")),
        ("In a letter Roe called Bello |", Some("Roe")),
        ("Bello quoted Roe as saying |", Some("Roe")),
        ("Roe was quoted as saying |", Some("Roe")),
        ("He told Bello: |", None),
        ("Bello met Roe, and when he left he said |", None),
        ("Roe on Ade Bello: |", Some("Roe")),
        ("A message from Roe: |", Some("Roe")),
        ("Said Roe: |", Some("Roe")),
        ("Roe’s lawyer: |", None),
        ("Roe’s reply: |", Some("Roe")),
        ("A statement by Roe said |", Some("Roe")),
        ("Roe said Bello, who promised peace, is |", Some("Roe")),
        ("After Bello said no, |, Roe said.", Some("Roe")),
        ("The claims of Bello, Roe said, were |", Some("Roe")),
        ("Roe spoke of |", Some("Roe")),
        ("|, Roe said of Bello.", Some("Roe")),
        ("Roe: Bello is |", Some("Roe")),
        ("|: Roe on Bello", Some("Roe")),
        ("|: Roe meets Bello", Some("Roe")),
        ("|: Roe praises Bello", Some("Roe")),
        ("Bello |, says Roe", Some("Roe")),
        ("|, Bello was told by Roe.", Some("Roe")),
        ("|, Roe was quoted as saying by Reuters.", Some("Roe")),
        ("|, Reuters quoted Roe as saying.", Some("Roe")),
        ("|, Reuters reported, quoting Roe.", Some("Roe")),
        ("Roe said, citing Bello, that |", Some("Roe")),
        ("Asked by Reuters about Bello, Roe said: |", Some("Roe")),
        ("Asked if he liked Bello, Roe replied |", Some("Roe")),
        ("|, Roe responded when asked about Bello", Some("Roe")),
        ("Roe, speaking about Bello on Friday: |", Some("Roe")),
        ("Speaking to Reuters, Roe called Bello |", Some("Roe")),
        ("Roe’s description of Bello as |", Some("Roe")),
        ("Roe has a name for Bello: |", Some("Roe")),
        ("| — Roe to Bello", Some("Roe")),
        ("|, says Roe’s spokeswoman, Ada Tak.", Some("Ada Tak")),
        ("It was Roe who called Bello |", Some("Roe")),
        ("Bello, whom Roe called |, left", Some("Roe")),
        ("Roe thinks Bello is |", Some("Roe")),
        ("Roe and Bello said |", None),
        ("|, said Roe and Bello.", None),
        ("Roe went on to call Bello |", Some("Roe")),
        ("Roe would later describe Bello as |", Some("Roe")),
        ("Did Roe say |", Some("Roe")),
        ("Has Roe ever called Bello |", Some("Roe")),
        ("Roe was overheard saying |", Some("Roe")),
        ("| (Roe, 2018)", Some("Roe")),
        ("Roe quote: |", Some("Roe")),
        ("Bello, dubbed | by Roe, left", Some("Roe")),
        ("In an interview with Ade Bello, Roe said |", Some("Roe")),
        ("|, Roe, 42, told Bello", Some("Roe")),
        ("Roe told Bello he was |", Some("Roe")),
        ("The mayor of Bergen, Ade Bello, said |", Some("Ade Bello")),
        ("|, the mayor of Bergen said", None),
        ("|, Roe, mayor of Bergen, said", Some("Roe")),
        ("|, the President said", None),
        ("Roe said she told Bello: |", Some("Roe")),
        ("Roe met Bello when he said |", None),
        ("Roe said he would end what he called |", Some("Roe")),
        ("Pressed on it, he said |", None),
        (
            "According to the affidavit, Roe told detectives |",
            Some("Roe"),
        ),
        ("According to Bello, Roe said |", Some("Roe")),
        (
            "Asked whether he would return, General al-Qudsi said: |",
            Some("General al-Qudsi"),
        ),
        ("|, said Roe’s son, Ade Bello.", Some("Ade Bello")),
        ("Their coach, Ade Bello, called it |", Some("Ade Bello")),
        (
            "A win over Roe that their coach, Ade Bello, called |",
            Some("Ade Bello"),
        ),
        (
            "GENEVA, 4 May — The envoy, Jane Roe, said |",
            Some("Jane Roe"),
        ),
        ("Roe argued that the law spoke of |", None),
        ("Roe closed it, which one called |", None),
        ("|, groaned Roe.", Some("Roe")),
        ("|, Roe shrugged.", Some("Roe")),
        ("|, says the mayor.", None),
        ("Roe, after meeting Bello, said: |", Some("Roe")),
        (
            "Bello once asked Roe about it. Roe’s answer: |",
            Some("Roe"),
        ),
        ("The harbour is, Roe wrote to Bello, |", Some("Roe")),
        ("|, Roe wrote in a letter to Bello", Some("Roe")),
        ("|, reads a letter from Roe to Bello", Some("Roe")),
        ("|, Roe told Bello, adding that he was late", Some("Roe")),
        ("| is something Roe often says", Some("Roe")),
        ("trump said |", Some("trump")),
        ("He said |", None),
        ("|", None),
        ("the budget talks, |", None),
    ];

    #[test]
    fn speakers_stand_on_either_side() {
        let mut wrong = Vec::new();
        for &(text, expected) in CASES {
            let (before, after) = text.split_once('|').unwrap();
            let reading = claimed(before, "words", after, false);
            let found = name_of(reading.who);
            if found.as_deref() != expected {
                wrong.push((text, expected, found));
            }
        }
        assert_eq!(wrong, [], "text, expected, found");
    }
}
