use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use whosaid_model::Span;

use crate::fold::stands_alone;
use crate::stem::LONGEST;

/// Finds where `words` stand in `text` letter for letter: case, accents and endings count. Apostrophes and
/// quotation marks of every shape are the same, and so are blanks of every width. Matches are whole words, in
/// order, and do not overlap; empty `words` match nowhere. In scripts without blanks every character is a word.
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
        let Some((spelled, behind)) = split(text, start, words) else {
            continue;
        };
        let last = spelled.chars().next_back();
        if behind
            .chars()
            .next()
            .is_some_and(|after| joins(last, after))
        {
            continue;
        }
        next = start.saturating_add(spelled.len());
        found.push(Span::new(start, next));
    }
    found
}

/// Returns what spells `words` from `start` on, and what follows it. It is asked for rarely, and inside the loop over
/// all characters it would slow that down.
#[inline(never)]
fn split<'a>(text: &'a str, start: usize, words: &str) -> Option<(&'a str, &'a str)> {
    let text = text.get(start..)?;
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
    text.split_at_checked(rest.peek().map_or(text.len(), |&(at, _)| at))
}

/// Tells whether two neighbours belong to one word.
fn joins(before: Option<char>, after: char) -> bool {
    let inside = |char| belongs(char) && !stands_alone(char);
    before.is_some_and(inside) && inside(after)
}

/// Tells whether a character belongs to a word.
fn belongs(char: char) -> bool {
    same(char).is_alphanumeric()
}

/// Makes tokens of letters as they are written: wherever [`find_exact`] finds words, their tokens stand in a row.
#[derive(Clone, Default)]
pub(crate) struct ExactTokenizer {
    token: Token,
}

pub(crate) struct ExactStream<'a> {
    text: &'a str,
    at: usize,
    token: &'a mut Token,
}

impl Tokenizer for ExactTokenizer {
    type TokenStream<'a> = ExactStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ExactStream<'a> {
        self.token.reset();
        ExactStream {
            text,
            at: 0,
            token: &mut self.token,
        }
    }
}

impl TokenStream for ExactStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(word) = next_word(self.text, self.at) {
            self.at = word.end;
            self.token.position = self.token.position.wrapping_add(1);
            if let Some(written) = word.of(self.text)
                && written.len() <= LONGEST
            {
                self.token.offset_from = word.start;
                self.token.offset_to = word.end;
                self.token.text.clear();
                self.token.text.push_str(written);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Finds the first word that starts at `at` or behind it.
pub(crate) fn next_word(text: &str, mut at: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            break;
        }
        let length = if byte.is_ascii() {
            1
        } else {
            let char = text.get(at..)?.chars().next()?;
            if belongs(char) {
                break;
            }
            char.len_utf8()
        };
        at = at.saturating_add(length);
    }
    let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
    let ascii = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric());
    let mut end = at.saturating_add(ascii.count());
    if bytes.get(end).is_some_and(|byte| !byte.is_ascii()) {
        let mut before = text.get(at..end)?.chars().next_back();
        for char in text.get(end..)?.chars() {
            if before.is_some() && !joins(before, char) {
                break;
            }
            before = Some(char);
            end = end.saturating_add(char.len_utf8());
        }
    }
    Some(Span::new(at, end))
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
            ("donʼt", "don't", 1),
            ("漢字を書く", "漢字", 1),
            ("ไม่รู้", "ไม่", 1),
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
        fn words_found_stand_in_a_row(text in "[aB é漢か’'ʼ-]{0,30}", words in "[aB é漢’-]{1,4}") {
            let tokens = |text| {
                let mut tokenizer = ExactTokenizer::default();
                let mut tokens = Vec::new();
                tokenizer.token_stream(text).process(&mut |token| tokens.push(token.text.clone()));
                tokens
            };
            let (all, row) = (tokens(&text), tokens(&words));
            if !row.is_empty() && !find_exact(&text, &words).is_empty() {
                prop_assert!(all.windows(row.len()).any(|part| part == row));
            }
        }

        #[test]
        fn words_are_runs_of_what_belongs_together(text in "[aB9 é漢ไ’'ʼ.-]{0,30}") {
            let chars: Vec<(usize, char)> = text.char_indices().collect();
            let mut expected: Vec<Span> = Vec::new();
            let mut before = None;
            for (at, char) in chars {
                match expected.last_mut() {
                    Some(word) if word.end == at && joins(before, char) => word.end += char.len_utf8(),
                    _ if belongs(char) => expected.push(Span::new(at, at + char.len_utf8())),
                    _ => {}
                }
                before = Some(char);
            }
            let mut found = Vec::new();
            while let Some(word) = next_word(&text, found.last().map_or(0, |word: &Span| word.end)) {
                found.push(word);
            }
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn words_are_found_in_themselves(words in "[a-z’]{1,8}( [a-z]{1,8}){0,3}") {
            prop_assert_eq!(find_exact(&words, &words), [Span::new(0, words.len())]);
        }
    }
}
