//! The text of an element, a line a paragraph.

use super::tree::{Element, Step};

/// Elements that end a line where they start and end.
const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "blockquote",
    "block",
    "body",
    "body.content",
    "bq",
    "br",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "fn",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hl1",
    "hl2",
    "hr",
    "lead",
    "li",
    "ol",
    "p",
    "para",
    "pre",
    "q.block",
    "section",
    "subhead",
    "table",
    "td",
    "text",
    "th",
    "tr",
    "ul",
];

/// Elements that are no part of the text.
const SILENT: [&str; 9] = [
    "fig",
    "figcaption",
    "figure",
    "head",
    "media",
    "nitf-table-metadata",
    "note",
    "script",
    "style",
];

/// Returns the text of an element without those inside that `leave_out` picks: blanks are folded, and blocks end
/// lines.
pub(crate) fn lines(element: Element<'_>, leave_out: &dyn Fn(Element<'_>) -> bool) -> String {
    let mut text = String::new();
    let mut hidden = 0_usize;
    let is_hidden = |inner: Element<'_>| SILENT.contains(&inner.name()) || leave_out(inner);
    element.walk(&mut |step| match step {
        Step::Open(inner) if hidden > 0 || is_hidden(inner) => {
            hidden = hidden.saturating_add(1);
        }
        Step::Close(_) if hidden > 0 => hidden = hidden.saturating_sub(1),
        Step::Open(inner) | Step::Close(inner) => {
            if BLOCKS.contains(&inner.name()) {
                end_line(&mut text);
            }
        }
        Step::Text(part) if hidden == 0 => push_folded(&mut text, part),
        Step::Text(_) => {}
    });
    text.truncate(text.trim_end().len());
    text
}

fn end_line(text: &mut String) {
    text.truncate(text.trim_end_matches(' ').len());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn push_folded(text: &mut String, part: &str) {
    for char in part.chars() {
        let blank = char.is_whitespace() && char != '\u{a0}' || char.is_control();
        if !blank {
            text.push(char);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}
