//! The beginnings of identifiers, as people type them.

use whosaid_schema::DocumentKind;

use crate::error::{Cause, Error};

/// The identifiers that begin with the same digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Prefix {
    pub(crate) kind: DocumentKind,
    pub(crate) first: u64,
    pub(crate) last: u64,
}

impl Prefix {
    /// Reads `q:7f3a`, `a:91c0`, or bare digits, which are a quotation's.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let (kind, digits) = match lower.split_once(':') {
            Some(("q", digits)) => (DocumentKind::Quotation, digits),
            Some(("a", digits)) => (DocumentKind::Article, digits),
            Some(_) => return Err(Cause::BadId(text.to_owned()).into()),
            None => (DocumentKind::Quotation, lower.as_str()),
        };
        let plain =
            (1..=16).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = u64::from_str_radix(digits, 16).ok().filter(|_| plain);
        let Some(value) = value else {
            return Err(Cause::BadId(text.to_owned()).into());
        };
        // What is not typed may be anything, from all zeros to all ones.
        let from = |digit: &str| {
            let whole = digits.to_owned() + &digit.repeat(16_usize.saturating_sub(digits.len()));
            u64::from_str_radix(&whole, 16).unwrap_or(value)
        };
        let (first, last) = (from("0"), from("f"));
        Ok(Self { kind, first, last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_a_range() {
        let prefix = Prefix::parse("q:7F3a").unwrap();
        assert_eq!(prefix.first, 0x7f3a_0000_0000_0000);
        assert_eq!(prefix.last, 0x7f3a_ffff_ffff_ffff);
        let whole = Prefix::parse("a:0000000000000001").unwrap();
        assert_eq!(
            (whole.first, whole.last, whole.kind),
            (1, 1, DocumentKind::Article)
        );
        for bad in ["", "q:", "x:1", "q:zz", "q:00000000000000000", "seven"] {
            assert!(Prefix::parse(bad).is_err(), "{bad}");
        }
    }
}
