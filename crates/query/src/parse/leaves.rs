//! Fields, phrases and words.

use whosaid_model::Span;

use super::{Operator, Parser, dates, values};
use crate::ast::{self, DateField, Node, NumberField, Text, TextField};
use crate::marks;
use crate::problem::{Problem, ProblemKind};

impl Parser<'_> {
    /// What stands after `name:`.
    pub(super) fn filter(&mut self, name: &str, start: usize) -> Option<Node> {
        let span = Span::new(start, start + name.len());
        let lower = name.to_lowercase();
        if let Some(field) = DateField::from_word(&lower) {
            let (value, place) = self.take_value();
            return match dates::range(&value, self.today) {
                Ok(range) => Some(Node::Date { field, range }),
                Err(fault) => {
                    self.problems.push(fault.at(field.as_str(), place));
                    None
                }
            };
        }
        if let Some(field) = NumberField::from_word(&lower) {
            let (value, place) = self.take_value();
            return match values::numbers(field, &value, place) {
                Ok(range) => Some(Node::Number { field, range }),
                Err(problem) => {
                    self.problems.push(problem);
                    None
                }
            };
        }
        if let Some(field) = TextField::from_word(&lower) {
            return self.text_filter(field, span);
        }
        let mut problem = Problem::new(
            ProblemKind::UnknownField,
            span,
            format!("no field \"{name}\""),
        );
        problem.suggestions = values::similar_fields(&lower);
        if problem.suggestions.is_empty() {
            let value: String = self
                .rest()
                .chars()
                .take_while(|c| !c.is_whitespace())
                .collect();
            problem = problem.suggest(marks::quoted(&format!("{name}:{value}")));
        }
        self.problems.push(problem);
        match self.peek() {
            None | Some(')') => None,
            Some(char) if char.is_whitespace() => None,
            Some('(') => self.parentheses(),
            Some(_) => {
                let (value, _) = self.take_value();
                (!value.is_empty()).then(|| Node::Text {
                    field: None,
                    exact: false,
                    text: Text::word(value),
                })
            }
        }
    }

    pub(super) fn text_filter(&mut self, field: TextField, name: Span) -> Option<Node> {
        let exact = self.peek() == Some('=');
        if exact {
            self.at += 1;
        }
        if self.peek() == Some('(') && !exact {
            let inner = self.parentheses()?;
            return Some(Node::Group {
                field,
                inner: Box::new(inner),
            });
        }
        let empty = self
            .peek()
            .is_none_or(|char| char.is_whitespace() || char == ')');
        if empty {
            self.problems.push(
                Problem::new(
                    ProblemKind::Empty,
                    Span::new(name.start, self.at),
                    format!("nothing after \"{field}:\""),
                )
                .suggest(values::example(field)),
            );
            return None;
        }
        let start = self.at;
        let text = match field {
            TextField::Id if marks::read(self.rest()).is_none() => {
                let (value, _) = self.take_value();
                Text::word(value)
            }
            _ => self.words()?,
        };
        let place = Span::new(start, self.at);
        if let Some(problem) = values::check(field, &text, place) {
            self.problems.push(problem);
            return None;
        }
        if let Some((Operator::Near | Operator::Adj, span)) = self.operator() {
            self.at = span.end;
            let operator = &self.text[span.start..span.end];
            self.blanks();
            let right = self.rest().split_whitespace().next().unwrap_or("word");
            self.problems.push(
                Problem::new(
                    ProblemKind::Unexpected,
                    span,
                    format!("{operator} stands inside the field's parentheses"),
                )
                .suggest(format!("{field}:({text} {operator} {right})")),
            );
        }
        self.warn_of_split_name(field, &text, Span::new(name.start, self.at));
        Some(Node::Text {
            field: Some(field),
            exact,
            text,
        })
    }

    /// `speaker:Jane Roe` asks for Jane as speaker and Roe as a word; say so.
    pub(super) fn warn_of_split_name(&mut self, field: TextField, text: &Text, span: Span) {
        let named = matches!(
            field,
            TextField::Speaker | TextField::Source | TextField::Author
        );
        let (true, Text::Word(first)) = (named, text) else {
            return;
        };
        if !first.chars().next().is_some_and(char::is_uppercase) {
            return;
        }
        let rest = self.rest();
        let next = rest.trim_start_matches([' ', '\t']);
        let len = ast::bare_len(next);
        let second = &next[..len];
        let follows = next[len..].starts_with(':');
        let capital = second.chars().next().is_some_and(char::is_uppercase);
        if rest.len() == next.len()
            || follows
            || !capital
            || ast::OPERATORS.contains(&second)
            || ast::operator_distance(second).is_some()
        {
            return;
        }
        self.problems.push(
            Problem::new(
                ProblemKind::SplitName,
                span,
                format!("{field}: takes one word; \"{second}\" is looked for elsewhere"),
            )
            .suggest(format!(
                "{field}:{}",
                marks::quoted(&format!("{first} {second}"))
            )),
        );
    }

    /// A phrase or a word with its suffix.
    pub(super) fn words(&mut self) -> Option<Text> {
        let start = self.at;
        if let Some(marked) = marks::read(self.rest()) {
            let open = self.peek()?;
            self.at += marked.len;
            if !marked.closed {
                let close = if open == '"' { '"' } else { '”' };
                self.problems.push(
                    Problem::new(
                        ProblemKind::UnclosedMark,
                        Span::new(start, start + open.len_utf8()),
                        format!("nothing closes the quotation mark {open}"),
                    )
                    .suggest(format!("{open}{}{close}", marked.inner.trim_end())),
                );
            }
            let (slop, prefix) = self.phrase_suffix();
            return Some(Text::Phrase {
                words: marked.inner,
                slop,
                prefix,
            });
        }
        let word = self.take_word();
        if word.is_empty() {
            let char = self.peek()?;
            let span = Span::new(self.at, self.at + char.len_utf8());
            let problem = if marks::opens(char) {
                Problem::new(
                    ProblemKind::UnclosedMark,
                    span,
                    format!("nothing closes the quotation mark {char}"),
                )
            } else {
                Problem::new(
                    ProblemKind::Unexpected,
                    span,
                    format!("\"{char}\" cannot stand here"),
                )
            };
            self.problems.push(problem);
            self.at = span.end;
            return None;
        }
        let word = word.to_owned();
        match self.peek() {
            Some('*') => {
                self.at += 1;
                Some(Text::Prefix(word))
            }
            Some('~') => {
                self.at += 1;
                let digits = self.take_while(|char| char.is_ascii_digit());
                let distance = match digits {
                    "" | "1" => 1,
                    "2" => 2,
                    _ => {
                        self.problems.push(
                            Problem::new(
                                ProblemKind::BadNumber,
                                Span::new(start, self.at),
                                "at most two letters of a word may be wrong",
                            )
                            .suggest(format!("{word}~2")),
                        );
                        2
                    }
                };
                Some(Text::Fuzzy(word, distance))
            }
            _ => Some(Text::Word(word)),
        }
    }

    pub(super) fn phrase_suffix(&mut self) -> (u32, bool) {
        match self.peek() {
            Some('*') => {
                self.at += 1;
                (0, true)
            }
            Some('~') => {
                let start = self.at;
                self.at += 1;
                let digits = self.take_while(|char| char.is_ascii_digit());
                let slop = digits.parse().ok().filter(|&slop| slop <= 10_000);
                if slop.is_none() {
                    self.problems.push(
                        Problem::new(
                            ProblemKind::BadNumber,
                            Span::new(start, self.at),
                            "after a phrase ~ wants the number of words that may stand between",
                        )
                        .suggest("~3"),
                    );
                }
                (slop.unwrap_or(0), false)
            }
            _ => (0, false),
        }
    }

    /// The value of a date, number or id: everything up to a blank or a closing parenthesis, marks honoured.
    pub(super) fn take_value(&mut self) -> (String, Span) {
        let start = self.at;
        let mut value = String::new();
        while let Some(char) = self.peek() {
            if char.is_whitespace() || matches!(char, '(' | ')' | '^') {
                break;
            }
            if let Some(marked) = marks::read(self.rest()) {
                value.push_str(&marks::quoted(&marked.inner));
                self.at += marked.len;
            } else {
                value.push(char);
                self.at += char.len_utf8();
            }
        }
        (value, Span::new(start, self.at))
    }
}
