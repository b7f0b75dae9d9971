//! What the models see of a block.

use super::facts::bin;
use super::lexicon::{KINDS, PARTS};
use super::tag::Tag;
use super::view::View;

macro_rules! groups {
    ($($name:ident: $size:expr,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy)]
        #[repr(usize)]
        pub(super) enum Group { $($name,)* }
        pub(super) const GROUPS: &[(&str, u32)] = &[$((stringify!($name), $size),)*];
    };
}

groups! {
    bias: 1,
    tag: Tag::COUNT,
    block_tag: Tag::COUNT,
    parent_tag: Tag::COUNT,
    grandparent_tag: Tag::COUNT,
    length: 12,
    link_share: 8,
    length_link_share: 48,
    ending: 8,
    length_ending: 48,
    commas: 5,
    bold: 8,
    marks: 8,
    digits: 6,
    letters: 5,
    start: 8,
    signs: 6,
    place_blocks: 10,
    place_text: 10,
    from_title: 18,
    is_title: 3,
    is_summary: 3,
    json_ld: 10,
    hidden: 2,
    inside: Tag::COUNT,
    article: 8,
    alike: 36,
    alike_page: 36,
    share_one: 9,
    share_two: 9,
    share_three: 9,
    share_direct: 9,
    links_one: 8,
    links_two: 8,
    links_three: 8,
    repeated: 3,
    after_break: 2,
    tag_length: Tag::COUNT * 5,
    depth: 6,
    part_own: PARTS,
    part_near: PARTS,
    part_middle: PARTS,
    part_far: PARTS,
    phrase_first: KINDS * 4,
    phrase_later: KINDS * 4,
    own: 1,
    near: 1,
    middle: 1,
    far: 1,
}

/// Words of the vocabulary, at most.
pub(super) const MOST_WORDS: usize = 1024;

/// Elements above a block that are looked at.
const DEEP: usize = 64;

const LENGTHS: [f32; 11] = [1.5, 2.5, 4.0, 6.0, 9.0, 13.0, 20.0, 30.0, 50.0, 80.0, 140.0];
const SHARES: [f32; 8] = [0.001, 0.02, 0.1, 0.25, 0.4, 0.6, 0.8, 0.95];
const LINKS: [f32; 7] = [0.001, 0.03, 0.1, 0.2, 0.35, 0.5, 0.8];

/// Hands the numbers of the bits that are set to `sink`.
fn bits(mut set: u32, mut sink: impl FnMut(u32)) {
    while set != 0 {
        sink(set.trailing_zeros());
        set &= set - 1;
    }
}

