//! `kwic`.

use clap::{Args, ValueEnum};

use super::{Corpus, QUERY_HELP, unit_interval};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum KwicSort {
    /// By the words after the match
    Right,
    /// By the words before it, nearest first
    Left,
    /// Earliest first
    Date,
}

#[derive(Debug, Args)]
#[command(after_help = QUERY_HELP)]
pub(in super::super) struct Kwic {
    /// The query; its words are lined up
    #[arg(required_unless_present = "corpus", value_name = "QUERY")]
    pub(in super::super) query: Vec<String>,
    /// The order
    #[arg(long, value_enum, default_value_t = KwicSort::Right)]
    pub(in super::super) sort: KwicSort,
    /// Characters on either side; without it as many as fit the terminal, and 40 in records
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(in super::super) width: Option<u16>,
    /// Show at most so many places
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50)]
    pub(in super::super) limit: usize,
    /// Show all
    #[arg(long, conflicts_with = "limit")]
    pub(in super::super) all: bool,
    /// Leave out quotations that are less sure
    #[arg(long, value_name = "0..1", value_parser = unit_interval)]
    pub(in super::super) min_confidence: Option<f32>,
    #[command(flatten)]
    pub(in super::super) corpus: Corpus,
}
