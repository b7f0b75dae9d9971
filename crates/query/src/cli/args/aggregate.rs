//! `facet` and `timeline`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::{Corpus, QUERY_HELP};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum FacetField {
    /// Who said it
    Speaker,
    /// The outlet
    Source,
    /// Direct, mixed or indirect
    Kind,
    /// The language
    Lang,
    /// Who wrote the article
    Author,
    /// The day of publication, by --by
    Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum Period {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Args)]
#[command(after_help = QUERY_HELP)]
pub(in super::super) struct Facet {
    /// What to count by
    #[arg(value_enum)]
    pub(in super::super) field: FacetField,
    /// Only what matches
    #[arg(value_name = "QUERY")]
    pub(in super::super) query: Vec<String>,
    /// The level of a date
    #[arg(long, value_enum, default_value_t = Period::Month)]
    pub(in super::super) by: Period,
    /// List at most so many values; of dates all are listed
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    pub(in super::super) limit: usize,
    /// List all values
    #[arg(long, conflicts_with = "limit")]
    pub(in super::super) all: bool,
    /// List this value in any case, also when it has no match; may be given again
    #[arg(long, value_name = "VALUE")]
    pub(in super::super) select: Vec<String>,
    #[command(flatten)]
    pub(in super::super) corpus: Corpus,
}

#[derive(Debug, Args)]
#[command(after_help = QUERY_HELP)]
pub(in super::super) struct Timeline {
    /// Only what matches
    #[arg(value_name = "QUERY")]
    pub(in super::super) query: Vec<String>,
    /// The length of a bar
    #[arg(long, value_enum, default_value_t = Period::Month)]
    pub(in super::super) by: Period,
    /// Also draw the bars into this file, as SVG
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in super::super) svg: Option<PathBuf>,
    #[command(flatten)]
    pub(in super::super) corpus: Corpus,
}
