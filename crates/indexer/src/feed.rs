//! The reader's thread: from files to chunks of records, in order.

use std::ops::ControlFlow;
use std::path::Path;

use crossbeam_channel::{Receiver, Sender};
use rustc_hash::FxHashSet;
use whosaid_schema::{FileId, reason};

use crate::format::{Chunk, Format, Stream};
use crate::queue::{Budget, Permit};
use crate::read::open;
use crate::walk::{Found, From, Root, walk};
use crate::{Progress, Reject, RejectKind};

/// Bytes of records that were read and not yet worked on.
const READ_AHEAD: usize = 12 << 20;

/// Bytes of records that are worked on together.
const BATCH: usize = 4 << 20;

/// Items that are worked on together, at most: files may be tiny.
const ITEMS: usize = 6000;

/// What the reader's thread sends: a file's items follow each other.
pub(crate) enum Item {
    Open(Opened),
    Chunk {
        chunk: Chunk,
        /// Bytes that were read for it.
        bytes: u64,
        _permit: Permit,
    },
    /// The file was read to its end.
    End {
        hash: String,
    },
    Reject(Reject),
    /// The file is of no format that is read, although it may have been.
    Refuse {
        found: Found,
        reject: Reject,
    },
}

/// A file whose format is known.
pub(crate) struct Opened {
    pub(crate) found: Found,
    pub(crate) format: &'static dyn Format,
}

/// The nobody-listens-any-more of a channel.
struct Closed;

/// Reads files and sends what is in them.
pub(crate) struct Feed<'a> {
    items: Sender<Item>,
    budget: Budget,
    progress: &'a dyn Progress,
    limit: usize,
}

/// What the files come from.
pub(crate) enum Files<'a> {
    /// All files of the inputs that the plan does not leave alone.
    Planned {
        roots: &'a [Root],
        except: Option<&'a Path>,
        seen: &'a FxHashSet<FileId>,
        unchanged: &'a FxHashSet<FileId>,
    },
    /// These.
    Listed(Vec<Found>),
}

impl<'a> Feed<'a> {
    pub(crate) fn new(progress: &'a dyn Progress, limit: usize) -> (Self, Receiver<Item>) {
        let (items, receiver) = crossbeam_channel::bounded(ITEMS);
        let feed = Self {
            items,
            budget: Budget::new(READ_AHEAD),
            progress,
            limit,
        };
        (feed, receiver)
    }

    /// Reads all files. Stops when the run is cancelled or nobody listens.
    pub(crate) fn run(self, files: Files<'_>) {
        match files {
            Files::Listed(files) => {
                for found in files {
                    if self.send_file(found).is_break() {
                        return;
                    }
                }
            }
            Files::Planned {
                roots,
                except,
                seen,
                unchanged,
            } => {
                let mut read = FxHashSet::default();
                walk(roots, except, &mut |found| match found {
                    Err(reject) => flow(&self.send(Item::Reject(reject))),
                    Ok(found) => {
                        if let From::File(file) = &found.from {
                            let id = file.id;
                            // A file that came up since the plan was made waits for the next run.
                            let due = seen.contains(&id) && !unchanged.contains(&id);
                            if !due || !read.insert(id) {
                                return ControlFlow::Continue(());
                            }
                        }
                        self.send_file(found)
                    }
                });
            }
        }
    }

    fn send_file(&self, found: Found) -> ControlFlow<()> {
        if self.progress.cancelled() {
            return ControlFlow::Break(());
        }
        flow(&match open(&found, self.limit) {
            Ok((stream, format)) => self.send_records(found, stream, format),
            Err(reject) if reject.kind == RejectKind::Unreadable => self.send(Item::Reject(reject)),
            Err(reject) => self.send(Item::Refuse { found, reject }),
        })
    }

    fn send_records(
        &self,
        found: Found,
        mut stream: Stream,
        format: &'static dyn Format,
    ) -> Result<(), Closed> {
        let shown = found.shown.clone();
        self.send(Item::Open(Opened { found, format }))?;
        let mut before = 0;
        loop {
            if self.progress.cancelled() {
                return Err(Closed);
            }
            let mut chunk = Chunk::default();
            match format.next_chunk(&mut stream, &mut chunk) {
                Ok(true) => {}
                Ok(false) => {
                    let hash = stream.hash();
                    return self.send(Item::End { hash });
                }
                Err(error) => {
                    return self.send(Item::Reject(Reject {
                        path: shown,
                        record: None,
                        offset: Some(stream.bytes()),
                        reason: reason(&error),
                        kind: RejectKind::Unreadable,
                    }));
                }
            }
            let bytes = stream.bytes() - before;
            before = stream.bytes();
            let permit = self.budget.acquire(chunk.bytes.len());
            self.send(Item::Chunk {
                chunk,
                bytes,
                _permit: permit,
            })?;
        }
    }

    fn send(&self, item: Item) -> Result<(), Closed> {
        self.items.send(item).map_err(|_| Closed)
    }
}

fn flow(sent: &Result<(), Closed>) -> ControlFlow<()> {
    match sent {
        Ok(()) => ControlFlow::Continue(()),
        Err(Closed) => ControlFlow::Break(()),
    }
}

/// Waits for items and returns as many as are worked on together, or `None` when there are no more.
pub(crate) fn next_batch(items: &Receiver<Item>) -> Option<Vec<Item>> {
    let mut batch = vec![items.recv().ok()?];
    let mut bytes = weight(&batch[0]);
    while bytes < BATCH && batch.len() < ITEMS {
        let Ok(item) = items.try_recv() else { break };
        bytes += weight(&item);
        batch.push(item);
    }
    Some(batch)
}

fn weight(item: &Item) -> usize {
    match item {
        Item::Chunk { chunk, .. } => chunk.bytes.len(),
        _ => 0,
    }
}
