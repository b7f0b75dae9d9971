//! Lines that the models leave out though those beside them are part of the article.
//!
//! The models doubt a page that is built as no other, line by line: of a slide show they keep every second
//! paragraph. What is alike, what heads a kept paragraph and what leads to the first is kept with it. The limits were
//! chosen in five folds over outlets (`docs/formats.md`).

use rustc_hash::FxHashMap;

use super::lexicon::part;
use super::tag::Tag;
use super::view::View;

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
    let good = |at: usize| view.facts[at].good;
    let mut words: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
    for at in (0..kept.len()).filter(|&at| good(at)) {
        let weight = view.facts[at].weight;
        let (found, all) = words.entry(view.path(at)).or_default();
        *found += if kept[at] { weight } else { 0 };
        *all += weight;
    }
    let doubted = |at: &usize| good(*at) && shares[*at] >= ALIKE && !view.is_headline(*at);
    for at in (0..kept.len()).filter(doubted) {
        let (found, all) = words[&view.path(at)];
        kept[at] |= found * 5 >= all;
    }
}

/// Keeps the headings over paragraphs that are kept.
fn subheadings(view: &View<'_>, shares: &[f32], kept: &mut [bool]) {
    let heads = |at: usize| {
        let tag = view.page.elements[view.holders[at][0] as usize].tag;
        tag.is_heading() && tag != Tag::H1 && !view.is_headline(at)
    };
    for at in 0..kept.len() {
        if kept[at] || !heads(at) || shares[at] < HEADING || view.facts[at].link_share > 2 {
            continue;
        }
        let below = (at + 1..kept.len().min(at + 2 + BETWEEN))
            .find(|&below| heads(below) || view.facts[below].good);
        kept[at] = below.is_some_and(|below| {
            let beside = |holder| view.holders[below].contains(holder);
            !heads(below) && kept[below] && view.holders[at].iter().any(beside)
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
    for at in headline + 1..first {
        let facts = &view.facts[at];
        let limit = if facts.marks { LEAD_WITH_MARKS } else { LEAD };
        kept[at] = shares[at] >= limit
            && facts.weight >= LEAD_WORDS
            && facts.link_share <= 2
            && !is_caption(view, at);
    }
}

/// Tells whether a line stands under a picture.
fn is_caption(view: &View<'_>, at: usize) -> bool {
    let caption = part("caption").map_or(0, |part| 1 << part);
    let above = view.page.ancestors(view.page.blocks[at].element).take(5);
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
