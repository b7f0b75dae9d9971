//! The work between the reader's thread and the engine's threads.

use std::hash::BuildHasher;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxBuildHasher, FxHashSet};
use whosaid_formats::Records;
use whosaid_model::{Article, ArticleId, Quotation, QuotationKind, SpeakerKind};
use whosaid_quotes::Annotator;
use whosaid_schema::{FileId, Schema, StoredFile};

use crate::existing::Existing;
use crate::feed::Item;
use crate::plan::Plan;
use crate::walk::{Found, From};
use crate::writer::Writer;
use crate::{Error, Event, Progress, Reject, Report, Warning, article_id};

/// Everything a run works with.
pub(crate) struct Pipeline<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) existing: Option<&'a Existing>,
    pub(crate) writer: &'a Writer,
    pub(crate) annotator: &'a Annotator,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) pool: &'a rayon::ThreadPool,
    pub(crate) plan: Plan,
    pub(crate) report: Report,
    /// The articles of this run.
    pub(crate) written: FxHashSet<ArticleId>,
    /// Files that were read to their end.
    pub(crate) done: FxHashSet<FileId>,
    /// Hashes of the names of speakers.
    pub(crate) speakers: FxHashSet<u64>,
    /// The file whose records are coming in.
    pub(crate) open: Option<OpenFile>,
}

/// A file on its way.
pub(crate) struct OpenFile {
    found: Found,
    id: FileId,
    /// Articles that the archive had from it, if it is read again.
    old: Option<u64>,
    /// Articles of it that the archive had before, and that it had not.
    kept: u64,
    fresh: u64,
    noted: StoredFile,
}

/// An article that was read.
struct Read {
    article: Article,
    id: ArticleId,
    /// The last commit has it.
    known: bool,
}

/// An article to be written.
struct Todo {
    /// Which file of the batch it is from.
    file: usize,
    from: FileId,
    id: ArticleId,
    article: Article,
}

/// What became of it.
struct Written {
    file: usize,
    quotations: u64,
    indirect: u64,
    speakers: Vec<u64>,
}

