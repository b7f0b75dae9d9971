//! The reporter's own words as a stream of items, each quoted stretch standing as one item.
//!
//! Who speaks is told outside the marks. Folding a run into one item makes `“…,” said Roe, “…”` as short as
//! it reads, and quoted text is never looked at word by word.

mod plain;
mod word;

use whosaid_model::Span;

use crate::chars::is_alphabetic;
use crate::forms::Key;
use crate::lexicon::{Classes, Lexicon, Word};
use crate::marks::Run;
use crate::total::{Cut, Steps, Total};
use plain::Letters;
use plain::Next;
pub(crate) use plain::letters;
use word::word_end;

/// One word, number, punctuation mark or run.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct Item {
    pub(crate) word: Word,
    pub(crate) start: u32,
    /// One past the last byte; a possessive ending is left out.
    pub(crate) end: u32,
    pub(crate) paragraph: u32,
    pub(crate) sentence: u32,
    pub(crate) kind: Kind,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word(Shape),
    Number,
    /// One ASCII punctuation mark; `-` for every long dash and `.` for an ellipsis.
    Punct(u8),
    /// Index of the run.
    Run(u32),
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Lower,
    Capital,
    /// All capitals, two letters or more.
    Upper,
    /// One capital and a dot.
    Initial,
    /// `@name`
    Handle,
}

impl Item {
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// What it is written with.
    #[inline]
    pub(crate) fn bytes<'t>(&self, text: &'t str) -> &'t [u8] {
        let bytes = text.as_bytes();
        bytes
            .get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }

    #[inline]
    pub(crate) fn has(&self, classes: Classes) -> bool {
        self.word.classes.has(classes)
    }

    #[inline]
    pub(crate) fn is_punct(&self, byte: u8) -> bool {
        self.kind == Kind::Punct(byte)
    }

    #[inline]
    pub(crate) fn is_run(&self) -> bool {
        matches!(self.kind, Kind::Run(_))
    }

    #[inline]
    pub(crate) fn is_lower(&self) -> bool {
        self.kind == Kind::Word(Shape::Lower)
    }

    /// Written with a capital, in whatever way.
    #[inline]
    pub(crate) fn is_capital(&self) -> bool {
        matches!(
            self.kind,
            Kind::Word(Shape::Capital | Shape::Upper | Shape::Initial)
        )
    }

    #[inline]
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word(_))
    }
}

/// The items of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stream {
    pub(crate) items: Vec<Item>,
    /// The items of each paragraph, as a half-open range.
    pub(crate) paragraphs: Vec<(u32, u32)>,
    /// The items of each sentence by its number, as a half-open range; a number no item has is an empty one.
    pub(crate) sentences: Vec<(u32, u32)>,
    /// For each run, the index of its item; `u32::MAX` for a nested one.
    pub(crate) run_items: Vec<u32>,
}

/// Most paragraphs have no more words.
const WORDS: usize = 128;

