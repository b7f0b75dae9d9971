//! Text in, attributed quotations out: which words are quoted, who said them, and how sure that is.
//!
//! ```
//! use whosaid_quotes::Annotator;
//!
//! let text = "Ilona Varga, the harbour minister, opened the pier.\n“Not even a one percent chance,” Varga said.";
//! let quotations = Annotator::new().annotate(None, text);
//! let attribution = quotations[0].attribution.as_ref().expect("the article names the speaker");
//! assert_eq!(attribution.speaker.name, "Ilona Varga");
//! assert_eq!(attribution.mention.of(text), Some("Varga"));
//! ```
//!
//! The chain: paragraphs, quotation marks and turns (`marks`, `turns`), the reporter's own words as items
//! (`stream`), mentions (`mention`), persons (`person`), then three small models decide which mention is
//! the source (`rank`), whom a pronoun stands for (`pronoun`) and whether the marked words are speech at all
//! (`speech`). There is no I/O and no engine, and no text can make it fail.
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    warn(
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        reason = "any text may come"
    )
)]

mod annotate;
mod chars;
mod chorus;
mod confidence;
mod context;
mod decode;
mod deep;
mod dialogue;
mod find;
mod fingerprint;
mod floor;
mod forms;
mod frame;
mod indirect;
mod interview;
mod introduced;
mod lexicon;
mod marks;
mod mention;
mod model;
mod nested;
mod paragraph;
mod parsed;
mod person;
mod pronoun;
mod rank;
mod role;
mod shares;
mod signature;
mod speech;
mod stream;
#[cfg(test)]
mod testing;
mod told;
mod total;
#[cfg(feature = "train")]
#[doc(hidden)]
#[allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "run by us, over articles we have marked"
)]
pub mod training;
mod turns;

pub use annotate::Annotator;
pub use fingerprint::fingerprint;
