//! Ranks the mentions of an article as sources of one run.
//!
//! A linear softmax over all mentions near the run. The features, and the finding that trees, crosses and
//! hidden layers beyond these add nothing, follow the measurements in `docs/attribution.md`.

use std::sync::LazyLock;

use crate::context::{AFTER, BEFORE, CLASSES, Context, Cue, RunShape, Syntax, class};
use crate::lexicon::{Classes, Form};
use crate::mention::{Mention, MentionKind};
#[cfg(feature = "train")]
use crate::model::Features;
use crate::model::{Layout, Sink, Table, cross, softmax};
use crate::stream::{Item, Kind};
use crate::total::{Steps, Total};

/// Paragraphs looked back, mentions looked back, mentions looked ahead.
const PARAGRAPHS_BACK: u32 = 5;
const MENTIONS_BACK: usize = 15;
const MENTIONS_AHEAD: usize = 7;
/// Most candidates of a run.
const MENTIONS: usize = MENTIONS_BACK + MENTIONS_AHEAD;

pub(crate) const KINDS: u32 = 20;
const LOCI: u32 = 8;

pub(crate) static LAYOUT: Layout<18> = Layout::new([
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
    ("possessed", 4 * LOCI),
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
    pub(super) const POSSESSED: usize = 17;
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::of(&LAYOUT.read(include_str!("../model/rank.tsv"))));

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
        let mut pairs = self.candidates.iter().zip(&self.probabilities);
        let first = pairs.next()?;
        // Of equals the first one.
        let best = pairs.fold(
            first,
            |best, pair| if pair.1 > best.1 { pair } else { best },
        );
        Some((*best.0, *best.1))
    }
}

impl Ranking {
    /// Leaves the mentions out of which this does not hold, unless it holds of none.
    pub(crate) fn keep(&mut self, holds: impl Fn(&[u32], u32) -> bool) {
        let pairs = self.candidates.iter().zip(&self.probabilities);
        let kept = pairs.filter(|pair| holds(&self.candidates, *pair.0));
        let kept: Vec<(u32, f32)> = kept.map(|pair| (*pair.0, *pair.1)).collect();
        if kept.is_empty() || kept.len() == self.candidates.len() {
            return;
        }
        let sum: f32 = kept.iter().map(|pair| pair.1).sum();
        let shares = kept
            .into_iter()
            .map(|(mention, share)| (mention, share / sum.max(f32::EPSILON)));
        (self.candidates, self.probabilities) = shares.unzip();
    }
}

/// Ranks the mentions near run `run` with the built-in weights.
pub(crate) fn rank(context: &Context<'_>, run: usize, ranking: &mut Ranking) {
    rank_with(&TABLE, context, run, ranking);
}

/// Ranks with weights of one's own.
pub(crate) fn rank_with(table: &Table, context: &Context<'_>, run: usize, ranking: &mut Ranking) {
    let Ranking {
        candidates,
        probabilities,
        top_score,
    } = ranking;
    find_candidates(context, run, candidates);
    probabilities.clear();
    probabilities.reserve(MENTIONS);
    let mut scores = [0.0; MENTIONS];
    let mut places = scores.iter_mut();
    View::new(context, run).collect_all(
        candidates,
        || table.sum(),
        |sum| {
            if let Some(place) = places.next() {
                *place = sum.score;
            }
        },
    );
    let scores = scores.get_mut(..candidates.len()).unwrap_or_default();
    *top_score = softmax(scores);
    probabilities.extend_from_slice(scores);
}

/// Collects the features of every candidate, for training.
#[cfg(feature = "train")]
pub(crate) fn collect_all(context: &Context<'_>, run: usize) -> (Vec<u32>, Vec<Vec<u32>>) {
    let mut candidates = Vec::new();
    find_candidates(context, run, &mut candidates);
    let mut rows = Vec::new();
    View::new(context, run).collect_all(&candidates, Features::default, |features| {
        rows.push(features.0);
    });
    (candidates, rows)
}

/// How many of the first mentions there are up to the last one that may be the source of a run.
pub(crate) fn reach(context: &Context<'_>) -> usize {
    context.run_items.last().map_or(0, |&item| {
        let ahead = |mention: &Mention| mention.first < item;
        context.mentions.partition_point(ahead).plus(MENTIONS_AHEAD)
    })
}

