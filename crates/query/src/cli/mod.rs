//! The command line `whosaid`: arguments as declared, settings with everything resolved, the library call.
//!
//! [`run`] is the whole command as a function, for tests; [`main`] adds the process around it.

mod args;
mod cite;
mod commands;
mod corpus;
mod messages;
mod numbers;
mod offsets;
mod pager;
mod place;
mod process;
mod progress;
mod records;
mod render;
mod render_json;
mod render_table;
mod render_text;
mod settings;
mod status;
mod svg;
mod terminal;

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use clap::Parser;
use clap::error::ErrorKind as ClapError;

pub use pager::Pager;
pub use process::main;
pub use status::Status;

use crate::Cancel;
use args::{Arguments, Command, Format};
use messages::Messages;
use pager::{Guarded, Output, Paged};
use render::Render;
use render_json::Json;
use render_table::Table;
use render_text::Text;
use settings::Settings;

/// What a command may use of the world.
pub struct Session<'io> {
    /// Standard output: data only.
    pub out: &'io mut (dyn Write + Send),
    /// Standard error: messages.
    pub err: &'io mut (dyn Write + Send),
    /// Standard input, until it is read.
    pub stdin: Option<Box<dyn Read + Send>>,
    /// The current folder, from which paths are shown.
    pub here: PathBuf,
    /// Standard output is a terminal that shows colours.
    pub color: bool,
    /// Standard error is a terminal.
    pub progress: bool,
    /// Columns of the terminal.
    pub columns: usize,
    /// Standard output is a terminal: long lines are broken between words.
    pub wrap: bool,
    /// What text longer than the screen goes through.
    pub pager: Option<Pager>,
    /// Turned on by Ctrl-C.
    pub cancel: Cancel,
}

impl<'io> Session<'io> {
    /// Makes a session without a terminal and without standard input.
    pub fn new(out: &'io mut (dyn Write + Send), err: &'io mut (dyn Write + Send)) -> Self {
        Self {
            out,
            err,
            stdin: None,
            here: std::env::current_dir().unwrap_or_default(),
            color: false,
            progress: false,
            columns: 120,
            wrap: false,
            pager: None,
            cancel: Cancel::new(),
        }
    }
}

/// Runs the command: `args` begin with the program's name. Returns how it ended; nothing is printed elsewhere.
pub fn run<I, T>(args: I, out: &mut (dyn Write + Send), err: &mut (dyn Write + Send)) -> Status
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    run_in(args, Session::new(out, err))
}

/// Runs the command in a session.
pub fn run_in<I, T>(args: I, session: Session<'_>) -> Status
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => {
            let shown = matches!(
                error.kind(),
                ClapError::DisplayHelp | ClapError::DisplayVersion
            );
            let text = error.render();
            // There is nobody left to tell when this fails.
            if shown {
                let _ = if session.color {
                    write!(session.out, "{}", text.ansi())
                } else {
                    write!(session.out, "{text}")
                };
                return Status::Done;
            }
            // It repeats the arguments, which may be pasted.
            for line in text.to_string().lines() {
                let _ = writeln!(session.err, "{}", terminal::clean(line));
            }
            return Status::Failed;
        }
    };
    if arguments.command.is_short() {
        process::keep_memory();
    }
    let settings = Settings::resolve(&arguments.global, &session);
    let text = settings.is_text();
    let pager = session
        .pager
        .filter(|_| arguments.command.is_paged(text) && !arguments.global.no_pager);
    let mut out = match pager {
        Some(pager) => Output::Paged(Paged::new(session.out, pager)),
        None if session.wrap && !arguments.command.prints_text(text) => {
            Output::Guarded(Guarded::new(session.out))
        }
        None => Output::Plain(session.out),
    };
    let inner = Session {
        out: &mut out,
        err: session.err,
        stdin: session.stdin,
        here: session.here,
        color: session.color,
        progress: session.progress,
        columns: session.columns,
        wrap: session.wrap,
        pager: None,
        cancel: session.cancel,
    };
    let status = execute(arguments.command, &settings, inner);
    // A pager that is closed before its end has shown what was wanted.
    match out.finish() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Status::Failed,
        _ => status,
    }
}

fn execute(command: Command, settings: &Settings, mut session: Session<'_>) -> Status {
    match commands::run(&mut session, settings, command) {
        Ok(status) => status,
        Err(failure) if failure.is_closed_pipe() => Status::Done,
        Err(failure) => {
            Messages::new(session.err, settings).failure(&failure);
            if matches!(settings.format, Format::Json | Format::Jsonl) {
                let mut json = Json::new(session.out, settings.format == Format::Jsonl, None);
                let _ = json.failure(&failure).and_then(|()| json.finish());
            }
            Status::Failed
        }
    }
}

/// Makes the renderer that the settings ask for.
fn renderer<'a>(
    out: &'a mut (dyn Write + Send),
    settings: &Settings,
    places: Option<place::Places<'a>>,
) -> Box<dyn Render + 'a> {
    match settings.format {
        Format::Text => Box::new(Text::new(out, settings.look, places, settings.zone)),
        Format::Json => Box::new(Json::new(out, false, places)),
        Format::Jsonl => Box::new(Json::new(out, true, places)),
        Format::Csv => Box::new(Table::new(out, b',', places)),
        Format::Tsv => Box::new(Table::new(out, b'\t', places)),
    }
}
