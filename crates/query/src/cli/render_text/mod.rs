//! Text for reading.

mod answer;
mod bars;
mod check;
mod diff;
mod kwic;
mod passage;
mod person;
mod variants;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::Duration;

use serde_json::Value;
use whosaid_indexer::Report;
use whosaid_model::{Article, QuotationId};

use super::numbers::{copies, count, days, grouped, plain, shown, size};
use super::place::Places;
use super::records::{Passage, date};
use super::render::{Card, Checking, Render, Upkeep};
use super::terminal::{Look, clean, joined, marked_line, shorten_end, wrapped};
use crate::answer::Answer;
use crate::{ArticleHit, FacetCounts, Hit, KwicLine, Query, Timeline, Utterance, Variants, Zone};
use answer::{LONGEST, place_text};
pub(super) use person::names_of;

/// Writes for a reader; places are looked up when an archive is at hand.
pub(super) struct Text<'a> {
    out: &'a mut dyn Write,
    look: Look,
    places: Option<Places<'a>>,
    zone: Option<Zone>,
    /// The utterances of which a wording is printed, and how many more may come.
    printed: HashMap<QuotationId, u64>,
    /// The number of the next entry, after the first.
    next: Option<usize>,
}

impl<'a> Text<'a> {
    pub(super) fn new(
        out: &'a mut dyn Write,
        look: Look,
        places: Option<Places<'a>>,
        zone: Option<Zone>,
    ) -> Self {
        Self {
            out,
            look,
            places,
            zone,
            printed: HashMap::new(),
            next: None,
        }
    }

    /// The day of publication, as much of it as is known; with a tilde when it is uncertain.
    fn day(&self, article: &Article) -> String {
        let Some(published) = &article.published else {
            return "undated".to_owned();
        };
        let mut day = match (self.zone, published.instant) {
            (Some(zone), Some(instant)) => zone.day_of(instant.to_utc()).to_string(),
            _ => date(published),
        };
        day.truncate(10);
        if published.is_uncertain() {
            day.push('~');
        }
        day
    }
}

