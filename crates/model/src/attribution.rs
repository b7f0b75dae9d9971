use serde::{Deserialize, Serialize};

use crate::{Resolution, Span, Speaker};

/// The link from a quotation to its speaker, with the evidence for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// Who said it.
    pub speaker: Speaker,
    /// The mention in the article's text that names the speaker here: `Chung`, `she`, `a senior official`.
    pub mention: Span,
    /// The words that announce the quotation, such as `said` or `according to`, if there are any.
    pub cue: Option<Span>,
    /// How the mention led to the speaker.
    pub how: Resolution,
    /// Other speakers who fit nearly as well, best first: two people of one surname, a joint letter.
    pub others: Vec<String>,
}
