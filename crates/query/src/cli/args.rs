//! The arguments as declared. What they mean together is decided in `settings`.

mod aggregate;
mod check;
mod keep;
mod kwic;
mod people;
mod variants;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use whosaid_indexer::FieldMap;

use super::offsets::Offsets;
use crate::{Cursor, Zone};

pub(super) use aggregate::{Facet, FacetField, Period, Timeline};
pub(super) use check::Check;
pub(super) use keep::{Forget, Verify};
pub(super) use kwic::{Kwic, KwicSort};
pub(super) use people::{Alias, Merge, Speakers, Split};
pub(super) use variants::Variants;

/// The language of queries, in one screen.
const QUERY_HELP: &str = include_str!("query_help.txt");

/// Who said this, and when? Search news articles by what is quoted in them.
#[derive(Debug, Parser)]
#[command(name = "whosaid", version, max_term_width = 100)]
#[command(after_help = "Examples:\n  \
    whosaid index articles/\n  \
    whosaid ask 'who said \"one percent\"'\n  \
    whosaid search 'speaker:Trump date:2025-10' --sort date\n  \
    whosaid ask 'who said \"one percent\"' --corpus data/sample/news\n\n\
    Exit status: 0 found or done, 1 nothing found, 2 error, 3 partial answer, 130 interrupted.")]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// The archive's folder; without it the one in your data folder
    #[arg(long, global = true, value_name = "DIR", env = "WHOSAID_ARCHIVE", value_hint = ValueHint::DirPath)]
    pub(super) archive: Option<PathBuf>,
    /// How results are printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// Whose midnight divides the days: a time zone such as Europe/Berlin or +09:00, for `today` and for articles
    /// that state a time; without it `today` is the system's, and articles are of the day they give
    #[arg(long, global = true, value_name = "ZONE", allow_hyphen_values = true)]
    pub(super) tz: Option<Zone>,
    /// The day that `today` is, for answers that can be repeated
    #[arg(long, global = true, value_name = "DATE")]
    pub(super) today: Option<NaiveDate>,
    /// Do not put long text through a pager on a terminal: that of `WHOSAID_PAGER` or `PAGER`, else less
    #[arg(long, global = true)]
    pub(super) no_pager: bool,
    /// Print how the query was read: tree, dates, names
    #[arg(long, global = true)]
    pub(super) explain: bool,
    /// Stop after so many seconds with what was found
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<std::time::Duration>,
    /// No messages on standard error but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// More messages on standard error
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

fn seconds(text: &str) -> Result<std::time::Duration, String> {
    text.trim_end_matches('s')
        .parse()
        .ok()
        .and_then(|seconds| std::time::Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "a number of seconds such as 5 or 0.5".to_owned())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For reading
    Text,
    /// One JSON object with all records
    Json,
    /// One JSON record a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read files and folders into the archive: what is new is added, what changed is replaced
    Index(Index),
    /// As index, and again whenever files come or change
    Watch(Watch),
    /// Answer a question in plain English
    Ask(Ask),
    /// Check a pasted quotation: did anybody say this, and in these words?
    Check(Check),
    /// Find quotations, or articles
    Search(Search),
    /// Line up the places where words stand in quotations, with what is left and right of them
    Kwic(Kwic),
    /// Show a quotation or an article as it stands in the source
    Show(Show),
    /// List all wordings of what somebody said, across outlets, earliest first
    Variants(Variants),
    /// Count matches by speaker, source, kind, language, author or date
    Facet(Facet),
    /// Count matches over time
    Timeline(Timeline),
    /// List the speakers of the archive; with a name, tell what articles call them
    Speakers(Speakers),
    /// Give names to a person, or with --remove take them back
    Alias(Alias),
    /// Make persons one, with all their names
    Merge(Merge),
    /// Keep names apart, or a name from all others
    Split(Split),
    /// Print the quotations of articles as JSON Lines, without an archive
    Extract(Extract),
    /// Print articles of any format as JSON Lines, without an archive
    Convert(Convert),
    /// Print everything in the archive as JSON Lines, in an order of its own
    Export(Export),
    /// Say what the archive holds
    Status,
    /// Check that the archive is whole: its files, its quotations, its counts
    Verify(Verify),
    /// Free the room of what was replaced or forgotten
    Compact,
    /// Take files or articles out of the archive
    Forget(Forget),
    /// Print completions for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page, of the program or of a command
    Man {
        /// The command
        command: Option<String>,
        /// Write the pages of the program and all its commands into this folder
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "command")]
        out: Option<PathBuf>,
    },
}

