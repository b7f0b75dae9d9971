//! What single words and fixed phrases tell: reporting verbs, titles, names, places, bodies.
//!
//! The lists are TOML files in `lexicon/`, written for this project. A word may be in several classes; the
//! classes of a word are bits of one number, looked up once a token.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::context::class::Tag;
use crate::forms::{Forms, Key};
use crate::total::{Cut, Steps, Total};

/// The classes of a word, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(pub(crate) u64);

macro_rules! classes {
    ($($name:ident = $bit:literal, $doc:literal;)*) => {
        impl Classes {
            $(#[doc = $doc] pub(crate) const $name: Classes = Classes(1 << $bit);)*
        }
    };
}

classes! {
    STRONG = 0, "A verb that nearly always reports speech: said.";
    WEAK = 1, "A verb that may report speech: called.";
    NOUN = 2, "A noun of reporting: statement.";
    DENIAL = 3, "A word that denies or supposes: never.";
    HONORIFIC = 4, "Stands before a name: Dr, Ms.";
    OFFICE = 5, "An office or trade: minister.";
    KIN = 6, "A relative: sister.";
    HUMAN = 7, "A person: woman.";
    GROUP = 8, "Several persons: residents.";
    FEMALE = 9, "Implies a woman.";
    MALE = 10, "Implies a man.";
    ORG_HEAD = 11, "Makes a capitalised run an organisation: Ministry.";
    DOCUMENT = 12, "Something written that speaks: statement, report.";
    BODY = 13, "A common-noun organisation: company.";
    COUNTRY = 14, "A country.";
    CITY = 15, "A capital or large city.";
    REGION = 16, "A state, province or region.";
    DEMONYM = 17, "Of a country: Korean.";
    OTHER_PLACE = 18, "A continent, sea or mountain.";
    GIVEN_F = 19, "A woman's given name.";
    GIVEN_M = 20, "A man's given name.";
    GIVEN = 21, "A given name of either.";
    FAMILY_FIRST = 22, "A family name that stands first: Chung.";
    PARTICLE = 23, "Part of a name though lower-case: van.";
    SUFFIX = 24, "After a name: Jr.";
    FUNCTION = 25, "A function word.";
    MONTH = 26, "A month.";
    WEEKDAY = 27, "A day of the week.";
    NUMERAL = 28, "A number word.";
    NEVER_NAME = 29, "Often opens a sentence, never a name: Meanwhile.";
    WORD_TOO = 30, "A given name that is a word as well: Will.";
    WORK = 31, "A kind of work: film.";
    NAMING = 32, "Announces a name or title: titled.";
    TERM = 33, "A kind of expression: slogan.";
    PREPOSITION = 34, "of, in, by.";
    AUXILIARY = 35, "is, has, would.";
    CONJUNCTION = 36, "and, or, but.";
    RELATIVE = 37, "who, which, whose.";
    SUBORDINATOR = 38, "that, whether, because.";
    POSSESSIVE = 39, "his, her, their.";
    DETERMINER = 40, "the, a, this.";
    PRONOUN = 41, "A personal pronoun as subject or object.";
    ADVERB = 42, "Stands between subject and verb: also.";
    FOREIGN = 43, "A reporting verb of another language: sagte.";
    SAID_PREP = 44, "Introduces the source: according, per, citing.";
    QUANTITY = 45, "Stands for persons: some, others, one, many.";
    INSCRIPTION = 47, "Bears words nobody speaks: banner.";
    RANK_ABBREVIATION = 46, "Ends in a dot that ends no sentence: Sen.";
    OF_BODY = 48, "What it is of is a body: captain.";
    NAMED_BODY = 49, "Stands right before a body's name: the band.";
    SETTLEMENT = 50, "Stands right before a place's name: the village.";
    TITLING = 51, "Stands right before a title or a saying: titled, proverb.";
    COMMON = 52, "A noun that opens sentences without an article: rain.";
    DESCRIBING = 53, "Describes somebody before the name: embattled.";
    JUDGING = 54, "A verb that says something of its object: branded it.";
    SITE = 55, "Ends the name of a place or an event: Stadium.";
    GROUND = 56, "The same, where it is no family name: Park.";
    PORTFOLIO = 57, "What a minister or a secretary is of: finance.";
    MOTTO = 58, "An expression that is nobody's: slogan.";
    REMIT = 59, "May do something: the ability to, lets.";
}

impl Classes {
    /// Tells whether any class of `other` is here.
    #[inline]
    pub(crate) fn has(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    #[inline]
    pub(crate) const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// Any reporting verb, strong or weak, in any language.
    pub(crate) const CUE: Classes = Self::STRONG.or(Self::WEAK).or(Self::FOREIGN);
    /// Any sort of place.
    pub(crate) const PLACE: Classes = Self::COUNTRY
        .or(Self::CITY)
        .or(Self::REGION)
        .or(Self::OTHER_PLACE);
    /// A given name of any gender.
    pub(crate) const ANY_GIVEN: Classes = Self::GIVEN_F.or(Self::GIVEN_M).or(Self::GIVEN);
    /// A noun that can be a source without a name.
    pub(crate) const SOURCE_NOUN: Classes = Self::OFFICE
        .or(Self::KIN)
        .or(Self::HUMAN)
        .or(Self::GROUP)
        .or(Self::DOCUMENT)
        .or(Self::BODY);
}

/// The forms that rules of grammar ask for by name, in whatever case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Form {
    #[default]
    Other,
    Of,
    To,
    For,
    On,
    The,
    That,
    He,
    She,
    They,
    It,
    I,
    We,
    Who,
    His,
    Her,
}

/// The forms behind [`Form`].
const FORMS: &[(Form, &str)] = &[
    (Form::Of, "of"),
    (Form::To, "to"),
    (Form::For, "for"),
    (Form::On, "on"),
    (Form::The, "the"),
    (Form::That, "that"),
    (Form::He, "he him er"),
    (Form::She, "she sie elle ella"),
    (Form::They, "they them"),
    (Form::It, "it"),
    (Form::I, "i me"),
    (Form::We, "we us"),
    (Form::Who, "who"),
    (Form::His, "his"),
    (Form::Her, "her"),
];

/// What is known of a word form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) classes: Classes,
    /// How often the form is part of a cue, learned: 0 unknown, then 1 (never) to 7 (always).
    pub(crate) cue: u8,
    /// How often the form heads a source without a name, learned: 0 unknown, then 1 to 7.
    pub(crate) head: u8,
    pub(crate) form: Form,
    /// What this tells of the form, written with a small letter and with a capital.
    tags: [Tag; 2],
}

