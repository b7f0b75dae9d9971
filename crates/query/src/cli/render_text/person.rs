//! A person: their names, and what articles call them.

use std::io;

use super::super::numbers::{count, grouped};
use super::super::render::Card;
use super::super::terminal::{clean, wrapped};
use super::Text;
use crate::{Person, Why};

/// Offices and mentions shown at most.
const SHOWN: usize = 8;

impl Text<'_> {
    pub(super) fn write_person(&mut self, card: &Card<'_>) -> io::Result<()> {
        let person = card.person;
        let quotations = count(person.count, "quotation");
        let indirect = match person.indirect {
            0 => String::new(),
            indirect => format!(" ({} indirect)", grouped(indirect)),
        };
        let days = match (person.first, person.last) {
            (Some(first), Some(last)) if first == last => format!(" · {first}"),
            (Some(first), Some(last)) => format!(" · {first}..{last}"),
            _ => String::new(),
        };
        let name = self.look.head(&clean(&person.name));
        writeln!(
            self.out,
            "{name}  {}",
            self.look.dim(&(quotations + &indirect + &days))
        )?;
        self.list("names", &names_of(person))?;
        if let Some(profile) = card.profile {
            self.list("offices", &counted(&profile.offices))?;
            self.list("written", &counted(&profile.written))?;
            if profile.read < person.count {
                let read = grouped(profile.read);
                writeln!(self.out, "  (offices and words of the latest {read})")?;
            }
        }
        Ok(())
    }

    fn list(&mut self, label: &str, parts: &[String]) -> io::Result<()> {
        if parts.is_empty() {
            return Ok(());
        }
        let line = clean(&parts.join(" · ")).into_owned();
        let line = wrapped(self.look, 11, &line);
        writeln!(self.out, "  {label:<9}{}", line.trim_start())
    }
}

fn counted(words: &[(String, u64)]) -> Vec<String> {
    let shown = words.iter().take(SHOWN);
    let mut parts: Vec<String> = shown
        .map(|(words, count)| format!("{words} ({})", grouped(*count)))
        .collect();
    if let more @ 1.. = words.len().saturating_sub(SHOWN) {
        parts.push(format!("{more} more"));
    }
    parts
}

/// Lists the names of a person, each with why it is theirs.
pub(in crate::cli) fn names_of(person: &Person) -> Vec<String> {
    let names = person.names.iter();
    names
        .map(|alias| {
            let why = match alias.why {
                Why::Name => "",
                Why::Spelling => ", spelled alike",
                Why::Surname => ", the surname alone",
                Why::Correction => ", by correction",
                Why::Form if alias.share < 1.0 => ", agrees best",
                Why::Form => ", agrees",
            };
            let share = if alias.share < 1.0 {
                format!("; confidence × {:.2}", alias.share)
            } else {
                String::new()
            };
            format!("{} ({}{why}{share})", alias.name, grouped(alias.count))
        })
        .collect()
}
