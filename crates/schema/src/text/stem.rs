//! Words to the form in which they are looked up.
//!
//! Only inflections are taken off, so that a quotation is found by what was said and not by what is related to it:
//! `talks` is `talk`, but `government` is not `govern` and `business` not `busy`. The rules are those of the English
//! stemmer of Snowball (<https://snowballstem.org/algorithms/english/stemmer.html>), steps 1a, 1b, 1c and the final e
//! of step 5; its steps 2 to 4 take off derivations and are left out.

/// Longer words are no words; they are skipped, but count as a position.
pub(crate) const LONGEST: usize = 128;

/// Words the rules are wrong about; those of Snowball, and plurals and names of the news.
const EXCEPTIONS: [(&str, &str); 24] = [
    ("andes", "andes"),
    ("atlas", "atlas"),
    ("bias", "bias"),
    ("buses", "bus"),
    ("canning", "canning"),
    ("cosmos", "cosmos"),
    ("dying", "die"),
    ("earring", "earring"),
    ("evening", "evening"),
    ("exceed", "exceed"),
    ("gases", "gas"),
    ("herring", "herring"),
    ("hundred", "hundred"),
    ("inning", "inning"),
    ("its", "its"),
    ("lying", "lie"),
    ("news", "news"),
    ("outing", "outing"),
    ("proceed", "proceed"),
    ("series", "series"),
    ("species", "species"),
    ("succeed", "succeed"),
    ("tying", "tie"),
    ("united", "united"),
];

/// Letters of a word that its stem has not, at most: `plannings` is `plan`. Of [exceptions](exceptional_stems) that does
/// not hold.
pub const LONGEST_ENDING: usize = 5;

/// What words have behind what they share with their stem; the stemmer has the last word.
const ENDINGS: [&str; 10] = [
    "", "s", "e", "es", "ed", "eds", "ing", "ings", "eing", "eings",
];
/// The same where the stem ends in i or e, which they lack.
const ENDINGS_OF_I: [&str; 9] = [
    "y", "ys", "ies", "ied", "ieds", "ying", "yings", "yed", "yeds",
];
const ENDINGS_OF_E: [&str; 4] = ["ed", "eds", "ing", "ings"];

/// Tells whether of the words that have this stem some begin with `beginning`, and the stem or others do not, so that the
/// stem does not tell by itself: `govern` is the stem of `governing` and of `governs`, and `ferri` that of `ferries` and
/// `ferry`.
///
/// ```
/// use whosaid_schema::may_begin;
///
/// assert!(may_begin("talk", "talki") && may_begin("plan", "plannings") && may_begin("ferri", "ferry"));
/// assert!(!may_begin("talk", "talkat") && !may_begin("talk", "tal") && !may_begin("the", "thing"));
/// ```
pub fn may_begin(stem: &str, beginning: &str) -> bool {
    if stem.len() < 2 || !stem.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    let begins = |base: &str, ending: &str| match beginning.strip_prefix(base) {
        Some(rest) => ending.starts_with(rest),
        None => base.starts_with(beginning),
    };
    any_word(stem, |base, ending| begins(base, ending))
        && (!stem.starts_with(beginning) || any_word(stem, |base, ending| !begins(base, ending)))
}

/// Tells whether any of the words that have a stem is as wanted, given what it shares with the stem and its ending.
fn any_word(stem: &str, is_wanted: impl Fn(&str, &str) -> bool) -> bool {
    let mut written = String::new();
    let mut is_one = |base: &str, ending: &str| {
        is_wanted(base, ending) && {
            written.clear();
            written.extend([base, ending]);
            self::stem(&mut written);
            written == stem
        }
    };
    let mut letters = stem.chars();
    let last = letters.next_back().unwrap_or_default();
    let base = letters.as_str();
    let doubled = format!("{stem}{last}");
    let endings: &[&str] = match last {
        'i' => &ENDINGS_OF_I,
        'e' => &ENDINGS_OF_E,
        _ => &[],
    };
    let regular = [(stem, &ENDINGS[..]), (&doubled, &ENDINGS), (base, endings)];
    regular
        .into_iter()
        .any(|(base, endings)| endings.iter().any(|ending| is_one(base, ending)))
        || EXCEPTIONS
            .iter()
            .any(|(word, of)| *of == stem && is_one(word, ""))
}

