//! Mentions: the stretches of the reporter's text that may name a speaker.
//!
//! A cheap grammar over the stream: runs of capitalised words become names, organisations and places; source
//! nouns with what stands before them become descriptions; pronouns stand for themselves. Nothing is pruned by
//! context here: the ranker sees every mention and decides.

use crate::lexicon::{Classes, Lexicon};
use crate::stream::{Item, Kind, Shape, Stream};

/// A stretch of text that names or describes somebody.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    /// First item, titles and determiners included.
    pub(crate) first: u32,
    /// Last item.
    pub(crate) last: u32,
    /// First item of the bare name; of a description, its head.
    pub(crate) name_first: u32,
    /// Last item of the bare name.
    pub(crate) name_last: u32,
    pub(crate) kind: MentionKind,
    pub(crate) gender: Gender,
    /// Stands before a noun it belongs to: `Trump's lawyer`.
    pub(crate) possessive: bool,
    /// Preceded by `the` or a possessive.
    pub(crate) definite: bool,
    /// Carries an honorific or office of its own: `Sen. Roe`.
    pub(crate) titled: bool,
    /// Index of the person it resolves to.
    pub(crate) person: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum MentionKind {
    /// Two words of name or more, or one with an initial.
    FullName,
    /// One word of name.
    ShortName,
    /// A capitalised run that may be a name or something else.
    Unsure,
    Handle,
    Organization,
    Place,
    /// A person, described: `the minister`, `a neighbour`.
    Role,
    /// Several persons: `residents`.
    Group,
    /// `the ministry`, `the statement`.
    Body,
    Document,
    /// Some other noun phrase next to a reporting verb: `the florist said`.
    Thing,
    /// `some`, `others`, `one`
    Quantity,
    He,
    She,
    They,
    It,
    I,
    We,
    Who,
    /// `his`, `her`
    Possessive,
}

impl MentionKind {
    /// A capitalised name of a person, as far as its form goes.
    pub(crate) fn is_name(self) -> bool {
        matches!(
            self,
            Self::FullName | Self::ShortName | Self::Unsure | Self::Handle
        )
    }

    /// A pronoun that stands for one person of the article.
    pub(crate) fn is_personal(self) -> bool {
        matches!(self, Self::He | Self::She | Self::Possessive | Self::Who)
    }

    pub(crate) fn is_pronoun(self) -> bool {
        matches!(
            self,
            Self::He
                | Self::She
                | Self::They
                | Self::It
                | Self::I
                | Self::We
                | Self::Who
                | Self::Possessive
        )
    }

    /// A source without a name, kept as written.
    pub(crate) fn is_description(self) -> bool {
        matches!(
            self,
            Self::Role | Self::Group | Self::Body | Self::Document | Self::Thing | Self::Quantity
        )
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Gender {
    #[default]
    Unknown,
    Female,
    Male,
}

impl Gender {
    pub(crate) fn of(classes: Classes) -> Gender {
        match (
            classes.has(Classes::FEMALE.or(Classes::GIVEN_F)),
            classes.has(Classes::MALE.or(Classes::GIVEN_M)),
        ) {
            (true, false) => Gender::Female,
            (false, true) => Gender::Male,
            _ => Gender::Unknown,
        }
    }
}

/// Finds the mentions outside the runs, in order of their first item.
pub(crate) fn find_mentions(text: &str, stream: &Stream) -> Vec<Mention> {
    let mut mentions = Vec::with_capacity(stream.items.len() / 6);
    let finder = Finder {
        text,
        items: &stream.items,
    };
    for paragraph in 0..stream.paragraphs.len() {
        let range = stream.paragraph(paragraph as u32);
        if finder.is_heading(range.clone()) {
            continue;
        }
        let mut at = if paragraph < 3 {
            finder.after_dateline(range.clone())
        } else {
            range.start
        };
        while at < range.end {
            at = finder.step(at, range.clone(), &mut mentions).max(at + 1);
        }
    }
    mentions
}

struct Finder<'a> {
    text: &'a str,
    items: &'a [Item],
}

const STOPS_NAME: Classes = Classes::MONTH.or(Classes::WEEKDAY);

impl Finder<'_> {
    /// Tells whether a paragraph is a headline in title case, where capitals tell nothing: Mike Pence Calls For Probe.
    fn is_heading(&self, range: std::ops::Range<usize>) -> bool {
        let (mut long, mut capitals) = (0, 0);
        for item in &self.items[range.clone()] {
            match item.kind {
                Kind::Word(shape) if item.end - item.start >= 4 => {
                    long += 1;
                    capitals += u32::from(shape != Shape::Lower);
                }
                Kind::Run(_) => return false,
                _ => {}
            }
        }
        long >= 5 && range.len() <= 30 && capitals * 10 >= long * 8
    }

