//! The reporter's own words as a stream of items, each quoted stretch standing as one item.
//!
//! Who speaks is told outside the marks. Folding a run into one item makes `“…,” said Roe, “…”` as short as
//! it reads, and quoted text is never looked at word by word.

mod plain;
mod word;

use whosaid_model::Span;

use crate::chars::is_alphabetic;
use crate::lexicon::{Classes, Lexicon, Word};
use crate::marks::Run;
use crate::total::{Cut, Steps, Total};
use plain::Next;
pub(crate) use plain::{Letters, letters};
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
    /// The items of the paragraph at hand that may end a sentence.
    stops: Vec<u32>,
}

impl Stream {
    /// Cuts the paragraphs of `text` into items; nested runs stay hidden in the one around them.
    pub(crate) fn new(text: &str, paragraphs: &[Span], runs: &[Run]) -> Stream {
        let size: usize = paragraphs.iter().map(|span| span.len()).sum();
        let mut stream = Stream {
            items: Vec::with_capacity((size / 5).plus(8)),
            paragraphs: Vec::with_capacity(paragraphs.len()),
            sentences: Vec::with_capacity((size / 64).plus(paragraphs.len())),
            run_items: vec![u32::MAX; runs.len()],
            stops: Vec::new(),
        };
        let mut outer = runs
            .iter()
            .enumerate()
            .filter(|(_, run)| run.inside.is_none())
            .peekable();
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let first = stream.items.len();
            let mut at = paragraph.start;
            while let Some((number, run)) =
                outer.next_if(|(_, run)| run.outer.start < paragraph.end)
            {
                stream.cut(text, Span::new(at, run.outer.start), index as u32);
                let item = stream.items.len() as u32;
                stream.run_items.change(number, |place| *place = item);
                stream.stops.push(item);
                stream.items.push(Item {
                    start: run.outer.start as u32,
                    end: run.outer.end as u32,
                    kind: Kind::Run(number as u32),
                    word: Word::default(),
                    paragraph: index as u32,
                    sentence: stream.sentences.len() as u32,
                });
                at = run.outer.end.max(at);
            }
            stream.cut(text, Span::new(at, paragraph.end), index as u32);
            stream
                .paragraphs
                .push((first as u32, stream.items.len() as u32));
            stream.number_sentences(text, runs, first);
        }
        stream
    }

    /// Cuts a stretch without runs into items.
    fn cut(&mut self, text: &str, span: Span, paragraph: u32) {
        if span.of(text).is_none() {
            return;
        }
        let lexicon = Lexicon::get();
        let part = text.cut(..span.end);
        let sentence = self.sentences.len() as u32;
        let mut at = span.start;
        while at < span.end {
            if let Some((letters, word)) = plain_word(lexicon, text, at)
                && let end = at.plus(letters.len)
                && end < span.end
            {
                self.items.push(Item {
                    word: *word,
                    start: at as u32,
                    end: end as u32,
                    paragraph,
                    sentence,
                    kind: Kind::Word(letters.shape),
                });
                at = end.plus(usize::from(letters.next == b' '));
            } else {
                at = self.cut_other(part, at, paragraph);
            }
        }
    }

    /// Reads what is no plain word at `start`, and returns where to go on.
    ///
    /// Apart from the loop over the plain words, which then has the registers to itself.
    #[inline(never)]
    fn cut_other(&mut self, part: &str, start: usize, paragraph: u32) -> usize {
        let bytes = part.as_bytes();
        let char = match bytes.at(start) {
            byte if byte.is_ascii() => *byte as char,
            _ => part.cut(start..).chars().next().unwrap_or(' '),
        };
        if char.is_ascii_whitespace() {
            return start.plus(1);
        }
        let mut item = Item {
            word: Word::default(),
            start: start as u32,
            end: 0,
            paragraph,
            sentence: self.sentences.len() as u32,
            kind: Kind::Number,
        };
        if is_alphabetic(char) || char == '@' {
            let (end, next, shape) = word_end(part, start);
            item.word = *lookup(Lexicon::get(), part.cut(start..end));
            (item.end, item.kind) = (end as u32, Kind::Word(shape));
            if *bytes.at(end.less(1)) == b'.' {
                self.stops.push(self.items.len() as u32);
            }
            self.items.push(item);
            return next;
        }
        let mut end = start.plus(char.len_utf8());
        item.kind = match char {
            '0'..='9' => {
                end = number_end(bytes, end);
                Kind::Number
            }
            '\0'..='\x7F' => Kind::Punct(char as u8),
            _ => match foreign(char) {
                Some(kind) => kind,
                None => return end,
            },
        };
        item.end = end as u32;
        if is_stop(item.kind) {
            self.stops.push(self.items.len() as u32);
        }
        self.items.push(item);
        after_blank(part, end)
    }

    /// Numbers the sentences of the paragraph whose items are those from `first` on, all of which have the number of the
    /// first one.
    fn number_sentences(&mut self, text: &str, runs: &[Run], first: usize) {
        let number = self.sentences.len();
        let mut start = first as u32;
        for stop in self.stops.drain(..) {
            if let Some([item, after @ ..]) = self.items.get(stop as usize..)
                && ends_sentence(text, runs, item, after)
            {
                self.sentences.push((start, stop.plus(1)));
                start = stop.plus(1);
            }
        }
        self.sentences.push((start, self.items.len() as u32));
        for (number, &(start, end)) in self.sentences.iter().enumerate().skip(number.plus(1)) {
            let items = self.items.get_mut(start as usize..end as usize);
            for item in items.unwrap_or_default() {
                item.sentence = number as u32;
            }
        }
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

    /// Returns what the word at an item is written with, of none nothing.
    #[inline]
    pub(crate) fn bytes<'t>(&self, text: &'t str, at: usize) -> &'t [u8] {
        let item = self.items.get(at);
        item.map_or(&[], |item| item.bytes(text))
    }

    /// Tells whether the word at an item is this one.
    #[inline]
    pub(crate) fn is(&self, text: &str, at: usize, word: &str) -> bool {
        self.bytes(text, at) == word.as_bytes()
    }

    pub(crate) fn get(&self, at: isize) -> Option<&Item> {
        usize::try_from(at).ok().and_then(|at| self.items.get(at))
    }
}

