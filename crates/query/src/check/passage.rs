//! What claims are held against: a quotation, or all that one speaker says in an article.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use whosaid_model::Span;
use whosaid_schema::StoredQuotation;

use super::amounts::as_claimed;
use super::claim::Claim;
use super::fit::Sign;
use crate::gather::Key;
use crate::wording::{Wording, Wordings};

/// Words as numbers; equal words have equal numbers.
#[derive(Default)]
pub(super) struct Signs(HashMap<String, u32>);

impl Signs {
    pub(super) fn of(&mut self, words: &[Wording]) -> Vec<Sign> {
        let mut number = |word: &str| {
            if let Some(&number) = self.0.get(word) {
                return number;
            }
            let number = self.0.len() as u32;
            self.0.insert(word.to_owned(), number);
            number
        };
        words
            .iter()
            .map(|word| Sign {
                key: number(&word.key),
                term: number(&word.term),
            })
            .collect()
    }
}

/// Quotations in the order of their article, and their words as one text.
#[derive(Clone)]
pub(super) struct Passage {
    pub(super) quotations: Vec<(Key, StoredQuotation)>,
    /// The words of all, a blank between two quotations.
    pub(super) text: String,
    pub(super) words: Vec<Wording>,
    pub(super) signs: Vec<Sign>,
    /// For each quotation its bytes in `text` and its words.
    parts: Vec<(Range<usize>, Range<usize>)>,
}

impl Passage {
    /// Joins quotations; their sums of money are written as in the claim.
    pub(super) fn new(
        quotations: Vec<(Key, StoredQuotation)>,
        claim: &Claim,
        wordings: &mut Wordings,
        signs: &mut Signs,
    ) -> Self {
        let mut passage = Self {
            quotations: Vec::new(),
            text: String::new(),
            words: Vec::new(),
            signs: Vec::new(),
            parts: Vec::new(),
        };
        for (_, stored) in &quotations {
            if !passage.text.is_empty() {
                passage.text.push(' ');
            }
            let (start, first) = (passage.text.len(), passage.words.len());
            passage.text.push_str(&stored.text);
            for mut word in as_claimed(claim, &stored.text, wordings.of(&stored.text)) {
                word.span.start = word.span.start.saturating_add(start);
                word.span.end = word.span.end.saturating_add(start);
                passage.words.push(word);
            }
            passage
                .parts
                .push((start..passage.text.len(), first..passage.words.len()));
        }
        passage.signs = signs.of(&passage.words);
        passage.quotations = quotations;
        passage
    }

    /// Returns which quotation a word belongs to, and its first word and the one after its last.
    pub(super) fn part(&self, word: usize) -> (usize, Range<usize>) {
        let index = self.parts.partition_point(|(_, words)| words.end <= word);
        let index = index.min(self.parts.len().saturating_sub(1));
        let words = self
            .parts
            .get(index)
            .map_or(0..0, |(_, words)| words.clone());
        (index, words)
    }

    /// Tells whether a sentence or a quotation ends before a word, or after the last one.
    pub(super) fn parts_before(&self, word: usize) -> bool {
        let before = word.checked_sub(1).and_then(|word| self.words.get(word));
        let (Some(before), Some(after)) = (before, self.words.get(word)) else {
            return true;
        };
        let between = self.text.get(before.span.end..after.span.start);
        self.part(word).1.start == word
            || between.is_some_and(|between| between.contains(['.', '!', '?', '\n', '…']))
    }

    /// Returns the quotations that any of the ranges of words lie in.
    pub(super) fn with<'r>(
        &self,
        ranges: impl Iterator<Item = &'r Range<usize>>,
    ) -> Vec<(Key, StoredQuotation)> {
        let mut used = BTreeSet::new();
        for range in ranges.filter(|range| !range.is_empty()) {
            let last = self.part(range.end.saturating_sub(1)).0;
            used.extend(self.part(range.start).0..=last);
        }
        let quotations = used.iter().filter_map(|index| self.quotations.get(*index));
        quotations.cloned().collect()
    }

    /// Keeps only the quotations that the words lie in; returns by how many words and bytes the rest moved.
    pub(super) fn cut_to(&mut self, words: &Range<usize>) -> (usize, usize) {
        let first = self.part(words.start).0;
        let last = self.part(words.end.saturating_sub(1).max(words.start)).0;
        let (Some((bytes, before)), Some((end, after))) = (
            self.parts.get(first).cloned(),
            self.parts.get(last).cloned(),
        ) else {
            return (0, 0);
        };
        self.quotations = self.quotations.drain(first..=last).collect();
        let text = self.text.get(bytes.start..end.end);
        self.text = text.unwrap_or_default().to_owned();
        self.words = self.words.drain(before.start..after.end).collect();
        self.signs = self.signs.drain(before.start..after.end).collect();
        let back = |range: Range<usize>, by: usize| {
            range.start.saturating_sub(by)..range.end.saturating_sub(by)
        };
        for word in &mut self.words {
            let moved = back(word.span.start..word.span.end, bytes.start);
            word.span = Span::new(moved.start, moved.end);
        }
        self.parts = self
            .parts
            .drain(first..=last)
            .map(|(text, words)| (back(text, bytes.start), back(words, before.start)))
            .collect();
        (before.start, bytes.start)
    }

    /// Returns where each quotation begins in the text, in bytes.
    pub(super) fn starts(&self) -> impl Iterator<Item = Range<usize>> {
        self.parts.iter().map(|(bytes, _)| bytes.clone())
    }
}
