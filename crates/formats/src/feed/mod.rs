//! Feeds: RSS 0.9 to 2.0, RDF, Atom, CDF.

mod channel;
mod content;
mod entry;
mod person;

use std::io;

use whosaid_model::Article;

use self::channel::channel;
pub(crate) use self::content::plain_paragraphs;
use crate::common::{Channel, Common, read_element};
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::stream::HEAD;
use crate::xml::{Element, ElementCutter, XmlContext, root};
use crate::{ReadOptions, Reject, RejectKind, Stream};

/// An article an entry.
#[derive(Debug)]
pub(crate) struct Feed;

/// The elements of entries.
const ENTRIES: &[&str] = &["item", "entry"];

impl Format for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        match root(head.bytes).as_deref() {
            Some("rss" | "rdf" | "feed" | "entry" | "channel") => Recognition::ByContent,
            _ => Recognition::No,
        }
    }

    fn refuse(&self, head: &Head<'_>, _: &ReadOptions) -> Option<(RejectKind, String)> {
        let (_, tree) = XmlContext::read(head.bytes, ENTRIES);
        let mut elements = tree.top().descendants();
        let entries = elements.any(|element| ENTRIES.contains(&element.name()));
        let whole = head.bytes.len() < HEAD;
        (whole && !entries).then(|| (RejectKind::NotNews, "a feed without entries".to_owned()))
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        stream.take_records(chunk, |stream| {
            let (context, tree) = XmlContext::read(stream.head(), ENTRIES);
            let common = Common::Xml {
                channel: channel(&tree),
                context,
            };
            Box::new(ElementCutter::new(ENTRIES, common))
        })
    }

    fn read_record(
        &self,
        record: &[u8],
        origin: &Origin<'_>,
        sink: &mut dyn FnMut(Result<Article, Reject>),
    ) {
        let read = |element: Element<'_>, context: &XmlContext, channel: &Channel| {
            let mut fields = entry::fields(element, context, channel);
            channel.complete(&mut fields);
            fields.into_article(origin, || "an entry without a text".to_owned())
        };
        read_element(record, origin, "entry", read, sink);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{articles, read, read_with};

    #[test]
    fn the_same_entry_is_read_from_every_kind_of_feed() {
        let html = "&lt;p&gt;“Yes,” she &lt;b&gt;said&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;More &amp;amp; more.&lt;/p&gt;";
        for feed in [
            format!(
                r#"<?xml version="1.0"?><!-- x --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
                xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Post</title><link>https://a.example/</link>
                <language>en</language><item><title>A &amp;amp; B</title><link> /1 </link><guid isPermaLink="false">x1</guid>
                <pubDate>Sat, 25 Oct 2025 10:20:30 GMT</pubDate><dc:creator>Jane Roe</dc:creator><description>Short.</description>
                <content:encoded>{html}</content:encoded></item></channel></rss>"#
            ),
            r"<rss><channel><title>The Post</title><link>https://a.example/</link><item><title>A & B</title><guid>x1</guid>
                <link>https://a.example/1</link><pubDate>25 Oct 2025 10:20:30 +0000</pubDate><author>jane@a.example (Jane Roe)</author>
                <language>en</language><description><![CDATA[<p>“Yes,” she <b>said</b>.</p><p>More &amp; more.</p></item>]]></description></item>"
                .to_owned(),
            format!(
                r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
                xmlns:d="http://purl.org/dc/elements/1.1/"><channel><title>The Post</title><d:language>en</d:language></channel>
                <item rdf:about="https://a.example/1"><title>A &amp; B</title><link>https://a.example/1</link><d:identifier>x1</d:identifier>
                <d:date>2025-10-25T10:20:30Z</d:date><d:creator>Jane Roe</d:creator><description>{html}</description></item></rdf:RDF>"#
            ),
            format!(
                r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://a.example/"><title>The Post</title>
                <link rel="self" href="feed"/><entry><title>A &amp; B</title><link href="1"/><id>x1</id>
                <published>2025-10-25T10:20:30Z</published><updated>2025-10-27T10:20:30Z</updated><author><name>Jane Roe</name></author>
                <summary>Short.</summary><content type="html">{html}</content></entry></feed>"#
            ),
            r#"<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>The Post</a:title><a:author><a:name>Jane Roe</a:name></a:author>
                <a:entry xml:lang="en"><a:title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A &#38; B</div></a:title>
                <a:link rel="enclosure" href="https://a.example/1.mp3"/><a:link href="https://a.example/1"/><a:id>x1</a:id>
                <a:issued>2025-10-25T10:20:30+00:00</a:issued><a:content type="xhtml" xmlns:x="http://www.w3.org/1999/xhtml">
                <x:div><x:p>“Yes,” she <x:b>said</x:b>.</x:p><x:p>More &amp; more.</x:p></x:div></a:content></a:entry></a:feed>"#
                .to_owned(),
        ] {
            let article = articles("feed", &feed).remove(0);
            assert_eq!(article.title.as_deref(), Some("A & B"), "{feed}");
            let text = article.text.strip_suffix("\n]]>").unwrap_or(&article.text);
            assert_eq!(text, "“Yes,” she said.\nMore & more.", "{feed}");
            assert_eq!(article.source.as_deref(), Some("The Post"), "{feed}");
            assert_eq!(article.author.as_deref(), Some("Jane Roe"), "{feed}");
            assert_eq!(article.lang.as_deref(), Some("en"), "{feed}");
            assert_eq!(article.url.as_deref(), Some("https://a.example/1"), "{feed}");
            assert_eq!(article.external_id.as_deref(), Some("x1"), "{feed}");
            let instant = article.published.unwrap().instant.unwrap();
            assert_eq!(instant.to_rfc3339(), "2025-10-25T10:20:30+00:00", "{feed}");
        }
    }

    #[test]
    fn entries_without_text_and_broken_ones_are_named() {
        let feed = "<rss><channel><item><title>A</title><item><title>B</title><description>b < c & d &nbsp;e &foo;</description>\
            <media:thumbnail url=x></item><item/><item><description>cut off";
        let read = read("a.rss", feed);
        let shown: Vec<&str> = read
            .iter()
            .map(|result| {
                result
                    .as_ref()
                    .map_or_else(|reject| &**reject, |article| &*article.text)
            })
            .collect();
        let none = |number| format!("a.rss:{number}: an entry without a text");
        assert_eq!(
            shown,
            [&*none(1), "b < c & d e &foo;", &*none(3), "cut off"]
        );
    }

    #[test]
    fn encodings_are_those_declared_unless_they_lie() {
        let feed = "<rss><channel><title>Élan</title><item><description>« Déjà » dit-elle.</description></item></channel></rss>";
        let declared = |label: &str, bytes: &[u8]| {
            let mut file = format!("<?xml version=\"1.0\" encoding='{label}'?>").into_bytes();
            file.extend_from_slice(bytes);
            file
        };
        let latin = encoding_rs::WINDOWS_1252.encode(feed).0;
        let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let text = format!("<?xml version=\"1.0\" encoding='utf-16'?>{feed}");
            text.encode_utf16().flat_map(order).collect()
        };
        for file in [
            declared("ISO-8859-1", &latin),
            declared("utf-8", &latin),
            declared("iso-8859-1", feed.as_bytes()),
            declared("utf-16", feed.as_bytes()),
            declared("no-such", feed.as_bytes()),
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
        ] {
            let article = read_with("a.xml", &file, ReadOptions::new())
                .unwrap()
                .remove(0)
                .unwrap();
            assert_eq!(article.text, "« Déjà » dit-elle.");
            assert_eq!(article.source.as_deref(), Some("Élan"));
        }
    }

    #[test]
    fn entities_of_the_document_are_replaced_and_bombs_are_not() {
        let feed = "<!DOCTYPE rss [<!ENTITY post \"The “Post”\"><!ENTITY bomb \"&post;&post;&post;\">]>\
            <rss><channel><title>&post;</title><item><description>&post; says &bomb;</description></item></channel></rss>";
        let article = articles("a.xml", feed).remove(0);
        assert_eq!(article.text, "The “Post” says &post;&post;&post;");
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        for (text, reason) in [
            (
                "<?xml version='1.0'?><urlset><url/></urlset>",
                "a.xml: a sitemap: addresses without texts",
            ),
            ("<opml/>", "a.xml: a list of feeds"),
            (
                "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a '>'>]><catalog/>",
                "a.xml: XML of an unknown kind: its outermost element is <catalog>",
            ),
            (
                "<rss><channel><title>x</title></channel></rss>",
                "a.xml: a feed without entries",
            ),
        ] {
            let read = read_with("a.xml", text.as_bytes(), ReadOptions::new());
            assert_eq!(read.unwrap_err(), reason);
        }
    }

    proptest! {
        #[test]
        fn entries_are_cut_wherever_the_bytes_are(
            parts in prop::collection::vec(
                prop::sample::select(&[
                    "<item>", "</item>", "<item a='>'/>", "<!-- <item> -->", "<![CDATA[</item>]]>", "<items>", "x",
                    "<a b=\"<item>\">", "<?p <item> ?>", "<", "</", "<!", "<x:item >",
                ][..]),
                0..12,
            ),
            step in 1..9_usize,
        ) {
            let text = parts.concat();
            let cut = |step| {
                let common = Common::Channel(crate::common::Channel::default());
                let mut cutter = ElementCutter::new(ENTRIES, common);
                crate::cut::testing::cut_in_steps(&mut cutter, text.as_bytes(), step)
            };
            prop_assert_eq!(cut(step), cut(text.len().max(1)));
        }

        #[test]
        fn no_bytes_break_the_reader(
            text in "(<item|</item>|<entry>|<title|</|<content type=\"html\">|<!\\[CDATA\\[|\\]\\]>|<!--|&[a-z#0-9]{0,4};?|[<>&\"'= /a]|\\PC){0,30}",
        ) {
            let _ = read_with("a.xml", format!("<rss>{text}").as_bytes(), ReadOptions::new());
            let _ = read_with("a.xml", text.as_bytes(), ReadOptions::new());
        }
    }
}
