//! The analyzers, and the tokenizer of running text and of names.

mod memory;

use std::collections::VecDeque;

use tantivy::Index;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::exact::ExactTokenizer;
use crate::fold::{fold_cluster_into, fold_into, is_apostrophe, is_percent, stands_alone};
use crate::number::{Number, abbreviated, behind_gap, number};
use crate::scan::{Scan, Word, starts_with_word};
use crate::stem::{LONGEST, stem};

use self::memory::{Memory, plain_word, skip_gaps};

/// The analyzer of running text: what was said, bodies and headlines.
///
/// Case, accents and the shape of apostrophes do not count; `U.S.` is `US`; `%`, `per cent` and `percent` are
/// one token, as are `one` and `1`, `twenty-five` and `25`, `1,000` and `1000`, `two hundred and fifty` and `250`; `$5m` is
/// `$5 million`; a possessive `'s` is dropped; hyphens part words, but for those of `e-`, `co-` and `re-`; English
/// inflections are stemmed; each Chinese, Japanese or Korean character is a token, and each cluster of a script
/// that is written without blanks.
///
/// Some words have further tokens at their place. `US`, `WHO`, `IT` and `IS` in capitals are also the words of
/// grammar `us`, `who`, `it` and `is`; numbers in words are also their words, so that `seve*` finds them. A word that has
/// a stem and is several words [letter for letter](EXACT) is also [`JOINED`].
pub const NEWS: &str = "whosaid_news";

/// The analyzer of names: as [`NEWS`], but words keep their endings and numbers stay words.
pub const NAMES: &str = "whosaid_names";

/// The analyzer of words letter for letter, see [`find_exact`](crate::find_exact).
pub const EXACT: &str = "whosaid_exact";

/// What stands at the place of `e-mails`, whose stem is that of `emails`, which is a word letter for letter: no word, nor
/// like one.
pub const JOINED: &str = "------";

/// Registers the analyzers. An index must have them before anything is written or searched.
pub fn register(index: &Index) {
    index.tokenizers().register(NEWS, indexing_analyzer());
    index.tokenizers().register(NAMES, names_analyzer());
    index.tokenizers().register(EXACT, exact_analyzer());
}

/// Makes the analyzer that is registered as [`NEWS`]: of texts that are searched.
pub fn indexing_analyzer() -> TextAnalyzer {
    TextAnalyzer::from(NewsTokenizer::new(true, true))
}

/// Makes the analyzer of words that are looked for: as [`NEWS`], with one token for each word.
///
/// `US` is not `us` here, so that it finds the country; `us` finds both, as typed in a hurry.
///
/// ```
/// let mut analyzer = whosaid_schema::news_analyzer();
/// let mut tokens = analyzer.token_stream("“1% chances”");
/// let mut words = Vec::new();
/// tokens.process(&mut |token| words.push((token.text.clone(), token.offset_from)));
/// assert_eq!(words, [("1".to_owned(), 3), ("percent".to_owned(), 4), ("chanc".to_owned(), 6)]);
/// ```
pub fn news_analyzer() -> TextAnalyzer {
    TextAnalyzer::from(NewsTokenizer::new(true, false))
}

/// Makes the analyzer that is registered as [`NAMES`].
pub fn names_analyzer() -> TextAnalyzer {
    TextAnalyzer::from(NewsTokenizer::new(false, false))
}

/// Makes the analyzer that is registered as [`EXACT`].
pub fn exact_analyzer() -> TextAnalyzer {
    TextAnalyzer::from(ExactTokenizer::default())
}

/// Words of grammar that in capitals, or with dots, are the names of a country, a body, a trade, an army.
const CAPITALS: [(&str, &str); 4] = [("us", "US"), ("who", "WHO"), ("it", "IT"), ("is", "IS")];

/// Makes tokens in one pass, remembering those of the words it meets.
#[derive(Clone, Debug)]
pub struct NewsTokenizer {
    /// Stems and numbers, unless words stay as they are.
    stems: bool,
    /// Words have all their tokens, not only the one that says most.
    all: bool,
    token: Token,
}

impl NewsTokenizer {
    /// Makes the tokenizer of [`news_analyzer`].
    pub(crate) fn of_queries() -> Self {
        Self::new(true, false)
    }

