//! Names with a figure in them: Radio 2, the Group of 77, the rapper 70 Keys.

use std::ops::Range;

use super::finder::{Finder, STOPS_NAME};
use super::{Gender, Mention, MentionKind};
use crate::lexicon::{Classes, Form};
use crate::stream::{Item, Kind, Shape};
use crate::total::{Steps, Total};

/// Words that are the name of one body with the number behind them.
const NUMBERED: [&str; 10] = [
    "Area", "Capital", "Channel", "Formula", "Local", "Network", "Radio", "Station", "Studio",
    "Studios",
];

/// Digits of a figure in a name, at most: what is longer is a year or a count.
const DIGITS: usize = 3;

/// The first figure of four digits that no year has which is told of.
const NO_YEAR: &[u8; 4] = b"2200";

impl Finder<'_> {
    /// Tells whether a word is of those that have a number behind them, and has one: Channel 4, Channel Five.
    pub(super) fn has_figure(&self, at: usize) -> bool {
        let next = self.items.get(at.plus(1));
        let item = self.items.at(at);
        let number = next.is_some_and(|next| {
            next.kind == Kind::Number
                || next.kind == Kind::Word(Shape::Capital) && next.has(Classes::NUMERAL)
        });
        number
            && item.kind == Kind::Word(Shape::Capital)
            && next.is_some_and(|next| next.sentence == item.sentence)
            && NUMBERED.contains(&self.word(at))
    }

    /// The number that belongs to the capitals right before it: Radio 2 · the Group of 77 · said Blink 9.
    pub(super) fn figure_after(&self, caps: &[usize], range: &Range<usize>) -> Option<usize> {
        let last = *caps.tail();
        let of = self.is(last.plus(1), Form::Of) && matches!(self.word(last), "Group" | "G");
        let figure = last.plus(if of { 2 } else { 1 });
        if figure >= range.end
            || !self.is_figure(figure)
            || self.is_possessive(last)
            || self.items.at(last).has(STOPS_NAME)
        {
            return None;
        }
        let next = self
            .items
            .get(figure.plus(1))
            .filter(|_| figure.plus(1) < range.end);
        let says = next.is_some_and(|next| {
            next.is_lower()
                && next.has(Classes::STRONG)
                && !next.has(Classes::NOUN.or(Classes::PREPOSITION))
        });
        let first = *caps.head();
        let said = first > range.start
            && self.items.at(first.less(1)).is_lower()
            && self.items.at(first.less(1)).has(Classes::STRONG)
            && next.is_none_or(|next| !next.is_word());
        let touches = self.items.at(figure.less(1)).end.plus(1) == self.items.at(figure).start;
        // Singer Blink 4000 thanked them
        let titled = || {
            self.is_staged(caps, range)
                && next.is_none_or(|next| {
                    !next.is_word()
                        || next.has(Classes::AUXILIARY.or(Classes::CUE))
                        || next.is_lower() && self.word(figure.plus(1)).ends_with("ed")
                })
        };
        let joined = of || self.has_figure(last) || says || said || titled();
        (touches && joined).then_some(figure)
    }

    /// Tells whether a word for somebody stands before the one word that a figure follows: the singer Blink 9.
    fn is_staged(&self, caps: &[usize], range: &Range<usize>) -> bool {
        let artist = Classes::OFFICE.or(Classes::HUMAN);
        let (first, title) = match *caps {
            [one] => (
                one,
                one.checked_sub(1).filter(|&title| title >= range.start),
            ),
            [title, one] => (one, Some(title)),
            _ => return false,
        };
        let item = self.items.at(first);
        item.kind == Kind::Word(Shape::Capital)
            && !item.has(NO_STAGE)
            && title.is_some_and(|title| {
                let before = self.items.at(title);
                title.plus(1) == first
                    && before.has(artist)
                    && !before.has(Classes::ANY_GIVEN)
                    && (before.is_lower() || self.opens_sentence(title, range))
            })
    }

    fn is_figure(&self, at: usize) -> bool {
        let word = self.word(at);
        // Blink 4000, but: in May 2004
        let long = word.len() == DIGITS.plus(1) && word.as_bytes() >= NO_YEAR.as_slice();
        self.items.at(at).kind == Kind::Number
            && (word.len() <= DIGITS || long)
            && word.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Adds the name that capitals are with the figure behind them.
    pub(super) fn with_figure(
        &self,
        caps: &[usize],
        figure: usize,
        range: &Range<usize>,
        mentions: &mut Vec<Mention>,
    ) {
        let staged = self.is_staged(caps, range);
        let caps = self.without_openers(caps, range);
        // Andre 4000, Singer Andre 4000: somebody.
        let name = *caps.tail();
        let given = caps.len() == 1 && self.items.at(name).has(Classes::ANY_GIVEN);
        if staged || given {
            let (start, titled) = self.title_before(name, range);
            let start = start.min(*caps.head());
            let name = Mention {
                titled: titled || staged,
                ..self.described(start, name, figure, MentionKind::FullName, false)
            };
            let gender = Gender::of(Classes(
                self.items.at(name.name_first).word.classes.0
                    & (Classes::GIVEN_F.0 | Classes::GIVEN_M.0),
            ));
            Self::push_name(Mention { gender, ..name }, mentions);
            return;
        }
        let first = *caps.head();
        let definite = first > range.start && self.is(first.less(1), Form::The);
        let start = first.less(usize::from(definite));
        let name = self.described(start, first, figure, MentionKind::Organization, definite);
        Self::push_name(name, mentions);
    }

    /// Tells whether a number begins the name of somebody on stage: the rapper 70 Keys · When 70 Keys came, he said. Not:
    /// 70 Labour members · at 70 Roe retired.
    pub(super) fn is_figure_before(&self, at: usize, range: &Range<usize>) -> bool {
        let word = self.word(at);
        let digits = word.trim_end_matches(|char: char| char.is_ascii_lowercase());
        let ordinal = matches!(
            word.strip_prefix(digits),
            Some("" | "st" | "nd" | "rd" | "th")
        );
        let [item, name] = [at, at.plus(1)].map(|at| self.items.at(at));
        if !ordinal
            || digits.len() > DIGITS
            || !digits.bytes().all(|byte| byte.is_ascii_digit())
            || at.plus(1) >= range.end
            || name.kind != Kind::Word(Shape::Capital)
            || item.end.plus(1) != name.start
            || name.has(COUNTED)
        {
            return false;
        }
        let next = self
            .items
            .get(at.plus(2))
            .filter(|_| at.plus(2) < range.end);
        if next.is_some_and(Item::is_capital) {
            return false;
        }
        let acts = next.is_some_and(|next| {
            next.is_lower()
                && (next.has(Classes::AUXILIARY.or(Classes::STRONG))
                    || self.word(at.plus(2)).ends_with("ed") && !next.has(Classes::ADVERB))
        });
        let ends = self.is_possessive(at.plus(1)) || next.is_none_or(|next| !next.is_word());
        if self.opens_sentence(at, range) {
            return acts;
        }
        let before = self.items.at(at.less(1));
        let artist = Classes::OFFICE.or(Classes::HUMAN);
        let titled =
            before.has(artist) && (before.is_lower() || self.opens_sentence(at.less(1), range));
        let clause = before.is_punct(b',') || before.has(Classes::SUBORDINATOR) || before.is_run();
        let said = before.is_lower() && before.has(Classes::STRONG);
        titled || acts && (clause || said) || said && ends
    }

    /// Adds the name that the number at `at` and the word behind it are.
    pub(super) fn figured(&self, at: usize, range: &Range<usize>, mentions: &mut Vec<Mention>) {
        let (start, titled) = self.title_before(at, range);
        // Rapper 70 Keys said
        let opens = start == at
            && at > range.start
            && self.items.at(at.less(1)).is_capital()
            && self.items.at(at.less(1)).has(Classes::OFFICE);
        let start = start.less(usize::from(opens));
        let name = self.described(start, at, at.plus(1), MentionKind::FullName, false);
        let name = Mention {
            gender: Gender::Unknown,
            titled: titled || opens,
            ..name
        };
        Self::push_name(name, mentions);
    }
}

