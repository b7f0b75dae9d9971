//! The command `whosaid`.

use std::process::ExitCode;

fn main() -> ExitCode {
    whosaid_query::cli::main()
}
