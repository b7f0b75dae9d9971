//! The grammar a run stands in: the words at its edges, the verb it hangs on, its like in the article.

use super::{Frame, LAYOUT};
use crate::chars::bare;
use crate::context::{Context, LONG, StyleUse};
use crate::lexicon::{Classes, Lexicon};
use crate::model::{Sink, cross};
use crate::stream::{Item, lookup};
use crate::total::{Cut, Steps, Total};

/// How many sorts of words [`word_of`] tells apart.
pub(super) const WORDS: u32 = 13;

/// How many ways [`Frame::governed`] tells apart.
pub(super) const GOVERNED: u32 = 10;

/// How many ways [`Frame::verb`] tells apart.
pub(super) const VERBS: u32 = 9;

/// How many ways [`Frame::level_before`] tells apart.
pub(super) const LEVELS: u32 = 18;

impl Frame<'_> {
    pub(super) fn add_grammar(&self, best: Option<(u32, f32)>, out: &mut impl Sink) {
        let mut add =
            |group: usize, value: u32| out.add(LAYOUT.at(group, cross(value, 3, self.size)));
        let item = self.shape.item as usize;
        let start = self.context.stream.paragraph(self.run.paragraph).start;
        let content = self.run.content.of(self.context.text).unwrap_or_default();
        let mut words = content.split_ascii_whitespace();
        let first = words.next().map_or(0, word_of);
        add(22, first);
        add(23, words.next_back().map_or(first, word_of));
        add(24, self.governed(item, best));
        add(25, self.verb(item, start));
        add(26, self.level_before(item, start));
        add(27, self.style_use());
    }

    /// What the word right before is, and how often it is part of a cue.
    fn level_before(&self, item: usize, start: usize) -> u32 {
        let Some(at) = item.checked_sub(1).filter(|&at| at >= start) else {
            return 0;
        };
        let before = self.context.stream.items.at(at);
        if !before.is_lower() {
            return u32::from(before.is_capital());
        }
        let function = u32::from(before.has(Classes::FUNCTION));
        cross(function, 8, u32::from(before.word.cue.min(7))).plus(2)
    }

    /// Where the reporting verb of the best mention stands: the nearer before the run, the surer is it speech.
    fn governed(&self, item: usize, best: Option<(u32, f32)>) -> u32 {
        let Context {
            stream,
            syntax,
            mentions,
            ..
        } = self.context;
        let Some((mention, _)) = best else { return 0 };
        let Some(cue) = syntax.at(mention).better else {
            let at = mentions.at(mention).last as usize;
            return u32::from(stream.items.at(at).sentence == stream.items.at(item).sentence);
        };
        let at = cue.item as usize;
        if stream.items.at(at).sentence != stream.items.at(item).sentence {
            return 2;
        }
        if at > item {
            return if at.less(item) <= 3 { 3 } else { 4 };
        }
        let between = stream.items.cut(at.plus(1)..item);
        if between.iter().any(Item::is_run) {
            return 5;
        }
        match between.len() {
            0 => 6,
            1 | 2 => 7,
            3..=6 => 8,
            _ => 9,
        }
    }

    /// How many of the other runs in the same marks are long: speech, in most papers.
    fn style_use(&self) -> u32 {
        let StyleUse { all, long } = *self.context.style_uses.at(self.run.style as usize);
        let own = u32::from(self.shape.words > LONG);
        long.less(own)
            .saturating_mul(4)
            .checked_div(all.less(1))
            .map_or(0, |share| share.min(3).plus(1))
    }

    /// The verb of calling the run hangs on: described the case as “…”, is known in the room as “…”.
    fn verb(&self, item: usize, start: usize) -> u32 {
        let (stream, text) = (self.context.stream, self.context.text);
        let sentence = stream.items.at(item).sentence;
        let form = |at: usize| stream.items.at(at).span().of(text).unwrap_or_default();
        let mut through_as = false;
        for (steps, at) in (start..item).rev().take(12).enumerate() {
            let word = stream.items.at(at);
            if word.sentence != sentence || word.is_run() {
                break;
            }
            if !word.is_lower() {
                continue;
            }
            let active = match form(at) {
                "as" if steps <= 1 => {
                    through_as = true;
                    continue;
                }
                "call" | "describe" => 1,
                "calls" | "called" | "calling" | "describes" | "described" | "describing"
                | "characterized" | "characterised" | "dismissed" | "denounced" | "hailed"
                | "condemned" | "branded" | "labelled" | "labeled" | "termed" | "deemed"
                | "dubbed" | "praised" | "slammed" | "blasted" | "criticized" | "criticised" => 2,
                "known" | "named" | "nicknamed" | "titled" | "entitled" | "rendered"
                | "translated" | "listed" | "billed" | "registered" | "christened" | "marked"
                | "headed" | "headlined" | "rate" | "rates" | "rated" | "translates" => 3,
                _ => 0,
            };
            if active == 0 {
                continue;
            }
            let passive = (start..at).rev().take(2).any(|at| {
                matches!(
                    form(at),
                    "is" | "was" | "are" | "were" | "be" | "been" | "being"
                )
            });
            return match (active, passive, through_as) {
                (1, _, false) => 1,
                (1, _, true) => 2,
                (2, false, false) => 3,
                (2, false, true) => 4,
                (2, true, false) => 5,
                (2, true, true) => 6,
                (_, _, false) => 7,
                _ => 8,
            };
        }
        0
    }
}

