//! Verbs that tell who speaks, of saying and of naming.
//!
//! The lists here and in [`kinds`](super::kinds) are not those of `whosaid-quotes`, on which this library does not
//! depend: these are of the words people type around a quotation, of which a rule makes much, where those are seen by
//! models in whole articles.

use super::kinds::{is_adverb, is_article, is_of, is_preposition};
use super::word::Word;

/// What a verb says of the quotation beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// `said`: its subject spoke.
    Say,
    /// `told`: its subject spoke, and a name behind it is who listened.
    Tell,
    /// `called`: its subject spoke, of somebody or something.
    Name,
    /// `quoted`: a name behind it spoke, or its subject if that `was quoted`.
    Quote,
}

const SAY: &[&str] = &[
    "accept",
    "acknowledge",
    "add",
    "admit",
    "affirm",
    "agree",
    "allege",
    "announce",
    "answer",
    "apologise",
    "apologize",
    "argue",
    "ask",
    "assert",
    "attest",
    "bark",
    "beg",
    "bellow",
    "bemoan",
    "blurt",
    "boast",
    "brag",
    "caution",
    "chant",
    "chuckle",
    "claim",
    "clarify",
    "comment",
    "complain",
    "concede",
    "conclude",
    "concur",
    "confess",
    "confirm",
    "contend",
    "continue",
    "correct",
    "counter",
    "cry",
    "declare",
    "decree",
    "demand",
    "deny",
    "disclose",
    "elaborate",
    "emphasise",
    "emphasize",
    "enthuse",
    "estimate",
    "exclaim",
    "explain",
    "fume",
    "gasp",
    "groan",
    "growl",
    "grumble",
    "gush",
    "hint",
    "imply",
    "indicate",
    "inquire",
    "insist",
    "interject",
    "joke",
    "lament",
    "laugh",
    "maintain",
    "marvel",
    "moan",
    "mumble",
    "murmur",
    "muse",
    "mutter",
    "note",
    "observe",
    "opine",
    "plead",
    "pledge",
    "point",
    "post",
    "predict",
    "proclaim",
    "promise",
    "pronounce",
    "propose",
    "protest",
    "quip",
    "rage",
    "read",
    "reason",
    "recall",
    "recount",
    "reflect",
    "reiterate",
    "remark",
    "repeat",
    "reply",
    "report",
    "respond",
    "retort",
    "reveal",
    "roar",
    "say",
    "scoff",
    "scream",
    "shout",
    "shriek",
    "shrug",
    "sigh",
    "snap",
    "sneer",
    "snort",
    "sob",
    "speculate",
    "state",
    "stress",
    "submit",
    "suggest",
    "swear",
    "tease",
    "testify",
    "threaten",
    "thunder",
    "tweet",
    "underline",
    "underscore",
    "venture",
    "vow",
    "wail",
    "whine",
    "whisper",
    "wonder",
    "write",
    "yell",
];

const TELL: &[&str] = &[
    "advise", "assure", "inform", "reassure", "remind", "tell", "urge", "warn",
];

const NAME: &[&str] = &[
    "accuse",
    "believe",
    "blame",
    "blast",
    "brand",
    "call",
    "characterise",
    "characterize",
    "compare",
    "condemn",
    "consider",
    "criticise",
    "criticize",
    "decry",
    "deem",
    "denounce",
    "depict",
    "deride",
    "describe",
    "dismiss",
    "dub",
    "express",
    "find",
    "hail",
    "label",
    "lambast",
    "liken",
    "mention",
    "mock",
    "nickname",
    "portray",
    "praise",
    "refer",
    "regard",
    "ridicule",
    "slam",
    "speak",
    "style",
    "talk",
    "term",
    "think",
    "tout",
    "voice",
];

const QUOTE: &[&str] = &["cite", "quote"];

/// Forms that no ending makes.
const IRREGULAR: &[(&str, &str)] = &[
    ("found", "find"),
    ("read", "read"),
    ("said", "say"),
    ("say", "say"),
    ("spoke", "speak"),
    ("swore", "swear"),
    ("thought", "think"),
    ("told", "tell"),
    ("wrote", "write"),
];

const MODALS: &[&str] = &["did", "do", "does", "would"];

const BE: &[&str] = &["am", "are", "be", "been", "being", "is", "was", "were"];

/// Tells whether a verb has `was` before it, adverbs apart: its subject did not speak.
pub(super) fn is_passive(before: &[Word<'_>]) -> bool {
    let mut words = before.iter().rev();
    words
        .find(|word| is_of(BE, **word) || !is_adverb(**word))
        .is_some_and(|word| is_of(BE, *word))
}

/// A verb beside a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verb {
    pub(super) cue: Cue,
    /// `saying`: who speaks is the subject of another verb.
    pub(super) participle: bool,
}

