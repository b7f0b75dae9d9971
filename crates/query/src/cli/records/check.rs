//! `check`: what became of each quotation of a text.

use std::io;

use serde::Serialize;
use whosaid_model::CodePoints;

use super::{ChangeBody, HitBody, Offsets, pair, thousandths};
use crate::cli::render::Checking;
use crate::{Checked, Hit, Verdict};

/// One quotation of the text.
#[derive(Serialize)]
pub(in super::super) struct CheckBody<'a> {
    /// Where it stands in the text.
    span: [usize; 2],
    text: &'a str,
    claimed: Option<&'a str>,
    verdict: &'static str,
    reasons: Vec<&'static str>,
    total: u64,
    matches: Vec<MatchBody<'a>>,
}

/// A place in the archive; of a quotation that is not there, the nearest.
#[derive(Serialize)]
struct MatchBody<'a> {
    likeness: f64,
    same_speaker: Option<bool>,
    /// The words of the hits, a blank between two.
    quote: &'a str,
    /// From `quote` to `text`.
    changes: Vec<ChangeBody>,
    hits: Vec<HitBody<'a>>,
}

impl<'a> CheckBody<'a> {
    /// Makes the record of a quotation of a text, whose code points are given if offsets count them; `hit` makes those
    /// of the places.
    pub(in super::super) fn new(
        checked: &'a Checked,
        text: Option<&CodePoints>,
        hit: &mut impl FnMut(&'a Hit) -> io::Result<HitBody<'a>>,
    ) -> io::Result<Self> {
        let matches = checked.matches.iter().map(|found| {
            let operations = found.pieces.iter().flat_map(|diff| &diff.operations);
            let texts = (found.quote.as_str(), checked.text.as_str());
            Ok(MatchBody {
                likeness: thousandths(found.likeness),
                same_speaker: found.same_speaker,
                quote: &found.quote,
                changes: ChangeBody::all(operations, texts, Offsets::of(text)),
                hits: found
                    .hits
                    .iter()
                    .map(&mut *hit)
                    .collect::<io::Result<_>>()?,
            })
        });
        let matches = matches.collect::<io::Result<_>>()?;
        Ok(Self {
            span: pair(checked.span, text),
            text: &checked.text,
            claimed: checked.speaker.as_deref(),
            verdict: checked.verdict.as_str(),
            reasons: checked
                .reasons
                .iter()
                .map(|reason| reason.as_str())
                .collect(),
            total: checked.total,
            matches,
        })
    }
}

/// The last record: how many were checked, how many found, among what.
#[derive(Serialize)]
pub(in super::super) struct CheckSummary<'a> {
    total: u64,
    found: u64,
    partial: bool,
    searched: &'a crate::Holdings,
    query: Input<'a>,
    ms: u64,
}

#[derive(Serialize)]
struct Input<'a> {
    input: &'a str,
}

impl<'a> CheckSummary<'a> {
    pub(in super::super) fn new(checking: &Checking<'a>) -> Self {
        let quotations = &checking.check.quotations;
        let found = quotations
            .iter()
            .filter(|checked| checked.verdict != Verdict::NotFound);
        Self {
            total: quotations.len() as u64,
            found: found.count() as u64,
            partial: checking.check.partial,
            searched: &checking.check.searched,
            query: Input {
                input: checking.input,
            },
            ms: checking.ms,
        }
    }
}
