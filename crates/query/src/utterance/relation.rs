//! Are two wordings of one utterance? A judgement on two quotations and nothing else, so that no other article of the
//! archive, and no order of reading it, can change it. Measured on `data/gold/utterances`.

use super::likeness::{common_passage, common_words};
use super::words::{Worded, Words};

/// Days between which newspapers report one occasion: what was said on Friday is in the weekend's papers, and on
/// Tuesday somebody says something else.
pub(super) const OCCASION: i64 = 3;

/// Days for which a story is told again in the same words.
const STORY: i64 = 30;

/// The likeness that is asked for: the weight of what is shared, in hundredths of a telling word, and its share, in
/// hundredths; of the shorter wording, unless said otherwise.
#[derive(Clone, Copy)]
struct Least {
    weight: u32,
    share: u32,
}

const fn least(weight: u32, share: u32) -> Least {
    Least { weight, share }
}

/// The same speaker, within days: a clip, as “buried them in May” of “The committee read them in April and buried
/// them in May”. “A politics of hope” and “a politics of envy” share .75.
const CLIP: Least = least(110, 85);

/// As before, of two telling words and more: “I don’t want to miss even a one percent chance” and “We don’t want to
/// miss even one percent of the opportunity” share .71, “Senator Whitlock has no plan” and “Senator Whitlock has been
/// to my office once” .62, but of words that weigh 130.
const SENTENCE: Least = least(200, 58);

/// As before, for a passage of a whole sentence, whatever stands around it in both: one paper has the sentence before
/// it, another the one after.
const WHOLE_SENTENCE: Least = least(600, 30);

/// As before, for words in any order, and their share of both wordings: translators put them as their language
/// does. “The chimney of the factory is cold, our homes are cold too” and “The factory chimney is cold, and so are
/// our homes” share .85, “When teachers are exhausted, the whole country is exhausted” and “If the teachers are
/// tired, the whole country is tired” .61; “We bought the land from the church” and “The church bought new bells”
/// too, but of words that weigh 210.
const TRANSLATION: Least = least(250, 60);

/// The same speaker, within one article: who is quoted twice there says two things (“We are going to build a wall”,
/// “We are going to do a wall; we are going to have a big beautiful door on the wall”), unless a headline says the
/// same before.
const ONE_ARTICLE: Least = least(110, 90);

/// The same speaker, within weeks. “We will not rest until the last school is open” may be said in every town.
const ONE_STORY: Least = least(400, 75);

/// The same speaker, whenever: what is told again after years is remembered in its very words.
const REMEMBERED: Least = least(700, 85);

/// Within days, by somebody who has no name in one of the articles.
const UNNAMED: Least = least(400, 80);

/// Two names for who said it, or any time: a long passage word for word.
const WORD_FOR_WORD: Least = least(900, 85);

/// What wordings that are not the same must share, whatever else they have in common: the least of the above.
pub(super) const LEAST_SHARED: u32 = CLIP.weight;

/// The least weight of the same words by the same speaker within days, unless the days follow each other: “No
/// comment” on Monday is not the “No comment” of Thursday.
const SAME_WORDS: u32 = 120;

/// The share of both wordings in common, in hundredths, from which a “not” in one of them is the difference between
/// them.
const ALIKE: u32 = 75;

/// What two wordings have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Likeness {
    /// They are the same words.
    is_identical: bool,
    /// They are found by each other's words, without the speaker.
    shares_run: bool,
    /// One says what the other does not, or what is said to have not been said.
    contradicts: bool,
    /// The weight of the shorter one, and of both.
    weight: u32,
    both: u32,
    /// The weight of the common passage, and of the common words in any order.
    passage: u32,
    common: u32,
}

/// What two quotations have in common besides their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Circumstances {
    pub(super) speakers: Speakers,
    /// The days between their publication, if they have dates.
    pub(super) apart: Option<i64>,
    pub(super) one_article: bool,
}

/// What the speakers of two quotations have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speakers {
    Same,
    /// One is not known by name.
    Unknown,
    Different,
}

impl Likeness {
    /// How like wordings can be that weigh so much, are not the same and share no more than this.
    pub(super) fn at_most(shared: u32, weight: u32, other: u32) -> Self {
        Self {
            is_identical: false,
            shares_run: true,
            contradicts: false,
            weight: weight.min(other),
            both: weight.saturating_add(other),
            passage: shared,
            common: shared,
        }
    }

