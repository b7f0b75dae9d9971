//! The words this project is about: [`Article`], [`Span`], [`Quotation`], [`Speaker`], [`Attribution`].
//!
//! The types live apart from the engine so that quotations can be extracted from a string, without an
//! index, and an index can be searched without the extractor. A type is here only if it crosses a crate
//! border. Everything is plain data: no I/O, no clock, no environment.
//!
//! ```
//! use whosaid_model::Span;
//!
//! let text = "“Yes,” said Roe.";
//! let span = Span::new(3, 7);
//! assert_eq!(span.of(text), Some("Yes,"));
//! ```

#![cfg_attr(
    not(test),
    warn(
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        reason = "offsets may come from anywhere"
    )
)]
#![warn(missing_docs)]

mod article;
mod attribution;
mod caught;
mod quotation;
mod reason;
mod span;
mod speaker;

pub use article::{
    Article, ArticleId, DateOrigin, DatePrecision, InvalidId, Place, Published, Version,
};
pub use attribution::Attribution;
pub use caught::{caught, caught_around};
pub use quotation::{Quotation, QuotationId, QuotationKind};
pub use reason::reason;
pub use span::{CodePoints, Span};
pub use speaker::{Resolution, Speaker, SpeakerKind};