impl Word {
    /// A form no list has.
    pub(crate) const NONE: Word = Word {
        classes: Classes(0),
        cue: 0,
        head: 0,
        form: Form::Other,
        tags: [Tag::NONE; 2],
    };

    #[inline]
    pub(crate) fn tag(&self, capital: bool) -> Tag {
        *self.tags.at(usize::from(capital))
    }

    /// Writes the tags of a lower-case form after all else is known.
    pub(crate) fn settle(&mut self, form: &[u8]) {
        self.tags = [Tag::of(form, self, false), Tag::of(form, self, true)];
    }
}

/// All lists, ready to look up.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: Forms,
    phrases: FxHashMap<Box<str>, Classes>,
}

/// Grammar words the tagging of contexts needs; closed classes, so they stand here and not in a file.
const CLOSED: &[(Classes, &str)] = &[
    (
        Classes::DETERMINER,
        "the a an this that these those some any each every no another both all several many few most other its",
    ),
    (Classes::POSSESSIVE, "his her their its my our your whose"),
    (
        Classes::PREPOSITION,
        "of in on at by for with from to about into over after before against during through between among under \
         without within toward towards upon near since until despite behind beyond across around amid like unlike \
         including than via as per regarding concerning outside inside off out up down alongside besides beside throughout",
    ),
    (Classes::CONJUNCTION, "and or but nor yet so &"),
    (
        Classes::AUXILIARY,
        "is are was were be been being am has have had having do does did will would can could shall should may \
         might must isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't \
         shouldn't cannot",
    ),
    (
        Classes::SUBORDINATOR,
        "that whether because if when while although though how why where what once unless whereas",
    ),
    (Classes::RELATIVE, "who which whose whom"),
    (
        Classes::ADVERB,
        "also then later still once even just only never always often now again first finally reportedly not \
         already soon further instead too further simply both twice ever quickly famously previously subsequently",
    ),
    (
        Classes::PRONOUN,
        "he she they it i we you him them me us who himself herself themselves itself er sie il elle él ella",
    ),
    (
        Classes::SAID_PREP,
        "according per citing quoting laut selon según secondo segundo",
    ),
    (
        Classes::QUANTITY,
        "some others another one many few most both several none everyone somebody someone nobody each neither either two three four",
    ),
    (
        Classes::RANK_ABBREVIATION,
        "mr mrs ms dr prof rev hon sen sens rep reps gov lt gen col maj capt cmdr sgt cpl pvt adm pres st jr sr \
         atty dist det insp smt supt dep asst messrs mme mlle fr br engr hr vs etc inc corp ltd co no nos jan feb mar apr \
         jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun ave blvd rd mt ft dept univ assn bros \
         tmt lic ing arq mag dott avv sra srta dra const cllr ald amb cdr brig barr pharm surv comr evang ven drs mgr cde md mohd ma wm",
    ),
];

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

