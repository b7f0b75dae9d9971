//! An answer: one heading a speaker, one line a quotation.

use std::fmt::Write as _;
use std::io;

use super::super::numbers::{count, grouped, how_many, often};
use super::super::terminal::{clean, joined, marked_line, shorten_path, visible, width, wrapped};
use super::{Text, folded};
use crate::answer::{Answer, Group};
use crate::{Hit, Intent};

/// Columns for the path of a source, at most.
const PATH: usize = 32;

/// Columns for the words of a quotation, at most; the match stays in sight.
pub(super) const LONGEST: usize = 1000;

impl Text<'_> {
    pub(super) fn write_answer(&mut self, answer: &Answer) -> io::Result<()> {
        match answer.intent {
            Intent::HowOften if answer.total > 0 => writeln!(self.out, "{}", often(answer))?,
            Intent::HowMany if answer.total > 0 => writeln!(self.out, "{}", how_many(answer))?,
            _ => {}
        }
        let mut all: Vec<(&Hit, Tail)> = Vec::new();
        let mut shown = Vec::new();
        for group in &answer.groups {
            let mut own = 0_usize;
            for hit in group.distinct() {
                let tail = self.tail(hit);
                all.push((hit, tail));
                own = own.saturating_add(1);
            }
            shown.push(own);
        }
        let columns = self.columns(&all);
        let mut lines = all.into_iter();
        for (group, shown) in answer.groups.iter().zip(shown) {
            self.group(group, shown)?;
            for (hit, tail) in lines.by_ref().take(shown) {
                self.quotation(hit, &columns, tail)?;
            }
            let more = group.count.saturating_sub(group.hits.len() as u64);
            if more > 0 {
                let more = format!("… {} more", grouped(more));
                writeln!(self.out, "  {}", self.look.dim(&more))?;
            }
        }
        Ok(())
    }

    /// Date, place, confidence and identifier of a quotation.
    pub(super) fn tail(&mut self, hit: &Hit) -> Tail {
        let article = hit.article();
        let place = match &mut self.places {
            Some(places) => places.place(hit),
            None => (article.place.path.clone(), article.place.record),
        };
        Tail {
            day: self.day(article),
            place: place_text(&place),
            confidence: format!("conf {:.2}", hit.confidence()),
            id: hit.short_id().to_owned(),
            denied: denied(hit),
        }
    }

    fn quotation(&mut self, hit: &Hit, columns: &Columns, tail: Tail) -> io::Result<()> {
        let room = columns.quote.saturating_sub(2);
        let line = marked_line(self.look, hit.quote(), hit.matches(), room);
        let line = format!("“{line}”");
        if columns.stacked {
            writeln!(self.out, "{}", wrapped(self.look, 2, &line))?;
            return writeln!(self.out, "{}", joined(self.look, 4, &tail.into_parts()));
        }
        let pad = " ".repeat(columns.quote.saturating_sub(visible(&line)));
        let tail = format!(
            "{:day$}  {:place$}  {}  {:id$}  {}",
            tail.day,
            tail.place,
            tail.confidence,
            tail.id,
            tail.denied.unwrap_or_default(),
            day = columns.day,
            place = columns.place,
            id = columns.id,
        );
        let tail = tail.trim_end();
        writeln!(self.out, "  {line}{pad}  {}", self.look.dim(tail))
    }

    fn columns(&self, hits: &[(&Hit, Tail)]) -> Columns {
        let widest = |of: &dyn Fn(&(&Hit, Tail)) -> usize| hits.iter().map(of).max().unwrap_or(0);
        let day = widest(&|(_, tail)| tail.day.chars().count());
        let place = widest(&|(_, tail)| width(&tail.place));
        let id = widest(&|(_, tail)| tail.id.len());
        let denied = widest(&|(_, tail)| {
            tail.denied
                .map_or(0, |denied| denied.len().saturating_add(2))
        });
        // The confidence, and the gaps around all.
        let taken = [day, place, id, denied, 9, 2, 2, 2, 2, 2].into_iter().sum();
        let look = self.look;
        let wanted = widest(&|(hit, _)| {
            let marks = hit.matches().len().saturating_mul(look.mark_width());
            [width(&clean(hit.quote())), marks, 2].into_iter().sum()
        });
        // The words are what was asked for: when one quotation is too long for a line, each has lines of its own.
        let stacked = self.look.columns.saturating_sub(taken) < wanted;
        Columns {
            quote: if stacked { LONGEST } else { wanted },
            day,
            place,
            id,
            stacked,
        }
    }

    fn group(&mut self, group: &Group, shown: usize) -> io::Result<()> {
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
        let nested = group.hits.iter().filter(|hit| group.is_nested(hit)).count();
        if nested > 0 {
            let _ = write!(counts, " · {} inside another", grouped(nested as u64));
        }
        let copied = group.hits.iter().filter(|hit| hit.copy_of().is_some());
        if let Some(copies) = folded(copied.count() as u64) {
            let _ = write!(counts, " · {copies}");
        }
        if let (Some(outlets), Some(wordings)) = (group.outlets, group.wordings)
            && (shown > 1 || outlets > 1)
        {
            let (outlets, wordings) = (count(outlets, "outlet"), count(wordings, "wording"));
            let _ = write!(counts, " · {outlets} · {wordings}");
        }
        let used = [&name, &title, &counts].map(|text| width(text));
        let used = used.into_iter().sum();
        let pad = " ".repeat(self.look.columns.min(100).saturating_sub(used).max(2));
        writeln!(
            self.out,
            "{}{title}{pad}{}",
            self.look.head(&name),
            self.look.dim(&counts)
        )
    }
}

/// What is known of a quotation besides its words.
pub(super) struct Tail {
    pub(super) day: String,
    pub(super) place: String,
    pub(super) confidence: String,
    pub(super) id: String,
    /// Said where the words were not said, or only supposed to be.
    pub(super) denied: Option<&'static str>,
}

struct Columns {
    quote: usize,
    day: usize,
    place: usize,
    id: usize,
    /// Two lines a quotation.
    stacked: bool,
}

impl Tail {
    pub(super) fn into_parts(self) -> Vec<String> {
        let mut parts = vec![self.day, self.place, self.confidence, self.id];
        parts.extend(self.denied.map(str::to_owned));
        parts
    }
}

/// What is said of words that their article says were not said, or supposes to be.
pub(super) fn denied(hit: &Hit) -> Option<&'static str> {
    hit.is_denied().then_some("denied or supposed")
}

/// A path short enough for a line, and the line or record in it.
pub(super) fn place_text((path, line): &(String, Option<u64>)) -> String {
    if path == "-" {
        return "standard input".to_owned();
    }
    let path = shorten_path(&clean(path), PATH);
    match line {
        Some(line) => format!("{path}:{line}"),
        None => path,
    }
}
