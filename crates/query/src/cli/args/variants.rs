//! `variants`.

use clap::Args;

use super::{Corpus, Offsets};

#[derive(Debug, Args)]
pub(in super::super) struct Variants {
    /// The identifier of a quotation (q:7f3a), or the beginning of one
    #[arg(value_name = "ID")]
    pub(in super::super) id: String,
    /// Show at most so many
    #[arg(long, short = 'n', value_name = "N", default_value_t = 100)]
    pub(in super::super) limit: usize,
    /// Show all
    #[arg(long, conflicts_with = "limit")]
    pub(in super::super) all: bool,
    /// Also print what stands in the same words in copies of one article; records always have it
    #[arg(long)]
    pub(in super::super) copies: bool,
    /// What offsets count
    #[arg(long, value_enum, default_value_t = Offsets::Byte)]
    pub(in super::super) offsets: Offsets,
    #[command(flatten)]
    pub(in super::super) corpus: Corpus,
}
