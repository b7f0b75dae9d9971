//! The marked texts of a pasted text: whatever marks it has, lost ones included.

use std::ops::Range;

use whosaid_model::Span;

use super::attribution::{
    Word, capital, clause_end, is_capital, is_particle, sentence_ends, split,
};
use super::cues::{self, Cue, verb_at};
use super::subject;

/// What stands between single marks is looked for so far, in bytes: apostrophes are everywhere.
const LONGEST: usize = 4000;

/// Bytes behind a comma in which the words are looked for that report what stands before it.
const REPORT: usize = 200;

/// One text between marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// With its marks.
    pub(super) outer: Span,
    /// Without them.
    pub(super) inner: Span,
    /// The closing mark is there.
    pub(super) closed: bool,
}

/// The family of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `“ ” „ "`, and what is typed for them: `''`, ` `` `, `‘‘`.
    Double,
    /// `‘ ’ '`
    Single,
    /// `« »` and `‹ ›`
    Angle,
    /// `「 」` and `『 』`
    Corner,
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
    before: Option<char>,
    after: Option<char>,
}

impl Mark {
    fn blank_before(&self) -> bool {
        self.before.is_none_or(char::is_whitespace)
    }

    fn blank_after(&self) -> bool {
        self.after.is_none_or(char::is_whitespace)
    }

    /// Tells whether a blank or an opening sign stands before the mark.
    fn begins(&self) -> bool {
        self.before
            .is_none_or(|char| char.is_whitespace() || "([{—–-/…".contains(char) || is_mark(char))
    }

    /// Tells whether no word goes on behind the mark.
    fn ends(&self) -> bool {
        self.after
            .is_none_or(|char| !char.is_alphanumeric() && !"$£€@#".contains(char))
    }

    fn in_word(&self) -> bool {
        self.before.is_some_and(is_spaced) && self.after.is_some_and(is_spaced)
    }

    /// Tells what a mark does where none is open; `None` for nothing.
    fn side_outside(&self) -> Option<Side> {
        let word_before = self.before.is_some_and(is_spaced);
        match self.side {
            _ if self.in_word() => None,
            // `12"`.
            Side::Either | Side::Close if self.before.is_some_and(char::is_numeric) => None,
            // Where blanks decide, they outweigh the shape: `”So be it,”`.
            Side::Close if self.begins() && !self.blank_after() => Some(Side::Open),
            Side::Close => Some(Side::Close),
            Side::Open | Side::Either if word_before => Some(Side::Close),
            Side::Either if !self.blank_before() && self.ends() && !self.begins() => {
                Some(Side::Close)
            }
            Side::Open | Side::Either => Some(Side::Open),
        }
    }

    /// Tells whether a mark closes where one of its style is open.
    fn closes(&self) -> bool {
        match self.side {
            Side::Close => true,
            Side::Open => {
                !self.blank_before() && (self.blank_after() || !self.begins() && self.ends())
            }
            Side::Either => {
                let opens = !self.blank_after() && self.blank_before();
                !(opens || self.blank_before() && !self.ends())
            }
        }
    }
}

/// Tells whether a letter is of a script that parts words by blanks: 「はい」と述べた has none around its marks.
fn is_spaced(char: char) -> bool {
    char.is_alphanumeric() && char < '\u{2e80}'
}

fn is_mark(char: char) -> bool {
    "\"＂“”„‟«»‹›‘’‚‛'`「」『』".contains(char)
}

