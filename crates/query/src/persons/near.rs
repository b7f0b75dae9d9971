//! Names like one that nobody bears.

use tantivy::tokenizer::TextAnalyzer;
use whosaid_schema::names_analyzer;

use super::Persons;
use crate::words::tokens;

/// One word of the name must be so like one of those asked for: of `Jonson` and `Johnson`, 6 letters of 7 agree.
const WORD: f64 = 0.75;

/// Letters of a name that is compared, at most: what is longer is a text, and like nobody's name.
const LONGEST: usize = 200;

/// All words must be so like on average: a given name may be another altogether.
const NAME: f64 = 0.5;

impl Persons {
    /// Returns the names of the persons whose name is most like `name`, the likest first, equal ones by the number of
    /// their quotations; at most `most`. Each word is compared with the likest word of the name, by the share of the
    /// letters that need not be changed.
    pub fn near(&self, name: &str, most: usize) -> Vec<&str> {
        if name.chars().nth(LONGEST).is_some() {
            return Vec::new();
        }
        let mut analyzer = names_analyzer();
        let asked = words(name, &mut analyzer);
        if asked.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(f64, &str)> = Vec::new();
        for person in 0..self.len() as u32 {
            let names = self.names_of(person);
            let likeness = names.map(|name| likeness(&asked, &words(name, &mut analyzer)));
            let likeness = likeness.fold(0.0, f64::max);
            if likeness >= NAME {
                found.extend(self.shown_by(person).map(|name| (likeness, name)));
            }
        }
        // Persons come with most quotations first, and the sort keeps the order of equals.
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.into_iter().take(most).map(|(_, name)| name).collect()
    }
}

/// The average over the words asked for; 0 when none of them is there, or nearly.
fn likeness(asked: &[String], name: &[String]) -> f64 {
    let best = |asked: &String| {
        name.iter()
            .map(|word| alike(asked, word))
            .fold(0.0, f64::max)
    };
    let best: Vec<f64> = asked.iter().map(best).collect();
    if best.iter().all(|&alike| alike < WORD) {
        return 0.0;
    }
    best.iter().sum::<f64>() / asked.len() as f64
}

/// The share of letters that need not be changed, a swap of two being one change.
fn alike(one: &str, other: &str) -> f64 {
    let longest = one.chars().count().max(other.chars().count()).max(1);
    1.0 - strsim::osa_distance(one, other) as f64 / longest as f64
}

fn words(name: &str, analyzer: &mut TextAnalyzer) -> Vec<String> {
    let words = tokens(analyzer, name).into_iter().map(|token| token.text);
    words.filter(|word| word.chars().count() > 1).collect()
}