/// Returns the stems of words that begin so and share too little with them: `die` of `dying`.
pub fn exceptional_stems(beginning: &str) -> impl Iterator<Item = &'static str> {
    let words = EXCEPTIONS.iter();
    words.filter_map(move |(word, stem)| word.starts_with(beginning).then_some(*stem))
}

/// Replaces a word by its stem; words with other characters than `a` to `z` stay.
pub(crate) fn stem(word: &mut String) {
    if !(3..=LONGEST).contains(&word.len())
        || !word.bytes().all(|byte| byte.is_ascii_lowercase())
        || except(word)
    {
        return;
    }
    plural(word);
    if except(word) {
        return;
    }
    past(word);
    if let [before @ .., b'y'] = word.as_bytes()
        && before.len() > 1
        && !ends_in_vowel(before)
    {
        word.pop();
        word.push('i');
    }
    final_e(word);
}

fn except(word: &mut String) -> bool {
    let known = EXCEPTIONS.binary_search_by_key(&word.as_str(), |(word, _)| word);
    let Some((_, stem)) = known.ok().and_then(|at| EXCEPTIONS.get(at)) else {
        return false;
    };
    word.clear();
    word.push_str(stem);
    true
}

/// Step 1a.
fn plural(word: &mut String) {
    match word.as_bytes() {
        // Four letters keep their e: `ties` is `tie`, but `skies` is `ski`.
        [.., b's', b's', b'e', b's'] | [_, .., _, b'i', b'e', b'd' | b's'] => {
            word.pop();
            word.pop();
        }
        [.., b'i', b'e', b'd' | b's'] => {
            word.pop();
        }
        // A vowel that stands not right before the s: `gaps`, not `gas` or `this`.
        [before @ .., last, b's'] if !b"us".contains(last) && has_vowel(before) => {
            word.pop();
        }
        _ => {}
    }
}

/// Step 1b.
fn past(word: &mut String) {
    let stem = match word.as_bytes() {
        [before @ .., b'e', b'e', b'd'] => {
            if region(word.as_bytes(), 0) <= before.len() {
                word.pop();
            }
            return;
        }
        [before @ .., b'e', b'd'] | [before @ .., b'i', b'n', b'g'] if has_vowel(before) => {
            before.len()
        }
        _ => return,
    };
    word.truncate(stem);
    let bytes = word.as_bytes();
    if let [.., b'a', b't'] | [.., b'b', b'l'] | [.., b'i', b'z'] = bytes {
        word.push('e');
    } else if let [.., a, b] = bytes
        && a == b
        && b"bdfgmnprt".contains(b)
    {
        // `added`, `egged` and the like are all their double letter.
        if bytes.len() > 3 || vowels(bytes).next() == Some(false) {
            word.pop();
        }
    } else if word.ends_with("ll") && region(bytes, region(bytes, 0)) < bytes.len() {
        word.pop();
    } else if region(bytes, 0) >= bytes.len() && ends_short(bytes) {
        word.push('e');
    }
}

/// The e of step 5.
fn final_e(word: &mut String) {
    let Some(before) = word.strip_suffix('e') else {
        return;
    };
    let (bytes, at) = (word.as_bytes(), before.len());
    let first = region(bytes, 0);
    if region(bytes, first) <= at || (first <= at && !ends_short(before.as_bytes())) {
        word.pop();
    }
}

/// The region behind the first consonant that follows a vowel, from `start` on: R1, and from there R2.
fn region(word: &[u8], start: usize) -> usize {
    let (first, mut after_vowel) = (start.saturating_add(1), false);
    for (vowel, end) in vowels(word).zip(1..) {
        if after_vowel && !vowel && end > first {
            return end;
        }
        after_vowel = vowel;
    }
    word.len()
}

