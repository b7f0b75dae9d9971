//! Questions in plain English to queries. What is not understood is refused, never guessed.

mod dates;

use chrono::NaiveDate;

use crate::ast::{DateField, Node, Text, TextField};
use crate::marks;
use dates::split_dates;

/// What a question wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Intent {
    /// Who said it?
    Who,
    /// Who said it first, as far as this archive goes?
    WhoFirst,
    /// What did somebody say?
    What,
    /// When did somebody say it?
    When,
    /// How often did somebody say it?
    HowOften,
}

/// A question and the query it compiles to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Question {
    /// What the question wants to know.
    pub intent: Intent,
    /// The query.
    pub node: Node,
}

/// Two questions that are understood, for the message that refuses another.
pub(crate) const EXAMPLES: [&str; 2] = [
    "who said \"one percent\" since October 2025",
    "what did Jane Roe say about the budget",
];

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
    "call",
    "called",
    "promise",
    "promised",
    "announce",
    "announced",
];

/// Words that may stand between the verb and what was said.
const FILLER: &[&str] = &[
    "that",
    "the",
    "words",
    "word",
    "phrase",
    "this",
    "something",
    "anything",
    "like",
    ":",
    ",",
];

/// One word of a question, or a marked text as a whole.
#[derive(Clone, Debug)]
struct Piece<'q> {
    /// The word in lower case, without a mark of the sentence behind it; empty for a marked text.
    lower: String,
    /// The words between marks.
    marked: Option<String>,
    text: &'q str,
}

/// Reads a question; `None` when it is not understood.
pub(crate) fn read(question: &str, today: Option<NaiveDate>) -> Option<Question> {
    let pieces = pieces(question);
    let (pieces, dates) = split_dates(&pieces, today);
    let words: Vec<&str> = pieces.iter().map(|piece| piece.lower.as_str()).collect();
    let (intent, mut nodes) = match words.as_slice() {
        ["who" | "which", ..] => who(pieces)?,
        ["how", "often", ..] => (Intent::HowOften, spoken(&pieces[2..])?),
        ["how", "many", "times", ..] => (Intent::HowOften, spoken(&pieces[3..])?),
        ["when", "was" | "were", ..] => (Intent::When, passive(&pieces[2..])?),
        ["when", ..] => (Intent::When, spoken(&pieces[1..])?),
        ["what" | "whatever", ..] => (Intent::What, what(&pieces[1..])?),
        ["did" | "has" | "have", ..] => (Intent::When, spoken(pieces)?),
        _ => return None,
    };
    nodes.extend(dates.map(|range| Node::Date {
        field: DateField::Date,
        range,
    }));
    Some(Question {
        intent,
        node: Node::all_of(nodes),
    })
}

