//! Mentions: the stretches of the reporter's text that may name a speaker.
//!
//! A cheap grammar over the stream: runs of capitalised words become names, organisations and places; source
//! nouns with what stands before them become descriptions; pronouns stand for themselves. Nothing is pruned by
//! context here: the ranker sees every mention and decides.

mod capitals;
mod descriptions;
mod families;
mod figures;
mod finder;
mod kinds;
mod links;
mod phrases;
mod posts;
mod titles;
mod works;
mod written;

use crate::lexicon::Classes;
use crate::stream::Stream;
use crate::total::{Steps, Total};

pub(crate) use capitals::HONOURS;
pub(crate) use finder::find_mentions;

/// Mentions that are looked back over, at most: a paragraph may be a megabyte of them.
pub(crate) const FAR: usize = 200;

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
    /// Stands before a noun it belongs to: `Trump's lawyer`, `Trump lawyer Roe`.
    pub(crate) possessive: bool,
    /// Preceded by `the` or a possessive.
    pub(crate) definite: bool,
    /// Carries an honorific or office of its own: `Sen. Roe`.
    pub(crate) titled: bool,
    /// Index of the person it resolves to.
    pub(crate) person: Option<u32>,
    /// Index of the mention that introduced somebody without a name: for `the official`, `a senior US official`.
    pub(crate) introduced: Option<u32>,
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

impl Mention {
    /// Tells whether the next word says that it asks, or the one before behind quoted words: “Did you trim it?” asked
    /// Ms Vost-Martin.
    pub(crate) fn asks(&self, text: &str, stream: &Stream) -> bool {
        let asks = |at: usize| stream.is(text, at, "asked") || stream.is(text, at, "asks");
        let first = self.first as usize;
        let quoted = first >= 2 && stream.items.at(first.less(2)).is_run();
        asks((self.last as usize).plus(1)) || quoted && asks(first.less(1))
    }
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

