//! Where a list goes on: a place in its order, as text that can be handed out.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Serialize, Serializer};
use whosaid_schema::FileId;

use crate::error::{Cause, Error};
use crate::gather::Key;

/// The place after the last hit of a list, from which [`SearchBuilder::after`](crate::SearchBuilder::after) goes on.
///
/// It prints as text such as `c:AQ…` that parses to the same cursor, holds in every process, and means nothing to
/// its bearer. Articles may come and go between two pages: in an order by date or confidence the list goes on where
/// it was, without a hit told twice or passed over among those that stayed. The order by relevance changes with the
/// archive; when the hit that the cursor stands at is gone or has another score, the search says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Tells the search apart from others: its query, unit and order.
    pub(crate) search: u32,
    pub(crate) after: After,
    /// Hits before it.
    pub(crate) rank: u64,
}

/// A place in the order of a search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct After {
    pub(crate) place: Place,
    /// Hits at this place that came already: two quotations may begin at one letter.
    pub(crate) ties: u32,
}

/// What the order of a search depends on, apart from where a document lies in the index.
pub(crate) type Place = (u64, u64, u64);

impl Key {
    pub(crate) fn place(&self) -> Place {
        (self.primary, self.article, self.start)
    }
}

impl After {
    /// The place after the last of `keys`, which follow `before` in the order.
    pub(crate) fn all(keys: &[Key], before: Option<Self>) -> Option<Self> {
        let place = keys.last()?.place();
        let alike = keys.iter().rev().take_while(|key| key.place() == place);
        let ties = alike.count() as u32;
        let earlier = before.filter(|before| before.place == place);
        let earlier = earlier.map_or(0, |before| before.ties);
        Some(Self {
            place,
            ties: ties.saturating_add(earlier),
        })
    }
}

/// The version of the encoding.
const VERSION: u8 = 1;

/// The greatest rank: no list is as long.
const LAST: u64 = u32::MAX as u64;

/// What is encoded: the version, the search, the place, the ties, the rank.
type Encoded = (u8, u32, Place, u32, u64);

/// Tells searches apart.
pub(crate) fn fingerprint(search: &str) -> u32 {
    (FileId::of(search).0 >> 32) as u32
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let After { place, ties } = self.after;
        let encoded: Encoded = (VERSION, self.search, place, ties, self.rank);
        let bytes = postcard::to_allocvec(&encoded).map_err(|_| fmt::Error)?;
        write!(f, "c:{}", URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for Cursor {
    type Err = Error;

    /// Reads a cursor as it was printed.
    ///
    /// # Errors
    /// When the text is none.
    fn from_str(text: &str) -> Result<Self, Error> {
        let decode = || {
            let text = text.trim().strip_prefix("c:")?;
            let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
            let ((version, search, place, ties, rank), rest): (Encoded, _) =
                postcard::take_from_bytes(&bytes).ok()?;
            let known = version == VERSION && rest.is_empty();
            (known && rank <= LAST).then_some(Self {
                search,
                after: After { place, ties },
                rank,
            })
        };
        decode().ok_or_else(|| Cause::BadCursor(text.to_owned()).into())
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ErrorKind;

    #[test]
    fn what_is_no_cursor_is_refused() {
        let good = Cursor {
            search: 7,
            after: After::default(),
            rank: 20,
        };
        let cut = good.to_string();
        let cut = &cut[..cut.len() - 2];
        let far = Cursor {
            rank: u64::MAX,
            ..good.clone()
        };
        let far = far.to_string();
        for text in ["", "c:", "q:7f3a", "c:zz zz", "c:AAAA", cut, &far] {
            let error = text.parse::<Cursor>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::BadCursor, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_cursor_reads_back(search: u32, place: (u64, u64, u64), ties: u32, rank: u32) {
            let cursor = Cursor { search, after: After { place, ties }, rank: rank.into() };
            prop_assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        }
    }
}