    /// Skips a dateline: SEOUL, Oct. 24 (Wire) — · KUTTIMALA (Wayanad):
    fn after_dateline(&self, range: std::ops::Range<usize>) -> usize {
        let mut at = range.start;
        let opens_in_capitals = self.items.get(at).is_some_and(|item| {
            item.kind == Kind::Word(Shape::Upper) || item.has(Classes::PLACE) && item.is_capital()
        });
        if !opens_in_capitals {
            return at;
        }
        while at < range.end && at < range.start + 16 {
            match self.items[at].kind {
                Kind::Punct(b'-' | b':') => {
                    let label = self.items[at].is_punct(b':')
                        && at + 1 < range.end
                        && self.items[at + 1].is_run();
                    return if label { range.start } else { at + 1 };
                }
                Kind::Word(Shape::Lower) | Kind::Run(_) => return range.start,
                _ => at += 1,
            }
        }
        range.start
    }

    /// Reads the mention at `at`, if there is one, and returns where to go on.
    fn step(&self, at: usize, range: std::ops::Range<usize>, mentions: &mut Vec<Mention>) -> usize {
        let item = &self.items[at];
        match item.kind {
            Kind::Word(Shape::Handle) => {
                mentions.push(self.single(at, MentionKind::Handle));
                at + 1
            }
            Kind::Word(shape) => {
                if item.has(
                    Classes::PRONOUN
                        .or(Classes::POSSESSIVE)
                        .or(Classes::RELATIVE),
                ) && shape != Shape::Initial
                    && let Some(kind) = self.pronoun(at) {
                        mentions.push(self.single(at, kind));
                        return at + 1;
                    }
                let particle = self.is_particle(at) && self.next_is_capital(at, &range);
                if (item.is_capital() && !self.opens_sentence_only(at, &range)) || particle {
                    return self.capitals(at, range, mentions);
                }
                if item.is_lower() || shape == Shape::Capital {
                    return self.noun(at, range, mentions);
                }
                at + 1
            }
            // “the 34-year-old said”: a head of its own unless a noun follows.
            Kind::Number if self.word(at).ends_with("-year-old") => {
                let noun_follows = self.items.get(at + 1).is_some_and(|next| {
                    next.is_word()
                        && !next.has(
                            Classes::CUE
                                .or(Classes::AUXILIARY)
                                .or(Classes::PREPOSITION)
                                .or(Classes::RELATIVE)
                                .or(Classes::ADVERB),
                        )
                });
                if !noun_follows && at > range.start && self.items[at - 1].has(Classes::DETERMINER)
                {
                    let definite = self.is(at - 1, "the");
                    self.push_description(
                        self.described(at - 1, at, at, MentionKind::Role, definite),
                        mentions,
                    );
                }
                at + 1
            }
            _ => at + 1,
        }
    }

