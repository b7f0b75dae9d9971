//! Single marks: where they stand, what their shape and their neighbours tell, which are apostrophes.

use std::iter::Peekable;

use memchr::memchr3_iter;
use whosaid_model::Span;

use super::Style;
use crate::paragraph::is_blank;
use crate::total::{Cut, Steps};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    Either,
}

/// One mark as it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) style: Style,
    pub(super) side: Side,
    /// A white space, the edge of the paragraph or an opening punctuation mark stands before it.
    pub(super) space_before: bool,
    /// A white space, the edge of the paragraph or a closing punctuation mark stands after it.
    pub(super) space_after: bool,
    pub(super) before: Option<char>,
    pub(super) after: Option<char>,
}

/// Finds the places of a text where a mark may begin, in order.
///
/// Marks are rare, so that looking for their first bytes many at a time outruns every reading of the text.
pub(super) fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut straight = memchr3_iter(b'"', b'\'', b'`', text.as_bytes()).peekable();
    let mut curly = memchr3_iter(0xC2, 0xE2, 0xE3, text.as_bytes()).peekable();
    std::iter::from_fn(move || match (straight.peek(), curly.peek()) {
        (Some(one), Some(two)) if one < two => straight.next(),
        (_, Some(_)) => curly.next(),
        (_, None) => straight.next(),
    })
}

/// Collects the marks of one paragraph from the places where one may begin.
pub(super) fn scan(
    text: &str,
    paragraph: Span,
    starts: &mut Peekable<impl Iterator<Item = usize>>,
    marks: &mut Vec<Mark>,
) {
    let bytes = text.as_bytes();
    let mut free = paragraph.start;
    while let Some(at) = starts.next_if(|&at| at < paragraph.end) {
        // Between paragraphs, or the second half of a mark.
        if at < free {
            continue;
        }
        let Some((len, style, side)) = mark_at(bytes.cut(at..paragraph.end)) else {
            continue;
        };
        free = at.plus(len);
        let seen = |char: &char| char.is_whitespace() || !is_blank(*char);
        let before = text.cut(paragraph.start..at).chars().rev().find(seen);
        let after = text.cut(free..paragraph.end).chars().find(seen);
        marks.push(Mark {
            start: at,
            end: free,
            style,
            side,
            space_before: before.is_none_or(|char| {
                char.is_whitespace() || "([{—–-/…".contains(char) || is_mark(char)
            }),
            space_after: after
                .is_none_or(|char| !char.is_alphanumeric() && !"$£€@#".contains(char)),
            before,
            after,
        });
    }
}

fn is_mark(char: char) -> bool {
    matches!(
        char,
        '"' | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '‘'
            | '’'
            | '\''
            | '`'
            | '‟'
            | '‚'
            | '‛'
    )
}

/// Reads the mark at the start of `bytes`: its length, style and, where its shape tells, its side.
fn mark_at(bytes: &[u8]) -> Option<(usize, Style, Side)> {
    use Side::{Close, Either, Open};
    use Style::{Angle, Corner, Double, Single};
    Some(match bytes {
        [b'"', ..] => (1, Double, Either),
        [b'\'', b'\'', ..] => (2, Double, Either),
        [b'`', b'`', ..] => (2, Double, Open),
        [b'\'', ..] => (1, Single, Either),
        [b'`', ..] => (1, Single, Open),
        [0xC2, 0xAB, ..] => (2, Angle, Open),
        [0xC2, 0xBB, ..] => (2, Angle, Close),
        [0xE2, 0x80, 0xB9, ..] => (3, Angle, Open),
        [0xE2, 0x80, 0xBA, ..] => (3, Angle, Close),
        // Two single marks typed for a double one: ‘‘words’’.
        [0xE2, 0x80, 0x98, 0xE2, 0x80, 0x98, ..] => (6, Double, Open),
        [0xE2, 0x80, 0x99, 0xE2, 0x80, 0x99, ..] => (6, Double, Close),
        [0xE2, 0x80, 0x98 | 0x9A | 0x9B, ..] => (3, Single, Open),
        [0xE2, 0x80, 0x99, ..] => (3, Single, Close),
        [0xE2, 0x80, 0x9C | 0x9E | 0x9F, ..] => (3, Double, Open),
        [0xE2, 0x80, 0x9D, ..] => (3, Double, Close),
        [0xE3, 0x80, 0x8C | 0x8E, ..] => (3, Corner, Open),
        [0xE3, 0x80, 0x8D | 0x8F, ..] => (3, Corner, Close),
        _ => return None,
    })
}

/// Chooses the style that encloses the others: the article's own, by nesting rather than by count.
///
/// British papers quote in single marks and nest double ones; an article with a handful of double pairs
/// within single ones is therefore a single-quoted one, unless hardly any of the single ones is closed: the ’bot nets of
/// hijacked machines, the ’net.
pub(super) fn main_style(marks: &[Mark]) -> Style {
    let mut double = 0_usize;
    let mut single = 0_usize;
    let mut closed = 0_usize;
    for mark in marks {
        match mark.style {
            Style::Double
                if mark.space_before && mark.after.is_some_and(|char| !char.is_whitespace()) =>
            {
                double = double.plus(1);
            }
            Style::Single if opens_speech(mark) => single = single.plus(1),
            Style::Single if !mark.space_before => {
                let inside = mark.after.is_some_and(char::is_alphanumeric);
                closed = closed.plus(usize::from(!inside));
            }
            _ => {}
        }
    }
    if single > double.times(2) && (double == 0 || closed.times(2) >= single) {
        Style::Single
    } else {
        Style::Double
    }
}

/// Tells whether a single mark looks like one that opens words, not like an apostrophe.
pub(super) fn opens_speech(mark: &Mark) -> bool {
    mark.style == Style::Single
        && mark.side != Side::Close
        && mark.space_before
        && mark.after.is_some_and(|char| {
            char.is_uppercase() || char.is_lowercase() || "\"“…[$£€".contains(char)
        })
}

/// Tells whether a single mark stands within a word or before a shortened one: don't, '90s, O'Neill.
pub(super) fn is_apostrophe(text: &str, mark: &Mark, main: Style) -> bool {
    if mark.style != Style::Single {
        return false;
    }
    // Wi’ a flask: a short word that has lost its end.
    if mark.side == Side::Close
        && mark.after == Some(' ')
        && [" wi", " Wi", " o", " th", " ol"]
            .iter()
            .any(|word| text.cut(..mark.start).ends_with(word))
    {
        return true;
    }
    let letter_before = mark.before.is_some_and(char::is_alphanumeric);
    let letter_after = mark.after.is_some_and(char::is_alphanumeric);
    if letter_before && letter_after {
        return true;
    }
    // The ’90s, ’em: a closing shape with nothing before it. In straight marks a digit decides.
    let shortened = !letter_before && mark.space_before && letter_after;
    if shortened
        && (mark.side == Side::Close
            || mark.after.is_some_and(char::is_numeric) && main != Style::Single)
    {
        return true;
    }
    // 6' and 6'2": feet.
    mark.side == Side::Either && mark.before.is_some_and(char::is_numeric) && main != Style::Single
}
