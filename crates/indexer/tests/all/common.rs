//! A folder of files, an archive, and looks into it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, TantivyDocument};
use tempfile::TempDir;
use whosaid_indexer::{Error, IndexOptions, Input, Progress, Report, index};
use whosaid_quotes::Annotator;
use whosaid_schema::{
    ArticleNotes, Articles, DocumentKind, FileId, Schema, StoredArticle, StoredQuotation,
};

pub(crate) struct Bench {
    dir: TempDir,
    archive: PathBuf,
}

/// A story of its own for every word.
pub(crate) fn story(word: &str, date: &str) -> String {
    format!(
        "date {date} Story {word}\nThe mayor opened the bridge.\n\n\
         “It is {word} percent ready, I can tell you,” said Mayor Jane Roe. “We need {word} more.”\n"
    )
}

/// A line with a version of the story at an address.
pub(crate) fn version(number: usize, date: &str, state: &str) -> String {
    format!(
        "{{\"url\": \"https://www.example.org/story/{number}?utm_source=feed\", \"date\": \"{date}\", \
         \"title\": \"Number {number} {state}\", \"text\": \"“Number {number} {state}, I am told,” said Jane Roe.\"}}\n"
    )
}

impl Bench {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let archive = dir.path().join("archive");
        fs::create_dir(dir.path().join("files")).unwrap();
        Self { dir, archive }
    }

    pub(crate) fn with_archive_inside() -> Self {
        let mut bench = Self::new();
        bench.archive = bench.path("archive");
        bench
    }

    pub(crate) fn archive(&self) -> PathBuf {
        self.archive.clone()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join("files").join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        self.write_bytes(name, text.as_bytes());
    }

    pub(crate) fn write_bytes(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let again = path.exists();
        fs::write(&path, bytes).unwrap();
        if again {
            // Clocks of file systems are coarse, and tests are fast.
            self.touch(name, bytes.len() as u64);
        }
    }

    pub(crate) fn touch(&self, name: &str, seconds: u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000 + seconds);
        let file = fs::File::options()
            .write(true)
            .open(self.path(name))
            .unwrap();
        file.set_modified(time).unwrap();
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// Writes stories in both formats, some of them twice, one line of them broken.
    pub(crate) fn write_corpus(&self, stories: usize) {
        let mut lines = String::new();
        for number in 0..stories {
            let text = story(&format!("word{number}"), "2025-10-24");
            self.write(&format!("texts/{number:03}.txt"), &text);
            let title = number % 20;
            writeln!(
                lines,
                "{{\"id\": {title}, \"title\": \"Line {title}\", \"text\": \"“Line {title} is over,” said John Doe.\"}}"
            ).unwrap();
            if number == 30 {
                lines += "{broken\n";
            }
        }
        self.write("a.jsonl", &lines);
        self.write("b.jsonl", &lines.replace("is over", "goes on"));
        self.write("z.jsonl", &lines);
    }

    /// Writes three versions each of so many stories, and an excerpt.
    pub(crate) fn write_versions(&self, stories: usize) {
        let all = |date: &str, state: &str| {
            let lines = (0..stories).map(|number| version(number, date, state));
            lines.collect::<String>()
        };
        self.write("v/1.jsonl", &all("2025-10-01", "is planned"));
        self.write("v/2.jsonl", &all("2025-10-02", "is under way"));
        let both = all("2025-10-02", "is done") + &all("2025-10-01", "was thought of");
        self.write("v/3.jsonl", &both);
        for number in (0..stories).step_by(3) {
            let name = format!("v/4/{number}.jsonl");
            self.write(&name, &version(number, "2025-10-02", "is celebrated"));
        }
    }

    pub(crate) fn input(&self, name: &str) -> Input {
        Input::from(self.path(name))
    }

    pub(crate) fn index(&self) -> Report {
        self.try_index(&[self.input("")], &IndexOptions::new())
            .unwrap()
    }

    pub(crate) fn try_index(
        &self,
        inputs: &[Input],
        options: &IndexOptions,
    ) -> Result<Report, Error> {
        self.index_watched(inputs, options, &())
    }

    pub(crate) fn index_watched(
        &self,
        inputs: &[Input],
        options: &IndexOptions,
        progress: &dyn Progress,
    ) -> Result<Report, Error> {
        let mut report = index(&self.archive, inputs, &Annotator::new(), options, progress)?;
        // Folders of tests have random names.
        let root = self.dir.path().join("files");
        for reject in &mut report.rejects {
            reject.path = relative(&root, &reject.path);
        }
        Ok(report)
    }

    /// Names and contents of the archive's files, but for the lock.
    pub(crate) fn files_of_the_archive(&self) -> BTreeMap<String, Vec<u8>> {
        let files = fs::read_dir(&self.archive).unwrap().map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        });
        files
            .filter(|(name, _)| name != ".tantivy-writer.lock")
            .collect()
    }

    /// Makes the archive claim another number of articles, and of rejects, of each of its files.
    pub(crate) fn claim(&self, number: u64) {
        let schema = Schema::new();
        let files = self.documents(DocumentKind::File);
        let index = schema.open(&self.archive).unwrap();
        let mut writer = index.writer(15_000_000).unwrap();
        for document in files {
            let mut file = schema.decode_file(&document).unwrap();
            (file.articles, file.rejected) = (number, number);
            let id = FileId::of(file.path.as_bytes());
            writer.delete_term(schema.file_term(id));
            writer.add_document(schema.encode_file(&file, id)).unwrap();
        }
        writer.commit().unwrap();
    }

    fn searcher(&self) -> Searcher {
        let index = Schema::new().open(&self.archive).unwrap();
        index.reader().unwrap().searcher()
    }

    fn addresses(searcher: &Searcher, kind: DocumentKind) -> Vec<DocAddress> {
        let schema = Schema::new();
        let query = TermQuery::new(schema.kind_term(kind), IndexRecordOption::Basic);
        let found = searcher.search(&query, &DocSetCollector).unwrap();
        let mut addresses: Vec<_> = found.into_iter().collect();
        addresses.sort();
        addresses
    }

    fn documents(&self, kind: DocumentKind) -> Vec<TantivyDocument> {
        let searcher = self.searcher();
        let addresses = Self::addresses(&searcher, kind).into_iter();
        addresses
            .map(|address| searcher.doc(address).unwrap())
            .collect()
    }

    pub(crate) fn articles(&self) -> Vec<StoredArticle> {
        let schema = Schema::new();
        let documents = self.documents(DocumentKind::Article);
        let mut articles: Vec<_> = documents
            .iter()
            .map(|document| schema.decode_article(document).unwrap())
            .collect();
        articles.sort_by(|one, other| one.article.place.cmp(&other.article.place));
        articles
    }

    pub(crate) fn quotations(&self) -> Vec<StoredQuotation> {
        let (schema, searcher) = (Schema::new(), self.searcher());
        let addresses = Self::addresses(&searcher, DocumentKind::Quotation).into_iter();
        let mut quotations: Vec<_> = addresses
            .map(|address| {
                let articles = Articles::open(searcher.segment_reader(address.segment_ord));
                let place = articles.unwrap().place(address.doc_id);
                let article = searcher.doc(DocAddress::new(address.segment_ord, place));
                let article = schema.decode_article(&article.unwrap()).unwrap();
                let document = searcher.doc(address).unwrap();
                schema.decode_quotation(&document, &article).unwrap()
            })
            .collect();
        quotations.sort_by_key(|stored| (stored.article_id, stored.quotation.span));
        quotations
    }

    pub(crate) fn titles(&self) -> Vec<String> {
        let articles = self.articles().into_iter();
        let mut titles: Vec<_> = articles.filter_map(|stored| stored.article.title).collect();
        titles.sort();
        titles
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        let root = self.dir.path().join("files");
        let articles = self.articles().into_iter();
        articles
            .map(|stored| relative(&root, &stored.article.place.path))
            .collect()
    }

    /// Quotations with a word.
    pub(crate) fn quotation_count(&self, word: &str) -> usize {
        let quotations = self.quotations().into_iter();
        quotations
            .filter(|stored| stored.text.contains(word))
            .count()
    }

    /// As [`Bench::dump`], without what came before.
    pub(crate) fn dump_without_history(&self) -> Vec<String> {
        let lines = self.dump().into_iter();
        let cut = |line: String| match line.split_once(", versions: [") {
            Some((before, _)) => before.to_owned(),
            None => line,
        };
        lines.map(cut).collect()
    }

    /// All articles and quotations as text, sorted, without the names of temporary folders.
    pub(crate) fn dump(&self) -> Vec<String> {
        let root = self.dir.path().join("files");
        let mut lines = Vec::new();
        for mut stored in self.articles() {
            stored.article.place.path = relative(&root, &stored.article.place.path);
            lines.push(format!(
                "{} {:?} {:?}",
                stored.notes.id,
                stored.article,
                ArticleNotes {
                    file: FileId(0),
                    ..stored.notes
                }
            ));
        }
        for mut stored in self.quotations() {
            stored.article.place.path = relative(&root, &stored.article.place.path);
            let article = &stored.article;
            lines.push(format!(
                "{} {} {:?} {article:?}",
                stored.id, stored.text, stored.quotation
            ));
        }
        lines.sort();
        lines
    }
}

fn relative(root: &Path, path: &str) -> String {
    let path = Path::new(path);
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().into_owned()
}