/// Finds the mentions that may be the source of a run.
fn find_candidates(context: &Context<'_>, run: usize, found: &mut Vec<u32>) {
    found.clear();
    found.reserve(MENTIONS);
    let item = context.shapes.at(run).item;
    if item == u32::MAX {
        return;
    }
    let paragraph = context.runs.at(run).paragraph;
    let split = context
        .mentions
        .partition_point(|mention| mention.first < item);
    let paragraph_of = |mention: &Mention| context.stream.items.at(mention.first).paragraph;
    let (earlier, later) = context.mentions.split_at(split);
    let near = earlier.iter().rev().take(MENTIONS_BACK);
    let near = near
        .take_while(|mention| paragraph_of(mention).plus(PARAGRAPHS_BACK) >= paragraph)
        .count();
    found.extend((split.less(near) as u32..split as u32).rev());
    let near = later.iter().take(MENTIONS_AHEAD);
    let near = near
        .take_while(|mention| paragraph_of(mention) <= paragraph.plus(1))
        .count();
    found.extend(split as u32..split.plus(near) as u32);
}

/// One run, and what all its candidates share.
struct View<'a> {
    context: &'a Context<'a>,
    shape: &'a RunShape,
    sentence: u32,
    paragraph: u32,
    item: usize,
    /// For each of the runs before this one, nearest first, one past its item, 0 for none.
    runs_before: [u32; 3],
    /// The items of the runs after this one, [`u32::MAX`] for none.
    runs_after: [u32; 3],
    /// The run before in the same paragraph: its item, and how its words end.
    nearest: Option<(u32, u32)>,
}

/// One candidate: where it stands beside the run.
struct Place<'a> {
    mention: &'a Mention,
    syntax: &'a Syntax,
    /// Its first item.
    first: &'a Item,
    /// Paragraphs between.
    paragraphs: u32,
    /// 0 same sentence, 1 same paragraph, 2 the next one, 3 farther.
    relation: u32,
    /// Side and relation.
    locus: u32,
    /// The items between.
    from: usize,
    to: usize,
    /// The better of its two cues.
    cue: Option<Cue>,
    nearer: Nearer,
}

/// What stands nearer to the run than a candidate, on its side.
#[derive(Clone, Copy, Default)]
struct Nearer {
    /// Whether one has a cue of its own: 0 no, 1 weak, 2 strong.
    cue: u32,
    subjects: u32,
}

