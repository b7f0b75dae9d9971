//! The forms of questions.

use super::Intent;
use super::clauses::{is_about, mentioned, said, topic};
use super::names::{asked, excepting, others, speaker};
use super::order::{self, Order};
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
    if foretells(pieces) {
        return None;
    }
    match words.as_slice() {
        ["", rest @ ..] if !rest.is_empty() => words_first(pieces),
        ["who" | "which" | "who's" | "who’s" | "whoever", ..] => who(pieces),
        ["by", "whom", ..] => passive(from(2)).map(|nodes| (Intent::Who, nodes)),
        ["whose", noun, "is" | "are" | "was" | "were", ..] if QUOTES.contains(noun) => {
            Some((Intent::Who, vec![said(from(3))?]))
        }
        ["how", "often" | "frequently", ..] => often(from(2)),
        ["how", "many", "times", ..] | ["number", "of", "times", ..] => often(from(3)),
        ["the", "number", "of", "times", ..] => often(from(4)),
        // The speakers, whose number is that of the answer's groups.
        ["how", "many", "people" | "persons" | "speakers", ..] => who(from(2)),
        [
            "how",
            "many",
            "different",
            "people" | "persons" | "speakers",
            ..,
        ] => who(from(3)),
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
            let nodes = spoken(pieces).or_else(|| Some(vec![alone(pieces)?]));
            nodes.map(|nodes| (Intent::Whether, nodes))
        }
        ["was" | "were", ..] => {
            let nodes = passive(from(1)).or_else(|| Some(vec![alone(pieces)?]));
            nodes.map(|nodes| (Intent::Whether, nodes))
        }
        _ if is_misspelt(pieces.first()?) => None,
        _ => uses(pieces)
            .or_else(|| time(pieces))
            .or_else(|| quotes(pieces))
            .or_else(|| statement(pieces))
            .or_else(|| name_on_topic(pieces)),
    }
}

/// Tells whether a question asks what will be said, or would: an archive has what was.
fn foretells(pieces: &[Piece<'_>]) -> bool {
    let Some((ahead, verb, _)) = verb(pieces) else {
        return false;
    };
    let modal = |piece: &Piece<'_>| {
        piece.is_small(&[
            "will",
            "would",
            "can",
            "could",
            "should",
            "shall",
            "may",
            "might",
            "must",
            "won't",
            "wouldn't",
            "can't",
            "couldn't",
            "shouldn't",
        ])
    };
    let infinitive = [
        "say", "tell", "claim", "mention", "state", "use", "utter", "speak", "talk", "call",
        "promise", "announce", "comment", "coin", "think", "speaking", "be", "have",
    ];
    let is_infinitive = |piece: &Piece<'_>| infinitive.iter().any(|word| piece.is(word));
    // `what did will smith say` has a name.
    let asks = |piece: &Piece<'_>| {
        piece.is_small(&[
            "who", "what", "when", "how", "often", "much", "many", "times",
        ])
    };
    let ahead: Vec<&Piece<'_>> = ahead.iter().skip_while(|piece| asks(piece)).collect();
    ahead.first().is_some_and(|first| modal(first))
        && (is_infinitive(verb) || ahead.iter().any(|piece| is_infinitive(piece)))
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

