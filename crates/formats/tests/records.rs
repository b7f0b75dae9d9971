//! The same articles, written in every format that holds fields, read back the same.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should say where"
)]

use std::fmt::Write as _;
use std::ops::ControlFlow;

use proptest::prelude::*;
use quick_xml::escape::escape;
use serde_json::json;
use whosaid_formats::{Part, ReadOptions, parse_date, read_file};
use whosaid_model::{Article, DateOrigin, Place};

fn read(path: &str, bytes: &[u8]) -> Vec<Article> {
    let mut articles = Vec::new();
    read_file(
        &mut &*bytes,
        path,
        &ReadOptions::new().into(),
        &mut |part| {
            match part {
                Part::Records(records) => {
                    records.read_all(&mut |article| articles.push(article.unwrap()));
                }
                Part::Reject(reject) => panic!("{reject}"),
            }
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    articles
}

/// An article without its place.
fn bare(article: Article) -> Article {
    Article {
        place: Place::default(),
        ..article
    }
}

/// A field of an article, which always has one here.
fn field(value: Option<&String>) -> &str {
    value.unwrap()
}

fn date(article: &Article) -> String {
    article
        .published
        .as_ref()
        .unwrap()
        .instant
        .unwrap()
        .to_rfc3339()
}

fn object(article: &Article) -> serde_json::Value {
    json!({
        "id": article.external_id, "headline": article.title, "datePublished": date(article), "byline": article.author,
        "publisher": {"name": article.source}, "link": article.url, "language": article.lang, "text": article.text,
    })
}

fn json_lines(articles: &[Article]) -> String {
    articles.iter().fold(String::new(), |mut lines, article| {
        writeln!(lines, "{}", object(article)).unwrap();
        lines
    })
}

fn json_list(articles: &[Article], key: Option<&str>) -> String {
    let list = articles.iter().map(object).collect::<serde_json::Value>();
    let whole = match key {
        Some(key) => json!({"status": "ok", key: list}),
        None => list,
    };
    serde_json::to_string_pretty(&whole).unwrap()
}

fn table(articles: &[Article], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .from_writer(Vec::new());
    let header = [
        "Title", "text", "pub_date", "author", "Outlet", "URL", "id", "lang",
    ];
    writer.write_record(header).unwrap();
    for article in articles {
        let row = [
            field(article.title.as_ref()),
            &article.text,
            &date(article),
            field(article.author.as_ref()),
            field(article.source.as_ref()),
            field(article.url.as_ref()),
            field(article.external_id.as_ref()),
            field(article.lang.as_ref()),
        ];
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// The paragraphs as HTML, escaped once.
fn html(article: &Article) -> String {
    article.text.lines().fold(String::new(), |mut html, line| {
        write!(html, "<p>{}</p>", escape(line)).unwrap();
        html
    })
}

fn rss(articles: &[Article]) -> String {
    let mut feed =
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>no</title>"
            .to_owned();
    for article in articles {
        write!(
            feed,
            "<item><title>{}</title><link>{}</link><guid isPermaLink='false'>{}</guid><pubDate>{}</pubDate>\
            <dc:creator>{}</dc:creator><source url='x'>{}</source><dc:language>{}</dc:language>\
            <description>{}</description></item>",
            escape(escape(field(article.title.as_ref()))),
            escape(field(article.url.as_ref())),
            field(article.external_id.as_ref()),
            article.published.as_ref().unwrap().instant.unwrap().to_rfc2822(),
            field(article.author.as_ref()),
            escape(escape(field(article.source.as_ref()))),
            field(article.lang.as_ref()),
            escape(html(article)),
        )
        .unwrap();
    }
    feed + "</channel></rss>"
}

fn atom(articles: &[Article]) -> String {
    let mut feed =
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>no</title>"
            .to_owned();
    for article in articles {
        write!(
            feed,
            "<entry xml:lang='{}'><title type='text'>{}</title><link href=\"{}\"/><id>{}</id><published>{}</published>\
            <author><name>{}</name></author><source><title type='text'>{}</title></source>\
            <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{}</div></content></entry>",
            field(article.lang.as_ref()),
            escape(field(article.title.as_ref())),
            escape(field(article.url.as_ref())),
            field(article.external_id.as_ref()),
            date(article),
            field(article.author.as_ref()),
            escape(field(article.source.as_ref())),
            html(article),
        )
        .unwrap();
    }
    feed + "</feed>"
}

fn nitf(article: &Article) -> String {
    format!(
        "<nitf xml:lang='{}'><head><docdata><doc-id id-string='{}'/></docdata><pubdata date.publication='{}' name=\"{}\" \
        ex-ref=\"{}\"/></head><body><body.head><hedline><hl1>{}</hl1></hedline><byline>{}</byline></body.head>\
        <body.content>{}</body.content></body></nitf>",
        field(article.lang.as_ref()),
        field(article.external_id.as_ref()),
        date(article),
        escape(field(article.source.as_ref())),
        escape(field(article.url.as_ref())),
        escape(field(article.title.as_ref())),
        field(article.author.as_ref()),
        html(article),
    )
}

fn newsml(articles: &[Article]) -> String {
    let mut message =
        "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>".to_owned();
    for article in articles {
        write!(
            message,
            "<newsItem guid='{}' xml:lang='{}'><itemMeta><provider literal=\"{}\"/><firstCreated>{}</firstCreated></itemMeta>\
            <contentMeta><by>{}</by><headline>{}</headline></contentMeta><contentSet><inlineXML><html \
            xmlns='http://www.w3.org/1999/xhtml'><body>{}</body></html></inlineXML></contentSet></newsItem>",
            field(article.external_id.as_ref()),
            field(article.lang.as_ref()),
            escape(field(article.source.as_ref())),
            date(article),
            field(article.author.as_ref()),
            escape(field(article.title.as_ref())),
            html(article),
        )
        .unwrap();
    }
    message + "</itemSet></newsMessage>"
}

fn markdown(article: &Article) -> String {
    let yaml = |value: Option<&String>| serde_json::to_string(field(value)).unwrap();
    let escaped = article.text.lines().fold(String::new(), |mut text, line| {
        for char in line.chars() {
            if char.is_ascii_punctuation() {
                text.push('\\');
            }
            text.push(char);
        }
        text + "\n\n"
    });
    format!(
        "---\ntitle: {}\ndate: {}\nauthor: {}\nsource: {}\nurl: {}\nid: {}\nlang: {}\ntags: [a, b]\n---\n\n{escaped}",
        yaml(article.title.as_ref()),
        date(article),
        yaml(article.author.as_ref()),
        yaml(article.source.as_ref()),
        yaml(article.url.as_ref()),
        yaml(article.external_id.as_ref()),
        yaml(article.lang.as_ref()),
    )
}

fn plain(article: &Article) -> String {
    format!(
        "Title: {}\nDate: {}\nAuthor: {}\nSource: {}\nURL: {}\nId: {}\nLanguage: {}\n\n{}",
        field(article.title.as_ref()),
        date(article),
        field(article.author.as_ref()),
        field(article.source.as_ref()),
        field(article.url.as_ref()),
        field(article.external_id.as_ref()),
        field(article.lang.as_ref()),
        article.text,
    )
}

/// Words with the signs that formats give a meaning to.
fn words(most: usize) -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-zé]{1,6}",
        1 => prop::sample::select(&["“Yes,”", "\"no\"", "A&B", "&amp;", "<b>", "1 < 2", "x;y", "a|b", "#1", "*a*", "[c](d)", "‘l’", "《是》"][..])
            .prop_map(ToOwned::to_owned),
    ];
    (
        "[A-Z][a-z]{0,5}",
        prop::collection::vec(word, 0..most),
        "[a-z]{1,4}[.!?]?",
    )
        .prop_map(|(first, mut rest, last)| {
            rest.insert(0, first);
            rest.push(last);
            rest.join(" ")
        })
}

fn article() -> impl Strategy<Value = Article> {
    (
        words(6),
        prop::collection::vec(words(12), 1..5),
        (2000..2026_i32, 1..13_u32, 1..29_u32, 0..24_u32),
        // No first name that could be “By” or “Von”: a byline loses them.
        ("[JKL][a-z]{1,5} [A-ZÉ][a-z]{1,5}", words(2)),
        (
            "[a-z0-9]{1,8}",
            prop::sample::select(&["en", "de", "pt-BR"][..]),
        ),
    )
        .prop_map(
            |(title, paragraphs, (year, month, day, hour), (author, source), (id, lang))| {
                let date = format!("{year}-{month:02}-{day:02}T{hour:02}:20:30+00:00");
                Article {
                    title: Some(title),
                    text: paragraphs.join("\n"),
                    published: parse_date(&date).map(|date| date.published(DateOrigin::Header)),
                    author: Some(author),
                    source: Some(source),
                    url: Some(format!("https://a.example/{id}?a=1&b=2")),
                    external_id: Some(id),
                    lang: Some(lang.to_owned()),
                    ..Article::default()
                }
            },
        )
}

proptest! {
    // Twelve formats a case.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    #[test]
    fn every_format_reads_back_what_was_written(articles in prop::collection::vec(article(), 1..4)) {
        for (path, bytes) in [
            ("a.jsonl", json_lines(&articles).into_bytes()),
            ("a.json", json_list(&articles, None).into_bytes()),
            ("a.json", json_list(&articles, Some("articles")).into_bytes()),
            ("a.csv", table(&articles, b',')),
            ("a.tsv", table(&articles, b'\t')),
            ("a.csv", table(&articles, b';')),
            ("a.rss", rss(&articles).into_bytes()),
            ("a.xml", atom(&articles).into_bytes()),
        ] {
            let found: Vec<Article> = read(path, &bytes).into_iter().map(bare).collect();
            prop_assert_eq!(&found, &articles, "{}", String::from_utf8_lossy(&bytes));
        }
        for article in &articles {
            for (path, text) in [
                ("a.xml", nitf(article)),
                ("a.md", markdown(article)),
                ("a.txt", plain(article)),
            ] {
                let found: Vec<Article> = read(path, text.as_bytes()).into_iter().map(bare).collect();
                prop_assert_eq!(&found, std::slice::from_ref(article), "{}", text);
            }
        }
        // An item has an identifier, and no address.
        let text = newsml(&articles);
        let found: Vec<Article> = read("a.xml", text.as_bytes())
            .into_iter()
            .zip(&articles)
            .map(|(found, written)| Article { url: written.url.clone(), ..bare(found) })
            .collect();
        prop_assert_eq!(&found, &articles, "{}", text);
    }
}
