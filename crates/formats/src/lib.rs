//! From the bytes of any format in which news is kept to [`Article`](whosaid_model::Article)s, without an
//! engine.
//!
//! ```
//! use std::ops::ControlFlow;
//! use whosaid_formats::{Part, ReadOptions, read_file};
//!
//! let mut file = "date 2025-10-25 Talks\n“Yes,” said Jane Roe.\n".as_bytes();
//! let mut titles = Vec::new();
//! read_file(&mut file, "story.txt", &ReadOptions::new().into(), &mut |part| {
//!     match part {
//!         Part::Records(records) => records.read_all(&mut |article| titles.push(article.unwrap().title)),
//!         Part::Reject(reject) => panic!("{reject}"),
//!     }
//!     ControlFlow::Continue(())
//! })?;
//! assert_eq!(titles, [Some("Talks".to_owned())]);
//! # Ok::<(), whosaid_formats::Reject>(())
//! ```
//!
//! # Concepts
//!
//! * A [`Format`] cuts the bytes of a file into records, cheaply and in order, and makes articles of them, a
//!   record at a time and on any thread. It is chosen by the content first and by the name second.
//! * A [`Source`] is compressed, an archive with members, or neither. Members are read as files of their own,
//!   within the limits of [`ReadOptions`].
//! * [`read_file`] is the way in: a file becomes [`Part`]s, records on their way to a pool of threads and
//!   rejects.
//! * What cannot be read is a [`Reject`], never an error: it names the file, the record, and the reason.
//! * [`DateReader`] reads dates as they are written in fields and on pages, in many languages; [`parse_date`] does
//!   so with nothing known of where they stand.
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    warn(
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        reason = "what is read here was written by strangers"
    )
)]

mod clock;
mod common;
mod container;
mod csv;
mod cut;
mod date;
mod decode;
mod feed;
mod fields;
mod format;
mod front;
mod html;
mod json;
mod mail;
mod map;
mod markdown;
mod media;
mod names;
mod options;
mod read;
mod reject;
mod sniff;
mod source;
mod stream;
#[cfg(test)]
mod testing;
mod text;
mod title;
mod warc;
mod wire;
mod xml;

#[cfg(feature = "train")]
#[doc(hidden)]
pub use html::meta::measure;
#[cfg(feature = "train")]
pub use html::training;

pub use clock::Clock;
pub use date::{DateOrder, DateReader, StatedDate, parse_date};
pub use format::{Chunk, Format, Head, Origin, Recognition, formats};
pub use map::{FieldMap, FieldMapError};
pub use names::Field;
pub use options::ReadOptions;
pub use read::{Part, Records, read_file};
pub use reject::{Reject, RejectKind};
pub use source::{Pipe, Seekable, Source};
pub use stream::Stream;