impl Command {
    /// Tells whether text for reading is printed, when `text` is what records are printed as; else data.
    pub(super) fn prints_text(&self, text: bool) -> bool {
        text && !matches!(self, Self::Extract(_) | Self::Convert(_) | Self::Export(_))
    }

    /// Tells whether long output is for a pager: what is found, not what is done, nor what another program reads.
    pub(super) fn is_paged(&self, text: bool) -> bool {
        let told = matches!(
            self,
            Self::Index(_) | Self::Watch(_) | Self::Completions { .. } | Self::Man { .. }
        );
        self.prints_text(text) && !told
    }

    /// Tells whether it looks into an archive and is done, in a moment.
    pub(super) fn is_short(&self) -> bool {
        matches!(
            self,
            Self::Ask(_)
                | Self::Check(_)
                | Self::Search(_)
                | Self::Kwic(_)
                | Self::Show(_)
                | Self::Variants(_)
                | Self::Facet(_)
                | Self::Timeline(_)
                | Self::Speakers(_)
                | Self::Status
        )
    }
}

/// Files to answer over instead of the archive.
#[derive(Debug, Args)]
pub(super) struct Corpus {
    /// Answer over these files and folders instead of the archive, whose index is kept in your cache folder; comes
    /// last
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub(super) corpus: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Index {
    /// Files and folders; `-` is standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Forget files that are gone
    #[arg(long)]
    pub(super) prune: bool,
    /// Say what would be done, with -v for each file; write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct Watch {
    /// Files and folders
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Forget files when they go
    #[arg(long)]
    pub(super) prune: bool,
}

/// How files are read into the archive.
#[derive(Clone, Debug, Args)]
pub(super) struct Reading {
    /// The outlet of articles that name none
    #[arg(long, value_name = "NAME")]
    pub(super) source: Option<String>,
    /// Columns and keys of other names than the usual: `title=headline,date=pub`; in JSON, paths: `text=data.body`
    #[arg(long, value_name = "FIELD=NAME,…")]
    pub(super) map: Option<FieldMap>,
    /// Threads; without it one a core
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) jobs: Option<u16>,
    /// Memory for the index under construction, in MiB; joining its parts takes more, the larger they are
    #[arg(long, value_name = "MIB", default_value_t = 192, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) memory: u32,
    /// Reject a page or another record that takes longer than so many seconds
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) max_seconds: u32,
    /// Write what could not be read to this file, as JSON Lines
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) rejects: Option<PathBuf>,
    /// Do not look for quotations: articles alone are found, and what was read so is not read again until it changes
    #[arg(long)]
    pub(super) no_quotations: bool,
}

#[derive(Debug, Args)]
pub(super) struct Ask {
    /// The question: who said "…", what did X say about Y, when did X say "…", how often …
    #[arg(required_unless_present = "corpus", value_name = "QUESTION")]
    pub(super) question: Vec<String>,
    /// Show at most so many quotations
    #[arg(long, short = 'n', value_name = "N", default_value_t = 100)]
    pub(super) limit: usize,
    /// Leave out quotations that are less sure
    #[arg(long, value_name = "0..1", value_parser = unit_interval)]
    pub(super) min_confidence: Option<f32>,
    /// Also print what stands in the same words in copies of one article; records always have it
    #[arg(long)]
    pub(super) copies: bool,
    /// What offsets count
    #[arg(long, value_enum, default_value_t = Offsets::Byte)]
    pub(super) offsets: Offsets,
    #[command(flatten)]
    pub(super) corpus: Corpus,
}

