//! The reader's thread: from files to chunks of records, in order.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crossbeam_channel::{Receiver, Sender};
use rustc_hash::FxHashSet;
use whosaid_formats::{Part, Records, Source, read_file};
use whosaid_model::reason;
use whosaid_schema::FileId;

use crate::queue::{Budget, Permit};
use crate::tally::Tally;
use crate::walk::{Found, From, Root, walk};
use crate::{Progress, ReadOptions, Reject, RejectKind};

/// Bytes of records that were read and not yet worked on.
const READ_AHEAD: usize = 12 << 20;

/// Bytes of records that are worked on together.
const BATCH: usize = 4 << 20;

/// Items that are worked on together, at most: files may be tiny.
const ITEMS: usize = 6000;

/// What the reader's thread sends: a file's items follow each other.
pub(crate) enum Item {
    Open(Found),
    Records {
        records: Records,
        /// Bytes that were read for it.
        bytes: u64,
        _permit: Permit,
    },
    /// The file was read to its end.
    End {
        hash: String,
    },
    /// Something in the file that cannot be read.
    Part(Reject),
    /// A file or folder that cannot be read, or not to its end.
    Reject(Reject),
    /// The file is of no format that is read, although it may have been.
    Refuse {
        found: Found,
        reject: Reject,
    },
}

/// Reads files and sends what is in them.
pub(crate) struct Feed<'a> {
    items: Sender<Item>,
    budget: Budget,
    progress: &'a dyn Progress,
    options: Arc<ReadOptions>,
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
    pub(crate) fn new(
        progress: &'a dyn Progress,
        options: Arc<ReadOptions>,
    ) -> (Self, Receiver<Item>) {
        let (items, receiver) = crossbeam_channel::bounded(ITEMS);
        let feed = Self {
            items,
            budget: Budget::new(READ_AHEAD),
            progress,
            options,
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
                    Err(reject) => self.send(Item::Reject(reject)),
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
        match found.open() {
            Ok(file) => self.send_parts(found, Tally::new(file)),
            Err(error) => self.send(Item::Reject(
                found.reject(RejectKind::Unreadable, reason(&error)),
            )),
        }
    }

    fn send_parts(&self, found: Found, mut file: Tally<Box<dyn Source + Send>>) -> ControlFlow<()> {
        let counter = file.counter();
        let mut before = 0;
        let mut opened = false;
        let mut flow = ControlFlow::Continue(());
        let read = read_file(&mut file, &found.shown, &self.options, &mut |part| {
            flow = self.send_part(&found, &mut opened, &counter, &mut before, part);
            flow
        });
        flow?;
        match read {
            Ok(()) => {
                if !opened {
                    self.send(Item::Open(found.clone()))?;
                }
                match file.finish() {
                    Ok(hash) => self.send(Item::End { hash }),
                    Err(error) => {
                        let reject = found.reject(RejectKind::Unreadable, reason(&error));
                        self.send(Item::Reject(reject))
                    }
                }
            }
            Err(reject) if opened || reject.kind == RejectKind::Unreadable => {
                self.send(Item::Reject(reject))
            }
            Err(reject) => self.send(Item::Refuse { found, reject }),
        }
    }

    fn send_part(
        &self,
        found: &Found,
        opened: &mut bool,
        counter: &AtomicU64,
        before: &mut u64,
        part: Part,
    ) -> ControlFlow<()> {
        if self.progress.cancelled() {
            return ControlFlow::Break(());
        }
        if !std::mem::replace(opened, true) {
            self.send(Item::Open(found.clone()))?;
        }
        match part {
            Part::Reject(reject) => self.send(Item::Part(reject)),
            Part::Records(records) => {
                let now = counter.load(Ordering::Relaxed);
                let bytes = now.saturating_sub(std::mem::replace(before, now));
                let permit = self.budget.acquire(records.bytes());
                self.send(Item::Records {
                    records,
                    bytes,
                    _permit: permit,
                })
            }
        }
    }

    fn send(&self, item: Item) -> ControlFlow<()> {
        match self.items.send(item) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// Waits for items and returns as many as are worked on together, or `None` when there are no more.
pub(crate) fn next_batch(items: &Receiver<Item>) -> Option<Vec<Item>> {
    let first = items.recv().ok()?;
    let mut bytes = weight(&first);
    let mut batch = vec![first];
    while bytes < BATCH && batch.len() < ITEMS {
        let Ok(item) = items.try_recv() else { break };
        bytes = bytes.saturating_add(weight(&item));
        batch.push(item);
    }
    Some(batch)
}

fn weight(item: &Item) -> usize {
    match item {
        Item::Records { records, .. } => records.bytes(),
        _ => 0,
    }
}
