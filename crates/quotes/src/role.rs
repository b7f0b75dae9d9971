//! Descriptions that stand for somebody the article names: `the minister`, `the girl`, `the 34-year-old`.

mod age;
mod introduced;
mod office;

use std::ops::RangeInclusive;

use compact_str::CompactString;

use crate::chars::APOSTROPHES;
use crate::lexicon::Classes;
use crate::mention::{FAR, HONOURS, Mention, MentionKind};
use crate::person::{Persons, fold};
use crate::stream::{Kind, Stream};
use crate::total::{Cut, Steps, Total};
use age::{age_of, decade_of, has_age};
use introduced::Introduced;
pub(crate) use office::is_ranked;
use office::{Office, holder};

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
                if let Some(age) = age_of(text, stream, &mention) {
                    self.describe(at, &mention, Some(age));
                }
            }
            MentionKind::Document => {
                let person = answerer(text, stream, self.mentions, at);
                self.mentions.change(at, |mention| mention.person = person);
            }
            _ => {}
        }
    }

    /// Notes who was introduced by a word of kin.
    fn meet_kin(&mut self, mention: &Mention, person: u32) {
        let head = self.stream.items.at(mention.name_first);
        if mention.kind == MentionKind::Role && head.has(Classes::KIN) {
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
            self.introduced.add(head, at);
            return;
        }
        let honour = HONOURS.contains(&item.span().of(text).unwrap_or_default());
        if mention.possessive || !honour && belongs_to_somebody(text, stream, mention) {
            let person = self.kin_of(mention, &head);
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
        let office = Office::of(&head);
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
        let person = match aged {
            Some(person) => Some(person),
            None if known.is_some() => None,
            // Somebody holds the office, only it is not settled who: nobody else is meant.
            None if taken() => holder(text, stream, mention, &office, &self.recent, self.persons),
            None if named => None,
            None => self.last(at, mention, &head),
        };
        self.mentions.change(at, |mention| {
            mention.introduced = known.filter(|_| person.is_none());
            mention.person = person;
        });
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
    fn last(&self, at: usize, mention: &Mention, head: &str) -> Option<u32> {
        let item = self.stream.items.at(mention.name_first);
        let generic =
            item.has(Classes::HUMAN) || item.kind == Kind::Number || !item.has(Classes::KIN);
        if !generic || is_collective(head) || labels(self.stream, mention) {
            return None;
        }
        let before = self.mentions.cut(..=at);
        let seen = named_last(self.text, self.stream, before, &self.recent, self.persons)?;
        (seen.paragraph.plus(REACH) >= item.paragraph).then_some(seen.person)
    }
}

/// Tells whether a person was last named as the one who asks: Coroner Alastair Finch asked whether she was. ¶ “No,” the
/// witness replied.
fn has_asked(text: &str, stream: &Stream, before: &[Mention], person: u32) -> bool {
    let mut lately = before.iter().rev().take(FAR);
    let last = lately.find(|mention| mention.person == Some(person));
    last.is_some_and(|mention| {
        mention.asks(text, stream)
            || matches!(
                stream.word(text, (mention.last as usize).plus(1)),
                "wondered" | "inquired"
            )
    })
}

/// Tells whether a description is the label of a turn, which somebody without a name speaks: THE CHAIRMAN: Which one?
fn labels(stream: &Stream, mention: &Mention) -> bool {
    let next = stream.items.get((mention.last as usize).plus(1));
    next.is_some_and(|next| next.is_punct(b':'))
        && stream
            .paragraph(stream.items.at(mention.first).paragraph)
            .start
            == mention.first as usize
}

/// Tells whether a word for people means several.
fn is_collective(head: &str) -> bool {
    matches!(
        head,
        "family" | "couple" | "pair" | "duo" | "trio" | "household" | "crowd" | "jury"
    )
}

fn is_comma(stream: &Stream, at: u32) -> bool {
    let item = stream.items.get(at as usize);
    item.is_some_and(|item| item.is_punct(b','))
}

/// Whose name stands behind a description, between commas: her daughter, the novelist Bisi Roe, told us.
fn apposed(text: &str, stream: &Stream, mentions: &[Mention], at: usize) -> Option<u32> {
    let (mention, name) = (mentions.at(at), mentions.get(at.plus(1))?);
    if mention.kind != MentionKind::Role {
        return None;
    }
    let own = stream.items.at(mention.first).has(Classes::POSSESSIVE);
    if own && let Some(person) = apposed_at_length(stream, mentions, at) {
        return Some(person);
    }
    let the = || stream.is(text, (mention.last as usize).plus(2), "the");
    // A player called Moonhammer, a woman named Ana Roe
    let called = name.first == mention.last.plus(2)
        && matches!(
            stream.word(text, (mention.last as usize).plus(1)),
            "called" | "named"
        );
    if called && name.kind.is_name() && !name.possessive {
        return name.person;
    }
    let is = own
        && !mention.possessive
        && name.kind == MentionKind::FullName
        && !name.possessive
        && (name.first == mention.last.plus(2) || name.first == mention.last.plus(3) && the())
        && is_comma(stream, mention.last.plus(1))
        && is_comma(stream, name.last.plus(1))
        && !stream.is(text, (name.last as usize).plus(2), "and");
    name.person.filter(|_| is)
}

/// Words that may stand before the name in an apposition.
const APPOSED: u32 = 6;

/// The same with more than an office before the name: their coach, the former Test batsman Karl Roe, said.
fn apposed_at_length(stream: &Stream, mentions: &[Mention], at: usize) -> Option<u32> {
    let mention = mentions.at(at);
    if mention.possessive || !is_comma(stream, mention.last.plus(1)) {
        return None;
    }
    let start = mention.last.plus(2);
    let mut behind = mentions.cut(at.plus(1)..).iter().take(3);
    let name = behind.find(|name| name.kind == MentionKind::FullName)?;
    let words = stream
        .items
        .cut(start as usize..name.first.max(start) as usize);
    let clause = Classes::AUXILIARY
        .or(Classes::RELATIVE)
        .or(Classes::CONJUNCTION);
    let is = name.first > start
        && name.first <= start.plus(APPOSED)
        && !name.possessive
        && words.head().has(Classes::DETERMINER)
        && words.iter().all(|item| item.is_word() && !item.has(clause))
        && is_comma(stream, name.last.plus(1));
    name.person.filter(|_| is)
}

/// Whose words a word for them is of: came the reply from Roe.
fn answerer(text: &str, stream: &Stream, mentions: &[Mention], at: usize) -> Option<u32> {
    let form = |at: u32| stream.word(text, at as usize);
    let (answer, next) = (mentions.at(at), mentions.get(at.plus(1))?);
    if next.first != answer.last.plus(2) || !next.kind.is_name() || next.possessive {
        return None;
    }
    let of = matches!(
        (form(answer.name_first), form(answer.last.plus(1))),
        (
            "reply" | "answer" | "response" | "comment" | "verdict" | "retort",
            "from" | "of"
        )
    );
    next.person.filter(|_| of)
}

/// A person, and the paragraph that named him last.
struct Recent {
    person: u32,
    paragraph: u32,
}

/// Who was named last of those whom the last of some mentions fits, a description; whoever asked does not answer.
fn named_last<'r>(
    text: &str,
    stream: &Stream,
    mentions: &[Mention],
    recent: &'r [Recent],
    persons: &Persons,
) -> Option<&'r Recent> {
    let (mention, before) = mentions.split_last()?;
    let answers = matches!(
        stream.word(text, (mention.last as usize).plus(1)),
        "replied" | "answered" | "responded" | "retorted"
    );
    // The old man is not Juma, 16.
    let words = stream
        .items
        .cut(mention.first as usize..mention.name_first as usize);
    let old = words
        .iter()
        .any(|item| matches!(item.span().of(text), Some("old" | "elderly" | "aged")));
    let is_young = |years: &str| years.parse().is_ok_and(|years: u8| years < 45);
    let fits = |seen: &&Recent| {
        let person = persons.list.at(seen.person);
        let asked = answers && has_asked(text, stream, before, seen.person);
        let young = old && has_age(text, stream, before, seen.person, is_young);
        let other = person.unsure || asked || young || is_within(before, mention, seen.person);
        person.gender.agrees(mention.gender) && !other
    };
    let last = recent.iter().rev().find(fits)?;
    let main = told_aside(stream, before, last.person);
    let main = main.and_then(|main| recent.iter().find(|seen| seen.person == main));
    main.filter(fits).or(Some(last))
}

