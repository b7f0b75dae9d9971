//! What is on disk: fields, analyzers, facets, documents and the format number of an archive.
//!
//! The crate is a contract with two parties. The indexer encodes, the library of queries decodes, and both
//! sides of every agreement stand here next to each other.
//!
//! ```
//! use tantivy::collector::Count;
//! use tantivy::query::TermQuery;
//! use tantivy::schema::IndexRecordOption;
//! use whosaid_model::{Article, ArticleId};
//! use whosaid_schema::{ArticleNotes, DocumentKind, Schema};
//!
//! let schema = Schema::new();
//! let index = schema.create_in_memory()?;
//! let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(1, 15_000_000)?;
//! let article = Article { text: "“Yes,” said Roe.".into(), ..Article::default() };
//! let notes = ArticleNotes { id: ArticleId(7), ..ArticleNotes::default() };
//! writer.add_document(schema.encode_article(&article, &notes))?;
//! writer.commit()?;
//!
//! let query = TermQuery::new(schema.kind_term(DocumentKind::Article), IndexRecordOption::Basic);
//! assert_eq!(index.reader()?.searcher().search(&query, &Count)?, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Concepts
//!
//! * [`Schema`] holds the [`Fields`], makes and opens indexes ([`Schema::create`], [`Schema::open`]) with the
//!   analyzers registered, and makes the terms by which a document is found.
//! * Three kinds of document share one index ([`DocumentKind`]). The words of an article and of a quotation
//!   are in separate fields, so that each field's token count belongs to one kind. BM25 also needs the number
//!   of documents of the kind: it is the document frequency of [`Schema::kind_term`].
//! * [`Schema::encode_article`] and its sisters stand beside [`Schema::decode_article`] and theirs. The
//!   documents of an article's quotations stand right behind its own, in one row: they are written in one batch with
//!   it and removed with it. [`Articles`] leads from one to the other by the columns, so that a quotation repeats
//!   nothing of its article: its words are a place in the article's text, and what articles and quotations have in
//!   common is indexed with the article alone, but for the columns by which hits are sorted and counted.
//! * Every article has a [`Sketch`] of its words, by which copies of one story are found when asked for, and every
//!   quotation the hashes of its [`Wording`], by which the same words in other articles are, and its [`Telling`]
//!   words in small, by which two quotations with little in common are told apart without their texts.
//! * [`NEWS`] is the analyzer of running text, [`NAMES`] the one of names; [`news_analyzer`] is for words that are
//!   looked for in running text. The offsets of a token are bytes of the text, on character boundaries.
//! * [`EXACT`] keeps words letter for letter, in a field beside each of running text ([`Fields::exact`]): what is
//!   written exactly as it was asked for ranks first. [`find_exact`] tells where words stand so, punctuation
//!   included: look up candidates in the exact field, then keep those whose stored text holds the words.
//!
//! # Counting facets
//!
//! There is no facet field: it costs a fifth of the indexing time and its counting is no faster. The
//! hierarchies are kept in columns instead, and [`facet`](DatePath) names their steps.
//!
//! * Speakers: [`Fields::speaker_name`], a text column with the canonical name, absent when nobody is named.
//!   Count the column's term ordinals per segment (`fast_fields().str("speaker_name")`), then merge the
//!   segments by name. Drill down with a term query on the same field.
//! * Dates: [`Fields::day`] and [`Fields::last_day`], integer columns with the first and last day that the
//!   date of publication may mean, counted from 1970-01-01. Count days in an array, then roll them up to
//!   months and years by [`day_of_number`]. `last_day` is there only when the month or the year is all
//!   that is known: such a document counts for its month or year, but for no day. Drill down with a range:
//!   `day >= from`, and `last_day`, or else `day`, `<= to`, where [`DatePath::days`] gives both ends.
//! * [`Fields::source`], [`Fields::author`], [`Fields::lang`], [`Fields::kind`] and [`Fields::speaker_kind`] are
//!   text columns with the value as written.
//!
//! # Order
//!
//! Document addresses differ between runs. Break ties by [`Fields::article`], then [`Fields::start`]: both are
//! integer columns, the same on every machine.
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    warn(
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        reason = "archives that others made are read here"
    )
)]

mod articles;
mod disk;
mod document;
mod error;
mod facet;
mod fields;
mod fold;
mod index;
mod number;
mod record;
mod telling;
mod version;

mod text {
    pub(crate) mod analyzer;
    pub(crate) mod exact;
    pub(crate) mod scan;
    pub(crate) mod sketch;
    pub(crate) mod stem;
    pub(crate) mod wording;
}

use text::{analyzer, exact, scan, sketch, stem, wording};

pub use analyzer::{
    EXACT, JOINED, NAMES, NEWS, NewsTokenizer, exact_analyzer, indexing_analyzer, names_analyzer,
    news_analyzer, register,
};
pub use articles::Articles;
#[doc(hidden)]
pub use disk::Medium;
pub use document::{ArticleNotes, StoredArticle, StoredFile, StoredQuotation};
pub use error::{Error, ErrorKind};
pub use exact::find_exact;
pub use facet::{DatePath, day_number, day_of_number};
pub use fields::{DocumentKind, Fields, FileId, Schema};
pub use sketch::Sketch;
pub use stem::{LONGEST_ENDING, exceptional_stems, may_begin};
pub use telling::{Telling, TellingWord, for_each_telling_word};
pub use version::{FORMAT, check_format};
pub use wording::{LONG_RUN, Wording};
