//! From the bytes of a file to its records.

use std::io::{self, Read};
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::Arc;

use whosaid_model::{Article, reason};

use crate::container::read_source;
use crate::format::{Chunk, Format, Head, Origin, Record};
use crate::sniff::{Choice, choose};
use crate::stream::Stream;
use crate::{ReadOptions, Reject, RejectKind, Source};

/// What a file brings, in order.
#[derive(Debug)]
pub enum Part {
    /// Records, about a megabyte of them.
    Records(Records),
    /// Something in it that cannot be read.
    Reject(Reject),
}

/// Some records of a file, ready to be read on any thread.
#[derive(Debug)]
pub struct Records {
    path: Arc<str>,
    format: &'static dyn Format,
    chunk: Chunk,
    options: Arc<ReadOptions>,
}

impl Records {
    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.chunk.records.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.chunk.records.is_empty()
    }

    /// Returns how many bytes they hold in memory.
    pub fn bytes(&self) -> usize {
        self.chunk.bytes.len()
    }

    /// Hands the articles of the record at `index` to `sink`, or the reason why there are none.
    ///
    /// # Panics
    /// When `index` is not below [`len`](Records::len).
    pub fn read(&self, index: usize, sink: &mut dyn FnMut(Result<Article, Reject>)) {
        let Record {
            bytes,
            number,
            offset,
        } = &self.chunk.records[index];
        let origin = Origin {
            path: &self.path,
            number: *number,
            offset: *offset,
            options: &self.options,
            common: self.chunk.common.as_deref(),
        };
        let mut with_source = |article: Result<Article, Reject>| {
            sink(article.map(|article| Article {
                source: article.source.or_else(|| self.options.source.clone()),
                ..article
            }));
        };
        match bytes {
            Some(Range { start, end }) => {
                let record = &self.chunk.bytes[*start..*end];
                self.format.read_record(record, &origin, &mut with_source);
            }
            None => sink(Err(origin.reject(
                RejectKind::TooLong,
                "longer than the limit of a record",
                0,
            ))),
        }
    }

    /// Hands the articles of all records to `sink`, in order.
    pub fn read_all(&self, sink: &mut dyn FnMut(Result<Article, Reject>)) {
        for index in 0..self.len() {
            self.read(index, sink);
        }
    }
}

/// Hands what a file brings to `sink`, in order, until it breaks off. `path` is the file's name in messages
/// and in the articles' places; its extension helps to tell the format. What is compressed is expanded, and the
/// members of an archive are read like files, their names behind that of the archive: `news.zip/a.html`.
///
/// # Errors
/// When the file is of no format that is read ([`RejectKind::Unsupported`] and its kin; nothing was handed
/// over before), or when it cannot be read to its end ([`RejectKind::Unreadable`]). Compressed bytes that are
/// broken are no error: what could be read is handed over, and then a reject.
pub fn read_file(
    file: &mut dyn Source,
    path: &str,
    options: &Arc<ReadOptions>,
    sink: &mut dyn FnMut(Part) -> ControlFlow<()>,
) -> Result<(), Reject> {
    read_source(file, path, options, sink)
}

/// Hands the records of a file to `sink`, in order. `name` is its own name, without those of the archives
/// around it.
///
/// # Errors
/// See [`read_file`].
pub(crate) fn read_records(
    file: &mut dyn Read,
    path: &str,
    name: &str,
    options: &Arc<ReadOptions>,
    sink: &mut dyn FnMut(Part) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Reject> {
    let whole = |kind, reason: String| Reject {
        path: path.to_owned(),
        record: None,
        offset: None,
        reason,
        kind,
    };
    let unreadable = |error: io::Error| whole(RejectKind::Unreadable, reason(&error));
    let mut stream = Stream::open(file, options.record_limit).map_err(unreadable)?;
    let extension = Path::new(name).extension().unwrap_or_default();
    let head = Head {
        bytes: stream.head(),
        extension: &extension.to_string_lossy().to_ascii_lowercase(),
    };
    let format = match choose(&head) {
        Choice::Refuse(kind, reason) => return Err(whole(kind, reason.to_owned())),
        Choice::Read(_) if head.bytes.trim_ascii().is_empty() && stream.is_whole() => {
            return Err(whole(RejectKind::Empty, "no text in it".to_owned()));
        }
        Choice::Read(format) => format,
    };
    if let Some((kind, reason)) = format.refuse(&head, options) {
        return Err(whole(kind, reason));
    }
    let path: Arc<str> = path.into();
    loop {
        let mut chunk = Chunk::default();
        match format.next_chunk(&mut stream, &mut chunk) {
            Ok(true) => {}
            Ok(false) => return Ok(ControlFlow::Continue(())),
            Err(error) => {
                return Err(Reject {
                    offset: Some(stream.bytes()),
                    ..whole(RejectKind::Unreadable, reason(&error))
                });
            }
        }
        let records = Records {
            path: Arc::clone(&path),
            format,
            chunk,
            options: Arc::clone(options),
        };
        if sink(Part::Records(records)).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
}
