//! Plain words: ASCII letters and nothing else, read eight at a time. Nine words of ten are.

use super::Shape;
use crate::forms::{Key, eight_of};
use crate::total::Steps;

/// The letters from one place on, as far as they go.
pub(crate) struct Letters {
    pub(crate) len: usize,
    pub(crate) shape: Shape,
    /// Their form, to look it up.
    pub(crate) key: Key,
    /// The byte behind them.
    pub(crate) next: u8,
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

/// The bit that small letters have and capitals lack.
const SMALL: u64 = eight_of(0x20);

/// Marks the first of eight bytes, made small, that is no letter, by its highest bit; those behind it may have a mark or
/// none.
#[inline]
fn gaps(small: u64) -> u64 {
    // Of letters no sum carries into the next byte and no difference borrows from it.
    let after_z = small.wrapping_add(eight_of(0x80 - b'z' - 1));
    let before_a = small.wrapping_sub(eight_of(b'a'));
    (after_z | before_a) & eight_of(0x80)
}

/// A number with all the bits of the bytes before the first one with a mark.
#[inline]
fn front(gaps: u64) -> u64 {
    let first = gaps & gaps.wrapping_neg();
    (first >> 7).wrapping_sub(1)
}

/// How many bytes stand before the first one with a mark.
#[inline]
fn leading(gaps: u64) -> usize {
    gaps.trailing_zeros() as usize / 8
}

/// The shape of a word whose letters, or the first eight of them, have these bits; `all_capitals` where the others have.
#[inline]
fn shape(len: usize, capitals: u64, all_capitals: bool) -> Shape {
    if capitals & 0x20 == 0 {
        Shape::Lower
    } else if all_capitals && len > 1 {
        Shape::Upper
    } else {
        Shape::Capital
    }
}

/// Reads the letters that sixteen bytes begin with; `None` for sixteen.
#[expect(
    clippy::inline_always,
    reason = "asked for every word of a text: what it finds stays in registers"
)]
#[inline(always)]
pub(crate) fn letters(sixteen: &[u8; 16]) -> Option<Letters> {
    let word = u128::from_le_bytes(*sixteen);
    let (low, high) = (word as u64, (word >> 64) as u64);
    let small = low | SMALL;
    let low_gaps = gaps(small);
    if low_gaps != 0 {
        let (front, len) = (front(low_gaps), leading(low_gaps));
        let capitals = !low & SMALL & front;
        return Some(Letters {
            len,
            shape: shape(len, capitals, capitals == SMALL & front),
            key: Key::of_small(u128::from(small & front), len),
            next: (low >> (len as u32).times(8)) as u8,
        });
    }
    let small_high = high | SMALL;
    let high_gaps = gaps(small_high);
    if high_gaps == 0 {
        return None;
    }
    let (front, more) = (front(high_gaps), leading(high_gaps));
    let all_capitals = !low & SMALL == SMALL && !high & SMALL & front == SMALL & front;
    let len = more.plus(8);
    Some(Letters {
        len,
        shape: shape(len, !low, all_capitals),
        key: Key::of_small(
            u128::from(small) | u128::from(small_high & front) << 64,
            len,
        ),
        next: (high >> (more as u32).times(8)) as u8,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn check(text: &str, expected: Option<(&str, Shape)>) {
        let padded = format!("{text} and so on and so on");
        let found = letters(padded.as_bytes().first_chunk().unwrap());
        let read = found
            .as_ref()
            .map(|found| (&padded[..found.len], found.shape));
        assert_eq!(read, expected);
        let next = found.as_ref().map(|found| found.next);
        assert_eq!(
            next,
            found.as_ref().map(|found| padded.as_bytes()[found.len])
        );
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
}
