//! Everything that the global arguments and the session decide, resolved.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{Local, NaiveDate, Utc};
use whosaid_indexer::{Clock, ReadOptions};

use super::Session;
use super::args::{Color, Format, Global};
use super::status::Failure;
use super::terminal::Look;
use crate::{Options, SearchBuilder, Zone};

/// Returns how files are read: nothing in them can be of later than now, and no record may take for ever.
pub(super) fn reading() -> ReadOptions {
    ReadOptions::new()
        .not_after(Some(Utc::now()))
        .clock(Arc::new(Since(Instant::now())))
}

/// The time since a command began to read.
#[derive(Debug)]
struct Since(Instant);

impl Clock for Since {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// What decides which day it is.
enum Day {
    Given(NaiveDate),
    /// The clock in the zone of this machine.
    Here,
    At(Zone),
}

/// The settings of a command.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
pub(super) struct Settings {
    archive: Option<PathBuf>,
    pub(super) format: Format,
    pub(super) look: Look,
    day: Day,
    pub(super) zone: Option<Zone>,
    pub(super) explain: bool,
    pub(super) timeout: Option<Duration>,
    pub(super) quiet: bool,
    pub(super) verbose: bool,
    pub(super) progress: bool,
    pub(super) cancel: crate::Cancel,
}

impl Settings {
    pub(super) fn resolve(global: &Global, session: &Session<'_>) -> Self {
        let day = match (global.today, global.tz) {
            (Some(today), _) => Day::Given(today),
            (None, None) => Day::Here,
            (None, Some(zone)) => Day::At(zone),
        };
        Self {
            archive: global.archive.clone(),
            format: global.format,
            look: Look {
                color: match global.color {
                    Color::Auto => session.color,
                    Color::Always => true,
                    Color::Never => false,
                },
                columns: session.columns,
                wrap: session.wrap,
            },
            day,
            zone: global.tz,
            explain: global.explain,
            timeout: global.timeout,
            quiet: global.quiet,
            verbose: global.verbose,
            progress: session.progress && !global.quiet,
            cancel: session.cancel.clone(),
        }
    }

    /// Tells whether a reader is printed for.
    pub(super) fn is_text(&self) -> bool {
        self.format == Format::Text
    }

    /// Refuses formats that a command which prints articles as JSON Lines does not have.
    pub(super) fn json_lines_only(&self, command: &str) -> Result<(), Failure> {
        match self.format {
            Format::Text | Format::Jsonl => Ok(()),
            _ => Err(Failure::Usage(format!(
                "{command} prints JSON Lines and nothing else; leave --format out"
            ))),
        }
    }

    /// The archive named, else the one in the platform's data folder.
    pub(super) fn archive(&self) -> Result<PathBuf, Failure> {
        if let Some(archive) = &self.archive {
            return Ok(archive.clone());
        }
        folders().map(|folders| folders.data_dir().join("archive"))
    }

    /// Tells whether copies are marked: on paper they are folded, unless the reader wants to see them.
    pub(super) fn marks_copies(&self, unfold: bool) -> bool {
        self.format != Format::Text || !unfold
    }

    pub(super) fn options(&self) -> Options {
        let options = Options::new().today(self.today());
        match self.zone {
            Some(zone) => options.zone(zone),
            None => options,
        }
    }

    /// Looks at the clock: the command may have run for days.
    pub(super) fn today(&self) -> NaiveDate {
        match self.day {
            Day::Given(day) => day,
            Day::Here => Local::now().date_naive(),
            Day::At(zone) => zone.day_of(Utc::now()),
        }
    }

    /// Says what day it is, and where.
    pub(super) fn day(&self) -> String {
        let today = self.today();
        match self.day {
            Day::Given(_) => format!("{today} as given"),
            Day::Here => format!("{today} in the system's zone, {}", Local::now().offset()),
            Day::At(zone) => format!("{today} at {zone}"),
        }
    }

    /// Sets the limits of time.
    pub(super) fn limit<'a>(&self, search: SearchBuilder<'a>) -> SearchBuilder<'a> {
        let search = search.cancel(self.cancel.clone());
        match self.deadline() {
            Some(deadline) => search.deadline(deadline),
            None => search,
        }
    }

    /// The instant at which the time that was given is over.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.timeout
            .and_then(|timeout| Instant::now().checked_add(timeout))
    }
}

/// The platform's folders for this program.
pub(super) fn folders() -> Result<directories::ProjectDirs, Failure> {
    directories::ProjectDirs::from("", "", "whosaid").ok_or_else(|| {
        Failure::Usage("no home folder found; name the archive with --archive DIR".to_owned())
    })
}
