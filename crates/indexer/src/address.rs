//! Where an article is published: what one version of a story has in common with the next.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use url::Url;
use whosaid_model::Article;

use crate::identity::first_64_bits;

/// Names the place where an article is published: its address on the web in canonical form, else its publisher's
/// identifier together with the outlet. Without either there is no such place.
pub(crate) fn address(article: &Article) -> Option<u64> {
    let mut hash = Sha256::new();
    if let Some(canonical) = article.url.as_deref().and_then(canonical) {
        hash.update(canonical);
    } else {
        let (source, id) = (article.source.as_ref()?, article.external_id.as_ref()?);
        // No address begins so, and the length keeps the two apart.
        hash.update(format!(" {} {source}{id}", source.len()));
    }
    Some(first_64_bits(hash))
}

/// Returns the host of an address on the web, without `www.`.
pub(crate) fn host(url: &str) -> Option<String> {
    let url = parse(url)?;
    Some(without_www(url.host_str()?).to_owned())
}

/// Writes an address so that two that lead to the same page are the same text: without the scheme, `www.`, the
/// default port, the fragment, the slash at the end, and the parameters that only say where the reader came from.
/// The front page of a site is the address of no article.
fn canonical(url: &str) -> Option<String> {
    let url = parse(url)?;
    let Some(host) = url.host_str() else {
        let mut url = url;
        url.set_fragment(None);
        return Some(url.into());
    };
    let mut canonical = without_www(host).to_owned();
    if let Some(port) = url.port() {
        let _ = write!(canonical, ":{port}");
    }
    let page = canonical.len();
    canonical.push_str(url.path().trim_end_matches('/'));
    let mut sign = '?';
    for parameter in url.query().unwrap_or_default().split('&') {
        let name = parameter.split('=').next().unwrap_or_default();
        if !name.is_empty() && !is_tracking(name) {
            canonical.push(sign);
            canonical.push_str(parameter);
            sign = '&';
        }
    }
    // Pages that a script chooses have their name behind `#!`.
    if let Some(fragment) = url.fragment().filter(|fragment| fragment.starts_with('!')) {
        canonical.push('#');
        canonical.push_str(fragment);
    }
    (canonical.len() > page).then_some(canonical)
}

fn parse(url: &str) -> Option<Url> {
    let url = url.trim();
    match Url::parse(url) {
        // What looks like a scheme is a host when a port follows: `example.org:8080/a`.
        Ok(parsed) if parsed.has_host() || !parsed.scheme().contains('.') => Some(parsed),
        _ if url.split('/').next().is_some_and(|host| host.contains('.')) => {
            Url::parse(&format!("http://{url}")).ok()
        }
        _ => None,
    }
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// Tells a parameter that names a campaign, a click or a mailing, by the names that advertisers and outlets use.
fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let family = ["utm_", "at_", "ns_", "_hs", "mc_", "pk_", "mtm_", "oly_"];
    family.iter().any(|family| name.starts_with(family)) || TRACKING.contains(&name.as_str())
}

const TRACKING: [&str; 32] = [
    "__twitter_impression",
    "_ga",
    "_gl",
    "cmp",
    "cmpid",
    "dclid",
    "fbclid",
    "ftag",
    "gaa_at",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "icid",
    "igsh",
    "igshid",
    "ito",
    "mkt_tok",
    "msclkid",
    "ncid",
    "ocid",
    "s_cid",
    "smid",
    "smtyp",
    "sref",
    "taid",
    "twclid",
    "vero_id",
    "wbraid",
    "wt_mc",
    "xtor",
    "yclid",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_of_one_page_are_the_same() {
        for (url, expected) in [
            ("https://www.example.org/a/b/", Some("example.org/a/b")),
            ("http://EXAMPLE.org:80/a/b#top", Some("example.org/a/b")),
            ("http://example.org:8080/a/b", Some("example.org:8080/a/b")),
            (
                "https://example.org/a?utm_source=x&id=7&fbclid=y&UTM_campaign=z",
                Some("example.org/a?id=7"),
            ),
            ("https://example.org/?p=12", Some("example.org?p=12")),
            ("https://example.org/#!/a", Some("example.org#!/a")),
            (" www.example.org/a ", Some("example.org/a")),
            ("example.org:8080/a", Some("example.org:8080/a")),
            ("urn:article:7#x", Some("urn:article:7")),
            ("https://example.org/A b", Some("example.org/A%20b")),
            ("https://www.example.org/", None),
            ("https://example.org/?utm_source=x", None),
            ("a story", None),
            ("", None),
        ] {
            assert_eq!(canonical(url).as_deref(), expected, "{url}");
        }
        assert!(TRACKING.is_sorted());
        assert_eq!(
            host("http://www.example.org/a").as_deref(),
            Some("example.org")
        );
    }

    #[test]
    fn an_identifier_is_an_address_within_its_outlet() {
        let at = |url: Option<&str>, source: Option<&str>, id: Option<&str>| {
            address(&Article {
                url: url.map(Into::into),
                source: source.map(Into::into),
                external_id: id.map(Into::into),
                ..Article::default()
            })
        };
        let url = Some("https://example.org/a");
        assert_eq!(at(url, Some("One"), Some("1")), at(url, None, None));
        assert_eq!(at(None, None, Some("1")), None);
        assert_eq!(at(None, Some("One"), None), None);
        assert_ne!(
            at(None, Some("One"), Some("1")),
            at(None, Some("Two"), Some("1"))
        );
        assert_ne!(
            at(None, Some("One"), Some("1")),
            at(None, Some("One1"), Some(""))
        );
    }

    proptest! {
        #[test]
        fn a_canonical_address_is_its_own(url in "(http://)?(www\\.)?[a-z]{1,4}\\.org(:80)?(/[a-z %]{0,3}){0,3}(\\?[a-z=&_]{0,9})?(#[a-z!]{0,3})?") {
            if let Some(once) = canonical(&url) {
                let again = canonical(&format!("http://{once}"));
                prop_assert_eq!(again, Some(once));
            }
        }
    }
}
