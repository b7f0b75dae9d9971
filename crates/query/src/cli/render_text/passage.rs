//! One quotation as evidence, one article as it stands.

use std::fmt::Write as _;
use std::io;

use whosaid_model::{DateOrigin, Span, Version};

use super::super::records::{Passage, date};
use super::super::terminal::{clean, joined, marked_line, wrapped};
use super::{Text, speaker};
use crate::{ArticleHit, Hit};

impl Text<'_> {
    /// The paragraph around a quotation, and where it can be checked.
    pub(super) fn write_passage(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()> {
        writeln!(self.out, "{}", self.look.head(&speaker(hit)))?;
        let parts = self.known(hit);
        writeln!(self.out, "{}", joined(self.look, 0, &parts))?;
        writeln!(self.out)?;
        let quote = Span::new(
            hit.span().start.saturating_sub(passage.span[0]),
            hit.span().end.saturating_sub(passage.span[0]),
        );
        self.write_marked(0, passage.text, &[quote])?;
        writeln!(self.out)?;
        let article = hit.article();
        if let Some(url) = &article.url {
            writeln!(self.out, "{}", clean(url))?;
        }
        let path = clean(hit.file_path().unwrap_or(&article.place.path)).into_owned();
        let line = match (article.place.record, passage.line) {
            (Some(record), _) => format!(", record {record}"),
            (None, Some(line)) => format!(", line {line}"),
            _ => String::new(),
        };
        writeln!(self.out, "{path}{line}")?;
        if let Some(places) = &mut self.places {
            writeln!(self.out, "{} of the text", places.stretch(hit)?)?;
        }
        if let Some(hash) = hit.file_sha256() {
            writeln!(self.out, "sha256 {hash}")?;
        }
        if let Some(attribution) = hit.attribution() {
            let written = hit
                .as_written()
                .map(|words| format!("\"{}\"", clean(words)));
            let cue = hit
                .cue()
                .map(|words| format!(", announced by \"{}\"", clean(words)));
            writeln!(
                self.out,
                "speaker from {} ({}){}",
                written.unwrap_or_else(|| "the context".to_owned()),
                attribution.how.as_str(),
                cue.unwrap_or_default()
            )?;
        }
        if let Some(outer) = hit.short_inside() {
            writeln!(self.out, "inside {outer}")?;
        }
        let other = article.published.as_ref().and_then(|date| date.alternative);
        if let Some(other) = other {
            writeln!(self.out, "date may also be {other}")?;
        }
        let inferred = article
            .published
            .as_ref()
            .filter(|published| published.is_inferred());
        if let Some(published) = inferred {
            let origin = match published.origin {
                DateOrigin::Url => "the address",
                DateOrigin::Page => "the words around the headline",
                DateOrigin::Dateline => "the dateline",
                _ => "a date in the text",
            };
            writeln!(self.out, "date inferred from {origin}")?;
        }
        Ok(())
    }

    /// The sentences around a quotation, with what matched; without a match, the quotation is marked.
    pub(super) fn write_context(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()> {
        let quote = hit.span();
        let whole = [Span::new(0, quote.len())];
        let marked = match hit.matches() {
            [] => whole.as_slice(),
            matches => matches,
        };
        let start = quote.start.saturating_sub(passage.span[0]);
        let behind = |at: usize| start.saturating_add(at);
        let place = |span: &Span| Span::new(behind(span.start), behind(span.end));
        let marked: Vec<Span> = marked.iter().map(place).collect();
        self.write_marked(5, passage.text, &marked)
    }

    /// Paragraphs with marks in them.
    fn write_marked(&mut self, indent: usize, text: &str, marks: &[Span]) -> io::Result<()> {
        let mut start = 0_usize;
        for paragraph in text.split_inclusive('\n') {
            let line = paragraph.trim_end_matches('\n');
            let inside = |span: &Span| {
                let from = span.start.saturating_sub(start);
                let to = span.end.saturating_sub(start).min(line.len());
                (from < to).then(|| Span::new(from, to))
            };
            let marks: Vec<Span> = marks.iter().filter_map(inside).collect();
            let line = marked_line(self.look, line, &marks, usize::MAX);
            writeln!(self.out, "{}", wrapped(self.look, indent, &line))?;
            start = start.saturating_add(paragraph.len());
        }
        Ok(())
    }

    pub(super) fn write_article(&mut self, hit: &ArticleHit) -> io::Result<()> {
        let article = hit.article();
        let title = article.title.as_deref().unwrap_or("(untitled)");
        writeln!(self.out, "{}", self.look.head(&clean(title)))?;
        let mut line = vec![
            article
                .published
                .as_ref()
                .map_or("undated".to_owned(), date),
        ];
        let parts = [&article.source, &article.author, &article.url];
        line.extend(
            parts
                .into_iter()
                .flatten()
                .map(|part| clean(part).into_owned()),
        );
        line.push(clean(&article.place.to_string()).into_owned());
        line.push(hit.id().to_string());
        writeln!(self.out, "{}", joined(self.look, 0, &line))?;
        let earlier: Vec<String> = hit.versions().iter().map(earlier).collect();
        if !earlier.is_empty() {
            let line = format!("earlier versions: {}", earlier.join("; "));
            writeln!(self.out, "{}", wrapped(self.look, 0, &line))?;
        }
        for paragraph in article.text.lines() {
            writeln!(self.out, "{}", wrapped(self.look, 0, &clean(paragraph)))?;
        }
        Ok(())
    }
}

/// What is known of an earlier version: its date, the day it came, and its headline.
fn earlier(version: &Version) -> String {
    let mut text = version
        .published
        .as_ref()
        .map_or("undated".to_owned(), date);
    if let Some(added) = version.added {
        let _ = write!(text, ", added {added}");
    }
    if let Some(title) = &version.title {
        let _ = write!(text, ", “{}”", clean(title));
    }
    text
}
