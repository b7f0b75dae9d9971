//! Resolves `he`, `she`, `who`, `his` and `her` to a person of the article.
//!
//! A linear softmax over the persons named before the pronoun. The best single hint is how lately somebody was
//! the subject of a sentence outside the marks.

use std::sync::LazyLock;

use crate::context::{Context, Syntax};
use crate::mention::{Gender, Mention, MentionKind};
#[cfg(feature = "train")]
use crate::model::Features;
use crate::model::{Layout, Sink, Sum, softmax};
use crate::stream::Item;

/// Persons considered, by how lately they were named.
const PERSONS: usize = 12;
/// How many mentions are looked back over.
const REACH: usize = 120;

pub(crate) static LAYOUT: Layout<12> = Layout::new([
    ("gender", 9),
    ("sentences", 3 * 7),
    ("paragraphs", 3 * 6),
    ("recency", 3 * 6),
    ("subject-recency", 3 * 6),
    ("nearest", 3 * 4 * 2 * 2),
    ("nearest-after", 3 * 30),
    ("nearest-before", 3 * 30),
    ("chain", 3 * 3 * 4),
    ("salience", 6 * 2),
    ("opening", 3 * 2 * 2 * 6),
    ("rivals", 4 * 6),
]);

static WEIGHTS: LazyLock<Vec<f32>> =
    LazyLock::new(|| LAYOUT.read(include_str!("../model/pronoun.tsv")));

/// Whom a pronoun stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Referents {
    /// Person and probability, most probable first.
    pub(crate) persons: Vec<(u32, f32)>,
}

/// Resolves all personal pronouns of an article, in order: one for each mention, empty for the others.
pub(crate) fn resolve(context: &Context<'_>) -> Vec<Referents> {
    resolve_with(&WEIGHTS, context)
}

/// Resolves with weights of one's own.
pub(crate) fn resolve_with(weights: &[f32], context: &Context<'_>) -> Vec<Referents> {
    let mut found = vec![Referents::default(); context.mentions.len()];
    let mut chain = [None; 2];
    let mut named = Named::default();
    let mut probabilities = [0.0; PERSONS];
    for (at, (mention, found)) in context.mentions.iter().zip(&mut found).enumerate() {
        named.reach(context, at);
        if !mention.kind.is_personal() {
            continue;
        }
        let view = View::new(context, at, chain, &named);
        for (row, probability) in view.rows().iter().zip(&mut probabilities) {
            let mut sum = Sum::new(weights);
            view.collect(row, &mut sum);
            *probability = sum.score;
        }
        let probabilities = &mut probabilities[..view.count];
        softmax(probabilities);
        let persons = view.rows().iter().map(|row| row.person);
        let mut ranked: Vec<(u32, f32)> = persons.zip(probabilities.iter().copied()).collect();
        ranked.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        if let (Some(best), Some(slot)) = (ranked.first(), slot(mention)) {
            chain[slot] = Some(best.0);
        }
        found.persons = ranked;
    }
    found
}

/// Collects the persons named before mention `at`, and the features of each, for training.
#[cfg(feature = "train")]
pub(crate) fn collect_all(
    context: &Context<'_>,
    at: usize,
    chain: [Option<u32>; 2],
) -> (Vec<u32>, Vec<Features>) {
    let mut named = Named::default();
    named.reach(context, at);
    let view = View::new(context, at, chain, &named);
    let features = |row: &Row| {
        let mut features = Features::default();
        view.collect(row, &mut features);
        features
    };
    let rows = view.rows();
    (
        rows.iter().map(|row| row.person).collect(),
        rows.iter().map(features).collect(),
    )
}

/// The mentions so far that name a person, in order: number, person, whether it is a subject.
#[derive(Debug, Default)]
struct Named {
    mentions: Vec<(u32, u32, bool)>,
    /// How many mentions were looked at.
    seen: usize,
}

impl Named {
    /// Takes in the mentions before `at`.
    fn reach(&mut self, context: &Context<'_>, at: usize) {
        for other in self.seen..at {
            let mention = &context.mentions[other];
            if let Some(person) = mention.person.filter(|_| !mention.kind.is_pronoun()) {
                let subject = context.syntax[other].subject;
                self.mentions.push((other as u32, person, subject));
            }
        }
        self.seen = at;
    }
}

/// Which chain a pronoun continues: the last answer for `he`, the last for `she`.
pub(crate) fn slot(mention: &Mention) -> Option<usize> {
    match mention.gender {
        Gender::Male => Some(0),
        Gender::Female => Some(1),
        Gender::Unknown => None,
    }
}

fn sentence_bin(distance: u32) -> u32 {
    match distance {
        0..=3 => distance,
        4..=5 => 4,
        6..=9 => 5,
        _ => 6,
    }
}

/// A person a pronoun may stand for.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    person: u32,
    /// The mention that names the person last.
    mention: u32,
    /// How many others were named or were subjects since, of those whose gender fits.
    rank: u32,
    subject: u32,
}

/// One pronoun with the persons it may stand for.
struct View<'a> {
    context: &'a Context<'a>,
    pronoun: &'a Mention,
    syntax: &'a Syntax,
    item: &'a Item,
    /// 0 he and she, 1 his and her, 2 who.
    word: u32,
    /// Who the last pronoun of this gender stood for.
    chained: Option<u32>,
    /// How many persons of a fitting gender were named lately.
    rivals: u32,
    rows: [Row; PERSONS],
    count: usize,
}

