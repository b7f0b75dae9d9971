//! The text of the article on a page.

use dom_query::Document;

use super::text::paragraphs;

/// Returns the body, a line a paragraph; empty when there is none.
pub(super) fn text(document: &Document) -> String {
    let article = document.select_single("article");
    let node = article.nodes().first().copied();
    match node.or_else(|| document.body()) {
        Some(node) => paragraphs(&node),
        None => String::new(),
    }
}
