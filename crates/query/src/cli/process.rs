//! The process around the command: terminal, standard streams, Ctrl-C.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use whosaid_model::caught;

use super::terminal::clean;
use super::{Pager, Session, run_in};
use crate::Cancel;

/// Runs the command for the process's arguments and standard streams.
pub fn main() -> ExitCode {
    let cancel = Cancel::new();
    let first = cancel.clone();
    let paging = Arc::new(AtomicBool::new(false));
    let running = Arc::clone(&paging);
    let handler = move || {
        // The pager has the terminal, and ends when its reader says so.
        if first.is_cancelled() && !running.load(Ordering::Relaxed) {
            interrupt();
        }
        first.cancel();
    };
    // A document that the program fails on is caught and named; the place in the program is for the report.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let _ = writeln!(
            io::stderr(),
            "internal error at {}",
            place.unwrap_or_default()
        );
    }));
    // Without a handler Ctrl-C ends the process, which an archive survives.
    let _ = ctrlc::set_handler(handler);
    let terminal = io::stdout().is_terminal();
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let mut out = io::BufWriter::new(io::stdout());
    let mut err = io::stderr();
    let progress = err.is_terminal() && !dumb;
    let session = Session {
        stdin: Some(Box::new(io::stdin())),
        color: terminal && !dumb && !plain,
        progress,
        columns: columns(terminal),
        wrap: terminal,
        pager: pager(terminal && !dumb, paging),
        cancel: cancel.clone(),
        ..Session::new(&mut out, &mut err)
    };
    let status = caught(|| run_in(std::env::args_os(), session)).unwrap_or_else(|message| {
        let _ = writeln!(
            io::stderr(),
            "error: the program failed, please report this: {}",
            clean(&message)
        );
        super::Status::Failed
    });
    let closed = out
        .flush()
        .is_err_and(|error| error.kind() != io::ErrorKind::BrokenPipe);
    let code = if cancel.is_cancelled() {
        super::Status::Interrupted.code()
    } else if closed {
        super::Status::Failed.code()
    } else {
        status.code()
    };
    ExitCode::from(code)
}

/// Makes the allocator of the C library keep what is freed, up to twice as much: it takes the largest piece that was
/// ever freed for the measure of what is worth giving back to the system. Tables for unpacking, freed and made anew for
/// each block of the store, would else be pages asked for each time, a third of all that a search asks for.
pub(super) fn keep_memory() {
    const MEASURE: usize = 16 << 20;
    drop(std::hint::black_box(Vec::<u8>::with_capacity(MEASURE)));
}

/// The pager of a terminal, unless it is switched off by an empty name or `cat`.
fn pager(terminal: bool, running: Arc<AtomicBool>) -> Option<Pager> {
    let (_, rows) = terminal_size::terminal_size().filter(|_| terminal)?;
    let named = ["WHOSAID_PAGER", "PAGER"]
        .into_iter()
        .find_map(std::env::var_os);
    let command = named.unwrap_or_else(|| "less".into());
    let off = command.is_empty() || command == "cat";
    (!off).then(|| Pager {
        command,
        rows: usize::from(rows.0),
        running,
    })
}

/// Columns of the terminal, or a comfortable width for a file; none has as many as a number can tell.
fn columns(terminal: bool) -> usize {
    let told: Option<usize> = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let asked = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let found = told.or_else(|| if terminal { asked() } else { None });
    found.unwrap_or(120).clamp(40, 10_000)
}

#[expect(clippy::exit, reason = "the second Ctrl-C ends at once")]
fn interrupt() {
    std::process::exit(i32::from(super::Status::Interrupted.code()));
}
