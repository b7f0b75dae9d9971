//! Signatures: who is named on a line of its own under words that stand alone, or above them.

use std::ops::Range;

use crate::context::Context;
use crate::lexicon::Classes;
use crate::marks::Style;
use crate::mention::MentionKind;
use crate::stream::Item;
use crate::total::{Cut, Steps, Total};

/// Longest signature, in items: - President Obama, tweeting after the speech of his wife.
const ITEMS: usize = 18;

/// Finds who signs run `run`: “We lost.” ¶ - Rosa Lind, Harbour Institute
pub(crate) fn find(context: &Context<'_>, run: usize) -> Option<u32> {
    let (shape, run) = (context.shapes.at(run), context.runs.at(run));
    if !shape.alone || run.style == Style::Turn {
        return None;
    }
    if stands_below_a_line(context, run.paragraph) {
        let line = context.stream.paragraph(run.paragraph.checked_sub(1)?);
        return named_in(context, line);
    }
    let range = context.stream.paragraph(run.paragraph.plus(1));
    let line = context.stream.items.get(range.clone())?;
    let dashes = line.iter().take(2).take_while(|item| item.is_punct(b'-'));
    let dashes = dashes.count();
    // "We lost. ¶ Rosa Lind, Harbour Institute." has its closing mark behind the signature.
    let behind = !run.closed
        && context
            .text
            .cut(..line.last()?.end as usize)
            .ends_with(['"', '”', '\'', '’']);
    // -President Roe, tweeting after the speech she heard: what comes after a dash is the signature to its end.
    let grammar = Classes::DETERMINER
        .or(Classes::PRONOUN)
        .or(Classes::FUNCTION);
    let named = dashes > 0
        && line
            .get(dashes)
            .is_some_and(|item| item.is_capital() && !item.has(grammar));
    let verb = Classes::STRONG.or(Classes::AUXILIARY).or(Classes::PRONOUN);
    let plain = |item: &Item| !item.is_run() && (named || !item.has(verb));
    let first = range.start.plus(dashes);
    if dashes == 0 && !behind && !is_introduced(context, first..range.end)
        || line.len() > ITEMS
        || !line.iter().all(plain)
    {
        return None;
    }
    named_in(context, first..range.end)
}

/// Finds who is named in a line.
fn named_in(context: &Context<'_>, line: Range<usize>) -> Option<u32> {
    let begin = context
        .mentions
        .partition_point(|mention| (mention.first as usize) < line.start);
    let named = |at: &usize| {
        let mention = context.mentions.at(*at);
        (mention.last as usize) < line.end
            && !mention.possessive
            && (mention.kind.is_name() || mention.kind.is_description())
    };
    // Former union president Rosa Lind: a name before what describes it.
    let chosen = (begin..context.mentions.len())
        .take_while(|&at| (context.mentions.at(at).first as usize) < line.end)
        .filter(named)
        .min_by_key(|&at| (!context.mentions.at(at).kind.is_name(), at))?;
    Some(chosen as u32)
}

/// Tells whether a line is a name and what its bearer is, and no sentence: Rosa Lind, 41, teacher
fn is_introduced(context: &Context<'_>, line: Range<usize>) -> bool {
    let items = &context.stream.items;
    let at = context
        .mentions
        .partition_point(|mention| (mention.first as usize) < line.start);
    let named = context.mentions.get(at).is_some_and(|mention| {
        let next = (mention.last as usize).plus(1);
        mention.kind == MentionKind::FullName
            && mention.first as usize == line.start
            && next < line.end
            && items.at(next).is_punct(b',')
    });
    named
        && items
            .cut(line)
            .iter()
            .all(|item| !item.is_punct(b'.') && !item.is_punct(b':'))
}

/// Paragraphs looked back for who comes first, a line or words.
const BACK: u32 = 200;

/// Tells whether the line with the name stands above the words, not below: words that stand alone and such lines take
/// turns, and the first of them is a line.
fn stands_below_a_line(context: &Context<'_>, mut words: u32) -> bool {
    let alone = |paragraph: u32| {
        let at = context
            .runs
            .partition_point(|run| run.paragraph < paragraph);
        let run = context.runs.get(at);
        run.is_some_and(|run| run.paragraph == paragraph) && context.shapes.at(at).alone
    };
    for _ in 0..BACK {
        let Some(line) = words.checked_sub(1) else {
            return false;
        };
        if !is_introduced(context, context.stream.paragraph(line)) {
            return false;
        }
        match line.checked_sub(1).filter(|&before| alone(before)) {
            Some(before) => words = before,
            None => return true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn whoever_signs_speaks() {
        check(
            "Karl Brandt chaired the debate on the ferries.\n“We were never asked about any of it.”\n- Rosa Lind, Harbour Institute.\nBrandt closed the meeting at nine.",
            &[("We were never asked about any of it.", "Rosa Lind")],
        );
    }

    #[test]
    fn a_line_that_introduces_signs() {
        check(
            "We asked islanders about the sea.\n“I’d ask it to knock before it comes in.”\nRosa Lind, 41, teacher\n“Where did you put my uncle’s house?”\nKarl Brandt, 23, student",
            &[
                ("I’d ask it to knock before it comes in.", "Rosa Lind"),
                ("Where did you put my uncle’s house?", "Karl Brandt"),
            ],
        );
    }

    #[test]
    fn a_line_above_the_words_introduces_them() {
        check(
            "We asked islanders about the sea.\nRosa Lind, 41, teacher\n“I’d ask it to knock before it comes in.”\nKarl Brandt, 23, student\n“Where did you put my uncle’s house?”",
            &[
                ("I’d ask it to knock before it comes in.", "Rosa Lind"),
                ("Where did you put my uncle’s house?", "Karl Brandt"),
            ],
        );
    }

    #[test]
    fn a_closing_mark_behind_the_signature() {
        check(
            "Karl Brandt chaired the debate on the ferries.\n\"We were never asked about any of it.\nRosa Lind, Harbour Institute.\"\nBrandt closed the meeting at nine.",
            &[("We were never asked about any of it.", "Rosa Lind")],
        );
    }
}
