//! Who has the floor: words that no sentence announces go on from whoever spoke before them.
//!
//! “The dam will hold,” said Roe. “We tested it.” Ana Lind, an engineer, was not so sure. What comes behind the second
//! words has something of its own to tell, so it does not say whose they are: they are Roe’s.

mod before;
mod narrow;

use std::ops::Range;

use crate::context::Context;
use crate::decode::Decision;
use crate::lexicon::Classes;
use crate::marks::Style;
use crate::stream::{Item, Kind};
use crate::total::{Cut, Steps, Total};
pub(crate) use narrow::narrow;

/// What tells whose words are that no sentence around them announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Floor {
    /// Those of whoever spoke the words before.
    Before,
    /// They answer a question of the reporter’s, which leaves the word to whoever had it.
    Answer,
    /// Those of whom the sentence before reports.
    Reported(u32),
    /// They end with another run, beside which somebody is named.
    Until(usize),
    /// Those of somebody whom the words do not name, and who, where a sentence of its own follows, was named before.
    Ranked { earlier: bool },
}

/// Runs of one chain whose marks do not close that are looked at ahead, at most.
const CHAIN: usize = 40;

/// Finds what tells whose words run `run` is, if no words of its own sentence do; `decisions` are those before it.
pub(crate) fn find(context: &Context<'_>, run: usize, decisions: &[Decision]) -> Option<Floor> {
    let behind = unannounced(context, run)?;
    if let Some(before) = left_open(context, run) {
        let decided =
            decisions.last()?.run as usize == before && decisions.last()?.mention.is_some();
        return decided.then_some(Floor::Before);
    }

    // “It leaks. “It must close,” said Roe.
    let last = chain_end(context, run);
    let own = Some(behind).filter(|_| last == run);
    let behind = own.clone().or_else(|| unannounced(context, last));
    let Some(behind) = behind.filter(|behind| !announces(context, last, behind.clone())) else {
        let named = own.and_then(|behind| before::subject(context, behind));
        return match named {
            // “It leaks.” Roe said.
            Some(named) => Some(Floor::Reported(named)),
            None => (last != run).then_some(Floor::Until(last)),
        };
    };
    // “It leaks.” “It must close,” said Roe: what follows is no sentence about somebody else.
    let told = context
        .stream
        .items
        .get(behind.start)
        .is_some_and(|next| !next.is_run() && !behind.is_empty());
    let near = |decision: &Decision| {
        let paragraph = context.runs.at(decision.run).paragraph;
        paragraph.plus(1) >= context.runs.at(run).paragraph && decision.mention.is_some()
    };
    let earlier = told && decisions.last().is_some_and(near);
    before::find(context, run, decisions, told).or(Some(Floor::Ranked { earlier }))
}

/// Returns the words behind a run, to the end of their sentence, if nothing else of its own sentence stands around it.
fn unannounced(context: &Context<'_>, run: usize) -> Option<Range<usize>> {
    let items = &context.stream.items;
    let shape = context.shapes.at(run);
    let style = context.runs.at(run).style;
    if shape.item == u32::MAX
        || !matches!(shape.before, 0 | 3 | 7)
        || matches!(style, Style::Turn | Style::Dash)
    {
        return None;
    }
    let item = shape.item as usize;
    let own = items.at(item);
    let sentence = context.sentence(own.sentence);
    if items.cut(sentence.start..item).iter().any(Item::is_word) {
        return None;
    }
    let open = !context.runs.at(run).closed;
    if !(ends(context, run) || shape.after == 5 || open) {
        return None;
    }
    let next = item.plus(1);
    let rest = next.max(sentence.start)..sentence.end;
    if items.cut(rest.clone()).iter().any(Item::is_word) {
        // “How could you?” Roe replied that they were harmless.
        return (shape.last == 2 && items.at(next).is_capital()).then_some(rest);
    }
    let follows = items
        .get(sentence.end)
        .filter(|next| next.paragraph == own.paragraph);
    Some(follows.map_or(sentence.end..sentence.end, |next| {
        context.sentence(next.sentence)
    }))
}