    fn new(stems: bool, all: bool) -> Self {
        Self {
            stems,
            all,
            token: Token::default(),
        }
    }
}

impl Tokenizer for NewsTokenizer {
    type TokenStream<'a> = NewsStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> NewsStream<'a> {
        self.token.reset();
        NewsStream {
            scan: Scan { text },
            at: 0,
            stems: self.stems,
            all: self.all,
            memory: self.stems.then(Memory::take),
            more: VecDeque::new(),
            token: &mut self.token,
        }
    }
}

/// The tokens of one text.
pub struct NewsStream<'a> {
    scan: Scan<'a>,
    at: usize,
    stems: bool,
    all: bool,
    memory: Option<Memory>,
    /// Further tokens of the word just read.
    more: VecDeque<&'static str>,
    token: &'a mut Token,
}

impl Drop for NewsStream<'_> {
    fn drop(&mut self) {
        if let Some(memory) = self.memory.take() {
            memory.keep();
        }
    }
}

impl TokenStream for NewsStream<'_> {
    fn advance(&mut self) -> bool {
        self.next(true)
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

impl NewsStream<'_> {
    /// Reads the next token; words that mean the same wherever they stand only `plainly` if that is wanted, which takes
    /// a third of the time and gives the same.
    fn next(&mut self, plainly: bool) -> bool {
        if let Some(word) = self.more.pop_front() {
            self.token.text.clear();
            self.token.text.push_str(word);
            return true;
        }
        loop {
            self.token.text.clear();
            if plainly && self.read_plain_word() {
                return true;
            }
            if !self.read_closely() {
                return false;
            }
            if self.token.text.is_empty() {
                // Nothing but accents: no word, hence no position.
                self.token.position = self.token.position.wrapping_sub(1);
            } else if self.token.text.len() <= LONGEST {
                return true;
            }
        }
    }

    /// Reads the next word if it is made of ASCII letters and means the same wherever it stands.
    fn read_plain_word(&mut self) -> bool {
        let start = skip_gaps(self.scan.text, self.at);
        self.at = start;
        let Some((end, key)) = plain_word(self.scan.text, start) else {
            return false;
        };
        let token = &mut self.token.text;
        match (&mut self.memory, key) {
            (Some(memory), Some(key)) => {
                if let Some(known) = memory.token(key) {
                    token.push_str(known);
                } else {
                    let word = self.scan.cut(start..end);
                    token.push_str(word);
                    token.make_ascii_lowercase();
                    if depends_on_place(word, token) {
                        token.clear();
                        return false;
                    }
                    stem(token);
                    memory.remember(key, token);
                }
            }
            (memory, _) => {
                let word = self.scan.cut(start..end);
                if word.len() > LONGEST {
                    return false;
                }
                token.push_str(word);
                token.make_ascii_lowercase();
                if memory.is_some() {
                    stem(token);
                }
            }
        }
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = start;
        self.finish(end);
        true
    }

    /// Reads the next token, whatever it is.
    fn read_closely(&mut self) -> bool {
        let Some(start) = self.scan.next_start(self.at) else {
            return false;
        };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = start.at;
        match start.char {
            Some(char) if is_percent(char) => {
                self.token.text.push_str("percent");
                self.finish(start.at.saturating_add(char.len_utf8()));
            }
            Some(char) if stands_alone(char) => {
                let end = self.scan.cluster(start.at);
                fold_cluster_into(self.scan.cut(start.at..end), &mut self.token.text);
                self.finish(end);
            }
            Some('&') => {
                self.token.text.push_str("and");
                self.finish(start.at.saturating_add(1));
            }
            _ => self.read_word(start.at),
        }
        true
    }

    fn finish(&mut self, end: usize) {
        self.token.offset_to = end;
        self.at = end;
    }

    fn read_word(&mut self, start: usize) {
        let mut capitals = false;
        if let Some(end) = self.scan.initials(start) {
            let written = self.scan.cut(start..end).chars();
            let letters = written.filter(|&char| char != '.');
            self.token.text.extend(letters);
            self.token.text.make_ascii_lowercase();
            self.finish(end);
            self.at = self.scan.skip_possessive(end);
            capitals = true;
        } else {
            let mut word = self.scan.word(start);
            if self.stems && !word.digits {
                word = self.scan.without_unit(start, word);
            }
            if word.digits {
                self.read_number(start, word.end);
                return;
            }
            word = self.scan.with_prefix(start, word);
            self.fold_word(start, &word);
            self.finish(word.end);
            if let Some(apostrophe) = word.apostrophe
                && let Some(owner) = self.token.text.strip_suffix("'s")
            {
                self.token.text.truncate(owner.len());
                self.token.offset_to = apostrophe;
            }
            let mut written = self.scan.cut(start..self.token.offset_to).bytes();
            capitals |= written.all(|byte| byte.is_ascii_uppercase());
        }
        if !self.stems || self.read_capitals(capitals) || self.read_percent(start) {
            return;
        }
        if let Some(first) = number(&self.token.text) {
            self.take_number(Number::of_words(first, self.scan.text, self.at));
            return;
        }
        let written = self.scan.cut(start..self.token.offset_to).chars();
        let is_part = self.scan.cut(..start).ends_with(char::is_alphanumeric);
        let is_joined = self.all && (is_part || !{ written }.all(char::is_alphanumeric));
        let folded = is_joined.then(|| self.token.text.clone());
        stem(&mut self.token.text);
        if folded.is_some_and(|folded| folded != self.token.text) {
            self.add(JOINED);
        }
    }

    fn read_number(&mut self, start: usize, digits: usize) {
        let end = self.scan.number(start, digits);
        let written = self.scan.cut(start..end).chars();
        self.token.text.extend(written.filter(|&char| char != ','));
        self.finish(end);
        if self.stems
            && let Ok(value) = self.token.text.parse()
        {
            let number = Number::of_figures(value, self.scan.text, end);
            if number.end > end {
                self.take_number(number);
            }
        }
    }

    /// Ends a token that is a number; its words are tokens too.
    fn take_number(&mut self, number: Number) {
        self.token.text.clear();
        self.token.text.push_str(&number.value.to_string());
        for word in number.words {
            self.add(word);
        }
        self.finish(number.end);
    }

    fn fold_word(&mut self, start: usize, word: &Word) {
        let written = self.scan.cut(start..word.end);
        let folded = &mut self.token.text;
        if !word.ascii {
            fold_into(written, folded);
            return;
        }
        if word.apostrophe.is_none() {
            folded.extend(written.split('-'));
        } else {
            for part in written.split_inclusive(is_apostrophe) {
                let letters = part.trim_end_matches(is_apostrophe);
                folded.extend(letters.split('-'));
                if letters.len() < part.len() {
                    folded.push('\'');
                }
            }
        }
        folded.make_ascii_lowercase();
    }

    /// `US` is no `us`, although `us` may be `US`.
    fn read_capitals(&mut self, capitals: bool) -> bool {
        if !capitals || self.token.text.len() > 3 {
            return false;
        }
        let mut known = CAPITALS.iter();
        let Some(&(lower, upper)) = known.find(|(lower, _)| *lower == self.token.text) else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(upper);
        self.add(lower);
        true
    }

    /// Joins `per cent`, and spells out what stands behind a number: `pc`, `bn`.
    fn read_percent(&mut self, start: usize) -> bool {
        if self.token.text == "per"
            && let Some((at, rest)) = behind_gap(self.scan.text, self.at)
            && starts_with_word(rest, "cent")
        {
            self.token.text.push_str("cent");
            self.finish(at.saturating_add("cent".len()));
            return true;
        }
        if self.token.text.len() <= 3
            && let Some(spelled) = abbreviated(&self.token.text)
            && self.scan.is_unit(start, &self.token.text)
        {
            self.token.text.clear();
            self.token.text.push_str(spelled);
            return true;
        }
        false
    }

    /// Adds a token at the place of the one just read, in a text.
    fn add(&mut self, word: &'static str) {
        if self.all && !self.more.contains(&word) {
            self.more.push_back(word);
        }
    }
}

/// Tells whether the tokens of a word depend on what stands around it, or are several.
fn depends_on_place(written: &str, lower: &str) -> bool {
    let capitals = || CAPITALS.iter().any(|(_, upper)| *upper == written);
    lower == "per" || abbreviated(lower).is_some() || number(lower).is_some() || capitals()
}

#[cfg(test)]
mod tests;
