//! What stands before a bare name: offices, honorifics, nationalities, particles.

use std::ops::Range;

use super::finder::Finder;
use crate::lexicon::{Classes, Form, Lexicon};
use crate::stream::{Kind, Shape, lookup};

impl Finder<'_> {
    pub(super) fn is_title(&self, at: usize) -> bool {
        let item = &self.items[at];
        if !item.has(Classes::HONORIFIC.or(Classes::OFFICE)) {
            return item.word.classes == Classes::default() && self.is_double_office(at);
        }
        // Zulkifli bin Haji Daud, Rupert St Clair: inside a name these are part of it.
        let inside = at > 0
            && self.items[at - 1].paragraph == item.paragraph
            && (self.is_particle(at - 1)
                || self.word(at).eq_ignore_ascii_case("st") && self.items[at - 1].is_capital());
        // Ma Jin-sook: a family name where a hyphened given name follows.
        let family = item.has(Classes::FAMILY_FIRST) && self.word(at + 1).contains('-');
        !family
            && item.kind != Kind::Word(Shape::Initial)
            && !inside
            && (!item.has(Classes::ANY_GIVEN) || item.has(Classes::HONORIFIC))
    }

    /// Secretary-Treasurer, Inspector-General: two words of which one is an office.
    fn is_double_office(&self, at: usize) -> bool {
        let word = self.word(at);
        let hyphen = word.bytes().position(|byte| byte == b'-');
        let parts = hyphen.map(|hyphen| (&word[..hyphen], &word[hyphen + 1..]));
        parts.is_some_and(|(one, two)| {
            let office = |word| lookup(Lexicon::get(), word).classes.has(Classes::OFFICE);
            let capital = two.starts_with(char::is_uppercase);
            capital && office(one) && (office(two) || two == "General")
        })
    }

    /// Cuts nationalities, parties and places off the front of a name: Republican Ted Cruz.
    pub(super) fn strip_modifiers<'c>(
        &self,
        name: &'c [usize],
        untitled: bool,
    ) -> (&'c [usize], &'c [usize]) {
        let mut first = 0;
        while untitled && first + 2 < name.len() + 1 && first + 1 < name.len() {
            let item = &self.items[name[first]];
            let next = &self.items[name[first + 1]];
            let modifier = item.has(Classes::DEMONYM.or(Classes::PLACE))
                && !item.has(Classes::ANY_GIVEN)
                && next.has(Classes::ANY_GIVEN);
            let party = item.has(Classes::GROUP) && next.has(Classes::ANY_GIVEN);
            // Assemblywoman Claudia Tenney, (secretary of) State Hillary Clinton: a title no list has.
            let nameless = !item.has(
                Classes::ANY_GIVEN
                    .or(Classes::FAMILY_FIRST)
                    .or(Classes::PARTICLE),
            ) && matches!(item.kind, Kind::Word(Shape::Capital));
            let form = self.word(name[first]);
            let of_state = form == "State" && name[first] > 0 && self.is(name[first] - 1, Form::Of);
            let trade = [
                "anchor",
                "man",
                "woman",
                "person",
                "ist",
                "politiker",
                "minister",
                "ministerin",
                "ordnete",
            ]
            .iter()
            .any(|ending| form.ends_with(ending));
            let unlisted = nameless
                && (of_state || trade && form.len() > 5)
                && next.has(Classes::ANY_GIVEN)
                && name.len() > first + 2;
            if !(modifier && name.len() > first + 2 || party || unlisted) {
                break;
            }
            first += 1;
        }
        name.split_at(first)
    }

    /// Extends a name to the left over lower-case titles: `former governor Jeb Bush`, `spokesman Roe`.
    pub(super) fn title_before(&self, first: usize, range: &Range<usize>) -> (usize, bool) {
        let mut start = first;
        let mut titled = false;
        if first > range.start && self.items[first - 1].is_lower() {
            let before = &self.items[first - 1];
            let office = before.has(
                Classes::OFFICE
                    .or(Classes::KIN)
                    .or(Classes::HONORIFIC)
                    .or(Classes::HUMAN)
                    .or(Classes::GROUP),
            ) && !before.has(Classes::PREPOSITION.or(Classes::PARTICLE))
                // Defence counsel Ana Roe: an office that is a verb elsewhere.
                && (!before.has(Classes::CUE)
                    || before.has(Classes::OFFICE)
                        && first > range.start + 1
                        && self.items[first - 2].is_lower()
                        && self.extends_left(first - 2));
            let of = self.office_of(first, range);
            if (office || of.is_some()) && !self.is_possessive(first - 1) {
                titled = true;
                start = first - of.unwrap_or(1);
                while start > range.start && self.extends_left(start - 1) && first - start < 7 {
                    start -= 1;
                }
            }
        }
        (start, titled)
    }

    /// Secretary of state Rosa Lind, leader of the opposition Karl Brandt: how many words an office has with what it is
    /// of, right before a name.
    fn office_of(&self, first: usize, range: &Range<usize>) -> Option<usize> {
        let words = if first > range.start + 1 && self.is(first - 2, Form::The) {
            4
        } else {
            3
        };
        let office = first.checked_sub(words).filter(|&at| at >= range.start)?;
        let grammar = Classes::DETERMINER
            .or(Classes::POSSESSIVE)
            .or(Classes::PREPOSITION)
            .or(Classes::PARTICLE)
            .or(Classes::ADVERB)
            .or(Classes::CONJUNCTION);
        let is = self.is(office + 1, Form::Of)
            && self.items[office].has(Classes::OFFICE)
            && !self.items[office].has(Classes::CUE)
            && self.items[first - 1].is_lower()
            && !self.items[first - 1].has(grammar);
        is.then_some(words)
    }

    pub(super) fn with_particles(&self, name: usize, range: &Range<usize>) -> usize {
        let mut start = name;
        while start > range.start && self.items[start - 1].is_lower() && self.is_particle(start - 1)
        {
            start -= 1;
        }
        start
    }
}
