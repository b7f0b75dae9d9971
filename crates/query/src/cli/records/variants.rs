//! `variants`: the wordings of one utterance.

use serde::Serialize;

use super::{HitBody, pair};
use crate::{DiffKind, DiffOperation, Variant};

/// A quotation, and how its words became of those of the earliest one.
#[derive(Serialize)]
pub(in super::super) struct VariantBody<'a> {
    #[serde(flatten)]
    hit: HitBody<'a>,
    diff: Vec<OperationBody>,
}

/// What was done with a stretch of words: where it stands in the earliest wording and in this one, in bytes.
#[derive(Serialize)]
struct OperationBody {
    op: DiffKind,
    old: [usize; 2],
    new: [usize; 2],
}

impl<'a> VariantBody<'a> {
    pub(in super::super) fn new(variant: &'a Variant) -> Self {
        let operations = variant.diff.operations.iter();
        Self {
            hit: HitBody::new(&variant.hit),
            diff: operations.map(operation).collect(),
        }
    }
}

fn operation(operation: &DiffOperation) -> OperationBody {
    OperationBody {
        op: operation.kind,
        old: pair(operation.old),
        new: pair(operation.new),
    }
}
