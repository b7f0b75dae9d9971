//! Tells speech from other words in marks: titles of works, nicknames, scare quotes, terms, headings.

use std::sync::LazyLock;

use crate::context::{AFTER, BEFORE, Context};
use crate::lexicon::{Classes, Lexicon};
use crate::marks::Style;
use crate::model::{Features, Layout, logistic, score};
use crate::rank::{Ranking, length_bin};
use crate::stream::lookup;

pub(crate) static LAYOUT: Layout<23> = Layout::new([
    ("bias", 1),
    ("length-case", 7 * 4),
    ("end", 5 * 7),
    ("before-length", BEFORE * 7),
    ("after-length", AFTER * 7),
    ("before-end", BEFORE * 5),
    ("after-end", AFTER * 5),
    ("best-score", 12 * 3),
    ("best-probability", 6 * 3),
    ("best-cue", 5 * 7),
    ("announced", 6 * 3),
    ("determined", 3 * 7),
    ("style", 5 * 3),
    ("alone", 2 * 7),
    ("function-words", 5 * 3),
    ("person-inside", 2 * 3),
    ("next-word", 6 * 3),
    ("cue-in-sentence", 2 * 7),
    ("first-in-article", 2 * 3),
    ("determined-next", 3 * 6 * 3),
    ("inscription", 3 * 7),
    ("called", 7 * 7),
    ("in-name", 2),
]);

static WEIGHTS: LazyLock<Vec<f32>> =
    LazyLock::new(|| LAYOUT.read(include_str!("../model/speech.tsv")));

/// Returns the probability that the run is somebody's words.
pub(crate) fn probability(
    context: &Context<'_>,
    run: usize,
    ranking: &Ranking,
    features: &mut Features,
) -> f32 {
    probability_with(&WEIGHTS, context, run, ranking, features)
}

/// Judges with weights of one's own.
pub(crate) fn probability_with(
    weights: &[f32],
    context: &Context<'_>,
    run: usize,
    ranking: &Ranking,
    features: &mut Features,
) -> f32 {
    features.0.clear();
    collect(context, run, ranking, features);
    logistic(score(weights, &features.0))
}

