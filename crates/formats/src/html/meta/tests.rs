use proptest::prelude::*;
use whosaid_model::DateOrigin;

use super::*;
use crate::ReadOptions;

fn meta(html: &str, url: Option<&str>) -> Meta {
    let origin = Origin {
        path: "a.html",
        number: None,
        offset: Some(0),
        options: &ReadOptions::new(),
        common: None,
        deadline: None,
    };
    let context = PageContext {
        url,
        not_after: "2024-06-10T12:00:00Z".parse().ok(),
        ..PageContext::default()
    };
    read(&Document::from(html), &context, &origin)
}

fn dated(html: &str, url: Option<&str>) -> Option<(String, DateOrigin)> {
    let published = meta(html, url).published?;
    Some((published.date.to_string(), published.origin))
}

#[test]
fn everything_is_read_of_an_ordinary_page() {
    let html = r#"<!doctype html><html lang="en-gb"><head><title>Bridge to open, says mayor - Daily Example</title>
        <meta property="og:title" content="Bridge to open, says mayor | Daily Example">
        <meta property="og:site_name" content="Daily Example">
        <link rel="canonical" href="/news/bridge">
        <script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle",
            "headline": "Bridge to open, says mayor", "datePublished": "2024-05-03T10:20:30+01:00",
            "dateModified": "2024-05-04T10:20:30+01:00", "publisher": {"name": "Example Group"},
            "author": [{"@type": "Person", "name": "Jane Roe"}, {"@type": "Organization", "name": "Wire"}, {"@type": "Person", "name": "John Doe"}]}]}
        </script></head><body><h1>Bridge to open, says mayor</h1></body></html>"#;
    let meta = meta(html, Some("https://www.example.org/news/bridge?x=1"));
    assert_eq!(meta.title.as_deref(), Some("Bridge to open, says mayor"));
    assert_eq!(meta.author.as_deref(), Some("Jane Roe; John Doe"));
    assert_eq!(meta.source.as_deref(), Some("Daily Example"));
    assert_eq!(meta.lang.as_deref(), Some("en-GB"));
    assert_eq!(
        meta.url.as_deref(),
        Some("https://www.example.org/news/bridge")
    );
    let published = meta.published.unwrap();
    assert_eq!(
        published.instant.unwrap().to_rfc3339(),
        "2024-05-03T10:20:30+01:00"
    );
    assert_eq!(published.origin, DateOrigin::JsonLd);
}

#[test]
fn dates_come_from_wherever_they_stand() {
    for (html, url, expected) in [
        (
            "<meta property=article:published_time content=2024-05-03T10:20:30Z>",
            None,
            Some(("2024-05-03", DateOrigin::Meta)),
        ),
        (
            "<meta name=date content='3 mai 2024'>",
            None,
            Some(("2024-05-03", DateOrigin::Meta)),
        ),
        (
            "<h1>A</h1><time datetime=2024-05-03>Friday</time>",
            None,
            Some(("2024-05-03", DateOrigin::Markup)),
        ),
        (
            "<h1>A</h1><span itemprop=datePublished content=2024-05-03></span>",
            None,
            Some(("2024-05-03", DateOrigin::Markup)),
        ),
        (
            "<h1>A</h1><p class=dateline>Freitag, 3. Mai 2024, 10:20 Uhr</p>",
            None,
            Some(("2024-05-03", DateOrigin::Page)),
        ),
        (
            "<h1>A</h1><p>2024年5月3日 10:20</p>",
            None,
            Some(("2024-05-03", DateOrigin::Page)),
        ),
        (
            "<h1>A</h1>",
            Some("https://example.org/2024/05/03/a.html"),
            Some(("2024-05-03", DateOrigin::Url)),
        ),
        (
            "<h1>A</h1>",
            Some("https://example.org/a-20240503.html"),
            Some(("2024-05-03", DateOrigin::Url)),
        ),
        (
            "<h1>A</h1>",
            Some("https://example.org/2024/05/a.html"),
            None,
        ),
        (
            "<h1>A</h1><time>yesterday</time>",
            None,
            Some(("2024-06-09", DateOrigin::Markup)),
        ),
        // Never later than the page was seen, and not what a footer claims.
        (
            "<meta property=article:published_time content=2025-05-03T10:20:30Z>",
            None,
            None,
        ),
        ("<h1>A</h1><footer><p>© 3 May 2024</p></footer>", None, None),
        ("<h1>A</h1><p>It cost 2024.</p>", None, None),
        // The story of the 3rd in Los Angeles is stamped with the 4th of UTC.
        (
            "<meta property=article:published_time content=2024-05-04T02:25:00Z><h1>A</h1><p class=date>May 3, 2024</p>",
            None,
            Some(("2024-05-03", DateOrigin::Meta)),
        ),
    ] {
        let expected = expected.map(|(date, origin)| (date.to_owned(), origin));
        assert_eq!(dated(html, url), expected, "{html}");
    }
}