/// Words that are no name somebody has on stage.
const NO_STAGE: Classes = STOPS_NAME
    .or(Classes::ORG_HEAD)
    .or(Classes::PLACE)
    .or(Classes::DEMONYM)
    .or(Classes::GROUP)
    .or(Classes::HONORIFIC)
    .or(Classes::OFFICE);

/// Words that numbers count, or that are a name without one.
const COUNTED: Classes = Classes::GROUP
    .or(Classes::DEMONYM)
    .or(STOPS_NAME)
    .or(Classes::ORG_HEAD)
    .or(Classes::PLACE)
    .or(Classes::ANY_GIVEN)
    .or(Classes::HONORIFIC)
    .or(Classes::OFFICE)
    .or(Classes::NUMERAL)
    .or(Classes::PREPOSITION)
    .or(Classes::CONJUNCTION)
    .or(Classes::DETERMINER)
    .or(Classes::PRONOUN);

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn a_figure_may_be_part_of_a_name() {
        for name in ["Radio 2", "Channel 4", "Blink 9", "BBC Radio 3"] {
            check(
                &format!("{name} said: “We are late.”"),
                &[("We are late.", name)],
            );
        }
        check(
            "The Group of 77 said: “We need more time.”",
            &[("We need more time.", "Group of 77")],
        );
    }

    #[test]
    fn a_name_may_begin_with_a_figure() {
        check(
            "The rapper 70 Keys left on Monday. “It is over,” 70 Keys said. “I am free,” he said.",
            &[("It is over,", "70 Keys"), ("I am free,", "70 Keys")],
        );
    }

    #[test]
    fn a_figure_behind_a_name_belongs_to_somebody_who_speaks() {
        check(
            "“We are late,” Andre 4000 said. “It is over,” he said.",
            &[
                ("We are late,", "Andre 4000"),
                ("It is over,", "Andre 4000"),
            ],
        );
        check(
            "Singer Andre 4000 thanked the fans. “It is over,” he said.",
            &[("It is over,", "Andre 4000")],
        );
        check(
            "In May 2004 Ana Roe left. “It is over,” Roe said.",
            &[("It is over,", "Ana Roe")],
        );
    }

    #[test]
    fn what_is_counted_is_no_name() {
        check(
            "On Monday 70 Labour members left. “It is over,” said Ana Roe.",
            &[("It is over,", "Ana Roe")],
        );
    }
}
