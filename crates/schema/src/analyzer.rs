use rustc_hash::FxHashMap;
use tantivy::Index;
use tantivy::tokenizer::{
    Language, RawTokenizer, Stemmer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
};

use crate::fold::{
    fold_cjk_into, fold_into, is_apostrophe, is_cjk, is_invisible, is_percent, is_word,
};

/// The analyzer of running text: what was said, bodies and headlines.
///
/// Case, accents and the shape of apostrophes do not count; `U.S.` is `US`; `%`, `per cent` and `percent` are
/// one token, as are `one` and `1`, `twenty-five` and `25`, `1,000` and `1000`; a possessive `'s` is dropped;
/// hyphens part words; English endings are stemmed; each Chinese, Japanese or Korean character is a token.
pub const NEWS: &str = "whosaid_news";

/// The analyzer of names: as [`NEWS`], but words keep their endings and numbers stay words.
pub const NAMES: &str = "whosaid_names";

/// Words remembered with their tokens, at most; a corpus of 900 MB has about as many that repeat.
const REMEMBERED: usize = 1 << 16;

/// Longer words are no words; they are skipped, but count as a position.
const LONGEST: usize = 128;

/// Registers the analyzers. An index must have them before anything is written or searched.
pub fn register(index: &Index) {
    index.tokenizers().register(NEWS, news_analyzer());
    index.tokenizers().register(NAMES, names_analyzer());
}

/// Makes the analyzer that is registered as [`NEWS`].
///
/// ```
/// let mut analyzer = whosaid_schema::news_analyzer();
/// let mut tokens = analyzer.token_stream("“1% chance”");
/// let mut words = Vec::new();
/// tokens.process(&mut |token| words.push((token.text.clone(), token.offset_from)));
/// assert_eq!(words, [("1".to_owned(), 3), ("percent".to_owned(), 4), ("chanc".to_owned(), 6)]);
/// ```
pub fn news_analyzer() -> TextAnalyzer {
    TextAnalyzer::from(NewsTokenizer::new(true))
}

/// Makes the analyzer that is registered as [`NAMES`].
pub fn names_analyzer() -> TextAnalyzer {
    TextAnalyzer::from(NewsTokenizer::new(false))
}

type StemWord = <Stemmer as TokenFilter>::Tokenizer<RawTokenizer>;

/// Makes tokens in one pass, remembering the stem of each word it meets.
#[derive(Clone)]
pub struct NewsTokenizer {
    /// Stems and numbers, unless words stay as they are.
    stems: Option<Stems>,
    token: Token,
}

#[derive(Clone)]
struct Stems {
    known: FxHashMap<Box<str>, Box<str>>,
    stemmer: StemWord,
}

impl NewsTokenizer {
    fn new(stem: bool) -> Self {
        Self {
            stems: stem.then(|| Stems {
                known: FxHashMap::default(),
                stemmer: Stemmer::new(Language::English).transform(RawTokenizer::default()),
            }),
            token: Token::default(),
        }
    }
}

impl std::fmt::Debug for NewsTokenizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewsTokenizer")
            .field("stems", &self.stems.is_some())
            .finish_non_exhaustive()
    }
}

impl Tokenizer for NewsTokenizer {
    type TokenStream<'a> = NewsStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> NewsStream<'a> {
        self.token.reset();
        NewsStream {
            text,
            at: 0,
            stems: self.stems.as_mut(),
            token: &mut self.token,
        }
    }
}

/// The tokens of one text.
pub struct NewsStream<'a> {
    text: &'a str,
    at: usize,
    stems: Option<&'a mut Stems>,
    token: &'a mut Token,
}

