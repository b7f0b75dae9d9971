use chrono::Month;

use super::locale;

/// A text read word by word; up to two blanks between words do not count, line breaks do.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) rest: &'a str,
    /// The language of the text, if known; names of months are looked for there first.
    pub(super) lang: Option<&'a str>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub(super) value: u32,
    pub(super) digits: usize,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str, lang: Option<&'a str>) -> Self {
        Self { rest: text, lang }
    }

    /// Looks past blanks, at most two.
    pub(super) fn blanks(&self) -> &'a str {
        let once = self.rest.strip_prefix(is_blank).unwrap_or(self.rest);
        once.strip_prefix(is_blank).unwrap_or(once)
    }

    /// Takes a number of one to four digits, of any script.
    pub(super) fn number(&mut self) -> Option<Number> {
        let number = self.digits(4)?;
        (number.digits <= 4).then_some(number)
    }

    /// Takes all digits that follow; the value is that of the first `most`, the count is of all.
    pub(super) fn digits(&mut self, most: usize) -> Option<Number> {
        let rest = self.blanks();
        let behind = rest.trim_start_matches(|char| digit(char).is_some());
        let mut value = 0_u32;
        for digit in rest.chars().map_while(digit).take(most) {
            value = value.checked_mul(10)?.checked_add(digit)?;
        }
        let digits = rest.strip_suffix(behind)?.chars().count();
        if digits == 0 {
            return None;
        }
        self.rest = behind;
        Some(Number { value, digits })
    }

    pub(super) fn mark(&mut self, marks: &[char]) -> Option<char> {
        let mut rest = self.blanks().chars();
        let mark = rest.next().filter(|mark| marks.contains(mark))?;
        self.rest = rest.as_str();
        Some(mark)
    }

    /// Takes `word` if it comes next as a whole word, in small or capital letters.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let (next, rest) = self.letters();
        let same = next.chars().flat_map(char::to_lowercase).eq(word.chars());
        if same {
            self.rest = rest;
        }
        same
    }

    /// Takes the first of the words that comes next.
    pub(super) fn any_word(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.word(word))
    }

    /// Takes `text` if it comes next, whatever follows it.
    pub(super) fn literal(&mut self, text: &str) -> bool {
        let Some(rest) = self.blanks().strip_prefix(text) else {
            return false;
        };
        self.rest = rest;
        true
    }

    /// The letters that come next, and what follows them.
    pub(super) fn letters(&self) -> (&'a str, &'a str) {
        let rest = self.blanks();
        let end = rest
            .find(|char: char| !is_letter(char))
            .unwrap_or(rest.len());
        rest.split_at(end)
    }

    /// Takes the name of a month, of one word or two, with its full stop.
    pub(super) fn month(&mut self) -> Option<u32> {
        let (word, rest) = self.letters();
        if word.is_empty() || word.len() > 48 {
            return None;
        }
        let (second, after) = second_word(rest);
        // Thai `ต.ค.`, Arabic `كانون الثاني`.
        if !word.is_ascii() && !second.is_empty() && second.len() <= 48 {
            let both = format!("{word}{second}");
            if let Some(month) = locale::listed_month(&both, self.lang) {
                self.rest = after.strip_prefix('.').unwrap_or(after);
                return Some(month);
            }
        }
        let english = self.lang.is_none_or(|lang| lang == "en");
        let month = english_month(word).filter(|_| english);
        let month = month.or_else(|| locale::month(word, self.lang))?;
        self.rest = rest.strip_prefix('.').unwrap_or(rest);
        Some(month)
    }

    /// Skips the name of a day of the week, with what separates it from the date.
    pub(super) fn weekday(&mut self) -> bool {
        let (word, rest) = self.letters();
        if word.is_empty() || word.len() > 48 {
            return false;
        }
        let (second, after) = second_word(rest);
        // Vietnamese `Chủ nhật`.
        let two = !word.is_ascii()
            && (1..=48).contains(&second.len())
            && locale::is_weekday(&format!("{word}{second}"));
        let rest = if two { after } else { rest };
        if !two && !locale::is_weekday(word) {
            return false;
        }
        self.rest = rest.trim_start_matches(['.', ',', '،']);
        // Portuguese `terça-feira`.
        let mut ahead = *self;
        if let Some(second) = ahead.rest.strip_prefix('-') {
            ahead.rest = second;
            let (word, rest) = ahead.letters();
            if !word.is_empty() {
                self.rest = rest.trim_start_matches(['.', ',']);
            }
        }
        true
    }

    /// Skips what makes a number an ordinal: `1st`, `1.`, `1er`, `1º`, `25-го`.
    pub(super) fn ordinal(&mut self) {
        const ENDINGS: [&str; 14] = [
            "st", "nd", "rd", "th", "er", "re", "º", "°", "ª", "ος", "η", "-го", "-ва", "e",
        ];
        for ending in ENDINGS {
            if let Some(rest) = self.rest.strip_prefix(ending)
                && !rest.starts_with(is_letter)
            {
                self.rest = rest;
                return;
            }
        }
        if let Some(rest) = self.rest.strip_prefix('.') {
            self.rest = rest;
        }
    }
}

/// The word behind one blank or full stop.
fn second_word(rest: &str) -> (&str, &str) {
    let inner = rest.strip_prefix(['.', ' ', '\u{a0}']).unwrap_or("");
    let end = inner
        .find(|char: char| !is_letter(char))
        .unwrap_or(inner.len());
    inner.split_at(end)
}

pub(super) fn is_blank(char: char) -> bool {
    matches!(
        char,
        ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{3000}' | '\u{200e}' | '\u{200f}'
    )
}

/// Letters and the signs that belong to letters in scripts of India and its neighbours.
pub(super) fn is_letter(char: char) -> bool {
    char.is_alphabetic()
        || matches!(char, '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{94d}' | '\u{9cd}' | '\u{e47}'..='\u{e4e}')
        || (matches!(char, '\u{a00}'..='\u{dff}') && !char.is_numeric())
}

/// The value of a decimal digit of a script that news is printed in.
pub(super) fn digit(char: char) -> Option<u32> {
    /// The zeros of Unicode's decimal digits: Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Odia,
    /// Tamil, Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Burmese, Khmer, full width.
    const ZEROS: [u32; 17] = [
        0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
        0xf20, 0x1040, 0x17e0, 0xff10,
    ];
    if let Some(digit) = char.to_digit(10) {
        return Some(digit);
    }
    if char < '\u{660}' {
        return None;
    }
    let code = u32::from(char);
    ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|digit| *digit < 10))
}

/// Returns the number of a month by its English name or abbreviation.
pub(crate) fn english_month(word: &str) -> Option<u32> {
    if word.eq_ignore_ascii_case("sept") {
        return Some(9);
    }
    let month: Month = word.parse().ok()?;
    Some(month.number_from_month())
}
