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
    let end = question
        .trim_end_matches(|char: char| char.is_whitespace() || matches!(char, '?' | '.' | '!'))
        .len();
    let question = &question[..end];
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < question.len() {
        let rest = &question[at..];
        let Some(char) = rest.chars().next() else {
            break;
        };
        if char.is_whitespace() || char.is_control() {
            at += char.len_utf8();
            continue;
        }
        if let Some(marked) = marks::read(rest) {
            let words = marked.inner.trim_end_matches('?').to_owned();
            pieces.push(Piece {
                lower: String::new(),
                marked: Some(words),
                text: &question[at..at + marked.len],
            });
            at += marked.len;
            continue;
        }
        let len = rest
            .char_indices()
            .skip(1)
            .find(|&(_, char)| char.is_whitespace() || marks::is_double_mark(char) || char == '‘')
            .map_or(rest.len(), |(at, _)| at);
        let text = &rest[..len];
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
        at += len;
    }
    pieces
}
