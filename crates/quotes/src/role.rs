//! Descriptions that stand for somebody the article names: `the minister`, `the girl`, `the 34-year-old`.

use compact_str::CompactString;

use crate::lexicon::Classes;
use crate::mention::{FAR, Gender, HONOURS, Mention, MentionKind};
use crate::person::{Person, Persons, fold};
use crate::stream::{Item, Kind, Stream};
use crate::total::{Cut, Steps, Total};

/// Paragraphs back within which a description without a known holder may mean the person named last.
const REACH: u32 = 2;

/// Gives each definite description of one person the person it stands for, if the article settles it.
///
/// An office goes to the one who holds it, the latest named of several; an age to the one of that age. What no title
/// tells (`the girl`) goes to the person named last, if the gender fits and nobody else without a name was
/// introduced by the same word: after “a senior official”, “the official” is that one.
pub(crate) fn join(text: &str, stream: &Stream, mentions: &mut [Mention], persons: &mut Persons) {
    name_lead(text, stream, mentions, persons);
    let mut introduced: Vec<(CompactString, u32)> = Vec::with_capacity(16);
    let mut recent: Vec<Recent> = Vec::with_capacity(persons.list.len());
    let mut named = 0;
    for at in 0..mentions.len() {
        let mention = *mentions.at(at);
        let paragraph = stream.items.at(mention.first).paragraph;
        if let Some(person) = mention.person {
            name_last(&mut recent, person, paragraph);
            named = at;
            if identifies(text, stream, &mention) {
                identify(stream, mentions, persons, &mut introduced, at);
            }
            continue;
        }
        if let Some(person) = apposed(text, stream, mentions, at) {
            // His wife, the cellist Ragna Moe, has heard the joke.
            persons.learn_gender(person, mention.gender);
            mentions.change(at, |mention| mention.person = Some(person));
            continue;
        }
        let aged = match mention.kind {
            MentionKind::Role => age_of(text, stream, &mention),
            MentionKind::Thing => {
                let aged = age_of(text, stream, &mention);
                if aged.is_none() {
                    continue;
                }
                aged
            }
            MentionKind::Document => {
                let person = answerer(text, stream, mentions, at);
                mentions.change(at, |mention| mention.person = person);
                continue;
            }
            _ => continue,
        };
        let item = stream.items.at(mention.name_first);
        let Some(head) = item.span().of(text).map(fold) else {
            continue;
        };
        // In capitals an office is somebody's without an article: Deputy Minister, HON. SPEAKER.
        let capital = item.is_capital() && item.has(Classes::OFFICE);
        let bare = !mention.definite
            && stream
                .get((mention.first as isize).less(1))
                .is_none_or(|before| {
                    before.paragraph != item.paragraph || !before.has(Classes::DETERMINER)
                });
        if !(mention.definite || capital && bare) {
            introduced.push((head, at as u32));
            continue;
        }
        let honour = HONOURS.contains(&item.span().of(text).unwrap_or_default());
        if mention.possessive || !honour && belongs_to_somebody(text, stream, &mention) {
            continue;
        }
        if names_body(stream, mentions, at) {
            continue;
        }
        let known = introduced
            .iter()
            .rev()
            .find(|known| known.0 == head && !capital);
        // Somebody holds the office, only it is not settled who: nobody else is meant.
        let office = Office::of(&head);
        let taken = persons.list.iter().any(|person| office.is_held(person));
        // A judge criticised the council. Judge Rupert Ashdown said so in court. “They are clear,” the judge said.
        let since = |known: &(CompactString, u32)| {
            let told = mentions.at(known.1).first;
            let named = persons.list.iter().map(|person| (person.first, person));
            let next = named.filter(|named| (told..mention.first).contains(&named.0));
            let next = next.min_by_key(|named| named.0);
            let near = |item: u32| {
                let from = stream.items.at(told).paragraph;
                stream.items.at(item).paragraph <= from.plus(SOON)
            };
            next.is_some_and(|(first, person)| near(first) && office.is_held(person))
        };
        let only = mention.name_first == mention.first.plus(1);
        let known = known.filter(|known| !(only && since(known)));
        let decade = decade_of(&head);
        let fits_age = |years: &str| {
            aged.is_some_and(|age| years == age)
                || decade.as_ref().is_some_and(|decade| {
                    years.parse().is_ok_and(|years: u8| decade.contains(&years))
                })
        };
        let told = aged.is_some() || decade.is_some();
        let aged = recent
            .iter()
            .rev()
            .filter(|_| told)
            .map(|seen| seen.person)
            .find(|&index| has_age(text, stream, mentions, index, fits_age));
        // An elderly parishioner was less forgiving. “My whole life,” the 88-year-old said.
        let nearer = || {
            let unnamed = introduced.last().filter(|last| last.1 as usize > named)?;
            let whole = told || item.has(Classes::HUMAN) && !is_collective(&head);
            let first = mentions.at(unnamed.1).first;
            let here = stream.items.at(first).paragraph == paragraph;
            let opens = first.checked_sub(1).is_none_or(|before| {
                stream.items.at(before).sentence != stream.items.at(first).sentence
            });
            (whole && here && opens && aged.is_none()).then_some(unnamed)
        };
        let known = known.or_else(nearer);
        let anonymous = known.is_some();
        let generic =
            item.has(Classes::HUMAN) || item.kind == Kind::Number || !item.has(Classes::KIN);
        // The Foreign Secretary is one person, whom another title names if the article names him; so is the prime
        // minister.
        let named = capital && (bare || mention.name_first > mention.first.plus(1))
            || is_ranked(text, stream, &mention);
        let last = || {
            let likely = generic && !named && !is_collective(&head) && !labels(stream, &mention);
            named_last(text, stream, mentions.cut(..=at), &recent, persons)
                .filter(|seen| likely && seen.paragraph.plus(REACH) >= paragraph)
                .map(|seen| seen.person)
        };
        let person = match aged {
            Some(person) => Some(person),
            None if anonymous => None,
            None if taken => holder(text, stream, &mention, &office, &recent, persons),
            None => last(),
        };
        let announced = known.filter(|_| person.is_none()).map(|known| known.1);
        mentions.change(at, |mention| {
            mention.introduced = announced;
            mention.person = person;
        });
        // Kenya's roads minister brushed it aside; later, the minister laughed.
        if person.is_none() && !anonymous && item.has(Classes::OFFICE) {
            introduced.push((head, at as u32));
        }
        if let Some(person) = person {
            name_last(&mut recent, person, paragraph);
        }
    }
}

