//! Word classes by number, as the models know them, and how surely a word reports speech.

use crate::lexicon::{Classes, Word};
use crate::stream::{Item, Kind, Shape};

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

/// The class an item has beside others.
pub(super) fn class_of(text: &str, item: &Item) -> u8 {
    match item.kind {
        Kind::Run(_) => RUN,
        Kind::Number => NUMBER,
        Kind::Punct(b',') => COMMA,
        Kind::Punct(b':') => COLON,
        Kind::Punct(b'-' | b';') => DASH,
        Kind::Punct(b'(' | b'[') => OPEN,
        Kind::Punct(b')' | b']') => CLOSE,
        Kind::Punct(b'.' | b'!' | b'?') => STOP,
        Kind::Punct(_) => OTHER,
        Kind::Word(shape) => class_of_word(text, item, shape),
    }
}

/// The classes of grammar by the place of their bit, from [`Classes::PREPOSITION`] on: the first one counts.
const GRAMMAR: [u8; 8] = [
    IN, AUXILIARY, AND, WHO, THAT, POSSESSIVE, DETERMINER, PRONOUN,
];
const FIRST: u32 = Classes::PREPOSITION.0.trailing_zeros();
const _: () = assert!(Classes::PRONOUN.0.trailing_zeros() == FIRST + 7);

fn class_of_word(text: &str, item: &Item, shape: Shape) -> u8 {
    let Word { classes, cue, .. } = item.word;
    if classes.has(Classes::SAID_PREP) {
        return SOURCE_PREP;
    }
    if classes.has(Classes::STRONG.or(Classes::FOREIGN)) && shape == Shape::Lower && cue != 1 {
        return CUE_STRONG;
    }
    let form = || item.span().of(text).unwrap_or_default();
    let grammar = (classes.0 >> FIRST) as u8;
    if grammar != 0 {
        let class = GRAMMAR[grammar.trailing_zeros() as usize];
        return if class == IN {
            preposition(form())
        } else {
            class
        };
    }
    if shape != Shape::Lower {
        return CAPITAL;
    }
    let form = form();
    if classes.has(Classes::ADVERB) || form.len() > 4 && form.ends_with("ly") {
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
    if form.len() > 4 && (form.ends_with("ed") || form.ends_with("ing")) {
        return VERB;
    }
    OTHER
}

fn preposition(form: &str) -> u8 {
    let is = |word: &str| form.eq_ignore_ascii_case(word);
    if is("of") {
        OF
    } else if is("to") {
        TO
    } else if is("by") {
        BY
    } else if is("with") || is("for") || is("from") || is("against") {
        WITH
    } else {
        IN
    }
}

/// How surely the item is a reporting verb, after the item `before`: 0 no, 1 seen as one, 2 may be, 3 is.
pub(super) fn cue_strength(item: &Item, before: Option<&Item>) -> u8 {
    let Kind::Word(Shape::Lower | Shape::Capital) = item.kind else {
        return 0;
    };
    if item.word.cue < 4 && !item.has(Classes::CUE) {
        return 0;
    }
    let noun = before.is_some_and(|before| {
        before.sentence == item.sentence && before.has(Classes::DETERMINER.or(Classes::POSSESSIVE))
    });
    if item.kind == Kind::Word(Shape::Capital)
        && (!item.has(Classes::STRONG) || item.has(Classes::ANY_GIVEN))
    {
        return 0;
    }
    if item.has(Classes::STRONG.or(Classes::FOREIGN)) && item.word.cue != 1 {
        return if noun { 1 } else { 3 };
    }
    if item.has(
        Classes::AUXILIARY
            .or(Classes::PREPOSITION)
            .or(Classes::DETERMINER),
    ) {
        return 0;
    }
    if noun {
        return 0;
    }
    if item.has(Classes::WEAK) || item.word.cue >= 6 {
        return 2;
    }
    u8::from(item.word.cue >= 4)
}

pub(super) fn is_adverb(item: &Item, text: &str) -> bool {
    item.is_lower()
        && item
            .span()
            .of(text)
            .is_some_and(|word| word.len() > 4 && word.ends_with("ly"))
}
