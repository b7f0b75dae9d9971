//! Text to a tree, within bounds.

use dom_query::Document;

/// Bytes of a page, at most.
const LONGEST: usize = 64 << 20;

/// Parses a page.
///
/// # Errors
/// When the page would cost too much; tells why.
pub(super) fn parse(html: &str) -> Result<Document, &'static str> {
    if html.len() > LONGEST {
        return Err("a page of more than 64 MB");
    }
    Ok(Document::from(html))
}
