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
    /// Break long lines: on a terminal, not in a file.
    pub(super) wrap: bool,
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

    /// Words that were taken out: as `wdiff` marks them where there is no colour.
    pub(super) fn deleted(self, text: &str) -> String {
        if self.color {
            self.paint(AnsiColor::Red.on_default().strikethrough(), text)
        } else {
            format!("[-{text}-]")
        }
    }

    /// Words that were put in.
    pub(super) fn inserted(self, text: &str) -> String {
        if self.color {
            self.paint(AnsiColor::Green.on_default().underline(), text)
        } else {
            format!("{{+{text}+}}")
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

/// Counts the columns of a painted text.
pub(super) fn visible(text: &str) -> usize {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char == '\u{1b}' {
            chars
                .by_ref()
                .take_while(|char| *char != 'm')
                .for_each(drop);
        } else {
            plain.push(char);
        }
    }
    width(&plain)
}

/// Writes a painted text behind an indent, on as many lines as the terminal needs.
pub(super) fn wrapped(look: Look, indent: usize, text: &str) -> String {
    if !look.wrap {
        return format!("{:indent$}{text}", "");
    }
    lines(look, indent, text.split(' '), " ")
}

/// Joins parts with a separator, behind an indent; a line is only broken between parts.
pub(super) fn joined(look: Look, indent: usize, parts: &[String]) -> String {
    if !look.wrap {
        return format!("{:indent$}{}", "", look.dim(&parts.join(" · ")));
    }
    let parts: Vec<String> = parts.iter().map(|part| look.dim(part)).collect();
    lines(
        look,
        indent,
        parts.iter().map(String::as_str),
        &look.dim(" · "),
    )
}

fn lines<'a>(
    look: Look,
    indent: usize,
    parts: impl Iterator<Item = &'a str>,
    separator: &str,
) -> String {
    let room = look.columns.saturating_sub(indent).max(8);
    let mut out = " ".repeat(indent);
    let mut left = room;
    for (index, part) in parts.enumerate() {
        let wide = visible(part);
        if index > 0 {
            match left.checked_sub(visible(separator)) {
                Some(behind) if behind >= wide => {
                    out.push_str(separator);
                    left = behind;
                }
                _ => {
                    out.push('\n');
                    out.push_str(&" ".repeat(indent));
                    left = room;
                }
            }
        }
        out.push_str(part);
        // What is longer than a line, the terminal breaks.
        left = left.saturating_sub(wide);
    }
    out
}

/// Shortens a path to so many columns, whole folders from the left left out.
pub(super) fn shorten_path(path: &str, columns: usize) -> String {
    if width(path) <= columns {
        return path.to_owned();
    }
    let separators = path
        .char_indices()
        .filter(|(_, char)| matches!(char, '/' | '\\'));
    for rest in separators.filter_map(|(at, _)| path.get(at..)) {
        if width(rest) < columns {
            return format!("…{rest}");
        }
    }
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    shorten_middle(name, columns)
}

/// Shortens to so many columns, the end left out.
pub(super) fn shorten_end(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let kept = take(text.chars(), columns.saturating_sub(1));
    format!("{}…", kept.trim_end())
}

/// Shortens to so many columns, the middle left out.
pub(super) fn shorten_middle(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(1);
    let half = room / 2;
    let start: String = take(text.chars(), half);
    let end: String = take(text.chars().rev(), room.saturating_sub(half))
        .chars()
        .rev()
        .collect();
    format!("{start}…{end}")
}

fn take(chars: impl Iterator<Item = char>, columns: usize) -> String {
    let mut left = Some(columns);
    chars
        .take_while(|char| {
            left = left.and_then(|left| left.checked_sub(char.width().unwrap_or(0)));
            left.is_some()
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
    let mark = look.mark_width();
    let marks = matches.len().saturating_mul(mark);
    if width(&clean(text)).saturating_add(marks) <= columns {
        return Span::new(0, text.len());
    }
    // Two columns are for what tells that something is left out.
    let room = columns.saturating_sub(2).max(8);
    let first = matches.first().copied().unwrap_or_default();
    let (ahead, behind) = text.split_at_checked(first.start).unwrap_or(("", text));
    // A third of the room goes before the match, unless the match is near the start.
    let found = width(first.of(text).unwrap_or_default()).saturating_add(mark);
    let before = match room.checked_sub(found) {
        Some(before) if before >= width(ahead) => room,
        _ => room / 3,
    };
    let fits = |left: &mut usize, columns: usize| {
        *left = left.checked_sub(columns)?;
        Some(())
    };
    let shown = |left: &mut usize, char: char| {
        fits(left, char.width().unwrap_or(1)).map(|()| char.len_utf8())
    };
    let kept: usize = ahead.chars().rev().scan(before, shown).sum();
    let start = ahead.len().saturating_sub(kept);
    let from = text.get(start..).unwrap_or(behind);
    let mut starts = matches.iter().map(|span| span.start).peekable();
    let mut at = start;
    let length: usize = from
        .chars()
        .scan(room, |left, char| {
            let marks = starts.next_if(|start| *start <= at).map_or(0, |_| mark);
            at = at.saturating_add(char.len_utf8());
            fits(left, marks).and_then(|()| shown(left, char))
        })
        .sum();
    Span::new(start, start.saturating_add(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look {
        color: false,
        columns: 80,
        wrap: false,
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
        let text = "one and ".repeat(40);
        let all: Vec<Span> = (0..40).map(|n| Span::new(n * 8, n * 8 + 3)).collect();
        let line = marked_line(PLAIN, &text, &all, 40);
        assert_eq!(line, "[one] and [one] and [one] and [one] an…");
        assert_eq!(marked_line(PLAIN, "short", &[], 40), "short");
        assert_eq!(
            shorten_middle("000_a0bad365053ef62c.txt", 11),
            "000_a…c.txt"
        );
        let path = "/archive/2025/october/story.txt";
        assert_eq!(shorten_path(path, 40), path);
        assert_eq!(shorten_path(path, 20), "…/october/story.txt");
        assert_eq!(shorten_path(path, 12), "…/story.txt");
        assert_eq!(shorten_path(path, 8), "sto….txt");
        assert_eq!(shorten_end("Where does the salt sleep?", 11), "Where does…");
    }

    #[test]
    fn lines_are_broken_between_words_on_a_terminal_only() {
        let text = "word \u{1b}[1mword\u{1b}[0m word word";
        assert_eq!(wrapped(PLAIN, 2, text), format!("  {text}"));
        let look = Look {
            columns: 12,
            wrap: true,
            ..PLAIN
        };
        let lines = wrapped(look, 2, text);
        assert_eq!(lines, "  word \u{1b}[1mword\u{1b}[0m\n  word word");
        let parts = ["2025-10-25", "a b", "c"].map(str::to_owned);
        assert_eq!(joined(look, 2, &parts), "  2025-10-25\n  a b · c");
    }
}
