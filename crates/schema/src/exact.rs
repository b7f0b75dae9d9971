use whosaid_model::Span;

/// Finds where `words` stand in `text` letter for letter: case, accents and endings count. Apostrophes and
/// quotation marks of every shape are the same, and so are blanks of every width. Matches are whole words, in
/// order, and do not overlap; empty `words` match nowhere.
///
/// ```
/// use whosaid_model::Span;
/// use whosaid_schema::find_exact;
///
/// let text = "“We don’t want one percent, not One percent or one percentage.”";
/// assert_eq!(find_exact(text, "don't want"), [Span::new(6, 18)]);
/// assert_eq!(find_exact(text, "one percent").len(), 1);
/// ```
pub fn find_exact(text: &str, words: &str) -> Vec<Span> {
    let words = words.trim();
    let Some(first) = words.chars().next().map(same) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut before = None;
    let mut next = 0;
    for (start, char) in text.char_indices() {
        let begins = start >= next && same(char) == first && !joins(before, char);
        before = Some(char);
        if !begins {
            continue;
        }
        let Some(length) = prefix(&text[start..], words) else {
            continue;
        };
        let end = start + length;
        let last = text[..end].chars().next_back();
        if text[end..]
            .chars()
            .next()
            .is_some_and(|after| joins(last, after))
        {
            continue;
        }
        found.push(Span::new(start, end));
        next = end;
    }
    found
}

/// Returns how many bytes of `text` spell `words`.
fn prefix(text: &str, words: &str) -> Option<usize> {
    let mut rest = text.char_indices().peekable();
    let mut wanted = words.chars().peekable();
    while let Some(char) = wanted.next() {
        if char.is_whitespace() {
            while wanted.next_if(|char| char.is_whitespace()).is_some() {}
            rest.next_if(|(_, char)| char.is_whitespace())?;
            while rest.next_if(|(_, char)| char.is_whitespace()).is_some() {}
        } else {
            rest.next_if(|&(_, found)| same(found) == same(char))?;
        }
    }
    Some(rest.peek().map_or(text.len(), |&(at, _)| at))
}

/// Tells whether two neighbours belong to one word.
fn joins(before: Option<char>, after: char) -> bool {
    before.is_some_and(char::is_alphanumeric) && after.is_alphanumeric()
}

fn same(char: char) -> char {
    match char {
        '’' | '‘' | '‛' | 'ʼ' | '＇' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‐' | '‑' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn exact_words_keep_case_and_endings() {
        for (text, words, expected) in [
            ("one  percent\u{a0}chance", "one percent chance", 1),
            ("White House, white house", "White House", 1),
            ("cafe café", "café", 1),
            ("walks walk walking", "walk", 1),
            ("aaa aa", "aa", 1),
            ("no", "", 0),
            ("no", "  ", 0),
            ("", "no", 0),
        ] {
            assert_eq!(find_exact(text, words).len(), expected, "{text} {words}");
        }
    }

    proptest! {
        #[test]
        fn spans_lie_in_the_text(text in ".{0,60}", words in ".{0,5}") {
            for span in find_exact(&text, &words) {
                prop_assert!(span.of(&text).is_some());
            }
        }

        #[test]
        fn words_are_found_in_themselves(words in "[a-z’]{1,8}( [a-z]{1,8}){0,3}") {
            prop_assert_eq!(find_exact(&words, &words), [Span::new(0, words.len())]);
        }
    }
}