fn cue_of(base: &str) -> Option<Cue> {
    let lists = [
        (Cue::Say, SAY),
        (Cue::Tell, TELL),
        (Cue::Name, NAME),
        (Cue::Quote, QUOTE),
    ];
    lists
        .into_iter()
        .find_map(|(cue, list)| list.contains(&base).then_some(cue))
}

/// Reads a word as a verb by itself.
pub(super) fn verb(word: Word<'_>) -> Option<Verb> {
    let lower = word.lower();
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == lower) {
        return cue_of(base).map(|cue| Verb {
            cue,
            participle: false,
        });
    }
    for (ending, participle) in [("ing", true), ("ed", false), ("es", false), ("s", false)] {
        let Some(stem) = lower.strip_suffix(ending).filter(|stem| stem.len() >= 2) else {
            continue;
        };
        // `cried`, `argued`, `quipped`.
        let with_y = stem.strip_suffix('i').map(|stem| format!("{stem}y"));
        let with_e = (ending != "s").then(|| format!("{stem}e"));
        let mut letters = stem.chars().rev();
        let doubled = letters.next() == letters.next();
        let single = doubled.then(|| {
            let mut single = stem.to_owned();
            single.pop();
            single
        });
        let bases = [Some(stem.to_owned()), with_y, with_e, single];
        if let Some(cue) = bases.into_iter().flatten().find_map(|base| cue_of(&base)) {
            return Some(Verb { cue, participle });
        }
    }
    None
}

/// Tells whether a word is a verb that announces or follows quoted words.
pub(super) fn is_verb(word: &str) -> bool {
    verb(Word { at: 0, text: word })
        .is_some_and(|verb| matches!(verb.cue, Cue::Say | Cue::Tell) && !verb.participle)
}

/// Reads a word as a verb where it stands: `the claims` and `United States` have none.
pub(super) fn verb_at(words: &[Word<'_>], index: usize) -> Option<Verb> {
    let (before, rest) = words.split_at_checked(index)?;
    let (word, after) = rest.split_first()?;
    // `As she put it`, `he puts it this way`.
    if matches!(word.lower().as_str(), "put" | "puts")
        && after.first().is_some_and(|next| next.lower() == "it")
    {
        return Some(Verb {
            cue: Cue::Say,
            participle: false,
        });
    }
    let mut words = before.iter().rev();
    let auxiliary = words.find(|word| !is_adverb(**word) && word.lower() != "not");
    let auxiliary = auxiliary.map(|word| word.lower());
    // `Went on to call`, `would later describe`.
    let infinitive = auxiliary.as_deref() == Some("to");
    if infinitive || auxiliary.is_some_and(|word| MODALS.contains(&word.as_str())) {
        let cue = cue_of(&word.lower())?;
        return Some(Verb {
            cue,
            participle: infinitive,
        });
    }
    let verb = verb(*word)?;
    let Some(last) = before.last() else {
        return Some(verb);
    };
    let begins = last.closes();
    let capital = word.text.starts_with(char::is_uppercase);
    let noun = !last.closes()
        && !verb.participle
        && (is_article(*last) || is_preposition(*last) || last.is_possessive());
    (!noun && (begins || !capital)).then_some(verb)
}

#[cfg(test)]
mod tests {
    use super::super::word::split;
    use super::*;

    #[test]
    fn verbs_are_known_in_their_forms() {
        let found = |text: &str| -> Vec<String> {
            let words = split(text);
            let verbs = (0..words.len()).filter(|&index| verb_at(&words, index).is_some());
            verbs.map(|index| words[index].text.to_owned()).collect()
        };
        assert_eq!(
            found("he cried and quipped and argued, describes, dubbed, saying replies"),
            [
                "cried",
                "quipped",
                "argued,",
                "describes,",
                "dubbed,",
                "saying",
                "replies"
            ]
        );
        assert_eq!(
            found("to call him, would soon describe it, did not say, a call"),
            ["call", "describe", "say,"]
        );
        assert_eq!(found("As she put it she put on a hat"), ["put"]);
        assert_eq!(
            found("the claims of United States banks, in terms of call"),
            [""; 0]
        );
        let kind = |text| {
            split(text)
                .first()
                .and_then(|word| verb(*word))
                .map(|verb| verb.cue)
        };
        assert_eq!(kind("told"), Some(Cue::Tell));
        assert_eq!(kind("dubbed"), Some(Cue::Name));
        assert_eq!(kind("quoting"), Some(Cue::Quote));
        assert_eq!(kind("string"), None);
        assert_eq!(kind("s"), None);
    }
}
