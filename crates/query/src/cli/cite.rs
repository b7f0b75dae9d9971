//! A line to cite by: who, what, in which article of which outlet, when, and where it was found.

use std::fmt::Write as _;

use whosaid_model::{Article, DateOrigin, QuotationKind};

use super::records::date;
use crate::{ArticleHit, Hit};

/// Writes the citation of a quotation; `line` is its line in a plain text file, `stretch` what of the article it is.
pub(super) fn citation(hit: &Hit, line: Option<usize>, stretch: &str) -> String {
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
        let _ = write!(text, "{words} (reported speech). ");
    } else {
        let stop = if words.ends_with(['.', '!', '?', '…']) {
            ""
        } else {
            "."
        };
        let _ = write!(text, "“{words}”{stop} ");
    }
    if hit.is_denied() {
        text += "(Denied or supposed in the article.) ";
    }
    text += &published(article);
    text += &retrieved(article, hit.file_path());
    if let (None, Some(line)) = (article.place.record, line) {
        let _ = write!(text, ", line {line}");
    }
    let _ = write!(text, ", {stretch} of the text");
    ended(text, hit.file_sha256())
}

/// Writes the citation of an article.
pub(super) fn article_citation(hit: &ArticleHit) -> String {
    let article = hit.article();
    let text = published(article) + &retrieved(article, hit.file_path());
    ended(text, hit.file_sha256())
}

/// What an article is called, who wrote it, where and when: `“Budget holds”, by Ann Lee, Daily Example, 2025-10-26.`
fn published(article: &Article) -> String {
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
    parts.join(", ") + "."
}

/// Where an article was read: its address, the file, and the record in it.
fn retrieved(article: &Article, file: Option<&str>) -> String {
    let mut text = String::new();
    if let Some(url) = &article.url {
        let _ = write!(text, " {url}.");
    }
    let file = file.unwrap_or(&article.place.path);
    let _ = write!(text, " Retrieved from {file}");
    if let Some(record) = article.place.record {
        let _ = write!(text, ", record {record}");
    }
    text
}

fn ended(mut text: String, hash: Option<&str>) -> String {
    if let Some(hash) = hash {
        let _ = write!(text, ", sha256 {hash}");
    }
    text.push('.');
    text
}
