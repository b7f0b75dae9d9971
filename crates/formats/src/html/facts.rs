//! What is known of a block by itself.

use super::blocks::{Block, Page};
use super::hints::{is_ideograph, tokens};
use super::lexicon::{cookies, phrases};
use super::numbers::{add, bin};

/// What is known of a block by itself.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) words: Vec<u32>,
    /// Words, with two ideographs for one.
    pub(super) weight: u32,
    pub(super) ending: u32,
    pub(super) commas: u32,
    pub(super) digits: u32,
    pub(super) marks: bool,
    pub(super) letters: u32,
    pub(super) start: u32,
    pub(super) signs: u32,
    pub(super) link_share: u32,
    pub(super) phrases: (u32, u32),
    /// Running text: long, with few links, and ended like a sentence.
    pub(super) good: bool,
}

impl Facts {
    /// Tells whether it is about cookies, consent and privacy.
    pub(super) fn tells_of_cookies(&self) -> bool {
        (self.phrases.0 | self.phrases.1) >> cookies() & 1 == 1
    }

    pub(super) fn of(page: &Page, block: &Block) -> Self {
        let text = page.text_of(block);
        let (mut ideographs, mut commas, mut digits, mut upper, mut lower) = (0, 0, 0, 0, 0);
        let mut marks = false;
        let mut signs = 0;
        for char in text.chars() {
            match char {
                ',' | '،' | '、' | '，' | ';' => add(&mut commas, 1),
                '0'..='9' => add(&mut digits, 1),
                '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' => marks = true,
                '|' | '·' | '•' | '/' | '>' | '›' => signs |= 1,
                '©' | '®' => signs |= 2,
                '@' => signs |= 4,
                _ if is_ideograph(char) => add(&mut ideographs, 1),
                _ if char.is_uppercase() => add(&mut upper, 1),
                _ if char.is_alphabetic() => add(&mut lower, 1),
                _ => {}
            }
        }
        if text.contains("http") || text.contains("www.") {
            signs |= 8;
        }
        if is_clock(text) {
            signs |= 16;
        }
        let words = tokens(text);
        let weight = (words.len() as u32).saturating_sub(ideographs / 2);
        let linked = bin(
            block.linked as f32 / block.chars.max(1) as f32,
            &[0.001, 0.1, 0.25, 0.5, 0.75, 0.999],
        );
        let ending = ending(text);
        Self {
            weight,
            ending,
            commas,
            digits: bin(
                digits as f32 / block.chars.max(1) as f32,
                &[0.001, 0.03, 0.1, 0.25, 0.5],
            ),
            marks,
            letters: match (upper, lower, ideographs) {
                (0, 0, 0) => 0,
                (_, 0, 0) => 1,
                (_, _, 0) if upper.saturating_mul(3) > lower => 2,
                (_, _, 0) => 3,
                _ => 4,
            },
            start: start(text),
            signs,
            link_share: linked,
            phrases: phrases(&words),
            good: weight >= 10 && linked <= 2 && (1..=5).contains(&ending),
            words,
        }
    }
}

/// Tells `10:20` and the like.
fn is_clock(text: &str) -> bool {
    text.len() < 200
        && text
            .as_bytes()
            .windows(4)
            .any(|four| matches!(four, [b'0'..=b'9', b':', b'0'..=b'9', b'0'..=b'9']))
}

fn ending(text: &str) -> u32 {
    let mut chars = text.chars().rev();
    let mut last = chars.next().unwrap_or(' ');
    let closing = |char| {
        matches!(
            char,
            '"' | '”' | '’' | '\'' | '“' | '»' | '«' | '」' | ')' | ']' | '›' | '‘'
        )
    };
    let closed = closing(last);
    while closing(last) {
        match chars.next() {
            Some(before) => last = before,
            None => break,
        }
    }
    match last {
        '.' | '。' | '।' | '؟' if !closed => 1,
        '.' | '。' | '।' => 2,
        '!' | '?' | '！' | '？' => 3,
        '…' => 4,
        ':' | '：' => 5,
        ',' | ';' | '-' | '–' | '—' => 6,
        _ if closed => 7,
        _ => 0,
    }
}

fn start(text: &str) -> u32 {
    match text.chars().next().unwrap_or(' ') {
        '"' | '“' | '„' | '«' | '»' | '「' | '‘' | '\'' | '‚' | '’' => 1,
        '-' | '–' | '—' | '•' | '*' | '·' | '▪' | '►' | '→' | '>' => 2,
        '©' | '(' | '[' => 3,
        char if char.is_ascii_digit() => 4,
        char if char.is_uppercase() => 5,
        char if char.is_lowercase() => 6,
        char if char.is_alphabetic() => 7,
        _ => 0,
    }
}
