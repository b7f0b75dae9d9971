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
    match words.as_slice() {
        ["", rest @ ..] if !rest.is_empty() => words_first(pieces),
        ["who" | "which" | "who's" | "who’s" | "whoever", ..] => who(pieces),
        ["by", "whom", ..] => passive(&pieces[2..]).map(|nodes| (Intent::Who, nodes)),
        ["whose", noun, "is" | "are" | "was" | "were", ..] if QUOTES.contains(noun) => {
            Some((Intent::Who, vec![said(&pieces[3..])?]))
        }
        ["how", "often", ..] => often(&pieces[2..]),
        ["how", "many", "times", ..] => often(&pieces[3..]),
        [
            "how",
            "many",
            "people" | "persons" | "speakers" | "politicians" | "ministers",
            ..,
        ] => who(&pieces[2..]).map(|(_, nodes)| (Intent::HowOften, nodes)),
        ["when", ..] => when(&pieces[1..]),
        ["what" | "whatever" | "what's" | "what’s", ..] => what(&pieces[1..]),
        ["is", "it", "true", ..] => {
            let rest = &pieces[3..];
            let rest = rest.strip_prefix_word("that");
            spoken(rest).map(|nodes| (Intent::Whether, nodes))
        }
        ["everything" | "anything" | "all", rest @ ..]
            if !rest.iter().any(|word| QUOTES.contains(word)) =>
        {
            what(pieces[1..].strip_prefix_word("that"))
        }
        ["did" | "does" | "has" | "have" | "had", ..] => {
            spoken(pieces).map(|nodes| (Intent::Whether, nodes))
        }
        ["was" | "were", ..] => passive(&pieces[1..]).map(|nodes| (Intent::Whether, nodes)),
        _ if is_misspelt(pieces.first()?) => None,
        _ => quotes(pieces)
            .or_else(|| statement(pieces))
            .or_else(|| name_on_topic(pieces)),
    }
}

trait Words {
    fn strip_prefix_word(&self, word: &str) -> &Self;
    fn verb(&self) -> Option<usize>;
}

impl Words for [Piece<'_>] {
    fn strip_prefix_word(&self, word: &str) -> &Self {
        match self {
            [first, rest @ ..] if first.is(word) => rest,
            _ => self,
        }
    }

    fn verb(&self) -> Option<usize> {
        self.iter()
            .position(|piece| SAY.contains(&piece.lower.as_str()))
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
            let verb = moved.verb()?;
            let it = moved[verb + 1..]
                .iter()
                .position(|piece| IT.contains(&piece.lower.as_str()));
            match it {
                Some(it) => moved[verb + 1 + it] = marked.clone(),
                None if moved.len() == verb + 1 => moved.push(marked.clone()),
                None => {
                    // `“…”: when was it said by Roe`
                    let it = moved[..verb]
                        .iter()
                        .position(|piece| IT.contains(&piece.lower.as_str()))?;
                    moved[it] = marked.clone();
                }
            }
            read(&moved)
        }
        _ => None,
    }
}

