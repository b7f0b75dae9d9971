//! Operators and parentheses.

use whosaid_model::Span;

use super::{Operator, Parser, REPEATED, is_blank};
use crate::ast::{Node, Text};
use crate::problem::{Problem, ProblemKind};

/// Parentheses may lie so deep in each other.
const DEPTH: usize = 48;

/// The distance of a `NEAR` without a number, as in notmuch and Xapian.
const NEAR: u32 = 10;

/// The greatest weight behind a `^`.
const HEAVIEST: f32 = 1000.0;

impl Parser<'_> {
    /// A whole query; stray closing parentheses are reported and passed over.
    pub(super) fn query(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        loop {
            nodes.extend(self.or());
            self.blanks();
            match self.peek() {
                Some(')') => {
                    let span = self.skip_char();
                    let mut problem = Problem::new(
                        ProblemKind::Parenthesis,
                        span,
                        "a closing parenthesis that nothing opens",
                    );
                    if self.text.len() <= REPEATED
                        && let Some(before) = self.text.get(..span.start)
                    {
                        let after = self.rest();
                        problem = problem.suggest(format!("({before}){after}"));
                    }
                    self.problems.push(problem);
                }
                _ => break,
            }
        }
        (!nodes.is_empty()).then(|| Node::all_of(nodes))
    }

    pub(super) fn or(&mut self) -> Option<Node> {
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

    pub(super) fn and(&mut self) -> Option<Node> {
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

    pub(super) fn unary(&mut self) -> Option<Node> {
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
                Some('-') => Some((self.skip_char(), "-")),
                Some('+') => {
                    self.skip_char();
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

    pub(super) fn boosted(&mut self) -> Option<Node> {
        let node = self.primary();
        if self.peek() != Some('^') {
            return node;
        }
        let start = self.at;
        self.skip_char();
        let weight = self.take_while(|char| !is_blank(char) && !matches!(char, '(' | ')'));
        let plain = weight.ends_with(|char: char| char.is_ascii_digit())
            && weight
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        let number = weight.parse().ok().filter(|_| plain);
        if let Some(number) = number.filter(|number| *number > 0.0 && *number <= HEAVIEST) {
            return node.map(|node| Node::Boost(Box::new(node), number));
        }
        let found = if weight.is_empty() {
            String::new()
        } else {
            format!(", not \"{weight}\"")
        };
        self.problems.push(
            Problem::new(
                ProblemKind::BadNumber,
                Span::new(start, self.at),
                format!("after ^ stands a weight above 0, at most {HEAVIEST}{found}"),
            )
            .suggest("^2"),
        );
        node
    }

    pub(super) fn primary(&mut self) -> Option<Node> {
        match self.peek()? {
            '(' => return self.parentheses(),
            '*' if !self.open_beginning() => {
                self.skip_char();
                return Some(Node::All);
            }
            _ => {}
        }
        if let Some((_, span)) = self.operator().filter(|(_, span)| span.start == self.at) {
            let operator = span.of(self.text).unwrap_or_default();
            self.at = span.end;
            self.missing(span, operator);
            return None;
        }
        let start = self.at;
        let word = self.take_word();
        if !word.is_empty() && self.peek() == Some(':') {
            self.skip_char();
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
    pub(super) fn near(&mut self, span: Span) -> Option<(u32, Text)> {
        self.at = span.end;
        let written = span.of(self.text).unwrap_or_default();
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

    pub(super) fn parentheses(&mut self) -> Option<Node> {
        let open = self.skip_char();
        if self.depth == DEPTH {
            self.problems.push(
                Problem::new(
                    ProblemKind::TooDeep,
                    open,
                    format!("more than {DEPTH} parentheses inside each other"),
                )
                .suggest("fewer: ((a b) c) is a b c"),
            );
            self.at = self.text.len();
            self.given_up = true;
            return None;
        }
        let known = self.problems.len();
        self.depth = self.depth.saturating_add(1);
        let inner = self.or();
        self.depth = self.depth.saturating_sub(1);
        if self.given_up {
            return None;
        }
        self.blanks();
        if self.peek() == Some(')') {
            self.skip_char();
        } else {
            let mut problem = Problem::new(
                ProblemKind::Parenthesis,
                open,
                "a parenthesis that nothing closes",
            );
            if self.text.len() <= REPEATED && inner.is_some() {
                problem = problem.suggest(format!("{})", self.text.trim_end()));
            } else {
                problem = problem.suggest("(ferry OR boat)");
            }
            self.problems.push(problem);
        }
        if inner.is_none() && self.problems.len() == known {
            self.problems.push(
                Problem::new(
                    ProblemKind::Empty,
                    Span::new(open.start, self.at),
                    "nothing between the parentheses",
                )
                .suggest("(ferry OR boat)"),
            );
        }
        inner
    }
}
