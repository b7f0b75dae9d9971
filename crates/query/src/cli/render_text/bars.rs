//! Counts as bars.

use std::io;

use super::super::numbers::grouped;
use super::super::terminal::{clean, shorten_middle, width};
use super::Text;
use crate::{Bucket, FacetCounts, FacetField, FacetValue, Timeline};

/// Columns of the longest bar, at least.
const SHORTEST: usize = 10;

impl Text<'_> {
    pub(super) fn write_facet(&mut self, counts: &FacetCounts) -> io::Result<()> {
        let value = |value: &FacetValue| (clean(&value.value).into_owned(), value.count);
        let rows: Vec<(String, u64)> = counts.values.iter().map(value).collect();
        let found = counts.values.iter().filter(|value| value.count > 0);
        let others = counts.distinct.saturating_sub(found.count() as u64);
        let none = match counts.field {
            FacetField::Speaker => "(nobody named)",
            field if field.is_date() => "undated",
            _ => "(none)",
        };
        let rest = [
            (format!("({} more)", grouped(others)), counts.other),
            (none.to_owned(), counts.missing),
        ];
        self.bars(&rows, &rest)
    }

    pub(super) fn write_timeline(&mut self, timeline: &Timeline) -> io::Result<()> {
        let label = |bucket: &Bucket| timeline.interval.name(bucket.start);
        let row = |bucket: &Bucket| (label(bucket), bucket.count);
        let rows: Vec<(String, u64)> = timeline.buckets.iter().map(row).collect();
        self.bars(&rows, &[("undated".to_owned(), timeline.undated)])
    }

    /// Labels, counts and bars; then what stays outside the comparison, without a bar.
    fn bars(&mut self, rows: &[(String, u64)], rest: &[(String, u64)]) -> io::Result<()> {
        let rest = rest.iter().filter(|(_, number)| *number > 0);
        let all = || rows.iter().chain(rest.clone());
        let label = all().map(|(label, _)| width(label)).max().unwrap_or(0);
        let digits = all().map(|(_, number)| width(&grouped(*number))).max();
        let digits = digits.unwrap_or(0);
        let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
        // A file is read in a window of any width; a terminal's is known.
        let widest = if self.look.wrap { usize::MAX } else { 100 };
        let columns = self.look.columns.min(widest);
        // What is not the label: the count, the gaps and a bar.
        let others = digits.saturating_add(4).saturating_add(SHORTEST);
        let label = label.min(columns.saturating_sub(others).clamp(12, 50));
        let taken = label.saturating_add(digits).saturating_add(4);
        let room = columns.saturating_sub(taken).max(SHORTEST);
        for (index, (name, number)) in all().enumerate() {
            let name = shorten_middle(name, label);
            let pad = " ".repeat(label.saturating_sub(width(&name)));
            let number_text = grouped(*number);
            let lead = " ".repeat(digits.saturating_sub(width(&number_text)));
            let line = format!("{name}{pad}  {lead}{number_text}");
            if index < rows.len() && *number > 0 {
                writeln!(self.out, "{line}  {}", bar(*number, most, room))?;
            } else {
                writeln!(self.out, "{}", self.look.dim(&line))?;
            }
        }
        Ok(())
    }
}

fn bar(count: u64, most: u64, room: usize) -> String {
    let eighths = (count as f64 / most.max(1) as f64 * room as f64 * 8.0).round() as usize;
    let eighths = eighths.max(1);
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let part = parts.get(eighths % 8).unwrap_or(&"");
    format!("{}{part}", "█".repeat(eighths / 8))
}
