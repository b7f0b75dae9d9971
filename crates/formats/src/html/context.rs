//! What the second model sees of a block: how the first judged it and its neighbours.

use rustc_hash::FxHashMap;

use super::facts::bin;
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

/// Sums over a page of what the first model said.
pub(super) struct Surroundings<'a> {
    view: &'a View<'a>,
    shares: &'a [f32],
    weights: Vec<f32>,
    parents: FxHashMap<u32, Mean>,
    grandparents: FxHashMap<u32, Mean>,
    alike: FxHashMap<(u32, u64), Mean>,
    alike_page: FxHashMap<u64, Mean>,
    path: FxHashMap<u64, Mean>,
    before: Vec<f32>,
    all: f32,
    gap_before: Vec<u32>,
    gap_after: Vec<u32>,
    best: u32,
    above_best: u32,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(view: &'a View<'a>, shares: &'a [f32]) -> Self {
        let count = shares.len();
        let weights: Vec<f32> = view
            .facts
            .iter()
            .map(|facts| facts.weight as f32 + 0.5)
            .collect();
        let mut all = Self {
            view,
            shares,
            weights,
            parents: FxHashMap::default(),
            grandparents: FxHashMap::default(),
            alike: FxHashMap::default(),
            alike_page: FxHashMap::default(),
            path: FxHashMap::default(),
            before: Vec::with_capacity(count),
            all: 0.0,
            gap_before: vec![u32::MAX; count],
            gap_after: vec![u32::MAX; count],
            best: 0,
            above_best: 0,
        };
        let mut best = (0.0, 0, 0);
        let mut last = None;
        for (at, &share) in shares.iter().enumerate() {
            let weight = all.weights[at];
            let holders = view.holders[at];
            let kind = view.page.elements[holders[0] as usize].kind;
            all.before.push(all.all);
            all.all += share * weight;
            let parent = all.parents.entry(holders[1]).or_default();
            parent.add(share, weight);
            if parent.mass > best.0 {
                best = (parent.mass, holders[1], holders[2]);
            }
            all.grandparents
                .entry(holders[2])
                .or_default()
                .add(share, weight);
            all.alike
                .entry((holders[1], kind))
                .or_default()
                .add(share, weight);
            all.alike_page.entry(kind).or_default().add(share, weight);
            all.path
                .entry(view.path(at))
                .or_default()
                .add(share, weight);
            all.gap_before[at] = last.map_or(u32::MAX, |last| (at - last) as u32);
            if all.is_strong(at) {
                last = Some(at);
            }
        }
        (all.best, all.above_best) = (best.1, best.2);
        let mut next = None;
        for at in (0..count).rev() {
            all.gap_after[at] = next.map_or(u32::MAX, |next: usize| (next - at) as u32);
            if all.is_strong(at) {
                next = Some(at);
            }
        }
        all
    }

    fn is_strong(&self, at: usize) -> bool {
        self.shares[at] > 0.8 && self.weights[at] > 12.0
    }

    /// Returns where a block stands: before the title, between it and the text, in the text, or after it.
    fn region(&self, at: usize) -> u32 {
        let before = self.gap_before[at] == u32::MAX && !self.is_strong(at);
        let after = self.gap_after[at] == u32::MAX && !self.is_strong(at);
        match (before, after) {
            (true, true) => 0,
            (true, false) if self.view.title.is_some_and(|title| at < title) => 1,
            (true, false) => 2,
            (false, true) => 3,
            (false, false) => 4,
        }
    }

    /// Hands the features of a block to `sink`, as group and value.
    #[expect(clippy::too_many_lines, reason = "a list of features")]
    pub(super) fn features(&self, at: usize, sink: &mut impl FnMut(Around, u32)) {
        use Around as G;
        let share = self.shares[at];
        let weight = self.weights[at];
        let count = self.shares.len();
        let facts = &self.view.facts[at];
        let holders = self.view.holders[at];
        let elements = &self.view.page.elements;
        let kind = elements[holders[0] as usize].kind;
        let tag = elements[holders[0] as usize].tag;
        let at_or = |other: Option<usize>| {
            let found = other.and_then(|other| self.shares.get(other));
            found.map_or(0, |&share| 1 + fine(share))
        };
        let coarsely = |other: Option<usize>| {
            let found = other.and_then(|other| self.shares.get(other));
            found.map_or(0, |&share| coarse(share))
        };
        let itself = coarse(share);
        sink(G::bias, 0);
        sink(G::itself, fine(share));
        let length = bin(weight, &[3.0, 9.0, 25.0]);
        sink(G::itself_length, fine(share) * 4 + length);
        sink(G::before, at_or(at.checked_sub(1)));
        sink(G::before_two, at_or(at.checked_sub(2)));
        sink(G::after, at_or(Some(at + 1)));
        sink(G::after_two, at_or(Some(at + 2)));
        sink(
            G::between,
            coarsely(at.checked_sub(1)) * 6 + coarsely(Some(at + 1)),
        );
        let mut window = Mean::default();
        for other in at.saturating_sub(6)..(at + 7).min(count) {
            if other != at {
                window.add(self.shares[other], self.weights[other]);
            }
        }
        sink(G::window, fine(window.mass / window.weight.max(0.5)));
        let parent = self
            .parents
            .get(&holders[1])
            .and_then(|mean| mean.without(share, weight));
        let grandparent = self
            .grandparents
            .get(&holders[2])
            .and_then(|mean| mean.without(share, weight));
        let alike = self
            .alike
            .get(&(holders[1], kind))
            .and_then(|mean| mean.without(share, weight));
        let alike_page = self
            .alike_page
            .get(&kind)
            .and_then(|mean| mean.without(share, weight));
        let one_more = |mean: Option<f32>| mean.map_or(0, |mean| 1 + fine(mean));
        sink(G::parent, one_more(parent));
        sink(G::grandparent, one_more(grandparent));
        sink(G::alike, one_more(alike));
        sink(G::alike_page, one_more(alike_page));
        let path = self
            .path
            .get(&self.view.path(at))
            .and_then(|mean| mean.without(share, weight));
        sink(G::path, one_more(path));
        sink(
            G::itself_path,
            itself * 7 + path.map_or(0, |mean| 1 + coarse(mean)),
        );
        sink(
            G::itself_parent,
            itself * 7 + parent.map_or(0, |mean| 1 + coarse(mean)),
        );
        sink(
            G::itself_alike,
            itself * 7 + alike.map_or(0, |mean| 1 + coarse(mean)),
        );
        let edges = [0.001, 0.01, 0.05, 0.15, 0.4, 0.7, 0.9, 0.97, 0.995];
        let before = self.before[at] / self.all.max(0.001);
        let after = (self.all - self.before[at] - share * weight) / self.all.max(0.001);
        sink(G::mass_before, bin(before, &edges));
        sink(G::mass_after, bin(after, &edges));
        let gap = |gap: u32| bin(gap as f32, &[1.5, 2.5, 3.5, 5.5, 8.5, 15.5, 30.5]);
        sink(
            G::gap,
            gap(self.gap_before[at]) * 8 + gap(self.gap_after[at]),
        );
        if tag.is_heading() {
            sink(G::heading, at_or(Some(at + 1)));
            sink(
                G::heading_after,
                itself * 6 + coarsely(Some(at + 1)).max(coarsely(Some(at + 2))),
            );
        }
        let container = if holders[1] == self.best {
            0
        } else if holders[2] == self.best || holders[1] == self.above_best {
            1
        } else {
            2 + u32::from(holders[2] != self.above_best)
        };
        sink(G::container, container);
        sink(G::container_itself, container * 6 + itself);
        sink(G::tag_itself, tag as u32 * 6 + itself);
        sink(G::ending_after, facts.ending * 6 + coarsely(Some(at + 1)));
        let title = self.view.title.map_or(0, |title| 1 + u32::from(at > title));
        let region = self.region(at);
        let linked = u32::from(facts.link_share > 3);
        sink(G::region, region);
        sink(
            G::region_length,
            (region * 5 + bin(weight, &[3.0, 8.0, 15.0, 35.0])) * 2 + linked,
        );
        sink(G::region_tag, region * Tag::COUNT + tag as u32);
        sink(G::region_itself, region * 6 + itself);
        sink(
            G::region_marks,
            (region * 2 + u32::from(facts.marks)) * 6 + itself,
        );
        sink(G::first, title * 6 + itself);
    }
}
