//! Marks in a text what a query found in it: the phrase itself at its place, not its words wherever they are.

use std::collections::HashMap;

use tantivy::tokenizer::TextAnalyzer;
use whosaid_model::Span;
use whosaid_schema::{exact_analyzer, find_exact, names_analyzer};

use crate::near::{Form, Pattern};
use crate::words::{self, Token};

/// What to mark.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Marker {
    /// A pattern of tokens.
    Words(Pattern),
    /// A pattern of tokens letter for letter.
    Letters(Pattern),
    /// Words letter for letter, punctuation included.
    Exact(String),
}

/// Returns the places of all markers in `text`, in order; places that touch or overlap are joined.
pub(crate) fn mark(analyzer: &mut TextAnalyzer, markers: &[Marker], text: &str) -> Vec<Span> {
    if markers.is_empty() {
        return Vec::new();
    }
    let by_words = |marker: &Marker| matches!(marker, Marker::Words(_));
    let tokens = if markers.iter().any(by_words) {
        words::tokens(analyzer, text)
    } else {
        Vec::new()
    };
    // A stem may be shorter than the beginning asked for: `governm*` is there in `government`, not in `govern`.
    let begins = |marker: &Marker| match marker {
        Marker::Words(pattern) => {
            let mut forms = pattern.rows.iter().flatten();
            forms.any(|(_, form)| matches!(form, Form::Starts(_)))
        }
        Marker::Letters(_) | Marker::Exact(_) => false,
    };
    let plain = if markers.iter().any(begins) {
        words::tokens(&mut names_analyzer(), text)
    } else {
        Vec::new()
    };
    let in_plain = |form: &Form, token: &Token| {
        let before = plain.partition_point(|plain| plain.span.start < token.span.start);
        let mut inside =
            { plain.iter().skip(before) }.take_while(|plain| plain.span.end <= token.span.end);
        inside.any(|plain| form.matches(&plain.text, true))
    };
    let matches = |form: &Form, token: &Token| {
        form.matches(&token.text, false)
            || (matches!(form, Form::Starts(_)) && in_plain(form, token))
    };
    let by_letters = |marker: &Marker| matches!(marker, Marker::Letters(_));
    let letters = if markers.iter().any(by_letters) {
        words::tokens(&mut exact_analyzer(), text)
    } else {
        Vec::new()
    };
    let (tokens, letters) = (Text::of(&tokens), Text::of(&letters));
    let mut spans = Vec::new();
    for marker in markers {
        match marker {
            Marker::Exact(words) => spans.extend(find_exact(text, words)),
            Marker::Letters(pattern) => {
                let matches = |form: &Form, token: &Token| form.matches(&token.text, true);
                letters.places(pattern, matches, &mut spans);
            }
            Marker::Words(pattern) => tokens.places(pattern, matches, &mut spans),
        }
    }
    join(spans)
}

/// The tokens of a text, and where each word stands among them: a query may have thousands of words to mark.
struct Text<'t> {
    tokens: &'t [Token],
    positions: HashMap<&'t str, Vec<u32>>,
}

impl<'t> Text<'t> {
    fn of(tokens: &'t [Token]) -> Self {
        let mut positions: HashMap<&str, Vec<u32>> = HashMap::new();
        for token in tokens {
            let places = positions.entry(&token.text).or_default();
            places.push(token.position);
        }
        Self { tokens, positions }
    }

    /// Adds the places at which a pattern stands among the tokens.
    fn places(
        &self,
        pattern: &Pattern,
        matches: impl Fn(&Form, &Token) -> bool,
        spans: &mut Vec<Span>,
    ) {
        let forms = pattern.rows.iter().flatten().map(|(_, form)| form);
        // Of thousands of words most are in no text.
        let is_missing = |form: &Form| match form {
            Form::Is(word) => !self.positions.contains_key(word.as_str()),
            _ => false,
        };
        if forms.clone().any(is_missing) {
            return;
        }
        let gathered = |form: &Form| match form {
            Form::Is(_) => Vec::new(),
            form => {
                let tokens = self.tokens.iter().filter(|token| matches(form, token));
                tokens.map(|token| token.position).collect()
            }
        };
        let others: Vec<Vec<u32>> = forms.clone().map(gathered).collect();
        let positions: Vec<&[u32]> = forms
            .zip(&others)
            .map(|(form, others)| match form {
                Form::Is(word) => self
                    .positions
                    .get(word.as_str())
                    .map_or(&[][..], Vec::as_slice),
                _ => others.as_slice(),
            })
            .collect();
        if positions.iter().any(|positions| positions.is_empty()) {
            return;
        }
        let at = |position: u32| {
            let index = self
                .tokens
                .partition_point(|token| token.position < position);
            self.tokens
                .get(index)
                .filter(|token| token.position == position)
        };
        for (first, last) in pattern.find(&positions).into_iter().flatten() {
            if let (Some(first), Some(last)) = (at(first), at(last)) {
                spans.push(Span::new(first.span.start, last.span.end));
            }
        }
    }
}

/// Sorts spans and joins those that touch or overlap.
fn join(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use whosaid_schema::{indexing_analyzer, names_analyzer, news_analyzer};

    use super::*;
    use crate::ast::Node;
    use crate::parse::parse;

    /// The places that `query` finds in the text are those between brackets.
    fn check(query: &str, marked: &str) {
        let text = marked.replace(['[', ']'], "");
        let (node, problems) = parse(query, None);
        assert_eq!(problems, []);
        let Node::Text { text: words, .. } = node else {
            panic!("{query} is no text");
        };
        let pattern = words::pattern(&mut news_analyzer(), &mut names_analyzer(), &words).unwrap();
        let spans = mark(&mut indexing_analyzer(), &[Marker::Words(pattern)], &text);
        let mut shown = String::new();
        let mut at = 0;
        for span in spans {
            shown.push_str(&text[at..span.start]);
            shown.push('[');
            shown.push_str(&text[span.start..span.end]);
            shown.push(']');
            at = span.end;
        }
        shown.push_str(&text[at..]);
        assert_eq!(shown, marked, "{query}");
    }

    #[test]
    fn the_phrase_is_marked_not_its_words() {
        check(
            "\"one percent\"",
            "even a [one percent] chance, one in a percent",
        );
        check("\"one per cent\"", "[1%] of [one percent]");
        check("1%", "“[one per cent]” and 100 percent");
        check("chances", "the [chance] of many [chances]");
        check(
            "\"fond memories\"~1",
            "[fond] old [memories], memories fond",
        );
        check("mem*", "[memories] of [members] remembered");
        check("governm*", "the [government] governs");
        check("pyongyang~1", "[Pyongyan] and Seoul");
        check("\"donald tr\"*", "[Donald Trump] and Donald Duck");
    }
}