    fn single(&self, at: usize, kind: MentionKind) -> Mention {
        let at = at as u32;
        let gender = match kind {
            MentionKind::He => Gender::Male,
            MentionKind::She => Gender::Female,
            MentionKind::Possessive => {
                if self.is(at as usize, "his") {
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
        }
    }

    fn word(&self, at: usize) -> &str {
        self.items
            .get(at)
            .and_then(|item| item.span().of(self.text))
            .unwrap_or_default()
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    fn pronoun(&self, at: usize) -> Option<MentionKind> {
        let word = self.word(at);
        let contracted = word.find(['\'', '’']).map_or(word, |at| &word[..at]);
        let mut buffer = [0_u8; 8];
        let lower = buffer.get_mut(..contracted.len())?;
        lower.copy_from_slice(contracted.as_bytes());
        lower.make_ascii_lowercase();
        Some(match &*lower {
            b"he" | b"him" | b"er" => MentionKind::He,
            b"she" | b"sie" | b"elle" | b"ella" => MentionKind::She,
            b"they" | b"them" => MentionKind::They,
            b"it" => MentionKind::It,
            b"i" | b"me" => MentionKind::I,
            b"we" | b"us" if word != "US" => MentionKind::We,
            b"who" => MentionKind::Who,
            b"his" | b"her" => MentionKind::Possessive,
            _ => return None,
        })
    }

    /// A lower-case part of a name: van, de la, bin. Not a word of English grammar that another language uses so.
    fn is_particle(&self, at: usize) -> bool {
        let item = &self.items[at];
        item.is_lower()
            && item.has(Classes::PARTICLE)
            && !item.has(
                Classes::CONJUNCTION
                    .or(Classes::DETERMINER)
                    .or(Classes::CUE)
                    .or(Classes::PREPOSITION)
                    .or(Classes::PRONOUN)
                    .or(Classes::AUXILIARY),
            )
    }

    fn next_is_capital(&self, at: usize, range: &std::ops::Range<usize>) -> bool {
        let mut next = at + 1;
        while next < range.end
            && self.items[next].is_lower()
            && self.items[next].has(Classes::PARTICLE)
        {
            next += 1;
        }
        next < range.end && self.items[next].is_capital() && !self.items[at].has(Classes::CUE)
    }

    /// Nothing but a sentence stands before this item.
    fn opens_sentence(&self, at: usize, range: &std::ops::Range<usize>) -> bool {
        at == range.start
            || self.items[at - 1].sentence != self.items[at].sentence
            || self.items[at - 1].is_run()
            || matches!(self.items[at - 1].kind, Kind::Punct(b':' | b'*' | b'('))
    }

    /// Tells whether a capitalised word has its capital from opening a sentence and is no name.
    fn opens_sentence_only(&self, at: usize, range: &std::ops::Range<usize>) -> bool {
        let item = &self.items[at];
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
        let followed_by_capital = self
            .items
            .get(at + 1)
            .is_some_and(|next| next.is_capital() && next.paragraph == item.paragraph);
        if item.has(grammar) {
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
        vocabulary && !named && !(followed_by_capital && item.has(Classes::OFFICE))
    }

    /// Reads a run of capitalised words as one or two mentions.
    fn capitals(
        &self,
        at: usize,
        range: std::ops::Range<usize>,
        mentions: &mut Vec<Mention>,
    ) -> usize {
        let mut end = at;
        let mut has_org = false;
        let mut caps = Vec::with_capacity(8);
        while end < range.end {
            let item = &self.items[end];
            if item.is_capital() {
                // Headlines: Hollande Says Trump, Trump Is Now Calling.
                if !caps.is_empty() && self.ends_name(end) {
                    break;
                }
                if end > at
                    && self.items[end - 1].end as usize + 3 < item.start as usize
                    && !self.items[end - 1].is_run()
                {
                    break;
                }
                has_org |= item.has(Classes::ORG_HEAD);
                caps.push(end);
                end += 1;
                // A possessive ends the name: Trump's Lawyer.
                if self.is_possessive(end - 1) {
                    break;
                }
                continue;
            }
            if caps.is_empty() && item.has(Classes::PARTICLE) {
                end += 1;
                continue;
            }
            let joins = |from: usize| {
                self.items
                    .get(from)
                    .is_some_and(|next| next.is_capital() && from < range.end)
            };
            let office_before = self.items[end - 1].has(Classes::OFFICE)
                || self.items[end - 1].has(Classes::ORG_HEAD);
            if self.is_particle(end) && self.next_is_capital(end, &range) {
                end += 1;
            } else if item.is_lower() && self.is(end, "of") && office_before && joins(end + 1) {
                end += 1;
            } else if item.is_lower()
                && self.is(end, "of")
                && office_before
                && self.is(end + 1, "the")
                && joins(end + 2)
            {
                end += 2;
            } else if item.is_lower() && self.is(end, "for") && has_org && joins(end + 1) {
                end += 1;
            } else if item.is_punct(b'&') && joins(end + 1) {
                has_org = true;
                end += 1;
            } else if item.is_run() && self.is_nickname(end) && joins(end + 1) && !caps.is_empty() {
                end += 1;
            } else if item.is_punct(b'(')
                && joins(end + 1)
                && self
                    .items
                    .get(end + 2)
                    .is_some_and(|next| next.is_punct(b')'))
                && joins(end + 3)
                && self.items[end + 1].has(Classes::ANY_GIVEN)
            {
                end += 3;
            } else if item.is_punct(b',')
                && self
                    .items
                    .get(end + 1)
                    .is_some_and(|next| next.has(Classes::SUFFIX) && next.is_capital())
                && caps.len() > 1
            {
                end += 1;
            } else {
                break;
            }
        }
        if let Some(last) = caps.last() {
            end = last + 1;
            self.name(&caps, range, mentions);
        }
        end.max(at + 1)
    }

    /// A capitalised word that only a headline puts after a name.
    fn ends_name(&self, at: usize) -> bool {
        let item = &self.items[at];
        if item.kind == Kind::Word(Shape::Initial)
            || item.has(
                Classes::ANY_GIVEN
                    .or(Classes::FAMILY_FIRST)
                    .or(Classes::ORG_HEAD),
            )
        {
            return false;
        }
        let grammar = Classes::AUXILIARY
            .or(Classes::DETERMINER)
            .or(Classes::PRONOUN)
            .or(Classes::SUBORDINATOR)
            .or(Classes::POSSESSIVE);
        let particle = item.has(Classes::PARTICLE);
        let verb = item.has(Classes::CUE)
            && self.word(at).ends_with(['s', 'd', 'g'])
            && !item.has(Classes::SOURCE_NOUN);
        item.has(grammar) && !particle
            || item.has(Classes::PREPOSITION) && !particle && !self.is(at, "of")
            || verb
    }

    fn is_possessive(&self, at: usize) -> bool {
        let end = self.items[at].end as usize;
        self.text[end..].starts_with(['\'', '’'])
    }

    /// Up to two capitalised words between marks inside a name: Dana “Duke” Okafor.
    fn is_nickname(&self, at: usize) -> bool {
        let words = self
            .word(at)
            .trim_matches(|char: char| !char.is_alphanumeric());
        words.split_whitespace().count() <= 3
            && (words.chars().next().is_some_and(char::is_uppercase) || words.starts_with("the "))
            && !words.ends_with([',', '.', '!', '?'])
    }

    /// Settles what the capitalised items `caps` (in order) are.
    fn name(&self, caps: &[usize], range: std::ops::Range<usize>, mentions: &mut Vec<Mention>) {
        let (mut first, mut last) = (0, caps.len());
        // Days and months at the ends, and sentence openers before a name.
        while last > first
            && self.items[caps[last - 1]].has(STOPS_NAME)
            && !self.items[caps[last - 1]].has(Classes::WORD_TOO.or(Classes::ANY_GIVEN))
        {
            last -= 1;
        }
        while last > first + 1
            && (self.items[caps[first]].has(STOPS_NAME)
                && !self.items[caps[first]].has(Classes::ANY_GIVEN)
                || first == 0 && self.opens_sentence_only(caps[0], &range))
        {
            first += 1;
        }
        if first == last {
            return;
        }
        let caps = &caps[first..last];
        // The last office or honorific before the end splits title from name.
        let split = (0..caps.len() - 1).rev().find(|&place| {
            // Jacky Pak Chi-ho, Sohail Mirza Baig: after a given name it is a name itself.
            let honorific = &self.items[caps[place]];
            let after_given = place > 0
                && self.items[caps[place - 1]].has(Classes::ANY_GIVEN)
                && honorific.has(Classes::HONORIFIC)
                && !honorific.has(Classes::OFFICE.or(Classes::RANK_ABBREVIATION));
            self.is_title(caps[place]) && !after_given
        });
        let (title, name) = match split {
            Some(split) => {
                let after_of = self.is(caps[split] + 1, "of");
                let skip = if after_of && caps.len() > split + 2 {
                    2
                } else {
                    1
                };
                (&caps[..split + skip], &caps[split + skip..])
            }
            None => (&caps[..0], caps),
        };
        let (modifiers, name) = self.strip_modifiers(name, title.is_empty());
        let first_item = title
            .first()
            .or(modifiers.first())
            .copied()
            .unwrap_or(name[0]);
        let (mut start, lower_title) = self.title_before(first_item, &range);
        let mut titled = !title.is_empty() || lower_title;
        let definite = start > range.start
            && (self.is(start - 1, "the") || self.items[start - 1].has(Classes::POSSESSIVE));
        let name_start = self.with_particles(name[0], &range);
        let last = name[name.len() - 1];
        // A lone title: “the President said”, “Prime Minister”.
        if name.len() == 1
            && title.is_empty()
            && self.is_title(name[0])
            && !self.items[name[0]].has(Classes::ANY_GIVEN)
        {
            let start = if definite { start - 1 } else { start };
            mentions.push(self.described(start, name[0], last, MentionKind::Role, definite));
            return;
        }
        if name.len() == 1
            && title.is_empty()
            && self.items[name[0]].has(Classes::GROUP)
            && !self.items[name[0]].has(Classes::ANY_GIVEN)
        {
            mentions.push(self.described(start, name[0], last, MentionKind::Group, definite));
            return;
        }
        let kind = self.kind_of(name, title, titled, definite, &range);
        if matches!(kind, MentionKind::Organization | MentionKind::Place) {
            // “White House spokesman Roe”: nothing more to say; “the Labour Party”.
            start = if definite { start - 1 } else { start };
            titled = false;
        }
        let title_classes = title
            .iter()
            .chain(modifiers)
            .fold(Classes::default(), |all, &at| {
                all.or(self.items[at].word.classes)
            });
        let gender = self.gender(name, title_classes, start, first_item);
        let mention = Mention {
            first: start.min(name_start) as u32,
            last: last as u32,
            name_first: name_start as u32,
            name_last: last as u32,
            kind,
            gender,
            possessive: self.is_possessive(last),
            definite,
            titled,
            person: None,
        };
        // “Clinton campaign manager Robby Mook”: what stood as a description before the name is its title.
        while mentions
            .last()
            .is_some_and(|before| before.last >= mention.first && before.kind.is_description())
        {
            mentions.pop();
        }
        mentions.push(mention);
    }

    fn is_title(&self, at: usize) -> bool {
        let item = &self.items[at];
        // Zulkifli bin Haji Daud, Rupert St Clair: inside a name these are part of it.
        let inside = at > 0
            && self.items[at - 1].paragraph == item.paragraph
            && (self.is_particle(at - 1) || self.is(at, "st") && self.items[at - 1].is_capital());
        item.has(Classes::HONORIFIC.or(Classes::OFFICE))
            && item.kind != Kind::Word(Shape::Initial)
            && !inside
            && !(item.has(Classes::ANY_GIVEN) && !item.has(Classes::HONORIFIC))
    }

    /// Cuts nationalities, parties and places off the front of a name: Republican Ted Cruz.
    fn strip_modifiers<'c>(&self, name: &'c [usize], untitled: bool) -> (&'c [usize], &'c [usize]) {
        let mut first = 0;
        while untitled && first + 2 < name.len() + 1 && first + 1 < name.len() {
            let item = &self.items[name[first]];
            let next = &self.items[name[first + 1]];
            let modifier = item.has(Classes::DEMONYM.or(Classes::PLACE))
                && !item.has(Classes::ANY_GIVEN)
                && next.has(Classes::ANY_GIVEN);
            let party = item.has(Classes::GROUP) && next.has(Classes::ANY_GIVEN);
            // Assemblywoman Claudia Tenney, (secretary of) State Hillary Clinton: a title no list has.
            let nameless = !item.has(
                Classes::ANY_GIVEN
                    .or(Classes::FAMILY_FIRST)
                    .or(Classes::PARTICLE),
            ) && matches!(item.kind, Kind::Word(Shape::Capital));
            let form = self.word(name[first]);
            let of_state = form == "State" && name[first] > 0 && self.is(name[first] - 1, "of");
            let trade = [
                "anchor",
                "man",
                "woman",
                "person",
                "ist",
                "politiker",
                "minister",
                "ministerin",
                "ordnete",
            ]
            .iter()
            .any(|ending| form.ends_with(ending));
            let unlisted = nameless
                && (of_state || trade && form.len() > 5)
                && next.has(Classes::ANY_GIVEN)
                && name.len() > first + 2;
            if !(modifier && name.len() > first + 2 || party || unlisted) {
                break;
            }
            first += 1;
        }
        name.split_at(first)
    }

    /// Extends a name to the left over lower-case titles: `former governor Jeb Bush`, `spokesman Roe`.
    fn title_before(&self, first: usize, range: &std::ops::Range<usize>) -> (usize, bool) {
        let mut start = first;
        let mut titled = false;
        if first > range.start && self.items[first - 1].is_lower() {
            let before = &self.items[first - 1];
            if before.has(
                Classes::OFFICE
                    .or(Classes::KIN)
                    .or(Classes::HONORIFIC)
                    .or(Classes::HUMAN)
                    .or(Classes::GROUP),
            ) && !before.has(Classes::CUE.or(Classes::PREPOSITION).or(Classes::PARTICLE))
                && !self.is_possessive(first - 1)
            {
                titled = true;
                start = first - 1;
                while start > range.start && self.extends_left(start - 1) && first - start < 7 {
                    start -= 1;
                }
            }
        }
        (start, titled)
    }

    /// Tells whether the item may stand in a noun phrase before its head.
    fn extends_left(&self, at: usize) -> bool {
        let item = &self.items[at];
        let stops = Classes::CUE
            .or(Classes::PREPOSITION)
            .or(Classes::CONJUNCTION)
            .or(Classes::AUXILIARY)
            .or(Classes::SUBORDINATOR)
            .or(Classes::RELATIVE)
            .or(Classes::DETERMINER)
            .or(Classes::PRONOUN)
            .or(Classes::POSSESSIVE)
            .or(Classes::ADVERB);
        match item.kind {
            Kind::Word(Shape::Initial | Shape::Handle) => false,
            Kind::Word(_) => {
                !item.has(stops) && item.word.cue < 5 && !self.word(at).ends_with("ly")
            }
            Kind::Number => true,
            _ => false,
        }
    }

    fn with_particles(&self, name: usize, range: &std::ops::Range<usize>) -> usize {
        let mut start = name;
        while start > range.start && self.items[start - 1].is_lower() && self.is_particle(start - 1)
        {
            start -= 1;
        }
        start
    }

    fn gender(&self, name: &[usize], title: Classes, start: usize, first: usize) -> Gender {
        let before = (start..first).fold(Classes::default(), |all, at| {
            all.or(self.items[at].word.classes)
        });
        let titled = Classes(title.or(before).0 & (Classes::FEMALE.0 | Classes::MALE.0));
        match Gender::of(titled) {
            Gender::Unknown => {
                let first = self.items[name[0]].word.classes;
                let given = if first.has(Classes::FAMILY_FIRST)
                    && !first.has(Classes::ANY_GIVEN)
                    && name.len() > 1
                {
                    self.items[name[name.len() - 1]].word.classes
                } else {
                    first
                };
                Gender::of(Classes(given.0 & (Classes::GIVEN_F.0 | Classes::GIVEN_M.0)))
            }
            gender => gender,
        }
    }

    /// Settles the kind of a capitalised run without its titles.
    fn kind_of(
        &self,
        name: &[usize],
        title: &[usize],
        titled: bool,
        definite: bool,
        range: &std::ops::Range<usize>,
    ) -> MentionKind {
        let items = |at: &usize| &self.items[*at];
        let first = items(&name[0]);
        let last = items(&name[name.len() - 1]);
        let full = if name.len() > 1 || name[0] != self.with_particles(name[0], range) && false {
            MentionKind::FullName
        } else {
            MentionKind::ShortName
        };
        let honorific = title
            .last()
            .is_some_and(|&at| self.items[at].has(Classes::HONORIFIC));
        // Kim Jong Un is no UN: short heads count in capitals only.
        let any_org = name.iter().any(|at| {
            items(at).has(Classes::ORG_HEAD)
                && (self.word(*at).len() > 3
                    || items(at).kind == Kind::Word(Shape::Upper)
                    || matches!(self.word(*at), "Inc" | "Co" | "Ltd" | "Plc"))
        });
        let initial = name
            .iter()
            .any(|at| items(at).kind == Kind::Word(Shape::Initial));
        if honorific {
            return full;
        }
        if any_org {
            let given =
                first.has(Classes::ANY_GIVEN) && name.len() == 2 && !first.has(Classes::PLACE);
            if !(given || titled && !last.has(Classes::ORG_HEAD)) {
                return MentionKind::Organization;
            }
        }
        if self.spans_of(name, "of")
            || self.spans_of(name, "for")
            || name
                .windows(2)
                .any(|pair| (pair[0] + 1..pair[1]).any(|at| self.items[at].is_punct(b'&')))
        {
            return MentionKind::Organization;
        }
        let place = self.place(name);
        if titled && !place {
            return full;
        }
        if name.len() == 1 {
            if place {
                return MentionKind::Place;
            }
            if first.kind == Kind::Word(Shape::Upper)
                && self.word(name[0]).len() <= 6
                && !first.has(Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST))
            {
                return MentionKind::Organization;
            }
            if first.has(Classes::DEMONYM) {
                return MentionKind::Group;
            }
            if definite {
                return MentionKind::Organization;
            }
            return if first.has(Classes::ANY_GIVEN.or(Classes::FAMILY_FIRST)) {
                MentionKind::ShortName
            } else {
                MentionKind::Unsure
            };
        }
        if place {
            return MentionKind::Place;
        }
        if definite && !first.has(Classes::ANY_GIVEN) {
            return MentionKind::Organization;
        }
        if first.has(Classes::ANY_GIVEN) || initial || last.has(Classes::SUFFIX) {
            return MentionKind::FullName;
        }
        if first.has(Classes::FAMILY_FIRST) && name.len() <= 4 {
            return MentionKind::FullName;
        }
        if first.has(Classes::DEMONYM.or(Classes::COUNTRY))
            || name
                .iter()
                .all(|at| items(at).kind == Kind::Word(Shape::Upper))
                && name.len() > 4
        {
            return MentionKind::Organization;
        }
        if name.len() <= 4 {
            MentionKind::FullName
        } else {
            MentionKind::Organization
        }
    }

    fn spans_of(&self, name: &[usize], word: &str) -> bool {
        name.windows(2)
            .any(|pair| pair[1] > pair[0] + 1 && self.is(pair[0] + 1, word))
    }

    /// Tells whether the words are a place as a whole.
    fn place(&self, name: &[usize]) -> bool {
        let first = &self.items[name[0]];
        if let [_] = name {
            return first.has(Classes::PLACE) && !first.has(Classes::ANY_GIVEN);
        }
        let start = self.items[name[0]].start as usize;
        let end = self.items[name[name.len() - 1]].end as usize;
        let phrase = self.text[start..end].to_lowercase();
        Lexicon::get().phrase(&phrase).has(Classes::PLACE)
    }

    /// Reads a description whose head is at `at`, or a word that stands for persons.
    fn noun(&self, at: usize, range: std::ops::Range<usize>, mentions: &mut Vec<Mention>) -> usize {
        let item = &self.items[at];
        let blocked = Classes::AUXILIARY
            .or(Classes::PREPOSITION)
            .or(Classes::CONJUNCTION)
            .or(Classes::SUBORDINATOR);
        let source = item.has(Classes::SOURCE_NOUN) || item.word.head >= 4;
        let next = self.items.get(at + 1).filter(|_| at + 1 < range.end);
        if source && !item.has(blocked) {
            // The head is the last of the nouns: police spokesman; not a title before a name.
            let noun_next = next.is_some_and(|next| {
                next.is_lower()
                    && (next.has(Classes::SOURCE_NOUN) || next.word.head >= 4)
                    && !next.has(Classes::CUE)
                    && !self.is_possessive(at)
            });
            if noun_next {
                return at + 1;
            }
            let verb_use = item.has(Classes::STRONG)
                && at > range.start
                && !self.items[at - 1].has(Classes::DETERMINER.or(Classes::POSSESSIVE));
            if verb_use {
                return at + 1;
            }
            let mut start = at;
            while start > range.start
                && at - start < 8
                && self.extends_left(start - 1)
                && self.items[start - 1].sentence == item.sentence
            {
                start -= 1;
                if self.is_possessive(start) {
                    // South Korea's unification minister: the whole name of whose it is.
                    while start > range.start
                        && self.items[start].is_capital()
                        && self.items[start - 1].is_capital()
                        && at - start < 10
                    {
                        start -= 1;
                    }
                    break;
                }
            }
            let mut definite = false;
            if start > range.start
                && self.items[start - 1].has(
                    Classes::DETERMINER
                        .or(Classes::POSSESSIVE)
                        .or(Classes::QUANTITY),
                )
                && self.items[start - 1].is_word()
            {
                start -= 1;
                definite = self.is(start, "the") || self.items[start].has(Classes::POSSESSIVE);
            } else if (start..at).any(|at| self.is_possessive(at)) {
                definite = true;
            }
            let kind = if item.has(Classes::GROUP) {
                MentionKind::Group
            } else if item.has(Classes::OFFICE.or(Classes::KIN).or(Classes::HUMAN)) {
                MentionKind::Role
            } else if item.has(Classes::DOCUMENT) {
                MentionKind::Document
            } else if item.has(Classes::BODY) {
                MentionKind::Body
            } else {
                MentionKind::Thing
            };
            self.push_description(self.described(start, at, at, kind, definite), mentions);
            return at + 1;
        }
        if item.has(Classes::QUANTITY)
            && next.is_some_and(|next| {
                next.has(Classes::CUE.or(Classes::AUXILIARY))
                    || self.is(at + 1, "of")
                    || next.is_punct(b',')
            })
        {
            self.push_description(
                self.described(at, at, at, MentionKind::Quantity, false),
                mentions,
            );
            return at + 1;
        }
        // “the florist said”, “said the florist”: a noun no list has, vouched for by the verb.
        let plain = item.is_lower()
            && !item.has(
                blocked
                    .or(Classes::CUE)
                    .or(Classes::ADVERB)
                    .or(Classes::PRONOUN)
                    .or(Classes::DETERMINER)
                    .or(Classes::POSSESSIVE)
                    .or(Classes::FUNCTION),
            );
        if plain {
            let before_cue = next.is_some_and(|next| next.is_lower() && next.has(Classes::STRONG));
            let mut start = at;
            while start > range.start && at - start < 5 && self.extends_left(start - 1) {
                start -= 1;
            }
            let determined = start > range.start
                && self.items[start - 1].has(Classes::DETERMINER.or(Classes::POSSESSIVE));
            let after_cue = determined
                && start > range.start + 1
                && self.items[start - 2].has(Classes::STRONG)
                && next.is_none_or(|next| {
                    !next.is_word() || next.has(Classes::PREPOSITION.or(Classes::RELATIVE))
                });
            if determined && (before_cue || after_cue) {
                let definite = self.is(start - 1, "the");
                self.push_description(
                    self.described(start - 1, at, at, MentionKind::Thing, definite),
                    mentions,
                );
            }
        }
        at + 1
    }

    fn described(
        &self,
        start: usize,
        head: usize,
        last: usize,
        kind: MentionKind,
        definite: bool,
    ) -> Mention {
        Mention {
            first: start as u32,
            last: last as u32,
            name_first: head as u32,
            name_last: last as u32,
            kind,
            gender: Gender::of(Classes(
                self.items[head].word.classes.0 & (Classes::FEMALE.0 | Classes::MALE.0),
            )),
            possessive: self.is_possessive(last),
            definite,
            titled: false,
            person: None,
        }
    }

    /// Adds a description; names it swallows on its left (`Trump spokesman`) stay as mentions of their own.
    fn push_description(&self, mention: Mention, mentions: &mut Vec<Mention>) {
        while mentions
            .last()
            .is_some_and(|before| before.first >= mention.first && before.kind.is_description())
        {
            mentions.pop();
        }
        mentions.push(mention);
    }
}
