//! Counts how often word forms are part of cues and heads of sources without a name.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use whosaid_model::Span;

use super::gold::{Gold, GoldKind};
use crate::stream::{Kind, Shape, Stream};

/// Counts of one form: all uses, uses in a cue, uses as the head of a source without a name.
#[derive(Clone, Copy, Debug, Default)]
struct Uses {
    all: u32,
    cue: u32,
    head: u32,
}

/// Counts over a set of articles.
#[derive(Clone, Debug, Default)]
pub struct WordCounts {
    uses: BTreeMap<String, Uses>,
}

impl WordCounts {
    /// Counts the lower-case words outside marks of one article.
    pub(crate) fn of(gold: &Gold, stream: &Stream) -> WordCounts {
        let mut counts = WordCounts::default();
        let quotes = || gold.quotes.iter().chain(&gold.indirect);
        let cues: Vec<Span> = quotes()
            .flat_map(|quote| quote.cue.iter().copied())
            .collect();
        let mut heads: Vec<usize> = Vec::new();
        for quote in quotes()
            .filter(|quote| matches!(quote.kind, GoldKind::Descriptive | GoldKind::Organization))
        {
            if let Some(head) = quote
                .source
                .first()
                .and_then(|&source| head(&gold.text, source))
            {
                heads.push(head);
            }
        }
        for item in &stream.items {
            if item.kind != Kind::Word(Shape::Lower) {
                continue;
            }
            let form = item
                .span()
                .of(&gold.text)
                .unwrap_or_default()
                .to_lowercase()
                .replace('’', "'");
            let uses = counts.uses.entry(form).or_default();
            uses.all += 1;
            uses.cue += u32::from(cues.iter().any(|cue| cue.contains(item.span())));
            uses.head += u32::from(heads.contains(&(item.start as usize)));
        }
        counts
    }

    /// Adds the counts of another set.
    pub fn add(&mut self, other: &WordCounts) {
        for (form, uses) in &other.uses {
            let mine = self.uses.entry(form.clone()).or_default();
            mine.all += uses.all;
            mine.cue += uses.cue;
            mine.head += uses.head;
        }
    }

    /// Writes what the counts without those of `own` say into the items of an article.
    pub(crate) fn patch(&self, own: &WordCounts, text: &str, stream: &mut Stream) {
        for item in &mut stream.items {
            if item.kind != Kind::Word(Shape::Lower) {
                continue;
            }
            let form = item
                .span()
                .of(text)
                .unwrap_or_default()
                .to_lowercase()
                .replace('’', "'");
            let (all, own) = (
                self.uses.get(&form),
                own.uses.get(&form).copied().unwrap_or_default(),
            );
            let uses = all.map_or(Uses::default(), |all| Uses {
                all: all.all.saturating_sub(own.all),
                cue: all.cue.saturating_sub(own.cue),
                head: all.head.saturating_sub(own.head),
            });
            (item.word.cue, item.word.head) = levels(uses);
            item.word.settle(form.as_bytes());
        }
    }

    /// Writes the forms that tell something, one a line.
    pub fn write(&self, head: &str) -> String {
        let mut out = String::new();
        for line in head.lines() {
            let _ = writeln!(out, "# {line}");
        }
        for (form, &uses) in &self.uses {
            let (cue, head) = levels(uses);
            let plain = form
                .chars()
                .all(|char| char.is_alphabetic() || char == '-' || char == '\'');
            if plain && (cue != 0 && cue != 2 || head > 2) {
                let _ = writeln!(out, "{form}\t{cue}\t{head}");
            }
        }
        out
    }
}

/// Levels of a share: 0 too rare to tell, 1 never, up to 7 nearly always.
fn levels(uses: Uses) -> (u8, u8) {
    if uses.all < 4 {
        return (0, 0);
    }
    let level = |count: u32| {
        // One use more of each kind keeps rare words from extremes.
        let share = f64::from(count) / f64::from(uses.all + 1);
        match share {
            share if share < 0.01 => u8::from(uses.all >= 15),
            share if share < 0.06 => 2,
            share if share < 0.15 => 3,
            share if share < 0.3 => 4,
            share if share < 0.5 => 5,
            share if share < 0.7 => 6,
            _ => 7,
        }
    };
    (level(uses.cue), level(uses.head))
}

/// Finds where the head noun of a source begins: the last word before a comma or preposition.
fn head(text: &str, source: Span) -> Option<usize> {
    let words = source.of(text)?;
    let mut head = None;
    let mut at = 0;
    for word in words.split_inclusive(' ') {
        let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
        if matches!(
            bare,
            "of" | "for"
                | "in"
                | "at"
                | "from"
                | "with"
                | "who"
                | "that"
                | "to"
                | "on"
                | "by"
                | "and"
                | "close"
                | "familiar"
        ) && head.is_some()
        {
            break;
        }
        if bare.starts_with(char::is_lowercase) {
            head = Some(source.start + at + word.find(bare).unwrap_or(0));
        }
        at += word.len();
        if word.trim_end().ends_with(',') {
            break;
        }
    }
    head
}
