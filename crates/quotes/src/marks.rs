//! Quotation marks: which open, which close, and which words stand between them.
//!
//! Newsrooms use every style, and scraping damages all of them: marks are lost, reversed, doubled
//! apostrophes, inches. The pairing is done a paragraph at a time, so that one lost mark costs one
//! paragraph; a paragraph that ends open and a next one that opens again are one speech.

use whosaid_model::Span;

use crate::lexicon::{Classes, Lexicon};
use crate::paragraph::trim;
use crate::turns::find_turns;

/// A stretch of text between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The words, blanks trimmed, without the marks.
    pub(crate) content: Span,
    /// The words with their marks.
    pub(crate) outer: Span,
    /// Index of the paragraph.
    pub(crate) paragraph: u32,
    pub(crate) style: Style,
    /// The closing mark is there.
    pub(crate) closed: bool,
    /// The opening mark is there.
    pub(crate) opened: bool,
    /// Carries on the run before it, whose paragraph ended without a closing mark.
    pub(crate) carries_on: bool,
    /// Index of the run around this one.
    pub(crate) inside: Option<u32>,
}

/// The family of a pair of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Style {
    /// “ ” " '' `` „
    Double,
    /// ‘ ’ ' ‚
    Single,
    /// « » and ‹ ›
    Angle,
    /// 「 」 and 『 』
    Corner,
    /// — Words after a dash that opens the paragraph, he said.
    Dash,
    /// No marks: a turn of a transcript.
    Turn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

/// One mark as it stands in the text.
#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    style: Style,
    side: Side,
    /// A white space, the edge of the paragraph or an opening punctuation mark stands before it.
    space_before: bool,
    /// A white space, the edge of the paragraph or a closing punctuation mark stands after it.
    space_after: bool,
    before: Option<char>,
    after: Option<char>,
}

/// Finds the runs of all `paragraphs`, in order of their start; a nested run follows the one around it.
pub(crate) fn find_runs(text: &str, paragraphs: &[Span]) -> Vec<Run> {
    let mut marks: Vec<Vec<Mark>> = paragraphs
        .iter()
        .map(|&paragraph| scan(text, paragraph))
        .collect();
    let style = main_style(&marks);
    for marks in &mut marks {
        marks.retain(|mark| !is_apostrophe(mark, style));
    }
    let turns = find_turns(text, paragraphs);
    let dialogue = paragraphs
        .iter()
        .filter(|&&paragraph| after_dash(text, paragraph).is_some())
        .count()
        >= 2;
    let mut runs: Vec<Run> = Vec::new();
    let mut open_end = None;
    for (index, (&paragraph, marks)) in paragraphs.iter().zip(&marks).enumerate() {
        let first = runs.len();
        if let Some(turn) = turns.iter().find(|turn| turn.paragraph == index as u32) {
            runs.push(Run {
                content: turn.words,
                outer: turn.words,
                paragraph: index as u32,
                style: Style::Turn,
                closed: true,
                opened: true,
                carries_on: turn.carries_on,
                inside: None,
            });
        }
        if let Some(start) = after_dash(text, paragraph).filter(|_| dialogue && runs.len() == first)
        {
            dashed(
                text,
                Span::new(start, paragraph.end),
                index as u32,
                &mut runs,
            );
        }
        Pairing {
            text,
            paragraph,
            index: index as u32,
            runs: &mut runs,
            main: style,
        }
        .pair(marks);
        if let (Some(style), Some(run)) = (open_end, runs.get_mut(first)) {
            run.carries_on |=
                run.style == style && run.opened && run.outer.start == paragraph.start;
        }
        if marks.is_empty() {
            open_end = None;
        } else {
            let last = runs[first..].iter().rfind(|run| run.inside.is_none());
            open_end = last
                .filter(|run| !run.closed && run.outer.end == paragraph.end)
                .map(|run| run.style);
        }
    }
    runs
}

/// Where the words begin in a paragraph that a dash opens, as dialogue does in many languages.
fn after_dash(text: &str, paragraph: Span) -> Option<usize> {
    let words = paragraph.of(text)?;
    let rest = words.strip_prefix(['—', '–', '―'])?;
    let trimmed = rest.trim_start();
    let speech = rest.len() > trimmed.len()
        && trimmed.starts_with(|char: char| char.is_uppercase() || "¿¡".contains(char))
        && !trimmed.contains('@');
    speech.then(|| paragraph.end - trimmed.len())
}

