use std::fmt;

use tantivy::Term;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema as TantivySchema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};
use whosaid_model::{ArticleId, QuotationId};

use crate::analyzer::{EXACT, NAMES, NEWS};
use crate::{Medium, version};

/// The fields of an archive, with what is needed to make, open, fill and read one.
///
/// Cheap to clone. Every schema made by this version of the crate is the same.
#[derive(Clone, Debug)]
pub struct Schema {
    pub(crate) tantivy: TantivySchema,
    pub(crate) fields: Fields,
    /// What stands between the engine and the folder of an archive, in tests.
    pub(crate) medium: Option<Medium>,
}

/// Bits of an identifier by which a quotation is found: with a list for each identifier the dictionaries were nearly
/// three times as large, and of millions of quotations each of these lists has no more than dozens.
const SHELF_OF_IDS: u32 = 16;

/// Bits of a hash by which quotations are found, for the same reason.
const SHELF_OF_HASHES: u32 = 16;

/// Returns the bits of a hash that are indexed.
pub(crate) fn shelf(hash: u64) -> u64 {
    hash & ((1 << SHELF_OF_HASHES) - 1)
}

/// Handles of the fields, by the kind of document that has them.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Fields {
    /// All kinds: which kind this is. Indexed; see [`Schema::kind_term`].
    pub kind_of: Field,
    /// All kinds: the file that the document came from. Indexed; see [`Schema::from_file_term`].
    pub from_file: Field,
    /// All kinds: what the document decodes to, apart from its words. Stored.
    pub record: Field,
    /// Article, quotation: the article's identifier. Indexed; see [`Schema::article_term`].
    pub article: Field,
    /// Article: its identifier. An integer column; see [`Articles`](crate::Articles).
    pub article_id: Field,
    /// All kinds: by how many documents a quotation stands behind its article, 0 for the others. An integer column.
    pub behind: Field,
    /// Article, quotation: first day the date may mean, counted from 1970-01-01. An integer column.
    pub day: Field,
    /// Article, quotation: last day the date may mean, if it may mean several. An integer column.
    pub last_day: Field,
    /// Article, quotation: the second of publication since 1970-01-01 UTC, where a time and its offset are stated. An
    /// integer column.
    pub instant: Field,
    /// Article, quotation: the day on which the story came into the archive, counted from 1970-01-01, if that was
    /// told. An integer column.
    pub added: Field,
    /// Article, quotation: the outlet. A text column as written.
    pub source: Field,
    /// Article, quotation: the author. A text column as written.
    pub author: Field,
    /// Article, quotation: the language tag. Indexed as written, and a text column.
    pub lang: Field,
    /// Article, quotation: the number of words. An integer column.
    pub words: Field,
    /// Article: the first day the date may mean. Indexed; see [`Schema::day_term`].
    pub first_day: Field,
    /// Article: the outlet. Analyzed as a name with positions.
    pub source_words: Field,
    /// Article: the author. Analyzed as a name with positions.
    pub author_words: Field,
    /// Article: the body. Analyzed as running text with positions and lengths; stored.
    pub text: Field,
    /// Article: the headline. Analyzed as running text with positions and lengths.
    pub title: Field,
    /// Article: the headline, analyzed letter for letter.
    pub title_exact: Field,
    /// Article: where it is published, see [`ArticleNotes::address`](crate::ArticleNotes::address). Indexed, and an
    /// integer column.
    pub address: Field,
    /// Article: the hashes of its [`Sketch`](crate::Sketch). An integer column of several values.
    pub sketch: Field,
    /// Quotation, unless indirect: the quoted words. Analyzed as running text with positions and lengths.
    pub said: Field,
    /// Quotation, unless indirect: the quoted words, analyzed letter for letter.
    pub said_exact: Field,
    /// Indirect quotation: its words, analyzed as [`said`](Fields::said). Hardly any search is for them, and would have to
    /// tell them apart from what was said in these words.
    pub reported: Field,
    /// Quotation: the speaker's name, the mention (unless a pronoun) and the office, as separate values.
    /// Analyzed as names with positions and lengths.
    pub speaker: Field,
    /// Quotation: the speaker's canonical name. Indexed as written, and a text column.
    pub speaker_name: Field,
    /// Quotation: the sort of speaker, [`SpeakerKind::as_str`](whosaid_model::SpeakerKind::as_str). Indexed
    /// as written, and a text column.
    pub speaker_kind: Field,
    /// Quotation: how the words are reported, [`QuotationKind::as_str`](whosaid_model::QuotationKind::as_str).
    /// Indexed as written, and a text column.
    pub kind: Field,
    /// Quotation: the first sixteen bits of its identifier. Indexed; see [`Schema::quotation_term`].
    pub quotation: Field,
    /// Quotation: the first half of its identifier: whole ones would be twice the room. An integer column.
    pub quotation_id: Field,
    /// Quotation: first byte of its words in the article. An integer column.
    pub start: Field,
    /// All kinds: the hash of all words of a quotation, [`Wording::whole`](crate::Wording::whole); of indirect or denied
    /// words [set apart](crate::Wording::set_apart); 0 of what is no quotation. An integer column.
    pub wording: Field,
    /// Quotation: the last sixteen bits of the same hash. Indexed; see [`Schema::wording_term`].
    pub in_words: Field,
    /// Quotation, unless indirect or denied: the last sixteen bits of each of [`Wording::runs`](crate::Wording::runs).
    /// Indexed; see [`Schema::run_term`].
    pub in_runs: Field,
    /// Quotation, unless indirect or denied: the hashes of [`Wording::runs`](crate::Wording::runs). An integer column of
    /// several values.
    pub runs: Field,
    /// All kinds: [`Telling::bits`](crate::Telling::bits); 0 of indirect or denied words, and of what is no quotation, so
    /// that the column has no gaps, which would take longer to look into. An integer column.
    pub telling: Field,
    /// All kinds: [`Telling::weight`](crate::Telling::weight), as above. An integer column.
    pub weight: Field,
    /// All kinds: [`Telling::function_weight`](crate::Telling::function_weight), as above. An integer column.
    pub function_weight: Field,
    /// Quotation: the confidence in thousandths, rounded. An integer column.
    pub confidence: Field,
    /// File: its identifier. Indexed; see [`Schema::file_term`].
    pub file: Field,
    /// File: the articles it holds that another file gave to the archive first. Indexed.
    pub duplicate: Field,
    /// File: the addresses at which it holds an article other than the archive's. Indexed.
    pub displaced: Field,
}

