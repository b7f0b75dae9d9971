//! Offices with what they are of, right before a name and without a comma: China's ambassador to Britain Liu Xiaming.

use std::ops::Range;

use super::finder::Finder;
use crate::lexicon::{Classes, Form};
use crate::total::{Steps, Total};

/// What an office is joined by to what it is of.
const JOINS: [&str; 7] = ["of", "for", "to", "on", "at", "in", "with"];

/// How often: head of research at the bank.
const JOINED: usize = 2;

/// Words of grammar, which are nothing that somebody is in charge of.
const GRAMMAR: Classes = Classes::PREPOSITION
    .or(Classes::DETERMINER)
    .or(Classes::POSSESSIVE)
    .or(Classes::PRONOUN)
    .or(Classes::AUXILIARY)
    .or(Classes::CONJUNCTION)
    .or(Classes::SUBORDINATOR)
    .or(Classes::RELATIVE)
    .or(Classes::STRONG)
    .or(Classes::ADVERB);

impl Finder<'_> {
    /// Finds the name that stands right behind an office with what it is of: where it begins in `caps`, and where the
    /// office does.
    pub(super) fn post(&self, caps: &[usize], range: &Range<usize>) -> Option<(usize, usize)> {
        let first = *caps.head();
        if caps.len() < 2 || first < range.start.plus(2) || !self.items.at(first.less(1)).is_lower()
        {
            return None;
        }
        // mayor of Lorne Ana Roe
        if let Some(place) = self.name_behind(caps, range)
            && let Some(office) = self.office_of_what(first, range, JOINED)
        {
            return Some((place, office));
        }
        // head of research Ana Roe
        let given = self.items.at(first).has(Classes::ANY_GIVEN);
        let what = first.less(1);
        let office = self
            .is_matter(what)
            .then(|| self.office_of_what(what, range, JOINED))??;
        given.then_some((0, office))
    }

    /// Where a full name begins among capitals that begin with something else: Harwick South Tom Baker.
    pub(super) fn name_behind(&self, caps: &[usize], range: &Range<usize>) -> Option<usize> {
        let has = |place: usize, classes: Classes| self.items.at(*caps.at(place)).has(classes);
        let last = caps.len().less(1);
        let body = (0..last).find(|&place| has(place, Classes::ORG_HEAD));
        let given = |place: usize| has(place, Classes::ANY_GIVEN);
        // Port Lincoln Ana Roe: Lincoln is a town, too.
        let town = |place: usize| {
            has(place, Classes::PLACE) && place.plus(1) < last && given(place.plus(1))
        };
        // North Carolina Ana Roe
        let words = self.place_words(*caps.head(), range);
        let found = Some(words)
            .filter(|&place| place > 1 && place < last)
            .or_else(|| {
                (1..last).find(|&place| {
                    let joined = place > 1 && given(place.less(1)) && !town(place.less(1));
                    given(place) && !joined && !town(place)
                })
            })
            .or_else(|| body.map(|head| head.plus(1)))
            .or_else(|| {
                let place = self.place_words(*caps.head(), range).max(1);
                let known = place > 1 || has(0, Classes::PLACE) && has(1, Classes::FAMILY_FIRST);
                known.then_some(place)
            })
            // The chairman of the Union of Tanker Drivers: what is joined by a word goes on.
            .filter(|&place| {
                let before = *caps.at(place.less(1));
                place < last && before.plus(1) == *caps.at(place)
            })?;
        // Milton Keynes Ana Roe may be called Milton.
        let other = Classes::PLACE.or(Classes::ORG_HEAD).or(Classes::DEMONYM);
        if given(0) && !has(0, other) && body.is_none_or(|head| head >= found) {
            return None;
        }
        // Tom Baker bears a trade as a name; Sir Tom has a title that is read elsewhere.
        let is_name = !(found..caps.len()).any(|place| has(place, Classes::ORG_HEAD))
            && !(found..last).any(|place| self.is_title(*caps.at(place)));
        is_name.then_some(found)
    }

    /// The office that is of what begins at `what`: ambassador to Britain, head of research at the bank.
    fn office_of_what(&self, what: usize, range: &Range<usize>, depth: usize) -> Option<usize> {
        let mut join = what.checked_sub(1)?;
        if self.is(join, Form::The) {
            join = join.checked_sub(1)?;
        }
        let office = join
            .checked_sub(1)
            .filter(|&office| office >= range.start)?;
        let joins = self.items.at(join).is_lower() && JOINS.contains(&self.word(join));
        if !joins || self.items.at(office).sentence != self.items.at(what).sentence {
            return None;
        }
        let item = self.items.at(office);
        if item.has(Classes::OFFICE) && !item.has(Classes::ANY_GIVEN) && !self.is_possessive(office)
        {
            return Some(office);
        }
        if depth == 0 {
            return None;
        }
        if self.is_matter(office) {
            return self.office_of_what(office, range, depth.less(1));
        }
        // Minister for Ports in South Australia Ana Roe, for the River Dee in South Wales Ana Roe
        let capital = |at: usize| self.items.at(at).is_capital() && !self.is_possessive(at);
        let mut first = office;
        while first > range.start && capital(first) && capital(first.less(1)) {
            first = first.less(1);
        }
        let named = (first..office.plus(1)).any(|at| self.items.at(at).has(Classes::ANY_GIVEN));
        let matter = capital(office) && (!named || self.is(first.less(1), Form::The));
        matter
            .then(|| self.office_of_what(first, range, depth.less(1)))
            .flatten()
    }

    /// Tells whether a word may be what somebody is in charge of.
    fn is_matter(&self, at: usize) -> bool {
        let item = self.items.at(at);
        item.is_lower() && !item.has(GRAMMAR) && !self.is_possessive(at)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn what_an_office_is_of_is_no_part_of_the_name() {
        for (who, name) in [
            ("China’s ambassador to Britain Liu Xiaming", "Liu Xiaming"),
            ("the ambassador to Kenya Anne Roe", "Anne Roe"),
            ("the mayor of New York Eric Adams", "Eric Adams"),
            ("head of research at the bank Tom Baker", "Tom Baker"),
            ("the party’s spokesman on energy Tom Baker", "Tom Baker"),
            ("Labour MP for Harwick South Tom Baker", "Tom Baker"),
            (
                "president of the European Commission Ursula von der Leyen",
                "Ursula von der Leyen",
            ),
            ("editor of the Lorne Herald Tom Baker", "Tom Baker"),
            ("Minister for Ports in South Australia Ana Roe", "Ana Roe"),
        ] {
            check(
                &format!("“We are late,” said {who}."),
                &[("We are late,", name)],
            );
        }
    }

    #[test]
    fn an_office_may_open_the_sentence() {
        for who in [
            "Head of Larkfield",
            "Spokesman for Graincorp",
            "Member for Corran",
        ] {
            check(
                &format!("{who} Brenda Tully said: “We are late.”"),
                &[("We are late.", "Brenda Tully")],
            );
        }
    }

    #[test]
    fn a_name_behind_a_verb_has_no_office_before_it() {
        check(
            "The mayor of Lorne met Ana Roe on Monday. “We are late,” Roe said.",
            &[("We are late,", "Ana Roe")],
        );
        check(
            "Tom Baker, an economist at the Washington Center for Equitable Growth, spoke. “We are late,” he said.",
            &[("We are late,", "Tom Baker")],
        );
        check(
            "A lawyer for Tom Baker said: “We are late.”",
            &[("We are late.", "A lawyer for Tom Baker")],
        );
    }
}
