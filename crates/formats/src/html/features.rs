//! What the models see of a block.

use super::lexicon::{KINDS, PARTS};
use super::numbers::{bin, or_none, pair};
use super::tag::Tag;
use super::view::{Line, View};

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
        set &= set.wrapping_sub(1);
    }
}

/// Elements above a block at some distance.
struct Above {
    /// The groups of their words and of the parts that these name.
    words: Group,
    part: Group,
    parts: u32,
    /// Words that were met, a bit a word.
    seen: [u64; MOST_WORDS / 64],
}

impl Above {
    fn new(words: Group, part: Group) -> Self {
        Self {
            words,
            part,
            parts: 0,
            seen: [0; MOST_WORDS / 64],
        }
    }

    /// Tells whether a word was not met before.
    fn is_new(&mut self, word: u16) -> bool {
        let bit = 1 << (word % 64);
        let seen = self.seen.get_mut(usize::from(word) / 64);
        seen.is_some_and(|seen| {
            let new = *seen & bit == 0;
            *seen |= bit;
            new
        })
    }
}

impl View<'_> {
    /// Hands the features of a block to `sink`, as group and value.
    pub(super) fn features(&self, at: usize, sink: &mut impl FnMut(Group, u32)) {
        if let Some(line) = self.lines.get(at) {
            self.of_line(line, sink);
            self.of_elements(line, sink);
            self.of_page(at, line, sink);
        }
    }

    /// What the line itself tells.
    fn of_line(&self, line: &Line<'_>, sink: &mut impl FnMut(Group, u32)) {
        use Group as G;
        let Line { block, facts, .. } = line;
        let [holder, parent, grandparent, _] = line.holders.map(|holder| self.page.tag(holder));
        let long = u32::from(facts.weight > 8);
        let length = bin(facts.weight as f32, &LENGTHS);
        let short = length.min(11) / 2;
        sink(G::bias, 0);
        sink(G::tag, self.page.tag(block.element) as u32);
        sink(G::block_tag, holder as u32);
        sink(G::parent_tag, parent as u32);
        sink(G::grandparent_tag, grandparent as u32);
        sink(G::length, length);
        sink(G::link_share, facts.link_share);
        sink(G::length_link_share, pair(short, 8, facts.link_share));
        sink(G::ending, facts.ending);
        sink(G::length_ending, pair(short, 8, facts.ending));
        sink(G::commas, facts.commas);
        let bold = bin(
            block.bold as f32 / block.chars.max(1) as f32,
            &[0.01, 0.5, 0.99],
        );
        sink(G::bold, pair(long, 4, bold));
        sink(
            G::marks,
            pair(u32::from(facts.marks), 4, length.min(11) / 3),
        );
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
            sink(G::phrase_first, pair(kind, 4, wide));
        });
        bits(facts.phrases.1, |kind| {
            sink(G::phrase_later, pair(kind, 4, wide));
        });
        sink(G::after_break, u32::from(block.after_break));
        sink(
            G::tag_length,
            pair(holder as u32, 5, length.min(11).saturating_mul(5) / 12),
        );
    }

    /// What the elements tell in which it stands.
    fn of_elements(&self, line: &Line<'_>, sink: &mut impl FnMut(Group, u32)) {
        use Group as G;
        let mut inside = 0_u64;
        let mut in_article = 0;
        let mut own = Above::new(G::own, G::part_own);
        let mut near = Above::new(G::near, G::part_near);
        let mut middle = Above::new(G::middle, G::part_middle);
        let mut far = Above::new(G::far, G::part_far);
        let levels = self.page.ancestors(line.block.element).take(DEEP);
        for (level, (number, element)) in (0_u32..).zip(levels) {
            let above = match level {
                _ if element.tag == Tag::Body => break,
                _ if number == line.block.element => &mut own,
                0..=1 => &mut near,
                2..=4 => &mut middle,
                _ => &mut far,
            };
            for &word in self.page.words_of(element) {
                if above.is_new(word) {
                    sink(above.words, u32::from(word));
                }
            }
            above.parts |= element.parts;
            inside |= 1 << element.tag as u64;
            if Some(number) == self.article {
                in_article = 2;
            } else if element.tag == Tag::Article {
                in_article = in_article.max(1);
            }
        }
        for tag in 0..Tag::COUNT {
            if inside >> tag & 1 == 1 {
                sink(G::inside, tag);
            }
        }
        for above in [own, near, middle, far] {
            bits(above.parts, |part| sink(above.part, part));
        }
        sink(G::article, pair(self.articles.min(2), 3, in_article));
    }

    /// What its place on the page tells.
    fn of_page(&self, at: usize, line: &Line<'_>, sink: &mut impl FnMut(Group, u32)) {
        use Group as G;
        let Line { block, facts, .. } = line;
        let [holder, parent, ..] = line.holders;
        let place = at.saturating_mul(10).checked_div(self.lines.len());
        sink(G::place_blocks, place.unwrap_or_default() as u32);
        sink(G::place_text, (line.before * 10.0) as u32);
        sink(G::from_title, self.distance_to_title(at));
        sink(G::is_title, u32::from(self.is_title(&facts.words)));
        sink(G::is_summary, self.is_summary(&facts.words));
        let share = self.hints.share(&facts.words);
        let long = u32::from(facts.weight > 8);
        let share = share.map(|share| pair(long, 4, bin(share, &[0.05, 0.4, 0.8])));
        sink(G::json_ld, or_none(share));
        let element = self.page.element(block.element);
        let hidden = element.is_some_and(|element| element.hidden);
        sink(G::hidden, u32::from(hidden));
        let kind = self.page.kind(holder);
        let alike = |(count, weight): (u32, u32)| {
            let mean = weight as f32 / count.max(1) as f32;
            pair(
                bin(count as f32, &[1.5, 2.5, 4.0, 8.0, 16.0]),
                6,
                bin(mean, &[3.0, 8.0, 15.0, 25.0, 45.0]),
            )
        };
        sink(
            G::alike,
            alike(self.alike.get(&(parent, kind)).copied().unwrap_or_default()),
        );
        sink(
            G::alike_page,
            alike(self.alike_page.get(&kind).copied().unwrap_or_default()),
        );
        let shares = [G::share_one, G::share_two, G::share_three];
        let links = [G::links_one, G::links_two, G::links_three];
        let above = line.holders.into_iter().skip(1);
        for ((holder, shares), links) in above.zip(shares).zip(links) {
            let sums = self.sums(holder);
            let share = sums.good as f32 / self.all_good.max(1) as f32;
            sink(shares, bin(share, &SHARES));
            let linked = sums.linked as f32 / sums.chars.max(1) as f32;
            sink(links, bin(linked, &LINKS));
        }
        let direct = self.sums(parent).direct as f32 / self.all_good.max(1) as f32;
        sink(G::share_direct, bin(direct, &SHARES));
        sink(G::repeated, or_none(line.repeated.then_some(long)));
        let depth = element.map_or(0, |element| element.depth);
        sink(G::depth, bin(depth as f32, &[4.0, 7.0, 11.0, 16.0, 22.0]));
    }

    fn distance_to_title(&self, at: usize) -> u32 {
        let edges = [
            -40.0, -15.0, -5.0, -1.5, -0.5, 0.5, 1.5, 2.5, 4.0, 7.0, 12.0, 20.0, 40.0, 80.0, 160.0,
            320.0,
        ];
        let distance = self.title.map(|title| at as f32 - title as f32);
        or_none(distance.map(|distance| bin(distance, &edges)))
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