/// Reads the mark at the start of a text: its length, style and, where its shape tells, its side. Of three straight
/// single marks behind a word the first closes what is inside.
fn mark_at(rest: &str, behind_word: bool) -> Option<(usize, Style, Side)> {
    use Side::{Close, Either, Open};
    use Style::{Angle, Corner, Double, Single};
    let twice = |mark: char| {
        let rest = rest
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_prefix(mark));
        rest.is_some_and(|rest| !(behind_word && rest.starts_with(mark)))
    };
    let char = rest.chars().next()?;
    let length = char.len_utf8();
    Some(match char {
        '\'' | '`' | '‘' | '’' if twice(char) => {
            let side = match char {
                '\'' => Either,
                '’' => Close,
                _ => Open,
            };
            (length.saturating_mul(2), Double, side)
        }
        '"' | '＂' => (length, Double, Either),
        '“' | '„' | '‟' => (length, Double, Open),
        '”' => (length, Double, Close),
        '\'' => (length, Single, Either),
        '‘' | '‚' | '‛' | '`' => (length, Single, Open),
        '’' => (length, Single, Close),
        '«' | '‹' => (length, Angle, Open),
        '»' | '›' => (length, Angle, Close),
        '「' | '『' => (length, Corner, Open),
        '」' | '』' => (length, Corner, Close),
        _ => return None,
    })
}

fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0_usize;
    let mut before: Option<char> = None;
    while let Some(rest) = text.get(at..)
        && let Some(char) = rest.chars().next()
    {
        let behind_word = before.is_some_and(|char| !char.is_whitespace());
        if let Some((length, style, side)) = mark_at(rest, behind_word) {
            let end = at.saturating_add(length);
            marks.push(Mark {
                start: at,
                end,
                style,
                side,
                before,
                after: text.get(end..).and_then(|rest| rest.chars().next()),
            });
            at = end;
        } else {
            at = at.saturating_add(char.len_utf8());
        }
        before = Some(char);
    }
    marks
}

/// Finds the texts between marks that stand in no others, in their order.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let marks = marks(text);
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0_usize;
    // What stands before was read.
    let mut free = 0_usize;
    while let Some(mark) = marks.get(at) {
        let next = at.saturating_add(1);
        let (run, behind) = if mark.style == Style::Single {
            match closing_single(text, &marks, at) {
                Some(close) => (closed(&marks, at, close), close.saturating_add(1)),
                None => (None, next),
            }
        } else {
            match mark.side_outside() {
                Some(Side::Open) => match closing(text, &marks, at, text.len()) {
                    End::Closed(close) => (closed(&marks, at, close), close.saturating_add(1)),
                    End::Lost(behind) => {
                        let limit = marks.get(behind).map_or(text.len(), |mark| mark.start);
                        (Some(unclosed(text, mark, limit)), behind)
                    }
                },
                Some(Side::Close) => {
                    let run = unopened(text, mark, free);
                    free = mark.end;
                    (run, next)
                }
                _ => (None, next),
            }
        };
        if let Some(run) = run.filter(|run| {
            let words = run.inner.of(text).unwrap_or_default();
            words.contains(char::is_alphanumeric)
        }) {
            // What lost its mark ends before other marks.
            let end = run.outer.end;
            at = behind.max(at.saturating_add(1));
            if !run.closed {
                let unread = marks.partition_point(|mark| mark.start < end);
                at = at.min(unread).max(next);
            }
            free = free.max(end);
            runs.push(run);
        } else {
            at = behind;
        }
    }
    runs
}

fn closed(marks: &[Mark], open: usize, close: usize) -> Option<Run> {
    let (open, close) = (marks.get(open)?, marks.get(close)?);
    Some(Run {
        outer: Span::new(open.start, close.end),
        inner: Span::new(open.end, close.start),
        closed: true,
    })
}

/// Where a run ends.
enum End {
    /// At this mark.
    Closed(usize),
    /// Its mark was lost: before this mark, if there is one, which begins another.
    Lost(usize),
}

/// Finds the mark that closes what a double one opens, before `limit`.
fn closing(text: &str, marks: &[Mark], open: usize, limit: usize) -> End {
    let Some(first) = marks.get(open) else {
        return End::Lost(marks.len());
    };
    let mut depth = 0_usize;
    let behind = open.saturating_add(1);
    for (at, mark) in marks.iter().enumerate().skip(behind) {
        if mark.start >= limit {
            return End::Lost(at);
        }
        if mark.style != first.style || mark.in_word() || is_measure(text, mark) {
            continue;
        }
        if mark.closes() {
            if depth == 0 {
                return End::Closed(at);
            }
            depth = depth.saturating_sub(1);
        } else if nests(text, marks, at) {
            depth = depth.saturating_add(1);
        } else {
            return End::Lost(at);
        }
    }
    End::Lost(marks.len())
}

