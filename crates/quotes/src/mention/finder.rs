//! The walk over the stream that reads one mention after the other, and the questions all readers ask.

use std::ops::Range;

use super::descriptions::GRAMMAR;
use super::{Gender, Mention, MentionKind, works};
use crate::lexicon::{Classes, Form};
use crate::stream::{Item, Kind, Shape, Stream};
use crate::total::{Cut, Steps, Total};

/// Finds the mentions outside the runs, in order of their first item.
pub(crate) fn find_mentions(text: &str, stream: &Stream) -> Vec<Mention> {
    let mut mentions = Vec::with_capacity(stream.items.len() / 4);
    let items = &stream.items;
    let mut finder = Finder {
        text,
        items,
        reports: false,
        cites: false,
        judges: false,
    };
    for paragraph in 0..stream.paragraphs.len() {
        let range = stream.paragraph(paragraph as u32);
        let told = items
            .cut(range.clone())
            .iter()
            .fold(Classes::default(), |all, item| all.or(item.word.classes));
        finder.reports = told.has(Classes::STRONG);
        finder.cites = told.has(Classes::SAID_PREP);
        finder.judges = told.has(Classes::JUDGING);
        if finder.is_heading(range.clone()) {
            continue;
        }
        // A label above the words it announces is no dateline: ELISE ROE, HOST:
        let dateline = Some(range.clone()).filter(|_| paragraph < 3);
        let mut at = dateline
            .map(|range| finder.after_dateline(range))
            .filter(|&at| at < range.end)
            .unwrap_or(range.start);
        while at < range.end {
            let item = items.at(at);
            if item.is_lower() && !item.has(TELLING) && item.word.head < 4 {
                if (finder.reports || finder.cites || finder.judges) && !item.has(GRAMMAR) {
                    finder.vouched(at, &range, &mut mentions);
                }
                at = at.plus(1);
            } else {
                at = finder
                    .step(at, range.clone(), &mut mentions)
                    .max(at.plus(1));
            }
        }
    }
    let words = finder.families(&mentions);
    if !words.is_empty() {
        finder.find_families(&words, stream, &mut mentions);
    }
    works::absorb(text, stream, &mut mentions);
    mentions
}

/// Reads mentions off the items of one paragraph after the other.
pub(super) struct Finder<'a> {
    pub(super) text: &'a str,
    /// Those of the whole text.
    pub(super) items: &'a [Item],
    /// A verb stands in the paragraph at hand that reports speech.
    pub(super) reports: bool,
    /// A source is introduced in the paragraph at hand: according to.
    pub(super) cites: bool,
    /// A verb stands in the paragraph at hand that says something of its object: branded it.
    pub(super) judges: bool,
}

/// Classes of the lower-case words that may be a mention, head one or begin a name.
const TELLING: Classes = Classes::PRONOUN
    .or(Classes::POSSESSIVE)
    .or(Classes::RELATIVE)
    .or(Classes::PARTICLE)
    .or(Classes::QUANTITY)
    .or(Classes::SOURCE_NOUN);

/// What passes: such a word with a capital before an office is no part of it.
const PASSING: [&str; 12] = [
    "New", "Old", "Former", "Late", "Current", "Next", "Last", "Past", "Previous", "Early", "Then",
    "Present",
];

pub(super) const STOPS_NAME: Classes = Classes::MONTH.or(Classes::WEEKDAY);

