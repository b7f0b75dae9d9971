//! Sources without a name: `the minister`, `residents`, `the statement`, `some`.

use std::ops::Range;

use super::finder::Finder;
use super::{Gender, Mention, MentionKind};
use crate::lexicon::{Classes, Form};
use crate::stream::Kind;
use crate::total::{Cut, Steps, Total};

/// Words of grammar, which head no description even where a list has them as nouns.
const BLOCKED: Classes = Classes::AUXILIARY
    .or(Classes::PREPOSITION)
    .or(Classes::CONJUNCTION)
    .or(Classes::SUBORDINATOR);

/// Words no verb vouches for.
pub(super) const GRAMMAR: Classes = BLOCKED
    .or(Classes::CUE)
    .or(Classes::ADVERB)
    .or(Classes::PRONOUN)
    .or(Classes::DETERMINER)
    .or(Classes::POSSESSIVE)
    .or(Classes::FUNCTION);

/// Parts of laws and treaties, which have numbers.
const PARTS: [&str; 7] = [
    "Annex",
    "Article",
    "Chapter",
    "Clause",
    "Paragraph",
    "Schedule",
    "Section",
];

/// Most words between the determiner of a phrase that a verb vouches for and its head.
pub(super) const VOUCHED: usize = 5;

impl Finder<'_> {
    /// Reads a description whose head is at `at`, or a word that stands for persons.
    pub(super) fn noun(
        &self,
        at: usize,
        range: Range<usize>,
        mentions: &mut Vec<Mention>,
    ) -> usize {
        let item = self.items.at(at);
        let source = item.has(Classes::SOURCE_NOUN) || item.word.head >= 4;
        let next = self
            .items
            .get(at.plus(1))
            .filter(|_| at.plus(1) < range.end);
        // Section 9 of the order, Clause 12 of the lease: what a law says stands in a part of it.
        let numbered =
            next.is_some_and(|next| next.kind == Kind::Number) && PARTS.contains(&self.word(at));
        if numbered {
            let last = at.plus(1);
            Self::push_description(
                self.described(at, at, last, MentionKind::Document, true),
                mentions,
            );
            return at.plus(2);
        }
        if source && !item.has(BLOCKED) {
            self.source_noun(at, &range, mentions);
            let written = self.where_written(at, &range, mentions);
            return written.unwrap_or(at.plus(1));
        }
        // At one point he laid it on the table.
        let measures = at > range.start && self.items.at(at.less(1)).has(Classes::PREPOSITION);
        if item.has(Classes::QUANTITY)
            && !measures
            && next.is_some_and(|next| {
                next.has(Classes::CUE.or(Classes::AUXILIARY))
                    || self.is(at.plus(1), Form::Of)
                    || next.is_punct(b',')
            })
        {
            Self::push_description(
                self.described(at, at, at, MentionKind::Quantity, false),
                mentions,
            );
            return at.plus(1);
        }
        if (self.reports || self.cites || self.judges) && item.is_lower() && !item.has(GRAMMAR) {
            self.vouched(at, &range, mentions);
        }
        at.plus(1)
    }

    /// Reads a description headed by a noun that the lists know as a source.
    fn source_noun(&self, at: usize, range: &Range<usize>, mentions: &mut Vec<Mention>) {
        let item = self.items.at(at);
        let next = self
            .items
            .get(at.plus(1))
            .filter(|_| at.plus(1) < range.end);
        // Mr Roe senior: it tells which Roe, where no noun follows.
        let which = at > range.start
            && self.items.at(at.less(1)).is_capital()
            && matches!(self.word(at), "senior" | "junior");
        if which {
            return;
        }
        // The head is the last of the nouns: police spokesman; not a title before a name.
        let noun_next = next.is_some_and(|next| {
            next.is_lower()
                && self.word(at.plus(1)) != "accused"
                && (next.has(Classes::SOURCE_NOUN) || next.word.head >= 4)
                && (!next.has(Classes::CUE) || self.is_compound(at.plus(1), range))
                && !self.is_possessive(at)
        });
        if noun_next {
            return;
        }
        let verb_use = item.has(Classes::STRONG)
            && at > range.start
            && !self
                .items
                .at(at.less(1))
                .has(Classes::DETERMINER.or(Classes::POSSESSIVE))
            && !self.is_compound(at, range);
        // Nine minutes later: a time, not what was written down.
        let time = at > range.start && {
            let before = self.items.at(at.less(1));
            let number = before.kind == Kind::Number || before.has(Classes::NUMERAL);
            number && self.word(at) == "minutes"
        };
        let other =
            self.is_participle(at, range) || self.counts(at, range) || self.is_matter_of(at);
        if verb_use || self.is_accusing(at) || time || other {
            return;
        }
        let (start, definite) = self.phrase_start(at, range);
        let (start, definite) = match self.capitals_before(start, at, range) {
            Some(whole) => {
                Self::drop_from(whole, mentions);
                (whole, self.is(whole, Form::The))
            }
            None => (start, definite),
        };
        let kind = if item.has(Classes::GROUP) {
            MentionKind::Group
        } else if item.has(Classes::OFFICE.or(Classes::KIN).or(Classes::HUMAN)) {
            MentionKind::Role
        } else if item.has(Classes::DOCUMENT) {
            MentionKind::Document
        } else if item.has(Classes::BODY) {
            MentionKind::Body
        } else {
            MentionKind::Thing
        };
        // The Stern report: there is no body called the Stern.
        if kind == MentionKind::Document
            && mentions.last().is_some_and(|before| {
                before.kind == MentionKind::Organization
                    && before.definite
                    && before.first as usize == start
                    && before.first.plus(1) == before.last
                    && (before.last as usize).plus(1) == at
                    && !self.items.at(before.last).has(Classes::ORG_HEAD)
            })
        {
            mentions.pop();
        }
        Self::push_description(self.described(start, at, at, kind, definite), mentions);
    }

    /// According to press and PR adviser Ana Roe: a body that is what somebody is in charge of.
    fn is_matter_of(&self, at: usize) -> bool {
        let [and, office, name] = [1, 3, 4].map(|far: usize| at.plus(far));
        let lower = |at: usize| self.items.get(at).filter(|item| item.is_lower());
        self.items.at(at).has(Classes::BODY)
            && at > 0
            && (self.is(at.less(1), Form::To) || self.items.at(at.less(1)).has(Classes::STRONG))
            && self.word(and) == "and"
            && lower(office).is_some_and(|office| office.has(Classes::OFFICE))
            && self.items.get(name).is_some_and(|name| {
                name.is_capital() && name.sentence == self.items.at(at).sentence
            })
    }

    /// Tells whether a word that stands for persons counts what stands behind it: One thing is sure.
    fn counts(&self, at: usize, range: &Range<usize>) -> bool {
        let grammar = BLOCKED
            .or(Classes::CUE)
            .or(Classes::ADVERB)
            .or(Classes::PRONOUN)
            .or(Classes::RELATIVE);
        self.word(at) == "One"
            && at.plus(1) < range.end
            && self.items.at(at.plus(1)).is_lower()
            && !self.items.at(at.plus(1)).has(grammar)
    }

    /// Tells whether `accused` is a verb: Roe's lawyer accused the council, Roe accused Lee, but: the accused
    pub(super) fn is_accusing(&self, at: usize) -> bool {
        if self.word(at) != "accused" || at == 0 {
            return false;
        }
        let (before, next) = (self.items.at(at.less(1)), self.items.at(at.plus(1)));
        let owns = Classes::DETERMINER.or(Classes::POSSESSIVE);
        let object = next.is_capital() || next.has(owns.or(Classes::PRONOUN));
        before.has(Classes::SOURCE_NOUN)
            || object
                && before.is_word()
                && !before.has(owns.or(Classes::PREPOSITION))
                && !self.is_possessive(at.less(1))
    }

    /// Tells whether a noun of the lists is a verb here: the court set it aside, finding that …
    fn is_participle(&self, at: usize, range: &Range<usize>) -> bool {
        let opens = at == range.start || self.items.at(at.less(1)).is_punct(b',');
        opens
            && self.word(at).ends_with("ing")
            && at.plus(1) < range.end
            && self.word(at.plus(1)) == "that"
    }

    /// Reads “the florist said” and “said the florist”: a noun no list has, vouched for by the verb.
    pub(super) fn vouched(&self, at: usize, range: &Range<usize>, mentions: &mut Vec<Mention>) {
        let next = self
            .items
            .get(at.plus(1))
            .filter(|_| at.plus(1) < range.end);
        if self.cites && self.is_according(at, range, mentions)
            || self.judges && self.is_agent(at, range, mentions)
            || !self.reports
        {
            return;
        }
        // That Xi personally announced it: an adverb is nobody.
        let word = self.word(at);
        let adverb = ["ally", "edly", "ingly", "ously"];
        if word.len() > 6 && adverb.iter().any(|ending| word.ends_with(ending)) {
            return;
        }
        let before_cue = next.is_some_and(|next| next.is_lower() && next.has(Classes::STRONG));
        let ends = next.is_none_or(|next| {
            !next.is_word() || next.has(Classes::PREPOSITION.or(Classes::RELATIVE))
        });
        let verb_before = || {
            let reach = range.start.max(at.saturating_sub(VOUCHED + 2))..at;
            self.items
                .cut(reach)
                .iter()
                .any(|item| item.has(Classes::STRONG))
        };
        // Another regular, who did not want to be named, said
        let relative = next.is_some_and(|next| next.is_punct(b','))
            && at.plus(2) < range.end
            && matches!(self.word(at.plus(2)), "who" | "whose");
        if !(before_cue || relative || ends && verb_before()) {
            return;
        }
        let mut start = at;
        while start > range.start && at.less(start) < VOUCHED && self.extends_left(start.less(1)) {
            start = start.less(1);
        }
        let determined = start > range.start
            && self
                .items
                .at(start.less(1))
                .has(Classes::DETERMINER.or(Classes::POSSESSIVE));
        let after_cue = ends
            && start > range.start.plus(1)
            && self.items.at(start.less(2)).has(Classes::STRONG);
        if determined && (before_cue || relative || after_cue) {
            let definite = self.is(start.less(1), Form::The);
            Self::push_description(
                self.described(start.less(1), at, at, MentionKind::Thing, definite),
                mentions,
            );
        }
    }

    /// Reads “according to papers filed with the court”: whatever comes after these words is a source.
    fn is_according(&self, at: usize, range: &Range<usize>, mentions: &mut Vec<Mention>) -> bool {
        let mut start = at;
        while start > range.start && at.less(start) < VOUCHED && self.extends_left(start.less(1)) {
            start = start.less(1);
        }
        let determiner = Classes::DETERMINER.or(Classes::POSSESSIVE);
        if start > range.start && self.items.at(start.less(1)).has(determiner) {
            start = start.less(1);
        }
        let follows = start >= range.start.plus(2)
            && self.is(start.less(1), Form::To)
            && self.word(start.less(2)).eq_ignore_ascii_case("according");
        let ends = self
            .items
            .get(at.plus(1))
            .filter(|_| at.plus(1) < range.end)
            .is_none_or(|next| {
                !next.is_word()
                    || next.has(
                        Classes::PREPOSITION
                            .or(Classes::RELATIVE)
                            .or(Classes::AUXILIARY),
                    )
                    || next.is_lower() && self.word(at.plus(1)).ends_with("ed")
            });
        if !(follows && ends) || self.word(at).ends_with("ed") {
            return false;
        }
        let definite = self.is(start, Form::The);
        Self::push_description(
            self.described(start, at, at, MentionKind::Thing, definite),
            mentions,
        );
        true
    }

    /// Reads “branded “a gift” by a Boston think tank”: whatever judges is a source.
    fn is_agent(&self, at: usize, range: &Range<usize>, mentions: &mut Vec<Mention>) -> bool {
        let next = self
            .items
            .get(at.plus(1))
            .filter(|_| at.plus(1) < range.end);
        let goes_on = Classes::PREPOSITION
            .or(Classes::RELATIVE)
            .or(Classes::SUBORDINATOR)
            .or(Classes::CONJUNCTION);
        if self.word(at).ends_with("ing")
            || next.is_some_and(|next| next.is_word() && !next.has(goes_on))
        {
            return false;
        }
        let mut start = at;
        while start > range.start
            && at.less(start) < VOUCHED
            && (self.extends_left(start.less(1)) || self.word(start.less(1)) == "think")
        {
            start = start.less(1);
        }
        let by = start.checked_sub(2).filter(|&by| by > range.start);
        let judged = by.is_some_and(|by| {
            let before = self.items.at(by.less(1));
            self.word(by) == "by" && (before.is_run() || before.has(Classes::JUDGING))
        });
        if !judged || !self.items.at(start.less(1)).has(Classes::DETERMINER) {
            return false;
        }
        let definite = self.is(start.less(1), Form::The);
        Self::push_description(
            self.described(start.less(1), at, at, MentionKind::Thing, definite),
            mentions,
        );
        true
    }

    pub(super) fn described(
        &self,
        start: usize,
        head: usize,
        last: usize,
        kind: MentionKind,
        definite: bool,
    ) -> Mention {
        Mention {
            first: start as u32,
            last: last as u32,
            name_first: head as u32,
            name_last: last as u32,
            kind,
            gender: Gender::of(Classes(
                self.items.at(head).word.classes.0 & (Classes::FEMALE.0 | Classes::MALE.0),
            )),
            possessive: self.is_possessive(last),
            definite,
            titled: false,
            person: None,
            introduced: None,
        }
    }

    /// Adds a description; names it swallows on its left (`Trump spokesman`) stay as mentions of their own.
    pub(super) fn push_description(mention: Mention, mentions: &mut Vec<Mention>) {
        while mentions
            .last()
            .is_some_and(|before| before.first >= mention.first && before.kind.is_description())
        {
            mentions.pop();
        }
        // Leader of the opposition Mairead Keane accused him: no accused of the opposition.
        let cuts = |before: &Mention| before.first < mention.first && mention.first <= before.last;
        if mentions
            .last()
            .is_some_and(|before| before.titled && cuts(before))
        {
            return;
        }
        Self::lend(&mention, mentions);
        mentions.push(mention);
    }

    /// Marks the name that `mention` begins with as belonging to it: “Clinton ally James Carville said”.
    pub(super) fn lend(mention: &Mention, mentions: &mut [Mention]) {
        if let Some(before) = mentions.last_mut()
            && before.last >= mention.first
            && before.last < mention.name_first
        {
            before.possessive = true;
        }
    }
}
