//! Wordings of one utterance in many articles, gathered when asked for, never written down.

mod find;
mod gather;
mod likeness;
mod nodes;
mod relation;
mod variants;
mod words;

#[cfg(test)]
mod gold;
#[cfg(test)]
mod tests;

use serde::Serialize;
use tantivy::DocAddress;
use whosaid_model::QuotationId;

use crate::error::Error;
use crate::hit::Hit;
use gather::{Group, Member};
pub(crate) use gather::{Utterances, outlet};
pub use variants::{Variant, Variants};

/// What was said once, and is reported in one wording or more: word for word, clipped, translated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Utterance {
    /// The number of different wordings; case and punctuation do not count.
    pub wordings: u64,
    /// The number of outlets that report it in articles that are no copies of others; an article without an outlet
    /// counts for itself.
    pub outlets: u64,
    /// The number of quotations, copies included.
    pub quotations: u64,
    /// The earliest quotation in the archive, by date of publication, then by article and place.
    pub earliest: QuotationId,
    /// The beginning of its identifier, as long as it must be to be the only one in the archive.
    pub short_earliest: String,
}

impl Utterances {
    /// Tells a hit, given with its address, of which utterance it is a wording, and whose copy, if there is time.
    pub(crate) fn mark(&mut self, hit: &mut Hit, address: DocAddress) -> Result<(), Error> {
        self.asked = Some((address, hit.id, hit.short_id.clone()));
        let (group, place) = match self.of(address) {
            Err(error) if error.is_time_over() => return Ok(()),
            found => found?,
        };
        match group.members.get(place) {
            Some(member) => self.tell(hit, &group, member),
            None => Ok(()),
        }
    }

    /// As [`Utterances::mark`], for a member of a group.
    fn tell(&self, hit: &mut Hit, group: &Group, member: &Member) -> Result<(), Error> {
        hit.copies = member.copies;
        let original = member.copy_of.and_then(|at| group.members.get(at));
        hit.copy_of = original.map(|original| self.id(original)).transpose()?;
        hit.utterance = Some(group.summary.clone());
        Ok(())
    }
}
