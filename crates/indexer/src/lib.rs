//! From files to an archive of quotations, in parallel.
//!
//! ```
//! use whosaid_indexer::{IndexOptions, Input, index};
//! use whosaid_quotes::Annotator;
//!
//! let dir = tempfile::tempdir()?;
//! let story = dir.path().join("story.txt");
//! std::fs::write(&story, "date 2025-10-25 Talks\n“Yes,” said Jane Roe.\n")?;
//!
//! let archive = dir.path().join("archive");
//! let inputs = [Input::from(story)];
//! let report = index(&archive, &inputs, &Annotator::new(), &IndexOptions::new(), &())?;
//! assert_eq!(report.added, 1);
//! let again = index(&archive, &inputs, &Annotator::new(), &IndexOptions::new(), &())?;
//! assert_eq!((again.added, again.unchanged), (0, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Concepts
//!
//! * An [`Input`] is a file, a folder or a stream. Folders are walked in the order of their names; hidden
//!   files and links are left out.
//! * [`whosaid_formats`] makes articles of a file's bytes; [`read_articles`] does so for whole inputs, without
//!   an archive.
//! * What cannot be read is a [`Reject`], never an error: it is counted, named with its reason, and the rest
//!   goes in. An [`Error`] means that nothing could be done.
//! * [`index()`] reads, annotates and encodes on all cores. One thread reads; articles are annotated on a pool;
//!   the engine's own threads write. All queues between them are bounded in bytes. What is written, and which
//!   of two copies of an article is kept, depends on the order of the inputs, not on the number of threads.
//! * A commit makes changes visible at once; there is one at the end, and in long runs one after every
//!   [so many bytes](IndexOptions::commit_bytes) at the end of a file. A process that dies leaves the archive at its
//!   last commit, and the next run goes on from there. A run that is [cancelled](Progress::cancelled) commits what
//!   is done.
//! * [`watch()`] runs again when files come or change.
//! * [`forget`] takes files and articles out again, [`compact`] frees their room, [`check_sources`] compares the files
//!   with what was read.
//! * A file is known by its canonical path. When its size and time of change are the same as last time it is
//!   not read, when its hash is the same it is not indexed, else its articles and their quotations are replaced.
//! * An article is known by what it says ([`article_id`]). A second copy is a duplicate, counted and left out;
//!   when the first goes away, the file with the second is read again.
//! * Two articles from one address, or with one publisher's identifier at one outlet, are versions of one story. The
//!   one published later stands, or of two of one day the one that came later; it remembers the others' dates. When
//!   it goes away, the files with the others are read again.
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    warn(
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        reason = "files, and archives that others made, are read here"
    )
)]

mod address;
mod decide;
mod error;
mod existing;
mod feed;
mod identity;
mod input;
mod merges;
mod options;
mod pipeline;
mod places;
mod plan;
mod progress;
mod queue;
mod read;
mod report;
mod restore;
mod run;
mod standing;
mod tally;
mod upkeep;
mod walk;
mod watch;
mod writer;

pub use error::{Error, ErrorKind};
pub use identity::article_id;
pub use input::{Input, Source};
pub use options::IndexOptions;
pub use pipeline::annotate;
pub use progress::{Event, FileChange, FileEvent, Progress};
pub use read::read_articles;
pub use report::{Report, Warning};
pub use run::index;
pub use upkeep::{
    Compacted, SourceCheck, SourceState, check_sources, compact, forget, forget_articles,
};
pub use watch::watch;
pub use whosaid_formats::{Clock, Field, FieldMap, FieldMapError, ReadOptions, Reject, RejectKind};
