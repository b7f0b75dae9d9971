//! The work between the reader's thread and the engine's threads.

use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::iter;
use std::time::Duration;

use chrono::NaiveDate;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use tantivy::{Index, TantivyDocument};
use whosaid_formats::{Clock, Records};
use whosaid_model::{Article, ArticleId, Quotation, QuotationKind, SpeakerKind, caught};
use whosaid_quotes::Annotator;
use whosaid_schema::{ArticleNotes, FileId, Schema, StoredFile};

use crate::address::address;
use crate::existing::Existing;
use crate::feed::Item;
use crate::places::Places;
use crate::plan::Plan;
use crate::report::Count;
use crate::standing::Standing;
use crate::walk::{Found, From};
use crate::writer::Writer;
use crate::{Error, Event, FileChange, FileEvent, Progress, Reject, Report, article_id};

/// Bytes of text that are handed to the engine together: one of its threads wakes for each parcel, and a parcel an
/// article cost a twentieth of the processor's time.
const TOGETHER: usize = 64 << 10;

/// Everything a run works with.
pub(crate) struct Pipeline<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) index: Option<&'a Index>,
    /// The last commit.
    pub(crate) existing: Option<Existing>,
    pub(crate) writer: Writer,
    /// Finds quotations, if they are wanted.
    pub(crate) annotator: Option<&'a Annotator>,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) pool: &'a rayon::ThreadPool,
    pub(crate) today: Option<NaiveDate>,
    /// Bytes to be read between two commits.
    pub(crate) commit_bytes: u64,
    pub(crate) plan: Plan,
    /// Files that are as they were.
    pub(crate) unchanged: &'a FxHashSet<FileId>,
    pub(crate) report: Report,
    /// The articles of this run.
    pub(crate) written: FxHashSet<ArticleId>,
    /// Articles whose place later versions took.
    pub(crate) succeeded: FxHashSet<ArticleId>,
    /// What stands at the addresses that came up since the last commit.
    pub(crate) places: Places,
    /// Files that were read to their end, and the records of those since the last commit.
    pub(crate) done: FxHashSet<FileId>,
    pub(crate) recent: FxHashMap<FileId, StoredFile>,
    /// Files that the last commit does not know, though they are as they were: they hold what is going away.
    pub(crate) forgotten: BTreeMap<FileId, StoredFile>,
    /// Articles and addresses of which the holders were looked up.
    pub(crate) looked_up: FxHashSet<u64>,
    /// Articles the archive had before that gave way to later versions though their files did not change.
    pub(crate) overtaken: u64,
    /// Hashes of the names of speakers.
    pub(crate) speakers: FxHashSet<u64>,
    /// Bytes that were read before the last commit.
    pub(crate) committed: u64,
    /// What tells when the next commit is due.
    pub(crate) clock: Option<&'a dyn Clock>,
    pub(crate) commit_after: Duration,
    pub(crate) commit_due: Duration,
    /// Files are read again for what went away.
    pub(crate) restoring: bool,
    /// The file whose records are coming in.
    pub(crate) open: Option<OpenFile>,
}

/// A file on its way.
pub(crate) struct OpenFile {
    pub(crate) found: Found,
    pub(crate) id: FileId,
    /// Articles that the archive had from it, if it is read again.
    old: Option<u64>,
    /// Articles of it that the archive had before, and that it had not.
    pub(crate) kept: u64,
    pub(crate) fresh: u64,
    pub(crate) noted: StoredFile,
    /// The hash of its bytes, once it was read to its end.
    hash: Option<String>,
}

/// An article that was read.
pub(crate) struct Read {
    pub(crate) article: Article,
    pub(crate) id: ArticleId,
    pub(crate) address: Option<u64>,
    /// The same article in the last commit.
    pub(crate) known: Option<Standing>,
    /// Another article that the last commit has from this address.
    pub(crate) rival: Option<Standing>,
}

