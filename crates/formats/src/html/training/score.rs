//! How well bodies are found: runs of four words, as the benchmark of article extraction by Scrapinghub counts.

use std::collections::BTreeMap;

use crate::html::hints::tokens;

/// Sums over pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    precision: f64,
    recall: f64,
    pages: u32,
}

impl Score {
    /// Adds a page.
    pub fn add(&mut self, gold: &str, found: &str) {
        let (gold, found) = (shingles(gold), shingles(found));
        let sum = |all: &BTreeMap<Vec<u32>, u32>| f64::from(all.values().sum::<u32>());
        let common: u32 = gold
            .iter()
            .map(|(shingle, count)| (*count).min(found.get(shingle).copied().unwrap_or(0)))
            .sum();
        let share = |whole: f64| {
            if whole > 0.0 {
                f64::from(common) / whole
            } else {
                0.0
            }
        };
        let (precision, recall) = (share(sum(&found)), share(sum(&gold)));
        self.precision += precision;
        self.recall += recall;
        self.pages += 1;
    }

    /// Returns how many pages were added.
    pub fn pages(&self) -> u32 {
        self.pages
    }

    /// Returns means of precision and recall over pages, and the harmonic mean of the two.
    pub fn result(&self) -> (f64, f64, f64) {
        let pages = f64::from(self.pages.max(1));
        let (precision, recall) = (self.precision / pages, self.recall / pages);
        (
            precision,
            recall,
            2.0 * precision * recall / (precision + recall).max(1e-9),
        )
    }
}

fn shingles(text: &str) -> BTreeMap<Vec<u32>, u32> {
    let words = tokens(text);
    let mut all = BTreeMap::new();
    if words.is_empty() {
        return all;
    }
    for at in 0..words.len().saturating_sub(3).max(1) {
        let end = (at + 4).min(words.len());
        *all.entry(words[at..end].to_vec()).or_default() += 1;
    }
    all
}
