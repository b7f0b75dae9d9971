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
use crate::person::Person;
use crate::stream::{Item, Kind};

/// Steps between places, and sums of counts, which stop where their type ends. None gets there: a text is shorter
/// than 4 GiB, and what stands before a place is asked for where something does.
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
                self.saturating_add(other)
            }

            #[inline]
            fn less(self, other: Self) -> Self {
                self.saturating_sub(other)
            }

            #[inline]
            fn times(self, other: Self) -> Self {
                self.saturating_mul(other)
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
macro_rules! nothing {
    ($($type:ty = $value:expr;)*) => {
        $(impl $crate::total::Nothing for $type {
            #[cold]
            fn nothing<'n>() -> &'n Self {
                static NOTHING: std::sync::LazyLock<$type> = std::sync::LazyLock::new(|| $value);
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
    CompactString = CompactString::default();
    [f32; 24] = [0.0; 24];
    StyleUse = StyleUse::default();
    Tag = Tag::default();
    Decision = Decision::default();
    Word = Word::default();
    Span = Span::new(0, 0);
    Person = Person::default();
    RunShape = RunShape::default();
    Syntax = Syntax::default();
    Item = Item {
        word: Word::default(),
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
        content: Span::new(0, 0),
        outer: Span::new(0, 0),
        paragraph: 0,
        style: Style::Double,
        closed: false,
        opened: false,
        carries_on: false,
        inside: None,
    };
}
