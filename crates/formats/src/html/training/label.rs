//! Tells which blocks of a page are part of the article that people marked.

use std::collections::{BTreeMap, BTreeSet};

use super::Sample;
use crate::html::blocks::Page;
use crate::html::hints::tokens;

/// Returns for each block whether it is part of the article, if that is known, and how much it counts.
pub(super) fn labels(page: &Page, sample: &Sample) -> (Vec<Option<bool>>, Vec<f32>) {
    let words: Vec<Vec<u32>> = page
        .blocks
        .iter()
        .map(|block| tokens(page.text_of(block)))
        .collect();
    let labels = match &sample.body {
        Some(body) => by_body(&words, body),
        None => by_snippets(page, sample),
    };
    let total: usize = words
        .iter()
        .zip(&labels)
        .filter(|pair| *pair.1 == Some(true))
        .map(|pair| pair.0.len())
        .sum();
    let scale = match &sample.body {
        Some(_) => sample.weight * 30.0 / (total as f32 + 100.0),
        None => sample.weight * 0.1,
    };
    let weights = words
        .iter()
        .map(|words| (words.len() as f32 + 3.0).min(60.0) * scale / 10.0);
    (labels, weights.collect())
}

fn by_body(words: &[Vec<u32>], body: &str) -> Vec<Option<bool>> {
    let gold = tokens(body);
    let threes: BTreeSet<&[u32]> = gold.windows(3).collect();
    let mut lines: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
    for line in body.lines() {
        *lines.entry(tokens(line)).or_default() += 1;
    }
    let mut labels: Vec<Option<bool>> = words
        .iter()
        .map(|words| {
            if words.is_empty() {
                return None;
            }
            let found = words
                .windows(3)
                .filter(|three| threes.contains(three))
                .count();
            let most = words.len() > 3 && found * 10 >= (words.len() - 2) * 6;
            Some(most || lines.contains_key(words))
        })
        .collect();
    // Of several that read the same, those are meant that stand among others of the article.
    let mut same: BTreeMap<&[u32], Vec<usize>> = BTreeMap::new();
    for (at, words) in words.iter().enumerate() {
        if labels[at] == Some(true) {
            same.entry(words).or_default().push(at);
        }
    }
    let before = labels.clone();
    for (text, places) in same {
        let wanted = lines.get(text).copied().unwrap_or(1).max(1);
        if places.len() <= wanted {
            continue;
        }
        let company = |at: usize| -> usize {
            (at.saturating_sub(5)..(at + 6).min(words.len()))
                .filter(|&other| other != at && before[other] == Some(true) && words[other] != text)
                .map(|other| words[other].len())
                .sum()
        };
        let mut places: Vec<(usize, usize)> = places.iter().map(|&at| (company(at), at)).collect();
        places.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for &(_, at) in &places[wanted..] {
            labels[at] = Some(false);
        }
    }
    labels
}

fn by_snippets(page: &Page, sample: &Sample) -> Vec<Option<bool>> {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let with: Vec<String> = sample.with.iter().map(|text| fold(text)).collect();
    let without: Vec<String> = sample.without.iter().map(|text| fold(text)).collect();
    page.blocks
        .iter()
        .map(|block| {
            let text = page.text_of(block);
            let has = |snippets: &[String]| {
                snippets
                    .iter()
                    .any(|snippet| !snippet.is_empty() && text.contains(snippet.as_str()))
            };
            match (has(&with), has(&without)) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => None,
            }
        })
        .collect()
}