impl TokenStream for NewsStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            self.token.text.clear();
            let Some(start) = self.next_start() else {
                return false;
            };
            self.token.position = self.token.position.wrapping_add(1);
            self.token.offset_from = start.at;
            match start.char {
                Some(char) if is_percent(char) => {
                    self.token.text.push_str("percent");
                    self.finish(start.at + char.len_utf8());
                }
                Some(char) if is_cjk(char) => {
                    fold_cjk_into(char, &mut self.token.text);
                    self.finish(start.at + char.len_utf8());
                }
                _ => self.read_word(start.at),
            }
            if self.token.text.is_empty() {
                // Nothing but accents: no word, hence no position.
                self.token.position = self.token.position.wrapping_sub(1);
            } else if self.token.text.len() <= LONGEST {
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Where a token begins; the character, unless it is an ASCII letter or digit.
struct Start {
    at: usize,
    char: Option<char>,
}

/// The end of a word, and what was seen on the way.
struct Word {
    end: usize,
    /// Where the last apostrophe stands.
    apostrophe: Option<usize>,
    ascii: bool,
    digits: bool,
}

impl NewsStream<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn char(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    fn next_start(&self) -> Option<Start> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    return Some(Start { at, char: None });
                }
                if byte == b'%' {
                    return Some(Start {
                        at,
                        char: Some('%'),
                    });
                }
                at += 1;
            } else {
                let char = self.char(at)?;
                if is_word(char) || is_percent(char) {
                    return Some(Start {
                        at,
                        char: Some(char),
                    });
                }
                at += char.len_utf8();
            }
        }
        None
    }

    fn finish(&mut self, end: usize) {
        self.token.offset_to = end;
        self.at = end;
    }

    fn read_word(&mut self, start: usize) {
        if let Some(end) = self.read_initials(start) {
            self.finish(end);
            self.at = self.skip_possessive(end);
        } else {
            let word = self.scan_word(start);
            if word.digits {
                let end = self.read_number(start, word.end);
                self.finish(end);
                return;
            }
            self.fold_word(start, &word);
            self.finish(word.end);
            if let Some(apostrophe) = word.apostrophe
                && self.token.text.ends_with("'s")
            {
                self.token.text.truncate(self.token.text.len() - 2);
                self.token.offset_to = apostrophe;
            }
        }
        if self.stems.is_some() {
            self.read_percent_or_tens();
            self.stem();
        }
    }

    /// Finds the end of the word that starts at `start`.
    fn scan_word(&self, start: usize) -> Word {
        let bytes = self.text.as_bytes();
        let mut word = Word {
            end: start,
            apostrophe: None,
            ascii: true,
            digits: true,
        };
        while let Some(&byte) = bytes.get(word.end) {
            if byte.is_ascii_alphanumeric() {
                word.digits &= byte.is_ascii_digit();
                word.end += 1;
            } else if byte.is_ascii() && byte != b'\'' {
                break;
            } else {
                let Some(char) = self.char(word.end) else {
                    break;
                };
                let next = word.end + char.len_utf8();
                if is_cjk(char) {
                    break;
                }
                if !is_word(char) {
                    let inside = (is_apostrophe(char) || is_invisible(char))
                        && self
                            .char(next)
                            .is_some_and(|char| is_word(char) && !is_cjk(char));
                    if !inside {
                        break;
                    }
                    if is_apostrophe(char) {
                        word.apostrophe = Some(word.end);
                    }
                }
                // The curly apostrophe is so common that it must not cost a normalization.
                word.ascii &= is_apostrophe(char);
                word.digits = false;
                word.end = next;
            }
        }
        word
    }

    fn fold_word(&mut self, start: usize, word: &Word) {
        let written = &self.text[start..word.end];
        let folded = &mut self.token.text;
        if !word.ascii {
            fold_into(written, folded);
            return;
        }
        if word.apostrophe.is_none() {
            folded.push_str(written);
        } else {
            for part in written.split_inclusive(is_apostrophe) {
                let letters = part.trim_end_matches(is_apostrophe);
                folded.push_str(letters);
                if letters.len() < part.len() {
                    folded.push('\'');
                }
            }
        }
        folded.make_ascii_lowercase();
    }

    /// Reads `U.S.`, `U.S` or `a.m.` as one word: two or more single letters with dots between.
    fn read_initials(&mut self, start: usize) -> Option<usize> {
        if self.byte(start + 1) != Some(b'.') {
            return None;
        }
        let letter = |at| self.byte(at).filter(u8::is_ascii_alphabetic);
        let mut end = start;
        while letter(end).is_some() && self.byte(end + 1) == Some(b'.') {
            end += 2;
        }
        if end > start && letter(end).is_some() && !self.char(end + 1).is_some_and(is_word) {
            end += 1;
        }
        let letters = self
            .text
            .get(start..end)?
            .bytes()
            .filter(|&byte| byte != b'.');
        if letters.clone().count() < 2 {
            return None;
        }
        let letters = letters.map(|byte| char::from(byte.to_ascii_lowercase()));
        self.token.text.extend(letters);
        Some(end)
    }

    /// Returns where reading goes on after initials: past a possessive `'s`.
    fn skip_possessive(&self, end: usize) -> usize {
        let mut chars = self.text[end..].chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(apostrophe), Some('s' | 'S'), next)
                if is_apostrophe(apostrophe) && !next.is_some_and(is_word) =>
            {
                end + apostrophe.len_utf8() + 1
            }
            _ => end,
        }
    }

    /// Reads a number whose first digits end at `end`, with its groups and decimals: `1,000.5` as `1000.5`.
    fn read_number(&mut self, start: usize, mut end: usize) -> usize {
        let digits = |from: usize| {
            self.text.as_bytes()[from..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count()
        };
        if end - start <= 3 {
            while self.byte(end) == Some(b',') && digits(end + 1) == 3 {
                end += 4;
            }
        }
        if self.byte(end) == Some(b'.') {
            let decimals = digits(end + 1);
            let after = end + 1 + decimals;
            // 24.10.2025 is no decimal number.
            let dotted = self.byte(after) == Some(b'.') && digits(after + 1) > 0
                || self.text[..start].ends_with('.')
                    && self.text[..start - 1].ends_with(|char: char| char.is_ascii_digit());
            if decimals > 0 && !dotted {
                end = after;
            }
        }
        let written = self.text[start..end].chars().filter(|&char| char != ',');
        self.token.text.extend(written);
        end
    }

    /// Joins `per cent` to `percent` and `twenty-five` to `25`.
    fn read_percent_or_tens(&mut self) {
        let word = self.token.text.as_bytes();
        if !word.ends_with(b"ty") && word != b"per" {
            return;
        }
        let rest = &self.text[self.at..];
        if self.token.text == "per" {
            let gap = |char: char| char.is_whitespace() || char == '-';
            let word = rest.trim_start_matches(gap);
            let blank = rest.len() - word.len();
            if (1..=4).contains(&blank) && starts_with_word(word, "cent") {
                self.token.text.push_str("cent");
                self.finish(self.at + blank + 4);
            }
        } else if let Some(tens) = tens(&self.token.text)
            && let Some(word) = rest.strip_prefix(['-', '‑', '‐'])
        {
            let units = UNITS[1..10].iter().zip(1..);
            for (unit, number) in units {
                if starts_with_word(word, unit) {
                    self.token.text.clear();
                    self.token.text.push_str(&(tens + number).to_string());
                    self.finish(self.text.len() - word.len() + unit.len());
                    return;
                }
            }
        }
    }

    /// Replaces the word by its number or its stem.
    fn stem(&mut self) {
        let Some(stems) = self.stems.as_deref_mut() else {
            return;
        };
        let word = &mut self.token.text;
        if let Some(known) = stems.known.get(word.as_str()) {
            word.clear();
            word.push_str(known);
            return;
        }
        if word.len() > LONGEST {
            return;
        }
        let token: Box<str> = if let Some(number) = number(word) {
            number.to_string().into()
        } else if word
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'\'')
        {
            let mut stream = stems.stemmer.token_stream(word);
            let stemmed = stream.next().map(|token| token.text.as_str());
            stemmed
                .filter(|stem| !stem.is_empty())
                .unwrap_or(word)
                .into()
        } else {
            word.as_str().into()
        };
        if stems.known.len() >= REMEMBERED {
            stems.known.clear();
        }
        let written: Box<str> = word.as_str().into();
        word.clear();
        word.push_str(&token);
        stems.known.insert(written, token);
    }
}

