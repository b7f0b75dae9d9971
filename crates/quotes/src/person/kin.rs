//! Kin: who bears whose family name. Rasha and Dina Qteishat · Derek Thripp … his wife, Glenys.

use std::borrow::Cow;
use std::ops::Range;

use compact_str::CompactString;
use smallvec::smallvec;

use super::name::{Name, fold};
use super::short::AROUND;
use super::{Kinship, Persons};
use crate::chars::APOSTROPHES;
use crate::lexicon::Classes;
use crate::mention::{FAR, Gender, Mention, MentionKind};
use crate::stream::Stream;
use crate::total::{Cut, Steps, Total};

/// Tells whether a word of kin says that its bearer is the elder of two, or the younger.
fn is_elder(kin: &str) -> Option<bool> {
    match kin {
        "elder" | "older" | "father" | "mother" => Some(true),
        "younger" | "son" | "daughter" => Some(false),
        _ => None,
    }
}

/// Whose kin somebody is.
enum Relative {
    Person(u32),
    /// Whom this mention names by a family name of which no more is known.
    Family(usize),
    /// Whoever was named last.
    Last,
    /// The same, if in the same sentence.
    LastHere,
    /// Somebody without a name.
    Nobody,
}

/// A single name that shares the family name of another.
struct Kin<'a> {
    mention: &'a Mention,
    /// A word of kin says so.
    told: bool,
    /// The full name follows: Rasha and Dina Qteishat.
    together: bool,
    /// What the word of kin tells.
    gender: Gender,
    /// The items of the title of kin.
    title: Range<u32>,
}

/// Tells whether a name has a word of kin as its title: her sister Dina.
fn is_titled(text: &str, stream: &Stream, name: &Mention) -> bool {
    name.first < name.name_first && is_kin(stream.word(text, name.name_first.less(1) as usize))
}

/// The description right before a name that says whose kin it is: his wife, Glenys, · her husband Tunde
fn described<'m>(
    text: &str,
    stream: &Stream,
    before: &'m [Mention],
    name: &Mention,
) -> Option<&'m Mention> {
    let word = |at: u32| stream.word(text, at as usize);
    before.last().filter(|kin| {
        let touching = kin.last.plus(1) == name.first
            || kin.last.plus(2) == name.first && word(kin.last.plus(1)) == ",";
        kin.kind == MentionKind::Role && touching && is_kin(word(kin.last))
    })
}

impl Persons {
    /// Gives a family name to those who share it: Rasha and Dina Qteishat · Derek Thripp … his wife, Glenys.
    pub(super) fn share_family(&mut self, text: &str, stream: &Stream, mentions: &mut [Mention]) {
        let word = |at: u32| stream.word(text, at as usize);
        let mut last: Option<(u32, u32)> = None;
        for at in 0..mentions.len() {
            let mention = *mentions.at(at);
            if let Some(person) = mention.person {
                last = Some((person, stream.items.at(mention.first).sentence));
                if mention.kind == MentionKind::FullName {
                    self.follow(text, stream, mentions.cut(..at), &mention);
                }
                continue;
            }
            let single = matches!(mention.kind, MentionKind::ShortName | MentionKind::Unsure)
                && mention.name_first == mention.name_last;
            if !single {
                continue;
            }
            let sister = is_titled(text, stream, &mention);
            // Not O’Dowd and defenceman Marc Lajoie, who share nothing.
            let joined = mentions.get(at.plus(1)).filter(|next| {
                next.kind == MentionKind::FullName
                    && next.first == mention.last.plus(2)
                    && next.first == next.name_first
                    && word(mention.last.plus(1)) == "and"
            });
            let kin = described(text, stream, mentions.cut(..at), &mention).copied();
            if joined.is_none() && kin.is_none() && !sister {
                continue;
            }
            let own = fold(word(mention.name_first));
            let known = self.named(&own).iter().any(|&index| {
                let person = self.list.at(index);
                person.is_full() && person.family() == own
            });
            // His brother Donald, where Donald Roe is known.
            let called = self.named(&own).iter().any(|&index| {
                let person = self.list.at(index);
                person.is_full() && *person.words.head() == own
            });
            if mention.titled && !sister || known || sister && called {
                continue;
            }
            let by_kin = kin.is_some() || sister;
            let together = joined.is_some();
            let before = mentions.cut(..at);
            let title = kin.map_or(mention.first, |kin| kin.first);
            let relative = match joined.and_then(|next| next.person) {
                Some(joined) => Relative::Person(joined),
                None if by_kin => self.relative(text, stream, before, title..mention.name_first),
                None => continue,
            };
            let relative = match relative {
                Relative::Person(person) => Some(person),
                Relative::Family(owner) => {
                    let person = self.found_owner(text, stream, mentions.at(owner));
                    mentions.change(owner, |owner| owner.person = Some(person));
                    Some(person)
                }
                Relative::Last => last.map(|last| last.0),
                Relative::LastHere => {
                    let here = stream.items.at(mention.first).sentence;
                    last.filter(|last| last.1 == here).map(|last| last.0)
                }
                Relative::Nobody => None,
            };
            let Some(relative) = relative else { continue };
            let kin = Kin {
                mention: &mention,
                told: by_kin,
                together,
                gender: kin.map_or(Gender::Unknown, |kin| kin.gender),
                title: title..mention.name_first,
            };
            let Some(founded) = self.found_relative(text, stream, relative, &kin) else {
                continue;
            };
            mentions.change(at, |mention| {
                mention.person = Some(founded);
                mention.kind = MentionKind::ShortName;
            });
        }
    }

