//! What the second model sees of a block: how the first judged it and its neighbours.

use rustc_hash::FxHashMap;

use super::numbers::{bin, or_none, pair};
use super::tag::Tag;
use super::view::View;

macro_rules! groups {
    ($($name:ident: $size:expr,)*) => {
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        #[repr(usize)]
        pub(super) enum Around { $($name,)* }
        pub(super) const AROUND: &[(&str, u32)] = &[$((stringify!($name), $size),)*];
    };
}

groups! {
    bias: 1,
    itself: 13,
    itself_length: 13 * 4,
    before: 14,
    before_two: 14,
    after: 14,
    after_two: 14,
    window: 13,
    between: 36,
    parent: 14,
    grandparent: 14,
    alike: 14,
    alike_page: 14,
    path: 14,
    itself_path: 6 * 7,
    itself_parent: 6 * 7,
    itself_alike: 6 * 7,
    mass_before: 10,
    mass_after: 10,
    gap: 64,
    heading: 14,
    heading_after: 36,
    container: 4,
    container_itself: 4 * 6,
    tag_itself: Tag::COUNT * 6,
    ending_after: 8 * 6,
    first: 3 * 6,
    region: 5,
    region_length: 5 * 5 * 2,
    region_tag: 5 * Tag::COUNT,
    region_itself: 5 * 6,
    region_marks: 5 * 2 * 6,
}

const EDGES: [f32; 12] = [
    0.01, 0.03, 0.07, 0.15, 0.3, 0.45, 0.6, 0.75, 0.87, 0.94, 0.98, 0.995,
];

fn fine(value: f32) -> u32 {
    bin(value, &EDGES)
}

fn coarse(value: f32) -> u32 {
    bin(value, &[0.05, 0.2, 0.5, 0.8, 0.95])
}

#[derive(Clone, Copy, Default)]
struct Mean {
    mass: f32,
    weight: f32,
}

impl Mean {
    fn add(&mut self, share: f32, weight: f32) {
        self.mass += share * weight;
        self.weight += weight;
    }

    fn without(self, share: f32, weight: f32) -> Option<f32> {
        let rest = self.weight - weight;
        (rest > 0.5).then(|| ((self.mass - share * weight) / rest).clamp(0.0, 1.0))
    }
}

/// A block as the first model judged it.
#[derive(Clone, Copy)]
struct Judged {
    share: f32,
    weight: f32,
    /// The shares of all blocks before it, each times its weight.
    before: f32,
    /// How far the nearest blocks are that are surely part of the article.
    gap_before: Option<usize>,
    gap_after: Option<usize>,
}

impl Judged {
    fn is_strong(self) -> bool {
        self.share > 0.8 && self.weight > 12.0
    }
}

