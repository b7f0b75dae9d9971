//! Ranks the mentions of an article as sources of one run.
//!
//! A linear softmax over all mentions near the run. The features, and the finding that trees or crosses beyond
//! these add nothing, follow the measurements in `docs/attribution.md`.

use std::sync::LazyLock;

use crate::context::{AFTER, BEFORE, CLASSES, Context};
use crate::mention::{Mention, MentionKind};
use crate::model::{Features, Layout, score, softmax};

/// Paragraphs looked back, mentions looked back, mentions looked ahead.
const PARAGRAPHS_BACK: u32 = 5;
const MENTIONS_BACK: usize = 15;
const MENTIONS_AHEAD: usize = 7;

const KINDS: u32 = 20;
const LOCI: u32 = 8;
const DISTANCES: u32 = 11;
const PATTERNS: u32 = 1 + CLASSES + CLASSES * CLASSES + CLASSES * CLASSES * CLASSES + 1;

pub(crate) static LAYOUT: Layout<25> = Layout::new([
    ("kind", KINDS),
    ("locus-kind", LOCI * KINDS),
    ("locus-distance", LOCI * DISTANCES),
    ("locus-end-case", LOCI * 10),
    ("locus-before", LOCI * BEFORE),
    ("locus-after", LOCI * AFTER),
    ("locus-rank", LOCI * 6),
    ("locus-runs-between", LOCI * 4),
    ("forward-cue", 4 * 4 * 2 * LOCI),
    ("backward-cue", 4 * 4 * LOCI),
    ("cue-place", 2 * 2 * 4 * 6),
    ("class-before", CLASSES * 2),
    ("class-after", CLASSES * 2),
    ("class-around", CLASSES * CLASSES),
    ("nearer-with-cue", 2 * 3 * LOCI),
    ("pattern", 2 * PATTERNS),
    ("form", 16 * 2),
    ("salience", 6 * 2),
    ("locus-length", LOCI * 7),
    ("opening-paragraph", 3 * 7 * 2),
    ("beside-other-run", 2 * 2 * LOCI),
    ("between-runs", 2 * BEFORE * 3),
    ("subject-rank", 4 * 2 * 4),
    ("last-speaker", 3 * 4 * 2),
    ("signature", 4 * 3),
]);

static WEIGHTS: LazyLock<Vec<f32>> =
    LazyLock::new(|| LAYOUT.read(include_str!("../model/rank.tsv")));

/// The mentions near a run, and how probable each is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranking {
    /// Indices of mentions, nearest before the run first, then those after it.
    pub(crate) candidates: Vec<u32>,
    pub(crate) probabilities: Vec<f32>,
    /// The best raw score.
    pub(crate) top_score: f32,
}

impl Ranking {
    /// Returns the index of the most probable mention, and its probability.
    pub(crate) fn best(&self) -> Option<(u32, f32)> {
        let (at, &probability) = self
            .probabilities
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
        Some((self.candidates[at], probability))
    }
}

/// What was decided about the run before.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Last {
    /// Index of the run and of the mention it was given to.
    pub(crate) run: u32,
    pub(crate) mention: u32,
}

/// Ranks the mentions near run `run` with the built-in weights.
pub(crate) fn rank(
    context: &Context<'_>,
    run: usize,
    last: Option<Last>,
    features: &mut Features,
) -> Ranking {
    rank_with(&WEIGHTS, context, run, last, features)
}

/// Ranks with weights of one's own.
pub(crate) fn rank_with(
    weights: &[f32],
    context: &Context<'_>,
    run: usize,
    last: Option<Last>,
    features: &mut Features,
) -> Ranking {
    let mut ranking = Ranking {
        candidates: candidates(context, run),
        ..Ranking::default()
    };
    let view = View::new(context, run, &ranking.candidates, last);
    for at in 0..ranking.candidates.len() {
        features.0.clear();
        view.collect(at, features);
        ranking.probabilities.push(score(weights, &features.0));
    }
    ranking.top_score = ranking
        .probabilities
        .iter()
        .copied()
        .fold(f32::NEG_INFINITY, f32::max);
    softmax(&mut ranking.probabilities);
    ranking
}

