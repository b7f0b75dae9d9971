//! A line to cite a quotation by: who, what, in which article of which outlet, when, and where it was found.

use std::fmt::Write as _;

use whosaid_model::{DateOrigin, QuotationKind};

use super::records::date;
use crate::Hit;

/// Writes the citation; `line` is the quotation's line in a plain text file.
pub(super) fn citation(hit: &Hit, line: Option<usize>) -> String {
    let article = hit.article();
    let mut text = match hit.speaker() {
        Some(speaker) => match &speaker.title {
            Some(title) => format!("{} ({title}): ", speaker.name),
            None => format!("{}: ", speaker.name),
        },
        None => "Nobody named: ".to_owned(),
    };
    let words = hit.quote().split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_end_matches(',');
    if hit.kind() == QuotationKind::Indirect {
        let _ = write!(text, "{words} (reported speech).");
    } else {
        let stop = if words.ends_with(['.', '!', '?', '…']) {
            ""
        } else {
            "."
        };
        let _ = write!(text, "“{words}”{stop}");
    }
    let mut parts: Vec<String> = Vec::new();
    parts.extend(article.title.as_ref().map(|title| format!("“{title}”")));
    parts.extend(article.author.as_ref().map(|author| format!("by {author}")));
    parts.extend(article.source.clone());
    parts.push(match &article.published {
        Some(published) => {
            let origin = match published.origin {
                _ if !published.is_inferred() => "",
                DateOrigin::Url => " (from the address)",
                DateOrigin::Page => " (from the page)",
                DateOrigin::Dateline => " (from the dateline)",
                _ => " (from the text)",
            };
            let other = published.alternative;
            let other = other.map_or(String::new(), |other| format!(" (or {other})"));
            format!("{}{origin}{other}", date(published))
        }
        None => "undated".to_owned(),
    });
    let _ = write!(text, " {}.", parts.join(", "));
    if let Some(url) = &article.url {
        let _ = write!(text, " {url}.");
    }
    let _ = write!(
        text,
        " Retrieved from {}",
        hit.file_path().unwrap_or(&article.place.path)
    );
    match (article.place.record, line) {
        (Some(record), _) => {
            let _ = write!(text, ", record {record}");
        }
        (None, Some(line)) => {
            let _ = write!(text, ", line {line}");
        }
        _ => {}
    }
    let span = hit.span();
    let _ = write!(text, ", bytes {}-{} of the text", span.start, span.end);
    if let Some(hash) = hit.file_sha256() {
        let _ = write!(text, ", sha256 {hash}");
    }
    text.push('.');
    text
}
