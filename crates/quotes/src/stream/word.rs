//! Where a word ends and how it is written.

use crate::chars::is_alphabetic;
use crate::lexicon::{Classes, Lexicon};
use crate::stream::Shape;
use crate::total::{Cut, Steps, Total};

/// A word as far as it was read.
struct Reading<'t> {
    part: &'t str,
    start: usize,
    at: usize,
    uppers: u32,
    lowers: u32,
    dots: u32,
    first_upper: bool,
    /// A capital stands after a hyphen or an apostrophe.
    inner_upper: bool,
}

/// What stands behind an apostrophe and is a word of its own, or a case.
const ENDINGS: [&str; 7] = ["s", "S", "d", "ll", "ve", "re", "m"];

/// What a character that is no letter does to a word.
enum Joint {
    /// The word goes on.
    On,
    /// It ends at the first place; the next item may start at the second.
    End(usize, usize),
    /// It ends with the apostrophe of a name.
    Name(usize),
}

/// Finds the end of the word at `start`: where its name ends, where the next item may start, and its shape.
pub(super) fn word_end(part: &str, start: usize) -> (usize, usize, Shape) {
    let bytes = part.as_bytes();
    match *bytes.at(start) {
        b'@' => {
            let len = bytes
                .cut(start.plus(1)..)
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
                .count();
            let end = start.plus(1).plus(len);
            return (end, end, Shape::Handle);
        }
        b'h' | b'w' if is_address(bytes.cut(start..)) => {
            let rest = part.cut(start..);
            let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
            return (start.plus(len), start.plus(len), Shape::Lower);
        }
        _ => {}
    }
    let mut word = Reading {
        part,
        start,
        at: start,
        uppers: 0,
        lowers: 0,
        dots: 0,
        first_upper: false,
        inner_upper: false,
    };
    loop {
        word.letters();
        match word.joint() {
            Joint::On => {}
            Joint::End(end, next) => return (end, next, word.shape(end)),
            Joint::Name(end) => return (end, end, Shape::Capital),
        }
    }
}

fn is_address(bytes: &[u8]) -> bool {
    bytes.starts_with(b"http://") || bytes.starts_with(b"https://") || bytes.starts_with(b"www.")
}

