//! The forms of questions.

use super::Intent;
use super::clauses::{is_about, said, speaker, topic};
use super::pieces::Piece;
use crate::ast::Node;

type Read = Option<(Intent, Vec<Node>)>;

/// Verbs of saying, as questions use them.
const SAY: &[&str] = &[
    "say",
    "says",
    "said",
    "saying",
    "tell",
    "tells",
    "told",
    "claim",
    "claims",
    "claimed",
    "mention",
    "mentions",
    "mentioned",
    "state",
    "states",
    "stated",
    "use",
    "uses",
    "used",
    "utter",
    "uttered",
    "speak",
    "speaks",
    "spoke",
    "spoken",
    "talk",
    "talks",
    "talked",
    "talking",
    "call",
    "calls",
    "called",
    "promise",
    "promises",
    "promised",
    "announce",
    "announced",
    "comment",
    "commented",
    "quoted",
    "coin",
    "coined",
    "think",
    "thinks",
];

/// Verbs that take a subject and no words.
const SPEAK: &[&str] = &[
    "speak",
    "speaks",
    "spoke",
    "spoken",
    "talk",
    "talks",
    "talked",
    "talking",
    "comment",
    "commented",
    "think",
    "thinks",
];

/// Verbs whose object is no speech, unless it stands in marks: `who called the plan “a disgrace”`.
const CALL: &[&str] = &[
    "call", "calls", "called", "coin", "coined", "tell", "tells", "told",
];

/// Words for what was said.
const QUOTES: &[&str] = &[
    "quote",
    "quotes",
    "quotation",
    "quotations",
    "statement",
    "statements",
    "remark",
    "remarks",
    "comment",
    "comments",
    "words",
    "view",
    "views",
    "opinion",
    "opinions",
    "position",
    "stance",
];

/// What stands for the words that were said before: `“…”, who said it?`
const IT: &[&str] = &["it", "this", "that", "so", "these", "those"];

const AUXILIARY: &[&str] = &[
    "did", "does", "do", "has", "have", "had", "was", "is", "were", "are", "been", "being",
];

pub(super) fn read(pieces: &[Piece<'_>]) -> Read {
    let words: Vec<&str> = pieces.iter().map(|piece| piece.lower.as_str()).collect();
    let from = |place: usize| pieces.get(place..).unwrap_or_default();
    match words.as_slice() {
        ["", rest @ ..] if !rest.is_empty() => words_first(pieces),
        ["who" | "which" | "who's" | "who’s" | "whoever", ..] => who(pieces),
        ["by", "whom", ..] => passive(from(2)).map(|nodes| (Intent::Who, nodes)),
        ["whose", noun, "is" | "are" | "was" | "were", ..] if QUOTES.contains(noun) => {
            Some((Intent::Who, vec![said(from(3))?]))
        }
        ["how", "often", ..] => often(from(2)),
        ["how", "many", "times", ..] => often(from(3)),
        [
            "how",
            "many",
            "people" | "persons" | "speakers" | "politicians" | "ministers",
            ..,
        ] => who(from(2)).map(|(_, nodes)| (Intent::HowOften, nodes)),
        ["when", ..] => when(from(1)),
        ["what" | "whatever" | "what's" | "what’s", ..] => what(from(1)),
        ["is", "it", "true", ..] => {
            let rest = without(from(3), "that");
            spoken(rest).map(|nodes| (Intent::Whether, nodes))
        }
        ["everything" | "anything" | "all", rest @ ..]
            if !rest.iter().any(|word| QUOTES.contains(word)) =>
        {
            what(without(from(1), "that"))
        }
        ["did" | "does" | "has" | "have" | "had", ..] => {
            spoken(pieces).map(|nodes| (Intent::Whether, nodes))
        }
        ["was" | "were", ..] => passive(from(1)).map(|nodes| (Intent::Whether, nodes)),
        _ if is_misspelt(pieces.first()?) => None,
        _ => quotes(pieces)
            .or_else(|| statement(pieces))
            .or_else(|| name_on_topic(pieces)),
    }
}

/// Leaves out a word at the start, if it stands there.
fn without<'p, 'q>(pieces: &'p [Piece<'q>], word: &str) -> &'p [Piece<'q>] {
    match pieces {
        [first, rest @ ..] if first.is(word) => rest,
        _ => pieces,
    }
}

/// What stands before a word, the word, and what follows it.
type Around<'p, 'q> = (&'p [Piece<'q>], &'p Piece<'q>, &'p [Piece<'q>]);

/// Splits around the first verb of saying.
fn verb<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<Around<'p, 'q>> {
    around(pieces, pieces.iter().position(is_say)?)
}

