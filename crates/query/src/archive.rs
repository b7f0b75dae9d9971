use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use serde::Serialize;
use tantivy::collector::Count;
use tantivy::error::DataCorruption;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{IndexReader, ReloadPolicy, Searcher, TantivyError};
use whosaid_schema::{DocumentKind, Schema, day_of_number};

use crate::answer::{self, Answer};
use crate::columns::Columns;
use crate::corrections::{self, Corrections, CorrectionsLock};
use crate::error::Error;
use crate::hidden;
use crate::hit::Hit;
use crate::options::{Options, Query};
use crate::persons::{Persons, Saved};
use crate::question::{Outlets, Question};
use crate::search::SearchBuilder;

/// Blocks of the store that are kept unpacked, for each part of the archive: 16 kB each. What follows in a list lies
/// anywhere, so that many more would hardly be asked for again.
const BLOCKS: usize = 16;

/// An archive opened for reading: the state of its last commit. Cheap to clone, safe to share.
#[derive(Clone)]
pub struct Archive {
    schema: Schema,
    reader: IndexReader,
    /// The commit that is looked at whatever is loaded meanwhile; without it the one loaded last.
    pinned: Option<Searcher>,
    path: Arc<Path>,
    columns: Columns,
    persons: Arc<Mutex<Option<Joined>>>,
}

/// The persons of one state of the archive.
struct Joined {
    state: u64,
    persons: Arc<Persons>,
}

const _: () = {
    const fn shared<T: Clone + Send + Sync>() {}
    const fn sent<T: Send + Sync>() {}
    shared::<Archive>();
    shared::<Query>();
    shared::<crate::Found>();
    shared::<crate::Cancel>();
    sent::<Error>();
    sent::<Hit>();
    sent::<SearchBuilder<'static>>();
    sent::<crate::Stream<Hit>>();
};

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// What an archive holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Holdings {
    /// Articles.
    pub articles: u64,
    /// Quotations, indirect speech included.
    pub quotations: u64,
    /// Those of the quotations that are indirect speech.
    pub indirect: u64,
    /// Files.
    pub files: u64,
    /// The earliest day of publication.
    pub first: Option<NaiveDate>,
    /// The latest day of publication.
    pub last: Option<NaiveDate>,
}

