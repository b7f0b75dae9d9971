//! The quotations of a pasted text: their words, what its editor marked as left out or put in, and who is said to
//! have said them.

use std::ops::Range;

use whosaid_model::Span;

use super::amounts::{Amount, amounts};
use super::attribution::{self, Reading};
use super::runs::{Run, runs};
use super::subject::Who;
use super::unmarked::unmarked;
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
    /// The speaker was typed without capitals, and may be no name at all: `officials said`.
    pub(super) typed: bool,
    /// Somebody is named around the words, and none of them was read as the speaker.
    pub(super) unread: bool,
    /// The words that are claimed to have been said; what stands in square brackets is not among them.
    pub(super) words: Vec<Wording>,
    /// For each word, what its editor says is missing before it.
    pub(super) gaps: Vec<Option<Gap>>,
    /// Words were put in, or replaced, in square brackets.
    pub(super) edited: bool,
    /// The sums of money among the words.
    pub(super) amounts: Vec<Amount>,
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
        self.gaps.get(word).is_some_and(Option::is_some)
            || between.is_some_and(|between| between.contains(['.', '!', '?', '\n', '…']))
    }

    /// Returns the ranges of words between two such places.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        let starts = (0..self.words.len()).filter(|&word| word == 0 || self.parts_before(word));
        let mut starts: Vec<usize> = starts.collect();
        starts.push(self.words.len());
        let pairs = starts.array_windows();
        pairs.map(|&[start, end]| start..end).collect()
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

/// Finds the quotations of a text. One without quotation marks is one quotation as a whole.
pub(super) fn claims(text: &str) -> Vec<Claim> {
    let runs = runs(text);
    let mut claims: Vec<Claim> = Vec::new();
    if runs.is_empty() {
        let (range, speaker) = unmarked(text);
        let span = Span::new(range.start, range.end);
        let speaker = speaker.map_or(Who::Nobody, Who::Name);
        let reading = Reading {
            who: speaker,
            names: false,
            behind: false,
        };
        claims.extend(claim(span, span.of(text).unwrap_or_default(), reading));
        return claims;
    }
    // The text between a place and the next marked one.
    let between = |from: usize, next: Option<&Run>| {
        let to = next.map_or(text.len(), |next| next.outer.start);
        text.get(from..to).unwrap_or_default()
    };
    let words_of = |run: &Run| run.inner.of(text).unwrap_or_default();
    let mut rest = runs.as_slice();
    let mut free = 0;
    // The sentence behind the last quotation tells whose it is.
    let mut told = false;
    while let [first, behind @ ..] = rest {
        rest = behind;
        // `“A,” she said, “and B.”` is one quotation, and so are paragraphs that open again.
        let mut last = first;
        let mut words = words_of(first).to_owned();
        while let [next, behind @ ..] = rest
            && let between = between(last.outer.end, Some(next))
            && (attribution::is_interjected(words_of(last), between)
                || (!last.closed && between.contains('\n') && between.trim().is_empty()))
        {
            words.push(' ');
            words.push_str(words_of(next));
            last = next;
            rest = behind;
        }
        let before = between(free, Some(first));
        let after = between(first.outer.end, behind.first());
        let mut reading = attribution::claimed(before, words_of(first), after, !behind.is_empty());
        let one = rest.len() == behind.len();
        let mut told_behind = reading.behind && one;
        if !reading.who.is_name() && !one {
            let after = between(last.outer.end, rest.first());
            let next = attribution::claimed("", words_of(last), after, !rest.is_empty());
            if next.who != Who::Nobody {
                told_behind = next.behind;
                reading = next;
            }
        }
        // Who spoke goes on speaking, to the end of the paragraph, unless others are named.
        let goes_on = match reading.who {
            Who::Nobody => !reading.names,
            Who::Same => true,
            _ => false,
        };
        if goes_on
            && !before.contains('\n')
            && let Some(former) = claims.last()
            && let Some(name) = &former.speaker
        {
            if attribution::names_others(before, told, name) {
                reading.names = true;
            } else if former.typed {
                reading.who = Who::Typed(name.clone());
            } else {
                reading.who = Who::Name(name.clone());
            }
        }
        // `“A” and “B,” said Roe`: both are hers.
        if let Some(former) = claims.last_mut()
            && former.speaker.is_none()
            && !former.unread
            && let Who::Name(name) = &reading.who
            && is_and(before)
        {
            former.speaker = Some(name.clone());
        }
        let span = Span::new(first.outer.start, last.outer.end);
        claims.extend(claim(span, &words, reading));
        free = last.outer.end;
        told = told_behind;
    }
    claims
}

