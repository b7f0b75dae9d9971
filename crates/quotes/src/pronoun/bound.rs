//! Whom a pronoun does not mean, by the grammar of its own sentence and of the one before.

use smallvec::SmallVec;

use super::described::is_postposed;
use super::sentence_before;
use super::view::View;
use crate::context::{Cue, class};
use crate::lexicon::Classes;
use crate::mention::Mention;
use crate::stream::Item;
use crate::total::{Cut, Steps, Total};

/// By how much the score falls of somebody whom what he is said to say names.
const NAMED: f32 = 20.0;
/// The same of whom the words before the verb are about: Roe has lost, he said.
const TOLD_OF: f32 = 6.0;
/// The same of all others where the sentence before ends with who said it: The dam would hold, said Roe.
const POSTPOSED: f32 = 3.0;
/// The same of all others where the pronoun begins what somebody says: Roe said he would stay.
const OWN: f32 = 3.0;
/// The same of whom the sentence before names only as the object of what somebody did: Roe thanked Day.
const OBJECT: f32 = 2.0;

/// Items of a clause that is looked through.
const CLAUSE: usize = 60;

/// Persons that a sentence names.
type Few = SmallVec<[u32; 4]>;

impl View<'_, '_> {
    /// Lowers the scores of those whom the grammar leaves out.
    pub(super) fn leave_out_bound(&self, scores: &mut [f32]) {
        if self.word != 0 || self.rows.len() < 2 {
            return;
        }
        let mut lower = |person: u32, by: f32| {
            let mut rows = self.rows.iter().zip(&mut *scores);
            if let Some((_, score)) = rows.find(|(row, _)| row.person == person) {
                *score -= by;
            }
        };
        if self.syntax.forward.is_some_and(|cue| cue.strength >= 2) {
            for person in self.named_behind() {
                lower(person, NAMED);
            }
            if let Some(person) = self.told_of() {
                lower(person, TOLD_OF);
            }
        }
        if let Some((main, by, others)) = self.outdone() {
            for person in others.into_iter().filter(|&person| person != main) {
                lower(person, by);
            }
        }
    }

    /// He said Roe would stay: who is named in what he says; not who is behind it (Though he said no, Roe went).
    fn named_behind(&self) -> Few {
        let items = &self.context.stream.items;
        let Some(verb) = self.syntax.forward.map(|cue| cue.item as usize) else {
            return Few::new();
        };
        let clause = items.cut(verb.plus(1)..).iter().take(CLAUSE);
        let words = clause.take_while(|item| item.is_word() && item.sentence == self.item.sentence);
        let end = verb.plus(1).plus(words.count());
        let next = items.at(verb.plus(1));
        // He said in May that Roe knew · he said after Roe had gone.
        if next.has(
            Classes::PREPOSITION
                .or(Classes::CONJUNCTION)
                .or(Classes::ADVERB),
        ) {
            return Few::new();
        }
        let behind = self.context.mentions.cut(self.at.plus(1)..).iter();
        behind
            .take_while(|mention| (mention.first as usize) < end)
            .filter(|mention| mention.kind.is_name() && !mention.possessive)
            .filter_map(|mention| mention.person)
            .collect()
    }

