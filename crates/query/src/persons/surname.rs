//! Family names that no article completes: whose they are.

use super::name::Name;

/// The share of the quotations of all who bear a family name that one of them must have, so that the name alone is
/// taken for theirs: nine tenths. In a corpus of 920 articles on one election, `Trump`, `Clinton`, `Cruz` and
/// `Sanders` pass, and `Bush` and `Kelly`, of whom two are quoted often, do not.
const SHARE: f32 = 0.9;

/// How many quotations they must have: what is said of one or two is no habit.
const LEAST: u64 = 3;

/// Days before the first and after the last use of a family name alone, in which those who bear it are counted: in
/// the archive of ten years `Bush` may be another president than at its end.
pub(super) const NEAR: i64 = 365;

/// Words that family names begin with: `de Blasio`, `Van Hollen`.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le",
    "san", "st", "ten", "ter", "van", "von",
];

/// Tells whether a name may be a family name alone.
pub(super) fn is_surname(name: &Name) -> bool {
    match name.words.as_slice() {
        [word] => word.chars().nth(1).is_some(),
        [first, .., last] => PARTICLES.contains(&first.as_str()) && last.chars().nth(1).is_some(),
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
    let mut total = 0;
    let mut best: Option<(usize, u64)> = None;
    for (of, count) in counts {
        total += count;
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((of, count));
        }
    }
    let (of, most) = best?;
    let is_clear = most >= LEAST && most as f32 >= SHARE * total as f32;
    is_clear.then(|| (of, most as f32 / (total + 1) as f32))
}
