//! Arguments of what keeps an archive well.

use std::ffi::OsString;

use clap::{Args, ValueHint};

#[derive(Debug, Args)]
pub(in crate::cli) struct Verify {
    /// Also compare the files on the disk with what was read of them
    #[arg(long)]
    pub(in crate::cli) sources: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Forget {
    /// Files, folders with all that is under them, or identifiers of articles (a:91c0)
    #[arg(required = true, value_name = "PATH|ID", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) what: Vec<OsString>,
}
