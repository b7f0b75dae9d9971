//! What a capitalised run names: a person, a place, an organisation; and the gender its words imply.

use compact_str::CompactString;

use super::finder::Finder;
use super::{Gender, MentionKind};
use crate::lexicon::{Classes, Form, Lexicon};
use crate::stream::{Item, Kind, Shape};
use crate::total::{Cut, Steps, Total};

impl Finder<'_> {
    pub(super) fn gender(
        &self,
        name: &[usize],
        title: Classes,
        start: usize,
        first: usize,
    ) -> Gender {
        let before = (start..first).fold(Classes::default(), |all, at| {
            all.or(self.items.at(at).word.classes)
        });
        let titled = Classes(title.or(before).0 & (Classes::FEMALE.0 | Classes::MALE.0));
        match Gender::of(titled) {
            // Professor Alba, Dr. Clark: given names elsewhere.
            Gender::Unknown if name.len() == 1 && start < *name.head() => Gender::Unknown,
            // Nguyen Thi Hoa
            Gender::Unknown
                if name.len() > 2
                    && self.items.at(*name.head()).has(Classes::FAMILY_FIRST)
                    && self.word(*name.at(1_usize)) == "Thi" =>
            {
                Gender::Female
            }
            Gender::Unknown => {
                let first = self.items.at(*name.head()).word.classes;
                let given = if first.has(Classes::FAMILY_FIRST)
                    && !first.has(Classes::ANY_GIVEN)
                    && name.len() > 1
                {
                    self.items.at(*name.tail()).word.classes
                } else {
                    first
                };
                Gender::of(Classes(given.0 & (Classes::GIVEN_F.0 | Classes::GIVEN_M.0)))
            }
            gender => gender,
        }
    }

    /// Steven Law, Laurence H. Tribe: a head of bodies that is somebody's family name. The River Agency is nobody called
    /// River.
    fn is_given_before_head(&self, name: &[usize]) -> bool {
        let first = self.items.at(*name.head());
        let short = name.len() == 2
            || name.len() == 3
                && self.items.at(*name.at(1_usize)).kind == Kind::Word(Shape::Initial);
        first.has(Classes::ANY_GIVEN) && short && !first.has(Classes::PLACE)
    }

    /// Settles the kind of a capitalised run without its titles.
    pub(super) fn kind_of(
        &self,
        name: &[usize],
        title: &[usize],
        titled: bool,
        definite: bool,
    ) -> MentionKind {
        let items = |at: &usize| self.items.at(*at);
        let first = items(name.head());
        let last = items(name.tail());
        let full = if name.len() > 1 {
            MentionKind::FullName
        } else {
            MentionKind::ShortName
        };
        let honorific = title
            .last()
            .is_some_and(|&at| self.items.at(at).has(Classes::HONORIFIC));
        let any_org = self.has_head(name);
        let initial = name
            .iter()
            .any(|at| items(at).kind == Kind::Word(Shape::Initial));
        if honorific {
            return full;
        }
        if any_org {
            let given = !definite && self.is_given_before_head(name);
            if !(given || titled && !last.has(Classes::ORG_HEAD)) {
                return MentionKind::Organization;
            }
        }
        if self.is_linked_body(name) || self.is_product(name) {
            return MentionKind::Organization;
        }
        let told = title
            .is_empty()
            .then(|| self.kind_before(*name.head()))
            .flatten();
        if told.is_some_and(|kind| self.is_named_body(name, kind)) {
            return MentionKind::Organization;
        }
        let known = self.known(name);
        if name.len() > 1 && known.has(Classes::GROUP) {
            // Lib Dems
            return MentionKind::Organization;
        }
        let settled = told.is_some_and(|kind| self.is_settlement(*name.head(), kind));
        let place = settled || known.has(Classes::PLACE) || title.is_empty() && self.is_site(name);
        let nameless = self.is_nameless(name);
        if titled && !place && !(nameless && title.is_empty()) {
            return full;
        }
        if name.len() == 1 {
            if place {
                return MentionKind::Place;
            }
            if first.kind == Kind::Word(Shape::Upper)
                && self.word(*name.head()).len() <= 6
                && !first.has(Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST))
            {
                return MentionKind::Organization;
            }
            if first.has(Classes::DEMONYM) {
                return MentionKind::Group;
            }
            if definite {
                return MentionKind::Organization;
            }
            return if first.has(Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST)) {
                MentionKind::ShortName
            } else {
                MentionKind::Unsure
            };
        }
        if place {
            return MentionKind::Place;
        }
        if definite && !first.has(Classes::ANY_GIVEN) || self.is_ours(name) {
            return MentionKind::Organization;
        }
        if first.has(Classes::ANY_GIVEN) || initial || last.has(Classes::SUFFIX) {
            return MentionKind::FullName;
        }
        if first.has(Classes::FAMILY_FIRST) && name.len() <= 4 {
            return MentionKind::FullName;
        }
        if first.has(Classes::DEMONYM.or(Classes::COUNTRY))
            || name
                .iter()
                .all(|at| items(at).kind == Kind::Word(Shape::Upper))
                && name.len() > 4
        {
            return MentionKind::Organization;
        }
        if nameless || title.is_empty() && self.is_headed(*name.head()) {
            return MentionKind::Organization;
        }
        if name.len() <= 4 {
            MentionKind::FullName
        } else {
            MentionKind::Organization
        }
    }

    /// Union for Peace, Roe & Sons, Doctors Without Borders: what is linked by a word is no person's name.
    fn is_linked_body(&self, name: &[usize]) -> bool {
        let joined = || {
            name.windows(2).any(|pair| match pair {
                [one, two] => (one.plus(1)..*two).any(|at| self.items.at(at).is_punct(b'&')),
                _ => false,
            })
        };
        let without =
            |at: &usize| self.word(*at) == "Without" || self.word(at.less(1)) == "without";
        let touching = name.head().plus(name.len()) == name.tail().plus(1);
        let links = || self.spans_of(name, Form::Of) || self.spans_of(name, Form::For) || joined();
        name.len() > 1 && name.iter().skip(1).any(without) || !touching && links()
    }

    /// Wolves DVD: letters behind other words, of which none is a given name.
    fn is_product(&self, name: &[usize]) -> bool {
        let last = self.items.at(*name.tail());
        let known = Classes::ANY_GIVEN
            .or(Classes::FAMILY_FIRST)
            .or(Classes::SUFFIX);
        name.len() > 1
            && last.kind == Kind::Word(Shape::Upper)
            && !last.has(known)
            && self.word(*name.tail()).len() <= 4
            && self
                .word(*name.tail())
                .bytes()
                .all(|byte| byte.is_ascii_uppercase())
            && name.cut(..name.len().less(1)).iter().all(|&at| {
                let item = self.items.at(at);
                item.kind == Kind::Word(Shape::Capital) && !item.has(known)
            })
    }

    /// Tells whether a word makes the name an organisation's. Kim Jong Un is no UN: short heads count in capitals only.
    pub(super) fn has_head(&self, name: &[usize]) -> bool {
        name.iter().any(|&at| {
            let item = self.items.at(at);
            item.has(Classes::ORG_HEAD)
                && (self.word(at).len() > 3
                    || item.kind == Kind::Word(Shape::Upper)
                    || matches!(self.word(at), "Inc" | "Co" | "Ltd" | "Plc"))
        })
    }

    /// Captain of Virtus Varese, head of Kairos Mobility: what has a captain or a head is a body.
    fn is_headed(&self, first: usize) -> bool {
        let same = |at: usize| self.items.at(at).sentence == self.items.at(first).sentence;
        first.checked_sub(2).is_some_and(|head| {
            let item = self.items.at(head);
            self.word(head.plus(1)) == "of"
                && same(head)
                && item.has(Classes::OF_BODY)
                && matches!(item.kind, Kind::Word(Shape::Lower | Shape::Upper))
        })
    }

    /// The New Statesman, Big Brother Watch, a fellow New Hampshire Sanders fan: a word that begins no person's name.
    fn is_nameless(&self, name: &[usize]) -> bool {
        let first = self.items.at(*name.head());
        first.has(Classes::NEVER_NAME)
            && !first.has(Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST))
            && first.kind == Kind::Word(Shape::Capital)
            && name.len() > 1
    }

    fn spans_of(&self, name: &[usize], word: Form) -> bool {
        name.windows(2).any(|pair| match pair {
            [one, two] => *two > one.plus(1) && self.is(one.plus(1), word),
            _ => false,
        })
    }

    /// The girl group Paper Lantern, the village Talwan Khurd: the word before a name that says what is called so.
    fn kind_before(&self, first: usize) -> Option<&Item> {
        let before = self.items.at(first.checked_sub(1)?);
        let told = before.is_lower()
            && before.has(Classes::BODY)
            && before.sentence == self.items.at(first).sentence;
        // The writer and broadcaster Ana Roe: somebody, who broadcasts.
        let somebody = || {
            before.has(Classes::OFFICE)
                && first > 2
                && self.word(first.less(2)) == "and"
                && self.items.at(first.less(3)).has(Classes::OFFICE)
        };
        (told && !somebody()).then_some(before)
    }

    /// Tells whether `kind`, the word before the name, says that it is a body's.
    fn is_named_body(&self, name: &[usize], kind: &Item) -> bool {
        let (first, last) = (*name.head(), *name.tail());
        // The company Karl Brandt founded: his own.
        let closed = |next: &Item| {
            !next.is_word()
                || next.has(
                    Classes::PREPOSITION
                        .or(Classes::CONJUNCTION)
                        .or(Classes::RELATIVE)
                        .or(Classes::AUXILIARY)
                        .or(Classes::STRONG),
                )
        };
        // Roe's company Lind Free
        let owned = |item: &Item| {
            self.text
                .cut(item.end as usize..)
                .starts_with(crate::chars::APOSTROPHES)
        };
        let determined = |item: &Item| {
            (item.has(Classes::DETERMINER.or(Classes::POSSESSIVE)) || owned(item))
                && item.sentence == self.items.at(first).sentence
        };
        kind.has(Classes::NAMED_BODY)
            && self.items.get(last.plus(1)).is_none_or(closed)
            && self
                .items
                .cut(first.saturating_sub(4)..first.less(1))
                .iter()
                .any(determined)
    }

    /// Of village Talwan Khurd: tells whether `kind`, the word before the name, says that it is a place.
    fn is_settlement(&self, first: usize, kind: &Item) -> bool {
        first > 1
            && self.items.at(first.less(2)).has(Classes::PREPOSITION)
            && kind.has(Classes::SETTLEMENT)
    }

    /// Lake Walen, Mount Tanga.
    fn is_landmark(&self, name: &[usize]) -> bool {
        let [first, second, ..] = name else {
            return false;
        };
        first.plus(1) == *second && matches!(self.word(*first), "Lake" | "Mount" | "Loch" | "Lough")
    }

    /// My Silent River, Our Own Island: a title, where no name follows.
    fn is_ours(&self, name: &[usize]) -> bool {
        let (first, next) = (self.items.at(*name.head()), name.get(1));
        let named = Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST);
        first.has(Classes::POSSESSIVE)
            && first.kind == Kind::Word(Shape::Capital)
            && next.is_some_and(|&next| !self.items.at(next).has(named))
    }

    /// Wembley Stadium, the Davis Cup, World War II; in Hyde Park, at the Royal Albert Hall, where nobody bears the name.
    fn is_site(&self, name: &[usize]) -> bool {
        if self.is_landmark(name) {
            return true;
        }
        let numbered = name.len() > 1 && self.items.at(*name.tail()).has(Classes::SUFFIX);
        let words = name.cut(..name.len().less(usize::from(numbered)));
        let (first, last) = (*words.head(), *words.tail());
        let head = self.items.at(last);
        if !head.has(Classes::SITE.or(Classes::GROUND)) || head.kind != Kind::Word(Shape::Capital) {
            return head.has(Classes::SITE) && words.len() > 1;
        }
        let before = first
            .checked_sub(1)
            .map(|at| self.items.at(at))
            .filter(|before| before.sentence == head.sentence);
        if head.has(Classes::SITE) {
            return words.len() > 1 || before.is_some_and(Item::is_capital);
        }
        let given = Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST);
        let located = || {
            let the = first.less(usize::from(
                before.is_some_and(|before| before.has(Classes::DETERMINER)),
            ));
            the > 0
                && (matches!(
                    self.word(the.less(1)),
                    "in" | "at"
                        | "on"
                        | "near"
                        | "outside"
                        | "inside"
                        | "around"
                        | "across"
                        | "along"
                ) || self.is_possessive(first.less(1)))
        };
        words.len() > 1 && !self.items.at(first).has(given) && located()
    }

    /// What the lists have of a name as a whole; of one that is somebody's, nothing.
    fn known(&self, name: &[usize]) -> Classes {
        let first = self.items.at(*name.head());
        if let [_] = name {
            let given = first.has(Classes::ANY_GIVEN);
            return if given {
                Classes::default()
            } else {
                first.word.classes
            };
        }
        self.phrase(*name.head(), *name.tail())
    }

    /// What the lists have of the words from one item to another, in whatever case.
    pub(super) fn phrase(&self, first: usize, last: usize) -> Classes {
        let start = self.items.at(first).start as usize;
        let end = self.items.at(last).end as usize;
        let phrase = self.text.cut(start..end);
        let phrase = if phrase.is_ascii() {
            let mut lower = CompactString::new(phrase);
            lower.make_ascii_lowercase();
            lower
        } else {
            CompactString::from_str_to_lowercase(phrase)
        };
        Lexicon::get().phrase(&phrase)
    }
}