pub(super) fn is_say(piece: &Piece<'_>) -> bool {
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
    let (before, but) = who_but(before)?;
    let says_else = before.iter().any(|piece| piece.is("else"));
    let (rest_but, others) = besides(rest, says_else)?;
    rest = rest_but;
    let but: Vec<Node> = but.into_iter().chain(others).collect();
    let answer = |intent: Intent, node: Node| Some((intent, [vec![node], but.clone()].concat()));
    for piece in before.iter().skip(1) {
        match piece.lower.as_str() {
            "first" | "originally" | "earliest" => intent = Intent::WhoFirst,
            "last" | "latest" | "recently" => intent = Intent::Latest,
            "was" | "were" | "is" | "it" | "that" | "the" | "to" | "has" | "have" | "had"
            | "been" | "ever" | "else" | "also" | "actually" | "really" | "person" | "people"
            | "one" | "ones" | "speaker" | "speakers" | "guy" | "publicly" | "being" | "most"
            | "are" | "all" | "already" | "so" | "far" => {}
            _ => return None,
        }
    }
    let mut verb_word = verb.lower.as_str();
    if verb_word == "quoted" {
        // `who quoted Roe` asks about outlets.
        let is_quoted =
            pieces.iter().any(is_being) || !before.first().is_some_and(|who| who.is("who"));
        if !(is_quoted || rest.iter().any(|piece| piece.marked.is_some())) {
            return None;
        }
        rest = without(without(rest, "as"), "saying");
        verb_word = "said";
    }
    match verb_word {
        "coin" | "coined" => intent = Intent::WhoFirst,
        // `who talked about` is `who spoke`; `who said something about` is too.
        "said" | "say" | "says" | "saying" => {
            rest = behind_something(rest).unwrap_or(rest);
        }
        _ => {}
    }
    if let Some((order, before)) = at_end(rest) {
        intent = order.of(Intent::Who);
        rest = before;
    } else if let Some((order, about)) = before_subject(rest) {
        intent = order.of(Intent::Who);
        rest = about;
    }
    // `who is quoted by Roe` asks about somebody else than who speaks.
    if rest.first().is_some_and(|first| first.is("by")) && before.iter().skip(1).any(is_being) {
        return None;
    }
    // `who says “…” the most`
    let (marked, most) = rest.split_first().unzip();
    if let (Some(marked), Some(most)) = (marked, most)
        && marked.marked.is_some()
        && behind_most(most).is_some_and(<[_]>::is_empty)
    {
        rest = std::slice::from_ref(marked);
    }
    // `who was quoted most (often)`, `who spoke most about boats`
    if let Some(rest) = behind_most(rest) {
        match topic(rest) {
            Some(topic) => return answer(intent, topic),
            None if rest.is_empty() => return answer(intent, Node::All),
            None => {}
        }
    }
    if let Some(topic) = topic(rest) {
        return answer(intent, topic);
    }
    if SPEAK.contains(&verb_word) {
        return None;
    }
    answer(intent, object(verb_word, rest)?)
}

/// What stands behind a verb of saying: the words, or what they mention.
fn object(verb: &str, pieces: &[Piece<'_>]) -> Option<Node> {
    if CALL.contains(&verb) {
        marked_only(pieces)
    } else if pieces.first().is_some_and(|about| about.is("about")) {
        // A subject that is not understood is no speech.
        None
    } else if verb.starts_with("mention") {
        mentioned(pieces)
    } else {
        said(pieces)
    }
}

/// Takes those left out off what stands before the verb: `who else besides Roe has`.
fn who_but<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(&'p [Piece<'q>], Option<Node>)> {
    let place = (1..pieces.len()).find(|&place| pieces.get(place..).and_then(excepting).is_some());
    let Some((before, mut name)) = place.and_then(|place| pieces.split_at_checked(place)) else {
        return Some((pieces, None));
    };
    while let [rest @ .., last] = name
        && (AUXILIARY.contains(&last.lower.as_str()) || last.is("ever") || last.is("also"))
    {
        name = rest;
    }
    Some((before, Some(others(name)?)))
}

/// Takes those left out off the end: `"…" besides Roe`, `about the ferry other than Roe`. Of words without marks nobody
/// knows where they end, unless `else` says that some are left out.
fn besides<'p, 'q>(
    pieces: &'p [Piece<'q>],
    says_else: bool,
) -> Option<(&'p [Piece<'q>], Option<Node>)> {
    let about = pieces.first().is_some_and(is_about);
    let place = (1..pieces.len()).find(|&place| {
        let (before, behind) = pieces.split_at(place);
        let marked = before.last().is_some_and(|last| last.marked.is_some());
        let but = behind.first().is_some_and(|first| first.is("but"));
        excepting(behind).is_some() && (marked || ((about || says_else) && !but))
    });
    match place.and_then(|place| pieces.split_at_checked(place)) {
        // `“…” but not “…”`
        Some((before, [but, not, words])) if words.marked.is_some() => {
            let other = (but.is("but") && not.is("not")).then(|| said(std::slice::from_ref(words)));
            Some((before, Some(Node::Not(Box::new(other??)))))
        }
        Some((before, name)) => Some((before, Some(others(name)?))),
        None => Some((pieces, None)),
    }
}

