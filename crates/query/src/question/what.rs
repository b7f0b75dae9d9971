//! What somebody said: `what did X say (about Y)`, `X on Y`.

use super::clauses::{is_about, topic};
use super::forms::Read;
use super::names::{asked, speaker};
use super::order;
use super::pieces::Piece;
use super::quotes::{is_quotes, quotes, uses};
use super::spoken::{speaker_and_rest, spoken};
use super::verbs::{AUXILIARY, around, is_being, is_participle, is_say, verb, without};
use super::when::time;
use super::{ASKING, Intent};

/// `did X say (about Y)`, `has X said on Y`, `X said`; `was said about Y (by X)`; `are X's views on Y`.
pub(super) fn what(pieces: &[Piece<'_>]) -> Read {
    let pieces = match pieces {
        [first, rest @ ..]
            if first.is_small(&["exactly", "else", "actually", "precisely", "all"]) =>
        {
            rest
        }
        pieces => pieces,
    };
    if let [be, rest @ ..] = pieces
        && AUXILIARY.contains(&be.lower.as_str())
    {
        if let Some(read) = thing(rest).or_else(|| time(rest)).or_else(|| uses(rest)) {
            return Some(read);
        }
        if let Some(read) = quotes(rest) {
            return Some(read);
        }
    } else if let Some(read) = quotes(pieces) {
        return Some(read);
    }
    // `was said about Y`, `has been said about Y by X`, `said by X`
    let (ahead, said, rest) = verb(pieces)?;
    let is_passive = ahead
        .iter()
        .all(|piece| AUXILIARY.contains(&piece.lower.as_str()));
    let first = rest.first();
    let is_short = said.is("said") && first.is_none_or(|first| first.is("by") || is_about(first));
    if is_passive && (!ahead.is_empty() || is_short) {
        let leads = |piece: &Piece<'_>| is_about(piece) && !piece.is("of");
        let by = rest.iter().rposition(|piece| piece.is("by"));
        let (about, name) = match by.and_then(|by| around(rest, by)) {
            // `was said by X about Y`
            Some(([], _, name)) => {
                let end = name.iter().position(leads).unwrap_or(name.len());
                let (name, about) = name.split_at_checked(end)?;
                (about, asked(name)?)
            }
            Some((about, _, name)) if !name.is_empty() => (about, asked(name)?),
            _ => (rest, Vec::new()),
        };
        let mut nodes = name;
        if !about.is_empty() {
            nodes.push(topic(about)?);
        }
        return Some((Intent::What, nodes));
    }
    if is_misspelt(ahead, said) {
        return None;
    }
    let mut intent = Intent::What;
    if order::is_latest(ahead) {
        intent = Intent::Latest;
    }
    let (speaker, mut rest) = speaker_and_rest(pieces)?;
    // `say to reporters about Y`
    if let [to, whom, after @ ..] = rest
        && to.is("to")
        && matches!(
            whom.lower.as_str(),
            "reporters" | "journalists" | "parliament" | "congress"
        )
    {
        rest = after;
    }
    // `say recently about Y`, `say about Y most recently`
    if let Some((order, about)) = order::before_subject(rest) {
        intent = order.of(intent);
        rest = about;
    } else if let Some((order, before)) = order::at_end(rest) {
        intent = order.of(intent);
        rest = before;
    }
    if rest.is_empty() {
        // `what was “…” first used` asks for what no archive tells.
        if pieces.first().is_some_and(is_being) && is_participle(said) {
            return None;
        }
        return Some((intent, speaker.into_iter().collect()));
    }
    let nodes = speaker.into_iter().chain([topic(rest)?]);
    Some((intent, nodes.collect()))
}

/// Tells whether an auxiliary has a letter wrong: `what di Roe say`; `what di Maio said` has a name.
fn is_misspelt(ahead: &[Piece<'_>], verb: &Piece<'_>) -> bool {
    let Some((first, name)) = ahead.split_first() else {
        return false;
    };
    let is_near = |word: &&str| strsim::osa_distance(word, &first.lower) == 1;
    let is_small = !first.text.contains(char::is_uppercase);
    verb.is("say")
        && !name.is_empty()
        && is_small
        && ["did", "does"].iter().any(is_near)
        && !AUXILIARY.contains(&first.lower.as_str())
}

/// `the first thing X said (about Y)`, `the latest X said`.
pub(super) fn thing(pieces: &[Piece<'_>]) -> Read {
    let (order, rest) = order::leading(pieces)?;
    let rest = match rest {
        [noun, rest @ ..] if noun.is_small(&["thing", "things", "word", "words"]) => rest,
        rest if pieces.first().is_some_and(|the| the.is("the")) => rest,
        _ => return None,
    };
    let (ahead, said, _) = verb(rest)?;
    // `the first thing said about Y`, `the last president says`
    if ahead.is_empty() || !said.is("said") {
        return None;
    }
    let (intent, nodes) = what(without(rest, "that"))?;
    Some((order.of(intent), nodes))
}

/// `X said “…”`, as people type it, and `X said about Y`; other words without marks could be anything.
pub(super) fn statement(pieces: &[Piece<'_>]) -> Read {
    let (_, _, behind) = verb(pieces).filter(|(name, _, _)| !name.is_empty())?;
    if behind.first().is_some_and(|about| about.is("about")) {
        return what(pieces);
    }
    behind.iter().find(|piece| piece.marked.is_some())?;
    spoken(pieces).map(|nodes| (Intent::When, nodes))
}

/// Words of two letters that are no names.
const SMALL: &[&str] = &[
    "am", "an", "as", "at", "be", "by", "do", "go", "he", "hi", "if", "in", "is", "it", "me", "my",
    "no", "of", "oh", "ok", "on", "or", "so", "to", "tv", "up", "us", "we",
];

/// Tells whether a word of one or two letters is a name: `Xi`, `J.`.
fn is_short_name(piece: &Piece<'_>, small: bool) -> bool {
    let is_capital = piece.text.starts_with(char::is_uppercase);
    let initial = is_capital && piece.lower.ends_with('.');
    let letters = piece.lower.chars().filter(|char| char.is_alphabetic());
    initial
        || ((is_capital || small) && letters.count() == 2 && !SMALL.contains(&piece.lower.as_str()))
}

/// `X on Y`: a name, with capitals or in one or two small words, and a subject.
pub(super) fn name_on_topic(pieces: &[Piece<'_>]) -> Read {
    let place = pieces.iter().position(is_about)?;
    let (name, on, _) = around(pieces, place).filter(|_| (1..=4).contains(&place))?;
    let written = |piece: &Piece<'_>| piece.text.chars().next().is_some_and(char::is_uppercase);
    let small = pieces
        .iter()
        .all(|piece| !piece.text.contains(char::is_uppercase));
    let written = |piece: &Piece<'_>| written(piece) || piece.is("and") || piece.is("or");
    if !(name.iter().all(written) || (small && place <= 2)) || on.is("of") {
        return None;
    }
    let no_name = |piece: &Piece<'_>| {
        is_say(piece)
            || ASKING.contains(&piece.lower.as_str())
            || is_quotes(piece)
            || piece.lower.chars().any(char::is_numeric)
            || (piece.lower.len() < 3 && !is_short_name(piece, small))
            || matches!(
                piece.lower.as_str(),
                "news"
                    | "articles"
                    | "article"
                    | "stories"
                    | "one"
                    | "percent"
                    | "why"
                    | "where"
                    | "whats"
                    | "wich"
                    | "focus"
                    | "based"
                    | "depends"
                    | "tips"
                    | "books"
                    | "info"
                    | "facts"
                    | "data"
                    | "work"
                    | "talks"
                    | "report"
                    | "reports"
            )
    };
    if name.iter().any(no_name) || pieces.len() > 8 {
        return None;
    }
    Some((
        Intent::What,
        vec![speaker(name)?, topic(pieces.get(place..)?)?],
    ))
}
