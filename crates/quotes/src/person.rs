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
    pub(crate) words: Vec<String>,
    suffix: Option<String>,
    /// Office or role, as first given with the name.
    pub(crate) title: Option<String>,
    /// Head nouns of all titles, folded: `minister`, `manager`.
    pub(crate) roles: Vec<String>,
    /// All words of all titles, folded.
    pub(crate) title_words: Vec<String>,
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

    /// Tells the elder of two of one name from the younger, where suffix or title say so.
    fn is_elder(&self) -> Option<bool> {
        match self.suffix.as_deref() {
            Some("sr") => return Some(true),
            Some("jr") => return Some(false),
            _ => {}
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
}

/// The persons of an article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Persons {
    pub(crate) list: Vec<Person>,
    /// Persons by each word of their names.
    pub(crate) by_word: FxHashMap<String, Vec<u32>>,
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
    pub(crate) fn resolve(
        text: &str,
        title: Option<&str>,
        stream: &Stream,
        mentions: &mut [Mention],
    ) -> Persons {
        let mut persons = Persons::default();
        for mention in mentions
            .iter_mut()
            .filter(|mention| mention.kind == MentionKind::FullName)
        {
            let name = Name::read(text, stream, mention);
            if name.words.len() < 2 && name.suffix.is_none() {
                // Von der Heyde: a family name with its particles.
                mention.kind = MentionKind::ShortName;
                continue;
            }
            mention.person = Some(persons.found(&name, mention));
        }
        persons.share_family(text, stream, mentions);
        persons.settle_names();
        if let Some(title) = title {
            let words: Vec<String> = title
                .split(|char: char| !char.is_alphanumeric() && char != '-')
                .filter(|word| !word.is_empty())
                .map(fold)
                .collect();
            for person in &mut persons.list {
                person.in_title = words.iter().any(|word| word == person.family());
            }
        }
        persons.reclaim(text, stream, mentions);
        let mut seen: Vec<Option<u32>> = vec![None; persons.list.len()];
        for at in 0..mentions.len() {
            if mentions[at].person.is_none()
                && matches!(
                    mentions[at].kind,
                    MentionKind::ShortName | MentionKind::Unsure
                )
            {
                persons.join_short(text, stream, &mut mentions[at], &seen);
            }
            if let Some(index) = mentions[at].person {
                seen.resize(persons.list.len(), None);
                seen[index as usize] = Some(stream.items[mentions[at].first as usize].paragraph);
            }
        }
        persons.complete(text, title);
        persons.settle_doubts(stream, mentions);
        persons.learn_titles(text, stream, mentions);
        Self::own_handles(stream, mentions);
        crate::role::join(text, stream, mentions, &mut persons);
        persons
    }

    /// Gives a family name to those who share it: Rasha and Dina Qteishat · Derek Thripp … his wife, Glenys.
    fn share_family(&mut self, text: &str, stream: &Stream, mentions: &mut [Mention]) {
        let word = |at: u32| {
            stream
                .items
                .get(at as usize)
                .and_then(|item| item.span().of(text))
                .unwrap_or_default()
        };
        let mut last: Option<u32> = None;
        for at in 0..mentions.len() {
            let mention = mentions[at];
            if let Some(person) = mention.person {
                last = Some(person);
                continue;
            }
            let single = matches!(mention.kind, MentionKind::ShortName | MentionKind::Unsure)
                && mention.name_first == mention.name_last;
            if !single || mention.titled {
                continue;
            }
            let joined = mentions.get(at + 1).filter(|next| {
                next.kind == MentionKind::FullName
                    && next.first == mention.last + 2
                    && word(mention.last + 1) == "and"
            });
            // His wife, Glenys, · her husband Tunde
            let kin = at.checked_sub(1).map(|at| mentions[at]).filter(|kin| {
                let touching = kin.last + 1 == mention.first
                    || kin.last + 2 == mention.first && word(kin.last + 1) == ",";
                let spouse = matches!(
                    word(kin.last),
                    "wife"
                        | "husband"
                        | "son"
                        | "daughter"
                        | "brother"
                        | "sister"
                        | "widow"
                        | "widower"
                );
                kin.kind == MentionKind::Role && touching && spouse
            });
            let relative = joined
                .and_then(|next| next.person)
                .or(last.filter(|_| kin.is_some()));
            let Some(relative) = relative else { continue };
            let display = &self.list[relative as usize].name;
            let Some((_, family)) = display.split_once(' ') else {
                continue;
            };
            let given = word(mention.name_first);
            let family = if joined.is_some() {
                family
            } else {
                family.rsplit(' ').next().unwrap_or(family)
            };
            let full = Name {
                listed: true,
                display: format!("{given} {family}"),
                words: vec![
                    fold(given),
                    self.list[relative as usize].family().to_owned(),
                ],
                suffix: None,
            };
            let gender = if mention.gender == Gender::Unknown {
                kin.map_or(Gender::Unknown, |kin| kin.gender)
            } else {
                mention.gender
            };
            let founded = self.found(
                &full,
                &Mention {
                    gender,
                    titled: kin.is_some(),
                    ..mention
                },
            );
            mentions[at].person = Some(founded);
            mentions[at].kind = MentionKind::ShortName;
        }
    }

    /// Gives back to persons the single words that a list took for something else: Cheryl Mills … Mills said.
    fn reclaim(&self, text: &str, stream: &Stream, mentions: &mut [Mention]) {
        for mention in mentions.iter_mut() {
            let listed = matches!(
                mention.kind,
                MentionKind::Role
                    | MentionKind::Place
                    | MentionKind::Organization
                    | MentionKind::Group
            );
            let item = &stream.items[mention.name_last as usize];
            if !listed
                || mention.name_first != mention.name_last
                || mention.first != mention.name_first
                || mention.definite
                || !item.is_capital()
            {
                continue;
            }
            let word = item.span().of(text).map(fold).unwrap_or_default();
            let family = self.by_word.get(&word).is_some_and(|known| {
                known
                    .iter()
                    .any(|&index| self.list[index as usize].family() == word)
            });
            let near = |at: isize| stream.get(at).is_some_and(|item| item.has(Classes::STRONG));
            let speaks = near(mention.last as isize + 1) || near(mention.first as isize - 1);
            if family && (mention.kind != MentionKind::Place || speaks) {
                mention.kind = MentionKind::ShortName;
                mention.gender = Gender::Unknown;
            }
        }
    }

    /// Finds or founds the person of a full name.
    fn found(&mut self, name: &Name, mention: &Mention) -> u32 {
        let known = name
            .words
            .last()
            .and_then(|family| self.by_word.get(family))
            .and_then(|known| {
                known
                    .iter()
                    .copied()
                    .find(|&index| self.list[index as usize].is_same(name))
            });
        let known = known.or_else(|| {
            // Family name written last here, first there; or a double surname cut short.
            let first = name.words.first()?;
            self.by_word
                .get(first)?
                .iter()
                .copied()
                .find(|&index| self.list[index as usize].is_same(name))
        });
        // Gogo Thokozile, Ratu Semi: a title no list has, and the given name of somebody known.
        let known = known.or_else(|| match name.words.as_slice() {
            [_, given] if !name.listed => self.by_word.get(given)?.iter().copied().find(|&index| {
                self.list[index as usize].is_full()
                    && self.list[index as usize].words.first() == Some(given)
            }),
            _ => None,
        });
        let index = known.unwrap_or_else(|| {
            self.list.push(Person {
                first: mention.first,
                ..Person::default()
            });
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

    /// Finds the person a short name belongs to; a name that fits nobody founds a person of its own.
    ///
    /// `seen` holds the paragraph in which each person was last named before here.
    fn join_short(
        &mut self,
        text: &str,
        stream: &Stream,
        mention: &mut Mention,
        seen: &[Option<u32>],
    ) {
        let name = Name::read(text, stream, mention);
        let Some(word) = name.words.last() else {
            return;
        };
        let item = &stream.items[mention.name_last as usize];
        let family_first = item.has(Classes::FAMILY_FIRST);
        let fits = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        let kinship = kinship_before(text, stream, mention);
        // Papers introduce somebody and go on with the surname; the one named lately and the one the article is
        // about are both likely, and an honorific excludes.
        let weight = |index: u32| {
            let person = &self.list[index as usize];
            let clash = mention.titled
                && mention.gender != Gender::Unknown
                && person.gender != Gender::Unknown
                && person.gender != mention.gender;
            if clash || kinship.is_some_and(|elder| person.is_elder() == Some(!elder)) {
                return f32::NEG_INFINITY;
            }
            let place = if person.family() == word || person.words.len() == 1 {
                3.0
            } else if person.words.first().is_some_and(|first| first == word) && family_first {
                2.8
            } else if mention.titled {
                // Mr. Kim is no Kim by given name.
                -1.0
            } else if person.words.first().is_some_and(|first| first == word) {
                2.0
            } else {
                0.0
            };
            let recent = seen
                .get(index as usize)
                .copied()
                .flatten()
                .map_or(0.0, |paragraph| {
                    1.0 / (1.0 + (item.paragraph - paragraph.min(item.paragraph)) as f32)
                });
            let agrees = f32::from(u8::from(
                mention.titled
                    && mention.gender != Gender::Unknown
                    && person.gender == mention.gender,
            ));
            // Without a word on who is older, the one the article came to first is.
            let earlier = !fits
                .iter()
                .any(|&other| self.list[other as usize].first < person.first);
            let elder = match (kinship, person.is_elder()) {
                (None, _) => 0.0,
                (Some(elder), Some(known)) => f32::from(u8::from(elder == known)),
                (Some(elder), None) => 0.7 * f32::from(u8::from(elder == earlier)),
            };
            place
                + recent
                + agrees
                + 3.0 * elder
                + 1.2 * (1.0 + person.count as f32).ln()
                + 0.4 * f32::from(u8::from(person.in_title))
        };
        let best = fits
            .iter()
            .copied()
            .max_by(|&a, &b| weight(a).total_cmp(&weight(b)).then(b.cmp(&a)));
        let best = best.filter(|&index| weight(index) > 0.5);
        let index = if let Some(index) = best { index } else {
            // A sentence opener, a thing, a team: only what looks like a name founds a person.
            let bare_opener = mention.kind == MentionKind::Unsure && !mention.titled;
            self.list.push(Person {
                name: if item.kind == Kind::Word(Shape::Upper) {
                    capitalise(&name.display)
                } else {
                    name.display.clone()
                },
                words: name.words.clone(),
                first: mention.first,
                unsure: bare_opener || item.has(Classes::WORD_TOO) && !mention.titled,
                ..Person::default()
            });
            let index = self.list.len() as u32 - 1;
            self.by_word.entry(word.clone()).or_default().push(index);
            index
        };
        let person = &mut self.list[index as usize];
        person.count += 1;
        person.first = person.first.min(mention.first);
        person.learn_gender(mention.gender, if mention.titled { 3 } else { 1 });
        let full = person.is_full();
        mention.person = Some(index);
        if full && mention.kind == MentionKind::Unsure {
            mention.kind = MentionKind::ShortName;
        }
    }

    /// Gives handles their owners: @tkeller (Tom Keller), Kellie Meyer (@`KellieMeyerNews`).
    fn own_handles(stream: &Stream, mentions: &mut [Mention]) {
        let opens = |at: u32| {
            stream
                .items
                .get(at as usize)
                .is_some_and(|item| item.is_punct(b'('))
        };
        for at in 0..mentions.len() {
            if mentions[at].kind != MentionKind::Handle {
                continue;
            }
            let handle = mentions[at];
            let named = |other: &Mention| other.kind.is_name() && other.person.is_some();
            let after = mentions.get(at + 1).filter(|next| {
                named(next) && next.first == handle.last + 2 && opens(handle.last + 1)
            });
            let before = at.checked_sub(1).map(|at| &mentions[at]).filter(|before| {
                named(before) && before.last + 2 == handle.first && opens(before.last + 1)
            });
            mentions[at].person = after.or(before).and_then(|other| other.person);
        }
    }

    /// Trusts a doubtful name that is somebody's: it acts in a sentence, or stands there twice.
    fn settle_doubts(&mut self, stream: &Stream, mentions: &[Mention]) {
        let acts = Classes::CUE
            .or(Classes::AUXILIARY)
            .or(Classes::ADVERB)
            .or(Classes::RELATIVE);
        for mention in mentions
            .iter()
            .filter(|mention| mention.kind == MentionKind::Unsure && !mention.definite)
        {
            let Some(person) = mention
                .person
                .and_then(|index| self.list.get_mut(index as usize))
            else {
                continue;
            };
            let next = stream.items.get(mention.last as usize + 1);
            let aged = next.is_some_and(|item| item.is_punct(b','))
                && stream
                    .items
                    .get(mention.last as usize + 2)
                    .is_some_and(|item| item.kind == Kind::Number);
            if aged || next.is_some_and(|item| item.is_lower() && item.has(acts)) {
                person.unsure = false;
            }
        }
    }

    /// Completes single names from where the article gives more of them: in the title or inside quoted words.
    fn complete(&mut self, text: &str, title: Option<&str>) {
        for at in 0..self.list.len() {
            let person = &self.list[at];
            if person.is_full() || person.name.len() <= 2 {
                continue;
            }
            let family = person
                .name
                .rsplit(' ')
                .next()
                .unwrap_or_default()
                .to_owned();
            // Mrs Thripp is not the Derek Thripp the article names as well.
            let taken = |given: &str| {
                let (given, family) = (fold(given), fold(&family));
                let known = self.by_word.get(&given).map_or(&[][..], Vec::as_slice);
                known.iter().any(|&index| {
                    index as usize != at
                        && self.list[index as usize].words.first() == Some(&given)
                        && self.list[index as usize].family() == family
                })
            };
            let found = title
                .into_iter()
                .chain([text])
                .find_map(|text| given_before(text, &family, &taken));
            if let Some(given) = found.map(str::to_owned) {
                let person = &mut self.list[at];
                person.learn_gender(
                    Gender::of(Classes(
                        lookup(Lexicon::get(), &given).classes.0
                            & (Classes::GIVEN_F.0 | Classes::GIVEN_M.0),
                    )),
                    1,
                );
                person.words.insert(0, fold(&given));
                let particles = person.name.chars().next().map(|first| {
                    first
                        .to_lowercase()
                        .chain(person.name.chars().skip(1))
                        .collect::<String>()
                });
                let rest = if person.name == family {
                    person.name.clone()
                } else {
                    particles.unwrap_or_default()
                };
                person.name = format!("{given} {rest}");
                person.unsure = false;
            }
        }
    }

    /// Learns titles from what stands before and after names: `Unification Minister Chung`, `Roe, the mayor,`.
    fn learn_titles(&mut self, text: &str, stream: &Stream, mentions: &mut [Mention]) {
        for at in 0..mentions.len() {
            let mention = mentions[at];
            let Some(index) = mention.person.filter(|_| mention.kind.is_name()) else {
                continue;
            };
            if mention.first < mention.name_first {
                let title = title_text(text, stream, mention.first, mention.name_first);
                self.add_title(
                    index,
                    title,
                    stream,
                    text,
                    mention.first,
                    mention.name_first,
                );
            }
            // Roe, the harbour minister, said: a role next to the name, with nothing but a comma between.
            if let Some(next) = mentions.get(at + 1).copied() {
                let comma = next.first == mention.last + 2
                    && stream.items[mention.last as usize + 1].is_punct(b',');
                let with_age = next.first > mention.last + 2
                    && next.first <= mention.last + 5
                    && stream.items[mention.last as usize + 2].kind == Kind::Number;
                let apposed =
                    next.kind == MentionKind::Role && (comma || with_age) && !next.possessive;
                let ends = stream
                    .items
                    .get(next.last as usize + 1)
                    .is_none_or(|item| !item.has(Classes::CONJUNCTION.or(Classes::AUXILIARY)));
                if apposed && ends && !mention.possessive {
                    let start = skip_article(text, stream, next.first);
                    let title = phrase_text(text, stream, start, next.last + 1);
                    self.add_title(index, title, stream, text, start, next.last + 1);
                    self.list[index as usize].learn_gender(next.gender, 2);
                    mentions[at + 1].person = Some(index);
                }
            }
            // Hale's campaign manager, Rosa Lindqvist, said
            if at > 0 {
                let before = mentions[at - 1];
                let comma = before.last + 2 == mention.first
                    && stream.items[before.last as usize + 1].is_punct(b',');
                let apposed = matches!(before.kind, MentionKind::Role) && before.definite;
                let closed = stream
                    .items
                    .get(mention.last as usize + 1)
                    .is_none_or(|item| item.is_punct(b',') || item.is_punct(b'.') || item.is_run());
                if comma && apposed && closed {
                    let start = skip_article(text, stream, before.first);
                    let title = phrase_text(text, stream, start, before.last + 1);
                    self.add_title(index, title, stream, text, start, before.last + 1);
                    self.list[index as usize].learn_gender(before.gender, 2);
                    mentions[at - 1].person = Some(index);
                }
            }
        }
    }

    fn add_title(
        &mut self,
        index: u32,
        title: String,
        stream: &Stream,
        text: &str,
        first: u32,
        end: u32,
    ) {
        let person = &mut self.list[index as usize];
        for item in stream
            .items
            .get(first as usize..end as usize)
            .into_iter()
            .flatten()
        {
            if item.has(
                Classes::OFFICE
                    .or(Classes::KIN)
                    .or(Classes::HUMAN)
                    .or(Classes::HONORIFIC),
            ) {
                let role = item
                    .span()
                    .of(text)
                    .map(fold)
                    .map(spell_out)
                    .unwrap_or_default();
                if !person.roles.contains(&role) {
                    person.roles.push(role);
                }
            }
            if item.is_word() {
                let word = item.span().of(text).map(fold).unwrap_or_default();
                if !person.title_words.contains(&word) {
                    person.title_words.push(word);
                }
            }
        }
        let honorific_only = stream
            .items
            .get(first as usize..end as usize)
            .is_some_and(|items| {
                items
                    .iter()
                    .all(|item| item.has(Classes::HONORIFIC) && !item.has(Classes::OFFICE))
            });
        if person.title.is_none() && !title.is_empty() && !honorific_only {
            person.title = Some(title);
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
        let fits = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        fits.iter()
            .copied()
            .filter(|&index| index != chosen)
            .filter(|&index| {
                let person = &self.list[index as usize];
                let clash = mention.titled
                    && mention.gender != Gender::Unknown
                    && person.gender != Gender::Unknown
                    && person.gender != mention.gender;
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
        let agrees = |a: &str, b: &str| {
            a == b || a.len() == 1 && b.starts_with(a) || b.len() == 1 && a.starts_with(b)
        };
        let ends =
            |a: &[String], b: &[String]| agrees(&a[0], &b[0]) && a[a.len() - 1] == b[b.len() - 1];
        if ends(mine, theirs) {
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

/// The words of a mention's bare name.
struct Name {
    /// The first word is a given or family name some list has.
    listed: bool,
    display: String,
    words: Vec<String>,
    suffix: Option<String>,
}

impl Name {
    fn read(text: &str, stream: &Stream, mention: &Mention) -> Name {
        let first = &stream.items[mention.name_first as usize];
        let listed = first.has(Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST))
            || first.kind == Kind::Word(Shape::Initial);
        let mut name = Name {
            listed,
            display: String::new(),
            words: Vec::new(),
            suffix: None,
        };
        for item in &stream.items[mention.name_first as usize..=mention.name_last as usize] {
            let Some(word) = item.span().of(text).filter(|_| item.is_word()) else {
                continue;
            };
            if item.has(Classes::SUFFIX) && !name.words.is_empty() && item.is_capital() {
                // KC, MP and PhD are no part of the name; Jr. tells father and son apart.
                let folded = fold(word);
                if !matches!(
                    folded.as_str(),
                    "jr" | "sr" | "ii" | "iii" | "iv" | "snr" | "jnr"
                ) {
                    continue;
                }
                name.suffix = Some(folded);
                name.display.push(' ');
                name.display.push_str(word);
                continue;
            }
            if !name.display.is_empty() {
                name.display.push(' ');
            }
            name.display.push_str(word);
            let opens = name.words.is_empty()
                && item.has(Classes::PARTICLE)
                && !item.has(Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST));
            if !(item.has(Classes::PARTICLE) && item.is_lower() || opens) {
                name.words.push(fold(word));
            }
        }
        name
    }
}

/// Reads `the elder Whitlock` and `the younger Kim`: whether the elder is meant.
fn kinship_before(text: &str, stream: &Stream, mention: &Mention) -> Option<bool> {
    // the younger Mr McIlwaine: before the title, too.
    [mention.name_first, mention.first]
        .into_iter()
        .find_map(
            |first| match stream.get(first as isize - 1)?.span().of(text)? {
                "elder" | "older" => Some(true),
                "younger" => Some(false),
                _ => None,
            },
        )
}

/// Finds a given name right before `family` anywhere in `text`.
fn given_before<'t>(text: &'t str, family: &str, taken: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    memchr::memmem::find_iter(text.as_bytes(), family.as_bytes())
        .take(64)
        .find_map(|at| {
            let after = text[at + family.len()..].chars().next();
            let mut before = text[..at].strip_suffix(' ')?;
            // Henk de Wit-Bakker: over the particles.
            while let Some((rest, word)) = before.rsplit_once(' ') {
                if !word.starts_with(char::is_lowercase)
                    || !lookup(Lexicon::get(), word).classes.has(Classes::PARTICLE)
                {
                    break;
                }
                before = rest;
            }
            let given = before
                .rsplit(|char: char| !(char.is_alphabetic() || char == '-' || char == '.'))
                .next()?;
            let known = lookup(Lexicon::get(), given).classes;
            let fits = given.starts_with(char::is_uppercase)
                && known.has(Classes::ANY_GIVEN)
                && !known.has(Classes::NEVER_NAME);
            (fits && after.is_none_or(|char| !char.is_alphanumeric()) && !taken(given))
                .then_some(given)
        })
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

/// Writes a rank out, so that `Sgt. McElhatten` is the one behind `the sergeant`.
fn spell_out(role: String) -> String {
    let full = match role.as_str() {
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
        _ => return role,
    };
    full.to_owned()
}

fn skip_article(text: &str, stream: &Stream, first: u32) -> u32 {
    let item = &stream.items[first as usize];
    let article = item
        .span()
        .of(text)
        .is_some_and(|word| matches!(word.to_ascii_lowercase().as_str(), "the" | "a" | "an"));
    first + u32::from(article)
}

/// The words before a name that are its title, without an article and without `Mr.` and its like.
fn title_text(text: &str, stream: &Stream, first: u32, end: u32) -> String {
    phrase_text(text, stream, skip_article(text, stream, first), end)
}

fn phrase_text(text: &str, stream: &Stream, first: u32, end: u32) -> String {
    let items = stream
        .items
        .get(first as usize..end as usize)
        .unwrap_or_default();
    let (Some(one), Some(last)) = (items.first(), items.last()) else {
        return String::new();
    };
    let end = if matches!(last.kind, Kind::Word(Shape::Initial)) {
        last.start
    } else {
        last.end
    };
    text.get(one.start as usize..end as usize)
        .unwrap_or_default()
        .trim()
        .to_owned()
}
