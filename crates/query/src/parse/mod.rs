//! Query text to tree. The parser recovers from every fault and reports each with its place.
//!
//! ```ebnf
//! query    = or ;            or  = and { "OR" and } ;      and = unary { [ "AND" ] unary } ;            (* blank = AND *)
//! unary    = [ "NOT" | "-" | "+" ] boosted ;               boosted = primary [ "^" number ] ;
//! primary  = "(" query ")" | near | filter | text | "*" ;
//! near     = text ( "NEAR" | "ADJ" ) [ "/" digits ] text ;                  (* within n words; ADJ keeps the order *)
//! filter   = tfield ":" [ "=" ] text | tfield ":" "(" query ")" | dfield ":" dates | nfield ":" numbers ;
//! tfield   = "speaker" | "said" | "about" | "text" | "title" | "source" | "author" | "kind" | "lang" | "id" ;
//! dfield   = "date" | "added" ;            nfield = "confidence" | "words" ;
//! text     = phrase | word "~" [ "1" | "2" ] | word "*" | word ;            (* ~ on a word is edit distance *)
//! phrase   = oq chars cq [ "~" digits | "*" ] ;                             (* ~n on a phrase is slop, * makes its last word a prefix *)
//! oq, cq   = a matching pair of  "" “” „“ „” «» »« ‹› 「」 ‘’ '' ;  in straight quotes a backslash escapes
//! dates    = point [ ".." [ bound ] ] | ago ".." [ bound ] | ".." bound | cmp point ;   bound = point | ago ;
//! point    = year [ "-" month [ "-" day ] ] | year "-W" week | year "-Q" quarter | "today" | "yesterday"
//!          | ( "this" | "last" ) "-" ( "day" | "week" | "month" | "quarter" | "year" ) | oq chars cq ;
//! ago      = digits ( "d" | "w" | "m" | "y" ) ;             numbers = number [ ".." [ number ] ] | ".." number | cmp number ;
//! cmp      = ">=" | ">" | "<=" | "<" ;
//! ```
//!
//! A word is a run of characters other than blanks, quotation marks and `( ) : ^ ~ *` that does not begin
//! with `+`, `-` or `=` and is no operator in capitals. An apostrophe inside a word belongs to it.

pub(crate) mod dates;
pub(crate) mod natural;
mod values;

use chrono::NaiveDate;
use whosaid_model::Span;

use crate::ast::{self, DateField, Node, NumberField, Text, TextField};
use crate::marks;
use crate::problem::{Problem, ProblemKind};

/// Parentheses may lie so deep in each other.
const DEPTH: usize = 48;

/// The distance of a `NEAR` without a number, as in notmuch and Xapian.
const NEAR: u32 = 10;

/// Parses `text` as far as it makes sense, and reports every fault in order of its place.
pub(crate) fn parse(text: &str, today: Option<NaiveDate>) -> (Node, Vec<Problem>) {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        today,
        problems: Vec::new(),
    };
    let node = parser.query();
    let node = node.unwrap_or_else(|| {
        if parser.problems.is_empty() {
            let span = Span::new(0, text.len());
            parser.problems.push(
                Problem::new(ProblemKind::Empty, span, "the query is empty")
                    .suggest("said:\"one percent\""),
            );
        }
        Node::All
    });
    let mut problems = parser.problems;
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    (node, problems)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    today: Option<NaiveDate>,
    problems: Vec<Problem>,
}

/// What `operator` finds ahead.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    And,
    Or,
    Not,
    Near,
    Adj,
}

impl<'t> Parser<'t> {
    /// A whole query; stray closing parentheses are reported and passed over.
    fn query(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        loop {
            nodes.extend(self.or());
            self.blanks();
            match self.peek() {
                Some(')') => {
                    let span = Span::new(self.at, self.at + 1);
                    self.problems.push(Problem::new(
                        ProblemKind::Parenthesis,
                        span,
                        "a closing parenthesis that nothing opens",
                    ));
                    self.at += 1;
                }
                _ => break,
            }
        }
        (!nodes.is_empty()).then(|| Node::all_of(nodes))
    }

    fn or(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        let mut pending: Option<Span> = None;
        loop {
            let found = self.and();
            if let (None, Some(span)) = (&found, pending.take()) {
                self.missing(span, "OR");
            }
            let empty = found.is_none();
            nodes.extend(found);
            match self.operator() {
                Some((Operator::Or, span)) => {
                    if empty {
                        self.missing(span, "OR");
                    }
                    self.at = span.end;
                    pending = Some(span);
                }
                _ => break,
            }
        }
        if let Some(span) = pending {
            self.missing(span, "OR");
        }
        (!nodes.is_empty()).then(|| Node::any_of(nodes))
    }