/// The sort of a word by its form.
fn word_of(word: &str) -> u32 {
    let word = bare(word);
    let Some(first) = word.chars().next() else {
        return 0;
    };
    if first.is_ascii_digit() {
        return 1;
    }
    let known = lookup(Lexicon::get(), word).classes;
    for (sort, classes) in [
        (2, Classes::DETERMINER),
        (3, Classes::POSSESSIVE),
        (4, Classes::PRONOUN),
        (5, Classes::AUXILIARY),
        (6, Classes::PREPOSITION),
        (
            7,
            Classes::CONJUNCTION
                .or(Classes::RELATIVE)
                .or(Classes::SUBORDINATOR),
        ),
    ] {
        if known.has(classes) {
            return sort;
        }
    }
    if first.is_uppercase() {
        return if word.chars().all(|char| !char.is_lowercase()) {
            9
        } else {
            8
        };
    }
    if known.has(Classes::ADVERB) || word.ends_with("ly") {
        return 10;
    }
    if word.ends_with("ing") || word.ends_with("ed") {
        return 11;
    }
    12
}

#[cfg(test)]
mod tests {
    use crate::Annotator;

    /// Expects that just these words of the text in marks are somebody's.
    fn check(text: &str, expected: &[&str]) {
        let found = Annotator::new().marked_only(true).annotate(None, text);
        let found: Vec<&str> = found
            .iter()
            .map(|quote| quote.span.of(text).unwrap())
            .collect();
        assert_eq!(found, expected, "in {text}");
    }

    #[test]
    fn the_verb_of_calling_decides() {
        check(
            "Ilona Varga described the case of the tenants as “a dry argument” and left.",
            &["a dry argument"],
        );
        check(
            "The goal came on a play known in the room as “the Ferry”. Roe scored it.",
            &[],
        );
        check(
            "The tool, which the rangers call “the Spoon”, was sold. Rosa Lind bought it.",
            &[],
        );
    }

    #[test]
    fn a_sentence_that_stands_alone_is_speech() {
        check(
            "The ferry runs again.\n“Nobody on the island was ever asked about it.”",
            &["Nobody on the island was ever asked about it."],
        );
    }

    #[test]
    fn terms_inside_a_report_are_not_its_words() {
        check(
            "Ilona Varga said the “night rate” had been dropped. “We could not afford it,” she said.",
            &["We could not afford it,"],
        );
    }
}
