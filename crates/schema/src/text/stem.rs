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

/// Tells whether a word that begins with `beginning` may have this stem, which does not tell by itself: `govern` is the
/// stem of what begins with `governi`, and `ferri` that of `ferries`, but also of `ferry`.
///
/// ```
/// use whosaid_schema::may_begin;
///
/// assert!(may_begin("talk", "talki") && may_begin("plan", "plann") && may_begin("ferri", "ferry"));
/// assert!(!may_begin("talk", "talkat") && !may_begin("talk", "tal"));
/// ```
pub fn may_begin(stem: &str, beginning: &str) -> bool {
    if stem.len() < 2 || !stem.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    let goes_on = |base: &str, endings: &[&str]| {
        let rest = beginning.strip_prefix(base);
        rest.is_some_and(|rest| endings.iter().any(|ending| ending.starts_with(rest)))
    };
    let (base, last) = stem.split_at(stem.len() - 1);
    match last {
        "i" if goes_on(base, &["y", "ies", "ied"]) => return true,
        "e" if goes_on(base, &["e", "es", "ed", "ing"]) => return true,
        _ => {}
    }
    beginning.len() > stem.len()
        && (goes_on(stem, &["s", "es", "ed", "ing", "e"])
            || goes_on(&format!("{stem}{last}"), &["ed", "ing"]))
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
    if word.len() > 2 && word.ends_with('y') && !is_vowel(word.as_bytes(), word.len() - 2) {
        word.pop();
        word.push('i');
    }
    final_e(word);
}

fn except(word: &mut String) -> bool {
    let known = EXCEPTIONS.binary_search_by_key(&word.as_str(), |(word, _)| word);
    if let Ok(at) = known {
        word.clear();
        word.push_str(EXCEPTIONS[at].1);
    }
    known.is_ok()
}

/// Step 1a.
fn plural(word: &mut String) {
    let len = word.len();
    if word.ends_with("sses") {
        word.truncate(len - 2);
    } else if word.ends_with("ied") || word.ends_with("ies") {
        word.truncate(len - if len > 4 { 2 } else { 1 });
    } else if word.ends_with('s') && !word.ends_with("us") && !word.ends_with("ss") {
        // A vowel that stands not right before the s: `gaps`, not `gas` or `this`.
        if has_vowel(&word.as_bytes()[..len.saturating_sub(2)]) {
            word.truncate(len - 1);
        }
    }
}

/// Step 1b.
fn past(word: &mut String) {
    let len = word.len();
    if word.ends_with("eed") {
        if region(word.as_bytes(), 0) <= len - 3 {
            word.truncate(len - 1);
        }
        return;
    }
    let ending = ["ed", "ing"].into_iter().find(|it| word.ends_with(it));
    let Some(stem) = ending
        .map(|it| len - it.len())
        .filter(|&stem| has_vowel(&word.as_bytes()[..stem]))
    else {
        return;
    };
    word.truncate(stem);
    let bytes = word.as_bytes();
    if ["at", "bl", "iz"].iter().any(|it| word.ends_with(it)) {
        word.push('e');
    } else if let [.., a, b] = bytes
        && a == b
        && b"bdfgmnprt".contains(b)
    {
        // `added`, `egged` and the like are all their double letter.
        if bytes.len() > 3 || !is_vowel(bytes, 0) {
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
    (start + 1..word.len())
        .find(|&at| !is_vowel(word, at) && is_vowel(word, at - 1))
        .map_or(word.len(), |at| at + 1)
}

/// A vowel between consonants, the last none of w, x, y; or a vowel at the start before a consonant.
fn ends_short(word: &[u8]) -> bool {
    let len = word.len();
    if len < 2 || is_vowel(word, len - 1) || !is_vowel(word, len - 2) {
        return false;
    }
    len == 2 || (!is_vowel(word, len - 3) && !b"wxy".contains(&word[len - 1]))
}

fn has_vowel(word: &[u8]) -> bool {
    (0..word.len()).any(|at| is_vowel(word, at))
}

/// A y is a consonant at the start and after a vowel.
fn is_vowel(word: &[u8], at: usize) -> bool {
    match word[at] {
        b'a' | b'e' | b'i' | b'o' | b'u' => true,
        b'y' => at > 0 && !is_vowel(word, at - 1),
        _ => false,
    }
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
