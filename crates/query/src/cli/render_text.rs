//! Text for reading.

use std::fmt::Write as _;
use std::io::{self, Write};

use whosaid_model::{Article, ArticleId, Span};

use super::place::Places;
use super::records::{Passage, date};
use super::render::{Render, Summary, Upkeep};
use super::status::Failure;
use super::terminal::{Look, clean, marked_line, shorten_middle, width};
use crate::answer::{Answer, Group};
use crate::{ArticleHit, FacetCounts, Hit, Interval, Timeline, Warning};

/// Writes for a reader; places are looked up when an archive is at hand.
pub(super) struct Text<'a> {
    out: &'a mut dyn Write,
    look: Look,
    places: Option<Places<'a>>,
}

/// Columns for the path of a source, at most.
const PATH: usize = 28;

/// With fewer columns for a quotation, what is known of it goes on a line of its own.
const NARROW: usize = 44;

impl<'a> Text<'a> {
    pub(super) fn new(out: &'a mut dyn Write, look: Look, places: Option<Places<'a>>) -> Self {
        Self { out, look, places }
    }

    /// Date, place, confidence and identifier of a quotation.
    fn tail(&mut self, hit: &Hit) -> Tail {
        let article = hit.article();
        let day = match &article.published {
            Some(published) => {
                let mut day = date(published);
                day.truncate(10);
                if published.is_inferred() {
                    day.push('~');
                }
                day
            }
            None => "undated".to_owned(),
        };
        let place = match &mut self.places {
            Some(places) => places.place(hit),
            None => (article.place.path.clone(), article.place.record),
        };
        Tail {
            day,
            place: place_text(&place),
            confidence: format!("conf {:.2}", hit.confidence()),
            id: hit.short_id().to_owned(),
        }
    }

    fn quotation(&mut self, hit: &Hit, columns: &Columns, tail: &Tail) -> io::Result<()> {
        let line = marked_line(
            self.look,
            hit.quote(),
            hit.matches(),
            columns.quote.saturating_sub(2),
        );
        let line = format!("“{line}”");
        let used = if self.look.color {
            visible(&line)
        } else {
            width(&line)
        };
        let pad = " ".repeat(columns.quote.saturating_sub(used));
        if columns.stacked {
            let tail = [&tail.day, &tail.place, &tail.confidence, &tail.id]
                .map(String::as_str)
                .join(" · ");
            writeln!(self.out, "  {line}")?;
            return writeln!(self.out, "    {}", self.look.dim(&tail));
        }
        let tail = format!(
            "{:day$}  {:place$}  {}  {}",
            tail.day,
            tail.place,
            tail.confidence,
            tail.id,
            day = columns.day,
            place = columns.place,
        );
        writeln!(self.out, "  {line}{pad}  {}", self.look.dim(&tail))
    }

    fn columns(&self, hits: &[(&Hit, Tail)]) -> Columns {
        let widest = |of: &dyn Fn(&(&Hit, Tail)) -> usize| hits.iter().map(of).max().unwrap_or(0);
        let day = widest(&|(_, tail)| tail.day.chars().count());
        let place = widest(&|(_, tail)| width(&tail.place));
        let id = widest(&|(_, tail)| tail.id.len());
        let taken = 2 + 2 + day + 2 + place + 2 + 9 + 2 + id;
        let look = self.look;
        let wanted = widest(&|(hit, _)| {
            width(&clean(hit.quote())) + hit.matches().len() * look.mark_width() + 2
        });
        let room = self.look.columns.saturating_sub(taken);
        let stacked = room < wanted.min(NARROW);
        let room = if stacked {
            self.look.columns.saturating_sub(2)
        } else {
            room
        };
        Columns {
            quote: wanted.min(room),
            day,
            place,
            stacked,
        }
    }

