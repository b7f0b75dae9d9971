//! Namespaces under short names.

/// Returns the short name of a namespace: empty for those of articles and entries themselves, whatever the
/// format, and `?` for one that is not known.
pub(super) fn space(uri: &str) -> &'static str {
    let uri = uri.trim().trim_end_matches(['/', '#']);
    let known = SPACES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(uri));
    known.map_or("?", |(_, name)| name)
}

/// Returns what a prefix that is declared nowhere stands for by custom.
pub(super) fn by_custom(prefix: &str) -> &'static str {
    CUSTOM
        .iter()
        .copied()
        .find(|name| *name == prefix)
        .unwrap_or(match prefix {
            "" | "atom" | "rss" | "nitf" => "",
            "rdf" => "rdf",
            "dcterms" => "dcterms",
            _ => "?",
        })
}

const CUSTOM: [&str; 7] = [
    "content",
    "dc",
    "feedburner",
    "itunes",
    "media",
    "xhtml",
    "xml",
];

const SPACES: [(&str, &str); 36] = [
    ("", ""),
    ("http://backend.userland.com/rss", ""),
    ("http://backend.userland.com/rss2", ""),
    ("http://backend.userland.com/rss191", ""),
    ("http://blogs.law.harvard.edu/tech/rss", ""),
    ("http://channel.netscape.com/rdf/simple/0.9", ""),
    ("http://example.com/necho", ""),
    ("http://example.com/newformat", ""),
    ("http://iptc.org/std/NITF/2006-10-18", ""),
    ("http://iptc.org/std/nar/2006-10-01", ""),
    ("http://my.netscape.com/rdf/simple/0.9", ""),
    ("http://my.netscape.com/publish/formats/rss-0.91.dtd", ""),
    ("http://purl.org/atom/ns", ""),
    ("http://purl.org/echo", ""),
    ("http://purl.org/net/rss1.1", ""),
    ("http://purl.org/pie", ""),
    ("http://purl.org/rss/1.0", ""),
    ("http://www.w3.org/2005/Atom", ""),
    ("uri/of/echo/namespace", ""),
    ("http://purl.org/rss/1.0/modules/rss091", ""),
    ("http://iptc.org/std/NITF", ""),
    ("http://purl.org/rss/1.0/modules/content", "content"),
    ("http://purl.org/dc/elements/1.0", "dc"),
    ("http://purl.org/dc/elements/1.1", "dc"),
    ("http://purl.org/dc/terms", "dcterms"),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("http://www.itunes.com/DTDs/PodCast-1.0.dtd", "itunes"),
    ("http://www.itunes.com/DTDs/Podcast-1.0.dtd", "itunes"),
    ("http://example.com/DTDs/PodCast-1.0.dtd", "itunes"),
    ("http://search.yahoo.com/mrss", "media"),
    ("http://search.yahoo.com/mrss/", "media"),
    ("http://www.rssboard.org/media-rss", "media"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf"),
    ("http://www.w3.org/1999/xhtml", "xhtml"),
    ("http://www.w3.org/XML/1998/namespace", "xml"),
    ("http://www.w3.org/1999/html", "xhtml"),
];
