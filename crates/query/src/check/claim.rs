//! The quotations of a pasted text: their words, what its editor marked as left out or put in, and who is said to
//! have said them.

use std::ops::Range;

use whosaid_model::Span;

use super::attribution;
use super::unmarked::unmarked;
use crate::marks;
use crate::wording::{Wording, Wordings};

/// A quotation to be checked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Claim {
    /// Where its words stand in the pasted text.
    pub(super) span: Span,
    /// Its words, without the marks around them.
    pub(super) text: String,
    /// Who is said to have said it.
    pub(super) speaker: Option<String>,
    /// The words that are claimed to have been said; what stands in square brackets is not among them.
    pub(super) words: Vec<Wording>,
    /// For each word, what its editor says is missing before it.
    pub(super) gaps: Vec<Option<Gap>>,
    /// Words were put in, or replaced, in square brackets.
    pub(super) edited: bool,
}

impl Claim {
    /// Tells whether a sentence ends, or something is missing, between a word and the one before it.
    pub(super) fn parts_before(&self, word: usize) -> bool {
        let before = word
            .checked_sub(1)
            .and_then(|before| self.words.get(before));
        let (Some(before), Some(after)) = (before, self.words.get(word)) else {
            return false;
        };
        let between = self.text.get(before.span.end..after.span.start);
        self.gaps[word].is_some()
            || between.is_some_and(|between| between.contains(['.', '!', '?', '\n', '…']))
    }

    /// Returns the ranges of words between two such places.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        let starts = (0..self.words.len()).filter(|&word| word == 0 || self.parts_before(word));
        let mut starts: Vec<usize> = starts.collect();
        starts.push(self.words.len());
        starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }
}

/// What an editor marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// `…`, `...` or `[…]`: words were left out.
    Ellipsis,
    /// `[the minister]`: words were put in or replaced.
    Brackets,
}

/// One text between marks.
struct Run {
    /// With its marks.
    outer: Span,
    inner: String,
}

/// Finds the quotations of a text. One without quotation marks is one quotation as a whole.
pub(super) fn claims(text: &str) -> Vec<Claim> {
    let mut runs = marked(text, marks::is_double_mark);
    if runs.is_empty() {
        runs = marked(text, |char| matches!(char, '‘' | '\''));
    }
    let mut claims: Vec<Claim> = Vec::new();
    if runs.is_empty() {
        let (range, speaker) = unmarked(text);
        claims.extend(claim(
            Span::new(range.start, range.end),
            &text[range],
            speaker,
        ));
        return claims;
    }
    let mut at = 0;
    while at < runs.len() {
        // `“A,” she said, “and B.”` is one quotation.
        let mut last = at;
        let mut words = runs[at].inner.clone();
        while let Some(next) = runs.get(last + 1)
            && attribution::is_interjected(&text[runs[last].outer.end..next.outer.start])
        {
            words.push(' ');
            words.push_str(&next.inner);
            last += 1;
        }
        let before = at.checked_sub(1).map_or(0, |before| runs[before].outer.end);
        let before = &text[before..runs[at].outer.start];
        let next = runs.get(at + 1).map_or(text.len(), |next| next.outer.start);
        let mut speaker = attribution::claimed(before, &text[runs[at].outer.end..next]);
        if speaker.is_none() && last > at {
            let next = runs
                .get(last + 1)
                .map_or(text.len(), |next| next.outer.start);
            speaker = attribution::claimed("", &text[runs[last].outer.end..next]);
        }
        // Who spoke goes on speaking, to the end of the paragraph.
        if speaker.is_none() && !before.contains('\n') {
            speaker = claims.last().and_then(|claim| claim.speaker.clone());
        }
        let span = Span::new(runs[at].outer.start, runs[last].outer.end);
        claims.extend(claim(span, &words, speaker));
        at = last + 1;
    }
    claims
}

/// Finds the texts between marks of which `opens` knows the first.
fn marked(text: &str, opens: impl Fn(char) -> bool) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    let mut before = ' ';
    while let Some(char) = text[at..].chars().next() {
        let starts = opens(char) && !before.is_alphanumeric();
        let read = marks::read(&text[at..]);
        if let Some(marked) = read.filter(|marked| starts && !marked.inner.trim().is_empty()) {
            runs.push(Run {
                outer: Span::new(at, at + marked.len),
                inner: marked.inner,
            });
            at += marked.len;
            before = ' ';
        } else {
            at += char.len_utf8();
            before = char;
        }
    }
    runs
}

