//! A concordance: what matched in one column, what is left and right of it beside it.

use std::io;

use super::super::terminal::{clean, shorten_end, visible, width};
use super::Text;
use super::answer::denied;
use crate::KwicLine;

/// Columns for what matched, at most.
const KEYWORD: usize = 32;

/// Columns for a speaker, at most, and the columns of a line below which speakers get less and days none.
const SPEAKER: usize = 24;
const NARROW: usize = 100;

impl Text<'_> {
    pub(super) fn write_kwic(
        &mut self,
        lines: &[KwicLine],
        wanted: Option<usize>,
    ) -> io::Result<()> {
        let look = self.look;
        let widest = |of: &dyn Fn(&KwicLine) -> usize| lines.iter().map(of).max().unwrap_or(0);
        let speaker = |line: &KwicLine| clean(line.hit.speaker_name()).into_owned();
        let wide = look.columns >= NARROW;
        let most = if wide { SPEAKER } else { SPEAKER / 2 };
        let named = widest(&|line| width(&speaker(line))).min(most);
        let day_of = |line: &KwicLine| {
            let shown = wide.then(|| format!("  {}", self.day(line.hit.article())));
            shown.unwrap_or_default()
        };
        let days: Vec<String> = lines.iter().map(day_of).collect();
        let day = days.iter().map(|day| width(day)).max().unwrap_or(0);
        let id = widest(&|line| line.hit.short_id().len());
        let denied = |line: &KwicLine| denied(&line.hit).map(|denied| format!("  {denied}"));
        let marks = widest(&|line| denied(line).map_or(0, |denied| denied.len()));
        let mark = look.mark_width();
        let keyword = widest(&|line| width(&clean(&line.keyword))).min(KEYWORD);
        let keyword = keyword.saturating_add(mark);
        let taken = [keyword, named, day, id, marks, 2, 2, 2].into_iter().sum();
        let side = wanted.unwrap_or_else(|| (look.columns.saturating_sub(taken) / 2).max(8));
        for (line, own_day) in lines.iter().zip(days) {
            let (before, after) = (clean(&line.left), clean(&line.right));
            let left = last_columns(&before, side) + if before.ends_with(' ') { " " } else { "" };
            let found = look.found(&shorten_end(&clean(&line.keyword), KEYWORD));
            // What a short match leaves of its column goes to what is right of it.
            let room = side.saturating_add(keyword).saturating_sub(visible(&found));
            let gap = if after.starts_with(' ') { " " } else { "" };
            let right = gap.to_owned() + &first_columns(&after, room);
            let (left_pad, right_pad) = (
                pad(&left, side.saturating_add(1)),
                pad(&right, room.saturating_add(1)),
            );
            let name = shorten_end(&speaker(line), named);
            let name_pad = pad(&name, named);
            let day_pad = pad(&own_day, day);
            let own_id = line.hit.short_id();
            let mut tail = format!("{name}{name_pad}{own_day}{day_pad}  {own_id}");
            if let Some(denied) = denied(line) {
                tail += &pad(own_id, id);
                tail += &denied;
            }
            let tail = look.dim(&tail);
            writeln!(
                self.out,
                "{left_pad}{left}{found}{right}{right_pad}  {tail}"
            )?;
        }
        Ok(())
    }
}

/// The blanks that a text leaves of its column.
fn pad(text: &str, columns: usize) -> String {
    " ".repeat(columns.saturating_sub(width(text)))
}

/// The end of a text, of whole words if any fits.
fn last_columns(text: &str, columns: usize) -> String {
    let text = text.trim_end();
    if width(text) <= columns {
        return text.trim_start().to_owned();
    }
    let words = text.char_indices().filter(|(_, char)| *char == ' ');
    let fits = words
        .filter_map(|(at, _)| text.get(at..)?.strip_prefix(' '))
        .find(|rest| width(rest) <= columns);
    fits.unwrap_or_default().to_owned()
}

/// The start of a text, of whole words if any fits.
fn first_columns(text: &str, columns: usize) -> String {
    let text = text.trim_start();
    if width(text) <= columns {
        return text.trim_end().to_owned();
    }
    let words = text.char_indices().filter(|(_, char)| *char == ' ');
    let fits = words
        .filter_map(|(at, _)| text.get(..at))
        .take_while(|start| width(start) <= columns);
    fits.last().unwrap_or_default().to_owned()
}
