//! Paragraphs: the frame in which marks are paired and speakers are looked for.

use crate::total::Steps;
use memchr::memchr_iter;
use whosaid_model::Span;

/// Returns the paragraphs of `text` in order, blanks trimmed, none empty.
///
/// A line break ends a paragraph, except in a hard-wrapped text, where only an empty line does.
pub(crate) fn paragraphs(text: &str) -> Vec<Span> {
    let mut lines = Vec::with_capacity((text.len() / 128).plus(4));
    let mut start = 0;
    for end in memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        lines.push(trim(text, Span::new(start, end)));
        start = end.plus(1);
    }
    if !is_hard_wrapped(text, &lines) {
        lines.retain(|line| !line.is_empty());
        return lines;
    }
    let mut joined: Vec<Span> = Vec::new();
    let mut open = false;
    for line in lines {
        match joined.last_mut() {
            Some(last) if open && !line.is_empty() => last.end = line.end,
            _ if !line.is_empty() => joined.push(line),
            _ => {}
        }
        open = !line.is_empty();
    }
    joined
}

/// Tells whether lines were broken at a fixed width: most lines that are followed by another one are of a
/// middling length and end in the middle of a sentence.
fn is_hard_wrapped(text: &str, lines: &[Span]) -> bool {
    let mut inner = 0_usize;
    let mut wrapped = 0_usize;
    for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
        if line.is_empty() || next.is_empty() {
            continue;
        }
        inner = inner.plus(1);
        let last = line.of(text).and_then(|line| line.as_bytes().last());
        let ends_open = last.is_some_and(|&last| last.is_ascii_alphanumeric() || last == b',');
        if (45..=100).contains(&line.len()) && ends_open {
            wrapped = wrapped.plus(1);
        }
    }
    inner >= 4 && wrapped.times(10) >= inner.times(7)
}

/// Shrinks `span` so that it neither starts nor ends with white space.
pub(crate) fn trim(text: &str, span: Span) -> Span {
    let Some(inside) = span.of(text) else {
        return Span::new(span.start, span.start);
    };
    let visible = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let rest = if visible(inside.as_bytes().first()) {
        inside
    } else {
        inside.trim_start_matches(is_blank)
    };
    let start = span.start.plus(inside.len().less(rest.len()));
    if visible(rest.as_bytes().last()) {
        return Span::new(start, span.end);
    }
    Span::new(start, start.plus(rest.trim_end_matches(is_blank).len()))
}

/// Tells white space and what no reader sees: marks of writing direction, joiners, a byte-order mark.
pub(crate) fn is_blank(char: char) -> bool {
    char.is_whitespace()
        || matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = paragraphs(text)
            .iter()
            .map(|span| span.of(text).unwrap())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_is_a_paragraph() {
        check("One.\nTwo.\r\n\n  Three. \n", &["One.", "Two.", "Three."]);
        check("", &[]);
    }

    #[test]
    fn hard_wrapped_lines_are_one_paragraph() {
        let line = "the harbour master said on Monday that the ferries would run again and\n";
        let text = format!("{}end.\n\nNext.", line.repeat(6));
        assert_eq!(paragraphs(&text).len(), 2);
    }
}
