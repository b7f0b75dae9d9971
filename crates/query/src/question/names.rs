//! Names of those who speak, as a question has them: one, several, or all but some.

use super::ASKING;
use super::clauses::{is_about, text};
use super::pieces::{Piece, plain};
use super::verbs::{AUXILIARY, is_say};
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

/// Words of a family name that are small.
const PARTICLES: &[&str] = &[
    "von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el",
    "al", "bin", "ibn", "ter", "ten", "zu",
];

/// An office has so many words at most.
const OFFICE: usize = 12;

/// A name has so many words at most where several stand side by side.
const LONGEST: usize = 4;

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
    let tells = |part: &&[Piece<'_>]| part.first().is_some_and(is_article);
    let told = parts.iter().skip(1).any(tells) && !parts.first().is_some_and(tells);
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
    let given = name.find(|piece| !PARTICLES.contains(&piece.lower.as_str()));
    let given = given.filter(|given| is_small || is_capital(given));
    let is_full = [family, given]
        .iter()
        .all(|name| name.is_some_and(|name| name.marked.is_none() && !is_word(&name)));
    let verb = pieces.iter().position(is_say);
    let is_behind_verb = verb.is_some_and(|verb| verb < before.len());
    let leads = |piece: &Piece<'_>| piece.is("by") || piece.is("from") || is_about(piece);
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
    let length = match whole.iter().position(ends_with_comma) {
        Some(comma) => {
            let length = comma.saturating_add(1);
            let next = rest.get(length);
            // `Ada Bello, the mayor, and the minister` may be three.
            let is_list =
                is_article(first) && next.is_some_and(|next| is_article(next) || joins(next));
            (!is_list).then_some(length)?
        }
        None => {
            let adverb = |piece: &&Piece<'_>| {
                AUXILIARY.contains(&piece.lower.as_str())
                    || piece.is_small(&[
                        "first", "last", "recently", "most", "ever", "also", "actually", "really",
                    ])
            };
            let adverbs = whole.iter().rev().take_while(adverb).count();
            let office = whole.len().saturating_sub(adverbs);
            (!whole.iter().any(joins)).then_some(office)?
        }
    };
    (begins && (1..=OFFICE).contains(&length)).then(|| rest.get(length..))?
}

fn is_capital(piece: &Piece<'_>) -> bool {
    piece.marked.is_none() && piece.text.starts_with(char::is_uppercase)
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

fn is_article(piece: &Piece<'_>) -> bool {
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
