//! Titles and roles: what the words beside a name say its bearer is.

use std::ops::Range;

use compact_str::CompactString;

use super::name::fold;
use super::{Person, Persons};
use crate::lexicon::Classes;
use crate::mention::{Mention, MentionKind};
use crate::role::{is_adjunct, ranks};
use crate::stream::{Kind, Shape, Stream};
use crate::total::{Cut, Steps, Total};

impl Persons {
    /// Learns titles from what stands before and after names: `Unification Minister Chung`, `Roe, the mayor,`.
    pub(super) fn learn_titles(&mut self, text: &str, stream: &Stream, mentions: &mut [Mention]) {
        for at in 0..mentions.len() {
            let mention = *mentions.at(at);
            let Some(index) = mention.person.filter(|_| mention.kind.is_name()) else {
                continue;
            };
            if mention.first < mention.name_first {
                let first = behind_verb(text, stream, mention.first..mention.name_first);
                let title = skip_article(text, stream, first)..mention.name_first;
                self.add_title(text, stream, index, title, first..mention.name_first);
                self.add_coordinated(text, stream, mentions, at, index);
            }
            // Roe, the harbour minister, said: a role next to the name, with nothing but a comma between.
            if let Some(next) = mentions.get(at.plus(1)).copied() {
                let comma = next.first == mention.last.plus(2)
                    && stream
                        .items
                        .at((mention.last as usize).plus(1))
                        .is_punct(b',');
                let with_age = next.first > mention.last.plus(2)
                    && next.first <= mention.last.plus(5)
                    && stream.items.at((mention.last as usize).plus(2)).kind == Kind::Number;
                // “Paul Ruiz, 44. Then the 31-year-old …” is no apposition.
                let together =
                    stream.items.at(next.first).sentence == stream.items.at(mention.last).sentence;
                // Roe, whose grandfather built it
                let whose = stream.items.at(next.first).has(Classes::RELATIVE);
                let apposed = next.kind == MentionKind::Role
                    && together
                    && !whose
                    && (comma || with_age)
                    && !next.possessive;
                let ends = stream
                    .items
                    .get((next.last as usize).plus(1))
                    .is_none_or(|item| !item.has(Classes::CONJUNCTION.or(Classes::AUXILIARY)));
                // After talks with Karl Brandt, the keeper said
                let led_in = || next.definite && is_adjunct(text, stream, &mention);
                if apposed
                    && ends
                    && !mention.possessive
                    && !(opens_clause(stream, &next) && led_in())
                {
                    let start = skip_article(text, stream, next.first);
                    let end = with_complement(text, stream, next.last);
                    self.add_title(text, stream, index, start..end, start..next.last.plus(1));
                    self.learn_gender(index, next.gender);
                    mentions.change(at.plus(1), |mention| mention.person = Some(index));
                }
            }
            self.learn_copula(text, stream, mentions, at, index);
            // Hale's campaign manager, Rosa Lindqvist, said
            if at > 0 {
                self.learn_apposed(text, stream, mentions, at, index);
            }
        }
    }

    /// Learns the office that somebody is said to be: The host is Ana Roe · Ana Roe is the mayor of Omena.
    fn learn_copula(
        &mut self,
        text: &str,
        stream: &Stream,
        mentions: &mut [Mention],
        at: usize,
        person: u32,
    ) {
        let name = *mentions.at(at);
        let is = |one: &Mention, two: &Mention| {
            one.last.plus(2) == two.first
                && !one.possessive
                && !two.possessive
                && matches!(stream.word(text, (one.last as usize).plus(1)), "is" | "was")
        };
        let before = at
            .checked_sub(1)
            .filter(|&place| mentions.at(place).definite && is(mentions.at(place), &name));
        let after = Some(at.plus(1))
            .filter(|&place| mentions.get(place).is_some_and(|next| is(&name, next)));
        let office = before.or(after).filter(|&place| {
            mentions.at(place).kind == MentionKind::Role && mentions.at(place).person.is_none()
        });
        if let Some(place) = office {
            mentions.change(place, |role| self.give_office(text, stream, role, person));
        }
    }

