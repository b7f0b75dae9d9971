//! Persons: which mentions of an article name the same one, and what is known of them.
//!
//! Names of two words or more found the persons; shorter ones join them by family or given name. East Asian and
//! Hungarian names may put the family name first, so a short name is compared with both ends.

use rustc_hash::FxHashMap;

use crate::lexicon::{Classes, Lexicon};
use crate::mention::{Gender, Mention, MentionKind};
use crate::stream::{Kind, Shape, Stream, lookup};

/// Somebody the article names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    /// The name as the article gives it most fully, without titles and nicknames.
    pub(crate) name: String,
    /// The words of the name, folded for comparison, without suffix.
    words: Vec<String>,
    suffix: Option<String>,
    /// Office or role, as first given with the name.
    pub(crate) title: Option<String>,
    /// Head nouns of all titles, folded: `minister`, `manager`.
    pub(crate) roles: Vec<String>,
    pub(crate) gender: Gender,
    /// Weight of what the gender rests on: an honorific outweighs a given name.
    gender_weight: u8,
    pub(crate) count: u32,
    /// Item of the first mention.
    pub(crate) first: u32,
    /// Rests on a form that may be no person's name.
    pub(crate) unsure: bool,
    pub(crate) in_title: bool,
}

impl Person {
    fn learn_gender(&mut self, gender: Gender, weight: u8) {
        if gender != Gender::Unknown && weight > self.gender_weight {
            self.gender = gender;
            self.gender_weight = weight;
        }
    }

    pub(crate) fn family(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    fn is_full(&self) -> bool {
        self.words.len() > 1
    }
}

/// The persons of an article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Persons {
    pub(crate) list: Vec<Person>,
    /// Persons by each word of their names.
    by_word: FxHashMap<String, Vec<u32>>,
}

/// Folds a name's word for comparison: lower case, straight apostrophes, no dots, no common diacritics.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        let mut folded = word.to_ascii_lowercase();
        folded.retain(|char| char != '.');
        return folded;
    }
    word.chars()
        .flat_map(char::to_lowercase)
        .filter(|&char| char != '.' && !('\u{300}'..'\u{370}').contains(&char))
        .map(|char| match char {
            'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
            'ç' | 'ć' | 'č' | 'ĉ' => 'c',
            'ď' | 'đ' => 'd',
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
            'ğ' | 'ģ' => 'g',
            'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
            'ł' | 'ľ' | 'ļ' => 'l',
            'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
            'ř' => 'r',
            'ś' | 'š' | 'ş' | 'ș' => 's',
            'ť' | 'ţ' | 'ț' => 't',
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
            'ý' | 'ÿ' => 'y',
            'ź' | 'ż' | 'ž' => 'z',
            '’' => '\'',
            other => other,
        })
        .collect()
}

impl Persons {
    /// Resolves the name mentions of an article, writing the person into each, and learns titles and genders.
    pub(crate) fn resolve(text: &str, title: Option<&str>, stream: &Stream, mentions: &mut [Mention]) -> Persons {
        let mut persons = Persons::default();
        for mention in mentions.iter_mut().filter(|mention| mention.kind == MentionKind::FullName) {
            let name = Name::read(text, stream, mention);
            mention.person = Some(persons.found(&name, mention));
        }
        persons.settle_names();
        for at in 0..mentions.len() {
            if matches!(mentions[at].kind, MentionKind::ShortName | MentionKind::Unsure) {
                persons.join_short(text, stream, at, mentions);
            }
        }
        persons.learn_titles(text, stream, mentions);
        persons.join_roles(text, stream, mentions);
        if let Some(title) = title {
            let words: Vec<String> =
                title.split(|char: char| !char.is_alphanumeric() && char != '-').filter(|word| !word.is_empty()).map(fold).collect();
            for person in &mut persons.list {
                person.in_title = words.iter().any(|word| word == person.family());
            }
        }
        persons
    }

