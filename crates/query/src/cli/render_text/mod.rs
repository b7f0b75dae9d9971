//! Text for reading.

mod answer;
mod bars;
mod passage;

use std::io::{self, Write};

use whosaid_model::{Article, ArticleId};

use super::numbers::{count, grouped, size};
use super::place::Places;
use super::records::{Passage, date};
use super::render::{Render, Summary, Upkeep};
use super::status::Failure;
use super::terminal::{Look, clean, marked_line, shorten_middle};
use crate::answer::Answer;
use crate::{ArticleHit, FacetCounts, Hit, Timeline, Warning};
use answer::place_text;

/// Writes for a reader; places are looked up when an archive is at hand.
pub(super) struct Text<'a> {
    out: &'a mut dyn Write,
    look: Look,
    places: Option<Places<'a>>,
}

impl<'a> Text<'a> {
    pub(super) fn new(out: &'a mut dyn Write, look: Look, places: Option<Places<'a>>) -> Self {
        Self { out, look, places }
    }
}

impl Render for Text<'_> {
    fn answer(&mut self, answer: &Answer) -> io::Result<()> {
        self.write_answer(answer)
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let speaker = match hit.speaker() {
            Some(speaker) => match &speaker.title {
                Some(title) => format!("{}, {}", clean(&speaker.name), clean(title)),
                None => clean(&speaker.name).into_owned(),
            },
            None => "(nobody named)".to_owned(),
        };
        let tail = self.tail(hit);
        let article = hit.article();
        let mut line: Vec<String> = vec![tail.day];
        line.extend(
            article
                .source
                .as_deref()
                .map(|source| clean(source).into_owned()),
        );
        line.extend(
            article
                .title
                .as_deref()
                .map(|title| format!("“{}”", shorten_middle(&clean(title), 60))),
        );
        line.extend([tail.place, tail.confidence, tail.id]);
        let quote = marked_line(self.look, hit.quote(), hit.matches(), usize::MAX);
        writeln!(self.out, "{:>3}  {}", hit.rank(), self.look.head(&speaker))?;
        writeln!(self.out, "     “{quote}”")?;
        writeln!(self.out, "     {}", self.look.dim(&line.join(" · ")))
    }

    fn article_hit(&mut self, hit: &ArticleHit) -> io::Result<()> {
        let article = hit.article();
        let title = article.title.as_deref().unwrap_or("(untitled)");
        let (path, record) = match &self.places {
            Some(places) => places.article(article),
            None => (article.place.path.clone(), article.place.record),
        };
        let mut line = vec![
            article
                .published
                .as_ref()
                .map_or("undated".to_owned(), date),
        ];
        line.extend(
            article
                .source
                .as_deref()
                .map(|source| clean(source).into_owned()),
        );
        line.push(place_text(&(path, record)));
        line.push(count(hit.quotations(), "quotation"));
        line.push(hit.id().to_string());
        writeln!(
            self.out,
            "{:>3}  {}",
            hit.rank(),
            self.look.head(&clean(title))
        )?;
        if !hit.matches().is_empty() {
            let room = self.look.columns.saturating_sub(6);
            let line = marked_line(
                self.look,
                &article.text,
                hit.matches().get(..1).unwrap_or_default(),
                room,
            );
            writeln!(self.out, "     {line}")?;
        }
        writeln!(self.out, "     {}", self.look.dim(&line.join(" · ")))
    }

    fn facet(&mut self, counts: &FacetCounts) -> io::Result<()> {
        self.write_facet(counts)
    }

    fn timeline(&mut self, timeline: &Timeline) -> io::Result<()> {
        self.write_timeline(timeline)
    }

    fn passage(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()> {
        self.hit(hit)?;
        self.write_passage(hit, passage)
    }

    fn article(&mut self, id: ArticleId, article: &Article) -> io::Result<()> {
        self.write_article(id, article)
    }

    fn upkeep(&mut self, upkeep: &Upkeep<'_>) -> io::Result<()> {
        let holdings = upkeep.holdings;
        let dates = match (holdings.first, holdings.last) {
            (Some(first), Some(last)) => format!("{first}..{last}"),
            _ => "none".to_owned(),
        };
        let rows = [
            ("archive", clean(upkeep.path).into_owned()),
            ("articles", grouped(holdings.articles)),
            ("quotations", grouped(holdings.quotations)),
            ("speakers", grouped(upkeep.speakers)),
            ("dates", dates),
            ("files", grouped(holdings.files)),
            ("size", size(upkeep.bytes)),
            ("format", whosaid_schema::FORMAT.to_string()),
        ];
        for (name, value) in rows {
            writeln!(self.out, "{name:<11}{value}")?;
        }
        Ok(())
    }

    fn report(&mut self, report: &whosaid_indexer::Report) -> io::Result<()> {
        let mut parts = vec![format!("{} added", count(report.added, "article"))];
        let more = [
            (report.replaced, "replaced"),
            (report.unchanged, "unchanged"),
            (report.removed, "removed"),
            (report.duplicates, "duplicates"),
            (report.rejected(), "rejected"),
        ];
        parts.extend(
            more.into_iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, what)| format!("{} {what}", grouped(number))),
        );
        writeln!(self.out, "{}", parts.join(" · "))?;
        if report.articles > 0 {
            writeln!(
                self.out,
                "{} by {} in {}",
                count(report.quotations, "quotation"),
                count(report.speakers, "named speaker"),
                count(report.articles, "article")
            )?;
        }
        if report.dry_run {
            writeln!(self.out, "nothing was written")?;
        }
        Ok(())
    }

    fn warning(&mut self, _: &Warning) -> io::Result<()> {
        Ok(())
    }

    fn failure(&mut self, _: &Failure) -> io::Result<()> {
        Ok(())
    }

    fn summary(&mut self, _: &Summary<'_>) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
