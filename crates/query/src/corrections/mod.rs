//! What the user knows better of who is who: a readable file beside the index, applied when the archive is asked.

mod edit;
mod read;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Cause, Error};

/// The file's name, in the archive's folder.
pub(crate) const FILE: &str = "corrections.toml";

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
        let text = match fs::read_to_string(path) {
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
        // A name that begins with a dot is none of the archive's own files.
        let new = path.with_file_name(format!(".{FILE}.new"));
        let written = fs::File::create(&new)
            .and_then(|mut file| {
                file.write_all(self.text.as_bytes())?;
                file.sync_all()
            })
            .and_then(|()| fs::rename(&new, path));
        written.map_err(|source| {
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

/// Finds what the entries say that cannot be.
fn check(entries: &[Correction]) -> Result<(), Fault> {
    let mut parents = BTreeMap::<&str, (&str, usize)>::new();
    for entry in entries {
        let Some(person) = &entry.person else {
            continue;
        };
        for name in &entry.names {
            if name == person {
                let message = format!("\"{name}\" is given to itself");
                return Err(Fault::new(entry.line, message));
            }
            if let Some((other, line)) = parents.insert(name, (person, entry.line))
                && other != person
            {
                let message = format!(
                    "\"{name}\" is given to \"{person}\", and in line {line} to \"{other}\""
                );
                return Err(Fault::new(entry.line, message));
            }
            let mut seen = BTreeSet::from([name.as_str()]);
            let mut above = person.as_str();
            while let Some((next, line)) = parents.get(above) {
                if !seen.insert(above) || *next == name {
                    let message = format!(
                        "\"{name}\" is given to \"{person}\", who in line {line} is given to \"{next}\""
                    );
                    return Err(Fault::new(entry.line, message));
                }
                above = next;
            }
        }
    }
    let root = |name: &str| {
        let mut name = name.to_owned();
        while let Some((person, _)) = parents.get(name.as_str()) {
            name = (*person).to_owned();
        }
        name
    };
    for entry in entries.iter().filter(|entry| entry.person.is_none()) {
        let mut roots = BTreeMap::new();
        for name in &entry.names {
            if let Some(other) = roots.insert(root(name), name) {
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
            && let Some((person, line)) = parents.get(only.as_str())
        {
            let message =
                format!("\"{only}\" is split off, but in line {line} given to \"{person}\"");
            return Err(Fault::new(entry.line, message));
        }
    }
    Ok(())
}
