//! Checks pasted quotations against the archive.

mod amounts;
mod attribution;
mod candidates;
mod claim;
mod cues;
mod fit;
mod judge;
mod kinds;
mod lost;
mod marks;
mod passage;
mod reasons;
mod reorder;
mod runs;
mod settle;
mod subject;
#[cfg(test)]
mod tests;
mod unmarked;
mod verdict;
mod word;

use std::time::Instant;

use serde::Serialize;
use whosaid_model::Span;

use crate::archive::{Archive, Holdings};
use crate::diff::Diff;
use crate::error::{Cause, Error};
use crate::hit::Hit;
use crate::scan::{Cancel, Limits};
use crate::warning::Warning;

/// How to check; see [`Archive::check`].
#[derive(Clone, Debug)]
pub struct CheckOptions {
    limit: usize,
    limits: Limits,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            limit: 20,
            limits: Limits::default(),
        }
    }
}

impl CheckOptions {
    /// Makes options without limits of time.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns at most so many matches of each quotation; 20 unless set, and never none.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit.max(1);
        self
    }

    /// Stops when the switch is turned on; what was found until then is returned as partial.
    pub fn cancel(mut self, cancel: Cancel) -> Self {
        self.limits = self.limits.cancelled_by(cancel);
        self
    }

    /// Stops at an instant; what was found until then is returned as partial.
    pub fn deadline(mut self, deadline: Instant) -> Self {
        self.limits = self.limits.until(deadline);
        self
    }
}

/// What became of a pasted text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Check {
    /// The quotations of the text, in its order.
    pub quotations: Vec<Checked>,
    /// What the archive holds: a quotation that is not among these may well have been said.
    pub searched: Holdings,
    /// What the asker should know.
    pub warnings: Vec<Warning>,
    /// The check was stopped before all was seen.
    pub partial: bool,
}

/// What became of one quotation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Checked {
    /// Where it stands in the text, with its marks, in bytes.
    pub span: Span,
    /// Its words, without the marks around them.
    pub text: String,
    /// Who is said to have said it, as the text has the name.
    pub speaker: Option<String>,
    /// What was found.
    pub verdict: Verdict,
    /// Why it is no better, and what else is to be said.
    pub reasons: Vec<Reason>,
    /// The quotations of the archive, earliest first, those by the speaker before others. For
    /// [`Verdict::NotFound`] the nearest miss, if any is near at all.
    pub matches: Vec<Match>,
    /// The number of quotations found, listed or not; at most a thousand are looked at.
    pub total: u64,
}

impl Checked {
    /// Tells whether this can be printed as it is: the words stand there, all or in part, and no article that has them
    /// says that this was not said.
    pub fn stands(&self) -> bool {
        matches!(self.verdict, Verdict::Exact | Verdict::Partial)
            && !self.reasons.contains(&Reason::Denied)
    }
}

/// What a check finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// The words stand in a quotation, all of them and in a row.
    Exact,
    /// A part of them stands there, or all of them but for what an editor marked as left out or put in.
    Partial,
    /// A quotation has these words, but with others among them.
    Altered,
    /// The words stand there, but somebody else said them.
    OtherSpeaker,
    /// No quotation of this archive is near.
    NotFound,
}

impl Verdict {
    /// Returns the word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Partial => "partial",
            Self::Altered => "altered",
            Self::OtherSpeaker => "other_speaker",
            Self::NotFound => "not_found",
        }
    }
}

/// What is to be said about a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// The article says that this was not said.
    Denied,
    /// A word that denies was put in, left out or replaced, whether that is marked or not.
    Negation,
    /// Right before the words, in the same sentence, stands a word that denies.
    NegatedBefore,
    /// A number, currency or sign is another.
    Number,
    /// Only a part of the words stands there.
    Part,
    /// Words were left out, and the text says so.
    Ellipsis,
    /// Words were put in or replaced in square brackets.
    Brackets,
    /// The words stand in several quotations of one article.
    Joined,
    /// The words are the reporter's: the article has them as indirect speech.
    Indirect,
    /// Somebody else said it.
    OtherSpeaker,
    /// The article does not name who said it.
    Unnamed,
    /// Nobody in the archive has the name of the speaker.
    UnknownSpeaker,
    /// Somebody is named around the words in the text, but who said them was not understood.
    UnreadSpeaker,
    /// Its sentences stand there unchanged, in another order.
    Reordered,
}

impl Reason {
    /// Returns the word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Negation => "negation",
            Self::NegatedBefore => "negated_before",
            Self::Number => "number",
            Self::Part => "part",
            Self::Ellipsis => "ellipsis",
            Self::Brackets => "brackets",
            Self::Joined => "joined",
            Self::Indirect => "indirect",
            Self::Denied => "denied",
            Self::OtherSpeaker => "other_speaker",
            Self::Unnamed => "unnamed",
            Self::UnknownSpeaker => "unknown_speaker",
            Self::UnreadSpeaker => "unread_speaker",
            Self::Reordered => "reordered",
        }
    }
}

/// A place in the archive, and how its words and those of the text differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Match {
    /// The quotation; or, if the words stand in several of one article, all of these in its order.
    pub hits: Vec<Hit>,
    /// The words of the hits, a blank between two quotations.
    pub quote: String,
    /// How well the words fit, rare ones counting more, from 0 to 1.
    pub likeness: f32,
    /// Tells whether the speaker is the one that the text names; `None` when one of them is not named.
    pub same_speaker: Option<bool>,
    /// What was changed, from `quote` to [`Checked::text`]; several where the text has marks of omissions or
    /// insertions, which are passed over.
    pub pieces: Vec<Diff>,
}

impl Archive {
    /// Checks the quotations of a pasted text against the archive: whether somebody said this, and in these words.
    ///
    /// The text may be the words alone, or have them in quotation marks, with or without a speaker: `“…,” said X`,
    /// `X: “…”`, `… — X`. Several quotations are checked one by one. Case, punctuation, the shape of apostrophes
    /// and the spelling of numbers do not count; any other difference does.
    ///
    /// ```no_run
    /// use whosaid_query::{Archive, CheckOptions, Verdict};
    ///
    /// let archive = Archive::open("archive")?;
    /// let check = archive.check("Jane Roe: “We will never raise taxes”", &CheckOptions::new())?;
    /// match check.quotations[0].verdict {
    ///     Verdict::Exact => println!("she did"),
    ///     Verdict::NotFound => println!("not in {} quotations", check.searched.quotations),
    ///     other => println!("see for yourself: {}", other.as_str()),
    /// }
    /// # Ok::<(), whosaid_query::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the text holds no word, or the archive cannot be read.
    pub fn check(&self, text: &str, options: &CheckOptions) -> Result<Check, Error> {
        let claims = claim::claims(text);
        if claims.is_empty() {
            return Err(Cause::NoWords.into());
        }
        let mut checker = verdict::Checker::new(self, options)?;
        let quotations = claims
            .into_iter()
            .map(|claim| checker.check(claim))
            .collect::<Result<_, _>>()?;
        Ok(Check {
            quotations,
            searched: self.holdings()?,
            partial: checker.is_partial(),
            warnings: checker.into_warnings(),
        })
    }
}