    fn group(&mut self, group: &Group) -> io::Result<()> {
        let title = group
            .speaker
            .as_ref()
            .and_then(|speaker| speaker.title.as_deref());
        let name = if group.name.is_empty() {
            "(nobody named)"
        } else {
            &group.name
        };
        let name = clean(name).into_owned();
        let title = title
            .map(|title| format!(", {}", clean(title)))
            .unwrap_or_default();
        let mut counts = count(group.count, "quotation");
        if group.hits.len() > 1 {
            let _ = write!(
                counts,
                " · {} · {}",
                count(group.outlets, "outlet"),
                count(group.wordings, "wording")
            );
        }
        let used = width(&name) + width(&title) + width(&counts);
        let pad = " ".repeat(self.look.columns.min(100).saturating_sub(used).max(2));
        writeln!(
            self.out,
            "{}{title}{pad}{}",
            self.look.head(&name),
            self.look.dim(&counts)
        )
    }

    fn bar(count: u64, most: u64, room: usize) -> String {
        let eighths = (count as f64 / most.max(1) as f64 * room as f64 * 8.0).round() as usize;
        let eighths = if count > 0 { eighths.max(1) } else { 0 };
        let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
        format!("{}{part}", "█".repeat(eighths / 8))
    }
}

struct Tail {
    day: String,
    place: String,
    confidence: String,
    id: String,
}

struct Columns {
    quote: usize,
    day: usize,
    place: usize,
    /// Two lines a quotation.
    stacked: bool,
}

fn place_text((path, line): &(String, Option<u64>)) -> String {
    let path = shorten_middle(&clean(path), PATH);
    match line {
        Some(line) => format!("{path}:{line}"),
        None => path,
    }
}

/// Counts the columns of a painted line.
fn visible(line: &str) -> usize {
    let mut plain = String::new();
    let mut chars = line.chars();
    while let Some(char) = chars.next() {
        if char == '\u{1b}' {
            chars
                .by_ref()
                .take_while(|char| *char != 'm')
                .for_each(drop);
        } else {
            plain.push(char);
        }
    }
    width(&plain)
}

/// Writes `1 quotation`, `2 quotations`, `1 234 quotations`.
pub(super) fn count(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", grouped(number))
}

pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// Says what was searched: `21 quotations in 2 articles, 2025-10-25`.
pub(super) fn coverage(holdings: &crate::Holdings) -> String {
    let mut text = format!(
        "{} in {}",
        count(holdings.quotations, "quotation"),
        count(holdings.articles, "article")
    );
    match (holdings.first, holdings.last) {
        (Some(first), Some(last)) if first == last => {
            let _ = write!(text, ", {first}");
        }
        (Some(first), Some(last)) => {
            let _ = write!(text, ", {first}..{last}");
        }
        _ => {}
    }
    text
}

