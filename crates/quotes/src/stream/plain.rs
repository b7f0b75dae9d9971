//! Plain words: ASCII letters and nothing else, read eight at a time. Nine words of ten are.

use super::Shape;
use crate::forms::Key;
use crate::total::Steps;

/// The letters from one place on, as far as they go.
pub(crate) struct Letters {
    pub(crate) len: usize,
    pub(crate) shape: Shape,
    /// Their form, to look it up.
    pub(crate) key: Key,
}

/// What a byte after letters does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// The word is complete.
    Ends,
    /// The word is complete unless it is an initial, an abbreviation or an address.
    Dot,
    /// The word may go on: don’t, two-year, B52, R&B.
    Joins,
}

#[expect(
    clippy::indexing_slicing,
    reason = "done by the compiler, which would say so"
)]
const NEXT: [Next; 256] = {
    let mut next = [Next::Ends; 256];
    let mut byte = 0;
    while byte < 256 {
        next[byte] = match byte as u8 {
            b'.' | b':' => Next::Dot,
            b'\'' | b'`' | b'-' | b'&' | b'0'..=b'9' | 0x80.. => Next::Joins,
            _ => Next::Ends,
        };
        byte += 1;
    }
    next
};

impl Next {
    #[inline]
    pub(super) fn of(byte: u8) -> Next {
        *NEXT.get(usize::from(byte)).unwrap_or(&Next::Ends)
    }
}

const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// A number with all the bits of the bytes before the first one without a mark.
#[inline]
fn front(marks: u64) -> u64 {
    let gaps = marks ^ all(0x80);
    let first = gaps & gaps.wrapping_neg();
    (first >> 7).wrapping_sub(1)
}

/// Marks the letters among eight bytes, each by its highest bit.
#[inline]
fn letters_of(eight: u64) -> u64 {
    let small = (eight | all(0x20)) & all(0x7F);
    // No byte has its high bit, so no sum carries into the next one.
    let from_a = small.wrapping_add(all(0x80 - b'a'));
    let after_z = small.wrapping_add(all(0x80 - b'z' - 1));
    from_a & !after_z & !eight & all(0x80)
}

/// Keeps the marks of capitals, which lack the bit that small letters have.
#[inline]
fn capitals_of(eight: u64, marks: u64) -> u64 {
    marks & !(eight << 2)
}

/// The shape of `len` letters, each capital among them with a mark of its own, that of the first the lowest of eight
/// bits.
#[inline]
fn shape(len: usize, capitals: u64) -> Shape {
    if capitals & 0x80 == 0 {
        Shape::Lower
    } else if capitals & 0x8080 == 0x8080 && capitals.count_ones() as usize == len {
        Shape::Upper
    } else {
        Shape::Capital
    }
}

/// How many marks stand at the front of eight without a gap.
#[inline]
fn leading(marks: u64) -> usize {
    (marks ^ all(0x80)).trailing_zeros() as usize / 8
}

/// Reads the letters at `start`; `None` for more than fifteen, where they go on behind `limit`, and near the end of
/// `bytes`.
#[expect(
    clippy::inline_always,
    reason = "asked for every word of a text: what it finds stays in registers"
)]
#[inline(always)]
pub(crate) fn letters(bytes: &[u8], start: usize, limit: usize) -> Option<Letters> {
    let sixteen = bytes.get(start..)?.first_chunk::<16>()?;
    let word = u128::from_le_bytes(*sixteen);
    let (low, high) = (word as u64, (word >> 64) as u64);
    let low_marks = letters_of(low);
    let len = leading(low_marks);
    if len < 8 {
        if len > limit.less(start) {
            return None;
        }
        let front = front(low_marks);
        return Some(Letters {
            len,
            shape: shape(len, capitals_of(low, low_marks) & front),
            key: Key::of_small(u128::from((low | all(0x20)) & front), len),
        });
    }
    let high_marks = letters_of(high);
    let more = leading(high_marks);
    if more == 8 || more.plus(8) > limit.less(start) {
        return None;
    }
    let front = front(high_marks);
    let capitals = capitals_of(low, low_marks) | (capitals_of(high, high_marks) & front) >> 1;
    let small = u128::from(low | all(0x20)) | u128::from((high | all(0x20)) & front) << 64;
    Some(Letters {
        len: more.plus(8),
        shape: shape(more.plus(8), capitals),
        key: Key::of_small(small, more.plus(8)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn check(text: &str, expected: Option<(&str, Shape)>) {
        let padded = format!("{text} and so on and so on");
        let found = letters(padded.as_bytes(), 0, padded.len());
        let read = found
            .as_ref()
            .map(|found| (&padded[..found.len], found.shape));
        assert_eq!(read, expected);
        if let Some(found) = found.filter(|found| found.len > 0) {
            let lexicon = Lexicon::get();
            let known = lexicon.look_up(&padded, 0, found.len);
            assert_eq!(lexicon.get_key(found.key), known, "{text}");
        }
    }

    #[test]
    fn letters_end_where_something_else_begins() {
        check("said", Some(("said", Shape::Lower)));
        check("Said,", Some(("Said", Shape::Capital)));
        check("SAID", Some(("SAID", Shape::Upper)));
        check("A", Some(("A", Shape::Capital)));
        check("iPad", Some(("iPad", Shape::Lower)));
        check("don’t", Some(("don", Shape::Lower)));
        check("spokeswoman", Some(("spokeswoman", Shape::Lower)));
        check("SPOKESWOMEN.", Some(("SPOKESWOMEN", Shape::Upper)));
        check("counterclaiming", Some(("counterclaiming", Shape::Lower)));
        check("counterargument", Some(("counterargument", Shape::Lower)));
        check("counterarguments", None);
        check("@roe", Some(("", Shape::Lower)));
        check("[aid", Some(("", Shape::Lower)));
        check("zoé", Some(("zo", Shape::Lower)));
    }

    #[test]
    fn the_limit_is_kept() {
        assert!(letters(b"harbour minister said", 0, 4).is_none());
        let found = letters(b"harbour minister said", 0, 7).unwrap();
        assert_eq!((found.len, found.shape), (7, Shape::Lower));
        assert!(letters(b"said", 0, 4).is_none());
    }
}