fn is_say(piece: &Piece<'_>) -> bool {
    SAY.contains(&piece.lower.as_str())
}

fn around<'p, 'q>(pieces: &'p [Piece<'q>], place: usize) -> Option<Around<'p, 'q>> {
    match pieces.split_at_checked(place)? {
        (before, [word, after @ ..]) => Some((before, word, after)),
        _ => None,
    }
}

/// `“…”, who said that`, `“…” said by whom`: puts the words where the question has them otherwise.
fn words_first(pieces: &[Piece<'_>]) -> Read {
    let (marked, rest) = pieces.split_first()?;
    let words: Vec<&str> = rest
        .iter()
        .map(|piece| piece.lower.as_str())
        .filter(|word| !is_dash(word))
        .collect();
    match words.as_slice() {
        ["who"] | ["said", "by", "who" | "whom"] | ["by", "who" | "whom"] => {
            Some((Intent::Who, vec![said(std::slice::from_ref(marked))?]))
        }
        ["who" | "when" | "how" | "did" | "has" | "have" | "was", ..] => {
            let mut moved: Vec<Piece<'_>> = rest
                .iter()
                .filter(|piece| !is_dash(&piece.lower))
                .cloned()
                .collect();
            let verb = moved.iter().position(is_say)?;
            let (before, after) = moved.split_at_mut_checked(verb.checked_add(1)?)?;
            let is_it = |piece: &&mut Piece<'_>| IT.contains(&piece.lower.as_str());
            if let Some(it) = after.iter_mut().find(is_it) {
                *it = marked.clone();
            } else if after.is_empty() {
                moved.push(marked.clone());
            } else {
                // `“…”: when was it said by Roe`
                *before.iter_mut().find(is_it)? = marked.clone();
            }
            read(&moved)
        }
        _ => None,
    }
}

/// `who (first) said …`, `who was the first to say …`, `who talked about …`.
fn who(pieces: &[Piece<'_>]) -> Read {
    let (before, verb, mut rest) = verb(pieces)?;
    let mut intent = Intent::Who;
    for piece in before.iter().skip(1) {
        match piece.lower.as_str() {
            "first" | "originally" | "earliest" => intent = Intent::WhoFirst,
            "last" | "latest" | "recently" => intent = Intent::Latest,
            "was" | "were" | "is" | "it" | "that" | "the" | "to" | "has" | "have" | "had"
            | "been" | "ever" | "else" | "also" | "actually" | "really" | "person" | "people"
            | "one" | "ones" | "politician" | "politicians" | "minister" | "ministers"
            | "speaker" | "speakers" | "guy" | "publicly" | "being" | "most" => {}
            _ => return None,
        }
    }
    let mut verb_word = verb.lower.as_str();
    if verb_word == "quoted" {
        rest = without(without(rest, "as"), "saying");
        verb_word = "said";
    }
    match verb_word {
        "coin" | "coined" => intent = Intent::WhoFirst,
        // `who talked about` is `who spoke`; `who said something about` is too.
        "said" | "say" | "says" | "saying" => {
            if let [first, after @ ..] = rest
                && matches!(
                    first.lower.as_str(),
                    "something" | "anything" | "what" | "things"
                )
                && after.first().is_some_and(is_about)
            {
                rest = after;
            }
        }
        _ => {}
    }
    if let [before @ .., last] = rest
        && matches!(last.lower.as_str(), "first" | "last")
        && !before.is_empty()
    {
        intent = if last.is("first") {
            Intent::WhoFirst
        } else {
            Intent::Latest
        };
        rest = before;
    }
    // `who was quoted most (often)`, `who spoke most about boats`
    if let Some(rest) = behind_most(rest) {
        match topic(rest) {
            Some(topic) => return Some((intent, vec![topic])),
            None if rest.is_empty() => return Some((intent, vec![Node::All])),
            None => {}
        }
    }
    if let Some(topic) = topic(rest) {
        return Some((intent, vec![topic]));
    }
    if SPEAK.contains(&verb_word) {
        return None;
    }
    if CALL.contains(&verb_word) {
        return Some((intent, vec![marked_only(rest)?]));
    }
    Some((intent, vec![said(rest)?]))
}

/// What follows `most`, `the most`, `most often`.
fn behind_most<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<&'p [Piece<'q>]> {
    match without(pieces, "the") {
        [most, often, rest @ ..] if most.is("most") && often.is("often") => Some(rest),
        [most, rest @ ..] if most.is("most") => Some(rest),
        _ => None,
    }
}

/// The words in marks, whatever stands before them.
fn marked_only(pieces: &[Piece<'_>]) -> Option<Node> {
    let first = pieces.iter().position(|piece| piece.marked.is_some())?;
    said(pieces.get(first..)?)
}

/// `did X say …`, `has X said …`, `X say …`; the words or a subject are required.
fn spoken(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let (speaker, rest) = speaker_and_rest(pieces)?;
    let rest = match rest {
        [first, after @ ..]
            if matches!(first.lower.as_str(), "something" | "anything" | "much")
                && after.first().is_some_and(is_about) =>
        {
            after
        }
        rest => rest,
    };
    let said = topic(rest).or_else(|| {
        let (_, verb, _) = verb(pieces)?;
        let verb = verb.lower.as_str();
        if SPEAK.contains(&verb) {
            None
        } else if CALL.contains(&verb) {
            marked_only(rest)
        } else {
            said(rest)
        }
    })?;
    Some(speaker.into_iter().chain([said]).collect())
}

fn often(pieces: &[Piece<'_>]) -> Read {
    let passive_first = matches!(
        pieces.first()?.lower.as_str(),
        "was" | "were" | "is" | "has" | "have"
    ) && pieces.get(1).is_some_and(|piece| piece.marked.is_some());
    let nodes = if passive_first {
        passive(pieces.get(1..)?)?
    } else if let Some(speaker) = alone(pieces) {
        vec![speaker]
    } else {
        spoken(pieces)?
    };
    Some((Intent::HowOften, nodes))
}

/// Who spoke or was quoted, no matter what of: `did Roe speak`, `was Roe quoted`.
fn alone(pieces: &[Piece<'_>]) -> Option<Node> {
    let (speaker, rest) = speaker_and_rest(pieces)?;
    let (_, verb, _) = verb(pieces)?;
    let verb = verb.lower.as_str();
    let alone = rest.is_empty() && (SPEAK.contains(&verb) || verb == "quoted");
    speaker.filter(|_| alone)
}

fn when(pieces: &[Piece<'_>]) -> Read {
    let first = pieces.first()?;
    if matches!(first.lower.as_str(), "was" | "were" | "is")
        && let Some(nodes) = passive(pieces.get(1..)?)
    {
        return Some((Intent::When, nodes));
    }
    let (ahead, _, _) = verb(pieces)?;
    let latest = |piece: &Piece<'_>| piece.is("last");
    let (mut pieces, mut intent) = (pieces, Intent::When);
    if ahead.last().is_some_and(latest) {
        intent = Intent::Latest;
    }
    if let [before @ .., last] = pieces
        && matches!(last.lower.as_str(), "last" | "first")
        && before.len() > ahead.len().saturating_add(1)
    {
        if latest(last) {
            intent = Intent::Latest;
        }
        pieces = before;
    }
    Some((intent, spoken(pieces)?))
}

/// `was "…" (first) said (by X)`.
fn passive(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let (mut words, _, behind) = verb(pieces)?;
    while let [before @ .., last] = words
        && matches!(
            last.lower.as_str(),
            "first" | "last" | "ever" | "been" | "actually" | "really"
        )
    {
        words = before;
    }
    if let [first, rest @ ..] = words
        && matches!(first.lower.as_str(), "was" | "were" | "is")
    {
        words = rest;
    }
    let mut nodes = vec![said(words)?];
    match behind {
        [] => {}
        [by, name @ ..] if by.is("by") => {
            if !matches!(name, [anyone] if is_anybody(anyone)) {
                nodes.insert(0, speaker(name)?);
            }
        }
        _ => return None,
    }
    Some(nodes)
}

/// `did X say (about Y)`, `has X said on Y`, `X said`; `was said about Y (by X)`; `are X's views on Y`.
fn what(pieces: &[Piece<'_>]) -> Read {
    if let [be, rest @ ..] = pieces
        && AUXILIARY.contains(&be.lower.as_str())
    {
        if let Some(read) = quotes(rest) {
            return Some(read);
        }
        // `was said about Y`, `has been said about Y by X`
        let (ahead, _, rest) = verb(pieces)?;
        if ahead
            .iter()
            .all(|piece| AUXILIARY.contains(&piece.lower.as_str()))
        {
            let by = rest.iter().rposition(|piece| piece.is("by"));
            let (about, name) = match by.and_then(|by| around(rest, by)) {
                Some((about, _, name)) if !name.is_empty() => (about, Some(speaker(name)?)),
                _ => (rest, None),
            };
            let about = topic(about)?;
            return Some((Intent::What, name.into_iter().chain([about]).collect()));
        }
    } else if let Some(read) = quotes(pieces) {
        return Some(read);
    }
    let (ahead, _, _) = verb(pieces)?;
    let latest = ahead.last().is_some_and(|piece| piece.is("last"));
    let intent = if latest { Intent::Latest } else { Intent::What };
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
    if rest.is_empty() {
        return Some((intent, vec![speaker?]));
    }
    let nodes = speaker.into_iter().chain([topic(rest)?]);
    Some((intent, nodes.collect()))
}

/// `quotes by X (on Y)`, `X's statements about Y`, `quotes on Y by X`.
fn quotes(pieces: &[Piece<'_>]) -> Read {
    let noun = pieces
        .iter()
        .position(|piece| QUOTES.contains(&piece.lower.as_str()))?;
    let (mut before, _, mut rest) = around(pieces, noun)?;
    let mut intent = Intent::What;
    while let [first, rest @ ..] = before {
        match first.lower.as_str() {
            "all" | "the" | "any" | "some" | "every" | "of" | "are" | "is" => {}
            "latest" | "last" | "recent" | "newest" => intent = Intent::Latest,
            _ => break,
        }
        before = rest;
    }
    let mut nodes = Vec::new();
    if !before.is_empty() {
        nodes.push(speaker(before)?);
    }
    if let [by, more @ ..] = rest
        && matches!(by.lower.as_str(), "by" | "from" | "of")
        && nodes.is_empty()
    {
        let end = more.iter().position(is_about).unwrap_or(more.len());
        let (name, about) = more.split_at_checked(end)?;
        nodes.push(speaker(name)?);
        rest = about;
    } else if nodes.is_empty()
        && let Some(by) = rest
            .iter()
            .rposition(|piece| matches!(piece.lower.as_str(), "by" | "from"))
    {
        let (about, _, name) = around(rest, by)?;
        nodes.push(speaker(name)?);
        rest = about;
    }
    if !rest.is_empty() {
        nodes.push(topic(rest)?);
    }
    (!nodes.is_empty()).then_some((intent, nodes))
}

/// `X said “…”`, as people type it; without marks it could be anything.
fn statement(pieces: &[Piece<'_>]) -> Read {
    let (_, _, behind) = verb(pieces).filter(|(name, _, _)| !name.is_empty())?;
    behind.iter().find(|piece| piece.marked.is_some())?;
    spoken(pieces).map(|nodes| (Intent::When, nodes))
}

/// `X on Y`: a name, with capitals or in one or two small words, and a subject.
fn name_on_topic(pieces: &[Piece<'_>]) -> Read {
    let place = pieces.iter().position(is_about)?;
    let (name, on, _) = around(pieces, place).filter(|_| (1..=4).contains(&place))?;
    let written = |piece: &Piece<'_>| piece.text.chars().next().is_some_and(char::is_uppercase);
    let small = pieces
        .iter()
        .all(|piece| !piece.text.contains(char::is_uppercase));
    if !(name.iter().all(written) || (small && place <= 2)) || on.is("of") {
        return None;
    }
    let no_name = |piece: &Piece<'_>| {
        SAY.contains(&piece.lower.as_str())
            || super::ASKING.contains(&piece.lower.as_str())
            || piece.lower.chars().any(char::is_numeric)
            || piece.lower.len() < 3
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

fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | ":" | ",")
}

/// Tells whether a small word is a question word with a letter wrong, and no name.
fn is_misspelt(piece: &Piece<'_>) -> bool {
    let asking = ["who", "what", "when", "how", "did", "whose", "which"];
    let mut asking = asking.iter();
    !piece.text.contains(char::is_uppercase)
        && piece.lower.len() >= 3
        && asking.any(|word| strsim::osa_distance(word, &piece.lower) == 1)
}

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
            | "nobody"
    )
}

/// Splits `did X say rest`; `anybody` is no speaker.
fn speaker_and_rest<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(Option<Node>, &'p [Piece<'q>])> {
    let start = pieces
        .iter()
        .take_while(|piece| AUXILIARY.contains(&piece.lower.as_str()))
        .count();
    let (mut name, verb, mut rest) = verb(pieces.get(start..)?)?;
    // `have to say` says no more than `say`.
    if let [before @ .., have, to] = name
        && matches!(have.lower.as_str(), "have" | "has" | "had")
        && to.is("to")
    {
        name = before;
    }
    // `is quoted as saying`
    if let [quoted, saying, after @ ..] = rest
        && verb.is("quoted")
        && quoted.is("as")
        && saying.is("saying")
    {
        rest = after;
    }
    while let [before @ .., last] = name {
        let idle = [
            "first", "last", "ever", "actually", "really", "have", "been", "also", "just",
            "already", "publicly", "is", "was", "has", "had", "recently", "once",
        ];
        if !idle.contains(&last.lower.as_str()) {
            break;
        }
        name = before;
    }
    let speaker = match name {
        [only] if is_anybody(only) => None,
        name => Some(speaker(name)?),
    };
    Some((speaker, rest))
}