impl Render for Text<'_> {
    fn answer(&mut self, answer: &Answer) -> io::Result<()> {
        let mut tails: Vec<Vec<Tail>> = Vec::new();
        for group in &answer.groups {
            tails.push(group.hits.iter().map(|hit| self.tail(hit)).collect());
        }
        let all: Vec<(&Hit, Tail)> = answer
            .groups
            .iter()
            .flat_map(|group| &group.hits)
            .zip(tails.into_iter().flatten())
            .collect();
        let columns = self.columns(&all);
        let mut lines = all.iter();
        for group in &answer.groups {
            self.group(group)?;
            for (hit, tail) in lines.by_ref().take(group.hits.len()) {
                self.quotation(hit, &columns, tail)?;
            }
            let more = group.count.saturating_sub(group.hits.len() as u64);
            if more > 0 {
                writeln!(
                    self.out,
                    "  {}",
                    self.look.dim(&format!("… {} more", grouped(more)))
                )?;
            }
        }
        Ok(())
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
        let rows: Vec<(String, u64)> = counts
            .values
            .iter()
            .map(|value| (clean(&value.value).into_owned(), value.count))
            .chain((counts.other > 0).then(|| {
                let more = counts.distinct - counts.values.len() as u64;
                (format!("(other: {})", grouped(more)), counts.other)
            }))
            .chain((counts.missing > 0).then(|| ("(none)".to_owned(), counts.missing)))
            .collect();
        self.bars(&rows)
    }

    fn timeline(&mut self, timeline: &Timeline) -> io::Result<()> {
        let label = |bucket: &crate::Bucket| match timeline.interval {
            Interval::Year => bucket.start.format("%Y").to_string(),
            Interval::Month => bucket.start.format("%Y-%m").to_string(),
            Interval::Quarter => {
                let quarter = chrono::Datelike::month(&bucket.start).div_ceil(3);
                format!("{}-Q{quarter}", bucket.start.format("%Y"))
            }
            Interval::Week => bucket.start.format("%G-W%V").to_string(),
            Interval::Day => bucket.start.to_string(),
        };
        let rows: Vec<(String, u64)> = timeline
            .buckets
            .iter()
            .map(|bucket| (label(bucket), bucket.count))
            .chain((timeline.undated > 0).then(|| ("undated".to_owned(), timeline.undated)))
            .collect();
        self.bars(&rows)
    }

    fn passage(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()> {
        self.hit(hit)?;
        writeln!(self.out)?;
        let quote = Span::new(
            hit.span().start.saturating_sub(passage.span[0]),
            hit.span().end.saturating_sub(passage.span[0]),
        );
        let line = marked_line(self.look, passage.text, &[quote], usize::MAX);
        writeln!(self.out, "     {line}")?;
        writeln!(self.out)?;
        let article = hit.article();
        if let Some(url) = &article.url {
            writeln!(self.out, "     {}", clean(url))?;
        }
        let path = clean(hit.file_path().unwrap_or(&article.place.path)).into_owned();
        let line = match (article.place.record, passage.line) {
            (Some(record), _) => format!(", record {record}"),
            (None, Some(line)) => format!(", line {line}"),
            _ => String::new(),
        };
        let span = hit.span();
        writeln!(
            self.out,
            "     {path}{line}, bytes {}-{} of the text",
            span.start, span.end
        )?;
        if let Some(hash) = hit.file_sha256() {
            writeln!(self.out, "     sha256 {hash}")?;
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
                "     speaker from {} ({}){}",
                written.unwrap_or_else(|| "the context".to_owned()),
                attribution.how.as_str(),
                cue.unwrap_or_default()
            )?;
        }
        let inferred = article
            .published
            .as_ref()
            .filter(|published| published.is_inferred());
        if let Some(published) = inferred {
            let origin = match published.origin {
                whosaid_model::DateOrigin::Url => "the address",
                whosaid_model::DateOrigin::Dateline => "the dateline",
                _ => "a date in the text",
            };
            writeln!(self.out, "     date inferred from {origin}")?;
        }
        Ok(())
    }

    fn article(&mut self, id: ArticleId, article: &Article) -> io::Result<()> {
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
        line.push(id.to_string());
        writeln!(self.out, "{}", self.look.dim(&line.join(" · ")))?;
        for paragraph in article.text.lines() {
            writeln!(self.out, "{}", clean(paragraph))?;
        }
        Ok(())
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

impl Text<'_> {
    /// Labels, counts and bars.
    fn bars(&mut self, rows: &[(String, u64)]) -> io::Result<()> {
        let label = rows
            .iter()
            .map(|(label, _)| width(label))
            .max()
            .unwrap_or(0)
            .min(50);
        let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let digits = width(&grouped(most));
        let room = self
            .look
            .columns
            .min(100)
            .saturating_sub(label + digits + 4)
            .max(10);
        for (name, number) in rows {
            let name = shorten_middle(name, label);
            let pad = " ".repeat(label.saturating_sub(width(&name)));
            let number_text = grouped(*number);
            let lead = " ".repeat(digits.saturating_sub(width(&number_text)));
            let bar = Self::bar(*number, most, room);
            let line = format!("{name}{pad}  {lead}{number_text}  {bar}");
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn size(bytes: u64) -> String {
    let mut value = bytes as f64;
    for unit in ["bytes", "kB", "MB", "GB"] {
        if value < 1000.0 {
            return if unit == "bytes" {
                format!("{bytes} bytes")
            } else {
                format!("{value:.1} {unit}")
            };
        }
        value /= 1000.0;
    }
    format!("{value:.1} TB")
}
