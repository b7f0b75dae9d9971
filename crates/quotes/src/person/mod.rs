//! Persons: which mentions of an article name the same one, and what is known of them.
//!
//! Names of two words or more found the persons; shorter ones join them by family or given name. East Asian and
//! Hungarian names may put the family name first, so a short name is compared with both ends.
mod doubtful;
mod gender;
mod join;
mod kin;
mod name;
mod short;
#[cfg(test)]
mod tests;
mod titles;

use compact_str::CompactString;
use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::{SmallVec, smallvec};
use whosaid_model::{Speaker, SpeakerKind};

use crate::chars::is_alphanumeric;
use crate::mention::{Gender, Mention, MentionKind};
use crate::stream::Stream;
use crate::total::{Steps, Total, nothing};

use name::{Name, Words};
pub(crate) use name::{capitalise, fold};

/// Somebody the article names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    /// The name as the article gives it most fully, without titles and nicknames.
    pub(crate) name: String,
    /// The words of the name, folded for comparison, without suffix.
    pub(crate) words: Words,
    suffix: Option<&'static str>,
    /// Office or role, as first given with the name.
    pub(crate) title: Option<String>,
    /// Head nouns of all titles, folded: `minister`, `manager`.
    pub(crate) roles: SmallVec<[CompactString; 1]>,
    /// Those of them that some title gives without a rank: `mayor` of the mayor, not of the deputy mayor.
    pub(crate) plain: SmallVec<[CompactString; 1]>,
    /// What titles say that their bearer is minister of, folded.
    pub(crate) portfolios: SmallVec<[CompactString; 1]>,
    /// All words of all titles, folded.
    pub(crate) title_words: Vec<CompactString>,
    pub(crate) gender: Gender,
    /// Weight of what the gender rests on: an honorific outweighs a given name.
    gender_weight: u8,
    pub(crate) count: u32,
    /// How many mentions are the given name alone, where others share the family name.
    by_given: u32,
    kinship: Kinship,
    /// Whether this is the elder of two of one family name, where a word of kin says so.
    elder: Option<bool>,
    /// Item of the first mention.
    pub(crate) first: u32,
    /// Rests on a form that may be no person's name.
    pub(crate) unsure: bool,
    /// Nothing shows that this is somebody: all mentions open sentences, where any word has a capital, or one says where
    /// something is.
    pub(crate) nobody: bool,
    pub(crate) in_title: bool,
}

/// How somebody came to a family name that another bears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kinship {
    #[default]
    None,
    /// It was given by a relative's: it is the other who is called by it.
    Shares,
    /// Named in full as kin of the other: where both may be meant by it, it is the other.
    Follows,
}

nothing! {
    Person = Person {
        name: String::new(),
        words: Words::new_const(),
        suffix: None,
        title: None,
        roles: SmallVec::new_const(),
        plain: SmallVec::new_const(),
        portfolios: SmallVec::new_const(),
        title_words: Vec::new(),
        gender: Gender::Unknown,
        gender_weight: 0,
        count: 0,
        by_given: 0,
        kinship: Kinship::None,
        elder: None,
        first: 0,
        unsure: false,
        nobody: false,
        in_title: false,
    };
}

impl Person {
    /// Returns who is said to have spoken.
    pub(crate) fn speaker(&self) -> Speaker {
        Speaker {
            name: self.name.clone(),
            title: self.title.clone(),
            kind: SpeakerKind::Person,
        }
    }

    /// Notes an office, folded.
    pub(crate) fn hold(&mut self, office: CompactString) {
        if !self.roles.contains(&office) {
            self.roles.push(office);
        }
    }

    /// Notes an office with the words before it, folded: the prime minister.
    pub(crate) fn hold_with(&mut self, words: &[CompactString], office: CompactString) {
        for word in words {
            if !self.title_words.contains(word) {
                self.title_words.push(word.clone());
            }
        }
        self.hold(office);
    }

    /// Notes an office that is held without a rank, folded.
    pub(crate) fn hold_plainly(&mut self, office: CompactString) {
        if !self.plain.contains(&office) {
            self.plain.push(office.clone());
        }
        self.hold(office);
    }

    fn learn_gender(&mut self, gender: Gender, weight: u8) {
        if gender != Gender::Unknown && weight > self.gender_weight {
            self.gender = gender;
            self.gender_weight = weight;
        }
    }

    pub(crate) fn family(&self) -> &str {
        self.words.last().map_or("", CompactString::as_str)
    }

