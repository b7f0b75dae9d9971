//! By what a question wants to be counted: `how often did Roe say “ferry” per month`.

use super::pieces::Piece;
use crate::date::Period;

/// Takes the period out of a question how often; it stands at the end, or behind `how often`.
pub(super) fn take(pieces: Vec<Piece<'_>>) -> (Vec<Piece<'_>>, Option<Period>) {
    let words: Vec<&str> = pieces.iter().map(|piece| piece.lower.as_str()).collect();
    let asked = match words.as_slice() {
        ["how", "often" | "frequently", ..] => 2,
        ["how", "many", "times", ..] => 3,
        _ => return (pieces, None),
    };
    // Without marks `we meet every month` is what was said.
    let is_marked = pieces.iter().any(|piece| piece.marked.is_some());
    let period = |place: usize| {
        let [by, period] = words.get(place..place.checked_add(2)?)? else {
            return None;
        };
        let leads = matches!(*by, "per" | "by")
            || (matches!(*by, "each" | "every" | "a") && (is_marked || place == asked));
        Period::from_word(period).filter(|_| leads)
    };
    let last = pieces.len().saturating_sub(2);
    let found = [last, asked]
        .into_iter()
        .find_map(|place| Some((place, period(place)?)));
    match found {
        Some((place, period)) if place >= asked => {
            let behind = pieces.get(place.saturating_add(2)..).unwrap_or_default();
            let before = pieces.get(..place).unwrap_or_default();
            ([before, behind].concat(), Some(period))
        }
        _ => (pieces, None),
    }
}