/// Tells whether a text only joins two quotations.
fn is_and(between: &str) -> bool {
    let mut words = between
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let joins = matches!(words.next(), Some("and" | "or" | "but"));
    joins && words.next().is_none() && !between.contains(['.', '\n'])
}

/// Reads the words of a quotation; `None` when there are none.
fn claim(span: Span, written: &str, reading: Reading) -> Option<Claim> {
    let unread = !reading.who.is_name() && reading.names;
    let typed = matches!(reading.who, Who::Typed(_));
    let speaker = match reading.who {
        Who::Name(name) | Who::Typed(name) => Some(name),
        _ => None,
    };
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
    let amounts = amounts(&text, &words);
    (!words.is_empty()).then_some(Claim {
        span,
        text,
        speaker,
        typed,
        unread,
        words,
        gaps,
        edited,
        amounts,
    })
}

/// Finds the marks of an editor. `[T]he` only tells of a capital and `[sic]` of nothing: the text is returned without
/// them.
fn edits(written: &str) -> (String, Vec<(Span, Gap)>) {
    let mut text = String::with_capacity(written.len());
    let mut marks = Vec::new();
    // Behind the last bracket that closes none is looked for: a megabyte of text may be of those that open.
    let unclosed = written.rsplit(']').next().map_or(0, str::len);
    let mut rest = written;
    while let Some(char) = rest.chars().next() {
        let mut mark = |text: &mut String, as_written: &str, gap| {
            let start = text.len();
            text.push_str(as_written);
            marks.push((Span::new(start, text.len()), gap));
        };
        if (char != '[' || rest.len() > unclosed)
            && let Some((whole, inner, after)) = bracketed(rest)
        {
            if !inner.is_empty() && inner.chars().all(is_dot) {
                mark(&mut text, whole, Gap::Ellipsis);
                rest = after;
                continue;
            }
            if char == '[' && inner.trim().eq_ignore_ascii_case("sic") {
                rest = after;
                continue;
            }
            let mut letters = inner.chars();
            let one = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
            let begins = !text.ends_with(char::is_alphanumeric);
            if char == '[' && one && begins && after.starts_with(char::is_alphabetic) {
                text.push_str(inner);
                rest = after;
                continue;
            }
            if char == '[' {
                mark(&mut text, whole, Gap::Brackets);
                rest = after;
                continue;
            }
        }
        if let Some((dots, after)) = dots(rest) {
            mark(&mut text, dots, Gap::Ellipsis);
            rest = after;
            continue;
        }
        text.push(char);
        rest = rest.strip_prefix(char).unwrap_or_default();
    }
    (text, marks)
}

/// Cuts off what stands in brackets at the start of a text, or the dots in parentheses: with them, without them, and
/// what follows.
fn bracketed(text: &str) -> Option<(&str, &str, &str)> {
    let (inner, after) = if let Some(inner) = text.strip_prefix('[') {
        inner.split_once(']')?
    } else {
        let inner = text.strip_prefix('(')?;
        let (dots, after) = inner.split_at_checked(inner.find(|char| !is_dot(char))?)?;
        (dots, after.strip_prefix(')')?)
    };
    let (whole, after) = text.split_at_checked(text.len().saturating_sub(after.len()))?;
    Some((whole, inner, after))
}

fn is_dot(char: char) -> bool {
    matches!(char, '.' | '…' | ' ' | '\u{a0}')
}