impl Pipeline<'_> {
    /// Does one batch: reads its records on all threads, decides in order which articles to keep, and
    /// annotates and encodes these on all threads.
    pub(crate) fn work(&mut self, batch: Vec<Item>) -> Result<(), Error> {
        let mut read = self.read_records(&batch)?.into_iter();
        let before = (
            self.report.articles,
            self.report.quotations,
            self.report.bytes,
        );
        let mut files: Vec<OpenFile> = self.open.take().into_iter().collect();
        let mut ends = Vec::new();
        let mut todo = Vec::new();
        for item in batch {
            match item {
                Item::Open(found) => files.push(self.open_file(found)),
                Item::Records { records, bytes, .. } => {
                    self.report.bytes += bytes;
                    let file = files.len() - 1;
                    for results in read.by_ref().take(records.len()) {
                        for result in results {
                            todo.extend(self.decide(result, file, &mut files[file]));
                        }
                    }
                }
                Item::End { hash } => ends.push((files.len() - 1, hash)),
                Item::Part(reject) => {
                    if let Some(file) = files.last_mut() {
                        file.noted.rejected += u64::from(reject.kind.is_fault());
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
        for written in self.write(&todo)? {
            files[written.file].noted.quotations += written.quotations;
            self.report.quotations += written.quotations;
            self.report.indirect += written.indirect;
            self.speakers.extend(written.speakers);
        }
        self.report.articles += todo.len() as u64;
        let last = files.len();
        let mut ends = ends.into_iter().peekable();
        for (index, file) in files.into_iter().enumerate() {
            match ends.next_if(|(end, _)| *end == index) {
                Some((_, hash)) => self.end_file(file, hash)?,
                None if index + 1 == last => self.open = Some(file),
                // It could not be read to its end: what is done of it stays, and it is read again next time.
                None => self.count(&file),
            }
        }
        self.progress.event(Event::Advanced {
            bytes: self.report.bytes - before.2,
            articles: self.report.articles - before.0,
            quotations: self.report.quotations - before.1,
        });
        Ok(())
    }

    /// Counts what was left open when the reading stopped.
    pub(crate) fn leave(&mut self) {
        if let Some(file) = self.open.take() {
            self.count(&file);
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
            records.read(index, &mut |result| {
                results.push(result.map(|article| Read {
                    id: article_id(&article),
                    article,
                    known: false,
                }));
            });
            if let Some(existing) = self.existing {
                for read in results.iter_mut().flatten() {
                    read.known = existing.has_article(read.id)?;
                }
            }
            Ok(results)
        };
        self.pool
            .install(|| records.par_iter().map(read).collect::<tantivy::Result<_>>())
            .map_err(|error| whosaid_schema::Error::from(error).into())
    }

    fn open_file(&mut self, found: Found) -> OpenFile {
        let shown = found.shown.clone();
        self.progress.event(Event::Reading { path: &shown });
        self.report.files += 1;
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
        }
    }

    /// Decides whether an article is kept. Called in the order of the inputs, whatever the number of threads.
    fn decide(
        &mut self,
        result: Result<Read, Reject>,
        index: usize,
        file: &mut OpenFile,
    ) -> Option<Todo> {
        let read = match result {
            Ok(read) => read,
            Err(reject) => {
                file.noted.rejected += u64::from(reject.kind.is_fault());
                self.reject(reject);
                return None;
            }
        };
        for warning in Warning::of(&read.article) {
            self.report.warn(warning);
        }
        let id = read.id;
        let retired = self.plan.retired.contains(&id);
        let in_archive = read.known && !retired;
        if in_archive && !matches!(file.found.from, From::File(_)) {
            self.report.unchanged += 1;
            return None;
        }
        if in_archive || !self.written.insert(id) {
            self.report.duplicates += 1;
            file.noted.duplicates.push(id);
            return None;
        }
        if retired {
            // Its old place may not be cleared yet, or ever, if the run is stopped.
            self.writer.remove_article(id);
            file.kept += 1;
            self.report.unchanged += 1;
        } else {
            file.fresh += 1;
        }
        file.noted.articles += 1;
        self.report.undated += u64::from(read.article.published.is_none());
        Some(Todo {
            file: index,
            from: file.id,
            id,
            article: read.article,
        })
    }

    fn write(&self, todo: &[Todo]) -> Result<Vec<Written>, Error> {
        let write = |todo: &Todo| {
            let article = &todo.article;
            let quotations = self
                .annotator
                .annotate(article.title.as_deref(), &article.text);
            let (id, from) = (todo.id, todo.from);
            let mut documents = Vec::with_capacity(quotations.len() + 1);
            documents.push(
                self.schema
                    .encode_article(article, id, from, quotations.len() as u64),
            );
            documents.extend(
                self.schema
                    .encode_quotations(article, id, from, &quotations),
            );
            let bytes = 2 * article.text.len() + 2048 * documents.len();
            let is_indirect = |quotation: &&Quotation| quotation.kind == QuotationKind::Indirect;
            let written = Written {
                file: todo.file,
                quotations: documents.len() as u64 - 1,
                indirect: quotations.iter().filter(is_indirect).count() as u64,
                speakers: speakers(&quotations),
            };
            self.writer.add(documents, bytes)?;
            Ok(written)
        };
        self.pool.install(|| todo.par_iter().map(write).collect())
    }

    fn end_file(&mut self, mut file: OpenFile, hash: String) -> Result<(), Error> {
        self.count(&file);
        if matches!(file.found.from, From::File(_)) {
            file.noted.sha256 = hash;
            self.writer.add_file(&file.noted, file.id)?;
            self.done.insert(file.id);
        }
        Ok(())
    }

    /// Counts what a file brought, against what the archive had from it.
    fn count(&mut self, file: &OpenFile) {
        let gone = file.old.unwrap_or(0).saturating_sub(file.kept);
        let replaced = gone.min(file.fresh);
        self.report.replaced += replaced;
        self.report.added += file.fresh - replaced;
    }

    fn reject(&mut self, reject: Reject) {
        tracing::debug!(%reject, "left out");
        self.progress.event(Event::Rejected(&reject));
        self.report.reject(reject);
    }
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