/// Gives the name that opens the second paragraph, with an age, to the one whom the first opens with: A Newcastle
/// jeweller told police his safe had been emptied. ¶ Gavin Petrakis, 51, has pleaded not guilty.
fn name_lead(text: &str, stream: &Stream, mentions: &mut [Mention], persons: &mut Persons) {
    let start = |mention: &Mention| {
        let paragraph = stream.items.at(mention.first).paragraph;
        let range = stream.paragraph(paragraph);
        (range.start == mention.first as usize).then_some(paragraph)
    };
    let article =
        |mention: &Mention| matches!(stream.word(text, mention.first as usize), "A" | "An");
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
        if lead.kind != MentionKind::Role || lead.person.is_some() || !article(&lead) {
            continue;
        }
        let next = mentions.cut(at..).iter().find(|mention| {
            mention.kind == MentionKind::FullName && start(mention) == Some(paragraph.plus(1))
        });
        let named = next.filter(|name| aged(name) && agree(&lead, name));
        let Some(person) = named.and_then(|name| name.person) else {
            continue;
        };
        let head = stream.word(text, lead.name_last as usize);
        mentions.change(at, |mention| mention.person = Some(person));
        persons
            .list
            .change(person, |person| person.roles.push(fold(head)));
        return;
    }
}

/// The first paragraphs, of which one is the lead: before it may stand headline and byline.
const LEADS: u32 = 3;

/// Tells whether two mentions may be of one gender.
fn agree(one: &Mention, two: &Mention) -> bool {
    one.gender == Gender::Unknown || two.gender == Gender::Unknown || one.gender == two.gender
}

/// Paragraphs within which somebody introduced by an office is named.
const SOON: u32 = 2;

/// Tells whether a name is given to somebody told of before: police identified the man as Travis Hobart.
fn identifies(text: &str, stream: &Stream, name: &Mention) -> bool {
    let before = |back: usize| stream.word(text, (name.first as usize).wrapping_sub(back));
    before(1) == "as" && (2..=5).any(|back| matches!(before(back), "identified" | "named"))
}