/// Tells whether the words of a run end as a sentence does, also one quoted in them: “He said, ‘Is it late?’”
fn ends(context: &Context<'_>, run: usize) -> bool {
    let words = context.run_words(run);
    words
        .trim_end_matches(['\'', '’'])
        .ends_with(['.', '!', '?', '…', '—', '–', '。'])
}

/// Returns the run right before that lost its closing mark: “It leaks. “It must close.”
fn left_open(context: &Context<'_>, run: usize) -> Option<usize> {
    let item = context.shapes.at(run).item as usize;
    let before = run_at(context, item.checked_sub(1)?)?;
    let (one, two) = (context.runs.at(before), context.runs.at(run));
    (!one.closed && one.paragraph == two.paragraph).then_some(before)
}

/// Tells whether a run is one of several that follow one another without closing marks.
pub(crate) fn is_in_chain(context: &Context<'_>, run: usize) -> bool {
    left_open(context, run).is_some() || next_of(context, run).is_some()
}

/// Returns the number of the run that is this item.
fn run_at(context: &Context<'_>, item: usize) -> Option<usize> {
    match context.stream.items.get(item)?.kind {
        Kind::Run(run) => Some(run as usize),
        _ => None,
    }
}

/// Returns the run right behind one that lost its closing mark.
fn next_of(context: &Context<'_>, run: usize) -> Option<usize> {
    let next = (context.shapes.at(run).item as usize).plus(1);
    run_at(context, next).filter(|&next| left_open(context, next) == Some(run))
}

/// Returns the last run of those that follow one another from an open one on.
fn chain_end(context: &Context<'_>, run: usize) -> usize {
    let mut at = run;
    for _ in 0..CHAIN {
        let Some(next) = next_of(context, at) else {
            break;
        };
        at = next;
    }
    at
}

/// Tells whether a sentence behind words does no more than say whose they are: “It leaks.” Roe told reporters on Monday.
fn announces(context: &Context<'_>, run: usize, sentence: Range<usize>) -> bool {
    let items = &context.stream.items;
    if sentence.is_empty() {
        return false;
    }
    let mut words = sentence.clone().take_while(|&at| !items.at(at).is_run());
    let Some(verb) = words.find(|&at| *context.cues.at(at) >= 3) else {
        let last = items.at(sentence.end.less(1));
        // “Does it leak?” Roe pressed.
        let pressed = || {
            let verb = sentence.end.less(2);
            let asks = context.shapes.at(run).last == 2 && *context.cues.at(verb) > 0;
            asks && context.mention_that_ends(verb.less(1)).is_some()
        };
        // “It leaks.” Ana Roe, Leeds
        return !last.is_punct(b'.') && !last.is_run() || pressed();
    };
    let mut rest = verb.plus(1)..sentence.end;
    if rest
        .clone()
        .any(|at| items.at(at).is_punct(b':') || items.at(at).is_run())
    {
        return false;
    }
    let Some(next) = rest.find(|&at| !items.at(at).has(Classes::ADVERB)) else {
        return true;
    };
    let word = context.stream.word(context.text, next);
    let verb_is = |forms: &[&str]| forms.contains(&context.stream.word(context.text, verb));
    let told = verb_is(&[
        "told", "tells", "reminded", "assured", "informed", "asked", "asks",
    ]);
    if told && items.at(next).is_word() && !items.at(next).has(Classes::PREPOSITION) {
        return is_plain(context, next..sentence.end);
    }
    // “It leaks.” Said Roe.
    let inverted = verb == sentence.start && items.at(next).is_capital();
    let time = matches!(
        word,
        "as" | "when" | "while" | "after" | "before" | "yesterday" | "today"
    );
    // Roe warned of a flood, but: Roe said of the flood
    let about = matches!(word, "against" | "about" | "of" | "for")
        && !verb_is(&["said", "says", "wrote", "writes", "added", "adds"]);
    inverted
        || time
        || !items.at(next).is_word()
        || items.at(next).has(Classes::WEEKDAY)
        || items.at(next).has(Classes::PREPOSITION) && !about
}

