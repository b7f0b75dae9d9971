//! What links capitals to one name: of, for, a comma, a nickname.

use std::ops::Range;

use super::capitals::RANKS;
use super::finder::Finder;
use crate::lexicon::{Classes, Form};
use crate::stream::{Item, Kind, Shape};
use crate::total::{Steps, Total};

impl Finder<'_> {
    /// How many items at `at` link the capitals before them to the next one, 0 if they do not: Chung van der Roe ·
    /// Ministry of the Interior · Union for Peace · Roe & Sons · Dana “Duke” Okafor · Kim (Anna) Roe · Roe, Jr.
    pub(super) fn link(
        &self,
        at: usize,
        caps: usize,
        has_org: bool,
        range: &Range<usize>,
    ) -> usize {
        let item = self.items.at(at);
        let joins = |from: usize| {
            self.items
                .get(from)
                .is_some_and(|next| next.is_capital() && from < range.end)
        };
        if item.is_lower() {
            if self.is_particle(at) && self.next_is_capital(at, range) {
                return 1;
            }
            // Jofre Puigvert i Mas
            if caps > 1 && self.is(at, Form::I) && joins(at.plus(1)) {
                return 1;
            }
            let before = self.items.at(at.less(1));
            // Peter T. King of New York: a family name, not an office.
            let family = caps > 1
                && before.has(Classes::OFFICE)
                && (self.items.at(at.less(2)).kind == Kind::Word(Shape::Initial)
                    || self.items.at(at.less(2)).has(Classes::ANY_GIVEN));
            let heads = Classes::OFFICE.or(Classes::ORG_HEAD).or(Classes::DOCUMENT);
            // The Code of Practice: a code that is written.
            let head = before.has(heads) || self.word(at.less(1)) == "Code";
            if head && !family && self.is(at, Form::Of) {
                if joins(at.plus(1)) {
                    return 1;
                }
                if self.is(at.plus(1), Form::The) && joins(at.plus(2)) {
                    return 2;
                }
            }
            if has_org && self.is(at, Form::For) {
                if joins(at.plus(1)) {
                    return 1;
                }
                // The Royal Society for the Protection of Birds
                if self.is(at.plus(1), Form::The) && joins(at.plus(2)) {
                    return 2;
                }
            }
            let matter = has_org && caps > 1 && self.is(at, Form::Of) && joins(at.plus(1));
            if matter && self.is(at.less(2), Form::The) && self.is(at.less(3), Form::For) {
                return 1;
            }
            // Doctors without Borders
            if caps > 0 && self.word(at) == "without" && joins(at.plus(1)) {
                return 1;
            }
            let joined = has_org && self.joins_matters(at, range)
                || caps == 1 && self.joins_words(at, range);
            return usize::from(joined);
        }
        let links = match item.kind {
            Kind::Punct(b'&') => joins(at.plus(1)),
            Kind::Run(_) => {
                // Ana “Nana” da Conceição: particles may come before the family name.
                let particle = self.items.get(at.plus(1)).is_some_and(Item::is_lower)
                    && self.is_particle(at.plus(1))
                    && self.next_is_capital(at.plus(1), range);
                self.is_nickname(at) && (joins(at.plus(1)) || particle) && caps > 0
            }
            Kind::Punct(b',') if self.is_title_alone(at, caps, range) => joins(at.plus(1)),
            Kind::Punct(b',') if has_org && self.joins_matters(at, range) => true,
            Kind::Punct(b',') => {
                let suffix = |next: &Item| {
                    next.has(Classes::SUFFIX) && next.is_capital() && !next.has(Classes::HONORIFIC)
                };
                self.items.get(at.plus(1)).is_some_and(suffix) && caps > 1
            }
            Kind::Punct(b'(') => {
                let given = joins(at.plus(1))
                    && self
                        .items
                        .get(at.plus(2))
                        .is_some_and(|next| next.is_punct(b')'))
                    && joins(at.plus(3))
                    && self.items.at(at.plus(1)).has(Classes::ANY_GIVEN);
                return if given { 3 } else { 0 };
            }
            _ => false,
        };
        usize::from(links)
    }

    /// The Food and Drug Administration, the England and Wales Cricket Board: common words or places that `and` at `at`
    /// joins behind an article, before what ends as bodies do.
    fn joins_words(&self, at: usize, range: &Range<usize>) -> bool {
        let first = self.items.at(at.less(1));
        let end = self.touching_end(at.plus(1), range);
        let last = self.items.at(end.less(1));
        at > range.start.plus(1)
            && self.word(at) == "and"
            && self.is(at.less(2), Form::The)
            && first.kind == Kind::Word(Shape::Capital)
            && first.has(Classes::COMMON.or(Classes::NEVER_NAME).or(Classes::PLACE))
            && !first.has(Classes::OFFICE.or(Classes::ANY_GIVEN))
            && end > at.plus(2)
            && last.has(Classes::ORG_HEAD)
            && !last.has(Classes::ANY_GIVEN)
            && !(at.plus(1)..end).any(|at| self.is_title(at))
    }

    /// The Department for Trade, Energy and Farming: what a ministry is for goes on behind a comma or `and` at `at`.
    fn joins_matters(&self, at: usize, range: &Range<usize>) -> bool {
        let named = Classes::ANY_GIVEN
            .or(Classes::PLACE)
            .or(Classes::HONORIFIC)
            .or(Classes::OFFICE)
            .or(Classes::DEMONYM);
        // Energy is a matter, and part of a firm's name elsewhere.
        let matter = |at: usize| {
            let item = self.items.at(at);
            at < range.end
                && item.kind == Kind::Word(Shape::Capital)
                && !item.has(named)
                && !(item.has(Classes::ORG_HEAD)
                    && self.word(at) != "Services"
                    && (self.items.at(at.less(1)).is_capital() || self.is(at.plus(1), Form::Of)))
                && !self.is_possessive(at)
        };
        let and = |at: usize| at < range.end && self.word(at) == "and";
        // Of the ministry, and nothing but words and commas since then.
        let ministry = (range.start.max(at.saturating_sub(9))..at.less(2))
            .rev()
            .find(|&at| self.is(at.plus(1), Form::Of) || self.is(at.plus(1), Form::For))
            .is_some_and(|head| {
                let head_item = self.items.at(head);
                let body = head_item.has(Classes::ORG_HEAD) && head_item.is_capital();
                (body || matches!(self.word(head), "Minister" | "Secretary"))
                    && (head.plus(2)..at).all(|at| matter(at) || self.items.at(at).is_punct(b','))
            });
        if !ministry {
            return false;
        }
        let mut place = at;
        while place < range.end && self.items.at(place).is_punct(b',') && matter(place.plus(1)) {
            place = place.plus(2);
        }
        // Health and Social Care
        let mut end = place.plus(1);
        while matter(end) {
            end = end.plus(1);
        }
        and(place) && end > place.plus(1) && !self.items.get(end).is_some_and(Item::is_capital)
    }

    /// The head of the unit, Chief Inspector, Ana Roe, said: the words before the comma at `at` are a title between commas,
    /// and a full name stands behind it.
    fn is_title_alone(&self, at: usize, caps: usize, range: &Range<usize>) -> bool {
        let first = at.less(caps);
        let end = self.touching_end(at.plus(1), range);
        caps > 0
            && first > range.start
            && self.items.at(first.less(1)).is_punct(b',')
            && (first..at).all(|at| self.is_title(at) || RANKS.contains(&self.word(at)))
            && end > at.plus(2)
            && self.items.at(at.plus(1)).has(Classes::ANY_GIVEN)
            && self.items.get(end).is_some_and(|next| next.is_punct(b','))
    }

    /// Up to two capitalised words between marks inside a name: Dana “Duke” Okafor.
    fn is_nickname(&self, at: usize) -> bool {
        let words = self
            .word(at)
            .trim_matches(|char: char| !char.is_alphanumeric());
        words.split_whitespace().nth(3).is_none()
            && (words.chars().next().is_some_and(char::is_uppercase) || words.starts_with("the "))
            && !words.ends_with([',', '.', '!', '?'])
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn what_a_body_is_for_belongs_to_its_name() {
        for name in [
            "Department for Trade, Energy and Farming",
            "Royal Society for the Protection of Birds",
            "Code of Practice",
            "Department of Health and Human Services",
            "Bureau of Alcohol, Tobacco and Firearms",
            "Association of Chief Police Officers",
            "Food and Drug Administration",
            "England and Wales Cricket Board",
        ] {
            check(
                &format!("The {name} said: “We are late.”"),
                &[("We are late.", name)],
            );
        }
        check(
            "Reporters Without Borders said: “We are late.”",
            &[("We are late.", "Reporters Without Borders")],
        );
        check(
            "The Ministry of Defence and Ana Roe met. “We are late,” said Roe.",
            &[("We are late,", "Ana Roe")],
        );
    }

    #[test]
    fn an_office_goes_on_behind_the_article() {
        check(
            "The Chancellor of the Exchequer said: “We are late.”",
            &[("We are late.", "The Chancellor of the Exchequer")],
        );
    }

    #[test]
    fn a_title_may_stand_between_commas() {
        check(
            "The head of the unit, Chief Inspector, Mark Dent, said: “We are late.”",
            &[("We are late.", "Mark Dent")],
        );
    }
}
