//! Those who are told of before they are named, or never are: a senior official, a 34-year-old man.

use compact_str::CompactString;

use super::Office;
use super::words::is_collective;
use crate::lexicon::Classes;
use crate::mention::{FAR, Mention, MentionKind};
use crate::person::{Persons, fold};
use crate::stream::{Item, Stream};
use crate::total::{Cut, Steps, Total};

/// The first paragraphs, of which one is the lead: before it may stand headline and byline.
const LEADS: u32 = 3;

/// Paragraphs within which somebody introduced by an office is named.
const SOON: u32 = 2;

/// The descriptions that named nobody when they came.
#[derive(Debug, Default)]
pub(super) struct Introduced {
    /// Their heads, folded, and their mentions.
    list: Vec<(CompactString, u32)>,
    /// The mention that named somebody last.
    pub(super) named: usize,
}

impl Introduced {
    pub(super) fn add(&mut self, head: CompactString, mention: usize) {
        self.list.push((head, mention as u32));
    }

    /// The last one introduced by this word.
    pub(super) fn by(&self, head: &str) -> Option<u32> {
        let known = self.list.iter().rfind(|known| known.0 == head);
        known.map(|known| known.1)
    }

    /// The one whom a word for any person, or an age, means where nobody was named since: an elderly parishioner was
    /// less forgiving. “My whole life,” the 88-year-old said.
    pub(super) fn nearer(
        &self,
        stream: &Stream,
        mentions: &[Mention],
        head: (&Item, &str),
        by_age: bool,
    ) -> Option<u32> {
        let (item, word) = head;
        let any = by_age || item.has(Classes::HUMAN) && !is_collective(word);
        let last = self.list.last()?.1;
        let first = mentions.at(last).first;
        let start = stream.items.at(first);
        let opens = first
            .checked_sub(1)
            .is_none_or(|before| stream.items.at(before).sentence != start.sentence);
        let here = start.paragraph == item.paragraph;
        (any && here && opens && last as usize > self.named).then_some(last)
    }

    /// Gives the name of mention `at` to whoever was introduced last without one, wherever the description stands.
    pub(super) fn identify(
        &mut self,
        stream: &Stream,
        mentions: &mut [Mention],
        persons: &mut Persons,
        at: usize,
    ) {
        let name = *mentions.at(at);
        let fitting = || {
            let list = self.list.iter().enumerate();
            list.filter(|(_, told)| mentions.at(told.1).gender.agrees(name.gender))
        };
        // The man whom an officer talked to, not the officer.
        let human = |(_, told): &(usize, &(CompactString, u32))| {
            let head = mentions.at(told.1).name_last;
            stream.items.at(head).has(Classes::HUMAN)
        };
        let told = fitting().rfind(human).or_else(|| fitting().next_back());
        let (Some((told, _)), Some(person)) = (told, name.person) else {
            return;
        };
        let (head, first) = self.list.remove(told);
        for mention in mentions.iter_mut().take(at).skip(first as usize).take(FAR) {
            if mention.introduced == Some(first) {
                (mention.introduced, mention.person) = (None, Some(person));
            }
        }
        name_as(mentions, persons, first, person, head);
    }
}

/// Tells whether a name is given to somebody told of before: police identified the man as Travis Hobart.
pub(super) fn identifies(text: &str, stream: &Stream, name: &Mention) -> bool {
    let before = |back: usize| stream.word(text, (name.first as usize).wrapping_sub(back));
    let announced = stream.is(text, (name.first as usize).wrapping_sub(1), "as");
    announced && (2..=5).any(|back| matches!(before(back), "identified" | "named"))
}

/// Tells whether the first person named after a mention, soon and before an item, holds an office: A judge criticised the
/// council. Judge Rupert Ashdown said so in court. “They are clear,” the judge said.
pub(super) fn is_named_since(
    stream: &Stream,
    persons: &Persons,
    told: &Mention,
    until: u32,
    office: &Office<'_>,
) -> bool {
    let persons = persons.list.iter();
    let since = persons.filter(|person| (told.first..until).contains(&person.first));
    let paragraph = |item: u32| stream.items.at(item).paragraph;
    since
        .min_by_key(|person| person.first)
        .is_some_and(|person| {
            paragraph(person.first) <= paragraph(told.first).plus(SOON) && office.is_held(person)
        })
}

/// Gives the name that opens the second paragraph, with an age, to the one whom the first opens with: A Newcastle
/// jeweller told police his safe had been emptied. ¶ Gavin Petrakis, 51, has pleaded not guilty.
pub(super) fn name_lead(
    text: &str,
    stream: &Stream,
    mentions: &mut [Mention],
    persons: &mut Persons,
) {
    let start = |mention: &Mention| {
        let paragraph = stream.items.at(mention.first).paragraph;
        let range = stream.paragraph(paragraph);
        (range.start == mention.first as usize).then_some(paragraph)
    };
    let aged = |name: &Mention| {
        let word = |after: u32| stream.word(text, name.last.plus(after) as usize);
        let age = word(2).parse::<u8>();
        word(1) == "," && age.is_ok_and(|age| (10..=110).contains(&age)) && word(3) == ","
    };
    for at in 0..mentions.len().min(FAR) {
        let lead = *mentions.at(at);
        let Some(paragraph) = start(&lead).filter(|&paragraph| paragraph < LEADS) else {
            continue;
        };
        let article = matches!(stream.word(text, lead.first as usize), "A" | "An");
        if lead.kind != MentionKind::Role || lead.person.is_some() || !article {
            continue;
        }
        let next = mentions.cut(at..).iter().find(|mention| {
            mention.kind == MentionKind::FullName && start(mention) == Some(paragraph.plus(1))
        });
        let named = next.filter(|name| aged(name) && lead.gender.agrees(name.gender));
        if let Some(person) = named.and_then(|name| name.person) {
            let head = fold(stream.word(text, lead.name_last as usize));
            name_as(mentions, persons, at as u32, person, head);
            return;
        }
    }
}

/// Makes a description mean a person, and its head what the person is called by.
fn name_as(
    mentions: &mut [Mention],
    persons: &mut Persons,
    description: u32,
    person: u32,
    head: CompactString,
) {
    mentions.change(description, |mention| mention.person = Some(person));
    persons
        .list
        .change(person, |person| person.hold_plainly(head));
}