    fn and(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        let mut pending: Option<Span> = None;
        loop {
            match self.operator() {
                Some((Operator::And, span)) => {
                    if nodes.is_empty() || pending.is_some() {
                        self.missing(span, "AND");
                    }
                    self.at = span.end;
                    pending = Some(span);
                    continue;
                }
                Some((Operator::Or, _)) => break,
                _ => {}
            }
            self.blanks();
            if matches!(self.peek(), None | Some(')')) {
                break;
            }
            let before = self.at;
            if let Some(node) = self.unary() {
                nodes.push(node);
                pending = None;
            } else if self.at == before {
                self.skip_char();
            }
        }
        if let Some(span) = pending {
            self.missing(span, "AND");
        }
        (!nodes.is_empty()).then(|| Node::all_of(nodes))
    }

    fn unary(&mut self) -> Option<Node> {
        let negated = match self.operator() {
            Some((Operator::Not, span)) => {
                self.at = span.end;
                Some((span, "NOT"))
            }
            Some((operator @ (Operator::Near | Operator::Adj), span)) => {
                let word = if operator == Operator::Near {
                    "NEAR"
                } else {
                    "ADJ"
                };
                self.missing(span, word);
                self.at = span.end;
                return None;
            }
            _ => match self.peek() {
                Some('-') => {
                    self.at += 1;
                    Some((Span::new(self.at - 1, self.at), "-"))
                }
                Some('+') => {
                    self.at += 1;
                    None
                }
                _ => None,
            },
        };
        let Some((span, word)) = negated else {
            return self.boosted();
        };
        self.blanks();
        let node = match self.peek() {
            None | Some(')') => None,
            Some(_) if matches!(self.operator(), Some((Operator::And | Operator::Or, _))) => None,
            Some(_) => {
                let faults = self.problems.len();
                let node = self.boosted();
                if node.is_none() && self.problems.len() > faults {
                    return None;
                }
                node
            }
        };
        if node.is_none() {
            self.missing(span, word);
        }
        node.map(|node| Node::Not(Box::new(node)))
    }

    fn boosted(&mut self) -> Option<Node> {
        let node = self.primary();
        if self.peek() != Some('^') {
            return node;
        }
        let start = self.at;
        self.at += 1;
        let digits = self.take_while(|char| char.is_ascii_digit() || char == '.');
        match digits.parse::<f32>() {
            Ok(weight) if weight > 0.0 && weight <= 1000.0 && !digits.ends_with('.') => {
                node.map(|node| Node::Boost(Box::new(node), weight))
            }
            _ => {
                self.problems.push(
                    Problem::new(
                        ProblemKind::BadNumber,
                        Span::new(start, self.at),
                        "after ^ stands a weight above 0, at most 1000",
                    )
                    .suggest("^2"),
                );
                node
            }
        }
    }

    fn primary(&mut self) -> Option<Node> {
        match self.peek()? {
            '(' => return self.parentheses(),
            '*' => {
                let start = self.at;
                self.at += 1;
                let word = self.take_word();
                if word.is_empty() {
                    return Some(Node::All);
                }
                let span = Span::new(start, self.at);
                self.problems.push(
                    Problem::new(
                        ProblemKind::Unexpected,
                        span,
                        "a word's end may be left open, not its beginning",
                    )
                    .suggest(format!("{word}*")),
                );
                return Some(Node::Text {
                    field: None,
                    exact: false,
                    text: Text::word(word),
                });
            }
            _ => {}
        }
        if let Some((_, span)) = self.operator().filter(|(_, span)| span.start == self.at) {
            let operator = &self.text[span.start..span.end];
            self.at = span.end;
            self.missing(span, operator);
            return None;
        }
        let start = self.at;
        let word = self.take_word();
        if !word.is_empty() && self.peek() == Some(':') {
            self.at += 1;
            return self.filter(word, start);
        }
        self.at = start;
        let left = self.words()?;
        let text = |text| Node::Text {
            field: None,
            exact: false,
            text,
        };
        let near = match self.operator() {
            Some((Operator::Near, span)) => (span, false),
            Some((Operator::Adj, span)) => (span, true),
            _ => return Some(text(left)),
        };
        Some(match self.near(near.0) {
            Some((distance, right)) => Node::Near {
                left,
                right,
                distance,
                ordered: near.1,
            },
            None => text(left),
        })
    }

