//! Lines that the models leave out though those beside them are part of the article.
//!
//! The models doubt a page that is built as no other, line by line: of a slide show they keep every second
//! paragraph. What is alike, what heads a kept paragraph and what leads to the first is kept with it. The limits were
//! chosen in five folds over outlets (`docs/formats.md`).

use rustc_hash::FxHashMap;

use super::lexicon::part;
use super::numbers::add;
use super::tag::Tag;
use super::view::{Line, View};

/// Running text from this probability on is kept where a fifth of what is written alike is kept.
const ALIKE: f32 = 0.1;

/// A subheading from this probability on is kept with its paragraph.
const HEADING: f32 = 0.01;

/// Lines between a subheading and its paragraph, at most: a picture, its caption and its credit.
const BETWEEN: usize = 3;

/// A line between the headline and the text is a lead from this probability on; with quotation marks from less.
const LEAD: f32 = 0.4;
const LEAD_WITH_MARKS: f32 = 0.2;

/// Words of a lead, at least.
const LEAD_WORDS: u32 = 12;

/// Adds to `kept` what belongs to it.
pub(super) fn fill(view: &View<'_>, shares: &[f32], kept: &mut [bool]) {
    alike(view, shares, kept);
    subheadings(view, shares, kept);
    leads(view, shares, kept);
}

/// Keeps running text in elements that are written like those of running text that is kept.
fn alike(view: &View<'_>, shares: &[f32], kept: &mut [bool]) {
    let mut words: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
    let lines = view.lines.iter().zip(&*kept);
    for (line, kept) in lines.filter(|(line, _)| line.facts.good) {
        let (found, all) = words.entry(view.path(line)).or_default();
        if *kept {
            add(found, line.facts.weight);
        }
        add(all, line.facts.weight);
    }
    let lines = view.lines.iter().zip(shares).enumerate();
    for ((at, (line, share)), kept) in lines.zip(kept) {
        if line.facts.good
            && *share >= ALIKE
            && !view.is_headline(at)
            && let Some((found, all)) = words.get(&view.path(line))
        {
            *kept |= found.saturating_mul(5) >= *all;
        }
    }
}

/// Keeps the headings over paragraphs that are kept.
fn subheadings(view: &View<'_>, shares: &[f32], kept: &mut [bool]) {
    let heads = |at: usize, line: &Line<'_>| {
        let tag = view.page.tag(line.holders[0]);
        tag.is_heading() && tag != Tag::H1 && !view.is_headline(at)
    };
    let mut lines = view.lines.iter().enumerate();
    let mut kept = kept.iter_mut();
    for share in shares {
        let (Some((at, line)), Some(here)) = (lines.next(), kept.next()) else {
            return;
        };
        if *here || !heads(at, line) || *share < HEADING || line.facts.link_share > 2 {
            continue;
        }
        let mut below = lines.clone().zip(kept.as_slice()).take(BETWEEN + 1);
        let next = below.find(|((at, line), _)| heads(*at, line) || line.facts.good);
        *here = next.is_some_and(|((at, next), kept)| {
            let beside = |holder| next.holders.contains(holder);
            !heads(at, next) && *kept && line.holders.iter().any(beside)
        });
    }
}

/// Keeps what leads from the headline to the text.
fn leads(view: &View<'_>, shares: &[f32], kept: &mut [bool]) {
    let Some(first) = kept.iter().position(|&kept| kept) else {
        return;
    };
    let headline = (0..first).rev().find(|&at| view.is_headline(at));
    let Some(headline) = headline else { return };
    let lines = view.lines.iter().zip(shares).zip(kept).take(first);
    for ((line, share), kept) in lines.skip(headline).skip(1) {
        let facts = &line.facts;
        let limit = if facts.marks { LEAD_WITH_MARKS } else { LEAD };
        *kept = *share >= limit
            && facts.weight >= LEAD_WORDS
            && facts.link_share <= 2
            && !is_caption(view, line);
    }
}

/// Tells whether a line stands under a picture.
fn is_caption(view: &View<'_>, line: &Line<'_>) -> bool {
    let caption = part("caption").map_or(0, |part| 1 << part);
    let above = view.page.ancestors(line.block.element).take(5);
    above.into_iter().any(|(_, element)| {
        matches!(element.tag, Tag::Figure | Tag::Figcaption | Tag::Caption)
            || element.parts & caption != 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::blocks::Page;
    use crate::html::hints::Hints;
    use crate::html::parse::parse;
    use crate::html::words::Vocabulary;

    const RUN: &str = "It was the first time in a year that a ship of this size left the harbour.";

    /// Fills what is kept of the lines of a page: those marked `+` are kept from the start, `?` is likely enough.
    fn check(html: &str, expected: &[&str]) {
        let document = parse(html).unwrap();
        let page = Page::read(&document.body().unwrap(), &Vocabulary::default());
        let hints = Hints::read(&document);
        let view = View::new(&page, &hints);
        let lines: Vec<&str> = page
            .blocks
            .iter()
            .map(|block| page.text_of(block))
            .collect();
        let mut kept: Vec<bool> = lines.iter().map(|line| line.starts_with('+')).collect();
        let shares: Vec<f32> = lines
            .iter()
            .map(|line| if line.starts_with('-') { 0.0 } else { 0.3 })
            .collect();
        fill(&view, &shares, &mut kept);
        let found = lines.iter().zip(&kept).filter(|(_, kept)| **kept);
        let found: Vec<&str> = found
            .map(|(line, _)| line.split(' ').next().unwrap())
            .collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn what_belongs_to_kept_lines_is_kept() {
        check(
            &format!("<div><p>+a {RUN}</p><p>?b {RUN}</p></div><ul><li>?c {RUN}</li></ul>"),
            &["+a", "?b"],
        );
        check(
            &format!(
                "<div><h2>?a A Harbour</h2><figure>-b A photo</figure><p>+c {RUN}</p><h2>?d Others</h2><p>-e</p></div>"
            ),
            &["?a", "+c"],
        );
        check(
            &format!(
                "<header><h1>-a Ship Sails</h1><p>?b “We sail”: {RUN}</p><p>?c {RUN}</p>\
                 <figcaption>?d “We sail”: {RUN}</figcaption></header><p>+e {RUN}</p>"
            ),
            &["?b", "+e"],
        );
    }
}