fn strength(cue: Option<Cue>) -> u32 {
    cue.map_or(0, |cue| u32::from(cue.strength))
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
    fn new(context: &'a Context<'a>, run: usize) -> Self {
        let shape = context.shapes.at(run);
        let item = shape.item as usize;
        let sentence = context
            .stream
            .items
            .get(item)
            .map_or(0, |item| item.sentence);
        let paragraph = context.runs.at(run).paragraph;
        let start = context.stream.paragraph(paragraph).start;
        let place = context
            .run_items
            .partition_point(|&other| (other as usize) < item);
        let (earlier, later) = context.run_items.split_at(place);
        let (mut runs_before, mut runs_after) = ([0; 3], [u32::MAX; 3]);
        for (slot, &other) in runs_before.iter_mut().zip(earlier.iter().rev()) {
            *slot = other.plus(1);
        }
        for (slot, &other) in runs_after.iter_mut().zip(later.iter().skip(1)) {
            *slot = other;
        }
        let nearest = earlier.last().filter(|&&other| other as usize >= start);
        let nearest = nearest.map(|&other| {
            let shape = context.shapes.get(run_at(context, other as usize));
            let end = match shape.map_or(4, |shape| shape.last) {
                0 => 0,
                1..=3 => 1,
                _ => 2,
            };
            (other, end)
        });
        Self {
            context,
            shape,
            sentence,
            paragraph,
            item,
            runs_before,
            runs_after,
            nearest,
        }
    }

    /// Collects the features of each candidate in order into what `begin` gives, and hands it to `end`.
    #[inline]
    fn collect_all<S: Sink>(
        &self,
        candidates: &[u32],
        begin: impl Fn() -> S,
        mut end: impl FnMut(S),
    ) {
        let mut nearer = Nearer::default();
        let mut passed = false;
        for &candidate in candidates {
            // A name inside a description that holds the run is listed before it.
            let later = self.context.mentions.at(candidate).first as usize > self.item;
            if later && !passed {
                (nearer, passed) = (Nearer::default(), true);
            }
            let mut out = begin();
            let syntax = if later {
                self.collect::<true>(candidate, nearer, &mut out)
            } else {
                self.collect::<false>(candidate, nearer, &mut out)
            };
            end(out);
            nearer.cue = nearer.cue.max(match strength(syntax.better) {
                3 => 2,
                0 => 0,
                _ => 1,
            });
            nearer.subjects = nearer.subjects.plus(u32::from(syntax.subject)).min(3);
        }
    }

    /// Adds the features of a candidate, and returns what stands around it.
    #[inline]
    fn collect<const LATER: bool>(
        &self,
        candidate: u32,
        nearer: Nearer,
        out: &mut impl Sink,
    ) -> &'a Syntax {
        let place = self.place::<LATER>(candidate, nearer);
        self.add_place::<LATER>(&place, out);
        self.add_cues::<LATER>(&place, out);
        Self::add_words::<LATER>(&place, out);
        Self::add_form(&place, out);
        self.add_paragraph::<LATER>(&place, out);
        if LATER {
            self.add_signature(&place, out);
        }
        if place.mention.possessive || place.mention.kind == MentionKind::Possessive {
            self.add_possessed(place.mention, place.first.sentence, place.locus, out);
        }
        place.syntax
    }

    #[inline]
    fn place<const LATER: bool>(&self, index: u32, nearer: Nearer) -> Place<'a> {
        let context = self.context;
        let mention = context.mentions.at(index);
        let syntax = context.syntax.at(index);
        let first = context.stream.items.at(mention.first);
        let paragraphs = if LATER {
            first.paragraph.less(self.paragraph)
        } else {
            self.paragraph.less(first.paragraph)
        };
        let relation = if first.sentence == self.sentence {
            0
        } else {
            paragraphs.min(2).plus(1)
        };
        let (from, to) = if LATER {
            (self.item.plus(1), mention.first as usize)
        } else {
            ((mention.last as usize).plus(1), self.item)
        };
        Place {
            mention,
            syntax,
            first,
            paragraphs,
            relation,
            locus: cross(u32::from(LATER), 4, relation),
            from: from.min(to),
            to,
            cue: syntax.better,
            nearer,
        }
    }

    /// What sort of mention stands how far from what sort of run.
    #[inline]
    fn add_place<const LATER: bool>(&self, place: &Place<'_>, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        let (locus, shape) = (place.locus, self.shape);
        let kind = place.mention.kind as u32;
        add(group::KIND, kind);
        add(group::LOCUS_KIND, cross(locus, KINDS, kind));
        add(
            group::LOCUS_END_CASE,
            cross(
                cross(locus, 5, u32::from(shape.last)),
                2,
                u32::from(shape.lower_start),
            ),
        );
        add(
            group::LOCUS_BEFORE,
            cross(locus, BEFORE, u32::from(shape.before)),
        );
        add(
            group::LOCUS_AFTER,
            cross(locus, AFTER, u32::from(shape.after)),
        );
        let between = |holds: [bool; 3]| holds.map(u32::from).iter().sum::<u32>();
        let runs = if LATER {
            between(self.runs_after.map(|run| (run as usize) < place.to))
        } else {
            between(self.runs_before.map(|end| end as usize > place.from))
        };
        add(group::LOCUS_RUNS_BETWEEN, cross(locus, 4, runs));
    }

    /// The reporting verbs of the mention.
    #[inline]
    fn add_cues<const LATER: bool>(&self, place: &Place<'_>, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        let locus = place.locus;
        add(
            group::FORWARD_CUE,
            cross(u32::from(place.syntax.forward_code), LOCI, locus),
        );
        add(
            group::BACKWARD_CUE,
            cross(u32::from(place.syntax.backward_code), LOCI, locus),
        );
        // Where the better cue stands: between mention and run, or beyond the mention.
        if let Some(cue) = place.cue {
            let item = cue.item as usize;
            let inside = (place.from..place.to).contains(&item);
            let gap = match item.abs_diff(self.item).less(1) {
                0 => 0,
                1 => 1,
                2..=3 => 2,
                4..=7 => 3,
                8..=15 => 4,
                _ => 5,
            };
            add(
                group::CUE_PLACE,
                cross(
                    cross(
                        cross(u32::from(LATER), 2, u32::from(inside)),
                        4,
                        u32::from(cue.strength),
                    ),
                    6,
                    gap,
                ),
            );
        }
    }

    /// The words around the mention, and whether a nearer one has a verb of its own.
    #[inline]
    fn add_words<const LATER: bool>(place: &Place<'_>, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        let side = u32::from(LATER);
        let (before, after) = (
            u32::from(place.syntax.before),
            u32::from(place.syntax.after),
        );
        add(group::CLASS_BEFORE, cross(before, 2, side));
        add(group::CLASS_AFTER, cross(after, 2, side));
        add(group::CLASS_AROUND, cross(before, CLASSES, after));
        add(
            group::NEARER_WITH_CUE,
            cross(
                cross(u32::from(place.cue.is_some()), 3, place.nearer.cue),
                LOCI,
                place.locus,
            ),
        );
    }

    /// The form of the mention.
    #[inline]
    fn add_form(place: &Place<'_>, out: &mut impl Sink) {
        let mention = place.mention;
        let form = u32::from(mention.possessive)
            | u32::from(mention.definite) << 1
            | u32::from(mention.titled) << 2
            | u32::from(mention.person.is_some()) << 3;
        out.add(LAYOUT.at(
            group::FORM,
            cross(form, 2, u32::from(mention.kind.is_name())),
        ));
    }

    /// How the mention lies between this run and the one before, and among subjects.
    #[inline]
    fn add_paragraph<const LATER: bool>(&self, place: &Place<'_>, out: &mut impl Sink) {
        let mut add = |group: usize, value: u32| out.add(LAYOUT.at(group, value));
        // “…,” said Roe, “…”: a mention between the run before and this one.
        let before = self
            .nearest
            .filter(|before| !LATER && place.mention.first > before.0);
        if let Some((_, end)) = before {
            let cue = u32::from(place.cue.is_some());
            add(
                group::BETWEEN_RUNS,
                cross(cross(cue, BEFORE, u32::from(self.shape.before)), 3, end),
            );
        }
        let subject = cross(place.nearer.subjects, 2, u32::from(place.syntax.subject));
        add(group::SUBJECT_RANK, cross(subject, 4, place.relation));
    }

    /// “…” — Roe · a line of its own under the words: Roe, Harbour Institute
    #[inline]
    fn add_signature(&self, place: &Place<'_>, out: &mut impl Sink) {
        let first = place.mention.first as usize;
        let range = self.context.stream.paragraph(place.first.paragraph);
        let dash = first > 0 && self.context.class(first.less(1)) == class::DASH;
        let signed = if place.paragraphs == 0 {
            u32::from(dash && place.to.less(place.from) <= 1).times(3)
        } else if dash && first == range.start.plus(1) {
            1
        } else {
            u32::from(first == range.start && range.len() <= 10).times(2)
        };
        let short = u32::from(range.len() <= 10).plus(u32::from(range.len() <= 5));
        out.add(LAYOUT.at(group::SIGNATURE, cross(signed, 3, short)));
    }
}