/// What follows `something`, if that is the subject: `a lot about boats`.
fn behind_something<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<&'p [Piece<'q>]> {
    let words: Vec<&str> = pieces.iter().map(|piece| piece.lower.as_str()).collect();
    let length = match words.as_slice() {
        ["something" | "anything", "else" | "new", ..] | ["a", "lot", ..] => 2,
        [
            "something" | "anything" | "everything" | "what" | "things" | "much",
            ..,
        ] => 1,
        _ => return None,
    };
    let rest = pieces.get(length..)?;
    rest.first().is_some_and(is_about).then_some(rest)
}

/// Takes `first`, `most recently` and the like off the end; of words without marks only `first` and `last`.
fn at_end<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(Order, &'p [Piece<'q>])> {
    let (order, before) = order::at_end(pieces).filter(|(_, before)| !before.is_empty())?;
    let plain = pieces
        .last()
        .is_some_and(|last| last.is("first") || last.is("last"));
    let bounded = before
        .iter()
        .any(|piece| piece.marked.is_some() || is_about(piece));
    (bounded || plain).then_some((order, before))
}

/// `recently about Y`
fn before_subject<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(Order, &'p [Piece<'q>])> {
    let (when, about) = pieces.split_at_checked(pieces.iter().position(is_about)?)?;
    match order::at_end(when)? {
        (order, []) => Some((order, about)),
        _ => None,
    }
}

fn is_being(piece: &Piece<'_>) -> bool {
    ["is", "was", "were", "are", "been", "being"]
        .iter()
        .any(|word| piece.is(word))
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
    let rest = behind_something(rest).unwrap_or(rest);
    let said = topic(rest).or_else(|| {
        let (_, verb, _) = verb(pieces)?;
        let verb = verb.lower.as_str();
        (!SPEAK.contains(&verb))
            .then(|| object(verb, rest))
            .flatten()
    })?;
    Some(speaker.into_iter().chain([said]).collect())
}

