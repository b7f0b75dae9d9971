//! Names like one that nobody bears.

use tantivy::tokenizer::TextAnalyzer;
use whosaid_model::SpeakerKind;
use whosaid_schema::names_analyzer;

use super::Persons;
use crate::people::is_office;
use crate::words::tokens;

/// One word of the name must be so like one of those asked for: of `Jonson` and `Johnson`, 6 letters of 7 agree.
const WORD: f64 = 0.75;

/// Letters of a name that is compared, at most: what is longer is a text, and like nobody's name.
const LONGEST: usize = 200;

/// All words must be so like: `Claire Dubios` and `Clare Dubois`.
const EACH: f64 = 0.5;

/// Or so like on average, where one of several may be missing.
const NAME: f64 = 0.65;

/// Or so like on average, where the family names of two people are nearly one: a given name may be another altogether.
const FAMILY: f64 = 0.5;

/// Words that tell nothing of who is meant.
const GRAMMAR: &[&str] = &[
    "a", "an", "the", "of", "for", "and", "or", "in", "on", "at", "to", "by", "from", "with",
];

impl Persons {
    /// Returns the names of the persons whose name is most like `name`, the likest first, equal ones by the number of
    /// their quotations; at most `most`. Each word is compared with the likest word of the name, by the share of the
    /// letters that need not be changed; words such as `of`, and an office before a name, are not.
    pub fn near(&self, name: &str, most: usize) -> Vec<&str> {
        if name.chars().nth(LONGEST).is_some() {
            return Vec::new();
        }
        let mut analyzer = names_analyzer();
        let asked = telling(words(name, &mut analyzer));
        if asked.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(f64, &str)> = Vec::new();
        for person in 0..self.len() as u32 {
            let mut best = 0.0_f64;
            for name in self.names_of(person) {
                let is_person = || {
                    let person = self.person_of(name);
                    person.is_some_and(|person| person.kind == SpeakerKind::Person)
                };
                best = best.max(likeness(&asked, &words(name, &mut analyzer), is_person));
            }
            if best > 0.0 {
                found.extend(self.shown_by(person).map(|name| (best, name)));
            }
        }
        // Persons come with most quotations first, and the sort keeps the order of equals.
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.into_iter().take(most).map(|(_, name)| name).collect()
    }
}

/// The words that tell who is meant: without `a`, `for` and offices before a name. Of an office alone nothing is left.
fn telling(mut words: Vec<String>) -> Vec<String> {
    let named = words.iter().rposition(|word| !is_office(word));
    let Some(named) = named else {
        return Vec::new();
    };
    let offices = words.iter().take(named);
    let offices = offices.take_while(|word| is_office(word) || GRAMMAR.contains(&word.as_str()));
    let offices = offices.count();
    words.drain(..offices);
    let is_telling = |word: &String| !GRAMMAR.contains(&word.as_str());
    words.retain(is_telling);
    words
}

/// The average over the words asked for; 0 when a word of them that tells who is meant is not there, or nearly.
fn likeness(asked: &[String], name: &[String], is_person: impl FnOnce() -> bool) -> f64 {
    let best = |asked: &String| {
        name.iter()
            .map(|word| alike(asked, word))
            .fold(0.0, f64::max)
    };
    let best: Vec<f64> = asked.iter().map(best).collect();
    if best.iter().all(|&alike| alike < WORD) {
        return 0.0;
    }
    let average = best.iter().sum::<f64>() / asked.len() as f64;
    let same_family = || {
        let family = asked.last().zip(name.last());
        family.is_some_and(|(asked, name)| alike(asked, name) >= WORD) && is_person()
    };
    let is_like = average >= NAME
        || best.iter().all(|&alike| alike >= EACH)
        || (average >= FAMILY && same_family());
    if is_like { average } else { 0.0 }
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
