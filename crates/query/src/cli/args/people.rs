//! Arguments of the commands about speakers.

use clap::Args;

use super::Corpus;

/// What the commands that correct have in common.
const CORRECTIONS: &str = "The correction is written to corrections.toml in the archive's folder, which can be read \
    and edited. It is applied whenever the archive is asked; nothing is indexed again.";

#[derive(Debug, Args)]
pub(in crate::cli) struct Speakers {
    /// A name or a part of one
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: Vec<String>,
    /// List at most so many
    #[arg(long, short = 'n', value_name = "N", default_value_t = 50)]
    pub(in crate::cli) limit: usize,
    /// List all
    #[arg(long, conflicts_with = "limit")]
    pub(in crate::cli) all: bool,
    #[command(flatten)]
    pub(in crate::cli) corpus: Corpus,
}

#[derive(Debug, Args)]
#[command(after_help = CORRECTIONS)]
pub(in crate::cli) struct Alias {
    /// The person, by any of their names in the archive, or a part of one that fits nobody else
    #[arg(value_name = "NAME")]
    pub(in crate::cli) person: String,
    /// What else they are called: these names go to them alone, from whomever they were taken for
    #[arg(required = true, value_name = "OTHER")]
    pub(in crate::cli) names: Vec<String>,
    /// Take the names back
    #[arg(long)]
    pub(in crate::cli) remove: bool,
}

#[derive(Debug, Args)]
#[command(after_help = CORRECTIONS)]
pub(in crate::cli) struct Merge {
    /// The person, by the name they are to be shown by, or a part of one that fits nobody else
    #[arg(value_name = "NAME")]
    pub(in crate::cli) person: String,
    /// Who else this is; all their names become the person's
    #[arg(required = true, value_name = "OTHER")]
    pub(in crate::cli) names: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = CORRECTIONS)]
pub(in crate::cli) struct Split {
    /// Names that are different people's; a single one is nobody else's. Undoes alias and merge
    #[arg(required = true, value_name = "NAME")]
    pub(in crate::cli) names: Vec<String>,
}