/// Gives the name of mention `at` to whoever was introduced last without one, wherever the description stands.
fn identify(
    stream: &Stream,
    mentions: &mut [Mention],
    persons: &mut Persons,
    introduced: &mut Vec<(CompactString, u32)>,
    at: usize,
) {
    let name = *mentions.at(at);
    let fits = |mention: &Mention| agree(mention, &name);
    // The man whom an officer talked to, not the officer.
    let human = |told: &&(CompactString, u32)| {
        let head = mentions.at(told.1).name_last;
        stream.items.at(head).has(Classes::HUMAN)
    };
    let fitting = || introduced.iter().filter(|told| fits(mentions.at(told.1)));
    let told = fitting().rfind(human).or_else(|| fitting().next_back());
    let told = told.and_then(|told| introduced.iter().position(|known| known.1 == told.1));
    let (Some(told), Some(person)) = (told, name.person) else {
        return;
    };
    let (head, first) = introduced.remove(told);
    for mention in mentions.iter_mut().take(at).skip(first as usize).take(FAR) {
        if mention.introduced == Some(first) {
            (mention.introduced, mention.person) = (None, Some(person));
        }
    }
    mentions.change(first, |mention| mention.person = Some(person));
    persons
        .list
        .change(person, |person| person.roles.push(head));
}

/// Tells whether a description names an office by its rank: the prime minister.
pub(crate) fn is_ranked(text: &str, stream: &Stream, mention: &Mention) -> bool {
    mention.name_first > mention.first
        && RANKS.contains(&stream.word(text, (mention.name_first as usize).less(1)))
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
    let own = stream.items.at(mention.first).has(Classes::POSSESSIVE);
    let the = stream.word(text, (mention.last as usize).plus(2)) == "the";
    // A player called Moonhammer, a woman named Ana Roe
    let called = name.first == mention.last.plus(2)
        && matches!(
            stream.word(text, (mention.last as usize).plus(1)),
            "called" | "named"
        );
    if called && mention.kind == MentionKind::Role && name.kind.is_name() && !name.possessive {
        return name.person;
    }
    let is = own
        && mention.kind == MentionKind::Role
        && !mention.possessive
        && name.kind == MentionKind::FullName
        && !name.possessive
        && (name.first == mention.last.plus(2) || name.first == mention.last.plus(3) && the)
        && is_comma(stream, mention.last.plus(1))
        && is_comma(stream, name.last.plus(1))
        && stream.word(text, (name.last as usize).plus(2)) != "and";
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

/// An office, folded, and what it is whoever holds it.
struct Office<'a> {
    form: &'a str,
    neutral: &'a str,
}

impl<'a> Office<'a> {
    fn of(form: &'a str) -> Self {
        Self {
            form,
            neutral: neutral(form),
        }
    }

    /// Tells whether the person holds the office: the keeper is a goalkeeper, the owner a co-owner.
    fn is_held(&self, person: &Person) -> bool {
        let form = self.form;
        let compound = |role: &CompactString| {
            form.len() >= LONG && role.ends_with(form) && !role.starts_with("vice")
        };
        let same = |role: &CompactString| role == form || neutral(role) == self.neutral;
        person.roles.iter().any(|role| same(role) || compound(role))
    }
}

/// The office whoever holds it: the actress is an actor, the chairwoman a chairman.
fn neutral(office: &str) -> &str {
    let stem = ["woman", "man", "person"]
        .iter()
        .find_map(|ending| office.strip_suffix(ending));
    match office {
        "finn" => "finnish",
        "dane" => "danish",
        "swede" => "swedish",
        "pole" => "polish",
        "turk" => "turkish",
        "spaniard" => "spanish",
        "serb" => "serbian",
        "croat" => "croatian",
        "scot" | "scotsman" | "scotswoman" => "scottish",
        "briton" | "brit" => "british",
        "englishman" | "englishwoman" => "english",
        "irishman" | "irishwoman" => "irish",
        "welshman" | "welshwoman" => "welsh",
        "frenchman" | "frenchwoman" => "french",
        "dutchman" | "dutchwoman" => "dutch",
        "actress" => "actor",
        "headmistress" => "headmaster",
        "policewoman" | "policeman" => "officer",
        "chair" => "chair",
        _ => stem.filter(|stem| stem.len() >= 4).unwrap_or(office),
    }
}

/// An office of fewer letters is no part of a compound: police*man*.
const LONG: usize = 5;

/// Words that make an office another one.
const RANKS: [&str; 6] = ["prime", "deputy", "vice", "assistant", "first", "acting"];

/// Tells whether a description may mean the person, as far as gender tells.
fn fits(mention: &Mention, person: &Person) -> bool {
    mention.gender == Gender::Unknown
        || person.gender == Gender::Unknown
        || person.gender == mention.gender
}