    /// Founds the person of a single name who bears the family name of a relative.
    fn found_relative(
        &mut self,
        text: &str,
        stream: &Stream,
        relative: u32,
        kin: &Kin<'_>,
    ) -> Option<u32> {
        let word = |at: u32| stream.word(text, at as usize);
        let Kin {
            mention,
            told: by_kin,
            together,
            ..
        } = *kin;
        let display = &self.list.at(relative).name;
        let family = match display.split_once(' ') {
            Some((_, family)) => family,
            None if by_kin => display,
            None => return None,
        };
        let given = word(mention.name_first);
        let family = if together {
            family
        } else {
            family.rsplit(' ').next().unwrap_or(family)
        };
        let gender = match mention.gender {
            Gender::Unknown => kin.gender,
            gender => gender,
        };
        let family = of_gender(family, gender);
        let display = format!("{given} {family}");
        let last = family.rsplit(' ').next().unwrap_or(&family);
        let full = Name {
            listed: true,
            particle: false,
            words: smallvec![fold(given), fold(last)],
            suffix: None,
        };
        let founded = self.found(
            &full,
            &Mention {
                gender,
                titled: by_kin,
                ..*mention
            },
            || display,
        );
        let kinship = if by_kin {
            Kinship::Shares
        } else {
            Kinship::None
        };
        self.list.change(founded, |person| person.kinship = kinship);
        // Tom Roe, whose older brother Callum was there: of the two Callum is the elder.
        let elder = kin.title.clone().find_map(|at| is_elder(word(at)));
        if let Some(elder) = elder.filter(|_| founded != relative) {
            self.list
                .change(founded, |person| person.elder = Some(elder));
            self.list.change(relative, |person| {
                person.elder.get_or_insert(!elder);
            });
        }
        Some(founded)
    }

    /// Notes that somebody is named as kin of another of the family name, whom the article goes on to call by it: Karl
    /// Brandt … his wife, Jane Brandt, … Brandt.
    fn follow(&mut self, text: &str, stream: &Stream, before: &[Mention], name: &Mention) {
        let Some(person) = name.person else { return };
        let own = self.list.at(person);
        if own.first != name.first {
            return;
        }
        if !is_titled(text, stream, name) && described(text, stream, before, name).is_none() {
            return;
        }
        let known = self.named(own.family()).iter().any(|&index| {
            let other = self.list.at(index);
            index != person && other.family() == own.family() && other.first < own.first
        });
        if known {
            self.list
                .change(person, |person| person.kinship = Kinship::Follows);
        }
    }

    /// Whose kin somebody is whose title of kin has these items: Rennie’s sister · his wife · the mayor’s son · and
    /// brother.
    fn relative(
        &self,
        text: &str,
        stream: &Stream,
        before: &[Mention],
        title: Range<u32>,
    ) -> Relative {
        let possessive = |at: u32| {
            let end = stream.items.at(at).end as usize;
            text.cut(end..).starts_with(APOSTROPHES)
        };
        if let Some(owner) = (title.start.saturating_sub(1)..title.end).rfind(|&at| possessive(at))
        {
            return self.owner(text, stream, before, owner);
        }
        let whose = |at: u32| match stream.word(text, at as usize) {
            "His" | "his" => Some(Gender::Male),
            "Her" | "her" => Some(Gender::Female),
            _ => None,
        };
        let first = title.start;
        let gender = whose(first).or_else(|| whose(first.checked_sub(1)?));
        let possessive = |at: u32| stream.items.at(at).has(Classes::POSSESSIVE);
        match gender {
            Some(gender) => self
                .named_before(text, stream, before, gender)
                .map_or(Relative::Nobody, Relative::Person),
            None if possessive(first) || first > 0 && possessive(first.less(1)) => Relative::Last,
            // The son, Luc, is standing behind him.
            None if stream
                .word(text, first as usize)
                .eq_ignore_ascii_case("the") =>
            {
                Relative::Last
            }
            None => Relative::LastHere,
        }
    }

