//! The wordings of one utterance: one entry a quotation, what changed from the earliest marked.

use std::io;

use whosaid_schema::Wording;

use super::super::numbers::count;
use super::super::terminal::{clean, joined, width, wrapped};
use super::diff::changed;
use super::{Text, folded, source, speaker};
use crate::Variants;

impl Text<'_> {
    pub(super) fn write_variants(&mut self, variants: &Variants) -> io::Result<()> {
        let Some(earliest) = variants.list.first() else {
            return Ok(());
        };
        let utterance = &variants.utterance;
        let counts = [
            count(utterance.wordings, "wording"),
            count(utterance.outlets, "outlet"),
            count(utterance.quotations, "quotation"),
        ]
        .join(" · ");
        let speaker = speaker(&earliest.hit);
        let used = width(&speaker).saturating_add(width(&counts));
        let columns = self.look.columns.min(100);
        let pad = " ".repeat(columns.saturating_sub(used).max(2));
        let (speaker, counts) = (self.look.head(&speaker), self.look.dim(&counts));
        writeln!(self.out, "{speaker}{pad}{counts}")?;
        for (number, variant) in (1..).zip(&variants.list) {
            let hit = &variant.hit;
            let words = if number == 1 {
                format!("“{}”", clean(hit.quote()))
            } else if Wording::of(hit.quote()).whole == Wording::of(earliest.hit.quote()).whole {
                self.look.dim("the same words")
            } else {
                let old = earliest.hit.quote();
                format!("“{}”", changed(self.look, old, hit.quote(), &variant.diff))
            };
            let entry = wrapped(self.look, 5, &words);
            let number = format!("{number:>3}");
            writeln!(self.out, "{number}{}", entry.get(3..).unwrap_or(&entry))?;
            let tail = self.tail(hit);
            let mut parts = vec![tail.day];
            parts.extend(source(hit.article()));
            parts.extend(hit.as_written().map(|name| format!("by {}", clean(name))));
            parts.extend([tail.place, tail.confidence, tail.id]);
            parts.extend(tail.denied.map(str::to_owned));
            parts.extend(folded(hit.copies()));
            writeln!(self.out, "{}", joined(self.look, 5, &parts))?;
        }
        Ok(())
    }
}
