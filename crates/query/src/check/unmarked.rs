//! Pasted words without quotation marks, and who is said to have said them.

use super::attribution::{FAR, in_after, in_before, name};
use super::cues::is_verb;
use super::word::{capital, clause_end, is_capital, is_particle, split};

/// Splits a text without marks into its words and who is said to have said them. Returns the range of the words.
pub(super) fn unmarked(text: &str) -> (std::ops::Range<usize>, Option<String>) {
    let end = text.trim_end().len();
    let start = text.len().saturating_sub(text.trim_start().len());
    // `X: words` and `X said: words`.
    if let Some(head) = text.split_inclusive(':').next()
        && let (Some(said), Some(rest)) = (head.strip_suffix(':'), text.get(head.len()..))
        && said.split_whitespace().count() <= FAR
        && rest.starts_with(char::is_whitespace)
        && clause_end(said) == said.len()
        && let Some(name) = in_before(head)
        && (capital(said) || said.split_whitespace().count() <= 3)
    {
        return (head.len()..end.max(head.len()), Some(name));
    }
    // `words — X`, also on a line of its own.
    for dash in [" — ", " – ", " - ", " -- ", "\n—", "\n–", "\n-", "\n― "] {
        if let Some((words, tail)) = text.rsplit_once(dash) {
            let tail = tail.trim_end();
            let short = (1..=6).contains(&tail.split_whitespace().count());
            if short && let Some(name) = name(&split(tail)).filter(|_| capital(tail)) {
                return (start..words.len().max(start), Some(name));
            }
        }
    }
    // `words, said X` and `words, X said`.
    if let Some((words, tail)) = text.trim_end().rsplit_once([',', '”', '"']) {
        let short = tail.split_whitespace().count() <= 6;
        let verb = tail.split_whitespace().any(is_verb);
        if short
            && verb
            && let Some(name) = in_after(tail).filter(|_| capital(tail))
        {
            return (start..words.len().max(start), Some(name));
        }
    }
    // `X said (that) words`, `According to X, words`.
    let words = split(text);
    let verb = words.iter().take(6).position(|word| is_verb(word.text));
    if let Some(verb) = verb
        && let Some((before, [_, after @ ..])) = words.split_at_checked(verb)
        && verb > 0
        && (verb > 1 || after.first().is_some_and(|next| next.lower() == "that"))
        && before
            .iter()
            .all(|word| is_capital(word.text) || is_particle(word.text))
        && let Some(name) = name(before)
    {
        let mut rest = after;
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
        && let Some((head, rest)) = text.split_once(',')
        && let Some(head) = head.get(second.at..)
        && let [_, named @ ..] = split(head).as_slice()
        && let Some(name) = name(named)
    {
        let rest = text.len().saturating_sub(rest.len());
        return (rest..end.max(rest), Some(name));
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
            (
                "According, to Jane Roe we win",
                "According, to Jane Roe we win",
                None,
            ),
            (
                "According —to Jane Roe, we win",
                " we win",
                Some("Jane Roe"),
            ),
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
