use tantivy::Index;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::fold::{fold_cjk_into, fold_into, is_apostrophe, is_cjk, is_percent};
use crate::scan::{Scan, Word, starts_with_word};
use crate::stem::{LONGEST, Stems, tens, unit_prefix};

/// The analyzer of running text: what was said, bodies and headlines.
///
/// Case, accents and the shape of apostrophes do not count; `U.S.` is `US`; `%`, `per cent` and `percent` are
/// one token, as are `one` and `1`, `twenty-five` and `25`, `1,000` and `1000`; a possessive `'s` is dropped;
/// hyphens part words; English endings are stemmed; each Chinese, Japanese or Korean character is a token.
pub const NEWS: &str = "whosaid_news";

/// The analyzer of names: as [`NEWS`], but words keep their endings and numbers stay words.
pub const NAMES: &str = "whosaid_names";

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

/// Makes tokens in one pass, remembering the stem of each word it meets.
#[derive(Clone)]
pub struct NewsTokenizer {
    /// Stems and numbers, unless words stay as they are.
    stems: Option<Stems>,
    token: Token,
}

impl NewsTokenizer {
    fn new(stem: bool) -> Self {
        Self {
            stems: stem.then(Stems::new),
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
            scan: Scan { text },
            at: 0,
            stems: self.stems.as_mut(),
            token: &mut self.token,
        }
    }
}

/// The tokens of one text.
pub struct NewsStream<'a> {
    scan: Scan<'a>,
    at: usize,
    stems: Option<&'a mut Stems>,
    token: &'a mut Token,
}

impl TokenStream for NewsStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            self.token.text.clear();
            let Some(start) = self.scan.next_start(self.at) else {
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

impl NewsStream<'_> {
    fn finish(&mut self, end: usize) {
        self.token.offset_to = end;
        self.at = end;
    }

    fn read_word(&mut self, start: usize) {
        let text = self.scan.text;
        if let Some(end) = self.scan.initials(start) {
            let letters = text[start..end].chars().filter(|&char| char != '.');
            self.token.text.extend(letters);
            self.token.text.make_ascii_lowercase();
            self.finish(end);
            self.at = self.scan.skip_possessive(end);
        } else {
            let word = self.scan.word(start);
            if word.digits {
                let end = self.scan.number(start, word.end);
                let written = text[start..end].chars().filter(|&char| char != ',');
                self.token.text.extend(written);
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
        }
        if let Some(stems) = self.stems.as_deref_mut() {
            stems.replace(&mut self.token.text);
        }
    }

    fn fold_word(&mut self, start: usize, word: &Word) {
        let written = &self.scan.text[start..word.end];
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

    /// Joins `per cent` to `percent` and `twenty-five` to `25`.
    fn read_percent_or_tens(&mut self) {
        let word = self.token.text.as_bytes();
        if !word.ends_with(b"ty") && word != b"per" {
            return;
        }
        let rest = &self.scan.text[self.at..];
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
            && let Some((unit, length)) = unit_prefix(word)
        {
            self.token.text.clear();
            self.token.text.push_str(&(tens + unit).to_string());
            self.finish(self.scan.text.len() - word.len() + length);
        }
    }
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