    /// Roe has “more hunger than ever”, he said · Roe, he said, would stay: who the clause is about that he inserts his verb
    /// into or ends with it.
    fn told_of(&self) -> Option<u32> {
        let context = self.context;
        let items = &context.stream.items;
        let cue = self.syntax.forward?;
        let first = self.pronoun.first as usize;
        let next = items.get((cue.item as usize).plus(1));
        let ends = next.is_none_or(|next| {
            !next.is_word() || next.sentence != self.item.sentence || next.has(Classes::PREPOSITION)
        });
        let inserted = self.syntax.before == class::COMMA || self.syntax.before == class::RUN;
        if cue.distance > 0 || !ends || !inserted {
            return None;
        }
        let (start, last) = sentence_before(self.context, self.at)?;
        if last.sentence != self.item.sentence {
            return None;
        }
        let mention = context.mentions.at(start);
        let between = items.cut((mention.last as usize).plus(1)..first);
        if between.len() > CLAUSE {
            return None;
        }
        // Roe shook his head: “No,” he said · Roe, 40, was late, and said no, he said
        let flows = !between.iter().any(|item| item.is_punct(b':'));
        let aside = mention.last.plus(2) == self.pronoun.first;
        let is_about =
            context.syntax.at(start).subject || aside || between.first().is_some_and(Item::is_run);
        let says = |cue: Cue| cue.strength == 3;
        let says = context.syntax.at(start).forward.is_some_and(says);
        let opens = context.syntax.at(start).before == 0;
        (mention.kind.is_name() && !mention.possessive && opens && is_about && flows && !says)
            .then_some(mention.person)?
    }

    /// Roe said he would stay: who is said to say the clause that the pronoun begins.
    fn reported_by(&self) -> Option<u32> {
        let context = self.context;
        let first = (self.pronoun.first as usize).checked_sub(1)?;
        let verb = first.less(usize::from(context.stream.is(context.text, first, "that")));
        let at = self.at.checked_sub(1)?;
        let mention = context.mentions.at(at);
        let cue = context.syntax.at(at).forward?;
        let says = cue.item as usize == verb && cue.strength == 3;
        (says && mention.kind.is_name()).then_some(mention.person)?
    }

    /// The first mention of the last sentence before that names or means a person, and that sentence.
    fn peopled_before(&self) -> Option<(usize, u32)> {
        const SENTENCES: usize = 3;
        let mut end = self.at;
        for _ in 0..SENTENCES {
            let (start, last) = sentence_before(self.context, end)?;
            let mentions = self.context.mentions.cut(start..end);
            let person = |mention: &Mention| mention.person.is_some() || mention.kind.is_personal();
            if mentions.iter().any(person) {
                return Some((start, last.sentence));
            }
            end = start;
        }
        None
    }

    /// Whom the sentence before is about or who said it, by how much that outdoes others, and these.
    fn outdone(&self) -> Option<(u32, f32, Few)> {
        let context = self.context;
        let (start, sentence) = self.peopled_before()?;
        let rows = || self.rows.iter();
        let fits = |person: &u32| rows().any(|row| row.fits && row.person == *person);
        if sentence == self.item.sentence {
            let person = self.reported_by()?;
            let all = rows().map(|row| row.person).collect();
            return fits(&person).then_some((person, OWN, all));
        }
        let sayer = (start..self.at)
            .rev()
            .find(|&at| context.mentions.at(at).kind.is_name() && is_postposed(context, at));
        if let Some(person) = sayer.and_then(|at| context.mentions.at(at).person) {
            let all = rows().map(|row| row.person).collect();
            return fits(&person).then_some((person, POSTPOSED, all));
        }
        let mention = context.mentions.at(start);
        let syntax = context.syntax.at(start);
        // When Roe met Day, … · As he had before, Roe …
        let leads = matches!(
            syntax.before,
            0 | class::AND | class::ADVERB | class::RUN | class::CAPITAL | class::COMMA
        );
        if mention.possessive || !leads {
            return None;
        }
        let main = match mention.kind {
            kind if kind == self.pronoun.kind => self.chained?,
            kind if kind.is_name() => mention.person?,
            _ => return None,
        };
        let verb = syntax.forward.map(|cue| cue.item);
        let is_object = |at: u32| {
            let syntax = context.syntax.at(at);
            let said = syntax.backward.is_some_and(|cue| Some(cue.item) != verb);
            !syntax.subject && syntax.forward.is_none() && !said
        };
        let objects = rows()
            .filter(|row| row.trace.sentence == sentence && is_object(row.trace.mention))
            .map(|row| row.person)
            .collect();
        fits(&main).then_some((main, OBJECT, objects))
    }
}
