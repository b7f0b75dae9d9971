//! Comma- and tab-separated values, one header line.

use std::io::{self, Write};
use std::time::Duration;

use serde_json::Value;
use whosaid_indexer::Report;
use whosaid_model::Article;

use super::numbers::plain;
use super::place::Places;
use super::records::{Passage, date, field_of, thousandths};
use super::render::{Card, Checking, Render, Upkeep};
use crate::answer::Answer;
use crate::{ArticleHit, FacetCounts, Hit, Query, Timeline, Variants};

/// Writes rows; the first row's kind decides the header.
pub(super) struct Table<'a> {
    out: csv::Writer<&'a mut dyn Write>,
    places: Option<Places<'a>>,
    headed: bool,
}

impl<'a> Table<'a> {
    /// Offsets count bytes, unless `places` counts them otherwise.
    pub(super) fn new(out: &'a mut dyn Write, delimiter: u8, places: Option<Places<'a>>) -> Self {
        Self {
            out: csv::WriterBuilder::new()
                .delimiter(delimiter)
                .from_writer(out),
            places,
            headed: false,
        }
    }

    /// Writes a quotation, with one more column.
    fn hit_with(&mut self, hit: &Hit, more: Option<(&str, &str)>) -> io::Result<()> {
        let article = hit.article();
        let points = match &mut self.places {
            Some(places) => places.points(hit)?,
            None => None,
        };
        let utterance = hit.utterance();
        let span = points.map_or(hit.span(), |points| points.span(hit.span()));
        let header = vec![
            "id",
            "speaker",
            "speaker_title",
            "quote",
            "kind",
            "confidence",
            "date",
            "source",
            "article_title",
            "url",
            "path",
            "record",
            "start",
            "end",
            "inside",
            "copy_of",
            "utterance",
            "file",
            "denied",
        ];
        let row = vec![
            hit.short_id().to_owned(),
            hit.speaker_name().to_owned(),
            text(hit.speaker().and_then(|speaker| speaker.title.as_deref())),
            hit.quote().to_owned(),
            hit.kind().as_str().to_owned(),
            thousandths(hit.confidence()).to_string(),
            article.published.as_ref().map(date).unwrap_or_default(),
            text(article.source.as_deref()),
            text(article.title.as_deref()),
            text(article.url.as_deref()),
            article.place.path.clone(),
            record(article),
            span.start.to_string(),
            span.end.to_string(),
            text(hit.short_inside()),
            text(hit.short_copy_of()),
            text(utterance.map(|of| of.short_earliest.as_str())),
            text(hit.file_path()),
            hit.is_denied().to_string(),
        ];
        self.row_with(header, row, more)
    }

    /// Writes an article, with one more column.
    fn article_with(&mut self, hit: &ArticleHit, more: Option<(&str, &str)>) -> io::Result<()> {
        let article = hit.article();
        let header = vec![
            "id", "title", "date", "source", "author", "url", "path", "record",
        ];
        let row = vec![
            hit.id().to_string(),
            text(article.title.as_deref()),
            article.published.as_ref().map(date).unwrap_or_default(),
            text(article.source.as_deref()),
            text(article.author.as_deref()),
            text(article.url.as_deref()),
            article.place.path.clone(),
            record(article),
        ];
        self.row_with(header, row, more)
    }

    /// Writes a row, with one more column.
    fn row_with<'h>(
        &mut self,
        mut header: Vec<&'h str>,
        mut row: Vec<String>,
        more: Option<(&'h str, &str)>,
    ) -> io::Result<()> {
        if let Some((name, value)) = more {
            header.push(name);
            row.push(value.to_owned());
        }
        self.row(&header, &row)
    }

    fn row(&mut self, header: &[&str], row: &[String]) -> io::Result<()> {
        if !self.headed {
            self.headed = true;
            self.out.write_record(header).map_err(plain_error)?;
        }
        self.out.write_record(row).map_err(plain_error)
    }
}