impl<'a> View<'a> {
    fn new(context: &'a Context<'a>, at: usize, chain: [Option<u32>; 2], named: &Named) -> Self {
        let pronoun = &context.mentions[at];
        let item = &context.stream.items[pronoun.first as usize];
        let fits = |person: u32| {
            let gender = context.persons.list[person as usize].gender;
            pronoun.gender == Gender::Unknown
                || gender == Gender::Unknown
                || gender == pronoun.gender
        };
        let mut view = Self {
            context,
            pronoun,
            syntax: &context.syntax[at],
            item,
            word: match pronoun.kind {
                MentionKind::Who => 2,
                MentionKind::Possessive => 1,
                _ => 0,
            },
            chained: slot(pronoun).and_then(|slot| chain[slot]),
            rivals: 0,
            rows: [Row::default(); PERSONS],
            count: 0,
        };
        // The subjects whose gender fits, latest first.
        let mut subjects = [u32::MAX; REACH];
        let mut count = 0;
        let near = named
            .mentions
            .iter()
            .rev()
            .take_while(|mention| mention.0 as usize + REACH >= at);
        for &(mention, person, subject) in near {
            if view.count < PERSONS && !view.rows().iter().any(|row| row.person == person) {
                view.rows[view.count] = Row {
                    person,
                    mention,
                    ..Row::default()
                };
                view.count += 1;
            }
            if subject && !subjects[..count].contains(&person) && fits(person) {
                subjects[count] = person;
                count += 1;
            }
        }
        let mut fitting = 0;
        let known = view.count;
        for (recency, row) in view.rows[..known].iter_mut().enumerate() {
            let place =
                &context.stream.items[context.mentions[row.mention as usize].first as usize];
            row.rank = recency as u32;
            if fits(row.person) {
                row.rank = fitting;
                fitting += 1;
                view.rivals += u32::from(place.paragraph + 2 >= item.paragraph);
            }
            row.subject = subjects[..count]
                .iter()
                .position(|&person| person == row.person)
                .map_or(5, |at| at.min(4) as u32);
        }
        view.rivals = view.rivals.min(3);
        view
    }

    fn rows(&self) -> &[Row] {
        &self.rows[..self.count]
    }

    /// Adds the features of one person.
    #[inline]
    fn collect(&self, row: &Row, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        let (context, pronoun, item, word) = (self.context, self.pronoun, self.item, self.word);
        let person = &context.persons.list[row.person as usize];
        let mention = &context.mentions[row.mention as usize];
        let near = &context.syntax[row.mention as usize];
        let place = &context.stream.items[mention.first as usize];
        let agrees = match (pronoun.gender, person.gender) {
            (Gender::Unknown, _) => 3,
            (_, Gender::Unknown) => 1,
            (a, b) if a == b => 2,
            _ => 0,
        };
        let kind = match mention.kind {
            MentionKind::FullName => 0,
            MentionKind::ShortName => 1,
            MentionKind::Unsure => 2,
            _ => 3,
        };
        let (sentences, paragraphs) = (
            item.sentence - place.sentence,
            item.paragraph - place.paragraph,
        );
        let (rank, subject) = (row.rank.min(5), row.subject);
        add(0, agrees * 2 + u32::from(person.unsure));
        add(1, word * 7 + sentence_bin(sentences));
        add(2, word * 6 + paragraphs.min(5));
        add(3, word * 6 + rank);
        add(4, word * 6 + subject);
        add(
            5,
            ((word * 4 + kind) * 2 + u32::from(near.subject)) * 2 + u32::from(near.beside_run),
        );
        add(6, word * 30 + u32::from(near.after));
        add(7, word * 30 + u32::from(near.before));
        let link = match self.chained {
            None => 0,
            Some(last) if last == row.person => 2,
            Some(_) => 1,
        };
        add(8, (word * 3 + link) * 4 + sentences.min(3));
        let count = match person.count {
            0..=1 => 0,
            2 => 1,
            3..=4 => 2,
            5..=8 => 3,
            _ => 4,
        };
        add(9, count * 2 + u32::from(person.in_title));
        let opens = u32::from(self.syntax.before == 0);
        let cued = u32::from(self.syntax.forward.is_some() || self.syntax.backward.is_some());
        add(10, ((word * 2 + opens) * 2 + cued) * 6 + subject);
        add(11, self.rivals * 6 + rank);
    }
}

#[cfg(test)]
mod tests {
    use whosaid_model::QuotationKind;

    use crate::Annotator;
    use crate::testing::attributed;

    /// Expects exactly these quotations, and whom each is given to.
    fn check(text: &str, expected: &[(&str, &str)]) {
        let annotated = Annotator::new().annotate(None, text);
        let found = attributed(
            text,
            annotated
                .iter()
                .filter(|quotation| quotation.kind != QuotationKind::Indirect),
        );
        assert_eq!(found, expected, "in {text}");
    }

    #[test]
    fn gender_decides_between_two() {
        check(
            "Lena Brandt met Paul Ruiz on Friday. “He was tired,” she said.",
            &[("He was tired,", "Lena Brandt")],
        );
        check(
            "Lena Brandt met Paul Ruiz on Friday. “She was tired,” he said.",
            &[("She was tired,", "Paul Ruiz")],
        );
    }

    #[test]
    fn the_subject_outweighs_the_object() {
        check(
            "Paul Ruiz told Karl Brandt that he was wrong. “I stand by it,” he added.",
            &[("I stand by it,", "Paul Ruiz")],
        );
    }

    #[test]
    fn a_chain_of_pronouns_keeps_its_person() {
        check(
            "Ilona Varga opened the pier on Monday. “It took years,” she said.\n“We are glad,” she added.",
            &[
                ("It took years,", "Ilona Varga"),
                ("We are glad,", "Ilona Varga"),
            ],
        );
    }
}
