//! `whosaid index`

use std::path::Path;

use whosaid_indexer::{IndexOptions, Input, ReadOptions};
use whosaid_quotes::Annotator;

use super::super::args::Index;
use super::super::numbers::count;
use super::super::progress::Telling;
use super::{Failure, Messages, Session, Settings, Status, renderer};

/// Rejects, and warnings, named on standard error; `--rejects` has all rejects.
const NAMED: usize = 20;

pub(super) fn index(
    session: &mut Session<'_>,
    settings: &Settings,
    args: Index,
) -> Result<Status, Failure> {
    let archive = settings.archive()?;
    let inputs: Vec<Input> = args.paths.iter().map(|path| input(session, path)).collect();
    let options = IndexOptions::new()
        .jobs(args.jobs.map(usize::from))
        .read(ReadOptions::new().not_after(Some(settings.now)))
        .source(args.source)
        .map(args.map.unwrap_or_default())
        .prune(args.prune)
        .today(Some(settings.today))
        .dry_run(args.dry_run);
    let telling = Telling::new(
        settings.progress,
        args.rejects.as_deref(),
        settings.cancel.clone(),
    )?;
    let report = whosaid_indexer::index(&archive, &inputs, &Annotator::new(), &options, &telling);
    telling.finish()?;
    let report = report?;
    {
        let mut messages = Messages::new(session.err, settings);
        for warning in report.warnings.iter().take(NAMED) {
            messages.warn(&warning.to_string());
        }
        let more = report.warned.saturating_sub(NAMED as u64);
        if more > 0 {
            messages.warn(&format!("{more} more such warnings"));
        }
        for reject in report.rejects.iter().take(NAMED) {
            messages.warn(&reject.to_string());
        }
        let more = report.rejected().saturating_sub(NAMED as u64);
        if more > 0 {
            messages.warn(&format!(
                "{more} more could not be read; --rejects FILE lists all"
            ));
        }
        if report.rejected_before > 0 {
            messages.note(&format!(
                "{} of unchanged files could not be read before, and will not be until the files change",
                count(report.rejected_before, "record")
            ));
        }
        if report.cancelled {
            messages.note("stopped; what was done is kept, and the next run goes on from there");
        }
        if settings.verbose {
            messages.note(&format!("archive  {}", archive.display()));
        }
    }
    let mut render = renderer(session.out, settings, None);
    render.report(&report)?;
    render.finish()?;
    Ok(if report.cancelled {
        Status::Interrupted
    } else if report.rejected() > 0 {
        Status::Partial
    } else if report.files + report.files_unchanged + report.files_removed == 0 {
        Status::Nothing
    } else {
        Status::Done
    })
}

/// A path, or standard input for `-`.
pub(super) fn input(session: &mut Session<'_>, path: &Path) -> Input {
    if path.as_os_str() == "-" {
        return match session.stdin.take() {
            Some(stdin) => Input::stdin(stdin),
            None => Input::stdin(std::io::empty()),
        };
    }
    Input::from(path)
}