    /// Learns the office that the words before name `at` give its bearer: Hale's campaign manager, Rosa Lindqvist, said ·
    /// THE MAYOR (ROSA LIND): · A dealer from Avezzano, Loris Bentivegna, buys · the director, “Spanner” Roe, won't.
    fn learn_apposed(
        &mut self,
        text: &str,
        stream: &Stream,
        mentions: &mut [Mention],
        at: usize,
        person: u32,
    ) {
        let mention = *mentions.at(at);
        let first = mention.first as usize;
        // The mission's bishop, the late Julius Roe, said
        let late = first > 2
            && stream.is(text, first.less(1), "late")
            && stream.is(text, first.less(2), "the");
        let first = if late { first.less(2) } else { first };
        // The prime minister, Ruiz, met foreign minister Ana Roe.
        if behind_verb(text, stream, mention.first..mention.name_first) > mention.first {
            return;
        }
        let opens = first.less(usize::from(
            first > 1 && stream.items.at(first.less(1)).is_run(),
        ));
        let Some(mark) = opens.checked_sub(1).map(|at| stream.items.at(at)) else {
            return;
        };
        let after = stream.items.get((mention.last as usize).plus(1));
        let closed = if mark.is_punct(b'(') {
            after.is_some_and(|item| item.is_punct(b')'))
        } else {
            mark.is_punct(b',')
                && after.is_none_or(|item| {
                    // Another, Innocent Roe from Omena, said
                    let goes_on = mention.kind == MentionKind::FullName
                        && matches!(item.span().of(text), Some("from"));
                    item.is_run()
                        || goes_on
                        || [b',', b'.', b'('].iter().any(|&mark| item.is_punct(mark))
                })
        };
        let sentence = stream.items.at(first).sentence;
        if !closed || mark.sentence != sentence {
            return;
        }
        // Over what belongs to the office: a dealer from Avezzano, the Babaloja of the market.
        let reach = mentions
            .cut(..at)
            .iter()
            .enumerate()
            .rev()
            .take(3)
            .take_while(|(_, before)| stream.items.at(before.first).sentence == sentence);
        let mut office = reach.filter(|(_, before)| before.kind == MentionKind::Role);
        let Some((place, before)) = office.next().map(|(place, &before)| (place, before)) else {
            return;
        };
        let last = before.last as usize;
        let adjacent = last.plus(2) == opens;
        let complement = last.plus(2) < opens
            && opens.less(last) <= COMPLEMENT
            && matches!(
                stream.word(text, last.plus(1)),
                "of" | "from" | "at" | "for" | "in"
            )
            && stream
                .items
                .cut(last.plus(1)..opens.less(1))
                .iter()
                .all(|item| item.is_word() && !item.has(Classes::STRONG.or(Classes::AUXILIARY)));
        let full = mention.kind == MentionKind::FullName;
        if !(adjacent && (before.definite || full) || complement && full) {
            return;
        }
        let start = skip_article(text, stream, before.first);
        let title = start..before.last.plus(1);
        self.add_title(text, stream, person, title.clone(), title);
        self.learn_gender(person, before.gender);
        mentions.change(place, |mention| mention.person = Some(person));
        self.add_coordinated(text, stream, mentions, place, person);
        let head = stream.items.at(before.name_first);
        if head.has(Classes::OFFICE.or(Classes::KIN)) {
            self.list.change(person, |person| person.unsure = false);
        }
    }