/// Collects the features of every candidate, for training.
#[cfg(feature = "train")]
pub(crate) fn collect_all(
    context: &Context<'_>,
    run: usize,
    last: Option<Last>,
) -> (Vec<u32>, Vec<Vec<u32>>) {
    let candidates = candidates(context, run);
    let view = View::new(context, run, &candidates, last);
    let rows = (0..candidates.len())
        .map(|at| {
            let mut features = Features::default();
            view.collect(at, &mut features);
            features.0
        })
        .collect();
    (candidates, rows)
}

/// Returns the mentions that may be the source of a run.
fn candidates(context: &Context<'_>, run: usize) -> Vec<u32> {
    let shape = &context.shapes[run];
    let item = shape.item;
    if item == u32::MAX {
        return Vec::new();
    }
    let paragraph = context.runs[run].paragraph;
    let split = context
        .mentions
        .partition_point(|mention| mention.first < item);
    let paragraph_of = |mention: &Mention| context.stream.items[mention.first as usize].paragraph;
    let mut found: Vec<u32> = (0..split)
        .rev()
        .take(MENTIONS_BACK)
        .take_while(|&at| paragraph_of(&context.mentions[at]) + PARAGRAPHS_BACK >= paragraph)
        .map(|at| at as u32)
        .collect();
    let ahead = (split..context.mentions.len())
        .take(MENTIONS_AHEAD)
        .take_while(|&at| paragraph_of(&context.mentions[at]) <= paragraph + 1)
        .map(|at| at as u32);
    found.extend(ahead);
    found
}

/// One run with its candidates, and what all candidates share.
struct View<'a> {
    context: &'a Context<'a>,
    run: usize,
    candidates: &'a [u32],
    last: Option<Last>,
    sentence: u32,
    paragraph: u32,
    item: usize,
    /// For each candidate: whether one nearer to the run on its side has a cue of its own (0 no, 1 weak, 2 strong).
    nearer: Vec<u8>,
    /// For each candidate: how many subjects stand nearer on its side.
    subjects: Vec<u8>,
    /// Item of the neighbouring runs in the same paragraph.
    run_before: Option<usize>,
    /// How many candidates stand before the run.
    behind: usize,
}

fn distance_bin(distance: usize) -> u32 {
    match distance {
        0..=4 => distance as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=40 => 9,
        _ => 10,
    }
}

pub(crate) fn length_bin(words: u32) -> u32 {
    match words {
        0..=1 => 0,
        2 => 1,
        3 => 2,
        4..=6 => 3,
        7..=12 => 4,
        13..=25 => 5,
        _ => 6,
    }
}

impl<'a> View<'a> {
    fn new(
        context: &'a Context<'a>,
        run: usize,
        candidates: &'a [u32],
        last: Option<Last>,
    ) -> Self {
        let item = context.shapes[run].item as usize;
        let sentence = context
            .stream
            .items
            .get(item)
            .map_or(0, |item| item.sentence);
        let paragraph = context.runs[run].paragraph;
        let mut nearer = Vec::with_capacity(candidates.len());
        let mut subjects = Vec::with_capacity(candidates.len());
        let (mut best, mut count, mut ahead) = (0, 0_u8, false);
        for &candidate in candidates {
            let mention = &context.mentions[candidate as usize];
            let syntax = &context.syntax[candidate as usize];
            if !ahead && mention.first as usize > item {
                (best, count, ahead) = (0, 0, true);
            }
            nearer.push(best);
            subjects.push(count.min(3));
            let strength = syntax
                .forward
                .map_or(0, |cue| cue.strength)
                .max(syntax.backward.map_or(0, |cue| cue.strength));
            best = best.max(match strength {
                3 => 2,
                0 => 0,
                _ => 1,
            });
            count += u8::from(syntax.subject);
        }
        let range = context.stream.paragraph(paragraph);
        let run_before = (range.start..item)
            .rev()
            .find(|&at| context.stream.items[at].is_run());
        let behind = candidates
            .iter()
            .take_while(|&&at| (context.mentions[at as usize].first as usize) < item)
            .count();
        Self {
            context,
            run,
            candidates,
            last,
            sentence,
            paragraph,
            item,
            nearer,
            subjects,
            run_before,
            behind,
        }
    }

