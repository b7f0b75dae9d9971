//! Word classes by number, as the models know them, and how surely a word reports speech.

use crate::lexicon::{Classes, Word};
use crate::stream::{Item, Kind, Shape};
use crate::total::Total;

/// How many there are: see [`class_of`].
pub(crate) const CLASSES: u32 = 30;

pub(crate) const COMMA: u8 = 1;
pub(crate) const COLON: u8 = 2;
pub(crate) const DASH: u8 = 3;
pub(crate) const OPEN: u8 = 4;
pub(crate) const CLOSE: u8 = 5;
pub(crate) const RUN: u8 = 6;
pub(crate) const CUE_STRONG: u8 = 7;
pub(crate) const CUE_WEAK: u8 = 8;
pub(crate) const CUE_LEARNED: u8 = 9;
pub(crate) const AUXILIARY: u8 = 10;
pub(crate) const VERB: u8 = 11;
pub(crate) const OF: u8 = 12;
pub(crate) const TO: u8 = 13;
pub(crate) const BY: u8 = 14;
pub(crate) const WITH: u8 = 15;
pub(crate) const IN: u8 = 16;
pub(crate) const AND: u8 = 17;
pub(crate) const THAT: u8 = 18;
pub(crate) const WHO: u8 = 19;
pub(crate) const DETERMINER: u8 = 20;
pub(crate) const POSSESSIVE: u8 = 21;
pub(crate) const ADVERB: u8 = 22;
pub(crate) const CAPITAL: u8 = 23;
pub(crate) const NUMBER: u8 = 24;
pub(crate) const PRONOUN: u8 = 25;
pub(crate) const SOURCE_PREP: u8 = 26;
pub(crate) const NOUN: u8 = 27;
pub(crate) const STOP: u8 = 28;
pub(crate) const OTHER: u8 = 29;

/// What rules ask of a word written one way, told once for every form of the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tag {
    /// The class it has beside others; 0 for a form no list has.
    class: u8,
    /// How surely it is a reporting verb where it is no noun: see [`cue_strength`].
    cue: u8,
}

impl Tag {
    /// That of a form no list has.
    pub(crate) const NONE: Tag = Tag { class: 0, cue: 0 };

    /// Tags a lower-case form, written so or with a capital.
    pub(crate) fn of(form: &[u8], word: &Word, capital: bool) -> Tag {
        Tag {
            class: class_of_word(form, word, capital),
            cue: cue_of_word(word, capital),
        }
    }
}

/// The class an item has beside others.
#[inline]
pub(super) fn class_of(text: &str, item: &Item) -> u8 {
    let known = item.word.tag(!item.is_lower()).class;
    // What is no word has the tags of no form.
    if known == 0 {
        class_of_other(text, item)
    } else {
        known
    }
}

/// The same for what no list has.
fn class_of_other(text: &str, item: &Item) -> u8 {
    match item.kind {
        Kind::Run(_) => RUN,
        Kind::Number => NUMBER,
        Kind::Punct(byte) => match byte {
            b',' => COMMA,
            b':' => COLON,
            b'-' | b';' => DASH,
            b'(' | b'[' => OPEN,
            b')' | b']' => CLOSE,
            b'.' | b'!' | b'?' => STOP,
            _ => OTHER,
        },
        Kind::Word(Shape::Lower) => class_of_unknown(item.bytes(text)),
        Kind::Word(_) => CAPITAL,
    }
}

/// The classes of grammar have their bits in a row, from [`Classes::PREPOSITION`] to [`Classes::PRONOUN`].
const GRAMMAR: u32 = Classes::PREPOSITION.0.trailing_zeros();
const _: () = assert!(Classes::PRONOUN.0.trailing_zeros() == GRAMMAR + 7);

/// The classes of grammar by the place of their bit: the first one counts.
const GRAMMAR_CLASSES: [u8; 8] = [
    IN, AUXILIARY, AND, WHO, THAT, POSSESSIVE, DETERMINER, PRONOUN,
];

fn class_of_word(form: &[u8], word: &Word, capital: bool) -> u8 {
    let Word { classes, cue, .. } = *word;
    if classes.has(Classes::SAID_PREP) {
        return SOURCE_PREP;
    }
    if classes.has(Classes::STRONG.or(Classes::FOREIGN)) && !capital && cue != 1 {
        return CUE_STRONG;
    }
    let grammar = (classes.0 >> GRAMMAR) as u8;
    if grammar != 0 {
        let class = *GRAMMAR_CLASSES.at(grammar.trailing_zeros());
        return if class == IN {
            preposition(form)
        } else {
            class
        };
    }
    if capital {
        return CAPITAL;
    }
    if classes.has(Classes::ADVERB) || is_ly(form) {
        return ADVERB;
    }
    if classes.has(Classes::WEAK) || cue >= 6 {
        return CUE_WEAK;
    }
    if cue >= 4 {
        return CUE_LEARNED;
    }
    if classes.has(Classes::SOURCE_NOUN.or(Classes::NOUN)) {
        return NOUN;
    }
    class_of_unknown(form)
}

/// The class of a form that only its ending tells.
fn class_of_unknown(form: &[u8]) -> u8 {
    match form {
        [_, _, .., _, b'l', b'y'] => ADVERB,
        [_, _, .., _, b'e', b'd'] | [_, _, .., b'i', b'n', b'g'] => VERB,
        _ => OTHER,
    }
}

fn is_ly(form: &[u8]) -> bool {
    form.len() > 4 && form.ends_with(b"ly")
}

fn preposition(form: &[u8]) -> u8 {
    match form {
        b"of" => OF,
        b"to" => TO,
        b"by" => BY,
        b"with" | b"for" | b"from" | b"against" => WITH,
        _ => IN,
    }
}

/// Tells whether the item is a reporting verb in some spelling and place: for most, this settles that it is none.
#[inline]
pub(super) fn may_report(item: &Item) -> bool {
    let [small, capital] = [item.word.tag(false), item.word.tag(true)];
    small.cue | capital.cue != 0
}

/// How surely the item is a reporting verb, after the item `before`: 0 no, 1 seen as one, 2 may be, 3 is.
#[inline]
pub(super) fn cue_strength(item: &Item, before: Option<&Item>) -> u8 {
    let Kind::Word(shape @ (Shape::Lower | Shape::Capital)) = item.kind else {
        return 0;
    };
    let cue = item.word.tag(shape == Shape::Capital).cue;
    if cue == 0 {
        return 0;
    }
    let noun = before.is_some_and(|before| {
        before.sentence == item.sentence && before.has(Classes::DETERMINER.or(Classes::POSSESSIVE))
    });
    match cue {
        3 if noun => 1,
        _ if noun => 0,
        _ => cue,
    }
}

fn cue_of_word(word: &Word, capital: bool) -> u8 {
    let Word { classes, cue, .. } = *word;
    if capital && (!classes.has(Classes::STRONG) || classes.has(Classes::ANY_GIVEN)) {
        return 0;
    }
    if classes.has(Classes::STRONG.or(Classes::FOREIGN)) && cue != 1 {
        return 3;
    }
    let grammar = Classes::AUXILIARY
        .or(Classes::PREPOSITION)
        .or(Classes::DETERMINER);
    if classes.has(grammar) {
        return 0;
    }
    if classes.has(Classes::WEAK) || cue >= 6 {
        return 2;
    }
    u8::from(cue >= 4)
}

pub(super) fn is_adverb(item: &Item, text: &str) -> bool {
    item.is_lower() && is_ly(item.bytes(text))
}