/// What is worked on together.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) files: Vec<OpenFile>,
    pub(crate) todo: Vec<Todo>,
}

/// An article to be written.
pub(crate) struct Todo {
    pub(crate) article: Article,
    pub(crate) notes: ArticleNotes,
    /// A later version came in the same batch: it is counted, but not written.
    pub(crate) dropped: bool,
}

/// What became of it.
struct Written {
    quotations: u64,
    indirect: u64,
    speakers: Vec<u64>,
    /// Its quotations could not be found.
    fault: Option<Reject>,
}

impl Pipeline<'_> {
    /// Does one batch, and commits at the end of a file when it is time to.
    pub(crate) fn work(&mut self, mut items: Vec<Item>) -> Result<(), Error> {
        let last = |item: &Item| matches!(item, Item::End { .. });
        let much = self.report.bytes.saturating_sub(self.committed) >= self.commit_bytes;
        let due = (much || self.is_late()) && !self.restoring;
        if due && let Some(end) = items.iter().rposition(last) {
            let rest = items.split_off(end.saturating_add(1));
            self.work_on(items)?;
            self.checkpoint()?;
            items = rest;
        }
        self.work_on(items)
    }

    /// Reads the records of a batch on all threads, decides in order which articles to keep, and annotates and
    /// encodes these on all threads.
    fn work_on(&mut self, items: Vec<Item>) -> Result<(), Error> {
        let mut read = self.read_records(&items)?.into_iter();
        let before = (
            self.report.articles,
            self.report.quotations,
            self.report.bytes,
        );
        let mut batch = Batch {
            files: self.open.take().into_iter().collect(),
            ..Batch::default()
        };
        for item in items {
            match item {
                Item::Open(found) => batch.files.push(self.open_file(found)),
                Item::Records { records, bytes, .. } => {
                    self.report.bytes.raise(bytes);
                    for results in read.by_ref().take(records.len()) {
                        for result in results {
                            self.decide(result, &mut batch)?;
                        }
                    }
                }
                Item::End { hash } => {
                    if let Some(file) = batch.files.last_mut() {
                        file.hash = Some(hash);
                    }
                }
                Item::Part(reject) => {
                    if let Some(file) = batch.files.last_mut() {
                        file.noted.rejected.raise(reject.kind.is_fault().into());
                    }
                    self.reject(reject);
                }
                Item::Reject(reject) => self.reject(reject),
                Item::Refuse { found, reject } => {
                    self.reject(reject);
                    if let From::File(file) = found.from
                        && self.plan.changed.remove(&file.id).is_some()
                    {
                        self.writer.remove_file(file.id);
                        self.done.insert(file.id);
                    }
                }
            }
        }
        self.write_all(&batch.todo)?;
        let mut files = batch.files.into_iter();
        while let Some(mut file) = files.next() {
            match file.hash.take() {
                Some(hash) => self.end_file(file, hash)?,
                None if files.len() == 0 => self.open = Some(file),
                // It could not be read to its end: what is done of it stays, and it is read again next time.
                None => self.count(&file, FileChange::Unfinished),
            }
        }
        self.progress.event(Event::Advanced {
            bytes: self.report.bytes.saturating_sub(before.2),
            articles: self.report.articles.saturating_sub(before.0),
            quotations: self.report.quotations.saturating_sub(before.1),
        });
        Ok(())
    }

    /// Tells whether the last commit was long ago.
    fn is_late(&self) -> bool {
        self.clock
            .is_some_and(|clock| clock.elapsed() >= self.commit_due)
    }

    /// Begins to count the time to the next commit.
    pub(crate) fn wait_for_commit(&mut self) {
        if let Some(clock) = self.clock {
            self.commit_due = clock.elapsed().saturating_add(self.commit_after);
        }
    }

    /// Counts what was left open when the reading stopped.
    pub(crate) fn leave(&mut self) {
        if let Some(file) = self.open.take() {
            self.count(&file, FileChange::Unfinished);
        }
    }

    fn read_records(&self, batch: &[Item]) -> Result<Vec<Vec<Result<Read, Reject>>>, Error> {
        let records: Vec<(&Records, usize)> = batch
            .iter()
            .filter_map(|item| match item {
                Item::Records { records, .. } => Some(records),
                _ => None,
            })
            .flat_map(|records| (0..records.len()).map(move |index| (records, index)))
            .collect();
        let read = |&(records, index): &(&Records, usize)| {
            let mut results = Vec::with_capacity(1);
            records.read(index, &mut |result| results.push(result));
            results
                .into_iter()
                .map(|result| match result {
                    Ok(article) => Ok(Ok(self.look_up(article)?)),
                    Err(reject) => Ok(Err(reject)),
                })
                .collect()
        };
        let read = || {
            records
                .par_iter()
                .map(read)
                .collect::<Result<_, whosaid_schema::Error>>()
        };
        self.pool.install(read).map_err(Error::from)
    }

    /// Names an article and looks for it in the last commit.
    fn look_up(&self, article: Article) -> Result<Read, whosaid_schema::Error> {
        let (id, address) = (article_id(&article), address(&article));
        let (mut known, mut rival) = (None, None);
        if let Some(existing) = &self.existing {
            if let Some(address) = address {
                rival = existing.article_at(address)?;
            }
            known = match &rival {
                Some(standing) if standing.notes.id == id => rival.take(),
                _ => existing.article(id)?,
            };
        }
        Ok(Read {
            article,
            id,
            address,
            known,
            rival,
        })
    }

    fn open_file(&mut self, found: Found) -> OpenFile {
        let shown = found.shown.clone();
        self.progress.event(Event::Reading { path: &shown });
        self.report.files.raise(1);
        let mut noted = StoredFile {
            shown,
            ..StoredFile::default()
        };
        let (id, old) = match &found.from {
            From::File(file) => {
                noted.path = file.path.to_string_lossy().into_owned();
                noted.size = file.size;
                noted.modified = file.modified;
                let old = self.plan.changed.remove(&file.id);
                if old.is_some() {
                    self.writer.remove_file(file.id);
                }
                (file.id, old)
            }
            From::Pipe(path) => (FileId::of(path.as_os_str().as_encoded_bytes()), None),
            From::Stream(_) => (FileId::of("-"), None),
        };
        OpenFile {
            found,
            id,
            old,
            kept: 0,
            fresh: 0,
            noted,
            hash: None,
        }
    }

    /// Annotates and writes articles, and counts them.
    fn write_all(&mut self, todo: &[Todo]) -> Result<(), Error> {
        let write = |todo: &&[Todo]| self.write_some(todo);
        let write = || {
            bundles(todo)
                .par_iter()
                .map(write)
                .collect::<Result<Vec<_>, Error>>()
        };
        let written = self.pool.install(write)?.into_iter().flatten();
        for (todo, written) in todo.iter().zip(written) {
            self.speakers.extend(written.speakers);
            if let Some(fault) = written.fault {
                self.reject(fault);
            }
            if todo.dropped {
                continue;
            }
            self.report.articles.raise(1);
            self.report.quotations.raise(written.quotations);
            self.report.indirect.raise(written.indirect);
            if let Some(address) = todo.notes.address {
                let (quotations, indirect) = (written.quotations, written.indirect);
                self.places
                    .settle(address, todo.notes.id, quotations, indirect);
            }
        }
        Ok(())
    }

    /// Hands the documents of a few articles to the engine together.
    fn write_some(&self, todo: &[Todo]) -> Result<Vec<Written>, Error> {
        let mut documents = Vec::new();
        let written = todo
            .iter()
            .map(|todo| self.write(todo, &mut documents))
            .collect();
        let texts = todo.iter().map(|todo| todo.article.text.len());
        let texts = texts.fold(0, usize::saturating_add).saturating_mul(2);
        let bytes = documents.len().saturating_mul(2048).saturating_add(texts);
        self.writer.add(documents, bytes)?;
        Ok(written)
    }

    fn write(&self, todo: &Todo, documents: &mut Vec<TantivyDocument>) -> Written {
        let article = &todo.article;
        let found = self.annotator.map(|annotator| annotate(annotator, article));
        let (quotations, fault) = match found.transpose() {
            Ok(quotations) => (quotations.unwrap_or_default(), None),
            Err(fault) => (Vec::new(), Some(fault)),
        };
        let is_indirect = |quotation: &&Quotation| quotation.kind == QuotationKind::Indirect;
        let written = Written {
            quotations: quotations.len() as u64,
            indirect: quotations.iter().filter(is_indirect).count() as u64,
            speakers: speakers(&quotations),
            fault,
        };
        if !todo.dropped {
            let notes = ArticleNotes {
                quotations: written.quotations,
                indirect: written.indirect,
                ..todo.notes.clone()
            };
            let first = self.schema.encode_article(article, &notes);
            let behind = self.schema.encode_quotations(article, &notes, &quotations);
            documents.extend(iter::once(first).chain(behind));
        }
        written
    }

    fn end_file(&mut self, mut file: OpenFile, hash: String) -> Result<(), Error> {
        let change = match file.old {
            _ if self.restoring => FileChange::ReadAgain,
            Some(_) => FileChange::Changed,
            None => FileChange::New,
        };
        self.count(&file, change);
        if matches!(file.found.from, From::File(_)) {
            file.noted.sha256 = hash;
            self.writer.add_file(&file.noted, file.id)?;
            self.done.insert(file.id);
            self.recent.insert(file.id, file.noted);
        }
        Ok(())
    }

    /// Counts what a file brought, against what the archive had from it.
    fn count(&mut self, file: &OpenFile, change: FileChange) {
        let noted = &file.noted;
        self.progress.event(Event::File(FileEvent {
            path: &noted.shown,
            change,
            articles: noted.articles,
            copies: (noted.duplicates.len().max(noted.displaced.len())) as u64,
            rejected: noted.rejected,
        }));
        let gone = file.old.unwrap_or(0).saturating_sub(file.kept);
        let replaced = gone.min(file.fresh);
        self.report.replaced.raise(replaced);
        self.report.added.raise(file.fresh.saturating_sub(replaced));
    }

    pub(crate) fn reject(&mut self, reject: Reject) {
        tracing::debug!(%reject, "left out");
        self.progress.event(Event::Rejected(&reject));
        self.report.reject(reject);
    }
}

