//! What the targets have in common.

use std::ops::ControlFlow;
use std::sync::OnceLock;

use chrono::NaiveDate;
use whosaid_formats::{Part, ReadOptions, Reject, Source, read_file};
use whosaid_indexer::{IndexOptions, Input, index};
use whosaid_query::{Archive, Options};
use whosaid_quotes::Annotator;

/// Bytes of a record, at most, and bytes made of a file: small, so that a run is short.
const RECORD: usize = 1 << 20;
const EXPANDED: u64 = 16 << 20;

/// Reads a file with all that is in it, and checks what holds of every file.
pub fn read(source: &mut dyn Source, name: &str) {
    let options = ReadOptions::new()
        .record_limit(RECORD)
        .expanded_limit(EXPANDED)
        .member_limit(1000);
    let check = |reject: &Reject| {
        assert!(!reject.reason.is_empty());
        assert!(reject.path.starts_with(name), "{reject}");
        assert!(!reject.path.contains("/../"), "{reject}");
    };
    let read = read_file(source, name, &options.into(), &mut |part| {
        match part {
            Part::Records(records) => {
                assert!(records.bytes() as u64 <= EXPANDED + (4 << 20));
                records.read_all(&mut |article| match article {
                    Ok(article) => {
                        assert!(article.place.path.starts_with(name));
                        assert!(!article.text.trim().is_empty());
                        let fields = [
                            &article.title,
                            &article.author,
                            &article.source,
                            &article.url,
                        ];
                        let mut stated = fields.into_iter().flatten();
                        assert!(stated.all(|field| !field.trim().is_empty()), "{article:?}");
                    }
                    Err(reject) => check(&reject),
                });
            }
            Part::Reject(reject) => check(&reject),
        }
        ControlFlow::Continue(())
    });
    if let Err(reject) = read {
        check(&reject);
    }
}

/// Options of a fixed day.
pub fn options() -> Options {
    Options::new().today(NaiveDate::from_ymd_opt(2026, 3, 15).expect("a day"))
}

/// An archive of a part of the sample, made once.
pub fn archive() -> &'static Archive {
    static ARCHIVE: OnceLock<Archive> = OnceLock::new();
    ARCHIVE.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a folder").keep();
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/sample/news/jsonl");
        let inputs = [Input::from(std::path::PathBuf::from(sample))];
        let options = IndexOptions::new();
        index(&dir, &inputs, &Annotator::new(), &options, &()).expect("the sample is indexed");
        Archive::open(&dir).expect("it was made just now")
    })
}
