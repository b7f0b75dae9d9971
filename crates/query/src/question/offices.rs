//! What tells of a name beside it: `Ada Bello, the housing minister, said`, `the mayor, Ada Bello, said`.

use super::ASKING;
use super::clauses::is_about;
use super::names::{LONGEST, ends_with_comma, is_article};
use super::pieces::Piece;
use super::verbs::{AUXILIARY, is_say};
use crate::persons::is_particle;

/// Words that no office begins with: `Ada Bello, in Oslo, say`.
const NO_OFFICE: &[&str] = &[
    "in",
    "on",
    "at",
    "since",
    "before",
    "after",
    "during",
    "for",
    "from",
    "between",
    "until",
    "besides",
    "apart",
    "aside",
    "except",
    "other",
    "but",
    "not",
    "ever",
    "first",
    "last",
    "this",
    "today",
    "yesterday",
    "recently",
    "however",
    "if",
    "when",
    "while",
    "and",
    "or",
    "by",
    "according",
    "about",
];

/// An office has so many words at most.
const OFFICE: usize = 12;

/// Takes out what tells of a full name behind a comma: `Ada Bello, the housing minister, say`. Of `Bello, the mayor` it
/// stays, as it tells which Bello.
pub(super) fn without_offices<'q>(pieces: &[Piece<'q>]) -> Vec<Piece<'q>> {
    let mut left = Vec::new();
    let mut rest = pieces;
    while let [piece, behind @ ..] = rest {
        let mut piece = piece.clone();
        rest = behind;
        let place = pieces.len().saturating_sub(behind.len());
        let before = pieces.get(..place).unwrap_or_default();
        // `the mayor, Ada Bello, say`
        if let Some((name, behind)) = office_before(before, pieces) {
            left.extend(name);
            rest = behind;
            continue;
        }
        if ends_with_comma(&piece) && names_somebody(before, pieces) {
            while let Some(behind) = behind_office(rest, pieces) {
                rest = behind;
                // A comma goes on with a list of names.
                if !rest.first().is_some_and(is_capital) {
                    piece.text = piece.text.trim_end_matches(',');
                }
            }
        }
        left.push(piece);
    }
    left
}

/// The full name and what follows it, where what `before` ends with begins an office with a name behind a comma.
fn office_before<'p, 'q>(
    before: &[Piece<'q>],
    pieces: &'p [Piece<'q>],
) -> Option<(Vec<Piece<'q>>, &'p [Piece<'q>])> {
    let start = before.len().checked_sub(1)?;
    let leads = |piece: &Piece<'_>| {
        AUXILIARY.contains(&piece.lower.as_str())
            || piece.is_small(&["by", "from", "besides", "but"])
    };
    let is_verb = pieces.iter().position(is_say);
    // What somebody said goes on as it was said.
    let is_speaker = is_verb.is_none_or(|verb| start < verb)
        || pieces.first().is_some_and(|first| first.is("what"))
        || pieces.iter().any(|piece| piece.marked.is_some());
    let begins = start
        .checked_sub(1)
        .and_then(|at| pieces.get(at))
        .is_none_or(leads);
    let office = pieces.get(start..)?;
    if !(is_speaker && begins && is_article(office.first()?)) {
        return None;
    }
    let comma = office.iter().take(OFFICE).position(ends_with_comma)?;
    let (office, rest) = office.split_at_checked(comma.saturating_add(1))?;
    let in_name = |piece: &Piece<'_>| is_capital(piece) || is_small_in_name(piece);
    let words = rest.iter().take_while(|piece| in_name(piece)).count();
    let closed = rest.iter().take(words).position(ends_with_comma);
    let words = closed.map_or(words, |closed| closed.saturating_add(1));
    let (name, behind) = rest.split_at_checked(words)?;
    let ends = behind.first().is_none_or(|next| {
        is_say(next)
            || is_about(next)
            || AUXILIARY.contains(&next.lower.as_str())
            || next.is("ever")
    });
    let whole = (2..=LONGEST).contains(&name.len()) && name.iter().all(|word| !is_say(word));
    let plain = !office
        .iter()
        .any(|word| is_say(word) || word.is("and") || word.is("or"));
    if !(ends && whole && plain) {
        return None;
    }
    let mut name = name.to_vec();
    if let Some(last) = name.last_mut() {
        last.text = last.text.trim_end_matches(',');
    }
    Some((name, behind))
}

