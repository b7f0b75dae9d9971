//! Lists that have an answer for every number.
//!
//! Items, mentions, runs and persons stand in lists and name one another by their numbers. A number that a list does
//! not have would be a mistake of this crate's; it finds an element that says nothing, and the text is read on.

use std::slice::SliceIndex;

use compact_str::CompactString;
use whosaid_model::Span;

use crate::context::{RunShape, StyleUse, Syntax, Tag};
use crate::decode::Decision;
use crate::lexicon::Word;
use crate::marks::{Run, Style};
use crate::mention::{Gender, Mention, MentionKind};
use crate::stream::{Item, Kind};

/// Steps between places, and sums of counts, which wrap around where their type ends. None gets there: a text is
/// shorter than 4 GiB. Steps back stop at nought.
pub(crate) trait Steps: Copy {
    fn plus(self, other: Self) -> Self;

    fn less(self, other: Self) -> Self;

    fn times(self, other: Self) -> Self;
}

macro_rules! steps {
    ($($number:ty),*) => {
        $(impl Steps for $number {
            #[inline]
            fn plus(self, other: Self) -> Self {
                debug_assert!(self.checked_add(other).is_some(), "{self} and {other}");
                self.wrapping_add(other)
            }

            #[inline]
            fn less(self, other: Self) -> Self {
                self.saturating_sub(other)
            }

            #[inline]
            fn times(self, other: Self) -> Self {
                debug_assert!(self.checked_mul(other).is_some(), "{self} times {other}");
                self.wrapping_mul(other)
            }
        })*
    };
}

steps!(u8, u16, u32, usize, isize);

/// What a list has where it has nothing.
pub(crate) trait Nothing: Sized {
    fn nothing<'n>() -> &'n Self;
}

/// The number of an element.
pub(crate) trait Place {
    fn place(self) -> usize;
}

impl Place for usize {
    #[inline]
    fn place(self) -> usize {
        self
    }
}

impl Place for u8 {
    #[inline]
    fn place(self) -> usize {
        usize::from(self)
    }
}

impl Place for u32 {
    #[inline]
    fn place(self) -> usize {
        self as usize
    }
}

/// A list that has an element for every number.
pub(crate) trait Total<T> {
    fn at(&self, place: impl Place) -> &T;

    /// Changes an element if it is there.
    fn change(&mut self, place: impl Place, change: impl FnOnce(&mut T));

    fn head(&self) -> &T;

    fn tail(&self) -> &T;
}

impl<T: Nothing> Total<T> for [T] {
    #[inline]
    fn at(&self, place: impl Place) -> &T {
        self.get(place.place()).unwrap_or_else(T::nothing)
    }

    #[inline]
    fn change(&mut self, place: impl Place, change: impl FnOnce(&mut T)) {
        if let Some(element) = self.get_mut(place.place()) {
            change(element);
        }
    }

    #[inline]
    fn head(&self) -> &T {
        self.first().unwrap_or_else(T::nothing)
    }

    #[inline]
    fn tail(&self) -> &T {
        self.last().unwrap_or_else(T::nothing)
    }
}

/// A list, or a text by its bytes, of which every range is a part: an empty one where it ends before, or a character
/// stands across an end.
pub(crate) trait Cut<R> {
    fn cut(&self, range: R) -> &Self;
}

impl<R: SliceIndex<str, Output = str>> Cut<R> for str {
    #[inline]
    fn cut(&self, range: R) -> &str {
        self.get(range).unwrap_or_default()
    }
}

impl<T, R: SliceIndex<[T], Output = [T]>> Cut<R> for [T] {
    #[inline]
    fn cut(&self, range: R) -> &[T] {
        self.get(range).unwrap_or_default()
    }
}

/// Says what types have where they have nothing.
///
/// Constants: a call that made them on first use would be one that may change anything, so that the compiler would read
/// again all it has read before it.
macro_rules! nothing {
    ($($type:ty = $value:expr;)*) => {
        $(impl $crate::total::Nothing for $type {
            #[inline]
            fn nothing<'n>() -> &'n Self {
                static NOTHING: $type = $value;
                &NOTHING
            }
        })*
    };
}
pub(crate) use nothing;

/// Says of numbers that they are nought where there is none.
macro_rules! nought {
    ($($number:ty),*) => {
        $(impl Nothing for $number {
            #[inline]
            fn nothing<'n>() -> &'n Self {
                &(0 as $number)
            }
        })*
    };
}

nought!(u8, u32, usize, f32);

nothing! {
    (u32, u32) = (0, 0);
    Option<u32> = None;
    CompactString = CompactString::const_new("");
    [f32; 24] = [0.0; 24];
    StyleUse = StyleUse { all: 0, long: 0 };
    Tag = Tag::NONE;
    Decision = Decision {
        run: 0,
        mention: None,
        person: None,
        label: None,
        carries_on: false,
        raw: 0.0,
        speech: 0.0,
        rival: None,
    };
    Word = Word::NONE;
    Span = Span { start: 0, end: 0 };
    RunShape = RunShape {
        item: 0,
        words: 0,
        last: 0,
        lower_start: false,
        before: 0,
        after: 0,
        alone: false,
        in_name: false,
    };
    Syntax = Syntax {
        before: 0,
        after: 0,
        forward: None,
        backward: None,
        better: None,
        forward_code: 0,
        backward_code: 0,
        subject: false,
        beside_run: false,
    };
    Item = Item {
        word: Word::NONE,
        start: 0,
        end: 0,
        paragraph: 0,
        sentence: 0,
        kind: Kind::Number,
    };
    Mention = Mention {
        first: 0,
        last: 0,
        name_first: 0,
        name_last: 0,
        kind: MentionKind::Thing,
        gender: Gender::Unknown,
        possessive: false,
        definite: false,
        titled: false,
        person: None,
        introduced: None,
    };
    Run = Run {
        content: Span { start: 0, end: 0 },
        outer: Span { start: 0, end: 0 },
        paragraph: 0,
        style: Style::Double,
        closed: false,
        opened: false,
        carries_on: false,
        inside: None,
    };
}
