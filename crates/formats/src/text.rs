use std::io;

use whosaid_model::{Article, DateOrigin, Published};

use crate::date::dateline::infer_date;
use crate::decode::decode;
use crate::fields::Draft;
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::front::front;
use crate::title::{header, is_title};
use crate::{Reject, RejectKind, Stream};

/// One article a file: a header line or a title if there is one, then paragraphs.
#[derive(Debug)]
pub(crate) struct PlainText;

impl Format for PlainText {
    fn name(&self) -> &'static str {
        "plain text"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        if matches!(head.extension, "txt" | "text") {
            Recognition::ByName
        } else {
            Recognition::Possible
        }
    }

    fn next_chunk(&self, stream: &mut Stream<'_>, chunk: &mut Chunk) -> io::Result<bool> {
        stream.take_all(chunk)
    }

    fn read_record(
        &self,
        record: &[u8],
        origin: &Origin<'_>,
        sink: &mut dyn FnMut(Result<Article, Reject>),
    ) {
        let text = decode(record);
        if let Some(at) = memchr::memchr(0, text.as_bytes()) {
            sink(Err(origin.reject(
                RejectKind::Binary,
                "not a text",
                at as u64,
            )));
            return;
        }
        if text.trim().is_empty() {
            sink(Err(origin.reject(RejectKind::Empty, "no text in it", 0)));
            return;
        }
        let (front, below) = match front(&text) {
            Some((draft, below)) => (Some(draft), below),
            None => (None, &*text),
        };
        let mut parts = parts(below);
        if let Some(mut draft) = front {
            let title = &mut draft.fields.title;
            if title.is_none() {
                *title = parts.title.map(ToOwned::to_owned);
            } else if title.as_deref().map(str::trim) != parts.title {
                parts.body = skip_blank_lines(below);
            }
            draft.fields.text = Some(parts.body.to_owned());
            sink(draft.into_article(origin, || "no text under the header".to_owned()));
            return;
        }
        let published = parts.published.or_else(|| infer_date(parts.body));
        let title = parts.title.map(ToOwned::to_owned);
        let body = parts.body.len();
        let text = match text {
            std::borrow::Cow::Owned(text) if body == text.len() => text,
            text => {
                let below = text.get(text.len().saturating_sub(body)..);
                below.unwrap_or(&text).to_owned()
            }
        };
        sink(Ok(Article {
            place: origin.place(),
            title,
            published,
            text,
            ..Article::default()
        }));
    }
}

struct Parts<'a> {
    published: Option<Published>,
    title: Option<&'a str>,
    /// The end of the text, without header and title.
    body: &'a str,
}

fn parts(text: &str) -> Parts<'_> {
    let (first, rest) = first_line(text);
    let none = Parts {
        published: None,
        title: None,
        body: text,
    };
    if let Some((date, title)) = header(first) {
        let published = Some(date.published(DateOrigin::Header));
        if !rest.trim().is_empty() {
            let title = (!title.is_empty()).then_some(title);
            // A header of nothing but a date may stand over a title.
            let (line, below) = first_line(rest);
            let (title, body) = match title {
                None if is_title(line, below) => (Some(line.trim()), skip_blank_lines(below)),
                title => (title, skip_blank_lines(rest)),
            };
            return Parts {
                published,
                title,
                body,
            };
        }
        // A header over nothing: what stands behind the date is the text.
        let body = text.find(title).and_then(|at| text.get(at..));
        let body = body.unwrap_or(text);
        return match title {
            "" => none,
            _ => Parts {
                published,
                title: None,
                body,
            },
        };
    }
    if is_title(first, rest) {
        return Parts {
            title: Some(first.trim()),
            body: skip_blank_lines(rest),
            ..none
        };
    }
    none
}

/// Takes a header line with a date off a text: its date and title, and the text below it.
pub(crate) fn dated_head(text: &str) -> Option<(Draft, &str)> {
    let (first, rest) = first_line(text);
    let (_, title) = header(first).filter(|_| !rest.trim().is_empty())?;
    let mut draft = Draft::default();
    let dated = first.trim().strip_suffix(title).unwrap_or_default();
    let date = match dated.split_at_checked(4) {
        Some((label, date)) if label.eq_ignore_ascii_case("date") => date,
        _ => dated,
    };
    draft.fields.date = Some(
        date.trim_matches([':', '=', ' ', '-', '–', '—', '|', ','])
            .to_owned(),
    );
    draft.fields.title = Some(title.to_owned()).filter(|title| !title.is_empty());
    Some((draft, rest))
}