/// Tells whether a person was last named inside a description: the former Black Stars defender.
fn is_within(before: &[Mention], mention: &Mention, person: u32) -> bool {
    let mut inside = before
        .iter()
        .rev()
        .take_while(|name| name.first >= mention.first);
    inside.any(|name| name.person == Some(person))
}

/// Whom a sentence is about that names a person last in an insertion: Roe, dropped on 4 by keeper Karl Brandt, made 143
/// · Roe, 21, who was playing because Brandt failed a test, said little.
fn told_aside(stream: &Stream, mentions: &[Mention], person: u32) -> Option<u32> {
    let items = &stream.items;
    let mut lately = mentions.iter().enumerate().rev().take(FAR);
    let (at, aside) = lately.find(|(_, mention)| mention.person == Some(person))?;
    let sentence = items.at(aside.first).sentence;
    let here = mentions.cut(..at).iter().rev().take(FAR);
    let main = here
        .take_while(|mention| items.at(mention.first).sentence == sentence)
        .last()?;
    let opens = (main.first as usize)
        .checked_sub(1)
        .is_none_or(|before| items.at(before).sentence != sentence);
    if !opens || !main.kind.is_name() || !is_comma(stream, main.last.plus(1)) {
        return None;
    }
    // The insertion ends with a comma and the verb.
    let rest = (aside.last.plus(1)..).take(ASIDE);
    let mut rest = rest.take_while(|&at| {
        let item = items.get(at as usize);
        item.is_some_and(|item| item.sentence == sentence && !item.is_capital())
    });
    let comma = rest.find(|&at| is_comma(stream, at))?;
    let verb = items.get((comma as usize).plus(1))?;
    let grammar = Classes::RELATIVE
        .or(Classes::CONJUNCTION)
        .or(Classes::DETERMINER)
        .or(Classes::POSSESSIVE)
        .or(Classes::PREPOSITION)
        .or(Classes::SUBORDINATOR)
        .or(Classes::ADVERB)
        .or(Classes::PRONOUN);
    main.person
        .filter(|_| verb.is_lower() && !verb.has(grammar))
}