    /// Tells whether two may be one person's, as far as they are known.
    pub(crate) fn agrees(self, other: Gender) -> bool {
        self == other || self == Gender::Unknown || other == Gender::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::MentionKind::{
        Body, Document, FullName, Group, Handle, He, Organization, Place, Possessive, Quantity,
        Role, She, ShortName, They, Thing, Unsure, Who,
    };
    use super::*;
    use crate::parsed::Parsed;

    /// Expects exactly these mentions, titles and determiners included.
    fn check(text: &str, expected: &[(&str, MentionKind)]) {
        let parsed = Parsed::new(None, text);
        let context = parsed.context();
        let found: Vec<(&str, MentionKind)> = find_mentions(text, &parsed.stream)
            .iter()
            .map(|mention| {
                (
                    context.mention_span(mention).of(text).unwrap(),
                    mention.kind,
                )
            })
            .collect();
        assert_eq!(found, expected, "in {text}");
    }

    #[test]
    fn names_of_every_form() {
        check("On Monday Ilona Varga spoke.", &[("Ilona Varga", FullName)]);
        check(
            "We met J. R. Roe in May.",
            &[("We", MentionKind::We), ("J. R. Roe", FullName)],
        );
        check(
            "Then Ursula von der Leyen left.",
            &[("Ursula von der Leyen", FullName)],
        );
        check("Later Chung said so.", &[("Chung", ShortName)]);
        check(
            "It hit Dana “Duke” Okafor hard.",
            &[("It", MentionKind::It), ("Dana “Duke” Okafor", FullName)],
        );
        check("So tweeted @tkeller today.", &[("@tkeller", Handle)]);
    }

    #[test]
    fn an_initial_may_lack_its_dot() {
        check("Then Peter A Roe spoke.", &[("Peter A Roe", FullName)]);
    }

    #[test]
    fn titles_stand_with_their_names() {
        check("Later Sen. Amy Roe spoke.", &[("Sen. Amy Roe", FullName)]);
        check(
            "Later former governor Jeb Roe spoke.",
            &[("former governor Jeb Roe", FullName)],
        );
        check(
            "Zulkifli bin Haji Daud left.",
            &[("Zulkifli bin Haji Daud", FullName)],
        );
    }

    #[test]
    fn sites_events_and_titles_are_no_persons() {
        check(
            "They sang at Wembley Stadium.",
            &[("They", They), ("Wembley Stadium", Place)],
        );
        check(
            "They met in Hyde Park.",
            &[("They", They), ("Hyde Park", Place)],
        );
        check("Then Ana Park spoke.", &[("Ana Park", FullName)]);
        check(
            "They won the Davis Cup.",
            &[("They", They), ("the Davis Cup", Place)],
        );
        check(
            "They played in My Silent River.",
            &[("They", They), ("My Silent River", Organization)],
        );
        check(
            "Then the star of Storm Boy and Lotus left.",
            &[("the star of Storm Boy and Lotus", Role)],
        );
        check("Then the Tory proposals failed.", &[]);
    }

    #[test]
    fn bodies_and_places_are_no_persons() {
        check(
            "He joined the Ministry of the Interior.",
            &[("He", He), ("the Ministry of the Interior", Organization)],
        );
        check(
            "They flew to South Korea.",
            &[("They", MentionKind::They), ("South Korea", Place)],
        );
    }

    #[test]
    fn a_word_that_opens_sentences_may_open_a_name() {
        check(
            "Then the New York Times met the Old Bailey and New Zealand.",
            &[
                ("the New York Times", Organization),
                ("the Old Bailey", Organization),
                ("New Zealand", Place),
            ],
        );
        check(
            "New Delhi spoke. “No,” Old Mutual said. Then the High Court spoke.",
            &[
                ("New Delhi", Place),
                ("Old Mutual", Organization),
                ("the High Court", Organization),
            ],
        );
        check(
            "New Jersey Gov. Bo Roe met Foreign Secretary Ana Roe.",
            &[
                ("New Jersey Gov. Bo Roe", FullName),
                ("Foreign Secretary Ana Roe", FullName),
            ],
        );
        check(
            "New Mayor Jane Roe spoke. Then New Mayor Jane Roe left.",
            &[("Mayor Jane Roe", FullName), ("Mayor Jane Roe", FullName)],
        );
        check(
            "New Yorker Ana Roe left.",
            &[("New Yorker Ana Roe", FullName)],
        );
    }

    #[test]
    fn the_title_of_a_beauty_is_no_name() {
        check(
            "In the evening Miss Universe Alicia Roe met with Miss South Africa Ana Roe and with Miss York.",
            &[
                ("Miss Universe Alicia Roe", FullName),
                ("Miss South Africa Ana Roe", FullName),
                ("Miss York", ShortName),
            ],
        );
    }

    #[test]
    fn a_word_before_a_name_tells_what_it_names() {
        check(
            "She joined the girl group Paper Lantern in May.",
            &[
                ("She", She),
                ("the girl group", Body),
                ("Paper Lantern", Organization),
            ],
        );
        check(
            "Then Bo Roe of village Talwan Khurd left.",
            &[
                ("Bo Roe", FullName),
                ("village", Body),
                ("Talwan Khurd", Place),
            ],
        );
    }

    #[test]
    fn offices_in_capitals_are_no_names() {
        check(
            "We met the Prime Minister and the Foreign Secretary.",
            &[
                ("We", MentionKind::We),
                ("the Prime Minister", Role),
                ("the Foreign Secretary", Role),
            ],
        );
        check(
            "Later Deputy Minister Roe met the Chief Constable.",
            &[
                ("Deputy Minister Roe", ShortName),
                ("the Chief Constable", Role),
            ],
        );
        check(
            "Later Captain Baker met Dean Baker.",
            &[("Captain Baker", ShortName), ("Dean Baker", ShortName)],
        );
        check(
            "Then Her Worship left.",
            &[("Her", Possessive), ("Her Worship", Role)],
        );
    }

    #[test]
    fn names_that_are_words() {
        check(
            "George Will wrote. “No,” Will said. How will it end? Will it? As Will sees it, no.",
            &[
                ("George Will", FullName),
                ("Will", ShortName),
                ("it", MentionKind::It),
                ("it", MentionKind::It),
                ("Will", ShortName),
                ("it", MentionKind::It),
            ],
        );
        check(
            "Later Peter T. King of Boston met Don Roe.",
            &[
                ("Peter T. King", FullName),
                ("Boston", Place),
                ("Don Roe", FullName),
            ],
        );
        check(
            "Said Rosa Lind: “No.” Then Ai Jun and Said bin Omar left.",
            &[
                ("Rosa Lind", FullName),
                ("Ai Jun", FullName),
                ("Said bin Omar", FullName),
            ],
        );
    }

    #[test]
    fn what_one_counts_is_nobody() {
        check("One thing is sure.", &[]);
        check("One said no.", &[("One", Role)]);
    }

    #[test]
    fn letters_behind_words_name_a_thing() {
        check("Then Wolves DVD sold.", &[("Wolves DVD", Organization)]);
    }

    #[test]
    fn sources_without_a_name() {
        check("the minister said no", &[("the minister", Role)]);
        check("residents said no", &[("residents", Group)]);
        check("the statement said no", &[("the statement", Document)]);
        check("the company said no", &[("the company", Body)]);
        check("the zither said no", &[("the zither", Thing)]);
        check("some said no", &[("some", Quantity)]);
        check(
            "South Korea’s unification minister left.",
            &[
                ("South Korea", Place),
                ("South Korea’s unification minister", Role),
            ],
        );
    }

    #[test]
    fn pronouns() {
        check(
            "she saw his dog, who barked",
            &[("she", She), ("his", Possessive), ("who", Who)],
        );
    }

    #[test]
    fn a_heading_in_capitals_names_nobody() {
        check("Mike Pence Calls For Probe Into Harbour Deal", &[]);
        check("Meanwhile Bexley spoke.", &[("Bexley", Unsure)]);
    }

    #[test]
    fn nouns_and_adjectives_that_open_a_sentence_name_nobody() {
        check("Suspicion turned to rage.", &[]);
        check("Rain fell all day.", &[]);
        check("Brave Ana Roe spoke.", &[("Ana Roe", FullName)]);
        check("Rice said no.", &[("Rice", Unsure)]);
        check(
            "Condoleezza Rice left. Rice walked out.",
            &[("Condoleezza Rice", FullName), ("Rice", ShortName)],
        );
        check("Rugby Australia said no.", &[("Rugby Australia", FullName)]);
    }
}
