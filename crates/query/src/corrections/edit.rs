//! Changes of a file that leave the rest of its text as it is.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

use super::{Correction, CorrectionKind, Corrections};
use crate::error::{Cause, Error};

/// What a new file begins with.
const HEAD: &str = "\
# Who is who: corrections that are applied whenever this archive is asked. `whosaid alias`, `merge` and `split`
# write here; it can be edited by hand.
#
# [[alias]] gives names to a person · [[merge]] makes persons one, with all their names · [[split]] keeps names apart

";

impl Corrections {
    /// Gives names to a person, or to whom the person is given; a name that was given to somebody else or split off is
    /// taken from there.
    ///
    /// # Errors
    /// When the person is one of the names, or given to one of them.
    pub fn alias(&mut self, person: &str, names: &[impl AsRef<str>]) -> Result<(), Error> {
        self.give(CorrectionKind::Alias, person, names)
    }

    /// Makes those who bear the names one with a person, who keeps the name.
    ///
    /// # Errors
    /// As [`alias`](Self::alias).
    pub fn merge(&mut self, person: &str, names: &[impl AsRef<str>]) -> Result<(), Error> {
        self.give(CorrectionKind::Merge, person, names)
    }

    /// Keeps names apart from each other; a single one is kept apart from all others. What gave them to one person is
    /// taken back.
    ///
    /// # Errors
    /// When a name is empty or stands twice.
    pub fn split(&mut self, names: &[impl AsRef<str>]) -> Result<(), Error> {
        self.take_back(names)?;
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let mut table = Table::new();
        table.insert("names", value(list(&names)));
        let mut document = self.document()?;
        push(&mut document, CorrectionKind::Split, table)?;
        self.set(&document)
    }

    /// Takes back what gave these names to somebody, or somebody to whom they belong.
    ///
    /// # Errors
    /// When what is left says what cannot be.
    pub fn take_back(&mut self, names: &[impl AsRef<str>]) -> Result<(), Error> {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        self.remove(&names, |kind| kind != CorrectionKind::Split)
    }

    fn give(
        &mut self,
        kind: CorrectionKind,
        person: &str,
        names: &[impl AsRef<str>],
    ) -> Result<(), Error> {
        let person = person.trim();
        let names: Vec<&str> = names.iter().map(|name| name.as_ref().trim()).collect();
        let to = self.person_of(person).unwrap_or(person).to_owned();
        if let Some(own) = names.iter().find(|name| **name == person || **name == to) {
            return Err(Cause::OwnName((*own).to_owned(), person.to_owned()).into());
        }
        self.take_back(&names)?;
        self.rejoin(person, &names)?;
        let mut document = self.document()?;
        // Taking back may have parted them.
        let person = self.person_of(person).unwrap_or(person);
        let at = self.entries.iter().filter(|entry| entry.kind == kind);
        let at = at
            .enumerate()
            .find(|(_, entry)| entry.person.as_deref() == Some(person));
        if let Some((at, _)) = at {
            let tables = tables(&mut document, kind);
            let table = tables.and_then(|tables| tables.get_mut(at));
            let list = table.and_then(|table| table.get_mut("names")?.as_array_mut());
            if let Some(list) = list {
                for name in &names {
                    list.push(*name);
                }
            }
        } else {
            let mut table = Table::new();
            table.insert("person", value(person));
            table.insert("names", value(list(&names)));
            push(&mut document, kind, table)?;
        }
        self.set(&document)
    }

    /// Forgets that names are kept apart from a person, or from all.
    fn rejoin(&mut self, person: &str, names: &[&str]) -> Result<(), Error> {
        let splits = self
            .entries
            .iter()
            .filter(|entry| entry.kind == CorrectionKind::Split);
        let bars = |entry: &Correction| match entry.names.as_slice() {
            [only] => only == person || names.contains(&only.as_str()),
            several => several.iter().any(|name| name == person),
        };
        let barred: Vec<bool> = splits.map(bars).collect();
        if !barred.contains(&true) {
            return Ok(());
        }
        let mut document = self.document()?;
        let mut freed = Vec::new();
        if let Some(tables) = tables(&mut document, CorrectionKind::Split) {
            for (at, _) in barred
                .iter()
                .enumerate()
                .rev()
                .filter(|(_, barred)| **barred)
            {
                let alone = tables
                    .get(at)
                    .is_some_and(|table| names_of(table).len() == 1);
                let keep = |name: &str| !alone && !names.contains(&name);
                freed.extend(retain(tables, at, keep, 2));
            }
        }
        keep_comments(&mut document, freed);
        self.set(&document)
    }

