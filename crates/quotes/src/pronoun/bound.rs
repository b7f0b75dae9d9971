//! Whom a pronoun does not mean, by the grammar of its own sentence and of the one before.

use smallvec::SmallVec;

use super::body::is_nobody;
use super::described::is_postposed;
use super::sentence_before;
use super::view::{Row, View};
use crate::context::{Cue, class};
use crate::lexicon::{Classes, Form};
use crate::mention::{Mention, MentionKind};
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
/// The same where a clause hangs on whom it names: Roe thanked Day, who had left.
const HUNG: f32 = 4.0;

/// The same of what nothing shows to be a person: Roe said Tarvo would sell more. Tarvo has cut its price.
const THING: f32 = 3.0;
/// Sentences back within which somebody who is shown to be a person keeps these from being meant.
const NEAR: u32 = 3;

/// Items of a clause that is looked through.
const CLAUSE: usize = 60;

/// Persons that a sentence names.
type Few = SmallVec<[u32; 4]>;
/// Persons with by how much the score of each falls.
type Outdone = SmallVec<[(u32, f32); 4]>;

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
        if let Some((main, others)) = self.outdone() {
            for (person, by) in others.into_iter().filter(|&(person, _)| person != main) {
                lower(person, by);
            }
        }
        for person in self.things() {
            lower(person, THING);
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

    /// Whom the sentence before is about or who said it, and others with by how much that outdoes each.
    fn outdone(&self) -> Option<(u32, Outdone)> {
        let context = self.context;
        let (start, sentence) = self.peopled_before()?;
        let rows = || self.rows.iter();
        let fits = |person: &u32| rows().any(|row| row.fits && row.person == *person);
        if sentence == self.item.sentence {
            let person = self.reported_by()?;
            let all = rows().map(|row| (row.person, OWN)).collect();
            return fits(&person).then_some((person, all));
        }
        let sayer = (start..self.at)
            .rev()
            .find(|&at| context.mentions.at(at).kind.is_name() && is_postposed(context, at));
        if let Some(person) = sayer.and_then(|at| context.mentions.at(at).person) {
            let all = rows().map(|row| (row.person, POSTPOSED)).collect();
            return fits(&person).then_some((person, all));
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
            // Roe singled out Day for praise.
            let behind = context.mentions.at(at).last.plus(1) as usize;
            let aside = syntax.forward.is_some_and(|cue| {
                let between = context.stream.items.cut(behind..cue.item as usize);
                cue.strength < 3 && between.iter().any(|item| item.word.form == Form::For)
            });
            (aside || !syntax.subject && syntax.forward.is_none()) && !said
        };
        let objects = rows()
            .filter(|row| row.trace.sentence == sentence && is_object(row.trace.mention))
            .map(|row| (row.person, self.weight(row)))
            .collect();
        fits(&main).then_some((main, objects))
    }

    /// By how much the subject outdoes an object: more where a clause that reports nothing hangs on that.
    fn weight(&self, row: &Row<'_>) -> f32 {
        let context = self.context;
        let at = row.trace.mention as usize;
        let says = |cue: Cue| cue.strength == 3;
        match context.syntax.at(at.plus(1)).forward {
            _ if !self.is_who(row) => OBJECT,
            // Roe thanked Day, who said it was over.
            cue if cue.is_some_and(says) => 0.0,
            _ => HUNG,
        }
    }

    /// Day, who had left: tells whether a relative clause hangs on the person where last named.
    fn is_who(&self, row: &Row<'_>) -> bool {
        let mentions = &self.context.mentions;
        let at = row.trace.mention as usize;
        let who = mentions.at(at.plus(1));
        let behind = who.first.less(mentions.at(at).last);
        who.kind == MentionKind::Who && (behind == 1 || behind == 2)
    }

    /// What nothing shows to be a person, where one of a fitting gender was named shortly before.
    fn things(&self) -> Few {
        let context = self.context;
        let named = |row: &Row<'_>| context.persons.list.at(row.person);
        let nobody = |row: &Row<'_>| is_nobody(context, context.mentions.at(row.trace.mention));
        let near = |row: &&Row<'_>| row.trace.sentence.plus(NEAR) >= self.item.sentence;
        let own = self.pronoun.gender;
        let shown = |row: &Row<'_>| {
            let known = || named(row).gender == own || !nobody(row);
            row.fits && named(row).words.len() > 1 && known()
        };
        let bare = |row: &&Row<'_>| named(row).words.len() < 2;
        if !self.rows.iter().any(|row| bare(&row)) || !self.rows.iter().filter(near).any(shown) {
            return Few::new();
        }
        let thing = |row: &&Row<'_>| {
            let shown = self.is_who(row) || self.speaks(row) && !self.owns_its(row);
            !shown && nobody(row)
        };
        let things = self.rows.iter().filter(bare).filter(thing);
        things.map(|row| row.person).collect()
    }

    /// Brandt said he would stay: tells whether the person was named last as who says something.
    fn speaks(&self, row: &Row<'_>) -> bool {
        let says = |cue: Cue| cue.strength == 3;
        self.context
            .syntax
            .at(row.trace.mention)
            .better
            .is_some_and(says)
    }

    /// Tarvo has cut its price: tells whether `its` follows where the name was named last.
    fn owns_its(&self, row: &Row<'_>) -> bool {
        let context = self.context;
        let last = context.mentions.at(row.trace.mention).last as usize;
        let behind = last.plus(1)..last.plus(1).plus(CLAUSE);
        let mut behind = behind.take_while(|&at| {
            let item = context.stream.items.get(at);
            item.is_some_and(|item| item.is_word() && item.sentence == row.trace.sentence)
        });
        behind.any(|at| context.stream.is(context.text, at, "its"))
    }
}
