//! Markdown: front matter, a heading for a title, and paragraphs.

use std::io;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use whosaid_model::Article;

use crate::decode::decode;
use crate::fields::Draft;
use crate::format::{Chunk, Format, Head, Origin, Recognition};
use crate::front::front;
use crate::html::fragment_text;
use crate::text::dated_head;
use crate::{Reject, RejectKind, Stream};

/// One article a file.
#[derive(Debug)]
pub(crate) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "Markdown"
    }

    fn recognize(&self, head: &Head<'_>) -> Recognition {
        if matches!(head.extension, "md" | "markdown" | "mdown" | "mkd") {
            Recognition::ByName
        } else {
            Recognition::No
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
        if text.trim().is_empty() {
            sink(Err(origin.reject(RejectKind::Empty, "no text in it", 0)));
            return;
        }
        let (mut draft, body) = match front(&text) {
            Some(found) => found,
            None => dated_head(&text).unwrap_or_else(|| (Draft::default(), &text)),
        };
        let mut reader = Reader::default();
        reader.read(body);
        let title = &mut draft.fields.title;
        let lines = match reader.heading {
            Some(heading)
                if title.is_none() || title.as_deref().map(str::trim) == Some(heading.trim()) =>
            {
                *title = Some(heading);
                reader.text
            }
            Some(heading) => format!("{heading}\n{}", reader.text),
            None => reader.text,
        };
        draft.fields.text = Some(lines.trim_end().to_owned());
        sink(draft.into_article(origin, || "no text under the title".to_owned()));
    }
}

/// Makes lines of Markdown, one a paragraph.
#[derive(Default)]
struct Reader {
    text: String,
    /// The heading that stands above everything else.
    heading: Option<String>,
    /// Elements around that are left out.
    hidden: usize,
    /// HTML that is not closed yet.
    html: Option<String>,
}

impl Reader {
    fn read(&mut self, markdown: &str) {
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        for event in Parser::new_ext(markdown, options) {
            self.event(event);
        }
        self.end_line();
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Html(html) => {
                if let Some(all) = &mut self.html {
                    all.push_str(&html);
                }
            }
            Event::Text(text) | Event::Code(text) if self.hidden == 0 => self.text.push_str(&text),
            Event::SoftBreak if self.hidden == 0 => self.soft_break(),
            Event::HardBreak | Event::Rule => self.end_line(),
            Event::InlineHtml(tag)
                if tag
                    .get(..3)
                    .is_some_and(|start| start.eq_ignore_ascii_case("<br")) =>
            {
                self.end_line();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            // A program is no speech; what is merely indented is a text of somebody who indents.
            Tag::Image { .. } | Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.hidden = self.hidden.saturating_add(1);
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::TableCell if !self.text.is_empty() && !self.text.ends_with('\n') => {
                self.text.push_str(" | ");
            }
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::TableCell => {}
            _ => self.end_line(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::CodeBlock => {
                self.hidden = self.hidden.saturating_sub(1);
                self.end_line();
            }
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                self.end_line();
                self.text.push_str(&fragment_text(&html));
                self.end_line();
            }
            TagEnd::Heading(HeadingLevel::H1)
                if self.heading.is_none() && !self.text.contains('\n') =>
            {
                let heading = std::mem::take(&mut self.text);
                self.heading =
                    Some(heading.trim().to_owned()).filter(|heading| !heading.is_empty());
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::TableCell => {}
            _ => self.end_line(),
        }
    }

    /// Ends a line of the file that is no paragraph's last; scripts that put no blanks between words need none.
    fn soft_break(&mut self) {
        let bare = |char: char| matches!(char, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\n' | ' ');
        if !self.text.is_empty() && !self.text.ends_with(bare) {
            self.text.push(' ');
        }
    }

    fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::ReadOptions;
    use crate::testing::{articles, read, read_with};

    #[test]
    fn markup_goes_and_paragraphs_stay() {
        let text = "---\ntitle: Talks Are Off\ndate: 2025-10-25\nsource: Post\nurl: https://a.example/1\nlang: en\n---\n\
            # Talks Are Off\n\n![no](x.png)\n“*Yes*,” she **said** in [the\nhall](https://b.example). It’s `one`[^1].\n\n\
            > “No,” he said.\n\n* One\n* Two\n\n## Next\n\n```\nno\n```\n\n    Indented.\n\n| a | b |\n|---|---|\n| c | d |\n\n\
            <p>In <b>HTML</b>.</p>\n<script>no</script>\n\nA line\\\nbroken<br>twice.\n\n[^1]: A note.\n";
        let article = articles("a.md", text).remove(0);
        assert_eq!(article.title.as_deref(), Some("Talks Are Off"));
        assert_eq!(article.source.as_deref(), Some("Post"));
        assert_eq!(article.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(article.lang.as_deref(), Some("en"));
        assert_eq!(article.published.unwrap().date.to_string(), "2025-10-25");
        assert_eq!(
            article.text,
            "“Yes,” she said in the hall. It’s one.\n“No,” he said.\nOne\nTwo\nNext\nIndented.\na | b\nc | d\nIn HTML.\n\
            A line\nbroken\ntwice.\nA note."
        );
    }

    #[test]
    fn the_title_is_the_first_heading_if_nothing_else_is() {
        for (text, title, body) in [
            ("# A\n\nB.\n", Some("A"), "B."),
            ("A\n=\n\nB.\n", Some("A"), "B."),
            ("B.\n\n# A\n\nC.\n", None, "B.\nA\nC."),
            ("## A\n\nB.\n", None, "A\nB."),
            ("title: X\n\n# A\n\nB.\n", Some("X"), "A\nB."),
            ("date 2025-10-25 X\n\nB.\n", Some("X"), "B."),
        ] {
            let article = articles("a.md", text).remove(0);
            assert_eq!(article.title.as_deref(), title, "{text}");
            assert_eq!(article.text, body, "{text}");
        }
        assert_eq!(
            read("a.md", "# A\n").remove(0).unwrap_err(),
            "a.md: no text under the title"
        );
    }

    #[test]
    fn an_impossible_date_is_noted() {
        let article = articles("a.md", "---\ndate: 2025-02-30\n---\nB.\n").remove(0);
        assert_eq!(article.published, None);
        assert!(
            article.notes[0].contains("“2025-02-30”"),
            "{:?}",
            article.notes
        );
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "(---\n|\\* |> |# |```|<p>|\\[a\\]\\(|!\\[|\\||\n\n|    |\\PC){0,30}") {
            let _ = read_with("a.md", text.as_bytes(), ReadOptions::new());
        }
    }
}