/// Cuts a list into runs of articles that are written together.
fn bundles(todo: &[Todo]) -> Vec<&[Todo]> {
    let mut bytes = 0_usize;
    let bundles = todo.chunk_by(|last, _| {
        bytes = bytes.saturating_add(last.article.text.len());
        let fits = bytes < TOGETHER;
        if !fits {
            bytes = 0;
        }
        fits
    });
    bundles.collect()
}

/// Finds the quotations of an article.
///
/// # Errors
/// When the program fails on it: a mistake of its own, but no reason to stop.
pub fn annotate(annotator: &Annotator, article: &Article) -> Result<Vec<Quotation>, Reject> {
    let found = caught(|| annotator.annotate(article.title.as_deref(), &article.text));
    found.map_err(|message| {
        let place = &article.place;
        Reject::fault(&place.path, place.record, None, &message)
    })
}

/// Hashes the names of those who are named.
fn speakers(quotations: &[Quotation]) -> Vec<u64> {
    quotations
        .iter()
        .filter_map(|quotation| quotation.attribution.as_ref())
        .map(|attribution| &attribution.speaker)
        .filter(|speaker| {
            matches!(
                speaker.kind,
                SpeakerKind::Person | SpeakerKind::Organization
            )
        })
        .filter(|speaker| !speaker.name.is_empty())
        .map(|speaker| FxBuildHasher.hash_one(&speaker.name))
        .collect()
}
