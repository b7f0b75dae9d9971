//! Numbers and amounts as a reader wants them.

use std::fmt::Write as _;

use serde_json::Value;

use crate::{Answer, Holdings, Query};

/// Writes `1 quotation`, `2 quotations`, `1 234 quotations`.
pub(super) fn count(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", grouped(number))
}

/// Writes `2 times in 1 article`.
pub(super) fn often(answer: &Answer) -> String {
    let times = count(answer.total, "time");
    format!("{times} in {}", count(answer.articles, "article"))
}

/// Writes `2 named speakers, 3 quotations in 2 articles`.
pub(super) fn how_many(answer: &Answer) -> String {
    let speakers = count(answer.speakers, "named speaker");
    let quotations = count(answer.total, "quotation");
    format!(
        "{speakers}, {quotations} in {}",
        count(answer.articles, "article")
    )
}

/// Writes `1 copy`, `2 copies`.
pub(super) fn copies(number: u64) -> String {
    match number {
        1 => "1 copy".to_owned(),
        number => format!("{} copies", grouped(number)),
    }
}

pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (left, digit) in (0..digits.len()).rev().zip(digits.chars()) {
        if !out.is_empty() && left % 3 == 2 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// Writes a value as a cell of a table.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Writes a value for a reader.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        value => value.as_u64().map_or_else(|| plain(value), grouped),
    }
}

/// Says what was searched: `21 quotations in 2 articles, 2025-10-25`.
pub(super) fn coverage(holdings: &Holdings, query: &Query) -> String {
    let searched = if query.includes_indirect() {
        holdings.quotations
    } else {
        holdings.quotations.saturating_sub(holdings.indirect)
    };
    let mut text = format!(
        "{} in {}",
        count(searched, "quotation"),
        count(holdings.articles, "article")
    );
    if let Some(days) = days(holdings) {
        let _ = write!(text, ", {days}");
    }
    text
}

/// Writes the days of publication, first and last.
pub(super) fn days(holdings: &Holdings) -> Option<String> {
    let (first, last) = (holdings.first?, holdings.last?);
    Some(if first == last {
        first.to_string()
    } else {
        format!("{first}..{last}")
    })
}

/// Writes `1.4 MB`.
pub(super) fn size(bytes: u64) -> String {
    let mut value = bytes as f64;
    for unit in ["bytes", "kB", "MB", "GB"] {
        if value < 1000.0 {
            return if unit == "bytes" {
                format!("{bytes} bytes")
            } else {
                format!("{value:.1} {unit}")
            };
        }
        value /= 1000.0;
    }
    format!("{value:.1} TB")
}