fn often(pieces: &[Piece<'_>]) -> Read {
    let (ahead, verb, behind) = verb(pieces)?;
    let participle = [
        "said",
        "mentioned",
        "used",
        "uttered",
        "stated",
        "claimed",
        "called",
        "promised",
        "announced",
        "coined",
    ];
    let is_passive = participle.iter().any(|word| verb.is(word))
        && ahead.iter().any(is_being)
        && behind.first().is_none_or(|by| by.is("by"));
    let nodes = if is_passive {
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
        let (ahead, _, _) = verb(pieces)?;
        let order = order::trailing(ahead).map_or(Order::First, |(order, _)| order);
        return Some((order.of(Intent::When), nodes));
    }
    if matches!(first.lower.as_str(), "was" | "were" | "is")
        && let Some(rest) = pieces.get(1..)
        && let Some((intent, nodes)) = time(rest).or_else(|| uses(rest))
    {
        let intent = match intent {
            Intent::Latest => intent,
            _ => Intent::When,
        };
        return Some((intent, nodes));
    }
    let (ahead, verb, _) = verb(pieces)?;
    let mut intent = Intent::When;
    if is_latest(ahead) {
        intent = Intent::Latest;
    }
    let mut pieces = pieces;
    // `say last` has words, `speak last` has none.
    let speaks = SPEAK.contains(&verb.lower.as_str());
    let least = ahead.len().saturating_add(if speaks { 1 } else { 2 });
    if let Some((order, before)) = at_end(pieces)
        && before.len() >= least
    {
        intent = order.of(intent);
        pieces = before;
    }
    let nodes = spoken(pieces).or_else(|| Some(vec![alone(pieces)?]))?;
    Some((intent, nodes))
}

/// Tells whether the latest is wanted, by the word before the verb: `what did Roe most recently say`.
fn is_latest(ahead: &[Piece<'_>]) -> bool {
    matches!(order::trailing(ahead), Some((Order::Last, _)))
}

/// `the last time (that) X said …`, `the first time … was said`.
fn time(pieces: &[Piece<'_>]) -> Read {
    let (order, rest) = order::leading(pieces)?;
    let (time, rest) = rest.split_first().filter(|(time, _)| time.is("time"))?;
    debug_assert!(time.marked.is_none());
    let rest = without(without(rest, "that"), "when");
    let (ahead, verb, _) = verb(rest)?;
    let is_passive = !verb.is("quoted") && ahead.last().is_some_and(is_being);
    let nodes = if is_passive {
        passive(rest)?
    } else {
        spoken(rest).or_else(|| Some(vec![alone(rest)?]))?
    };
    Some((order.of(Intent::When), nodes))
}

/// `the earliest use of “…” (by X)`, `mentions of the ferry`.
fn uses(pieces: &[Piece<'_>]) -> Read {
    let (order, rest) = match order::leading(pieces) {
        Some((order, rest)) => (Some(order), rest),
        None => (None, without(without(pieces, "all"), "the")),
    };
    let [noun, of, words @ ..] = rest else {
        return None;
    };
    let nouns = [
        "use",
        "uses",
        "mention",
        "mentions",
        "occurrence",
        "occurrences",
        "instance",
        "instances",
        "utterance",
    ];
    if !(of.is("of") && nouns.iter().any(|word| noun.is(word))) {
        return None;
    }
    let by = words.iter().rposition(|piece| piece.is("by"));
    let (words, name) = match by.and_then(|by| around(words, by)) {
        Some((words, _, name)) => (words, asked(name)?),
        None => (words, None),
    };
    let words = if noun.lower.starts_with("mention") {
        mentioned(words)?
    } else {
        said(words)?
    };
    let intent = order.map_or(Intent::When, |order| order.of(Intent::Who));
    Some((intent, name.into_iter().chain([words]).collect()))
}

/// `was "…" (first) said (by X)`.
fn passive(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let (mut words, verb, behind) = verb(pieces)?;
    // `was Roe quoted` asks about one who spoke.
    if verb.is("quoted") && !words.iter().any(|piece| piece.marked.is_some()) {
        return None;
    }
    while let [before @ .., last] = words
        && matches!(
            last.lower.as_str(),
            "first"
                | "last"
                | "ever"
                | "been"
                | "actually"
                | "really"
                | "was"
                | "were"
                | "is"
                | "has"
                | "most"
                | "recently"
        )
    {
        words = before;
    }
    if let [first, rest @ ..] = words
        && matches!(
            first.lower.as_str(),
            "was" | "were" | "is" | "has" | "have" | "had"
        )
    {
        words = rest;
    }
    let words = object(&verb.lower, words)?;
    let name = match behind {
        [] => None,
        [by, name @ ..] if by.is("by") => asked(name)?,
        _ => return None,
    };
    Some(name.into_iter().chain([words]).collect())
}

/// `did X say (about Y)`, `has X said on Y`, `X said`; `was said about Y (by X)`; `are X's views on Y`.
fn what(pieces: &[Piece<'_>]) -> Read {
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
        // `was said about Y`, `has been said about Y by X`
        let (ahead, _, rest) = verb(pieces)?;
        if ahead
            .iter()
            .all(|piece| AUXILIARY.contains(&piece.lower.as_str()))
        {
            let by = rest.iter().rposition(|piece| piece.is("by"));
            let (about, name) = match by.and_then(|by| around(rest, by)) {
                Some((about, _, name)) if !name.is_empty() => (about, asked(name)?),
                _ => (rest, None),
            };
            let about = topic(about)?;
            return Some((Intent::What, name.into_iter().chain([about]).collect()));
        }
    } else if let Some(read) = quotes(pieces) {
        return Some(read);
    }
    let (ahead, _, _) = verb(pieces)?;
    let mut intent = Intent::What;
    if is_latest(ahead) {
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
    if let Some((order, about)) = before_subject(rest) {
        intent = order.of(intent);
        rest = about;
    } else if let Some((order, before)) = order::at_end(rest) {
        intent = order.of(intent);
        rest = before;
    }
    if rest.is_empty() {
        return Some((intent, vec![speaker?]));
    }
    let nodes = speaker.into_iter().chain([topic(rest)?]);
    Some((intent, nodes.collect()))
}

/// `the first thing X said (about Y)`
fn thing(pieces: &[Piece<'_>]) -> Read {
    let (order, rest) = order::leading(pieces)?;
    let (noun, rest) = rest.split_first()?;
    if !["thing", "things", "words", "word"]
        .iter()
        .any(|word| noun.is(word))
    {
        return None;
    }
    let (ahead, _, _) = verb(rest)?;
    // `the first thing said about Y`
    if ahead.is_empty() {
        return None;
    }
    let (intent, nodes) = what(without(rest, "that"))?;
    Some((order.of(intent), nodes))
}

/// `quotes by X (on Y)`, `X's statements about Y`, `quotes on Y by X`.
fn quotes(pieces: &[Piece<'_>]) -> Read {
    let noun = pieces
        .iter()
        .position(|piece| QUOTES.contains(&piece.lower.as_str()))?;
    let (mut before, _, mut rest) = around(pieces, noun)?;
    let mut intent = Intent::What;
    while let [first, rest @ ..] = before {
        if let Some((order, rest)) = order::leading(before) {
            intent = order.of(intent);
            before = rest;
            continue;
        }
        if ![
            "all", "the", "any", "some", "every", "of", "are", "is", "a", "an",
        ]
        .iter()
        .any(|word| first.is(word))
        {
            break;
        }
        before = rest;
    }
    // `Roe's most recent quotes`
    if let Some((order, name)) = order::trailing(before).filter(|(_, name)| !name.is_empty()) {
        intent = order.of(intent);
        before = name;
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
        nodes.extend(asked(name)?);
        rest = about;
    } else if nodes.is_empty()
        && let Some(by) = rest
            .iter()
            .rposition(|piece| matches!(piece.lower.as_str(), "by" | "from"))
    {
        let (about, _, name) = around(rest, by)?;
        nodes.extend(asked(name)?);
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
    let written = |piece: &Piece<'_>| written(piece) || piece.is("and") || piece.is("or");
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

/// Splits `did X say rest`; `anybody` is no speaker.
fn speaker_and_rest<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(Option<Node>, &'p [Piece<'q>])> {
    let start = pieces
        .iter()
        .take_while(|piece| AUXILIARY.contains(&piece.lower.as_str()))
        .count();
    let (mut name, verb, mut rest) = verb(pieces.get(start..)?)?;
    // `did Roe deny saying`
    let is_saying = verb.is("saying") || verb.is("talking");
    if is_saying && !pieces.iter().any(is_being) {
        return None;
    }
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
            "first",
            "last",
            "ever",
            "actually",
            "really",
            "have",
            "been",
            "also",
            "just",
            "already",
            "publicly",
            "is",
            "was",
            "has",
            "had",
            "recently",
            "once",
            "lately",
            "originally",
            "initially",
            "specifically",
            "exactly",
            "precisely",
            "apparently",
            "allegedly",
            "reportedly",
            "still",
            "even",
            "again",
            "often",
            "repeatedly",
        ];
        if !idle.contains(&last.lower.as_str()) {
            break;
        }
        name = before;
        if let [before @ .., most] = name
            && most.is("most")
            && last.is("recently")
        {
            name = before;
        }
    }
    Some((asked(name)?, rest))
}
