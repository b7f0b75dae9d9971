//! Who said this, and when?
#![warn(missing_docs)]

mod answer;
mod archive;
pub mod ast;
#[cfg(feature = "cli")]
pub mod cli;
pub mod date;
mod error;
mod facets;
mod hit;
mod id;
mod lower;
mod marks;
mod near;
mod options;
mod parse;
mod people;
mod predicate;
mod problem;
mod question;
mod scan;
mod search;
mod snippet;
mod stats;
mod timeline;
mod warning;
mod words;

pub use answer::{Answer, Group};
pub use archive::{Archive, Holdings};
pub use date::Period as Interval;
pub use error::{Error, ErrorKind};
pub use facets::{Facet, FacetCounts, FacetField, FacetValue};
pub use hit::{ArticleHit, Hit};
pub use options::{Options, Query};
pub use problem::{Problem, ProblemKind};
pub use question::{Intent, Question};
pub use scan::Cancel;
pub use search::{Found, SearchBuilder, Sort, Unit};
pub use timeline::{Bucket, Timeline};
pub use warning::{Warning, WarningKind};