/// Tells whether a mark is that of a measure: `6'2"`.
fn is_measure(text: &str, mark: &Mark) -> bool {
    let before = text.get(..mark.start).unwrap_or_default();
    let inches = before.trim_end_matches(|char: char| char.is_ascii_digit());
    let feet = inches.strip_suffix(['\'', '’']);
    inches.len() < before.len()
        && feet.is_some_and(|feet| feet.ends_with(|char: char| char.is_ascii_digit()))
}

/// Tells whether a mark that opens within an open one is nested: two that close follow before anything opens.
fn nests(text: &str, marks: &[Mark], at: usize) -> bool {
    let Some((mark, rest)) = marks.get(at..).and_then(<[Mark]>::split_first) else {
        return false;
    };
    if mark.side == Side::Either || mark.before.is_none_or(|char| matches!(char, '\n' | '\r')) {
        return false;
    }
    let mut same = rest.iter().filter(|next| next.style == mark.style);
    let (Some(one), Some(two)) = (same.next(), same.next()) else {
        return false;
    };
    one.side == Side::Close
        && two.side == Side::Close
        && !one.blank_before()
        && text
            .get(one.end..two.start)
            .is_some_and(|between| !between.contains('\n'))
}

/// Words that an apostrophe begins.
const SHORTENED: &[&str] = &[
    "bout", "cause", "cos", "em", "er", "im", "is", "n", "round", "til", "till", "tis", "twas",
    "tween", "twere", "twill",
];

/// Tells whether a single mark begins quoted words, and no shortened one: `'90s`, `'em`.
fn opens_single(text: &str, mark: &Mark) -> bool {
    let opens = mark.side != Side::Close
        && !mark.before.is_some_and(char::is_alphanumeric)
        && !mark.blank_after()
        && mark
            .after
            .is_some_and(|char| char.is_alphanumeric() || "\"“„«…[($£€'‘`-–—".contains(char));
    let word = text.get(mark.end..).unwrap_or_default();
    let length = word
        .find(|char: char| !char.is_alphanumeric())
        .unwrap_or(word.len());
    let word = word.get(..length).unwrap_or_default();
    let decade = word.len() == 3
        && word
            .strip_suffix('s')
            .is_some_and(|years| years.bytes().all(|byte| byte.is_ascii_digit()));
    let shortened = SHORTENED
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known));
    opens && !decade && !(shortened && mark.side == Side::Either)
}

/// Finds the mark that closes what a single one opens; `None` when it opens nothing. What stands behind an `s` may as
/// well be the apostrophe of `the workers' choice`: then another that closes is looked for.
fn closing_single(text: &str, marks: &[Mark], open: usize) -> Option<usize> {
    let first = marks.get(open)?;
    if !opens_single(text, first) {
        return None;
    }
    let limit = first.end.saturating_add(LONGEST).min(text.len());
    let limit = paragraph_end(text, first.end..text.floor_char_boundary(limit));
    let mut maybe = None;
    let mut around = false;
    let mut at = open.saturating_add(1);
    while let Some(mark) = marks.get(at).filter(|mark| mark.start < limit) {
        let next = at.saturating_add(1);
        if mark.style != Style::Single {
            if mark.side_outside() == Some(Side::Open)
                && let End::Closed(close) = closing(text, marks, at, limit)
            {
                around = true;
                at = close.saturating_add(1);
                continue;
            }
            if mark.side_outside().is_some() {
                break;
            }
        } else if mark.in_word() {
        } else if mark.begins() && opens_single(text, mark) {
            break;
        } else if !mark.blank_before() && !mark.after.is_some_and(char::is_alphanumeric) {
            let before = text.get(..mark.start).unwrap_or_default();
            let behind = text.get(mark.end..).unwrap_or_default().trim_start();
            let owner = before.ends_with(['s', 'S', 'z']) || before.ends_with("in");
            let goes_on = mark.blank_after() && behind.starts_with(char::is_alphabetic);
            if !owner || (!goes_on && maybe.is_none()) {
                return Some(at);
            }
            // `'tis “his” day, and the dogs' day`.
            maybe = maybe.or(Some(at).filter(|_| !around));
        }
        at = next;
    }
    maybe
}