    /// Finds or founds the person of a full name.
    fn found(&mut self, name: &Name, mention: &Mention) -> u32 {
        let known = name.words.last().and_then(|family| self.by_word.get(family)).and_then(|known| {
            known.iter().copied().find(|&index| self.list[index as usize].is_same(name))
        });
        let known = known.or_else(|| {
            // Family name written last here, first there; or a double surname cut short.
            let first = name.words.first()?;
            self.by_word.get(first)?.iter().copied().find(|&index| self.list[index as usize].is_same(name))
        });
        let index = known.unwrap_or_else(|| {
            self.list.push(Person { first: mention.first, ..Person::default() });
            self.list.len() as u32 - 1
        });
        let person = &mut self.list[index as usize];
        person.count += 1;
        person.first = person.first.min(mention.first);
        person.suffix = person.suffix.take().or_else(|| name.suffix.clone());
        if name.words.len() > person.words.len() {
            person.words.clone_from(&name.words);
            person.name.clone_from(&name.display);
        }
        person.learn_gender(mention.gender, if mention.titled { 3 } else { 1 });
        for word in &name.words {
            let list = self.by_word.entry(word.clone()).or_default();
            if !list.contains(&index) {
                list.push(index);
            }
        }
        index
    }

    /// Writes names in capitals as others write them.
    fn settle_names(&mut self) {
        for person in &mut self.list {
            if person.name.chars().filter(|char| char.is_alphabetic()).all(char::is_uppercase) {
                person.name = capitalise(&person.name);
            }
        }
    }

    /// Finds the person a short name belongs to; a name that fits nobody founds a person of its own.
    fn join_short(&mut self, text: &str, stream: &Stream, at: usize, mentions: &mut [Mention]) {
        let name = Name::read(text, stream, &mentions[at]);
        let Some(word) = name.words.last() else { return };
        let mention = mentions[at];
        let item = &stream.items[mention.name_last as usize];
        let fits = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        let weight = |index: u32| {
            let person = &self.list[index as usize];
            let clash = mention.titled
                && mention.gender != Gender::Unknown
                && person.gender != Gender::Unknown
                && person.gender != mention.gender
                && person.gender_weight >= 1;
            let family = person.family() == word || person.words.len() == 1;
            let family_first = person.words.first().is_some_and(|first| first == word)
                && lookup(Lexicon::get(), word).classes.has(Classes::FAMILY_FIRST);
            let seen = person.first <= mention.first;
            (!clash, seen, family || family_first, person.is_full())
        };
        let best = fits.iter().copied().max_by(|&a, &b| {
            // Of several who fit, the one named last before here: papers introduce somebody and go on with the surname.
            let recent = |index: u32| mentions[..at].iter().rposition(|other| other.person == Some(index));
            weight(a).cmp(&weight(b)).then(recent(a).cmp(&recent(b))).then(b.cmp(&a))
        });
        let best = best.filter(|&index| weight(index).0);
        let index = match best {
            Some(index) => index,
            None => {
                // A sentence opener, a thing, a team: only what looks like a name founds a person.
                let bare_opener = mention.kind == MentionKind::Unsure && !mention.titled;
                self.list.push(Person {
                    name: name.display.clone(),
                    words: name.words.clone(),
                    first: mention.first,
                    unsure: bare_opener || item.has(Classes::WORD_TOO) && !mention.titled,
                    ..Person::default()
                });
                let index = self.list.len() as u32 - 1;
                self.by_word.entry(word.clone()).or_default().push(index);
                index
            }
        };
        let person = &mut self.list[index as usize];
        person.count += 1;
        person.learn_gender(mention.gender, if mention.titled { 3 } else { 1 });
        let full = person.is_full();
        mentions[at].person = Some(index);
        if full && mention.kind == MentionKind::Unsure {
            mentions[at].kind = MentionKind::ShortName;
        }
    }