/// The three kinds of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentKind {
    /// One article.
    Article,
    /// One quotation of an article.
    Quotation,
    /// One file that was read to its end.
    File,
}

impl DocumentKind {
    /// Returns the word in the index.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Quotation => "quotation",
            Self::File => "file",
        }
    }
}

/// Names an input file: 64 bits of a hash over its canonical path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u64);

impl FileId {
    /// Hashes a path (FNV-1a, then the finalizer of `SplitMix64`, so that all bits depend on all bytes).
    pub fn of(path: impl AsRef<[u8]>) -> Self {
        let hash = path
            .as_ref()
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self(hash ^ (hash >> 31))
    }
}

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "f:{:016x}", self.0)
    }
}

impl Default for Schema {
    fn default() -> Self {
        Self::new()
    }
}

impl Fields {
    /// Returns the field that has the words of `field` letter for letter. Bodies have none: what is looked for in them
    /// letter for letter is found by its folded words and looked up in the text.
    pub fn exact(&self, field: Field) -> Option<Field> {
        [(self.title, self.title_exact), (self.said, self.said_exact)]
            .into_iter()
            .find_map(|(folded, exact)| (folded == field).then_some(exact))
    }
}

impl Schema {
    /// Makes the schema of this version.
    pub fn new() -> Self {
        let mut builder = TantivySchema::builder();
        let fields = add_fields(&mut builder);
        Self {
            tantivy: builder.build(),
            fields,
            medium: None,
        }
    }

    /// Opens and makes archives through what stands between the engine and their folders.
    #[doc(hidden)]
    pub fn through(mut self, medium: Option<Medium>) -> Self {
        self.medium = medium;
        self
    }

    /// Returns the handles of the fields.
    pub fn fields(&self) -> Fields {
        self.fields
    }

    /// Returns the engine's schema.
    pub fn tantivy(&self) -> &TantivySchema {
        &self.tantivy
    }

    /// Returns the term that all documents of `kind` have.
    pub fn kind_term(&self, kind: DocumentKind) -> Term {
        Term::from_field_text(self.fields.kind_of, kind.as_str())
    }

    /// Returns the term that an article and its quotations have.
    pub fn article_term(&self, id: ArticleId) -> Term {
        Term::from_field_u64(self.fields.article, id.0)
    }

    /// Returns the term of the articles whose date means this day or begins with it, counted from 1970-01-01.
    pub fn day_term(&self, day: i64) -> Term {
        Term::from_field_i64(self.fields.first_day, day)
    }

    /// Returns the term of a quotation and of all others whose identifiers begin with the same four digits, dozens
    /// in a large archive: a list for each would be the larger part of the index's dictionaries. The column
    /// `quotation_id` tells them apart.
    pub fn quotation_term(&self, id: QuotationId) -> Term {
        Term::from_field_u64(self.fields.quotation, Self::first_digits(id))
    }

    /// Returns the first four digits of an identifier, which are indexed.
    pub fn first_digits(id: QuotationId) -> u64 {
        id.0 >> (64 - SHELF_OF_IDS)
    }

    /// Returns the first half of an identifier, which is in the column `quotation_id`.
    pub fn first_half(id: QuotationId) -> u64 {
        id.0 >> 32
    }

    /// Returns the term of the quotations whose words have a hash, [`Wording::whole`](crate::Wording::whole), and of some
    /// others: the column `wording` tells them apart.
    pub fn wording_term(&self, whole: u64) -> Term {
        Term::from_field_u64(self.fields.in_words, shelf(whole))
    }