/// Takes the operating system's error out of the table writer's, whose own hides that a reader went away.
fn plain_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// The number of the record that an article was, if it was one of several.
fn record(article: &Article) -> String {
    let record = article.place.record;
    record.map(|record| record.to_string()).unwrap_or_default()
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

impl Render for Table<'_> {
    fn answer(&mut self, answer: &Answer) -> io::Result<()> {
        let mut hits = answer.groups.iter().flat_map(|group| &group.hits);
        hits.try_for_each(|hit| self.hit(hit))
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        self.hit_with(hit, None)
    }

    fn article_hit(&mut self, hit: &ArticleHit) -> io::Result<()> {
        self.article(hit)
    }

    fn facet(&mut self, counts: &FacetCounts, _: &Query) -> io::Result<()> {
        let (field, level) = field_of(counts);
        let listed = counts.values.iter();
        let listed = listed.map(|value| (value.value.as_str(), value.count, ""));
        let rest = [("", counts.other, "other"), ("", counts.missing, "missing")];
        for (value, count, of) in listed.chain(rest.into_iter().filter(|rest| rest.1 > 0)) {
            let row = [
                field,
                value,
                &count.to_string(),
                of,
                level.unwrap_or_default(),
            ];
            let row = row.map(str::to_owned);
            self.row(&["field", "value", "count", "of", "level"], &row)?;
        }
        Ok(())
    }

    fn timeline(&mut self, timeline: &Timeline) -> io::Result<()> {
        for bucket in &timeline.buckets {
            let row = [
                bucket.start.to_string(),
                bucket.end.to_string(),
                bucket.count.to_string(),
            ];
            self.row(&["start", "end", "count"], &row)?;
        }
        if timeline.undated > 0 {
            let row = [String::new(), String::new(), timeline.undated.to_string()];
            self.row(&["start", "end", "count"], &row)?;
        }
        Ok(())
    }

    fn passage(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()> {
        self.hit_in(hit, passage)
    }

    fn hit_in(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()> {
        self.hit_with(hit, Some(("passage", passage.text)))
    }

    fn citation(&mut self, hit: &Hit, line: &str) -> io::Result<()> {
        self.hit_with(hit, Some(("citation", line)))
    }

    fn article(&mut self, hit: &ArticleHit) -> io::Result<()> {
        self.article_with(hit, None)
    }

    fn article_citation(&mut self, hit: &ArticleHit, line: &str) -> io::Result<()> {
        self.article_with(hit, Some(("citation", line)))
    }

    fn variants(&mut self, variants: &Variants) -> io::Result<()> {
        let mut list = variants.list.iter();
        list.try_for_each(|variant| self.hit(&variant.hit))
    }

    fn check(&mut self, checking: &Checking<'_>) -> io::Result<()> {
        let header = [
            "text",
            "claimed",
            "verdict",
            "reasons",
            "likeness",
            "id",
            "speaker",
            "quote",
            "date",
            "source",
            "article_title",
            "url",
            "path",
            "record",
        ];
        for checked in &checking.check.quotations {
            let reasons: Vec<&str> = checked
                .reasons
                .iter()
                .map(|reason| reason.as_str())
                .collect();
            let known = [
                checked.text.clone(),
                text(checked.speaker.as_deref()),
                checked.verdict.as_str().to_owned(),
                reasons.join(" "),
            ];
            let empty = std::array::from_fn::<String, 10, _>(|_| String::new());
            let found = checked.matches.iter().filter_map(|found| {
                let hit = found.hits.first()?;
                let article = hit.article();
                let record = article.place.record;
                Some([
                    thousandths(found.likeness).to_string(),
                    hit.short_id().to_owned(),
                    hit.speaker_name().to_owned(),
                    found.quote.clone(),
                    article.published.as_ref().map(date).unwrap_or_default(),
                    text(article.source.as_deref()),
                    text(article.title.as_deref()),
                    text(article.url.as_deref()),
                    article.place.path.clone(),
                    record.map(|record| record.to_string()).unwrap_or_default(),
                ])
            });
            let mut rows: Vec<[String; 10]> = found.collect();
            if rows.is_empty() {
                rows.push(empty);
            }
            for row in rows {
                let row: Vec<String> = known.iter().cloned().chain(row).collect();
                self.row(&header, &row)?;
            }
        }
        Ok(())
    }

    fn person(&mut self, card: &Card<'_>) -> io::Result<()> {
        let person = card.person;
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        let names: Vec<&str> = person.names.iter().map(|of| of.name.as_str()).collect();
        let row = [
            person.name.clone(),
            person.kind.as_str().to_owned(),
            person.count.to_string(),
            person.indirect.to_string(),
            text(day(person.first).as_deref()),
            text(day(person.last).as_deref()),
            names.join("; "),
        ];
        let header = [
            "name", "kind", "count", "indirect", "first", "last", "names",
        ];
        self.row(&header, &row)
    }

    fn upkeep(&mut self, upkeep: &Upkeep<'_>) -> io::Result<()> {
        let row = [
            upkeep.path.to_owned(),
            upkeep.holdings.articles.to_string(),
            upkeep.holdings.quotations.to_string(),
            upkeep.speakers.to_string(),
            upkeep.holdings.files.to_string(),
            upkeep.bytes.to_string(),
        ];
        self.row(
            &[
                "path",
                "articles",
                "quotations",
                "speakers",
                "files",
                "bytes",
            ],
            &row,
        )
    }

    fn facts(&mut self, kind: &'static str, facts: &[(&'static str, Value)]) -> io::Result<()> {
        // After items there is no header for it; whoever reads rows counts them.
        if self.headed {
            return Ok(());
        }
        self.item(kind, facts)
    }

    fn item(&mut self, _: &'static str, facts: &[(&'static str, Value)]) -> io::Result<()> {
        let (names, values): (Vec<&str>, Vec<String>) = facts
            .iter()
            .map(|(name, value)| (*name, plain(value)))
            .unzip();
        self.row(&names, &values)
    }

    fn report(&mut self, report: &Report, _: Duration) -> io::Result<()> {
        let row = [
            report.added,
            report.replaced,
            report.unchanged,
            report.removed,
            report.rejected(),
            report.duplicates,
            report.outdated,
            report.not_news(),
            report.articles,
            report.quotations,
            report.speakers,
        ]
        .map(|count| count.to_string());
        let header = [
            "added",
            "replaced",
            "unchanged",
            "removed",
            "rejected",
            "duplicates",
            "outdated",
            "not_news",
            "articles",
            "quotations",
            "speakers",
        ];
        self.row(&header, &row)?;
        self.out.flush()
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