/// Tells whether words up to the next comma are no clause: told reporters on Monday, but: told the paper he was sorry
fn is_plain(context: &Context<'_>, words: Range<usize>) -> bool {
    let items = &context.stream.items;
    let clause = Classes::AUXILIARY
        .or(Classes::SUBORDINATOR)
        .or(Classes::RELATIVE);
    let subject = |at: usize| {
        matches!(
            context.stream.word(context.text, at),
            "he" | "she" | "it" | "they" | "we" | "I"
        )
    };
    let mut words = words.take_while(|&at| !items.at(at).is_punct(b','));
    words.all(|at| !items.at(at).has(clause) && !subject(at))
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn a_sentence_of_its_own_behind_words_announces_nothing() {
        check(
            "“The dam will hold,” said Ann Roe.\n“We tested it twice.” Bob Lind, an engineer, went home.",
            &[
                ("The dam will hold,", "Ann Roe"),
                ("We tested it twice.", "Ann Roe"),
            ],
        );
        check(
            "Mayor Ann Roe said the dam was safe.\n“We tested it twice.” Bob Lind said it was a good day.",
            &[("We tested it twice.", "Ann Roe")],
        );
        check(
            "Ann Roe said the dam was unsafe. “How could you build it?” Bob Lind replied that it would hold.",
            &[("How could you build it?", "Ann Roe")],
        );
    }

    #[test]
    fn a_sentence_that_only_says_who_spoke_does() {
        check(
            "“The dam will hold,” said Ann Roe. “It leaks already.” Bob Lind told reporters on Monday.",
            &[
                ("The dam will hold,", "Ann Roe"),
                ("It leaks already.", "Bob Lind"),
            ],
        );
        check(
            "“The dam will hold,” said Ann Roe.\n“Have you seen it?” Bob Lind asked.",
            &[
                ("The dam will hold,", "Ann Roe"),
                ("Have you seen it?", "Bob Lind"),
            ],
        );
    }

    #[test]
    fn whoever_is_reported_goes_on() {
        check(
            "“The dam will hold,” said Ann Roe. Pipes cost less, said Ms Lind. “You can lay a mile of them in a day.”",
            &[
                ("The dam will hold,", "Ann Roe"),
                ("You can lay a mile of them in a day.", "Lind"),
            ],
        );
        check(
            "“I am glad,” said Ann Roe. Bob Lind admitted it would be “a very hard thing to mend”. “We have no money for it.” The vote is in May.",
            &[
                ("I am glad,", "Ann Roe"),
                ("a very hard thing to mend", "Bob Lind"),
                ("We have no money for it.", "Bob Lind"),
            ],
        );
        check(
            "Ann Roe asked Bob Lind whether it would hold. “It will stand for ever.” The hall laughed.",
            &[("It will stand for ever.", "Bob Lind")],
        );
    }

    #[test]
    fn a_question_of_the_reporter_names_nobody_who_answers() {
        check(
            "Ann Roe spoke of her plans. “We will win,” she said. Is the league dead, as Bob Lind claimed? “Not at all.”",
            &[("We will win,", "Ann Roe"), ("Not at all.", "Ann Roe")],
        );
    }

    #[test]
    fn words_left_open_go_on_with_the_next() {
        check(
            "“The mill is old,” said Ann Roe. “It leaks. “It must close.” Owner Bob Lind said: “It stays.”",
            &[
                ("The mill is old,", "Ann Roe"),
                ("It leaks.", "Ann Roe"),
                ("It must close.", "Ann Roe"),
                ("It stays.", "Bob Lind"),
            ],
        );
        check(
            "Bob Lind said the mill would stay. “The mill is old. “It leaks. “It must close,” said Ann Roe.",
            &[
                ("The mill is old.", "Ann Roe"),
                ("It leaks.", "Ann Roe"),
                ("It must close,", "Ann Roe"),
            ],
        );
    }

    #[test]
    fn nobody_calls_himself_by_name() {
        check(
            "Coach Olaf Berg held out hope. “They have done well. “They surprised me.” And keeper Nils Holm should travel if his knee allows. “Nils is a fine player and I will wait for him.”",
            &[
                ("They have done well.", "Olaf Berg"),
                ("They surprised me.", "Olaf Berg"),
                (
                    "Nils is a fine player and I will wait for him.",
                    "Olaf Berg",
                ),
            ],
        );
    }
}