    /// Whoever of a gender was named last: Ted has another word for it. ¶ His wife, Maureen, waits by the door.
    fn named_before(
        &self,
        text: &str,
        stream: &Stream,
        before: &[Mention],
        gender: Gender,
    ) -> Option<u32> {
        let named = |mention: &Mention| {
            let single = || {
                let short = matches!(mention.kind, MentionKind::ShortName | MentionKind::Unsure)
                    && mention.name_first == mention.name_last;
                let word = short.then(|| fold(stream.word(text, mention.name_first as usize)))?;
                self.named(&word).first().copied()
            };
            let person = mention.person.or_else(single)?;
            Some(person).filter(|&person| self.list.at(person).gender.agrees(gender))
        };
        before.iter().rev().take(FAR).find_map(named)
    }

    /// Whose kin somebody is where the item `owner` says it: Rennie’s, the bearer of the family name or the name alone;
    /// of the mayor’s wife nothing but her own name is known.
    fn owner(&self, text: &str, stream: &Stream, before: &[Mention], owner: u32) -> Relative {
        let near = before.len().saturating_sub(AROUND);
        let named = before
            .cut(near..)
            .iter()
            .rposition(|mention| mention.kind.is_name() && mention.name_last == owner);
        let Some(at) = named.map(|at| near.plus(at)) else {
            return Relative::Nobody;
        };
        if let Some(person) = before.at(at).person {
            return Relative::Person(person);
        }
        let word = fold(stream.word(text, owner as usize));
        let bearer = |index: &u32| {
            let person = self.list.at(*index);
            person.is_full() && person.family() == word
        };
        // Ted’s wife, where Ted Roe is known.
        let called = |index: &u32| {
            let person = self.list.at(*index);
            person.is_full() && *person.words.head() == word
        };
        let known = || self.named(&word).iter().copied();
        let given = stream.items.at(owner).has(Classes::ANY_GIVEN);
        match known().find(bearer).or_else(|| known().find(called)) {
            Some(person) => Relative::Person(person),
            None if given && !before.at(at).titled => Relative::Nobody,
            None => Relative::Family(at),
        }
    }

    /// Founds the person of a family name that stands alone: Trump’s daughter, Tiffany.
    fn found_owner(&mut self, text: &str, stream: &Stream, mention: &Mention) -> u32 {
        let name = Name::read(text, stream, mention);
        let display = Name::display(text, stream, mention);
        let known = self.named(name.words.last().map_or("", |word| word.as_str()));
        let alone = known.iter().copied().find(|&index| {
            let person = self.list.at(index);
            person.words == name.words
        });
        match (alone, name.words.last()) {
            (Some(person), _) => person,
            (None, Some(word)) => self.found_short(&name, word, display, mention.first, false),
            (None, None) => self.found_short(
                &name,
                &CompactString::default(),
                display,
                mention.first,
                false,
            ),
        }
    }
}

/// A family name as the bearer's gender has it: Bekturov's wife is a Bekturova.
fn of_gender(family: &str, gender: Gender) -> Cow<'_, str> {
    let ends = |ending: [&str; 2]| ending.iter().any(|ending| family.ends_with(ending));
    match gender {
        Gender::Female if ends(["ov", "ev"]) => format!("{family}a").into(),
        Gender::Male if ends(["ova", "eva"]) => family.cut(..family.len().less(1)).into(),
        _ => family.into(),
    }
}

/// Kin that mostly bear one family name.
fn is_kin(word: &str) -> bool {
    matches!(
        word,
        "wife"
            | "husband"
            | "son"
            | "daughter"
            | "brother"
            | "sister"
            | "widow"
            | "widower"
            | "brothers"
            | "sisters"
            | "siblings"
            | "twins"
    )
}