    /// Compares two wordings; the same whichever comes first.
    pub(super) fn of(one: &Worded, other: &Worded) -> Self {
        let (words, theirs) = (&one.words, &other.words);
        let is_identical = one.wording.whole == other.wording.whole;
        let in_common = |run| other.wording.runs.binary_search(run).is_ok();
        let weight = words.weight.min(theirs.weight);
        let mut likeness = Self {
            is_identical,
            shares_run: is_identical || one.wording.runs.iter().any(in_common),
            contradicts: false,
            weight,
            both: words.weight.saturating_add(theirs.weight),
            passage: weight,
            common: weight,
        };
        if !is_identical && (one.set_apart || other.set_apart) {
            likeness.contradicts = true;
        } else if !is_identical {
            likeness.common = common_words(words, theirs);
            // A passage takes the time of both lengths multiplied, and weighs no more than the words in any order.
            likeness.passage = likeness.common;
            if !likeness.may_be_same_utterance() {
                return likeness;
            }
            likeness.passage = common_passage(words, theirs);
            likeness.contradicts = likeness.passage < weight
                && likeness.passage < WHOLE_SENTENCE.weight
                && (other_numbers(words, theirs)
                    || words.negations % 2 != theirs.negations % 2
                        && likeness.common_share() >= ALIKE);
        }
        likeness
    }

    fn has_passage(&self, least: Least) -> bool {
        let share = self.weight.saturating_mul(least.share);
        self.passage >= least.weight && self.passage.saturating_mul(100) >= share
    }

    /// Returns the share of the common words in both wordings, in hundredths.
    fn common_share(&self) -> u32 {
        let twice = self.common.saturating_mul(200);
        twice.checked_div(self.both).unwrap_or(0)
    }

    /// Tells whether two quotations in these words can be wordings of one utterance, whoever said them and when.
    pub(super) fn may_be_same_utterance(&self) -> bool {
        let best = |one_article, apart| Circumstances {
            speakers: Speakers::Same,
            apart: Some(apart),
            one_article,
        };
        self.is_same_utterance(best(false, 0)) || self.is_same_utterance(best(true, 0))
    }

    /// Tells whether the two quotations are wordings of one utterance.
    pub(super) fn is_same_utterance(&self, around: Circumstances) -> bool {
        let apart = around.apart.unwrap_or(i64::MAX);
        let same_speaker = around.speakers == Speakers::Same;
        if self.is_identical && same_speaker {
            return around.one_article
                || apart <= 1
                || apart <= OCCASION && self.weight >= SAME_WORDS
                || apart <= STORY && self.weight >= ONE_STORY.weight
                || self.weight >= REMEMBERED.weight;
        }
        // “Twelve people are missing” in the morning is not “Nine people are missing” in the evening.
        if self.contradicts {
            return false;
        }
        if same_speaker && around.one_article {
            return self.has_passage(ONE_ARTICLE);
        }
        if same_speaker && apart <= OCCASION {
            return self.has_passage(CLIP)
                || self.has_passage(SENTENCE)
                || self.has_passage(WHOLE_SENTENCE)
                || self.common >= TRANSLATION.weight && self.common_share() >= TRANSLATION.share;
        }
        self.shares_run
            && match around.speakers {
                Speakers::Same if apart <= STORY => self.has_passage(ONE_STORY),
                Speakers::Same => self.has_passage(REMEMBERED),
                Speakers::Unknown if apart <= OCCASION => self.has_passage(UNNAMED),
                _ => self.has_passage(WORD_FOR_WORD),
            }
    }
}

/// Tells whether wordings that weigh so much, are not the same and share no more than this can be of one utterance, if
/// one person said both.
pub(super) fn may_be_like(shared: u32, weight: u32, other: u32) -> bool {
    Likeness::at_most(shared, weight, other).may_be_same_utterance()
}

/// Tells whether both have numbers, and none in common.
fn other_numbers(one: &Words, other: &Words) -> bool {
    let in_common = |number| other.numbers.binary_search(number).is_ok();
    !one.numbers.is_empty() && !other.numbers.is_empty() && !one.numbers.iter().any(in_common)
}

/// Returns the days between two publications, each with the first and last day it may mean, at most: of a month,
/// nobody knows which day.
pub(super) fn days_apart(one: Option<(i64, i64)>, other: Option<(i64, i64)>) -> Option<i64> {
    let (one, other) = (one?, other?);
    // The days of an archive from somebody else may be any number.
    let apart = |last: i64, first: i64| last.saturating_sub(first).saturating_abs();
    Some(apart(one.1, other.0).max(apart(other.1, one.0)))
}
