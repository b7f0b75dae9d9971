//! What is said on standard error.

use std::io::Write;

use super::args::Format;
use super::numbers::{copies, count};
use super::settings::Settings;
use super::status::Failure;
use super::terminal::{Look, clean, width};
use crate::{ErrorKind, Problem, Warning, WarningKind};
use whosaid_model::Span;

/// Faults of one query that are printed.
const FAULTS: usize = 20;

/// Characters of a query that are shown around its first fault.
const SHOWN: usize = 400;

/// Writes messages. Nobody is told when that fails.
pub(super) struct Messages<'a> {
    err: &'a mut (dyn Write + Send),
    look: Look,
    quiet: bool,
    text: bool,
}

impl<'a> Messages<'a> {
    pub(super) fn new(err: &'a mut (dyn Write + Send), settings: &Settings) -> Self {
        Self {
            err,
            look: settings.look,
            quiet: settings.quiet,
            text: settings.format == Format::Text,
        }
    }

    pub(super) fn note(&mut self, text: &str) {
        if !self.quiet {
            // Names of files and people may be in it.
            for line in text.split('\n') {
                let _ = writeln!(self.err, "{}", clean(line));
            }
        }
    }

    /// The formal query and what it was asked of.
    pub(super) fn read_as(&mut self, query: &str, coverage: &str) {
        let query = clean(query);
        let line = format!("read as  {query}     {coverage}");
        if width(&line) <= self.look.columns {
            self.note(&line);
        } else {
            self.note(&format!("read as  {query}\n         {coverage}"));
        }
    }

    pub(super) fn warn(&mut self, message: &str) {
        self.note(&format!("warning: {}", clean(message)));
    }

    /// Says that time was up, or that the user had enough.
    pub(super) fn stopped(&mut self) {
        self.warn("stopped before all was seen; there may be more");
    }

    /// Says that copies of articles, and quotations of utterances that are printed, are not.
    pub(super) fn folded(&mut self, copies: usize, quotations: usize) {
        if !self.text {
            return;
        }
        if copies > 0 {
            let copies = self::copies(copies as u64);
            self.note(&format!("{copies} folded; --copies shows all"));
        }
        if quotations > 0 {
            let quotations = count(quotations as u64, "quotation");
            self.note(&format!(
                "{quotations} of the same utterances folded; --copies shows all"
            ));
        }
    }

    /// Names something that could not be read: the exit status says so, and quiet is no excuse.
    pub(super) fn reject(&mut self, message: &str) {
        let _ = writeln!(self.err, "warning: {}", clean(message));
    }

    pub(super) fn warnings(&mut self, warnings: &[Warning]) {
        for warning in warnings {
            let hint = match warning.suggestions.as_slice() {
                [] => String::new(),
                names if warning.kind == WarningKind::UnknownSpeaker => {
                    format!("; did you mean {}?", names.join(" or "))
                }
                suggestions => format!("; try {}", suggestions.join(" or ")),
            };
            self.warn(&format!("{warning}{hint}"));
        }
    }

    pub(super) fn failure(&mut self, failure: &Failure) {
        let label = self.look.error("error:");
        match failure {
            Failure::Query(error) if error.kind() == ErrorKind::Query => {
                let faults = error.problems().iter();
                let faults = faults.filter(|problem| !problem.is_warning());
                let more = faults.clone().count().saturating_sub(FAULTS);
                for problem in faults.take(FAULTS) {
                    let hint = match problem.suggestions.as_slice() {
                        [] => String::new(),
                        suggestions => format!("; try {}", suggestions.join(" or ")),
                    };
                    let _ = writeln!(
                        self.err,
                        "{label} {}{}",
                        clean(&problem.message),
                        clean(&hint)
                    );
                }
                if more > 0 {
                    let _ = writeln!(self.err, "{label} and {more} more faults");
                }
            }
            failure => {
                let _ = writeln!(self.err, "{label} {}", clean(&failure.to_string()));
            }
        }
        if let Some(hint) = failure.hint() {
            self.note(&format!("hint: {hint}"));
        }
    }

    /// Shows the query with a caret under each fault.
    pub(super) fn carets(&mut self, query: &str, problems: &[Problem]) {
        if self.quiet || query.contains('\n') {
            return;
        }
        let from = problems.first().map_or(0, |problem| problem.span.start);
        let (query, from) = around(query, from);
        let mut marks = String::new();
        for problem in problems {
            let Some(start) = problem.span.start.checked_sub(from) else {
                continue;
            };
            let span = Span::new(
                start,
                problem.span.end.saturating_sub(from).min(query.len()),
            );
            if span.start > query.len() {
                break;
            }
            let before = width(query.get(..span.start).unwrap_or_default());
            let long = width(span.of(query).unwrap_or_default()).max(1);
            let have = width(&marks);
            if let Some(gap) = before.checked_sub(have) {
                marks.push_str(&" ".repeat(gap));
                marks.push_str(&"^".repeat(long));
            }
        }
        let _ = writeln!(self.err, "  {}\n  {marks}", clean(query));
    }
}

/// The part of a long query around a place, and where it begins.
fn around(query: &str, place: usize) -> (&str, usize) {
    if query.chars().count() <= SHOWN {
        return (query, 0);
    }
    let before = query.get(..query.floor_char_boundary(place));
    let before = before.and_then(|before| before.char_indices().rev().nth(SHOWN / 2));
    let start = before.map_or(0, |(at, _)| at);
    let rest = query.get(start..).unwrap_or_default();
    let end = rest.char_indices().nth(SHOWN);
    let shown = end.and_then(|(end, _)| rest.get(..end));
    (shown.unwrap_or(rest), start)
}