/// Returns where in a range the paragraph ends with which it begins: lines may be broken anywhere, but paragraphs end
/// behind sentences.
fn paragraph_end(text: &str, range: Range<usize>) -> usize {
    let part = text.get(range.clone()).unwrap_or_default();
    let mut breaks = part.match_indices('\n').map(|(at, _)| at);
    breaks
        .find(|&at| breaks_off(part, at))
        .map_or(range.end, |at| range.start.saturating_add(at))
}

/// Returns where in a range the paragraph begins with which it ends.
fn paragraph_start(text: &str, range: Range<usize>) -> usize {
    let part = text.get(range.clone()).unwrap_or_default();
    let mut breaks = part.rmatch_indices('\n').map(|(at, _)| at);
    breaks
        .find(|&at| breaks_off(part, at))
        .map_or(range.start, |at| {
            range.start.saturating_add(at).saturating_add(1)
        })
}

/// Tells whether a line break parts paragraphs.
fn breaks_off(text: &str, at: usize) -> bool {
    let Some((line, rest)) = text.split_at_checked(at) else {
        return false;
    };
    let line = line.trim_end_matches(['\r', ' ']);
    let empty = line.is_empty() || line.ends_with('\n');
    let rest = rest.trim_start_matches(['\r', ' ']);
    let next = rest.strip_prefix('\n').unwrap_or(rest);
    empty
        || next.trim_start_matches(['\r', ' ']).starts_with('\n')
        || line.ends_with(|char: char| ".!?…:".contains(char) || is_mark(char))
}

/// Ends a run that nothing closes: before the words that report it, else with its paragraph.
fn unclosed(text: &str, mark: &Mark, limit: usize) -> Run {
    let limit = paragraph_end(text, mark.end..limit.max(mark.end));
    let inside = text.get(mark.end..limit).unwrap_or_default();
    let end = reported_until(inside).unwrap_or(inside.len());
    let words = inside.get(..end).unwrap_or_default().trim_end();
    let end = mark.end.saturating_add(words.len());
    Run {
        outer: Span::new(mark.start, end),
        inner: Span::new(mark.end, end),
        closed: false,
    }
}

/// Finds where words stop and what reports them starts: `We are done, said Roe` ends behind the comma, `We are done —
/// Jane Roe` before the dash.
fn reported_until(words: &str) -> Option<usize> {
    for dash in ["—", "–", " - ", " -- "] {
        if let Some((said, name)) = words.rsplit_once(dash) {
            let name = split(name);
            let (first, last) = (name.first(), name.last());
            let whole = first
                .into_iter()
                .chain(last)
                .all(|word| is_capital(word.text));
            let is_name = |word: &Word<'_>| is_capital(word.text) || is_particle(word.text);
            if whole && (1..=5).contains(&name.len()) && name.iter().all(is_name) {
                return Some(said.len());
            }
        }
    }
    words
        .match_indices([',', '?', '!'])
        .map(|(at, stop)| at.saturating_add(stop.len()))
        .find(|&end| reports(words.get(end..).unwrap_or_default()))
}