/// Reads the words of a quotation; `None` when there are none.
fn claim(span: Span, written: &str, speaker: Option<String>) -> Option<Claim> {
    let (text, marks) = edits(written.trim());
    let (mut words, mut gaps) = (Vec::new(), Vec::new());
    let mut edited = false;
    let mut marks = marks.into_iter().peekable();
    let mut gap = None;
    for word in Wordings::new().of(&text) {
        while let Some((place, kind)) = marks.peek()
            && (place.end < word.span.start
                || (*kind == Gap::Ellipsis && place.end == word.span.start))
            && let Some((_, kind)) = marks.next()
        {
            edited |= kind == Gap::Brackets;
            gap = Some(kind);
        }
        // `want[ed]` is a word with another ending.
        if let Some((place, kind @ Gap::Brackets)) = marks.peek()
            && place.start <= word.span.end
            && word.span.start <= place.end
        {
            edited = true;
            gap = Some(*kind);
            continue;
        }
        gaps.push(gap.take().filter(|_| !words.is_empty()));
        words.push(word);
    }
    edited |= marks.any(|(_, kind)| kind == Gap::Brackets);
    (!words.is_empty()).then_some(Claim {
        span,
        text,
        speaker,
        words,
        gaps,
        edited,
    })
}

/// Finds the marks of an editor. `[T]he` only tells of a capital and `[sic]` of nothing: the text is returned without
/// them.
fn edits(written: &str) -> (String, Vec<(Span, Gap)>) {
    let mut text = String::with_capacity(written.len());
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(char) = written[at..].chars().next() {
        let rest = &written[at..];
        if matches!(char, '[' | '(')
            && let Some(end) = rest.find(if char == '[' { ']' } else { ')' })
        {
            let inner = &rest[1..end];
            let after = &rest[end + 1..];
            let dots = !inner.is_empty()
                && inner
                    .chars()
                    .all(|char| matches!(char, '.' | '…' | ' ' | '\u{a0}'));
            if dots {
                let start = text.len();
                text.push_str(&rest[..=end]);
                marks.push((Span::new(start, text.len()), Gap::Ellipsis));
                at += end + 1;
                continue;
            }
            if char == '[' && inner.trim().eq_ignore_ascii_case("sic") {
                at += end + 1;
                continue;
            }
            let mut letters = inner.chars();
            let one = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
            let begins = !text.ends_with(char::is_alphanumeric);
            if char == '[' && one && begins && after.starts_with(char::is_alphabetic) {
                text.push_str(inner);
                at += end + 1;
                continue;
            }
            if char == '[' {
                let start = text.len();
                text.push_str(&rest[..=end]);
                marks.push((Span::new(start, text.len()), Gap::Brackets));
                at += end + 1;
                continue;
            }
        }
        let dots = dots(rest);
        if dots > 0 {
            let start = text.len();
            text.push_str(&rest[..dots]);
            marks.push((Span::new(start, text.len()), Gap::Ellipsis));
            at += dots;
            continue;
        }
        text.push(char);
        at += char.len_utf8();
    }
    (text, marks)
}

/// Returns the length of the ellipsis at the start of `text`: `…`, `...`, `. . .`.
fn dots(text: &str) -> usize {
    if text.starts_with('…') {
        return '…'.len_utf8();
    }
    let (mut end, mut count) = (0, 0);
    for (at, char) in text.char_indices() {
        match char {
            '.' => {
                count += 1;
                end = at + 1;
            }
            ' ' | '\u{a0}' if count > 0 => {}
            _ => break,
        }
    }
    if count >= 3 { end } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the claims: the speaker, then the words, with `…` and `[]` for gaps.
    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = claims(text)
            .iter()
            .map(|claim| {
                let words = claim
                    .words
                    .iter()
                    .zip(&claim.gaps)
                    .map(|(word, gap)| match gap {
                        Some(Gap::Ellipsis) => format!("… {}", word.key),
                        Some(Gap::Brackets) => format!("[] {}", word.key),
                        None => word.key.clone(),
                    });
                let words: Vec<String> = words.collect();
                let edited = if claim.edited { " (edited)" } else { "" };
                format!(
                    "{}: {}{edited}",
                    claim.speaker.as_deref().unwrap_or("?"),
                    words.join(" ")
                )
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn quotations_are_found_with_their_speakers() {
        check(
            "“We will win,” said Jane Roe. “All of us.”",
            &["Jane Roe: we will win", "Jane Roe: all of us"],
        );
        check("“We will,” Roe said, “win.”", &["Roe: we will win"]);
        check(
            "Jane Roe: \"We will win\"\nAde Bello: \"No\"",
            &["Jane Roe: we will win", "Ade Bello: no"],
        );
        check(
            "He called it «a shame» and «a pity»",
            &["?: a shame", "?: a pity"],
        );
        check("we don’t know", &["?: we don't know"]);
        check("'we don't know', said Roe", &["Roe: we don't know"]);
        check("‘We don’t know’", &["?: we don't know"]);
        check("“We don’t know", &["?: we don't know"]);
        check("“” …", &[]);
        check("", &[]);
    }

    #[test]
    fn what_an_editor_marks_is_seen() {
        check("“We … will [not] win”", &["?: we … will [] win (edited)"]);
        check("“We [...] will. . .win...”", &["?: we … will … win"]);
        check(
            "“…[T]he boats [sic] want[ed] to sail [laughs]”",
            &["?: the boats [] to sail (edited)"],
        );
        check("“[The minister] will win”", &["?: will win (edited)"]);
        check("3.5 percent. Or more", &["?: 3.5 percent or more"]);
    }
}
