use std::fmt;

use chrono::NaiveDate;

use crate::ast::Node;
use crate::error::{Cause, Error};
use crate::problem::Problem;
use crate::question::{Outlets, Question};
use crate::zone::Zone;
use crate::{parse, question};

/// What a query's text cannot say of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The day of the question, on which `today`, `last-week` and `7d..` depend. Without it they are errors:
    /// the library reads no clock.
    pub today: Option<NaiveDate>,
    /// The zone whose midnight divides the days of articles that state a time. Without it their day is the one they
    /// were published on where they were published.
    pub zone: Option<Zone>,
}

impl Options {
    /// Makes options without a date and without a zone.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the day of the question.
    pub fn today(mut self, today: NaiveDate) -> Self {
        self.today = Some(today);
        self
    }

    /// Sets the zone whose midnight divides the days.
    pub fn zone(mut self, zone: Zone) -> Self {
        self.zone = Some(zone);
        self
    }
}

/// A query, read and checked. It prints as text that parses to the same query.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub(crate) node: Node,
    pub(crate) today: Option<NaiveDate>,
    pub(crate) zone: Option<Zone>,
    pub(crate) warnings: Vec<Problem>,
}

impl Query {
    /// Reads a query. The language is described in [`crate::ast`] and by `whosaid search --help`.
    ///
    /// ```
    /// use whosaid_query::{Options, Query};
    ///
    /// let query = Query::parse("said:“one percent” AND (speaker:Chung OR speaker:Kim)", &Options::new())?;
    /// assert_eq!(query.to_string(), "said:\"one percent\" (speaker:Chung OR speaker:Kim)");
    /// # Ok::<(), whosaid_query::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the text has faults; [`Error::problems`] gives all of them with their places.
    pub fn parse(text: &str, options: &Options) -> Result<Self, Error> {
        let (node, problems) = parse::parse(text, options.today);
        if problems.iter().any(|problem| !problem.is_warning()) {
            return Err(Cause::Query { problems }.into());
        }
        Ok(Self {
            node,
            today: options.today,
            zone: options.zone,
            warnings: problems,
        })
    }

    /// Makes a query of a tree.
    pub fn new(node: Node, options: &Options) -> Self {
        Self {
            node,
            today: options.today,
            zone: options.zone,
            warnings: Vec::new(),
        }
    }

    /// Makes the query that everything matches.
    pub fn all() -> Self {
        Self::new(Node::All, &Options::new())
    }

    /// Narrows the query: `other` must match too.
    pub fn and(mut self, other: Node) -> Self {
        self.node = match self.node {
            Node::All => other,
            node => Node::all_of([node, other]),
        };
        self
    }

    /// Returns the tree.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// Tells whether indirect speech is searched too: only when the query asks for a kind or an identifier.
    pub fn includes_indirect(&self) -> bool {
        crate::lower::includes_indirect(&self.node)
    }

    /// Returns what the query may not have meant.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

impl Question {
    /// Reads a question in plain English. It may name no outlet; [`Archive::question`](crate::Archive::question) knows
    /// which there are.
    ///
    /// ```
    /// use whosaid_query::{Intent, Options, Question};
    ///
    /// let question = Question::parse("What did Lee Jae-myung say about golf?", &Options::new())?;
    /// assert_eq!(question.intent, Intent::What);
    /// assert_eq!(question.node.to_string(), "speaker:\"Lee Jae-myung\" about:golf");
    /// # Ok::<(), whosaid_query::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the question is not understood; nothing is guessed. [`Error::suggestions`] gives two that are. A date that
    /// the calendar lacks, or that may be two, is a fault as in a query: [`Error::span`] tells where.
    pub fn parse(text: &str, options: &Options) -> Result<Self, Error> {
        Self::with_outlets(text, options, &Outlets::default())
    }

    /// Reads a question that may name one of some outlets.
    pub(crate) fn with_outlets(
        text: &str,
        options: &Options,
        outlets: &Outlets,
    ) -> Result<Self, Error> {
        question::read(text, options.today, outlets).map_err(Error::from)
    }
}
