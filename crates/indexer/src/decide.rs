//! Which articles are kept: each once, of several versions the latest. In the order of the inputs, on one thread.

use whosaid_model::Article;
use whosaid_schema::{ArticleNotes, FileId};

use crate::pipeline::{Batch, Pipeline, Read, Todo};
use crate::places::Place;
use crate::report::Count;
use crate::standing::{Standing, Verdict};
use crate::walk::From;
use crate::{Error, Reject, Warning};

impl Pipeline<'_> {
    /// Decides what becomes of an article of the last file of the batch.
    pub(crate) fn decide(
        &mut self,
        result: Result<Read, Reject>,
        batch: &mut Batch,
    ) -> Result<(), Error> {
        let Some(file) = batch.files.last_mut() else {
            // Each file is opened before its records come.
            return Ok(());
        };
        let read = match result {
            Ok(read) => read,
            Err(reject) => {
                file.noted.rejected.raise(reject.kind.is_fault().into());
                self.reject(reject);
                return Ok(());
            }
        };
        for warning in Warning::of(&read.article) {
            self.report.warn(warning);
        }
        let (id, address) = (read.id, read.address);
        let mut rival = self.rival(&read, file.id)?;
        if let Some((standing, _)) = &rival
            && standing.judge(id, &read.article) == Verdict::Outdated
        {
            if !self.leaves(standing) {
                self.report.outdated.raise(1);
                file.noted.displaced.extend(address);
                return Ok(());
            }
            // A file that says again what it said before means it; should it have the later version too, that one
            // comes and is judged.
            rival = None;
        }
        let retired = self.plan.retired.contains_key(&id);
        let ours = self.written.contains(&id);
        let in_archive = read.known.is_some() && !retired && !ours;
        if in_archive && !matches!(file.found.from, From::File(_)) {
            self.report.unchanged.raise(1);
            return Ok(());
        }
        if in_archive || ours {
            self.report.duplicates.raise(1);
            file.noted.duplicates.push(id);
            file.noted.displaced.extend(address);
            return Ok(());
        }
        let mut notes = ArticleNotes {
            id,
            file: file.id,
            address,
            added: self.today,
            ..ArticleNotes::default()
        };
        let from = file.id;
        if let Some(known) = read.known
            && (known.notes.file == from || self.plan.gone.contains_key(&known.notes.file))
        {
            notes.added = known.notes.added;
            notes.versions = known.notes.versions;
        }
        if retired {
            // Its old place may not be cleared yet, or ever, if the run is stopped.
            self.writer.remove_article(id);
        }
        let mut fresh = !retired;
        if let Some((rival, todo)) = rival {
            fresh &= self.overtake(&rival, todo, from, batch)?;
            notes.versions = rival.history();
        }
        if let Some(file) = batch.files.last_mut() {
            file.fresh.raise(fresh.into());
            file.kept.raise(retired.into());
            file.noted.articles.raise(1);
        }
        self.report.unchanged.raise(retired.into());
        let undated = read.article.published.is_none();
        self.report.undated.raise(undated.into());
        self.stand(&read.article, &notes, batch.todo.len());
        batch.todo.push(Todo {
            article: read.article,
            notes,
            dropped: false,
        });
        Ok(())
    }

    /// Returns the other article at the address of one that was read, as the inputs up to here have it, and its
    /// place in the batch if it is not written yet.
    fn rival(&self, read: &Read, from: FileId) -> Result<Option<Place>, Error> {
        let place = read.address.map(|address| self.places.get(address));
        let place = place.transpose()?.flatten();
        let place = place.or_else(|| read.rival.clone().map(|rival| (rival, None)));
        let Some((standing, todo)) = place else {
            return Ok(None);
        };
        let (id, file) = (standing.notes.id, standing.notes.file);
        // One that will be read again is judged then; one that its own file has no more is a version of the past.
        let stands = self.written.contains(&id)
            || !self.plan.retired.contains_key(&id)
            || file == from
            || (self.plan.gone.contains_key(&file) && !self.restoring);
        Ok((stands && id != read.id).then_some((standing, todo)))
    }

    /// Tells whether an article is in the archive only until the file it came from is replaced or forgotten.
    fn leaves(&self, standing: &Standing) -> bool {
        let id = standing.notes.id;
        self.plan.retired.contains_key(&id) && !self.written.contains(&id)
    }

    /// Notes that an article will be in the archive.
    fn stand(&mut self, article: &Article, notes: &ArticleNotes, todo: usize) {
        self.written.insert(notes.id);
        if let Some(address) = notes.address {
            let standing = Standing::new(article, notes.clone());
            self.places.insert(address, standing, todo);
        }
    }

    /// Removes an article whose place a later version takes. Returns whether the later one counts as new beside it.
    fn overtake(
        &mut self,
        rival: &Standing,
        todo: Option<usize>,
        by: FileId,
        batch: &mut Batch,
    ) -> Result<bool, Error> {
        let notes = &rival.notes;
        self.succeeded.insert(notes.id);
        let ours = self.written.contains(&notes.id);
        let retired = self.plan.retired.contains_key(&notes.id);
        self.report.updated.raise(1);
        let unwritten = todo.and_then(|index| batch.todo.get_mut(index));
        let was_written = unwritten.is_none();
        match unwritten {
            Some(todo) => todo.dropped = true,
            None => self.writer.remove_article(notes.id),
        }
        if ours {
            self.report.undated.lower(rival.is_undated().into());
            if was_written {
                self.report.articles.lower(1);
                self.report.quotations.lower(notes.quotations);
                self.report.indirect.lower(notes.indirect);
            }
        }
        if ours || !retired {
            self.displace(rival, batch)?;
        }
        match (ours, retired) {
            (true, false) => return Ok(false),
            (true, true) => {
                self.report.unchanged.lower(1);
                self.overtaken.raise(1);
            }
            (false, true) if notes.file == by => return Ok(true),
            (false, true) => {}
            (false, false) => {
                self.overtaken.raise(1);
                if self.unchanged.contains(&notes.file) {
                    self.report.unchanged.lower(1);
                }
            }
        }
        self.report.replaced.raise(1);
        Ok(false)
    }

    /// Notes in the record of a file that the archive has another version of one of its articles.
    fn displace(&mut self, rival: &Standing, batch: &mut Batch) -> Result<(), Error> {
        let id = rival.notes.file;
        let displace = |stored: &mut whosaid_schema::StoredFile| {
            stored.articles.lower(1);
            stored.displaced.extend(rival.notes.address);
        };
        let mut open = batch.files.iter_mut().rev();
        if let Some(file) = open.find(|file| file.id == id) {
            displace(&mut file.noted);
            return Ok(());
        }
        if let Some(stored) = self.forgotten.get_mut(&id) {
            displace(stored);
            return Ok(());
        }
        let stored = match (self.recent.get(&id), &self.existing) {
            (Some(stored), _) => Some(stored.clone()),
            (None, Some(existing)) => existing.file(id)?,
            (None, None) => None,
        };
        if let Some(mut stored) = stored {
            displace(&mut stored);
            self.writer.add_file(&stored, id)?;
            self.recent.insert(id, stored);
        }
        Ok(())
    }
}
