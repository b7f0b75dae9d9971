//! Dates in addresses: `/2024/05/03/`, `-20240503.html`.

use whosaid_model::DatePrecision;

use crate::{DateReader, StatedDate};

/// The address of a page, as far as it says when.
#[derive(Clone, Copy)]
pub(super) struct Address<'a> {
    url: Option<&'a str>,
}

impl<'a> Address<'a> {
    pub(super) fn new(url: Option<&'a str>) -> Self {
        Self { url }
    }

    /// Returns the date in the path, and whether it has a day.
    pub(super) fn date(self, reader: &DateReader<'_>) -> Option<(StatedDate, bool)> {
        let url = self.url?;
        let (_, path) = url.split_once("//")?;
        let (_, path) = path.split_once('/')?;
        let mut month = None;
        let mut before = b'/';
        for (at, byte) in path.bytes().enumerate() {
            let before = std::mem::replace(&mut before, byte);
            if !byte.is_ascii_digit() || before.is_ascii_alphanumeric() {
                continue;
            }
            let rest = path.get(at..)?;
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 4
                && let Some((stated, length)) = reader.prefix(rest)
                && let Some(behind) = rest.get(length..)
                && !behind.starts_with(|next: char| next.is_ascii_digit())
            {
                if stated.precision == DatePrecision::Day {
                    return Some((stated, true));
                }
                month = month.or(Some((stated, false)));
            } else if digits == 8
                && let Some(stated) = reader.read(rest.get(..8)?)
                && (rest.starts_with("19") || rest.starts_with("20"))
            {
                return Some((stated, true));
            }
        }
        month
    }
}
