//! Standard output on a terminal: through a pager when it is longer than the screen, and without what could command
//! the terminal.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::terminal;

/// The program that long output goes through.
#[derive(Clone, Debug)]
pub struct Pager {
    /// A command line of the shell: `less -FRX`.
    pub command: OsString,
    /// Lines of the screen.
    pub rows: usize,
    /// On while the pager has the terminal, which Ctrl-C is for then.
    pub running: Arc<AtomicBool>,
}

/// Where a command's standard output goes.
pub(super) enum Output<'a> {
    Plain(&'a mut (dyn Write + Send)),
    Paged(Paged<'a>),
    Guarded(Guarded<'a>),
}

impl Output<'_> {
    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Plain(out) => out,
            Self::Paged(paged) => paged,
            Self::Guarded(guarded) => guarded,
        }
    }

    /// Writes what is held; with a pager, waits until its reader has closed it.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Plain(_) | Self::Guarded(_) => Ok(()),
            Self::Paged(paged) => paged.finish(),
        }
    }
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer().flush()
    }
}

/// Holds what is written until it is longer than the screen; then the pager gets all of it.
pub(super) struct Paged<'a> {
    out: &'a mut (dyn Write + Send),
    pager: Pager,
    held: Vec<u8>,
    lines: usize,
    state: State,
}

enum State {
    Holding,
    Paging(Child),
    /// There is no such pager.
    Plain,
}

impl<'a> Paged<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + Send), pager: Pager) -> Self {
        Self {
            out,
            pager,
            held: Vec::new(),
            lines: 0,
            state: State::Holding,
        }
    }

    fn start(&mut self) -> io::Result<()> {
        let mut shell = if cfg!(windows) {
            let mut shell = Command::new("cmd");
            shell.arg("/C").arg(&self.pager.command);
            shell
        } else {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(&self.pager.command);
            shell
        };
        // As git does: quit when all fits, keep colours, leave the screen as it is.
        for (name, value) in [("LESS", "FRX"), ("LESSCHARSET", "utf-8"), ("LV", "-c")] {
            if std::env::var_os(name).is_none() {
                shell.env(name, value);
            }
        }
        let child = shell.stdin(Stdio::piped()).spawn();
        self.state = match child {
            Ok(child) => {
                self.pager.running.store(true, Ordering::Relaxed);
                State::Paging(child)
            }
            Err(_) => State::Plain,
        };
        let held = std::mem::take(&mut self.held);
        self.write_all(&held)
    }

    fn finish(self) -> io::Result<()> {
        match self.state {
            State::Holding => self.out.write_all(&self.held)?,
            State::Paging(mut child) => {
                drop(child.stdin.take());
                child.wait()?;
                self.pager.running.store(false, Ordering::Relaxed);
            }
            State::Plain => {}
        }
        self.out.flush()
    }
}

impl Write for Paged<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.state {
            State::Holding => {
                self.held.extend_from_slice(bytes);
                let ends = bytes.split(|byte| *byte == b'\n').skip(1).count();
                self.lines = self.lines.saturating_add(ends);
                // A line is left for the prompt of the shell.
                if self.lines >= self.pager.rows {
                    self.start()?;
                }
            }
            State::Paging(child) => match &mut child.stdin {
                Some(stdin) => stdin.write_all(bytes)?,
                None => return Err(io::ErrorKind::BrokenPipe.into()),
            },
            State::Plain => self.out.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.state {
            State::Holding => Ok(()),
            State::Paging(child) => child.stdin.as_mut().map_or(Ok(()), Write::flush),
            State::Plain => self.out.flush(),
        }
    }
}

/// Replaces what could command a terminal in records that are printed to one. In a file or pipe they stay as they are.
pub(super) struct Guarded<'a> {
    out: &'a mut (dyn Write + Send),
    /// The beginning of a character.
    pending: Vec<u8>,
}

impl<'a> Guarded<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + Send)) -> Self {
        Self {
            out,
            pending: Vec::new(),
        }
    }

    fn pass(&mut self, text: &str) -> io::Result<()> {
        // Line breaks divide the records, tabs their fields.
        for piece in text.split_inclusive(['\n', '\t']) {
            let end = piece.trim_end_matches(['\n', '\t']).len();
            let (words, divider) = piece.split_at(end);
            self.out.write_all(terminal::clean(words).as_bytes())?;
            self.out.write_all(divider.as_bytes())?;
        }
        Ok(())
    }
}

impl Write for Guarded<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        let pending = std::mem::take(&mut self.pending);
        let whole = match std::str::from_utf8(&pending) {
            Ok(text) => text.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => pending.len(),
        };
        let (whole, rest) = pending.split_at(whole);
        self.pass(&String::from_utf8_lossy(whole))?;
        self.pending = rest.to_vec();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_cut_in_two_are_guarded_too() {
        let mut out = Vec::new();
        let mut guarded = Guarded::new(&mut out);
        for byte in "a\u{1b}[31m,é\t\u{9b}2J\u{202e}\n“b”\n".bytes() {
            guarded.write_all(&[byte]).unwrap();
        }
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "a\u{fffd}[31m,é\t\u{fffd}2J\u{fffd}\n“b”\n"
        );
    }
}