/// Adds the speech of a dialogue paragraph: — I know, said De Santis. — I have just come from there.
fn dashed(text: &str, span: Span, paragraph: u32, runs: &mut Vec<Run>) {
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

/// Collects the marks of one paragraph.
fn scan(text: &str, paragraph: Span) -> Vec<Mark> {
    let bytes = text.as_bytes();
    let mut marks = Vec::new();
    let mut at = paragraph.start;
    while at < paragraph.end {
        let byte = bytes[at];
        if !matches!(byte, b'"' | b'\'' | b'`' | 0xC2 | 0xE2 | 0xE3) {
            at += 1;
            continue;
        }
        if let Some((len, style, side)) = mark_at(&bytes[at..paragraph.end]) {
            let before = text[paragraph.start..at].chars().next_back();
            let after = text[at + len..paragraph.end].chars().next();
            marks.push(Mark {
                start: at,
                end: at + len,
                style,
                side,
                space_before: before.is_none_or(|char| {
                    char.is_whitespace() || "([{—–-/…\u{200b}".contains(char) || is_mark(char)
                }),
                space_after: after
                    .is_none_or(|char| !char.is_alphanumeric() && !"$£€@#".contains(char)),
                before,
                after,
            });
            at += len;
        } else {
            at += 1;
        }
    }
    marks
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
        [0xE2, 0x80, 0x98 | 0x9B, ..] => (3, Single, Open),
        [0xE2, 0x80, 0x99, ..] => (3, Single, Close),
        [0xE2, 0x80, 0x9A, ..] => (3, Single, Open),
        [0xE2, 0x80, 0x9C, ..] => (3, Double, Open),
        [0xE2, 0x80, 0x9D, ..] => (3, Double, Close),
        [0xE2, 0x80, 0x9E | 0x9F, ..] => (3, Double, Open),
        [0xE3, 0x80, 0x8C | 0x8E, ..] => (3, Corner, Open),
        [0xE3, 0x80, 0x8D | 0x8F, ..] => (3, Corner, Close),
        _ => return None,
    })
}

/// Chooses the style that encloses the others: the article's own, by nesting rather than by count.
///
/// British papers quote in single marks and nest double ones; an article with a handful of double pairs
/// within single ones is therefore a single-quoted one.
fn main_style(marks: &[Vec<Mark>]) -> Style {
    let mut double = 0;
    let mut single = 0;
    for mark in marks.iter().flatten() {
        match mark.style {
            Style::Double
                if mark.space_before && mark.after.is_some_and(|char| !char.is_whitespace()) =>
            {
                double += 1;
            }
            Style::Single if opens_speech(mark) => single += 1,
            _ => {}
        }
    }
    if single > 2 * double {
        Style::Single
    } else {
        Style::Double
    }
}

/// Tells whether a single mark looks like one that opens words, not like an apostrophe.
fn opens_speech(mark: &Mark) -> bool {
    mark.style == Style::Single
        && mark.side != Side::Close
        && mark.space_before
        && mark.after.is_some_and(|char| {
            char.is_uppercase() || char.is_lowercase() || "\"“…[$£€".contains(char)
        })
}

