//! What stands at the addresses that came up since the last commit. A file may hold millions of articles and is
//! committed at its end, so most of it waits on the disk, and of an article 16 bytes in memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use whosaid_model::ArticleId;

use crate::Error;
use crate::standing::Standing;

/// Bytes of records that are kept in memory.
const LATEST: usize = 4 << 20;

/// An article at an address, and its place in the batch until it is written.
pub(crate) type Place = (Standing, Option<usize>);

/// The articles by their addresses.
#[derive(Debug)]
pub(crate) struct Places {
    /// Those of the batch, until they are written.
    coming: FxHashMap<u64, (Standing, usize)>,
    /// Where the records of those that are written begin.
    written: FxHashMap<u64, u64>,
    aside: Aside,
}

impl Places {
    /// Makes an empty set, which may put a file without a name into a folder.
    pub(crate) fn new(folder: &Path) -> Self {
        Self {
            coming: FxHashMap::default(),
            written: FxHashMap::default(),
            aside: Aside::new(folder),
        }
    }

    /// Returns what stands at an address.
    pub(crate) fn get(&self, address: u64) -> Result<Option<Place>, Error> {
        if let Some((standing, todo)) = self.coming.get(&address) {
            return Ok(Some((standing.clone(), Some(*todo))));
        }
        let Some(&at) = self.written.get(&address) else {
            return Ok(None);
        };
        let record = self.aside.read(at).map_err(Error::aside)?;
        let standing = Standing::decode(&record).map_err(Error::aside)?;
        Ok(Some((standing, None)))
    }

    /// Notes an article of the batch.
    pub(crate) fn insert(&mut self, address: u64, standing: Standing, todo: usize) {
        self.coming.insert(address, (standing, todo));
    }

    /// Notes that an article was written, with so many quotations.
    pub(crate) fn settle(&mut self, address: u64, id: ArticleId, quotations: u64, indirect: u64) {
        let is_it = |(standing, _): &(Standing, usize)| standing.notes.id == id;
        if !self.coming.get(&address).is_some_and(is_it) {
            return;
        }
        if let Some((mut standing, _)) = self.coming.remove(&address) {
            standing.notes.quotations = quotations;
            standing.notes.indirect = indirect;
            let at = self.aside.push(&standing.encode());
            self.written.insert(address, at);
        }
    }

    /// Forgets all: they are committed.
    pub(crate) fn clear(&mut self) {
        self.coming = FxHashMap::default();
        self.written = FxHashMap::default();
        self.aside.clear();
    }
}

/// Records that are hardly ever read again: the latest in memory, the others in a file without a name, which goes with
/// the process.
#[derive(Debug)]
struct Aside {
    folder: PathBuf,
    latest: Vec<u8>,
    file: Option<File>,
    /// Bytes in the file.
    filed: u64,
    /// The disk took no more: what comes stays in memory.
    refused: bool,
}

impl Aside {
    fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            latest: Vec::new(),
            file: None,
            filed: 0,
            refused: false,
        }
    }

    /// Adds a record and returns where it begins.
    fn push(&mut self, record: &[u8]) -> u64 {
        if self.latest.len() >= LATEST && !self.refused {
            self.refused = self.put_away().is_err();
        }
        let at = self.filed.saturating_add(self.latest.len() as u64);
        let length = u32::try_from(record.len()).unwrap_or(u32::MAX);
        self.latest.extend(length.to_le_bytes());
        self.latest.extend(record);
        at
    }

    fn put_away(&mut self) -> io::Result<()> {
        let mut file = match self.file.take() {
            Some(file) => file,
            None => tempfile::tempfile_in(&self.folder)?,
        };
        file.seek(SeekFrom::Start(self.filed))?;
        let written = file.write_all(&self.latest);
        // Also after an error: what was put away before is still read from it.
        self.file = Some(file);
        written?;
        self.filed = self.filed.saturating_add(self.latest.len() as u64);
        self.latest.clear();
        Ok(())
    }

    /// Reads the record that begins at a place.
    fn read(&self, at: u64) -> io::Result<Vec<u8>> {
        let mut length = [0; 4];
        let mut record = Vec::new();
        let mut from = |source: &mut dyn Read| {
            source.read_exact(&mut length)?;
            let length = u32::from_le_bytes(length);
            source.take(length.into()).read_to_end(&mut record)
        };
        match (at.checked_sub(self.filed), &self.file) {
            (Some(at), _) => {
                let at = usize::try_from(at).unwrap_or(usize::MAX);
                from(&mut self.latest.get(at..).unwrap_or_default())?;
            }
            (None, Some(file)) => {
                let mut file = file;
                file.seek(SeekFrom::Start(at))?;
                from(&mut file)?;
            }
            (None, None) => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
        Ok(record)
    }

    fn clear(&mut self) {
        *self = Self::new(&self.folder);
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use whosaid_model::{Article, ArticleId, DateOrigin, Published, Version};
    use whosaid_schema::ArticleNotes;

    use super::*;

    fn standing(number: u64, title: &str) -> Standing {
        let date = NaiveDate::from_ymd_opt(2025, 10, 24).unwrap();
        let published = Published {
            instant: DateTime::parse_from_rfc3339("2025-10-24T08:00:00.25+02:00").ok(),
            ..Published::day(date, DateOrigin::Header)
        };
        let article = Article {
            title: Some(title.to_owned()),
            published: Some(published.clone()),
            text: "x".repeat(7),
            ..Article::default()
        };
        let notes = ArticleNotes {
            id: ArticleId(number),
            address: Some(number),
            added: Some(date),
            versions: vec![Version {
                id: ArticleId(number + 7),
                title: None,
                published: Some(published),
                added: None,
            }],
            ..ArticleNotes::default()
        };
        Standing::new(&article, notes)
    }

    /// Puts more aside than stays in memory, and looks everything up.
    fn check(folder: &Path) -> Places {
        let mut places = Places::new(folder);
        let long = "headline ".repeat(100);
        let many = (LATEST / long.len() * 3) as u64;
        let title = |number: u64| format!("{long}{number}");
        for number in 0..many {
            places.insert(number, standing(number, &title(number)), 5);
            let (_, todo) = places.get(number).unwrap().unwrap();
            assert_eq!(todo, Some(5));
            // Another one at this address was written: that is not this.
            places.settle(number, ArticleId(number + 1), 9, 9);
            places.settle(number, ArticleId(number), number, 1);
            places.settle(number, ArticleId(number), 9, 9);
        }
        for number in 0..many {
            let (found, todo) = places.get(number).unwrap().unwrap();
            let mut expected = standing(number, &title(number));
            expected.notes.quotations = number;
            expected.notes.indirect = 1;
            assert_eq!((found, todo), (expected, None));
        }
        assert!(places.get(many).unwrap().is_none());
        // A later version.
        places.insert(3, standing(4, "later"), 0);
        assert_eq!(places.get(3).unwrap().unwrap().0.notes.id, ArticleId(4));
        places.settle(3, ArticleId(4), 2, 0);
        assert_eq!(places.get(3).unwrap().unwrap().0.notes.id, ArticleId(4));
        places
    }

    #[test]
    fn what_is_written_waits_on_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let mut places = check(folder.path());
        assert!(places.aside.latest.len() <= LATEST + 2000 && !places.aside.refused);
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
        places.clear();
        assert!(places.get(3).unwrap().is_none());
        assert!(places.aside.latest.is_empty() && places.aside.file.is_none());
    }

    #[test]
    fn where_there_is_no_disk_it_waits_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check(&folder.path().join("none")).aside.refused);
    }
}