    /// Learns titles from what stands before and after names: `Unification Minister Chung`, `Roe, the mayor,`.
    fn learn_titles(&mut self, text: &str, stream: &Stream, mentions: &[Mention]) {
        for (at, mention) in mentions.iter().enumerate() {
            let Some(index) = mention.person else { continue };
            if mention.first < mention.name_first {
                let title = title_text(text, stream, mention.first, mention.name_first);
                self.add_title(index, title, stream, text, mention.first, mention.name_first);
            }
            // Roe, the harbour minister, said: a role next to the name, with nothing but a comma between.
            if let Some(next) = mentions.get(at + 1) {
                let comma = next.first == mention.last + 2 && stream.items[mention.last as usize + 1].is_punct(b',');
                let with_age = next.first > mention.last + 2
                    && next.first <= mention.last + 5
                    && stream.items[mention.last as usize + 2].kind == Kind::Number;
                let apposed = next.kind == MentionKind::Role && (comma || with_age) && !next.possessive;
                let ends = stream.items.get(next.last as usize + 1).is_none_or(|item| !item.has(Classes::CONJUNCTION.or(Classes::AUXILIARY)));
                if apposed && ends && !mention.possessive {
                    let start = skip_article(text, stream, next.first);
                    let title = phrase_text(text, stream, start, next.last + 1);
                    self.add_title(index, title, stream, text, start, next.last + 1);
                    self.list[index as usize].learn_gender(next.gender, 2);
                }
            }
            // Hale's campaign manager, Rosa Lindqvist, said
            if at > 0 {
                let before = &mentions[at - 1];
                let comma = before.last + 2 == mention.first && stream.items[before.last as usize + 1].is_punct(b',');
                if before.kind == MentionKind::Role && comma && before.definite {
                    let start = skip_article(text, stream, before.first);
                    let title = phrase_text(text, stream, start, before.last + 1);
                    self.add_title(index, title, stream, text, start, before.last + 1);
                    self.list[index as usize].learn_gender(before.gender, 2);
                }
            }
        }
    }

    fn add_title(&mut self, index: u32, title: String, stream: &Stream, text: &str, first: u32, end: u32) {
        let person = &mut self.list[index as usize];
        for item in stream.items.get(first as usize..end as usize).into_iter().flatten() {
            if item.has(Classes::OFFICE.or(Classes::KIN).or(Classes::HUMAN)) {
                let role = item.span().of(text).map(fold).unwrap_or_default();
                if !person.roles.contains(&role) {
                    person.roles.push(role);
                }
            }
        }
        let honorific_only = stream
            .items
            .get(first as usize..end as usize)
            .is_some_and(|items| items.iter().all(|item| item.has(Classes::HONORIFIC) && !item.has(Classes::OFFICE)));
        if person.title.is_none() && !title.is_empty() && !honorific_only {
            person.title = Some(title);
        }
    }

    /// Lets `the minister` stand for the one person of the article who is a minister.
    fn join_roles(&mut self, text: &str, stream: &Stream, mentions: &mut [Mention]) {
        for mention in mentions.iter_mut() {
            if mention.kind != MentionKind::Role || !mention.definite || mention.possessive {
                continue;
            }
            let Some(head) = stream.items[mention.name_first as usize].span().of(text).map(fold) else { continue };
            let mut holders = (0..self.list.len() as u32).filter(|&index| {
                let person = &self.list[index as usize];
                let clash = mention.gender != Gender::Unknown && person.gender != Gender::Unknown && person.gender != mention.gender;
                person.roles.contains(&head) && !clash
            });
            if let (Some(holder), None) = (holders.next(), holders.next()) {
                mention.person = Some(holder);
            }
        }
    }