/// Tells whether a single mark stands within a word or before a shortened one: don't, '90s, O'Neill.
fn is_apostrophe(mark: &Mark, main: Style) -> bool {
    if mark.style != Style::Single {
        return false;
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

/// The state of one paragraph's pairing.
struct Pairing<'a> {
    text: &'a str,
    paragraph: Span,
    index: u32,
    runs: &'a mut Vec<Run>,
    main: Style,
}

impl Pairing<'_> {
    fn pair(&mut self, marks: &[Mark]) {
        // The runs that are open, outermost first, as indices.
        let mut open: Vec<usize> = Vec::new();
        let first = self.runs.len();
        for (at, mark) in marks.iter().enumerate() {
            let inner = open
                .iter()
                .rposition(|&run| self.runs[run].style == mark.style);
            match self.side(mark, inner.is_some(), &marks[at + 1..], &open) {
                Some(Side::Open) => {
                    if let Some(depth) = inner {
                        if self.nests(mark, &marks[at + 1..]) {
                            open.push(self.open(mark, Some(open[depth])));
                            continue;
                        }
                        // A second opening mark: the first run lost its closing one.
                        for run in open.drain(depth..).rev() {
                            self.close_lost(run, mark.start);
                        }
                    }
                    let around = open.last().copied();
                    open.push(self.open(mark, around));
                }
                Some(Side::Close) => {
                    if let Some(depth) = inner {
                        for run in open.drain(depth + 1..) {
                            self.runs[run].inside = Some(u32::MAX);
                        }
                        if let Some(run) = open.pop() {
                            self.close(run, mark);
                        }
                    } else {
                        self.open_lost(first, mark);
                    }
                }
                _ => {}
            }
        }
        for run in open.into_iter().rev() {
            if self.runs[run].inside.is_some()
                || self.runs[run].style == Style::Single && self.main != Style::Single
            {
                self.runs[run].inside = Some(u32::MAX);
            } else {
                self.close_lost(run, self.paragraph.end);
            }
        }
        self.drop_void(first);
    }

    /// Decides what a mark does here; `None` when it does nothing.
    fn side(&self, mark: &Mark, is_open: bool, rest: &[Mark], open: &[usize]) -> Option<Side> {
        if mark.style == Style::Single {
            return self.single_side(mark, is_open, rest, open);
        }
        let inches = mark.side == Side::Either
            && mark.end - mark.start == 1
            && mark.before.is_some_and(char::is_numeric)
            && (!is_open || self.is_measure(mark));
        if inches && !mark.space_before {
            return None;
        }
        // Where spaces decide, they outweigh the shape: ”So be it,” and “So be it,“ are reversed marks.
        let can_open = mark.after.is_some_and(|char| !char.is_whitespace());
        let can_close = mark.before.is_some_and(|char| !char.is_whitespace());
        Some(match mark.side {
            Side::Open if is_open && !can_open && can_close => Side::Close,
            Side::Open if is_open && can_close && !mark.space_before && mark.space_after => {
                Side::Close
            }
            Side::Open => Side::Open,
            Side::Close if !is_open && can_open && mark.space_before => Side::Open,
            Side::Close => Side::Close,
            Side::Either if is_open && can_open && !can_close => Side::Open,
            Side::Either
                if is_open
                    && mark.space_before
                    && !mark.space_after
                    && mark.before.is_some_and(char::is_whitespace) =>
            {
                Side::Open
            }
            Side::Either if is_open => Side::Close,
            Side::Either if can_close && !can_open => Side::Close,
            Side::Either if mark.space_after && !mark.space_before => Side::Close,
            Side::Either => Side::Open,
        })
    }

    /// Decides for single marks, which double as apostrophes.
    fn single_side(
        &self,
        mark: &Mark,
        is_open: bool,
        rest: &[Mark],
        open: &[usize],
    ) -> Option<Side> {
        if !is_open {
            // Nested in double marks or the article's own style; in other places a word in single marks is
            // taken too: it may be a title or a term, which is decided later.
            return opens_speech(mark).then_some(Side::Open);
        }
        if opens_speech(mark)
            && mark
                .before
                .is_none_or(|char| char.is_whitespace() || "(—–".contains(char))
        {
            return Some(Side::Open);
        }
        if !mark.space_after {
            return None;
        }
        let strong = |mark: &Mark| {
            mark.before
                .is_some_and(|char| ",.?!…;:)—–\"”".contains(char))
                || mark.after.is_none_or(|char| ",.;:?!)”\"—–".contains(char))
        };
        if strong(mark) {
            return Some(Side::Close);
        }
        // “the workers’ rights”: a plural's apostrophe, if a better closing mark follows before the next opening.
        let plural = mark.before.is_some_and(|char| char == 's' || char == 'S');
        let better = rest
            .iter()
            .take_while(|next| !(opens_speech(next) && next.before.is_none_or(char::is_whitespace)))
            .take_while(|next| next.style == Style::Single || open.len() < 2)
            .any(|next| next.style == Style::Single && next.space_after && next.side != Side::Open);
        (!(plural && better)).then_some(Side::Close)
    }

    /// Tells whether a straight mark after a digit belongs to a measure: 6'2", a 12" pipe.
    fn is_measure(&self, mark: &Mark) -> bool {
        let before = self.text[self.paragraph.start..mark.start]
            .trim_end_matches(|char: char| char.is_ascii_digit());
        before.ends_with('\'') || before.ends_with('’')
    }

    /// Tells whether a double mark that opens within an open one is nested: two closing marks follow together
    /// or one after the other before anything opens.
    fn nests(&self, mark: &Mark, rest: &[Mark]) -> bool {
        if mark.before.is_none_or(|char| !char.is_whitespace()) || mark.side == Side::Either {
            return false;
        }
        let mut same = rest.iter().filter(|next| next.style == mark.style);
        matches!((same.next(), same.next()), (Some(one), Some(two))
            if one.side == Side::Close && two.side == Side::Close && !one.space_before
            && !self.text[one.end..two.start].contains(['\n']))
    }

    fn open(&mut self, mark: &Mark, around: Option<usize>) -> usize {
        self.runs.push(Run {
            content: Span::new(mark.end, mark.end),
            outer: Span::new(mark.start, mark.end),
            paragraph: self.index,
            style: mark.style,
            closed: false,
            opened: true,
            carries_on: false,
            inside: around.map(|run| run as u32),
        });
        self.runs.len() - 1
    }

    fn close(&mut self, run: usize, mark: &Mark) {
        let run = &mut self.runs[run];
        run.content = trim(self.text, Span::new(run.content.start, mark.start));
        run.outer.end = mark.end;
        run.closed = true;
    }

    /// Ends a run whose closing mark is missing: before the words that report it, else at `limit`.
    fn close_lost(&mut self, run: usize, limit: usize) {
        let start = self.runs[run].content.start;
        let end = reported_until(self.text, Span::new(start, limit)).unwrap_or(limit);
        let run = &mut self.runs[run];
        run.content = trim(self.text, Span::new(start, end));
        run.outer.end = run.content.end;
    }

    /// Adds the run of a closing mark whose opening one is missing: from the start of the sentence or of the
    /// paragraph.
    fn open_lost(&mut self, first: usize, mark: &Mark) {
        if mark.style == Style::Single || mark.before.is_none_or(char::is_whitespace) {
            return;
        }
        let after_run = self.runs[first..].iter().map(|run| run.outer.end).max();
        if after_run.is_some_and(|end| end > mark.start) {
            return;
        }
        let floor = after_run.unwrap_or(self.paragraph.start);
        let between = &self.text[floor..mark.start];
        let start = match between.rfind([':', '“']) {
            Some(colon) if between[colon..].len() > 12 => floor + colon + 1,
            _ => match after_run {
                None => floor,
                // After another run of the paragraph only a whole sentence can be meant.
                Some(_) => match between.find(['.', '!', '?']) {
                    Some(stop) if stop + 1 < between.len() => floor + stop + 1,
                    _ => return,
                },
            },
        };
        let content = trim(self.text, Span::new(start, mark.start));
        if content.len() < 2 {
            return;
        }
        self.runs.push(Run {
            content,
            outer: Span::new(content.start, mark.end),
            paragraph: self.index,
            style: mark.style,
            closed: true,
            opened: false,
            carries_on: false,
            inside: None,
        });
    }

    /// Drops runs without a word and those that were given up, and settles which run is inside which.
    fn drop_void(&mut self, first: usize) {
        let text = self.text;
        let mut kept: Vec<Run> = self
            .runs
            .drain(first..)
            .filter(|run| run.inside != Some(u32::MAX))
            .filter(|run| {
                run.content
                    .of(text)
                    .is_some_and(|words| words.chars().any(char::is_alphanumeric))
            })
            // rock 'n' roll
            .filter(|run| run.style != Style::Single || run.content.len() > 1)
            .collect();
        kept.sort_by_key(|run| (run.outer.start, std::cmp::Reverse(run.outer.end)));
        for at in 0..kept.len() {
            let (before, rest) = kept.split_at_mut(at);
            let run = &mut rest[0];
            run.inside = before
                .iter()
                .rposition(|around| around.content.contains(run.outer))
                .map(|index| (first + index) as u32);
        }
        self.runs.append(&mut kept);
    }
}