#[test]
fn another_date_of_the_page_tells_day_from_month() {
    let html = "<h1>A</h1><p class=date>03/05/2024</p>";
    assert!(meta(html, None).published.unwrap().alternative.is_some());
    let published = meta(&format!("<html lang=en-US>{html}"), None)
        .published
        .unwrap();
    assert_eq!(
        (published.date.to_string().as_str(), published.alternative),
        ("2024-03-05", None)
    );
    let published = meta(&format!("{html}<p>5 March 2024</p>"), None)
        .published
        .unwrap();
    assert_eq!(
        (published.date.to_string().as_str(), published.alternative),
        ("2024-03-05", None)
    );
}

#[test]
fn headlines_are_told_from_outlets_and_sections() {
    for (html, expected) in [
        (
            "<title>Talks are off | Daily Example</title>",
            "Talks are off",
        ),
        (
            "<title>Daily Example</title><h1>Daily Example</h1><meta property=og:site_name content='Daily Example'><h2>Talks are off</h2><meta property=og:title content='Talks are off'>",
            "Talks are off",
        ),
        (
            "<title>News » Talks are off again</title><h1>News</h1><h2>Talks are off again</h2>",
            "Talks are off again",
        ),
        (
            "<title>Large tasks for the new cabinet - Example</title><h1><span>Tunis</span> Large tasks for the new cabinet</h1>",
            "Large tasks for the new cabinet",
        ),
        (
            "<title>x</title><h1><b>27.01.2022</b>Talks are off</h1>",
            "Talks are off",
        ),
        (
            "<title>x</title><h1><b>Ferry strike</b>Talks are off</h1>",
            "Ferry strike Talks are off",
        ),
        (
            "<title>x</title><h1>Talks&nbsp;are\n off&shy;side</h1>",
            "Talks are offside",
        ),
        (
            "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"Roe &amp; Doe &#8222;agree&#8220;\"}</script>",
            "Roe & Doe „agree“",
        ),
    ] {
        assert_eq!(meta(html, None).title.as_deref(), Some(expected), "{html}");
    }
}

#[test]
fn a_headline_may_stand_below_one_for_search_engines() {
    let html = "<title>Harbour of Bergen: ships leave, strike is over | Daily</title>\
                <meta property=og:title content='Harbour of Bergen: ships leave, strike is over'>\
                <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Why the ships leave today\"}</script>\
                <h1>Harbour of Bergen: ships leave, strike is over</h1><h2>Why the ships leave today</h2>";
    assert_eq!(
        meta(html, None).title.as_deref(),
        Some("Why the ships leave today")
    );
}

