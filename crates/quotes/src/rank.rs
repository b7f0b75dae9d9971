//! Ranks the mentions of an article as sources of one run.
//!
//! A linear softmax over all mentions near the run. The features, and the finding that trees or crosses beyond
//! these add nothing, follow the measurements in `docs/attribution.md`.

use std::sync::LazyLock;

use crate::context::{AFTER, BEFORE, CLASSES, Context, Cue, Syntax, class};
use crate::mention::{Mention, MentionKind};
use crate::model::{Features, Layout, score, softmax};

/// Paragraphs looked back, mentions looked back, mentions looked ahead.
const PARAGRAPHS_BACK: u32 = 5;
const MENTIONS_BACK: usize = 15;
const MENTIONS_AHEAD: usize = 7;

const KINDS: u32 = 20;
const LOCI: u32 = 8;

pub(crate) static LAYOUT: Layout<17> = Layout::new([
    ("kind", KINDS),
    ("locus-kind", LOCI * KINDS),
    ("locus-end-case", LOCI * 10),
    ("locus-before", LOCI * BEFORE),
    ("locus-after", LOCI * AFTER),
    ("locus-runs-between", LOCI * 4),
    ("forward-cue", 4 * 4 * 2 * LOCI),
    ("backward-cue", 4 * 4 * LOCI),
    ("cue-place", 2 * 2 * 4 * 6),
    ("class-before", CLASSES * 2),
    ("class-after", CLASSES * 2),
    ("class-around", CLASSES * CLASSES),
    ("nearer-with-cue", 2 * 3 * LOCI),
    ("form", 16 * 2),
    ("between-runs", 2 * BEFORE * 3),
    ("subject-rank", 4 * 2 * 4),
    ("signature", 4 * 3),
]);

/// The groups of [`LAYOUT`] by name.
mod group {
    pub(super) const KIND: usize = 0;
    pub(super) const LOCUS_KIND: usize = 1;
    pub(super) const LOCUS_END_CASE: usize = 2;
    pub(super) const LOCUS_BEFORE: usize = 3;
    pub(super) const LOCUS_AFTER: usize = 4;
    pub(super) const LOCUS_RUNS_BETWEEN: usize = 5;
    pub(super) const FORWARD_CUE: usize = 6;
    pub(super) const BACKWARD_CUE: usize = 7;
    pub(super) const CUE_PLACE: usize = 8;
    pub(super) const CLASS_BEFORE: usize = 9;
    pub(super) const CLASS_AFTER: usize = 10;
    pub(super) const CLASS_AROUND: usize = 11;
    pub(super) const NEARER_WITH_CUE: usize = 12;
    pub(super) const FORM: usize = 13;
    pub(super) const BETWEEN_RUNS: usize = 14;
    pub(super) const SUBJECT_RANK: usize = 15;
    pub(super) const SIGNATURE: usize = 16;
}

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

/// Ranks the mentions near run `run` with the built-in weights.
pub(crate) fn rank(context: &Context<'_>, run: usize, features: &mut Features) -> Ranking {
    rank_with(&WEIGHTS, context, run, features)
}

