//! From the bytes of a file to its records.

use std::io::{self, Read};
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::Arc;

use whosaid_model::{Article, caught_around, reason};

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
    #[expect(
        clippy::indexing_slicing,
        reason = "documented; and a record outside of its chunk is a fault that is caught"
    )]
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
            deadline: self.options.deadline(),
        };
        let mut with_source = |article: Result<Article, Reject>| {
            sink(article.and_then(|article| {
                origin.in_time()?;
                Ok(Article {
                    source: article.source.or_else(|| self.options.source.clone()),
                    ..article
                })
            }));
        };
        match bytes {
            Some(Range { start, end }) => {
                let read = caught_around(&mut with_source, |sink| {
                    let record = &self.chunk.bytes[*start..*end];
                    self.format.read_record(record, &origin, sink);
                });
                if let Err(message) = read {
                    sink(Err(Reject::fault(&self.path, *number, *offset, &message)));
                }
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
    let read = caught_around(sink, |sink| read_source(file, path, options, sink));
    read.unwrap_or_else(|message| Err(Reject::fault(path, None, None, &message)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Recognition;

    /// Fails on the second record.
    #[derive(Debug)]
    struct Failing;

    impl Format for Failing {
        fn name(&self) -> &'static str {
            "failing"
        }

        fn recognize(&self, _: &Head<'_>) -> Recognition {
            Recognition::No
        }

        fn next_chunk(&self, _: &mut Stream<'_>, _: &mut Chunk) -> io::Result<bool> {
            Ok(false)
        }

        fn read_record(
            &self,
            record: &[u8],
            origin: &Origin<'_>,
            sink: &mut dyn FnMut(Result<Article, Reject>),
        ) {
            assert_ne!(origin.number, Some(2), "a case nobody thought of");
            sink(Ok(Article {
                text: String::from_utf8_lossy(record).into_owned(),
                ..Article::default()
            }));
        }
    }

    #[test]
    fn a_record_that_the_program_fails_on_is_named_and_the_others_are_read() {
        let record = |number: u64, start: usize| Record {
            bytes: Some(start..start + 1),
            number: Some(number),
            offset: Some(start as u64),
        };
        let records = Records {
            path: "a.jsonl".into(),
            format: &Failing,
            chunk: Chunk {
                bytes: b"abc".to_vec(),
                records: vec![record(1, 0), record(2, 1), record(3, 2)],
                ..Chunk::default()
            },
            options: Arc::default(),
        };
        let mut read = Vec::new();
        records.read_all(&mut |article| {
            read.push(article.map(|article| article.text));
        });
        let reject = read.remove(1).unwrap_err();
        assert_eq!(read, [Ok("a".to_owned()), Ok("c".to_owned())]);
        assert_eq!((reject.kind, reject.offset), (RejectKind::Fault, Some(1)));
        let said = reject.to_string();
        assert!(
            said.starts_with("a.jsonl:2: the program failed on it"),
            "{said}"
        );
        assert!(said.contains("a case nobody thought of"), "{said}");
    }
}