    /// Learns the office that `and` joins to mention `at`: Founder and chief executive Ana Roe.
    fn add_coordinated(
        &mut self,
        text: &str,
        stream: &Stream,
        mentions: &mut [Mention],
        at: usize,
        person: u32,
    ) {
        let Some(place) = at.checked_sub(1) else {
            return;
        };
        let (before, mention) = (*mentions.at(place), *mentions.at(at));
        let first = *stream.items.at(mention.first);
        let joined = before.kind == MentionKind::Role
            && before.person.is_none()
            && !before.possessive
            && before.last.plus(2) == mention.first
            && stream.word(text, (before.last as usize).plus(1)) == "and"
            && first.is_lower()
            && !first.has(Classes::DETERMINER.or(Classes::POSSESSIVE));
        if joined {
            mentions.change(place, |role| self.give_office(text, stream, role, person));
        }
    }

    /// Makes a role the office of a person, and the person the one whom it means.
    fn give_office(&mut self, text: &str, stream: &Stream, role: &mut Mention, person: u32) {
        let start = skip_article(text, stream, role.first);
        let title = start..role.last.plus(1);
        self.add_title(text, stream, person, title.clone(), title);
        role.person = Some(person);
    }

    /// Learns a title from the items of its words, and roles from those of `roles`.
    fn add_title(
        &mut self,
        text: &str,
        stream: &Stream,
        index: u32,
        title: Range<u32>,
        roles: Range<u32>,
    ) {
        let Some(person) = self.list.get_mut(index as usize) else {
            return;
        };
        let items = stream.items.get(roles.start as usize..roles.end as usize);
        let items = items.unwrap_or_default();
        let role = Classes::OFFICE
            .or(Classes::KIN)
            .or(Classes::HUMAN)
            .or(Classes::HONORIFIC)
            .or(Classes::DEMONYM);
        let mut ranked = false;
        for item in items.iter().filter(|item| item.is_word()) {
            let word = item.span().of(text).map(fold).unwrap_or_default();
            ranked |= ranks(&word);
            if item.has(Classes::PORTFOLIO) {
                person.portfolios.push(word.clone());
            }
            if item.has(role) && !ranked {
                person.hold_plainly(spell_out(&word).into());
            }
            if person.title_words.contains(&word) {
                continue;
            }
            if item.has(role) {
                person.hold(spell_out(&word).into());
            }
            person.title_words.push(word);
            person.learn_abbreviation();
        }
        let honorific_only = items
            .iter()
            .all(|item| item.has(Classes::HONORIFIC) && !item.has(Classes::OFFICE));
        if person.title.is_none() && !honorific_only {
            person.title = phrase_text(text, stream, title);
        }
    }
}

impl Person {
    /// Learns the other form of an office that is written out and in letters: the chief executive is the CEO.
    fn learn_abbreviation(&mut self) {
        let ends = |word: &CompactString| {
            let is = |(letters, words): &(&str, &[&str])| {
                word == letters || words.last().is_some_and(|last| word == last)
            };
            LETTERS.iter().any(is)
        };
        // Most words of titles are none of these offices.
        let Some(latest) = self.title_words.last().filter(|word| ends(word)).cloned() else {
            return;
        };
        for (letters, words) in LETTERS {
            if latest == letters {
                for &word in words {
                    if !self.title_words.iter().any(|known| known == word) {
                        self.title_words.insert(0, word.into());
                    }
                }
                if let Some(head) = words.last() {
                    self.hold((*head).into());
                }
            } else if let [.., before, last] = words
                && latest == last
                && self
                    .title_words
                    .iter()
                    .rev()
                    .nth(1)
                    .is_some_and(|word| word == before)
            {
                self.hold(letters.into());
            }
        }
    }
}

/// Offices that are written out and in letters.
const LETTERS: [(&str, &[&str]); 5] = [
    ("ceo", &["chief", "executive"]),
    ("cfo", &["chief", "financial", "officer"]),
    ("coo", &["chief", "operating", "officer"]),
    ("cto", &["chief", "technology", "officer"]),
    ("pm", &["prime", "minister"]),
];