    /// Returns the other persons a short name would fit as well, by index.
    pub(crate) fn rivals(&self, text: &str, stream: &Stream, mention: &Mention) -> Vec<u32> {
        let Some(chosen) = mention.person else { return Vec::new() };
        if mention.kind != MentionKind::ShortName {
            return Vec::new();
        }
        let name = Name::read(text, stream, mention);
        let Some(word) = name.words.last() else { return Vec::new() };
        let fits = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        fits.iter()
            .copied()
            .filter(|&index| index != chosen)
            .filter(|&index| {
                let person = &self.list[index as usize];
                let clash = mention.titled && mention.gender != Gender::Unknown && person.gender != Gender::Unknown && person.gender != mention.gender;
                person.is_full() && person.family() == word && !clash
            })
            .collect()
    }
}

impl Person {
    /// Tells whether a full name is another form of this one.
    fn is_same(&self, name: &Name) -> bool {
        if self.suffix.is_some() && name.suffix.is_some() && self.suffix != name.suffix {
            return false;
        }
        let (mine, theirs) = (&self.words, &name.words);
        if mine.len() < 2 || theirs.len() < 2 {
            return mine == theirs;
        }
        if (self.suffix.is_some() != name.suffix.is_some()) && mine == theirs {
            return true;
        }
        let agrees = |a: &str, b: &str| a == b || a.len() == 1 && b.starts_with(a) || b.len() == 1 && a.starts_with(b);
        let ends = |a: &[String], b: &[String]| agrees(&a[0], &b[0]) && a[a.len() - 1] == b[b.len() - 1];
        if ends(mine, theirs) {
            return true;
        }
        // Enrique Saldaña Ruiz and Enrique Saldaña; Gabriel García Márquez and García Márquez.
        let (long, short) = if mine.len() >= theirs.len() { (mine, theirs) } else { (theirs, mine) };
        long.len() > short.len() && (long.starts_with(short) || long.ends_with(short))
    }
}

/// The words of a mention's bare name.
struct Name {
    display: String,
    words: Vec<String>,
    suffix: Option<String>,
}

impl Name {
    fn read(text: &str, stream: &Stream, mention: &Mention) -> Name {
        let mut name = Name { display: String::new(), words: Vec::new(), suffix: None };
        for item in &stream.items[mention.name_first as usize..=mention.name_last as usize] {
            let Some(word) = item.span().of(text).filter(|_| item.is_word()) else { continue };
            if item.has(Classes::SUFFIX) && !name.words.is_empty() && item.is_capital() {
                name.suffix = Some(fold(word));
                name.display.push(' ');
                name.display.push_str(word);
                continue;
            }
            if !name.display.is_empty() {
                name.display.push(' ');
            }
            name.display.push_str(word);
            if !(item.is_lower() && item.has(Classes::PARTICLE)) {
                name.words.push(fold(word));
            }
        }
        name
    }
}

/// Writes a name in capitals with initial capitals only: `CHUNG DONG-YOUNG` → `Chung Dong-young`.
pub(crate) fn capitalise(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut start = true;
    for char in name.chars() {
        if start {
            out.push(char);
        } else {
            out.extend(char.to_lowercase());
        }
        start = char.is_whitespace() || matches!(char, '.' | '\'' | '’');
    }
    out
}

fn skip_article(text: &str, stream: &Stream, first: u32) -> u32 {
    let item = &stream.items[first as usize];
    let article = item.span().of(text).is_some_and(|word| matches!(word.to_ascii_lowercase().as_str(), "the" | "a" | "an"));
    first + u32::from(article)
}

/// The words before a name that are its title, without an article and without `Mr.` and its like.
fn title_text(text: &str, stream: &Stream, first: u32, end: u32) -> String {
    phrase_text(text, stream, skip_article(text, stream, first), end)
}

fn phrase_text(text: &str, stream: &Stream, first: u32, end: u32) -> String {
    let items = stream.items.get(first as usize..end as usize).unwrap_or_default();
    let (Some(one), Some(last)) = (items.first(), items.last()) else { return String::new() };
    let end = if matches!(last.kind, Kind::Word(Shape::Initial)) { last.start } else { last.end };
    text.get(one.start as usize..end as usize).unwrap_or_default().trim().to_owned()
}