macro_rules! list {
    ($file:literal) => {
        include_str!(concat!("../lexicon/", $file, ".toml"))
    };
}

/// Each list's file, key and classes.
const LISTS: &[(&str, &str, Classes)] = &[
    (list!("cues"), "strong", Classes::STRONG),
    (list!("cues"), "weak", Classes::WEAK),
    (list!("cues"), "nouns", Classes::NOUN),
    (list!("cues"), "denials", Classes::DENIAL),
    (list!("cues"), "judging", Classes::JUDGING),
    (list!("cues"), "remits", Classes::REMIT),
    (list!("cues"), "strong_de", Classes::FOREIGN),
    (list!("cues"), "strong_es", Classes::FOREIGN),
    (list!("cues"), "strong_fr", Classes::FOREIGN),
    (list!("cues"), "strong_it", Classes::FOREIGN),
    (list!("cues"), "strong_nl", Classes::FOREIGN),
    (list!("cues"), "strong_pt", Classes::FOREIGN),
    (
        list!("titles"),
        "honorifics_female",
        Classes::HONORIFIC.or(Classes::FEMALE),
    ),
    (
        list!("titles"),
        "honorifics_male",
        Classes::HONORIFIC.or(Classes::MALE),
    ),
    (list!("titles"), "honorifics", Classes::HONORIFIC),
    (list!("titles"), "offices", Classes::OFFICE),
    (
        list!("titles"),
        "offices_female",
        Classes::OFFICE.or(Classes::FEMALE),
    ),
    (
        list!("titles"),
        "offices_male",
        Classes::OFFICE.or(Classes::MALE),
    ),
    (list!("titles"), "kin", Classes::KIN),
    (
        list!("titles"),
        "kin_female",
        Classes::KIN.or(Classes::FEMALE),
    ),
    (list!("titles"), "kin_male", Classes::KIN.or(Classes::MALE)),
    (list!("titles"), "people", Classes::HUMAN),
    (
        list!("titles"),
        "people_female",
        Classes::HUMAN.or(Classes::FEMALE),
    ),
    (
        list!("titles"),
        "people_male",
        Classes::HUMAN.or(Classes::MALE),
    ),
    (list!("titles"), "groups", Classes::GROUP),
    (list!("titles"), "of_bodies", Classes::OF_BODY),
    (list!("titles"), "portfolios", Classes::PORTFOLIO),
    (list!("organizations"), "heads", Classes::ORG_HEAD),
    (list!("organizations"), "documents", Classes::DOCUMENT),
    (list!("organizations"), "bodies", Classes::BODY),
    (list!("organizations"), "inscriptions", Classes::INSCRIPTION),
    (list!("organizations"), "named", Classes::NAMED_BODY),
    (list!("organizations"), "settlements", Classes::SETTLEMENT),
    (list!("places"), "countries", Classes::COUNTRY),
    (list!("places"), "capitals", Classes::CITY),
    (list!("places"), "regions", Classes::REGION),
    (list!("places"), "demonyms", Classes::DEMONYM),
    (list!("places"), "others", Classes::OTHER_PLACE),
    (list!("places"), "sites", Classes::SITE),
    (list!("places"), "grounds", Classes::GROUND),
    (list!("names"), "female", Classes::GIVEN_F),
    (list!("names"), "male", Classes::GIVEN_M),
    (list!("names"), "either", Classes::GIVEN),
    (list!("surnames"), "first", Classes::FAMILY_FIRST),
    (list!("surnames"), "particles", Classes::PARTICLE),
    (list!("surnames"), "suffixes", Classes::SUFFIX),
    (list!("words"), "function", Classes::FUNCTION),
    (list!("words"), "months", Classes::MONTH),
    (list!("words"), "weekdays", Classes::WEEKDAY),
    (list!("words"), "numbers", Classes::NUMERAL),
    (list!("words"), "capital", Classes::NEVER_NAME),
    (list!("words"), "nouns", Classes::COMMON),
    (list!("words"), "describing", Classes::DESCRIBING),
    (list!("words"), "ambiguous_names", Classes::WORD_TOO),
    (list!("works"), "works", Classes::WORK),
    (list!("works"), "naming", Classes::NAMING),
    (list!("works"), "terms", Classes::TERM),
    (list!("works"), "titling", Classes::TITLING),
    (list!("works"), "mottoes", Classes::MOTTO),
];

/// How often word forms are cues and heads of sources, counted on the training articles.
const LEARNED: &str = include_str!("../model/words.tsv");