/// Writes a rank out, so that `Sgt. McElhatten` is the one behind `the sergeant`.
fn spell_out(role: &str) -> &str {
    match role {
        "sgt" => "sergeant",
        "capt" => "captain",
        "gov" => "governor",
        "sen" => "senator",
        "rep" => "representative",
        "dr" => "doctor",
        "prof" => "professor",
        "det" => "detective",
        "insp" => "inspector",
        "gen" => "general",
        "col" => "colonel",
        "maj" => "major",
        "lt" => "lieutenant",
        "rev" => "reverend",
        "cllr" => "councillor",
        "justice" => "judge",
        "const" => "constable",
        "supt" => "superintendent",
        _ => role,
    }
}

/// Tells whether a verb comes right behind a description.
fn opens_clause(stream: &Stream, role: &Mention) -> bool {
    let next = stream.items.get((role.last as usize).plus(1));
    next.is_some_and(|next| {
        next.is_lower()
            && !next.has(
                Classes::PREPOSITION
                    .or(Classes::CONJUNCTION)
                    .or(Classes::RELATIVE),
            )
    })
}

/// Most items from an office to the end of what belongs to it.
const COMPLEMENT: usize = 8;

/// Its leader, the leader: a title has neither article nor owner.
fn skip_article(text: &str, stream: &Stream, first: u32) -> u32 {
    let item = stream.items.at(first);
    let article = item.span().of(text).is_some_and(|word| {
        let is = |article: &&str| word.eq_ignore_ascii_case(article);
        ["the", "a", "an", "its", "his", "her", "their", "our"]
            .iter()
            .any(is)
    });
    first.plus(u32::from(article))
}

/// Donald Trump met North Korean leader Kim Jong Un, the mayor met deputy mayor Ana Roe: what stands before the verb is
/// no part of the office behind it.
/// Returns where the office may begin.
fn behind_verb(text: &str, stream: &Stream, words: Range<u32>) -> u32 {
    let is_past = |word: &str| word.len() > 3 && word.ends_with("ed") || PASTS.contains(&word);
    let verb = words.clone().rfind(|&at| {
        let item = stream.items.at(at);
        let form = || item.span().of(text);
        if at == words.start {
            return item.is_lower() && form().is_some_and(|word| PASTS.contains(&word));
        }
        let before = stream.items.at(at.less(1));
        item.is_lower()
            && (before.is_capital() || before.has(Classes::OFFICE))
            && form().is_some_and(is_past)
    });
    verb.map_or(words.start, |verb| verb.plus(1))
}

/// Verbs that somebody does to somebody with an office.
const PASTS: [&str; 12] = [
    "beat", "became", "chose", "fought", "hit", "led", "left", "met", "saw", "sent", "shot", "sued",
];

/// Amano Reijiro, head of the port authority, said: the title goes on over `of …` up to the comma.
fn with_complement(text: &str, stream: &Stream, last: u32) -> u32 {
    const LONGEST: usize = 9;
    let at = (last as usize).plus(1);
    let opens = stream
        .items
        .get(at)
        .and_then(|item| item.span().of(text))
        .is_some_and(|word| matches!(word, "of" | "for" | "at"));
    let rest = stream.items.get(at..).unwrap_or_default();
    let len = rest
        .iter()
        .take(LONGEST + 1)
        .take_while(|item| item.is_word())
        .count();
    let closes = rest
        .get(len)
        .is_some_and(|item| item.is_punct(b',') || item.is_punct(b'.'));
    if opens && closes && (2..=LONGEST).contains(&len) {
        last.plus(1).plus(len as u32)
    } else {
        last.plus(1)
    }
}

/// The words of these items as written; `None` where there are none.
fn phrase_text(text: &str, stream: &Stream, phrase: Range<u32>) -> Option<String> {
    let items = stream
        .items
        .get(phrase.start as usize..phrase.end as usize)?;
    let (one, last) = (items.first()?, items.last()?);
    let end = if matches!(last.kind, Kind::Word(Shape::Initial)) {
        last.start
    } else {
        last.end
    };
    let words = text.get(one.start as usize..end as usize)?.trim();
    (!words.is_empty()).then(|| words.to_owned())
}
