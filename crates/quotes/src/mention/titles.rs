//! What stands before a bare name: offices, honorifics, nationalities, particles.

use std::ops::Range;

use memchr::memmem;

use super::capitals::NEAR;
use super::finder::Finder;
use crate::lexicon::{Classes, Form, Lexicon};
use crate::stream::{Kind, Shape, lookup};
use crate::total::{Cut, Steps, Total};

/// How words end that say what somebody does.
const TRADES: [&str; 9] = [
    "anchor",
    "man",
    "woman",
    "person",
    "ist",
    "politiker",
    "minister",
    "ministerin",
    "ordnete",
];

/// The same for words of two parts.
const COMPOUND_TRADES: [&str; 46] = [
    "grower",
    "maker",
    "keeper",
    "worker",
    "player",
    "breeder",
    "owner",
    "präsident",
    "präsidentin",
    "chef",
    "chefin",
    "direktor",
    "direktorin",
    "sprecher",
    "sprecherin",
    "trainer",
    "trainerin",
    "führer",
    "führerin",
    "sieger",
    "siegerin",
    "kommissar",
    "kommissarin",
    "anwalt",
    "anwältin",
    "meister",
    "meisterin",
    "leiter",
    "leiterin",
    "vorsitzende",
    "vorsitzender",
    "kanzler",
    "kanzlerin",
    "experte",
    "expertin",
    "forscher",
    "forscherin",
    "berater",
    "beraterin",
    "ökonom",
    "ökonomin",
    "wissenschaftler",
    "wissenschaftlerin",
    "beauftragte",
    "beauftragter",
    "rätin",
];

/// Titles of several who are named one after another.
const SEVERAL: [&str; 12] = [
    "Justices",
    "Judges",
    "Senators",
    "Professors",
    "Doctors",
    "Ministers",
    "Councillors",
    "Commissioners",
    "Detectives",
    "Generals",
    "Officers",
    "Sergeants",
];

/// What beauties are chosen of, beside countries.
const PAGEANTS: [&str; 7] = [
    "Universe",
    "World",
    "Earth",
    "International",
    "Globe",
    "Planet",
    "Continental",
];

