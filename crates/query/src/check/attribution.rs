//! Who a pasted text says the words are by.

/// Verbs that announce or follow quoted words.
const VERBS: &[&str] = &[
    "acknowledged",
    "added",
    "adds",
    "admitted",
    "announced",
    "argued",
    "argues",
    "asked",
    "asks",
    "claimed",
    "claims",
    "concluded",
    "continued",
    "declared",
    "denied",
    "explained",
    "insisted",
    "insists",
    "noted",
    "posted",
    "promised",
    "recalled",
    "remarked",
    "replied",
    "reports",
    "repeated",
    "said",
    "say",
    "says",
    "stated",
    "states",
    "stressed",
    "suggested",
    "testified",
    "told",
    "tells",
    "tweeted",
    "vowed",
    "warned",
    "warns",
    "wrote",
    "writes",
];

/// Words that begin with a capital only where they begin a sentence, and names of days and months: none of them
/// begins the name of a speaker.
const NO_NAMES: &[&str] = &[
    "a",
    "after",
    "also",
    "an",
    "and",
    "as",
    "asked",
    "at",
    "before",
    "everybody",
    "everyone",
    "nobody",
    "nothing",
    "somebody",
    "someone",
    "there",
    "but",
    "by",
    "during",
    "earlier",
    "for",
    "from",
    "he",
    "her",
    "his",
    "however",
    "i",
    "if",
    "in",
    "it",
    "its",
    "last",
    "later",
    "on",
    "our",
    "she",
    "since",
    "so",
    "speaking",
    "that",
    "the",
    "their",
    "then",
    "they",
    "this",
    "to",
    "we",
    "what",
    "when",
    "while",
    "who",
    "with",
    "yesterday",
    "you",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "le", "of", "ten", "ter", "van", "von", "y", "zu",
];

/// Letters before a full stop that ends no sentence.
const ABBREVIATED: &[&str] = &[
    "dr", "gen", "gov", "jr", "lt", "mr", "mrs", "ms", "prof", "rep", "rev", "sen", "sgt", "sr",
    "st",
];

/// Words of a sentence before its verb of saying, at most.
pub(super) const FAR: usize = 12;

/// Looks for a speaker in what stands after the words, then before them. Both are the neighbouring text as it is.
pub(super) fn claimed(before: &str, after: &str) -> Option<String> {
    let after = after.get(..clause_end(after)).unwrap_or(after);
    let before = before.get(clause_start(before)..).unwrap_or(before);
    in_after(after).or_else(|| in_before(before))
}

/// Tells whether the text between two marked texts only says who speaks: `,” she said, “`.
pub(super) fn is_interjected(between: &str) -> bool {
    let words: Vec<&str> = between.split_whitespace().collect();
    clause_end(between) == between.len()
        && words.len() <= FAR
        && !between.trim_end().ends_with(':')
        && words.iter().any(|word| is_verb(word))
}

#[derive(Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) at: usize,
    pub(super) text: &'t str,
}

impl Word<'_> {
    pub(super) fn lower(self) -> String {
        bare(self.text).to_lowercase()
    }
}

pub(super) fn split(text: &str) -> Vec<Word<'_>> {
    let start = text.as_ptr() as usize;
    text.split_whitespace()
        .map(|word| Word {
            at: (word.as_ptr() as usize).saturating_sub(start),
            text: word,
        })
        .collect()
}

fn bare(word: &str) -> &str {
    let word = word.trim_matches(|char: char| !char.is_alphanumeric());
    let word = word.strip_suffix("'s").unwrap_or(word);
    word.strip_suffix("’s").unwrap_or(word)
}

pub(super) fn is_verb(word: &str) -> bool {
    VERBS.contains(&bare(word).to_lowercase().as_str())
}

pub(super) fn is_capital(word: &str) -> bool {
    let bare = bare(word);
    bare.starts_with(|char: char| {
        char.is_uppercase() || (char.is_alphabetic() && !char.is_lowercase())
    }) && !NO_NAMES.contains(&bare.to_lowercase().as_str())
}

pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&bare(word).to_lowercase().as_str())
}

pub(super) fn capital(text: &str) -> bool {
    text.split_whitespace().any(is_capital)
}

/// Reads `, said X`, `, X said`, `— X`, `according to X`.
pub(super) fn in_after(clause: &str) -> Option<String> {
    let clause = clause.trim_start_matches(|char: char| {
        char.is_whitespace() || matches!(char, ',' | '"' | '”' | '’' | '\'')
    });
    let signed = clause.trim_start_matches(['—', '–', '-', '―', '~', '(']);
    if signed.len() < clause.len() {
        let signed = signed.split([',', ')', '\n']).next()?;
        let words = split(signed);
        return (words.len() <= 6).then(|| name(&words, true)).flatten();
    }
    let words = split(clause);
    let (first, rest) = words.split_first()?;
    if is_verb(first.text) {
        return name(rest, false);
    }
    if first.lower() == "according" {
        return name(words.get(2..)?, false);
    }
    let verb = words.iter().take(FAR).position(|word| is_verb(word.text))?;
    name(words.get(..verb)?, true)
}