#[test]
fn authors_are_persons() {
    for (html, expected) in [
        (
            "<meta name=author content='By Jane Roe and John Doe'>",
            Some("Jane Roe; John Doe"),
        ),
        (
            "<meta name=author content='Von Jane Roe, Berlin'>",
            Some("Jane Roe"),
        ),
        ("<meta name=author content='Example Media GmbH'>", None),
        (
            "<meta name=author content='https://example.org/jane'>",
            None,
        ),
        (
            "<h1>A</h1><a rel=author href=/a/roe>Jane Roe</a>",
            Some("Jane Roe"),
        ),
        (
            "<h1>A</h1><span class='author vcard'>roe77</span>",
            Some("roe77"),
        ),
        (
            "<h1>A</h1><p class=byline>Por José Pérez | 3 de mayo de 2024</p>",
            Some("José Pérez"),
        ),
        (
            "<h1>A</h1><p>Von Jane Roe am Freitag, 3. Mai</p>",
            Some("Jane Roe"),
        ),
        (
            "<h1>A</h1><div>Text:</div><div>Jane Roe</div>",
            Some("Jane Roe"),
        ),
        ("<h1>A</h1><p>Stopped by the police, he ran.</p>", None),
        (
            "<h1>A</h1><div class=comment><span class=author>Jane Roe</span></div>",
            None,
        ),
        (
            "<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":{\"@type\":\"Organization\",\"name\":\"Wire\"}}</script>",
            None,
        ),
        (
            "<meta name=author content='Jane Roe'><h1>A</h1><span class=author>Jane Roe Lifestyle Writer</span>",
            Some("Jane Roe"),
        ),
        (
            "<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":{\"@type\":\"Person\",\"name\":\"janeroe\"}}</script><h1>A</h1><a rel=author>Jane Roe</a>",
            Some("Jane Roe"),
        ),
        (
            "<h1>A</h1><p class=meta--author>Posted on September 21, 2020 by Jane Roe</p>",
            Some("Jane Roe"),
        ),
        (
            "<h1>A</h1><p>- Redaktion: Jane Roe (Sprecherin)</p>",
            Some("Jane Roe"),
        ),
        (
            "<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":\"admin\"}</script><h1>A</h1><a rel=author>Jane Roe</a>",
            Some("Jane Roe"),
        ),
    ] {
        assert_eq!(meta(html, None).author.as_deref(), expected, "{html}");
    }
}

#[test]
fn broken_json_ld_is_mended() {
    for block in [
        "{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-03\",}",
        "<!-- {\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-03\"} -->",
        "//<![CDATA[\n[{\"@type\":[\"NewsArticle\"],\"datePublished\":\"2024-05-03\"}]\n//]]>",
        "{\"@type\":\"NewsArticle\",\"headline\":\"a\nb \"c\" d\",\"datePublished\":\"2024-05-03\"};",
        "{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"Article\",\"datePublished\":\"2024-05-03\"}}",
    ] {
        let html = format!("<script type='application/ld+json'>{block}</script>");
        assert_eq!(
            dated(&html, None),
            Some(("2024-05-03".to_owned(), DateOrigin::JsonLd)),
            "{block}"
        );
    }
}

#[test]
fn languages_are_tags() {
    for (html, expected) in [
        ("<html lang=EN_us>", Some("en-US")),
        ("<html lang='de-DE-x-none; charset'>", Some("de-DE-x-none")),
        (
            "<html lang=english><meta property=og:locale content=fr_FR>",
            Some("fr-FR"),
        ),
        ("<html>", None),
    ] {
        assert_eq!(meta(html, None).lang.as_deref(), expected, "{html}");
    }
}

proptest! {
    #[test]
    fn no_page_breaks_the_reader(html in "(<[a-z1]{1,6}( (class|rel|itemprop|datetime|content|name|property|lang)=\"?[^>]{0,16})?>|</[a-z1]{1,6}>|By |3 May 2024|, |\\PC{0,8}){0,30}") {
        let _ = meta(&html, Some("https://example.org/2024/05/03/é"));
    }

    #[test]
    fn no_json_breaks_the_reader(block in "(\\{|\\}|\\[|\\]|,|:|\"|\\\\|@graph|@type|NewsArticle|author|name|\\PC){0,40}") {
        let _ = meta(&format!("<script type=\"application/ld+json\">{block}</script>"), None);
    }

    #[test]
    fn a_date_written_into_a_page_is_read_back(days in 0i64..19_000) {
        let date = chrono::NaiveDate::from_ymd_opt(1972, 1, 1).unwrap() + chrono::Duration::days(days);
        for html in [
            format!("<script type=\"application/ld+json\">{{\"@type\":\"Article\",\"datePublished\":\"{date}\"}}</script>"),
            format!("<meta property=article:published_time content={date}T10:20:30+01:00>"),
            format!("<h1>A headline</h1><time datetime={date}>then</time>"),
            format!("<h1>A headline</h1><p class=date>{}</p>", date.format("%d %B %Y")),
        ] {
            prop_assert_eq!(dated(&html, None).map(|(date, _)| date), Some(date.to_string()), "{}", html);
        }
    }
}
