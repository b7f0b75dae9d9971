//! Pasted words without quotation marks, and who is said to have said them.

use super::attribution::{
    FAR, capital, clause_end, in_after, in_before, is_capital, is_particle, is_verb, name, split,
};

/// Splits a text without marks into its words and who is said to have said them. Returns the range of the words.
pub(super) fn unmarked(text: &str) -> (std::ops::Range<usize>, Option<String>) {
    let end = text.trim_end().len();
    let start = text.len() - text.trim_start().len();
    // `X: words` and `X said: words`.
    if let Some(at) = text.find(':') {
        let head = &text[..at];
        let rest = at + 1;
        if head.split_whitespace().count() <= FAR
            && text[rest..].starts_with(char::is_whitespace)
            && clause_end(head) == head.len()
            && let Some(name) = in_before(&text[..rest])
            && (capital(head) || head.split_whitespace().count() <= 3)
        {
            return (rest..end.max(rest), Some(name));
        }
    }
    // `words — X`, also on a line of its own.
    for dash in [" — ", " – ", " - ", " -- ", "\n—", "\n–", "\n-", "\n― "] {
        if let Some(at) = text.rfind(dash) {
            let tail = &text[at + dash.len()..end.max(at + dash.len())];
            let short = (1..=6).contains(&tail.split_whitespace().count());
            if short && let Some(name) = name(&split(tail), true).filter(|_| capital(tail)) {
                return (start..at.max(start), Some(name));
            }
        }
    }
    // `words, said X` and `words, X said`.
    if let Some(at) = text[..end].rfind([',', '”', '"']) {
        let tail = text[at..end].trim_start_matches([',', '”', '"']);
        let short = tail.split_whitespace().count() <= 6;
        let verb = tail.split_whitespace().any(is_verb);
        if short
            && verb
            && let Some(name) = in_after(tail).filter(|_| capital(tail))
        {
            return (start..at.max(start), Some(name));
        }
    }
    // `X said (that) words`, `According to X, words`.
    let words = split(text);
    let verb = words.iter().take(6).position(|word| is_verb(word.text));
    if let Some(verb) = verb
        && verb > 0
        && (verb > 1
            || words
                .get(verb + 1)
                .is_some_and(|next| next.lower() == "that"))
        && words[..verb]
            .iter()
            .all(|word| is_capital(word.text) || is_particle(word.text))
        && let Some(name) = name(&words[..verb], true)
    {
        let mut rest = &words[verb + 1..];
        while let [first, more @ ..] = rest
            && matches!(
                first.lower().as_str(),
                "that" | "reporters" | "on" | "journalists"
            )
            && !more.is_empty()
        {
            rest = more;
        }
        if let Some(first) = rest.first() {
            return (first.at..end, Some(name));
        }
    }
    if let [first, second, ..] = words.as_slice()
        && first.lower() == "according"
        && second.lower() == "to"
        && let Some(at) = text.find(',')
        && let Some(name) = name(&split(&text[second.at + 2..at]), true)
    {
        return (at + 1..end.max(at + 1), Some(name));
    }
    (start..end.max(start), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_marks_are_cut_off_their_speaker() {
        for (text, words, expected) in [
            ("we will raise taxes", "we will raise taxes", None),
            (
                "Jane Roe: we will raise taxes",
                " we will raise taxes",
                Some("Jane Roe"),
            ),
            (
                "We will raise taxes — Jane Roe",
                "We will raise taxes",
                Some("Jane Roe"),
            ),
            (
                "We will raise taxes\n- Jane Roe, 2025",
                "We will raise taxes",
                Some("Jane Roe"),
            ),
            (
                "We will raise taxes, said Jane Roe.",
                "We will raise taxes",
                Some("Jane Roe"),
            ),
            (
                "Jane Roe said that we will raise taxes",
                "we will raise taxes",
                Some("Jane Roe"),
            ),
            (
                "According to Jane Roe, we will raise taxes",
                " we will raise taxes",
                Some("Jane Roe"),
            ),
            (
                "We said we will raise taxes",
                "We said we will raise taxes",
                None,
            ),
            (
                "It is time: we will raise taxes",
                "It is time: we will raise taxes",
                None,
            ),
            ("It is late - and dark", "It is late - and dark", None),
            ("at 10:30 we leave", "at 10:30 we leave", None),
        ] {
            let (range, speaker) = unmarked(text);
            assert_eq!(
                (&text[range], speaker.as_deref()),
                (words, expected),
                "{text}"
            );
        }
    }
}