/// `who (first) said …`, `who was the first to say …`, `who talked about …`.
fn who(pieces: &[Piece<'_>]) -> Option<(Intent, Vec<Node>)> {
    let verb = pieces
        .iter()
        .position(|piece| SAY.contains(&piece.lower.as_str()))?;
    let mut first = false;
    for piece in &pieces[1..verb] {
        match piece.lower.as_str() {
            "first" | "originally" | "earliest" => first = true,
            "was" | "were" | "is" | "the" | "to" | "has" | "have" | "had" | "ever" | "else"
            | "also" | "person" | "people" | "one" | "politician" => {}
            _ => return None,
        }
    }
    let mut rest = &pieces[verb + 1..];
    if let [.., last] = rest
        && last.lower == "first"
    {
        first = true;
        rest = &rest[..rest.len() - 1];
    }
    let intent = if first { Intent::WhoFirst } else { Intent::Who };
    if let Some(topic) = topic(rest) {
        return Some((intent, vec![topic]));
    }
    let verb = pieces[verb].lower.as_str();
    if matches!(
        verb,
        "spoke" | "speak" | "speaks" | "spoken" | "talk" | "talks" | "talked"
    ) {
        return None;
    }
    Some((intent, vec![said(rest)?]))
}

/// `did X say …`, `has X said …`, `X say …`; the words are required.
fn spoken(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let (speaker, rest) = speaker_and_rest(pieces)?;
    if let Some(topic) = topic(rest) {
        return Some(speaker.into_iter().chain([topic]).collect());
    }
    Some(speaker.into_iter().chain([said(rest)?]).collect())
}

/// `was "…" (first) said (by X)`.
fn passive(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let verb = pieces
        .iter()
        .position(|piece| SAY.contains(&piece.lower.as_str()))?;
    let mut words = &pieces[..verb];
    if let [.., last] = words
        && matches!(last.lower.as_str(), "first" | "last" | "ever")
    {
        words = &words[..words.len() - 1];
    }
    let mut nodes = vec![said(words)?];
    match &pieces[verb + 1..] {
        [] => {}
        [by, name @ ..] if by.lower == "by" => nodes.insert(0, speaker(name)?),
        _ => return None,
    }
    Some(nodes)
}

/// `did X say (about Y)`, `has X said on Y`, `did X say`.
fn what(pieces: &[Piece<'_>]) -> Option<Vec<Node>> {
    let (speaker, rest) = speaker_and_rest(pieces)?;
    let speaker = speaker?;
    if rest.is_empty() {
        return Some(vec![speaker]);
    }
    Some(vec![speaker, topic(rest)?])
}

/// Splits `did X say rest`; `anybody` is no speaker.
fn speaker_and_rest<'p, 'q>(pieces: &'p [Piece<'q>]) -> Option<(Option<Node>, &'p [Piece<'q>])> {
    let auxiliary = |piece: &Piece<'_>| {
        matches!(
            piece.lower.as_str(),
            "did" | "does" | "do" | "has" | "have" | "had" | "was" | "is" | "were" | "are"
        )
    };
    let start = usize::from(pieces.first().is_some_and(auxiliary));
    let verb = pieces
        .iter()
        .position(|piece| SAY.contains(&piece.lower.as_str()))?;
    let mut name = pieces.get(start..verb)?;
    while let [rest @ .., last] = name {
        if !matches!(
            last.lower.as_str(),
            "first" | "last" | "ever" | "actually" | "really" | "have" | "been"
        ) {
            break;
        }
        name = rest;
    }
    let anybody = matches!(
        name.iter()
            .map(|piece| piece.lower.as_str())
            .collect::<Vec<_>>()
            .as_slice(),
        ["anybody" | "anyone" | "somebody" | "someone" | "people" | "they"]
    );
    let speaker = if anybody { None } else { Some(speaker(name)?) };
    Some((speaker, &pieces[verb + 1..]))
}

