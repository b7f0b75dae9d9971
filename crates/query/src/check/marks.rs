//! Quotation marks as they stand in a pasted text: what their shape and their neighbours tell.
//!
//! `whosaid-quotes`, on which this library does not depend, has a table like the one here (`marks/scan`), and they are
//! two. There marks are found by their bytes, in the hot loop of indexing, and the style of the whole article tells what a
//! single one is; here a few lines are read, whose marks are typed in more ways (`＂`, three straight ones behind a word),
//! and each is judged by its neighbours.

/// The family of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `“ ” „ "`, and what is typed for them: `''`, ` `` `, `‘‘`.
    Double,
    /// `‘ ’ '`
    Single,
    /// `« »` and `‹ ›`
    Angle,
    /// `「 」` and `『 』`
    Corner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    Either,
}

/// One mark as it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) style: Style,
    pub(super) side: Side,
    pub(super) before: Option<char>,
    pub(super) after: Option<char>,
}

impl Mark {
    pub(super) fn blank_before(&self) -> bool {
        self.before.is_none_or(char::is_whitespace)
    }

    pub(super) fn blank_after(&self) -> bool {
        self.after.is_none_or(char::is_whitespace)
    }

    /// Tells whether a blank or an opening sign stands before the mark.
    pub(super) fn begins(&self) -> bool {
        self.before
            .is_none_or(|char| char.is_whitespace() || "([{—–-/…".contains(char) || is_mark(char))
    }

    /// Tells whether no word goes on behind the mark.
    pub(super) fn ends(&self) -> bool {
        self.after
            .is_none_or(|char| !char.is_alphanumeric() && !"$£€@#".contains(char))
    }

    pub(super) fn in_word(&self) -> bool {
        self.before.is_some_and(is_spaced) && self.after.is_some_and(is_spaced)
    }

    /// Tells what a mark does where none is open; `None` for nothing.
    pub(super) fn side_outside(&self) -> Option<Side> {
        let word_before = self.before.is_some_and(is_spaced);
        match self.side {
            _ if self.in_word() => None,
            // `12"`.
            Side::Either | Side::Close if self.before.is_some_and(char::is_numeric) => None,
            // Where blanks decide, they outweigh the shape: `”So be it,”`.
            Side::Close if self.begins() && !self.blank_after() => Some(Side::Open),
            Side::Close => Some(Side::Close),
            Side::Open | Side::Either if word_before => Some(Side::Close),
            Side::Either if !self.blank_before() && self.ends() && !self.begins() => {
                Some(Side::Close)
            }
            Side::Open | Side::Either => Some(Side::Open),
        }
    }

    /// Tells whether a mark closes where one of its style is open.
    pub(super) fn closes(&self) -> bool {
        match self.side {
            Side::Close => true,
            Side::Open => {
                !self.blank_before() && (self.blank_after() || !self.begins() && self.ends())
            }
            Side::Either => {
                let opens = !self.blank_after() && self.blank_before();
                !(opens || self.blank_before() && !self.ends())
            }
        }
    }
}

/// Tells whether a letter is of a script that parts words by blanks: 「はい」と述べた has none around its marks.
fn is_spaced(char: char) -> bool {
    char.is_alphanumeric() && char < '\u{2e80}'
}

pub(super) fn is_mark(char: char) -> bool {
    "\"＂“”„‟«»‹›‘’‚‛'`「」『』".contains(char)
}

/// Reads the mark at the start of a text: its length, style and, where its shape tells, its side. Of three straight
/// single marks behind a word the first closes what is inside.
fn mark_at(rest: &str, behind_word: bool) -> Option<(usize, Style, Side)> {
    use Side::{Close, Either, Open};
    use Style::{Angle, Corner, Double, Single};
    let twice = |mark: char| {
        let rest = rest
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_prefix(mark));
        rest.is_some_and(|rest| !(behind_word && rest.starts_with(mark)))
    };
    let char = rest.chars().next()?;
    let length = char.len_utf8();
    Some(match char {
        '\'' | '`' | '‘' | '’' if twice(char) => {
            let side = match char {
                '\'' => Either,
                '’' => Close,
                _ => Open,
            };
            (length.saturating_mul(2), Double, side)
        }
        '"' | '＂' => (length, Double, Either),
        '“' | '„' | '‟' => (length, Double, Open),
        '”' => (length, Double, Close),
        '\'' => (length, Single, Either),
        '‘' | '‚' | '‛' | '`' => (length, Single, Open),
        '’' => (length, Single, Close),
        '«' | '‹' => (length, Angle, Open),
        '»' | '›' => (length, Angle, Close),
        '「' | '『' => (length, Corner, Open),
        '」' | '』' => (length, Corner, Close),
        _ => return None,
    })
}

pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0_usize;
    let mut before: Option<char> = None;
    while let Some(rest) = text.get(at..)
        && let Some(char) = rest.chars().next()
    {
        let behind_word = before.is_some_and(|char| !char.is_whitespace());
        if let Some((length, style, side)) = mark_at(rest, behind_word) {
            let end = at.saturating_add(length);
            marks.push(Mark {
                start: at,
                end,
                style,
                side,
                before,
                after: text.get(end..).and_then(|rest| rest.chars().next()),
            });
            at = end;
        } else {
            at = at.saturating_add(char.len_utf8());
        }
        before = Some(char);
    }
    marks
}

/// Tells whether a mark is that of a measure: `6'2"`.
pub(super) fn is_measure(text: &str, mark: &Mark) -> bool {
    let before = text.get(..mark.start).unwrap_or_default();
    let inches = before.trim_end_matches(|char: char| char.is_ascii_digit());
    let feet = inches.strip_suffix(['\'', '’']);
    inches.len() < before.len()
        && feet.is_some_and(|feet| feet.ends_with(|char: char| char.is_ascii_digit()))
}
