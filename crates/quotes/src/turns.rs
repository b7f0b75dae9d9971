//! Turns of transcripts and interviews: paragraphs that begin with who speaks and a colon.

use memchr::memchr;
use whosaid_model::Span;

use crate::lexicon::{Classes, Lexicon};
use crate::paragraph::trim;
use crate::stream::lookup;

/// Longest label, in bytes: `Baroness Adeyemi of Lambeth (Crossbench):` is 41.
const LABEL: usize = 64;

/// What a paragraph says as a turn: its words, without label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) paragraph: u32,
    pub(crate) words: Span,
    /// Has no label and carries on the turn before.
    pub(crate) carries_on: bool,
}

/// Finds the turns of a text; a single label is no transcript, except a question or an answer.
pub(crate) fn find_turns(text: &str, paragraphs: &[Span]) -> Vec<Turn> {
    let mut labels: Vec<(u32, &str, Span)> = Vec::new();
    for (index, &paragraph) in paragraphs.iter().enumerate() {
        if let Some((label, words)) = label(text, paragraph) {
            labels.push((index as u32, label, words));
        }
    }
    // In a transcript somebody speaks twice; in a round of voices every label says more than the name
    // (Ffion ap Huw, 35, teacher). A list of candidates and their counts does neither.
    let repeated = labels
        .iter()
        .enumerate()
        .any(|(at, one)| labels[at + 1..].iter().any(|other| other.1 == one.1));
    let capitals = labels
        .iter()
        .filter(|label| {
            label
                .1
                .chars()
                .filter(|char| char.is_alphabetic())
                .take(6)
                .all(char::is_uppercase)
                && label.1.len() > 3
        })
        .count();
    let described = labels.iter().filter(|label| label.1.contains(',')).count();
    let sentences = labels
        .iter()
        .filter(|label| is_speech(text, label.2))
        .count();
    if !(repeated || described >= 3 || capitals >= 3) || sentences * 3 < labels.len() * 2 {
        return Vec::new();
    }
    let mut turns: Vec<Turn> = Vec::new();
    let first = labels.first().map_or(0, |label| label.0);
    let last = labels.last().map_or(0, |label| label.0);
    let dense = labels.len() * 2 > (last - first + 1) as usize;
    for index in first..=last.max(first) {
        let paragraph = paragraphs[index as usize];
        if let Some(&(_, _, words)) = labels.iter().find(|label| label.0 == index) {
            turns.push(Turn {
                paragraph: index,
                words,
                carries_on: false,
            });
        } else if dense && index < last && carries_on(text, paragraph) {
            turns.push(Turn {
                paragraph: index,
                words: paragraph,
                carries_on: true,
            });
        }
    }
    turns
}

/// Tells words somebody may have spoken from an entry of a list: three words and more, ended as sentences are.
fn is_speech(text: &str, words: Span) -> bool {
    let words = words.of(text).unwrap_or_default();
    words.split_whitespace().count() >= 3 && words.chars().any(char::is_lowercase)
        || words.ends_with(['?', '!'])
}

/// A paragraph between turns is speech unless it is a stage direction or a report with marks of its own.
fn carries_on(text: &str, paragraph: Span) -> bool {
    let words = paragraph.of(text).unwrap_or_default();
    let addresses = |word: &str| {
        matches!(
            word.trim_matches(|char: char| !char.is_alphanumeric()),
            "I" | "we" | "We" | "you" | "You" | "my" | "My" | "our" | "Our"
        )
    };
    let spoken = words.ends_with('?') || words.split_whitespace().take(12).any(addresses);
    !words.starts_with(['(', '[', '*', '#'])
        && !words.contains(['“', '"', '«', '„'])
        && words.ends_with(['.', '!', '?', '…'])
        && spoken
}

