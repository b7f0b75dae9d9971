//! Queries of so many words that their lists take long to open.
//!
//! A list is opened in some ten microseconds, in every segment; a speech that is pasted as a phrase has thousands. What a
//! pattern of many words finds is looked for by a few of them, and the others are looked at where those are found.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::ast::{Node, Text};
use crate::near::{Form, Pattern};

/// Words whose lists are opened without a look at the limits.
pub(super) const MANY: usize = 64;

/// Tells whether a query has so many words that the limits must be looked at between them.
pub(super) fn is_long(node: &Node) -> bool {
    // As a tokenizer may cut them, or more.
    let words = |text: &Text| {
        text.words()
            .split(|char: char| !char.is_alphanumeric())
            .count()
    };
    let mut count = 0_usize;
    node.walk(&mut |node| {
        count = count.saturating_add(match node {
            Node::Text { text, .. } => words(text),
            Node::Near { left, right, .. } => words(left).saturating_add(words(right)),
            Node::Date { .. } | Node::Number { .. } => 1,
            _ => 0,
        });
    });
    count > MANY
}

/// Chooses the words that tell most of where a pattern may stand, by their places among its words: the longest, since
/// long words are rare, and none again before all have had their turn. All, if they are not many.
pub(super) fn telling<'w>(words: impl Iterator<Item = Option<&'w str>>) -> Vec<usize> {
    let mut turns: HashMap<&str, usize> = HashMap::new();
    let mut words: Vec<_> = words
        .enumerate()
        .map(|(place, word)| {
            // What stands for several words tells least.
            let turn = word.map_or(usize::MAX, |word| {
                let turn = turns.entry(word).or_default();
                *turn = turn.saturating_add(1);
                *turn
            });
            (turn, Reverse(word.map_or(0, str::len)), place)
        })
        .collect();
    words.sort_unstable();
    words.truncate(MANY);
    let mut places: Vec<usize> = words.into_iter().map(|(_, _, place)| place).collect();
    places.sort_unstable();
    places
}

/// The same of a pattern: its words that tell most, each with its place among its words.
pub(super) fn telling_words(pattern: &Pattern) -> Vec<(usize, &Form)> {
    let forms: Vec<&Form> = pattern
        .rows
        .iter()
        .flatten()
        .map(|(_, form)| form)
        .collect();
    let places = telling(forms.iter().map(|form| match form {
        Form::Is(word) => Some(word.as_str()),
        Form::Starts(_) | Form::Near(..) => None,
    }));
    let forms = places
        .into_iter()
        .map(|place| Some((place, *forms.get(place)?)));
    forms.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    #[test]
    fn long_words_tell_before_short_ones_and_before_repeated_ones() {
        let words: Vec<String> = (0..200)
            .map(|number| "w".repeat(number % 100 + 1))
            .collect();
        let words = words.iter().map(|word| Some(word.as_str()));
        let places = telling(std::iter::once(None).chain(words));
        assert_eq!(places, (37..=100).collect::<Vec<_>>());
        assert_eq!(
            telling(["the", "of", "the"].map(Some).into_iter()),
            [0, 1, 2]
        );
    }

    #[test]
    fn words_are_counted_wherever_they_stand() {
        let check = |query: &str, long: bool| {
            let (node, problems) = parse(query, None);
            assert_eq!(problems, []);
            assert_eq!(is_long(&node), long, "{query}");
        };
        let words = "word ".repeat(33);
        check(&format!("\"{words}\""), false);
        check(&format!("\"{words}\" NEAR \"{words}\""), true);
        check(&format!("a OR NOT ({words} said:({words}))"), true);
        check(&"x-y".repeat(70), true);
        check(&"date:2025 ".repeat(70), true);
    }
}
