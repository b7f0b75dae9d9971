use std::ops::ControlFlow;
use std::sync::Arc;

use whosaid_formats::Part;
use whosaid_model::{Article, reason};

use crate::report::KEPT;
use crate::walk::{Found, roots, walk};
use crate::{Error, Input, ReadOptions, Reject, RejectKind, Warning};

/// Hands the articles of the inputs to `sink`, in order, until it breaks off; what cannot be read is handed to
/// it as a reject. Returns what the user should know, such as a folder without files or a date that is none; of a
/// thousand such things the first.
///
/// # Errors
/// When an input is missing.
pub fn read_articles(
    inputs: &[Input],
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Article, Reject>) -> ControlFlow<()>,
) -> Result<Vec<Warning>, Error> {
    let options = Arc::new(options.clone());
    let mut warnings = Vec::new();
    for root in roots(inputs, false)? {
        let mut found_any = false;
        let mut flow = ControlFlow::Continue(());
        walk(std::slice::from_ref(&root), None, &mut |found| {
            found_any = true;
            flow = match found {
                Ok(found) => read_file(&found, &options, &mut |article| {
                    if let Ok(article) = &article
                        && warnings.len() < KEPT
                    {
                        warnings.extend(Warning::of(article));
                    }
                    sink(article)
                }),
                Err(reject) => sink(Err(reject)),
            };
            flow
        });
        if flow.is_break() {
            break;
        }
        if !found_any {
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

fn read_file(
    found: &Found,
    options: &Arc<ReadOptions>,
    sink: &mut dyn FnMut(Result<Article, Reject>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut file = match found.open() {
        Ok(file) => file,
        Err(error) => return sink(Err(found.reject(RejectKind::Unreadable, reason(&error)))),
    };
    let mut flow = ControlFlow::Continue(());
    let read = whosaid_formats::read_file(&mut file, &found.shown, options, &mut |part| {
        match part {
            Part::Reject(reject) => flow = sink(Err(reject)),
            Part::Records(records) => records.read_all(&mut |article| {
                if flow.is_continue() {
                    flow = sink(article);
                }
            }),
        }
        flow
    });
    if let (Err(reject), ControlFlow::Continue(())) = (read, flow) {
        flow = sink(Err(reject));
    }
    flow
}