/// Tells whether a full name ends here that is the speaker's: it stands before the verb, or behind `by`.
fn names_somebody(before: &[Piece<'_>], pieces: &[Piece<'_>]) -> bool {
    let is_word = |piece: &&Piece<'_>| {
        AUXILIARY.contains(&piece.lower.as_str())
            || ASKING.contains(&piece.lower.as_str())
            || [
                "by", "from", "and", "or", "mr.", "mrs.", "ms.", "mr", "mrs", "ms", "dr.", "dr",
            ]
            .iter()
            .any(|word| piece.is(word))
    };
    let is_small = !pieces.iter().any(is_capital);
    let mut name = before.iter().rev();
    let family = name.next().filter(|last| is_small || is_capital(last));
    let given = name.find(|piece| !is_small_in_name(piece));
    let given = given.filter(|given| is_small || is_capital(given));
    let is_full = [family, given]
        .iter()
        .all(|name| name.is_some_and(|name| name.marked.is_none() && !is_word(&name)));
    let verb = pieces.iter().position(is_say);
    let is_behind_verb = verb.is_some_and(|verb| verb < before.len());
    let leads = |piece: &Piece<'_>| {
        piece.is_small(&["by", "from", "besides", "but", "except", "than"]) || is_about(piece)
    };
    let led = before.iter().rfind(|piece| leads(piece) && !piece.is("of"));
    let by = led.is_some_and(|led| !is_about(led));
    let is_bounded = pieces.first().is_some_and(|first| first.is("what"))
        || pieces.iter().any(|piece| piece.marked.is_some());
    let is_speaker = if is_behind_verb {
        by && is_bounded
    } else {
        by || led.is_none()
    };
    is_full && is_speaker
}

/// What stands behind an office, if one begins here.
fn behind_office<'p, 'q>(rest: &'p [Piece<'q>], pieces: &[Piece<'q>]) -> Option<&'p [Piece<'q>]> {
    let first = rest.first()?;
    let is_age = first.lower.len() <= 3 && first.lower.bytes().all(|byte| byte.is_ascii_digit());
    let begins = is_article(first)
        || is_age
        || (pieces.iter().any(is_capital)
            && first.text.starts_with(char::is_lowercase)
            && !NO_OFFICE.contains(&first.lower.as_str()));
    let ends = |piece: &Piece<'_>| {
        is_say(piece)
            || piece.marked.is_some()
            || (is_about(piece) && !piece.is("of"))
            || piece.is("by")
    };
    let whole = rest.split(ends).next().unwrap_or_default();
    let joins = |piece: &Piece<'_>| piece.is("and") || piece.is("or");
    let length = if let Some(comma) = whole.iter().position(ends_with_comma) {
        let length = comma.saturating_add(1);
        let next = rest.get(length);
        // `Ada Bello, the mayor, and the minister` may be three.
        let is_list = is_article(first) && next.is_some_and(|next| is_article(next) || joins(next));
        (!is_list).then_some(length)?
    } else {
        let adverb = |piece: &&Piece<'_>| {
            AUXILIARY.contains(&piece.lower.as_str())
                || piece.is_small(&[
                    "first", "last", "recently", "most", "ever", "also", "actually", "really",
                ])
        };
        let adverbs = whole.iter().rev().take_while(adverb).count();
        let office = whole.len().saturating_sub(adverbs);
        (!whole.iter().any(joins)).then_some(office)?
    };
    (begins && (1..=OFFICE).contains(&length)).then(|| rest.get(length..))?
}

fn is_small_in_name(piece: &Piece<'_>) -> bool {
    is_particle(&piece.lower) || matches!(piece.lower.as_str(), "ibn" | "zu")
}

fn is_capital(piece: &Piece<'_>) -> bool {
    piece.marked.is_none() && piece.text.starts_with(char::is_uppercase)
}