    /// What follows `text NEAR`: the distance and the other text.
    fn near(&mut self, span: Span) -> Option<(u32, Text)> {
        self.at = span.end;
        let written = &self.text[span.start..span.end];
        let distance = match written.split_once('/') {
            None => NEAR,
            Some((_, digits)) => digits
                .parse()
                .ok()
                .filter(|distance| (1..=10_000).contains(distance))
                .unwrap_or_else(|| {
                    self.problems.push(
                        Problem::new(
                            ProblemKind::BadNumber,
                            span,
                            format!("{written}: the distance is a number of words from 1"),
                        )
                        .suggest(format!("{}/5", written.split('/').next().unwrap_or("NEAR"))),
                    );
                    NEAR
                }),
        };
        self.blanks();
        let start = self.at;
        let operator = self.operator().is_some();
        let field = {
            let word = self.take_word();
            let field = !word.is_empty() && self.peek() == Some(':');
            self.at = start;
            field
        };
        if operator || field || matches!(self.peek(), None | Some('(' | ')' | '-' | '+')) {
            let operator = written.split('/').next().unwrap_or(written);
            self.problems.push(
                Problem::new(
                    ProblemKind::MissingOperand,
                    span,
                    format!("{operator} stands between two words or phrases"),
                )
                .suggest(format!("\"fond memories\" {operator}/5 summit")),
            );
            return None;
        }
        let right = self.words()?;
        if let Some((Operator::Near | Operator::Adj, span)) = self.operator() {
            self.at = span.end;
            self.problems.push(
                Problem::new(
                    ProblemKind::Unexpected,
                    span,
                    "NEAR joins two texts, not three",
                )
                .suggest("(a NEAR b) (b NEAR c)"),
            );
        }
        Some((distance, right))
    }

    fn parentheses(&mut self) -> Option<Node> {
        let open = Span::new(self.at, self.at + 1);
        self.at += 1;
        if self.depth == DEPTH {
            self.problems.push(Problem::new(
                ProblemKind::TooDeep,
                open,
                format!("more than {DEPTH} parentheses inside each other"),
            ));
            self.at = self.text.len();
            return None;
        }
        self.depth += 1;
        let inner = self.or();
        self.depth -= 1;
        self.blanks();
        if self.peek() == Some(')') {
            self.at += 1;
        } else {
            self.problems.push(
                Problem::new(
                    ProblemKind::Parenthesis,
                    open,
                    "a parenthesis that nothing closes",
                )
                .suggest(format!("{})", self.text.trim_end())),
            );
        }
        if inner.is_none() && self.problems.is_empty() {
            self.problems.push(Problem::new(
                ProblemKind::Empty,
                Span::new(open.start, self.at),
                "nothing between the parentheses",
            ));
        }
        inner
    }

    /// What stands after `name:`.
    fn filter(&mut self, name: &str, start: usize) -> Option<Node> {
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

    fn text_filter(&mut self, field: TextField, name: Span) -> Option<Node> {
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
    fn warn_of_split_name(&mut self, field: TextField, text: &Text, span: Span) {
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
    fn words(&mut self) -> Option<Text> {
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

    fn phrase_suffix(&mut self) -> (u32, bool) {
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
    fn take_value(&mut self) -> (String, Span) {
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

    /// Looks for an operator ahead without taking it.
    fn operator(&self) -> Option<(Operator, Span)> {
        let rest = self.rest().trim_start_matches(is_blank);
        let at = self.text.len() - rest.len();
        let word = &rest[..ast::bare_len(rest)];
        let (name, _) = ast::operator_distance(word).unwrap_or((word, ""));
        let operator = match name {
            "AND" => Operator::And,
            "OR" => Operator::Or,
            "NOT" => Operator::Not,
            "NEAR" => Operator::Near,
            "ADJ" => Operator::Adj,
            _ => return None,
        };
        Some((operator, Span::new(at, at + word.len())))
    }

    fn missing(&mut self, span: Span, operator: &str) {
        let message = match operator {
            "NOT" | "-" => format!("nothing follows {operator}"),
            _ => format!("{operator} wants something on both sides"),
        };
        let known =
            |problem: &Problem| problem.kind == ProblemKind::MissingOperand && problem.span == span;
        if self.problems.iter().any(known) {
            return;
        }
        let mut problem = Problem::new(ProblemKind::MissingOperand, span, message);
        if operator != "-" {
            problem = problem.suggest(marks::quoted(&operator.to_lowercase()));
        }
        self.problems.push(problem);
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_char(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn blanks(&mut self) {
        self.take_while(is_blank);
    }

    fn take_word(&mut self) -> &'t str {
        let rest = self.rest();
        let word = &rest[..ast::bare_len(rest)];
        self.at += word.len();
        word
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|char| !keep(char)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }
}

fn is_blank(char: char) -> bool {
    char.is_whitespace() || char.is_control()
}

#[cfg(test)]
mod tests;
