//! What a run looks like and what stands next to it.

use crate::lexicon::Classes;
use crate::marks::{Run, Style};
use crate::stream::{Kind, Stream};
use crate::total::{Steps, Total};

/// What a run looks like and what stands next to it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RunShape {
    pub(crate) item: u32,
    /// Counted up to [`MOST_WORDS`].
    pub(crate) words: u32,
    /// 0 comma, 1 full stop, 2 question or exclamation mark, 3 dash or ellipsis, 4 none.
    pub(crate) last: u8,
    pub(crate) lower_start: bool,
    /// What stands before it: see [`BEFORE`].
    pub(crate) before: u8,
    /// What stands after it: see [`AFTER`].
    pub(crate) after: u8,
    /// Alone in its paragraph.
    pub(crate) alone: bool,
    /// Stands inside a name: Dana “Duke” Okafor.
    pub(crate) in_name: bool,
}

/// Of longer runs the models ask no more.
const MOST_WORDS: u32 = 26;

/// Values of [`RunShape::before`]: nothing, comma, colon, sentence end, dash, cue, other word, run, other.
pub(crate) const BEFORE: u32 = 9;

/// Values of [`RunShape::after`]: nothing, cue, other lower-case word, capital, comma, stop, pronoun, run, other, and a
/// comma before who said it.
pub(crate) const AFTER: u32 = 10;

/// Items between a comma and the verb behind the one who speaks, at most: , the minister for energy said.
const SUBJECT: usize = 6;

/// Counts the words between ASCII blanks in a text that begins with none.
fn count_words(text: &str) -> u32 {
    // So many starts of words can be counted in a byte, many at a time.
    const BLOCK: usize = 128;
    let bytes = text.as_bytes();
    let rest = bytes.get(1..).unwrap_or_default();
    let mut words = u32::from(!bytes.is_empty());
    for (before, here) in bytes.chunks(BLOCK).zip(rest.chunks(BLOCK)) {
        let starts = before.iter().zip(here);
        let starts: u8 = starts.map(|(&one, &two)| blank(one) & !blank(two)).sum();
        words = words.plus(u32::from(starts));
    }
    words
}

/// 1 for an ASCII blank, without a branch, so that many bytes can be asked at once.
#[inline]
fn blank(byte: u8) -> u8 {
    let is = |blank: u8| u8::from(byte == blank);
    is(b' ') | is(b'\n') | is(b'\t') | is(b'\r') | is(b'\x0C')
}

pub(super) fn run_shape(
    text: &str,
    run: &Run,
    stream: &Stream,
    cues: &[u8],
    item: u32,
) -> RunShape {
    let content = run.content.of(text).unwrap_or_default();
    let last = match content.chars().next_back() {
        Some(',' | '、' | '，') => 0,
        Some('.' | '。') => 1,
        Some('!' | '?') => 2,
        Some('—' | '–' | '-' | '…') => 3,
        _ => 4,
    };
    let words = count_words(content).min(MOST_WORDS);
    let lower_start = content
        .chars()
        .find(|char| char.is_alphanumeric())
        .is_some_and(char::is_lowercase);
    let mut shape = RunShape {
        item,
        words,
        last,
        lower_start,
        ..RunShape::default()
    };
    if item == u32::MAX {
        return shape;
    }
    let at = item as usize;
    let range = stream.paragraph(run.paragraph);
    shape.alone = range.len() == 1
        || range.len() == 2
            && !stream.items.at(range.end.less(1)).is_word()
            && !stream.items.at(range.start).is_word();
    shape.before = match at
        .checked_sub(1)
        .filter(|&before| before >= range.start)
        .map(|before| (before, stream.items.at(before)))
    {
        None => 0,
        Some((_, before)) if before.is_punct(b',') => 1,
        Some((_, before)) if before.is_punct(b':') => 2,
        Some((_, before)) if matches!(before.kind, Kind::Punct(b'.' | b'!' | b'?')) => 3,
        Some((_, before)) if matches!(before.kind, Kind::Punct(b'-' | b';')) => 4,
        Some((before, _)) if *cues.at(before) >= 2 => 5,
        Some((_, before)) if before.is_word() => 6,
        Some((_, before)) if before.is_run() => 7,
        Some(_) => 8,
    };
    shape.after = match stream
        .items
        .get(at.plus(1))
        .filter(|_| at.plus(1) < range.end)
    {
        None => 0,
        Some(_) if *cues.at(at.plus(1)) >= 2 => 1,
        Some(after) if after.has(Classes::PRONOUN) => 6,
        Some(after) if after.is_lower() => 2,
        Some(after) if after.is_capital() => 3,
        Some(after) if after.is_punct(b',') => {
            let told = (lower_start || words > 6 || words > 2 && ends_lower(content))
                && is_told(stream, cues, at.plus(2));
            if told { 9 } else { 4 }
        }
        Some(after) if matches!(after.kind, Kind::Punct(b'.' | b';' | b'!' | b'?')) => 5,
        Some(after) if after.is_run() => 7,
        Some(_) => 8,
    };
    if run.style == Style::Turn {
        shape.before = 2;
    }
    shape
}

/// Tells whether the last word has a small letter, as few titles have it.
fn ends_lower(content: &str) -> bool {
    let last = content.rsplit(' ').next().unwrap_or_default();
    last.starts_with(char::is_lowercase)
}

/// Tells whether the items from `at` on say who spoke: a “huge step”, said Roe · Roe said · according to Roe.
fn is_told(stream: &Stream, cues: &[u8], at: usize) -> bool {
    let Some(first) = stream.items.get(at) else {
        return false;
    };
    if *cues.at(at) >= 3 || first.has(Classes::SAID_PREP) {
        return true;
    }
    let subject = Classes::PRONOUN
        .or(Classes::DETERMINER)
        .or(Classes::POSSESSIVE);
    let verb = (at.plus(1)..stream.items.len())
        .take(SUBJECT)
        .take_while(|&at| {
            let item = stream.items.at(at);
            item.is_word() && item.sentence == first.sentence && !item.has(Classes::RELATIVE)
        })
        .find(|&at| *cues.at(at) >= 3);
    (first.is_capital() || first.has(subject))
        && verb.is_some_and(|verb| {
            let next = stream.items.get(verb.plus(1));
            next.is_none_or(|next| {
                next.sentence != first.sentence
                    || !next.is_word()
                    || next.has(Classes::PREPOSITION.or(Classes::WEEKDAY))
            })
        })
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn a_comma_outside_the_marks_stands_before_who_said_it() {
        check(
            "It is “the worst flood in living memory”, said Joana Pires.",
            &[("the worst flood in living memory", "Joana Pires")],
        );
        check(
            "The bank had shown “a cavalier disregard for its own rules”, the judge said.",
            &[("a cavalier disregard for its own rules", "the judge")],
        );
        check(
            "It is “a huge step forward for us”, according to Anita Rao.",
            &[("a huge step forward for us", "Anita Rao")],
        );
        check("He starred in “Rain Man”, said Ana Roe.", &[]);
    }
}
