//! The features by which the persons a pronoun may stand for are told apart.

use super::past::{SPEAKER, SUBJECT, TOUCHED};
use super::view::{Row, View};
use crate::context::CLASSES;
use crate::find::{last_word, places};
use crate::mention::{Gender, MentionKind};
use crate::model::{Layout, Sink, cross};
use crate::total::{Steps, Total};

/// How many groups of features there are; each gives one feature at most.
pub(super) const GROUPS: usize = 18;

pub(crate) static LAYOUT: Layout<GROUPS> = Layout::new([
    ("gender", 9),
    ("sentences", 3 * 7),
    ("paragraphs", 3 * 6),
    ("recency", 3 * 6 * 2),
    ("subject-recency", 3 * 6),
    ("speaker-recency", 3 * 6),
    ("speaker-sentences", 3 * 8),
    ("nearest", 3 * 4 * 2 * 2),
    ("nearest-after", 3 * CLASSES),
    ("nearest-before", 3 * CLASSES),
    ("first-before", 3 * 2 * CLASSES),
    ("chain", 3 * 3 * 4),
    ("salience", 6 * 2),
    ("opening", 3 * 2 * 2 * 6),
    ("rivals", 4 * 6),
    ("inside", 2),
    ("counts", 3 * 4 * 4),
    ("known", 3),
]);

/// The groups of [`LAYOUT`] by name.
mod group {
    pub(super) const GENDER: usize = 0;
    pub(super) const SENTENCES: usize = 1;
    pub(super) const PARAGRAPHS: usize = 2;
    pub(super) const RECENCY: usize = 3;
    pub(super) const SUBJECT_RECENCY: usize = 4;
    pub(super) const SPEAKER_RECENCY: usize = 5;
    pub(super) const SPEAKER_SENTENCES: usize = 6;
    pub(super) const NEAREST: usize = 7;
    pub(super) const NEAREST_AFTER: usize = 8;
    pub(super) const NEAREST_BEFORE: usize = 9;
    pub(super) const FIRST_BEFORE: usize = 10;
    pub(super) const CHAIN: usize = 11;
    pub(super) const SALIENCE: usize = 12;
    pub(super) const OPENING: usize = 13;
    pub(super) const RIVALS: usize = 14;
    pub(super) const INSIDE: usize = 15;
    pub(super) const COUNTS: usize = 16;
    pub(super) const KNOWN: usize = 17;
}

fn sentence_bin(distance: u32) -> u32 {
    const BINS: [u8; 11] = [0, 1, 2, 3, 4, 4, 5, 5, 5, 5, 6];
    u32::from(*BINS.at(distance.min(10) as usize))
}

impl View<'_, '_> {
    /// Adds the features of one person.
    #[inline]
    pub(super) fn collect(&self, row: &Row<'_>, out: &mut impl Sink) {
        self.add_person(row, out);
        self.add_distance(row, out);
        self.add_words(row, out);
    }

    /// Who the person is, and whom the pronoun before stood for.
    #[inline]
    fn add_person(&self, row: &Row<'_>, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        let person = self.context.persons.list.at(row.person);
        let agrees = match (self.pronoun.gender, person.gender) {
            (Gender::Unknown, _) => 3,
            (_, Gender::Unknown) => 1,
            (a, b) if a == b => 2,
            _ => 0,
        };
        add(group::GENDER, cross(agrees, 2, u32::from(person.unsure)));
        let count = match person.count {
            0..=1 => 0,
            2 => 1,
            3..=4 => 2,
            5..=8 => 3,
            _ => 4,
        };
        add(group::SALIENCE, cross(count, 2, u32::from(person.in_title)));
        let known = if person.roles.is_empty() {
            u32::from(person.gender != Gender::Unknown)
        } else {
            2
        };
        add(group::KNOWN, known);
        let link = match self.chained {
            None => 0,
            Some(last) if last == row.person => 2,
            Some(_) => 1,
        };
        let sentences = self.item.sentence.less(row.trace.sentence);
        add(
            group::CHAIN,
            cross(cross(self.word, 3, link), 4, sentences.min(3)),
        );
    }

    /// How lately the person was named, was a subject, reported something.
    #[inline]
    fn add_distance(&self, row: &Row<'_>, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        let (item, word) = (self.item, self.word);
        let sentences = sentence_bin(item.sentence.less(row.trace.sentence));
        add(group::SENTENCES, cross(word, 7, sentences));
        let paragraphs = item.paragraph.less(row.trace.place).min(5);
        add(group::PARAGRAPHS, cross(word, 6, paragraphs));
        let touched = cross(
            cross(word, 6, row.ranks[TOUCHED]),
            2,
            u32::from(row.trace.meant),
        );
        add(group::RECENCY, touched);
        add(group::SUBJECT_RECENCY, cross(word, 6, row.ranks[SUBJECT]));
        add(group::SPEAKER_RECENCY, cross(word, 6, row.ranks[SPEAKER]));
        let spoke = row
            .trace
            .spoke
            .map_or(7, |sentence| sentence_bin(item.sentence.less(sentence)));
        add(group::SPEAKER_SENTENCES, cross(word, 8, spoke));
        add(group::RIVALS, cross(self.rivals, 6, row.rank));
        let (here, before) = row.trace.counts(item.paragraph);
        add(
            group::COUNTS,
            cross(cross(word, 4, here.min(3)), 4, before.min(3)),
        );
        add(group::OPENING, cross(self.opening, 6, row.ranks[SUBJECT]));
        if self.quotes && row.fits {
            add(group::INSIDE, u32::from(self.is_inside(row.person)));
        }
    }

    /// The words around the last mention of the person, and around the first one in its sentence.
    #[inline]
    fn add_words(&self, row: &Row<'_>, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        let word = self.word;
        let mention = self.context.mentions.at(row.trace.mention);
        let near = self.context.syntax.at(row.trace.mention);
        let kind = match mention.kind {
            MentionKind::FullName => 0,
            MentionKind::ShortName => 1,
            MentionKind::Unsure => 2,
            _ => 3,
        };
        let subject = cross(cross(word, 4, kind), 2, u32::from(near.subject));
        add(
            group::NEAREST,
            cross(subject, 2, u32::from(near.beside_run)),
        );
        add(
            group::NEAREST_AFTER,
            cross(word, CLASSES, u32::from(near.after)),
        );
        add(
            group::NEAREST_BEFORE,
            cross(word, CLASSES, u32::from(near.before)),
        );
        let first = self.context.syntax.at(row.trace.first);
        let earlier = u32::from(row.trace.sentence < self.item.sentence);
        add(
            group::FIRST_BEFORE,
            cross(cross(word, 2, earlier), CLASSES, u32::from(first.before)),
        );
    }

    /// Tells whether the words in marks of the pronoun's sentence name the person: in `“Roe is our best,” he said` it
    /// is somebody else who speaks.
    fn is_inside(&self, person: u32) -> bool {
        let name = &self.context.persons.list.at(person).name;
        let family = last_word(name);
        let mut words = self.words.iter().flatten();
        family.is_empty() || words.any(|words| places(family, words).next().is_some())
    }
}