/// Cuts off the ellipsis at the start of a text: `…`, `...`, `. . .`.
fn dots(text: &str) -> Option<(&str, &str)> {
    if text.starts_with('…') {
        return text.split_at_checked('…'.len_utf8());
    }
    let (mut end, mut count) = (0, 0_usize);
    for (at, char) in text.char_indices() {
        match char {
            '.' => {
                count = count.saturating_add(1);
                end = at.saturating_add(1);
            }
            ' ' | '\u{a0}' if count > 0 => {}
            _ => break,
        }
    }
    text.split_at_checked(end).filter(|_| count >= 3)
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
        check("“We will,” Roe said “win.”", &["Roe: we will win"]);
        for text in [
            "“A mess,” said Roe of “the system”",
            "“A mess.” Roe said, “the system.”",
            "“A mess” is what Roe said that under Bello, “the system” was",
            "“A mess,” when Roe said it, “the system”",
        ] {
            assert_eq!(claims(text).len(), 2, "{text}");
        }
        check(
            "He called it «a shame» and «a pity»",
            &["?: a shame", "?: a pity"],
        );
        check(
            "Roe called it «a shame» and Bello called it «a pity»",
            &["Roe: a shame", "Bello: a pity"],
        );
        check(
            "“We win” and “we lose,” said Roe",
            &["Roe: we win", "Roe: we lose"],
        );
        check(
            "Roe said: “We win.” Bello said: “We lose.”",
            &["Roe: we win", "Bello: we lose"],
        );
        check(
            "“We win,” said Roe, adding “we lose”. Bello’s aide said “no”",
            &["Roe: we win", "Roe: we lose", "?: no"],
        );
        check("we don’t know", &["?: we don't know"]);
        check("'we don't know', said Roe", &["Roe: we don't know"]);
        check("‘We don’t know’", &["?: we don't know"]);
        check("“We don’t know", &["?: we don't know"]);
        check(
            "“We win.\n\n“All of us,” said Roe",
            &["Roe: we win all of us"],
        );
        check("“” …", &[]);
        check("", &[]);
    }

    #[test]
    fn marks_are_read_however_they_are_typed() {
        check(
            "''No step back,'' said Ade Bello. ''It is too late,'' said Jane Roe.",
            &["Ade Bello: no step back", "Jane Roe: it is too late"],
        );
        check(
            "``This is TeX,'' said Ade Bello. ``No step back,'' said Ade Bello.",
            &["Ade Bello: this is tex", "Ade Bello: no step back"],
        );
        check(
            "‘‘We win,’’ said Roe. ``We,'' she said, ``lose.''",
            &["Roe: we win", "Roe: we lose"],
        );
        check(
            "“We win,” said Jane Roe. Ade Bello said ‘we don’t’.",
            &["Jane Roe: we win", "Ade Bello: we don't"],
        );
        check(
            "‘I said “we win” and left,’ said Jane Roe. It is the dogs’ day.",
            &["Jane Roe: i said we win and left"],
        );
    }

    #[test]
    fn a_lost_mark_loses_no_words() {
        for text in [
            "We win,” said Jane Roe.",
            "We win,\" said Jane Roe.",
            "We win,'' said Jane Roe.",
            "“We win, said Jane Roe",
            "“We win, said Jane Roe. It rained. All went home.",
            "\"We win, said Jane Roe",
            "``We win, Jane Roe told reporters",
            "Jane Roe said: we win.”",
            "«We win, Jane Roe said",
        ] {
            check(text, &["Jane Roe: we win"]);
        }
        check(
            "“We win, said Jane Roe. “We lose,” said Ade Bello.",
            &["Jane Roe: we win", "Ade Bello: we lose"],
        );
        check(
            "“We win,” said Jane Roe. We lose,” said Ade Bello.",
            &["Jane Roe: we win", "Ade Bello: we lose"],
        );
        check("“We win, and Roe knows it", &["?: we win and roe knows it"]);
    }

    #[test]
    fn a_speaker_goes_on_until_somebody_else_is_named() {
        for text in [
            "Jane Roe told them: “We win.” Ade Bello fumed. “We lose,” he said.",
            "Jane Roe told them: “We win.” Then Ade Bello stood up. “We lose.”",
            "“We,” said Jane Roe, “win.” Ade Bello fumed. “We lose,” he said.",
            "“We win,” said Jane Roe. Ade Bello fumed. “We lose,” he said.",
        ] {
            check(text, &["Jane Roe: we win", "?: we lose"]);
            assert!(claims(text)[1].unread, "{text}");
        }
        for text in [
            "Jane Roe told them: “We win.” She paused. “We lose,” she said.",
            "Jane Roe told them: “We win.” Roe stood up. “We lose.”",
            "“We win,” said Jane Roe of Bello. “We lose.”",
            "Jane Roe told them: “We win.” “We lose,” she said of Bello.",
        ] {
            check(text, &["Jane Roe: we win", "Jane Roe: we lose"]);
        }
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
        // Nothing closes them, and none is looked for again and again.
        for mark in ["“", "“ ", "“a", "« ", "a«", "\" "] {
            assert!(claims(&mark.repeat(1 << 18)).len() <= 1, "{mark}");
        }
        assert_eq!(claims(&"“a ".repeat(1 << 14)).len(), 1 << 14);
        for marks in [
            "‘a’ “b” ",
            "'",
            "''a ",
            "a” ",
            "'a “b ",
            "“‘«「",
            "a. b” ",
            "‘“a ”",
        ] {
            claims(&marks.repeat(1 << 12));
        }
        for open in ["[", "("] {
            let text = format!("“We win {}", open.repeat(1 << 20));
            check(&text, &["?: we win"]);
        }
    }
}