/// A name as it stands in the question.
fn speaker(pieces: &[Piece<'_>]) -> Option<Node> {
    let words = if let [piece] = pieces {
        piece
            .marked
            .clone()
            .unwrap_or_else(|| piece.text.to_owned())
    } else {
        plain(pieces)?
    };
    let words = words.trim_end_matches([',', '.', ';']).trim();
    let words = words.strip_prefix("the ").unwrap_or(words);
    if words.is_empty() {
        return None;
    }
    Some(Node::text(TextField::Speaker, text(words)))
}

/// `about Y`, `on Y`, `regarding Y`.
fn topic(pieces: &[Piece<'_>]) -> Option<Node> {
    let [first, rest @ ..] = pieces else {
        return None;
    };
    let rest = match first.lower.as_str() {
        "about" | "on" | "regarding" | "concerning" | "of" => rest,
        _ => return None,
    };
    let words = match rest {
        [] => return None,
        [piece] if piece.marked.is_some() => piece.marked.clone()?,
        pieces => plain(pieces)?,
    };
    let words = words.trim_end_matches([',', '.']);
    let words = ["the ", "a ", "an "]
        .iter()
        .find_map(|article| words.strip_prefix(article))
        .unwrap_or(words);
    (!words.is_empty()).then(|| Node::text(TextField::About, text(words)))
}

/// What was said: marked texts, or all the words up to the end as one phrase.
fn said(pieces: &[Piece<'_>]) -> Option<Node> {
    let marked: Vec<_> = pieces
        .iter()
        .filter_map(|piece| piece.marked.clone())
        .collect();
    if !marked.is_empty() {
        let known = |piece: &Piece<'_>| {
            piece.marked.is_some()
                || FILLER.contains(&piece.lower.as_str())
                || matches!(piece.lower.as_str(), "and" | "or")
        };
        if !pieces.iter().all(known) || marked.iter().any(|words| words.trim().is_empty()) {
            return None;
        }
        let either = pieces.iter().any(|piece| piece.lower == "or");
        let nodes = marked
            .into_iter()
            .map(|words| Node::text(TextField::Said, Text::phrase(words.trim())));
        return Some(if either {
            Node::any_of(nodes)
        } else {
            Node::all_of(nodes)
        });
    }
    let mut rest = pieces;
    while let [first, after @ ..] = rest {
        if after.is_empty() || !matches!(first.lower.as_str(), "that" | "words" | "phrase" | "word")
        {
            break;
        }
        rest = after;
    }
    let words = plain(rest)?;
    let bare = [
        "what",
        "it",
        "this",
        "that",
        "so",
        "which",
        "something",
        "anything",
        "nothing",
    ];
    if bare.contains(&words.to_lowercase().as_str()) {
        return None;
    }
    Some(Node::text(TextField::Said, Text::phrase(words)))
}

fn text(words: &str) -> Text {
    if words.contains(char::is_whitespace) {
        Text::phrase(words)
    } else {
        Text::word(words)
    }
}

/// Joins words as the question has them; `None` when there are none or some are marked.
fn plain(pieces: &[Piece<'_>]) -> Option<String> {
    if pieces.is_empty() || pieces.iter().any(|piece| piece.marked.is_some()) {
        return None;
    }
    let words: Vec<&str> = pieces.iter().map(|piece| piece.text).collect();
    Some(words.join(" "))
}

/// Cuts a question into words and marked texts; the question mark at the end goes.
fn pieces(question: &str) -> Vec<Piece<'_>> {
    let end = question
        .trim_end_matches(|char: char| char.is_whitespace() || matches!(char, '?' | '.' | '!'))
        .len();
    let question = &question[..end];
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < question.len() {
        let rest = &question[at..];
        let Some(char) = rest.chars().next() else {
            break;
        };
        if char.is_whitespace() || char.is_control() {
            at += char.len_utf8();
            continue;
        }
        if let Some(marked) = marks::read(rest) {
            let words = marked.inner.trim_end_matches('?').to_owned();
            pieces.push(Piece {
                lower: String::new(),
                marked: Some(words),
                text: &question[at..at + marked.len],
            });
            at += marked.len;
            continue;
        }
        let len = rest
            .char_indices()
            .skip(1)
            .find(|&(_, char)| char.is_whitespace() || marks::is_double_mark(char) || char == '‘')
            .map_or(rest.len(), |(at, _)| at);
        let text = &rest[..len];
        let lower = text.to_lowercase();
        let trimmed = lower.trim_end_matches([',', ':', ';']);
        pieces.push(Piece {
            lower: if trimmed.is_empty() {
                lower.clone()
            } else {
                trimmed.to_owned()
            },
            marked: None,
            text,
        });
        at += len;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(question: &str) -> Option<(Intent, String)> {
        let today = NaiveDate::from_ymd_opt(2026, 3, 4);
        read(question, today).map(|question| (question.intent, question.node.to_string()))
    }

    fn check(question: &str, intent: Intent, query: &str) {
        let found = compiled(question);
        let expected = Some((intent, query.to_owned()));
        assert_eq!(found, expected, "{question}");
    }

    #[test]
    fn who_said() {
        for question in [
            "who said \"one percent\"",
            "Who said “one percent”?",
            "who said 'one percent'",
            "who said ‘one percent’?",
            "who said one percent",
            "Who said that \"one percent\"",
            "who has said «one percent»",
            "who said one percent?",
            "who used the words \"one percent\"",
            "who said „one percent“",
        ] {
            check(question, Intent::Who, "said:\"one percent\"");
        }
        check(
            "who said I don't want to",
            Intent::Who,
            "said:\"I don't want to\"",
        );
        check(
            "who first said \"one percent\"",
            Intent::WhoFirst,
            "said:\"one percent\"",
        );
        check(
            "who was the first to say 'one percent'",
            Intent::WhoFirst,
            "said:\"one percent\"",
        );
        check(
            "who said \"one percent\" first?",
            Intent::WhoFirst,
            "said:\"one percent\"",
        );
        check("who talked about the budget", Intent::Who, "about:budget");
        check(
            "who said \"slip\" or \"away\"",
            Intent::Who,
            "said:\"slip\" OR said:\"away\"",
        );
    }

    #[test]
    fn what_when_how_often() {
        check("what did Kim say", Intent::What, "speaker:Kim");
        check(
            "What has Lee Jae-myung said about golf?",
            Intent::What,
            "speaker:\"Lee Jae-myung\" about:golf",
        );
        check(
            "what did President Trump say on the Korean war",
            Intent::What,
            "speaker:\"President Trump\" about:\"Korean war\"",
        );
        check(
            "when did Trump say \"very good\"",
            Intent::When,
            "speaker:Trump said:\"very good\"",
        );
        check(
            "when was 'one percent' said by Chung",
            Intent::When,
            "speaker:Chung said:\"one percent\"",
        );
        check(
            "how often did Trump say very good",
            Intent::HowOften,
            "speaker:Trump said:\"very good\"",
        );
        check(
            "how many times has anyone said \"very good\"",
            Intent::HowOften,
            "said:\"very good\"",
        );
        check(
            "did Trump say \"very good\"?",
            Intent::When,
            "speaker:Trump said:\"very good\"",
        );
    }

    #[test]
    fn dates_at_the_end() {
        let who = |tail: &str, date: &str| {
            check(
                &format!("who said \"one percent\" {tail}"),
                Intent::Who,
                &format!("said:\"one percent\" date:{date}"),
            );
            check(
                &format!("who said one percent {tail}?"),
                Intent::Who,
                &format!("said:\"one percent\" date:{date}"),
            );
        };
        who("since October", "2025-10..");
        who("since October 2024", "2024-10..");
        who("since last week", "last-week..");
        who("last week", "last-week");
        who("yesterday", "yesterday");
        who("in 2025", "2025");
        who("on October 25, 2025", "2025-10-25");
        who("before 2025-10", "<2025-10");
        who("after 25 October 2025", ">2025-10-25");
        who("between May and July 2025", "2025-05..2025-07");
        who("from May 2024 to July 2025", "2024-05..2025-07");
        check(
            "what did Kim say about talks since 2025",
            Intent::What,
            "speaker:Kim about:talks date:2025..",
        );
        check(
            "who said in God we trust",
            Intent::Who,
            "said:\"in God we trust\"",
        );
        check(
            "who said \"since October\"",
            Intent::Who,
            "said:\"since October\"",
        );
    }

    #[test]
    fn the_rest_is_refused() {
        for question in [
            "",
            "?",
            "who",
            "who said",
            "who said what",
            "who won",
            "what is one percent",
            "what did say",
            "what about Kim",
            "one percent",
            "when did Trump say",
            "how often",
            "who killed \"one percent\"",
            "who said \"\"",
            "what did Kim say about",
            "who said \"a\" loudly",
        ] {
            assert_eq!(compiled(question), None, "{question}");
        }
    }
}
