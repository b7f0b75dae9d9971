//! Files within files: what is compressed, and archives with members.

mod compression;
mod meter;
mod name;
mod tar;
mod zip;

use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Arc;

use compression::{Compression, Expanded, expanded_name};
use meter::{Fault, Guarded, Meter};

use crate::read::{Part, read_records};
use crate::{ReadOptions, Reject, RejectKind, Source};

/// Bytes looked at to recognize a container; the header of a tar member has 512.
const HEAD: u64 = 1024;

/// Copies of archives that cannot be read out of order are kept in memory up to this size.
const IN_MEMORY: usize = 16 << 20;

/// A file within files: how it is called in messages, and what its own name is.
#[derive(Clone, Debug)]
struct Name {
    shown: String,
    own: String,
}

impl Name {
    fn member(&self, name: &str) -> Self {
        Self {
            shown: format!("{}/{name}", self.shown),
            own: name.to_owned(),
        }
    }

    fn reject(&self, kind: RejectKind, reason: impl Into<String>) -> Reject {
        Reject {
            path: self.shown.clone(),
            record: None,
            offset: None,
            reason: reason.into(),
            kind,
        }
    }

    fn fault(&self, fault: Fault) -> Reject {
        self.reject(fault.kind, fault.reason)
    }
}

/// Why reading ends early.
enum Stop {
    /// The caller wants no more.
    Broken,
    /// The file is of no format that is read; nothing was handed over.
    Refused(Reject),
}

type Flow = Result<(), Stop>;

/// What a container is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Container {
    Compressed(Compression),
    Zip,
    Tar,
}

impl Container {
    fn of(head: &[u8]) -> Option<Self> {
        if let Some(compression) = Compression::of(head) {
            Some(Self::Compressed(compression))
        } else if zip::recognize(head) {
            Some(Self::Zip)
        } else if tar::recognize(head) {
            Some(Self::Tar)
        } else {
            None
        }
    }
}

/// Reads one file with all that is in it.
struct Reader<'a> {
    options: &'a Arc<ReadOptions>,
    meter: &'a Meter,
    sink: &'a mut dyn FnMut(Part) -> ControlFlow<()>,
}

/// See [`read_file`](crate::read_file).
pub(crate) fn read_source(
    source: &mut dyn Source,
    path: &str,
    options: &Arc<ReadOptions>,
    sink: &mut dyn FnMut(Part) -> ControlFlow<()>,
) -> Result<(), Reject> {
    let meter = Meter::new(options);
    let mut reader = Reader {
        options,
        meter: &meter,
        sink,
    };
    let name = Name {
        shown: path.to_owned(),
        own: path.to_owned(),
    };
    let flow = reader.source(source, &name);
    if let Some(reason) = meter.failed() {
        return Err(name.reject(RejectKind::Unreadable, reason));
    }
    match flow {
        Ok(()) | Err(Stop::Broken) => Ok(()),
        Err(Stop::Refused(reject)) => Err(reject),
    }
}

impl Reader<'_> {
    fn source(&mut self, source: &mut dyn Source, name: &Name) -> Flow {
        let mut head = Vec::new();
        let read = self.meter.raw(source).take(HEAD).read_to_end(&mut head);
        if read.is_err() {
            return Ok(());
        }
        if Container::of(&head) == Some(Container::Zip) {
            match source.seekable() {
                Ok(Some(seekable)) => {
                    return self.zip(&mut self.meter.raw(seekable), name, 1);
                }
                Ok(None) => {}
                Err(error) => {
                    self.meter.fail(&error);
                    return Ok(());
                }
            }
        }
        let mut input = Cursor::new(&*head).chain(self.meter.raw(source));
        self.layer(&head, &mut input, name, 0)
    }

    /// Reads a file within `depth` others, of which `head` are the first bytes.
    fn layer(&mut self, head: &[u8], input: &mut dyn Read, name: &Name, depth: u32) -> Flow {
        let Some(container) = Container::of(head) else {
            return self.records(input, name);
        };
        if depth >= self.options.depth_limit {
            let reason = format!("more than {depth} archives within each other");
            return Err(Stop::Refused(name.reject(RejectKind::TooDeep, reason)));
        }
        let depth = depth.saturating_add(1);
        match container {
            Container::Compressed(compression) => self.expand(compression, input, name, depth),
            Container::Zip => {
                let mut copy = tempfile::spooled_tempfile(IN_MEMORY);
                match io::copy(input, &mut copy) {
                    Ok(_) => self.zip(&mut copy, name, depth),
                    Err(error) => {
                        self.meter.fail(&error);
                        Ok(())
                    }
                }
            }
            Container::Tar => self.tar(input, name, depth),
        }
    }

    fn expand(
        &mut self,
        compression: Compression,
        input: &mut dyn Read,
        name: &Name,
        depth: u32,
    ) -> Flow {
        let expanded = Expanded::new(compression, input);
        let used = expanded.used();
        let mut guarded = Guarded::new(expanded, self.meter, compression.name(), Rc::clone(&used));
        let inner = Name {
            shown: name.shown.clone(),
            own: expanded_name(&name.own),
        };
        let flow = self.file(&mut guarded, &inner, depth);
        self.ended(flow, guarded.fault(), name, Some(used.get()))
    }

    /// Tells why something that was expanded ended before its end, if it did; `at` is the byte of it.
    fn ended(&mut self, flow: Flow, fault: Option<Fault>, name: &Name, at: Option<u64>) -> Flow {
        let Some(fault) = fault else {
            return flow;
        };
        match flow {
            // Of a file that is refused as empty nothing of use is left, and that is why.
            Ok(())
            | Err(Stop::Refused(Reject {
                kind: RejectKind::Empty | RejectKind::Binary,
                ..
            })) => {}
            stop => return stop,
        }
        self.send(Part::Reject(Reject {
            offset: at,
            ..name.fault(fault)
        }))
    }

    /// Reads a file within others.
    fn file(&mut self, input: &mut dyn Read, name: &Name, depth: u32) -> Flow {
        let mut head = Vec::new();
        if input.take(HEAD).read_to_end(&mut head).is_err() {
            return Ok(());
        }
        let mut input = Cursor::new(&*head).chain(input);
        self.layer(&head, &mut input, name, depth)
    }

    /// Goes on after a member of an archive, even if it is of no format that is read.
    fn member(&mut self, flow: Flow) -> Flow {
        match flow {
            Err(Stop::Refused(reject)) => self.send(Part::Reject(reject)),
            flow => flow,
        }
    }

    fn records(&mut self, input: &mut dyn Read, name: &Name) -> Flow {
        match read_records(input, &name.shown, &name.own, self.options, self.sink) {
            Ok(ControlFlow::Continue(())) => Ok(()),
            Ok(ControlFlow::Break(())) => Err(Stop::Broken),
            Err(reject) => Err(Stop::Refused(reject)),
        }
    }

    fn send(&mut self, part: Part) -> Flow {
        match (self.sink)(part) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Broken),
        }
    }

    fn reject(&mut self, name: &Name, kind: RejectKind, reason: impl Into<String>) -> Flow {
        self.send(Part::Reject(name.reject(kind, reason)))
    }
}