impl Finder<'_> {
    pub(super) fn is_title(&self, at: usize) -> bool {
        let item = self.items.at(at);
        if !item.has(Classes::HONORIFIC.or(Classes::OFFICE)) {
            return item.word.classes == Classes::default() && self.is_double_office(at);
        }
        // Zulkifli bin Haji Daud, Rupert St Clair: inside a name these are part of it.
        let inside = at > 0
            && self.items.at(at.less(1)).paragraph == item.paragraph
            && (self.is_particle(at.less(1))
                || self.word(at).eq_ignore_ascii_case("st")
                    && self.items.at(at.less(1)).is_capital());
        // Ma Jin-sook: a family name where a hyphened given name follows.
        let family = item.has(Classes::FAMILY_FIRST) && self.word(at.plus(1)).contains('-');
        !family
            && item.kind != Kind::Word(Shape::Initial)
            // Royal Stools coach Ana Roe
            && self.word(at) != "Royal"
            && !self.is_accusing(at)
            && !inside
            && (!item.has(Classes::ANY_GIVEN) || item.has(Classes::HONORIFIC))
    }

    /// Secretary-Treasurer, Inspector-General, Ex-minister: two words of which one is an office.
    fn is_double_office(&self, at: usize) -> bool {
        let word = self.word(at);
        let hyphen = word.bytes().position(|byte| byte == b'-');
        let parts = hyphen.map(|hyphen| (word.cut(..hyphen), word.cut(hyphen.plus(1)..)));
        parts.is_some_and(|(one, two)| {
            let office = |word| lookup(Lexicon::get(), word).classes.has(Classes::OFFICE);
            let capital = two.starts_with(char::is_uppercase);
            one == "Ex" && office(two)
                || capital && office(one) && (office(two) || two == "General")
        })
    }

    /// How many words of a name after the title `at` belong to the title: Miss Universe Alicia Roe, Miss South Africa Ana
    /// Roe.
    pub(super) fn pageant(&self, at: usize, name: &[usize]) -> usize {
        let miss = || {
            matches!(
                self.word(at),
                "Miss" | "Mister" | "Mr" | "Mrs" | "Mr." | "Mrs."
            )
        };
        if name.len() < 3 || !self.items.at(at).has(Classes::HONORIFIC) || !miss() {
            return 0;
        }
        let teen = usize::from(name.first().is_some_and(|&at| self.word(at) == "Teen"));
        let Some(&first) = name.get(teen) else {
            return 0;
        };
        let item = self.items.at(first);
        let one = PAGEANTS.contains(&self.word(first))
            || item.has(Classes::PLACE) && !item.has(Classes::ANY_GIVEN);
        let place = self.place_words(first, &(0..name.tail().plus(1)));
        let words = teen.plus(place.max(usize::from(one)));
        // Miss York and Miss England Roe bear these names.
        let given = name
            .get(words)
            .is_some_and(|&at| self.items.at(at).has(Classes::ANY_GIVEN));
        if words > teen && given && name.len() > words.plus(1) {
            words
        } else {
            0
        }
    }

    /// Cuts nationalities, parties and places off the front of a name: Republican Ted Cruz.
    pub(super) fn strip_modifiers<'c>(
        &self,
        name: &'c [usize],
        untitled: bool,
    ) -> (&'c [usize], &'c [usize]) {
        let mut first = 0_usize;
        while untitled && first.plus(2) < name.len().plus(1) && first.plus(1) < name.len() {
            if let Some(place) = self.placed(name.cut(first..)) {
                first = first.plus(place);
                continue;
            }
            let item = self.items.at(*name.at(first));
            let next = self.items.at(*name.at(first.plus(1)));
            // The Dane Soren Kvist may be called Dane, but few have two given names before a third.
            let modifier = item.has(Classes::DEMONYM.or(Classes::PLACE))
                && (!item.has(Classes::ANY_GIVEN)
                    || item.has(Classes::DEMONYM) && name.len() == first.plus(3))
                && next.has(Classes::ANY_GIVEN);
            // Kenyan Wambui Roe, who is Mr Roe later: a given name no list has.
            let modifier = modifier
                || item.has(Classes::DEMONYM)
                    && name.len() == first.plus(3)
                    && !self.has_head(name)
                    && self.is_addressed(*name.tail());
            let party = item.has(Classes::GROUP) && next.has(Classes::ANY_GIVEN);
            // Justices Revati Roe and Arif Doe
            let several =
                name.len() > first.plus(2) && SEVERAL.contains(&self.word(*name.at(first)));
            // Assemblywoman Claudia Tenney, (secretary of) State Hillary Clinton: a title no list has.
            let nameless = !item.has(
                Classes::ANY_GIVEN
                    .or(Classes::FAMILY_FIRST)
                    .or(Classes::PARTICLE),
            ) && matches!(item.kind, Kind::Word(Shape::Capital));
            let form = self.word(*name.at(first));
            let of_state = || {
                form == "State" && *name.at(first) > 0 && self.is(name.at(first).less(1), Form::Of)
            };
            let trade = || form.len() > 5 && TRADES.iter().any(|ending| form.ends_with(ending));
            // Winegrower Ľuboš Hrubý: two trades in one word are no given name.
            // HTS-Chef Achmed al-Scharaa
            let compound = || {
                let form = form.to_lowercase();
                let ends =
                    |ending: &&str| form.len() > ending.len().plus(2) && form.ends_with(*ending);
                COMPOUND_TRADES.iter().any(ends)
            };
            let unlisted = nameless
                && name.len() > first.plus(2)
                && (next.has(Classes::ANY_GIVEN) && (of_state() || trade()) || compound());
            // Center Anders Halvorsen
            let position = matches!(form, "Center" | "Centre")
                && next.has(Classes::ANY_GIVEN)
                && name.len() > first.plus(2)
                && !self.items.at(*name.tail()).has(Classes::ORG_HEAD);
            if !(modifier && name.len() > first.plus(2) || party || several || unlisted || position)
            {
                break;
            }
            first = first.plus(1);
        }
        // Minister for Water Resources P. Sundarambal
        let body = |place: &usize| {
            let [head, next] = [place.less(1), *place].map(|place| self.items.at(*name.at(place)));
            head.has(Classes::ORG_HEAD)
                && !head.has(Classes::ANY_GIVEN)
                && next.kind == Kind::Word(Shape::Initial)
        };
        if untitled && let Some(place) = (first.plus(1)..name.len().less(1)).find(body) {
            first = place;
        }
        name.split_at(first)
    }

    /// Tells whether the article calls the bearer of a family name Mr or Ms.
    fn is_addressed(&self, at: usize) -> bool {
        let family = self.word(at).as_bytes();
        let item = self.items.at(at);
        let near = self.text.as_bytes().cut(
            (item.start as usize).less(NEAR)..(item.end as usize).plus(NEAR).min(self.text.len()),
        );
        memmem::find_iter(near, family).any(|place| {
            let before = near.cut(..place);
            ["Mr ", "Ms ", "Mrs ", "Miss ", "Mr. ", "Ms. ", "Mrs. "]
                .iter()
                .any(|title| before.ends_with(title.as_bytes()))
        })
    }

    /// How many words of a name are the place where its bearer is from: New Yorker Ana Roe, New Jersey Democrat Ana Roe.
    fn placed(&self, name: &[usize]) -> Option<usize> {
        if !self.items.at(*name.head()).has(Classes::NEVER_NAME)
            || self.items.at(*name.tail()).has(Classes::ORG_HEAD)
        {
            return None;
        }
        let words = self.place_words(*name.head(), &(0..name.tail().plus(1)));
        let bearer = name.get(words).map(|&at| self.items.at(at));
        let is = bearer.is_some_and(|item| item.has(Classes::ANY_GIVEN.or(Classes::GROUP)));
        (words > 0 && is && words.plus(1) < name.len()).then_some(words)
    }

    /// Extends a name to the left over lower-case titles: `former governor Jeb Bush`, `spokesman Roe`.
    pub(super) fn title_before(&self, first: usize, range: &Range<usize>) -> (usize, bool) {
        let mut start = first;
        let mut titled = false;
        if first > range.start && self.items.at(first.less(1)).is_lower() {
            let before = self.items.at(first.less(1));
            let office = before.has(
                Classes::OFFICE
                    .or(Classes::KIN)
                    .or(Classes::HONORIFIC)
                    .or(Classes::HUMAN)
                    .or(Classes::GROUP),
            ) && !before.has(Classes::PREPOSITION.or(Classes::PARTICLE))
                && !self.is_accusing(first.less(1))
                && (!before.has(Classes::CUE) || self.is_office_noun(first.less(1), range));
            // Google Search lead Ana Roe
            let leads = self.word(first.less(1)) == "lead"
                && first > range.start.plus(1)
                && self.items.at(first.less(2)).is_capital()
                && self.items.at(first).has(Classes::ANY_GIVEN);
            let office = office || leads;
            let of = self.office_of(first, range);
            if (office || of.is_some()) && !self.is_possessive(first.less(1)) {
                titled = true;
                start = self.title_start(first.less(of.unwrap_or(1)), first, range);
                let joined = self.joined_start(start, first.less(1), range);
                start = joined.unwrap_or(start);
            }
        }
        (start, titled)
    }

    /// Tells whether an office that is a verb elsewhere is one before a name: defence counsel Ana Roe, said judge Ana Roe,
    /// Scotland coach Ana Roe. Not: to judge Ana Roe · Police suspect Ana Roe.
    fn is_office_noun(&self, at: usize, range: &Range<usize>) -> bool {
        let item = self.items.at(at);
        if !item.has(Classes::OFFICE) || at == range.start {
            return false;
        }
        let before = self.items.at(at.less(1));
        let which = before.has(Classes::DETERMINER) || self.is_possessive(at.less(1));
        // The mayor accused Ana Roe, but: the accused Ana Roe
        if which || self.word(at).ends_with("ed") {
            return which;
        }
        if before.is_lower() && self.extends_left(at.less(1)) {
            return true;
        }
        let given = self.items.at(at.plus(1)).has(Classes::ANY_GIVEN)
            || self
                .items
                .get(at.plus(2))
                .is_some_and(|next| next.is_capital() && next.sentence == item.sentence);
        // According to coach Ana Roe
        let cited = self.is(at.less(1), Form::To)
            && at > range.start.plus(1)
            && self.items.at(at.less(2)).has(Classes::SAID_PREP);
        let said = before.is_lower()
            && (before.has(Classes::STRONG) || cited)
            && before.sentence == item.sentence
            && !before.has(Classes::AUXILIARY);
        let side = before.is_capital()
            && before.sentence == item.sentence
            && !before.has(Classes::GROUP.or(Classes::PRONOUN))
            && !self.is_possessive(at.less(1))
            && !self.opens_sentence_only(at.less(1), range);
        said || side && given
    }

    /// Where a title begins whose office stands at `office`, before a name at `name`: the former culture minister.
    pub(super) fn title_start(&self, office: usize, name: usize, range: &Range<usize>) -> usize {
        let mut start = office;
        while start > range.start && self.extends_left(start.less(1)) && name.less(start) < 7 {
            start = start.less(1);
        }
        start
    }

    /// Secretary of state Rosa Lind, leader of the opposition Karl Brandt: how many words an office has with what it is
    /// of, right before a name.
    fn office_of(&self, first: usize, range: &Range<usize>) -> Option<usize> {
        // Editor in chief Rosa Lind
        if first > range.start.plus(2)
            && self.word(first.less(1)) == "chief"
            && self.word(first.less(2)) == "in"
            && self.items.at(first.less(3)).has(Classes::OFFICE)
        {
            return Some(3);
        }
        let words = if first > range.start.plus(1) && self.is(first.less(2), Form::The) {
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
        let is = self.is(office.plus(1), Form::Of)
            && self.items.at(office).has(Classes::OFFICE)
            && !self.items.at(office).has(Classes::CUE)
            && self.items.at(first.less(1)).is_lower()
            && !self.items.at(first.less(1)).has(grammar);
        is.then_some(words)
    }

    pub(super) fn with_particles(&self, name: usize, range: &Range<usize>) -> usize {
        let mut start = name;
        while start > range.start
            && self.items.at(start.less(1)).is_lower()
            && self.is_particle(start.less(1))
        {
            start = start.less(1);
        }
        start
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn an_office_that_is_a_verb_elsewhere_stands_before_names() {
        for who in [
            "Scotland coach",
            "judge",
            "the Norway coach",
            "federal judge",
        ] {
            check(
                &format!("“We are late,” said {who} Olaf Berg."),
                &[("We are late,", "Olaf Berg")],
            );
        }
        check(
            "The club wants Olaf Berg to coach Bo Hall. “We are late,” said Berg.",
            &[("We are late,", "Olaf Berg")],
        );
    }

    #[test]
    fn where_somebody_is_from_is_no_part_of_the_name() {
        check(
            "German Lars Moberg won. “We are late,” said Moberg.",
            &[("We are late,", "Lars Moberg")],
        );
        check(
            "Kenyan Ashby Moberg won. “We are late,” said Mr Moberg.",
            &[("We are late,", "Ashby Moberg")],
        );
        check(
            "“We are late,” said the Grammy-nominated Tina Lowe.",
            &[("We are late,", "Tina Lowe")],
        );
    }
}
