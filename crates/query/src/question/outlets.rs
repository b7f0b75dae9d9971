//! Outlets that a question names: `what did Roe say in the Harbour Gazette`.
//!
//! A name after `in` may be that of a town as well. Only the archive knows which outlets there are.

use std::collections::BTreeSet;

use whosaid_schema::names_analyzer;

use super::ASKING;
use super::clauses::text;
use super::pieces::{Piece, pieces, plain};
use super::quotes::is_quotes;
use super::verbs::is_say;
use crate::ast::{Node, TextField};
use crate::words;

/// Words of a name, at most.
const LONGEST: usize = 8;

/// The names of outlets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outlets(BTreeSet<String>);

impl Outlets {
    /// Makes those of names.
    pub(crate) fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        Self(names.map(folded).filter(|name| !name.is_empty()).collect())
    }

    /// Tells whether one has the name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains(&folded(name))
    }

    /// Tells whether a question may name one at all.
    pub(crate) fn may_be_named(question: &str) -> bool {
        let pieces = pieces(question);
        (0..pieces.len()).any(|place| opens(&pieces, place))
    }

    /// Takes out the first outlet that a question names, before it, in it or at its end.
    pub(super) fn take<'q>(&self, pieces: &[Piece<'q>]) -> (Vec<Piece<'q>>, Option<Node>) {
        let mut starts =
            (0..pieces.len()).filter(|place| !self.0.is_empty() && opens(pieces, *place));
        let found = starts.find_map(|place| {
            let (before, [_, behind @ ..]) = pieces.split_at_checked(place)? else {
                return None;
            };
            let lengths = (1..=behind.len().min(LONGEST)).rev();
            lengths.into_iter().find_map(|length| {
                let (name, after) = behind.split_at_checked(length)?;
                let asks = |piece: &Piece<'_>| ASKING.contains(&piece.lower.as_str());
                if before.is_empty() && !after.first().is_some_and(asks) {
                    return None;
                }
                let outlet = self.named(name)?;
                let words = [before, after].concat();
                // `quotes from City Herald`: it may be who speaks.
                let opened = pieces.get(place).is_some_and(|opened| opened.is("from"));
                if opened && !names_speaker(&words) {
                    let Node::Text { text, .. } = &outlet else {
                        return None;
                    };
                    let speaker = Node::text(TextField::Speaker, text.clone());
                    return Some((words, Node::any_of([speaker, outlet])));
                }
                Some((words, outlet))
            })
        });
        match found {
            Some((pieces, source)) => (pieces, Some(source)),
            None => (pieces.to_vec(), None),
        }
    }

    /// The outlet of this name, if there is one.
    fn named(&self, pieces: &[Piece<'_>]) -> Option<Node> {
        let written = match pieces {
            [only] if only.marked.is_some() => only.marked.clone()?,
            [the, rest @ ..] if the.is("the") && !rest.is_empty() => plain(rest)?,
            pieces => plain(pieces)?,
        };
        let written = written.trim().trim_end_matches([',', ':', ';']);
        // `in time` asks for no outlet, though one may be called “Time”.
        let is_name = pieces.iter().any(|piece| piece.marked.is_some())
            || written.contains(char::is_whitespace)
            || written.starts_with(char::is_uppercase);
        (is_name && self.0.contains(&folded(written)))
            .then(|| Node::text(TextField::Source, text(written)))
    }
}

/// Tells whether the name of an outlet may follow: behind `in`, and `from` behind `quotes`.
fn opens(pieces: &[Piece<'_>], place: usize) -> bool {
    let (before, behind) = pieces.split_at_checked(place).unwrap_or_default();
    let Some(piece) = behind.first() else {
        return false;
    };
    // `who said “quotes from Time”` has words.
    let is_list = || before.iter().any(is_quotes) && !before.iter().any(is_say);
    piece.is("in") || (piece.is("from") && is_list())
}

/// Tells whether a list of quotations has a speaker: `quotes by Roe`, `Roe's quotes`.
fn names_speaker(pieces: &[Piece<'_>]) -> bool {
    let noun = pieces.iter().position(is_quotes);
    let before = noun.and_then(|noun| pieces.get(..noun));
    let names = |piece: &Piece<'_>| {
        !piece.is_small(&[
            "all", "the", "any", "some", "every", "of", "are", "is", "a", "an", "what", "how",
            "many", "latest", "last", "first", "earliest", "newest", "oldest", "recent", "most",
            "list", "show", "find", "in",
        ])
    };
    pieces.iter().any(|piece| piece.is("by")) || before.unwrap_or_default().iter().any(names)
}

/// A name as it is compared: without capitals, accents and `the`.
fn folded(name: &str) -> String {
    let words = words::joined(&mut names_analyzer(), name);
    words.strip_prefix("the ").unwrap_or(&words).to_owned()
}
