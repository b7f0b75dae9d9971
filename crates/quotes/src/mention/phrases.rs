//! Where a noun phrase begins: with whose somebody is, with the name of a body, behind a verb.

use std::ops::Range;

use super::descriptions::VOUCHED;
use super::finder::{Finder, STOPS_NAME};
use crate::lexicon::{Classes, Form};
use crate::stream::Kind;
use crate::total::{Steps, Total};

impl Finder<'_> {
    /// Where the noun phrase headed by `at` begins, and whether it means somebody known.
    pub(super) fn phrase_start(&self, at: usize, range: &Range<usize>) -> (usize, bool) {
        let item = self.items.at(at);
        let mut start = at;
        while start > range.start
            && at.less(start) < 8
            && (self.extends_left(start.less(1))
                || start == at && (self.is_noun_before(at, range) || self.is_first(at, range)))
            && self.items.at(start.less(1)).sentence == item.sentence
            && !self.is_past(start.less(1), range)
            && !self.is_counted(start, range)
        {
            start = start.less(1);
            if self.is_possessive(start) {
                start = self.owner_start(start, at, range);
                break;
            }
        }
        start = self.joined_start(start, at, range).unwrap_or(start);
        // The “Paper Raincoat” star: a title or a name in marks before the head.
        if item.has(Classes::OFFICE.or(Classes::HUMAN))
            && start > range.start.plus(1)
            && self.items.at(start.less(1)).is_run()
            && self.items.at(start.less(2)).has(Classes::DETERMINER)
            && self
                .items
                .at(start.less(1))
                .end
                .less(self.items.at(start.less(1)).start)
                <= 60
        {
            start = start.less(1);
        }
        let mut definite = false;
        if start > range.start
            && self.items.at(start.less(1)).has(
                Classes::DETERMINER
                    .or(Classes::POSSESSIVE)
                    .or(Classes::QUANTITY),
            )
            && self.items.at(start.less(1)).is_word()
        {
            start = start.less(1);
            definite = self.is(start, Form::The) || self.items.at(start).has(Classes::POSSESSIVE);
        } else if (start..at).any(|at| self.is_possessive(at)) {
            definite = true;
        }
        (start, definite)
    }

    /// Tells whether a word is the verb of a name or of several before it: Roe rallied supporters · The students dropped
    /// leaflets.
    fn is_past(&self, at: usize, range: &Range<usize>) -> bool {
        at > range.start
            && self.items.at(at).is_lower()
            && self.word(at).ends_with("ed")
            && !self.word(at).contains('-')
            && (self.items.at(at.less(1)).is_capital()
                || self.items.at(at.less(1)).has(Classes::PRONOUN)
                || self.items.at(at.less(1)).has(Classes::GROUP)
                    && self.word(at.less(1)).ends_with('s'))
            && !self
                .items
                .at(at.less(1))
                .has(Classes::DETERMINER.or(Classes::POSSESSIVE))
            && !self.is_possessive(at.less(1))
    }

    /// Tells whether a number before a noun follows a verb: the firm employs 700 workers.
    fn is_counted(&self, at: usize, range: &Range<usize>) -> bool {
        at > range.start
            && self.items.at(at).kind == Kind::Number
            && self.items.at(at.less(1)).is_lower()
            && self.word(at.less(1)).ends_with('s')
    }

    /// Tells whether the word before an office is its rank behind whose it is: Scotland's first minister.
    fn is_first(&self, at: usize, range: &Range<usize>) -> bool {
        let owner = |owner: usize| {
            let classes = Classes::DETERMINER.or(Classes::POSSESSIVE);
            self.items.at(owner).has(classes) || self.is_possessive(owner)
        };
        self.items.at(at).has(Classes::OFFICE)
            && at > range.start.plus(1)
            && self.word(at.less(1)) == "first"
            && owner(at.less(2))
    }

    /// Where a phrase begins that `and` joins to the one from `start` to the head `at`, if both are one person's: the
    /// feminist writer and broadcaster said · says co-author and ecologist Ana Roe. Not: a mother and son · the driver and
    /// the cyclist.
    pub(super) fn joined_start(
        &self,
        start: usize,
        at: usize,
        range: &Range<usize>,
    ) -> Option<usize> {
        let and = start.checked_sub(1).filter(|&and| {
            and > range.start && self.items.at(and).is_lower() && self.word(and) == "and"
        })?;
        let one = and.less(1);
        let somebody = |at: usize| {
            let item = self.items.at(at);
            item.has(Classes::OFFICE.or(Classes::HUMAN))
                && !item.has(Classes::KIN.or(Classes::GROUP))
        };
        let other = Classes::CUE.or(Classes::BODY).or(Classes::ANY_GIVEN);
        if !somebody(one)
            || !somebody(at)
            || self.items.at(one).has(other)
            || self.is_possessive(one)
            || !(self.items.at(one).is_lower() || self.opens_sentence(one, range))
        {
            return None;
        }
        let mut first = one;
        while first > range.start
            && one.less(first) < VOUCHED
            && self.extends_left(first.less(1))
            && !self.opens_sentence(first, range)
        {
            first = first.less(1);
        }
        let begins = self.opens_sentence(first, range) || {
            let before = self.items.at(first.less(1));
            before.is_word() && before.has(Classes::DETERMINER)
                || before.is_lower() && before.has(Classes::STRONG)
        };
        begins.then_some(first)
    }

    /// Tells whether the word before a head is a noun that is a reporting verb elsewhere: the PC display manufacturers.
    fn is_noun_before(&self, at: usize, range: &Range<usize>) -> bool {
        let Some(noun) = at.checked_sub(1).filter(|&noun| noun > range.start.plus(1)) else {
            return false;
        };
        let item = self.items.at(noun);
        let before = noun.less(1);
        let article = self.items.at(noun.less(2));
        item.is_lower()
            && item.has(Classes::WEAK)
            && !item.has(
                Classes::STRONG
                    .or(Classes::PREPOSITION)
                    .or(Classes::AUXILIARY),
            )
            && !self.word(noun).ends_with(['s', 'd', 'g'])
            && self.items.at(before).is_word()
            && self.extends_left(before)
            && !self.word(before).ends_with('s')
            && article.is_word()
            && article.has(Classes::DETERMINER)
    }

    /// Where the words begin that say whose somebody at `at` is, of which the last one stands at `owner`: South Korea's
    /// unification minister, the deputy prime minister's office. Not: But Peter Roe's mother said.
    fn owner_start(&self, owner: usize, at: usize, range: &Range<usize>) -> usize {
        const LONGEST: usize = 10;
        let mut start = owner;
        if self.items.at(owner).is_capital() {
            while start > range.start
                && self.items.at(start).is_capital()
                && self.items.at(start.less(1)).is_capital()
                && !self.opens_sentence_only(start.less(1), range)
                && !self.items.at(start.less(1)).has(STOPS_NAME)
                && at.less(start) < LONGEST
            {
                start = start.less(1);
            }
            // The Bank of England's governor
            let whole = start.checked_sub(2).filter(|&head| {
                let item = self.items.at(head);
                head > range.start
                    && self.is(start.less(1), Form::Of)
                    && item.is_capital()
                    && item.has(Classes::OFFICE.or(Classes::ORG_HEAD))
                    && self.is(head.less(1), Form::The)
            });
            return whole.unwrap_or(start);
        }
        while start > range.start
            && at.less(start) < LONGEST
            && self.items.at(start.less(1)).is_lower()
            && (self.extends_left(start.less(1)) || self.is_first(start, range))
            && !self.is_possessive(start.less(1))
        {
            start = start.less(1);
        }
        let determined = start > range.start
            && self
                .items
                .at(start.less(1))
                .has(Classes::DETERMINER.or(Classes::POSSESSIVE));
        if determined { start } else { owner }
    }

    /// Where the capitals before a phrase from `start` to its head begin, with their article, if they are one name that
    /// words link: A Department of Health spokeswoman · The Bread for All charity · A Food and Drink Council spokesman.
    pub(super) fn capitals_before(
        &self,
        start: usize,
        head: usize,
        range: &Range<usize>,
    ) -> Option<usize> {
        const LONGEST: usize = 12;
        let item = self.items.at(head);
        let linked = |at: usize| {
            matches!(
                self.word(at),
                "of" | "for" | "at" | "against" | "and" | "on" | "to" | "the" | "without"
            )
        };
        let capital = |at: usize| self.items.at(at).is_capital();
        let article = |at: usize| {
            matches!(self.word(at), "a" | "an" | "the")
                || matches!(self.word(at), "A" | "An" | "The") && self.opens_sentence(at, range)
        };
        // A Ministry of Youth, Culture and Sport spokesman: the phrase ends at a link.
        let near = start.checked_sub(1).filter(|&near| near > range.start)?;
        if !(capital(start) && start < head
            || self.items.at(start).kind == Kind::Number
            || capital(near))
            || !item.is_lower()
            || article(start)
        {
            return None;
        }
        // A Roe & Sons spokesman
        let mut firm = false;
        let (mut place, mut links, mut and, mut comma) = (start, false, false, false);
        while place > range.start && head.less(place) < LONGEST {
            let before = place.less(1);
            let other = self.items.at(before);
            if other.sentence != item.sentence || article(before) && capital(place) {
                break;
            }
            if linked(before) && other.is_lower() {
                links |= self.word(before) != "and";
                and |= self.word(before) == "and";
            } else if other.is_punct(b'&') {
                firm = true;
            } else if other.is_punct(b',') && and {
                comma = true;
            } else if !other.is_capital() || self.is_possessive(before) {
                return None;
            }
            place = before;
        }
        let article = place
            .checked_sub(1)
            .filter(|&at| at >= range.start && article(at) && place < start)?;
        let first = self.items.at(place);
        let ministry = first.has(Classes::ORG_HEAD);
        // The Doctors Without Cars group
        let inner =
            (place..start).any(|at| capital(at) && self.items.at(at).has(Classes::PREPOSITION));
        let body = item.has(Classes::BODY.or(Classes::NAMED_BODY)) && !first.has(Classes::OFFICE);
        let named = if firm {
            !links && !and
        } else if links || inner {
            ministry || body && !comma
        } else {
            // A Trade and Energy Department spokesman
            and && !comma && self.items.at(head.less(1)).has(Classes::ORG_HEAD)
        };
        (named && capital(place)).then_some(article)
    }

    /// Tells whether a noun that is a reporting verb elsewhere stands behind other nouns as their head: the Harlan report
    /// said · a police warning about floods · Judge Roe's report. Not: the Greens report losses.
    pub(super) fn is_compound(&self, at: usize, range: &Range<usize>) -> bool {
        let item = self.items.at(at);
        if !item.is_lower() || !item.has(Classes::DOCUMENT) || at == range.start {
            return false;
        }
        if self.is_possessive(at.less(1)) {
            return true;
        }
        let mut start = at;
        while start > range.start && at.less(start) < VOUCHED && self.extends_left(start.less(1)) {
            start = start.less(1);
        }
        let Some(article) = start.checked_sub(1).filter(|&article| {
            start < at && article >= range.start && self.items.at(article).has(Classes::DETERMINER)
        }) else {
            return false;
        };
        let next = self
            .items
            .get(at.plus(1))
            .filter(|_| at.plus(1) < range.end);
        let verb = next.is_some_and(|next| {
            next.is_lower()
                && (next.has(Classes::AUXILIARY)
                    || next.has(Classes::STRONG) && !next.has(Classes::PREPOSITION))
        });
        let one = matches!(self.word(article), "a" | "an" | "A" | "An");
        let ing = self.word(at).ends_with("ing");
        let joined = next.is_some_and(|next| next.has(Classes::PREPOSITION));
        let said = article > range.start
            && self.items.at(article.less(1)).has(Classes::STRONG)
            && next.is_none_or(|next| !next.is_word());
        verb || said || one && (!ing || joined)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    /// Expects that words are given to whoever is said to say them, as written.
    fn said_by(sources: &[&str]) {
        for who in sources {
            let opening = format!("{}{}", who[..1].to_uppercase(), &who[1..]);
            check(
                &format!("{opening} said: “We are late.”"),
                &[("We are late.", &opening)],
            );
        }
    }

    #[test]
    fn a_source_has_the_whole_name_of_its_body() {
        said_by(&[
            "a Department of Health spokesman",
            "a Department for Trade, Energy and Farming spokeswoman",
            "a Food and Drink Council spokeswoman",
            "a spokesman for the Department for Trade, Energy and Farming",
            "the Bread for All charity",
            "the Work at 60 campaign",
            "the Bank of England’s governor",
            "a Marks & Roe spokesman",
            "the Sun newspaper",
        ]);
    }

    #[test]
    fn whose_somebody_is_may_have_several_words() {
        said_by(&[
            "the prime minister’s office",
            "the deputy prime minister’s spokesman",
            "the first minister’s spokesman",
            "the dead man’s brother",
        ]);
        for opener in ["But", "Meanwhile", "Yesterday", "However", "On Monday"] {
            check(
                &format!("{opener} Peter Lund’s mother said: “We are late.”"),
                &[("We are late.", "Peter Lund’s mother")],
            );
        }
    }

    #[test]
    fn a_report_is_no_verb_behind_its_name() {
        said_by(&["the Harlan report", "Mr Smit’s report", "a Treasury report"]);
        check(
            "“We are late,” the Stern review said.",
            &[("We are late,", "the Stern review")],
        );
        check(
            "The Greens report that the sea is “not a sewer”.",
            &[("not a sewer", "Greens")],
        );
    }

    #[test]
    fn a_phrase_has_no_verb() {
        check(
            "The firm employs 700 workers who say: “We are late.”",
            &[("We are late.", "700 workers")],
        );
        said_by(&["the PC display manufacturers", "the shoe makers"]);
    }

    #[test]
    fn two_words_for_somebody_are_one_description() {
        said_by(&[
            "the feminist writer and broadcaster",
            "the dentist and amateur painter",
        ]);
        check(
            "Jane Lund left the house. The feminist writer and broadcaster said: “We are late.”",
            &[("We are late.", "Jane Lund")],
        );
        for who in [
            "co-author and Australian marine ecologist Dr",
            "the writer and broadcaster",
        ] {
            check(
                &format!("“We are late,” says {who} Peter Lund."),
                &[("We are late,", "Peter Lund")],
            );
        }
        check(
            "Peter Lund came. Scotland’s first minister said: “We are late.”",
            &[("We are late.", "Peter Lund")],
        );
    }

    #[test]
    fn nouns_that_end_as_adverbs_are_part_of_a_phrase() {
        said_by(&["the assembly government", "the Harlan Daily newspaper"]);
    }
}
