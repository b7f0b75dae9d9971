//! `variants`: the wordings of one utterance.

use serde::Serialize;

use whosaid_model::CodePoints;

use super::{ChangeBody, HitBody, Offsets};
use crate::Variant;

/// A quotation, and how its words became of those of the earliest one.
#[derive(Serialize)]
pub(in super::super) struct VariantBody<'a> {
    #[serde(flatten)]
    hit: HitBody<'a>,
    changes: Vec<ChangeBody>,
}

impl<'a> VariantBody<'a> {
    /// Makes the record; `points` are those of the variant's article, if offsets count them.
    pub(in super::super) fn new(
        variant: &'a Variant,
        earliest: &str,
        points: Option<&CodePoints>,
    ) -> Self {
        let texts = (earliest, variant.hit.quote());
        let operations = variant.diff.operations.iter();
        Self {
            hit: HitBody::new(&variant.hit, points),
            changes: ChangeBody::all(operations, texts, Offsets::of(points)),
        }
    }
}
