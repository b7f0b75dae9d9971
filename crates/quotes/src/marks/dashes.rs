//! Dialogue dashes: paragraphs of speech that a dash opens and nothing closes.

use whosaid_model::Span;

use super::lost::reported_until;
use super::{Run, Style};
use crate::paragraph::trim;

/// Where the words begin in a paragraph that a dash opens, as dialogue does in many languages.
pub(super) fn after_dash(text: &str, paragraph: Span) -> Option<usize> {
    let words = paragraph.of(text)?;
    let rest = words.strip_prefix(['—', '–', '―'])?;
    let trimmed = rest.trim_start();
    let speech = rest.len() > trimmed.len()
        && trimmed.starts_with(|char: char| char.is_uppercase() || "¿¡".contains(char))
        && !trimmed.contains('@');
    speech.then(|| paragraph.end - trimmed.len())
}

/// Adds the speech of a dialogue paragraph: — I know, said De Santis. — I have just come from there.
pub(super) fn dashed(text: &str, span: Span, paragraph: u32, runs: &mut Vec<Run>) {
    let mut start = span.start;
    loop {
        let rest = Span::new(start, span.end);
        let reported = reported_until(text, rest);
        let content = trim(text, Span::new(start, reported.unwrap_or(span.end)));
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
        let Some(end) = reported else { return };
        let next = [" — ", " – "].iter().find_map(|dash| {
            text[end..span.end]
                .find(dash)
                .map(|at| end + at + dash.len())
        });
        match next {
            Some(next) => start = next,
            None => return,
        }
    }
}
