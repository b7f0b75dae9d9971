//! Dialogue: words that stand alone, line by line, between lines that say who speaks.
//!
//! “Did you see it?” asked Roe. ¶ “Not on Thursday.” ¶ “On Friday?” ¶ “I was away on Friday,” Doe said. Two persons take
//! turns, so the lines without a name are theirs, where the lines with one agree with it.

use std::ops::Range;

use crate::context::Context;
use crate::decode::Decision;
use crate::marks::Style;
use crate::total::{Cut, Steps, Total, nothing};

/// A line of dialogue has no more words, unless it says whose it is.
const SHORT: u32 = 12;

/// How surely whoever has the turn speaks.
const TURN: f32 = 0.8;

/// Two who take turns, each person and mention.
type Pair = ((u32, u32), (u32, u32));

/// A paragraph that opens with words in marks.
#[derive(Clone, Copy, Debug, Default)]
struct Line {
    paragraph: u32,
    decision: usize,
    /// Nothing else stands in the paragraph.
    alone: bool,
    asks: bool,
    /// Who is named beside the words: person and mention.
    speaker: Option<(u32, u32)>,
}

nothing! {
    Line = Line {
        paragraph: 0,
        decision: 0,
        alone: false,
        asks: false,
        speaker: None,
    };
}

/// Gives lines of dialogue without a name to who has the turn.
pub(crate) fn take_turns(context: &Context<'_>, decisions: &mut [Decision]) {
    if !decisions.iter().any(|decision| is_bare(context, decision)) {
        return;
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut pair: Option<Pair> = None;
    for at in 0..decisions.len() {
        match line(context, decisions, at) {
            Some(line) => {
                let follows = lines
                    .last()
                    .is_some_and(|last| last.paragraph.plus(1) == line.paragraph);
                if !follows {
                    settle(context, &lines, decisions, &mut pair);
                    lines.clear();
                }
                lines.push(line);
            }
            // More words of the paragraph of a line.
            None if lines.last().is_some_and(|last| {
                context.runs.at(decisions.at(at).run as usize).paragraph == last.paragraph
            }) => {}
            None => {
                settle(context, &lines, decisions, &mut pair);
                lines.clear();
            }
        }
    }
    settle(context, &lines, decisions, &mut pair);
}

/// Gives words that answer a question of the reporter’s to who spoke last: And the derby? “I was born near the stadium.”
pub(crate) fn answer_on(context: &Context<'_>, decisions: &mut [Decision]) {
    for at in 1..decisions.len() {
        let (before, decision) = (decisions.at(at.less(1)), decisions.at(at));
        if !answers(context, decision) {
            continue;
        }
        let paragraph = |decision: &Decision| context.runs.at(decision.run).paragraph;
        let near = paragraph(before) < paragraph(decision)
            && paragraph(before).plus(2) >= paragraph(decision);
        let Some(person) = before.person.filter(|_| near) else {
            continue;
        };
        let mention = before.mention;
        decisions.change(at, |decision| {
            (decision.person, decision.mention) = (Some(person), mention);
            decision.raw = TURN * decision.speech;
            decision.rival = None;
        });
    }
}

/// Longest question of the reporter’s, in items.
const QUESTION: usize = 14;

/// Tells whether the words end a paragraph of which all that comes before is a question that names nobody.
fn answers(context: &Context<'_>, decision: &Decision) -> bool {
    let (run, shape) = (
        context.runs.at(decision.run),
        context.shapes.at(decision.run),
    );
    if shape.before != 3 || shape.after != 0 || run.carries_on || shape.item == u32::MAX {
        return false;
    }
    let range = context.stream.paragraph(run.paragraph).start..shape.item as usize;
    let question = context.stream.items.cut(range.clone());
    let named = || {
        let mentions = context.mentions.cut(
            context
                .mentions
                .partition_point(|mention| (mention.first as usize) < range.start)..,
        );
        let mut inside = mentions
            .iter()
            .take_while(|mention| (mention.first as usize) < range.end);
        inside.any(|mention| mention.kind.is_name())
    };
    question.len() <= QUESTION
        && question.last().is_some_and(|last| last.is_punct(b'?'))
        && question
            .iter()
            .all(|item| !item.is_run() && !item.is_punct(b'.'))
        && !named()
}

/// Tells whether the words are short and stand alone.
fn is_bare(context: &Context<'_>, decision: &Decision) -> bool {
    let shape = context.shapes.at(decision.run);
    let run = context.runs.at(decision.run);
    let dash = run.style == Style::Dash && shape.after == 0;
    (shape.alone || dash) && shape.words <= SHORT && run.style != Style::Turn
}

/// Reads the line that decision `at` opens.
fn line(context: &Context<'_>, decisions: &[Decision], at: usize) -> Option<Line> {
    let decision = decisions.at(at);
    let (run, shape) = (
        context.runs.at(decision.run),
        context.shapes.at(decision.run),
    );
    let opens = shape.before == 0 || run.style == Style::Dash && shape.before == 4;
    let first = at == 0
        || context
            .runs
            .at(decisions.at(at.less(1)).run as usize)
            .paragraph
            != run.paragraph;
    if !opens || !first || !run.closed || run.carries_on || run.style == Style::Turn {
        return None;
    }
    let alone = is_bare(context, decision);
    let beside = |&mention: &u32| {
        let mention = context.mentions.at(mention);
        context.stream.items.at(mention.first).paragraph == run.paragraph
    };
    let speaker = decision.person.zip(decision.mention.filter(beside));
    (alone || speaker.is_some()).then_some(Line {
        paragraph: run.paragraph,
        decision: at,
        alone,
        asks: shape.last == 2,
        speaker: speaker.filter(|_| !alone),
    })
}

/// Settles the lines without a name of one dialogue.
fn settle(
    context: &Context<'_>,
    lines: &[Line],
    decisions: &mut [Decision],
    pair: &mut Option<Pair>,
) {
    let known = pair.take();
    *pair = pair_of(lines).or(known);
    // Behind dashes it is dialogue though nobody asks.
    let dashed =
        |line: &Line| context.runs.at(decisions.at(line.decision).run).style == Style::Dash;
    if lines.len() < 3 || !(lines.iter().any(|line| line.asks) || lines.iter().all(dashed)) {
        return;
    }
    let mut at = 0;
    while at < lines.len() {
        if !lines.at(at).alone {
            at = at.plus(1);
            continue;
        }
        let end = (at..lines.len())
            .find(|&at| !lines.at(at).alone)
            .unwrap_or(lines.len());
        let turns = turns(lines, at..end, || said_before(context, lines, decisions))
            .or_else(|| answered(context, lines, at..end))
            .or_else(|| resumed(lines, at..end, known?));
        if let Some((odd, even)) = turns {
            for (line, turn) in lines.cut(at..end).iter().zip([odd, even].iter().cycle()) {
                let (person, mention) = *turn;
                decisions.change(line.decision, |decision| {
                    decision.speech = decision.speech.max(TURN);
                    (decision.person, decision.mention) = (Some(person), Some(mention));
                    decision.raw = TURN * decision.speech;
                    decision.rival = None;
                });
            }
        }
        at = end;
    }
}

/// Who has the first, third … of the lines `gap` and who the others, if those around agree; `prior` is who was quoted
/// last before the lines.
fn turns(
    lines: &[Line],
    gap: Range<usize>,
    prior: impl Fn() -> Option<(u32, u32)>,
) -> Option<Pair> {
    let before = gap
        .start
        .checked_sub(1)
        .and_then(|at| lines.at(at).speaker)?;
    let earlier = match gap.start.checked_sub(2) {
        Some(at) => lines.at(at).speaker,
        None => prior(),
    };
    let after = lines.get(gap.end).and_then(|line| line.speaker);
    let other = match after {
        // An odd number of lines between: the one before speaks again behind them.
        Some(after) if gap.len() % 2 == 1 => {
            earlier.filter(|earlier| after.0 == before.0 && earlier.0 != before.0)?
        }
        Some(after) => Some(after).filter(|after| after.0 != before.0)?,
        None => earlier.filter(|earlier| earlier.0 != before.0)?,
    };
    Some((other, before))
}

/// The first two who are named beside lines, if they are two.
fn pair_of(lines: &[Line]) -> Option<Pair> {
    let mut named = lines.iter().filter_map(|line| line.speaker);
    let one = named.next()?;
    Some((one, named.find(|other| other.0 != one.0)?))
}

/// The same of lines after a break, in a dialogue of the same two as before it.
fn resumed(lines: &[Line], gap: Range<usize>, (one, two): Pair) -> Option<Pair> {
    let before = gap
        .start
        .checked_sub(1)
        .and_then(|at| lines.at(at).speaker)?;
    let other = if before.0 == one.0 {
        two
    } else {
        Some(one).filter(|_| before.0 == two.0)?
    };
    let next = if gap.len() % 2 == 1 { before } else { other };
    let after = lines.get(gap.end).and_then(|line| line.speaker);
    after
        .is_none_or(|after| after.0 == next.0)
        .then_some((other, before))
}

/// Who is quoted in the paragraph before the lines, with a question: Roe read out a receipt. “Is that yours?”
fn said_before(
    context: &Context<'_>,
    lines: &[Line],
    decisions: &[Decision],
) -> Option<(u32, u32)> {
    let first = lines.first()?;
    let before = decisions.at(first.decision.checked_sub(1)?);
    let (run, shape) = (context.runs.at(before.run), context.shapes.at(before.run));
    let near = run.paragraph.plus(1) == first.paragraph && shape.last == 2;
    before.person.zip(before.mention).filter(|_| near)
}

/// The same of lines that begin a dialogue, behind a question put into the reporter's own words, and end with who was
/// asked: Roe asked him whether he had read it. ¶ “Not all of it.” ¶ “How much?” ¶ “The first page,” Doe said.
fn answered(context: &Context<'_>, lines: &[Line], gap: Range<usize>) -> Option<Pair> {
    if gap.start > 0 || gap.len() % 2 == 1 {
        return None;
    }
    let answers = lines.get(gap.end)?.speaker?;
    let asks = asker(context, lines.first()?.paragraph)?;
    (asks.0 != answers.0).then_some((answers, asks))
}

/// Who is said to ask in the last sentence of the paragraph before: person and mention.
fn asker(context: &Context<'_>, paragraph: u32) -> Option<(u32, u32)> {
    let items = &context.stream.items;
    let before = context.stream.paragraph(paragraph.checked_sub(1)?);
    let sentence = items.cut(before.clone()).last()?.sentence;
    let first = context
        .mentions
        .partition_point(|mention| (mention.first as usize) < before.start);
    let mentions = context.mentions.cut(first..).iter().enumerate();
    let mut here = mentions.take_while(|(_, mention)| (mention.first as usize) < before.end);
    here.find_map(|(at, mention)| {
        let verb = items.get((mention.last as usize).plus(1))?;
        let asks = verb.sentence == sentence
            && items.at(mention.first).sentence == sentence
            && mention.asks(context.text, context.stream);
        Some((mention.person.filter(|_| asks)?, first.plus(at) as u32))
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn two_take_turns() {
        check(
            "Karl Brandt met Ana Ruiz.\n“Did you see it?” asked Brandt.\n“Not on Thursday.”\n“On Friday?”\n“I was away on Friday,” Ruiz said.",
            &[
                ("Did you see it?", "Karl Brandt"),
                ("Not on Thursday.", "Ana Ruiz"),
                ("On Friday?", "Karl Brandt"),
                ("I was away on Friday,", "Ana Ruiz"),
            ],
        );
    }

    #[test]
    fn the_same_two_take_turns_after_a_break() {
        check(
            "“You never saw it?” asked Karl Brandt.\n“Never,” Ana Ruiz replied.\nThe judge asked for silence.\n“When it was on your head,” Brandt continued, “what was it?”\n“I thought it was a hat.”\n“A hat in a case?”\n“The case was open.”\nThe hall emptied.",
            &[
                ("You never saw it?", "Karl Brandt"),
                ("Never,", "Ana Ruiz"),
                ("When it was on your head,", "Karl Brandt"),
                ("what was it?", "Karl Brandt"),
                ("I thought it was a hat.", "Ana Ruiz"),
                ("A hat in a case?", "Karl Brandt"),
                ("The case was open.", "Ana Ruiz"),
            ],
        );
    }

    #[test]
    fn two_take_turns_behind_dashes_though_nobody_asks() {
        check(
            "Karl Brandt met Ana Ruiz.\n— He was never late, Ruiz said.\n— I was late in May, said Brandt.\n— You had a cold.\n— Still.",
            &[
                ("He was never late,", "Ana Ruiz"),
                ("I was late in May,", "Karl Brandt"),
                ("You had a cold.", "Ana Ruiz"),
                ("Still.", "Karl Brandt"),
            ],
        );
    }

    #[test]
    fn whoever_spoke_answers_a_question_of_the_reporter() {
        check(
            "Paul Ruiz was there with Karl Brandt.\nOf Brandt, Ruiz said little. “He speaks, I listen.”\nAnd the derby? “I was born near the stadium.”",
            &[
                ("He speaks, I listen.", "Paul Ruiz"),
                ("I was born near the stadium.", "Paul Ruiz"),
            ],
        );
    }

    #[test]
    fn whoever_was_asked_answers_first() {
        check(
            "Karl Brandt said he signed it.\nJudge Ana Ruiz asked him whether he had read it.\n“Not all of it.”\n“How much of it?”\n“The first page,” Brandt replied.",
            &[
                ("Not all of it.", "Karl Brandt"),
                ("How much of it?", "Ana Ruiz"),
                ("The first page,", "Karl Brandt"),
            ],
        );
    }

    #[test]
    fn whoever_asked_in_the_paragraph_before_takes_turns() {
        check(
            "Ana Ruiz, the chair, read out a receipt. “Is that yours?” she said.\n“It is ice, madam,” Karl Brandt replied.\n“Is it yours?”\n“It may be my company’s.”",
            &[
                ("Is that yours?", "Ana Ruiz"),
                ("It is ice, madam,", "Karl Brandt"),
                ("Is it yours?", "Ana Ruiz"),
                ("It may be my company’s.", "Karl Brandt"),
            ],
        );
    }
}