impl Stream {
    /// Cuts the paragraphs of `text` into items; nested runs stay hidden in the one around them.
    pub(crate) fn new(text: &str, paragraphs: &[Span], runs: &[Run]) -> Stream {
        let size: usize = paragraphs.iter().map(|span| span.len()).sum();
        let mut stream = Stream {
            items: Vec::with_capacity((size / 5).plus(8)),
            paragraphs: Vec::with_capacity(paragraphs.len()),
            sentences: Vec::with_capacity((size / 64).plus(paragraphs.len())),
            run_items: vec![u32::MAX; runs.len()],
        };
        let mut outer = runs
            .iter()
            .enumerate()
            .filter(|(_, run)| run.inside.is_none())
            .peekable();
        let mut unknown = Vec::with_capacity(WORDS);
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let first = stream.items.len();
            let mut at = paragraph.start;
            while let Some((number, run)) =
                outer.next_if(|(_, run)| run.outer.start < paragraph.end)
            {
                stream.cut(
                    text,
                    Span::new(at, run.outer.start),
                    index as u32,
                    &mut unknown,
                );
                let item = stream.items.len() as u32;
                stream.run_items.change(number, |place| *place = item);
                stream.items.push(Item {
                    start: run.outer.start as u32,
                    end: run.outer.end as u32,
                    kind: Kind::Run(number as u32),
                    word: Word::default(),
                    paragraph: index as u32,
                    sentence: 0,
                });
                at = run.outer.end.max(at);
            }
            stream.cut(
                text,
                Span::new(at, paragraph.end),
                index as u32,
                &mut unknown,
            );
            stream.look_up(&mut unknown);
            stream
                .paragraphs
                .push((first as u32, stream.items.len() as u32));
            stream.number_sentences(text, runs, first);
        }
        stream
    }

    /// Looks up the words that were only cut: one after the other, so that a processor waits for many at once.
    fn look_up(&mut self, unknown: &mut Vec<(u32, Key)>) {
        let lexicon = Lexicon::get();
        for (at, key) in unknown.drain(..) {
            self.items
                .change(at, |item| item.word = *lexicon.get_key(key));
        }
    }

    /// Cuts a stretch without runs into items; those words that are still to be looked up it adds to `unknown`.
    fn cut(&mut self, text: &str, span: Span, paragraph: u32, unknown: &mut Vec<(u32, Key)>) {
        if span.of(text).is_none() {
            return;
        }
        let lexicon = Lexicon::get();
        let part = text.cut(..span.end);
        let bytes = part.as_bytes();
        let mut at = span.start;
        while at < bytes.len() {
            let byte = *bytes.at(at);
            let item = |start: usize, end: usize, kind: Kind, word: Word| Item {
                start: start as u32,
                end: end as u32,
                kind,
                word,
                paragraph,
                sentence: 0,
            };
            let start = at;
            if byte.is_ascii_alphabetic()
                && let Some((shape, key, end)) = plain_word(lexicon, text, start, span.end)
            {
                unknown.push((self.items.len() as u32, key));
                self.items
                    .push(item(start, end, Kind::Word(shape), Word::default()));
                at = end.plus(usize::from(bytes.get(end) == Some(&b' ')));
                continue;
            }
            if byte.is_ascii_whitespace() {
                at = at.plus(1);
                continue;
            }
            let char = part.cut(start..).chars().next().unwrap_or(' ');
            if is_alphabetic(char) || char == '@' {
                let (end, next, shape) = word_end(part, start);
                let word = lexicon.look_up(part, start, end);
                self.items.push(item(start, end, Kind::Word(shape), *word));
                at = next;
                continue;
            }
            at = at.plus(char.len_utf8());
            let kind = match char {
                '0'..='9' => {
                    at = number_end(bytes, at);
                    Kind::Number
                }
                '\0'..='\x7F' => Kind::Punct(byte),
                _ => match foreign(char) {
                    Some(kind) => kind,
                    None => continue,
                },
            };
            self.items.push(item(start, at, kind, Word::default()));
        }
    }

    /// Numbers the sentences of the paragraph whose items are those from `first` on.
    fn number_sentences(&mut self, text: &str, runs: &[Run], first: usize) {
        let mut start = first as u32;
        for at in first..self.items.len() {
            let sentence = self.sentences.len() as u32;
            self.items.change(at, |item| item.sentence = sentence);
            if ends_sentence(text, runs, self.items.cut(at..)) {
                let end = at.plus(1) as u32;
                self.sentences.push((start, end));
                start = end;
            }
        }
        self.sentences.push((start, self.items.len() as u32));
    }

    /// Returns the items of a paragraph.
    pub(crate) fn paragraph(&self, index: u32) -> std::ops::Range<usize> {
        self.paragraphs
            .get(index as usize)
            .map_or(0..0, |&(start, end)| start as usize..end as usize)
    }

    /// Returns the word at an item, of none an empty one.
    pub(crate) fn word<'t>(&self, text: &'t str, at: usize) -> &'t str {
        let item = self.items.get(at);
        item.and_then(|item| item.span().of(text))
            .unwrap_or_default()
    }

    pub(crate) fn get(&self, at: isize) -> Option<&Item> {
        usize::try_from(at).ok().and_then(|at| self.items.get(at))
    }
}

/// Tells whether a sentence ends with the first of `items` and another begins with the next one.
#[inline]
fn ends_sentence(text: &str, runs: &[Run], items: &[Item]) -> bool {
    let [item, next, ..] = items else {
        return false;
    };
    // “in the U.S. The minister”: an abbreviation with its dot inside ends one after all when a function word with a
    // capital follows.
    if let Kind::Word(shape) = item.kind {
        return *text.as_bytes().at((item.end as usize).less(1)) == b'.'
            && matches!(shape, Shape::Lower | Shape::Capital | Shape::Upper)
            && next.kind == Kind::Word(Shape::Capital)
            && !item.has(Classes::RANK_ABBREVIATION.or(Classes::HONORIFIC))
            && next.has(
                Classes::NEVER_NAME
                    .or(Classes::DETERMINER)
                    .or(Classes::PRONOUN),
            );
    }
    let opens =
        || !next.is_lower() && !matches!(next.kind, Kind::Punct(b',' | b';' | b'-' | b')' | b':'));
    let Kind::Run(run) = item.kind else {
        return matches!(item.kind, Kind::Punct(b'.' | b'!' | b'?')) && opens();
    };
    let content = runs.at(run).content;
    let last = text.cut(content.start..content.end).chars().next_back();
    match last {
        Some('.' | '…' | '。') => opens(),
        // “What now?” Roe asked. But: “What now?” She asked him twice.
        Some('!' | '?') => {
            let pronoun = next.kind == Kind::Word(Shape::Capital) && next.has(Classes::PRONOUN);
            opens() && (pronoun || !reports(items.cut(1..)))
        }
        _ => false,
    }
}

