//! Where a quotation stands, as a reader can open it: a path from here, and a line.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use whosaid_model::{Article, ArticleId, CodePoints, Place, Span};

use super::offsets::Offsets;
use crate::{Archive, Hit};

/// Larger files are not searched for a line number.
const LARGEST: u64 = 16 << 20;

/// Articles remembered at a time.
const ARTICLES: usize = 64;

/// Finds places, remembering the articles it has looked at.
pub(super) struct Places<'a> {
    archive: &'a Archive,
    here: PathBuf,
    /// For each article the line of the file on which its text begins, and the text.
    articles: HashMap<ArticleId, Option<(usize, String)>>,
    offsets: Offsets,
    /// The code points of the article that was asked for last: hits of one mostly follow each other.
    points: Option<(ArticleId, CodePoints)>,
}

impl<'a> Places<'a> {
    pub(super) fn new(archive: &'a Archive, here: &Path) -> Self {
        Self {
            archive,
            here: here.canonicalize().unwrap_or_else(|_| here.to_owned()),
            articles: HashMap::new(),
            offsets: Offsets::Byte,
            points: None,
        }
    }

    /// Counts offsets so.
    pub(super) fn counted_in(mut self, offsets: Offsets) -> Self {
        self.offsets = offsets;
        self
    }

    pub(super) fn offsets(&self) -> Offsets {
        self.offsets
    }

    /// Returns the code points of a quotation's article, if offsets count them.
    pub(super) fn points(&mut self, hit: &Hit) -> io::Result<Option<&CodePoints>> {
        if self.offsets == Offsets::Byte {
            return Ok(None);
        }
        let id = hit.article_id();
        let points = match self.points.take() {
            Some((of, points)) if of == id => points,
            _ => {
                let article = self.archive.article(id).map_err(io::Error::other)?;
                CodePoints::new(&article.unwrap_or_default().text)
            }
        };
        Ok(Some(&self.points.insert((id, points)).1))
    }

    /// Returns where a quotation stands in its article's text: `bytes 278-376`.
    pub(super) fn stretch(&mut self, hit: &Hit) -> io::Result<String> {
        let span = hit.span();
        Ok(match self.points(hit)?.map(|points| points.span(span)) {
            Some(span) => format!("characters {}-{}", span.start, span.end),
            None => format!("bytes {}-{}", span.start, span.end),
        })
    }

    /// Returns the path from here when the file lies below, and a line or record when one is known.
    pub(super) fn place(&mut self, hit: &Hit) -> (String, Option<u64>) {
        let place = &hit.article().place;
        let path = self.path(hit.file_path().unwrap_or(&place.path));
        let line = place
            .record
            .or_else(|| self.line(hit).map(|line| line as u64));
        (path, line)
    }

    pub(super) fn article(&self, article: &Article) -> (String, Option<u64>) {
        let Place { path, record } = &article.place;
        (self.path(path), *record)
    }

    fn path(&self, path: &str) -> String {
        match Path::new(path).strip_prefix(&self.here) {
            Ok(below) => below.to_string_lossy().into_owned(),
            Err(_) => path.to_owned(),
        }
    }

    /// Returns the line of the quotation in a plain text file that still holds the article as indexed.
    pub(super) fn line(&mut self, hit: &Hit) -> Option<usize> {
        if hit.article().place.record.is_some() {
            return None;
        }
        let id = hit.article_id();
        if !self.articles.contains_key(&id) {
            if self.articles.len() >= ARTICLES {
                self.articles.clear();
            }
            let found = self.first_line(hit);
            self.articles.insert(id, found);
        }
        let (first, text) = self.articles.get(&id)?.as_ref()?;
        let before = Span::new(0, hit.span().start).of(text)?;
        first.checked_add(before.matches('\n').count())
    }

    fn first_line(&self, hit: &Hit) -> Option<(usize, String)> {
        let article = self.archive.article(hit.article_id()).ok()??;
        let path = Path::new(hit.file_path()?);
        let size = fs::metadata(path).ok()?.len();
        let file = (size <= LARGEST).then(|| fs::read(path).ok()).flatten()?;
        let file = String::from_utf8(file).ok()?;
        let (before, _) = file.split_once(article.text.as_str())?;
        let line = before.matches('\n').count().saturating_add(1);
        Some((line, article.text))
    }
}
