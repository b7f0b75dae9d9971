//! Quotation marks: which open, which close, and which words stand between them.
//!
//! Newsrooms use every style, and scraping damages all of them: marks are lost, reversed, doubled
//! apostrophes, inches. The pairing is done a paragraph at a time, so that one lost mark costs one
//! paragraph; a paragraph that ends open and a next one that opens again are one speech.

mod carry;
mod dashes;
mod lost;
mod pairing;
mod scan;

use whosaid_model::Span;

use crate::total::{Cut, Steps, Total};
use crate::turns::find_turns;
use carry::Open;
pub(crate) use dashes::addresses;
use dashes::{after_dash, dashed, is_dialogue, is_speech, is_tight_dialogue};
use pairing::Pairing;
use scan::{Mark, is_apostrophe, main_style, scan, starts};

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
    /// “ ” „ and straight marks, typed once or as two apostrophes or backticks.
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

impl Style {
    /// How many there are.
    pub(crate) const COUNT: usize = Self::Turn as usize + 1;
}

/// Finds the runs of all `paragraphs`, in order of their start; a nested run follows the one around it.
pub(crate) fn find_runs(text: &str, paragraphs: &[Span]) -> Vec<Run> {
    let mut marks: Vec<Mark> = Vec::with_capacity(64);
    let mut starts = starts(text).peekable();
    for &paragraph in paragraphs {
        scan(text, paragraph, &mut starts, &mut marks);
    }
    let style = main_style(&marks);
    marks.retain(|mark| !is_apostrophe(text, mark, style));
    let mut rest = marks.as_slice();
    let turns = find_turns(text, paragraphs);
    let tight = is_tight_dialogue(text, paragraphs);
    let dialogue = is_dialogue(text, paragraphs, tight);
    let mut runs: Vec<Run> = Vec::with_capacity((marks.len() / 2).plus(1));
    let mut open = Open::default();
    let mut next_turn = 0;
    for (index, &paragraph) in paragraphs.iter().enumerate() {
        let first = runs.len();
        let marks;
        (marks, rest) = rest.split_at(rest.partition_point(|mark| mark.start < paragraph.end));
        while turns
            .get(next_turn)
            .is_some_and(|turn| turn.paragraph < index as u32)
        {
            next_turn = next_turn.plus(1);
        }
        if let Some(turn) = turns
            .get(next_turn)
            .filter(|turn| turn.paragraph == index as u32)
        {
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
        let dashed_words = after_dash(text, paragraph, tight)
            .filter(|_| dialogue && runs.len() == first)
            .map(|start| Span::new(start, paragraph.end));
        if let Some(words) = dashed_words.filter(|&words| is_speech(text, words)) {
            dashed(text, words, index as u32, &mut runs);
        }
        if !marks.is_empty() {
            Pairing::new(
                text,
                paragraph,
                index as u32,
                &mut runs,
                first,
                style,
                open.style,
            )
            .pair(marks);
        }
        sort(&mut runs, first);
        open.carry_on(text, paragraphs, index, first, &mut runs);
    }
    runs
}

/// Puts the runs from `first` on in order of their start, where a turn or dialogue has marks of its own around.
fn sort(runs: &mut [Run], first: usize) {
    if runs.cut(first..).is_sorted_by_key(|run| run.outer.start) {
        return;
    }
    let mut order: Vec<usize> = (first..runs.len()).collect();
    order.sort_by_key(|&at| runs.at(at).outer.start);
    let mut sorted: Vec<Run> = order.iter().map(|&at| runs.at(at).clone()).collect();
    let mut places = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        places.change(old.less(first), |place| {
            *place = first.plus(new) as u32;
        });
    }
    for run in &mut sorted {
        let place = |old: u32| (old as usize).checked_sub(first).map(|old| *places.at(old));
        run.inside = run.inside.and_then(place);
    }
    for (run, sorted) in runs.iter_mut().skip(first).zip(sorted) {
        *run = sorted;
    }
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
        check("“⟦He’s like 6’2”,⟧” Roe said. “⟦Or 5’11”. Tall.⟧”");
        check("O'Neill's 6'2\" frame and the '90s; rock 'n' roll isn't dead.");
        check("The dogs’ owner said the cats' owner’s right.");
        check("‘⟦He came wi’ a flask and a bag o’ nails,⟧’ Roe said.");
        check(
            "Roe found 'bot nets. Most 'bot nets are small, some 'bot nets big. “⟦They grow,⟧” she said.",
        );
    }

    #[test]
    fn a_number_between_doubled_marks_is_no_measure() {
        check("Its first ''⟦400⟧'' list came in May. One dials ''⟦1⟧'' for English.");
    }

    #[test]
    fn what_reports_stands_in_its_own_sentence() {
        check("“⟦You want to know, the State, the Bag. I’d say the Bag.⟧\n“⟦It lasts.⟧”");
        check("“⟦My four children stay at home,⟧ she cried. “⟦Let him come.⟧”");
    }

    #[test]
    fn lost_and_reversed_marks() {
        check("“⟦We are done,⟧ said Varga. “⟦Next.⟧”");
        check("⟦We are done,⟧” said Varga.");
        check("”⟦We are done,⟧” said Varga. “⟦Truly,⟧“ she said.");
        check("“⟦One paragraph.⟧\n“⟦And another.⟧”\nNo more.");
        check("“⟦Then it went. I told Dale, I said, ‘⟦So.⟧’⟧\n“⟦He laughed.⟧”\nNo more.");
    }

    #[test]
    fn words_left_open_end_before_the_sentence_that_announces_others() {
        check("Roe said: “⟦It was never checked.⟧ He added: “⟦They wanted it so.⟧”");
        check(
            "It was “⟦a tenth of it.⟧ Dr Lind, a vet, said staff wanted a rest after “⟦the flood⟧”.",
        );
        check(
            "Roe said she “⟦said no at the time. And said, ‘⟦Go.⟧’ So I went.⟧ “⟦I never came back.⟧”",
        );
        check("Roe said: “⟦I went. I said we had to go.⟧ “⟦I never came back.⟧”");
    }

    #[test]
    fn a_mark_at_the_start_of_a_paragraph_opens() {
        check("” ⟦… we were never like them,⟧” Roe said. “⟦Never.⟧”");
        check("\u{202a}”⟦Children are gifts,⟧” said Roe.\n\u{202a}”⟦They are,⟧” said Doe.");
    }

    #[test]
    fn a_single_mark_that_closes_double_ones() {
        check("Doe wrote: “⟦Let’s go. We can stop it.⟧’ She was in the hall.");
        check("Doe wrote: “⟦He told me, ‘⟦Go home.⟧’ So I went.⟧");
    }

    #[test]
    fn a_list_of_dashes_is_no_dialogue() {
        check("— Roe, asked about it: “⟦I never knew.⟧”\n— Doe, on Friday: “⟦Did you?⟧”");
        check("The winners are:\n— Rosa Lind of the Herald.\n— Karl Brandt of the Post.");
        check(
            "— ⟦Where were you?⟧\n— ⟦At home, said Roe.⟧"
                .replace(", said Roe.⟧", ",⟧ said Roe.")
                .as_str(),
        );
    }

    #[test]
    fn dashes_without_blanks() {
        check("—⟦How do you want it?⟧ —asked Roe.\n—⟦Like last time⟧ —said Doe—. ⟦Only slower.⟧");
    }

    #[test]
    fn a_signature_is_no_part_of_the_words() {
        check("“⟦We were never asked.⟧”\n—Ann Roe, 22, my nurse\n—Bo Lind, 40, you know him");
        check("\"⟦We were never asked.⟧\nRosa Lind, Harbour Institute.\"\nNo more.");
        check("\"⟦We were never asked.⟧\n⟦And we should have been, Roe says.⟧\"\nNo more.");
    }

    #[test]
    fn what_lost_its_mark_leaves_others_alone() {
        // A stray closing mark in an answer is no reason to take the question's label for words.
        check(
            "Q: ⟦Will you go now, then?⟧\nA: ⟦I am surprised.” When I agreed to go, I went.⟧\nQ: ⟦And then?⟧",
        );
        check("«⟦Go home. ⟦We are done⟧” said Varga⟧");
        check("— ⟦I know ‘⟦all⟧’ of it,⟧ said De Santis.\n— ⟦Me too⟧");
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

    #[test]
    fn paragraphs_between_an_open_and_a_closed_one_are_speech() {
        check("Roe began: “⟦One.⟧\n⟦Two is more than one.⟧\n⟦Three.⟧”\nNo more.");
        // Somebody is reported in between: a closing mark was lost before.
        check("Roe began: “⟦One.⟧\nIt rained, said Doe.\n⟦Three.⟧”\nNo more.");
    }

    #[test]
    fn marks_within_a_turn_are_within_its_words() {
        let text = "Q: Will you go now, then?\nA: I said ‘Never in my life’ and I went.\nQ: Why?";
        let inside: Vec<Option<u32>> = find_runs(text, &paragraphs(text))
            .iter()
            .map(|run| run.inside)
            .collect();
        assert_eq!(inside, [None, None, Some(1), None]);
    }
}