    /// Tells the elder of two of one name from the younger, where suffix or title say so.
    fn is_elder(&self) -> Option<bool> {
        match self.suffix {
            Some("sr") => return Some(true),
            Some("jr") => return Some(false),
            _ => {}
        }
        if self.elder.is_some() {
            return self.elder;
        }
        let title = self.title.as_deref().unwrap_or_default();
        let says = |words: &[&str]| {
            words
                .iter()
                .any(|word| title.split(' ').any(|part| part == *word))
        };
        if says(&["elder", "older", "father", "mother"]) {
            Some(true)
        } else if says(&["younger", "son", "daughter"]) {
            Some(false)
        } else {
            None
        }
    }

    fn is_full(&self) -> bool {
        self.words.len() > 1
    }

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
        let agrees = |a: &str, b: &str| {
            a == b || a.len() == 1 && b.starts_with(a) || b.len() == 1 && a.starts_with(b)
        };
        let ends = |a: &Words, b: &Words| agrees(a.head(), b.head()) && *a.tail() == *b.tail();
        if ends(mine, theirs) {
            return true;
        }
        // Kim Jong Un and Kim Jong-un
        let joined = |words: &Words| words.concat().replace('-', "");
        if mine.len() != theirs.len()
            && *mine.head() == *theirs.head()
            && joined(mine) == joined(theirs)
        {
            return true;
        }
        // Enrique Saldaña Ruiz and Enrique Saldaña; Gabriel García Márquez and García Márquez.
        let (long, short) = if mine.len() >= theirs.len() {
            (mine, theirs)
        } else {
            (theirs, mine)
        };
        long.len() > short.len() && (long.starts_with(short) || long.ends_with(short))
    }
}

/// The persons of an article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Persons {
    pub(crate) list: Vec<Person>,
    /// Persons by each word of their names.
    by_word: FxHashMap<CompactString, SmallVec<[u32; 2]>>,
}

impl Persons {
    /// Resolves the name mentions of an article, writing the person into each, and learns titles and genders.
    pub(crate) fn resolve(
        text: &str,
        title: Option<&str>,
        stream: &Stream,
        mentions: &mut [Mention],
    ) -> Persons {
        // Most articles name no more persons and words than this.
        let mut persons = Persons {
            list: Vec::with_capacity(mentions.len().min(24)),
            by_word: FxHashMap::with_capacity_and_hasher(mentions.len().min(48), FxBuildHasher),
        };
        // Names that may hold more than a name: the rest of the article tells where they end.
        let mut doubtful = Vec::new();
        // Second names of somebody; who was named last, and where.
        let mut aliases: Vec<(Words, u32)> = Vec::new();
        let mut last: Option<(usize, u32)> = None;
        for (at, mention) in mentions.iter_mut().enumerate() {
            if mention.kind != MentionKind::FullName {
                continue;
            }
            let name = Name::read(text, stream, mention);
            if doubtful::is_doubtful(text, stream, mention, &name) {
                doubtful.push((at, name));
                continue;
            }
            if name.words.len() < 2 {
                // Von der Heyde, Mr Devane Jnr: a family name with its particles or its suffix.
                mention.kind = MentionKind::ShortName;
                continue;
            }
            let display = || Name::display(text, stream, mention);
            let first = mention.first as usize;
            let alias = last.filter(|&(last, _)| short::is_alias(text, stream, last, first));
            if let Some((_, person)) = alias {
                persons.learn_words(&name, person);
                aliases.push((name.words.clone(), person));
            }
            let alias = aliases.iter().find(|(words, _)| *words == name.words);
            let person = match alias {
                Some(&(_, person)) => person,
                None => persons.found(&name, mention, display),
            };
            last = Some((mention.last as usize, person));
            if let Some(office) = join::office_before(text, stream, mention) {
                persons.list.change(person, |person| person.hold(office));
            }
            mention.person = Some(person);
        }
        for (at, name) in doubtful {
            let mention = mentions.at(at);
            let known = persons.named_within(&name);
            let person = known.unwrap_or_else(|| {
                persons.found(&name, mention, || Name::display(text, stream, mention))
            });
            mentions.change(at, |mention| mention.person = Some(person));
        }
        persons.share_family(text, stream, mentions);
        persons.settle_names();
        if let Some(title) = title {
            persons.find_in_title(title);
        }
        persons.learn_nicknames(text, stream, mentions);
        persons.learn_aliases(text, stream, mentions);
        persons.reclaim(text, stream, mentions);
        let mut seen: Vec<Option<u32>> = vec![None; persons.list.len()];
        persons.count_given(text, stream, mentions);
        let hints = gender::hints(stream, mentions);
        for (mention, hint) in mentions.iter_mut().zip(hints) {
            if mention.person.is_none()
                && matches!(mention.kind, MentionKind::ShortName | MentionKind::Unsure)
            {
                persons.join_short(text, stream, mention, hint, &seen);
            }
            if let Some(index) = mention.person {
                seen.resize(persons.list.len(), None);
                let paragraph = stream.items.at(mention.first).paragraph;
                seen.change(index, |seen| *seen = Some(paragraph));
            }
        }
        persons.complete(text, title);
        persons.settle_doubts(text, stream, mentions);
        persons.learn_given_names(text, stream, mentions);
        persons.learn_titles(text, stream, mentions);
        persons.doubt_places(text, stream, mentions);
        Self::own_handles(text, stream, mentions);
        persons.learn_genders(stream, mentions);
        crate::role::join(text, stream, mentions, &mut persons);
        persons
    }

