//! Family names that are words: who George Will is tells that `Will claims` names somebody.

use super::finder::{Finder, STOPS_NAME};
use super::{Mention, MentionKind};
use crate::lexicon::Classes;
use crate::stream::{Item, Kind, Shape, Stream};
use crate::total::{Cut, Steps, Total};

/// Words that are taken for a name only where the article has a full name that ends in them.
const WORDS: Classes = Classes::AUXILIARY
    .or(Classes::NEVER_NAME)
    .or(Classes::FUNCTION)
    .or(Classes::ADVERB)
    .or(Classes::NUMERAL)
    .or(Classes::CUE)
    .or(Classes::NOUN)
    .or(Classes::COMMON)
    .or(Classes::DESCRIBING)
    .or(STOPS_NAME);

impl Finder<'_> {
    /// The family names of full names that are words as well.
    pub(super) fn families(&self, mentions: &[Mention]) -> Vec<&str> {
        let mut words = Vec::new();
        for mention in mentions
            .iter()
            .filter(|mention| mention.kind == MentionKind::FullName)
        {
            // Low Kah Meng, too, has a family name that is a word.
            let first = self.items.at(mention.name_first);
            let family_first = first
                .has(Classes::FAMILY_FIRST)
                .then_some(mention.name_first);
            for at in [Some(mention.name_last), family_first]
                .into_iter()
                .flatten()
            {
                let item = self.items.at(at);
                let word = item.kind == Kind::Word(Shape::Capital)
                    && (item.has(WORDS.or(Classes::ORG_HEAD))
                        || item.word.cue >= 4
                        || item.word.head >= 3);
                if word && !words.contains(&self.word(at as usize)) {
                    words.push(self.word(at as usize));
                }
            }
        }
        words
    }

    /// Adds the places where one of these words names its bearer: “No,” Blunt said · as Will acknowledges.
    pub(super) fn find_families(
        &self,
        words: &[&str],
        stream: &Stream,
        mentions: &mut Vec<Mention>,
    ) {
        let mut found = Vec::new();
        let mut next = 0;
        for (at, item) in self.items.iter().enumerate() {
            if item.kind != Kind::Word(Shape::Capital) || !words.contains(&self.word(at)) {
                continue;
            }
            // Mentions come in the order of their first item, and do not nest across names.
            while mentions
                .get(next)
                .is_some_and(|mention| (mention.last as usize) < at)
            {
                next = next.plus(1);
            }
            let covers =
                |mention: &Mention| (mention.first as usize..=mention.last as usize).contains(&at);
            let near = mentions.cut(next..).iter().take(4);
            let cover = near.enumerate().find(|(_, mention)| covers(mention));
            // “No,” Church said: no church, without an article.
            let body = cover.filter(|(_, mention)| {
                mention.kind == MentionKind::Organization && mention.first == mention.last
            });
            if cover.is_some() && body.is_none() || !self.acts(at, stream) {
                continue;
            }
            if let Some((place, _)) = body {
                mentions.change(next.plus(place), |mention: &mut Mention| {
                    mention.kind = MentionKind::ShortName;
                });
                continue;
            }
            found.push(self.single(at, MentionKind::ShortName));
        }
        for mut mention in found {
            mention.possessive = self.is_possessive(mention.last as usize);
            let place = mentions.partition_point(|other| other.first < mention.first);
            mentions.insert(place, mention);
        }
    }

    /// Tells whether a capitalised word is a name by what stands around it: inside a sentence of small letters, or
    /// before a verb.
    fn acts(&self, at: usize, stream: &Stream) -> bool {
        let item = self.items.at(at);
        let range = stream.paragraph(item.paragraph);
        if self.is_heading(range.clone()) {
            return false;
        }
        let capital = |at: usize| {
            range.contains(&at)
                && self.items.at(at).sentence == item.sentence
                && self.items.at(at).is_capital()
        };
        // As Will sees it: a word that opens the sentence is no part of the name.
        let before = at > 0 && capital(at.less(1)) && !self.opens_sentence_only(at.less(1), &range);
        let joined = before || capital(at.plus(1));
        if !self.opens_sentence(at, &range) {
            return !joined;
        }
        let after = |place: usize| {
            self.items
                .get(place)
                .filter(|next| next.sentence == item.sentence)
        };
        let verb = |place: usize| {
            after(place).is_some_and(|next| {
                let acts = Classes::STRONG.or(Classes::AUXILIARY).or(Classes::CUE);
                next.is_lower() && next.has(acts)
            })
        };
        // May: “No.”
        let announces = after(at.plus(1)).is_some_and(|next| next.is_punct(b':'))
            && after(at.plus(2)).is_some_and(Item::is_run);
        let adverb = after(at.plus(1)).is_some_and(|next| next.has(Classes::ADVERB));
        let clause = after(at.plus(1)).is_some_and(|next| next.is_punct(b','))
            && after(at.plus(2)).is_some_and(|next| next.has(Classes::RELATIVE));
        let quoted = at > range.start && self.items.at(at.less(1)).is_run() && {
            // “Yes,” Blunt, after a long pause, said: what follows a comma in marks opens no sentence.
            let words = self
                .word(at.less(1))
                .trim_end_matches(|char: char| !char.is_alphanumeric() && char != ',');
            words.ends_with(',')
        };
        // Rice walked out: where somebody is called so, few sentences are about the grain.
        let common = item.has(Classes::COMMON.or(Classes::DESCRIBING));
        let acts = verb(at.plus(1)) || adverb && verb(at.plus(2));
        !joined && (common || acts || clause || announces || quoted)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn a_word_that_opens_a_sentence_is_a_name_before_a_verb() {
        for family in ["May", "Love", "Banks", "March"] {
            let lead = format!("Ana Roe met Sarah {family} at noon.");
            for said in [
                format!("{family} disagreed: “It is not.”"),
                format!("{family}: “It is not.”"),
            ] {
                check(
                    &format!("{lead} “It is lost,” Roe said. {said}"),
                    &[
                        ("It is lost,", "Ana Roe"),
                        ("It is not.", &format!("Sarah {family}")),
                    ],
                );
            }
        }
        check(
            "Ana Roe met Sarah March on March 3. March: wet. “It rains,” Roe said.",
            &[("It rains,", "Ana Roe")],
        );
    }
}