/// Tells whether a text begins with the words that report what stands before it: `said Roe`, `Jane Roe told reporters`,
/// `she said.`
fn reports(text: &str) -> bool {
    let text = text.trim_start_matches(|char: char| char.is_whitespace() || is_mark(char));
    let text = text
        .get(..text.floor_char_boundary(REPORT))
        .unwrap_or_default();
    let clause = text.get(..clause_end(text)).unwrap_or_default();
    let words = split(clause);
    let part = words.split_inclusive(|word| word.closes()).next();
    let part = part.unwrap_or_default();
    let verb = (0..part.len().min(6)).find(|&index| {
        verb_at(part, index)
            .is_some_and(|verb| matches!(verb.cue, Cue::Say | Cue::Tell) && !verb.participle)
    });
    let Some((subject, [verb, after @ ..])) = verb.and_then(|at| part.split_at_checked(at)) else {
        return false;
    };
    let Some((first, others)) = subject.split_first() else {
        return verb.text.starts_with(char::is_lowercase) && subject::is_subject(after);
    };
    let named = is_capital(first.text)
        && others
            .iter()
            .all(|word| is_capital(word.text) || is_particle(word.text) || cues::is_adverb(*word));
    let pronoun = others.iter().all(|word| cues::is_adverb(*word))
        && matches!(first.text, "he" | "she" | "they");
    let over = |next: &Word<'_>| {
        let listener = matches!(
            next.lower().as_str(),
            "reporters" | "journalists" | "lawmakers" | "parliament"
        );
        cues::is_preposition(*next) || listener || next.text.starts_with(char::is_uppercase)
    };
    let told = cues::verb(*verb).is_some_and(|verb| verb.cue == Cue::Tell);
    (named || pronoun) && (told || verb.closes() || after.first().is_none_or(over))
}

/// Finds the words before a mark that closes though none is open: from the start of the paragraph, or behind what
/// reports others in it.
fn unopened(text: &str, mark: &Mark, free: usize) -> Option<Run> {
    if mark.blank_before() {
        return None;
    }
    let floor = paragraph_start(text, free..mark.start);
    let behind_run = free > 0 && floor == free;
    let before = text.get(floor..mark.start)?;
    // Behind another quotation only a sentence of its own can be meant: what comes first reports that one.
    let mut start = 0;
    let mut from = 0;
    let mut whole = !behind_run;
    for end in sentence_ends(before).chain([before.len()]) {
        let next = end.saturating_add(1);
        let sentence = before.get(from..end).unwrap_or_default();
        let rest = before.get(next..).unwrap_or_default();
        let more = rest.contains(char::is_alphanumeric);
        if more && ((behind_run && from == 0) || narrates(sentence)) {
            start = next;
            whole = true;
        }
        from = next;
    }
    let words = before.get(start..)?;
    // `Roe said: we are done.”`
    if let Some((said, rest)) = words.rsplit_once(": ")
        && narrates(said)
        && rest.contains(char::is_alphanumeric)
    {
        start = before.len().saturating_sub(rest.len());
        whole = true;
    }
    if !whole {
        return None;
    }
    let words = before.get(start..)?;
    let start = before.len().saturating_sub(words.trim_start().len());
    let start = floor.saturating_add(start);
    Some(Run {
        outer: Span::new(start, mark.end),
        inner: Span::new(start, mark.start),
        closed: true,
    })
}

