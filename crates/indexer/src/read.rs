use std::ops::ControlFlow;

use whosaid_model::Article;
use whosaid_schema::reason;

use crate::format::{Choice, Chunk, Format, Head, Stream, choose};
use crate::walk::{Found, roots, walk};
use crate::{Error, Input, ReadOptions, Reject, RejectKind, Warning};

/// Hands the articles of the inputs to `sink`, in order, until it breaks off; what cannot be read is handed to
/// it as a reject. Returns what the user should know, such as a folder without files.
///
/// # Errors
/// When an input is missing.
pub fn read_articles(
    inputs: &[Input],
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Article, Reject>) -> ControlFlow<()>,
) -> Result<Vec<Warning>, Error> {
    let mut warnings = Vec::new();
    for root in roots(inputs, false)? {
        let mut files = 0_u64;
        let mut flow = ControlFlow::Continue(());
        walk(std::slice::from_ref(&root), None, &mut |found| {
            files += 1;
            flow = match found {
                Ok(found) => read_file(&found, options, sink),
                Err(reject) => sink(Err(reject)),
            };
            flow
        });
        if flow.is_break() {
            break;
        }
        if files == 0 {
            warnings.extend(empty(&root));
        }
    }
    Ok(warnings)
}

/// Warns of a root without files.
pub(crate) fn empty(root: &crate::walk::Root) -> Option<Warning> {
    use crate::walk::Root;
    let (shown, message) = match root {
        Root::Folder { shown, .. } => (shown, "no files in this folder"),
        Root::Gone { shown, .. } => (shown, "no such file or folder"),
        Root::File(_) => return None,
    };
    Some(Warning {
        path: shown.to_string_lossy().into_owned(),
        message: message.to_owned(),
    })
}

/// Opens a file and chooses its format.
pub(crate) fn open(found: &Found, limit: usize) -> Result<(Stream, &'static dyn Format), Reject> {
    let unreadable = |error: std::io::Error| found.reject(RejectKind::Unreadable, reason(&error));
    let stream = found
        .open()
        .and_then(|inner| Stream::open(inner, limit))
        .map_err(unreadable)?;
    let head = Head {
        bytes: stream.head(),
        extension: &found.extension(),
    };
    match choose(&head) {
        Choice::Refuse(kind, reason) => Err(found.reject(kind, reason)),
        Choice::Read(_) if head.bytes.trim_ascii().is_empty() && stream.is_whole() => {
            Err(found.reject(RejectKind::Empty, "no text in it"))
        }
        Choice::Read(format) => Ok((stream, format)),
    }
}

fn read_file(
    found: &Found,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Article, Reject>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let (mut stream, format) = match open(found, options.record_limit) {
        Ok(opened) => opened,
        Err(reject) => return sink(Err(reject)),
    };
    loop {
        let mut chunk = Chunk::default();
        match format.next_chunk(&mut stream, &mut chunk) {
            Ok(true) => {}
            Ok(false) => return ControlFlow::Continue(()),
            Err(error) => return sink(Err(found.reject(RejectKind::Unreadable, reason(&error)))),
        }
        for record in &chunk.records {
            let mut flow = ControlFlow::Continue(());
            chunk.read(record, format, &found.shown, &mut |article| {
                if flow.is_continue() {
                    flow = sink(
                        article.map(|article| with_source(article, options.source.as_deref())),
                    );
                }
            });
            flow?;
        }
    }
}

/// Gives an article without an outlet the one the user named.
pub(crate) fn with_source(mut article: Article, source: Option<&str>) -> Article {
    if article.source.is_none() {
        article.source = source.map(ToOwned::to_owned);
    }
    article
}
