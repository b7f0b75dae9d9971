//! Who said this, and when? Searches an archive of news articles by what is quoted in them.
//!
//! ```
//! use whosaid_indexer::{IndexOptions, Input, index};
//! use whosaid_query::{Archive, Facet, Options, Query};
//! use whosaid_quotes::Annotator;
//!
//! // Two articles become an archive. (Programs that only search need neither crate of these lines.)
//! let dir = tempfile::tempdir()?;
//! let (first, second) = (dir.path().join("first.txt"), dir.path().join("second.txt"));
//! std::fs::write(&first, "date 2025-10-25 Talks\n\
//!     Minister Jane Roe spoke on Friday.\n“Even a one percent chance counts,” Roe said.\n")?;
//! std::fs::write(&second, "date 2025-10-26 Budget\n\
//!     “We are open to it,” said Ade Bello, the mayor.\n")?;
//! let inputs = [Input::from(first), Input::from(second)];
//! index(&dir.path().join("archive"), &inputs, &Annotator::new(), &IndexOptions::new(), &())?;
//!
//! let archive = Archive::open(dir.path().join("archive"))?;
//! let options = Options::new();
//! let answer = archive.ask("who said “one per cent”?", &options)?;
//! assert_eq!(answer.groups[0].name, "Jane Roe");
//!
//! let query = Query::parse("speaker:Bello date:2025-10", &options)?;
//! let found = archive.search(&query).limit(20).facet(Facet::speaker().top(10)).run()?;
//! assert_eq!(found.hits()[0].quote(), "We are open to it,");
//! assert_eq!(found.facets()[0].values[0].value, "Ade Bello");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Concepts
//!
//! * An [`Archive`] is opened on a folder that the indexer wrote, at its last commit. It is cheap to clone and
//!   can be shared between threads.
//! * A [`Query`] is text of a small language ([`Query::parse`]) or a tree ([`ast`]); it prints as text that
//!   parses to the same query. Faults come all at once, each a [`Problem`] with its place and a suggestion.
//! * A [`Question`] is plain English: [`Archive::ask`] compiles it to a query, and refuses what it does not
//!   understand.
//! * [`Archive::search`] runs a query. [`Found`] has the hits, exact counts, [`FacetCounts`] and a
//!   [`Timeline`]. Equals are ordered by article and place, so that one archive always gives one answer.
//! * Articles name one person in many ways: [`Archive::persons`] joins the names of the whole archive, and hits,
//!   facets and answers name the [`Person`]. [`Corrections`] are what the user knows better.
//! * What is said once is reported in many outlets, in one wording or more: with [`SearchBuilder::copies`] each hit
//!   tells of which [`Utterance`] it is a wording, and [`Found::utterances`] gathers the hits; [`Archive::variants`]
//!   has all wordings of one, with what changed from the earliest. Agency stories stand in
//!   many outlets too: [`Archive::copies`] groups articles by whose copies they are.
//! * Offsets are bytes: [`Hit::span`] in the article's text, [`Hit::matches`] in the quotation's.
//! * The library reads no clock and no environment and prints nothing: the day that `today` means is an
//!   [option](Options::today), and a search is stopped by a [`Cancel`] switch or a deadline.
//!
//! # Features
//!
//! `cli` (default) builds the command `whosaid` and the module `cli`. Programs that embed the library switch
//! default features off and get neither clap nor the indexer nor any reader of file formats.
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    warn(
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        reason = "what is read comes from users, and from archives of others"
    )
)]

mod answer;
mod any_of;
mod any_word;
mod archive;
pub mod ast;
mod best;
mod check;
#[cfg(feature = "cli")]
pub mod cli;
mod columns;
mod copies;
mod corrections;
mod cursor;
pub mod date;
mod diff;
mod error;
mod excluded;
mod facets;
mod fetch;
mod gather;
mod hidden;
mod hit;
mod hit_reader;
mod id;
mod identified;
mod kwic;
mod lower;
mod marks;
mod near;
mod options;
mod parse;
mod pass;
mod passage;
mod people;
mod persons;
mod predicate;
mod problem;
mod published;
mod question;
mod quoted;
mod rows;
mod scan;
mod search;
mod sifted;
mod snippet;
mod stats;
mod stoppable;
mod stored;
mod stream;
mod timeline;
mod utterance;
mod verify;
mod warning;
mod within;
mod wording;
mod words;
mod zone;

#[cfg(test)]
mod testing;

pub use answer::{Answer, Group};
pub use archive::{Archive, Holdings};
pub use check::{Check, CheckOptions, Checked, Match, Reason, Verdict};
pub use corrections::{Correction, CorrectionKind, Corrections, CorrectionsLock};
pub use cursor::Cursor;
pub use date::Period as Interval;
pub use diff::{Diff, DiffKind, DiffOperation, diff};
pub use error::{Error, ErrorKind};
pub use facets::{Facet, FacetCounts, FacetField, FacetValue};
pub use hit::{ArticleHit, Hit};
pub use kwic::{Concordance, ContextSort, KwicLine};
pub use options::{Options, Query};
pub use passage::Passage;
pub use persons::{Alias, Person, Persons, Profile, Why};
pub use problem::{Problem, ProblemKind};
pub use question::{Intent, Question};
pub use scan::Cancel;
pub use search::{Found, SearchBuilder, Sort, Unit};
pub use stream::Stream;
pub use timeline::{Bucket, Timeline};
pub use utterance::{Utterance, Variant, Variants};
pub use verify::{Fault, FaultKind, Verification, verify};
pub use warning::{Warning, WarningKind};
pub use zone::{UnknownZone, Zone};
