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
mod grammar;
mod leaves;
pub(crate) mod natural;
mod values;

use chrono::NaiveDate;
use whosaid_model::Span;

use crate::ast::{self, Node, Text};
use crate::marks;
use crate::problem::{Problem, ProblemKind};

/// Bytes of a query, at most: a list of a thousand names and more.
const LONGEST: usize = 64 << 10;

/// Words of a query of which only the beginning, or nearly the letters, are told: each may stand for all words of the
/// archive.
const OPEN: usize = 64;

/// Conditions of a query, at most, a phrase being one: each is a list to open in every part of the archive. As many as
/// Lucene takes by default.
const CONDITIONS: usize = 1024;

/// Suggestions that repeat the query are made up to so many bytes.
const REPEATED: usize = 200;

/// Parses `text` as far as it makes sense, and reports every fault in order of its place.
pub(crate) fn parse(text: &str, today: Option<NaiveDate>) -> (Node, Vec<Problem>) {
    if text.len() > LONGEST {
        let problem = Problem::new(
            ProblemKind::TooLong,
            Span::new(0, text.len()),
            format!("a query of {} bytes; it has at most {LONGEST}", text.len()),
        )
        .suggest("several queries, one after the other");
        return (Node::All, vec![problem]);
    }
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        given_up: false,
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
    let (conditions, open) = (conditions(&node), open_words(&node));
    let faults = [
        (conditions > CONDITIONS).then(|| {
            format!("{conditions} words, dates and numbers; a query has at most {CONDITIONS}, a phrase being one")
        }),
        (open > OPEN).then(|| format!("{open} words with * or ~; a query has at most {OPEN}")),
    ];
    for message in faults.into_iter().flatten() {
        problems.push(
            Problem::new(ProblemKind::TooLong, Span::new(0, text.len()), message)
                .suggest("several queries, one after the other"),
        );
    }
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    (node, problems)
}

fn conditions(node: &Node) -> usize {
    let mut count = 0_usize;
    node.walk(&mut |node| {
        count = count.saturating_add(match node {
            Node::Text { .. } | Node::Date { .. } | Node::Number { .. } => 1,
            Node::Near { .. } => 2,
            _ => 0,
        });
    });
    count
}

/// Counts the words that stand for others too.
fn open_words(node: &Node) -> usize {
    let is_open = |text: &Text| match text {
        Text::Prefix(_) | Text::Fuzzy(..) => true,
        Text::Word(_) => false,
        Text::Phrase { prefix, .. } => *prefix,
    };
    let mut count = 0_usize;
    node.walk(&mut |node| {
        let texts = match node {
            Node::Text { text, .. } => [Some(text), None],
            Node::Near { left, right, .. } => [Some(left), Some(right)],
            _ => [None, None],
        };
        let open = texts.into_iter().flatten().filter(|text| is_open(text));
        count = open.count().saturating_add(count);
    });
    count
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    /// Parentheses lie too deep; what is open is not looked at any more.
    given_up: bool,
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
    /// Looks for an operator ahead without taking it.
    fn operator(&self) -> Option<(Operator, Span)> {
        let rest = self.rest().trim_start_matches(is_blank);
        let at = self.text.len().saturating_sub(rest.len());
        let (word, _) = ast::split_bare(rest);
        let (name, _) = ast::operator_distance(word).unwrap_or((word, ""));
        let operator = match name {
            "AND" => Operator::And,
            "OR" => Operator::Or,
            "NOT" => Operator::Not,
            "NEAR" => Operator::Near,
            "ADJ" => Operator::Adj,
            _ => return None,
        };
        Some((operator, Span::new(at, at.saturating_add(word.len()))))
    }

    fn missing(&mut self, span: Span, operator: &str) {
        let message = match operator {
            "NOT" | "-" => format!("nothing follows {operator}"),
            _ => format!("{operator} wants something on both sides"),
        };
        let known =
            |problem: &Problem| problem.kind == ProblemKind::MissingOperand && problem.span == span;
        if self.problems.iter().rev().take(4).any(known) {
            return;
        }
        let mut problem = Problem::new(ProblemKind::MissingOperand, span, message);
        problem = if operator == "-" {
            problem.suggest("-word")
        } else {
            problem.suggest(marks::quoted(&operator.to_lowercase()))
        };
        self.problems.push(problem);
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes a character, and returns its place.
    fn skip_char(&mut self) -> Span {
        let start = self.at;
        self.skip(self.peek().map_or(0, char::len_utf8));
        Span::new(start, self.at)
    }

    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    fn blanks(&mut self) {
        self.take_while(is_blank);
    }

    fn take_word(&mut self) -> &'t str {
        let (word, _) = ast::split_bare(self.rest());
        self.skip(word.len());
        word
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|char| !keep(char)).unwrap_or(rest.len());
        let (taken, _) = rest.split_at_checked(end).unwrap_or_default();
        self.skip(taken.len());
        taken
    }
}

fn is_blank(char: char) -> bool {
    char.is_whitespace() || char.is_control()
}

#[cfg(test)]
mod tests;