/// Finds where words stop and their reporting starts: `We are done, said Varga` → after the comma.
fn reported_until(text: &str, span: Span) -> Option<usize> {
    let lexicon = Lexicon::get();
    let inside = span.of(text)?;
    for (at, stop) in inside.match_indices([',', '?', '!']) {
        let rest = &inside[at + stop.len()..];
        let mut words = rest
            .split_whitespace()
            .take(3)
            .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()));
        let is_cue = |word: &str| lexicon.word(word).classes.has(Classes::STRONG);
        let (Some(one), Some(two)) = (words.next(), words.next()) else {
            continue;
        };
        let phrase = lexicon.word(one).classes.has(Classes::DETERMINER)
            && rest
                .split_whitespace()
                .skip(2)
                .take(2)
                .any(|word| is_cue(word.trim_matches(|char: char| !char.is_alphanumeric())));
        let subject = one.starts_with(char::is_uppercase) || matches!(one, "he" | "she" | "they");
        let third = words.next().unwrap_or_default();
        if is_cue(one)
            && (two.starts_with(char::is_uppercase) || matches!(two, "the" | "a" | "he" | "she"))
            || phrase
            || subject && (is_cue(two) || two.starts_with(char::is_uppercase) && is_cue(third))
        {
            return Some(span.start + at + stop.len());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraph::paragraphs;

    /// Expects exactly the runs between ⟦ and ⟧ in `marked`, nested ones included.
    fn check(marked: &str) {
        let (mut text, mut open, mut expected) = (String::new(), Vec::new(), Vec::new());
        for char in marked.chars() {
            match char {
                '⟦' => open.push(text.len()),
                '⟧' => expected.push(Span::new(open.pop().unwrap(), text.len())),
                _ => text.push(char),
            }
        }
        expected.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let found: Vec<Span> = find_runs(&text, &paragraphs(&text))
            .iter()
            .map(|run| run.content)
            .collect();
        let show = |spans: &[Span]| {
            spans
                .iter()
                .map(|span| span.of(&text).unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(show(&found), show(&expected), "in {text}");
        assert_eq!(found, expected, "in {text}");
    }

    #[test]
    fn every_usual_style() {
        check("“⟦Yes,⟧” said Roe. \"⟦No.⟧\" ''⟦Perhaps,⟧'' he said. ``⟦Never,⟧'' she said.");
        check("«⟦Oui⟧», dit-il. «\u{a0}⟦Non⟧\u{a0}» „⟦Nein⟧“, sagte er. 「⟦はい⟧」と述べた。");
        check("‘⟦It’s the workers’ choice,⟧’ said Roe. ‘⟦Don’t ask me.⟧’");
        check(
            "'⟦It's the workers' choice,⟧' said Roe. 'They' don't '⟦mind⟧'."
                .replace("'They'", "They")
                .as_str(),
        );
    }

    #[test]
    fn marks_within_marks() {
        check("“⟦She told me, ‘⟦Leave it,⟧’⟧” Amara Cole recalled.");
        check("‘⟦She told me, “⟦Leave it,⟧”⟧’ Amara Cole recalled. ‘⟦I don’t mind.⟧’ ‘⟦No.⟧’");
        check("He said “⟦it was ‘⟦fine⟧’ then⟧”.");
    }

    #[test]
    fn apostrophes_and_measures_are_no_marks() {
        check("O'Neill's 6'2\" frame and the '90s; rock 'n' roll isn't dead.");
        check("The dogs’ owner said the cats' owner’s right.");
    }

    #[test]
    fn lost_and_reversed_marks() {
        check("“⟦We are done,⟧ said Varga. “⟦Next.⟧”");
        check("⟦We are done,⟧” said Varga.");
        check("”⟦We are done,⟧” said Varga. “⟦Truly,⟧“ she said.");
        check("“⟦One paragraph.⟧\n“⟦And another.⟧”\nNo more.");
    }

    #[test]
    fn a_reopened_paragraph_carries_on() {
        let text = "“One.\n\n“Two.”\n\n“Three.”";
        let carries: Vec<bool> = find_runs(text, &paragraphs(text))
            .iter()
            .map(|run| run.carries_on)
            .collect();
        assert_eq!(carries, [false, true, false]);
    }
}
