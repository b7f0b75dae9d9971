//! Concordances: every place where the words of a query stand, with what is left and right of it.

use serde::Serialize;
use tantivy::tokenizer::TextAnalyzer;
use whosaid_model::{Article, ArticleId, Span};
use whosaid_schema::names_analyzer;

use crate::error::{Cause, Error};
use crate::hit::Hit;
use crate::search::{SearchBuilder, Sort};
use crate::warning::Warning;
use crate::words;

/// Lines kept beyond those wanted before the rest is put in order and cut off.
const SPARE: usize = 4096;

/// How the lines of a concordance are ordered. Equals are ordered by date, then by article and place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContextSort {
    /// By the words after the match, nearest first.
    #[default]
    Right,
    /// By the words before the match, nearest first.
    Left,
    /// By date of publication, earliest first, undated last.
    Date,
}

/// The places where the words of a query stand in quotations.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Concordance {
    /// The places, in order.
    pub lines: Vec<KwicLine>,
    /// The exact number of places, listed or not.
    pub places: u64,
    /// The exact number of quotations they stand in.
    pub quotations: u64,
    /// The exact number of articles.
    pub articles: u64,
    /// What the asker should know.
    pub warnings: Vec<Warning>,
    /// Each name asked for, with the speakers whose name it fits and the number of their quotations.
    pub names: Vec<(String, Vec<(String, u64)>)>,
    /// The search was stopped before it had seen everything.
    pub partial: bool,
}

/// One place: the key word in context.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct KwicLine {
    /// What stands before it in the article, line breaks as blanks.
    pub left: String,
    /// What matched.
    pub keyword: String,
    /// What stands after it.
    pub right: String,
    /// The quotation it stands in.
    pub hit: Hit,
}

impl SearchBuilder<'_> {
    /// Lines up the places where the words of the query stand, each with `width` characters of the article on either
    /// side. The limit counts places; unit and order of the search do not count.
    ///
    /// ```
    /// # use whosaid_query::{Archive, ContextSort, Error, Options, Query};
    /// # fn show(archive: &Archive) -> Result<(), Error> {
    /// let query = Query::parse("said:percent", &Options::new())?;
    /// let found = archive.search(&query).limit(100).concordance(ContextSort::Left, 40)?;
    /// for line in &found.lines {
    ///     println!("{:>40} {} {}", line.left, line.keyword, line.right);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the query has no words to line up, or as [`SearchBuilder::run`].
    pub fn concordance(self, sort: ContextSort, width: usize) -> Result<Concordance, Error> {
        let limit = self.limit;
        let mut hits = self.sort(Sort::Date).count_articles(true).hits()?;
        if !hits.marks_words() {
            return Err(Cause::NoKeyword.into());
        }
        let archive = hits.archive().clone();
        let mut sorter = Sorter::new(sort);
        let mut lines: Vec<(Key, KwicLine)> = Vec::new();
        let mut places = 0_u64;
        let mut last: Option<(ArticleId, Article)> = None;
        for hit in &mut hits {
            let hit = hit?;
            let id = hit.article_id();
            let article = match last.take() {
                Some((of, article)) if of == id => article,
                _ => archive.article(id)?.unwrap_or_default(),
            };
            for span in hit.matches() {
                let place = |at: usize| hit.span().start.saturating_add(at);
                let span = Span::new(place(span.start), place(span.end));
                if let Some(line) = line(&article.text, span, width, &hit) {
                    let key = sorter.key(&line, places);
                    places = places.saturating_add(1);
                    lines.push((key, line));
                }
            }
            if lines.len() >= limit.saturating_add(SPARE) {
                lines.sort_by(|a, b| a.0.cmp(&b.0));
                lines.truncate(limit);
            }
            last = Some((id, article));
        }
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        lines.truncate(limit);
        Ok(Concordance {
            lines: lines.into_iter().map(|(_, line)| line).collect(),
            places,
            quotations: hits.total(),
            articles: hits.articles().unwrap_or(0),
            warnings: hits.warnings().to_vec(),
            names: hits.names().to_vec(),
            partial: hits.is_partial(),
        })
    }
}

/// The words a line is ordered by, then its place among all, which are in the order of their dates.
type Key = (Vec<String>, u64);

struct Sorter {
    sort: ContextSort,
    analyzer: TextAnalyzer,
}

impl Sorter {
    fn new(sort: ContextSort) -> Self {
        Self {
            sort,
            analyzer: names_analyzer(),
        }
    }

    fn key(&mut self, line: &KwicLine, place: u64) -> Key {
        let mut words = |text: &str| -> Vec<String> {
            let tokens = words::tokens(&mut self.analyzer, text).into_iter();
            tokens.map(|token| token.text).collect()
        };
        let words = match self.sort {
            ContextSort::Right => words(&line.right),
            ContextSort::Left => words(&line.left).into_iter().rev().collect(),
            ContextSort::Date => Vec::new(),
        };
        (words, place)
    }
}

fn line(text: &str, span: Span, width: usize, hit: &Hit) -> Option<KwicLine> {
    let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
    let plain = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    let start = before.char_indices().rev().take(width).last();
    let start = start.map_or(before.len(), |(at, _)| at);
    let end = after
        .char_indices()
        .nth(width)
        .map_or(after.len(), |(at, _)| at);
    Some(KwicLine {
        left: plain(before.get(start..)?),
        keyword: plain(span.of(text)?),
        right: plain(after.get(..end)?),
        hit: hit.clone(),
    })
}
