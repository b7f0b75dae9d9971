//! Names of those who speak, as a question has them: one, several, or all but some.

use super::clauses::text;
use super::pieces::{Piece, plain};
use crate::ast::{Node, TextField};

/// Words that name nobody: whom they mean, the question does not say.
const NOBODY: &[&str] = &[
    "he", "she", "they", "it", "we", "i", "you", "him", "her", "them", "his", "their", "this",
    "that", "these", "those", "who", "whom", "what", "when", "how", "why", "where", "which", "not",
    "said", "say", "says", "about", "did", "does", "has", "is", "was", "are", "were", "never",
    "nobody", "noone", "none", "nothing", "neither", "nor", "hardly", "rarely", "seldom", "there",
    "thing", "things",
];

/// Words that leave out those who follow.
const EXCEPT: &[&[&str]] = &[
    &["other", "than"],
    &["apart", "from"],
    &["aside", "from"],
    &["except"],
    &["except", "for"],
    &["excepting"],
    &["excluding"],
    &["besides"],
    &["but"],
    &["but", "not"],
];

/// A name has so many words at most where several stand side by side.
pub(super) const LONGEST: usize = 4;

/// A name as it stands in the question, or several: `Roe or Bello`, `Roe, Bello and Tak`.
pub(super) fn speaker(pieces: &[Piece<'_>]) -> Option<Node> {
    if let [piece] = pieces
        && let Some(marked) = &piece.marked
    {
        return name(marked);
    }
    let pieces = match pieces {
        [first, rest @ ..] if first.is("either") || first.is("both") => rest,
        pieces => pieces,
    };
    let no_one = pieces
        .array_windows()
        .any(|[no, one]| no.is("no") && one.is("one"));
    // `Roe or anyone`
    let anybody =
        |piece: &Piece<'_>| is_anybody(piece) && !piece.text.starts_with(char::is_uppercase);
    // `going to say` is a guess at what comes.
    if no_one
        || pieces.iter().any(anybody)
        || pieces.iter().any(is_nobody)
        || pieces.last().is_some_and(|last| last.is("to"))
    {
        return None;
    }
    // `Roe, the mayor of Oslo, and Tak`: where the one ends, only the asker knows.
    let parts: Vec<&[Piece<'_>]> = pieces.split_inclusive(ends_with_comma).collect();
    let tells = |part: &&[Piece<'_>]| match part {
        [join, first, ..] if join.is("and") || join.is("or") => is_article(first),
        part => part.first().is_some_and(is_article),
    };
    let told = parts.iter().skip(1).any(tells) && !parts.iter().all(tells);
    if told && pieces.iter().any(|piece| piece.is("and") || piece.is("or")) {
        return None;
    }
    // `Roe, Tak and Kim or Bo`
    if parts.len() > 1
        && ["and", "or"]
            .iter()
            .all(|join| pieces.iter().any(|piece| piece.is(join)))
    {
        return None;
    }
    let names = several(pieces)
        .into_iter()
        .map(|part| name(&plain(part)?))
        .collect::<Option<Vec<_>>>()?;
    Some(Node::any_of(names))
}

/// Whom a question asks about: `Roe`, `everyone but Roe`; nothing for anybody.
pub(super) fn asked(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    match pieces {
        // How many of them, a query cannot tell.
        [many, ..] if many.is_small(&["most", "few", "no", "every", "each"]) => None,
        [many, people]
            if many.is_small(&["some", "many", "several", "all", "other"])
                && is_anybody(people) =>
        {
            Some(Vec::new())
        }
        [many, ..] if many.is_small(&["some", "any", "many", "several", "all", "other"]) => None,
        [any, rest @ ..] if is_anybody(any) => {
            let rest = match rest {
                [first, rest @ ..] if first.is("else") => rest,
                rest => rest,
            };
            if rest.is_empty() {
                return Some(Vec::new());
            }
            match others(rest) {
                Some(others) => Some(vec![others]),
                // `People Before Profit` is a name.
                None if any.text.starts_with(char::is_uppercase) => Some(vec![speaker(pieces)?]),
                None => None,
            }
        }
        name => Some(vec![speaker(name)?]),
    }
}

/// `other than Roe`, `except Roe and Tak`: everybody else.
pub(super) fn others(pieces: &[Piece<'_>]) -> Option<Node> {
    let name = pieces.get(excepting(pieces)?..)?;
    let name = match name {
        [by, name @ ..] if by.is("by") => name,
        name => name,
    };
    Some(Node::Not(Box::new(speaker(name)?)))
}

/// The number of words that leave out those who follow.
pub(super) fn excepting(pieces: &[Piece<'_>]) -> Option<usize> {
    let begins = |words: &&&[&str]| {
        pieces.len() > words.len() && words.iter().zip(pieces).all(|(word, piece)| piece.is(word))
    };
    EXCEPT.iter().filter(begins).map(|words| words.len()).max()
}

/// Tells whether a word stands for anybody at all.
fn is_anybody(piece: &Piece<'_>) -> bool {
    matches!(
        piece.lower.as_str(),
        "anybody"
            | "anyone"
            | "somebody"
            | "someone"
            | "people"
            | "everybody"
            | "everyone"
            | "others"
    )
}

fn is_nobody(piece: &Piece<'_>) -> bool {
    NOBODY.contains(&piece.lower.as_str())
        || piece.lower.ends_with("n't")
        || piece.lower.ends_with("n’t")
}

/// Cuts names apart.
fn several<'p, 'q>(pieces: &'p [Piece<'q>]) -> Vec<&'p [Piece<'q>]> {
    if let Some(list) = list(pieces) {
        return list;
    }
    let either: Vec<&[Piece<'_>]> = pieces.split(|piece| piece.is("or")).collect();
    let both: Vec<&[Piece<'_>]> = pieces.split(|piece| piece.is("and")).collect();
    // `Johnson and Johnson` and `the Ministry of Trade and Industry` are one each.
    let short = |parts: &[&[Piece<'_>]]| {
        parts.len() > 1
            && parts.iter().all(|part| (1..=2).contains(&part.len()))
            && parts.array_windows().all(|[one, two]| {
                one.last().map(|word| &word.lower) != two.last().map(|word| &word.lower)
            })
    };
    if either.len() > 1 {
        either
    } else if short(&both) {
        both
    } else {
        vec![pieces]
    }
}

/// Cuts `A, B and C`, with or without a comma before the last, and `A, B, C`. What follows a comma may tell of the name before it,
/// as in `Roe, the mayor of Oslo, and Tak`, and a ministry may be of several things: those are no lists.
fn list<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<Vec<&'p [Piece<'q>]>> {
    let joins = |piece: &Piece<'_>| piece.is("and") || piece.is("or");
    let place = pieces.iter().rposition(joins).unwrap_or(pieces.len());
    let (before, behind) = pieces.split_at_checked(place)?;
    if before.iter().any(joins) {
        return None;
    }
    let mut parts: Vec<&[Piece<'_>]> = before.split_inclusive(ends_with_comma).collect();
    parts.extend(behind.split_first().map(|(_, last)| last));
    let tells =
        |part: &&[Piece<'_>]| part.first().is_some_and(is_article) || part.iter().any(is_of_a_name);
    let names = parts.iter().all(|part| (1..=LONGEST).contains(&part.len()));
    // `the mayor, the minister and the president`
    let offices = parts
        .iter()
        .all(|part| part.first().is_some_and(|first| first.is("the")));
    let plain = offices || !parts.iter().any(tells);
    (parts.len() > 2 && names && plain).then_some(parts)
}

pub(super) fn is_article(piece: &Piece<'_>) -> bool {
    piece.is_small(&["the", "a", "an"])
}

/// Tells whether a comma follows.
pub(super) fn ends_with_comma(piece: &Piece<'_>) -> bool {
    piece.marked.is_none() && piece.text.ends_with(',')
}

/// Tells whether a word belongs to the name or office before it.
fn is_of_a_name(piece: &Piece<'_>) -> bool {
    matches!(
        piece.lower.trim_end_matches('.'),
        "of" | "for" | "jr" | "sr" | "ii" | "iii" | "iv"
    )
}

fn name(words: &str) -> Option<Node> {
    // `Roe (the mayor)`
    let words = match words.split_once(" (") {
        Some((name, _)) if words.trim_end_matches(',').ends_with(')') => name,
        _ => words,
    };
    let words = words.trim_end_matches([',', '.', ';', ':']).trim();
    let words = ["'s", "’s"]
        .iter()
        .find_map(|ending| words.strip_suffix(ending))
        .unwrap_or(words);
    let words = ["the ", "a ", "an "]
        .iter()
        .find_map(|article| words.strip_prefix(article))
        .unwrap_or(words);
    (words.chars().any(char::is_alphanumeric)).then(|| Node::text(TextField::Speaker, text(words)))
}
