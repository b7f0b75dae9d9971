//! Descriptions that stand for somebody the article names: `the minister`, `the girl`, `the 34-year-old`.

mod age;
mod apposed;
mod body;
mod introduced;
mod last;
mod office;
mod subject;
mod words;

use std::ops::RangeInclusive;

use compact_str::CompactString;

use crate::chars::APOSTROPHES;
use crate::lexicon::Classes;
use crate::mention::{FAR, Gender, HONOURS, Mention, MentionKind};
use crate::person::{Persons, fold};
use crate::stream::{Kind, Stream};
use crate::total::{Cut, Steps, Total};
use age::{age_of, decade_of, has_age};
use apposed::{answerer, apposed};
use body::Meant;
use introduced::Introduced;
use last::{Recent, name_last, named_last};
use office::{Office, holder};
pub(crate) use office::{is_ranked, ranks};
pub(crate) use subject::is_adjunct;
use subject::subject;
use words::{
    gender_of_parent, is_collective, is_of_field, is_player, is_predicate, is_same_office, labels,
};

/// Paragraphs back within which a description without a known holder may mean the person named last.
const REACH: u32 = 2;

/// Gives each definite description of one person the person it stands for, if the article settles it.
///
/// An office goes to the one who holds it, the latest named of several; an age to the one of that age. What no title
/// tells (`the girl`) goes to the person named last, if the gender fits and nobody else without a name was
/// introduced by the same word: after “a senior official”, “the official” is that one.
pub(crate) fn join(text: &str, stream: &Stream, mentions: &mut [Mention], persons: &mut Persons) {
    introduced::name_lead(text, stream, mentions, persons);
    let mut roles = Roles {
        text,
        stream,
        recent: Vec::with_capacity(persons.list.len()),
        introduced: Introduced::default(),
        kin: Vec::new(),
        mentions,
        persons,
    };
    for at in 0..roles.mentions.len() {
        roles.meet(at);
    }
}

/// The walk over the mentions, and who was met so far.
struct Roles<'a> {
    text: &'a str,
    stream: &'a Stream,
    mentions: &'a mut [Mention],
    persons: &'a mut Persons,
    /// The persons met, the latest last.
    recent: Vec<Recent>,
    introduced: Introduced,
    /// Words of kin, folded, and who was introduced by each: his sister, Ana Roe,
    kin: Vec<(CompactString, u32)>,
}

