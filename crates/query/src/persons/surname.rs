//! Family names that no article completes: whose they are.

use super::name::Name;

/// The share of the quotations of all who bear a family name that one of them must have, so that the name alone is
/// taken for theirs: nine tenths. In 920 articles on one election the names of all candidates but one pass, and that
/// of two presidents and a candidate does not. Of the 192 quotations joined so 185 are right, counted by hand; the
/// others are an agency's and an institute's that were taken for people.
const SHARE: f32 = 0.9;

/// How many quotations they must have: one is no habit. With two the name is trusted two thirds.
const LEAST: u64 = 2;

/// Days before the first and after the last use of a family name alone, in which those who bear it are counted: in
/// an archive of ten years it may be another president's than at the end.
const NEAR: i64 = 365;

/// Words that many family names begin with: `de Blasio`, `Van Hollen`.
const PARTICLES: [&str; 18] = [
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le",
    "ten", "ter", "van", "von",
];

/// Tells whether a word in small letters is one that family names begin with, wherever it stands. Who reads a name in a
/// sentence knows it from its neighbours, and takes more words for such.
pub(crate) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Returns the days in which those who bear a family name are counted, from the first and the last of its use alone.
pub(super) fn near((first, last): (i64, i64)) -> (i64, i64) {
    // The days of an archive from somebody else may be any number.
    (first.saturating_sub(NEAR), last.saturating_add(NEAR))
}

/// Tells whether a name may be a family name alone.
pub(super) fn is_surname(name: &Name) -> bool {
    match name.words.as_slice() {
        [word] => word.chars().nth(1).is_some(),
        [first, .., last] => {
            (is_particle(first) || matches!(first.as_str(), "san" | "st"))
                && last.chars().nth(1).is_some()
        }
        [] => false,
    }
}

/// Tells whether a full name has the family name.
pub(super) fn bears(full: &Name, surname: &Name) -> bool {
    full.is_full() && (surname.ends(full) || surname.begins(full))
}

/// Returns the one that has by far the most, and the share it is trusted with: that of its count in a total with one
/// more, which stands for whoever the archive does not know.
pub(super) fn overwhelming(counts: impl Iterator<Item = (usize, u64)>) -> Option<(usize, f32)> {
    let mut total = 0_u64;
    let mut best: Option<(usize, u64)> = None;
    for (of, count) in counts {
        total = total.saturating_add(count);
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((of, count));
        }
    }
    let (of, most) = best?;
    let is_clear = most >= LEAST && most as f32 >= SHARE * total as f32;
    is_clear.then(|| (of, most as f32 / total.saturating_add(1) as f32))
}
