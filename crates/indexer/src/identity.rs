use sha2::{Digest, Sha256};
use whosaid_model::{Article, ArticleId};

use crate::address::host;

/// Names an article by what it says: the first 64 bits of SHA-256 over its outlet (or else the host of its address),
/// its title and its text. The same article has the same name on every machine, whatever form it came in.
pub fn article_id(article: &Article) -> ArticleId {
    let host = match &article.source {
        None => article.url.as_deref().and_then(host),
        Some(_) => None,
    };
    let mut hash = Sha256::new();
    for part in [
        article.source.as_ref().or(host.as_ref()),
        article.title.as_ref(),
    ] {
        // The length before each part keeps neighbours apart; an absent part is not an empty one.
        let length = part.map_or(u64::MAX, |part| part.len() as u64);
        hash.update(length.to_le_bytes());
        hash.update(part.map_or("", String::as_str));
    }
    hash.update(&article.text);
    ArticleId(first_64_bits(hash))
}

pub(crate) fn first_64_bits(hash: Sha256) -> u64 {
    let hash = hash.finalize();
    let first = hash.iter().take(8);
    first.fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}

/// Writes a hash as hexadecimal digits.
pub(crate) fn hexadecimal(hash: &[u8]) -> String {
    let halves = hash.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    halves
        .filter_map(|half| char::from_digit(half.into(), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_article_says_names_it() {
        let article = |source: Option<&str>, url: Option<&str>, title: Option<&str>, text: &str| {
            article_id(&Article {
                source: source.map(Into::into),
                url: url.map(Into::into),
                title: title.map(Into::into),
                text: text.into(),
                ..Article::default()
            })
        };
        let one = article(None, None, None, "x");
        assert_eq!(one.to_string(), "a:ef481c677d134500");
        assert_eq!(one, article(None, None, None, "x"));
        assert_ne!(one, article(Some(""), None, None, "x"));
        assert_ne!(
            article(Some("a"), None, None, "x"),
            article(None, None, Some("a"), "x")
        );
        assert_ne!(
            article(Some("ab"), None, Some("c"), ""),
            article(Some("a"), None, Some("bc"), "")
        );
        let at = |source, url| article(source, Some(url), None, "x");
        let (here, there) = ("https://www.example.org/1", "http://example.org/2?utm_id=1");
        assert_eq!(at(None, here), at(None, there));
        assert_ne!(at(None, here), at(None, "https://example.com/1"));
        assert_eq!(at(Some("a"), here), at(Some("a"), "https://example.com/1"));
    }
}