    /// Returns the term of the quotations that have a run of words, one of [`Wording::runs`](crate::Wording::runs), and of
    /// some others: the column `runs` tells them apart.
    pub fn run_term(&self, run: u64) -> Term {
        Term::from_field_u64(self.fields.in_runs, shelf(run))
    }

    /// Returns the term of one file.
    pub fn file_term(&self, id: FileId) -> Term {
        Term::from_field_u64(self.fields.file, id.0)
    }

    /// Returns the term that a file, its articles and their quotations have.
    pub fn from_file_term(&self, id: FileId) -> Term {
        Term::from_field_u64(self.fields.from_file, id.0)
    }

    /// Returns the term of the article that is published at an address.
    pub fn address_term(&self, address: u64) -> Term {
        Term::from_field_u64(self.fields.address, address)
    }

    /// Returns the term of the files that hold another version of what the archive has from an address.
    pub fn displaced_term(&self, address: u64) -> Term {
        Term::from_field_u64(self.fields.displaced, address)
    }

    /// Returns the term of the files that hold another copy of an article.
    pub fn duplicate_term(&self, id: ArticleId) -> Term {
        Term::from_field_u64(self.fields.duplicate, id.0)
    }
}

fn add_fields(builder: &mut SchemaBuilder) -> Fields {
    builder.add_text_field(&version::marker(), TextOptions::default());
    let news = analyzed(NEWS, true);
    let names = analyzed(NAMES, false);
    let exact = tokens(EXACT);
    let as_written = raw();
    Fields {
        kind_of: builder.add_text_field("kind_of", as_written.clone()),
        from_file: builder.add_u64_field("from_file", found_by()),
        record: builder.add_bytes_field("record", STORED),
        article: builder.add_u64_field("article", found_by()),
        article_id: builder.add_u64_field("article_id", FAST),
        behind: builder.add_u64_field("behind", FAST),
        day: builder.add_i64_field("day", FAST),
        last_day: builder.add_i64_field("last_day", FAST),
        instant: builder.add_i64_field("instant", FAST),
        added: builder.add_i64_field("added", FAST),
        source: builder.add_text_field("source", TextOptions::default().set_fast("raw")),
        author: builder.add_text_field("author", TextOptions::default().set_fast("raw")),
        lang: builder.add_text_field("lang", as_written.clone().set_fast("raw")),
        words: builder.add_u64_field("words", FAST),
        first_day: builder.add_i64_field("first_day", found_by()),
        source_words: builder.add_text_field("source_words", names.clone()),
        author_words: builder.add_text_field("author_words", names),
        text: builder.add_text_field("text", news.clone().set_stored()),
        title: builder.add_text_field("title", news.clone()),
        title_exact: builder.add_text_field("title_exact", exact.clone()),
        address: builder.add_u64_field("address", found_by().set_fast()),
        sketch: builder.add_u64_field("sketch", FAST),
        said: builder.add_text_field("said", news.clone()),
        said_exact: builder.add_text_field("said_exact", exact),
        reported: builder.add_text_field("reported", news),
        speaker: builder.add_text_field("speaker", analyzed(NAMES, true)),
        speaker_name: builder.add_text_field("speaker_name", as_written.clone().set_fast("raw")),
        speaker_kind: builder.add_text_field("speaker_kind", as_written.clone().set_fast("raw")),
        kind: builder.add_text_field("kind", as_written.set_fast("raw")),
        quotation: builder.add_u64_field("quotation", found_by()),
        quotation_id: builder.add_u64_field("quotation_id", FAST),
        start: builder.add_u64_field("start", FAST),
        wording: builder.add_u64_field("wording", FAST),
        in_words: builder.add_u64_field("in_words", found_by()),
        in_runs: builder.add_u64_field("in_runs", found_by()),
        runs: builder.add_u64_field("runs", FAST),
        telling: builder.add_u64_field("telling", FAST),
        weight: builder.add_u64_field("weight", FAST),
        function_weight: builder.add_u64_field("function_weight", FAST),
        confidence: builder.add_u64_field("confidence", FAST),
        file: builder.add_u64_field("file", found_by()),
        duplicate: builder.add_u64_field("duplicate", found_by()),
        displaced: builder.add_u64_field("displaced", found_by()),
    }
}

/// Indexes tokens with their positions; `lengths` also keeps each document's number of tokens, for ranking.
fn analyzed(tokenizer: &str, lengths: bool) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(lengths),
    )
}

/// Indexes a number that is only looked up: no lengths.
fn found_by() -> NumericOptions {
    NumericOptions::default().set_indexed()
}

/// Indexes the value as it is.
fn raw() -> TextOptions {
    tokens("raw")
}

/// Indexes which tokens there are, not where: with their places an archive would be half as large again.
fn tokens(tokenizer: &str) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_schemas_are_the_same() {
        assert_eq!(Schema::new().tantivy, Schema::new().tantivy);
    }

    #[test]
    fn file_identifiers_are_stable() {
        assert_eq!(FileId::of("a").to_string(), "f:02c0bdbf481420f8");
        assert_ne!(FileId::of("a"), FileId::of("b"));
    }
}
