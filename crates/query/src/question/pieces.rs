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
}

impl Piece<'_> {
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
    let mut rest = question.trim_end_matches(is_end);
    let mut pieces = Vec::new();
    loop {
        rest = rest.trim_start_matches(is_between);
        if rest.is_empty() {
            return pieces;
        }
        if let Some(marked) = marks::read(rest) {
            let words = marked.inner.trim_end_matches('?').to_owned();
            let (text, behind) = rest.split_at_checked(marked.len).unwrap_or((rest, ""));
            pieces.push(Piece {
                lower: String::new(),
                marked: Some(words),
                text,
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
        });
        rest = behind;
    }
}
