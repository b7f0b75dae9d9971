//! Names that may hold more than a name: the rest of the article tells where they end.

use std::cmp::Reverse;

use super::Persons;
use super::name::{Name, fold};
use crate::lexicon::{Classes, Lexicon};
use crate::mention::Mention;
use crate::stream::{Item, Stream};
use crate::total::{Cut, Steps, Total};

impl Persons {
    /// Finds somebody whose full name is a part of this one: Hillary Clinton Wins Delaware. Two words that are
    /// nobody's full name go to the bearer of the family name named most: (New) Hampshire Sanders, Will Sanders Step Down.
    pub(super) fn named_within(&mut self, name: &Name) -> Option<u32> {
        let full = |&index: &u32| self.list.at(index).is_full();
        let known = |word| self.named(word);
        let index = if name.particle && self.with_particle(name).is_some() {
            self.with_particle(name)?
        } else if name.words.len() > 2 {
            name.words.iter().find_map(|word| {
                let within = |index: &u32| {
                    let words = self.list.at(*index).words.as_slice();
                    name.words.windows(words.len()).any(|part| part == words)
                };
                known(word).iter().copied().filter(full).find(within)
            })?
        } else {
            let family = name.words.last()?;
            let bearer = |index: &u32| self.list.at(*index).family() == family;
            let bearers = known(family).iter().copied().filter(full).filter(bearer);
            bearers.max_by_key(|&index| {
                let person = self.list.at(index);
                (person.words == name.words, person.count, Reverse(index))
            })?
        };
        self.list.change(index, |person| {
            person.count = person.count.plus(1);
        });
        Some(index)
    }
}

impl Persons {
    /// Finds the bearer of a family name whose particle has a capital here: Van Roe, where Ana van Roe is known.
    fn with_particle(&self, name: &Name) -> Option<u32> {
        let family = name.words.last()?;
        let bears = |&index: &u32| {
            let person = self.list.at(index);
            let written = person.name.rsplit(' ').map(fold);
            let ends = written
                .zip(name.words.iter().rev())
                .all(|(one, two)| one == *two);
            person.is_full()
                && person.family() == family
                && ends
                && !person.name.starts_with(char::is_lowercase)
        };
        self.named(family).iter().copied().find(bears)
    }
}

/// Tells whether a full name may hold words that are no name: in a headline, after the first word of a place.
pub(super) fn is_doubtful(text: &str, stream: &Stream, mention: &Mention, name: &Name) -> bool {
    if name.particle && matches!(name.words.len(), 2 | 3) {
        return true;
    }
    if name.words.len() > 2 {
        return in_headline(stream, mention);
    }
    let first = stream.items.at(mention.name_first);
    if !name.listed && is_epithet(text, stream, mention) {
        return true;
    }
    if first.has(Classes::AUXILIARY.or(Classes::FUNCTION)) {
        return in_headline(stream, mention);
    }
    let before = stream.get((mention.name_first as isize).less(1));
    !name.listed
        && mention.first == mention.name_first
        && before.is_some_and(|before| {
            let place = text.get(before.start as usize..first.end as usize);
            before.is_capital()
                && before.end.plus(1) == first.start
                && place.is_some_and(|place| {
                    Lexicon::get()
                        .phrase(&place.to_lowercase())
                        .has(Classes::PLACE)
                })
        })
}

/// Tells whether a mention stands in a headline: four in five of the longer words have capitals.
fn in_headline(stream: &Stream, mention: &Mention) -> bool {
    let paragraph = stream.paragraph(stream.items.at(mention.first).paragraph);
    if paragraph.len() > 40 {
        return false;
    }
    let long = || {
        let items = stream.items.cut(paragraph.clone());
        items
            .iter()
            .filter(|item| item.is_word() && item.end.less(item.start) >= 4)
    };
    let capitals = long().filter(|item| item.is_capital()).count();
    // “Not yet,” María Fernanda Echeverría Luján said.
    let reports = |item: &Item| item.is_lower() && item.has(Classes::STRONG);
    let sentence = stream.items.cut(paragraph.clone()).iter().any(reports);
    !sentence && capitals.times(5) >= long().count().times(4)
}

/// Tells whether a capitalised word before a family name may say what somebody is, where it opens a sentence: Matchwinner
/// Roe · Man-of-the-match Roe · Jubilant Roe.
fn is_epithet(text: &str, stream: &Stream, mention: &Mention) -> bool {
    /// Shorter words are given names more often.
    const SHORTEST: usize = 6;
    const ENDINGS: &[&str] = &[
        "ant", "ed", "ent", "er", "ful", "ing", "ist", "ive", "less", "man", "or", "ous",
    ];
    let first = stream.items.at(mention.name_first);
    let before = stream.get((mention.first as isize).less(1));
    let opens = before.is_none_or(|before| before.sentence != first.sentence);
    let word = first.span().of(text).unwrap_or_default();
    let joined = word
        .rsplit('-')
        .next()
        .is_some_and(|last| last.len() < word.len() && last.starts_with(char::is_lowercase));
    let ends = || word.len() >= SHORTEST && ENDINGS.iter().any(|ending| word.ends_with(ending));
    opens && mention.first == mention.name_first && (joined || ends())
}
