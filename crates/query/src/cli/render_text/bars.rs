//! Counts as bars.

use std::io;

use super::super::numbers::grouped;
use super::super::terminal::{clean, shorten_middle, width};
use super::Text;
use crate::{Bucket, FacetCounts, Interval, Timeline};

impl Text<'_> {
    pub(super) fn write_facet(&mut self, counts: &FacetCounts) -> io::Result<()> {
        let rows: Vec<(String, u64)> = counts
            .values
            .iter()
            .map(|value| (clean(&value.value).into_owned(), value.count))
            .chain((counts.other > 0).then(|| {
                let more = counts.distinct - counts.values.len() as u64;
                (format!("(other: {})", grouped(more)), counts.other)
            }))
            .chain((counts.missing > 0).then(|| ("(none)".to_owned(), counts.missing)))
            .collect();
        self.bars(&rows)
    }

    pub(super) fn write_timeline(&mut self, timeline: &Timeline) -> io::Result<()> {
        let label = |bucket: &Bucket| match timeline.interval {
            Interval::Year => bucket.start.format("%Y").to_string(),
            Interval::Month => bucket.start.format("%Y-%m").to_string(),
            Interval::Quarter => {
                let quarter = chrono::Datelike::month(&bucket.start).div_ceil(3);
                format!("{}-Q{quarter}", bucket.start.format("%Y"))
            }
            Interval::Week => bucket.start.format("%G-W%V").to_string(),
            Interval::Day => bucket.start.to_string(),
        };
        let rows: Vec<(String, u64)> = timeline
            .buckets
            .iter()
            .map(|bucket| (label(bucket), bucket.count))
            .chain((timeline.undated > 0).then(|| ("undated".to_owned(), timeline.undated)))
            .collect();
        self.bars(&rows)
    }

    /// Labels, counts and bars.
    fn bars(&mut self, rows: &[(String, u64)]) -> io::Result<()> {
        let label = rows
            .iter()
            .map(|(label, _)| width(label))
            .max()
            .unwrap_or(0)
            .min(50);
        let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let digits = width(&grouped(most));
        let room = self
            .look
            .columns
            .min(100)
            .saturating_sub(label + digits + 4)
            .max(10);
        for (name, number) in rows {
            let name = shorten_middle(name, label);
            let pad = " ".repeat(label.saturating_sub(width(&name)));
            let number_text = grouped(*number);
            let lead = " ".repeat(digits.saturating_sub(width(&number_text)));
            let bar = bar(*number, most, room);
            let line = format!("{name}{pad}  {lead}{number_text}  {bar}");
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

fn bar(count: u64, most: u64, room: usize) -> String {
    let eighths = (count as f64 / most.max(1) as f64 * room as f64 * 8.0).round() as usize;
    let eighths = if count > 0 { eighths.max(1) } else { 0 };
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
    format!("{}{part}", "█".repeat(eighths / 8))
}
