//! The values fields take besides words: numbers, kinds, and what to suggest for a wrong one.

use whosaid_model::Span;

use crate::ast::{DateField, Number, NumberField, NumberRange, Text, TextField};
use crate::date::Comparison;
use crate::id;
use crate::marks;
use crate::problem::{Problem, ProblemKind};

/// The kinds a quotation can have.
pub(crate) const KINDS: [&str; 3] = ["direct", "mixed", "indirect"];

/// Reads `3`, `3..5`, `..5`, `3..`, `>=3`.
pub(super) fn numbers(field: NumberField, value: &str, span: Span) -> Result<NumberRange, Problem> {
    let fault = || {
        let (message, suggestion) = match field {
            NumberField::Confidence => ("a confidence is a number from 0 to 1", "confidence:>=0.8"),
            NumberField::Words => ("a number of words is a whole number", "words:5..20"),
        };
        let message = if value.is_empty() {
            format!("nothing after \"{field}:\"")
        } else {
            format!("{message}, not \"{value}\"")
        };
        Problem::new(ProblemKind::BadNumber, span, message).suggest(suggestion)
    };
    let number = |text: &str| {
        Number::parse(text)
            .filter(|number| match field {
                NumberField::Confidence => number.value <= 1.0,
                NumberField::Words => number.decimals == 0,
            })
            .ok_or_else(fault)
    };
    if let Some((comparison, rest)) = Comparison::strip(value) {
        return Ok(NumberRange::Compare(comparison, number(rest)?));
    }
    let Some((from, to)) = value.split_once("..") else {
        return Ok(NumberRange::Is(number(value)?));
    };
    let end = |text: &str| (!text.is_empty()).then(|| number(text)).transpose();
    match (end(from)?, end(to)?) {
        (None, None) => Err(fault()),
        (Some(from), Some(to)) if from.value > to.value => Err(Problem::new(
            ProblemKind::BadNumber,
            span,
            format!("the range {from}..{to} ends before it begins"),
        )
        .suggest(format!("{field}:{to}..{from}"))),
        (from, to) => Ok(NumberRange::Between(from, to)),
    }
}

/// Checks a value of a field that has only a few.
pub(super) fn check(field: TextField, exact: bool, text: &Text, span: Span) -> Option<Problem> {
    if text.words().trim().is_empty() {
        return Some(
            Problem::new(
                ProblemKind::Empty,
                span,
                format!("nothing after \"{field}:\""),
            )
            .suggest(example(field)),
        );
    }
    let whole = text.is_whole();
    let message = match field {
        TextField::Kind | TextField::Lang if !whole => Some(format!("{field}: takes one word")),
        TextField::Speaker | TextField::Source | TextField::Author if exact && !whole => {
            Some(format!("{field}:= wants the whole name"))
        }
        TextField::Id if id::Prefix::parse(text.words()).is_err() => {
            let words = text.words();
            Some(format!(
                "\"{words}\" is no identifier; they look like q:7f3a or a:91c0"
            ))
        }
        _ => None,
    };
    if let Some(message) = message {
        let mut problem = Problem::new(ProblemKind::BadValue, span, message);
        let bare = marks::quoted(text.words());
        problem.suggestions = match field {
            TextField::Id => vec![example(field)],
            TextField::Kind => KINDS.iter().map(|kind| format!("kind:{kind}")).collect(),
            _ if exact => vec![format!("{field}:={bare}"), format!("{field}:{text}")],
            _ => vec![format!("{field}:{}", text.words())],
        };
        return Some(problem);
    }
    if field != TextField::Kind || KINDS.contains(&text.words().to_lowercase().as_str()) {
        return None;
    }
    let mut problem = Problem::new(
        ProblemKind::BadValue,
        span,
        format!(
            "a quotation is direct, mixed or indirect, not \"{}\"",
            text.words()
        ),
    );
    let wrong = text.words().to_lowercase();
    problem.suggestions = nearest(&wrong, KINDS.into_iter())
        .into_iter()
        .map(|kind| format!("kind:{kind}"))
        .collect();
    if problem.suggestions.is_empty() {
        problem.suggestions = KINDS.iter().map(|kind| format!("kind:{kind}")).collect();
    }
    Some(problem)
}

/// Returns the fields that `name` may have meant, with their colon.
pub(super) fn similar_fields(name: &str) -> Vec<String> {
    let synonym = match name {
        "who" | "by" | "person" | "name" => Some("speaker:"),
        "quote" | "quotation" | "says" | "say" => Some("said:"),
        "outlet" | "publisher" | "site" | "domain" => Some("source:"),
        "body" | "content" | "article" => Some("text:"),
        "headline" => Some("title:"),
        "on" | "when" | "published" | "year" | "since" | "before" | "after" => Some("date:"),
        "language" => Some("lang:"),
        "type" => Some("kind:"),
        "topic" | "subject" => Some("about:"),
        "conf" => Some("confidence:"),
        _ => None,
    };
    if let Some(field) = synonym {
        return vec![field.to_owned()];
    }
    let fields = TextField::ALL
        .iter()
        .map(|field| field.as_str())
        .chain(DateField::ALL.iter().map(|field| field.as_str()))
        .chain(NumberField::ALL.iter().map(|field| field.as_str()));
    nearest(name, fields)
        .into_iter()
        .map(|field| format!("{field}:"))
        .collect()
}

/// Returns the words at most two edits away, nearest first.
fn nearest<'w>(word: &str, words: impl Iterator<Item = &'w str>) -> Vec<&'w str> {
    let allowed = if word.chars().count() < 4 { 1 } else { 2 };
    let mut near: Vec<_> = words
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Shows how a field is used.
pub(super) fn example(field: TextField) -> String {
    match field {
        TextField::Speaker | TextField::Author => {
            format!("{field}:{}", marks::quoted("Jane Roe"))
        }
        TextField::Source => format!("{field}:{}", marks::quoted("Daily Example")),
        TextField::Kind => format!("{field}:direct"),
        TextField::Lang => format!("{field}:en"),
        TextField::Id => format!("{field}:q:7f3a"),
        TextField::Said | TextField::About | TextField::Text | TextField::Title => {
            format!("{field}:{}", marks::quoted("one percent"))
        }
    }
}
