//! The marked texts of a pasted text: whatever marks it has, lost ones included.

use whosaid_model::Span;

use super::lost::{paragraph_end, unclosed, unopened};
use super::marks::{Mark, Side, Style, is_measure, marks};

/// What stands between single marks is looked for so far, in bytes: apostrophes are everywhere.
const LONGEST: usize = 4000;

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