/// Tells whether a sentence is the reporter's: somebody in it says something.
fn narrates(sentence: &str) -> bool {
    let words = split(sentence);
    let says =
        |index| verb_at(&words, index).is_some_and(|verb| matches!(verb.cue, Cue::Say | Cue::Tell));
    capital(sentence) && (0..words.len()).any(says)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::claim::claims;
    use super::*;

    /// Expects exactly the runs between ⟦ and ⟧.
    fn check(marked: &str) {
        let (mut text, mut start, mut expected) = (String::new(), 0, Vec::new());
        for char in marked.chars() {
            match char {
                '⟦' => start = text.len(),
                '⟧' => expected.push(text[start..].to_owned()),
                _ => text.push(char),
            }
        }
        let found: Vec<&str> = runs(&text)
            .iter()
            .map(|run| run.inner.of(&text).unwrap())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_usual_pair_is_read() {
        check("“⟦Yes,⟧” said Roe. \"⟦No.⟧\" ''⟦Perhaps,⟧'' he said. ``⟦Never,⟧'' she said.");
        check(
            "«⟦Oui⟧», »⟦Ja⟧«, «⟦\u{a0}Non\u{a0}⟧» „⟦Nein⟧“ ‹⟦si⟧› 「⟦はい⟧」 ＂⟦A⟧＂ ‘‘⟦B⟧’’ ‚⟦C⟧‘",
        );
        check("‘⟦It’s the workers’ choice,⟧’ said Roe. ‘⟦Don’t ask me.⟧’");
        check("'⟦It's the workers' choice,⟧' said Roe. They don't '⟦mind⟧'.");
        check("''⟦She said, 'No.'⟧'' ''⟦'No,' she said.⟧'' “⟦one⟧\" “⟦two⟧“ ”⟦three⟧”");
        check("Roe said:\"⟦We win⟧\"; (\"⟦He did⟧\") \"⟦ one \n⟧\"");
        check(
            "“⟦He said “no” and “yes” to me⟧”"
                .replace("and “yes” ", "")
                .as_str(),
        );
        check("“⟦One⟧” “⟦Two⟧”—“⟦Three⟧”");
        check("阿久津は「⟦はい⟧」と笑った。他说“⟦我们赢了⟧”，她说\"⟦没有⟧\"吗");
    }

    #[test]
    fn single_marks_stand_beside_double_ones() {
        check("“⟦Not a cent,⟧” said Roe. Bello said ‘⟦we will march⟧’.");
        check("\"⟦Not a cent,⟧\" said Roe. Bello said '⟦we will march⟧'.");
        check("“⟦She told me, ‘Leave it,’ and left⟧” is how ‘⟦they⟧’ say it.");
        check("‘⟦She told me, “Leave it,”⟧’ Cole recalled. ‘⟦I don’t mind.⟧’");
        check("He met ‘⟦our workers⟧’ and the bosses’ men, and said “⟦no⟧”.");
        check("He met ‘⟦our workers⟧’ and ‘⟦the rest⟧’");
    }

    #[test]
    fn apostrophes_and_measures_are_no_marks() {
        check("O'Neill's 6'2\" frame and the '90s; rock 'n' roll isn't dead.");
        check("The dogs’ owner said the cats' owner’s right. 'Tis the dogs' day; get 'em, boys'.");
        check("“⟦He’s like 6’2”,⟧” Roe said. “⟦Or 5’11”. Tall.⟧”");
        check("Its first ''⟦400⟧'' list. The boys' “⟦day⟧” and the girls' “⟦night⟧”.");
    }

    #[test]
    fn lost_marks() {
        check("⟦We are done,⟧” said Varga. “⟦Truly,⟧” she said.");
        check("⟦We are done. All of us,⟧\" said Varga.");
        check("Roe said no. ⟦We are done,⟧'' said Varga.");
        check("Varga said: ⟦we are done.⟧”");
        check("It rained.\n⟦We are done,⟧” said Varga.");
        check("“⟦We go,⟧” said Roe. ⟦We are done,⟧” said Varga.");
        check("“⟦We go,⟧” said Roe and left.”");
        check("“⟦We are done,⟧ said Ade Varga. “⟦Next.⟧”");
        check("\"⟦We are done,⟧ said Varga. \"⟦Next.⟧\"");
        check("“⟦We, she said no, are done,⟧ Varga told reporters on Monday.");
        check("“⟦We are done⟧ — Ade Varga");
        check("“⟦We are done — and so is Roe⟧");
        check("“⟦Are we done?⟧ she asked. It rained.");
        check("“⟦We are done. And Roe said, of course, no more.⟧");
        check("“⟦We are done.⟧\nIt rained, said Roe.");
        check("“⟦We are done,⟧’ said Varga.");
        check("“⟦One.⟧\n\n“⟦Two.⟧”");
    }

    proptest! {
        #[test]
        fn runs_follow_each_other(text in "[a-cRs.,!:2é “”\"'‘’`«»「」\n]{0,40}") {
            let mut free = 0;
            for run in runs(&text) {
                prop_assert!(free <= run.outer.start && run.outer.contains(run.inner));
                let words = run.inner.of(&text);
                prop_assert!(words.is_some_and(|words| words.contains(char::is_alphanumeric)));
                free = run.outer.end;
            }
            claims(&text);
        }
    }
}