/// Tells whether items report what stands before them: `Roe asked`, `he said`.
fn reports(items: &[Item]) -> bool {
    for item in items.iter().take(6) {
        match item.kind {
            Kind::Word(_) if item.has(Classes::STRONG) => return true,
            Kind::Word(Shape::Lower)
                if !item.has(
                    Classes::ADVERB
                        .or(Classes::PARTICLE)
                        .or(Classes::SOURCE_NOUN),
                ) =>
            {
                return false;
            }
            Kind::Word(_) => {}
            _ => return false,
        }
    }
    false
}

/// Reads the word at `start` if it is letters alone: its shape, its form, where it ends.
#[inline]
fn plain_word(
    lexicon: &Lexicon,
    text: &str,
    start: usize,
    limit: usize,
) -> Option<(Shape, Key, usize)> {
    let bytes = text.as_bytes();
    let Letters { len, shape, key } = letters(bytes, start, limit)?;
    let end = start.plus(len);
    let follows = if end < limit {
        Next::of(*bytes.at(end))
    } else {
        Next::Ends
    };
    // J. Roe · Sen. Roe · http://example.org · www.example.org
    let complete = match follows {
        Next::Ends => true,
        Next::Joins => false,
        Next::Dot => {
            len > 1
                && !matches!(*bytes.at(start), b'h' | b'w')
                && !lexicon.get_key(key).classes.has(Classes::RANK_ABBREVIATION)
        }
    };
    complete.then_some((shape, key, end))
}

/// Where a number ends that goes on at `at`: 1,500 · 10:30 · 58-year-old
fn number_end(bytes: &[u8], mut at: usize) -> usize {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let alphanumeric = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    while alphanumeric(at)
        || matches!(bytes.get(at), Some(b',' | b'.' | b':')) && digit(at.plus(1))
        || bytes.get(at) == Some(&b'-') && alphanumeric(at.plus(1))
    {
        at = at.plus(1);
    }
    at
}

/// What a character outside ASCII is when it is no letter; `None` for a blank.
fn foreign(char: char) -> Option<Kind> {
    Some(match char {
        '\u{2010}'..='\u{2015}' | '−' => Kind::Punct(b'-'),
        '…' | '。' => Kind::Punct(b'.'),
        '•' | '·' | '▪' | '■' | '●' => Kind::Punct(b'*'),
        '、' | '，' => Kind::Punct(b','),
        '：' => Kind::Punct(b':'),
        '‘' | '’' => Kind::Punct(b'\''),
        '\u{feff}' | '\u{200b}' => return None,
        char if char.is_numeric() => Kind::Number,
        char if char.is_whitespace() => return None,
        _ => Kind::Punct(b'?'.wrapping_add(64)),
    })
}

/// Looks a word form up, in whatever spelling.
pub(crate) fn lookup<'l>(lexicon: &'l Lexicon, form: &str) -> &'l Word {
    lexicon.look_up(form, 0, form.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marks::find_runs;
    use crate::paragraph::paragraphs;

    fn check(text: &str, expected: &str) {
        let paragraphs = paragraphs(text);
        let runs = find_runs(text, &paragraphs);
        let stream = Stream::new(text, &paragraphs, &runs);
        let mut shown = String::new();
        let mut sentence = 0;
        for item in &stream.items {
            if !shown.is_empty() {
                shown.push_str(if item.sentence == sentence {
                    " "
                } else {
                    " | "
                });
            }
            sentence = item.sentence;
            shown.push_str(if item.is_run() {
                "Q"
            } else {
                item.span().of(text).unwrap()
            });
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn items_and_sentences() {
        check(
            "“No,” said Sen. J. R. Roe’s aide in the U.S. on Monday.",
            "Q said Sen. J. R. Roe aide in the U.S. on Monday .",
        );
        check(
            "“What now?” Roe asked. “Go.” He left.",
            "Q Roe asked . | Q | He left .",
        );
        check(
            "O’Neill and al-Masri’s two-year, 1.5 percent plan",
            "O’Neill and al-Masri two-year , 1.5 percent plan",
        );
        check(
            "The voters’ choice — a ‘big’ one",
            "The voters choice — a Q one",
        );
    }
}
