//! All wordings of the utterance of one quotation.

use std::collections::HashMap;

use serde::Serialize;

use super::{Utterance, Utterances};
use crate::archive::Archive;
use crate::diff::{Diff, diff};
use crate::error::Error;
use crate::hit::Hit;
use crate::scan::Limits;
use crate::stored::Quotations;

/// The wordings of one utterance across outlets.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Variants {
    /// The utterance.
    pub utterance: Utterance,
    /// Its quotations, copies included: by date of publication, undated last, then by article and place.
    pub list: Vec<Variant>,
}

/// One quotation of an utterance.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Variant {
    /// The quotation.
    pub hit: Hit,
    /// How its words became of those of the earliest one.
    pub diff: Diff,
}

impl Archive {
    /// Returns the wordings of the utterance of the quotation whose identifier begins with `prefix`: `q:7f3a`.
    ///
    /// # Errors
    /// When none or several begin so, or the archive cannot be read.
    pub fn variants(&self, prefix: &str) -> Result<Variants, Error> {
        let address = self.quotation_address(prefix)?;
        let mut utterances = Utterances::new(self, &Limits::default())?;
        let (group, _) = utterances.of(address)?;
        let (persons, mut files) = (self.persons()?, HashMap::new());
        let mut quotations = Quotations::new(self);
        let mut list: Vec<Variant> = Vec::with_capacity(group.members.len());
        for (rank, member) in (1..).zip(&group.members) {
            let address = member.node.address;
            let mut hit = self.hit(address, rank, &persons, &mut quotations, &mut files)?;
            utterances.tell(&mut hit, &group, member)?;
            let earliest = list.first().map_or(hit.quote(), |first| first.hit.quote());
            let diff = diff(earliest, hit.quote());
            list.push(Variant { hit, diff });
        }
        Ok(Variants {
            utterance: group.summary.clone(),
            list,
        })
    }
}
