//! An article that stands at an address, and what becomes of another one there.

use std::io;

use whosaid_model::{Article, ArticleId, DatePrecision, Published, Version};
use whosaid_schema::{ArticleNotes, FileId, StoredArticle};

/// Versions that an article remembers, at most: the first and the latest. A page that is fetched every hour must not
/// grow without end.
const REMEMBERED: usize = 100;

/// What is known of an article that the archive has, or is going to have.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Standing {
    pub(crate) notes: ArticleNotes,
    title: Option<String>,
    published: Option<Published>,
    /// Bytes of its text.
    length: usize,
}

/// What a second article at an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A later version, which takes the other's place.
    Update,
    /// An earlier version, or an excerpt.
    Outdated,
}

impl Standing {
    pub(crate) fn new(article: &Article, notes: ArticleNotes) -> Self {
        Self {
            notes,
            title: article.title.clone(),
            published: article.published.clone(),
            length: article.text.len(),
        }
    }

    pub(crate) fn stored(stored: StoredArticle) -> Self {
        Self {
            length: stored.article.text.len(),
            title: stored.article.title,
            published: stored.article.published,
            notes: stored.notes,
        }
    }

    /// Writes it down so that [`Standing::decode`] reads it.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let ArticleNotes {
            id,
            file,
            address,
            added,
            quotations,
            indirect,
            versions,
        } = &self.notes;
        let numbers = (id.0, file.0, address, quotations, indirect, self.length);
        let record = (numbers, added, versions, &self.title, &self.published);
        // In memory there is always room.
        postcard::to_allocvec(&record).unwrap_or_default()
    }

    /// Reads what was written down.
    pub(crate) fn decode(record: &[u8]) -> io::Result<Self> {
        let read = postcard::from_bytes(record);
        let (numbers, added, versions, title, published) = read.map_err(io::Error::other)?;
        let (id, file, address, quotations, indirect, length) = numbers;
        Ok(Self {
            notes: ArticleNotes {
                id: ArticleId(id),
                file: FileId(file),
                address,
                added,
                quotations,
                indirect,
                versions,
            },
            title,
            published,
            length,
        })
    }

    pub(crate) fn is_undated(&self) -> bool {
        self.published.is_none()
    }

    /// Judges another article at the same address: of two versions the one published later stands, of two of one day
    /// the one that came later; but what is less than half of the other is an excerpt, such as a feed carries.
    pub(crate) fn judge(&self, id: ArticleId, article: &Article) -> Verdict {
        if self.notes.versions.iter().any(|version| version.id == id) {
            return Verdict::Outdated;
        }
        let dates = self.published.as_ref().zip(article.published.as_ref());
        let days = dates.map(|(old, new)| {
            let months = [old, new]
                .iter()
                .any(|date| date.precision < DatePrecision::Day);
            // Of a month or year it is not known which day comes first.
            if months {
                std::cmp::Ordering::Equal
            } else {
                new.date.cmp(&old.date)
            }
        });
        match days {
            Some(std::cmp::Ordering::Less) => return Verdict::Outdated,
            Some(std::cmp::Ordering::Greater) => return Verdict::Update,
            _ => {}
        }
        if article.text.len() < self.length / 2 {
            return Verdict::Outdated;
        }
        if self.length < article.text.len() / 2 {
            return Verdict::Update;
        }
        match dates.and_then(|(old, new)| old.instant.zip(new.instant)) {
            Some((old, new)) if new < old => Verdict::Outdated,
            _ => Verdict::Update,
        }
    }

    /// Returns the history of an article that takes this one's place.
    pub(crate) fn history(self) -> Vec<Version> {
        let mut versions = self.notes.versions;
        if versions.len() >= REMEMBERED {
            versions.remove(1);
        }
        versions.push(Version {
            id: self.notes.id,
            title: self.title,
            published: self.published,
            added: self.notes.added,
        });
        versions
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use whosaid_model::DateOrigin;

    use super::*;

    fn article(date: &str, text: &str) -> Article {
        let published = if date.contains('T') {
            let instant = DateTime::parse_from_rfc3339(date).unwrap();
            Some(Published {
                instant: Some(instant),
                precision: DatePrecision::Instant,
                ..Published::day(instant.date_naive(), DateOrigin::Header)
            })
        } else {
            let date: Option<NaiveDate> = date.parse().ok();
            date.map(|date| Published::day(date, DateOrigin::Header))
        };
        Article {
            published,
            text: text.to_owned(),
            ..Article::default()
        }
    }

    #[test]
    fn the_later_version_stands() {
        use Verdict::{Outdated, Update};
        let (early, late) = ("2025-10-24T09:00:00Z", "2025-10-24T17:00:00+01:00");
        let (text, long) = ("One thing.", "One thing, then another thing, and a third.");
        for (old, new, verdict) in [
            (("2025-10-24", text), ("2025-10-25", text), Update),
            (("2025-10-25", text), ("2025-10-24", text), Outdated),
            (("2025-10-24", text), ("2025-10-24", text), Update),
            (("", text), ("2025-10-24", text), Update),
            (("2025-10-24", text), ("", text), Update),
            ((early, text), (late, text), Update),
            ((late, text), (early, text), Outdated),
            ((early, long), (late, text), Outdated),
            ((late, text), (early, long), Update),
            (("2025-10-25", text), ("2025-10-24", long), Outdated),
            (("2025-10-24", long), ("2025-10-25", text), Update),
            (("", long), ("", text), Outdated),
        ] {
            let standing = Standing::new(&article(old.0, old.1), ArticleNotes::default());
            let judged = standing.judge(ArticleId(1), &article(new.0, new.1));
            assert_eq!(judged, verdict, "{old:?} then {new:?}");
        }
    }

    #[test]
    fn what_was_overtaken_once_stays_so() {
        let standing = |id, versions| {
            let notes = ArticleNotes {
                id: ArticleId(id),
                versions,
                ..ArticleNotes::default()
            };
            Standing::new(&article("2025-10-24", "x"), notes)
        };
        let mut versions = standing(1, Vec::new()).history();
        let later = standing(2, versions.clone());
        assert_eq!(
            later.judge(ArticleId(1), &article("2025-10-24", "x")),
            Verdict::Outdated
        );
        for id in 2..400 {
            versions = standing(id, versions).history();
        }
        assert_eq!(versions.len(), REMEMBERED);
        assert_eq!(
            (versions[0].id, versions[99].id),
            (ArticleId(1), ArticleId(399))
        );
    }
}