    /// Removes names from entries of some kinds.
    fn remove(&mut self, names: &[&str], of: impl Fn(CorrectionKind) -> bool) -> Result<(), Error> {
        if self.entries.is_empty() {
            return Ok(());
        }
        let mut document = self.document()?;
        let mut freed = Vec::new();
        for kind in CorrectionKind::ALL.into_iter().filter(|kind| of(*kind)) {
            if let Some(tables) = tables(&mut document, kind) {
                for at in (0..tables.len()).rev() {
                    freed.extend(retain(tables, at, |name| !names.contains(&name), 1));
                }
            }
        }
        keep_comments(&mut document, freed);
        self.set(&document)
    }

    fn document(&self) -> Result<DocumentMut, Error> {
        let is_new = self.text.trim().is_empty();
        let text = if is_new { HEAD } else { &self.text };
        text.parse().map_err(|error: toml_edit::TomlError| {
            Cause::Corrections {
                path: self.path.clone(),
                line: 1,
                message: error.message().to_owned(),
            }
            .into()
        })
    }

    /// Takes the changed text, unless it says what cannot be.
    fn set(&mut self, document: &DocumentMut) -> Result<(), Error> {
        *self = Self::of(document.to_string(), self.path.take())?;
        Ok(())
    }
}

fn tables(document: &mut DocumentMut, kind: CorrectionKind) -> Option<&mut ArrayOfTables> {
    document
        .get_mut(kind.as_str())
        .and_then(Item::as_array_of_tables_mut)
}

fn push(document: &mut DocumentMut, kind: CorrectionKind, mut table: Table) -> Result<(), Error> {
    // What stands at the end of the file stays above the new entry.
    let above = document.trailing().as_str().unwrap_or_default().to_owned();
    document.set_trailing("");
    let blank = if document.as_table().is_empty() || above.ends_with("\n\n") {
        ""
    } else {
        "\n"
    };
    table.decor_mut().set_prefix(format!("{above}{blank}"));
    let item = document
        .entry(kind.as_str())
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match item.as_array_of_tables_mut() {
        Some(tables) => tables.push(table),
        None => return Err(Cause::Unsupported(format!("{} as a value", kind.as_str())).into()),
    }
    Ok(())
}

fn list(names: &[&str]) -> Array {
    names.iter().map(|name| Value::from(*name)).collect()
}

fn names_of(table: &Table) -> Vec<String> {
    let names = table.get("names").and_then(Item::as_array);
    let names = names.into_iter().flat_map(Array::iter);
    names
        .filter_map(|name| Some(name.as_str()?.trim().to_owned()))
        .collect()
}

/// Keeps some names of an entry; with less than `least` left the entry goes. Returns the place of an entry that went,
/// and what stood above it but was not about it: comments with a blank line below.
fn retain(
    tables: &mut ArrayOfTables,
    at: usize,
    keep: impl Fn(&str) -> bool,
    least: usize,
) -> Option<(isize, String)> {
    let table = tables.get_mut(at)?;
    let names = table.get_mut("names")?.as_array_mut()?;
    let before = names.len();
    names.retain(|name| name.as_str().is_none_or(|name| keep(name.trim())));
    if names.len() == before || names.len() >= least {
        return None;
    }
    let above = table.decor().prefix().and_then(|prefix| prefix.as_str());
    let above = above.and_then(|above| above.rsplit_once("\n\n"));
    let above = above.map(|(above, _)| format!("{above}\n\n"));
    let place = table.position();
    tables.remove(at);
    place.zip(above.filter(|above| above.contains('#')))
}

/// Puts comments above the entry that now stands in their place, or at the end of the file.
fn keep_comments(document: &mut DocumentMut, freed: Vec<(isize, String)>) {
    for (place, above) in freed {
        let next = CorrectionKind::ALL
            .into_iter()
            .flat_map(|kind| {
                let tables = document
                    .get(kind.as_str())
                    .and_then(Item::as_array_of_tables);
                let tables = tables.into_iter().flat_map(ArrayOfTables::iter).enumerate();
                let places = tables.filter_map(|(at, table)| Some((table.position()?, at)));
                places
                    .map(move |(place, at)| (place, kind, at))
                    .collect::<Vec<_>>()
            })
            .filter(|(other, _, _)| *other > place)
            .min_by_key(|(place, _, _)| *place);
        let table = next.and_then(|(_, kind, at)| tables(document, kind)?.get_mut(at));
        if let Some(table) = table {
            let own = table.decor().prefix().and_then(|prefix| prefix.as_str());
            let own = own.unwrap_or_default().trim_start_matches('\n').to_owned();
            table.decor_mut().set_prefix(above + &own);
        } else {
            let own = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(above + &own);
        }
    }
}