/// Adds the features of a run.
#[allow(clippy::too_many_lines)]
pub(crate) fn collect(context: &Context<'_>, run: usize, ranking: &Ranking, out: &mut Features) {
    let shape = &context.shapes[run];
    let info = &context.runs[run];
    let content = info.content.of(context.text).unwrap_or_default();
    let mut add = |group: usize, value: u32| out.0.push(LAYOUT.at(group, value));
    let length = length_bin(shape.words);
    let size = if shape.words <= 2 {
        0
    } else {
        u32::from(shape.words > 6) + 1
    };
    let (mut capitals, mut functions, mut words, mut persons) = (0, 0, 0, false);
    for word in content.split_ascii_whitespace().take(24) {
        let word = word.trim_matches(|char: char| !char.is_alphanumeric());
        let known = lookup(Lexicon::get(), word).classes;
        words += 1;
        capitals += u32::from(word.starts_with(char::is_uppercase));
        functions += u32::from(
            known.has(
                Classes::FUNCTION
                    .or(Classes::PRONOUN)
                    .or(Classes::AUXILIARY),
            ),
        );
        persons |= matches!(
            word,
            "I" | "we"
                | "We"
                | "me"
                | "us"
                | "my"
                | "our"
                | "you"
                | "You"
                | "I’m"
                | "I'm"
                | "It’s"
                | "it's"
                | "it’s"
                | "It's"
        );
    }
    let case = if shape.lower_start {
        0
    } else if words > 1 && capitals == words {
        3
    } else if words > 1 && capitals * 2 > words {
        2
    } else {
        1
    };
    add(0, 0);
    add(1, length * 4 + case);
    add(2, u32::from(shape.last) * 7 + length);
    add(3, u32::from(shape.before) * 7 + length);
    add(4, u32::from(shape.after) * 7 + length);
    add(5, u32::from(shape.before) * 5 + u32::from(shape.last));
    add(6, u32::from(shape.after) * 5 + u32::from(shape.last));
    let best = ranking.best();
    let score_bin = ((ranking.top_score + 6.0) / 1.5).clamp(0.0, 11.0) as u32;
    add(7, score_bin * 3 + size);
    add(
        8,
        best.map_or(0, |(_, probability)| (probability * 5.99) as u32) * 3 + size,
    );
    let strength = best.map_or(0, |(mention, _)| {
        let syntax = &context.syntax[mention as usize];
        let near = context.stream.items[context.mentions[mention as usize].first as usize]
            .paragraph
            == info.paragraph;
        let strength = syntax
            .forward
            .map_or(0, |cue| cue.strength)
            .max(syntax.backward.map_or(0, |cue| cue.strength));
        if near { u32::from(strength) + 1 } else { 0 }
    });
    add(9, strength * 7 + length);
    if shape.item == u32::MAX {
        return;
    }
    let item = shape.item as usize;
    let range = context.stream.paragraph(info.paragraph);
    let sentence = context.stream.items[item].sentence;
    // What announces a name or a title just before: the film “…”, dubbed “…”, the word “…”.
    let mut announced = 0;
    let mut steps = 0;
    for at in (range.start..item).rev().take(4) {
        let word = &context.stream.items[at];
        if word.sentence != sentence || word.is_run() {
            break;
        }
        if word.has(Classes::NAMING) && steps <= 1 {
            announced = 1;
            break;
        }
        if word.has(Classes::TERM) && steps <= 2 {
            announced = 2;
            break;
        }
        if word.has(Classes::WORK) {
            announced = 3;
            break;
        }
        if word
            .span()
            .of(context.text)
            .is_some_and(|word| word.eq_ignore_ascii_case("so-called"))
        {
            announced = 4;
            break;
        }
        if context.cues[at] >= 2 {
            announced = 5;
            break;
        }
        steps += 1;
    }
    add(10, announced * 3 + size);
    let before = item
        .checked_sub(1)
        .filter(|&at| at >= range.start)
        .map(|at| &context.stream.items[at]);
    let determined = match before {
        Some(word) if word.has(Classes::DETERMINER) => 1,
        Some(word) if word.has(Classes::POSSESSIVE) => 2,
        _ => 0,
    };
    add(11, determined * 7 + length);
    let main = context
        .runs
        .iter()
        .filter(|other| other.style == info.style)
        .count()
        * 2
        >= context.runs.len();
    let style = match (info.style, main) {
        (Style::Turn | Style::Dash, _) => 4,
        (Style::Single, false) => 3,
        (_, false) => 2,
        (Style::Single, true) => 1,
        _ => 0,
    };
    add(12, style * 3 + size);
    add(13, u32::from(shape.alone) * 7 + length);
    let share = if words == 0 {
        0
    } else {
        (functions * 4 / words).min(4)
    };
    add(14, share * 3 + size);
    add(15, u32::from(persons) * 3 + size);
    let after = context
        .stream
        .items
        .get(item + 1)
        .filter(|_| item + 1 < range.end);
    let next = match after {
        Some(word) if word.is_lower() && word.has(Classes::PREPOSITION) => 1,
        Some(word) if word.is_lower() && word.has(Classes::AUXILIARY) => 2,
        Some(word)
            if word.is_lower()
                && !word.has(Classes::FUNCTION.or(Classes::CUE).or(Classes::CONJUNCTION)) =>
        {
            3
        }
        Some(word) if word.is_capital() => 4,
        Some(word) if word.is_word() => 5,
        _ => 0,
    };
    add(16, next * 3 + size);
    let cue = range
        .clone()
        .any(|at| context.stream.items[at].sentence == sentence && context.cues[at] >= 2);
    add(17, u32::from(cue) * 7 + length);
    add(18, u32::from(info.paragraph == 0) * 3 + size);
    // an “orange alert” on Monday: an adjective or a term, not words of the subject
    add(19, (determined * 6 + next) * 3 + size);
    let inscribed = best.is_some_and(|(mention, _)| {
        let mention = &context.mentions[mention as usize];
        context.stream.items[mention.first as usize..=mention.last as usize]
            .iter()
            .any(|item| item.has(Classes::INSCRIPTION))
    });
    // A banner over the door read “…”: nobody speaks it, whoever is the source.
    let near = (range.start..item)
        .rev()
        .take(7)
        .take_while(|&at| context.stream.items[at].sentence == sentence)
        .any(|at| context.stream.items[at].has(Classes::INSCRIPTION));
    add(20, (u32::from(inscribed) + u32::from(near)) * 7 + length);
    let called = (range.start..item).rev().take(3).find_map(|at| {
        let word = &context.stream.items[at];
        match word.span().of(context.text).unwrap_or_default() {
            "calls" | "called" | "calling" => Some(1),
            // what farmers call “glass shrimp”, known as “burp”: a name for a thing
            "call" => Some(5),
            "dubbed" | "nicknamed" | "known" | "termed" | "rendered" | "named" | "styled"
            | "classified" | "labelled" | "labeled" | "billed" | "branded" => Some(6),
            "read" | "reads" | "reading" | "saying" | "entitled" | "titled" => Some(2),
            "word" | "words" | "term" | "phrase" => Some(3),
            // describing him as “a smart guy”, dismissed it as “noise”
            "as" if (range.start..at)
                .rev()
                .take(8)
                .any(|before| context.cues[before] > 0) =>
            {
                Some(4)
            }
            _ => None,
        }
    });
    add(21, called.unwrap_or(0) * 7 + length);
    let in_name = context
        .mentions
        .iter()
        .any(|mention| (mention.first as usize) < item && item < mention.last as usize);
    add(22, u32::from(in_name));
}
