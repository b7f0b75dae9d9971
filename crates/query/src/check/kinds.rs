//! Kinds of words around names and verbs: offices, bodies, prepositions, adverbs.

use super::word::Word;

/// Words that are all a person is called by, or that stand before the name: `the mayor`, `mayor Ade Bello`.
///
/// Other words than those left out of names (`persons::name`), where one too many joins two persons, and than those that
/// a name nobody bears is tried without (`people`), where one too many costs nothing.
const OFFICES: &[&str] = &[
    "activist",
    "adviser",
    "advisor",
    "aide",
    "ambassador",
    "analyst",
    "archbishop",
    "attorney",
    "author",
    "bishop",
    "boss",
    "campaigner",
    "captain",
    "chair",
    "chairman",
    "chairwoman",
    "chancellor",
    "chief",
    "coach",
    "colonel",
    "commander",
    "commissioner",
    "congressman",
    "congresswoman",
    "counsel",
    "dean",
    "deputy",
    "director",
    "economist",
    "editor",
    "envoy",
    "executive",
    "expert",
    "founder",
    "general",
    "governor",
    "head",
    "judge",
    "king",
    "lawyer",
    "leader",
    "manager",
    "mayor",
    "member",
    "minister",
    "officer",
    "official",
    "premier",
    "president",
    "prime",
    "prince",
    "princess",
    "professor",
    "prosecutor",
    "queen",
    "representative",
    "researcher",
    "secretary",
    "senator",
    "sheriff",
    "source",
    "speaker",
    "spokesman",
    "spokespeople",
    "spokesperson",
    "spokeswoman",
    "vice",
];

/// Words that go on with `of` to one name: `Bank of England`.
const BODIES: &[&str] = &[
    "academy",
    "army",
    "association",
    "bank",
    "board",
    "bureau",
    "chamber",
    "church",
    "college",
    "commission",
    "committee",
    "confederation",
    "council",
    "court",
    "department",
    "duchess",
    "duke",
    "federation",
    "house",
    "institute",
    "league",
    "ministry",
    "movement",
    "museum",
    "office",
    "organisation",
    "organization",
    "parliament",
    "party",
    "republic",
    "school",
    "society",
    "states",
    "union",
    "university",
];

/// What somebody's words are called: `Kim’s words`, `a message from Kim`.
const SPEECH: &[&str] = &[
    "account",
    "advice",
    "answer",
    "assessment",
    "claim",
    "comment",
    "comments",
    "description",
    "letter",
    "message",
    "motto",
    "phrase",
    "post",
    "promise",
    "quip",
    "quote",
    "reaction",
    "remark",
    "remarks",
    "reply",
    "response",
    "speech",
    "statement",
    "tweet",
    "verdict",
    "warning",
    "word",
    "words",
];

/// Small words before a name that is not who speaks.
const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "against",
    "alongside",
    "amid",
    "among",
    "at",
    "behind",
    "below",
    "beneath",
    "beside",
    "between",
    "by",
    "concerning",
    "despite",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "on",
    "outside",
    "over",
    "regarding",
    "to",
    "toward",
    "towards",
    "under",
    "upon",
    "via",
    "with",
    "within",
    "without",
];

const CONJUNCTIONS: &[&str] = &[
    "after", "although", "and", "as", "because", "before", "but", "if", "once", "or", "since",
    "that", "though", "until", "when", "where", "whereas", "which", "while", "who", "whom",
    "whose", "yet",
];

const DETERMINERS: &[&str] = &[
    "a", "an", "another", "any", "each", "every", "her", "his", "its", "many", "my", "no", "one",
    "our", "several", "some", "such", "that", "the", "their", "these", "this", "those", "two",
    "your",
];

const PRONOUNS: &[&str] = &["he", "i", "it", "she", "they", "we", "you"];

/// Words between a subject and its verb that are no subject.
const ADVERBS: &[&str] = &[
    "again",
    "also",
    "always",
    "been",
    "even",
    "first",
    "further",
    "had",
    "has",
    "have",
    "having",
    "is",
    "just",
    "later",
    "never",
    "now",
    "often",
    "once",
    "sometimes",
    "soon",
    "still",
    "then",
    "though",
    "too",
    "twice",
    "was",
];

pub(super) fn is_of(list: &[&str], word: Word<'_>) -> bool {
    list.contains(&word.lower().as_str())
}

pub(super) fn is_office(word: Word<'_>) -> bool {
    let lower = word.lower();
    let one = lower.strip_suffix('s').unwrap_or(&lower);
    OFFICES.contains(&one) || OFFICES.contains(&lower.as_str())
}

/// Tells whether a word with a capital is an office and no family name.
pub(super) fn is_title(word: Word<'_>) -> bool {
    let lower = word.lower();
    let family = matches!(
        lower.as_str(),
        "king" | "bishop" | "dean" | "prince" | "head" | "judge" | "coach" | "chair" | "chief"
    );
    OFFICES.contains(&lower.as_str()) && !family
}

/// Tells whether `of` after a word goes on with its name.
pub(super) fn has_of(word: Word<'_>) -> bool {
    is_office(word) || is_of(BODIES, word)
}

pub(super) fn is_speech(word: Word<'_>) -> bool {
    is_of(SPEECH, word)
}

pub(super) fn is_preposition(word: Word<'_>) -> bool {
    is_of(PREPOSITIONS, word)
}

pub(super) fn is_conjunction(word: Word<'_>) -> bool {
    is_of(CONJUNCTIONS, word)
}

pub(super) fn is_determiner(word: Word<'_>) -> bool {
    is_of(DETERMINERS, word)
}

/// Tells whether a noun has to follow: `one called` may be all there is.
pub(super) fn is_article(word: Word<'_>) -> bool {
    let alone = [
        "one", "two", "each", "many", "several", "some", "that", "this", "another",
    ];
    is_determiner(word) && !is_of(&alone, word)
}

pub(super) fn is_pronoun(word: Word<'_>) -> bool {
    is_of(PRONOUNS, word)
}

pub(super) fn is_adverb(word: Word<'_>) -> bool {
    is_of(ADVERBS, word) || word.lower().ends_with("ly")
}