/// Items between a name in an insertion and its end.
const ASIDE: usize = 12;

/// Notes that a person is the one named last.
fn name_last(recent: &mut Vec<Recent>, person: u32, paragraph: u32) {
    if let Some(last) = recent.last_mut().filter(|last| last.person == person) {
        last.paragraph = paragraph;
        return;
    }
    if let Some(before) = recent.iter().rposition(|seen| seen.person == person) {
        recent.remove(before);
    }
    recent.push(Recent { person, paragraph });
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
mod tests {
    use crate::parsed::Parsed;

    /// Expects the description to stand for this person, or for nobody.
    fn check(text: &str, description: &str, expected: Option<&str>) {
        let parsed = Parsed::new(None, text);
        let context = parsed.context();
        let mention = parsed
            .mentions
            .iter()
            .rfind(|mention| context.mention_span(mention).of(text) == Some(description))
            .unwrap();
        let person = mention
            .person
            .map(|person| parsed.persons.list[person as usize].name.as_str());
        assert_eq!(person, expected, "{description} in {text}");
    }

    #[test]
    fn an_office_goes_to_its_holder() {
        let text = "Ilona Varga, the harbour minister, met Paul Ruiz. Then the minister left.";
        check(text, "the minister", Some("Ilona Varga"));
    }

    #[test]
    fn where_somebody_is_from_says_who() {
        let text = "Finnish driver Aki Roe beat Tobi Doe, a Briton. Then the Finn left.";
        check(text, "the Finn", Some("Aki Roe"));
        check("Aki Roe lost. Then the French left.", "French", None);
    }

    #[test]
    fn an_office_with_what_it_is_of() {
        let text =
            "The Commissioner of Police, Danladi Roe, met Ana Ruiz. Then the commissioner left.";
        check(text, "the commissioner", Some("Danladi Roe"));
    }

    #[test]
    fn a_name_in_marks_before_the_head() {
        let text = "Singer Delphine Roe said no. The “Paper Raincoat” singer left.";
        check(text, "The “Paper Raincoat” singer", Some("Delphine Roe"));
    }

    #[test]
    fn whoever_gives_a_name_has_it() {
        let text = "Paul Ruiz left. One of them, who gave his name as Modou, said no.";
        check(text, "One", Some("Modou"));
    }

    #[test]
    fn an_answer_is_of_who_gives_it() {
        let text = "Paul Ruiz lost. “Never,” came the reply from Karl Brandt.";
        check(text, "the reply", Some("Karl Brandt"));
    }

    #[test]
    fn an_office_of_another_rank_is_another_one() {
        let text = "Ranil Roe, the deputy minister, spoke. Then the Prime Minister left.";
        check(text, "the Prime Minister", None);
        let text =
            "The Deputy Minister, Ranil Roe, spoke. Ana Ruiz left. Then the Deputy Minister did.";
        check(text, "the Deputy Minister", Some("Ranil Roe"));
    }

    #[test]
    fn a_compound_holds_the_office() {
        let text = "Goalkeeper Bo Roe saved it. Ana Ruiz, the referee, left. Then the keeper left.";
        check(text, "the keeper", Some("Bo Roe"));
    }

    #[test]
    fn a_dignitary_is_the_one_named_last() {
        let text = "The mayor, Josée Roe, called for calm. Then Her Worship left.";
        check(text, "Her Worship", Some("Josée Roe"));
    }

    #[test]
    fn an_age_goes_to_whose_it_is() {
        let text = "Jane Jerotich, 31, was met on the quay by Paul Ruiz, 44. Some hours later the 31-year-old said no.";
        check(text, "the 31-year-old", Some("Jane Jerotich"));
        let text = "The 31-year-old Jane Jerotich met the 44-year-old Paul Ruiz. Then the 31-year-old said no.";
        check(text, "the 31-year-old", Some("Jane Jerotich"));
    }

    #[test]
    fn a_word_for_an_age_goes_to_whose_it_is() {
        let text = "Jane Jerotich, 17, met Paul Ruiz, 44. Some hours later the teenager said no.";
        check(text, "the teenager", Some("Jane Jerotich"));
    }

    #[test]
    fn a_description_that_a_body_is_named_behind_is_no_person() {
        let text = "Ilona Varga was silent. The contractor, Lind Brothers Ltd, said no.";
        check(text, "The contractor", None);
    }

    #[test]
    fn somebody_without_a_name_keeps_it() {
        let text = "Ilona Varga met a senior official. Then the official left.";
        check(text, "the official", None);
    }

    #[test]
    fn somebody_in_relation_to_another_is_not_that_one() {
        check(
            "Ilona Varga was silent. The mayor’s lawyer spoke.",
            "The mayor’s lawyer",
            None,
        );
    }

    #[test]
    fn an_office_that_nobody_holds_is_the_same_later() {
        let text =
            "Kenya's roads minister brushed it aside. Ana Ruiz left. Then the minister left.";
        check(text, "the minister", None);
    }

    #[test]
    fn a_family_is_not_one_of_them() {
        check("Paul Ruiz left. Then the family did.", "the family", None);
    }

    #[test]
    fn whoever_is_named_in_an_insertion_is_not_meant() {
        let text =
            "Paul Ruiz, dropped on 4 by keeper Karl Brandt, made 143. Then the batsman left.";
        check(text, "the batsman", Some("Paul Ruiz"));
        let text = "Paul Ruiz, 21, who played because Karl Brandt failed a late test, said little. Then the player left.";
        check(text, "the player", Some("Paul Ruiz"));
        let text = "Paul Ruiz, 21, met Karl Brandt, who said little. Then the player left.";
        check(text, "the player", Some("Karl Brandt"));
    }

    #[test]
    fn kin_is_the_same_later() {
        let text =
            "Paul Ruiz and his sister, Ana Ruiz, farm. Lena Brandt left. His sister laughed.";
        check(text, "His sister", Some("Ana Ruiz"));
    }

    #[test]
    fn an_age_may_stand_with_a_place() {
        let text = "Paul Ruiz rode for an hour. Then the 31-year-old from Zeeland left.";
        check(text, "the 31-year-old", Some("Paul Ruiz"));
    }

    #[test]
    fn an_old_man_is_not_young() {
        let text = "Paul Ruiz heard it. His grandson Karl Brandt, 16, left. Then the old man left.";
        check(text, "the old man", Some("Paul Ruiz"));
    }

    #[test]
    fn whoever_asked_does_not_answer() {
        let text = "Ana Ruiz came. Paul Roe asked whether it was true. “No,” the witness replied.";
        check(text, "the witness", Some("Ana Ruiz"));
    }

    #[test]
    fn a_name_between_commas_is_who_is_described() {
        let text = "Paul Ruiz sang. Her daughter, the novelist Bisi Roe, left.";
        check(text, "Her daughter", Some("Bisi Roe"));
        let text = "Ana Ruiz sang. Their coach, the former Test batsman Karl Roe, left.";
        check(text, "Their coach", Some("Karl Roe"));
    }
}
