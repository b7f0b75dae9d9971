//! The text of the article on a page.

use dom_query::Document;

use super::blocks::{Block, Page};
use super::fill::fill;
use super::hints::Hints;
use super::model::Model;
use super::numbers::add;
use super::tag::Tag;
use super::view::{Line, View};
use crate::format::Origin;
use crate::{Reject, RejectKind};

/// A block is taken for a part of the article from this probability on.
pub(super) const THRESHOLD: f32 = 0.5;

/// Words of a text, at most, for which it is asked whether the page is news at all.
const LITTLE: u32 = 80;

/// Returns the body, a line a paragraph. A page `says` that it is an article when it states for machines when it
/// was published: then it is none of links, though most of it may be linked, as a review of the press is.
///
/// # Errors
/// When there is none: the page is empty, or no news, or took too long. Tells which, and why.
pub(super) fn read(
    document: &Document,
    title: Option<&str>,
    says: bool,
    origin: &Origin<'_>,
) -> Result<String, Reject> {
    let empty = || origin.reject(RejectKind::Empty, "no text in it", 0);
    let no_news = |reason| Err(origin.reject(RejectKind::NotNews, reason, 0));
    let model = Model::built_in();
    let page = Page::read(&document.body().ok_or_else(empty)?, &model.vocabulary);
    let hints = Hints::read(document);
    origin.in_time()?;
    let view = View::new(&page, &hints);
    let alone = model.judge_alone(&view);
    origin.in_time()?;
    let mut kept = kept(&view, &model.judge_again(&view, &alone));
    if !kept.contains(&true) && hints.body.is_none() {
        if !says && is_most(view.lines.iter(), |line| line.block.is_linked()) {
            return no_news("a page of links");
        }
        // A page that looks like no other is taken as it stands.
        let lines = view.lines.iter().enumerate();
        kept = lines
            .map(|(at, line)| is_plain(&page, line.block) && !view.is_headline(at))
            .collect();
    }
    let lines = || {
        let kept = view.lines.iter().zip(&kept).filter(|(_, kept)| **kept);
        kept.map(|(line, _)| line)
    };
    let found: u32 = lines().map(|line| line.facts.weight).sum();
    if !says && is_most(lines(), |line| line.block.is_linked()) {
        return no_news("a page of links");
    }
    if found < LITTLE && title.is_some_and(is_error) {
        return no_news("an error page");
    }
    if found < 4 * LITTLE && is_most(lines(), |line| line.facts.tells_of_cookies()) {
        return no_news("a page that asks for consent");
    }
    let text = joined(&page, &hints, &kept);
    if text.is_empty() {
        Err(empty())
    } else {
        Ok(text)
    }
}

/// Tells whether most words of some lines are in those that are `so`.
fn is_most<'l, 'a: 'l>(
    lines: impl Iterator<Item = &'l Line<'a>>,
    so: impl Fn(&Line<'_>) -> bool,
) -> bool {
    let (mut all, mut found) = (0, 0);
    for line in lines {
        add(&mut all, line.facts.weight);
        if so(line) {
            add(&mut found, line.facts.weight);
        }
    }
    found.saturating_mul(2) > all
}

/// Tells which blocks are part of the article. The headline never is, however much it looks like a line of the text.
pub(super) fn kept(view: &View<'_>, shares: &[f32]) -> Vec<bool> {
    let all = shares.iter().enumerate();
    let mut kept = all
        .map(|(at, &share)| share >= THRESHOLD && !view.is_headline(at))
        .collect::<Vec<_>>();
    fill(view, shares, &mut kept);
    kept
}

/// Joins the blocks that are part of the article.
pub(super) fn joined(page: &Page, hints: &Hints, kept: &[bool]) -> String {
    let mut text = String::new();
    for (block, &kept) in page.blocks.iter().zip(kept) {
        if kept {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(page.text_of(block));
        }
    }
    // A page that is filled in by scripts shows nothing, but says its text.
    match &hints.body {
        Some(body) if text.len().saturating_mul(3) < body.len() => body.clone(),
        _ => text,
    }
}

/// Tells whether a block is neither hidden nor linked, nor part of what surrounds a page.
fn is_plain(page: &Page, block: &Block) -> bool {
    let around = |tag| {
        matches!(
            tag,
            Tag::Nav | Tag::Footer | Tag::Header | Tag::Aside | Tag::Form | Tag::Button | Tag::H1
        )
    };
    !block.is_linked()
        && page
            .ancestors(block.element)
            .all(|(_, element)| !element.hidden && !around(element.tag))
}

/// Tells the titles of pages that say why there is no article.
fn is_error(title: &str) -> bool {
    const ERRORS: [&str; 24] = [
        "404",
        "403 forbidden",
        "410 gone",
        "500 internal",
        "502 bad gateway",
        "503 service",
        "access denied",
        "are you a robot",
        "attention required",
        "error 404",
        "file not found",
        "just a moment",
        "page not found",
        "page unavailable",
        "service unavailable",
        "nicht gefunden",
        "nicht mehr verfügbar",
        "introuvable",
        "no encontrada",
        "não encontrada",
        "non trovata",
        "niet gevonden",
        "не найдена",
        "見つかりません",
    ];
    let title = title.to_lowercase();
    ERRORS.iter().any(|error| title.contains(error))
}
