//! Runs of capitalised words: how far a name goes, and what of it is title, modifier and name.

use std::ops::Range;

use memchr::memmem;
use smallvec::SmallVec;

use super::finder::{Finder, STOPS_NAME};
use super::{Mention, MentionKind};
use crate::lexicon::{Classes, Form};
use crate::stream::{Kind, Shape};
use crate::total::{Cut, Steps, Total};

/// Bytes before a name in which it is looked for: a text may be nothing but such names.
pub(super) const NEAR: usize = 32 << 10;

/// Words that make an office another one, though they stand before names as well.
pub(super) const RANKS: [&str; 4] = ["Deputy", "Vice", "Assistant", "Acting"];

/// What dignitaries are called by, after his or her.
pub(crate) const HONOURS: [&str; 11] = [
    "Worship",
    "Honour",
    "Honor",
    "Majesty",
    "Excellency",
    "Highness",
    "Holiness",
    "Eminence",
    "Grace",
    "Lordship",
    "Ladyship",
];

impl Finder<'_> {
    /// Reads a run of capitalised words as one or two mentions.
    pub(super) fn capitals(
        &self,
        at: usize,
        range: Range<usize>,
        mentions: &mut Vec<Mention>,
    ) -> usize {
        let mut end = at;
        let mut has_org = false;
        let mut caps: SmallVec<[usize; 8]> = SmallVec::new();
        while end < range.end {
            let item = self.items.at(end);
            if item.is_capital() {
                // Headlines: Hollande Says Trump, Trump Is Now Calling.
                if !caps.is_empty() && self.ends_name(end) {
                    break;
                }
                if end > at
                    && (self.items.at(end.less(1)).end as usize).plus(3) < item.start as usize
                    && !self.items.at(end.less(1)).is_run()
                {
                    break;
                }
                has_org |= item.has(Classes::ORG_HEAD);
                caps.push(end);
                end = end.plus(1);
                // A possessive ends the name: Trump's Lawyer.
                if self.is_possessive(end.less(1)) {
                    break;
                }
                continue;
            }
            if caps.is_empty() && item.has(Classes::PARTICLE) {
                end = end.plus(1);
                continue;
            }
            let skipped = self.link(end, caps.len(), has_org, &range);
            has_org |= skipped > 0 && item.is_punct(b'&');
            if skipped == 0 {
                break;
            }
            end = end.plus(skipped);
        }
        if let Some(last) = caps.last() {
            end = last.plus(1);
            match self.figure_after(&caps, &range) {
                Some(figure) => {
                    end = figure.plus(1);
                    self.with_figure(&caps, figure, &range, mentions);
                }
                None => self.name(&caps, range, mentions),
            }
        }
        end.max(at.plus(1))
    }

    /// A capitalised word that only a headline puts after a name.
    pub(super) fn ends_name(&self, at: usize) -> bool {
        let item = self.items.at(at);
        if item.kind == Kind::Word(Shape::Initial)
            || item.has(
                Classes::ANY_GIVEN
                    .or(Classes::FAMILY_FIRST)
                    .or(Classes::ORG_HEAD),
            )
            || self.is_initial(at)
        {
            return false;
        }
        let grammar = Classes::AUXILIARY
            .or(Classes::DETERMINER)
            .or(Classes::PRONOUN)
            .or(Classes::SUBORDINATOR)
            .or(Classes::POSSESSIVE);
        let particle = item.has(Classes::PARTICLE);
        let verb = item.has(Classes::CUE)
            && self.word(at).ends_with(['s', 'd', 'g'])
            && !item.has(Classes::SOURCE_NOUN);
        // Silvanus Ochieng Were, who died: inside a sentence of small letters it is a family name.
        let family = item.has(Classes::AUXILIARY)
            && item.kind == Kind::Word(Shape::Capital)
            && self.items.get(at.plus(1)).is_some_and(|next| {
                next.is_punct(b',') || next.is_lower() && next.has(Classes::STRONG)
            });
        // Doctors Without Borders
        let inside = self.is(at, Form::Of) || self.word(at) == "Without";
        item.has(grammar) && !particle && !family
            || item.has(Classes::PREPOSITION) && !particle && !inside
            || verb
    }

    /// Peter A Roe: an initial without its dot, whatever word it is elsewhere.
    fn is_initial(&self, at: usize) -> bool {
        let item = self.items.at(at);
        let beside = |at: usize| {
            self.items
                .get(at)
                .filter(|beside| beside.sentence == item.sentence)
        };
        item.kind == Kind::Word(Shape::Capital)
            && item.end.less(item.start) == 1
            && at
                .checked_sub(1)
                .and_then(beside)
                .is_some_and(|given| given.is_capital() && given.has(Classes::ANY_GIVEN))
            && beside(at.plus(1)).is_some_and(|next| next.kind == Kind::Word(Shape::Capital))
    }

    /// “The President said”, the Deputy Minister, and the label `HON. SPEAKER` of a transcript.
    fn is_lone_title(&self, name: usize, title: &[usize], definite: bool) -> bool {
        let item = self.items.at(name);
        if !self.is_title(name) || item.has(Classes::ANY_GIVEN) {
            return false;
        }
        let honorific = |&at: &usize| self.items.at(at).has(Classes::HONORIFIC);
        let label = || item.kind == Kind::Word(Shape::Upper) && title.iter().all(honorific);
        // Deputy Minister, the Chief Constable, but Captain Baker, Dean Baker.
        let person = |at: &usize| honorific(at) && !RANKS.contains(&self.word(*at));
        let office = |&at: &usize| self.items.at(at).has(Classes::OFFICE);
        // Mr Speaker, Madam President: whom they preside over addresses them so.
        let chair = || {
            title
                .iter()
                .all(|&at| matches!(self.word(at), "Mr" | "Madam" | "Mister"))
                && matches!(
                    self.word(name),
                    "Speaker" | "Chairman" | "Chairwoman" | "Chairperson" | "Chair" | "President"
                )
        };
        title.is_empty()
            || label()
            || office(&name)
                && (definite && title.iter().all(office) || chair() || !title.iter().any(person))
    }

    /// The Prime Minister, the Foreign Secretary, Deputy Chief Constable: an office in capitals with the words that tell
    /// which one.
    fn is_office(&self, name: &[usize], title: &[usize], definite: bool) -> bool {
        let [which @ .., head] = name else {
            return false;
        };
        let named = Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST);
        let office = |at: &usize| self.items.at(*at).has(Classes::OFFICE);
        let plain = |at: &usize| {
            let item = self.items.at(*at);
            !item.has(named) && matches!(item.kind, Kind::Word(Shape::Capital | Shape::Upper))
        };
        let touching = name.head().plus(name.len()) == head.plus(1);
        !which.is_empty()
            && touching
            && office(head)
            && !self.items.at(*head).has(named.or(Classes::ORG_HEAD))
            && title
                .iter()
                .all(|at| office(at) || self.word(*at) == "Chief")
            && which.iter().all(plain)
            && (definite || which.iter().all(office))
    }

    /// “Said Rosa Lind: …”: a verb that opens the sentence, before a given name, or before whom the article named.
    fn reports(&self, caps: &[usize]) -> bool {
        let [first, next, ..] = *caps else {
            return false;
        };
        let opens =
            first == 0 || self.items.at(first.less(1)).sentence != self.items.at(first).sentence;
        self.items.at(first).has(Classes::STRONG)
            && next == first.plus(1)
            && opens
            && match caps.len() {
                2 => self.is_known_before(first, next),
                _ => self.items.at(next).has(Classes::ANY_GIVEN),
            }
    }

    /// “Said Roe: …”, where Roe was named before, and nobody is Said Roe.
    fn is_known_before(&self, first: usize, next: usize) -> bool {
        let (item, name) = (self.items.at(first), self.items.at(next));
        let start = item.start as usize;
        let text = self.text.as_bytes();
        let before = text.cut(start.less(NEAR)..start);
        let whole = text.cut(start..name.end as usize);
        self.items
            .get(next.plus(1))
            .is_some_and(|stop| stop.is_punct(b':') || stop.is_punct(b','))
            && memmem::find(before, self.word(next).as_bytes()).is_some()
            && memmem::find(before, whole).is_none()
    }

    /// The Finn said: somebody by where he is from. The French are many.
    fn is_national(&self, at: usize) -> bool {
        let item = self.items.at(at);
        let many = ["s", "ese", "ish", "ch", "sh"];
        item.has(Classes::DEMONYM)
            && self.is(at.less(1), Form::The)
            && !many.iter().any(|ending| self.word(at).ends_with(ending))
            && self.items.get(at.plus(1)).is_none_or(|next| {
                !next.is_word()
                    || next.is_lower()
                        && next.has(
                            Classes::CUE
                                .or(Classes::AUXILIARY)
                                .or(Classes::RELATIVE)
                                .or(Classes::ADVERB),
                        )
            })
    }

    /// The Tory proposals: the word for a member says whose something is.
    fn is_of_party(&self, at: usize) -> bool {
        let member = matches!(
            self.word(at),
            "Tory"
                | "Conservative"
                | "Liberal"
                | "Democrat"
                | "Republican"
                | "Socialist"
                | "Communist"
        );
        member
            && self.items.get(at.plus(1)).is_some_and(|next| {
                next.is_lower()
                    && !next.has(super::descriptions::GRAMMAR)
                    && !self.word(at.plus(1)).ends_with("ed")
            })
    }

    /// Reads capitals that name nobody but say who is meant: Her Worship, the President, the Foreign Secretary,
    /// Democrats.
    fn dignitary(
        &self,
        name: &[usize],
        title: &[usize],
        start: usize,
        definite: bool,
    ) -> Option<Mention> {
        let (first, last) = (*name.head(), *name.tail());
        let from = start.less(usize::from(definite));
        if definite && start == first && HONOURS.contains(&self.word(first)) {
            let gender = self.single(from, MentionKind::Possessive).gender;
            let role = self.described(from, first, last, MentionKind::Role, definite);
            return Some(Mention { gender, ..role });
        }
        // A lone title: “the President said”, “Prime Minister”.
        let lone = name.len() == 1 && self.is_lone_title(first, title, definite);
        if lone || self.is_office(name, title, definite) {
            return Some(self.described(from, last, last, MentionKind::Role, definite));
        }
        // Commissioner of Police, the Duke of Omena, Chancellor of the Exchequer: an office with what it is of.
        if let [.., office] = *title
            && name.len() == 1
            && (first == office.plus(2)
                || first == office.plus(3) && self.is(first.less(1), Form::The))
            && self.is(office.plus(1), Form::Of)
            && self.items.at(office).has(Classes::OFFICE)
        {
            return Some(self.described(from, office, last, MentionKind::Role, definite));
        }
        if definite && start == first && name.len() == 1 && self.is_national(first) {
            return Some(self.described(from, first, first, MentionKind::Role, definite));
        }
        // Hon. Members
        let courtesy = |&at: &usize| matches!(self.word(at), "Hon" | "Honourable" | "Honorable");
        let group = name.len() == 1
            && title.iter().all(courtesy)
            && self.items.at(first).has(Classes::GROUP)
            && !self.items.at(first).has(Classes::ANY_GIVEN);
        group.then(|| self.described(start, first, last, MentionKind::Group, definite))
    }

    /// Leaves out days and months at the ends, and sentence openers before a name.
    pub(super) fn without_openers<'c>(
        &self,
        caps: &'c [usize],
        range: &Range<usize>,
    ) -> &'c [usize] {
        let (mut first, mut last) = (0, caps.len());
        let is_named = |last: usize| {
            let end = *caps.at(last.less(1));
            // Sarah March said, but: with Sarah March 3.
            let given = last > 1
                && self
                    .items
                    .at(*caps.at(last.less(2)))
                    .has(Classes::ANY_GIVEN);
            let dated = self
                .items
                .get(end.plus(1))
                .is_some_and(|next| next.kind == Kind::Number);
            self.items
                .at(end)
                .has(Classes::WORD_TOO.or(Classes::ANY_GIVEN))
                || given && !dated
        };
        while last > first
            && self.items.at(*caps.at(last.less(1))).has(STOPS_NAME)
            && !is_named(last)
        {
            last = last.less(1);
        }
        while last > first.plus(1)
            && (self.items.at(*caps.at(first)).has(STOPS_NAME)
                && !self.items.at(*caps.at(first)).has(Classes::ANY_GIVEN)
                || first == 0
                    && (self.opens_sentence_only(*caps.head(), range) || self.reports(caps)))
        {
            first = first.plus(1);
        }
        caps.cut(first..last)
    }

    /// Finds the last word of the title among the words of a name.
    fn end_of_title(&self, caps: &[usize]) -> Option<usize> {
        // The Association of Chief Police Officers
        let [head, end] = [*caps.head(), *caps.tail()].map(|at| self.items.at(at));
        let of_many = head.has(Classes::ORG_HEAD)
            && !head.has(Classes::OFFICE.or(Classes::ANY_GIVEN))
            && end.has(Classes::GROUP)
            && !end.has(Classes::ANY_GIVEN)
            && self.is(caps.head().plus(1), Form::Of);
        if of_many {
            return None;
        }
        // The last office or honorific before the end splits title from name.
        let split = (0..caps.len().less(1)).rev().find(|&place| {
            // Jacky Pak Chi-ho, Sohail Mirza Baig, Hassan Sheikh Mohamud: after a given name it is a name itself.
            let honorific = self.items.at(*caps.at(place));
            let after_given = place > 0
                && self
                    .items
                    .at(*caps.at(place.less(1)))
                    .has(Classes::ANY_GIVEN)
                && honorific.has(Classes::HONORIFIC)
                && (!honorific.has(Classes::OFFICE.or(Classes::RANK_ABBREVIATION))
                    || self.word(*caps.at(place)) == "Sheikh");
            // Tan Sri Ana Roe
            let tan =
                self.word(*caps.at(place)) == "Sri" && self.word(caps.at(place).less(1)) == "Tan";
            // Sultan bin Rashid: whoever has a father has a name.
            let son = caps.at(place).plus(1);
            let fathered = matches!(self.word(son), "bin" | "ibn" | "bint" | "binti");
            // The UN General Assembly, but: said General Law
            let which = place > 0 || self.is(caps.at(place).less(1), Form::The);
            let body = which
                && matches!(self.word(*caps.at(place)), "General" | "Major")
                && matches!(caps.cut(place.plus(1)..), [head] if {
                    let head = self.items.at(*head);
                    head.has(Classes::ORG_HEAD) && !head.has(Classes::ANY_GIVEN)
                });
            self.is_title(*caps.at(place)) && (!after_given || tan) && !fathered && !body
        });
        // Don Roe, Doña Chole: before a single name the title is part of it.
        split.filter(|&split| {
            let courtesy = matches!(self.word(*caps.at(split)), "Don" | "Doña" | "Dona");
            !(courtesy && split.plus(2) == caps.len())
        })
    }

    /// Settles what the capitalised items `caps` (in order) are.
    fn name(&self, caps: &[usize], range: Range<usize>, mentions: &mut Vec<Mention>) {
        let caps = self.without_openers(caps, &range);
        if caps.is_empty() {
            return;
        }
        let post = self.post(caps, &range);
        let caps = post.map_or(caps, |(place, _)| caps.cut(place..));
        let split = self.end_of_title(caps);
        let (title, name) = match split {
            Some(split) => {
                let joined = caps.at(split).plus(1);
                let after_of = self.is(joined, Form::Of);
                let rest = caps.cut(split.plus(1)..);
                // President of the European Commission Ana Roe, Labour MP for Harwick South Ana Roe
                let behind = (after_of || self.is(joined, Form::For))
                    .then(|| self.name_behind(rest, &range))
                    .flatten();
                let skip = match behind {
                    Some(place) => place,
                    None if after_of && rest.len() > 1 => 1,
                    None => self.pageant(*caps.at(split), rest),
                };
                let skip = skip.plus(1);
                (caps.cut(..split.plus(skip)), caps.cut(split.plus(skip)..))
            }
            None => (caps.cut(..0), caps),
        };
        let (modifiers, name) = self.strip_modifiers(name, title.is_empty());
        let first_item = title
            .first()
            .or(modifiers.first())
            .copied()
            .unwrap_or(*name.head());
        let (mut start, lower_title) = match post {
            Some((_, office)) => (self.title_start(office, office, &range), true),
            None => self.title_before(first_item, &range),
        };
        if post.is_some() {
            // Ports and North Carolina are of the minister's.
            Self::drop_from(start, mentions);
        }
        let mut titled = !title.is_empty() || lower_title;
        // The governor’s Chief Press Secretary
        let owned = start > range.start && self.is_possessive(start.less(1));
        let definite = start > range.start
            && (self.is(start.less(1), Form::The)
                || self.items.at(start.less(1)).has(Classes::POSSESSIVE)
                || owned && title.iter().any(|&at| self.word(at) == "Chief"));
        let name_start = self.with_particles(*name.head(), &range);
        let last = *name.tail();
        if definite && name.len() == 1 && self.is_of_party(last) {
            return;
        }
        if let Some(mention) = self.dignitary(name, title, start, definite) {
            mentions.push(mention);
            return;
        }
        let kind = self.kind_of(name, title, titled, definite);
        if matches!(kind, MentionKind::Organization | MentionKind::Place) {
            // “White House spokesman Roe”: nothing more to say; “the Labour Party”.
            start = if definite { start.less(1) } else { start };
            titled = false;
        }
        let title_classes = title
            .iter()
            .chain(modifiers)
            .fold(Classes::default(), |all, &at| {
                all.or(self.items.at(at).word.classes)
            });
        let gender = self.gender(name, title_classes, start, first_item);
        let mention = Mention {
            first: start.min(name_start) as u32,
            last: last as u32,
            name_first: name_start as u32,
            name_last: last as u32,
            kind,
            gender,
            possessive: self.is_possessive(last),
            definite,
            titled,
            person: None,
            introduced: None,
        };
        Self::push_name(mention, mentions);
    }

    /// Drops the mentions from an item on.
    pub(super) fn drop_from(start: usize, mentions: &mut Vec<Mention>) {
        while mentions
            .last()
            .is_some_and(|before| before.first as usize >= start)
        {
            mentions.pop();
        }
    }

    /// Adds a name: “Clinton campaign manager Robby Mook”: what stood as a description before it is its title.
    pub(super) fn push_name(mention: Mention, mentions: &mut Vec<Mention>) {
        while mentions
            .last()
            .is_some_and(|before| before.last >= mention.first && before.kind.is_description())
        {
            mentions.pop();
        }
        Self::lend(&mention, mentions);
        mentions.push(mention);
    }
}
