//! Where what was written stands, as a part of its description: a statement on her website, a notice on the door.

use std::ops::Range;

use super::finder::Finder;
use super::{Mention, MentionKind};
use crate::lexicon::Classes;
use crate::stream::Item;
use crate::total::{Steps, Total};

/// Words of the phrase that says where, at most.
const LONG: usize = 7;

/// Words of grammar that no noun phrase has behind its article.
const STOPS: Classes = Classes::PREPOSITION
    .or(Classes::CONJUNCTION)
    .or(Classes::SUBORDINATOR)
    .or(Classes::RELATIVE)
    .or(Classes::PRONOUN)
    .or(Classes::AUXILIARY)
    .or(Classes::DETERMINER)
    .or(Classes::POSSESSIVE)
    .or(Classes::QUANTITY)
    .or(Classes::WEEKDAY)
    .or(Classes::MONTH);

impl Finder<'_> {
    /// Reads on behind a document that a verb of saying follows or comes before, over where it stands: A message on the
    /// club's website said. Not: In a statement on its website the club said.
    pub(super) fn where_written(
        &self,
        at: usize,
        range: &Range<usize>,
        mentions: &mut Vec<Mention>,
    ) -> Option<usize> {
        let written = mentions.len().checked_sub(1).filter(|&place| {
            let mention = mentions.at(place);
            mention.kind == MentionKind::Document && mention.last as usize == at
        })?;
        let start = mentions.at(written).first as usize;
        let end = self.place_end(at, start, range)?;
        // A report on the dam said: what it is about.
        let about = self.word(at.plus(1)) == "on"
            && !self.items.at(at).has(Classes::INSCRIPTION)
            && !self.items.at(end).has(Classes::DOCUMENT);
        if !about {
            mentions.change(written, |mention| {
                mention.last = end as u32;
                mention.name_last = end as u32;
                mention.possessive = false;
            });
        }
        // On Ana Roe's website, on Ana Roe: she is still somebody, only not who says it.
        let mut inside = Vec::new();
        let mut next = at.plus(2);
        while next <= end {
            next = self
                .step(next, range.start..end.plus(1), &mut inside)
                .max(next.plus(1));
        }
        inside.retain(|mention| {
            let named = mention.kind.is_name() || mention.kind == MentionKind::Organization;
            named || mention.kind == MentionKind::Possessive
        });
        for mention in &mut inside {
            mention.possessive = true;
        }
        mentions.append(&mut inside);
        Some(end.plus(1))
    }

    /// Where the phrase ends that says where the document at `at` stands, whose own phrase begins at `start`.
    fn place_end(&self, at: usize, start: usize, range: &Range<usize>) -> Option<usize> {
        let sentence = self.items.at(at).sentence;
        let inside = |at: usize| {
            self.items
                .get(at)
                .filter(|item| at < range.end && item.sentence == sentence)
        };
        let join = at.plus(1);
        if !inside(join).is_some_and(Item::is_lower) || !matches!(self.word(join), "in" | "on") {
            return None;
        }
        let first = inside(at.plus(2))?;
        let determined = first.is_word()
            && (first.has(Classes::DETERMINER.or(Classes::POSSESSIVE)) || first.is_capital());
        if !determined || first.has(Classes::WEEKDAY.or(Classes::MONTH)) {
            return None;
        }
        let verb = |at: usize| {
            inside(at).is_some_and(|item| {
                item.is_lower() && (item.has(Classes::STRONG) || self.word(at) == "read")
            })
        };
        let mut end = at.plus(2);
        while end.less(at) < LONG
            && !verb(end.plus(1))
            && inside(end.plus(1)).is_some_and(|item| item.is_word() && !item.has(STOPS))
        {
            end = end.plus(1);
        }
        let noun = !self
            .items
            .at(end)
            .has(Classes::DETERMINER.or(Classes::POSSESSIVE))
            && !self.is_possessive(end);
        let before = start
            .checked_sub(1)
            .filter(|&before| before >= range.start)
            .map(|before| self.items.at(before));
        let said = before.is_some_and(|before| before.is_lower() && before.has(Classes::STRONG))
            && inside(end.plus(1)).is_none_or(|next| !next.is_word());
        // In a statement on the matter said to be final
        let subject =
            before.is_none_or(|before| !before.has(Classes::PREPOSITION)) && verb(end.plus(1));
        (noun && (said || subject)).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_marked as check;

    #[test]
    fn where_something_is_written_belongs_to_it() {
        for who in [
            "A statement on her website",
            "A message on the club’s website",
            "A notice on the door",
        ] {
            check(
                &format!("{who} said: “We are late.”"),
                &[("We are late.", who)],
            );
        }
        check(
            "“We are late,” said a message on Ana Roe’s website.",
            &[("We are late,", "a message on Ana Roe’s website")],
        );
    }

    #[test]
    fn what_a_report_is_about_is_not_where_it_stands() {
        check(
            "A report on the dam said: “We are late.”",
            &[("We are late.", "A report")],
        );
        check(
            "A statement on Peter Lund’s website said: “We are late.” “It is over,” Lund said.",
            &[
                ("We are late.", "A statement on Peter Lund’s website"),
                ("It is over,", "Peter Lund"),
            ],
        );
    }

    #[test]
    fn who_writes_somewhere_is_not_what_is_written() {
        check(
            "In a statement on its website the club said: “We are late.”",
            &[("We are late.", "the club")],
        );
    }
}
