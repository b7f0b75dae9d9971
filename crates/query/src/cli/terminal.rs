//! What a terminal may be shown: no control characters, colours only where wanted, so many columns.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
use whosaid_model::Span;

/// How to print for a reader.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) color: bool,
    pub(super) columns: usize,
}

impl Look {
    fn paint(self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// A name that heads a list.
    pub(super) fn head(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    /// What is only needed now and then.
    pub(super) fn dim(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    pub(super) fn error(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default().bold(), text)
    }

    /// What matched: brackets where there is no colour.
    pub(super) fn found(self, text: &str) -> String {
        if self.color {
            self.paint(AnsiColor::Yellow.on_default().bold(), text)
        } else {
            format!("[{text}]")
        }
    }

    /// Columns that the mark of a match takes.
    pub(super) fn mark_width(self) -> usize {
        if self.color { 0 } else { 2 }
    }
}

/// Replaces what could command a terminal or turn the reading direction; line breaks become blanks.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let harmful = |char: char| {
        char.is_control()
            || matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let replace = |char: char| match char {
        '\n' | '\r' | '\t' => ' ',
        char if harmful(char) => '\u{fffd}',
        char => char,
    };
    Cow::Owned(text.chars().map(replace).collect())
}

/// Counts columns.
pub(super) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Shortens to so many columns, the middle left out.
pub(super) fn shorten_middle(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let half = columns.saturating_sub(1) / 2;
    let start: String = take(text.chars(), half);
    let end: String = take(text.chars().rev(), columns.saturating_sub(1) - half)
        .chars()
        .rev()
        .collect();
    format!("{start}…{end}")
}

fn take(chars: impl Iterator<Item = char>, columns: usize) -> String {
    let mut used = 0;
    chars
        .take_while(|char| {
            used += char.width().unwrap_or(0);
            used <= columns
        })
        .collect()
}

/// Writes a text on one line of at most `columns`, the matches marked and the first of them in sight.
pub(super) fn marked_line(look: Look, text: &str, matches: &[Span], columns: usize) -> String {
    let window = window(look, text, matches, columns);
    let mut line = String::new();
    if window.start > 0 {
        line.push('…');
    }
    let mut at = window.start;
    for span in matches {
        let (start, end) = (span.start.max(at), span.end.min(window.end));
        if start >= end {
            continue;
        }
        if let (Some(before), Some(found)) = (text.get(at..start), text.get(start..end)) {
            line.push_str(&clean(before));
            line.push_str(&look.found(&clean(found)));
            at = end;
        }
    }
    line.push_str(&clean(text.get(at..window.end).unwrap_or_default()));
    if window.end < text.len() {
        line.push('…');
    }
    line
}

/// Chooses the part of `text` that fits.
fn window(look: Look, text: &str, matches: &[Span], columns: usize) -> Span {
    let marks = matches.len() * look.mark_width();
    if width(&clean(text)) + marks <= columns {
        return Span::new(0, text.len());
    }
    let room = columns
        .saturating_sub(marks.min(2 * look.mark_width()) + 2)
        .max(8);
    let first = matches.first().map_or(0, |span| span.start);
    // A third of the room goes before the match, unless the match is near the start.
    let mut start = first;
    let mut used = 0;
    let before = if width(&text[..first])
        + width(matches.first().and_then(|span| span.of(text)).unwrap_or(""))
        <= room
    {
        room
    } else {
        room / 3
    };
    for (at, char) in text[..first].char_indices().rev() {
        used += char.width().unwrap_or(1);
        if used > before {
            break;
        }
        start = at;
    }
    let mut end = start;
    let mut used = 0;
    for (at, char) in text[start..].char_indices() {
        used += char.width().unwrap_or(1);
        if used > room {
            break;
        }
        end = start + at + char.len_utf8();
    }
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look {
        color: false,
        columns: 80,
    };

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(
            clean("a\u{1b}[31mb\nc\u{202e}d"),
            "a\u{fffd}[31mb c\u{fffd}d"
        );
        assert_eq!(
            marked_line(PLAIN, "\u{7}one", &[Span::new(1, 4)], 80),
            "\u{fffd}[one]"
        );
    }

    #[test]
    fn the_match_stays_in_sight() {
        let text = format!("{} one percent {}", "word ".repeat(40), "tail ".repeat(40));
        let start = text.find("one").unwrap();
        let line = marked_line(PLAIN, &text, &[Span::new(start, start + 11)], 40);
        assert!(line.contains("[one percent]"), "{line}");
        assert!(width(&line) <= 40, "{line}");
        assert_eq!(marked_line(PLAIN, "short", &[], 40), "short");
        assert_eq!(
            shorten_middle("000_a0bad365053ef62c.txt", 11),
            "000_a…c.txt"
        );
    }
}
