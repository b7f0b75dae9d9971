//! What the user knows better of who is who: a readable file beside the index, applied when the archive is asked.

mod edit;
mod file;
mod read;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Cause, Error};

/// The file's name, in the archive's folder.
pub(crate) const FILE: &str = "corrections.toml";

/// Bytes of the file, at most.
const MOST: u64 = 16 << 20;

/// Reads the text of a file of corrections, within bounds.
pub(crate) fn text(path: &Path) -> io::Result<String> {
    file::read(path, MOST)
}

/// Corrections of who is who, with the text of their file. Comments and order of the text are kept by all changes.
///
/// ```
/// use whosaid_query::Corrections;
///
/// let mut corrections = Corrections::parse("# the mayor, since 2024\n[[alias]]\nperson = \"Jane Roe\"\nnames = [\"J. R.\"]\n")?;
/// corrections.merge("Jane Roe", &["Jane Bello"])?;
/// assert_eq!(corrections.person_of("Jane Bello"), Some("Jane Roe"));
/// assert!(corrections.to_string().starts_with("# the mayor, since 2024\n"));
/// # Ok::<(), whosaid_query::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    text: String,
    path: Option<PathBuf>,
    entries: Vec<Correction>,
}

/// Keeps other processes from changing the corrections of an archive, until it is dropped; a process that dies drops
/// it too.
#[derive(Debug)]
pub struct CorrectionsLock {
    _file: std::fs::File,
}

impl CorrectionsLock {
    pub(crate) fn wait(path: &Path) -> Result<Self, Error> {
        let locked = file::lock(path);
        let file = locked.map_err(|source| {
            let path = path.to_owned();
            Cause::CorrectionsFile { path, source }
        })?;
        Ok(Self { _file: file })
    }
}

/// One entry of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Correction {
    /// What it says.
    pub kind: CorrectionKind,
    /// The person the names belong to; `None` in a split.
    pub person: Option<String>,
    /// The names, as they stand in the archive.
    pub names: Vec<String>,
    /// The line it begins at, from 1.
    pub line: usize,
}

/// What a correction says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CorrectionKind {
    /// These names, and no others that go with them, are the person's.
    Alias,
    /// Those who bear these names are the person, with all their names.
    Merge,
    /// Each two of these names are different people's; a single one is nobody else's.
    Split,
}

impl CorrectionKind {
    const ALL: [Self; 3] = [Self::Alias, Self::Merge, Self::Split];

    /// Returns the word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::Merge => "merge",
            Self::Split => "split",
        }
    }
}

impl Corrections {
    /// Reads the file at `path`; without one there are no corrections.
    ///
    /// # Errors
    /// When the file cannot be read, or says what cannot be: file, line and word are named.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = match text(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(source) => {
                let path = path.to_owned();
                return Err(Cause::CorrectionsFile { path, source }.into());
            }
        };
        Self::of(text, Some(path.to_owned()))
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// When it says what cannot be: line and word are named.
    pub fn parse(text: impl Into<String>) -> Result<Self, Error> {
        Self::of(text.into(), None)
    }

    fn of(text: String, path: Option<PathBuf>) -> Result<Self, Error> {
        let entries = read::entries(&text).and_then(|entries| {
            check(&entries)?;
            Ok(entries)
        });
        match entries {
            Ok(entries) => Ok(Self {
                text,
                path,
                entries,
            }),
            Err(fault) => Err(Cause::Corrections {
                path,
                line: fault.line,
                message: fault.message,
            }
            .into()),
        }
    }

    /// Writes the file at `path`, whole or not at all.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        file::replace(path, &self.text).map_err(|source| {
            let path = path.to_owned();
            Cause::CorrectionsFile { path, source }.into()
        })
    }

    /// Returns the corrections in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Correction> {
        self.entries.iter()
    }

    /// Tells whether nothing is corrected.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the person that an alias or a merge gives a name to, and theirs if they are somebody else's name too.
    pub fn person_of(&self, name: &str) -> Option<&str> {
        let parents = parents(&self.entries);
        let mut found = None;
        let mut name = name;
        while let Some((person, _)) = parents.get(name) {
            found = Some(*person);
            name = person;
        }
        found
    }
}

impl std::fmt::Display for Corrections {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// What is wrong with a file.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    line: usize,
    message: String,
}

impl Fault {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }
}

/// Each name with the person it is given to, and the line that says so.
fn parents(entries: &[Correction]) -> BTreeMap<&str, (&str, usize)> {
    let mut parents = BTreeMap::new();
    for entry in entries {
        let Some(person) = &entry.person else {
            continue;
        };
        for name in &entry.names {
            parents.insert(name.as_str(), (person.as_str(), entry.line));
        }
    }
    parents
}

/// Who is given to whom, with the way to the last of them cut short: a file may give a hundred thousand names on, one
/// to the next.
#[derive(Default)]
struct Givers<'a> {
    parents: BTreeMap<&'a str, (&'a str, usize)>,
    last: BTreeMap<&'a str, &'a str>,
}

impl<'a> Givers<'a> {
    /// The person to whom a name leads in the end.
    fn last(&mut self, name: &'a str) -> &'a str {
        let mut end = name;
        while let Some(next) = self.last.get(end) {
            end = next;
        }
        let mut at = name;
        while at != end {
            let Some(next) = self.last.insert(at, end) else {
                break;
            };
            at = next;
        }
        end
    }
}

/// Finds what the entries say that cannot be.
fn check(entries: &[Correction]) -> Result<(), Fault> {
    let mut givers = Givers::default();
    for entry in entries {
        let Some(person) = &entry.person else {
            continue;
        };
        for name in &entry.names {
            if name == person {
                let message = format!("\"{name}\" is given to itself");
                return Err(Fault::new(entry.line, message));
            }
            if let Some((other, line)) = givers.parents.insert(name, (person, entry.line)) {
                if other == person {
                    continue;
                }
                let message = format!(
                    "\"{name}\" is given to \"{person}\", and in line {line} to \"{other}\""
                );
                return Err(Fault::new(entry.line, message));
            }
            if givers.last(person) == name {
                let mut above = person.as_str();
                while let Some((next, line)) = givers.parents.get(above) {
                    if next == name {
                        let message = format!(
                            "\"{name}\" is given to \"{person}\", who in line {line} is given to \"{next}\""
                        );
                        return Err(Fault::new(entry.line, message));
                    }
                    above = next;
                }
            }
            givers.last.insert(name, person);
        }
    }
    for entry in entries.iter().filter(|entry| entry.person.is_none()) {
        let mut roots = BTreeMap::new();
        for name in &entry.names {
            if let Some(other) = roots.insert(givers.last(name), name) {
                let message = if other == name {
                    format!("\"{name}\" stands twice in one split")
                } else {
                    format!(
                        "\"{other}\" and \"{name}\" are split, but given to one person elsewhere"
                    )
                };
                return Err(Fault::new(entry.line, message));
            }
        }
        if let [only] = entry.names.as_slice()
            && let Some((person, line)) = givers.parents.get(only.as_str())
        {
            let message =
                format!("\"{only}\" is split off, but in line {line} given to \"{person}\"");
            return Err(Fault::new(entry.line, message));
        }
    }
    Ok(())
}
