//! Text to a tree, within bounds.

use dom_query::Document;

use super::slim::slim;

/// Parses a page; of its scripts only JSON-LD is left.
///
/// # Errors
/// When the page would cost too much; tells why.
pub(super) fn parse(html: &str) -> Result<Document, &'static str> {
    Ok(Document::from(slim(html)?))
}