/// Who holds the office that a description names: of those named before the latest, else the only one.
fn holder(
    text: &str,
    stream: &Stream,
    mention: &Mention,
    office: &Office<'_>,
    recent: &[Recent],
    persons: &Persons,
) -> Option<u32> {
    let word = |item: &Item| item.span().of(text).map(fold);
    // Of several leaders the North Korean one: the words before the head that a title shares.
    let modifiers: Vec<CompactString> = stream
        .items
        .cut(mention.first as usize..mention.name_first as usize)
        .iter()
        .filter(|item| item.is_word() && !item.has(Classes::DETERMINER.or(Classes::POSSESSIVE)))
        .filter_map(word)
        .collect();
    let shared = |index: u32| {
        let person = persons.list.at(index);
        let shares = |word: &&CompactString| person.title_words.contains(word);
        modifiers.iter().filter(shares).count()
    };
    // The prime minister is no minister of another rank.
    let ranked = |person: &Person| {
        let mut ranks = modifiers
            .iter()
            .filter(|word| RANKS.contains(&word.as_str()));
        ranks.all(|rank| person.title_words.contains(rank))
    };
    let may_hold = |index: &u32| {
        let person = persons.list.at(*index as usize);
        fits(mention, person) && office.is_held(person) && ranked(person)
    };
    let holders: Vec<u32> = recent
        .iter()
        .rev()
        .map(|seen| seen.person)
        .filter(may_hold)
        .collect();
    let most = holders.iter().copied().map(shared).max().unwrap_or(0);
    let latest = holders.into_iter().find(|&index| shared(index) == most);
    latest.or_else(|| {
        let later = (0..persons.list.len() as u32).filter(may_hold);
        let most = later.clone().map(shared).max().unwrap_or(0);
        let mut likely = later.filter(|&index| shared(index) == most);
        likely.next().filter(|_| likely.next().is_none())
    })
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
    recent.iter().rev().find(|seen| {
        let person = persons.list.at(seen.person);
        fits(mention, person)
            && !person.unsure
            && !(answers && has_asked(text, stream, before, seen.person))
    })
}

/// Notes that a person is the one named last.
fn name_last(recent: &mut Vec<Recent>, person: u32, paragraph: u32) {
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
            || !item.has(Classes::PLACE) && text.cut(item.end as usize..).starts_with(['\'', '’'])
    });
    let after = stream.items.get((mention.last as usize).plus(1));
    inner
        || after
            .is_some_and(|item| matches!(item.span().of(text), Some("of" | "for" | "who" | "from")))
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

/// The age in `the 34-year-old keeper`.
fn age_of<'t>(text: &'t str, stream: &Stream, mention: &Mention) -> Option<&'t str> {
    stream
        .items
        .cut(mention.first as usize..=mention.last as usize)
        .iter()
        .find(|item| item.kind == Kind::Number)
        .and_then(|item| item.span().of(text))
        .and_then(|word| word.split_once("-year").map(|split| split.0))
}

/// The ages a word stands for: the teenager, the octogenarian.
fn decade_of(head: &str) -> Option<std::ops::RangeInclusive<u8>> {
    if !head.ends_with("an") && !head.starts_with("teen") {
        return None;
    }
    Some(match head {
        "teenager" | "teen" => 13..=19,
        "sexagenarian" => 60..=69,
        "septuagenarian" => 70..=79,
        "octogenarian" => 80..=89,
        "nonagenarian" => 90..=99,
        "centenarian" => 100..=115,
        _ => return None,
    })
}

/// Tells whether the article gives an age that `fits` right after the person's name: `Jerotich, 31,`.
fn has_age(
    text: &str,
    stream: &Stream,
    mentions: &[Mention],
    person: u32,
    fits: impl Fn(&str) -> bool,
) -> bool {
    mentions
        .iter()
        .filter(|mention| mention.person == Some(person) && mention.kind.is_name())
        .any(|mention| {
            let after = (mention.last as usize).plus(1);
            let item = |at: usize| stream.items.get(at).and_then(|item| item.span().of(text));
            matches!(item(after), Some("," | "("))
                && item(after.plus(1))
                    .is_some_and(|word| fits(word.split('-').next().unwrap_or(word)))
        })
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
    fn whoever_asked_does_not_answer() {
        let text = "Ana Ruiz came. Paul Roe asked whether it was true. “No,” the witness replied.";
        check(text, "the witness", Some("Ana Ruiz"));
    }

    #[test]
    fn a_name_between_commas_is_who_is_described() {
        let text = "Paul Ruiz sang. Her daughter, the novelist Bisi Roe, left.";
        check(text, "Her daughter", Some("Bisi Roe"));
    }
}
