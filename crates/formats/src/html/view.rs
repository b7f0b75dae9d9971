//! What is known of a page before its blocks are judged.

use rustc_hash::FxHashMap;

use super::blocks::Page;
use super::facts::Facts;
use super::hints::Hints;
use super::tag::Tag;

/// What is known of a page before its blocks are judged.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) page: &'a Page,
    pub(super) facts: Vec<Facts>,
    pub(super) hints: &'a Hints,
    /// Of each element: running text, characters and linked characters below it, in code points.
    pub(super) good: Vec<u32>,
    pub(super) chars: Vec<u32>,
    pub(super) linked: Vec<u32>,
    /// Of each element: running text of which it is the nearest block.
    pub(super) direct: Vec<u32>,
    /// The nearest block element of each block, and the next above it.
    pub(super) holders: Vec<[u32; 4]>,
    /// How many blocks have the holder's kind and parent, and their weight; the same for the whole page.
    pub(super) alike: FxHashMap<(u32, u64), (u32, u32)>,
    pub(super) alike_page: FxHashMap<u64, (u32, u32)>,
    pub(super) repeated: Vec<bool>,
    /// The block that shows the title, if any.
    pub(super) title: Option<usize>,
    pub(super) article: Option<u32>,
    pub(super) articles: u32,
    pub(super) all_good: u32,
    pub(super) text_before: Vec<f32>,
}

impl<'a> View<'a> {
    pub(super) fn new(page: &'a Page, hints: &'a Hints) -> Self {
        let facts: Vec<Facts> = page
            .blocks
            .iter()
            .map(|block| Facts::of(page, block))
            .collect();
        let count = page.elements.len();
        let mut view = Self {
            page,
            hints,
            good: vec![0; count],
            chars: vec![0; count],
            linked: vec![0; count],
            direct: vec![0; count],
            holders: Vec::with_capacity(page.blocks.len()),
            alike: FxHashMap::default(),
            alike_page: FxHashMap::default(),
            repeated: Vec::with_capacity(page.blocks.len()),
            title: None,
            article: None,
            articles: 0,
            all_good: 0,
            text_before: Vec::with_capacity(page.blocks.len()),
            facts,
        };
        view.add_up();
        view.find_title();
        view
    }

    fn add_up(&mut self) {
        let page = self.page;
        let mut seen: FxHashMap<&[u32], u32> = FxHashMap::default();
        let facts = std::mem::take(&mut self.facts);
        for facts in &facts {
            *seen.entry(&facts.words).or_default() += 1;
        }
        let total: u32 = page.blocks.iter().map(|block| block.chars).sum();
        let mut before = 0;
        for (block, facts) in page.blocks.iter().zip(&facts) {
            let holders = self.holders_of(block.element);
            let at = block.element as usize;
            self.chars[at] += block.chars;
            self.linked[at] += block.linked;
            if facts.good {
                self.good[at] += block.chars;
                self.all_good += block.chars;
                self.direct[holders[1] as usize] += block.chars;
            }
            let kind = page.elements[holders[0] as usize].kind;
            for entry in [
                self.alike.entry((holders[1], kind)).or_default(),
                self.alike_page.entry(kind).or_default(),
            ] {
                entry.0 += 1;
                entry.1 += facts.weight;
            }
            self.holders.push(holders);
            self.repeated.push(seen[facts.words.as_slice()] > 1);
            self.text_before.push(before as f32 / total.max(1) as f32);
            before += block.chars;
        }
        drop(seen);
        self.facts = facts;
        for at in (1..page.elements.len()).rev() {
            let parent = page.elements[at].parent as usize;
            self.chars[parent] += self.chars[at];
            self.linked[parent] += self.linked[at];
            self.good[parent] += self.good[at];
        }
        for (at, element) in (0..).zip(&page.elements) {
            if element.tag == Tag::Article {
                self.articles += 1;
                if self
                    .article
                    .is_none_or(|best| self.good[best as usize] < self.good[at as usize])
                {
                    self.article = Some(at);
                }
            }
        }
    }

    /// Returns the nearest block element and the three above it.
    fn holders_of(&self, element: u32) -> [u32; 4] {
        let mut holders = [0; 4];
        let mut count = 0;
        for (at, element) in self.page.ancestors(element) {
            if element.tag.is_block() {
                holders[count] = at;
                count += 1;
                if count == 4 {
                    break;
                }
            }
        }
        holders
    }

    /// Returns a number that blocks share whose three nearest blocks are written alike.
    pub(super) fn path(&self, at: usize) -> u64 {
        let holders = self.holders[at];
        let kind = |level: usize| self.page.elements[holders[level] as usize].kind;
        kind(0) ^ kind(1).rotate_left(21) ^ kind(2).rotate_left(42)
    }

    fn find_title(&mut self) {
        let heading = |at: usize| {
            let tag = self.page.elements[self.holders[at][0] as usize].tag;
            (tag == Tag::H1, tag.is_heading())
        };
        let mut best: Option<(u32, usize)> = None;
        for at in 0..self.facts.len() {
            let (first, any) = heading(at);
            let words = &self.facts[at].words;
            let told = self.is_title(words) && words.len() > 1;
            let score =
                4 * u32::from(told && first) + 2 * u32::from(told && any) + u32::from(first);
            if score > 0 && best.is_none_or(|best| score > best.0) {
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
            .any(|title| title.starts_with(words) && words.len() * 2 >= title.len())
    }

    /// Tells whether a block stands in the heading that shows the title.
    pub(super) fn is_headline(&self, at: usize) -> bool {
        self.title.is_some_and(|title| {
            let heading = self.holders[title][0];
            at == title || self.holders[at][0] == heading
        })
    }
}
