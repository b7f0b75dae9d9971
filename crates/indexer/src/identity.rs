use sha2::{Digest, Sha256};
use whosaid_model::{Article, ArticleId};

/// Names an article by what it says: the first 64 bits of SHA-256 over its outlet, its address (or else its
/// publisher's identifier), its title and its text. The same article has the same name on every machine.
pub fn article_id(article: &Article) -> ArticleId {
    let place = article.url.as_ref().or(article.external_id.as_ref());
    let mut hash = Sha256::new();
    for part in [article.source.as_ref(), place, article.title.as_ref()] {
        // The length before each part keeps neighbours apart; an absent part is not an empty one.
        let length = part.map_or(u64::MAX, |part| part.len() as u64);
        hash.update(length.to_le_bytes());
        hash.update(part.map_or("", String::as_str));
    }
    hash.update(&article.text);
    let hash = hash.finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    ArticleId(u64::from_be_bytes(first))
}

/// Writes a hash as hexadecimal digits.
pub(crate) fn hexadecimal(hash: &[u8]) -> String {
    use std::fmt::Write;
    hash.iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("writing to a string succeeds");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_article_says_names_it() {
        let article = |source: Option<&str>, id: Option<&str>, text: &str| {
            article_id(&Article {
                source: source.map(Into::into),
                external_id: id.map(Into::into),
                text: text.into(),
                ..Article::default()
            })
        };
        let one = article(None, None, "x");
        assert_eq!(one.to_string(), "a:87fe710d7e8ade90");
        assert_eq!(one, article(None, None, "x"));
        assert_ne!(one, article(Some(""), None, "x"));
        assert_ne!(article(Some("a"), None, "x"), article(None, Some("a"), "x"));
        assert_ne!(
            article(Some("ab"), Some("c"), ""),
            article(Some("a"), Some("bc"), "")
        );
    }
}