/// A vowel between consonants, the last none of w, x, y; or a vowel at the start before a consonant.
fn ends_short(word: &[u8]) -> bool {
    let ([before @ .., last], [first @ .., _, _]) = (word, word) else {
        return false;
    };
    ends_in_vowel(before)
        && !ends_in_vowel(word)
        && (first.is_empty() || !ends_in_vowel(first) && !b"wxy".contains(last))
}

fn has_vowel(word: &[u8]) -> bool {
    vowels(word).any(|vowel| vowel)
}

fn ends_in_vowel(word: &[u8]) -> bool {
    vowels(word).last() == Some(true)
}

/// Tells of each letter whether it is a vowel. A y is a consonant at the start and after a vowel.
fn vowels(word: &[u8]) -> impl Iterator<Item = bool> {
    word.iter().scan(true, |after_vowel, letter| {
        *after_vowel = match letter {
            b'a' | b'e' | b'i' | b'o' | b'u' => true,
            b'y' => !*after_vowel,
            _ => false,
        };
        Some(*after_vowel)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str], same: bool) {
        let stems: Vec<String> = words
            .iter()
            .map(|word| {
                let mut word = (*word).to_owned();
                stem(&mut word);
                word
            })
            .collect();
        for pair in stems.windows(2) {
            assert_eq!(pair[0] == pair[1], same, "{words:?} {stems:?}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]

        /// A stem tells of a beginning that all of its words begin so, or is said not to.
        #[test]
        fn words_are_found_by_their_beginnings(
            word in "(s|t|pl|c|d)?[aeiouy]{1,2}[a-z]{1,4}(s|e|es|ed|eds|ing|ings|y|ys|ies|ied|ying|yings|sses)?",
        ) {
            let mut stem = word.clone();
            self::stem(&mut stem);
            // No word that anybody would look for has a stem of one letter.
            proptest::prop_assume!(stem.len() > 1);
            for end in 2..=word.len() {
                let beginning = &word[..end];
                let is_sure = stem.starts_with(beginning);
                proptest::prop_assert!(is_sure || may_begin(&stem, beginning), "{word} {stem} {beginning}");
                let shared = word.len().saturating_sub(LONGEST_ENDING).min(stem.len());
                let is_exception = exceptional_stems(beginning).any(|of| of == stem);
                proptest::prop_assert!(is_exception || stem.starts_with(&word[..shared]), "{word} {stem}");
            }
        }
    }

    #[test]
    fn exceptions_are_sorted() {
        assert!(EXCEPTIONS.is_sorted());
    }

    #[test]
    fn inflections_are_one_word() {
        for words in [
            &["talk", "talks", "talked", "talking"][..],
            &["chance", "chances", "chanced"],
            &["increase", "increases", "increased", "increasing"],
            &["decide", "decides", "decided", "deciding"],
            &["negotiate", "negotiates", "negotiated", "negotiating"],
            &["plan", "plans", "planned", "planning"],
            &["hope", "hopes", "hoped", "hoping"],
            &["hop", "hops", "hopped", "hopping"],
            &["cry", "cries", "cried"],
            &["party", "parties"],
            &["tie", "ties", "tying"],
            &["church", "churches"],
            &["tax", "taxes", "taxed"],
            &["virus", "viruses"],
            &["bus", "buses"],
            &["business", "businesses"],
            &["agree", "agrees", "agreed"],
            &["add", "adds", "added", "adding"],
            &["call", "calls", "called", "calling"],
            &["pass", "passes", "passed"],
            &["control", "controls", "controlled"],
            &["evening", "evenings"],
            &["travel", "travelled", "traveled"],
            &["enjoy", "enjoys", "enjoyed"],
            &["use", "uses", "used"],
            &["state", "states", "stated"],
        ] {
            check(words, true);
        }
    }

    #[test]
    fn relations_are_not() {
        for words in [
            &["government", "govern"][..],
            &["business", "busy"],
            &["universe", "university"],
            &["organ", "organization"],
            &["united", "unit"],
            &["evening", "even"],
            &["policy", "police"],
            &["news", "new"],
            &["minister", "ministry"],
            &["nation", "national"],
            &["this", "thi"],
            &["need", "nee"],
            &["thing", "th"],
        ] {
            check(words, false);
        }
    }
}
