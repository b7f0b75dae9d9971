//! `variants`: the wordings of one utterance.

use serde::Serialize;

use super::{ChangeBody, HitBody};
use crate::Variant;

/// A quotation, and how its words became of those of the earliest one.
#[derive(Serialize)]
pub(in super::super) struct VariantBody<'a> {
    #[serde(flatten)]
    hit: HitBody<'a>,
    changes: Vec<ChangeBody>,
}

impl<'a> VariantBody<'a> {
    pub(in super::super) fn new(variant: &'a Variant) -> Self {
        let operations = variant.diff.operations.iter();
        Self {
            hit: HitBody::new(&variant.hit),
            changes: operations.map(ChangeBody::new).collect(),
        }
    }
}
