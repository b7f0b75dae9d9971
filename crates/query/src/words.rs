//! Words of a query as the archive's analyzers see them.

use tantivy::tokenizer::TextAnalyzer;
use whosaid_model::Span;

use crate::ast::Text;
use crate::near::{Form, Pattern, Row};

/// One token: its place among the tokens and in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) position: u32,
    pub(crate) span: Span,
}

/// Cuts a text into tokens.
pub(crate) fn tokens(analyzer: &mut TextAnalyzer, text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    analyzer.token_stream(text).process(&mut |token| {
        tokens.push(Token {
            text: token.text.clone(),
            position: token.position as u32,
            span: Span::new(token.offset_from, token.offset_to),
        });
    });
    tokens
}

/// Joins the tokens of a text: equal for two that say the same words.
pub(crate) fn joined(analyzer: &mut TextAnalyzer, text: &str) -> String {
    let tokens = tokens(analyzer, text).into_iter();
    tokens.map(|token| token.text + " ").collect()
}

/// Makes a pattern of a query's text; `None` when it holds no word.
///
/// `analyzer` is that of the field; `plain` keeps endings, for the beginnings of words: the stem of `economi`
/// is not what `economi*` means.
pub(crate) fn pattern(
    analyzer: &mut TextAnalyzer,
    plain: &mut TextAnalyzer,
    text: &Text,
) -> Option<Pattern> {
    let tokens = tokens(analyzer, text.words());
    let first = tokens.first()?.position;
    let mut row: Row = tokens
        .into_iter()
        .map(|token| (token.position.saturating_sub(first), Form::Is(token.text)))
        .collect();
    let mut beginning = || {
        self::tokens(plain, text.words())
            .pop()
            .map(|token| token.text)
    };
    match text {
        Text::Word(_) => {}
        Text::Prefix(_) | Text::Phrase { prefix: true, .. } => {
            if let (Some((_, last)), Some(beginning)) = (row.last_mut(), beginning()) {
                *last = Form::Starts(beginning);
            }
        }
        Text::Fuzzy(_, distance) => {
            if let [(_, only)] = row.as_mut_slice()
                && let Form::Is(word) = only
            {
                *only = Form::Near(std::mem::take(word), *distance);
            }
        }
        Text::Phrase { slop, .. } => {
            if *slop > 0 && row.len() > 1 {
                return Some(Pattern {
                    rows: row.into_iter().map(|(_, form)| vec![(0, form)]).collect(),
                    gap: *slop,
                    ordered: true,
                    inner: None,
                });
            }
        }
    }
    Some(Pattern::row(row))
}
