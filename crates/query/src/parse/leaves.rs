//! Fields, phrases and words.

use whosaid_model::Span;

use super::{Operator, Parser, REPEATED, dates, values};
use crate::ast::{self, DateField, Node, NumberField, Text, TextField};
use crate::marks;
use crate::problem::{Problem, ProblemKind};

impl Parser<'_> {
    /// What stands after `name:`.
    pub(super) fn filter(&mut self, name: &str, start: usize) -> Option<Node> {
        let span = Span::new(start, start.saturating_add(name.len()));
        let lower = name.to_lowercase();
        if let Some(field) = DateField::from_word(&lower) {
            if self.peek() == Some('(') {
                return self.no_parentheses(field.as_str(), span, "date:2025-10..2025-12");
            }
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
            if self.peek() == Some('(') {
                return self.no_parentheses(field.as_str(), span, "words:5..20");
            }
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

    /// `date:(2025 OR 2026)`: what stands inside is no query.
    fn no_parentheses(&mut self, field: &str, name: Span, range: &str) -> Option<Node> {
        let known = self.problems.len();
        self.parentheses();
        if self.given_up {
            return None;
        }
        self.problems.truncate(known);
        let span = Span::new(name.start, self.at);
        let problem = Problem::new(
            ProblemKind::Unexpected,
            span,
            format!("{field}: takes a value or a range, no parentheses"),
        );
        self.problems.push(
            problem
                .suggest(range)
                .suggest(format!("({field}:… OR {field}:…)")),
        );
        None
    }

    pub(super) fn text_filter(&mut self, field: TextField, name: Span) -> Option<Node> {
        let exact = self.peek() == Some('=');
        if exact {
            self.skip_char();
        }
        if self.peek() == Some('(') && !exact {
            let start = self.at;
            let inner = self.parentheses()?;
            let mut values = Vec::new();
            let near = bare_texts(&inner, &mut values);
            let place = Span::new(start, self.at);
            let words = [
                TextField::Said,
                TextField::About,
                TextField::Text,
                TextField::Title,
            ];
            if near && !words.contains(&field) {
                self.problems.push(
                    Problem::new(
                        ProblemKind::Unexpected,
                        place,
                        format!("{field}: knows no NEAR and no ADJ"),
                    )
                    .suggest(values::example(field)),
                );
            }
            let faults = values.into_iter().filter(|_| field.is_closed());
            let faults = faults.filter_map(|text| values::check(field, false, text, place));
            self.problems.extend(faults);
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
        if self.peek() == Some('*') && !self.open_beginning() {
            self.skip_char();
            self.problems.push(
                Problem::new(
                    ProblemKind::Unexpected,
                    Span::new(name.start, self.at),
                    format!("{field}: wants a word before the *, which alone finds everything"),
                )
                .suggest(values::example(field))
                .suggest("*"),
            );
            return None;
        }
        let text = match field {
            TextField::Id if marks::read(self.rest()).is_none() => {
                let (value, _) = self.take_value();
                Text::word(value)
            }
            _ => self.words()?,
        };
        let place = Span::new(start, self.at);
        if let Some(problem) = values::check(field, exact, &text, place) {
            self.problems.push(problem);
            return None;
        }
        if let Some((Operator::Near | Operator::Adj, span)) = self.operator() {
            self.at = span.end;
            let operator = span.of(self.text).unwrap_or_default();
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
        let is_capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        if !is_capital(first) {
            return;
        }
        let (mut rest, mut others) = (self.rest(), Vec::new());
        loop {
            let next = rest.trim_start_matches([' ', '\t']);
            let (word, behind) = ast::split_bare(next);
            let follows = rest.len() > next.len() && is_capital(word) && !behind.starts_with(':');
            let is_operator =
                ast::OPERATORS.contains(&word) || ast::operator_distance(word).is_some();
            if !follows || is_operator {
                break;
            }
            others.push(word);
            rest = behind;
        }
        if others.is_empty() {
            return;
        }
        let others = others.join(" ");
        self.problems.push(
            Problem::new(
                ProblemKind::SplitName,
                span,
                format!("{field}: takes one word; \"{others}\" is looked for elsewhere"),
            )
            .suggest(format!(
                "{field}:{}",
                marks::quoted(&format!("{first} {others}"))
            )),
        );
    }

    /// Tells whether a star stands here before a word, whose end it should be.
    pub(super) fn open_beginning(&self) -> bool {
        let after = self.rest().strip_prefix('*');
        after.is_some_and(|after| !ast::split_bare(after).0.is_empty())
    }

    /// A phrase or a word with its suffix.
    pub(super) fn words(&mut self) -> Option<Text> {
        let start = self.at;
        if self.open_beginning() {
            self.skip_char();
            let word = self.take_word();
            let problem = Problem::new(
                ProblemKind::Unexpected,
                Span::new(start, self.at),
                "a word's end may be left open, not its beginning",
            );
            self.problems.push(problem.suggest(format!("{word}*")));
            return Some(Text::word(word));
        }
        if let Some(marked) = marks::read(self.rest()) {
            let open = self.peek()?;
            self.skip(marked.len);
            if !marked.closed {
                let close = if open == '"' { '"' } else { '”' };
                self.problems.push(
                    Problem::new(
                        ProblemKind::UnclosedMark,
                        Span::new(start, start.saturating_add(open.len_utf8())),
                        format!("nothing closes the quotation mark {open}"),
                    )
                    .suggest(if marked.inner.len() <= REPEATED {
                        format!("{open}{}{close}", marked.inner.trim_end())
                    } else {
                        format!("{open}…{close}")
                    }),
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
            self.no_word();
            return None;
        }
        let word = word.to_owned();
        match self.peek() {
            Some('*') => {
                self.skip_char();
                let rest = self.take_word();
                if !rest.is_empty() {
                    let problem = Problem::new(
                        ProblemKind::Unexpected,
                        Span::new(start, self.at),
                        "a word's end may be left open, not its middle",
                    );
                    self.problems.push(problem.suggest(format!("{word}*")));
                }
                Some(Text::beginning(word))
            }
            Some('~') => {
                self.skip_char();
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
            _ => Some(Text::word(word)),
        }
    }

    /// Tells what stands where a word should.
    fn no_word(&mut self) {
        let Some(char) = self.peek() else {
            return;
        };
        let span = self.skip_char();
        let problem = if marks::opens(char) {
            Problem::new(
                ProblemKind::UnclosedMark,
                span,
                format!("nothing closes the quotation mark {char}"),
            )
            .suggest(if self.rest().len() <= REPEATED {
                marks::quoted(self.rest().trim_end())
            } else {
                "\"…\"".to_owned()
            })
        } else {
            Problem::new(
                ProblemKind::Unexpected,
                span,
                format!("\"{char}\" cannot stand here"),
            )
            .suggest(match char {
                '*' => "word*".to_owned(),
                // A sign alone is no word, in quotation marks neither.
                _ => marks::quoted(&format!("one {char} two")),
            })
        };
        self.problems.push(problem);
    }

    pub(super) fn phrase_suffix(&mut self) -> (u32, bool) {
        match self.peek() {
            Some('*') => {
                self.skip_char();
                (0, true)
            }
            Some('~') => {
                let start = self.at;
                self.skip_char();
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
                self.skip(marked.len);
            } else {
                value.push(char);
                self.skip_char();
            }
        }
        (value, Span::new(start, self.at))
    }
}

/// Collects the texts of a group that stand for values of its field; tells whether some must be near each other.
fn bare_texts<'n>(node: &'n Node, texts: &mut Vec<&'n Text>) -> bool {
    match node {
        Node::Text {
            field: None, text, ..
        } => texts.push(text),
        Node::Near { .. } => return true,
        Node::Not(inner) | Node::Boost(inner, _) => return bare_texts(inner, texts),
        Node::And(nodes) | Node::Or(nodes) => {
            let near = nodes.iter().map(|node| bare_texts(node, texts));
            return near.fold(false, |any, near| any | near);
        }
        _ => {}
    }
    false
}
