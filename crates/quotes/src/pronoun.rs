//! Resolves `he`, `she`, `who`, `his` and `her` to a person of the article.
//!
//! A linear softmax over the persons named before the pronoun. The best single hint is how lately somebody was
//! the subject of a sentence outside the marks.

use std::sync::LazyLock;

use crate::context::Context;
use crate::mention::{Gender, Mention, MentionKind};
use crate::model::{Features, Layout, score, softmax};

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
    for at in 0..context.mentions.len() {
        let mention = &context.mentions[at];
        if !mention.kind.is_personal() {
            continue;
        }
        let (persons, rows) = collect(context, at, chain);
        let mut probabilities: Vec<f32> = rows.iter().map(|row| score(weights, &row.0)).collect();
        softmax(&mut probabilities);
        let mut ranked: Vec<(u32, f32)> = persons.into_iter().zip(probabilities).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        if let (Some(best), Some(slot)) = (ranked.first(), slot(mention)) {
            chain[slot] = Some(best.0);
        }
        found[at] = Referents { persons: ranked };
    }
    found
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

/// Collects the persons named before mention `at`, and the features of each.
pub(crate) fn collect(
    context: &Context<'_>,
    at: usize,
    chain: [Option<u32>; 2],
) -> (Vec<u32>, Vec<Features>) {
    let pronoun = &context.mentions[at];
    let syntax = &context.syntax[at];
    let item = &context.stream.items[pronoun.first as usize];
    let word = match pronoun.kind {
        MentionKind::Who => 2,
        MentionKind::Possessive => 1,
        _ => 0,
    };
    // Each person's nearest mention, and how many subjects stand between.
    let mut nearest: Vec<(u32, usize)> = Vec::with_capacity(PERSONS);
    let mut subjects: Vec<u32> = Vec::with_capacity(PERSONS);
    for other in (0..at).rev().take(REACH) {
        let mention = &context.mentions[other];
        let Some(person) = mention.person.filter(|_| !mention.kind.is_pronoun()) else {
            continue;
        };
        if !nearest.iter().any(|&(known, _)| known == person) && nearest.len() < PERSONS {
            nearest.push((person, other));
        }
        if context.syntax[other].subject && !subjects.contains(&person) {
            subjects.push(person);
        }
    }
    let fits = |person: u32| {
        let gender = context.persons.list[person as usize].gender;
        pronoun.gender == Gender::Unknown || gender == Gender::Unknown || gender == pronoun.gender
    };
    let rivals = nearest.iter().filter(|&&(person, other)| {
        fits(person)
            && context.stream.items[context.mentions[other].first as usize].paragraph + 2
                >= item.paragraph
    });
    let rivals = (rivals.count() as u32).min(3);
    let mut fitting = 0;
    let rows = nearest
        .iter()
        .enumerate()
        .map(|(recency, &(index, other))| {
            let mut out = Features::default();
            let mut add = |group: usize, value: u32| out.0.push(LAYOUT.at(group, value));
            let person = &context.persons.list[index as usize];
            let mention = &context.mentions[other];
            let near = &context.syntax[other];
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
            add(0, agrees * 2 + u32::from(person.unsure));
            add(1, word * 7 + sentence_bin(item.sentence - place.sentence));
            add(2, word * 6 + (item.paragraph - place.paragraph).min(5));
            let rank = if fits(index) { fitting } else { recency as u32 };
            fitting += u32::from(fits(index));
            add(3, word * 6 + rank.min(5));
            let subject = subjects
                .iter()
                .filter(|&&person| fits(person))
                .position(|&person| person == index)
                .map_or(5, |at| at.min(4) as u32);
            add(4, word * 6 + subject);
            add(
                5,
                ((word * 4 + kind) * 2 + u32::from(near.subject)) * 2 + u32::from(near.beside_run),
            );
            add(6, word * 30 + u32::from(near.after));
            add(7, word * 30 + u32::from(near.before));
            let chained = slot(pronoun).and_then(|slot| chain[slot]);
            let link = match chained {
                None => 0,
                Some(last) if last == index => 2,
                Some(_) => 1,
            };
            add(
                8,
                (word * 3 + link) * 4 + (item.sentence - place.sentence).min(3),
            );
            let count = match person.count {
                0..=1 => 0,
                2 => 1,
                3..=4 => 2,
                5..=8 => 3,
                _ => 4,
            };
            add(9, count * 2 + u32::from(person.in_title));
            let opens = u32::from(syntax.before == 0);
            let cued = u32::from(syntax.forward.is_some() || syntax.backward.is_some());
            add(10, ((word * 2 + opens) * 2 + cued) * 6 + subject);
            add(11, rivals * 6 + rank.min(5));
            out
        })
        .collect();
    (
        nearest.into_iter().map(|(person, _)| person).collect(),
        rows,
    )
}