/// Tells whether `text` begins with the ASCII `word`, and the word ends there.
fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
        && !text[word.len()..].chars().next().is_some_and(is_word)
}

const UNITS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

fn number(word: &str) -> Option<u32> {
    let units = UNITS.iter().zip(0..);
    let unit = units.into_iter().find(|(unit, _)| **unit == word);
    unit.map(|(_, number)| number).or_else(|| tens(word))
}

fn tens(word: &str) -> Option<u32> {
    Some(match word {
        "twenty" => 20,
        "thirty" => 30,
        "forty" | "fourty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(mut analyzer: TextAnalyzer, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        analyzer
            .token_stream(text)
            .process(&mut |token| tokens.push(token.clone()));
        tokens
    }

    fn words(text: &str) -> Vec<String> {
        let tokens = tokens(news_analyzer(), text).into_iter();
        tokens.map(|token| token.text).collect()
    }

    #[test]
    fn spellings_of_one_thing_give_the_same_tokens() {
        for spellings in [
            &[
                "one percent",
                "one per cent",
                "1%",
                "1 percent",
                "One per-cent",
                "1 %",
                "１％",
            ][..],
            &["100 percent", "100%", "100 per\ncent"],
            &["don't", "don’t", "DON‘T", "donʼt"],
            &["US", "U.S.", "U.S", "u.s."],
            &["US-led", "U.S.-led", "US led"],
            &["the US’s aim", "the U.S.'s aim", "the US aim"],
            &["café", "cafe", "CAFÉ", "cafe\u{301}"],
            &["Trump's plan", "Trump’s plan", "Trump plan"],
            &["twenty-five", "25", "Twenty-Five"],
            &["1,000", "1000"],
            &["well-known", "well known"],
            &["opportunities", "opportunity"],
            &["co\u{ad}operate", "cooperate"],
            &["thirty", "30"],
        ] {
            let first = words(spellings[0]);
            for spelling in spellings {
                assert_eq!(words(spelling), first, "{spelling}");
            }
        }
    }

    #[test]
    fn different_things_give_different_tokens() {
        for (one, other) in [
            ("percent", "percentage"),
            ("1%", "100%"),
            ("3.5", "35"),
            ("per center", "percent"),
            ("can't", "cant"),
        ] {
            assert_ne!(words(one), words(other), "{one} {other}");
        }
    }

    #[test]
    fn texts_become_tokens() {
        for (text, expected) in [
            (
                "“I don't want to miss even a one percent chance,”",
                "i don't want to miss even a 1 percent chanc",
            ),
            (
                "24.10.2025 at 9 a.m. on $3.5bn, no. 1,2,3",
                "24 10 2025 at 9 am on 3.5 bn no 1 2 3",
            ),
            ("Plan B. A man", "plan b a man"),
            ("漢字とlatin語", "漢 字 と latin 語"),
            ("rock 'n' roll ‘quoted’ workers’", "rock n roll quot worker"),
            ("10,0000 1,00", "10 0000 1 00"),
            ("", ""),
            ("… — !", ""),
        ] {
            assert_eq!(words(text).join(" "), expected);
        }
    }

    #[test]
    fn names_keep_their_endings() {
        let texts = |text| -> Vec<String> {
            let tokens = tokens(names_analyzer(), text).into_iter();
            tokens.map(|token| token.text).collect()
        };
        assert_eq!(texts("Maxine Waters’s"), ["maxine", "waters"]);
        assert_eq!(texts("Kim Jong-un"), ["kim", "jong", "un"]);
        assert_eq!(texts("D'Ávila Ten"), ["d'avila", "ten"]);
    }

    #[test]
    fn offsets_mark_the_word_as_written() {
        for text in [
            "[U.S.] officials",
            "[Trump]’s plan",
            "[per cent] of",
            "[twenty-five] men",
            "([1,000.5])",
            "[don’t]",
            "[カ]ナ",
            "“[%]”",
        ] {
            let start = text.find('[').unwrap();
            let end = text.find(']').unwrap() - 1;
            let plain = text.replace(['[', ']'], "");
            let first = &tokens(news_analyzer(), &plain)[0];
            assert_eq!((first.offset_from, first.offset_to), (start, end), "{text}");
        }
    }

    #[test]
    fn words_too_long_for_a_word_leave_a_gap() {
        let text = format!("one {} two", "x".repeat(LONGEST + 1));
        let tokens = tokens(news_analyzer(), &text);
        let positions: Vec<_> = tokens.iter().map(|token| token.position).collect();
        assert_eq!(positions, [0, 2]);
    }

    #[test]
    fn a_used_tokenizer_gives_the_same_tokens_as_a_new_one() {
        let mut used = news_analyzer();
        for _ in 0..2 {
            let mut again = Vec::new();
            used.token_stream("One runner runs per cent 1")
                .process(&mut |token| again.push(token.clone()));
            assert_eq!(again, tokens(news_analyzer(), "One runner runs per cent 1"));
        }
    }

    proptest! {
        #[test]
        fn tokens_lie_in_order_on_character_boundaries(text in "\\PC{0,80}") {
            for analyzer in [news_analyzer(), names_analyzer()] {
                let mut end = 0;
                for (at, token) in tokens(analyzer, &text).iter().enumerate() {
                    prop_assert!(token.offset_from >= end);
                    prop_assert!(token.offset_to > token.offset_from);
                    prop_assert!(text.get(token.offset_from..token.offset_to).is_some());
                    prop_assert!(token.position >= at);
                    prop_assert!(!token.text.is_empty());
                    end = token.offset_to;
                }
            }
        }

        #[test]
        fn odd_texts_do_not_break_offsets(
            text in "([a-zA-Z.'’%,0-9 é漢か\u{301}\u{ad}-]|per cent|twenty-|U\\.S\\.){0,40}"
        ) {
            let mut end = 0;
            for token in tokens(news_analyzer(), &text) {
                prop_assert!(token.offset_from >= end && token.offset_to > token.offset_from);
                prop_assert!(text.get(token.offset_from..token.offset_to).is_some());
                prop_assert!(!token.text.is_empty(), "{:?}", token);
                end = token.offset_to;
            }
        }

        #[test]
        fn case_does_not_count(text in "[a-z '’.%-]{0,40}") {
            prop_assert_eq!(words(&text), words(&text.to_ascii_uppercase()));
        }
    }
}