/// Returns the first line that is not blank, without its end, and what follows it.
fn first_line(text: &str) -> (&str, &str) {
    let text = skip_blank_lines(text);
    match text.split_once('\n') {
        Some((line, rest)) => (line.strip_suffix('\r').unwrap_or(line), rest),
        None => (text, ""),
    }
}

/// Returns `text` from its first line that is not blank, with that line's indentation.
fn skip_blank_lines(mut text: &str) -> &str {
    while let Some((line, rest)) = text.split_once('\n') {
        if !line.trim().is_empty() {
            break;
        }
        text = rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use whosaid_model::DatePrecision;

    use super::*;
    use crate::ReadOptions;

    fn read(text: &str) -> Result<Article, Reject> {
        let origin = Origin {
            path: "a.txt",
            number: None,
            offset: Some(0),
            options: &ReadOptions::new(),
            common: None,
            deadline: None,
        };
        let mut articles = Vec::new();
        PlainText.read_record(text.as_bytes(), &origin, &mut |article| {
            articles.push(article);
        });
        articles.remove(0)
    }

    const BODY: &str = "The mayor said on Monday that the bridge would open.\nMore.\n";

    #[test]
    fn a_header_line_gives_date_and_title() {
        for line in [
            " date 2025-10-25 Talks Are Off, Says Roe",
            "date: 2025-10-25 Talks Are Off, Says Roe",
            "Date 25 October 2025 - Talks Are Off, Says Roe",
            "2025-10-25 Talks Are Off, Says Roe",
            "date 2025-10-25\nTalks Are Off, Says Roe\n",
        ] {
            let article = read(&format!("{line}\n{BODY}")).unwrap();
            assert_eq!(
                article.title.as_deref(),
                Some("Talks Are Off, Says Roe"),
                "{line}"
            );
            let published = article.published.unwrap();
            assert_eq!(published.date.to_string(), "2025-10-25");
            assert_eq!(published.precision, DatePrecision::Day);
            assert_eq!(published.origin, DateOrigin::Header);
            assert_eq!(article.text, BODY);
        }
    }

    #[test]
    fn a_title_line_is_told_from_a_lead() {
        for (first, title) in [
            ("Talks Are Off, Says Roe\n\n", true),
            ("Will He Go?\n", true),
            ("The mayor will not open the bridge this year.\n", false),
            ("He said a meeting was “not scheduled.”\n", false),
            ("“It is over,” she said:\n", false),
            ("SEOUL, Oct. 24 (Wire) — Talks are off\n", false),
            ("", false),
        ] {
            let text = format!("{first}{BODY}");
            let article = read(&text).unwrap();
            assert_eq!(article.title.is_some(), title, "{first}");
            assert_eq!(article.text, if title { BODY } else { &text });
        }
    }

    #[test]
    fn a_wrapped_sentence_is_no_title() {
        let text = "The mayor said on Monday that she would\nnot open the bridge.\n";
        assert_eq!(read(text).unwrap().title, None);
        assert_eq!(read("A line alone").unwrap().title, None);
    }

    #[test]
    fn other_paragraphs_stay_as_they_are() {
        let text = "A Title\r\n\r\n  Indented.\r\n\r\n\tTabs.  \r\n";
        let article = read(text).unwrap();
        assert_eq!(article.title.as_deref(), Some("A Title"));
        assert_eq!(article.text, "  Indented.\r\n\r\n\tTabs.  \r\n");
    }

    #[test]
    fn files_without_text_are_rejected() {
        assert_eq!(read(" \n\t\n").unwrap_err().kind, RejectKind::Empty);
        assert_eq!(read("a\0b").unwrap_err().kind, RejectKind::Binary);
        assert_eq!(
            read("date 2025-10-25 Only a line").unwrap().text,
            "Only a line"
        );
    }

    proptest! {
        #[test]
        fn the_body_is_the_end_of_the_file(text in "(\\PC|\n|date 2025-10-25 |Title\n){0,60}") {
            if let Ok(article) = read(&text) {
                prop_assert!(text.ends_with(&article.text));
                prop_assert!(!article.text.trim().is_empty());
            }
        }
    }
}