impl Finder<'_> {
    /// Tells whether a paragraph is a headline in title case, where capitals tell nothing: Mike Pence Calls For Probe.
    pub(super) fn is_heading(&self, range: Range<usize>) -> bool {
        if range.len() > 30 {
            return false;
        }
        let (mut long, mut capitals) = (0_usize, 0_usize);
        for item in self.items.cut(range.clone()) {
            match item.kind {
                Kind::Word(shape) if item.end.less(item.start) >= 4 => {
                    long = long.plus(1);
                    capitals = capitals.plus(usize::from(shape != Shape::Lower));
                }
                Kind::Run(_) => return false,
                _ => {}
            }
        }
        // “James Whitlock Jr. met James Whitlock Sr. at noon” is a sentence: a headline has more than names in
        // capitals.
        let mut rest = range.start.plus(1)..range.end;
        long >= 5
            && capitals.times(10) >= long.times(8)
            && rest.any(|at| self.items.at(at).is_capital() && self.ends_name(at))
    }

    /// Skips a dateline: SEOUL, Oct. 24 (Wire) — · KUTTIMALA (Wayanad):
    fn after_dateline(&self, range: Range<usize>) -> usize {
        let mut at = range.start;
        let opens_in_capitals = self.items.get(at).is_some_and(|item| {
            item.kind == Kind::Word(Shape::Upper) || item.has(Classes::PLACE) && item.is_capital()
        });
        if !opens_in_capitals {
            return at;
        }
        while at < range.end && at < range.start.plus(16) {
            match self.items.at(at).kind {
                Kind::Punct(dash @ (b'-' | b':')) => {
                    // ROE: Never. · ROE – Never.
                    let label = at.plus(1) < range.end
                        && self.items.at(at.plus(1)).is_run()
                        && (dash == b':' || at.plus(2) == range.end);
                    // DJ Ana Roe – aka Lady Moth – has a record.
                    let goes_on = self.items.get(at.plus(1)).is_some_and(Item::is_lower);
                    return if label || goes_on {
                        range.start
                    } else {
                        at.plus(1)
                    };
                }
                Kind::Word(Shape::Lower) | Kind::Run(_) => return range.start,
                _ => at = at.plus(1),
            }
        }
        range.start
    }

    /// Reads the mention at `at`, if there is one, and returns where to go on.
    pub(super) fn step(
        &self,
        at: usize,
        range: Range<usize>,
        mentions: &mut Vec<Mention>,
    ) -> usize {
        let item = self.items.at(at);
        match item.kind {
            Kind::Word(Shape::Handle) => {
                mentions.push(self.single(at, MentionKind::Handle));
                at.plus(1)
            }
            Kind::Word(shape) => {
                if item.has(
                    Classes::PRONOUN
                        .or(Classes::POSSESSIVE)
                        .or(Classes::RELATIVE),
                ) && shape != Shape::Initial
                    && let Some(kind) = self.pronoun(at)
                {
                    mentions.push(self.single(at, kind));
                    return at.plus(1);
                }
                let particle = self.is_particle(at) && self.next_is_capital(at, &range);
                if (item.is_capital() && !self.opens_sentence_only(at, &range)) || particle {
                    return self.capitals(at, range, mentions);
                }
                if item.is_lower() || shape == Shape::Capital {
                    return self.noun(at, range, mentions);
                }
                at.plus(1)
            }
            // “the 34-year-old said”: a head of its own unless a noun follows.
            Kind::Number if self.word(at).ends_with("-year-old") => {
                let noun_follows = self.items.get(at.plus(1)).is_some_and(|next| {
                    next.is_word()
                        && !next.has(
                            Classes::CUE
                                .or(Classes::AUXILIARY)
                                .or(Classes::PREPOSITION)
                                .or(Classes::RELATIVE)
                                .or(Classes::ADVERB),
                        )
                });
                if !noun_follows
                    && at > range.start
                    && self.items.at(at.less(1)).has(Classes::DETERMINER)
                {
                    let definite = self.is(at.less(1), Form::The);
                    Self::push_description(
                        self.described(at.less(1), at, at, MentionKind::Role, definite),
                        mentions,
                    );
                }
                at.plus(1)
            }
            Kind::Number if self.is_figure_before(at, &range) => {
                self.figured(at, &range, mentions);
                at.plus(2)
            }
            _ => at.plus(1),
        }
    }

    pub(super) fn single(&self, at: usize, kind: MentionKind) -> Mention {
        let at = at as u32;
        let gender = match kind {
            MentionKind::He => Gender::Male,
            MentionKind::She => Gender::Female,
            MentionKind::Possessive => {
                if self.is(at as usize, Form::His) {
                    Gender::Male
                } else {
                    Gender::Female
                }
            }
            _ => Gender::Unknown,
        };
        Mention {
            first: at,
            last: at,
            name_first: at,
            name_last: at,
            kind,
            gender,
            possessive: kind == MentionKind::Possessive,
            definite: false,
            titled: false,
            person: None,
            introduced: None,
        }
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.items
            .get(at)
            .and_then(|item| item.span().of(self.text))
            .unwrap_or_default()
    }

    pub(super) fn is(&self, at: usize, form: Form) -> bool {
        self.items
            .get(at)
            .is_some_and(|item| item.word.form == form)
    }

    fn pronoun(&self, at: usize) -> Option<MentionKind> {
        Some(match self.items.at(at).word.form {
            Form::He => MentionKind::He,
            Form::She => MentionKind::She,
            Form::They => MentionKind::They,
            Form::It => MentionKind::It,
            Form::I => MentionKind::I,
            Form::We if self.word(at) != "US" => MentionKind::We,
            Form::Who => MentionKind::Who,
            Form::His | Form::Her => MentionKind::Possessive,
            _ => return None,
        })
    }

    /// A lower-case part of a name: van, de la, bin. Not a word of English grammar that another language uses so.
    pub(super) fn is_particle(&self, at: usize) -> bool {
        let item = self.items.at(at);
        // Zeca do Surdo: a verb elsewhere.
        let joins = || {
            self.word(at) == "do"
                && at.checked_sub(1).is_some_and(|before| {
                    let given = self.items.at(before);
                    given.is_capital()
                        && !given.has(Classes::NEVER_NAME.or(Classes::GROUP).or(Classes::DEMONYM))
                })
                && self.items.get(at.plus(1)).is_some_and(Item::is_capital)
        };
        let grammar = Classes::CONJUNCTION
            .or(Classes::DETERMINER)
            .or(Classes::CUE)
            .or(Classes::PREPOSITION)
            .or(Classes::PRONOUN)
            .or(Classes::AUXILIARY);
        // Jan den Hollander, Anna von der Leyen, but: Back den Demonstranten
        let article = || {
            matches!(
                self.word(at),
                "den" | "der" | "dem" | "des" | "zum" | "zur" | "und"
            ) && at.checked_sub(1).is_some_and(|before| {
                let before = self.items.at(before);
                before.is_capital()
                    && before.kind != Kind::Word(Shape::Initial)
                    && !before.has(Classes::ANY_GIVEN)
            })
        };
        item.is_lower()
            && item.has(Classes::PARTICLE)
            && (!item.has(grammar) || joins())
            && !article()
    }

    pub(super) fn next_is_capital(&self, at: usize, range: &Range<usize>) -> bool {
        let particle = |item: &&Item| item.is_lower() && item.has(Classes::PARTICLE);
        let behind = self.items.cut(at.plus(1)..range.end.max(at.plus(1)));
        let next = behind.iter().find(|item| !particle(item));
        next.is_some_and(Item::is_capital) && !self.items.at(at).has(Classes::CUE)
    }

    /// Nothing but a sentence stands before this item.
    pub(super) fn opens_sentence(&self, at: usize, range: &Range<usize>) -> bool {
        if at == range.start {
            return true;
        }
        let before = self.items.at(at.less(1));
        before.sentence != self.items.at(at).sentence
            || matches!(before.kind, Kind::Run(_) | Kind::Punct(b':' | b'*' | b'('))
    }

    /// Tells whether a capitalised word has its capital from opening a sentence and is no name.
    pub(super) fn opens_sentence_only(&self, at: usize, range: &Range<usize>) -> bool {
        let item = self.items.at(at);
        if item.kind == Kind::Word(Shape::Upper) && !item.has(Classes::FUNCTION) {
            return false;
        }
        let grammar = Classes::NEVER_NAME
            .or(Classes::PREPOSITION)
            .or(Classes::DETERMINER)
            .or(Classes::CONJUNCTION)
            .or(Classes::AUXILIARY)
            .or(Classes::SUBORDINATOR)
            .or(Classes::PRONOUN)
            .or(Classes::POSSESSIVE)
            .or(Classes::ADVERB)
            .or(Classes::FUNCTION)
            .or(Classes::NUMERAL)
            .or(STOPS_NAME);
        let is_long = item.end.less(item.start) > "-year-old".len() as u32;
        // Most capitals stand inside a sentence, on words that no list of grammar has.
        if !item.has(grammar) && !is_long && !self.opens_sentence(at, range) {
            return false;
        }
        let followed_by_capital = self
            .items
            .get(at.plus(1))
            .is_some_and(|next| next.is_capital() && next.paragraph == item.paragraph);
        // Said bin Khamis: the particle tells a name from a verb.
        let followed_by_particle = item.has(Classes::ANY_GIVEN)
            && at.plus(1) < range.end
            && self.is_particle(at.plus(1))
            && self.next_is_capital(at.plus(1), range);
        if followed_by_particle || self.has_figure(at) {
            return false;
        }
        // Ok Chun-bae, An Se-young: a family name, whatever word it is elsewhere.
        let hyphened = item.has(Classes::FAMILY_FIRST)
            && followed_by_capital
            && self.is_hyphened_given(at.plus(1));
        if hyphened {
            return false;
        }
        // The Foreign Secretary: which office it is.
        let office = self.items.get(at.plus(1)).is_some_and(|next| {
            next.is_capital() && next.sentence == item.sentence && next.has(Classes::OFFICE)
        });
        if office && at > range.start && self.is(at.less(1), Form::The) {
            return false;
        }
        // The Times reported: a body's name, though the word opens sentences elsewhere.
        if item.has(Classes::ORG_HEAD) && !self.opens_sentence(at, range) {
            return false;
        }
        // Nineteen-year-old Naomi Chepkirui
        if is_long && self.word(at).ends_with("-year-old") {
            return true;
        }
        // The New York Times, the High Court: what has a capital inside a sentence has it as a part of a name.
        let body = item.has(Classes::NEVER_NAME)
            && !item.has(Classes(grammar.0 & !Classes::NEVER_NAME.0))
            && !item.has(Classes::OFFICE.or(Classes::HONORIFIC))
            && followed_by_capital
            && self.begins_body(at, range);
        if body || self.opens_body(at, range, grammar) {
            return false;
        }
        if item.has(grammar) {
            // Low Kah Meng: a family name where nothing but the word's other use speaks against it.
            let capital = |at: usize| {
                self.items.get(at).is_some_and(|next| {
                    next.is_capital()
                        && next.paragraph == item.paragraph
                        && !next.has(
                            Classes::FAMILY_FIRST
                                .or(Classes::PLACE)
                                .or(Classes::ORG_HEAD),
                        )
                })
            };
            let family = item.has(Classes::FAMILY_FIRST)
                && !item.has(Classes(grammar.0 & !Classes::NEVER_NAME.0))
                && capital(at.plus(1))
                && capital(at.plus(2));
            if family {
                return false;
            }
            let name_too = item.has(Classes::WORD_TOO.or(Classes::ANY_GIVEN))
                && followed_by_capital
                && !item.has(
                    Classes::PREPOSITION
                        .or(Classes::DETERMINER)
                        .or(Classes::PRONOUN),
                );
            return !name_too && item.kind != Kind::Word(Shape::Initial);
        }
        if !self.opens_sentence(at, range) {
            return false;
        }
        // “Officials said”, “Asked whether …”, “Speaking to reporters”: a word of the vocabulary.
        let named = item.has(
            Classes::ANY_GIVEN
                .or(Classes::PLACE)
                .or(Classes::FAMILY_FIRST)
                .or(Classes::HONORIFIC)
                .or(Classes::DEMONYM),
        );
        let vocabulary = item.has(Classes::CUE.or(Classes::SOURCE_NOUN).or(Classes::NOUN))
            || item.word.cue >= 4
            || item.word.head >= 3;
        let vocabulary = vocabulary && !(followed_by_capital && item.has(Classes::OFFICE));
        !named && (vocabulary || self.is_common(at, followed_by_capital))
    }

    /// “Rain fell all day”, “Brave Ana Roe”: a word that has its capital from opening a sentence, whoever is called Rice.
    fn is_common(&self, at: usize, followed_by_capital: bool) -> bool {
        let item = self.items.at(at);
        let next = self.items.get(at.plus(1));
        if followed_by_capital {
            let body = Classes::ORG_HEAD.or(Classes::PLACE);
            return item.has(Classes::DESCRIBING) && next.is_some_and(|next| !next.has(body));
        }
        // Rice said, Labour claims the plan is, but: cost estimates
        let object = self.items.get(at.plus(2)).is_some_and(|object| {
            let opens = Classes::DETERMINER
                .or(Classes::POSSESSIVE)
                .or(Classes::PRONOUN);
            object.is_lower() && object.has(opens)
        });
        let says = |next: &Item| {
            next.is_lower() && next.has(Classes::STRONG) && (object || !next.has(Classes::NOUN))
        };
        (item.has(Classes::COMMON.or(Classes::DESCRIBING)) || self.ends_in_noun(at))
            && !next.is_some_and(says)
    }

    /// Suspicion, Happiness, Unemployment: no name ends so.
    fn ends_in_noun(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() > 6
            && ["ness", "tion", "sion", "ment", "ism", "ology"]
                .iter()
                .any(|ending| word.ends_with(ending))
    }

    /// Tells whether a word that opens sentences elsewhere begins what has a name of several words: a place wherever it
    /// stands, inside a sentence any body and any office with its holder. New Mayor Jane Roe is the mayor, who is new.
    fn begins_body(&self, at: usize, range: &Range<usize>) -> bool {
        if self.place_words(at, range) > 0 {
            return true;
        }
        let quoted = at > range.start && self.items.at(at.less(1)).is_run() && {
            let words = self.word(at.less(1));
            let words = words.trim_end_matches(|char: char| !char.is_alphanumeric() && char != ',');
            words.ends_with(',')
        };
        let opens = !quoted && self.opens_sentence(at, range)
            || at > range.start && self.items.at(at.less(1)).is_punct(b'-');
        if opens || self.ends_name(at.plus(1)) {
            return false;
        }
        let end = self.touching_end(at, range);
        match (at.plus(1)..end).find(|&at| self.is_title(at)) {
            // The New Yorker, the Big Issue
            None => true,
            // High Court Judge Ana Roe, but Dear Mr Roe; the lone Foreign Secretary is told elsewhere.
            Some(title) => {
                title.plus(1) < end
                    && self.items.at(title).has(Classes::OFFICE)
                    && !PASSING.contains(&self.word(at))
            }
        }
    }

    /// Tells whether a word that opens sentences elsewhere opens what has a name of three words and more that ends as
    /// bodies do: Human Rights Watch said · World Food Programme.
    fn opens_body(&self, at: usize, range: &Range<usize>, grammar: Classes) -> bool {
        let item = self.items.at(at);
        // Reporters Without Borders
        if self.word(at.plus(1)) == "Without" {
            return true;
        }
        let other = Classes(grammar.0 & !Classes::NEVER_NAME.0)
            .or(Classes::OFFICE)
            .or(Classes::HONORIFIC)
            .or(Classes::CUE);
        if item.has(other) || PASSING.contains(&self.word(at)) {
            return false;
        }
        let end = self.touching_end(at, range);
        end >= at.plus(3)
            && self.items.at(end.less(1)).has(Classes::ORG_HEAD)
            && !(at.plus(1)..end).any(|at| self.is_title(at) || self.ends_name(at))
    }

    /// Where the capitals that stand one blank apart end.
    pub(super) fn touching_end(&self, at: usize, range: &Range<usize>) -> usize {
        let mut end = at.plus(1);
        while end < range.end
            && self.items.at(end).is_capital()
            && self.items.at(end.less(1)).end.plus(1) == self.items.at(end).start
        {
            end = end.plus(1);
        }
        end
    }

    /// How many words from `at` on are a place of several words, or who is from there: New York, New South Wales.
    pub(super) fn place_words(&self, at: usize, range: &Range<usize>) -> usize {
        const LONGEST: usize = 3;
        let end = self.touching_end(at, range).min(at.plus(LONGEST));
        let known = |end: &usize| {
            let classes = self.phrase(at, end.less(1));
            classes.has(Classes::PLACE.or(Classes::DEMONYM))
        };
        let found = (at.plus(2)..end.plus(1)).rev().find(known);
        found.map_or(0, |end| end.less(at))
    }

    /// Chun-bae: a given name of two syllables, the second with a small letter.
    fn is_hyphened_given(&self, at: usize) -> bool {
        let parts = self.word(at).split_once('-');
        parts.is_some_and(|(one, two)| {
            (2..=5).contains(&one.len())
                && (2..=5).contains(&two.len())
                && two.bytes().all(|byte| byte.is_ascii_lowercase())
        })
    }

    pub(super) fn is_possessive(&self, at: usize) -> bool {
        let end = self.items.at(at).end as usize;
        match self.text.as_bytes().get(end) {
            Some(b'\'' | b'`') => true,
            Some(0x80..) => self.text.cut(end..).starts_with(['’', '´']),
            _ => false,
        }
    }

    fn ends_in_ly(&self, item: &Item) -> bool {
        self.text
            .as_bytes()
            .cut(..item.end as usize)
            .ends_with(b"ly")
    }

    /// Tells whether the item may stand in a noun phrase before its head.
    pub(super) fn extends_left(&self, at: usize) -> bool {
        let item = self.items.at(at);
        let stops = Classes::CUE
            .or(Classes::PREPOSITION)
            .or(Classes::CONJUNCTION)
            .or(Classes::AUXILIARY)
            .or(Classes::SUBORDINATOR)
            .or(Classes::RELATIVE)
            .or(Classes::DETERMINER)
            .or(Classes::PRONOUN)
            .or(Classes::POSSESSIVE)
            .or(Classes::ADVERB)
            .or(STOPS_NAME);
        match item.kind {
            Kind::Word(Shape::Initial | Shape::Handle) => false,
            // a senior US official: no pronoun in capitals
            Kind::Word(Shape::Upper) | Kind::Number => true,
            // Clinton campaign manager: a verb elsewhere, a noun here
            Kind::Word(_) if item.has(Classes::WEAK) && item.has(Classes::BODY) => true,
            // The Sun newspaper, the March report
            Kind::Word(Shape::Capital)
                if item.has(STOPS_NAME) && at > 0 && self.is(at.less(1), Form::The) =>
            {
                true
            }
            // the Stern review: what is learned of stern words tells nothing of a name
            Kind::Word(shape) => {
                let learned = item.word.cue >= 5 && shape == Shape::Lower;
                // The assembly government, the China Daily newspaper: nouns that end as adverbs do.
                let noun = item.has(Classes::BODY.or(Classes::ORG_HEAD));
                !item.has(stops) && !learned && (noun || !self.ends_in_ly(item))
            }
            _ => false,
        }
    }
}
