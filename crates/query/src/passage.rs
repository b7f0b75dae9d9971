//! Quotations among the sentences around them.

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;
use whosaid_model::Span;

use crate::archive::Archive;
use crate::error::Error;
use crate::hit::Hit;

/// A stretch of an article with a quotation in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Passage {
    /// The words, as they stand in the article.
    pub text: String,
    /// Where they stand in the article's text, in bytes.
    pub span: Span,
    /// Where the quotation stands in [`Passage::text`], in bytes.
    pub quote: Span,
}

impl Archive {
    /// Returns the paragraph in which a quotation stands; one that goes over several paragraphs, with all of them.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn paragraph(&self, hit: &Hit) -> Result<Passage, Error> {
        self.stretch(hit, |text, quote| {
            let before = text.get(..quote.start).unwrap_or_default();
            let after = text.get(quote.end..).unwrap_or_default();
            Span::new(
                before.rfind('\n').map_or(0, |at| at.saturating_add(1)),
                after
                    .find('\n')
                    .map_or(text.len(), |at| quote.end.saturating_add(at)),
            )
        })
    }

    /// Returns the sentences in which a quotation stands, with so many more before and after. Sentences end where
    /// [UAX #29](https://unicode.org/reports/tr29/#Sentence_Boundaries) says, but not after `Mr.` or `Donald J.`.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn context(&self, hit: &Hit, sentences: usize) -> Result<Passage, Error> {
        self.stretch(hit, |text, quote| around(text, quote, sentences))
    }

    fn stretch(&self, hit: &Hit, find: impl Fn(&str, Span) -> Span) -> Result<Passage, Error> {
        let article = self.article(hit.article_id())?.unwrap_or_default();
        let quote = hit.span();
        let span = find(&article.text, quote);
        Ok(Passage {
            text: span.of(&article.text).unwrap_or_default().to_owned(),
            span,
            quote: Span::new(
                quote.start.saturating_sub(span.start),
                quote.end.saturating_sub(span.start),
            ),
        })
    }
}

fn around(text: &str, quote: Span, sentences: usize) -> Span {
    let all = self::sentences(text);
    let first = all.partition_point(|sentence| sentence.end <= quote.start);
    let last = all.partition_point(|sentence| sentence.start < quote.end);
    let first = first.saturating_sub(sentences);
    let last = last.saturating_add(sentences).min(all.len());
    match all.get(first..last) {
        Some([first, .., last]) => Span::new(first.start, last.end),
        Some([only]) => *only,
        _ => quote,
    }
}

/// Cuts a text into sentences, without the blanks between them.
fn sentences(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut open = false;
    for (start, piece) in text.split_sentence_bound_indices() {
        let trimmed = piece.trim();
        if trimmed.is_empty() {
            continue;
        }
        let blank = piece.len().saturating_sub(piece.trim_start().len());
        let start = start.saturating_add(blank);
        let end = start.saturating_add(trimmed.len());
        match found.last_mut() {
            Some(last) if open => last.end = end,
            _ => found.push(Span::new(start, end)),
        }
        open = !piece.ends_with('\n') && is_abbreviated(trimmed);
    }
    found
}

/// Tells whether the stop at the end of a piece is that of an abbreviation before a name: `said Sen.`, `George W.`
fn is_abbreviated(piece: &str) -> bool {
    const BEFORE_NAMES: [&str; 22] = [
        "Mr", "Mrs", "Ms", "Dr", "St", "Sr", "Jr", "Prof", "Gen", "Col", "Lt", "Sgt", "Capt",
        "Maj", "Adm", "Sen", "Rep", "Gov", "Hon", "Rev", "Insp", "No",
    ];
    let Some(before) = piece.strip_suffix('.') else {
        return false;
    };
    let word = before.rsplit(|char: char| !char.is_alphabetic()).next();
    word.is_some_and(|word| {
        BEFORE_NAMES.contains(&word)
            || (word.chars().count() == 1 && word.chars().all(char::is_uppercase))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentences of the text are those between bars.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let cut: Vec<&str> = sentences(&text)
            .iter()
            .filter_map(|span| span.of(&text))
            .collect();
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(cut, expected);
    }

    #[test]
    fn sentences_end_at_stops_but_not_after_titles() {
        check("It rained. |“We sail,” said Sen. Jane Q. Roe. |Nobody laughed!");
        check("The U.S. Senate met.\n|A second paragraph \n|and a third");
        check("“Is it so?” |she asked. |“It is.” |He left at 4.30 p.m. on Friday.");
    }

    #[test]
    fn context_is_counted_in_sentences() {
        let text = "One. Two. “Three,” said Roe. Four.\nFive.";
        let start = text.find("Three").unwrap_or_default();
        let quote = Span::new(start, start + 6);
        let shown = |sentences| around(text, quote, sentences).of(text).unwrap_or_default();
        assert_eq!(shown(0), "“Three,” said Roe.");
        assert_eq!(shown(1), "Two. “Three,” said Roe. Four.");
        assert_eq!(shown(9), text);
    }
}