    /// Notes whose family name stands in the title.
    fn find_in_title(&mut self, title: &str) {
        let words = title
            .split(|char: char| !is_alphanumeric(char) && char != '-')
            .filter(|word| !word.is_empty());
        for word in words.map(fold) {
            for &person in self.by_word.get(&word).into_iter().flatten() {
                self.list.change(person, |person| {
                    person.in_title |= person.family() == word;
                });
            }
        }
    }

    /// Notes the gender that a word for a person tells of one.
    pub(crate) fn learn_gender(&mut self, person: u32, gender: Gender) {
        self.list
            .change(person, |person| person.learn_gender(gender, 2));
    }

    /// Returns the persons a word is part of the name of, by index, in the order they were first so named.
    pub(crate) fn named(&self, word: &str) -> &[u32] {
        self.by_word.get(word).map_or(&[], SmallVec::as_slice)
    }

    /// Notes that the word is part of the person's name.
    fn learn_word(&mut self, word: &CompactString, person: u32) {
        if let Some(known) = self.by_word.get_mut(word) {
            if !known.contains(&person) {
                known.push(person);
            }
        } else {
            self.by_word.insert(word.clone(), smallvec![person]);
        }
    }

    /// Finds or founds the person of a full name, to be written as `display`.
    fn found(&mut self, name: &Name, mention: &Mention, display: impl FnOnce() -> String) -> u32 {
        let find = |word: &CompactString| {
            let known = self.named(word).iter().copied();
            let mut same = known.filter(|&index| self.list.at(index).is_same(name));
            same.next()
        };
        let known = name.words.last().and_then(find);
        // Family name written last here, first there; or a double surname cut short.
        let known = known.or_else(|| name.words.first().and_then(find));
        // Gogo Thokozile, Ratu Semi: a title no list has, and the given name of somebody known.
        let known = known.or_else(|| match name.words.as_slice() {
            [_, given] if !name.listed => self.named(given).iter().copied().find(|&index| {
                self.list.at(index).is_full() && self.list.at(index).words.first() == Some(given)
            }),
            _ => None,
        });
        let index = known.unwrap_or_else(|| {
            self.list.push(Person {
                first: mention.first,
                ..Person::default()
            });
            (self.list.len() as u32).less(1)
        });
        let Some(person) = self.list.get_mut(index as usize) else {
            return index;
        };
        // Most full names are written again as they were: their words are learned.
        let learned = known.is_some() && person.words == name.words;
        person.count = person.count.plus(1);
        person.first = person.first.min(mention.first);
        person.suffix = person.suffix.or(name.suffix);
        if person.kinship == Kinship::Shares {
            person.kinship = Kinship::None;
        }
        if name.words.len() > person.words.len() {
            person.words.clone_from(&name.words);
            person.name = display();
        }
        person.learn_gender(mention.gender, if mention.titled { 3 } else { 1 });
        if !learned {
            for word in &name.words {
                self.learn_word(word, index);
            }
        }
        index
    }

    /// Writes names in capitals as others write them.
    fn settle_names(&mut self) {
        for person in &mut self.list {
            if person
                .name
                .chars()
                .filter(|char| char.is_alphabetic())
                .all(char::is_uppercase)
            {
                person.name = capitalise(&person.name);
            }
        }
    }

    /// Returns the other persons a short name would fit as well, by index.
    pub(crate) fn rivals(&self, text: &str, stream: &Stream, mention: &Mention) -> Vec<u32> {
        let Some(chosen) = mention.person else {
            return Vec::new();
        };
        if mention.kind != MentionKind::ShortName {
            return Vec::new();
        }
        let name = Name::read(text, stream, mention);
        let Some(word) = name.words.last() else {
            return Vec::new();
        };
        self.named(word)
            .iter()
            .copied()
            .filter(|&index| index != chosen)
            .filter(|&index| {
                let person = self.list.at(index);
                let clash = mention.titled && !person.gender.agrees(mention.gender);
                person.is_full() && person.family() == word && !clash
            })
            .collect()
    }
}