/// Ranks with weights of one's own.
pub(crate) fn rank_with(
    weights: &[f32],
    context: &Context<'_>,
    run: usize,
    features: &mut Features,
) -> Ranking {
    let mut ranking = Ranking {
        candidates: candidates(context, run),
        ..Ranking::default()
    };
    let view = View::new(context, run, &ranking.candidates);
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
pub(crate) fn collect_all(context: &Context<'_>, run: usize) -> (Vec<u32>, Vec<Vec<u32>>) {
    let candidates = candidates(context, run);
    let view = View::new(context, run, &candidates);
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
    sentence: u32,
    paragraph: u32,
    item: usize,
    /// For each candidate: whether one nearer to the run on its side has a cue of its own (0 no, 1 weak, 2 strong).
    nearer: Vec<u8>,
    /// For each candidate: how many subjects stand nearer on its side.
    subjects: Vec<u8>,
    /// Item of the neighbouring runs in the same paragraph.
    run_before: Option<usize>,
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
    fn new(context: &'a Context<'a>, run: usize, candidates: &'a [u32]) -> Self {
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
        Self {
            context,
            run,
            candidates,
            sentence,
            paragraph,
            item,
            nearer,
            subjects,
            run_before,
        }
    }

    /// Adds the features of candidate number `at`.
    fn collect(&self, at: usize, out: &mut Features) {
        let index = self.candidates[at] as usize;
        let mention = &self.context.mentions[index];
        let syntax = &self.context.syntax[index];
        let place = self.place(mention);
        self.collect_place(mention, &place, out);
        self.collect_cues(at, syntax, &place, out);
        self.collect_form(at, mention, syntax, &place, out);
    }

    /// Where a mention stands, seen from the run.
    fn place(&self, mention: &Mention) -> Place {
        let first = &self.context.stream.items[mention.first as usize];
        let after = mention.first as usize > self.item;
        let paragraphs = first.paragraph.abs_diff(self.paragraph);
        let relation = if first.sentence == self.sentence {
            0
        } else {
            1 + paragraphs.min(2)
        };
        let between = if after {
            self.item + 1..mention.first as usize
        } else {
            (mention.last as usize + 1).min(self.item)..self.item
        };
        Place {
            side: u32::from(after),
            relation,
            locus: u32::from(after) * 4 + relation,
            paragraphs,
            between,
        }
    }

    fn collect_place(&self, mention: &Mention, place: &Place, out: &mut Features) {
        let shape = &self.context.shapes[self.run];
        let locus = place.locus;
        let kind = mention.kind as u32;
        let mut add = |group: usize, value: u32| out.0.push(LAYOUT.at(group, value));
        add(group::KIND, kind);
        add(group::LOCUS_KIND, locus * KINDS + kind);
        let end_case = u32::from(shape.last) * 2 + u32::from(shape.lower_start);
        add(group::LOCUS_END_CASE, locus * 10 + end_case);
        add(
            group::LOCUS_BEFORE,
            locus * BEFORE + u32::from(shape.before),
        );
        add(group::LOCUS_AFTER, locus * AFTER + u32::from(shape.after));
        let between = &self.context.classes[place.between.clone()];
        let runs = between.iter().filter(|&&class| class == class::RUN).count() as u32;
        add(group::LOCUS_RUNS_BETWEEN, locus * 4 + runs.min(3));
        if place.side == 0 {
            return;
        }
        // “…” — Roe · a line of its own under the words: Roe, Harbour Institute
        let paragraph = self.context.stream.items[mention.first as usize].paragraph;
        let range = self.context.stream.paragraph(paragraph);
        let first = mention.first as usize;
        let dash = first > 0 && self.context.classes[first - 1] == class::DASH;
        let signed = if place.paragraphs == 0 {
            3 * u32::from(dash && between.len() <= 1)
        } else if dash && first == range.start + 1 {
            1
        } else {
            2 * u32::from(first == range.start && range.len() <= 10)
        };
        let short = u32::from(range.len() <= 10) + u32::from(range.len() <= 5);
        add(group::SIGNATURE, signed * 3 + short);
    }

    fn collect_cues(&self, at: usize, syntax: &Syntax, place: &Place, out: &mut Features) {
        let (locus, side) = (place.locus, place.side);
        let mut add = |group: usize, value: u32| out.0.push(LAYOUT.at(group, value));
        let strength = |cue: Option<Cue>| cue.map_or(0, |cue| u32::from(cue.strength));
        let distance = |cue: Option<Cue>| cue.map_or(0, |cue| u32::from(cue.distance));
        let (forward, backward) = (syntax.forward, syntax.backward);
        let across = u32::from(forward.is_some_and(|cue| cue.across));
        add(
            group::FORWARD_CUE,
            ((strength(forward) * 4 + distance(forward)) * 2 + across) * LOCI + locus,
        );
        add(
            group::BACKWARD_CUE,
            (strength(backward) * 4 + distance(backward)) * LOCI + locus,
        );
        // Where the better cue stands: between mention and run, or beyond the mention.
        let cue = syntax.better_cue();
        if let Some(cue) = cue {
            let item = cue.item as usize;
            let inside = u32::from(place.between.contains(&item));
            let gap = match item.abs_diff(self.item).saturating_sub(1) {
                gap @ 0..=1 => gap as u32,
                2..=3 => 2,
                4..=7 => 3,
                8..=15 => 4,
                _ => 5,
            };
            add(
                group::CUE_PLACE,
                ((side * 2 + inside) * 4 + u32::from(cue.strength)) * 6 + gap,
            );
        }
        let nearer = u32::from(self.nearer[at]);
        add(
            group::NEARER_WITH_CUE,
            (u32::from(cue.is_some()) * 3 + nearer) * LOCI + locus,
        );
        let subject = u32::from(self.subjects[at]) * 2 + u32::from(syntax.subject);
        add(group::SUBJECT_RANK, subject * 4 + place.relation);
    }

    fn collect_form(
        &self,
        at: usize,
        mention: &Mention,
        syntax: &Syntax,
        place: &Place,
        out: &mut Features,
    ) {
        let side = place.side;
        let mut add = |group: usize, value: u32| out.0.push(LAYOUT.at(group, value));
        let (before, after) = (u32::from(syntax.before), u32::from(syntax.after));
        add(group::CLASS_BEFORE, before * 2 + side);
        add(group::CLASS_AFTER, after * 2 + side);
        add(group::CLASS_AROUND, before * CLASSES + after);
        let form = u32::from(mention.possessive)
            + 2 * u32::from(mention.definite)
            + 4 * u32::from(mention.titled)
            + 8 * u32::from(mention.person.is_some());
        add(group::FORM, form * 2 + u32::from(mention.kind.is_name()));
        // “…,” said Roe, “…”: a mention between the run before and this one.
        let run_before = self
            .run_before
            .filter(|&before| side == 0 && mention.first as usize > before);
        if let Some(before) = run_before {
            let last = self
                .context
                .shapes
                .get(run_at(self.context, before))
                .map_or(4, |shape| shape.last);
            let gap = match last {
                0 => 0,
                1..=3 => 1,
                _ => 2,
            };
            let index = self.candidates[at] as usize;
            let cue = u32::from(self.context.syntax[index].better_cue().is_some());
            let before = u32::from(self.context.shapes[self.run].before);
            add(group::BETWEEN_RUNS, (cue * BEFORE + before) * 3 + gap);
        }
    }
}

/// Where a mention stands, seen from the run.
struct Place {
    /// 0 before the run, 1 after it.
    side: u32,
    /// 0 in its sentence, 1 in its paragraph, 2 in the next one, 3 farther.
    relation: u32,
    /// Side and relation in one.
    locus: u32,
    paragraphs: u32,
    /// The items between mention and run.
    between: std::ops::Range<usize>,
}

fn run_at(context: &Context<'_>, item: usize) -> usize {
    match context.stream.items[item].kind {
        crate::stream::Kind::Run(run) => run as usize,
        _ => usize::MAX,
    }
}

/// Kinds whose number must fit the features.
const _: () = assert!((MentionKind::Possessive as u32) < KINDS);