impl View<'_> {
    /// Hands the features of a block to `sink`, as group and value.
    pub(super) fn features(&self, at: usize, sink: &mut impl FnMut(Group, u32)) {
        self.of_line(at, sink);
        self.of_elements(at, sink);
        self.of_page(at, sink);
    }

    /// What the line itself tells.
    fn of_line(&self, at: usize, sink: &mut impl FnMut(Group, u32)) {
        use Group as G;
        let block = &self.page.blocks[at];
        let facts = &self.facts[at];
        let tag = |element: u32| self.page.elements[element as usize].tag;
        let holders = self.holders[at];
        let length = bin(facts.weight as f32, &LENGTHS);
        let short = length.min(11) / 2;
        sink(G::bias, 0);
        sink(G::tag, tag(block.element) as u32);
        sink(G::block_tag, tag(holders[0]) as u32);
        sink(G::parent_tag, tag(holders[1]) as u32);
        sink(G::grandparent_tag, tag(holders[2]) as u32);
        sink(G::length, length);
        sink(G::link_share, facts.link_share);
        sink(G::length_link_share, short * 8 + facts.link_share);
        sink(G::ending, facts.ending);
        sink(G::length_ending, short * 8 + facts.ending);
        sink(G::commas, facts.commas);
        let bold = bin(
            block.bold as f32 / block.chars.max(1) as f32,
            &[0.01, 0.5, 0.99],
        );
        sink(G::bold, bold + 4 * u32::from(facts.weight > 8));
        sink(G::marks, u32::from(facts.marks) * 4 + length.min(11) / 3);
        sink(G::digits, facts.digits);
        sink(G::letters, facts.letters);
        sink(G::start, facts.start);
        for sign in 0..5 {
            if facts.signs >> sign & 1 == 1 {
                sink(G::signs, sign);
            }
        }
        let wide = bin(facts.weight as f32, &[3.0, 8.0, 20.0]);
        bits(facts.phrases.0, |kind| {
            sink(G::phrase_first, kind * 4 + wide);
        });
        bits(facts.phrases.1, |kind| {
            sink(G::phrase_later, kind * 4 + wide);
        });
        sink(G::after_break, u32::from(block.after_break));
        sink(
            G::tag_length,
            tag(holders[0]) as u32 * 5 + length.min(11) * 5 / 12,
        );
    }

    /// What the elements tell in which it stands.
    fn of_elements(&self, at: usize, sink: &mut impl FnMut(Group, u32)) {
        use Group as G;
        let page = self.page;
        let block = &page.blocks[at];
        let mut inside = 0_u64;
        let mut in_article = 0;
        let mut parts = [0_u32; 4];
        let mut seen = [[0_u64; MOST_WORDS / 64]; 4];
        let levels = page.ancestors(block.element).take(DEEP);
        for (level, (above, element)) in (0_u32..).zip(levels) {
            let slot = match level {
                _ if element.tag == Tag::Body => break,
                _ if above == block.element => G::own,
                0..=1 => G::near,
                2..=4 => G::middle,
                _ => G::far,
            };
            for &word in &page.words[element.words.start as usize..element.words.end as usize] {
                let seen = &mut seen[slot as usize - G::own as usize][usize::from(word) / 64];
                if *seen >> (word % 64) & 1 == 0 {
                    *seen |= 1 << (word % 64);
                    sink(slot, u32::from(word));
                }
            }
            parts[slot as usize - G::own as usize] |= element.parts;
            inside |= 1 << element.tag as u64;
            if element.tag == Tag::Article {
                in_article = in_article.max(1 + u32::from(Some(above) == self.article));
            }
        }
        for tag in 0..Tag::COUNT {
            if inside >> tag & 1 == 1 {
                sink(G::inside, tag);
            }
        }
        let slots = [G::part_own, G::part_near, G::part_middle, G::part_far];
        for (slot, parts) in slots.into_iter().zip(parts) {
            bits(parts, |part| sink(slot, part));
        }
        sink(G::article, in_article + 3 * self.articles.min(2));
    }

    /// What its place on the page tells.
    fn of_page(&self, at: usize, sink: &mut impl FnMut(Group, u32)) {
        use Group as G;
        let page = self.page;
        let block = &page.blocks[at];
        let facts = &self.facts[at];
        let holders = self.holders[at];
        sink(G::place_blocks, (at * 10 / page.blocks.len()) as u32);
        sink(G::place_text, (self.text_before[at] * 10.0) as u32);
        sink(G::from_title, self.distance_to_title(at));
        sink(G::is_title, u32::from(self.is_title(&facts.words)));
        sink(G::is_summary, self.is_summary(&facts.words));
        let share = self.hints.share(&facts.words);
        let long = 4 * u32::from(facts.weight > 8);
        sink(
            G::json_ld,
            share.map_or(0, |share| 1 + bin(share, &[0.05, 0.4, 0.8]) + long),
        );
        sink(
            G::hidden,
            u32::from(page.elements[block.element as usize].hidden),
        );
        let kind = page.elements[holders[0] as usize].kind;
        let alike = |(count, weight): (u32, u32)| {
            bin(count as f32, &[1.5, 2.5, 4.0, 8.0, 16.0]) * 6
                + bin(
                    weight as f32 / count.max(1) as f32,
                    &[3.0, 8.0, 15.0, 25.0, 45.0],
                )
        };
        sink(
            G::alike,
            alike(
                self.alike
                    .get(&(holders[1], kind))
                    .copied()
                    .unwrap_or_default(),
            ),
        );
        sink(
            G::alike_page,
            alike(self.alike_page.get(&kind).copied().unwrap_or_default()),
        );
        let shares = [G::share_one, G::share_two, G::share_three];
        let links = [G::links_one, G::links_two, G::links_three];
        for level in 0..3 {
            let holder = holders[level + 1] as usize;
            let share = self.good[holder] as f32 / self.all_good.max(1) as f32;
            sink(shares[level], bin(share, &SHARES));
            let linked = self.linked[holder] as f32 / self.chars[holder].max(1) as f32;
            sink(links[level], bin(linked, &LINKS));
        }
        let direct = self.direct[holders[1] as usize] as f32 / self.all_good.max(1) as f32;
        sink(G::share_direct, bin(direct, &SHARES));
        sink(
            G::repeated,
            u32::from(self.repeated[at]) * (1 + u32::from(facts.weight > 8)),
        );
        sink(
            G::depth,
            bin(
                page.elements[block.element as usize].depth as f32,
                &[4.0, 7.0, 11.0, 16.0, 22.0],
            ),
        );
    }

    fn distance_to_title(&self, at: usize) -> u32 {
        let Some(title) = self.title else { return 0 };
        let distance = at as f32 - title as f32;
        let edges = [
            -40.0, -15.0, -5.0, -1.5, -0.5, 0.5, 1.5, 2.5, 4.0, 7.0, 12.0, 20.0, 40.0, 80.0, 160.0,
            320.0,
        ];
        1 + bin(distance, &edges)
    }

    fn is_summary(&self, words: &[u32]) -> u32 {
        let mut best = 0;
        for summary in &self.hints.summaries {
            if summary == words {
                return 2;
            }
            let common = summary
                .iter()
                .zip(words)
                .take_while(|pair| pair.0 == pair.1)
                .count();
            if common >= 6 {
                best = 1;
            }
        }
        best
    }
}