/// Sums over a page of what the first model said.
pub(super) struct Surroundings<'a> {
    view: &'a View<'a>,
    blocks: Vec<Judged>,
    parents: FxHashMap<u32, Mean>,
    grandparents: FxHashMap<u32, Mean>,
    alike: FxHashMap<(u32, u64), Mean>,
    alike_page: FxHashMap<u64, Mean>,
    path: FxHashMap<u64, Mean>,
    all: f32,
    best: u32,
    above_best: u32,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(view: &'a View<'a>, shares: &[f32]) -> Self {
        let mut all = Self {
            view,
            blocks: Vec::with_capacity(shares.len()),
            parents: FxHashMap::default(),
            grandparents: FxHashMap::default(),
            alike: FxHashMap::default(),
            alike_page: FxHashMap::default(),
            path: FxHashMap::default(),
            all: 0.0,
            best: 0,
            above_best: 0,
        };
        let mut best = (0.0, 0, 0);
        let mut last = None;
        for (at, (line, &share)) in view.lines.iter().zip(shares).enumerate() {
            let weight = line.facts.weight as f32 + 0.5;
            let [holder, parent, grandparent, _] = line.holders;
            let kind = view.page.kind(holder);
            let block = Judged {
                share,
                weight,
                before: all.all,
                gap_before: last.map(|last| at.abs_diff(last)),
                gap_after: None,
            };
            all.all += share * weight;
            let mean = all.parents.entry(parent).or_default();
            mean.add(share, weight);
            if mean.mass > best.0 {
                best = (mean.mass, parent, grandparent);
            }
            for mean in [
                all.grandparents.entry(grandparent).or_default(),
                all.alike.entry((parent, kind)).or_default(),
                all.alike_page.entry(kind).or_default(),
                all.path.entry(view.path(line)).or_default(),
            ] {
                mean.add(share, weight);
            }
            if block.is_strong() {
                last = Some(at);
            }
            all.blocks.push(block);
        }
        (all.best, all.above_best) = (best.1, best.2);
        let mut next = None;
        for (at, block) in all.blocks.iter_mut().enumerate().rev() {
            block.gap_after = next.map(|next: usize| next.abs_diff(at));
            if block.is_strong() {
                next = Some(at);
            }
        }
        all
    }

    /// Returns where a block stands: before the title, between it and the text, in the text, or after it.
    fn region(&self, at: usize, block: Judged) -> u32 {
        let before = block.gap_before.is_none() && !block.is_strong();
        let after = block.gap_after.is_none() && !block.is_strong();
        match (before, after) {
            (true, true) => 0,
            (true, false) if self.view.title.is_some_and(|title| at < title) => 1,
            (true, false) => 2,
            (false, true) => 3,
            (false, false) => 4,
        }
    }

    /// Hands the features of a block to `sink`, as group and value.
    pub(super) fn features(&self, at: usize, sink: &mut impl FnMut(Around, u32)) {
        use Around as G;
        let (Some(&block), Some(line)) = (self.blocks.get(at), self.view.lines.get(at)) else {
            return;
        };
        let Judged { share, weight, .. } = block;
        let facts = &line.facts;
        let [holder, parent, grandparent, _] = line.holders;
        let kind = self.view.page.kind(holder);
        let tag = self.view.page.tag(holder);
        let share_at = |at: Option<usize>| Some(self.blocks.get(at?)?.share);
        let before = share_at(at.checked_sub(1));
        let before_two = share_at(at.checked_sub(2));
        let after = share_at(at.checked_add(1));
        let after_two = share_at(at.checked_add(2));
        let finely = |share: Option<f32>| or_none(share.map(fine));
        let coarsely = |share: Option<f32>| share.map_or(0, coarse);
        let itself = coarse(share);
        sink(G::bias, 0);
        sink(G::itself, fine(share));
        let length = bin(weight, &[3.0, 9.0, 25.0]);
        sink(G::itself_length, pair(fine(share), 4, length));
        sink(G::before, finely(before));
        sink(G::before_two, finely(before_two));
        sink(G::after, finely(after));
        sink(G::after_two, finely(after_two));
        sink(G::between, pair(coarsely(before), 6, coarsely(after)));
        let mut window = Mean::default();
        let near = self.blocks.iter().enumerate().take(at.saturating_add(7));
        for (other, block) in near.skip(at.saturating_sub(6)) {
            if other != at {
                window.add(block.share, block.weight);
            }
        }
        sink(G::window, fine(window.mass / window.weight.max(0.5)));
        let in_parent = self
            .parents
            .get(&parent)
            .and_then(|mean| mean.without(share, weight));
        let in_grandparent = self
            .grandparents
            .get(&grandparent)
            .and_then(|mean| mean.without(share, weight));
        let alike = self
            .alike
            .get(&(parent, kind))
            .and_then(|mean| mean.without(share, weight));
        let alike_page = self
            .alike_page
            .get(&kind)
            .and_then(|mean| mean.without(share, weight));
        sink(G::parent, finely(in_parent));
        sink(G::grandparent, finely(in_grandparent));
        sink(G::alike, finely(alike));
        sink(G::alike_page, finely(alike_page));
        let path = self
            .path
            .get(&self.view.path(line))
            .and_then(|mean| mean.without(share, weight));
        sink(G::path, finely(path));
        let with_itself = |mean: Option<f32>| pair(itself, 7, or_none(mean.map(coarse)));
        sink(G::itself_path, with_itself(path));
        sink(G::itself_parent, with_itself(in_parent));
        sink(G::itself_alike, with_itself(alike));
        let edges = [0.001, 0.01, 0.05, 0.15, 0.4, 0.7, 0.9, 0.97, 0.995];
        let mass_before = block.before / self.all.max(0.001);
        let mass_after = (self.all - block.before - share * weight) / self.all.max(0.001);
        sink(G::mass_before, bin(mass_before, &edges));
        sink(G::mass_after, bin(mass_after, &edges));
        let edges = [1.5, 2.5, 3.5, 5.5, 8.5, 15.5, 30.5];
        let gap = |gap: Option<usize>| bin(gap.map_or(f32::MAX, |gap| gap as f32), &edges);
        sink(G::gap, pair(gap(block.gap_before), 8, gap(block.gap_after)));
        if tag.is_heading() {
            sink(G::heading, finely(after));
            let below = coarsely(after).max(coarsely(after_two));
            sink(G::heading_after, pair(itself, 6, below));
        }
        let container = if parent == self.best {
            0
        } else if grandparent == self.best || parent == self.above_best {
            1
        } else if grandparent == self.above_best {
            2
        } else {
            3
        };
        sink(G::container, container);
        sink(G::container_itself, pair(container, 6, itself));
        sink(G::tag_itself, pair(tag as u32, 6, itself));
        sink(G::ending_after, pair(facts.ending, 6, coarsely(after)));
        let title = self.view.title.map(|title| u32::from(at > title));
        let region = self.region(at, block);
        let linked = u32::from(facts.link_share > 3);
        sink(G::region, region);
        let length = bin(weight, &[3.0, 8.0, 15.0, 35.0]);
        sink(G::region_length, pair(pair(region, 5, length), 2, linked));
        sink(G::region_tag, pair(region, Tag::COUNT, tag as u32));
        sink(G::region_itself, pair(region, 6, itself));
        let marks = pair(region, 2, u32::from(facts.marks));
        sink(G::region_marks, pair(marks, 6, itself));
        sink(G::first, pair(or_none(title), 6, itself));
    }
}
