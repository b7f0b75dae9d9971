//! Where a name stands in a text.

use crate::total::{Cut, Steps};
use memchr::memchr_iter;

/// Returns the places of `name` in `text`, in order, none overlapping.
///
/// Names begin with a capital, which is rare: looking for it many bytes at a time outruns a search that must first
/// study what it looks for.
pub(crate) fn places<'t>(name: &'t str, text: &'t str) -> impl Iterator<Item = usize> + 't {
    let (name, text) = (name.as_bytes(), text.as_bytes());
    let mut free = 0;
    let mut starts = name.first().map(|&first| memchr_iter(first, text));
    // The last byte tells most other words from the name before all are compared.
    let (last, length) = (name.last().copied(), name.len());
    std::iter::from_fn(move || {
        let at = starts.as_mut()?.find(|&at| {
            text.get(at.plus(length).less(1)).copied() == last
                && at >= free
                && text.cut(at..).starts_with(name)
        })?;
        free = at.plus(name.len());
        Some(at)
    })
}

/// The last of the words of a text with single blanks between; of words as short as these, byte after byte is fastest.
pub(crate) fn last_word(text: &str) -> &str {
    let blank = text.bytes().rposition(|byte| byte == b' ');
    text.cut(blank.map_or(0, |blank| blank.plus(1))..)
}

/// Splits a text at its first blank, which comes soon.
pub(crate) fn split_first_word(text: &str) -> Option<(&str, &str)> {
    let blank = text.bytes().position(|byte| byte == b' ')?;
    Some((text.cut(..blank), text.cut(blank.plus(1)..)))
}

/// Splits a text at its last blank, which is not far from its end.
pub(crate) fn split_last_word(text: &str) -> Option<(&str, &str)> {
    let blank = text.bytes().rposition(|byte| byte == b' ')?;
    Some((text.cut(..blank), text.cut(blank.plus(1)..)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str) {
        let expected: Vec<usize> = text.match_indices(name).map(|(at, _)| at).collect();
        assert_eq!(places(name, text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_place_is_found_once() {
        check("Roe", "Roe, Roebuck and R. Roe; Ro");
        check("RoRo", "RoRoRoRoRo");
        check("Özil", "Ökonom Özil, Ö");
        check("Varga", "");
    }
}
