//! What is to be done, found out before anything is changed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use whosaid_model::ArticleId;
use whosaid_schema::{FileId, StoredFile};

use crate::existing::Existing;
use crate::report::Count;
use crate::tally::Tally;
use crate::walk::{Found, FoundFile, From, Root, walk};
use crate::writer::Writer;
use crate::{Error, Progress, Report, Warning};

/// The state of the inputs against the archive. All sets hold 8 bytes a file or article.
#[derive(Default)]
pub(crate) struct Plan {
    /// Files that are there.
    pub(crate) seen: FxHashSet<FileId>,
    /// Files that are as they were.
    pub(crate) unchanged: FxHashSet<FileId>,
    /// Files to be read of which the archive has something, with the number of articles it has.
    pub(crate) changed: FxHashMap<FileId, u64>,
    /// Files that are to be forgotten once all others are read.
    pub(crate) gone: BTreeMap<FileId, String>,
    /// The articles of changed and gone files, with their addresses.
    pub(crate) retired: FxHashMap<ArticleId, Option<u64>>,
    /// All inputs were looked at.
    pub(crate) complete: bool,
    /// Files to be read, and their bytes.
    pub(crate) files: u64,
    pub(crate) bytes: u64,
}

/// Whether a file must be read.
enum State {
    New,
    /// As it was; if only its time of change is new, what is to be noted.
    Unchanged {
        articles: u64,
        rejected: u64,
        touched: Option<StoredFile>,
    },
    Changed,
}

impl Plan {
    /// Looks at every file of the inputs. Notes new times of change of files that are otherwise the same.
    pub(crate) fn make(
        roots: &[Root],
        except: Option<&Path>,
        existing: Option<&Existing>,
        writer: &Writer,
        progress: &dyn Progress,
        report: &mut Report,
    ) -> Result<Self, Error> {
        let mut plan = Self {
            complete: true,
            ..Self::default()
        };
        let mut failed = Ok(());
        for root in roots {
            let mut found_any = false;
            walk(std::slice::from_ref(root), except, &mut |found| {
                if progress.cancelled() {
                    plan.complete = false;
                    return ControlFlow::Break(());
                }
                found_any = true;
                let Ok(found) = found else {
                    // Told when the folder is walked to be read.
                    return ControlFlow::Continue(());
                };
                failed = plan.look_at(&found, existing, writer, report);
                match failed {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            });
            std::mem::replace(&mut failed, Ok(()))?;
            if let (false, Root::Folder { shown, .. }) = (found_any, root) {
                report.warn(Warning {
                    path: shown.to_string_lossy().into_owned(),
                    message: "no files in this folder".to_owned(),
                });
            }
        }
        Ok(plan)
    }

    fn look_at(
        &mut self,
        found: &Found,
        existing: Option<&Existing>,
        writer: &Writer,
        report: &mut Report,
    ) -> Result<(), Error> {
        let From::File(file) = &found.from else {
            self.files.raise(1);
            return Ok(());
        };
        if !self.seen.insert(file.id) {
            return Ok(());
        }
        let state = match existing {
            Some(existing) => state(file, existing)?,
            None => State::New,
        };
        match (state, existing) {
            (
                State::Unchanged {
                    articles,
                    rejected,
                    touched,
                },
                _,
            ) => {
                self.unchanged.insert(file.id);
                report.files_unchanged.raise(1);
                report.unchanged.raise(articles);
                report.rejected_before.raise(rejected);
                if let Some(touched) = touched {
                    writer.add_file(&touched, file.id)?;
                }
                return Ok(());
            }
            (State::Changed, Some(existing)) => {
                let articles = self.retire(file.id, existing)?;
                self.changed.insert(file.id, articles);
            }
            _ => {}
        }
        self.files.raise(1);
        self.bytes.raise(file.size);
        Ok(())
    }

    /// Notes that the articles of a file will go, and returns their number.
    pub(crate) fn retire(&mut self, file: FileId, existing: &Existing) -> Result<u64, Error> {
        let articles = existing
            .articles_of(file)
            .map_err(whosaid_schema::Error::from)?;
        let count = articles.len() as u64;
        self.retired.extend(articles);
        Ok(count)
    }

    /// Notes the files under the roots that are gone.
    pub(crate) fn prune(&mut self, roots: &[Root], existing: &Existing) -> Result<(), Error> {
        let mut gone = BTreeMap::new();
        existing.files(|file| {
            // A name that is no UTF-8 cannot be told from its neighbours.
            if file.path.contains('\u{fffd}') {
                return;
            }
            let path = PathBuf::from(&file.path);
            let id = FileId::of(file.path.as_bytes());
            if roots.iter().any(|root| covers(root, &path)) && !self.seen.contains(&id) {
                gone.insert(id, file.shown);
            }
        })?;
        for id in gone.keys() {
            self.retire(*id, existing)?;
        }
        self.gone = gone;
        Ok(())
    }
}

/// Tells whether a root leads to a path.
fn covers(root: &Root, path: &Path) -> bool {
    match root {
        Root::Folder { path: root, .. } | Root::Gone { path: root, .. } => path.starts_with(root),
        Root::File(_) => false,
    }
}

fn state(file: &FoundFile, existing: &Existing) -> Result<State, Error> {
    let Some(known) = existing.file(file.id)? else {
        // A run that was stopped in the middle of a file leaves articles without the file.
        let articles = existing
            .articles_of(file.id)
            .map_err(whosaid_schema::Error::from)?;
        return Ok(if articles.is_empty() {
            State::New
        } else {
            State::Changed
        });
    };
    if known.size != file.size {
        return Ok(State::Changed);
    }
    let (articles, rejected) = (known.articles, known.rejected);
    if known.modified == file.modified && file.modified != 0 {
        return Ok(State::Unchanged {
            articles,
            rejected,
            touched: None,
        });
    }
    Ok(match hash(&file.path) {
        Ok(hash) if hash == known.sha256 => State::Unchanged {
            articles,
            rejected,
            touched: (known.modified != file.modified).then_some(StoredFile {
                modified: file.modified,
                ..known
            }),
        },
        _ => State::Changed,
    })
}

fn hash(path: &Path) -> io::Result<String> {
    Tally::new(File::open(path)?).finish()
}
