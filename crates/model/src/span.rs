use serde::{Deserialize, Serialize};

/// A half-open range of bytes in one text, on character boundaries of that text.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// Makes a span; `end` is raised to `start` when it lies before it.
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Returns the bytes covered; none when `end` lies before `start`.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Tells whether nothing is covered.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Returns the text covered, or `None` when the span does not lie on character boundaries of `text`.
    #[inline]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// Tells whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Tells whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Turns byte offsets of one text into Unicode code points (what a Python slice counts), in one pass.
///
/// ```
/// use whosaid_model::{CodePoints, Span};
///
/// let points = CodePoints::new("“Yes”");
/// assert_eq!(points.span(Span::new(3, 6)), Span::new(1, 4));
/// ```
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// Code points before each block of [`BLOCK`] bytes.
    before: Vec<u32>,
    text: Box<[u8]>,
}

/// Bytes between two remembered counts: small enough to count, large enough to cost one word in 32.
const BLOCK: usize = 128;

impl CodePoints {
    /// Counts `text` once.
    pub fn new(text: &str) -> Self {
        let mut total = 0_u32;
        let before = text
            .as_bytes()
            .chunks(BLOCK)
            .map(|block| {
                let here = total;
                total = total.saturating_add(count(block));
                here
            })
            .collect();
        Self {
            before,
            text: text.as_bytes().into(),
        }
    }

    /// Returns the code points before byte `offset`; an offset past the end counts the whole text.
    pub fn at(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        // The end of a text of whole blocks lies behind the last of them.
        let block = (offset / BLOCK).min(self.before.len().saturating_sub(1));
        let before = self.before.get(block).copied().unwrap_or(0);
        let within = self.text.get(block.saturating_mul(BLOCK)..offset);
        (before as usize).saturating_add(count(within.unwrap_or_default()) as usize)
    }

    /// Returns the span in code points.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.at(span.start), self.at(span.end))
    }
}

/// Counts the bytes that begin a code point.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting_characters() {
        let text = "“naïve” — 「ことば」 plain ".repeat(40);
        let points = CodePoints::new(&text);
        for (count, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(offset), count);
        }
        assert_eq!(points.at(text.len()), text.chars().count());
        assert_eq!(CodePoints::new("").at(7), 0);
    }

    #[test]
    fn a_span_that_ends_before_its_start_covers_nothing() {
        let span = Span { start: 2, end: 1 };
        assert_eq!(span.len(), 0);
        assert!(span.is_empty());
        assert_eq!(span.of("abc"), None);
    }

    #[test]
    fn a_span_off_the_character_boundaries_has_no_text() {
        assert_eq!(Span::new(1, 2).of("é"), None);
        assert_eq!(Span::new(0, 9).of("é"), None);
    }
}