/// Tells whether a sentence ends with `item` and another begins with the first of those `after` it.
#[inline]
fn ends_sentence(text: &str, runs: &[Run], item: &Item, after: &[Item]) -> bool {
    let Some(next) = after.first() else {
        return false;
    };
    match item.kind {
        // “in the U.S. The minister”: an abbreviation with its dot inside ends one after all when a function word with
        // a capital follows.
        Kind::Word(shape) => {
            *text.as_bytes().at((item.end as usize).less(1)) == b'.'
                && matches!(shape, Shape::Lower | Shape::Capital | Shape::Upper)
                && next.kind == Kind::Word(Shape::Capital)
                && !item.has(Classes::RANK_ABBREVIATION.or(Classes::HONORIFIC))
                && next.has(
                    Classes::NEVER_NAME
                        .or(Classes::DETERMINER)
                        .or(Classes::PRONOUN),
                )
        }
        Kind::Punct(_) => is_stop(item.kind) && opens_sentence(next),
        Kind::Run(run) => run_ends_sentence(text, runs.at(run), next, after),
        Kind::Number => false,
    }
}

/// Tells a mark with which a sentence may end.
#[inline]
fn is_stop(kind: Kind) -> bool {
    matches!(kind, Kind::Punct(b'.' | b'!' | b'?'))
}

/// Tells whether a sentence may open with an item.
fn opens_sentence(item: &Item) -> bool {
    !item.is_lower() && !matches!(item.kind, Kind::Punct(b',' | b';' | b'-' | b')' | b':'))
}

/// Tells whether a sentence ends with a run, before the items `after` it, of which `next` is the first.
fn run_ends_sentence(text: &str, run: &Run, next: &Item, after: &[Item]) -> bool {
    let content = text.cut(run.content.start..run.content.end);
    // “He said, ‘Is it late?’” Roe left.
    let content = content.trim_end_matches(['\'', '’']);
    match content.chars().next_back() {
        Some('.' | '…' | '。') => opens_sentence(next),
        // “What now?” Roe asked. But: “What now?” She asked him twice.
        Some('!' | '?') => {
            let pronoun = next.kind == Kind::Word(Shape::Capital) && next.has(Classes::PRONOUN);
            opens_sentence(next) && (pronoun || !reports(after))
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

/// The place behind the blank that stands at a place, if one does: it follows most words.
#[inline]
fn after_blank(part: &str, at: usize) -> usize {
    at.plus(usize::from(part.as_bytes().get(at) == Some(&b' ')))
}

/// Reads the word at `start` if it is letters alone and does not stand near the end of the text.
#[inline]
fn plain_word<'l>(lexicon: &'l Lexicon, text: &str, start: usize) -> Option<(Letters, &'l Word)> {
    let letters = letters(text.as_bytes().get(start..)?.first_chunk()?)?;
    let follows = Next::of(letters.next);
    if letters.len == 0 || follows == Next::Joins {
        return None;
    }
    let word = lexicon.get_key(letters.key);
    // J. Roe · Sen. Roe · http://example.org · www.example.org · Fjord.net
    let joined = || {
        let after = text.as_bytes().get(start.plus(letters.len).plus(1));
        after.is_some_and(u8::is_ascii_alphabetic)
    };
    let complete = follows == Next::Ends
        || letters.len > 1
            && !joined()
            && !matches!(*text.as_bytes().at(start), b'h' | b'w')
            && !word.classes.has(Classes::RANK_ABBREVIATION);
    complete.then_some((letters, word))
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
    // The second byte of an acute.
    if form.bytes().any(|byte| matches!(byte, b'`' | 0xB4)) {
        return look_up_accented(lexicon, form);
    }
    lexicon.look_up(form, 0, form.len())
}

/// Looks a form up that may have an accent for an apostrophe.
#[cold]
fn look_up_accented<'l>(lexicon: &'l Lexicon, form: &str) -> &'l Word {
    let form = form.replace(['`', '´'], "'");
    lexicon.look_up(&form, 0, form.len())
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
        check("“He said, ‘What now?’” She left.", "Q | She left .");
        check(
            "O’Neill and al-Masri’s two-year, 1.5 percent plan",
            "O’Neill and al-Masri two-year , 1.5 percent plan",
        );
        check(
            "Fjord.net, Heron.Count.Org. SBS’ Ana Roe left.The end",
            "Fjord.net , Heron.Count.Org . | SBS Ana Roe left . | The end",
        );
        check(
            "The voters’ choice — a ‘big’ one",
            "The voters choice — a Q one",
        );
    }
}