#[derive(Debug, Args)]
#[command(after_help = QUERY_HELP)]
pub(super) struct Search {
    /// The query: words, "phrases", speaker:, said:, about:, date:2025-10, AND, OR, NOT, …
    #[arg(required_unless_present = "corpus", value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// What to find
    #[arg(long = "in", value_enum, value_name = "UNIT", default_value_t = Unit::Quotations)]
    pub(super) unit: Unit,
    /// The order
    #[arg(long, value_enum, default_value_t = Sort::Relevance, allow_hyphen_values = true)]
    pub(super) sort: Sort,
    /// Show at most so many
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    pub(super) limit: usize,
    /// Show all
    #[arg(long, conflicts_with = "limit")]
    pub(super) all: bool,
    /// Go on after a page: what its last line names
    #[arg(long, value_name = "CURSOR")]
    pub(super) after: Option<Cursor>,
    /// Show each quotation among so many sentences before and after its own
    #[arg(long, short = 'C', value_name = "N")]
    pub(super) context: Option<usize>,
    /// Leave out quotations that are less sure
    #[arg(long, value_name = "0..1", value_parser = unit_interval)]
    pub(super) min_confidence: Option<f32>,
    /// Also print what stands in the same words in copies of one article; records always have it
    #[arg(long)]
    pub(super) copies: bool,
    /// What offsets count
    #[arg(long, value_enum, default_value_t = Offsets::Byte)]
    pub(super) offsets: Offsets,
    #[command(flatten)]
    pub(super) corpus: Corpus,
}

fn unit_interval(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|value| (0.0..=1.0).contains(value))
        .ok_or_else(|| "a number from 0 to 1".to_owned())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Unit {
    Quotations,
    Articles,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    /// Most relevant first
    Relevance,
    /// Earliest first
    Date,
    /// Latest first
    #[value(name = "-date")]
    DateDescending,
    /// Surest first
    Confidence,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The identifier of a quotation (q:7f3a) or article (a:91c0), or the beginning of one
    #[arg(value_name = "ID")]
    pub(super) id: String,
    /// Show so many sentences before and after the quotation's instead of its paragraph
    #[arg(long, short = 'C', value_name = "N")]
    pub(super) context: Option<usize>,
    /// Print a line to cite the quotation or article by instead
    #[arg(long, conflicts_with = "context")]
    pub(super) cite: bool,
    /// What offsets count
    #[arg(long, value_enum, default_value_t = Offsets::Byte)]
    pub(super) offsets: Offsets,
    #[command(flatten)]
    pub(super) corpus: Corpus,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// What offsets count
    #[arg(long, value_enum, default_value_t = Offsets::Byte)]
    pub(super) offsets: Offsets,
}

#[derive(Debug, Args)]
pub(super) struct Extract {
    /// Files and folders; without them, or with `-`, standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// Columns and keys of other names than the usual: `title=headline,date=pub`; in JSON, paths: `text=data.body`
    #[arg(long, value_name = "FIELD=NAME,…")]
    pub(super) map: Option<FieldMap>,
    /// What offsets count
    #[arg(long, value_enum, default_value_t = Offsets::Byte)]
    pub(super) offsets: Offsets,
    /// Also print indirect speech
    #[arg(long)]
    pub(super) indirect: bool,
    /// Threads; without it one a core
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) jobs: Option<u16>,
}

#[derive(Debug, Args)]
pub(super) struct Convert {
    /// Files and folders; without them, or with `-`, standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// The outlet of articles that name none
    #[arg(long, value_name = "NAME")]
    pub(super) source: Option<String>,
    /// Columns and keys of other names than the usual: `title=headline,date=pub`; in JSON, paths: `text=data.body`
    #[arg(long, value_name = "FIELD=NAME,…")]
    pub(super) map: Option<FieldMap>,
}