impl Roles<'_> {
    fn meet(&mut self, at: usize) {
        let (text, stream) = (self.text, self.stream);
        let mention = *self.mentions.at(at);
        if let Some(person) = mention.person {
            self.meet_kin(&mention, person);
            self.name(person, at);
            self.introduced.named = at;
            if introduced::identifies(text, stream, &mention) {
                self.introduced
                    .identify(stream, self.mentions, self.persons, at);
            }
            return;
        }
        if let Some(person) = apposed(text, stream, self.mentions, at) {
            // His wife, the cellist Ragna Moe, has heard the joke.
            self.persons.learn_gender(person, mention.gender);
            self.meet_kin(&mention, person);
            self.mentions
                .change(at, |mention| mention.person = Some(person));
            return;
        }
        match mention.kind {
            MentionKind::Role => self.describe(at, &mention, age_of(text, stream, &mention)),
            MentionKind::Thing => {
                let age = age_of(text, stream, &mention);
                if age.is_some() || is_player(text, stream, &mention) {
                    let mut mention = mention;
                    if mention.gender == Gender::Unknown {
                        mention.gender =
                            gender_of_parent(stream.word(text, mention.name_last as usize));
                        self.mentions
                            .change(at, |known| known.gender = mention.gender);
                    }
                    self.describe(at, &mention, age);
                }
            }
            MentionKind::Body => {
                if let Some(meant) = body::meant(text, stream, self.mentions, self.persons, at) {
                    self.mean(at, meant);
                }
            }
            MentionKind::Document => {
                let person = answerer(text, stream, self.mentions, at);
                self.mentions.change(at, |mention| mention.person = person);
            }
            _ => {}
        }
    }

    /// Lets mention `at` stand for a body.
    fn mean(&mut self, at: usize, meant: Meant) {
        self.mentions.change(at, |mention| match meant {
            Meant::Body(body) => mention.introduced = Some(body),
            Meant::Name(person) => mention.person = Some(person),
        });
    }

    /// Notes who was introduced by a word of kin: his sister, Ana Roe · Kessler’s son Ivan.
    fn meet_kin(&mut self, mention: &Mention, person: u32) {
        let titled = mention.kind.is_name() && mention.first < mention.name_first;
        let at = mention.name_first.less(u32::from(titled));
        let head = self.stream.items.at(at);
        if (titled || mention.kind == MentionKind::Role) && head.has(Classes::KIN) {
            let kin = fold(head.span().of(self.text).unwrap_or_default());
            self.kin.push((kin, person));
        }
    }

    /// Notes that a person is named, or meant, by mention `at`.
    fn name(&mut self, person: u32, at: usize) {
        let paragraph = self.stream.items.at(self.mentions.at(at).first).paragraph;
        name_last(&mut self.recent, person, paragraph);
    }

    /// Settles whom a description means, which may tell an age.
    fn describe(&mut self, at: usize, mention: &Mention, age: Option<&str>) {
        let (text, stream) = (self.text, self.stream);
        let item = stream.items.at(mention.name_first);
        let Some(head) = item.span().of(text).map(fold) else {
            return;
        };
        // In capitals an office is somebody's without an article: Deputy Minister, HON. SPEAKER.
        let capital = item.is_capital() && item.has(Classes::OFFICE);
        let before = stream.get((mention.first as isize).less(1));
        let bare = !mention.definite
            && before.is_none_or(|before| {
                before.paragraph != item.paragraph || !before.has(Classes::DETERMINER)
            });
        if !(mention.definite || capital && bare) {
            if !is_predicate(text, stream, mention) {
                self.introduced.add(head, at);
            }
            return;
        }
        let honour = HONOURS.contains(&item.span().of(text).unwrap_or_default());
        // Our correspondent is the paper’s, the professor of early history nobody’s.
        let ours = stream.is(text, mention.first as usize, "our");
        let whole = honour || ours || is_of_field(text, stream, mention);
        if mention.possessive || !whole && belongs_to_somebody(text, stream, mention) {
            let person = self
                .kin_of(mention, &head)
                .or_else(|| self.of_body(at, mention, &head));
            self.mentions.change(at, |mention| mention.person = person);
            return;
        }
        if names_body(stream, self.mentions, at) {
            return;
        }
        let decade = decade_of(&head);
        let told = age.is_some() || decade.is_some();
        let aged = if told {
            self.of_age(age, decade.as_ref())
        } else {
            None
        };
        let office = Office::of(text, stream, mention, &head);
        let known = self.known(mention, &head, &office).filter(|_| !capital);
        let known = known.or_else(|| {
            let introduced = &self.introduced;
            let nearer = introduced.nearer(stream, self.mentions, (item, &head), told);
            nearer.filter(|_| aged.is_none())
        });
        // The Foreign Secretary is one person, whom another title names if the article names him; so is the prime
        // minister.
        let named = capital && (bare || mention.name_first > mention.first.plus(1))
            || is_ranked(text, stream, mention);
        let taken = || {
            self.persons
                .list
                .iter()
                .any(|person| office.is_held(person))
        };
        // The watchdog said: a body, where the sentence before is about one.
        if item.has(Classes::BODY)
            && !taken()
            && let Some(meant) = body::meant(text, stream, self.mentions, self.persons, at)
        {
            self.mean(at, meant);
            return;
        }
        let mut presumed = false;
        let person = match aged {
            Some(person) => Some(person),
            None if known.is_some() => None,
            // Somebody holds the office, only it is not settled who: nobody else is meant.
            None if taken() => holder(mention, &office, &self.recent, self.persons, true),
            None if named => {
                presumed = true;
                self.presumed(at, mention, &office)
            }
            None => self.last(at, mention, &head, &office),
        };
        self.mentions.change(at, |mention| {
            mention.introduced = known.filter(|_| person.is_none());
            mention.person = person;
        });
        if let Some(person) = person.filter(|_| presumed) {
            // The prime minister is the same later.
            self.persons
                .list
                .change(person, |person| office.give(person));
        }
        if let Some(person) = person {
            // Whom a description means is somebody.
            let list = &mut self.persons.list;
            list.change(person, |person| person.unsure = false);
        }
        match person {
            Some(person) => self.name(person, at),
            // Kenya's roads minister brushed it aside; later, the minister laughed.
            None if known.is_none() && item.has(Classes::OFFICE) => self.introduced.add(head, at),
            None => {}
        }
    }

    /// Who alone was introduced as somebody’s kin by this word: his sister, Ana Roe, farms too. His sister corrects him.
    fn kin_of(&self, mention: &Mention, head: &str) -> Option<u32> {
        let own = mention.name_first == mention.first.plus(1)
            && self.stream.items.at(mention.first).has(Classes::POSSESSIVE);
        if mention.possessive || !own {
            return None;
        }
        let mut known = self.kin.iter().filter(|kin| kin.0 == head);
        let person = known.next()?.1;
        known.all(|kin| kin.1 == person).then_some(person)
    }

    /// Who holds an office that is one person’s and that no title gives anybody: whom the sentence before is about, if
    /// nothing says that he is somebody else. Nadia Farouk opened the port. “We will dig,” the prime minister said.
    fn presumed(&self, at: usize, mention: &Mention, office: &Office<'_>) -> Option<u32> {
        let (text, stream, items) = (self.text, self.stream, &self.stream.items);
        if !mention.definite || labels(stream, mention) {
            return None;
        }
        let before = self.mentions.cut(..at);
        let own = items.at(mention.first);
        let named = before.iter().rev().take(FAR).find(|name| {
            name.kind.is_name() && name.person.is_some() && !is_adjunct(text, stream, name)
        })?;
        let item = items.at(named.first);
        if item.sentence >= own.sentence || item.paragraph.plus(1) < own.paragraph {
            return None;
        }
        let person = subject(text, stream, before, item.sentence, mention.gender)?;
        // In a paragraph of its own, where the one before tells of nobody else.
        let apart = item.paragraph < own.paragraph;
        let mut others = before
            .iter()
            .rev()
            .take(FAR)
            .take_while(|name| items.at(name.first).paragraph >= item.paragraph);
        let other = |name: &Mention| {
            name.kind.is_name() && name.person.is_some_and(|other| other != person)
        };
        if apart && others.any(other) {
            return None;
        }
        let holder = self.persons.list.at(person);
        // Whoever is told of before anybody of that name is another.
        let until = before.partition_point(|name| name.first < holder.first);
        let known = before.cut(..until).iter().rev().take(FAR).any(|role| {
            role.kind == MentionKind::Role
                && role.definite
                && is_same_office(text, stream, role, mention)
        });
        let private = has_age(text, stream, self.mentions, person, |_| true);
        let fits = holder.gender.agrees(mention.gender)
            && !holder.unsure
            && !private
            && !known
            && !office.is_barred(holder);
        fits.then_some(person)
    }

    /// Who of a body was reported right before its office is: “…,” Riverwatch’s Dora Kemp said. “…,” the charity’s
    /// director added.
    fn of_body(&self, at: usize, mention: &Mention, head: &str) -> Option<u32> {
        let (text, stream, items) = (self.text, self.stream, &self.stream.items);
        let body_at = (mention.first as usize).plus(1);
        let office = items.at(mention.name_first);
        let body = mention.definite
            && !mention.possessive
            && stream.is(text, mention.first as usize, "the")
            && items.at(body_at).is_lower()
            && items.at(body_at).has(Classes::BODY)
            && text
                .cut(items.at(body_at).end as usize..)
                .starts_with(APOSTROPHES);
        if !body || !office.has(Classes::OFFICE) || head.starts_with("spokes") {
            return None;
        }
        let before = self.mentions.cut(..at);
        let place = before
            .iter()
            .rposition(|name| name.kind.is_name() && name.person.is_some() && !name.possessive)?;
        let name = before.at(place);
        let sentence = items.at(mention.first).sentence;
        let near = items.at(name.first).sentence.plus(NEXT) >= sentence
            && items.at(name.first).sentence < sentence;
        let belongs = place.checked_sub(1).is_some_and(|at| {
            let owner = before.at(at);
            owner.possessive && owner.last.plus(1) == name.first
        });
        let person = name.person.filter(|_| near)?;
        let known = self.persons.list.at(person);
        let same = known.roles.iter().any(|role| role == head);
        let fits = known.gender.agrees(mention.gender) && !known.unsure;
        (fits && (same || belongs && known.roles.is_empty())).then_some(person)
    }

    /// Who was introduced by the word without a name, unless somebody of that office was named since.
    fn known(&self, mention: &Mention, head: &str, office: &Office<'_>) -> Option<u32> {
        let known = self.introduced.by(head)?;
        let told = self.mentions.at(known);
        let only = mention.name_first == mention.first.plus(1);
        let named = only
            && introduced::is_named_since(self.stream, self.persons, told, mention.first, office);
        Some(known).filter(|_| !named)
    }

    /// Who of those met lately has the age, or an age of the decade.
    fn of_age(&self, age: Option<&str>, decade: Option<&RangeInclusive<u8>>) -> Option<u32> {
        let fits = |years: &str| {
            age.is_some_and(|age| years == age)
                || decade.is_some_and(|decade| {
                    years.parse().is_ok_and(|years: u8| decade.contains(&years))
                })
        };
        let mut lately = self.recent.iter().rev().map(|seen| seen.person);
        lately.find(|&index| has_age(self.text, self.stream, self.mentions, index, fits))
    }

    /// Who was named last, not long ago, whom the word may mean.
    fn last(&self, at: usize, mention: &Mention, head: &str, office: &Office<'_>) -> Option<u32> {
        let item = self.stream.items.at(mention.name_first);
        let generic = item.has(Classes::HUMAN)
            || item.kind == Kind::Number
            || !item.has(Classes::KIN)
            || head.contains("-of-");
        // The council spokesman is nobody of whom the article has not said so.
        let speaks_for = head.starts_with("spokes");
        if !generic || speaks_for || is_collective(head) || labels(self.stream, mention) {
            return None;
        }
        let before = self.mentions.cut(..=at);
        let seen = named_last(
            self.text,
            self.stream,
            before,
            &self.recent,
            self.persons,
            office,
        )?;
        (seen.paragraph.plus(REACH) >= item.paragraph).then_some(seen.person)
    }
}