impl Render for Text<'_> {
    fn answer(&mut self, answer: &Answer) -> io::Result<()> {
        self.write_answer(answer)
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        self.write_hit(hit, None)
    }

    fn hit_in(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()> {
        self.write_hit(hit, Some(passage))
    }

    fn citation(&mut self, _: &Hit, line: &str) -> io::Result<()> {
        writeln!(self.out, "{}", wrapped(self.look, 0, &clean(line)))
    }

    fn article_citation(&mut self, _: &ArticleHit, line: &str) -> io::Result<()> {
        writeln!(self.out, "{}", wrapped(self.look, 0, &clean(line)))
    }

    fn kwic(&mut self, lines: &[KwicLine], width: Option<usize>) -> io::Result<()> {
        self.write_kwic(lines, width)
    }

    fn article_hit(&mut self, hit: &ArticleHit) -> io::Result<()> {
        if hit.copy_of().is_some() {
            return Ok(());
        }
        let article = hit.article();
        let title = article.title.as_deref().unwrap_or("(untitled)");
        let place = match &self.places {
            Some(places) => places.article(article),
            None => (article.place.path.clone(), article.place.record),
        };
        let mut parts = vec![self.day(article)];
        parts.extend(source(article));
        parts.extend([
            place_text(&place),
            count(hit.quotations(), "quotation"),
            hit.id().to_string(),
        ]);
        parts.extend(folded(hit.copies()));
        let number = self.number(hit.rank());
        let title = wrapped(self.look, 5, &self.look.head(&clean(title)));
        let title = title.trim_start();
        writeln!(self.out, "{number:>3}  {title}")?;
        if !hit.matches().is_empty() {
            let room = self.look.columns.saturating_sub(6);
            let line = marked_line(self.look, &article.text, hit.matches(), room);
            writeln!(self.out, "     {line}")?;
        }
        writeln!(self.out, "{}", joined(self.look, 5, &parts))
    }

    fn facet(&mut self, counts: &FacetCounts, _: &Query) -> io::Result<()> {
        self.write_facet(counts)
    }

    fn timeline(&mut self, timeline: &Timeline) -> io::Result<()> {
        self.write_timeline(timeline)
    }

    fn passage(&mut self, hit: &Hit, passage: &Passage<'_>) -> io::Result<()> {
        self.write_passage(hit, passage)
    }

    fn article(&mut self, article: &ArticleHit) -> io::Result<()> {
        self.write_article(article)
    }

    fn variants(&mut self, variants: &Variants) -> io::Result<()> {
        self.write_variants(variants)
    }

    fn check(&mut self, checking: &Checking<'_>) -> io::Result<()> {
        self.write_check(checking)
    }

    fn upkeep(&mut self, upkeep: &Upkeep<'_>) -> io::Result<()> {
        let holdings = upkeep.holdings;
        let mut quotations = grouped(holdings.quotations);
        if holdings.indirect > 0 {
            let _ = write!(quotations, " ({} indirect)", grouped(holdings.indirect));
        }
        let rows = [
            ("archive", clean(upkeep.path).into_owned()),
            ("articles", grouped(holdings.articles)),
            ("quotations", quotations),
            ("speakers", format!("{} named", grouped(upkeep.speakers))),
            ("dates", days(holdings).unwrap_or_else(|| "none".to_owned())),
            ("files", grouped(holdings.files)),
            ("size", size(upkeep.bytes)),
            ("format", whosaid_schema::FORMAT.to_string()),
        ];
        for (name, value) in rows {
            writeln!(self.out, "{name:<11}{value}")?;
        }
        Ok(())
    }

    fn person(&mut self, card: &Card<'_>) -> io::Result<()> {
        self.write_person(card)
    }

    fn facts(&mut self, _: &'static str, facts: &[(&'static str, Value)]) -> io::Result<()> {
        let widest = facts.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        for (name, value) in facts {
            let name = name.replace('_', " ");
            writeln!(self.out, "{name:<widest$}  {}", clean(&shown(value)))?;
        }
        Ok(())
    }

    fn item(&mut self, _: &'static str, facts: &[(&'static str, Value)]) -> io::Result<()> {
        let values = facts.iter().map(|(_, value)| plain(value));
        let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
        writeln!(self.out, "{}", clean(&values.join("  ")))
    }

    fn report(&mut self, report: &Report, _: Duration) -> io::Result<()> {
        let mut parts = vec![format!("{} added", count(report.added, "article"))];
        let more = [
            (report.replaced, "replaced"),
            (report.unchanged, "unchanged"),
            (report.removed, "removed"),
            (report.duplicates, "already there"),
            (report.outdated, "outdated"),
            (report.rejected(), "rejected"),
            (report.not_news(), "no news"),
        ];
        parts.extend(
            more.into_iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, what)| format!("{} {what}", grouped(number))),
        );
        let faults = report.skipped.iter().filter(|(kind, _)| kind.is_fault());
        let faults: Vec<String> = faults
            .map(|(kind, number)| {
                format!("{} {}", grouped(*number), kind.as_str().replace('_', " "))
            })
            .collect();
        let reasons = match faults.as_slice() {
            [] => String::new(),
            faults => format!("\nrejected: {}", faults.join(" · ")),
        };
        writeln!(self.out, "{}{reasons}", parts.join(" · "))?;
        if report.without_quotations {
            writeln!(self.out, "quotations were not looked for")?;
        } else if report.articles > 0 {
            let indirect = match report.indirect {
                0 => String::new(),
                indirect => format!(" ({} indirect)", grouped(indirect)),
            };
            writeln!(
                self.out,
                "{}{indirect} under {} in {}",
                count(report.quotations, "quotation"),
                count(report.speakers, "name"),
                count(report.articles, "article")
            )?;
        }
        if report.dry_run {
            writeln!(self.out, "nothing was written")?;
        }
        self.out.flush()
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Text<'_> {
    fn write_hit(&mut self, hit: &Hit, passage: Option<&Passage<'_>>) -> io::Result<()> {
        let utterance = hit.utterance();
        if utterance.is_some_and(|utterance| self.is_printed(utterance)) {
            return Ok(());
        }
        let speaker = self.look.head(&speaker(hit));
        let number = self.number(hit.rank());
        writeln!(self.out, "{number:>3}  {speaker}")?;
        if let Some(passage) = passage {
            self.write_context(hit, passage)?;
        } else {
            let quote = marked_line(self.look, hit.quote(), hit.matches(), LONGEST);
            writeln!(self.out, "{}", wrapped(self.look, 5, &format!("“{quote}”")))?;
        }
        let parts = self.known(hit);
        writeln!(self.out, "{}", joined(self.look, 5, &parts))
    }

    /// Tells whether a wording of an utterance is printed; asked once for each of its quotations. What no more are to
    /// come of is forgotten: a list may have millions.
    fn is_printed(&mut self, utterance: &Utterance) -> bool {
        match self.printed.entry(utterance.earliest) {
            Entry::Occupied(mut more) if *more.get() > 1 => {
                *more.get_mut() = more.get().saturating_sub(1);
                true
            }
            Entry::Occupied(last) => {
                last.remove();
                true
            }
            Entry::Vacant(first) => {
                let more = utterance.quotations.saturating_sub(1);
                if more > 0 {
                    first.insert(more);
                }
                false
            }
        }
    }

    /// The number of the next entry: the first has the rank of its hit, and what is folded has none.
    fn number(&mut self, rank: usize) -> usize {
        let number = self.next.unwrap_or(rank);
        self.next = Some(number.saturating_add(1));
        number
    }

    /// What is known of a quotation besides its words and its speaker.
    fn known(&mut self, hit: &Hit) -> Vec<String> {
        let tail = self.tail(hit);
        let article = hit.article();
        let mut parts = vec![tail.day];
        parts.extend(source(article));
        let room = self.look.columns.saturating_sub(7).min(60);
        let title = article.title.as_deref();
        parts.extend(title.map(|title| format!("“{}”", shorten_end(&clean(title), room))));
        parts.extend([tail.place, tail.confidence, tail.id]);
        parts.extend(tail.denied.map(str::to_owned));
        parts.extend(told(hit));
        parts.extend(folded(hit.copies()));
        parts
    }
}

fn speaker(hit: &Hit) -> String {
    match hit.speaker() {
        Some(speaker) => match &speaker.title {
            Some(title) => format!("{}, {}", clean(&speaker.name), clean(title)),
            None => clean(&speaker.name).into_owned(),
        },
        None => "(nobody named)".to_owned(),
    }
}

/// Counts the wordings and outlets of an utterance that is reported more than once.
fn told(hit: &Hit) -> Vec<String> {
    let Some(utterance) = hit.utterance() else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    if utterance.wordings > 1 {
        parts.push(count(utterance.wordings, "wording"));
    }
    if utterance.outlets > 1 {
        parts.push(count(utterance.outlets, "outlet"));
    }
    if parts.is_empty() && utterance.quotations > hit.copies().saturating_add(1) {
        parts.push(count(utterance.quotations, "quotation"));
    }
    parts
}

/// Counts the copies that are folded, if there are any.
fn folded(number: u64) -> Option<String> {
    (number > 0).then(|| copies(number))
}

fn source(article: &Article) -> Option<String> {
    let source = article.source.as_deref()?;
    Some(clean(source).into_owned())
}
