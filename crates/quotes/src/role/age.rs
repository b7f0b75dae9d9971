//! Ages: the 34-year-old, the teenager, and whose they are.

use std::ops::RangeInclusive;

use crate::mention::Mention;
use crate::stream::{Kind, Stream};
use crate::total::{Cut, Steps, Total};

/// The age in `the 34-year-old keeper`.
pub(super) fn age_of<'t>(text: &'t str, stream: &Stream, mention: &Mention) -> Option<&'t str> {
    stream
        .items
        .cut(mention.first as usize..=mention.last as usize)
        .iter()
        .find(|item| item.kind == Kind::Number)
        .and_then(|item| item.span().of(text))
        .and_then(|word| word.split_once("-year").map(|split| split.0))
}

/// The ages a word stands for: the teenager, the octogenarian.
pub(super) fn decade_of(head: &str) -> Option<RangeInclusive<u8>> {
    if !head.ends_with("an") && !head.starts_with("teen") {
        return None;
    }
    Some(match head {
        "teenager" | "teen" => 13..=19,
        "sexagenarian" => 60..=69,
        "septuagenarian" => 70..=79,
        "octogenarian" => 80..=89,
        "nonagenarian" => 90..=99,
        "centenarian" => 100..=115,
        _ => return None,
    })
}

/// Tells whether the article gives an age that `fits` right beside the person's name: `Jerotich, 31,`, `the 31-year-old
/// Jerotich`.
pub(super) fn has_age(
    text: &str,
    stream: &Stream,
    mentions: &[Mention],
    person: u32,
    fits: impl Fn(&str) -> bool,
) -> bool {
    mentions
        .iter()
        .filter(|mention| mention.person == Some(person) && mention.kind.is_name())
        .any(|mention| {
            let after = (mention.last as usize).plus(1);
            let item = |at: usize| stream.items.get(at).and_then(|item| item.span().of(text));
            let number = |word: &str| fits(word.split('-').next().unwrap_or(word));
            let before = (mention.first as usize).less(1);
            let aged = |word: &str| word.contains("-year-old") && number(word);
            matches!(item(after), Some("," | "(")) && item(after.plus(1)).is_some_and(number)
                || stream.items.at(before).kind == Kind::Number && item(before).is_some_and(aged)
        })
}
