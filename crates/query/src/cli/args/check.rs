//! `check`.

use clap::Args;

use super::{Corpus, Offsets};

#[derive(Debug, Args)]
#[command(after_help = "\
The text may be the words alone or an article with quotations in marks, with or without who said\n\
them; each quotation is checked:\n  \
  exact               the words stand in a quotation, all of them and in a row\n  \
  partial             a part of them does, or all but for … and [brackets]\n  \
  altered             a quotation has these words, with others among them\n  \
  another speaker     the words stand there, but somebody else said them\n  \
  not in this archive no quotation is near; it may have been said all the same\n\n\
Changes are marked [-in the archive-] {+in your text+}.\n\n\
Exit status: 1 when none of the quotations is in this archive; with --strict, when any of them is\n\
not exact or partial, or the article says that it was not said.")]
pub(in super::super) struct Check {
    /// The text, or `-` for standard input
    #[arg(required_unless_present = "corpus", value_name = "TEXT")]
    pub(in super::super) text: Vec<String>,
    /// Show at most so many places of each quotation
    #[arg(long, short = 'n', value_name = "N", default_value_t = 5)]
    pub(in super::super) limit: usize,
    /// End with status 1 unless every quotation stands there as it is
    #[arg(long)]
    pub(in super::super) strict: bool,
    /// What offsets count
    #[arg(long, value_enum, default_value_t = Offsets::Byte)]
    pub(in super::super) offsets: Offsets,
    #[command(flatten)]
    pub(in super::super) corpus: Corpus,
}