/// `who (first) said …`, `who was the first to say …`, `who talked about …`.
fn who(pieces: &[Piece<'_>]) -> Read {
    let verb = pieces.verb()?;
    let mut intent = Intent::Who;
    for piece in &pieces[1..verb] {
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
    let mut verb_word = pieces[verb].lower.as_str();
    let mut rest = &pieces[verb + 1..];
    if verb_word == "quoted" {
        rest = rest.strip_prefix_word("as").strip_prefix_word("saying");
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

/// The words in marks, whatever stands before them.
fn marked_only(pieces: &[Piece<'_>]) -> Option<Node> {
    let first = pieces.iter().position(|piece| piece.marked.is_some())?;
    said(&pieces[first..])
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
        let verb = pieces.verb().map(|verb| pieces[verb].lower.as_str())?;
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
        passive(&pieces[1..])?
    } else {
        spoken(pieces)?
    };
    Some((Intent::HowOften, nodes))
}

fn when(pieces: &[Piece<'_>]) -> Read {
    let first = pieces.first()?;
    if matches!(first.lower.as_str(), "was" | "were" | "is")
        && let Some(nodes) = passive(&pieces[1..])
    {
        return Some((Intent::When, nodes));
    }
    let verb = pieces.verb()?;
    let latest = |piece: &Piece<'_>| piece.is("last");
    let (mut pieces, mut intent) = (pieces, Intent::When);
    if pieces[..verb].last().is_some_and(latest) {
        intent = Intent::Latest;
    }
    if let [before @ .., last] = pieces
        && matches!(last.lower.as_str(), "last" | "first")
        && before.len() > verb + 1
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
    let verb = pieces.verb()?;
    let mut words = &pieces[..verb];
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
    match &pieces[verb + 1..] {
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
        let verb = pieces.verb()?;
        if pieces[..verb]
            .iter()
            .all(|piece| AUXILIARY.contains(&piece.lower.as_str()))
        {
            let rest = &pieces[verb + 1..];
            let by = rest.iter().rposition(|piece| piece.is("by"));
            let by = by.filter(|by| by + 1 < rest.len());
            let about = topic(&rest[..by.unwrap_or(rest.len())])?;
            let name = match by {
                Some(by) => Some(speaker(&rest[by + 1..])?),
                None => None,
            };
            return Some((Intent::What, name.into_iter().chain([about]).collect()));
        }
    } else if let Some(read) = quotes(pieces) {
        return Some(read);
    }
    let verb = pieces.verb()?;
    let latest = pieces[..verb].last().is_some_and(|piece| piece.is("last"));
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
    let (mut before, after) = (&pieces[..noun], &pieces[noun + 1..]);
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
    let mut rest = after;
    if let [by, more @ ..] = rest
        && matches!(by.lower.as_str(), "by" | "from" | "of")
        && nodes.is_empty()
    {
        let end = more.iter().position(is_about).unwrap_or(more.len());
        nodes.push(speaker(&more[..end])?);
        rest = &more[end..];
    } else if nodes.is_empty()
        && let Some(by) = rest
            .iter()
            .rposition(|piece| matches!(piece.lower.as_str(), "by" | "from"))
    {
        nodes.push(speaker(&rest[by + 1..])?);
        rest = &rest[..by];
    }
    if !rest.is_empty() {
        nodes.push(topic(rest)?);
    }
    (!nodes.is_empty()).then_some((intent, nodes))
}

/// `X said “…”`, as people type it; without marks it could be anything.
fn statement(pieces: &[Piece<'_>]) -> Read {
    let verb = pieces.verb().filter(|verb| *verb > 0)?;
    pieces[verb + 1..]
        .iter()
        .find(|piece| piece.marked.is_some())?;
    spoken(pieces).map(|nodes| (Intent::When, nodes))
}

/// `X on Y`: a name, with capitals or in one or two small words, and a subject.
fn name_on_topic(pieces: &[Piece<'_>]) -> Read {
    let on = pieces
        .iter()
        .position(is_about)
        .filter(|on| (1..=4).contains(on))?;
    let name = &pieces[..on];
    let written = |piece: &Piece<'_>| piece.text.chars().next().is_some_and(char::is_uppercase);
    let small = pieces
        .iter()
        .all(|piece| !piece.text.contains(char::is_uppercase));
    if !(name.iter().all(written) || (small && on <= 2)) || pieces[on].is("of") {
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
    Some((Intent::What, vec![speaker(name)?, topic(&pieces[on..])?]))
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
    let mut verb = start + pieces.get(start..)?.verb()?;
    // `have to say` says no more than `say`.
    let mut name = &pieces[start..verb];
    if let [rest @ .., have, to] = name
        && matches!(have.lower.as_str(), "have" | "has" | "had")
        && to.is("to")
    {
        name = rest;
    }
    // `is quoted as saying`
    if pieces[verb].is("quoted")
        && pieces.get(verb + 1)?.is("as")
        && pieces.get(verb + 2)?.is("saying")
    {
        verb += 2;
    }
    while let [rest @ .., last] = name {
        let idle = [
            "first", "last", "ever", "actually", "really", "have", "been", "also", "just",
            "already", "publicly", "is", "was", "has", "had", "recently", "once",
        ];
        if !idle.contains(&last.lower.as_str()) {
            break;
        }
        name = rest;
    }
    let speaker = match name {
        [only] if is_anybody(only) => None,
        name => Some(speaker(name)?),
    };
    Some((speaker, &pieces[verb + 1..]))
}
