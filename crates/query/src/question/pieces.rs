//! The words of a question.

use crate::marks;

/// One word of a question, or a marked text as a whole.
#[derive(Clone, Debug)]
pub(super) struct Piece<'q> {
    /// The word in lower case, without a mark of the sentence behind it; empty for a marked text.
    pub(super) lower: String,
    /// The words between marks.
    pub(super) marked: Option<String>,
    pub(super) text: &'q str,
    /// Where it begins, in bytes of the question.
    pub(super) start: usize,
}

impl Piece<'_> {
    /// Where it ends, without a mark of the sentence behind it.
    pub(super) fn end(&self) -> usize {
        let text = self.text.trim_end_matches([',', ':', ';']);
        self.start.saturating_add(text.len())
    }

    /// Tells whether this is one of some words, which are in small letters here and in the question.
    pub(super) fn is_small(&self, words: &[&str]) -> bool {
        self.marked.is_none()
            && words.contains(&self.lower.as_str())
            && !self.text.contains(char::is_uppercase)
    }

    /// Tells whether this is the word, which is in small letters.
    pub(super) fn is(&self, word: &str) -> bool {
        self.marked.is_none() && self.lower == word
    }
}

/// Joins words as the question has them; `None` when there are none or some are marked.
pub(super) fn plain(pieces: &[Piece<'_>]) -> Option<String> {
    if pieces.is_empty() || pieces.iter().any(|piece| piece.marked.is_some()) {
        return None;
    }
    let words: Vec<&str> = pieces.iter().map(|piece| piece.text).collect();
    Some(words.join(" "))
}

/// Cuts a question into words and marked texts; the question mark at the end goes.
pub(super) fn pieces(question: &str) -> Vec<Piece<'_>> {
    let is_end = |char: char| char.is_whitespace() || matches!(char, '?' | '.' | '!');
    let is_between = |char: char| char.is_whitespace() || char.is_control();
    let asked = question.trim_end_matches(is_end);
    let mut rest = asked;
    let mut pieces = Vec::new();
    loop {
        rest = rest.trim_start_matches(is_between);
        if rest.is_empty() {
            return pieces;
        }
        let start = asked.len().saturating_sub(rest.len());
        if let Some(marked) = marks::read(rest) {
            let words = marked.inner.trim_end_matches('?').to_owned();
            let (text, behind) = rest.split_at_checked(marked.len).unwrap_or((rest, ""));
            pieces.push(Piece {
                lower: String::new(),
                marked: Some(words),
                text,
                start,
            });
            rest = behind;
            continue;
        }
        let len = rest
            .char_indices()
            .skip(1)
            .find(|&(_, char)| char.is_whitespace() || marks::is_double_mark(char) || char == '‘')
            .map_or(rest.len(), |(at, _)| at);
        let (text, behind) = rest.split_at_checked(len).unwrap_or((rest, ""));
        let lower = text.to_lowercase();
        let trimmed = lower.trim_end_matches([',', ':', ';']);
        pieces.push(Piece {
            lower: if trimmed.is_empty() {
                lower.clone()
            } else {
                trimmed.to_owned()
            },
            marked: None,
            text,
            start,
        });
        rest = behind;
    }
}
