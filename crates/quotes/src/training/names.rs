//! When two names are the same person's, as the public yardstick defines it: same first and last word, titles,
//! middle names, case and diacritics aside; `Jr.` and its like count.

use crate::person::fold;

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "sen",
    "senator",
    "rep",
    "representative",
    "congressman",
    "congresswoman",
    "gov",
    "governor",
    "lt",
    "president",
    "vice",
    "prime",
    "minister",
    "chancellor",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "rev",
    "reverend",
    "father",
    "sister",
    "rabbi",
    "imam",
    "judge",
    "justice",
    "chief",
    "gen",
    "general",
    "col",
    "colonel",
    "maj",
    "major",
    "capt",
    "captain",
    "sgt",
    "sergeant",
    "secretary",
    "sec",
    "mayor",
    "sheriff",
    "ambassador",
    "speaker",
    "chairman",
    "chairwoman",
    "former",
    "then",
    "attorney",
    "admiral",
    "the",
];
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// Returns the folded words of a name without titles and suffix, and the suffix.
pub fn parts(name: &str) -> (Vec<String>, String) {
    let mut words: Vec<String> = name
        .split(|char: char| !(char.is_alphanumeric() || matches!(char, '\'' | '’' | '-')))
        .map(|word| word.trim_end_matches("'s").trim_end_matches("’s"))
        .map(|word| fold(word.trim_matches(['-', '\'', '’'])).replace('\'', ""))
        .filter(|word| !word.is_empty())
        .collect();
    let mut suffix = String::new();
    if words.len() > 1
        && words
            .last()
            .is_some_and(|last| SUFFIXES.contains(&last.as_str()))
    {
        suffix = words.pop().unwrap_or_default();
    }
    while words.len() > 1 && TITLES.contains(&words[0].as_str()) {
        words.remove(0);
    }
    (words, suffix)
}

/// Tells whether `found` names the person whose gold name is `gold`.
pub fn same_person(gold: &str, found: &str) -> bool {
    let ((x, sx), (y, sy)) = (parts(gold), parts(found));
    let (Some(xl), Some(yl)) = (x.last(), y.last()) else {
        return false;
    };
    if x.len() == 1 {
        return xl == yl || y.len() > 1 && x[0] == y[0];
    }
    y.len() > 1 && sx == sy && xl == yl && x[0] == y[0]
}

/// Folds a description for comparison: words without articles in front.
pub fn plain(text: &str) -> Vec<String> {
    let mut words = parts(text).0;
    while words
        .first()
        .is_some_and(|word| matches!(word.as_str(), "a" | "an" | "the"))
    {
        words.remove(0);
    }
    words
}
