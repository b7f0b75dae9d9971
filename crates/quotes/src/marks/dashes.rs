//! Dialogue dashes: paragraphs of speech that a dash opens and nothing closes.

use whosaid_model::Span;

use super::lost::reported_until;
use super::{Run, Style};
use crate::paragraph::trim;
use crate::total::{Cut, Steps};

/// Where the words begin in a paragraph that a dash opens, as dialogue does in many languages; `tight` where the dashes
/// of the text have no blank behind them.
pub(super) fn after_dash(text: &str, paragraph: Span, tight: bool) -> Option<usize> {
    let words = paragraph.of(text)?;
    let rest = words.strip_prefix(['—', '–', '―'])?;
    let trimmed = rest.trim_start();
    let speech = (rest.len() > trimmed.len() || tight && words.starts_with('—'))
        && trimmed.starts_with(|char: char| char.is_uppercase() || "¿¡".contains(char))
        && !trimmed.contains('@');
    speech.then(|| paragraph.end.less(trimmed.len()))
}

/// Tells whether no blank follows the dashes that open speech, as in Spanish: one of the paragraphs is reported between
/// dashes, —¿Cuándo? —asked Roe. Without that a line like —Ann Roe, 22, nurse signs the words above it.
pub(super) fn is_tight_dialogue(text: &str, paragraphs: &[Span]) -> bool {
    paragraphs.iter().any(|paragraph| {
        let words = paragraph.of(text).and_then(|words| words.strip_prefix('—'));
        let reported = words.filter(|words| !words.starts_with(char::is_whitespace));
        let mut parts = reported.into_iter().flat_map(|words| words.split(" —"));
        parts
            .nth(1)
            .is_some_and(|part| part.starts_with(char::is_lowercase))
    })
}

/// Tells whether paragraphs that dashes open are dialogue and no list: there are two, and one of them is reported,
/// asks or addresses somebody.
pub(super) fn is_dialogue(text: &str, paragraphs: &[Span], tight: bool) -> bool {
    let speech = |&paragraph: &Span| {
        Some(Span::new(
            after_dash(text, paragraph, tight)?,
            paragraph.end,
        ))
    };
    let mut count = 0_usize;
    let mut spoken = false;
    for words in paragraphs.iter().filter_map(speech) {
        count = count.plus(1);
        spoken = spoken || is_spoken(text, words);
        if count >= 2 && spoken {
            return true;
        }
    }
    false
}

/// Tells whether a paragraph behind a dash is somebody's words: one with marks of its own is, where what stands
/// outside them is reported, asks or addresses somebody; — Roe, asked about it: “Never.” is an entry of a list.
pub(super) fn is_speech(text: &str, words: Span) -> bool {
    let inside = words.of(text).unwrap_or_default();
    !inside.contains(['“', '"']) || is_spoken(text, words)
}

fn is_spoken(text: &str, words: Span) -> bool {
    let inside = words.of(text).unwrap_or_default();
    if inside.contains(" —") && is_tight(text, words.start) {
        return true;
    }
    let inside: String = inside.split(['“', '”', '"']).step_by(2).collect();
    inside.contains(['?', '¿', '¡'])
        || reported_until(text, words).is_some()
        || inside.split_whitespace().any(addresses)
}

/// Tells whether the words from `start` on follow their dash without a blank.
fn is_tight(text: &str, start: usize) -> bool {
    text.cut(..start).ends_with('—')
}

/// Tells whether somebody speaks of himself or addresses another by a word: I’m, you.
pub(crate) fn addresses(word: &str) -> bool {
    let word = word.trim_matches(|char: char| !char.is_alphanumeric());
    matches!(
        word.split(['’', '\'']).next().unwrap_or_default(),
        "I" | "we" | "We" | "you" | "You" | "my" | "My" | "our" | "Our"
    )
}

/// Adds the speech of a dialogue paragraph: — I know, said De Santis. — I have just come from there.
pub(super) fn dashed(text: &str, span: Span, paragraph: u32, runs: &mut Vec<Run>) {
    let mut push = |content: Span| {
        if !content.is_empty() {
            runs.push(Run {
                content,
                outer: content,
                paragraph,
                style: Style::Dash,
                closed: true,
                opened: true,
                carries_on: false,
                inside: None,
            });
        }
    };
    let mut start = span.start;
    if is_tight(text, start) {
        // —I know —said Roe—. I was there: every other part is speech.
        let stop = |char: char| ".,;: ".contains(char);
        for (at, part) in text.cut(span.start..span.end).split('—').enumerate() {
            let end = start.plus(part.len());
            if at % 2 == 0 {
                let skipped = if at > 0 {
                    part.len().less(part.trim_start_matches(stop).len())
                } else {
                    0
                };
                push(trim(text, Span::new(start.plus(skipped), end)));
            }
            start = end.plus('—'.len_utf8());
        }
        return;
    }
    let words = text.cut(span.start..span.end);
    let last_dash = words.rfind(" — ").map_or(0, |at| span.start.plus(at));
    loop {
        let rest = Span::new(start, span.end);
        let reported = reported_until(text, rest);
        push(trim(text, Span::new(start, reported.unwrap_or(span.end))));
        let Some(end) = reported else { return };
        // A long dash, wherever it stands, before a shorter one.
        let dashes = [Some(" — ").filter(|_| end <= last_dash), Some(" – ")];
        let next = dashes.iter().flatten().find_map(|dash| {
            text.cut(end..span.end)
                .find(dash)
                .map(|at| end.plus(at).plus(dash.len()))
        });
        match next {
            Some(next) => start = next,
            None => return,
        }
    }
}