/// Splits a paragraph into label and words, if it begins with a label.
fn label(text: &str, paragraph: Span) -> Option<(&str, Span)> {
    let inside = paragraph.of(text)?;
    let lead = inside.trim_start_matches(['*', '_', '-', '–', '—', ' ', '•']);
    let skipped = inside.len() - lead.len();
    let colon = memchr(b':', &lead.as_bytes()[..lead.len().min(LABEL)])?;
    let label = lead[..colon].trim_end_matches(['*', '_', ' ']);
    let rest = lead[colon + 1..].trim_start_matches(['*', '_']);
    if rest.is_empty() || !rest.starts_with([' ', '\u{a0}', '\t']) {
        return None;
    }
    let words = trim(
        text,
        Span::new(
            paragraph.start + skipped + lead.len() - rest.len(),
            paragraph.end,
        ),
    );
    let spoken = words.of(text)?;
    let marked = is_marked(spoken);
    (!marked && !words.is_empty() && is_label(label)).then_some((label, words))
}

/// Tells words with marks of their own: Osei: “Never.” and Osei: “Never,” on Monday; not Osei: “Never” is a big word.
fn is_marked(spoken: &str) -> bool {
    let mut chars = spoken.chars();
    let closing: &[char] = match chars.next() {
        Some('“' | '„') => &['”', '“', '"'],
        Some('"') => &['"', '”'],
        Some('‘' | '\'') => &['’', '\''],
        Some('«') => &['»'],
        Some('「') => &['」'],
        _ => return false,
    };
    let rest = chars.as_str();
    let closes = |&(at, mark): &(usize, &str)| {
        let after = rest[at + mark.len()..].chars().next();
        !after.is_some_and(char::is_alphanumeric)
    };
    match rest.match_indices(closing).find(closes) {
        Some((at, mark)) => {
            at + mark.len() == rest.len()
                || rest.ends_with(closing)
                || rest[..at].ends_with(['.', ',', '!', '?', '…', '—', '–'])
        }
        // Carried on in the next paragraph.
        None => true,
    }
}

fn is_label(label: &str) -> bool {
    let lexicon = Lexicon::get();
    if matches!(label, "Q" | "A" | "Q." | "A." | "Question" | "Answer") {
        return true;
    }
    if label.is_empty()
        || label.contains(['.', '“', '"', '?', '!', '/'])
            && !label.contains("Mr.")
            && !label.contains("Ms.")
            && !label.contains("Mrs.")
            && !label.contains("Dr.")
            && !label.contains(". ")
    {
        return false;
    }
    let mut capitals = 0;
    for (at, word) in label
        .split([' ', ',', '(', ')'])
        .filter(|word| !word.is_empty())
        .enumerate()
    {
        if at > 7 {
            return false;
        }
        let known = lookup(lexicon, word).classes;
        if at == 0
            && known.has(
                Classes::NEVER_NAME
                    .or(Classes::FUNCTION)
                    .or(Classes::MONTH)
                    .or(Classes::WEEKDAY),
            )
            && !word.chars().all(char::is_uppercase)
        {
            return false;
        }
        if word.starts_with(char::is_uppercase) {
            capitals += 1;
        } else if !(known.has(
            Classes::PARTICLE
                .or(Classes::SOURCE_NOUN)
                .or(Classes::PREPOSITION)
                .or(Classes::CONJUNCTION),
        ) || label.contains(',')
            || word.starts_with(|char: char| char.is_ascii_digit()))
        {
            return false;
        }
    }
    capitals > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraph::paragraphs;

    fn check(text: &str, expected: &[&str]) {
        let found = find_turns(text, &paragraphs(text));
        let words: Vec<&str> = found
            .iter()
            .map(|turn| turn.words.of(text).unwrap())
            .collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn labels_make_turns() {
        check(
            "KENT: Will you go?\nOSEI: Never in my life.\nKENT: Thank you.",
            &["Will you go?", "Never in my life.", "Thank you."],
        );
        check(
            "Q: Will you go?\nA: Never.\nQ: Why?",
            &["Will you go?", "Never.", "Why?"],
        );
    }

    #[test]
    fn one_colon_is_no_transcript() {
        check("Clinton: 547.\nSanders: 46.\nClinton: 2,316.", &[]);
        check(
            "Bush: Survive to S.C.\nRubio: Recover from the debate.\nKasich: Come in second.",
            &[],
        );
        check("Note: doors open at nine.\nThe plan: build more.", &[]);
        check("Osei: “Never.”\nKent: “Why?”\nOsei: “Go.”", &[]);
        check(
            "OSEI: “We will never go.” — debate on Friday.\nTHE FACTS: They went.\nOSEI: “Nobody asked me,” on Monday.",
            &[],
        );
    }
}