impl Archive {
    /// Opens the archive in the folder `path`. Later commits are seen after [`Archive::reload`].
    ///
    /// # Errors
    /// When there is no archive, something else, or one of another format.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let schema = Schema::new();
        let index = schema.open(path.as_ref())?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(BLOCKS)
            .try_into()
            .map_err(Error::engine)?;
        check_counts(&reader.searcher())?;
        Ok(Self {
            schema,
            reader,
            pinned: None,
            path: path.as_ref().into(),
            columns: Columns::default(),
            persons: Arc::default(),
        })
    }

    /// Looks at the last commit, also in clones.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn reload(&self) -> Result<(), Error> {
        self.reader.reload().map_err(Error::engine)?;
        check_counts(&self.searcher())?;
        self.columns.clear();
        *self.cached_persons() = None;
        Ok(())
    }

    /// Returns the persons and bodies of the archive, each under all its names. They are joined when first asked for
    /// after a commit or a correction, and kept in a file beside the index if that can be written, for the next
    /// process; the file may be deleted.
    ///
    /// # Errors
    /// When the archive or its file of corrections cannot be read.
    pub fn persons(&self) -> Result<Arc<Persons>, Error> {
        let searcher = self.searcher();
        let state = searcher.generation().generation_id();
        // Held while they are joined: two searches at once need them once.
        let mut cached = self.cached_persons();
        if let Some(joined) = cached.as_ref().filter(|joined| joined.state == state) {
            return Ok(Arc::clone(&joined.persons));
        }
        let saved = Saved::of(&self.path, &searcher);
        let persons = match saved.as_ref().and_then(Saved::read) {
            Some(persons) => persons,
            None => self.join(&searcher, saved.as_ref())?,
        };
        let persons = Arc::new(persons);
        *cached = Some(Joined {
            state,
            persons: Arc::clone(&persons),
        });
        Ok(persons)
    }

    /// Joins the names, and keeps what came of it.
    fn join(&self, searcher: &Searcher, saved: Option<&Saved>) -> Result<Persons, Error> {
        let corrections = self.corrections()?;
        let key = saved.map_or(0, Saved::key);
        let persons = Persons::of(searcher, self.schema.fields(), &corrections, key)?;
        if let Some(saved) = saved {
            saved.write(&persons);
        }
        Ok(persons)
    }

    /// Tells whether what is kept of the joined names, if anything, is what joining them gives.
    pub(crate) fn is_kept_right(&self) -> Result<bool, Error> {
        let searcher = self.searcher();
        let saved = Saved::of(&self.path, &searcher);
        let Some((saved, kept)) = saved.and_then(|saved| Some((saved.key(), saved.read()?))) else {
            return Ok(true);
        };
        let corrections = self.corrections()?;
        let joined = Persons::of(&searcher, self.schema.fields(), &corrections, saved)?;
        Ok(joined == kept)
    }

    /// Joins the persons as other corrections would have it; nothing is kept.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn persons_with(&self, corrections: &Corrections) -> Result<Persons, Error> {
        Persons::of(&self.searcher(), self.schema.fields(), corrections, 0)
    }

    /// Reads the corrections of who is who: `corrections.toml` in the archive's folder.
    ///
    /// # Errors
    /// When the file cannot be read, or says what cannot be.
    pub fn corrections(&self) -> Result<Corrections, Error> {
        Corrections::read(self.path.join(corrections::FILE))
    }

    /// Keeps other processes from changing the corrections until the lock is dropped: take it before they are read, if
    /// they are to be written. Waits for whoever has it.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn lock_corrections(&self) -> Result<CorrectionsLock, Error> {
        CorrectionsLock::wait(&self.path.join(corrections::FILE))
    }

    /// Writes the corrections of who is who, which all searches from now on follow.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn correct(&self, corrections: &Corrections) -> Result<(), Error> {
        corrections.write(self.path.join(corrections::FILE))?;
        *self.cached_persons() = None;
        Ok(())
    }

    fn cached_persons(&self) -> MutexGuard<'_, Option<Joined>> {
        // What a panic left behind is either nothing or whole.
        self.persons.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Starts a search.
    pub fn search<'a>(&'a self, query: &'a Query) -> SearchBuilder<'a> {
        SearchBuilder::new(self, query)
    }

    /// Answers a question in plain English.
    ///
    /// # Errors
    /// When the question is not understood, or as a search.
    pub fn ask(&self, question: &str, options: &Options) -> Result<Answer, Error> {
        let question = self.question(question, options)?;
        answer::answer(self, &question, options, |search| search)
    }

    /// Reads a question in plain English, which may name an outlet of the archive: `what did Roe say in the Gazette`.
    ///
    /// # Errors
    /// When the question is not understood, or the archive cannot be read.
    pub fn question(&self, question: &str, options: &Options) -> Result<Question, Error> {
        // To read their names opens a column of every segment.
        let outlets = if Outlets::may_be_named(question) {
            self.outlets().map_err(Error::engine)?
        } else {
            Outlets::default()
        };
        Question::with_outlets(question, options, &outlets)
    }

    /// Tells whether an outlet has the name.
    pub(crate) fn has_outlet(&self, name: &str) -> Result<bool, Error> {
        Ok(self.outlets().map_err(Error::engine)?.has(name))
    }

    fn outlets(&self) -> tantivy::Result<Outlets> {
        let mut names = BTreeSet::new();
        for reader in self.searcher().segment_readers() {
            let Some(column) = self.columns.str(reader, "source")? else {
                continue;
            };
            let mut stream = column.dictionary().stream()?;
            while stream.advance() {
                names.extend(
                    std::str::from_utf8(stream.key())
                        .ok()
                        .map(ToOwned::to_owned),
                );
            }
        }
        Ok(Outlets::of(names.iter().map(String::as_str)))
    }

    /// Answers a question already read; `adjust` may narrow the search (its limit is the number of quotations
    /// shown).
    ///
    /// # Errors
    /// As a search.
    pub fn answer(
        &self,
        question: &Question,
        options: &Options,
        adjust: impl for<'s> Fn(SearchBuilder<'s>) -> SearchBuilder<'s>,
    ) -> Result<Answer, Error> {
        answer::answer(self, question, options, adjust)
    }

    /// Counts what the archive holds.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn holdings(&self) -> Result<Holdings, Error> {
        self.count_holdings().map_err(Error::engine)
    }

    fn count_holdings(&self) -> tantivy::Result<Holdings> {
        let searcher = self.searcher();
        let count = |kind| {
            let query = TermQuery::new(self.schema.kind_term(kind), IndexRecordOption::Basic);
            searcher.search(&query, &Count).map(|count| count as u64)
        };
        let indirect = hidden::term(self.schema.fields().kind);
        let indirect = TermQuery::new(indirect, IndexRecordOption::Basic);
        let mut holdings = Holdings {
            articles: count(DocumentKind::Article)?,
            quotations: count(DocumentKind::Quotation)?,
            indirect: searcher.search(&indirect, &Count)? as u64,
            files: count(DocumentKind::File)?,
            first: None,
            last: None,
        };
        for reader in searcher.segment_readers() {
            let day = self.columns.i64(reader, "day")?;
            let mut see = |day: i64| {
                let day = day_of_number(day);
                holdings.first = holdings.first.into_iter().chain(day).min();
                holdings.last = holdings.last.into_iter().chain(day).max();
            };
            if reader.has_deletes() {
                for doc in reader.doc_ids_alive() {
                    day.first(doc).into_iter().for_each(&mut see);
                }
            } else if day.values.num_vals() > 0 {
                see(day.min_value());
                see(day.max_value());
            }
        }
        Ok(holdings)
    }

    /// Counts the different speakers that have a name, people and bodies.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn count_speakers(&self) -> Result<u64, Error> {
        Ok(self.persons()?.len() as u64)
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.pinned
            .clone()
            .unwrap_or_else(|| self.reader.searcher())
    }

    /// Returns the archive as it is now: addresses of documents hold in it, whatever another thread reloads.
    pub(crate) fn pin(&self) -> Self {
        Self {
            pinned: Some(self.searcher()),
            ..self.clone()
        }
    }

    pub(crate) fn columns(&self) -> &Columns {
        &self.columns
    }

    pub(crate) fn schema(&self) -> &Schema {
        &self.schema
    }
}

/// Refuses a list of parts that claims more or fewer documents than a part has: the engine believes it.
fn check_counts(searcher: &Searcher) -> Result<(), Error> {
    for segment in searcher.segment_readers() {
        // All documents have it, and its values are too different to be told in lines, which take time to open.
        let column = segment.fast_fields().u64("telling");
        let documents = column.map_err(Error::engine)?.num_docs();
        if documents != segment.max_doc() {
            let message = format!(
                "{} documents are listed of a part that has {documents}",
                segment.max_doc()
            );
            let corrupt = DataCorruption::new("meta.json".into(), message);
            return Err(Error::engine(TantivyError::DataCorruption(corrupt)));
        }
    }
    Ok(())
}