    /// Adds the features of candidate number `at`.
    #[allow(clippy::too_many_lines)]
    fn collect(&self, at: usize, out: &mut Features) {
        let context = self.context;
        let index = self.candidates[at] as usize;
        let mention = &context.mentions[index];
        let syntax = &context.syntax[index];
        let shape = &context.shapes[self.run];
        let first = &context.stream.items[mention.first as usize];
        let after = mention.first as usize > self.item;
        let side = u32::from(after);
        let paragraphs = if after {
            first.paragraph - self.paragraph
        } else {
            self.paragraph - first.paragraph
        };
        let relation = if first.sentence == self.sentence {
            0
        } else if paragraphs == 0 {
            1
        } else if paragraphs == 1 {
            2
        } else {
            3
        };
        let locus = side * 4 + relation;
        let (from, to) = if after {
            (self.item + 1, mention.first as usize)
        } else {
            (mention.last as usize + 1, self.item)
        };
        let between = &context.classes[from.min(to)..to];
        let mut add = |group: usize, value: u32| out.0.push(LAYOUT.at(group, value));

        let kind = mention.kind as u32;
        add(0, kind);
        add(1, locus * KINDS + kind);
        add(2, locus * DISTANCES + distance_bin(between.len()));
        add(
            3,
            locus * 10 + u32::from(shape.last) * 2 + u32::from(shape.lower_start),
        );
        add(4, locus * BEFORE + u32::from(shape.before));
        add(5, locus * AFTER + u32::from(shape.after));
        let behind = self.behind;
        let rank = if after { at - behind } else { at };
        add(6, locus * 6 + (rank as u32).min(5));
        let runs = between
            .iter()
            .filter(|&&class| class == crate::context::class::RUN)
            .count() as u32;
        add(7, locus * 4 + runs.min(3));

        let strength =
            |cue: Option<crate::context::Cue>| cue.map_or(0, |cue| u32::from(cue.strength));
        let forward = syntax.forward;
        add(
            8,
            ((strength(forward) * 4 + forward.map_or(0, |cue| u32::from(cue.distance))) * 2
                + u32::from(forward.is_some_and(|cue| cue.across)))
                * LOCI
                + locus,
        );
        let backward = syntax.backward;
        add(
            9,
            (strength(backward) * 4 + backward.map_or(0, |cue| u32::from(cue.distance))) * LOCI
                + locus,
        );
        // Where the better cue stands: between mention and run, or beyond the mention.
        let cue = if strength(backward) > strength(forward) {
            backward
        } else {
            forward
        };
        if let Some(cue) = cue {
            let item = cue.item as usize;
            let inside = (from..to).contains(&item);
            let gap = if item < self.item {
                self.item - item - 1
            } else {
                item - self.item - 1
            };
            let gap = match gap {
                0 | 1 => gap as u32,
                2..=3 => 2,
                4..=7 => 3,
                8..=15 => 4,
                _ => 5,
            };
            add(
                10,
                ((side * 2 + u32::from(inside)) * 4 + u32::from(cue.strength)) * 6 + gap,
            );
        }
        add(11, u32::from(syntax.before) * 2 + side);
        add(12, u32::from(syntax.after) * 2 + side);
        add(
            13,
            u32::from(syntax.before) * CLASSES + u32::from(syntax.after),
        );
        add(
            14,
            (u32::from(cue.is_some()) * 3 + u32::from(self.nearer[at])) * LOCI + locus,
        );
        let pattern = match *between {
            [] => 0,
            [a] => 1 + u32::from(a),
            [a, b] => 1 + CLASSES + u32::from(a) * CLASSES + u32::from(b),
            [a, b, c] => {
                1 + CLASSES
                    + CLASSES * CLASSES
                    + (u32::from(a) * CLASSES + u32::from(b)) * CLASSES
                    + u32::from(c)
            }
            _ => PATTERNS - 1,
        };
        add(15, side * PATTERNS + pattern);
        let form = u32::from(mention.possessive)
            + 2 * u32::from(mention.definite)
            + 4 * u32::from(mention.titled)
            + 8 * u32::from(mention.person.is_some());
        add(16, form * 2 + u32::from(mention.kind.is_name()));
        if let Some(person) = mention
            .person
            .map(|person| &context.persons.list[person as usize])
        {
            let count = match person.count {
                0..=1 => 0,
                2 => 1,
                3..=4 => 2,
                5..=8 => 3,
                _ => 4,
            };
            add(
                17,
                (if person.unsure { 5 } else { count }) * 2 + u32::from(person.in_title),
            );
        }
        add(18, locus * 7 + length_bin(shape.words));
        let opens = if shape.alone {
            2
        } else {
            u32::from(shape.before == 0)
        };
        let step = if after { 6 } else { paragraphs.min(5) };
        add(19, (opens * 7 + step) * 2 + u32::from(syntax.subject));
        add(
            20,
            (u32::from(syntax.beside_run) * 2 + u32::from(self.run_before.is_some())) * LOCI
                + locus,
        );
        // “…,” said Roe, “…”: a mention between the run before and this one.
        if let Some(before) = self
            .run_before
            .filter(|&before| !after && mention.first as usize > before)
        {
            let gap = match context
                .shapes
                .get(run_at(context, before))
                .map_or(4, |shape| shape.last)
            {
                0 => 0,
                1..=3 => 1,
                _ => 2,
            };
            add(
                21,
                (u32::from(cue.is_some()) * BEFORE + u32::from(shape.before)) * 3 + gap,
            );
        }
        add(
            22,
            (u32::from(self.subjects[at]) * 2 + u32::from(syntax.subject)) * 4 + relation,
        );
        // “…” — Roe · a line of its own under the words: Roe, Harbour Institute
        if after {
            let range = context.stream.paragraph(first.paragraph);
            let dash = mention.first > 0
                && context.classes[mention.first as usize - 1] == crate::context::class::DASH;
            let opens = mention.first as usize == range.start;
            let signed = if paragraphs == 0 {
                3 * u32::from(dash && between.len() <= 1)
            } else if dash && mention.first as usize == range.start + 1 {
                1
            } else {
                2 * u32::from(opens && range.len() <= 10)
            };
            let short = u32::from(range.len() <= 10) + u32::from(range.len() <= 5);
            add(24, signed * 3 + short);
        }
        if let Some(last) = self.last {
            let other = &context.mentions[last.mention as usize];
            let same = if last.mention as usize == index {
                2
            } else {
                u32::from(mention.person.is_some() && other.person == mention.person)
            };
            let run = &context.runs[last.run as usize];
            let far = (self.paragraph - run.paragraph).min(2)
                + u32::from(run.paragraph == self.paragraph && shape.before == 0);
            add(23, (same * 4 + far) * 2 + u32::from(shape.before == 0));
        }
    }
}

fn run_at(context: &Context<'_>, item: usize) -> usize {
    match context.stream.items[item].kind {
        crate::stream::Kind::Run(run) => run as usize,
        _ => usize::MAX,
    }
}

/// Kinds whose number must fit the features.
const _: () = assert!((MentionKind::Possessive as u32) < KINDS);