impl View<'_> {
    /// Roe's claim that she was “…” · his remark that the star “…”: whose words they are.
    fn add_possessed(&self, mention: &Mention, sentence: u32, locus: u32, out: &mut impl Sink) {
        let items = &self.context.stream.items;
        // Over what stands before the noun: his last public remark.
        let noun = ((mention.last as usize).plus(1)..items.len())
            .take(3)
            .take_while(|&at| items.at(at).is_lower() && items.at(at).sentence == sentence)
            .find(|&at| items.at(at).has(Classes::NOUN));
        let Some(noun) = noun else {
            return;
        };
        let next = items
            .get(noun.plus(1))
            .filter(|next| next.sentence == sentence);
        let how = match next {
            Some(next) if next.word.form == Form::That && next.is_lower() => 3,
            Some(next) if next.is_run() || next.word.form == Form::Of => 2,
            _ => 1,
        };
        out.add(LAYOUT.at(group::POSSESSED, cross(how, LOCI, locus)));
    }
}

fn run_at(context: &Context<'_>, item: usize) -> usize {
    match context.stream.items.at(item).kind {
        Kind::Run(run) => run as usize,
        _ => usize::MAX,
    }
}

/// Kinds whose number must fit the features.
const _: () = assert!((MentionKind::Possessive as u32) < KINDS);