impl Reading<'_> {
    /// Goes over letters and digits.
    #[inline]
    fn letters(&mut self) {
        let bytes = self.part.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'a'..=b'z' => self.lowers = self.lowers.plus(1),
                b'A'..=b'Z' => self.upper(),
                b'0'..=b'9' => {}
                0x80.. => {
                    let Some(len) = self.letter() else { return };
                    self.at = self.at.plus(len);
                    continue;
                }
                _ => return,
            }
            self.at = self.at.plus(1);
        }
    }

    #[inline]
    fn upper(&mut self) {
        if self.at == self.start {
            self.first_upper = true;
        } else {
            self.inner_upper |= matches!(*self.part.as_bytes().at(self.at.less(1)), b'-' | b'\'');
        }
        self.uppers = self.uppers.plus(1);
    }

    /// Counts a letter outside ASCII and returns its length, if it is one.
    fn letter(&mut self) -> Option<usize> {
        let char = self.part.cut(self.at..).chars().next()?;
        let combining = ('\u{300}'..'\u{370}').contains(&char);
        if !is_alphabetic(char) && !combining {
            return None;
        }
        if char.is_uppercase() {
            self.upper();
        } else if char.is_lowercase() || char.is_alphabetic() {
            // No case: one item a character keeps CJK names apart from what follows them.
            self.lowers = self.lowers.plus(1);
        }
        Some(char.len_utf8())
    }

    /// Reads a character that is no letter: it may join two parts of a word.
    fn joint(&mut self) -> Joint {
        let end = Joint::End(self.at, self.at);
        let bytes = self.part.as_bytes();
        let Some(char) = (match bytes.get(self.at) {
            Some(b'\'' | b'`' | b'-' | b'&' | b'.') => Some(*bytes.at(self.at) as char),
            Some(0x80..) => self.part.cut(self.at..).chars().next(),
            _ => None,
        }) else {
            return end;
        };
        let rest = self.part.cut(self.at.plus(char.len_utf8())..);
        let joins = || rest.chars().next().is_some_and(char::is_alphanumeric);
        match char {
            '\'' | '’' => return self.apostrophe(char, rest),
            // O`Hara: an accent is an apostrophe between letters.
            '`' | '´' if joins() => return self.apostrophe(char, rest),
            '-' | '\u{2010}' | '\u{2011}' if joins() => {
                self.inner_upper |= rest.starts_with(char::is_uppercase);
            }
            '&' if self.uppers > 0 && self.lowers == 0 && joins() => {}
            '.' => return self.dot(rest),
            _ => return end,
        }
        self.at = self.at.plus(char.len_utf8());
        Joint::On
    }

    fn apostrophe(&mut self, char: char, rest: &str) -> Joint {
        let (at, after) = (self.at, self.at.plus(char.len_utf8()));
        let bytes = self.part.as_bytes();
        let alphanumeric = |rest: &str| rest.chars().next().is_some_and(char::is_alphanumeric);
        // Roe’s · he’d told reporters: the name alone, the pronoun alone.
        let ending = ENDINGS.iter().find(|ending| {
            rest.strip_prefix(**ending)
                .is_some_and(|rest| !alphanumeric(rest))
        });
        if let Some(ending) = ending {
            return Joint::End(at, after.plus(ending.len()));
        }
        if alphanumeric(rest) {
            self.inner_upper |= rest.starts_with(char::is_uppercase);
            self.at = after;
            return Joint::On;
        }
        // Achieng’ Odhiambo: a name that ends in the mark. PBX’ Ana Roe is of the PBX.
        let plural = *bytes.at(at.less(1)) == b's';
        let letters = self.lowers == 0 && self.uppers > 1;
        let name = self.first_upper
            && !plural
            && !letters
            && rest
                .strip_prefix(' ')
                .is_some_and(|rest| rest.starts_with(char::is_uppercase));
        if name {
            return Joint::Name(after);
        }
        Joint::End(
            at,
            if (plural || letters) && !rest.is_empty() {
                after
            } else {
                at
            },
        )
    }

    /// A dot belongs to initials, to dotted capitals and to ranks before a name: J. R. Roe · U.S. · Sen. Roe
    fn dot(&mut self, rest: &str) -> Joint {
        let (at, start) = (self.at, self.start);
        let after = at.plus(1);
        let bytes = self.part.as_bytes();
        let single = at.less(start) == 1 && self.uppers == 1;
        let dotted = self.dots > 0 && at >= 2 && *bytes.at(at.less(2)) == b'.';
        if single || dotted {
            self.dots = self.dots.plus(1);
            self.at = self.at.plus(1);
            return if rest.starts_with(char::is_alphanumeric)
                && rest.starts_with(char::is_uppercase)
            {
                Joint::On
            } else {
                Joint::End(at.plus(1), at.plus(1))
            };
        }
        // MS. ROE: Where is the key? · In capitals any word may end a sentence.
        let in_capitals = || {
            let mut next = rest.trim_start_matches(' ').chars().take(2);
            next.all(char::is_uppercase) && rest.starts_with(' ')
        };
        let rank = || {
            (self.lowers > 0 || in_capitals())
                && at.less(start) <= 6
                && Lexicon::get()
                    .look_up(self.part, start, at)
                    .classes
                    .has(Classes::RANK_ABBREVIATION)
                && rest
                    .trim_start_matches(' ')
                    .starts_with(|next: char| next.is_uppercase() || next.is_ascii_digit())
        };
        if rank() || matches!(self.part.cut(start..at), "Jr" | "Sr") {
            return Joint::End(at.plus(1), at.plus(1));
        }
        // Fjord.net, Heron.Count.Org: the name of a site.
        if let Some(site) = site(rest) {
            self.lowers = self.lowers.plus(1);
            self.at = after.plus(site);
            return Joint::On;
        }
        Joint::End(at, at)
    }

    fn shape(&self, end: usize) -> Shape {
        if self.uppers == 0 {
            return Shape::Lower;
        }
        if self.dots == 1 && self.uppers == 1 && self.lowers == 0 {
            return Shape::Initial;
        }
        let word = self.part.cut(self.start..end);
        if self.first_upper {
            // Texas-based, Seoul-born, T-shirts: a modifier or a thing, not part of a name.
            let hyphen = || word.bytes().rposition(|byte| byte == b'-');
            if self.lowers > 0
                && hyphen().is_some_and(|at| at == 1 || COMPOUNDS.contains(&word.cut(at.plus(1)..)))
            {
                return Shape::Lower;
            }
            return if self.lowers == 0 && self.uppers > 1 {
                Shape::Upper
            } else {
                Shape::Capital
            };
        }
        // al-Masri, d’Estaing
        if self.inner_upper
            && word
                .find(['-', '\'', '’', '`', '´'])
                .is_some_and(|at| at <= 3)
        {
            return Shape::Capital;
        }
        Shape::Lower
    }
}

/// The last parts of the names of sites.
const DOMAINS: [&str; 12] = [
    "au", "biz", "com", "edu", "eu", "fm", "gov", "info", "net", "org", "tv", "uk",
];

/// How far the name of a site goes on behind its first dot, if it is one: what follows ends in one of the last parts.
/// A dot without a blank behind a sentence does not.
fn site(rest: &str) -> Option<usize> {
    const LONGEST: usize = 40;
    let bytes = rest.as_bytes();
    let dotted = |at: usize| {
        bytes.get(at) == Some(&b'.') && bytes.get(at.plus(1)).is_some_and(u8::is_ascii_alphanumeric)
    };
    let mut end = 0_usize;
    while end < LONGEST
        && (bytes
            .get(end)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
            || dotted(end))
    {
        end = end.plus(1);
    }
    let last = rest.cut(..end).rsplit('.').next()?;
    let known = |domain: &&str| domain.eq_ignore_ascii_case(last);
    (last.len() < LONGEST && DOMAINS.iter().any(known)).then_some(end)
}

/// Second parts that make a capitalised compound an adjective.
const COMPOUNDS: &[&str] = &[
    "appointed",
    "area",
    "backed",
    "based",
    "born",
    "bound",
    "controlled",
    "educated",
    "elected",
    "enabled",
    "era",
    "funded",
    "held",
    "highest",
    "led",
    "level",
    "listed",
    "made",
    "native",
    "nominated",
    "owned",
    "placed",
    "raised",
    "ranked",
    "run",
    "seeded",
    "style",
    "supported",
    "time",
    "trained",
    "wide",
    "winning",
];
