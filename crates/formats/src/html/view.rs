//! What is known of a page before its blocks are judged.

use rustc_hash::FxHashMap;

use super::blocks::{Block, Page};
use super::facts::Facts;
use super::hints::Hints;
use super::numbers::add;
use super::tag::Tag;

/// What is known of a page before its blocks are judged.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) page: &'a Page,
    /// The page's blocks, in order.
    pub(super) lines: Vec<Line<'a>>,
    pub(super) hints: &'a Hints,
    sums: Vec<Sums>,
    /// How many blocks have the holder's kind and parent, and their weight; the same for the whole page.
    pub(super) alike: FxHashMap<(u32, u64), (u32, u32)>,
    pub(super) alike_page: FxHashMap<u64, (u32, u32)>,
    /// The block that shows the title, if any.
    pub(super) title: Option<usize>,
    pub(super) article: Option<u32>,
    pub(super) articles: u32,
    pub(super) all_good: u32,
}

/// A block with what is known of it.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) block: &'a Block,
    pub(super) facts: Facts,
    /// The nearest block element, and the three above it.
    pub(super) holders: [u32; 4],
    /// Another block has the same words.
    pub(super) repeated: bool,
    /// How much of the page's text stands before it.
    pub(super) before: f32,
}

/// What stands in an element, in code points.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    /// Running text, characters and linked characters below it.
    pub(super) good: u32,
    pub(super) chars: u32,
    pub(super) linked: u32,
    /// Running text of which it is the nearest block.
    pub(super) direct: u32,
}

impl<'a> View<'a> {
    pub(super) fn new(page: &'a Page, hints: &'a Hints) -> Self {
        let mut view = Self {
            page,
            lines: Vec::with_capacity(page.blocks.len()),
            hints,
            sums: vec![Sums::default(); page.elements.len()],
            alike: FxHashMap::default(),
            alike_page: FxHashMap::default(),
            title: None,
            article: None,
            articles: 0,
            all_good: 0,
        };
        view.read_lines();
        view.add_up();
        view.find_title();
        view
    }

    fn read_lines(&mut self) {
        let blocks = &self.page.blocks;
        let facts: Vec<Facts> = blocks
            .iter()
            .map(|block| Facts::of(self.page, block))
            .collect();
        let mut twice: FxHashMap<&[u32], bool> = FxHashMap::default();
        for facts in &facts {
            let known = twice.entry(&facts.words);
            known.and_modify(|twice| *twice = true).or_insert(false);
        }
        let repeated: Vec<bool> = facts
            .iter()
            .map(|facts| twice.get(facts.words.as_slice()) == Some(&true))
            .collect();
        let total: u32 = blocks.iter().map(|block| block.chars).sum();
        let mut before = 0;
        for ((block, facts), repeated) in blocks.iter().zip(facts).zip(repeated) {
            self.lines.push(Line {
                block,
                facts,
                holders: self.holders_of(block.element),
                repeated,
                before: before as f32 / total.max(1) as f32,
            });
            add(&mut before, block.chars);
        }
    }

    fn add_up(&mut self) {
        let page = self.page;
        for line in &self.lines {
            let [holder, above, ..] = line.holders;
            let chars = line.block.chars;
            if let Some(sums) = self.sums.get_mut(line.block.element as usize) {
                add(&mut sums.chars, chars);
                add(&mut sums.linked, line.block.linked);
                if line.facts.good {
                    add(&mut sums.good, chars);
                }
            }
            if line.facts.good {
                add(&mut self.all_good, chars);
                if let Some(sums) = self.sums.get_mut(above as usize) {
                    add(&mut sums.direct, chars);
                }
            }
            let kind = page.kind(holder);
            for (count, weight) in [
                self.alike.entry((above, kind)).or_default(),
                self.alike_page.entry(kind).or_default(),
            ] {
                add(count, 1);
                add(weight, line.facts.weight);
            }
        }
        // What is above an element comes before it.
        for (at, element) in page.elements.iter().enumerate().skip(1).rev() {
            let below = self.sums(at as u32);
            if let Some(sums) = self.sums.get_mut(element.parent as usize) {
                add(&mut sums.chars, below.chars);
                add(&mut sums.linked, below.linked);
                add(&mut sums.good, below.good);
            }
        }
        for (at, element) in (0..).zip(&page.elements) {
            if element.tag == Tag::Article {
                add(&mut self.articles, 1);
                if self
                    .article
                    .is_none_or(|best| self.sums(best).good < self.sums(at).good)
                {
                    self.article = Some(at);
                }
            }
        }
    }

    pub(super) fn sums(&self, element: u32) -> Sums {
        let sums = self.sums.get(element as usize);
        sums.copied().unwrap_or_default()
    }

    /// Returns the nearest block element and the three above it.
    fn holders_of(&self, element: u32) -> [u32; 4] {
        let mut holders = [0; 4];
        let above = self.page.ancestors(element);
        let blocks = above.filter(|(_, element)| element.tag.is_block());
        for (holder, (at, _)) in holders.iter_mut().zip(blocks) {
            *holder = at;
        }
        holders
    }

    /// Returns a number that blocks share whose three nearest blocks are written alike.
    pub(super) fn path(&self, line: &Line<'_>) -> u64 {
        let [one, two, three, _] = line.holders.map(|holder| self.page.kind(holder));
        one ^ two.rotate_left(21) ^ three.rotate_left(42)
    }

    fn find_title(&mut self) {
        let mut best: Option<((bool, bool, bool), usize)> = None;
        for (at, line) in self.lines.iter().enumerate() {
            let tag = self.page.tag(line.holders[0]);
            let words = &line.facts.words;
            let told = self.is_title(words) && words.len() > 1;
            let first = tag == Tag::H1;
            let score = (told && first, told && tag.is_heading(), first);
            if score > (false, false, false) && best.is_none_or(|best| score > best.0) {
                best = Some((score, at));
            }
        }
        self.title = best.map(|best| best.1);
    }

    /// Tells whether words are the title, or the title but for the outlet's name.
    pub(super) fn is_title(&self, words: &[u32]) -> bool {
        self.hints
            .titles
            .iter()
            .any(|title| title.starts_with(words) && words.len().saturating_mul(2) >= title.len())
    }

    /// Tells whether a block stands in the heading that shows the title.
    pub(super) fn is_headline(&self, at: usize) -> bool {
        let heading = |at: usize| self.lines.get(at).map(|line| line.holders[0]);
        self.title
            .is_some_and(|title| at == title || heading(at) == heading(title))
    }
}