/// Sentences before an office of a body in which its bearer is named.
const NEXT: u32 = 2;

fn is_comma(stream: &Stream, at: u32) -> bool {
    let item = stream.items.get(at as usize);
    item.is_some_and(|item| item.is_punct(b','))
}

/// “the mayor's lawyer”, “his lawyer”, “the mayor of Lyon”: somebody in relation to another.
fn belongs_to_somebody(text: &str, stream: &Stream, mention: &Mention) -> bool {
    let first = mention.first as usize;
    let inner = (first..mention.name_first as usize).any(|at| {
        let item = stream.items.at(at);
        // South Korea's minister is the country's, and holds the office all the same.
        item.has(Classes::POSSESSIVE)
            || !item.has(Classes::PLACE) && text.cut(item.end as usize..).starts_with(APOSTROPHES)
    });
    let after = stream.items.get((mention.last as usize).plus(1));
    // The 31-year-old from Zeeland is somebody told of before.
    let aged = stream.items.at(mention.name_first).kind == Kind::Number;
    inner
        || after.is_some_and(|item| {
            matches!(item.span().of(text), Some("of" | "for" | "who"))
                || !aged && item.span().of(text) == Some("from")
        })
}

/// The contractor, Triple Anchor Builders, said: what a description means is a body.
pub(crate) fn names_body(stream: &Stream, mentions: &[Mention], at: usize) -> bool {
    let (mention, Some(next)) = (mentions.at(at), mentions.get(at.plus(1))) else {
        return false;
    };
    next.kind == MentionKind::Organization
        && next.first == mention.last.plus(2)
        && !next.possessive
        && is_comma(stream, mention.last.plus(1))
        && is_comma(stream, next.last.plus(1))
}

#[cfg(test)]
mod tests;