/// Returns the entries of one list of a file: none if it has no such list.
///
/// The files are TOML, but of a plain sort, one entry a line and none with an escape, so that reading them costs each
/// start of the program no more than it must; a test reads them as TOML.
fn entries<'t>(file: &'t str, key: &str) -> impl Iterator<Item = &'t str> {
    let head = format!("\n{key} = [\n");
    let start = memmem::find(file.as_bytes(), head.as_bytes()).map(|at| at.plus(head.len()));
    let mut rest = start.map_or("", |start| file.cut(start..));
    let end = memmem::find(rest.as_bytes(), b"\n]");
    rest = rest.cut(..end.unwrap_or(rest.len()));
    let entry = |line: &'t str| line.strip_prefix("    \"")?.strip_suffix("\",");
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            // Lines are short: looking at one byte after the other is fastest.
            let end = rest.bytes().position(|byte| byte == b'\n');
            let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
            rest = after.get(1..).unwrap_or_default();
            if let Some(entry) = entry(line) {
                return Some(entry);
            }
        }
        None
    })
}

impl Lexicon {
    /// Returns the lists, loading them once a process.
    pub(crate) fn get() -> &'static Lexicon {
        &LEXICON
    }

    fn load() -> Lexicon {
        let mut lexicon = Lexicon {
            words: Forms::default(),
            phrases: FxHashMap::default(),
        };
        // The commonest forms come first: each finds the place where it is looked for still free.
        for line in LEARNED.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            if let (Some(form), Some(cue), Some(head)) =
                (fields.next(), fields.next(), fields.next())
            {
                let word = lexicon.words.entry(form.as_bytes());
                word.cue = cue.parse().unwrap_or(0);
                word.head = head.parse().unwrap_or(0);
            }
        }
        for &(file, key, classes) in LISTS {
            for entry in entries(file, key) {
                lexicon.insert(entry, classes);
                // Wire copy often drops the accents of names and places.
                if !entry.is_ascii() && !classes.has(Classes::CUE) {
                    lexicon.insert(&crate::person::fold(entry), classes);
                }
            }
        }
        for &(classes, words) in CLOSED {
            words
                .split_whitespace()
                .for_each(|word| lexicon.insert(word, classes));
        }
        for &(form, words) in FORMS {
            for word in words.split_whitespace() {
                lexicon.words.entry(word.as_bytes()).form = form;
            }
        }
        lexicon.words.for_each(|form, word| word.settle(form));
        lexicon
    }

    fn insert(&mut self, entry: &str, classes: Classes) {
        let folded = if entry.is_ascii() {
            Cow::Borrowed(entry)
        } else {
            Cow::Owned(entry.replace('’', "'"))
        };
        let entry = match folded.strip_suffix('.') {
            Some(shortened) => shortened.trim_end_matches('.'),
            None => &folded,
        };
        if entry.bytes().any(|byte| byte == b' ') {
            self.phrases.entry(entry.into()).or_default().0 |= classes.0;
        } else {
            self.words.entry(entry.as_bytes()).classes.0 |= classes.0;
        }
    }

    /// Returns what is known of a lower-case word form, with straight apostrophes and no final dot.
    pub(crate) fn word(&self, lower: &str) -> &Word {
        self.words.exact(lower.as_bytes())
    }

    /// Returns what is known of the form from `start` to `end` of `text`, in whatever spelling.
    #[inline]
    pub(crate) fn look_up(&self, text: &str, start: usize, end: usize) -> &Word {
        self.words.look_up(text, start, end)
    }

    /// Returns what is known of a short form.
    #[inline]
    pub(crate) fn get_key(&self, key: Key) -> &Word {
        self.words.get(key)
    }

    /// Returns the classes of a lower-case phrase whose words are joined by single blanks.
    pub(crate) fn phrase(&self, lower: &str) -> Classes {
        self.phrases.get(lower).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_parses_and_is_sorted_without_duplicates() {
        for &(file, key, _) in LISTS {
            let table: toml::Table = toml::from_str(file).unwrap();
            let parsed: Vec<&str> = table[key]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| entry.as_str().unwrap())
                .collect();
            let entries: Vec<&str> = entries(file, key).collect();
            assert_eq!(entries, parsed, "{key}");
            assert!(!entries.is_empty(), "{key} is empty");
            for pair in entries.windows(2) {
                assert!(
                    pair[0] < pair[1],
                    "{key}: {:?} stands before {:?}",
                    pair[0],
                    pair[1]
                );
            }
        }
    }

    #[test]
    fn a_word_carries_all_its_classes() {
        let said = Lexicon::get().word("said").classes;
        assert!(said.has(Classes::STRONG) && !said.has(Classes::WEAK));
        assert!(
            Lexicon::get()
                .word("spokeswoman")
                .classes
                .has(Classes::FEMALE)
        );
        assert!(Lexicon::get().phrase("south korea").has(Classes::COUNTRY));
    }
}