/// Reads `X said:`, `X:`, `according to X,`, `said X:`.
pub(super) fn in_before(clause: &str) -> Option<String> {
    let words = split(clause);
    let first = words.first()?;
    if first.lower() == "according" {
        return name(words.get(2..)?, false);
    }
    if let Some(verb) = words.iter().rposition(|word| is_verb(word.text)) {
        let before = words.get(verb.saturating_sub(FAR)..verb)?;
        let after = words.get(verb..)?.get(1..)?;
        return name(before, true).or_else(|| name(after, false));
    }
    let last = words.last()?;
    (last.text.ends_with(':') && words.len() <= 8)
        .then(|| name(&words, true))
        .flatten()
}

/// Finds the name among the words before or after a verb: words with capitals, in the first part between commas that
/// has any. Without capitals in sight, as people type in a hurry, the first words are the name if they `may` be.
pub(super) fn name(words: &[Word<'_>], may: bool) -> Option<String> {
    for chunk in words.split_inclusive(|word| word.text.ends_with([',', ':', ';', '('])) {
        let begins = chunk.first()?.lower();
        let elsewhere = [
            "on", "in", "at", "after", "during", "speaking", "asked", "when", "while", "as", "that",
        ];
        if elsewhere.contains(&begins.as_str()) {
            if may {
                continue;
            }
            return None;
        }
        let mut best: &[Word<'_>] = &[];
        let mut rest = chunk;
        while let Some(start) = rest.iter().position(|word| is_capital(word.text))
            && let Some(from) = rest.get(start..)
            && let Some((name, behind)) = from.split_at_checked(name_length(from))
        {
            if name.len() > best.len() {
                best = name;
            }
            rest = behind;
        }
        if !best.is_empty() {
            return Some(joined(best));
        }
    }
    let typed = words
        .iter()
        .all(|word| !word.text.contains(char::is_uppercase));
    let stop = |word: &&Word<'_>| NO_NAMES.contains(&word.lower().as_str()) || is_verb(word.text);
    let words: Vec<Word<'_>> = words
        .iter()
        .take_while(|word| !stop(word))
        .copied()
        .collect();
    (may && typed && (1..=3).contains(&words.len())).then(|| joined(&words))
}

/// Returns how many words are one name, of which the first is a part: those with capitals, and particles between them.
fn name_length(words: &[Word<'_>]) -> usize {
    let mut length = 1;
    for (count, word) in (1..).zip(words).skip(1) {
        if is_particle(word.text) {
            continue;
        }
        if !is_capital(word.text) {
            break;
        }
        length = count;
    }
    length
}

fn joined(words: &[Word<'_>]) -> String {
    let words: Vec<&str> = words
        .iter()
        .map(|word| {
            word.text
                .trim_matches(|char: char| !char.is_alphanumeric() && char != '.')
                .trim_start_matches('.')
        })
        .collect();
    let name = words.join(" ");
    let name = name.trim_end_matches(['.', ' ']);
    let name = name.strip_suffix("'s").unwrap_or(name);
    name.strip_suffix("’s").unwrap_or(name).to_owned()
}

/// Returns where the first sentence of a text ends.
pub(super) fn clause_end(text: &str) -> usize {
    ends(text).next().unwrap_or(text.len())
}

/// Returns where the last sentence of a text begins.
fn clause_start(text: &str) -> usize {
    ends(text).last().map_or(0, |at| at.saturating_add(1))
}

/// The marks that end sentences, and line breaks.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter_map(|(at, char)| {
        let ends = match char {
            '\n' | '!' | '?' | ';' => true,
            '.' => {
                let (before, stop) = text.split_at_checked(at)?;
                let mut words = before.rsplit(|char: char| !char.is_alphanumeric());
                let word = words.next().unwrap_or("");
                let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
                let follows = stop.chars().nth(1).is_none_or(char::is_whitespace);
                follows && !initial && !ABBREVIATED.contains(&word.to_lowercase().as_str())
            }
            _ => false,
        };
        ends.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speakers_stand_on_either_side() {
        for (text, expected) in [
            ("|, said Jane Roe.", Some("Jane Roe")),
            ("|, Jane Roe said on Friday.", Some("Jane Roe")),
            (
                "|, Jane Roe, the harbour minister, told reporters.",
                Some("Jane Roe"),
            ),
            ("|, the harbour minister, Jane Roe, said.", Some("Jane Roe")),
            (
                "|, said harbour minister Tak Gyeong-rim on Monday",
                Some("Tak Gyeong-rim"),
            ),
            ("| — Jane Roe, 12 May 2025", Some("Jane Roe")),
            ("| (Jane Roe)", Some("Jane Roe")),
            ("|, according to Dr. Jane Q. Roe.", Some("Dr. Jane Q. Roe")),
            ("|, said Ursula von der Leyen", Some("Ursula von der Leyen")),
            ("|, said Friday", None),
            ("|, she said. Ade Bello left.", None),
            ("|, the minister said.", None),
            ("Jane Roe: |", Some("Jane Roe")),
            ("Jane Roe, harbour minister: |", Some("Jane Roe")),
            ("It rained. On Friday, Jane Roe said: |", Some("Jane Roe")),
            ("Jane Roe told reporters that |", Some("Jane Roe")),
            ("According to Jane Roe, |", Some("Jane Roe")),
            ("trump said |", Some("trump")),
            ("He said |", None),
            ("|", None),
            ("the budget talks, |", None),
        ] {
            let (before, after) = text.split_once('|').unwrap();
            assert_eq!(claimed(before, after).as_deref(), expected, "{text}");
        }
    }
}
